//! The databases of a server: looked for, made, renamed, dropped. Names are the program's own words.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};

use crate::Error;

async fn connect(url: &str) -> Result<PgConnection, Error> {
    let options: PgConnectOptions = url.parse().map_err(failed)?;
    options
        .disable_statement_logging()
        .connect()
        .await
        .map_err(failed)
}

fn failed(error: sqlx::Error) -> Error {
    Error::from(sea_orm::DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error.into())))
}

async fn run(admin_url: &str, statement: String) -> Result<(), Error> {
    let mut connection = connect(admin_url).await?;
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .map_err(failed)?;
    connection.close().await.map_err(failed)
}

/// Whether the server has a database of this name.
pub async fn exists(admin_url: &str, name: &'static str) -> Result<bool, Error> {
    let mut connection = connect(admin_url).await?;
    let found = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(&mut connection)
        .await
        .map_err(failed)?;
    connection.close().await.map_err(failed)?;
    Ok(found)
}

/// Makes an empty database.
pub async fn create(admin_url: &str, name: &'static str) -> Result<(), Error> {
    run(admin_url, format!("create database {name}")).await
}

/// Drops a database, if it is there, and ends whatever still uses it.
pub async fn drop(admin_url: &str, name: &'static str) -> Result<(), Error> {
    run(admin_url, format!("drop database if exists {name} with (force)")).await
}

/// Renames a database that nobody uses.
pub async fn rename(admin_url: &str, from: &'static str, to: &'static str) -> Result<(), Error> {
    run(admin_url, format!("alter database {from} rename to {to}")).await
}

/// Whether the database holds a workspace with a user, migrated or not: somebody works in it.
pub async fn is_used(url: &str) -> Result<bool, Error> {
    let mut connection = connect(url).await?;
    let has_table: bool = sqlx::query_scalar("select to_regclass('app_user') is not null")
        .fetch_one(&mut connection)
        .await
        .map_err(failed)?;
    let used = has_table
        && sqlx::query_scalar("select exists (select from app_user)")
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
    connection.close().await.map_err(failed)?;
    Ok(used)
}
