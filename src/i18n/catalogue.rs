//! The texts that were fetched.

use std::collections::BTreeMap;

use portico_contract::locale::Locale;

use super::format;
use super::message::{Message, Text, fill};
#[cfg(feature = "gallery")]
use super::pseudo;
use super::texts::{self, Namespace};
use crate::platform::http;

/// One text as it travels: its only form, or categories of `Intl.PluralRules` and forms in turn.
type Entry = Vec<String>;

/// The form of `entry` for a plural `category`; texts of one form have it for every category.
fn form<'a>(entry: &'a Entry, category: &str) -> &'a str {
    let of = |wanted: &str| {
        entry
            .chunks_exact(2)
            .find(|pair| pair[0] == wanted)
            .map(|pair| pair[1].as_str())
    };
    match entry.as_slice() {
        [only] => only,
        _ => of(category).or_else(|| of("other")).unwrap_or_default(),
    }
}

/// The texts of a language could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogueFailure;

/// The texts held for the language in use.
#[derive(Clone, Debug)]
pub struct Catalogues {
    locale: Locale,
    entries: BTreeMap<Namespace, Vec<Entry>>,
}

/// What one fetch brings.
pub(super) type Fetched = Vec<(Namespace, Vec<Entry>)>;

impl Catalogues {
    pub(super) fn new(locale: Locale) -> Self {
        Self {
            locale,
            entries: BTreeMap::new(),
        }
    }

    pub(super) fn locale(&self) -> Locale {
        self.locale
    }

    pub(super) fn namespaces(&self) -> Vec<Namespace> {
        self.entries.keys().copied().collect()
    }

    pub(super) fn missing(&self, namespaces: &[Namespace]) -> Vec<Namespace> {
        namespaces
            .iter()
            .copied()
            .filter(|namespace| !self.entries.contains_key(namespace))
            .collect()
    }

    /// Adds texts of `locale`; those of a language left in the meantime are dropped.
    pub(super) fn add(&mut self, locale: Locale, fetched: Fetched) {
        if locale == self.locale {
            self.entries.extend(fetched);
        }
    }

    fn entry(&self, text: Text) -> Option<&Entry> {
        self.entries.get(&text.namespace)?.get(text.index)
    }

    pub(super) fn text(&self, text: Text) -> &str {
        self.entry(text)
            .map(|entry| form(entry, "other"))
            .unwrap_or_default()
    }

    pub(super) fn message(&self, message: &Message) -> String {
        let (category, count) = match message.count {
            Some(count) => (
                format::plural_category(self.locale, count),
                format::number(self.locale, count),
            ),
            None => (String::new(), String::new()),
        };
        let pattern = self
            .entry(message.text)
            .map(|entry| form(entry, &category))
            .unwrap_or_default();
        let mut arguments: Vec<(&str, &str)> = message
            .arguments
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        if message.count.is_some() {
            arguments.push(("count", &count));
        }
        fill(pattern, &arguments)
    }
}

pub(super) async fn fetch(locale: Locale, namespaces: &[Namespace]) -> Result<Fetched, CatalogueFailure> {
    let files = namespaces.iter().map(|namespace| async move {
        let path = format!("/locales/{}", texts::file(locale, *namespace));
        let body = http::get_static(&path).await.map_err(|_| CatalogueFailure)?;
        let entries: Vec<Entry> = serde_json::from_str(&body).map_err(|_| CatalogueFailure)?;
        #[cfg(feature = "gallery")]
        let entries = if pseudo::is_chosen(locale) {
            entries.into_iter().map(pseudo::disguise).collect()
        } else {
            entries
        };
        Ok((*namespace, entries))
    });
    futures_util::future::try_join_all(files).await
}

#[cfg(test)]
mod tests {
    use super::{Entry, form};

    #[test]
    fn the_form_of_the_category_is_found_or_the_other() {
        let entry = |parts: &[&str]| -> Entry { parts.iter().map(|part| (*part).to_owned()).collect() };
        let deals = entry(&["one", "{count} deal", "other", "{count} deals"]);
        assert_eq!(form(&deals, "one"), "{count} deal");
        assert_eq!(form(&deals, "few"), "{count} deals");
        assert_eq!(form(&entry(&["Sign in"]), "one"), "Sign in");
        assert_eq!(form(&entry(&[]), "one"), "");
    }
}
