//! What providers did. Known from when it was recorded, but for the time in which it is hidden.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    Instant, ProviderEventId, ProviderId,
    provider::{ProviderEvent, Said},
    typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

const TABLE: &str = "provider_event";
const COLUMNS: &str = "x.id, x.provider_id, x.kind, x.on_day, x.precision, x.summary, x.source_url, x.created_at, x.created_by, \
                       x.recorded_at, x.hidden_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    provider_id: Uuid,
    kind: String,
    on_day: NaiveDate,
    precision: String,
    summary: String,
    source_url: Option<String>,
    created_at: Instant,
    created_by: Option<Uuid>,
    recorded_at: Instant,
    hidden_at: Option<Instant>,
}

impl Row {
    fn read(self) -> Result<(ProviderEvent, bool), Error> {
        let Self {
            id,
            provider_id,
            kind,
            on_day,
            precision,
            summary,
            source_url,
            created_at,
            created_by,
            recorded_at,
            hidden_at,
        } = self;
        let event = ProviderEvent {
            id: typed(id),
            provider_id: typed(provider_id),
            said: Said {
                kind: Error::row(TABLE, id, kind.parse())?,
                on: on_day,
                precision: Error::row(TABLE, id, precision.parse())?,
                summary,
                source_url,
            },
            created_at,
            created_by: created_by.map(typed),
            updated_at: recorded_at,
        };
        Ok((event, hidden_at.is_some()))
    }
}

/// Events that are known, now or at an instant, so that further conditions follow with `and`.
fn selected(as_of: Option<Instant>) -> Sql {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from provider_event x");
    match as_of {
        None => sql.push(" where x.hidden_at is null"),
        Some(at) => sql
            .push(" join provider_event_version v on v.provider_event_id = x.id where v.hidden_at is null and v.known_from <= ")
            .bind(at, "")
            .push(" and (v.known_until is null or v.known_until > ")
            .bind(at, "")
            .push(")"),
    };
    sql
}

async fn read(db: &impl Reader, sql: Sql) -> Result<Vec<ProviderEvent>, Error> {
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter().map(|row| Ok(row.read()?.0)).collect()
}

/// The events with these ids.
pub async fn events_by_ids(
    db: &impl Reader,
    ids: &[ProviderEventId],
    as_of: Option<Instant>,
) -> Result<Vec<ProviderEvent>, Error> {
    let mut sql = selected(as_of);
    sql.push(" and ").one_of("x.id", ids);
    read(db, sql).await
}

/// What each of these providers did, the latest first. Served by `provider_event_of`.
pub async fn events_of(
    db: &impl Reader,
    providers: &[ProviderId],
    as_of: Option<Instant>,
) -> Result<HashMap<ProviderId, Vec<ProviderEvent>>, Error> {
    let mut sql = selected(as_of);
    sql.push(" and ")
        .one_of("x.provider_id", providers)
        .push(" order by x.on_day desc, x.id desc");
    let mut found: HashMap<ProviderId, Vec<ProviderEvent>> = HashMap::new();
    for event in read(db, sql).await? {
        found.entry(event.provider_id).or_default().push(event);
    }
    Ok(found)
}

/// What was recorded after an instant; as of another where one is given, as it was known then. The latest first. Served by
/// `provider_event_created`.
pub async fn events_since(
    db: &impl Reader,
    after: Instant,
    as_of: Option<Instant>,
) -> Result<Vec<ProviderEvent>, Error> {
    let mut sql = selected(as_of);
    sql.push(" and x.created_at > ").bind(after, "");
    sql.push(" order by x.on_day desc, x.id desc");
    read(db, sql).await
}

/// An event whose row stays locked until the transaction ends, a hidden one too, with whether it is. Its provider is
/// locked before.
pub async fn lock_event_even_hidden(
    db: &impl Reader,
    id: ProviderEventId,
) -> Result<Option<(ProviderEvent, bool)>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from provider_event x where x.id = ")
        .bind(id.uuid(), "")
        .push(" for no key update");
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// Adds an event.
pub async fn insert_event(db: &impl Reader, event: &ProviderEvent) -> Result<(), Error> {
    let ProviderEvent {
        id,
        provider_id,
        said,
        created_at,
        created_by,
        updated_at,
    } = event.clone();
    let Said {
        kind,
        on,
        precision,
        summary,
        source_url,
    } = said;
    let mut sql = Sql::new(
        "insert into provider_event (id, provider_id, kind, on_day, precision, summary, source_url, created_at, created_by, recorded_at, \
         version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(provider_id.uuid(), "")
        .push(", ")
        .bind(kind.code(), "")
        .push(", ")
        .bind(on, "")
        .push(", ")
        .bind(precision.code(), "")
        .push(", ")
        .bind(summary, "")
        .push(", ")
        .bind(source_url, "::text")
        .push(", ")
        .bind(created_at, "")
        .push(", ")
        .bind(created_by.map(|user| user.uuid()), "::uuid")
        .push(", ")
        .bind(updated_at, "")
        .push(", 1)");
    sql.run(db).await?;
    Ok(())
}

/// Hides a locked event whose recording is undone, or shows it again.
pub async fn set_event_hidden(
    db: &impl Reader,
    id: ProviderEventId,
    hidden: bool,
    now: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("update provider_event set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "");
    sql.push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}
