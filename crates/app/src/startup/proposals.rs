//! Layers and sectors that words suggested, confirmed by a person: many at once.

use domain::{
    ImportId, Problem, ProblemCode, StartupId,
    access::Demand,
    activity::{Change, SubjectType, diff},
    startup::{Proposed, Startup},
    time,
};
use futures::FutureExt as _;

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// How many startups are confirmed at once.
const CONFIRM_LIMIT: usize = 10_000;

/// Whose proposals are confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirm {
    /// Of these startups.
    Startups(Vec<StartupId>),
    /// Of all that an import made or changed.
    ImportedBy(ImportId),
}

impl Caller {
    /// Confirms what is proposed: the layers and sectors stay, and are proposals no more. Gives the startups that changed.
    pub async fn confirm_proposals(
        &self,
        confirm: Confirm,
        path: &str,
    ) -> Result<Outcome<Vec<StartupId>>, Error> {
        self.write("confirmProposals", path, Demand::ANALYST_WRITE, |w| {
            confirm_all(w, confirm.clone()).boxed()
        })
        .await
    }
}

async fn confirm_all(w: &mut Write, confirm: Confirm) -> Result<Vec<StartupId>, Stop> {
    let limit = |count: usize| {
        Problem::new(
            ProblemCode::Limit,
            "startups",
            domain::Message::TooMany {
                count,
                limit: CONFIRM_LIMIT,
            },
        )
    };
    let ids = match confirm {
        Confirm::Startups(ids) => ids,
        Confirm::ImportedBy(id) => {
            if storage::import::by_ids(&w.tx, &[id]).await?.is_empty() {
                return Err(Problem::not_found("importedBy", id).into());
            }
            storage::startup::proposed_by(&w.tx, id, CONFIRM_LIMIT).await?
        }
    };
    if ids.len() > CONFIRM_LIMIT {
        return Err(limit(ids.len()).into());
    }
    let found = storage::startup::lock_all(&w.tx, &ids).await?;
    if let Some(missing) = ids.iter().find(|id| !found.iter().any(|s| s.id == **id)) {
        return Err(Problem::not_found("startups", missing).into());
    }
    let mut confirmed = Vec::new();
    for old in found.into_iter().filter(|s| !s.profile.proposed.is_empty()) {
        let mut new = Startup {
            updated_at: time::recorded_after(w.now, old.updated_at),
            version: old.version + 1,
            ..old.clone()
        };
        new.profile.proposed = Proposed::default();
        if let Some((before, after)) = diff(&old.profile, &new.profile) {
            w.record(Change {
                subject_type: SubjectType::Startup,
                subject_id: new.id.uuid(),
                startup_id: Some(new.id),
                deal_id: None,
                before: Some(before),
                after: Some(after),
            });
        }
        confirmed.push(new);
    }
    storage::import::update_startups(&w.tx, &confirmed).await?;
    Ok(confirmed.into_iter().map(|s| s.id).collect())
}
