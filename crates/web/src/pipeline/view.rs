//! The board as its template draws it: every text ready, every link made.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::{MoneyTotal, Pipeline, PipelineColumn, document};
use crate::as_of::period_ends;
use crate::deal::DealStatus;
use crate::deals::Frame;
use crate::deals::card::CardView;
use crate::deals::filters::{Choice, FilterForm, chips, sort_word, sorts};
use crate::deals::query::{CARDS, CARDS_LIMIT, DealsQuery, Face};
use crate::narrow::Chip;
use crate::query::Bad;
use crate::sector::SectorLine;
use crate::shell::{Section, Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{PipelineWords, Words};
use crate::{Language, Site, as_of, fmt};

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
    pub(super) pipeline: Option<Pipeline>,
    pub(super) variables: serde_json::Value,
}

#[derive(Template)]
#[template(path = "pipeline.html")]
pub(super) struct Page {
    shell: Shell,
    b: &'static PipelineWords,
    may_move: bool,
    /// What a card that is dragged may be dropped on beside the stages: a status by its code, and its word.
    fates: Vec<(&'static str, &'static str)>,
    is_compact: bool,
    chips: Vec<Chip>,
    clear_link: String,
    table_link: String,
    form: FilterForm,
    sorts: Vec<Choice>,
    sort_now: &'static str,
    densities: [Choice; 2],
    /// What the address asks for, empty for now; what its form keeps; and ends of periods to choose from.
    day: String,
    day_kept: Vec<(&'static str, String)>,
    period_ends: Vec<(String, &'static str, String)>,
    body: Body,
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
    Board {
        total: String,
        sums: Sums,
        stale: Option<(String, String)>,
        columns: Vec<ColumnView>,
    },
}

/// What deals add up to, each with the word for what it is.
struct Sums {
    /// What we would put in; None where nobody has said it of any deal.
    ours: Option<(&'static str, String)>,
    /// What their rounds seek.
    rounds: Option<(&'static str, String)>,
}

/// A stage with its deals.
pub(super) struct ColumnView {
    key: String,
    name: String,
    is_retired: bool,
    is_folded: bool,
    fold_link: String,
    fold_word: String,
    deal_count: i32,
    count: String,
    /// Where they all are.
    table_link: String,
    stale: Option<(String, String)>,
    sums: Sums,
    limit: String,
    median: Option<String>,
    gate_name: String,
    gate: Vec<String>,
    cards: Vec<CardView>,
    more: Option<(String, String)>,
    as_table: Option<(String, String)>,
}

/// A card and some heads, for a script that has moved the card.
#[derive(Template)]
#[template(path = "pipeline_part.html")]
pub(super) struct Part {
    shell: Shell,
    b: &'static PipelineWords,
    /// What is said of the move.
    told: String,
    columns: Vec<ColumnView>,
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
            pipeline,
            variables,
        } = found;
        let mut shell = Shell::new(site, visit, b.pipeline);
        let may_write = viewer.role.may_write();
        let fates = [
            (DealStatus::OnHold, b.hold_here),
            (DealStatus::Passed, b.pass_here),
            (DealStatus::Invested, b.invest_here),
            (DealStatus::Lost, b.lose_here),
        ]
        .into_iter()
        .filter(|(status, _)| *status != DealStatus::Invested || viewer.role.may_override())
        .map(|(status, word)| (status.code(), word))
        .collect();
        shell.user = Some(viewer.menu(words));
        shell.section = Section::Pipeline;
        shell.follow(crate::deals::FOLLOWED);
        if let Some(as_of) = query.as_of {
            shell.stand_as_of(as_of, site.config.zone);
        }
        shell.query_link = Some(query_link(&document(), &variables, "PipelinePage"));
        let today = visit.now.with_timezone(&site.config.zone).date_naive();
        let mut told_days = BTreeSet::new();
        let body = match pipeline {
            None => Body::Bad { refusal },
            Some(found) if found.total_count == 0 => match query.filter_count() {
                0 if query.as_of.is_some() => Body::Nothing {
                    text: b.nothing_then,
                    why: None,
                },
                0 => Body::Nothing {
                    text: b.nothing_yet,
                    why: Some(b.nothing_yet_why),
                },
                1 => Body::NoMatch {
                    text: b.no_match_one(),
                },
                n => Body::NoMatch {
                    text: b.no_match_many(&n.to_string()),
                },
            },
            Some(found) => board(found, &query, site, visit, may_write),
        };
        let table = DealsQuery {
            face: Face::Table,
            collapsed: BTreeSet::default(),
            compact: false,
            more: BTreeMap::default(),
            ..query.with(|q| {
                if q.statuses.is_empty() {
                    q.statuses.insert(DealStatus::Active);
                }
            })
        };
        Self {
            may_move: may_write && query.as_of.is_none(),
            fates,
            is_compact: query.compact,
            chips: chips(&query, &bad, &frame, &tree, words),
            clear_link: query.cleared().link(&[]),
            table_link: table.link(&[]),
            form: FilterForm::new(&query, &frame, &tree, words),
            sorts: sorts(&query, &bad, words),
            sort_now: sort_word(query.sort, words),
            densities: [(false, b.comfortable), (true, b.compact)].map(|(compact, text)| Choice {
                text,
                link: query.with(|q| q.compact = compact).link(&bad),
                is_chosen: query.compact == compact,
            }),
            day: query.as_of.map(as_of::AsOf::code).unwrap_or_default(),
            day_kept: query
                .pairs()
                .into_iter()
                .filter(|(name, _)| ![as_of::PARAMETER, "q"].contains(name))
                .map(|(name, values)| (name, values.join(",")))
                .collect(),
            period_ends: period_ends(today)
                .into_iter()
                .zip([words.month_end, words.quarter_end, words.year_end])
                // One that ends two periods is told once.
                .filter(|(day, _)| told_days.insert(*day))
                .map(|(day, word)| {
                    let then = query.with(|q| {
                        q.text = None;
                        q.as_of = Some(as_of::AsOf::Day(day));
                    });
                    (then.link(&[]), word, fmt::table_date(day))
                })
                .collect(),
            b,
            shell,
            body,
        }
    }

    /// The heads of some stages, and one card where it now is.
    pub(super) fn part(self, card: &str, stages: &[String]) -> Part {
        let b = self.b;
        let columns = match self.body {
            Body::Board { columns, .. } => columns,
            _ => Vec::new(),
        };
        let mut told = String::new();
        let columns = columns
            .into_iter()
            .filter(|column| stages.contains(&column.key))
            .map(|mut column| {
                column.cards.retain(|one| one.id == card);
                if let Some(one) = column.cards.first() {
                    told = if column.deal_count == 1 {
                        b.moved_one(&one.name, &column.name, &column.count)
                    } else {
                        b.moved(&one.name, &column.name, &column.count)
                    };
                }
                column
            })
            .collect();
        Part {
            shell: self.shell,
            b,
            told,
            columns,
        }
    }
}

fn board(found: Pipeline, query: &DealsQuery, site: &Site, visit: &Visit, may_write: bool) -> Body {
    let words = visit.words();
    let b = words.pipeline();
    let total = fmt::exact(found.total_count.into());
    let is_active = query.statuses.is_empty();
    Body::Board {
        total: if is_active {
            b.active(&total)
        } else if found.total_count == 1 {
            b.one_in_all(&total)
        } else {
            b.in_all(&total)
        },
        sums: Sums::new(
            found.our_amount_total.as_ref(),
            found.amount_total.as_ref(),
            words,
        ),
        stale: (found.stale_count > 0).then(|| {
            let stale = query.with(|q| q.stale = Some(true));
            (b.stale(&fmt::exact(found.stale_count.into())), stale.link(&[]))
        }),
        columns: found
            .columns
            .into_iter()
            .map(|column| column_view(column, query, site, visit, may_write))
            .collect(),
    }
}

fn column_view(
    column: PipelineColumn,
    query: &DealsQuery,
    site: &Site,
    visit: &Visit,
    may_write: bool,
) -> ColumnView {
    let words = visit.words();
    let b = words.pipeline();
    let PipelineColumn {
        stage,
        deal_count,
        stale_count,
        median_days_in_stage,
        our_amount_total,
        amount_total,
        deals,
    } = column;
    let key = stage.key;
    let name = match words.language {
        Language::En => stage.name,
        Language::Zh => stage.name_zh,
    };
    let is_folded = query.collapsed.contains(&key);
    let all = u16::try_from(deal_count).unwrap_or(u16::MAX);
    let shown = query.cards(&key);
    let left = all.saturating_sub(shown);
    let table_link = query.as_table(&key).link(&[]);
    let anchor = format!("#stage-{key}");
    let more = (left > 0 && shown < CARDS_LIMIT).then(|| {
        let next = query.with(|q| _ = q.more.insert(key.clone(), shown + CARDS));
        let link = format!("{}{anchor}", next.link(&[]));
        (
            link,
            b.show_more(&CARDS.min(left).to_string(), &fmt::exact(left.into())),
        )
    });
    let as_table = (left > 0 && shown >= CARDS_LIMIT).then(|| {
        let text = b.open_table(&fmt::exact(deal_count.into()));
        (table_link.clone(), text)
    });
    ColumnView {
        fold_link: format!(
            "{}{anchor}",
            query
                .with(|q| {
                    if !q.collapsed.remove(&key) {
                        q.collapsed.insert(key.clone());
                    }
                })
                .link(&[])
        ),
        fold_word: if is_folded {
            b.unfold_stage(&name)
        } else {
            b.fold_stage(&name)
        },
        is_folded,
        is_retired: stage.is_retired,
        deal_count,
        count: fmt::exact(deal_count.into()),
        stale: (stale_count > 0).then(|| {
            let stale = query.as_table(&key).with(|q| q.stale = Some(true));
            (fmt::exact(stale_count.into()), stale.link(&[]))
        }),
        sums: Sums::new(our_amount_total.as_ref(), amount_total.as_ref(), words),
        limit: b.limit(&fmt::exact(stage.limit_days.into())),
        median: median_days_in_stage.map(|days| b.median(&days.normalize().to_string())),
        gate_name: b.gate_of(&name),
        gate: stage.gate_rules.iter().map(|rule| rule.words(words)).collect(),
        cards: deals
            .nodes
            .into_iter()
            .take(if is_folded { 0 } else { shown.into() })
            .map(|deal| deal.view(site, visit, query.as_of, may_write))
            .collect(),
        more: more.filter(|_| !is_folded),
        as_table: as_table.filter(|_| !is_folded),
        table_link,
        name,
        key,
    }
}

impl Sums {
    fn new(ours: Option<&MoneyTotal>, rounds: Option<&MoneyTotal>, words: &Words) -> Self {
        let b = words.pipeline();
        // That nothing is said of any deal is no sum.
        let ours = ours.filter(|total| total.low.is_some() || total.high.is_some() || total.without_rate > 0);
        let ours = ours.and_then(|total| {
            amount(
                total,
                [PipelineWords::not_set, PipelineWords::not_set_alone],
                words,
            )
        });
        let rounds = rounds.and_then(|total| {
            amount(
                total,
                [PipelineWords::unknown, PipelineWords::unknown_alone],
                words,
            )
        });
        Self {
            ours: ours.map(|said| (b.ours, said)),
            rounds: rounds.map(|said| (b.rounds, said)),
        }
    }
}

/// Amounts together, and of how many deals there is none, in words for that: beside amounts, and alone. None where there
/// are no deals.
fn amount(
    total: &MoneyTotal,
    [beside, alone]: [fn(&PipelineWords, &str) -> String; 2],
    words: &Words,
) -> Option<String> {
    let b = words.pipeline();
    let mut parts = Vec::new();
    if total.low.is_some() || total.high.is_some() {
        // A range without a high end adds to the low sum alone.
        let high = total.high.filter(|high| total.low.is_none_or(|low| low <= *high));
        parts.push(fmt::money_range(
            total.low,
            high,
            &total.currency.0,
            words.language,
        ));
    }
    if total.unknown > 0 {
        let unknown = if parts.is_empty() { alone } else { beside };
        parts.push(unknown(b, &fmt::exact(total.unknown.into())));
    }
    if total.without_rate > 0 {
        let n = fmt::exact(total.without_rate.into());
        parts.push(if parts.is_empty() {
            b.no_rate_alone(&n)
        } else {
            b.no_rate(&n)
        });
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}
