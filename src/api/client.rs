//! The one client of the API.
//!
//! It holds the access token in memory and nowhere else, gets a new one before the old one runs out, and repeats a
//! request once when the backend says 401 in the middle. However many requests need a new token at the same moment, in
//! however many tabs, one at a time asks for it.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{self, LocalBoxFuture, Shared};
use leptos::prelude::*;
use portico_contract::auth::{AccessToken, CSRF_HEADER, CSRF_VALUE, DraftKey, SessionGrant, SignInStep};
use portico_contract::deal::etag;
use portico_contract::ids::SessionId;
use portico_contract::ids::UserId;
use portico_contract::problem::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::auth::{Renewal, renew};
use super::error::{ApiError, Refusal, StepUpChallenge};
use crate::platform::http::{self, Answer, HttpMethod, Request, Silence};
use crate::platform::lock::{self, Mode};
use crate::platform::{clock, location};

/// Milliseconds until a request is given up.
const TIMEOUT_MS: u32 = 20_000;

/// Serialises what may replace the refresh cookie, across the tabs of a browser. Two tabs that refresh at the same moment
/// all the same get the same answer, by the backend's grace rule.
const REFRESH_LOCK: &str = "portico:refresh";

/// Shared by the writes that are under way, in whichever tab.
const WRITE_LOCK: &str = "portico:write";

/// The part of an access token's life after which it is renewed before the next request.
const RENEW_AFTER: f64 = 0.8;

/// The client. Cheap to copy; all copies share one session.
#[derive(Clone, Copy)]
pub struct Client {
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    base: String,
    credentials: Option<Credentials>,
    renewal: Option<Shared<LocalBoxFuture<'static, Renewal>>>,
    ended: Rc<dyn Fn(Renewal) -> LocalBoxFuture<'static, bool>>,
    step_up: Rc<dyn Fn(StepUpChallenge) -> LocalBoxFuture<'static, bool>>,
    /// Whose session it is, or was, until somebody else has one.
    person: Option<UserId>,
}

/// What opens the API. Private to this module: nothing else can read the token.
struct Credentials {
    token: AccessToken,
    session: SessionId,
    draft_key: DraftKey,
    renew_at_ms: f64,
}

/// A request before it has a token.
#[derive(Clone)]
struct Call {
    method: HttpMethod,
    path: String,
    body: Option<String>,
    if_match: Option<u32>,
    /// Whether the cookies go along, because the answer replaces one or is about this browser.
    with_cookie: bool,
}

impl Call {
    /// One of `method` to `path`, with nothing else.
    fn to(method: HttpMethod, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            body: None,
            if_match: None,
            with_cookie: false,
        }
    }
}

/// `body` as it travels.
fn json(body: &impl Serialize) -> Result<Option<String>, ApiError> {
    serde_json::to_string(body)
        .map(Some)
        .map_err(|_| ApiError::Decode)
}

impl Client {
    /// A client for the API at `base`, not signed in.
    pub fn new(base: String) -> Self {
        let inner = Inner {
            base,
            credentials: None,
            renewal: None,
            ended: Rc::new(|_| future::ready(false).boxed_local()),
            step_up: Rc::new(|_| future::ready(false).boxed_local()),
            person: None,
        };
        Self {
            inner: StoredValue::new_local(inner),
        }
    }

    /// `ended` is called when a renewal finds that the session is over or has become another one. What it answers says
    /// whether the same person is signed in again, so that the request may be sent after all.
    pub fn on_session_end(self, ended: impl Fn(Renewal) -> LocalBoxFuture<'static, bool> + 'static) {
        self.inner.update_value(|inner| inner.ended = Rc::new(ended));
    }

    /// `step_up` is called when the backend wants to be shown once more who is asking. What it answers says whether that
    /// was done, so that the request may be sent once more.
    pub fn on_step_up(self, step_up: impl Fn(StepUpChallenge) -> LocalBoxFuture<'static, bool> + 'static) {
        self.inner.update_value(|inner| inner.step_up = Rc::new(step_up));
    }

