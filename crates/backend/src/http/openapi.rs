//! The routes and the document that describes them: one list for both, so that they cannot drift apart.

use std::collections::BTreeMap;

use axum::Json;
use portico_contract::admin::{RequestState, UserStatus};
use portico_contract::customer::{CustomerSort, CustomerStatus};
use portico_contract::paths::{BASE, OPENAPI};
use portico_contract::problem::{ErrorCode, MEDIA_TYPE, Problem};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::error::ApiFailure;
use super::extract::NoQuery;
use super::{
    Shared, admin, auth, customers, deals, devices, health, me, passkeys, recovery, search, second_factor,
    sent_codes, today,
};

/// Shorter answers are not worth compressing.
const COMPRESS_ABOVE: u64 = 1024;

/// The value of `x-portico`.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) enum OwnPageHeader {
    /// The only one there is.
    #[schema(rename = "1")]
    One,
}

/// The query of a list that is read page by page. Each field's text is its description in the document.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its description is used")]
pub(super) struct PageParams {
    /// Where the page starts, from `next` of the page before
    #[param(max_length = 512)]
    cursor: Option<String>,
    /// Rows on the page; 50 when absent
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
}

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("access_token", SecurityScheme::Http(scheme));
    }
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Portico API", description = "The REST backend of the Portico CRM front end."),
    components(schemas(Problem, CustomerSort, CustomerStatus, UserStatus, RequestState)),
    modifiers(&BearerToken),
    security(("access_token" = []))
)]
struct Document;

/// The problems of `codes` by status, as an operation documents them.
pub(super) fn documented(codes: &[ErrorCode]) -> BTreeMap<String, RefOr<Response>> {
    let mut texts: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for code in codes {
        let text = format!("`{}`: {}", code.as_str(), code.title());
        texts.entry(code.status()).or_default().push(text);
    }
    let responses = texts.into_iter().map(|(status, texts)| {
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Problem")))
            .build();
        let response = ResponseBuilder::new()
            .description(texts.join("; "))
            .content(MEDIA_TYPE, content)
            .build();
        (status.to_string(), RefOr::T(response))
    });
    responses.collect()
}

/// Names a set of problems for the `responses` of an operation.
macro_rules! problems {
    ($visibility:vis $name:ident: $($code:ident),+) => {
        /// The problems an operation can answer with.
        $visibility struct $name;

        impl utoipa::IntoResponses for $name {
            fn responses()
            -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
                $crate::http::openapi::documented(&[$(portico_contract::problem::ErrorCode::$code),+])
            }
        }
    };
}
pub(super) use problems;

problems!(pub(super) ReadProblems: MalformedRequest, Unauthenticated, Forbidden, Internal, Unavailable, Maintenance);
problems!(pub(super) OneProblems: MalformedRequest, Unauthenticated, Forbidden, NotFound, Internal, Unavailable, Maintenance);
problems!(pub(super) ListProblems: MalformedRequest, InvalidCursor, Unauthenticated, Forbidden, Validation, Internal,
    Unavailable, Maintenance);
problems!(pub(super) ListOfOneProblems: MalformedRequest, InvalidCursor, Unauthenticated, Forbidden, NotFound,
    Validation, Internal, Unavailable, Maintenance);
problems!(pub(super) EntryProblems: MalformedRequest, Unauthenticated, Forbidden, TooLarge, UnsupportedMediaType,
    Validation, Internal, Unavailable, Maintenance);
problems!(pub(super) ChangeProblems: MalformedRequest, Unauthenticated, Forbidden, NotFound, VersionMismatch, TooLarge,
    UnsupportedMediaType, Validation, PreconditionRequired, Internal, Unavailable, Maintenance);

