//! The rubric: what each kind of evidence weighs.

mod input;
mod preview;

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use domain::{UserId, assessment, money};

use crate::{
    context::caller,
    error::told,
    evidence::EvidenceKind,
    scalar::{Currency, DateTime, Decimal},
    user::{User, user},
    word::word,
};

pub use input::{RubricKindInput, RubricMutation};
pub use preview::RubricPreviewQuery;

word! {
    /// What a kind of evidence tells of. One fact told three ways counts once: the best of a group counts.
    EvidenceGroup, "assessment::EvidenceGroup" {
        /// Somebody pays.
        Money,
        /// They stay.
        Loyalty,
        /// There are many.
        Reach,
        /// They look.
        Interest,
    }
}
word! {
    /// How a value becomes a strength.
    Scale, "assessment::Scale" {
        /// By orders of magnitude: ln(1 + value / unit) / ln(1 + full / unit).
        Log,
        /// In a straight line from a zero to the full.
        Linear,
    }
}

/// The full strength for short horizons.
#[derive(SimpleObject, Clone)]
pub struct HorizonStep {
    /// For a horizon of at most so many days.
    up_to_days: i32,
    /// The value of full strength.
    full_at: Decimal,
}

/// How one kind of evidence is weighed.
#[derive(SimpleObject, Clone)]
pub struct RubricKind {
    /// Which kind.
    kind: EvidenceKind,
    /// Its group.
    group: EvidenceGroup,
    /// The most that it can contribute to demand, 0 to 1.
    weight: Decimal,
    /// Its scale.
    scale: Scale,
    /// The unit of a LOG scale, the zero of a LINEAR one.
    unit_or_zero: Decimal,
    /// The value of full strength; with fullAtByHorizon, for horizons beyond its last step.
    full_at: Decimal,
    /// The value of full strength for short horizons, by ascending days; empty for kinds without a horizon.
    full_at_by_horizon: Vec<HorizonStep>,
    /// The sample of half weight; null for kinds that are not measured on a sample.
    half_n: Option<i32>,
    /// After how many days a figure counts half.
    half_life_days: i32,
    /// Whether it tells of use; only these prove demand.
    is_usage: bool,
}

impl From<assessment::RubricKind> for RubricKind {
    fn from(row: assessment::RubricKind) -> Self {
        let assessment::RubricKind {
            kind,
            group,
            weight,
            scale,
            unit_or_zero,
            full_at,
            full_at_by_horizon,
            half_n,
            half_life_days,
            is_usage,
        } = row;
        let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        Self {
            kind: kind.into(),
            group: group.into(),
            weight: Decimal(weight),
            scale: scale.into(),
            unit_or_zero: Decimal(unit_or_zero),
            full_at: Decimal(full_at),
            full_at_by_horizon: full_at_by_horizon
                .into_iter()
                .map(|step| HorizonStep {
                    up_to_days: step.up_to_days,
                    full_at: Decimal(step.full_at),
                })
                .collect(),
            half_n: half_n.map(count),
            half_life_days: count(half_life_days),
            is_usage,
        }
    }
}

/// A version of the rubric: every kind of evidence, once. Old versions stay as they are.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub struct Rubric {
    /// Its number; an assessment names it.
    version: i32,
    /// The currency of money in it.
    currency: Currency,
    /// Every kind of evidence.
    kinds: Vec<RubricKind>,
    /// Why it was changed.
    note: Option<String>,
    /// Since when it is in force, until the next; the first also holds for the time before.
    in_force_from: DateTime,
    #[graphql(skip)]
    author: Option<UserId>,
}

#[ComplexObject]
impl Rubric {
    /// Who changed it; null for the one that a workspace begins with.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.author).await
    }
}

impl Rubric {
    fn of(version: assessment::RubricVersion) -> Result<Self> {
        let assessment::RubricVersion {
            id: _,
            rubric,
            in_force_from,
            note,
            by,
        } = version;
        let currency = money::Currency::parse(assessment::Rubric::CURRENCY)
            .ok_or_else(|| told(app::Error::Internal("the rubric has no currency".into())))?;
        Ok(Self {
            version: rubric.version,
            currency: Currency(currency),
            kinds: rubric.kinds.into_iter().map(Into::into).collect(),
            note,
            in_force_from: DateTime(in_force_from),
            author: by,
        })
    }
}

/// Queries about the rubric.
#[derive(Default)]
pub struct RubricQuery;

#[Object]
impl RubricQuery {
    /// The rubric of a version; the one in force where none is named.
    async fn rubric(&self, ctx: &Context<'_>, version: Option<i32>) -> Result<Rubric> {
        Rubric::of(caller(ctx)?.rubric(version).await.map_err(told)?)
    }
    /// Every version of the rubric, the newest, which is in force, first.
    async fn rubrics(&self, ctx: &Context<'_>) -> Result<Vec<Rubric>> {
        let all = caller(ctx)?.rubrics().await.map_err(told)?;
        all.into_iter().map(Rubric::of).collect()
    }
}
