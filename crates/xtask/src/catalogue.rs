//! The translation catalogue, as it is built.
//!
//! `src/i18n/locales/<locale>/<namespace>.json` holds flat objects: key → text with `{placeholders}`, or key → an object
//! of plural forms (`Intl.PluralRules` categories). The English files say which keys exist. From them come
//!
//! * Rust constants and functions (`cargo` runs [`rust_source`] from `build.rs`), so that a missing key or a forgotten
//!   argument does not compile, and
//! * one hashed JSON array a locale and namespace ([`emit`], run before each build of the site), fetched when a screen
//!   needs it. The keys themselves stay out of the browser: a text is found by its place in the array.
//!
//! This file is compiled into both, so that they cannot disagree about the order or the names. It uses `serde_json` only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The locale whose files say which keys exist.
const SOURCE_LOCALE: &str = "en";

/// The texts of one namespace in one locale, by key.
type Texts = BTreeMap<String, Value>;

/// Writes `out_dir/<locale>/<namespace>.<hash>.json` for every locale and namespace and returns the files' paths.
pub(crate) fn emit(locales_dir: &Path, out_dir: &Path) -> Result<Vec<PathBuf>, String> {
    let mut written = Vec::new();
    for locale in locales(locales_dir)? {
        for namespace in namespaces(locales_dir)? {
            let body = body(locales_dir, &locale, &namespace)?;
            let file = out_dir.join(file_name(&locale, &namespace, &body));
            fs::create_dir_all(out_dir.join(&locale)).map_err(|e| format!("{}: {e}", out_dir.display()))?;
            fs::write(&file, body).map_err(|e| format!("{}: {e}", file.display()))?;
            written.push(file);
        }
    }
    Ok(written)
}

/// The Rust source of module `texts`: a module a namespace with one item a key, and the table of files.
pub(crate) fn rust_source(locales_dir: &Path) -> Result<String, String> {
    let locales = locales(locales_dir)?;
    let namespaces = namespaces(locales_dir)?;
    let mut out = String::new();
    namespace_enum(&mut out, &namespaces);
    file_table(&mut out, locales_dir, &locales, &namespaces)?;
    for namespace in &namespaces {
        let texts = read(locales_dir, SOURCE_LOCALE, namespace)?;
        let _ = writeln!(
            out,
            "/// Texts of `{namespace}.json`.\npub mod {namespace} {{\nuse super::{{Namespace, Text}};"
        );
        if texts.values().any(takes_arguments) {
            out.push_str("use super::Message;\n");
        }
        for (index, (key, text)) in texts.iter().enumerate() {
            item(&mut out, namespace, index, key, text)?;
        }
        out.push_str("}\n");
    }
    Ok(out)
}

/// Every directory and file the results depend on.
pub(crate) fn inputs(locales_dir: &Path) -> Result<Vec<PathBuf>, String> {
    let mut inputs = vec![locales_dir.to_owned()];
    for locale in locales(locales_dir)? {
        inputs.push(locales_dir.join(&locale));
        for namespace in namespaces(locales_dir)? {
            inputs.push(path(locales_dir, &locale, &namespace));
        }
    }
    Ok(inputs)
}

fn namespace_enum(out: &mut String, namespaces: &[String]) {
    out.push_str("/// A file of texts, fetched as a whole.\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]\npub enum Namespace {\n");
    for namespace in namespaces {
        let _ = writeln!(out, "/// `{namespace}.json`.\n{},", variant(namespace));
    }
    out.push_str("}\n");
}

fn file_table(out: &mut String, dir: &Path, locales: &[String], namespaces: &[String]) -> Result<(), String> {
    out.push_str("/// Where the texts of a locale and namespace are, below the site's `locales/`.\npub fn file(locale: Locale, namespace: Namespace) -> &'static str {\nmatch (locale, namespace) {\n");
    for locale in locales {
        for namespace in namespaces {
            let name = file_name(locale, namespace, &body(dir, locale, namespace)?);
            let variants = (locale_variant(locale)?, variant(namespace));
            let _ = writeln!(out, "({}, Namespace::{}) => \"{name}\",", variants.0, variants.1);
        }
    }
    out.push_str("}\n}\n");
    Ok(())
}

