//! A deal's page: how far it got and when, who decided what and why, and what is agreed.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::gates::Gate;
use super::outcomes::LaterOutcome;
use super::revisit::RevisitWhen;
use super::{
    Channel, ChecklistState, DealStatus, GateCondition, Instrument, InvestorRole, MoneyRange, PassReason,
    Round, ValuationBasis, Visibility, view,
};
use crate::activity::ActivityLine;
use crate::answer::Outcome;
use crate::as_of::{self, AsOf};
use crate::assessment::RaisedFlag;
use crate::deals::{StageOption, UserName};
use crate::document::DocumentLine;
use crate::evidence::{Currency, DatePrecision, Grade};
use crate::problem::{self, Problem};
use crate::review::{MeetingName, ReviewHead};
use crate::task::TaskLine;
use crate::viewer::Reader;
use crate::visit::Visit;
use crate::{Language, Site, schema, send};

#[derive(cynic::QueryVariables)]
pub(super) struct DealPageVariables {
    id: cynic::Id,
    as_of: Option<DateTime<Utc>>,
    with_activity: bool,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "DealPageVariables")]
struct DealPage {
    viewer: Option<Reader>,
    #[arguments(id: $id, asOf: $as_of)]
    deal: Option<DealRecord>,
    #[arguments(asOf: $as_of)]
    stages: Vec<StageOption>,
    #[arguments(first: 10, subject: $id)]
    #[directives(include(if: $with_activity))]
    activity: Option<Activities>,
    // To whose agendas it may be added.
    #[arguments(first: 10, status: DRAFT)]
    #[directives(include(if: $with_activity))]
    reviews: Option<Drafts>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewConnection")]
pub(super) struct Drafts {
    pub(super) nodes: Vec<ReviewHead>,
}

/// Meetings on whose agenda a deal can be put, the first to come leading, each with its address, title and day.
pub(super) fn meetings(
    drafts: &[ReviewHead],
    site: &Site,
    language: Language,
) -> Vec<(String, String, String)> {
    drafts
        .iter()
        .rev()
        .map(|head| {
            let (_, when) = head.when(site, language);
            (crate::review::path(head.id.inner()), head.title.clone(), when)
        })
        .collect()
}

/// A deal with all that is known of it.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal", variables = "DealPageVariables")]
pub(super) struct DealRecord {
    pub(super) id: cynic::Id,
    #[cynic(spread)]
    pub(super) terms: DealTerms,
    pub(super) stage: StageOption,
    pub(super) status: DealStatus,
    pub(super) days_in_stage: i32,
    pub(super) is_stale: bool,
    pub(super) startup: DealStartup,
    pub(super) pass_reason: Option<PassReason>,
    pub(super) pass_note: Option<String>,
    pub(super) fit: Vec<FundFit>,
    pub(super) revisit_due: Option<RevisitDue>,
    pub(super) outcome_watch: Vec<LaterOutcome>,
    pub(super) documents: Vec<DocumentLine>,
    pub(super) tasks: Vec<TaskLine>,
    pub(super) history: Vec<DealChange>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) gate: Gate,
}

/// What a deal's form can change, too.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct DealTerms {
    pub(crate) title: String,
    pub(crate) version: i32,
    pub(crate) round: Round,
    pub(crate) amount_sought: Option<MoneyRange>,
    pub(crate) our_amount: Option<MoneyRange>,
    pub(crate) investor_role: Option<InvestorRole>,
    pub(crate) instrument: Option<Instrument>,
    pub(crate) co_investors: Vec<String>,
    pub(crate) valuation: Option<Money>,
    pub(crate) valuation_basis: Option<ValuationBasis>,
    pub(crate) term_sheet_signed_on: Option<NaiveDate>,
    pub(crate) term_sheet_expires_on: Option<NaiveDate>,
    pub(crate) exclusive_until: Option<NaiveDate>,
    pub(crate) signed_on: Option<NaiveDate>,
    pub(crate) paid_on: Option<NaiveDate>,
    pub(crate) sources: Vec<DealSource>,
    pub(crate) next_step: Option<String>,
    pub(crate) next_step_due: Option<NaiveDate>,
    pub(crate) owner: Option<UserName>,
    pub(crate) team: Vec<UserName>,
    pub(crate) funds: Vec<NamedFund>,
    pub(crate) visibility: Visibility,
    pub(crate) revisit_on: Option<NaiveDate>,
    pub(crate) revisit_trigger: Option<String>,
    pub(crate) revisit_when: Option<RevisitWhen>,
}

/// Since when what it waits for is there.
#[derive(cynic::QueryFragment)]
pub(super) struct RevisitDue {
    pub(super) since: DateTime<Utc>,
    pub(super) because: String,
}

/// A fund that may do it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Fund")]
pub(crate) struct NamedFund {
    pub(crate) id: cynic::Id,
}

