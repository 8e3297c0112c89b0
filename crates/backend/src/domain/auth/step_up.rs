//! Showing once more who one is, before something is done that a session alone must not do (RFC 9470).

use portico_contract::ids::FactorId;
use portico_contract::passkey::{NewPasskey, PasskeyCreation, PasskeyRequest};
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::second_factor::{
    ConfirmTotp, Enrolled, FactorMethod, FactorProof, PendingTotp, RecoveryCodes, RenameFactor,
    STEP_UP_SECONDS, SecondFactorState, StepUp, StepUpNeeded,
};
use portico_contract::sent_code::{BeginSentCode, CodeSent, ConfirmSentCode, SendCode};
use portico_contract::validate::Validated;
use serde_json::json;

use super::own_password::Confirmation;
use super::{Actor, Auth, Granted};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::SECOND;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::second_factor::Shown;

impl Auth {
    fn is_fresh(&self, moment: i64) -> bool {
        self.clock.now() - moment < i64::from(STEP_UP_SECONDS) * SECOND
    }

    /// What of the second factor `actor` has to show again, if anything.
    async fn stale_factor(&self, actor: &Actor) -> Result<Vec<FactorMethod>, Failure> {
        if actor
            .session
            .factor_at
            .is_some_and(|moment| self.is_fresh(moment))
        {
            return Ok(Vec::new());
        }
        self.second_factors.methods(actor.user.id).await
    }

    /// Goes on only if `actor` has shown everything there is a moment ago.
    pub(crate) async fn require_fresh(&self, actor: &Actor) -> Result<(), Failure> {
        let needed = StepUpNeeded {
            password: !self.is_fresh(actor.session.password_at),
            methods: self.stale_factor(actor).await?,
        };
        require(needed)
    }

    /// Goes on only if `actor` has shown anything at all a moment ago: the password is asked for otherwise.
    pub(crate) fn require_anything_fresh(&self, actor: &Actor) -> Result<(), Failure> {
        let shown = [Some(actor.session.password_at), actor.session.factor_at];
        let is_fresh = shown.into_iter().flatten().any(|moment| self.is_fresh(moment));
        require(StepUpNeeded {
            password: !is_fresh,
            methods: Vec::new(),
        })
    }

    /// Goes on only if `actor`, whose password was just looked at, has shown the second factor a moment ago, too.
    pub(crate) async fn require_fresh_factor(&self, actor: &Actor) -> Result<(), Failure> {
        let needed = StepUpNeeded {
            password: false,
            methods: self.stale_factor(actor).await?,
        };
        require(needed)
    }

    /// Notes what `actor` shows of password and second factor. The session goes on with tokens of its own.
    pub(crate) async fn step_up(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: Validated<StepUp>,
    ) -> Result<Granted, Failure> {
        let StepUp { password, proof } = request.into_inner();
        if proof.is_some() && self.second_factors.methods(actor.user.id).await?.is_empty() {
            return Err(Failure::field("code", FieldRule::NotAllowed));
        }
        if let Some(password) = &password {
            let asked = Confirmation {
                what_for: Event::SteppedUp,
                field: "password",
            };
            self.confirm(origin, actor, asked, password).await?;
        }
        let (mut session, now) = (actor.session.clone(), self.clock.now());
        let mut method = Vec::new();
        if password.is_some() {
            session.password_at = now;
            method.push("password");
        }
        if let Some(proof) = proof {
            // It has checked by itself who holds it.
            if matches!(proof, FactorProof::Passkey(_)) {
                session.password_at = now;
            }
            let shown = Shown::InSession(actor.session.id);
            let shown = self
                .second_factors
                .show(origin, &actor.user, proof, shown)
                .await?;
            session.factor_at = Some(now);
            method.push(shown.as_str());
        }
        self.sessions.note_shown(&session).await?;
        let entry = Entry::accepted(Event::SteppedUp).by(actor).to(actor.user.id);
        let detail = json!({"method": method.join(" ")});
        self.audit.record(origin, entry.detail(detail)).await?;
        let actor = Actor {
            session,
            ..actor.clone()
        };
        self.replace_tokens(&actor.user, &actor).await
    }

    /// Asks for a passkey that shows once more who `actor` is.
    pub(crate) async fn ask_for_passkey_again(&self, actor: &Actor) -> Result<PasskeyRequest, Failure> {
        let shown = Shown::InSession(actor.session.id);
        self.second_factors.ask_for_passkey(actor.user.id, shown).await
    }

    /// Sends a code that shows once more who `actor` is.
    pub(crate) async fn send_code_again(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: SendCode,
    ) -> Result<CodeSent, Failure> {
        let shown = Shown::InSession(actor.session.id);
        self.second_factors
            .send_code(origin, &actor.user, request.channel, shown)
            .await
    }

