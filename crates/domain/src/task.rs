//! What is to be done: what, by whom, until when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    DealId, Instant, Problem, Problems, ReviewDecisionId, ReviewId, StartupId, TaskId, UserId,
    check::{NAME_LIMIT, check_era, required},
};

/// Something to be done. One of a deal is there for those who may see the deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "plain fields, described in the API")]
pub struct Task {
    pub id: TaskId,
    pub what: String,
    pub who_id: Option<UserId>,
    pub due: Option<NaiveDate>,
    pub done_at: Option<Instant>,
    pub done_by: Option<UserId>,
    pub startup_id: Option<StartupId>,
    pub deal_id: Option<DealId>,
    /// The meeting that gave it, if one did.
    pub review_id: Option<ReviewId>,
    /// The decision of which it is a condition, if it is one.
    pub decision_id: Option<ReviewDecisionId>,
    pub recorded_by: Option<UserId>,
    pub created_at: Instant,
    pub version: i32,
}

/// A change of a task: a field left out stays as it is, `Some(None)` clears it. Where it belongs stays.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Task")]
pub struct TaskEdit {
    pub what: Option<String>,
    pub who_id: Option<Option<UserId>>,
    pub due: Option<Option<NaiveDate>>,
    /// Whether it is done. Done again, it keeps when and by whom it was done first.
    pub done: Option<bool>,
}

impl Task {
    /// The task after an edit by somebody at an instant.
    #[must_use]
    pub fn edited(mut self, edit: TaskEdit, by: Option<UserId>, now: Instant) -> Self {
        let TaskEdit {
            what,
            who_id,
            due,
            done,
        } = edit;
        self.what = what.unwrap_or(self.what);
        self.who_id = who_id.unwrap_or(self.who_id);
        self.due = due.unwrap_or(self.due);
        match done {
            Some(true) if self.done_at.is_none() => (self.done_at, self.done_by) = (Some(now), by),
            Some(false) => (self.done_at, self.done_by) = (None, None),
            _ => {}
        }
        self
    }

    /// The task with blanks taken out, if nothing is wrong with it. A day that is past is no fault: it is overdue.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.what = required(&self.what, "what", NAME_LIMIT, &mut wrong);
        check_era(self.due, "due", &mut wrong);
        wrong.into_result()?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{ProblemCode, typed};

    fn at(hour: u32) -> Instant {
        format!("2024-07-31T{hour:02}:00:00Z").parse().unwrap()
    }

    fn task() -> Task {
        Task {
            id: typed(Uuid::from_u128(1)),
            what: " Call two studios ".into(),
            who_id: None,
            due: None,
            done_at: None,
            done_by: None,
            startup_id: None,
            deal_id: None,
            review_id: None,
            decision_id: None,
            recorded_by: None,
            created_at: at(1),
            version: 1,
        }
    }

    #[test]
    fn what_is_done_keeps_when_and_by_whom_until_it_is_open_again() {
        let done = |done| TaskEdit {
            done: Some(done),
            ..TaskEdit::default()
        };
        let (ann, ben): (UserId, UserId) = (typed(Uuid::from_u128(7)), typed(Uuid::from_u128(8)));
        let first = task().edited(done(true), Some(ann), at(2));
        assert_eq!((first.done_at, first.done_by), (Some(at(2)), Some(ann)));
        let again = first.edited(done(true), Some(ben), at(3));
        assert_eq!((again.done_at, again.done_by), (Some(at(2)), Some(ann)));
        let open = again.edited(done(false), Some(ben), at(4));
        assert_eq!((open.done_at, open.done_by), (None, None));
    }

    #[test]
    fn a_task_says_what_is_to_be_done_and_a_day_of_our_era() {
        assert_eq!(task().prepared().unwrap().what, "Call two studios");
        let wrong = Task {
            what: " ".into(),
            due: NaiveDate::from_ymd_opt(12_000, 1, 1),
            ..task()
        };
        let problems = wrong.prepared().unwrap_err();
        let told: Vec<_> = problems.iter().map(|p| (p.code, p.field.join("."))).collect();
        assert_eq!(
            told,
            [
                (ProblemCode::Required, "what".to_owned()),
                (ProblemCode::Invalid, "due".to_owned())
            ]
        );
    }
}
