//! Numbers, money, dates and plurals in a language's manner. The browser's `Intl` does the work.

use portico_contract::locale::Locale;
use portico_contract::money::Money;
use portico_contract::time::{Date, Timestamp};

use crate::platform::{clock, intl};

/// A whole number with the language's separators.
pub fn number(locale: Locale, value: u64) -> String {
    intl::number(locale.tag(), value)
}

/// The signs a language writes numbers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberSigns {
    /// Before the decimal places.
    pub decimal: char,
    /// Between groups of three digits.
    pub group: char,
}

/// The signs that `locale` writes numbers with.
pub fn signs(locale: Locale) -> NumberSigns {
    let (group, decimal) = intl::number_signs(locale.tag());
    NumberSigns { decimal, group }
}

/// Countries and regions by their ISO 3166-1 codes: code and name, in the order in which people look them up.
pub fn countries(locale: Locale, codes: &[&str]) -> Vec<(String, String)> {
    let tag = locale.tag();
    let named = codes
        .iter()
        .map(|code| ((*code).to_owned(), intl::region(tag, code)));
    let mut named: Vec<(String, String)> = named.collect();
    intl::sort_by(tag, &mut named, |(_, name)| name);
    named
}

/// An amount with its currency; without decimals when there are none to show.
pub fn money(locale: Locale, money: Money) -> String {
    let divisor = 10_i64.pow(money.currency.exponent());
    intl::currency(
        locale.tag(),
        money.currency.code(),
        money.minor,
        money.currency.exponent(),
        money.minor % divisor != 0,
    )
}

/// A percentage given in whole percent.
pub fn percent(locale: Locale, percent: u8) -> String {
    intl::percent(locale.tag(), percent)
}

/// A calendar date.
pub fn date(locale: Locale, date: &Date) -> String {
    intl::date(locale.tag(), date.as_str())
}

/// An instant as date and time in the time zone `zone`.
pub fn date_time(locale: Locale, zone: &str, at: &Timestamp) -> String {
    intl::date_time(locale.tag(), zone, at.as_str())
}

/// Today's date in the time zone `zone`, `YYYY-MM-DD`.
pub fn today(zone: &str) -> String {
    intl::day(zone, clock::now_ms())
}

/// An instant as people say it: "5 minutes ago", "yesterday".
pub fn relative(locale: Locale, at: &Timestamp) -> String {
    let seconds = (intl::parse(at.as_str()) - clock::now_ms()) / 1000.0;
    let (value, unit) = relative_unit(seconds);
    intl::relative(locale.tag(), value, unit)
}

/// The category of `Intl.PluralRules` for `count`.
pub fn plural_category(locale: Locale, count: u64) -> String {
    intl::plural_category(locale.tag(), count)
}

/// The unit in which people speak of a distance of `seconds`, and how many of it, rounded towards now.
fn relative_unit(seconds: f64) -> (f64, &'static str) {
    const UNITS: [(f64, &str); 6] = [
        (365.0 * 86400.0, "year"),
        (30.0 * 86400.0, "month"),
        (7.0 * 86400.0, "week"),
        (86400.0, "day"),
        (3600.0, "hour"),
        (60.0, "minute"),
    ];
    UNITS
        .iter()
        .find(|(length, _)| seconds.abs() >= *length)
        .map_or((0.0, "second"), |(length, unit)| {
            ((seconds / length).trunc(), *unit)
        })
}

#[cfg(test)]
mod tests {
    use super::relative_unit;

    #[test]
    fn distances_take_the_largest_unit_that_fits() {
        assert_eq!(relative_unit(-59.0), (0.0, "second"));
        assert_eq!(relative_unit(-61.0), (-1.0, "minute"));
        assert_eq!(relative_unit(-3.0 * 86400.0), (-3.0, "day"));
        assert_eq!(relative_unit(86400.0 * 800.0), (2.0, "year"));
    }
}
