//! Files as they are found in the world, in the folder beside the repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

use import::{FileInfo, Options, Row, Source, Unreadable, open};

/// A file from elsewhere, in the folder beside the repository.
pub fn file(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if path.exists() {
        return Some(path);
    }
    test_support::skip(&format!("{} is not here", path.display()));
    None
}

pub fn try_read(path: &Path, options: &Options) -> Result<(FileInfo, Vec<Row>), Unreadable> {
    let bytes = fs::read(path).unwrap();
    let file_name = path.file_name().and_then(|name| name.to_str());
    let source = Source {
        file_name,
        bytes: &bytes,
    };
    let reader = open(source, options)?;
    Ok((reader.info().clone(), reader.collect()))
}

pub fn read(path: &Path) -> (FileInfo, Vec<Row>) {
    try_read(path, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}
