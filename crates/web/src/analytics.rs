//! Analytics: the funnel, the flow, what sources bring, active deals put together, why deals were passed and which of
//! them others funded; one bar of filters for all.
//!
//! Each page has its own document, and says what it found as a [`report::Report`]: a definition, pictures, and the
//! table with the same figures, which is also what its CSV holds.

mod filters;
pub(crate) mod flow;
pub(crate) mod funnel;
pub(crate) mod misses;
pub(crate) mod pass_reasons;
pub(crate) mod pipeline;
mod query;
mod report;
pub(crate) mod sources;
mod view;

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use crate::answer::Outcome;
use crate::deal::Channel;
use crate::deals::FundOption;
use crate::deals::behind::{Bound, Opened};
use crate::deals::query::{DealSort, DealsQuery, Face};
use crate::layer::Layer;
use crate::narrow::several;
use crate::period::{self, Period, instants};
use crate::problem::{self, Problem};
use crate::query::{Bad, LayerChoice};
use crate::sector::{self, SectorLine, SectorNode};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::Words;
use crate::{Site, as_of_menu, fmt, schema, send};
use query::{AnalyticsQuery, Tab};
use report::Report;

/// Of which deals the figures are.
#[derive(Clone, cynic::InputObject)]
struct DealFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    channels: Option<Vec<Channel>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    funds: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Layer>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    startups: Option<OnLayers>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    owners: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    opened_from: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    opened_to: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    passed_from: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    passed_to: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    sectors: Option<Vec<String>>,
}

/// Startups on one of these layers, or on none yet.
#[derive(Clone, cynic::InputObject)]
#[cynic(graphql_type = "StartupFilter")]
struct OnLayers {
    layers: Vec<Layer>,
    include_unclassified: bool,
}

impl OnLayers {
    /// None where none is not among them: then a filter has the layers themselves.
    fn with_none(chosen: &BTreeSet<LayerChoice>) -> Option<Self> {
        chosen.contains(&LayerChoice::None).then(|| Self {
            layers: chosen.iter().filter_map(|one| one.layer()).collect(),
            include_unclassified: true,
        })
    }
}

impl DealFilter {
    /// None where nothing is narrowed.
    fn of(query: &AnalyticsQuery) -> Option<Self> {
        (!query.filters().is_empty()).then(|| Self::set(query))
    }

    fn set(query: &AnalyticsQuery) -> Self {
        let startups = OnLayers::with_none(&query.layers);
        let layers = query.layers.iter().filter_map(|one| one.layer());
        Self {
            channels: several(query.channels.iter().copied()),
            funds: several(query.funds.iter().map(|id| cynic::Id::new(id.clone()))),
            layers: several(layers.filter(|_| startups.is_none())),
            startups,
            owners: several(query.owners.iter().map(|id| cynic::Id::new(id.clone()))),
            opened_from: None,
            opened_to: None,
            passed_from: None,
            passed_to: None,
            sectors: several(query.sectors.iter().cloned()),
        }
    }

    /// Of the deals that were opened in the period alone.
    fn opened(query: &AnalyticsQuery, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self {
            opened_from: Some(from),
            opened_to: Some(to),
            ..Self::set(query)
        }
    }

    /// Of the deals that were passed in the period alone.
    fn passed(query: &AnalyticsQuery, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self {
            passed_from: Some(from),
            passed_to: Some(to),
            ..Self::set(query)
        }
    }
}

/// Below so many a share says little.
const FEW: i32 = 5;

/// A part of a whole as a share; a dash of nothing.
fn share(part: i32, whole: i32) -> String {
    Decimal::from(part)
        .checked_div(Decimal::from(whole))
        .map_or_else(|| "—".to_owned(), fmt::share)
}

/// What every page needs around its figures.
struct Frame {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    /// Whoever leads a deal of whatever status.
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
}

/// What there is to narrow by, by name.
struct Names<'a> {
    tree: &'a [SectorLine],
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "PipelineGroup")]
struct OwnerName {
    key: String,
    label: String,
}

/// How a page's figures are asked for.
struct Asked {
    as_of: Option<DateTime<Utc>>,
    /// First and last day.
    days: (NaiveDate, NaiveDate),
    /// First and last instant.
    instants: (DateTime<Utc>, DateTime<Utc>),
    /// Those of the period before, where it is to stand beside.
    instants_before: Option<(DateTime<Utc>, DateTime<Utc>)>,
    with_figures: bool,
}

/// What figures of a period are asked for with.
#[derive(cynic::QueryVariables)]
struct PeriodVariables {
    as_of: Option<DateTime<Utc>>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    filter: Option<DealFilter>,
    with_figures: bool,
}

impl PeriodVariables {
    /// Those that a document is written with, of which it takes their names alone.
    const ANY: Self = Self {
        as_of: None,
        from: None,
        to: None,
        filter: None,
        with_figures: true,
    };

    fn of(query: &AnalyticsQuery, asked: &Asked) -> Self {
        let (from, to) = asked.instants;
        Self {
            as_of: asked.as_of,
            from: Some(from),
            to: Some(to),
            filter: DealFilter::of(query),
            with_figures: asked.with_figures,
        }
    }
}

/// What a page makes its report with.
struct Context<'a> {
    query: &'a AnalyticsQuery,
    words: &'static Words,
    zone: chrono_tz::Tz,
    /// First and last day.
    days: (NaiveDate, NaiveDate),
    /// Those of the period before, where it stands beside.
    before: Option<(NaiveDate, NaiveDate)>,
}

