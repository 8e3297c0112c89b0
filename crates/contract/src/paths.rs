//! The paths of the API, below the base of `/config.json` (`/api/v1` when the backend serves the front end itself).
//!
//! A constant holds the template as OpenAPI writes it; the functions build the path of one resource.

use crate::ids::{
    AccountEventId, AdminRequestId, CustomerId, DealId, DeviceId, FactorId, PipelineId, SessionId, UserId,
};

/// Where the embedded backend mounts the API.
pub const BASE: &str = "/api/v1";

/// The OpenAPI document.
pub const OPENAPI: &str = "/openapi.json";
/// Readiness.
pub const HEALTH: &str = "/health";
/// Sign-in methods and password rules.
pub const AUTH_POLICY: &str = "/auth/policy";
/// Starts a session.
pub const SIGN_IN: &str = "/auth/sign-in";
/// Asks for a passkey to sign in with.
pub const SIGN_IN_PASSKEY_BEGIN: &str = "/auth/sign-in/passkey/begin";
/// Starts a session with a passkey.
pub const SIGN_IN_PASSKEY: &str = "/auth/sign-in/passkey";
/// Sets the new password a sign-in waits for.
pub const SIGN_IN_NEW_PASSWORD: &str = "/auth/sign-in/new-password";
/// Shows the second factor a sign-in waits for.
pub const SIGN_IN_SECOND_FACTOR: &str = "/auth/sign-in/second-factor";
/// Asks for a passkey as the second factor a sign-in waits for.
pub const SIGN_IN_SECOND_FACTOR_PASSKEY: &str = "/auth/sign-in/second-factor/passkey";
/// Sends a code as the second factor a sign-in waits for.
pub const SIGN_IN_SECOND_FACTOR_CODE: &str = "/auth/sign-in/second-factor/code";
/// Asks an administrator for a new second factor.
pub const SIGN_IN_SECOND_FACTOR_HELP: &str = "/auth/sign-in/second-factor/help";
/// Begins to enrol the authenticator app a sign-in waits for.
pub const SIGN_IN_ENROL_TOTP: &str = "/auth/sign-in/enrol/totp";
/// Shows that the app has the secret.
pub const SIGN_IN_ENROL_TOTP_CONFIRM: &str = "/auth/sign-in/enrol/totp/confirm";
/// Begins to enrol the passkey a sign-in waits for.
pub const SIGN_IN_ENROL_PASSKEY: &str = "/auth/sign-in/enrol/passkey";
/// Enrols it.
pub const SIGN_IN_ENROL_PASSKEY_CONFIRM: &str = "/auth/sign-in/enrol/passkey/confirm";
/// Begins to enrol what codes are sent to, which a sign-in waits for.
pub const SIGN_IN_ENROL_MESSAGE: &str = "/auth/sign-in/enrol/message";
/// Shows that a code has arrived there.
pub const SIGN_IN_ENROL_MESSAGE_CONFIRM: &str = "/auth/sign-in/enrol/message/confirm";
/// What the browser's running sign-in waits for.
pub const SIGN_IN_RESUME: &str = "/auth/sign-in/resume";
/// Exchanges the refresh cookie for a new access token.
pub const REFRESH: &str = "/auth/refresh";
/// Ends the session.
pub const SIGN_OUT: &str = "/auth/sign-out";
/// Finds out whether a browser keeps cookies.
pub const COOKIE_CHECK: &str = "/auth/cookie-check";
/// The person did something: the session does not end for want of activity yet.
pub const ACTIVITY: &str = "/auth/activity";
/// Asks for a reset of the password.
pub const RESET: &str = "/auth/reset";
/// Looks at the link of a reset.
pub const RESET_CHECK: &str = "/auth/reset/check";
/// Enters the code of a reset.
pub const RESET_VERIFY: &str = "/auth/reset/verify";
/// Answers the security question of a reset.
pub const RESET_ANSWER: &str = "/auth/reset/answer";
/// Sets the password of a reset.
pub const RESET_COMPLETE: &str = "/auth/reset/complete";
/// Asks an administrator for a reset.
pub const RESET_REQUEST_ADMIN: &str = "/auth/reset/request-admin";
/// Looks at the link of an invitation.
pub const WELCOME_CHECK: &str = "/auth/welcome/check";
/// Accepts an invitation.
pub const WELCOME_COMPLETE: &str = "/auth/welcome/complete";
/// The person signed in.
pub const ME: &str = "/me";
/// Changes the person's password.
pub const OWN_PASSWORD: &str = "/me/password";
/// Shows once more who one is.
pub const STEP_UP: &str = "/me/step-up";
/// Asks for a passkey that shows once more who one is.
pub const STEP_UP_PASSKEY: &str = "/me/step-up/passkey";
/// Sends a code that shows once more who one is.
pub const STEP_UP_CODE: &str = "/me/step-up/code";
/// What the person has as a second factor.
pub const SECOND_FACTOR: &str = "/me/second-factor";
/// Begins to enrol an authenticator app.
pub const OWN_TOTP: &str = "/me/second-factor/totp";
/// Shows that the app has the secret.
pub const OWN_TOTP_CONFIRM: &str = "/me/second-factor/totp/confirm";
/// Begins to enrol a passkey.
pub const OWN_PASSKEY: &str = "/me/second-factor/passkey";
/// Enrols it.
pub const OWN_PASSKEY_CONFIRM: &str = "/me/second-factor/passkey/confirm";
/// Begins to enrol what codes are sent to.
pub const OWN_MESSAGE: &str = "/me/second-factor/message";
/// Shows that a code has arrived there.
pub const OWN_MESSAGE_CONFIRM: &str = "/me/second-factor/message/confirm";
/// Makes new recovery codes.
pub const RECOVERY_CODES: &str = "/me/second-factor/recovery-codes";
/// One factor of the person's.
pub const OWN_FACTOR: &str = "/me/second-factor/{id}";
/// The person's security question.
pub const SECURITY_QUESTION: &str = "/me/security-question";
/// Where the person is signed in.
pub const OWN_SESSIONS: &str = "/me/sessions";
/// One of the person's sessions.
pub const OWN_SESSION: &str = "/me/sessions/{id}";
/// Ends every session of the person's but this one.
pub const OWN_SESSIONS_END_OTHERS: &str = "/me/sessions/end-others";
/// Says of a session that it was somebody else's.
pub const OWN_SESSION_DISOWN: &str = "/me/sessions/{id}/disown";
/// The browsers the person is known with.
pub const OWN_DEVICES: &str = "/me/devices";
/// One of them.
pub const OWN_DEVICE: &str = "/me/devices/{id}";
/// What happened with the person's account lately.
pub const OWN_SIGN_INS: &str = "/me/sign-ins";
/// Says of the session that a sign-in began that it was somebody else's.
pub const OWN_SIGN_IN_DISOWN: &str = "/me/sign-ins/{id}/disown";
/// What needs the person today.
pub const TODAY: &str = "/today";
/// What the words of a person may mean: customers and deals.
pub const SEARCH: &str = "/search";
/// Customers.
pub const CUSTOMERS: &str = "/customers";
/// The owners and tags a customer list can be filtered by.
pub const CUSTOMER_FACETS: &str = "/customers/facets";
/// The people a customer can be given to.
pub const CUSTOMER_ASSIGNEES: &str = "/customers/assignees";
/// One customer.
pub const CUSTOMER: &str = "/customers/{id}";
/// A customer's timeline.
pub const CUSTOMER_ACTIVITIES: &str = "/customers/{id}/activities";
/// A customer's orders.
pub const CUSTOMER_ORDERS: &str = "/customers/{id}/orders";
/// A customer's deals.
pub const CUSTOMER_DEALS: &str = "/customers/{id}/deals";
/// Pipelines with their stages.
pub const PIPELINES: &str = "/pipelines";
/// A pipeline's board.
pub const BOARD: &str = "/pipelines/{id}/board";
/// Deals of one pipeline, also of one stage.
pub const DEALS: &str = "/deals";
/// One deal.
pub const DEAL: &str = "/deals/{id}";
/// Moves a deal to a place in a stage.
pub const DEAL_MOVE: &str = "/deals/{id}/move";
/// Everybody who may, or may not, sign in.
pub const ADMIN_USERS: &str = "/admin/users";
/// One person.
pub const ADMIN_USER: &str = "/admin/users/{id}";
/// Keeps a person out.
pub const ADMIN_USER_DEACTIVATE: &str = "/admin/users/{id}/deactivate";
/// Lets a person in again.
pub const ADMIN_USER_ACTIVATE: &str = "/admin/users/{id}/activate";
/// Mails a reset to a person.
pub const ADMIN_USER_SEND_RESET: &str = "/admin/users/{id}/send-reset";
/// Ends a person's sessions.
pub const ADMIN_USER_END_SESSIONS: &str = "/admin/users/{id}/end-sessions";
/// Has a person choose a new password at the next sign-in, and ends their sessions.
pub const ADMIN_USER_REQUIRE_NEW_PASSWORD: &str = "/admin/users/{id}/require-new-password";
/// Takes a person's second factors away, so that new ones are enrolled at the next sign-in, and ends their sessions.
pub const ADMIN_USER_RESET_SECOND_FACTOR: &str = "/admin/users/{id}/reset-second-factor";
/// Invites a person once more.
pub const ADMIN_USER_RESEND_INVITATION: &str = "/admin/users/{id}/resend-invitation";
/// The teams a person can belong to.
pub const ADMIN_TEAMS: &str = "/admin/teams";
/// What people ask the administrators for.
pub const ADMIN_REQUESTS: &str = "/admin/requests";
/// Answers one of them.
pub const ADMIN_REQUEST_ANSWER: &str = "/admin/requests/{id}/answer";

