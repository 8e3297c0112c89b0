//! What a text is before it is in a language.

use super::texts::Namespace;

/// A text without arguments: its place in its namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub(super) namespace: Namespace,
    pub(super) index: usize,
}

/// A text with what goes into its braces. Made by the functions in [`super::texts`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub(super) text: Text,
    /// Chooses the plural form and fills `{count}`.
    pub(super) count: Option<u64>,
    pub(super) arguments: Vec<(&'static str, String)>,
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self {
            text,
            count: None,
            arguments: Vec::new(),
        }
    }
}

/// Puts `arguments` into the braces of `pattern`. An argument's own braces are left alone.
pub(super) fn fill(pattern: &str, arguments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, value)) = arguments.iter().find(|(argument, _)| *argument == name) {
            out.push_str(value);
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn arguments_go_where_their_names_stand() {
        assert_eq!(fill("{a} of {b}, {a}", &[("a", "1"), ("b", "2")]), "1 of 2, 1");
    }

    #[test]
    fn a_hostile_argument_is_not_expanded_again() {
        assert_eq!(
            fill("Hello {name}", &[("name", "{name}{x}"), ("x", "!")]),
            "Hello {name}{x}"
        );
    }
}
