//! Looking after people: accounts, invitations, requests for help.

use portico_contract::admin::{
    AdminRequest, AdminRequestQuery, AdminUser, AdminUserQuery, AnswerAdminRequest, ChangeUser, InviteUser,
};
use portico_contract::ids::{AdminRequestId, UserId};
use portico_contract::paging::Page;
use portico_contract::paths;
use portico_contract::user::TeamRef;
use portico_contract::validate::Validated;
use serde::Serialize;

use super::client::Client;
use super::error::ApiError;

/// An action that has nothing to say.
#[derive(Serialize)]
struct Nothing {}

/// One page of the accounts that `query` finds.
pub async fn list_users(client: Client, query: &AdminUserQuery) -> Result<Page<AdminUser>, ApiError> {
    client.get_with(paths::ADMIN_USERS, query).await
}

/// One account.
pub async fn get_user(client: Client, id: UserId) -> Result<AdminUser, ApiError> {
    client.get(&paths::admin_user(id)).await
}

/// The teams somebody can be invited to.
pub async fn list_teams(client: Client) -> Result<Vec<TeamRef>, ApiError> {
    client.get(paths::ADMIN_TEAMS).await
}

/// Invites somebody.
pub async fn invite_user(client: Client, input: &Validated<InviteUser>) -> Result<AdminUser, ApiError> {
    client.post(paths::ADMIN_USERS, &**input, None).await
}

/// Changes the account `id`.
pub async fn change_user(
    client: Client,
    id: UserId,
    input: &Validated<ChangeUser>,
) -> Result<AdminUser, ApiError> {
    client.patch(&paths::admin_user(id), &**input, None).await
}

/// Does what `path`, one of an account's actions, stands for.
pub async fn act(client: Client, path: &str) -> Result<AdminUser, ApiError> {
    client.post(path, &Nothing {}, None).await
}

/// One page of what people ask for, the newest first.
pub async fn list_requests(
    client: Client,
    query: &AdminRequestQuery,
) -> Result<Page<AdminRequest>, ApiError> {
    client.get_with(paths::ADMIN_REQUESTS, query).await
}

/// Answers a request.
pub async fn answer_request(
    client: Client,
    id: AdminRequestId,
    answer: &Validated<AnswerAdminRequest>,
) -> Result<AdminRequest, ApiError> {
    client
        .post(&paths::admin_request_answer(id), &**answer, None)
        .await
}
