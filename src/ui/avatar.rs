//! A person or company as a coloured sign.

use leptos::prelude::*;

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// In a row.
    Small,
    /// In a list of people.
    #[default]
    Medium,
    /// Beside a record's heading.
    Large,
}

impl AvatarSize {
    const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// The initials of `name` on a colour that stays the same for it. Decorative: the name itself stands beside it.
#[component]
pub fn Avatar(
    /// Whose it is.
    #[prop(into)]
    name: Signal<String>,
    /// How large it is.
    #[prop(optional)]
    size: AvatarSize,
) -> impl IntoView {
    view! {
        <span
            class="avatar"
            data-size=size.name()
            data-hue=move || name.with(|name| hue(name)).to_string()
            aria-hidden="true"
        >
            {move || name.with(|name| initials(name))}
        </span>
    }
}

/// How many colours `style/components/avatar.css` has.
const HUES: u32 = 8;

/// The colour of `name`.
fn hue(name: &str) -> u32 {
    name.chars().fold(0_u32, |sum, letter| {
        sum.wrapping_mul(31).wrapping_add(u32::from(letter))
    }) % HUES
}

/// One or two signs that people recognise `name` by. A Chinese name is known by its family name, which comes first;
/// other names by the first letters of their first and last word.
fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_alphanumeric));
    let Some(first) = words.next().and_then(|word| word.chars().next()) else {
        return String::new();
    };
    if is_han(first) {
        return first.to_string();
    }
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .to_uppercase()
        .chain(last.into_iter().flat_map(char::to_uppercase))
        .collect()
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Anna Maria Vogel"), "AV");
        assert_eq!(initials("  émile "), "É");
        assert_eq!(initials("Weber & Co"), "WC");
    }

    #[test]
    fn a_chinese_name_shows_its_family_name() {
        assert_eq!(initials("张三"), "张");
    }

    #[test]
    fn a_name_without_letters_shows_nothing() {
        assert_eq!(initials(" – "), "");
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(hue("张三"), hue("张三"));
        assert!(hue("Anna Vogel") < HUES);
    }
}
