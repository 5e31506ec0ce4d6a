//! The filters of deals: boxes to choose from, and chips of what is chosen.

use std::collections::BTreeSet;

use super::query::{DealSort, DealsQuery};
use super::{Frame, UserName};
use crate::as_of;
use crate::deal::{Channel, DealStatus, Round};
use crate::fmt;
use crate::layer;
use crate::narrow::Chip;
use crate::query::{Bad, LayerChoice, yes_or_no};
use crate::sector::SectorLine;
use crate::startups;
use crate::words::Words;

/// Of all who may lead deals, the reader.
pub(crate) const ME: &str = "me";

/// A choice as a link.
pub(crate) struct Choice {
    pub(crate) text: &'static str,
    pub(crate) link: String,
    pub(crate) is_chosen: bool,
}

/// A box among others.
pub(crate) struct Pick {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) is_chosen: bool,
    pub(crate) depth: usize,
    pub(crate) is_focus: bool,
    /// The name of a glyph and style; empty for none.
    pub(crate) style: &'static str,
}

/// One thing by which deals are narrowed.
pub(crate) struct Menu {
    pub(crate) name: &'static str,
    pub(crate) word: &'static str,
    /// Whether one alone can be chosen.
    pub(crate) is_one: bool,
    pub(crate) picks: Vec<Pick>,
    pub(crate) set: usize,
}

