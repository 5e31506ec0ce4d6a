//! Changing a task: what, by whom, until when.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::StartupName;
use super::form::{Colleague, people};
use crate::activity::LatestChange;
use crate::answer::UserError;
use crate::form::{Conflict, Fault, Field, FormPage, FormParts, Group, Input, Sent};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::shell::{Shell, way};
use crate::startup::path;
use crate::viewer::{Viewer, writer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, fmt, meanwhile, schema};

#[derive(cynic::QueryVariables)]
struct TaskEditVariables {
    id: cynic::Id,
}

/// A task as its form shows it, and who changed it last.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "TaskEditVariables")]
struct TaskEdit {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    node: Option<Found>,
    users: Vec<Colleague>,
    #[arguments(first: 1, subject: $id)]
    activity: LatestChange,
}

#[derive(cynic::InlineFragments)]
#[cynic(graphql_type = "Node")]
enum Found {
    Task(TaskRecord),
    #[cynic(fallback)]
    Other,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Task")]
struct TaskRecord {
    id: cynic::Id,
    what: String,
    who: Option<Known>,
    due: Option<NaiveDate>,
    startup: Option<StartupName>,
    version: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
struct Known {
    id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
struct UpdateTaskVariables {
    input: UpdateTaskInput,
}

#[derive(cynic::InputObject)]
struct UpdateTaskInput {
    id: cynic::Id,
    version: i32,
}

/// Changing one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateTaskVariables")]
struct UpdateTask {
    #[arguments(input: $input)]
    update_task: TaskPayload,
}

#[derive(cynic::QueryFragment)]
struct TaskPayload {
    user_errors: Vec<UserError>,
}

fn edit_document() -> String {
    TaskEdit::build(TaskEditVariables { id: "".into() }).query
}

fn update_document() -> String {
    let input = UpdateTaskInput {
        id: "".into(),
        version: 0,
    };
    UpdateTask::build(UpdateTaskVariables { input }).query
}

/// The documents of the form.
pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("task_edit.graphql", edit_document()),
        ("task_update.graphql", update_document()),
    ]
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = match read(&site, &visit, &id).await {
        Ok(edit) => edit.page(&site, &visit, Vec::new(), None, StatusCode::OK),
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

/// A task for the form.
struct Edit {
    viewer: Viewer,
    task: TaskRecord,
    users: Vec<Colleague>,
    last: LatestChange,
    /// What the form shows, and what it was read with.
    sent: Sent,
    base: Sent,
    version: i32,
}

async fn read(site: &Site, visit: &Visit, id: &str) -> Result<Edit, Problem> {
    let variables = send::variables(&TaskEditVariables { id: id.into() })?;
    let found: TaskEdit = send::read_record(site, visit, edit_document(), variables, "TaskEdit").await?;
    let Some(Found::Task(task)) = found.node else {
        return Err(Problem::NotFound);
    };
    let viewer = writer(found.viewer)?;
    let mut sent = Sent::default();
    sent.put("what", &task.what);
    sent.put_some("who", task.who.as_ref().map(|who| who.id.inner()));
    sent.put_some("due", task.due.map(fmt::table_date));
    Ok(Edit {
        viewer,
        users: found.users,
        last: found.activity,
        base: sent.clone(),
        version: task.version,
        sent,
        task,
    })
}

fn groups(sent: &Sent, users: &[Colleague], words: &Words) -> Vec<Group> {
    let w = words.work();
    let fields = vec![
        Field::line("what", w.what, sent).required().first(),
        Field::new(
            "who",
            w.who,
            sent,
            Input::Select(people(users, sent.text("who"), w)),
        ),
        Field::day("due", w.due, sent),
    ];
    vec![Group {
        id: "task",
        legend: "",
        hint: "",
        rows: fields.into_iter().map(Into::into).collect(),
    }]
}

impl Edit {
    /// Where the task stands among others: on its startup's page, else among all tasks.
    fn place(&self) -> String {
        match &self.task.startup {
            Some(startup) => format!("{}#tasks", path(startup.id.inner())),
            None => super::list::ADDRESS.to_owned(),
        }
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
        let w = words.work();
        let place = self.place();
        let mut shell = Shell::new(site, visit, w.edit_task);
        shell.user = Some(self.viewer.menu(words));
        shell.back = format!("/tasks/{}/edit", self.task.id.inner());
        shell.record = Some((self.task.id.inner().to_owned(), place.clone()));
        shell.crumbs = way((w.tasks, super::list::ADDRESS), None, w.edit_task);
        let page = FormPage::new(FormParts {
            shell,
            heading: w.edit_task.to_owned(),
            lead: self
                .task
                .startup
                .iter()
                .map(|startup| startup.name.clone())
                .collect(),
            cancel: place,
            submit: words.form().save,
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults,
            conflict,
            groups: groups(&self.sent, &self.users, words),
            foretelling: None,
            is_danger: false,
        });
        problem::page(status, visit.language.tag(), &page)
    }
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
    let mut input = Map::new();
    let mut faults = Vec::new();
    if sent.some("what").is_none() {
        faults.push(Fault::new("what", words.work().say_what.to_owned()));
    }
    let due = sent.day("due", &mut faults, words);
    for (name, value) in [
        ("what", json!(sent.text("what"))),
        ("who", json!(sent.some("who"))),
        ("due", json!(due.map(fmt::table_date))),
    ] {
        if meanwhile::differs(&sent, &base, name) {
            input.insert(name.to_owned(), value);
        }
    }
    if faults.is_empty() {
        if input.is_empty() {
            return Ok(Redirect::to(&place).into_response());
        }
        input.insert("id".to_owned(), json!(id));
        input.insert("version".to_owned(), json!(version));
        let variables = json!({ "input": Value::Object(input) });
        let key = sent.text("key").to_owned();
        let written = send::write(site, visit, &update_document(), &variables, "UpdateTask", &key).await?;
        match written {
            Written::Refused(reason) => faults.push(Fault::new("", send::plain(&reason, words))),
            Written::Done(UpdateTask { update_task }) => {
                let errors = update_task.user_errors;
                if errors.is_empty() {
                    return Ok(Redirect::to(&send::with_note(&place, "saved")).into_response());
                }
                if UserError::any_stale(&errors) {
                    return changed_meanwhile(site, visit, edit, sent, &base);
                }
                faults.extend(errors.iter().map(|error| Fault::beside(error, words)));
            }
        }
    }
    let edit = Edit {
        sent,
        base,
        version,
        ..edit
    };
    edit.page(site, visit, faults, None, StatusCode::UNPROCESSABLE_ENTITY)
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
    let clashes = meanwhile::clashes(&mut sent, base, &now, |sent| groups(sent, &edit.users, words));
    let (who, at) = edit.last.told(visit.now);
    let conflict = meanwhile::conflict(site, visit, who, at, clashes);
    let edit = Edit {
        base: now,
        sent,
        ..edit
    };
    edit.page(site, visit, Vec::new(), Some(conflict), StatusCode::CONFLICT)
}
