//! Starting: configuration and language first, since nothing can be said without them, then the screen; whether somebody
//! is signed in is found out while it draws.

use futures_util::future::join;
use leptos::prelude::*;
use portico_contract::config::AppConfig;
use portico_contract::locale::Locale;

use super::crash::{CRASH_SCREEN, CrashScreen};
use super::providers::Providers;
use super::router::AppRouter;
use crate::i18n::texts::Namespace;
use crate::i18n::{I18n, preferred};
use crate::platform::early_form::EarlyForm;
use crate::platform::{crash, http, location, service_worker, storage, task};

/// Starts the application in the page's body.
pub fn start() {
    crash::on_panic_show(CRASH_SCREEN);
    mount_to_body(|| {
        let started = RwSignal::new(None);
        task::detached(async move {
            let prepared = prepare().await;
            let early = EarlyForm::take_over();
            started.set(Some((prepared, early)));
            service_worker::register_when_idle();
        });
        move || {
            started
                .get()
                .map(|((config, i18n), early)| view! { <App config i18n early /> })
        }
    });
}

/// The configuration of the site and the texts of the first screen. The page's own splash stays until both are here.
async fn prepare() -> (AppConfig, I18n) {
    let asked = location::query("lang");
    #[cfg(feature = "gallery")]
    crate::i18n::choose_pseudo(asked.as_deref());
    let chosen = storage::get(storage::Key::Locale);
    let locale = |default| {
        preferred(
            asked.as_deref(),
            chosen.as_deref(),
            &location::languages(),
            default,
        )
    };
    // Both at once, on the guess that the site's default language is not needed. If it is, its texts are fetched next.
    let guess = I18n::new(locale(Locale::En));
    let (config, ()) = join(config(), texts(guess)).await;
    let locale = locale(config.default_locale);
    if locale == guess.locale_untracked() {
        return (config, guess);
    }
    let i18n = I18n::new(locale);
    texts(i18n).await;
    (config, i18n)
}

/// The site's configuration; a site without the file gets the defaults.
async fn config() -> AppConfig {
    let file = http::get_static("/config.json").await.ok();
    file.and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

async fn texts(i18n: I18n) {
    i18n.ensure(&[Namespace::Common, Namespace::Auth]).await;
}

#[component]
fn App(config: AppConfig, i18n: I18n, early: EarlyForm) -> impl IntoView {
    view! {
        <Providers config i18n early>
            <Screen />
            <CrashScreen />
        </Providers>
    }
}

#[component]
fn Screen() -> impl IntoView {
    #[cfg(feature = "gallery")]
    if super::gallery::is_asked_for() {
        return view! { <super::gallery::Gallery /> }.into_any();
    }
    view! { <AppRouter /> }.into_any()
}
