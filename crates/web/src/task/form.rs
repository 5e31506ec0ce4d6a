//! Adding a task.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use cynic::{MutationBuilder, QueryBuilder};

use crate::answer::UserError;
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Pick, Sent};
use crate::interaction::form::Owner;
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::shell::Shell;
use crate::startup::form::crumbs;
use crate::startup::path;
use crate::viewer::{Viewer, writer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::{Words, WorkWords};
use crate::{Site, schema};

#[derive(cynic::QueryVariables)]
struct TaskNewVariables {
    id: cynic::Id,
}

/// What the form shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "TaskNewVariables")]
struct TaskNew {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    startup: Option<Owner>,
    users: Vec<Colleague>,
}

/// One of us.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
pub(super) struct Colleague {
    id: cynic::Id,
    name: String,
    is_active: bool,
}

#[derive(cynic::QueryVariables)]
struct CreateTaskVariables {
    input: CreateTaskInput,
}

#[derive(cynic::InputObject)]
struct CreateTaskInput {
    what: String,
    #[cynic(skip_serializing_if = "Option::is_none")]
    who: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    due: Option<NaiveDate>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    startup: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    deal: Option<cynic::Id>,
}

/// Adding one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateTaskVariables")]
struct CreateTask {
    #[arguments(input: $input)]
    create_task: TaskPayload,
}

#[derive(cynic::QueryFragment)]
struct TaskPayload {
    task: Option<Added>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Task")]
struct Added {
    #[allow(dead_code, reason = "that there is one is all that is asked")]
    id: cynic::Id,
}

fn new_document() -> String {
    TaskNew::build(TaskNewVariables { id: "".into() }).query
}

fn create_document() -> String {
    let input = CreateTaskInput {
        what: String::new(),
        who: None,
        due: None,
        startup: None,
        deal: None,
    };
    CreateTask::build(CreateTaskVariables { input }).query
}

/// The documents of the form and of the button.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("task_new.graphql", new_document()),
        ("task_create.graphql", create_document()),
        ("task_finish.graphql", super::finish_document()),
        ("tasks.graphql", super::list::document()),
    ]
    .into_iter()
    .chain(super::edit::documents())
    .collect()
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let mut sent = Sent::default();
    // From a deal's page it is for the deal.
    sent.put_some("deal", visit.parameter("deal"));
    form(&site, &visit, &id, &sent, Vec::new(), StatusCode::OK)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn create(
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
) -> Result<Response, Problem> {
    let words = visit.words();
    let w = words.work();
    let variables = send::variables(&TaskNewVariables { id: id.into() })?;
    let found: TaskNew = send::read_record(site, visit, new_document(), variables, "TaskNew").await?;
    let owner = found.startup.ok_or(Problem::NotFound)?;
    let viewer = writer(found.viewer)?;
    let address = path(owner.id.inner());
    let mut shell = Shell::new(site, visit, w.add_task);
    shell.user = Some(viewer.menu(words));
    shell.back = format!("{address}/tasks/new");
    shell.crumbs = crumbs(words.startups, Some((&owner.name, &address)), w.add_task);
    let people = people(&found.users, sent.text("who"), w);
    let fields = vec![
        Field::line("what", w.what, sent).required().first(),
        Field::new("who", w.who, sent, Input::Select(people)),
        Field::day("due", w.due, sent),
        owner.deal_field(sent, words),
    ];
    let page = FormPage::new(FormParts {
        shell,
        heading: w.add_task.to_owned(),
        lead: Vec::new(),
        cancel: format!("{address}#tasks"),
        submit: w.add_task,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: vec![Group {
            id: "task",
            legend: "",
            hint: "",
            rows: fields.into_iter().map(Into::into).collect(),
        }],
        foretelling: None,
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

/// Those who may be given a task, and whoever has it already, behind nobody.
pub(super) fn people(users: &[Colleague], chosen: &str, w: &WorkWords) -> Vec<Pick> {
    let mut people = vec![Pick::new("", w.nobody, chosen)];
    let colleagues = users
        .iter()
        .filter(|user| user.is_active || user.id.inner() == chosen);
    people.extend(colleagues.map(|user| Pick::new(user.id.inner(), &user.name, chosen)));
    people
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
            let variables = send::variables(&CreateTaskVariables { input })?;
            let key = sent.text("key").to_owned();
            let written =
                send::write(site, visit, &create_document(), &variables, "CreateTask", &key).await?;
            match written {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(CreateTask { create_task }) if create_task.task.is_some() => {
                    let address = format!("{}#tasks", path(id));
                    return Ok(Redirect::to(&send::with_note(&address, "task")).into_response());
                }
                Written::Done(CreateTask { create_task }) => create_task
                    .user_errors
                    .iter()
                    .map(|error| Fault::beside(error, words))
                    .collect(),
            }
        }
    };
    form(site, visit, id, &sent, found, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// What was typed, or what is wrong with it.
fn input(id: &str, sent: &Sent, words: &Words) -> Result<CreateTaskInput, Vec<Fault>> {
    let mut faults = Vec::new();
    if sent.some("what").is_none() {
        faults.push(Fault::new("what", words.work().say_what.to_owned()));
    }
    let due = sent.day("due", &mut faults, words);
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(CreateTaskInput {
        what: sent.text("what").to_owned(),
        who: sent.some("who").map(cynic::Id::new),
        due,
        startup: Some(id.into()),
        deal: sent.some("deal").map(cynic::Id::new),
    })
}
