//! The funds that may invest: in which currency, between which amounts, under which constraints.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cynic::QueryBuilder;

use super::{FUNDS, Tab, shell, tabs};
use crate::answer::Outcome;
use crate::deal::MoneyRange;
use crate::evidence::Currency;
use crate::problem::{self, Problem};
use crate::send;
use crate::shell::{Shell, query_link};
use crate::viewer::{Role, Viewer};
use crate::visit::Visit;
use crate::words::{FundWords, SettingsWords};
use crate::{Site, schema};

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
pub(super) struct FundsPage {
    pub(super) viewer: Option<Viewer>,
    pub(super) funds: Vec<FundLine>,
}

/// A fund with all that there is to edit.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Fund")]
pub(super) struct FundLine {
    pub(super) id: cynic::Id,
    pub(super) name: String,
    pub(super) currency: Currency,
    pub(super) ticket: Option<MoneyRange>,
    pub(super) constraints: Option<String>,
    pub(super) is_retired: bool,
    pub(super) version: i32,
}

#[derive(Template)]
#[template(path = "settings_funds.html")]
struct Page {
    shell: Shell,
    s: &'static SettingsWords,
    u: &'static FundWords,
    tabs: Vec<Tab>,
    said: Option<&'static str>,
    may_edit: bool,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    currency: String,
    ticket: Option<String>,
    constraints: Option<String>,
    is_retired: bool,
    edit: String,
}

pub(super) fn document() -> String {
    FundsPage::build(()).query
}

/// The funds, and who is asking.
pub(super) async fn read(site: &Site, visit: &Visit) -> Result<(Viewer, Vec<FundLine>), Problem> {
    let found = send::read(site, visit, document(), serde_json::json!({}), "FundsPage").await?;
    let Outcome::Data(FundsPage { viewer, funds }) = found else {
        return Err(Problem::NotFound);
    };
    Ok((viewer.ok_or(Problem::SignIn)?, funds))
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let u = words.funds();
    let (viewer, funds) = read(site, visit).await?;
    let may_edit = viewer.role == Role::Admin;
    let mut shell = shell(site, visit, viewer, (FUNDS, u.funds), None);
    shell.query_link = Some(query_link(&document(), &serde_json::json!({}), "FundsPage"));
    let page = Page {
        s: words.settings(),
        u,
        tabs: tabs(FUNDS, words),
        said: (visit.parameter("did").as_deref() == Some("saved")).then_some(u.said_saved),
        may_edit,
        rows: funds
            .into_iter()
            .map(|fund| Row {
                edit: format!("{FUNDS}/{}/edit", fund.id.inner()),
                name: fund.name,
                currency: fund.currency.0,
                ticket: fund.ticket.and_then(|range| range.text(words.language)),
                constraints: fund.constraints,
                is_retired: fund.is_retired,
            })
            .collect(),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}
