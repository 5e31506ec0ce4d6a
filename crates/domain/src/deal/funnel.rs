//! The funnel: how many deals entered each stage, went on, were passed or are still there (domain.md §6).

use super::{DealStatus, Stage};
use crate::StageId;

/// Deals that stood in the same stages and came to the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The places of the stages that they stood in.
    pub stood: Vec<i32>,
    /// What became of them.
    pub status: DealStatus,
    /// How many.
    pub deals: i64,
}

impl Reached {
    /// The place of the furthest stage that they stood in; 0, before them all, of none.
    fn furthest(&self) -> i32 {
        self.stood.iter().copied().max().unwrap_or(0)
    }
}

/// Changes of the same kind: openings, moves of stage, of status, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The place of the stage before; None for openings.
    pub from: Option<i32>,
    /// The status before; None for openings.
    pub from_status: Option<DealStatus>,
    /// The place of the stage after.
    pub to: i32,
    /// The status after.
    pub to_status: DealStatus,
    /// How many.
    pub changes: i64,
}

impl Moved {
    /// Whether they went to a later stage.
    pub fn is_forward(&self) -> bool {
        self.from.is_some_and(|from| from < self.to)
    }
    /// Whether they came to INVESTED.
    pub fn is_invested(&self) -> bool {
        self.to_status == DealStatus::Invested && self.from_status != Some(DealStatus::Invested)
    }
    /// Whether they came to PASSED or LOST.
    pub fn is_passed(&self) -> bool {
        is_over(self.to_status) && !self.from_status.is_some_and(is_over)
    }
}

/// What the funnel says of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct FunnelStage {
    pub stage: StageId,
    pub entered: i64,
    pub skipped: i64,
    pub advanced: i64,
    pub passed: i64,
    pub still_there: i64,
}

/// What the funnel says of all stages together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Funnel {
    pub stages: Vec<FunnelStage>,
    pub opened: i64,
    pub invested: i64,
    pub passed: i64,
}

fn is_over(status: DealStatus) -> bool {
    matches!(status, DealStatus::Passed | DealStatus::Lost)
}

/// The stages to tell of: those in use, and retired ones that are named.
fn told(stages: &[Stage], is_named: impl Fn(i32) -> bool) -> impl Iterator<Item = &Stage> {
    stages
        .iter()
        .filter(move |stage| !stage.is_retired || is_named(stage.position))
}

fn sum<T>(all: &[T], counts: impl Fn(&T) -> Option<i64>) -> i64 {
    all.iter().filter_map(counts).sum()
}

/// A cohort followed to where it stands: a skipped stage counts as passed through, a backward move undoes no entry, a
/// deal counts once a stage, INVESTED counts as through all, LOST with passed. For each stage
/// entered = advanced + passed + still there; skipped are those of entered that never stood in it.
pub fn cohort(stages: &[Stage], reached: &[Reached]) -> Funnel {
    let count = |is: &dyn Fn(&Reached) -> bool| sum(reached, |one| is(one).then_some(one.deals));
    let is_through = |one: &Reached| one.status == DealStatus::Invested;
    let of = |stage: &Stage| {
        let at = stage.position;
        let came = |one: &Reached| is_through(one) || one.furthest() >= at;
        let ends_there = |one: &Reached| !is_through(one) && one.furthest() == at;
        FunnelStage {
            stage: stage.id,
            entered: count(&came),
            skipped: count(&|one| came(one) && !one.stood.contains(&at)),
            advanced: count(&|one| is_through(one) || one.furthest() > at),
            passed: count(&|one| ends_there(one) && is_over(one.status)),
            still_there: count(&|one| ends_there(one) && !is_over(one.status)),
        }
    };
    let is_named = |at| reached.iter().any(|one| one.furthest() == at && one.deals > 0);
    Funnel {
        stages: told(stages, is_named).map(of).collect(),
        opened: count(&|_| true),
        invested: count(&is_through),
        passed: count(&|one| is_over(one.status)),
    }
}

/// The moves of a period: what came into each stage or through it by a forward move, what went on from it, what was
/// passed in it. Each move counts; a backward one neither enters nor undoes. `still_there` are the deals that came into
/// a stage in the period and stand in it, by its place.
pub fn activity(stages: &[Stage], moved: &[Moved], still_there: &[(i32, i64)]) -> Funnel {
    let count = |is: &dyn Fn(&Moved) -> bool| sum(moved, |one| is(one).then_some(one.changes));
    // From behind which place up to which it went; places are counted from 1, an opening comes from before them all.
    let start = |one: &Moved| one.from.unwrap_or(0);
    let end = |one: &Moved| if one.is_invested() { i32::MAX } else { one.to };
    let of = |stage: &Stage| {
        let at = stage.position;
        let comes = |one: &Moved| start(one) < at && at <= end(one);
        FunnelStage {
            stage: stage.id,
            entered: count(&comes),
            skipped: count(&|one| comes(one) && one.to != at),
            advanced: count(&|one| start(one) <= at && at < end(one)),
            passed: count(&|one| one.to == at && one.is_passed()),
            still_there: sum(still_there, |(place, deals)| (*place == at).then_some(*deals)),
        }
    };
    let is_named = |at| moved.iter().any(|one| one.to == at && one.changes > 0);
    Funnel {
        stages: told(stages, is_named).map(of).collect(),
        opened: count(&|one| one.from.is_none()),
        invested: count(&Moved::is_invested),
        passed: count(&Moved::is_passed),
    }
}

#[cfg(test)]
mod tests;
