//! What can go wrong between the program and Postgres, told apart where a caller acts differently.

use sea_orm::{DbErr, RuntimeErr};

/// An error of the storage.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A constraint of the database refused a row: its name says which promise would have been broken.
    #[error("the database refused a row: {constraint}")]
    Constraint {
        /// The constraint's name in `migrations/`.
        constraint: String,
        /// What the database said.
        #[source]
        source: DbErr,
    },
    /// Two transactions got in each other's way; the same call may succeed when repeated.
    #[error("two transactions got in each other's way")]
    Retry(#[source] DbErr),
    /// The statement took longer than it may.
    #[error("the database took too long")]
    Timeout(#[source] DbErr),
    /// A value that no column holds and no search takes: a NUL in a text, a number or an instant out of range.
    #[error("a value is none that the database can hold")]
    Value(#[source] DbErr),
    /// A row that cannot become a value of the domain.
    #[error("row {id} of {table} cannot be read: {reason}")]
    Row {
        /// The table.
        table: &'static str,
        /// The row's id.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Anything else that the database or the connection said.
    #[error(transparent)]
    Database(DbErr),
    /// The listening connection.
    #[error(transparent)]
    Listen(#[from] sqlx::Error),
}

impl Error {
    /// Somebody else came between what was read and what was locked; the same call may succeed when repeated.
    pub fn between() -> Self {
        Self::Retry(DbErr::Custom("somebody came between".into()))
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let (DbErr::Query(RuntimeErr::SqlxError(inner))
        | DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Conn(RuntimeErr::SqlxError(inner))) = &error
        else {
            return Self::Database(error);
        };
        let Some(said) = inner.as_database_error() else {
            return Self::Database(error);
        };
        match said.code().as_deref() {
            Some("40001" | "40P01" | "55P03") => Self::Retry(error),
            Some("57014") => Self::Timeout(error),
            Some("22021" | "22P05" | "22003" | "22008") => Self::Value(error),
            Some(code) if code.starts_with("23") => Self::Constraint {
                constraint: said.constraint().unwrap_or_default().to_owned(),
                source: error,
            },
            _ => Self::Database(error),
        }
    }
}

impl Error {
    /// Reads a field of a row, or says which row cannot be read.
    pub(crate) fn row<T, E: std::fmt::Display>(
        table: &'static str,
        id: impl ToString,
        read: Result<T, E>,
    ) -> Result<T, Self> {
        read.map_err(|reason| Self::Row {
            table,
            id: id.to_string(),
            reason: reason.to_string(),
        })
    }
}
