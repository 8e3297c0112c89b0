//! What can be done to whom, and the words for it.

use portico_contract::admin::{AdminUser, UserStatus};
use portico_contract::ids::UserId;
use portico_contract::paths;

use crate::i18n::texts::admin as words;
use crate::i18n::{Message, Text};

/// What can be done about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Mails a reset.
    SendReset,
    /// Has the person choose a new password at the next sign-in, and signs them out everywhere.
    RequireNewPassword,
    /// Takes the second factors away, and has the person enrol a new one at the next sign-in.
    ResetSecondFactor,
    /// Signs the person out everywhere.
    EndSessions,
    /// Mails a fresh invitation.
    ResendInvitation,
    /// Lets the person in again.
    Activate,
    /// Keeps the person out.
    Deactivate,
}

impl Action {
    /// The endpoint that does it to the account `id`.
    pub fn path(self, id: UserId) -> String {
        match self {
            Self::SendReset => paths::admin_user_send_reset(id),
            Self::RequireNewPassword => paths::admin_user_require_new_password(id),
            Self::ResetSecondFactor => paths::admin_user_reset_second_factor(id),
            Self::EndSessions => paths::admin_user_end_sessions(id),
            Self::ResendInvitation => paths::admin_user_resend_invitation(id),
            Self::Activate => paths::admin_user_activate(id),
            Self::Deactivate => paths::admin_user_deactivate(id),
        }
    }

    /// The verb.
    pub const fn label(self) -> Text {
        match self {
            Self::SendReset => words::SEND_RESET,
            Self::RequireNewPassword => words::REQUIRE_NEW_PASSWORD,
            Self::ResetSecondFactor => words::RESET_FACTOR,
            Self::EndSessions => words::END_SESSIONS,
            Self::ResendInvitation => words::RESEND_INVITATION,
            Self::Activate => words::ACTIVATE,
            Self::Deactivate => words::DEACTIVATE,
        }
    }

    /// The question before it is done to `name`.
    pub fn question(self, name: String) -> Message {
        match self {
            Self::SendReset => words::send_reset_title(name),
            Self::RequireNewPassword => words::require_new_password_title(name),
            Self::ResetSecondFactor => words::reset_factor_title(name),
            Self::EndSessions => words::end_sessions_title(name),
            Self::ResendInvitation => words::resend_invitation_title(name),
            Self::Activate => words::activate_title(name),
            Self::Deactivate => words::deactivate_title(name),
        }
    }

    /// What follows for the person.
    pub const fn consequence(self) -> Text {
        match self {
            Self::SendReset => words::SEND_RESET_TEXT,
            Self::RequireNewPassword => words::REQUIRE_NEW_PASSWORD_TEXT,
            Self::ResetSecondFactor => words::RESET_FACTOR_TEXT,
            Self::EndSessions => words::END_SESSIONS_TEXT,
            Self::ResendInvitation => words::RESEND_INVITATION_TEXT,
            Self::Activate => words::ACTIVATE_TEXT,
            Self::Deactivate => words::DEACTIVATE_TEXT,
        }
    }

    /// What to say once it is done to `name`.
    pub fn done(self, name: String) -> Message {
        match self {
            Self::SendReset => words::send_reset_done(name),
            Self::RequireNewPassword => words::require_new_password_done(name),
            Self::ResetSecondFactor => words::reset_factor_done(name),
            Self::EndSessions => words::end_sessions_done(name),
            Self::ResendInvitation => words::resend_invitation_done(name),
            Self::Activate => words::activate_done(name),
            Self::Deactivate => words::deactivate_done(name),
        }
    }

    /// Whether it takes something from the person.
    pub const fn is_dangerous(self) -> bool {
        matches!(
            self,
            Self::Deactivate | Self::EndSessions | Self::RequireNewPassword | Self::ResetSecondFactor
        )
    }

    /// What takes it back.
    pub const fn inverse(self) -> Option<Self> {
        match self {
            Self::Deactivate => Some(Self::Activate),
            _ => None,
        }
    }
}

/// What `me` can do about `user`, and why not where that is so.
pub fn actions(user: &AdminUser, me: UserId) -> Vec<(Action, Option<Text>)> {
    let own = (user.id == me).then_some(words::OWN_ACCOUNT);
    match user.status {
        UserStatus::Active => vec![
            (Action::SendReset, None),
            (Action::RequireNewPassword, own),
            (Action::ResetSecondFactor, own),
            (
                Action::EndSessions,
                (user.sessions == 0).then_some(words::NO_SESSIONS),
            ),
            (Action::Deactivate, own),
        ],
        UserStatus::Invited => vec![(Action::ResendInvitation, None), (Action::Deactivate, own)],
        UserStatus::Deactivated => vec![(Action::Activate, None)],
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::samples::{ID, user};
    use super::*;

    const OTHER: &str = "0192f0c1-2345-7abc-8def-0123456789ac";

    fn offered(user: &AdminUser, me: &str) -> Vec<(Action, bool)> {
        let offered = actions(user, me.parse().unwrap());
        offered
            .into_iter()
            .map(|(action, refused)| (action, refused.is_none()))
            .collect()
    }

    #[test]
    fn what_is_offered_fits_to_where_the_account_stands() {
        use Action::{
            Activate, Deactivate, EndSessions, RequireNewPassword, ResendInvitation, ResetSecondFactor,
            SendReset,
        };
        assert_eq!(
            offered(&user(UserStatus::Active, 2), OTHER),
            [
                (SendReset, true),
                (RequireNewPassword, true),
                (ResetSecondFactor, true),
                (EndSessions, true),
                (Deactivate, true)
            ]
        );
        assert_eq!(
            offered(&user(UserStatus::Active, 0), ID),
            [
                (SendReset, true),
                (RequireNewPassword, false),
                (ResetSecondFactor, false),
                (EndSessions, false),
                (Deactivate, false)
            ]
        );
        assert_eq!(
            offered(&user(UserStatus::Invited, 0), OTHER),
            [(ResendInvitation, true), (Deactivate, true)]
        );
        assert_eq!(
            offered(&user(UserStatus::Deactivated, 0), OTHER),
            [(Activate, true)]
        );
    }

    #[test]
    fn what_takes_something_away_looks_dangerous_and_each_action_has_an_endpoint_of_its_own() {
        use Action::{
            Activate, Deactivate, EndSessions, RequireNewPassword, ResendInvitation, ResetSecondFactor,
            SendReset,
        };
        let all = [
            SendReset,
            RequireNewPassword,
            ResetSecondFactor,
            EndSessions,
            ResendInvitation,
            Activate,
            Deactivate,
        ];
        let dangerous = all.into_iter().filter(|action| action.is_dangerous());
        assert_eq!(
            dangerous.collect::<Vec<_>>(),
            [RequireNewPassword, ResetSecondFactor, EndSessions, Deactivate]
        );
        let id: UserId = ID.parse().unwrap();
        assert_eq!(
            RequireNewPassword.path(id),
            format!("/admin/users/{ID}/require-new-password")
        );
        let paths: std::collections::BTreeSet<String> = all.map(|action| action.path(id)).into();
        assert_eq!(paths.len(), all.len());
        assert_eq!(
            RequireNewPassword.inverse(),
            None,
            "a new password is not taken back"
        );
    }
}
