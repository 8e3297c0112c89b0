//! Demonstration data: the same on every machine, with dates counted back from the day it is made.

mod accounts;
mod companies;
mod dice;
mod history;
mod names;
mod people;
mod pipelines;
mod shares;
mod texts;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait as _,
};

use super::entities::{activity, contact, customer, customer_tag, deal, order, pipeline, stage, user};
use crate::domain::clock::DAY;
use companies::Made;
use dice::Dice;
use shares::share;

pub use accounts::{DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount, STATE_ACCOUNTS, StateAccount};

/// How many customers there are when nobody says otherwise.
pub(super) const CUSTOMERS: u32 = 500;

/// So many rows go into one statement: few enough for the parameters either database takes.
const BATCH: usize = 500;

/// What to make.
#[derive(Clone, Debug)]
pub struct DemoPlan {
    /// How many customers; the rest is in proportion.
    pub customers: u32,
    /// Now. Only its day matters.
    pub now: i64,
    /// The hash of [`DEMO_PASSWORD`], made once for all accounts.
    pub password_hash: String,
}

impl DemoPlan {
    /// The usual amount of data as of `now`.
    pub fn new(now: i64, password_hash: String) -> Self {
        Self {
            customers: CUSTOMERS,
            now,
            password_hash,
        }
    }
}

/// Everything that belongs to the customers.
#[derive(Default)]
pub(super) struct Rows {
    customers: Vec<customer::Model>,
    tags: Vec<customer_tag::Model>,
    contacts: Vec<contact::Model>,
    deals: Vec<deal::Model>,
    activities: Vec<activity::Model>,
    orders: Vec<order::Model>,
}

/// Fills an empty database; `false` when there was something in it.
pub(super) async fn seed(db: &DatabaseTransaction, plan: &DemoPlan) -> Result<bool, DbErr> {
    if user::Entity::find().count(db).await? > 0 {
        return Ok(false);
    }
    let mut dice = Dice::new();
    let midnight = plan.now - plan.now.rem_euclid(DAY);
    let people = accounts::insert(db, &mut dice, midnight, &plan.password_hash).await?;
    let pipelines = pipelines::make(&mut dice);
    insert_all::<pipeline::Entity, _, _>(db, pipelines.iter().map(|p| p.row.clone())).await?;
    let stages = pipelines.iter().flat_map(|p| p.stages.iter().cloned());
    insert_all::<stage::Entity, _, _>(db, stages).await?;
    let rows = make_rows(&mut dice, plan.customers, midnight, &people, &pipelines);
    insert_all::<customer::Entity, _, _>(db, rows.customers).await?;
    insert_all::<customer_tag::Entity, _, _>(db, rows.tags).await?;
    insert_all::<contact::Entity, _, _>(db, rows.contacts).await?;
    insert_all::<deal::Entity, _, _>(db, rows.deals).await?;
    insert_all::<activity::Entity, _, _>(db, rows.activities).await?;
    insert_all::<order::Entity, _, _>(db, rows.orders).await?;
    accounts::insert_states(db, &mut dice, midnight, &plan.password_hash, &people).await?;
    Ok(true)
}

fn make_rows(
    dice: &mut Dice,
    customers: u32,
    midnight: i64,
    people: &accounts::People,
    pipelines: &[pipelines::DemoPipeline],
) -> Rows {
    let made: Vec<Made> = (0..customers)
        .map(|number| companies::make(dice, number, midnight, people))
        .collect();
    let contacts = share(dice, customers, 300, |dice, number| {
        if made[number].profile.is_company {
            *dice.pick(&[2, 3, 3, 3, 4, 4])
        } else {
            1
        }
    });
    let deals = share(dice, customers, 80, |dice, _| *dice.pick(&[0, 0, 1, 1, 2]));
    // One customer in twenty has no activity yet.
    let activities = share(dice, customers, 1_000, |dice, _| {
        if dice.chance(5) {
            0
        } else {
            *dice.pick(&[4, 7, 10, 13, 17])
        }
    });
    // Prospects have not bought yet.
    let orders = share(dice, customers, 400, |dice, number| {
        if made[number].row.status == "prospect" {
            0
        } else {
            *dice.pick(&[2, 4, 5, 6, 9])
        }
    });
    let mut rows = Rows::default();
    let mut ranks = pipelines::Ranks::default();
    for (number, Made { row, profile }) in made.into_iter().enumerate() {
        let mut customer = row;
        let people = people::contacts(dice, contacts[number], &profile, &customer);
        companies::index(&mut customer, &people);
        let deals = history::deals(
            dice,
            deals[number],
            &profile,
            &customer,
            pipelines,
            &mut ranks,
            midnight,
        );
        let activities = history::activities(dice, activities[number], &profile, &customer, &deals, midnight);
        rows.orders.extend(history::orders(
            dice,
            orders[number],
            &profile,
            &customer,
            number,
            midnight,
        ));
        customer.last_activity_at = activities.iter().map(|activity| activity.at).max().unwrap_or(0);
        customer.updated_at = customer.updated_at.max(customer.last_activity_at);
        rows.tags.extend(companies::tags(dice, customer.id));
        rows.customers.push(customer);
        rows.contacts.extend(people);
        rows.deals.extend(deals);
        rows.activities.extend(activities);
    }
    rows
}

async fn insert_all<E, M, C>(db: &C, rows: impl IntoIterator<Item = M>) -> Result<(), DbErr>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
    C: ConnectionTrait,
{
    let mut rows = rows
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .peekable();
    while rows.peek().is_some() {
        let batch: Vec<E::ActiveModel> = rows.by_ref().take(BATCH).collect();
        E::insert_many(batch).exec_without_returning(db).await?;
    }
    Ok(())
}
