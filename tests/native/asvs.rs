//! The ledger of ASVS 5.0, `docs/asvs.toml`: no requirement of the claim is left out, and what shows it exists.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::sources::{self, assert_none};

/// Levels 1 and 2 of the chapters V3 (web front end), V6 (authentication), V7 (sessions), V9 (tokens) and V11
/// (cryptography).
const REQUIRED: [(u8, &str); 10] = [
    (1, "3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3"),
    (
        2,
        "3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1 3.7.2",
    ),
    (
        1,
        "6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2",
    ),
    (
        2,
        "6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 \
         6.8.1 6.8.2 6.8.3 6.8.4",
    ),
    (1, "7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2"),
    (
        2,
        "7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2",
    ),
    (1, "9.1.1 9.1.2 9.1.3 9.2.1"),
    (2, "9.2.2 9.2.3 9.2.4"),
    (1, "11.3.1 11.3.2 11.4.1"),
    (
        2,
        "11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1",
    ),
];
/// What asks for something written: there a document is enough.
const WRITTEN: &str = "3.1.1 3.5.4 6.1.1 6.1.2 6.1.3 7.1.1 7.1.2 7.1.3 11.1.1 11.1.2";
/// Where tests are.
const PLACES: [&str; 5] = [
    "crates/",
    "src/",
    "tests/native/",
    "tests/web/",
    "tests/e2e/specs/",
];
/// The fewest letters of something that explains.
const FEWEST: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ledger {
    /// Lists of crates whose absence some reasons rest on.
    absent: BTreeMap<String, Vec<String>>,
    requirement: BTreeMap<String, Entry>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    level: u8,
    check: String,
    tests: Vec<String>,
    documents: Vec<String>,
    not_applicable: Option<String>,
    while_without: Option<String>,
    open: Option<String>,
}

/// The checkout, as far as the ledger speaks of it.
struct Checkout<'a> {
    /// The text of a file; empty where there is none.
    file: &'a dyn Fn(&str) -> String,
    /// `Cargo.lock`.
    lock: &'a str,
}

#[test]
fn the_claim_rests_on_what_is_there() {
    let ledger: Ledger = toml::from_str(&sources::file("docs/asvs.toml")).expect("docs/asvs.toml");
    let lock = sources::file("Cargo.lock");
    let checkout = Checkout {
        file: &sources::file,
        lock: &lock,
    };
    assert_none(&faults(&ledger, &required(), &checkout));
}

fn required() -> BTreeMap<&'static str, u8> {
    REQUIRED
        .iter()
        .flat_map(|(level, ids)| ids.split_whitespace().map(|id| (id, *level)))
        .collect()
}

fn faults(ledger: &Ledger, required: &BTreeMap<&str, u8>, checkout: &Checkout) -> Vec<String> {
    let missing = required
        .keys()
        .filter(|id| !ledger.requirement.contains_key(**id))
        .map(|id| format!("{id}: it has no entry"));
    let entries = ledger.requirement.iter().flat_map(|(id, entry)| {
        let found = entry
            .faults(id, required.get(id.as_str()).copied(), ledger, checkout)
            .into_iter();
        found.map(move |fault| format!("{id}: {fault}"))
    });
    missing.chain(entries).collect()
}

impl Entry {
    fn faults(&self, id: &str, level: Option<u8>, ledger: &Ledger, checkout: &Checkout) -> Vec<String> {
        let mut found = Vec::new();
        // What is not required is here because it is met.
        let (level, has_tests) = (level.unwrap_or(3), !self.tests.is_empty());
        if self.level != level {
            found.push(format!("its level is {level}"));
        }
        if level == 3 && (!has_tests || self.open.is_some()) {
            found.push("beyond the claim only what is shown has a place".to_owned());
        }
        let is_shown = has_tests || !self.documents.is_empty();
        let grounds = [is_shown || self.open.is_some(), self.not_applicable.is_some()];
        if grounds.iter().filter(|ground| **ground).count() != 1 {
            found.push("it needs tests, or else one of not_applicable and open".to_owned());
        }
        if is_shown && !has_tests && !WRITTEN.split_whitespace().any(|written| written == id) {
            found.push("a document alone does not show it".to_owned());
        }
        let told = [&self.not_applicable, &self.open];
        let told = told.into_iter().flatten().chain([&self.check]);
        found.extend(
            told.filter(|text| text.trim().len() < FEWEST)
                .map(|text| format!("{text:?} explains nothing")),
        );
        found.extend(self.ended(ledger, checkout.lock));
        let tests = self.tests.iter().map(|place| test_fault(place, checkout));
        let documents = self.documents.iter().map(|place| heading_fault(place, checkout));
        found.extend(tests.chain(documents).flatten());
        found
    }

