//! What a request that changes some of many settings says about one of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A setting that need not be chosen: left as it is, taken back, or chosen. In JSON: absent, `null`, or its value.
///
/// A field of this type needs `#[serde(default, skip_serializing_if = "Setting::is_unchanged")]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting<T> {
    /// It stays.
    #[default]
    Unchanged,
    /// Nothing is chosen any more.
    Unset,
    /// This is chosen.
    Chosen(T),
}

impl<T> Setting<T> {
    /// Whether the request has nothing to say about it.
    pub const fn is_unchanged(&self) -> bool {
        matches!(self, Self::Unchanged)
    }
}

impl<T: Serialize> Serialize for Setting<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unchanged | Self::Unset => serializer.serialize_none(),
            Self::Chosen(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Setting<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Unset, Self::Chosen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
    struct Request {
        #[serde(default, skip_serializing_if = "Setting::is_unchanged")]
        size: Setting<u8>,
    }

    #[test]
    fn absent_null_and_a_value_are_three_things_both_ways() {
        for (json, size) in [
            ("{}", Setting::Unchanged),
            (r#"{"size":null}"#, Setting::Unset),
            (r#"{"size":7}"#, Setting::Chosen(7)),
        ] {
            let request = Request { size };
            assert_eq!(serde_json::to_string(&request).ok().as_deref(), Some(json));
            assert_eq!(serde_json::from_str::<Request>(json).ok(), Some(request));
        }
        assert!(serde_json::from_str::<Request>(r#"{"size":"7"}"#).is_err());
    }
}
