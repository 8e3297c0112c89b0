//! A message that stays at the top of what it is about.

use leptos::prelude::*;

use super::button::{Button, ButtonSize, ButtonVariant, IconButton};
use super::icon::{Icon, IconName};
use super::tone::Tone;
use crate::i18n::t;
use crate::i18n::texts::common;

/// The way out that a banner offers.
#[derive(Clone, Copy, Debug)]
pub struct BannerAction {
    label: Signal<String>,
    run: Callback<()>,
}

impl BannerAction {
    /// A button named `label` that does `run`.
    pub fn new(label: impl Into<Signal<String>>, run: Callback<()>) -> Self {
        Self {
            label: label.into(),
            run,
        }
    }
}

/// A message with an icon by its tone. What is dangerous interrupts a screen reader, the rest waits its turn.
#[component]
pub fn Banner(
    /// What the message means.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// What happened and what to do.
    #[prop(into)]
    text: Signal<String>,
    /// The way out.
    #[prop(optional_no_strip, into)]
    action: Option<BannerAction>,
    /// The person has seen enough of it.
    #[prop(optional, into)]
    on_dismiss: Option<Callback<()>>,
) -> impl IntoView {
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    let action = action.map(|BannerAction { label, run }| {
        view! { <Button label size=ButtonSize::Small variant=ButtonVariant::Secondary on_click=run/> }
    });
    let dismiss = on_dismiss.map(|run| {
        view! { <IconButton label=t(common::DISMISS) icon=IconName::X on_click=run/> }
    });
    view! {
        <div class="banner" data-tone=tone.name() role=role>
            <Icon name=icon_of(tone)/>
            <p class="banner__text">{move || text.get()}</p>
            {action}
            {dismiss}
        </div>
    }
}

/// The icon that says the tone to those who do not see the colour.
pub(super) const fn icon_of(tone: Tone) -> IconName {
    match tone {
        Tone::Success => IconName::Check,
        Tone::Warning | Tone::Danger => IconName::Alert,
        Tone::Neutral | Tone::Accent | Tone::Info => IconName::Info,
    }
}
