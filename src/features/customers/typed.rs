//! A customer as it stands in a form: every field as it was typed, and how two people's changes go together.

use std::str::FromStr;

use portico_contract::customer::{
    Channel, CustomField, Customer, CustomerInput, CustomerKind, CustomerStatus,
};
use portico_contract::ids::UserId;
use portico_contract::locale::Locale;
use portico_contract::problem::FieldRule;
use portico_contract::validate::{FieldProblems, Validate, Validated};
use serde::{Deserialize, Serialize};

use crate::ui::Entry;

/// What stands in the form. A choice is the value of its control.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    pub name: String,
    pub kind: String,
    pub status: String,
    pub industry: String,
    pub employees: Entry<i64>,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub website: String,
    pub owner_id: String,
    pub tags: Vec<String>,
    pub language: String,
    pub channel: String,
    pub custom_fields: Vec<CustomField>,
}

/// What was typed and not sent, as it is kept: with what it started from, so that it can be put together with what
/// others changed in the meantime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// The version of the record that the form started from.
    pub version: u32,
    /// What the form started with.
    pub base: Typed,
    /// What stands in it.
    pub mine: Typed,
}

impl Typed {
    /// What a form for a new customer starts with.
    pub fn fresh(owner: UserId, language: Locale) -> Self {
        Self {
            kind: CustomerKind::Company.as_str().to_owned(),
            status: CustomerStatus::Prospect.as_str().to_owned(),
            owner_id: owner.to_string(),
            language: language.tag().to_owned(),
            channel: Channel::Phone.as_str().to_owned(),
            ..Self::default()
        }
    }

    /// The request it makes, or what is wrong with it.
    pub fn validate(&self) -> Result<Validated<CustomerInput>, FieldProblems> {
        let mut problems = FieldProblems::default();
        let employees = self.employees.value().map(|count| u32::try_from(*count));
        if self.employees.is_unclear() || matches!(employees, Some(Err(_))) {
            problems.add("employees", FieldRule::Malformed, None);
        }
        let kind = choice(&CustomerKind::ALL, CustomerKind::as_str, &self.kind);
        let status = choice(&CustomerStatus::ALL, CustomerStatus::as_str, &self.status);
        let channel = choice(&Channel::ALL, Channel::as_str, &self.channel);
        let kind = kind.unwrap_or(CustomerKind::Company);
        let mut input = CustomerInput {
            name: self.name.clone(),
            kind,
            status: status.unwrap_or(CustomerStatus::Prospect),
            industry: self.industry.clone(),
            employees: employees
                .and_then(Result::ok)
                .filter(|_| kind == CustomerKind::Company),
            street: self.street.clone(),
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            country: self.country.clone(),
            website: (!self.website.trim().is_empty()).then(|| self.website.clone()),
            owner_id: UserId::from_str(&self.owner_id).ok(),
            tags: self.tags.clone(),
            language: Locale::from_tag(&self.language).unwrap_or(Locale::En),
            channel: channel.unwrap_or(Channel::Phone),
            custom_fields: self.custom_fields.clone(),
        };
        input.check(&mut problems);
        if problems.is_empty() {
            input.validate()
        } else {
            Err(problems)
        }
    }
}

impl From<&Customer> for Typed {
    fn from(customer: &Customer) -> Self {
        let input = CustomerInput::from(customer);
        Self {
            name: input.name,
            kind: input.kind.as_str().to_owned(),
            status: input.status.as_str().to_owned(),
            industry: input.industry,
            employees: input.employees.map(i64::from).into(),
            street: input.street,
            postal_code: input.postal_code,
            city: input.city,
            country: input.country,
            website: input.website.unwrap_or_default(),
            owner_id: customer.owner.id.to_string(),
            tags: input.tags,
            language: input.language.tag().to_owned(),
            channel: input.channel.as_str().to_owned(),
            custom_fields: input.custom_fields,
        }
    }
}

fn choice<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, value: &str) -> Option<T> {
    all.iter().copied().find(|choice| name(*choice) == value)
}

/// The fields in the order in which they stand in the form.
pub const FIELDS: [&str; 15] = [
    "name",
    "kind",
    "status",
    "industry",
    "employees",
    "website",
    "street",
    "postal_code",
    "city",
    "country",
    "owner_id",
    "language",
    "channel",
    "tags",
    "custom_fields",
];

