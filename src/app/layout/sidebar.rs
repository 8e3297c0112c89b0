//! Whether the navigation beside the page is folded to its icons.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::shell;
use crate::i18n::use_i18n;
use crate::platform::storage;
use crate::ui::{Icon, IconName, Tooltip};

/// As it is stored that it is folded.
const FOLDED: &str = "folded";

/// The sidebar. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Sidebar {
    /// Whether it is folded.
    pub folded: RwSignal<bool>,
}

impl Sidebar {
    /// As this device remembers.
    pub fn new() -> Self {
        let folded = storage::get(storage::Key::Sidebar).is_some_and(|stored| stored == FOLDED);
        Self {
            folded: RwSignal::new(folded),
        }
    }

    /// Folds or unfolds it, and remembers that on this device.
    fn turn(self) {
        let folded = !self.folded.get_untracked();
        self.folded.set(folded);
        if folded {
            storage::set(storage::Key::Sidebar, FOLDED);
        } else {
            storage::remove(storage::Key::Sidebar);
        }
    }
}

/// Folds the sidebar. Its name stays the same, since a screen reader says beside it whether it is expanded.
#[component]
pub fn FoldButton(
    /// The sidebar.
    sidebar: Sidebar,
    /// The id of what folds.
    controls: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let folded = sidebar.folded;
    let icon = Signal::derive(move || {
        if folded.get() {
            IconName::PanelOpen
        } else {
            IconName::PanelClose
        }
    });
    let tip = Signal::derive(move || i18n.text(if folded.get() { shell::UNFOLD } else { shell::FOLD }));
    let name = t(shell::SIDEBAR);
    view! {
        <Tooltip text=tip beside=true>
            <button
                class="shell__fold"
                type="button"
                aria-label=move || name.get()
                aria-expanded=move || (!folded.get()).to_string()
                aria-controls=controls
                on:click=move |_| sidebar.turn()
            >
                <Icon name=icon />
            </button>
        </Tooltip>
    }
}
