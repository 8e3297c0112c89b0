//! What the sign-in page says about a refused sign-in and about a session that ended, and where a sign-in goes on.

use crate::api::ApiError;
use crate::app::routes::Route;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::auth;
use crate::i18n::{I18n, Message, Text};
use crate::session::{EndReason, PendingStep};

/// Why a sign-in did not work. The same words for an unknown account and a wrong password.
pub fn refusal(error: &ApiError, i18n: I18n) -> Explanation {
    let explain = |title: Text, hint: Message| Explanation {
        title: title.into(),
        hint,
        reference: None,
        retry: false,
    };
    match error {
        ApiError::InvalidCredentials { attempts_left } => {
            let hint = attempts_left.map_or(auth::WRONG_HINT.into(), |left| {
                auth::attempts_left(u64::from(left))
            });
            explain(auth::WRONG, hint)
        }
        ApiError::RateLimited { .. } => explain(auth::RATE_LIMITED, auth::RATE_LIMITED_HINT.into()),
        ApiError::Locked { retry_after: Some(_) } => explain(auth::LOCKED, auth::LOCKED_HINT.into()),
        ApiError::Locked { retry_after: None } => {
            explain(auth::LOCKED_FOR_GOOD, auth::LOCKED_FOR_GOOD_HINT.into())
        }
        ApiError::TemporaryPasswordExpired => {
            explain(auth::TEMPORARY_EXPIRED, auth::TEMPORARY_EXPIRED_HINT.into())
        }
        ApiError::OutsideHours { .. } => explain(auth::OUTSIDE_HOURS, auth::OUTSIDE_HOURS_HINT.into()),
        ApiError::OutsideNetwork => explain(auth::OUTSIDE_NETWORK, auth::OUTSIDE_NETWORK_HINT.into()),
        error if error.is_transient() => explain(auth::UNREACHABLE, auth::OFFLINE_HINT.into()),
        error => error.explain(i18n),
    }
}

/// The page of what a sign-in waits for.
pub const fn page_of(step: &PendingStep) -> Route {
    match step {
        PendingStep::NewPassword(_) => Route::NewPassword,
        PendingStep::SecondFactor(_) | PendingStep::EnrolFactor(_) => Route::SecondFactor,
    }
}

/// Seconds as a clock that runs down shows them: `0:09`, `14:59`, `8:00:00`.
pub fn clock_face(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// What to tell somebody who comes to the page because a session ended.
pub fn farewell(reason: EndReason) -> Text {
    match reason {
        EndReason::Asked => auth::SIGNED_OUT,
        EndReason::Unfinished => auth::SIGNED_OUT_UNFINISHED,
        EndReason::Expired => auth::SESSION_EXPIRED,
        EndReason::Elsewhere => auth::SIGNED_OUT_ELSEWHERE,
    }
}

#[cfg(test)]
mod tests {
    use portico_contract::auth::{ChangeReason, PasswordChange};
    use portico_contract::second_factor::{EnrolmentReason, FactorChallenge, FactorEnrolment};

    use super::*;

    #[test]
    fn a_sign_in_goes_on_at_the_page_of_what_it_waits_for() {
        let password = PendingStep::NewPassword(PasswordChange {
            reason: ChangeReason::Temporary,
            expires_in: 600,
            context: Vec::new(),
        });
        let factor = PendingStep::SecondFactor(FactorChallenge {
            methods: Vec::new(),
            expires_in: 600,
            trust_days: None,
            request: None,
        });
        let enrolment = PendingStep::EnrolFactor(FactorEnrolment {
            reason: EnrolmentReason::Required,
            kinds: Vec::new(),
            expires_in: 600,
        });
        assert_eq!(page_of(&password), Route::NewPassword);
        assert_eq!(page_of(&factor), Route::SecondFactor);
        assert_eq!(page_of(&enrolment), Route::SecondFactor);
    }

    #[test]
    fn a_clock_shows_what_it_needs() {
        assert_eq!(clock_face(0), "0:00");
        assert_eq!(clock_face(899), "14:59");
        assert_eq!(clock_face(32_405), "9:00:05");
    }
}
