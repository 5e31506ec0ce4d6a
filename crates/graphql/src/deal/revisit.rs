//! What brings a deal back by itself, and why it is due.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{Instant, Problem, deal};

use crate::{
    context::{EvidenceKey, language, loader},
    evidence::{Evidence, EvidenceKind, Grade},
    scalar::{DateTime, Decimal},
};

/// What a deal waits for.
#[derive(Clone)]
pub struct RevisitWhen(pub(super) deal::RevisitWhen);

/// What a deal waits for, of its startup: evidence of a kind and grade, or a conviction.
#[Object]
impl RevisitWhen {
    /// Of which kind a record is to come; null where a conviction is waited for.
    async fn evidence_kind(&self) -> Option<EvidenceKind> {
        match &self.0 {
            deal::RevisitWhen::Evidence { kind, .. } => Some((*kind).into()),
            deal::RevisitWhen::Conviction { .. } => None,
        }
    }
    /// Graded so or better.
    async fn grade(&self) -> Option<Grade> {
        match &self.0 {
            deal::RevisitWhen::Evidence { grade, .. } => Some((*grade).into()),
            deal::RevisitWhen::Conviction { .. } => None,
        }
    }
    /// With this value or more, in the kind's unit, money in USD; null for any.
    async fn value_at_least(&self) -> Option<Decimal> {
        match &self.0 {
            deal::RevisitWhen::Evidence { value_at_least, .. } => value_at_least.map(Decimal),
            deal::RevisitWhen::Conviction { .. } => None,
        }
    }
    /// A conviction of this or more, 0 to 100; null where a record is waited for.
    async fn conviction_at_least(&self) -> Option<Decimal> {
        match &self.0 {
            deal::RevisitWhen::Evidence { .. } => None,
            deal::RevisitWhen::Conviction { at_least } => Some(Decimal(*at_least)),
        }
    }
    /// In words, such as "retention of at least 30 %, verified or better".
    async fn text(&self, ctx: &Context<'_>) -> String {
        self.0.text(language(ctx))
    }
}

/// That a deal is due to be looked at again.
#[derive(Clone)]
pub struct RevisitDue {
    pub(super) due: deal::RevisitDue,
    pub(super) as_of: Option<Instant>,
}

/// That a deal is due to be looked at again: what it waited for has come. It stands until the deal is ACTIVE again, or
/// waits for something else.
#[Object]
impl RevisitDue {
    /// Since when.
    async fn since(&self) -> DateTime {
        DateTime(self.due.since)
    }
    /// What came, in words, such as "retention 35 % after 30 days, verified".
    async fn because(&self, ctx: &Context<'_>) -> String {
        self.due.because.text(language(ctx))
    }
    /// The record that came; null where it is a conviction.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Option<Evidence>> {
        let deal::DueBecause::Evidence { id, .. } = &self.due.because else {
            return Ok(None);
        };
        let row = loader(ctx)?.load_one(EvidenceKey(*id, self.as_of)).await?;
        Ok(row.map(|row| Evidence {
            row,
            as_of: self.as_of,
        }))
    }
}

/// What a deal waits for: either evidenceKind and grade, perhaps with valueAtLeast, or convictionAtLeast.
#[derive(InputObject, Clone)]
pub struct RevisitWhenInput {
    /// Of which kind a record is to come.
    evidence_kind: Option<EvidenceKind>,
    /// Graded so or better: CLAIMED, DOCUMENTED or VERIFIED.
    grade: Option<Grade>,
    /// With this value or more, in the kind's unit, money in USD; any where left out.
    value_at_least: Option<Decimal>,
    /// A conviction of this or more, above 0, at most 100.
    conviction_at_least: Option<Decimal>,
}

impl RevisitWhenInput {
    pub(super) fn read(self) -> std::result::Result<deal::RevisitWhen, Vec<Problem>> {
        let Self {
            evidence_kind,
            grade,
            value_at_least,
            conviction_at_least,
        } = self;
        deal::RevisitWhen::read(
            evidence_kind.map(Into::into),
            grade.map(Into::into),
            value_at_least.map(|value| value.0),
            conviction_at_least.map(|value| value.0),
        )
    }
}
