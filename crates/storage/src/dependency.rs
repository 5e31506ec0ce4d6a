//! Which startups depend on which providers. A dependency of a startup that is hidden is not there.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    DependencyId, Instant, ProviderId, StartupId,
    provider::{Dependency, Terms},
    typed,
};
use rust_decimal::Decimal;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Error, Reader,
    page::{Key, Page, Place, Slice},
    sql::Sql,
};

const TABLE: &str = "dependency";

pub(crate) const COLUMNS: &str = "x.id, x.startup_id, x.provider_id, x.mode, x.is_critical, x.cost_share, x.alternative, x.since, x.until, \
    x.recorded_at, x.version, x.hidden_at";

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: Uuid,
    startup_id: Uuid,
    provider_id: Uuid,
    mode: String,
    is_critical: bool,
    cost_share: Option<Decimal>,
    alternative: Option<String>,
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    recorded_at: Instant,
    version: i32,
    hidden_at: Option<Instant>,
}

impl Row {
    pub(crate) fn read(self) -> Result<(Dependency, bool), Error> {
        let Self {
            id,
            startup_id,
            provider_id,
            mode,
            is_critical,
            cost_share,
            alternative,
            since,
            until,
            recorded_at,
            version,
            hidden_at,
        } = self;
        let dependency = Dependency {
            id: typed(id),
            startup_id: typed(startup_id),
            provider_id: typed(provider_id),
            terms: Terms {
                mode: Error::row(TABLE, id, mode.parse())?,
                is_critical,
                cost_share: cost_share.map(|share| share.normalize()),
                alternative,
                since,
                until,
            },
            updated_at: recorded_at,
            version,
        };
        Ok((dependency, hidden_at.is_some()))
    }
}

async fn read_all(sql: Sql, db: &impl Reader) -> Result<Vec<Dependency>, Error> {
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter().map(|row| Ok(row.read()?.0)).collect()
}

/// Appends what dependencies are selected from, under the alias `x`, those left out that are hidden or whose startup is,
/// so that further conditions follow with `and`.
pub(crate) fn push_source(sql: &mut Sql, as_of: Option<Instant>) {
    let Some(at) = as_of else {
        sql.push("dependency x join startup s on s.id = x.startup_id where x.hidden_at is null and s.hidden_at is null");
        return;
    };
    let known = |sql: &mut Sql, alias: &str| {
        sql.push(&format!("{alias}.known_from <= "))
            .bind(at, "")
            .push(&format!(
                " and ({alias}.known_until is null or {alias}.known_until > "
            ))
            .bind(at, "")
            .push(")");
    };
    sql.push(
        "(select v.dependency_id as id, v.startup_id, v.provider_id, v.mode, v.is_critical, v.cost_share, v.alternative, v.since, v.until, \
         v.known_from as recorded_at, v.version, v.hidden_at from dependency_version v where ",
    );
    known(sql, "v");
    sql.push(") x join startup_version s on s.startup_id = x.startup_id where x.hidden_at is null and s.hidden_at is null and ");
    known(sql, "s");
}

fn selected(as_of: Option<Instant>) -> Sql {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, as_of);
    sql
}

/// The dependencies with these ids; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    ids: &[DependencyId],
    as_of: Option<Instant>,
) -> Result<Vec<Dependency>, Error> {
    let mut sql = selected(as_of);
    sql.push(" and ").one_of("x.id", ids);
    read_all(sql, db).await
}

/// The dependencies of these startups, in the order in which they were entered. Served by `dependency_startup` and
/// `dependency_version_startup`.
pub async fn of_startups(
    db: &impl Reader,
    ids: &[StartupId],
    as_of: Option<Instant>,
) -> Result<HashMap<StartupId, Vec<Dependency>>, Error> {
    let mut sql = selected(as_of);
    sql.push(" and ")
        .one_of("x.startup_id", ids)
        .push(" order by x.id");
    let mut found: HashMap<StartupId, Vec<Dependency>> = HashMap::new();
    for dependency in read_all(sql, db).await? {
        found.entry(dependency.startup_id).or_default().push(dependency);
    }
    Ok(found)
}

/// Where among the dependents of a provider (newest first) one stands.
pub fn place(dependency: &Dependency) -> Place {
    Place {
        key: Key::Id,
        id: dependency.id.uuid(),
    }
}

