//! Records of a JSON document: an array, the array below a wrapper, or a document a line.

use std::{borrow::Cow, collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::{beyond, unique_columns};
use crate::{Format, Unreadable, saying::Saying};

/// How deep below wrappers the array of records is looked for.
const WRAPPERS: usize = 4;

/// A file of records. Only their place is kept: each is read when it is asked for.
pub(crate) struct Json<'a> {
    text: Cow<'a, str>,
    at: usize,
    shape: Shape,
    places: HashMap<String, usize>,
    /// The names of all fields, nested ones as `names.en`.
    pub columns: Vec<String>,
    /// A document, or one a line.
    pub format: Format,
    /// What a person should know.
    pub notes: Vec<Saying>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Records between brackets.
    Array,
    /// One record.
    Single,
    /// A record a line.
    Lines,
}

impl<'a> Json<'a> {
    /// Finds the records and their fields; gives the text back where it is no JSON.
    pub fn open(file: &str, text: Cow<'a, str>) -> Result<Result<Self, Cow<'a, str>>, Unreadable> {
        let (shape, at, mut notes) = match shape_of(file, &text) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(Err(text)),
            Err(error) => return Err(error),
        };
        let mut json = Self {
            text,
            at,
            shape,
            places: HashMap::new(),
            columns: Vec::new(),
            format: if shape == Shape::Lines {
                Format::NdJson
            } else {
                Format::Json
            },
            notes: Vec::new(),
        };
        let (mut rows, mut broken) = (0_usize, 0_usize);
        let mut behind_header = at;
        while let Some(record) = json.next_record() {
            match record {
                Ok(Record::Object(fields)) => {
                    rows += 1;
                    for (name, _) in fields {
                        if !json.places.contains_key(&name) {
                            json.places.insert(name.clone(), json.columns.len());
                            json.columns.push(name);
                        }
                    }
                }
                Ok(Record::Array(cells)) if json.columns.is_empty() => {
                    // Rows as arrays have their header in the first.
                    let header: Vec<String> = cells.into_iter().map(text_of).collect();
                    json.columns = unique_columns(header.iter().map(String::as_str));
                    behind_header = json.at;
                }
                Ok(Record::Array(_)) => rows += 1,
                Ok(Record::Other) | Err(_) => broken += 1,
            }
        }
        if rows == 0 || json.columns.is_empty() {
            return Err(Unreadable::Empty {
                file: file.to_owned(),
            });
        }
        if broken > 0 {
            notes.push(Saying::NoObjects(broken));
        }
        json.notes = notes;
        json.at = if json.places.is_empty() { behind_header } else { at };
        Ok(Ok(json))
    }

    /// The cells of the next record that has any, in the order of the columns, Null for an absent one; false at the
    /// end. An error says what is wrong with the record.
    pub fn next_into(&mut self, cells: &mut Vec<Value>) -> Option<Result<(), Saying>> {
        loop {
            let record = match self.next_record()? {
                Ok(record) => record,
                Err(reason) => return Some(Err(reason)),
            };
            cells.clear();
            match record {
                Record::Object(fields) => {
                    cells.resize(self.columns.len(), Value::Null);
                    for (name, value) in fields {
                        if let Some(place) = self.places.get(&name) {
                            cells[*place] = value;
                        }
                    }
                }
                Record::Array(values) => cells.extend(values),
                Record::Other => {
                    return Some(Err(Saying::NotAnObject));
                }
            }
            if cells.iter().any(|cell| !super::is_blank_value(cell)) {
                return Some(Ok(()));
            }
        }
    }

    fn next_record(&mut self) -> Option<Result<Record, Saying>> {
        let span = match self.shape {
            Shape::Array => next_element(&self.text, &mut self.at)?,
            Shape::Single => {
                let rest = self.text.get(self.at..)?;
                self.at = self.text.len() + 1;
                rest
            }
            Shape::Lines => loop {
                let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
                let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
                self.at += end + 1;
                let line = rest[..end].trim();
                if !line.is_empty() {
                    break line;
                }
            },
        };
        Some(serde_json::from_str(span).map_err(|error| Saying::NotJson(error.to_string())))
    }
}

