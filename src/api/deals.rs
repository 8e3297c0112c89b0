//! Pipelines and deals.

use portico_contract::deal::{Board, Deal, DealQuery, MoveDeal, Pipeline};
use portico_contract::ids::{DealId, PipelineId};
use portico_contract::paging::Page;
use portico_contract::paths;

use super::client::Client;
use super::error::ApiError;

/// Every pipeline with its stages.
pub async fn list_pipelines(client: Client) -> Result<Vec<Pipeline>, ApiError> {
    client.get(paths::PIPELINES).await
}

/// A pipeline's board.
pub async fn get_board(client: Client, id: PipelineId) -> Result<Board, ApiError> {
    client.get(&paths::board(id)).await
}

/// One page of the deals in a stage.
pub async fn list_deals(client: Client, query: &DealQuery) -> Result<Page<Deal>, ApiError> {
    client.get_with(paths::DEALS, query).await
}

/// A deal.
pub async fn get_deal(client: Client, id: DealId) -> Result<Deal, ApiError> {
    client.get(&paths::deal(id)).await
}

/// Moves the deal `id`, which was read as `version`.
pub async fn move_deal(client: Client, id: DealId, version: u32, to: MoveDeal) -> Result<Deal, ApiError> {
    client.post(&paths::deal_move(id), &to, Some(version)).await
}
