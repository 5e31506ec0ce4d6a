//! Deals that wait for something come back by themselves: whoever changes a startup's figures marks those for which it has
//! come, in the same transaction, and so does the daily pass. Who gives a verdict on a capability marks those that waited
//! for it (`belief`).

use std::{collections::HashMap, sync::Arc};

use domain::{
    CapabilityId, Instant, Role, Scope, StartupId, Viewer,
    access::Restricted,
    activity::{Change, SubjectType},
    assessment::{self, Assessment, Inputs},
    belief::OfModels,
    deal::{Deal, DealStatus, RevisitDue, RevisitWhen},
    typed,
};
use serde_json::{Value, json};
use storage::Transaction;

use crate::Error;

/// In the activity of a deal: that it is due to be looked at again, and why.
pub(crate) const DUE: &str = "revisitDue";
/// In the activity of a deal: what it waits for.
pub(crate) const WHEN: &str = "revisitWhen";

/// With which status a deal waits.
const WAITING: [DealStatus; 2] = [DealStatus::Passed, DealStatus::OnHold];

/// The program itself sees every deal, whoever changed the figures; what it notes is told to those who may see the deal.
pub(crate) fn program() -> Viewer {
    Viewer {
        user_id: typed(domain::NIL),
        role: Role::Admin,
        scopes: Arc::from(Scope::ALL.to_vec()),
        restricted: Restricted::All,
    }
}

/// The startups of deals that come to wait for something by these changes: it may be there already.
pub(crate) fn awaited(changes: &[Change]) -> impl Iterator<Item = StartupId> {
    changes.iter().filter_map(|change| {
        let says = |after: &Value| {
            let status = after.get("status").and_then(Value::as_str);
            let is_set = after.get(WHEN).is_some_and(|when| !when.is_null());
            // Or it was set before the deal was passed.
            is_set || status.is_some_and(|code| WAITING.iter().any(|status| status.code() == code))
        };
        let waits =
            matches!(change.subject_type, SubjectType::Deal) && change.after.as_ref().is_some_and(says);
        change.startup_id.filter(|_| waits)
    })
}

/// What the activity says of a deal that is marked.
pub(crate) fn change(deal: &Deal, mark: &RevisitDue) -> Change {
    Change {
        subject_type: SubjectType::Deal,
        subject_id: deal.id.uuid(),
        startup_id: Some(deal.startup_id),
        deal_id: Some(deal.id),
        before: Some(json!({ DUE: Value::Null })),
        after: Some(json!({ DUE: mark })),
    }
}

/// Marks the waiting deals of these startups for which what they wait for has come; what changed by it. As many
/// statements, however many deals there are.
pub(crate) async fn mark(
    tx: &Transaction,
    inputs: &HashMap<StartupId, (Inputs, Instant)>,
    now: Instant,
) -> Result<Vec<Change>, Error> {
    let startups: Vec<StartupId> = inputs.keys().copied().collect();
    let waiting = storage::deal::waiting(tx, &program(), &startups).await?;
    let awaited: Vec<CapabilityId> = waiting
        .iter()
        .filter_map(|deal| match deal.terms.revisit_when {
            Some(RevisitWhen::Capability { id, .. }) => Some(id),
            _ => None,
        })
        .collect();
    let capabilities = if awaited.is_empty() {
        HashMap::new()
    } else {
        storage::belief::hold::<OfModels>(tx, &awaited).await?
    };
    let mut assessed: HashMap<StartupId, Assessment> = HashMap::new();
    let mut due = Vec::new();
    let mut changes = Vec::new();
    for deal in waiting {
        let (Some(when), Some((inputs, at))) = (&deal.terms.revisit_when, inputs.get(&deal.startup_id))
        else {
            continue;
        };
        let because = if let RevisitWhen::Capability { id, .. } = when {
            capabilities.get(id).and_then(|one| when.met_by_capability(one))
        } else {
            let assessment = assessed
                .entry(deal.startup_id)
                .or_insert_with(|| assessment::assess(inputs, *at));
            when.met_by(assessment)
        };
        let Some(because) = because else {
            continue;
        };
        let mark = RevisitDue { since: now, because };
        changes.push(change(&deal, &mark));
        due.push((deal.id, mark));
    }
    if !due.is_empty() {
        storage::deal::mark_due(tx, &due, now).await?;
    }
    Ok(changes)
}
