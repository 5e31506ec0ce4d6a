//! SQL written where the query is, with its values bound, never pasted.

use sea_orm::{DbBackend, FromQueryResult, QueryResult, Statement, Value};
use type_safe_id::{Type, TypeSafeId};

use crate::{Error, Reader};

/// Runs a statement of the program's own, without values.
pub(crate) async fn execute(db: &impl Reader, text: &str) -> Result<(), Error> {
    db.execute_unprepared(text).await?;
    Ok(())
}

/// A statement under construction.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            values: Vec::new(),
        }
    }
    /// Adds text of the program's own.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }
    /// Whether nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    /// Whether its text ends so.
    pub(crate) fn ends_with(&self, end: &str) -> bool {
        self.text.ends_with(end)
    }
    /// Adds a placeholder for a value, with a cast (`"::uuid[]"`) where the type must be told.
    pub(crate) fn bind(&mut self, value: impl Into<Value>, cast: &str) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self.text.push_str(cast);
        self
    }
    /// Adds a placeholder for ids of one type.
    pub(crate) fn bind_ids<T: Type>(&mut self, ids: &[TypeSafeId<T>]) -> &mut Self {
        self.bind(ids.iter().map(TypeSafeId::uuid).collect::<Vec<_>>(), "::uuid[]")
    }
    /// Adds the condition that `column` is one of `ids`. One id is compared as it is: then the plan does not depend on
    /// how many there are, and the server keeps it instead of planning each time.
    pub(crate) fn one_of<T: Type>(&mut self, column: &str, ids: &[TypeSafeId<T>]) -> &mut Self {
        match ids {
            [id] => self.push(column).push(" = ").bind(id.uuid(), ""),
            ids => self.push(column).push(" = any(").bind_ids(ids).push(")"),
        }
    }
    /// Adds a row `owner(id)` for each of `ids`, to be joined laterally; one id for the reason of [`Self::one_of`].
    pub(crate) fn owners<T: Type>(&mut self, ids: &[TypeSafeId<T>]) -> &mut Self {
        match ids {
            [id] => self
                .push("(select ")
                .bind(id.uuid(), "::uuid")
                .push(" as id) as owner"),
            ids => self.push("unnest(").bind_ids(ids).push(") as owner(id)"),
        }
    }
    /// Adds another statement under construction, its placeholders numbered on.
    pub(crate) fn append(&mut self, other: Self) -> &mut Self {
        let before = self.values.len();
        let mut text = String::with_capacity(other.text.len());
        let mut rest = other.text.as_str();
        while let Some(at) = rest.find('$') {
            let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
            text.push_str(&rest[..=at]);
            match rest[at + 1..at + 1 + digits].parse::<usize>() {
                Ok(number) => text.push_str(&(number + before).to_string()),
                Err(_) => text.push_str(&rest[at + 1..at + 1 + digits]),
            }
            rest = &rest[at + 1 + digits..];
        }
        text.push_str(rest);
        self.text.push_str(&text);
        self.values.extend(other.values);
        self
    }
    pub(crate) fn statement(self) -> Statement {
        Statement::from_sql_and_values(DbBackend::Postgres, self.text, self.values)
    }
    pub(crate) async fn all<T: FromQueryResult>(self, db: &impl Reader) -> Result<Vec<T>, Error> {
        let rows = db.query_all_raw(self.statement()).await?;
        rows.iter()
            .map(|row| T::from_query_result(row, ""))
            .collect::<Result<_, _>>()
            .map_err(Error::from)
    }
    /// What `read` makes of each row, for reading their columns by place.
    pub(crate) async fn each<T>(
        self,
        db: &impl Reader,
        read: impl Fn(&QueryResult) -> Result<T, Error> + Send,
    ) -> Result<Vec<T>, Error> {
        let rows = db.query_all_raw(self.statement()).await?;
        rows.iter().map(read).collect()
    }
    pub(crate) async fn one<T: FromQueryResult>(self, db: &impl Reader) -> Result<Option<T>, Error> {
        let row = db.query_one_raw(self.statement()).await?;
        row.as_ref()
            .map(|row| T::from_query_result(row, ""))
            .transpose()
            .map_err(Error::from)
    }
    pub(crate) async fn row(self, db: &impl Reader) -> Result<Option<QueryResult>, Error> {
        Ok(db.query_one_raw(self.statement()).await?)
    }
    /// What a statement counts that gives one number as `n`.
    pub(crate) async fn count(self, db: &impl Reader) -> Result<i64, Error> {
        let row = self.row(db).await?;
        Ok(row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or(0))
    }
    /// Runs it; how many rows it touched.
    pub(crate) async fn run(self, db: &impl Reader) -> Result<u64, Error> {
        Ok(db.execute_raw(self.statement()).await?.rows_affected())
    }
}
