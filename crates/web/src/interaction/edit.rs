//! Changing an interaction that was logged. Where it belongs stays.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::form::{at, field_of, fields, participants};
use super::{InteractionKind, preview};
use crate::activity::LatestChange;
use crate::answer::UserError;
use crate::form::{Conflict, Fault, Foretelling, FormPage, FormParts, Group, Sent};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::shell::Shell;
use crate::startup::form::crumbs;
use crate::startup::path;
use crate::task::StartupName;
use crate::viewer::{Viewer, writer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, fmt, meanwhile, schema};

#[derive(cynic::QueryVariables)]
struct InteractionEditVariables {
    id: cynic::Id,
}

/// An interaction as its form shows it, and who changed it last.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "InteractionEditVariables")]
struct InteractionEdit {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    node: Option<Found>,
    #[arguments(first: 1, subject: $id)]
    activity: LatestChange,
}

#[derive(cynic::InlineFragments)]
#[cynic(graphql_type = "Node")]
enum Found {
    Interaction(InteractionRecord),
    #[cynic(fallback)]
    Other,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Interaction")]
struct InteractionRecord {
    id: cynic::Id,
    kind: InteractionKind,
    at: DateTime<Utc>,
    summary: String,
    body: String,
    participants: Vec<String>,
    startup: StartupName,
    version: i32,
}

#[derive(cynic::QueryVariables)]
struct UpdateInteractionVariables {
    input: UpdateInteractionInput,
}

#[derive(cynic::InputObject)]
struct UpdateInteractionInput {
    id: cynic::Id,
    version: i32,
}

/// Changing one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateInteractionVariables")]
struct UpdateInteraction {
    #[arguments(input: $input)]
    update_interaction: InteractionPayload,
}

#[derive(cynic::QueryFragment)]
struct InteractionPayload {
    user_errors: Vec<UserError>,
}

fn edit_document() -> String {
    InteractionEdit::build(InteractionEditVariables { id: "".into() }).query
}

fn update_document() -> String {
    let input = UpdateInteractionInput {
        id: "".into(),
        version: 0,
    };
    UpdateInteraction::build(UpdateInteractionVariables { input }).query
}

/// The documents of the form.
pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("interaction_edit.graphql", edit_document()),
        ("interaction_update.graphql", update_document()),
    ]
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = match read(&site, &visit, &id).await {
        Ok(edit) => edit.page(&site, &visit, Told::default(), StatusCode::OK),
        Err(problem) => Err(problem),
    };
    answer.unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn update(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    save(&site, &visit, &headers, &id, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// An interaction for the form.
struct Edit {
    viewer: Viewer,
    one: InteractionRecord,
    last: LatestChange,
    /// What the form shows, and what it was read with.
    sent: Sent,
    base: Sent,
    version: i32,
}

/// What the form tells beside its fields.
#[derive(Default)]
struct Told {
    faults: Vec<Fault>,
    conflict: Option<Conflict>,
    drawn: Option<String>,
}

async fn read(site: &Site, visit: &Visit, id: &str) -> Result<Edit, Problem> {
    let variables = send::variables(&InteractionEditVariables { id: id.into() })?;
    let found: InteractionEdit =
        send::read_record(site, visit, edit_document(), variables, "InteractionEdit").await?;
    let Some(Found::Interaction(one)) = found.node else {
        return Err(Problem::NotFound);
    };
    let viewer = writer(found.viewer)?;
    let zone = site.config.zone;
    let mut sent = Sent::default();
    sent.put("kind", one.kind.code());
    sent.put("summary", &one.summary);
    sent.put("body", &one.body);
    sent.put("day", fmt::table_date(one.at.with_timezone(&zone).date_naive()));
    sent.put("time", fmt::time(one.at, zone));
    sent.put("participants", one.participants.join(", "));
    Ok(Edit {
        viewer,
        last: found.activity,
        base: sent.clone(),
        version: one.version,
        sent,
        one,
    })
}

fn groups(sent: &Sent, words: &Words) -> Vec<Group> {
    vec![Group {
        id: "interaction",
        legend: "",
        hint: "",
        rows: fields(sent, words).into_iter().map(Into::into).collect(),
    }]
}

impl Edit {
    /// Where it stands among others.
    fn place(&self) -> String {
        format!("{}#interactions", path(self.one.startup.id.inner()))
    }

    fn page(self, site: &Site, visit: &Visit, told: Told, status: StatusCode) -> Result<Response, Problem> {
        let words = visit.words();
        let w = words.work();
        let address = path(self.one.startup.id.inner());
        let place = self.place();
        let mut shell = Shell::new(site, visit, w.edit_interaction);
        shell.user = Some(self.viewer.menu(words));
        shell.back = format!("/interactions/{}/edit", self.one.id.inner());
        shell.record = Some((self.one.id.inner().to_owned(), place.clone()));
        shell.crumbs = crumbs(
            words.startups,
            Some((&self.one.startup.name, &address)),
            w.edit_interaction,
        );
        let page = FormPage::new(FormParts {
            shell,
            heading: w.edit_interaction.to_owned(),
            lead: Vec::new(),
            cancel: place,
            submit: words.form().save,
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults: told.faults,
            conflict: told.conflict,
            groups: groups(&self.sent, words),
            foretelling: Some(Foretelling {
                foretold: None,
                drawn: told.drawn,
            }),
            is_danger: false,
        });
        problem::page(status, visit.language.tag(), &page)
    }
}

/// What was changed, for the API; or what is wrong with it.
fn input(site: &Site, sent: &Sent, base: &Sent, words: &Words) -> Result<Map<String, Value>, Vec<Fault>> {
    let at = at(site, sent, words)?;
    let mut input = Map::new();
    let mut put = |name: &str, is_new: bool, value: Value| {
        if is_new {
            input.insert(name.to_owned(), value);
        }
    };
    let differs = |name: &str| meanwhile::differs(sent, base, name);
    put("kind", differs("kind"), json!(sent.text("kind")));
    put("summary", differs("summary"), json!(sent.text("summary")));
    put("body", differs("body"), json!(sent.text("body")));
    // Seconds that the form does not show stay as they are.
    let is_moved = differs("day") || differs("time");
    put(
        "at",
        is_moved,
        json!(at.to_rfc3339_opts(SecondsFormat::Micros, true)),
    );
    put("participants", differs("participants"), json!(participants(sent)));
    Ok(input)
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
    meanwhile::resolve(&mut sent, &base, meanwhile::alone);
    let version: i32 = sent.text("version").parse().unwrap_or_default();
    let edit = read(site, visit, id).await?;
    let place = edit.place();
    let mut told = Told::default();
    if sent.some("preview").is_some() {
        told.drawn = Some(preview::drawn(site, visit, sent.text("body")).await?);
        let edit = Edit {
            sent,
            base,
            version,
            ..edit
        };
        return edit.page(site, visit, told, StatusCode::OK);
    }
    match input(site, &sent, &base, words) {
        Err(faults) => told.faults = faults,
        Ok(input) if input.is_empty() => return Ok(Redirect::to(&place).into_response()),
        Ok(mut input) => {
            input.insert("id".to_owned(), json!(id));
            input.insert("version".to_owned(), json!(version));
            let variables = json!({ "input": Value::Object(input) });
            let key = sent.text("key").to_owned();
            let document = update_document();
            match send::write(site, visit, &document, &variables, "UpdateInteraction", &key).await? {
                Written::Refused(reason) => told.faults.push(Fault::new("", send::plain(&reason, words))),
                Written::Done(UpdateInteraction { update_interaction }) => {
                    let errors = update_interaction.user_errors;
                    if errors.is_empty() {
                        return Ok(Redirect::to(&send::with_note(&place, "saved")).into_response());
                    }
                    if UserError::any_stale(&errors) {
                        return changed_meanwhile(site, visit, edit, sent, &base);
                    }
                    let faults = errors
                        .iter()
                        .map(|error| Fault::of(error, field_of(error), words));
                    told.faults.extend(faults);
                }
            }
        }
    }
    let edit = Edit {
        sent,
        base,
        version,
        ..edit
    };
    edit.page(site, visit, told, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Somebody saved first.
fn changed_meanwhile(
    site: &Site,
    visit: &Visit,
    edit: Edit,
    mut sent: Sent,
    base: &Sent,
) -> Result<Response, Problem> {
    let words = visit.words();
    let now = edit.sent.clone();
    let clashes = meanwhile::clashes(&mut sent, base, &now, |sent| groups(sent, words));
    let (who, at) = edit.last.told(visit.now);
    let conflict = meanwhile::conflict(site, visit, who, at, clashes);
    let edit = Edit {
        base: now,
        sent,
        ..edit
    };
    let told = Told {
        conflict: Some(conflict),
        ..Told::default()
    };
    edit.page(site, visit, told, StatusCode::CONFLICT)
}
