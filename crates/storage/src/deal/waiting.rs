//! Deals that wait for something of their startup, and the mark that it came.

use domain::{DealId, Instant, StartupId, Viewer, deal::Deal, deal::RevisitDue};

use super::row::{COLUMNS, model, read};
use crate::{Error, Reader, access::push_visible, sql::Sql};

/// The passed deals and those on hold of these startups that wait for something that has not come yet, locked until the
/// transaction ends; their startups are locked. Served by `deal_waiting`.
pub async fn waiting(db: &impl Reader, viewer: &Viewer, startups: &[StartupId]) -> Result<Vec<Deal>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(
        " from deal d where d.revisit_when is not null and d.revisit_due_since is null and d.status in ('PASSED', 'ON_HOLD') \
         and d.hidden_at is null and ",
    );
    sql.one_of("d.startup_id", startups).push(" and ");
    push_visible(&mut sql, viewer, "d");
    sql.push(" order by d.id for no key update");
    sql.each(db, |row| read(model(row)?)).await
}

/// Marks locked deals as due; each is a new version.
pub async fn mark_due(db: &impl Reader, due: &[(DealId, RevisitDue)], now: Instant) -> Result<(), Error> {
    let ids: Vec<DealId> = due.iter().map(|(id, _)| *id).collect();
    let mut since: Vec<Instant> = Vec::new();
    let mut because: Vec<String> = Vec::new();
    for (id, one) in due {
        since.push(one.since);
        because.push(Error::row("deal", id, serde_json::to_string(&one.because))?);
    }
    let mut sql = Sql::new(
        "update deal d set revisit_due_since = x.since, revisit_due_because = x.because::jsonb, version = d.version + 1, recorded_at = greatest(",
    );
    sql.bind(now, "::timestamptz")
        .push(", d.recorded_at + interval '1 microsecond') from unnest(")
        .bind_ids(&ids)
        .push(", ")
        .bind(since, "::timestamptz[]")
        .push(", ")
        .bind(because, "::text[]")
        .push(") x (id, since, because) where d.id = x.id");
    sql.run(db).await?;
    Ok(())
}
