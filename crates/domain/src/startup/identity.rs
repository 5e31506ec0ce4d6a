//! Whether a newcomer is here already (domain.md §8).

use super::{ExternalId, Profile};
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
    /// The keys of its name and aliases, each once, none empty.
    pub fn name_keys(&self) -> Vec<String> {
        distinct(self.all_names().map(name_key).filter(|key| !key.is_empty()))
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
    newcomer.all_names().find_map(|name| {
        let key = name_key(name);
        let candidate = of_country
            .iter()
            .find(|candidate| !key.is_empty() && candidate.name_keys.contains(&key))?;
        Some(found(candidate, Match::Name(name.to_owned())))
    })
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
