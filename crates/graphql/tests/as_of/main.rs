//! The past as it was known: random edits through the API, against a model that keeps the whole state after each.
//! Whatever instant is asked for, the API says what the model kept.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

extern crate touchstone_graphql as graphql;

mod compare;
mod edits;
#[path = "../fund/mod.rs"]
mod fund;
mod state;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{Instant, Role};
use edits::Walk;
use fund::Fund;
use rand::{SeedableRng, rngs::StdRng};
use serde_json::Value;
use state::State;

const EDITS: usize = 200;

#[tokio::test]
async fn any_instant_between_two_edits_reads_back_as_it_was_known() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    let root = fund.user("root", Role::Admin).await;
    let mut funds = Vec::new();
    for (name, currency) in [("Yuan fund", "CNY"), ("Dollar fund", "USD")] {
        let new = serde_json::json!({ "name": name, "currency": currency });
        let made = fund.done(root, "createFund", new, "fund { id }").await;
        funds.push(made["fund"]["id"].as_str().unwrap().to_owned());
    }
    let start = fund.workspace.app.now();
    fund.workspace.pass(TimeDelta::hours(1));
    let mut walk = Walk {
        fund,
        ann,
        funds,
        random: StdRng::seed_from_u64(20_250_301),
        state: State::default(),
        known: BTreeMap::new(),
        last: BTreeMap::new(),
        newest: Value::Null,
        done: BTreeMap::new(),
        serial: 0,
    };
    walk.mistake().await;
    let mut tries = 0;
    while walk.done.values().sum::<usize>() < EDITS {
        walk.edit().await;
        walk.step();
        tries += 1;
        assert!(
            tries < 10 * EDITS,
            "almost every edit is refused: {:?}",
            walk.done
        );
    }
    walk.mistake().await;
    println!("{:?} of {tries} tries", walk.done);
    for mutation in [
        "createStartup",
        "updateStartup",
        "recordEvidence",
        "reviewEvidence",
        "supersedeEvidence",
        "retractEvidence",
        "openDeal",
        "updateDeal",
        "moveDeal",
        "voidMove",
        "undo",
    ] {
        assert!(walk.done.contains_key(mutation), "no {mutation} was accepted");
    }
    walk.compare(start).await;
    let instants: Vec<Instant> = walk.known.keys().copied().collect();
    for (n, at) in instants.iter().enumerate() {
        // In turn the first and the last instant between two edits.
        let next = instants
            .get(n + 1)
            .copied()
            .unwrap_or(walk.fund.workspace.app.now());
        let last = next - TimeDelta::microseconds(1);
        walk.compare(if n % 2 == 0 { *at } else { last }).await;
    }
}
