//! What goes back: errors with codes, those of our own masked.

use std::sync::atomic::{AtomicU64, Ordering};

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use serde::Serialize;
use serde_json::{Map, json};

use crate::fault::{Code, Fault, internal_words};
use crate::gate::Language;
use crate::measure::Cost;

/// A GraphQL response as it is written to the wire.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ServerError>,
    /// Absent when nothing was executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extensions: Map<String, serde_json::Value>,
}

/// For whom an answer is made.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub request_id: String,
    pub language: Language,
}

impl Answer {
    pub fn refusal(fault: &Fault, asked: &Asked) -> Self {
        Self {
            errors: vec![fault.to_error(asked.language, &asked.request_id)],
            data: None,
            extensions: Map::new(),
        }
    }

    /// Makes the answer of what the executor gave back.
    pub fn executed(response: Response, asked: &Asked, errors_max: u32) -> Self {
        // Errors of execution say the path they happened at; a document that was not executed brings errors without one.
        let refused = response.data == Value::Null
            && !response.errors.is_empty()
            && response.errors.iter().all(|error| error.path.is_empty());
        let mut extensions: Map<_, _> = response
            .extensions
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.into_json().ok()?)))
            .collect();
        let mut errors = response.errors;
        if let Some(omitted) = errors
            .len()
            .checked_sub(errors_max as usize)
            .filter(|omitted| *omitted > 0)
        {
            errors.truncate(errors_max as usize);
            extensions.insert("errorsOmitted".to_owned(), omitted.into());
        }
        Self {
            errors: errors
                .into_iter()
                .map(|error| told(error, refused, asked))
                .collect(),
            data: (!refused).then_some(response.data),
            extensions,
        }
    }

    pub fn report(&mut self, cost: Cost, statements: Option<&AtomicU64>) {
        if self.data.is_some() {
            let mut report = json!({"depth": cost.depth, "complexity": cost.complexity});
            if let Some(statements) = statements {
                report["statements"] = statements.load(Ordering::Relaxed).into();
            }
            self.extensions.insert("cost".to_owned(), report);
        }
    }

    pub fn has(&self, code: Code) -> bool {
        self.errors.iter().any(|error| code_of(error) == Some(code))
    }
}

fn code_of(error: &ServerError) -> Option<Code> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Code::parse(code),
        Value::Enum(code) => Code::parse(code.as_str()),
        _ => None,
    }
}

/// The error as the caller may see it.
fn told(mut error: ServerError, refused: bool, asked: &Asked) -> ServerError {
    let code = match code_of(&error) {
        Some(Code::Internal) => None,
        Some(code) => Some(code),
        None => code_without_words(&error, refused),
    };
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if let Some(code) = code {
        extensions.set("code", code.as_str());
        return error;
    }
    // What was not fit to be told comes along as the source.
    let cause = error.source::<String>().unwrap_or(&error.message);
    tracing::error!(request_id = asked.request_id, error = cause, path = ?error.path, "a resolver failed");
    let (en, zh) = internal_words(&asked.request_id);
    let mut masked = ErrorExtensionValues::default();
    masked.set("code", Code::Internal.as_str());
    masked.set("requestId", asked.request_id.as_str());
    ServerError {
        message: match asked.language {
            Language::En => en,
            Language::Zh => zh,
        },
        source: None,
        locations: error.locations,
        path: error.path,
        extensions: Some(masked),
    }
}

/// The code of an error that the library made itself; `None` for one that may tell what it should not.
fn code_without_words(error: &ServerError, refused: bool) -> Option<Code> {
    let library = error.source.is_none();
    let message = error.message.as_str();
    let over_limit = [
        "Query is too complex",
        "Query is nested too deep",
        "The recursion depth of the query",
        "The number of directives",
    ];
    if refused && library && over_limit.iter().any(|start| message.starts_with(start)) {
        Some(Code::TooComplex)
    } else if library
        && (refused
            || message.starts_with("Failed to parse \"")
            || message.starts_with("Invalid value for argument"))
    {
        Some(Code::BadUserInput)
    } else {
        None
    }
}
