//! A row as it was read.

use chrono::NaiveDate;
use domain::{
    evidence::EvidenceKind,
    startup::{Layer, Name},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its place among the rows with content, from 1; the header is not counted.
    pub number: u32,
    /// The words as found, by column; cells beyond the header stand under `column 8` and so on.
    pub raw: Map<String, Value>,
    /// What it says of one startup.
    pub said: Said,
    /// What could not be read.
    pub errors: Vec<CellError>,
    /// Why it is passed over: it is about no startup.
    pub skip: Option<String>,
    /// What a person should look at, although nothing is wrong.
    pub notes: Vec<String>,
}

impl Row {
    /// Whether an error forbids to use the row.
    pub fn is_fatal(&self) -> bool {
        self.errors.iter().any(|error| error.fatal)
    }
}

/// What a row says of one startup; None or empty says nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Said {
    /// The source's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The name cell as found, where the file has no column of ids; whether it is unique in the file is not known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row_key: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// Its domains as registered, only such as identify.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Its web site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// What it does, in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_liner: Option<String>,
    /// What it does, at length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Whether the country is the import's default, and not stated by the row.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub country_is_default: bool,
    /// City, in the words found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// When it was founded; the last day of a period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub founded_on: Option<NaiveDate>,
    /// Its layer, stated outright by a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<Layer>,
    /// Slugs of its sectors, stated outright by a column.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// The layer that words of the row suggest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_layer: Option<Proposal<Layer>>,
    /// Slugs of sectors that words of the row suggest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposed_sectors: Vec<Proposal<String>>,
    /// Names of its founders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub founders: Vec<String>,
    /// Whatever else the mapping keeps, by column.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub custom_fields: Map<String, Value>,
    /// Figures about users.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<SaidFigure>,
}

/// Something that words suggest and nobody stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal<T> {
    /// What they suggest.
    pub value: T,
    /// The words, and the column in which they stand.
    pub words: String,
}

/// A figure that a row states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaidFigure {
    /// What was observed.
    pub kind: EvidenceKind,
    /// How much.
    pub value: Decimal,
    /// When, where the row says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_on: Option<NaiveDate>,
    /// Where it can be looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// The words as found.
    pub as_found: String,
}

/// A cell, or a row, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CellError {
    /// The column; None where the row as a whole is wrong.
    pub column: Option<String>,
    /// The words as found.
    pub value: Option<String>,
    /// What is wrong and what would be right.
    pub reason: String,
    /// Whether the row cannot be used for it; else only the cell cannot.
    pub fatal: bool,
}
