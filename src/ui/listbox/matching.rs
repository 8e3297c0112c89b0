//! Which of the choices a text may mean.

/// Those of `all` whose words hold each word of `text`, whatever its case. Those that begin with it come first.
pub(in crate::ui) fn matching<T: Clone>(all: &[T], words: impl Fn(&T) -> &str, text: &str) -> Vec<T> {
    let text = text.trim().to_lowercase();
    let holds_all = |choice: &T| {
        let choice = words(choice).to_lowercase();
        text.split_whitespace().all(|word| choice.contains(word))
    };
    let (first, rest): (Vec<T>, Vec<T>) = all
        .iter()
        .filter(|choice| holds_all(choice))
        .cloned()
        .partition(|choice| words(choice).to_lowercase().starts_with(&text));
    first.into_iter().chain(rest).collect()
}

/// Whether both are the same to a person.
pub(in crate::ui) fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        let all = ["Burkina Faso", "Germany", "Mali", "Saint Martin", "Österreich"];
        matching(&all, |choice| choice, text)
    }

    #[test]
    fn nothing_typed_means_any() {
        assert_eq!(found(" ").len(), 5);
    }

    #[test]
    fn what_begins_so_comes_before_what_holds_it() {
        assert_eq!(found("ma"), ["Mali", "Germany", "Saint Martin"]);
    }

    #[test]
    fn every_word_counts_in_any_order_and_case() {
        assert_eq!(found("faso BURK"), ["Burkina Faso"]);
        assert_eq!(found("öster"), ["Österreich"]);
        assert!(found("mali x").is_empty());
    }

    #[test]
    fn case_and_space_around_make_no_difference() {
        assert!(is_same(" ärzte", "ÄRZTE "));
        assert!(!is_same("Mali", "Malis"));
    }
}
