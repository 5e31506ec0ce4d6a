//! The matrix as its template draws it: every text ready, every link made.

use askama::Template;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::filters;
use super::query::{MatrixQuery, Measure, StartupFilter};
use super::{Choices, Coverage, CoverageCell, SectorThesis, document};
use crate::as_of_menu::AsOfMenu;
use crate::deal::DealStatus;
use crate::deals::behind::{Grouping, Within};
use crate::deals::query::{DealsQuery, Face};
use crate::layer::{self, Layer};
use crate::narrow::{Chip, Menu};
use crate::period::{Period, PeriodMenu};
use crate::query::{Bad, Days, LayerChoice, Sort, StartupsQuery};
use crate::sector::{self, SectorLine, SectorNode};
use crate::shell::{Section, Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{MatrixWords, Words};
use crate::{Site, fmt, startups};

/// Of how many startups a share or a median says something.
const FEW: i32 = 3;
/// How many shades there are.
const STEPS: u32 = 7;

/// What the page has found out.
pub(super) struct Found {
    pub(super) query: MatrixQuery,
    pub(super) bad: Vec<Bad>,
    /// The days of its period.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    pub(super) viewer: Viewer,
    pub(super) sectors: Vec<SectorNode>,
    pub(super) tree: Vec<SectorLine>,
    pub(super) theses: Vec<SectorThesis>,
    /// None where the query was not understood.
    pub(super) coverage: Option<Coverage>,
    pub(super) choices: Choices,
    pub(super) variables: serde_json::Value,
}

#[derive(Template)]
#[template(path = "matrix.html")]
pub(super) struct Page {
    shell: Shell,
    m: &'static MatrixWords,
    chips: Vec<Chip>,
    menus: Vec<Menu>,
    period: PeriodMenu,
    clear_link: String,
    measures: Vec<Choice>,
    means: &'static str,
    /// What the period narrows, where there is one.
    came_in: Option<&'static str>,
    depths: [Choice; 2],
    as_of_menu: AsOfMenu,
    body: Body,
}

struct Choice {
    text: &'static str,
    link: String,
    is_chosen: bool,
}

enum Body {
    Bad,
    Nothing {
        heading: &'static str,
    },
    /// No startup of those there are.
    NoMatch,
    Matrix(Box<Matrix>),
}

struct Matrix {
    count: String,
    layers: [(&'static str, &'static str); 4],
    rows: Vec<Row>,
    total: Vec<Cell>,
    legend: Vec<(u32, String)>,
    has_few: bool,
}

struct Row {
    name: String,
    depth: usize,
    is_focus: bool,
    /// What the fund believes of it: a label and the words.
    thesis: Vec<(&'static str, String)>,
    cells: Vec<Cell>,
}

/// A cell. One of a sum has no shade: it would outshine all others.
struct Cell {
    /// None where nothing is.
    figure: Option<String>,
    exact: String,
    n: Option<String>,
    is_few: bool,
    heat: Option<u32>,
    link: Option<String>,
    label: String,
}

impl Page {
    pub(super) fn new(site: &Site, visit: &Visit, found: Found) -> Self {
        let words = visit.words();
        let m = words.matrix();
        let Found {
            query,
            bad,
            days,
            viewer,
            sectors,
            tree,
            theses,
            coverage,
            choices,
            variables,
        } = found;
        let zone = site.config.zone;
        let mut shell = Shell::new(site, visit, m.matrix);
        shell.user = Some(viewer.menu(words));
        shell.section = Section::Matrix;
        // Without figures there is nothing that could change.
        if coverage.is_some() {
            shell.follow(startups::FOLLOWED);
        }
        shell.query_link = Some(query_link(&document(), &variables, "MatrixPage"));
        shell.as_of = None;
        if let Some(as_of) = query.as_of {
            shell.stand_as_of(as_of, zone);
        }
        let today = visit.now.with_timezone(&zone).date_naive();
        // Of the past, what is stored of now alone cannot be asked.
        let then = query.with(|q| {
            q.filter = q.filter.of_any_day();
        });
        let as_of_menu = AsOfMenu::new(
            "/matrix",
            then.carried(),
            query.as_of,
            (today, zone),
            words,
            |as_of| then.with(|q| q.as_of = Some(as_of)).link(&[]),
        );
        let body = match coverage {
            None => Body::Bad,
            Some(coverage)
                if coverage.total.startups == 0
                    && (query.filter != StartupFilter::default() || query.period.is_some()) =>
            {
                Body::NoMatch
            }
            Some(coverage) if coverage.total.startups == 0 => Body::Nothing {
                heading: if query.as_of.is_some() {
                    m.nothing_then
                } else {
                    m.nothing_yet
                },
            },
            Some(coverage) => Body::Matrix(Box::new(Matrix::new(
                &coverage,
                (&sectors, &theses),
                (&query, days),
                words,
            ))),
        };
        Self {
            m,
            chips: filters::chips(&query, &bad, &tree, &choices, words),
            menus: filters::menus(&query, &tree, &choices, words),
            period: PeriodMenu::new(
                ("/matrix", query.carried()),
                days,
                (query.period, &Period::OR_ANY),
                words,
                |period| query.with(|q| q.period = period).link(&[]),
            ),
            clear_link: query.cleared().link(&[]),
            measures: Measure::ALL
                .into_iter()
                .map(|measure| Choice {
                    text: name_of(measure, m),
                    link: query.with(|q| q.measure = measure).link(&[]),
                    is_chosen: query.measure == measure,
                })
                .collect(),
            means: match query.measure {
                Measure::Startups => m.startups_means,
                Measure::Deals => m.deals_means,
                Measure::Proof => m.proof_means,
                Measure::Conviction => m.conviction_means,
                Measure::Gap => m.gap_means,
            },
            came_in: query.period.map(|_| m.came_in_means),
            depths: [false, true].map(|is_deep| Choice {
                text: if is_deep { m.every_sector } else { m.roots },
                link: query.with(|q| q.is_deep = is_deep).link(&[]),
                is_chosen: query.is_deep == is_deep,
            }),
            as_of_menu,
            body,
            shell,
        }
    }
}

fn name_of(measure: Measure, m: &MatrixWords) -> &'static str {
    match measure {
        Measure::Startups => m.startups,
        Measure::Deals => m.deals,
        Measure::Proof => m.proof,
        Measure::Conviction => m.conviction,
        Measure::Gap => m.gap,
    }
}

/// The columns: the three layers and what has none.
const LAYERS: [Option<Layer>; 4] = [
    Some(Layer::Model),
    Some(Layer::Middleware),
    Some(Layer::App),
    None,
];

/// How the cells of a measure are drawn.
struct Scale<'a> {
    query: &'a MatrixQuery,
    /// On which days its startups came in.
    days: Option<(NaiveDate, NaiveDate)>,
    words: &'a Words,
    /// The sectors that are a focus, and those below one.
    focus: Vec<String>,
    /// How wide a shade is.
    step: Decimal,
}

