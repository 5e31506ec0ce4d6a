//! Pages for what went wrong. They say what it means for the reader, and nothing about the inside.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use url::form_urlencoded;

use crate::as_of::{self, AsOf};
use crate::shell::{Shell, way};
use crate::visit::Visit;
use crate::{DoorError, Site};

/// Why a page could not be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// Absent, or hidden from this reader: nobody learns which.
    #[error("nothing here")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    SignIn,
    /// The reader may see it, but not do it.
    #[error("not allowed")]
    NotAllowed,
    /// A day that is none, or is still to come.
    #[error("no such day")]
    NoSuchDay,
    /// There now, but not known at the instant asked for.
    #[error("not known then")]
    NotKnownThen,
    /// A form was sent to an address that stands in the past.
    #[error("the past cannot be changed")]
    PastIsReadOnly,
    /// A form that another site sent.
    #[error("a form from another site")]
    NotFromOurPage,
    /// A form that did not arrive whole.
    #[error("a form that broke off")]
    BrokenForm,
    /// Something that the reader's role does not reach.
    #[error("not for this reader")]
    NotForYou,
    /// A fault of ours, told to the log.
    #[error("{0}")]
    Failed(String),
}

impl From<DoorError> for Problem {
    fn from(error: DoorError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::Failed(format!("a page could not be drawn: {error}"))
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    heading: &'static str,
    explanation: &'static str,
    is_not_found: bool,
    request_id: Option<String>,
    retry: Option<String>,
}

impl Problem {
    /// The answer to the visit that met this problem.
    pub(crate) fn answer(self, site: &Site, visit: &Visit) -> Response {
        let words = visit.words();
        let page = |heading, explanation| ProblemPage {
            shell: Shell {
                // Alike for every address, so that a hidden one answers the bytes of an absent one.
                back: "/".to_owned(),
                ..Shell::new(site, visit, heading)
            },
            heading,
            explanation,
            is_not_found: false,
            request_id: None,
            retry: None,
        };
        match self {
            Self::SignIn => {
                let next =
                    form_urlencoded::byte_serialize(visit.lasting_address().as_bytes()).collect::<String>();
                Redirect::to(&format!("/login?next={next}")).into_response()
            }
            Self::NotFound => {
                let mut page = ProblemPage {
                    is_not_found: true,
                    ..page(words.nothing_here, "")
                };
                // The bar of a past day would name the address.
                page.shell.as_of = None;
                page.shell.crumbs = way((words.startups, "/startups"), None, words.nothing_here);
                draw(StatusCode::NOT_FOUND, &page)
            }
            Self::NotAllowed => draw(
                StatusCode::FORBIDDEN,
                &page(words.not_allowed, words.not_allowed_why),
            ),
            Self::NoSuchDay => draw(
                StatusCode::BAD_REQUEST,
                &page(words.no_such_day, words.no_such_day_why),
            ),
            Self::NotKnownThen => {
                let as_of = visit.parameter(as_of::PARAMETER).as_deref().and_then(AsOf::read);
                let mut page = page(words.not_known_then, words.not_known_then_why);
                page.shell.back = visit.lasting_address();
                if let Some(as_of) = as_of {
                    page.shell.stand_as_of(as_of, site.config.zone);
                }
                draw(StatusCode::OK, &page)
            }
            Self::PastIsReadOnly => draw(
                StatusCode::FORBIDDEN,
                &page(words.past_is_read_only, words.past_is_read_only_why),
            ),
            Self::NotFromOurPage => draw(
                StatusCode::FORBIDDEN,
                &page(words.not_from_here, words.not_from_here_why),
            ),
            Self::BrokenForm => draw(
                StatusCode::BAD_REQUEST,
                &page(words.broken_form, words.broken_form_why),
            ),
            Self::NotForYou => draw(
                StatusCode::FORBIDDEN,
                &page(words.not_for_you, words.not_for_you_why),
            ),
            Self::Failed(reason) => {
                tracing::error!(
                    request_id = visit.request_id,
                    path = visit.uri.path(),
                    reason,
                    "a page failed"
                );
                let page = ProblemPage {
                    request_id: Some(visit.request_id.clone()),
                    retry: Some(visit.lasting_address()),
                    ..page(words.failed, words.failed_why)
                };
                let mut response = draw(StatusCode::INTERNAL_SERVER_ERROR, &page);
                if let Ok(id) = HeaderValue::from_str(&visit.request_id) {
                    response.headers_mut().insert("x-request-id", id);
                }
                response
            }
        }
    }
}

/// The answer, or the page that says why there is none.
pub(crate) fn answered(site: &Site, visit: &Visit, answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(|problem| problem.answer(site, visit))
}

/// A page with its status and language.
pub(crate) fn page(
    status: StatusCode,
    language: &'static str,
    template: &impl Template,
) -> Result<Response, Problem> {
    let html = template.render()?;
    Ok((status, [(header::CONTENT_LANGUAGE, language)], Html(html)).into_response())
}

fn draw(status: StatusCode, template: &ProblemPage) -> Response {
    page(status, template.shell.words.language.tag(), template).unwrap_or_else(|problem| {
        tracing::error!(reason = %problem, "a page about a problem failed");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })
}
