//! Modal dialogs. The browser keeps the focus inside of one and the rest of the page out of reach.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::document;

thread_local! {
    /// What had the focus when each open dialog was opened, the first one's first.
    static OPENERS: RefCell<Vec<HtmlElement>> = const { RefCell::new(Vec::new()) };
}

/// A dialog that is open as long as this value lives.
pub struct Modal {
    dialog: HtmlDialogElement,
    /// Where the focus may go back to: the last of these that takes it. A dialog that was opened from a dialog may
    /// close together with it.
    openers: Vec<HtmlElement>,
    /// Where one was typing when it opened.
    caret: Option<Caret>,
    leave: Closure<dyn FnMut(Event)>,
}

/// What is selected in a field: from where to where.
struct Caret(HtmlInputElement, u32, u32);

impl Caret {
    fn of(element: &HtmlElement) -> Option<Self> {
        let input = element.dyn_ref::<HtmlInputElement>()?;
        // Kinds of fields without a caret say nothing, or that they have none.
        let start = input.selection_start().ok()??;
        let end = input.selection_end().ok()??;
        Some(Self(input.clone(), start, end))
    }
}

/// What a browser says when a person wants a dialog closed by its own means, such as Back on a phone: the first may be
/// refused, the second is said when it is done.
const LEAVING: [&str; 2] = ["cancel", "close"];

impl Modal {
    /// Opens `dialog` and gives the focus to the first thing in it that one of `first` finds, in their order. `asked` is
    /// called when the browser wants it closed; it closes only when this value is dropped.
    pub fn show(dialog: &HtmlDialogElement, first: &[&str], asked: impl Fn() + 'static) -> Self {
        let openers = OPENERS.with_borrow_mut(|openers| {
            openers.retain(|opener| opener.is_connected());
            openers.extend(document::focused());
            openers.clone()
        });
        let caret = document::focused().as_ref().and_then(Caret::of);
        let shown = dialog.clone();
        let leave = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // A file field inside of it says "cancel" as well.
            if !document::is_own(&event) {
                return;
            }
            event.prevent_default();
            if !shown.open() {
                // It did not ask, so it is opened again for whoever has to decide. Open it is not, so this is not refused.
                let _ = shown.show_modal();
            }
            asked();
        });
        for name in LEAVING {
            // Listening does not fail.
            let _ = dialog.add_event_listener_with_callback(name, leave.as_ref().unchecked_ref());
        }
        // Refused only if it is open already.
        let _ = dialog.show_modal();
        let start = first
            .iter()
            .find_map(|selector| dialog.query_selector(selector).ok().flatten());
        if let Some(start) = start.and_then(|start| start.dyn_into::<HtmlElement>().ok()) {
            document::focus_element(&start);
        }
        Self {
            dialog: dialog.clone(),
            openers,
            caret,
            leave,
        }
    }
}

impl Modal {
    /// A browser that gives the focus back by itself forgets the caret, and what is typed then goes nowhere.
    fn put_caret_back(&self) {
        if let Some(Caret(input, start, end)) = &self.caret {
            // Refused only by what has no caret.
            let _ = input.set_selection_range(*start, *end);
        }
    }
}

impl Drop for Modal {
    fn drop(&mut self) {
        for name in LEAVING {
            let _ = self
                .dialog
                .remove_event_listener_with_callback(name, self.leave.as_ref().unchecked_ref());
        }
        if let Some(own) = self.openers.last() {
            OPENERS.with_borrow_mut(|openers| openers.retain(|opener| opener != own));
        }
        // Asked before it closes: a browser takes the focus from what is hidden only with its next picture.
        let has_focus = document::is_nothing_focused() || document::holds_focus(&self.dialog);
        self.dialog.close();
        if !has_focus {
            return;
        }
        // The browser gives the focus back as well, but not from a dialog that has left the page already. What lies in
        // a dialog that is closed already does not take it.
        for opener in self.openers.iter().rev() {
            document::focus_in_place(opener);
            if document::focused().as_ref() == Some(opener) {
                self.put_caret_back();
                return;
            }
        }
        document::focus_heading();
    }
}
