//! The language people work in: that of their account, which goes with them to every device; without one the choice on
//! this device and then the browser's, as `i18n` has it.

use leptos::prelude::*;
use portico_contract::ids::SessionId;
use portico_contract::locale::Locale;
use portico_contract::user::UpdateMe;
use portico_contract::validate::Validate;

use crate::api::{Client, me, use_client};
use crate::i18n::texts::common;
use crate::i18n::{I18n, use_i18n};
use crate::platform::{location, task};
use crate::session::{Session, use_session};
use crate::ui::{Toast, Toasts, Tone, use_toasts};

/// The language of the person signed in. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Language {
    client: Client,
    session: Session,
    i18n: I18n,
    toasts: Toasts,
}

impl Language {
    /// From the contexts.
    pub fn new() -> Self {
        Self {
            client: use_client(),
            session: use_session(),
            i18n: use_i18n(),
            toasts: use_toasts(),
        }
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

    /// Changes the language, here and in the account; says so if its texts cannot be had.
    pub fn speak(self, locale: Locale) {
        task::detached(async move {
            if self.i18n.switch_to(locale).await.is_err() {
                let text = self.i18n.text(common::LANGUAGE_FAILED);
                self.toasts.show(Toast::new(Tone::Danger, text));
                return;
            }
            let change = UpdateMe {
                locale: Some(locale),
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
