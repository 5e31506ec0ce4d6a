//! Editing the pipeline's stages.

use app::stage::{NewStage, StageEdit};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{Problem, StageId, StageTag, deal::gate};

use super::{GateCondition, Round, Stage};
use crate::{
    context::{caller, language, path, read_id},
    error::told,
    startup::Layer,
    user::{UserError, split, user_errors},
    word::word,
};

word! {
    /// A set of stages to begin with.
    StageSet, "domain::deal::StageSet" {
        /// Seven stages with one committee.
        Standard,
        /// Nine stages: 立项会 approves the project before the term sheet, 投决会 decides after diligence.
        TwoCommittees,
    }
}

/// Startups of some layers in some rounds.
#[derive(InputObject)]
pub struct GateScopeInput {
    /// On one of these layers; of any where left out.
    layers: Option<Vec<Layer>>,
    /// In one of these rounds; in any where left out.
    rounds: Option<Vec<Round>>,
}

impl From<GateScopeInput> for gate::Scope {
    fn from(scope: GateScopeInput) -> Self {
        let GateScopeInput { layers, rounds } = scope;
        Self {
            layers: layers.unwrap_or_default().into_iter().map(Into::into).collect(),
            rounds: rounds.unwrap_or_default().into_iter().map(Into::into).collect(),
        }
    }
}

/// A condition of a stage's gate, and of which deals it is asked.
#[derive(InputObject)]
pub struct GateRuleInput {
    /// What is required.
    condition: GateCondition,
    /// Of these deals alone; of all where left out.
    only: Option<GateScopeInput>,
    /// But not of these.
    except: Option<GateScopeInput>,
}

fn rules(gate: Vec<GateRuleInput>) -> Vec<gate::GateRule> {
    gate.into_iter()
        .map(|rule| gate::GateRule {
            condition: rule.condition.into(),
            only: rule.only.map(Into::into),
            except: rule.except.map(Into::into),
        })
        .collect()
}

/// A new stage of the pipeline.
#[derive(InputObject)]
pub struct CreateStageInput {
    /// Its name in filters and inputs: capitals, digits and _, such as SITE_VISIT. It never changes.
    key: String,
    /// English name.
    name: String,
    /// Chinese name.
    name_zh: String,
    /// Its place in the pipeline, counted from 1; last where left out.
    order: Option<i32>,
    /// After how many whole days in it an active deal is stale, 1 to 3,650.
    limit_days: i32,
    /// What its gate asks; nothing where left out.
    gate: Option<Vec<GateRuleInput>>,
}

/// A change of a stage; a field left out stays as it is.
#[derive(InputObject)]
pub struct UpdateStageInput {
    /// Which stage.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// English name.
    name: Option<String>,
    /// Chinese name.
    name_zh: Option<String>,
    /// Its place in the pipeline, counted from 1; the stages between move up or down.
    order: Option<i32>,
    /// After how many whole days in it an active deal is stale, 1 to 3,650.
    limit_days: Option<i32>,
    /// What its gate asks, in place of what it asked before.
    gate: Option<Vec<GateRuleInput>>,
    /// Whether deals come into it no more. Those in it stay.
    is_retired: Option<bool>,
}

/// Which set of stages the pipeline becomes.
#[derive(InputObject)]
pub struct AdoptStagesInput {
    /// Which set.
    set: StageSet,
}

/// What became of a mutation of stages.
#[derive(SimpleObject)]
pub struct StagePayload {
    /// The stage; null when nothing was done.
    stage: Option<Stage>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of adopting a set of stages.
#[derive(SimpleObject)]
pub struct StagesPayload {
    /// The pipeline's stages in order, retired ones too; null when nothing was done.
    stages: Option<Vec<Stage>>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<StageId>) -> Result<StagePayload> {
    let (id, user_errors) = split(ctx, outcome);
    let stage = match id {
        Some(id) => caller(ctx)?
            .stages(None)
            .await
            .map_err(told)?
            .into_iter()
            .find(|stage| stage.id == id)
            .map(Stage),
        None => None,
    };
    Ok(StagePayload { stage, user_errors })
}

/// Mutations of the pipeline's stages.
#[derive(Default)]
pub struct StageMutation;

#[Object]
impl StageMutation {
    /// Adds a stage to the pipeline. Takes an ADMIN.
    async fn create_stage(&self, ctx: &Context<'_>, input: CreateStageInput) -> Result<StagePayload> {
        let CreateStageInput {
            key,
            name,
            name_zh,
            order,
            limit_days,
            gate,
        } = input;
        let new = NewStage {
            key,
            name,
            name_zh,
            limit_days,
            gate: rules(gate.unwrap_or_default()),
            order,
        };
        let outcome = caller(ctx)?.create_stage(new, &path(ctx)).await.map_err(told)?;
        payload(ctx, outcome).await
    }
    /// Changes a stage: its names, place, limit and gate, or retires it. None is deleted, as deals stood in it. Takes
    /// an ADMIN.
    async fn update_stage(&self, ctx: &Context<'_>, input: UpdateStageInput) -> Result<StagePayload> {
        let id = match read_id::<StageTag>(&input.id, "id") {
            Ok(id) => id,
            Err(problem) => {
                let problems: Vec<Problem> = vec![problem];
                return Ok(StagePayload {
                    stage: None,
                    user_errors: user_errors(problems, language(ctx)),
                });
            }
        };
        let edit = StageEdit {
            name: input.name,
            name_zh: input.name_zh,
            limit_days: input.limit_days,
            gate: input.gate.map(rules),
            is_retired: input.is_retired,
            order: input.order,
        };
        let outcome = caller(ctx)?
            .update_stage(id, input.version, edit, &path(ctx))
            .await
            .map_err(told)?;
        payload(ctx, outcome).await
    }
    /// Makes the pipeline that of a set: its stages in its order, with its names and limits. Stages that are no part of
    /// it are retired and keep their place: before every stage of the set that stood behind them, and directly behind the
    /// last one before that which was there too. Gates that stand are kept. Takes an ADMIN.
    async fn adopt_stages(&self, ctx: &Context<'_>, input: AdoptStagesInput) -> Result<StagesPayload> {
        let outcome = caller(ctx)?
            .adopt_stages(input.set.into(), &path(ctx))
            .await
            .map_err(told)?;
        let (done, user_errors) = split(ctx, outcome);
        let stages = match done {
            Some(()) => {
                let stages = caller(ctx)?.stages(None).await.map_err(told)?;
                Some(stages.into_iter().map(Stage).collect())
            }
            None => None,
        };
        Ok(StagesPayload { stages, user_errors })
    }
}