    /// Takes over a fresh grant.
    pub(super) fn accept(self, grant: &SessionGrant) {
        let life_ms = f64::from(grant.expires_in) * 1000.0;
        let credentials = Credentials {
            token: grant.access_token.clone(),
            session: grant.me.session.id,
            draft_key: grant.draft_key.clone(),
            renew_at_ms: clock::now_ms() + life_ms * RENEW_AFTER,
        };
        self.inner.update_value(|inner| {
            inner.credentials = Some(credentials);
            inner.person = Some(grant.me.user.id);
        });
    }

    /// Takes over the session that `step` of a sign-in has begun, if it has.
    pub(super) fn accept_step(self, step: &SignInStep) {
        if let SignInStep::Done(grant) = step {
            self.accept(grant);
        }
    }

    /// Forgets the token.
    pub fn forget(self) {
        self.inner.update_value(|inner| inner.credentials = None);
    }

    /// Forgets the token and whose it was: the person has left, and what is still asked for in their name is not sent.
    pub fn leave(self) {
        self.inner.update_value(|inner| {
            inner.credentials = None;
            inner.person = None;
        });
    }

    /// The session the token belongs to.
    pub(super) fn session(self) -> Option<SessionId> {
        self.inner
            .with_value(|inner| inner.credentials.as_ref().map(|held| held.session))
    }

    /// The key for what the person signed in keeps on this device.
    pub(crate) fn draft_key(self) -> Option<DraftKey> {
        self.inner
            .with_value(|inner| inner.credentials.as_ref().map(|held| held.draft_key.clone()))
    }

    /// Reads `path`.
    pub async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, ApiError> {
        let call = Call::to(HttpMethod::Get, path);
        decode(&self.authorised(call).await?)
    }

    /// Reads `path` with `query`.
    pub async fn get_with<T: DeserializeOwned>(
        self,
        path: &str,
        query: &impl Serialize,
    ) -> Result<T, ApiError> {
        self.get(&format!("{path}{}", query_string(query))).await
    }

