//! The list as its template draws it: every text ready, every link made.

use askama::Template;
use chrono::SecondsFormat;

use super::{Role, StartupConnection, StartupRow, Viewer, document};
use crate::evidence::EvidenceLine;
use crate::query::{Bad, LayerChoice, Place, Rows, Side, Sort, StartupsQuery};
use crate::sector::SectorLine;
use crate::shell::{Search, Shell, UserMenu, query_link};
use crate::visit::Visit;
use crate::words::Words;
use crate::{Language, Site, country, fmt, layer};

/// What the page has found out.
pub(super) struct Found {
    pub(super) query: StartupsQuery,
    pub(super) bad: Vec<Bad>,
    /// Why the server did not accept the query, in the reader's language.
    pub(super) refusal: Option<String>,
    pub(super) viewer: Viewer,
    pub(super) tree: Vec<SectorLine>,
    /// None where the query was not understood.
    pub(super) rows: Option<StartupConnection>,
    pub(super) variables: serde_json::Value,
}

#[derive(Template)]
#[template(path = "startups.html")]
pub(super) struct Page {
    shell: Shell,
    chips: Vec<Chip>,
    clear_link: String,
    form: FilterForm,
    sorts: Vec<Choice>,
    sort_now: &'static str,
    heads: Heads,
    body: Body,
}

/// A filter that is set, or a mistake.
struct Chip {
    text: String,
    remove: String,
    is_bad: bool,
}

/// A choice among several, drawn as a link or a box.
struct Choice {
    text: String,
    value: String,
    link: String,
    is_chosen: bool,
}

struct FilterForm {
    layers: Vec<LayerBox>,
    layers_set: usize,
    sectors: Vec<SectorBox>,
    sectors_set: usize,
    countries: Vec<Choice>,
    other_countries: Vec<Choice>,
    countries_set: usize,
    kept: Vec<(&'static str, String)>,
}

struct LayerBox {
    value: &'static str,
    text: &'static str,
    style: &'static str,
    is_chosen: bool,
}

struct SectorBox {
    slug: String,
    text: String,
    depth: usize,
    is_focus: bool,
    is_chosen: bool,
}

/// The heads by which the list can be ordered.
struct Heads {
    name: Head,
    founded: Head,
    updated: Head,
}

struct Head {
    link: String,
    /// The value of `aria-sort`, empty where the list is not ordered by this column.
    order: &'static str,
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
    name: String,
    alias: Option<String>,
    layer_style: &'static str,
    layer_word: &'static str,
    sectors: Vec<SectorTag>,
    payer: Option<String>,
    evidence: Option<Record>,
    country: Option<String>,
    founded: Option<String>,
    updated: String,
    updated_exact: String,
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
            rows,
            variables,
        } = found;
        let mut shell = Shell::new(site, visit, words.startups);
        shell.user = Some(UserMenu {
            name: viewer.name,
            role: role(viewer.role, words),
        });
        shell.search = Some(Search {
            text: query.text.clone().unwrap_or_default(),
            kept: kept(&query, &["q"]),
        });
        shell.query_link = Some(query_link(&document(), &variables, "StartupsPage"));
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
                    .map(|row| Row::new(row, site, visit))
                    .collect(),
            },
        };
        Self {
            chips: chips(&query, &bad, &tree, words),
            clear_link: query.cleared().link(&[]),
            form: FilterForm::new(&query, &tree, words),
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
        0 => Body::NothingYet,
        1 => Body::NoMatch {
            text: words.no_match_one(),
        },
        n => Body::NoMatch {
            text: words.no_match_many(&n.to_string()),
        },
    }
}

fn role(role: Role, words: &Words) -> &'static str {
    match role {
        Role::Viewer => words.viewer,
        Role::Analyst => words.analyst,
        Role::Partner => words.partner,
        Role::Admin => words.admin,
    }
}

/// The parameters that a form sets besides its own fields, each with its alternatives as one value.
fn kept(query: &StartupsQuery, own: &[&str]) -> Vec<(&'static str, String)> {
    let joined = |items: Vec<&str>| items.join(",");
    let mut all = vec![
        ("q", query.text.clone().unwrap_or_default()),
        (
            "layer",
            joined(query.layers.iter().map(|choice| choice.code()).collect()),
        ),
        (
            "sector",
            joined(query.sectors.iter().map(String::as_str).collect()),
        ),
        (
            "country",
            joined(query.countries.iter().map(String::as_str).collect()),
        ),
    ];
    if query.sort != Sort::default() {
        all.push(("sort", query.sort.code().to_owned()));
    }
    if query.rows != Rows::default() {
        all.push(("n", query.rows.code().to_owned()));
    }
    if query.projector {
        all.push(("display", "projector".to_owned()));
    }
    all.retain(|(name, value)| !own.contains(name) && !value.is_empty());
    all
}

fn layer_of(choice: LayerChoice) -> Option<layer::Layer> {
    match choice {
        LayerChoice::Is(layer) => Some(layer),
        LayerChoice::None => None,
    }
}

