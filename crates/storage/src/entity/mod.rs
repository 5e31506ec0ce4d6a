//! Rows as they stand in the tables. Private: what leaves this crate are values of `domain`.

pub(crate) mod affiliation;
pub(crate) mod deal;
pub(crate) mod deal_change;
pub(crate) mod document;
pub(crate) mod evidence;
pub(crate) mod evidence_review;
pub(crate) mod person;
pub(crate) mod sector;
pub(crate) mod stage;
pub(crate) mod startup;
