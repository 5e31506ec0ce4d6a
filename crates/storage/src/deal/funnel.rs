//! What the history of deals adds up to: how far cohorts got, what moved in a period, how long stages take. Rows of
//! history that were voided are left out; as of an instant, those voided by then.

use chrono::NaiveDate;
use domain::{
    Instant, StageId, Viewer,
    deal::{
        DealStatus,
        funnel::{Moved, Reached},
    },
    typed,
};
use rust_decimal::Decimal;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    behind::MoveKind,
    list::{Filter, narrow},
    row::push_source,
};
use crate::{Error, Reader, sql::Sql};

const CHANGES: &str = "deal_change";

/// A period, its ends included, by when things happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// Its first instant.
    pub from: Instant,
    /// Its last instant.
    pub to: Instant,
}

/// Appends that the change under the alias stands: it is no void, was not voided, and was known at the instant.
pub(super) fn push_stands(sql: &mut Sql, change: &str, as_of: Option<Instant>) {
    sql.push(&format!(
        "{change}.voids is null and not exists (select from deal_change v where v.voids is not null and v.voids = {change}.id"
    ));
    match as_of {
        None => sql.push(")"),
        Some(at) => sql
            .push(" and v.recorded_at <= ")
            .bind(at, "")
            .push(&format!(") and {change}.recorded_at <= "))
            .bind(at, ""),
    };
}

/// Appends a table of the stages with their places, as they were known at the instant.
pub(super) fn push_stages(sql: &mut Sql, as_of: Option<Instant>) {
    match as_of {
        None => sql.push("(select id, position, key from stage)"),
        Some(at) => sql
            .push("(select stage_id as id, position, key from stage_version where known_from <= ")
            .bind(at, "")
            .push(" and (known_until is null or known_until > ")
            .bind(at, "")
            .push("))"),
    };
}

/// Appends the furthest place that the deal `d` stood in.
pub(super) fn push_furthest(sql: &mut Sql, as_of: Option<Instant>) {
    sql.push("(select max(st.position) from deal_change c join ");
    push_stages(sql, as_of);
    sql.push(" st on st.id = c.to_stage_id where c.deal_id = d.id and ");
    push_stands(sql, "c", as_of);
    sql.push(")");
}

/// Appends what changes `c` are read from, each with the stage `t` that it led to and the stage `f` that it came from.
pub(super) fn push_changes(sql: &mut Sql, as_of: Option<Instant>) {
    sql.push(" from deal_change c join ");
    push_stages(sql, as_of);
    sql.push(" t on t.id = c.to_stage_id left join ");
    push_stages(sql, as_of);
    sql.push(" f on f.id = c.from_stage_id");
}

/// Appends that an instant lies in a period.
pub(super) fn push_between(sql: &mut Sql, instant: &str, period: Period) {
    sql.push(instant)
        .push(" >= ")
        .bind(period.from, "")
        .push(" and ")
        .push(instant)
        .push(" <= ")
        .bind(period.to, "");
}

/// Appends the deals opened in a period that the filter leaves.
pub(super) fn push_cohort(sql: &mut Sql, viewer: &Viewer, filter: &Filter, period: Period, now: Instant) {
    sql.push("select d.id, d.startup_id, d.status, d.sources, d.opened_at from ");
    push_source(sql, viewer, filter.as_of);
    narrow(sql, viewer, filter, now);
    sql.push(" and ");
    push_between(sql, "d.opened_at", period);
}

/// Joins the standing changes `c` of each deal of `d`, looked up deal by deal: what is read of the history is as much as
/// the cohort has of it, however long the history is.
pub(super) fn push_rows(sql: &mut Sql, as_of: Option<Instant>) {
    sql.push(" cross join lateral (select c.* from deal_change c where c.deal_id = d.id and ");
    push_stands(sql, "c", as_of);
    sql.push(" offset 0) c");
}

fn status(code: &str) -> Result<DealStatus, Error> {
    Error::row(CHANGES, code, code.parse())
}

/// How far the deals opened in a period got, by the stages that they stood in and what became of them. Served by
/// `deal_by_opened` and `deal_change_deal`.
pub async fn reached(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    now: Instant,
) -> Result<Vec<Reached>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        stood: Vec<i32>,
        status: String,
        deals: i64,
    }
    let mut sql = Sql::new("with d as materialized (");
    push_cohort(&mut sql, viewer, filter, period, now);
    sql.push("), far as (select d.id, d.status, array_agg(distinct st.position) as stood from d");
    push_rows(&mut sql, filter.as_of);
    sql.push(" join ");
    push_stages(&mut sql, filter.as_of);
    sql.push(" st on st.id = c.to_stage_id");
    sql.push(" group by d.id, d.status) select stood, status, count(*) as deals from far group by 1, 2 order by 1, 2");
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Reached {
                stood: row.stood,
                status: status(&row.status)?,
                deals: row.deals,
            })
        })
        .collect()
}

