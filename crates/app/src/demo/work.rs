//! What the demo fund talked about, and what it has to do.

use chrono::TimeDelta;
use domain::{DealId, deal::Round, task::TaskEdit, time};

use super::{
    ZONE,
    data::{Talk, Todo, Words},
    made,
    replay::Replay,
};
use crate::{Error, interaction::NewInteraction, task::NewTask};

impl Replay {
    /// The deal of a startup and round, if one is named.
    pub(super) fn deal_of(&self, startup: &str, round: Option<Round>) -> Result<Option<DealId>, Error> {
        let Some(round) = round else { return Ok(None) };
        let found = self.deals.get(&super::deals::key(startup, Some(round)));
        let missing = || Error::Internal(format!("the demonstration has no deal of {startup} by then"));
        found.map(|deal| Some(deal.id)).ok_or_else(missing)
    }

    pub(super) async fn talk(&mut self, talk: &Talk) -> Result<(), Error> {
        let Talk {
            startup,
            round,
            day,
            at,
            by,
            kind,
            summary,
            body,
        } = talk;
        let midnight = time::end_of_day(ZONE, self.calendar.day(*day - 1)) + TimeDelta::microseconds(1);
        let new = NewInteraction {
            startup: self.named(startup)?.id,
            deal: self.deal_of(startup, *round)?,
            kind: *kind,
            at: midnight + TimeDelta::hours(*at),
            summary: summary.to_string(),
            body: body.as_ref().map(paragraphs),
            participants: Vec::new(),
            people: Vec::new(),
        };
        let logged = self.by(by)?.log_interaction(new, "demo").await?;
        made(startup, logged)?;
        Ok(())
    }

    pub(super) async fn todo(&mut self, todo: &Todo) -> Result<(), Error> {
        let Todo {
            startup,
            round,
            day: _,
            by,
            who,
            due,
            done: _,
            what,
        } = todo;
        let new = NewTask {
            review: None,
            what: what.to_string(),
            who: Some(self.member(who)?),
            due: Some(self.calendar.day(*due)),
            startup: Some(self.named(startup)?.id),
            deal: self.deal_of(startup, *round)?,
        };
        let task = made(startup, self.by(by)?.create_task(new, "demo").await?)?;
        self.tasks.insert(todo.key(), task);
        Ok(())
    }

    pub(super) async fn done(&mut self, todo: &Todo) -> Result<(), Error> {
        let missing = || Error::Internal(format!("the demonstration has no task {:?} by then", todo.key()));
        let task = self.tasks.get(&todo.key()).copied().ok_or_else(missing)?;
        let edit = TaskEdit {
            done: Some(true),
            ..TaskEdit::default()
        };
        let done = self.by(&todo.who)?.update_task(task, 1, edit, "demo").await?;
        made(&todo.startup, done)?;
        Ok(())
    }
}

impl Todo {
    /// By what the story knows it.
    fn key(&self) -> String {
        format!("{} {}", self.startup, self.what.en)
    }
}

/// Both languages of a longer text, one under the other.
fn paragraphs(words: &Words) -> String {
    format!("{}\n\n{}", words.en.trim(), words.zh.trim())
}
