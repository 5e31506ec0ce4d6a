//! Why deals were passed, and in which words.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;

use super::query::{AnalyticsQuery, Tab};
use super::report::{Bar, Cell, Figure, Head, Part, Picture, Report, Table};
use super::{Analysis, Asked, Context, DealFilter, FEW, Frame, OwnerName, share};
use crate::deal::{DealStatus, PassReason};
use crate::deals::FundOption;
use crate::deals::query::DealsQuery;
use crate::problem::Problem;
use crate::sector::SectorNode;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
pub(super) struct PassReasonsPageVariables {
    as_of: Option<DateTime<Utc>>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    filter: Option<DealFilter>,
    passed: Option<DealFilter>,
    with_figures: bool,
    with_words: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "PassReasonsPageVariables")]
pub(super) struct PassReasonsPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "pipelineBy", alias)]
    #[arguments(group: OWNER, filter: {statuses: [ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]})]
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
    #[arguments(asOf: $as_of, from: $from, to: $to, filter: $filter)]
    #[directives(include(if: $with_figures))]
    pass_reasons: Option<Vec<PassReasonCount>>,
    #[arguments(first: 50, filter: $passed, order: { field: UPDATED_AT, direction: DESC })]
    #[directives(include(if: $with_words))]
    deals: Option<PassedDeals>,
}

#[derive(cynic::QueryFragment)]
pub(super) struct PassReasonCount {
    pub(super) reason: PassReason,
    pub(super) deals: i32,
    pub(super) later_funded: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct PassedDeals {
    nodes: Vec<PassedDeal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct PassedDeal {
    id: cynic::Id,
    title: String,
    pass_reason: Option<PassReason>,
    pass_note: Option<String>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    super::answer::<PassReasonsPage>(&site, &visit).await
}

impl Analysis for PassReasonsPage {
    const TAB: Tab = Tab::PassReasons;
    const OPERATION: &'static str = "PassReasonsPage";

    fn document() -> String {
        Self::build(PassReasonsPageVariables {
            as_of: None,
            from: None,
            to: None,
            filter: None,
            passed: None,
            with_figures: true,
            with_words: true,
        })
        .query
    }

    fn variables(query: &AnalyticsQuery, asked: &Asked) -> Result<serde_json::Value, Problem> {
        let (from, to) = asked.instants;
        send::variables(&PassReasonsPageVariables {
            as_of: asked.as_of,
            from: Some(from),
            to: Some(to),
            filter: DealFilter::of(query),
            passed: Some(DealFilter::passed(query, from, to)),
            with_figures: asked.with_figures,
            // The list of deals is that of now.
            with_words: asked.with_figures && asked.as_of.is_none(),
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
        let mut parts = vec![reasons(&self.pass_reasons?, context)];
        parts.extend(self.deals.map(|deals| in_words(deals.nodes, context)));
        Some(Report { parts })
    }
}

fn reasons(reasons: &[PassReasonCount], context: &Context<'_>) -> Part {
    let words = context.words;
    let p = words.passes();
    let most = reasons.iter().map(|one| one.deals).max().unwrap_or(0);
    let total: i32 = reasons.iter().map(|one| one.deals).sum();
    let link = |narrow: &dyn Fn(&mut DealsQuery)| {
        context.deals(|list| {
            list.statuses.insert(DealStatus::Passed);
            list.passed = Some(context.days);
            narrow(list);
        })
    };
    let bars = reasons.iter().map(|one| {
        let parts = [
            ("passed", one.later_funded),
            ("still", one.deals - one.later_funded),
        ];
        Bar {
            label: one.reason.word(words).to_owned(),
            segments: Bar::segments(&parts, most),
            said: fmt::exact(one.deals.into()),
            link: Some(link(&|list| {
                list.reasons.insert(one.reason);
            })),
            below: Some(p.share_funded(&share(one.later_funded, one.deals))),
            is_few: one.deals < FEW,
        }
    });
    let rows = reasons.iter().map(|one| {
        vec![
            Cell::words(one.reason.word(words)),
            Cell::count(one.deals).opens(link(&|list| {
                list.reasons.insert(one.reason);
            })),
            Cell::count(one.later_funded).opens(link(&|list| {
                list.reasons.insert(one.reason);
                list.funded = Some(true);
            })),
            Cell {
                text: share(one.later_funded, one.deals),
                exact: share(one.later_funded, one.deals),
                is_figure: true,
                is_few: one.deals < FEW,
                ..Cell::default()
            },
        ]
    });
    Part {
        heading: "",
        definition: vec![p.reasons_mean],
        n: Figure {
            text: p.n_of(&fmt::exact(total.into())),
            link: Some(link(&|_| ())),
        },
        legend: vec![("passed", p.funded_later), ("still", p.not_funded)],
        picture: Picture::Bars(bars.collect()),
        table: Table {
            heads: Head::row(&[p.reason, p.deals, p.funded_later, p.share], 1),
            rows: rows.collect(),
        },
    }
}

fn in_words(deals: Vec<PassedDeal>, context: &Context<'_>) -> Part {
    let words = context.words;
    let p = words.passes();
    let rows = deals.into_iter().filter_map(|deal| {
        let note = deal.pass_note?;
        let reason = deal.pass_reason.map_or("—", |reason| reason.word(words));
        Some(vec![
            Cell::words(reason),
            Cell::data(deal.title).opens(crate::deal::path(deal.id.inner())),
            Cell::data(note),
        ])
    });
    Part {
        heading: p.in_words,
        definition: vec![p.words_mean],
        n: Figure {
            text: String::new(),
            link: None,
        },
        legend: Vec::new(),
        picture: Picture::Bars(Vec::new()),
        table: Table {
            heads: Head::row(&[p.reason, p.deal, p.words], 3),
            rows: rows.collect(),
        },
    }
}
