//! Who is meant by a name and a web site that somebody is about to add: the rule of quick add, asked beforehand.

use domain::{
    StartupId,
    startup::{Profile, Recognition, recognise_named},
};

use crate::{Caller, Error};

/// By what a startup is known that is here already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownBy {
    /// A domain of its own.
    Domain,
    /// A name or an alias.
    Name,
}

impl Caller {
    /// The startups that quick add would take a name and a web site for; several where a person has to say which. What
    /// is not a web site yet, as it is being typed, says nothing.
    pub async fn known_as(
        &self,
        name: &str,
        website: Option<String>,
    ) -> Result<Vec<(StartupId, KnownBy)>, Error> {
        self.reader().await?;
        let profile = |website| {
            let profile = Profile {
                website,
                ..Profile::named(name)
            };
            profile.prepared(self.today())
        };
        let Ok(profile) = profile(website).or_else(|_| profile(None)) else {
            return Ok(Vec::new());
        };
        let candidates = storage::startup::candidates(&self.db, &profile, &[]).await?;
        let meant = match recognise_named(&profile, &candidates) {
            Recognition::Nobody => Vec::new(),
            Recognition::One(id) => vec![id],
            Recognition::Several(ids) => ids,
        };
        let domains = profile.identifying_domains();
        let by = |id: &StartupId| {
            let has_one = candidates
                .iter()
                .any(|one| one.id == *id && one.domains.iter().any(|domain| domains.contains(domain)));
            if has_one { KnownBy::Domain } else { KnownBy::Name }
        };
        Ok(meant.into_iter().map(|id| (id, by(&id))).collect())
    }
}
