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

/// Whatever else the fund keeps, or a change as it was noted.
#[derive(Clone, Debug, cynic::Scalar)]
#[cynic(graphql_type = "JSON")]
pub(crate) struct Json(pub(crate) serde_json::Value);

/// A web address as somebody gave it.
#[derive(Clone, Debug, cynic::Scalar)]
#[cynic(graphql_type = "URL")]
pub(crate) struct Url(pub(crate) String);

impl Url {
    /// The address, if it leads to a page of the web and nowhere else: never `javascript:` and the like.
    pub(crate) fn outside(self) -> Option<String> {
        let is_web = url::Url::parse(&self.0).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        is_web.then_some(self.0)
    }
}

/// Something that the sender of a form can repair.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct UserError {
    pub(crate) code: UserErrorCode,
    pub(crate) message: String,
    /// The path of the input's field.
    pub(crate) field: Option<Vec<String>>,
    /// The record that is here already.
    pub(crate) existing: Option<cynic::Id>,
}

impl UserError {
    /// The field that it is about, as forms name theirs; empty for the whole.
    pub(crate) fn path(&self) -> String {
        self.field.as_deref().unwrap_or_default().join(".")
    }
    /// Whether one of them says that somebody else saved first.
    pub(crate) fn any_stale(errors: &[Self]) -> bool {
        errors
            .iter()
            .any(|error| error.code == UserErrorCode::StaleVersion)
    }
}

/// Of which kind it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum UserErrorCode {
    Conflict,
    GateClosed,
    Invalid,
    Limit,
    NotAllowed,
    NotFound,
    Required,
    StaleVersion,
    Taken,
}

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
            "FORBIDDEN" => Err(Problem::NotAllowed),
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
