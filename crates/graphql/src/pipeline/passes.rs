//! Deals that were passed: why, and which of them others funded later.

use app::pipeline;
use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{assessment::shown, time::day_in};

use super::{
    analytics::{open_period, read},
    count,
};
use crate::{
    context::caller,
    deal::{Deal, DealFilter, PassReason},
    error::told,
    outcome::{self, LaterOutcome},
    scalar::{Date, DateTime, Decimal},
};

/// How many deals were passed for a reason.
#[derive(SimpleObject)]
pub struct PassReasonCount {
    /// The reason.
    reason: PassReason,
    /// How many deals.
    deals: i32,
    /// Of those, how many others funded later: on the day of the pass or after, by a known outcome with an amount.
    later_funded: i32,
}

/// A deal that we passed, and what became of its startup later.
pub struct Miss(pipeline::Miss, Option<domain::Instant>);

/// A deal that we passed, and what became of its startup later; with what we thought of it then and now.
#[Object]
impl Miss {
    /// The deal.
    async fn deal(&self) -> Deal {
        Deal::new(self.0.deal.clone(), self.1)
    }
    /// The day on which it was passed, as it happened.
    async fn passed_on(&self, ctx: &Context<'_>) -> Result<Date> {
        let zone = caller(ctx)?.app().workspace().time_zone;
        Ok(Date(day_in(zone, self.0.passed_at)))
    }
    /// Why.
    async fn reason(&self) -> Option<PassReason> {
        self.0.deal.standing.pass_reason.map(Into::into)
    }
    /// What became of the startup, the earliest first.
    async fn later(&self, ctx: &Context<'_>) -> Result<Vec<LaterOutcome>> {
        outcome::of_deal(ctx, self.0.deal.id, self.1).await
    }
    /// The startup's conviction at the instant of the pass, by what was known then; null where nothing was.
    async fn conviction_then(&self) -> Option<Decimal> {
        self.0
            .conviction_then
            .map(|value| Decimal(shown::conviction(value)))
    }
    /// The startup's conviction now, or at asOf.
    async fn conviction_now(&self) -> Option<Decimal> {
        self.0
            .conviction_now
            .map(|value| Decimal(shown::conviction(value)))
    }
}

/// Queries about deals that were passed.
#[derive(Default)]
pub struct PassesQuery;

#[Object]
impl PassesQuery {
    /// Why deals were passed: those that are PASSED now (or were known to be at asOf) and were passed in the period, by the
    /// time at which the pass happened (both ends included; all of them where left out). A pass that was voided, or from
    /// which the deal came back, counts for nothing; a deal passed twice counts by its last pass. The most frequent first.
    async fn pass_reasons(
        &self,
        ctx: &Context<'_>,
        from: Option<DateTime>,
        to: Option<DateTime>,
        filter: Option<DealFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Vec<PassReasonCount>> {
        let caller = caller(ctx)?;
        let period = open_period(from, to, caller.now())?;
        let filter = read(ctx, filter, as_of).await?;
        let reasons = caller.pass_reasons(&filter, period).await.map_err(told)?;
        Ok(reasons
            .into_iter()
            .map(|one| PassReasonCount {
                reason: one.reason.into(),
                deals: count(one.deals),
                later_funded: count(one.later_funded),
            })
            .collect())
    }
    /// The misses: of the deals that passReasons counts, those that others funded later, the latest pass first. A known
    /// outcome tells of it that has an amount, if only in words, and happened on the day of the pass or after; one of
    /// something else, or of before, makes no miss. LOST deals are none: they were not ours to decline.
    async fn misses(
        &self,
        ctx: &Context<'_>,
        from: Option<DateTime>,
        to: Option<DateTime>,
        filter: Option<DealFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Vec<Miss>> {
        let caller = caller(ctx)?;
        let period = open_period(from, to, caller.now())?;
        let filter = read(ctx, filter, as_of).await?;
        let at = filter.as_of;
        let misses = caller.misses(&filter, period).await.map_err(told)?;
        Ok(misses.into_iter().map(|miss| Miss(miss, at)).collect())
    }
}
