//! Which deals an agenda may speak of.

use chrono::NaiveDate;
use domain::{DealId, Instant, Viewer, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, deal::push_source, sql::Sql};

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
