//! A link that looks like a button: it leads somewhere, and that is what its screen is for.

use leptos::prelude::*;

use super::button::{ButtonSize, ButtonVariant};
use super::icon::{Icon, IconName};

/// A link that looks like a button. A screen reader still says that it is a link, and it can be opened in a new tab.
#[component]
pub fn LinkButton(
    /// Where it leads, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks to be followed.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Stands before the words.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// The browser itself follows it, as if its address had been typed, instead of the application.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <a
            class="button"
            data-variant=variant.name()
            data-size=size.name()
            href=move || href.get()
            rel=external.then_some("external")
        >
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <span class="button__label">{move || label.get()}</span>
        </a>
    }
}
