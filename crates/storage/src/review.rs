//! Review meetings: how kinds are held, the meetings, and what people did with their items.

mod agenda;
mod decision;
mod item;
mod packet;

pub use agenda::*;
pub use decision::*;
pub use item::*;
pub use packet::*;

use std::str::FromStr;

use domain::{
    Instant, ReviewId, UserId,
    review::{KindSettings, Review, ReviewKind, ReviewStatus, Rules},
    typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Error, Reader,
    page::{Page, Slice},
    search::{self, Indexed},
    sql::Sql,
};

#[derive(FromQueryResult)]
struct KindRow {
    kind: String,
    id: Uuid,
    rule: String,
    threshold: Option<i32>,
    quorum: String,
    is_blind: bool,
    vetoes: Vec<Uuid>,
    every_days: Option<i32>,
    minutes: i32,
    stage: Option<String>,
    attendees: Vec<Uuid>,
    version: i32,
}

fn users(ids: Vec<Uuid>) -> Vec<UserId> {
    ids.into_iter().map(typed).collect()
}

fn ids(users: &[UserId]) -> Vec<Uuid> {
    users.iter().map(UserId::uuid).collect()
}

fn word<T: FromStr>(table: &'static str, code: &str) -> Result<T, Error>
where
    T::Err: std::fmt::Display,
{
    Error::row(table, code, code.parse::<T>())
}

/// How each kind of meeting is held, with the id by which activity names it.
pub async fn kinds(db: &impl Reader) -> Result<Vec<(Uuid, KindSettings)>, Error> {
    let rows: Vec<KindRow> = Sql::new("select * from review_kind order by id").all(db).await?;
    rows.into_iter()
        .map(|row| {
            let KindRow {
                kind,
                id,
                rule,
                threshold,
                quorum,
                is_blind,
                vetoes,
                every_days,
                minutes,
                stage,
                attendees,
                version,
            } = row;
            let settings = KindSettings {
                kind: word("review_kind", &kind)?,
                rules: Rules {
                    rule: word("review_kind", &rule)?,
                    threshold,
                    quorum: word("review_kind", &quorum)?,
                    is_blind,
                    vetoes: users(vetoes),
                },
                every_days,
                minutes,
                stage,
                attendees: users(attendees),
                version,
            };
            Ok((id, settings))
        })
        .collect()
}

/// Changes how a kind is held. False where it is not at that version any more.
pub async fn update_kind(db: &impl Reader, new: &KindSettings, version: i32) -> Result<bool, Error> {
    let KindSettings {
        kind,
        rules,
        every_days,
        minutes,
        stage,
        attendees,
        version: next,
    } = new.clone();
    let mut sql = Sql::new("update review_kind set rule = ");
    sql.bind(rules.rule.code(), "")
        .push(", threshold = ")
        .bind(rules.threshold, "::integer");
    sql.push(", quorum = ")
        .bind(rules.quorum.code(), "")
        .push(", is_blind = ")
        .bind(rules.is_blind, "");
    sql.push(", vetoes = ")
        .bind(ids(&rules.vetoes), "::uuid[]")
        .push(", every_days = ")
        .bind(every_days, "::integer");
    sql.push(", minutes = ")
        .bind(minutes, "")
        .push(", stage = ")
        .bind(stage, "::text");
    sql.push(", attendees = ")
        .bind(ids(&attendees), "::uuid[]")
        .push(", version = ")
        .bind(next, "");
    sql.push(" where kind = ")
        .bind(kind.code(), "")
        .push(" and version = ")
        .bind(version, "");
    Ok(sql.run(db).await? == 1)
}

const COLUMNS: &str = "r.id, r.kind, r.title, r.starts_at, r.minutes, r.rule, r.threshold, r.quorum, r.is_blind, r.vetoes, r.presenter, \
    r.attendees, r.status, r.current_item, r.current_since, r.looks_back_to, r.started_at, r.closed_at, r.created_by, r.created_at, r.version";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    title: String,
    starts_at: Instant,
    minutes: i32,
    rule: String,
    threshold: Option<i32>,
    quorum: String,
    is_blind: bool,
    vetoes: Vec<Uuid>,
    presenter: Option<Uuid>,
    attendees: Vec<Uuid>,
    status: String,
    current_item: Option<Uuid>,
    current_since: Option<Instant>,
    looks_back_to: Option<Instant>,
    started_at: Option<Instant>,
    closed_at: Option<Instant>,
    created_by: Option<Uuid>,
    created_at: Instant,
    version: i32,
}

