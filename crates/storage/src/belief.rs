//! Theses and capabilities, with their verdicts.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    Instant, StartupId, UserId,
    belief::{Belief, Kind, OfFund, OfModels, Profile, Said, Verdict},
    typed,
};
use sea_orm::FromQueryResult;
use type_safe_id::TypeSafeId;
use uuid::Uuid;

use crate::{
    Error, Reader,
    search::{self, Indexed},
    sql::Sql,
};

/// Where beliefs of a kind stand.
pub trait Stored: Kind {
    /// Their table; its versions, its verdicts and their columns are named after it.
    const TABLE: &'static str;
    /// Whether a layer and a day to look again are kept with them.
    const HAS_LAYER: bool;
    /// By which lexemes they are found.
    const INDEXED: Indexed;
}

impl Stored for OfFund {
    const TABLE: &'static str = "thesis";
    const HAS_LAYER: bool = true;
    const INDEXED: Indexed = Indexed::Thesis;
}

impl Stored for OfModels {
    const TABLE: &'static str = "capability";
    const HAS_LAYER: bool = false;
    const INDEXED: Indexed = Indexed::Capability;
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    statement: String,
    layer: Option<String>,
    sector_id: Option<Uuid>,
    review_on: Option<NaiveDate>,
    startup_ids: Vec<Uuid>,
    begun_as: String,
    created_at: Instant,
    recorded_at: Instant,
    version: i32,
    hidden_at: Option<Instant>,
}

impl Row {
    fn read<K: Stored>(self) -> Result<(Belief<K>, bool), Error> {
        let Self {
            id,
            statement,
            layer,
            sector_id,
            review_on,
            startup_ids,
            begun_as,
            created_at,
            recorded_at,
            version,
            hidden_at,
        } = self;
        let belief = Belief {
            id: typed(id),
            profile: Profile {
                statement,
                layer: layer
                    .map(|code| Error::row(K::TABLE, id, code.parse()))
                    .transpose()?,
                sector_id: sector_id.map(typed),
                review_on,
                startup_ids: startup_ids.into_iter().map(typed).collect(),
            },
            begun_as: Error::row(K::TABLE, id, begun_as.parse())?,
            verdicts: Vec::new(),
            created_at,
            updated_at: recorded_at,
            version,
        };
        Ok((belief, hidden_at.is_some()))
    }
}

#[derive(FromQueryResult)]
struct VerdictRow {
    id: Uuid,
    belief_id: Uuid,
    status: String,
    on_day: NaiveDate,
    reason: String,
    source_url: Option<String>,
    recorded_at: Instant,
    recorded_by: Option<Uuid>,
}

/// Appends the columns and where they come from, under the alias `x`, with a condition that others follow by `and`.
fn selected<K: Stored>(as_of: Option<Instant>, even_hidden: bool) -> Sql {
    let table = K::TABLE;
    let of_thesis = |alias: &str| {
        if K::HAS_LAYER {
            format!("{alias}.layer, {alias}.review_on")
        } else {
            "null::text as layer, null::date as review_on".to_owned()
        }
    };
    let shown = if even_hidden {
        "true"
    } else {
        "x.hidden_at is null"
    };
    let Some(at) = as_of else {
        return Sql::new(&format!(
            "select x.id, x.statement, {}, x.sector_id, x.startup_ids, x.begun_as, x.created_at, x.recorded_at, x.version, x.hidden_at \
             from {table} x where {shown}",
            of_thesis("x")
        ));
    };
    let mut sql = Sql::new(&format!(
        "select x.{table}_id as id, x.statement, {}, x.sector_id, x.startup_ids, c.begun_as, c.created_at, x.known_from as recorded_at, \
         x.version, x.hidden_at from {table}_version x join {table} c on c.id = x.{table}_id where {shown} and x.known_from <= ",
        of_thesis("x")
    ));
    sql.bind(at, "")
        .push(" and (x.known_until is null or x.known_until > ")
        .bind(at, "")
        .push(")");
    sql
}

/// The column that names a belief, in the table or in that of its versions.
fn id_column<K: Stored>(as_of: Option<Instant>) -> String {
    match as_of {
        None => "x.id".to_owned(),
        Some(_) => format!("x.{}_id", K::TABLE),
    }
}

