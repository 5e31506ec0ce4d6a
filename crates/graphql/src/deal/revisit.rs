//! What brings a deal back by itself, and why it is due.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{CapabilityTag, Instant, Problem, deal};

use crate::{
    belief::{self, Capability, CapabilityStatus},
    context::{EvidenceKey, language, loader, read_id},
    evidence::{Evidence, EvidenceKind, Grade},
    scalar::{DateTime, Decimal},
};

/// What a deal waits for, as known at an instant.
#[derive(Clone)]
pub struct RevisitWhen {
    pub(super) when: deal::RevisitWhen,
    pub(super) as_of: Option<Instant>,
}

/// What a deal waits for: evidence of a kind and grade of its startup, a conviction, or a capability of base models.
#[Object]
impl RevisitWhen {
    /// Of which kind a record is to come; null where something else is waited for.
    async fn evidence_kind(&self) -> Option<EvidenceKind> {
        match &self.when {
            deal::RevisitWhen::Evidence { kind, .. } => Some((*kind).into()),
            _ => None,
        }
    }
    /// Graded so or better.
    async fn grade(&self) -> Option<Grade> {
        match &self.when {
            deal::RevisitWhen::Evidence { grade, .. } => Some((*grade).into()),
            _ => None,
        }
    }
    /// With this value or more, in the kind's unit, money in USD; null for any.
    async fn value_at_least(&self) -> Option<Decimal> {
        match &self.when {
            deal::RevisitWhen::Evidence { value_at_least, .. } => value_at_least.map(Decimal),
            _ => None,
        }
    }
    /// A conviction of this or more, 0 to 100; null where something else is waited for.
    async fn conviction_at_least(&self) -> Option<Decimal> {
        match &self.when {
            deal::RevisitWhen::Conviction { at_least } => Some(Decimal(*at_least)),
            _ => None,
        }
    }
    /// What base models are to be able to do; null where something else is waited for.
    async fn capability(&self, ctx: &Context<'_>) -> Result<Option<Capability>> {
        match &self.when {
            deal::RevisitWhen::Capability { id, .. } => belief::capability(ctx, *id, self.as_of).await,
            _ => Ok(None),
        }
    }
    /// How far at least: PARTLY or SOLVED.
    async fn capability_status(&self) -> Option<CapabilityStatus> {
        match &self.when {
            deal::RevisitWhen::Capability { status, .. } => Some((*status).into()),
            _ => None,
        }
    }
    /// In words, such as "retention of at least 30 %, verified or better".
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        let named = match &self.when {
            deal::RevisitWhen::Capability { id, .. } => belief::capability(ctx, *id, self.as_of).await?,
            _ => None,
        };
        let statement = named.as_ref().map(|one| one.row.profile.statement.as_str());
        Ok(self.when.text(statement, language(ctx)))
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
    /// The capability that came, as it stands now; null where it is something else.
    async fn capability(&self, ctx: &Context<'_>) -> Result<Option<Capability>> {
        match &self.due.because {
            deal::DueBecause::Capability { id, .. } => belief::capability(ctx, *id, self.as_of).await,
            _ => Ok(None),
        }
    }
    /// The record that came; null where it is something else.
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

/// What a deal waits for: evidenceKind and grade, perhaps with valueAtLeast; or convictionAtLeast; or capability.
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
    /// What base models are to be able to do.
    capability: Option<ID>,
    /// How far at least: PARTLY or SOLVED; SOLVED where left out.
    capability_status: Option<CapabilityStatus>,
}

impl RevisitWhenInput {
    pub(crate) fn read(self) -> std::result::Result<deal::RevisitWhen, Vec<Problem>> {
        let Self {
            evidence_kind,
            grade,
            value_at_least,
            conviction_at_least,
            capability,
            capability_status,
        } = self;
        let capability = capability
            .map(|id| read_id::<CapabilityTag>(&id, "revisitWhen.capability"))
            .transpose()
            .map_err(|problem| vec![problem])?;
        deal::RevisitWhen::read(deal::WhenParts {
            kind: evidence_kind.map(Into::into),
            grade: grade.map(Into::into),
            value_at_least: value_at_least.map(|value| value.0),
            conviction_at_least: conviction_at_least.map(|value| value.0),
            capability,
            capability_status: capability_status.map(Into::into),
        })
    }
}
