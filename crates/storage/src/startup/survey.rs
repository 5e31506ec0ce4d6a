//! Every startup that a filter leaves, with what the matrix and the entrants count of it.

use chrono::NaiveDate;
use domain::{SectorId, StartupId, Viewer, startup::Layer, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::list::{Filter, narrow, push_left};
use crate::{
    Error, Reader,
    search::{self, Kind},
    sql::Sql,
};

/// A startup with its place and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Surveyed {
    /// The startup.
    pub startup: StartupId,
    /// Its layer.
    pub layer: Option<Layer>,
    /// Its sectors.
    pub sectors: Vec<SectorId>,
    /// When it was founded.
    pub founded_on: Option<NaiveDate>,
    /// Whether there is proof.
    pub has_proof: bool,
    /// Whether there is proof graded VERIFIED.
    pub has_verified_proof: bool,
    /// None where nothing is live.
    pub conviction: Option<f64>,
    /// claimed demand - demand.
    pub hype_gap: f64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    layer: Option<String>,
    sector_ids: Vec<Uuid>,
    founded_on: Option<NaiveDate>,
    has_proof: bool,
    has_verified_proof: bool,
    conviction: Option<f64>,
    hype_gap: f64,
}

impl Row {
    fn read(self) -> Result<Surveyed, Error> {
        let Self {
            id,
            layer,
            sector_ids,
            founded_on,
            has_proof,
            has_verified_proof,
            conviction,
            hype_gap,
        } = self;
        Ok(Surveyed {
            startup: typed(id),
            layer: layer
                .map(|code| Error::row("startup", id, code.parse()))
                .transpose()?,
            sectors: sector_ids.into_iter().map(typed).collect(),
            founded_on,
            has_proof,
            has_verified_proof,
            conviction,
            hype_gap,
        })
    }
}

/// The startups that a filter leaves, with the figures stored of them.
pub async fn survey(db: &impl Reader, viewer: &Viewer, filter: &Filter) -> Result<Vec<Surveyed>, Error> {
    let way = search::way(db, Kind::Startup, filter.search.as_deref()).await?;
    let mut sql = Sql::new(
        "select s.id, s.layer, s.sector_ids, s.founded_on, b.has_proof, b.has_verified_proof, b.conviction, b.hype_gap \
         from startup s join startup_assessment b on b.startup_id = s.id",
    );
    narrow(&mut sql, viewer, filter, way.of_all());
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}

/// The startups that a filter leaves as of its instant, as they were known then; their figures are still to be computed.
pub async fn survey_then(db: &impl Reader, viewer: &Viewer, filter: &Filter) -> Result<Vec<Surveyed>, Error> {
    let mut sql = Sql::new(
        "select s.id, s.layer, s.sector_ids, s.founded_on, false as has_proof, false as has_verified_proof, \
         null::double precision as conviction, 0::double precision as hype_gap",
    );
    push_left(&mut sql, viewer, filter);
    sql.all::<Row>(db).await?.into_iter().map(Row::read).collect()
}
