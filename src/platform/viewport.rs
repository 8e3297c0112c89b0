//! Sizes and scrolling of elements.

use leptos::prelude::StoredValue;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, EventTarget, HtmlElement, ResizeObserver, ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// How far `element` is scrolled and how much of it is seen, both in CSS pixels along the block axis.
pub fn scrolled(element: &HtmlElement) -> (f64, f64) {
    (
        f64::from(element.scroll_top()),
        f64::from(element.client_height()),
    )
}

/// Scrolls `element` to `top` CSS pixels.
#[expect(
    clippy::cast_possible_truncation,
    reason = "browsers keep scroll offsets far below 2^31"
)]
pub fn scroll_to(element: &HtmlElement, top: f64) {
    element.set_scroll_top(top as i32);
}

/// Calls `heard` with the height of `element` now and whenever its size changes, until the current owner is cleaned up.
pub fn on_resize(element: &HtmlElement, heard: impl Fn(f64) + 'static) {
    let observed = element.clone();
    let heard = Closure::<dyn FnMut()>::new(move || heard(observed.get_bounding_client_rect().height()));
    if let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) {
        observer.observe(element);
        // Belongs to the owner, which drops it.
        StoredValue::new_local(SizeObserver {
            observer,
            _heard: heard,
        });
    }
}