impl Row {
    fn read(self) -> Result<Review, Error> {
        let Self {
            id,
            kind,
            title,
            starts_at,
            minutes,
            rule,
            threshold,
            quorum,
            is_blind,
            vetoes,
            presenter,
            attendees,
            status,
            current_item,
            current_since,
            looks_back_to,
            started_at,
            closed_at,
            created_by,
            created_at,
            version,
        } = self;
        Ok(Review {
            id: typed(id),
            kind: word("review", &kind)?,
            title,
            starts_at,
            minutes,
            rules: Rules {
                rule: word("review", &rule)?,
                threshold,
                quorum: word("review", &quorum)?,
                is_blind,
                vetoes: users(vetoes),
            },
            presenter_id: presenter.map(typed),
            attendees: users(attendees),
            status: word("review", &status)?,
            current_item: current_item.map(typed),
            current_since,
            looks_back_to,
            started_at,
            closed_at,
            created_by: created_by.map(typed),
            created_at,
            version,
        })
    }
}

/// Which meetings are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "None asks for all")]
pub struct ReviewFilter {
    pub kind: Option<ReviewKind>,
    pub status: Option<ReviewStatus>,
}

fn push_filter(sql: &mut Sql, filter: ReviewFilter) {
    sql.push(" from review r where r.hidden_at is null");
    if let Some(kind) = filter.kind {
        sql.push(" and r.kind = ").bind(kind.code(), "");
    }
    if let Some(status) = filter.status {
        sql.push(" and r.status = ").bind(status.code(), "");
    }
}

/// The meetings with these ids; those that were called off are left out.
pub async fn by_ids(db: &impl Reader, ids: &[ReviewId]) -> Result<Vec<Review>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from review r where r.hidden_at is null and ");
    sql.one_of("r.id", ids);
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// The meetings that go on now, the first first, each with a user of these who attends it.
pub async fn live(db: &impl Reader, users: &[UserId]) -> Result<Vec<(UserId, Review)>, Error> {
    let mut sql = Sql::new("select owner.id as user_id, ");
    sql.push(COLUMNS).push(" from ").owners(users).push(
        " join review r on r.hidden_at is null and r.status = 'LIVE' and owner.id = any(r.attendees) \
         order by r.starts_at, r.id",
    );
    sql.each(db, |row| {
        let user: Uuid = row.try_get("", "user_id")?;
        Ok((typed(user), Row::from_query_result(row, "")?.read()?))
    })
    .await
}

/// The meetings that a user attends and that begin after an instant, the first first.
pub async fn attended(
    db: &impl Reader,
    user: UserId,
    after: Instant,
    limit: u32,
) -> Result<Vec<Review>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from review r where r.hidden_at is null and r.starts_at > ")
        .bind(after, "")
        .push(" and ")
        .bind(user.uuid(), "")
        .push(&format!(
            " = any(r.attendees) order by r.starts_at, r.id limit {limit}"
        ));
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// A page of meetings, the latest first.
pub async fn list(db: &impl Reader, filter: ReviewFilter, page: &Page) -> Result<Slice<Review>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS);
    push_filter(&mut sql, filter);
    page.append(&mut sql, "r.starts_at", "r.id", true);
    let rows: Vec<Row> = sql.all(db).await?;
    let read = rows.into_iter().map(Row::read);
    Ok(page.slice(read.collect::<Result<_, _>>()?))
}

/// How many meetings the filter leaves.
pub async fn count(db: &impl Reader, filter: ReviewFilter) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n");
    push_filter(&mut sql, filter);
    sql.count(db).await
}

