//! A customer's history: activities and orders.

use std::collections::HashMap;

use portico_contract::customer::{Activity, Order as Purchase};
use portico_contract::deal::DealRef;
use portico_contract::ids::{ActivityId, DealId, OrderId};
use portico_contract::money::{Currency, Money};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, Order, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::customers::{Customers, continued};
use super::entities::{activity, deal, order};
use super::users::{person, references};
use super::{deals, stored, stored_json};
use crate::domain::access::Reach;
use crate::domain::clock::{date, timestamp};
use crate::domain::cursor::{Position, SortValue, Window};
use crate::domain::failure::Failure;

impl Customers {
    /// The place of an activity in its timeline.
    pub(crate) fn activity_position(row: &activity::Model) -> Position {
        Position {
            value: SortValue::Number(row.at),
            id: row.id,
        }
    }

    /// The place of an order among those of its customer.
    pub(crate) fn order_position(row: &order::Model) -> Position {
        Position {
            value: SortValue::Text(row.date.clone()),
            id: row.id,
        }
    }

    /// A customer's activities (one more than the window holds, if there is one) and their number.
    pub(crate) async fn activities(
        &self,
        customer: Uuid,
        window: &Window,
    ) -> Result<(Vec<activity::Model>, u64), Failure> {
        let select = activity::Entity::find().filter(activity::Column::CustomerId.eq(customer));
        let total = select.clone().count(&self.db).await?;
        let page = continued(
            select,
            window,
            activity::Column::At,
            activity::Column::Id,
            Order::Desc,
        );
        Ok((page.all(&self.db).await?, total))
    }

    /// A customer's orders (one more than the window holds, if there is one) and their number.
    pub(crate) async fn orders(
        &self,
        customer: Uuid,
        window: &Window,
    ) -> Result<(Vec<order::Model>, u64), Failure> {
        let select = order::Entity::find().filter(order::Column::CustomerId.eq(customer));
        let total = select.clone().count(&self.db).await?;
        let page = continued(
            select,
            window,
            order::Column::Date,
            order::Column::Id,
            Order::Desc,
        );
        Ok((page.all(&self.db).await?, total))
    }

    /// `rows` as the contract describes activities; a deal is named only if it is within `deals`.
    pub(crate) async fn describe_activities(
        &self,
        rows: Vec<activity::Model>,
        deals: Option<Reach>,
    ) -> Result<Vec<Activity>, Failure> {
        let people = references(&self.db, rows.iter().map(|row| row.author_id)).await?;
        let named = self
            .deal_names(rows.iter().filter_map(|row| row.deal_id), deals)
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Activity {
                    id: ActivityId(row.id),
                    kind: stored(&row.kind)?,
                    at: timestamp(row.at)?,
                    author: person(&people, row.author_id)?,
                    text: row.text,
                    deal: row.deal_id.and_then(|id| named.get(&id).cloned()),
                })
            })
            .collect()
    }

    async fn deal_names(
        &self,
        ids: impl Iterator<Item = Uuid>,
        reach: Option<Reach>,
    ) -> Result<HashMap<Uuid, DealRef>, Failure> {
        let ids: Vec<_> = ids.collect();
        let Some(reach) = reach.filter(|_| !ids.is_empty()) else {
            return Ok(HashMap::new());
        };
        let rows: Vec<(Uuid, String)> = deal::Entity::find()
            .select_only()
            .column(deal::Column::Id)
            .column(deal::Column::Name)
            .filter(deal::Column::Id.is_in(ids))
            .filter(deals::within(reach))
            .into_tuple()
            .all(&self.db)
            .await?;
        let named = rows
            .into_iter()
            .map(|(id, name)| (id, DealRef { id: DealId(id), name }));
        Ok(named.collect())
    }

    /// `row` as the contract describes an order.
    pub(crate) fn describe_order(row: order::Model) -> Result<Purchase, Failure> {
        let currency =
            Currency::from_code(&row.currency).ok_or_else(|| Failure::internal("an unknown currency"))?;
        Ok(Purchase {
            id: OrderId(row.id),
            number: row.number,
            date: date(row.date)?,
            lines: stored_json(&row.lines)?,
            total: Money {
                minor: row.total_minor,
                currency,
            },
        })
    }
}
