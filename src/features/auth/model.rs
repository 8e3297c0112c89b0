//! What the sign-in page says about a refused sign-in and about a session that ended.

use crate::api::ApiError;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{auth, common};
use crate::i18n::{I18n, Message, Text};
use crate::session::EndReason;

/// Why a sign-in did not work. The same words for an unknown account and a wrong password.
pub fn refusal(error: &ApiError, i18n: I18n) -> Explanation {
    let explain = |title: Text, hint: Message| Explanation {
        title: title.into(),
        hint,
        reference: None,
        retry: false,
    };
    match error {
        ApiError::InvalidCredentials => explain(auth::WRONG, auth::WRONG_HINT.into()),
        ApiError::RateLimited { retry_after } => {
            let wait = if *retry_after > 60 {
                common::minutes(u64::from(retry_after.div_ceil(60)))
            } else {
                common::seconds(u64::from(*retry_after))
            };
            explain(auth::RATE_LIMITED, auth::rate_limited_hint(i18n.message(&wait)))
        }
        error if error.is_transient() => explain(auth::UNREACHABLE, auth::OFFLINE_HINT.into()),
        error => error.explain(i18n),
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
