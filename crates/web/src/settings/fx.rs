//! Exchange rates: those that hold, the newest day first, and recording one.

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use rust_decimal::Decimal;
use url::form_urlencoded;

use super::{RATES, Tab, parts, shell, tabs};
use crate::activity::Author;
use crate::answer::{Outcome, UserError};
use crate::evidence::{Currency, read_number};
use crate::form::{Fault, Field, FormPage, FormParts, Group, Sent};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::{Visit, is_from_our_page};
use crate::words::{SettingsWords, Words};
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct RatesPageVariables {
    currency: Option<Currency>,
    after: Option<String>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "RatesPageVariables")]
struct RatesPage {
    viewer: Option<Viewer>,
    #[arguments(first: 50, currency: $currency, after: $after)]
    rates: RateConnection,
}

#[derive(cynic::QueryFragment)]
struct RateConnection {
    total_count: i32,
    page_info: PageInfo,
    nodes: Vec<Rate>,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment)]
struct Rate {
    on: NaiveDate,
    currency: Currency,
    usd: Decimal,
    source: Option<String>,
    recorded_by: Option<Author>,
    recorded_at: DateTime<Utc>,
}

/// Who is about to record a rate.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct RateNew {
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryVariables)]
struct RecordRateVariables {
    input: RecordRateInput,
}

