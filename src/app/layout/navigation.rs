//! The main navigation: beside the page, or below it on a phone.

use leptos::prelude::*;
use leptos_router::components::A;
use portico_contract::capability::{Resource, Verb};

use super::sidebar::{FoldButton, Sidebar};
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::shell;
use crate::session::use_session;
use crate::ui::{Icon, IconName, Tooltip};

/// The id of the navigation.
const NAVIGATION: &str = "navigation";

/// Links to the main pages.
#[component]
pub fn Navigation(
    /// Whether it shows icons only.
    sidebar: Sidebar,
) -> impl IntoView {
    let pages = [
        (Route::Today, IconName::Home, shell::NAV_TODAY),
        (Route::Customers, IconName::Users, shell::NAV_CUSTOMERS),
        (Route::Pipeline, IconName::Board, shell::NAV_PIPELINE),
    ];
    let links = pages.map(|(route, icon, text)| {
        view! {
            <Tooltip text=t(text) repeats_name=true beside=true enabled=sidebar.folded>
                <A href=route.path() exact=route == Route::Today attr:class="shell__link">
                    <Icon name=icon />
                    <span class="shell__label">{t(text)}</span>
                </A>
            </Tooltip>
        }
    });
    view! {
        <nav class="shell__nav" id=NAVIGATION aria-label=t(shell::NAV_MAIN)>
            {links}
            <Administration sidebar />
            <FoldButton sidebar controls=NAVIGATION />
        </nav>
    }
}

/// The way to the administration. Who may not go there sees that it exists, and is told which right is missing.
#[component]
fn Administration(sidebar: Sidebar) -> impl IntoView {
    let session = use_session();
    let may = Memo::new(move |_| session.can(Verb::Read, Resource::Users).is_some());
    let inside = || {
        view! {
            <Icon name=IconName::Shield />
            <span class="shell__label">{t(shell::NAV_ADMIN)}</span>
        }
    };
    move || {
        if may.get() {
            view! {
                <Tooltip text=t(shell::NAV_ADMIN) repeats_name=true beside=true enabled=sidebar.folded>
                    <A href=Route::AdminUsers.path() attr:class="shell__link">{inside()}</A>
                </Tooltip>
            }
            .into_any()
        } else {
            view! {
                <Tooltip text=t(shell::NAV_ADMIN_FORBIDDEN) beside=true>
                    <a class="shell__link" role="link" tabindex="0" aria-disabled="true">{inside()}</a>
                </Tooltip>
            }
            .into_any()
        }
    }
}
