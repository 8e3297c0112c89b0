//! Short names between the WebAssembly and its JavaScript. wasm-bindgen's carry a hash each, which no compression gets
//! rid of: a tenth of the JavaScript.

use std::collections::HashMap;

use anyhow::{Result, bail};

use super::binary::{IMPORTS, PREAMBLE, Reader, sections, write_number, write_sized};

/// Gives everything that `wasm` imports from `module` a short name, there and in `js`, where it is a member of an object.
pub(super) fn shorten(wasm: &[u8], js: &str, module: &str) -> Result<(Vec<u8>, String)> {
    let mut names = HashMap::new();
    let mut out = PREAMBLE.to_vec();
    for (kind, content) in sections(wasm)? {
        let content = if kind == IMPORTS {
            renamed(content, module, &mut names)?
        } else {
            content.to_vec()
        };
        out.push(kind);
        write_sized(&content, &mut out);
    }
    Ok((out, replaced(js, &names)?))
}

/// The section of imports with short names, which are noted in `names`.
fn renamed(section: &[u8], module: &str, names: &mut HashMap<String, String>) -> Result<Vec<u8>> {
    let mut input = Reader(section);
    let count = input.number()?;
    let mut out = Vec::new();
    write_number(count, &mut out);
    for _ in 0..count {
        let from = input.sized()?;
        let name = std::str::from_utf8(input.sized()?)?;
        let description = input.description()?;
        write_sized(from, &mut out);
        if from == module.as_bytes() {
            let next = short(names.len());
            let short = names.entry(name.to_owned()).or_insert(next);
            write_sized(short.as_bytes(), &mut out);
        } else {
            write_sized(name.as_bytes(), &mut out);
        }
        out.extend(description);
    }
    Ok(out)
}

/// A name that is also one in JavaScript.
fn short(index: usize) -> String {
    format!("i{index:x}")
}

/// `js` with its members called by their short names.
fn replaced(js: &str, names: &HashMap<String, String>) -> Result<String> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let mut out = String::with_capacity(js.len());
    let mut found = 0;
    let mut rest = js;
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter| !is_part(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        out.push_str(before);
        match names.get(word) {
            // A call or another object's member may have the same name.
            Some(short) if after.starts_with(':') && !before.ends_with('.') => {
                found += 1;
                out.push_str(short);
            }
            _ => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    if found != names.len() {
        bail!("{found} of {} imports are members in the JavaScript", names.len());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports a function `name` and a memory from `./a.js`, and a function of the same name from elsewhere.
    fn module(name: &str, other: &str) -> Vec<u8> {
        let mut section = vec![3];
        for (from, name, description) in [
            ("./a.js", name, &[0, 0][..]),
            ("./a.js", "memory", &[2, 1, 17, 0x80, 0x80, 1][..]),
            ("env", other, &[0, 0][..]),
        ] {
            write_sized(from.as_bytes(), &mut section);
            write_sized(name.as_bytes(), &mut section);
            section.extend(description);
        }
        let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        write_sized(&section, &mut wasm);
        wasm
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let js = "const a = { __wbg_now_1: function() { return x.memory; }, memory: m }; a.__wbg_now_1();";
        let (wasm, js) = shorten(&module("__wbg_now_1", "__wbg_now_1"), js, "./a.js").expect("it is short");
        let mut expected = module("i0", "__wbg_now_1");
        let long = expected
            .windows(6)
            .position(|part| part == b"memory")
            .expect("the memory's name");
        expected.splice(long - 1..long + 6, *b"\x02i1");
        expected[15] -= 4;
        assert_eq!(wasm, expected);
        assert_eq!(
            js,
            "const a = { i0: function() { return x.memory; }, i1: m }; a.__wbg_now_1();"
        );
    }

    #[test]
    fn what_the_javascript_lacks_is_an_error() {
        assert!(shorten(&module("__wbg_now_1", "x"), "const a = {};", "./a.js").is_err());
        assert!(shorten(b"\0asm", "", "./a.js").is_err());
    }
}
