//! `cargo xtask bench`: the product's answers over HTTP against the same work in plain SQL on the same database, by turns.
//!
//! Plain SQL is one prepared statement a request, sent by pgbench, which costs next to nothing itself. Both get the same
//! connections, the same records, and are compared before anything is timed: a fast wrong answer counts as none.

mod figures;
pub mod http;
mod import;
mod items;
mod pass;
pub mod raw;
mod report;
mod writes;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::generate::{self, Size};
use crate::program::Program;
use crate::psql::Database;
use crate::run::{Workspace, say, succeeds};
use items::{Item, Variant};
use report::{Measured, Report};

/// What to measure, and for how long.
#[derive(clap::Args)]
pub struct Options {
    /// On how many startups: S are 4,000, L are 100,000. Left out: both.
    #[arg(long, value_enum)]
    size: Option<Size>,
    /// Only these items, such as Q1,Q6a, import or pass.
    #[arg(long, value_delimiter = ',', value_name = "ITEM")]
    only: Vec<String>,
    /// For how long each side is measured in a round.
    #[arg(long, default_value_t = 4)]
    seconds: u32,
    /// How many rounds there are, of which the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// How many requests are under way at a time.
    #[arg(long, default_value_t = 16)]
    connections: u32,
    /// The program to measure, instead of the release build that is made for it.
    #[arg(long, value_name = "PATH")]
    bin: Option<PathBuf>,
}

/// How many rows the list has that is imported.
const LIST: u32 = 100_000;
/// By which seed the databases are filled.
const SEED: u32 = 1;
/// Who asks: an analyst, who may not see every deal.
pub const USER: &str = "member1@fund.example";
/// As many requests as the configuration allows: it is not the limiter that is measured.
const CONFIGURATION: &str = "[limits]\nrequests_per_minute = 1000000\n";

/// Measures, and tells whether every item is within a fifth of its target.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let mut only = options.only.clone();
    let mut is_asked = |name: &str| {
        let before = only.len();
        only.retain(|item| !item.eq_ignore_ascii_case(name));
        options.only.is_empty() || only.len() < before
    };
    let (imports, passes) = (is_asked("import"), is_asked("pass"));
    let reads = options.only.is_empty() || !only.is_empty();
    let wanted = if reads { items::all(&only)? } else { Vec::new() };
    let bin = if let Some(bin) = &options.bin {
        std::path::absolute(bin)?
    } else {
        // As it is released: what makes the next build faster makes this one slower.
        let mut build = workspace.cargo(&["build", "--release", "-p", "touchstone"]);
        if !succeeds(build.env("CARGO_INCREMENTAL", "0"))? {
            bail!("the program could not be built");
        }
        workspace.target.join("release/touchstone")
    };
    let mut report = Report::default();
    if imports {
        let imported = import::measure(&bin, &workspace.target.join("bench"), LIST)?;
        println!("{imported}");
        report.imported = Some(imported);
    }
    let sizes = match options.size {
        _ if !reads && !passes => Vec::new(),
        Some(size) => vec![size],
        None => vec![Size::S, Size::L],
    };
    for size in sizes {
        let data = ready(&workspace.target.join("bench"), &bin, size)?;
        measure(&bin, &data, size, (&wanted, passes), options, &mut report)?;
    }
    print!("{report}");
    let file = workspace.target.join("bench.json");
    fs::write(&file, report.to_json()?).with_context(|| format!("writing {}", file.display()))?;
    say(&format!("written to {}", file.display()));
    Ok(report.is_good())
}

/// The data directory of a size, filled once for this state of migrations and generator.
pub fn ready(home: &Path, bin: &Path, size: Size) -> Result<PathBuf> {
    let steps = synthetic::steps(synthetic::Size {
        startups: 100,
        seed: SEED,
    });
    let state = steps.fold(Sha256::new(), |sum, step| sum.chain_update(format!("{step:?}")));
    let data = home.join(format!(
        "{}-{}",
        size.letter(),
        &hex::encode(state.finalize())[..12]
    ));
    let mark = data.join("filled");
    if !mark.is_file() {
        // Left by a run that broke off.
        if data.exists() {
            fs::remove_dir_all(&data).with_context(|| format!("clearing {}", data.display()))?;
        }
        generate::fill_data(
            bin,
            &data,
            synthetic::Size {
                startups: size.startups(),
                seed: SEED,
            },
        )?;
        fs::write(&mark, "")?;
    }
    Ok(data)
}

