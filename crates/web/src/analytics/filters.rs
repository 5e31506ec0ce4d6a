//! What a page of analytics can be narrowed to, each as a link; and chips of what is set.

use super::Names;
use super::query::{AnalyticsQuery, Tab};
use crate::Language;
use crate::as_of;
use crate::deal::Channel;
use crate::layer;
use crate::narrow::{Chip, Choice, Menu};
use crate::period::Period;
use crate::query::{Bad, LayerChoice};
use crate::words::Words;

fn choice(text: &str, query: &AnalyticsQuery, is_chosen: bool) -> Choice {
    Choice {
        text: text.to_owned(),
        link: query.link(&[]),
        depth: 0,
        is_chosen,
    }
}

/// The page's own switch, if it has one: its name and its choices.
pub(super) fn own(query: &AnalyticsQuery, words: &Words) -> Option<(&'static str, Vec<Choice>)> {
    let a = words.analytics();
    let (name, texts): (_, &[&str]) = match query.tab {
        Tab::Funnel => (a.mode, &[a.cohort, a.activity]),
        Tab::Flow => (a.interval, &[a.week, a.month, a.quarter]),
        Tab::Sources | Tab::PassReasons | Tab::Misses => return None,
        Tab::Pipeline => (
            a.group,
            &[
                a.owner,
                a.by_layer,
                a.by_sector,
                a.by_round,
                a.channel,
                words.funds().fund,
            ],
        ),
    };
    let choices = texts
        .iter()
        .enumerate()
        .map(|(i, text)| choice(text, &query.with(|q| q.own = i), query.own == i))
        .collect();
    Some((name, choices))
}

/// What there is to choose from: all times where the page may look at all, and the presets.
pub(super) fn periods(tab: Tab) -> Vec<Option<Period>> {
    let periods = Period::OR_ANY.into_iter();
    periods
        .filter(|one| one.is_some() || tab.may_look_at_all())
        .collect()
}

pub(super) fn menus(query: &AnalyticsQuery, names: &Names<'_>, words: &Words) -> Vec<Menu> {
    let Names { tree, owners, funds } = names;
    let a = words.analytics();
    let sectors = tree.iter().map(|line| {
        let slug = &line.chip.slug;
        Choice {
            depth: line.depth.min(3),
            ..choice(
                line.chip.name_in(words.language),
                &query.with(|q| q.sectors = [slug.clone()].into()),
                query.sectors.contains(slug),
            )
        }
    });
    let mut menus = vec![
        Menu {
            name: words.layer,
            set: query.layers.len(),
            is_data: false,
            choices: std::iter::once(choice(
                a.all_layers,
                &query.with(|q| q.layers.clear()),
                query.layers.is_empty(),
            ))
            .chain(LayerChoice::ALL.into_iter().map(|one| {
                choice(
                    layer::word(one.layer(), words),
                    &query.with(|q| toggle(&mut q.layers, one)),
                    query.layers.contains(&one),
                )
            }))
            .collect(),
        },
        Menu {
            name: words.sector,
            set: query.sectors.len(),
            is_data: true,
            choices: std::iter::once(choice(
                a.all_sectors,
                &query.with(|q| q.sectors.clear()),
                query.sectors.is_empty(),
            ))
            .chain(sectors)
            .collect(),
        },
    ];
    menus.push(Menu {
        name: a.owner,
        set: query.owners.len(),
        is_data: true,
        choices: std::iter::once(choice(
            a.all_owners,
            &query.with(|q| q.owners.clear()),
            query.owners.is_empty(),
        ))
        .chain(owners.iter().filter(|one| !one.key.is_empty()).map(|one| {
            choice(
                &one.label,
                &query.with(|q| toggle(&mut q.owners, one.key.clone())),
                query.owners.contains(&one.key),
            )
        }))
        .collect(),
    });
    menus.push(Menu {
        name: a.channel,
        set: query.channels.len(),
        is_data: false,
        choices: std::iter::once(choice(
            a.all_channels,
            &query.with(|q| q.channels.clear()),
            query.channels.is_empty(),
        ))
        .chain(Channel::ALL.iter().map(|one| {
            choice(
                one.word(words),
                &query.with(|q| toggle(&mut q.channels, *one)),
                query.channels.contains(one),
            )
        }))
        .collect(),
    });
    // Where there are no funds there is nothing to choose. A retired one is still named by deals.
    if !funds.is_empty() {
        menus.push(Menu {
            name: words.funds().fund,
            set: query.funds.len(),
            is_data: true,
            choices: std::iter::once(choice(
                a.all_funds,
                &query.with(|q| q.funds.clear()),
                query.funds.is_empty(),
            ))
            .chain(funds.iter().map(|one| {
                choice(
                    &one.name,
                    &query.with(|q| toggle(&mut q.funds, one.id.inner().to_owned())),
                    query.funds.contains(one.id.inner()),
                )
            }))
            .collect(),
        });
    }
    menus
}

