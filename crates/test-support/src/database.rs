//! A database for one test.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::server::{Cluster, cluster};
use crate::template::run;

/// What the names of tests' databases start with; the process id and a number follow.
pub(crate) const PREFIX: &str = "test_";

/// A database of a test's own, with all migrations and no rows but theirs.
///
/// It is not dropped with this value, as that would cost every test some milliseconds; later runs clear it
/// away when its process has ended.
#[derive(Debug, Clone)]
pub struct TestDb {
    name: String,
    url: String,
}

impl TestDb {
    /// Makes one.
    ///
    /// # Panics
    /// When there cannot be one: the test fails here with the reason.
    #[allow(
        clippy::panic,
        reason = "it is called by tests only, and there is nothing else they could do"
    )]
    pub async fn new() -> Self {
        match Self::try_new().await {
            Ok(database) => database,
            Err(error) => panic!("no database for this test: {error:#}"),
        }
    }

    /// What a statement of the test's own gives as its one text.
    ///
    /// # Panics
    /// When it gives none.
    #[allow(clippy::panic, reason = "a test that cannot look has failed")]
    pub async fn ask(&self, sql: &str) -> String {
        let asked = async {
            let mut connection = PgConnection::connect(&self.url).await?;
            let told = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql.to_owned()))
                .fetch_one(&mut connection)
                .await?;
            connection.close().await?;
            Ok::<_, sqlx::Error>(told)
        };
        match asked.await {
            Ok(told) => told,
            Err(error) => panic!("{sql}: {error}"),
        }
    }

    /// Runs statements of the test's own.
    ///
    /// # Panics
    /// When one fails.
    #[allow(clippy::panic, reason = "a test that cannot be set up has failed")]
    pub async fn run(&self, sql: &str) {
        let done = async {
            let mut connection = PgConnection::connect(&self.url).await?;
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
                .execute(&mut connection)
                .await?;
            connection.close().await
        };
        if let Err(error) = done.await {
            panic!("{error}: {sql}");
        }
    }

    /// Makes one, or says why not.
    pub async fn try_new() -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let cluster: &Cluster = cluster().await?;
        let name = format!(
            "{PREFIX}{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let mut admin = PgConnection::connect(cluster.admin_url())
            .await
            .context("reaching the tests' Postgres")?;
        let create = format!(
            "CREATE DATABASE {name} TEMPLATE {} STRATEGY FILE_COPY",
            cluster.template()
        );
        let created = sqlx::raw_sql(AssertSqlSafe(create.clone()))
            .execute(&mut admin)
            .await;
        if created.as_ref().is_err_and(is_taken) {
            // Process ids come round again: it is what an earlier process with ours left.
            run(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
            run(&mut admin, create).await?;
        } else {
            quiet(created).with_context(|| create)?;
        }
        admin.close().await?;
        let url = cluster.url_of(&name);
        Ok(Self { name, url })
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A table that nobody else can read or write until this is dropped, so that a statement takes as long as a test
/// likes.
#[derive(Debug)]
pub struct TableLock {
    _transaction: PgConnection,
}

impl TestDb {
    /// Locks a table.
    pub async fn lock(&self, table: &str) -> Result<TableLock> {
        let mut connection = PgConnection::connect(&self.url).await?;
        // The time that the workspace's role gives a statement is not for this one, which waits between two.
        run(
            &mut connection,
            "set idle_in_transaction_session_timeout = 0".to_owned(),
        )
        .await?;
        run(&mut connection, "begin".to_owned()).await?;
        run(
            &mut connection,
            format!("lock table {table} in access exclusive mode"),
        )
        .await?;
        Ok(TableLock {
            _transaction: connection,
        })
    }
}

fn is_taken(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| error.code().as_deref() == Some("42P04"))
}

/// Forgets what a statement gave.
pub(crate) fn quiet<T>(result: Result<T, sqlx::Error>) -> Result<()> {
    result?;
    Ok(())
}
