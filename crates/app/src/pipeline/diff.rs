//! What changed in the pipeline between two instants.

use domain::{
    Instant, StartupId,
    assessment::{self, ConvictionChange},
    deal::DealStatus,
};
pub use storage::deal::Differs;
use storage::deal::{self, Filter, Grouping};

use crate::{Caller, Error, assessment::BATCH};

/// From how many points on a change of conviction is told.
const TELLING: f64 = 5.0;

/// The deals that stand otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    /// Not known before.
    pub opened: Vec<Differs>,
    /// In another stage or status.
    pub moved: Vec<Differs>,
    /// Become INVESTED, PASSED or LOST.
    pub closed: Vec<Differs>,
}

fn is_closed(status: DealStatus) -> bool {
    matches!(
        status,
        DealStatus::Invested | DealStatus::Passed | DealStatus::Lost
    )
}

impl Caller {
    /// The deals that the filter leaves at `to`, and that stand otherwise than at `from`: net, by what was known.
    pub async fn pipeline_moves(&self, filter: &Filter, from: Instant, to: Instant) -> Result<Moves, Error> {
        let viewer = self.reader().await?;
        let mut moves = Moves::default();
        for differs in deal::differing(&self.db, &viewer, filter, from, to).await? {
            let list = match differs.from {
                None => &mut moves.opened,
                Some((_, before)) if is_closed(differs.to.1) && differs.to.1 != before => &mut moves.closed,
                Some(_) => &mut moves.moved,
            };
            list.push(differs);
        }
        Ok(moves)
    }

    /// The startups of these deals, and of the active ones that the filter leaves at `to`, whose conviction changed by 5
    /// points or more; the largest change first.
    pub async fn conviction_changes(
        &self,
        filter: &Filter,
        moves: &Moves,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<(StartupId, ConvictionChange)>, Error> {
        let viewer = self.reader().await?;
        let mut active = filter.clone();
        if active.statuses.is_empty() {
            active.statuses = vec![DealStatus::Active];
        }
        let named: Vec<_> = [&moves.opened, &moves.moved, &moves.closed]
            .into_iter()
            .flatten()
            .map(|differs| differs.deal)
            .collect();
        let by_stage = deal::startups_of(&self.db, &viewer, &active, Grouping::Stage, to).await?;
        let mut ids: Vec<StartupId> = by_stage.into_values().flatten().collect();
        ids.extend(
            deal::by_ids(&self.db, &viewer, &named, Some(to))
                .await?
                .into_iter()
                .map(|deal| deal.startup_id),
        );
        ids.sort_unstable();
        ids.dedup();
        let mut changes = Vec::new();
        for batch in ids.chunks(BATCH) {
            for (startup, inputs) in self.assessment_inputs(batch).await? {
                let change = assessment::change(&inputs, from, to);
                if change.size() >= TELLING {
                    changes.push((startup, change));
                }
            }
        }
        changes.sort_by(|(a, one), (b, other)| other.size().total_cmp(&one.size()).then(a.cmp(b)));
        Ok(changes)
    }
}
