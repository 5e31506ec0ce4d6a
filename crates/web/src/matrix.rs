//! The matrix: how the startups of the fund spread over sectors, downward, and layers, across; one measure at a time.

mod filters;
mod query;
mod view;

use std::collections::{BTreeSet, HashSet};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use crate::answer::Outcome;
use crate::assessment::Flag;
use crate::deal::Channel;
use crate::deals::UserName;
use crate::evidence::Grade;
use crate::layer::Layer;
use crate::narrow::several;
use crate::period::{Period, instants};
use crate::problem::{self, Problem};
use crate::query::{Bad, LayerChoice};
use crate::sector::{self, SectorChip, SectorNode};
use crate::startup::profile::TechnicalRoute;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Site, as_of_menu, schema, send};
use query::MatrixQuery;

#[derive(cynic::QueryVariables)]
struct MatrixPageVariables {
    as_of: Option<DateTime<Utc>>,
    depth: i32,
    filter: Option<StartupFilter>,
    with_choices: bool,
    with_figures: bool,
}

/// Which startups are counted.
#[derive(cynic::InputObject)]
struct StartupFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Layer>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    include_unclassified: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    sectors: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    focus_only: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    routes: Option<Vec<TechnicalRoute>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    countries: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    providers: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    owners: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    channels: Option<Vec<Channel>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    best_grades: Option<Vec<Grade>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    has_proof: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    flags: Option<Vec<Flag>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    created_from: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    created_to: Option<DateTime<Utc>>,
}

impl StartupFilter {
    /// None where nothing is narrowed.
    fn of(filter: &query::StartupFilter, came_in: Option<(DateTime<Utc>, DateTime<Utc>)>) -> Option<Self> {
        let layers = filter.layers.iter().filter_map(|one| match one {
            LayerChoice::Is(layer) => Some(*layer),
            LayerChoice::None => None,
        });
        let narrows = *filter != query::StartupFilter::default() || came_in.is_some();
        narrows.then(|| Self {
            layers: several(layers),
            include_unclassified: filter.layers.contains(&LayerChoice::None).then_some(true),
            sectors: filter.sector.clone().map(|slug| vec![slug]),
            focus_only: filter.focus.then_some(true),
            routes: several(filter.routes.iter().copied()),
            countries: several(filter.countries.iter().cloned()),
            providers: several(filter.providers.iter().map(cynic::Id::new)),
            owners: several(filter.owners.iter().map(cynic::Id::new)),
            channels: several(filter.channels.iter().copied()),
            best_grades: several(filter.grades.iter().copied()),
            has_proof: filter.proof,
            flags: several(filter.flags.iter().copied()),
            created_from: came_in.map(|(from, _)| from),
            created_to: came_in.map(|(_, to)| to),
        })
    }
}

/// What there is to choose from, beside words of closed sets and sectors.
struct Choices {
    /// Codes, those with the most startups first.
    countries: Vec<String>,
    providers: Vec<ProviderName>,
    users: Vec<UserName>,
}

/// Everything the page shows. Without figures it is the frame, for a query that was not understood.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MatrixPageVariables")]
struct MatrixPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "sectors", alias)]
    theses: Vec<SectorThesis>,
    users: Vec<UserName>,
    // What else there is to choose from, which is of now.
    #[directives(include(if: $with_choices))]
    providers: Option<Vec<ProviderName>>,
    #[directives(include(if: $with_choices))]
    startup_facets: Option<Facets>,
    #[arguments(asOf: $as_of, depth: $depth, filter: $filter)]
    #[directives(include(if: $with_figures))]
    coverage: Option<Coverage>,
}

/// A provider to choose.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Provider")]
struct ProviderName {
    id: cynic::Id,
    name: String,
}

/// In which countries there are startups, most first.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "StartupFacets")]
struct Facets {
    countries: Vec<CountryCount>,
}