fn chips(query: &StartupsQuery, bad: &[Bad], tree: &[SectorLine], words: &Words) -> Vec<Chip> {
    let colon = |field: &str, value: &str| match words.language {
        Language::En => format!("{field}: {value}"),
        Language::Zh => format!("{field}：{value}"),
    };
    let good = |text: String, less: StartupsQuery| Chip {
        text,
        remove: less.link(bad),
        is_bad: false,
    };
    let mut chips = Vec::new();
    if let Some(text) = &query.text {
        chips.push(good(colon(words.text, text), query.with(|q| q.text = None)));
    }
    for choice in &query.layers {
        let word = layer::word(layer_of(*choice), words);
        chips.push(good(
            colon(words.layer, word),
            query.with(|q| _ = q.layers.remove(choice)),
        ));
    }
    for slug in &query.sectors {
        let name = tree
            .iter()
            .find(|line| line.chip.slug == *slug)
            .map(|line| line.chip.name_in(words.language));
        let text = colon(words.sector, name.unwrap_or(slug));
        chips.push(good(text, query.with(|q| _ = q.sectors.remove(slug))));
    }
    for code in &query.countries {
        let text = colon(words.country, country::name(code, words.language));
        chips.push(good(text, query.with(|q| _ = q.countries.remove(code))));
    }
    for (i, mistake) in bad.iter().enumerate() {
        let others: Vec<Bad> = bad
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, other)| other.clone())
            .collect();
        let text = colon(&parameter_word(&mistake.name, words), &mistake.value);
        chips.push(Chip {
            text,
            remove: query.link(&others),
            is_bad: true,
        });
    }
    chips
}

/// The word for a parameter, or its own name where this page has no word for it.
fn parameter_word(name: &str, words: &Words) -> String {
    match name {
        "q" => words.text,
        "layer" => words.layer,
        "sector" => words.sector,
        "country" => words.country,
        "sort" => words.sort,
        "n" => words.rows,
        "after" | "before" | "row" => words.page_position,
        "display" => words.display,
        "lang" => words.language_choice,
        other => return other.to_owned(),
    }
    .to_owned()
}

impl FilterForm {
    fn new(query: &StartupsQuery, tree: &[SectorLine], words: &Words) -> Self {
        let language = words.language;
        let country_choice = |code: &str, is_chosen| Choice {
            text: country::name(code, language).to_owned(),
            value: code.to_owned(),
            link: String::new(),
            is_chosen,
        };
        Self {
            layers: LayerChoice::ALL
                .into_iter()
                .map(|choice| LayerBox {
                    value: choice.code(),
                    text: layer::word(layer_of(choice), words),
                    style: layer::style(layer_of(choice)),
                    is_chosen: query.layers.contains(&choice),
                })
                .collect(),
            layers_set: query.layers.len(),
            sectors: tree
                .iter()
                .map(|line| SectorBox {
                    slug: line.chip.slug.clone(),
                    text: line.chip.name_in(language).to_owned(),
                    depth: line.depth.min(3),
                    is_focus: line.chip.is_focus,
                    is_chosen: query.sectors.contains(&line.chip.slug),
                })
                .collect(),
            sectors_set: query.sectors.len(),
            countries: query
                .countries
                .iter()
                .map(|code| country_choice(code, true))
                .collect(),
            other_countries: country::COUNTRIES
                .iter()
                .filter(|(code, ..)| !query.countries.contains(*code))
                .map(|(code, ..)| country_choice(code, false))
                .collect(),
            countries_set: query.countries.len(),
            kept: kept(query, &["layer", "sector", "country"]),
        }
    }
}

fn sort_word(sort: Sort, words: &Words) -> &'static str {
    match sort {
        Sort::Name => words.name_up,
        Sort::NameDown => words.name_down,
        Sort::Created => words.created_up,
        Sort::CreatedDown => words.created_down,
        Sort::Updated => words.updated_up,
        Sort::UpdatedDown => words.updated_down,
        Sort::Founded => words.founded_up,
        Sort::FoundedDown => words.founded_down,
    }
}

fn sorts(query: &StartupsQuery, bad: &[Bad], words: &Words) -> Vec<Choice> {
    Sort::ALL
        .into_iter()
        .map(|sort| Choice {
            text: sort_word(sort, words).to_owned(),
            value: sort.code().to_owned(),
            link: query.with(|q| q.sort = sort).link(bad),
            is_chosen: sort == query.sort,
        })
        .collect()
}

impl Heads {
    fn new(query: &StartupsQuery, bad: &[Bad]) -> Self {
        // A first click orders as people mean it, a second one turns it round.
        let head = |first: Sort, second: Sort, first_order: &'static str, second_order: &'static str| Head {
            link: query
                .with(|q| q.sort = if q.sort == first { second } else { first })
                .link(bad),
            order: if query.sort == first {
                first_order
            } else if query.sort == second {
                second_order
            } else {
                ""
            },
        };
        Self {
            name: head(Sort::Name, Sort::NameDown, "ascending", "descending"),
            founded: head(Sort::FoundedDown, Sort::Founded, "descending", "ascending"),
            updated: head(Sort::UpdatedDown, Sort::Updated, "descending", "ascending"),
        }
    }
}

impl Row {
    fn new(row: StartupRow, site: &Site, visit: &Visit) -> Self {
        let words = visit.words();
        let zone = site.config.zone;
        let written_in = Language::of_name(&row.name);
        let alias = row
            .aliases
            .into_iter()
            .map(|alias| alias.name)
            .find(|name| Language::of_name(name) != written_in);
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
            id: row.id.into_inner(),
            name: row.name,
            alias,
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
