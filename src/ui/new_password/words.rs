//! The words for rules, scores and advice.

use portico_contract::password::CharacterClass;
use portico_contract::problem::FieldRule;
use portico_strength::Advice;

use super::model::{Rule, Standing};
use crate::i18n::texts::{common, passwords as words};
use crate::i18n::{Message, Text};

/// What is wrong with a new password, in words.
pub fn password_problem(rule: FieldRule, limit: Option<u32>) -> Message {
    let limit = limit.unwrap_or_default().to_string();
    match rule {
        FieldRule::Required => common::FIELD_REQUIRED.into(),
        FieldRule::TooShort => words::problem_short(limit),
        FieldRule::TooLong => words::problem_long(limit),
        FieldRule::MissingUppercase => words::PROBLEM_UPPERCASE.into(),
        FieldRule::MissingLowercase => words::PROBLEM_LOWERCASE.into(),
        FieldRule::MissingDigit => words::PROBLEM_DIGIT.into(),
        FieldRule::MissingSpecial => words::PROBLEM_SPECIAL.into(),
        FieldRule::MissingLetter => words::PROBLEM_LETTER.into(),
        FieldRule::ContextWord => words::PROBLEM_OWN.into(),
        FieldRule::CommonPassword => words::PROBLEM_COMMON.into(),
        FieldRule::TooGuessable => words::PROBLEM_WEAK.into(),
        FieldRule::SameAsNow => words::PROBLEM_SAME.into(),
        FieldRule::UsedBefore => words::PROBLEM_USED.into(),
        FieldRule::Incorrect => words::PROBLEM_INCORRECT.into(),
        FieldRule::TooMany | FieldRule::Malformed | FieldRule::NotAllowed | FieldRule::Taken => {
            common::FIELD_NOT_ALLOWED.into()
        }
    }
}

/// A line of the checklist.
pub(super) fn rule(rule: Rule) -> Message {
    match rule {
        Rule::Length(least) => words::rule_length(least.to_string()),
        Rule::Class(CharacterClass::Uppercase) => words::RULE_UPPERCASE.into(),
        Rule::Class(CharacterClass::Lowercase) => words::RULE_LOWERCASE.into(),
        Rule::Class(CharacterClass::Digit) => words::RULE_DIGIT.into(),
        Rule::Class(CharacterClass::Special) => words::RULE_SPECIAL.into(),
        Rule::Class(CharacterClass::Letter) => words::RULE_LETTER.into(),
        Rule::Unknown => words::RULE_UNKNOWN.into(),
        Rule::Strong => words::RULE_STRONG.into(),
        Rule::Fresh(count) => words::rule_fresh(u64::from(count)),
    }
}

/// How it stands, for those who do not see the mark.
pub(super) const fn standing(standing: Standing) -> Text {
    match standing {
        Standing::Met => words::STANDING_MET,
        Standing::Unmet => words::STANDING_UNMET,
        Standing::Later => words::STANDING_LATER,
    }
}

/// A score of 0 to 4.
pub(super) const fn score(score: u8) -> Text {
    match score {
        0 => words::SCORE_0,
        1 => words::SCORE_1,
        2 => words::SCORE_2,
        3 => words::SCORE_3,
        _ => words::SCORE_4,
    }
}

/// A piece of advice.
pub(super) const fn advice(advice: Advice) -> Text {
    match advice {
        Advice::Common => words::ADVICE_COMMON,
        Advice::LikeCommon => words::ADVICE_LIKE_COMMON,
        Advice::Personal => words::ADVICE_PERSONAL,
        Advice::Dates => words::ADVICE_DATES,
        Advice::Phrases => words::ADVICE_PHRASES,
        Advice::Keyboard => words::ADVICE_KEYBOARD,
        Advice::Repeats => words::ADVICE_REPEATS,
        Advice::Sequences => words::ADVICE_SEQUENCES,
        Advice::Names => words::ADVICE_NAMES,
        Advice::SingleWord => words::ADVICE_SINGLE_WORD,
        Advice::Substitutions => words::ADVICE_SUBSTITUTIONS,
        Advice::Reversed => words::ADVICE_REVERSED,
        Advice::Capitals => words::ADVICE_CAPITALS,
        Advice::AddWords => words::ADVICE_ADD_WORDS,
    }
}
