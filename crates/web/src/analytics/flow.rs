//! What happened week by week, month by month or quarter by quarter; and startups by their month of founding.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use cynic::QueryBuilder;

use super::query::{AnalyticsQuery, Tab};
use super::report::{Band, Cell, Figure, Head, Part, Picture, Report, Table};
use super::{Analysis, Asked, Context, DealFilter, Frame, OwnerName, several};
use crate::deal::Channel;
use crate::deals::FundOption;
use crate::deals::behind::{MoveKind, Moved};
use crate::layer::Layer;
use crate::problem::Problem;
use crate::query::{Days as Founded, LayerChoice, StartupsQuery};
use crate::sector::SectorNode;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Language, Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
pub(super) struct FlowPageVariables {
    as_of: Option<DateTime<Utc>>,
    from: NaiveDate,
    to: NaiveDate,
    interval: FlowInterval,
    filter: Option<DealFilter>,
    startups: Option<StartupFilter>,
    with_figures: bool,
}

/// Of which startups: owners, channels and funds are of their deals.
#[derive(Clone, cynic::InputObject)]
struct StartupFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    channels: Option<Vec<Channel>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    funds: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Layer>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    include_unclassified: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    owners: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    sectors: Option<Vec<String>>,
}

impl StartupFilter {
    /// None where nothing is narrowed.
    fn of(query: &AnalyticsQuery) -> Option<Self> {
        let ids = |ids: &BTreeSet<String>| several(ids.iter().map(|id| cynic::Id::new(id.clone())));
        let filter = Self {
            channels: several(query.channels.iter().copied()),
            funds: ids(&query.funds),
            layers: several(query.layers.iter().filter_map(|one| one.layer())),
            include_unclassified: query.layers.contains(&LayerChoice::None).then_some(true),
            owners: ids(&query.owners),
            sectors: several(query.sectors.iter().cloned()),
        };
        let Self {
            channels,
            funds,
            layers,
            include_unclassified,
            owners,
            sectors,
        } = &filter;
        let is_narrowed = channels.is_some()
            || funds.is_some()
            || layers.is_some()
            || include_unclassified.is_some()
            || owners.is_some()
            || sectors.is_some();
        is_narrowed.then_some(filter)
    }
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FlowPageVariables")]
pub(super) struct FlowPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "pipelineBy", alias)]
    #[arguments(group: OWNER, filter: {statuses: [ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]})]
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
    #[arguments(asOf: $as_of, from: $from, to: $to, interval: $interval, filter: $filter)]
    #[directives(include(if: $with_figures))]
    flow: Option<Vec<FlowBucket>>,
    #[arguments(asOf: $as_of, from: $from, to: $to, filter: $startups)]
    #[directives(include(if: $with_figures))]
    entrants: Option<Vec<EntrantBucket>>,
}

#[derive(Clone, Copy, cynic::Enum)]
enum FlowInterval {
    Month,
    Quarter,
    Week,
}

#[derive(cynic::QueryFragment)]
struct FlowBucket {
    start: NaiveDate,
    opened: i32,
    advanced: i32,
    advanced_deals: i32,
    passed: i32,
    passed_deals: i32,
    invested: i32,
}

#[derive(cynic::QueryFragment)]
struct EntrantBucket {
    month: NaiveDate,
    startups: i32,
    with_proof: i32,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    super::answer::<FlowPage>(&site, &visit).await
}

impl Analysis for FlowPage {
    const TAB: Tab = Tab::Flow;
    const OPERATION: &'static str = "FlowPage";

    fn document() -> String {
        Self::build(FlowPageVariables {
            as_of: None,
            from: NaiveDate::default(),
            to: NaiveDate::default(),
            interval: FlowInterval::Week,
            filter: None,
            startups: None,
            with_figures: true,
        })
        .query
    }

    fn variables(query: &AnalyticsQuery, asked: &Asked) -> Result<serde_json::Value, Problem> {
        let (from, to) = asked.days;
        send::variables(&FlowPageVariables {
            as_of: asked.as_of,
            from,
            to,
            interval: interval(query),
            filter: DealFilter::of(query),
            startups: StartupFilter::of(query),
            with_figures: asked.with_figures,
        })
    }