struct SizeObserver {
    observer: ResizeObserver,
    _heard: Closure<dyn FnMut()>,
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Where something is in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "its sides say what they are")]
pub struct Sides {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

/// Where `element` is.
pub fn sides(element: &Element) -> Sides {
    let rect = element.get_bounding_client_rect();
    Sides {
        left: rect.left(),
        right: rect.right(),
        top: rect.top(),
        bottom: rect.bottom(),
    }
}

/// What is seen of the page.
pub fn window_sides() -> Sides {
    let (right, bottom) = window_size();
    Sides {
        right,
        bottom,
        ..Sides::default()
    }
}

/// The elements inside of `element` that `selector` finds, in order.
pub fn inside(element: &HtmlElement, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = element.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

/// Scrolls `element` on by CSS pixels. Whether it went anywhere.
pub fn scroll_on(element: &Element, x: f64, y: f64) -> bool {
    let place = || (element.scroll_left(), element.scroll_top());
    let before = place();
    element.scroll_by_with_x_and_y(x, y);
    place() != before
}

/// Scrolls what lies around `element` on by CSS pixels: the first that goes anywhere. Whether there was one.
pub fn scroll_around_on(element: &Element, y: f64) -> bool {
    let mut around = element.parent_element();
    while let Some(outer) = around {
        if scroll_on(&outer, 0.0, y) {
            return true;
        }
        around = outer.parent_element();
    }
    false
}

/// Scrolls no more than it takes to see `element`.
pub fn reveal(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls no more than it takes to see the element with `id`, if it is there.
pub fn reveal_id(id: &str) {
    if let Some(element) = super::document::by_id(id) {
        reveal(&element);
    }
}

/// Calls `heard` whenever something in the window may have moved: anything was scrolled, or the window or what is seen
/// of it (a phone's keyboard covers half) changed its size. Until the current owner is cleaned up.
pub fn on_move(heard: impl Fn() + 'static) {
    let heard = Closure::<dyn FnMut()>::new(heard);
    let window = super::window();
    let mut sources: Vec<(EventTarget, &'static str)> = Vec::new();
    if let Some(seen) = window.visual_viewport() {
        sources.push((seen.into(), "resize"));
    }
    sources.push((window.clone().into(), "resize"));
    // Only before it reaches what was scrolled is the scrolling of a part heard here.
    sources.push((window.into(), "scroll"));
    for (target, name) in &sources {
        // Listening does not fail.
        let _ = target.add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
    }
    // Belongs to the owner, which drops it.
    StoredValue::new_local(MoveListener { sources, heard });
}

struct MoveListener {
    sources: Vec<(EventTarget, &'static str)>,
    heard: Closure<dyn FnMut()>,
}

impl Drop for MoveListener {
    fn drop(&mut self) {
        for (target, name) in &self.sources {
            let listener = self.heard.as_ref().unchecked_ref();
            let _ = target.remove_event_listener_with_callback_and_bool(name, listener, true);
        }
    }
}

/// Shows `element`, a popover, above everything else.
pub fn show_above_all(element: &HtmlElement) {
    // Refused only if it is shown already, or by a browser without popovers, where it is a fixed box all the same.
    let _ = element.show_popover();
}

/// Puts `element`, which [`show_above_all`] shows, right below `anchor` or, if there is more room, right above it, as
/// wide as `anchor` and no higher than there is room.
pub fn drop_down(element: &HtmlElement, anchor: &HtmlElement) {
    let window = super::window();
    let (_, height) = window_size();
    let (top, bottom) = window.visual_viewport().map_or((0.0, height), |seen| {
        (seen.offset_top(), seen.offset_top() + seen.height())
    });
    let anchor = anchor.get_bounding_client_rect();
    let (above, below) = (
        anchor.top() - top - 2.0 * GAP,
        bottom - anchor.bottom() - 2.0 * GAP,
    );
    let style = element.style();
    // Setting a property to a length does not fail.
    let set = |name: &str, length: f64| {
        let _ = style.set_property(name, &format!("{length}px"));
    };
    set("width", anchor.width());
    set("max-height", above.max(below));
    let wanted = element.get_bounding_client_rect().height();
    let is_below = wanted <= below || below >= above;
    set("left", anchor.left());
    set(
        "top",
        if is_below {
            anchor.bottom() + GAP
        } else {
            anchor.top() - GAP - wanted
        },
    );
}

/// Shows `element`, a popover, above everything else and beside `anchor`: below it if there is room, otherwise above;
/// in line with its start or its end, and never outside of the window.
pub fn float(element: &HtmlElement, anchor: &HtmlElement, align_end: bool) {
    show_above_all(element);
    let (anchor, own) = (
        anchor.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    let wanted = if align_end {
        anchor.right() - own.width()
    } else {
        anchor.left()
    };
    let (width, height) = window_size();
    let below = anchor.bottom() + GAP;
    let above = anchor.top() - GAP - own.height();
    let top = if below + own.height() > height && above >= 0.0 {
        above
    } else {
        below
    };
    put(
        element,
        (wanted, top),
        (width - own.width(), height - own.height()),
    );
}

/// Like [`float`], but at the side of `anchor`: to the right of it if there is room, otherwise to the left.
pub fn float_beside(element: &HtmlElement, anchor: &HtmlElement) {
    show_above_all(element);
    let (anchor, own) = (
        anchor.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    let (width, height) = window_size();
    let right = anchor.right() + GAP;
    let left = anchor.left() - GAP - own.width();
    let wanted = if right + own.width() > width && left >= 0.0 {
        left
    } else {
        right
    };
    let middle = anchor.top() + (anchor.height() - own.height()) / 2.0;
    put(
        element,
        (wanted, middle),
        (width - own.width(), height - own.height()),
    );
}

/// Hides what [`float`] showed.
pub fn unfloat(element: &HtmlElement) {
    // Refused only if it is hidden already.
    let _ = element.hide_popover();
}

/// Puts `element` at `wanted`, from the left and from the top, but no further than `most`.
fn put(element: &HtmlElement, wanted: (f64, f64), most: (f64, f64)) {
    let place = |wanted: f64, most: f64| format!("{}px", wanted.min(most - GAP).max(GAP));
    let style = element.style();
    // Setting a known property to a length does not fail.
    let _ = style.set_property("left", &place(wanted.0, most.0));
    let _ = style.set_property("top", &place(wanted.1, most.1));
}

/// Between a floating element and what it belongs to.
const GAP: f64 = 4.0;

fn window_size() -> (f64, f64) {
    let length =
        |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64()).unwrap_or_default();
    let window = super::window();
    (length(window.inner_width()), length(window.inner_height()))
}
