//! Active deals put together by owner, layer, sector, round, channel or fund.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::query::{AnalyticsQuery, Tab};
use super::report::{Bar, Cell, Figure, Head, Part, Picture, Report, Table};
use super::{Analysis, Asked, Context, DealFilter, Frame, OwnerName};
use crate::deal::{DealStatus, Round};
use crate::deals::FundOption;
use crate::deals::behind::{Grouping, Within};
use crate::deals::query::{DealSort, DealsQuery};
use crate::evidence::Currency;
use crate::problem::Problem;
use crate::sector::SectorNode;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
pub(super) struct PipelinePageVariables {
    as_of: Option<DateTime<Utc>>,
    group: PipelineGrouping,
    filter: Option<DealFilter>,
    with_figures: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "PipelinePageVariables")]
pub(super) struct PipelinePage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "pipelineBy", alias)]
    #[arguments(group: OWNER, filter: {statuses: [ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]})]
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
    #[arguments(asOf: $as_of, group: $group, filter: $filter)]
    #[directives(include(if: $with_figures))]
    pipeline_by: Option<Vec<PipelineGroup>>,
    #[arguments(asOf: $as_of, filter: $filter)]
    #[directives(include(if: $with_figures))]
    pipeline: Option<Pipeline>,
}

#[derive(Clone, Copy, cynic::Enum)]
enum PipelineGrouping {
    Channel,
    Fund,
    Layer,
    Owner,
    Round,
    Sector,
}

/// All of them, each once.
#[derive(cynic::QueryFragment)]
struct Pipeline {
    total_count: i32,
}

#[derive(cynic::QueryFragment)]
struct PipelineGroup {
    key: String,
    label: String,
    deal_count: i32,
    stale_count: i32,
    median_conviction: Option<Decimal>,
    amount_total: Option<MoneyTotal>,
}

#[derive(cynic::QueryFragment)]
struct MoneyTotal {
    currency: Currency,
    low: Option<Decimal>,
    high: Option<Decimal>,
    unknown: i32,
    without_rate: i32,
}

impl MoneyTotal {
    /// Both ends, none where nothing is known. A range without a high end adds to the low sum alone: where that makes the
    /// high sum the lower one, it is no end.
    fn ends(&self) -> Option<(Option<Decimal>, Option<Decimal>)> {
        let high = self.high.filter(|high| self.low.is_none_or(|low| low <= *high));
        (self.low.is_some() || high.is_some()).then_some((self.low, high))
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    super::answer::<PipelinePage>(&site, &visit).await
}

impl Analysis for PipelinePage {
    const TAB: Tab = Tab::Pipeline;
    const OPERATION: &'static str = "PipelinePage";

    fn document() -> String {
        Self::build(PipelinePageVariables {
            as_of: None,
            group: PipelineGrouping::Owner,
            filter: None,
            with_figures: true,
        })
        .query
    }

