//! Review meetings through the API: agendas from what changed, votes, decisions, what is frozen.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod agenda;
#[path = "../fund/mod.rs"]
mod fund;
mod kinds;
mod lookback;
mod meeting;
mod packet;
mod room;
#[path = "../pipeline/story.rs"]
mod story;
mod votes;
