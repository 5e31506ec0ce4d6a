//! Moves of a deal and the voiding of one. Each is a row of history; what the rows add up to is stored with the deal.

use chrono::{NaiveDate, TimeDelta};
use domain::{
    DealChangeId, DealChangeTag, DealId, Instant, Message, Problem, ProblemCode,
    deal::{
        Deal, DealChange, DealStatus, Move, MoveRequest, PassReason, RevisitDue, RevisitWhen, Terms, gate,
        plan_move, plan_void,
    },
    time,
};
use serde_json::{Map, Value, json};

use super::{at_version, locked, replace, replace_marked, stage_by_key};
use crate::{
    Error,
    activity::patch,
    write::{Stop, Write},
};

/// In the activity of a move: which row of history it is.
pub(super) const CHANGE: &str = "change";
/// In the activity of a void: which row of history it takes back.
pub(super) const VOIDED: &str = "voided";

/// In the activity of a move: when it happened.
pub(super) const OCCURRED: &str = "occurredAt";

/// Characters of the reason of a void, or of overriding a gate.
const REASON_LIMIT: usize = 2_000;

/// A move of stage, status or both.
#[derive(Debug, Clone, Default)]
pub struct NewMove {
    /// The key of the stage it goes to, if it changes.
    pub stage: Option<String>,
    /// The status it gets, if it changes.
    pub status: Option<DealStatus>,
    /// Why.
    pub reason: Option<String>,
    /// Why it is passed: required for PASSED.
    pub pass_reason: Option<PassReason>,
    /// In which words.
    pub pass_note: Option<String>,
    /// When to look at it again.
    pub revisit_on: Option<NaiveDate>,
    /// What brings it back by itself.
    pub revisit_when: Option<RevisitWhen>,
    /// Why closed gates on the way do not stop it.
    pub override_reason: Option<String>,
    /// When it happened, if not now.
    pub occurred_at: Option<Instant>,
}

async fn history(w: &Write, deal: &Deal) -> Result<Vec<DealChange>, Stop> {
    let mut found = storage::deal::changes(&w.tx, &w.viewer, &[deal.id], None).await?;
    Ok(found.remove(&deal.id).unwrap_or_default())
}

/// When a row of history about the deal is recorded: with the deal's new version.
fn recorded_at(w: &Write, deal: &Deal) -> Instant {
    time::recorded_after(w.now, deal.updated_at)
}

pub(super) async fn carry_out(w: &mut Write, id: DealId, version: i32, to: NewMove) -> Result<DealId, Stop> {
    let (_, deal) = locked(w, "id", id).await?;
    at_version(&deal, version)?;
    make(w, deal, to).await?;
    Ok(id)
}

/// The terms of a deal that is to be looked at again on a day, or when something came; what is left out is as in
/// `terms`.
async fn waiting(
    w: &mut Write,
    deal: &Deal,
    mut terms: Terms,
    on: Option<NaiveDate>,
    when: Option<RevisitWhen>,
) -> Result<Terms, Stop> {
    if on.is_some() || when.is_some() {
        terms.revisit_on = on.or(terms.revisit_on);
        terms.revisit_when = when.or(terms.revisit_when);
        terms = terms.prepared()?;
        crate::belief::awaited_exists(w, terms.revisit_when.as_ref(), deal.terms.revisit_when.as_ref())
            .await?;
    }
    Ok(terms)
}

/// Has a locked deal that stays where it is be looked at again on a day, or when something came; what is left out stays.
pub(crate) async fn wait(
    w: &mut Write,
    deal: Deal,
    on: Option<NaiveDate>,
    when: Option<RevisitWhen>,
) -> Result<(), Stop> {
    let terms = waiting(w, &deal, deal.terms.clone(), on, when).await?;
    let standing = deal.standing.clone();
    replace(w, deal, terms, standing, &Map::new()).await
}

/// Has a locked deal that stays where it is wait as it did before, and be due as it was.
pub(crate) async fn wait_again(
    w: &mut Write,
    deal: Deal,
    terms: Terms,
    due: Option<RevisitDue>,
) -> Result<(), Stop> {
    let standing = deal.standing.clone();
    replace_marked(w, deal, terms, standing, &Map::new(), due).await
}

/// Moves a deal that is locked, with its startup.
pub(crate) async fn make(w: &mut Write, deal: Deal, to: NewMove) -> Result<DealChangeId, Stop> {
    let id = deal.id;
    let NewMove {
        stage,
        status,
        reason,
        pass_reason,
        pass_note,
        revisit_on,
        revisit_when,
        override_reason,
        occurred_at,
    } = to;
    let stages = storage::deal::stages(&w.tx, None).await?;
    let stage = stage
        .map(|key| stage_by_key(&stages, &key))
        .transpose()?
        .map(|stage| stage.id);
    let request = MoveRequest {
        stage,
        status,
        reason,
        pass_reason,
        pass_note,
        revisit_on,
        occurred_at,
    };
    let Move {
        from,
        to,
        occurred_at,
        standing,
        demand,
    } = plan_move(&deal, &history(w, &deal).await?, &stages, &request, w.now)?;
    if !w.viewer.meets(demand) {
        return Err(Error::Forbidden(demand).into());
    }
    let unmet = super::gates::unmet(w, &deal, &stages, from.0, to).await?;
    let override_reason = super::gates::overriding(w, &stages, &unmet, override_reason)?;
    let left = deal.terms.clone().after_move(from.1, to.1);
    let terms = waiting(w, &deal, left, revisit_on, revisit_when).await?;
    let change = DealChange {
        id: w.new_id::<DealChangeTag>(),
        deal_id: id,
        from: Some(from),
        to,
        occurred_at,
        recorded_at: recorded_at(w, &deal),
        by: w.by,
        reason: request.reason.as_deref().and_then(words),
        pass_reason: standing.pass_reason,
        overrode: gate::conditions(&unmet),
        override_reason,
        voids: None,
        review_id: w.review,
    };
    storage::deal::insert_change(&w.tx, &change).await?;
    let mut more = said(CHANGE, change.id, change.reason.as_deref());
    // Not always to be read from the standing: a pass, for one, leaves no instant there.
    more.insert(OCCURRED.to_owned(), json!(change.occurred_at));
    if let Some(reason) = &change.override_reason {
        more.insert("overrode".to_owned(), json!(change.overrode));
        more.insert("overrideReason".to_owned(), json!(reason));
    }
    let made = change.id;
    replace(w, deal, terms, standing, &more).await?;
    Ok(made)
}

