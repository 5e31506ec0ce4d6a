//! Mutations of the ledger, and what they are given.

use app::evidence::NewEvidence;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{DocumentTag, EvidenceTag, Problem, StartupTag, evidence, money, time};

use super::{
    ActivityWindow, DatePrecision, Evidence, EvidenceKind, EvidenceSource, Grade, Qualifier, RevenueBasis,
};
use crate::{
    context::{caller, gather_id, language, path, read_id},
    error::told,
    scalar::{Currency, Date, Decimal, Url},
    startup::Startup,
    user::{UserError, split, user_errors},
};

/// A figure to be recorded.
#[derive(InputObject)]
pub struct RecordEvidenceInput {
    /// Of which startup.
    startup: ID,
    /// What was observed.
    kind: EvidenceKind,
    /// The level at observedOn.
    value: Option<Decimal>,
    /// The currency of money.
    currency: Option<Currency>,
    /// What kind of revenue it is.
    revenue_basis: Option<RevenueBasis>,
    /// Over which time users were counted.
    window: Option<ActivityWindow>,
    /// After how many days retention was measured.
    horizon_days: Option<i32>,
    /// How many it was measured over.
    sample_size: Option<i32>,
    /// Of which users, in free words.
    segment: Option<String>,
    /// The first day of the period.
    period_start: Option<Date>,
    /// The day of the observation; not after today.
    observed_on: Date,
    /// How exactly that day is known; DAY if left out.
    precision: Option<DatePrecision>,
    /// Until when a contract or pilot is in force.
    valid_until: Option<Date>,
    /// How exactly the value is stated; EXACT if left out.
    qualifier: Option<Qualifier>,
    /// The words as found.
    as_found: Option<String>,
    /// Where it comes from.
    source: EvidenceSource,
    /// Who supplied it.
    supplied_by: Option<String>,
    /// Where it can be read.
    source_url: Option<Url>,
    /// Documents that show it.
    documents: Option<Vec<ID>>,
    /// A remark.
    note: Option<String>,
    /// How well it is proven.
    #[graphql(default_with = "Grade::Claimed")]
    grade: Grade,
    /// What was checked: required for VERIFIED and REFUTED, which record and review in one call.
    checked: Option<String>,
}

impl RecordEvidenceInput {
    pub(crate) fn read(self) -> std::result::Result<NewEvidence, Vec<Problem>> {
        let mut problems = Vec::new();
        let startup = gather_id::<StartupTag>(&self.startup, "startup", &mut problems);
        let documents = self.documents.unwrap_or_default();
        let document_ids = (0..)
            .zip(&documents)
            .filter_map(|(n, id)| gather_id::<DocumentTag>(id, &format!("documents.{n}"), &mut problems))
            .collect();
        let Some(startup) = startup.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        Ok(NewEvidence {
            startup,
            observation: evidence::Observation {
                kind: self.kind.into(),
                value: self.value.map(|d| d.0),
                qualifier: self.qualifier.map_or(money::Qualifier::Exact, Into::into),
                as_found: self.as_found,
                currency: self.currency.map(|c| c.0),
                revenue_basis: self.revenue_basis.map(Into::into),
                window: self.window.map(Into::into),
                horizon_days: self.horizon_days,
                sample_size: self.sample_size.map(i64::from),
                segment: self.segment,
                period_start: self.period_start.map(|d| d.0),
                observed_on: self.observed_on.0,
                precision: self.precision.map_or(time::DatePrecision::Day, Into::into),
                valid_until: self.valid_until.map(|d| d.0),
                source: self.source.into(),
                supplied_by: self.supplied_by,
                source_url: self.source_url.map(|u| u.0),
                document_ids,
                note: self.note,
            },
            grade: self.grade.into(),
            checked: self.checked,
        })
    }
}

/// Several figures of one startup, to be recorded together.
#[derive(InputObject)]
pub struct RecordEvidencesInput {
    /// Of which startup: each record names it too.
    startup: ID,
    /// The figures, at most 50.
    records: Vec<RecordEvidenceInput>,
}

/// A review of a record's grade.
#[derive(InputObject)]
pub struct ReviewEvidenceInput {
    /// The record.
    evidence: ID,
    /// Its grade from now on.
    grade: Grade,
    /// What was checked.
    checked: String,
}

/// A correction of a record by a new one.
#[derive(InputObject)]
pub struct SupersedeEvidenceInput {
    /// The record to correct.
    evidence: ID,
    /// What is right: of the same startup and kind.
    by: RecordEvidenceInput,
}

/// A withdrawal of a record.
#[derive(InputObject)]
pub struct RetractEvidenceInput {
    /// The record.
    evidence: ID,
    /// Why.
    reason: String,
}

