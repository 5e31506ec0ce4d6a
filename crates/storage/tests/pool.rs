//! Connections kept at hand for single statements, and those of transactions, come from one stock.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

extern crate touchstone_storage as storage;

use std::time::Duration;

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use storage::{Database, Options};
use test_support::TestDb;

async fn of(connections: u32) -> (TestDb, Database) {
    let test = TestDb::new().await;
    let options = Options {
        max_connections: connections,
        ..Options::default()
    };
    let db = Database::connect(test.url(), &options).await.unwrap();
    (test, db)
}

async fn number(db: &impl ConnectionTrait, sql: &str) -> i64 {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn transactions_get_their_turn_where_statements_hold_every_connection() {
    let (_test, db) = of(2).await;
    // Both connections are parked.
    join_all((0..8).map(|_| number(&db, "select 1::bigint"))).await;
    let mixed = async {
        join_all((0..40_i64).map(|n| {
            let db = db.clone();
            async move {
                if n % 4 == 0 {
                    let tx = db.begin().await.unwrap();
                    assert_eq!(number(&tx, "select 2::bigint").await, 2);
                    tx.commit().await.unwrap();
                } else {
                    assert_eq!(number(&db, "select 3::bigint").await, 3);
                }
            }
        }))
        .await
    };
    tokio::time::timeout(Duration::from_secs(20), mixed)
        .await
        .unwrap();
}

#[tokio::test]
async fn nobody_waits_for_a_connection_that_is_parked_while_all_others_are_done() {
    let test = TestDb::new().await;
    let options = Options {
        max_connections: 3,
        // Far less than the rounds take together, and much more than one of them does.
        acquire_timeout: Duration::from_secs(3),
    };
    let db = Database::connect(test.url(), &options).await.unwrap();
    for round in 0..400_i64 {
        let mixed = (0..8_i64).map(|n| {
            let db = db.clone();
            async move {
                // Whoever comes last of a round is helped by nobody who comes later.
                for step in 0..2 {
                    if (round >> n) % 2 == step {
                        let tx = db.begin().await.unwrap();
                        assert_eq!(number(&tx, "select 2::bigint").await, 2);
                        tx.rollback().await.unwrap();
                    } else {
                        assert_eq!(number(&db, "select 3::bigint").await, 3);
                    }
                }
            }
        });
        join_all(mixed).await;
    }
}

#[tokio::test]
async fn no_more_connections_are_open_than_may_be() {
    let (_test, db) = of(3).await;
    let open = "select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend'";
    let slow = "select count(*) from (select pg_sleep(0.05)) x";
    join_all((0..12).map(|_| number(&db, slow))).await;
    assert!((1..=3).contains(&number(&db, open).await));
}

#[tokio::test]
async fn a_statement_that_fails_or_is_given_up_leaves_the_next_one_well() {
    let (_test, db) = of(1).await;
    let wrong = Statement::from_string(DbBackend::Postgres, "select 1 / 0");
    assert!(db.query_one_raw(wrong).await.is_err());
    assert_eq!(number(&db, "select 4::bigint").await, 4);
    let slow = number(&db, "select count(*) from (select pg_sleep(0.3)) x");
    assert!(
        tokio::time::timeout(Duration::from_millis(50), slow)
            .await
            .is_err()
    );
    assert_eq!(number(&db, "select 5::bigint").await, 5);
}

#[tokio::test]
async fn a_connection_that_the_server_ended_is_not_lent_for_long() {
    let (_test, db) = of(2).await;
    join_all((0..4).map(|_| number(&db, "select 1::bigint"))).await;
    // Ends every connection, its own too.
    let end = Statement::from_string(
        DbBackend::Postgres,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()",
    );
    assert!(db.query_all_raw(end).await.is_err());
    assert_eq!(number(&db, "select 6::bigint").await, 6);
}

#[tokio::test]
async fn closing_ends_the_parked_ones_too() {
    let (_test, db) = of(2).await;
    join_all((0..4).map(|_| number(&db, "select 1::bigint"))).await;
    tokio::time::timeout(Duration::from_secs(20), db.close())
        .await
        .unwrap();
    assert!(db.ping().await.is_err());
}
