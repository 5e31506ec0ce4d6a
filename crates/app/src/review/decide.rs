//! Decisions: what the votes mean is said by the rule, a person confirms; the deal moves in the same transaction, its
//! gates asked. Taken back while the meeting goes on, the move is voided.

use chrono::{NaiveDate, TimeDelta};
use domain::{
    AgendaItemId, DealChangeId, Message, Problem, ProblemCode, ReviewDecisionTag, TaskTag,
    access::Demand,
    activity::SubjectType,
    deal::{Deal, DealStatus, PassReason, RevisitWhen, Stage},
    review::{AgendaItem, Decision, DecisionKind, ReviewStatus, Saying, StageName, prepared_words},
    task::Task,
    time, typed,
};
use futures::FutureExt;
use serde_json::{Value, json};
use storage::activity::Activity;

use super::{
    agenda::next_stage,
    hold::is_run,
    is, locked, no_item,
    prepare::{look, record},
};
use crate::{
    Caller, Error, Outcome,
    deal::{self, NewMove},
    task,
    write::{Stop, Write},
};

/// What is decided.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct NewDecision {
    pub kind: DecisionKind,
    /// The key of the stage it goes to; left out: the next one.
    pub stage: Option<String>,
    pub pass_reason: Option<PassReason>,
    pub revisit_on: Option<NaiveDate>,
    /// What brings the deal back by itself, for HOLD and PASS.
    pub revisit_when: Option<RevisitWhen>,
    pub rationale: String,
    pub conditions: Vec<String>,
    pub override_reason: Option<String>,
}

/// The verb of a decision.
pub(crate) const DECIDE: &str = "decide";

impl Caller {
    /// Decides about an item, and moves its deal.
    pub async fn decide(
        &self,
        id: AgendaItemId,
        new: NewDecision,
        path: &str,
    ) -> Result<Outcome<AgendaItemId>, Error> {
        self.write(DECIDE, path, Demand::PARTNER_WRITE, |w| {
            decide(w, id, new.clone()).boxed()
        })
        .await
    }
    /// Takes the decision about an item back while the meeting goes on: the move is voided, its conditions go.
    pub async fn undo_decision(&self, id: AgendaItemId, path: &str) -> Result<Outcome<AgendaItemId>, Error> {
        self.write("undoDecision", path, Demand::PARTNER_WRITE, |w| {
            take_back(w, id).boxed()
        })
        .await
    }
}

/// The item's meeting and deal, locked in the order in which all lock: startup, deal, meeting.
async fn locked_item(
    w: &mut Write,
    id: AgendaItemId,
) -> Result<(domain::review::Review, super::Entry, Deal), Stop> {
    let found = look(w).find(&[id]).await?.remove(&id);
    let (review, deal) = found.ok_or_else(|| no_item("item", id))?;
    let (_, deal) = deal::locked(w, "item", deal).await?;
    let review = locked(w, "item", review.id).await?;
    let entries = look(w).agenda(&review).await?;
    let entry = entries.into_iter().find(|entry| entry.item.id == id);
    Ok((review, entry.ok_or_else(|| no_item("item", id))?, deal))
}

