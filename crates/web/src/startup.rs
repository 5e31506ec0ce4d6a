//! A startup's page: who pays first, then the ledger, the deals, the people, and what was done lately.

mod fields;
pub(crate) mod form;
pub(crate) mod profile;
mod view;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;

use crate::activity::ActivityLine;
use crate::as_of::{self, AsOf};
use crate::assessment::{Ask, Assessment};
use crate::belief::bets::{CapabilityChoice, ThesisChoice};
use crate::deal::DealLine;
use crate::document::DocumentLine;
use crate::evidence::LedgerRecord;
use crate::interaction::InteractionLine;
use crate::person::PostLine;
use crate::problem::{self, Problem};
use crate::task::TaskLine;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Site, schema, send};
use profile::Profile;

/// The address of a startup's page.
pub(crate) fn path(id: &str) -> String {
    format!("/startups/{id}")
}

/// The name of a record's place on the page: its id without what CSS would have to escape.
pub(crate) fn anchor(id: &str) -> String {
    match id.split_once('_') {
        Some(("evidence", rest)) => format!("ev-{rest}"),
        Some((kind, rest)) => format!("{kind}-{rest}"),
        None => id.to_owned(),
    }
}

#[derive(cynic::QueryVariables)]
struct StartupPageVariables {
    id: cynic::Id,
    after: Option<String>,
    as_of: Option<DateTime<Utc>>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "StartupPageVariables")]
struct StartupPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id, asOf: $as_of)]
    startup: Option<Startup>,
}

/// Of a startup, what its page shows beside the profile.
#[derive(cynic::QueryFragment)]
#[cynic(variables = "StartupPageVariables")]
struct Startup {
    id: cynic::Id,
    #[cynic(spread)]
    profile: Profile,
    updated_at: DateTime<Utc>,
    external_ids: Vec<ExternalId>,
    assessment: Assessment,
    #[arguments(first: 5)]
    ask_next: Vec<Ask>,
    #[arguments(first: 50, after: $after, filter: { includeRetracted: true, includeSuperseded: true })]
    evidence: Ledger,
    #[arguments(first: 20)]
    deals: Deals,
    #[arguments(first: 20)]
    interactions: Interactions,
    tasks: Vec<TaskLine>,
    people: Vec<PostLine>,
    competitors: Vec<Competitor>,
    theses: Vec<ThesisChoice>,
    bets: Vec<CapabilityChoice>,
    documents: Vec<DocumentLine>,
    #[arguments(first: 10)]
    activity: Activities,
}

/// A key under which a source knows it.
#[derive(cynic::QueryFragment)]
struct ExternalId {
    source: String,
    id: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "EvidenceConnection")]
struct Ledger {
    total_count: i32,
    page_info: MorePages,
    nodes: Vec<LedgerRecord>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "PageInfo")]
struct MorePages {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct Deals {
    total_count: i32,
    nodes: Vec<DealLine>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "InteractionConnection")]
struct Interactions {
    total_count: i32,
    nodes: Vec<InteractionLine>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct Competitor {
    id: cynic::Id,
    name: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ActivityConnection")]
struct Activities {
    nodes: Vec<ActivityLine>,
}

impl StartupPageVariables {
    fn new(id: &str, after: Option<String>, as_of: Option<DateTime<Utc>>) -> Self {
        let id = id.into();
        Self { id, after, as_of }
    }
}

/// The page's document.
pub(crate) fn document() -> String {
    StartupPage::build(StartupPageVariables::new("", None, None)).query
}

#[derive(cynic::QueryVariables)]
struct StartupBySlugVariables {
    slug: String,
}

/// Whose name in addresses it is.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "StartupBySlugVariables")]
struct StartupBySlug {
    #[arguments(slug: $slug)]
    startup: Option<StartupId>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct StartupId {
    id: cynic::Id,
}

/// The document that finds a startup by its name in addresses.
pub(crate) fn slug_document() -> String {
    StartupBySlug::build(StartupBySlugVariables { slug: String::new() }).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(name): Path<String>) -> Response {
    page(&site, &visit, &name)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit, name: &str) -> Result<Response, Problem> {
    if !name.starts_with("startup_") {
        return by_slug(site, visit, name).await;
    }
    let as_of = match visit.parameter(as_of::PARAMETER) {
        None => None,
        Some(text) => {
            let read = AsOf::read(&text);
            let known = read.and_then(|as_of| Some((as_of, as_of.instant(visit.now, site.config.zone)?)));
            Some(known.ok_or(Problem::NoSuchDay)?)
        }
    };
    let instant = as_of.map(|(_, instant)| instant);
    let variables = send::variables(&StartupPageVariables::new(
        name,
        visit.parameter("after"),
        instant,
    ))?;
    let found: StartupPage =
        send::read_record(site, visit, document(), variables.clone(), "StartupPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let startup = match (found.startup, as_of) {
        (Some(startup), _) => startup,
        // There for whoever looks now: it came later.
        (None, Some(_)) if form::name_of(site, visit, name).await?.is_some() => {
            return Err(Problem::NotKnownThen);
        }
        (None, _) => return Err(Problem::NotFound),
    };
    let as_of = as_of.map(|(as_of, _)| as_of);
    let page = view::Page::new(site, visit, viewer, startup, as_of, &variables);
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

/// A readable address leads to the permanent one.
async fn by_slug(site: &Site, visit: &Visit, slug: &str) -> Result<Response, Problem> {
    let variables = send::variables(&StartupBySlugVariables {
        slug: slug.to_owned(),
    })?;
    let found: StartupBySlug =
        send::read_record(site, visit, slug_document(), variables, "StartupBySlug").await?;
    let startup = found.startup.ok_or(Problem::NotFound)?;
    let query = visit
        .uri
        .query()
        .map_or(String::new(), |query| format!("?{query}"));
    Ok(Redirect::to(&format!("{}{query}", path(startup.id.inner()))).into_response())
}
