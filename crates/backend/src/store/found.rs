//! Customers and deals as a search over everything finds them: few, and the best first.

use portico_contract::ids::{CustomerId, DealId, PipelineId, StageId};
use portico_contract::search::{CustomerHit, DealHit};
use sea_orm::sea_query::{CaseStatement, Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::customers::{self, Customers, containing, fitting};
use super::deals::{self, Deals, open};
use super::entities::{customer, deal};
use crate::domain::access::Reach;
use crate::domain::failure::Failure;
use crate::domain::search::SearchTerms;

/// Orders what meets `condition` before the rest.
fn first(condition: Condition) -> Expr {
    let case = CaseStatement::new().case(condition, 0).finally(1);
    Expr::Case(Box::new(case))
}

/// Whether a name begins with what was typed, in one of its spellings.
fn begins<C: ColumnTrait>(search_name: C, terms: &SearchTerms) -> Condition {
    Condition::all().add(search_name.like(containing(&terms.beginning())))
}

/// Deals with every one of the words in their name or their customer's. Whoever sees a deal sees with whom it is.
fn named(terms: &SearchTerms) -> Condition {
    let words = terms.words.iter().map(|word| {
        let with = Query::select()
            .column(customer::Column::Id)
            .from(customer::Entity)
            .and_where(customer::Column::SearchName.like(containing(word)))
            .to_owned();
        Condition::any()
            .add(deal::Column::SearchName.like(containing(word)))
            .add(deal::Column::CustomerId.in_subquery(with))
    });
    words.fold(Condition::all(), Condition::add)
}

impl Customers {
    /// The customers within `reach` that fit `terms` best; those whose name begins with them come first.
    pub(crate) async fn found(
        &self,
        terms: &SearchTerms,
        reach: Reach,
        limit: u8,
    ) -> Result<Vec<CustomerHit>, Failure> {
        let rows: Vec<(Uuid, String, String)> = customer::Entity::find()
            .select_only()
            .columns([
                customer::Column::Id,
                customer::Column::Name,
                customer::Column::City,
            ])
            .filter(customers::within(reach))
            .filter(fitting(terms))
            .order_by(first(begins(customer::Column::SearchName, terms)), Order::Asc)
            .order_by_asc(customer::Column::SortKey)
            .order_by_asc(customer::Column::Id)
            .limit(u64::from(limit))
            .into_tuple()
            .all(&self.db)
            .await?;
        let hits = rows.into_iter().map(|(id, name, city)| CustomerHit {
            id: CustomerId(id),
            name,
            city,
        });
        Ok(hits.collect())
    }
}

impl Deals {
    /// The deals within `reach` that fit `terms` best; those whose name begins with them come first, then open ones.
    pub(crate) async fn found(
        &self,
        terms: &SearchTerms,
        reach: Reach,
        limit: u8,
    ) -> Result<Vec<DealHit>, Failure> {
        let rows = deal::Entity::find()
            .filter(deals::within(reach))
            .filter(named(terms))
            .order_by(first(begins(deal::Column::SearchName, terms)), Order::Asc)
            .order_by(first(open()), Order::Asc)
            .order_by_asc(deal::Column::SearchName)
            .order_by_asc(deal::Column::Id)
            .limit(u64::from(limit))
            .all(&self.db)
            .await?;
        let names = customers::references(&self.db, rows.iter().map(|row| row.customer_id)).await?;
        rows.into_iter()
            .map(|row| {
                let customer = names.get(&row.customer_id).cloned();
                Ok(DealHit {
                    id: DealId(row.id),
                    name: row.name,
                    customer: customer.ok_or_else(|| Failure::internal("a deal without a customer"))?,
                    pipeline_id: PipelineId(row.pipeline_id),
                    stage_id: StageId(row.stage_id),
                })
            })
            .collect()
    }
}
