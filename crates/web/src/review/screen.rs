//! What the room sees on the projector: the item that is presented, and nothing else.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::brief::{self, Brief};
use super::{ReviewStatus, path};
use crate::Site;
use crate::problem::{self, Problem};
use crate::shell::Shell;
use crate::visit::Visit;
use crate::words::{PipelineWords, ReviewWords, StartupWords, WhyWords, WorkWords};

#[derive(Template)]
#[template(path = "review_screen.html")]
struct Page {
    shell: Shell,
    r: &'static ReviewWords,
    b: &'static PipelineWords,
    s: &'static StartupWords,
    y: &'static WhyWords,
    h: &'static WorkWords,
    title: String,
    about: String,
    rules: String,
    place: String,
    timer: Option<Timer>,
    shown: Shown,
}

/// What stands on the screen.
enum Shown {
    /// The meeting is not going on: why.
    Idle(&'static str),
    /// A break, or an item that is not for whoever shows it.
    Pause,
    /// An item of a restricted deal: the address that shows it.
    Asked(String),
    Item(Box<Item>),
}

struct Item {
    brief: Brief,
    votes: Vec<(String, Option<&'static str>)>,
    is_closed: bool,
    tally: Option<String>,
    decision: Option<(String, String)>,
}

/// How long an item is looked at, of how many minutes.
pub(super) struct Timer {
    pub(super) since: String,
    pub(super) now: String,
    pub(super) minutes: i32,
    pub(super) text: String,
    pub(super) is_over: bool,
}

impl Timer {
    pub(super) fn new(since: DateTime<Utc>, now: DateTime<Utc>, minutes: i32) -> Self {
        let seconds = (now - since).num_seconds().max(0);
        let exact = |at: DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        Self {
            since: exact(since),
            now: exact(now),
            minutes,
            text: format!("{:02}:{:02}", seconds / 60, seconds % 60),
            is_over: minutes > 0 && seconds > i64::from(minutes) * 60,
        }
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    problem::answered(&site, &visit, page(&site, &visit, &id).await)
}

async fn page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let mut found = brief::read_current(site, visit, id).await?;
    let title = r.screen_title(&found.review.head.title);
    let mut shell = found.shell(site, visit, &found.review.head, &title, r.screen);
    shell.is_bare = true;
    shell.projector = true;
    let address = format!("{}/screen", path(found.review.head.id.inner()));
    let review = &mut found.review;
    let head = &review.head;
    let (_, when) = head.when(site, words.language);
    let item = review.current_item.as_mut();
    let place = item.as_ref().map_or_else(String::new, |item| {
        r.item_of(&item.position.to_string(), &review.items.len().to_string())
    });
    let timer = match (&item, review.current_since) {
        (Some(item), Some(since)) => Some(Timer::new(since, visit.now, item.planned_minutes)),
        _ => None,
    };
    let shown = match (head.status, item) {
        (ReviewStatus::Draft, _) => Shown::Idle(r.not_begun),
        (ReviewStatus::Closed, _) => Shown::Idle(r.is_over),
        (ReviewStatus::Live, None) => Shown::Pause,
        (ReviewStatus::Live, Some(item)) => match item.view("", site, visit) {
            None => Shown::Pause,
            Some(brief)
                if brief.deal.is_restricted && visit.parameter("show").as_deref() != Some(&brief.id) =>
            {
                Shown::Asked(format!("{address}?show={}", brief.id))
            }
            Some(brief) => Shown::Item(Box::new(Item {
                votes: item
                    .votes
                    .iter()
                    .map(|vote| (vote.by.name.clone(), vote.vote.map(|vote| vote.word(r))))
                    .filter(|_| !review.rules.is_blind || !item.votes_open)
                    .collect(),
                is_closed: !item.votes_open,
                tally: item
                    .tally
                    .as_ref()
                    .filter(|_| !review.rules.is_blind || !item.votes_open)
                    .map(|tally| tally.text.clone()),
                decision: item
                    .decision
                    .as_ref()
                    .map(|decision| (decision.line(words), decision.rationale.clone())),
                brief,
            })),
        },
    };
    let page = Page {
        r,
        b: words.pipeline(),
        s: words.startup(),
        y: words.why(),
        h: words.work(),
        title: head.title.clone(),
        about: format!("{} · {when}", head.kind.word(r)),
        rules: review.rules.told(words),
        place,
        timer,
        shown,
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_counts_from_when_everybody_looks_and_says_when_the_time_is_over() {
        let since: DateTime<Utc> = "2024-07-31T02:00:00Z".parse().unwrap();
        let at = |seconds| since + chrono::TimeDelta::seconds(seconds);
        let timer = Timer::new(since, at(372), 7);
        assert_eq!((timer.text.as_str(), timer.is_over), ("06:12", false));
        assert_eq!(
            (timer.since.as_str(), timer.now.as_str()),
            ("2024-07-31T02:00:00.000Z", "2024-07-31T02:06:12.000Z")
        );
        assert!(!Timer::new(since, at(420), 7).is_over);
        assert!(Timer::new(since, at(421), 7).is_over);
        // An item that is only told has no minutes to exceed, and a clock that runs behind counts from nothing.
        assert!(!Timer::new(since, at(3600), 0).is_over);
        assert_eq!(Timer::new(since, at(-5), 7).text, "00:00");
        assert_eq!(Timer::new(since, at(3661), 7).text, "61:01");
    }
}
