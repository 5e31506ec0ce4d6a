//! `touchstone`: the deal-flow workspace for funds that invest in AI startups, in one program.

// The schema's resolvers lie deeper in one another than the compiler looks by itself when it optimises.
#![recursion_limit = "256"]

mod assess;
mod calendar;
mod commands;
mod config;
mod database;
mod events;
mod files;
mod gate;
mod import;
mod keep;
mod pages;
mod rates;
mod ready;
mod serve;
mod turn;
mod workspaces;

use std::{io::IsTerminal, process::ExitCode};

use clap::{CommandFactory, FromArgMatches};

use commands::{Cli, run};
use config::{Configuration, LogFilter};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let configuration = match Configuration::load(cli.given, cli.config, matches) {
        Ok(configuration) => configuration,
        Err(error) => {
            eprintln!("error: {error:#}");
            return ExitCode::from(2);
        }
    };
    start_log(&configuration.settings.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: the program could not start its threads: {error}");
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(run(cli.command, &configuration)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
    }
}

/// For people in a terminal, as JSON lines otherwise. Always to stderr; where nobody reads that any more, what is done goes
/// on all the same.
fn start_log(filter: &LogFilter) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter.filter())
        // It would be told on stderr, and telling it there panics.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        log.compact().init();
    } else {
        log.json().init();
    }
}
