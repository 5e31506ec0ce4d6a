//! My work: what waits for its reader, each with the reason that it is here, by when it is due.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Days, NaiveDate, Utc};
use cynic::QueryBuilder;

use crate::problem::{self, Problem};
use crate::send;
use crate::shell::{Section, Shell, query_link};
use crate::task::{StartupName, TaskLine, TaskView};
use crate::viewer::Reader;
use crate::visit::Visit;
use crate::words::{Words, WorkWords};
use crate::{Site, fmt, schema};

/// Deals that are looked through for steps that are due.
const DEALS: i32 = 100;

/// Who looks: whose deals are to be read.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct HomeReader {
    viewer: Option<Reader>,
}

#[derive(cynic::QueryVariables)]
struct HomePageVariables {
    me: Option<Vec<cynic::Id>>,
    first: i32,
    today: Option<NaiveDate>,
}

/// Everything that waits.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "HomePageVariables")]
struct HomePage {
    #[arguments(mine: true)]
    tasks: Vec<TaskLine>,
    #[arguments(first: $first, filter: { owners: $me, statuses: [ACTIVE] }, order: { field: NEXT_STEP_DUE })]
    deals: OwnDeals,
    #[cynic(rename = "deals", alias)]
    #[arguments(first: $first, filter: { owners: $me, statuses: [PASSED, ON_HOLD], revisitDueBy: $today })]
    back: CameBack,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct CameBack {
    nodes: Vec<BackAgain>,
}

/// A deal of one's own that is to be looked at again.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct BackAgain {
    id: cynic::Id,
    title: String,
    startup: StartupName,
    revisit_on: Option<NaiveDate>,
    revisit_due: Option<Due>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RevisitDue")]
struct Due {
    since: DateTime<Utc>,
    because: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct OwnDeals {
    nodes: Vec<OwnDeal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct OwnDeal {
    id: cynic::Id,
    title: String,
    startup: StartupName,
    next_step: Option<String>,
    next_step_due: Option<NaiveDate>,
}

fn reader_document() -> String {
    HomeReader::build(()).query
}

/// The document of what waits.
fn page_document() -> String {
    HomePage::build(HomePageVariables {
        me: None,
        first: DEALS,
        today: None,
    })
    .query
}

/// The documents of the page.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("home_reader.graphql", reader_document()),
        ("home.graphql", page_document()),
    ]
}

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    shell: Shell,
    h: &'static WorkWords,
    said: Option<&'static str>,
    day: String,
    may_write: bool,
    groups: Vec<Group>,
}

/// What is due at about the same time.
struct Group {
    id: &'static str,
    heading: &'static str,
    is_overdue: bool,
    rows: Vec<Row>,
}

/// Something that waits.
enum Row {
    Task(TaskView),
    Step(StepView),
    Back(BackView),
}

/// A next step of a deal of one's own.
struct StepView {
    /// Its deal on its startup's page, and the startup's name.
    link: String,
    startup: String,
    title: String,
    step: String,
    due: String,
}

/// A deal that came back, and why.
struct BackView {
    link: String,
    startup: String,
    title: String,
    why: String,
    day: String,
}

impl Row {
    /// What a list of one time is ordered by.
    fn due(&self) -> &str {
        match self {
            Self::Task(task) => task.due.as_deref().unwrap_or("9999-12-31"),
            Self::Step(step) => &step.due,
            Self::Back(back) => &back.day,
        }
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let h = words.work();
    let nothing = serde_json::json!({});
    let found: HomeReader = send::read_record(site, visit, reader_document(), nothing, "HomeReader").await?;
    let Reader { id, viewer } = found.viewer.ok_or(Problem::SignIn)?;
    let zone = site.config.zone;
    let today = visit.now.with_timezone(&zone).date_naive();
    let variables = send::variables(&HomePageVariables {
        me: Some(vec![id]),
        first: DEALS,
        today: Some(today),
    })?;
    let found: HomePage =
        send::read_record(site, visit, page_document(), variables.clone(), "HomePage").await?;
    let mut shell = Shell::new(site, visit, h.my_work);
    let may_write = viewer.role.may_write();
    shell.user = Some(viewer.menu(words));
    shell.section = Section::Home;
    shell.follow(&["task", "deal", "startup"]);
    shell.query_link = Some(query_link(&page_document(), &variables, "HomePage"));
    let said = match visit.parameter("did").as_deref() {
        Some("done") => Some(h.said_done),
        Some("undone") => Some(words.startup().said_undone),
        _ => None,
    };
    let page = Page {
        shell,
        h,
        said,
        day: fmt::date(today, words.language),
        may_write,
        groups: groups(found, today, zone, words),
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

/// What waits, by when it is due. A step of a deal waits from a week before it is due on.
fn groups(found: HomePage, today: NaiveDate, zone: chrono_tz::Tz, words: &'static Words) -> Vec<Group> {
    let (h, p) = (words.work(), words.passes());
    let soon = today.checked_add_days(Days::new(7)).unwrap_or(today);
    let mut groups = [
        ("came-back", p.came_back, false),
        ("overdue", h.overdue, true),
        ("today", h.today, false),
        ("week", h.this_week, false),
        ("later", h.later, false),
    ]
    .map(|(id, heading, is_overdue)| Group {
        id,
        heading,
        is_overdue,
        rows: Vec::new(),
    });
    let place = |due: Option<NaiveDate>| match due {
        Some(due) if due < today => 1,
        Some(due) if due == today => 2,
        Some(due) if due <= soon => 3,
        _ => 4,
    };
    for deal in found.back.nodes {
        let (why, day) = match (deal.revisit_due, deal.revisit_on) {
            (Some(due), _) => {
                let day = due.since.with_timezone(&zone).date_naive();
                (p.now_there(&due.because), day)
            }
            (None, Some(day)) => (p.reached_day(&fmt::date(day, words.language)), day),
            (None, None) => continue,
        };
        groups[0].rows.push(Row::Back(BackView {
            link: crate::deal::path(deal.id.inner()),
            startup: deal.startup.name,
            title: deal.title,
            why,
            day: fmt::table_date(day),
        }));
    }
    for task in found.tasks {
        groups[place(task.due)].rows.push(Row::Task(task.view(today)));
    }
    for deal in found.deals.nodes {
        let Some(due) = deal.next_step_due.filter(|due| *due <= soon) else {
            continue;
        };
        let anchor = crate::startup::anchor(deal.id.inner());
        let step = StepView {
            link: format!("{}#{anchor}", crate::startup::path(deal.startup.id.inner())),
            startup: deal.startup.name,
            title: deal.title,
            step: deal.next_step.unwrap_or_else(|| h.next_step.to_owned()),
            due: fmt::table_date(due),
        };
        groups[place(Some(due))].rows.push(Row::Step(step));
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .filter(|group| !group.rows.is_empty())
        .collect();
    for group in &mut groups {
        group.rows.sort_by(|one, other| one.due().cmp(other.due()));
    }
    groups
}
