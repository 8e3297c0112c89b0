//! What people enter about a customer, and the rules it has to keep.

use serde::{Deserialize, Serialize};

use super::{Channel, CustomField, Customer, CustomerKind, CustomerStatus, MAX_TAG};
use crate::ids::UserId;
use crate::locale::Locale;
use crate::problem::FieldRule;
use crate::validate::{FieldProblems, Validate, code_points};
use crate::web_address;

/// The longest name, in code points.
pub const MAX_NAME: u32 = 200;
/// The longest line of business, in code points.
pub const MAX_INDUSTRY: u32 = 100;
/// The most people a customer can have.
pub const MAX_EMPLOYEES: u32 = 10_000_000;
/// The longest street and number, in code points.
pub const MAX_STREET: u32 = 200;
/// The longest postal code, in code points.
pub const MAX_POSTAL_CODE: u32 = 20;
/// The longest town, in code points.
pub const MAX_CITY: u32 = 100;
/// The longest web address, in code points.
pub const MAX_WEBSITE: u32 = 500;
/// The most tags a customer can have.
pub const MAX_TAGS: u32 = 20;
/// The most fields of the company's own making a customer can have.
pub const MAX_CUSTOM_FIELDS: u32 = 20;
/// The longest name of such a field, in code points.
pub const MAX_FIELD_NAME: u32 = 60;
/// The longest text in such a field, in code points.
pub const MAX_FIELD_VALUE: u32 = 500;

/// Everything a person enters about a customer. A write replaces all of it: what is absent or empty is emptied.
///
/// The members are flat, so that a problem's field is the name of a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomerInput {
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub name: String,
    /// Company or person.
    pub kind: CustomerKind,
    /// Where the relation stands.
    pub status: CustomerStatus,
    /// Line of business, empty where unknown.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub industry: String,
    /// How many people work there, for a company.
    #[cfg_attr(feature = "openapi", schema(maximum = 10_000_000))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees: Option<u32>,
    /// Street and number, empty where unknown.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub street: String,
    /// Postal code, empty where unknown.
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub postal_code: String,
    /// Town, empty where unknown.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub city: String,
    /// ISO 3166-1 alpha-2 country code in any case, empty where unknown.
    #[cfg_attr(feature = "openapi", schema(pattern = "^([A-Za-z]{2})?$"))]
    pub country: String,
    /// Web address. Without a scheme it is taken as `https`; another than `https` and `http` is refused.
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Who looks after it. Absent: whoever did so far, and for a new customer the person who enters it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// Labels. Of two that differ in case only the first stays.
    #[cfg_attr(feature = "openapi", schema(max_items = 20, min_length = 1, max_length = 40))]
    pub tags: Vec<String>,
    /// The language the customer likes to be spoken to in.
    pub language: Locale,
    /// The means by which the customer likes to be reached.
    pub channel: Channel,
    /// Fields of the company's own making, in its order; each name once.
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub custom_fields: Vec<CustomField>,
}

/// `PATCH /customers/{id}`, with the customer's version in `If-Match`.
pub type UpdateCustomer = CustomerInput;

/// `POST /customers`.
pub type CreateCustomer = CustomerInput;

impl From<&Customer> for CustomerInput {
    /// What a form about `customer` starts with.
    fn from(customer: &Customer) -> Self {
        Self {
            name: customer.name.clone(),
            kind: customer.kind,
            status: customer.status,
            industry: customer.industry.clone(),
            employees: customer.employees,
            street: customer.address.street.clone(),
            postal_code: customer.address.postal_code.clone(),
            city: customer.address.city.clone(),
            country: customer.address.country.clone(),
            website: customer.website.clone(),
            owner_id: Some(customer.owner.id),
            tags: customer.tags.clone(),
            language: customer.preferences.language,
            channel: customer.preferences.channel,
            custom_fields: customer.custom_fields.clone(),
        }
    }
}

impl Validate for CustomerInput {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_required_line("name", &mut self.name, MAX_NAME);
        problems.check_line("industry", &mut self.industry, MAX_INDUSTRY);
        if self.employees.is_some_and(|employees| employees > MAX_EMPLOYEES) {
            problems.add("employees", FieldRule::NotAllowed, None);
        }
        problems.check_line("street", &mut self.street, MAX_STREET);
        problems.check_line("postal_code", &mut self.postal_code, MAX_POSTAL_CODE);
        problems.check_line("city", &mut self.city, MAX_CITY);
        check_country(&mut self.country, problems);
        check_website(&mut self.website, problems);
        check_tags(&mut self.tags, problems);
        check_custom_fields(&mut self.custom_fields, problems);
    }
}

fn check_country(country: &mut str, problems: &mut FieldProblems) {
    country.make_ascii_uppercase();
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if !country.is_empty() && !is_code {
        problems.add("country", FieldRule::Malformed, None);
    }
}

fn check_website(website: &mut Option<String>, problems: &mut FieldProblems) {
    let typed = website.take().map(|text| text.trim().to_owned());
    let Some(typed) = typed.filter(|text| !text.is_empty()) else {
        return;
    };
    let address = web_address::canonical(&typed);
    if address.is_none() {
        problems.add("website", FieldRule::Malformed, None);
    }
    let address = address.unwrap_or(typed);
    if code_points(&address) > MAX_WEBSITE {
        problems.add("website", FieldRule::TooLong, Some(MAX_WEBSITE));
    }
    *website = Some(address);
}

fn check_tags(tags: &mut Vec<String>, problems: &mut FieldProblems) {
    if count(tags) > MAX_TAGS {
        problems.add("tags", FieldRule::TooMany, Some(MAX_TAGS));
        return;
    }
    for tag in tags.iter_mut() {
        problems.check_required_line("tags", tag, MAX_TAG);
    }
    let mut seen = Vec::with_capacity(tags.len());
    tags.retain(|tag| is_new(&mut seen, tag));
}

