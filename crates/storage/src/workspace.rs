//! The workspace itself: its name, time zone and currency.

use domain::Instant;
use sea_orm::FromQueryResult;

use crate::{Error, Reader, sql::Sql};

/// The one workspace of a database.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// Its name.
    pub name: String,
    /// The time zone of its days.
    pub time_zone: chrono_tz::Tz,
    /// The currency of its sums.
    pub currency: String,
    /// Whether it holds the demonstration.
    pub is_demo: bool,
    /// When it was set up; of the demonstration, the beginning of its day 0.
    pub created_at: Instant,
}

/// Serialises those who set the workspace up.
pub async fn lock_set_up(db: &impl Reader) -> Result<(), Error> {
    Sql::new("select pg_advisory_xact_lock(7404)").run(db).await?;
    Ok(())
}

/// The workspace, if it was set up.
pub async fn get(db: &impl Reader) -> Result<Option<Workspace>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        name: String,
        time_zone: String,
        currency: String,
        is_demo: bool,
        created_at: Instant,
    }
    let row = Sql::new("select name, time_zone, currency, is_demo, created_at from workspace")
        .one::<Row>(db)
        .await?;
    row.map(
        |Row {
             name,
             time_zone,
             currency,
             is_demo,
             created_at,
         }| {
            Ok(Workspace {
                name,
                time_zone: Error::row("workspace", 1, time_zone.parse())?,
                currency,
                is_demo,
                created_at,
            })
        },
    )
    .transpose()
}

/// Sets it up.
pub async fn insert(db: &impl Reader, workspace: &Workspace) -> Result<(), Error> {
    let mut sql = Sql::new("insert into workspace (name, time_zone, currency, is_demo, created_at) values (");
    sql.bind(workspace.name.clone(), "")
        .push(", ")
        .bind(workspace.time_zone.name(), "")
        .push(", ")
        .bind(workspace.currency.clone(), "");
    sql.push(", ")
        .bind(workspace.is_demo, "")
        .push(", ")
        .bind(workspace.created_at, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}
