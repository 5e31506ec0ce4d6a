//! A thesis's page and a capability's: what was said of it, who rests on it, and what waits for it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use serde_json::Value;

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

/// A day in the reader's words, and exact.
fn shown(day: NaiveDate, visit: &Visit) -> (String, String) {
    (fmt::date(day, visit.language), fmt::table_date(day))
}

/// What is asked for of one.
fn asked(site: &Site, visit: &Visit, id: &str) -> Result<Value, Problem> {
    let as_of = past(site, visit).map(|(_, at)| at);
    send::variables(&BeliefVariables { id: id.into(), as_of })
}

async fn thesis_page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let variables = asked(site, visit, id)?;
    let (document, operation) = (thesis_document(), "ThesisPage");
    let query = query_link(&document, &variables, operation);
    let found: ThesisPage = send::read_record(site, visit, document, variables, operation).await?;
    let words = visit.words();
    let b = words.beliefs();
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let one = found.thesis.ok_or(Problem::NotFound)?;
    let shown = Shown {
        kind: Kind::Thesis,
        about: about(one.layer, one.sector.as_ref(), words, words.language),
        stands: one.status.shown(b),
        id: one.id,
        statement: one.statement,
        review_on: one.review_on,
        created_at: one.created_at,
        verdicts: one
            .verdicts
            .into_iter()
            .map(|one| one.view(site, words))
            .collect(),
        resting: b.rests,
        startups: one.startups,
        deals: one.deals,
        waiting: None,
    };
    shown.draw(site, visit, viewer, query)
}

async fn capability_page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let variables = asked(site, visit, id)?;
    let (document, operation) = (capability_document(), "CapabilityPage");
    let query = query_link(&document, &variables, operation);
    let found: CapabilityPage = send::read_record(site, visit, document, variables, operation).await?;
    let words = visit.words();
    let b = words.beliefs();
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let one = found.capability.ok_or(Problem::NotFound)?;
    let shown = Shown {
        kind: Kind::Capability,
        about: about(None, one.sector.as_ref(), words, words.language),
        stands: one.status.shown(b),
        id: one.id,
        statement: one.statement,
        review_on: None,
        created_at: one.created_at,
        verdicts: one
            .verdicts
            .into_iter()
            .map(|one| one.view(site, words))
            .collect(),
        resting: b.bets,
        startups: one.startups,
        deals: one.deals,
        waiting: Some(one.waiting_deals),
    };
    shown.draw(site, visit, viewer, query)
}

/// What a page shows of either kind.
struct Shown {
    kind: Kind,
    id: cynic::Id,
    statement: String,
    about: Option<String>,
    /// Its sign and its word.
    stands: (&'static str, &'static str),
    review_on: Option<NaiveDate>,
    created_at: DateTime<Utc>,
    /// The earliest first.
    verdicts: Vec<VerdictView>,
    resting: &'static str,
    startups: Vec<RestingStartup>,
    deals: Vec<RestingDeal>,
    waiting: Option<Vec<RestingDeal>>,
}

impl Shown {
    fn draw(self, site: &Site, visit: &Visit, viewer: Viewer, query: String) -> Result<Response, Problem> {
        let words = visit.words();
        let past = past(site, visit).map(|(as_of, _)| as_of);
        let path = self.kind.path(self.id.inner());
        let may_write = viewer.role.may_write() && past.is_none();
        let record = Some((self.statement.as_str(), path.clone()));
        let mut shell = shell(site, visit, viewer, record, None);
        shell.follow(&[self.id.inner(), "deal", "startup"]);
        shell.query_link = Some(query);
        if let Some(as_of) = past {
            shell.stand_as_of(as_of, site.config.zone);
        }
        let deals = |all: Vec<RestingDeal>| all.into_iter().map(|one| one.view(past, words)).collect();
        let (sign, status) = self.stands;
        let page = Page {
            shell,
            b: words.beliefs(),
            r: words.review(),
            said: said(visit),
            may_write,
            about: self.about,
            sign,
            status,
            review_on: self.review_on.map(|day| shown(day, visit)),
            begun: shown(
                self.created_at.with_timezone(&site.config.zone).date_naive(),
                visit,
            ),
            verdicts: self.verdicts.into_iter().rev().collect(),
            resting: self.resting,
            startups: self
                .startups
                .into_iter()
                .map(|one| one.view(past, words))
                .collect(),
            deals: deals(self.deals),
            waiting: self.waiting.map(deals),
            statement: self.statement,
            path,
        };
        problem::page(StatusCode::OK, visit.language.tag(), &page)
    }
}
