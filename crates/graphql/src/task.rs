//! Tasks. One of a deal is there for those who may see the deal.

use std::collections::HashMap;

use app::task::NewTask;
use async_graphql::{
    Context, Error, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject, dataloader::Loader,
};
use domain::{
    DealId, DealTag, Instant, Problem, ReviewTag, StartupId, StartupTag, TaskId, TaskTag, UserTag, task,
};

use crate::{
    context::{Load, caller, gather_id, grouped, language, loader, path},
    deal::{Deal, DealKey},
    error::told,
    review::{self, Review},
    scalar::{Date, DateTime},
    startup::{self, Startup},
    user::{User, UserError, split, user, user_errors},
};

/// A task as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TaskKey(pub(crate) TaskId, pub(crate) Option<Instant>);
/// The tasks of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct StartupTasksKey(StartupId, Option<Instant>);
/// The tasks of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct DealTasksKey(DealId, Option<Instant>);

impl Loader<TaskKey> for Load {
    type Value = task::Task;
    type Error = Error;
    async fn load(&self, keys: &[TaskKey]) -> Result<HashMap<TaskKey, task::Task>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let rows = self.0.tasks_by_ids(&ids, at).await.map_err(told)?;
            found.extend(rows.into_iter().map(|row| (TaskKey(row.id, at), row)));
        }
        Ok(found)
    }
}
impl Loader<StartupTasksKey> for Load {
    type Value = Vec<task::Task>;
    type Error = Error;
    async fn load(&self, keys: &[StartupTasksKey]) -> Result<HashMap<StartupTasksKey, Vec<task::Task>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let mut rows = self.0.tasks_of_startups(&ids, at).await.map_err(told)?;
            found.extend(
                ids.into_iter()
                    .filter_map(|id| Some((StartupTasksKey(id, at), rows.remove(&id.uuid())?))),
            );
        }
        Ok(found)
    }
}
impl Loader<DealTasksKey> for Load {
    type Value = Vec<task::Task>;
    type Error = Error;
    async fn load(&self, keys: &[DealTasksKey]) -> Result<HashMap<DealTasksKey, Vec<task::Task>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let mut rows = self.0.tasks_of_deals(&ids, at).await.map_err(told)?;
            found.extend(
                ids.into_iter()
                    .filter_map(|id| Some((DealTasksKey(id, at), rows.remove(&id.uuid())?))),
            );
        }
        Ok(found)
    }
}

/// A task, as known at an instant.
#[derive(Clone)]
pub struct Task {
    pub(crate) row: task::Task,
    pub(crate) as_of: Option<Instant>,
}

/// Something to be done. One of a deal is there for those who may see the deal.
#[Object]
impl Task {
    /// The task's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// What is to be done.
    async fn what(&self) -> &str {
        &self.row.what
    }
    /// By whom; null: by whoever takes it.
    async fn who(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.who_id).await
    }
    /// Until when.
    async fn due(&self) -> Option<Date> {
        self.row.due.map(Date)
    }
    /// When it was done; null while it is open.
    async fn done_at(&self) -> Option<DateTime> {
        self.row.done_at.map(DateTime)
    }
    /// Who did it, or said so.
    async fn done_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.done_by).await
    }
    /// For which startup, if for one.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Option<Startup>> {
        match self.row.startup_id {
            Some(id) => startup::by_id(ctx, id, self.as_of).await,
            None => Ok(None),
        }
    }
    /// For which deal, if for one.
    async fn deal(&self, ctx: &Context<'_>) -> Result<Option<Deal>> {
        let Some(id) = self.row.deal_id else {
            return Ok(None);
        };
        let row = loader(ctx)?.load_one(DealKey(id, self.as_of)).await?;
        Ok(row.map(|row| Deal::new(row, self.as_of)))
    }
    /// The meeting that gave it, if one did.
    async fn review(&self, ctx: &Context<'_>) -> Result<Option<Review>> {
        match self.row.review_id {
            Some(id) => review::by_id(ctx, id).await,
            None => Ok(None),
        }
    }
    /// Whether it is a condition of a decision.
    async fn is_condition(&self) -> bool {
        self.row.decision_id.is_some()
    }
    /// Who recorded it; null for the program itself.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.recorded_by).await
    }
    /// When it was recorded.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
    /// Rises by one with every change; send it back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

pub(crate) fn shown(rows: Option<Vec<task::Task>>, as_of: Option<Instant>) -> Vec<Task> {
    let rows = rows.unwrap_or_default().into_iter();
    rows.map(|row| Task { row, as_of }).collect()
}

