//! Deals that were passed: why, and which of them others funded later.

use std::collections::HashMap;

use domain::{Instant, StartupId, assessment, deal::Deal};
pub use storage::deal::PassReasonCount;
use storage::deal::{self, Filter, Period};

use crate::{Caller, Error};

/// A deal that we passed and others funded later.
#[derive(Debug, Clone)]
pub struct Miss {
    /// The deal.
    pub deal: Deal,
    /// When it was passed, as it happened.
    pub passed_at: Instant,
    /// The conviction of its startup by what was known at that instant; None where nothing was.
    pub conviction_then: Option<f64>,
    /// The same now, or at the filter's instant.
    pub conviction_now: Option<f64>,
}

impl Caller {
    /// The deals passed in a period, by why.
    pub async fn pass_reasons(&self, filter: &Filter, period: Period) -> Result<Vec<PassReasonCount>, Error> {
        let viewer = self.reader().await?;
        Ok(deal::pass_reasons(&self.db, &viewer, filter, period, self.now()).await?)
    }

    /// The deals passed in a period that others funded later, the latest pass first, with what we thought of their
    /// startups then and now. As many statements as for one deal, however many there are.
    pub async fn misses(&self, filter: &Filter, period: Period) -> Result<Vec<Miss>, Error> {
        let viewer = self.reader().await?;
        let passed = deal::misses(&self.db, &viewer, filter, period, self.now()).await?;
        if passed.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = passed.iter().map(|(id, _)| *id).collect();
        let mut deals: HashMap<_, Deal> = deal::by_ids(&self.db, &viewer, &ids, filter.as_of)
            .await?
            .into_iter()
            .map(|deal| (deal.id, deal))
            .collect();
        let mut startups: Vec<StartupId> = deals.values().map(|deal| deal.startup_id).collect();
        startups.sort_unstable();
        startups.dedup();
        let inputs = self.assessment_inputs(&startups).await?;
        let conviction = |startup: StartupId, at: Option<Instant>| {
            let inputs = inputs.get(&startup)?;
            assessment::figures(inputs, at.unwrap_or_else(|| self.latest(inputs))).conviction
        };
        Ok(passed
            .into_iter()
            .filter_map(|(id, passed_at)| {
                let deal = deals.remove(&id)?;
                Some(Miss {
                    passed_at,
                    conviction_then: conviction(deal.startup_id, Some(passed_at)),
                    conviction_now: conviction(deal.startup_id, filter.as_of),
                    deal,
                })
            })
            .collect())
    }
}
