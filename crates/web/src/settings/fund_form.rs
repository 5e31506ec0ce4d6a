//! Adding and editing a fund.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use cynic::MutationBuilder;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::funds::{FundLine, read};
use super::{FUNDS, parts, shell};
use crate::answer::UserError;
use crate::evidence::{Currency, read_number};
use crate::form::{
    Clash, Conflict, Fault, Field, FormPage, FormParts, Group, Input, Pick, Row, Sent, status_of,
};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::viewer::{Role, Viewer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, meanwhile, schema};

const AMOUNTS: [&str; 2] = ["ticket.low", "ticket.high"];
/// What is compared and merged as one.
const UNITS: [&str; 5] = ["name", "currency", "ticket", "constraints", "isRetired"];

#[derive(cynic::QueryVariables)]
struct CreateFundVariables {
    input: CreateFundInput,
}

/// The input's other fields are put in by `input`.
#[derive(cynic::InputObject)]
struct CreateFundInput {
    currency: Currency,
    name: String,
}

/// Adding a fund.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateFundVariables")]
struct CreateFund {
    #[arguments(input: $input)]
    create_fund: FundPayload,
}

#[derive(cynic::QueryVariables)]
struct UpdateFundVariables {
    input: UpdateFundInput,
}

/// The input's other fields are put in by `input`: only those that were changed.
#[derive(cynic::InputObject)]
struct UpdateFundInput {
    id: cynic::Id,
    version: i32,
}

/// Changing a fund.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateFundVariables")]
struct UpdateFund {
    #[arguments(input: $input)]
    update_fund: FundPayload,
}

#[derive(cynic::QueryFragment)]
struct FundPayload {
    user_errors: Vec<UserError>,
}

fn create_document() -> String {
    let input = CreateFundInput {
        currency: Currency(String::new()),
        name: String::new(),
    };
    CreateFund::build(CreateFundVariables { input }).query
}

fn update_document() -> String {
    let input = UpdateFundInput {
        id: "".into(),
        version: 0,
    };
    UpdateFund::build(UpdateFundVariables { input }).query
}

