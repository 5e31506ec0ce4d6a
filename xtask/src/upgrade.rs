//! `cargo xtask dump-demo`: keeps the demonstration as this version stores it under tests/upgrade, where a test
//! migrates each dump to the newest version.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use local_postgres::{DataDir, Install, Options, Server};

use crate::program::Program;
use crate::run::{Workspace, say, succeeds};

/// Writes the dump, named by the newest migration.
pub fn dump(workspace: &Workspace) -> Result<bool> {
    if !succeeds(&mut workspace.cargo(&["build", "-p", "touchstone"]))? {
        return Ok(false);
    }
    let version = newest(&workspace.root.join("migrations"))?;
    let place = tempfile::Builder::new().prefix("touchstone-dump-").tempdir()?;
    // Postgres runs as another user where we are root, and must come through.
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o711))?;
    let program = Program {
        bin: workspace.target.join("debug/touchstone"),
        data: place.path().join("data"),
        log: place.path().join("log"),
    };
    say("starting the demonstration");
    let up = program.up(&[])?;
    let kept = dump_of(&program.data)?;
    up.stop()?;
    let file = workspace
        .root
        .join("tests/upgrade")
        .join(format!("{version}.sql"));
    fs::write(&file, &kept).with_context(|| format!("writing {}", file.display()))?;
    say(&format!(
        "wrote tests/upgrade/{version}.sql, {} KiB",
        kept.len() / 1024
    ));
    Ok(true)
}

fn dump_of(data: &Path) -> Result<String> {
    let bin = std::env::var_os("TOUCHSTONE_PG_BIN").map(std::path::PathBuf::from);
    let data = DataDir::open(data)?;
    let binaries = local_postgres::find(&data, bin.as_deref(), &say, Install::Never)?;
    let pg_dump = binaries.preferred().bin().join("pg_dump");
    // The server that `up` keeps, which is left running.
    let server =
        Server::adopt(&Options::new(data, binaries))?.context("the demonstration's Postgres does not run")?;
    let said = Command::new(pg_dump)
        .args([
            "--inserts",
            "--rows-per-insert=100",
            "--no-owner",
            "--no-privileges",
        ])
        .arg(format!("--dbname={}", server.url_of("touchstone_demo")))
        .output()
        .context("running pg_dump")?;
    if !said.status.success() {
        bail!("pg_dump: {}", String::from_utf8_lossy(&said.stderr));
    }
    let text = String::from_utf8(said.stdout).context("reading the dump")?;
    // Lines for psql alone, and empty ones between comments.
    let kept = text
        .lines()
        .filter(|line| !line.starts_with('\\') && !line.starts_with("--") && !line.trim().is_empty())
        .map(|line| format!("{line}\n"));
    Ok(kept.collect())
}

fn newest(migrations: &Path) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(migrations)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names
        .into_iter()
        .filter_map(|name| Some(name.split_once('_')?.0.to_owned()))
        .max()
        .context("there are no migrations")
}
