//! The list as its template draws it: every text ready, every link made.

use askama::Template;
use chrono::SecondsFormat;
use rust_decimal::Decimal;

use super::filters::{Choice, FilterForm, Heads, chips, kept, sort_word, sorts};
use super::{Known, ProviderName, RaisedFlag, StartupConnection, StartupFacets, StartupRow, document};
use crate::as_of::AsOf;
use crate::as_of_menu::AsOfMenu;
use crate::assessment::{self, Flag, Mark};
use crate::evidence::EvidenceLine;
use crate::narrow::Chip;
use crate::query::{Bad, Place, Rows, Side, StartupsQuery};
use crate::sector::SectorLine;
use crate::shell::{Section, Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ListWords, Words};
use crate::{Language, Site, country, fmt, layer};

/// What the page has found out.
pub(super) struct Found {
    pub(super) query: StartupsQuery,
    pub(super) bad: Vec<Bad>,
    /// Why the server did not accept the query, in the reader's language.
    pub(super) refusal: Option<String>,
    pub(super) viewer: Viewer,
    pub(super) tree: Vec<SectorLine>,
    pub(super) providers: Vec<ProviderName>,
    pub(super) known: Known,
    /// None where the query was not understood.
    pub(super) rows: Option<StartupConnection>,
    /// None where it was not understood, too.
    pub(super) facets: Option<StartupFacets>,
    pub(super) variables: serde_json::Value,
}