/// Refuses a reason that is too long.
pub(super) fn not_too_long(reason: &str, field: &str) -> Result<(), Problem> {
    let length = reason.chars().count();
    if length <= REASON_LIMIT {
        return Ok(());
    }
    let limit = REASON_LIMIT;
    Err(Problem::invalid(field, Message::TooLong { length, limit }))
}

/// What somebody wrote, without blanks around it; None where nothing is left.
pub(super) fn words(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) async fn void_last(
    w: &mut Write,
    id: DealId,
    version: i32,
    reason: String,
) -> Result<DealId, Stop> {
    let (_, deal) = locked(w, "deal", id).await?;
    at_version(&deal, version)?;
    void(w, deal, None, &reason, None).await?;
    Ok(id)
}

/// Voids the move of an activity row, if it is the deal's last; the terms set with it are put back where nobody
/// changed them since.
pub(super) async fn void_change(
    w: &mut Write,
    deal: Deal,
    change: &Value,
    before: Map<String, Value>,
    changed: &[String],
) -> Result<Vec<Message>, Stop> {
    let unreadable =
        |e: serde_json::Error| Stop::Failed(Error::Internal(format!("activity cannot be read back: {e}")));
    let change: DealChangeId = serde_json::from_value(change.clone()).map_err(unreadable)?;
    let Value::Object(names) = serde_json::to_value(&deal.terms).map_err(unreadable)? else {
        return Ok(Vec::new());
    };
    let set: Map<String, Value> = before
        .into_iter()
        .filter(|(field, _)| names.contains_key(field))
        .collect();
    let (terms, kept) = if set.keys().all(|field| changed.contains(field)) {
        (
            deal.terms.clone(),
            set.into_iter()
                .map(|(field, _)| Message::UndoKeptChanged { field })
                .collect(),
        )
    } else {
        patch(&deal.terms, set, changed)?
    };
    void(w, deal, Some(terms), "undo", Some(change)).await?;
    Ok(kept)
}

/// The deal as it was known at an instant.
async fn known(w: &Write, id: DealId, at: Instant) -> Result<Option<Deal>, Stop> {
    Ok(storage::deal::by_ids(&w.tx, &w.viewer, &[id], Some(at))
        .await?
        .pop())
}

/// Voids the last move of a locked deal, which has to be `only` if one is given. Without terms it waits again for what it
/// waited for before that move, where nobody changed that since.
pub(crate) async fn void(
    w: &mut Write,
    deal: Deal,
    terms: Option<Terms>,
    reason: &str,
    only: Option<DealChangeId>,
) -> Result<(), Stop> {
    let reason = words(reason).ok_or_else(|| Problem::required("reason"))?;
    not_too_long(&reason, "reason")?;
    let zone = w.app.workspace().time_zone;
    let (voided, mut standing) = plan_void(
        &deal,
        &history(w, &deal).await?,
        w.viewer.user_id,
        w.viewer.role,
        zone,
        w.now,
    )?;
    if only.is_some_and(|only| only != voided.id) {
        let message = Message::UndoKeptChanged {
            field: "stageId".into(),
        };
        return Err(Problem::new(ProblemCode::Conflict, "activity", message).into());
    }
    let was = known(w, deal.id, voided.recorded_at - TimeDelta::microseconds(1)).await?;
    let made = known(w, deal.id, voided.recorded_at).await?;
    let terms = terms.unwrap_or_else(|| match (&made, &was) {
        (Some(made), Some(was)) => deal.terms.clone().waiting_again(&made.terms, &was.terms),
        _ => deal.terms.clone(),
    });
    let mut due = None;
    if matches!(standing.status, DealStatus::Passed | DealStatus::OnHold)
        && let Some(was) = was
    {
        // The words about a pass, and that it was due, are kept with the deal, not with the row: they are those before
        // the voided move.
        due = was
            .revisit_due
            .filter(|_| was.terms.revisit_when == terms.revisit_when);
        if standing.status == DealStatus::Passed {
            standing.pass_note = was.standing.pass_note;
        }
    }
    let change = DealChange {
        id: w.new_id::<DealChangeTag>(),
        deal_id: deal.id,
        from: Some(voided.to),
        to: (standing.stage_id, standing.status),
        occurred_at: w.now,
        recorded_at: recorded_at(w, &deal),
        by: w.by,
        reason: Some(reason),
        pass_reason: None,
        overrode: Vec::new(),
        override_reason: None,
        voids: Some(voided.id),
        review_id: w.review,
    };
    storage::deal::insert_change(&w.tx, &change).await?;
    let more = said(VOIDED, voided.id, change.reason.as_deref());
    replace_marked(w, deal, terms, standing, &more, due).await
}

/// What the activity says beside the fields that changed.
fn said(what: &str, change: DealChangeId, reason: Option<&str>) -> Map<String, Value> {
    let mut more = Map::from_iter([(what.to_owned(), json!(change))]);
    if let Some(reason) = reason {
        more.insert("reason".to_owned(), json!(reason));
    }
    more
}
