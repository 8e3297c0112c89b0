//! Which of several parts gets the focus next, when one of them stands for all in the order of the Tab key.

/// A step that a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
    First,
    Last,
}

impl Step {
    /// The step that `key` asks for in a row.
    pub(super) fn along(key: &str) -> Option<Self> {
        match key {
            "ArrowRight" => Some(Self::Next),
            "ArrowLeft" => Some(Self::Previous),
            _ => Self::to_edge(key),
        }
    }

    /// The step that `key` asks for in a column.
    pub(super) fn down(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            _ => Self::to_edge(key),
        }
    }

    fn to_edge(key: &str) -> Option<Self> {
        match key {
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }
}

/// Where `towards` leads from `now` among `count`; past an end it goes on at the other.
pub(super) fn step(towards: Step, now: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (towards, now) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None | Some(0)) => last,
        (Step::Next, Some(now)) if now >= last => 0,
        (Step::Next, Some(now)) => now + 1,
        (Step::Previous, Some(now)) => now - 1,
    })
}

/// The next of `labels` after `now` that starts with `letter`, whatever its case.
pub(super) fn named(letter: &str, now: Option<usize>, labels: &[String]) -> Option<usize> {
    let letter = letter.to_lowercase();
    let start = now.map_or(0, |now| now + 1);
    (start..labels.len())
        .chain(0..start.min(labels.len()))
        .find(|index| labels[*index].to_lowercase().starts_with(&letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_round() {
        assert_eq!(step(Step::Next, Some(2), 3), Some(0));
        assert_eq!(step(Step::Previous, Some(0), 3), Some(2));
        assert_eq!(step(Step::Next, Some(0), 3), Some(1));
        assert_eq!(step(Step::Previous, Some(2), 3), Some(1));
        assert_eq!(step(Step::Last, None, 3), Some(2));
    }

    #[test]
    fn nothing_can_be_reached_among_none() {
        assert_eq!(step(Step::Next, None, 0), None);
        assert_eq!(named("a", None, &[]), None);
    }

    #[test]
    fn a_letter_finds_the_next_of_its_kind() {
        let labels: Vec<String> = ["Won", "Lost", "Waiting"].map(str::to_owned).into();
        assert_eq!(named("w", None, &labels), Some(0));
        assert_eq!(named("W", Some(0), &labels), Some(2));
        assert_eq!(named("w", Some(2), &labels), Some(0));
        assert_eq!(named("x", Some(2), &labels), None);
    }
}