impl Matrix {
    fn new(
        coverage: &Coverage,
        (sectors, theses): (&[SectorNode], &[SectorThesis]),
        (query, days): (&MatrixQuery, Option<(NaiveDate, NaiveDate)>),
        words: &Words,
    ) -> Self {
        let m = words.matrix();
        let measure = query.measure;
        let most = coverage
            .cells
            .iter()
            .filter(|cell| !is_few(cell, measure))
            .filter_map(|cell| value(cell, measure))
            .max()
            .unwrap_or_default();
        let scale = Scale {
            query,
            days,
            words,
            focus: within_focus(&sector::tree(sectors)),
            step: step(most, measure),
        };
        let mut rows: Vec<Row> = sector::tree(sectors)
            .into_iter()
            .filter(|line| query.is_deep || line.depth == 0)
            .filter(|line| scale.place_of(&line.chip.slug, sectors) != Place::Beside)
            .map(|line| {
                let slug = line.chip.slug.as_str();
                Row {
                    name: line.chip.name_in(words.language).to_owned(),
                    depth: line.depth.min(3),
                    is_focus: line.chip.is_focus,
                    thesis: theses
                        .iter()
                        .find(|thesis| line.chip.is_focus && thesis.slug == slug)
                        .map(|thesis| believed(thesis, m))
                        .unwrap_or_default(),
                    cells: scale.row(
                        coverage,
                        Some((slug, scale.place_of(slug, sectors))),
                        line.chip.name_in(words.language),
                    ),
                }
            })
            .collect();
        if query.filter.sector.is_none() && coverage.sectors.iter().any(|cell| cell.sector.is_none()) {
            rows.push(Row {
                name: m.no_sector.to_owned(),
                depth: 0,
                is_focus: false,
                thesis: Vec::new(),
                cells: scale.row(coverage, None, m.no_sector),
            });
        }
        let mut total: Vec<Cell> = LAYERS
            .into_iter()
            .map(|layer| {
                let found = coverage.layers.iter().find(|cell| cell.layer == layer);
                let target = Target {
                    layer: Some(layer),
                    sector: query.filter.sector.as_deref(),
                };
                scale.sum(found, target, m.all_sectors)
            })
            .collect();
        let everything = Target {
            layer: None,
            sector: query.filter.sector.as_deref(),
        };
        total.push(scale.sum(Some(&coverage.total), everything, m.all_sectors));
        let has_few = rows
            .iter()
            .flat_map(|row| &row.cells)
            .chain(&total)
            .any(|cell| cell.is_few);
        Self {
            count: fmt::exact(coverage.total.startups.into()),
            layers: LAYERS.map(|layer| (layer::style(layer), layer::word(layer, words))),
            rows,
            total,
            legend: (0..STEPS)
                .map(|heat| (heat, said(scale.step * Decimal::from(heat + 1), measure)))
                .collect(),
            has_few,
        }
    }
}

