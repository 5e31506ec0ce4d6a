//! Loading what assessments are made of: once for all startups of a level.

use std::{collections::HashMap, sync::Arc};

use app::assessment::StoredAssessment;
use async_graphql::{Context, Error, Result, dataloader::Loader};
use domain::{
    Instant, StartupId,
    assessment::{self, Inputs},
};

use crate::{
    context::{Load, caller, loader},
    error::told,
};

/// All that the formula reads of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct InputsKey(pub(crate) StartupId);

/// The stored figures of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FiguresKey(pub(crate) StartupId);

/// The assessment of a startup at an instant, by the rubric then in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct AssessmentKey(pub(crate) StartupId, pub(crate) Option<Instant>);

impl Loader<InputsKey> for Load {
    type Value = Arc<Inputs>;
    type Error = Error;
    async fn load(&self, keys: &[InputsKey]) -> Result<HashMap<InputsKey, Arc<Inputs>>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let inputs = self.0.assessment_inputs(&ids).await.map_err(told)?;
        Ok(inputs
            .into_iter()
            .map(|(id, inputs)| (InputsKey(id), inputs))
            .collect())
    }
}

impl Loader<FiguresKey> for Load {
    type Value = StoredAssessment;
    type Error = Error;
    async fn load(&self, keys: &[FiguresKey]) -> Result<HashMap<FiguresKey, StoredAssessment>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let stored = self.0.stored_assessments(&ids).await.map_err(told)?;
        Ok(stored
            .into_iter()
            .map(|(id, stored)| (FiguresKey(id), stored))
            .collect())
    }
}

impl Loader<AssessmentKey> for Load {
    type Value = Arc<assessment::Assessment>;
    type Error = Error;
    async fn load(
        &self,
        keys: &[AssessmentKey],
    ) -> Result<HashMap<AssessmentKey, Arc<assessment::Assessment>>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let inputs = self.0.assessment_inputs(&ids).await.map_err(told)?;
        Ok(keys
            .iter()
            .filter_map(|key| {
                let inputs = inputs.get(&key.0)?;
                let at = key.1.unwrap_or_else(|| self.0.latest(inputs));
                Some((key.clone(), Arc::new(assessment::assess(inputs, at))))
            })
            .collect())
    }
}

/// All that the formula reads of a startup.
pub(crate) async fn inputs(ctx: &Context<'_>, startup: StartupId) -> Result<Arc<Inputs>> {
    let found = loader(ctx)?.load_one(InputsKey(startup)).await?;
    found.ok_or_else(|| told(app::Error::Internal(format!("{startup} cannot be assessed"))))
}

/// The figures of a startup: those stored, or as they were at an instant.
pub(crate) async fn figures(
    ctx: &Context<'_>,
    startup: StartupId,
    as_of: Option<Instant>,
) -> Result<StoredAssessment> {
    let Some(at) = as_of else {
        let found = loader(ctx)?.load_one(FiguresKey(startup)).await?;
        return found.ok_or_else(|| told(app::Error::Internal(format!("{startup} has no stored figures"))));
    };
    let inputs = inputs(ctx, startup).await?;
    Ok(caller(ctx)?.figures_at(&inputs, at))
}
