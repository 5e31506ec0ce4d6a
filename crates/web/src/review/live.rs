//! A meeting as it goes on: the item that everybody looks at, its votes, notes and decision.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::brief::{self, Brief};
use super::page::{Found, read};
use super::screen::Timer;
use super::{Ballot, DecisionKind, Item, ItemView, ReviewStatus, path, said, tasks};
use crate::Site;
use crate::deal::{PassReason, revisit};
use crate::form::{Pick, Row, Sent};
use crate::problem::{self, Problem};
use crate::send;
use crate::task::TaskView;
use crate::visit::Visit;
use crate::words::{PipelineWords, ReviewWords, StartupWords, WhyWords, Words, WorkWords};

#[derive(Template)]
#[template(path = "review_live.html")]
struct Page {
    shell: crate::shell::Shell,
    r: &'static ReviewWords,
    b: &'static PipelineWords,
    h: &'static WorkWords,
    s: &'static StartupWords,
    y: &'static WhyWords,
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
    /// What is to be known of it.
    brief: Option<Brief>,
    more: Option<More>,
    previous: Option<String>,
    next: Option<String>,
    tasks: Vec<TaskView>,
    people: Vec<Pick>,
    /// What is not decided, and what is still voted on: said before the meeting is closed.
    undecided: Vec<Open>,
    open_votes: Vec<Open>,
    /// Whether it is the viewer who turns the page for everybody.
    presents: bool,
    /// What everybody looks at; empty in a break.
    presented: String,
    /// Why what was last asked for was not done.
    refused: Vec<String>,
    task: TaskTyped,
    key: String,
}

/// An item that is open when the meeting is closed. Without a name where its deal is not for the viewer.
struct Open {
    number: i32,
    name: String,
}

impl Open {
    fn of(item: &Item, words: &Words) -> Self {
        Self {
            number: item.position,
            name: item.deal.as_ref().map_or_else(
                || words.review().please_wait.to_owned(),
                |deal| deal.startup.name.clone(),
            ),
        }
    }
}

/// What was typed of a task that was refused.
struct TaskTyped {
    what: String,
    due: String,
}

impl TaskTyped {
    fn of(sent: Option<&Sent>) -> Self {
        let text = |name| sent.map(|sent| sent.text(name)).unwrap_or_default().to_owned();
        Self {
            what: text("what"),
            due: text("due"),
        }
    }
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
    ballot: Ballot,
    votes_open: bool,
    votes: Vec<VoteLine>,
    tally: Option<String>,
    notes: String,
    /// What stands there now, where somebody saved meanwhile.
    theirs: Option<String>,
    notes_version: i32,
    decision: Option<DecisionView>,
    may_decide: bool,
    kinds: Vec<Pick>,
    stages: Vec<Pick>,
    reasons: Vec<Pick>,
    decided: DecisionTyped,
    /// What a deal that is passed or put on hold waits for.
    waits: Vec<Row>,
}

struct VoteLine {
    who: String,
    vote: Option<&'static str>,
    comment: Option<String>,
}

/// What was typed of a decision that was refused.
struct DecisionTyped {
    rationale: String,
    conditions: String,
    revisit: String,
    override_reason: String,
    /// Whether what is rarely said is shown.
    has_more: bool,
}

impl DecisionTyped {
    fn of(sent: Option<&Sent>) -> Self {
        let text = |name| sent.map(|sent| sent.text(name)).unwrap_or_default().to_owned();
        Self {
            rationale: text("rationale"),
            conditions: text("conditions"),
            revisit: text("revisit"),
            override_reason: text("override"),
            // A gate may be what refused it.
            has_more: sent.is_some(),
        }
    }
}

struct DecisionView {
    line: String,
    rationale: String,
    by: String,
}

/// What was refused, with what its form sent.
pub(super) struct Again<'a> {
    pub(super) sent: &'a Sent,
    /// Why, in words.
    pub(super) lines: Vec<String>,
    /// Whether somebody else saved meanwhile.
    pub(super) is_stale: bool,
}

impl Again<'_> {
    /// What a form of this kind sent.
    fn sent(&self, act: &str) -> Option<&Sent> {
        (self.sent.text("act") == act).then_some(self.sent)
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    match page(&site, &visit, &id, None).await {
        Ok(Some(page)) => page,
        Ok(None) => Redirect::to(&path(&id)).into_response(),
        Err(problem) => problem.answer(&site, &visit),
    }
}

