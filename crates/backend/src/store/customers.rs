//! Customers: lists and records. Their timelines and orders are in `timeline`.

use std::collections::HashMap;

use portico_contract::customer::{
    Address, Contact, Customer, CustomerFacets, CustomerRef, CustomerSort, CustomerStatus, Preferences,
};
use portico_contract::ids::{ContactId, CustomerId, TeamId};
use portico_contract::user::TeamRef;
use sea_orm::sea_query::{LikeExpr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, Order, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;

use super::entities::customer::{Column, Entity, Model};
use super::entities::{contact, customer_tag, team, user};
use super::summaries::tags;
use super::users::{person, references as people_by_id};
use super::{stored, stored_json};
use crate::domain::access::Reach;
use crate::domain::clock::timestamp;
use crate::domain::cursor::{Position, SortValue, Window};
use crate::domain::failure::Failure;
use crate::domain::search::{SearchTerms, sort_key};

/// Which customers a list shows, in which order.
pub(crate) struct CustomerFilter {
    pub(crate) reach: Reach,
    pub(crate) terms: SearchTerms,
    pub(crate) owner: Option<Uuid>,
    pub(crate) status: Option<CustomerStatus>,
    pub(crate) tag: Option<String>,
    pub(crate) sort: CustomerSort,
}

/// The repository of customers.
#[derive(Clone)]
pub(crate) struct Customers {
    pub(super) db: DatabaseConnection,
}

/// Continues `select` behind the window's start, in `order` of `column` and then `id`, with one row more than the
/// window holds: its presence says that the list goes on.
pub(super) fn continued<E: EntityTrait, C: ColumnTrait>(
    select: Select<E>,
    window: &Window,
    column: C,
    id: C,
    order: Order,
) -> Select<E> {
    let select = match &window.after {
        Some(position) => select.filter(behind(position, column, id, &order)),
        None => select,
    };
    select
        .order_by(column, order.clone())
        .order_by(id, order)
        .limit(u64::from(window.limit) + 1)
}

fn behind<C: ColumnTrait>(position: &Position, column: C, id: C, order: &Order) -> Condition {
    let value: sea_orm::Value = match &position.value {
        SortValue::Text(text) => text.clone().into(),
        SortValue::Number(number) => (*number).into(),
    };
    let (past, past_id) = match order {
        Order::Desc => (column.lt(value.clone()), id.lt(position.id)),
        _ => (column.gt(value.clone()), id.gt(position.id)),
    };
    let tie = Condition::all().add(column.eq(value)).add(past_id);
    Condition::any().add(past).add(tie)
}

pub(super) fn within(reach: Reach) -> Condition {
    match reach {
        Reach::Own(person) => Condition::all().add(Column::OwnerId.eq(person)),
        Reach::Team(team) => Condition::all().add(Column::TeamId.eq(team)),
        Reach::All => Condition::all(),
    }
}

/// `text` anywhere, taken literally.
pub(super) fn containing(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('!')
}

/// Only customers that `terms` fit.
pub(super) fn fitting(terms: &SearchTerms) -> Condition {
    if terms.is_empty() {
        return Condition::all();
    }
    let words = terms
        .words
        .iter()
        .map(|word| Column::SearchText.like(containing(word)));
    let numbers = terms
        .digits
        .iter()
        .map(|digits| Column::SearchPhones.like(containing(digits)));
    let every_word = words.fold(Condition::all(), Condition::add);
    numbers.fold(Condition::any().add(every_word), Condition::add)
}

fn condition(filter: &CustomerFilter) -> Condition {
    let tagged = filter.tag.as_ref().map(|tag| {
        let tagged = Query::select()
            .column(customer_tag::Column::CustomerId)
            .from(customer_tag::Entity)
            .and_where(customer_tag::Column::Tag.eq(tag.as_str()))
            .to_owned();
        Column::Id.in_subquery(tagged)
    });
    Condition::all()
        .add(within(filter.reach))
        .add(fitting(&filter.terms))
        .add_option(filter.owner.map(|owner| Column::OwnerId.eq(owner)))
        .add_option(filter.status.map(|status| Column::Status.eq(status.as_str())))
        .add_option(tagged)
}

pub(super) fn optional_time(moment: i64) -> Result<Option<portico_contract::time::Timestamp>, Failure> {
    // Zero stands for "never", so that the column can be ordered by alike on every database.
    if moment == 0 {
        Ok(None)
    } else {
        timestamp(moment).map(Some)
    }
}

impl Customers {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// The place of `row` in a list ordered by `sort`.
    pub(crate) fn position(row: &Model, sort: CustomerSort) -> Position {
        let value = match sort {
            CustomerSort::Name | CustomerSort::NameDescending => SortValue::Text(row.sort_key.clone()),
            CustomerSort::LastActivity => SortValue::Number(row.last_activity_at),
            CustomerSort::Created => SortValue::Number(row.created_at),
        };
        Position { value, id: row.id }
    }

    /// The rows of a page (and one more, if there is one) and the number of all.
    pub(crate) async fn page(
        &self,
        filter: &CustomerFilter,
        window: &Window,
    ) -> Result<(Vec<Model>, u64), Failure> {
        let select = Entity::find().filter(condition(filter));
        let total = select.clone().count(&self.db).await?;
        let (column, order) = match filter.sort {
            CustomerSort::Name => (Column::SortKey, Order::Asc),
            CustomerSort::NameDescending => (Column::SortKey, Order::Desc),
            CustomerSort::LastActivity => (Column::LastActivityAt, Order::Desc),
            CustomerSort::Created => (Column::CreatedAt, Order::Desc),
        };
        let rows = continued(select, window, column, Column::Id, order)
            .all(&self.db)
            .await?;
        Ok((rows, total))
    }

    /// The customers something was last done with.
    pub(crate) async fn recently_active(&self, reach: Reach, limit: u64) -> Result<Vec<Model>, Failure> {
        let rows = Entity::find()
            .filter(within(reach))
            .filter(Column::LastActivityAt.gt(0))
            .order_by_desc(Column::LastActivityAt)
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        Ok(rows)
    }

    /// What the list can be filtered by within `reach`.
    pub(crate) async fn facets(&self, reach: Reach) -> Result<CustomerFacets, Failure> {
        let ids = |column: Column| {
            let select = Query::select().distinct().column(column).from(Entity).to_owned();
            let mut select = select;
            select.cond_where(within(reach));
            select
        };
        let owners: Vec<Uuid> = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .filter(user::Column::Id.in_subquery(ids(Column::OwnerId)))
            .into_tuple()
            .all(&self.db)
            .await?;
        let mut owners: Vec<_> = people_by_id(&self.db, owners).await?.into_values().collect();
        owners.sort_by_cached_key(|owner| (sort_key(&owner.name), owner.id));
        let mut tags: Vec<String> = customer_tag::Entity::find()
            .select_only()
            .column(customer_tag::Column::Tag)
            .distinct()
            .filter(customer_tag::Column::CustomerId.in_subquery(ids(Column::Id)))
            .into_tuple()
            .all(&self.db)
            .await?;
        tags.sort_by_cached_key(|tag| (sort_key(tag), tag.clone()));
        Ok(CustomerFacets { owners, tags })
    }

    /// Whether a customer is within `reach`.
    pub(crate) async fn exists(&self, id: Uuid, reach: Reach) -> Result<bool, Failure> {
        Ok(Entity::find_by_id(id)
            .filter(within(reach))
            .count(&self.db)
            .await?
            > 0)
    }

    /// A customer's record, if it is within `reach`; who may edit it is for the caller to say.
    pub(crate) async fn find(&self, id: Uuid, reach: Reach) -> Result<Option<Customer>, Failure> {
        match Entity::find_by_id(id).filter(within(reach)).one(&self.db).await? {
            Some(row) => record(&self.db, row).await.map(Some),
            None => Ok(None),
        }
    }
}

/// The record that `row` is the heart of.
pub(super) async fn record<C: ConnectionTrait>(db: &C, row: Model) -> Result<Customer, Failure> {
    let people = people_by_id(db, [row.owner_id]).await?;
    let team = team::Entity::find_by_id(row.team_id).one(db).await?;
    let record = Record {
        owner: person(&people, row.owner_id)?,
        team: TeamRef {
            id: TeamId(row.team_id),
            name: team.map(|team| team.name).unwrap_or_default(),
        },
        tags: tags(db, &[row.id]).await?.remove(&row.id).unwrap_or_default(),
        contacts: contacts(db, row.id).await?,
    };
    describe(row, record)
}

async fn contacts<C: ConnectionTrait>(db: &C, customer: Uuid) -> Result<Vec<Contact>, Failure> {
    let rows = contact::Entity::find()
        .filter(contact::Column::CustomerId.eq(customer))
        .order_by_desc(contact::Column::IsPrimary)
        .order_by_asc(contact::Column::Position)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Contact {
                id: ContactId(row.id),
                name: row.name,
                job_title: row.job_title,
                primary: row.is_primary,
                phones: stored_json(&row.phones)?,
                emails: stored_json(&row.emails)?,
            })
        })
        .collect()
}

