//! The languages Portico speaks, and names that exist in several of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Locale {
    /// English.
    #[serde(rename = "en")]
    En,
    /// German.
    #[serde(rename = "de")]
    De,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    ZhCn,
}

impl Locale {
    /// Every locale, in the order a language menu shows them.
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::ZhCn];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The language's own name, as its speakers write it.
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::ZhCn => "简体中文",
        }
    }

    /// The locale that serves a BCP 47 tag, by its primary language: `de-AT` is German, any `zh` is Chinese.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|locale| locale.tag().split('-').next() == Some(primary.as_str()))
    }
}

/// A name given by the company (a stage, a pipeline), with translations where it has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalizedName {
    /// The name used where no translation exists.
    pub default: String,
    /// Translations by locale tag.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, String>,
}

impl LocalizedName {
    /// The name in `locale`, or the default.
    pub fn get(&self, locale: Locale) -> &str {
        self.translations.get(locale.tag()).unwrap_or(&self.default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_resolve_by_primary_language() {
        assert_eq!(Locale::from_tag("de-AT"), Some(Locale::De));
        assert_eq!(Locale::from_tag("zh-Hans-CN"), Some(Locale::ZhCn));
        assert_eq!(Locale::from_tag("EN_us"), Some(Locale::En));
        assert_eq!(Locale::from_tag("fr"), None);
        assert_eq!(Locale::from_tag(""), None);
    }

    #[test]
    fn a_missing_translation_falls_back_to_the_default() {
        let name = LocalizedName {
            default: "Won".into(),
            translations: [("de".to_owned(), "Gewonnen".to_owned())].into(),
        };
        assert_eq!(name.get(Locale::De), "Gewonnen");
        assert_eq!(name.get(Locale::ZhCn), "Won");
    }
}
