//! Numbers as people write them, and back. A number is a whole count of its smallest unit (cents, tenths), never a
//! float.

use crate::i18n::format::NumberSigns;

/// Which numbers a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Shape {
    /// How many decimal places the smallest unit has.
    pub(in crate::ui) decimals: u32,
    /// Whether it can be less than zero.
    pub(in crate::ui) negative: bool,
    /// Whether all decimal places are always written, as in amounts of money.
    pub(in crate::ui) fixed: bool,
}

/// Why a text is not understood as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Misread {
    /// It is not a number, or could be more than one.
    NoNumber,
    /// It has more decimal places than there are.
    TooFine,
    /// It is less than zero.
    Negative,
    /// It is larger than can be kept.
    TooLarge,
}

/// The number that `text` says, in smallest units; nothing if it says nothing.
///
/// A group sign must stand where groups end: "1,5" in English may be meant as one and a half or as fifteen, and guessing
/// would be wrong by a factor of ten.
pub(in crate::ui) fn read(text: &str, signs: NumberSigns, shape: Shape) -> Result<Option<i64>, Misread> {
    let text: String = text.chars().filter_map(plain).collect();
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (negative, amount) = match text.strip_prefix('-') {
        Some(amount) => (true, amount.trim_start()),
        None => (false, text.strip_prefix('+').map_or(text, str::trim_start)),
    };
    let (whole, fraction) = amount.split_once(signs.decimal).unwrap_or((amount, ""));
    let whole = ungrouped(whole, signs.group)?;
    if whole.is_empty() && fraction.is_empty() || !is_digits(fraction) {
        return Err(Misread::NoNumber);
    }
    let value = units(&whole, fraction, shape.decimals)?;
    match (negative && value != 0, shape.negative) {
        (true, false) => Err(Misread::Negative),
        (true, true) => Ok(Some(-value)),
        (false, _) => Ok(Some(value)),
    }
}

/// A letter as the rest of this file knows it, whichever keyboard it comes from: full-width digits and signs, typographic
/// dashes and spaces. Marks that cannot be seen come along when one copies; they are dropped.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0'))?,
        '．' | '。' => '.',
        '，' => ',',
        '＋' => '+',
        '－' | '−' | '–' | '‐' | '‑' => '-',
        '’' | '＇' | 'ʼ' => '\'',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
            return None;
        }
        space if space.is_whitespace() => ' ',
        other => other,
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `whole` without its group signs: the language's own, or the space and the apostrophe, which are never anything else.
fn ungrouped(whole: &str, group: char) -> Result<String, Misread> {
    let sign = whole.chars().find(|letter| !letter.is_ascii_digit());
    let Some(sign) = sign else {
        return Ok(whole.to_owned());
    };
    if ![group, ' ', '\''].contains(&sign) {
        return Err(Misread::NoNumber);
    }
    let mut groups = whole.split(sign);
    let first = groups.next().unwrap_or_default();
    let starts_well = (1..=3).contains(&first.len()) && is_digits(first);
    if starts_well && groups.all(|group| group.len() == 3 && is_digits(group)) {
        Ok(whole.replace(sign, ""))
    } else {
        Err(Misread::NoNumber)
    }
}

/// Digits before and after the decimal sign as smallest units.
fn units(whole: &str, fraction: &str, decimals: u32) -> Result<i64, Misread> {
    let fraction = fraction.trim_end_matches('0');
    let places = decimals as usize;
    if fraction.len() > places {
        return Err(Misread::TooFine);
    }
    format!("0{whole}{fraction:0<places$}")
        .parse()
        .map_err(|_| Misread::TooLarge)
}

/// `value` as it is read: in groups.
pub(in crate::ui) fn written(value: i64, signs: NumberSigns, shape: Shape) -> String {
    let (sign, whole, fraction) = parts(value, shape);
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(signs.group);
        }
        out.push(digit);
    }
    with_fraction(out, &fraction, signs)
}

/// `value` as it is edited: without groups, which are in the way of the cursor.
pub(in crate::ui) fn editable(value: i64, signs: NumberSigns, shape: Shape) -> String {
    let (sign, whole, fraction) = parts(value, shape);
    with_fraction(format!("{sign}{whole}"), &fraction, signs)
}

