//! A link for who has the right to what it leads to.

use leptos::prelude::*;

use super::button::{Button, ButtonVariant};
use super::icon::IconName;
use super::link_button::LinkButton;

/// A link that looks like a button, or for who lacks the right a button that cannot be pressed, and the reason.
#[component]
pub fn AllowedLink(
    /// Where it leads, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks to be followed.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Stands before the words.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// The person has the right.
    #[prop(into)]
    allowed: Signal<bool>,
    /// Which right is missing, and who can help.
    #[prop(into)]
    reason: Signal<String>,
) -> impl IntoView {
    let allowed = Memo::new(move |_| allowed.get());
    move || {
        if allowed.get() {
            view! { <LinkButton label href variant icon /> }.into_any()
        } else {
            view! { <Button label disabled=true /> <p class="meta">{reason}</p> }.into_any()
        }
    }
}
