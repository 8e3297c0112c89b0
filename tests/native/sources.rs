//! The application's sources as the rules see them: without comments and without their own tests.

use std::fs;
use std::path::Path;

/// A file below `src/`, or below `style/`.
pub(crate) struct Source {
    /// Its path below that folder, with `/`.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

/// Every Rust file below `src/`.
pub(crate) fn rust() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("src"), "", "rs", &mut found);
    assert!(found.len() > 10, "the sources were not found");
    for source in &mut found {
        source.text = code(&source.text);
    }
    found
}

/// Every style sheet below `style/`.
pub(crate) fn css() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("style"), "", "css", &mut found);
    assert!(found.len() > 3, "the style sheets were not found");
    found
}

/// A file of the checkout.
pub(crate) fn file(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(dir: &Path, prefix: &str, extension: &str, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), extension, found);
        } else if entry.path().extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            found.push(Source { path, text });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
}

/// Rust code without its comments and its test module, which comes last in a file.
pub(crate) fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            rest = &rest[end..];
            continue;
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            rest = &rest[end..];
            continue;
        } else if letter == '"' {
            string_length(rest)
        } else if letter == '\'' {
            character_length(rest)
        } else {
            letter.len_utf8()
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

/// The length of the string literal that `rest` begins with.
fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (index, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the character literal that `rest` begins with; 1 for a lifetime.
fn character_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next(), letters.next()) {
        (Some((_, '\\')), Some(_), Some((index, '\''))) | (Some(_), Some((index, '\'')), _) => index + 1,
        _ => 1,
    }
}

/// Every place where `word` stands as a word of its own in `text`.
pub(crate) fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let ends_open = word.ends_with(|last: char| !is_letter(last));
        !before.is_some_and(is_letter) && (ends_open || !after.is_some_and(is_letter))
    })
}

/// Fails with all violations at once, one a line.
pub(crate) fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn comments_and_tests_are_no_code() {
    let text = "let a = \"// no comment\"; // gone\nlet b = '\"'; /* gone */ let c: &'static str;\n#[cfg(test)]\nmod tests {}\n";
    let kept = code(text);
    assert_eq!(
        kept.trim_end(),
        "let a = \"// no comment\"; \nlet b = '\"';  let c: &'static str;"
    );
}

#[test]
fn words_are_whole() {
    assert_eq!(words("a window() my_window() windows()", "window()").count(), 1);
    assert_eq!(words("js_sys::X; my_js_sys", "js_sys").count(), 1);
}
