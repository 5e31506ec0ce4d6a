//! The pool, a transaction, and the counter of statements that both carry.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectOptions, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use sqlx::{Executor, Postgres, postgres::PgListener};
use tokio::sync::{Mutex, OwnedSemaphorePermit};
use tracing::log::LevelFilter;

use crate::{
    Error,
    copy::CopyRows,
    pool::{Pool, exec, prepared, query},
};

/// What reads may run on: the pool or a transaction.
pub trait Reader: ConnectionTrait + Send {}
impl<T: ConnectionTrait + Send> Reader for T {}

/// How to connect.
#[derive(Debug, Clone)]
pub struct Options {
    /// Connections at most; the listener for changes takes one more.
    pub max_connections: u32,
    /// How long a caller waits for a connection.
    pub acquire_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_connections: 10,
            acquire_timeout: Duration::from_secs(5),
        }
    }
}

/// The database: a pool of connections, and optionally a counter of the statements sent through this handle.
#[derive(Clone)]
pub struct Database {
    pool: Arc<Pool>,
    statements: Option<Arc<AtomicU64>>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").finish_non_exhaustive()
    }
}

impl Database {
    /// Opens a pool on a migrated database.
    pub async fn connect(url: &str, options: &Options) -> Result<Self, Error> {
        let mut connect = ConnectOptions::new(url);
        connect
            .max_connections(options.max_connections)
            .min_connections(1)
            .acquire_timeout(options.acquire_timeout)
            .test_before_acquire_if_idle_for(Duration::from_secs(30))
            .sqlx_logging_level(LevelFilter::Trace)
            .sqlx_slow_statements_logging_settings(LevelFilter::Warn, Duration::from_millis(500));
        let pool = sea_orm::Database::connect(connect).await?;
        let Options {
            max_connections,
            acquire_timeout,
        } = *options;
        Ok(Self {
            pool: Arc::new(Pool::new(pool, max_connections, acquire_timeout)),
            statements: None,
        })
    }

    /// A handle on the same pool that counts its statements in `counter`.
    #[must_use]
    pub fn counting(&self, counter: Arc<AtomicU64>) -> Self {
        Self {
            pool: Arc::clone(&self.pool),
            statements: Some(counter),
        }
    }

    /// Begins a transaction (READ COMMITTED).
    pub async fn begin(&self) -> Result<Transaction, Error> {
        self.begin_as("begin").await
    }

    /// Begins a transaction that only reads, and sees from first to last what was committed before its first statement.
    pub async fn snapshot(&self) -> Result<Transaction, Error> {
        self.begin_as("begin isolation level repeatable read read only")
            .await
    }

    async fn begin_as(&self, begin: &'static str) -> Result<Transaction, Error> {
        let (inner, permit) = self.pool.begin(begin).await?;
        Ok(Transaction {
            inner: Mutex::new(inner),
            statements: self.statements.clone(),
            _permit: permit,
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        self.pool
            .query(Statement::from_string(DbBackend::Postgres, "select 1"))
            .await?;
        Ok(())
    }

    /// Closes every connection, once those in use are given back.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A transaction: all of it or nothing. Dropped without [`commit`](Self::commit), nothing. sqlx's own, so that rows can
/// be copied in within it, which sea-orm's does not let through.
pub struct Transaction {
    inner: Mutex<sqlx::Transaction<'static, Postgres>>,
    statements: Option<Arc<AtomicU64>>,
    // Given back behind the connection.
    _permit: OwnedSemaphorePermit,
}

impl Transaction {
    /// Makes it last.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.inner.into_inner().commit().await.map_err(exec)?)
    }
    /// Takes it back.
    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.into_inner().rollback().await.map_err(exec)?)
    }
    /// Marks a point to which [`rollback_to`](Self::rollback_to) returns. `name` is a word of the program's.
    pub async fn savepoint(&self, name: &'static str) -> Result<(), Error> {
        self.execute_unprepared(&format!("savepoint {name}")).await?;
        Ok(())
    }
    /// Takes back what was done since the savepoint.
    pub async fn rollback_to(&self, name: &'static str) -> Result<(), Error> {
        self.execute_unprepared(&format!("rollback to savepoint {name}"))
            .await?;
        Ok(())
    }
    /// Copies rows in: `into` names the table and its columns.
    pub(crate) async fn copy(&self, into: &str, rows: CopyRows) -> Result<u64, Error> {
        count(self.statements.as_ref());
        let mut inner = self.inner.lock().await;
        let mut copy = inner
            .copy_in_raw(&format!("copy {into} from stdin"))
            .await
            .map_err(exec)?;
        copy.send(rows.text.into_bytes()).await.map_err(exec)?;
        Ok(copy.finish().await.map_err(exec)?)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Postgres
    }
    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        count(self.statements.as_ref());
        let mut inner = self.inner.lock().await;
        Ok(prepared(statement)
            .execute(&mut **inner)
            .await
            .map_err(exec)?
            .into())
    }
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        count(self.statements.as_ref());
        let mut inner = self.inner.lock().await;
        let done = inner
            .execute(sqlx::AssertSqlSafe(sql.to_owned()))
            .await
            .map_err(exec)?;
        Ok(done.into())
    }
    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        count(self.statements.as_ref());
        let mut inner = self.inner.lock().await;
        let row = prepared(statement)
            .fetch_optional(&mut **inner)
            .await
            .map_err(query)?;
        Ok(row.map(QueryResult::from))
    }
    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        count(self.statements.as_ref());
        let mut inner = self.inner.lock().await;
        let rows = prepared(statement).fetch_all(&mut **inner).await.map_err(query)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }
}

fn count(statements: Option<&Arc<AtomicU64>>) {
    if let Some(counter) = statements {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Database {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Postgres
    }
    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        count(self.statements.as_ref());
        self.pool.execute(statement).await
    }
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        count(self.statements.as_ref());
        self.pool.execute_unprepared(sql).await
    }
    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        count(self.statements.as_ref());
        Ok(self.pool.query(statement).await?.into_iter().next())
    }
    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        count(self.statements.as_ref());
        self.pool.query(statement).await
    }
}

/// Waits for changes on a connection of its own, outside the pool: calls `wake` at every notification, and returns
/// when the connection is lost.
pub async fn listen(url: &str, wake: impl Fn() + Send) -> Result<(), Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen("activity").await?;
    wake();
    loop {
        // None: the connection was lost and is made anew; what was missed is read from the order of changes.
        listener.try_recv().await?;
        wake();
    }
}
