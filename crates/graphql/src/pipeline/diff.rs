//! What changed in the pipeline between two instants.

use app::pipeline::{Differs, Moves};
use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use domain::{
    DealId, EvidenceId, Instant, StageId, StartupId,
    assessment::{self, shown},
};

use super::backwards;
use crate::{
    context::{EvidenceKey, caller, loader},
    deal::{Deal, DealFilter, DealKey, DealStatus, Stage, stage_by_id},
    error::told,
    evidence::Evidence,
    scalar::{DateTime, Decimal},
    startup::{self, Startup},
    word::word,
};

word! {
    /// What changed a conviction.
    ConvictionCause, "assessment::ConvictionCause" {
        /// Records came, were superseded or were retracted.
        Evidence,
        /// Records were graded anew.
        Grade,
        /// The technical route, or another fact of the multiplier, is known otherwise.
        Route,
        /// It came to hang on a provider, or does no longer.
        Dependency,
        /// Figures grew older.
        Decay,
        /// Another rubric or other rates came into force.
        Rubric,
    }
}

/// What changed in the pipeline between two instants, net: by what was known at each. A deal that moved and came back
/// does not appear.
pub struct PipelineDiff {
    from: Instant,
    to: Instant,
    moves: Moves,
    conviction: Vec<(StartupId, assessment::ConvictionChange)>,
}

/// A deal that stands otherwise than before.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct DealMove {
    #[graphql(skip)]
    deal_id: DealId,
    #[graphql(skip)]
    from_stage: StageId,
    #[graphql(skip)]
    to_stage: StageId,
    #[graphql(skip)]
    before: Instant,
    #[graphql(skip)]
    after: Instant,
    /// The status before.
    from_status: DealStatus,
    /// The status after.
    to_status: DealStatus,
}

async fn deal(ctx: &Context<'_>, id: DealId, at: Instant) -> Result<Deal> {
    let row = loader(ctx)?.load_one(DealKey(id, Some(at))).await?;
    row.map(|row| Deal::new(row, Some(at)))
        .ok_or_else(|| told(app::Error::Internal(format!("{id} differs but is not there"))))
}

async fn stage(ctx: &Context<'_>, id: StageId, at: Instant) -> Result<Stage> {
    stage_by_id(ctx, id, Some(at))
        .await?
        .map(Stage)
        .ok_or_else(|| told(app::Error::Internal(format!("{id} is no stage"))))
}

#[ComplexObject]
impl DealMove {
    /// The deal as known at the later instant.
    async fn deal(&self, ctx: &Context<'_>) -> Result<Deal> {
        deal(ctx, self.deal_id, self.after).await
    }
    /// The stage before.
    async fn from(&self, ctx: &Context<'_>) -> Result<Option<Stage>> {
        Ok(Some(stage(ctx, self.from_stage, self.before).await?))
    }
    /// The stage after.
    async fn to(&self, ctx: &Context<'_>) -> Result<Stage> {
        stage(ctx, self.to_stage, self.after).await
    }
}

/// A startup whose conviction changed, and why.
pub struct ConvictionChange {
    startup: StartupId,
    at: Instant,
    change: assessment::ConvictionChange,
}

/// A startup whose conviction changed, and why.
#[Object]
impl ConvictionChange {
    /// The startup as known at the later instant.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        startup::by_id(ctx, self.startup, Some(self.at))
            .await?
            .ok_or_else(|| told(app::Error::Internal(format!("{} is not there", self.startup))))
    }
    /// Conviction before; null where nothing was live.
    async fn from(&self) -> Option<Decimal> {
        self.change.from.map(|value| Decimal(shown::conviction(value)))
    }
    /// Conviction after.
    async fn to(&self) -> Option<Decimal> {
        self.change.to.map(|value| Decimal(shown::conviction(value)))
    }
    /// What happened between that touches it; age and measure last.
    async fn causes(&self) -> Vec<ConvictionCause> {
        self.change.causes.iter().map(|cause| (*cause).into()).collect()
    }
    /// The records that came, were retracted or graded between.
    async fn because(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let key = |id: &EvidenceId| EvidenceKey(*id, Some(self.at));
        let mut found = loader(ctx)?
            .load_many(self.change.because.iter().map(key))
            .await?;
        Ok(self
            .change
            .because
            .iter()
            .filter_map(|id| {
                let row = found.remove(&key(id))?;
                Some(Evidence {
                    row,
                    as_of: Some(self.at),
                })
            })
            .collect())
    }
}

