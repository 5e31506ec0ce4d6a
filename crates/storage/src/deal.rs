//! Deals with their stages and moves. Every function that can reach a deal takes a [`domain::Viewer`]; to one who may
//! not see a deal, it does not exist.

mod behind;
mod board;
mod diff;
mod funnel;
mod list;
mod pass;
mod row;
mod source;
mod stage;
mod waiting;

use std::collections::HashMap;

use domain::{
    DealId, Instant, StartupId, Viewer,
    deal::{Deal, DealChange, Round},
    typed,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter,
};
use uuid::Uuid;

use crate::{
    Error, Reader,
    access::push_visible,
    entity::{deal, deal_change},
    search::{self, Indexed},
    sql::Sql,
};
pub use behind::{Brought, Far, MoveKind, MovedIn};
pub use board::{Grouping, Sum, Sums, active_by_startup, pages_of_stages, startups_of, sums};
pub use diff::{Differs, differing};
pub use funnel::{
    Flowed, Interval, Movers, Period, Stays, TimeInStage, flow, flowed, moved, movers, reached, still_there,
    times,
};
pub use list::{Filter, Order, count, counts_of, list, pages_of};
pub use pass::{PassReasonCount, misses, pass_reasons};
pub(crate) use row::push_source;
pub use source::{SourceQuality, source_quality};
pub use stage::{insert_stage, lock_stages, stages, update_stage};
pub use waiting::{active_of, mark_due, waiting, waiting_for};

/// Adds a deal.
pub async fn insert(db: &impl Reader, deal: &Deal) -> Result<(), Error> {
    deal::Entity::insert(row::write(deal)?)
        .exec_without_returning(db)
        .await?;
    search::refresh(db, Indexed::Deal, &[deal.id.uuid()]).await
}

/// Replaces a deal's fields where it is still at `version_before`. False: somebody was faster.
pub async fn update(db: &impl Reader, deal: &Deal, version_before: i32) -> Result<bool, Error> {
    let mut row = row::write(deal)?;
    row.id = NotSet;
    row.origin_startup_id = NotSet;
    let done = deal::Entity::update_many()
        .set(row)
        .filter(deal::Column::Id.eq(deal.id.uuid()))
        .filter(deal::Column::Version.eq(version_before))
        .exec(db)
        .await?;
    if done.rows_affected == 1 {
        search::refresh(db, Indexed::Deal, &[deal.id.uuid()]).await?;
    }
    Ok(done.rows_affected == 1)
}

/// A deal whose row stays locked until the transaction ends. Who decides something about its startup's other deals
/// locks the startup first.
pub async fn lock(db: &impl Reader, viewer: &Viewer, id: DealId) -> Result<Option<Deal>, Error> {
    locked(db, viewer, id, " and d.hidden_at is null").await
}

/// As [`lock`], the hidden ones too: for taking a hiding back.
pub async fn lock_even_hidden(db: &impl Reader, viewer: &Viewer, id: DealId) -> Result<Option<Deal>, Error> {
    locked(db, viewer, id, "").await
}

async fn locked(
    db: &impl Reader,
    viewer: &Viewer,
    id: DealId,
    narrower: &str,
) -> Result<Option<Deal>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(row::COLUMNS).push(" from deal d where d.id = ");
    sql.bind(id.uuid(), "").push(narrower).push(" and ");
    push_visible(&mut sql, viewer, "d");
    sql.push(" for no key update");
    sql.row(db)
        .await?
        .map(|row| row::read(row::model(&row)?))
        .transpose()
}

/// The startup of a deal, whether or not the deal is hidden: to lock it first.
pub async fn startup_of(db: &impl Reader, viewer: &Viewer, id: DealId) -> Result<Option<StartupId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        startup_id: Uuid,
    }
    let mut sql = Sql::new("select d.startup_id from deal d where d.id = ");
    sql.bind(id.uuid(), "").push(" and ");
    push_visible(&mut sql, viewer, "d");
    Ok(sql.one::<Row>(db).await?.map(|row| typed(row.startup_id)))
}

/// The deals with these ids, hidden ones left out; as known at an instant if one is given, with today's rights.
pub async fn by_ids(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DealId],
    as_of: Option<Instant>,
) -> Result<Vec<Deal>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(row::COLUMNS).push(" from ");
    row::push_source(&mut sql, viewer, as_of);
    sql.push(" and ").one_of("d.id", ids);
    sql.each(db, |row| row::read(row::model(row)?)).await
}

/// The active deal that all of the fund see, of this startup and round, if there is one. Restricted deals are not
/// looked at: the answer must not tell of them. Served by `deal_one_active`.
pub async fn active_of_team(
    db: &impl Reader,
    startup: StartupId,
    round: Round,
) -> Result<Option<(DealId, String)>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        title: String,
    }
    let mut sql = Sql::new(
        "select d.id, d.title from deal d where d.status = 'ACTIVE' and d.visibility = 'TEAM' and d.hidden_at is null and d.startup_id = ",
    );
    sql.bind(startup.uuid(), "")
        .push(" and d.round = ")
        .bind(round.code(), "");
    Ok(sql.one::<Row>(db).await?.map(|row| (typed(row.id), row.title)))
}

