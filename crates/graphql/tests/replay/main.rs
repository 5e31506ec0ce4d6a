//! Two years of a fund, told once more from its activity alone: what every day's end looked like by the rows of
//! `activity` that an ADMIN reads, and what the API says of it as of that instant.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

extern crate touchstone_graphql as graphql;

mod compare;
#[path = "../fund/mod.rs"]
mod fund;
mod history;
mod replayed;

use chrono::{DateTime, TimeDelta, Utc};
use rand::{SeedableRng as _, rngs::StdRng};

use compare::Comparison;
use history::History;
use replayed::{World, rows};

type At = DateTime<Utc>;

/// How many days the history has.
const DAYS: i64 = 731;

#[tokio::test]
async fn every_day_of_two_years_is_what_a_replay_of_the_activity_makes_of_it() {
    let mut history = History::begins().await;
    // Midnight in Shanghai, where the fund has its days.
    let first_midnight: At = "2025-03-01T16:00:00Z".parse().unwrap();
    let end = first_midnight + TimeDelta::days(DAYS);
    while history.now() < end {
        history.act().await;
    }
    println!("accepted {:?}, refused {}", history.done, history.refused);
    for verb in history::VERBS {
        assert!(history.done.contains_key(verb), "no {verb} was accepted");
    }

    let rows = rows(&history).await;
    let mut today = World::default();
    for row in &rows {
        today.apply(row);
    }
    let mut comparison = Comparison {
        history: &history,
        random: StdRng::seed_from_u64(2),
        limits: compare::limits(&history).await,
        today: &today,
        compared: [0; 3],
    };
    let mut world = World::default();
    let mut next = 0;
    for day in 0..DAYS {
        let midnight = first_midnight + TimeDelta::days(day);
        let mut changed = Vec::new();
        while let Some(row) = rows.get(next).filter(|row| row.at < midnight) {
            world.apply(row);
            changed.extend(row.owner().map(str::to_owned));
            next += 1;
        }
        let last_moment = midnight - TimeDelta::microseconds(1);
        comparison.day(&world, last_moment, changed, day % 7 == 0).await;
    }
    let [boards, deals, startups] = comparison.compared;
    println!(
        "{} rows; compared {boards} boards, {deals} deals, {startups} startups",
        rows.len()
    );
    assert!(boards > 2 * DAYS as usize && deals > 2_000 && startups > 900);
}