/// Reads beliefs and then their verdicts: two statements, however many there are.
async fn read<K: Stored>(
    db: &impl Reader,
    sql: Sql,
    as_of: Option<Instant>,
) -> Result<Vec<(Belief<K>, bool)>, Error> {
    let rows: Vec<Row> = sql.all(db).await?;
    let mut found: Vec<(Belief<K>, bool)> = rows.into_iter().map(Row::read).collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Ok(found);
    }
    let ids: Vec<TypeSafeId<K::Tag>> = found.iter().map(|(belief, _)| belief.id).collect();
    let mut verdicts = verdicts::<K>(db, &ids, as_of).await?;
    for (belief, _) in &mut found {
        belief.verdicts = verdicts.remove(&belief.id).unwrap_or_default();
    }
    Ok(found)
}

/// Served by the index of verdicts by their belief.
async fn verdicts<K: Stored>(
    db: &impl Reader,
    ids: &[TypeSafeId<K::Tag>],
    as_of: Option<Instant>,
) -> Result<HashMap<TypeSafeId<K::Tag>, Vec<Verdict<K::Status>>>, Error> {
    let table = K::TABLE;
    let mut sql = Sql::new(&format!(
        "select v.id, v.{table}_id as belief_id, v.status, v.on_day, v.reason, v.source_url, v.recorded_at, v.recorded_by \
         from {table}_verdict v where "
    ));
    sql.one_of(&format!("v.{table}_id"), ids);
    if let Some(at) = as_of {
        sql.push(" and v.recorded_at <= ").bind(at, "");
    }
    sql.push(&format!(" order by v.{table}_id, v.on_day, v.recorded_at, v.id"));
    let rows: Vec<VerdictRow> = sql.all(db).await?;
    let mut found: HashMap<TypeSafeId<K::Tag>, Vec<Verdict<K::Status>>> = HashMap::new();
    for row in rows {
        let VerdictRow {
            id,
            belief_id,
            status,
            on_day,
            reason,
            source_url,
            recorded_at,
            recorded_by,
        } = row;
        let verdict = Verdict {
            id: typed(id),
            said: Said {
                status: Error::row("verdict", id, status.parse())?,
                on: on_day,
                reason,
                source_url,
            },
            recorded_at,
            by: recorded_by.map(typed),
        };
        found.entry(typed(belief_id)).or_default().push(verdict);
    }
    Ok(found)
}

fn shown<K: Kind>(found: Vec<(Belief<K>, bool)>) -> Vec<Belief<K>> {
    found.into_iter().map(|(belief, _)| belief).collect()
}

/// Every belief of a kind, in the order in which they were written down; as known at an instant if one is given.
pub async fn all<K: Stored>(db: &impl Reader, as_of: Option<Instant>) -> Result<Vec<Belief<K>>, Error> {
    let mut sql = selected::<K>(as_of, false);
    sql.push(&format!(" order by {}", id_column::<K>(as_of)));
    Ok(shown(read(db, sql, as_of).await?))
}

/// The beliefs with these ids; as known at an instant if one is given.
pub async fn by_ids<K: Stored>(
    db: &impl Reader,
    ids: &[TypeSafeId<K::Tag>],
    as_of: Option<Instant>,
) -> Result<Vec<Belief<K>>, Error> {
    let mut sql = selected::<K>(as_of, false);
    sql.push(" and ").one_of(&id_column::<K>(as_of), ids);
    Ok(shown(read(db, sql, as_of).await?))
}

/// The beliefs on which one of these startups rests, in the order in which they were written down. Served by the index of
/// startups.
pub async fn of_startups<K: Stored>(
    db: &impl Reader,
    startups: &[StartupId],
    as_of: Option<Instant>,
) -> Result<Vec<Belief<K>>, Error> {
    let mut sql = selected::<K>(as_of, false);
    sql.push(" and x.startup_ids && ")
        .bind_ids(startups)
        .push(&format!(" order by {}", id_column::<K>(as_of)));
    Ok(shown(read(db, sql, as_of).await?))
}

/// How many beliefs of a kind there are.
pub async fn count<K: Stored>(db: &impl Reader) -> Result<i64, Error> {
    let text = format!("select count(*) as n from {} where hidden_at is null", K::TABLE);
    Sql::new(&text).count(db).await
}

/// A belief whose row stays locked until the transaction ends, a hidden one too, with whether it is. The startups it
/// names, and those of deals that wait for it, are locked before.
pub async fn lock<K: Stored>(
    db: &impl Reader,
    id: TypeSafeId<K::Tag>,
) -> Result<Option<(Belief<K>, bool)>, Error> {
    let mut sql = selected::<K>(None, true);
    sql.push(" and x.id = ")
        .bind(id.uuid(), "")
        .push(" for no key update of x");
    Ok(read(db, sql, None).await?.pop())
}

