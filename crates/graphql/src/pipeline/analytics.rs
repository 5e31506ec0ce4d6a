//! What the history of deals adds up to: the funnel, the flow, the sources.

use std::{collections::HashMap, sync::Arc};

use app::{
    deal::{Filter, MoveKind, MovedIn},
    pipeline::{BUCKETS_LIMIT, Bucket, Flowed, Interval, Movers, Period, Stays, TimeInStage},
};
use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::{
    Instant, StageId,
    assessment::shown,
    deal::{self, funnel},
};

use super::{backwards, count, share_of};
use crate::{
    assessment::FlowInterval,
    context::caller,
    deal::{Channel, DealFilter, Stage},
    error::{coded, told},
    scalar::{Date, DateTime, Decimal},
};

/// Which deals a funnel follows.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
pub enum FunnelView {
    /// The deals opened in the period, each once a stage, followed to now.
    Cohort,
    /// The moves of the period, each of them.
    Activity,
}

/// How many deals entered each stage, and what became of them.
///
/// Cohort: the deals opened in the period, at the furthest stage that they reached, followed to now (or to asOf) and not
/// to the end of the period. A skipped stage counts as passed through, a backward move undoes no entry, INVESTED counts
/// as through all, LOST with passed; for each stage entered = advanced + passed + still there.
///
/// Activity: the moves of the period. A move forward enters each stage that it comes into or through and advances from
/// each that it leaves behind; a move backward counts for nothing. Moves that were voided are left out of both.
#[derive(SimpleObject)]
pub struct Funnel {
    /// The period's first instant.
    from: DateTime,
    /// Its last.
    to: DateTime,
    /// Which deals it follows.
    view: FunnelView,
    /// By stage, in order: retired ones only where deals are named.
    stages: Vec<FunnelStage>,
    /// How many deals were opened in the period.
    opened: i32,
    /// How many of them (activity: how many moves in the period) came to INVESTED.
    invested: i32,
    /// How many came to PASSED or LOST.
    passed: i32,
    /// How many deals that were: activity counts moves, and one deal may be passed twice.
    passed_deals: i32,
}

/// What the funnel says of a stage.
#[derive(SimpleObject)]
pub struct FunnelStage {
    /// The stage.
    stage: Stage,
    /// How many came into it or through it.
    entered: i32,
    /// How many of these came through it without standing in it. Activity: without stopping there in that move.
    skipped: i32,
    /// How many went on from it.
    advanced: i32,
    /// How many were passed or lost in it.
    passed: i32,
    /// How many are still in it, active or on hold. Activity: of those that came into it in the period.
    still_there: i32,
    /// advanced / entered, to 4 places; null where nothing entered.
    conversion: Option<Decimal>,
    /// The median of the whole days that deals stood in it, time on hold left out, of the stays that ended: by a move to
    /// another stage or by INVESTED, PASSED or LOST. Null where none did.
    median_days: Option<Decimal>,
    /// Nine in ten of these stays took no longer.
    p90_days: Option<Decimal>,
    /// How many stays ended.
    stays: i32,
    /// How many deals made the moves of a stage, as in a period one can come there several times. Null of a cohort, in
    /// which each deal counts once.
    movers: Option<FunnelMovers>,
}

/// How many deals the moves of a stage are of: as many as `deals` lists with the filter `moved` for the same.
#[derive(SimpleObject)]
pub struct FunnelMovers {
    /// Deals that came into it or through it.
    entered: i32,
    /// Deals that came through it without stopping there.
    skipped: i32,
    /// Deals that went on from it.
    advanced: i32,
    /// Deals that were passed or lost in it.
    passed: i32,
}

impl From<Movers> for FunnelMovers {
    fn from(of: Movers) -> Self {
        let Movers {
            position: _,
            entered,
            skipped,
            advanced,
            passed,
        } = of;
        Self {
            entered: count(entered),
            skipped: count(skipped),
            advanced: count(advanced),
            passed: count(passed),
        }
    }
}

/// What is told of stages beside the funnel's own figures, where it is asked for.
struct Beside {
    times: Arc<HashMap<StageId, TimeInStage>>,
    /// None of a cohort.
    movers: Option<HashMap<StageId, Movers>>,
}

