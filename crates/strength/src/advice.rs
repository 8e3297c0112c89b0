//! What a judgement says.

use serde::{Deserialize, Serialize};

/// What a candidate is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// 0 (guessed at once) to 4 (very hard to guess), as `zxcvbn` counts.
    pub score: u8,
    /// As a whole it is one of the passwords that are tried first everywhere.
    pub common: bool,
    /// As a whole it is one of the person's or the company's own words, or one with a little around it.
    pub personal: bool,
    /// What would help, the most important first. Nothing if there is nothing to say.
    pub advice: Vec<Advice>,
}

/// One piece of advice. Each side has its own words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// It is one of the passwords that are tried first.
    Common,
    /// It is much like one of those.
    LikeCommon,
    /// It holds words that others know of the person: names, addresses, numbers.
    Personal,
    /// Dates and years are guessed early.
    Dates,
    /// Phrases in numbers or letters that many people use, such as 5201314.
    Phrases,
    /// Keys that lie beside each other are guessed early.
    Keyboard,
    /// Repeating makes it hardly better.
    Repeats,
    /// So do runs like abc or 6543.
    Sequences,
    /// Names are guessed early.
    Names,
    /// One word alone is not enough.
    SingleWord,
    /// A digit or sign in place of a letter hardly helps.
    Substitutions,
    /// Nor does a word written backwards.
    Reversed,
    /// Nor do capital letters.
    Capitals,
    /// What helps most: more words that have nothing to do with each other.
    AddWords,
}

impl Advice {
    /// Everything that can be said, for those who need words for all of it.
    pub const ALL: [Self; 14] = [
        Self::Common,
        Self::LikeCommon,
        Self::Personal,
        Self::Dates,
        Self::Phrases,
        Self::Keyboard,
        Self::Repeats,
        Self::Sequences,
        Self::Names,
        Self::SingleWord,
        Self::Substitutions,
        Self::Reversed,
        Self::Capitals,
        Self::AddWords,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_travels_between_worker_and_page() {
        let estimate = Estimate {
            score: 2,
            common: false,
            personal: true,
            advice: vec![Advice::Personal, Advice::AddWords],
        };
        let text = serde_json::to_string(&estimate).unwrap();
        assert_eq!(
            text,
            r#"{"score":2,"common":false,"personal":true,"advice":["personal","add_words"]}"#
        );
        assert_eq!(serde_json::from_str::<Estimate>(&text).unwrap(), estimate);
    }
}
