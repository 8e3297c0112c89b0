//! How names are found and ordered: folded text, pinyin and its initials.

use pinyin::ToPinyin as _;
use portico_contract::phone;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Stands between the spellings of a name, so that no search term matches across two of them.
const SEPARATOR: char = '\u{1f}';

/// Sort keys are cut here, so that a cursor holds any of them; ids break the ties.
const MAX_SORT_KEY: usize = 200;

/// More words than this say nothing more about a customer.
const MAX_TERMS: usize = 12;

/// `text` without case and marks. Control characters become spaces.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            c if c.is_control() => folded.push(' '),
            c => folded.push(c),
        }
    }
    folded
}

/// The way Germans write umlauts on a keyboard without them.
fn fold_with_digraphs(text: &str) -> String {
    let spelled: String = text
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ä' => "ae".to_owned(),
            'ö' => "oe".to_owned(),
            'ü' => "ue".to_owned(),
            c => c.to_string(),
        })
        .collect();
    fold(&spelled)
}

/// The pinyin of the Chinese characters in `text`, joined, and their initials; `None` without such characters.
fn pinyin(text: &str) -> Option<(String, String)> {
    let syllables: Vec<_> = text.to_pinyin().flatten().map(pinyin::Pinyin::plain).collect();
    if syllables.is_empty() {
        return None;
    }
    let initials = syllables
        .iter()
        .filter_map(|syllable| syllable.chars().next())
        .collect();
    Some((syllables.concat(), initials))
}

/// Every spelling under which one of `names` can be found.
pub(crate) fn search_text<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut spellings: Vec<String> = Vec::new();
    for name in names {
        let mut add = |spelling: String| {
            if !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        };
        add(fold(name));
        add(fold_with_digraphs(name));
        if let Some((full, initials)) = pinyin(name) {
            // Keyboards have no ü: people type v or u.
            add(full.replace('ü', "v"));
            add(fold(&full));
            add(initials);
        }
    }
    let separator = SEPARATOR.to_string();
    format!("{separator}{}{separator}", spellings.join(&separator))
}

/// The digits of `phones`, kept apart.
pub(crate) fn search_phones<'a>(phones: impl IntoIterator<Item = &'a str>) -> String {
    let numbers: Vec<String> = phones
        .into_iter()
        .map(|number| number.chars().filter(char::is_ascii_digit).collect())
        .collect();
    format!("|{}|", numbers.join("|"))
}

/// What a name is ordered by: Chinese characters by their syllables, the rest by its letters.
pub(crate) fn sort_key(name: &str) -> String {
    let mut key = String::new();
    for (character, syllable) in name.chars().zip(name.to_pinyin()) {
        if let Some(syllable) = syllable {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
            key.push_str(&fold(syllable.plain()));
            key.push(' ');
        } else {
            key.push_str(&fold(character.encode_utf8(&mut [0; 4])));
        }
    }
    let key = key.trim();
    let end = (0..=MAX_SORT_KEY.min(key.len()))
        .rev()
        .find(|end| key.is_char_boundary(*end))
        .unwrap_or(0);
    key.split_at(end).0.to_owned()
}

/// What a search asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SearchTerms {
    /// Each must occur in the search text.
    pub(crate) words: Vec<String>,
    /// Where the query can only be a telephone number: one of these in the numbers fits as well.
    pub(crate) digits: Vec<String>,
}

impl SearchTerms {
    /// The terms of `query`. Without `phones` numbers are not looked at, so that a search cannot be used to guess
    /// what is masked.
    pub(crate) fn parse(query: &str, phones: bool) -> Self {
        let words = fold(query)
            .split_whitespace()
            .take(MAX_TERMS)
            .map(str::to_owned)
            .collect();
        let mut digits = Vec::new();
        if let Some(number) = phone::digits(query).filter(|_| phones) {
            // Numbers are stored with their country code: the zeros people dial before it or instead of it are not there.
            let national = number.trim_start_matches('0').to_owned();
            if national.len() >= 3 && national != number {
                digits.push(national);
            }
            digits.push(number);
        }
        Self { words, digits }
    }

    /// How the spelling of a name that begins with the terms stands in the search text.
    pub(crate) fn beginning(&self) -> String {
        format!("{SEPARATOR}{}", self.words.join(" "))
    }

    /// Whether nothing was asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(name: &str, query: &str) -> bool {
        let text = search_text([name]);
        let terms = SearchTerms::parse(query, true);
        terms.words.iter().all(|word| text.contains(word.as_str()))
    }

    #[test]
    fn names_are_found_in_every_spelling() {
        for (name, query) in [
            ("张三", "张"),
            ("张三", "zs"),
            ("张三", "ZhangSan"),
            ("张三", "zhang san"),
            ("吕布", "lvbu"),
            ("Müller & Söhne", "muller"),
            ("Müller & Söhne", "MÜLLER"),
            ("Müller & Söhne", "mueller soehne"),
            ("Straße", "strasse"),
            ("Café Noir", "noir cafe"),
        ] {
            assert!(finds(name, query), "{query} in {name}");
        }
        for (name, query) in [("张三", "sz"), ("Müller", "miller"), ("张三", "zhangsanzs")] {
            assert!(!finds(name, query), "{query} in {name}");
        }
    }

    #[test]
    fn a_beginning_is_that_of_a_spelling() {
        let text = search_text(["Müller & Söhne", "张三"]);
        for (query, begins) in [
            ("mu", true),
            ("Müller  &", true),
            ("mueller", true),
            ("zs", true),
            ("san", false),
            ("söhne", false),
        ] {
            let terms = SearchTerms::parse(query, true);
            assert_eq!(text.contains(&terms.beginning()), begins, "{query}");
        }
    }

    #[test]
    fn numbers_are_found_as_people_dial_them() {
        let stored = search_phones(["+49 30 1234567", "+8613800000003"]);
        for query in ["030 123", "+49 (30) 12", "0049301234567", "138-0000-0003", "0003"] {
            let digits = SearchTerms::parse(query, true).digits;
            assert!(digits.iter().any(|digits| stored.contains(digits)), "{query}");
        }
        assert!(SearchTerms::parse("138-0000-0003", false).digits.is_empty());
    }

    #[test]
    fn chinese_is_ordered_by_syllable_among_latin() {
        let mut names = [
            "张三", "Zimmer", "李四", "Albrecht", "Ärzte", "Zebra", "张阿", "赵一",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "Albrecht", "Ärzte", "李四", "Zebra", "张阿", "张三", "赵一", "Zimmer"
            ]
        );
    }

    #[test]
    fn a_sort_key_is_cut_between_characters() {
        let key = sort_key(&"é漢字🦀".repeat(100));
        assert!(key.len() <= MAX_SORT_KEY);
    }

    #[test]
    fn control_characters_do_not_reach_the_database() {
        assert_eq!(SearchTerms::parse("a\0b\u{1f}", true).words, ["a", "b"]);
        assert!(SearchTerms::parse(" \0 ", true).is_empty());
    }
}
