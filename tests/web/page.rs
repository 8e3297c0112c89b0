//! What a person has in a test: a page with one view in it, eyes, a mouse and a keyboard.

use std::any::Any;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;
use portico::i18n::I18n;
use portico::ui::{Announcer, Toasts};
use portico_contract::locale::Locale;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, HtmlElement};

/// Without these the measures that the parts take would be meaningless.
const STYLES: &str = concat!(
    include_str!("../../style/tokens/sizes.css"),
    include_str!("../../style/components/board.css"),
    include_str!("../../style/components/combobox.css"),
    include_str!("../../style/components/listbox.css"),
    include_str!("../../style/components/data_grid.css"),
    include_str!("../../style/components/menu.css"),
    include_str!("../../style/components/virtual_list.css"),
);

/// Frames to wait for something that must happen.
const PATIENCE: usize = 300;

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A view in the page. It is taken down with this value.
pub(crate) struct Page {
    root: HtmlElement,
    mounted: Option<Box<dyn Any>>,
}

impl Page {
    /// Shows `view`, with the contexts that parts expect.
    pub(crate) fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(STYLES));
        document().body().unwrap().append_child(&root).unwrap();
        let mounted = mount_to(root.clone(), move || {
            provide_context(I18n::new(Locale::En));
            provide_context(Toasts::new());
            provide_context(Announcer::new());
            view()
        });
        root.append_child(&style).unwrap();
        Self {
            root,
            mounted: Some(Box::new(mounted)),
        }
    }

    /// The elements that `selector` finds.
    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length())
            .filter_map(|index| found.get(index))
            .map(JsCast::unchecked_into)
            .collect()
    }

    /// The one element that `selector` finds.
    pub(crate) fn one(&self, selector: &str) -> HtmlElement {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector}: {}", self.root.inner_html());
        found.remove(0)
    }

    /// Whether `selector` finds anything.
    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// Waits until `selector` finds something.
    pub(crate) async fn appears(&self, selector: &str) {
        until(selector, || self.has(selector)).await;
    }

    /// Waits until `selector` finds nothing.
    pub(crate) async fn vanishes(&self, selector: &str) {
        until(selector, || !self.has(selector)).await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.mounted.take();
        self.root.remove();
    }
}

/// Waits, frame by frame, until `holds`.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..PATIENCE {
        if holds() {
            return;
        }
        frame().await;
    }
    panic!("it never came to be: {what}");
}

/// Lets everything that is due happen. For claims that something does not happen.
pub(crate) async fn settle() {
    frame().await;
    frame().await;
}

async fn frame() {
    let promise = Promise::new(&mut |resolve: Function, _| {
        web_sys::window()
            .unwrap()
            .request_animation_frame(&resolve)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// The value of an attribute.
pub(crate) fn attribute(element: &Element, name: &str) -> Option<String> {
    element.get_attribute(name)
}

/// The element with the keyboard's focus.
pub(crate) fn focused() -> HtmlElement {
    document().active_element().unwrap().unchecked_into()
}

/// Whether `element` has the keyboard's focus.
pub(crate) fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Moves the focus to `element` as a keyboard does, so that it is shown. Without being told to, a browser shows none that
/// a program moves after a press on a label gave the last one, in whichever test that was.
pub(crate) fn focus_by_keyboard(element: &HtmlElement) {
    let options = Object::new();
    Reflect::set(&options, &"focusVisible".into(), &true.into()).unwrap();
    let focus: Function = Reflect::get(element, &"focus".into()).unwrap().unchecked_into();
    focus.call1(element, &options).unwrap();
}

/// Presses a key where the focus is. Whether the browser would still do its own with it.
pub(crate) fn press(key: &str) -> bool {
    send(&focused(), "KeyboardEvent", "keydown", &[("key", key.into())])
}

/// Presses a key where the focus is while `modifier` is held, by the name of its property.
pub(crate) fn press_with(key: &str, modifier: &str) -> bool {
    let keys = [("key", key.into()), (modifier, true.into())];
    send(&focused(), "KeyboardEvent", "keydown", &keys)
}

/// Types `text` into a field, as far as its events tell.
pub(crate) fn type_into(field: &HtmlElement, text: &str) {
    Reflect::set(field, &"value".into(), &text.into()).unwrap();
    send(field, "InputEvent", "input", &[]);
}

/// The `value` of a field.
pub(crate) fn value_of(field: &HtmlElement) -> String {
    Reflect::get(field, &"value".into()).unwrap().as_string().unwrap()
}

/// Sends an event of the given class to `target`. Whether nobody prevented what the browser does by itself.
pub(crate) fn send(target: &Element, class: &str, name: &str, init: &[(&str, JsValue)]) -> bool {
    let options = Object::new();
    let always = [("bubbles", JsValue::TRUE), ("cancelable", JsValue::TRUE)];
    for (property, value) in always.iter().chain(init) {
        Reflect::set(&options, &(*property).into(), value).unwrap();
    }
    let class: Function = Reflect::get(&js_sys::global(), &class.into())
        .unwrap()
        .unchecked_into();
    let event = Reflect::construct(&class, &Array::of2(&name.into(), &options)).unwrap();
    target.dispatch_event(event.unchecked_ref::<Event>()).unwrap()
}
