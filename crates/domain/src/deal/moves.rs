//! Moves of a deal.