fn item(out: &mut String, namespace: &str, index: usize, key: &str, text: &Value) -> Result<(), String> {
    let id = format!(
        "Text {{ namespace: Namespace::{}, index: {index} }}",
        variant(namespace)
    );
    let names = placeholders(text)?;
    let english = match text {
        Value::String(text) => text.clone(),
        plural => plural["other"].as_str().unwrap_or_default().to_owned(),
    };
    let _ = writeln!(out, "/// {}", english.replace('\n', " "));
    if !takes_arguments(text) {
        let _ = writeln!(out, "pub const {}: Text = {id};", key.to_uppercase());
        return Ok(());
    }
    // The plural form is chosen by `count`, which comes first and is a number; the rest is already formatted.
    let mut parameters: Vec<String> = Vec::new();
    let mut arguments: Vec<String> = Vec::new();
    if text.is_object() {
        parameters.push("count: u64".to_owned());
    }
    for name in names
        .iter()
        .filter(|name| !(text.is_object() && *name == "count"))
    {
        parameters.push(format!("{name}: impl Into<String>"));
        arguments.push(format!("(\"{name}\", {name}.into())"));
    }
    let count = if text.is_object() { "Some(count)" } else { "None" };
    let _ = writeln!(
        out,
        "pub fn {key}({}) -> Message {{ Message {{ text: {id}, count: {count}, arguments: vec![{}] }} }}",
        parameters.join(", "),
        arguments.join(", "),
    );
    Ok(())
}

/// Whether a text becomes a function rather than a constant.
fn takes_arguments(text: &Value) -> bool {
    text.as_str().is_none_or(|text| text.contains('{'))
}

/// The names in braces of a text, in all of its plural forms.
pub(crate) fn placeholders(text: &Value) -> Result<BTreeSet<String>, String> {
    let forms: Vec<&str> = match text {
        Value::String(text) => vec![text],
        Value::Object(forms) if forms.contains_key("other") => {
            forms.values().filter_map(Value::as_str).collect()
        }
        other => {
            return Err(format!(
                "a text or plural forms with \"other\" expected, found {other}"
            ));
        }
    };
    let mut names = BTreeSet::new();
    for form in forms {
        let mut rest = form;
        while let Some(start) = rest.find('{') {
            let end = rest[start..]
                .find('}')
                .ok_or_else(|| format!("unclosed brace in {form:?}"))?;
            names.insert(rest[start + 1..start + end].to_owned());
            rest = &rest[start + end + 1..];
        }
    }
    Ok(names)
}

/// The texts of one namespace in one locale.
pub(crate) fn read(locales_dir: &Path, locale: &str, namespace: &str) -> Result<Texts, String> {
    let path = path(locales_dir, locale, namespace);
    let json = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&json).map_err(|e| format!("{}: {e}", path.display()))
}

/// The locales that have a folder, sorted.
pub(crate) fn locales(locales_dir: &Path) -> Result<Vec<String>, String> {
    entries(locales_dir)
}

/// The namespaces of the source locale, sorted.
pub(crate) fn namespaces(locales_dir: &Path) -> Result<Vec<String>, String> {
    let names = entries(&locales_dir.join(SOURCE_LOCALE))?;
    Ok(names
        .iter()
        .filter_map(|name| name.strip_suffix(".json"))
        .map(str::to_owned)
        .collect())
}

fn entries(dir: &Path) -> Result<Vec<String>, String> {
    let read = fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut names: Vec<String> = read
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}

fn path(locales_dir: &Path, locale: &str, namespace: &str) -> PathBuf {
    locales_dir.join(locale).join(format!("{namespace}.json"))
}

/// The texts in the order of the source locale's keys. A missing translation is an error here already.
fn body(locales_dir: &Path, locale: &str, namespace: &str) -> Result<String, String> {
    let texts = read(locales_dir, locale, namespace)?;
    let keys = read(locales_dir, SOURCE_LOCALE, namespace)?;
    let ordered: Result<Vec<Vec<&str>>, String> = keys
        .keys()
        .map(|key| {
            let text = texts.get(key);
            text.map(forms)
                .ok_or_else(|| format!("{locale}/{namespace}.json lacks {key:?}"))
        })
        .collect();
    serde_json::to_string(&ordered?).map_err(|e| e.to_string())
}

/// A text as it travels: `["text"]`, or categories and forms in turn. One shape for both is the cheapest to read.
fn forms(text: &Value) -> Vec<&str> {
    match text {
        Value::Object(forms) => forms
            .iter()
            .flat_map(|(category, form)| [category.as_str(), form.as_str().unwrap_or_default()])
            .collect(),
        plain => plain.as_str().into_iter().collect(),
    }
}

fn file_name(locale: &str, namespace: &str, body: &str) -> String {
    format!("{locale}/{namespace}.{:016x}.json", fnv1a(body))
}

/// FNV-1a, 64 bit: tells builds apart; it guards nothing.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The name of a namespace as a variant: `sign_ins` is `SignIns`.
fn variant(namespace: &str) -> String {
    namespace.split('_').map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn locale_variant(locale: &str) -> Result<&'static str, String> {
    match locale {
        "en" => Ok("Locale::En"),
        "de" => Ok("Locale::De"),
        "zh-CN" => Ok("Locale::ZhCn"),
        other => Err(format!("{other} is not a locale of the contract")),
    }
}
