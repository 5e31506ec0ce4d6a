//! How many deals entered each stage, and what became of them.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::query::{AnalyticsQuery, Tab};
use super::report::{Bar, Cell, Figure, Head, Part, Picture, Report, Table};
use super::{Analysis, Asked, Context, DealFilter, Frame, OwnerName};
use crate::problem::Problem;
use crate::sector::SectorNode;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Language, Site, fmt, schema, send};

/// Of how many a share says something.
const FEW: i32 = 5;

#[derive(cynic::QueryVariables)]
pub(super) struct FunnelPageVariables {
    as_of: Option<DateTime<Utc>>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    view: FunnelView,
    filter: Option<DealFilter>,
    with_figures: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FunnelPageVariables")]
pub(super) struct FunnelPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "pipelineBy", alias)]
    #[arguments(group: OWNER, filter: {statuses: [ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]})]
    owners: Vec<OwnerName>,
    #[arguments(asOf: $as_of, from: $from, to: $to, view: $view, filter: $filter)]
    #[directives(include(if: $with_figures))]
    funnel: Option<Funnel>,
}

#[derive(Clone, Copy, cynic::Enum)]
enum FunnelView {
    Activity,
    Cohort,
}

#[derive(cynic::QueryFragment)]
struct Funnel {
    opened: i32,
    invested: i32,
    passed: i32,
    stages: Vec<FunnelStage>,
}

#[derive(cynic::QueryFragment)]
struct FunnelStage {
    stage: StageName,
    entered: i32,
    advanced: i32,
    passed: i32,
    still_there: i32,
    conversion: Option<Decimal>,
    median_days: Option<Decimal>,
    p90_days: Option<Decimal>,
    stays: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct StageName {
    name: String,
    name_zh: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    super::answer::<FunnelPage>(&site, &visit).await
}

impl Analysis for FunnelPage {
    const TAB: Tab = Tab::Funnel;
    const OPERATION: &'static str = "FunnelPage";

    fn document() -> String {
        Self::build(FunnelPageVariables {
            as_of: None,
            from: DateTime::UNIX_EPOCH,
            to: DateTime::UNIX_EPOCH,
            view: FunnelView::Cohort,
            filter: None,
            with_figures: true,
        })
        .query
    }

    fn variables(query: &AnalyticsQuery, asked: &Asked) -> Result<serde_json::Value, Problem> {
        let (from, to) = asked.instants;
        send::variables(&FunnelPageVariables {
            as_of: asked.as_of,
            from,
            to,
            view: if is_cohort(query) {
                FunnelView::Cohort
            } else {
                FunnelView::Activity
            },
            filter: DealFilter::of(query),
            with_figures: asked.with_figures,
        })
    }

    fn frame(&mut self) -> Frame {
        Frame {
            viewer: self.viewer.take(),
            sectors: std::mem::take(&mut self.sectors),
            owners: std::mem::take(&mut self.owners),
        }
    }

    fn report(self, context: &Context<'_>) -> Option<Report> {
        Some(report(&self.funnel?, context))
    }
}

fn is_cohort(query: &AnalyticsQuery) -> bool {
    query.own == 0
}

fn report(funnel: &Funnel, context: &Context<'_>) -> Report {
    let words = context.words;
    let a = words.analytics();
    let is_cohort = is_cohort(context.query);
    let most = funnel.stages.iter().map(|one| one.entered).max().unwrap_or(0);
    let name = |stage: &StageName| match words.language {
        Language::En => stage.name.clone(),
        Language::Zh => stage.name_zh.clone(),
    };
    let bars = funnel.stages.iter().map(|one| {
        let parts = [
            ("advanced", one.advanced),
            ("passed", one.passed),
            ("still", one.still_there),
        ];
        Bar {
            label: name(&one.stage),
            segments: Bar::segments(&parts, most),
            said: fmt::exact(one.entered.into()),
            below: one.conversion.map(|share| match (one.median_days, one.p90_days) {
                (Some(median), Some(p90)) => a.goes_on(&fmt::share(share), &days(median), &days(p90)),
                _ => a.went_on(&fmt::share(share)),
            }),
            is_few: one.entered < FEW,
        }
    });
    let rows = funnel.stages.iter().map(|one| {
        vec![
            Cell::data(name(&one.stage)),
            Cell::count(one.entered),
            Cell::count(one.advanced),
            Cell::count(one.passed),
            Cell::count(one.still_there),
            Cell {
                is_few: one.conversion.is_some() && one.entered < FEW,
                ..Cell::figure(one.conversion, fmt::share)
            },
            Cell::figure(one.median_days, days),
            Cell::figure(one.p90_days, days),
            Cell::count(one.stays),
        ]
    });
    let totals = vec![
        Cell::words(a.deals),
        Cell::count(funnel.opened),
        Cell::count(funnel.invested),
        Cell::count(funnel.passed),
    ];
    let whole = if is_cohort {
        a.n_deals(&fmt::exact(funnel.opened.into()))
    } else {
        a.n_moves(&fmt::exact(funnel.opened.into()))
    };
    Report {
        parts: vec![
            Part {
                heading: "",
                definition: vec![
                    if is_cohort {
                        a.cohort_means
                    } else {
                        a.activity_means
                    },
                    a.funnel_more,
                ],
                n: Figure {
                    text: whole,
                    link: None,
                },
                legend: vec![
                    ("advanced", a.advanced),
                    ("passed", a.passed),
                    ("still", a.still_there),
                ],
                picture: Picture::Bars(bars.collect()),
                table: Table {
                    heads: Head::row(
                        &[
                            a.stage,
                            a.entered,
                            a.advanced,
                            a.passed,
                            a.still_there,
                            a.conversion,
                            a.median_days,
                            a.p90_days,
                            a.stays,
                        ],
                        1,
                    ),
                    rows: rows.collect(),
                },
            },
            Part {
                heading: a.outcome,
                definition: Vec::new(),
                n: Figure {
                    text: String::new(),
                    link: None,
                },
                legend: Vec::new(),
                picture: Picture::Bars(Vec::new()),
                table: Table {
                    heads: Head::row(&["", a.opened, a.invested, a.passed], 1),
                    rows: vec![totals],
                },
            },
        ],
    }
}

/// Days, to one decimal where they are not whole.
fn days(value: Decimal) -> String {
    value.round_dp(1).normalize().to_string()
}
