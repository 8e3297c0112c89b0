//! The person signed in.

use portico_contract::paths;
use portico_contract::user::{Me, UpdateMe};
use portico_contract::validate::Validated;

use super::client::Client;
use super::error::ApiError;

/// Changes what people may change about themselves.
pub async fn update_me(client: Client, change: &Validated<UpdateMe>) -> Result<Me, ApiError> {
    client.patch(paths::ME, &**change, None).await
}
