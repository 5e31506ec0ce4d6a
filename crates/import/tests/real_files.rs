//! The reader on files as they are found in the world. They are not part of the project: without them these tests say
//! that they were skipped.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use import::{Format, LineEnds, Options, Reader, Row, Source, Unreadable, open};

/// The folder of files from elsewhere, beside the repository.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    test_support::skip(&format!("no files from elsewhere in {}", folder.display()));
    None
}

fn rows_of(path: &Path, options: &Options) -> (import::FileInfo, Vec<Row>) {
    let bytes = fs::read(path).unwrap();
    let reader = reader(path, &bytes, options).unwrap_or_else(|error| panic!("{error}"));
    (reader.info().clone(), reader.collect())
}

fn reader<'a>(path: &'a Path, bytes: &'a [u8], options: &Options) -> Result<Reader<'a>, Unreadable> {
    let file_name = path.file_name().and_then(|name| name.to_str());
    open(Source { file_name, bytes }, options)
}

#[test]
fn dump() {
    let Ok(which) = std::env::var("DUMP") else { return };
    let (info, rows) = rows_of(Path::new(&which), &Options::default());
    println!("{info:#?}\n{} rows", rows.len());
    let mut errors = 0;
    for row in &rows {
        if std::env::var_os("ALL").is_some() {
            println!("{} {}", row.number, serde_json::to_string(&row.said).unwrap());
        }
        for e in &row.errors {
            errors += 1;
            println!("  {} {e:?}", row.number);
        }
        for e in &row.notes {
            println!("  {} note {e:?}", row.number);
        }
        if let Some(e) = &row.skip {
            println!("  {} skip {e:?}", row.number);
        }
    }
    println!("{errors} errors");
    let mut p: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        if let Some(l) = &row.said.proposed_layer {
            *p.entry(format!("{} {}", l.value, l.words)).or_default() += 1;
        }
        for l in &row.said.proposed_sectors {
            *p.entry(format!("{} {}", l.value, l.words)).or_default() += 1;
        }
    }
    println!("{p:#?}");
    let _ = (Format::Csv, LineEnds::Cr, data());
}