/// All filters of a page.
pub(crate) struct FilterForm {
    pub(crate) action: &'static str,
    pub(crate) menus: Vec<Menu>,
    /// What the form sends besides its own fields.
    pub(crate) kept: Vec<(&'static str, String)>,
    /// What is looked for by name; None on a past day, as names are searched as they are now.
    pub(crate) text: Option<String>,
    pub(crate) text_kept: Vec<(&'static str, String)>,
}

/// The parameters that a form sets besides its own fields, each with its alternatives as one value.
fn kept(query: &DealsQuery, own: &[&str]) -> Vec<(&'static str, String)> {
    query
        .with(|_| ())
        .pairs()
        .into_iter()
        .filter(|(name, _)| !own.contains(name))
        .map(|(name, values)| (name, values.join(",")))
        .collect()
}

fn plain(value: &str, text: &str, is_chosen: bool) -> Pick {
    Pick {
        value: value.to_owned(),
        text: text.to_owned(),
        is_chosen,
        depth: 0,
        is_focus: false,
        style: "",
    }
}

impl FilterForm {
    pub(crate) fn new(query: &DealsQuery, frame: &Frame, tree: &[SectorLine], words: &Words) -> Self {
        let b = words.pipeline();
        let mut menus = vec![
            Menu {
                name: "owner",
                word: b.owner,
                is_one: false,
                set: query.owners.len(),
                picks: owners(&query.owners, &frame.users, b.me),
            },
            Menu {
                name: "layer",
                word: words.layer,
                is_one: false,
                set: query.layers.len(),
                picks: LayerChoice::ALL
                    .into_iter()
                    .map(|one| Pick {
                        style: layer::style(one.layer()),
                        ..plain(
                            one.code(),
                            layer::word(one.layer(), words),
                            query.layers.contains(&one),
                        )
                    })
                    .collect(),
            },
            Menu {
                name: "sector",
                word: words.sector,
                is_one: false,
                set: query.sectors.len(),
                picks: tree
                    .iter()
                    .map(|line| Pick {
                        depth: line.depth.min(3),
                        is_focus: line.chip.is_focus,
                        ..plain(
                            &line.chip.slug,
                            line.chip.name_in(words.language),
                            query.sectors.contains(&line.chip.slug),
                        )
                    })
                    .collect(),
            },
            Menu {
                name: "channel",
                word: b.channel,
                is_one: false,
                set: query.channels.len(),
                picks: Channel::ALL
                    .iter()
                    .map(|one| plain(one.code(), one.word(words), query.channels.contains(one)))
                    .collect(),
            },
            Menu {
                name: "round",
                word: b.round,
                is_one: false,
                set: query.rounds.len(),
                picks: Round::ALL
                    .iter()
                    .map(|one| plain(one.code(), one.word(words), query.rounds.contains(one)))
                    .collect(),
            },
            Menu {
                name: "fund",
                word: words.funds().fund,
                is_one: false,
                set: query.funds.len(),
                picks: frame
                    .funds
                    .iter()
                    .map(|fund| plain(fund.id.inner(), &fund.name, query.funds.contains(fund.id.inner())))
                    .collect(),
            },
            Menu {
                name: "stage",
                word: b.stage,
                is_one: false,
                set: query.stages.len(),
                picks: frame
                    .stages
                    .iter()
                    .map(|stage| {
                        plain(
                            &stage.key,
                            stage.name_in(words.language),
                            query.stages.contains(&stage.key),
                        )
                    })
                    .collect(),
            },
            Menu {
                name: "status",
                word: b.status,
                is_one: false,
                set: query.statuses.len(),
                picks: DealStatus::ALL
                    .iter()
                    .map(|one| plain(one.code(), one.word(words), query.statuses.contains(one)))
                    .collect(),
            },
            Menu {
                name: "stale",
                word: b.stale_filter,
                is_one: true,
                set: usize::from(query.stale.is_some()),
                picks: [
                    (None, b.stale_either),
                    (Some(true), b.stale_yes),
                    (Some(false), b.stale_no),
                ]
                .into_iter()
                .map(|(stale, text)| {
                    plain(
                        stale.map(yes_or_no).unwrap_or_default(),
                        text,
                        query.stale == stale,
                    )
                })
                .collect(),
            },
        ];
        // Where there are no funds there is nothing to choose.
        menus.retain(|menu| menu.name != "fund" || !menu.picks.is_empty());
        let own: Vec<&str> = menus.iter().map(|menu| menu.name).collect();
        Self {
            action: query.face.path(),
            kept: kept(query, &own),
            menus,
            text: query
                .as_of
                .is_none()
                .then(|| query.text.clone().unwrap_or_default()),
            text_kept: kept(query, &["q"]),
        }
    }
}

fn owners(chosen: &BTreeSet<String>, users: &[UserName], me: &str) -> Vec<Pick> {
    let mut picks = vec![plain(ME, me, chosen.contains(ME))];
    picks.extend(
        users
            .iter()
            .map(|user| plain(user.id.inner(), &user.name, chosen.contains(user.id.inner()))),
    );
    picks
}

/// The filters that are set, and the mistakes, each with the link that takes it away.
pub(crate) fn chips(
    query: &DealsQuery,
    bad: &[Bad],
    frame: &Frame,
    tree: &[SectorLine],
    words: &Words,
) -> Vec<Chip> {
    let b = words.pipeline();
    let mut chips = Vec::new();
    let mut chip = |field: &str, value: &str, less: DealsQuery| {
        chips.push(Chip {
            text: b.field_is(field, value),
            remove: less.link(bad),
            is_bad: false,
        });
    };
    if let Some(text) = &query.text {
        chip(b.text, text, query.with(|q| q.text = None));
    }
    for one in &query.layers {
        chip(
            words.layer,
            layer::word(one.layer(), words),
            query.with(|q| _ = q.layers.remove(one)),
        );
    }
    for slug in &query.sectors {
        let known = tree.iter().find(|line| line.chip.slug == *slug);
        let name = known.map_or(slug.as_str(), |line| line.chip.name_in(words.language));
        chip(words.sector, name, query.with(|q| _ = q.sectors.remove(slug)));
    }
    for id in &query.owners {
        let known = frame.users.iter().find(|user| user.id.inner() == id);
        let name = if id == ME {
            b.me
        } else {
            known.map_or(id.as_str(), |user| user.name.as_str())
        };
        chip(b.owner, name, query.with(|q| _ = q.owners.remove(id)));
    }
    for one in &query.channels {
        chip(
            b.channel,
            one.word(words),
            query.with(|q| _ = q.channels.remove(one)),
        );
    }
    for one in &query.rounds {
        chip(b.round, one.word(words), query.with(|q| _ = q.rounds.remove(one)));
    }
    for id in &query.funds {
        let known = frame.funds.iter().find(|fund| fund.id.inner() == id);
        let name = known.map_or(id.as_str(), |fund| fund.name.as_str());
        chip(words.funds().fund, name, query.with(|q| _ = q.funds.remove(id)));
    }
    for key in &query.stages {
        let known = frame.stages.iter().find(|stage| stage.key == *key);
        let name = known.map_or(key.as_str(), |stage| stage.name_in(words.language));
        chip(b.stage, name, query.with(|q| _ = q.stages.remove(key)));
    }
    for one in &query.statuses {
        chip(
            b.status,
            one.word(words),
            query.with(|q| _ = q.statuses.remove(one)),
        );
    }
    if let Some(stale) = query.stale {
        let word = if stale { b.stale_yes } else { b.stale_no };
        chip(b.stale_filter, word, query.with(|q| q.stale = None));
    }
    if let Some(of) = &query.of {
        let said = startups::said(of, tree, &frame.providers, (&frame.users, &frame.funds), words);
        chip(words.startups, &said, query.with(|q| q.of = None));
    }
    for (name, field, value) in query.behind.said(frame, tree, words) {
        chip(field, &value, query.with(|q| q.behind.clear(name)));
    }
    let p = words.passes();
    for one in &query.reasons {
        chip(
            p.reason,
            one.word(words),
            query.with(|q| _ = q.reasons.remove(one)),
        );
    }
    if let Some((from, to)) = query.passed {
        let days = words
            .analytics()
            .between(&fmt::date(from, words.language), &fmt::date(to, words.language));
        chip(p.passed_on, &days, query.with(|q| q.passed = None));
    }
    if let Some(funded) = query.funded {
        let word = if funded { p.funded_later } else { p.not_funded };
        chip(p.became, word, query.with(|q| q.funded = None));
    }
    for (i, mistake) in bad.iter().enumerate() {
        let others: Vec<Bad> = bad
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, other)| other.clone())
            .collect();
        chips.push(Chip {
            text: b.field_is(&parameter_word(&mistake.name, words), &mistake.value),
            remove: query.link(&others),
            is_bad: true,
        });
    }
    chips
}

