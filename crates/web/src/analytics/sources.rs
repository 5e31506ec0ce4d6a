//! What each source brought.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::query::{AnalyticsQuery, Tab};
use super::report::{Bar, Cell, Figure, Head, Part, Picture, Report, Table};
use super::{Analysis, Asked, Context, Frame, OwnerName, PeriodVariables, PeriodVariablesFields};
use crate::deal::{Channel, DealStatus};
use crate::deals::FundOption;
use crate::deals::behind::Source;
use crate::deals::query::{DealSort, DealsQuery};
use crate::problem::Problem;
use crate::sector::SectorNode;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Language, Site, fmt, schema, send};

/// How many bars are drawn; the table has them all.
const BARS_LIMIT: usize = 20;
/// The key of the stage that a good source's deals reach.
const DILIGENCE: &str = "DILIGENCE";

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "PeriodVariables")]
pub(super) struct SourcesPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "pipelineBy", alias)]
    #[arguments(group: OWNER, filter: {statuses: [ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]})]
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
    #[arguments(asOf: $as_of, from: $from, to: $to, filter: $filter)]
    #[directives(include(if: $with_figures))]
    source_quality: Option<Vec<SourceQuality>>,
}

#[derive(cynic::QueryFragment)]
struct SourceQuality {
    channel: Channel,
    who: Option<String>,
    deals: i32,
    reached_diligence: i32,
    invested: i32,
    median_conviction: Option<Decimal>,
    new_startups: i32,
    last_new_at: Option<DateTime<Utc>>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    super::answer::<SourcesPage>(&site, &visit).await
}

impl Analysis for SourcesPage {
    const TAB: Tab = Tab::Sources;
    const OPERATION: &'static str = "SourcesPage";

    fn document() -> String {
        Self::build(PeriodVariables::ANY).query
    }

    fn variables(query: &AnalyticsQuery, asked: &Asked) -> Result<serde_json::Value, Problem> {
        send::variables(&PeriodVariables::of(query, asked))
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
        Some(report(&self.source_quality?, context))
    }
}

/// The deals that a source brought in the period.
fn rows_of(source: &SourceQuality, context: &Context<'_>, narrow: impl FnOnce(&mut DealsQuery)) -> String {
    context.deals(|list| {
        list.behind.opened = Some(Context::opened(context.days));
        list.behind.source = Some(Source {
            channel: source.channel,
            who: source.who.clone(),
        });
        narrow(list);
    })
}

fn report(sources: &[SourceQuality], context: &Context<'_>) -> Report {
    let words = context.words;
    let a = words.analytics();
    let most = sources.iter().map(|one| one.deals).max().unwrap_or(0);
    let bars = sources.iter().take(BARS_LIMIT).map(|one| {
        let parts = [
            ("invested", one.invested),
            ("advanced", one.reached_diligence - one.invested),
            ("still", one.deals - one.reached_diligence),
        ];
        let channel = one.channel.word(words);
        Bar {
            label: match (&one.who, words.language) {
                (Some(who), Language::En) => format!("{channel}: {who}"),
                (Some(who), Language::Zh) => format!("{channel}：{who}"),
                (None, _) => channel.to_owned(),
            },
            segments: Bar::segments(&parts, most),
            said: fmt::exact(one.deals.into()),
            link: Some(rows_of(one, context, |_| ())),
            below: None,
            is_few: false,
        }
    });
    let rows = sources.iter().map(|one| {
        let last = one
            .last_new_at
            .map(|at| at.with_timezone(&context.zone).date_naive());
        vec![
            Cell::words(one.channel.word(words)),
            match &one.who {
                Some(who) => Cell::data(who.clone()),
                None => Cell {
                    exact: String::new(),
                    ..Cell::words(a.nobody)
                },
            },
            Cell::count(one.deals).opens(rows_of(one, context, |_| ())),
            Cell::count(one.reached_diligence).opens(rows_of(one, context, |list| {
                // Where no stage has this key, those invested in are all.
                if one.reached_diligence == one.invested {
                    list.statuses.insert(DealStatus::Invested);
                } else {
                    list.behind.reached = Some(DILIGENCE.to_owned());
                }
            })),
            Cell::count(one.invested).opens(rows_of(one, context, |list| {
                list.statuses.insert(DealStatus::Invested);
            })),
            Cell::figure(one.median_conviction, fmt::conviction).opens(rows_of(one, context, |list| {
                list.sort = DealSort::ConvictionDown;
            })),
            Cell::count(one.new_startups).opens(rows_of(one, context, |list| {
                list.behind.is_first = Some(true);
            })),
            Cell {
                text: last.map_or_else(|| "—".to_owned(), fmt::table_date),
                exact: last.map(fmt::table_date).unwrap_or_default(),
                is_figure: true,
                ..Cell::default()
            },
        ]
    });
    let brought: i32 = sources.iter().map(|one| one.deals).sum();
    Report {
        parts: vec![Part {
            heading: "",
            definition: vec![a.sources_means],
            n: Figure {
                text: a.n_brought(&fmt::exact(brought.into())),
                link: None,
            },
            legend: vec![
                ("invested", a.invested),
                ("advanced", a.reached),
                ("still", a.not_reached),
            ],
            picture: Picture::Bars(bars.collect()),
            table: Table {
                heads: Head::row(
                    &[
                        a.channel,
                        a.who,
                        a.deals,
                        a.reached,
                        a.invested,
                        a.median_conviction,
                        a.new_names,
                        a.last_new,
                    ],
                    2,
                ),
                rows: rows.collect(),
            },
        }],
    }
}
