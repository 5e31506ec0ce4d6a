//! `cargo xtask generate`: fills an empty workspace with made-up startups, their evidence, people, deals and history.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use local_postgres::{DataDir, Install, Server};

use crate::program::Program;
use crate::psql::Database;
use crate::run::{Workspace, say, succeeds};

/// How large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Size {
    /// 4,000 startups.
    #[value(name = "S")]
    S,
    /// 100,000 startups.
    #[value(name = "L")]
    L,
}

impl Size {
    pub fn startups(self) -> u32 {
        match self {
            Self::S => synthetic::Size::S,
            Self::L => synthetic::Size::L,
        }
    }
    pub fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::L => "L",
        }
    }
}

/// What to fill, and with how much.
#[derive(clap::Args)]
pub struct Options {
    /// How many startups: S are 4,000, L are 100,000.
    #[arg(long, value_enum)]
    size: Size,
    /// A database that the program has started on once.
    #[arg(
        long,
        value_name = "URL",
        conflicts_with = "data",
        required_unless_present = "data"
    )]
    database_url: Option<String>,
    /// A data directory of `up`, made where there is none; nobody may serve from it meanwhile.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Everything follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

/// Fills it.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let size = synthetic::Size {
        startups: options.size.startups(),
        seed: options.seed,
    };
    if !succeeds(&mut workspace.cargo(&["build", "-p", "touchstone"]))? {
        bail!("the program could not be built");
    }
    let bin = workspace.target.join("debug/touchstone");
    match (&options.database_url, &options.data) {
        (Some(url), _) => {
            fill(&Database::at(url.clone())?, size)?;
            let migrate = &mut std::process::Command::new(bin);
            succeeds(migrate.arg("migrate").env("DATABASE_URL", url))
        }
        (None, Some(data)) => {
            fill_data(&bin, &std::path::absolute(data)?, size)?;
            Ok(true)
        }
        (None, None) => bail!("say which workspace: --database-url or --data"),
    }
}

/// Fills a data directory, which is made and set up where there is none.
pub fn fill_data(bin: &Path, data: &Path, size: synthetic::Size) -> Result<()> {
    let program = program_on(bin, data)?;
    serving(&program, |database| fill(database, size))?;
    // Where what the product derives from the tables is made up for.
    say(&program.said_by(&["migrate"])?);
    Ok(())
}

/// The program on a data directory, which is made where there is none.
pub fn program_on(bin: &Path, data: &Path) -> Result<Program> {
    fs::create_dir_all(data).with_context(|| format!("making {}", data.display()))?;
    // Postgres runs as another user where we are root, and must come through.
    fs::set_permissions(data, Permissions::from_mode(0o711))?;
    Ok(Program {
        bin: bin.to_owned(),
        data: data.to_owned(),
        log: data.join("program.log"),
    })
}

/// Does something with the database of a program that runs meanwhile: it makes the cluster where there is none, migrates it
/// and sets the workspace up.
pub fn serving<T>(program: &Program, work: impl FnOnce(&Database) -> Result<T>) -> Result<T> {
    let up = program.up(&["--no-demo"])?;
    let done = Database::at(url_of(&program.data)?).and_then(|database| work(&database));
    up.stop()?;
    done
}

/// The URL of the Postgres that runs on a data directory.
pub fn url_of(data: &Path) -> Result<String> {
    let bin = std::env::var_os("TOUCHSTONE_PG_BIN").map(PathBuf::from);
    let directory = DataDir::open(data)?;
    let binaries = local_postgres::find(&directory, bin.as_deref(), &say, Install::Never)?;
    let server = Server::adopt(&local_postgres::Options::new(directory, binaries))?
        .with_context(|| format!("no Postgres runs on {}", data.display()))?;
    Ok(server.url())
}

fn fill(database: &Database, size: synthetic::Size) -> Result<()> {
    let begun = Instant::now();
    say(&format!(
        "making {} startups with seed {}",
        size.startups, size.seed
    ));
    database.carry_out(synthetic::steps(size))?;
    let afterwards = format!("set statement_timeout = 0;\n{};", synthetic::AFTERWARDS);
    database.carry_out(std::iter::once(synthetic::Step::Run(afterwards)))?;
    let counts = database.ask(
        "select 'startups', count(*) from startup union all select 'versions of startups', count(*) from startup_version \
         union all select 'evidence', count(*) from evidence union all select 'reviews', count(*) from evidence_review \
         union all select 'people', count(*) from person union all select 'deals', count(*) from deal \
         union all select 'moves', count(*) from deal_change union all select 'operations', count(*) from operation \
         union all select 'MiB', pg_database_size(current_database()) / 1048576",
    )?;
    for line in counts {
        let (what, count) = line.split_once('|').unwrap_or((&line, ""));
        println!("{count:>10} {what}");
    }
    say(&format!("filled in {:.1} s", begun.elapsed().as_secs_f64()));
    Ok(())
}
