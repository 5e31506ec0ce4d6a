//! A meeting as it goes on: the item that everybody looks at, its votes, notes and decision.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::page::{Found, read};
use super::screen::Timer;
use super::{DecisionKind, Item, ItemView, ReviewStatus, Vote, path, said, tasks};
use crate::Site;
use crate::deal::{PassReason, revisit};
use crate::form::{Pick, Row, Sent};
use crate::problem::{self, Problem};
use crate::send;
use crate::task::TaskView;
use crate::visit::Visit;
use crate::words::{PipelineWords, ReviewWords, StartupWords, WorkWords};

#[derive(Template)]
#[template(path = "review_live.html")]
struct Page {
    shell: crate::shell::Shell,
    r: &'static ReviewWords,
    b: &'static PipelineWords,
    h: &'static WorkWords,
    s: &'static StartupWords,
    said: Option<&'static str>,
    path: String,
    title: String,
    version: i32,
    runs: bool,
    may_write: bool,
    presenter: Option<String>,
    timer: Option<Timer>,
    agenda: Vec<Step>,
    place: String,
    /// What is looked at; None: a break.
    item: Option<ItemView>,
    is_current: bool,
    more: Option<More>,
    previous: Option<String>,
    next: Option<String>,
    tasks: Vec<TaskView>,
    people: Vec<Pick>,
    undecided: usize,
    key: String,
}

/// A line of the agenda beside the item.
struct Step {
    id: String,
    number: i32,
    name: String,
    minutes: String,
    is_current: bool,
    is_here: bool,
    decided: Option<String>,
}

/// What is done with the item.
struct More {
    has_conflict: bool,
    may_vote: bool,
    votes_open: bool,
    votes: Vec<VoteLine>,
    tally: Option<String>,
    /// What may be voted, and whether that is one's vote.
    choices: Vec<(Pick, bool)>,
    comment: String,
    notes: String,
    /// What stands there now, where somebody saved meanwhile.
    theirs: Option<String>,
    notes_version: i32,
    decision: Option<DecisionView>,
    may_decide: bool,
    kinds: Vec<Pick>,
    stages: Vec<Pick>,
    reasons: Vec<Pick>,
    /// What a deal that is passed or put on hold waits for.
    waits: Vec<Row>,
}

struct VoteLine {
    who: String,
    vote: Option<&'static str>,
    comment: Option<String>,
}

struct DecisionView {
    line: String,
    rationale: String,
    by: String,
}

