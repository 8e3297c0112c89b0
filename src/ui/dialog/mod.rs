//! Dialogs: what has to be dealt with before the page goes on. All of them are the browser's own modal dialog, which
//! keeps the focus inside and gives it back to what opened it.
//!
//! A dialog does not close itself. Escape, Back, a press beside it and its close button ask `on_close`, and whoever
//! opened it lets go of `open`. What is inside exists only while it is open.

mod confirm;
mod frame;

pub use confirm::ConfirmDialog;

use leptos::prelude::*;

pub(super) use frame::{Frame, Shape};

/// How wide a dialog may get. On a phone each is as wide as the screen and rises from its lower edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// A question or one field.
    Small,
    /// A form.
    #[default]
    Medium,
    /// A table, or a form with two columns.
    Large,
}

/// A dialog over the page. Its first field gets the focus; without one its first action, or its heading.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What it is for; its heading and its name.
    #[prop(into)]
    title: Signal<String>,
    /// What to know before doing it.
    #[prop(optional, into)]
    description: MaybeProp<String>,
    /// How wide it may get.
    #[prop(optional)]
    size: DialogSize,
    /// Nothing of the page may be seen behind it, and it has no way out but what is in it.
    #[prop(optional)]
    covering: bool,
    /// Something was typed that closing would lose: then closing asks first.
    #[prop(optional, into)]
    dirty: Signal<bool>,
    /// The person wants it closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// What is in it. The buttons at its end go into [`DialogActions`].
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let open = Memo::new(move |_| open.get());
    let shape = if covering {
        Shape::Cover
    } else {
        Shape::Dialog(size)
    };
    move || {
        open.get().then(|| {
            view! {
                <Frame shape title description dirty on_close>
                    {children.with_value(|children| children())}
                </Frame>
            }
        })
    }
}

/// A dialog at the side of the page, of its full height, for something to look at beside the page; on a phone it rises
/// from the lower edge like every other.
#[component]
pub fn Sheet(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What it shows; its heading and its name.
    #[prop(into)]
    title: Signal<String>,
    /// What to know about it.
    #[prop(optional, into)]
    description: MaybeProp<String>,
    /// Something was typed that closing would lose: then closing asks first.
    #[prop(optional, into)]
    dirty: Signal<bool>,
    /// The person wants it closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let open = Memo::new(move |_| open.get());
    move || {
        open.get().then(|| {
            view! {
                <Frame shape=Shape::Sheet title description dirty on_close>
                    {children.with_value(|children| children())}
                </Frame>
            }
        })
    }
}

/// The buttons at the end of a dialog, the way back first. They stay in sight however long the rest is. Inside of a
/// form when one of them sends it.
#[component]
pub fn DialogActions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="dialog__actions">{children()}</div> }
}
