//! Buttons. A button does something; what only leads somewhere is a link.

use leptos::ev;
use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing this screen or form is for.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Quiet, among many.
    Ghost,
    /// Cannot be taken back.
    Danger,
}

impl ButtonVariant {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Ghost => "ghost",
            Self::Danger => "danger",
        }
    }
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// Inside rows and banners.
    Small,
    /// Everywhere else.
    #[default]
    Medium,
    /// The one button of a page of its own, such as the sign-in.
    Large,
}

impl ButtonSize {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// What a button does to the form around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Nothing.
    #[default]
    Button,
    /// Sends it.
    Submit,
}

impl ButtonKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Submit => "submit",
        }
    }
}

/// A button with words.
///
/// While `pending` it says so, keeps the focus and takes no second press. It is not disabled then, because a disabled
/// button drops the keyboard's focus. A form that is sent with Enter presses its submit button, so it waits too.
#[component]
pub fn Button(
    /// The verb.
    #[prop(into)]
    label: Signal<String>,
    /// How much it asks to be pressed.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// What it does to the form around it.
    #[prop(optional)]
    kind: ButtonKind,
    /// What was asked for is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// It cannot be pressed. Say why beside it.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Stands before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// It was pressed.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
) -> impl IntoView {
    let pressed = move |event: ev::MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    let waiting = move || pending.get().then_some("true");
    view! {
        <button
            class="button"
            type=kind.name()
            data-variant=variant.name()
            data-size=size.name()
            aria-busy=waiting
            aria-disabled=waiting
            disabled=move || disabled.get()
            on:click=pressed
        >
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <span class="button__label">{move || label.get()}</span>
            {move || pending.get().then(|| view! { <span class="button__spinner" aria-hidden="true"></span> })}
        </button>
    }
}

/// A button with an icon only. Its words are its accessible name and show as a tip on hover and focus.
#[component]
pub fn IconButton(
    /// The verb.
    #[prop(into)]
    label: Signal<String>,
    /// What is seen.
    #[prop(into)]
    icon: Signal<IconName>,
    /// How much it asks to be pressed.
    #[prop(default = ButtonVariant::Ghost)]
    variant: ButtonVariant,
    /// For a button that stays pressed: whether it is.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// It cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// It was pressed.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="icon-button"
            type="button"
            data-variant=variant.name()
            aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
            disabled=move || disabled.get()
            on:click=move |_| on_click.run(())
        >
            <Icon name=icon/>
            <span class="icon-button__tip">{move || label.get()}</span>
        </button>
    }
}
