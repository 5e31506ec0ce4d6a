//! `cargo xtask crash`: kills the program and its Postgres in the middle of writes, again and again, and asks
//! afterwards for everything that was acknowledged.

mod api;
mod compare;
mod kill;
mod ledger;
mod report;
mod writer;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;

use crate::program::{Program, Up};
use crate::run::{Workspace, say, succeeds};
use api::Api;
use compare::{Told, compare};
use kill::{Fate, kill_all, processes};
use ledger::Ledger;
use report::{Report, Seen};
use writer::{Shared, Writer};

const WRITERS: u32 = 8;
/// How many writes are acknowledged in a round before somebody dies: at least the first, fewer than the second.
const WRITES_PER_ROUND: std::ops::Range<u64> = 105..140;
/// How much longer the kill waits, so that it falls into any moment of a write.
const DELAY_MICROS: std::ops::Range<u64> = 0..30_000;
/// How long anything may take before the trial is given up.
const PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(10);

/// How to try it.
#[derive(clap::Args)]
pub struct Options {
    /// How many times somebody is killed.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Decides what is written, who is killed, and when.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The program to try, instead of one that is built for it.
    #[arg(long, value_name = "PATH")]
    bin: Option<PathBuf>,
    /// Build it with the release profile.
    #[arg(long, conflicts_with = "bin")]
    release: bool,
}

/// Tries it, and tells whether every promise was kept.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let begun = Instant::now();
    // Others can enter it, as root's Postgres runs as another user.
    let home = tempfile::Builder::new()
        .prefix("touchstone-crash-")
        .permissions(Permissions::from_mode(0o711))
        .tempdir()?;
    let ledgers = home.path().join("acknowledged");
    fs::create_dir(&ledgers)?;
    let program = Program {
        bin: bin(workspace, options)?,
        data: home.path().join("data"),
        log: home.path().join("program.log"),
    };
    say(&format!(
        "{} rounds with seed {} on {}",
        options.rounds,
        options.seed,
        home.path().display()
    ));
    let outcome = try_it(&program, &ledgers, options, begun);
    if !matches!(outcome, Ok(true)) {
        println!("left for a look: {}", home.keep().display());
    }
    outcome
}

fn bin(workspace: &Workspace, options: &Options) -> Result<PathBuf> {
    if let Some(bin) = &options.bin {
        return std::path::absolute(bin).context("finding the program");
    }
    let (profile, directory) = if options.release {
        ("release", "release")
    } else {
        ("dev", "debug")
    };
    if !succeeds(&mut workspace.cargo(&["build", "-p", "touchstone", "--profile", profile]))? {
        bail!("the program could not be built");
    }
    Ok(workspace.target.join(directory).join("touchstone"))
}

