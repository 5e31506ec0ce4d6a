//! The matrix of layers and sectors, and those who entered by month of founding.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{Datelike as _, NaiveDate};
use domain::{
    SectorId, StartupId, Viewer,
    assessment::{self, Inputs},
    sector::Sector,
    startup::Layer,
};
use futures::FutureExt as _;
pub use storage::startup::Surveyed;
use storage::{Reader, startup::Filter};

use super::median;
use crate::{App, Caller, Error, aggregate::Question, assessment::BATCH};

/// What the startups of a cell add up to.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Cell {
    pub layer: Option<Layer>,
    pub sector: Option<SectorId>,
    pub startups: i64,
    pub active_deals: i64,
    /// With proof graded VERIFIED.
    pub verified: i64,
    pub median_conviction: Option<f64>,
    pub median_hype_gap: Option<f64>,
    /// Of how many startups these are the medians.
    pub assessed: i64,
}

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Coverage {
    pub cells: Vec<Cell>,
    pub layers: Vec<Cell>,
    pub sectors: Vec<Cell>,
    pub total: Cell,
}

/// A month of founding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Entrants {
    pub month: NaiveDate,
    pub startups: i64,
    pub with_proof: i64,
}

/// The sectors under which a startup is shown: the roots above its own, or its own with all above them; None where it
/// has none.
fn shown(sectors: &[SectorId], tree: &[Sector], depth: i32) -> Vec<Option<SectorId>> {
    let mut found = Vec::new();
    for sector in sectors {
        let mut at = Some(*sector);
        while let Some(one) = at.and_then(|id| tree.iter().find(|sector| sector.id == id)) {
            if (depth > 1 || one.parent_id.is_none()) && !found.contains(&Some(one.id)) {
                found.push(Some(one.id));
            }
            at = one.parent_id;
        }
    }
    if found.is_empty() {
        found.push(None);
    }
    found
}

/// Counts up the startups of a cell.
#[derive(Default)]
struct Tally {
    startups: i64,
    active_deals: i64,
    verified: i64,
    convictions: Vec<f64>,
    hype_gaps: Vec<f64>,
}

impl Tally {
    fn add(&mut self, one: &Surveyed, active_deals: i64) {
        self.startups += 1;
        self.active_deals += active_deals;
        self.verified += i64::from(one.has_verified_proof);
        if let Some(conviction) = one.conviction {
            self.convictions.push(conviction);
            self.hype_gaps.push(one.hype_gap);
        }
    }
    fn cell(self, layer: Option<Layer>, sector: Option<SectorId>) -> Cell {
        Cell {
            layer,
            sector,
            startups: self.startups,
            active_deals: self.active_deals,
            verified: self.verified,
            assessed: i64::try_from(self.convictions.len()).unwrap_or(i64::MAX),
            median_conviction: median(self.convictions),
            median_hype_gap: median(self.hype_gaps),
        }
    }
}

impl App {
    /// Every startup that a filter leaves, with its figures: those stored, or as they were at its instant.
    async fn surveyed(
        &self,
        db: &impl Reader,
        viewer: &Viewer,
        filter: &Filter,
    ) -> Result<Vec<Surveyed>, Error> {
        let Some(at) = filter.as_of else {
            return Ok(storage::startup::survey(db, viewer, filter).await?);
        };
        let (_, yardstick) = self.yardstick(db).await?;
        let mut all = storage::startup::survey_then(db, viewer, filter).await?;
        for batch in all.chunks_mut(BATCH) {
            let ids: Vec<StartupId> = batch.iter().map(|one| one.startup).collect();
            let mut histories = storage::assessment::histories(db, &ids).await?;
            for one in batch {
                let history = histories.remove(&one.startup).unwrap_or_default();
                let figures = assessment::figures(&Inputs::new(Arc::clone(&yardstick), history), at);
                one.has_proof = figures.has_proof;
                one.has_verified_proof = figures.has_verified_proof;
                one.conviction = figures.conviction;
                one.hype_gap = figures.hype_gap;
            }
        }
        Ok(all)
    }
}

