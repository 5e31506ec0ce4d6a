//! Whether a newcomer is here already (domain.md §8).

use super::{ExternalId, NameKind, Profile};
use crate::{
    StartupId,
    check::distinct,
    message::Match,
    text::{domain_identifies, name_key},
};

/// A startup that a newcomer may turn out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: StartupId,
    /// Its name, for the answer.
    pub name: String,
    /// Its country, if known.
    pub country: Option<String>,
    /// Its domains, as registered.
    pub domains: Vec<String>,
    /// The keys of its names.
    pub name_keys: Vec<String>,
    /// Under which keys sources know it.
    pub external_ids: Vec<ExternalId>,
}

impl Profile {
    /// Its names that say who it is. A product's name is not its maker's: two companies may each have a product of one
    /// name.
    fn identifying_names(&self) -> impl Iterator<Item = &str> {
        let aliases = self
            .aliases
            .iter()
            .filter(|alias| alias.kind != NameKind::Product);
        std::iter::once(self.name.as_str()).chain(aliases.map(|alias| alias.name.as_str()))
    }

    /// The keys of its names that say who it is, each once, none empty.
    pub fn name_keys(&self) -> Vec<String> {
        distinct(
            self.identifying_names()
                .map(name_key)
                .filter(|key| !key.is_empty()),
        )
    }

    /// Its domains that say who it is, each once.
    pub fn identifying_domains(&self) -> Vec<String> {
        distinct(
            self.domains
                .iter()
                .filter(|domain| domain_identifies(domain))
                .cloned(),
        )
    }
}

/// Who of the candidates the newcomer is, with its name and by what it was known: by the key of a source first; then
/// by a domain of its own; then by a name, where both countries are known and equal and the domains do not differ.
/// Two that one source tells apart by its keys are two, whatever domain or name they share.
pub fn recognise(
    newcomer: &Profile,
    external_ids: &[ExternalId],
    candidates: &[Candidate],
) -> Option<(StartupId, String, Match)> {
    let found = |candidate: &Candidate, by: Match| (candidate.id, candidate.name.clone(), by);
    for id in external_ids {
        if let Some(candidate) = candidates
            .iter()
            .find(|candidate| candidate.external_ids.contains(id))
        {
            return Some(found(
                candidate,
                Match::ExternalId(format!("{}:{}", id.source, id.id)),
            ));
        }
    }
    let open: Vec<&Candidate> = candidates
        .iter()
        .filter(|c| !told_apart(external_ids, &c.external_ids))
        .collect();
    let domains = newcomer.identifying_domains();
    for domain in &domains {
        if let Some(candidate) = open.iter().find(|candidate| candidate.domains.contains(domain)) {
            return Some(found(candidate, Match::Domain(domain.clone())));
        }
    }
    let country = newcomer.country.as_deref()?;
    let of_country: Vec<&Candidate> = open
        .into_iter()
        .filter(|candidate| {
            candidate.country.as_deref() == Some(country) && !differ(&domains, &candidate.domains)
        })
        .collect();
    newcomer.identifying_names().find_map(|name| {
        let key = name_key(name);
        let candidate = of_country
            .iter()
            .find(|candidate| !key.is_empty() && candidate.name_keys.contains(&key))?;
        Some(found(candidate, Match::Name(name.to_owned())))
    })
}

/// Whom a row of an import speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognition {
    /// Nobody who is here.
    Nobody,
    /// This one.
    One(StartupId),
    /// It may be any of these: a person must say.
    Several(Vec<StartupId>),
}

/// Whom of the candidates a row speaks of: as [`recognise`], but every match is looked at, and two that contradict each
/// other are told. `known` is whom the source meant by the row's key before; a key decides, and a weaker match
/// contradicts it only where it names somebody else and not him.
pub fn recognise_row(
    row: &Profile,
    known: Option<StartupId>,
    external_ids: &[ExternalId],
    candidates: &[&Candidate],
) -> Recognition {
    let by_key: Vec<StartupId> = known
        .into_iter()
        .chain(
            candidates
                .iter()
                .filter(|c| c.external_ids.iter().any(|id| external_ids.contains(id)))
                .map(|c| c.id),
        )
        .collect();
    let open: Vec<&&Candidate> = candidates
        .iter()
        .filter(|c| !told_apart(external_ids, &c.external_ids))
        .collect();
    let domains = row.identifying_domains();
    let by_domain: Vec<StartupId> = open
        .iter()
        .filter(|c| c.domains.iter().any(|d| domains.contains(d)))
        .map(|c| c.id)
        .collect();
    let keys = row.name_keys();
    let by_name: Vec<StartupId> = match row.country.as_deref() {
        None => Vec::new(),
        Some(country) => open
            .iter()
            .filter(|c| c.country.as_deref() == Some(country) && !differ(&domains, &c.domains))
            .filter(|c| c.name_keys.iter().any(|key| keys.contains(key)))
            .map(|c| c.id)
            .collect(),
    };
    let mut meant: Option<StartupId> = None;
    for level in [by_key, by_domain, by_name] {
        let level = distinct(level);
        match (meant, level.as_slice()) {
            (_, []) => {}
            (None, [one]) => meant = Some(*one),
            (Some(meant), level) if level.contains(&meant) => {}
            (meant, level) => {
                return Recognition::Several(distinct(meant.into_iter().chain(level.iter().copied())));
            }
        }
    }
    meant.map_or(Recognition::Nobody, Recognition::One)
}

/// Whom somebody means who says a name and perhaps a web site, and no country: by a domain, and by a name, alone or with
/// their agreement. A name whose candidate has other domains means nobody who is here.
pub fn recognise_named(newcomer: &Profile, candidates: &[Candidate]) -> Recognition {
    let domains = newcomer.identifying_domains();
    let keys = newcomer.name_keys();
    let of = |means: &dyn Fn(&Candidate) -> bool| {
        let found = candidates.iter().filter(|candidate| means(candidate));
        distinct(found.map(|candidate| candidate.id))
    };
    let by_domain = of(&|c| c.domains.iter().any(|domain| domains.contains(domain)));
    let by_name = of(&|c| c.name_keys.iter().any(|key| keys.contains(key)) && !differ(&domains, &c.domains));
    match (by_domain.as_slice(), by_name.as_slice()) {
        ([], []) => Recognition::Nobody,
        ([one], []) | ([], [one]) => Recognition::One(*one),
        ([one], names) if names.contains(one) => Recognition::One(*one),
        _ => Recognition::Several(distinct(by_domain.into_iter().chain(by_name))),
    }
}

/// Whether some source knows both, under different keys.
fn told_apart(ones: &[ExternalId], others: &[ExternalId]) -> bool {
    ones.iter().any(|one| {
        let mut of_source = others
            .iter()
            .filter(|other| other.source == one.source)
            .peekable();
        of_source.peek().is_some() && !of_source.any(|other| ones.contains(other))
    })
}

/// Whether both have domains of their own, and none in common.
fn differ(identifying: &[String], others: &[String]) -> bool {
    let mut others = others
        .iter()
        .filter(|domain| domain_identifies(domain))
        .peekable();
    !identifying.is_empty() && others.peek().is_some() && !others.any(|domain| identifying.contains(domain))
}

#[cfg(test)]
mod tests;
