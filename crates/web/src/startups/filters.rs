//! The filters and orders of the list: chips, boxes, heads, each with the link or the field that it is.

use crate::query::{Bad, LayerChoice, Rows, Sort, StartupsQuery};
use crate::sector::SectorLine;
use crate::words::Words;
use crate::{Language, country, layer};

/// A filter that is set, or a mistake.
pub(super) struct Chip {
    pub(super) text: String,
    pub(super) remove: String,
    pub(super) is_bad: bool,
}

/// A choice among several, drawn as a link or a box.
pub(super) struct Choice {
    pub(super) text: String,
    pub(super) value: String,
    pub(super) link: String,
    pub(super) is_chosen: bool,
}

pub(super) struct FilterForm {
    pub(super) layers: Vec<LayerBox>,
    pub(super) layers_set: usize,
    pub(super) sectors: Vec<SectorBox>,
    pub(super) sectors_set: usize,
    pub(super) countries: Vec<Choice>,
    pub(super) other_countries: Vec<Choice>,
    pub(super) countries_set: usize,
    pub(super) kept: Vec<(&'static str, String)>,
}

pub(super) struct LayerBox {
    pub(super) value: &'static str,
    pub(super) text: &'static str,
    pub(super) style: &'static str,
    pub(super) is_chosen: bool,
}

pub(super) struct SectorBox {
    pub(super) slug: String,
    pub(super) text: String,
    pub(super) depth: usize,
    pub(super) is_focus: bool,
    pub(super) is_chosen: bool,
}

/// The heads by which the list can be ordered.
pub(super) struct Heads {
    pub(super) name: Head,
    pub(super) founded: Head,
    pub(super) updated: Head,
}

pub(super) struct Head {
    pub(super) link: String,
    /// The value of `aria-sort`, empty where the list is not ordered by this column.
    pub(super) order: &'static str,
}

/// The parameters that a form sets besides its own fields, each with its alternatives as one value.
pub(super) fn kept(query: &StartupsQuery, own: &[&str]) -> Vec<(&'static str, String)> {
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

pub(super) fn chips(query: &StartupsQuery, bad: &[Bad], tree: &[SectorLine], words: &Words) -> Vec<Chip> {
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
    pub(super) fn new(query: &StartupsQuery, tree: &[SectorLine], words: &Words) -> Self {
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
            other_countries: country::codes(language)
                .iter()
                .filter(|code| !query.countries.contains(**code))
                .map(|code| country_choice(code, false))
                .collect(),
            countries_set: query.countries.len(),
            kept: kept(query, &["layer", "sector", "country"]),
        }
    }
}

pub(super) fn sort_word(sort: Sort, words: &Words) -> &'static str {
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

pub(super) fn sorts(query: &StartupsQuery, bad: &[Bad], words: &Words) -> Vec<Choice> {
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
    pub(super) fn new(query: &StartupsQuery, bad: &[Bad]) -> Self {
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
