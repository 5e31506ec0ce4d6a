//! The record of changes: an operation with its activity rows, and the order in which operations were committed.

use std::collections::HashMap;

use domain::{
    ActivityId, DealId, ImportId, Instant, OperationId, ReviewId, StartupId, UserId, Viewer,
    activity::{Change, SubjectType},
    typed,
};
use sea_orm::FromQueryResult;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Error, Reader, Transaction, access::push_visible, copy::CopyRows, deal::Period, page::Slice, sql::Sql,
};

/// One mutation that changed something.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    missing_docs,
    reason = "the fields are described in data.md and in the migration"
)]
pub struct Operation {
    pub id: OperationId,
    pub at: Instant,
    pub by: Option<UserId>,
    pub verb: &'static str,
    pub undoes: Option<OperationId>,
    pub request_id: Option<String>,
    pub import: Option<ImportId>,
    pub review: Option<ReviewId>,
}

/// How many changes are written as values of a statement; more are copied in.
const VALUES_LIMIT: usize = 20;

/// Appends an operation with what it changed.
pub async fn append(
    db: &impl Reader,
    operation: &Operation,
    changes: &[(ActivityId, Change)],
) -> Result<(), Error> {
    let Operation {
        id,
        at,
        by,
        verb,
        undoes,
        request_id,
        import,
        review,
    } = operation.clone();
    let mut sql = Sql::new(
        "with o as (insert into operation (id, at, by, verb, undoes, request_id, import_id, review_id) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(at, "")
        .push(", ")
        .bind(by.map(|u| u.uuid()), "::uuid")
        .push(", ")
        .bind(verb, "")
        .push(", ");
    sql.bind(undoes.map(|o| o.uuid()), "::uuid")
        .push(", ")
        .bind(request_id, "::text")
        .push(", ")
        .bind(import.map(|i| i.uuid()), "::uuid")
        .push(", ")
        .bind(review.map(|r| r.uuid()), "::uuid")
        .push(") returning id) ");
    sql.push("insert into activity (operation_id, n, id, subject_type, subject_id, startup_id, deal_id, before, after) select o.id, x.* from o, (values ");
    for (n, (activity_id, change)) in changes.iter().enumerate() {
        let Change {
            subject_type,
            subject_id,
            startup_id,
            deal_id,
            before,
            after,
        } = change.clone();
        sql.push(if n == 0 { "(" } else { ", (" })
            .push(&format!("{n}::smallint, "));
        sql.bind(activity_id.uuid(), "::uuid")
            .push(", ")
            .bind(subject_type.code(), "::text")
            .push(", ")
            .bind(subject_id, "::uuid")
            .push(", ");
        sql.bind(startup_id.map(|s| s.uuid()), "::uuid")
            .push(", ")
            .bind(deal_id.map(|d| d.uuid()), "::uuid")
            .push(", ");
        sql.bind(before, "::jsonb")
            .push(", ")
            .bind(after, "::jsonb")
            .push(")");
    }
    sql.push(") x");
    sql.run(db).await?;
    Ok(())
}

/// The verb of an operation that made stored figures anew and changed nothing that people wrote: it has a place in the
/// order of changes, so that whoever remembers figures forgets them, and no activity rows.
pub const FIGURES_MADE: &str = "refreshAssessments";

/// Appends an operation of the verb [`FIGURES_MADE`].
pub async fn append_figures_made(db: &impl Reader, id: OperationId, at: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("insert into operation (id, at, verb) values (");
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(at, "")
        .push(", ")
        .bind(FIGURES_MADE, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// The newest place in the order of the operations of these verbs; 0 where there is none. From the end of the index
/// `operation_order_verb`, once a verb: with `verb = any(…)` a kept plan reads the whole table.
pub async fn newest_of(db: &impl Reader, verbs: &[&str]) -> Result<i64, Error> {
    let mut sql = Sql::new("select coalesce(max(x.seq), 0) as n from unnest(");
    sql.bind(verbs.iter().map(|verb| (*verb).to_owned()).collect::<Vec<String>>(), "::text[]")
        .push(
            ") v(verb) cross join lateral (select q.seq from operation_order q where q.verb = v.verb order by q.seq desc limit 1) x",
        );
    sql.count(db).await
}

/// How many operations are looked through for [`is_of_deals_opened_in`]; behind more, something of all kinds happened.
const LOOKED_THROUGH: u32 = 200;

/// Whether an operation of these verbs later than a place in the order changed a deal opened in a period, or so many
/// came that nobody looks. Served by `operation_order_verb`, verb by verb.
pub async fn is_of_deals_opened_in(
    db: &impl Reader,
    verbs: &[&str],
    since: i64,
    period: Period,
) -> Result<bool, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        is_touched: bool,
    }
    let mut sql = Sql::new("with o as materialized (select x.operation_id from unnest(");
    sql.bind(verbs.iter().map(|verb| (*verb).to_owned()).collect::<Vec<String>>(), "::text[]")
        .push(") v(verb) cross join lateral (select q.operation_id from operation_order q where q.verb = v.verb and q.seq > ")
        .bind(since, "")
        .push(&format!(" order by q.seq limit {LOOKED_THROUGH}) x) "))
        .push(&format!("select (select count(*) from o) >= {LOOKED_THROUGH} or exists (select from o \
             cross join lateral (select a.subject_id from activity a where a.operation_id = o.operation_id and a.subject_type = 'deal' offset 0) a \
             join deal d on d.id = a.subject_id where d.opened_at >= "))
        .bind(period.from, "")
        .push(" and d.opened_at <= ")
        .bind(period.to, "")
        .push(") as is_touched");
    let found = sql.one::<Row>(db).await?;
    Ok(found.is_none_or(|row| row.is_touched))
}

/// As [`append`], of any number of changes: they are copied in.
pub async fn append_many(
    tx: &Transaction,
    operation: &Operation,
    changes: &[(ActivityId, Change)],
) -> Result<(), Error> {
    let few = changes.len().min(VALUES_LIMIT);
    append(tx, operation, &changes[..few]).await?;
    let mut copy = CopyRows::default();
    for (n, (id, change)) in changes.iter().enumerate().skip(few) {
        let Change {
            subject_type,
            subject_id,
            startup_id,
            deal_id,
            before,
            after,
        } = change;
        copy.plain(operation.id.uuid())
            .plain(n)
            .plain(id.uuid())
            .plain(subject_type)
            .plain(subject_id)
            .optional_plain(startup_id.map(|s| s.uuid()))
            .optional_plain(deal_id.map(|d| d.uuid()))
            .optional(before.as_ref().map(Value::to_string).as_deref())
            .optional(after.as_ref().map(Value::to_string).as_deref())
            .end();
    }
    if !copy.is_empty() {
        tx.copy(
            "activity (operation_id, n, id, subject_type, subject_id, startup_id, deal_id, before, after)",
            copy,
        )
        .await?;
    }
    Ok(())
}

/// An activity row with its operation and its place in the order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Activity {
    pub seq: i64,
    pub n: i16,
    pub id: ActivityId,
    pub operation_id: OperationId,
    pub at: Instant,
    pub by: Option<UserId>,
    pub verb: String,
    pub import: Option<ImportId>,
    pub review: Option<ReviewId>,
    pub change: Change,
}