/// The word for a parameter, or its own name where these pages have none.
fn parameter_word(name: &str, words: &Words) -> String {
    let b = words.pipeline();
    match name {
        "q" => b.text,
        "layer" => words.layer,
        "sector" => words.sector,
        "owner" => b.owner,
        "channel" => b.channel,
        "round" => b.round,
        "fund" => words.funds().fund,
        "stage" => b.stage,
        "status" => b.status,
        "stale" => b.stale_filter,
        "startups" => words.startups,
        "opened" => b.opened,
        "reached" => b.reached,
        "beyond" => b.beyond,
        "furthest" => b.furthest,
        "skipped" => b.skipped,
        "moved" => b.moved_in,
        "source" => b.source,
        "in" => b.group,
        "first" => b.first_of_startup,
        "reason" => words.passes().reason,
        "passed" => words.passes().passed_on,
        "funded" => words.passes().became,
        "sort" => words.sort,
        "n" => words.rows,
        "collapsed" => b.collapsed,
        "density" => b.density,
        "more" => b.cards,
        "after" | "before" | "row" => words.page_position,
        as_of::PARAMETER => words.as_of,
        "display" => words.display,
        "lang" => words.language_choice,
        other => return other.to_owned(),
    }
    .to_owned()
}

pub(crate) fn sort_word(sort: DealSort, words: &Words) -> &'static str {
    let b = words.pipeline();
    match sort {
        DealSort::AgeDown => b.age_down,
        DealSort::Age => b.age_up,
        DealSort::Next => b.next_up,
        DealSort::UpdatedDown => words.updated_down,
        DealSort::Updated => words.updated_up,
        DealSort::Title => b.title_up,
        DealSort::TitleDown => b.title_down,
        DealSort::ConvictionDown => b.conviction_down,
        DealSort::Conviction => b.conviction_up,
        DealSort::CreatedDown => b.opened_down,
        DealSort::Created => b.opened_up,
    }
}

pub(crate) fn sorts(query: &DealsQuery, bad: &[Bad], words: &Words) -> Vec<Choice> {
    DealSort::ALL
        .into_iter()
        .filter(|sort| query.as_of.is_none() || !sort.is_of_now())
        .map(|sort| Choice {
            text: sort_word(sort, words),
            link: query.with(|q| q.sort = sort).link(bad),
            is_chosen: sort == query.sort,
        })
        .collect()
}