#[derive(cynic::QueryFragment)]
struct CountryCount {
    country: String,
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
    fn new(
        query: &MatrixQuery,
        as_of: Option<DateTime<Utc>>,
        came_in: Option<(DateTime<Utc>, DateTime<Utc>)>,
        with_figures: bool,
    ) -> Self {
        Self {
            as_of,
            depth: if query.is_deep { 2 } else { 1 },
            filter: StartupFilter::of(&query.filter, came_in),
            with_choices: as_of.is_none(),
            with_figures,
        }
    }
}

/// The page's document, the same for every query.
pub(crate) fn document() -> String {
    MatrixPage::build(MatrixPageVariables::new(
        &MatrixQuery::default(),
        None,
        None,
        true,
    ))
    .query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    matrix(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// Leaves out the ids that are none of those to choose from.
fn keep_known(name: &str, ids: &mut BTreeSet<String>, known: &HashSet<&str>, bad: &mut Vec<Bad>) {
    ids.retain(|id| {
        let is_known = known.contains(id.as_str());
        if !is_known {
            bad.push(Bad {
                name: name.to_owned(),
                value: id.clone(),
            });
        }
        is_known
    });
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
    let until = as_of.unwrap_or(visit.now);
    let today = until.with_timezone(&site.config.zone).date_naive();
    let days = query.period.map(|period| period.days(today));
    let came_in = days.and_then(|days| instants(days, until, site.config.zone));
    if came_in.is_none()
        && let Some(Period::Days(from, _)) = query.period
    {
        query.period = None;
        bad.push(Bad {
            name: "from".to_owned(),
            value: from.to_string(),
        });
    }
    // Of the past these are not stored: nothing is shown rather than what was not asked for.
    if as_of.is_some() && query.filter.is_of_now() {
        bad.extend(query.filter.pairs().into_iter().filter_map(|(name, values)| {
            let value = values.join(",");
            let is_of_now = matches!(name, "grade" | "proof" | "flag" | "provider");
            is_of_now.then(|| Bad {
                name: name.to_owned(),
                value,
            })
        }));
        query.filter = query.filter.of_any_day();
    }
    let mut variables = send::variables(&MatrixPageVariables::new(&query, as_of, came_in, bad.is_empty()))?;
    let first = send::read(site, visit, document(), variables.clone(), "MatrixPage").await?;
    let mut data: MatrixPage = match first {
        Outcome::Data(data) => data,
        // A sector that is none: looked at below.
        Outcome::Refused(_) => {
            variables = send::variables(&MatrixPageVariables::new(&query, as_of, came_in, false))?;
            send::read_record(site, visit, document(), variables.clone(), "MatrixPage").await?
        }
    };
    let tree = sector::tree(&data.sectors);
    if let Some(slug) = query
        .filter
        .sector
        .take_if(|slug| !tree.iter().any(|line| line.chip.slug == *slug))
    {
        bad.push(Bad {
            name: "sector".to_owned(),
            value: slug,
        });
    }
    let choices = Choices {
        countries: data
            .startup_facets
            .take()
            .map(|facets| facets.countries)
            .unwrap_or_default()
            .into_iter()
            .map(|one| one.country)
            .collect(),
        providers: data.providers.take().unwrap_or_default(),
        users: std::mem::take(&mut data.users),
    };
    let filter = &mut query.filter;
    let providers = choices.providers.iter().map(|one| one.id.inner()).collect();
    keep_known("provider", &mut filter.providers, &providers, &mut bad);
    let users = choices.users.iter().map(|one| one.id.inner()).collect();
    keep_known("owner", &mut filter.owners, &users, &mut bad);
    let is_understood = bad.is_empty() && data.coverage.is_some();
    let viewer = data.viewer.take().ok_or(Problem::SignIn)?;
    let page = view::Page::new(
        site,
        visit,
        view::Found {
            query,
            bad,
            days,
            viewer,
            sectors: data.sectors,
            theses: data.theses,
            coverage: data.coverage.filter(|_| is_understood),
            tree,
            choices,
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
