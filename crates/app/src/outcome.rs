//! What became later of startups that we passed, or that chose others: recorded, and withdrawn with a reason. An outcome
//! of a deal is there for those who may see the deal, and for nobody else.

use std::collections::HashMap;

use domain::{
    DealId, Instant, Message, OutcomeId, OutcomeTag, Problem, ProblemCode,
    access::Demand,
    activity::{Change, SubjectType},
    deal::Deal,
    outcome::{LaterOutcome, OUTCOMES_LIMIT, Outcome as Seen},
    time::{self, day_in},
    typed,
};
use futures::FutureExt;
use serde_json::{Value, json};
use storage::activity::Activity;

use crate::{
    Caller, Error, Outcome,
    deal::locked,
    write::{Stop, Write},
};

/// Characters of the reason of a retraction.
const REASON_LIMIT: usize = 2_000;

impl Caller {
    /// The outcomes with these ids, as far as the caller may see them; retracted ones left out.
    pub async fn outcomes_by_ids(
        &self,
        ids: &[OutcomeId],
        as_of: Option<Instant>,
    ) -> Result<Vec<LaterOutcome>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::outcome::by_ids(&self.db, &viewer, ids, as_of).await?)
    }
    /// The outcomes of each of these deals, the earliest first; retracted ones left out.
    pub async fn outcomes_of(
        &self,
        deals: &[DealId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<DealId, Vec<LaterOutcome>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::outcome::of_deals(&self.db, &viewer, deals, as_of).await?)
    }
    /// Records what became of a deal's startup.
    pub async fn record_outcome(
        &self,
        deal: DealId,
        seen: Seen,
        path: &str,
    ) -> Result<Outcome<OutcomeId>, Error> {
        self.write("recordOutcome", path, Demand::ANALYST_WRITE, |w| {
            record(w, deal, seen.clone()).boxed()
        })
        .await
    }
    /// Withdraws an outcome, with a reason.
    pub async fn retract_outcome(
        &self,
        id: OutcomeId,
        reason: String,
        path: &str,
    ) -> Result<Outcome<DealId>, Error> {
        self.write("retractOutcome", path, Demand::ANALYST_WRITE, |w| {
            retract(w, id, reason.clone()).boxed()
        })
        .await
    }
}

async fn record(w: &mut Write, deal: DealId, seen: Seen) -> Result<OutcomeId, Stop> {
    let (_, deal) = locked(w, "deal", deal).await?;
    let opened_on = day_in(w.app.workspace().time_zone, deal.opened_at);
    let outcome = seen.prepared(deal.standing.status, opened_on, w.today())?;
    let mut known = storage::outcome::of_deals(&w.tx, &w.viewer, &[deal.id], None).await?;
    let count = known.remove(&deal.id).map_or(0, |all| all.len()) + 1;
    if count > OUTCOMES_LIMIT {
        let limit = OUTCOMES_LIMIT;
        return Err(Problem::new(ProblemCode::Limit, "deal", Message::TooMany { count, limit }).into());
    }
    let later = LaterOutcome {
        id: w.new_id::<OutcomeTag>(),
        deal_id: deal.id,
        outcome,
        recorded_at: w.now,
        recorded_by: w.by,
        retracted_at: None,
    };
    storage::outcome::insert(&w.tx, &later).await?;
    let change = w.created(SubjectType::Outcome, later.id.uuid(), &later.outcome);
    change.startup_id = Some(deal.startup_id);
    change.deal_id = Some(deal.id);
    Ok(later.id)
}

async fn retract(w: &mut Write, id: OutcomeId, reason: String) -> Result<DealId, Stop> {
    let missing = || Stop::from(Problem::not_found("outcome", id));
    let deal = storage::outcome::deal_of(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    let (_, deal) = locked(w, "outcome", deal).await?;
    let outcome = storage::outcome::lock(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    if outcome.retracted_at.is_some() {
        return Err(Problem::not_allowed("outcome", Message::OutcomeRetracted { id }).into());
    }
    withdraw(w, &deal, &outcome, reason.trim()).await?;
    Ok(deal.id)
}

async fn withdraw(w: &mut Write, deal: &Deal, outcome: &LaterOutcome, reason: &str) -> Result<(), Stop> {
    if reason.is_empty() {
        return Err(Problem::required("reason").into());
    }
    let length = reason.chars().count();
    if length > REASON_LIMIT {
        let limit = REASON_LIMIT;
        return Err(Problem::invalid("reason", Message::TooLong { length, limit }).into());
    }
    let at = time::recorded_after(w.now, outcome.recorded_at);
    storage::outcome::retract(&w.tx, outcome.id, at, w.by, reason).await?;
    w.record(Change {
        subject_type: SubjectType::Outcome,
        subject_id: outcome.id.uuid(),
        startup_id: Some(deal.startup_id),
        deal_id: Some(deal.id),
        before: Some(json!({ "retracted": false })),
        after: Some(json!({ "retracted": true, "reason": reason })),
    });
    Ok(())
}

/// Takes back a row about an outcome: what was recorded is withdrawn. A retraction stays; the outcome is recorded anew.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    if row.change.before.as_ref().is_some_and(Value::is_object) {
        return Err(crate::activity::cannot(row));
    }
    let id: OutcomeId = typed(row.change.subject_id);
    let missing = || Stop::from(Problem::not_found("activity", row.id));
    let deal = row.change.deal_id.ok_or_else(missing)?;
    let (_, deal) = locked(w, "activity", deal).await?;
    let outcome = storage::outcome::lock(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    if outcome.retracted_at.is_some() {
        return Err(Problem::new(ProblemCode::Conflict, "activity", Message::NothingToUndo).into());
    }
    withdraw(w, &deal, &outcome, "undo").await?;
    Ok(Vec::new())
}
