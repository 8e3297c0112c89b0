//! What words may mean.

use portico_contract::paths;
use portico_contract::search::{SearchQuery, SearchResults};

use super::client::Client;
use super::error::ApiError;

/// The customers and deals that `query` finds, the best first.
pub async fn search(client: Client, query: &SearchQuery) -> Result<SearchResults, ApiError> {
    client.get_with(paths::SEARCH, query).await
}
