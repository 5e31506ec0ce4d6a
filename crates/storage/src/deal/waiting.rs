//! Deals that wait for something of their startup, and the mark that it came.

use domain::{CapabilityId, DealId, Instant, StartupId, Viewer, deal::Deal, deal::RevisitDue};

use super::row::{COLUMNS, model, push_source, read};
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

/// The passed deals and those on hold that wait for one of these capabilities and are not due yet, in the order in which
/// they were opened; as known at an instant if one is given. Served by `deal_waiting_for`.
pub async fn waiting_for(
    db: &impl Reader,
    viewer: &Viewer,
    capabilities: &[CapabilityId],
    as_of: Option<Instant>,
) -> Result<Vec<Deal>, Error> {
    let ids: Vec<String> = capabilities.iter().map(ToString::to_string).collect();
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(
        " and d.revisit_when is not null and d.revisit_due_since is null and d.status in ('PASSED', 'ON_HOLD') \
         and (d.revisit_when -> 'capability' ->> 'id') = any(",
    )
    .bind(ids, "::text[]")
    .push(") order by d.id");
    sql.each(db, |row| read(model(row)?)).await
}

/// The active deals of these startups, in the order in which they were opened; as known at an instant if one is given.
pub async fn active_of(
    db: &impl Reader,
    viewer: &Viewer,
    startups: &[StartupId],
    as_of: Option<Instant>,
) -> Result<Vec<Deal>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(" and d.status = 'ACTIVE' and ")
        .one_of("d.startup_id", startups)
        .push(" order by d.id");
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
