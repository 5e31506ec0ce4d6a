//! Migrations are never edited once they have landed, and new ones come last: databases out there have run
//! them already. `migrations.sha256` lists what has landed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

const LIST: &str = "migrations.sha256";

/// File names with the sums of their contents.
type Sums = BTreeMap<String, String>;

/// What is wrong with the migrations, a line each.
pub fn faults(root: &Path) -> Result<Vec<String>> {
    let (landed, there) = (landed(root)?, there(root)?);
    let mut faults = compare(&landed, &there);
    for name in there.keys().filter(|name| !landed.contains_key(*name)) {
        faults.push(format!(
            "{name} is not in {LIST}: when it is as it should be, run cargo xtask migrations"
        ));
    }
    Ok(faults)
}

/// Writes the migrations that are new into the list.
pub fn land(root: &Path) -> Result<bool> {
    let (landed, there) = (landed(root)?, there(root)?);
    let faults = compare(&landed, &there);
    for fault in &faults {
        eprintln!("{fault}");
    }
    if !faults.is_empty() {
        return Ok(false);
    }
    let mut text = String::new();
    for (name, sum) in &there {
        writeln!(text, "{sum}  migrations/{name}")?;
    }
    fs::write(root.join(LIST), text).with_context(|| format!("writing {LIST}"))?;
    for name in there.keys().filter(|name| !landed.contains_key(*name)) {
        println!("noted {name}");
    }
    Ok(true)
}

fn compare(landed: &Sums, there: &Sums) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, sum) in landed {
        match there.get(name) {
            None => faults.push(format!("{name} has landed and is gone: it must stay as it was")),
            Some(now) if now != sum => faults.push(format!(
                "{name} has landed and was edited: undo that and write a further migration"
            )),
            Some(_) => {}
        }
    }
    if let Some(last) = landed.keys().next_back() {
        for name in there
            .keys()
            .filter(|name| !landed.contains_key(*name) && *name < last)
        {
            faults.push(format!(
                "{name} is new but sorts before {last}, which has landed: give it a later time"
            ));
        }
    }
    for name in there.keys() {
        let version = name.split('_').next().unwrap_or_default();
        if version.len() != 14 || !version.bytes().all(|byte| byte.is_ascii_digit()) {
            faults.push(format!("{name} should be named YYYYMMDDHHMMSS_what.sql"));
        }
    }
    faults
}

fn landed(root: &Path) -> Result<Sums> {
    let text = match fs::read_to_string(root.join(LIST)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Sums::new()),
        Err(error) => return Err(error).with_context(|| format!("reading {LIST}")),
    };
    let mut sums = Sums::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let Some((sum, name)) = line.split_once("  migrations/") else {
            bail!("{LIST} has a line that is no sum and file: {line}");
        };
        sums.insert(name.to_owned(), sum.to_owned());
    }
    Ok(sums)
}

fn there(root: &Path) -> Result<Sums> {
    let mut sums = Sums::new();
    for entry in fs::read_dir(root.join("migrations")).context("reading migrations/")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "sql")
            && let Some(name) = path.file_name()
        {
            let sum = hex::encode(Sha256::digest(fs::read(&path)?));
            sums.insert(name.to_string_lossy().into_owned(), sum);
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_migrations(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("migrations")).unwrap();
        for (name, text) in files {
            add(&root, name, text);
        }
        root
    }

    fn add(root: &tempfile::TempDir, name: &str, text: &str) {
        fs::write(root.path().join("migrations").join(name), text).unwrap();
    }

    #[test]
    fn new_migrations_are_noted_and_then_fine() {
        let root = with_migrations(&[("20260101000000_one.sql", "a")]);
        assert_eq!(faults(root.path()).unwrap().len(), 1);
        assert!(land(root.path()).unwrap());
        assert!(faults(root.path()).unwrap().is_empty());
        add(&root, "20260102000000_two.sql", "b");
        assert!(land(root.path()).unwrap());
        assert!(faults(root.path()).unwrap().is_empty());
    }

    #[test]
    fn landed_ones_are_neither_edited_nor_removed() {
        let root = with_migrations(&[("20260101000000_one.sql", "a"), ("20260102000000_two.sql", "b")]);
        land(root.path()).unwrap();
        add(&root, "20260101000000_one.sql", "edited");
        fs::remove_file(root.path().join("migrations/20260102000000_two.sql")).unwrap();
        let faults = faults(root.path()).unwrap();
        assert!(
            faults[0].contains("one.sql has landed and was edited"),
            "{faults:?}"
        );
        assert!(faults[1].contains("two.sql has landed and is gone"), "{faults:?}");
        assert!(!land(root.path()).unwrap(), "noting them again does not heal it");
    }

    #[test]
    fn a_new_one_comes_last_and_is_named_by_its_time() {
        let root = with_migrations(&[("20260102000000_two.sql", "b")]);
        land(root.path()).unwrap();
        add(&root, "20260101000000_one.sql", "a");
        add(&root, "3_three.sql", "c");
        let faults = faults(root.path()).unwrap().join("\n");
        assert!(
            faults.contains("one.sql is new but sorts before 20260102000000_two.sql"),
            "{faults}"
        );
        assert!(faults.contains("3_three.sql should be named"), "{faults}");
        assert!(!land(root.path()).unwrap());
    }
}
