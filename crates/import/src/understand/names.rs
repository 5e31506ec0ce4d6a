//! Names of a startup: its own, others, and those of its products.

use domain::startup::{NAME_LIMIT, Name, NameKind};

use super::{Understood, Wrong};
use crate::{
    saying::Saying,
    value::{
        folded, link, name, plain, telling,
        web::{address, identifying_domain, product_domain},
    },
};

impl Understood {
    pub(super) fn repository(&mut self, text: &str) {
        let Some(id) = plain(text) else { return };
        let name = id.rsplit('/').next().unwrap_or(&id).trim().to_owned();
        if self.said.name.is_none() && !name.is_empty() {
            self.said.name = Some(name);
        }
        self.said.external_id = Some(id);
    }

    pub(super) fn name(&mut self, column: &str, text: &str) {
        let Some(cell) = telling(text) else { return };
        let linked = link::pieces(&cell);
        let (whole, url) = match linked.as_slice() {
            [one] => (one.text.trim().to_owned(), one.url),
            _ => (link::without_links(&cell), None),
        };
        if whole.is_empty() {
            return;
        }
        if self.said.name.is_some() {
            self.aliases(vec![whole], None, NameKind::Brand);
            return;
        }
        if whole.chars().count() > NAME_LIMIT {
            self.errors.push(Wrong {
                column: Some(column.to_owned()),
                value: Some(whole.chars().take(NAME_LIMIT).collect()),
                saying: Saying::NameTooLong,
                fatal: true,
            });
        }
        if let Some(url) = url {
            self.website(column, url, identifying_domain);
        }
        self.said.row_key = Some(cell.clone());
        if name::names_two(&whole) {
            self.notes
                .push(Saying::TwoOrganisations(column.to_owned(), whole.clone()));
            self.said.name = Some(whole);
            return;
        }
        let (name, other) = name::split_languages(&whole);
        self.said.name = Some(name);
        self.said.aliases.extend(other);
    }

    pub(super) fn aliases(&mut self, names: Vec<String>, language: Option<&str>, kind: NameKind) {
        let names = names
            .into_iter()
            .filter(|name| name.chars().count() <= NAME_LIMIT);
        self.said
            .aliases
            .extend(names.map(|name| name::alias(name, language, kind)));
    }

    /// Products, perhaps linked: `[LLaMA](…),[LLaMA-2](…), CodeLLaMA`.
    pub(super) fn products(&mut self, text: &str) {
        let mut is_behind_link = false;
        for piece in link::pieces(text) {
            let marks: &[char] = if piece.url.is_some() {
                &['、']
            } else {
                &[',', '，', '、', ';', '；', '\n']
            };
            let mut names: Vec<&str> = piece.text.split(marks).collect();
            // What is joined to a link says more of it, and is no name: `[流萤](…)系列`.
            if is_behind_link && !names.is_empty() {
                names.remove(0);
            }
            is_behind_link = piece.url.is_some();
            self.aliases(
                names.into_iter().filter_map(telling).collect(),
                None,
                NameKind::Product,
            );
            if let Some(url) = piece.url.and_then(|url| address(url).ok().flatten()) {
                self.add_domain(product_domain(&url));
            }
        }
    }
}

/// Aliases without the name itself, each once.
pub(super) fn distinct(name: &str, aliases: Vec<Name>) -> Vec<Name> {
    let mut seen = vec![folded(name)];
    let mut kept = Vec::new();
    for alias in aliases {
        let key = folded(&alias.name);
        if !seen.contains(&key) {
            seen.push(key);
            kept.push(alias);
        }
    }
    kept
}
