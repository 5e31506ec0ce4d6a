//! Tasks: recorded, changed against a version, done, taken back. One of a deal is there for those who may see the deal,
//! and for nobody else.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    DealId, Instant, Message, Problem, ProblemCode, ReviewId, Role, StartupId, TaskId, TaskTag,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    deal::Visibility,
    task::{Task, TaskEdit},
    typed,
};
use futures::FutureExt;
use serde_json::{Value, json};
use storage::activity::Activity;
use uuid::Uuid;

use crate::{
    Caller, Error, Outcome,
    activity::{WayBack, lock_owners, patch},
    document, review,
    write::{Stop, Write},
};

/// Tasks that are told at once: those that are due first.
pub const TASKS_LIMIT: u32 = 500;

/// What is needed to record a task.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// What is to be done.
    pub what: String,
    /// By whom.
    pub who: Option<domain::UserId>,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// For which startup; that of the deal, if one is named.
    pub startup: Option<StartupId>,
    /// For which deal.
    pub deal: Option<DealId>,
    /// In which meeting it was given.
    pub review: Option<ReviewId>,
}

impl Caller {
    /// The tasks with these ids, as far as the caller may see them.
    pub async fn tasks_by_ids(&self, ids: &[TaskId], as_of: Option<Instant>) -> Result<Vec<Task>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::task::by_ids(&self.db, &viewer, ids, as_of).await?)
    }
    /// The first tasks by when they are due: the caller's own alone, open or done alone.
    pub async fn tasks(&self, mine: bool, open: Option<bool>) -> Result<Vec<Task>, Error> {
        let viewer = self.reader().await?;
        let who = mine.then_some(viewer.user_id);
        Ok(storage::task::list(&self.db, &viewer, who, open, TASKS_LIMIT).await?)
    }
    /// The first tasks of each of these startups, by its bare id: open ones before done ones.
    pub async fn tasks_of_startups(
        &self,
        ids: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<Uuid, Vec<Task>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::task::of_startups(&self.db, &viewer, ids, as_of, TASKS_LIMIT).await?)
    }
    /// The tasks that these meetings gave, open ones before done ones.
    pub async fn tasks_of_reviews(&self, ids: &[ReviewId]) -> Result<HashMap<ReviewId, Vec<Task>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::task::of_reviews(&self.db, &viewer, ids).await?)
    }
    /// The first tasks of each of these deals, by its bare id: open ones before done ones.
    pub async fn tasks_of_deals(
        &self,
        ids: &[DealId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<Uuid, Vec<Task>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::task::of_deals(&self.db, &viewer, ids, as_of, TASKS_LIMIT).await?)
    }

    /// Records a task.
    pub async fn create_task(&self, new: NewTask, path: &str) -> Result<Outcome<TaskId>, Error> {
        self.write("createTask", path, Demand::ANALYST_WRITE, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes a task that is still at `version`.
    pub async fn update_task(
        &self,
        id: TaskId,
        version: i32,
        edit: TaskEdit,
        path: &str,
    ) -> Result<Outcome<TaskId>, Error> {
        self.write("updateTask", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
}

pub(crate) async fn create(w: &mut Write, new: NewTask) -> Result<TaskId, Stop> {
    let NewTask {
        what,
        who,
        due,
        startup,
        deal,
        review,
    } = new;
    if let Some(review) = review {
        review::locked(w, "review", review).await?;
    }
    let task = Task {
        id: w.new_id::<TaskTag>(),
        what,
        who_id: who,
        due,
        done_at: None,
        done_by: None,
        startup_id: document::place(w, startup, deal).await?,
        deal_id: deal,
        review_id: review,
        decision_id: None,
        recorded_by: w.by,
        created_at: w.now,
        version: 1,
    };
    let task = task.prepared()?;
    can_do(w, &task).await?;
    add(w, &task).await?;
    Ok(task.id)
}

/// Adds a task that nothing is wrong with, with its activity row.
pub(crate) async fn add(w: &mut Write, task: &Task) -> Result<(), Stop> {
    storage::task::insert(&w.tx, task).await?;
    let mut after = whole(task);
    if let Some(fields) = after.as_object_mut() {
        // What the row and its operation say already.
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "recordedBy" | "createdAt" | "version"));
    }
    record(w, task, None, after);
    Ok(())
}

/// Whoever is to do a task is one of us, and sees the deal that it is for.
async fn can_do(w: &Write, task: &Task) -> Result<(), Stop> {
    const FIELD: &str = "who";
    let Some(who) = task.who_id else { return Ok(()) };
    let known = storage::access::users_by_ids(&w.tx, &[who]).await?;
    let user = known.into_iter().find(|user| user.is_active);
    let user = user.ok_or_else(|| Problem::not_found(FIELD, who))?;
    let Some(deal) = task.deal_id else { return Ok(()) };
    let deals = storage::deal::by_ids(&w.tx, &w.viewer, &[deal], None).await?;
    let sees = deals.iter().all(|deal| {
        deal.terms.visibility == Visibility::Team || user.role == Role::Admin || deal.members().contains(&who)
    });
    if sees {
        return Ok(());
    }
    Err(Problem::not_allowed(FIELD, Message::NotInTeam { name: user.name }).into())
}

async fn update(w: &mut Write, id: TaskId, version: i32, edit: TaskEdit) -> Result<TaskId, Stop> {
    let found = storage::task::lock(&w.tx, &w.viewer, id).await?;
    let (old, _) = found
        .filter(|(_, is_hidden)| !is_hidden)
        .ok_or_else(|| Problem::not_found("id", id))?;
    if version != old.version {
        let message = Message::StaleVersion {
            sent: version,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let new = old.clone().edited(edit, w.by, w.now).prepared()?;
    replace(w, &old, new).await?;
    Ok(id)
}

/// Stores a locked task anew, with its activity row; nothing where nothing differs.
async fn replace(w: &mut Write, old: &Task, mut new: Task) -> Result<(), Stop> {
    let Some((before, after)) = diff(old, &new) else {
        return Ok(());
    };
    if new.who_id != old.who_id {
        can_do(w, &new).await?;
    }
    new.version += 1;
    if !storage::task::update(&w.tx, &new, old.version, w.now).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    record(w, &new, Some(before), after);
    Ok(())
}

/// Takes back what was recorded, if that was not done yet.
pub(crate) async fn hide(w: &mut Write, task: &Task) -> Result<(), Stop> {
    storage::task::set_hidden(&w.tx, task.id, true, w.now).await?;
    record(
        w,
        task,
        Some(json!({ "hidden": false })),
        json!({ "hidden": true }),
    );
    Ok(())
}

fn record(w: &mut Write, task: &Task, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: SubjectType::Task,
        subject_id: task.id.uuid(),
        startup_id: task.startup_id,
        deal_id: task.deal_id,
        before,
        after: Some(after),
    });
}

/// Takes back a row about a task: what was recorded is hidden, changed fields are put back where nobody changed them
/// since (done is open again), what was hidden is shown again.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: TaskId = typed(row.change.subject_id);
    lock_owners(w, row).await?;
    let (old, is_hidden) = storage::task::lock(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(|| Problem::not_found("activity", row.id))?;
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    match WayBack::of(row, is_hidden, &changed)? {
        WayBack::Hidden(hidden) => {
            storage::task::set_hidden(&w.tx, id, hidden, w.now).await?;
            let before = json!({ "hidden": !hidden });
            record(w, &old, Some(before), json!({ "hidden": hidden }));
            Ok(Vec::new())
        }
        WayBack::Fields(before) => {
            let (patched, kept) = patch(&old, before, &changed)?;
            replace(w, &old, patched.prepared()?).await?;
            Ok(kept)
        }
    }
}
