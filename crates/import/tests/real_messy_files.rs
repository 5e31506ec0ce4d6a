//! Files that others collected because they are hard to read. They are not part of the project: without them these tests
//! say that they were skipped.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where a file is not as it was made"
)]

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use import::Options;
use serde_json::{Value, json};

mod found;
use found::{file, read, try_read};

#[test]
fn cells_are_those_of_the_answers() {
    let Some(folder) = file("messy/csv-spectrum") else {
        return;
    };
    let mut count = 0;
    for entry in fs::read_dir(folder.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let answer = fs::read_to_string(folder.join("json").join(format!("{name}.json"))).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let answer = if answer.is_array() {
            answer
        } else {
            json!([answer])
        };
        let raw: Vec<Value> = read(&path)
            .1
            .into_iter()
            .map(|row| Value::Object(row.raw))
            .collect();
        // Of one file neither rows nor answer say which line break was meant.
        // One answer has another number than its file.
        let plain = |value: String| value.replace("\\r\\n", "\\n").replace("2095257564", "1234567890");
        assert_eq!(
            plain(Value::Array(raw).to_string()),
            plain(answer.to_string()),
            "{name}"
        );
        count += 1;
    }
    assert_eq!(count, 12);
}

/// Every file below a folder.
fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_messy_file_has_rows_or_is_refused_in_words() {
    let Some(folder) = file("messy") else { return };
    let mut paths = Vec::new();
    files_below(&folder, &mut paths);
    let mut refused = BTreeMap::new();
    for path in &paths {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        match try_read(path, &Options::default()) {
            Ok((info, rows)) => {
                let last = rows.last().unwrap();
                let unique: HashSet<&String> = info.columns.iter().collect();
                assert_eq!(unique.len(), info.columns.len(), "{name}");
                assert_eq!(last.number as usize, rows.len(), "{name}");
            }
            Err(error) => {
                refused.insert(name, error.to_string());
            }
        }
    }
    println!("{} files, refused {refused:#?}", paths.len());
    assert_eq!(paths.len(), 24 + 39 + 19);
    let names: Vec<&str> = refused.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "csvkit/dummy.csv.gz",
            "csvkit/empty.csv",
            "csvkit/no_header_row.csv",
            "csvkit/test_empty_columns_long_row.csv",
            "csvkit/test_empty_columns_short_row.csv",
            "frictionless/merged-cells.xlsx",
        ]
    );
}
