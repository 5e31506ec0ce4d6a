//! How many deals entered each stage, and what became of them.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::query::{AnalyticsQuery, Tab};
use super::report::{Bar, Cell, Figure, Head, Part, Picture, Report, Table};
use super::{Analysis, Asked, Context, DealFilter, Frame, OwnerName};
use crate::deal::DealStatus;
use crate::deals::FundOption;
use crate::deals::behind::{MoveKind, Moved};
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
    before_from: DateTime<Utc>,
    before_to: DateTime<Utc>,
    with_before: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FunnelPageVariables")]
pub(super) struct FunnelPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "pipelineBy", alias)]
    #[arguments(group: OWNER, filter: {statuses: [ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]})]
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
    #[arguments(asOf: $as_of, from: $from, to: $to, view: $view, filter: $filter)]
    #[directives(include(if: $with_figures))]
    funnel: Option<Funnel>,
    #[cynic(rename = "funnel", alias)]
    #[arguments(asOf: $as_of, from: $before_from, to: $before_to, view: $view, filter: $filter)]
    #[directives(include(if: $with_before))]
    before: Option<FunnelBefore>,
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
    passed_deals: i32,
    stages: Vec<FunnelStage>,
}

/// The period before.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Funnel")]
struct FunnelBefore {
    opened: i32,
    stages: Vec<StageBefore>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "FunnelStage")]
struct StageBefore {
    stage: StageKey,
    entered: i32,
    conversion: Option<Decimal>,
    movers: Option<EnteredBefore>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct StageKey {
    key: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "FunnelMovers")]
struct EnteredBefore {
    entered: i32,
}

/// How many deals the moves are of.
#[derive(Clone, Copy, cynic::QueryFragment)]
#[cynic(graphql_type = "FunnelMovers")]
struct Movers {
    entered: i32,
    skipped: i32,
    advanced: i32,
    passed: i32,
}

#[derive(cynic::QueryFragment)]
struct FunnelStage {
    stage: StageName,
    entered: i32,
    skipped: i32,
    advanced: i32,
    passed: i32,
    still_there: i32,
    movers: Option<Movers>,
    conversion: Option<Decimal>,
    median_days: Option<Decimal>,
    p90_days: Option<Decimal>,
    stays: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct StageName {
    key: String,
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
            before_from: DateTime::UNIX_EPOCH,
            before_to: DateTime::UNIX_EPOCH,
            with_before: true,
        })
        .query
    }

    fn variables(query: &AnalyticsQuery, asked: &Asked) -> Result<serde_json::Value, Problem> {
        let (from, to) = asked.instants;
        let (before_from, before_to) = asked.instants_before.unwrap_or(asked.instants);
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
            before_from,
            before_to,
            with_before: asked.with_figures && asked.instants_before.is_some(),
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
        Some(report(&self.funnel?, self.before.as_ref(), context))
    }
}

fn is_cohort(query: &AnalyticsQuery) -> bool {
    query.own == 0
}

/// What a figure of a stage counts.
#[derive(Clone, Copy)]
enum Counted {
    Entered,
    Skipped,
    Advanced,
    Passed,
    StillThere,
}

/// The deals that a figure of a stage counts.
fn rows_of(context: &Context<'_>, stage: &str, counted: Counted, days: (NaiveDate, NaiveDate)) -> String {
    let stage = Some(stage.to_owned());
    context.deals(|list| {
        if !is_cohort(context.query) {
            let kind = match counted {
                Counted::Entered => MoveKind::Entered,
                Counted::Skipped => MoveKind::Skipped,
                Counted::Advanced => MoveKind::Advanced,
                Counted::Passed => MoveKind::Passed,
                Counted::StillThere => MoveKind::StillThere,
            };
            list.behind.moved = Some(Moved { kind, stage, days });
            return;
        }
        list.behind.opened = Some(Context::opened(days));
        match counted {
            Counted::Entered => list.behind.reached = stage,
            Counted::Skipped => list.behind.skipped = stage,
            Counted::Advanced => list.behind.beyond = stage,
            Counted::Passed | Counted::StillThere => list.behind.furthest = stage,
        }
        match counted {
            Counted::Passed => list.statuses.extend([DealStatus::Passed, DealStatus::Lost]),
            Counted::StillThere => list.statuses.extend([DealStatus::Active, DealStatus::OnHold]),
            Counted::Entered | Counted::Skipped | Counted::Advanced => {}
        }
    })
}

/// The deals that came to a status, or that were opened.
fn rows_in_all(context: &Context<'_>, kind: MoveKind) -> String {
    context.deals(|list| {
        if is_cohort(context.query) {
            list.behind.opened = Some(Context::opened(context.days));
            match kind {
                MoveKind::Invested => _ = list.statuses.insert(DealStatus::Invested),
                MoveKind::Passed => list.statuses.extend([DealStatus::Passed, DealStatus::Lost]),
                _ => {}
            }
        } else {
            list.behind.moved = Some(Moved {
                kind,
                stage: None,
                days: context.days,
            });
        }
    })
}