/// Counts startups up, with how many active deals each has, under the sectors of a tree.
fn counted(surveyed: &[Surveyed], active: &HashMap<StartupId, i64>, tree: &[Sector], depth: i32) -> Coverage {
    let mut cells: BTreeMap<(Option<Layer>, Option<SectorId>), Tally> = BTreeMap::new();
    let mut layers: BTreeMap<Option<Layer>, Tally> = BTreeMap::new();
    let mut sectors: BTreeMap<Option<SectorId>, Tally> = BTreeMap::new();
    let mut total = Tally::default();
    for one in surveyed {
        let deals = active.get(&one.startup).copied().unwrap_or(0);
        total.add(one, deals);
        layers.entry(one.layer).or_default().add(one, deals);
        for sector in shown(&one.sectors, tree, depth) {
            cells.entry((one.layer, sector)).or_default().add(one, deals);
            sectors.entry(sector).or_default().add(one, deals);
        }
    }
    let place = |sector: Option<SectorId>| tree.iter().position(|one| Some(one.id) == sector);
    let mut cells: Vec<Cell> = cells
        .into_iter()
        .map(|((layer, sector), tally)| tally.cell(layer, sector))
        .collect();
    // In the tree's order, what has no sector or layer last.
    let order = |cell: &Cell| {
        (
            place(cell.sector).unwrap_or(usize::MAX),
            cell.layer.is_none(),
            cell.layer,
        )
    };
    cells.sort_by_key(order);
    let mut sectors: Vec<Cell> = sectors
        .into_iter()
        .map(|(sector, tally)| tally.cell(None, sector))
        .collect();
    sectors.sort_by_key(order);
    let mut layers: Vec<Cell> = layers
        .into_iter()
        .map(|(layer, tally)| tally.cell(layer, None))
        .collect();
    layers.sort_by_key(order);
    Coverage {
        cells,
        layers,
        sectors,
        total: total.cell(None, None),
    }
}

impl Caller {
    /// Of the startups that a filter leaves as of its instant, those of which something was live, or those of which
    /// nothing was: each is assessed anew.
    pub async fn assessed_then(&self, filter: &Filter, is_assessed: bool) -> Result<Vec<StartupId>, Error> {
        let viewer = self.reader().await?;
        let all = self.app.surveyed(&self.db, &viewer, filter).await?;
        let asked = all
            .into_iter()
            .filter(|one| one.conviction.is_some() == is_assessed);
        Ok(asked.map(|one| one.startup).collect())
    }

    /// The matrix of layers and sectors: roots of the tree, or with a depth of 2 every sector, descendants counting for
    /// those above them. A startup in two sectors counts in both, and once in a total. Remembered.
    pub async fn coverage(&self, filter: &Filter, depth: i32) -> Result<Arc<Coverage>, Error> {
        let app = self.app.clone();
        self.aggregate(Question::Coverage(filter, depth), |db, viewer, _| {
            let filter = filter.clone();
            async move {
                let tree = storage::sector::all(db, filter.as_of).await?;
                let surveyed = app.surveyed(db, viewer, &filter).await?;
                let active = storage::deal::active_by_startup(db, viewer, filter.as_of).await?;
                Ok((counted(&surveyed, &active, &tree, depth), None))
            }
            .boxed()
        })
        .await
    }

    /// How many startups were founded in each month from that of `from` to that of `to`, months without any left out.
    pub async fn entrants(
        &self,
        filter: &Filter,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<Vec<Entrants>, Error> {
        let viewer = self.reader().await?;
        let mut months: BTreeMap<NaiveDate, Entrants> = BTreeMap::new();
        for one in self.app.surveyed(&self.db, &viewer, filter).await? {
            let Some(day) = one.founded_on.filter(|day| (from..=to).contains(day)) else {
                continue;
            };
            let month = day.with_day(1).unwrap_or(day);
            let entry = months.entry(month).or_insert(Entrants {
                month,
                startups: 0,
                with_proof: 0,
            });
            entry.startups += 1;
            entry.with_proof += i64::from(one.has_proof);
        }
        Ok(months.into_values().collect())
    }
}
