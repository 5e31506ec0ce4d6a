//! Connections for single statements, kept at hand.
//!
//! The pool below asks a connection for a sign of life whenever it is given back, a round trip for each statement and a
//! task beside it: as much as a short statement costs itself. So connections whose statement went well are parked here
//! and lent again as they are. One on which anything went wrong, or that was left in the middle, goes back to the pool
//! below, which looks after it. There are as many permits as connections, so that whoever has one has a connection coming:
//! the pool below knows nothing of those parked here, and while somebody waits for it none is left parked that it lacks.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, Values,
};
use sea_query_sqlx::SqlxValues;
use sqlx::{AssertSqlSafe, PgPool, Postgres, pool::PoolConnection, query::Query};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Parked for longer, a connection is looked at before it is lent: the server may have been started anew.
const TRUSTED: Duration = Duration::from_secs(30);

pub(crate) struct Pool {
    below: DatabaseConnection,
    connections: u32,
    permits: Arc<Semaphore>,
    acquire_timeout: Duration,
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    parked: Vec<Parked>,
    /// How many wait for a connection of the pool below.
    waiting: usize,
}

struct Parked {
    connection: PoolConnection<Postgres>,
    since: Instant,
}

/// Somebody who waits for a connection of the pool below.
struct Waiting<'p>(&'p Pool);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.shelf().waiting -= 1;
    }
}

/// A connection for one statement. Dropped in the middle, it goes to the pool below.
struct Lent {
    connection: PoolConnection<Postgres>,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub(crate) fn new(below: DatabaseConnection, connections: u32, acquire_timeout: Duration) -> Self {
        Self {
            below,
            connections,
            permits: Arc::new(Semaphore::new(connections as usize)),
            acquire_timeout,
            shelf: Mutex::default(),
        }
    }

    fn sqlx(&self) -> &PgPool {
        self.below.get_postgres_connection_pool()
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// To be held while one waits for the pool below. It gets back as many of those parked as it lacks for all who wait.
    fn waiting(&self) -> Waiting<'_> {
        let mut shelf = self.shelf();
        shelf.waiting += 1;
        let may_open = self.connections.saturating_sub(self.sqlx().size()) as usize;
        let lacking = shelf.waiting.saturating_sub(self.sqlx().num_idle() + may_open);
        let lacking = lacking.min(shelf.parked.len());
        let given_back: Vec<Parked> = shelf.parked.drain(..lacking).collect();
        drop(shelf);
        drop(given_back);
        Waiting(self)
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, DbErr> {
        let permit = Arc::clone(&self.permits).acquire_owned();
        match tokio::time::timeout(self.acquire_timeout, permit).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    async fn lend(&self) -> Result<Lent, DbErr> {
        let permit = self.permit().await?;
        // The one that was used last, so that no more are open than are needed.
        let parked = self.shelf().parked.pop();
        let connection = match parked {
            Some(parked) if parked.since.elapsed() < TRUSTED => parked.connection,
            other => {
                drop(other);
                let _waiting = self.waiting();
                self.sqlx().acquire().await.map_err(|error| match error {
                    sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
                    sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
                    other => DbErr::Conn(RuntimeErr::SqlxError(Arc::new(other))),
                })?
            }
        };
        Ok(Lent {
            connection,
            _permit: permit,
        })
    }

    fn park(&self, lent: Lent) {
        let mut shelf = self.shelf();
        // Looked at while the shelf is held: who closes the pool empties it afterwards. Where somebody waits, it goes to
        // the pool below.
        if !self.sqlx().is_closed() && shelf.waiting == 0 {
            shelf.parked.push(Parked {
                connection: lent.connection,
                since: Instant::now(),
            });
        }
    }

    /// What became of the statement on a lent connection: after an error it is not parked.
    fn done<T>(&self, lent: Lent, result: Result<T, sqlx::Error>) -> Result<T, Arc<sqlx::Error>> {
        match result {
            Ok(value) => {
                self.park(lent);
                Ok(value)
            }
            Err(error) => {
                let said = error.as_database_error().and_then(|said| said.code());
                if said.is_none_or(|code| code.starts_with("57P")) {
                    // The server may be gone or going, and with it what else is parked or idle.
                    let all = mem::take(&mut self.shelf().parked);
                    drop(all);
                    while let Some(idle) = self.sqlx().try_acquire() {
                        drop(idle.detach());
                    }
                }
                Err(Arc::new(error))
            }
        }
    }

    pub(crate) async fn query(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut lent = self.lend().await?;
        let rows = prepared(statement).fetch_all(&mut *lent.connection).await;
        let rows = self
            .done(lent, rows)
            .map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error)))?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    pub(crate) async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut lent = self.lend().await?;
        let done = prepared(statement).execute(&mut *lent.connection).await;
        self.done(lent, done)
            .map(ExecResult::from)
            .map_err(|error| DbErr::Exec(RuntimeErr::SqlxError(error)))
    }

    pub(crate) async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut lent = self.lend().await?;
        let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut *lent.connection)
            .await;
        self.done(lent, done)
            .map(ExecResult::from)
            .map_err(|error| DbErr::Exec(RuntimeErr::SqlxError(error)))
    }

    /// Begins a transaction by this statement, on a connection of the pool below. The permit is for as long as it lasts.
    pub(crate) async fn begin(
        &self,
        begin: &'static str,
    ) -> Result<(sqlx::Transaction<'static, Postgres>, OwnedSemaphorePermit), DbErr> {
        let permit = self.permit().await?;
        let _waiting = self.waiting();
        Ok((self.sqlx().begin_with(begin).await.map_err(query)?, permit))
    }

    /// Closes every connection, once those in use are given back.
    pub(crate) async fn close(&self) {
        let closing = self.sqlx().close();
        let all = mem::take(&mut self.shelf().parked);
        drop(all);
        closing.await;
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // Giving a connection back takes a runtime; where that is gone, the connection is just closed.
        if tokio::runtime::Handle::try_current().is_err() {
            for parked in mem::take(&mut self.shelf().parked) {
                drop(parked.connection.detach());
            }
        }
    }
}

