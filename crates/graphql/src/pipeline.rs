//! The pipeline: its columns, and deals put together otherwise.

mod analytics;
mod column;
mod coverage;
mod diff;
mod group;
mod passes;

use std::{collections::HashMap, sync::Arc};

use app::{
    deal::Filter,
    pipeline::{Grouping, Rates, Sum, Sums, Total},
};
use async_graphql::{Context, MergedObject, Object, Result, SimpleObject};
use domain::{
    Instant,
    deal::{self, DealStatus},
};

use rust_decimal::{Decimal as Number, RoundingStrategy};

pub use analytics::AnalyticsQuery;
pub use column::PipelineColumn;
pub use coverage::CoverageQuery;
pub use diff::DiffQuery;
pub(crate) use group::DealGroupFilter;
pub use group::{PipelineGroup, PipelineGrouping};
pub use passes::PassesQuery;

use crate::{
    context::caller,
    deal::DealFilter,
    error::{coded, told},
    money::MoneyRange,
    scalar::{Currency, DateTime, Decimal},
};

/// What is said of a period that ends before it begins.
fn backwards(from: impl std::fmt::Display, to: impl std::fmt::Display) -> async_graphql::Error {
    coded(
        "BAD_USER_INPUT",
        format!("from: {from} is after to: {to}; a period begins before it ends"),
    )
}

/// Decimal places of a share.
const PLACES: u32 = 4;

/// A part of a whole, to 4 places; None of nothing.
fn share_of(part: i64, whole: i64) -> Option<Decimal> {
    let share = Number::from(part).checked_div(Number::from(whole))?;
    Some(Decimal(
        share
            .round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero)
            .normalize(),
    ))
}

fn count(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Amounts of several currencies as one, in the workspace's currency (by fund in the fund's) at the rates of the instant. Lows and highs are
/// added apart; a range without a high end adds nothing to the high sum.
#[derive(SimpleObject)]
pub struct MoneyTotal {
    /// The sum of the low ends; null where none is known.
    low: Option<Decimal>,
    /// The sum of the high ends; null where none is known.
    high: Option<Decimal>,
    /// In which currency: the workspace's; by fund the fund's.
    currency: Currency,
    /// How many deals are in the sums.
    deals: i32,
    /// How many name no amount; nothing is guessed for them.
    unknown: i32,
    /// How many name an amount in a currency for which there is no rate.
    without_rate: i32,
}

impl MoneyTotal {
    fn of(rates: &Rates, sums: &[Sum], deals: i64) -> Option<Self> {
        let Total {
            range,
            deals,
            without_rate,
            unknown,
        } = rates.total(sums, deals);
        Some(Self {
            low: range.low.map(Decimal),
            high: range.high.map(Decimal),
            currency: Currency(range.currency?),
            deals: count(deals),
            unknown: count(unknown),
            without_rate: count(without_rate),
        })
    }
}

fn ranges(sums: &[Sum]) -> Vec<MoneyRange> {
    sums.iter().map(|sum| sum.range.clone().into()).collect()
}

/// The pipeline as it stands, or stood at an instant by what was known then.
pub struct Pipeline {
    as_of: Option<Instant>,
    at: Instant,
    filter: Filter,
    sums: Arc<HashMap<String, Sums>>,
    stages: Vec<deal::Stage>,
    rates: Arc<Rates>,
}

/// The pipeline as it stands, or stood at an instant by what was known then; today's rights.
#[Object]
impl Pipeline {
    /// The instant.
    async fn as_of(&self) -> DateTime {
        DateTime(self.at)
    }
    /// A column for each stage in order: retired ones only while deals stand in them.
    async fn columns(&self) -> Vec<PipelineColumn> {
        self.stages
            .iter()
            .filter_map(|stage| {
                let sums = self.sums.get(&stage.id.uuid().to_string());
                let is_asked = self.filter.stages.is_empty() || self.filter.stages.contains(&stage.key);
                (is_asked && (sums.is_some() || !stage.is_retired)).then(|| PipelineColumn {
                    stage: stage.clone(),
                    sums: sums.cloned().unwrap_or_default(),
                    filter: self.filter.clone(),
                    rates: Arc::clone(&self.rates),
                    as_of: self.as_of,
                })
            })
            .collect()
    }
    /// How many deals are in all columns.
    async fn total_count(&self) -> i32 {
        count(self.sums.values().map(|sums| sums.deals).sum())
    }
    /// How many of them are stale.
    async fn stale_count(&self) -> i32 {
        count(self.sums.values().map(|sums| sums.stale).sum())
    }
    /// The amounts sought in all columns, in the workspace's currency.
    async fn amount_total(&self) -> Option<MoneyTotal> {
        self.total(|sums| &sums.amounts)
    }
    /// Our amounts in all columns, in the workspace's currency.
    async fn our_amount_total(&self) -> Option<MoneyTotal> {
        self.total(|sums| &sums.ours)
    }
}

impl Pipeline {
    fn total(&self, of: impl Fn(&Sums) -> &Vec<Sum>) -> Option<MoneyTotal> {
        let sums: Vec<Sum> = self.sums.values().flat_map(|sums| of(sums).clone()).collect();
        MoneyTotal::of(
            &self.rates,
            &sums,
            self.sums.values().map(|sums| sums.deals).sum(),
        )
    }
}

/// Reads a filter; without statuses it leaves the ACTIVE deals.
async fn active_unless_asked(
    ctx: &Context<'_>,
    filter: Option<DealFilter>,
    as_of: Option<Instant>,
) -> Result<Filter> {
    let mut filter = filter.unwrap_or_default().read(ctx, as_of).await?;
    if filter.statuses.is_empty() {
        filter.statuses = vec![DealStatus::Active];
    }
    Ok(filter)
}

/// Every query about the pipeline: merged here, as what is merged in one place nests too deeply.
#[derive(MergedObject, Default)]
pub struct PipelineQueries(
    PipelineQuery,
    AnalyticsQuery,
    PassesQuery,
    CoverageQuery,
    DiffQuery,
);

/// Queries about the pipeline.
#[derive(Default)]
pub struct PipelineQuery;

#[Object]
impl PipelineQuery {
    /// The pipeline by stage: counts, amounts, days, and a page of cards each. Without statuses it shows ACTIVE deals.
    /// With asOf: as known at that instant, by today's rights.
    async fn pipeline(
        &self,
        ctx: &Context<'_>,
        filter: Option<DealFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Pipeline> {
        let as_of = as_of.map(|at| at.0);
        let filter = active_unless_asked(ctx, filter, as_of).await?;
        let caller = caller(ctx)?;
        let at = as_of.unwrap_or(caller.now());
        let sums = caller.deal_sums(&filter, Grouping::Stage).await.map_err(told)?;
        let stages = caller.stages(as_of).await.map_err(told)?;
        let rates = Arc::new(caller.rates_at(at).await.map_err(told)?);
        Ok(Pipeline {
            as_of,
            at,
            filter,
            sums,
            stages,
            rates,
        })
    }
    /// Deals put together by fund, owner, round, sector, layer or channel, the largest group first. A deal of two funds,
    /// sectors or channels counts in both. Without statuses: ACTIVE deals.
    async fn pipeline_by(
        &self,
        ctx: &Context<'_>,
        group: PipelineGrouping,
        filter: Option<DealFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Vec<PipelineGroup>> {
        let as_of = as_of.map(|at| at.0);
        let filter = active_unless_asked(ctx, filter, as_of).await?;
        group::all(ctx, group, &filter).await
    }
}
