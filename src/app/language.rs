//! The language people work in: that of their account, which goes with them to every device; without one the choice on
//! this device and then the browser's, as `i18n` has it. And the time zone, which goes with it.

use leptos::prelude::*;
use portico_contract::ids::SessionId;
use portico_contract::locale::Locale;
use portico_contract::setting::Setting;
use portico_contract::user::UpdateMe;
use portico_contract::validate::Validate;

use crate::api::{Client, me, use_client};
use crate::i18n::texts::common;
use crate::i18n::{I18n, preferred, use_i18n};
use crate::platform::{location, storage, task};
use crate::session::{Session, use_session};
use crate::ui::{Toast, Toasts, Tone, use_toasts};

/// The language the site speaks to whoever prefers none of ours, for the context.
#[derive(Clone, Copy)]
pub struct SiteLanguage(pub Locale);

/// The language of the person signed in. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Language {
    client: Client,
    session: Session,
    i18n: I18n,
    toasts: Toasts,
    site: SiteLanguage,
}

impl Language {
    /// From the contexts.
    pub fn new() -> Self {
        Self {
            client: use_client(),
            session: use_session(),
            i18n: use_i18n(),
            toasts: use_toasts(),
            site: expect_context(),
        }
    }

    /// Shows moments in the time zone of the account.
    pub fn follow_zone(self) {
        Effect::new(move |_| {
            let zone = self.session.me().map(|me| me.user.time_zone.clone());
            self.i18n.show_zone(zone.unwrap_or_default());
        });
    }

    /// Shows the account's language once somebody is signed in. An address that asks for another has its way.
    pub fn follow_account(self) {
        Effect::new(move |seen: Option<Option<SessionId>>| {
            let me = self.session.me();
            let session = me.as_ref().map(|me| me.session.id);
            // What the account learns later comes from here.
            if seen.flatten() == session {
                return session;
            }
            let chosen = me.and_then(|me| me.user.locale);
            let asked = location::query("lang").as_deref().and_then(Locale::from_tag);
            if let Some(locale) = chosen.filter(|it| asked.is_none() && *it != self.i18n.locale_untracked()) {
                // Without its texts the language stays what it is, which is better than none.
                task::detached(async move {
                    let _ = self.i18n.show(locale).await;
                });
            }
            session
        });
    }

    /// What was chosen: in the account, or else on this device. Nothing if the browser's language decides.
    pub fn chosen(self) -> Option<Locale> {
        let account = self.session.me().and_then(|me| me.user.locale);
        account.or_else(|| Locale::from_tag(&storage::get(storage::Key::Locale)?))
    }

    /// Changes the language, here and in the account, or leaves it to the browser; says so if its texts cannot be had.
    pub fn speak(self, choice: Option<Locale>) {
        let locale = choice.unwrap_or_else(|| preferred(None, None, &location::languages(), self.site.0));
        task::detached(async move {
            if self.i18n.switch_to(locale).await.is_err() {
                let text = self.i18n.text(common::LANGUAGE_FAILED);
                self.toasts.show(Toast::new(Tone::Danger, text));
                return;
            }
            if choice.is_none() {
                storage::remove(storage::Key::Locale);
            }
            let change = UpdateMe {
                locale: choice.map_or(Setting::Unset, Setting::Chosen),
                ..UpdateMe::default()
            };
            // The screen has the language already. An account that could not be reached learns it next time.
            if let Ok(change) = change.validate()
                && let Ok(me) = me::update_me(self.client, &change).await
            {
                self.session.renew_me(me);
            }
        });
    }
}
