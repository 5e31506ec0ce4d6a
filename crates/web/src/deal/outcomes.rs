//! Recording what became later of a startup that we passed, or that chose others; and taking it back.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::{MoneyRange, crumbs, path};
use crate::answer::{Url, UserError};
use crate::evidence::read_number;
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Row, Sent, status_of};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::shell::{Section, Shell};
use crate::viewer::Reader;
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, fmt, schema};

/// What became later, as the deal's page shows it.
#[derive(cynic::QueryFragment)]
pub(super) struct LaterOutcome {
    pub(super) id: cynic::Id,
    pub(super) on: NaiveDate,
    pub(super) what: String,
    pub(super) amount: Option<MoneyRange>,
    pub(super) source_url: Option<Url>,
}

#[derive(cynic::QueryVariables)]
struct OutcomeFormVariables {
    id: cynic::Id,
}

/// What the forms show.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OutcomeFormVariables")]
struct OutcomeForm {
    viewer: Option<Reader>,
    #[arguments(id: $id)]
    deal: Option<WatchedDeal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct WatchedDeal {
    id: cynic::Id,
    title: String,
    outcome_watch: Vec<NamedOutcome>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "LaterOutcome")]
struct NamedOutcome {
    id: cynic::Id,
    what: String,
}

#[derive(cynic::QueryVariables)]
struct RecordOutcomeVariables {
    input: RecordOutcomeInput,
}

/// The input's other fields are put in by `input`.
#[derive(cynic::InputObject)]
struct RecordOutcomeInput {
    deal: cynic::Id,
    on: NaiveDate,
    what: String,
}

/// Recording one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RecordOutcomeVariables")]
struct RecordOutcome {
    #[arguments(input: $input)]
    record_outcome: OutcomePayload,
}

#[derive(cynic::QueryVariables)]
struct RetractOutcomeVariables {
    input: RetractOutcomeInput,
}

#[derive(cynic::InputObject)]
struct RetractOutcomeInput {
    outcome: cynic::Id,
    reason: String,
}

/// Taking one back.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RetractOutcomeVariables")]
struct RetractOutcome {
    #[arguments(input: $input)]
    retract_outcome: OutcomePayload,
}

#[derive(cynic::QueryFragment)]
struct OutcomePayload {
    user_errors: Vec<UserError>,
}

fn read_document() -> String {
    OutcomeForm::build(OutcomeFormVariables { id: "".into() }).query
}

fn record_document() -> String {
    let input = RecordOutcomeInput {
        deal: "".into(),
        on: NaiveDate::default(),
        what: String::new(),
    };
    RecordOutcome::build(RecordOutcomeVariables { input }).query
}

fn retract_document() -> String {
    let input = RetractOutcomeInput {
        outcome: "".into(),
        reason: String::new(),
    };
    RetractOutcome::build(RetractOutcomeVariables { input }).query
}

