//! Which of the splitter's files are fetched together.
//!
//! The splitter makes a file for each set of pages that share code: hundreds, most of them small, and a page needs a hundred or
//! two. On a network each of them costs more than its bytes do. So what is needed together is put together:
//!
//! - Pages in the frame are only ever shown when the frame is here. What the frame needs is one file, whichever pages in it
//!   need it as well.
//! - Small pieces that some pages in the frame share come with the first of these pages, for all of them.
//!
//! Either is kept apart by who else needs it: nobody loads what only others need, but for the small pieces.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::binary::{EXPORTS, IMPORTS, PREAMBLE, Reader, sections, write_number, write_sized};
use super::links::{self, Links, MAIN, SHARED};
use super::wasm::{FEATURES, tool};
use crate::process::quietly;
use crate::project::Project;

/// The frame around the pages behind the sign-in.
const FRAME: &str = "__inside_route_view";
/// What is fetched without it. Whatever else there is, is a page in the frame.
const OUTSIDE: [&str; 4] = ["__door_route_view", "grant", "later", "soon"];
/// What comes in the splitter's name of a page before its number.
const PAGE: &str = "_route_view_";
/// Bytes, before they are made small, up to which a piece is small.
const SMALL: u64 = 16 * 1024;

/// Puts together in `dir`, where the splitter has left its files, what is fetched together.
pub(super) fn put_together(project: &Project, dir: &Path) -> Result<()> {
    let script = dir.join(links::FILE);
    let mut links = Links::parse(&fs::read_to_string(&script)?)?;
    check_names(links.pieces.iter().flat_map(|piece| &piece.users))?;
    let mut parts = BTreeMap::<Part, Vec<usize>>::new();
    for (index, piece) in links.pieces.iter().enumerate() {
        let size = fs::metadata(dir.join(&piece.file))?.len();
        parts.entry(Part::of(&piece.users, size)).or_default().push(index);
    }
    for (number, pieces) in parts.into_values().filter(|pieces| pieces.len() > 1).enumerate() {
        let file = format!("shared_{number}.wasm");
        let files: Vec<_> = pieces
            .iter()
            .map(|&piece| dir.join(&links.pieces[piece].file))
            .collect();
        merge(project, &files, &dir.join(&file))?;
        links.replace(&pieces, &file);
        for file in files {
            fs::remove_file(file)?;
        }
    }
    Ok(fs::write(script, links.into_text())?)
}

/// What is fetched together.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// What the frame needs, and these outside of it.
    Frame(BTreeSet<String>),
    /// Small pieces for pages in the frame, and these outside of it.
    Small(BTreeSet<String>),
    /// What exactly these need.
    Of(BTreeSet<String>),
}

impl Part {
    /// Where a piece of `size` bytes belongs that `users` need.
    fn of(users: &BTreeSet<String>, size: u64) -> Self {
        let has_frame = users.iter().any(|user| is(user, FRAME));
        let mut outside = users.clone();
        outside.retain(|user| OUTSIDE.iter().any(|name| is(user, name)));
        if has_frame {
            Self::Frame(outside)
        } else if size < SMALL && outside.len() < users.len() {
            Self::Small(outside)
        } else {
            Self::Of(users.clone())
        }
    }
}

/// Whether the splitter calls `name` so. Its names of pages end with a number.
fn is(user: &str, name: &str) -> bool {
    let rest = user.strip_prefix(name).map(|rest| rest.trim_start_matches('_'));
    rest.is_some_and(|rest| rest.chars().all(|letter| letter.is_ascii_digit()))
}

/// Fails if `users` are not those that the rule above was made for: then what is outside would count as a page in the frame.
fn check_names<'a>(users: impl Iterator<Item = &'a String>) -> Result<()> {
    let users: BTreeSet<_> = users.collect();
    let known = || OUTSIDE.into_iter().chain([FRAME]);
    if let Some(gone) = known().find(|name| !users.iter().any(|user| is(user, name))) {
        bail!("nothing is called {gone} any more: see FRAME and OUTSIDE in site/parts.rs");
    }
    let is_page = |user: &str| {
        user.split_once(PAGE)
            .is_some_and(|(_, number)| number.parse::<u64>().is_ok())
    };
    match users
        .iter()
        .find(|user| !is_page(user) && !known().any(|name| is(user, name)))
    {
        Some(new) => bail!("{new} is not a page: is it outside of the frame? See OUTSIDE in site/parts.rs"),
        None => Ok(()),
    }
}

