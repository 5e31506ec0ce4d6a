//! Tasks. One that belongs to a deal is there for those who may see the deal, and for nobody else.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    DealId, Instant, ReviewDecisionId, ReviewId, StartupId, TaskId, UserId, Viewer, task::Task, typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, access::push_visible_with_deal, sql::Sql};

const COLUMNS: &str = "x.id, x.what, x.who, x.due, x.done_at, x.done_by, x.startup_id, x.deal_id, x.review_id, x.decision_id, x.recorded_by, x.created_at, x.version, x.hidden_at";

/// By what is due first; what has no day comes last. Served by `task_open`, `task_due` and `task_who`.
const ORDER: &str = "coalesce(x.due, date '9999-12-31'), x.id";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    what: String,
    who: Option<Uuid>,
    due: Option<NaiveDate>,
    done_at: Option<Instant>,
    done_by: Option<Uuid>,
    startup_id: Option<Uuid>,
    deal_id: Option<Uuid>,
    review_id: Option<Uuid>,
    decision_id: Option<Uuid>,
    recorded_by: Option<Uuid>,
    created_at: Instant,
    version: i32,
    hidden_at: Option<Instant>,
}

impl Row {
    fn read(self) -> Task {
        let Self {
            id,
            what,
            who,
            due,
            done_at,
            done_by,
            startup_id,
            deal_id,
            review_id,
            decision_id,
            recorded_by,
            created_at,
            version,
            hidden_at: _,
        } = self;
        Task {
            id: typed(id),
            what,
            who_id: who.map(typed),
            due,
            done_at,
            done_by: done_by.map(typed),
            startup_id: startup_id.map(typed),
            deal_id: deal_id.map(typed),
            review_id: review_id.map(typed),
            decision_id: decision_id.map(typed),
            recorded_by: recorded_by.map(typed),
            created_at,
            version,
        }
    }
}

/// Appends what tasks are selected from, under the alias `x`, with the condition under which the viewer may see them and
/// the hidden ones left out, so that further conditions follow with `and`. As known at an instant if one is given: the
/// fields as they stood, the rights as they stand.
fn push_source(sql: &mut Sql, viewer: &Viewer, as_of: Option<Instant>) {
    match as_of {
        None => sql.push("task x"),
        Some(at) => sql
            .push(
                "(select v.task_id as id, v.what, v.who, v.due, v.done_at, v.done_by, v.startup_id, v.deal_id, c.review_id, c.decision_id, c.recorded_by, \
                 c.created_at, v.version, v.hidden_at from task_version v join task c on c.id = v.task_id where v.known_from <= ",
            )
            .bind(at, "")
            .push(" and (v.known_until is null or v.known_until > ")
            .bind(at, "")
            .push(")) x"),
    };
    sql.push(" left join deal d on d.id = x.deal_id where x.hidden_at is null and ");
    push_visible_with_deal(sql, viewer, as_of);
}

fn selected(viewer: &Viewer, as_of: Option<Instant>) -> Sql {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql
}

/// The tasks with these ids that the viewer may see, hidden ones left out; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[TaskId],
    as_of: Option<Instant>,
) -> Result<Vec<Task>, Error> {
    let mut sql = selected(viewer, as_of);
    sql.push(" and ").one_of("x.id", ids);
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(Row::read).collect())
}

/// The first tasks that the viewer may see: whose, if somebody's alone; open or done alone.
pub async fn list(
    db: &impl Reader,
    viewer: &Viewer,
    who: Option<UserId>,
    open: Option<bool>,
    limit: u32,
) -> Result<Vec<Task>, Error> {
    let mut sql = selected(viewer, None);
    if let Some(user) = who {
        sql.push(" and x.who = ").bind(user.uuid(), "");
    }
    match open {
        Some(true) => sql.push(" and x.done_at is null"),
        Some(false) => sql.push(" and x.done_at is not null"),
        None => &mut sql,
    };
    sql.push(&format!(" order by {ORDER} limit {limit}"));
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(Row::read).collect())
}

/// The first tasks of each of these startups, those of their deals too: open ones before done ones.
pub async fn of_startups(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[StartupId],
    as_of: Option<Instant>,
    limit: u32,
) -> Result<HashMap<Uuid, Vec<Task>>, Error> {
    let mut owners = Sql::default();
    owners.owners(ids);
    of(db, viewer, owners, "startup_id", as_of, limit).await
}

/// The first tasks of each of these deals: open ones before done ones.
pub async fn of_deals(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DealId],
    as_of: Option<Instant>,
    limit: u32,
) -> Result<HashMap<Uuid, Vec<Task>>, Error> {
    let mut owners = Sql::default();
    owners.owners(ids);
    of(db, viewer, owners, "deal_id", as_of, limit).await
}

/// The conditions of a decision that are not hidden, locked. Only for the decision's own write: it locked their deal.
pub async fn of_decision(db: &impl Reader, id: ReviewDecisionId) -> Result<Vec<Task>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from task x where x.hidden_at is null and x.decision_id = ")
        .bind(id.uuid(), "")
        .push(" order by x.id for no key update");
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(Row::read).collect())
}

