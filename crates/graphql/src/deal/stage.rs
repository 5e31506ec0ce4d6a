//! Stages of the pipeline.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::{
    Instant, StageId,
    deal::{self, gate},
};

use super::{GateCondition, Round, load::StagesKey, missing};
use crate::{context::loader, startup::Layer};

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
    /// The conditions of its gate, each once; `gateRules` say of which deals they are asked.
    async fn gate(&self) -> Vec<GateCondition> {
        let mut found: Vec<GateCondition> = Vec::new();
        for rule in &self.0.gate {
            let condition = rule.condition.into();
            if !found.contains(&condition) {
                found.push(condition);
            }
        }
        found
    }
    /// What its gate asks before a deal comes into it, and of which deals.
    async fn gate_rules(&self) -> Vec<GateRule> {
        self.0.gate.iter().map(GateRule::from).collect()
    }
    /// Whether deals come into it no more.
    async fn is_retired(&self) -> bool {
        self.0.is_retired
    }
    /// Rises by one with every change; send it back with an update.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Startups of some layers in some rounds.
#[derive(SimpleObject)]
pub struct GateScope {
    /// On one of these layers; of any where the list is empty.
    layers: Vec<Layer>,
    /// In one of these rounds; in any where the list is empty.
    rounds: Vec<Round>,
}

impl From<&gate::Scope> for GateScope {
    fn from(scope: &gate::Scope) -> Self {
        Self {
            layers: scope.layers.iter().map(|layer| (*layer).into()).collect(),
            rounds: scope.rounds.iter().map(|round| (*round).into()).collect(),
        }
    }
}

/// A condition of a stage's gate, and of which deals it is asked.
#[derive(SimpleObject)]
pub struct GateRule {
    /// What is required.
    condition: GateCondition,
    /// Of these deals alone; null: of all.
    only: Option<GateScope>,
    /// But not of these; null: of all.
    except: Option<GateScope>,
}

impl From<&gate::GateRule> for GateRule {
    fn from(rule: &gate::GateRule) -> Self {
        Self {
            condition: rule.condition.into(),
            only: rule.only.as_ref().map(GateScope::from),
            except: rule.except.as_ref().map(GateScope::from),
        }
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