    /// Why its reason does not hold any more.
    fn ended(&self, ledger: &Ledger, lock: &str) -> Option<String> {
        let name = self.while_without.as_ref()?;
        if self.not_applicable.is_none() {
            return Some("while_without belongs to not_applicable".to_owned());
        }
        let Some(crates) = ledger.absent.get(name) else {
            return Some(format!("[absent] has no list {name}"));
        };
        let here = crates
            .iter()
            .find(|it| lock.contains(&format!("name = \"{it}\"\n")))?;
        Some(format!("it applies since {here} is a dependency"))
    }
}

/// Why `place`, written as `file: name`, is no test.
fn test_fault(place: &str, checkout: &Checkout) -> Option<String> {
    let Some((file, name)) = place.split_once(": ") else {
        return Some(format!("{place:?} is not `file: name`"));
    };
    if !PLACES.iter().any(|start| file.starts_with(start)) {
        return Some(format!("there are no tests in {file}"));
    }
    let text = (checkout.file)(file);
    let exists = match file.rsplit('.').next() {
        Some("rs") => has_function(&text, name),
        Some("ts") => ['"', '`']
            .iter()
            .any(|quote| text.contains(&format!("test({quote}{name}{quote},"))),
        _ => false,
    };
    (!exists).then(|| format!("{file} has no test {name:?}"))
}

/// Whether `text` has a function `name` that is run as a test.
fn has_function(text: &str, name: &str) -> bool {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let is_it = |line: &str| {
        let rest = line.strip_prefix("async ").unwrap_or(line);
        rest.strip_prefix("fn ")
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with('('))
    };
    let is_run = |at: usize| {
        let above = lines[..at].iter().rev();
        above
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
            .any(|line| {
                line.starts_with("#[")
                    && sources::words(line, "test")
                        .chain(sources::words(line, "wasm_bindgen_test"))
                        .next()
                        .is_some()
            })
    };
    (0..lines.len()).any(|at| is_it(lines[at]) && is_run(at))
}

/// Why `place`, written as `file: heading`, is no part of a document.
fn heading_fault(place: &str, checkout: &Checkout) -> Option<String> {
    let Some((file, heading)) = place.split_once(": ") else {
        return Some(format!("{place:?} is not `file: heading`"));
    };
    let text = (checkout.file)(file);
    let mut headings = text.lines().filter(|line| line.starts_with('#'));
    let exists = headings.any(|line| line.trim_start_matches('#').trim() == heading);
    (!exists).then(|| format!("{file} has no heading {heading:?}"))
}

#[cfg(test)]
mod samples {
    use super::*;

    const GOOD: &str = r#"
        [absent]
        tokens = ["jsonwebtoken"]
        [requirement."3.2.1"]
        level = 1
        check = "what an answer is when it is opened"
        tests = ["crates/backend/tests/api/headers.rs: one", "tests/e2e/specs/security.spec.ts: a page of another origin"]
        open = "the answers of another server are not looked at"
        [requirement."6.1.2"]
        level = 2
        check = "which words are nobody's password"
        documents = ["docs/SECURITY.md: Passwords"]
        [requirement."6.5.1"]
        level = 2
        check = "that a code works but once"
        open = "there is no second factor yet"
        [requirement."9.1.1"]
        level = 1
        check = "whose tokens are taken for true"
        not_applicable = "no token says anything by itself"
        while_without = "tokens"
        [requirement."3.4.7"]
        level = 3
        check = "where a browser tells what was blocked"
        tests = ["src/app/routes.rs: inner"]
    "#;

