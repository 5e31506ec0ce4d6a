//! My work: what waits for its reader, each with the reason that it is here, by when it is due.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Days, NaiveDate, Utc};
use cynic::QueryBuilder;

use crate::assessment::Flag;
use crate::deal::gates::Gate;
use crate::deals::{StageOption, UserName};
use crate::problem::{self, Problem};
use crate::review::ReviewHead;
use crate::send;
use crate::shell::{Section, Shell, query_link};
use crate::task::{StartupName, TaskLine, TaskView};
use crate::viewer::Reader;
use crate::visit::Visit;
use crate::words::{Words, WorkWords};
use crate::{Site, fmt, schema};

/// Deals that are looked through for what waits in them.
const DEALS: i32 = 100;

/// Meetings being prepared that are looked through for the next one.
const MEETINGS: i32 = 20;

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
    meetings: i32,
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
    #[arguments(first: $meetings, status: DRAFT)]
    reviews: Drafts,
    stages: Vec<StageOption>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewConnection")]
struct Drafts {
    nodes: Vec<Draft>,
}

/// A meeting that is being prepared, and whom it awaits.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct Draft {
    #[cynic(spread)]
    head: ReviewHead,
    attendees: Vec<UserName>,
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
    startup: Doubted,
    version: i32,
    next_step: Option<String>,
    next_step_due: Option<NaiveDate>,
    stage: LimitedStage,
    days_in_stage: i32,
    is_stale: bool,
    gate: Gate,
}

/// A startup, and what is to be said of its evidence.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct Doubted {
    id: cynic::Id,
    name: String,
    flags: Vec<Doubt>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "FlagReason")]
struct Doubt {
    flag: Flag,
    reason: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct LimitedStage {
    #[cynic(spread)]
    stage: StageOption,
    limit_days: i32,
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
        meetings: MEETINGS,
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
    /// The next meeting of its reader: address, title, exact time and time as shown.
    next: Option<(String, String, String, String)>,
}

/// What is due at about the same time, or waits for the same reason.
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
    Stuck(StuckView),
}

/// A next step of a deal of one's own.
struct StepView {
    /// Its deal on its startup's page, and the startup's name.
    link: String,
    startup: String,
    title: String,
    step: String,
    due: String,
    /// Of the deal, and its version: what the button sends that says that the step is done.
    deal: String,
    version: i32,
    /// Pressed twice, it is done once.
    key: String,
}

/// A deal of one's own in which something stands in the way.
struct StuckView {
    link: String,
    startup: String,
    title: String,
    why: String,
    /// Where it can be seen to.
    see_to: Option<(String, &'static str)>,
    /// What comes first: the larger.
    weight: i32,
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
    /// What a list is ordered by: by time, or what weighs most first.
    fn due(&self) -> (&str, i32) {
        match self {
            Self::Task(task) => (task.due.as_deref().unwrap_or("9999-12-31"), 0),
            Self::Step(step) => (&step.due, 0),
            Self::Back(back) => (&back.day, 0),
            Self::Stuck(stuck) => ("", -stuck.weight),
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
    let me = id.inner().to_owned();
    let variables = send::variables(&HomePageVariables {
        me: Some(vec![id]),
        first: DEALS,
        today: Some(today),
        meetings: MEETINGS,
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
    let next = found
        .reviews
        .nodes
        .iter()
        .filter(|one| one.head.starts_at > visit.now)
        .filter(|one| one.attendees.iter().any(|user| user.id.inner() == me))
        .min_by_key(|one| one.head.starts_at)
        .map(|one| {
            let (exact, shown) = one.head.when(site, words.language);
            (
                crate::review::path(one.head.id.inner()),
                one.head.title.clone(),
                exact,
                shown,
            )
        });
    let page = Page {
        next,
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
        ("past-limit", h.past_limit, true),
        ("blocked", h.blocked, false),
        ("old-evidence", h.old_evidence, false),
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
    for deal in &found.deals.nodes {
        stuck(deal, &found.stages, &mut groups, words);
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
            key: format!("step-{}-{}", deal.id.inner().replace('_', "-"), deal.version),
            deal: deal.id.into_inner(),
            version: deal.version,
        };
        groups[place(Some(due))].rows.push(Row::Step(step));
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .filter(|group| !group.rows.is_empty())
        .collect();
    for group in &mut groups {
        group.rows.sort_by(|one, other| one.due().cmp(&other.due()));
    }
    groups
}

/// Puts a deal of one's own into the groups of what stands in its way: it is past the limit of its stage, the gate of the
/// next one asks something, the proof of its startup became old.
fn stuck(deal: &OwnDeal, stages: &[StageOption], groups: &mut [Group], words: &Words) {
    let h = words.work();
    let stage = &deal.stage.stage;
    let row = |why: String, see_to: Option<(String, &'static str)>, weight: i32| {
        Row::Stuck(StuckView {
            link: crate::deal::path(deal.id.inner()),
            startup: deal.startup.name.clone(),
            title: deal.title.clone(),
            why,
            see_to,
            weight,
        })
    };
    let mut put = |id: &str, row: Row| {
        if let Some(group) = groups.iter_mut().find(|group| group.id == id) {
            group.rows.push(row);
        }
    };
    if deal.is_stale {
        let (days, limit) = (deal.days_in_stage, deal.stage.limit_days);
        let why = h.stale_in(
            stage.name_in(words.language),
            &days.to_string(),
            &limit.to_string(),
        );
        put("past-limit", row(why, None, days.saturating_sub(limit)));
    }
    // Only the next stage's: what later ones ask is not yet in the way.
    let next = stages
        .iter()
        .find(|one| !one.is_retired && one.order > stage.order);
    let lacking: Vec<_> = deal
        .gate
        .unmet
        .iter()
        .filter(|unmet| next.is_some_and(|next| next.key == unmet.stage.key))
        .collect();
    if let Some(first) = lacking.first() {
        let names: Vec<&str> = lacking.iter().map(|unmet| unmet.condition.word(words)).collect();
        let why = h.gate_lacks(first.stage.name_in(words.language), &names.join(words.comma()));
        let view = first.view(deal.id.inner(), deal.startup.id.inner(), words);
        put("blocked", row(why, Some((view.link, words.deal().to_it)), 0));
    }
    let old = deal
        .startup
        .flags
        .iter()
        .find(|flag| flag.flag == Flag::StaleEvidence);
    if let Some(flag) = old {
        let add = format!("{}/evidence/new", crate::startup::path(deal.startup.id.inner()));
        put(
            "old-evidence",
            row(flag.reason.clone(), Some((add, h.add_evidence)), 0),
        );
    }
}
