//! Points in time and calendar dates as they travel: RFC 3339 text.
//!
//! Neither side computes with these types. The backend makes them from its clock and the browser hands them to `Intl`,
//! so the contract needs no calendar of its own; it only makes sure the text has the right shape.

use serde::{Deserialize, Serialize};

/// An instant in UTC, RFC 3339 with `Z`, such as `2026-11-23T04:41:23Z` or `2026-11-23T04:41:23.120Z`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(String);

/// A calendar date without a time zone, `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
#[serde(try_from = "String", into = "String")]
pub struct Date(String);

/// The text is not an RFC 3339 date or UTC instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedTime;

impl std::fmt::Display for MalformedTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an RFC 3339 date or UTC instant")
    }
}

impl std::error::Error for MalformedTime {}

/// `pattern` holds `0` where a digit must stand and the literal character elsewhere.
fn matches(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern.bytes())
            .all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                literal => byte == literal,
            })
}

impl TryFrom<String> for Date {
    type Error = MalformedTime;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if matches(&text, "0000-00-00") {
            Ok(Self(text))
        } else {
            Err(MalformedTime)
        }
    }
}

impl TryFrom<String> for Timestamp {
    type Error = MalformedTime;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let whole = text.strip_suffix('Z').ok_or(MalformedTime)?;
        let (seconds, fraction) = whole.split_once('.').unwrap_or((whole, "0"));
        let fraction_is_digits =
            (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
        if matches(seconds, "0000-00-00T00:00:00") && fraction_is_digits {
            Ok(Self(text))
        } else {
            Err(MalformedTime)
        }
    }
}

macro_rules! text_access {
    ($name:ident) => {
        impl $name {
            /// The RFC 3339 text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

text_access!(Timestamp);
text_access!(Date);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_checked() {
        for good in ["2026-11-23T04:41:23Z", "2026-11-23T04:41:23.120Z"] {
            assert!(Timestamp::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in [
            "",
            "2026-11-23",
            "2026-11-23T04:41:23",
            "2026-11-23T04:41:23+01:00",
            "2026-11-23T04:41:23.Z",
        ] {
            assert!(Timestamp::try_from(bad.to_owned()).is_err(), "{bad}");
        }
        assert!(Date::try_from("2026-02-28".to_owned()).is_ok());
        assert!(Date::try_from("26-02-28".to_owned()).is_err());
        assert!(Date::try_from("二〇二六-02".to_owned()).is_err());
    }
}