    fn file(path: &str) -> String {
        match path {
            "crates/backend/tests/api/headers.rs" => "#[tokio::test]\nasync fn one() {}\nfn two() {}\n",
            "src/app/routes.rs" => "    #[wasm_bindgen_test]\n    // Why.\n    fn inner() {}\n",
            "tests/e2e/specs/security.spec.ts" => "test(\"a page of another origin\", async () => {});",
            "docs/SECURITY.md" => "# Security\n\n## Passwords\n",
            _ => "",
        }
        .to_owned()
    }

    /// The faults of [`GOOD`] with `from` replaced by `to`, where `lock` is what is depended on.
    fn broken(from: &str, to: &str, lock: &str) -> Vec<String> {
        assert!(GOOD.contains(from), "{from}");
        let ledger: Ledger = toml::from_str(&GOOD.replace(from, to)).expect("a ledger");
        let required = BTreeMap::from([("3.2.1", 1), ("6.1.2", 2), ("6.5.1", 2), ("9.1.1", 1)]);
        faults(&ledger, &required, &Checkout { file: &file, lock })
    }

    #[test]
    fn a_whole_ledger_passes() {
        assert_none(&broken("one", "one", "name = \"serde\"\n"));
        let required = required();
        assert_eq!(
            required.len(),
            19 + 35 + 18 + 7 + 14,
            "as many as the standard has"
        );
    }

    #[test]
    fn each_fault_is_found() {
        for (from, to, fault) in [
            (
                "requirement.\"6.5.1\"",
                "requirement.\"6.5.8\"",
                "6.5.1: it has no entry",
            ),
            ("level = 1", "level = 2", "3.2.1: its level is 1"),
            (
                ": one\"",
                ": two\"",
                "3.2.1: crates/backend/tests/api/headers.rs has no test \"two\"",
            ),
            (
                ": one\"",
                ": on\"",
                "3.2.1: crates/backend/tests/api/headers.rs has no test \"on\"",
            ),
            (
                "a page of",
                "no page of",
                "3.2.1: tests/e2e/specs/security.spec.ts has no test",
            ),
            (
                "src/app/routes.rs",
                "src/app/gone.rs",
                "3.4.7: src/app/gone.rs has no test",
            ),
            (
                "src/app/routes.rs: inner",
                "docs/SECURITY.md: Passwords",
                "3.4.7: there are no tests in docs",
            ),
            ("src/app/routes.rs: inner", "inner", "3.4.7: \"inner\" is not"),
            (
                "SECURITY.md: Passwords",
                "SECURITY.md: Password",
                "6.1.2: docs/SECURITY.md has no heading",
            ),
            (
                "requirement.\"6.1.2\"",
                "requirement.\"6.2.11\"",
                "6.2.11: a document alone",
            ),
            (
                "open = \"there is no second factor yet\"",
                "",
                "6.5.1: it needs tests",
            ),
            (
                "open =",
                "not_applicable = \"there is nothing like it\"\nopen =",
                "6.5.1: it needs tests",
            ),
            (
                "there is no second factor yet",
                "later",
                "6.5.1: \"later\" explains nothing",
            ),
            (
                "while_without = \"tokens\"",
                "while_without = \"coins\"",
                "9.1.1: [absent] has no list coins",
            ),
        ] {
            let found = broken(from, to, "");
            assert!(found.iter().any(|it| it.starts_with(fault)), "{fault}: {found:?}");
        }
    }

    #[test]
    fn a_reason_ends_with_what_it_rests_on() {
        let found = broken(
            "one",
            "one",
            "[[package]]\nname = \"jsonwebtoken\"\nversion = \"10.0.0\"\n",
        );
        assert_eq!(found, ["9.1.1: it applies since jsonwebtoken is a dependency"]);
    }
}
