//! Postgres, through sea-orm. Entities are private; what goes in and comes out are values of `domain`. One file an
//! aggregate; every function that can reach a deal takes a [`domain::Viewer`].

mod connection;
mod copy;
mod entity;
mod error;
mod migrate;
mod pool;
mod position;
mod sql;

pub mod access;
pub mod activity;
pub mod assessment;
pub mod belief;
pub mod checklist;
pub mod deal;
pub mod dependency;
pub mod document;
pub mod evidence;
pub mod file;
pub mod fund;
pub mod idempotency;
pub mod import;
pub mod interaction;
pub mod outcome;
pub mod page;
pub mod person;
pub mod place;
pub mod promise;
pub mod provider;
pub mod rate;
pub mod review;
pub mod rubric;
pub mod search;
pub mod sector;
pub mod startup;
pub mod task;
pub mod workspace;

pub use connection::{Database, Options, Reader, Transaction, listen};
pub use error::Error;
pub use migrate::{MigrateError, Migrated, check, migrate, migrate_within};
pub use workspace::Workspace;
