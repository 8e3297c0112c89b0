//! How much of a candidate is made of pieces that are tried first.

use crate::advice::Advice;
use crate::pieces;

/// The best way to lay known pieces over a candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cover {
    /// How many letters no piece lies over.
    pub(crate) bare: usize,
    /// What lies there, from left to right.
    pub(crate) pieces: Vec<Piece>,
}

/// A known piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// How many letters it has.
    pub(crate) length: usize,
    /// What it is.
    pub(crate) kind: Advice,
}

/// A step of the way from one place in the candidate to the end.
#[derive(Clone, Copy)]
struct Step {
    bare: usize,
    count: usize,
    piece: Option<Piece>,
}

impl Cover {
    /// Leaves as few letters bare as can be, and of the ways to do so takes the one with the fewest pieces.
    pub(crate) fn of(text: &[char], words: &[Vec<char>]) -> Self {
        let end = Step {
            bare: 0,
            count: 0,
            piece: None,
        };
        // From the end: `steps[at]` is the best that can be done with what begins there.
        let mut steps = vec![end; text.len() + 1];
        let mut found = Vec::new();
        for at in (0..text.len()).rev() {
            let after = steps[at + 1];
            let mut best = Step {
                bare: after.bare + 1,
                count: after.count,
                piece: None,
            };
            found.clear();
            pieces::beginning(&text[at..], words, &mut found);
            for (length, kind) in found.drain(..) {
                let after = steps[at + length];
                let step = Step {
                    bare: after.bare,
                    count: after.count + 1,
                    piece: Some(Piece { length, kind }),
                };
                if (step.bare, step.count) < (best.bare, best.count) {
                    best = step;
                }
            }
            steps[at] = best;
        }
        let mut cover = Self {
            bare: steps[0].bare,
            pieces: Vec::new(),
        };
        let mut at = 0;
        while at < text.len() {
            let piece = steps[at].piece;
            cover.pieces.extend(piece);
            at += piece.map_or(1, |piece| piece.length);
        }
        cover
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(text: &str, words: &[&str]) -> Cover {
        let text: Vec<char> = text.chars().collect();
        let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
        Cover::of(&text, &words)
    }

    fn kinds(cover: &Cover) -> Vec<Advice> {
        cover.pieces.iter().map(|piece| piece.kind).collect()
    }

    #[test]
    fn what_is_made_of_known_pieces_has_nothing_bare() {
        let found = cover("zhangsan@19900213", &["zhang", "zhangsan"]);
        assert_eq!(found.bare, 1);
        assert_eq!(kinds(&found), [Advice::Personal, Advice::Dates]);
        let found = cover("woaini5201314", &[]);
        assert_eq!((found.bare, kinds(&found)), (0, vec![Advice::Phrases; 2]));
        assert_eq!(cover("1qaz2wsx3edc4rfv", &[]).bare, 0);
    }

    #[test]
    fn words_of_a_language_stay_bare() {
        assert_eq!(cover("lantern in the harbour", &["zhangsan"]).bare, 22);
        assert_eq!(cover("", &["x"]), Cover::default());
    }
}
