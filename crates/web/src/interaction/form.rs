//! Logging an interaction.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveTime, Utc};
use cynic::{MutationBuilder, QueryBuilder};

use super::{InteractionKind, preview};
use crate::answer::UserError;
use crate::form::{Fault, Field, Foretelling, FormPage, FormParts, Group, Input, Pick, Sent};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::shell::Shell;
use crate::startup::form::crumbs;
use crate::startup::path;
use crate::viewer::{Viewer, writer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct InteractionNewVariables {
    id: cynic::Id,
}

/// What the form shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "InteractionNewVariables")]
struct InteractionNew {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    startup: Option<Owner>,
}

/// Whose form it is.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(crate) struct Owner {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
    #[arguments(first: 50)]
    deals: OwnedDeals,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct OwnedDeals {
    nodes: Vec<OwnedDeal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct OwnedDeal {
    id: cynic::Id,
    title: String,
}

impl Owner {
    /// A choice among its deals, behind none at all.
    pub(crate) fn deal_field(&self, sent: &Sent, words: &Words) -> Field {
        let w = words.work();
        let chosen = sent.text("deal");
        let mut picks = vec![Pick::new("", w.no_deal, chosen)];
        let deals = self.deals.nodes.iter();
        picks.extend(deals.map(|deal| Pick::new(deal.id.inner(), &deal.title, chosen)));
        Field::new("deal", w.deal, sent, Input::Select(picks)).hint(w.deal_hint)
    }
}

#[derive(cynic::QueryVariables)]
struct LogInteractionVariables {
    input: LogInteractionInput,
}

#[derive(cynic::InputObject)]
struct LogInteractionInput {
    startup: cynic::Id,
    #[cynic(skip_serializing_if = "Option::is_none")]
    deal: Option<cynic::Id>,
    kind: InteractionKind,
    at: DateTime<Utc>,
    summary: String,
    #[cynic(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    participants: Option<Vec<String>>,
}

/// Logging one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "LogInteractionVariables")]
struct LogInteraction {
    #[arguments(input: $input)]
    log_interaction: InteractionPayload,
}

#[derive(cynic::QueryFragment)]
struct InteractionPayload {
    interaction: Option<Logged>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Interaction")]
struct Logged {
    #[allow(dead_code, reason = "that there is one is all that is asked")]
    id: cynic::Id,
}

fn new_document() -> String {
    InteractionNew::build(InteractionNewVariables { id: "".into() }).query
}

fn log_document() -> String {
    let input = LogInteractionInput {
        startup: "".into(),
        deal: Some("".into()),
        kind: InteractionKind::Note,
        at: DateTime::default(),
        summary: String::new(),
        body: Some(String::new()),
        participants: None,
    };
    LogInteraction::build(LogInteractionVariables { input }).query
}

/// The documents of the form.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("interaction_new.graphql", new_document()),
        ("interaction_log.graphql", log_document()),
        ("markdown.graphql", preview::document()),
    ]
    .into_iter()
    .chain(super::edit::documents())
    .collect()
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let mut sent = Sent::default();
    let now = visit.now.with_timezone(&site.config.zone);
    sent.put("day", fmt::table_date(now.date_naive()));
    sent.put("time", fmt::time(visit.now, site.config.zone));
    form(&site, &visit, &id, &sent, Vec::new(), StatusCode::OK, None)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn log(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    add(&site, &visit, &headers, &id, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn form(
    site: &Site,
    visit: &Visit,
    id: &str,
    sent: &Sent,
    faults: Vec<Fault>,
    status: StatusCode,
    preview: Option<String>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let w = words.work();
    let variables = send::variables(&InteractionNewVariables { id: id.into() })?;
    let found: InteractionNew =
        send::read_record(site, visit, new_document(), variables, "InteractionNew").await?;
    let owner = found.startup.ok_or(Problem::NotFound)?;
    let viewer = writer(found.viewer)?;
    let address = path(owner.id.inner());
    let mut shell = Shell::new(site, visit, w.log_interaction);
    shell.user = Some(viewer.menu(words));
    shell.back = format!("{address}/interactions/new");
    shell.crumbs = crumbs(words.startups, Some((&owner.name, &address)), w.log_interaction);
    let mut fields = fields(sent, words);
    fields.push(owner.deal_field(sent, words));
    let page = FormPage::new(FormParts {
        shell,
        heading: w.log_interaction.to_owned(),
        lead: Vec::new(),
        cancel: format!("{address}#interactions"),
        submit: w.log_interaction,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: vec![Group {
            id: "interaction",
            legend: "",
            hint: "",
            rows: fields.into_iter().map(Into::into).collect(),
        }],
        foretelling: Some(Foretelling {
            foretold: None,
            drawn: preview,
        }),
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

/// What can be said of an interaction, and changed later.
pub(super) fn fields(sent: &Sent, words: &Words) -> Vec<Field> {
    let w = words.work();
    let kinds = InteractionKind::ALL.iter();
    let kinds = kinds.map(|kind| Pick::new(kind.code(), kind.word(words), sent.text("kind")));
    vec![
        Field::new("kind", w.kind, sent, Input::Select(kinds.collect())).required(),
        Field::line("summary", w.summary, sent).required().first(),
        Field::area("body", w.body, sent, 8).hint(w.text_hint),
        Field::day("day", w.day, sent).required(),
        Field::line("time", w.time, sent).hint(w.time_hint),
        Field::line("participants", w.participants, sent).hint(w.participants_hint),
    ]
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
    if sent.some("preview").is_some() {
        let drawn = preview::drawn(site, visit, sent.text("body")).await?;
        return form(site, visit, id, &sent, Vec::new(), StatusCode::OK, Some(drawn)).await;
    }
    let found = match input(site, id, &sent, words) {
        Err(faults) => faults,
        Ok(input) => {
            let variables = send::variables(&LogInteractionVariables { input })?;
            let key = sent.text("key").to_owned();
            let written =
                send::write(site, visit, &log_document(), &variables, "LogInteraction", &key).await?;
            match written {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(LogInteraction { log_interaction })
                    if log_interaction.interaction.is_some() =>
                {
                    let address = format!("{}#interactions", path(id));
                    return Ok(Redirect::to(&send::with_note(&address, "logged")).into_response());
                }
                Written::Done(LogInteraction { log_interaction }) => log_interaction
                    .user_errors
                    .iter()
                    .map(|error| Fault::of(error, field_of(error), words))
                    .collect(),
            }
        }
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    form(site, visit, id, &sent, found, status, None).await
}

/// The field of the form that a user error is about.
pub(super) fn field_of(error: &UserError) -> String {
    let path = error.field.as_deref().unwrap_or_default();
    match path.first().map(String::as_str) {
        Some("at") => "day".to_owned(),
        Some(first) => first.to_owned(),
        None => String::new(),
    }
}

/// What was typed, or what is wrong with it.
fn input(site: &Site, id: &str, sent: &Sent, words: &Words) -> Result<LogInteractionInput, Vec<Fault>> {
    Ok(LogInteractionInput {
        at: at(site, sent, words)?,
        startup: id.into(),
        deal: sent.some("deal").map(cynic::Id::new),
        kind: InteractionKind::from_code(sent.text("kind")).unwrap_or(InteractionKind::Note),
        summary: sent.text("summary").to_owned(),
        body: sent.some("body").map(str::to_owned),
        participants: Some(participants(sent)),
    })
}

/// Who took part, name by name.
pub(super) fn participants(sent: &Sent) -> Vec<String> {
    let names = sent
        .text("participants")
        .split([',', '，', '、', ';', '；', '\n']);
    let names = names.map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// When it was, or what is wrong with what was typed.
pub(super) fn at(site: &Site, sent: &Sent, words: &Words) -> Result<DateTime<Utc>, Vec<Fault>> {
    let w = words.work();
    let mut faults = Vec::new();
    if sent.some("summary").is_none() {
        faults.push(Fault::new("summary", w.say_summary.to_owned()));
    }
    let day = sent.day("day", &mut faults, words);
    if sent.some("day").is_none() {
        faults.push(Fault::new("day", w.say_day.to_owned()));
    }
    let time = match sent.some("time") {
        None => Some(NaiveTime::MIN),
        Some(text) => {
            let time = read_time(text);
            if time.is_none() {
                faults.push(Fault::new("time", w.not_a_time(text)));
            }
            time
        }
    };
    let at = day.zip(time).and_then(|(day, time)| {
        let local = day.and_time(time).and_local_timezone(site.config.zone);
        local.earliest().map(|at| at.to_utc())
    });
    match at {
        Some(at) if faults.is_empty() => Ok(at),
        // An hour that a change of the clocks left out.
        None if faults.is_empty() => Err(vec![Fault::new("time", w.not_a_time(sent.text("time")))]),
        _ => Err(faults),
    }
}

/// A time of day as people type it: `14:05`, `9：30`.
fn read_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once([':', '：'])?;
    NaiveTime::from_hms_opt(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0)
}