/// Notes that were written while somebody else saved.
pub(super) struct Clash {
    pub(super) item: String,
    pub(super) typed: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    page(&site, &visit, &id, None)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// The page, with notes that clashed in their field.
pub(super) async fn page(
    site: &Site,
    visit: &Visit,
    id: &str,
    clash: Option<Clash>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let found = read(site, visit, id, |title, words| words.review().live_title(title)).await?;
    let review = &found.review;
    let head = &review.head;
    let address = path(head.id.inner());
    if head.status != ReviewStatus::Live {
        let address = match head.status {
            ReviewStatus::Closed => format!("{address}/minutes"),
            _ => address,
        };
        return Ok(Redirect::to(&address).into_response());
    }
    let current = review.current_item.as_ref().map(|item| item.id.inner());
    let asked = visit.parameter("item");
    let wanted = clash
        .as_ref()
        .map(|clash| clash.item.as_str())
        .or(asked.as_deref())
        .or(current);
    let here = wanted.and_then(|id| review.items.iter().position(|item| item.id.inner() == id));
    let item = here.and_then(|at| review.items.get(at));
    let status = if clash.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let runs = review.viewer_runs && found.may_write;
    let neighbour = |by: isize| {
        let at = here?.checked_add_signed(by)?;
        review.items.get(at).map(|item| item.id.inner().to_owned())
    };
    let colleagues = found.users.iter().filter(|user| user.is_active);
    let mut people = vec![Pick::new("", r.nobody, "")];
    people.extend(colleagues.map(|user| Pick::new(user.id.inner(), &user.name, "")));
    let page = Page {
        r,
        b: words.pipeline(),
        h: words.work(),
        s: words.startup(),
        said: said(visit),
        title: head.title.clone(),
        version: head.version,
        runs,
        may_write: found.may_write,
        presenter: head.presenter.as_ref().map(|user| user.name.clone()),
        timer: review
            .current_item
            .as_ref()
            .and(review.current_since)
            .map(|since| {
                let of = review.items.iter().find(|one| Some(one.id.inner()) == current);
                let minutes = of.map_or(0, |one| one.planned_minutes);
                Timer::new(since, visit.now, minutes)
            }),
        agenda: review
            .items
            .iter()
            .map(|one| Step {
                id: one.id.inner().to_owned(),
                number: one.position,
                name: one
                    .deal
                    .as_ref()
                    .map_or_else(String::new, |deal| deal.startup.name.clone()),
                minutes: r.min(&one.planned_minutes.to_string()),
                is_current: Some(one.id.inner()) == current,
                is_here: Some(one.id.inner()) == item.map(|item| item.id.inner()),
                decided: one.decision.as_ref().map(|decision| decision.line(words)),
            })
            .collect(),
        place: item.map_or_else(String::new, |item| {
            r.item_of(&item.position.to_string(), &review.items.len().to_string())
        }),
        is_current: item.map(|item| item.id.inner()) == current,
        item: item.and_then(|item| item.view(visit)),
        more: item.map(|item| More::of(item, &found, visit, clash.as_ref(), runs)),
        previous: neighbour(-1),
        next: neighbour(1),
        tasks: tasks(review, site, visit),
        people,
        undecided: review.items.iter().filter(|item| item.decision.is_none()).count(),
        key: send::fresh_key(visit),
        path: address,
        shell: found.shell,
    };
    problem::page(status, visit.language.tag(), &page)
}

impl More {
    fn of(item: &Item, found: &Found, visit: &Visit, clash: Option<&Clash>, runs: bool) -> Self {
        let words = visit.words();
        let r = words.review();
        let mut stages = vec![Pick::new("", r.next_stage, "")];
        stages.extend(
            found
                .stages
                .iter()
                .filter(|stage| !stage.is_retired)
                .map(|stage| Pick::new(&stage.key, stage.name_in(words.language), "")),
        );
        let mut reasons = vec![Pick::new("", "—", "")];
        reasons.extend(
            PassReason::ALL
                .iter()
                .map(|reason| Pick::new(reason.code(), reason.word(words), "")),
        );
        let blind = found.review.rules.is_blind && item.votes_open;
        let mine = item.votes.iter().find(|vote| vote.by.id.inner() == found.me);
        Self {
            has_conflict: item.viewer_has_conflict,
            may_vote: item.viewer_may_vote && item.votes_open && found.may_write,
            votes_open: item.votes_open,
            votes: item
                .votes
                .iter()
                .map(|cast| VoteLine {
                    who: cast.by.name.clone(),
                    vote: cast.vote.map(|vote| vote.word(r)),
                    comment: cast.comment.clone(),
                })
                .collect(),
            tally: item.tally.as_ref().map(|tally| tally.text.clone()),
            choices: Vote::ALL
                .into_iter()
                .map(|vote| {
                    let is_mine = mine.is_some_and(|mine| mine.vote == Some(vote));
                    (Pick::new(vote.code(), vote.word(r), ""), is_mine)
                })
                .collect(),
            comment: mine.and_then(|mine| mine.comment.clone()).unwrap_or_default(),
            notes: clash.map_or_else(|| item.notes.clone(), |clash| clash.typed.clone()),
            theirs: clash.map(|_| item.notes.clone()),
            notes_version: item.notes_version,
            decision: item.decision.as_ref().map(|decision| DecisionView {
                line: decision.line(words),
                rationale: decision.rationale.clone(),
                by: decision.by.name.clone(),
            }),
            may_decide: runs && !blind && !item.viewer_has_conflict,
            kinds: DecisionKind::ALL
                .into_iter()
                .map(|kind| Pick::new(kind.code(), kind.word(r), "ADVANCE"))
                .collect(),
            stages,
            reasons,
            waits: revisit::rows(&Sent::default(), &found.capabilities, words),
        }
    }
}
