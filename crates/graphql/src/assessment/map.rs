//! The hype map: what is claimed against what is shown.

use std::sync::Arc;

use app::{
    assessment::{Among, Standing},
    pipeline::median,
};
use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{Instant, SectorId, sector::Sector as SectorRow};

use super::share;
use crate::{
    context::{caller, tree},
    error::{coded, told},
    evidence::Grade,
    scalar::{DateTime, Decimal},
    sector::Sector,
    startup::{self, Layer, Startup},
};

/// How many startups are told one by one.
const POINTS_LIMIT: usize = 2_000;
/// Into how many steps each axis of the grid is divided.
const STEPS: i32 = 20;

/// Startups between what is claimed and what is shown: those of which something is live.
pub struct HypeMap {
    as_of: Option<Instant>,
    at: Instant,
    standings: Arc<Vec<Standing>>,
    tree: Arc<Vec<SectorRow>>,
}

/// A startup on the map.
pub struct HypePoint {
    standing: Standing,
    as_of: Option<Instant>,
}

/// A startup on the map.
#[Object]
impl HypePoint {
    /// The startup.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        let id = self.standing.placed.startup;
        let found = startup::by_id(ctx, id, self.as_of).await?;
        found.ok_or_else(|| told(app::Error::Internal(format!("{id} is assessed but not there"))))
    }
    /// What demand would be if everything were believed, 0..1.
    async fn claimed_demand(&self) -> Decimal {
        share(self.standing.claimed_demand)
    }
    /// What the evidence says, 0..1.
    async fn demand(&self) -> Decimal {
        share(self.standing.demand)
    }
    /// claimedDemand - demand.
    async fn hype_gap(&self) -> Decimal {
        share(self.standing.hype_gap)
    }
    /// 1 - demand / claimedDemand; null where nothing is claimed.
    async fn hype_share(&self) -> Option<Decimal> {
        self.standing.hype_share.map(share)
    }
    /// The highest grade of a standing record of use; null where there is none.
    async fn best_grade(&self) -> Option<Grade> {
        self.standing.best_grade.map(Into::into)
    }
}

/// How many startups lie in a field of the map.
#[derive(SimpleObject)]
pub struct HypeCell {
    /// From this claimed demand on, to a twentieth above it.
    claimed_from: Decimal,
    /// From this demand on, to a twentieth above it.
    demand_from: Decimal,
    /// How many.
    startups: i32,
}

/// Startups of a layer or sector, taken together.
#[derive(SimpleObject)]
pub struct HypeSum {
    /// The layer; null in sums by sector, and for those not classified.
    layer: Option<Layer>,
    /// The sector; null in sums by layer, and for those in none.
    sector: Option<Sector>,
    /// How many startups; one in several sectors counts in each.
    startups: i32,
    /// How many of them have the flag HYPE_GAP.
    flagged: i32,
    /// The median of claimed demand.
    median_claimed_demand: Decimal,
    /// The median of demand.
    median_demand: Decimal,
    /// The median of the gap.
    median_hype_gap: Decimal,
}

