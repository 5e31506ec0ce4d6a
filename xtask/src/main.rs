//! What the team runs: `cargo xtask test`, `lint`, `schema`, `migrations`, `crash`, `generate`, `bench`, `plans`.

mod arrows;
mod bench;
mod crash;
mod failures;
mod generate;
mod lint;
mod migrations;
mod needs;
mod pending;
mod plans;
mod program;
mod psql;
mod run;
mod schema;
mod superset;
mod tally;
mod test;
mod upgrade;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "What the team runs")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run all tests: Rust, then the npm project under tests/npm. The last line sums them up.
    Test(test::Options),
    /// Check format, clippy, the arrows between crates, the schema, the migrations and the licences.
    Lint,
    /// Write schema.graphql from the code, or check it.
    Schema {
        /// Instead of writing, check that nothing is missing in it from this schema but what schema.pending lists.
        #[arg(long, value_name = "FILE")]
        check: Option<PathBuf>,
        /// Instead of writing, print what schema.pending would have to list against this schema.
        #[arg(long, value_name = "FILE", conflicts_with = "check")]
        pending: Option<PathBuf>,
    },
    /// Kill the program and its Postgres in the middle of writes, again and again, and ask afterwards for everything
    /// that was acknowledged.
    Crash(crash::Options),
    /// Fill an empty workspace with made-up startups, their evidence, people, deals and history.
    Generate(generate::Options),
    /// Measure the product against plain SQL on the same database.
    Bench(bench::Options),
    /// Write down how the database carries out the pipeline's questions on a large workspace.
    Plans(plans::Options),
    /// Note the sums of migrations that are new, after which they are not to be edited any more.
    Migrations,
    /// Keep the demonstration as this version stores it under tests/upgrade.
    DumpDemo,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well; an error is that it could not even be tried.
fn run(arguments: Arguments) -> Result<bool> {
    let workspace = run::Workspace::find()?;
    match arguments.command {
        Command::Test(options) => test::run(&workspace, &options),
        Command::Lint => {
            let failed = lint::run(&workspace);
            for failure in &failed {
                println!("{failure}");
            }
            Ok(failed.is_empty())
        }
        Command::Schema {
            check: Some(core), ..
        } => schema::check(&workspace, &core),
        Command::Schema {
            pending: Some(core), ..
        } => schema::print_pending(&workspace, &core),
        Command::Schema { .. } => schema::write(&workspace),
        Command::DumpDemo => upgrade::dump(&workspace),
        Command::Crash(options) => crash::run(&workspace, &options),
        Command::Generate(options) => generate::run(&workspace, &options),
        Command::Bench(options) => bench::run(&workspace, &options),
        Command::Plans(options) => plans::run(&workspace, &options),
        Command::Migrations => migrations::land(&workspace.root),
    }
}
