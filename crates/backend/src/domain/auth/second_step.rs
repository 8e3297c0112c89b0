//! The steps of a sign-in about the second factor: showing it, enrolling one, asking for help.

use portico_contract::admin::{RequestKind, RequestState};
use portico_contract::passkey::{NewPasskey, PasskeyCreation, PasskeyRequest};
use portico_contract::problem::ErrorCode;
use portico_contract::second_factor::{
    AskForNewFactor, ConfirmTotp, EnrolmentReason, FactorChallenge, FactorEnrolment, FactorMethod,
    PendingTotp, RecoveryCodes, ShowFactor,
};
use portico_contract::sent_code::{BeginSentCode, CodeSent, ConfirmSentCode, SendCode};
use portico_contract::validate::Validated;
use serde_json::json;

use super::steps::{Running, Step};
use super::{Advanced, Auth, Held, seconds};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::{DAY, HOUR};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::random::uuid_v7;
use crate::domain::second_factor::{Shown, counting};
use crate::domain::throttle::{Key, Ladder};
use crate::store::{AdminRequestRow, UserRow, stored};

/// A request for help is shown this long to whoever made it.
const REMEMBERED: i64 = 7 * DAY;

/// So often in an hour a person may ask for a new second factor.
const REQUESTS: Ladder = Ladder {
    window: HOUR,
    pauses: &[(3, HOUR)],
    lock_from: i64::MAX,
    most_in_a_row: i64::MAX,
};

/// A second factor was enrolled in a sign-in.
pub(crate) struct EnrolledIn {
    /// What is kept for the day on which it is lost.
    pub(crate) recovery_codes: RecoveryCodes,
    /// What follows.
    pub(crate) next: Advanced,
}

impl Auth {
    /// What is asked of `user`, as the page is told.
    pub(super) async fn challenge(
        &self,
        user: &UserRow,
        expires_in: u32,
    ) -> Result<FactorChallenge, Failure> {
        let request = self
            .requests
            .newest_of(user.id, RequestKind::SecondFactor, self.clock.now() - REMEMBERED)
            .await?;
        let request = request
            .map(|row| stored::<RequestState>(&row.state))
            .transpose()?;
        let methods = counting(user, self.second_factors.methods(user.id).await?);
        Ok(FactorChallenge {
            expires_in,
            trust_days: self.rules.trust_days,
            // Where there is a factor, what was done about an older request is over: this is a newer one.
            request: request.filter(|state| *state != RequestState::Sent || methods.is_empty()),
            methods,
        })
    }

    /// Why `user` has to enrol a second factor, as the page is told.
    pub(super) fn enrolment(&self, user: &UserRow, expires_in: u32) -> FactorEnrolment {
        FactorEnrolment {
            reason: if user.enrolment_due {
                EnrolmentReason::AskedAgain
            } else {
                EnrolmentReason::Required
            },
            kinds: self.second_factors.kinds(),
            expires_in,
        }
    }

    /// Goes on with the sign-in that waits for the second factor.
    pub(crate) async fn sign_in_with_factor(
        &self,
        origin: &Origin,
        request: Validated<ShowFactor>,
        held: Held<'_>,
    ) -> Result<Advanced, Failure> {
        let running = self.running(origin, held, &[Step::SecondFactor]).await?;
        let Running { hash, mut proven, .. } = running;
        let ShowFactor { proof, trust } = request.into_inner();
        let device = self.known_device(held, proven.user.id).await?;
        let shown = Shown::SigningIn {
            running: &hash,
            device: device.as_ref().map(|device| device.token_hash.as_str()),
        };
        let method = self
            .second_factors
            .show(origin, &proven.user, proof, shown)
            .await?;
        proven.method = format!("{} {}", proven.method, method.as_str());
        proven.factor = true;
        proven.trust = trust;
        self.go_on(origin, proven, device, Some(hash), ErrorCode::SignInExpired)
            .await
    }

    /// Asks for a passkey as the second factor the browser's sign-in waits for.
    pub(crate) async fn ask_for_passkey_to_sign_in(
        &self,
        origin: &Origin,
        held: Held<'_>,
    ) -> Result<PasskeyRequest, Failure> {
        let running = self.running(origin, held, &[Step::SecondFactor]).await?;
        let shown = Shown::SigningIn {
            running: &running.hash,
            device: None,
        };
        self.second_factors
            .ask_for_passkey(running.proven.user.id, shown)
            .await
    }

    /// Sends a code as the second factor the browser's sign-in waits for.
    pub(crate) async fn send_code_to_sign_in(
        &self,
        origin: &Origin,
        request: SendCode,
        held: Held<'_>,
    ) -> Result<CodeSent, Failure> {
        let running = self.running(origin, held, &[Step::SecondFactor]).await?;
        let shown = Shown::SigningIn {
            running: &running.hash,
            device: None,
        };
        self.second_factors
            .send_code(origin, &running.proven.user, request.channel, shown)
            .await
    }

    /// Begins to enrol where codes go, in the sign-in that waits for a factor.
    pub(crate) async fn begin_sent_code_to_sign_in(
        &self,
        origin: &Origin,
        request: Validated<BeginSentCode>,
        held: Held<'_>,
    ) -> Result<CodeSent, Failure> {
        let running = self.running(origin, held, &[Step::Enrolment]).await?;
        let request = request.into_inner();
        self.second_factors
            .begin_sent_code(origin, &running.proven.user, &running.hash, request)
            .await
    }

