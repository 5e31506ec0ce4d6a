//! `cargo xtask test`: everything in one command.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::failures::{self, Failure};
use crate::lint;
use crate::needs;
use crate::run::{Workspace, has_program, say, watched};
use crate::tally::{Runner, Tally};

/// How to run the tests.
#[derive(clap::Args)]
pub struct Options {
    /// Run only the Rust tests whose name contains this, and leave out the npm project.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Leave out what needs a browser.
    #[arg(long)]
    without_browser: bool,
    /// Do the checks of `cargo xtask lint` first; each that fails counts as a failed test.
    #[arg(long)]
    with_lint: bool,
}

/// Runs them and sums them up in the last line.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let npm_dir = workspace.root.join("tests/npm");
    let has_npm = npm_dir.join("package.json").is_file();
    let with_npm = has_npm && options.filter.is_none();
    let npm_runs = with_npm && (!options.without_browser || has_program("npm"));
    let (runner, runner_name) = if has_program("cargo-nextest") {
        (Runner::Nextest, "cargo nextest")
    } else {
        (Runner::CargoTest, "cargo test")
    };
    say(&format!(
        "about to: {}look for Postgres, Python{}; build the program; run the Rust tests with {runner_name}{}",
        if options.with_lint { "do the checks; " } else { "" },
        if npm_runs && !options.without_browser {
            ", npm and a browser"
        } else if npm_runs {
            " and npm"
        } else {
            ""
        },
        if npm_runs {
            "; run the npm project in tests/npm"
        } else {
            ""
        },
    ));
    needs::postgres()?;
    needs::python()?;
    let browser = if npm_runs {
        needs::npm(!options.without_browser)?
    } else {
        None
    };

    let skip_log = workspace.target.join("skipped-tests.log");
    fs::create_dir_all(&workspace.target)?;
    fs::write(&skip_log, "").with_context(|| format!("emptying {}", skip_log.display()))?;
    let program = workspace.target.join("debug/touchstone");
    let prepare = |command: &mut Command| {
        command
            .env("TOUCHSTONE_SKIP_LOG", &skip_log)
            .env("TOUCHSTONE_BIN", &program);
        if let Some(browser) = &browser {
            command.env("CHROME_BIN", browser);
        }
        if options.without_browser {
            command.env("TOUCHSTONE_WITHOUT_BROWSER", "1");
        }
    };

    let mut total = Tally::default();
    let mut parts = Vec::new();
    let mut failed = Vec::new();
    if options.with_lint {
        failed = lint::run(workspace);
        total.failed += failed.len() as u64;
        if !failed.is_empty() {
            parts.push("the checks failed");
        }
    }
    // With the tests of its own package the program itself is built too, once and with the same features.
    let (built, said) = watched(&mut rust_tests(workspace, runner, None, true))?;
    let mut of_rust = Tally::default();
    if built {
        let mut rust = rust_tests(workspace, runner, options.filter.as_deref(), false);
        prepare(&mut rust);
        let (succeeded, said) = watched(&mut rust)?;
        of_rust = Tally::read(runner, &said, succeeded);
        failed.extend(failures::read(runner, &said));
        if !succeeded {
            parts.push("the Rust tests failed");
        }
    } else {
        failed.push(Failure {
            name: "building the program and its tests".to_owned(),
            how: None,
            said: failures::first_of(&said),
            is_flaky: false,
        });
        of_rust.failed += 1;
    }
    total += of_rust;

    if npm_runs && built {
        for arguments in [npm_install(&npm_dir), &["test"]] {
            let mut npm = Command::new("npm");
            npm.args(arguments).current_dir(&npm_dir);
            prepare(&mut npm);
            let (succeeded, said) = watched(&mut npm)?;
            if !succeeded {
                parts.push("the npm project failed");
            }
            if arguments == ["test"] || !succeeded {
                total += Tally::read(Runner::Npm, &said, succeeded);
                failed.extend(failures::read(Runner::Npm, &said));
            }
            if !succeeded {
                break;
            }
        }
    }

    let skipped = fs::read_to_string(&skip_log)?;
    let skipped: Vec<&str> = skipped.lines().collect();
    println!();
    for line in &skipped {
        println!("{line}");
    }
    if of_rust.skipped > 0 {
        let why = if options.filter.is_some() {
            "--filter does not choose"
        } else {
            "are marked to be ignored"
        };
        println!("SKIPPED: {} Rust tests that {why}", of_rust.skipped);
    }
    if has_npm && !npm_runs {
        let reason = if options.filter.is_some() {
            "--filter names Rust tests"
        } else {
            "npm is not installed"
        };
        println!("SKIPPED: the npm project in tests/npm, as {reason}");
    } else if npm_runs && options.without_browser {
        println!("SKIPPED: what needs a browser, by --without-browser");
    }
    for part in &parts {
        println!("FAILED: {part}");
    }
    for failure in &failed {
        println!("{failure}");
    }
    println!("{}", total.without_skipped(skipped.len() as u64));
    Ok(parts.is_empty() && total.failed == 0)
}

/// The run of the Rust tests, or only their build.
fn rust_tests(workspace: &Workspace, runner: Runner, filter: Option<&str>, only_build: bool) -> Command {
    let mut command = match runner {
        Runner::Nextest => workspace.cargo(&["nextest", "run", "--workspace"]),
        _ => workspace.cargo(&["test", "--workspace"]),
    };
    command.arg(if only_build { "--no-run" } else { "--no-fail-fast" });
    command.args(filter);
    command
}

fn npm_install(dir: &std::path::Path) -> &'static [&'static str] {
    if dir.join("package-lock.json").is_file() {
        &["ci"]
    } else {
        &["install", "--no-save"]
    }
}
