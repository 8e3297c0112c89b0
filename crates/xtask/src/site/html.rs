//! `index.html`, rewritten for the site: the addresses of the build's own folder, and the digests browsers check.

use std::path::Path;

use super::digest;

/// A file of the build that `index.html` names.
pub(super) struct Asset {
    /// Its address as Trunk wrote it.
    pub(super) from: String,
    /// Its address in the finished site.
    pub(super) to: String,
    /// What it holds.
    pub(super) content: Vec<u8>,
}

/// Points every mention of `asset` to its new place and adds the digest where a browser will check it.
pub(super) fn point(html: &str, asset: &Asset) -> String {
    let integrity = digest::integrity(&asset.content);
    let is_wasm = Path::new(&asset.to)
        .extension()
        .is_some_and(|extension| extension == "wasm");
    let checked = |attribute: &str| match attribute {
        // `fetch` is given this one by boot.js.
        "data-wasm" => format!(" data-wasm-integrity=\"{integrity}\""),
        // A preload of another kind than script or style would warn that it ignores the digest.
        "src" | "href" if !is_wasm => format!(" integrity=\"{integrity}\""),
        _ => String::new(),
    };
    let mut out = html.to_owned();
    for attribute in ["src", "href", "data-js", "data-wasm"] {
        // With the blank, so that `data-…src` is not taken for `src`.
        let old = format!(" {attribute}=\"{}\"", asset.from);
        let new = format!(" {attribute}=\"{}\"{}", asset.to, checked(attribute));
        out = out.replace(&old, &new);
    }
    out
}

/// The folder of the build that a finished `index.html` belongs to.
pub(super) fn build_of(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("\"/assets/")?;
    rest.split_once('/').map(|(build, _)| build)
}

/// What a strict policy would refuse: a script without a file, a style in the document, a handler in an attribute.
pub(super) fn inline_code(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    for tag in lower.split('<').filter(|tag| tag.starts_with("script")) {
        let head = tag.split('>').next().unwrap_or_default();
        if !head.contains(" src=") {
            return Some(format!("<{head}>"));
        }
    }
    for forbidden in [
        "<style",
        " style=",
        " onclick=",
        " onload=",
        " onerror=",
        "javascript:",
    ] {
        if lower.contains(forbidden) {
            return Some(forbidden.trim().to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(from: &str, to: &str) -> Asset {
        Asset {
            from: from.to_owned(),
            to: to.to_owned(),
            content: b"abc".to_vec(),
        }
    }

    #[test]
    fn addresses_are_moved_and_digests_added() {
        let html =
            r#"<script id="boot" src="/boot.js" data-wasm="/p_bg.wasm"></script><link href="/p_bg.wasm">"#;
        let html = point(html, &asset("/boot.js", "/assets/1/boot.js"));
        let html = point(&html, &asset("/p_bg.wasm", "/assets/1/p_bg.wasm"));
        assert!(
            html.contains(r#"src="/assets/1/boot.js" integrity="sha384-"#),
            "{html}"
        );
        assert!(
            html.contains(r#"data-wasm="/assets/1/p_bg.wasm" data-wasm-integrity="sha384-"#),
            "{html}"
        );
        assert!(html.contains(r#"<link href="/assets/1/p_bg.wasm">"#), "{html}");
        assert_eq!(build_of(&html), Some("1"));
    }

    #[test]
    fn inline_code_is_found() {
        assert_eq!(inline_code(r#"<script src="/a.js"></script><p>fine</p>"#), None);
        assert!(inline_code("<script type=\"module\">go()</script>").is_some());
        assert!(inline_code("<p style=\"color: red\">").is_some());
        assert!(inline_code("<STYLE>p {}</STYLE>").is_some());
    }
}
