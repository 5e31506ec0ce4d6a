//! The hype map: of every startup what is claimed, to the right, against what is shown, upward; and the same in tables.

mod filters;
mod picture;
mod query;
mod view;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use crate::as_of;
use crate::evidence::Grade;
use crate::layer::Layer;
use crate::problem::{self, Problem};
use crate::query::{Bad, LayerChoice};
use crate::sector::{self, SectorChip, SectorLine, SectorNode};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Site, schema, send};
use query::HypeQuery;

#[derive(cynic::QueryVariables)]
struct HypePageVariables {
    as_of: Option<DateTime<Utc>>,
    layers: Option<Vec<Layer>>,
    include_unclassified: Option<bool>,
    sectors: Option<Vec<String>>,
    depth: i32,
    with_map: bool,
}

/// Everything the page shows. Without a map it is the frame, for a query that was not understood.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "HypePageVariables")]
struct HypePage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[arguments(asOf: $as_of, layers: $layers, includeUnclassified: $include_unclassified, sectors: $sectors)]
    #[directives(include(if: $with_map))]
    hype_map: Option<HypeMap>,
}

#[derive(cynic::QueryFragment)]
#[cynic(variables = "HypePageVariables")]
struct HypeMap {
    startups: i32,
    points: Vec<HypePoint>,
    grid: Vec<HypeCell>,
    layers: Vec<LayerSum>,
    #[arguments(depth: $depth)]
    sectors: Vec<SectorSum>,
}

#[derive(cynic::QueryFragment)]
struct HypePoint {
    startup: PointStartup,
    claimed_demand: Decimal,
    demand: Decimal,
    hype_gap: Decimal,
    hype_share: Option<Decimal>,
    best_grade: Option<Grade>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct PointStartup {
    id: cynic::Id,
    name: String,
    layer: Option<Layer>,
}

#[derive(cynic::QueryFragment)]
struct HypeCell {
    claimed_from: Decimal,
    demand_from: Decimal,
    startups: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "HypeSum")]
struct LayerSum {
    layer: Option<Layer>,
    #[cynic(spread)]
    sum: Sum,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "HypeSum")]
struct SectorSum {
    sector: Option<SectorChip>,
    #[cynic(spread)]
    sum: Sum,
}

/// Startups taken together.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "HypeSum")]
struct Sum {
    startups: i32,
    flagged: i32,
    median_claimed_demand: Decimal,
    median_demand: Decimal,
    median_hype_gap: Decimal,
}

impl HypePageVariables {
    fn new(query: &HypeQuery, as_of: Option<DateTime<Utc>>, with_map: bool) -> Self {
        let layers = query.layers.iter().filter_map(|choice| match choice {
            LayerChoice::Is(layer) => Some(*layer),
            LayerChoice::None => None,
        });
        Self {
            as_of,
            // An empty list beside includeUnclassified: those without a layer alone.
            layers: (!query.layers.is_empty()).then(|| layers.collect()),
            include_unclassified: query.layers.contains(&LayerChoice::None).then_some(true),
            sectors: (!query.sectors.is_empty()).then(|| query.sectors.iter().cloned().collect()),
            depth: query.depth.number(),
            with_map,
        }
    }
}

/// The page's document, the same for every query.
pub(crate) fn document() -> String {
    HypePage::build(HypePageVariables::new(&HypeQuery::default(), None, true)).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    map(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn map(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let (mut query, mut bad) = HypeQuery::parse(visit.query());
    if bad.is_empty() && query.canonical() != visit.query() {
        let lasting = HypeQuery {
            lang: None,
            print: false,
            ..query.clone()
        };
        let address = match query.canonical() {
            canonical if canonical.is_empty() => lasting.link(&[]),
            canonical => format!("/hype?{canonical}"),
        };
        return Ok(Redirect::to(&address).into_response());
    }
    let instant = query
        .as_of
        .map(|as_of| (as_of, as_of.instant(visit.now, site.config.zone)));
    let as_of = match instant {
        Some((to_come, None)) => {
            query.as_of = None;
            bad.push(Bad {
                name: as_of::PARAMETER.to_owned(),
                value: to_come.code(),
            });
            None
        }
        Some((_, known)) => known,
        None => None,
    };
    let variables = send::variables(&HypePageVariables::new(&query, as_of, bad.is_empty()))?;
    // The sectors of the address are the only thing that the server could refuse, and they are looked at below.
    let mut data: HypePage = match send::read(site, visit, document(), variables, "HypePage").await? {
        crate::answer::Outcome::Data(data) => data,
        crate::answer::Outcome::Refused(_) => {
            let frame = send::variables(&HypePageVariables::new(&query, as_of, false))?;
            send::read_record(site, visit, document(), frame, "HypePage").await?
        }
    };
    let viewer = data.viewer.take().ok_or(Problem::SignIn)?;
    let tree = sector::tree(&data.sectors);
    bad.extend(take_unknown_sectors(&mut query, &tree));
    let is_understood = bad.is_empty();
    let map = data.hype_map.take().filter(|_| is_understood);
    let variables = send::variables(&HypePageVariables::new(&query, as_of, map.is_some()))?;
    let page = view::Page::new(
        site,
        visit,
        view::Found {
            query,
            bad,
            viewer,
            tree,
            map,
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

/// A sector that is not in the tree would match nothing, in silence.
fn take_unknown_sectors(query: &mut HypeQuery, tree: &[SectorLine]) -> Vec<Bad> {
    let is_known = |slug: &String| tree.iter().any(|line| line.chip.slug == *slug);
    let (known, unknown): (_, std::collections::BTreeSet<String>) =
        std::mem::take(&mut query.sectors).into_iter().partition(is_known);
    query.sectors = known;
    unknown
        .into_iter()
        .map(|value| Bad {
            name: "sector".to_owned(),
            value,
        })
        .collect()
}
