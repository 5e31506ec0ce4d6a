//! What became of deals between two instants, by what was known at each.

use domain::{DealId, Instant, StageId, Viewer, deal::DealStatus, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    list::{Filter, narrow},
    row::push_source,
};
use crate::{Error, Reader, sql::Sql};

/// A deal that is known at the later instant and stands otherwise than at the earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// Which deal.
    pub deal: DealId,
    /// Where it stood at the earlier instant; None where it was not known.
    pub from: Option<(StageId, DealStatus)>,
    /// Where it stands at the later.
    pub to: (StageId, DealStatus),
}

/// The deals that the filter leaves at the later instant (`filter.as_of`), and that stand otherwise than at `from` or
/// were not known then, by id. Served by `deal_version_from`.
pub async fn differing(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    from: Instant,
    to: Instant,
) -> Result<Vec<Differs>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        stage_id: Uuid,
        status: String,
        from_stage_id: Option<Uuid>,
        from_status: Option<String>,
    }
    let mut sql = Sql::new(
        "select x.id, x.stage_id, x.status, b.stage_id as from_stage_id, b.status as from_status from (select d.id, d.stage_id, d.status from ",
    );
    push_source(&mut sql, viewer, Some(to));
    sql.push(" and d.id in (select w.deal_id from deal_version w where w.known_from > ")
        .bind(from, "")
        .push(" and w.known_from <= ")
        .bind(to, "")
        .push(")");
    narrow(&mut sql, viewer, filter, to);
    sql.push(") x left join deal_version b on b.deal_id = x.id and b.hidden_at is null and b.known_from <= ")
        .bind(from, "")
        .push(" and (b.known_until is null or b.known_until > ")
        .bind(from, "")
        .push(") where (b.stage_id, b.status) is distinct from (x.stage_id, x.status) order by x.id");
    let status = |code: String| Error::row("deal_version", &code, code.parse::<DealStatus>());
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            let from = match (row.from_stage_id, row.from_status) {
                (Some(stage), Some(code)) => Some((typed(stage), status(code)?)),
                _ => None,
            };
            Ok(Differs {
                deal: typed(row.id),
                from,
                to: (typed(row.stage_id), status(row.status)?),
            })
        })
        .collect()
}