/// The page, with what was refused in its fields. None where the meeting does not go on.
pub(super) async fn page(
    site: &Site,
    visit: &Visit,
    id: &str,
    again: Option<Again<'_>>,
) -> Result<Option<Response>, Problem> {
    let words = visit.words();
    let r = words.review();
    let found = read(site, visit, id, |title, words| words.review().live_title(title)).await?;
    let review = &found.review;
    let head = &review.head;
    let address = path(head.id.inner());
    match head.status {
        ReviewStatus::Live => {}
        ReviewStatus::Closed if again.is_none() => {
            return Ok(Some(Redirect::to(&format!("{address}/minutes")).into_response()));
        }
        _ => return Ok(None),
    }
    let current = review.current_item.as_ref().map(|item| item.id.inner());
    let asked = visit.parameter("item");
    let wanted = again
        .as_ref()
        .and_then(|again| again.sent.some("item"))
        .or(asked.as_deref())
        .or(current);
    let here = wanted.and_then(|id| review.items.iter().position(|item| item.id.inner() == id));
    let item = here.and_then(|at| review.items.get(at));
    let status = match &again {
        None => StatusCode::OK,
        Some(again) if again.is_stale => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let runs = review.viewer_runs && found.may_write;
    let presents = head
        .presenter
        .as_ref()
        .is_none_or(|user| user.id.inner() == found.me);
    let neighbour = |by: isize| {
        let at = here?.checked_add_signed(by)?;
        review.items.get(at).map(|item| item.id.inner().to_owned())
    };
    let colleagues = found.users.iter().filter(|user| user.is_active);
    let mut people = vec![Pick::new("", r.nobody, "")];
    let who = again.as_ref().and_then(|again| again.sent("task"));
    let who = who.map(|sent| sent.text("who")).unwrap_or_default();
    people.extend(colleagues.map(|user| Pick::new(user.id.inner(), &user.name, who)));
    let brief = match item {
        Some(item) => brief::read_item(site, visit, item.id.inner(), review.looks_back_to).await?,
        None => None,
    };
    let page = Page {
        r,
        b: words.pipeline(),
        h: words.work(),
        s: words.startup(),
        y: words.why(),
        said: said(visit),
        brief: brief.and_then(|mut item| item.view(&found.me, site, visit)),
        title: head.title.clone(),
        version: head.version,
        runs,
        presents: runs && presents,
        presented: current.unwrap_or_default().to_owned(),
        refused: again
            .as_ref()
            .filter(|again| again.sent("notes").is_none() || !again.is_stale)
            .map(|again| again.lines.clone())
            .unwrap_or_default(),
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
        more: item.map(|item| More::of(item, &found, visit, again.as_ref(), runs)),
        previous: neighbour(-1),
        next: neighbour(1),
        tasks: tasks(review, site, visit),
        people,
        undecided: review
            .items
            .iter()
            .filter(|item| item.decision.is_none())
            .map(|item| Open::of(item, words))
            .collect(),
        open_votes: review
            .items
            .iter()
            .filter(|item| item.votes_open && item.votes_cast > 0)
            .map(|item| Open::of(item, words))
            .collect(),
        task: TaskTyped::of(again.as_ref().and_then(|again| again.sent("task"))),
        key: send::fresh_key(visit),
        path: address,
        shell: found.shell,
    };
    problem::page(status, visit.language.tag(), &page).map(Some)
}

impl More {
    fn of(item: &Item, found: &Found, visit: &Visit, again: Option<&Again<'_>>, runs: bool) -> Self {
        let words = visit.words();
        let r = words.review();
        let again = again.filter(|again| again.sent.text("item") == item.id.inner());
        let decide = again.and_then(|again| again.sent("decide"));
        let chosen = |name| decide.map(|sent| sent.text(name)).unwrap_or_default();
        let notes = again.and_then(|again| again.sent("notes"));
        // What the votes mean is proposed; a person decides.
        let meant = item.tally.as_ref().and_then(|tally| tally.outcome);
        let kind = match decide {
            Some(sent) => sent.text("kind"),
            None => meant.map_or("ADVANCE", DecisionKind::code),
        };
        let mut stages = vec![Pick::new("", r.next_stage, chosen("stage"))];
        stages.extend(
            found
                .stages
                .iter()
                .filter(|stage| !stage.is_retired)
                .map(|stage| Pick::new(&stage.key, stage.name_in(words.language), chosen("stage"))),
        );
        let mut reasons = vec![Pick::new("", "—", chosen("pass"))];
        reasons.extend(
            PassReason::ALL
                .iter()
                .map(|reason| Pick::new(reason.code(), reason.word(words), chosen("pass"))),
        );
        let blind = found.review.rules.is_blind && item.votes_open;
        let may_vote = item.viewer_may_vote && item.votes_open && found.may_write;
        let mut ballot = Ballot::of(&item.votes, &found.me, may_vote, words);
        if let Some(sent) = again.and_then(|again| again.sent("vote")) {
            sent.text("comment").clone_into(&mut ballot.comment);
        }
        Self {
            has_conflict: item.viewer_has_conflict,
            ballot,
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
            notes: notes.map_or_else(|| item.notes.clone(), |sent| sent.text("notes").to_owned()),
            theirs: again
                .filter(|again| again.is_stale && notes.is_some())
                .map(|_| item.notes.clone()),
            notes_version: item.notes_version,
            decision: item.decision.as_ref().map(|decision| DecisionView {
                line: decision.line(words),
                rationale: decision.rationale.clone(),
                by: decision.by.name.clone(),
            }),
            may_decide: runs && !blind && !item.viewer_has_conflict,
            kinds: DecisionKind::ALL
                .into_iter()
                .map(|one| Pick::new(one.code(), one.word(r), kind))
                .collect(),
            stages,
            reasons,
            decided: DecisionTyped::of(decide),
            waits: revisit::rows(decide.unwrap_or(&Sent::default()), &found.capabilities, words),
        }
    }
}
