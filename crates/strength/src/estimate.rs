//! The judgement.

use zxcvbn::feedback::{Suggestion, Warning};
use zxcvbn::{Score, zxcvbn};

use crate::advice::{Advice, Estimate};
use crate::context::Context;
use crate::cover::Cover;

/// How many code points of a candidate are judged. More are not accepted anywhere, and the time has to have an end.
pub const MAX_JUDGED: usize = 128;

/// How many of them `zxcvbn` sees: its time grows with the square of them, worst where many signs may stand for letters.
/// The beginning alone is never worth more than the whole.
const MAX_LOOKED_UP: usize = 64;

/// More advice at once is read by nobody.
const MAX_ADVICE: usize = 3;
/// What counts as "a little around" an own word.
const MAX_AROUND: usize = 4;
/// Letters that may lie between known pieces without making them any better.
const MAX_BARE: usize = 2;
/// So many known pieces in a row are still tried early.
const FEW_PIECES: usize = 3;
/// Below this a candidate gets advice.
const GOOD: u8 = 3;

/// Judges `candidate`, as it would be guessed by somebody who knows `context`. The candidate in Unicode's form NFC.
pub fn estimate(candidate: &str, context: &Context) -> Estimate {
    let candidate: String = candidate.chars().take(MAX_JUDGED).collect();
    if candidate.is_empty() {
        return Estimate::default();
    }
    let words = context.words();
    let beginning: String = candidate.chars().take(MAX_LOOKED_UP).collect();
    let judged = zxcvbn(&beginning, &words.iter().map(String::as_str).collect::<Vec<_>>());
    let (warning, suggestions) = judged
        .feedback()
        .map(|feedback| (feedback.warning(), feedback.suggestions()))
        .unwrap_or_default();

    let folded: Vec<char> = candidate.to_lowercase().chars().collect();
    let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
    let cover = Cover::of(&folded, &words);
    let common = matches!(
        warning,
        Some(Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword)
    );
    let personal = is_personal(&folded, &words, &cover);
    let score = score_of(judged.score()).min(limit(&cover, common || personal));

    let mut advice = Vec::new();
    let mut add = |piece: Advice| {
        if advice.len() < MAX_ADVICE && !advice.contains(&piece) {
            advice.push(piece);
        }
    };
    if common {
        add(Advice::Common);
    }
    if personal {
        add(Advice::Personal);
    }
    if score < GOOD {
        // The longest piece is what a better candidate has to do without.
        let mut pieces = cover.pieces.clone();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.length));
        for piece in pieces {
            add(piece.kind);
        }
        warning.map(advice_of_warning).into_iter().for_each(&mut add);
        suggestions
            .iter()
            .filter_map(|suggestion| advice_of_suggestion(*suggestion))
            .for_each(&mut add);
        // What to do instead comes last and is never left out.
        advice.truncate(MAX_ADVICE - 1);
        advice.push(Advice::AddWords);
    }
    Estimate {
        score,
        common,
        personal,
        advice,
    }
}

/// The highest score a candidate may have that is made of known pieces.
fn limit(cover: &Cover, is_known: bool) -> u8 {
    match cover.bare {
        _ if is_known => 1,
        0 if cover.pieces.len() <= FEW_PIECES => 1,
        0..=MAX_BARE => 2,
        _ => 4,
    }
}

/// Whether the whole of it is an own word: as it is, backwards, or with a little or another known piece around it.
fn is_personal(folded: &[char], words: &[Vec<char>], cover: &Cover) -> bool {
    let is_word = |text: &[char]| {
        let backwards: Vec<char> = text.iter().rev().copied().collect();
        words.iter().any(|word| word == text || *word == backwards)
    };
    if is_word(folded) {
        return true;
    }
    let is_letter = |letter: &char| letter.is_alphabetic();
    let (Some(first), Some(last)) = (
        folded.iter().position(is_letter),
        folded.iter().rposition(is_letter),
    ) else {
        return false;
    };
    let core = &folded[first..=last];
    let around = folded.len() - core.len();
    let is_alone = cover.pieces.len() <= 2 && cover.bare <= MAX_BARE;
    is_word(core) && (around <= MAX_AROUND || is_alone)
}

fn score_of(score: Score) -> u8 {
    match score {
        Score::One => 1,
        Score::Two => 2,
        Score::Three => 3,
        Score::Four => 4,
        // The type is open to more; what is not known is not good.
        _ => 0,
    }
}

fn advice_of_warning(warning: Warning) -> Advice {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => {
            Advice::Keyboard
        }
        Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            Advice::Repeats
        }
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword => {
            Advice::Common
        }
        Warning::ThisIsSimilarToACommonlyUsedPassword => Advice::LikeCommon,
        Warning::SequencesLikeAbcAreEasyToGuess => Advice::Sequences,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Advice::Dates,
        Warning::AWordByItselfIsEasyToGuess => Advice::SingleWord,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => Advice::Names,
    }
}

