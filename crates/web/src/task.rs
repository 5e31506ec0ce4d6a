//! Tasks where they stand on a startup's page and on Home, the form that adds one, and the button that says one is done.

pub(crate) mod edit;
pub(crate) mod form;
pub(crate) mod list;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use cynic::MutationBuilder;
use serde::Deserialize;

use crate::activity::Author;
use crate::answer::UserError;
use crate::interaction::DealTitle;
use crate::problem::Problem;
use crate::review::MeetingName;
use crate::send::{self, Written};
use crate::visit::{Visit, is_from_our_page, local_address};
use crate::{Site, fmt, schema};

/// A task as pages show it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Task")]
pub(crate) struct TaskLine {
    id: cynic::Id,
    what: String,
    who: Option<Author>,
    pub(crate) due: Option<NaiveDate>,
    done_at: Option<DateTime<Utc>>,
    startup: Option<StartupName>,
    deal: Option<DealTitle>,
    review: Option<MeetingName>,
    pub(crate) is_condition: bool,
    version: i32,
}

/// A startup as a record names it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(crate) struct StartupName {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
}

/// A task as a page draws it.
pub(crate) struct TaskView {
    pub(crate) id: String,
    pub(crate) what: String,
    pub(crate) who: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) is_overdue: bool,
    pub(crate) is_done: bool,
    /// Its startup's page and name.
    pub(crate) startup: Option<(String, String)>,
    pub(crate) deal: Option<String>,
    /// The page and the title of the meeting that made it.
    pub(crate) review: Option<(String, String)>,
    /// Whether a decision hangs on it.
    pub(crate) is_condition: bool,
    pub(crate) version: i32,
    /// The key of the button that says that it is done: pressed twice, it is done once.
    pub(crate) key: String,
}

impl TaskView {
    /// Whether anything is told of it before the meeting that made it.
    pub(crate) fn is_told(&self) -> bool {
        self.is_done || self.due.is_some() || self.who.is_some() || self.deal.is_some()
    }
}

impl TaskLine {
    pub(crate) fn is_done(&self) -> bool {
        self.done_at.is_some()
    }

    pub(crate) fn view(self, today: NaiveDate) -> TaskView {
        let is_done = self.is_done();
        let id = self.id.into_inner();
        TaskView {
            key: format!("done-{}-{}", id.replace('_', "-"), self.version),
            what: self.what,
            who: self.who.map(|who| who.name),
            due: self.due.map(fmt::table_date),
            is_overdue: !is_done && self.due.is_some_and(|due| due < today),
            is_done,
            startup: self
                .startup
                .map(|startup| (crate::startup::path(startup.id.inner()), startup.name)),
            deal: self.deal.map(|deal| deal.title),
            review: self.review.map(|review| review.link()),
            is_condition: self.is_condition,
            version: self.version,
            id,
        }
    }
}

#[derive(cynic::QueryVariables)]
struct FinishTaskVariables {
    input: UpdateTaskInput,
}

#[derive(cynic::InputObject)]
struct UpdateTaskInput {
    id: cynic::Id,
    version: i32,
    done: Option<bool>,
}

/// Saying that a task is done.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "FinishTaskVariables")]
struct FinishTask {
    #[arguments(input: $input)]
    update_task: TaskPayload,
}

#[derive(cynic::QueryFragment)]
struct TaskPayload {
    user_errors: Vec<UserError>,
}

/// The document of the button.
pub(crate) fn finish_document() -> String {
    let input = UpdateTaskInput {
        id: "".into(),
        version: 0,
        done: Some(true),
    };
    FinishTask::build(FinishTaskVariables { input }).query
}

/// What the button sends.
#[derive(Deserialize)]
pub(crate) struct DoneForm {
    #[serde(default)]
    back: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    version: i32,
    /// Empty where it is done; `no` opens it again.
    #[serde(default)]
    done: String,
}

pub(crate) async fn done(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(form): Form<DoneForm>,
) -> Response {
    finish(&site, &visit, &headers, &id, &form)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn finish(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    form: &DoneForm,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let back = local_address(&form.back).unwrap_or("/");
    let is_done = form.done != "no";
    let input = UpdateTaskInput {
        id: id.into(),
        version: form.version,
        done: Some(is_done),
    };
    let variables = send::variables(&FinishTaskVariables { input })?;
    let written = send::write(
        site,
        visit,
        &finish_document(),
        &variables,
        "FinishTask",
        &form.key,
    )
    .await?;
    let lines: Vec<String> = match written {
        Written::Refused(reason) => vec![send::plain(&reason, words)],
        Written::Done(FinishTask { update_task }) => update_task
            .user_errors
            .iter()
            .map(|error| send::plain(&error.message, words))
            .collect(),
    };
    if lines.is_empty() {
        let note = if is_done { "done" } else { "reopened" };
        return Ok(Redirect::to(&send::with_note(back, note)).into_response());
    }
    crate::activity::told(site, visit, words.work().not_done, lines, back)
}
