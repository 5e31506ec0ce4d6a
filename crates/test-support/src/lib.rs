//! What tests stand on: a database of their own, made from a template in some milliseconds, and a way to say
//! that they were not done.
//!
//! The server behind the databases is shared by all tests of a user. It is the one that `TOUCHSTONE_TEST_PG`
//! names, or else a private one that the first test starts and later runs take over. It keeps nothing through
//! a crash, and it is in memory where there is enough of it.

mod database;
mod server;
mod skip;
mod template;
mod workspace;

pub use database::{TableLock, TestDb};
pub use server::{Cluster, cluster};
pub use skip::skip;
/// For tests of rooms that may not use the storage themselves.
pub use storage;
pub use workspace::{TestWorkspace, set_up};
