//! What the map can be narrowed to, each as a link: layers, sectors, days; and chips of what is set.

use chrono::NaiveDate;

use super::query::HypeQuery;
use crate::as_of::{self, AsOf};
use crate::layer;
use crate::narrow::Chip;
use crate::query::{Bad, LayerChoice};
use crate::sector::SectorLine;
use crate::words::Words;
use crate::{Language, fmt};

/// A choice among several, as a link.
pub(super) struct Choice {
    pub(super) text: String,
    pub(super) link: String,
    pub(super) style: &'static str,
    pub(super) depth: usize,
    pub(super) is_chosen: bool,
}

impl Choice {
    pub(super) fn new(text: &str, link: String, is_chosen: bool) -> Self {
        Self {
            text: text.to_owned(),
            link,
            style: "",
            depth: 0,
            is_chosen,
        }
    }
}

pub(super) fn layers(query: &HypeQuery, words: &Words) -> Vec<Choice> {
    let all = Choice::new(
        words.hype().all_layers,
        query.with(|q| q.layers.clear()).link(&[]),
        query.layers.is_empty(),
    );
    let one = |choice: LayerChoice| {
        let link = query
            .with(|q| {
                if !q.layers.remove(&choice) {
                    q.layers.insert(choice);
                }
            })
            .link(&[]);
        Choice {
            style: layer::style(choice.layer()),
            ..Choice::new(
                layer::word(choice.layer(), words),
                link,
                query.layers.contains(&choice),
            )
        }
    };
    std::iter::once(all)
        .chain(LayerChoice::ALL.into_iter().map(one))
        .collect()
}

pub(super) fn sectors(query: &HypeQuery, tree: &[SectorLine], words: &Words) -> Vec<Choice> {
    let all = Choice::new(
        words.hype().all_sectors,
        query.with(|q| q.sectors.clear()).link(&[]),
        query.sectors.is_empty(),
    );
    let one = |line: &SectorLine| {
        let slug = &line.chip.slug;
        let link = query.with(|q| q.sectors = [slug.clone()].into()).link(&[]);
        Choice {
            depth: line.depth.min(3),
            ..Choice::new(
                line.chip.name_in(words.language),
                link,
                query.sectors.contains(slug),
            )
        }
    };
    std::iter::once(all).chain(tree.iter().map(one)).collect()
}

/// Days to choose from, each once.
pub(super) fn days(query: &HypeQuery, today: NaiveDate, words: &Words) -> Vec<Choice> {
    let [month, quarter, year] = as_of::period_ends(today);
    let mut days = vec![(words.month_end, month)];
    if quarter != month {
        days.push((words.quarter_end, quarter));
    }
    if year != quarter && year != month {
        days.push((words.year_end, year));
    }
    days.into_iter()
        .map(|(name, day)| {
            let as_of = Some(AsOf::Day(day));
            let text = format!("{name} · {}", fmt::date(day, words.language));
            Choice::new(
                &text,
                query.with(|q| q.as_of = as_of).link(&[]),
                query.as_of == as_of,
            )
        })
        .collect()
}

/// What the form that chooses a day sends besides it.
pub(super) fn kept(query: &HypeQuery) -> Vec<(&'static str, String)> {
    let layers: Vec<&str> = query.layers.iter().map(|layer| layer.code()).collect();
    let sectors: Vec<&str> = query.sectors.iter().map(String::as_str).collect();
    let mut kept = vec![
        ("layer", layers.join(",")),
        ("sector", sectors.join(",")),
        ("depth", query.depth.number().to_string()),
    ];
    if query.projector {
        kept.push(("display", "projector".to_owned()));
    }
    kept.retain(|(_, value)| !value.is_empty());
    kept
}

pub(super) fn chips(query: &HypeQuery, bad: &[Bad], tree: &[SectorLine], words: &Words) -> Vec<Chip> {
    let colon = |field: &str, value: &str| match words.language {
        Language::En => format!("{field}: {value}"),
        Language::Zh => format!("{field}：{value}"),
    };
    let mut chips = Vec::new();
    for choice in &query.layers {
        chips.push(Chip {
            text: colon(words.layer, layer::word(choice.layer(), words)),
            remove: query.with(|q| _ = q.layers.remove(choice)).link(bad),
            is_bad: false,
        });
    }
    for slug in &query.sectors {
        let name = tree
            .iter()
            .find(|line| line.chip.slug == *slug)
            .map_or(slug.as_str(), |line| line.chip.name_in(words.language));
        chips.push(Chip {
            text: colon(words.sector, name),
            remove: query.with(|q| _ = q.sectors.remove(slug)).link(bad),
            is_bad: false,
        });
    }
    for (i, mistake) in bad.iter().enumerate() {
        let others: Vec<Bad> = bad
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, other)| other.clone())
            .collect();
        let name = match mistake.name.as_str() {
            "layer" => words.layer,
            "sector" => words.sector,
            "depth" => words.hype().depth,
            "row" => words.hype().row,
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
