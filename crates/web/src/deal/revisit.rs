//! The fields of what brings a deal back by itself, in the deal's form and in that of a move.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::belief::CapabilityStatus;
use crate::belief::bets::CapabilityChoice;
use crate::evidence::{EvidenceKind, Grade, read_number};
use crate::form::{Fault, Field, Input, Pick, Row, Sent};
use crate::schema;
use crate::words::Words;

const KIND: &str = "revisitWhen.evidenceKind";
const GRADE: &str = "revisitWhen.grade";
const VALUE: &str = "revisitWhen.valueAtLeast";
const CONVICTION: &str = "revisitWhen.convictionAtLeast";
const CAPABILITY: &str = "revisitWhen.capability";
const STATUS: &str = "revisitWhen.capabilityStatus";

/// What a deal waits for.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct RevisitWhen {
    pub(crate) evidence_kind: Option<EvidenceKind>,
    pub(crate) grade: Option<Grade>,
    pub(crate) value_at_least: Option<Decimal>,
    pub(crate) conviction_at_least: Option<Decimal>,
    pub(crate) capability: Option<AwaitedCapability>,
    pub(crate) capability_status: Option<CapabilityStatus>,
    pub(crate) text: String,
}

/// What base models are to be able to do.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
pub(crate) struct AwaitedCapability {
    pub(crate) id: cynic::Id,
}

impl RevisitWhen {
    /// What the form would send if nobody typed.
    pub(super) fn put(&self, sent: &mut Sent) {
        let figure = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
        sent.put_some(KIND, self.evidence_kind.map(EvidenceKind::code));
        sent.put_some(GRADE, self.grade.map(Grade::code));
        sent.put_some(VALUE, figure(self.value_at_least));
        sent.put_some(CONVICTION, figure(self.conviction_at_least));
        sent.put_some(CAPABILITY, self.capability.as_ref().map(|one| one.id.inner()));
        sent.put_some(STATUS, self.capability_status.map(CapabilityStatus::code));
    }
}

/// What can be told to be wrong without the server.
pub(crate) fn faults(sent: &Sent, words: &Words) -> Vec<Fault> {
    [VALUE, CONVICTION]
        .into_iter()
        .filter(|name| sent.some(name).is_some_and(|text| read_number(text).is_none()))
        .map(|name| Fault::new(name, words.funds().say_amount.to_owned()))
        .collect()
}

/// What was typed, for the API.
#[derive(cynic::InputObject)]
pub(crate) struct RevisitWhenInput {
    #[cynic(skip_serializing_if = "Option::is_none")]
    evidence_kind: Option<EvidenceKind>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    value_at_least: Option<Decimal>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    conviction_at_least: Option<Decimal>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    capability: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    capability_status: Option<CapabilityStatus>,
}

impl RevisitWhenInput {
    /// None where nothing was typed.
    pub(crate) fn of(sent: &Sent) -> Option<Self> {
        let number = |name| sent.some(name).and_then(read_number);
        let capability = sent.some(CAPABILITY).map(cynic::Id::new);
        let input = Self {
            evidence_kind: sent.some(KIND).and_then(EvidenceKind::from_code),
            grade: sent.some(GRADE).and_then(Grade::from_code),
            value_at_least: number(VALUE),
            conviction_at_least: number(CONVICTION),
            // A status is chosen from the beginning: alone it says nothing.
            capability_status: sent
                .some(STATUS)
                .filter(|_| capability.is_some())
                .and_then(CapabilityStatus::from_code),
            capability,
        };
        let is_nothing = input.evidence_kind.is_none()
            && input.grade.is_none()
            && input.value_at_least.is_none()
            && input.conviction_at_least.is_none()
            && input.capability.is_none();
        (!is_nothing).then_some(input)
    }
}

/// What was typed as JSON; null where nothing was.
pub(super) fn value(sent: &Sent) -> Value {
    RevisitWhenInput::of(sent)
        .and_then(|input| serde_json::to_value(input).ok())
        .unwrap_or_default()
}

/// The fields, with what was typed: evidence or a conviction of the startup, and in a row of its own what base models are to
/// be able to do.
pub(crate) fn rows(sent: &Sent, capabilities: &[CapabilityChoice], words: &Words) -> Vec<Row> {
    let (p, b) = (words.passes(), words.beliefs());
    let mut kinds = vec![Pick::new("", p.nothing, sent.text(KIND))];
    kinds.extend(
        EvidenceKind::ALL
            .iter()
            .map(|kind| Pick::new(kind.code(), kind.word(words), sent.text(KIND))),
    );
    let mut grades = vec![Pick::new("", p.nothing, sent.text(GRADE))];
    grades.extend(
        [Grade::Claimed, Grade::Documented, Grade::Verified]
            .map(|grade| Pick::new(grade.code(), grade.word(words), sent.text(GRADE))),
    );
    let decimal = || Input::line("text", "decimal");
    let mut rows = vec![Row {
        legend: p.revisit_when.to_owned(),
        fields: vec![
            Field::new(KIND, p.when_kind, sent, Input::Select(kinds)),
            Field::new(GRADE, p.when_grade, sent, Input::Select(grades)),
            Field::new(VALUE, p.when_value, sent, decimal()),
            Field::new(CONVICTION, p.when_conviction, sent, decimal()),
        ],
    }];
    if !capabilities.is_empty() {
        let mut abilities = vec![Pick::new("", b.nothing, sent.text(CAPABILITY))];
        abilities.extend(capabilities.iter().map(|one| {
            let text = format!("{} · {}", one.statement, one.status.shown(b).1);
            Pick::new(one.id.inner(), &text, sent.text(CAPABILITY))
        }));
        let solved = CapabilityStatus::Solved.code();
        let chosen = sent.some(STATUS).unwrap_or(solved).to_owned();
        let statuses = [CapabilityStatus::Partly, CapabilityStatus::Solved]
            .map(|status| Pick::new(status.code(), status.shown(b).1, &chosen));
        rows.push(Field::new(CAPABILITY, b.when_capability, sent, Input::Select(abilities)).into());
        rows.push(Field::new(STATUS, b.when_status, sent, Input::Radios(statuses.to_vec())).into());
    }
    rows
}