#[derive(FromQueryResult)]
struct MovedRow {
    start: Option<NaiveDate>,
    from_position: Option<i32>,
    from_status: Option<String>,
    to_position: i32,
    to_status: String,
    changes: i64,
}

impl MovedRow {
    fn read(self) -> Result<(Option<NaiveDate>, Moved), Error> {
        let moved = Moved {
            from: self.from_position,
            from_status: self.from_status.as_deref().map(status).transpose()?,
            to: self.to_position,
            to_status: status(&self.to_status)?,
            changes: self.changes,
        };
        Ok((self.start, moved))
    }
}

/// Appends the changes of a period that stand, of the deals `d` that the filter leaves. Served by
/// `deal_change_occurred`.
fn push_moves(sql: &mut Sql, viewer: &Viewer, filter: &Filter, period: Period, now: Instant) {
    push_changes(sql, filter.as_of);
    sql.push(", ");
    push_source(sql, viewer, filter.as_of);
    sql.push(" and c.deal_id = d.id and ");
    push_between(sql, "c.occurred_at", period);
    sql.push(" and ");
    push_stands(sql, "c", filter.as_of);
    narrow(sql, viewer, filter, now);
}

/// What moved in a period, put together by kind and by what `start` gives.
async fn moves(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    start: impl FnOnce(&mut Sql),
    now: Instant,
) -> Result<Vec<(Option<NaiveDate>, Moved)>, Error> {
    let mut sql = Sql::new("select ");
    start(&mut sql);
    sql.push(
        " as start, f.position as from_position, c.from_status, t.position as to_position, c.to_status, count(*) as changes",
    );
    push_moves(&mut sql, viewer, filter, period, now);
    sql.push(" group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5");
    sql.all::<MovedRow>(db)
        .await?
        .into_iter()
        .map(MovedRow::read)
        .collect()
}

/// What moved in a period, put together by kind.
pub async fn moved(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    now: Instant,
) -> Result<Vec<Moved>, Error> {
    let none = |sql: &mut Sql| {
        sql.push("null::date");
    };
    let found = moves(db, viewer, filter, period, none, now).await?;
    Ok(found.into_iter().map(|(_, moved)| moved).collect())
}

/// How periods of a flow are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interval {
    /// From Mondays.
    Week,
    /// From the first of a month.
    Month,
    /// From the first of January, April, July and October.
    Quarter,
}

/// Appends the first day of the week, month or quarter of the zone in which a change happened.
fn push_start(sql: &mut Sql, interval: Interval, zone: chrono_tz::Tz) {
    sql.push(match interval {
        Interval::Week => "date_trunc('week', ",
        Interval::Month => "date_trunc('month', ",
        Interval::Quarter => "date_trunc('quarter', ",
    })
    .push("c.occurred_at at time zone ")
    .bind(zone.name(), "::text")
    .push(")::date");
}

/// What moved in a period, put together by kind and by the first day of the week, month or quarter of the zone in which
/// it happened.
pub async fn flow(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    (interval, zone): (Interval, chrono_tz::Tz),
    now: Instant,
) -> Result<Vec<(NaiveDate, Moved)>, Error> {
    let start = |sql: &mut Sql| push_start(sql, interval, zone);
    let found = moves(db, viewer, filter, period, start, now).await?;
    Ok(found
        .into_iter()
        .filter_map(|(start, moved)| Some((start?, moved)))
        .collect())
}

/// How many of the deals that came forward into a stage in a period stand in it, by the stage's place.
pub async fn still_there(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    now: Instant,
) -> Result<Vec<(i32, i64)>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        position: i32,
        deals: i64,
    }
    let mut sql = Sql::new("select t.position, count(distinct c.deal_id) as deals");
    push_changes(&mut sql, filter.as_of);
    sql.push(" join ");
    push_stages(&mut sql, filter.as_of);
    sql.push(" p on p.id = t.id, ");
    push_source(&mut sql, viewer, filter.as_of);
    sql.push(" and c.deal_id = d.id and ");
    push_between(&mut sql, "c.occurred_at", period);
    sql.push(" and ");
    push_stands(&mut sql, "c", filter.as_of);
    sql.push(" and ").push(&MoveKind::StillThere.condition(true));
    narrow(&mut sql, viewer, filter, now);
    sql.push(" group by 1");
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| (row.position, row.deals))
        .collect())
}

/// How many deals made the moves of a stage: one may have moved there several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Movers {
    /// The place of the stage.
    pub position: i32,
    /// Came forward into it or through it.
    pub entered: i64,
    /// Came forward through it without standing in it.
    pub skipped: i64,
    /// Went on from it.
    pub advanced: i64,
    /// Were passed or lost in it.
    pub passed: i64,
}

