//! What a caller cannot repair by another input. What can be repaired comes back as an [`crate::Outcome`].

use domain::access::Demand;

/// An error of a use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No credentials, or ones that are wrong, expired or revoked.
    #[error("sign in first, or send a valid token")]
    Unauthenticated,
    /// The caller's role or the token's scopes do not reach.
    #[error("this takes the role {} and, with a token, the scope {}", .0.role, .0.scope)]
    Forbidden(Demand),
    /// The idempotency key was used with another request.
    #[error(
        "the Idempotency-Key {0:?} was used with another request before; use a new key, or repeat that request as it was"
    )]
    KeyUsedOtherwise(String),
    /// A cursor or an argument of a list that cannot be.
    #[error("{0}")]
    BadInput(String),
    /// The database took too long.
    #[error("the database took too long; narrow the query or try again")]
    Timeout,
    /// The storage.
    #[error(transparent)]
    Storage(storage::Error),
    /// What cannot be: a fault of ours.
    #[error("{0}")]
    Internal(String),
}

impl From<storage::Error> for Error {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Timeout(_) => Self::Timeout,
            storage::Error::Value(_) => Self::BadInput(
                "a text holds the character NUL, or a number or instant is out of range; leave it out".into(),
            ),
            other => Self::Storage(other),
        }
    }
}