fn try_it(program: &Program, ledgers: &Path, options: &Options, begun: Instant) -> Result<bool> {
    let up = program.up(&["--no-demo"])?;
    let shared = Shared::default();
    shared.moved_to(&up.url);
    let mut writers = Vec::new();
    let mut tokens = Vec::new();
    for number in 0..WRITERS {
        // A user each: the API counts the requests of a user.
        let user = format!("writer{number}@fund.example");
        program.said_by(&["user", "add", &user, "--name", &user, "--role", "ADMIN"])?;
        let token = program.said_by(&["token", "create", "--user", &user, "--scope", "READ,WRITE,ADMIN"])?;
        let ledger = Ledger::new(&ledgers.join(format!("writer-{number:02}.jsonl")))?;
        writers.push(Writer::new(number, options.seed, token.clone(), ledger));
        tokens.push(token);
    }
    let api = Api::new(tokens.swap_remove(0));

    let mut trial = Trial {
        program,
        shared: &shared,
        api: &api,
        up,
        random: StdRng::seed_from_u64(options.seed),
        fate: Fate::default(),
        seen: Seen::default(),
    };
    let broken = thread::scope(|scope| {
        let writing: Vec<_> = writers
            .into_iter()
            .map(|writer| scope.spawn(|| writer.run(&shared)))
            .collect();
        let mut broken = Vec::new();
        for number in 1..=options.rounds {
            if let Err(error) = trial.round(number) {
                broken.push(format!("round {number}: {error:#}"));
                break;
            }
        }
        shared.stopping.store(true, Ordering::Release);
        for writer in writing {
            match writer.join() {
                Ok(Ok(())) => {}
                Ok(Err(error)) => broken.push(format!("{error:#}")),
                Err(_) => broken.push("a writer panicked".into()),
            }
        }
        broken
    });

    let Trial { up, seen, .. } = trial;
    let acknowledged = ledger::read(ledgers)?;
    let verdict = compare(&acknowledged, &Told::ask(&api, &up.url)?);
    let doctor_is_content = program.said_by(&["doctor"]).is_ok();
    let stopped_in_order = up.stop()?;
    let report = Report {
        rounds: options.rounds,
        seed: options.seed,
        acknowledged: acknowledged.len() as u64,
        repeated: shared.repeated.load(Ordering::Acquire),
        seen,
        broken,
        verdict,
        doctor_is_content,
        stopped_in_order,
        seconds: begun.elapsed().as_secs_f64(),
    };
    print!("{report}");
    Ok(report.is_good())
}

/// The trial while it runs.
struct Trial<'a> {
    program: &'a Program,
    shared: &'a Shared,
    api: &'a Api,
    up: Up,
    random: StdRng,
    fate: Fate,
    seen: Seen,
}

impl Trial<'_> {
    /// One death and what follows: writes until the moment has come, the kill, and the wait until it answers again.
    fn round(&mut self, number: u32) -> Result<()> {
        let Self {
            program,
            shared,
            api,
            up,
            random,
            fate,
            seen,
        } = self;
        // Drawn first and in one order, so that a seed means the same whatever happens in between.
        let victim = fate.next(random);
        let writes = random.random_range(WRITES_PER_ROUND);
        let delay = Duration::from_micros(random.random_range(DELAY_MICROS));
        let session = random.random();

        let goal = shared.acknowledged.load(Ordering::Acquire) + writes;
        wait_until("the writes of the round", || {
            shared.acknowledged.load(Ordering::Acquire) >= goal
        })?;
        let doomed = processes(victim, program, up, session)?;
        thread::sleep(delay);
        // Not polled: the moment between two writes of all writers is far shorter than that.
        let in_flight = loop {
            let in_flight = shared.in_flight.load(Ordering::Acquire);
            if in_flight > 0 {
                break in_flight;
            }
            std::hint::spin_loop();
        };
        kill_all(&doomed);
        let killed = Instant::now();
        *seen.kills.entry(victim).or_default() += 1;
        seen.with_a_write_in_flight += u32::from(in_flight > 0);

        if !victim.includes_program() {
            // It has to go on by itself, and Postgres with it.
            wait_until("an answer", || {
                !up.is_running()
                    || api
                        .ask(&up.url, "{ startups(first: 1) { nodes { id } } }", &json!({}))
                        .is_ok()
            })?;
        }
        if !up.is_running() || victim.includes_program() {
            seen.ended_by_itself += u32::from(!victim.includes_program());
            up.bury()?;
            *up = program.up(&["--no-demo"])?;
            shared.moved_to(&up.url);
        }
        let recovery = killed.elapsed();
        seen.slowest_recovery = seen.slowest_recovery.max(recovery);
        println!(
            "round {number:>3}: {} killed with {in_flight} writes in flight; back after {:.1} s",
            victim.words(),
            recovery.as_secs_f64()
        );
        Ok(())
    }
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        if Instant::now() > deadline {
            bail!("waited in vain for {what}");
        }
        thread::sleep(POLL);
    }
    Ok(())
}
