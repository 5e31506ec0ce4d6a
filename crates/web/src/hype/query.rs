//! The query string of the hype map.

use std::collections::BTreeSet;

use url::form_urlencoded;

use crate::Language;
use crate::as_of::{self, AsOf};
use crate::query::{Bad, LayerChoice, push};

/// What the address of a map asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HypeQuery {
    pub(super) layers: BTreeSet<LayerChoice>,
    /// Slugs; each stands for its descendants too.
    pub(super) sectors: BTreeSet<String>,
    pub(super) depth: Depth,
    pub(super) as_of: Option<AsOf>,
    /// Which page of the table, from 0.
    pub(super) page: usize,
    pub(super) projector: bool,
    pub(super) print: bool,
    /// Holds for one request, so links do not carry it on.
    pub(super) lang: Option<Language>,
}

/// By which sectors startups are taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Depth {
    /// The roots of the tree.
    #[default]
    Roots,
    /// Every sector.
    All,
}

impl Depth {
    /// As the API counts it.
    pub(super) fn number(self) -> i32 {
        match self {
            Self::Roots => 1,
            Self::All => 2,
        }
    }
}

/// How many rows a page of the table has.
pub(super) const PAGE_ROWS: usize = 50;
/// The last row that the API tells.
const LAST_ROW: usize = 2_000;

impl HypeQuery {
    /// Reads a raw query string. Everything not understood is in the second part and in no filter.
    pub(super) fn parse(raw: &str) -> (Self, Vec<Bad>) {
        let mut query = Self::default();
        let mut bad = Vec::new();
        let mut once = BTreeSet::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let (name, value) = (name.into_owned(), value.trim().to_owned());
            if value.is_empty() {
                continue;
            }
            if matches!(name.as_str(), "layer" | "sector") {
                for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                    if query.add(&name, item).is_none() {
                        let value = item.to_owned();
                        let name = name.clone();
                        bad.push(Bad { name, value });
                    }
                }
            } else if !once.insert(name.clone()) || query.set(&name, &value).is_none() {
                bad.push(Bad { name, value });
            }
        }
        (query, bad)
    }

    fn add(&mut self, name: &str, item: &str) -> Option<()> {
        if name == "layer" {
            let choice = LayerChoice::ALL.into_iter().find(|one| one.code() == item)?;
            self.layers.insert(choice);
        } else {
            let is_slug = item
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            is_slug.then(|| self.sectors.insert(item.to_owned()))?;
        }
        Some(())
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "depth" => {
                self.depth = match value {
                    "1" => Depth::Roots,
                    "2" => Depth::All,
                    _ => return None,
                }
            }
            as_of::PARAMETER => self.as_of = Some(AsOf::read(value)?),
            "row" => {
                let row: usize = value.parse().ok()?;
                let is_first = (1..LAST_ROW).contains(&row) && row % PAGE_ROWS == 1;
                self.page = is_first.then_some(row / PAGE_ROWS)?;
            }
            "display" => self.projector = (value == "projector").then_some(true)?,
            "print" => self.print = (value == "1").then_some(true)?,
            "lang" => self.lang = Some(Language::from_code(value)?),
            _ => return None,
        }
        Some(())
    }

    /// The one way to write this query.
    pub(super) fn canonical(&self) -> String {
        let mut out = self.carried();
        if self.print {
            push(&mut out, "print", &["1"]);
        }
        if let Some(lang) = self.lang {
            push(&mut out, "lang", &[lang.code()]);
        }
        out
    }

    /// The part that links on the page carry on.
    fn carried(&self) -> String {
        let mut out = String::new();
        let layers: Vec<&str> = self.layers.iter().map(|layer| layer.code()).collect();
        push(&mut out, "layer", &layers);
        let sectors: Vec<&str> = self.sectors.iter().map(String::as_str).collect();
        push(&mut out, "sector", &sectors);
        if self.depth == Depth::All {
            push(&mut out, "depth", &["2"]);
        }
        if self.page > 0 {
            push(&mut out, "row", &[&(self.page * PAGE_ROWS + 1).to_string()]);
        }
        if let Some(as_of) = self.as_of {
            push(&mut out, as_of::PARAMETER, &[&as_of.code()]);
        }
        if self.projector {
            push(&mut out, "display", &["projector"]);
        }
        out
    }

    /// A link to this map, with what was not understood kept.
    pub(super) fn link(&self, bad: &[Bad]) -> String {
        let mut query = self.carried();
        for Bad { name, value } in bad {
            push(&mut query, name, &[value]);
        }
        if query.is_empty() {
            "/hype".to_owned()
        } else {
            format!("/hype?{query}")
        }
    }

    /// The same map changed; its table starts at the top.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self {
            page: 0,
            ..self.clone()
        };
        change(&mut changed);
        changed
    }

    /// This map without filters, of the same day.
    pub(super) fn cleared(&self) -> Self {
        Self {
            depth: self.depth,
            as_of: self.as_of,
            projector: self.projector,
            ..Self::default()
        }
    }

    /// How many filters are set.
    pub(super) fn filter_count(&self) -> usize {
        self.layers.len() + self.sectors.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_has_one_address() {
        for (raw, canonical) in [
            ("", ""),
            ("depth=1&layer=&row=1", ""),
            (
                "as_of=2024-06-30&layer=none,APP",
                "layer=APP,none&as_of=2024-06-30",
            ),
            (
                "row=101&depth=2&sector=rpa&sector=code",
                "sector=code,rpa&depth=2&row=101",
            ),
            (
                "lang=zh&print=1&display=projector",
                "display=projector&print=1&lang=zh",
            ),
        ] {
            let (query, bad) = HypeQuery::parse(raw);
            assert_eq!(bad, [], "{raw}");
            assert_eq!(query.canonical(), canonical, "{raw}");
            assert_eq!(HypeQuery::parse(canonical).0, query, "{raw}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (raw, name, value) in [
            ("layer=APP,FOO", "layer", "FOO"),
            ("sector=3D%20x", "sector", "3D x"),
            ("depth=3", "depth", "3"),
            ("row=52", "row", "52"),
            ("row=2001", "row", "2001"),
            ("as_of=yesterday", "as_of", "yesterday"),
            ("as_of=2024-06-30&as_of=2024-07-01", "as_of", "2024-07-01"),
            ("conviction=40..", "conviction", "40.."),
        ] {
            let (_, bad) = HypeQuery::parse(raw);
            let (name, value) = (name.to_owned(), value.to_owned());
            assert_eq!(bad, [Bad { name, value }], "{raw}");
        }
    }
}
