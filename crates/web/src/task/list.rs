//! All tasks on a page: one's own, everybody's, and what is done; done and opened again in place.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cynic::QueryBuilder;

use super::{TaskLine, TaskView};
use crate::problem::{self, Problem};
use crate::shell::{Shell, query_link, way};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::WorkWords;
use crate::{Site, schema, send};

/// The address of the page.
pub(crate) const ADDRESS: &str = "/tasks";

#[derive(cynic::QueryVariables)]
struct TasksPageVariables {
    mine: Option<bool>,
    open: Option<bool>,
}

/// The tasks of a tab.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "TasksPageVariables")]
struct TasksPage {
    viewer: Option<Viewer>,
    #[arguments(mine: $mine, open: $open)]
    tasks: Vec<TaskLine>,
}

/// Which tasks are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    /// The reader's own that are open.
    Mine,
    /// Everybody's that are open.
    Open,
    /// Those that are done, too.
    All,
}

impl Show {
    const ALL: [Self; 3] = [Self::Mine, Self::Open, Self::All];

    /// As the address writes it.
    fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Open => "open",
            Self::All => "all",
        }
    }

    fn word(self, words: &WorkWords) -> &'static str {
        match self {
            Self::Mine => words.tasks_mine,
            Self::Open => words.tasks_open,
            Self::All => words.tasks_all,
        }
    }

    fn link(self) -> String {
        match self {
            Self::Mine => ADDRESS.to_owned(),
            other => format!("{ADDRESS}?show={}", other.code()),
        }
    }

    fn variables(self) -> TasksPageVariables {
        TasksPageVariables {
            mine: (self == Self::Mine).then_some(true),
            open: (self != Self::All).then_some(true),
        }
    }
}

#[derive(Template)]
#[template(path = "tasks.html")]
struct Page {
    shell: Shell,
    h: &'static WorkWords,
    said: Option<&'static str>,
    /// Link, word, whether it is the one that is shown.
    tabs: Vec<(String, &'static str, bool)>,
    /// The address said a tab that is none.
    is_bad: bool,
    back: String,
    may_write: bool,
    tasks: Vec<TaskView>,
}

/// The page's document, the same for every tab.
pub(super) fn document() -> String {
    TasksPage::build(Show::Mine.variables()).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let h = words.work();
    let asked = visit.parameter("show");
    let found = match &asked {
        None => Some(Show::Mine),
        Some(code) => Show::ALL.into_iter().find(|one| one.code() == code),
    };
    let chosen = found.unwrap_or(Show::Mine);
    let variables = send::variables(&chosen.variables())?;
    let data: TasksPage = send::read_record(site, visit, document(), variables.clone(), "TasksPage").await?;
    let viewer = data.viewer.ok_or(Problem::SignIn)?;
    let may_write = viewer.role.may_write();
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    let mut shell = Shell::new(site, visit, h.tasks);
    shell.user = Some(viewer.menu(words));
    shell.follow(&["task"]);
    shell.crumbs = way((h.my_work, "/"), None, h.tasks);
    shell.query_link = Some(query_link(&document(), &variables, "TasksPage"));
    let said = match visit.parameter("did").as_deref() {
        Some("done") => Some(h.said_done),
        Some("reopened") => Some(h.said_reopened),
        Some("saved") => Some(words.deal().said_saved),
        Some("undone") => Some(words.startup().said_undone),
        _ => None,
    };
    let page = Page {
        shell,
        h,
        said,
        tabs: Show::ALL
            .map(|one| (one.link(), one.word(h), found == Some(one)))
            .into(),
        is_bad: found.is_none(),
        back: chosen.link(),
        may_write,
        // Never unfiltered unasked: what is no tab shows no rows.
        tasks: match found {
            Some(_) => data.tasks.into_iter().map(|task| task.view(today)).collect(),
            None => Vec::new(),
        },
    };
    let status = if found.is_some() {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    problem::page(status, visit.language.tag(), &page)
}
