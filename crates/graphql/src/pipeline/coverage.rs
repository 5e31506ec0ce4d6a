//! The matrix of layers and sectors, and those who entered by month of founding.

use std::sync::Arc;

use app::{pipeline::Cell, startup::Filter};
use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{Instant, assessment::shown, sector};

use super::{backwards, count, share_of};
use crate::{
    assessment::share,
    context::{caller, tree},
    error::told,
    scalar::{Date, DateTime, Decimal},
    sector::Sector,
    startup::{Layer, StartupFilter, known_then},
};

/// How the startups of the fund spread over layers and sectors.
#[derive(SimpleObject)]
pub struct Coverage {
    /// The instant of its figures.
    as_of: DateTime,
    /// A cell for each layer and sector in which there are startups, in the tree's order. A startup in two sectors counts
    /// in both.
    cells: Vec<CoverageCell>,
    /// By layer, whatever the sector: here a startup in two sectors counts once.
    layers: Vec<CoverageCell>,
    /// By sector, whatever the layer.
    sectors: Vec<CoverageCell>,
    /// All of them, each once.
    total: CoverageCell,
}

/// The startups of a layer and a sector. Where both are told, null is: not classified; in a total, null is: any.
#[derive(SimpleObject)]
pub struct CoverageCell {
    /// The layer.
    layer: Option<Layer>,
    /// The sector; those below it count for it.
    sector: Option<Sector>,
    /// How many startups.
    startups: i32,
    /// How many active deals they have.
    active_deals: i32,
    /// The share of them with proof graded VERIFIED, to 4 places.
    proof_share: Option<Decimal>,
    /// The median conviction of those of which something is live; null where nothing is.
    median_conviction: Option<Decimal>,
    /// The median hype gap of the same.
    median_hype_gap: Option<Decimal>,
    /// How many these are: under 3, medians say little.
    assessed: i32,
}

/// The startups founded in a month.
#[derive(SimpleObject)]
pub struct EntrantBucket {
    /// The first day of the month.
    month: Date,
    /// How many startups.
    startups: i32,
    /// How many of them have proof of real use.
    with_proof: i32,
}

fn cell(tree: &Arc<Vec<sector::Sector>>, cell: &Cell) -> CoverageCell {
    CoverageCell {
        layer: cell.layer.map(Into::into),
        sector: cell.sector.and_then(|id| Sector::within(tree, id)),
        startups: count(cell.startups),
        active_deals: count(cell.active_deals),
        proof_share: share_of(cell.verified, cell.startups),
        median_conviction: cell
            .median_conviction
            .map(|value| Decimal(shown::conviction(value))),
        median_hype_gap: cell.median_hype_gap.map(share),
        assessed: count(cell.assessed),
    }
}

/// Reads which startups are meant. Looking back, what is known of now alone narrows nothing.
async fn which(ctx: &Context<'_>, filter: Option<StartupFilter>, as_of: Option<Instant>) -> Result<Filter> {
    let tree = tree(ctx, as_of).await?;
    let filter = filter.unwrap_or_default().read(&tree, caller(ctx)?.today())?;
    match as_of {
        Some(at) => known_then(ctx, &filter, at).await,
        None => Ok(filter),
    }
}

/// Queries about how startups spread.
#[derive(Default)]
pub struct CoverageQuery;

#[Object]
impl CoverageQuery {
    /// The matrix of layers and sectors: startups, active deals, share with verified proof, median conviction and hype
    /// gap. Depth 1: the roots of the tree; 2: every sector. With asOf: as known then, each startup assessed anew.
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        as_of: Option<DateTime>,
        filter: Option<StartupFilter>,
        #[graphql(default = 1)] depth: Option<i32>,
    ) -> Result<Coverage> {
        let as_of = as_of.map(|at| at.0);
        let which = which(ctx, filter, as_of).await?;
        let caller = caller(ctx)?;
        let coverage = caller.coverage(&which, depth.unwrap_or(1)).await.map_err(told)?;
        let tree = tree(ctx, as_of).await?;
        let asked = ctx.look_ahead();
        // A list that nobody asked for is left empty.
        let cells = |name: &str, all: &[Cell]| -> Vec<CoverageCell> {
            let all = if asked.field(name).exists() { all } else { &[] };
            all.iter().map(|one| cell(&tree, one)).collect()
        };
        Ok(Coverage {
            as_of: DateTime(as_of.unwrap_or(caller.now())),
            cells: cells("cells", &coverage.cells),
            layers: cells("layers", &coverage.layers),
            sectors: cells("sectors", &coverage.sectors),
            total: cell(&tree, &coverage.total),
        })
    }
    /// How many startups were founded in each month, and how many of them have proof by now (or by asOf), of those
    /// founded on the days `from` to `to`. Months in which none was are left out, as are startups without a day.
    async fn entrants(
        &self,
        ctx: &Context<'_>,
        from: Date,
        to: Date,
        filter: Option<StartupFilter>,
        as_of: Option<DateTime>,
    ) -> Result<Vec<EntrantBucket>> {
        if from.0 > to.0 {
            return Err(backwards(from.0, to.0));
        }
        let which = which(ctx, filter, as_of.map(|at| at.0)).await?;
        let entrants = caller(ctx)?
            .entrants(&which, (from.0, to.0))
            .await
            .map_err(told)?;
        Ok(entrants
            .into_iter()
            .map(|month| EntrantBucket {
                month: Date(month.month),
                startups: count(month.startups),
                with_proof: count(month.with_proof),
            })
            .collect())
    }
}
