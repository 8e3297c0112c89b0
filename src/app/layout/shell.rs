//! The frame around the pages behind the sign-in: navigation, account, notices, messages.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use super::account_menu::AccountMenu;
use super::navigation::Navigation;
use super::notices::Notices;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::shell;
use crate::ui::{LiveRegion, Mark, ProductName, ToastRegion};

/// The frame.
#[component]
pub fn Shell() -> impl IntoView {
    let ProductName(product) = expect_context();
    view! {
        <div class="shell">
            <a class="shell__skip" href="#main" rel="external">{t(shell::SKIP)}</a>
            <header class="shell__header">
                <a class="shell__brand" href=Route::Today.path()><Mark />{product}</a>
                <div class="shell__account"><AccountMenu /></div>
            </header>
            <Navigation />
            <main class="shell__main" id="main" tabindex="-1">
                <Notices />
                <Outlet />
            </main>
            <ToastRegion />
            <LiveRegion />
        </div>
    }
}
