//! Deals that we passed and others funded later.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::pass_reasons::PassReasonCount;
use super::query::{AnalyticsQuery, Tab};
use super::report::{Cell, Figure, Head, Part, Picture, Report, Table};
use super::{Analysis, Asked, Context, FEW, Frame, OwnerName, PeriodVariables, PeriodVariablesFields, share};
use crate::as_of::AsOf;
use crate::deal::{DealStatus, MoneyRange, PassReason};
use crate::deals::FundOption;
use crate::problem::Problem;
use crate::sector::SectorNode;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::{Language, Site, fmt, schema, send};

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "PeriodVariables")]
pub(super) struct MissesPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[cynic(rename = "pipelineBy", alias)]
    #[arguments(group: OWNER, filter: {statuses: [ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]})]
    owners: Vec<OwnerName>,
    funds: Vec<FundOption>,
    #[arguments(asOf: $as_of, from: $from, to: $to, filter: $filter)]
    #[directives(include(if: $with_figures))]
    pass_reasons: Option<Vec<PassReasonCount>>,
    #[arguments(asOf: $as_of, from: $from, to: $to, filter: $filter)]
    #[directives(include(if: $with_figures))]
    misses: Option<Vec<Miss>>,
}

#[derive(cynic::QueryFragment)]
struct Miss {
    deal: MissedDeal,
    passed_on: NaiveDate,
    reason: Option<PassReason>,
    later: Vec<LaterOutcome>,
    conviction_then: Option<Decimal>,
    conviction_now: Option<Decimal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct MissedDeal {
    id: cynic::Id,
    title: String,
}

#[derive(cynic::QueryFragment)]
struct LaterOutcome {
    on: NaiveDate,
    what: String,
    amount: Option<MoneyRange>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    super::answer::<MissesPage>(&site, &visit).await
}

impl Analysis for MissesPage {
    const TAB: Tab = Tab::Misses;
    const OPERATION: &'static str = "MissesPage";

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
        let passed = self.pass_reasons?.iter().map(|one| one.deals).sum();
        Some(Report {
            parts: vec![misses(self.misses?, passed, context)],
        })
    }
}

fn misses(misses: Vec<Miss>, passed: i32, context: &Context<'_>) -> Part {
    let words = context.words;
    let (a, p) = (words.analytics(), words.passes());
    let count = i32::try_from(misses.len()).unwrap_or(i32::MAX);
    let mut rate = p.misses_of(
        &fmt::exact(count.into()),
        &fmt::exact(passed.into()),
        &share(count, passed),
    );
    if passed < FEW {
        rate = match words.language {
            Language::En => format!("{rate}, {}", a.few),
            Language::Zh => format!("{rate}，{}", a.few),
        };
    }
    let link = context.deals(|list| {
        list.statuses.insert(DealStatus::Passed);
        list.passed = Some(context.days);
        list.funded = Some(true);
    });
    let semicolon = match words.language {
        Language::En => "; ",
        Language::Zh => "；",
    };
    let rows = misses.into_iter().map(|miss| {
        let joined = |texts: Vec<String>| texts.join(semicolon);
        let whats = miss.later.iter().map(|one| one.what.clone()).collect();
        let days = miss.later.iter().map(|one| fmt::table_date(one.on)).collect();
        let amounts: Vec<String> = miss
            .later
            .into_iter()
            .filter_map(|one| one.amount?.text(words.language))
            .collect();
        vec![
            Cell::words(fmt::table_date(miss.passed_on)),
            Cell::data(miss.deal.title).opens(AsOf::keep(
                context.query.as_of,
                &crate::deal::path(miss.deal.id.inner()),
            )),
            Cell::words(miss.reason.map_or("—", |reason| reason.word(words))),
            Cell::data(joined(whats)),
            Cell::words(joined(days)),
            if amounts.is_empty() {
                Cell {
                    exact: String::new(),
                    ..Cell::words("—")
                }
            } else {
                Cell::data(joined(amounts))
            },
            Cell::figure(miss.conviction_then, fmt::conviction),
            Cell::figure(miss.conviction_now, fmt::conviction),
        ]
    });
    Part {
        heading: "",
        definition: vec![p.misses_mean],
        n: Figure {
            text: rate,
            link: Some(link),
        },
        legend: Vec::new(),
        picture: Picture::Bars(Vec::new()),
        table: Table {
            heads: Head::row(
                &[
                    p.passed_on,
                    p.deal,
                    p.reason,
                    p.became,
                    p.when,
                    p.at_what,
                    p.then,
                    p.now,
                ],
                6,
            ),
            rows: rows.collect(),
        },
    }
}