    /// What `actor` has as a second factor.
    pub(crate) async fn own_factors(&self, actor: &Actor) -> Result<SecondFactorState, Failure> {
        self.second_factors.state(&actor.user).await
    }

    /// Begins to enrol an authenticator app of `actor`.
    pub(crate) async fn begin_own_totp(&self, actor: &Actor) -> Result<PendingTotp, Failure> {
        self.require_fresh(actor).await?;
        let holder = actor.session.id.to_string();
        self.second_factors.begin_totp(&actor.user, &holder).await
    }

    /// Begins to enrol where codes of `actor` go.
    pub(crate) async fn begin_own_sent_code(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: Validated<BeginSentCode>,
    ) -> Result<CodeSent, Failure> {
        self.require_fresh(actor).await?;
        let holder = actor.session.id.to_string();
        self.second_factors
            .begin_sent_code(origin, &actor.user, &holder, request.into_inner())
            .await
    }

    /// Enrols it.
    pub(crate) async fn confirm_own_sent_code(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: Validated<ConfirmSentCode>,
    ) -> Result<Enrolled, Failure> {
        self.require_fresh(actor).await?;
        let (holder, session) = (actor.session.id.to_string(), Some(actor.session.id));
        let (_, codes) = self
            .second_factors
            .confirm_sent_code(origin, &actor.user, &holder, request.into_inner(), session)
            .await?;
        self.enrolled_own(actor, codes).await
    }

    /// Begins to enrol a passkey of `actor`.
    pub(crate) async fn begin_own_passkey(&self, actor: &Actor) -> Result<PasskeyCreation, Failure> {
        self.require_fresh(actor).await?;
        let holder = actor.session.id.to_string();
        self.second_factors.begin_passkey(&actor.user, &holder).await
    }

    /// Enrols it.
    pub(crate) async fn confirm_own_passkey(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: Validated<NewPasskey>,
    ) -> Result<Enrolled, Failure> {
        self.require_fresh(actor).await?;
        let (holder, session) = (actor.session.id.to_string(), Some(actor.session.id));
        let codes = self
            .second_factors
            .confirm_passkey(origin, &actor.user, &holder, request.into_inner(), session)
            .await?;
        self.enrolled_own(actor, codes).await
    }

    /// What `actor`, who has enrolled another factor, has now.
    async fn enrolled_own(
        &self,
        actor: &Actor,
        recovery_codes: Option<RecoveryCodes>,
    ) -> Result<Enrolled, Failure> {
        // Whoever has just shown it does not have to show it once more.
        let shown = crate::store::SessionRow {
            factor_at: Some(self.clock.now()),
            ..actor.session.clone()
        };
        self.sessions.note_shown(&shown).await?;
        Ok(Enrolled {
            state: self.second_factors.state(&actor.user).await?,
            recovery_codes,
        })
    }

    /// Enrols an authenticator app.
    pub(crate) async fn confirm_own_totp(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: Validated<ConfirmTotp>,
    ) -> Result<Enrolled, Failure> {
        self.require_fresh(actor).await?;
        let ConfirmTotp { code, name } = request.into_inner();
        let (holder, session) = (actor.session.id.to_string(), Some(actor.session.id));
        let recovery_codes = self
            .second_factors
            .confirm_totp(origin, &actor.user, &holder, &code, name, session)
            .await?;
        self.enrolled_own(actor, recovery_codes).await
    }

    /// Gives a factor of `actor` another name.
    pub(crate) async fn rename_own_factor(
        &self,
        actor: &Actor,
        id: FactorId,
        request: Validated<RenameFactor>,
    ) -> Result<SecondFactorState, Failure> {
        let RenameFactor { name } = request.into_inner();
        self.second_factors.rename(&actor.user, id, name).await?;
        self.second_factors.state(&actor.user).await
    }

    /// Takes a factor of `actor` away.
    pub(crate) async fn remove_own_factor(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: FactorId,
    ) -> Result<SecondFactorState, Failure> {
        self.require_fresh(actor).await?;
        self.second_factors
            .remove(origin, &actor.user, id, actor.session.id)
            .await?;
        self.second_factors.state(&actor.user).await
    }

    /// New recovery codes for `actor`.
    pub(crate) async fn renew_own_recovery_codes(
        &self,
        origin: &Origin,
        actor: &Actor,
    ) -> Result<RecoveryCodes, Failure> {
        self.require_fresh(actor).await?;
        self.second_factors
            .renew_recovery_codes(origin, &actor.user, actor.session.id)
            .await
    }
}

fn require(needed: StepUpNeeded) -> Result<(), Failure> {
    if !needed.password && needed.methods.is_empty() {
        return Ok(());
    }
    Err(Failure {
        step_up: Some(needed),
        ..Failure::of(ErrorCode::StepUpRequired)
    })
}
