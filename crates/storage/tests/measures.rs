//! What startups are measured with, as a new database has it.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

extern crate touchstone_storage as storage;

use domain::{Instant, assessment::Rubric};
use storage::{Database, Options};
use test_support::TestDb;

#[tokio::test]
async fn a_new_database_has_the_rubric_of_the_domain_and_no_rates() {
    let test = TestDb::new().await;
    let db = Database::connect(test.url(), &Options::default()).await.unwrap();
    let rubrics = storage::rubric::all(&db).await.unwrap();
    assert_eq!(rubrics.len(), 1);
    assert_eq!(rubrics[0].rubric(), &Rubric::default());
    assert_eq!(rubrics[0].from(), Instant::UNIX_EPOCH);
    assert_eq!(storage::rate::all(&db).await.unwrap(), []);
}

#[tokio::test]
async fn who_changes_the_measures_waits_for_who_writes_figures_and_the_other_way_round() {
    let test = TestDb::new().await;
    let db = Database::connect(test.url(), &Options::default()).await.unwrap();
    let first = db.begin().await.unwrap();
    storage::rubric::lock_measures(&first).await.unwrap();
    let mut other = <sqlx::PgConnection as sqlx::Connection>::connect(test.url())
        .await
        .unwrap();
    let mut shared = async || -> bool {
        sqlx::query_scalar("select pg_try_advisory_xact_lock_shared(7406)")
            .fetch_one(&mut other)
            .await
            .unwrap()
    };
    assert!(!shared().await);
    first.commit().await.unwrap();
    assert!(shared().await);
}
