//! Errors as the API tells them: a code in `extensions`, words for people, nothing of ours inside.

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensions as _};

/// An error with a code.
pub(crate) fn coded(code: &'static str, words: impl Into<String>) -> Error {
    Error::new(words.into()).extend_with(|_, e| e.set("code", code))
}

/// A use case's error, as the API tells it. A fault of ours is told without its words, which may name tables and paths;
/// they go along as the error's source, for whoever answers to log beside the request's id.
pub(crate) fn told(error: app::Error) -> Error {
    let code = match &error {
        app::Error::Unauthenticated => "UNAUTHENTICATED",
        app::Error::Forbidden(_) => "FORBIDDEN",
        app::Error::KeyUsedOtherwise(_) | app::Error::BadInput(_) => "BAD_USER_INPUT",
        app::Error::Timeout => "TIMEOUT",
        app::Error::Storage(_) | app::Error::Internal(_) => "INTERNAL",
    };
    if code != "INTERNAL" {
        return coded(code, error.to_string());
    }
    let mut told = coded(code, "something went wrong on our side");
    told.source = Some(Arc::new(error.to_string()));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_is_told_without_its_words_which_go_along_for_the_log() {
        let error = told(app::Error::Internal("select secret_sha256 from api_token".into()));
        assert!(!error.message.contains("select"), "{}", error.message);
        let cause = error
            .source
            .as_ref()
            .and_then(|source| source.downcast_ref::<String>());
        assert_eq!(
            cause.map(String::as_str),
            Some("select secret_sha256 from api_token")
        );
        let error = told(app::Error::BadInput("nothing goes by that name".into()));
        assert_eq!(error.message, "nothing goes by that name");
    }
}
