//! Loaders of theses, capabilities and the deals behind them: one statement a level and instant.

use std::{collections::HashMap, marker::PhantomData};

use async_graphql::{Error, Result, dataloader::Loader};
use domain::{
    CapabilityId, Instant, StartupId,
    belief::{Belief, OfFund, OfModels},
    deal::{Deal, RevisitWhen},
};
use type_safe_id::TypeSafeId;

use crate::{
    context::{Load, grouped},
    error::told,
};

/// A belief as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct BeliefKey<K: domain::belief::Kind>(
    pub(super) TypeSafeId<K::Tag>,
    pub(super) Option<Instant>,
);

/// The beliefs of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct BeliefsOfStartupKey<K>(StartupId, Option<Instant>, PhantomData<K>);

impl<K> BeliefsOfStartupKey<K> {
    pub(super) const fn new(id: StartupId, as_of: Option<Instant>) -> Self {
        Self(id, as_of, PhantomData)
    }
}

/// The active deals of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ActiveDealsKey(pub(super) StartupId, pub(super) Option<Instant>);
/// The deals that wait for a capability.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct WaitingKey(pub(super) CapabilityId, pub(super) Option<Instant>);

macro_rules! beliefs { ($($kind:ty),+) => {$(
    impl Loader<BeliefKey<$kind>> for Load {
        type Value = Belief<$kind>;
        type Error = Error;
        async fn load(&self, keys: &[BeliefKey<$kind>]) -> Result<HashMap<BeliefKey<$kind>, Belief<$kind>>> {
            let mut found = HashMap::new();
            for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
                let beliefs = self.0.beliefs_by_ids::<$kind>(&ids, at).await.map_err(told)?;
                found.extend(beliefs.into_iter().map(|row| (BeliefKey(row.id, at), row)));
            }
            Ok(found)
        }
    }

    impl Loader<BeliefsOfStartupKey<$kind>> for Load {
        type Value = Vec<Belief<$kind>>;
        type Error = Error;
        async fn load(
            &self,
            keys: &[BeliefsOfStartupKey<$kind>],
        ) -> Result<HashMap<BeliefsOfStartupKey<$kind>, Vec<Belief<$kind>>>> {
            let mut found: HashMap<_, Vec<Belief<$kind>>> = HashMap::new();
            for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
                let beliefs = self.0.beliefs_of_startups::<$kind>(&ids, at).await.map_err(told)?;
                for belief in beliefs {
                    for id in belief.profile.startup_ids.iter().filter(|id| ids.contains(id)) {
                        let key = BeliefsOfStartupKey::new(*id, at);
                        found.entry(key).or_default().push(belief.clone());
                    }
                }
            }
            Ok(found)
        }
    }
)+} }
beliefs!(OfFund, OfModels);

impl Loader<ActiveDealsKey> for Load {
    type Value = Vec<Deal>;
    type Error = Error;
    async fn load(&self, keys: &[ActiveDealsKey]) -> Result<HashMap<ActiveDealsKey, Vec<Deal>>> {
        let mut found: HashMap<_, Vec<Deal>> = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            for deal in self.0.active_deals_of(&ids, at).await.map_err(told)? {
                found
                    .entry(ActiveDealsKey(deal.startup_id, at))
                    .or_default()
                    .push(deal);
            }
        }
        Ok(found)
    }
}

impl Loader<WaitingKey> for Load {
    type Value = Vec<Deal>;
    type Error = Error;
    async fn load(&self, keys: &[WaitingKey]) -> Result<HashMap<WaitingKey, Vec<Deal>>> {
        let mut found: HashMap<_, Vec<Deal>> = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            for deal in self.0.waiting_deals(&ids, at).await.map_err(told)? {
                let Some(RevisitWhen::Capability { id, .. }) = deal.terms.revisit_when else {
                    continue;
                };
                found.entry(WaitingKey(id, at)).or_default().push(deal);
            }
        }
        Ok(found)
    }
}