/// How many deals made the moves of a period, stage by stage.
pub async fn movers(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    now: Instant,
) -> Result<Vec<Movers>, Error> {
    let mut sql = Sql::new("select p.position");
    for (name, kind) in [
        ("entered", MoveKind::Entered),
        ("skipped", MoveKind::Skipped),
        ("advanced", MoveKind::Advanced),
        ("passed", MoveKind::Passed),
    ] {
        push_distinct(&mut sql, name, kind, true);
    }
    sql.push(" from ");
    push_stages(&mut sql, filter.as_of);
    sql.push(" p cross join (select c.deal_id, c.from_stage_id, c.from_status, c.to_status, f.position as came_from, t.position as went_to");
    push_moves(&mut sql, viewer, filter, period, now);
    sql.push(
        ") c cross join lateral (select c.came_from as position) f cross join lateral (select c.went_to as position) t group by 1",
    );
    sql.all(db).await
}

fn push_distinct(sql: &mut Sql, name: &str, kind: MoveKind, at_stage: bool) {
    let condition = kind.condition(at_stage);
    sql.push(&format!(
        ", count(distinct c.deal_id) filter (where {condition}) as {name}"
    ));
}

/// How many deals made the moves of a week, month or quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Flowed {
    /// Its first day.
    pub start: NaiveDate,
    /// Went forward.
    pub advanced: i64,
    /// Came to PASSED or LOST.
    pub passed: i64,
}

/// How many deals made the moves of a period, by the first day of the week, month or quarter of the zone.
pub async fn flowed(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    (interval, zone): (Interval, chrono_tz::Tz),
    now: Instant,
) -> Result<Vec<Flowed>, Error> {
    let mut sql = Sql::new("select ");
    push_start(&mut sql, interval, zone);
    sql.push(" as start");
    push_distinct(&mut sql, "advanced", MoveKind::Advanced, false);
    push_distinct(&mut sql, "passed", MoveKind::Passed, false);
    push_moves(&mut sql, viewer, filter, period, now);
    sql.push(" group by 1");
    sql.all(db).await
}

/// How long deals were in a stage that they left.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeInStage {
    /// The stage.
    pub stage: StageId,
    /// How many stays ended.
    pub stays: i64,
    /// The median of their whole days, time on hold left out.
    pub median: Decimal,
    /// Nine in ten took no longer.
    pub p90: Decimal,
}

/// Of which stays the time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stays {
    /// Of the deals opened in the period.
    OfCohort,
    /// Of those that ended in the period.
    EndedIn,
}

/// How long deals stood in each stage, of the stays that ended: by a move to another stage, or by INVESTED, PASSED or
/// LOST as long as that stands.
pub async fn times(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    (stays, period): (Stays, Period),
    now: Instant,
) -> Result<Vec<TimeInStage>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        stage_id: Uuid,
        stays: i64,
        median: Decimal,
        p90: Decimal,
    }
    let mut sql = Sql::new("with d as materialized (");
    match stays {
        Stays::OfCohort => push_cohort(&mut sql, viewer, filter, period, now),
        Stays::EndedIn => {
            sql.push("select distinct d.id from deal_change e, ");
            push_source(&mut sql, viewer, filter.as_of);
            narrow(&mut sql, viewer, filter, now);
            sql.push(" and e.deal_id = d.id and ");
            push_between(&mut sql, "e.occurred_at", period);
        }
    }
    sql.push(
        "), h as (select c.deal_id, c.to_stage_id as stage_id, c.to_status as status, c.occurred_at as begun, \
         lead(c.occurred_at) over w as ended, lead(c.to_stage_id) over w as next_stage_id, \
         count(*) filter (where c.from_stage_id is distinct from c.to_stage_id) over w as stay \
         from d",
    );
    push_rows(&mut sql, filter.as_of);
    sql.push(
        " window w as (partition by c.deal_id order by c.recorded_at, c.id)), \
         s as (select deal_id, stay, stage_id, min(begun) as entered, \
         sum(extract(epoch from ended - begun)) filter (where status = 'ON_HOLD') as held, \
         max(case when ended is null and status in ('INVESTED', 'PASSED', 'LOST') then begun \
                  when next_stage_id <> stage_id then ended end) as left_at from h group by deal_id, stay, stage_id), \
         t as (select stage_id, greatest(floor((extract(epoch from left_at - entered) - coalesce(held, 0)) / 86400), 0) as days \
         from s where left_at is not null",
    );
    if stays == Stays::EndedIn {
        sql.push(" and left_at >= ")
            .bind(period.from, "")
            .push(" and left_at <= ")
            .bind(period.to, "");
    }
    sql.push(
        ") select stage_id, count(*) as stays, (percentile_cont(0.5) within group (order by days))::numeric as median, \
         (percentile_cont(0.9) within group (order by days))::numeric as p90 from t group by stage_id",
    );
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| TimeInStage {
            stage: typed::<_>(row.stage_id),
            stays: row.stays,
            median: row.median.normalize(),
            p90: row.p90.normalize(),
        })
        .collect())
}
