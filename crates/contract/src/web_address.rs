//! Web addresses as people type them.

/// The address that `text` stands for; people leave the scheme out. `None` when a browser would not open it, or would
/// go somewhere else than it seems.
pub fn canonical(text: &str) -> Option<String> {
    let with_scheme = text
        .split_once("://")
        .filter(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    let (scheme, rest) = with_scheme.unwrap_or(("https", text));
    let scheme = scheme.to_ascii_lowercase();
    let authority = rest.split(['/', '?', '#']).next()?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_host = host.contains('.') && host.split('.').all(is_label);
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let is_unbroken = !rest
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>'));
    let opens = matches!(&*scheme, "https" | "http") && is_host && is_port && is_unbroken;
    opens.then(|| format!("{scheme}://{rest}"))
}

/// Whether `text` can stand between the dots of a host name, in any script.
fn is_label(text: &str) -> bool {
    let fits = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-';
    !text.is_empty() && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_taken_as_people_type_them() {
        for (typed, address) in [
            ("example.com", "https://example.com"),
            ("www.example.com/über?a=b#c", "https://www.example.com/über?a=b#c"),
            ("example.com/?u=https://a.b", "https://example.com/?u=https://a.b"),
            ("HTTP://example.com:8080", "http://example.com:8080"),
            ("https://müller.example/", "https://müller.example/"),
            ("例子.中国", "https://例子.中国"),
        ] {
            assert_eq!(canonical(typed).as_deref(), Some(address), "{typed}");
        }
    }

    #[test]
    fn what_could_run_or_mislead_is_refused() {
        for text in [
            "",
            "example",
            "javascript:alert(1)",
            "javascript://example.com/%0aalert(1)",
            "data:text/html,x",
            "ftp://example.com",
            "//example.com",
            "https:example.com",
            "https://",
            "https://bank.example@evil.example",
            "https://a.example\\@b.example",
            "https://a..example",
            "https://a.example:99999",
            "https://a.example:",
            "https://a.example:+80",
            "https://a.example/ b",
            "https://a.example/\u{7}",
            "https://a.example/<script>",
        ] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_address_is_its_own(text in "(https?://)?[a-z.:/@?é ]{0,20}") {
            if let Some(address) = canonical(&text) {
                prop_assert!(address.starts_with("http://") || address.starts_with("https://"));
                prop_assert_eq!(canonical(&address), Some(address.clone()));
            }
        }
    }
}
