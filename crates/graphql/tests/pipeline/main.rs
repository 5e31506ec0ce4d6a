//! The pipeline through the API: stages and their gates, the board, its figures.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod activity;
mod beliefs;
mod board;
mod figures;
#[path = "../fund/mod.rs"]
mod fund;
mod funds;
mod gates;
mod lists;
mod outcomes;
mod random;
mod revisits;
mod spread;
mod stages;
mod story;
