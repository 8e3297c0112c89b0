//! People at customers. Numbers come from ranges set aside for fiction where a country has such.

use portico_contract::customer::{ContactLabel, ContactPoint};

use super::super::entities::{contact, customer};
use super::companies::{Profile, full_name, json, slug};
use super::dice::Dice;

fn mobile(dice: &mut Dice, country: &str) -> String {
    match country {
        "CN" => format!("+86138000{}", dice.digits(5)),
        "US" => format!(
            "+1{}55501{}",
            dice.pick(&["617", "206", "512", "312", "503"]),
            dice.digits(2)
        ),
        "GB" | "IE" => format!("+447700900{}", dice.digits(3)),
        _ => format!("+4917139200{}", dice.digits(2)),
    }
}

fn landline(dice: &mut Dice, country: &str) -> String {
    match country {
        "CN" => format!("+8621{}", dice.digits(8)),
        "US" => format!(
            "+1{}55501{}",
            dice.pick(&["617", "206", "512", "312", "503"]),
            dice.digits(2)
        ),
        "GB" | "IE" => format!("+442079460{}", dice.digits(3)),
        _ => format!("+493023125{}", dice.digits(3)),
    }
}

fn phones(dice: &mut Dice, country: &str, is_company: bool) -> Vec<ContactPoint> {
    let mut phones = vec![ContactPoint {
        label: ContactLabel::Mobile,
        value: mobile(dice, country),
    }];
    if dice.chance(45) {
        phones.push(ContactPoint {
            label: if is_company {
                ContactLabel::Work
            } else {
                ContactLabel::Home
            },
            value: landline(dice, country),
        });
    }
    phones
}

/// As many people as asked for, the one to call first on top.
pub(super) fn contacts(
    dice: &mut Dice,
    count: u32,
    profile: &Profile,
    customer: &customer::Model,
) -> Vec<contact::Model> {
    (0..i32::try_from(count).unwrap_or(i32::MAX))
        .map(|position| {
            let name = if position == 0 && !profile.is_company {
                customer.name.clone()
            } else {
                full_name(dice, profile.region)
            };
            let job = if profile.is_company {
                *dice.pick(profile.region.jobs)
            } else {
                ""
            };
            let email = ContactPoint {
                label: if profile.is_company {
                    ContactLabel::Work
                } else {
                    ContactLabel::Home
                },
                value: format!("{}@{}", slug(&name), profile.domain),
            };
            contact::Model {
                id: dice.id(),
                customer_id: customer.id,
                name,
                job_title: job.to_owned(),
                is_primary: position == 0,
                position,
                phones: json(&phones(dice, &customer.country, profile.is_company)),
                emails: json(&[email]),
            }
        })
        .collect()
}
