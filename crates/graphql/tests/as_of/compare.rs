//! Asking the API for an instant, and comparing with what was known then.

use std::fmt::Write as _;

use domain::Instant;
use serde_json::{Value, json};

use crate::edits::{Walk, text};
use crate::state::State;

const STARTUP: &str = "name oneLiner description website country city foundedOn productLaunchedOn previousFocus pivotedOn layer technicalRoute \
    structure need { payer pain costToday alternativeToday } ownsTrainingData { holds grade words on sourceUrl } \
    usageFlywheel { holds grade words on sourceUrl } claimsLargeModel { holds grade words on sourceUrl } \
    aliases { name kind language } domains sectors { slug } customFields version updatedAt";
const EVIDENCE: &str = "id kind value window observedOn source sourceUrl note grade gradeHistory { from to at checked } supersedes { id } \
    supersededBy { id } recordedAt retractedAt retractionReason";
const DEAL: &str = "title round visibility nextStep nextStepDue owner { name } coInvestors amountSought { low high currency asFound } \
    investorRole instrument valuation { amount currency } valuationBasis funds { id } revisitOn revisitTrigger exclusiveUntil \
    stage { key } status passReason passNote enteredStageAt version updatedAt \
    history { from { key } fromStatus to { key } toStatus reason recordedAt voidedAt voidReason }";

impl Walk {
    /// Asks for an instant, and compares with what was known.
    pub async fn compare(&self, at: Instant) {
        let empty = State::default();
        let known = self
            .known
            .range(..=at)
            .next_back()
            .map_or(&empty, |(_, state)| state);
        let mut document = format!(
            "fragment S on Startup {{ {STARTUP} all: evidence(filter: {{ includeRetracted: true, includeSuperseded: true }}) {{ totalCount nodes {{ {EVIDENCE} }} }} \
             live: evidence {{ totalCount nodes {{ id }} }} deals {{ totalCount nodes {{ id }} }} }} fragment D on Deal {{ {DEAL} }} query($t: DateTime!) {{"
        );
        let ids = [&self.state.startups, &self.state.deals].map(|all| all.keys().collect::<Vec<_>>());
        for (n, id) in ids[0].iter().enumerate() {
            write!(document, " s{n}: startup(id: \"{id}\", asOf: $t) {{ ...S }}").unwrap();
        }
        for (n, id) in ids[1].iter().enumerate() {
            write!(document, " d{n}: deal(id: \"{id}\", asOf: $t) {{ ...D }}").unwrap();
        }
        document.push('}');
        let mut told = self.fund.run(self.ann, &document, json!({ "t": text(at) })).await;
        for (n, id) in ids[0].iter().enumerate() {
            let shown = plain(told[format!("s{n}")].take());
            same(&shown, &known.startup(id), &format!("{id} as of {}", text(at)));
        }
        for (n, id) in ids[1].iter().enumerate() {
            let shown = told[format!("d{n}")].take();
            same(&shown, &known.deal(id), &format!("{id} as of {}", text(at)));
        }
    }
}

/// Compares field by field, so that a difference is readable.
fn same(shown: &Value, known: &Value, what: &str) {
    if let (Some(shown), Some(known)) = (shown.as_object(), known.as_object()) {
        for (field, value) in known {
            assert_eq!(&shown[field], value, "{field} of {what}");
        }
    }
    assert_eq!(shown, known, "{what}");
}

/// A startup as shown, with lists in the model's order.
fn plain(mut startup: Value) -> Value {
    let Some(fields) = startup.as_object_mut() else {
        return startup;
    };
    let ids = |told: &Value| -> Vec<Value> {
        let nodes = told["nodes"].as_array().unwrap();
        assert_eq!(told["totalCount"], nodes.len());
        let mut ids: Vec<Value> = nodes.iter().map(|node| node["id"].clone()).collect();
        ids.sort_by_key(Value::to_string);
        ids
    };
    for list in ["live", "deals"] {
        let told = ids(&fields[list]);
        fields.insert(list.into(), json!(told));
    }
    ids(&fields["all"]);
    let mut all = fields["all"]["nodes"].take();
    all.as_array_mut().unwrap().sort_by_key(|f| f["id"].to_string());
    fields.insert("all".into(), all);
    fields["domains"]
        .as_array_mut()
        .unwrap()
        .sort_by_key(Value::to_string);
    let slugs = fields["sectors"].as_array().unwrap().iter();
    let slugs: Vec<Value> = slugs.map(|sector| sector["slug"].clone()).collect();
    fields.insert("sectors".into(), json!(slugs));
    startup
}