#[derive(Template)]
#[template(path = "startups.html")]
pub(super) struct Page {
    shell: Shell,
    l: &'static ListWords,
    text: String,
    text_kept: Vec<(&'static str, String)>,
    may_write: bool,
    as_of_menu: AsOfMenu,
    chips: Vec<Chip>,
    clear_link: String,
    form: FilterForm,
    sorts: Vec<Choice>,
    sort_now: &'static str,
    heads: Heads,
    body: Body,
}

/// What stands under the filters.
enum Body {
    /// The query was not understood.
    Bad { refusal: Option<String> },
    /// The workspace has no startups.
    NothingYet,
    /// Nothing matches.
    NoMatch { text: String },
    /// The page of the list is empty, though the list is not.
    PastTheEnd { first_page: String },
    /// Rows.
    Table { rows: Vec<Row>, pages: Pages },
}

struct Row {
    id: String,
    path: String,
    name: String,
    one_liner: Option<String>,
    alias: Option<String>,
    is_fictional: bool,
    layer_style: &'static str,
    layer_word: &'static str,
    sectors: Vec<SectorTag>,
    best: Option<(&'static str, &'static str)>,
    figures: Option<Figures>,
    marks: Vec<Mark>,
    /// Nothing is known of it and nobody is at it: said in place of flags about users and need.
    is_not_looked_at: bool,
    payer: Option<String>,
    evidence: Option<Record>,
    country: Option<String>,
    founded: Option<String>,
    updated: String,
    updated_exact: String,
}

/// What is known, in figures.
struct Figures {
    conviction: String,
    conviction_exact: String,
    demand: String,
    demand_exact: String,
    gap: String,
    gap_exact: String,
    /// All of it in a line.
    short: String,
}

struct SectorTag {
    text: String,
    is_focus: bool,
}

struct Record {
    style: &'static str,
    grade: &'static str,
    label: String,
    figure: String,
    exact: String,
    is_refuted: bool,
    day: String,
    day_exact: String,
    more: Option<String>,
}

struct Pages {
    total: String,
    range: String,
    previous: Option<String>,
    next: Option<String>,
    sizes: Vec<Choice>,
}

impl Page {
    pub(super) fn new(site: &Site, visit: &Visit, found: Found) -> Self {
        let words = visit.words();
        let Found {
            query,
            bad,
            refusal,
            viewer,
            tree,
            providers,
            known,
            rows,
            facets,
            variables,
        } = found;
        let mut shell = Shell::new(site, visit, words.startups);
        let may_write = viewer.role.may_write() && query.as_of.is_none();
        let zone = site.config.zone;
        shell.user = Some(viewer.menu(words));
        shell.section = Section::Startups;
        shell.follow(super::FOLLOWED);
        shell.query_link = Some(query_link(&document(), &variables, "StartupsPage"));
        shell.as_of = None;
        if let Some(as_of) = query.as_of {
            shell.stand_as_of(as_of, zone);
        }
        let today = visit.now.with_timezone(&zone).date_naive();
        // Of the past, what is stored of now alone cannot be asked.
        let then = query.with(|q| *q = q.of_any_day());
        let as_of_menu = AsOfMenu::new(
            "/startups",
            kept(&then, &[]),
            query.as_of,
            (today, zone),
            words,
            |as_of| then.with(|q| q.as_of = Some(as_of)).link(&[]),
        );
        let body = match rows {
            None => Body::Bad { refusal },
            Some(found) if found.total_count == 0 => nothing(&query, words),
            Some(found) if found.nodes.is_empty() => Body::PastTheEnd {
                first_page: query.with(|_| ()).link(&[]),
            },
            Some(found) => Body::Table {
                pages: pages(&query, &found, words),
                rows: found
                    .nodes
                    .into_iter()
                    .map(|row| Row::new(row, query.as_of, site, visit))
                    .collect(),
            },
        };
        Self {
            may_write,
            as_of_menu,
            l: words.list(),
            text: query.text.clone().unwrap_or_default(),
            text_kept: kept(&query, &["q"]),
            chips: chips(&query, &bad, &tree, (&providers, &known), words),
            clear_link: query.cleared().link(&[]),
            form: FilterForm::new(&query, &tree, &providers, facets.as_ref(), words),
            sorts: sorts(&query, &bad, words),
            sort_now: sort_word(query.sort, words),
            heads: Heads::new(&query, &bad),
            shell,
            body,
        }
    }
}

fn nothing(query: &StartupsQuery, words: &Words) -> Body {
    match query.filter_count() {
        0 if query.as_of.is_some() => Body::NoMatch {
            text: words.matrix().nothing_then.to_owned(),
        },
        0 => Body::NothingYet,
        1 => Body::NoMatch {
            text: words.no_match_one(),
        },
        n => Body::NoMatch {
            text: words.no_match_many(&n.to_string()),
        },
    }
}

impl Row {
    fn new(row: StartupRow, as_of: Option<AsOf>, site: &Site, visit: &Visit) -> Self {
        let words = visit.words();
        let zone = site.config.zone;
        let written_in = Language::of_name(&row.name);
        let alias = row
            .aliases
            .into_iter()
            .map(|alias| alias.name)
            .find(|name| Language::of_name(name) != written_in);
        let is_not_looked_at = row.conviction.is_none() && row.deals.nodes.is_empty();
        let mut records = row.evidence.nodes;
        // The newest first, whatever order the server keeps.
        records.sort_by_key(|record| std::cmp::Reverse(record.observed_on));
        let others = records.len().saturating_sub(1);
        let more = match (others, row.evidence.page_info.has_next_page) {
            (n, true) => Some(words.at_least_more(&(n + 1).to_string())),
            (0, false) => None,
            (n, false) => Some(words.more(&n.to_string())),
        };
        Self {
            path: AsOf::keep(as_of, &crate::startup::path(row.id.inner())),
            id: row.id.into_inner(),
            name: row.name,
            one_liner: row.one_liner,
            alias,
            is_fictional: row.custom_fields.0.get("fictional") == Some(&true.into()),
            layer_style: layer::style(row.layer),
            layer_word: layer::word(row.layer, words),
            sectors: row
                .sectors
                .iter()
                .map(|chip| SectorTag {
                    text: chip.name_in(words.language).to_owned(),
                    is_focus: chip.is_focus,
                })
                .collect(),
            best: row.best_grade.map(|grade| (grade.style(), grade.word(words))),
            figures: row
                .conviction
                .map(|conviction| Figures::new(conviction, row.demand, row.hype_gap, words)),
            marks: marks(&row.flags, is_not_looked_at, words),
            is_not_looked_at,
            payer: row.need.payer.filter(|payer| !payer.trim().is_empty()),
            evidence: records.first().map(|record| Record::new(record, more, words)),
            country: row
                .country
                .map(|code| country::name(&code, words.language).to_owned()),
            founded: row.founded_on.map(fmt::table_date),
            updated: fmt::relative(row.updated_at, visit.now, zone, words.language),
            updated_exact: row.updated_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }
}

impl Figures {
    fn new(conviction: Decimal, demand: Decimal, gap: Decimal, words: &Words) -> Self {
        let figures = [fmt::conviction(conviction), fmt::demand(demand), fmt::demand(gap)];
        let short = words.list().short_figures(&figures[0], &figures[1], &figures[2]);
        let [conviction_shown, demand_shown, gap_shown] = figures;
        Self {
            conviction: conviction_shown,
            conviction_exact: conviction.to_string(),
            demand: demand_shown,
            demand_exact: demand.to_string(),
            gap: gap_shown,
            gap_exact: gap.to_string(),
            short,
        }
    }
}

/// The flags by weight. Of a startup that nobody looked at, it is no news that it has no users and no need.
fn marks(flags: &[RaisedFlag], is_not_looked_at: bool, words: &Words) -> Vec<Mark> {
    let flags = flags
        .iter()
        .map(|raised| raised.flag)
        .filter(|flag| !is_not_looked_at || !matches!(flag, Flag::NoRealUsers | Flag::NoNeed));
    assessment::marks(flags, words)
}

impl Record {
    fn new(record: &EvidenceLine, more: Option<String>, words: &Words) -> Self {
        Self {
            style: record.grade.style(),
            grade: record.grade.word(words),
            label: record.label(words),
            figure: record.figure(words),
            exact: record
                .value
                .map(|value| value.normalize().to_string())
                .unwrap_or_default(),
            is_refuted: record.grade == crate::evidence::Grade::Refuted,
            day: record.day(words),
            day_exact: fmt::table_date(record.observed_on),
            more,
        }
    }
}

fn pages(query: &StartupsQuery, found: &StartupConnection, words: &Words) -> Pages {
    let total = fmt::exact(found.total_count.into());
    let shown = found.nodes.len() as u64;
    let size = u64::from(query.rows.count());
    let first_row = match &query.place {
        None => Some(1),
        Some(place) => place.first_row,
    };
    let all = if found.total_count == 1 {
        words.one_in_all(&total)
    } else {
        words.many_in_all(&total)
    };
    let range = match first_row {
        Some(1) if shown == u64::from(found.total_count.unsigned_abs()) => all.clone(),
        // A list that shrank since the link was made: its old number would be no number any more.
        Some(first) if first + shown - 1 <= u64::from(found.total_count.unsigned_abs()) => words.range_of(
            &fmt::exact(first as i64),
            &fmt::exact((first + shown - 1) as i64),
            &total,
        ),
        _ => words.some_of(&fmt::exact(shown as i64), &total),
    };
    let to = |side: Side, cursor: &Option<String>, first_row: Option<u64>| {
        let place = Place {
            side,
            cursor: cursor.clone()?,
            first_row,
        };
        Some(query.with(|q| q.place = Some(place)).link(&[]))
    };
    let side = query.place.as_ref().map(|place| place.side);
    let info = &found.page_info;
    // Whoever came from a side can go back to it.
    let has_previous = info.has_previous_page || side == Some(Side::After);
    let has_next = info.has_next_page || side == Some(Side::Before);
    let previous = match first_row {
        // The page before is the first: the list's own address.
        Some(first) if has_previous && first > 1 && first <= size + 1 => Some(query.with(|_| ()).link(&[])),
        Some(first) if has_previous && first > 1 => to(Side::Before, &info.start_cursor, Some(first - size)),
        None if has_previous => to(Side::Before, &info.start_cursor, None),
        _ => None,
    };
    let next = if has_next {
        to(
            Side::After,
            &info.end_cursor,
            first_row.map(|first| first + shown),
        )
    } else {
        None
    };
    Pages {
        total: all,
        range,
        previous,
        next,
        sizes: Rows::ALL
            .into_iter()
            .map(|rows| Choice {
                text: rows.code().to_owned(),
                value: words.rows_a_page(rows.code()),
                link: query.with(|q| q.rows = rows).link(&[]),
                is_chosen: rows == query.rows,
            })
            .collect(),
    }
}
