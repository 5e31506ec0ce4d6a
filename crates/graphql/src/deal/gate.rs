//! Whether a deal may come into a stage, and what is missing.

use async_graphql::{Context, Result, SimpleObject};
use domain::{
    Language, Message,
    deal::{
        self, DealStatus,
        gate::{GateFacts, on_the_way, unmet},
    },
};

use super::{GateCondition, Stage, load::StagesKey};
use crate::{
    assessment, checklist,
    context::{caller, language, loader},
    error::coded,
};

/// The gates on a deal's way to a stage: from the one behind its own up to that stage.
#[derive(SimpleObject)]
pub struct Gate {
    /// The stage asked about.
    stage: Stage,
    /// Whether nothing is missing.
    open: bool,
    /// What is missing, by stage in their order.
    unmet: Vec<UnmetCondition>,
}

/// A condition of a stage's gate that a deal does not meet.
#[derive(SimpleObject)]
pub struct UnmetCondition {
    /// Of which stage.
    stage: Stage,
    /// What is required.
    condition: GateCondition,
    /// What is missing, in words.
    explanation: String,
}

/// The gate of the stage with this key, or else of the last one, for a deal as known at an instant. The checklist, evidence
/// and facts of its startup are as known then too.
pub(super) async fn of_deal(
    ctx: &Context<'_>,
    deal: &super::Deal,
    key: Option<&str>,
    status: DealStatus,
) -> Result<Gate> {
    let stages = loader(ctx)?
        .load_one(StagesKey(deal.as_of))
        .await?
        .unwrap_or_default();
    let named = |id| stages.iter().find(|stage| stage.id == id).cloned();
    let target = match key {
        Some(key) => stages.iter().find(|stage| stage.key == key),
        None => stages.iter().rfind(|stage| !stage.is_retired).or(stages.last()),
    };
    let Some(target) = target else {
        let message = Message::NoSuchStage {
            key: key.unwrap_or_default().to_owned(),
        };
        return Err(coded("BAD_USER_INPUT", message.text(Language::En)));
    };
    let way = on_the_way(&stages, deal.row.standing.stage_id, (target.id, status));
    let missing = if way.iter().all(|stage| stage.gate.is_empty()) {
        Vec::new()
    } else {
        let inputs = assessment::inputs(ctx, deal.row.startup_id).await?;
        let answered = checklist::answers(ctx, deal.row.startup_id, deal.as_of).await?;
        let at = deal.as_of.unwrap_or_else(|| {
            caller(ctx).map_or_else(|_| deal.row.updated_at, |caller| caller.latest(&inputs))
        });
        unmet(&way, &GateFacts::of(&inputs, &answered, deal.row.terms.round, at))
    };
    let told = |one: deal::gate::Unmet| {
        Some(UnmetCondition {
            stage: Stage(named(one.stage)?),
            condition: one.condition.into(),
            explanation: one.text(language(ctx)),
        })
    };
    Ok(Gate {
        stage: Stage(target.clone()),
        open: missing.is_empty(),
        unmet: missing.into_iter().filter_map(told).collect(),
    })
}
