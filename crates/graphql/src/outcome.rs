//! What became later of startups that we passed, or that chose others.

use std::collections::HashMap;

use async_graphql::{Context, Error, ID, InputObject, Object, Result, SimpleObject, dataloader::Loader};
use domain::{DealId, DealTag, Instant, OutcomeId, OutcomeTag, Problem, outcome};

use crate::{
    context::{Load, caller, grouped, language, loader, path, read_id},
    deal::{Deal, DealKey},
    error::told,
    money::{MoneyRange, MoneyRangeInput},
    scalar::{Date, DateTime, Url},
    user::{User, UserError, split, user, user_errors},
};

/// What became later of a deal's startup, as known at an instant.
#[derive(Clone)]
pub struct LaterOutcome(pub(crate) outcome::LaterOutcome);

/// What became later of a startup that we passed, or that chose others: who funded it, when, at what. Never overwritten:
/// what is wrong is retracted, and recorded anew.
#[Object]
impl LaterOutcome {
    /// The outcome's id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// When it happened.
    async fn on(&self) -> Date {
        Date(self.0.outcome.on)
    }
    /// Who funded it, or what else became of it, in words.
    async fn what(&self) -> &str {
        &self.0.outcome.what
    }
    /// How much it raised, with the words as found; null where it tells of something else than funding.
    async fn amount(&self) -> Option<MoneyRange> {
        self.0.outcome.amount.clone().map(Into::into)
    }
    /// Where it can be read.
    async fn source_url(&self) -> Option<Url> {
        self.0.outcome.source_url.clone().map(Url)
    }
    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }
    /// Who recorded it; null for the program itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.0.recorded_by).await
    }
}

/// An outcome as it is known now.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct OutcomeKey(pub(crate) OutcomeId);
/// The outcomes of a deal as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct OfDealKey(DealId, Option<Instant>);

impl Loader<OutcomeKey> for Load {
    type Value = outcome::LaterOutcome;
    type Error = Error;
    async fn load(&self, keys: &[OutcomeKey]) -> Result<HashMap<OutcomeKey, outcome::LaterOutcome>> {
        let ids: Vec<OutcomeId> = keys.iter().map(|key| key.0).collect();
        let found = self.0.outcomes_by_ids(&ids, None).await.map_err(told)?;
        Ok(found
            .into_iter()
            .map(|outcome| (OutcomeKey(outcome.id), outcome))
            .collect())
    }
}

impl Loader<OfDealKey> for Load {
    type Value = Vec<outcome::LaterOutcome>;
    type Error = Error;
    async fn load(&self, keys: &[OfDealKey]) -> Result<HashMap<OfDealKey, Vec<outcome::LaterOutcome>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let outcomes = self.0.outcomes_of(&ids, at).await.map_err(told)?;
            found.extend(outcomes.into_iter().map(|(id, all)| (OfDealKey(id, at), all)));
        }
        Ok(found)
    }
}

/// The outcomes of a deal, the earliest first; deals beside each other are read together.
pub(crate) async fn of_deal(
    ctx: &Context<'_>,
    deal: DealId,
    as_of: Option<Instant>,
) -> Result<Vec<LaterOutcome>> {
    let found = loader(ctx)?.load_one(OfDealKey(deal, as_of)).await?;
    Ok(found.unwrap_or_default().into_iter().map(LaterOutcome).collect())
}

/// What became later of a startup.
#[derive(InputObject)]
pub struct RecordOutcomeInput {
    /// Of which deal; it is PASSED or LOST.
    deal: ID,
    /// When it happened: not after today, nor before the deal was opened.
    on: Date,
    /// Who funded it, or what else became of it, in words.
    what: String,
    /// How much it raised, with the words as found. By it an outcome tells of funding, and counts as funded later
    /// (laterFunded, misses); where nobody knows how much, asFound says so: "undisclosed". Left out of whatever else became
    /// of it.
    amount: Option<MoneyRangeInput>,
    /// Where it can be read.
    source_url: Option<Url>,
}

/// Which outcome is withdrawn.
#[derive(InputObject)]
pub struct RetractOutcomeInput {
    /// Which outcome.
    outcome: ID,
    /// Why.
    reason: String,
}

/// What became of a mutation of an outcome.
#[derive(SimpleObject)]
pub struct OutcomePayload {
    /// The outcome; null when nothing was done, or when it was retracted.
    outcome: Option<LaterOutcome>,
    /// Its deal; null when nothing was done.
    deal: Option<Deal>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

fn refused(ctx: &Context<'_>, problem: Problem) -> OutcomePayload {
    OutcomePayload {
        outcome: None,
        deal: None,
        user_errors: user_errors(vec![problem], language(ctx)),
    }
}

async fn deal(ctx: &Context<'_>, id: Option<DealId>) -> Result<Option<Deal>> {
    let Some(id) = id else { return Ok(None) };
    let row = loader(ctx)?.load_one(DealKey(id, None)).await?;
    Ok(row.map(|row| Deal::new(row, None)))
}

/// Mutations of outcomes.
#[derive(Default)]
pub struct OutcomeMutation;

#[Object]
impl OutcomeMutation {
    /// Records what became later of a startup whose deal is PASSED or LOST.
    async fn record_outcome(&self, ctx: &Context<'_>, input: RecordOutcomeInput) -> Result<OutcomePayload> {
        let id = match read_id::<DealTag>(&input.deal, "deal") {
            Ok(id) => id,
            Err(problem) => return Ok(refused(ctx, problem)),
        };
        let seen = outcome::Outcome {
            on: input.on.0,
            what: input.what,
            amount: input.amount.map(Into::into),
            source_url: input.source_url.map(|url| url.0),
        };
        let done = caller(ctx)?
            .record_outcome(id, seen, &path(ctx))
            .await
            .map_err(told)?;
        let (id, user_errors) = split(ctx, done);
        let row = match id {
            Some(id) => caller(ctx)?
                .outcomes_by_ids(&[id], None)
                .await
                .map_err(told)?
                .pop(),
            None => None,
        };
        Ok(OutcomePayload {
            deal: deal(ctx, row.as_ref().map(|row| row.deal_id)).await?,
            outcome: row.map(LaterOutcome),
            user_errors,
        })
    }
    /// Withdraws an outcome, with a reason; as of an instant before, it is still known.
    async fn retract_outcome(&self, ctx: &Context<'_>, input: RetractOutcomeInput) -> Result<OutcomePayload> {
        let id = match read_id::<OutcomeTag>(&input.outcome, "outcome") {
            Ok(id) => id,
            Err(problem) => return Ok(refused(ctx, problem)),
        };
        let done = caller(ctx)?
            .retract_outcome(id, input.reason, &path(ctx))
            .await
            .map_err(told)?;
        let (id, user_errors) = split(ctx, done);
        Ok(OutcomePayload {
            outcome: None,
            deal: deal(ctx, id).await?,
            user_errors,
        })
    }
}
