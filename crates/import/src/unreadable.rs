//! Why a file cannot be read.

/// Why a file cannot be read: each says the file, the place and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing is in it.
    #[error("{file} has no rows; a header line with at least one row below it would be right")]
    Empty {
        /// The file.
        file: String,
    },
    /// It is nothing that is read here.
    #[error("{file} is {found}; CSV, TSV, XLSX, XLS, JSON or NDJSON would be right")]
    Format {
        /// The file.
        file: String,
        /// What it is.
        found: String,
    },
    /// Bytes that mean nothing in the encoding.
    #[error(
        "{file}: the bytes at offset {offset}, line {line}, are no {encoding}; the file saved as UTF-8, or \
         the right encoding named, would be right"
    )]
    Encoding {
        /// The file.
        file: String,
        /// The encoding tried.
        encoding: String,
        /// The first byte that means nothing, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// An encoding that nobody knows.
    #[error("{encoding:?} is no encoding; utf-8, utf-16le, gb18030 or windows-1252 would be")]
    UnknownEncoding {
        /// The name given.
        encoding: String,
    },
    /// A delimiter that no reader takes.
    #[error("{delimiter:?} separates no cells; one of , ; | or a tab would")]
    UnknownDelimiter {
        /// The delimiter given.
        delimiter: char,
    },
    /// A sheet that is not in the workbook.
    #[error("{file} has no sheet {sheet:?}; one of {sheets} would be right")]
    UnknownSheet {
        /// The file.
        file: String,
        /// The sheet asked for.
        sheet: String,
        /// The sheets there are, separated by commas.
        sheets: String,
    },
    /// A preset that is not one.
    #[error("{preset:?} is no preset; one of {presets} would be")]
    UnknownPreset {
        /// The name given.
        preset: String,
        /// The presets there are, separated by commas.
        presets: String,
    },
    /// A country that is no code.
    #[error("{country:?} is no country; a code of two letters such as CN would be")]
    UnknownCountry {
        /// The code given.
        country: String,
    },
    /// Broken inside.
    #[error("{file}, {place}: {reason}")]
    Broken {
        /// The file.
        file: String,
        /// Where in it.
        place: String,
        /// What is wrong and what would be right.
        reason: String,
    },
}