async fn decide(w: &mut Write, id: AgendaItemId, new: NewDecision) -> Result<AgendaItemId, Stop> {
    let (rationale, conditions) = prepared_words(&new.rationale, new.conditions.clone(), new.kind)?;
    let waits = matches!(new.kind, DecisionKind::Hold | DecisionKind::Pass);
    if new.revisit_when.is_some() && !waits {
        return Err(Problem::invalid("revisitWhen", Saying::OnlyWhenWaiting.into()).into());
    }
    let (review, entry, deal) = locked_item(w, id).await?;
    is(&review, ReviewStatus::Live, "item")?;
    is_run(w, &review, "item")?;
    let refused = |about: Saying| Stop::from(Problem::not_allowed("item", about.into()));
    if entry.position == 0 {
        return Err(refused(Saying::Dropped));
    }
    if entry.is_sealed {
        return Err(refused(Saying::VotesOpen));
    }
    if entry.decision.is_some() {
        return Err(Problem::new(ProblemCode::Conflict, "item", Saying::DecidedAlready.into()).into());
    }
    if entry.has_conflict {
        return Err(refused(Saying::HasConflict));
    }
    let stages = storage::deal::stages(&w.tx, None).await?;
    let startup = deal.startup_id;
    let owner = deal.terms.owner_id;
    let change_id = carry_out(w, deal, &stages, &new, &rationale).await?;
    let stage_id = match new.kind {
        DecisionKind::Advance => {
            let moved = storage::deal::by_ids(&w.tx, &w.viewer, &[entry.deal.id], None).await?;
            moved.first().map(|deal| deal.standing.stage_id)
        }
        _ => None,
    };
    let decision = Decision {
        id: w.new_id::<ReviewDecisionTag>(),
        item_id: id,
        kind: new.kind,
        stage_id,
        pass_reason: new.pass_reason.filter(|_| new.kind == DecisionKind::Pass),
        revisit_on: new.revisit_on,
        rationale,
        outcome: entry.tally.as_ref().and_then(|tally| tally.outcome),
        by: w.by,
        at: w.now,
        change_id,
        undone_at: None,
    };
    // Where voting still goes on, the decision ends it: what it rests on stays.
    let item = AgendaItem {
        votes_closed_at: entry.item.votes_closed_at.or(Some(decision.at)),
        ..entry.item.clone()
    };
    storage::review::put_items(&w.tx, std::slice::from_ref(&item)).await?;
    storage::review::insert_decision(&w.tx, &decision).await?;
    for what in conditions {
        let condition = Task {
            id: w.new_id::<TaskTag>(),
            what,
            who_id: owner,
            due: None,
            done_at: None,
            done_by: None,
            startup_id: Some(startup),
            deal_id: Some(entry.deal.id),
            review_id: Some(review.id),
            decision_id: Some(decision.id),
            recorded_by: w.by,
            created_at: w.now,
            version: 1,
        };
        task::add(w, &condition).await?;
    }
    let mut after = json!({
        "decision": decision.id, "kind": decision.kind, "stage": decision.stage_id, "passReason": decision.pass_reason,
        "rationale": decision.rationale, "outcome": decision.outcome, "change": decision.change_id,
    });
    if entry.item.votes_closed_at.is_none() {
        after["votesClosedAt"] = json!(decision.at);
    }
    record(w, &item, startup, None, after);
    Ok(id)
}

/// ADVANCE goes on: to a later stage, or to its own for a deal that waited.
fn goes_on(stages: &[Stage], deal: &Deal, to: &Stage) -> Result<(), Stop> {
    let Some(here) = stages.iter().find(|stage| stage.id == deal.standing.stage_id) else {
        return Ok(());
    };
    let takes_up = to.id == here.id && deal.standing.status != DealStatus::Active;
    if takes_up || to.position > here.position {
        return Ok(());
    }
    let name = |stage: &Stage| {
        Box::new(StageName {
            en: stage.name.clone(),
            zh: stage.name_zh.clone(),
        })
    };
    let about = Saying::NotOnward {
        from: name(here),
        to: name(to),
    };
    Err(Problem::not_allowed("stage", about.into()).into())
}

/// Moves the deal as it was decided. None where it stands there already; what it is to wait for is kept all the same.
async fn carry_out(
    w: &mut Write,
    deal: Deal,
    stages: &[Stage],
    new: &NewDecision,
    rationale: &str,
) -> Result<Option<DealChangeId>, Stop> {
    let status = deal.standing.status;
    let mut to = NewMove {
        reason: Some(rationale.to_owned()),
        revisit_on: new.revisit_on,
        revisit_when: new.revisit_when.clone(),
        override_reason: new.override_reason.clone(),
        ..NewMove::default()
    };
    match new.kind {
        DecisionKind::Advance => match (&new.stage, status) {
            (Some(key), _) => {
                let stage = deal::stage_by_key(stages, key)?;
                goes_on(stages, &deal, stage)?;
                if stage.id != deal.standing.stage_id {
                    to.stage = Some(key.clone());
                }
                if status != DealStatus::Active {
                    to.status = Some(DealStatus::Active);
                }
            }
            // A deal that waited goes on where it stood.
            (None, DealStatus::Passed | DealStatus::OnHold) => to.status = Some(DealStatus::Active),
            (None, _) => match next_stage(stages, deal.standing.stage_id) {
                Some(stage) => to.stage = Some(stage.key.clone()),
                None => return Err(Problem::required("stage").into()),
            },
        },
        DecisionKind::Hold => to.status = Some(DealStatus::OnHold),
        DecisionKind::Pass => {
            if new.pass_reason.is_none() {
                return Err(Problem::new(
                    ProblemCode::Required,
                    "passReason",
                    domain::Message::PassNeedsReason,
                )
                .into());
            }
            if status == DealStatus::Passed
                && let Some(reason) = deal
                    .standing
                    .pass_reason
                    .filter(|_| new.pass_reason != deal.standing.pass_reason)
            {
                return Err(Problem::not_allowed("passReason", Saying::PassedFor { reason }.into()).into());
            }
            to.status = Some(DealStatus::Passed);
            to.pass_reason = new.pass_reason;
            to.pass_note = Some(rationale.to_owned());
        }
        DecisionKind::Invest => to.status = Some(DealStatus::Invested),
    }
    let stays = to.stage.is_none() && to.status.is_none_or(|to| to == status);
    if stays {
        if matches!(new.kind, DecisionKind::Hold | DecisionKind::Pass) {
            deal::wait(w, deal, to.revisit_on, to.revisit_when).await?;
        }
        return Ok(None);
    }
    Ok(Some(deal::make(w, deal, to).await?))
}

