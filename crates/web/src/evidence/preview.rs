//! What a form would do to conviction, said before it is saved.

use cynic::QueryBuilder;
use rust_decimal::Decimal;
use serde_json::json;

use super::fields::input;
use super::write::{RecordEvidenceInput, any_record};
use crate::answer::{Outcome, UserError};
use crate::form::{Fault, Sent};
use crate::problem::Problem;
use crate::visit::Visit;
use crate::words::Words;
use crate::{Site, fmt, schema, send};

/// Conviction as it is, and as it would be.
#[derive(Clone, Copy, Debug, cynic::QueryFragment)]
pub(super) struct ConvictionIf {
    now: Option<Decimal>,
    then: Option<Decimal>,
}

impl ConvictionIf {
    /// In words: `Conviction would go 28.5 → 32.7`.
    pub(super) fn told(self, words: &Words) -> String {
        let shown = |conviction: Option<Decimal>| conviction.map_or_else(|| "—".to_owned(), fmt::conviction);
        let (now, then) = (shown(self.now), shown(self.then));
        if now == then {
            words.why().would_stay(&now)
        } else {
            words.why().would_go(&now, &then)
        }
    }
}

#[derive(cynic::QueryVariables)]
struct EvidencePreviewVariables {
    id: cynic::Id,
    evidence: RecordEvidenceInput,
}

/// What conviction would be with a figure that is not recorded.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "EvidencePreviewVariables")]
struct EvidencePreview {
    #[arguments(id: $id)]
    startup: Option<Foretold>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup", variables = "EvidencePreviewVariables")]
struct Foretold {
    #[arguments(evidence: $evidence)]
    conviction_if: ConvictionIfPayload,
}

#[derive(cynic::QueryFragment)]
struct ConvictionIfPayload {
    now: Option<Decimal>,
    then: Option<Decimal>,
    user_errors: Vec<UserError>,
}

/// The document that asks it.
pub(super) fn document() -> String {
    EvidencePreview::build(EvidencePreviewVariables {
        id: "".into(),
        evidence: any_record(),
    })
    .query
}

/// What conviction would be with the figure that was typed, in words; or what is wrong with it. Nothing is written.
pub(super) async fn foretold(
    site: &Site,
    visit: &Visit,
    startup: &str,
    sent: &Sent,
    has_document: bool,
) -> Result<Result<String, Vec<Fault>>, Problem> {
    let words = visit.words();
    let mut record = match input(sent, words) {
        Ok(record) => record,
        Err(faults) => return Ok(Err(faults)),
    };
    record.insert("startup".to_owned(), json!(startup));
    if has_document {
        // The document is added only when the record is saved. Until then a link that may carry the same grade stands
        // for it: what conviction will be does not depend on either.
        record.insert("source".to_owned(), json!("OTHER"));
        record.insert("sourceUrl".to_owned(), json!("https://example.com"));
    }
    let variables = json!({ "id": startup, "evidence": record });
    let found: EvidencePreview =
        match send::read(site, visit, document(), variables, "EvidencePreview").await? {
            Outcome::Data(found) => found,
            Outcome::Refused(reason) => return Ok(Err(vec![Fault::new("", send::plain(&reason, words))])),
        };
    let ConvictionIfPayload {
        now,
        then,
        user_errors,
    } = found.startup.ok_or(Problem::NotFound)?.conviction_if;
    if user_errors.is_empty() {
        return Ok(Ok(ConvictionIf { now, then }.told(words)));
    }
    Ok(Err(user_errors
        .iter()
        .map(|error| {
            let field = error.field.as_deref().unwrap_or_default().first();
            Fault::of(error, field.cloned().unwrap_or_default(), words)
        })
        .collect()))
}
