//! What is loaded about deals, gathered by level of a document.

use std::{collections::HashMap, sync::Arc};

use app::{deal::Filter, page::Slice};
use async_graphql::{Error, Result, dataloader::Loader};
use domain::{
    DealId, Instant, StartupId,
    deal::{Deal, DealChange, Stage},
};

use crate::{
    connection::Window,
    context::{Load, grouped},
    error::told,
};

/// A deal as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct DealKey(pub(crate) DealId, pub(crate) Option<Instant>);
/// Every stage as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct StagesKey(pub(super) Option<Instant>);
/// A deal's history as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ChangesKey(pub(super) DealId, pub(super) Option<Instant>);
/// Of a deal's history the changes that stand and overrode a gate.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct OverridingKey(pub(crate) DealId, pub(crate) Option<Instant>);
/// A page of a startup's deals.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct DealsKey(pub(super) StartupId, pub(super) Filter, pub(super) Window);
/// How many deals of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct DealsCountKey(pub(super) StartupId, pub(super) Filter);

impl Loader<DealKey> for Load {
    type Value = Deal;
    type Error = Error;
    async fn load(&self, keys: &[DealKey]) -> Result<HashMap<DealKey, Deal>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            for deal in self.0.deals_by_ids(&ids, at).await.map_err(told)? {
                found.insert(DealKey(deal.id, at), deal);
            }
        }
        Ok(found)
    }
}

impl Loader<StagesKey> for Load {
    type Value = Arc<Vec<Stage>>;
    type Error = Error;
    async fn load(&self, keys: &[StagesKey]) -> Result<HashMap<StagesKey, Arc<Vec<Stage>>>> {
        let mut found = HashMap::new();
        for key in keys {
            found.insert(key.clone(), Arc::new(self.0.stages(key.0).await.map_err(told)?));
        }
        Ok(found)
    }
}

impl Loader<ChangesKey> for Load {
    type Value = Vec<DealChange>;
    type Error = Error;
    async fn load(&self, keys: &[ChangesKey]) -> Result<HashMap<ChangesKey, Vec<DealChange>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let changes = self.0.deal_changes(&ids, at).await.map_err(told)?;
            found.extend(changes.into_iter().map(|(id, rows)| (ChangesKey(id, at), rows)));
        }
        Ok(found)
    }
}

impl Loader<OverridingKey> for Load {
    type Value = Vec<DealChange>;
    type Error = Error;
    async fn load(&self, keys: &[OverridingKey]) -> Result<HashMap<OverridingKey, Vec<DealChange>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let changes = self.0.overriding_changes(&ids, at).await.map_err(told)?;
            found.extend(
                changes
                    .into_iter()
                    .map(|(id, rows)| (OverridingKey(id, at), rows)),
            );
        }
        Ok(found)
    }
}

impl Loader<DealsKey> for Load {
    type Value = Slice<Deal>;
    type Error = Error;
    async fn load(&self, keys: &[DealsKey]) -> Result<HashMap<DealsKey, Slice<Deal>>> {
        let mut found = HashMap::new();
        for ((filter, window), ids) in grouped(keys, |key| ((key.1.clone(), key.2.clone()), key.0)) {
            let pages = self
                .0
                .deals_of(&ids, &filter, &window.page())
                .await
                .map_err(told)?;
            found.extend(
                pages
                    .into_iter()
                    .map(|(id, slice)| (DealsKey(id, filter.clone(), window.clone()), slice)),
            );
        }
        Ok(found)
    }
}

impl Loader<DealsCountKey> for Load {
    type Value = i64;
    type Error = Error;
    async fn load(&self, keys: &[DealsCountKey]) -> Result<HashMap<DealsCountKey, i64>> {
        let mut found = HashMap::new();
        for (filter, ids) in grouped(keys, |key| (key.1.clone(), key.0)) {
            let counts = self.0.deal_counts_of(&ids, &filter).await.map_err(told)?;
            found.extend(
                counts
                    .into_iter()
                    .map(|(id, n)| (DealsCountKey(id, filter.clone()), n)),
            );
        }
        Ok(found)
    }
}
