//! Sectors: the chip beside a startup, and the tree in the filter.

use std::collections::BTreeSet;

use crate::{Language, schema};

/// A sector where it stands beside something.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Sector")]
pub(crate) struct SectorChip {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) name_zh: String,
    pub(crate) is_focus: bool,
}

impl SectorChip {
    /// Its name in the reader's language.
    pub(crate) fn name_in(&self, language: Language) -> &str {
        match language {
            Language::En => &self.name,
            Language::Zh => &self.name_zh,
        }
    }
}

/// A sector in the tree.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Sector")]
pub(crate) struct SectorNode {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) name_zh: String,
    pub(crate) is_focus: bool,
    pub(crate) parent: Option<SectorParent>,
    pub(crate) children: Vec<SectorChip>,
}

/// What a sector stands under.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Sector")]
pub(crate) struct SectorParent {
    pub(crate) slug: String,
}

/// One line of the tree, parents before their children.
#[derive(Clone, Debug)]
pub(crate) struct SectorLine {
    pub(crate) chip: SectorChip,
    /// 0 for a root.
    pub(crate) depth: usize,
}

impl SectorNode {
    fn chip(&self) -> SectorChip {
        let Self {
            slug,
            name,
            name_zh,
            is_focus,
            parent: _,
            children: _,
        } = self.clone();
        SectorChip {
            slug,
            name,
            name_zh,
            is_focus,
        }
    }
}

/// Lays the sectors out as lines, whether the server lists every sector or the roots with their children.
pub(crate) fn tree(sectors: &[SectorNode]) -> Vec<SectorLine> {
    let mut known: Vec<(Option<&str>, SectorChip)> = Vec::new();
    for node in sectors {
        known.push((
            node.parent.as_ref().map(|parent| parent.slug.as_str()),
            node.chip(),
        ));
        known.extend(
            node.children
                .iter()
                .map(|child| (Some(node.slug.as_str()), child.clone())),
        );
    }
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    grow(None, 0, &known, &mut seen, &mut lines);
    lines
}

fn grow<'a>(
    parent: Option<&str>,
    depth: usize,
    known: &'a [(Option<&str>, SectorChip)],
    seen: &mut BTreeSet<&'a str>,
    lines: &mut Vec<SectorLine>,
) {
    for (under, chip) in known {
        if *under == parent && seen.insert(&chip.slug) {
            lines.push(SectorLine {
                chip: chip.clone(),
                depth,
            });
            grow(Some(&chip.slug), depth + 1, known, seen, lines);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chip(slug: &str) -> SectorChip {
        SectorChip {
            slug: slug.into(),
            name: slug.into(),
            name_zh: slug.into(),
            is_focus: false,
        }
    }

    fn node(slug: &str, parent: Option<&str>, children: &[&str]) -> SectorNode {
        SectorNode {
            slug: slug.into(),
            name: slug.into(),
            name_zh: slug.into(),
            is_focus: false,
            parent: parent.map(|slug| SectorParent { slug: slug.into() }),
            children: children.iter().map(|slug| chip(slug)).collect(),
        }
    }

    fn lines(sectors: &[SectorNode]) -> Vec<(String, usize)> {
        tree(sectors)
            .into_iter()
            .map(|line| (line.chip.slug, line.depth))
            .collect()
    }

    #[test]
    fn the_tree_is_the_same_from_roots_and_from_all() {
        let expected = [
            ("a".to_owned(), 0),
            ("a1".to_owned(), 1),
            ("a2".to_owned(), 1),
            ("b".to_owned(), 0),
        ];
        assert_eq!(
            lines(&[node("a", None, &["a1", "a2"]), node("b", None, &[])]),
            expected
        );
        assert_eq!(
            lines(&[
                node("a", None, &["a1", "a2"]),
                node("a1", Some("a"), &[]),
                node("a2", Some("a"), &[]),
                node("b", None, &[])
            ]),
            expected
        );
    }
}
