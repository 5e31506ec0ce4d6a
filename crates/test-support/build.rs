//! Gives the code a name for the state of the migrations, so that the template database made from them is
//! found again as long as they stay as they are.

use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let migrations = Path::new("../../migrations");
    println!("cargo::rerun-if-changed={}", migrations.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(migrations)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            files.push(path);
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        file.file_name().hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    println!(
        "cargo::rustc-env=TOUCHSTONE_MIGRATIONS_HASH={:016x}",
        hasher.finish()
    );
    Ok(())
}
