//! 水分图: all startups between what is claimed and what is shown, now or as known at an instant.

use std::sync::Arc;

use domain::{
    Instant,
    assessment::{self, Flag, Inputs},
};
pub use storage::assessment::{Among, Placed, Standing};

use super::BATCH;
use crate::{Caller, Error};

impl Caller {
    /// The startups of which something is live, the widest gap first. Looking back, each is assessed anew: what is stored
    /// is of now.
    pub async fn standings(&self, among: &Among, as_of: Option<Instant>) -> Result<Vec<Standing>, Error> {
        self.reader().await?;
        let Some(at) = as_of else {
            return Ok(storage::assessment::standings(&self.db, among).await?);
        };
        let (_, yardstick) = self.app.yardstick(&self.db).await?;
        let placed = storage::assessment::placed_at(&self.db, at, among).await?;
        let mut standings = Vec::new();
        for batch in placed.chunks(BATCH) {
            let ids: Vec<_> = batch.iter().map(|one| one.startup).collect();
            let mut histories = storage::assessment::histories(&self.db, &ids).await?;
            for one in batch {
                let history = histories.remove(&one.startup).unwrap_or_default();
                let inputs = Inputs::new(Arc::clone(&yardstick), history);
                let figures = assessment::figures(&inputs, at);
                if figures.conviction.is_some() {
                    standings.push(Standing {
                        placed: one.clone(),
                        demand: figures.demand,
                        claimed_demand: figures.claimed_demand,
                        hype_gap: figures.hype_gap,
                        hype_share: figures.hype_share,
                        best_grade: figures.best_grade,
                        is_flagged: figures.flags.contains(Flag::HypeGap),
                    });
                }
            }
        }
        standings.sort_by(|a, b| {
            b.hype_gap
                .total_cmp(&a.hype_gap)
                .then(a.placed.startup.cmp(&b.placed.startup))
        });
        Ok(standings)
    }
}
