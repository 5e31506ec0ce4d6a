//! What the formula reads of startups, loaded for many at once, and what is stored of its answers.

mod inputs;
mod pass;
mod standing;

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    Instant, StartupId,
    assessment::{FORMULA_VERSION, Figures, Flag, FlagSet},
    evidence::Grade,
    typed,
};
use sea_orm::FromQueryResult;
use serde::Serialize;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

pub use inputs::{histories, lock};
pub use pass::{Lease, behind, end_pass, go_on, take_pass};
pub use standing::{Among, Placed, Standing, placed_at, standings};

/// What figures were made for and with: as long as it is the same, and the records too, they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The day.
    pub day: NaiveDate,
    /// The version of the rubric.
    pub rubric_version: i32,
    /// The version of the formula.
    pub formula_version: i32,
    /// When the newest exchange rate was recorded; None: there was none.
    pub rates_at: Option<Instant>,
}

/// What all startups are measured with, at its newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measures {
    /// The version of the newest rubric.
    pub rubric_version: i32,
    /// When the newest exchange rate was recorded.
    pub rates_at: Option<Instant>,
}

impl Measures {
    /// What figures of a day are made with.
    pub fn on(self, day: NaiveDate) -> Made {
        let Self {
            rubric_version,
            rates_at,
        } = self;
        Made {
            day,
            rubric_version,
            formula_version: FORMULA_VERSION,
            rates_at,
        }
    }
}

/// The figures of a startup, as they are stored for lists.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Figures")]
pub struct Stored {
    pub made: Made,
    pub conviction: Option<f64>,
    pub demand: f64,
    pub claimed_demand: f64,
    pub hype_gap: f64,
    pub hype_share: Option<f64>,
    pub has_proof: bool,
    pub has_verified_proof: bool,
    pub best_grade: Option<Grade>,
    pub flags: FlagSet,
}

impl Stored {
    /// What is stored of these figures.
    pub fn of(figures: &Figures, made: Made) -> Self {
        let Figures {
            demand,
            proven: _,
            claimed_demand,
            hype_gap,
            hype_share,
            multiplier: _,
            conviction,
            best_grade,
            has_proof,
            has_verified_proof,
            flags,
            rubric_version: _,
        } = *figures;
        Self {
            made,
            conviction,
            demand,
            claimed_demand,
            hype_gap,
            hype_share,
            has_proof,
            has_verified_proof,
            best_grade,
            flags,
        }
    }
}

/// Keeps rubric and rates as they are until the transaction ends, beside others who do; who changes them waits.
pub async fn hold_measures(db: &impl Reader) -> Result<(), Error> {
    Sql::new("select pg_advisory_xact_lock_shared(7406)")
        .run(db)
        .await?;
    Ok(())
}

/// The newest rubric and rates.
pub async fn measures(db: &impl Reader) -> Result<Measures, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        rubric_version: i32,
        rates_at: Option<Instant>,
    }
    // Both from the end of an index.
    let row = Sql::new(
        "select coalesce((select max(version) from rubric), 1) as rubric_version, (select max(recorded_at) from exchange_rate) as rates_at",
    )
    .one::<Row>(db)
    .await?;
    Ok(row.map_or(
        Measures {
            rubric_version: 1,
            rates_at: None,
        },
        |Row {
             rubric_version,
             rates_at,
         }| Measures {
            rubric_version,
            rates_at,
        },
    ))
}

