//! A meeting's page: its agenda while it is prepared, and what was decided once it is over.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cynic::QueryBuilder;

use super::{ItemView, ReviewRecord, ReviewStatus, may_run, path, said, shell, tasks};
use crate::belief::bets::CapabilityChoice;
use crate::problem::{self, Problem};
use crate::send;
use crate::shell::{Shell, query_link};
use crate::task::TaskView;
use crate::viewer::Reader;
use crate::visit::Visit;
use crate::words::{PipelineWords, ReviewWords, StartupWords, Words, WorkWords};
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
pub(super) struct ReviewPageVariables {
    id: cynic::Id,
    find: Option<String>,
    finds: bool,
}

/// Everything that pages of a meeting show.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ReviewPageVariables")]
pub(super) struct ReviewPage {
    viewer: Option<Reader>,
    #[arguments(id: $id)]
    review: Option<ReviewRecord>,
    users: Vec<Colleague>,
    stages: Vec<crate::deals::StageOption>,
    capabilities: Vec<CapabilityChoice>,
    #[arguments(first: 10, filter: { statuses: [ACTIVE, ON_HOLD, PASSED], search: $find }, order: { field: TITLE })]
    #[directives(include(if: $finds))]
    deals: Option<Deals>,
}

/// One of us.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
pub(crate) struct Colleague {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
    pub(crate) is_active: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct Deals {
    nodes: Vec<DealOption>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct DealOption {
    id: cynic::Id,
    title: String,
    startup: crate::task::StartupName,
}

/// What pages of a meeting are made of.
pub(super) struct Found {
    pub(super) review: ReviewRecord,
    pub(super) shell: Shell,
    /// Who looks, by id.
    pub(super) me: String,
    pub(super) may_write: bool,
    /// Whether they may change how the meeting is held.
    may_run: bool,
    pub(super) users: Vec<Colleague>,
    pub(super) stages: Vec<crate::deals::StageOption>,
    pub(super) capabilities: Vec<CapabilityChoice>,
    /// What was looked for to be added.
    deals: Option<Vec<DealOption>>,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    shell: Shell,
    r: &'static ReviewWords,
    b: &'static PipelineWords,
    h: &'static WorkWords,
    s: &'static StartupWords,
    said: Option<&'static str>,
    path: String,
    title: String,
    kind: &'static str,
    when: String,
    when_exact: String,
    presenter: Option<String>,
    attendees: String,
    rules: String,
    looks_back: String,
    version: i32,
    status: ReviewStatus,
    may_write: bool,
    may_run: bool,
    runs: bool,
    /// Whether the agenda may be arranged by its reader.
    may_arrange: bool,
    items: Vec<ItemView>,
    planned: String,
    /// Whether the items take more minutes than the meeting has.
    is_too_long: bool,
    dropped: Vec<(String, String)>,
    find: String,
    /// What was found to be added; None where nothing was looked for.
    found_deals: Option<Vec<FoundDeal>>,
    tasks: Vec<TaskView>,
    key: String,
}

/// A deal that may be added to the agenda.
struct FoundDeal {
    id: String,
    startup: String,
    title: String,
    is_on: bool,
}

impl Page {
    fn is_draft(&self) -> bool {
        self.status == ReviewStatus::Draft
    }
    fn is_live(&self) -> bool {
        self.status == ReviewStatus::Live
    }
    fn is_closed(&self) -> bool {
        self.status == ReviewStatus::Closed
    }
}

pub(super) fn document() -> String {
    ReviewPage::build(ReviewPageVariables {
        id: "".into(),
        find: None,
        finds: true,
    })
    .query
}

/// Reads a meeting for one of its pages, whose frame it begins.
pub(super) async fn read(
    site: &Site,
    visit: &Visit,
    id: &str,
    title: impl Fn(&str, &Words) -> String,
) -> Result<Found, Problem> {
    let words = visit.words();
    let find = visit.parameter("find");
    let variables = send::variables(&ReviewPageVariables {
        id: id.into(),
        finds: find.is_some(),
        find,
    })?;
    let found: ReviewPage =
        send::read_record(site, visit, document(), variables.clone(), "ReviewPage").await?;
    let Reader { id: me, viewer } = found.viewer.ok_or(Problem::SignIn)?;
    let review = found.review.ok_or(Problem::NotFound)?;
    let (may_write, may_run) = (viewer.role.may_write(), may_run(&viewer));
    let name = review.head.title.as_str();
    let mut shell = shell(site, visit, viewer, (&title(name, words), name), None);
    shell.follow(super::FOLLOWED);
    shell.query_link = Some(query_link(&document(), &variables, "ReviewPage"));
    Ok(Found {
        review,
        shell,
        me: me.into_inner(),
        may_write,
        may_run,
        users: found.users,
        stages: found.stages,
        capabilities: found.capabilities,
        deals: found.deals.map(|deals| deals.nodes),
    })
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    page(&site, &visit, &id)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let found = read(site, visit, id, |title, _| title.to_owned()).await?;
    let review = &found.review;
    let head = &review.head;
    let (when_exact, when) = head.when(site, words.language);
    let planned: i32 = review.items.iter().map(|item| item.planned_minutes).sum();
    let is_open = head.status != ReviewStatus::Closed;
    let on: Vec<&str> = review
        .items
        .iter()
        .filter_map(|item| item.deal.as_ref())
        .map(|deal| deal.id.inner())
        .collect();
    let found_deals = found.deals.as_ref().map(|deals| {
        deals
            .iter()
            .map(|deal| FoundDeal {
                id: deal.id.inner().to_owned(),
                startup: deal.startup.name.clone(),
                title: deal.title.clone(),
                is_on: on.contains(&deal.id.inner()),
            })
            .collect()
    });
    let page = Page {
        r,
        b: words.pipeline(),
        h: words.work(),
        s: words.startup(),
        said: said(visit),
        path: path(head.id.inner()),
        title: head.title.clone(),
        kind: head.kind.word(r),
        when,
        when_exact,
        presenter: head.presenter.as_ref().map(|user| user.name.clone()),
        attendees: review
            .attendees
            .iter()
            .map(|user| user.name.as_str())
            .collect::<Vec<_>>()
            .join(words.comma()),
        rules: review.rules.told(words),
        looks_back: r.looks_back(&fmt::date(
            review.looks_back_to.with_timezone(&site.config.zone).date_naive(),
            words.language,
        )),
        version: head.version,
        status: head.status,
        may_write: found.may_write,
        may_run: found.may_run,
        runs: review.viewer_runs && found.may_write,
        may_arrange: is_open && found.may_write && (head.status == ReviewStatus::Draft || review.viewer_runs),
        items: review.items.iter().filter_map(|item| item.view(visit)).collect(),
        is_too_long: planned > head.minutes,
        planned: r.minutes_of(&planned.to_string(), &head.minutes.to_string()),
        dropped: review
            .dropped_items
            .iter()
            .filter_map(|item| Some((item.id.inner().to_owned(), item.deal.as_ref()?.name())))
            .collect(),
        find: visit.parameter("find").unwrap_or_default(),
        found_deals,
        tasks: tasks(review, site, visit),
        key: send::fresh_key(visit),
        shell: found.shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}
