//! The template that test databases are copied from, and clearing away what earlier tests left.

use anyhow::{Context, Result};
use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::database::{PREFIX, quiet};

/// How many databases dead tests may leave before they are cleared away: dropping one takes some
/// milliseconds, which no test should pay alone.
const LEFTOVERS: usize = 100;
/// How many templates are kept: several working copies may share the server.
const TEMPLATES: usize = 4;

/// Gives the template's name, making it when there is none for these migrations. The caller holds the lock.
pub(crate) async fn ensure(admin_url: &str, private: bool) -> Result<String> {
    let mut admin = PgConnection::connect(admin_url)
        .await
        .context("reaching the tests' Postgres")?;
    let template = format!("t_{}", env!("TOUCHSTONE_MIGRATIONS_HASH"));
    let is_there: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)")
            .bind(&template)
            .fetch_one(&mut admin)
            .await?;
    if !is_there {
        build(&mut admin, admin_url, &template)
            .await
            .context("making the tests' template database")?;
    }
    if !is_there || private {
        clear_away(&mut admin, if is_there { LEFTOVERS } else { 0 }).await?;
    }
    admin.close().await?;
    Ok(template)
}

async fn build(admin: &mut PgConnection, admin_url: &str, template: &str) -> Result<()> {
    // Under another name until it is complete, so that a half-made one is never copied.
    let unfinished = format!("{template}_unfinished");
    run(
        admin,
        format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"),
    )
    .await?;
    run(admin, format!("CREATE DATABASE {unfinished} STRATEGY FILE_COPY")).await?;
    storage::migrate(&crate::server::with_database(admin_url, &unfinished)).await?;
    run(admin, format!("ALTER DATABASE {unfinished} RENAME TO {template}")).await?;
    // Nobody can connect to it: a connection would forbid copying it.
    run(
        admin,
        format!("ALTER DATABASE {template} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false"),
    )
    .await?;

    let old: Vec<String> = sqlx::query_scalar(
        r"SELECT datname FROM pg_database WHERE datname LIKE 't\_%' AND datistemplate ORDER BY oid DESC OFFSET $1",
    )
    .bind(TEMPLATES as i64)
    .fetch_all(&mut *admin)
    .await?;
    for name in old {
        run(admin, format!("ALTER DATABASE {name} WITH IS_TEMPLATE false")).await?;
        run(admin, format!("DROP DATABASE {name}")).await?;
    }
    Ok(())
}

/// Drops the databases of tests whose process has ended, when there are more than `limit` of them.
async fn clear_away(admin: &mut PgConnection, limit: usize) -> Result<()> {
    let names: Vec<String> = sqlx::query_scalar(
        r"SELECT datname FROM pg_database d WHERE datname LIKE 'test\_%'
          AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)",
    )
    .fetch_all(&mut *admin)
    .await?;
    let left: Vec<String> = names.into_iter().filter(|name| is_left_behind(name)).collect();
    if left.len() > limit {
        for name in left {
            run(admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        }
    }
    Ok(())
}

/// Whether a database is a test's whose process has ended.
fn is_left_behind(name: &str) -> bool {
    let pid = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split('_').next())
        .and_then(|pid| pid.parse().ok());
    pid.is_some_and(|pid: i32| pid > 1 && kill(Pid::from_raw(pid), None) == Err(Errno::ESRCH))
}

/// Runs a statement made of names that this crate gave.
pub(crate) async fn run(connection: &mut PgConnection, sql: String) -> Result<()> {
    quiet(
        sqlx::raw_sql(AssertSqlSafe(sql.clone()))
            .execute(connection)
            .await,
    )
    .with_context(|| sql)
}

#[cfg(test)]
mod tests {
    use super::is_left_behind;

    #[test]
    fn only_databases_of_ended_processes_are_left_behind() {
        let mut ended = std::process::Command::new("true").spawn().unwrap();
        ended.wait().unwrap();
        assert!(is_left_behind(&format!("test_{}_0", ended.id())));
        assert!(!is_left_behind(&format!("test_{}_0", std::process::id())));
        assert!(!is_left_behind("touchstone"));
        assert!(!is_left_behind("test_mine"));
    }
}
