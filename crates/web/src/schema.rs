//! The checked-in schema as types, against which every fragment is checked at compile time.

#[cynic::schema("touchstone")]
mod generated {}

pub(crate) use generated::*;
