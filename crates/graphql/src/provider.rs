//! Suppliers of base models, the startups that build on them, and what providers did and might do.

mod dependency;
mod event;
mod exposure;
mod input;
mod load;

use app::{dependency::place, page::KeyKind, page::Slice};
use async_graphql::{Context, ID, Object, Result};
use domain::{Instant, ProviderEventTag, ProviderId, ProviderTag, provider};

use crate::{
    connection::{Window, connection, page_size},
    context::{caller, id, loader},
    error::told,
    scalar::DateTime,
    startup::{self, Startup},
};

pub use dependency::Dependency;
pub(crate) use dependency::of_startup;
pub(crate) use event::event;
pub use event::{ProviderEvent, ProviderEventMutation};
pub use exposure::ExposureQuery;
use exposure::ProviderExposure;
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
    /// What it did, the latest first; so many of it, 50 unless asked otherwise.
    async fn events(&self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<ProviderEvent>> {
        event::of_provider(ctx, self.row.id, self.as_of, first).await
    }
    /// Who is exposed to it.
    async fn exposure(&self, ctx: &Context<'_>) -> Result<ProviderExposure> {
        ProviderExposure::whatever(ctx, self.row.id, self.as_of).await
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

/// How many rows of a list without pages are told: as many as asked for, or the usual.
fn at_most(first: Option<i32>, usual: i32) -> Result<usize> {
    let size = page_size(first.unwrap_or(usual))?;
    Ok(usize::try_from(size).unwrap_or(usize::MAX))
}

/// Queries about providers.
#[derive(Default)]
pub struct ProviderQuery;

#[Object]
impl ProviderQuery {
    /// Every provider, by name, Chinese by pinyin.
    async fn providers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Vec<Provider>> {
        let as_of = as_of.map(|at| at.0);
        let all = caller(ctx)?.providers(as_of).await.map_err(told)?;
        Ok(all.into_iter().map(|row| Provider { row, as_of }).collect())
    }
    /// One provider; null if there is none.
    async fn provider(
        &self,
        ctx: &Context<'_>,
        id: ID,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Option<Provider>> {
        let as_of = as_of.map(|at| at.0);
        let key = ProviderKey(self::id::<ProviderTag>(&id)?, as_of);
        let found = loader(ctx)?.load_one(key).await?;
        Ok(found.map(|row| Provider { row, as_of }))
    }
    /// Something that a provider did; null if there is nothing.
    async fn provider_event(
        &self,
        ctx: &Context<'_>,
        id: ID,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Option<ProviderEvent>> {
        event(ctx, self::id::<ProviderEventTag>(&id)?, as_of.map(|at| at.0)).await
    }
}
