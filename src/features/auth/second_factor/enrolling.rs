//! Enrolling an authenticator app: what it is told, and the code that shows that it was.

use leptos::prelude::*;
use portico_contract::second_factor::{ConfirmTotp, FactorMethod, PendingTotp};
use portico_contract::validate::Validate;

use super::super::components::{CODE, FactorCode};
use super::super::door::Send;
use super::entry::Entry;
use super::form::Wait;
use super::way::Way;
use crate::api::query::Query;
use crate::api::{ApiError, second_factor};
use crate::i18n::t;
use crate::i18n::texts::second_factor as words;
use crate::platform::{clock, task};
use crate::ui::{Banner, BannerAction, FailureBanner, Form, Tone};

/// An app that is being enrolled. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Enrolling {
    /// What the app is told.
    pub(super) app: Query<PendingTotp>,
    entry: Entry,
    /// What the app was told does not count any more.
    is_stale: RwSignal<bool>,
}

impl Enrolling {
    /// Begins as soon as it is `wanted`, which does not end.
    pub(super) fn new(way: Way, wanted: Memo<bool>) -> Self {
        let client = way.client();
        let begin = move |wanted: bool| async move {
            if !wanted {
                return std::future::pending().await;
            }
            second_factor::begin_totp(client).await
        };
        let enrolling = Self {
            app: Query::new(move || wanted.get(), begin),
            entry: Entry::new(FactorMethod::Totp),
            is_stale: RwSignal::new(false),
        };
        enrolling.watch(way);
        enrolling
    }

    /// Notices when the time is up: of what the app was told, and of the sign-in.
    fn watch(self, way: Way) {
        Effect::new(move |_| {
            if self.entry.tries.is_gone() {
                self.is_stale.set(true);
            }
        });
        Effect::new(move |_| {
            let is_expired = matches!(self.app.error(), Some(ApiError::SignInExpired));
            if is_expired || self.entry.tries.is_too_late() {
                way.is_over.set(true);
            }
        });
        Effect::new(move |_| {
            let Some(expires_in) = self.app.with(|app| app.expires_in) else {
                return;
            };
            self.is_stale.set(false);
            task::scoped(async move {
                clock::sleep(expires_in.saturating_mul(1_000)).await;
                self.is_stale.set(true);
            });
        });
    }

    /// Sends the code. The recovery codes come first; only when they are kept it goes on.
    fn send(self, way: Way) {
        let (entry, client, session) = (self.entry, way.client(), way.session());
        let typed = ConfirmTotp {
            code: entry.code.get_untracked(),
            name: None,
        };
        let Ok(request) = typed.validate() else {
            return entry.state.show_refusal();
        };
        let request = async move {
            let shown = second_factor::confirm_totp(client, &request).await?;
            Ok(shown.map(|enrolled| {
                // Before anybody hears of a session and leaves.
                way.codes.try_set(Some(enrolled.recovery_codes));
                // Also if the page was left meanwhile.
                session.follow(enrolled.next)
            }))
        };
        entry.send(request, move |pending| {
            if pending.is_some() {
                way.doorway().take(pending);
            }
        });
    }
}

/// The code that the app shows.
#[component]
pub(super) fn EnrollingForm(enrolling: Enrolling, way: Way) -> impl IntoView {
    let Enrolling { app, entry, is_stale } = enrolling;
    let submit = Callback::new(move |()| enrolling.send(way));
    let anew = app.on_retry();
    let failure = entry.tries.failure(Signal::stored(false));
    // What is gone is said by the banner that has a way on.
    let failure = Signal::derive(move || failure.get().filter(|_| !entry.tries.is_gone()));
    view! {
        <FailureBanner failure />
        <Wait tries=entry.tries />
        <Show when=move || is_stale.get()>
            <Banner
                tone=Tone::Warning
                text=t(words::ENROL_STALE)
                action=BannerAction::new(t(words::ENROL_ANEW), anew)
            />
        </Show>
        <Form state=entry.state label=t(words::ENROL_HEADING) on_submit=submit>
            <FactorCode
                method=entry.method
                value=entry.code
                label=words::CODE
                hint=words::CODE_HINT
                error=entry.state.error(CODE)
                pending=entry.tries.pending()
                autofocus=false
            />
            <Send label=words::CONFIRM pending=entry.tries.pending() />
        </Form>
    }
}
