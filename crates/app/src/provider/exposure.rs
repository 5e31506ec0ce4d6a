//! Who is exposed to a provider, and how what it might do would hit them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::{
    Instant, ProviderId, StartupId,
    assessment::{self, Flag},
    deal::Deal,
    provider::{
        Dependency, ProviderEvent, Terms,
        what_if::{Effect, Severity, WhatIf},
    },
    time::day_in,
};
pub use storage::provider::{Exposed, Exposure};

use crate::{Caller, Error};

/// How many startups are assessed at once.
const BATCH: usize = 1_000;

/// A startup that would be hit.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Which startup.
    pub startup_id: StartupId,
    /// By which of its dependencies the most.
    pub dependency: Dependency,
    /// How.
    pub effect: Effect,
    /// Its active deals, as far as the caller may see them.
    pub deals: Vec<Deal>,
}

/// Exposure to what happened: the dependencies in force on its day.
pub fn exposed_to(event: &ProviderEvent) -> Exposed {
    Exposed {
        provider: event.provider_id,
        on: event.said.on,
        with_self_hosted: event.said.kind.reaches_self_hosted(),
    }
}

impl Caller {
    /// The day on which dependencies are in force at an instant, or today.
    pub fn day_of(&self, as_of: Option<Instant>) -> NaiveDate {
        day_in(
            self.app.workspace().time_zone,
            as_of.unwrap_or_else(|| self.now()),
        )
    }
    /// What each of these exposures comes to.
    pub async fn exposures(
        &self,
        of: &[Exposed],
        as_of: Option<Instant>,
    ) -> Result<HashMap<Exposed, Exposure>, Error> {
        let viewer = self.reader().await?;
        let found = storage::provider::exposures(&self.db, &viewer, of, as_of).await?;
        Ok(of.iter().copied().zip(found).collect())
    }
    /// The dependencies behind each of these exposures.
    pub async fn exposed(
        &self,
        of: &[Exposed],
        as_of: Option<Instant>,
    ) -> Result<HashMap<Exposed, Vec<Dependency>>, Error> {
        self.reader().await?;
        let found = storage::provider::exposed(&self.db, of, as_of).await?;
        Ok(of.iter().copied().zip(found).collect())
    }

    /// Whom it would hit, the hardest first: those with the most at stake before others that are hit as hard. Startups
    /// that it does not reach are behind.
    pub async fn hits(
        &self,
        provider: ProviderId,
        what: &WhatIf,
        as_of: Option<Instant>,
    ) -> Result<Vec<Hit>, Error> {
        let viewer = self.reader().await?;
        let all = Exposed {
            provider,
            on: self.day_of(as_of),
            with_self_hosted: true,
        };
        let found = storage::provider::exposed(&self.db, &[all], as_of).await?;
        let dependencies: Vec<Dependency> = found.into_iter().flatten().collect();
        let mut startups: Vec<StartupId> = dependencies.iter().map(|one| one.startup_id).collect();
        startups.sort_unstable();
        startups.dedup();
        let wrappers = if what.asks_for_wrappers() {
            self.wrappers(&startups, as_of).await?
        } else {
            HashSet::new()
        };
        let mut deals: HashMap<StartupId, Vec<Deal>> = HashMap::new();
        for deal in storage::deal::active_of(&self.db, &viewer, &startups, as_of).await? {
            deals.entry(deal.startup_id).or_default().push(deal);
        }
        let mut ways: HashMap<StartupId, Vec<Dependency>> = HashMap::new();
        for dependency in dependencies {
            ways.entry(dependency.startup_id).or_default().push(dependency);
        }
        let mut hits: Vec<Hit> = ways
            .into_iter()
            .filter_map(|(startup_id, ways)| {
                let terms: Vec<Terms> = ways.iter().map(|way| way.terms.clone()).collect();
                let (worst, effect) = what.worst(&terms, wrappers.contains(&startup_id))?;
                let dependency = ways.iter().find(|way| way.terms == *worst)?.clone();
                Some(Hit {
                    startup_id,
                    dependency,
                    effect,
                    deals: deals.remove(&startup_id).unwrap_or_default(),
                })
            })
            .collect();
        hits.sort_by_key(|hit| {
            (
                hit.effect.severity,
                std::cmp::Reverse(hit.deals.len()),
                std::cmp::Reverse(hit.dependency.terms.cost_share),
                hit.startup_id,
            )
        });
        Ok(hits)
    }
}

impl Caller {
    /// Those of these startups that have nothing which would set them apart (the flag THIN_WRAPPER): as stored for lists, or
    /// as it was at an instant.
    async fn wrappers(
        &self,
        startups: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<HashSet<StartupId>, Error> {
        let mut found = HashSet::new();
        for batch in startups.chunks(BATCH) {
            match as_of {
                None => {
                    let stored = storage::assessment::stored(&self.db, batch).await?;
                    let wrappers = stored
                        .into_iter()
                        .filter(|(_, one)| one.flags.contains(Flag::ThinWrapper));
                    found.extend(wrappers.map(|(id, _)| id));
                }
                Some(at) => {
                    let inputs = self.app.assessment_inputs(&self.db, batch).await?;
                    let wrappers = inputs.into_iter().filter(|(_, inputs)| {
                        assessment::figures(inputs, at).flags.contains(Flag::ThinWrapper)
                    });
                    found.extend(wrappers.map(|(id, _)| id));
                }
            }
        }
        Ok(found)
    }
}

impl Hit {
    /// Whether it reaches the startup at all.
    pub fn reaches(&self) -> bool {
        self.effect.severity != Severity::None
    }
}
