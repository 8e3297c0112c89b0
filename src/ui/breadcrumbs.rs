//! Where a page is, and the way up from it.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::i18n::t;
use crate::i18n::texts::parts;

/// A page above the one that is shown.
#[derive(Clone, Copy, Debug)]
pub struct Crumb {
    label: Signal<String>,
    href: Signal<String>,
}

impl Crumb {
    /// The page that is called `label` and has the address `href`.
    pub fn new(label: impl Into<Signal<String>>, href: impl Into<Signal<String>>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// The way from the top to this page. Where the screen is narrow only the last step of it is shown, as the way back.
#[component]
pub fn Breadcrumbs(
    /// The pages above this one, the topmost first.
    above: Vec<Crumb>,
    /// This page.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    let steps = above.into_iter().map(|Crumb { label, href }| {
        view! {
            <li class="breadcrumbs__step">
                <a class="breadcrumbs__link" href=move || href.get()>
                    <span class="breadcrumbs__back"><Icon name=IconName::ArrowLeft/></span>
                    {move || label.get()}
                </a>
                <span class="breadcrumbs__next"><Icon name=IconName::ChevronRight/></span>
            </li>
        }
    });
    view! {
        <nav class="breadcrumbs" aria-label=t(parts::BREADCRUMBS)>
            <ol class="breadcrumbs__steps">
                {steps.collect_view()}
                <li class="breadcrumbs__current" aria-current="page">{move || current.get()}</li>
            </ol>
        </nav>
    }
}
