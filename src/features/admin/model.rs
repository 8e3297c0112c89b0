//! What the lists show, as it stands in the address; and the words for it.

use portico_contract::admin::{
    AdminRequestQuery, AdminUser, AdminUserQuery, RequestDecision, RequestKind, RequestState, UserStatus,
};
use portico_contract::ids::UserId;
use portico_contract::problem::ErrorCode;
use portico_contract::second_factor::FactorKind;
use portico_contract::user::Role;

use crate::i18n::Text;
use crate::i18n::texts::{admin as words, shell};

/// Every status, in the order of a select.
pub const STATUSES: [UserStatus; 3] = [UserStatus::Active, UserStatus::Invited, UserStatus::Deactivated];

/// Every state of a request, in the order of a select.
pub const STATES: [RequestState; 3] = [RequestState::Open, RequestState::Sent, RequestState::Declined];

/// What the list of accounts shows. It lives in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// What is searched for.
    pub q: String,
    /// Where the accounts stand.
    pub status: Option<UserStatus>,
    /// Whose account is looked at beside the list.
    pub user: Option<UserId>,
}

impl UserFilter {
    /// Reads the filter from the parameters of an address. What makes no sense is as if it were not there.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            q: get("q").unwrap_or_default(),
            status: get("status").and_then(|value| status_of(&value)),
            user: get("user").and_then(|id| id.parse().ok()),
        }
    }

    /// The parameters of the address, without those that say nothing.
    pub fn to_query(&self) -> Vec<(String, String)> {
        let q = self.q.trim();
        [
            ("q", (!q.is_empty()).then(|| q.to_owned())),
            (
                "status",
                self.status.map(|status| status_value(status).to_owned()),
            ),
            ("user", self.user.map(|id| id.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }

    /// Whether anything narrows the list.
    pub fn is_narrow(&self) -> bool {
        !self.q.trim().is_empty() || self.status.is_some()
    }

    /// The same list with nobody looked at.
    pub fn list(&self) -> Self {
        Self {
            user: None,
            ..self.clone()
        }
    }

    /// The request for the page that starts at `cursor`.
    pub fn request(&self, cursor: Option<String>, limit: u16) -> AdminUserQuery {
        let q = self.q.trim();
        AdminUserQuery {
            q: (!q.is_empty()).then(|| q.to_owned()),
            status: self.status,
            cursor,
            limit: Some(limit),
        }
    }
}

/// The request for the page of requests in `state` that starts at `cursor`.
pub fn requests_in(state: Option<RequestState>, cursor: Option<String>, limit: u16) -> AdminRequestQuery {
    AdminRequestQuery {
        state,
        cursor,
        limit: Some(limit),
    }
}

/// The status named `value` in an address or a select.
pub fn status_of(value: &str) -> Option<UserStatus> {
    STATUSES.into_iter().find(|status| status_value(*status) == value)
}

/// What names `status` in an address or a select.
pub const fn status_value(status: UserStatus) -> &'static str {
    match status {
        UserStatus::Invited => "invited",
        UserStatus::Active => "active",
        UserStatus::Deactivated => "deactivated",
    }
}

/// The state named `value` in an address or a select.
pub fn state_of(value: &str) -> Option<RequestState> {
    STATES.into_iter().find(|state| state.as_str() == value)
}

/// What a refusal of the backend means here.
pub const fn refusal(code: ErrorCode) -> Text {
    match code {
        ErrorCode::OwnAccount => words::OWN_ACCOUNT,
        ErrorCode::LastAdmin => words::LAST_ADMIN,
        _ => words::OUT_OF_DATE,
    }
}

/// The word for a status.
pub const fn status_text(status: UserStatus) -> Text {
    match status {
        UserStatus::Invited => words::STATUS_INVITED,
        UserStatus::Active => words::STATUS_ACTIVE,
        UserStatus::Deactivated => words::STATUS_DEACTIVATED,
    }
}

/// The word for the state of a request.
pub const fn state_text(state: RequestState) -> Text {
    match state {
        RequestState::Open => words::STATE_OPEN,
        RequestState::Sent => words::STATE_SENT,
        RequestState::Declined => words::STATE_DECLINED,
    }
}

/// The word for the state of a request of `kind`.
pub const fn outcome_text(kind: RequestKind, state: RequestState) -> Text {
    match (kind, state) {
        (RequestKind::SecondFactor, RequestState::Sent) => words::STATE_FACTOR_RESET,
        (_, state) => state_text(state),
    }
}

/// The word for what is asked for.
pub const fn kind_text(kind: RequestKind) -> Text {
    match kind {
        RequestKind::Password => words::KIND_PASSWORD,
        RequestKind::SecondFactor => words::KIND_SECOND_FACTOR,
    }
}

/// What can be done for somebody who asks for `kind`, and its verb.
pub const fn answer_to(kind: RequestKind) -> (RequestDecision, Text) {
    match kind {
        RequestKind::Password => (RequestDecision::SendReset, words::SEND_RESET),
        RequestKind::SecondFactor => (RequestDecision::ResetSecondFactor, words::RESET_FACTOR),
    }
}

/// The words for the second factors of `user`, and what is due of them.
pub fn factor_texts(user: &AdminUser) -> Vec<Text> {
    let named = user.factors.iter().map(|kind| match kind {
        FactorKind::Passkey => words::FACTOR_PASSKEY,
        FactorKind::Totp => words::FACTOR_TOTP,
        FactorKind::Sms => words::FACTOR_SMS,
        FactorKind::Mail => words::FACTOR_MAIL,
    });
    let mut texts: Vec<Text> = named.collect();
    if user.enrolment_due {
        texts.push(words::FACTOR_DUE);
    } else if texts.is_empty() {
        texts.push(words::FACTOR_NONE);
    }
    texts
}

/// The word for a role.
pub const fn role_text(role: Role) -> Text {
    match role {
        Role::Admin => shell::ROLE_ADMIN,
        Role::Manager => shell::ROLE_MANAGER,
        Role::Sales => shell::ROLE_SALES,
        Role::Service => shell::ROLE_SERVICE,
        Role::Marketing => shell::ROLE_MARKETING,
        Role::Guest => shell::ROLE_GUEST,
    }
}

/// The columns of the list of accounts.
pub mod column {
    pub const NAME: &str = "name";
    pub const NUMBER: &str = "number";
    pub const ROLE: &str = "role";
    pub const STATUS: &str = "status";
    pub const FACTORS: &str = "factors";
    pub const SIGNED_IN: &str = "signed_in";
    pub const ACTIONS: &str = "actions";
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use portico_contract::user::TeamRef;

    pub(crate) const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

    /// Li Si's account, which is [`ID`].
    pub(crate) fn user(status: UserStatus, sessions: u32) -> AdminUser {
        AdminUser {
            id: ID.parse().unwrap(),
            name: "李四".into(),
            email: "li@portico.example".into(),
            employee_number: "EMP1004".into(),
            username: None,
            phone: None,
            phone_verified: false,
            role: Role::Sales,
            team: TeamRef {
                id: ID.parse().unwrap(),
                name: "North".into(),
            },
            locale: None,
            status,
            created_at: "2026-11-24T08:00:00Z".to_owned().try_into().unwrap(),
            last_sign_in_at: None,
            factors: Vec::new(),
            enrolment_due: false,
            sessions,
            invitation_ends_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{ID, user};
    use super::*;

    #[test]
    fn a_filter_survives_the_address_and_nonsense_does_not() {
        let filter = UserFilter {
            q: "li si".into(),
            status: Some(UserStatus::Deactivated),
            user: Some(ID.parse().unwrap()),
        };
        let pairs = filter.to_query();
        let get = |name: &str| {
            pairs
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        assert_eq!(UserFilter::from_query(get), filter);
        let nonsense = UserFilter::from_query(|name| (name != "q").then(|| "gone".to_owned()));
        assert_eq!(nonsense, UserFilter::default());
        assert!(filter.is_narrow() && !nonsense.is_narrow());
    }

    #[test]
    fn a_request_is_answered_by_what_it_asks_for() {
        use RequestKind::{Password, SecondFactor};
        assert_eq!(answer_to(Password).0, RequestDecision::SendReset);
        assert_eq!(answer_to(SecondFactor).0, RequestDecision::ResetSecondFactor);
        assert_eq!(outcome_text(Password, RequestState::Sent), words::STATE_SENT);
        assert_eq!(
            outcome_text(SecondFactor, RequestState::Sent),
            words::STATE_FACTOR_RESET,
            "nothing is sent"
        );
    }

    #[test]
    fn what_somebody_has_and_what_is_due_is_said() {
        let mut user = user(UserStatus::Active, 0);
        assert_eq!(factor_texts(&user), [words::FACTOR_NONE]);
        user.enrolment_due = true;
        assert_eq!(factor_texts(&user), [words::FACTOR_DUE]);
        user.factors.push(FactorKind::Totp);
        assert_eq!(factor_texts(&user), [words::FACTOR_TOTP, words::FACTOR_DUE]);
        user.factors = vec![FactorKind::Passkey];
        user.enrolment_due = false;
        assert_eq!(factor_texts(&user), [words::FACTOR_PASSKEY]);
    }

    #[test]
    fn names_of_states_are_read_back() {
        assert!(
            STATUSES
                .iter()
                .all(|status| status_of(status_value(*status)) == Some(*status))
        );
        assert!(
            STATES
                .iter()
                .all(|state| state_of(state.as_str()) == Some(*state))
        );
    }
}
