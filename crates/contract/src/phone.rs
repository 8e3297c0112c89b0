//! Telephone numbers as people type them into a search box.

/// The digits of `text` if it can only be a telephone number or a part of one: digits with the marks people put
/// between them, at least three digits. `None` for everything else, also for a name with a number in it.
pub fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let only_phone_marks = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '/' | '.' | ' ' | '\u{a0}'));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (only_phone_marks && digits.len() >= 3).then_some(digits)
}

/// `text` as a number that can be called from anywhere: `+` and 7 to 15 digits (E.164). `None` where the country's
/// prefix is missing.
pub fn international(text: &str) -> Option<String> {
    let digits = digits(text)?;
    let fits = text.trim().starts_with('+') && text.matches('+').count() == 1 && !digits.starts_with('0');
    (fits && (7..=15).contains(&digits.len())).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_recognised_in_any_spelling() {
        assert_eq!(digits("+86 138-0000-0003").as_deref(), Some("8613800000003"));
        assert_eq!(digits("(030) 12 34").as_deref(), Some("0301234"));
        assert_eq!(digits("0003").as_deref(), Some("0003"));
    }

    #[test]
    fn names_and_short_fragments_are_not_numbers() {
        for text in ["", "12", "zs", "3M", "Route 66", "张三 138", "++--"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }

    #[test]
    fn international_numbers_have_a_prefix() {
        assert_eq!(
            international(" +86 138-0000-0003").as_deref(),
            Some("+8613800000003")
        );
        for text in [
            "13800000003",
            "+0138000000",
            "+12345",
            "+1+2345678",
            "+1234567890123456",
            "x",
        ] {
            assert_eq!(international(text), None, "{text}");
        }
    }
}
