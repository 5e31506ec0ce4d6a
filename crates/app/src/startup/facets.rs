//! How many startups a list would have for each choice of a filter.

use domain::{
    SectorId,
    assessment::Flag,
    evidence::Grade,
    startup::{Layer, TechnicalRoute},
};

use super::Filter;
use crate::{Caller, Error};

impl Caller {
    /// On each layer, and on none yet; the layers of the filter do not count.
    pub async fn startups_by_layer(&self, filter: &Filter) -> Result<Vec<(Option<Layer>, i64)>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::by_layer(&self.db, &viewer, filter).await?)
    }
    /// On each technical route; the routes of the filter do not count.
    pub async fn startups_by_route(&self, filter: &Filter) -> Result<Vec<(TechnicalRoute, i64)>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::by_route(&self.db, &viewer, filter).await?)
    }
    /// With each flag raised; the flags of the filter do not count.
    pub async fn startups_by_flag(&self, filter: &Filter) -> Result<Vec<(Flag, i64)>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::by_flag(&self.db, &viewer, filter).await?)
    }
    /// Of each best grade; the best grades of the filter do not count.
    pub async fn startups_by_best_grade(&self, filter: &Filter) -> Result<Vec<(Grade, i64)>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::by_best_grade(&self.db, &viewer, filter).await?)
    }
    /// In each country that is known; the countries of the filter do not count.
    pub async fn startups_by_country(&self, filter: &Filter) -> Result<Vec<(String, i64)>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::by_country(&self.db, &viewer, filter).await?)
    }
    /// In each sector or below it, each startup once. The filter is without the sectors that were chosen.
    pub async fn startups_by_sector(&self, filter: &Filter) -> Result<Vec<(SectorId, i64)>, Error> {
        let viewer = self.reader().await?;
        let tree = storage::sector::all(&self.db, None).await?;
        Ok(storage::startup::by_sector(&self.db, &viewer, filter, &tree).await?)
    }
}
