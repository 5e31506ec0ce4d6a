//! The pass that brings stored figures up to a new day, rubric, formula or rate: who carries it out, and what is left.

use domain::{Instant, StartupId, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::Made;
use crate::{Error, Reader, sql::Sql};

/// The right to carry the pass out, for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Who has it.
    pub holder: Uuid,
    /// Behind which startup to go on.
    pub done_to: Option<StartupId>,
}

/// Takes the pass over for `holder` until `until`, where nobody else has it or their time is over.
pub async fn take_pass(
    db: &impl Reader,
    holder: Uuid,
    now: Instant,
    until: Instant,
) -> Result<Option<Lease>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        done_to: Option<Uuid>,
    }
    let mut sql = Sql::new("update assessment_pass set holder = ");
    sql.bind(holder, "")
        .push(", held_until = ")
        .bind(until, "")
        .push(", started_at = case when done_to is null then ")
        .bind(now, "::timestamptz")
        .push(" else started_at end where holder is null or held_until <= ")
        .bind(now, "")
        .push(" or holder = ")
        .bind(holder, "")
        .push(" returning done_to");
    Ok(sql.one::<Row>(db).await?.map(|row| Lease {
        holder,
        done_to: row.done_to.map(typed),
    }))
}

/// Marks how far the pass is, in the transaction of what it did. False: somebody else has taken it over.
pub async fn go_on(
    db: &impl Reader,
    holder: Uuid,
    done_to: Option<StartupId>,
    until: Instant,
) -> Result<bool, Error> {
    let mut sql = Sql::new("update assessment_pass set done_to = ");
    sql.bind(done_to.map(|id| id.uuid()), "::uuid")
        .push(", held_until = ")
        .bind(until, "")
        .push(" where holder = ")
        .bind(holder, "");
    Ok(sql.run(db).await? == 1)
}

/// Gives the pass back: nothing is left.
pub async fn end_pass(db: &impl Reader, holder: Uuid, now: Instant) -> Result<(), Error> {
    let mut sql =
        Sql::new("update assessment_pass set holder = null, held_until = null, done_to = null, ended_at = ");
    sql.bind(now, "").push(" where holder = ").bind(holder, "");
    sql.run(db).await?;
    Ok(())
}

/// The next startups whose figures were made for or with something else, by id.
pub async fn behind(
    db: &impl Reader,
    made: Made,
    after: Option<StartupId>,
    limit: usize,
) -> Result<Vec<StartupId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        startup_id: Uuid,
    }
    let Made {
        day,
        rubric_version,
        formula_version,
        rates_at,
    } = made;
    // Along the primary key.
    let mut sql = Sql::new("select startup_id from startup_assessment where true");
    if let Some(after) = after {
        sql.push(" and startup_id > ").bind(after.uuid(), "");
    }
    sql.push(" and ((day, rubric_version, formula_version) <> (")
        .bind(day, "")
        .push(", ")
        .bind(rubric_version, "")
        .push(", ")
        .bind(formula_version, "")
        .push(") or rates_at is distinct from ")
        .bind(rates_at, "::timestamptz")
        .push(&format!(") order by startup_id limit {limit}"));
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| typed(row.startup_id))
        .collect())
}
