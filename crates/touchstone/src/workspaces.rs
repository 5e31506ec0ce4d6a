//! The workspaces of a private Postgres: one's own and the demonstration, a database each. Which of them is served is
//! read from the databases themselves: the demonstration until somebody works in one's own.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use app::{App, Clock, demo};
use chrono::NaiveDate;
use storage::place;

use crate::{config::DemoChoice, database::Held};

/// The demonstration's database.
const DEMO: &str = "touchstone_demo";
/// Its name while it is being filled, so that one whose making was killed is never taken for finished.
const UNFINISHED: &str = "touchstone_demo_unfinished";
/// How long a command waits for a demonstration that an `up` is making.
const PATIENCE: Duration = Duration::from_mins(1);
const POLL: Duration = Duration::from_millis(100);

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// One's own.
    Own,
    /// The demonstration.
    Demo,
}

/// Where the workspaces of a database server are.
#[derive(Debug, Clone)]
pub struct Workspaces {
    own_url: String,
    /// None on a given server: there is no demonstration on somebody else's.
    private: Option<Private>,
    /// How many aggregates an application on them remembers.
    aggregates: usize,
}

/// Addresses on the private server.
#[derive(Debug, Clone)]
struct Private {
    admin: String,
    demo: String,
    unfinished: String,
}

impl Workspaces {
    /// Those of a database in use.
    pub fn of(held: &Held) -> Self {
        Self {
            own_url: held.url(),
            private: held.server().map(|server| Private {
                admin: server.admin_url(),
                demo: server.url_of(DEMO),
                unfinished: server.url_of(UNFINISHED),
            }),
            aggregates: app::AGGREGATES,
        }
    }

    /// With applications that remember so many aggregates.
    pub fn remembering(self, aggregates: u32) -> Self {
        Self {
            aggregates: aggregates as usize,
            ..self
        }
    }

    /// Which one `up` serves.
    pub async fn to_serve(&self, choice: DemoChoice) -> Result<Which> {
        if self.private.is_none() {
            if choice == DemoChoice::Always {
                bail!(
                    "there is no demonstration on the server of DATABASE_URL: leave DATABASE_URL out to see it on a private Postgres"
                );
            }
            return Ok(Which::Own);
        }
        let is_own = match choice {
            DemoChoice::Always => false,
            DemoChoice::Never => true,
            DemoChoice::Until => place::is_used(&self.own_url).await?,
        };
        Ok(if is_own { Which::Own } else { Which::Demo })
    }

    /// Which one a command works on: the one that `up` would serve, the demonstration only where it is there.
    pub async fn to_work_on(&self, choice: DemoChoice, beside_up: bool) -> Result<Which> {
        let Some(private) = &self.private else {
            return self.to_serve(choice).await;
        };
        if self.to_serve(choice).await? == Which::Own {
            return Ok(Which::Own);
        }
        let deadline = std::time::Instant::now() + PATIENCE;
        while beside_up
            && place::exists(&private.admin, UNFINISHED).await?
            && std::time::Instant::now() < deadline
        {
            tokio::time::sleep(POLL).await;
        }
        match (place::exists(&private.admin, DEMO).await?, choice) {
            (true, _) => Ok(Which::Demo),
            (false, DemoChoice::Always) => {
                bail!("there is no demonstration yet: `touchstone up --demo` makes it")
            }
            (false, _) => Ok(Which::Own),
        }
    }

    /// Where it is.
    pub fn url(&self, which: Which) -> &str {
        match (which, &self.private) {
            (Which::Demo, Some(private)) => &private.demo,
            _ => &self.own_url,
        }
    }

    /// Makes the demonstration of a day where there is none; whether it did.
    pub async fn make_demo(&self, day_zero: NaiveDate, statement_time: Duration) -> Result<bool> {
        let Some(private) = &self.private else {
            return Ok(false);
        };
        if place::exists(&private.admin, DEMO).await? {
            return Ok(false);
        }
        self.fill(private, day_zero, statement_time).await?;
        place::rename(&private.admin, UNFINISHED, DEMO).await?;
        Ok(true)
    }

    /// Makes the demonstration of a day in place of the one that is there; `close` gives that one back when the new one
    /// is complete.
    pub async fn replace_demo(
        &self,
        day_zero: NaiveDate,
        statement_time: Duration,
        close: impl AsyncFnOnce(),
    ) -> Result<()> {
        let Some(private) = &self.private else {
            bail!("there is no demonstration on the server of DATABASE_URL");
        };
        self.fill(private, day_zero, statement_time).await?;
        close().await;
        place::drop(&private.admin, DEMO).await?;
        Ok(place::rename(&private.admin, UNFINISHED, DEMO).await?)
    }

    async fn fill(&self, private: &Private, day_zero: NaiveDate, statement_time: Duration) -> Result<()> {
        let today = demo::day_of(Clock::system().now());
        if day_zero > today {
            bail!("the demonstration cannot be of {day_zero}, which is to come: today is {today}");
        }
        let started = std::time::Instant::now();
        place::drop(&private.admin, UNFINISHED).await?;
        place::create(&private.admin, UNFINISHED).await?;
        storage::migrate_within(&private.unfinished, statement_time).await?;
        // Its commits need not reach the disk one by one: the renaming, which makes it count, waits for all of them.
        let hasty = format!("{}&options=-c%20synchronous_commit%3Doff", private.unfinished);
        let db = storage::Database::connect(&hasty, &storage::Options::default()).await?;
        let filled = demo::fill(db.clone(), day_zero).await;
        db.close().await;
        filled?;
        tracing::info!(%day_zero, ms = started.elapsed().as_millis() as u64, "the demonstration is made");
        Ok(())
    }

    /// The application on one of them, brought to this program's version.
    pub async fn open(&self, which: Which, statement_time: Duration) -> Result<App> {
        let url = self.url(which);
        let migrated = storage::migrate_within(url, statement_time).await?;
        tracing::info!(
            version = migrated.version,
            applied = migrated.applied,
            "database migrated"
        );
        let db = storage::Database::connect(url, &storage::Options::default()).await?;
        let app = App::open(db, Clock::system())
            .await
            .context("opening the workspace")?;
        app.limit_aggregates(self.aggregates);
        Ok(app)
    }

    /// Whether nobody works in one's own yet.
    pub async fn own_is_new(&self) -> Result<bool> {
        Ok(!place::is_used(&self.own_url).await?)
    }
}
