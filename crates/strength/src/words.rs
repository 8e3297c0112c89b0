//! The words that follow from what is known about a person, in the forms people give them in passwords.

use pinyin::ToPinyin as _;

use crate::context::Context;

/// More words than this say nothing more, and the time a judgement takes grows with them.
const MAX_WORDS: usize = 96;
/// Of each text this much is looked at.
const MAX_TEXT: usize = 254;
/// Shorter words of an alphabet occur in every other password.
const MIN_LETTERS: usize = 3;
/// A Chinese word says more with less.
const MIN_HAN: usize = 2;
/// The ends of telephone numbers that people know by heart.
const PHONE_ENDS: [usize; 4] = [11, 8, 6, 4];
/// Parts of mail domains that say nothing.
const DOMAIN_ENDS: [&str; 8] = ["com", "net", "org", "www", "mail", "gmail", "example", "co"];

impl Context {
    /// Every word of the person and the company, in small letters, the likeliest first. A candidate that is one of them
    /// is refused whatever the policy.
    pub fn words(&self) -> Vec<String> {
        let mut words = Words::default();
        for word in &self.words {
            words.add(word);
        }
        for name in &self.names {
            words.add_name(name);
        }
        if let Some(username) = &self.username {
            words.add_name(username);
        }
        for email in &self.emails {
            words.add_email(email);
        }
        for company in &self.companies {
            words.add_name(company);
        }
        if let Some(number) = &self.employee_number {
            words.add(number);
            words.add(&digits(number));
        }
        for phone in &self.phones {
            words.add_phone(phone);
        }
        words.found
    }
}

#[derive(Default)]
struct Words {
    found: Vec<String>,
}

impl Words {
    /// One word, with the ways to write it without the letters that keyboards lack.
    fn add(&mut self, word: &str) {
        let word: String = word
            .trim()
            .chars()
            .take(MAX_TEXT)
            .collect::<String>()
            .to_lowercase();
        let count = word.chars().count();
        let least = if word.chars().any(is_han) {
            MIN_HAN
        } else {
            MIN_LETTERS
        };
        if count < least || self.found.len() >= MAX_WORDS || self.found.contains(&word) {
            return;
        }
        let plain = [with_digraphs(&word), without_marks(&word)];
        self.found.push(word);
        for spelling in plain {
            if self.found.len() < MAX_WORDS && !self.found.contains(&spelling) {
                self.found.push(spelling);
            }
        }
    }

    /// A name: its parts, joined in both orders, its initials, and all that in pinyin.
    fn add_name(&mut self, name: &str) {
        self.add(name);
        self.add_parts(&parts(name));
        let syllables: Vec<&str> = name
            .chars()
            .take(MAX_TEXT)
            .filter_map(|letter| letter.to_pinyin())
            .map(pinyin::Pinyin::plain)
            .collect();
        let Some((family, given)) = syllables.split_first() else {
            return;
        };
        // Keyboards have no ü: people type v or u.
        let spelled = |text: String| [text.replace('ü', "v"), text.replace('ü', "u")];
        for part in [syllables.concat(), given.concat() + family] {
            for spelling in spelled(part) {
                self.add(&spelling);
            }
        }
        let first = |syllable: &&str| syllable.chars().next();
        let initials: String = given.iter().filter_map(first).collect();
        let family_first: String = [family].into_iter().filter_map(first).collect();
        self.add(&format!("{family}{initials}"));
        self.add(&format!("{initials}{family}"));
        self.add(&format!("{family_first}{}", given.concat()));
        self.add(&format!("{family_first}{initials}"));
        for part in [(*family).to_owned(), given.concat()] {
            for spelling in spelled(part) {
                self.add(&spelling);
            }
        }
    }

    fn add_parts(&mut self, parts: &[String]) {
        self.add(&parts.concat());
        let backwards: Vec<&str> = parts.iter().rev().map(String::as_str).collect();
        self.add(&backwards.concat());
        if let [first, .., last] = parts {
            let initial = first.chars().next().map(String::from).unwrap_or_default();
            self.add(&format!("{initial}{last}"));
            self.add(&format!("{last}{initial}"));
        }
        for part in parts {
            self.add(part);
        }
        let initials: String = parts.iter().filter_map(|part| part.chars().next()).collect();
        self.add(&initials);
    }

    fn add_email(&mut self, email: &str) {
        self.add(email);
        let (local, domain) = email.split_once('@').unwrap_or((email, ""));
        self.add(local);
        self.add_parts(&parts(local));
        for label in domain.split('.').filter(|label| !DOMAIN_ENDS.contains(label)) {
            self.add(label);
        }
        self.add(domain);
    }

    fn add_phone(&mut self, phone: &str) {
        let number = digits(phone);
        self.add(&number);
        for end in PHONE_ENDS {
            if let Some(start) = number.len().checked_sub(end) {
                self.add(&number[start..]);
            }
        }
    }
}

fn parts(name: &str) -> Vec<String> {
    name.chars()
        .take(MAX_TEXT)
        .collect::<String>()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn digits(text: &str) -> String {
    text.chars().take(MAX_TEXT).filter(char::is_ascii_digit).collect()
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

fn with_digraphs(word: &str) -> String {
    word.replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
}

fn without_marks(word: &str) -> String {
    let plain = |letter| match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'š' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' => 'y',
        'ž' => 'z',
        other => other,
    };
    word.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zhang_san() -> Context {
        Context {
            names: vec!["张三".into()],
            emails: vec!["sales@portico.example".into()],
            username: Some("zhang.san".into()),
            employee_number: Some("EMP1003".into()),
            phones: vec!["+86 138 0000 0003".into()],
            companies: vec!["Portico".into()],
            words: Vec::new(),
        }
    }

    #[test]
    fn a_name_gives_its_parts_in_pinyin_and_in_both_orders() {
        let words = zhang_san().words();
        for word in [
            "张三",
            "zhangsan",
            "sanzhang",
            "zhang",
            "san",
            "zsan",
            "zhang.san",
            "sales@portico.example",
            "sales",
            "portico",
            "emp1003",
            "1003",
            "8613800000003",
            "13800000003",
            "0003",
        ] {
            assert!(words.iter().any(|found| found == word), "{word} in {words:?}");
        }
    }

    #[test]
    fn letters_that_keyboards_lack_are_written_out() {
        let context = Context {
            names: vec!["Jörg Groß".into(), "吕布".into()],
            ..Context::default()
        };
        let words = context.words();
        for word in ["joerg", "jorg", "gross", "joerggross", "lvbu", "lubu"] {
            assert!(words.iter().any(|found| found == word), "{word} in {words:?}");
        }
    }

    #[test]
    fn what_occurs_everywhere_is_left_out() {
        let context = Context {
            names: vec!["Li Bo".into(), String::new(), "  ".into()],
            emails: vec!["a@b.com".into()],
            ..Context::default()
        };
        assert_eq!(
            context.words(),
            ["li bo", "libo", "boli", "lbo", "bol", "a@b.com", "b.com"]
        );
    }

    #[test]
    fn words_that_were_made_before_stay_as_they_are() {
        let words = zhang_san().words();
        let again = Context {
            words: words.clone(),
            ..Context::default()
        };
        assert_eq!(again.words(), words);
    }

    #[test]
    fn there_is_an_end_to_it() {
        let context = Context {
            names: (0..10_000).map(|number| format!("name{number}")).collect(),
            ..Context::default()
        };
        assert_eq!(context.words().len(), MAX_WORDS);
    }
}
