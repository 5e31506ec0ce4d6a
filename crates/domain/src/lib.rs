//! The words and rules of Touchstone: values and functions of values. No input or output, no clock, no randomness;
//! `now` and ids are passed in. Names are those of the API and the database.

mod check;
mod vocabulary;

pub mod access;
pub mod activity;
pub mod assessment;
pub mod belief;
pub mod checklist;
pub mod deal;
pub mod evidence;
pub mod fund;
pub mod id;
pub mod import;
pub mod interaction;
pub mod message;
pub mod money;
pub mod outcome;
pub mod person;
pub mod problem;
pub mod provider;
pub mod rate;
pub mod review;
pub mod sector;
pub mod startup;
pub mod task;
pub mod text;
pub mod time;

pub use access::{Role, Scope, Viewer};
pub use id::*;
pub use message::{Language, Message};
pub use problem::{Problem, ProblemCode, Problems};
pub use time::Instant;
pub use vocabulary::UnknownWord;
