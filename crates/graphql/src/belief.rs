//! Theses and capabilities: what the fund believes, and what base models can do.

mod input;
mod load;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::{
    CapabilityId, CapabilityTag, Instant, StartupId, ThesisId, ThesisTag,
    belief::{self, OfFund, OfModels},
};

use crate::{
    context::{StartupKey, caller, id, loader},
    deal::Deal,
    error::told,
    scalar::{Date, DateTime, Url},
    sector::Sector,
    startup::{Layer, Startup},
    user::{User, user},
    word::word,
};

pub use input::{BeliefMutation, VerdictMutation};
use load::{ActiveDealsKey, BeliefKey, BeliefsOfStartupKey, WaitingKey};

word! {
    /// How the fund stands to a thesis.
    ThesisStatus, "domain::belief::ThesisStatus" {
        /// It is believed.
        Held,
        /// Something speaks against it.
        Questioned,
        /// It is believed no more.
        Dropped,
    }
}

word! {
    /// How far base models can do something.
    CapabilityStatus, "domain::belief::CapabilityStatus" {
        /// They cannot.
        NotYet,
        /// In part, or for some.
        Partly,
        /// They can.
        Solved,
    }
}

/// A thesis, as known at an instant.
#[derive(Clone)]
pub struct Thesis {
    pub(crate) row: belief::Thesis,
    pub(crate) as_of: Option<Instant>,
}

