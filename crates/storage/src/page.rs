//! Pages by keyset: where the page begins is told by the order's value and the id of the row before it, so that
//! inserts never shift it.

use chrono::{Datelike as _, NaiveDate};
use domain::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sql::Sql;

/// The value by which a row is ordered, as a cursor carries it: with its kind, as a name may look like a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Key {
    /// A day; None sorts last whatever the direction.
    Day(Option<NaiveDate>),
    /// An instant.
    Instant(Instant),
    /// A text in the C collation.
    Text(String),
    /// A figure that is never NaN.
    Figure(Figure),
    /// Nothing but the id: of records in the order in which they were entered.
    Id,
}

/// A double, by its bits: a cursor gives it back as it was, whatever writes and reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Figure(u64);

impl Figure {
    /// Of a double.
    pub fn of(value: f64) -> Self {
        Self(value.to_bits())
    }
    /// The double.
    pub fn value(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// Of what kind the values of an order are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Days.
    Day,
    /// Instants.
    Instant,
    /// Texts.
    Text,
    /// Figures.
    Figure,
    /// None: ids alone.
    Id,
}

impl Key {
    /// Whether a list of this kind can have given it: a cursor is in the caller's hands, and what the database cannot
    /// compare is no place in a list.
    pub fn fits(&self, kind: KeyKind) -> bool {
        let years = 1..=9999;
        match self {
            Self::Day(day) => kind == KeyKind::Day && day.is_none_or(|day| years.contains(&day.year())),
            Self::Instant(at) => kind == KeyKind::Instant && years.contains(&at.year()),
            Self::Text(text) => kind == KeyKind::Text && !text.contains('\0'),
            Self::Figure(figure) => kind == KeyKind::Figure && figure.value().is_finite(),
            Self::Id => kind == KeyKind::Id,
        }
    }
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The order's value there.
    pub key: Key,
    /// The row's id.
    pub id: Uuid,
}

/// Which part of a list to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How many rows at most.
    pub limit: u64,
    /// Behind this place (in reading direction).
    pub from: Option<Place>,
    /// From the end backwards: rows come in the list's order all the same.
    pub backward: bool,
}

/// Rows of a page, and whether more follow in the reading direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice<T> {
    /// In the list's order.
    pub rows: Vec<T>,
    /// Whether there are more beyond, in the direction read.
    pub more: bool,
}

impl Page {
    /// From the start.
    pub fn first(limit: u64) -> Self {
        Self {
            limit,
            from: None,
            backward: false,
        }
    }

    /// Appends the condition, order and limit. `key` is the order's SQL expression, `id` the id's; one row more than the
    /// limit is asked for, to learn whether there are more.
    pub(crate) fn append(&self, sql: &mut Sql, key: &str, id: &str, descending: bool) {
        let down = descending != self.backward;
        if let Some(place) = &self.from {
            let than = if down { "<" } else { ">" };
            sql.push(&format!(" and ({key}, {id}) {than} ("));
            match &place.key {
                Key::Text(text) => sql.bind(text.clone(), "::text"),
                Key::Instant(at) => sql.bind(*at, "::timestamptz"),
                Key::Figure(figure) => sql.bind(figure.value(), "::double precision"),
                Key::Day(day) => sql.bind(
                    day.unwrap_or(if descending { FIRST_DAY } else { LAST_DAY }),
                    "::date",
                ),
                // Never of a list that has a key beside the id.
                Key::Id => sql.push("null"),
            };
            sql.push(", ").bind(place.id, "::uuid").push(")");
        }
        let direction = if down { "desc" } else { "asc" };
        // As a figure: a plan that does not know it prepares for a tenth of the table.
        let limit = self.limit + 1;
        sql.push(&format!(
            " order by {key} {direction}, {id} {direction} limit {limit}"
        ));
    }

    /// As [`Self::append`], of a list in the order of its ids alone, the newest first.
    pub(crate) fn append_by_id(&self, sql: &mut Sql, id: &str) {
        if let Some(place) = &self.from {
            let than = if self.backward { ">" } else { "<" };
            sql.push(&format!(" and {id} {than} ")).bind(place.id, "::uuid");
        }
        let direction = if self.backward { "asc" } else { "desc" };
        let limit = self.limit + 1;
        sql.push(&format!(" order by {id} {direction} limit {limit}"));
    }

    /// Cuts the row that told of more, and turns a page read backwards around.
    pub fn slice<T>(&self, mut rows: Vec<T>) -> Slice<T> {
        let more = rows.len() as u64 > self.limit;
        rows.truncate(self.limit as usize);
        if self.backward {
            rows.reverse();
        }
        Slice { rows, more }
    }
}

/// What a day that is not known counts as in an ascending list: it comes last.
pub(crate) const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};
/// And in a descending one.
pub(crate) const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
