//! Moves of a deal and the voiding of one. Each is a row of history; what the rows add up to is stored with the deal.

use domain::{
    DealChangeId, DealChangeTag, DealId, Instant, Message, Problem, ProblemCode,
    deal::{Deal, DealChange, DealStatus, MoveRequest, PassReason, plan_move, plan_void},
    time,
};
use serde_json::{Map, Value, json};

use super::{at_version, locked, replace, stage_by_key};
use crate::{
    Error,
    activity::patch,
    write::{Stop, Write},
};

/// In the activity of a move: which row of history it is.
pub(super) const CHANGE: &str = "change";
/// In the activity of a void: which row of history it takes back.
pub(super) const VOIDED: &str = "voided";

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
    pub revisit_on: Option<chrono::NaiveDate>,
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
    let NewMove {
        stage,
        status,
        reason,
        pass_reason,
        pass_note,
        revisit_on,
        occurred_at,
    } = to;
    let (_, deal) = locked(w, "id", id).await?;
    at_version(&deal, version)?;
    let stages = storage::deal::stages(&w.tx, None).await?;
    let stage_id = stage
        .map(|key| stage_by_key(&stages, &key))
        .transpose()?
        .map(|stage| stage.id);
    let wish = MoveRequest {
        stage_id,
        status,
        reason,
        pass_reason,
        pass_note,
        occurred_at: occurred_at.map(time::instant),
    };
    let history = history(w, &deal).await?;
    let planned = plan_move(
        &deal,
        &history,
        wish,
        w.new_id::<DealChangeTag>(),
        w.by,
        w.now,
        recorded_at(w, &deal),
    )?;
    if !w.viewer.meets(planned.demand) {
        return Err(Error::Forbidden(planned.demand).into());
    }
    let mut terms = deal.terms.clone();
    if revisit_on.is_some() {
        terms.revisit_on = revisit_on;
    }
    storage::deal::insert_change(&w.tx, &planned.change).await?;
    let more = said(CHANGE, planned.change.id, planned.change.reason.as_deref());
    replace(w, deal, terms, planned.standing, &more).await?;
    Ok(id)
}

pub(super) async fn void_last(
    w: &mut Write,
    id: DealId,
    version: i32,
    reason: String,
) -> Result<DealId, Stop> {
    let (_, deal) = locked(w, "deal", id).await?;
    at_version(&deal, version)?;
    let terms = deal.terms.clone();
    void(w, deal, terms, &reason, None).await?;
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
    void(w, deal, terms, "undo", Some(change)).await?;
    Ok(kept)
}

async fn void(
    w: &mut Write,
    deal: Deal,
    terms: domain::deal::Terms,
    reason: &str,
    only: Option<DealChangeId>,
) -> Result<(), Stop> {
    let history = history(w, &deal).await?;
    let (change, standing) = plan_void(
        &history,
        reason,
        w.by,
        w.viewer.role,
        w.new_id::<DealChangeTag>(),
        w.now,
        recorded_at(w, &deal),
    )?;
    let Some(voided) = change.voids else {
        return Err(Error::Internal("a void names what it voids".into()).into());
    };
    if only.is_some_and(|only| only != voided) {
        return Err(Problem::new(
            ProblemCode::Conflict,
            "activity",
            Message::UndoKeptChanged {
                field: "stage".into(),
            },
        )
        .into());
    }
    storage::deal::insert_change(&w.tx, &change).await?;
    let more = said(VOIDED, voided, change.reason.as_deref());
    replace(w, deal, terms, standing, &more).await
}

/// What the activity says beside the fields that changed.
fn said(what: &str, change: DealChangeId, reason: Option<&str>) -> Map<String, Value> {
    let mut more = Map::from_iter([(what.to_owned(), json!(change))]);
    if let Some(reason) = reason {
        more.insert("reason".to_owned(), json!(reason));
    }
    more
}
