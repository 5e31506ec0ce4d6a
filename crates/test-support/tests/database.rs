//! Test databases, made by several at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail the test"
)]

use std::process::Command;

use sqlx::{Connection, PgConnection};
use test_support::{TestDb, cluster};

async fn names_of_tables(url: &str) -> Vec<String> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let names = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn creators_side_by_side_get_databases_of_their_own() {
    let (first, second) = tokio::join!(tokio::spawn(TestDb::new()), tokio::spawn(TestDb::new()));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_ne!(first.url(), second.url());

    let mut one = PgConnection::connect(first.url()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE only_here (n int)")
        .execute(&mut one)
        .await
        .unwrap();
    let here = names_of_tables(first.url()).await;
    let there = names_of_tables(second.url()).await;
    assert!(here.contains(&"only_here".to_owned()));
    assert!(!there.contains(&"only_here".to_owned()));
    assert!(
        there.contains(&"_sqlx_migrations".to_owned()),
        "the migrations have run: {there:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_side_by_side_share_one_server_and_one_template() {
    // The test runs itself in two more processes.
    if std::env::var_os("TOUCHSTONE_TEST_CHILD").is_some() {
        let database = TestDb::new().await;
        let cluster = cluster().await.unwrap();
        println!(
            "\nserver={} {}\ndatabase={}",
            cluster.admin_url(),
            cluster.template(),
            database.name()
        );
        return;
    }
    let children: Vec<_> = (0..2)
        .map(|_| {
            Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "processes_side_by_side_share_one_server_and_one_template",
                    "--nocapture",
                ])
                .env("TOUCHSTONE_TEST_CHILD", "1")
                .stdout(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut seen = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        let at = |key: &str| {
            let line = text
                .lines()
                .find(|line| line.contains(key))
                .expect("the process says it");
            line.split_once(key).unwrap().1.to_owned()
        };
        seen.push((at("server="), at("database=")));
    }
    assert_eq!(seen[0].0, seen[1].0, "one server and template");
    assert_ne!(seen[0].1, seen[1].1, "but a database for each");
}

#[tokio::test]
async fn nobody_can_connect_to_the_template() {
    let cluster = cluster().await.unwrap();
    let refused = PgConnection::connect(&cluster.url_of(cluster.template()))
        .await
        .unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("not currently accepting connections"),
        "{refused}"
    );
}