/// Takes back a decision by any of its rows.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let rows = storage::activity::of_operation(&w.tx, &w.viewer, row.operation_id).await?;
    let item = rows
        .iter()
        .find(|row| row.change.subject_type == SubjectType::AgendaItem)
        .ok_or_else(|| Problem::not_found("activity", row.id))?;
    take_back(w, typed(item.change.subject_id)).await?;
    Ok(Vec::new())
}

async fn take_back(w: &mut Write, id: AgendaItemId) -> Result<AgendaItemId, Stop> {
    if !w.viewer.meets(Demand::PARTNER_WRITE) {
        return Err(Error::Forbidden(Demand::PARTNER_WRITE).into());
    }
    let (review, entry, deal) = locked_item(w, id).await?;
    is(&review, ReviewStatus::Live, "item")?;
    is_run(w, &review, "item")?;
    let Some(decision) = &entry.decision else {
        return Err(Problem::not_allowed("item", Saying::NotDecided.into()).into());
    };
    if entry.has_conflict {
        return Err(Problem::not_allowed("item", Saying::HasConflict.into()).into());
    }
    let startup = deal.startup_id;
    if let Some(change) = decision.change_id {
        let mut history = storage::deal::changes(&w.tx, &w.viewer, &[deal.id], None).await?;
        let history = history.remove(&deal.id).unwrap_or_default();
        let is_voided = history.iter().any(|row| row.voids == Some(change));
        if !is_voided {
            let stands = |row: &&domain::deal::DealChange| {
                row.voids.is_none() && !history.iter().any(|other| other.voids == Some(row.id))
            };
            if history.iter().rev().find(stands).map(|row| row.id) != Some(change) {
                return Err(Problem::new(ProblemCode::Conflict, "item", Saying::DecidedSince.into()).into());
            }
            deal::void(w, deal, None, "decision taken back", Some(change)).await?;
        }
    } else {
        let before = decision.at - TimeDelta::microseconds(1);
        let was = storage::deal::by_ids(&w.tx, &w.viewer, &[deal.id], Some(before))
            .await?
            .pop();
        // Where nobody changed the deal since, it waits for what it waited for before.
        if let Some(was) =
            was.filter(|was| deal.updated_at == time::recorded_after(decision.at, was.updated_at))
        {
            let mut terms = deal.terms.clone();
            terms.revisit_on = was.terms.revisit_on;
            terms.revisit_when = was.terms.revisit_when;
            if terms != deal.terms {
                deal::wait_again(w, deal, terms, was.revisit_due).await?;
            }
        }
    }
    storage::review::undo_decision(&w.tx, decision.id, w.now).await?;
    for task in storage::task::of_decision(&w.tx, decision.id).await? {
        if task.done_at.is_none() {
            task::hide(w, &task).await?;
        }
    }
    let mut before = json!({ "decision": decision.id, "kind": decision.kind });
    let mut after = json!({ "decision": Value::Null });
    let mut item = entry.item.clone();
    // Voting that the decision ended goes on. Blind votes were closed before it, by somebody: everybody has seen them.
    if !review.rules.is_blind && item.votes_closed_at == Some(decision.at) {
        item.votes_closed_at = None;
        storage::review::put_items(&w.tx, std::slice::from_ref(&item)).await?;
        before["votesClosedAt"] = json!(decision.at);
        after["votesClosedAt"] = Value::Null;
    }
    record(w, &item, startup, Some(before), after);
    Ok(id)
}
