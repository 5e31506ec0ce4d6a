//! Loaders of providers and dependencies: one statement a level and instant.

use std::collections::HashMap;

use app::{
    page::Slice,
    provider::{Exposed, Exposure},
};
use async_graphql::{Error, Result, dataloader::Loader};
use domain::{
    DependencyId, Instant, ProviderEventId, ProviderId, StartupId,
    provider::{Dependency, Provider, ProviderEvent},
};

use crate::{
    connection::Window,
    context::{Load, grouped},
    error::told,
};

/// A provider as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ProviderKey(pub(crate) ProviderId, pub(crate) Option<Instant>);
/// A dependency as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct DependencyKey(pub(crate) DependencyId, pub(crate) Option<Instant>);
/// The dependencies of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct StartupDependenciesKey(pub(super) StartupId, pub(super) Option<Instant>);
/// A page of the dependents of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct DependentsKey(
    pub(super) ProviderId,
    pub(super) Option<Instant>,
    pub(super) Window,
);
/// How many dependents a provider has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct DependentsCountKey(pub(super) ProviderId, pub(super) Option<Instant>);

/// Something that a provider did, as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct EventKey(pub(super) ProviderEventId, pub(super) Option<Instant>);
/// What a provider did, as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct EventsKey(pub(super) ProviderId, pub(super) Option<Instant>);
/// What an exposure comes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ExposureKey(pub(super) Exposed, pub(super) Option<Instant>);
/// The dependencies behind an exposure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ExposedKey(pub(super) Exposed, pub(super) Option<Instant>);

impl Loader<ProviderKey> for Load {
    type Value = Provider;
    type Error = Error;
    async fn load(&self, keys: &[ProviderKey]) -> Result<HashMap<ProviderKey, Provider>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let providers = self.0.providers_by_ids(&ids, at).await.map_err(told)?;
            found.extend(providers.into_iter().map(|row| (ProviderKey(row.id, at), row)));
        }
        Ok(found)
    }
}

impl Loader<DependencyKey> for Load {
    type Value = Dependency;
    type Error = Error;
    async fn load(&self, keys: &[DependencyKey]) -> Result<HashMap<DependencyKey, Dependency>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let dependencies = self.0.dependencies_by_ids(&ids, at).await.map_err(told)?;
            found.extend(
                dependencies
                    .into_iter()
                    .map(|row| (DependencyKey(row.id, at), row)),
            );
        }
        Ok(found)
    }
}

impl Loader<StartupDependenciesKey> for Load {
    type Value = Vec<Dependency>;
    type Error = Error;
    async fn load(
        &self,
        keys: &[StartupDependenciesKey],
    ) -> Result<HashMap<StartupDependenciesKey, Vec<Dependency>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let dependencies = self.0.dependencies_of_startups(&ids, at).await.map_err(told)?;
            found.extend(
                dependencies
                    .into_iter()
                    .map(|(id, rows)| (StartupDependenciesKey(id, at), rows)),
            );
        }
        Ok(found)
    }
}

impl Loader<DependentsKey> for Load {
    type Value = Slice<Dependency>;
    type Error = Error;
    async fn load(&self, keys: &[DependentsKey]) -> Result<HashMap<DependentsKey, Slice<Dependency>>> {
        let mut found = HashMap::new();
        for ((at, window), ids) in grouped(keys, |key| ((key.1, key.2.clone()), key.0)) {
            let pages = self.0.dependents_of(&ids, at, &window.page()).await;
            found.extend(
                pages
                    .map_err(told)?
                    .into_iter()
                    .map(|(id, slice)| (DependentsKey(id, at, window.clone()), slice)),
            );
        }
        Ok(found)
    }
}

impl Loader<DependentsCountKey> for Load {
    type Value = i64;
    type Error = Error;
    async fn load(&self, keys: &[DependentsCountKey]) -> Result<HashMap<DependentsCountKey, i64>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let counts = self.0.dependent_counts_of(&ids, at).await.map_err(told)?;
            found.extend(
                counts
                    .into_iter()
                    .map(|(id, count)| (DependentsCountKey(id, at), count)),
            );
        }
        Ok(found)
    }
}

impl Loader<EventKey> for Load {
    type Value = ProviderEvent;
    type Error = Error;
    async fn load(&self, keys: &[EventKey]) -> Result<HashMap<EventKey, ProviderEvent>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let events = self.0.provider_events_by_ids(&ids, at).await.map_err(told)?;
            found.extend(events.into_iter().map(|row| (EventKey(row.id, at), row)));
        }
        Ok(found)
    }
}

impl Loader<EventsKey> for Load {
    type Value = Vec<ProviderEvent>;
    type Error = Error;
    async fn load(&self, keys: &[EventsKey]) -> Result<HashMap<EventsKey, Vec<ProviderEvent>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let events = self.0.provider_events_of(&ids, at).await.map_err(told)?;
            found.extend(events.into_iter().map(|(id, rows)| (EventsKey(id, at), rows)));
        }
        Ok(found)
    }
}

impl Loader<ExposureKey> for Load {
    type Value = Exposure;
    type Error = Error;
    async fn load(&self, keys: &[ExposureKey]) -> Result<HashMap<ExposureKey, Exposure>> {
        let mut found = HashMap::new();
        for (at, of) in grouped(keys, |key| (key.1, key.0)) {
            let exposures = self.0.exposures(&of, at).await.map_err(told)?;
            found.extend(exposures.into_iter().map(|(of, one)| (ExposureKey(of, at), one)));
        }
        Ok(found)
    }
}

impl Loader<ExposedKey> for Load {
    type Value = Vec<Dependency>;
    type Error = Error;
    async fn load(&self, keys: &[ExposedKey]) -> Result<HashMap<ExposedKey, Vec<Dependency>>> {
        let mut found = HashMap::new();
        for (at, of) in grouped(keys, |key| (key.1, key.0)) {
            let exposed = self.0.exposed(&of, at).await.map_err(told)?;
            found.extend(exposed.into_iter().map(|(of, rows)| (ExposedKey(of, at), rows)));
        }
        Ok(found)
    }
}
