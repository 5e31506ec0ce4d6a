//! The rubric: every version as a whole, in force until the next.

use domain::{
    Instant, Language, Problem,
    assessment::{Rubric, RubricInForce, RubricKind},
};
use sea_orm::FromQueryResult;

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
