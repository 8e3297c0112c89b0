//! Mail addresses as people type them.

use crate::validate::code_points;

/// The longest address, in code points (RFC 5321).
pub const MAX: u32 = 254;
const MAX_LOCAL: u32 = 64;

/// Whether `text` is one mail address that can be written into a header as it stands: no spaces, quotes, brackets or
/// separators, and a domain with a dot in it. Narrower than the RFC on purpose, wide enough for every address in use.
pub fn is_one(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let dotted = |part: &str| part.split('.').all(|piece| !piece.is_empty());
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let in_domain = |label: &str| {
        label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    code_points(text) <= MAX
        && code_points(local) <= MAX_LOCAL
        && local.chars().all(plain)
        && dotted(local)
        && domain.contains('.')
        && dotted(domain)
        && domain.split('.').all(in_domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for address in ["a@b.example", "o'neill+crm@mail.portico.example", "李@例子.中国"] {
            assert!(is_one(address), "{address}");
        }
        let long = format!("{}@b.example", "a".repeat(65));
        for text in [
            "",
            "a",
            "a@b",
            "@b.example",
            "a@b..example",
            "a.@b.example",
            "a@-b.example",
            "a b@c.example",
            "a@b.example\r\nBcc: c@d.example",
            "a@b.example,c@d.example",
            "<a@b.example>",
            "\"a b\"@c.example",
            "a@b@c.example",
            &long,
        ] {
            assert!(!is_one(text), "{text}");
        }
    }
}