/// The documents of the forms.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("outcome_form.graphql", read_document()),
        ("outcome_record.graphql", record_document()),
        ("outcome_retract.graphql", retract_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = new_page(&site, &visit, &id, &Sent::default(), Vec::new()).await;
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

pub(crate) async fn doubt(
    State(site): State<Site>,
    visit: Visit,
    Path((id, outcome)): Path<(String, String)>,
) -> Response {
    let answer = doubt_page(&site, &visit, (&id, &outcome), &Sent::default(), Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn retract(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path((id, outcome)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let answer = take_back(&site, &visit, &headers, (&id, &outcome), &body).await;
    answered(&site, &visit, answer)
}

async fn read(site: &Site, visit: &Visit, id: &str) -> Result<(Reader, WatchedDeal), Problem> {
    let variables = send::variables(&OutcomeFormVariables { id: id.into() })?;
    let found: OutcomeForm =
        send::read_record(site, visit, read_document(), variables, "OutcomeForm").await?;
    let deal = found.deal.ok_or(Problem::NotFound)?;
    let reader = found.viewer.ok_or(Problem::SignIn)?;
    if reader.viewer.role.may_write() {
        Ok((reader, deal))
    } else {
        Err(Problem::NotAllowed)
    }
}

/// A form of a deal with one group of fields.
fn form(
    site: &Site,
    visit: &Visit,
    (reader, deal): (Reader, &WatchedDeal),
    (heading, name, submit): (String, &str, &'static str),
    rows: Vec<Row>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let id = deal.id.inner();
    let mut shell = Shell::new(site, visit, &heading);
    shell.user = Some(reader.viewer.menu(words));
    shell.section = Section::Pipeline;
    visit.uri.path().clone_into(&mut shell.back);
    shell.crumbs = crumbs(words, Some((&deal.title, id)), name);
    let status = status_of(&faults);
    let page = FormPage::new(FormParts {
        shell,
        heading,
        lead: Vec::new(),
        cancel: format!("{}#outcomes", path(id)),
        submit,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: vec![Group {
            id: "outcome",
            legend: "",
            hint: "",
            rows,
        }],
        foretelling: None,
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn new_page(
    site: &Site,
    visit: &Visit,
    id: &str,
    sent: &Sent,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let (d, p) = (words.deal(), words.passes());
    let (reader, deal) = read(site, visit, id).await?;
    let decimal = || Input::line("text", "decimal");
    let currency = Input::Line {
        kind: "text",
        mode: "",
        list: vec!["CNY", "USD", "EUR", "HKD"],
    };
    let rows = vec![
        Field::area("what", p.became, sent, 2)
            .hint(p.what_hint)
            .required()
            .first()
            .into(),
        Field::day("on", p.when, sent).required().into(),
        Row {
            legend: p.amount.to_owned(),
            fields: vec![
                Field::new("amount.low", d.low, sent, decimal()).hint(d.money_hint),
                Field::new("amount.high", d.high, sent, decimal()),
                Field::new("amount.currency", d.currency, sent, currency),
                Field::line("amount.asFound", d.as_found, sent),
            ],
        },
        Field::address("sourceUrl", p.source, sent).into(),
    ];
    let heading = p.record_of(&deal.title);
    let name = (heading, p.record_outcome, p.record_outcome);
    form(site, visit, (reader, &deal), name, rows, faults)
}

fn told(errors: &[UserError], words: &Words) -> Vec<Fault> {
    errors
        .iter()
        .map(|error| {
            let field = match error.field.as_deref().unwrap_or_default() {
                // The form has no field for its deal.
                [only] if only == "deal" || only == "outcome" => String::new(),
                [only] if only == "amount" => "amount.low".to_owned(),
                path => path.join("."),
            };
            Fault::of(error, field, words)
        })
        .collect()
}

/// What was typed, or what is wrong with it.
fn input(id: &str, sent: &Sent, words: &Words) -> Result<Value, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut input = Map::from_iter([
        ("deal".to_owned(), json!(id)),
        ("what".to_owned(), json!(sent.text("what"))),
    ]);
    match sent.day("on", &mut faults, words) {
        Some(day) => {
            input.insert("on".to_owned(), json!(fmt::table_date(day)));
        }
        None if faults.is_empty() => faults.push(Fault::new("on", words.settings().say_day.to_owned())),
        None => {}
    }
    let mut amount = Map::new();
    for end in ["low", "high"] {
        let name = format!("amount.{end}");
        match sent.some(&name).map(|text| (text, read_number(text))) {
            Some((_, Some(number))) => {
                amount.insert(end.to_owned(), json!(number.to_string()));
            }
            Some((text, None)) => faults.push(Fault::new(&name, words.deal().no_money(text))),
            None => {}
        }
    }
    if !amount.is_empty()
        && let Some(code) = sent.some("amount.currency")
    {
        amount.insert("currency".to_owned(), json!(code.to_ascii_uppercase()));
    }
    if let Some(found) = sent.some("amount.asFound") {
        amount.insert("asFound".to_owned(), json!(found));
    }
    if !amount.is_empty() {
        input.insert("amount".to_owned(), Value::Object(amount));
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
    let found = match input(id, &sent, words) {
        Err(faults) => faults,
        Ok(input) => {
            let variables = json!({ "input": input });
            let key = sent.text("key");
            let document = record_document();
            match send::write(site, visit, &document, &variables, "RecordOutcome", key).await? {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(RecordOutcome { record_outcome }) if record_outcome.user_errors.is_empty() => {
                    let address = send::with_note(&path(id), "outcome");
                    return Ok(Redirect::to(&address).into_response());
                }
                Written::Done(RecordOutcome { record_outcome }) => told(&record_outcome.user_errors, words),
            }
        }
    };
    new_page(site, visit, id, &sent, found).await
}

async fn doubt_page(
    site: &Site,
    visit: &Visit,
    (id, outcome): (&str, &str),
    sent: &Sent,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let p = words.passes();
    let (reader, deal) = read(site, visit, id).await?;
    let known = deal.outcome_watch.iter().find(|one| one.id.inner() == outcome);
    let what = known.ok_or(Problem::NotFound)?.what.clone();
    let rows = vec![
        Field::area("reason", p.why, sent, 2)
            .hint(p.retract_hint)
            .required()
            .first()
            .into(),
    ];
    let heading = match words.language {
        crate::Language::En => format!("{}: {what}", p.retract_heading),
        crate::Language::Zh => format!("{}：{what}", p.retract_heading),
    };
    let name = (heading, p.retract_heading, p.retract_heading);
    form(site, visit, (reader, &deal), name, rows, faults)
}

async fn take_back(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    (id, outcome): (&str, &str),
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let variables = json!({ "input": { "outcome": outcome, "reason": sent.text("reason") } });
    let key = sent.text("key");
    let document = retract_document();
    let faults = match send::write(site, visit, &document, &variables, "RetractOutcome", key).await? {
        Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
        Written::Done(RetractOutcome { retract_outcome }) if retract_outcome.user_errors.is_empty() => {
            let address = send::with_note(&path(id), "withdrawn");
            return Ok(Redirect::to(&address).into_response());
        }
        Written::Done(RetractOutcome { retract_outcome }) => told(&retract_outcome.user_errors, words),
    };
    doubt_page(site, visit, (id, outcome), &sent, faults).await
}
