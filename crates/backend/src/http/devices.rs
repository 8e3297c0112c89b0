//! `/me/sessions`, `/me/devices`, `/me/sign-ins`: where a person is signed in. All of it also works during maintenance:
//! who finds a stranger in the account is not to wait.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use portico_contract::devices::{
    Disown, Disowned, EndOtherSessions, KnownBrowser, OthersEnded, OwnSession, SignInEntry,
};
use portico_contract::paging::{Page, PageQuery};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::error::ApiFailure;
use super::extract::{NoQuery, Present, ResourceId, StrictJson, StrictQuery};
use super::openapi::problems;
use super::{Shared, cookie};
use crate::domain::auth::Actor;
use crate::domain::devices::Stranger;
use crate::domain::origin::Origin;

problems!(ReadOwnProblems: MalformedRequest, Unauthenticated, Internal, Unavailable);
problems!(ReadHistoryProblems: MalformedRequest, InvalidCursor, Unauthenticated, Validation, Internal, Unavailable);
problems!(EndProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, Conflict, Internal, Unavailable);
problems!(EndOthersProblems: MalformedRequest, Unauthenticated, StepUpRequired, TooLarge, UnsupportedMediaType, Internal,
    Unavailable);
problems!(ForgetProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, Internal, Unavailable);
problems!(DisownProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, Conflict, TooLarge, UnsupportedMediaType,
    Internal, Unavailable);

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_own_sessions))
        .routes(routes!(end_own_session))
        .routes(routes!(end_other_sessions))
        .routes(routes!(disown_session))
        .routes(routes!(list_known_browsers))
        .routes(routes!(forget_browser))
        .routes(routes!(list_sign_ins))
        .routes(routes!(disown_sign_in))
}

/// Puts out `stranger`, if `actor` has shown a moment ago who they are.
async fn disown(
    app: &Shared,
    actor: &Actor,
    stranger: Stranger,
    origin: &Origin,
    headers: &HeaderMap,
) -> Result<Json<Disowned>, ApiFailure> {
    app.auth.require_anything_fresh(actor)?;
    let held = cookie::held(headers).device;
    let disowned = app.own_devices.disown(origin, actor, stranger, held);
    Ok(Json(disowned.await?))
}

/// Where the person is signed in: this session first, then those in which something was done last.
#[utoipa::path(
    get, path = "/me/sessions", tag = "me",
    responses((status = 200, description = "The sessions that go on", body = Vec<OwnSession>), ReadOwnProblems)
)]
async fn list_own_sessions(
    Present(actor): Present,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<Vec<OwnSession>>, ApiFailure> {
    Ok(Json(app.own_devices.sessions(&actor).await?))
}

/// Ends one of the person's other sessions. This one is ended by signing out: 409.
#[utoipa::path(
    delete, path = "/me/sessions/{id}", tag = "me", params(("id" = Uuid, Path, description = "Which session")),
    responses((status = 204, description = "It is over"), EndProblems)
)]
async fn end_own_session(
    Present(actor): Present,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
) -> Result<StatusCode, ApiFailure> {
    app.auth.require_anything_fresh(&actor)?;
    app.own_devices.end_session(&origin, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends every session of the person's but this one.
#[utoipa::path(
    post, path = "/me/sessions/end-others", tag = "me", request_body = EndOtherSessions,
    responses((status = 200, description = "How many there were", body = OthersEnded), EndOthersProblems)
)]
async fn end_other_sessions(
    Present(actor): Present,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(EndOtherSessions {}): StrictJson<EndOtherSessions>,
) -> Result<Json<OthersEnded>, ApiFailure> {
    app.auth.require_anything_fresh(&actor)?;
    Ok(Json(app.own_devices.end_others(&origin, &actor).await?))
}

/// Says of a session, which may be over, that it was somebody else's. Every session but this one ends, every browser but
/// this one is forgotten, the password has to be replaced, and the administrators are told.
#[utoipa::path(
    post, path = "/me/sessions/{id}/disown", tag = "me", request_body = Disown,
    params(("id" = Uuid, Path, description = "Which session")),
    responses((status = 200, description = "What became of it, and what was done in the session", body = Disowned), DisownProblems)
)]
async fn disown_session(
    Present(actor): Present,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(Disown {}): StrictJson<Disown>,
) -> Result<Json<Disowned>, ApiFailure> {
    disown(&app, &actor, Stranger::Session(id), &origin, &headers).await
}

/// The browsers the person is known with, those first that were used last.
#[utoipa::path(
    get, path = "/me/devices", tag = "me",
    responses((status = 200, description = "The browsers", body = Vec<KnownBrowser>), ReadOwnProblems)
)]
async fn list_known_browsers(
    Present(actor): Present,
    _: NoQuery,
    State(app): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<Vec<KnownBrowser>>, ApiFailure> {
    let held = cookie::held(&headers).device;
    Ok(Json(app.own_devices.browsers(&actor, held).await?))
}

/// Forgets a browser: it is new at the next sign-in, and the second factor is asked for in it. No session ends.
#[utoipa::path(
    delete, path = "/me/devices/{id}", tag = "me", params(("id" = Uuid, Path, description = "Which browser")),
    responses((status = 204, description = "It is forgotten"), ForgetProblems)
)]
async fn forget_browser(
    Present(actor): Present,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
) -> Result<StatusCode, ApiFailure> {
    app.auth.require_anything_fresh(&actor)?;
    app.own_devices.forget_browser(&origin, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What happened with the person's account in the last 90 days, the newest first.
#[utoipa::path(
    get, path = "/me/sign-ins", tag = "me",
    params(
        ("cursor" = Option<String>, Query, description = "Where the page starts, from `next` of the page before", max_length = 512),
        ("limit" = Option<u16>, Query, description = "Entries on the page; 50 when absent", minimum = 1, maximum = 200),
    ),
    responses((status = 200, description = "One page", body = Page<SignInEntry>), ReadHistoryProblems)
)]
async fn list_sign_ins(
    Present(actor): Present,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<PageQuery>,
) -> Result<Json<Page<SignInEntry>>, ApiFailure> {
    Ok(Json(app.own_devices.history(&actor, &query).await?))
}

/// The same as for a session, by the entry of the sign-in that began it: also where the session is long over.
#[utoipa::path(
    post, path = "/me/sign-ins/{id}/disown", tag = "me", request_body = Disown,
    params(("id" = Uuid, Path, description = "Which entry")),
    responses((status = 200, description = "What became of it, and what was done in the session", body = Disowned), DisownProblems)
)]
async fn disown_sign_in(
    Present(actor): Present,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(Disown {}): StrictJson<Disown>,
) -> Result<Json<Disowned>, ApiFailure> {
    disown(&app, &actor, Stranger::SignIn(id), &origin, &headers).await
}
