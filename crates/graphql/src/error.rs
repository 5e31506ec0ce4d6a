//! Errors as the API tells them: a code in `extensions`, words for people, nothing of ours inside.

use async_graphql::{Error, ErrorExtensions as _};

/// An error with a code.
pub(crate) fn coded(code: &'static str, words: impl Into<String>) -> Error {
    Error::new(words.into()).extend_with(|_, e| e.set("code", code))
}

/// A use case's error, as the API tells it.
pub(crate) fn told(error: app::Error) -> Error {
    let code = match &error {
        app::Error::Unauthenticated => "UNAUTHENTICATED",
        app::Error::Forbidden(_) => "FORBIDDEN",
        app::Error::KeyUsedOtherwise(_) | app::Error::BadInput(_) => "BAD_USER_INPUT",
        app::Error::Timeout => "TIMEOUT",
        app::Error::Storage(_) | app::Error::Internal(_) => "INTERNAL",
    };
    coded(code, error.to_string())
}
