//! Who is exposed to a provider, and how what it might do would hit them.

use app::provider::{Exposed, Exposure, Hit};
use async_graphql::{Context, ID, Object, Result};
use domain::{
    Instant, ProviderId, ProviderTag,
    provider::what_if::{self, WhatIf as Asked},
};

use super::{
    Dependency, Provider, at_most,
    load::{ExposedKey, ExposureKey, ProviderKey},
};
use crate::{
    context::{caller, id, language, loader},
    deal::Deal,
    error::{coded, told},
    money::MoneyRange,
    scalar::{DateTime, Decimal},
    startup::{self, Startup},
    word::word,
};

word! {
    /// What a provider might do.
    ProviderScenario, "what_if::Scenario" {
        /// It changes its prices.
        Price,
        /// It ships what those who build on it sell.
        ShipsSame,
        /// It shuts its API.
        Shutdown,
        /// Its API fails for a while.
        Outage,
    }
}

word! {
    /// How hard something hits.
    Severity, "what_if::Severity" {
        /// The product stops, or what set it apart is gone.
        High,
        /// It has to move, or costs rise.
        Medium,
        /// A part of it, or for the better.
        Low,
        /// Not at all.
        None,
    }
}

/// How many startups are listed unless more are asked for.
const LISTED: i32 = 200;

