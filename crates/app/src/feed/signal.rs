//! Signals: that something changed and who did it, and nothing of what it says. Pages follow them, and read for
//! themselves what they show.

use std::collections::{HashMap, VecDeque};

use domain::{ActivityId, DealId, Instant, StartupId, UserId};
use futures::{
    StreamExt as _,
    stream::{self, BoxStream},
};
use storage::{
    Database,
    activity::{About, Activity},
};

use super::{Seat, Subscription};
use crate::{Caller, Error};

/// How many operations a follower may resume behind; from further back it is told that there is a gap.
const RESUMED_OPERATIONS: i64 = 1_000;
/// How many changes that are there already become signals with one look at the database.
const AT_ONCE: usize = 200;

/// That a record changed.
#[derive(Debug, Clone)]
pub struct Signal {
    /// The change itself, of which the subscription of the API tells all.
    pub change: Activity,
    /// Which version the record has by now; None for what has no versions.
    pub version: Option<i32>,
    /// Who did it, by name; None for the program itself.
    pub by: Option<(UserId, String)>,
}

impl Signal {
    /// Behind which a follower resumes.
    pub fn id(&self) -> ActivityId {
        self.change.id
    }
    /// When it changed.
    pub fn at(&self) -> Instant {
        self.change.at
    }
    /// The startup that the record is, or belongs to.
    pub fn startup(&self) -> Option<StartupId> {
        self.change.change.startup_id
    }
    /// The deal that the record is, or belongs to.
    pub fn deal(&self) -> Option<DealId> {
        self.change.change.deal_id
    }
}

/// How a follower begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumed {
    /// Nothing is missing.
    Whole,
    /// What came between is not told: too much of it, or from where is not known.
    WithGap,
}

impl Caller {
    /// That something changed which the caller may see, in the order of commit; from behind the change with the id
    /// `after`, where that is not too long ago. It ends when the caller's role changes or the account is closed.
    pub async fn signals(
        &self,
        after: Option<&str>,
    ) -> Result<(Resumed, BoxStream<'static, Result<Signal, Error>>), Error> {
        let viewer = self.reader().await?;
        let feed = self.app.feed().clone();
        let seat = Seat::take(&feed, viewer.user_id);
        let batches = feed.inner.batches.subscribe();
        let newest = storage::activity::newest_seq(&self.db).await?;
        let known = match after.map(str::parse::<ActivityId>) {
            Some(Ok(id)) => storage::activity::by_id(&self.db, &viewer, id).await?,
            Some(Err(_)) | None => None,
        };
        let known = known.filter(|row| newest - row.seq <= RESUMED_OPERATIONS);
        let (resumed, last) = match (&known, after) {
            (Some(row), _) => (Resumed::Whole, (row.seq, row.n)),
            (None, Some(_)) => (Resumed::WithGap, (newest, i16::MAX)),
            (None, None) => (Resumed::Whole, (newest, i16::MAX)),
        };
        let changes = Subscription {
            seat,
            batches,
            about: About::Everything,
            last,
            ready: VecDeque::new(),
            behind: known.is_some(),
            role: Some(viewer.role),
        };
        let db = self.app.database().clone();
        let signals = changes
            .followed()
            .ready_chunks(AT_ONCE)
            .then(move |changes| told(db.clone(), changes))
            .flat_map(stream::iter);
        Ok((resumed, signals.boxed()))
    }
}

/// Changes as signals. What came before a fault is told first.
async fn told(db: Database, changes: Vec<Result<Activity, Error>>) -> Vec<Result<Signal, Error>> {
    let mut good = Vec::with_capacity(changes.len());
    let mut fault = None;
    for change in changes {
        match change {
            Ok(change) => good.push(change),
            Err(error) => {
                fault = Some(error);
                break;
            }
        }
    }
    let mut signals: Vec<_> = match put_together(&db, good).await {
        Ok(signals) => signals.into_iter().map(Ok).collect(),
        Err(error) => return vec![Err(error)],
    };
    if let Some(error) = fault {
        signals.push(Err(error));
    }
    signals
}

async fn put_together(db: &Database, changes: Vec<Activity>) -> Result<Vec<Signal>, Error> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let mut authors: Vec<UserId> = changes.iter().filter_map(|change| change.by).collect();
    authors.sort_unstable();
    authors.dedup();
    let names: HashMap<UserId, String> = storage::access::users_by_ids(db, &authors)
        .await?
        .into_iter()
        .map(|user| (user.id, user.name))
        .collect();
    let versions = storage::activity::versions(db, &changes).await?;
    Ok(changes
        .into_iter()
        .map(|change| Signal {
            version: versions.get(&change.change.subject_id).copied(),
            by: change
                .by
                .and_then(|id| names.get(&id).map(|name| (id, name.clone()))),
            change,
        })
        .collect())
}
