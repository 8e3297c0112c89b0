//! Tags in a text, and which of them may be added.

use crate::ui::listbox::is_same;

/// What parts tags: as it is typed, in Chinese too, and as it comes from a table.
const SEPARATORS: [char; 8] = [',', ';', '，', '；', '、', '\n', '\r', '\t'];

/// What a list of tags may hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits {
    /// How many tags.
    pub(super) count: Option<u32>,
    /// How many characters in one.
    pub(super) length: Option<u32>,
}

/// Why a tag was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is there, as this.
    Twice(String),
    /// There are as many as may be.
    Full(u32),
    /// It has more characters than may be.
    TooLong(u32),
}

/// The tags in `text`, each on one line and with single spaces.
pub(super) fn tags_in(text: &str) -> Vec<String> {
    let one = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split(SEPARATORS)
        .map(one)
        .filter(|tag| !tag.is_empty())
        .collect()
}

/// `text` up to its last separator, and what comes after.
pub(super) fn finished(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.rsplit_once(SEPARATORS)?;
    Some((before, rest.trim_start()))
}

/// Adds `tag` to `tags`.
pub(super) fn add(tags: &mut Vec<String>, tag: String, limits: Limits) -> Result<(), Refusal> {
    if let Some(there) = tags.iter().find(|there| is_same(there, &tag)) {
        return Err(Refusal::Twice(there.clone()));
    }
    let over = |count: usize, limit: Option<u32>| limit.filter(|limit| count > *limit as usize);
    if let Some(limit) = over(tag.chars().count(), limits.length) {
        return Err(Refusal::TooLong(limit));
    }
    if let Some(limit) = over(tags.len() + 1, limits.count) {
        return Err(Refusal::Full(limit));
    }
    tags.push(tag);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        count: Some(2),
        length: Some(5),
    };

    #[test]
    fn a_text_is_parted_at_every_kind_of_comma_and_line() {
        assert_eq!(
            tags_in("VIP, trade  fair;\n展会，老客户、"),
            ["VIP", "trade fair", "展会", "老客户"]
        );
        assert!(tags_in(" ,, ").is_empty());
    }

    #[test]
    fn what_comes_after_the_last_comma_is_still_being_typed() {
        assert_eq!(finished("VIP, fa"), Some(("VIP", "fa")));
        assert_eq!(finished("a,b,"), Some(("a,b", "")));
        assert_eq!(finished("VIP"), None);
    }

    #[test]
    fn tags_are_added_once_and_within_their_limits() {
        let mut tags = vec!["VIP".to_owned()];
        assert_eq!(
            add(&mut tags, "vip".into(), LIMITS),
            Err(Refusal::Twice("VIP".into()))
        );
        assert_eq!(add(&mut tags, "abcdef".into(), LIMITS), Err(Refusal::TooLong(5)));
        assert_eq!(add(&mut tags, "展会展会展".into(), LIMITS), Ok(()));
        assert_eq!(add(&mut tags, "c".into(), LIMITS), Err(Refusal::Full(2)));
        assert_eq!(add(&mut tags, "c".into(), Limits::default()), Ok(()));
    }
}