/// The stored figures of startups.
pub async fn stored(db: &impl Reader, ids: &[StartupId]) -> Result<HashMap<StartupId, Stored>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        startup_id: Uuid,
        day: NaiveDate,
        rubric_version: i32,
        formula_version: i32,
        rates_at: Option<Instant>,
        conviction: Option<f64>,
        demand: f64,
        claimed_demand: f64,
        hype_gap: f64,
        hype_share: Option<f64>,
        has_proof: bool,
        has_verified_proof: bool,
        best_grade: Option<String>,
        flags: Vec<String>,
    }
    let mut sql = Sql::new(
        "select startup_id, day, rubric_version, formula_version, rates_at, conviction, demand, claimed_demand, hype_gap, hype_share, \
         has_proof, has_verified_proof, best_grade, flags from startup_assessment where ",
    );
    sql.one_of("startup_id", ids);
    let rows = sql.all::<Row>(db).await?;
    rows.into_iter()
        .map(|row| {
            let id = row.startup_id;
            let flags: Result<Vec<Flag>, Error> = row
                .flags
                .iter()
                .map(|code| Error::row("startup_assessment", id, code.parse()))
                .collect();
            let best_grade = row
                .best_grade
                .map(|code| Error::row("startup_assessment", id, code.parse()));
            Ok((
                typed(id),
                Stored {
                    made: Made {
                        day: row.day,
                        rubric_version: row.rubric_version,
                        formula_version: row.formula_version,
                        rates_at: row.rates_at,
                    },
                    conviction: row.conviction,
                    demand: row.demand,
                    claimed_demand: row.claimed_demand,
                    hype_gap: row.hype_gap,
                    hype_share: row.hype_share,
                    has_proof: row.has_proof,
                    has_verified_proof: row.has_verified_proof,
                    best_grade: best_grade.transpose()?,
                    flags: flags?.into_iter().collect(),
                },
            ))
        })
        .collect()
}

/// Stores figures, in place of those there were.
pub async fn put(db: &impl Reader, rows: &[(StartupId, Stored)]) -> Result<(), Error> {
    #[derive(Serialize)]
    struct Row {
        startup_id: Uuid,
        day: NaiveDate,
        rubric_version: i32,
        formula_version: i32,
        rates_at: Option<Instant>,
        conviction: Option<f64>,
        demand: f64,
        claimed_demand: f64,
        hype_gap: f64,
        hype_share: Option<f64>,
        has_proof: bool,
        has_verified_proof: bool,
        best_grade: Option<&'static str>,
        flags: Vec<&'static str>,
    }
    if rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<Row> = rows
        .iter()
        .map(|(id, stored)| {
            let Stored {
                made,
                conviction,
                demand,
                claimed_demand,
                hype_gap,
                hype_share,
                has_proof,
                has_verified_proof,
                best_grade,
                flags,
            } = *stored;
            let Made {
                day,
                rubric_version,
                formula_version,
                rates_at,
            } = made;
            Row {
                startup_id: id.uuid(),
                day,
                rubric_version,
                formula_version,
                rates_at,
                conviction,
                demand,
                claimed_demand,
                hype_gap,
                hype_share,
                has_proof,
                has_verified_proof,
                best_grade: best_grade.map(Grade::code),
                flags: flags.iter().map(Flag::code).collect(),
            }
        })
        .collect();
    let rows = serde_json::to_value(rows)
        .map_err(|error| Error::Database(sea_orm::DbErr::Json(error.to_string())))?;
    // As JSON, in which a double comes out as it went in: one parameter however many rows there are.
    let mut sql = Sql::new(
        "insert into startup_assessment (startup_id, day, rubric_version, formula_version, rates_at, conviction, demand, claimed_demand, \
         hype_gap, hype_share, has_proof, has_verified_proof, best_grade, flags) select * from jsonb_to_recordset(",
    );
    sql.bind(rows, "::jsonb").push(
        ") as x(startup_id uuid, day date, rubric_version integer, formula_version integer, rates_at timestamptz, \
         conviction double precision, demand double precision, claimed_demand double precision, hype_gap double precision, \
         hype_share double precision, has_proof boolean, has_verified_proof boolean, best_grade text, flags text[]) \
         on conflict (startup_id) do update set (day, rubric_version, formula_version, rates_at, conviction, demand, claimed_demand, \
         hype_gap, hype_share, has_proof, has_verified_proof, best_grade, flags) = (excluded.day, excluded.rubric_version, \
         excluded.formula_version, excluded.rates_at, excluded.conviction, excluded.demand, excluded.claimed_demand, excluded.hype_gap, \
         excluded.hype_share, excluded.has_proof, excluded.has_verified_proof, excluded.best_grade, excluded.flags)",
    );
    sql.run(db).await?;
    Ok(())
}
