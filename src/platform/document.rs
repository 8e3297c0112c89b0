//! The document: title, language, theme, focus.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, FocusEvent, FocusOptions, HtmlElement, HtmlInputElement, Node};

use super::task;

#[expect(clippy::expect_used, reason = "a window always has a document")]
fn document() -> Document {
    super::window().document().expect("a document")
}

fn root() -> Option<Element> {
    document().document_element()
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the page's language, for screen readers, hyphenation and fonts.
pub fn set_language(tag: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Sets `data-theme` on the root element, or takes it away to follow the device.
pub fn set_theme(theme: Option<&str>) {
    if let Some(root) = root() {
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// Moves focus to the first element that `selector` finds. Returns whether there was one.
pub fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    element.focus().is_ok()
}

/// Moves focus to `element`.
pub fn focus_element(element: &HtmlElement) {
    // Focusing an element of the page does not fail; one that cannot take the focus leaves it where it is.
    let _ = element.focus();
}

/// The element with `id`, if it is there.
pub(super) fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Moves focus to the element with `id`, if it is there.
pub fn focus_id(id: &str) {
    if let Some(element) = by_id(id) {
        focus_element(&element);
    }
}

/// Moves focus to the control named `name`; of several, such as the choices of a group, to the one that is taken.
pub fn focus_named(name: &str) {
    let named: Vec<HtmlElement> = document()
        .get_elements_by_name(name)
        .values()
        .into_iter()
        .filter_map(|node| node.ok()?.dyn_into().ok())
        .collect();
    let taken = named
        .iter()
        .find(|control| control.matches(":checked").unwrap_or_default());
    if let Some(control) = taken.or(named.first()) {
        focus_element(control);
    }
}

/// Presses the element with `id`, if it is there, as a click does.
pub fn press_id(id: &str) {
    if let Some(element) = by_id(id) {
        press(element);
    }
}

/// Presses `element` as soon as the event has been heard that is under way: a click comes by where that one is listened to,
/// and a listener cannot be called while it is at work.
fn press(element: HtmlElement) {
    task::detached(async move { element.click() });
}

/// Moves focus to `element` and leaves the page where it is scrolled.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // As above.
    let _ = element.focus_with_options(&options);
}

/// The element with the keyboard's focus, if it is more than the page.
pub fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?;
    (element.tag_name() != "BODY").then(|| element.dyn_into().ok())?
}

/// Moves focus to the page's heading and leaves the page where it is scrolled: for a focus that has nowhere else to go.
pub fn focus_heading() {
    let heading = document().query_selector("h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into().ok()) {
        focus_in_place(&heading);
    }
}

/// What takes the keyboard's focus.
const CONTROL: &str = "a[href], button, input, select, textarea, [tabindex]";

/// The first thing in `element` that takes the keyboard's focus.
pub fn first_control(element: &HtmlElement) -> Option<HtmlElement> {
    element.query_selector(CONTROL).ok().flatten()?.dyn_into().ok()
}

/// Lets screen readers say the words of the element with `id` about the [`first_control`] of `element`, after what is
/// said about it already.
pub fn describe_first_control(element: &HtmlElement, id: &str) {
    const ATTRIBUTE: &str = "aria-describedby";
    if let Some(control) = first_control(element) {
        let said = control.get_attribute(ATTRIBUTE);
        let all = said.map_or_else(|| id.to_owned(), |said| format!("{said} {id}"));
        let _ = control.set_attribute(ATTRIBUTE, &all);
    }
}

/// Whether the target of `event` shows that it has the focus: it came by keyboard, or it takes text.
pub fn shows_focus(event: &Event) -> bool {
    target(event).is_some_and(|target| target.matches(":focus-visible").unwrap_or_default())
}

/// Moves focus to the element with `id` and scrolls no more than it takes to see the element around it that `frame`
/// finds. Whether it was there.
pub fn focus_in_frame(id: &str, frame: &str) -> bool {
    let Some(element) = by_id(id) else {
        return false;
    };
    focus_in_place(&element);
    let around = element.closest(frame).ok().flatten();
    super::viewport::reveal(around.as_ref().unwrap_or(&element));
    true
}

/// Presses the first element that `selector` finds in the element that `frame` finds around the one with `id`.
pub fn press_in_frame(id: &str, frame: &str, selector: &str) -> bool {
    by_id(id).is_some_and(|element| press_near(&element, frame, selector))
}

fn press_near(element: &Element, frame: &str, selector: &str) -> bool {
    let around = element.closest(frame).ok().flatten();
    let found = around.and_then(|around| around.query_selector(selector).ok().flatten());
    let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    press(found);
    true
}

/// Presses the first element that `selector` finds in the element that `frame` finds around where `event` happened.
/// Whether there was one.
pub fn press_around(event: &Event, frame: &str, selector: &str) -> bool {
    target_element(event).is_some_and(|target| press_near(&target, frame, selector))
}

/// The attribute `name` of the nearest element that has it around where `event` happened.
pub fn attribute_around(event: &Event, name: &str) -> Option<String> {
    let around = target_element(event)?
        .closest(&format!("[{name}]"))
        .ok()
        .flatten()?;
    around.get_attribute(name)
}

/// Ticks the box that `event` is about, or takes its tick away.
pub fn tick(event: &Event, ticked: bool) {
    let target = target(event).and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = target {
        input.set_checked(ticked);
    }
}

/// Whether the focus is inside of `element`. A window that is not looked at keeps its focus.
pub fn holds_focus(element: &HtmlElement) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| element.contains(Some(&active)))
}