fn toggle<T: Ord + Clone>(set: &mut std::collections::BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

pub(super) fn chips(query: &AnalyticsQuery, bad: &[Bad], names: &Names<'_>, words: &Words) -> Vec<Chip> {
    let Names { tree, owners, funds } = names;
    let a = words.analytics();
    let colon = |field: &str, value: &str| match words.language {
        Language::En => format!("{field}: {value}"),
        Language::Zh => format!("{field}：{value}"),
    };
    let mut chips = Vec::new();
    let mut chip = |text: String, less: AnalyticsQuery| {
        chips.push(Chip {
            text,
            remove: less.link(bad),
            is_bad: false,
        });
    };
    // Where all are looked at, a preset narrows too.
    let narrows = |period: &Period| query.tab.may_look_at_all() || matches!(period, Period::Days(..));
    if let Some(period) = query.period.filter(narrows) {
        let field = if query.tab.may_look_at_all() {
            a.opened_in
        } else {
            a.period
        };
        chip(colon(field, &period.said(words)), query.with(|q| q.period = None));
    }
    for one in &query.layers {
        chip(
            colon(words.layer, layer::word(one.layer(), words)),
            query.with(|q| _ = q.layers.remove(one)),
        );
    }
    for slug in &query.sectors {
        let name = tree
            .iter()
            .find(|line| line.chip.slug == *slug)
            .map_or(slug.as_str(), |line| line.chip.name_in(words.language));
        chip(
            colon(words.sector, name),
            query.with(|q| _ = q.sectors.remove(slug)),
        );
    }
    for id in &query.owners {
        let name = owners
            .iter()
            .find(|owner| owner.key == *id)
            .map_or(id, |owner| &owner.label);
        chip(colon(a.owner, name), query.with(|q| _ = q.owners.remove(id)));
    }
    for one in &query.channels {
        chip(
            colon(a.channel, one.word(words)),
            query.with(|q| _ = q.channels.remove(one)),
        );
    }
    for id in &query.funds {
        let fund = funds.iter().find(|fund| fund.id.inner() == id);
        let name = fund.map_or(id.as_str(), |fund| fund.name.as_str());
        chip(
            colon(words.funds().fund, name),
            query.with(|q| _ = q.funds.remove(id)),
        );
    }
    for (i, mistake) in bad.iter().enumerate() {
        let mut others = bad.to_vec();
        others.remove(i);
        let name = match mistake.name.as_str() {
            "layer" => words.layer,
            "sector" => words.sector,
            "owner" => a.owner,
            "channel" => a.channel,
            "fund" => words.funds().fund,
            "period" => a.period,
            "from" => a.from,
            "to" => a.to,
            "mode" => a.mode,
            "interval" => a.interval,
            "group" => a.group,
            "vs" => a.period_before,
            as_of::PARAMETER => words.as_of,
            "display" => words.display,
            "lang" => words.language_choice,
            other => other,
        };
        chips.push(Chip {
            text: colon(name, &mistake.value),
            remove: query.link(&others),
            is_bad: true,
        });
    }
    chips
}
