//! `/admin`: looking after people.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use portico_contract::admin::{
    AdminRequest, AdminRequestQuery, AdminUser, AdminUserQuery, AnswerAdminRequest, ChangeUser, InviteUser,
    RequestDecision, RequestState, UserStatus,
};
use portico_contract::capability::{Resource, Verb};
use portico_contract::ids::{AdminRequestId, UserId};
use portico_contract::paging::Page;
use portico_contract::paths;
use portico_contract::user::TeamRef;

use super::Shared;
use super::error::ApiFailure;
use super::extract::{NoQuery, ResourceId, SignedIn, StrictJson, StrictQuery};
use super::openapi::{ListProblems, OneProblems, PageParams, ReadProblems, problems};
use crate::domain::auth::Actor;
use crate::domain::origin::Origin;

problems!(pub(super) InviteProblems: MalformedRequest, Unauthenticated, StepUpRequired, Forbidden, Conflict, TooLarge,
    UnsupportedMediaType, Validation, Internal, Unavailable);
problems!(pub(super) ActionProblems: MalformedRequest, Unauthenticated, StepUpRequired, Forbidden, NotFound, Conflict, OwnAccount,
    LastAdmin, TooLarge, UnsupportedMediaType, Internal, Unavailable);
problems!(pub(super) ChangeUserProblems: MalformedRequest, Unauthenticated, StepUpRequired, Forbidden, NotFound, Conflict, OwnAccount,
    TooLarge, UnsupportedMediaType, Validation, Internal, Unavailable);
problems!(pub(super) AnswerProblems: MalformedRequest, Unauthenticated, StepUpRequired, Forbidden, NotFound, Conflict,
    OwnAccount, TooLarge, UnsupportedMediaType, Validation, Internal, Unavailable);

/// Goes on only if `actor`, who has the right to it, has shown a moment ago who they are: what gives somebody a way in, or
/// takes a guard of one away, is not for whoever found a session open. Whoever lacks the right is not asked.
async fn show_again(app: &Shared, actor: &Actor, verb: Verb) -> Result<(), ApiFailure> {
    actor.access.require(verb, Resource::Users)?;
    app.auth.require_fresh(actor).await?;
    Ok(())
}

/// An action without anything to say: an empty object.
#[derive(Clone, Copy, Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AdminAction {}

/// Everybody who may, or may not, sign in.
#[utoipa::path(
    get, path = "/admin/users", tag = "admin",
    params(
        ("q" = Option<String>, Query, description = "Words in name, mail address, employee number or username", max_length = 200),
        ("status" = Option<UserStatus>, Query, description = "Only accounts that stand there"),
        PageParams,
    ),
    responses((status = 200, description = "One page", body = Page<AdminUser>), ListProblems)
)]
pub(super) async fn list_users(
    SignedIn(actor): SignedIn,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<AdminUserQuery>,
) -> Result<Json<Page<AdminUser>>, ApiFailure> {
    Ok(Json(app.administration.list(&actor, &query).await?))
}

/// Invites somebody: makes the account and mails the invitation.
#[utoipa::path(
    post, path = "/admin/users", tag = "admin", request_body = InviteUser,
    responses((status = 201, description = "The account, which waits for its password", body = AdminUser, headers(("location" = String, description = "Where the account is"))), InviteProblems)
)]
pub(super) async fn invite_user(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(input): StrictJson<InviteUser>,
) -> Result<Response, ApiFailure> {
    show_again(&app, &actor, Verb::Create).await?;
    let user = app.administration.invite(&origin, &actor, input).await?;
    let location = format!("{}{}", paths::BASE, paths::admin_user(user.id));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(user)).into_response())
}

