//! What a caller can repair: a code, words that name the value and what would be right, and the place.

use serde::{Deserialize, Serialize};

use crate::Message;

crate::vocabulary::vocabulary! {
    /// The kind of a problem that the caller can repair.
    ProblemCode {
        /// A value that cannot be.
        Invalid = "INVALID",
        /// A value that is missing.
        Required = "REQUIRED",
        /// Something named that is not there, or not for the caller.
        NotFound = "NOT_FOUND",
        /// What the input names exists already.
        Taken = "TAKEN",
        /// Somebody changed the record since the caller read it.
        StaleVersion = "STALE_VERSION",
        /// A gate of the pipeline is closed.
        GateClosed = "GATE_CLOSED",
        /// The state of the record, or the caller's role, does not allow it.
        NotAllowed = "NOT_ALLOWED",
        /// It contradicts something else that is recorded.
        Conflict = "CONFLICT",
        /// More than there may be.
        Limit = "LIMIT",
    }
}

/// One thing that the caller can repair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Its kind.
    pub code: ProblemCode,
    /// What is wrong and what would be right; put into words at the edge.
    pub message: Message,
    /// The path of the input field, as the API names it; empty where it is about the whole.
    pub field: Vec<String>,
}

impl Problem {
    /// A problem at a path of the input (`"aliases.0.name"`), or about the whole (`""`).
    pub fn new(code: ProblemCode, field: &str, message: Message) -> Self {
        Self {
            code,
            message,
            field: field
                .split('.')
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }
    /// A value that cannot be.
    pub fn invalid(field: &str, message: Message) -> Self {
        Self::new(ProblemCode::Invalid, field, message)
    }
    /// A value that is missing.
    pub fn required(field: &str) -> Self {
        Self::new(
            ProblemCode::Required,
            field,
            Message::Required {
                what: field.to_owned(),
            },
        )
    }
    /// Something named that is not there, or not for the caller: the same answer for both.
    pub fn not_found(field: &str, id: impl ToString) -> Self {
        Self::new(
            ProblemCode::NotFound,
            field,
            Message::NotFound { id: id.to_string() },
        )
    }
    /// Something that the record's state does not allow.
    pub fn not_allowed(field: &str, message: Message) -> Self {
        Self::new(ProblemCode::NotAllowed, field, message)
    }
    /// The same problem, with the field below `prefix` (`"by"` for a nested input).
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        self.field.insert(0, prefix.to_owned());
        self
    }
}

/// All that is wrong with an input, gathered so that the caller can repair it in one go.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }
    /// Adds one if the condition holds.
    pub fn push_if(&mut self, wrong: bool, problem: impl FnOnce() -> Problem) {
        if wrong {
            self.0.push(problem());
        }
    }
    /// Ok where nothing is wrong.
    pub fn into_result(self) -> Result<(), Vec<Problem>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}
