//! Deals as people use them, on a real Postgres.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

mod access;
mod lists;
mod moves;
mod terms;
mod world;