/// What went wrong while something was done.
pub(crate) fn exec(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

/// What went wrong while something was asked.
pub(crate) fn query(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        other => DbErr::Query(RuntimeErr::SqlxError(other.into())),
    }
}

/// A statement with its values, as sqlx takes it.
pub(crate) fn prepared(statement: Statement) -> Query<'static, Postgres, SqlxValues> {
    let Statement { sql, values, .. } = statement;
    let values = values.unwrap_or_else(|| Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(sql), SqlxValues(values))
}

#[cfg(test)]
mod tests {
    use test_support::TestDb;

    use super::*;

    #[tokio::test]
    #[allow(clippy::unwrap_used, reason = "a test may fail")]
    async fn who_waits_gets_back_what_is_parked_where_another_waits_for_what_is_idle() {
        let test = TestDb::new().await;
        let mut options = sea_orm::ConnectOptions::new(test.url());
        options.max_connections(2).min_connections(1);
        let below = sea_orm::Database::connect(options).await.unwrap();
        let pool = Pool::new(below, 2, Duration::from_secs(5));
        let one = || pool.query(Statement::from_string(sea_orm::DbBackend::Postgres, "select 1"));
        let idle = pool.sqlx().acquire().await.unwrap();
        one().await.unwrap();
        drop(idle);
        let back = async {
            while pool.sqlx().num_idle() == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), back).await.unwrap();
        assert_eq!((pool.sqlx().size(), pool.shelf().parked.len()), (2, 1));
        // One is promised what is idle, and has not come for it yet.
        let promised = pool.waiting();
        assert_eq!(pool.shelf().parked.len(), 1);
        let other = pool.waiting();
        assert_eq!(pool.shelf().parked.len(), 0);
        // While they wait, what is done with is theirs.
        one().await.unwrap();
        assert_eq!(pool.shelf().parked.len(), 0);
        drop((promised, other));
        one().await.unwrap();
        assert_eq!(pool.shelf().parked.len(), 1);
    }
}
