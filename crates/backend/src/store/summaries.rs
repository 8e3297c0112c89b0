//! Customers as lists show them: each row with its owner, labels, first contact and open deals.

use std::collections::HashMap;

use portico_contract::customer::{ContactPoint, ContactSummary, CustomerSummary};
use portico_contract::ids::CustomerId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::customers::{Customers, optional_time};
use super::entities::customer::Model;
use super::entities::{contact, customer_tag, deal};
use super::users::{person, references as people_by_id};
use super::{deals, stored, stored_json};
use crate::domain::access::Reach;
use crate::domain::failure::Failure;

impl Customers {
    /// `rows` as a list shows them; open deals are counted within `deals`.
    pub(crate) async fn summaries(
        &self,
        rows: Vec<Model>,
        deals: Option<Reach>,
    ) -> Result<Vec<CustomerSummary>, Failure> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let people = people_by_id(&self.db, rows.iter().map(|row| row.owner_id)).await?;
        let mut tags = tags(&self.db, &ids).await?;
        let mut contacts = self.primary_contacts(&ids).await?;
        let open_deals = self.open_deals(&ids, deals).await?;
        rows.into_iter()
            .map(|row| {
                Ok(CustomerSummary {
                    id: CustomerId(row.id),
                    name: row.name,
                    kind: stored(&row.kind)?,
                    status: stored(&row.status)?,
                    city: row.city,
                    owner: person(&people, row.owner_id)?,
                    tags: tags.remove(&row.id).unwrap_or_default(),
                    primary_contact: contacts.remove(&row.id),
                    open_deals: open_deals.get(&row.id).copied().unwrap_or(0),
                    last_activity_at: optional_time(row.last_activity_at)?,
                })
            })
            .collect()
    }

    async fn primary_contacts(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, ContactSummary>, Failure> {
        let rows = contact::Entity::find()
            .filter(contact::Column::CustomerId.is_in(ids.iter().copied()))
            .filter(contact::Column::IsPrimary.eq(true))
            .all(&self.db)
            .await?;
        let mut contacts = HashMap::with_capacity(rows.len());
        for row in rows {
            let phones: Vec<ContactPoint> = stored_json(&row.phones)?;
            let phone = phones.into_iter().next().map(|phone| phone.value);
            contacts.insert(
                row.customer_id,
                ContactSummary {
                    name: row.name,
                    phone,
                },
            );
        }
        Ok(contacts)
    }

    async fn open_deals(&self, ids: &[Uuid], reach: Option<Reach>) -> Result<HashMap<Uuid, u32>, Failure> {
        let Some(reach) = reach else {
            return Ok(HashMap::new());
        };
        let rows: Vec<(Uuid, i64)> = deal::Entity::find()
            .select_only()
            .column(deal::Column::CustomerId)
            .column_as(deal::Column::Id.count(), "deals")
            .filter(deal::Column::CustomerId.is_in(ids.iter().copied()))
            .filter(deals::within(reach))
            .filter(deals::open())
            .group_by(deal::Column::CustomerId)
            .into_tuple()
            .all(&self.db)
            .await?;
        rows.into_iter()
            .map(|(id, deals)| Ok((id, u32::try_from(deals).map_err(Failure::internal)?)))
            .collect()
    }
}

/// The labels of customers, by id.
pub(super) async fn tags<C: ConnectionTrait>(
    db: &C,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<String>>, Failure> {
    let rows = customer_tag::Entity::find()
        .filter(customer_tag::Column::CustomerId.is_in(ids.iter().copied()))
        .order_by_asc(customer_tag::Column::Tag)
        .all(db)
        .await?;
    let mut tags: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        tags.entry(row.customer_id).or_default().push(row.tag);
    }
    Ok(tags)
}
