//! Items of agendas, the votes on them and who has a conflict. An item is there for those who may see its deal.

use std::collections::HashMap;

use domain::{
    AgendaItemId, Instant, ReviewId, UserId, Viewer,
    review::{AgendaItem, Ballot, Vote},
    typed,
};
use sea_orm::FromQueryResult;
use serde_json::Value;
use uuid::Uuid;

use super::word;
use crate::{Error, Reader, access::push_visible, sql::Sql};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    review_id: Uuid,
    deal_id: Uuid,
    rank: Option<i32>,
    planned_minutes: Option<i32>,
    is_added: bool,
    dropped_at: Option<Instant>,
    weight: Option<i32>,
    reasons: Value,
    notes: String,
    notes_version: i32,
    votes_closed_at: Option<Instant>,
}

impl Row {
    fn read(self) -> Result<AgendaItem, Error> {
        let Self {
            id,
            review_id,
            deal_id,
            rank,
            planned_minutes,
            is_added,
            dropped_at,
            weight,
            reasons,
            notes,
            notes_version,
            votes_closed_at,
        } = self;
        Ok(AgendaItem {
            id: typed(id),
            review_id: typed(review_id),
            deal_id: typed(deal_id),
            rank,
            planned_minutes,
            is_added,
            dropped_at,
            weight,
            reasons: Error::row("review_item", id, serde_json::from_value(reasons))?,
            notes,
            notes_version,
            votes_closed_at,
        })
    }
}

fn selected(viewer: &Viewer) -> Sql {
    let mut sql = Sql::new(
        "select i.* from review_item i join deal d on d.id = i.deal_id where d.hidden_at is null and ",
    );
    push_visible(&mut sql, viewer, "d");
    sql
}

/// What people did with the items of these meetings, dropped ones among them, as far as the viewer may see their deals.
pub async fn items_of(
    db: &impl Reader,
    viewer: &Viewer,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, Vec<AgendaItem>>, Error> {
    let mut sql = selected(viewer);
    sql.push(" and ")
        .one_of("i.review_id", reviews)
        .push(" order by i.id");
    let mut found: HashMap<ReviewId, Vec<AgendaItem>> = HashMap::new();
    for row in sql.all::<Row>(db).await? {
        let item = row.read()?;
        found.entry(item.review_id).or_default().push(item);
    }
    Ok(found)
}

/// The items with these ids that somebody touched, or that were frozen.
pub async fn items_by_ids(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[AgendaItemId],
) -> Result<Vec<AgendaItem>, Error> {
    let mut sql = selected(viewer);
    sql.push(" and ").one_of("i.id", ids);
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// Stores items of a locked meeting as they are now, whether or not they were stored before.
pub async fn put_items(db: &impl Reader, items: &[AgendaItem]) -> Result<(), Error> {
    if items.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(
        "insert into review_item (id, review_id, deal_id, rank, planned_minutes, is_added, dropped_at, weight, reasons, notes, notes_version, \
         votes_closed_at) values ",
    );
    for (n, item) in items.iter().enumerate() {
        let AgendaItem {
            id,
            review_id,
            deal_id,
            rank,
            planned_minutes,
            is_added,
            dropped_at,
            weight,
            reasons,
            notes,
            notes_version,
            votes_closed_at,
        } = item.clone();
        sql.push(if n == 0 { "(" } else { ", (" });
        sql.bind(id.uuid(), "::uuid")
            .push(", ")
            .bind(review_id.uuid(), "::uuid")
            .push(", ");
        sql.bind(deal_id.uuid(), "::uuid")
            .push(", ")
            .bind(rank, "::integer")
            .push(", ");
        sql.bind(planned_minutes, "::integer")
            .push(", ")
            .bind(is_added, "")
            .push(", ");
        sql.bind(dropped_at, "::timestamptz")
            .push(", ")
            .bind(weight, "::integer")
            .push(", ");
        sql.bind(
            Error::row("review_item", id, serde_json::to_value(reasons))?,
            "::jsonb",
        )
        .push(", ");
        sql.bind(notes, "").push(", ").bind(notes_version, "").push(", ");
        sql.bind(votes_closed_at, "::timestamptz").push(")");
    }
    sql.push(
        " on conflict (id) do update set rank = excluded.rank, planned_minutes = excluded.planned_minutes, is_added = excluded.is_added, \
         dropped_at = excluded.dropped_at, weight = excluded.weight, reasons = excluded.reasons, notes = excluded.notes, \
         notes_version = excluded.notes_version, votes_closed_at = excluded.votes_closed_at",
    );
    sql.run(db).await?;
    Ok(())
}

/// The votes on these items, the first cast first.
pub async fn ballots(
    db: &impl Reader,
    items: &[AgendaItemId],
) -> Result<HashMap<AgendaItemId, Vec<Ballot>>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        item_id: Uuid,
        user_id: Uuid,
        vote: String,
        comment: Option<String>,
        at: Instant,
    }
    let mut sql = Sql::new("select * from review_vote v where ");
    sql.one_of("v.item_id", items)
        .push(" order by v.item_id, v.at, v.user_id");
    let mut found: HashMap<AgendaItemId, Vec<Ballot>> = HashMap::new();
    for Row {
        item_id,
        user_id,
        vote,
        comment,
        at,
    } in sql.all(db).await?
    {
        found.entry(typed(item_id)).or_default().push(Ballot {
            by: typed(user_id),
            vote: word::<Vote>("review_vote", &vote)?,
            comment,
            at,
        });
    }
    Ok(found)
}

