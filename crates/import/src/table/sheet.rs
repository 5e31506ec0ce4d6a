//! Sheets of workbooks.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, Range, Reader as _, Xls, Xlsx};
use chrono::{NaiveTime, Timelike as _};
use serde_json::Value;

use super::{header_at, unique_columns};
use crate::{Format, Unreadable, saying::Saying};

/// The first rows among which the header is.
const HEADER_ROWS: usize = 12;

/// A sheet, read to its header.
pub(crate) struct Sheet {
    range: Range<Data>,
    at: usize,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its name.
    pub name: String,
    /// Every sheet of the workbook.
    pub names: Vec<String>,
    /// What a person should know.
    pub notes: Vec<Saying>,
}

/// What a file's first bytes say of a workbook.
pub(crate) fn workbook_format(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(Format::Xlsx);
    }
    bytes
        .starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        .then_some(Format::Xls)
}

impl Sheet {
    /// Opens the sheet of that name, or the first that has rows.
    pub fn open(file: &str, bytes: &[u8], format: Format, named: Option<&str>) -> Result<Self, Unreadable> {
        // A workbook is somebody's program's work: one that is broken in a way its reader did not foresee must not
        // end the server.
        let read = catch_unwind(AssertUnwindSafe(|| match format {
            Format::Xls => choose(Xls::new(Cursor::new(bytes)).map_err(|e| e.to_string())?, named)
                .map_err(|e| e.to_string()),
            _ => choose(Xlsx::new(Cursor::new(bytes)).map_err(|e| e.to_string())?, named)
                .map_err(|e| e.to_string()),
        }));
        let broken = |error: String| Unreadable::BrokenWorkbook {
            file: file.to_owned(),
            error,
        };
        let (names, chosen) = read
            .map_err(|_| broken("it is broken inside".to_owned()))?
            .map_err(broken)?;
        let Some((name, range)) = chosen else {
            return Err(match named {
                Some(sheet) if !names.iter().any(|name| name == sheet) => Unreadable::UnknownSheet {
                    file: file.to_owned(),
                    sheet: sheet.to_owned(),
                    sheets: names.join(", "),
                },
                _ => Unreadable::Empty {
                    file: file.to_owned(),
                },
            });
        };
        let widths: Vec<usize> = range
            .rows()
            .take(HEADER_ROWS)
            .map(|row| row.iter().filter(|cell| !words(cell).trim().is_empty()).count())
            .collect();
        let above = header_at(&widths);
        let header: Vec<String> = range
            .rows()
            .nth(above)
            .map(|row| row.iter().map(words).collect())
            .unwrap_or_default();
        let mut notes = Vec::new();
        let blank_above = widths.iter().take(above).filter(|width| **width > 0).count();
        if blank_above > 0 {
            notes.push(Saying::LinesAbove(blank_above));
        }
        if names.len() > 1 {
            notes.push(Saying::SheetRead(names.join(", "), name.clone()));
        }
        Ok(Self {
            columns: unique_columns(header.iter().map(String::as_str)),
            range,
            at: above + 1,
            name,
            names,
            notes,
        })
    }

    /// The cells of the next row that has any; false at the end.
    pub fn next_into(&mut self, cells: &mut Vec<Value>) -> bool {
        while self.at < self.range.height() {
            cells.clear();
            cells.extend((0..self.range.width()).map(|column| {
                let cell = self.range.get((self.at, column)).map(words).unwrap_or_default();
                Value::String(cell.replace('\0', ""))
            }));
            self.at += 1;
            if cells.iter().any(|cell| !super::is_blank_value(cell)) {
                return true;
            }
        }
        false
    }
}

type Chosen = (Vec<String>, Option<(String, Range<Data>)>);

/// The names of all sheets, and the one to read.
fn choose<'b, R>(mut workbook: R, named: Option<&str>) -> Result<Chosen, R::Error>
where
    R: calamine::Reader<Cursor<&'b [u8]>>,
{
    let names = workbook.sheet_names();
    for name in &names {
        if named.is_some_and(|named| named != name) {
            continue;
        }
        let range = workbook.worksheet_range(name)?;
        if !range.is_empty() {
            let name = name.clone();
            return Ok((names, Some((name, range))));
        }
    }
    Ok((names, None))
}

/// A cell in words: a number without `.0`, a day as 2023-03-31.
fn words(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_words(*number),
        Data::Bool(yes) => yes.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(when) if when.is_duration() => number_words(when.as_f64()),
        Data::DateTime(when) => match when.as_datetime() {
            Some(at) if at.time() == NaiveTime::MIN => at.date().to_string(),
            Some(at) if at.nanosecond() == 0 => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
            Some(at) => at.format("%Y-%m-%dT%H:%M:%S%.3f").to_string(),
            None => number_words(when.as_f64()),
        },
        Data::Empty => String::new(),
    }
}

/// A number as a sheet shows it: 15 places are what it keeps.
fn number_words(number: f64) -> String {
    let short = number.to_string();
    if short.len() <= 16 {
        return short;
    }
    format!("{number:.14e}")
        .parse::<f64>()
        .map_or(short, |rounded| rounded.to_string())
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::*;

    #[test]
    fn a_cell_is_read_in_the_words_that_a_person_sees() {
        let day = |number| Data::DateTime(ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false));
        let table = [
            (Data::Float(2023.0), "2023"),
            (Data::Float(0.1 + 0.2), "0.3"),
            (Data::Float(-1.5), "-1.5"),
            (Data::Int(7), "7"),
            (Data::Bool(true), "true"),
            (Data::Empty, ""),
            (day(45016.0), "2023-03-31"),
            (day(45016.5), "2023-03-31T12:00:00"),
        ];
        for (cell, shown) in table {
            assert_eq!(words(&cell), shown, "{cell:?}");
        }
    }
}
