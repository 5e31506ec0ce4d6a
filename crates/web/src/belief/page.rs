//! A thesis's page and a capability's: what was said of it, who rests on it, and what waits for it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;

use super::{
    CapabilityStatus, CapabilityVerdict, DealView, Kind, RestingDeal, RestingStartup, StartupView,
    ThesisStatus, ThesisVerdict, VerdictView, about, past, said, shell,
};
use crate::layer::Layer;
use crate::problem::{self, Problem, answered};
use crate::sector::SectorChip;
use crate::send;
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{BeliefWords, ReviewWords};
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct BeliefVariables {
    id: cynic::Id,
    as_of: Option<DateTime<Utc>>,
}

/// Everything that a thesis's page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BeliefVariables")]
struct ThesisPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id, asOf: $as_of)]
    thesis: Option<Thesis>,
}

#[derive(cynic::QueryFragment)]
struct Thesis {
    id: cynic::Id,
    statement: String,
    layer: Option<Layer>,
    sector: Option<SectorChip>,
    status: ThesisStatus,
    review_on: Option<NaiveDate>,
    created_at: DateTime<Utc>,
    verdicts: Vec<ThesisVerdict>,
    startups: Vec<RestingStartup>,
    deals: Vec<RestingDeal>,
}

/// Everything that a capability's page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BeliefVariables")]
struct CapabilityPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id, asOf: $as_of)]
    capability: Option<Capability>,
}

#[derive(cynic::QueryFragment)]
struct Capability {
    id: cynic::Id,
    statement: String,
    sector: Option<SectorChip>,
    status: CapabilityStatus,
    created_at: DateTime<Utc>,
    verdicts: Vec<CapabilityVerdict>,
    startups: Vec<RestingStartup>,
    deals: Vec<RestingDeal>,
    waiting_deals: Vec<RestingDeal>,
}

#[derive(Template)]
#[template(path = "belief.html")]
struct Page {
    shell: Shell,
    b: &'static BeliefWords,
    r: &'static ReviewWords,
    said: Option<&'static str>,
    path: String,
    may_write: bool,
    statement: String,
    about: Option<String>,
    sign: &'static str,
    status: &'static str,
    review_on: Option<(String, String)>,
    begun: (String, String),
    verdicts: Vec<VerdictView>,
    /// How the startups are headed: they rest on a thesis, and bet on a capability.
    resting: &'static str,
    startups: Vec<StartupView>,
    deals: Vec<DealView>,
    /// Of a capability.
    waiting: Option<Vec<DealView>>,
}

fn thesis_document() -> String {
    ThesisPage::build(BeliefVariables {
        id: "".into(),
        as_of: None,
    })
    .query
}

fn capability_document() -> String {
    CapabilityPage::build(BeliefVariables {
        id: "".into(),
        as_of: None,
    })
    .query
}

pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("thesis.graphql", thesis_document()),
        ("capability.graphql", capability_document()),
    ]
}

pub(crate) async fn thesis(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = thesis_page(&site, &visit, &id).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn capability(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = capability_page(&site, &visit, &id).await;
    answered(&site, &visit, answer)
}

/// The frame of a record's page.
fn frame(
    site: &Site,
    visit: &Visit,
    viewer: Viewer,
    (statement, path): (&str, &str),
    id: &str,
    query: String,
) -> Shell {
    let mut shell = shell(site, visit, viewer, Some((statement, path.to_owned())), None);
    shell.follow(&[id, "deal", "startup"]);
    shell.query_link = Some(query);
    if let Some((as_of, _)) = past(site, visit) {
        shell.stand_as_of(as_of, site.config.zone);
    }
    shell
}

/// A day in the reader's words, and exact.
fn shown(day: NaiveDate, visit: &Visit) -> (String, String) {
    (fmt::date(day, visit.language), fmt::table_date(day))
}

async fn thesis_page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let past = past(site, visit);
    let variables = send::variables(&BeliefVariables {
        id: id.into(),
        as_of: past.map(|(_, at)| at),
    })?;
    let document = thesis_document();
    let found: ThesisPage =
        send::read_record(site, visit, document.clone(), variables.clone(), "ThesisPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let Thesis {
        id,
        statement,
        layer,
        sector,
        status,
        review_on,
        created_at,
        verdicts,
        startups,
        deals,
    } = found.thesis.ok_or(Problem::NotFound)?;
    let path = Kind::Thesis.path(id.inner());
    let query = query_link(&document, &variables, "ThesisPage");
    let b = words.beliefs();
    let (sign, status) = status.shown(b);
    let may_write = viewer.role.may_write() && past.is_none();
    let as_of = past.map(|(as_of, _)| as_of);
    let page = Page {
        shell: frame(site, visit, viewer, (&statement, &path), id.inner(), query),
        b,
        r: words.review(),
        said: said(visit),
        may_write,
        about: about(layer, sector.as_ref(), words, words.language),
        sign,
        status,
        review_on: review_on.map(|day| shown(day, visit)),
        begun: shown(created_at.with_timezone(&site.config.zone).date_naive(), visit),
        verdicts: verdicts
            .into_iter()
            .rev()
            .map(|one| one.view(site, words))
            .collect(),
        resting: b.rests,
        startups: startups.into_iter().map(|one| one.view(as_of, words)).collect(),
        deals: deals.into_iter().map(|one| one.view(as_of, words)).collect(),
        waiting: None,
        statement,
        path,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

async fn capability_page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let past = past(site, visit);
    let variables = send::variables(&BeliefVariables {
        id: id.into(),
        as_of: past.map(|(_, at)| at),
    })?;
    let document = capability_document();
    let found: CapabilityPage =
        send::read_record(site, visit, document.clone(), variables.clone(), "CapabilityPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let Capability {
        id,
        statement,
        sector,
        status,
        created_at,
        verdicts,
        startups,
        deals,
        waiting_deals,
    } = found.capability.ok_or(Problem::NotFound)?;
    let path = Kind::Capability.path(id.inner());
    let query = query_link(&document, &variables, "CapabilityPage");
    let b = words.beliefs();
    let (sign, status) = status.shown(b);
    let may_write = viewer.role.may_write() && past.is_none();
    let as_of = past.map(|(as_of, _)| as_of);
    let waiting = waiting_deals.into_iter().map(|one| one.view(as_of, words));
    let page = Page {
        shell: frame(site, visit, viewer, (&statement, &path), id.inner(), query),
        b,
        r: words.review(),
        said: said(visit),
        may_write,
        about: about(None, sector.as_ref(), words, words.language),
        sign,
        status,
        review_on: None,
        begun: shown(created_at.with_timezone(&site.config.zone).date_naive(), visit),
        verdicts: verdicts
            .into_iter()
            .rev()
            .map(|one| one.view(site, words))
            .collect(),
        resting: b.bets,
        startups: startups.into_iter().map(|one| one.view(as_of, words)).collect(),
        deals: deals.into_iter().map(|one| one.view(as_of, words)).collect(),
        waiting: Some(waiting.collect()),
        statement,
        path,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}
