//! The board: deals by how far they got, now or as known on a day.

pub(crate) mod gate;
mod view;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use crate::answer::Outcome;
use crate::deals::card::DealCard;
use crate::deals::query::{CARDS, DealsQuery, Face};
use crate::deals::{self, DealFilter, DealOrder, Frame, FundOption, Seen, StageOption, UserName};
use crate::evidence::Currency;
use crate::problem::{self, Problem};
use crate::sector::{self, SectorNode};
use crate::viewer::Reader;
use crate::visit::Visit;
use crate::{Site, schema, send};
use gate::GateRule;

#[derive(cynic::QueryVariables)]
struct PipelinePageVariables {
    filter: DealFilter,
    as_of: Option<DateTime<Utc>>,
    first: i32,
    order: DealOrder,
    with_board: bool,
}

/// Everything the board shows. Without a board it is the frame, for a query that was not understood.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "PipelinePageVariables")]
struct PipelinePage {
    viewer: Option<Reader>,
    sectors: Vec<SectorNode>,
    users: Vec<UserName>,
    funds: Vec<FundOption>,
    stages: Vec<StageOption>,
    #[arguments(filter: $filter, asOf: $as_of)]
    #[directives(include(if: $with_board))]
    pipeline: Option<Pipeline>,
}

#[derive(cynic::QueryFragment)]
#[cynic(variables = "PipelinePageVariables")]
struct Pipeline {
    total_count: i32,
    stale_count: i32,
    our_amount_total: Option<MoneyTotal>,
    amount_total: Option<MoneyTotal>,
    columns: Vec<PipelineColumn>,
}

#[derive(cynic::QueryFragment)]
#[cynic(variables = "PipelinePageVariables")]
struct PipelineColumn {
    stage: ColumnStage,
    deal_count: i32,
    stale_count: i32,
    median_days_in_stage: Option<Decimal>,
    our_amount_total: Option<MoneyTotal>,
    amount_total: Option<MoneyTotal>,
    #[arguments(first: $first, order: $order)]
    deals: Cards,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct ColumnStage {
    key: String,
    name: String,
    name_zh: String,
    limit_days: i32,
    is_retired: bool,
    gate_rules: Vec<GateRule>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct Cards {
    nodes: Vec<DealCard>,
}

/// Amounts of several currencies as one.
#[derive(cynic::QueryFragment)]
struct MoneyTotal {
    currency: Currency,
    low: Option<Decimal>,
    high: Option<Decimal>,
    unknown: i32,
    without_rate: i32,
}

impl PipelinePageVariables {
    fn new(query: &DealsQuery, me: Option<&str>, seen: Seen, with_board: bool) -> Self {
        // One argument for all columns: as many as the fullest shows; the others leave the rest.
        let first = query.more.values().copied().fold(CARDS, u16::max);
        Self {
            filter: DealFilter::new(query, me, seen.calendar),
            as_of: seen.as_of,
            first: first.into(),
            order: DealOrder::new(query.sort),
            with_board,
        }
    }
}

/// The page's document, the same for every query.
pub(crate) fn document() -> String {
    PipelinePage::build(PipelinePageVariables::new(
        &DealsQuery::default(),
        None,
        Seen::new(None, DateTime::UNIX_EPOCH, chrono_tz::UTC),
        true,
    ))
    .query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, headers: HeaderMap) -> Response {
    board(&site, &visit, &headers)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// What a script asks for after a move: a card, and the heads of the stages it went from and to.
struct Part {
    card: String,
    stages: Vec<String>,
}

impl Part {
    fn asked(headers: &HeaderMap) -> Option<Self> {
        let text = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
        headers.get("hx-request")?;
        Some(Self {
            card: text("x-card")?,
            stages: text("x-stages")?.split(',').map(str::to_owned).collect(),
        })
    }
}

async fn board(site: &Site, visit: &Visit, headers: &HeaderMap) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let (mut query, mut bad) = DealsQuery::parse(Face::Board, visit.query());
    if bad.is_empty()
        && let Some(answer) = deals::redirect(&query, visit)
    {
        return Ok(answer);
    }
    let as_of = deals::instant(site, visit, &mut query, &mut bad);
    let seen = Seen::new(as_of, visit.now, site.config.zone);
    let me = deals::me(site, visit, &query).await?;
    let ask = async |with_board: bool| {
        let variables = PipelinePageVariables::new(&query, me.as_deref(), seen, with_board);
        let variables = send::variables(&variables)?;
        send::read(site, visit, document(), variables, "PipelinePage").await
    };
    let (mut data, refusal): (PipelinePage, _) = match ask(bad.is_empty()).await? {
        Outcome::Data(data) => (data, None),
        // The frame alone tells what it was that the server did not know.
        Outcome::Refused(why) => match ask(false).await? {
            Outcome::Data(data) => (data, Some(why)),
            Outcome::Refused(why) => return Err(Problem::Failed(why)),
        },
    };
    let reader = data.viewer.take().ok_or(Problem::SignIn)?;
    let tree = sector::tree(&data.sectors);
    let frame = Frame {
        users: data.users,
        funds: data.funds,
        providers: Vec::new(),
        stages: data.stages,
    };
    bad.extend(deals::take_unknown(&mut query, &frame, &tree));
    let is_understood = bad.is_empty() && refusal.is_none();
    let pipeline = data.pipeline.take().filter(|_| is_understood);
    // What a chip names in the reader's language needs no sentence beside it.
    let refusal = refusal.filter(|_| bad.is_empty());
    let variables = PipelinePageVariables::new(&query, me.as_deref(), seen, pipeline.is_some());
    let variables = send::variables(&variables)?;
    let found = view::Found {
        query,
        bad,
        refusal,
        viewer: reader.viewer,
        tree,
        frame,
        pipeline,
        variables,
    };
    let status = if is_understood {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    let page = view::Page::new(site, visit, found);
    match Part::asked(headers) {
        Some(part) if is_understood => {
            let part = page.part(&part.card, &part.stages);
            problem::page(status, visit.language.tag(), &part)
        }
        _ => problem::page(status, visit.language.tag(), &page),
    }
}
