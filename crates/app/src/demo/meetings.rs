//! The demo fund's review meetings: held on Mondays at ten, the next one being prepared.

use chrono::{Datelike as _, TimeDelta};
use domain::{
    DealId, ReviewId,
    deal::{PassReason, Round},
    review::{DecisionKind, ReviewKind, Vote},
    time,
};
use serde::Deserialize;

use super::{
    Calendar, ZONE,
    data::{When, Words},
    made,
    replay::Replay,
};
use crate::{
    Error,
    review::{NewDecision, NewReview},
    task::NewTask,
};

/// A review meeting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meeting {
    kind: ReviewKind,
    day: i32,
    /// The day on which it was scheduled, of one that is still to come.
    scheduled: Option<i32>,
    #[serde(default)]
    items: Vec<Item>,
}

/// What was done with an item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    startup: String,
    /// None: the deal of a startup whose round is not known.
    round: Option<Round>,
    #[serde(default)]
    added: bool,
    #[serde(default)]
    votes: Vec<Cast>,
    notes: Option<Words>,
    task: Option<Words>,
    who: Option<String>,
    decision: Option<DecisionKind>,
    stage: Option<String>,
    pass: Option<PassReason>,
    /// What the deal waits for from then on.
    when: Option<When>,
    rationale: Option<Words>,
    #[serde(default)]
    conditions: Vec<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cast {
    by: String,
    vote: Vote,
    comment: Option<Words>,
}

impl Meeting {
    /// The offset of the Monday on which it is held.
    fn monday(&self, calendar: Calendar) -> i32 {
        let day = calendar.day(self.day);
        self.day - i32::try_from(day.weekday().num_days_from_monday()).unwrap_or(0)
    }
    /// The offset of the day on which the story comes to it.
    pub(super) fn told_on(&self, calendar: Calendar) -> i32 {
        self.scheduled.unwrap_or_else(|| self.monday(calendar))
    }
}

impl Item {
    /// By what the story knows its deal.
    fn key(&self) -> String {
        super::deals::key(&self.startup, self.round)
    }
}

/// Who presents, and runs what is held.
const PRESENTER: &str = "first";
const ATTENDEES: [&str; 6] = ["first", "qiao", "ren", "sun", "ito", "vera"];

impl Replay {
    pub(super) async fn meeting(&mut self, meeting: &Meeting) -> Result<(), Error> {
        let monday = self.calendar.day(meeting.monday(self.calendar));
        let midnight =
            time::end_of_day(ZONE, monday.pred_opt().unwrap_or(monday)) + TimeDelta::microseconds(1);
        let name = match meeting.kind {
            ReviewKind::Weekly => "Weekly / 周会",
            ReviewKind::ProjectApproval => "Project approval / 立项会",
            ReviewKind::Committee => "Committee / 投决会",
        };
        let title = format!("{name} {monday}");
        let attendees = ATTENDEES
            .iter()
            .map(|key| self.member(key))
            .collect::<Result<_, _>>()?;
        let new = NewReview {
            kind: meeting.kind,
            title: Some(title.clone()),
            starts_at: midnight + TimeDelta::hours(10),
            minutes: None,
            attendees: Some(attendees),
            presenter: Some(self.member(PRESENTER)?),
            rule: None,
            threshold: None,
            quorum: None,
            is_blind: None,
            vetoes: None,
        };
        let review = made(&title, self.by(PRESENTER)?.schedule_review(new, "demo").await?)?;
        if meeting.scheduled.is_some() {
            return Ok(());
        }
        for item in meeting.items.iter().filter(|item| item.added) {
            let deal = self.deal_on(item)?;
            let added = self
                .by(PRESENTER)?
                .add_agenda_item(review, deal, None, "demo")
                .await?;
            made(&title, added)?;
        }
        made(&title, self.by(PRESENTER)?.start_review(review, 1, "demo").await?)?;
        for item in &meeting.items {
            self.discuss(&title, review, item).await?;
        }
        let now = self.by(PRESENTER)?.reviews_by_ids(&[review]).await?;
        let version = now.first().map_or(0, |review| review.version);
        made(
            &title,
            self.by(PRESENTER)?.close_review(review, version, "demo").await?,
        )?;
        Ok(())
    }

    fn deal_on(&self, item: &Item) -> Result<DealId, Error> {
        let found = self.deals.get(&item.key()).map(|deal| deal.id);
        found.ok_or_else(|| Error::Internal(format!("the demonstration has no deal of {}", item.startup)))
    }

    async fn discuss(&mut self, title: &str, review: ReviewId, item: &Item) -> Result<(), Error> {
        let deal = self.deal_on(item)?;
        let id = domain::review::item_id(review, deal);
        let chair = self.by(PRESENTER)?;
        let is_there = chair.agenda_item(id).await?.is_some();
        if !is_there {
            // What the day of the week put onto another agenda.
            made(title, chair.add_agenda_item(review, deal, None, "demo").await?)?;
        }
        made(title, chair.present_item(review, Some(id), "demo").await?)?;
        if let Some(notes) = &item.notes {
            let text = format!("{}\n\n{}", notes.en, notes.zh);
            made(title, self.by("sun")?.write_notes(id, 0, text, "demo").await?)?;
        }
        for cast in &item.votes {
            let comment = cast.comment.as_ref().map(Words::to_string);
            made(
                title,
                self.by(&cast.by)?
                    .cast_vote(id, cast.vote, comment, "demo")
                    .await?,
            )?;
        }
        if !item.votes.is_empty() {
            made(title, chair.close_votes(id, "demo").await?)?;
        }
        if let Some(what) = &item.task {
            let who = item.who.as_ref().map(|who| self.member(who)).transpose()?;
            let new = NewTask {
                what: what.to_string(),
                who,
                due: None,
                startup: None,
                deal: Some(deal),
                review: Some(review),
            };
            made(title, self.by("sun")?.create_task(new, "demo").await?)?;
        }
        if let (Some(kind), Some(rationale)) = (item.decision, &item.rationale) {
            let new = NewDecision {
                kind,
                stage: item.stage.clone(),
                pass_reason: item.pass,
                revisit_on: None,
                revisit_when: item
                    .when
                    .as_ref()
                    .map(|when| self.awaited(when, &item.startup))
                    .transpose()?,
                rationale: rationale.to_string(),
                conditions: item.conditions.iter().map(Words::to_string).collect(),
                override_reason: None,
            };
            made(title, chair.decide(id, new, "demo").await?)?;
            let now = chair.deals_by_ids(&[deal], None).await?;
            if let (Some(now), Some(known)) = (now.first(), self.deals.get_mut(&item.key())) {
                known.version = now.version;
            }
        }
        Ok(())
    }
}