/// Where the deal does not suit a fund.
#[derive(cynic::QueryFragment)]
pub(super) struct FundFit {
    pub(super) fund: FundName,
    pub(super) notes: Vec<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Fund")]
pub(super) struct FundName {
    pub(super) name: String,
    pub(super) currency: Currency,
    pub(super) is_retired: bool,
}

/// An amount.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Money {
    pub(crate) amount: Decimal,
    pub(crate) currency: Currency,
}

/// Who brought it.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct DealSource {
    pub(crate) channel: Channel,
    pub(crate) on: Option<NaiveDate>,
    pub(crate) precision: DatePrecision,
    pub(crate) who: Option<String>,
    pub(crate) person: Option<SourcePerson>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Person")]
pub(crate) struct SourcePerson {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(super) struct DealStartup {
    pub(super) id: cynic::Id,
    pub(super) name: String,
    pub(super) best_grade: Option<Grade>,
    pub(super) conviction: Option<Decimal>,
    pub(super) flags: Vec<RaisedFlag>,
    pub(super) checklist: Vec<ChecklistItem>,
}

#[derive(cynic::QueryFragment)]
pub(super) struct ChecklistItem {
    pub(super) label: String,
    pub(super) state: ChecklistState,
    pub(super) note: Option<String>,
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) by: Option<UserName>,
}

/// A row of a deal's history.
#[derive(cynic::QueryFragment)]
pub(super) struct DealChange {
    pub(super) from: Option<StageOption>,
    pub(super) from_status: Option<DealStatus>,
    pub(super) to: StageOption,
    pub(super) to_status: DealStatus,
    pub(super) occurred_at: DateTime<Utc>,
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) by: Option<UserName>,
    pub(super) reason: Option<String>,
    pub(super) overrode: Vec<GateCondition>,
    pub(super) override_reason: Option<String>,
    pub(super) review: Option<MeetingName>,
    pub(super) voided_at: Option<DateTime<Utc>>,
    pub(super) void_reason: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ActivityConnection")]
struct Activities {
    nodes: Vec<ActivityLine>,
}

#[derive(cynic::QueryVariables)]
struct DealNameVariables {
    id: cynic::Id,
}

/// Whether it is there now.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "DealNameVariables")]
struct DealName {
    #[arguments(id: $id)]
    deal: Option<NamedDeal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct NamedDeal {
    #[allow(dead_code, reason = "that it is there is all that is asked")]
    id: cynic::Id,
}

fn document() -> String {
    DealPage::build(DealPageVariables {
        id: "".into(),
        as_of: None,
        with_activity: true,
    })
    .query
}

fn name_document() -> String {
    DealName::build(DealNameVariables { id: "".into() }).query
}

/// The documents of the page.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("deal.graphql", document()),
        ("deal_name.graphql", name_document()),
    ]
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    page(&site, &visit, &id)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// Whether there is such a deal for this reader now.
pub(crate) async fn is_there(site: &Site, visit: &Visit, id: &str) -> Result<bool, Problem> {
    let variables = send::variables(&DealNameVariables { id: id.into() })?;
    let found: Outcome<DealName> = send::read(site, visit, name_document(), variables, "DealName").await?;
    Ok(matches!(found, Outcome::Data(DealName { deal: Some(_) })))
}

async fn page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let as_of = match visit.parameter(as_of::PARAMETER) {
        None => None,
        Some(text) => {
            let read = AsOf::read(&text);
            let known = read.and_then(|as_of| Some((as_of, as_of.instant(visit.now, site.config.zone)?)));
            Some(known.ok_or(Problem::NoSuchDay)?)
        }
    };
    let variables = send::variables(&DealPageVariables {
        id: id.into(),
        as_of: as_of.map(|(_, instant)| instant),
        with_activity: as_of.is_none(),
    })?;
    let found: DealPage = send::read_record(site, visit, document(), variables.clone(), "DealPage").await?;
    let reader = found.viewer.ok_or(Problem::SignIn)?;
    let deal = match (found.deal, as_of) {
        (Some(deal), _) => deal,
        (None, Some(_)) => {
            let variables = send::variables(&DealNameVariables { id: id.into() })?;
            let now: DealName =
                send::read_record(site, visit, name_document(), variables, "DealName").await?;
            // There for whoever looks now: it came later.
            return Err(if now.deal.is_some() {
                Problem::NotKnownThen
            } else {
                Problem::NotFound
            });
        }
        (None, None) => return Err(Problem::NotFound),
    };
    let page = view::Page::new(
        site,
        visit,
        view::Found {
            reader,
            deal,
            stages: found.stages,
            activity: found.activity.map(|all| all.nodes).unwrap_or_default(),
            drafts: found.reviews.map(|all| all.nodes).unwrap_or_default(),
            as_of: as_of.map(|(as_of, _)| as_of),
            query_link: crate::shell::query_link(&document(), &variables, "DealPage"),
        },
    );
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}
