//! The pass over all stored figures, as after midnight: how long it takes, how much memory, and whether what is written
//! meanwhile is in what is stored afterwards.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use domain::{StartupId, typed};
use serde::Serialize;
use serde_json::{Value, json};

use super::http::Server;
use crate::psql::Database;

/// How long it may take, and how much more memory the program may hold.
const TIME_LIMIT: Duration = Duration::from_mins(1);
const MEMORY_LIMIT_MIB: u64 = 100;
/// How many records are written meanwhile.
const WRITES: usize = 1_000;
/// How long is waited for what takes too long.
const PATIENCE: Duration = Duration::from_mins(10);
const LOOK: Duration = Duration::from_millis(100);

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Passed {
    pub size: &'static str,
    /// How many startups' figures were made anew, in how many seconds.
    pub startups: u64,
    pub seconds: f64,
    /// The most memory held above that of the idle program before it, in MiB.
    pub memory: u64,
    /// How many records were written, and in how many seconds.
    pub writes: usize,
    pub write_seconds: f64,
}

impl Passed {
    pub fn is_good(&self) -> bool {
        self.seconds <= TIME_LIMIT.as_secs_f64() && self.memory <= MEMORY_LIMIT_MIB
    }
}

impl std::fmt::Display for Passed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "pass over {} startups ({}): {:.1} s (limit {} s), {} MiB above idle (limit {MEMORY_LIMIT_MIB}); {} records written meanwhile in {:.1} s, all in what is stored",
            self.startups,
            self.size,
            self.seconds,
            TIME_LIMIT.as_secs(),
            self.memory,
            self.writes,
            self.write_seconds
        )
    }
}

/// How many rows are not of the newest rates.
const BEHIND: &str = "select count(*) from startup_assessment where rates_at is distinct from (select max(recorded_at) from exchange_rate)";

/// Measures on a program that serves, whose figures are of today. `server` may write.
pub fn measure(size: &'static str, pid: i32, database: &Database, server: &Server) -> Result<Passed> {
    let idle = resident_kib(pid)?;
    let ids: Vec<StartupId> = database
        .ask(&format!(
            "select startup_id from startup_assessment order by hashtextextended(startup_id::text, 7) limit {WRITES}"
        ))?
        .iter()
        .map(|id| Ok(typed(id.parse()?)))
        .collect::<Result<_>>()?;
    ensure!(ids.len() == WRITES, "there are only {} startups", ids.len());
    // A new rate has every row made anew, as midnight does.
    let rate = "mutation($usd: Decimal!) { recordRate(input: {currency: \"CNY\", on: \"2025-01-02\", usd: $usd}) { userErrors { message } } }";
    let known = database.ask("select count(*) from exchange_rate")?.concat();
    let usd = format!("0.14{known}1");
    let begun = Instant::now();
    done(&server.ask(&json!({ "query": rate, "variables": { "usd": usd } }).to_string())?)?;
    let startups: u64 = number(database, "select count(*) from startup_assessment")?;
    let (written, seconds, peak) = thread::scope(|scope| -> Result<_> {
        let writing = scope.spawn(|| write(server, &ids));
        let mut peak = idle;
        let mut ended = None;
        while ended.is_none() || !writing.is_finished() {
            peak = peak.max(resident_kib(pid)?);
            if ended.is_none() && number(database, BEHIND)? == 0 {
                ended = Some(begun.elapsed());
            }
            if begun.elapsed() > PATIENCE {
                bail!("the pass did not end within {} s", PATIENCE.as_secs());
            }
            thread::sleep(LOOK);
        }
        let written = writing
            .join()
            .map_err(|_| anyhow::anyhow!("the writer panicked"))??;
        Ok((written, ended.unwrap_or_default(), peak))
    })?;
    is_stored(server, &ids)?;
    Ok(Passed {
        size,
        startups,
        seconds: seconds.as_secs_f64(),
        memory: peak.saturating_sub(idle) / 1024,
        writes: ids.len(),
        write_seconds: written.as_secs_f64(),
    })
}

fn number(database: &Database, statement: &str) -> Result<u64> {
    let said = database.ask(statement)?.concat();
    said.parse().with_context(|| format!("{statement}: {said}"))
}

/// One record for each startup, one behind the other.
fn write(server: &Server, ids: &[StartupId]) -> Result<Duration> {
    let document =
        "mutation($input: RecordEvidenceInput!) { recordEvidence(input: $input) { userErrors { message } } }";
    let begun = Instant::now();
    for (n, id) in ids.iter().enumerate() {
        let input = json!({ "startup": id.to_string(), "kind": "SIGNED_CONTRACTS", "value": (n % 9 + 1).to_string(),
            "observedOn": "2025-06-30", "source": "DATA_ROOM", "sourceUrl": "https://example.com", "grade": "DOCUMENTED" });
        done(&server.ask(&json!({ "query": document, "variables": { "input": input } }).to_string())?)?;
    }
    Ok(begun.elapsed())
}

fn done(answer: &Value) -> Result<()> {
    let errors = answer
        .as_object()
        .and_then(|fields| fields.values().next())
        .map(|payload| &payload["userErrors"]);
    ensure!(errors == Some(&json!([])), "a mutation was refused: {answer}");
    Ok(())
}

/// What is stored of these startups is what the formula says of their records now.
fn is_stored(server: &Server, ids: &[StartupId]) -> Result<()> {
    let document = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Startup { id conviction demand claimedDemand hypeGap bestGrade hasProof names: flags { flag } \
        assessment { conviction demand claimedDemand hypeGap bestGrade hasProof names: flags { flag } } \
        evidence(first: 1, filter: {kinds: [SIGNED_CONTRACTS], observedFrom: \"2025-06-30\", observedTo: \"2025-06-30\"}) { totalCount } } } }";
    for some in ids.chunks(100) {
        let ids: Vec<String> = some.iter().map(ToString::to_string).collect();
        let answer = server.ask(&json!({ "query": document, "variables": { "ids": ids } }).to_string())?;
        for node in answer["nodes"].as_array().context("nodes")? {
            let computed = node["assessment"].as_object().context("an assessment")?;
            for (name, value) in computed {
                ensure!(
                    &node[name] == value,
                    "{name} is stored otherwise than computed: {node}"
                );
            }
            ensure!(
                node["evidence"]["totalCount"] != json!(0),
                "a record is missing: {node}"
            );
        }
    }
    Ok(())
}

fn resident_kib(pid: i32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).context("the program is not running")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let figure = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    figure.context("the status of the program tells no VmRSS")
}