/// What becomes of a form when others changed the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// What stands in the form now: the person's own changes and, everywhere else, those of others.
    pub mine: Typed,
    /// The fields that both changed, each to something else. The person's own stands in the form.
    pub both: Vec<&'static str>,
}

/// Puts together what one person made of `base` and what stands in the record now, field by field.
pub fn merge(base: &Typed, mine: &Typed, theirs: &Typed) -> Merged {
    let mut both = Vec::new();
    macro_rules! field {
        ($field:ident) => {{
            let changed_here = mine.$field != base.$field;
            let changed_there = theirs.$field != base.$field;
            if changed_here && changed_there && mine.$field != theirs.$field {
                both.push(stringify!($field));
            }
            if changed_here {
                mine.$field.clone()
            } else {
                theirs.$field.clone()
            }
        }};
    }
    let mine = Typed {
        name: field!(name),
        kind: field!(kind),
        status: field!(status),
        industry: field!(industry),
        employees: field!(employees),
        website: field!(website),
        street: field!(street),
        postal_code: field!(postal_code),
        city: field!(city),
        country: field!(country),
        owner_id: field!(owner_id),
        language: field!(language),
        channel: field!(channel),
        tags: field!(tags),
        custom_fields: field!(custom_fields),
    };
    Merged { mine, both }
}

/// ISO 3166-1 alpha-2.
pub const COUNTRIES: &[&str] = &[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA",
    "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV",
    "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU",
    "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES",
    "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM",
    "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE",
    "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM",
    "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY",
    "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU",
    "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA",
    "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM",
    "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL",
    "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE",
    "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            name: "Nordlicht GmbH".into(),
            ..Typed::fresh(
                "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap(),
                Locale::De,
            )
        }
    }

    #[test]
    fn what_is_right_can_be_sent() {
        let input = typed().validate().unwrap();
        assert_eq!(input.name, "Nordlicht GmbH");
        assert_eq!(input.language, Locale::De);
        assert_eq!(input.website, None);
    }

    #[test]
    fn text_that_is_no_number_is_not_sent_as_none() {
        let typed = Typed {
            employees: Entry::Unclear("about ten".into()),
            ..typed()
        };
        assert!(typed.validate().unwrap_err().get("employees").is_some());
        let negative = Typed {
            employees: Entry::Value(-1),
            ..typed
        };
        assert!(negative.validate().unwrap_err().get("employees").is_some());
    }

    #[test]
    fn a_person_employs_nobody() {
        let typed = Typed {
            kind: "person".into(),
            employees: Entry::Value(7),
            ..typed()
        };
        assert_eq!(typed.validate().unwrap().employees, None);
    }

    #[test]
    fn changes_of_others_come_in_where_one_has_changed_nothing() {
        let base = typed();
        let mine = Typed {
            city: "Kiel".into(),
            street: "Am Hafen 1".into(),
            tags: vec!["VIP".into()],
            ..base.clone()
        };
        let theirs = Typed {
            city: "Lübeck".into(),
            industry: "Energy".into(),
            tags: vec!["VIP".into()],
            ..base.clone()
        };
        let Merged { mine: merged, both } = merge(&base, &mine, &theirs);
        assert_eq!(
            both,
            ["city"],
            "the same change on both sides is none to ask about"
        );
        assert_eq!(
            merged,
            Typed {
                city: "Kiel".into(),
                street: "Am Hafen 1".into(),
                industry: "Energy".into(),
                tags: vec!["VIP".into()],
                ..base
            }
        );
    }

    #[test]
    fn countries_are_each_named_once_and_in_order() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(COUNTRIES.len(), 249);
    }

    #[test]
    fn what_was_kept_comes_back() {
        let unsent = Unsent {
            version: 3,
            base: typed(),
            mine: Typed {
                employees: Entry::Unclear("zehn".into()),
                ..typed()
            },
        };
        let text = serde_json::to_string(&unsent).unwrap();
        assert_eq!(serde_json::from_str::<Unsent>(&text).unwrap(), unsent);
    }
}
