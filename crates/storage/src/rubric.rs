//! The rubric: every version as a whole, in force until the next.

use domain::{
    Instant, Language, Problem,
    assessment::{Rubric, RubricInForce, RubricKind, RubricVersion},
    typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

const TABLE: &str = "rubric";

/// Keeps everybody else out who changes what startups are measured with, the rubric or the rates, and waits for those
/// who write figures: these hold the same lock together. First thing in the transaction.
pub async fn lock_measures(db: &impl Reader) -> Result<(), Error> {
    Sql::new("select pg_advisory_xact_lock(7406)").run(db).await?;
    Ok(())
}

/// Every rubric with the instant since which it is in force, the earliest first.
pub async fn all(db: &impl Reader) -> Result<Vec<RubricInForce>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        version: i32,
        in_force_from: Instant,
        kinds: serde_json::Value,
    }
    let rows: Vec<Row> = Sql::new("select version, in_force_from, kinds from rubric order by version")
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let rubric = rubric(row.version, row.kinds)?;
            let in_force = RubricInForce::new(rubric, row.in_force_from).map_err(|wrong| words(&wrong));
            Error::row(TABLE, row.version, in_force)
        })
        .collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    version: i32,
    in_force_from: Instant,
    kinds: serde_json::Value,
    note: Option<String>,
    by: Option<Uuid>,
}

impl Row {
    fn read(self) -> Result<RubricVersion, Error> {
        let Self {
            id,
            version,
            in_force_from,
            kinds,
            note,
            by,
        } = self;
        Ok(RubricVersion {
            id: typed(id),
            rubric: rubric(version, kinds)?,
            in_force_from,
            note,
            by: by.map(typed),
        })
    }
}

const VERSIONS: &str = "select id, version, in_force_from, kinds, note, by from rubric";

/// Every version, the newest first.
pub async fn versions(db: &impl Reader) -> Result<Vec<RubricVersion>, Error> {
    let mut sql = Sql::new(VERSIONS);
    sql.push(" order by version desc");
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter().map(Row::read).collect()
}

/// The newest version.
pub async fn newest(db: &impl Reader) -> Result<Option<RubricVersion>, Error> {
    let mut sql = Sql::new(VERSIONS);
    sql.push(" order by version desc limit 1");
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// The version of a number.
pub async fn version(db: &impl Reader, version: i32) -> Result<Option<RubricVersion>, Error> {
    let mut sql = Sql::new(VERSIONS);
    sql.push(" where version = ").bind(version, "");
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// Adds a version.
pub async fn insert(db: &impl Reader, new: &RubricVersion) -> Result<(), Error> {
    let RubricVersion {
        id,
        rubric,
        in_force_from,
        note,
        by,
    } = new;
    let Rubric { version, kinds } = rubric;
    let kinds = Error::row(TABLE, version, serde_json::to_value(kinds))?;
    let mut sql = Sql::new("insert into rubric (id, version, in_force_from, kinds, note, by) values (");
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(*version, "")
        .push(", ")
        .bind(*in_force_from, "");
    sql.push(", ")
        .bind(kinds, "")
        .push(", ")
        .bind(note.clone(), "::text")
        .push(", ")
        .bind(by.map(|by| by.uuid()), "::uuid")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

fn rubric(version: i32, kinds: serde_json::Value) -> Result<Rubric, Error> {
    let kinds: Vec<RubricKind> = Error::row(TABLE, version, serde_json::from_value(kinds))?;
    Ok(Rubric { version, kinds })
}

/// What is wrong with a stored rubric, for the log.
fn words(wrong: &[Problem]) -> String {
    let said = wrong.iter().map(|problem| {
        let place = problem.field.join(".");
        format!("{place}: {}", problem.message.text(Language::En))
    });
    said.collect::<Vec<_>>().join("; ")
}
