//! A file under reading.

use serde_json::{Map, Value};

use crate::{
    CellError, Field, FileInfo, Format, Mapping, Options, Row, Said, Source, Unreadable,
    encoding::decode,
    table::{beyond, delimited::Delimited},
};

/// A file under reading: what it is, and one row after the other.
pub struct Reader<'a> {
    info: FileInfo,
    table: Delimited<'a>,
    cells: Vec<String>,
    number: u32,
}

/// Finds out what a file is and what its columns mean.
pub fn open<'a>(source: Source<'a>, options: &Options) -> Result<Reader<'a>, Unreadable> {
    let file = source.file_name.unwrap_or("the file");
    let decoded = decode(file, source.bytes, options.encoding.as_deref())?;
    let mut table = Delimited::open(file, decoded.text, options.delimiter)?;
    let mapping = table
        .columns
        .iter()
        .map(|column| {
            let field = options.mapping.as_ref().and_then(|mapping| mapping.get(column));
            (column.clone(), field.cloned().unwrap_or(Field::Ignore))
        })
        .collect();
    let info = FileInfo {
        format: if table.delimiter == '\t' {
            Format::Tsv
        } else {
            Format::Csv
        },
        encoding: Some(decoded.encoding.to_owned()),
        delimiter: Some(table.delimiter),
        line_ends: table.line_ends,
        sheet: None,
        sheets: Vec::new(),
        columns: table.columns.clone(),
        preset: None,
        mapping: Mapping(mapping),
        notes: std::mem::take(&mut table.notes),
    };
    Ok(Reader {
        info,
        table,
        cells: Vec::new(),
        number: 0,
    })
}

impl Reader<'_> {
    /// What was found out about the file.
    pub fn info(&self) -> &FileInfo {
        &self.info
    }
}

impl Iterator for Reader<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if !self.table.next_into(&mut self.cells) {
            return None;
        }
        self.number += 1;
        let mut raw = Map::new();
        for (at, cell) in self.cells.iter().enumerate() {
            let column = self.info.columns.get(at).cloned().unwrap_or_else(|| beyond(at));
            raw.insert(column, Value::String(cell.replace('\0', "")));
        }
        let name = self
            .info
            .mapping
            .columns_of(&Field::Name)
            .filter_map(|column| raw.get(column)?.as_str())
            .find_map(domain::text::cleaned);
        let errors = if name.is_none() {
            vec![CellError {
                column: None,
                value: None,
                reason: "the row has no name; a column mapped to name, with a cell, would be right"
                    .to_owned(),
                fatal: true,
            }]
        } else {
            Vec::new()
        };
        let said = Said {
            row_key: name.clone(),
            name,
            ..Said::default()
        };
        Some(Row {
            number: self.number,
            raw,
            said,
            errors,
            skip: None,
            notes: Vec::new(),
        })
    }
}
