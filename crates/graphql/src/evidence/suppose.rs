//! What conviction would be, were a figure recorded or reviewed.

use async_graphql::{Context, Result, SimpleObject};
use domain::{Instant, StartupId};

use super::{Evidence, Grade, RecordEvidenceInput};
use crate::{
    assessment,
    context::{caller, language},
    error::told,
    scalar::Decimal,
    user::{UserError, split, user_errors},
};

/// Conviction as it is, and as it would be.
#[derive(SimpleObject)]
pub struct ConvictionIf {
    /// As it is; null where nothing is live.
    now: Option<Decimal>,
    /// As it would be; null where nothing would be live.
    then: Option<Decimal>,
}

impl From<app::assessment::ConvictionIf> for ConvictionIf {
    fn from(conviction: app::assessment::ConvictionIf) -> Self {
        Self {
            now: conviction.now.map(assessment::conviction),
            then: conviction.then.map(assessment::conviction),
        }
    }
}

/// Conviction as it is, and as it would be with a figure; or what is wrong with the figure.
#[derive(SimpleObject)]
pub struct ConvictionIfPayload {
    /// As it is; null where nothing is live, or something is wrong.
    now: Option<Decimal>,
    /// As it would be; null where nothing would be live, or something is wrong.
    then: Option<Decimal>,
    /// What recording the figure would refuse, at the same places.
    user_errors: Vec<UserError>,
}

/// Were a record reviewed to a grade.
pub(super) async fn if_reviewed(ctx: &Context<'_>, evidence: &Evidence, to: Grade) -> Result<ConvictionIf> {
    let inputs = assessment::inputs(ctx, evidence.row.startup_id).await?;
    let at = match evidence.as_of {
        Some(at) => at,
        None => caller(ctx)?.latest(&inputs),
    };
    Ok(app::assessment::ConvictionIf::reviewed(&inputs, evidence.row.id, to.into(), at).into())
}

/// Were a figure recorded of a startup.
pub(crate) async fn if_recorded(
    ctx: &Context<'_>,
    startup: StartupId,
    input: RecordEvidenceInput,
    as_of: Option<Instant>,
) -> Result<ConvictionIfPayload> {
    let new = match input.read() {
        Ok(new) => new,
        Err(problems) => {
            return Ok(ConvictionIfPayload {
                now: None,
                then: None,
                user_errors: user_errors(problems, language(ctx)),
            });
        }
    };
    let inputs = assessment::inputs(ctx, startup).await?;
    let caller = caller(ctx)?;
    let at = as_of.unwrap_or_else(|| caller.latest(&inputs));
    let outcome = caller
        .conviction_if_recorded(startup, &inputs, new, at)
        .await
        .map_err(told)?;
    let (conviction, user_errors) = split(ctx, outcome);
    let conviction = conviction.map(ConvictionIf::from);
    Ok(ConvictionIfPayload {
        now: conviction.as_ref().and_then(|one| one.now.clone()),
        then: conviction.and_then(|one| one.then),
        user_errors,
    })
}
