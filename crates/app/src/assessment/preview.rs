//! What a changed rubric would do to the ranking, before it is saved.

use std::{cmp::Ordering, collections::HashMap, sync::Arc};

use domain::{
    Instant, Problem, StartupId,
    access::Demand,
    assessment::{self, Inputs, Rubric, RubricInForce, RubricKind},
};
use storage::assessment::Among;

use crate::{Caller, Error, Outcome};

/// Of how many startups the rows are held at once.
const BATCH: usize = 1_000;
/// From how many points on a change counts as a large one.
const LARGE: f64 = 5.0;

/// What a rubric would change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// How many startups were looked at: those of which something is live.
    pub startups: usize,
    /// Of how many the shown conviction would be another.
    pub changed: usize,
    /// Of how many it would change by 5 points or more.
    pub changed_by_five: usize,
    /// Those that would change most, the largest change first.
    pub movers: Vec<Mover>,
}

/// A startup whose conviction would change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mover {
    /// The startup.
    pub startup: StartupId,
    /// Conviction by the rubric in force, and by the other.
    pub conviction: (f64, f64),
    /// Its place among all by conviction, the highest 1, now and then.
    pub rank: (usize, usize),
}

impl Caller {
    /// What conviction would be everywhere by a rubric that is not saved, with the first so many of those that would
    /// change most; or what is wrong with it.
    pub async fn preview_rubric(
        &self,
        kinds: Vec<RubricKind>,
        first: usize,
    ) -> Result<Outcome<Preview>, Error> {
        self.demand(Demand::ADMIN).await?;
        let now = self.now();
        let (measures, yardstick) = self.app.yardstick(&self.db).await?;
        let rubric = Rubric {
            version: measures.rubric_version + 1,
            kinds,
        };
        let edited = match RubricInForce::new(rubric, now) {
            Ok(edited) => edited,
            Err(problems) => return Ok(Err::<_, Vec<Problem>>(problems)),
        };
        let standings = storage::assessment::standings(&self.db, &Among::default()).await?;
        let mut both: Vec<(StartupId, f64, f64)> = Vec::with_capacity(standings.len());
        for batch in standings.chunks(BATCH) {
            let ids: Vec<_> = batch.iter().map(|one| one.placed.startup).collect();
            for (id, history) in storage::assessment::histories(&self.db, &ids).await? {
                let inputs = Inputs::new(Arc::clone(&yardstick), history);
                if let Some((is, would)) = convictions(&inputs, now, &edited) {
                    both.push((id, is, would));
                }
            }
        }
        Ok(Ok(preview(both, first)))
    }
}

/// By the rubric in force and by another; None where nothing is live.
fn convictions(inputs: &Inputs, now: Instant, edited: &RubricInForce) -> Option<(f64, f64)> {
    let at = super::latest(inputs, now);
    let is = assessment::figures(inputs, at).conviction?;
    let would = assessment::figures_by(inputs, at, edited).conviction?;
    Some((is, would))
}

fn preview(both: Vec<(StartupId, f64, f64)>, first: usize) -> Preview {
    let ranks_now = ranks(both.iter().map(|(id, is, _)| (*id, *is)));
    let ranks_then = ranks(both.iter().map(|(id, _, would)| (*id, *would)));
    let shown = assessment::shown::conviction;
    let mut movers: Vec<Mover> = both
        .iter()
        .filter(|(_, is, would)| shown(*is) != shown(*would))
        .map(|(id, is, would)| Mover {
            startup: *id,
            conviction: (*is, *would),
            rank: (ranks_now[id], ranks_then[id]),
        })
        .collect();
    let change = |one: &Mover| (one.conviction.1 - one.conviction.0).abs();
    movers.sort_by(|a, b| change(b).total_cmp(&change(a)).then(a.startup.cmp(&b.startup)));
    let changed = movers.len();
    let changed_by_five = movers.iter().filter(|one| change(one) >= LARGE).count();
    movers.truncate(first);
    Preview {
        startups: both.len(),
        changed,
        changed_by_five,
        movers,
    }
}

/// The place of each among all, the highest 1; equals share the better one.
fn ranks(figures: impl Iterator<Item = (StartupId, f64)>) -> HashMap<StartupId, usize> {
    let mut figures: Vec<_> = figures.collect();
    figures.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let mut ranks = HashMap::with_capacity(figures.len());
    let mut last: Option<(f64, usize)> = None;
    for (place, (id, figure)) in (1..).zip(figures) {
        let rank = match last {
            Some((before, rank)) if before.total_cmp(&figure) == Ordering::Equal => rank,
            _ => place,
        };
        last = Some((figure, rank));
        ranks.insert(id, rank);
    }
    ranks
}
