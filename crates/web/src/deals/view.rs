//! The table of deals as its template draws it.

use askama::Template;

use super::card::CardView;
use super::filters::{Choice, FilterForm, chips, sort_word, sorts};
use super::query::{DealSort, DealsQuery, Face};
use super::{DealConnection, Frame, document};
use crate::Site;
use crate::as_of_menu::AsOfMenu;
use crate::fmt;
use crate::narrow::Chip;
use crate::query::{Bad, Place, Rows, Side};
use crate::sector::SectorLine;
use crate::shell::{Section, Shell, query_link, way};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{PipelineWords, Words};

/// What the page has found out.
pub(super) struct Found {
    pub(super) query: DealsQuery,
    pub(super) bad: Vec<Bad>,
    /// Why the server did not accept the query, in the reader's language.
    pub(super) refusal: Option<String>,
    pub(super) viewer: Viewer,
    pub(super) tree: Vec<SectorLine>,
    pub(super) frame: Frame,
    /// None where the query was not understood.
    pub(super) rows: Option<DealConnection>,
    pub(super) variables: serde_json::Value,
}

#[derive(Template)]
#[template(path = "deals.html")]
pub(super) struct Page {
    shell: Shell,
    b: &'static PipelineWords,
    chips: Vec<Chip>,
    clear_link: String,
    board_link: String,
    form: FilterForm,
    sorts: Vec<Choice>,
    sort_now: &'static str,
    as_of_menu: AsOfMenu,
    heads: [Head; 4],
    body: Body,
}

/// A head by which the table can be ordered.
struct Head {
    word: &'static str,
    link: String,
    /// The value of `aria-sort`, empty where the table is not ordered by this column.
    order: &'static str,
}

enum Body {
    /// The query was not understood.
    Bad {
        refusal: Option<String>,
    },
    Nothing {
        text: &'static str,
        why: Option<&'static str>,
    },
    NoMatch {
        text: String,
    },
    /// The page of the table is empty, though the table is not.
    PastTheEnd {
        first_page: String,
    },
    Table {
        rows: Vec<CardView>,
        pages: Pages,
    },
}

struct Pages {
    total: String,
    range: String,
    previous: Option<String>,
    next: Option<String>,
    sizes: Vec<(&'static str, String, String, bool)>,
}

impl Page {
    pub(super) fn new(site: &Site, visit: &Visit, found: Found) -> Self {
        let words = visit.words();
        let b = words.pipeline();
        let Found {
            query,
            bad,
            refusal,
            viewer,
            tree,
            frame,
            rows,
            variables,
        } = found;
        let mut shell = Shell::new(site, visit, b.deals);
        let may_write = viewer.role.may_write();
        shell.user = Some(viewer.menu(words));
        shell.section = Section::Pipeline;
        let zone = site.config.zone;
        shell.as_of = None;
        if let Some(as_of) = query.as_of {
            shell.stand_as_of(as_of, zone);
        }
        shell.follow(crate::deals::FOLLOWED);
        shell.crumbs = way((b.pipeline, &shell.keep("/pipeline")), None, b.deals);
        shell.query_link = Some(query_link(&document(), &variables, "DealsPage"));
        let body = match rows {
            None => Body::Bad { refusal },
            Some(found) if found.total_count == 0 => match query.filter_count() {
                0 if query.as_of.is_some() => Body::Nothing {
                    text: b.nothing_then,
                    why: None,
                },
                0 => Body::Nothing {
                    text: b.no_deals,
                    why: Some(b.nothing_yet_why),
                },
                1 => Body::NoMatch {
                    text: b.no_match_one(),
                },
                n => Body::NoMatch {
                    text: b.no_match_many(&n.to_string()),
                },
            },
            Some(found) if found.nodes.is_empty() => Body::PastTheEnd {
                first_page: query.with(|_| ()).link(&[]),
            },
            Some(found) => Body::Table {
                pages: pages(&query, &found, words),
                rows: found
                    .nodes
                    .into_iter()
                    .map(|deal| deal.view(site, visit, query.as_of, may_write))
                    .collect(),
            },
        };
        let board = DealsQuery {
            face: Face::Board,
            rows: Rows::default(),
            ..query.with(|_| ())
        };
        let today = visit.now.with_timezone(&zone).date_naive();
        // What is ordered by a figure of now alone begins in the past in the usual order, and without the names of now.
        let then = query.with(|q| {
            q.text = None;
            if q.sort.is_of_now() {
                q.sort = DealSort::default();
            }
        });
        let kept = then
            .pairs()
            .into_iter()
            .map(|(name, values)| (name, values.join(",")))
            .collect();
        Self {
            as_of_menu: AsOfMenu::new(
                query.face.path(),
                kept,
                query.as_of,
                (today, zone),
                words,
                |as_of| then.with(|q| q.as_of = Some(as_of)).link(&[]),
            ),
            b,
            chips: chips(&query, &bad, &frame, &tree, words),
            clear_link: query.cleared().link(&[]),
            board_link: board.link(&[]),
            form: FilterForm::new(&query, &frame, &tree, words),
            sorts: sorts(&query, &bad, words),
            sort_now: sort_word(query.sort, words),
            heads: heads(&query, &bad, words),
            shell,
            body,
        }
    }

    /// `lang` of a text that somebody wrote, by its signs.
    fn lang_of(&self, text: &str) -> &'static str {
        self.shell.other_language(text)
    }
}

fn heads(query: &DealsQuery, bad: &[Bad], words: &Words) -> [Head; 4] {
    let b = words.pipeline();
    let head = |word, first: DealSort, second: DealSort, orders: [&'static str; 2]| Head {
        word,
        link: query
            .with(|q| q.sort = if q.sort == first { second } else { first })
            .link(bad),
        order: if query.sort == first {
            orders[0]
        } else if query.sort == second {
            orders[1]
        } else {
            ""
        },
    };
    let (up, down) = ("ascending", "descending");
    [
        head(b.deal, DealSort::Title, DealSort::TitleDown, [up, down]),
        head(b.age, DealSort::AgeDown, DealSort::Age, [down, up]),
        head(b.next_step, DealSort::Next, DealSort::Next, [up, up]),
        head(b.updated, DealSort::UpdatedDown, DealSort::Updated, [down, up]),
    ]
}

fn pages(query: &DealsQuery, found: &DealConnection, words: &Words) -> Pages {
    let b = words.pipeline();
    let total = fmt::exact(found.total_count.into());
    let all = u64::from(found.total_count.unsigned_abs());
    let shown = found.nodes.len() as u64;
    let size = u64::from(query.rows.count());
    let first_row = query.place.as_ref().map_or(Some(1), |place| place.first_row);
    let in_all = if found.total_count == 1 {
        b.one_in_all(&total)
    } else {
        b.in_all(&total)
    };
    let range = match first_row {
        Some(1) if shown == all => in_all.clone(),
        // A list that shrank since the link was made: its old number would be no number any more.
        Some(first) if first + shown - 1 <= all => b.range_of(
            &fmt::exact(i64::try_from(first).unwrap_or_default()),
            &fmt::exact(i64::try_from(first + shown - 1).unwrap_or_default()),
            &total,
        ),
        _ => b.some_of(&fmt::exact(i64::try_from(shown).unwrap_or_default()), &total),
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
        total: in_all,
        range,
        previous,
        next,
        sizes: Rows::ALL
            .into_iter()
            .map(|rows| {
                (
                    rows.code(),
                    words.rows_a_page(rows.code()),
                    query.with(|q| q.rows = rows).link(&[]),
                    rows == query.rows,
                )
            })
            .collect(),
    }
}
