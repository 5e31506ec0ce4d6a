//! Which databases are migrated, and which are refused with words that say what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_storage as storage;

mod place;

use place::empty;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use storage::MigrateError;
use test_support::TestDb;

async fn broken(by: &str) -> String {
    let test = TestDb::new().await;
    let mut db = PgConnection::connect(test.url()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(by.to_owned()))
        .execute(&mut db)
        .await
        .unwrap();
    test.url().to_owned()
}

#[tokio::test]
async fn of_several_servers_that_start_at_once_one_migrates_and_the_others_wait() {
    let url = empty("at_once", "UTF8").await;
    assert!(storage::check(&url).await.unwrap() > Some(0));
    let mut starting = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let url = url.clone();
        starting.spawn(async move { storage::migrate(&url).await });
    }
    let mut versions = Vec::new();
    while let Some(done) = starting.join_next().await {
        versions.push(done.unwrap().unwrap().version);
    }
    assert_eq!(versions.len(), 8);
    assert!(versions.iter().all(|version| version == &versions[0]));
    assert_eq!(storage::check(&url).await.unwrap(), None);
    assert_eq!(storage::migrate(&url).await.unwrap().applied, 0);
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    let url = broken(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (99990101000000, 'later', true, '', 0)",
    )
    .await;
    for refused in [
        storage::migrate(&url).await.unwrap_err(),
        storage::check(&url).await.unwrap_err(),
    ] {
        assert!(matches!(
            refused,
            MigrateError::Newer {
                database: 99_990_101_000_000,
                ..
            }
        ));
        assert!(
            refused.to_string().contains("start the newer touchstone"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_migration_that_was_edited_is_refused_by_its_number() {
    let url = broken("update _sqlx_migrations set checksum = 'other' where version = 20261124090200").await;
    let refused = storage::migrate(&url).await.unwrap_err();
    assert!(
        matches!(refused, MigrateError::Edited(20_261_124_090_200)),
        "{refused}"
    );
    assert!(refused.to_string().contains("20261124090200"), "{refused}");
}

#[tokio::test]
async fn a_migration_that_broke_off_is_refused_by_its_number() {
    let url = broken("update _sqlx_migrations set success = false where version = 20261124090300").await;
    let refused = storage::migrate(&url).await.unwrap_err();
    assert!(
        matches!(refused, MigrateError::Dirty(20_261_124_090_300)),
        "{refused}"
    );
}

#[tokio::test]
async fn an_encoding_that_cannot_hold_chinese_is_refused() {
    let url = empty("latin", "LATIN1").await;
    let refused = storage::migrate(&url).await.unwrap_err();
    assert!(
        matches!(&refused, MigrateError::Encoding(name) if name == "LATIN1"),
        "{refused}"
    );
    assert!(refused.to_string().contains("createdb -E UTF8"), "{refused}");
}
