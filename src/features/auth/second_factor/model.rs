//! What the second step of a sign-in asks for and says. No browser, no Leptos.

use portico_contract::admin::RequestState;
use portico_contract::problem::{FieldProblem, FieldRule};
use portico_contract::second_factor::{EnrolmentReason, FactorKind, FactorMethod};

use super::super::model::refusal as sign_in_refusal;
use crate::api::{ApiError, explain_field};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{passkeys, second_factor as words};
use crate::i18n::{I18n, Message, Text};
use crate::session::PendingStep;
use crate::ui::Tone;

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// What the browser's sign-in waits for is being found out.
    Looking,
    /// The second factor is asked for.
    Challenge,
    /// An administrator is asked for a new one.
    Help,
    /// One is enrolled.
    Enrol,
    /// The recovery codes are to be kept.
    Codes,
    /// The sign-in took too long.
    Over,
    /// It is another page's turn.
    Elsewhere,
}

impl Stage {
    /// What belongs to `step` of a sign-in; `asks` while the person asks for help.
    pub(super) const fn of(step: Option<&PendingStep>, asks: bool) -> Self {
        match step {
            None => Self::Looking,
            Some(PendingStep::NewPassword(_)) => Self::Elsewhere,
            Some(PendingStep::SecondFactor(_)) if asks => Self::Help,
            Some(PendingStep::SecondFactor(_)) => Self::Challenge,
            Some(PendingStep::EnrolFactor(_)) => Self::Enrol,
        }
    }
}

/// What is wrong with a code. `tries_left` is what the backend said about the last one.
pub(super) fn explain_code(method: FactorMethod, problem: &FieldProblem, tries_left: Option<u32>) -> Message {
    match (problem.rule, method) {
        // Without a try left there is a clock beside it.
        (FieldRule::Incorrect, _) => match tries_left {
            None | Some(0) => words::WRONG.into(),
            Some(left) => words::wrong_left(u64::from(left)),
        },
        (FieldRule::NotAllowed, FactorMethod::Sms | FactorMethod::Mail) => words::SENT_GONE.into(),
        (FieldRule::Malformed | FieldRule::TooLong, FactorMethod::RecoveryCode) => {
            words::RECOVERY_MALFORMED.into()
        }
        (
            FieldRule::Malformed | FieldRule::TooLong,
            FactorMethod::Totp | FactorMethod::Sms | FactorMethod::Mail,
        ) => words::CODE_MALFORMED.into(),
        (rule, _) => explain_field(rule, problem.limit),
    }
}

/// What a passkey is told that is not the right one. `tries_left` is what the backend said about it.
pub(super) fn wrong_passkey(tries_left: Option<u32>) -> Message {
    match tries_left {
        None | Some(0) => passkeys::WRONG.into(),
        Some(left) => passkeys::wrong_left(u64::from(left)),
    }
}

/// What is enrolled first: a passkey where one can be used, and else whatever else there is.
pub(super) fn first_kind(kinds: &[FactorKind], has_passkeys: bool) -> FactorKind {
    let is_fit = |kind: &&FactorKind| has_passkeys || **kind != FactorKind::Passkey;
    let mut kinds_by_rank = kinds.to_vec();
    kinds_by_rank.sort();
    let fit = kinds_by_rank.iter().find(is_fit).or(kinds_by_rank.first());
    fit.copied().unwrap_or(FactorKind::Totp)
}

/// The other kinds that work here, the safest first.
pub(super) fn other_kinds(kinds: &[FactorKind], now: FactorKind, has_passkeys: bool) -> Vec<FactorKind> {
    let works = |kind: &FactorKind| *kind != now && (has_passkeys || *kind != FactorKind::Passkey);
    let mut others: Vec<FactorKind> = kinds.iter().copied().filter(works).collect();
    others.sort();
    others
}

/// Turns to enrolling `kind`, in words.
pub(super) const fn enrol_text(kind: FactorKind) -> Text {
    match kind {
        FactorKind::Passkey => words::ENROL_WITH_PASSKEY,
        FactorKind::Totp => words::ENROL_WITH_APP,
        FactorKind::Sms => words::ENROL_WITH_SMS,
        FactorKind::Mail => words::ENROL_WITH_MAIL,
    }
}

/// Why a code or passkey could not be judged. `has_recovery` where a recovery code is a way round it.
pub(super) fn refusal(error: &ApiError, has_recovery: bool, i18n: I18n) -> Explanation {
    let explain = |title: Text, hint: Text| Explanation {
        title: title.into(),
        hint: hint.into(),
        reference: None,
        retry: false,
    };
    match error {
        ApiError::Locked { retry_after: None } => explain(words::LOCKED, words::LOCKED_FOR_GOOD_HINT),
        ApiError::RateLimited { .. } | ApiError::Locked { .. } if has_recovery => {
            explain(words::LOCKED, words::LOCKED_RECOVERY_HINT)
        }
        ApiError::RateLimited { .. } | ApiError::Locked { .. } => explain(words::LOCKED, words::LOCKED_HINT),
        error => sign_in_refusal(error, i18n),
    }
}