/// Answers with secrets in them: never compressed, for the size would tell about them.
fn private() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(auth::get_auth_policy))
        .routes(routes!(auth::sign_in))
        .routes(routes!(auth::sign_in_with_new_password))
        .routes(routes!(passkeys::ask_who))
        .routes(routes!(passkeys::sign_in_with_passkey))
        .routes(routes!(second_factor::sign_in_with_factor))
        .routes(routes!(passkeys::ask_for_passkey_to_sign_in))
        .routes(routes!(sent_codes::send_code_to_sign_in))
        .routes(routes!(second_factor::ask_for_new_factor))
        .routes(routes!(second_factor::resume_sign_in))
        .routes(routes!(second_factor::begin_totp_to_sign_in))
        .routes(routes!(second_factor::sign_in_with_new_totp))
        .routes(routes!(sent_codes::begin_sent_code_to_sign_in))
        .routes(routes!(sent_codes::sign_in_with_sent_code))
        .routes(routes!(passkeys::begin_passkey_to_sign_in))
        .routes(routes!(passkeys::sign_in_with_new_passkey))
        .routes(routes!(auth::refresh))
        .routes(routes!(auth::sign_out))
        .routes(routes!(auth::note_activity))
        .routes(routes!(auth::check_cookies))
        .routes(routes!(me::change_own_password))
        .routes(routes!(second_factor::step_up))
        .routes(routes!(passkeys::ask_for_passkey_again))
        .routes(routes!(sent_codes::send_code_again))
        .routes(routes!(second_factor::get_second_factor))
        .routes(routes!(second_factor::begin_own_totp))
        .routes(routes!(second_factor::confirm_own_totp))
        .routes(routes!(sent_codes::begin_own_sent_code))
        .routes(routes!(sent_codes::confirm_own_sent_code))
        .routes(routes!(passkeys::begin_own_passkey))
        .routes(routes!(passkeys::confirm_own_passkey))
        .routes(routes!(second_factor::renew_recovery_codes))
        .routes(routes!(
            second_factor::rename_own_factor,
            second_factor::remove_own_factor
        ))
        .routes(routes!(recovery::start_reset))
        .routes(routes!(recovery::check_reset))
        .routes(routes!(recovery::verify_reset))
        .routes(routes!(recovery::answer_reset))
        .routes(routes!(recovery::complete_reset))
        .routes(routes!(recovery::request_admin_reset))
        .routes(routes!(recovery::check_welcome))
        .routes(routes!(recovery::complete_welcome))
        .routes(routes!(
            recovery::get_security_question,
            recovery::set_security_question
        ))
        .routes(routes!(health::get_health))
}

fn data() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(get_openapi))
        .routes(routes!(me::get_me, me::update_me))
        .merge(devices::routes())
        .routes(routes!(today::get_today))
        .routes(routes!(search::search))
        .routes(routes!(customers::list_customers, customers::create_customer))
        .routes(routes!(customers::get_customer_facets))
        .routes(routes!(customers::list_customer_assignees))
        .routes(routes!(customers::get_customer, customers::update_customer))
        .routes(routes!(customers::list_customer_activities))
        .routes(routes!(customers::list_customer_orders))
        .routes(routes!(customers::list_customer_deals))
        .routes(routes!(deals::list_pipelines))
        .routes(routes!(deals::get_board))
        .routes(routes!(deals::list_deals))
        .routes(routes!(deals::get_deal))
        .routes(routes!(deals::move_deal))
        .routes(routes!(admin::list_users, admin::invite_user))
        .routes(routes!(admin::get_user, admin::change_user))
        .routes(routes!(admin::deactivate_user))
        .routes(routes!(admin::activate_user))
        .routes(routes!(admin::send_user_reset))
        .routes(routes!(admin::end_user_sessions))
        .routes(routes!(admin::require_new_password))
        .routes(routes!(second_factor::reset_second_factor))
        .routes(routes!(admin::resend_user_invitation))
        .routes(routes!(admin::list_teams))
        .routes(routes!(admin::list_requests))
        .routes(routes!(admin::answer_request))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(COMPRESS_ABOVE)))
}

/// Every route of the API with its description.
pub(super) fn router() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Document::openapi()).nest(BASE, private().merge(data()))
}

/// The document.
pub(super) fn document() -> serde_json::Value {
    let (_, document) = router().split_for_parts();
    serde_json::to_value(document).unwrap_or_default()
}

/// The OpenAPI document of this API.
#[utoipa::path(
    get, path = "/openapi.json", tag = "service", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = Object), auth::PublicProblems)
)]
async fn get_openapi(_: NoQuery) -> Result<Json<serde_json::Value>, ApiFailure> {
    debug_assert!(OPENAPI.ends_with("openapi.json"));
    Ok(Json(document()))
}
