//! Empty databases on the tests' server.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use test_support::cluster;

/// An empty database of this process, with an encoding; its URL.
pub async fn empty(name: &str, encoding: &str) -> String {
    let name = format!("test_{}_{name}", std::process::id());
    let cluster = cluster().await.unwrap();
    let mut admin = PgConnection::connect(cluster.admin_url()).await.unwrap();
    for statement in [
        format!("drop database if exists {name} with (force)"),
        format!("create database {name} template template0 encoding '{encoding}' locale 'C'"),
    ] {
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut admin)
            .await
            .unwrap();
    }
    cluster.url_of(&name)
}
