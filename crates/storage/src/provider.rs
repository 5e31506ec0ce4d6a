//! Suppliers of base models, what they did, and who is exposed to them.

mod event;
mod exposure;

pub use event::*;
pub use exposure::*;

use domain::{
    Instant, ProviderId,
    provider::{Provider, ProviderProfile},
    text, typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    startup_id: Option<Uuid>,
    recorded_at: Instant,
    version: i32,
    hidden_at: Option<Instant>,
}

impl Row {
    fn read(self) -> (Provider, bool) {
        let Self {
            id,
            name,
            startup_id,
            recorded_at,
            version,
            hidden_at,
        } = self;
        let provider = Provider {
            id: typed(id),
            profile: ProviderProfile {
                name,
                startup_id: startup_id.map(typed),
            },
            updated_at: recorded_at,
            version,
        };
        (provider, hidden_at.is_some())
    }
}

/// Appends what providers are selected from, under the alias `x`, the hidden ones left out, so that further conditions
/// follow with `and`.
fn push_source(sql: &mut Sql, as_of: Option<Instant>) {
    let Some(at) = as_of else {
        sql.push("provider x where x.hidden_at is null");
        return;
    };
    sql.push(
        "(select provider_id as id, name, startup_id, known_from as recorded_at, version, hidden_at from provider_version where known_from <= ",
    );
    sql.bind(at, "")
        .push(" and (known_until is null or known_until > ")
        .bind(at, "")
        .push(")) x where x.hidden_at is null");
}

fn selected(as_of: Option<Instant>) -> Sql {
    let mut sql = Sql::new("select x.id, x.name, x.startup_id, x.recorded_at, x.version, x.hidden_at from ");
    push_source(&mut sql, as_of);
    sql
}

/// Every provider, by name, Chinese by pinyin; at an instant, as known then.
pub async fn all(db: &impl Reader, as_of: Option<Instant>) -> Result<Vec<Provider>, Error> {
    let rows: Vec<Row> = selected(as_of).all(db).await?;
    let mut all: Vec<Provider> = rows.into_iter().map(|row| row.read().0).collect();
    all.sort_by_cached_key(|provider| (text::name_sort(&provider.profile.name), provider.id.uuid()));
    Ok(all)
}

/// The providers with these ids, hidden ones left out; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    ids: &[ProviderId],
    as_of: Option<Instant>,
) -> Result<Vec<Provider>, Error> {
    let mut sql = selected(as_of);
    sql.push(" and ").one_of("x.id", ids);
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.read().0).collect())
}

/// A provider whose row stays locked until the transaction ends.
pub async fn lock(db: &impl Reader, id: ProviderId) -> Result<Option<Provider>, Error> {
    let found = lock_even_hidden(db, id).await?;
    Ok(found
        .filter(|(_, is_hidden)| !is_hidden)
        .map(|(provider, _)| provider))
}

/// As [`lock`], the hidden ones too, each with whether it is: for taking a hiding back.
pub async fn lock_even_hidden(db: &impl Reader, id: ProviderId) -> Result<Option<(Provider, bool)>, Error> {
    let mut sql =
        Sql::new("select id, name, startup_id, recorded_at, version, hidden_at from provider where id = ");
    sql.bind(id.uuid(), "").push(" for no key update");
    Ok(sql.one::<Row>(db).await?.map(Row::read))
}

/// Serialises those who give a provider a name.
pub async fn lock_name(db: &impl Reader, key: &str) -> Result<(), Error> {
    let mut sql = Sql::new("select pg_advisory_xact_lock(hashtextextended(");
    sql.bind(key, "").push(", 7407))");
    sql.run(db).await?;
    Ok(())
}

/// The provider that is recognised by this key. Served by `provider_name`.
pub async fn by_key(db: &impl Reader, key: &str) -> Result<Option<Provider>, Error> {
    let mut sql = selected(None);
    sql.push(" and x.name_key = ").bind(key, "");
    Ok(sql.one::<Row>(db).await?.map(|row| row.read().0))
}

/// Adds a provider.
pub async fn insert(db: &impl Reader, provider: &Provider) -> Result<(), Error> {
    let Provider {
        id,
        profile,
        updated_at,
        version,
    } = provider;
    let ProviderProfile { name, startup_id } = profile;
    let startup_id = startup_id.map(|startup| startup.uuid());
    let mut sql = Sql::new(
        "insert into provider (id, name, name_key, startup_id, origin_startup_id, recorded_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(name.clone(), "")
        .push(", ")
        .bind(profile.key(), "")
        .push(", ");
    sql.bind(startup_id, "::uuid")
        .push(", ")
        .bind(startup_id, "::uuid")
        .push(", ");
    sql.bind(*updated_at, "").push(", ").bind(*version, "").push(")");
    sql.run(db).await?;
    Ok(())
}

/// Replaces what people write about a provider where it is still at `version_before`. False: somebody was faster.
pub async fn update(db: &impl Reader, provider: &Provider, version_before: i32) -> Result<bool, Error> {
    let Provider {
        id,
        profile,
        updated_at,
        version,
    } = provider;
    let ProviderProfile { name, startup_id } = profile;
    let startup_id = startup_id.map(|startup| startup.uuid());
    let mut sql = Sql::new("update provider set name = ");
    sql.bind(name.clone(), "")
        .push(", name_key = ")
        .bind(profile.key(), "");
    // What a startup was merged from is where it came from as long as the provider is not another startup.
    sql.push(", origin_startup_id = case when startup_id is not distinct from ")
        .bind(startup_id, "::uuid")
        .push(" then origin_startup_id else ")
        .bind(startup_id, "::uuid")
        .push(" end, startup_id = ")
        .bind(startup_id, "::uuid");
    sql.push(", recorded_at = ")
        .bind(*updated_at, "")
        .push(", version = ")
        .bind(*version, "");
    sql.push(" where id = ")
        .bind(id.uuid(), "")
        .push(" and version = ")
        .bind(version_before, "");
    Ok(sql.run(db).await? == 1)
}

/// Hides a provider whose creation is undone, or shows it again. Its row is locked.
pub async fn set_hidden(db: &impl Reader, id: ProviderId, hidden: bool, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("update provider set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "");
    sql.push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}

/// Whether a startup depends on the provider, or did. Served by `dependency_provider`.
pub async fn has_dependents(db: &impl Reader, id: ProviderId) -> Result<bool, Error> {
    let mut sql = Sql::new("select true as found from dependency where hidden_at is null and provider_id = ");
    sql.bind(id.uuid(), "").push(" limit 1");
    Ok(sql.row(db).await?.is_some())
}
