//! Every context of the application, in one place.

use leptos::prelude::*;
use portico_contract::config::AppConfig;

use super::inside::Inside;
use super::language::SiteLanguage;
use crate::api::Client;
use crate::i18n::I18n;
use crate::platform::early_form::EarlyForm;
use crate::platform::task;
use crate::session::{Doorway, Policy, Session};
use crate::ui::{Announcer, ProductName, Theme, provide_page_focus};

/// Provides the contexts and starts finding out who is signed in.
#[component]
pub fn Providers(config: AppConfig, i18n: I18n, early: EarlyForm, children: Children) -> impl IntoView {
    provide_context(i18n);
    provide_context(early);
    provide_context(SiteLanguage(config.default_locale));
    provide_context(Theme::new());
    provide_context(Announcer::new());
    provide_context(Inside::new());
    provide_context(Doorway::new());
    provide_context(ProductName(config.product_name));
    provide_page_focus();
    provide_context(config.support);
    let client = Client::new(config.api_base);
    provide_context(client);
    provide_context(Policy::ask(client));
    let session = Session::new(client);
    provide_context(session);
    task::detached(session.restore());
    children()
}
