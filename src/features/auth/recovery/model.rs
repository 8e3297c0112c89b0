//! What these pages say, and what is known of a person before anybody is signed in. No browser, no Leptos.

use portico_contract::auth::ChangeReason;
use portico_contract::recovery::LinkOver;
use portico_strength::Context;

use super::super::door::End;
use crate::app::routes::Route;
use crate::i18n::Text;
use crate::i18n::texts::recovery as words;

/// The name of the token in a link's fragment.
pub(super) const TOKEN: &str = "t";

/// A reset's link that does not work.
pub(super) const fn reset_over(reason: LinkOver) -> End {
    let (title, hint) = match reason {
        LinkOver::Unknown => (words::OVER_UNKNOWN, words::OVER_UNKNOWN_HINT),
        LinkOver::Expired => (words::OVER_EXPIRED, words::OVER_EXPIRED_HINT),
        LinkOver::Used => (words::OVER_USED, words::OVER_USED_HINT),
        LinkOver::Superseded => (words::OVER_SUPERSEDED, words::OVER_SUPERSEDED_HINT),
        LinkOver::ChangedAddress => (words::OVER_CHANGED_ADDRESS, words::OVER_CHANGED_ADDRESS_HINT),
    };
    End {
        title,
        hint,
        label: words::ASK_NEW,
        route: Route::ForgotPassword,
    }
}

/// An invitation that does not work.
pub(super) const fn invitation_over(reason: LinkOver) -> End {
    let (title, hint) = match reason {
        LinkOver::Unknown => (words::INVITATION_UNKNOWN, words::INVITATION_UNKNOWN_HINT),
        LinkOver::Expired => (words::INVITATION_EXPIRED, words::INVITATION_HINT),
        LinkOver::Used => (words::INVITATION_USED, words::INVITATION_USED_HINT),
        LinkOver::Superseded => (words::INVITATION_SUPERSEDED, words::INVITATION_SUPERSEDED_HINT),
        LinkOver::ChangedAddress => (words::INVITATION_CHANGED_ADDRESS, words::INVITATION_HINT),
    };
    End {
        title,
        hint,
        label: words::TO_SIGN_IN,
        route: Route::SignIn,
    }
}

/// The page was opened without its link.
pub(super) const MISSING: End = End {
    title: words::MISSING,
    hint: words::MISSING_HINT,
    label: words::ASK_NEW,
    route: Route::ForgotPassword,
};

/// The password is set.
pub(super) const DONE: End = End {
    title: words::DONE,
    hint: words::DONE_HINT,
    label: words::SIGN_IN,
    route: Route::SignIn,
};

/// The sign-in that waited for a password does not wait any more.
pub(super) const TOO_LATE: End = End {
    title: words::FORCED_OVER,
    hint: words::FORCED_OVER_HINT,
    label: words::SIGN_IN,
    route: Route::SignIn,
};

/// Why a sign-in waits for a new password.
pub(super) const fn reason(reason: ChangeReason) -> Text {
    match reason {
        ChangeReason::Temporary => words::FORCED_TEMPORARY,
        ChangeReason::Expired => words::FORCED_EXPIRED,
        ChangeReason::Compromised => words::FORCED_COMPROMISED,
    }
}

/// What is known of a person: the words that the backend made, and what was typed to come in.
pub(super) fn context(words: Vec<String>, identifier: String) -> Context {
    Context {
        words,
        username: Some(identifier).filter(|identifier| !identifier.is_empty()),
        ..Context::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REASONS: [LinkOver; 5] = [
        LinkOver::Unknown,
        LinkOver::Expired,
        LinkOver::Used,
        LinkOver::Superseded,
        LinkOver::ChangedAddress,
    ];

    #[test]
    fn each_reason_has_a_heading_of_its_own_and_a_way_on() {
        for end_of in [reset_over, invitation_over] {
            let titles: Vec<Text> = REASONS.map(|reason| end_of(reason).title).into();
            for (index, title) in titles.iter().enumerate() {
                assert!(!titles[..index].contains(title));
            }
        }
        assert!(
            REASONS
                .iter()
                .all(|reason| reset_over(*reason).route == Route::ForgotPassword)
        );
    }

    #[test]
    fn what_was_typed_to_come_in_counts_as_known() {
        let known = context(vec!["wang".into()], "EMP1003".into());
        assert_eq!(known.facts(), ["wang", "EMP1003"]);
        assert_eq!(context(Vec::new(), String::new()).facts(), Vec::<String>::new());
    }
}