/// Whether anybody voted in a meeting, about whatever deal.
pub async fn is_voted_in(db: &impl Reader, review: ReviewId) -> Result<bool, Error> {
    let mut sql = Sql::new(
        "select count(*) as n from (select 1 from review_vote v join review_item i on i.id = v.item_id where i.review_id = ",
    );
    sql.bind(review.uuid(), "").push(" limit 1) x");
    Ok(sql.count(db).await? > 0)
}

/// Stores a vote; another of the same voter is replaced.
pub async fn put_ballot(db: &impl Reader, item: AgendaItemId, ballot: &Ballot) -> Result<(), Error> {
    let Ballot {
        by,
        vote,
        comment,
        at,
    } = ballot.clone();
    let mut sql = Sql::new("insert into review_vote (item_id, user_id, vote, comment, at) values (");
    sql.bind(item.uuid(), "")
        .push(", ")
        .bind(by.uuid(), "")
        .push(", ")
        .bind(vote.code(), "");
    sql.push(", ").bind(comment, "::text").push(", ").bind(at, "");
    sql.push(") on conflict (item_id, user_id) do update set vote = excluded.vote, comment = excluded.comment, at = excluded.at");
    sql.run(db).await?;
    Ok(())
}

/// Takes a vote away: its author has a conflict.
pub async fn delete_ballot(db: &impl Reader, item: AgendaItemId, user: UserId) -> Result<(), Error> {
    let mut sql = Sql::new("delete from review_vote where item_id = ");
    sql.bind(item.uuid(), "")
        .push(" and user_id = ")
        .bind(user.uuid(), "");
    sql.run(db).await?;
    Ok(())
}

/// Who has a conflict on these items, and since when that is known.
pub async fn conflicts(
    db: &impl Reader,
    items: &[AgendaItemId],
) -> Result<HashMap<AgendaItemId, Vec<(UserId, Instant)>>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        item_id: Uuid,
        user_id: Uuid,
        at: Instant,
    }
    let mut sql = Sql::new("select c.item_id, c.user_id, c.at from review_conflict c where ");
    sql.one_of("c.item_id", items)
        .push(" order by c.item_id, c.at, c.user_id");
    let mut found: HashMap<AgendaItemId, Vec<(UserId, Instant)>> = HashMap::new();
    for Row { item_id, user_id, at } in sql.all(db).await? {
        let of_item = found.entry(typed(item_id)).or_default();
        of_item.push((typed(user_id), at));
    }
    Ok(found)
}

/// Says that somebody has a conflict on an item, or has none any more. False where that was said already.
pub async fn set_conflict(
    db: &impl Reader,
    item: AgendaItemId,
    user: UserId,
    has: bool,
    now: Instant,
) -> Result<bool, Error> {
    let mut sql;
    if has {
        sql = Sql::new("insert into review_conflict (item_id, user_id, at) values (");
        sql.bind(item.uuid(), "")
            .push(", ")
            .bind(user.uuid(), "")
            .push(", ")
            .bind(now, "");
        sql.push(") on conflict do nothing");
    } else {
        sql = Sql::new("delete from review_conflict where item_id = ");
        sql.bind(item.uuid(), "")
            .push(" and user_id = ")
            .bind(user.uuid(), "");
    }
    Ok(sql.run(db).await? == 1)
}