/// Beliefs that nobody gives a verdict until the transaction ends, by their ids.
pub async fn hold<K: Stored>(
    db: &impl Reader,
    ids: &[TypeSafeId<K::Tag>],
) -> Result<HashMap<TypeSafeId<K::Tag>, Belief<K>>, Error> {
    let mut sql = selected::<K>(None, false);
    sql.push(" and ")
        .one_of("x.id", ids)
        .push(" order by x.id for share of x");
    let found = shown(read(db, sql, None).await?);
    Ok(found.into_iter().map(|belief| (belief.id, belief)).collect())
}

/// Adds a belief.
pub async fn insert<K: Stored>(db: &impl Reader, belief: &Belief<K>) -> Result<(), Error> {
    let Belief {
        id,
        profile,
        begun_as,
        verdicts: _,
        created_at,
        updated_at,
        version,
    } = belief;
    let Profile {
        statement,
        layer,
        sector_id,
        review_on,
        startup_ids,
    } = profile.clone();
    let more = if K::HAS_LAYER { ", layer, review_on" } else { "" };
    let mut sql = Sql::new(&format!(
        "insert into {} (id, statement, sector_id, startup_ids, begun_as, created_at, recorded_at, version{more}) values (",
        K::TABLE
    ));
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(statement, "")
        .push(", ")
        .bind(sector_id.map(|sector| sector.uuid()), "::uuid")
        .push(", ")
        .bind_ids(&startup_ids)
        .push(", ")
        .bind(begun_as.to_string(), "")
        .push(", ")
        .bind(*created_at, "")
        .push(", ")
        .bind(*updated_at, "")
        .push(", ")
        .bind(*version, "");
    if K::HAS_LAYER {
        sql.push(", ")
            .bind(layer.map(|layer| layer.code().to_owned()), "::text")
            .push(", ")
            .bind(review_on, "::date");
    }
    sql.push(")");
    sql.run(db).await?;
    search::refresh(db, K::INDEXED, &[id.uuid()]).await
}

/// Stores a locked belief anew: what people write about it, its version, and when it changed.
pub async fn update<K: Stored>(db: &impl Reader, belief: &Belief<K>) -> Result<(), Error> {
    let Belief {
        id,
        profile,
        begun_as: _,
        verdicts: _,
        created_at: _,
        updated_at,
        version,
    } = belief;
    let Profile {
        statement,
        layer,
        sector_id,
        review_on,
        startup_ids,
    } = profile.clone();
    let mut sql = Sql::new(&format!("update {} set statement = ", K::TABLE));
    sql.bind(statement, "")
        .push(", sector_id = ")
        .bind(sector_id.map(|sector| sector.uuid()), "::uuid")
        .push(", startup_ids = ")
        .bind_ids(&startup_ids)
        .push(", recorded_at = ")
        .bind(*updated_at, "")
        .push(", version = ")
        .bind(*version, "");
    if K::HAS_LAYER {
        sql.push(", layer = ")
            .bind(layer.map(|layer| layer.code().to_owned()), "::text")
            .push(", review_on = ")
            .bind(review_on, "::date");
    }
    sql.push(" where id = ").bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh(db, K::INDEXED, &[id.uuid()]).await
}

/// Hides a locked belief whose creation is undone, or shows it again.
pub async fn set_hidden<K: Stored>(
    db: &impl Reader,
    id: TypeSafeId<K::Tag>,
    hidden: bool,
    now: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new(&format!(
        "update {} set version = version + 1, hidden_at = ",
        K::TABLE
    ));
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "::timestamptz")
        .push(", recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh(db, K::INDEXED, &[id.uuid()]).await
}

/// Appends a verdict to a locked belief.
pub async fn insert_verdict<K: Stored>(
    db: &impl Reader,
    of: TypeSafeId<K::Tag>,
    verdict: &Verdict<K::Status>,
) -> Result<(), Error> {
    let Verdict {
        id,
        said,
        recorded_at,
        by,
    } = verdict;
    let Said {
        status,
        on,
        reason,
        source_url,
    } = said;
    let table = K::TABLE;
    let mut sql = Sql::new(&format!(
        "insert into {table}_verdict (id, {table}_id, status, on_day, reason, source_url, recorded_at, recorded_by) values ("
    ));
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(of.uuid(), "")
        .push(", ")
        .bind(status.to_string(), "")
        .push(", ")
        .bind(*on, "")
        .push(", ")
        .bind(reason.clone(), "")
        .push(", ")
        .bind(source_url.clone(), "::text")
        .push(", ")
        .bind(*recorded_at, "")
        .push(", ")
        .bind(by.map(|user: UserId| user.uuid()), "::uuid")
        .push(")");
    sql.run(db).await?;
    Ok(())
}
