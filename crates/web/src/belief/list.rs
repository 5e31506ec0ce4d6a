//! The theses of the fund and the capabilities of base models, a table each.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;

use super::{CapabilityStatus, DealId, Kind, StartupId, ThesisStatus, about, past, said, shell};
use crate::answer::Outcome;
use crate::as_of::AsOf;
use crate::layer::Layer;
use crate::problem::{self, Problem};
use crate::sector::SectorChip;
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{BeliefWords, Words};
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
struct ThesesVariables {
    as_of: Option<DateTime<Utc>>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ThesesVariables")]
struct ThesesPage {
    viewer: Option<Viewer>,
    #[arguments(asOf: $as_of)]
    theses: Vec<ThesisLine>,
    #[arguments(asOf: $as_of)]
    capabilities: Vec<CapabilityLine>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
struct ThesisLine {
    id: cynic::Id,
    statement: String,
    layer: Option<Layer>,
    sector: Option<SectorChip>,
    status: ThesisStatus,
    review_on: Option<NaiveDate>,
    verdicts: Vec<Day>,
    startups: Vec<StartupId>,
    deals: Vec<DealId>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ThesisVerdict")]
struct Day {
    on: NaiveDate,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
struct CapabilityLine {
    id: cynic::Id,
    statement: String,
    sector: Option<SectorChip>,
    status: CapabilityStatus,
    verdicts: Vec<CapabilityDay>,
    startups: Vec<StartupId>,
    waiting_deals: Vec<DealId>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "CapabilityVerdict")]
struct CapabilityDay {
    on: NaiveDate,
}

#[derive(Template)]
#[template(path = "theses.html")]
struct Page {
    shell: Shell,
    b: &'static BeliefWords,
    said: Option<&'static str>,
    may_write: bool,
    theses: Vec<Row>,
    capabilities: Vec<Row>,
}

struct Row {
    statement: String,
    link: String,
    about: Option<String>,
    sign: &'static str,
    status: &'static str,
    since: Option<String>,
    startups: String,
    deals: String,
    review_on: Option<String>,
    is_due: bool,
}

pub(super) fn document() -> String {
    ThesesPage::build(ThesesVariables { as_of: None }).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let b = words.beliefs();
    let past = past(site, visit);
    let variables = send::variables(&ThesesVariables {
        as_of: past.map(|(_, at)| at),
    })?;
    let found = send::read(site, visit, document(), variables.clone(), "ThesesPage").await?;
    let Outcome::Data(ThesesPage {
        viewer,
        theses,
        capabilities,
    }) = found
    else {
        return Err(Problem::NotFound);
    };
    let viewer = viewer.ok_or(Problem::SignIn)?;
    let may_write = viewer.role.may_write() && past.is_none();
    let mut shell = shell(site, visit, viewer, None, None);
    shell.follow(&["thesis", "capability", "deal"]);
    shell.query_link = Some(query_link(&document(), &variables, "ThesesPage"));
    if let Some((as_of, _)) = past {
        shell.stand_as_of(as_of, site.config.zone);
    }
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    let as_of = past.map(|(as_of, _)| as_of);
    let page = Page {
        b,
        said: said(visit),
        may_write,
        theses: theses
            .into_iter()
            .map(|thesis| thesis.row(as_of, today, words))
            .collect(),
        capabilities: capabilities
            .into_iter()
            .map(|capability| capability.row(as_of, words))
            .collect(),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

impl ThesisLine {
    fn row(self, as_of: Option<AsOf>, today: NaiveDate, words: &Words) -> Row {
        let (sign, status) = self.status.shown(words.beliefs());
        Row {
            link: AsOf::keep(as_of, &Kind::Thesis.path(self.id.inner())),
            about: about(self.layer, self.sector.as_ref(), words, words.language),
            sign,
            status,
            since: self.verdicts.last().map(|last| fmt::table_date(last.on)),
            startups: self.startups.len().to_string(),
            deals: self.deals.len().to_string(),
            review_on: self.review_on.map(fmt::table_date),
            is_due: self.review_on.is_some_and(|day| day <= today),
            statement: self.statement,
        }
    }
}

impl CapabilityLine {
    fn row(self, as_of: Option<AsOf>, words: &Words) -> Row {
        let (sign, status) = self.status.shown(words.beliefs());
        Row {
            link: AsOf::keep(as_of, &Kind::Capability.path(self.id.inner())),
            about: about(None, self.sector.as_ref(), words, words.language),
            sign,
            status,
            since: self.verdicts.last().map(|last| fmt::table_date(last.on)),
            startups: self.startups.len().to_string(),
            deals: self.waiting_deals.len().to_string(),
            review_on: None,
            is_due: false,
            statement: self.statement,
        }
    }
}
