//! Assessments through the API: what an independent program computed, the worked examples of the domain, the past, and
//! lists by what is stored.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

#[path = "../fund/mod.rs"]
mod fund;
mod golden;
mod lists;
mod map;
mod rubric;
mod what_if;
mod worked;