/// [`CUSTOMER`] of `id`.
pub fn customer(id: CustomerId) -> String {
    format!("/customers/{id}")
}

/// [`CUSTOMER_ACTIVITIES`] of `id`.
pub fn customer_activities(id: CustomerId) -> String {
    format!("/customers/{id}/activities")
}

/// [`CUSTOMER_ORDERS`] of `id`.
pub fn customer_orders(id: CustomerId) -> String {
    format!("/customers/{id}/orders")
}

/// [`CUSTOMER_DEALS`] of `id`.
pub fn customer_deals(id: CustomerId) -> String {
    format!("/customers/{id}/deals")
}

/// [`BOARD`] of `id`.
pub fn board(id: PipelineId) -> String {
    format!("/pipelines/{id}/board")
}

/// [`DEAL`] of `id`.
pub fn deal(id: DealId) -> String {
    format!("/deals/{id}")
}

/// [`DEAL_MOVE`] of `id`.
pub fn deal_move(id: DealId) -> String {
    format!("/deals/{id}/move")
}

/// [`ADMIN_USER`] of `id`.
pub fn admin_user(id: UserId) -> String {
    format!("/admin/users/{id}")
}

/// [`ADMIN_USER_DEACTIVATE`] of `id`.
pub fn admin_user_deactivate(id: UserId) -> String {
    format!("/admin/users/{id}/deactivate")
}