impl FunnelStage {
    fn of(stage: deal::Stage, of: &funnel::FunnelStage, beside: &Beside) -> Self {
        let time = beside.times.get(&of.stage);
        let movers = beside.movers.as_ref().map(|all| {
            let none = Movers {
                position: stage.position,
                entered: 0,
                skipped: 0,
                advanced: 0,
                passed: 0,
            };
            all.get(&of.stage).copied().unwrap_or(none).into()
        });
        Self {
            stage: Stage(stage),
            entered: count(of.entered),
            skipped: count(of.skipped),
            advanced: count(of.advanced),
            passed: count(of.passed),
            still_there: count(of.still_there),
            conversion: share_of(of.advanced, of.entered),
            median_days: time.map(|time| Decimal(time.median)),
            p90_days: time.map(|time| Decimal(time.p90)),
            stays: time.map_or(0, |time| count(time.stays)),
            movers,
        }
    }
}

/// What happened in a week, month or quarter, by when it happened; voided moves left out.
#[derive(SimpleObject)]
pub struct FlowBucket {
    /// Its first day: a Monday, the first of a month, or of a quarter.
    start: Date,
    /// Deals opened.
    opened: i32,
    /// Moves to a later stage.
    advanced: i32,
    /// How many deals made these.
    advanced_deals: i32,
    /// Moves to PASSED or LOST.
    passed: i32,
    /// How many deals made these.
    passed_deals: i32,
    /// Moves to INVESTED.
    invested: i32,
}

/// What a source brought, of the deals opened in a period. A deal with several sources counts for each.
#[derive(SimpleObject)]
pub struct SourceQuality {
    /// The channel.
    channel: Channel,
    /// Who brought them, in words; null where nobody is named.
    who: Option<String>,
    /// How many deals.
    deals: i32,
    /// How many of them reached DILIGENCE or a later stage, or INVESTED.
    reached_diligence: i32,
    /// How many of them came to INVESTED.
    invested: i32,
    /// The median conviction of their startups, each once; null where none is known.
    median_conviction: Option<Decimal>,
    /// How many of their startups had no deal before: whether the source still brings new names.
    new_startups: i32,
    /// When the last of these came; null where none did.
    last_new_at: Option<DateTime>,
}

/// Reads a period of instants; one that ends before it begins is the caller's mistake.
fn period(from: Instant, to: Instant) -> Result<Period> {
    if from > to {
        return Err(backwards(from, to));
    }
    Ok(Period { from, to })
}

/// A period that may be open at its ends.
pub(super) fn open_period(from: Option<DateTime>, to: Option<DateTime>, now: Instant) -> Result<Period> {
    let first = chrono::NaiveDate::from_ymd_opt(1, 1, 1)
        .unwrap_or_default()
        .and_time(chrono::NaiveTime::MIN)
        .and_utc();
    period(from.map_or(first, |at| at.0), to.map_or(now, |at| at.0))
}

pub(super) async fn read(
    ctx: &Context<'_>,
    filter: Option<DealFilter>,
    as_of: Option<DateTime>,
) -> Result<Filter> {
    filter.unwrap_or_default().read(ctx, as_of.map(|at| at.0)).await
}

/// Queries about what the history of deals adds up to.
#[derive(Default)]
pub struct AnalyticsQuery;