/// Sign, digits before and digits after the decimal sign.
fn parts(value: i64, shape: Shape) -> (&'static str, String, String) {
    let sign = if value < 0 { "-" } else { "" };
    let places = shape.decimals as usize;
    // At least one digit before the decimal sign.
    let digits = format!("{:0width$}", value.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = if shape.fixed {
        fraction
    } else {
        fraction.trim_end_matches('0')
    };
    (sign, whole.to_owned(), fraction.to_owned())
}

fn with_fraction(mut whole: String, fraction: &str, signs: NumberSigns) -> String {
    if !fraction.is_empty() {
        whole.push(signs.decimal);
        whole.push_str(fraction);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: NumberSigns = NumberSigns {
        decimal: '.',
        group: ',',
    };
    const DE: NumberSigns = NumberSigns {
        decimal: ',',
        group: '.',
    };
    const TENTHS: Shape = Shape {
        decimals: 1,
        negative: true,
        fixed: false,
    };
    const CENTS: Shape = Shape {
        decimals: 2,
        negative: false,
        fixed: true,
    };

    #[test]
    fn each_language_is_read_in_its_own_signs() {
        assert_eq!(read("1,234.5", EN, TENTHS), Ok(Some(12_345)));
        assert_eq!(read("1.234,5", DE, TENTHS), Ok(Some(12_345)));
        assert_eq!(read("１，２３４．５", EN, TENTHS), Ok(Some(12_345)));
        assert_eq!(read("1234.5", EN, TENTHS), Ok(Some(12_345)));
        assert_eq!(read("1 234,5", DE, TENTHS), Ok(Some(12_345)));
        assert_eq!(read("1\u{202f}234,5", DE, TENTHS), Ok(Some(12_345)));
        assert_eq!(read("1’234.5", EN, TENTHS), Ok(Some(12_345)));
    }

    #[test]
    fn what_is_half_typed_is_a_number_already() {
        assert_eq!(read("12.", EN, TENTHS), Ok(Some(120)));
        assert_eq!(read(".5", EN, TENTHS), Ok(Some(5)));
        assert_eq!(read("007", EN, TENTHS), Ok(Some(70)));
        assert_eq!(read(" \u{200e}", EN, TENTHS), Ok(None));
    }

    #[test]
    fn signs_before_the_number_are_read() {
        assert_eq!(read("−3", EN, TENTHS), Ok(Some(-30)));
        assert_eq!(read("+3", EN, TENTHS), Ok(Some(30)));
        assert_eq!(read("-3", EN, CENTS), Err(Misread::Negative));
        assert_eq!(read("-0", EN, CENTS), Ok(Some(0)));
    }

    #[test]
    fn what_could_be_two_numbers_is_neither() {
        for text in [
            "1,5",
            "1,23,456",
            "12,34",
            "1234,567",
            "1,234 567",
            ",123",
            "1,,234",
            "1.2.3",
            "1,234,",
        ] {
            assert_eq!(read(text, EN, TENTHS), Err(Misread::NoNumber), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_from_what_is_too_exact_or_too_large() {
        for text in ["-", "+", ".", "abc", "12a", "1e3", "--3", "1 2", "٣"] {
            assert_eq!(read(text, EN, TENTHS), Err(Misread::NoNumber), "{text}");
        }
        assert_eq!(read("1.25", EN, TENTHS), Err(Misread::TooFine));
        assert_eq!(read("1.50", EN, TENTHS), Ok(Some(15)));
        assert_eq!(read("99999999999999999999", EN, TENTHS), Err(Misread::TooLarge));
    }

    #[test]
    fn numbers_are_written_in_groups_and_edited_without() {
        assert_eq!(written(123_456_789, DE, TENTHS), "12.345.678,9");
        assert_eq!(editable(123_456_789, DE, TENTHS), "12345678,9");
        assert_eq!(written(-120, EN, TENTHS), "-12");
        assert_eq!(written(120_000, EN, CENTS), "1,200.00");
        assert_eq!(written(5, EN, CENTS), "0.05");
        assert_eq!(
            written(
                i64::MIN,
                EN,
                Shape {
                    decimals: 0,
                    ..TENTHS
                }
            ),
            "-9,223,372,036,854,775,808"
        );
    }

    mod properties {
        use proptest::prelude::*;

        use super::*;

        fn shapes() -> impl Strategy<Value = Shape> {
            (0_u32..=4, any::<bool>()).prop_map(|(decimals, fixed)| Shape {
                decimals,
                negative: true,
                fixed,
            })
        }

        proptest! {
            #[test]
            fn what_is_written_is_read_again(value in -i64::MAX..=i64::MAX, shape in shapes(), german: bool) {
                let signs = if german { DE } else { EN };
                prop_assert_eq!(read(&written(value, signs, shape), signs, shape), Ok(Some(value)));
                prop_assert_eq!(read(&editable(value, signs, shape), signs, shape), Ok(Some(value)));
            }

            #[test]
            fn full_width_digits_say_the_same(value in 0..=i64::MAX, shape in shapes()) {
                let text = written(value, EN, shape);
                let wide: String = text
                    .chars()
                    .map(|letter| match letter {
                        ',' => '，',
                        '.' => '．',
                        digit => char::from_u32(u32::from(digit) + 0xfee0).unwrap(),
                    })
                    .collect();
                prop_assert_eq!(read(&wide, EN, shape), Ok(Some(value)));
            }

            #[test]
            fn no_text_does_harm(text in "\\PC*", shape in shapes()) {
                let _ = read(&text, EN, shape);
            }

            #[test]
            fn digits_with_one_sign_never_change_their_value_by_a_factor(whole in 0_u32..10_000, fraction in 0_u32..100) {
                // In the wrong language's signs: refused, or read as the groups it then consists of.
                let text = format!("{whole},{fraction}");
                if let Ok(Some(value)) = read(&text, EN, Shape { decimals: 0, ..TENTHS }) {
                    prop_assert_eq!(text.len() - text.find(',').unwrap(), 4, "{} became {}", text, value);
                }
            }
        }
    }
}