fn believed(thesis: &SectorThesis, m: &MatrixWords) -> Vec<(&'static str, String)> {
    [
        (m.payer, &thesis.payer),
        (m.open_problem, &thesis.open_problem),
        (m.thesis, &thesis.thesis),
    ]
    .into_iter()
    .filter_map(|(name, words)| Some((name, words.clone()?)))
    .collect()
}

/// Where a sector's row stands to the sector that the matrix is narrowed to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is it, or below it; or the matrix is not narrowed so.
    Within,
    Above,
    Beside,
}

/// The sectors that are a focus, and those below one.
fn within_focus(tree: &[SectorLine]) -> Vec<String> {
    let mut found = Vec::new();
    let mut above: Option<usize> = None;
    for line in tree {
        if above.is_some_and(|depth| line.depth <= depth) {
            above = None;
        }
        if above.is_none() && line.chip.is_focus {
            above = Some(line.depth);
        }
        if above.is_some() {
            found.push(line.chip.slug.clone());
        }
    }
    found
}

/// Whether a sector lies below another.
fn is_below(tree: &[SectorLine], slug: &str, above: &str) -> bool {
    let at = |slug: &str| tree.iter().position(|line| line.chip.slug == slug);
    let (Some(place), Some(top)) = (at(slug), at(above)) else {
        return false;
    };
    // What lies below follows it, deeper, until the next that is no deeper.
    top < place
        && tree[top + 1..=place]
            .iter()
            .all(|line| line.depth > tree[top].depth)
}

/// Which startups a cell counts.
#[derive(Clone, Copy)]
struct Target<'a> {
    /// None: any; Some(None): without a layer.
    layer: Option<Option<Layer>>,
    /// None: any.
    sector: Option<&'a str>,
}