fn advice_of_suggestion(suggestion: Suggestion) -> Option<Advice> {
    match suggestion {
        Suggestion::CapitalizationDoesntHelpVeryMuch
        | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => Some(Advice::Capitals),
        Suggestion::ReversedWordsArentMuchHarderToGuess => Some(Advice::Reversed),
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => Some(Advice::Substitutions),
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => Some(Advice::Keyboard),
        Suggestion::AvoidRepeatedWordsAndCharacters => Some(Advice::Repeats),
        Suggestion::AvoidSequences => Some(Advice::Sequences),
        Suggestion::AvoidRecentYears
        | Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => Some(Advice::Dates),
        // Said anyway.
        Suggestion::UseAFewWordsAvoidCommonPhrases
        | Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters
        | Suggestion::AddAnotherWordOrTwo => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    fn zhang_san() -> Context {
        Context {
            names: vec!["张三".into()],
            emails: vec!["sales@portico.example".into()],
            username: Some("zhang.san".into()),
            employee_number: Some("EMP1003".into()),
            phones: vec!["+8613800000003".into()],
            companies: vec!["Portico".into(), "Harbour Trading".into()],
            words: Vec::new(),
        }
    }

    #[test]
    fn what_is_tried_first_is_weak_and_says_why() {
        for (candidate, advice) in [
            ("password1234", Advice::Phrases),
            ("19900213", Advice::Dates),
            ("zhangsan1990", Advice::Personal),
            ("Zhangsan@19900213", Advice::Personal),
            ("nasgnahz2024!", Advice::Personal),
            ("13800000003", Advice::Personal),
            ("Portico2026!", Advice::Personal),
            ("5201314woaini", Advice::Phrases),
            ("woaini1314520", Advice::Phrases),
            ("1qaz2wsx3edc4rfv", Advice::Keyboard),
            ("qwertyuiop123", Advice::Keyboard),
            ("aaaaaaaaaaaaaaaa", Advice::Repeats),
            ("abcdefghijklmno", Advice::Keyboard),
        ] {
            let found = estimate(candidate, &zhang_san());
            assert!(found.score < GOOD, "{candidate}: {found:?}");
            assert!(found.advice.contains(&advice), "{candidate}: {found:?}");
            assert_eq!(found.advice.last(), Some(&Advice::AddWords), "{candidate}");
        }
    }

    #[test]
    fn good_ones_are_good_for_those_they_say_nothing_of() {
        for candidate in [
            "Harbour-lantern-42",
            "correct horse battery staple",
            "seven green lamps on a boat",
            "窗外的雨打在旧钢琴上",
            "tR7#kq9!vLm2",
            "Wanderstiefel Regal Montag",
        ] {
            let context = Context {
                companies: vec!["Portico".into()],
                ..zhang_san()
            };
            let found = estimate(candidate, &context);
            assert!(found.score >= GOOD, "{candidate}: {found:?}");
            assert!(
                !found.common && !found.personal && found.advice.is_empty(),
                "{found:?}"
            );
        }
    }

    #[test]
    fn whole_words_of_the_person_are_told_apart_from_parts() {
        for own in [
            "zhangsan",
            "ZHANG.SAN",
            "sales@portico.example",
            "nasgnahz",
            "zhangsan1234",
            "!Portico!",
            "张三1990",
        ] {
            assert!(estimate(own, &zhang_san()).personal, "{own}");
        }
        for other in [
            "zhangsan likes to walk by night",
            "Harbour-lantern-42",
            "portico beetle umbrella",
        ] {
            assert!(!estimate(other, &zhang_san()).personal, "{other}");
        }
    }

    #[test]
    fn listed_passwords_are_common_in_any_case() {
        for listed in ["123456789", "Password", "QWERTYUIOP", "iloveyou"] {
            assert!(estimate(listed, &Context::default()).common, "{listed}");
        }
        assert!(!estimate("Harbour-lantern-42", &Context::default()).common);
    }

    #[test]
    fn nothing_is_worth_nothing() {
        assert_eq!(estimate("", &zhang_san()), Estimate::default());
    }

    #[test]
    fn what_is_too_long_is_judged_by_its_beginning() {
        let long = "x".repeat(1_000_000);
        assert_eq!(
            estimate(&long, &zhang_san()),
            estimate(&long[..MAX_JUDGED], &zhang_san())
        );
    }

    #[test]
    fn the_time_has_an_end() {
        // The dictionaries are made ready once.
        estimate("x", &Context::default());
        for candidate in [
            "a".repeat(128),
            "ab".repeat(64),
            "4@8({[<369|1!7$5+2%".repeat(7),
            "1990-01-01".repeat(13),
            "password".repeat(16),
            "aA1!".repeat(32),
            "aaaaaaaaab".repeat(13),
            "\u{1f600}".repeat(128),
        ] {
            let started = Instant::now();
            estimate(&candidate, &zhang_san());
            let took = started.elapsed();
            assert!(took < Duration::from_secs(5), "{candidate}: {took:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_is_judged(candidate in "\\PC{0,40}", name in "\\PC{0,20}", email in "\\PC{0,20}") {
            let context = Context { names: vec![name], emails: vec![email], ..Context::default() };
            let found = estimate(&candidate, &context);
            prop_assert!(found.score <= 4);
            prop_assert!(found.advice.len() <= MAX_ADVICE);
            prop_assert!(found.score >= GOOD || candidate.is_empty() || !found.advice.is_empty());
        }

        #[test]
        fn to_know_the_person_never_makes_it_harder(candidate in "[a-z0-9 ]{1,24}") {
            let known = Context { names: vec![candidate.clone()], ..zhang_san() };
            let stranger = estimate(&candidate, &Context::default());
            prop_assert!(estimate(&candidate, &known).score <= stranger.score);
        }

        #[test]
        fn an_own_name_with_a_birthday_is_never_good(
            name in "[a-z]{3,12}",
            year in 1950_u16..2010,
            month in 1_u8..=12,
            day in 1_u8..=28,
        ) {
            let context = Context { names: vec![name.clone()], ..Context::default() };
            let found = estimate(&format!("{name}{year}{month:02}{day:02}"), &context);
            prop_assert!(found.score <= 1 && found.personal, "{found:?}");
        }
    }
}
