//! The splitter's JavaScript, which fetches the parts of the application with what they share.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};

/// Its name.
pub(super) const FILE: &str = "__wasm_split.js";
/// The module that the splitter's files import from.
pub(super) const SHARED: &str = "__wasm_split";
/// The module that files put together import the same from.
pub(super) const MAIN: &str = "main";

/// One of the splitter's files that several parts of the application share.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    /// What the script calls it.
    variable: String,
    /// Its name.
    pub(super) file: String,
    /// The parts that need it.
    pub(super) users: BTreeSet<String>,
}

/// The splitter's JavaScript: what comes before its pieces, they, and what needs them.
#[derive(Debug)]
pub(super) struct Links {
    runtime: String,
    /// What is shared.
    pub(super) pieces: Vec<Piece>,
    /// By the variable that is to be used: which one it stands for, and its file.
    merged: BTreeMap<String, (String, String)>,
    loaders: String,
}

impl Links {
    /// Reads the script as the splitter writes it.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let (runtime, rest) = text.split_once("/* ").context("it shares nothing")?;
        let (rest, loaders) = rest.split_once("export const ").context("it loads nothing")?;
        let pieces = rest.split("/* ").map(Piece::parse).collect::<Result<_>>()?;
        Ok(Self {
            runtime: runtime.to_owned(),
            pieces,
            merged: BTreeMap::new(),
            loaders: format!("export const {loaders}"),
        })
    }

    /// Lets `file` stand for `pieces`.
    pub(super) fn replace(&mut self, pieces: &[usize], file: &str) {
        let Some(&first) = pieces.first() else { return };
        let first = self.pieces[first].variable.clone();
        for &piece in pieces {
            let variable = self.pieces[piece].variable.clone();
            self.merged.insert(variable, (first.clone(), file.to_owned()));
        }
    }

    /// The script that fetches what stands for the pieces.
    pub(super) fn into_text(self) -> String {
        let mut text = vec![self.runtime];
        text.push(format!(
            "const shared = () => {{ const it = getSharedImports(); it.{MAIN} ??= it.{SHARED}; return it; }};\n\
             const part = (file) => makeLoad(() => {{\n\
             const source = fetch(new URL(file, import.meta.url));\n\
             source.catch(() => {{}});\n\
             return async () => WebAssembly.instantiateStreaming(source, shared());\n\
             }}, []);\n"
        ));
        for piece in &self.pieces {
            let (variable, file) = match self.merged.get(&piece.variable) {
                Some((first, _)) if *first != piece.variable => continue,
                Some((first, file)) => (first, file),
                None => (&piece.variable, &piece.file),
            };
            text.push(format!("const {variable} = part(\"./{file}\");\n"));
        }
        // Each is named once for each that needs it, in brackets after the file of its own.
        let mut rest = self.loaders.as_str();
        while let Some((before, after)) = rest.split_once(", [") {
            let (needed, after) = after.split_once(']').unwrap_or((after, ""));
            let stands_for = |variable: &str| match self.merged.get(variable) {
                Some((first, _)) => first.clone(),
                None => variable.to_owned(),
            };
            let needed: BTreeSet<_> = needed
                .split(", ")
                .filter(|it| !it.is_empty())
                .map(stands_for)
                .collect();
            let needed: Vec<_> = needed.into_iter().collect();
            text.push(format!("{before}, [{}]", needed.join(", ")));
            rest = after;
        }
        text.push(rest.to_owned());
        text.concat()
    }
}

impl Piece {
    /// Reads `user, user */ const variable = … fetch(new URL("./file", …`.
    fn parse(text: &str) -> Result<Self> {
        let between = |start: &str, end: &str| Some(text.split_once(start)?.1.split_once(end)?.0.to_owned());
        let users = text.split_once(" */").context("a piece without users")?.0;
        let piece = Self {
            variable: between("const ", " =").context("a piece without a name")?,
            file: between("new URL(\"./", "\"").context("a piece without a file")?,
            users: users.split(", ").map(str::to_owned).collect(),
        };
        if piece.users.len() < 2 {
            bail!("{} is not shared", piece.file);
        }
        Ok(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    const SCRIPT: &str = r#"import { initSync } from "./portico.js";
function makeLoad(fetcher, deps) {}
/* a, b */
const __chunk_1 = makeLoad(() => {
    const src = fetch(new URL("./chunk_1.wasm", import.meta.url));
}
, []);
/* a, c */
const __chunk_2 = makeLoad(() => {
    const src = fetch(new URL("./chunk_2.wasm", import.meta.url));
}
, []);
/* b, c */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
}
, []);
export const __wasm_split_load_a = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_a.wasm", import.meta.url));
}
, [__chunk_1, __chunk_2]));
export const __wasm_split_load_b = wrapAsyncCb(makeLoad(() => async (_imp) => ({}), [__chunk_1, __chunk_3]));
export const __wasm_split_load_c = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_c.wasm", import.meta.url));
}
, [__chunk_2, __chunk_3]));
"#;

    #[test]
    fn whoever_needs_one_of_them_loads_the_file_of_all() {
        let mut script = Links::parse(SCRIPT).expect("it is such a script");
        assert_eq!(script.pieces.len(), 3);
        assert_eq!(
            script.pieces[1],
            Piece {
                variable: "__chunk_2".to_owned(),
                file: "chunk_2.wasm".to_owned(),
                users: users(&["a", "c"]),
            }
        );
        script.replace(&[1, 2], "shared_0.wasm");
        let text = script.into_text();
        for line in [
            "const __chunk_1 = part(\"./chunk_1.wasm\");",
            "const __chunk_2 = part(\"./shared_0.wasm\");",
            ", [__chunk_1, __chunk_2]));",
            ", [__chunk_2]));",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("__chunk_3"), "{text}");
        assert!(
            text.starts_with("import { initSync }") && text.contains("split_c.wasm"),
            "{text}"
        );
    }

    #[test]
    fn a_script_of_another_splitter_is_an_error() {
        assert!(Links::parse("").is_err());
        assert!(Links::parse("/* a, b */ let x;export const y").is_err());
        assert!(Links::parse(&SCRIPT.replace("/* a, b */", "/* a */")).is_err());
    }
}