/// The documents of the funds' settings.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("settings_funds.graphql", super::funds::document()),
        ("fund_create.graphql", create_document()),
        ("fund_update.graphql", update_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit) -> Response {
    let answer = new_page(&site, &visit, None, Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn create(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = add(&site, &visit, &headers, &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = match Edit::read(&site, &visit, &id).await {
        Ok(edit) => edit.page(&site, &visit, Vec::new(), None, StatusCode::OK),
        Err(problem) => Err(problem),
    };
    answered(&site, &visit, answer)
}

pub(crate) async fn update(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = save(&site, &visit, &headers, &id, &body).await;
    answered(&site, &visit, answer)
}

fn admin(viewer: Viewer) -> Result<Viewer, Problem> {
    if viewer.role == Role::Admin {
        Ok(viewer)
    } else {
        Err(Problem::NotAllowed)
    }
}

/// What the form would send if nobody typed.
fn sent_of(fund: &FundLine) -> Sent {
    let mut sent = Sent::default();
    sent.put("name", &fund.name);
    sent.put("currency", &fund.currency.0);
    if let Some(ticket) = &fund.ticket {
        let figure = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
        sent.put_some("ticket.low", figure(ticket.low));
        sent.put_some("ticket.high", figure(ticket.high));
        sent.put_some("ticket.asFound", ticket.as_found.as_deref());
    }
    sent.put_some("constraints", fund.constraints.as_deref());
    sent.put("isRetired", if fund.is_retired { "yes" } else { "no" });
    sent
}

/// What can be told to be wrong without the server.
fn faults(sent: &Sent, words: &Words) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !is_currency(&code(sent)) {
        faults.push(Fault::new("currency", words.form().say_currency.to_owned()));
    }
    for name in AMOUNTS {
        if sent.some(name).is_some_and(|text| read_number(text).is_none()) {
            faults.push(Fault::new(name, words.funds().say_amount.to_owned()));
        }
    }
    faults
}

fn code(sent: &Sent) -> String {
    sent.text("currency").trim().to_ascii_uppercase()
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// The value of a unit, null where nothing stands in it.
fn value(sent: &Sent, unit: &str) -> Value {
    let text = |name: &str| sent.some(name).map_or(Value::Null, |text| json!(text));
    match unit {
        "currency" => json!(code(sent)),
        "ticket" => {
            let figure = |name: &str| match sent.some(name).and_then(read_number) {
                Some(value) => json!(value.to_string()),
                None => Value::Null,
            };
            let (low, high, found) = (
                figure("ticket.low"),
                figure("ticket.high"),
                text("ticket.asFound"),
            );
            if low.is_null() && high.is_null() && found.is_null() {
                return Value::Null;
            }
            json!({ "low": low, "high": high, "currency": code(sent), "asFound": found })
        }
        "isRetired" => json!(sent.text("isRetired") == "yes"),
        unit => text(unit),
    }
}

/// What differs from what stood there, for the API.
fn input(sent: &Sent, base: &Sent) -> Map<String, Value> {
    let mut input = Map::new();
    for unit in UNITS {
        let mine = value(sent, unit);
        if mine != value(base, unit) {
            input.insert(unit.to_owned(), mine);
        }
    }
    input
}

/// Every field, with what was typed.
fn groups(sent: &Sent, is_new: bool, words: &Words) -> Vec<Group> {
    let u = words.funds();
    let decimal = || Input::line("text", "decimal");
    let currency = Input::Line {
        kind: "text",
        mode: "",
        list: vec!["CNY", "USD", "HKD", "EUR"],
    };
    let mut rows: Vec<Row> = vec![
        Field::line("name", u.name, sent).required().first().into(),
        Field::new("currency", u.currency, sent, currency)
            .hint(u.currency_hint)
            .required()
            .into(),
        Row {
            legend: u.ticket.to_owned(),
            fields: vec![
                Field::new("ticket.low", u.ticket_low, sent, decimal()).hint(u.ticket_hint),
                Field::new("ticket.high", u.ticket_high, sent, decimal()),
                Field::line("ticket.asFound", u.ticket_words, sent),
            ],
        },
        Field::area("constraints", u.constraints, sent, 4)
            .hint(u.constraints_hint)
            .into(),
    ];
    if !is_new {
        let picks = [("no", u.takes), ("yes", u.takes_none)]
            .map(|(value, text)| Pick::new(value, text, sent.text("isRetired")));
        rows.push(Field::new("isRetired", u.is_retired, sent, Input::Radios(picks.into())).into());
    }
    vec![Group {
        id: "g-fund",
        legend: u.fund,
        hint: "",
        rows,
    }]
}

fn told(errors: &[UserError], words: &Words) -> Vec<Fault> {
    errors
        .iter()
        .map(|error| {
            let path = error.field.as_deref().unwrap_or_default();
            let field = match path.join(".").as_str() {
                "ticket" => "ticket.low".to_owned(),
                "ticket.currency" => "currency".to_owned(),
                other => other.to_owned(),
            };
            Fault::of(error, field, words)
        })
        .collect()
}

async fn new_page(
    site: &Site,
    visit: &Visit,
    sent: Option<Sent>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let u = words.funds();
    let (viewer, _) = read(site, visit).await?;
    let viewer = admin(viewer)?;
    let mut shell = shell(site, visit, viewer, (FUNDS, u.funds), Some(u.add));
    shell.back = format!("{FUNDS}/new");
    let status = status_of(&faults);
    let page = FormPage::new(FormParts {
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        groups: groups(&sent.unwrap_or_default(), true, words),
        ..parts(shell, u.add, FUNDS, u.add)
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn add(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let (viewer, _) = read(site, visit).await?;
        admin(viewer)?;
        let mut all = Map::new();
        for unit in ["currency", "ticket", "constraints"] {
            let mine = value(&sent, unit);
            if !mine.is_null() {
                all.insert(unit.to_owned(), mine);
            }
        }
        all.insert("name".to_owned(), json!(sent.text("name")));
        let variables = json!({ "input": Value::Object(all) });
        let key = sent.text("key");
        found = match send::write(site, visit, &create_document(), &variables, "CreateFund", key).await? {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(CreateFund { create_fund }) if create_fund.user_errors.is_empty() => {
                return Ok(Redirect::to(&send::with_note(FUNDS, "saved")).into_response());
            }
            Written::Done(CreateFund { create_fund }) => told(&create_fund.user_errors, words),
        };
    }
    new_page(site, visit, Some(sent), found).await
}

/// A form of a known fund.
struct Edit {
    viewer: Viewer,
    fund: FundLine,
    sent: Sent,
    base: Sent,
    version: i32,
}

impl Edit {
    async fn read(site: &Site, visit: &Visit, id: &str) -> Result<Self, Problem> {
        let (viewer, funds) = read(site, visit).await?;
        let fund = funds.into_iter().find(|fund| fund.id.inner() == id);
        let fund = fund.ok_or(Problem::NotFound)?;
        let viewer = admin(viewer)?;
        let sent = sent_of(&fund);
        Ok(Self {
            viewer,
            base: sent.clone(),
            version: fund.version,
            sent,
            fund,
        })
    }

    fn page(
        self,
        site: &Site,
        visit: &Visit,
        faults: Vec<Fault>,
        conflict: Option<Conflict>,
        status: StatusCode,
    ) -> Result<Response, Problem> {
        let words = visit.words();
        let u = words.funds();
        let heading = u.edit_name(&self.fund.name);
        let mut shell = shell(site, visit, self.viewer, (FUNDS, u.funds), Some(&heading));
        visit.uri.path().clone_into(&mut shell.back);
        let page = FormPage::new(FormParts {
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults,
            conflict,
            groups: groups(&self.sent, false, words),
            ..parts(shell, &heading, FUNDS, words.form().save)
        });
        problem::page(status, visit.language.tag(), &page)
    }
}

fn unit_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
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
    let mut sent = Sent::of_body(body);
    let base = Sent::read(sent.text("base").as_bytes());
    meanwhile::resolve(&mut sent, &base, unit_of);
    let edit = Edit::read(site, visit, id).await?;
    let version: i32 = sent.text("version").parse().unwrap_or_default();
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let mut all = input(&sent, &base);
        if all.is_empty() {
            return Ok(Redirect::to(FUNDS).into_response());
        }
        all.insert("id".to_owned(), json!(id));
        all.insert("version".to_owned(), json!(version));
        let variables = json!({ "input": Value::Object(all) });
        let key = sent.text("key").to_owned();
        let written = send::write(site, visit, &update_document(), &variables, "UpdateFund", &key).await?;
        found = match written {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(UpdateFund { update_fund }) => {
                let errors = update_fund.user_errors;
                if errors.is_empty() {
                    return Ok(Redirect::to(&send::with_note(FUNDS, "saved")).into_response());
                }
                if UserError::any_stale(&errors) {
                    return changed_meanwhile(site, visit, edit, sent, &base);
                }
                told(&errors, words)
            }
        };
    }
    let edit = Edit {
        sent,
        base,
        version,
        ..edit
    };
    edit.page(site, visit, found, None, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Somebody saved first: what only they changed is taken over, what both changed is shown side by side.
fn changed_meanwhile(
    site: &Site,
    visit: &Visit,
    edit: Edit,
    mut sent: Sent,
    base: &Sent,
) -> Result<Response, Problem> {
    let words = visit.words();
    let u = words.funds();
    let now = edit.sent.clone();
    let shown = |sent: &Sent, unit: &str| match unit {
        "ticket" => ["ticket.low", "ticket.high", "ticket.asFound"]
            .iter()
            .filter_map(|name| sent.some(name))
            .collect::<Vec<_>>()
            .join(" · "),
        "isRetired" if sent.text(unit) == "yes" => u.takes_none.to_owned(),
        "isRetired" => u.takes.to_owned(),
        unit => sent.text(unit).to_owned(),
    };
    let label = |unit: &str| match unit {
        "name" => u.name,
        "currency" => u.currency,
        "ticket" => u.ticket,
        "constraints" => u.constraints,
        _ => u.is_retired,
    };
    let clashing = meanwhile::merge(&mut sent, base, &now, unit_of);
    let clash = |unit: String| Clash {
        label: label(&unit).to_owned(),
        mine: shown(&sent, &unit),
        theirs: shown(&now, &unit),
        unit,
    };
    let clashes = clashing.into_iter().map(clash).collect();
    let conflict = meanwhile::conflict(site, visit, None, visit.now, clashes);
    let edit = Edit {
        base: now,
        sent,
        ..edit
    };
    edit.page(site, visit, Vec::new(), Some(conflict), StatusCode::CONFLICT)
}