/// [`ADMIN_USER_ACTIVATE`] of `id`.
pub fn admin_user_activate(id: UserId) -> String {
    format!("/admin/users/{id}/activate")
}

/// [`ADMIN_USER_SEND_RESET`] of `id`.
pub fn admin_user_send_reset(id: UserId) -> String {
    format!("/admin/users/{id}/send-reset")
}

/// [`ADMIN_USER_END_SESSIONS`] of `id`.
pub fn admin_user_end_sessions(id: UserId) -> String {
    format!("/admin/users/{id}/end-sessions")
}

/// [`ADMIN_USER_REQUIRE_NEW_PASSWORD`] of `id`.
pub fn admin_user_require_new_password(id: UserId) -> String {
    format!("/admin/users/{id}/require-new-password")
}

/// [`OWN_SESSION`] of `id`.
pub fn own_session(id: SessionId) -> String {
    format!("/me/sessions/{id}")
}

/// [`OWN_SESSION_DISOWN`] of `id`.
pub fn own_session_disown(id: SessionId) -> String {
    format!("/me/sessions/{id}/disown")
}

/// [`OWN_DEVICE`] of `id`.
pub fn own_device(id: DeviceId) -> String {
    format!("/me/devices/{id}")
}

/// [`OWN_SIGN_IN_DISOWN`] of `id`.
pub fn own_sign_in_disown(id: AccountEventId) -> String {
    format!("/me/sign-ins/{id}/disown")
}

/// [`OWN_FACTOR`] of `id`.
pub fn own_factor(id: FactorId) -> String {
    format!("/me/second-factor/{id}")
}

/// [`ADMIN_USER_RESET_SECOND_FACTOR`] of `id`.
pub fn admin_user_reset_second_factor(id: UserId) -> String {
    format!("/admin/users/{id}/reset-second-factor")
}

/// [`ADMIN_USER_RESEND_INVITATION`] of `id`.
pub fn admin_user_resend_invitation(id: UserId) -> String {
    format!("/admin/users/{id}/resend-invitation")
}

/// [`ADMIN_REQUEST_ANSWER`] of `id`.
pub fn admin_request_answer(id: AdminRequestId) -> String {
    format!("/admin/requests/{id}/answer")
}
