//! What every dialog has: heading, a way out, and the question before something typed is lost.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::{ConfirmDialog, DialogSize};
use crate::i18n::t;
use crate::i18n::texts::{common, parts};
use crate::platform::dialog::Modal;
use crate::platform::{document, keyboard};
use crate::ui::announcer::LiveRegion;
use crate::ui::button::IconButton;
use crate::ui::field::unique_id;
use crate::ui::icon::IconName;

/// What kind of dialog it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Shape {
    /// Something to do.
    Dialog(DialogSize),
    /// A question that has to be answered.
    Question,
    /// What comes before everything else: it hides the page.
    Cover,
    /// Something at the side of the page.
    Sheet,
    /// A field and what it finds, near the upper edge. Its heading is for screen readers.
    Finder,
}

impl Shape {
    const fn name(self) -> &'static str {
        match self {
            Self::Dialog(DialogSize::Small) | Self::Question => "small",
            Self::Dialog(DialogSize::Medium) => "medium",
            Self::Dialog(DialogSize::Large) => "large",
            Self::Cover => "cover",
            Self::Sheet => "sheet",
            Self::Finder => "finder",
        }
    }

    /// The role, if it is another than the element's own.
    fn role(self) -> Option<&'static str> {
        (self == Self::Question).then_some("alertdialog")
    }
}

/// Where the focus starts: at what asks for it, at the first field, at the first action (which is the way back), or at
/// the heading, from where a screen reader reads on.
const FIRST: [&str; 4] = [
    "[autofocus]",
    ".dialog__body :is(input:not([type=radio], [type=hidden], [aria-hidden=true]), input:checked, select, textarea):enabled",
    ".dialog__actions :is(button:enabled, a)",
    ".dialog__title",
];

/// An open dialog.
#[component]
pub(in crate::ui) fn Frame(
    shape: Shape,
    title: Signal<String>,
    description: MaybeProp<String>,
    dirty: Signal<bool>,
    on_close: Callback<()>,
    children: Children,
) -> AnyView {
    let (title_id, description_id) = (unique_id("dialog"), unique_id("dialog-text"));
    let (named_by, described) = (title_id.clone(), description_id.clone());
    let described_by = move || description.get().map(|_| described.clone());
    let asking = RwSignal::new(false);
    let leave = Callback::new(move |()| {
        if shape == Shape::Cover {
        } else if dirty.get_untracked() {
            asking.set(true);
        } else {
            on_close.run(());
        }
    });
    let dialog = NodeRef::<html::Dialog>::new();
    dialog.on_load(move |dialog| {
        let asked = move || {
            // The last word may come when the dialog is gone already.
            let _ = leave.try_run(());
        };
        // Belongs to the owner, which closes it.
        StoredValue::new_local(Modal::show(&dialog, &FIRST, asked));
    });
    let beside = Beside::new();
    let close = (!matches!(shape, Shape::Question | Shape::Cover))
        .then(|| view! { <IconButton label=t(common::CLOSE) icon=IconName::X on_click=leave/> });
    let text = move || {
        let id = description_id.clone();
        description
            .get()
            .map(|text| view! { <p class="dialog__text" id=id>{text}</p> })
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            role=shape.role()
            data-shape=shape.name()
            aria-labelledby=named_by
            aria-describedby=described_by
            on:keydown=move |event| leave_by_key(&event, leave)
            on:pointerdown=move |event| beside.pressed(&event)
            on:click=move |event| if beside.clicked(&event) { leave.run(()) }
        >
            <div class="dialog__head">
                <h2 class="dialog__title" id=title_id tabindex="-1">{move || title.get()}</h2>
                {close}
            </div>
            <div class="dialog__body">{text} {children()}</div>
            // The page's own is out of reach while a dialog is open, for screen readers too.
            <LiveRegion/>
            <LosingQuestion asking on_discard=on_close/>
        </dialog>
    }
    .into_any()
}

/// Escape is looked at here rather than left to the browser, which lets it be refused only once.
fn leave_by_key(event: &ev::KeyboardEvent, leave: Callback<()>) {
    if keyboard::pressed(event).is_some_and(|press| press.key == "Escape") {
        event.prevent_default();
        // A dialog may have been opened from a dialog: only the upper one is meant.
        event.stop_propagation();
        leave.run(());
    }
}

/// Presses beside the dialog, which hit its backdrop. One that only ends there, such as the selecting of text, is none.
#[derive(Clone, Copy)]
struct Beside(StoredValue<bool>);

impl Beside {
    fn new() -> Self {
        Self(StoredValue::new(false))
    }

    fn pressed(self, event: &ev::PointerEvent) {
        self.0.set_value(document::is_own(event));
    }

    fn clicked(self, event: &ev::MouseEvent) -> bool {
        self.0.get_value() && document::is_own(event)
    }
}

/// Asks before what was typed is lost.
#[component]
fn LosingQuestion(asking: RwSignal<bool>, on_discard: Callback<()>) -> impl IntoView {
    view! {
        <ConfirmDialog
            open=asking
            title=t(parts::DISCARD_TITLE)
            text=t(parts::DISCARD_HINT)
            confirm=t(parts::DISCARD)
            cancel=t(parts::KEEP_EDITING)
            dangerous=true
            on_confirm=on_discard
            on_close=move |()| asking.set(false)
        />
    }
}
