//! Pipelines and their stages.

use portico_contract::deal::{Pipeline, Stage};
use portico_contract::ids::{PipelineId, StageId};
use portico_contract::locale::LocalizedName;
use sea_orm::{ColumnTrait as _, DatabaseConnection, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::entities::{pipeline, stage};
use super::{stored, stored_json};
use crate::domain::failure::Failure;

/// The repository of pipelines.
#[derive(Clone)]
pub(crate) struct Pipelines {
    db: DatabaseConnection,
}

fn name(default: String, translations: &str) -> Result<LocalizedName, Failure> {
    Ok(LocalizedName {
        default,
        translations: stored_json(translations)?,
    })
}

fn describe_stage(row: stage::Model) -> Result<Stage, Failure> {
    Ok(Stage {
        id: StageId(row.id),
        name: name(row.name, &row.translations)?,
        kind: stored(&row.kind)?,
        probability: u8::try_from(row.probability).map_err(Failure::internal)?,
    })
}

impl Pipelines {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    async fn describe(&self, row: pipeline::Model) -> Result<Pipeline, Failure> {
        let stages = stage::Entity::find()
            .filter(stage::Column::PipelineId.eq(row.id))
            .order_by_asc(stage::Column::Position)
            .all(&self.db)
            .await?;
        Ok(Pipeline {
            id: PipelineId(row.id),
            name: name(row.name, &row.translations)?,
            stages: stages.into_iter().map(describe_stage).collect::<Result<_, _>>()?,
        })
    }

    /// Every pipeline in its order.
    pub(crate) async fn all(&self) -> Result<Vec<Pipeline>, Failure> {
        let rows = pipeline::Entity::find()
            .order_by_asc(pipeline::Column::Position)
            .all(&self.db)
            .await?;
        let mut pipelines = Vec::with_capacity(rows.len());
        for row in rows {
            pipelines.push(self.describe(row).await?);
        }
        Ok(pipelines)
    }

    /// One pipeline.
    pub(crate) async fn find(&self, id: Uuid) -> Result<Option<Pipeline>, Failure> {
        match pipeline::Entity::find_by_id(id).one(&self.db).await? {
            Some(row) => Ok(Some(self.describe(row).await?)),
            None => Ok(None),
        }
    }
}