fn measure(
    bin: &Path,
    data: &Path,
    size: Size,
    (wanted, passes): (&[Item], bool),
    options: &Options,
    report: &mut Report,
) -> Result<()> {
    let configuration = data.join("touchstone.toml");
    fs::write(&configuration, CONFIGURATION)?;
    let program = Program {
        bin: bin.to_owned(),
        data: data.to_owned(),
        log: data.join("program.log"),
    };
    // The figures of a database that was filled on another day are those of that day.
    program.said_by(&["migrate"])?;
    let up = program.up(&["--no-demo", "--config", &configuration.to_string_lossy()])?;
    let database = Database::at(generate::url_of(data)?)?;
    let server_with = |scope: &str| {
        let token = program.said_by(&[
            "token", "create", "--user", USER, "--scope", scope, "--name", "bench",
        ])?;
        http::Server::new(&up.url, &token)
    };
    let server = server_with("READ")?;
    let writer = server_with("READ,WRITE")?;
    let duration = Duration::from_secs(u64::from(options.seconds));
    let log = local_postgres::DataDir::open(data)?.log();
    for item in wanted {
        let variants = item.variants(&database, &server, &log)?;
        let statements =
            raw::statements_of(&database, &log, || server.ask(&variants[0].body).map(drop))?.len();
        for variant in &variants {
            compare(item, variant, &database, &server)?;
        }
        let bodies: Vec<&str> = variants.iter().map(|variant| variant.body.as_str()).collect();
        let scripts = raw::Scripts::write(&variants)?;
        // Once for the caches of both.
        server.load(&bodies, options.connections, Duration::from_secs(1))?;
        let disturbance = item.disturbance(&database, &writer)?;
        let mut rounds = Vec::new();
        for _ in 0..options.rounds {
            let raw = scripts.run(&database, options.connections, options.seconds)?;
            let load = || server.load(&bodies, options.connections, duration);
            let ours = match &disturbance {
                Some(write) => write.beside(load)?,
                None => load()?,
            };
            rounds.push((raw, ours));
        }
        let measured = Measured {
            item: item.name,
            what: item.what,
            size: size.letter(),
            target: item.target(size),
            statements,
            rounds,
        };
        println!("{}", measured.line());
        report.measured.push(measured);
    }
    // Last, as it writes.
    if passes {
        let passed = pass::measure(size.letter(), up.pid(), &database, &writer)?;
        println!("{passed}");
        report.passed.push(passed);
    }
    up.stop()?;
    Ok(())
}

/// Both say the same, or nothing is timed.
fn compare(item: &Item, variant: &Variant, database: &Database, server: &http::Server) -> Result<()> {
    let ours = items::plain(server.ask(&variant.body)?);
    let said = database.ask(&variant.raw)?.join("\n");
    let raw: serde_json::Value =
        serde_json::from_str(&said).with_context(|| format!("{}: plain SQL said {said}", item.name))?;
    if ours != raw {
        let (ours, raw) = (ours.to_string(), raw.to_string());
        let at = ours.bytes().zip(raw.bytes()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| {
            let bytes = &text.as_bytes()[at.saturating_sub(200)..text.len().min(at + 100)];
            String::from_utf8_lossy(bytes).into_owned()
        };
        bail!(
            "{} is answered differently.\nover HTTP: …{}…\nplain SQL: …{}…\nasked: {}",
            item.name,
            near(&ours),
            near(&raw),
            variant.body
        );
    }
    if item.is_empty(&ours) {
        bail!(
            "{} is answered with nothing, which says nothing: {ours}",
            item.name
        );
    }
    Ok(())
}
