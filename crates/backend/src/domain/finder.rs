//! What the words of a person may mean.

use portico_contract::capability::{Resource, Verb};
use portico_contract::customer::MAX_QUERY;
use portico_contract::problem::FieldRule;
use portico_contract::search::{DEFAULT_HITS, MAX_HITS, SearchQuery, SearchResults};
use portico_contract::validate::{FieldProblems, code_points};

use super::access::Access;
use super::failure::Failure;
use super::search::SearchTerms;
use crate::store::{Customers, Deals};

/// Searches everything a person may see.
#[derive(Clone)]
pub(crate) struct Finder {
    pub(crate) customers: Customers,
    pub(crate) deals: Deals,
}

/// The most of each kind that `query` asks for, if it keeps the rules.
fn checked(query: &SearchQuery) -> Result<u8, Failure> {
    let mut problems = FieldProblems::default();
    if code_points(&query.q) > MAX_QUERY {
        problems.add("q", FieldRule::TooLong, Some(MAX_QUERY));
    }
    let limit = query.limit.unwrap_or(DEFAULT_HITS);
    if !(1..=MAX_HITS).contains(&limit) {
        problems.add("limit", FieldRule::NotAllowed, None);
    }
    if problems.is_empty() {
        Ok(limit)
    } else {
        Err(problems.into())
    }
}

impl Finder {
    /// The customers and deals that `query` finds. Of a kind the person may not see, none.
    pub(crate) async fn find(&self, access: &Access, query: &SearchQuery) -> Result<SearchResults, Failure> {
        let limit = checked(query)?;
        let terms = SearchTerms::parse(&query.q, access.sees_personal_data());
        let mut results = SearchResults::default();
        if terms.is_empty() {
            return Ok(results);
        }
        if let Some(reach) = access.reach(Verb::Read, Resource::Customers) {
            results.customers = self.customers.found(&terms, reach, limit).await?;
        }
        if let Some(reach) = access.reach(Verb::Read, Resource::Deals) {
            results.deals = self.deals.found(&terms, reach, limit).await?;
        }
        Ok(results)
    }
}
