//! The assessment from outside: golden cases, the examples of domain.md, flags, properties, questions and words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

extern crate touchstone_domain as domain;

mod ask;
mod change;
mod document;
mod flags;
mod golden;
mod history;
mod ledger;
mod properties;
mod rubric;
mod turns;
mod words;
mod worked;