impl Context<'_> {
    /// The list of the deals that a figure counts, as of the page's day.
    fn deals(&self, narrow: impl FnOnce(&mut DealsQuery)) -> String {
        let mut list = DealsQuery {
            face: Face::Table,
            layers: self.query.layers.clone(),
            sectors: self.query.sectors.clone(),
            owners: self.query.owners.clone(),
            channels: self.query.channels.clone(),
            funds: self.query.funds.clone(),
            as_of: self.query.as_of,
            ..DealsQuery::default()
        };
        narrow(&mut list);
        if list.as_of.is_some() && list.sort.is_of_now() {
            list.sort = DealSort::default();
        }
        list.link(&[])
    }

    /// Deals opened on these days.
    fn opened((from, to): (NaiveDate, NaiveDate)) -> Opened {
        Opened {
            from: Some(Bound::Day(from)),
            to: Some(Bound::Day(to)),
        }
    }
}

/// A page of analytics.
trait Analysis: DeserializeOwned {
    const TAB: Tab;
    const OPERATION: &'static str;

    fn document() -> String;

    fn variables(query: &AnalyticsQuery, asked: &Asked) -> Result<serde_json::Value, Problem>;

    fn frame(&mut self) -> Frame;

    /// None where no figures were asked for.
    fn report(self, context: &Context<'_>) -> Option<Report>;
}

/// The pages' documents by their files.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("analytics_funnel.graphql", funnel::FunnelPage::document()),
        ("analytics_flow.graphql", flow::FlowPage::document()),
        ("analytics_sources.graphql", sources::SourcesPage::document()),
        ("analytics_pipeline.graphql", pipeline::PipelinePage::document()),
        (
            "analytics_pass_reasons.graphql",
            pass_reasons::PassReasonsPage::document(),
        ),
        ("analytics_misses.graphql", misses::MissesPage::document()),
    ]
}

/// The first of the pages.
pub(crate) async fn start() -> Redirect {
    Redirect::to(Tab::Funnel.path())
}

async fn answer<A: Analysis>(site: &Site, visit: &Visit) -> Response {
    page::<A>(site, visit)
        .await
        .unwrap_or_else(|problem| problem.answer(site, visit))
}

async fn page<A: Analysis>(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let (mut query, mut bad) = AnalyticsQuery::parse(A::TAB, visit.query());
    if bad.is_empty() && query.canonical() != visit.query() {
        let address = query::address(A::TAB.path(), &query.canonical());
        return Ok(Redirect::to(&address).into_response());
    }
    let zone = site.config.zone;
    let as_of = as_of_menu::instant(&mut query.as_of, &mut bad, visit.now, zone);
    let until = as_of.unwrap_or(visit.now);
    let today = until.with_timezone(&zone).date_naive();
    let days = query.looked_at().days(today);
    let ends = instants(days, until, zone);
    if ends.is_none()
        && let Some(Period::Days(from, _)) = query.period.take()
    {
        bad.push(Bad {
            name: "from".to_owned(),
            value: from.to_string(),
        });
    }
    let before = query.with_before.then(|| period::before(days)).flatten();
    let mut asked = Asked {
        as_of,
        days,
        instants: ends.unwrap_or((until, until)),
        instants_before: before.and_then(|days| instants(days, until, zone)),
        with_figures: bad.is_empty(),
    };
    let mut variables = A::variables(&query, &asked)?;
    let first = send::read(site, visit, A::document(), variables.clone(), A::OPERATION).await?;
    let mut data: A = match first {
        Outcome::Data(data) => data,
        // A sector or an owner that is none: looked at below.
        Outcome::Refused(_) => {
            asked.with_figures = false;
            variables = A::variables(&query, &asked)?;
            send::read_record(site, visit, A::document(), variables.clone(), A::OPERATION).await?
        }
    };
    let frame = data.frame();
    let viewer = frame.viewer.ok_or(Problem::SignIn)?;
    let tree = sector::tree(&frame.sectors);
    let names = Names {
        tree: &tree,
        owners: frame.owners,
        funds: frame.funds,
    };
    take_unknown(&mut query, &mut bad, &names);
    let context = Context {
        query: &query,
        words: visit.words(),
        zone,
        days,
        before,
    };
    let report = data.report(&context).filter(|_| bad.is_empty());
    let is_understood = report.is_some();
    if let Some(report) = report.as_ref().filter(|_| query.is_csv) {
        return Ok(file(&query, report));
    }
    let page = view::Page::new(
        site,
        visit,
        view::Found {
            document: A::document(),
            operation: A::OPERATION,
            query: query.clone(),
            bad,
            viewer,
            names,
            days,
            today,
            report,
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

/// What is in no tree and leads no deal would match nothing, in silence.
fn take_unknown(query: &mut AnalyticsQuery, bad: &mut Vec<Bad>, names: &Names<'_>) {
    let mut unknown = Vec::new();
    query.sectors.retain(|slug| {
        let is_known = names.tree.iter().any(|line| line.chip.slug == *slug);
        if !is_known {
            unknown.push(("sector", slug.clone()));
        }
        is_known
    });
    query.owners.retain(|id| {
        let is_known = names.owners.iter().any(|owner| owner.key == *id);
        if !is_known {
            unknown.push(("owner", id.clone()));
        }
        is_known
    });
    query.funds.retain(|id| {
        let is_known = names.funds.iter().any(|fund| fund.id.inner() == id);
        if !is_known {
            unknown.push(("fund", id.clone()));
        }
        is_known
    });
    bad.extend(unknown.into_iter().map(|(name, value)| Bad {
        name: name.to_owned(),
        value,
    }));
}

/// The table as a file.
fn file(query: &AnalyticsQuery, report: &Report) -> Response {
    let name = query.tab.path().rsplit('/').next().unwrap_or_default();
    (
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"touchstone-{name}.csv\""),
            ),
        ],
        report.csv(),
    )
        .into_response()
}