/// Whether the focus is on nothing but the page.
pub fn is_nothing_focused() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// The element that `event` is about.
pub fn target(event: &Event) -> Option<HtmlElement> {
    event.target()?.dyn_into().ok()
}

/// Like [`target`], drawings included.
fn target_element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether `event` happened to the very element that listens, not to something inside of it.
pub fn is_own(event: &Event) -> bool {
    event.target() == event.current_target()
}

/// Whether `element` is the one that listens to `event`.
pub fn is_listener(event: &Event, element: &Element) -> bool {
    event.current_target().as_ref() == Some(element)
}

/// Whether the focus that `event` takes away goes to something inside of `element`.
pub fn moves_within(element: &HtmlElement, event: &FocusEvent) -> bool {
    let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
    to.is_some_and(|to| element.contains(Some(&to)))
}

/// Whether `event` happened inside of an element that `selector` finds.
pub fn inside(event: &Event, selector: &str) -> bool {
    target_element(event)
        .and_then(|target| target.closest(selector).ok().flatten())
        .is_some()
}

/// Fields that letters are typed into, or that letters choose from.
const TAKES_LETTERS: &str =
    "input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit]), textarea, select";

/// Whether the element with the keyboard's focus takes letters, so that one must not act as a shortcut.
pub fn typing() -> bool {
    document().active_element().is_some_and(|element| {
        element.matches(TAKES_LETTERS).unwrap_or_default()
            || element
                .dyn_ref::<HtmlElement>()
                .is_some_and(HtmlElement::is_content_editable)
    })
}

/// Whether a dialog keeps the rest of the page out of reach.
pub fn is_dialog_open() -> bool {
    document()
        .query_selector("dialog:modal")
        .is_ok_and(|dialog| dialog.is_some())
}

/// Moves focus into the first field that `selector` finds, with what stands in it selected. Returns whether there was one.
pub fn focus_field(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(field) = found.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    focus_element(&field);
    field.select();
    true
}

/// Scrolls no more than it takes to see the element with `id`, if it is there.
pub fn reveal_id(id: &str) {
    if let Some(element) = by_id(id) {
        super::viewport::reveal(&element);
    }
}

/// Covers everything at once, so that nothing of a session is seen while it is being taken down.
pub fn conceal(conceal: bool) {
    if let Some(root) = root() {
        let _ = if conceal {
            root.set_attribute("data-concealed", "")
        } else {
            root.remove_attribute("data-concealed")
        };
    }
}

/// The first element that `selector` finds.
pub(super) fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Takes the first element that `selector` finds out of the page.
pub fn remove(selector: &str) {
    if let Some(element) = find(selector) {
        element.remove();
    }
}
