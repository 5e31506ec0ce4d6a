//! `cargo xtask plans`: how the database carries out what the pipeline asks, on a large workspace, written down beside
//! the tests of plans. A question of a bounded period, or as of an instant, never reads the whole of a history.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::bench::{self, http::Server, raw};
use crate::generate::{self, Size};
use crate::program::Program;
use crate::psql::Database;
use crate::run::{Workspace, say, succeeds};

/// Where plans are written to.
const FOLDER: &str = "crates/storage/tests/plans";

/// On what to look.
#[derive(clap::Args)]
pub struct Options {
    /// How many startups: S are 4,000, L are 100,000.
    #[arg(long, value_enum, default_value = "L")]
    size: Size,
    /// The program to ask, instead of the debug build that is made for it.
    #[arg(long, value_name = "PATH")]
    bin: Option<PathBuf>,
}

/// Tables that only grow.
const HISTORIES: [&str; 7] = [
    "deal_change",
    "deal_version",
    "startup_version",
    "evidence",
    "evidence_review",
    "activity",
    "operation_order",
];

/// What is asked: a name and a document. All are of a bounded period or as of an instant, but the board of now, which
/// reads no history.
fn questions() -> Vec<(&'static str, Value)> {
    let span = "from: \"2026-01-01T00:00:00Z\", to: \"2026-03-31T00:00:00Z\"";
    let days = "from: \"2026-01-01\", to: \"2026-03-31\"";
    let then = "asOf: \"2026-04-15T00:00:00Z\"";
    let board = "{ totalCount columns { dealCount staleCount medianDaysInStage amount { low high currency } deals(first: 72) { nodes { id } } } }";
    let funnel = "{ opened stages { entered advanced passed stillThere medianDays } }";
    let flow = "{ start opened advanced passed invested }";
    let source = "{ channel who deals reachedDiligence invested newStartups lastNewAt }";
    let diff = "{ opened { id } moved { deal { id } } closed { deal { id } } }";
    let question = |name: &'static str, text: String| (name, json!({ "query": format!("{{ {text} }}") }));
    vec![
        question("the board", format!("pipeline {board}")),
        question("the board as of an instant", format!("pipeline({then}) {board}")),
        // The stages of a workspace that was just made are known since: only then are there columns with cards.
        question(
            "the cards as of an instant",
            format!("pipeline(asOf: \"2100-01-01T00:00:00Z\") {board}"),
        ),
        question("the funnel of a cohort", format!("funnel({span}) {funnel}")),
        question(
            "the funnel of a cohort as of an instant",
            format!("funnel({span}, {then}) {funnel}"),
        ),
        question(
            "the funnel of moves",
            format!("funnel({span}, view: ACTIVITY) {funnel}"),
        ),
        question(
            "the funnel of moves as of an instant",
            format!("funnel({span}, view: ACTIVITY, {then}) {funnel}"),
        ),
        question("the flow", format!("flow({days}) {flow}")),
        question(
            "the flow as of an instant",
            format!("flow({days}, {then}) {flow}"),
        ),
        question("what sources bring", format!("sourceQuality({span}) {source}")),
        question(
            "what sources bring as of an instant",
            format!("sourceQuality({span}, {then}) {source}"),
        ),
        question(
            "what changed in a week",
            format!("pipelineDiff(from: \"2026-03-24T00:00:00Z\", to: \"2026-03-31T00:00:00Z\") {diff}"),
        ),
    ]
}

/// Writes the plans down, and tells whether none of them reads the whole of a history.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let bin = match &options.bin {
        Some(bin) => std::path::absolute(bin)?,
        None if succeeds(&mut workspace.cargo(&["build", "-p", "touchstone"]))? => {
            workspace.target.join("debug/touchstone")
        }
        None => bail!("the program could not be built"),
    };
    let data = bench::ready(&workspace.target.join("bench"), &bin, options.size)?;
    let program = Program {
        bin,
        data: data.clone(),
        log: data.join("program.log"),
    };
    let up = program.up(&["--no-demo"])?;
    let database = Database::at(generate::url_of(&data)?)?;
    let token = program.said_by(&[
        "token",
        "create",
        "--user",
        bench::USER,
        "--scope",
        "READ",
        "--name",
        "plans",
    ])?;
    let server = Server::new(&up.url, &token)?;
    let log = local_postgres::DataDir::open(&data)?.log();
    let mut text = format!(
        "How the pipeline's questions are carried out on {} startups; written by cargo xtask plans\n",
        options.size.startups()
    );
    let mut whole = Vec::new();
    for (name, body) in questions() {
        let sent = raw::statements_of(&database, &log, || server.ask(&body.to_string()).map(drop))?;
        let sent: BTreeSet<String> = sent.into_iter().filter(|sql| is_of_the_pipeline(sql)).collect();
        if sent.is_empty() {
            bail!("{name}: no statement of it is in the database's log");
        }
        writeln!(text, "\n# {name}")?;
        let mut plans = BTreeSet::new();
        for statement in sent {
            let plan = database
                .ask(&format!("explain (costs off) {statement}"))
                .with_context(|| format!("{name}: {statement}"))?;
            plans.insert(without_values(&plan.join("\n")));
        }
        for plan in plans {
            whole.extend(read_whole(&plan).map(|table| format!("{name} reads the whole of {table}")));
            writeln!(text, "\n{plan}")?;
        }
    }
    up.stop()?;
    let folder = workspace.root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{}.txt", options.size.letter()));
    fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    say(&format!("wrote {}", file.display()));
    for fault in &whole {
        println!("{fault}");
    }
    Ok(whole.is_empty())
}

/// Whether a statement is of the question, and not of what the program does beside it.
fn is_of_the_pipeline(statement: &str) -> bool {
    let is_read = statement.starts_with("select") || statement.starts_with("with");
    is_read
        && ["deal d", "deal_version", "deal_change"]
            .iter()
            .any(|table| statement.contains(table))
}

/// The histories that a plan reads from end to end.
fn read_whole(plan: &str) -> impl Iterator<Item = &'static str> {
    HISTORIES.into_iter().filter(|table| {
        plan.lines().any(|line| {
            line.split_once("Seq Scan on ")
                .and_then(|(_, rest)| rest.split_whitespace().next())
                == Some(table)
        })
    })
}

/// A plan without the values in it, which are of one workspace.
fn without_values(plan: &str) -> String {
    let mut text = String::new();
    for (n, part) in plan.split('\'').enumerate() {
        text.push_str(if n % 2 == 0 { part } else { "'…'" });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_read_of_a_history_is_noticed_and_of_another_table_is_not() {
        let found = |plan: &str| read_whole(plan).collect::<Vec<_>>();
        assert_eq!(
            found("Limit\n  ->  Parallel Seq Scan on deal_change c"),
            ["deal_change"]
        );
        assert!(found("Seq Scan on stage_version\n  ->  Index Scan using x on deal_change").is_empty());
        assert!(found("Seq Scan on deal_changes").is_empty());
    }

    #[test]
    fn values_are_left_out_of_a_plan() {
        assert_eq!(without_values("a = 'x'::text and b"), "a = '…'::text and b");
    }
}
