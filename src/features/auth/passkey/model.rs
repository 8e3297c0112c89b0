//! What is said of a passkey that does not let one in. No browser, no Leptos.

use super::super::model::refusal as sign_in_refusal;
use crate::api::ApiError;
use crate::api::passkeys::NoPasskey;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::passkeys as words;
use crate::i18n::{I18n, Message};

/// Why it did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The browser gave none.
    None(NoPasskey),
    /// It belongs to nobody.
    Unknown,
    /// The backend let nobody in, or could not be asked.
    Refused(ApiError),
}

impl Trouble {
    /// It in words, with the way out; nothing where the person left the browser's own question.
    pub(super) fn explain(&self, i18n: I18n) -> Option<Explanation> {
        if let Self::Refused(error) = self
            && self.own_words().is_none()
        {
            return Some(sign_in_refusal(error, i18n));
        }
        let (title, hint) = self.own_words()?;
        Some(Explanation {
            title,
            hint,
            reference: None,
            retry: false,
        })
    }

    /// What it is and what to do, where a passkey has words of its own for it.
    fn own_words(&self) -> Option<(Message, Message)> {
        match self {
            Self::None(none) => Some((none.explain()?, words::PASSWORD_INSTEAD.into())),
            Self::Unknown => Some((words::UNKNOWN.into(), words::UNKNOWN_HINT.into())),
            Self::Refused(ApiError::SignInExpired) => {
                Some((words::SIGN_IN_LATE.into(), words::SIGN_IN_LATE_HINT.into()))
            }
            Self::Refused(ApiError::InvalidCredentials { .. } | ApiError::Validation(_)) => {
                Some((words::SIGN_IN_REFUSED.into(), words::SIGN_IN_REFUSED_HINT.into()))
            }
            Self::Refused(_) => None,
        }
    }

    /// Seconds until another try makes sense, if the backend says.
    pub(super) fn wait(&self) -> Option<u32> {
        match self {
            Self::Refused(error) => error.retry_after(),
            Self::None(_) | Self::Unknown => None,
        }
    }
}

/// How long the browser's offer among its suggestions may last, in milliseconds, before the next question is asked.
pub(super) fn life_ms(seconds: u32) -> u32 {
    // Whoever chooses one still needs a moment.
    const MARGIN: u32 = 20;
    seconds.saturating_sub(MARGIN).max(MARGIN).saturating_mul(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_of_a_passkey_names_the_way_out() {
        let hint = |trouble: Trouble| trouble.own_words().map(|(_, hint)| hint);
        assert_eq!(
            hint(Trouble::None(NoPasskey::Left)),
            None,
            "who leaves is told nothing"
        );
        assert_eq!(
            hint(Trouble::None(NoPasskey::Failed)),
            Some(words::PASSWORD_INSTEAD.into())
        );
        assert_eq!(hint(Trouble::Unknown), Some(words::UNKNOWN_HINT.into()));
        let refused = |error| hint(Trouble::Refused(error));
        assert_eq!(
            refused(ApiError::SignInExpired),
            Some(words::SIGN_IN_LATE_HINT.into())
        );
        assert_eq!(
            refused(ApiError::InvalidCredentials { attempts_left: None }),
            Some(words::SIGN_IN_REFUSED_HINT.into())
        );
        assert_eq!(refused(ApiError::Offline), None, "as with the password");
    }

    #[test]
    fn a_question_is_asked_anew_before_it_is_too_old() {
        assert_eq!(life_ms(300), 280_000);
        assert_eq!(life_ms(10), 20_000, "and not all the time");
        assert_eq!(life_ms(u32::MAX), u32::MAX);
    }
}
