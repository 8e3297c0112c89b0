//! Every language says everything the others say.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sources::{assert_none, root};

#[expect(
    dead_code,
    reason = "the file is shared with the build; only its reading half is needed here"
)]
#[path = "../../crates/xtask/src/catalogue.rs"]
mod catalogue;

/// The forms a number takes in each language (`Intl.PluralRules`).
const FORMS: [(&str, &[&str]); 3] = [
    ("de", &["one", "other"]),
    ("en", &["one", "other"]),
    ("zh-CN", &["other"]),
];

#[test]
fn all_languages_have_the_same_texts() -> Result<(), String> {
    let dir = root().join("src/i18n/locales");
    let mut violations = Vec::new();
    let namespaces = catalogue::namespaces(&dir)?;
    assert_eq!(
        catalogue::locales(&dir)?,
        FORMS.map(|(locale, _)| locale),
        "languages with a folder"
    );
    for (locale, forms) in FORMS {
        for namespace in &namespaces {
            let (texts, english) = (
                catalogue::read(&dir, locale, namespace)?,
                catalogue::read(&dir, "en", namespace)?,
            );
            let keys: BTreeSet<&String> = texts.keys().chain(english.keys()).collect();
            for key in keys {
                let problem = problem(english.get(key), texts.get(key), forms)?;
                violations.extend(problem.map(|what| format!("{locale}/{namespace}.json {key}: {what}")));
            }
        }
        let files = std::fs::read_dir(dir.join(locale))
            .map_err(|error| error.to_string())?
            .count();
        assert_eq!(files, namespaces.len(), "files of {locale}");
    }
    assert_none(&violations);
    Ok(())
}

fn problem(english: Option<&Value>, text: Option<&Value>, forms: &[&str]) -> Result<Option<String>, String> {
    let (Some(english), Some(text)) = (english, text) else {
        return Ok(Some(
            if text.is_none() {
                "is missing"
            } else {
                "is not in English"
            }
            .to_owned(),
        ));
    };
    if english.is_object() != text.is_object() {
        return Ok(Some("has plural forms in one language only".to_owned()));
    }
    let said: Vec<&Value> = text
        .as_object()
        .map_or_else(|| vec![text], |forms| forms.values().collect());
    if said
        .iter()
        .any(|form| form.as_str().is_none_or(|form| form.trim().is_empty()))
    {
        return Ok(Some("is empty".to_owned()));
    }
    if text
        .as_object()
        .is_some_and(|own| !own.keys().map(String::as_str).eq(forms.iter().copied()))
    {
        return Ok(Some(format!("needs exactly the forms {forms:?}")));
    }
    let (wanted, found) = (catalogue::placeholders(english)?, catalogue::placeholders(text)?);
    Ok((wanted != found).then(|| format!("has the placeholders {found:?} instead of {wanted:?}")))
}

#[cfg(test)]
mod samples {
    use super::*;
    use serde_json::json;

    fn refused(english: Option<&Value>, text: Option<&Value>) -> bool {
        problem(english, text, &["one", "other"])
            .expect("readable texts")
            .is_some()
    }

    #[test]
    fn gaps_are_found() {
        assert!(refused(Some(&json!("a")), None));
        assert!(refused(None, Some(&json!("a"))));
        assert!(refused(Some(&json!("a {b}")), Some(&json!("a {c}"))));
        assert!(refused(Some(&json!("a")), Some(&json!("  "))));
        assert!(refused(
            Some(&json!({"one": "a", "other": "b"})),
            Some(&json!("b"))
        ));
        assert!(refused(
            Some(&json!({"one": "a", "other": "b"})),
            Some(&json!({"other": "b"}))
        ));
    }

    #[test]
    fn equal_texts_pass() {
        assert!(!refused(Some(&json!("a {b}")), Some(&json!("{b} c"))));
        let plural = json!({"one": "{count} a", "other": "{count} b"});
        assert!(!refused(Some(&plural), Some(&plural)));
    }
}

/// The page shows the sign-in form before the application is here, and then the same words must stand there.
#[test]
fn the_page_and_the_application_say_the_same_at_the_sign_in() -> Result<(), String> {
    let dir = root().join("src/i18n/locales");
    let boot = crate::sources::file("public/boot.js");
    for (locale, _) in FORMS {
        let texts = catalogue::read(&dir, locale, "auth")?;
        for key in ["forgot", "heading", "host", "identifier", "password", "submit"] {
            let line = format!("{key}: {},", texts[key]);
            assert!(boot.contains(&line), "{locale}: {line}");
        }
    }
    Ok(())
}
