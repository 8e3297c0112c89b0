//! Signing in with a passkey and nothing else.
//!
//! It stands for password and second factor at once, and nobody can guess at it: what strangers do with a person's name or
//! password does not keep the person out here.

use portico_contract::passkey::{PasskeyRequest, SignInWithPasskey};
use portico_contract::problem::ErrorCode;
use portico_contract::second_factor::FactorMethod;
use portico_contract::validate::Validated;
use serde_json::json;
use uuid::Uuid;

use super::sign_in::Proven;
use super::{Advanced, Auth, Held};
use crate::domain::audit::{Entry, Event};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::second_factor::Identified;
use crate::domain::users;

const BY_PASSKEY: &str = FactorMethod::Passkey.as_str();

impl Auth {
    /// Asks for a passkey to sign in with.
    pub(crate) async fn ask_who(&self) -> Result<PasskeyRequest, Failure> {
        self.second_factors.ask_who().await
    }

    /// Signs in whoever shows a passkey. What the browser `held` ends, as with a password.
    pub(crate) async fn sign_in_with_passkey(
        &self,
        origin: &Origin,
        request: Validated<SignInWithPasskey>,
        held: Held<'_>,
    ) -> Result<Advanced, Failure> {
        self.forget_transaction(held.transaction).await?;
        if !self.rules.admits(origin.address) {
            return Err(self.turn_away(origin, ErrorCode::OutsideNetwork, None).await?);
        }
        let SignInWithPasskey { passkey, remember } = request.into_inner();
        let network = match self.throttle.network(origin) {
            Some(key) => match self.throttle.admit(&key).await? {
                Ok(_) => Some(key),
                Err(refusal) => {
                    if refusal.is_notable() {
                        let detail =
                            json!({"method": BY_PASSKEY, "limit": "network", "tries": refusal.refused});
                        let entry = Entry::refused(Event::Throttled).detail(detail);
                        self.audit.record(origin, entry).await?;
                    }
                    return Err(refusal.into());
                }
            },
            None => None,
        };
        let counted: Vec<_> = network.iter().collect();
        let identified = self.second_factors.identify(&passkey).await;
        let (person, refused) = match &identified {
            Ok(Identified::Right(person)) => (Some(*person), None),
            Ok(Identified::Wrong(person)) => (Some(*person), Some(ErrorCode::InvalidCredentials)),
            Ok(Identified::Unknown) => (None, Some(ErrorCode::UnknownPasskey)),
            Ok(Identified::Over) => (None, Some(ErrorCode::SignInExpired)),
            Err(_) => (None, None),
        };
        let looked = identified.map(|_| refused.is_none());
        self.throttle.looked_at(&counted, looked).await?;
        if refused == Some(ErrorCode::SignInExpired)
            && let Some(network) = &network
        {
            // Nobody guesses with a question that is too old.
            self.throttle.give_back(network).await?;
        }
        if let Some(code) = refused {
            return Err(self.refuse_passkey(origin, code, person).await?);
        }
        let user = match person {
            Some(person) => self.users.find(person).await?,
            None => None,
        };
        // Who has no password was invited and has not come, or comes anew.
        let usable = user.filter(|user| user.active && user.password_hash.is_some());
        let Some(user) = usable else {
            let code = ErrorCode::InvalidCredentials;
            return Err(self.refuse_passkey(origin, code, person).await?);
        };
        if let Some(network) = network {
            self.throttle.give_back(&network).await?;
        }
        self.sign_out(origin, held.refresh, None).await?;
        let device = self.known_device(held, user.id).await?;
        let proven = Proven {
            change: self.needs_new_password(&user, None),
            pseudonym: self.key.pseudonym(&users::canonical_identifier(&user.email)),
            user,
            remember: remember && self.rules.remember_days.is_some(),
            method: BY_PASSKEY.to_owned(),
            factor: true,
            trust: false,
        };
        self.check_person(origin, &proven).await?;
        self.go_on(origin, proven, device, None, ErrorCode::InvalidCredentials)
            .await
    }

    async fn refuse_passkey(
        &self,
        origin: &Origin,
        code: ErrorCode,
        subject: Option<Uuid>,
    ) -> Result<Failure, Failure> {
        let detail = json!({"method": BY_PASSKEY, "reason": code.as_str()});
        let entry = Entry::refused(Event::SignIn).about(subject).detail(detail);
        self.audit.record(origin, entry).await?;
        Ok(Failure::of(code))
    }
}
