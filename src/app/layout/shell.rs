//! The frame around the pages behind the sign-in: navigation, account, notices, messages.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use portico_contract::capability::{Resource, Verb};

use super::account_menu::AccountMenu;
use super::navigation::Navigation;
use super::notices::Notices;
use super::search_button::SearchButton;
use super::sidebar::Sidebar;
use crate::app::language::Language;
use crate::app::palette::{CommandPalette, PaletteOpen};
use crate::app::routes::Route;
use crate::app::shortcuts::{Shortcut, ShortcutSheet, Shortcuts};
use crate::features::auth::SessionWatch;
use crate::i18n::t;
use crate::i18n::texts::shell;
use crate::platform::document;
use crate::session::use_session;
use crate::ui::{Announcer, LiveRegion, Mark, ProductName, ToastRegion, Toasts};

/// The frame.
#[component]
pub fn Shell(
    /// The page in it.
    children: Children,
) -> impl IntoView {
    let ProductName(product) = expect_context();
    // They go with the frame: what one person did is not told to the next.
    provide_context(Toasts::new());
    provide_context(Announcer::new());
    let sidebar = Sidebar::new();
    follow_keys();
    let language = Language::new();
    language.follow_account();
    language.follow_zone();
    view! {
        <div class="shell" data-folded=move || sidebar.folded.get().then_some("")>
            <a class="shell__skip" href="#main" rel="external">{t(shell::SKIP)}</a>
            <header class="shell__header">
                <a class="shell__brand" href=Route::Today.path()>
                    <Mark />
                    <span class="shell__product">{product}</span>
                </a>
                <SearchButton />
                <div class="shell__account"><AccountMenu /></div>
            </header>
            <Navigation sidebar />
            <main class="shell__main" id="main" tabindex="-1">
                <Notices />
                {children()}
            </main>
            <CommandPalette />
            <ShortcutSheet />
            <ToastRegion />
            <LiveRegion />
            <SessionWatch />
        </div>
    }
}

/// The search of the page itself.
const PAGE_SEARCH: &str = "main input[type=search]:enabled";

/// Provides palette and shortcuts to the frame, and does what is asked for by key.
fn follow_keys() {
    let (shortcuts, palette) = (Shortcuts::new(), RwSignal::new(false));
    provide_context(shortcuts);
    provide_context(PaletteOpen(palette));
    let navigate = use_navigate();
    let session = use_session();
    let visit = move |route: Route| navigate(&route.path(), NavigateOptions::default());
    shortcuts.listen(move |shortcut| match shortcut {
        Shortcut::Visit(route) => visit(route),
        Shortcut::Create => {
            if untrack(|| session.can(Verb::Create, Resource::Customers).is_some()) {
                visit(Route::NewCustomer);
            }
        }
        // The palette is the search of pages without one.
        Shortcut::Search => {
            if !document::focus_field(PAGE_SEARCH) {
                palette.set(true);
            }
        }
        Shortcut::Palette => palette.set(true),
        Shortcut::Sheet => shortcuts.sheet.set(true),
    });
}
