//! Trunk's `pre_build` hook: what Trunk cannot make itself is put where `index.html` and [`super::finish`] expect it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use crate::catalogue;
use crate::project::Project;

/// The layers' order comes first; the other folders are named in the order of the layers they fill.
const STYLES: [&str; 6] = [
    "layers.css",
    "tokens",
    "base",
    "components",
    "features",
    "utilities.css",
];

/// What of the components and features the screens show that can come first: the sign-in, and what says that something
/// is wrong. The tests of the sign-in's look keep the list complete, its weight keeps it short.
const FIRST: [&str; 10] = [
    "banner.css",
    "button.css",
    "fault.css",
    "field.css",
    "icon.css",
    "mark.css",
    "password_field.css",
    "select.css",
    "sign_in.css",
    "states.css",
];

/// The style sheet of the first screen.
pub(super) const FIRST_SHEET: &str = "portico.css";
/// That of all others, which the application loads.
pub(super) const INSIDE_SHEET: &str = "inside.css";

/// Writes the style sheets and the catalogues of texts.
pub(crate) fn write(project: &Project) -> Result<()> {
    let staging = project.staging();
    fs::create_dir_all(&staging)?;
    let Sheets { first, inside } = style_sheets(&project.root.join("style"))?;
    fs::write(staging.join(FIRST_SHEET), first)?;
    fs::write(staging.join(INSIDE_SHEET), inside)?;
    let catalogues = staging.join("locales");
    if catalogues.exists() {
        fs::remove_dir_all(&catalogues)?;
    }
    catalogue::emit(&project.root.join("src/i18n/locales"), &catalogues).map_err(|error| anyhow!(error))?;
    Ok(())
}

/// The style sheets.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sheets {
    first: String,
    inside: String,
}

/// Two sheets of all: Trunk does not follow `@import`, and two requests are better than forty.
fn style_sheets(dir: &Path) -> Result<Sheets> {
    let mut sheets = Sheets::default();
    for part in STYLES {
        let is_split = matches!(part, "components" | "features");
        for file in css_files(&dir.join(part))? {
            let css = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let comes_first = !is_split
                || file
                    .file_name()
                    .is_some_and(|name| FIRST.iter().any(|first| name == *first));
            let sheet = if comes_first {
                &mut sheets.first
            } else {
                &mut sheets.inside
            };
            squeeze(&css, sheet);
        }
    }
    Ok(sheets)
}

fn css_files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        let entry = entry?.path();
        if entry.is_dir() {
            files.extend(css_files(&entry)?);
        } else if entry.extension().is_some_and(|extension| extension == "css") {
            files.push(entry);
        }
    }
    files.sort();
    Ok(files)
}

/// Appends `css` without comments, indents and empty lines. Line breaks stay: compression makes nothing of them, and
/// whoever takes them out has to know the whole grammar.
fn squeeze(css: &str, out: &mut String) {
    for line in without_comments(css)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        out.push_str(line);
        out.push('\n');
    }
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut quote = None;
    let mut letters = css.chars().peekable();
    while let Some(letter) = letters.next() {
        match quote {
            None if letter == '/' && letters.peek() == Some(&'*') => {
                skip_comment(&mut letters);
                continue;
            }
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if letter == open => quote = None,
            _ => {}
        }
        out.push(letter);
    }
    out
}

fn skip_comment(letters: &mut impl Iterator<Item = char>) {
    letters.next();
    let mut last = ' ';
    for letter in letters {
        if last == '*' && letter == '/' {
            break;
        }
        last = letter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indents_go_and_strings_stay() {
        let mut out = String::new();
        squeeze(
            "/* a */\n.x {\n  content: \"/* b */\"; /* c\n d **/ color: red;\n\n}\n",
            &mut out,
        );
        assert_eq!(out, ".x {\ncontent: \"/* b */\";  color: red;\n}\n");
    }

    #[test]
    fn the_order_of_layers_comes_first() {
        let dir = tempfile::tempdir().expect("a folder");
        for part in &STYLES[1..5] {
            fs::create_dir(dir.path().join(part)).expect("a folder");
            fs::write(dir.path().join(part).join("z.css"), format!("{part}{{}}")).expect("a file");
        }
        fs::write(dir.path().join("layers.css"), "first").expect("a file");
        fs::write(dir.path().join("utilities.css"), "last").expect("a file");
        fs::write(dir.path().join("features/sign_in.css"), "sign_in{}").expect("a file");
        let sheets = style_sheets(dir.path()).expect("sheets");
        assert_eq!(sheets.first, "first\ntokens{}\nbase{}\nsign_in{}\nlast\n");
        assert_eq!(sheets.inside, "components{}\nfeatures{}\n");
    }
}