    /// Goes on with the sign-in that waits for a second factor, with the one whose code has arrived.
    pub(crate) async fn sign_in_with_sent_code(
        &self,
        origin: &Origin,
        request: Validated<ConfirmSentCode>,
        held: Held<'_>,
    ) -> Result<EnrolledIn, Failure> {
        let running = self.running(origin, held, &[Step::Enrolment]).await?;
        let request = request.into_inner();
        let (channel, codes) = self
            .second_factors
            .confirm_sent_code(origin, &running.proven.user, &running.hash, request, None)
            .await?;
        self.enrolled(origin, running, channel.method(), codes, held)
            .await
    }

    /// Begins to enrol a passkey in the sign-in that waits for a factor.
    pub(crate) async fn begin_passkey_to_sign_in(
        &self,
        origin: &Origin,
        held: Held<'_>,
    ) -> Result<PasskeyCreation, Failure> {
        let running = self.running(origin, held, &[Step::Enrolment]).await?;
        self.second_factors
            .begin_passkey(&running.proven.user, &running.hash)
            .await
    }

    /// Goes on with the sign-in that waits for a second factor, with the passkey that was enrolled.
    pub(crate) async fn sign_in_with_new_passkey(
        &self,
        origin: &Origin,
        request: Validated<NewPasskey>,
        held: Held<'_>,
    ) -> Result<EnrolledIn, Failure> {
        let running = self.running(origin, held, &[Step::Enrolment]).await?;
        let codes = self
            .second_factors
            .confirm_passkey(
                origin,
                &running.proven.user,
                &running.hash,
                request.into_inner(),
                None,
            )
            .await?;
        self.enrolled(origin, running, FactorMethod::Passkey, codes, held)
            .await
    }

    /// Begins to enrol an authenticator app in the sign-in that waits for one.
    pub(crate) async fn begin_totp_to_sign_in(
        &self,
        origin: &Origin,
        held: Held<'_>,
    ) -> Result<PendingTotp, Failure> {
        let running = self.running(origin, held, &[Step::Enrolment]).await?;
        self.second_factors
            .begin_totp(&running.proven.user, &running.hash)
            .await
    }

    /// Goes on with the sign-in that waits for a second factor, with the one that was enrolled.
    pub(crate) async fn sign_in_with_new_totp(
        &self,
        origin: &Origin,
        request: Validated<ConfirmTotp>,
        held: Held<'_>,
    ) -> Result<EnrolledIn, Failure> {
        let running = self.running(origin, held, &[Step::Enrolment]).await?;
        let ConfirmTotp { code, name } = request.into_inner();
        let codes = self
            .second_factors
            .confirm_totp(origin, &running.proven.user, &running.hash, &code, name, None)
            .await?;
        self.enrolled(origin, running, FactorMethod::Totp, codes, held)
            .await
    }

    /// Goes on with a sign-in in which what shows itself by `method` was enrolled.
    async fn enrolled(
        &self,
        origin: &Origin,
        running: Running,
        method: FactorMethod,
        codes: Option<RecoveryCodes>,
        held: Held<'_>,
    ) -> Result<EnrolledIn, Failure> {
        let Running { hash, mut proven, .. } = running;
        let recovery_codes = codes.unwrap_or_else(|| RecoveryCodes::new(Vec::new()));
        proven.method = format!("{} {}", proven.method, method.as_str());
        proven.factor = true;
        proven.user.enrolment_due = false;
        let device = self.known_device(held, proven.user.id).await?;
        let next = self
            .go_on(origin, proven, device, Some(hash), ErrorCode::SignInExpired)
            .await?;
        Ok(EnrolledIn { recovery_codes, next })
    }

    /// Asks the administrators for a new second factor, for who has shown the password and has nothing else.
    pub(crate) async fn ask_for_new_factor(
        &self,
        origin: &Origin,
        request: Validated<AskForNewFactor>,
        held: Held<'_>,
    ) -> Result<FactorChallenge, Failure> {
        let running = self.running(origin, held, &[Step::SecondFactor]).await?;
        let user = &running.proven.user;
        let key = Key::of("factor-request", &user.id.to_string(), &REQUESTS);
        if let Err(refusal) = self.throttle.admit(&key).await? {
            return Err(Failure {
                code: ErrorCode::RateLimited,
                ..refusal.into()
            });
        }
        let now = self.clock.now();
        let row = AdminRequestRow {
            id: uuid_v7(&*self.random, now)?,
            user_id: Some(user.id),
            kind: RequestKind::SecondFactor.as_str().to_owned(),
            reason: request.into_inner().reason,
            state: RequestState::Open.as_str().to_owned(),
            created_at: now,
            answered_by: None,
            answered_at: None,
            note: None,
        };
        self.requests.insert(row).await?;
        self.notices
            .request_waits(&running.proven.pseudonym, Some(user))
            .await?;
        let entry = Entry::accepted(Event::FactorRequested)
            .by_person(user.id)
            .to(user.id);
        self.audit.record(origin, entry.detail(json!({}))).await?;
        self.challenge(user, seconds(running.expires_at - now)).await
    }
}
