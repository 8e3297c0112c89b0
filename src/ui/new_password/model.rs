//! What a new password has to be, and how far the one being typed has come. No browser, no Leptos.

use portico_contract::password::{CharacterClass, PasswordPolicy, PasswordViolation};
use portico_contract::problem::FieldRule;
use portico_strength::Estimate;

/// One line of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// So many code points at least.
    Length(u32),
    /// A class of characters occurs.
    Class(CharacterClass),
    /// Neither listed nor the person's own word.
    Unknown,
    /// Hard to guess.
    Strong,
    /// None of the last so many.
    Fresh(u32),
}

/// How a candidate stands to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It keeps it.
    Met,
    /// Not yet.
    Unmet,
    /// Only the backend can tell, or nobody has judged it so far.
    Later,
}

/// The rules of `policy`, each with how `candidate` stands to it.
pub(super) fn checklist(
    policy: &PasswordPolicy,
    candidate: &str,
    own: &[String],
    estimate: Option<&Estimate>,
) -> Vec<(Rule, Standing)> {
    let violations = violations(policy, candidate, own);
    let met = |broken: bool| if broken { Standing::Unmet } else { Standing::Met };
    let is_short = violations
        .iter()
        .any(|violation| matches!(violation, PasswordViolation::TooShort(_)));
    let mut lines = vec![(Rule::Length(policy.min_length), met(is_short))];
    lines.extend(policy.classes.iter().map(|class| {
        let is_missing = violations.contains(&PasswordViolation::MissingClass(*class));
        (Rule::Class(*class), met(is_missing))
    }));
    let is_own = violations.contains(&PasswordViolation::ContextWord);
    let unknown = match estimate {
        _ if candidate.is_empty() || is_own => Standing::Unmet,
        Some(estimate) => met(estimate.common || estimate.personal),
        None => Standing::Later,
    };
    lines.push((Rule::Unknown, unknown));
    if let Some(least) = policy.min_score {
        let strong = match estimate {
            _ if candidate.is_empty() => Standing::Unmet,
            Some(estimate) => met(estimate.score < least),
            None => Standing::Later,
        };
        lines.push((Rule::Strong, strong));
    }
    if policy.history > 0 {
        lines.push((Rule::Fresh(policy.history), Standing::Later));
    }
    lines
}

/// The first thing that is wrong with `candidate`, as the backend would say it. What nobody has judged is not wrong.
pub(super) fn shortcoming(
    policy: &PasswordPolicy,
    candidate: &str,
    own: &[String],
    estimate: Option<&Estimate>,
) -> Option<(FieldRule, Option<u32>)> {
    if candidate.is_empty() {
        return Some((FieldRule::Required, None));
    }
    if let Some(violation) = violations(policy, candidate, own).first() {
        return Some(violation.as_problem());
    }
    let estimate = estimate?;
    let is_weak = policy.min_score.is_some_and(|least| estimate.score < least);
    [
        (estimate.common, FieldRule::CommonPassword),
        (estimate.personal, FieldRule::ContextWord),
        (is_weak, FieldRule::TooGuessable),
    ]
    .into_iter()
    .find_map(|(is_so, rule)| is_so.then_some((rule, None)))
}

fn violations(policy: &PasswordPolicy, candidate: &str, own: &[String]) -> Vec<PasswordViolation> {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    policy.violations(candidate, &own)
}

/// What managers are told of the rules, in the words of the attribute `passwordrules`.
pub(super) fn password_rules(policy: &PasswordPolicy) -> String {
    let required = |class: &CharacterClass| match class {
        CharacterClass::Uppercase => "required: upper;",
        CharacterClass::Lowercase => "required: lower;",
        CharacterClass::Digit => "required: digit;",
        CharacterClass::Special => "required: special;",
        CharacterClass::Letter => "required: upper, lower;",
    };
    let length = format!(
        "minlength: {}; maxlength: {};",
        policy.min_length, policy.max_length
    );
    let mut rules = vec![length.as_str()];
    rules.extend(policy.classes.iter().map(required));
    rules.push("allowed: unicode;");
    rules.join(" ")
}

#[cfg(test)]
mod tests {
    use portico_contract::password::PolicyProfile;

    use super::*;

    fn estimate(score: u8) -> Estimate {
        Estimate {
            score,
            ..Estimate::default()
        }
    }

    #[test]
    fn what_nobody_has_judged_is_neither_right_nor_wrong() {
        let policy = PasswordPolicy::of(PolicyProfile::Standard);
        let lines = checklist(&policy, "lantern harbour", &[], None);
        assert_eq!(
            lines,
            [
                (Rule::Length(12), Standing::Met),
                (Rule::Unknown, Standing::Later),
                (Rule::Strong, Standing::Later),
            ]
        );
        assert_eq!(shortcoming(&policy, "lantern harbour", &[], None), None);
    }

    #[test]
    fn the_list_is_drawn_from_the_policy() {
        let policy = PasswordPolicy::of(PolicyProfile::Classic);
        let lines = checklist(&policy, "Abc", &[], Some(&estimate(0)));
        let rules: Vec<Rule> = lines.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(
            rules,
            [
                Rule::Length(8),
                Rule::Class(CharacterClass::Uppercase),
                Rule::Class(CharacterClass::Lowercase),
                Rule::Class(CharacterClass::Digit),
                Rule::Class(CharacterClass::Special),
                Rule::Unknown,
                Rule::Fresh(5),
            ]
        );
        assert_eq!(lines[1].1, Standing::Met);
        assert_eq!(lines[3].1, Standing::Unmet);
        assert_eq!(lines[6].1, Standing::Later);
    }

    #[test]
    fn the_score_counts_only_where_the_policy_asks_for_one() {
        let (standard, nist) = (
            PasswordPolicy::of(PolicyProfile::Standard),
            PasswordPolicy::of(PolicyProfile::Nist),
        );
        let candidate = "aaaaaaaaaaaaaaaaaaaa";
        let weak = estimate(1);
        assert_eq!(
            shortcoming(&standard, candidate, &[], Some(&weak)),
            Some((FieldRule::TooGuessable, None))
        );
        assert_eq!(shortcoming(&nist, candidate, &[], Some(&weak)), None);
        assert_eq!(shortcoming(&standard, candidate, &[], Some(&estimate(3))), None);
    }

    #[test]
    fn own_words_are_known_before_anybody_judges() {
        let policy = PasswordPolicy::of(PolicyProfile::Standard);
        let own = ["sales@portico.example".to_owned()];
        assert_eq!(
            shortcoming(&policy, "Sales@portico.example", &own, None),
            Some((FieldRule::ContextWord, None))
        );
        let lines = checklist(&policy, "Sales@portico.example", &own, None);
        assert_eq!(lines[1], (Rule::Unknown, Standing::Unmet));
    }

    #[test]
    fn managers_are_told_the_rules() {
        assert_eq!(
            password_rules(&PasswordPolicy::of(PolicyProfile::Pci)),
            "minlength: 12; maxlength: 128; required: upper, lower; required: digit; allowed: unicode;"
        );
    }
}