impl HypeSum {
    fn of(layer: Option<Layer>, sector: Option<Sector>, standings: &[&Standing]) -> Self {
        // Of nothing it is nought.
        let median = |figure: fn(&Standing) -> f64| {
            share(median(standings.iter().map(|one| figure(one)).collect()).unwrap_or_default())
        };
        Self {
            layer,
            sector,
            startups: count(standings.len()),
            flagged: count(standings.iter().filter(|one| one.is_flagged).count()),
            median_claimed_demand: median(|one| one.claimed_demand),
            median_demand: median(|one| one.demand),
            median_hype_gap: median(|one| one.hype_gap),
        }
    }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// In which step of an axis a share lies.
fn step(share: f64) -> i32 {
    ((share * f64::from(STEPS)) as i32).clamp(0, STEPS - 1)
}

/// Startups between what is claimed and what is shown: those of which something is live.
#[Object]
impl HypeMap {
    /// The instant of its figures.
    async fn as_of(&self) -> DateTime {
        DateTime(self.at)
    }
    /// How many startups are on it.
    async fn startups(&self) -> i32 {
        count(self.standings.len())
    }
    /// The startups, the widest gap first: at most 2,000 are told one by one.
    async fn points(&self, #[graphql(default = 2000)] first: Option<i32>) -> Result<Vec<HypePoint>> {
        let first = first.unwrap_or(2000);
        let most = count(POINTS_LIMIT);
        if !(0..=most).contains(&first) {
            return Err(coded(
                "BAD_USER_INPUT",
                format!("first: {first} startups cannot be had; 0 to {most} can"),
            ));
        }
        Ok(self
            .standings
            .iter()
            .take(first.unsigned_abs() as usize)
            .map(|standing| HypePoint {
                standing: standing.clone(),
                as_of: self.as_of,
            })
            .collect())
    }
    /// How many startups lie in each field of a grid of 20 by 20, empty fields left out: for maps of more startups than
    /// can be told one by one.
    async fn grid(&self) -> Vec<HypeCell> {
        let mut cells = std::collections::BTreeMap::new();
        for one in self.standings.iter() {
            *cells
                .entry((step(one.claimed_demand), step(one.demand)))
                .or_insert(0_usize) += 1;
        }
        let from = |step: i32| share(f64::from(step) / f64::from(STEPS));
        cells
            .into_iter()
            .map(|((claimed, demand), n)| HypeCell {
                claimed_from: from(claimed),
                demand_from: from(demand),
                startups: count(n),
            })
            .collect()
    }
    /// Taken together by layer; those without startups are left out.
    async fn layers(&self) -> Vec<HypeSum> {
        use domain::startup::Layer as L;
        [Some(L::Model), Some(L::Middleware), Some(L::App), None]
            .into_iter()
            .filter_map(|layer| {
                let of: Vec<&Standing> = self
                    .standings
                    .iter()
                    .filter(|one| one.placed.layer == layer)
                    .collect();
                (!of.is_empty()).then(|| HypeSum::of(layer.map(Into::into), None, &of))
            })
            .collect()
    }
    /// Taken together by root of the sector tree, or by every sector; those without startups are left out.
    async fn sectors(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 1)] depth: Option<i32>,
    ) -> Result<Vec<HypeSum>> {
        let depth = depth.unwrap_or(1);
        let mut sums = Vec::new();
        for sector in self.tree.iter() {
            if depth <= 1 && sector.parent_id.is_some() {
                continue;
            }
            let below: Vec<SectorId> =
                app::sector::with_descendants(&self.tree, std::slice::from_ref(&sector.slug));
            let of: Vec<&Standing> = self
                .standings
                .iter()
                .filter(|one| one.placed.sectors.iter().any(|id| below.contains(id)))
                .collect();
            if !of.is_empty() {
                let shown = Sector::of(ctx, &[sector.id], self.as_of).await?.pop();
                sums.push(HypeSum::of(None, shown, &of));
            }
        }
        let none: Vec<&Standing> = self
            .standings
            .iter()
            .filter(|one| one.placed.sectors.is_empty())
            .collect();
        if !none.is_empty() {
            sums.push(HypeSum::of(None, None, &none));
        }
        Ok(sums)
    }
}

/// Queries about all startups' evidence.
#[derive(Default)]
pub struct AssessmentQuery;

#[Object]
impl AssessmentQuery {
    /// The hype map: what is claimed against what is shown, of the startups of which something is live; now, or as known
    /// at an instant.
    async fn hype_map(
        &self,
        ctx: &Context<'_>,
        layers: Option<Vec<Layer>>,
        include_unclassified: Option<bool>,
        sectors: Option<Vec<String>>,
        as_of: Option<DateTime>,
    ) -> Result<HypeMap> {
        let caller = caller(ctx)?;
        let as_of = as_of.map(|at| at.0);
        let tree = tree(ctx, as_of).await?;
        let sectors = startup::known_sectors(&tree, sectors.as_deref().unwrap_or_default())?;
        let among = Among {
            layers: layers.unwrap_or_default().into_iter().map(Into::into).collect(),
            include_unclassified: include_unclassified.unwrap_or(false),
            sectors,
        };
        let standings = caller.standings(&among, as_of).await.map_err(told)?;
        Ok(HypeMap {
            as_of,
            at: as_of.unwrap_or_else(|| caller.now()),
            standings: Arc::new(standings),
            tree,
        })
    }
}
