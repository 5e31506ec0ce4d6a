//! Deals with their stages and moves. Every function that can reach a deal takes a [`domain::Viewer`].

mod stage;

pub use stage::{insert_stage, stages};
