//! The row that has the keyboard's focus: it stays, however far it is scrolled away, or the next key would find nothing
//! to act on.

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::platform::{document, task};

/// What has the focus in a list. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    row: RwSignal<Option<usize>>,
    element: StoredValue<Option<HtmlElement>, LocalStorage>,
    drawing: StoredValue<bool>,
    on_lost: Option<Callback<()>>,
}

impl Kept {
    /// `on_lost` is called when what had the focus is drawn no more.
    pub(super) fn new(on_lost: Option<Callback<()>>) -> Self {
        Self {
            row: RwSignal::new(None),
            element: StoredValue::new_local(None),
            drawing: StoredValue::new(false),
            on_lost,
        }
    }

    /// The row that must stay, tracked.
    pub(super) fn row(self) -> Option<usize> {
        self.row.get()
    }

    /// The focus came into row `index`.
    pub(super) fn enter(self, index: usize, event: &FocusEvent) {
        self.element.try_set_value(document::target(event));
        self.row.try_set(Some(index));
    }

    /// The focus went away. Not by the person's doing while the list is being drawn, nor when it is taken out of the
    /// page: then there is nothing left to note.
    pub(super) fn leave(self) {
        if self.drawing.try_get_value() == Some(false) {
            self.element.try_set_value(None);
            self.row.try_set(None);
        }
    }

    /// To be called right before the list is drawn. On a long jump that puts the kept row back in another place of the
    /// page, which takes the focus away; it is given back as soon as the list is drawn.
    pub(super) fn draw(self) {
        if self.element.try_with_value(Option::is_some) != Some(true) {
            return;
        }
        self.drawing.try_set_value(true);
        task::detached(async move {
            let element = self.element.try_get_value().flatten();
            let lost = match element.filter(|_| document::is_nothing_focused()) {
                Some(element) if element.is_connected() => {
                    document::focus_in_place(&element);
                    false
                }
                Some(_) => true,
                None => false,
            };
            self.drawing.try_set_value(false);
            if let Some(on_lost) = self.on_lost.filter(|_| lost) {
                on_lost.try_run(());
            }
        });
    }
}