#[derive(FromQueryResult)]
struct Row {
    seq: i64,
    n: i16,
    id: Uuid,
    operation_id: Uuid,
    at: Instant,
    by: Option<Uuid>,
    verb: String,
    import_id: Option<Uuid>,
    review_id: Option<Uuid>,
    subject_type: String,
    subject_id: Uuid,
    startup_id: Option<Uuid>,
    deal_id: Option<Uuid>,
    before: Option<Value>,
    after: Option<Value>,
}

impl Row {
    fn read(self) -> Result<Activity, Error> {
        let Self {
            seq,
            n,
            id,
            operation_id,
            at,
            by,
            verb,
            import_id,
            review_id,
            subject_type,
            subject_id,
            startup_id,
            deal_id,
            before,
            after,
        } = self;
        let mut change = Change {
            subject_type: Error::row("activity", id, subject_type.parse())?,
            subject_id,
            startup_id: startup_id.map(typed::<domain::StartupTag>),
            deal_id: deal_id.map(typed::<domain::DealTag>),
            before,
            after,
        };
        leave_documents_out(&mut change);
        Ok(Activity {
            seq,
            n,
            id: typed(id),
            operation_id: typed(operation_id),
            at,
            by: by.map(typed),
            verb,
            import: import_id.map(typed),
            review: review_id.map(typed),
            change,
        })
    }
}

/// A row that is not of a deal is read by all, but what it rests on may be documents of a deal that its reader may not
/// see. Which documents those are is told by the record, to each reader those that are there for him. Left out on
/// reading, not on writing: the database keeps what was done whole, and rows never change.
fn leave_documents_out(change: &mut Change) {
    if change.deal_id.is_some() {
        return;
    }
    for fields in [&mut change.before, &mut change.after].into_iter().flatten() {
        if let Value::Object(fields) = fields {
            fields.remove("documentIds");
        }
    }
}

const ROWS: &str = "select q.seq, a.n, a.id, a.operation_id, o.at, o.by, o.verb, o.import_id, o.review_id, a.subject_type, a.subject_id, a.startup_id, a.deal_id, a.before, a.after \
    from activity a join operation o on o.id = a.operation_id join operation_order q on q.operation_id = o.id";