/// The tasks of a startup and its deals, open ones first.
pub(crate) async fn of_startup(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<Task>> {
    Ok(shown(
        loader(ctx)?.load_one(StartupTasksKey(id, as_of)).await?,
        as_of,
    ))
}

/// The tasks of a deal, open ones first.
pub(crate) async fn of_deal(ctx: &Context<'_>, id: DealId, as_of: Option<Instant>) -> Result<Vec<Task>> {
    Ok(shown(
        loader(ctx)?.load_one(DealTasksKey(id, as_of)).await?,
        as_of,
    ))
}

/// Queries about tasks.
#[derive(Default)]
pub struct TaskQuery;

#[Object]
impl TaskQuery {
    /// Tasks that the caller may see, what is due first leading and what has no day last; at most 500. `mine`: the
    /// caller's own alone. `open`: what is still to be done; false: what is done; null: both.
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        mine: Option<bool>,
        #[graphql(default_with = "Some(true)")] open: Option<bool>,
    ) -> Result<Vec<Task>> {
        let rows = caller(ctx)?
            .tasks(mine.unwrap_or(false), open)
            .await
            .map_err(told)?;
        Ok(shown(Some(rows), None))
    }
}

/// What is to be done.
#[derive(InputObject)]
pub struct CreateTaskInput {
    /// What is to be done.
    what: String,
    /// By whom; one who sees the deal, if it is for one.
    who: Option<ID>,
    /// Until when.
    due: Option<Date>,
    /// For which startup; that of the deal, if one is named.
    startup: Option<ID>,
    /// For which deal: then it is there for those who may see the deal.
    deal: Option<ID>,
    /// The meeting that gives it: it comes back on the agenda until it is done.
    review: Option<ID>,
}

impl CreateTaskInput {
    fn read(self) -> std::result::Result<NewTask, Vec<Problem>> {
        let mut problems = Vec::new();
        let who = self
            .who
            .and_then(|id| gather_id::<UserTag>(&id, "who", &mut problems));
        let startup = self
            .startup
            .and_then(|id| gather_id::<StartupTag>(&id, "startup", &mut problems));
        let deal = self
            .deal
            .and_then(|id| gather_id::<DealTag>(&id, "deal", &mut problems));
        let review = self
            .review
            .and_then(|id| gather_id::<ReviewTag>(&id, "review", &mut problems));
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(NewTask {
            what: self.what,
            who,
            due: self.due.map(|day| day.0),
            startup,
            deal,
            review,
        })
    }
}

/// A change of a task. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateTaskInput {
    /// The task.
    id: ID,
    /// The version that was read.
    version: i32,
    /// What is to be done.
    what: MaybeUndefined<String>,
    /// By whom.
    who: MaybeUndefined<ID>,
    /// Until when.
    due: MaybeUndefined<Date>,
    /// Whether it is done: true sets doneAt to now where it was open, false clears it.
    done: Option<bool>,
}

impl UpdateTaskInput {
    fn read(self) -> std::result::Result<(TaskId, i32, task::TaskEdit), Vec<Problem>> {
        let mut problems = Vec::new();
        let id = gather_id::<TaskTag>(&self.id, "id", &mut problems);
        let who_id = match self.who {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(gather_id::<UserTag>(&id, "who", &mut problems)),
        };
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        let due: Option<Option<Date>> = self.due.into();
        let edit = task::TaskEdit {
            // Cleared, it is missing: the rule says so.
            what: Option::from(self.what).map(Option::unwrap_or_default),
            who_id,
            due: due.map(|day| day.map(|day| day.0)),
            done: self.done,
        };
        Ok((id, self.version, edit))
    }
}

/// What became of a mutation of a task.
#[derive(SimpleObject)]
pub struct TaskPayload {
    /// The task.
    task: Option<Task>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<TaskId>) -> Result<TaskPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?.tasks_by_ids(&[id], None).await.map_err(told)?.pop(),
        None => None,
    };
    Ok(TaskPayload {
        task: row.map(|row| Task { row, as_of: None }),
        user_errors,
    })
}

fn refused(ctx: &Context<'_>, problems: Vec<Problem>) -> TaskPayload {
    TaskPayload {
        task: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// Mutations of tasks.
#[derive(Default)]
pub struct TaskMutation;

#[Object]
impl TaskMutation {
    /// Records what is to be done.
    async fn create_task(&self, ctx: &Context<'_>, input: CreateTaskInput) -> Result<TaskPayload> {
        match input.read() {
            Ok(new) => {
                let done = caller(ctx)?.create_task(new, &path(ctx)).await.map_err(told)?;
                payload(ctx, done).await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
    /// Changes a task that is still at the version read, or says that it is done. Where it belongs stays.
    async fn update_task(&self, ctx: &Context<'_>, input: UpdateTaskInput) -> Result<TaskPayload> {
        match input.read() {
            Ok((id, version, edit)) => {
                let done = caller(ctx)?
                    .update_task(id, version, edit, &path(ctx))
                    .await
                    .map_err(told)?;
                payload(ctx, done).await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
}
