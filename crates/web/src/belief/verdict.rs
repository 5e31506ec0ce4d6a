//! Giving a verdict. What one on a capability would bring back is said beside each status, before it is saved.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::form::parts;
use super::{CapabilityStatus, DealId, Kind, StartupId, ThesisStatus, shell};
use crate::answer::UserError;
use crate::form::{Fault, Field, FormPage, FormParts, Input, Pick, Sent, status_of};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::viewer::Viewer;
use crate::visit::{Visit, is_from_our_page};
use crate::words::{BeliefWords, Words};
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct VerdictFormVariables {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "VerdictFormVariables")]
struct ThesisVerdictForm {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    thesis: Option<JudgedThesis>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
struct JudgedThesis {
    statement: String,
    status: ThesisStatus,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "VerdictFormVariables")]
struct CapabilityVerdictForm {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    capability: Option<JudgedCapability>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
struct JudgedCapability {
    statement: String,
    status: CapabilityStatus,
    startups: Vec<StartupId>,
    #[arguments(status: PARTLY)]
    #[cynic(rename = "wouldComeBack", alias)]
    partly: Vec<DealId>,
    #[arguments(status: SOLVED)]
    #[cynic(rename = "wouldComeBack", alias)]
    solved: Vec<DealId>,
}

#[derive(cynic::QueryVariables)]
struct RecordVerdictVariables {
    input: RecordVerdictInput,
}

/// The input's other fields are put in by `input`.
#[derive(cynic::InputObject)]
struct RecordVerdictInput {
    on: NaiveDate,
    reason: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RecordVerdictVariables")]
struct RecordVerdict {
    #[arguments(input: $input)]
    record_verdict: VerdictPayload,
}

#[derive(cynic::QueryFragment)]
struct VerdictPayload {
    user_errors: Vec<UserError>,
}

fn read_document(kind: Kind) -> String {
    let variables = VerdictFormVariables { id: "".into() };
    match kind {
        Kind::Thesis => ThesisVerdictForm::build(variables).query,
        Kind::Capability => CapabilityVerdictForm::build(variables).query,
    }
}

fn record_document() -> String {
    let input = RecordVerdictInput {
        on: NaiveDate::default(),
        reason: String::new(),
    };
    RecordVerdict::build(RecordVerdictVariables { input }).query
}

pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("thesis_verdict.graphql", read_document(Kind::Thesis)),
        ("capability_verdict.graphql", read_document(Kind::Capability)),
        ("verdict_record.graphql", record_document()),
    ]
}

