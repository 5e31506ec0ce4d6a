//! A user's calendar: the meetings that the user attends, and the days on which something of the user's is due. It is read
//! by programs that keep what they read, so that of restricted deals it tells no more than that there is something.

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    DealId, Instant, ReviewId, Scope, TaskId,
    deal::{Deal, DealStatus, Visibility},
    task::Task,
};
use storage::{
    deal::{Filter, Order},
    page::Page,
};

use crate::{App, Caller, Error, Identity, Secret, task::TASKS_LIMIT};

/// Meetings are told for so long after they began.
const PAST_DAYS: i64 = 60;
/// Days of looking again are told for so long ahead.
const AHEAD_DAYS: u64 = 730;
/// Of each kind so many at most.
const LIMIT: u32 = 500;

/// Something that stands in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A meeting.
    Review {
        /// Which.
        id: ReviewId,
        /// What it is called.
        title: String,
        /// When it begins.
        starts_at: Instant,
        /// How long it takes.
        minutes: i32,
        /// Rises with every change.
        version: i32,
    },
    /// A task that is open.
    Task {
        /// Which.
        id: TaskId,
        /// What is to be done; None for a restricted deal.
        what: Option<String>,
        /// For which deal, if for one.
        deal: Option<DealId>,
        /// By when.
        due: NaiveDate,
        /// Rises with every change.
        version: i32,
    },
    /// A day of a deal that the user leads.
    Deal {
        /// Which.
        id: DealId,
        /// What it is called; None of a restricted one.
        title: Option<String>,
        /// What the day is.
        day: DealDay,
        /// The day.
        on: NaiveDate,
        /// Rises with every change.
        version: i32,
    },
}

/// What a day of a deal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DealDay {
    /// By then the next step is to be done, in words where they may be told.
    NextStep(Option<String>),
    /// The term sheet expires.
    TermSheet,
    /// They no longer talk to us alone.
    Exclusivity,
    /// It is to be looked at again.
    Revisit,
}

/// Which of a deal's days are told, by what became of it.
fn days_of(deal: &Deal) -> Vec<(DealDay, NaiveDate)> {
    let terms = &deal.terms;
    let days = if deal.standing.status == DealStatus::Active {
        let step = terms.next_step.clone().filter(|_| is_told(deal));
        vec![
            (DealDay::NextStep(step), terms.next_step_due),
            (DealDay::TermSheet, terms.term_sheet_expires_on),
            (DealDay::Exclusivity, terms.exclusive_until),
        ]
    } else {
        vec![(DealDay::Revisit, terms.revisit_on)]
    };
    let known = days.into_iter();
    known.filter_map(|(day, on)| Some((day, on?))).collect()
}

fn is_told(deal: &Deal) -> bool {
    deal.terms.visibility != Visibility::Restricted
}

impl App {
    /// The user to whom a token with the scope CALENDAR belongs, as whom the calendar is read.
    pub async fn calendar_reader(&self, secret: &Secret) -> Result<Caller, Error> {
        let (viewer, _) = Caller::new(self, Identity::Token(secret.clone())).admit().await?;
        // An address that holds a secret which may do more is not to be kept by a calendar.
        if *viewer.scopes != [Scope::Calendar] {
            return Err(Error::Unauthenticated);
        }
        Ok(Caller::new(self, Identity::User(viewer.user_id)))
    }
}

impl Caller {
    /// What stands in the caller's calendar.
    pub async fn calendar(&self) -> Result<Vec<Entry>, Error> {
        let viewer = self.reader().await?;
        let since = self.now() - TimeDelta::days(PAST_DAYS);
        let reviews = storage::review::attended(&self.db, viewer.user_id, since, LIMIT).await?;
        let mut entries: Vec<Entry> = reviews
            .into_iter()
            .map(|review| Entry::Review {
                id: review.id,
                title: review.title,
                starts_at: review.starts_at,
                minutes: review.minutes,
                version: review.version,
            })
            .collect();
        let tasks =
            storage::task::list(&self.db, &viewer, Some(viewer.user_id), Some(true), TASKS_LIMIT).await?;
        entries.extend(self.due(tasks).await?);
        let ahead = self.today().checked_add_days(Days::new(AHEAD_DAYS));
        let to_look_at_again = ahead.map(|day| (day, self.now()));
        for (statuses, revisit_due_by) in [
            (vec![DealStatus::Active], None),
            (vec![DealStatus::Passed, DealStatus::OnHold], to_look_at_again),
        ] {
            let filter = Filter {
                owners: vec![viewer.user_id],
                statuses,
                revisit_due_by,
                ..Filter::default()
            };
            let page = Page::first(LIMIT.into());
            let deals = self.deals(&filter, Order::NextStepDue, false, &page).await?.rows;
            for deal in deals {
                entries.extend(days_of(&deal).into_iter().map(|(day, on)| Entry::Deal {
                    id: deal.id,
                    title: is_told(&deal).then(|| deal.terms.title.clone()),
                    day,
                    on,
                    version: deal.version,
                }));
            }
        }
        Ok(entries)
    }

    /// The tasks that have a day.
    async fn due(&self, tasks: Vec<Task>) -> Result<Vec<Entry>, Error> {
        let ids: Vec<DealId> = tasks.iter().filter_map(|task| task.deal_id).collect();
        let deals = self.deals_by_ids(&ids, None).await?;
        let is_secret = |id| !deals.iter().any(|deal| deal.id == id && is_told(deal));
        let dated = tasks.into_iter().filter_map(|task| {
            Some(Entry::Task {
                id: task.id,
                what: (!task.deal_id.is_some_and(is_secret)).then_some(task.what),
                deal: task.deal_id,
                due: task.due?,
                version: task.version,
            })
        });
        Ok(dated.collect())
    }
}
