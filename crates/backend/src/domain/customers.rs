//! Customers: who may see which, and what of them.

use std::sync::Arc;

use portico_contract::capability::{Resource, Verb};
use portico_contract::customer::{
    Activity, Customer, CustomerFacets, CustomerQuery, CustomerSort, CustomerSummary, MAX_QUERY, MAX_TAG,
    Order,
};
use portico_contract::deal::Deal;
use portico_contract::ids::CustomerId;
use portico_contract::paging::{Page, PageQuery};
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::validate::{FieldProblems, code_points};

use super::access::{Access, Reach};
use super::clock::Clock;
use super::cursor::Cursors;
use super::deals;
use super::failure::Failure;
use super::masking;
use super::random::Random;
use super::search::SearchTerms;
use crate::store::{CustomerFilter, Customers, Deals, Users};

/// Reads customers for a person, and writes them.
#[derive(Clone)]
pub(crate) struct CustomerService {
    pub(crate) customers: Customers,
    pub(crate) deals: Deals,
    pub(crate) users: Users,
    pub(crate) cursors: Arc<Cursors>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

fn check(query: &CustomerQuery) -> Result<(), Failure> {
    let mut problems = FieldProblems::default();
    for (field, text, max) in [("q", &query.q, MAX_QUERY), ("tag", &query.tag, MAX_TAG)] {
        if text.as_deref().is_some_and(|text| code_points(text) > max) {
            problems.add(field, FieldRule::TooLong, Some(max));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}

fn filter(query: &CustomerQuery, access: &Access, reach: Reach) -> CustomerFilter {
    let text = query.q.as_deref().unwrap_or_default();
    CustomerFilter {
        reach,
        terms: SearchTerms::parse(text, access.sees_personal_data()),
        owner: query.owner.map(|owner| owner.0),
        status: query.status,
        // No database has a tag with NUL in it, and PostgreSQL would not even take the question.
        tag: query.tag.as_ref().map(|tag| tag.replace('\0', "\u{fffd}")),
        sort: query.sort.unwrap_or_default(),
    }
}

impl CustomerService {
    /// A page of the customers `access` may see.
    pub(crate) async fn list(
        &self,
        access: &Access,
        query: &CustomerQuery,
    ) -> Result<Page<CustomerSummary>, Failure> {
        check(query)?;
        let filter = filter(query, access, access.require(Verb::Read, Resource::Customers)?);
        let list = list_name(filter.sort);
        let window = self.cursors.window(&list, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.customers.page(&filter, &window).await?;
        let next = self.cursors.cut(&list, &window, &mut rows, |row| {
            Customers::position(row, filter.sort)
        });
        let open_deals = access.reach(Verb::Read, Resource::Deals);
        let mut items = self.customers.summaries(rows, open_deals).await?;
        mask_summaries(access, &mut items);
        Ok(Page { items, next, total })
    }

    /// What the list can be filtered by.
    pub(crate) async fn facets(&self, access: &Access) -> Result<CustomerFacets, Failure> {
        let reach = access.require(Verb::Read, Resource::Customers)?;
        self.customers.facets(reach).await
    }

    /// One customer's record.
    pub(crate) async fn get(&self, access: &Access, id: CustomerId) -> Result<Customer, Failure> {
        Ok(shown_to(access, self.visible(access, id).await?))
    }

    /// A customer `access` may see. The same refusal for one of others as for one that does not exist.
    pub(super) async fn visible(&self, access: &Access, id: CustomerId) -> Result<Customer, Failure> {
        let reach = access.require(Verb::Read, Resource::Customers)?;
        let found = self.customers.find(id.0, reach).await?;
        found.ok_or_else(|| Failure::of(ErrorCode::NotFound))
    }

    /// [`visible`](Self::visible), where the record itself is not needed.
    async fn must_see(&self, access: &Access, id: CustomerId) -> Result<(), Failure> {
        let reach = access.require(Verb::Read, Resource::Customers)?;
        if self.customers.exists(id.0, reach).await? {
            Ok(())
        } else {
            Err(Failure::of(ErrorCode::NotFound))
        }
    }

    /// A page of a customer's timeline, newest first.
    pub(crate) async fn activities(
        &self,
        access: &Access,
        id: CustomerId,
        query: &PageQuery,
    ) -> Result<Page<Activity>, Failure> {
        self.must_see(access, id).await?;
        let list = format!("activities {id}");
        let window = self.cursors.window(&list, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.customers.activities(id.0, &window).await?;
        let next = self
            .cursors
            .cut(&list, &window, &mut rows, Customers::activity_position);
        let deals = access.reach(Verb::Read, Resource::Deals);
        let items = self.customers.describe_activities(rows, deals).await?;
        Ok(Page { items, next, total })
    }

    /// A page of a customer's orders, newest first.
    pub(crate) async fn orders(
        &self,
        access: &Access,
        id: CustomerId,
        query: &PageQuery,
    ) -> Result<Page<Order>, Failure> {
        self.must_see(access, id).await?;
        let list = format!("orders {id}");
        let window = self.cursors.window(&list, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.customers.orders(id.0, &window).await?;
        let next = self
            .cursors
            .cut(&list, &window, &mut rows, Customers::order_position);
        let items = rows
            .into_iter()
            .map(Customers::describe_order)
            .collect::<Result<_, _>>()?;
        Ok(Page { items, next, total })
    }

    /// A page of the deals with a customer that `access` may see, those expected to close last on top.
    pub(crate) async fn deals(
        &self,
        access: &Access,
        id: CustomerId,
        query: &PageQuery,
    ) -> Result<Page<Deal>, Failure> {
        self.must_see(access, id).await?;
        let reach = access.require(Verb::Read, Resource::Deals)?;
        let list = format!("customer deals {id}");
        let window = self.cursors.window(&list, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.deals.of_customer(id.0, reach, &window).await?;
        let next = self
            .cursors
            .cut(&list, &window, &mut rows, Deals::position_by_close);
        let items = deals::describe(&self.deals, access, rows).await?;
        Ok(Page { items, next, total })
    }
}

/// Whether `access` may change `customer`. Who sees masked data would write the masks.
pub(super) fn is_editable(access: &Access, customer: &Customer) -> bool {
    let update = access.reach(Verb::Update, Resource::Customers);
    access.sees_personal_data()
        && update.is_some_and(|reach| reach.covers(customer.owner.id.0, customer.team.id.0))
}

/// `customer` as `access` may see it.
pub(super) fn shown_to(access: &Access, mut customer: Customer) -> Customer {
    customer.editable = is_editable(access, &customer);
    if !access.sees_personal_data() {
        masking::mask_customer(&mut customer);
    }
    customer
}

/// Masks what `access` may not see.
pub(crate) fn mask_summaries(access: &Access, items: &mut [CustomerSummary]) {
    if access.sees_personal_data() {
        return;
    }
    let contacts = items.iter_mut().filter_map(|item| item.primary_contact.as_mut());
    contacts.for_each(masking::mask_summary);
}

fn list_name(sort: CustomerSort) -> String {
    format!("customers {}", sort.as_str())
}
