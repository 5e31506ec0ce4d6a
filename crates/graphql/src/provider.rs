//! Suppliers of base models, and the startups that build on them.

mod dependency;
mod input;
mod load;

use app::{dependency::place, page::KeyKind, page::Slice};
use async_graphql::{Context, ID, Object, Result};
use domain::{Instant, ProviderId, ProviderTag, provider};

use crate::{
    connection::{Window, connection},
    context::{caller, id, loader},
    error::told,
    startup::{self, Startup},
};

pub use dependency::Dependency;
pub(crate) use dependency::of_startup;
pub use input::ProviderMutation;
pub(crate) use load::{DependencyKey, ProviderKey};
use load::{DependentsCountKey, DependentsKey};

/// A provider, as known at an instant.
#[derive(Clone)]
pub struct Provider {
    pub(crate) row: provider::Provider,
    pub(crate) as_of: Option<Instant>,
}

/// A supplier of base models on which startups build.
#[Object]
impl Provider {
    /// The provider's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// What it is called.
    async fn name(&self) -> &str {
        &self.row.profile.name
    }
    /// The startup here that it is, if it is one.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Option<Startup>> {
        match self.row.profile.startup_id {
            Some(id) => startup::by_id(ctx, id, self.as_of).await,
            None => Ok(None),
        }
    }
    /// The dependencies of startups on it, those entered last first; those that are over are among them.
    async fn dependents(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<DependencyConnection> {
        let window = Window::read((ORDER, KeyKind::Id), first, after, last, before)?;
        let key = DependentsKey(self.row.id, self.as_of, window.clone());
        let slice = loader(ctx)?.load_one(key).await?.unwrap_or(Slice {
            rows: Vec::new(),
            more: false,
        });
        let as_of = self.as_of;
        let rows = window.rows(
            slice,
            ORDER,
            |node: &Dependency| place(&node.row),
            |row| Dependency { row, as_of },
        );
        let count = DependentCount(self.row.id, as_of);
        Ok(DependencyConnection { rows, count })
    }
    /// Rises by one with every change; send it back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// Counts the dependents of a provider.
pub struct DependentCount(ProviderId, Option<Instant>);

impl DependentCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = loader(ctx)?
            .load_one(DependentsCountKey(self.0, self.1))
            .await?
            .unwrap_or(0);
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
connection!(
    DependencyConnection,
    DependencyEdge,
    Dependency,
    DependentCount,
    "dependencies, those entered last first"
);

const ORDER: &str = "ENTERED";

/// Queries about providers.
#[derive(Default)]
pub struct ProviderQuery;

#[Object]
impl ProviderQuery {
    /// Every provider, by name, Chinese by pinyin.
    async fn providers(&self, ctx: &Context<'_>) -> Result<Vec<Provider>> {
        let all = caller(ctx)?.providers(None).await.map_err(told)?;
        Ok(all.into_iter().map(|row| Provider { row, as_of: None }).collect())
    }
    /// One provider; null if there is none.
    async fn provider(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Provider>> {
        let key = ProviderKey(self::id::<ProviderTag>(&id)?, None);
        let found = loader(ctx)?.load_one(key).await?;
        Ok(found.map(|row| Provider { row, as_of: None }))
    }
}
