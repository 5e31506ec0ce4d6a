//! A dependency of a startup on a provider.

use async_graphql::{Context, Error, ID, Object, Result};
use domain::{Instant, StartupId, assessment, provider};

use super::{
    Provider,
    load::{ProviderKey, StartupDependenciesKey},
};
use crate::{
    context::loader,
    error::told,
    scalar::{Date, Decimal},
    startup::{self, Startup},
    word::word,
};

word! {
    /// How a startup uses a provider.
    DependencyMode, "assessment::DependencyMode" {
        /// Calls its API.
        Api,
        /// Tunes its model.
        FineTune,
        /// Runs its model by itself.
        SelfHosted,
    }
}

/// A dependency, as known at an instant.
#[derive(Clone)]
pub struct Dependency {
    pub(crate) row: provider::Dependency,
    pub(crate) as_of: Option<Instant>,
}

fn missing(what: &str) -> Error {
    told(app::Error::Internal(format!("a dependency without its {what}")))
}

/// A startup builds on a provider: how, how much, since when.
#[Object]
impl Dependency {
    /// The dependency's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// The startup that depends.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        startup::by_id(ctx, self.row.startup_id, self.as_of)
            .await?
            .ok_or_else(|| missing("startup"))
    }
    /// On whom it depends.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Provider> {
        let key = ProviderKey(self.row.provider_id, self.as_of);
        let row = loader(ctx)?
            .load_one(key)
            .await?
            .ok_or_else(|| missing("provider"))?;
        let as_of = self.as_of;
        Ok(Provider { row, as_of })
    }
    /// How it uses what the provider supplies.
    async fn mode(&self) -> DependencyMode {
        self.row.terms.mode.into()
    }
    /// Whether its product stops without it.
    async fn critical(&self) -> bool {
        self.row.terms.is_critical
    }
    /// The share of its cost of revenue, 0 to 1, such as "0.35".
    async fn cost_share(&self) -> Option<Decimal> {
        self.row.terms.cost_share.map(Decimal)
    }
    /// What it would use instead.
    async fn alternative(&self) -> Option<&str> {
        self.row.terms.alternative.as_deref()
    }
    /// The first day; null: it has begun.
    async fn since(&self) -> Option<Date> {
        self.row.terms.since.map(Date)
    }
    /// The day it was over; null: it is not.
    async fn until(&self) -> Option<Date> {
        self.row.terms.until.map(Date)
    }
    /// Whether the provider is somebody else than the startup itself.
    async fn external(&self, ctx: &Context<'_>) -> Result<bool> {
        let provider = self.provider(ctx).await?;
        Ok(provider.row.profile.startup_id != Some(self.row.startup_id))
    }
    /// Rises by one with every change; send it back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// The dependencies of a startup, in the order in which they were entered.
pub(crate) async fn of_startup(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<Dependency>> {
    let all = loader(ctx)?
        .load_one(StartupDependenciesKey(id, as_of))
        .await?
        .unwrap_or_default();
    Ok(all.into_iter().map(|row| Dependency { row, as_of }).collect())
}
