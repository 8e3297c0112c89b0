//! Modal dialogs. The browser keeps the focus inside of one and the rest of the page out of reach.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlDialogElement, HtmlElement};

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
    leave: Closure<dyn FnMut(Event)>,
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
            leave,
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
            // What the browser has given the focus back to did not get its caret back: it is focused anew.
            let _ = opener.blur();
            document::focus_in_place(opener);
            if document::focused().as_ref() == Some(opener) {
                return;
            }
        }
        document::focus_heading();
    }
}
