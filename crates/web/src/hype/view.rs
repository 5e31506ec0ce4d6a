//! The map's page as its template draws it: every text ready, every link made.

use askama::Template;
use rust_decimal::Decimal;

use super::filters::{Choice, chips, days, kept, layers, sectors};
use super::picture::{self, DOTS_LIMIT, Mark, Picture};
use super::query::{Depth, HypeQuery, PAGE_ROWS};
use super::{HypeMap, HypePoint, LayerSum, SectorSum, Sum, document};
use crate::as_of::AsOf;
use crate::evidence::Grade;
use crate::layer;
use crate::narrow::Chip;
use crate::query::{Bad, LayerChoice};
use crate::sector::SectorLine;
use crate::shell::{Section, Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{HypeWords, Words};
use crate::{Site, fmt, startups};

/// What the page has found out.
pub(super) struct Found {
    pub(super) query: HypeQuery,
    pub(super) bad: Vec<Bad>,
    pub(super) viewer: Viewer,
    pub(super) tree: Vec<SectorLine>,
    /// None where the query was not understood.
    pub(super) map: Option<HypeMap>,
    pub(super) variables: serde_json::Value,
}

#[derive(Template)]
#[template(path = "hype.html")]
pub(super) struct Page {
    shell: Shell,
    h: &'static HypeWords,
    chips: Vec<Chip>,
    clear_link: String,
    layers: Vec<Choice>,
    sectors: Vec<Choice>,
    sector_set: usize,
    /// The day that is set, for its field.
    day: String,
    is_set: bool,
    days: Vec<Choice>,
    kept: Vec<(&'static str, String)>,
    body: Body,
}

enum Body {
    Bad,
    /// Nobody is on the map.
    Nothing {
        heading: String,
        why: &'static str,
        can_clear: bool,
    },
    Map(Box<Map>),
}

struct Map {
    total: String,
    described: String,
    picture: Picture,
    marks: Vec<Mark>,
    grades: Vec<(&'static str, &'static str)>,
    layers: Vec<(&'static str, &'static str)>,
    rows: Vec<Row>,
    range: String,
    /// What the table leaves out.
    cut: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    layer_sums: Vec<SumRow>,
    sector_sums: Vec<SumRow>,
    depths: [Choice; 2],
}

struct Row {
    path: String,
    name: String,
    layer_style: &'static str,
    layer_word: &'static str,
    grade: Option<(&'static str, &'static str)>,
    claimed: Figure,
    demand: Figure,
    gap: Figure,
    share: String,
}

struct Figure {
    text: String,
    exact: String,
}

struct SumRow {
    name: String,
    style: Option<&'static str>,
    /// The map of it alone.
    link: Option<String>,
    startups: String,
    /// The rows that are counted.
    startups_link: Option<String>,
    flagged: String,
    flagged_link: Option<String>,
    claimed: String,
    demand: String,
    gap: String,
}

impl Figure {
    fn new(value: Decimal) -> Self {
        Self {
            text: fmt::demand(value),
            exact: value.to_string(),
        }
    }
}

impl Page {
    pub(super) fn new(site: &Site, visit: &Visit, found: Found) -> Self {
        let words = visit.words();
        let h = words.hype();
        let Found {
            query,
            bad,
            viewer,
            tree,
            map,
            variables,
        } = found;
        let zone = site.config.zone;
        let mut shell = Shell::new(site, visit, words.hype_map);
        shell.user = Some(viewer.menu(words));
        shell.section = Section::Hype;
        // Without figures there is nothing that could change.
        if map.is_some() {
            shell.follow(startups::FOLLOWED);
        }
        shell.query_link = Some(query_link(&document(), &variables, "HypePage"));
        shell.as_of = None;
        if let Some(as_of) = query.as_of {
            shell.stand_as_of(as_of, zone);
        }
        let body = match map {
            None => Body::Bad,
            Some(map) if map.startups == 0 => nothing(&query, words),
            Some(map) => Body::Map(Box::new(Map::new(map, &query, words))),
        };
        let today = visit.now.with_timezone(&zone).date_naive();
        Self {
            h,
            chips: chips(&query, &bad, &tree, words),
            clear_link: query.cleared().link(&[]),
            layers: layers(&query, words),
            sectors: sectors(&query, &tree, words),
            sector_set: query.sectors.len(),
            day: query.as_of.map(|as_of| day_of(as_of, zone)).unwrap_or_default(),
            is_set: query.as_of.is_some(),
            days: days(&query, today, words),
            kept: kept(&query),
            body,
            shell,
        }
    }
}

/// The day of an instant, for the field that chooses one.
fn day_of(as_of: AsOf, zone: chrono_tz::Tz) -> String {
    match as_of {
        AsOf::Day(day) => fmt::table_date(day),
        AsOf::At(at) => fmt::table_date(at.with_timezone(&zone).date_naive()),
    }
}

fn nothing(query: &HypeQuery, words: &Words) -> Body {
    let h = words.hype();
    match (query.filter_count(), query.as_of) {
        (0, None) => Body::Nothing {
            heading: h.nothing_yet.to_owned(),
            why: h.nothing_yet_why,
            can_clear: false,
        },
        (0, Some(_)) => Body::Nothing {
            heading: h.nothing_then.to_owned(),
            why: h.nothing_yet_why,
            can_clear: false,
        },
        (1, _) => Body::Nothing {
            heading: words.no_match_one(),
            why: "",
            can_clear: true,
        },
        (n, _) => Body::Nothing {
            heading: words.no_match_many(&n.to_string()),
            why: "",
            can_clear: true,
        },
    }
}

impl Map {
    fn new(map: HypeMap, query: &HypeQuery, words: &Words) -> Self {
        let h = words.hype();
        let total = fmt::exact(map.startups.into());
        let told = map.points.len();
        let first = (query.page * PAGE_ROWS).min(told);
        let last = (first + PAGE_ROWS).min(told);
        let number = |row: usize| fmt::exact(i64::try_from(row).unwrap_or(i64::MAX));
        let turn = |page: usize| {
            let mut turned = query.clone();
            turned.page = page;
            format!("{}#table", turned.link(&[]))
        };
        Self {
            described: h.described(&total),
            marks: picture::marks(),
            grades: Grade::ALL
                .into_iter()
                .map(|grade| (grade.style(), grade.word(words)))
                .collect(),
            layers: LayerChoice::ALL
                .into_iter()
                .map(|choice| (layer::style(choice.layer()), layer::word(choice.layer(), words)))
                .collect(),
            rows: map.points[first..last]
                .iter()
                .map(|point| Row::new(point, query.as_of, words))
                .collect(),
            range: h.rows_of(
                &number(if told == 0 { 0 } else { first + 1 }),
                &number(last),
                &number(told),
            ),
            cut: (map.startups > DOTS_LIMIT).then(|| h.widest(&number(told))),
            previous: (first > 0).then(|| turn(query.page.saturating_sub(1))),
            next: (last < told).then(|| turn(query.page + 1)),
            layer_sums: map
                .layers
                .iter()
                .map(|sum| SumRow::of_layer(sum, query, words))
                .collect(),
            sector_sums: map
                .sectors
                .iter()
                .map(|sum| SumRow::of_sector(sum, query, words))
                .collect(),
            depths: [Depth::Roots, Depth::All].map(|depth| {
                let text = if depth == Depth::Roots {
                    h.roots
                } else {
                    h.every_sector
                };
                let link = format!("{}#sectors", query.with(|q| q.depth = depth).link(&[]));
                Choice::new(text, link, query.depth == depth)
            }),
            picture: Picture::new(&map, query.as_of),
            total,
        }
    }
}

impl Row {
    fn new(point: &HypePoint, as_of: Option<AsOf>, words: &Words) -> Self {
        let HypePoint {
            startup,
            claimed_demand,
            demand,
            hype_gap,
            hype_share,
            best_grade,
        } = point;
        Self {
            path: AsOf::keep(as_of, &crate::startup::path(startup.id.inner())),
            name: startup.name.clone(),
            layer_style: layer::style(startup.layer),
            layer_word: layer::word(startup.layer, words),
            grade: best_grade.map(|grade| (grade.style(), grade.word(words))),
            claimed: Figure::new(*claimed_demand),
            demand: Figure::new(*demand),
            gap: Figure::new(*hype_gap),
            share: hype_share.map_or_else(|| "—".to_owned(), fmt::share),
        }
    }
}

impl SumRow {
    fn new(name: String, sum: &Sum) -> Self {
        Self {
            name,
            style: None,
            link: None,
            startups: fmt::exact(sum.startups.into()),
            startups_link: None,
            flagged: fmt::exact(sum.flagged.into()),
            flagged_link: None,
            claimed: fmt::demand(sum.median_claimed_demand),
            demand: fmt::demand(sum.median_demand),
            gap: fmt::demand(sum.median_hype_gap),
        }
    }

    fn of_layer(of: &LayerSum, query: &HypeQuery, words: &Words) -> Self {
        let choice = of.layer.map_or(LayerChoice::None, LayerChoice::Is);
        let alone = |q: &mut HypeQuery| q.layers = [choice].into();
        Self {
            style: Some(layer::style(of.layer)),
            link: Some(query.with(alone).link(&[])),
            ..Self::new(layer::word(of.layer, words).to_owned(), &of.sum)
        }
        .counted_in(&query.with(alone), true)
    }

    fn of_sector(of: &SectorSum, query: &HypeQuery, words: &Words) -> Self {
        let Some(sector) = &of.sector else {
            return Self::new(words.hype().no_sector.to_owned(), &of.sum);
        };
        let alone = |q: &mut HypeQuery| q.sectors = [sector.slug.clone()].into();
        // The list joins sectors by or: it cannot show what is in this one and in another that is chosen.
        let is_all_of_it = query.sectors.is_empty() || query.sectors == [sector.slug.clone()].into();
        Self {
            link: Some(query.with(alone).link(&[])),
            ..Self::new(sector.name_in(words.language).to_owned(), &of.sum)
        }
        .counted_in(&query.with(alone), is_all_of_it)
    }

    /// Links to the rows that are counted: the list shows them as they are now, and only of now.
    fn counted_in(mut self, query: &HypeQuery, is_all_of_it: bool) -> Self {
        if query.as_of.is_some() || !is_all_of_it {
            return self;
        }
        let mut list = String::new();
        let layers: Vec<&str> = query.layers.iter().map(|layer| layer.code()).collect();
        crate::query::push(&mut list, "layer", &layers);
        let sectors: Vec<&str> = query.sectors.iter().map(String::as_str).collect();
        crate::query::push(&mut list, "sector", &sectors);
        // Those of which something is live have a conviction.
        self.startups_link = Some(format!("/startups?{list}&conviction=0..&sort=-hype"));
        self.flagged_link = Some(format!("/startups?{list}&flag=HYPE_GAP&sort=-hype"));
        self
    }
}