impl Scale<'_> {
    /// Where a sector stands to the one that the matrix is narrowed to.
    fn place_of(&self, slug: &str, sectors: &[SectorNode]) -> Place {
        let Some(asked) = self.query.filter.sector.as_deref() else {
            return Place::Within;
        };
        let tree = sector::tree(sectors);
        if slug == asked || is_below(&tree, slug, asked) {
            Place::Within
        } else if is_below(&tree, asked, slug) {
            Place::Above
        } else {
            Place::Beside
        }
    }

    fn row(&self, coverage: &Coverage, row: Option<(&str, Place)>, name: &str) -> Vec<Cell> {
        let sector = row.map(|(slug, _)| slug);
        // Of a row above, all that is counted is of the sector that was asked for.
        let target_sector = match row {
            Some((_, Place::Above)) => self.query.filter.sector.as_deref(),
            _ => sector,
        };
        let is_here = |cell: &&CoverageCell| cell.sector.as_ref().map(|chip| chip.slug.as_str()) == sector;
        let mut cells: Vec<Cell> = LAYERS
            .into_iter()
            .map(|layer| {
                let found = coverage
                    .cells
                    .iter()
                    .filter(is_here)
                    .find(|cell| cell.layer == layer);
                let target = Target {
                    layer: Some(layer),
                    sector: target_sector,
                };
                let mut cell = self.sum(found, target, name);
                let measured = found.and_then(|found| value(found, self.query.measure));
                cell.heat = measured
                    .filter(|_| !cell.is_few)
                    .map(|value| heat(value, self.step));
                if sector.is_none() {
                    cell.link = self.rows_without_sector(found, Some(layer));
                }
                cell
            })
            .collect();
        let target = Target {
            layer: None,
            sector: target_sector,
        };
        let mut sum = self.sum(coverage.sectors.iter().find(is_here), target, name);
        if sector.is_none() {
            sum.link = self.rows_without_sector(coverage.sectors.iter().find(is_here), None);
        }
        cells.push(sum);
        cells
    }

    fn sum(&self, found: Option<&CoverageCell>, target: Target<'_>, sector: &str) -> Cell {
        let measure = self.query.measure;
        let m = self.words.matrix();
        let found = found.filter(|cell| cell.startups > 0);
        let figure = found
            .map(|cell| value(cell, measure).map_or_else(|| "—".to_owned(), |value| said(value, measure)));
        let layer = target
            .layer
            .map_or(m.all_layers, |layer| layer::word(layer, self.words));
        Cell {
            exact: found
                .and_then(|cell| value(cell, measure))
                .map(|value| value.normalize().to_string())
                .unwrap_or_default(),
            n: found
                .filter(|_| measure != Measure::Startups)
                .map(|cell| m.n(&fmt::exact(n_of(cell, measure).into()))),
            is_few: found.is_some_and(|cell| is_few(cell, measure)),
            heat: None,
            link: found.and_then(|found| self.rows_of(found, target)),
            label: m.opens(sector, layer, figure.as_deref().unwrap_or("0")),
            figure,
        }
    }

    /// The active deals that are counted: by what a list of deals has itself, where that says it all.
    fn deals(&self, layer: Option<Option<Layer>>, sector: Option<Option<&str>>) -> String {
        let filter = &self.query.filter;
        let mut list = DealsQuery {
            face: Face::Table,
            as_of: self.query.as_of,
            ..DealsQuery::default()
        };
        list.statuses.insert(DealStatus::Active);
        let is_either =
            layer.is_none() && filter.layers.len() > 1 && filter.layers.contains(&LayerChoice::None);
        if is_either || self.days.is_some() || !filter.is_of_deals() {
            list.of = Some(self.narrowed(layer, sector.map(|slug| slug.unwrap_or("none"))));
            return list.link(&[]);
        }
        let none = |by| Within { by, key: None };
        let layers = layer.map_or_else(
            || filter.layers.clone(),
            |layer| [layer.map_or(LayerChoice::None, LayerChoice::Is)].into(),
        );
        for choice in layers {
            match choice {
                LayerChoice::Is(_) => _ = list.layers.insert(choice),
                LayerChoice::None => list.behind.within.push(none(Grouping::Layer)),
            }
        }
        match sector {
            Some(Some(slug)) => _ = list.sectors.insert(slug.to_owned()),
            Some(None) => list.behind.within.push(none(Grouping::Sector)),
            None => {}
        }
        list.link(&[])
    }

    /// The rows of what has no sector.
    fn rows_without_sector(
        &self,
        found: Option<&CoverageCell>,
        layer: Option<Option<Layer>>,
    ) -> Option<String> {
        let found = found.filter(|cell| cell.startups > 0 && !self.query.filter.focus)?;
        if self.query.measure == Measure::Deals {
            return (found.active_deals > 0).then(|| self.deals(layer, Some(None)));
        }
        Some(self.startups(layer, Some("none")))
    }

    /// The rows that are counted.
    fn rows_of(&self, found: &CoverageCell, target: Target<'_>) -> Option<String> {
        if self.query.measure == Measure::Deals {
            return (found.active_deals > 0).then(|| self.deals(target.layer, target.sector.map(Some)));
        }
        Some(self.startups(target.layer, target.sector))
    }

    /// The startups that are counted. Those of a past day have no order by their conviction.
    fn startups(&self, layer: Option<Option<Layer>>, sector: Option<&str>) -> String {
        let as_of = self.query.as_of;
        let is_by_figures = matches!(self.query.measure, Measure::Conviction | Measure::Gap);
        let mut list = self.narrowed(layer, sector);
        list.as_of = as_of;
        // Those of which something is live have a conviction.
        if is_by_figures && as_of.is_some() {
            list.assessed = Some(true);
        } else if is_by_figures {
            list.conviction.from = Some(Decimal::ZERO);
        }
        list.sort = match self.query.measure {
            _ if as_of.is_some() => Sort::default(),
            Measure::Startups | Measure::Deals => Sort::default(),
            Measure::Proof | Measure::Conviction => Sort::ConvictionDown,
            Measure::Gap => Sort::HypeDown,
        };
        list.link(&[])
    }

    /// What narrows a list to the startups that are counted.
    fn narrowed(&self, layer: Option<Option<Layer>>, sector: Option<&str>) -> StartupsQuery {
        let asked = self.query.filter.sector.as_deref();
        // A row beside the focus counts who is in it and, by another sector, in the focus.
        let is_beside = |slug: &str| {
            let is_focus = Some(slug) == asked || self.focus.iter().any(|one| one == slug);
            self.query.filter.focus && !is_focus
        };
        let also = sector.filter(|slug| is_beside(slug));
        let mut filter = StartupFilter {
            sector: if also.is_some() { asked } else { sector }.map(str::to_owned),
            ..self.query.filter.clone()
        };
        if let Some(layer) = layer {
            filter.layers = [layer.map_or(LayerChoice::None, LayerChoice::Is)].into();
        }
        let mut text = String::new();
        for (name, values) in filter.pairs() {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            crate::query::push(&mut text, name, &values);
        }
        let (mut list, _) = StartupsQuery::parse(&text);
        list.also.extend(also.map(str::to_owned));
        if let Some((from, to)) = self.days {
            list.created = Days {
                from: Some(from),
                to: Some(to),
            };
        }
        list
    }
}

