//! Signing in with a passkey: the browser's offer among its suggestions, its own question, and what becomes of either.

use leptos::prelude::*;
use portico_contract::passkey::{PasskeyAssertion, PasskeyRequest, SignInWithPasskey};
use portico_contract::validate::Validate;

use super::super::state::SignInForm;
use super::model::{Trouble, life_ms};
use crate::api::passkeys::{self, Mediation, NoPasskey, Recognised};
use crate::api::{ApiError, Client, use_client};
use crate::platform::{clock, passkeys as browser, task};
use crate::session::{Doorway, PendingStep, Session, use_doorway, use_session};

/// Milliseconds between questions to a backend that does not answer.
const RETRY_MS: u32 = 10_000;
/// Milliseconds in which nobody has read what the browser offers: one that refuses so soon would refuse again.
const SOON_MS: f64 = 1_000.0;

/// The way in with a passkey. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct WayIn {
    /// Passkeys are a way in here.
    pub(super) is_offered: RwSignal<bool>,
    /// The browser asks for one, or the backend looks at it.
    pub(super) pending: RwSignal<bool>,
    /// Why the last one did not do.
    pub(super) trouble: RwSignal<Option<Trouble>>,
    /// How often a passkey did not do: each time the suggestions are offered anew.
    turn: RwSignal<u32>,
    /// A question nobody was asked yet.
    unasked: StoredValue<Option<PasskeyRequest>>,
    form: SignInForm,
    client: Client,
    session: Session,
    doorway: Doorway,
}

impl WayIn {
    /// Finds out whether it is one, and offers it among the browser's suggestions.
    pub(super) fn beside(form: SignInForm) -> Self {
        let way = Self {
            is_offered: RwSignal::new(false),
            pending: RwSignal::new(false),
            trouble: RwSignal::new(None),
            turn: RwSignal::new(0),
            unasked: StoredValue::new(None),
            form,
            client: use_client(),
            session: use_session(),
            doorway: use_doorway(),
        };
        if browser::is_possible() {
            task::scoped(async move { way.find_out().await });
            way.suggest_while_idle();
        }
        on_cleanup(browser::stop);
        way
    }

    /// Whether the backend offers it, for a domain that this page belongs to.
    async fn find_out(self) {
        loop {
            match passkeys::is_offered(self.client).await {
                Ok(is_offered) => return self.is_offered.set(is_offered && self.fits().await),
                Err(error) if error.is_transient() => clock::sleep(RETRY_MS).await,
                Err(_) => return,
            }
        }
    }

    /// Only the question says which domain it is.
    async fn fits(self) -> bool {
        let Some(question) = self.question().await else {
            return false;
        };
        let fits = browser::fits(&question.domain);
        self.unasked.set_value(Some(question));
        fits
    }

    /// The backend's question, however long that takes; none where it will not ask.
    async fn question(self) -> Option<PasskeyRequest> {
        if let Some(question) = self.unasked.try_update_value(Option::take).flatten() {
            return Some(question);
        }
        loop {
            match passkeys::ask(self.client).await {
                Ok(question) => return Some(question),
                Err(error) => {
                    let wait = error.retry_after().map(|seconds| seconds.saturating_mul(1_000));
                    let wait = wait.or_else(|| error.is_transient().then_some(RETRY_MS))?;
                    clock::sleep(wait.max(RETRY_MS)).await;
                }
            }
        }
    }

    /// Lets the browser offer passkeys among its suggestions as long as nothing else is under way: what it runs ends before
    /// the password is sent, and before it asks by itself.
    fn suggest_while_idle(self) {
        // Over a page whose session has ended there is no field to suggest them for: the name is known.
        let is_idle = Memo::new(move |_| {
            let is_busy = self.pending.get() || self.form.pending.get();
            let is_on_the_way = self.doorway.step.with(Option::is_some) || self.session.me().is_some();
            self.is_offered.get() && !is_busy && !is_on_the_way
        });
        Effect::new(move |_| {
            self.turn.track();
            if is_idle.get() {
                task::scoped(async move { self.suggest().await });
            }
        });
    }

    async fn suggest(self) {
        if !browser::has_autofill().await {
            return;
        }
        while let Some(question) = self.question().await {
            let (life, domain) = (life_ms(question.expires_in), question.domain.clone());
            let begun_ms = clock::elapsed_ms();
            // One that ran out is asked anew, and so is one that the person left.
            match clock::within(life, passkeys::answer(question, Mediation::Autofill)).await {
                Some(Ok(passkey)) => return self.show(passkey, domain),
                Some(Err(NoPasskey::Left)) if clock::elapsed_ms() - begun_ms < SOON_MS => return,
                None | Some(Err(NoPasskey::Left)) => {}
                Some(Err(_)) => return,
            }
        }
    }

    /// Has the browser ask for one now.
    pub(super) fn press(self) {
        if self.pending.get_untracked() || self.form.pending.get_untracked() {
            return;
        }
        self.trouble.set(None);
        self.pending.set(true);
        // What runs among the suggestions must be over when the next one begins.
        browser::stop();
        task::detached(async move {
            let outcome = match passkeys::ask(self.client).await {
                Ok(question) => self.answered(question).await,
                Err(error) => Err(Trouble::Refused(error)),
            };
            self.end(outcome);
        });
    }

    async fn answered(self, question: PasskeyRequest) -> Result<Option<PendingStep>, Trouble> {
        let domain = question.domain.clone();
        let answer = passkeys::answer(question, Mediation::Dialog).await;
        self.judged(answer.map_err(Trouble::None)?, &domain).await
    }

    /// Shows what the person has chosen among the suggestions.
    fn show(self, passkey: PasskeyAssertion, domain: String) {
        self.trouble.set(None);
        self.pending.set(true);
        task::detached(async move {
            let outcome = self.judged(passkey, &domain).await;
            self.end(outcome);
        });
    }

    /// What follows from `passkey`. It goes on even if the page was left meanwhile.
    async fn judged(self, passkey: PasskeyAssertion, domain: &str) -> Result<Option<PendingStep>, Trouble> {
        let typed = SignInWithPasskey {
            passkey,
            remember: self.form.remember.try_get_untracked().unwrap_or_default(),
        };
        let request = typed
            .validate()
            .map_err(|problems| Trouble::Refused(ApiError::Validation(problems)))?;
        match passkeys::sign_in(self.client, &request, domain).await {
            Ok(Recognised::Step(step)) => Ok(self.session.follow(step)),
            Ok(Recognised::Unknown) => Err(Trouble::Unknown),
            Err(error) => Err(Trouble::Refused(error)),
        }
    }

    fn end(self, outcome: Result<Option<PendingStep>, Trouble>) {
        match outcome {
            // The page is left.
            Ok(pending) => self.doorway.take(pending),
            // The suggestions are offered anew.
            Err(trouble) => {
                self.trouble.try_set(Some(trouble));
                self.pending.try_set(false);
                self.turn.try_update(|turn| *turn = turn.wrapping_add(1));
            }
        }
    }
}
