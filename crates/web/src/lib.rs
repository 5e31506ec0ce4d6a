//! The pages: one template and one document each, run in-process through the API's own schema. Knows the schema's
//! names, not the crates behind it.

mod doors;
mod login;
mod startups;
mod words;

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};

pub use doors::{DoorError, Doors, LinkInfo, NewSession, SessionSecret};
pub use words::{Words, words};

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
}

/// The document of the startups page, as it stands beside the template.
pub const STARTUPS_DOCUMENT: &str = include_str!("../pages/startups.graphql");

/// The cookie that carries a session.
const SESSION: &str = "touchstone_session";

/// The pages, over the doors that the server hands in.
pub fn router(doors: Arc<dyn Doors>) -> Router {
    Router::new()
        .route("/", get(async || Redirect::to("/startups")))
        .route("/login", get(login::show).post(login::sign_in))
        .route("/logout", post(login::sign_out))
        .route("/startups", get(startups::show))
        .with_state(doors)
        .layer(middleware::map_response(private))
        .route(
            "/assets/tokens.css",
            get(async || css(include_str!("../assets/tokens.css"))),
        )
        .route(
            "/assets/page.css",
            get(async || css(include_str!("../assets/page.css"))),
        )
}

fn css(text: &'static str) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        text,
    )
        .into_response()
}

async fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'self'; form-action 'self'; frame-ancestors 'none'"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// The language asked for: this request's `lang`, else what the browser prefers.
fn language(param: Option<&str>, headers: &HeaderMap) -> Language {
    let preferred = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    match param {
        Some("zh") => Language::Zh,
        Some("en") => Language::En,
        _ if preferred.trim_start().to_ascii_lowercase().starts_with("zh") => Language::Zh,
        _ => Language::En,
    }
}

/// The session cookie that came along.
fn session(headers: &HeaderMap) -> SessionSecret {
    let all = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok());
    SessionSecret(all.flat_map(|v| v.split(';')).find_map(|pair| {
        pair.trim()
            .strip_prefix(SESSION)?
            .strip_prefix('=')
            .map(str::to_owned)
    }))
}

/// Whether a form was sent from another site.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "same-origin" && site != "none")
        || headers
            .get(header::ORIGIN)
            .and_then(|o| o.to_str().ok())
            .is_some_and(|origin| {
                let host = headers
                    .get(header::HOST)
                    .and_then(|h| h.to_str().ok())
                    .unwrap_or_default();
                origin.split_once("://").is_none_or(|(_, at)| at != host)
            })
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    t: Words,
    words: &'static str,
}

fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn not_here(language: Language) -> Response {
    let t = words(language);
    page(StatusCode::NOT_FOUND, &ProblemPage { t, words: t.not_here })
}

fn failed(language: Language, error: &DoorError) -> Response {
    tracing::error!(%error, "a page failed");
    let t = words(language);
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        &ProblemPage { t, words: t.failed },
    )
}
