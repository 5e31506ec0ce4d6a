//! What is given to be read, and what was found out about it.

use std::fmt;

use domain::Language;

use crate::{Mapping, Words};

/// A whole file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its name, for messages and as a hint where the content leaves the format open.
    pub file_name: Option<&'a str>,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What the caller knows better than the file tells. Everything left out is found out.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of a preset, or `none`; left out, the header decides.
    pub preset: Option<String>,
    /// What columns mean; goes before the preset, column by column.
    pub mapping: Option<Mapping>,
    /// The sheet of a workbook; the first one with rows otherwise.
    pub sheet: Option<String>,
    /// The country (ISO alpha-2) of rows that name none; goes before the preset's.
    pub default_country: Option<String>,
    /// The encoding, by a name of the WHATWG standard such as `gb18030`.
    pub encoding: Option<String>,
    /// What separates the cells of a line.
    pub delimiter: Option<char>,
    /// The words that suggest layers and sectors; the table that comes along otherwise.
    pub words: Option<Words>,
    /// The language of notes, reasons and errors; English otherwise.
    pub language: Option<Language>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Cells between commas, semicolons or bars.
    Csv,
    /// Cells between tabs.
    Tsv,
    /// An Excel workbook since 2007.
    Xlsx,
    /// An Excel workbook before 2007.
    Xls,
    /// One JSON document.
    Json,
    /// A JSON document a line.
    NdJson,
}

impl Format {
    /// The code, as the API and the database have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Json => "JSON",
            Self::NdJson => "NDJSON",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What ends the lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    /// Line feed.
    Lf,
    /// Carriage return and line feed.
    CrLf,
    /// Carriage return.
    Cr,
}

impl LineEnds {
    /// The code, as the API and the database have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lf => "LF",
            Self::CrLf => "CRLF",
            Self::Cr => "CR",
        }
    }
}

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileInfo {
    /// What it is.
    pub format: Format,
    /// Its encoding, by its WHATWG name; None for a workbook.
    pub encoding: Option<String>,
    /// What separates its cells; None for workbooks and JSON.
    pub delimiter: Option<char>,
    /// What ends its lines; None where it has one line, for workbooks and JSON.
    pub line_ends: Option<LineEnds>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// Every sheet of the workbook.
    pub sheets: Vec<String>,
    /// Its columns in order, each name once.
    pub columns: Vec<String>,
    /// The preset that reads it.
    pub preset: Option<String>,
    /// What each column means; a column that means nothing here is `ignore`.
    pub mapping: Mapping,
    /// What a person should know before importing it, in words.
    pub notes: Vec<String>,
}
