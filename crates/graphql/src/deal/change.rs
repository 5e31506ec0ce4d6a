//! The history of deals.

use async_graphql::{Context, Object, Result};
use domain::{Instant, deal};

use super::{DealStatus, GateCondition, Stage, stage};
use crate::{
    review::{self, Review},
    scalar::DateTime,
    user::{User, user},
};

/// A change of a deal's stage or status.
#[derive(Clone)]
pub struct DealChange {
    pub(super) row: deal::DealChange,
    pub(super) void: Option<deal::DealChange>,
    pub(super) as_of: Option<Instant>,
}

/// A change of a deal's stage or status. A mistaken one is voided and stays in the history.
#[Object]
impl DealChange {
    /// The stage before; null for the opening.
    async fn from(&self, ctx: &Context<'_>) -> Result<Option<Stage>> {
        match self.row.from {
            Some((id, _)) => Ok(Some(Stage(stage::of_deal(ctx, id, self.as_of).await?))),
            None => Ok(None),
        }
    }
    /// The stage after.
    async fn to(&self, ctx: &Context<'_>) -> Result<Stage> {
        Ok(Stage(stage::of_deal(ctx, self.row.to.0, self.as_of).await?))
    }
    /// The status before; null for the opening.
    async fn from_status(&self) -> Option<DealStatus> {
        self.row.from.map(|(_, status)| status.into())
    }
    /// The status after.
    async fn to_status(&self) -> DealStatus {
        self.row.to.1.into()
    }
    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.row.occurred_at)
    }
    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.row.recorded_at)
    }
    /// Who recorded it; null for the program itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.by).await
    }
    /// Why.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }
    /// The conditions of gates that it overrode.
    async fn overrode(&self) -> Vec<GateCondition> {
        self.row
            .overrode
            .iter()
            .map(|condition| (*condition).into())
            .collect()
    }
    /// Why it overrode them.
    async fn override_reason(&self) -> Option<&str> {
        self.row.override_reason.as_deref()
    }
    /// The meeting that decided it, if one did.
    async fn review(&self, ctx: &Context<'_>) -> Result<Option<Review>> {
        match self.row.review_id {
            Some(id) => review::by_id(ctx, id).await,
            None => Ok(None),
        }
    }
    /// When it was voided; null while it stands.
    async fn voided_at(&self) -> Option<DateTime> {
        self.void.as_ref().map(|void| DateTime(void.recorded_at))
    }
    /// Why it was voided.
    async fn void_reason(&self) -> Option<&str> {
        self.void.as_ref()?.reason.as_deref()
    }
}
