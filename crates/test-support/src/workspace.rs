//! A workspace to act in: on a database of its own, with a clock that only the test moves.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use app::{App, Caller, Clock, Identity, startup::NewStartup};
use chrono::{DateTime, TimeDelta};
use domain::{Instant, Role, StartupId, UserId, startup::Profile};

use crate::TestDb;

/// A new workspace, set up on the morning of the first of March 2025.
pub struct TestWorkspace {
    /// Its application.
    pub app: App,
    /// Its database.
    pub database: TestDb,
    now_micros: Arc<AtomicI64>,
}

/// Gives a database its workspace with sectors and stages.
pub async fn set_up(db: &storage::Database) -> Result<(), app::Error> {
    App::open(db.clone(), Clock::system()).await.map(drop)
}

#[allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]
impl TestWorkspace {
    /// Sets one up.
    pub async fn new() -> Self {
        Self::on(TestDb::new().await, "2025-03-01T08:00:00Z").await
    }

    /// Opens the one of a database at an instant.
    pub async fn on(database: TestDb, start: &str) -> Self {
        let start: Instant = start.parse().unwrap();
        let now_micros = Arc::new(AtomicI64::new(start.timestamp_micros()));
        let reads = Arc::clone(&now_micros);
        let clock =
            Clock::from_fn(move || DateTime::from_timestamp_micros(reads.load(Ordering::SeqCst)).unwrap());
        let db = storage::Database::connect(database.url(), &storage::Options::default())
            .await
            .unwrap();
        let app = App::open(db, clock).await.unwrap();
        Self {
            app,
            database,
            now_micros,
        }
    }

    /// Lets time pass.
    pub fn pass(&self, time: TimeDelta) {
        self.now_micros
            .fetch_add(time.num_microseconds().unwrap(), Ordering::SeqCst);
    }

    /// A caller with the rights of the machine's own.
    pub fn system(&self) -> Caller {
        Caller::new(&self.app, Identity::System)
    }

    /// A new user, `name@fund.example`.
    pub async fn user(&self, name: &str, role: Role) -> UserId {
        self.system()
            .add_user(format!("{name}@fund.example"), name.to_owned(), role)
            .await
            .unwrap()
            .unwrap()
    }

    /// A new startup in these sectors, by slug.
    pub async fn startup(&self, name: &str, sectors: &[&str]) -> StartupId {
        let new = NewStartup {
            profile: Profile::named(name),
            sectors: sectors.iter().map(|slug| (*slug).to_owned()).collect(),
            external_ids: Vec::new(),
        };
        self.system().create_startup(new, "s").await.unwrap().unwrap()
    }
}
