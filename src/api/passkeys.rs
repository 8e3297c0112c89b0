//! Passkeys: signing in with one, and what is asked of the browser for the backend's questions.

use futures_util::future::join;
use portico_contract::auth::{SignInMethod, SignInStep};
use portico_contract::passkey::{
    AcceptedPasskeys, BeginPasskey, NewPasskey, PasskeyAssertion, PasskeyCreation, PasskeyRequest,
    SignInWithPasskey,
};
use portico_contract::paths;
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::user_agent;
use portico_contract::validate::Validated;
use serde::Deserialize;

use super::client::{Client, decode, succeeded};
use super::error::{ApiError, Refusal};
use super::grant;
use crate::i18n::Message;
use crate::i18n::texts::passkeys as words;
use crate::platform::browser;
use crate::platform::passkeys::{self, Fault, Question, Wish};

pub use crate::platform::passkeys::Mediation;

/// Why the browser gave no passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPasskey {
    /// The person did not want to, or something else has taken its place: there is nothing to say.
    Left,
    /// The device has one of the person already.
    AlreadyHere,
    /// Not in this browser, or not at this address: they are for this domain.
    Unfit(String),
    /// Something else.
    Failed,
}

impl NoPasskey {
    /// What came of asking for a passkey of `domain`.
    fn of(fault: Fault, domain: &str) -> Self {
        match fault {
            Fault::Cancelled | Fault::Aborted => Self::Left,
            Fault::AlreadyHere => Self::AlreadyHere,
            Fault::Unfit => Self::Unfit(domain.to_owned()),
            Fault::Failed => Self::Failed,
        }
    }

    /// The words for it, where there is something to say.
    pub fn explain(&self) -> Option<Message> {
        match self {
            Self::Left => None,
            Self::AlreadyHere => Some(words::ALREADY_HERE.into()),
            Self::Unfit(domain) => Some(words::unfit(domain)),
            Self::Failed => Some(words::FAILED.into()),
        }
    }
}

/// Asks the browser for a passkey that answers `request`. Dropping the future ends it.
pub async fn answer(request: PasskeyRequest, mediation: Mediation) -> Result<PasskeyAssertion, NoPasskey> {
    let PasskeyRequest {
        ceremony,
        challenge,
        domain,
        allowed,
        expires_in: seconds,
    } = request;
    if !passkeys::fits(&domain) {
        return Err(NoPasskey::Unfit(domain));
    }
    let question = Question {
        challenge,
        domain,
        allowed,
        seconds,
    };
    let answer = passkeys::get(&question, mediation).await;
    let answer = answer.map_err(|fault| NoPasskey::of(fault, &question.domain))?;
    Ok(PasskeyAssertion {
        ceremony,
        credential: answer.credential,
        client_data: answer.client_data,
        authenticator_data: answer.authenticator_data,
        signature: answer.signature,
        user_handle: answer.user_handle,
    })
}

/// Has the browser make the passkey that `creation` asks for; the person calls it `name`. Dropping the future ends it.
pub async fn make(creation: PasskeyCreation, name: Option<String>) -> Result<NewPasskey, NoPasskey> {
    if !passkeys::fits(&creation.domain) {
        return Err(NoPasskey::Unfit(creation.domain));
    }
    let wish = Wish {
        challenge: creation.challenge,
        domain: creation.domain,
        site: creation.site,
        handle: creation.user.handle,
        name: creation.user.name,
        display_name: creation.user.display_name,
        algorithms: creation.algorithms,
        excluded: creation.excluded,
        seconds: creation.expires_in,
    };
    let made = passkeys::create(&wish).await;
    let made = made.map_err(|fault| NoPasskey::of(fault, &wish.domain))?;
    Ok(NewPasskey {
        ceremony: creation.ceremony,
        credential: made.credential,
        client_data: made.client_data,
        attestation: made.attestation,
        transports: made.transports,
        name,
    })
}

/// What is wrong with a passkey that was made, in words.
pub fn explain_made(rule: FieldRule) -> Message {
    match rule {
        FieldRule::Taken => words::CREATE_TAKEN.into(),
        _ => words::CREATE_REFUSED.into(),
    }
}

