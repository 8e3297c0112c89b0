//! Pieces that are tried before anything else, and that `zxcvbn` does not know or thinks too much of.

use crate::advice::Advice;

/// Keys that lie in a row or in a column.
const ROWS: [&str; 8] = [
    "`1234567890-=",
    "~!@#$%^&*()_+",
    "qwertyuiop[]",
    "qwertzuiopü",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
];
const COLUMNS: [&str; 18] = [
    "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "!qaz", "@wsx", "#edc", "$rfv",
    "%tgb", "147", "258", "369", "159",
];
/// Fewer keys than this happen to lie beside each other in any word.
const MIN_RUN: usize = 3;

/// What many people say by numbers and letters: `5201314` is read as "I love you for a lifetime".
const PHRASES: [&str; 32] = [
    "5201314",
    "1314520",
    "1314521",
    "5211314",
    "7758521",
    "7758258",
    "1314",
    "520",
    "521",
    "woaini",
    "woaiwo",
    "aini",
    "wodemima",
    "mima",
    "nihao",
    "zhongguo",
    "iloveyou",
    "ichliebedich",
    "qwer",
    "admin",
    "password",
    "passwort",
    "passw0rd",
    "welcome",
    "willkommen",
    "letmein",
    "geheim",
    "hallo",
    "hello",
    "crm",
    "888",
    "666",
];

/// What may stand between the parts of a date.
const SEPARATORS: [char; 5] = ['-', '.', '/', '_', ' '];

const FIRST_YEAR: u16 = 1930;
const LAST_YEAR: u16 = 2039;

/// How long the pieces are that begin where `text` begins, and what each of them is.
pub(crate) fn beginning(text: &[char], words: &[Vec<char>], found: &mut Vec<(usize, Advice)>) {
    for word in words {
        if text.starts_with(word) || starts_backwards(text, word) {
            found.push((word.len(), Advice::Personal));
        }
    }
    for phrase in PHRASES {
        if starts_with(text, phrase) {
            found.push((phrase.len(), Advice::Phrases));
        }
    }
    for line in ROWS.iter().chain(&COLUMNS) {
        if let Some(length) = run(text, line) {
            found.push((length, Advice::Keyboard));
        }
    }
    let repeated = text.iter().take_while(|letter| **letter == text[0]).count();
    if repeated >= MIN_RUN {
        found.push((repeated, Advice::Repeats));
    }
    dates(text, found);
}

fn starts_with(text: &[char], piece: &str) -> bool {
    let mut letters = text.iter();
    piece.chars().all(|letter| letters.next() == Some(&letter))
}

fn starts_backwards(text: &[char], word: &[char]) -> bool {
    text.len() >= word.len() && text.iter().zip(word.iter().rev()).all(|(a, b)| a == b)
}

/// How many keys at the beginning of `text` follow each other on `line`, in one direction.
fn run(text: &[char], line: &str) -> Option<usize> {
    let line: Vec<char> = line.chars().collect();
    let backwards: Vec<char> = line.iter().rev().copied().collect();
    let length = |line: &[char]| {
        let start = line.iter().position(|key| Some(key) == text.first())?;
        let pairs = line[start..].iter().zip(text);
        Some(pairs.take_while(|(key, letter)| key == letter).count())
    };
    let longest = length(&line).max(length(&backwards))?;
    (longest >= MIN_RUN).then_some(longest)
}

/// Birthdays with and without separators, in the orders of all three languages, and years.
fn dates(text: &[char], found: &mut Vec<(usize, Advice)>) {
    for (length, digits) in digit_groups(text) {
        let number = |from: usize, to: usize| {
            digits[from..to]
                .iter()
                .fold(0_u16, |number, digit| number * 10 + u16::from(*digit))
        };
        let is_date = match digits.len() {
            8 => {
                let year_last = is_year(number(4, 8));
                (is_year(number(0, 4)) && is_day(number(4, 6), number(6, 8)))
                    || (year_last && is_day(number(2, 4), number(0, 2)))
                    || (year_last && is_day(number(0, 2), number(2, 4)))
            }
            6 => {
                is_day(number(2, 4), number(4, 6))
                    || is_day(number(2, 4), number(0, 2))
                    || is_day(number(0, 2), number(2, 4))
            }
            _ => is_year(number(0, 4)),
        };
        if is_date {
            found.push((length, Advice::Dates));
        }
    }
}

/// The first four, six and eight digits of `text`, each with how much of it they take up. A single separator may stand
/// between two of them.
fn digit_groups(text: &[char]) -> Vec<(usize, Vec<u8>)> {
    let mut groups = Vec::new();
    let mut digits: Vec<u8> = Vec::new();
    let mut after_separator = true;
    for (at, letter) in text.iter().enumerate() {
        if let Some(digit) = letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
            digits.push(digit);
            after_separator = false;
            if matches!(digits.len(), 4 | 6 | 8) {
                groups.push((at + 1, digits.clone()));
            }
        } else if !after_separator && SEPARATORS.contains(letter) {
            after_separator = true;
        } else {
            break;
        }
        if digits.len() == 8 {
            break;
        }
    }
    groups
}

fn is_year(year: u16) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&year)
}

fn is_day(month: u16, day: u16) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, words: &[&str]) -> Vec<(usize, Advice)> {
        let text: Vec<char> = text.chars().collect();
        let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
        let mut found = Vec::new();
        beginning(&text, &words, &mut found);
        found
    }

    #[test]
    fn birthdays_are_found_in_the_orders_of_all_languages() {
        for date in [
            "19900213",
            "13021990",
            "02131990",
            "1990-02-13",
            "13.02.1990",
            "02/13/1990",
            "900213",
        ] {
            assert!(pieces(date, &[]).contains(&(date.len(), Advice::Dates)), "{date}");
        }
        assert!(pieces("1990", &[]).contains(&(4, Advice::Dates)));
        for no_date in ["99999999", "18991301", "900013", "1789"] {
            let found = pieces(no_date, &[]);
            assert!(!found.contains(&(no_date.len(), Advice::Dates)), "{no_date}");
        }
    }

    #[test]
    fn keys_in_rows_and_columns_are_found_in_both_directions() {
        for (keys, length) in [
            ("1qaz2wsx", 4),
            ("zaq1", 4),
            ("4321x", 4),
            ("qwertzu", 7),
            ("!@#$%", 5),
            ("lkjhx", 4),
        ] {
            assert!(pieces(keys, &[]).contains(&(length, Advice::Keyboard)), "{keys}");
        }
        assert_eq!(pieces("weak", &[]), []);
    }

    #[test]
    fn own_words_are_found_backwards_too() {
        assert!(pieces("nasgnahz!", &["zhangsan"]).contains(&(8, Advice::Personal)));
        assert_eq!(pieces("zhang", &["zhangsan"]), []);
    }
}