/// Where the request for a new second factor stands.
pub(super) const fn status(request: RequestState) -> (Tone, Text) {
    match request {
        RequestState::Open => (Tone::Info, words::REQUEST_OPEN),
        RequestState::Sent => (Tone::Success, words::REQUEST_SENT),
        RequestState::Declined => (Tone::Warning, words::REQUEST_DECLINED),
    }
}

/// Why a second factor has to be enrolled.
pub(super) const fn reason(reason: EnrolmentReason) -> Text {
    match reason {
        EnrolmentReason::Required => words::ENROL_REQUIRED,
        EnrolmentReason::AskedAgain => words::ENROL_AGAIN,
    }
}

#[cfg(test)]
mod tests {
    use portico_contract::auth::{ChangeReason, PasswordChange};
    use portico_contract::second_factor::{FactorChallenge, FactorEnrolment};

    use super::*;

    const BOTH: [FactorMethod; 2] = [FactorMethod::Totp, FactorMethod::RecoveryCode];

    fn challenge() -> PendingStep {
        PendingStep::SecondFactor(FactorChallenge {
            methods: BOTH.to_vec(),
            expires_in: 600,
            trust_days: None,
            request: None,
        })
    }

    #[test]
    fn the_step_that_comes_back_decides_what_is_shown() {
        let enrol = PendingStep::EnrolFactor(FactorEnrolment {
            reason: EnrolmentReason::Required,
            kinds: vec![FactorKind::Totp],
            expires_in: 600,
        });
        let password = PendingStep::NewPassword(PasswordChange {
            reason: ChangeReason::Expired,
            expires_in: 600,
            context: Vec::new(),
        });
        assert_eq!(Stage::of(None, false), Stage::Looking);
        assert_eq!(Stage::of(Some(&challenge()), false), Stage::Challenge);
        assert_eq!(Stage::of(Some(&challenge()), true), Stage::Help);
        // Help is for who has lost what is asked for. Who is let enrol anew does not need it any more.
        assert_eq!(Stage::of(Some(&enrol), true), Stage::Enrol);
        assert_eq!(Stage::of(Some(&password), false), Stage::Elsewhere);
    }

    #[test]
    fn a_passkey_is_enrolled_first_where_one_can_be_used() {
        let both = [FactorKind::Totp, FactorKind::Passkey];
        assert_eq!(first_kind(&both, true), FactorKind::Passkey);
        assert_eq!(first_kind(&both, false), FactorKind::Totp);
        assert_eq!(first_kind(&both[1..], false), FactorKind::Passkey);
        assert_eq!(first_kind(&[], true), FactorKind::Totp);
        let weaker = [FactorKind::Mail, FactorKind::Sms, FactorKind::Totp];
        assert_eq!(
            first_kind(&weaker, false),
            FactorKind::Totp,
            "codes that are sent come last"
        );
    }

    #[test]
    fn every_other_kind_that_works_here_is_at_hand() {
        use FactorKind::{Mail, Passkey, Sms, Totp};
        let all = [Mail, Sms, Totp, Passkey];
        assert_eq!(other_kinds(&all, Totp, true), [Passkey, Sms, Mail]);
        assert_eq!(other_kinds(&all, Sms, false), [Totp, Mail]);
        assert_eq!(other_kinds(&[Totp], Totp, true), []);
    }

    #[test]
    fn a_wrong_passkey_says_how_many_tries_are_left() {
        assert_eq!(wrong_passkey(Some(2)), passkeys::wrong_left(2));
        assert_eq!(wrong_passkey(Some(0)), passkeys::WRONG.into());
        assert_eq!(wrong_passkey(None), passkeys::WRONG.into());
    }

    #[test]
    fn a_wrong_code_says_how_many_tries_are_left() {
        let wrong = |rule| FieldProblem {
            field: "code".into(),
            rule,
            limit: None,
        };
        let said = |rule, left| explain_code(FactorMethod::Totp, &wrong(rule), left);
        assert_eq!(said(FieldRule::Incorrect, Some(3)), words::wrong_left(3));
        assert_eq!(said(FieldRule::Incorrect, None), words::WRONG.into());
        assert_eq!(said(FieldRule::Incorrect, Some(0)), words::WRONG.into());
        assert_eq!(said(FieldRule::Malformed, Some(3)), words::CODE_MALFORMED.into());
        let recovery = explain_code(FactorMethod::RecoveryCode, &wrong(FieldRule::Malformed), None);
        assert_eq!(recovery, words::RECOVERY_MALFORMED.into());
    }

    #[test]
    fn a_code_that_nobody_waits_for_any_more_leads_to_another_one() {
        let gone = FieldProblem {
            field: "code".into(),
            rule: FieldRule::NotAllowed,
            limit: None,
        };
        for method in [FactorMethod::Sms, FactorMethod::Mail] {
            assert_eq!(explain_code(method, &gone, None), words::SENT_GONE.into());
        }
        assert_ne!(
            explain_code(FactorMethod::Totp, &gone, None),
            words::SENT_GONE.into()
        );
    }
}
