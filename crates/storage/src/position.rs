//! Rows read by the place of their columns: lists have many rows of many columns, and looking every one up by its name
//! takes longer than reading it.

use std::sync::Arc;

use sea_orm::{DbErr, QueryResult, RuntimeErr};
use sqlx::{Decode, Postgres, Row as _, Type, postgres::PgRow};

use crate::Error;

/// The columns of a row, read one after the other.
pub(crate) struct Columns<'r> {
    row: &'r PgRow,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(crate) fn of(row: &'r QueryResult) -> Result<Self, Error> {
        let row = row
            .try_as_pg_row()
            .ok_or_else(|| Error::Database(DbErr::Custom("a row that is not of Postgres".to_owned())))?;
        Ok(Self { row, next: 0 })
    }

    /// The next column.
    pub(crate) fn read<T: Decode<'r, Postgres> + Type<Postgres>>(&mut self) -> Result<T, Error> {
        let value = self.row.try_get(self.next);
        self.next += 1;
        value.map_err(|error| Error::Database(DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))))
    }
}

/// Declares `columns` (their names behind an alias, for a `select`) and `model` (reads them in that order).
macro_rules! by_position {
    ($table:ident, $alias:literal, [$first:ident $(, $field:ident)* $(,)?] $(, $left_out:ident: $value:expr)* $(,)?) => {
        pub(super) const COLUMNS: &str = concat!($alias, ".", stringify!($first) $(, ", ", $alias, ".", stringify!($field))*);
        pub(super) fn model(row: &sea_orm::QueryResult) -> Result<$table::Model, crate::Error> {
            model_behind(crate::position::Columns::of(row)?)
        }
        /// Of a row of which columns were read already.
        pub(super) fn model_behind(mut columns: crate::position::Columns<'_>) -> Result<$table::Model, crate::Error> {
            Ok($table::Model {
                $first: columns.read()?,
                $($field: columns.read()?,)*
                $($left_out: $value,)*
            })
        }
    };
}
pub(crate) use by_position;