/// What became of a mutation of the ledger.
#[derive(SimpleObject)]
pub struct EvidencePayload {
    /// The record.
    evidence: Option<Evidence>,
    /// Its startup.
    startup: Option<Startup>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of recording several figures.
#[derive(SimpleObject)]
pub struct RecordEvidencesPayload {
    /// The records, in the order of the input; none where anything is wrong.
    evidence: Vec<Evidence>,
    /// Their startup.
    startup: Option<Startup>,
    /// What the caller can repair, each at its line: records.2.value.
    user_errors: Vec<UserError>,
}

impl RecordEvidencesPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            evidence: Vec::new(),
            startup: None,
            user_errors,
        }
    }
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<domain::EvidenceId>) -> Result<EvidencePayload> {
    let (id, user_errors) = split(ctx, outcome);
    let Some(id) = id else {
        return Ok(EvidencePayload {
            evidence: None,
            startup: None,
            user_errors,
        });
    };
    let evidence = caller(ctx)?
        .evidence_by_ids(&[id], None)
        .await
        .map_err(told)?
        .pop();
    let startup = match &evidence {
        Some(e) => caller(ctx)?
            .startups_by_ids(&[e.startup_id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(EvidencePayload {
        evidence: evidence.map(|row| Evidence { row, as_of: None }),
        startup: startup.map(|row| Startup::new(row, None)),
        user_errors,
    })
}

fn refused(ctx: &Context<'_>, problems: Vec<Problem>) -> EvidencePayload {
    EvidencePayload {
        evidence: None,
        startup: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// Mutations of the ledger.
#[derive(Default)]
pub struct EvidenceMutation;

#[Object]
impl EvidenceMutation {
    /// Records a figure; with VERIFIED or REFUTED, records and reviews in one.
    async fn record_evidence(
        &self,
        ctx: &Context<'_>,
        input: RecordEvidenceInput,
    ) -> Result<EvidencePayload> {
        match input.read() {
            Ok(new) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .record_evidence(new, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
    /// Records several figures of one startup: all of them, or none where anything is wrong with one. What is wrong
    /// stands at its line (records.2.value), and all lines are looked at.
    async fn record_evidences(
        &self,
        ctx: &Context<'_>,
        input: RecordEvidencesInput,
    ) -> Result<RecordEvidencesPayload> {
        let mut problems = Vec::new();
        let startup = gather_id::<StartupTag>(&input.startup, "startup", &mut problems);
        let mut all = Vec::new();
        for (n, record) in input.records.into_iter().enumerate() {
            match record.read() {
                Ok(new) => all.push(new),
                Err(wrong) => problems.extend(
                    wrong
                        .into_iter()
                        .map(|problem| problem.within(&n.to_string()).within("records")),
                ),
            }
        }
        let Some(startup) = startup.filter(|_| problems.is_empty()) else {
            return Ok(RecordEvidencesPayload::refused(user_errors(
                problems,
                language(ctx),
            )));
        };
        let caller = caller(ctx)?;
        let outcome = caller
            .record_evidences(startup, all, &path(ctx))
            .await
            .map_err(told)?;
        let (ids, user_errors) = split(ctx, outcome);
        let Some(ids) = ids else {
            return Ok(RecordEvidencesPayload::refused(user_errors));
        };
        let mut rows = caller.evidence_by_ids(&ids, None).await.map_err(told)?;
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
        let mut startups = caller.startups_by_ids(&[startup], None).await.map_err(told)?;
        Ok(RecordEvidencesPayload {
            evidence: rows
                .into_iter()
                .map(|row| Evidence { row, as_of: None })
                .collect(),
            startup: startups.pop().map(|row| Startup::new(row, None)),
            user_errors,
        })
    }
    /// Reviews a record's grade: what was checked, and what came of it.
    async fn review_evidence(
        &self,
        ctx: &Context<'_>,
        input: ReviewEvidenceInput,
    ) -> Result<EvidencePayload> {
        match read_id::<EvidenceTag>(&input.evidence, "evidence") {
            Ok(id) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .review_evidence(id, input.grade.into(), input.checked, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            Err(problem) => Ok(refused(ctx, vec![problem])),
        }
    }
    /// Corrects a record by a new one of the same startup and kind; the old one stays readable.
    async fn supersede_evidence(
        &self,
        ctx: &Context<'_>,
        input: SupersedeEvidenceInput,
    ) -> Result<EvidencePayload> {
        let by = input
            .by
            .read()
            .map_err(|problems| problems.into_iter().map(|p| p.within("by")).collect::<Vec<_>>());
        match (read_id::<EvidenceTag>(&input.evidence, "evidence"), by) {
            (Ok(id), Ok(by)) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .supersede_evidence(id, by, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            (Err(problem), _) => Ok(refused(ctx, vec![problem])),
            (_, Err(problems)) => Ok(refused(ctx, problems)),
        }
    }
    /// Withdraws a record, with a reason.
    async fn retract_evidence(
        &self,
        ctx: &Context<'_>,
        input: RetractEvidenceInput,
    ) -> Result<EvidencePayload> {
        match read_id::<EvidenceTag>(&input.evidence, "evidence") {
            Ok(id) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .retract_evidence(id, input.reason, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            Err(problem) => Ok(refused(ctx, vec![problem])),
        }
    }
}
