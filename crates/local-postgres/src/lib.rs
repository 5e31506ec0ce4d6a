//! A private Postgres server: found among what is installed or fetched by npm, started in a data directory of its own,
//! adopted when an earlier run left it behind, stopped cleanly.
//!
//! Everything here is blocking `std` code, so that it can run before there is a runtime and from tests.
//! What a data directory holds:
//!
//! | path                    | what                                                                  |
//! |-------------------------|-----------------------------------------------------------------------|
//! | `postgres/`             | the cluster; it appears under this name only when it is complete      |
//! | `postgres.init-<pid>/`  | a cluster being made; leftovers are removed by the next start         |
//! | `pg/<version>/`         | the programs, where npm brought them (see `npm.rs`)                   |
//! | `run/`                  | the socket, unless its path would be too long for one                 |
//! | `postgres.log`          | what the server says                                                  |
//! | `touchstone.lock`       | locked by the program that uses the directory, with its name in it    |
//!
//! The server listens on a Unix socket that only its own user can reach, and on nothing else. Started by
//! root, who may not run Postgres, it runs as `postgres`, or as `nobody` where there is no such user.

mod account;
pub mod apt;
mod binaries;
mod cluster;
mod data_dir;
mod error;
mod greeting;
mod npm;
mod postmaster;
mod server;

pub use binaries::{Binaries, Install, Installation, OLDEST_MAJOR, find};
pub use data_dir::{DataDir, Holder, Lock, default_data_dir};
pub use error::{Error, LockError};
pub use npm::spec_of_this_machine as npm_spec;
pub use server::{Durability, Options, Server};
