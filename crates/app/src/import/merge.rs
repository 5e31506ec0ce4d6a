//! What a row says, written into a profile: only what its source did not say before, never over what people wrote since.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate};
use domain::{
    Problem, SectorId,
    startup::{Name, NameKind, Profile},
    text::fold,
};
use import::Said;
use serde_json::Value;

/// Slugs of the sectors there are.
pub(crate) type Sectors = HashMap<String, SectorId>;

/// Which fields rows before this one, of the same file and startup, have stated: the first one counts.
#[derive(Debug, Default)]
pub(crate) struct Claims(HashSet<String>);

impl Claims {
    fn take(&mut self, field: &str) -> bool {
        self.0.insert(field.to_owned())
    }
}

/// The profile of a startup that a row speaks of first.
pub(crate) fn fresh(said: &Said, claims: &mut Claims, sectors: &Sectors) -> Profile {
    let mut profile = Profile::named(said.name.clone().unwrap_or_default());
    claims.take("name");
    merge(&mut profile, said, None, false, claims, sectors);
    profile
}

/// Writes what a row says into a profile. `last` is what the same row said when it was last applied: what it says again is
/// no news, and what people changed since stays. `by_key`: its source knows the startup by the row's key, so another name
/// is a new one; else it is one more. Gives the fields that stayed as people had left them.
pub(crate) fn merge(
    profile: &mut Profile,
    said: &Said,
    last: Option<&Said>,
    by_key: bool,
    claims: &mut Claims,
    sectors: &Sectors,
) -> Vec<&'static str> {
    let mut kept = Vec::new();
    let mut scalars = Scalars {
        claims,
        kept: &mut kept,
    };
    macro_rules! scalar {
        ($($field:ident = $name:literal),+) => {$(
            scalars.put($name, &mut profile.$field, said.$field.as_ref(), last.and_then(|l| l.$field.as_ref()));
        )+}
    }
    scalar!(
        website = "website",
        one_liner = "oneLiner",
        description = "description",
        city = "city",
        founded_on = "foundedOn"
    );
    if !(said.country_is_default && profile.country.is_some()) {
        scalar!(country = "country");
    }
    let layer_before = profile.layer;
    scalar!(layer = "layer");
    if profile.layer != layer_before {
        profile.proposed.layer = None;
    }
    name(profile, said, last, by_key, claims, &mut kept);
    for alias in &said.aliases {
        if last.is_none_or(|l| !l.aliases.contains(alias)) {
            add_alias(profile, alias.clone());
        }
    }
    for domain in &said.domains {
        if last.is_none_or(|l| !l.domains.contains(domain)) && !profile.domains.contains(domain) {
            profile.domains.push(domain.clone());
        }
    }
    for (field, value) in &said.custom_fields {
        put_custom(
            profile,
            field,
            value,
            last.and_then(|l| l.custom_fields.get(field)),
            claims,
        );
    }
    if !said.founders.is_empty() {
        let list = |founders: &[String]| Value::from(founders.to_vec());
        let before = last.map(|l| list(&l.founders));
        put_custom(
            profile,
            "founders",
            &list(&said.founders),
            before.as_ref(),
            claims,
        );
    }
    classify(profile, said, last, sectors);
    kept
}

/// The profile as it is stored. A year is kept as its last day: of the year that runs, today is the last there was.
pub(crate) fn prepared(mut profile: Profile, today: NaiveDate) -> Result<Profile, Vec<Problem>> {
    profile.founded_on = profile.founded_on.map(|day| {
        if day > today && day.year() == today.year() {
            today
        } else {
            day
        }
    });
    profile.prepared(today)
}

struct Scalars<'a> {
    claims: &'a mut Claims,
    kept: &'a mut Vec<&'static str>,
}

impl Scalars<'_> {
    fn put<T: Clone + PartialEq>(
        &mut self,
        field: &'static str,
        at: &mut Option<T>,
        said: Option<&T>,
        last: Option<&T>,
    ) {
        let Some(said) = said else { return };
        if !self.claims.take(field) || last == Some(said) || at.as_ref() == Some(said) {
            return;
        }
        if last.is_some() && at.as_ref() != last {
            self.kept.push(field);
            return;
        }
        *at = Some(said.clone());
    }
}

fn name(
    profile: &mut Profile,
    said: &Said,
    last: Option<&Said>,
    by_key: bool,
    claims: &mut Claims,
    kept: &mut Vec<&'static str>,
) {
    let Some(said) = &said.name else { return };
    let last = last.and_then(|l| l.name.as_ref());
    let first = claims.take("name");
    if last == Some(said) || &profile.name == said {
        return;
    }
    if first && by_key && last.is_none_or(|last| last == &profile.name) {
        let former = std::mem::replace(&mut profile.name, said.clone());
        add_alias(
            profile,
            Name {
                name: former,
                language: None,
                kind: NameKind::Former,
            },
        );
        return;
    }
    if first && by_key {
        kept.push("name");
    }
    add_alias(
        profile,
        Name {
            name: said.clone(),
            language: None,
            kind: NameKind::Other,
        },
    );
}