/// What of the text are records: how they stand, from which byte on, and what to say about it. None for no JSON.
fn shape_of(file: &str, text: &str) -> Result<Option<(Shape, usize, Vec<Saying>)>, Unreadable> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    if !rest.starts_with(['{', '[']) {
        return Ok(None);
    }
    let ending = file
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default();
    let is_called_lines = matches!(ending.as_str(), "ndjson" | "jsonl");
    let whole = serde_json::from_str::<IgnoredAny>(rest);
    let first_line = rest.lines().next().unwrap_or_default();
    let is_lines = rest.starts_with('{') && serde_json::from_str::<IgnoredAny>(first_line).is_ok();
    if is_lines && (is_called_lines || whole.is_err()) {
        return Ok(Some((Shape::Lines, start, Vec::new())));
    }
    if let Err(error) = whole {
        let looks_so = rest[1..].trim_start().starts_with(['{', '"', '[']);
        if !looks_so && !is_called_lines && ending != "json" {
            return Ok(None);
        }
        return Err(Unreadable::BrokenJson {
            file: file.to_owned(),
            line: error.line(),
            column: error.column(),
            error: error.to_string(),
        });
    }
    if rest.starts_with('[') {
        return Ok(Some((Shape::Array, start + 1, Vec::new())));
    }
    let mut found = Vec::new();
    find_arrays(text, start + 1, "", WRAPPERS, &mut found);
    let most = found
        .into_iter()
        .reduce(|best, next| if next.count > best.count { next } else { best });
    Ok(Some(match most {
        Some(array) => (Shape::Array, array.at, vec![Saying::RowsOf(array.path)]),
        None => (Shape::Single, start, Vec::new()),
    }))
}

struct Array {
    path: String,
    at: usize,
    count: usize,
}

/// The arrays of objects below a wrapper that opens before `at`.
fn find_arrays(text: &str, mut at: usize, above: &str, depth: usize, found: &mut Vec<Array>) {
    loop {
        at += text[at..].len() - text[at..].trim_start_matches(is_between).len();
        if !text[at..].starts_with('"') {
            return;
        }
        let Some(key) = next_value::<String>(text, &mut at) else {
            return;
        };
        at += text[at..].len()
            - text[at..]
                .trim_start_matches(|c: char| c == ':' || c.is_whitespace())
                .len();
        let value = at;
        if next_value::<IgnoredAny>(text, &mut at).is_none() {
            return;
        }
        let path = if above.is_empty() {
            key
        } else {
            format!("{above}.{key}")
        };
        if text[value..].starts_with('[') {
            let (mut inside, mut count) = (value + 1, 0);
            while let Some(element) = next_element(text, &mut inside) {
                count += usize::from(element.starts_with('{'));
            }
            if count > 0 {
                found.push(Array {
                    path,
                    at: value + 1,
                    count,
                });
            }
        } else if text[value..].starts_with('{') && depth > 1 {
            find_arrays(text, value + 1, &path, depth - 1, found);
        }
    }
}

fn is_between(c: char) -> bool {
    c == ',' || c.is_whitespace()
}

/// The next value, with `at` moved behind it.
fn next_value<T: serde::de::DeserializeOwned>(text: &str, at: &mut usize) -> Option<T> {
    let mut values = serde_json::Deserializer::from_str(&text[*at..]).into_iter::<T>();
    let value = values.next()?.ok()?;
    *at += values.byte_offset();
    Some(value)
}

/// The text of the next element of an array, with `at` moved behind it; None at its end.
fn next_element<'t>(text: &'t str, at: &mut usize) -> Option<&'t str> {
    let rest = text.get(*at..)?;
    *at += rest.len() - rest.trim_start_matches(is_between).len();
    let start = *at;
    if text[start..].starts_with(']') {
        return None;
    }
    next_value::<IgnoredAny>(text, at)?;
    Some(&text[start..*at])
}

/// A record with its fields in their order.
enum Record {
    Object(Vec<(String, Value)>),
    Array(Vec<Value>),
    Other,
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Record;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    flatten(clean(&name), value, &mut fields);
                }
                Ok(Record::Object(fields))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Record, A::Error> {
                let mut cells = Vec::new();
                while let Some(cell) = seq.next_element::<Value>()? {
                    cells.push(without_nul(cell));
                }
                Ok(Record::Array(cells))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Record, E> {
                Ok(Record::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Record, E> {
                Ok(Record::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Record, E> {
                Ok(Record::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Record, E> {
                Ok(Record::Other)
            }

            fn visit_str<E>(self, _: &str) -> Result<Record, E> {
                Ok(Record::Other)
            }

            fn visit_unit<E>(self) -> Result<Record, E> {
                Ok(Record::Other)
            }
        }
        deserializer.deserialize_any(InOrder)
    }
}

/// A field without nesting: objects become `outer.inner`, lists stay.
fn flatten(name: String, value: Value, fields: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(inner) if !inner.is_empty() => {
            for (key, value) in inner {
                flatten(format!("{name}.{}", clean(&key)), value, fields);
            }
        }
        value => fields.push((name, without_nul(value))),
    }
}

/// The name of a field as a column; one without any sign is called by nothing but its place.
fn clean(name: &str) -> String {
    let columns = unique_columns([name]);
    columns.into_iter().next().unwrap_or_else(|| beyond(0))
}

/// The value without NUL, which no database keeps.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('\0') => Value::String(text.replace('\0', "")),
        Value::Array(items) => Value::Array(items.into_iter().map(without_nul).collect()),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| (key.replace('\0', ""), without_nul(value)))
                .collect(),
        ),
        value => value,
    }
}

fn text_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        value => value.to_string(),
    }
}
