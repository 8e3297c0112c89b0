//! Where the person is signed in, the browsers that know the person, and what happened with the account.

use portico_contract::devices::{
    Disown, Disowned, EndOtherSessions, KnownBrowser, OthersEnded, OwnSession, SignInEntry,
};
use portico_contract::ids::{AccountEventId, DeviceId, SessionId};
use portico_contract::paging::{Page, PageQuery};
use portico_contract::paths;

use super::client::Client;
use super::error::ApiError;

/// Where the person is signed in.
pub async fn list_sessions(client: Client) -> Result<Vec<OwnSession>, ApiError> {
    client.get(paths::OWN_SESSIONS).await
}

/// Ends the session `id`.
pub async fn end_session(client: Client, id: SessionId) -> Result<(), ApiError> {
    client.remove(&paths::own_session(id)).await
}

/// Ends every session but this one.
pub async fn end_other_sessions(client: Client) -> Result<OthersEnded, ApiError> {
    let everything = EndOtherSessions::default();
    client
        .post(paths::OWN_SESSIONS_END_OTHERS, &everything, None)
        .await
}

/// The browsers that know the person.
pub async fn list_browsers(client: Client) -> Result<Vec<KnownBrowser>, ApiError> {
    client.get_with_cookie(paths::OWN_DEVICES).await
}

/// Forgets the browser `id`.
pub async fn forget_browser(client: Client, id: DeviceId) -> Result<(), ApiError> {
    client.remove(&paths::own_device(id)).await
}

/// One page of what happened with the account, the newest first.
pub async fn list_sign_ins(client: Client, query: &PageQuery) -> Result<Page<SignInEntry>, ApiError> {
    client.get_with(paths::OWN_SIGN_INS, query).await
}

/// The session `id` was somebody else's.
pub async fn disown_session(client: Client, id: SessionId) -> Result<Disowned, ApiError> {
    let path = paths::own_session_disown(id);
    client.post_with_cookie(&path, &Disown::default()).await
}

/// The session that the sign-in `id` began was somebody else's.
pub async fn disown_sign_in(client: Client, id: AccountEventId) -> Result<Disowned, ApiError> {
    let path = paths::own_sign_in_disown(id);
    client.post_with_cookie(&path, &Disown::default()).await
}