    fn variables(query: &AnalyticsQuery, asked: &Asked) -> Result<serde_json::Value, Problem> {
        send::variables(&PipelinePageVariables {
            as_of: asked.as_of,
            group: grouping(query),
            filter: match query.period {
                Some(_) => Some(DealFilter::opened(query, asked.instants.0, asked.instants.1)),
                None => DealFilter::of(query),
            },
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
        Some(report(&self.pipeline_by?, self.pipeline?.total_count, context))
    }
}

fn grouping(query: &AnalyticsQuery) -> PipelineGrouping {
    match query.own {
        0 => PipelineGrouping::Owner,
        1 => PipelineGrouping::Layer,
        2 => PipelineGrouping::Sector,
        3 => PipelineGrouping::Round,
        4 => PipelineGrouping::Channel,
        _ => PipelineGrouping::Fund,
    }
}

/// The active deals that are looked at.
fn active(context: &Context<'_>, narrow: impl FnOnce(&mut DealsQuery)) -> String {
    context.deals(|list| {
        list.statuses.insert(DealStatus::Active);
        list.behind.opened = context.query.period.map(|_| Context::opened(context.days));
        narrow(list);
    })
}

/// The active deals of a group.
fn rows_of(group: &PipelineGroup, context: &Context<'_>, narrow: impl FnOnce(&mut DealsQuery)) -> String {
    let by = match grouping(context.query) {
        PipelineGrouping::Channel => Grouping::Channel,
        PipelineGrouping::Fund => Grouping::Fund,
        PipelineGrouping::Layer => Grouping::Layer,
        PipelineGrouping::Owner => Grouping::Owner,
        PipelineGrouping::Round => Grouping::Round,
        PipelineGrouping::Sector => Grouping::Sector,
    };
    active(context, |list| {
        list.behind.within = vec![Within {
            by,
            key: Some(group.key.clone()).filter(|key| !key.is_empty()),
        }];
        narrow(list);
    })
}

fn report(groups: &[PipelineGroup], total: i32, context: &Context<'_>) -> Report {
    let words = context.words;
    let a = words.analytics();
    let (own, texts) = (
        context.query.own,
        [
            a.owner,
            a.by_layer,
            a.by_sector,
            a.by_round,
            a.channel,
            words.funds().fund,
        ],
    );
    let label = |group: &PipelineGroup| {
        if group.label.is_empty() {
            a.no_group.to_owned()
        } else if own == 3 {
            Round::from_code(&group.key).map_or_else(|| group.label.clone(), |one| one.word(words).to_owned())
        } else {
            group.label.clone()
        }
    };
    let most = groups.iter().map(|one| one.deal_count).max().unwrap_or(0);
    let money = |group: &PipelineGroup| {
        let total = group.amount_total.as_ref()?;
        let (low, high) = total.ends()?;
        Some(fmt::money_range(low, high, &total.currency.0, words.language))
    };
    let bars = groups.iter().map(|one| {
        let parts = [
            ("advanced", one.deal_count - one.stale_count),
            ("passed", one.stale_count),
        ];
        Bar {
            label: label(one),
            segments: Bar::segments(&parts, most),
            said: fmt::exact(one.deal_count.into()),
            link: Some(rows_of(one, context, |_| ())),
            below: money(one),
            is_few: false,
        }
    });
    let rows = groups.iter().map(|one| {
        let total = one.amount_total.as_ref();
        let unknown = total.map_or(one.deal_count, |total| total.unknown + total.without_rate);
        let ends = total.and_then(|total| {
            let end = |end: Option<Decimal>| end.map(|end| end.normalize().to_string()).unwrap_or_default();
            let (low, high) = total.ends()?;
            Some(format!("{}..{} {}", end(low), end(high), total.currency.0))
        });
        vec![
            Cell::data(label(one)),
            Cell::count(one.deal_count).opens(rows_of(one, context, |_| ())),
            Cell::count(one.stale_count).opens(rows_of(one, context, |list| list.stale = Some(true))),
            Cell {
                text: money(one).unwrap_or_else(|| "—".to_owned()),
                exact: ends.unwrap_or_default(),
                is_figure: true,
                ..Cell::default()
            },
            Cell::count(unknown),
            Cell::figure(one.median_conviction, fmt::conviction).opens(rows_of(one, context, |list| {
                list.sort = DealSort::ConvictionDown;
            })),
        ]
    });
    Report {
        parts: vec![Part {
            heading: "",
            definition: match context.query.period {
                Some(_) => vec![a.pipeline_means, a.pipeline_opened],
                None => vec![a.pipeline_means],
            },
            n: Figure {
                text: a.n_deals(&fmt::exact(total.into())),
                link: (total > 0).then(|| active(context, |_| ())),
            },
            legend: vec![("advanced", a.in_time), ("passed", a.stale)],
            picture: Picture::Bars(bars.collect()),
            table: Table {
                heads: Head::row(
                    &[
                        texts[own],
                        a.deals,
                        a.stale,
                        a.amount,
                        a.amount_unknown,
                        a.median_conviction,
                    ],
                    1,
                ),
                rows: rows.collect(),
            },
        }],
    }
}