    fn frame(&mut self) -> Frame {
        Frame {
            viewer: self.viewer.take(),
            sectors: std::mem::take(&mut self.sectors),
            owners: std::mem::take(&mut self.owners),
            funds: std::mem::take(&mut self.funds),
        }
    }

    fn report(self, context: &Context<'_>) -> Option<Report> {
        Some(Report {
            parts: vec![flow(&self.flow?, context), entrants(&self.entrants?, context)],
        })
    }
}

fn interval(query: &AnalyticsQuery) -> FlowInterval {
    match query.own {
        0 => FlowInterval::Week,
        1 => FlowInterval::Month,
        _ => FlowInterval::Quarter,
    }
}

/// The deals that made such a move on some days.
fn moved(kind: MoveKind, days: (NaiveDate, NaiveDate), context: &Context<'_>) -> String {
    context.deals(|list| {
        list.behind.moved = Some(Moved {
            kind,
            stage: None,
            days,
        });
    })
}

/// The deals that made the moves of a bucket, as far as it lies in the period.
fn rows_of(bucket: &FlowBucket, kind: MoveKind, context: &Context<'_>) -> String {
    let months = match interval(context.query) {
        FlowInterval::Week => None,
        FlowInterval::Month => Some(1),
        FlowInterval::Quarter => Some(3),
    };
    let next = match months {
        None => bucket.start.checked_add_days(Days::new(7)),
        Some(months) => bucket.start.checked_add_months(Months::new(months)),
    };
    let (from, to) = context.days;
    let last = next.and_then(|next| next.pred_opt()).unwrap_or(to);
    moved(kind, (bucket.start.max(from), last.min(to)), context)
}

fn flow(buckets: &[FlowBucket], context: &Context<'_>) -> Part {
    let a = context.words.analytics();
    let most = buckets
        .iter()
        .flat_map(|one| [one.opened, one.advanced, one.passed, one.invested])
        .max()
        .unwrap_or(0);
    let band = |label, style, of: fn(&FlowBucket) -> i32| {
        let values: Vec<(String, i32)> = buckets
            .iter()
            .map(|one| (fmt::table_date(one.start), of(one)))
            .collect();
        Band::new(label, style, &values, most)
    };
    let rows = buckets.iter().map(|one| {
        let opens = |kind| rows_of(one, kind, context);
        vec![
            Cell::words(fmt::table_date(one.start)),
            Cell::count(one.opened).opens(opens(MoveKind::Opened)),
            Cell::moves(one.advanced, one.advanced_deals, a, opens(MoveKind::Advanced)),
            Cell::moves(one.passed, one.passed_deals, a, opens(MoveKind::Passed)),
            Cell::count(one.invested).opens(opens(MoveKind::Invested)),
        ]
    });
    let opened: i32 = buckets.iter().map(|one| one.opened).sum();
    Part {
        heading: "",
        definition: vec![a.flow_means],
        n: Figure {
            text: a.n_moves(&fmt::exact(opened.into())),
            link: (opened > 0).then(|| moved(MoveKind::Opened, context.days, context)),
        },
        legend: Vec::new(),
        picture: Picture::Bands {
            bands: vec![
                band(a.opened, "still", |one| one.opened),
                band(a.moved_on, "advanced", |one| one.advanced),
                band(a.passed, "passed", |one| one.passed),
                band(a.invested, "invested", |one| one.invested),
            ],
            ends: ends(buckets.iter().map(|one| fmt::table_date(one.start))),
        },
        table: Table {
            heads: Head::row(&[a.begins, a.opened, a.moved_on, a.passed, a.invested], 1),
            rows: rows.collect(),
        },
    }
}

fn ends(mut texts: impl DoubleEndedIterator<Item = String>) -> Option<(String, String)> {
    let first = texts.next()?;
    Some((first, texts.next_back().unwrap_or_default()))
}