/// The last meeting of a kind that was closed, if there is one.
pub async fn last_closed(db: &impl Reader, kind: ReviewKind) -> Result<Option<Review>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from review r where r.closed_at is not null and r.kind = ");
    sql.bind(kind.code(), "")
        .push(" order by r.closed_at desc, r.id desc limit 1");
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// The meetings of a kind that were closed at an instant, for each of these: where agendas say that they look back to it.
/// Served by `review_kind_closed`.
pub async fn closed_at(
    db: &impl Reader,
    kinds: Vec<ReviewKind>,
    instants: Vec<Instant>,
) -> Result<Vec<Review>, Error> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.code().to_owned()).collect();
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from review r where r.closed_at is not null and (r.kind, r.closed_at) in (select x.kind, x.at from unnest(")
        .bind(kinds, "::text[]")
        .push(", ")
        .bind(instants, "::timestamptz[]")
        .push(") x (kind, at))");
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// The meetings that are being prepared, the next first.
pub async fn drafts(db: &impl Reader) -> Result<Vec<Review>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from review r where r.hidden_at is null and r.status = 'DRAFT' order by r.starts_at, r.id");
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// The meeting, locked; also one that was called off.
pub async fn lock(db: &impl Reader, id: ReviewId) -> Result<Option<(Review, bool)>, Error> {
    #[derive(FromQueryResult)]
    struct Hidden {
        is_hidden: bool,
    }
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(", r.hidden_at is not null as is_hidden from review r where r.id = ");
    sql.bind(id.uuid(), "").push(" for no key update");
    let Some(found) = sql.row(db).await? else {
        return Ok(None);
    };
    let review = Row::from_query_result(&found, "")?.read()?;
    let hidden = Hidden::from_query_result(&found, "")?;
    Ok(Some((review, hidden.is_hidden)))
}

/// Adds a meeting.
pub async fn insert(db: &impl Reader, review: &Review) -> Result<(), Error> {
    let Review {
        id,
        kind,
        title,
        starts_at,
        minutes,
        rules,
        presenter_id,
        attendees,
        status,
        created_by,
        created_at,
        version,
        ..
    } = review.clone();
    let mut sql = Sql::new(
        "insert into review (id, kind, title, starts_at, minutes, rule, threshold, quorum, is_blind, vetoes, presenter, attendees, status, \
         created_by, created_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(kind.code(), "")
        .push(", ")
        .bind(title, "");
    sql.push(", ")
        .bind(starts_at, "")
        .push(", ")
        .bind(minutes, "")
        .push(", ")
        .bind(rules.rule.code(), "");
    sql.push(", ")
        .bind(rules.threshold, "::integer")
        .push(", ")
        .bind(rules.quorum.code(), "");
    sql.push(", ")
        .bind(rules.is_blind, "")
        .push(", ")
        .bind(ids(&rules.vetoes), "::uuid[]");
    sql.push(", ")
        .bind(presenter_id.map(|id| id.uuid()), "::uuid")
        .push(", ")
        .bind(ids(&attendees), "::uuid[]");
    sql.push(", ")
        .bind(status.code(), "")
        .push(", ")
        .bind(created_by.map(|id| id.uuid()), "::uuid");
    sql.push(", ")
        .bind(created_at, "")
        .push(", ")
        .bind(version, "")
        .push(")");
    sql.run(db).await?;
    search::refresh(db, Indexed::Review, &[id.uuid()]).await
}

/// Changes a locked meeting that is not closed.
pub async fn update(db: &impl Reader, review: &Review) -> Result<(), Error> {
    let Review {
        id,
        title,
        starts_at,
        minutes,
        rules,
        presenter_id,
        attendees,
        status,
        current_item,
        current_since,
        looks_back_to,
        started_at,
        version,
        ..
    } = review.clone();
    let mut sql = Sql::new("update review set title = ");
    sql.bind(title, "")
        .push(", starts_at = ")
        .bind(starts_at, "")
        .push(", minutes = ")
        .bind(minutes, "");
    sql.push(", rule = ")
        .bind(rules.rule.code(), "")
        .push(", threshold = ")
        .bind(rules.threshold, "::integer");
    sql.push(", quorum = ")
        .bind(rules.quorum.code(), "")
        .push(", is_blind = ")
        .bind(rules.is_blind, "");
    sql.push(", vetoes = ").bind(ids(&rules.vetoes), "::uuid[]");
    sql.push(", presenter = ")
        .bind(presenter_id.map(|id| id.uuid()), "::uuid");
    sql.push(", attendees = ")
        .bind(ids(&attendees), "::uuid[]")
        .push(", status = ")
        .bind(status.code(), "");
    sql.push(", current_item = ")
        .bind(current_item.map(|id| id.uuid()), "::uuid");
    sql.push(", current_since = ")
        .bind(current_since, "::timestamptz");
    sql.push(", looks_back_to = ")
        .bind(looks_back_to, "::timestamptz");
    sql.push(", started_at = ")
        .bind(started_at, "::timestamptz")
        .push(", version = ")
        .bind(version, "");
    sql.push(" where id = ").bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh(db, Indexed::Review, &[id.uuid()]).await
}

/// Calls a locked DRAFT off, or shows it again.
pub async fn set_hidden(db: &impl Reader, id: ReviewId, hidden: bool, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("update review set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(" where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh(db, Indexed::Review, &[id.uuid()]).await
}