fn check_custom_fields(fields: &mut [CustomField], problems: &mut FieldProblems) {
    if count(fields) > MAX_CUSTOM_FIELDS {
        problems.add("custom_fields", FieldRule::TooMany, Some(MAX_CUSTOM_FIELDS));
        return;
    }
    let mut seen = Vec::with_capacity(fields.len());
    for (index, field) in fields.iter_mut().enumerate() {
        let name = format!("custom_fields.{index}.name");
        problems.check_required_line(&name, &mut field.name, MAX_FIELD_NAME);
        if !is_new(&mut seen, &field.name) {
            problems.add(&name, FieldRule::NotAllowed, None);
        }
        let value = format!("custom_fields.{index}.value");
        problems.check_line(&value, &mut field.value, MAX_FIELD_VALUE);
    }
}

fn count<T>(entries: &[T]) -> u32 {
    u32::try_from(entries.len()).unwrap_or(u32::MAX)
}

/// Whether `seen` lacks `text` in any case; it has it afterwards.
fn is_new(seen: &mut Vec<String>, text: &str) -> bool {
    let folded = text.to_lowercase();
    let new = !seen.contains(&folded);
    if new {
        seen.push(folded);
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> CustomerInput {
        CustomerInput {
            name: "Nordlicht GmbH".into(),
            kind: CustomerKind::Company,
            status: CustomerStatus::Active,
            industry: String::new(),
            employees: None,
            street: String::new(),
            postal_code: String::new(),
            city: String::new(),
            country: String::new(),
            website: None,
            owner_id: None,
            tags: Vec::new(),
            language: Locale::De,
            channel: Channel::Email,
            custom_fields: Vec::new(),
        }
    }

    fn field(name: &str, value: &str) -> CustomField {
        CustomField {
            name: name.into(),
            value: value.into(),
        }
    }

    /// What is wrong when `change` was made to an input that is right.
    fn problem(change: impl FnOnce(&mut CustomerInput)) -> (String, FieldRule, Option<u32>) {
        let mut input = input();
        change(&mut input);
        let problems = input.validate().unwrap_err().into_vec();
        assert_eq!(problems.len(), 1, "{problems:?}");
        (problems[0].field.clone(), problems[0].rule, problems[0].limit)
    }

    #[test]
    fn what_was_typed_becomes_canonical_and_stays_so() {
        let typed = CustomerInput {
            name: "  Nordlicht GmbH\n".into(),
            country: "de".into(),
            website: Some(" nordlicht.example ".into()),
            tags: vec![" VIP".into(), "vip".into(), "Ärzte".into(), "ÄRZTE".into()],
            custom_fields: vec![field(" Contract ", " RV-1 ")],
            ..input()
        };
        let once = typed.validate().unwrap();
        assert_eq!(once.name, "Nordlicht GmbH");
        assert_eq!(once.country, "DE");
        assert_eq!(once.website.as_deref(), Some("https://nordlicht.example"));
        assert_eq!(once.tags, ["VIP", "Ärzte"]);
        assert_eq!(once.custom_fields, [field("Contract", "RV-1")]);
        assert_eq!(once.clone().into_inner().validate().unwrap(), once);
    }

    #[test]
    fn an_empty_web_address_is_none() {
        let typed = CustomerInput {
            website: Some(" ".into()),
            ..input()
        };
        assert_eq!(typed.validate().unwrap().website, None);
    }

    #[test]
    fn a_name_is_needed_and_has_a_limit() {
        let name = |text: &str| problem(|input| input.name = text.to_owned());
        assert_eq!(name(" \t"), ("name".into(), FieldRule::Required, None));
        assert_eq!(
            name(&"漢".repeat(201)),
            ("name".into(), FieldRule::TooLong, Some(200))
        );
        assert_eq!(name("a\0b"), ("name".into(), FieldRule::Malformed, None));
    }

    #[test]
    fn lists_have_limits() {
        let tags = |count: usize| problem(|input| input.tags = vec!["VIP".into(); count]);
        assert_eq!(tags(21), ("tags".into(), FieldRule::TooMany, Some(20)));
        let tag = problem(|input| input.tags = vec!["x".repeat(41)]);
        assert_eq!(tag, ("tags".into(), FieldRule::TooLong, Some(40)));
        let fields = problem(|input| input.custom_fields = vec![field("a", ""); 21]);
        assert_eq!(fields, ("custom_fields".into(), FieldRule::TooMany, Some(20)));
    }

    #[test]
    fn a_custom_field_is_named_once() {
        let twice =
            problem(|input| input.custom_fields = vec![field("Contract", "1"), field("contract", "2")]);
        assert_eq!(
            twice,
            ("custom_fields.1.name".into(), FieldRule::NotAllowed, None)
        );
        let long = problem(|input| input.custom_fields = vec![field("a", &"x".repeat(501))]);
        assert_eq!(
            long,
            ("custom_fields.0.value".into(), FieldRule::TooLong, Some(500))
        );
    }

    #[test]
    fn countries_are_codes() {
        for country in ["D", "DEU", "D1", "中国", " DE"] {
            let problem = problem(|input| input.country = country.to_owned());
            assert_eq!(
                problem,
                ("country".into(), FieldRule::Malformed, None),
                "{country}"
            );
        }
    }

    #[test]
    fn nobody_employs_half_the_planet() {
        let problem = problem(|input| input.employees = Some(MAX_EMPLOYEES + 1));
        assert_eq!(problem, ("employees".into(), FieldRule::NotAllowed, None));
    }
}
