//! The demonstration, as whoever starts the program first will find it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

extern crate touchstone_app as app;

mod assess;
mod companies;
mod deals;
mod ledger;
mod meetings;
mod providers;
mod startups;
mod story;

use std::collections::HashMap;

use app::{App, Caller, Clock, Identity, evidence::Filter, page::Page, startup::Order};
use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    Instant, StartupId,
    evidence::{Evidence, EvidenceReview},
    startup::Startup,
};
use test_support::TestDb;

/// Day 0 of these tests.
pub(crate) fn day_zero() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 12).unwrap()
}

pub(crate) struct Demo {
    pub(crate) app: App,
    pub(crate) test: TestDb,
    pub(crate) startups: Vec<Startup>,
}

impl Demo {
    /// The demonstration of day 0, looked at on the noon of that day.
    pub(crate) async fn new() -> Self {
        let test = TestDb::new().await;
        fill(&test, day_zero()).await;
        let noon = end_of(0) - TimeDelta::hours(12);
        let db = storage::Database::connect(test.url(), &storage::Options::default())
            .await
            .unwrap();
        let app = App::open(db, Clock::from_fn(move || noon)).await.unwrap();
        let caller = Caller::new(&app, Identity::System);
        let found = caller
            .startups(&app::startup::Filter::default(), Order::Name, false, &page())
            .await
            .unwrap();
        Self {
            startups: found.rows,
            app,
            test,
        }
    }
    pub(crate) fn caller(&self) -> Caller {
        Caller::new(&self.app, Identity::System)
    }
    pub(crate) fn fictional(&self) -> impl Iterator<Item = &Startup> {
        self.startups.iter().filter(|s| is_fictional(s))
    }
    pub(crate) fn real(&self) -> impl Iterator<Item = &Startup> {
        self.startups.iter().filter(|s| !is_fictional(s))
    }
    pub(crate) fn named(&self, name: &str) -> &Startup {
        let found = self.startups.iter().find(|s| s.profile.name == name);
        found.unwrap_or_else(|| panic!("there is no {name}"))
    }
    /// Everything ever recorded about a startup, as known at an instant, with its reviews.
    pub(crate) async fn ledger(&self, id: StartupId, at: Instant) -> Vec<(Evidence, Vec<EvidenceReview>)> {
        let filter = Filter {
            include_retracted: true,
            include_superseded: true,
            as_of: Some(at),
            ..Filter::default()
        };
        let caller = self.caller();
        let mut found = caller.evidence_of(&[id], &filter, &page()).await.unwrap();
        let records = found.remove(&id).map(|slice| slice.rows).unwrap_or_default();
        let ids: Vec<_> = records.iter().map(|record| record.id).collect();
        let mut reviews: HashMap<_, _> = caller.evidence_reviews(&ids, Some(at)).await.unwrap();
        records
            .into_iter()
            .map(|record| {
                let of = reviews.remove(&record.id).unwrap_or_default();
                (record, of)
            })
            .collect()
    }
}

pub(crate) async fn fill(test: &TestDb, day_zero: NaiveDate) {
    let db = storage::Database::connect(test.url(), &storage::Options::default())
        .await
        .unwrap();
    app::demo::fill(db.clone(), day_zero).await.unwrap();
    db.close().await;
}

pub(crate) fn is_fictional(startup: &Startup) -> bool {
    startup.profile.custom_fields.get("fictional") == Some(&true.into())
}

/// All rows of any list of the demonstration.
pub(crate) fn page() -> Page {
    Page::first(1_000)
}

/// The day that lies so many days from day 0.
pub(crate) fn day(offset: i64) -> NaiveDate {
    let days = Days::new(offset.unsigned_abs());
    if offset < 0 {
        day_zero() - days
    } else {
        day_zero() + days
    }
}

/// The end of such a day.
pub(crate) fn end_of(offset: i64) -> Instant {
    domain::time::end_of_day(chrono_tz::Asia::Shanghai, day(offset))
}
