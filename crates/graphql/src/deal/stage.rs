//! Stages of the pipeline.

use async_graphql::{Context, ID, Object, Result};
use domain::{Instant, StageId, deal};

use super::{load::StagesKey, missing};
use crate::context::loader;

/// A stage of the pipeline.
#[derive(Clone)]
pub struct Stage(pub(crate) deal::Stage);

/// A stage of the pipeline: how far deals got.
#[Object]
impl Stage {
    /// The stage's id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// Its name in filters and inputs, such as DILIGENCE.
    async fn key(&self) -> &str {
        &self.0.key
    }
    /// English name.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Chinese name.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }
    /// Its place in the pipeline, counted from 1.
    async fn order(&self) -> i32 {
        self.0.position
    }
    /// After how many whole days in it an active deal is stale.
    async fn limit_days(&self) -> i32 {
        self.0.limit_days
    }
    /// Whether deals come into it no more.
    async fn is_retired(&self) -> bool {
        self.0.is_retired
    }
}

/// The stage with an id, as known at an instant.
pub(crate) async fn by_id(
    ctx: &Context<'_>,
    id: StageId,
    as_of: Option<Instant>,
) -> Result<Option<deal::Stage>> {
    let stages = loader(ctx)?.load_one(StagesKey(as_of)).await?.unwrap_or_default();
    Ok(stages.iter().find(|stage| stage.id == id).cloned())
}

pub(super) async fn of_deal(ctx: &Context<'_>, id: StageId, as_of: Option<Instant>) -> Result<deal::Stage> {
    by_id(ctx, id, as_of).await?.ok_or_else(|| missing("stage"))
}
