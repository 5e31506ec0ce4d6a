//! How many startups a list would have for each choice of a filter.

use app::startup::Filter;
use async_graphql::{Context, Object, Result, SimpleObject};

use super::{Layer, TechnicalRoute, list::StartupFilter};
use crate::{
    assessment::Flag,
    context::{caller, tree},
    error::told,
    evidence::Grade,
    sector::Sector,
};

/// How many startups of a list there are for each choice of a filter: exact, and counted over what the caller may see.
/// The field that a facet is about does not narrow it, so that it tells what another choice would give.
pub struct StartupFacets {
    filter: Filter,
    /// The same without the sectors that were chosen.
    any_sector: Filter,
}

/// How many startups are on a layer.
#[derive(SimpleObject)]
pub struct LayerCount {
    /// The layer; null: not classified yet.
    layer: Option<Layer>,
    /// How many.
    count: i32,
}

/// How many startups are on a technical route.
#[derive(SimpleObject)]
pub struct RouteCount {
    /// The route.
    route: TechnicalRoute,
    /// How many.
    count: i32,
}

/// How many startups have a flag raised.
#[derive(SimpleObject)]
pub struct FlagCount {
    /// The flag.
    flag: Flag,
    /// How many.
    count: i32,
}

/// How many startups have a best grade.
#[derive(SimpleObject)]
pub struct GradeCount {
    /// The grade.
    grade: Grade,
    /// How many.
    count: i32,
}

/// How many startups are in a country.
#[derive(SimpleObject)]
pub struct CountryCount {
    /// ISO 3166-1 code.
    country: String,
    /// How many.
    count: i32,
}

/// How many startups are in a sector.
#[derive(SimpleObject)]
pub struct SectorCount {
    /// The sector.
    sector: Sector,
    /// How many are in it or below it, each once.
    count: i32,
}

fn small(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// How many startups of a list there are for each choice of a filter: exact, and counted over what the caller may see.
/// The field that a facet is about does not narrow it, so that it tells what another choice would give.
#[Object]
impl StartupFacets {
    /// By layer, most first; those without a startup are left out.
    async fn layers(&self, ctx: &Context<'_>) -> Result<Vec<LayerCount>> {
        let counted = caller(ctx)?.startups_by_layer(&self.filter).await.map_err(told)?;
        Ok(counted
            .into_iter()
            .map(|(layer, n)| LayerCount {
                layer: layer.map(Into::into),
                count: small(n),
            })
            .collect())
    }
    /// By technical route, most first; those without a startup are left out.
    async fn routes(&self, ctx: &Context<'_>) -> Result<Vec<RouteCount>> {
        let counted = caller(ctx)?.startups_by_route(&self.filter).await.map_err(told)?;
        Ok(counted
            .into_iter()
            .map(|(route, n)| RouteCount {
                route: route.into(),
                count: small(n),
            })
            .collect())
    }
    /// By flag, REFUTED_CLAIM first; those that no startup has are left out.
    async fn flags(&self, ctx: &Context<'_>) -> Result<Vec<FlagCount>> {
        let counted = caller(ctx)?.startups_by_flag(&self.filter).await.map_err(told)?;
        Ok(counted
            .into_iter()
            .map(|(flag, n)| FlagCount {
                flag: flag.into(),
                count: small(n),
            })
            .collect())
    }
    /// By the highest grade of a standing record of use, most first; startups without one are left out.
    async fn best_grades(&self, ctx: &Context<'_>) -> Result<Vec<GradeCount>> {
        let caller = caller(ctx)?;
        let counted = caller.startups_by_best_grade(&self.filter).await.map_err(told)?;
        Ok(counted
            .into_iter()
            .map(|(grade, n)| GradeCount {
                grade: grade.into(),
                count: small(n),
            })
            .collect())
    }
    /// By country, most first; startups whose country is not known are left out.
    async fn countries(&self, ctx: &Context<'_>) -> Result<Vec<CountryCount>> {
        let counted = caller(ctx)?
            .startups_by_country(&self.filter)
            .await
            .map_err(told)?;
        Ok(counted
            .into_iter()
            .map(|(country, n)| CountryCount {
                country,
                count: small(n),
            })
            .collect())
    }
    /// By sector in the tree's order, descendants counted in; those without a startup are left out.
    async fn sectors(&self, ctx: &Context<'_>) -> Result<Vec<SectorCount>> {
        let counted = caller(ctx)?
            .startups_by_sector(&self.any_sector)
            .await
            .map_err(told)?;
        let ids: Vec<_> = counted.iter().map(|(id, _)| *id).collect();
        let sectors = Sector::of(ctx, &ids, None).await?;
        Ok(sectors
            .into_iter()
            .filter_map(|sector| {
                let n = counted.iter().find(|(id, _)| sector.is(*id))?.1;
                Some(SectorCount {
                    sector,
                    count: small(n),
                })
            })
            .collect())
    }
}

/// The facets of a list.
pub(super) async fn of(ctx: &Context<'_>, filter: Option<StartupFilter>) -> Result<StartupFacets> {
    let filter = filter.unwrap_or_default();
    let tree = tree(ctx, None).await?;
    let today = caller(ctx)?.today();
    Ok(StartupFacets {
        any_sector: filter.clone().without_sectors().read(&tree, today)?,
        filter: filter.read(&tree, today)?,
    })
}