/// One account.
#[utoipa::path(
    get, path = "/admin/users/{id}", tag = "admin", params(("id" = Uuid, Path, description = "Whose account")),
    responses((status = 200, description = "The account", body = AdminUser), OneProblems)
)]
pub(super) async fn get_user(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<AdminUser>, ApiFailure> {
    Ok(Json(app.administration.get(&actor, UserId(id)).await?))
}

/// Gives an account another mail address, and tells both addresses. Who has not come yet is invited at the new one.
#[utoipa::path(
    patch, path = "/admin/users/{id}", tag = "admin", request_body = ChangeUser,
    params(("id" = Uuid, Path, description = "Whose account")),
    responses((status = 200, description = "The account as it is now", body = AdminUser), ChangeUserProblems)
)]
pub(super) async fn change_user(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(input): StrictJson<ChangeUser>,
) -> Result<Json<AdminUser>, ApiFailure> {
    show_again(&app, &actor, Verb::Update).await?;
    let id = UserId(id);
    Ok(Json(app.administration.change(&origin, &actor, id, input).await?))
}

macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $name:ident: $path:literal -> $call:ident $(after $check:ident)?),+ $(,)?) => {$(
        $(#[doc = $doc])+
        #[utoipa::path(
            post, path = $path, tag = "admin", request_body = AdminAction,
            params(("id" = Uuid, Path, description = "Whose account")),
            responses((status = 200, description = "The account as it is now", body = AdminUser), ActionProblems)
        )]
        pub(super) async fn $name(
            SignedIn(actor): SignedIn,
            ResourceId(id): ResourceId,
            _: NoQuery,
            State(app): State<Shared>,
            origin: Origin,
            StrictJson(AdminAction {}): StrictJson<AdminAction>,
        ) -> Result<Json<AdminUser>, ApiFailure> {
            $($check(&app, &actor, Verb::Update).await?;)?
            Ok(Json(app.administration.$call(&origin, &actor, UserId(id)).await?))
        }
    )+};
}

actions! {
    /// Takes an account out of use at once. No error if it is already.
    deactivate_user: "/admin/users/{id}/deactivate" -> deactivate,
    /// Takes an account into use again. No error if it is in use.
    activate_user: "/admin/users/{id}/activate" -> activate after show_again,
    /// Mails a reset to the account's address.
    send_user_reset: "/admin/users/{id}/send-reset" -> send_reset,
    /// Ends every session of a person.
    end_user_sessions: "/admin/users/{id}/end-sessions" -> end_sessions,
    /// Marks a person's password as known to others: every session ends, and the next sign-in leads to a new one.
    require_new_password: "/admin/users/{id}/require-new-password" -> require_new_password,
    /// Mails a fresh invitation; the one before ends.
    resend_user_invitation: "/admin/users/{id}/resend-invitation" -> resend_invitation after show_again,
}

/// The teams a person can belong to.
#[utoipa::path(
    get, path = "/admin/teams", tag = "admin",
    responses((status = 200, description = "Every team, by name", body = Vec<TeamRef>), ReadProblems)
)]
pub(super) async fn list_teams(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<Vec<TeamRef>>, ApiFailure> {
    Ok(Json(app.administration.teams(&actor).await?))
}

/// What people who cannot sign in ask for, the newest first.
#[utoipa::path(
    get, path = "/admin/requests", tag = "admin",
    params(
        ("state" = Option<RequestState>, Query, description = "Only requests that stand there"),
        PageParams,
    ),
    responses((status = 200, description = "One page", body = Page<AdminRequest>), ListProblems)
)]
pub(super) async fn list_requests(
    SignedIn(actor): SignedIn,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<AdminRequestQuery>,
) -> Result<Json<Page<AdminRequest>>, ApiFailure> {
    Ok(Json(app.administration.requests(&actor, &query).await?))
}

/// Answers a request, once.
#[utoipa::path(
    post, path = "/admin/requests/{id}/answer", tag = "admin", request_body = AnswerAdminRequest,
    params(("id" = Uuid, Path, description = "Which request")),
    responses((status = 200, description = "The request as it is now", body = AdminRequest), AnswerProblems)
)]
pub(super) async fn answer_request(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(input): StrictJson<AnswerAdminRequest>,
) -> Result<Json<AdminRequest>, ApiFailure> {
    if input.decision == RequestDecision::ResetSecondFactor {
        show_again(&app, &actor, Verb::Update).await?;
    }
    let id = AdminRequestId(id);
    Ok(Json(app.administration.answer(&origin, &actor, id, input).await?))
}
