//! Migrations: plain SQL files embedded in the program, forward only. Several servers may start at once: one migrates
//! and the others wait.

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection,
    migrate::{Migrate, Migrator},
    postgres::PgConnectOptions,
};

use crate::{Database, Options, search};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// What migrating did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The version the database is at now.
    pub version: i64,
    /// How many files were applied.
    pub applied: usize,
}

/// Why a database was refused.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database was migrated by a newer program.
    #[error(
        "the database is at version {database}, newer than this program knows ({program}): start the newer touchstone, or restore a backup made before it was upgraded"
    )]
    Newer {
        /// The database's version.
        database: i64,
        /// The newest version this program knows.
        program: i64,
    },
    /// A migration that was applied differs from the program's.
    #[error(
        "migration {0} was applied in another wording than this program has: the program and the database do not belong together. Use the touchstone release that made this database, or undo the edit of the migration"
    )]
    Edited(i64),
    /// A migration broke off in the middle.
    #[error("migration {0} broke off half-way: restore the last backup, then migrate again")]
    Dirty(i64),
    /// The database's encoding cannot hold what people write.
    #[error(
        "the database's encoding is {0}; Touchstone needs UTF8: create it with `createdb -E UTF8 -T template0`"
    )]
    Encoding(String),
    /// The server is too old.
    #[error("Postgres {0} is too old; Touchstone needs 15 or newer")]
    TooOld(String),
    /// What the database said.
    #[error("the database could not be migrated: {0}")]
    Database(#[from] sqlx::Error),
    /// What was said while rows were filled that a file of SQL cannot fill.
    #[error(
        "the database was migrated, but its records could not be made searchable: {0}; migrate again, it goes on where it broke off"
    )]
    Fill(#[from] crate::Error),
    /// What the migrator said.
    #[error("the database could not be migrated: {0}")]
    Migrator(sqlx::migrate::MigrateError),
}

fn newest() -> i64 {
    MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0)
}

async fn connect(url: &str) -> Result<PgConnection, MigrateError> {
    let options: PgConnectOptions = url.parse()?;
    let mut connection = options.disable_statement_logging().connect().await?;
    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&mut connection)
        .await?;
    if version < 150_000 {
        let words: String = sqlx::query_scalar("show server_version")
            .fetch_one(&mut connection)
            .await?;
        return Err(MigrateError::TooOld(words));
    }
    let encoding: String = sqlx::query_scalar("show server_encoding")
        .fetch_one(&mut connection)
        .await?;
    if encoding != "UTF8" {
        return Err(MigrateError::Encoding(encoding));
    }
    Ok(connection)
}

/// Refuses what the program and the database do not agree on; gives the versions applied.
async fn compare(connection: &mut PgConnection) -> Result<Vec<i64>, MigrateError> {
    let exists: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !exists {
        return Ok(Vec::new());
    }
    if let Some(version) = connection
        .dirty_version("_sqlx_migrations")
        .await
        .map_err(MigrateError::Migrator)?
    {
        return Err(MigrateError::Dirty(version));
    }
    let applied = connection
        .list_applied_migrations("_sqlx_migrations")
        .await
        .map_err(MigrateError::Migrator)?;
    for row in &applied {
        match MIGRATIONS.iter().find(|m| m.version == row.version) {
            Some(known) if known.checksum == row.checksum => {}
            None if row.version > newest() => {
                return Err(MigrateError::Newer {
                    database: row.version,
                    program: newest(),
                });
            }
            _ => return Err(MigrateError::Edited(row.version)),
        }
    }
    Ok(applied.iter().map(|row| row.version).collect())
}

/// Whether the database is at this program's version, without changing anything. `Ok(None)`: it is.
/// `Ok(Some(n))`: n migrations are waiting.
pub async fn check(url: &str) -> Result<Option<usize>, MigrateError> {
    let mut connection = connect(url).await?;
    let applied = compare(&mut connection).await?;
    let waiting = MIGRATIONS.iter().count() - applied.len();
    connection.close().await?;
    Ok((waiting > 0).then_some(waiting))
}

/// How long one statement may take unless told otherwise.
const STATEMENT_TIME: Duration = Duration::from_secs(10);

/// Brings the database to this program's version. Safe to call by several servers at once.
pub async fn migrate(url: &str) -> Result<Migrated, MigrateError> {
    migrate_within(url, STATEMENT_TIME).await
}

/// The same, and from then on a statement of this role may take `statement_time`.
pub async fn migrate_within(url: &str, statement_time: Duration) -> Result<Migrated, MigrateError> {
    // A connection of its own, closed afterwards: the migrator's lock is a session's, and would stay with a pooled one.
    let mut connection = connect(url).await?;
    connection.execute("set statement_timeout = 0; set lock_timeout = '60s'; set idle_in_transaction_session_timeout = 0").await?;
    let before = compare(&mut connection).await?;
    match MIGRATIONS.run_direct(None, &mut connection, false).await {
        Ok(()) => {}
        Err(sqlx::migrate::MigrateError::VersionMismatch(version)) => {
            return Err(MigrateError::Edited(version));
        }
        Err(sqlx::migrate::MigrateError::VersionMissing(version)) => {
            return Err(MigrateError::Newer {
                database: version,
                program: newest(),
            });
        }
        Err(sqlx::migrate::MigrateError::Dirty(version)) => return Err(MigrateError::Dirty(version)),
        Err(other) => return Err(MigrateError::Migrator(other)),
    }
    // Limits belong to the role in this database, so that they hold behind a connection pooler too. Compiling a plan to
    // machine code takes longer than what it saves in any statement here.
    let statement_ms = statement_time.as_millis();
    let limits = format!(
        "do $$ begin
           -- one at a time: two servers that start at once would update one row of the catalogue
           perform pg_advisory_xact_lock(7404);
           execute format('alter role current_user in database %I set statement_timeout = {statement_ms}', current_database());
           execute format('alter role current_user in database %I set lock_timeout = ''5s''', current_database());
           execute format('alter role current_user in database %I set idle_in_transaction_session_timeout = ''30s''', current_database());
           execute format('alter role current_user in database %I set jit = off', current_database());
         exception when insufficient_privilege then
           raise notice 'the role may not set its own limits; ask an administrator to';
         end $$"
    );
    connection.execute(sqlx::raw_sql(AssertSqlSafe(limits))).await?;
    connection.close().await?;
    // What SQL alone cannot fill.
    let db = Database::connect(
        url,
        &Options {
            max_connections: 1,
            ..Options::default()
        },
    )
    .await?;
    let searchable = search::catch_up(&db).await;
    db.close().await;
    if searchable? > 0 {
        tracing::info!("records can be searched again");
    }
    Ok(Migrated {
        version: newest(),
        applied: MIGRATIONS.iter().count() - before.len(),
    })
}
