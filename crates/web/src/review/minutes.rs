//! The minutes of a meeting: to read, to print, to copy, and as files.

mod docx;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;

use super::{ReviewHead, ReviewStatus, path, said, shell};
use crate::answer::Json;
use crate::deals::UserName;
use crate::problem::{self, Problem};
use crate::send;
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::ReviewWords;
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct MinutesPageVariables {
    id: cynic::Id,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MinutesPageVariables")]
struct MinutesPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    review: Option<MinutesRecord>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct MinutesRecord {
    #[cynic(spread)]
    head: ReviewHead,
    minutes_text: String,
    minutes_html: String,
    packet: Option<Json>,
    amendments: Vec<Amendment>,
}

#[derive(cynic::QueryFragment)]
struct Amendment {
    text: String,
    by: UserName,
    at: DateTime<Utc>,
}

#[derive(Template)]
#[template(path = "review_minutes.html")]
struct Page {
    shell: Shell,
    r: &'static ReviewWords,
    said: Option<&'static str>,
    path: String,
    is_closed: bool,
    html: String,
    hash: Option<String>,
    amendments: Vec<(String, String, String, String)>,
    may_write: bool,
    key: String,
}

/// The hash under which they are frozen.
fn hash(packet: Option<&Json>) -> Option<String> {
    packet?.0.get("sha256")?.as_str().map(str::to_owned)
}

pub(super) fn document() -> String {
    MinutesPage::build(MinutesPageVariables { id: "".into() }).query
}

async fn read(site: &Site, visit: &Visit, id: &str) -> Result<(Viewer, MinutesRecord, String), Problem> {
    let variables = send::variables(&MinutesPageVariables { id: id.into() })?;
    let link = query_link(&document(), &variables, "MinutesPage");
    let found: MinutesPage = send::read_record(site, visit, document(), variables, "MinutesPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    Ok((viewer, found.review.ok_or(Problem::NotFound)?, link))
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    page(&site, &visit, &id)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let (viewer, review, link) = read(site, visit, id).await?;
    let title = r.minutes_title(&review.head.title);
    let may_write = viewer.role.may_write();
    let mut shell = shell(site, visit, viewer, (&title, r.read_minutes), Some(&review.head));
    shell.query_link = Some(link);
    let address = path(review.head.id.inner());
    let page = Page {
        r,
        said: said(visit),
        path: address,
        is_closed: review.head.status == ReviewStatus::Closed,
        html: review.minutes_html,
        hash: hash(review.packet.as_ref()),
        amendments: review
            .amendments
            .into_iter()
            .map(|one| {
                let day = one.at.with_timezone(&site.config.zone).date_naive();
                let exact = one.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
                (one.text, one.by.name, exact, fmt::date(day, words.language))
            })
            .collect(),
        may_write,
        key: send::fresh_key(visit),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

/// The minutes as a Markdown file.
pub(crate) async fn markdown(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    match read(&site, &visit, &id).await {
        Ok((_, review, _)) => file(
            review.minutes_text.into_bytes(),
            "text/markdown; charset=utf-8",
            "minutes.md",
        ),
        Err(problem) => problem.answer(&site, &visit),
    }
}

/// The minutes as a document for word processors, with the remarks on them.
pub(crate) async fn document_file(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
) -> Response {
    let r = visit.words().review();
    let (_, review, _) = match read(&site, &visit, &id).await {
        Ok(found) => found,
        Err(problem) => return problem.answer(&site, &visit),
    };
    let note = hash(review.packet.as_ref()).map_or_else(
        || r.draft_minutes.to_owned(),
        |hash| format!("{} {hash}", r.frozen),
    );
    let remark = |one: &Amendment| {
        let day = one.at.with_timezone(&site.config.zone).date_naive();
        format!("{} · {}", one.by.name, fmt::date(day, visit.language))
    };
    let below = docx::Below {
        note: &note,
        heading: r.amendments,
        remarks: review
            .amendments
            .iter()
            .map(|one| (one.text.as_str(), remark(one)))
            .collect(),
    };
    match docx::file(&review.minutes_text, &below) {
        Some(bytes) => file(
            bytes,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "minutes.docx",
        ),
        None => Problem::Failed("minutes that cannot be packed".to_owned()).answer(&site, &visit),
    }
}

/// What was frozen, as a file of JSON.
pub(crate) async fn json(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let found = read(&site, &visit, &id).await;
    match found.map(|(_, review, _)| review.packet) {
        Ok(Some(packet)) => file(
            packet.0.to_string().into_bytes(),
            "application/json",
            "packet.json",
        ),
        Ok(None) => Problem::NotFound.answer(&site, &visit),
        Err(problem) => problem.answer(&site, &visit),
    }
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response()
}