    /// Writes `body` to `path`, based on version `if_match`.
    pub async fn post<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
        if_match: Option<u32>,
    ) -> Result<T, ApiError> {
        self.write(HttpMethod::Post, path, body, if_match).await
    }

    /// Changes what is at `path` to `body`, based on version `if_match`.
    pub async fn patch<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
        if_match: Option<u32>,
    ) -> Result<T, ApiError> {
        self.write(HttpMethod::Patch, path, body, if_match).await
    }

    /// Puts `body` in the place of what is at `path`.
    pub async fn put<T: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        self.write(HttpMethod::Put, path, body, None).await
    }

    /// Takes away what is at `path`.
    pub async fn delete<T: DeserializeOwned>(self, path: &str) -> Result<T, ApiError> {
        let call = Call::to(HttpMethod::Delete, path);
        decode(&self.authorised(call).await?)
    }

    /// Takes away what is at `path`, where the answer has nothing to say.
    pub async fn remove(self, path: &str) -> Result<(), ApiError> {
        let call = Call::to(HttpMethod::Delete, path);
        self.authorised(call).await.map(|_| ())
    }

    /// Reads `path` with the cookies: the answer says which of its rows is this browser.
    pub(super) async fn get_with_cookie<T: DeserializeOwned>(self, path: &str) -> Result<T, ApiError> {
        let call = Call {
            with_cookie: true,
            ..Call::to(HttpMethod::Get, path)
        };
        decode(&self.authorised(call).await?)
    }

    async fn write<T: DeserializeOwned>(
        self,
        method: HttpMethod,
        path: &str,
        body: &impl Serialize,
        if_match: Option<u32>,
    ) -> Result<T, ApiError> {
        let call = Call {
            body: json(body)?,
            if_match,
            ..Call::to(method, path)
        };
        decode(&self.authorised(call).await?)
    }

    /// Writes `body` to `path` and takes over the cookie of the answer: what is sent changes the session itself.
    pub(super) async fn post_with_cookie<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, ApiError> {
        let call = Call {
            body: json(body)?,
            with_cookie: true,
            ..Call::to(HttpMethod::Post, path)
        };
        decode(&self.authorised(call).await?)
    }

    /// Shows the backend once more who is asking: like [`Client::post_with_cookie`], but nothing is asked before, and the
    /// answer comes as it is.
    pub(super) async fn show_again(self, path: &str, body: &impl Serialize) -> Result<Answer, ApiError> {
        let call = Call {
            body: json(body)?,
            with_cookie: true,
            ..Call::to(HttpMethod::Post, path)
        };
        self.answered(call, self.person()).await
    }

    /// Sends a request of the sign-in flow: with the cookie, without a token.
    pub(super) async fn with_cookie(self, path: &str, body: &impl Serialize) -> Result<Answer, ApiError> {
        let call = Call {
            body: json(body)?,
            with_cookie: true,
            ..Call::to(HttpMethod::Post, path)
        };
        Ok(self.dispatch(call, None).await?)
    }

    /// Reads `path` without being signed in.
    pub(super) async fn anonymous<T: DeserializeOwned>(self, path: &str) -> Result<T, ApiError> {
        let call = Call::to(HttpMethod::Get, path);
        decode(&succeeded(http::send(self.request(call, None)).await?)?)
    }

    /// Sends `call`, and once more if that takes showing who is asking. Who does not want to show it, or somebody else who
    /// has come meanwhile, repeats nothing.
    async fn authorised(self, call: Call) -> Result<Answer, ApiError> {
        let person = self.person();
        let needed = match succeeded(self.answered(call.clone(), person).await?) {
            Err(ApiError::StepUpRequired(needed)) => needed,
            outcome => return outcome,
        };
        let ask = self.inner.with_value(|inner| Rc::clone(&inner.step_up));
        if ask(needed.clone()).await {
            succeeded(self.answered(call, person).await?)
        } else {
            Err(ApiError::StepUpRequired(needed))
        }
    }

    /// The answer to `call`, with a token that counts. What `person` asks for is never sent as somebody else, who may have
    /// come in meanwhile, here or in another tab.
    async fn answered(self, call: Call, person: Option<UserId>) -> Result<Answer, ApiError> {
        let due = self.inner.with_value(|inner| {
            inner
                .credentials
                .as_ref()
                .is_none_or(|held| clock::now_ms() >= held.renew_at_ms)
        });
        self.still(person)?;
        if due {
            self.renewed().await?;
            self.still(person)?;
        }
        let token = self.token();
        let answer = self.dispatch(call.clone(), token.clone()).await?;
        if !is_unauthenticated(&answer) {
            return Ok(answer);
        }
        self.still(person)?;
        // Another request may have found out first and got a new token in the meantime.
        if self.token() == token {
            self.renewed().await?;
            self.still(person)?;
        }
        Ok(self.dispatch(call, self.token()).await?)
    }

    fn person(self) -> Option<UserId> {
        self.inner.with_value(|inner| inner.person)
    }

    /// Fails where `person` has left or somebody else is signed in by now.
    fn still(self, person: Option<UserId>) -> Result<(), ApiError> {
        if person.is_some() && self.person() != person {
            return Err(ApiError::SessionEnded);
        }
        Ok(())
    }

    /// Sends `call`. One that replaces the cookie goes alone. A renewal at the same moment would present the cookie that
    /// has just been replaced, which the backend takes for theft; or it would learn that nobody is signed in, and say so
    /// when somebody is. Other writes go beside each other, and can be waited for.
    async fn dispatch(self, call: Call, token: Option<AccessToken>) -> Result<Answer, Silence> {
        let lock = match (call.with_cookie, call.method) {
            (true, _) => Some((REFRESH_LOCK, Mode::Exclusive)),
            (false, HttpMethod::Get) => None,
            (false, _) => Some((WRITE_LOCK, Mode::Shared)),
        };
        let sent = http::send(self.request(call, token));
        match lock {
            Some((name, mode)) => lock::hold(name, mode, sent).await,
            None => sent.await,
        }
    }

    /// Waits until the writes that are under way have come to an end, in all tabs of this browser.
    pub async fn written(self) {
        lock::free(WRITE_LOCK).await;
    }

    fn token(self) -> Option<AccessToken> {
        self.inner
            .with_value(|inner| inner.credentials.as_ref().map(|held| held.token.clone()))
    }

    /// A new token, or why there is none.
    async fn renewed(self) -> Result<(), ApiError> {
        match self.renew_once().await {
            Renewal::Renewed(_) => Ok(()),
            Renewal::Failed(error) => Err(error),
            over @ (Renewal::Ended | Renewal::Changed) => {
                let ended = self.inner.with_value(|inner| Rc::clone(&inner.ended));
                if ended(over).await {
                    Ok(())
                } else {
                    Err(ApiError::SessionEnded)
                }
            }
        }
    }

    /// Renews the session; callers that come while one renewal is under way share its outcome.
    pub(super) async fn renew_once(self) -> Renewal {
        let under_way = self.inner.with_value(|inner| inner.renewal.clone());
        let renewal = under_way.unwrap_or_else(|| {
            let renewal = renew(self).boxed_local().shared();
            self.inner
                .update_value(|inner| inner.renewal = Some(renewal.clone()));
            renewal
        });
        let outcome = renewal.clone().await;
        self.inner.update_value(|inner| {
            // Another renewal may have been started after this one ended: leave that one alone.
            if inner.renewal.as_ref().is_some_and(|held| held.ptr_eq(&renewal)) {
                inner.renewal = None;
            }
        });
        outcome
    }

    /// Where `path` of the API is.
    pub fn url(self, path: &str) -> String {
        self.inner.with_value(|inner| format!("{}{path}", inner.base))
    }

    fn request(self, call: Call, token: Option<AccessToken>) -> Request {
        let mut headers = vec![("accept", "application/json".to_owned())];
        if call.with_cookie {
            headers.push((CSRF_HEADER, CSRF_VALUE.to_owned()));
        }
        headers.extend(token.map(|token| ("authorization", token.bearer())));
        headers.extend(call.if_match.map(|version| ("if-match", etag(version))));
        Request {
            method: call.method,
            url: self.url(&call.path),
            headers,
            body: call.body,
            cookies: call.with_cookie,
            fresh: false,
            timeout_ms: TIMEOUT_MS,
        }
    }
}

/// The client, from context.
pub fn use_client() -> Client {
    expect_context()
}

fn is_unauthenticated(answer: &Answer) -> bool {
    answer.status == 401
        && Refusal::of(answer).is_some_and(|problem| problem.code == ErrorCode::Unauthenticated)
}

pub(super) fn succeeded(answer: Answer) -> Result<Answer, ApiError> {
    if (200..300).contains(&answer.status) {
        Ok(answer)
    } else {
        Err(ApiError::from_answer(&answer))
    }
}

pub(super) fn decode<T: DeserializeOwned>(answer: &Answer) -> Result<T, ApiError> {
    serde_json::from_str(&answer.body).map_err(|_| ApiError::Decode)
}

/// `?a=b&c=d` of a flat query; nothing for an empty one.
fn query_string(query: &impl Serialize) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(query) else {
        return String::new();
    };
    let pairs: Vec<(String, String)> = fields
        .into_iter()
        .filter_map(|(name, value)| match value {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some((name, text)),
            other => Some((name, other.to_string())),
        })
        .collect();
    location::encode_query(&pairs)
}
