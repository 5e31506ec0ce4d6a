//! The mutations of the forms for evidence. Their inputs are put together from what was typed: the types here name
//! the input for the document and hold what it cannot do without.

use chrono::NaiveDate;
use cynic::MutationBuilder;

use super::{EvidenceKind, EvidenceSource, Grade};
use crate::answer::UserError;
use crate::schema;

/// What a mutation of evidence answers.
#[derive(cynic::QueryFragment)]
pub(super) struct EvidencePayload {
    pub(super) evidence: Option<SavedEvidence>,
    pub(super) user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
pub(super) struct SavedEvidence {
    pub(super) id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub(super) struct RecordEvidenceVariables {
    input: RecordEvidenceInput,
}

#[derive(cynic::InputObject)]
pub(super) struct RecordEvidenceInput {
    startup: cynic::Id,
    kind: EvidenceKind,
    observed_on: NaiveDate,
    source: EvidenceSource,
}

/// An input to build a document with.
pub(super) fn any_record() -> RecordEvidenceInput {
    RecordEvidenceInput {
        startup: "".into(),
        kind: EvidenceKind::PayingCustomers,
        observed_on: NaiveDate::default(),
        source: EvidenceSource::Other,
    }
}

/// Recording a figure.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RecordEvidenceVariables")]
pub(super) struct RecordEvidence {
    #[arguments(input: $input)]
    pub(super) record_evidence: EvidencePayload,
}

pub(super) fn record_evidence_document() -> String {
    let input = any_record();
    RecordEvidence::build(RecordEvidenceVariables { input }).query
}

#[derive(cynic::QueryVariables)]
pub(super) struct RecordEvidencesVariables {
    input: RecordEvidencesInput,
}

#[derive(cynic::InputObject)]
struct RecordEvidencesInput {
    startup: cynic::Id,
    records: Vec<RecordEvidenceInput>,
}

/// Recording several figures together.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RecordEvidencesVariables")]
pub(super) struct RecordEvidences {
    #[arguments(input: $input)]
    pub(super) record_evidences: RecordEvidencesPayload,
}

#[derive(cynic::QueryFragment)]
pub(super) struct RecordEvidencesPayload {
    pub(super) user_errors: Vec<UserError>,
}

pub(super) fn record_evidences_document() -> String {
    let input = RecordEvidencesInput {
        startup: "".into(),
        records: Vec::new(),
    };
    RecordEvidences::build(RecordEvidencesVariables { input }).query
}

#[derive(cynic::QueryVariables)]
pub(super) struct SupersedeEvidenceVariables {
    input: SupersedeEvidenceInput,
}

#[derive(cynic::InputObject)]
struct SupersedeEvidenceInput {
    evidence: cynic::Id,
    by: RecordEvidenceInput,
}

/// Correcting a record by a new one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "SupersedeEvidenceVariables")]
pub(super) struct SupersedeEvidence {
    #[arguments(input: $input)]
    pub(super) supersede_evidence: EvidencePayload,
}

pub(super) fn supersede_evidence_document() -> String {
    let input = SupersedeEvidenceInput {
        evidence: "".into(),
        by: any_record(),
    };
    SupersedeEvidence::build(SupersedeEvidenceVariables { input }).query
}

#[derive(cynic::QueryVariables)]
pub(super) struct ReviewEvidenceVariables {
    input: ReviewEvidenceInput,
}

#[derive(cynic::InputObject)]
struct ReviewEvidenceInput {
    evidence: cynic::Id,
    grade: Grade,
    checked: String,
}

/// Changing a grade, saying what was checked.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ReviewEvidenceVariables")]
pub(super) struct ReviewEvidence {
    #[arguments(input: $input)]
    pub(super) review_evidence: EvidencePayload,
}

pub(super) fn review_evidence_document() -> String {
    let input = ReviewEvidenceInput {
        evidence: "".into(),
        grade: Grade::Verified,
        checked: String::new(),
    };
    ReviewEvidence::build(ReviewEvidenceVariables { input }).query
}

#[derive(cynic::QueryVariables)]
pub(super) struct RetractEvidenceVariables {
    input: RetractEvidenceInput,
}

#[derive(cynic::InputObject)]
struct RetractEvidenceInput {
    evidence: cynic::Id,
    reason: String,
}

/// Withdrawing a record.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RetractEvidenceVariables")]
pub(super) struct RetractEvidence {
    #[arguments(input: $input)]
    pub(super) retract_evidence: EvidencePayload,
}

pub(super) fn retract_evidence_document() -> String {
    let input = RetractEvidenceInput {
        evidence: "".into(),
        reason: String::new(),
    };
    RetractEvidence::build(RetractEvidenceVariables { input }).query
}
