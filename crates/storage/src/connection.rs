//! The pool, a transaction, and the counter of statements that both carry.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement, TransactionTrait,
};
use sqlx::postgres::PgListener;
use tracing::log::LevelFilter;

use crate::Error;

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
    pool: DatabaseConnection,
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
        Ok(Self {
            pool,
            statements: None,
        })
    }

    /// A handle on the same pool that counts its statements in `counter`.
    #[must_use]
    pub fn counting(&self, counter: Arc<AtomicU64>) -> Self {
        Self {
            pool: self.pool.clone(),
            statements: Some(counter),
        }
    }

    /// Begins a transaction (READ COMMITTED).
    pub async fn begin(&self) -> Result<Transaction, Error> {
        Ok(Transaction {
            inner: self.pool.begin().await?,
            statements: self.statements.clone(),
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        self.pool
            .query_one_raw(Statement::from_string(DbBackend::Postgres, "select 1"))
            .await?;
        Ok(())
    }

    /// Closes every connection, once those in use are given back.
    pub async fn close(&self) {
        self.pool.get_postgres_connection_pool().close().await;
    }
}

/// A transaction: all of it or nothing. Dropped without [`commit`](Self::commit), nothing.
pub struct Transaction {
    inner: DatabaseTransaction,
    statements: Option<Arc<AtomicU64>>,
}

impl Transaction {
    /// Makes it last.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.inner.commit().await?)
    }
    /// Takes it back.
    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.rollback().await?)
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
}

fn count(statements: Option<&Arc<AtomicU64>>) {
    if let Some(counter) = statements {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

macro_rules! counted {
    ($type:ty, $inner:ident) => {
        #[async_trait::async_trait]
        impl ConnectionTrait for $type {
            fn get_database_backend(&self) -> DbBackend {
                DbBackend::Postgres
            }
            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                count(self.statements.as_ref());
                self.$inner.execute_raw(statement).await
            }
            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                count(self.statements.as_ref());
                self.$inner.execute_unprepared(sql).await
            }
            async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
                count(self.statements.as_ref());
                self.$inner.query_one_raw(statement).await
            }
            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                count(self.statements.as_ref());
                self.$inner.query_all_raw(statement).await
            }
        }
    };
}
counted!(Database, pool);
counted!(Transaction, inner);

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
