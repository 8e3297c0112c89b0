//! The password policy a backend announces, and the checks both sides make.
//!
//! The rules that need a list or a dictionary (common and breached passwords, the strength score) are the backend's and
//! the strength worker's; what can be decided from the text and the policy alone is decided here.

use serde::{Deserialize, Serialize};

use crate::problem::FieldRule;
use crate::validate::code_points;

/// Rules for new passwords.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordPolicy {
    /// Which set of rules this is.
    pub profile: PolicyProfile,
    /// Fewest code points.
    pub min_length: u32,
    /// Most code points.
    pub max_length: u32,
    /// Character classes that must all occur.
    pub classes: Vec<CharacterClass>,
    /// Days until a password must be changed; absent where it never expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_days: Option<u32>,
    /// How many earlier passwords may not be used again.
    pub history: u32,
    /// Lowest zxcvbn score, 0 to 4; absent where strength only advises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_score: Option<u8>,
}

/// A named set of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PolicyProfile {
    /// Length, block list, context words and strength; no composition rules, no expiry.
    Standard,
    /// NIST SP 800-63B-4.
    Nist,
    /// PCI DSS 4.
    Pci,
    /// Four character classes and expiry. Weaker than the others in practice.
    Classic,
}

/// A class of characters that a rule may demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CharacterClass {
    /// A capital letter.
    Uppercase,
    /// A small letter.
    Lowercase,
    /// A digit.
    Digit,
    /// Anything that is neither letter nor digit.
    Special,
    /// A letter of any kind.
    Letter,
}

impl CharacterClass {
    fn contains(self, c: char) -> bool {
        match self {
            Self::Uppercase => c.is_uppercase(),
            Self::Lowercase => c.is_lowercase(),
            Self::Digit => c.is_numeric(),
            Self::Special => !c.is_alphanumeric(),
            Self::Letter => c.is_alphabetic(),
        }
    }
}

impl CharacterClass {
    /// The rule a text breaks in which it does not occur.
    pub const fn missing(self) -> FieldRule {
        match self {
            Self::Uppercase => FieldRule::MissingUppercase,
            Self::Lowercase => FieldRule::MissingLowercase,
            Self::Digit => FieldRule::MissingDigit,
            Self::Special => FieldRule::MissingSpecial,
            Self::Letter => FieldRule::MissingLetter,
        }
    }
}

/// A rule a candidate breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PasswordViolation {
    /// Fewer than this many code points.
    TooShort(u32),
    /// More than this many code points.
    TooLong(u32),
    /// This class does not occur.
    MissingClass(CharacterClass),
    /// The whole password is a word of the person's or the company's own: a name, a mail address, a number.
    ContextWord,
}

impl PasswordViolation {
    /// The violation as a problem of a field: the rule and its limit.
    pub fn as_problem(self) -> (FieldRule, Option<u32>) {
        match self {
            Self::TooShort(limit) => (FieldRule::TooShort, Some(limit)),
            Self::TooLong(limit) => (FieldRule::TooLong, Some(limit)),
            Self::MissingClass(class) => (class.missing(), None),
            Self::ContextWord => (FieldRule::ContextWord, None),
        }
    }
}

impl PasswordPolicy {
    /// The rules of `profile`.
    pub fn of(profile: PolicyProfile) -> Self {
        use CharacterClass::{Digit, Letter, Lowercase, Special, Uppercase};
        let base = Self {
            profile,
            min_length: 12,
            max_length: crate::auth::MAX_PASSWORD,
            classes: Vec::new(),
            max_age_days: None,
            history: 0,
            min_score: None,
        };
        match profile {
            PolicyProfile::Standard => Self {
                min_score: Some(3),
                ..base
            },
            PolicyProfile::Nist => Self {
                min_length: 15,
                ..base
            },
            PolicyProfile::Pci => Self {
                classes: vec![Letter, Digit],
                max_age_days: Some(90),
                history: 4,
                ..base
            },
            PolicyProfile::Classic => Self {
                min_length: 8,
                classes: vec![Uppercase, Lowercase, Digit, Special],
                max_age_days: Some(90),
                history: 5,
                ..base
            },
        }
    }

    /// Every rule `candidate` breaks. `context` holds the person's and the company's own words; a candidate that is one
    /// of them as a whole, in any case, is refused (NIST SP 800-63B-4 forbids comparing parts).
    pub fn violations(&self, candidate: &str, context: &[&str]) -> Vec<PasswordViolation> {
        let mut found = Vec::new();
        let length = code_points(candidate);
        if length < self.min_length {
            found.push(PasswordViolation::TooShort(self.min_length));
        }
        if length > self.max_length {
            found.push(PasswordViolation::TooLong(self.max_length));
        }
        found.extend(
            self.classes
                .iter()
                .filter(|class| !candidate.chars().any(|c| class.contains(c)))
                .map(|class| PasswordViolation::MissingClass(*class)),
        );
        let folded = candidate.to_lowercase();
        if context
            .iter()
            .any(|word| !word.is_empty() && word.to_lowercase() == folded)
        {
            found.push(PasswordViolation::ContextWord);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_demo_password_satisfies_every_profile_that_fits_its_length() {
        for profile in [
            PolicyProfile::Standard,
            PolicyProfile::Nist,
            PolicyProfile::Pci,
            PolicyProfile::Classic,
        ] {
            let policy = PasswordPolicy::of(profile);
            assert_eq!(
                policy.violations("Harbour-lantern-42", &["Portico"]),
                [],
                "{profile:?}"
            );
        }
    }

    #[test]
    fn no_profile_takes_fewer_than_eight_or_refuses_sixty_four() {
        for profile in [
            PolicyProfile::Standard,
            PolicyProfile::Nist,
            PolicyProfile::Pci,
            PolicyProfile::Classic,
        ] {
            let policy = PasswordPolicy::of(profile);
            let seven = policy.violations("Sho-rt1", &[]);
            assert!(
                matches!(seven[..], [PasswordViolation::TooShort(least)] if least >= 8),
                "{profile:?}"
            );
            assert_eq!(policy.violations(&"Aa-1".repeat(16), &[]), [], "{profile:?}");
        }
    }

    #[test]
    fn classic_names_each_missing_class() {
        let policy = PasswordPolicy::of(PolicyProfile::Classic);
        assert_eq!(
            policy.violations("abcdefgh", &[]),
            [
                PasswordViolation::MissingClass(CharacterClass::Uppercase),
                PasswordViolation::MissingClass(CharacterClass::Digit),
                PasswordViolation::MissingClass(CharacterClass::Special),
            ]
        );
    }

    #[test]
    fn context_words_count_only_as_a_whole() {
        let policy = PasswordPolicy::of(PolicyProfile::Standard);
        let context = ["sales@portico.example", ""];
        assert_eq!(
            policy.violations("SALES@portico.example", &context),
            [PasswordViolation::ContextWord]
        );
        assert_eq!(policy.violations("my sales@portico.example", &context), []);
    }

    proptest! {
        #[test]
        fn standard_takes_any_text_of_legal_length(candidate in "\\PC{12,128}") {
            prop_assert_eq!(PasswordPolicy::of(PolicyProfile::Standard).violations(&candidate, &[]), []);
        }

        #[test]
        fn length_is_counted_in_code_points(length in 0_usize..140) {
            let candidate = "界".repeat(length);
            let violations = PasswordPolicy::of(PolicyProfile::Standard).violations(&candidate, &[]);
            prop_assert_eq!(violations.is_empty(), (12..=128).contains(&length));
        }
    }
}