/// What the viewer may see: rows of deals as the deals themselves, rows of users and tokens as their owner or an
/// administrator.
fn push_seen(sql: &mut Sql, viewer: &Viewer) {
    if viewer.is_admin() {
        sql.push("true");
        return;
    }
    sql.push("(a.subject_type not in ('user', 'token', 'workspace') or a.subject_id = ")
        .bind(viewer.user_id.uuid(), "");
    sql.push(") and (a.deal_id is null or exists (select from deal d where d.id = a.deal_id and ");
    push_visible(sql, viewer, "d");
    sql.push("))");
}

/// Whose activity to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// Of everything.
    Everything,
    /// Of this record itself.
    Subject(Uuid),
    /// Of a startup and all that belongs to it.
    Startup(StartupId),
    /// Of a deal and all that belongs to it.
    Deal(DealId),
    /// Of a meeting: all that was done in it.
    Review(ReviewId),
}

impl About {
    /// Whether a row is about it: the same rule as [`push_about`], for rows that are read already.
    pub fn covers(self, row: &Activity) -> bool {
        let change = &row.change;
        match self {
            Self::Everything => true,
            Self::Review(id) => row.review == Some(id),
            Self::Subject(id) => change.subject_id == id,
            Self::Startup(id) => change.startup_id == Some(id),
            Self::Deal(id) => change.deal_id == Some(id),
        }
    }
}

/// Which rows are read: what they are about, and by what they are narrowed; what is empty narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What they are about.
    pub about: About,
    /// Made by one of these.
    pub by: Vec<UserId>,
    /// About records of one of these kinds.
    pub kinds: Vec<SubjectType>,
    /// Made by this import.
    pub import: Option<ImportId>,
    /// Made then or later.
    pub from: Option<Instant>,
    /// Made then or earlier.
    pub to: Option<Instant>,
}

impl From<About> for Asked {
    fn from(about: About) -> Self {
        Self {
            about,
            by: Vec::new(),
            kinds: Vec::new(),
            import: None,
            from: None,
            to: None,
        }
    }
}

impl Asked {
    /// Adds its conditions on the rows `a` and, where it narrows by them, their operations `o`.
    fn push(&self, sql: &mut Sql) {
        let Self {
            about,
            by,
            kinds,
            import,
            from,
            to,
        } = self;
        push_about(sql, *about);
        if !by.is_empty() {
            sql.push(" and o.by = any(").bind_ids(by).push(")");
        }
        if !kinds.is_empty() {
            let codes: Vec<String> = kinds.iter().map(|kind| kind.code().to_owned()).collect();
            sql.push(" and a.subject_type = any(")
                .bind(codes, "::text[]")
                .push(")");
        }
        if let Some(import) = import {
            sql.push(" and o.import_id = ").bind(import.uuid(), "");
        }
        for (than, at) in [(">=", from), ("<=", to)] {
            if let Some(at) = at {
                sql.push(&format!(" and o.at {than} ")).bind(*at, "");
            }
        }
    }

    /// Whether its conditions are on operations too.
    fn is_of_operations(&self) -> bool {
        !self.by.is_empty() || self.import.is_some() || self.from.is_some() || self.to.is_some()
    }
}

/// A place in the order of changes.
pub type Seq = (i64, i16);

/// A page of activity, newest first. `from`: behind this place in reading direction.
pub async fn list(
    db: &impl Reader,
    viewer: &Viewer,
    asked: &Asked,
    from: Option<Seq>,
    backward: bool,
    limit: u64,
) -> Result<Slice<Activity>, Error> {
    let mut sql = Sql::new(ROWS);
    sql.push(" where ");
    push_seen(&mut sql, viewer);
    asked.push(&mut sql);
    if let Some((seq, n)) = from {
        sql.push(if backward {
            " and (q.seq, a.n) > ("
        } else {
            " and (q.seq, a.n) < ("
        });
        sql.bind(seq, "").push(", ").bind(n, "").push(")");
    }
    sql.push(if backward {
        " order by q.seq, a.n limit "
    } else {
        " order by q.seq desc, a.n desc limit "
    })
    .bind((limit + 1) as i64, "");
    let mut rows = sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(Row::read)
        .collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(limit as usize);
    if backward {
        rows.reverse();
    }
    Ok(Slice { rows, more })
}

fn push_about(sql: &mut Sql, about: About) {
    match about {
        About::Review(id) => sql
            .push(" and a.operation_id in (select id from operation where review_id = ")
            .bind(id.uuid(), "")
            .push(")"),
        About::Everything => sql,
        About::Subject(id) => sql.push(" and a.subject_id = ").bind(id, ""),
        About::Startup(id) => sql.push(" and a.startup_id = ").bind(id.uuid(), ""),
        About::Deal(id) => sql.push(" and a.deal_id = ").bind(id.uuid(), ""),
    };
}

