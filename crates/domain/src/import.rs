//! Imports: rows from outside, planned before they are applied (domain.md §8).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ImportId, Instant, StartupId, UserId};

crate::vocabulary::vocabulary! {
    /// How far an import got.
    ImportStatus {
        /// The file is here; nothing was read yet.
        Uploaded = "UPLOADED",
        /// Its rows are compared with what is here.
        Planning = "PLANNING",
        /// It says what it would do; nothing was written.
        Planned = "PLANNED",
        /// It is being written, batch by batch.
        Applying = "APPLYING",
        /// All of it is written.
        Applied = "APPLIED",
        /// It could not go on; its report says why.
        Failed = "FAILED",
        /// It is being taken back.
        Undoing = "UNDOING",
        /// It was taken back.
        Undone = "UNDONE",
    }
}

crate::vocabulary::vocabulary! {
    /// What a row does.
    RowAction {
        /// Makes a record.
        Create = "CREATE",
        /// Changes fields of one.
        Update = "UPDATE",
        /// Says nothing new.
        Unchanged = "UNCHANGED",
        /// May be more than one record, or meets what a person did since: left alone until somebody decides.
        Conflict = "CONFLICT",
        /// Is no record, and says why.
        Skip = "SKIP",
        /// Cannot be read.
        Error = "ERROR",
    }
}

/// A field that a row changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field, as the API names it.
    pub field: String,
    /// What stood there; null for nothing.
    pub from: Value,
    /// What stands there then.
    pub to: Value,
}

/// What is wrong with a cell, or with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellError {
    /// The column; None: the whole row.
    pub column: Option<String>,
    /// The words found there.
    pub value: Option<String>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// An import.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Under which name its rows are known again.
    pub source: String,
    /// The file's name, if it was a file.
    pub file_name: Option<String>,
    /// The hash of its bytes.
    pub file_sha256: Option<Vec<u8>>,
    /// CSV, XLSX, …
    pub format: Option<String>,
    /// In which encoding it was read.
    pub encoding: Option<String>,
    /// Which known export it is.
    pub preset: Option<String>,
    /// Column to field.
    pub mapping: Map<String, Value>,
    /// The country of rows that name none.
    pub default_country: Option<String>,
    /// How far it got.
    pub status: ImportStatus,
    /// How many rows it has.
    pub row_count: i32,
    /// How many rows do what.
    pub counts: Vec<(RowAction, i32)>,
    /// How many records it writes.
    pub record_count: i32,
    /// How many of them are written.
    pub applied_count: i32,
    /// The newest change that its plan knows.
    pub planned_seq: Option<i64>,
    /// What is to be told of the whole of it.
    pub report: Vec<String>,
    /// Who began it; None: the program itself.
    pub started_by: Option<UserId>,
    /// When.
    pub created_at: Instant,
    /// When all of it was written.
    pub applied_at: Option<Instant>,
    /// When it was taken back.
    pub undone_at: Option<Instant>,
}

impl Import {
    /// How many rows do this.
    pub fn rows_that(&self, action: RowAction) -> i32 {
        self.counts
            .iter()
            .find(|(a, _)| *a == action)
            .map_or(0, |(_, rows)| *rows)
    }
}

/// A row of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    /// Its number in the file, the header not counted.
    pub row_no: i32,
    /// What it does.
    pub action: RowAction,
    /// The first row that speaks of the same record.
    pub record_n: Option<i32>,
    /// The record.
    pub startup_id: Option<StartupId>,
    /// The words as found, by column.
    pub raw: Map<String, Value>,
    /// What was read from them.
    pub said: Value,
    /// By which key its source knows it again.
    pub row_key: String,
    /// What it changes; of a record that it makes, nothing is told here.
    pub changes: Vec<FieldChange>,
    /// What is wrong with it.
    pub errors: Vec<CellError>,
    /// Whom it may be, where that is not clear.
    pub candidates: Vec<StartupId>,
}

/// A record that an import writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// The first row that speaks of it.
    pub n: i32,
    /// The startup; to be made where `seen_version` is None.
    pub startup_id: StartupId,
    /// At which version the plan saw it.
    pub seen_version: Option<i32>,
    /// Whether its fields change; else only what its source said of it is remembered.
    pub changes: bool,
}
