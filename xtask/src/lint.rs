//! `cargo xtask lint`: all that is checked without running the product.

use anyhow::Result;

use crate::failures::{Failure, first_of};
use crate::run::{Workspace, has_program, say, watched};
use crate::{arrows, migrations, schema};

/// How one check ended.
enum Outcome {
    Fine,
    Faults(Vec<String>),
    Skipped(&'static str),
}

/// Does every check, also after one that failed, and gives those that failed with the first lines of why.
pub fn run(workspace: &Workspace) -> Vec<Failure> {
    // What a check looks at, and the check.
    type Check = (&'static str, fn(&Workspace) -> Result<Outcome>);
    let checks: [Check; 7] = [
        ("format", |workspace| {
            by_status(workspace, &["fmt", "--all", "--check"])
        }),
        ("arrows between crates", |workspace| {
            let (crates, uses) = arrows::uses(workspace)?;
            Ok(of_faults(arrows::faults(&crates, &uses)))
        }),
        ("migrations", |workspace| {
            Ok(of_faults(migrations::faults(&workspace.root)?))
        }),
        ("clippy", |workspace| {
            by_status(
                workspace,
                &[
                    "clippy",
                    "--workspace",
                    "--all-targets",
                    "--quiet",
                    "--",
                    "-D",
                    "warnings",
                ],
            )
        }),
        ("schema", |workspace| Ok(of_faults(schema::faults(workspace)?))),
        ("licences, sources and duplicates", |workspace| {
            if !has_program("cargo-deny") {
                return Ok(Outcome::Skipped(
                    "cargo-deny is not installed (cargo install cargo-deny)",
                ));
            }
            by_status(workspace, &["deny", "check", "bans", "licenses", "sources"])
        }),
        ("advisories", advisories),
    ];
    let mut failed = Vec::new();
    let mut account = Vec::new();
    for (name, check) in checks {
        say(name);
        // A check that could not be done has not succeeded; the others are still worth doing.
        match check(workspace).unwrap_or_else(|error| Outcome::Faults(vec![format!("{error:#}")])) {
            Outcome::Fine => account.push(format!("fine     {name}")),
            Outcome::Skipped(reason) => account.push(format!("skipped  {name}: {reason}")),
            Outcome::Faults(faults) => {
                account.push(format!("FAILED   {name}"));
                failed.push(Failure {
                    name: name.to_owned(),
                    how: None,
                    said: faults,
                    is_flaky: false,
                });
            }
        }
    }
    println!();
    for line in account {
        println!("{line}");
    }
    failed
}

fn of_faults(faults: Vec<String>) -> Outcome {
    if faults.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Faults(faults)
    }
}

fn by_status(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome> {
    let (succeeded, said) = watched(&mut workspace.cargo(arguments))?;
    Ok(if succeeded {
        Outcome::Fine
    } else {
        Outcome::Faults(first_of(&said))
    })
}

/// Known holes in dependencies; the list of them is elsewhere and may be out of reach.
fn advisories(workspace: &Workspace) -> Result<Outcome> {
    if !has_program("cargo-deny") {
        return Ok(Outcome::Skipped(
            "cargo-deny is not installed (cargo install cargo-deny)",
        ));
    }
    let (succeeded, said) = watched(&mut workspace.cargo(&["deny", "check", "advisories"]))?;
    if succeeded {
        return Ok(Outcome::Fine);
    }
    let out_of_reach = [
        "failed to fetch advisory database",
        "failed to load advisory database",
    ];
    if out_of_reach.iter().any(|words| said.contains(words)) {
        return Ok(Outcome::Skipped(
            "the advisory database cannot be reached from here",
        ));
    }
    Ok(Outcome::Faults(first_of(&said)))
}
