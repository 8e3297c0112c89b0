//! `Intl`, the browser's knowledge of languages. Far lighter than carrying the same data in WebAssembly.
//!
//! Making a formatter costs a hundred times what using it does, and a list makes thousands of calls: each is kept.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// Each formatter by kind, language and option.
    static FORMATTERS: RefCell<HashMap<String, Formatter>> = RefCell::new(HashMap::new());
}

/// A formatter and its `format` or `select` function.
type Formatter = (JsValue, Option<Function>);

/// What to make a formatter from: options as name and value.
type Options<'a> = &'a [(&'a str, JsValue)];

fn options(entries: Options<'_>) -> Object {
    let options = Object::new();
    for (name, value) in entries {
        // Setting a property of an ordinary new object does not fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), value);
    }
    options
}

fn call(key: String, make: impl FnOnce() -> Formatter, arguments: &[JsValue]) -> String {
    let (this, function) = FORMATTERS.with_borrow_mut(|held| held.entry(key).or_insert_with(make).clone());
    let arguments: Array = arguments.iter().cloned().collect();
    let text = function.and_then(|function| function.apply(&this, &arguments).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

fn tags(tag: &str) -> Array {
    Array::of1(&JsValue::from_str(tag))
}

/// The method `name` of the formatter `target`.
fn method(target: impl Into<JsValue>, name: &str) -> Formatter {
    let target = target.into();
    let method = Reflect::get(&target, &JsValue::from_str(name)).ok();
    (target, method.and_then(|method| method.dyn_into().ok()))
}

fn number_formatter(tag: &str, entries: Options<'_>) -> Formatter {
    method(Intl::NumberFormat::new(&tags(tag), &options(entries)), "format")
}

/// A whole number.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn number(tag: &str, value: u64) -> String {
    call(
        format!("n|{tag}"),
        || number_formatter(tag, &[]),
        &[JsValue::from_f64(value as f64)],
    )
}

/// The signs between groups of digits and before decimal places, read off a number that has both.
pub fn number_signs(tag: &str) -> (char, char) {
    let sample = call(
        format!("n|{tag}"),
        || number_formatter(tag, &[]),
        &[JsValue::from_f64(12_345.5)],
    );
    let mut signs = sample.chars().filter(|letter| !letter.is_numeric());
    (signs.next().unwrap_or(','), signs.next().unwrap_or('.'))
}

/// Whole percent.
pub fn percent(tag: &str, value: u8) -> String {
    let make = || number_formatter(tag, &[("style", "percent".into())]);
    call(
        format!("p|{tag}"),
        make,
        &[JsValue::from_f64(f64::from(value) / 100.0)],
    )
}

/// An amount in minor units. It is passed as decimal text, which `Intl` reads exactly: no float touches money.
pub fn currency(tag: &str, code: &str, minor: i64, exponent: u32, decimals: bool) -> String {
    let digits = JsValue::from_f64(if decimals { f64::from(exponent) } else { 0.0 });
    let make = || {
        number_formatter(
            tag,
            &[
                ("style", "currency".into()),
                ("currency", code.into()),
                ("minimumFractionDigits", digits.clone()),
                ("maximumFractionDigits", digits.clone()),
            ],
        )
    };
    call(
        format!("c|{tag}|{code}|{decimals}"),
        make,
        &[JsValue::from_str(&decimal(minor, exponent))],
    )
}

/// `minor` units as decimal text: 12345 with exponent 2 is `123.45`.
fn decimal(minor: i64, exponent: u32) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let divisor = 10_u64.pow(exponent);
    let amount = minor.unsigned_abs();
    let width = exponent as usize;
    format!("{sign}{}.{:0width$}", amount / divisor, amount % divisor)
}

fn date_formatter(tag: &str, entries: Options<'_>) -> Formatter {
    method(Intl::DateTimeFormat::new(&tags(tag), &options(entries)), "format")
}

/// [`date_formatter`] for the time zone `zone`; for the device's if that is empty, or younger than the browser.
fn zoned_formatter(tag: &str, entries: Options<'_>, zone: &str) -> Formatter {
    let options = options(entries);
    let zoned = Object::assign(&Object::new(), &options);
    // Setting a property of an ordinary new object does not fail.
    let _ = Reflect::set(&zoned, &"timeZone".into(), &zone.into());
    let known = !zone.is_empty() && knows_zone(&zoned);
    let options = if known { &zoned } else { &options };
    method(Intl::DateTimeFormat::new(&tags(tag), options), "format")
}

/// Whether the browser can make a formatter from `options`. A zone it does not know is an exception.
fn knows_zone(options: &Object) -> bool {
    let class = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"DateTimeFormat".into()));
    let class = class.ok().and_then(|class| class.dyn_into::<Function>().ok());
    class.is_some_and(|class| Reflect::construct(&class, &Array::of2(&tags("en"), options)).is_ok())
}

