//! What is loaded about people, gathered by level of a document.

use std::collections::HashMap;

use async_graphql::{Error, Result, dataloader::Loader};
use domain::{AffiliationId, Instant, PersonId, StartupId, person};

use crate::{
    context::{Load, grouped},
    error::told,
};

/// A person as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PersonKey(pub(crate) PersonId, pub(crate) Option<Instant>);
/// A post as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct AffiliationKey(pub(crate) AffiliationId, pub(crate) Option<Instant>);
/// The posts of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PostsKey(pub(super) PersonId, pub(super) Option<Instant>);
/// The posts at a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PeopleKey(pub(super) StartupId, pub(super) Option<Instant>);

impl Loader<PersonKey> for Load {
    type Value = person::Person;
    type Error = Error;
    async fn load(&self, keys: &[PersonKey]) -> Result<HashMap<PersonKey, person::Person>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let people = self.0.people_by_ids(&ids, at).await.map_err(told)?;
            found.extend(
                people
                    .into_iter()
                    .map(|person| (PersonKey(person.id, at), person)),
            );
        }
        Ok(found)
    }
}
impl Loader<AffiliationKey> for Load {
    type Value = person::Affiliation;
    type Error = Error;
    async fn load(&self, keys: &[AffiliationKey]) -> Result<HashMap<AffiliationKey, person::Affiliation>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let posts = self.0.affiliations_by_ids(&ids, at).await.map_err(told)?;
            found.extend(posts.into_iter().map(|post| (AffiliationKey(post.id, at), post)));
        }
        Ok(found)
    }
}
impl Loader<PostsKey> for Load {
    type Value = Vec<person::Affiliation>;
    type Error = Error;
    async fn load(&self, keys: &[PostsKey]) -> Result<HashMap<PostsKey, Vec<person::Affiliation>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let posts = self.0.affiliations_of_people(&ids, at).await.map_err(told)?;
            found.extend(posts.into_iter().map(|(id, posts)| (PostsKey(id, at), posts)));
        }
        Ok(found)
    }
}
impl Loader<PeopleKey> for Load {
    type Value = Vec<person::Affiliation>;
    type Error = Error;
    async fn load(&self, keys: &[PeopleKey]) -> Result<HashMap<PeopleKey, Vec<person::Affiliation>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let posts = self.0.affiliations_of_startups(&ids, at).await.map_err(told)?;
            found.extend(posts.into_iter().map(|(id, posts)| (PeopleKey(id, at), posts)));
        }
        Ok(found)
    }
}