fn add_alias(profile: &mut Profile, alias: Name) {
    let folded = fold(&alias.name);
    if !profile.all_names().any(|name| fold(name) == folded) {
        profile.aliases.push(alias);
    }
}

fn put_custom(profile: &mut Profile, field: &str, value: &Value, last: Option<&Value>, claims: &mut Claims) {
    let at = profile.custom_fields.get(field);
    let changed_since = last.is_some() && at != last;
    if claims.take(&format!("customFields.{field}"))
        && last != Some(value)
        && at != Some(value)
        && !changed_since
    {
        profile.custom_fields.insert(field.to_owned(), value.clone());
    }
}

/// Layer and sectors: what is stated is added; what words suggest is proposed where nobody has said anything.
fn classify(profile: &mut Profile, said: &Said, last: Option<&Said>, sectors: &Sectors) {
    for slug in &said.sectors {
        if let Some(id) = sectors.get(slug)
            && last.is_none_or(|l| !l.sectors.contains(slug))
        {
            profile.proposed.sectors.remove(id);
            if !profile.sector_ids.contains(id) {
                profile.sector_ids.push(*id);
            }
        }
    }
    let only_proposed = profile
        .sector_ids
        .iter()
        .all(|id| profile.proposed.sectors.contains_key(id));
    for proposal in &said.proposed_sectors {
        if let Some(id) = sectors.get(&proposal.value)
            && only_proposed
            && last.is_none_or(|l| l.proposed_sectors.iter().all(|p| p.value != proposal.value))
            && !profile.sector_ids.contains(id)
        {
            profile.sector_ids.push(*id);
            profile.proposed.sectors.insert(*id, proposal.words.clone());
        }
    }
    if let Some(proposal) = &said.proposed_layer
        && profile.layer.is_none()
        && last.is_none_or(|l| l.proposed_layer.as_ref().map(|p| p.value) != Some(proposal.value))
    {
        profile.layer = Some(proposal.value);
        profile.proposed.layer = Some(proposal.words.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, one_liner: &str) -> Said {
        Said {
            name: Some(name.into()),
            one_liner: Some(one_liner.into()),
            ..Said::default()
        }
    }

    fn merged(profile: &mut Profile, now: &Said, last: &Said, by_key: bool) -> Vec<&'static str> {
        merge(
            profile,
            now,
            Some(last),
            by_key,
            &mut Claims::default(),
            &Sectors::new(),
        )
    }

    #[test]
    fn a_row_that_says_the_same_again_changes_nothing_that_people_wrote_since() {
        let row = said("Acme", "old words");
        let mut profile = fresh(&row, &mut Claims::default(), &Sectors::new());
        profile.one_liner = Some("a person's words".into());
        let before = profile.clone();
        assert!(merged(&mut profile, &row, &row, true).is_empty());
        assert_eq!(profile, before);
    }

    #[test]
    fn a_row_that_says_something_new_replaces_its_own_words_but_not_a_persons() {
        let (last, now) = (said("Acme", "old words"), said("Acme", "new words"));
        let mut untouched = fresh(&last, &mut Claims::default(), &Sectors::new());
        assert!(merged(&mut untouched, &now, &last, true).is_empty());
        assert_eq!(untouched.one_liner.as_deref(), Some("new words"));
        let mut edited = fresh(&last, &mut Claims::default(), &Sectors::new());
        edited.one_liner = Some("a person's words".into());
        assert_eq!(merged(&mut edited, &now, &last, true), ["oneLiner"]);
        assert_eq!(edited.one_liner.as_deref(), Some("a person's words"));
    }

    #[test]
    fn a_name_under_the_same_key_is_a_new_name_and_under_none_one_more() {
        let (last, now) = (said("Acme", "x"), said("Zenith", "x"));
        let mut renamed = fresh(&last, &mut Claims::default(), &Sectors::new());
        merged(&mut renamed, &now, &last, true);
        assert_eq!(
            (renamed.name.as_str(), renamed.aliases[0].name.as_str()),
            ("Zenith", "Acme")
        );
        assert_eq!(renamed.aliases[0].kind, NameKind::Former);
        let mut other = fresh(&last, &mut Claims::default(), &Sectors::new());
        merge(
            &mut other,
            &now,
            None,
            false,
            &mut Claims::default(),
            &Sectors::new(),
        );
        assert_eq!(
            (other.name.as_str(), other.aliases[0].name.as_str()),
            ("Acme", "Zenith")
        );
    }

    #[test]
    fn of_two_rows_of_one_startup_the_first_counts() {
        let mut claims = Claims::default();
        let mut profile = fresh(&said("Acme", "first"), &mut claims, &Sectors::new());
        merge(
            &mut profile,
            &said("Acme", "second"),
            None,
            false,
            &mut claims,
            &Sectors::new(),
        );
        assert_eq!(profile.one_liner.as_deref(), Some("first"));
    }
}
