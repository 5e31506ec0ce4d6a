//! What the server answers to a document, and the scalars that its values are read into.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::schema;

cynic::impl_scalar!(Decimal, schema::Decimal);
cynic::impl_scalar!(NaiveDate, schema::Date);
cynic::impl_scalar!(DateTime<Utc>, schema::DateTime);

/// A whole GraphQL response.
#[derive(Deserialize)]
struct Response {
    data: Option<serde_json::Value>,
    #[serde(default)]
    errors: Vec<ResponseError>,
}

#[derive(Deserialize)]
struct ResponseError {
    message: String,
    #[serde(default)]
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
struct Extensions {
    code: Option<String>,
}

/// What came of a document.
pub(crate) enum Outcome<T> {
    /// What was asked for.
    Data(T),
    /// The server did not accept what the address asks for, and says why.
    Refused(String),
}

/// Reads a response. Nobody signed in and faults of the server are problems of the page.
pub(crate) fn read<T: DeserializeOwned>(response: serde_json::Value) -> Result<Outcome<T>, Problem> {
    let unreadable = |error: serde_json::Error| Problem::Failed(format!("unreadable response: {error}"));
    let response: Response = serde_json::from_value(response).map_err(unreadable)?;
    let code_of = |error: &ResponseError| {
        error
            .extensions
            .as_ref()
            .and_then(|e| e.code.clone())
            .unwrap_or_default()
    };
    if let Some(first) = response.errors.first() {
        return match code_of(first).as_str() {
            "UNAUTHENTICATED" => Err(Problem::SignIn),
            "BAD_USER_INPUT" => Ok(Outcome::Refused(first.message.clone())),
            code => Err(Problem::Failed(format!("{code} {}", first.message))),
        };
    }
    let data = response
        .data
        .ok_or_else(|| Problem::Failed("a response without data".to_owned()))?;
    serde_json::from_value(data)
        .map(Outcome::Data)
        .map_err(unreadable)
}
