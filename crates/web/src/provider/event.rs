//! Recording what a provider did.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::{EventPayload, Named, ProviderEventKind, path, shell};
use crate::belief::form::parts;
use crate::evidence::DatePrecision;
use crate::form::{Fault, Field, FormPage, FormParts, Input, Pick, Sent, status_of};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::viewer::{Viewer, writer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct EventFormVariables {
    id: cynic::Id,
}

/// What the form shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "EventFormVariables")]
struct EventForm {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    provider: Option<Named>,
}

#[derive(cynic::QueryVariables)]
struct RecordEventVariables {
    input: RecordProviderEventInput,
}

/// The input's other fields are put in by `input`.
#[derive(cynic::InputObject)]
struct RecordProviderEventInput {
    provider: cynic::Id,
    kind: ProviderEventKind,
    on: NaiveDate,
    summary: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RecordEventVariables")]
struct RecordEvent {
    #[arguments(input: $input)]
    record_provider_event: EventPayload,
}

fn read_document() -> String {
    EventForm::build(EventFormVariables { id: "".into() }).query
}

fn record_document() -> String {
    let input = RecordProviderEventInput {
        provider: "".into(),
        kind: ProviderEventKind::Price,
        on: NaiveDate::default(),
        summary: String::new(),
    };
    RecordEvent::build(RecordEventVariables { input }).query
}

pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("provider_event_form.graphql", read_document()),
        ("provider_event_record.graphql", record_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let mut sent = Sent::default();
    // As a what-if that is to be recorded says it.
    for name in ["kind", "summary"] {
        if let Some(value) = visit.parameter(name) {
            sent.put(name, value);
        }
    }
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    sent.put("on", fmt::table_date(today));
    let answer = form(&site, &visit, &id, &sent, Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn record(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = add(&site, &visit, &headers, &id, &body).await;
    answered(&site, &visit, answer)
}

async fn form(
    site: &Site,
    visit: &Visit,
    id: &str,
    sent: &Sent,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let p = words.providers();
    let variables = send::variables(&EventFormVariables { id: id.into() })?;
    let found: EventForm = send::read_record(site, visit, read_document(), variables, "EventForm").await?;
    let viewer = writer(found.viewer)?;
    let provider = found.provider.ok_or(Problem::NotFound)?;
    let path = path(provider.id.inner());
    let heading = p.record_of(&provider.name);
    let record = Some((provider.name.as_str(), path.clone()));
    let mut shell = shell(site, visit, viewer, record, Some(p.record));
    visit.uri.path().clone_into(&mut shell.back);
    let status = status_of(&faults);
    let kinds = ProviderEventKind::ALL
        .iter()
        .map(|kind| Pick::new(kind.code(), kind.word(words), sent.text("kind")))
        .collect();
    let precision = sent.some("precision").unwrap_or(DatePrecision::Day.code());
    let precisions = DatePrecision::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), precision))
        .collect();
    let rows = vec![
        Field::new("kind", p.kind, sent, Input::Radios(kinds))
            .required()
            .into(),
        Field::area("summary", p.summary, sent, 2)
            .hint(p.summary_hint)
            .required()
            .into(),
        Field::day("on", p.on, sent).hint(p.on_hint).required().into(),
        Field::new("precision", p.precision, sent, Input::Select(precisions)).into(),
        Field::address("sourceUrl", p.source_url, sent).into(),
    ];
    let page = FormPage::new(FormParts {
        lead: vec![p.record_hint.to_owned()],
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        ..parts(shell, &heading, path, p.save_event, rows)
    });
    problem::page(status, visit.language.tag(), &page)
}

/// What was typed, or what is wrong with it.
fn input(id: &str, sent: &Sent, words: &Words) -> Result<Value, Vec<Fault>> {
    let p = words.providers();
    let mut faults = Vec::new();
    let mut input = Map::from_iter([("provider".to_owned(), json!(id))]);
    match sent.some("kind") {
        Some(code) => {
            input.insert("kind".to_owned(), json!(code));
        }
        None => faults.push(Fault::new("kind", p.say_kind.to_owned())),
    }
    match sent.some("summary") {
        Some(text) => {
            input.insert("summary".to_owned(), json!(text));
        }
        None => faults.push(Fault::new("summary", p.say_summary.to_owned())),
    }
    match sent.day("on", &mut faults, words) {
        Some(day) => {
            input.insert("on".to_owned(), json!(fmt::table_date(day)));
        }
        None if sent.some("on").is_none() => faults.push(Fault::new("on", p.say_day.to_owned())),
        None => {}
    }
    for name in ["precision", "sourceUrl"] {
        if let Some(value) = sent.some(name) {
            input.insert(name.to_owned(), json!(value));
        }
    }
    if faults.is_empty() {
        Ok(Value::Object(input))
    } else {
        Err(faults)
    }
}

async fn add(
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
    let faults = match input(id, &sent, words) {
        Err(faults) => faults,
        Ok(input) => {
            let variables = json!({ "input": input });
            let key = sent.text("key");
            match send::write(site, visit, &record_document(), &variables, "RecordEvent", key).await? {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(RecordEvent {
                    record_provider_event: done,
                }) if done.user_errors.is_empty() => {
                    let address = send::with_note(&path(id), "recorded");
                    return Ok(Redirect::to(&address).into_response());
                }
                Written::Done(RecordEvent {
                    record_provider_event: done,
                }) => done
                    .user_errors
                    .iter()
                    .map(|error| {
                        let field = error.path();
                        // The form has no field for its provider.
                        let field = if field == "provider" { String::new() } else { field };
                        Fault::of(error, field, words)
                    })
                    .collect(),
            }
        }
    };
    form(site, visit, id, &sent, faults).await
}
