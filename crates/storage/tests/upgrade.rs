//! Databases that earlier versions made, brought to this version: nothing lost, every promise kept.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_storage as storage;

mod place;

use std::{collections::BTreeMap, fs, path::PathBuf};

use place::empty;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use storage::{Database, Options, promise};
use test_support::TestDb;

fn dumps() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/upgrade");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{folder} holds no dump");
    files
}

/// How many rows each table has.
async fn rows(db: &mut PgConnection) -> BTreeMap<String, i64> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> '_sqlx_migrations'",
    )
    .fetch_all(&mut *db)
    .await
    .unwrap();
    let mut counted = BTreeMap::new();
    for table in tables {
        let count = format!("select count(*) from {table}");
        let n: i64 = sqlx::query_scalar(AssertSqlSafe(count))
            .fetch_one(&mut *db)
            .await
            .unwrap();
        counted.insert(table, n);
    }
    counted
}

/// Columns, constraints, indexes, triggers and functions, a line each.
async fn shape(db: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "select 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '') \
           from information_schema.columns where table_schema = 'public' and table_name <> '_sqlx_migrations' \
         union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint \
           where connamespace = 'public'::regnamespace and conrelid <> 0 \
         union all select 'index ' || indexdef from pg_indexes where schemaname = 'public' \
         union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal \
         union all select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace order by 1",
    )
    .fetch_all(db)
    .await
    .unwrap()
}

#[tokio::test]
async fn every_older_database_comes_to_this_version_whole() {
    let fresh = TestDb::new().await;
    let mut fresh = PgConnection::connect(fresh.url()).await.unwrap();
    let expected = shape(&mut fresh).await;
    for (n, file) in dumps().iter().enumerate() {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let url = empty(&format!("upgrade_{n}"), "UTF8").await;
        let mut db = PgConnection::connect(&url).await.unwrap();
        let dump = fs::read_to_string(file).unwrap();
        sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut db).await.unwrap();
        db.close().await.unwrap();

        let mut db = PgConnection::connect(&url).await.unwrap();
        let before = rows(&mut db).await;
        assert!(
            before["startup"] >= 12 && before["evidence"] > 0,
            "{name} holds a demonstration: {before:?}"
        );
        storage::migrate(&url).await.unwrap();
        assert_eq!(
            storage::check(&url).await.unwrap(),
            None,
            "{name} is at this version"
        );
        let after = rows(&mut db).await;
        for (table, n) in &before {
            assert!(
                after.get(table) >= Some(n),
                "{name} lost rows of {table}: {n} before, {after:?} after"
            );
        }
        assert_eq!(
            shape(&mut db).await,
            expected,
            "{name} has the shape of a new database"
        );
        let pool = Database::connect(&url, &Options::default()).await.unwrap();
        assert_eq!(
            promise::account(&pool).await.unwrap().broken,
            [],
            "{name} keeps every promise"
        );
        pool.close().await;
    }
}
