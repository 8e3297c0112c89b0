//! The installation's secret: made by the first process that starts, read by all.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use super::Store;
use super::entities::instance_key::{ActiveModel, Column, Entity};
use crate::domain::failure::Failure;
use crate::domain::instance::{InstanceKey, KEY_BYTES};
use crate::domain::random::Random;

const NAME: &str = "primary";

impl Store {
    /// The secret all processes of this installation share.
    pub(crate) async fn instance_key(&self, random: &dyn Random) -> Result<InstanceKey, Failure> {
        let mut secret = [0; KEY_BYTES];
        random.fill(&mut secret)?;
        let candidate = ActiveModel {
            name: Set(NAME.to_owned()),
            secret: Set(secret.to_vec()),
        };
        Entity::insert(candidate)
            .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
            .exec_without_returning(&self.db)
            .await?;
        let row = Entity::find_by_id(NAME.to_owned()).one(&self.db).await?;
        let row = row.ok_or_else(|| Failure::internal("the instance key is missing"))?;
        let secret = row.secret.try_into();
        secret
            .map(InstanceKey::new)
            .map_err(|_| Failure::internal("the instance key has the wrong length"))
    }
}
