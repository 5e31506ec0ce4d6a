//! The ledger: recorded, reviewed, superseded, retracted. Never overwritten.

use std::collections::HashMap;

use domain::{
    EvidenceId, EvidenceReviewTag, EvidenceTag, Instant, Message, Problem, ProblemCode, StartupId,
    access::Demand,
    activity::{Change, SubjectType},
    evidence::{Evidence, EvidenceReview, Grade, Observation},
    time,
};
use futures::FutureExt;
use serde_json::{Value, json};
pub use storage::evidence::{Filter, ReviewFilter, place, review_place};
use storage::page::{Page, Slice};

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// A figure to be recorded, with its grade and what was checked.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// Of which startup.
    pub startup: StartupId,
    /// The figure.
    pub observation: Observation,
    /// The grade it shall have.
    pub grade: Grade,
    /// What was checked: required for VERIFIED and REFUTED.
    pub checked: Option<String>,
}

impl Caller {
    /// A page of the whole ledger.
    pub async fn evidence(&self, filter: &Filter, page: &Page) -> Result<Slice<Evidence>, Error> {
        self.reader().await?;
        Ok(storage::evidence::list(&self.db, filter, page).await?)
    }
    /// How many records the filter leaves.
    pub async fn evidence_count(&self, filter: &Filter) -> Result<i64, Error> {
        self.reader().await?;
        Ok(storage::evidence::count(&self.db, filter).await?)
    }
    /// The same page of each of several startups.
    pub async fn evidence_of(
        &self,
        startups: &[StartupId],
        filter: &Filter,
        page: &Page,
    ) -> Result<HashMap<StartupId, Slice<Evidence>>, Error> {
        self.reader().await?;
        Ok(storage::evidence::pages_of(&self.db, startups, filter, page).await?)
    }
    /// How many records of each of several startups.
    pub async fn evidence_counts_of(
        &self,
        startups: &[StartupId],
        filter: &Filter,
    ) -> Result<HashMap<StartupId, i64>, Error> {
        self.reader().await?;
        Ok(storage::evidence::counts_of(&self.db, startups, filter).await?)
    }
    /// The records with these ids.
    pub async fn evidence_by_ids(
        &self,
        ids: &[EvidenceId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Evidence>, Error> {
        self.reader().await?;
        Ok(storage::evidence::by_ids(&self.db, ids, as_of).await?)
    }
    /// The reviews of these records.
    pub async fn evidence_reviews(
        &self,
        ids: &[EvidenceId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<EvidenceId, Vec<EvidenceReview>>, Error> {
        self.reader().await?;
        Ok(storage::evidence::reviews(&self.db, ids, as_of).await?)
    }
    /// A page of the reviews of the whole ledger, newest first.
    pub async fn reviews(&self, filter: &ReviewFilter, page: &Page) -> Result<Slice<EvidenceReview>, Error> {
        self.reader().await?;
        Ok(storage::evidence::review_list(&self.db, filter, page).await?)
    }
    /// How many reviews the filter leaves.
    pub async fn review_count(&self, filter: &ReviewFilter) -> Result<i64, Error> {
        self.reader().await?;
        Ok(storage::evidence::review_count(&self.db, filter).await?)
    }
    /// What supersedes these records.
    pub async fn superseded_by(
        &self,
        ids: &[EvidenceId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<EvidenceId, EvidenceId>, Error> {
        self.reader().await?;
        Ok(storage::evidence::superseded_by(&self.db, ids, as_of).await?)
    }

    /// Records a figure; with VERIFIED or REFUTED, records and reviews in one.
    pub async fn record_evidence(&self, new: NewEvidence, path: &str) -> Result<Outcome<EvidenceId>, Error> {
        self.write("recordEvidence", path, Demand::ANALYST_WRITE, |w| {
            record(w, new.clone(), None).boxed()
        })
        .await
    }
    /// Records several figures of one startup: all, or none where anything is wrong with one.
    pub async fn record_evidences(
        &self,
        startup: StartupId,
        all: Vec<NewEvidence>,
        path: &str,
    ) -> Result<Outcome<Vec<EvidenceId>>, Error> {
        self.write("recordEvidences", path, Demand::ANALYST_WRITE, |w| {
            record_all(w, startup, all.clone()).boxed()
        })
        .await
    }
    /// Reviews a record's grade.
    pub async fn review_evidence(
        &self,
        id: EvidenceId,
        grade: Grade,
        checked: String,
        path: &str,
    ) -> Result<Outcome<EvidenceId>, Error> {
        self.write("reviewEvidence", path, Demand::ANALYST_WRITE, |w| {
            review(w, id, grade, checked.clone()).boxed()
        })
        .await
    }
    /// Corrects a record by a new one.
    pub async fn supersede_evidence(
        &self,
        id: EvidenceId,
        by: NewEvidence,
        path: &str,
    ) -> Result<Outcome<EvidenceId>, Error> {
        self.write("supersedeEvidence", path, Demand::ANALYST_WRITE, |w| {
            supersede(w, id, by.clone()).boxed()
        })
        .await
    }
    /// Withdraws a record, with a reason.
    pub async fn retract_evidence(
        &self,
        id: EvidenceId,
        reason: String,
        path: &str,
    ) -> Result<Outcome<EvidenceId>, Error> {
        self.write("retractEvidence", path, Demand::ANALYST_WRITE, |w| {
            retract(w, id, reason.clone()).boxed()
        })
        .await
    }
}

/// The record with its startup's row locked, so that what is decided about the startup's figures stays true.
pub(crate) async fn locked(w: &Write, id: EvidenceId) -> Result<Option<Evidence>, Stop> {
    let Some(found) = storage::evidence::by_ids(&w.tx, &[id], None).await?.pop() else {
        return Ok(None);
    };
    if storage::startup::lock(&w.tx, found.startup_id).await?.is_none() {
        return Ok(None);
    }
    Ok(storage::evidence::by_ids(&w.tx, &[id], None).await?.pop())
}

/// The locked record that an input names.
async fn named(w: &Write, id: EvidenceId) -> Result<Evidence, Stop> {
    let found = locked(w, id).await?;
    found.ok_or_else(|| Problem::not_found("evidence", id).into())
}

async fn record(w: &mut Write, new: NewEvidence, supersedes: Option<EvidenceId>) -> Result<EvidenceId, Stop> {
    let NewEvidence {
        startup,
        observation,
        grade,
        checked,
    } = new;
    let observation = observation.prepared();
    if storage::startup::lock(&w.tx, startup).await?.is_none() {
        return Err(Problem::not_found("startup", startup).into());
    }
    let entry = observation.enter(grade, checked.as_deref(), w.today())?;
    let known = storage::document::lock_all(&w.tx, &w.viewer, &observation.document_ids).await?;
    if let Some((n, id)) = observation
        .document_ids
        .iter()
        .enumerate()
        .find(|(_, id)| !known.contains(id))
    {
        return Err(Problem::not_found(&format!("documents.{n}"), id).into());
    }
    let id = w.new_id::<EvidenceTag>();
    let record = Evidence {
        id,
        startup_id: startup,
        observation,
        entered_grade: entry.entered,
        grade: entry.entered,
        supersedes,
        recorded_at: w.now,
        recorded_by: w.by,
        retracted_at: None,
        retraction_reason: None,
    };
    storage::evidence::insert(&w.tx, &record).await?;
    let change = w.created(SubjectType::Evidence, id.uuid(), &record.observation);
    change.startup_id = Some(startup);
    if let Some(after) = change.after.as_mut().and_then(Value::as_object_mut) {
        after.insert("grade".into(), json!(entry.entered));
        after.insert("startupId".into(), json!(startup));
        if let Some(old) = supersedes {
            after.insert("supersedes".into(), json!(old));
        }
    }
    if let Some(to) = entry.reviewed_to {
        append_review(w, &record, to, checked.unwrap_or_default()).await?;
    }
    Ok(id)
}

/// How many figures are recorded at once.
const RECORDS_LIMIT: usize = 50;

async fn record_all(
    w: &mut Write,
    startup: StartupId,
    all: Vec<NewEvidence>,
) -> Result<Vec<EvidenceId>, Stop> {
    if all.is_empty() {
        return Err(Problem::required("records").into());
    }
    if all.len() > RECORDS_LIMIT {
        let message = Message::TooMany {
            count: all.len(),
            limit: RECORDS_LIMIT,
        };
        return Err(Problem::new(ProblemCode::Limit, "records", message).into());
    }
    if storage::startup::lock(&w.tx, startup).await?.is_none() {
        return Err(Problem::not_found("startup", startup).into());
    }
    let mut ids = Vec::new();
    let mut wrong = Vec::new();
    for (n, new) in all.into_iter().enumerate() {
        let of_line = |problem: Problem| problem.within(&n.to_string()).within("records");
        if let Err(problem) = is_about(startup, new.startup) {
            wrong.push(of_line(problem));
            continue;
        }
        match record(w, new, None).await {
            Ok(id) => ids.push(id),
            // What was recorded before it goes with the savepoint: the other lines are only looked at.
            Err(Stop::Refused(problems)) => wrong.extend(problems.into_iter().map(of_line)),
            Err(failed) => return Err(failed),
        }
    }
    if wrong.is_empty() {
        Ok(ids)
    } else {
        Err(wrong.into())
    }
}

/// Says it where a figure is about another startup than the one that it is given for.
pub(crate) fn is_about(startup: StartupId, named: StartupId) -> Result<(), Problem> {
    if named == startup {
        return Ok(());
    }
    let message = Message::NotOfThisStartup {
        id: named.to_string(),
        startup: startup.to_string(),
    };
    Err(Problem::invalid("startup", message))
}

pub(crate) async fn append_review(
    w: &mut Write,
    record: &Evidence,
    to: Grade,
    checked: String,
) -> Result<(), Stop> {
    let last = storage::evidence::reviews(&w.tx, &[record.id], None)
        .await?
        .remove(&record.id)
        .and_then(|all| all.last().map(|r| r.at));
    let at = time::recorded_after(w.now, last.unwrap_or(record.recorded_at));
    let review = EvidenceReview {
        id: w.new_id::<EvidenceReviewTag>(),
        evidence_id: record.id,
        from: record.grade,
        to,
        at,
        by: w.by,
        checked: checked.trim().to_owned(),
    };
    storage::evidence::insert_review(&w.tx, &review).await?;
    w.record(Change {
        subject_type: SubjectType::Evidence,
        subject_id: record.id.uuid(),
        startup_id: Some(record.startup_id),
        deal_id: None,
        before: Some(json!({ "grade": record.grade })),
        after: Some(json!({ "grade": to, "checked": review.checked })),
    });
    Ok(())
}

async fn review(w: &mut Write, id: EvidenceId, grade: Grade, checked: String) -> Result<EvidenceId, Stop> {
    let record = named(w, id).await?;
    // Who reviews must see what it rests on; a document of a deal that is not for him would else be told by what he may do.
    let mut seen = record.clone();
    let documents = &record.observation.document_ids;
    seen.observation.document_ids = storage::document::by_ids(&w.tx, &w.viewer, documents, None)
        .await?
        .into_iter()
        .map(|document| document.id)
        .collect();
    seen.review(grade, &checked)?;
    append_review(w, &record, grade, checked).await?;
    Ok(id)
}

async fn supersede(w: &mut Write, id: EvidenceId, by: NewEvidence) -> Result<EvidenceId, Stop> {
    let old = named(w, id).await?;
    let newer = storage::evidence::superseded_by(&w.tx, &[id], None)
        .await?
        .remove(&id);
    old.supersede(by.startup, by.observation.kind, newer)?;
    match record(w, by, Some(id)).await {
        Err(Stop::Refused(problems)) => Err(Stop::Refused(
            problems.into_iter().map(|p| p.within("by")).collect(),
        )),
        other => other,
    }
}

async fn retract(w: &mut Write, id: EvidenceId, reason: String) -> Result<EvidenceId, Stop> {
    let record = named(w, id).await?;
    retract_locked(w, &record, reason.trim()).await?;
    Ok(id)
}

pub(crate) async fn retract_locked(w: &mut Write, record: &Evidence, reason: &str) -> Result<(), Stop> {
    if reason.is_empty() {
        return Err(Problem::required("reason").into());
    }
    if record.retracted_at.is_some() {
        return Err(Problem::not_allowed("evidence", Message::EvidenceRetracted { id: record.id }).into());
    }
    let Some(by) = w.by else {
        return Err(Error::Internal("a retraction has an author".into()).into());
    };
    storage::evidence::retract(
        &w.tx,
        record.id,
        time::recorded_after(w.now, record.recorded_at),
        by,
        reason,
    )
    .await?;
    w.record(Change {
        subject_type: SubjectType::Evidence,
        subject_id: record.id.uuid(),
        startup_id: Some(record.startup_id),
        deal_id: None,
        before: Some(json!({ "retracted": false })),
        after: Some(json!({ "retracted": true, "reason": reason })),
    });
    Ok(())
}
