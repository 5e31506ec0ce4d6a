//! Lines of cells between delimiters.

use std::{borrow::Cow, io::Cursor};

use csv::{ByteRecord, ReaderBuilder, Terminator};
use serde_json::Value;

use super::{Text, header_at, unique_columns};
use crate::{LineEnds, Unreadable, saying::Saying};

/// What may separate cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows that are looked at to find the delimiter and the header.
const SAMPLE_ROWS: usize = 50;
/// The first rows among which the header is.
const HEADER_ROWS: usize = 12;

/// A file of lines, read to its header.
pub(crate) struct Delimited<'a> {
    reader: csv::Reader<Text<'a>>,
    record: ByteRecord,
    /// Its columns.
    pub columns: Vec<String>,
    /// What separates its cells.
    pub delimiter: char,
    /// What ends its lines.
    pub line_ends: Option<LineEnds>,
    /// What a person should know.
    pub notes: Vec<Saying>,
}

impl<'a> Delimited<'a> {
    /// Finds delimiter, line ends and header, and counts what is uneven.
    pub fn open(file: &str, text: Cow<'a, str>, delimiter: Option<char>) -> Result<Self, Unreadable> {
        let delimiter = match delimiter {
            Some(named) => u8::try_from(named)
                .ok()
                .filter(|byte| DELIMITERS.contains(byte))
                .ok_or(Unreadable::UnknownDelimiter { delimiter: named })?,
            None => sniff(text.as_bytes()),
        };
        let empty = || Unreadable::Empty {
            file: file.to_owned(),
        };
        let (header, above) = header_of(text.as_bytes(), delimiter).ok_or_else(empty)?;
        let columns = unique_columns(header.iter().map(lossless));
        let line_ends = line_ends(text.as_bytes());
        let notes = uneven(text.as_bytes(), delimiter, above, columns.len());
        let bytes = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        let mut reader = reader(delimiter).from_reader(Cursor::new(bytes));
        let mut record = ByteRecord::new();
        for _ in 0..=above {
            let _ = reader.read_byte_record(&mut record);
        }
        Ok(Self {
            reader,
            record,
            columns,
            delimiter: char::from(delimiter),
            line_ends,
            notes,
        })
    }

    /// The cells of the next row that has any, in `cells`; false at the end.
    pub fn next_into(&mut self, cells: &mut Vec<Value>) -> bool {
        // Reading bytes from memory does not fail: any length of row is taken.
        while self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            if is_blank(&self.record) {
                continue;
            }
            cells.clear();
            cells.extend(self.record.iter().map(|cell| Value::String(without_nul(cell))));
            while cells.len() < self.columns.len() {
                cells.push(Value::String(String::new()));
            }
            return true;
        }
        false
    }
}

/// The text of a cell. The whole was UTF-8, and delimiters and quotes are ASCII, so that every cell is.
fn lossless(cell: &[u8]) -> &str {
    std::str::from_utf8(cell).unwrap_or_default()
}

fn reader(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        // CR, LF and both.
        .terminator(Terminator::CRLF);
    builder
}

fn is_blank(record: &ByteRecord) -> bool {
    !record.iter().any(says_something)
}

/// How many cells say something.
fn filled(record: &ByteRecord) -> usize {
    record.iter().filter(|cell| says_something(cell)).count()
}

fn says_something(cell: &[u8]) -> bool {
    match cell.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => false,
        Some(first) => first.is_ascii() || !lossless(cell).trim().is_empty(),
    }
}

fn without_nul(cell: &[u8]) -> String {
    let text = lossless(cell);
    if cell.contains(&0) {
        text.replace('\0', "")
    } else {
        text.to_owned()
    }
}

/// The first row that is the header, and how many rows stand above it.
fn header_of(text: &[u8], delimiter: u8) -> Option<(ByteRecord, usize)> {
    let mut first: Vec<ByteRecord> = reader(delimiter)
        .from_reader(text)
        .into_byte_records()
        .take(HEADER_ROWS)
        .filter_map(Result::ok)
        .collect();
    let widths: Vec<usize> = first
        .iter()
        .map(|row| {
            row.iter()
                .filter(|cell| !lossless(cell).trim().is_empty())
                .count()
        })
        .collect();
    if widths.iter().all(|width| *width == 0) {
        return None;
    }
    let above = header_at(&widths);
    Some((first.swap_remove(above), above))
}

/// The delimiter that makes the most even table of more than one column.
fn sniff(text: &[u8]) -> u8 {
    let score = |delimiter: &u8| {
        let rows: Vec<(usize, usize)> = reader(*delimiter)
            .from_reader(text)
            .into_byte_records()
            .take(SAMPLE_ROWS)
            .filter_map(Result::ok)
            .map(|row| (row.len(), filled(&row)))
            .collect();
        let first: Vec<usize> = rows.iter().take(HEADER_ROWS).map(|(_, filled)| *filled).collect();
        let header = rows.get(header_at(&first)).map_or(0, |(width, _)| *width);
        if header < 2 {
            return (0, 0);
        }
        let even = rows.iter().filter(|(width, _)| *width == header).count();
        // Of two that make all rows equally wide, the one that makes more columns.
        (even * 100 / rows.len(), header)
    };
    DELIMITERS
        .into_iter()
        .map(|delimiter| (score(&delimiter), delimiter))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map_or(b',', |(_, delimiter)| delimiter)
}

fn line_ends(text: &[u8]) -> Option<LineEnds> {
    let at = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
    Some(match (text[at], text.get(at + 1)) {
        (b'\n', _) => LineEnds::Lf,
        (_, Some(b'\n')) => LineEnds::CrLf,
        _ => LineEnds::Cr,
    })
}

/// What is uneven in the rows.
fn uneven(text: &[u8], delimiter: u8, above: usize, columns: usize) -> Vec<Saying> {
    let (mut longer, mut shorter, mut blank, mut with_nul) = (0, 0, 0, 0);
    let mut rows = reader(delimiter).from_reader(text);
    let mut row = ByteRecord::new();
    let (mut number, mut last_line, mut last_runs_on) = (0, 0, false);
    while rows.read_byte_record(&mut row).unwrap_or(false) {
        number += 1;
        if number <= above + 1 {
            continue;
        }
        if is_blank(&row) {
            blank += 1;
            continue;
        }
        last_line = row.position().map_or(0, csv::Position::line);
        last_runs_on = row
            .iter()
            .next_back()
            .is_some_and(|cell| cell.contains(&b'\n') || cell.contains(&b'\r'));
        longer += usize::from(row.len() > columns);
        shorter += usize::from(row.len() < columns);
        with_nul += usize::from(row.as_slice().contains(&0));
    }
    let counted = [
        (above, Saying::LinesAbove as fn(usize) -> Saying),
        (longer, Saying::ExtraCells),
        (shorter, Saying::MissingCells),
        (blank, Saying::BlankRows),
        (with_nul, Saying::NulBytes),
    ];
    // A mark that is opened and not closed takes the rest of the file into its cell.
    let is_open = last_runs_on
        && text
            .iter()
            .filter(|byte| **byte == b'"')
            .fold(false, |odd, _| !odd);
    counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, saying)| saying(count))
        .chain(is_open.then_some(Saying::OpenQuote(last_line)))
        .collect()
}
