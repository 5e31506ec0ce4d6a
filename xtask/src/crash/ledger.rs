//! What the program acknowledged, written down where no crash of it reaches.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// A promise that the program made by answering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "camelCase")]
pub enum Acknowledged {
    /// A startup is there.
    Startup { id: String, name: String },
    /// A record of evidence is there.
    Evidence {
        id: String,
        startup: String,
        note: String,
    },
    /// A startup was changed, and is at this version since.
    Update {
        startup: String,
        version: i64,
        one_liner: String,
    },
}

/// The file of one writer.
pub struct Ledger(File);

impl Ledger {
    pub fn new(path: &Path) -> Result<Self> {
        let file = OpenOptions::new().create_new(true).append(true).open(path);
        Ok(Self(file.with_context(|| format!("making {}", path.display()))?))
    }

    /// Writes a line down for good.
    pub fn note(&mut self, acknowledged: &Acknowledged) -> Result<()> {
        let line = serde_json::to_string(acknowledged)? + "\n";
        self.0.write_all(line.as_bytes())?;
        self.0.sync_data()?;
        Ok(())
    }
}

/// Everything that the ledgers of a directory hold, those of a writer in its order.
pub fn read(dir: &Path) -> Result<Vec<Acknowledged>> {
    let mut paths = fs::read_dir(dir)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        for line in fs::read_to_string(&path)?.lines() {
            all.push(serde_json::from_str(line).with_context(|| format!("{}: {line}", path.display()))?);
        }
    }
    Ok(all)
}
