//! Writing customers: the row, what it is found by, and its labels, all or nothing.

use portico_contract::customer::{Customer, CustomerInput};
use portico_contract::problem::ErrorCode;
use portico_contract::validate::Validated;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    TransactionTrait as _,
};
use uuid::Uuid;

use super::customers::{Customers, record};
use super::entities::customer::{ActiveModel, Column, Entity};
use super::entities::customer_tag;
use crate::domain::failure::Failure;
use crate::domain::search::{search_phones, search_text, sort_key};

/// Who looks after a customer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner {
    pub(crate) id: Uuid,
    pub(crate) team: Uuid,
}

/// What is written about a customer.
pub(crate) struct CustomerEntry {
    pub(crate) input: Validated<CustomerInput>,
    pub(crate) owner: Owner,
    pub(crate) now: i64,
}

impl Customers {
    /// Stores a new customer.
    pub(crate) async fn insert(&self, id: Uuid, entry: &CustomerEntry) -> Result<Customer, Failure> {
        let row = ActiveModel {
            id: Set(id),
            version: Set(1),
            search_phones: Set(search_phones([])),
            created_at: Set(entry.now),
            last_activity_at: Set(0),
            ..columns(entry, [])?
        };
        let transaction = self.db.begin().await?;
        Entity::insert(row).exec_without_returning(&transaction).await?;
        label(&transaction, id, &entry.input.tags).await?;
        finish(transaction, id).await
    }

    /// Replaces what people entered about `seen`, if it still has that version.
    pub(crate) async fn update(&self, seen: &Customer, entry: &CustomerEntry) -> Result<Customer, Failure> {
        let id = seen.id.0;
        let people = seen.contacts.iter().map(|contact| contact.name.as_str());
        let row = columns(entry, people)?;
        let transaction = self.db.begin().await?;
        // First of all: of several writers who saw the same version, on both databases, one changes a row here.
        let written = Entity::update_many()
            .set(row)
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(id))
            .filter(Column::Version.eq(seen.version))
            .exec(&transaction)
            .await?;
        if written.rows_affected != 1 {
            return Err(Failure::of(ErrorCode::VersionMismatch));
        }
        customer_tag::Entity::delete_many()
            .filter(customer_tag::Column::CustomerId.eq(id))
            .exec(&transaction)
            .await?;
        label(&transaction, id, &entry.input.tags).await?;
        finish(transaction, id).await
    }
}

/// The columns that follow from what people enter. `people` are the names of the customer's contacts.
fn columns<'a>(
    entry: &'a CustomerEntry,
    people: impl IntoIterator<Item = &'a str>,
) -> Result<ActiveModel, Failure> {
    let input = &*entry.input;
    let names = std::iter::once(input.name.as_str()).chain(people);
    Ok(ActiveModel {
        name: Set(input.name.clone()),
        sort_key: Set(sort_key(&input.name)),
        search_name: Set(search_text([input.name.as_str()])),
        search_text: Set(search_text(names)),
        kind: Set(input.kind.as_str().to_owned()),
        status: Set(input.status.as_str().to_owned()),
        industry: Set(input.industry.clone()),
        employees: Set(input
            .employees
            .map(i32::try_from)
            .transpose()
            .map_err(Failure::internal)?),
        street: Set(input.street.clone()),
        postal_code: Set(input.postal_code.clone()),
        city: Set(input.city.clone()),
        country: Set(input.country.clone()),
        website: Set(input.website.clone()),
        owner_id: Set(entry.owner.id),
        team_id: Set(entry.owner.team),
        language: Set(input.language.tag().to_owned()),
        channel: Set(input.channel.as_str().to_owned()),
        custom_fields: Set(serde_json::to_string(&input.custom_fields).map_err(Failure::internal)?),
        updated_at: Set(entry.now),
        ..ActiveModel::default()
    })
}

async fn label(transaction: &DatabaseTransaction, customer: Uuid, tags: &[String]) -> Result<(), Failure> {
    if tags.is_empty() {
        return Ok(());
    }
    let rows = tags.iter().map(|tag| customer_tag::ActiveModel {
        customer_id: Set(customer),
        tag: Set(tag.clone()),
    });
    customer_tag::Entity::insert_many(rows)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Reads what was written before another writer can change it, and lets go.
async fn finish(transaction: DatabaseTransaction, id: Uuid) -> Result<Customer, Failure> {
    let row = Entity::find_by_id(id).one(&transaction).await?;
    let row = row.ok_or_else(|| Failure::internal("a customer is gone while it is written"))?;
    let customer = record(&transaction, row).await?;
    transaction.commit().await?;
    Ok(customer)
}
