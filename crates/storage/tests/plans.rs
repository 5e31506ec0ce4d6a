//! On eight thousand startups the hot reads go by indexes: none of them reads the whole of a large table.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

extern crate touchstone_storage as storage;

use domain::{
    Role, StartupId, UserId, Viewer,
    access::{Restricted, Scope},
    deal::DealStatus,
    startup::Layer,
    typed,
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use storage::{Database, Options, deal, evidence, page, person, startup};
use synthetic::Step;
use test_support::TestDb;

const LARGE: &str =
    "('startup', 'evidence', 'deal', 'affiliation', 'person', 'evidence_review', 'deal_change')";

/// Fills a workspace, in one session.
async fn fill(url: &str, startups: u32) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    for step in synthetic::steps(synthetic::Size { startups, seed: 1 }) {
        match step {
            Step::Run(text) => {
                connection
                    .execute(sqlx::raw_sql(AssertSqlSafe(text)))
                    .await
                    .unwrap();
            }
            Step::Copy { into, rows } => {
                let copy = format!("copy {into} from stdin");
                let mut copy = connection.copy_in_raw(&copy).await.unwrap();
                copy.send(rows.into_bytes()).await.unwrap();
                copy.finish().await.unwrap();
            }
        }
    }
    connection
        .execute(sqlx::raw_sql(AssertSqlSafe(
            "set statement_timeout = 0".to_owned(),
        )))
        .await
        .unwrap();
    connection
        .execute(sqlx::raw_sql(AssertSqlSafe(synthetic::AFTERWARDS.to_owned())))
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// A workspace with its sectors and stages, and then so many startups.
async fn filled(startups: u32) -> (TestDb, Database) {
    let test = TestDb::new().await;
    let db = Database::connect(test.url(), &Options::default()).await.unwrap();
    test_support::set_up(&db).await.unwrap();
    fill(test.url(), startups).await;
    (test, db)
}

/// How often each large table was read as a whole, by sessions that have ended: what one counted is told at its end.
async fn whole_reads(url: &str) -> Vec<(String, i64)> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    while sqlx::query_scalar::<_, i64>(others)
        .fetch_one(&mut connection)
        .await
        .unwrap()
        > 0
    {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let statement = format!(
        "select relname::text, seq_scan from pg_stat_user_tables where relname in {LARGE} order by 1"
    );
    let rows = sqlx::query(AssertSqlSafe(statement))
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

fn viewer() -> Viewer {
    Viewer {
        user_id: typed::<domain::UserTag>("0192d0d0-0000-7000-8000-000000000001".parse().unwrap()) as UserId,
        role: Role::Analyst,
        scopes: vec![Scope::Read].into(),
        restricted: Restricted::Only(Vec::new().into()),
    }
}

#[tokio::test]
async fn the_hot_reads_of_startups_go_by_indexes() {
    let (test, db) = filled(8_000).await;
    db.close().await;
    let before = whole_reads(test.url()).await;
    let db = Database::connect(test.url(), &Options::default()).await.unwrap();
    let viewer = viewer();
    let now = "2026-07-01T00:00:00Z".parse().unwrap();

    // A prepared statement is planned anew for its values five times, then perhaps once for all: both are looked at.
    for _ in 0..8 {
        let filter = startup::Filter {
            layers: vec![Layer::App],
            ..startup::Filter::default()
        };
        let list = startup::list(
            &db,
            &viewer,
            &filter,
            startup::Order::Name,
            false,
            &page::Page::first(50),
        )
        .await
        .unwrap();
        assert_eq!(list.rows.len(), 50);
        let ids: Vec<StartupId> = list.rows.iter().map(|row| row.id).collect();
        children(&db, &viewer, &ids, 3, now).await;

        // Deep in the list, from the cursor on.
        let from = startup::Order::Name.place(list.rows.last().unwrap());
        let deep = page::Page {
            from: Some(from),
            ..page::Page::first(20)
        };
        for descending in [false, true] {
            let slice = startup::list(
                &db,
                &viewer,
                &startup::Filter::default(),
                startup::Order::Name,
                descending,
                &deep,
            )
            .await
            .unwrap();
            assert_eq!(slice.rows.len(), 20);
        }

        // One startup with everything on its page.
        let one = startup::by_ids(&db, &ids[..1], None).await.unwrap();
        assert_eq!(one.len(), 1);
        children(&db, &viewer, &ids[..1], 10, now).await;
    }

    db.close().await;
    assert_eq!(whole_reads(test.url()).await, before);

    // And what does read a whole table is noticed: this is in no index.
    let mut connection = PgConnection::connect(test.url()).await.unwrap();
    let whole = sqlx::raw_sql(AssertSqlSafe(
        "select max(length(one_liner)) from startup".to_owned(),
    ));
    connection.execute(whole).await.unwrap();
    connection.close().await.unwrap();
    assert_ne!(whole_reads(test.url()).await, before);
}

#[tokio::test]
async fn figures_of_a_bounded_period_never_read_the_whole_history() {
    let (test, db) = filled(8_000).await;
    db.close().await;
    let viewer = viewer();
    let now: domain::Instant = "2026-07-01T00:00:00Z".parse().unwrap();
    let to = now - chrono::TimeDelta::days(300);
    let period = deal::Period {
        from: to - chrono::TimeDelta::days(90),
        to,
    };
    // The stages of the test are known since it runs.
    let known: domain::Instant = "2100-01-01T00:00:00Z".parse().unwrap();
    let mut read_whole = Vec::new();
    for as_of in [None, Some(known)] {
        let filter = deal::Filter {
            as_of,
            ..deal::Filter::default()
        };
        for question in [
            "reached",
            "moved",
            "flow",
            "still there",
            "times of a cohort",
            "times ended",
        ] {
            let before = whole_reads(test.url()).await;
            let db = Database::connect(test.url(), &Options::default()).await.unwrap();
            for _ in 0..7 {
                let weekly = (deal::Interval::Week, chrono_tz::Asia::Shanghai);
                let found = match question {
                    "reached" => deal::reached(&db, &viewer, &filter, period, now)
                        .await
                        .unwrap()
                        .len(),
                    "moved" => deal::moved(&db, &viewer, &filter, period, now)
                        .await
                        .unwrap()
                        .len(),
                    "flow" => deal::flow(&db, &viewer, &filter, period, weekly, now)
                        .await
                        .unwrap()
                        .len(),
                    "still there" => deal::still_there(&db, &viewer, &filter, period, now)
                        .await
                        .unwrap()
                        .len(),
                    "times of a cohort" => {
                        let stays = (deal::Stays::OfCohort, period);
                        deal::times(&db, &viewer, &filter, stays, now)
                            .await
                            .unwrap()
                            .len()
                    }
                    _ => {
                        let stays = (deal::Stays::EndedIn, period);
                        deal::times(&db, &viewer, &filter, stays, now)
                            .await
                            .unwrap()
                            .len()
                    }
                };
                assert!(found > 0, "{question}");
            }
            db.close().await;
            let reads = |reads: Vec<(String, i64)>| {
                let of = |(table, reads): (String, i64)| (table == "deal_change").then_some(reads);
                reads.into_iter().find_map(of).unwrap()
            };
            let (before, after) = (reads(before), reads(whole_reads(test.url()).await));
            if before != after {
                read_whole.push(format!("{question} as of {as_of:?}: {} times", after - before));
            }
        }
    }
    assert_eq!(read_whole, Vec::<String>::new());
}

async fn children(db: &Database, viewer: &Viewer, ids: &[StartupId], records: u64, now: domain::Instant) {
    let page = page::Page::first(records);
    let pages = evidence::pages_of(db, ids, &evidence::Filter::default(), &page)
        .await
        .unwrap();
    assert!(pages.values().all(|slice| slice.rows.len() <= records as usize));
    let active = deal::Filter {
        statuses: vec![DealStatus::Active],
        ..deal::Filter::default()
    };
    for filter in [active, deal::Filter::default()] {
        deal::pages_of(db, viewer, ids, &filter, &page, now)
            .await
            .unwrap();
    }
    let posts = person::affiliations_of_startups(db, ids, None).await.unwrap();
    let people: Vec<_> = posts.values().flatten().map(|post| post.person_id).collect();
    assert!(!person::by_ids(db, &people, None).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_generated_workspace_keeps_every_promise_and_derives_as_the_program_does() {
    let (_test, db) = filled(300).await;
    let account = storage::promise::account(&db).await.unwrap();
    assert_eq!(account.broken, []);

    // What the program writes again without a change leaves the row as it is, derived columns included.
    let viewer = viewer();
    let all = startup::list(
        &db,
        &viewer,
        &startup::Filter::default(),
        startup::Order::Name,
        false,
        &page::Page::first(200),
    )
    .await
    .unwrap();
    for one in all.rows {
        let before = derived(&db, "startup", one.id.uuid()).await;
        assert!(startup::update(&db, &one, one.version).await.unwrap());
        assert_eq!(derived(&db, "startup", one.id.uuid()).await, before);
    }
    let now = "2026-07-01T00:00:00Z".parse().unwrap();
    let deals = deal::list(
        &db,
        &viewer,
        &deal::Filter::default(),
        deal::Order::Title,
        false,
        &page::Page::first(100),
        now,
    )
    .await
    .unwrap();
    assert!(deals.rows.len() > 50);
    for one in deals.rows {
        let before = derived(&db, "deal", one.id.uuid()).await;
        assert!(deal::update(&db, &one, one.version).await.unwrap());
        assert_eq!(derived(&db, "deal", one.id.uuid()).await, before);
    }
}

/// The row as a whole.
async fn derived(db: &Database, table: &str, id: sqlx::types::Uuid) -> String {
    use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
    let statement = Statement::from_string(
        DbBackend::Postgres,
        format!("select to_jsonb(t)::text as row from {table} t where id = '{id}'"),
    );
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "row").unwrap()
}

/// The plans that `cargo xtask plans` found on a hundred thousand startups, which take too long to make for every run of
/// the tests: what they were when somebody looked last.
#[test]
fn on_a_hundred_thousand_startups_no_history_is_read_whole_for_a_bounded_period() {
    let noted = include_str!("plans/L.txt");
    for question in [
        "the board as of an instant",
        "the funnel of a cohort",
        "the funnel of moves as of an instant",
        "the flow",
        "what sources bring",
        "what changed in a week",
    ] {
        assert!(noted.contains(&format!("\n# {question}\n")), "{question}");
    }
    for history in [
        "deal_change",
        "deal_version",
        "startup_version",
        "evidence",
        "operation_order",
    ] {
        let whole = format!("Seq Scan on {history}");
        let found = noted.lines().find(|line| {
            line.split_once(&whole)
                .is_some_and(|(_, rest)| !rest.starts_with('_'))
        });
        assert_eq!(found, None);
    }
}
