//! Customers.

use portico_contract::customer::{ContactPoint, CustomField};
use uuid::Uuid;

use super::super::entities::{contact, customer, customer_tag};
use super::accounts::People;
use super::dice::Dice;
use super::names::{CHINESE, ENGLISH, GERMAN, Region};
use crate::domain::clock::DAY;
use crate::domain::search;

/// What the other rows of a customer are made from.
pub(super) struct Profile {
    pub(super) region: &'static Region,
    pub(super) is_company: bool,
    /// The last part of mail addresses.
    pub(super) domain: String,
}

/// A customer and its profile.
pub(super) struct Made {
    pub(super) row: customer::Model,
    pub(super) profile: Profile,
}

/// Labels, in the languages people use side by side.
const TAGS: &[&str] = &[
    "VIP",
    "Messe 2026",
    "老客户",
    "Partner",
    "Newsletter",
    "重点",
    "Rahmenvertrag",
    "Trade fair",
    "Referral",
    "华东区",
    "Export",
    "Pilot",
];

/// One in so many percent is a private person.
const PERSONS: u8 = 12;

pub(super) fn full_name(dice: &mut Dice, region: &Region) -> String {
    let (family, given) = (*dice.pick(region.families), *dice.pick(region.given));
    if region.language == CHINESE.language {
        format!("{family}{given}")
    } else {
        format!("{given} {family}")
    }
}

fn company_name(dice: &mut Dice, region: &Region, brand: &str, trade: &str, city: &str) -> String {
    let form = dice.pick(region.forms);
    if region.language == CHINESE.language {
        format!("{city}{brand}{trade}{form}")
    } else {
        format!("{brand} {trade} {form}")
    }
}

/// `text` in letters a mail address can hold.
pub(super) fn slug(text: &str) -> String {
    let spelled = search::search_text([text]);
    let spellings: Vec<_> = spelled
        .split('\u{1f}')
        .filter(|part| part.is_ascii() && !part.is_empty())
        .collect();
    let letters = spellings.first().copied().unwrap_or("office");
    letters
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(".")
}

/// The customer with `number`: a third each Chinese, German and English.
pub(super) fn make(dice: &mut Dice, number: u32, midnight: i64, people: &People) -> Made {
    let region = [&CHINESE, &GERMAN, &ENGLISH][number as usize % 3];
    let is_company = !dice.chance(PERSONS);
    let town = dice.pick(region.towns);
    let brand = *dice.pick(region.brands);
    let (trade, industry) = *dice.pick(region.trades);
    let name = if is_company {
        company_name(dice, region, brand, trade, town.name)
    } else {
        full_name(dice, region)
    };
    let domain = if is_company {
        format!("{}.example", slug(brand).replace('.', "-"))
    } else {
        "mailbox.example".to_owned()
    };
    let owner = people.owner(dice);
    let created_at = midnight - dice.between(30, 1500) * DAY + dice.between(8, 17) * 3_600_000;
    let status = *dice.pick(&[
        "active", "active", "active", "active", "prospect", "prospect", "dormant", "lost",
    ]);
    let row = customer::Model {
        id: dice.id(),
        version: 1,
        sort_key: search::sort_key(&name),
        name,
        search_name: String::new(),
        search_text: String::new(),
        search_phones: String::new(),
        kind: if is_company { "company" } else { "person" }.to_owned(),
        status: status.to_owned(),
        industry: if is_company {
            industry.to_owned()
        } else {
            String::new()
        },
        employees: is_company.then(|| i32::try_from(5 + dice.skewed(4000)).unwrap_or(5)),
        street: street(dice, region),
        postal_code: format!("{}{}", town.postal, dice.digits(town.postal_digits)),
        city: town.name.to_owned(),
        country: town.country.to_owned(),
        website: is_company.then(|| format!("https://www.{domain}")),
        owner_id: owner.id,
        team_id: owner.team,
        language: region.language.to_owned(),
        channel: (*dice.pick(&["phone", "email", "email", "visit"])).to_owned(),
        custom_fields: custom_fields(dice, region, is_company),
        created_at,
        updated_at: created_at,
        last_activity_at: 0,
    };
    let profile = Profile {
        region,
        is_company,
        domain,
    };
    Made { row, profile }
}

fn street(dice: &mut Dice, region: &Region) -> String {
    let (street, number) = (*dice.pick(region.streets), dice.between(1, 188));
    match region.language {
        "zh-CN" => format!("{street}{number}号"),
        "de" => format!("{street} {number}"),
        _ => format!("{number} {street}"),
    }
}

fn custom_fields(dice: &mut Dice, region: &Region, is_company: bool) -> String {
    let [contract, invoice] = region.field_names;
    let mut fields = Vec::new();
    if is_company && dice.chance(60) {
        fields.push(CustomField {
            name: contract.to_owned(),
            value: format!("RV-{}", dice.digits(5)),
        });
        fields.push(CustomField {
            name: invoice.to_owned(),
            value: dice.digits(4),
        });
    }
    json(&fields)
}

/// Plain data always has a JSON form; an empty list would only hide details of the demonstration.
pub(super) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "[]".to_owned())
}

/// Labels of a customer.
pub(super) fn tags(dice: &mut Dice, customer_id: Uuid) -> Vec<customer_tag::Model> {
    let mut chosen: Vec<&str> = (0..dice.between(0, 3)).map(|_| *dice.pick(TAGS)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let rows = chosen.into_iter().map(|tag| customer_tag::Model {
        customer_id,
        tag: tag.to_owned(),
    });
    rows.collect()
}

/// Fills in what searches look at.
pub(super) fn index(customer: &mut customer::Model, contacts: &[contact::Model]) {
    let names = contacts.iter().map(|contact| contact.name.as_str());
    customer.search_name = search::search_text([customer.name.as_str()]);
    customer.search_text = search::search_text(std::iter::once(customer.name.as_str()).chain(names));
    let phones: Vec<String> = contacts
        .iter()
        .flat_map(|contact| serde_json::from_str::<Vec<ContactPoint>>(&contact.phones).unwrap_or_default())
        .map(|point| point.value)
        .collect();
    customer.search_phones = search::search_phones(phones.iter().map(String::as_str));
}