/// 投资判断: a belief of the fund about a market, a layer or a sector, with dated verdicts; startups can rest on it.
#[Object]
impl Thesis {
    /// The thesis's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// In a sentence, such as "game studios pay for 3D content".
    async fn statement(&self) -> &str {
        &self.row.profile.statement
    }
    /// The layer that it is about, if it is about one.
    async fn layer(&self) -> Option<Layer> {
        self.row.profile.layer.map(Into::into)
    }
    /// The sector that it is about, if it is about one.
    async fn sector(&self, ctx: &Context<'_>) -> Result<Option<Sector>> {
        let ids: Vec<_> = self.row.profile.sector_id.into_iter().collect();
        Ok(Sector::of(ctx, &ids, self.as_of).await?.pop())
    }
    /// How the fund stands to it: as the last verdict says, by its day.
    async fn status(&self) -> ThesisStatus {
        self.row.status().into()
    }
    /// When it is to be looked at again.
    async fn review_on(&self) -> Option<Date> {
        self.row.profile.review_on.map(Date)
    }
    /// What was said of it, the earliest day first. Verdicts are appended, never rewritten.
    async fn verdicts(&self) -> Vec<ThesisVerdict> {
        let verdicts = self.row.verdicts.iter().cloned();
        verdicts.map(ThesisVerdict::of).collect()
    }
    /// The startups that rest on it.
    async fn startups(&self, ctx: &Context<'_>) -> Result<Vec<Startup>> {
        startups(ctx, &self.row.profile.startup_ids, self.as_of).await
    }
    /// The active deals of these startups, as far as the caller may see them.
    async fn deals(&self, ctx: &Context<'_>) -> Result<Vec<Deal>> {
        deals(ctx, &self.row.profile.startup_ids, self.as_of).await
    }
    /// When it was written down.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
    /// Rises by one with every change, a verdict too; send it back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// Declares the API's verdicts on a kind of belief.
macro_rules! verdict {
    ($(#[$m:meta])* $name:ident, $status:ident, $(#[$since:meta])*) => {
        $(#[$m])*
        #[derive(SimpleObject, Clone)]
        #[graphql(complex)]
        pub struct $name {
            $(#[$since])*
            status: $status,
            /// Since which day.
            on: Date,
            /// Why.
            reason: String,
            /// Where it can be read.
            source_url: Option<Url>,
            /// When it was recorded.
            recorded_at: DateTime,
            #[graphql(skip)]
            by_id: Option<domain::UserId>,
        }

        #[ComplexObject]
        impl $name {
            /// Who said so; null for the program itself.
            async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
                user(ctx, self.by_id).await
            }
        }

        impl $name {
            fn of(verdict: belief::Verdict<belief::$status>) -> Self {
                let belief::Verdict {
                    id: _,
                    said,
                    recorded_at,
                    by,
                } = verdict;
                Self {
                    status: said.status.into(),
                    on: Date(said.on),
                    reason: said.reason,
                    source_url: said.source_url.map(Url),
                    recorded_at: DateTime(recorded_at),
                    by_id: by,
                }
            }
        }
    };
}

verdict! {
    /// A verdict on a thesis.
    ThesisVerdict, ThesisStatus,
    /// How the fund stands to it since.
}

verdict! {
    /// A verdict on a capability.
    CapabilityVerdict, CapabilityStatus,
    /// How far base models can do it since.
}

/// A capability, as known at an instant.
#[derive(Clone)]
pub struct Capability {
    pub(crate) row: belief::Capability,
    pub(crate) as_of: Option<Instant>,
}

/// 模型能力: something that base models can do, or not yet, with dated verdicts; startups can bet on it, and passed deals
/// wait for it.
#[Object]
impl Capability {
    /// The capability's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// In a sentence, such as "models can make usable 3D assets".
    async fn statement(&self) -> &str {
        &self.row.profile.statement
    }
    /// The sector that it is about, if it is about one.
    async fn sector(&self, ctx: &Context<'_>) -> Result<Option<Sector>> {
        let ids: Vec<_> = self.row.profile.sector_id.into_iter().collect();
        Ok(Sector::of(ctx, &ids, self.as_of).await?.pop())
    }
    /// How far base models can do it: as the last verdict says, by its day.
    async fn status(&self) -> CapabilityStatus {
        self.row.status().into()
    }
    /// What was said of it, the earliest day first. Verdicts are appended, never rewritten.
    async fn verdicts(&self) -> Vec<CapabilityVerdict> {
        let verdicts = self.row.verdicts.iter().cloned();
        verdicts.map(CapabilityVerdict::of).collect()
    }
    /// The startups that bet on it.
    async fn startups(&self, ctx: &Context<'_>) -> Result<Vec<Startup>> {
        startups(ctx, &self.row.profile.startup_ids, self.as_of).await
    }
    /// The active deals of these startups, as far as the caller may see them.
    async fn deals(&self, ctx: &Context<'_>) -> Result<Vec<Deal>> {
        deals(ctx, &self.row.profile.startup_ids, self.as_of).await
    }
    /// The passed deals and those on hold that wait for it and have not come back yet, as far as the caller may see them.
    async fn waiting_deals(&self, ctx: &Context<'_>) -> Result<Vec<Deal>> {
        waiting(ctx, self.row.id, None, self.as_of).await
    }
    /// Those of the waiting deals that a verdict of this status would bring back.
    async fn would_come_back(&self, ctx: &Context<'_>, status: CapabilityStatus) -> Result<Vec<Deal>> {
        waiting(ctx, self.row.id, Some(status.into()), self.as_of).await
    }
    /// When it was written down.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
    /// Rises by one with every change, a verdict too; send it back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// The startups with these ids that are shown, in their order.
async fn startups(ctx: &Context<'_>, ids: &[StartupId], as_of: Option<Instant>) -> Result<Vec<Startup>> {
    let keys = ids.iter().map(|id| StartupKey(*id, as_of));
    let mut found = loader(ctx)?.load_many(keys).await?;
    let rows = ids.iter().filter_map(|id| found.remove(&StartupKey(*id, as_of)));
    Ok(rows.map(|row| Startup::new(row, as_of)).collect())
}

/// The active deals of these startups.
async fn deals(ctx: &Context<'_>, ids: &[StartupId], as_of: Option<Instant>) -> Result<Vec<Deal>> {
    let keys = ids.iter().map(|id| ActiveDealsKey(*id, as_of));
    let mut found = loader(ctx)?.load_many(keys).await?;
    let rows = ids
        .iter()
        .filter_map(|id| found.remove(&ActiveDealsKey(*id, as_of)))
        .flatten();
    Ok(rows.map(|row| Deal::new(row, as_of)).collect())
}

/// The deals that wait for a capability; only those that a status would bring back, if one is given.
async fn waiting(
    ctx: &Context<'_>,
    id: CapabilityId,
    status: Option<belief::CapabilityStatus>,
    as_of: Option<Instant>,
) -> Result<Vec<Deal>> {
    let found = loader(ctx)?.load_one(WaitingKey(id, as_of)).await?;
    let comes = |deal: &domain::deal::Deal| match (status, &deal.terms.revisit_when) {
        (None, _) => true,
        (Some(status), Some(domain::deal::RevisitWhen::Capability { status: least, .. })) => {
            status.reaches(*least)
        }
        (Some(_), _) => false,
    };
    let rows = found.unwrap_or_default().into_iter().filter(comes);
    Ok(rows.map(|row| Deal::new(row, as_of)).collect())
}

/// The thesis with an id, as known at an instant.
pub(crate) async fn thesis(
    ctx: &Context<'_>,
    id: ThesisId,
    as_of: Option<Instant>,
) -> Result<Option<Thesis>> {
    let row = loader(ctx)?.load_one(BeliefKey::<OfFund>(id, as_of)).await?;
    Ok(row.map(|row| Thesis { row, as_of }))
}

/// The capability with an id, as known at an instant.
pub(crate) async fn capability(
    ctx: &Context<'_>,
    id: CapabilityId,
    as_of: Option<Instant>,
) -> Result<Option<Capability>> {
    let row = loader(ctx)?.load_one(BeliefKey::<OfModels>(id, as_of)).await?;
    Ok(row.map(|row| Capability { row, as_of }))
}

/// The theses on which a startup rests.
pub(crate) async fn theses_of(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<Thesis>> {
    let key = BeliefsOfStartupKey::<OfFund>::new(id, as_of);
    let rows = loader(ctx)?.load_one(key).await?.unwrap_or_default();
    Ok(rows.into_iter().map(|row| Thesis { row, as_of }).collect())
}

/// The capabilities on which a startup bets.
pub(crate) async fn bets_of(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<Capability>> {
    let key = BeliefsOfStartupKey::<OfModels>::new(id, as_of);
    let rows = loader(ctx)?.load_one(key).await?.unwrap_or_default();
    Ok(rows.into_iter().map(|row| Capability { row, as_of }).collect())
}

/// Queries about theses and capabilities.
#[derive(Default)]
pub struct BeliefQuery;

#[Object]
impl BeliefQuery {
    /// Every thesis, those that are held first, then in the order in which they were written down.
    async fn theses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Vec<Thesis>> {
        let as_of = as_of.map(|at| at.0);
        let rows = caller(ctx)?.beliefs::<OfFund>(as_of).await.map_err(told)?;
        Ok(rows.into_iter().map(|row| Thesis { row, as_of }).collect())
    }
    /// One thesis; null if there is none.
    async fn thesis(
        &self,
        ctx: &Context<'_>,
        id: ID,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Option<Thesis>> {
        thesis(ctx, self::id::<ThesisTag>(&id)?, as_of.map(|at| at.0)).await
    }
    /// Every capability, those that models have not yet first, then in the order in which they were written down.
    async fn capabilities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Vec<Capability>> {
        let as_of = as_of.map(|at| at.0);
        let rows = caller(ctx)?.beliefs::<OfModels>(as_of).await.map_err(told)?;
        Ok(rows.into_iter().map(|row| Capability { row, as_of }).collect())
    }
    /// One capability; null if there is none.
    async fn capability(
        &self,
        ctx: &Context<'_>,
        id: ID,
        #[graphql(desc = "As known at that instant.")] as_of: Option<DateTime>,
    ) -> Result<Option<Capability>> {
        capability(ctx, self::id::<CapabilityTag>(&id)?, as_of.map(|at| at.0)).await
    }
}