#[Object]
impl AnalyticsQuery {
    /// How many deals entered each stage, went on, were passed or are still there; from and to included.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a question")]
    async fn funnel(
        &self,
        ctx: &Context<'_>,
        from: DateTime,
        to: DateTime,
        #[graphql(default_with = "FunnelView::Cohort")] view: FunnelView,
        filter: Option<DealFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Funnel> {
        let period = period(from.0, to.0)?;
        let filter = read(ctx, filter, as_of).await?;
        let caller = caller(ctx)?;
        let (told_of, stays) = match view {
            FunnelView::Cohort => (caller.cohort_funnel(&filter, period).await, Stays::OfCohort),
            FunnelView::Activity => (caller.activity_funnel(&filter, period).await, Stays::EndedIn),
        };
        let funnel = told_of.map_err(told)?;
        let asked = |name| ctx.look_ahead().field("stages").field(name).exists();
        let times = if asked("medianDays") || asked("p90Days") || asked("stays") {
            caller.times_in_stages(&filter, stays, period).await
        } else {
            Ok(Arc::default())
        };
        let movers = if view == FunnelView::Activity && asked("movers") {
            Some(caller.movers(&filter, period).await.map_err(told)?)
        } else {
            None
        };
        let passed_deals = if view == FunnelView::Activity && ctx.look_ahead().field("passedDeals").exists() {
            let mut passed = filter.clone();
            passed.moved = Some(MovedIn {
                period,
                kind: MoveKind::Passed,
                stage: None,
            });
            caller.deal_count(&passed).await.map_err(told)?
        } else {
            funnel.passed
        };
        let beside = Beside {
            times: times.map_err(told)?,
            movers,
        };
        let stages: HashMap<StageId, deal::Stage> = caller
            .stages(filter.as_of)
            .await
            .map_err(told)?
            .into_iter()
            .map(|stage| (stage.id, stage))
            .collect();
        Ok(Funnel {
            from,
            to,
            view,
            stages: funnel
                .stages
                .iter()
                .filter_map(|of| {
                    let stage = stages.get(&of.stage)?.clone();
                    Some(FunnelStage::of(stage, of, &beside))
                })
                .collect(),
            opened: count(funnel.opened),
            invested: count(funnel.invested),
            passed: count(funnel.passed),
            passed_deals: count(passed_deals),
        })
    }

    /// What happened week by week, month by month or quarter by quarter, on the days from `from` to `to`, both included.
    /// Weeks that only touch the period count what lies in it. At most 600 buckets.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a question")]
    async fn flow(
        &self,
        ctx: &Context<'_>,
        from: Date,
        to: Date,
        #[graphql(default_with = "FlowInterval::Week")] interval: FlowInterval,
        filter: Option<DealFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Vec<FlowBucket>> {
        if from.0 > to.0 {
            return Err(backwards(from.0, to.0));
        }
        let interval = match interval {
            FlowInterval::Week => Interval::Week,
            FlowInterval::Month => Interval::Month,
            FlowInterval::Quarter => Interval::Quarter,
        };
        let filter = read(ctx, filter, as_of).await?;
        let caller = caller(ctx)?;
        let days = (from.0, to.0);
        let buckets = caller.flow(&filter, days, interval).await.map_err(told)?;
        let buckets = buckets.ok_or_else(|| {
            coded(
                "BAD_USER_INPUT",
                format!("the period has more than {BUCKETS_LIMIT} buckets; take a longer interval or a shorter period"),
            )
        })?;
        let asked = |name| ctx.look_ahead().field(name).exists();
        let flowed = if asked("advancedDeals") || asked("passedDeals") {
            caller.flowed(&filter, days, interval).await.map_err(told)?
        } else {
            HashMap::new()
        };
        let deals = |bucket: &Bucket, of: fn(&Flowed) -> i64| count(flowed.get(&bucket.start).map_or(0, of));
        Ok(buckets
            .into_iter()
            .map(|bucket| FlowBucket {
                start: Date(bucket.start),
                opened: count(bucket.opened),
                advanced: count(bucket.advanced),
                advanced_deals: deals(&bucket, |one| one.advanced),
                passed_deals: deals(&bucket, |one| one.passed),
                passed: count(bucket.passed),
                invested: count(bucket.invested),
            })
            .collect())
    }

    /// What each source brought, of the deals opened in a period (all of them where left out), the largest first. Deals
    /// without a source count for none.
    async fn source_quality(
        &self,
        ctx: &Context<'_>,
        from: Option<DateTime>,
        to: Option<DateTime>,
        filter: Option<DealFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Vec<SourceQuality>> {
        let caller = caller(ctx)?;
        let period = open_period(from, to, caller.now())?;
        let filter = read(ctx, filter, as_of).await?;
        let sources = caller.source_quality(&filter, period).await.map_err(told)?;
        Ok(sources
            .into_iter()
            .map(|(source, median)| SourceQuality {
                channel: source.channel.into(),
                who: source.who,
                deals: count(source.deals),
                reached_diligence: count(source.reached_diligence),
                invested: count(source.invested),
                median_conviction: median.map(|median| Decimal(shown::conviction(median))),
                new_startups: count(source.new_startups),
                last_new_at: source.last_new_at.map(DateTime),
            })
            .collect())
    }
}