#[derive(cynic::InputObject)]
struct RecordRateInput {
    currency: Currency,
    on: NaiveDate,
    usd: Decimal,
    #[cynic(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

/// Recording a rate.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RecordRateVariables")]
struct RecordRate {
    #[arguments(input: $input)]
    record_rate: RatePayload,
}

#[derive(cynic::QueryFragment)]
struct RatePayload {
    rate: Option<SavedRate>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Rate")]
struct SavedRate {
    #[allow(dead_code, reason = "that there is one is all that is asked")]
    on: NaiveDate,
}

#[derive(Template)]
#[template(path = "settings_fx.html")]
struct Page {
    shell: Shell,
    s: &'static SettingsWords,
    tabs: Vec<Tab>,
    said: Option<&'static str>,
    may_write: bool,
    total: String,
    /// The one currency that is shown.
    currency: Option<String>,
    rows: Vec<Row>,
    newest: Option<String>,
    older: Option<String>,
}

struct Row {
    day: String,
    currency: String,
    usd: String,
    source: String,
    by: String,
    is_user: bool,
    at: String,
    at_exact: String,
}

fn page_document() -> String {
    RatesPage::build(RatesPageVariables {
        currency: None,
        after: None,
    })
    .query
}

fn new_document() -> String {
    RateNew::build(()).query
}

fn record_document() -> String {
    let input = RecordRateInput {
        currency: Currency(String::new()),
        on: NaiveDate::default(),
        usd: Decimal::ZERO,
        source: Some(String::new()),
    };
    RecordRate::build(RecordRateVariables { input }).query
}

/// The documents of exchange rates.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("settings_fx.graphql", page_document()),
        ("rate_new.graphql", new_document()),
        ("rate_record.graphql", record_document()),
    ]
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let s = words.settings();
    let currency = visit.parameter("currency");
    let after = visit.parameter("after");
    let variables = send::variables(&RatesPageVariables {
        currency: currency.clone().map(Currency),
        after: after.clone(),
    })?;
    let found = send::read(site, visit, page_document(), variables.clone(), "RatesPage").await?;
    // No currency, or a cursor of another list.
    let Outcome::Data(RatesPage { viewer, rates }) = found else {
        return Err(Problem::NotFound);
    };
    let viewer = viewer.ok_or(Problem::SignIn)?;
    let may_write = viewer.role.may_write();
    let mut shell = shell(site, visit, viewer, (RATES, s.rates), None);
    shell.query_link = Some(query_link(&page_document(), &variables, "RatesPage"));
    let link = |after: Option<&str>| {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(currency.iter().map(|code| ("currency", code.as_str())))
            .extend_pairs(after.iter().map(|cursor| ("after", *cursor)))
            .finish();
        if query.is_empty() {
            RATES.to_owned()
        } else {
            format!("{RATES}?{query}")
        }
    };
    let more = rates
        .page_info
        .end_cursor
        .filter(|_| rates.page_info.has_next_page);
    let page = Page {
        s,
        tabs: tabs(RATES, words),
        said: (visit.parameter("did").as_deref() == Some("recorded")).then_some(s.said_recorded),
        may_write,
        total: fmt::exact(rates.total_count.into()),
        rows: rates
            .nodes
            .into_iter()
            .map(|rate| Row::new(rate, site, visit))
            .collect(),
        newest: after.map(|_| link(None)),
        older: more.map(|cursor| link(Some(&cursor))),
        currency,
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

impl Row {
    fn new(rate: Rate, site: &Site, visit: &Visit) -> Self {
        let s = visit.words().settings();
        Self {
            day: fmt::table_date(rate.on),
            currency: rate.currency.0,
            usd: rate.usd.normalize().to_string(),
            source: rate.source.unwrap_or_else(|| "—".to_owned()),
            is_user: rate.recorded_by.is_some(),
            by: rate
                .recorded_by
                .map_or_else(|| s.the_program.to_owned(), |by| by.name),
            at: fmt::relative(rate.recorded_at, visit.now, site.config.zone, visit.language),
            at_exact: rate.recorded_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit) -> Response {
    let mut sent = Sent::default();
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    sent.put("on", fmt::table_date(today));
    form(&site, &visit, &sent, Vec::new(), StatusCode::OK)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn record(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    add(&site, &visit, &headers, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn form(
    site: &Site,
    visit: &Visit,
    sent: &Sent,
    faults: Vec<Fault>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = visit.words();
    let s = words.settings();
    let frame: RateNew =
        send::read_record(site, visit, new_document(), serde_json::json!({}), "RateNew").await?;
    let viewer = crate::viewer::writer(frame.viewer)?;
    let mut shell = shell(site, visit, viewer, (RATES, s.rates), Some(s.record_rate));
    "/settings/fx/new".clone_into(&mut shell.back);
    let fields = vec![
        Field::line("currency", s.currency, sent).required(),
        Field::day("on", s.day, sent).required(),
        Field::line("usd", s.usd, sent).hint(s.usd_hint).required(),
        Field::line("source", s.source, sent).hint(s.source_hint),
    ];
    let page = FormPage::new(FormParts {
        lead: vec![s.rates_about.to_owned()],
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        groups: vec![Group {
            id: "rate",
            legend: "",
            hint: "",
            rows: fields.into_iter().map(Into::into).collect(),
        }],
        ..parts(shell, s.record_rate, RATES, s.record_rate)
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn add(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let found = match input(&sent, words) {
        Err(faults) => faults,
        Ok(input) => {
            let variables = send::variables(&RecordRateVariables { input })?;
            let key = sent.text("key").to_owned();
            let written =
                send::write(site, visit, &record_document(), &variables, "RecordRate", &key).await?;
            match written {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(RecordRate { record_rate }) if record_rate.rate.is_some() => {
                    return Ok(Redirect::to(&send::with_note(RATES, "recorded")).into_response());
                }
                Written::Done(RecordRate { record_rate }) => record_rate
                    .user_errors
                    .iter()
                    .map(|error| Fault::beside(error, words))
                    .collect(),
            }
        }
    };
    form(site, visit, &sent, found, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// What was typed, or what is wrong with it.
fn input(sent: &Sent, words: &Words) -> Result<RecordRateInput, Vec<Fault>> {
    let s = words.settings();
    let mut faults = Vec::new();
    let currency = sent.some("currency").map(str::to_uppercase);
    if currency.is_none() {
        faults.push(Fault::new("currency", s.say_currency.to_owned()));
    }
    let on = sent.day("on", &mut faults, words);
    if sent.some("on").is_none() {
        faults.push(Fault::new("on", s.say_day.to_owned()));
    }
    let usd = match sent.some("usd") {
        None => {
            faults.push(Fault::new("usd", s.say_usd.to_owned()));
            None
        }
        Some(text) => {
            let usd = read_number(text);
            if usd.is_none() {
                faults.push(Fault::new("usd", words.form().not_a_number(text)));
            }
            usd
        }
    };
    match (currency, on, usd) {
        (Some(currency), Some(on), Some(usd)) if faults.is_empty() => Ok(RecordRateInput {
            currency: Currency(currency),
            on,
            usd,
            source: sent.some("source").map(str::to_owned),
        }),
        _ => Err(faults),
    }
}
