//! Tables: a header and rows of cells, whatever the file is.

use std::{borrow::Cow, io::Cursor};

use serde_json::Value;

pub(crate) mod delimited;
pub(crate) mod json;
pub(crate) mod sheet;

use delimited::Delimited;
use json::Json;
use sheet::Sheet;

use crate::saying::Saying;

/// A file under reading, whatever it is.
pub(crate) enum Table<'a> {
    /// Lines of cells.
    Delimited(Box<Delimited<'a>>),
    /// A sheet of a workbook.
    Sheet(Box<Sheet>),
    /// Records.
    Json(Box<Json<'a>>),
}

impl Table<'_> {
    /// The cells of the next row with content, in the order of the columns, in `cells`; None at the end. An error says
    /// what is wrong with the row.
    pub fn next_into(&mut self, cells: &mut Vec<Value>) -> Option<Result<(), Saying>> {
        match self {
            Self::Delimited(table) => table.next_into(cells).then_some(Ok(())),
            Self::Sheet(table) => table.next_into(cells).then_some(Ok(())),
            Self::Json(table) => table.next_into(cells),
        }
    }
}

/// Whether a cell says nothing.
pub(crate) fn is_blank_value(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The bytes of a text, borrowed or owned.
pub(crate) type Text<'a> = Cursor<Cow<'a, [u8]>>;

/// Names for columns in order, each once: a blank one is called by its place, a repeated one gets a number.
pub(crate) fn unique_columns<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (at, name) in names.into_iter().enumerate() {
        let base = header_text(name).unwrap_or_else(|| beyond(at));
        let mut column = base.clone();
        let mut count = 2;
        while !seen.insert(column.clone()) {
            column = format!("{base} {count}");
            count += 1;
        }
        columns.push(column);
    }
    columns
}

/// What a cell without a header is called, by its place from 0.
pub(crate) fn beyond(at: usize) -> String {
    format!("column {}", at + 1)
}

/// A header on one line, without controls and signs that nobody sees. None for a blank one.
fn header_text(name: &str) -> Option<String> {
    let seen: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !is_invisible(*c))
        .collect();
    let text = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Signs of no width that come along from web pages.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

/// The place of the header among the first rows: the first that is about as wide as the widest, so that a title above
/// it is passed over.
pub(crate) fn header_at(widths: &[usize]) -> usize {
    let widest = widths.iter().copied().max().unwrap_or(0);
    widths
        .iter()
        .position(|width| *width > 0 && width * 5 >= widest * 3)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        assert_eq!(
            unique_columns(["name", "", " name ", "a\r\nb", "name", "\u{200b}公司"]),
            ["name", "column 2", "name 2", "a b", "name 3", "公司"]
        );
    }

    #[test]
    fn a_title_above_the_header_is_passed_over() {
        assert_eq!(header_at(&[1, 0, 6, 6, 5]), 2);
        assert_eq!(header_at(&[3, 4, 2]), 0);
        assert_eq!(header_at(&[1, 1]), 0);
        assert_eq!(header_at(&[]), 0);
    }
}
