//! The matrix: how the startups of the fund spread over sectors, downward, and layers, across; one measure at a time.

mod query;
mod view;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use crate::layer::Layer;
use crate::problem::{self, Problem};
use crate::sector::{SectorChip, SectorNode};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Site, as_of_menu, schema, send};
use query::MatrixQuery;

#[derive(cynic::QueryVariables)]
struct MatrixPageVariables {
    as_of: Option<DateTime<Utc>>,
    depth: i32,
    with_figures: bool,
}

/// Everything the page shows. Without figures it is the frame, for a query that was not understood.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MatrixPageVariables")]
struct MatrixPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "sectors", alias)]
    theses: Vec<SectorThesis>,
    #[arguments(asOf: $as_of, depth: $depth)]
    #[directives(include(if: $with_figures))]
    coverage: Option<Coverage>,
}

/// What the fund believes of a focus.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Sector")]
struct SectorThesis {
    slug: String,
    payer: Option<String>,
    open_problem: Option<String>,
    thesis: Option<String>,
}

#[derive(cynic::QueryFragment)]
struct Coverage {
    cells: Vec<CoverageCell>,
    layers: Vec<CoverageCell>,
    sectors: Vec<CoverageCell>,
    total: CoverageCell,
}

#[derive(cynic::QueryFragment)]
struct CoverageCell {
    layer: Option<Layer>,
    sector: Option<SectorChip>,
    startups: i32,
    active_deals: i32,
    proof_share: Option<Decimal>,
    assessed: i32,
    median_conviction: Option<Decimal>,
    median_hype_gap: Option<Decimal>,
}

impl MatrixPageVariables {
    fn new(query: &MatrixQuery, as_of: Option<DateTime<Utc>>, with_figures: bool) -> Self {
        Self {
            as_of,
            depth: if query.is_deep { 2 } else { 1 },
            with_figures,
        }
    }
}

/// The page's document, the same for every query.
pub(crate) fn document() -> String {
    MatrixPage::build(MatrixPageVariables::new(&MatrixQuery::default(), None, true)).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    matrix(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn matrix(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let (mut query, mut bad) = MatrixQuery::parse(visit.query());
    if bad.is_empty() && query.canonical() != visit.query() {
        let address = match query.canonical() {
            canonical if canonical.is_empty() => "/matrix".to_owned(),
            canonical => format!("/matrix?{canonical}"),
        };
        return Ok(Redirect::to(&address).into_response());
    }
    let as_of = as_of_menu::instant(&mut query.as_of, &mut bad, visit.now, site.config.zone);
    let is_understood = bad.is_empty();
    let variables = send::variables(&MatrixPageVariables::new(&query, as_of, is_understood))?;
    let mut data: MatrixPage =
        send::read_record(site, visit, document(), variables.clone(), "MatrixPage").await?;
    let viewer = data.viewer.take().ok_or(Problem::SignIn)?;
    let page = view::Page::new(
        site,
        visit,
        view::Found {
            query,
            bad,
            viewer,
            sectors: data.sectors,
            theses: data.theses,
            coverage: data.coverage,
            variables,
        },
    );
    let status = if is_understood {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    problem::page(status, visit.language.tag(), &page)
}
