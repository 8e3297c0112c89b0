//! What needs the person today.

use std::sync::Arc;

use portico_contract::capability::{Resource, Verb};
use portico_contract::today::Today;

use super::auth::Actor;
use super::clock::{Clock, day_in};
use super::customers::mask_summaries;
use super::deals;
use super::failure::Failure;
use crate::store::{Customers, Deals};

const MAX_DEALS: u64 = 20;
const MAX_CUSTOMERS: u64 = 10;

/// Gathers the first screen.
#[derive(Clone)]
pub(crate) struct TodayService {
    pub(crate) customers: Customers,
    pub(crate) deals: Deals,
    pub(crate) clock: Arc<dyn Clock>,
}

impl TodayService {
    /// The deals and customers for `actor`.
    pub(crate) async fn gather(&self, actor: &Actor) -> Result<Today, Failure> {
        let access = &actor.access;
        access.require(Verb::Read, Resource::Deals)?;
        let customers = access.require(Verb::Read, Resource::Customers)?;
        let today = day_in(self.clock.now(), &actor.user.time_zone)?;
        let due = self.deals.due(access.user, &today, MAX_DEALS).await?;
        let recent = self.customers.recently_active(customers, MAX_CUSTOMERS).await?;
        let open_deals = access.reach(Verb::Read, Resource::Deals);
        let mut customers = self.customers.summaries(recent, open_deals).await?;
        mask_summaries(access, &mut customers);
        Ok(Today {
            deals: deals::describe(&self.deals, access, due).await?,
            customers,
        })
    }
}