fn entrants(buckets: &[EntrantBucket], context: &Context<'_>) -> Part {
    let language = context.words.language;
    let a = context.words.analytics();
    let without = |one: &EntrantBucket| one.startups - one.with_proof;
    let most = buckets
        .iter()
        .flat_map(|one| [one.with_proof, without(one)])
        .max()
        .unwrap_or(0);
    // Months without any have their place too, so that time runs evenly.
    let mut months: Vec<(String, i32, i32)> = Vec::new();
    if let (Some(first), Some(last)) = (buckets.first(), buckets.last()) {
        let mut month = first.month;
        while month <= last.month {
            let found = buckets.iter().find(|one| one.month == month);
            months.push((
                said(month, language),
                found.map_or(0, |one| one.with_proof),
                found.map_or(0, without),
            ));
            match month.checked_add_months(Months::new(1)) {
                Some(next) => month = next,
                None => break,
            }
        }
    }
    let with: Vec<(String, i32)> = months.iter().map(|one| (one.0.clone(), one.1)).collect();
    let bare: Vec<(String, i32)> = months.iter().map(|one| (one.0.clone(), one.2)).collect();
    let total: i32 = buckets.iter().map(|one| one.startups).sum();
    let rows = buckets.iter().map(|one| {
        let days = within(one.month, context.days);
        let opens = |proof| founded(days, proof, context);
        vec![
            Cell {
                exact: fmt::table_date(one.month),
                ..Cell::words(said(one.month, language))
            },
            opened(Cell::count(one.startups), one.startups, opens(None)),
            opened(Cell::count(one.with_proof), one.with_proof, opens(Some(true))),
            opened(Cell::count(without(one)), without(one), opens(Some(false))),
        ]
    });
    let query = context.query;
    let narrows_by_deals = !(query.owners.is_empty() && query.channels.is_empty() && query.funds.is_empty());
    let mut definition = vec![a.entrants_means];
    if narrows_by_deals {
        definition.push(a.entrants_of_deals);
    }
    Part {
        heading: a.entrants,
        definition,
        n: Figure {
            text: a.n_startups(&fmt::exact(total.into())),
            link: founded(context.days, None, context).filter(|_| total > 0),
        },
        legend: Vec::new(),
        picture: Picture::Bands {
            bands: vec![
                Band::new(a.with_proof, "advanced", &with, most),
                Band::new(a.without_proof, "still", &bare, most),
            ],
            ends: ends(months.iter().map(|one| one.0.clone())),
        },
        table: Table {
            heads: Head::row(&[a.founded, a.startups, a.with_proof, a.without_proof], 1),
            rows: rows.collect(),
        },
    }
}

/// The days of a month, as far as they lie in the period.
fn within(month: NaiveDate, (from, to): (NaiveDate, NaiveDate)) -> (NaiveDate, NaiveDate) {
    let next = month.checked_add_months(Months::new(1));
    let last = next.and_then(|next| next.pred_opt()).unwrap_or(to);
    (month.max(from), last.min(to))
}

/// The startups founded on some days. Of a past day proof does not narrow the list.
fn founded((from, to): (NaiveDate, NaiveDate), proof: Option<bool>, context: &Context<'_>) -> Option<String> {
    let query = context.query;
    if query.as_of.is_some() && proof.is_some() {
        return None;
    }
    Some(
        StartupsQuery {
            layers: query.layers.clone(),
            sectors: query.sectors.clone(),
            owners: query.owners.clone(),
            channels: query.channels.clone(),
            funds: query.funds.clone(),
            founded: Founded {
                from: Some(from),
                to: Some(to),
            },
            proof,
            as_of: query.as_of,
            ..StartupsQuery::default()
        }
        .link(&[]),
    )
}

/// A count that opens what it counts, where there is any.
fn opened(cell: Cell, count: i32, link: Option<String>) -> Cell {
    match link {
        Some(link) if count > 0 => cell.opens(link),
        _ => cell,
    }
}

fn said(month: NaiveDate, language: Language) -> String {
    match language {
        Language::En => month.format("%b %Y").to_string(),
        Language::Zh => format!("{}年{}月", month.year(), month.month()),
    }
}
