//! Choosing on which theses and capabilities a startup rests.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Value, json};

use super::form::parts;
use super::{CapabilityStatus, ThesisStatus};
use crate::answer::UserError;
use crate::form::{Fault, Field, FormPage, FormParts, Input, Pick, Row, Sent, status_of};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::shell::{Section, Shell};
use crate::viewer::Viewer;
use crate::visit::{Visit, is_from_our_page};
use crate::{Site, schema};

#[derive(cynic::QueryVariables)]
struct BetsVariables {
    id: cynic::Id,
}

/// What the form shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BetsVariables")]
struct Bets {
    viewer: Option<Viewer>,
    theses: Vec<ThesisChoice>,
    capabilities: Vec<CapabilityChoice>,
    #[arguments(id: $id)]
    startup: Option<Betting>,
}

/// A thesis that can be chosen, or is.
#[derive(Clone, cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
pub(crate) struct ThesisChoice {
    pub(crate) id: cynic::Id,
    pub(crate) statement: String,
    pub(crate) status: ThesisStatus,
}

/// A capability that can be chosen, or is.
#[derive(Clone, cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
pub(crate) struct CapabilityChoice {
    pub(crate) id: cynic::Id,
    pub(crate) statement: String,
    pub(crate) status: CapabilityStatus,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct Betting {
    name: String,
    theses: Vec<ThesisChoice>,
    bets: Vec<CapabilityChoice>,
}

#[derive(cynic::QueryVariables)]
struct SetBetsVariables {
    input: SetBetsInput,
}

/// The input's other fields are put in by `set`.
#[derive(cynic::InputObject)]
struct SetBetsInput {
    startup: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "SetBetsVariables")]
struct SetBets {
    #[arguments(input: $input)]
    set_bets: StartupPayload,
}

#[derive(cynic::QueryFragment)]
struct StartupPayload {
    user_errors: Vec<UserError>,
}

fn read_document() -> String {
    Bets::build(BetsVariables { id: "".into() }).query
}

fn set_document() -> String {
    let input = SetBetsInput { startup: "".into() };
    SetBets::build(SetBetsVariables { input }).query
}

pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("bets.graphql", read_document()),
        ("bets_set.graphql", set_document()),
    ]
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = page(&site, &visit, &id, None, Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn set(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = save(&site, &visit, &headers, &id, &body).await;
    answered(&site, &visit, answer)
}

async fn page(
    site: &Site,
    visit: &Visit,
    id: &str,
    sent: Option<Sent>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let b = words.beliefs();
    let variables = send::variables(&BetsVariables { id: id.into() })?;
    let found: Bets = send::read_record(site, visit, read_document(), variables, "Bets").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let startup = found.startup.ok_or(Problem::NotFound)?;
    if !viewer.role.may_write() {
        return Err(Problem::NotAllowed);
    }
    let sent = sent.unwrap_or_else(|| {
        let mut sent = Sent::default();
        for thesis in &startup.theses {
            sent.put("theses", thesis.id.inner());
        }
        for capability in &startup.bets {
            sent.put("capabilities", capability.id.inner());
        }
        sent
    });
    let pick = |name: &str, id: &cynic::Id, text: String| Pick {
        is_chosen: sent.all(name).any(|chosen| chosen == id.inner()),
        ..Pick::new(id.inner(), &text, "")
    };
    let theses: Vec<Pick> = found
        .theses
        .iter()
        .map(|one| {
            let (sign, status) = one.status.shown(b);
            pick("theses", &one.id, format!("{} · {sign} {status}", one.statement))
        })
        .collect();
    let capabilities: Vec<Pick> = found
        .capabilities
        .iter()
        .map(|one| {
            let (sign, status) = one.status.shown(b);
            pick(
                "capabilities",
                &one.id,
                format!("{} · {sign} {status}", one.statement),
            )
        })
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    if !theses.is_empty() {
        rows.push(Field::new("theses", b.choose_theses, &sent, Input::Checks(theses)).into());
    }
    if !capabilities.is_empty() {
        rows.push(
            Field::new(
                "capabilities",
                b.choose_capabilities,
                &sent,
                Input::Checks(capabilities),
            )
            .into(),
        );
    }
    let heading = b.bets_of(&startup.name);
    let path = crate::startup::path(id);
    let mut shell = Shell::new(site, visit, &heading);
    shell.user = Some(viewer.menu(words));
    shell.section = Section::Startups;
    visit.uri.path().clone_into(&mut shell.back);
    shell.crumbs =
        crate::startup::form::crumbs(words.startups, Some((&startup.name, &path)), b.choose_heading);
    let status = status_of(&faults);
    let mut lead = Vec::new();
    if rows.is_empty() {
        lead.push(format!("{} {}", b.none_yet, b.theses_why));
    }
    let page = FormPage::new(FormParts {
        lead,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        ..parts(shell, &heading, format!("{path}#bets"), words.form().save, rows)
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn save(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let all = |name: &str| -> Value { sent.all(name).collect::<Vec<_>>().into() };
    let input = json!({ "startup": id, "theses": all("theses"), "capabilities": all("capabilities") });
    let variables = json!({ "input": input });
    let key = sent.text("key");
    let found = match send::write(site, visit, &set_document(), &variables, "SetBets", key).await? {
        Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
        Written::Done(SetBets { set_bets }) if set_bets.user_errors.is_empty() => {
            let address = send::with_note(&crate::startup::path(id), "saved");
            return Ok(Redirect::to(&address).into_response());
        }
        Written::Done(SetBets { set_bets }) => set_bets
            .user_errors
            .iter()
            .map(|error| Fault::of(error, String::new(), words))
            .collect(),
    };
    page(site, visit, id, Some(sent), found).await
}