pub(crate) async fn on_thesis(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = form(&site, &visit, (Kind::Thesis, &id), Sent::default(), Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn on_capability(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
) -> Response {
    let answer = form(
        &site,
        &visit,
        (Kind::Capability, &id),
        Sent::default(),
        Vec::new(),
    )
    .await;
    answered(&site, &visit, answer)
}

pub(crate) async fn judge_thesis(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = judge(&site, &visit, &headers, (Kind::Thesis, &id), &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn judge_capability(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = judge(&site, &visit, &headers, (Kind::Capability, &id), &body).await;
    answered(&site, &visit, answer)
}

/// What a verdict on a capability would do, in a line.
fn consequence(startups: usize, back: usize, b: &BeliefWords) -> String {
    let (rest, come) = (startups.to_string(), back.to_string());
    let rest = if startups == 1 {
        b.of_one_startup(&rest)
    } else {
        b.of_startups(&rest)
    };
    let come = if back == 1 {
        b.comes_back(&come)
    } else {
        b.come_back(&come)
    };
    b.both(&rest, &come)
}

/// What the form is about: its statement, and the statuses that can be chosen.
async fn asked(
    site: &Site,
    visit: &Visit,
    (kind, id): (Kind, &str),
    sent: &Sent,
) -> Result<(Viewer, String, Vec<Pick>), Problem> {
    let words = visit.words();
    let b = words.beliefs();
    let variables = send::variables(&VerdictFormVariables { id: id.into() })?;
    let document = read_document(kind);
    let (viewer, statement, picks) = match kind {
        Kind::Thesis => {
            let found: ThesisVerdictForm =
                send::read_record(site, visit, document, variables, "ThesisVerdictForm").await?;
            let one = found.thesis.ok_or(Problem::NotFound)?;
            let picks = kind.statuses(sent.some("status").unwrap_or(one.status.code()), b);
            (found.viewer, one.statement, picks)
        }
        Kind::Capability => {
            let found: CapabilityVerdictForm =
                send::read_record(site, visit, document, variables, "CapabilityVerdictForm").await?;
            let one = found.capability.ok_or(Problem::NotFound)?;
            let mut picks = kind.statuses(sent.some("status").unwrap_or(one.status.code()), b);
            for (pick, back) in picks.iter_mut().zip([0, one.partly.len(), one.solved.len()]) {
                pick.note = consequence(one.startups.len(), back, b);
            }
            (found.viewer, one.statement, picks)
        }
    };
    let viewer = viewer.ok_or(Problem::SignIn)?;
    if viewer.role.may_write() {
        Ok((viewer, statement, picks.to_vec()))
    } else {
        Err(Problem::NotAllowed)
    }
}

async fn form(
    site: &Site,
    visit: &Visit,
    (kind, id): (Kind, &str),
    mut sent: Sent,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let b = words.beliefs();
    let (viewer, statement, picks) = asked(site, visit, (kind, id), &sent).await?;
    if sent.names().next().is_none() {
        let today = visit.now.with_timezone(&site.config.zone).date_naive();
        sent.put("on", fmt::table_date(today));
    }
    let path = kind.path(id);
    let record = Some((statement.as_str(), path.clone()));
    let mut shell = shell(site, visit, viewer, record, Some(b.give));
    visit.uri.path().clone_into(&mut shell.back);
    let status = status_of(&faults);
    let rows = vec![
        Field::new("status", b.status, &sent, Input::Radios(picks))
            .required()
            .into(),
        Field::day("on", b.on, &sent).required().into(),
        Field::area("reason", b.reason, &sent, 3)
            .hint(b.reason_hint)
            .required()
            .into(),
        Field::address("sourceUrl", b.source_url, &sent).into(),
    ];
    let page = FormPage::new(FormParts {
        lead: vec![statement.clone(), b.give_hint.to_owned()],
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        ..parts(shell, b.give, path, b.save_verdict, rows)
    });
    problem::page(status, visit.language.tag(), &page)
}

/// What was typed, or what is wrong with it.
fn input((kind, id): (Kind, &str), sent: &Sent, words: &Words) -> Result<Value, Vec<Fault>> {
    let b = words.beliefs();
    let mut faults = Vec::new();
    let mut input = Map::from_iter([("reason".to_owned(), json!(sent.text("reason")))]);
    let (record, status) = match kind {
        Kind::Thesis => ("thesis", "thesisStatus"),
        Kind::Capability => ("capability", "capabilityStatus"),
    };
    input.insert(record.to_owned(), json!(id));
    match sent.some("status") {
        Some(code) => {
            input.insert(status.to_owned(), json!(code));
        }
        None => faults.push(Fault::new("status", b.say_status.to_owned())),
    }
    match sent.day("on", &mut faults, words) {
        Some(day) => {
            input.insert("on".to_owned(), json!(fmt::table_date(day)));
        }
        None if sent.some("on").is_none() => faults.push(Fault::new("on", b.say_day.to_owned())),
        None => {}
    }
    if let Some(url) = sent.some("sourceUrl") {
        input.insert("sourceUrl".to_owned(), json!(url));
    }
    if faults.is_empty() {
        Ok(Value::Object(input))
    } else {
        Err(faults)
    }
}

async fn judge(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    (kind, id): (Kind, &str),
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let found = match input((kind, id), &sent, words) {
        Err(faults) => faults,
        Ok(input) => {
            let variables = json!({ "input": input });
            let key = sent.text("key");
            match send::write(site, visit, &record_document(), &variables, "RecordVerdict", key).await? {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(RecordVerdict { record_verdict }) if record_verdict.user_errors.is_empty() => {
                    let address = send::with_note(&kind.path(id), "judged");
                    return Ok(Redirect::to(&address).into_response());
                }
                Written::Done(RecordVerdict { record_verdict }) => record_verdict
                    .user_errors
                    .iter()
                    .map(|error| {
                        let field = match error.field.as_deref().unwrap_or_default() {
                            [only] if only == "thesis" || only == "capability" => String::new(),
                            [only] if only.ends_with("Status") => "status".to_owned(),
                            path => path.join("."),
                        };
                        Fault::of(error, field, words)
                    })
                    .collect(),
            }
        }
    };
    form(site, visit, (kind, id), sent, found).await
}
