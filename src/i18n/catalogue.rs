//! The texts that were fetched.

use std::collections::BTreeMap;

use portico_contract::locale::Locale;
use serde::Deserialize;

use super::format;
use super::message::{Message, Text, fill};
use super::texts::{self, Namespace};
use crate::platform::http;

/// One text: plain, or plural forms by category.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// A text of one form.
    Plain(String),
    /// Forms by the category of `Intl.PluralRules`.
    Plural(BTreeMap<String, String>),
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

    pub(super) fn replace(&mut self, locale: Locale, fetched: Fetched) {
        self.locale = locale;
        self.entries = fetched.into_iter().collect();
    }

    fn entry(&self, text: Text) -> Option<&Entry> {
        self.entries.get(&text.namespace)?.get(text.index)
    }

    pub(super) fn text(&self, text: Text) -> &str {
        match self.entry(text) {
            Some(Entry::Plain(text)) => text,
            Some(Entry::Plural(forms)) => forms.get("other").map_or("", String::as_str),
            None => "",
        }
    }

    pub(super) fn message(&self, message: &Message) -> String {
        let (pattern, count) = match (self.entry(message.text), message.count) {
            (Some(Entry::Plural(forms)), Some(count)) => {
                let category = format::plural_category(self.locale, count);
                let form = forms.get(&category).or_else(|| forms.get("other"));
                (
                    form.map_or("", String::as_str),
                    format::number(self.locale, count),
                )
            }
            _ => (self.text(message.text), String::new()),
        };
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
        let entries = serde_json::from_str(&body).map_err(|_| CatalogueFailure)?;
        Ok((*namespace, entries))
    });
    futures_util::future::try_join_all(files).await
}
