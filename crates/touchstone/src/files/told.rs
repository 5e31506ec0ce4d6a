//! What is answered to who sends a document: the payload of a mutation.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{Language, Problem, ProblemCode, person::Document};
use serde_json::{Value, json};

use super::answered;

/// Problems as the API's `userErrors` are.
pub fn user_errors(problems: &[Problem], language: Language) -> Value {
    problems
        .iter()
        .map(|problem| {
            json!({
                "code": problem.code.code(),
                "message": problem.message.text(language),
                "field": (!problem.field.is_empty()).then_some(&problem.field),
                "existing": null,
            })
        })
        .collect()
}

/// The payload of a document, or of what is wrong.
fn payload(document: &Value, user_errors: &Value) -> Value {
    json!({ "data": { "document": document, "userErrors": user_errors } })
}

/// That nothing was written, and why.
pub fn refused(problems: Vec<Problem>, language: Language) -> Response {
    let is_too_large = |problem: &Problem| problem.code == ProblemCode::Limit && problem.field == ["file"];
    let status = if problems.iter().any(is_too_large) {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let body = payload(&Value::Null, &user_errors(&problems, language));
    answered(status, language, &body)
}

/// That there is no such file, or not for the caller.
pub fn nothing(id: &str, language: Language) -> Response {
    let problem = Problem::not_found("id", id);
    let body = payload(&Value::Null, &user_errors(&[problem], language));
    answered(StatusCode::NOT_FOUND, language, &body)
}

/// The document that was added; null where it was hidden again meanwhile.
pub fn added(document: Option<Document>, language: Language) -> Response {
    let place = document
        .as_ref()
        .map(|document| format!("/documents/{}/file", document.id));
    let told = document.map_or(Value::Null, |document| {
        let file = document.file;
        json!({
            "id": document.id.to_string(),
            "title": document.title,
            "kind": document.kind.code(),
            "fileName": file.as_ref().map(|file| &file.name),
            "mediaType": file.as_ref().map(|file| &file.media_type),
            "byteSize": file.as_ref().map(|file| file.byte_size),
            "sha256": file.as_ref().map(|file| &file.sha256),
            "path": place,
        })
    });
    let mut response = answered(StatusCode::CREATED, language, &payload(&told, &json!([])));
    if let Some(Ok(place)) = place.map(|place| HeaderValue::from_str(&place)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}