/// The same page of the dependents of each of several providers, newest first, in one statement. Served by
/// `dependency_provider` and `dependency_version_provider`.
pub async fn pages_of(
    db: &impl Reader,
    providers: &[ProviderId],
    as_of: Option<Instant>,
    page: &Page,
) -> Result<HashMap<ProviderId, Slice<Dependency>>, Error> {
    let mut sql = Sql::new("select y.* from ");
    sql.owners(providers)
        .push(" cross join lateral (select ")
        .push(COLUMNS)
        .push(" from ");
    push_source(&mut sql, as_of);
    sql.push(" and x.provider_id = owner.id");
    page.append_by_id(&mut sql, "x.id");
    sql.push(") y");
    let mut found: HashMap<ProviderId, Vec<Dependency>> = HashMap::new();
    for dependency in read_all(sql, db).await? {
        found.entry(dependency.provider_id).or_default().push(dependency);
    }
    Ok(found
        .into_iter()
        .map(|(id, rows)| (id, page.slice(rows)))
        .collect())
}

/// How many dependents each of these providers has, in one statement.
pub async fn counts_of(
    db: &impl Reader,
    providers: &[ProviderId],
    as_of: Option<Instant>,
) -> Result<HashMap<ProviderId, i64>, Error> {
    #[derive(FromQueryResult)]
    struct Counted {
        provider_id: Uuid,
        n: i64,
    }
    let mut sql = Sql::new("select x.provider_id, count(*) as n from ");
    push_source(&mut sql, as_of);
    sql.push(" and ")
        .one_of("x.provider_id", providers)
        .push(" group by x.provider_id");
    let rows: Vec<Counted> = sql.all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| (typed(row.provider_id), row.n))
        .collect())
}

/// The startup that a dependency belongs to, whatever is hidden: to lock it before the dependency.
pub async fn startup_of(db: &impl Reader, id: DependencyId) -> Result<Option<StartupId>, Error> {
    let mut sql = Sql::new("select startup_id from dependency where id = ");
    sql.bind(id.uuid(), "");
    let row = sql.row(db).await?;
    let startup: Option<Uuid> = row.map(|row| row.try_get("", "startup_id")).transpose()?;
    Ok(startup.map(typed))
}

/// A dependency whose row stays locked until the transaction ends. Its startup is locked before.
pub async fn lock(db: &impl Reader, id: DependencyId) -> Result<Option<Dependency>, Error> {
    let found = lock_even_hidden(db, id).await?;
    Ok(found
        .filter(|(_, is_hidden)| !is_hidden)
        .map(|(dependency, _)| dependency))
}

/// As [`lock`], the hidden ones too, each with whether it is: for taking a hiding back.
pub async fn lock_even_hidden(
    db: &impl Reader,
    id: DependencyId,
) -> Result<Option<(Dependency, bool)>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from dependency x where x.id = ")
        .bind(id.uuid(), "")
        .push(" for no key update");
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// Adds a dependency.
pub async fn insert(db: &impl Reader, dependency: &Dependency) -> Result<(), Error> {
    let Dependency {
        id,
        startup_id,
        provider_id,
        terms,
        updated_at,
        version,
    } = dependency;
    let mut sql = Sql::new(
        "insert into dependency (id, startup_id, origin_startup_id, provider_id, mode, is_critical, cost_share, alternative, since, until, \
         recorded_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(startup_id.uuid(), "")
        .push(", ")
        .bind(startup_id.uuid(), "");
    sql.push(", ").bind(provider_id.uuid(), "").push(", ");
    let Terms {
        mode,
        is_critical,
        cost_share,
        alternative,
        since,
        until,
    } = terms.clone();
    sql.bind(mode.code(), "")
        .push(", ")
        .bind(is_critical, "")
        .push(", ")
        .bind(cost_share, "::numeric");
    sql.push(", ")
        .bind(alternative, "::text")
        .push(", ")
        .bind(since, "::date")
        .push(", ")
        .bind(until, "::date");
    sql.push(", ")
        .bind(*updated_at, "")
        .push(", ")
        .bind(*version, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Replaces the terms of a dependency where it is still at `version_before`. False: somebody was faster.
pub async fn update(db: &impl Reader, dependency: &Dependency, version_before: i32) -> Result<bool, Error> {
    let Dependency {
        id,
        startup_id: _,
        provider_id: _,
        terms,
        updated_at,
        version,
    } = dependency;
    let Terms {
        mode,
        is_critical,
        cost_share,
        alternative,
        since,
        until,
    } = terms.clone();
    let mut sql = Sql::new("update dependency set mode = ");
    sql.bind(mode.code(), "")
        .push(", is_critical = ")
        .bind(is_critical, "");
    sql.push(", cost_share = ")
        .bind(cost_share, "::numeric")
        .push(", alternative = ")
        .bind(alternative, "::text");
    sql.push(", since = ")
        .bind(since, "::date")
        .push(", until = ")
        .bind(until, "::date");
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

/// Hides a dependency whose recording is undone, or shows it again. Its row is locked.
pub async fn set_hidden(db: &impl Reader, id: DependencyId, hidden: bool, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("update dependency set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "");
    sql.push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}
