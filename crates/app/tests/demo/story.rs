//! How the demonstration comes to be.

use std::collections::BTreeMap;

use app::{App, Clock};
use chrono::TimeDelta;
use test_support::TestDb;

use crate::{Demo, day_zero, end_of, fill};

/// A hash of each table's rows, ids and times included.
async fn contents(test: &TestDb) -> BTreeMap<String, String> {
    let tables = test
        .ask(
            "select string_agg(relname, ',') from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace \
             and relname <> '_sqlx_migrations'",
        )
        .await;
    let mut found = BTreeMap::new();
    for table in tables.split(',') {
        let hash =
            format!("select coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') from {table} t");
        found.insert(table.to_owned(), test.ask(&hash).await);
    }
    found
}

#[tokio::test]
async fn the_same_day_gives_the_same_database_and_another_day_another() {
    let (one, two, other) = tokio::join!(TestDb::new(), TestDb::new(), TestDb::new());
    fill(&one, day_zero()).await;
    fill(&two, day_zero()).await;
    fill(&other, day_zero() + chrono::Days::new(1)).await;
    let first = contents(&one).await;
    assert_eq!(first, contents(&two).await);
    assert_ne!(first["evidence"], contents(&other).await["evidence"]);
    assert!(!first["activity"].is_empty());
}

#[tokio::test]
async fn how_it_stands_on_day_zero() {
    let demo = Demo::new().await;
    nothing_of_it_lies_after_the_first_seconds(&demo).await;
    it_keeps_every_promise_of_the_database(&demo).await;
    it_is_old_after_a_fortnight(&demo).await;
}

async fn nothing_of_it_lies_after_the_first_seconds(demo: &Demo) {
    let last = demo
        .test
        .ask("select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from operation")
        .await;
    let last: domain::Instant = last.parse().unwrap();
    let begins = end_of(-1);
    assert!(last > begins && last < begins + TimeDelta::seconds(2), "{last}");
    let in_order = demo
        .test
        .ask(
            "select bool_and(at >= before)::text from (select at, lag(at) over (order by seq) as before \
             from operation join operation_order on operation_id = id) x",
        )
        .await;
    assert_eq!(in_order, "true", "the order of changes is that of their times");
}

async fn it_keeps_every_promise_of_the_database(demo: &Demo) {
    let account = storage::promise::account(demo.app.database()).await.unwrap();
    assert_eq!(account.broken, []);
}

async fn it_is_old_after_a_fortnight(demo: &Demo) {
    let workspace = demo.app.workspace();
    assert!(workspace.is_demo);
    assert!(!app::demo::is_old(workspace, end_of(14)));
    assert!(app::demo::is_old(workspace, end_of(15)));
    let test = TestDb::new().await;
    let db = storage::Database::connect(test.url(), &storage::Options::default())
        .await
        .unwrap();
    let own = App::open(db, Clock::from_fn(|| end_of(0))).await.unwrap();
    assert!(
        !app::demo::is_old(own.workspace(), end_of(100)),
        "one's own never is"
    );
}
