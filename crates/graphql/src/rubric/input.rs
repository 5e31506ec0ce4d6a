//! Changing the rubric.

use app::rubric::EditedRubric;
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::{Message, Problem, assessment};

use super::{EvidenceGroup, Rubric, Scale};
use crate::{
    context::{caller, path},
    error::told,
    evidence::EvidenceKind,
    scalar::Decimal,
    user::{UserError, split},
};

/// The full strength for short horizons.
#[derive(InputObject)]
pub struct HorizonStepInput {
    /// For a horizon of at most so many days; more than the step before.
    up_to_days: i32,
    /// The value of full strength.
    full_at: Decimal,
}

/// How one kind of evidence is weighed.
#[derive(InputObject)]
pub struct RubricKindInput {
    /// Which kind.
    kind: EvidenceKind,
    /// Its group.
    group: EvidenceGroup,
    /// The most that it can contribute to demand, 0 to 1.
    weight: Decimal,
    /// Its scale.
    scale: Scale,
    /// The unit of a LOG scale, above 0; the zero of a LINEAR one, 0 or more.
    unit_or_zero: Decimal,
    /// The value of full strength, above the zero.
    full_at: Decimal,
    /// The value of full strength for short horizons, by ascending days; for RETENTION only.
    full_at_by_horizon: Option<Vec<HorizonStepInput>>,
    /// The sample of half weight, 1 or more; left out for kinds that are not measured on a sample.
    half_n: Option<i32>,
    /// After how many days a figure counts half, 1 to 36,500.
    half_life_days: i32,
    /// Whether it tells of use; only these prove demand.
    is_usage: bool,
}

impl RubricKindInput {
    fn read(self, at: usize, problems: &mut Vec<Problem>) -> assessment::RubricKind {
        // What is below zero is no count; the rule says the rest.
        let mut count = |value: i32, field: &str| {
            u32::try_from(value).unwrap_or_else(|_| {
                let what = field.to_owned();
                let value = value.into();
                let message = Message::BelowOne { what, value };
                problems.push(Problem::invalid(&format!("kinds.{at}.{field}"), message));
                1
            })
        };
        let half_n = self.half_n.map(|half_n| count(half_n, "halfN"));
        let half_life_days = count(self.half_life_days, "halfLifeDays");
        assessment::RubricKind {
            kind: self.kind.into(),
            group: self.group.into(),
            weight: self.weight.0,
            scale: self.scale.into(),
            unit_or_zero: self.unit_or_zero.0,
            full_at: self.full_at.0,
            full_at_by_horizon: self
                .full_at_by_horizon
                .unwrap_or_default()
                .into_iter()
                .map(|step| assessment::HorizonStep {
                    up_to_days: step.up_to_days,
                    full_at: step.full_at.0,
                })
                .collect(),
            half_n,
            half_life_days,
            is_usage: self.is_usage,
        }
    }
}

/// Reads the rows of a rubric, or says what of them is none.
pub(super) fn read(
    kinds: Vec<RubricKindInput>,
) -> std::result::Result<Vec<assessment::RubricKind>, Vec<Problem>> {
    let mut problems = Vec::new();
    let kinds = kinds.into_iter().enumerate();
    let kinds = kinds.map(|(at, kind)| kind.read(at, &mut problems)).collect();
    if problems.is_empty() {
        Ok(kinds)
    } else {
        Err(problems)
    }
}

/// A rubric in place of the one in force.
#[derive(InputObject)]
pub struct UpdateRubricInput {
    /// The version that it was edited from: the one in force.
    version: i32,
    /// Every kind of evidence, once.
    kinds: Vec<RubricKindInput>,
    /// Why it is changed.
    note: Option<String>,
}

/// What became of the rubric.
#[derive(SimpleObject)]
pub struct RubricPayload {
    /// The rubric in force; null when nothing was done.
    rubric: Option<Rubric>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// Mutations of the rubric.
#[derive(Default)]
pub struct RubricMutation;

#[Object]
impl RubricMutation {
    /// Puts a rubric in force from now on, as the next version; takes the role ADMIN. One that equals the one in force
    /// changes nothing.
    async fn update_rubric(&self, ctx: &Context<'_>, input: UpdateRubricInput) -> Result<RubricPayload> {
        let caller = caller(ctx)?;
        let UpdateRubricInput { version, kinds, note } = input;
        let done = match read(kinds) {
            Ok(kinds) => {
                let edited = EditedRubric { version, kinds, note };
                caller.update_rubric(edited, &path(ctx)).await.map_err(told)?
            }
            Err(problems) => Err(problems),
        };
        let (version, user_errors) = split(ctx, done);
        let rubric = match version {
            Some(version) => Some(Rubric::of(caller.rubric(Some(version)).await.map_err(told)?)?),
            None => None,
        };
        Ok(RubricPayload { rubric, user_errors })
    }
}
