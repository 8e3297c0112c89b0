//! The main navigation: beside the page, or below it on a phone.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::shell;
use crate::ui::{Icon, IconName};

/// Links to the main pages.
#[component]
pub fn Navigation() -> impl IntoView {
    let pages = [
        (Route::Today, IconName::Home, shell::NAV_TODAY),
        (Route::Customers, IconName::Users, shell::NAV_CUSTOMERS),
        (Route::Pipeline, IconName::Board, shell::NAV_PIPELINE),
    ];
    let links = pages.map(|(route, icon, text)| {
        view! {
            <A href=route.path() exact=route == Route::Today attr:class="shell__link">
                <Icon name=icon />
                {t(text)}
            </A>
        }
    });
    view! { <nav class="shell__nav" aria-label=t(shell::NAV_MAIN)>{links}</nav> }
}
