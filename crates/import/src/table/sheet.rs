//! Sheets of workbooks.

use std::{
    collections::BTreeMap,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, Reader as _, Xls, Xlsx};
use chrono::{NaiveTime, Timelike as _};
use serde_json::Value;

use super::{header_at, unique_columns};
use crate::{Format, Unreadable, saying::Saying};

/// The first rows among which the header is.
const HEADER_ROWS: usize = 12;

/// The most cells of a sheet that are read; more are a table for CSV.
const CELLS_LIMIT: usize = 10_000_000;

/// A sheet, read to its header.
pub(crate) struct Sheet {
    rows: std::vec::IntoIter<Row>,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its name.
    pub name: String,
    /// Every sheet of the workbook.
    pub names: Vec<String>,
    /// What a person should know.
    pub notes: Vec<Saying>,
}

/// The cells of a row that say something, by their column from 0.
type Row = Vec<(usize, String)>;

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
            Format::Xls => choose_xls(bytes, named),
            _ => choose_xlsx(bytes, named),
        }));
        let broken = |error: String| Unreadable::BrokenWorkbook {
            file: file.to_owned(),
            error,
        };
        let (names, chosen) = read
            .map_err(|_| broken("it is broken inside".to_owned()))?
            .map_err(broken)?;
        let Some((name, rows)) = chosen else {
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
        let widths: Vec<usize> = rows.iter().take(HEADER_ROWS).map(Vec::len).collect();
        let above = header_at(&widths);
        let mut rows = rows.into_iter();
        let mut header = Vec::new();
        fill(&mut header, rows.nth(above).unwrap_or_default(), |cell| cell);
        let mut notes = Vec::new();
        if above > 0 {
            notes.push(Saying::LinesAbove(above));
        }
        if names.len() > 1 {
            notes.push(Saying::SheetRead(names.join(", "), name.clone()));
        }
        Ok(Self {
            columns: unique_columns(header.iter().map(String::as_str)),
            rows,
            name,
            names,
            notes,
        })
    }

    /// The cells of the next row that has any; false at the end.
    pub fn next_into(&mut self, cells: &mut Vec<Value>) -> bool {
        let Some(row) = self.rows.next() else {
            return false;
        };
        cells.clear();
        fill(cells, row, Value::String);
        while cells.len() < self.columns.len() {
            cells.push(Value::String(String::new()));
        }
        true
    }
}

/// Puts each cell of a row in its place, with blank ones between.
fn fill<T>(cells: &mut Vec<T>, row: Row, value: impl Fn(String) -> T) {
    for (column, cell) in row {
        while cells.len() < column {
            cells.push(value(String::new()));
        }
        cells.push(value(cell));
    }
}

/// The names of all sheets, and the rows of the one to read.
type Chosen = (Vec<String>, Option<(String, Vec<Row>)>);

fn choose_xls(bytes: &[u8], named: Option<&str>) -> Result<Chosen, String> {
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    choose(workbook.sheet_names(), named, |name| {
        let range = workbook
            .worksheet_range(name)
            .map_err(|error| error.to_string())?;
        let mut found = Cells::default();
        for (row, column, cell) in range.used_cells() {
            found.add(row, column, cell)?;
        }
        Ok(found.rows())
    })
}

/// Cell by cell: one far off would make a whole range as large as the sheet up to it.
fn choose_xlsx(bytes: &[u8], named: Option<&str>) -> Result<Chosen, String> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    choose(workbook.sheet_names(), named, |name| {
        let mut cells = workbook
            .worksheet_cells_reader(name)
            .map_err(|error| error.to_string())?;
        let mut found = Cells::default();
        while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
            let (row, column) = cell.get_position();
            found.add(
                row as usize,
                column as usize,
                &Data::from(cell.get_value().clone()),
            )?;
        }
        Ok(found.rows())
    })
}

/// The sheet of that name, or the first with rows; a sheet that cannot be read is passed over for another.
fn choose(
    names: Vec<String>,
    named: Option<&str>,
    mut read: impl FnMut(&str) -> Result<Vec<Row>, String>,
) -> Result<Chosen, String> {
    let mut wrong = None;
    for name in names
        .iter()
        .filter(|name| named.is_none_or(|named| named == *name))
    {
        match read(name) {
            Ok(rows) if rows.is_empty() => {}
            Ok(rows) => {
                let name = name.clone();
                return Ok((names, Some((name, rows))));
            }
            Err(error) => wrong = Some(error),
        }
    }
    wrong.map_or(Ok((names, None)), Err)
}

/// The cells of a sheet that say something, as they are found.
#[derive(Default)]
struct Cells {
    by_row: BTreeMap<usize, BTreeMap<usize, String>>,
    count: usize,
}

impl Cells {
    fn add(&mut self, row: usize, column: usize, cell: &Data) -> Result<(), String> {
        let words = words(cell).replace('\0', "");
        if !words.trim().is_empty() {
            self.by_row.entry(row).or_default().insert(column, words);
            self.count += 1;
        }
        if self.count > CELLS_LIMIT {
            return Err(format!("the sheet has more than {CELLS_LIMIT} cells"));
        }
        Ok(())
    }

    /// The rows with cells, from the first column that has any.
    fn rows(self) -> Vec<Row> {
        let first = self
            .by_row
            .values()
            .filter_map(|row| row.keys().next())
            .min()
            .copied()
            .unwrap_or(0);
        let shifted =
            |row: BTreeMap<usize, String>| row.into_iter().map(|(at, cell)| (at - first, cell)).collect();
        self.by_row.into_values().map(shifted).collect()
    }
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
    fn a_cell_far_off_costs_no_more_than_another() {
        let mut cells = Cells::default();
        for (row, column, text) in [
            (1, 1, "name"),
            (1, 2, "city"),
            (2, 1, "Acme"),
            (1_048_575, 16_383, "x"),
            (5, 1, " "),
        ] {
            cells.add(row, column, &Data::String(text.to_owned())).unwrap();
        }
        let rows = cells.rows();
        assert_eq!(rows[0], [(0, "name".to_owned()), (1, "city".to_owned())]);
        assert_eq!(rows[1], [(0, "Acme".to_owned())]);
        assert_eq!(rows[2], [(16_382, "x".to_owned())]);
    }

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