fn value(cell: &CoverageCell, measure: Measure) -> Option<Decimal> {
    match measure {
        Measure::Startups => Some(cell.startups.into()),
        Measure::Deals => Some(cell.active_deals.into()),
        Measure::Proof => cell.proof_share,
        Measure::Conviction => cell.median_conviction,
        Measure::Gap => cell.median_hype_gap,
    }
}

/// Of how many startups the figure is.
fn n_of(cell: &CoverageCell, measure: Measure) -> i32 {
    match measure {
        Measure::Startups | Measure::Deals | Measure::Proof => cell.startups,
        Measure::Conviction | Measure::Gap => cell.assessed,
    }
}

/// Whether a share or a median is of so few that it says little; a count is what it is.
fn is_few(cell: &CoverageCell, measure: Measure) -> bool {
    match measure {
        Measure::Startups | Measure::Deals => false,
        Measure::Proof | Measure::Conviction | Measure::Gap => n_of(cell, measure) < FEW,
    }
}

fn said(value: Decimal, measure: Measure) -> String {
    match measure {
        Measure::Startups | Measure::Deals => fmt::exact(i64::try_from(value.ceil()).unwrap_or(i64::MAX)),
        Measure::Proof => fmt::share(value),
        Measure::Conviction => fmt::conviction(value),
        Measure::Gap => fmt::demand(value),
    }
}

/// How wide each of seven equal shades from nothing to the most is: whole, or whole hundredths of a share.
fn step(most: Decimal, measure: Measure) -> Decimal {
    let unit = match measure {
        Measure::Startups | Measure::Deals | Measure::Conviction => Decimal::ONE,
        Measure::Proof | Measure::Gap => Decimal::new(1, 2),
    };
    let units = (most / Decimal::from(STEPS) / unit).ceil().max(Decimal::ONE);
    units * unit
}

/// The shade of a value: the first whose upper end it does not exceed.
fn heat(value: Decimal, step: Decimal) -> u32 {
    (0..STEPS)
        .find(|heat| value <= step * Decimal::from(heat + 1))
        .unwrap_or(STEPS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_are_equal_steps_from_nothing_to_the_most() {
        let of = |most: i64, values: &[i64]| -> Vec<u32> {
            let step = step(most.into(), Measure::Startups);
            values.iter().map(|value| heat((*value).into(), step)).collect()
        };
        assert_eq!(of(7, &[0, 1, 2, 6, 7]), [0, 0, 1, 5, 6]);
        assert_eq!(of(50, &[1, 8, 9, 49, 50]), [0, 0, 1, 6, 6]);
        assert_eq!(of(0, &[0]), [0]);
        let step = step(Decimal::ONE, Measure::Proof);
        assert_eq!(step, Decimal::new(15, 2));
        assert_eq!(heat(Decimal::ONE, step), 6);
        assert_eq!(heat(Decimal::new(16, 2), step), 1);
    }
}
