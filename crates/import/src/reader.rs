//! A file under reading.

use std::collections::VecDeque;

use domain::Language;
use serde_json::{Map, Value};

use crate::{
    CellError, Field, FileInfo, Format, Mapping, Options, Row, Said, Source, Unreadable,
    encoding::decode,
    headers::by_header,
    preset,
    saying::Saying,
    table::{Table, beyond, delimited::Delimited, is_blank_value, json::Json, sheet},
    understand::Understanding,
    value::{country::country, words_of},
};

/// Rows that are read ahead to see what a column holds.
const AHEAD: usize = 50;

/// A file under reading: what it is, and one row after the other.
pub struct Reader<'a> {
    info: FileInfo,
    table: Table<'a>,
    ahead: VecDeque<Result<Vec<Value>, Saying>>,
    understanding: Understanding,
    language: Language,
    cells: Vec<Value>,
    number: u32,
}

/// Finds out what a file is and what its columns mean.
pub fn open<'a>(source: Source<'a>, options: &Options) -> Result<Reader<'a>, Unreadable> {
    let file = source.file_name.unwrap_or("the file");
    let default_country = options
        .default_country
        .as_deref()
        .map(known_country)
        .transpose()?;
    let (mut table, mut info, mut notes) = table_of(file, source.bytes, options)?;
    let mut ahead = VecDeque::new();
    let mut cells = Vec::new();
    while ahead.len() < AHEAD
        && let Some(row) = table.next_into(&mut cells)
    {
        ahead.push_back(row.map(|()| std::mem::take(&mut cells)));
    }
    if ahead.is_empty() {
        return Err(Unreadable::Empty {
            file: file.to_owned(),
        });
    }
    let preset = preset::choose(options.preset.as_deref(), &info.columns)?;
    let columns = meanings(
        &info.columns,
        &mut notes,
        options.mapping.as_ref(),
        preset,
        &ahead,
    );
    let language = options.language.unwrap_or(Language::En);
    info.notes = notes.iter().map(|saying| saying.words(language)).collect();
    info.mapping = Mapping(columns.clone());
    info.preset = preset.map(|preset| preset.name.clone());
    let understanding = Understanding {
        columns,
        preset,
        words: options.words.clone().unwrap_or_default(),
        default_country: default_country.or_else(|| preset.and_then(|preset| preset.default_country.clone())),
    };
    Ok(Reader {
        info,
        table,
        ahead,
        understanding,
        language,
        cells,
        number: 0,
    })
}

impl Reader<'_> {
    /// What was found out about the file.
    pub fn info(&self) -> &FileInfo {
        &self.info
    }

    fn row(&mut self, cells: &mut Vec<Value>) -> Row {
        let understood = self.understanding.read(cells);
        let mut raw = Map::new();
        for (at, cell) in cells.drain(..).enumerate() {
            // Beyond the header a blank cell is only what stands before one that says something.
            let is_told = at < self.info.columns.len() || !is_blank_value(&cell);
            if is_told && !cell.is_null() {
                raw.insert(
                    self.info.columns.get(at).cloned().unwrap_or_else(|| beyond(at)),
                    cell,
                );
            }
        }
        // Of a row that is passed over nothing else needs looking at.
        let (errors, notes) = match understood.skip {
            Some(_) => (Vec::new(), Vec::new()),
            None => (understood.errors, understood.notes),
        };
        let errors = errors.into_iter().map(|wrong| CellError {
            column: wrong.column,
            value: wrong.value,
            reason: wrong.saying.words(self.language),
            fatal: wrong.fatal,
        });
        Row {
            number: self.number,
            raw,
            said: understood.said,
            errors: errors.collect(),
            skip: understood.skip.map(|saying| saying.words(self.language)),
            notes: notes.iter().map(|saying| saying.words(self.language)).collect(),
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut cells = std::mem::take(&mut self.cells);
        let read = match self.ahead.pop_front() {
            Some(ahead) => ahead.map(|ahead| cells = ahead),
            None => self.table.next_into(&mut cells)?,
        };
        self.number += 1;
        let row = match read {
            Ok(()) => self.row(&mut cells),
            Err(saying) => Row {
                number: self.number,
                raw: Map::new(),
                said: Said::default(),
                errors: vec![CellError {
                    column: None,
                    value: None,
                    reason: saying.words(self.language),
                    fatal: true,
                }],
                skip: None,
                notes: Vec::new(),
            },
        };
        self.cells = cells;
        Some(row)
    }
}

fn known_country(code: &str) -> Result<String, Unreadable> {
    country(code)
        .filter(|known| known.eq_ignore_ascii_case(code))
        .map(str::to_owned)
        .ok_or_else(|| Unreadable::UnknownCountry {
            country: code.to_owned(),
        })
}

/// A file as found: the table, what it is, and what a person should know.
type Found<'a> = (Table<'a>, FileInfo, Vec<Saying>);

