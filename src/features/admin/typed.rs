//! What is typed into the form about somebody who is to be invited, and the request it makes.

use portico_contract::admin::InviteUser;
use portico_contract::ids::TeamId;
use portico_contract::locale::Locale;
use portico_contract::problem::FieldRule;
use portico_contract::user::Role;
use portico_contract::validate::{FieldProblems, Validate, Validated};
use serde::{Deserialize, Serialize};

/// Stands for the team while none is chosen.
const NO_TEAM: &str = "00000000-0000-0000-0000-000000000000";

/// What stands in the form, as typed. A choice is the value of its control.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    pub name: String,
    pub email: String,
    pub employee_number: String,
    pub username: String,
    pub phone: String,
    pub role: String,
    pub team: String,
    pub locale: String,
}

impl Typed {
    /// What stands in an empty form; the invitation is written in `locale` unless another is chosen.
    pub fn fresh(locale: Locale) -> Self {
        Self {
            locale: locale.tag().to_owned(),
            ..Self::default()
        }
    }

    /// The request it makes, or what is wrong with it.
    pub fn validate(&self) -> Result<Validated<InviteUser>, FieldProblems> {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == self.role);
        let team = self.team.parse::<TeamId>().ok();
        let Some(placeholder) = team.or_else(|| NO_TEAM.parse().ok()) else {
            return Err(FieldProblems::default());
        };
        let given = |text: &String| (!text.trim().is_empty()).then(|| text.clone());
        let input = InviteUser {
            name: self.name.clone(),
            email: self.email.clone(),
            employee_number: self.employee_number.clone(),
            // Without a choice nothing is sent: the other fields are judged all the same.
            role: role.unwrap_or(Role::Guest),
            team: placeholder,
            locale: Locale::from_tag(&self.locale).unwrap_or(Locale::En),
            username: given(&self.username),
            phone: given(&self.phone),
        };
        let checked = input.validate();
        if role.is_some() && team.is_some() {
            return checked;
        }
        let mut problems = checked.err().unwrap_or_default();
        for (field, chosen) in [("role", role.is_some()), ("team", team.is_some())] {
            if !chosen {
                problems.add(field, FieldRule::Required, None);
            }
        }
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            name: " Ada Lovelace ".into(),
            email: "ada@portico.example".into(),
            employee_number: "EMP2001".into(),
            role: "sales".into(),
            team: "0192f0c1-2345-7abc-8def-0123456789ab".into(),
            ..Typed::fresh(Locale::De)
        }
    }

    #[test]
    fn what_is_filled_in_becomes_the_request() {
        let input = typed().validate().unwrap();
        assert_eq!(input.name, "Ada Lovelace");
        assert_eq!((input.role, input.locale), (Role::Sales, Locale::De));
        assert_eq!((&input.username, &input.phone), (&None, &None));
    }

    #[test]
    fn what_was_not_chosen_is_asked_for_beside_what_else_is_wrong() {
        let typed = Typed {
            email: "ada".into(),
            role: String::new(),
            team: "North".into(),
            ..typed()
        };
        let problems = typed.validate().unwrap_err();
        let rule = |field| problems.get(field).map(|problem| problem.rule);
        assert_eq!(rule("email"), Some(FieldRule::Malformed));
        assert_eq!(rule("role"), Some(FieldRule::Required));
        assert_eq!(rule("team"), Some(FieldRule::Required));
        assert_eq!(rule("name"), None);
    }
}
