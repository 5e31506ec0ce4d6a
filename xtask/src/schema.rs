//! schema.graphql: written from the code, compared with it, and with what the core schema promises.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::pending;
use crate::run::{Workspace, say, typed};
use crate::superset;

/// The schema as it is checked in, for pages and for people.
const CHECKED_IN: &str = "schema.graphql";
/// What is not served yet.
const PENDING: &str = "schema.pending";
/// What every version of the schema promises.
const CORE: &str = "tests/core.graphql";
/// The design's own copy of it, where the design lies beside the working copy.
const CORE_OF_DESIGN: &str = "../shared/design/core.graphql";

/// Writes schema.graphql as the code has it.
pub fn write(workspace: &Workspace) -> Result<bool> {
    let sdl = served(workspace)?;
    let path = workspace.root.join(CHECKED_IN);
    // Untouched when it is right, so that what is built from it is not built again.
    if fs::read_to_string(&path).is_ok_and(|now| now == sdl) {
        println!("{CHECKED_IN} is as the code has it");
        return Ok(true);
    }
    fs::write(&path, sdl).with_context(|| format!("writing {CHECKED_IN}"))?;
    println!("wrote {CHECKED_IN}");
    Ok(true)
}

/// Checks schema.graphql against a core schema and tells the faults.
pub fn check(workspace: &Workspace, core: &Path) -> Result<bool> {
    let core = fs::read_to_string(core).with_context(|| format!("reading {}", core.display()))?;
    let faults = superset_faults(workspace, &core)?;
    for fault in &faults {
        println!("{fault}");
    }
    println!("{CHECKED_IN}: {} faults", faults.len());
    Ok(faults.is_empty())
}

/// Prints what schema.pending would have to list.
pub fn print_pending(workspace: &Workspace, core: &Path) -> Result<bool> {
    let core = fs::read_to_string(core).with_context(|| format!("reading {}", core.display()))?;
    let comparison = superset::compare(&core, &checked_in(workspace)?)?;
    print!("{}", pending::write(&comparison.missing));
    Ok(true)
}

/// What is wrong with the checked-in files, a line each.
pub fn faults(workspace: &Workspace) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    if served(workspace)? != checked_in(workspace)? {
        faults.push(format!(
            "{CHECKED_IN} is not what the code has: run cargo xtask schema"
        ));
    }
    let core = fs::read_to_string(workspace.root.join(CORE)).with_context(|| format!("reading {CORE}"))?;
    if let Ok(of_design) = fs::read_to_string(workspace.root.join(CORE_OF_DESIGN))
        && of_design != core
    {
        faults.push(format!("{CORE} is not the design's: copy {CORE_OF_DESIGN}"));
    }
    faults.extend(superset_faults(workspace, &core)?);
    Ok(faults)
}

fn superset_faults(workspace: &Workspace, core: &str) -> Result<Vec<String>> {
    let pending = match fs::read_to_string(workspace.root.join(PENDING)) {
        Ok(text) => pending::read(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeSet::new(),
        Err(error) => return Err(error).with_context(|| format!("reading {PENDING}")),
    };
    Ok(superset::faults(
        &superset::compare(core, &checked_in(workspace)?)?,
        &pending,
    ))
}

fn checked_in(workspace: &Workspace) -> Result<String> {
    fs::read_to_string(workspace.root.join(CHECKED_IN)).with_context(|| format!("reading {CHECKED_IN}"))
}

/// The schema as the code has it.
fn served(workspace: &Workspace) -> Result<String> {
    let mut command = workspace.cargo(&["run", "--quiet", "-p", "touchstone-graphql", "--example", "sdl"]);
    say(&typed(&command));
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("running {}", typed(&command)))?;
    if !output.status.success() {
        bail!("the graphql crate gave no schema");
    }
    let sdl = String::from_utf8(output.stdout).context("the schema is not UTF-8")?;
    Ok(sdl.trim_end().to_owned() + "\n")
}
