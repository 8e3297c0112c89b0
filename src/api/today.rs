//! What needs the person today.

use portico_contract::paths;
use portico_contract::today::Today;

use super::client::Client;
use super::error::ApiError;

/// The person's day.
pub async fn get_today(client: Client) -> Result<Today, ApiError> {
    client.get(paths::TODAY).await
}