/// What a customer's record holds beside its row.
struct Record {
    owner: portico_contract::user::UserRef,
    team: TeamRef,
    tags: Vec<String>,
    contacts: Vec<Contact>,
}

fn describe(row: Model, record: Record) -> Result<Customer, Failure> {
    Ok(Customer {
        id: CustomerId(row.id),
        version: u32::try_from(row.version).map_err(Failure::internal)?,
        name: row.name,
        kind: stored(&row.kind)?,
        status: stored(&row.status)?,
        industry: row.industry,
        employees: row
            .employees
            .map(u32::try_from)
            .transpose()
            .map_err(Failure::internal)?,
        address: Address {
            street: row.street,
            postal_code: row.postal_code,
            city: row.city,
            country: row.country,
        },
        website: row.website,
        owner: record.owner,
        team: record.team,
        tags: record.tags,
        preferences: Preferences {
            language: stored(&row.language)?,
            channel: stored(&row.channel)?,
        },
        custom_fields: stored_json(&row.custom_fields)?,
        contacts: record.contacts,
        created_at: timestamp(row.created_at)?,
        updated_at: timestamp(row.updated_at)?,
        last_activity_at: optional_time(row.last_activity_at)?,
        editable: false,
    })
}

/// The names of customers, by id.
pub(super) async fn references<C: ConnectionTrait>(
    db: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, CustomerRef>, Failure> {
    let mut ids: Vec<_> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Name)
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    let named = rows.into_iter().map(|(id, name)| {
        let reference = CustomerRef {
            id: CustomerId(id),
            name,
        };
        (id, reference)
    });
    Ok(named.collect())
}
