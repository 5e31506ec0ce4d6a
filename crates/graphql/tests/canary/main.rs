//! What is restricted does not exist for others, whichever way they ask.
//!
//! Words that stand nowhere else are put into restricted deals and all that hangs on them. Then every path of the schema,
//! as introspection tells it, is walked: its team and an administrator must find every word, and where is written down
//! in `paths.txt`; everybody else must find none. And as a missing startup or another count tells as much as a word,
//! the whole answer to every question is compared with that of a fund in which the deals never were.
//!
//! New fields join by themselves and change `paths.txt`, which `TOUCHSTONE_WRITE_PATHS=1` writes anew.
//! Pages and exports that ask through this schema are covered by it; what reads the database otherwise is not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

extern crate touchstone_graphql as graphql;

#[path = "../fund/mod.rs"]
mod fund;
mod shape;
mod tries;
mod walk;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use app::Identity;
use serde_json::json;

use shape::{INTROSPECTION, Shape};
use walk::{Found, Question, questions};
use world::{BLIND, World};

/// How many records behind a record are looked into; each more costs ten times the time.
const DEEPEST: usize = 2;

async fn told(world: &World) -> (Shape, serde_json::Value) {
    let answer = world.fund.run(world.ann, INTROSPECTION, json!({})).await;
    (Shape::read(&answer), answer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_team_and_an_administrator_find_every_word_of_a_restricted_deal() {
    let loud = World::new(true).await;
    let (shape, _) = told(&loud).await;
    let questions = questions(&shape, DEEPEST);
    println!("{} questions", questions.len());

    let mut paths: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut filled = BTreeSet::new();
    for (who, identity) in loud.insiders() {
        let (mut found, mut blind) = (Found::default(), false);
        for question in &questions {
            let answer = question.ask(&loud, &identity).await;
            blind |= answer.to_string().contains(BLIND);
            found.look(&shape, &loud, question, &answer);
        }
        let labels: BTreeSet<&String> = found.paths.values().flatten().collect();
        for (label, _) in loud.canaries() {
            assert!(labels.contains(&label), "{who} does not find the {label}");
        }
        assert_eq!(
            blind,
            who == "ADMIN",
            "{who}: a blind vote is its author's until voting is closed"
        );
        for (path, labels) in found.paths {
            paths.entry(path).or_default().extend(labels);
        }
        filled.extend(found.filled);
    }
    compare_paths(&shape, &paths, &filled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_by_role_is_answered_as_if_the_restricted_deals_never_were() {
    Box::pin(nothing_is_told(&["VIEWER", "ANALYST"])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_outside_the_team_is_answered_as_if_the_restricted_deals_never_were() {
    Box::pin(nothing_is_told(&["PARTNER", "PARTNER with a token that reads"])).await;
}

/// Asks every question in both funds, and compares the answers.
async fn nothing_is_told(readers: &[&str]) {
    let (loud, quiet) = tokio::join!(World::new(true), World::new(false));
    let (shape, _) = told(&loud).await;
    let questions = questions(&shape, DEEPEST);
    let mut differ = Vec::new();
    let pairs = loud.readers.iter().zip(&quiet.readers);
    let pairs: Vec<_> = pairs.filter(|((who, _), _)| readers.contains(who)).collect();
    assert_eq!(pairs.len(), readers.len());
    for ((who, here), (_, there)) in pairs {
        for question in &questions {
            let (with, without) = tokio::join!(question.ask(&loud, here), question.ask(&quiet, there));
            if let Some(fault) = fault(&loud, &quiet, question, &with, &without) {
                differ.push(format!("{who}: {fault}"));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

/// What an outsider could learn from an answer, if anything.
fn fault(
    loud: &World,
    quiet: &World,
    question: &Question,
    with: &serde_json::Value,
    without: &serde_json::Value,
) -> Option<String> {
    let text = with.to_string();
    let sent = loud.filled(&json!(question.variables)).to_string();
    for (label, word) in loud.canaries() {
        if text.contains(&word) && !sent.contains(&word) {
            return Some(format!("{} tells the {label}", question.say()));
        }
    }
    if text.contains(BLIND) {
        return Some(format!("{} tells a blind vote", question.say()));
    }
    let (with, without) = (loud.level(with), quiet.level(without));
    if with == without {
        return None;
    }
    let at = with
        .bytes()
        .zip(without.bytes())
        .position(|(a, b)| a != b)
        .unwrap_or(0);
    let near = |text: &str| {
        let start = (0..=at.saturating_sub(150))
            .rev()
            .find(|n| text.is_char_boundary(*n));
        text[start.unwrap_or(0)..].chars().take(300).collect::<String>()
    };
    Some(format!(
        "{} tells by its shape:\n  with    …{}\n  without …{}",
        question.say(),
        near(&with),
        near(&without)
    ))
}

/// Compares where the words were found, and which fields nobody found anything in, with what is written down.
fn compare_paths(shape: &Shape, paths: &BTreeMap<String, BTreeSet<String>>, filled: &BTreeSet<String>) {
    let mut text =
        String::from("Where the words of restricted deals are found, by those who may see them\n\n");
    for (path, labels) in paths {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        writeln!(text, "{path}: {}", labels.join(", ")).unwrap();
    }
    text.push_str("\nFields in which nobody found anything\n\n");
    for coordinate in walk::coordinates(shape) {
        if !filled.contains(&coordinate) {
            writeln!(text, "{coordinate}").unwrap();
        }
    }
    println!("{text}");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/canary/paths.txt");
    if std::env::var_os("TOUCHSTONE_WRITE_PATHS").is_some() {
        std::fs::write(file, &text).unwrap();
    }
    let noted = std::fs::read_to_string(file).unwrap_or_default();
    let (now, before): (BTreeSet<&str>, BTreeSet<&str>) = (text.lines().collect(), noted.lines().collect());
    let new: Vec<_> = now.difference(&before).collect();
    let gone: Vec<_> = before.difference(&now).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "paths.txt is not what is found; new: {new:#?}; gone: {gone:#?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_turned_by_an_outsider_is_the_same_without_the_restricted_deals() {
    let (loud, quiet) = tokio::join!(World::new(true), World::new(false));
    let (shape, _) = told(&loud).await;
    for field in &shape.of("Query").fields {
        if !field.inputs.iter().any(|input| input.name == "after") {
            continue;
        }
        let must: Vec<_> = tries::askings(&shape, "Query", &field.inputs, 1);
        let arguments = &must[0].arguments;
        for ((who, here), (_, there)) in loud.readers.iter().zip(&quiet.readers) {
            let (mut with, mut without) = (json!(null), json!(null));
            loop {
                let (mut a, mut b) = (
                    Question::page(field, arguments, &with),
                    Question::page(field, arguments, &without),
                );
                a.name = format!("{who}: {}", a.name);
                b.name.clone_from(&a.name);
                let (x, y) = tokio::join!(a.ask(&loud, here), b.ask(&quiet, there));
                assert_eq!(fault(&loud, &quiet, &a, &x, &y), None);
                let page = |answer: &serde_json::Value| answer["data"][&field.name]["pageInfo"].clone();
                if page(&x)["hasNextPage"] != true {
                    break;
                }
                with = page(&x)["endCursor"].clone();
                without = page(&y)["endCursor"].clone();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mutation_that_names_what_is_hidden_answers_as_if_it_never_was() {
    let (loud, quiet) = tokio::join!(World::new(true), World::new(false));
    let (shape, _) = told(&loud).await;
    let mut questions = Vec::new();
    for field in &shape.of("Mutation").fields {
        let input = &field.inputs[0];
        assert_eq!(
            (field.inputs.len(), input.name.as_str()),
            (1, "input"),
            "{}",
            field.name
        );
        for value in tries::intrusions(&shape, &input.of.name) {
            questions.push(Question::change(&shape, field, value));
        }
    }
    println!("{} mutations", questions.len());
    // Restricted deals are not counted against the one active deal of a round.
    let open = shape
        .of("Mutation")
        .fields
        .iter()
        .find(|field| field.name == "openDeal");
    for (startup, round) in [("lonely", "B"), ("moonshot", "C"), ("moonshot", "D")] {
        let input = json!({ "startup": format!("@startup:{startup}"), "round": round });
        questions.push(Question::change(&shape, open.unwrap(), input));
    }
    let mut refused = 0;
    for ((who, here), (_, there)) in loud.readers.iter().zip(&quiet.readers) {
        for question in &questions {
            let (with, without) = (question.ask(&loud, here).await, question.ask(&quiet, there).await);
            assert_eq!(fault(&loud, &quiet, question, &with, &without), None, "{who}");
            refused += usize::from(with.to_string().contains("NOT_FOUND"));
        }
    }
    assert!(refused > 20, "only {refused} were refused as not found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_outsider_follows_is_the_same_without_the_restricted_deals() {
    let (loud, quiet) = tokio::join!(World::new(true), World::new(false));
    let (shape, introspected) = told(&loud).await;
    let root = introspected["__schema"]["subscriptionType"]["name"]
        .as_str()
        .unwrap();
    for field in &shape.of(root).fields {
        // What is followed by its id is one record, an import that waits; the rest is the whole feed.
        let is_feed = !field.inputs.iter().any(|input| input.name == "id");
        for ((who, here), (_, there)) in loud.readers.iter().zip(&quiet.readers) {
            let (with, without) = tokio::join!(
                walk::follow(&loud, here, &shape, field),
                walk::follow(&quiet, there, &shape, field)
            );
            let least = if is_feed { 11 } else { 1 };
            assert!(
                with.len() >= least,
                "{who} followed {} changes of {}",
                with.len(),
                field.name
            );
            let (a, b) = (json!(with), json!(without));
            for (label, word) in loud.canaries() {
                assert!(!a.to_string().contains(&word), "{who} is told the {label}");
            }
            assert_eq!(loud.level(&a), quiet.level(&b), "{who}");
        }
        if is_feed {
            let team = walk::follow(&loud, &Identity::User(loud.ann), &shape, field).await;
            assert!(json!(team).to_string().contains(world::word("title")));
        }
    }
}
