//! Which deals an agenda may speak of.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{DealId, Instant, ReviewId, Viewer, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, access::push_visible, deal::push_source, sql::Sql};

/// The deals that an agenda may speak of: the active ones, those that wait and are to be looked at again by a day or for
/// which what they wait for has come, those that changed since an instant, and those of which a meeting asked something
/// that is still to be done. Served by `deal_version_from` and `task_open`.
pub async fn candidates(
    db: &impl Reader,
    viewer: &Viewer,
    by: NaiveDate,
    since: Instant,
) -> Result<Vec<DealId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let mut sql = Sql::new("select d.id from ");
    push_source(&mut sql, viewer, None);
    sql.push(" and (d.status = 'ACTIVE' or d.status in ('PASSED', 'ON_HOLD') and (d.revisit_due_since is not null or d.revisit_on <= ")
        .bind(by, "")
        .push(") or d.id in (select v.deal_id from deal_version v where v.known_from > ")
        .bind(since, "")
        .push(
            ") or d.id in (select t.deal_id from task t where t.done_at is null and t.hidden_at is null and t.review_id is not null)) \
             order by d.id",
        );
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| typed(row.id)).collect())
}

/// The active deals that these closed meetings dropped without a decision, each with the instant since when no meeting of
/// the kind had it on its agenda: the closing of the last one that did not drop it, else that to which the first one of all
/// looked back. Served by `review_kind_closed` backwards, as far as meetings in a row dropped the deal.
pub async fn dropped_since(
    db: &impl Reader,
    viewer: &Viewer,
    reviews: &[ReviewId],
) -> Result<HashMap<(ReviewId, DealId), Instant>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        review_id: Uuid,
        deal_id: Uuid,
        since: Instant,
    }
    let mut sql = Sql::new(
        "select i.review_id, i.deal_id, coalesce( \
         (select x.closed_at from review x where x.kind = r.kind and x.closed_at < r.closed_at and not exists \
         (select from review_item j where j.review_id = x.id and j.deal_id = i.deal_id and j.dropped_at is not null) \
         order by x.closed_at desc limit 1), \
         (select x.looks_back_to from review x where x.kind = r.kind and x.closed_at is not null order by x.closed_at limit 1)) as since \
         from review_item i join review r on r.id = i.review_id join deal d on d.id = i.deal_id \
         where i.dropped_at is not null and d.status = 'ACTIVE' and d.hidden_at is null \
         and not exists (select from review_decision x where x.item_id = i.id and x.undone_at is null) and ",
    );
    push_visible(&mut sql, viewer, "d");
    sql.push(" and ").one_of("i.review_id", reviews);
    let rows: Vec<Row> = sql.all(db).await?;
    let read = |row: Row| ((typed(row.review_id), typed(row.deal_id)), row.since);
    Ok(rows.into_iter().map(read).collect())
}
