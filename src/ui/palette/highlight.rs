//! Where typed words stand in a name.

/// `text` in pieces, each with whether it is part of one of the words of `query`, whatever their case.
pub(super) fn pieces(text: &str, query: &str) -> Vec<(bool, String)> {
    let letters: Vec<(char, char)> = text.chars().map(|letter| (letter, folded(letter))).collect();
    let mut found = vec![false; letters.len()];
    for word in query.split_whitespace() {
        let word: Vec<char> = word.chars().map(folded).collect();
        for start in 0..(letters.len() + 1).saturating_sub(word.len()) {
            let end = start + word.len();
            if letters[start..end].iter().map(|(_, letter)| letter).eq(&word) {
                found[start..end].fill(true);
            }
        }
    }
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for ((letter, _), is_found) in letters.into_iter().zip(found) {
        match pieces.last_mut() {
            Some((last, piece)) if *last == is_found => piece.push(letter),
            _ => pieces.push((is_found, letter.into())),
        }
    }
    pieces
}

/// The letter in small. The few that become two letters keep the first, so that places stay places.
fn folded(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, query: &str) -> String {
        pieces(text, query)
            .into_iter()
            .map(|(found, piece)| if found { format!("[{piece}]") } else { piece })
            .collect()
    }

    #[test]
    fn every_word_is_found_wherever_it_stands() {
        assert_eq!(marked("Nordwind Logistik", "log nord"), "[Nord]wind [Log]istik");
        assert_eq!(marked("Anna Hannah", "an"), "[An]na H[an]nah");
        assert_eq!(marked("aaa", "aa"), "[aaa]");
        assert_eq!(marked("上海软件", "软件"), "上海[软件]");
        assert_eq!(marked("İstanbul", "ist"), "[İst]anbul");
    }

    #[test]
    fn what_is_not_there_is_not_marked() {
        assert_eq!(marked("Nordwind", ""), "Nordwind");
        assert_eq!(marked("Nordwind", "süd"), "Nordwind");
        assert_eq!(marked("No", "Nordwind"), "No");
        assert_eq!(pieces("", "x"), Vec::new());
    }
}