/// Why none could be enrolled, where that has words of its own.
pub fn explain_refusal(error: &ApiError) -> Option<Message> {
    match error {
        ApiError::NotFound => Some(words::CREATE_LATE.into()),
        ApiError::Refused {
            code: ErrorCode::Conflict,
            ..
        } => Some(words::FULL.into()),
        _ => None,
    }
}

/// What a passkey that is made here is called until its owner calls it otherwise: the browser and the system, which are the same
/// in every language, as far as they are known.
pub fn name_here() -> String {
    user_agent::describe(&browser::user_agent())
}

/// Tells the browser which passkeys of the person count: it may forget the others.
pub fn tell_accepted(accepted: &AcceptedPasskeys) {
    passkeys::signal_accepted(&accepted.domain, &accepted.handle, &accepted.credentials);
}

/// Of [`portico_contract::auth::AuthPolicy`] what says whether passkeys are offered.
#[derive(Deserialize)]
struct Offer {
    methods: Vec<SignInMethod>,
}

/// Whether one can sign in with a passkey.
pub async fn is_offered(client: Client) -> Result<bool, ApiError> {
    let offer: Offer = client.anonymous(paths::AUTH_POLICY).await?;
    Ok(offer.methods.contains(&SignInMethod::Passkey))
}

/// Asks for a passkey to sign in with.
pub async fn ask(client: Client) -> Result<PasskeyRequest, ApiError> {
    let answer = client
        .with_cookie(paths::SIGN_IN_PASSKEY_BEGIN, &BeginPasskey {})
        .await?;
    decode(&succeeded(answer)?)
}

/// What a passkey is worth at the sign-in.
pub enum Recognised {
    /// It is known, and this follows.
    Step(SignInStep),
    /// It belongs to nobody, or not any more.
    Unknown,
}

/// Starts a session with a passkey of `domain`, or learns what is needed first. The browser hears if nobody knows it.
pub async fn sign_in(
    client: Client,
    request: &Validated<SignInWithPasskey>,
    domain: &str,
) -> Result<Recognised, ApiError> {
    let sent = client.with_cookie(paths::SIGN_IN_PASSKEY, &**request);
    let (answer, ()) = join(sent, grant::prepare()).await;
    let answer = answer?;
    if Refusal::of(&answer).is_some_and(|refusal| refusal.code == ErrorCode::UnknownPasskey) {
        passkeys::signal_unknown(domain, &request.passkey.credential);
        return Ok(Recognised::Unknown);
    }
    let step = grant::sign_in_step(succeeded(answer)?.body).await?;
    client.accept_step(&step);
    Ok(Recognised::Step(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_is_told_nothing_and_everybody_else_the_way_on() {
        assert_eq!(NoPasskey::of(Fault::Cancelled, "d").explain(), None);
        assert_eq!(NoPasskey::of(Fault::Aborted, "d").explain(), None);
        let unfit = NoPasskey::of(Fault::Unfit, "portico.example");
        assert_eq!(unfit.explain(), Some(words::unfit("portico.example")));
        assert_eq!(
            NoPasskey::of(Fault::AlreadyHere, "d").explain(),
            Some(words::ALREADY_HERE.into())
        );
        assert_eq!(
            NoPasskey::of(Fault::Failed, "d").explain(),
            Some(words::FAILED.into())
        );
    }

    #[test]
    fn an_enrolment_that_was_refused_says_the_way_on() {
        let refused = |code| ApiError::Refused {
            code,
            fields: Vec::new().into(),
        };
        assert_eq!(
            explain_refusal(&ApiError::NotFound),
            Some(words::CREATE_LATE.into())
        );
        assert_eq!(
            explain_refusal(&refused(ErrorCode::Conflict)),
            Some(words::FULL.into())
        );
        assert_eq!(explain_refusal(&refused(ErrorCode::LastFactor)), None);
        assert_eq!(explain_made(FieldRule::Taken), words::CREATE_TAKEN.into());
        assert_eq!(explain_made(FieldRule::Incorrect), words::CREATE_REFUSED.into());
    }
}