/// A calendar date, `YYYY-MM-DD`. It has no time zone, so it is read and shown in UTC and never shifts by a day.
pub fn date(tag: &str, iso: &str) -> String {
    let make = || date_formatter(tag, &[("dateStyle", "medium".into()), ("timeZone", "UTC".into())]);
    call(
        format!("d|{tag}"),
        make,
        &[Date::new(&JsValue::from_str(iso)).into()],
    )
}

/// An instant, in the time zone `zone`.
pub fn date_time(tag: &str, zone: &str, rfc3339: &str) -> String {
    let make = || {
        let styles = [("dateStyle", "medium".into()), ("timeStyle", "short".into())];
        zoned_formatter(tag, &styles, zone)
    };
    call(
        format!("t|{tag}|{zone}"),
        make,
        &[Date::new(&JsValue::from_str(rfc3339)).into()],
    )
}

/// The calendar date in the time zone `zone` at an instant in milliseconds since the epoch, `YYYY-MM-DD`.
pub fn day(zone: &str, at_ms: f64) -> String {
    // As it is written in Sweden.
    let make = || zoned_formatter("sv-SE", &[("dateStyle", "short".into())], zone);
    call(format!("y|{zone}"), make, &[JsValue::from_f64(at_ms)])
}

/// The time zone of the device.
pub fn time_zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&options, &JsValue::from_str("timeZone")).ok();
    zone.and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// Milliseconds since the epoch of an instant as RFC 3339 or HTTP writes it.
pub fn parse(rfc3339: &str) -> f64 {
    Date::parse(rfc3339)
}

/// A distance in time, such as -3 `day`.
pub fn relative(tag: &str, value: f64, unit: &str) -> String {
    let make = || {
        let numeric = options(&[("numeric", "auto".into())]);
        method(Intl::RelativeTimeFormat::new(&tags(tag), &numeric), "format")
    };
    call(
        format!("r|{tag}"),
        make,
        &[JsValue::from_f64(value), JsValue::from_str(unit)],
    )
}

/// The plural category of `count`: `one`, `other`, …
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn plural_category(tag: &str, count: u64) -> String {
    let make = || method(Intl::PluralRules::new(&tags(tag), &Object::new()), "select");
    call(format!("l|{tag}"), make, &[JsValue::from_f64(count as f64)])
}

/// The name of a country or region by its ISO 3166-1 code; the code itself where the browser knows none.
pub fn region(tag: &str, code: &str) -> String {
    let make = || {
        let kind = options(&[("type", "region".into())]);
        let names = Reflect::get(&js_sys::global(), &"Intl".into())
            .and_then(|intl| Reflect::get(&intl, &"DisplayNames".into()))
            .ok()
            .and_then(|class| class.dyn_into::<Function>().ok())
            .and_then(|class| Reflect::construct(&class, &Array::of2(&tags(tag), &kind)).ok());
        method(names.unwrap_or(JsValue::UNDEFINED), "of")
    };
    let name = call(format!("g|{tag}"), make, &[JsValue::from_str(code)]);
    if name.is_empty() { code.to_owned() } else { name }
}

/// Sorts `items` by the words that `words` finds in each, as people who read the language look them up: Chinese by
/// pinyin.
pub fn sort_by<T>(tag: &str, items: &mut [T], words: impl Fn(&T) -> &str) {
    let collator = Intl::Collator::new(&tags(tag), &Object::new());
    let compare = collator.compare();
    items.sort_by(|one, other| {
        let (one, other) = (JsValue::from_str(words(one)), JsValue::from_str(words(other)));
        let order = compare.call2(&JsValue::UNDEFINED, &one, &other).ok();
        let order = order.and_then(|order| order.as_f64()).unwrap_or_default();
        order.total_cmp(&0.0)
    });
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn minor_units_become_exact_decimals() {
        assert_eq!(decimal(12_345, 2), "123.45");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(i64::MIN, 2), "-92233720368547758.08");
    }
}