/// The tasks that these meetings gave, open ones before done ones.
pub async fn of_reviews(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[ReviewId],
) -> Result<HashMap<ReviewId, Vec<Task>>, Error> {
    let mut sql = selected(viewer, None);
    sql.push(" and ")
        .one_of("x.review_id", ids)
        .push(&format!(" order by x.done_at is not null, {ORDER}"));
    let mut found: HashMap<ReviewId, Vec<Task>> = HashMap::new();
    for row in sql.all::<Row>(db).await? {
        let task = row.read();
        if let Some(review) = task.review_id {
            found.entry(review).or_default().push(task);
        }
    }
    Ok(found)
}

async fn of(
    db: &impl Reader,
    viewer: &Viewer,
    owners: Sql,
    column: &str,
    as_of: Option<Instant>,
    limit: u32,
) -> Result<HashMap<Uuid, Vec<Task>>, Error> {
    let mut sql = Sql::new("select owner.id as owner, x.* from ");
    sql.append(owners)
        .push(" cross join lateral (")
        .append(selected(viewer, as_of));
    sql.push(&format!(
        " and x.{column} = owner.id order by x.done_at is not null, {ORDER} limit {limit}) x"
    ));
    let mut found: HashMap<Uuid, Vec<Task>> = HashMap::new();
    for row in db.query_all_raw(sql.statement()).await? {
        let task = Row::from_query_result(&row, "")?.read();
        found.entry(row.try_get("", "owner")?).or_default().push(task);
    }
    Ok(found)
}

/// Adds a task.
pub async fn insert(db: &impl Reader, task: &Task) -> Result<(), Error> {
    let Task {
        id,
        what,
        who_id,
        due,
        done_at,
        done_by,
        startup_id,
        deal_id,
        review_id,
        decision_id,
        recorded_by,
        created_at,
        version,
    } = task.clone();
    let startup_id = startup_id.map(|startup| startup.uuid());
    let mut sql = Sql::new(
        "insert into task (id, what, who, due, done_at, done_by, startup_id, origin_startup_id, deal_id, review_id, decision_id, recorded_by, \
         created_at, recorded_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(what, "")
        .push(", ")
        .bind(who_id.map(|user| user.uuid()), "::uuid")
        .push(", ")
        .bind(due, "::date")
        .push(", ")
        .bind(done_at, "::timestamptz")
        .push(", ")
        .bind(done_by.map(|user| user.uuid()), "::uuid")
        .push(", ")
        .bind(startup_id, "::uuid")
        .push(", ")
        .bind(startup_id, "::uuid")
        .push(", ")
        .bind(deal_id.map(|deal| deal.uuid()), "::uuid")
        .push(", ")
        .bind(review_id.map(|review| review.uuid()), "::uuid")
        .push(", ")
        .bind(decision_id.map(|decision| decision.uuid()), "::uuid")
        .push(", ")
        .bind(recorded_by.map(|user| user.uuid()), "::uuid")
        .push(", ")
        .bind(created_at, "")
        .push(", ")
        .bind(created_at, "")
        .push(", ")
        .bind(version, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Replaces what people say of a task where it is still at `version_before`. False: somebody was faster. Where it
/// belongs, and who recorded it when, stays.
pub async fn update(db: &impl Reader, task: &Task, version_before: i32, now: Instant) -> Result<bool, Error> {
    let Task {
        id,
        what,
        who_id,
        due,
        done_at,
        done_by,
        startup_id: _,
        deal_id: _,
        review_id: _,
        decision_id: _,
        recorded_by: _,
        created_at: _,
        version,
    } = task.clone();
    let mut sql = Sql::new("update task set what = ");
    sql.bind(what, "")
        .push(", who = ")
        .bind(who_id.map(|user| user.uuid()), "::uuid")
        .push(", due = ")
        .bind(due, "::date")
        .push(", done_at = ")
        .bind(done_at, "::timestamptz")
        .push(", done_by = ")
        .bind(done_by.map(|user| user.uuid()), "::uuid")
        .push(", version = ")
        .bind(version, "")
        .push(", recorded_at = greatest(")
        .bind(now, "")
        .push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "")
        .push(" and version = ")
        .bind(version_before, "");
    Ok(sql.run(db).await? == 1)
}

/// Hides a task that is taken back, or shows it again. Its row is locked.
pub async fn set_hidden(db: &impl Reader, id: TaskId, hidden: bool, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("update task set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "")
        .push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}

/// A task that the viewer may see, whose row stays locked until the transaction ends; hidden ones too, each with
/// whether it is.
pub async fn lock(db: &impl Reader, viewer: &Viewer, id: TaskId) -> Result<Option<(Task, bool)>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from task x left join deal d on d.id = x.deal_id where x.id = ")
        .bind(id.uuid(), "")
        .push(" and ");
    push_visible_with_deal(&mut sql, viewer, None);
    sql.push(" for no key update of x");
    Ok(sql.one::<Row>(db).await?.map(|row| {
        let is_hidden = row.hidden_at.is_some();
        (row.read(), is_hidden)
    }))
}
