//! What happened with customers: deals, activities, orders.

use portico_contract::customer::OrderLine;
use portico_contract::money::{Currency, Money};

use super::super::entities::{activity, customer, deal, order, stage};
use super::companies::{Profile, json};
use super::dice::{Dice, day};
use super::pipelines::{DemoPipeline, Ranks};
use super::texts;
use crate::domain::clock::{DAY, HOUR, MINUTE};
use crate::domain::search::search_text;

/// A moment within working hours, `days` before the day that begins at `midnight`.
fn working_hour(dice: &mut Dice, midnight: i64, days: i64) -> i64 {
    midnight - days.max(1) * DAY + dice.between(8, 16) * HOUR + dice.between(0, 59) * MINUTE
}

/// Open stages hold most deals.
fn stage<'a>(dice: &mut Dice, pipeline: &'a DemoPipeline) -> &'a stage::Model {
    let kind = match dice.between(0, 99) {
        0..70 => "open",
        70..88 => "won",
        _ => "lost",
    };
    let fitting: Vec<_> = pipeline
        .stages
        .iter()
        .filter(|stage| stage.kind == kind)
        .collect();
    dice.pick::<&stage::Model>(&fitting)
}

/// As many deals as asked for.
pub(super) fn deals(
    dice: &mut Dice,
    count: u32,
    profile: &Profile,
    customer: &customer::Model,
    pipelines: &[DemoPipeline],
    ranks: &mut Ranks,
    midnight: i64,
) -> Vec<deal::Model> {
    (0..count)
        .map(|_| {
            let pipeline = if dice.chance(65) {
                &pipelines[0]
            } else {
                &pipelines[1]
            };
            let stage = stage(dice, pipeline);
            deal(dice, profile, customer, stage, ranks.next(stage.id), midnight)
        })
        .collect()
}

fn deal(
    dice: &mut Dice,
    profile: &Profile,
    customer: &customer::Model,
    stage: &stage::Model,
    rank: i64,
    midnight: i64,
) -> deal::Model {
    let texts = texts::deals(profile.region.language);
    // The stages of renewals start out likely.
    let subjects = if stage.probability == 60
        || ["Renewed", "Cancelled", "In review", "Offer sent"].contains(&&*stage.name)
    {
        texts.renewals
    } else {
        texts.new_business
    };
    let name = *dice.pick(subjects);
    let open = stage.kind == "open";
    let next_step = (open && dice.chance(75)).then(|| *dice.pick(texts.next_steps));
    let close = if open {
        dice.between(-8, 120)
    } else {
        -dice.between(3, 200)
    };
    let entered = dice.between(1, 60) + if open { 0 } else { -close };
    deal::Model {
        id: dice.id(),
        version: 1,
        name: name.to_owned(),
        search_name: search_text([name]),
        customer_id: customer.id,
        pipeline_id: stage.pipeline_id,
        stage_id: stage.id,
        rank,
        amount_minor: (5 + dice.skewed(1_800)) * 50_000,
        currency: (*dice.pick(profile.region.currencies)).to_owned(),
        probability: stage.probability,
        expected_close: day(midnight, close),
        owner_id: customer.owner_id,
        team_id: customer.team_id,
        next_step_text: next_step.map(str::to_owned),
        next_step_due: next_step.map(|_| day(midnight, dice.between(-4, 25))),
        lost_reason: (stage.kind == "lost").then(|| (*dice.pick(texts.lost)).to_owned()),
        stage_entered_at: working_hour(dice, midnight, entered),
    }
}

/// As many activities as asked for.
pub(super) fn activities(
    dice: &mut Dice,
    count: u32,
    profile: &Profile,
    customer: &customer::Model,
    deals: &[deal::Model],
    midnight: i64,
) -> Vec<activity::Model> {
    let entries = texts::entries(profile.region.language);
    (0..count)
        .map(|_| {
            let (kind, text) = *dice.pick(entries);
            let days = 1 + dice.skewed(400);
            let deal_id = if deals.is_empty() || dice.chance(60) {
                None
            } else {
                Some(dice.pick(deals).id)
            };
            activity::Model {
                id: dice.id(),
                customer_id: customer.id,
                kind: kind.to_owned(),
                at: working_hour(dice, midnight, days),
                author_id: customer.owner_id,
                text: text.to_owned(),
                deal_id,
            }
        })
        .collect()
}

/// As many orders as asked for.
pub(super) fn orders(
    dice: &mut Dice,
    count: u32,
    profile: &Profile,
    customer: &customer::Model,
    number: usize,
    midnight: i64,
) -> Vec<order::Model> {
    let currency = profile
        .region
        .currencies
        .first()
        .and_then(|code| Currency::from_code(code));
    let currency = currency.unwrap_or(Currency::Eur);
    (0..count)
        .map(|index| {
            let lines = lines(dice, profile, currency);
            let total = lines
                .iter()
                .map(|line| line.unit_price.minor.saturating_mul(i64::from(line.quantity)))
                .sum();
            order::Model {
                id: dice.id(),
                customer_id: customer.id,
                number: format!("A{number:05}-{:02}", index + 1),
                date: day(midnight, -(1 + dice.skewed(900))),
                lines: json(&lines),
                total_minor: total,
                currency: currency.code().to_owned(),
            }
        })
        .collect()
}

fn lines(dice: &mut Dice, profile: &Profile, currency: Currency) -> Vec<OrderLine> {
    let goods = texts::deals(profile.region.language).goods;
    (0..dice.between(1, 4))
        .map(|_| OrderLine {
            description: (*dice.pick(goods)).to_owned(),
            quantity: u32::try_from(dice.between(1, 12)).unwrap_or(1),
            unit_price: Money {
                minor: (1 + dice.skewed(400)) * 2_500,
                currency,
            },
        })
        .collect()
}