impl FunnelStage {
    fn cell(&self, context: &Context<'_>, counted: Counted) -> Cell {
        let movers = self.movers.unwrap_or(Movers {
            entered: self.entered,
            skipped: self.skipped,
            advanced: self.advanced,
            passed: self.passed,
        });
        let (n, deals) = match counted {
            Counted::Entered => (self.entered, movers.entered),
            Counted::Skipped => (self.skipped, movers.skipped),
            Counted::Advanced => (self.advanced, movers.advanced),
            Counted::Passed => (self.passed, movers.passed),
            Counted::StillThere => (self.still_there, self.still_there),
        };
        let link = rows_of(context, &self.stage.key, counted, context.days);
        Cell::moves(n, deals, context.words.analytics(), link)
    }
}

/// A share, marked where it is of so few that it says little.
fn share(of: Option<Decimal>, whole: i32) -> Cell {
    Cell {
        is_few: of.is_some() && whole < FEW,
        ..Cell::figure(of, fmt::share)
    }
}

fn report(funnel: &Funnel, before: Option<&FunnelBefore>, context: &Context<'_>) -> Report {
    let words = context.words;
    let a = words.analytics();
    let is_cohort = is_cohort(context.query);
    let beside = before.zip(context.before);
    let was = |key: &str| {
        let (before, days) = beside?;
        Some((before.stages.iter().find(|one| one.stage.key == key)?, days))
    };
    let most = funnel.stages.iter().map(|one| one.entered).max().unwrap_or(0);
    let name = |stage: &StageName| match words.language {
        Language::En => stage.name.clone(),
        Language::Zh => stage.name_zh.clone(),
    };
    let bars = funnel.stages.iter().map(|one| {
        let parts = [
            ("advanced", one.advanced - one.skipped),
            ("skipped", one.skipped),
            ("passed", one.passed),
            ("still", one.still_there),
        ];
        let entered = one.cell(context, Counted::Entered);
        Bar {
            label: name(&one.stage),
            segments: Bar::segments(&parts, most),
            said: match was(&one.stage.key) {
                Some((was, _)) => a.n_before(&entered.text, &fmt::exact(was.entered.into())),
                None => entered.text,
            },
            link: entered.link,
            below: one.conversion.map(|share| match (one.median_days, one.p90_days) {
                (Some(median), Some(p90)) => a.goes_on(&fmt::share(share), &days(median), &days(p90)),
                _ => a.went_on(&fmt::share(share)),
            }),
            is_few: one.entered < FEW,
        }
    });
    let rows = funnel.stages.iter().map(|one| {
        let mut row = vec![
            Cell::data(name(&one.stage)),
            one.cell(context, Counted::Entered),
            one.cell(context, Counted::Skipped),
            one.cell(context, Counted::Advanced),
            one.cell(context, Counted::Passed),
            one.cell(context, Counted::StillThere),
            share(one.conversion, one.entered),
            Cell::figure(one.median_days, days),
            Cell::figure(one.p90_days, days),
            Cell::count(one.stays),
        ];
        if beside.is_some() {
            match was(&one.stage.key) {
                Some((was, days)) => {
                    let deals = was.movers.as_ref().map_or(was.entered, |movers| movers.entered);
                    let link = rows_of(context, &one.stage.key, Counted::Entered, days);
                    row.push(Cell::moves(was.entered, deals, a, link));
                    row.push(share(was.conversion, was.entered));
                }
                None => row.extend([Cell::figure(None, days), Cell::figure(None, days)]),
            }
        }
        row
    });
    let totals = vec![
        Cell::words(a.deals),
        Cell::count(funnel.opened).opens(rows_in_all(context, MoveKind::Opened)),
        Cell::count(funnel.invested).opens(rows_in_all(context, MoveKind::Invested)),
        Cell::moves(
            funnel.passed,
            funnel.passed_deals,
            a,
            rows_in_all(context, MoveKind::Passed),
        ),
    ];
    let opened = fmt::exact(funnel.opened.into());
    let whole = match (is_cohort, beside) {
        (true, Some((before, _))) => a.n_deals_before(&opened, &fmt::exact(before.opened.into())),
        (true, None) => a.n_deals(&opened),
        (false, Some((before, _))) => a.n_moves_before(&opened, &fmt::exact(before.opened.into())),
        (false, None) => a.n_moves(&opened),
    };
    let mut heads = vec![
        a.stage,
        a.entered,
        a.skipped,
        a.advanced,
        a.passed,
        a.still_there,
        a.conversion,
        a.median_days,
        a.p90_days,
        a.stays,
    ];
    if beside.is_some() {
        heads.extend([a.entered_before, a.conversion_before]);
    }
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
                    link: (funnel.opened > 0).then(|| rows_in_all(context, MoveKind::Opened)),
                },
                legend: vec![
                    ("advanced", a.advanced),
                    ("skipped", a.skipped),
                    ("passed", a.passed),
                    ("still", a.still_there),
                ],
                picture: Picture::Bars(bars.collect()),
                table: Table {
                    heads: Head::row(&heads, 1),
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