/// Appends a change of stage or status, or the voiding of one.
pub async fn insert_change(db: &impl Reader, change: &DealChange) -> Result<(), Error> {
    let DealChange {
        id,
        deal_id,
        from,
        to,
        occurred_at,
        recorded_at,
        by,
        reason,
        pass_reason,
        overrode,
        override_reason,
        voids,
        review_id,
    } = change.clone();
    let row = deal_change::ActiveModel {
        id: Set(id.uuid()),
        deal_id: Set(deal_id.uuid()),
        from_stage_id: Set(from.map(|(stage, _)| stage.uuid())),
        to_stage_id: Set(to.0.uuid()),
        from_status: Set(from.map(|(_, status)| status.code().to_owned())),
        to_status: Set(to.1.code().to_owned()),
        occurred_at: Set(occurred_at),
        recorded_at: Set(recorded_at),
        by: Set(by.map(|u| u.uuid())),
        reason: Set(reason),
        pass_reason: Set(pass_reason.map(|w| w.code().to_owned())),
        overrode: Set(overrode.into_iter().map(|w| w.code().to_owned()).collect()),
        override_reason: Set(override_reason),
        voids: Set(voids.map(|c| c.uuid())),
        review_id: Set(review_id.map(|r| r.uuid())),
    };
    deal_change::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The changes of these deals, voids among them, in the order in which they were recorded; those recorded by an
/// instant if one is given. Served by `deal_change_deal`.
pub async fn changes(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DealId],
    as_of: Option<Instant>,
) -> Result<HashMap<DealId, Vec<DealChange>>, Error> {
    let mut sql = changes_of(viewer, ids);
    if let Some(at) = as_of {
        sql.push(" and c.recorded_at <= ").bind(at, "");
    }
    read_changes(db, sql).await
}

/// Of the changes of these deals those that stand and were recorded after an instant. Served by `deal_change_deal`.
pub async fn changes_since(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DealId],
    since: Instant,
) -> Result<HashMap<DealId, Vec<DealChange>>, Error> {
    let mut sql = changes_of(viewer, ids);
    sql.push(" and c.recorded_at > ").bind(since, "").push(" and ");
    funnel::push_stands(&mut sql, "c", None);
    read_changes(db, sql).await
}

/// Of the changes of these deals those that stand and overrode a gate, which are few. Served by `deal_change_overrode`.
pub async fn overriding(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DealId],
    as_of: Option<Instant>,
) -> Result<HashMap<DealId, Vec<DealChange>>, Error> {
    let mut sql = changes_of(viewer, ids);
    sql.push(" and c.overrode <> '{}' and ");
    funnel::push_stands(&mut sql, "c", as_of);
    read_changes(db, sql).await
}

fn changes_of(viewer: &Viewer, ids: &[DealId]) -> Sql {
    let mut sql = Sql::new("select c.* from deal_change c join deal d on d.id = c.deal_id where ");
    sql.one_of("c.deal_id", ids).push(" and ");
    push_visible(&mut sql, viewer, "d");
    sql
}

async fn read_changes(db: &impl Reader, mut sql: Sql) -> Result<HashMap<DealId, Vec<DealChange>>, Error> {
    sql.push(" order by c.deal_id, c.recorded_at, c.id");
    let mut found: HashMap<DealId, Vec<DealChange>> = HashMap::new();
    for row in sql.all::<deal_change::Model>(db).await? {
        let change = row::read_change(row)?;
        found.entry(change.deal_id).or_default().push(change);
    }
    Ok(found)
}

/// What belongs to the deal, if anything does: then its creation is not undone.
pub async fn referred_by(
    db: &impl Reader,
    viewer: &Viewer,
    id: DealId,
) -> Result<Option<&'static str>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        document: bool,
        interaction: bool,
        task: bool,
        outcome: bool,
    }
    let mut sql = Sql::new(
        "select exists (select from document x where x.deal_id = d.id and x.hidden_at is null) as document, \
         exists (select from interaction x where x.deal_id = d.id and x.hidden_at is null) as interaction, \
         exists (select from task x where x.deal_id = d.id and x.hidden_at is null) as task, \
         exists (select from outcome x where x.deal_id = d.id and x.retracted_at is null) as outcome from deal d where d.id = ",
    );
    sql.bind(id.uuid(), "").push(" and ");
    push_visible(&mut sql, viewer, "d");
    let found = sql.one::<Row>(db).await?;
    Ok(found.and_then(
        |Row {
             document,
             interaction,
             task,
             outcome,
         }| {
            [
                (document, "a document"),
                (interaction, "an interaction"),
                (task, "a task"),
                (outcome, "a later outcome"),
            ]
            .into_iter()
            .find_map(|(refers, what)| refers.then_some(what))
        },
    ))
}