/// Merges `files` into `out`. All they know of each other is in the memory and the table of the main part.
fn merge(project: &Project, files: &[PathBuf], out: &Path) -> Result<()> {
    let modules = files.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    let hub = out.with_extension("hub");
    fs::write(&hub, hub_of(&modules)?)?;
    let mut merger = tool(project, "wasm-merge");
    merger.arg(&hub).arg(SHARED);
    for (number, file) in files.iter().enumerate() {
        merger.arg(file).arg(format!("part{number}"));
    }
    quietly(merger.args(FEATURES).arg("--output").arg(out)).context("putting parts together")?;
    Ok(fs::remove_file(hub)?)
}

/// A module that hands on what `modules` import, so that they share one memory and one table when they are merged with it.
fn hub_of(modules: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut shared = BTreeMap::new();
    for module in modules {
        for (_, content) in sections(module)?.into_iter().filter(|(kind, _)| *kind == IMPORTS) {
            let mut input = Reader(content);
            for _ in 0..input.number()? {
                let (from, name) = (input.sized()?, input.sized()?);
                let description = input.description()?;
                if from != SHARED.as_bytes() || description[0] == 0 {
                    bail!("a part imports {} itself", String::from_utf8_lossy(name));
                }
                shared.insert(name, description);
            }
        }
    }
    let count = u32::try_from(shared.len())?;
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    write_number(count, &mut imports);
    write_number(count, &mut exports);
    let mut of_kind = [0; 4];
    for (name, description) in shared {
        write_sized(MAIN.as_bytes(), &mut imports);
        write_sized(name, &mut imports);
        imports.extend(description);
        let kind = description[0];
        write_sized(name, &mut exports);
        exports.push(kind);
        let index = &mut of_kind[usize::from(kind)];
        write_number(*index, &mut exports);
        *index += 1;
    }
    let mut module = PREAMBLE.to_vec();
    for (number, content) in [(IMPORTS, imports), (EXPORTS, exports)] {
        module.push(number);
        write_sized(&content, &mut module);
    }
    Ok(module)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn what_the_frame_needs_is_apart_only_from_what_is_outside() {
        let frame = "__inside_route_view_805";
        for pages in [
            &[frame, "__today_route_view_805"][..],
            &[frame, "__board_route_view_805", "__deal_route_view_805"],
        ] {
            assert_eq!(Part::of(&users(pages), 1), Part::Frame(users(&[])));
        }
        assert_eq!(
            Part::of(&users(&[frame, "__deal_route_view_805", "later"]), SMALL),
            Part::Frame(users(&["later"]))
        );
    }

    #[test]
    fn a_name_that_the_rule_does_not_know_is_an_error() {
        let known = [
            FRAME,
            "__door_route_view_805",
            "grant",
            "later",
            "soon",
            "__today_route_view_805",
        ];
        let check = |names: &[&str]| check_names(users(names).iter());
        assert!(check(&known).is_ok());
        assert!(check(&known[1..]).is_err(), "no frame");
        assert!(check(&known[..4]).is_err(), "nothing comes soon");
        assert!(
            check(&[&known[..], &["sooner"]].concat()).is_err(),
            "something new"
        );
    }

    #[test]
    fn only_small_pieces_come_with_pages_that_do_without_them() {
        let pages = users(&[
            "__board_route_view_805",
            "__deal_route_view_805",
            "__door_route_view_805",
        ]);
        assert_eq!(
            Part::of(&pages, SMALL - 1),
            Part::Small(users(&["__door_route_view_805"]))
        );
        assert_eq!(Part::of(&pages, SMALL), Part::Of(pages.clone()));
        // Nobody outside of the frame loads anything for others.
        let outside = users(&["later", "soon"]);
        assert_eq!(Part::of(&outside, 1), Part::Of(outside.clone()));
    }

    #[test]
    fn the_hub_hands_on_what_is_imported_once() {
        // Imports a memory; a table and the same memory.
        let memory: &[u8] = b"\x0c__wasm_split\x01m\x02\0\x14";
        let table: &[u8] = b"\x0c__wasm_split\x01t\x01\x70\0\x03";
        let module = |imports: &[&[u8]]| {
            let mut section = vec![u8::try_from(imports.len()).expect("few")];
            for import in imports {
                section.extend(*import);
            }
            let mut module = PREAMBLE.to_vec();
            module.push(IMPORTS);
            write_sized(&section, &mut module);
            module
        };
        let hub = hub_of(&[module(&[memory]), module(&[table, memory])]).expect("they agree");
        let expected: [(u8, &[u8]); 2] = [
            (IMPORTS, b"\x02\x04main\x01m\x02\0\x14\x04main\x01t\x01\x70\0\x03"),
            (EXPORTS, b"\x02\x01m\x02\0\x01t\x01\0"),
        ];
        assert_eq!(sections(&hub).expect("it is WebAssembly"), expected);
        assert!(
            hub_of(&[module(&[b"\x0c__wasm_split\x01f\0\0"])]).is_err(),
            "a function"
        );
    }
}
