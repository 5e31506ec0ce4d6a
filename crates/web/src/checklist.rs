//! A startup's diligence checklist: what was answered, by whom and when, answered in place, with what was answered before.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::json;

use crate::activity::Author;
use crate::answer::{Json, UserError};
use crate::deal::ChecklistState;
use crate::form::Sent;
use crate::layer::{self, Layer};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::shell::{Section, Shell, query_link};
use crate::startup::form::crumbs;
use crate::startup::path;
use crate::viewer::Viewer;
use crate::visit::{Visit, is_from_our_page};
use crate::words::{DealWords, WorkWords};
use crate::{Site, fmt, schema};

/// How many of the startup's changes are looked through for answers of before.
const CHANGES: i32 = 200;
/// What answering an item is called.
const VERB: &str = "setChecklistItem";

#[derive(cynic::QueryVariables)]
struct ChecklistPageVariables {
    id: cynic::Id,
    first: i32,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ChecklistPageVariables")]
struct ChecklistPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    startup: Option<Owner>,
    #[arguments(first: $first, subject: $id)]
    activity: Changes,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct Owner {
    id: cynic::Id,
    name: String,
    layer: Option<Layer>,
    checklist: Vec<Item>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ChecklistItem")]
struct Item {
    key: String,
    layer: Option<Layer>,
    label: String,
    state: ChecklistState,
    note: Option<String>,
    at: Option<DateTime<Utc>>,
    by: Option<Author>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ActivityConnection")]
struct Changes {
    nodes: Vec<Change>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Activity")]
struct Change {
    at: DateTime<Utc>,
    by: Option<Author>,
    verb: String,
    after: Option<Json>,
}

#[derive(cynic::QueryVariables)]
struct SetChecklistItemVariables {
    input: SetChecklistItemInput,
}

#[derive(cynic::InputObject)]
struct SetChecklistItemInput {
    startup: cynic::Id,
    key: String,
    state: ChecklistState,
}

/// Answering an item.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "SetChecklistItemVariables")]
struct SetChecklistItem {
    #[arguments(input: $input)]
    set_checklist_item: StartupPayload,
}

#[derive(cynic::QueryFragment)]
struct StartupPayload {
    user_errors: Vec<UserError>,
}

fn document() -> String {
    ChecklistPage::build(ChecklistPageVariables {
        id: "".into(),
        first: CHANGES,
    })
    .query
}

fn set_document() -> String {
    let input = SetChecklistItemInput {
        startup: "".into(),
        key: String::new(),
        state: ChecklistState::Open,
    };
    SetChecklistItem::build(SetChecklistItemVariables { input }).query
}

/// The documents of the page.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("checklist.graphql", document()),
        ("checklist_set.graphql", set_document()),
    ]
}

#[derive(Template)]
#[template(path = "checklist.html")]
struct Page {
    shell: Shell,
    h: &'static WorkWords,
    d: &'static DealWords,
    said: Option<&'static str>,
    name: String,
    path: String,
    may_write: bool,
    groups: Vec<GroupView>,
}

struct GroupView {
    id: &'static str,
    heading: String,
    items: Vec<ItemView>,
}

struct ItemView {
    key: String,
    label: String,
    style: &'static str,
    state: &'static str,
    note: Option<String>,
    when: Option<String>,
    when_exact: String,
    who: String,
    history: Vec<Before>,
    /// Code, word, whether it is chosen.
    states: Vec<(&'static str, &'static str, bool)>,
    /// What was typed and not kept, and why.
    typed: Option<String>,
    fault: Option<String>,
    /// Of the form: pressed twice, it is answered once.
    once: String,
}

/// An answer of before.
struct Before {
    state: &'static str,
    style: &'static str,
    note: Option<String>,
    when: String,
    when_exact: String,
    who: String,
}

/// An answer that was not kept.
struct Refused {
    key: String,
    state: Option<ChecklistState>,
    note: String,
    why: String,
}

fn style(state: ChecklistState) -> &'static str {
    match state {
        ChecklistState::Open => "open",
        ChecklistState::Ok => "ok",
        ChecklistState::Concern => "concern",
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    page(&site, &visit, &id, None)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn set(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    answer(&site, &visit, &headers, &id, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit, id: &str, refused: Option<Refused>) -> Result<Response, Problem> {
    let words = visit.words();
    let h = words.work();
    let variables = send::variables(&ChecklistPageVariables {
        id: id.into(),
        first: CHANGES,
    })?;
    let found: ChecklistPage =
        send::read_record(site, visit, document(), variables.clone(), "ChecklistPage").await?;
    let owner = found.startup.ok_or(Problem::NotFound)?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let address = path(owner.id.inner());
    let mut shell = Shell::new(site, visit, h.checklist);
    let may_write = viewer.role.may_write();
    shell.user = Some(viewer.menu(words));
    shell.section = Section::Startups;
    shell.back = format!("{address}/checklist");
    shell.follow(&["checklist_item", owner.id.inner()]);
    shell.crumbs = crumbs(words.startups, Some((&owner.name, &address)), h.checklist);
    shell.query_link = Some(query_link(&document(), &variables, "ChecklistPage"));
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let of_layer = owner
        .layer
        .map(|of| (Some(of), h.for_layer(layer::word(Some(of), words))));
    let of_all = (None, h.for_all.to_owned());
    let mut groups = Vec::new();
    for ((of, heading), id) in of_layer.into_iter().chain([of_all]).zip(["one", "two"]) {
        let items = owner.checklist.iter().filter(|item| item.layer == of);
        let items = items.map(|item| view(item, &found.activity.nodes, refused.as_ref(), site, visit));
        groups.push(GroupView {
            id,
            heading,
            items: items.collect(),
        });
    }
    let page = Page {
        shell,
        h,
        d: words.deal(),
        said: (visit.parameter("did").as_deref() == Some("saved")).then_some(words.deal().said_saved),
        name: owner.name,
        path: address,
        may_write,
        groups,
    };
    problem::page(status, visit.language.tag(), &page)
}

fn view(item: &Item, changes: &[Change], refused: Option<&Refused>, site: &Site, visit: &Visit) -> ItemView {
    let words = visit.words();
    let refused = refused.filter(|refused| refused.key == item.key);
    let chosen = refused.and_then(|refused| refused.state).unwrap_or(item.state);
    let nobody = words.startup().the_program;
    let who = |by: Option<&Author>| by.map_or(nobody, |by| by.name.as_str()).to_owned();
    let when = |at: DateTime<Utc>| fmt::relative(at, visit.now, site.config.zone, visit.language);
    let exact = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let text = |change: &Change, field: &str| {
        let after = change.after.as_ref()?;
        after.0.get(field)?.as_str().map(str::to_owned)
    };
    let of_item = changes
        .iter()
        .filter(|change| change.verb == VERB && text(change, "key").as_deref() == Some(&item.key));
    let history = of_item
        .map(|change| {
            let state = text(change, "state").and_then(|code| ChecklistState::from_code(&code));
            Before {
                // A row names what changed alone: an answer may have got another note.
                state: state.map_or(words.work().note_changed, |state| state.word(words)),
                style: state.map_or("open", style),
                note: text(change, "note"),
                when: when(change.at),
                when_exact: exact(change.at),
                who: who(change.by.as_ref()),
            }
        })
        .collect();
    ItemView {
        key: item.key.clone(),
        label: item.label.clone(),
        style: style(item.state),
        state: item.state.word(words),
        note: item.note.clone(),
        when: item.at.map(when),
        when_exact: item.at.map(exact).unwrap_or_default(),
        who: item.at.map_or(String::new(), |_| who(item.by.as_ref())),
        history,
        states: ChecklistState::ALL
            .iter()
            .map(|state| (state.code(), state.word(words), *state == chosen))
            .collect(),
        typed: refused.map(|refused| refused.note.clone()),
        fault: refused.map(|refused| refused.why.clone()),
        once: send::fresh_key(visit),
    }
}

async fn answer(
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
    let state = ChecklistState::from_code(sent.text("state"));
    let refuse = |why: String| Refused {
        key: sent.text("item").to_owned(),
        state,
        note: sent.text("note").to_owned(),
        why,
    };
    let Some(chosen) = state else {
        return page(site, visit, id, Some(refuse(words.work().say_state.to_owned()))).await;
    };
    let variables = json!({ "input": {
        "startup": id,
        "key": sent.text("item"),
        "state": chosen.code(),
        "note": sent.some("note"),
    } });
    let key = sent.text("key").to_owned();
    let written = send::write(site, visit, &set_document(), &variables, "SetChecklistItem", &key).await?;
    let why = match written {
        Written::Refused(reason) => Some(reason),
        Written::Done(SetChecklistItem { set_checklist_item }) => set_checklist_item
            .user_errors
            .into_iter()
            .next()
            .map(|error| error.message),
    };
    if let Some(why) = why {
        return page(site, visit, id, Some(refuse(send::plain(&why, words)))).await;
    }
    let address = format!("{}/checklist#{}", path(id), sent.text("item"));
    Ok(Redirect::to(&send::with_note(&address, "saved")).into_response())
}

impl Page {
    /// The language of a text, where it is not the page's.
    fn lang_of(&self, text: &str) -> &'static str {
        self.shell.other_language(text)
    }
}
