//! Use cases: who may, load, apply the rule, store, record the activity, each in one transaction. There is one write
//! path ([`write`]); pages, scripts, the demonstration and the command line all go through it.

mod aggregate;
mod caller;
mod clock;
mod error;
mod feed;
mod remembered;
mod revisit;
mod secret;
mod write;

pub mod activity;
pub mod assessment;
pub mod belief;
pub mod calendar;
pub mod checklist;
pub mod deal;
pub mod demo;
pub mod dependency;
pub mod document;
pub mod evidence;
pub mod file;
pub mod fund;
pub mod import;
pub mod interaction;
pub mod outcome;
pub mod person;
pub mod pipeline;
pub mod provider;
pub mod rate;
pub mod review;
pub mod rubric;
pub mod search;
pub mod sector;
pub mod stage;
pub mod startup;
pub mod task;
pub mod user;
pub mod workspace;

pub use aggregate::DEFAULT_LIMIT as AGGREGATES;
pub use caller::{Caller, Identity};
pub use clock::Clock;
pub use error::Error;
pub use feed::{Feed, Resumed, Signal, Subscription};
pub use secret::Secret;
pub use storage::{
    access::{ApiToken, User},
    page,
    workspace::Workspace,
};
pub use write::Outcome;

use std::sync::Arc;

use remembered::Remembered;

/// Everything a use case stands on: the database, the clock, the workspace, the feed of changes.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) db: storage::Database,
    pub(crate) clock: Clock,
    pub(crate) workspace: Workspace,
    pub(crate) feed: Feed,
    pub(crate) remembered: Arc<Remembered>,
    /// Counts the sessions that ended here.
    pub(crate) ended: tokio::sync::watch::Sender<u64>,
    pub(crate) yardsticks: assessment::Yardsticks,
    pub(crate) aggregates: aggregate::Aggregates,
}

impl App {
    /// An application on a migrated database whose workspace is set up (see [`workspace::ensure`]).
    pub async fn open(db: storage::Database, clock: Clock) -> Result<Self, Error> {
        let workspace = workspace::ensure(&db, &clock).await?;
        let remembered = Arc::new(Remembered::default());
        let feed = Feed::new(db.clone(), Arc::clone(&remembered)).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                db,
                clock,
                workspace,
                feed,
                remembered,
                ended: tokio::sync::watch::Sender::new(0),
                yardsticks: assessment::Yardsticks::default(),
                aggregates: aggregate::Aggregates::default(),
            }),
        })
    }

    /// The workspace's name, zone and currency.
    pub fn workspace(&self) -> &Workspace {
        &self.inner.workspace
    }
    /// Now, at the edge.
    pub fn now(&self) -> domain::Instant {
        self.inner.clock.now()
    }
    /// The feed of changes; the binary runs it with [`Feed::run`].
    pub fn feed(&self) -> &Feed {
        &self.inner.feed
    }
    /// Changes whenever a session ends here: who holds something open for one looks at whether it is theirs.
    pub fn sessions_ended(&self) -> tokio::sync::watch::Receiver<u64> {
        self.inner.ended.subscribe()
    }
    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.inner.db.ping().await?)
    }
    /// The database, for the binary's own upkeep (closing it).
    pub fn database(&self) -> &storage::Database {
        &self.inner.db
    }
}