fn count(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Who is exposed to a provider.
#[derive(Clone)]
pub struct ProviderExposure {
    of: Exposed,
    found: Exposure,
    as_of: Option<Instant>,
}

impl ProviderExposure {
    pub(super) async fn of(ctx: &Context<'_>, of: Exposed, as_of: Option<Instant>) -> Result<Self> {
        let found = loader(ctx)?.load_one(ExposureKey(of, as_of)).await?;
        let found = found.unwrap_or_default();
        Ok(Self { of, found, as_of })
    }
    /// To a provider, whatever it does.
    pub(super) async fn whatever(ctx: &Context<'_>, id: ProviderId, as_of: Option<Instant>) -> Result<Self> {
        let of = Exposed {
            provider: id,
            on: caller(ctx)?.day_of(as_of),
            with_self_hosted: true,
        };
        Self::of(ctx, of, as_of).await
    }
}

/// Who is exposed to a provider: startups with a dependency on it in force, and their deals, as far as the caller may see
/// them. The provider itself is not among them.
#[Object]
impl ProviderExposure {
    /// How many startups, each once.
    async fn startups(&self) -> i32 {
        count(self.found.startups)
    }
    /// How many of them stop without it.
    async fn critical_startups(&self) -> i32 {
        count(self.found.critical)
    }
    /// How many of those name nothing that they would use instead.
    async fn without_alternative(&self) -> i32 {
        count(self.found.without_alternative)
    }
    /// How many active deals they have.
    async fn active_deals(&self) -> i32 {
        count(self.found.active_deals)
    }
    /// In how many of them we invested.
    async fn portfolio(&self) -> i32 {
        count(self.found.portfolio)
    }
    /// What the active deals seek, by currency; lows and highs are added apart.
    async fn amount(&self) -> Vec<MoneyRange> {
        let sums = self.found.amounts.iter();
        sums.map(|sum| sum.range.clone().into()).collect()
    }
    /// How many active deals name no amount; nothing is guessed for them.
    async fn amount_unknown(&self) -> i32 {
        let known: i64 = self.found.amounts.iter().map(|sum| sum.deals).sum();
        count(self.found.active_deals - known)
    }
    /// The dependencies behind it, in the order in which they were entered; so many of them, 200 unless asked otherwise.
    async fn dependencies(&self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<Dependency>> {
        let first = at_most(first, LISTED)?;
        let rows = loader(ctx)?.load_one(ExposedKey(self.of, self.as_of)).await?;
        let as_of = self.as_of;
        let rows = rows.unwrap_or_default().into_iter().take(first);
        Ok(rows.map(|row| Dependency { row, as_of }).collect())
    }
}

/// What would be if a provider did something.
pub struct WhatIf {
    provider: Provider,
    asked: Asked,
    exposure: ProviderExposure,
    at: Instant,
}

/// What would be if a provider did something: who would be hit, how hard, and what is at stake.
#[Object]
impl WhatIf {
    /// Which provider.
    async fn provider(&self) -> &Provider {
        &self.provider
    }
    /// What it would do.
    async fn scenario(&self) -> ProviderScenario {
        self.asked.scenario().into()
    }
    /// By how many percent its prices would change; null unless that is asked.
    async fn percent(&self) -> Option<Decimal> {
        self.asked.percent().map(Decimal)
    }
    /// The instant.
    async fn as_of(&self) -> DateTime {
        DateTime(self.at)
    }
    /// Who would be hit: who runs the provider's model by themselves is, where it ships the same, and by nothing else.
    async fn exposure(&self) -> &ProviderExposure {
        &self.exposure
    }
    /// How each startup would be hit, the hardest first, then those with more active deals; so many of them, 200 unless asked
    /// otherwise. Who would not be hit at all is left out.
    async fn hits(&self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<ProviderHit>> {
        let first = at_most(first, LISTED)?;
        let as_of = self.exposure.as_of;
        let hits = caller(ctx)?
            .hits(self.provider.row.id, &self.asked, as_of)
            .await
            .map_err(told)?;
        let reached = hits.into_iter().filter(Hit::reaches).take(first);
        Ok(reached.map(|hit| ProviderHit { hit, as_of }).collect())
    }
}

/// How a startup would be hit.
pub struct ProviderHit {
    hit: Hit,
    as_of: Option<Instant>,
}

/// How a startup would be hit by what a provider might do.
#[Object]
impl ProviderHit {
    /// The startup.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        let found = startup::by_id(ctx, self.hit.startup_id, self.as_of).await?;
        found.ok_or_else(|| told(app::Error::Internal("a dependency without its startup".into())))
    }
    /// By which of its dependencies on the provider the most.
    async fn dependency(&self) -> Dependency {
        Dependency {
            row: self.hit.dependency.clone(),
            as_of: self.as_of,
        }
    }
    /// How hard.
    async fn severity(&self) -> Severity {
        self.hit.effect.severity.into()
    }
    /// How, in words, in the caller's language.
    async fn effect(&self, ctx: &Context<'_>) -> &str {
        self.hit.effect.text(language(ctx))
    }
    /// Its active deals, as far as the caller may see them.
    async fn deals(&self) -> Vec<Deal> {
        let as_of = self.as_of;
        let deals = self.hit.deals.iter().cloned();
        deals.map(|row| Deal::new(row, as_of)).collect()
    }
}

/// Queries about who is exposed to whom.
#[derive(Default)]
pub struct ExposureQuery;

async fn known(ctx: &Context<'_>, id: ProviderId, as_of: Option<Instant>) -> Result<Option<Provider>> {
    let row = loader(ctx)?.load_one(ProviderKey(id, as_of)).await?;
    Ok(row.map(|row| Provider { row, as_of }))
}

#[Object]
impl ExposureQuery {
    /// Who is exposed to a provider; nobody was before it was known.
    async fn provider_exposure(
        &self,
        ctx: &Context<'_>,
        provider: ID,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<ProviderExposure> {
        let id = self::id::<ProviderTag>(&provider)?;
        if known(ctx, id, None).await?.is_none() {
            return Err(coded("NOT_FOUND", format!("no provider has the id {id}")));
        }
        ProviderExposure::whatever(ctx, id, as_of.map(|at| at.0)).await
    }
    /// What would be if a provider changed its prices, shipped what those who build on it sell, shut its API, or failed; null
    /// if there is no such provider.
    async fn what_if(
        &self,
        ctx: &Context<'_>,
        provider: ID,
        #[graphql(desc = "What it would do.")] scenario: ProviderScenario,
        #[graphql(desc = "Of PRICE: by how many percent; -90 is ninety percent cheaper.")] percent: Option<
            Decimal,
        >,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Option<WhatIf>> {
        let asked = Asked::new(scenario.into(), percent.map(|percent| percent.0))
            .map_err(|problem| coded("BAD_USER_INPUT", problem.message.text(language(ctx))))?;
        let as_of = as_of.map(|at| at.0);
        let id = self::id::<ProviderTag>(&provider)?;
        let Some(provider) = known(ctx, id, as_of).await? else {
            return Ok(None);
        };
        let caller = caller(ctx)?;
        let of = Exposed {
            provider: provider.row.id,
            on: caller.day_of(as_of),
            with_self_hosted: asked.reaches_self_hosted(),
        };
        Ok(Some(WhatIf {
            exposure: ProviderExposure::of(ctx, of, as_of).await?,
            at: as_of.unwrap_or_else(|| caller.now()),
            provider,
            asked,
        }))
    }
}