impl PipelineDiff {
    fn moves(&self, all: &[Differs]) -> Vec<DealMove> {
        all.iter()
            .filter_map(|differs| {
                let (from_stage, from_status) = differs.from?;
                Some(DealMove {
                    deal_id: differs.deal,
                    from_stage,
                    to_stage: differs.to.0,
                    before: self.from,
                    after: self.to,
                    from_status: from_status.into(),
                    to_status: differs.to.1.into(),
                })
            })
            .collect()
    }
}

/// What changed in the pipeline between two instants, net: by what was known at each.
#[Object]
impl PipelineDiff {
    /// The earlier instant.
    async fn from(&self) -> DateTime {
        DateTime(self.from)
    }
    /// The later instant.
    async fn to(&self) -> DateTime {
        DateTime(self.to)
    }
    /// The deals known at the later instant that were not known at the earlier.
    async fn opened(&self, ctx: &Context<'_>) -> Result<Vec<Deal>> {
        let key = |differs: &Differs| DealKey(differs.deal, Some(self.to));
        let mut found = loader(ctx)?.load_many(self.moves.opened.iter().map(key)).await?;
        Ok(self
            .moves
            .opened
            .iter()
            .filter_map(|differs| {
                let row = found.remove(&key(differs))?;
                Some(Deal::new(row, Some(self.to)))
            })
            .collect())
    }
    /// The deals whose stage or status is another, those closed apart.
    async fn moved(&self) -> Vec<DealMove> {
        self.moves(&self.moves.moved)
    }
    /// The deals that became INVESTED, PASSED or LOST.
    async fn closed(&self) -> Vec<DealMove> {
        self.moves(&self.moves.closed)
    }
    /// The startups of these deals, and of the active deals that the filter leaves, whose conviction changed by 5 points
    /// or more, the largest change first.
    async fn conviction(&self) -> Vec<ConvictionChange> {
        self.conviction
            .iter()
            .map(|(startup, change)| ConvictionChange {
                startup: *startup,
                at: self.to,
                change: change.clone(),
            })
            .collect()
    }
}

/// Queries about what changed.
#[derive(Default)]
pub struct DiffQuery;

#[Object]
impl DiffQuery {
    /// What changed in the pipeline between two instants, net and by what was known at each; the filter is of the later,
    /// which is now where a later one is asked for. What narrows by now alone (search, hasProof, convictionAtLeast, and much
    /// of startups) is refused where the later instant is past, as it is of a pipeline asOf.
    async fn pipeline_diff(
        &self,
        ctx: &Context<'_>,
        from: DateTime,
        to: DateTime,
        filter: Option<DealFilter>,
    ) -> Result<PipelineDiff> {
        let (from, to) = (from.0, to.0);
        if from > to {
            return Err(backwards(from, to));
        }
        let caller = caller(ctx)?;
        let now = caller.now();
        let is_past = to < now;
        // What is not known yet cannot differ.
        let to = to.min(now).max(from);
        let filter = filter.unwrap_or_default();
        let mut filter = filter.read(ctx, is_past.then_some(to)).await?;
        filter.as_of = Some(to);
        let moves = caller.pipeline_moves(&filter, from, to).await.map_err(told)?;
        let conviction = if ctx.look_ahead().field("conviction").exists() {
            caller
                .conviction_changes(&filter, &moves, from, to)
                .await
                .map_err(told)?
        } else {
            Vec::new()
        };
        Ok(PipelineDiff {
            from,
            to,
            moves,
            conviction,
        })
    }
}