/// How many rows there are.
pub async fn count(db: &impl Reader, viewer: &Viewer, asked: &Asked) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n from activity a");
    if asked.is_of_operations() {
        sql.push(" join operation o on o.id = a.operation_id");
    }
    sql.push(" where ");
    push_seen(&mut sql, viewer);
    asked.push(&mut sql);
    sql.count(db).await
}

/// One row, if the viewer may see it.
pub async fn by_id(db: &impl Reader, viewer: &Viewer, id: ActivityId) -> Result<Option<Activity>, Error> {
    let mut sql = Sql::new(ROWS);
    sql.push(" where a.id = ").bind(id.uuid(), "").push(" and ");
    push_seen(&mut sql, viewer);
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// The rows of an operation that the viewer may see, in their order.
pub async fn of_operation(
    db: &impl Reader,
    viewer: &Viewer,
    id: OperationId,
) -> Result<Vec<Activity>, Error> {
    let mut sql = Sql::new(ROWS);
    sql.push(" where a.operation_id = ")
        .bind(id.uuid(), "")
        .push(" and ");
    push_seen(&mut sql, viewer);
    sql.push(" order by a.n");
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// The newest place in the order.
pub async fn newest_seq(db: &impl Reader) -> Result<i64, Error> {
    let row = Sql::new("select coalesce(max(seq), 0) as seq from operation_order")
        .row(db)
        .await?;
    Ok(row.map(|row| row.try_get("", "seq")).transpose()?.unwrap_or(0))
}

/// What was committed after a place, oldest first, for all subscribers: at most `operations` operations, whole; one on more
/// than 20 records is told as its first change.
pub async fn after(db: &impl Reader, seq: i64, operations: i64) -> Result<Vec<Activity>, Error> {
    let mut sql = Sql::new(ROWS);
    sql.push(" where q.seq in (select seq from operation_order where seq > ")
        .bind(seq, "")
        .push(" and verb <> ")
        .bind(FIGURES_MADE, "")
        .push(" order by seq limit ")
        .bind(operations, "");
    sql.push(") and (a.n = 0 or not exists (select from activity b where b.operation_id = a.operation_id and b.n = 20)) order by q.seq, a.n");
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// Of these deals, those that everybody may see: for telling what a batch of changes may show to whom. One that is not
/// known is not among them.
pub async fn of_team_among(db: &impl Reader, deals: &[DealId]) -> Result<Vec<DealId>, Error> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let mut sql = Sql::new("select id from deal where visibility = 'TEAM' and id = any(");
    sql.bind_ids(deals).push(")");
    Ok(sql
        .all::<Id>(db)
        .await?
        .into_iter()
        .map(|row| typed(row.id))
        .collect())
}

/// Which versions the records of these changes have by now; those that have none are left out.
pub async fn versions(db: &impl Reader, changes: &[Activity]) -> Result<HashMap<Uuid, i32>, Error> {
    #[derive(FromQueryResult)]
    struct Version {
        id: Uuid,
        version: i32,
    }
    // Those that a form of a page changes; a table of constants, and each by its primary key.
    const KEPT: [(SubjectType, &str); 5] = [
        (SubjectType::Startup, "startup"),
        (SubjectType::Deal, "deal"),
        (SubjectType::Stage, "stage"),
        (SubjectType::Task, "task"),
        (SubjectType::Interaction, "interaction"),
    ];
    let mut sql = Sql::default();
    for (kind, table) in KEPT {
        let mut ids: Vec<Uuid> = changes
            .iter()
            .filter(|row| row.change.subject_type == kind)
            .map(|row| row.change.subject_id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            continue;
        }
        if !sql.is_empty() {
            sql.push(" union all ");
        }
        sql.push("select id, version from ")
            .push(table)
            .push(" where id = any(")
            .bind(ids, "::uuid[]")
            .push(")");
    }
    if sql.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(sql
        .all::<Version>(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.version))
        .collect())
}

/// Whether a later row about the same record names one of these fields.
pub async fn fields_changed_since(db: &impl Reader, row: &Activity) -> Result<Vec<String>, Error> {
    #[derive(FromQueryResult)]
    struct Field {
        field: String,
    }
    let mut sql = Sql::new(
        "select distinct k as field from activity a join operation_order q on q.operation_id = a.operation_id, \
         jsonb_object_keys(case jsonb_typeof(a.after) when 'object' then a.after else '{}'::jsonb end) k where a.subject_id = ",
    );
    sql.bind(row.change.subject_id, "")
        .push(" and q.seq > ")
        .bind(row.seq, "");
    Ok(sql.all::<Field>(db).await?.into_iter().map(|f| f.field).collect())
}