/// What the file is, by its content.
fn table_of<'a>(file: &str, bytes: &'a [u8], options: &Options) -> Result<Found<'a>, Unreadable> {
    let info = |format, columns: &[String]| FileInfo {
        format,
        encoding: None,
        delimiter: None,
        line_ends: None,
        sheet: None,
        sheets: Vec::new(),
        columns: columns.to_vec(),
        preset: None,
        mapping: Mapping::default(),
        notes: Vec::new(),
    };
    if let Some(format) = sheet::workbook_format(bytes) {
        let mut sheet = sheet::Sheet::open(file, bytes, format, options.sheet.as_deref())?;
        let info = FileInfo {
            sheet: Some(sheet.name.clone()),
            sheets: sheet.names.clone(),
            ..info(format, &sheet.columns)
        };
        let notes = std::mem::take(&mut sheet.notes);
        return Ok((Table::Sheet(Box::new(sheet)), info, notes));
    }
    let not_read = |found: &str| Unreadable::Format {
        file: file.to_owned(),
        found: found.to_owned(),
    };
    if let Some((_, found)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(not_read(found));
    }
    if bytes.is_empty() {
        return Err(Unreadable::Empty {
            file: file.to_owned(),
        });
    }
    let decoded = decode(file, bytes, options.encoding.as_deref())?;
    if is_no_text(&decoded.text) {
        return Err(not_read("no text"));
    }
    let head: String = decoded
        .text
        .trim_start()
        .chars()
        .take(16)
        .collect::<String>()
        .to_lowercase();
    if ["<!doctype", "<html", "<?xml", "<table"]
        .iter()
        .any(|mark| head.starts_with(mark))
    {
        return Err(not_read("a page of HTML or XML"));
    }
    let encoding = Some(decoded.encoding.to_owned());
    let text = if options.delimiter.is_some() {
        decoded.text
    } else {
        match Json::open(file, decoded.text)? {
            Ok(mut json) => {
                let info = FileInfo {
                    encoding,
                    ..info(json.format, &json.columns)
                };
                let notes = std::mem::take(&mut json.notes);
                return Ok((Table::Json(Box::new(json)), info, notes));
            }
            Err(text) => text,
        }
    };
    let mut lines = Delimited::open(file, text, options.delimiter)?;
    let format = if lines.delimiter == '\t' {
        Format::Tsv
    } else {
        Format::Csv
    };
    let info = FileInfo {
        encoding,
        delimiter: Some(lines.delimiter),
        line_ends: lines.line_ends,
        ..info(format, &lines.columns)
    };
    let notes = std::mem::take(&mut lines.notes);
    Ok((Table::Delimited(Box::new(lines)), info, notes))
}

/// The first bytes of what people send by mistake.
const MARKS: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "packed by gzip"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
];

/// Whether too much of a text is controls that nobody writes.
fn is_no_text(text: &str) -> bool {
    let (mut all, mut controls) = (0_usize, 0_usize);
    for c in text.chars().take(4096) {
        all += 1;
        controls += usize::from(c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}'));
    }
    controls > 8 && controls * 10 > all
}

/// What each column means: as the caller says, else as the preset says, else by its header. Notes what a person should
/// know of it.
fn meanings(
    names: &[String],
    notes: &mut Vec<Saying>,
    mapping: Option<&Mapping>,
    preset: Option<&preset::Preset>,
    ahead: &VecDeque<Result<Vec<Value>, Saying>>,
) -> Vec<(String, Field)> {
    let by_header = match preset {
        Some(preset) => preset.columns.clone(),
        None => by_header(names),
    };
    let mut left_out = Vec::new();
    let mut columns = Vec::new();
    for (at, column) in names.iter().enumerate() {
        let told = mapping.and_then(|mapping| mapping.get(column));
        let mut field = told
            .or_else(|| by_header.get(column))
            .cloned()
            .unwrap_or(Field::Ignore);
        if told.is_none() && preset.is_none() {
            if field == Field::ExternalId && counts_rows(at, ahead) {
                notes.push(Saying::CountsRows(column.clone()));
                field = Field::Ignore;
            } else if field == Field::Ignore {
                left_out.push(column.as_str());
            }
        } else if told.is_none() && by_header.get(column).is_none() {
            left_out.push(column.as_str());
        }
        columns.push((column.clone(), field));
    }
    if !left_out.is_empty() {
        notes.push(Saying::NotRead(left_out.join(", ")));
    }
    let is_named = |field: &Field| {
        matches!(
            field,
            Field::Name | Field::Repository | Field::Alias(_) | Field::LegalName
        )
    };
    if !columns.iter().any(|(_, field)| is_named(field)) {
        notes.push(Saying::NoNameColumn);
    }
    let missing: Vec<&str> = mapping
        .into_iter()
        .flat_map(|mapping| &mapping.0)
        .map(|(column, _)| column.as_str())
        .filter(|column| !names.iter().any(|known| known == column))
        .collect();
    if !missing.is_empty() {
        notes.push(Saying::NotInFile(missing.join(", ")));
    }
    columns
}

/// Whether a column is a running number: from 0 or 1, one more with every row.
fn counts_rows(at: usize, ahead: &VecDeque<Result<Vec<Value>, Saying>>) -> bool {
    let mut last: Option<u64> = None;
    for cells in ahead.iter().flatten() {
        let Some(cell) = cells.get(at).filter(|cell| !is_blank_value(cell)) else {
            return false;
        };
        let Ok(number) = words_of(cell).trim().parse::<u64>() else {
            return false;
        };
        match last {
            None if number > 1 => return false,
            Some(last) if number != last + 1 => return false,
            _ => last = Some(number),
        }
    }
    last.is_some()
}
