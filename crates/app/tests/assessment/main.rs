//! What is stored of assessments: as the formula gives it, after every write and whenever the day or what startups are
//! measured with changes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

mod history;
mod pass;
mod stored;
