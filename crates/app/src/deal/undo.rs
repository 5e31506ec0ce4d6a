//! Taking back what was done to a deal, where that is still safe.

use domain::{DealId, Message, Problem, ProblemCode, deal::Deal, typed};
use serde_json::{Map, Value};
use storage::activity::Activity;

use super::{moves, replace_marked, set_hidden};
use crate::{
    activity::{cannot, patch, unreadable},
    revisit,
    write::{Stop, Write},
};

fn conflict(message: Message) -> Stop {
    Problem::new(ProblemCode::Conflict, "activity", message).into()
}

/// Takes back a row about a deal: its opening hides it, changed terms are put back where nobody changed them since, a
/// move is voided, a hiding is shown again. A void stays.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: DealId = typed(row.change.subject_id);
    let missing = || Stop::from(Problem::not_found("activity", row.id));
    let startup = storage::deal::startup_of(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    if storage::startup::lock(&w.tx, startup).await?.is_none() {
        return Err(conflict(Message::NothingToUndo));
    }
    let deal = storage::deal::lock_even_hidden(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    let fields = |value: &Option<Value>| {
        value
            .as_ref()
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let (before, after) = (fields(&row.change.before), fields(&row.change.after));
    if let Some(Value::Bool(hidden)) = before.get("hidden") {
        return show(w, deal, *hidden, &changed).await;
    }
    if deal.hidden_at.is_some() {
        return Err(conflict(Message::NothingToUndo));
    }
    if row.change.before.is_none() {
        return hide(w, deal, &changed).await;
    }
    // What came, came: the mark goes when the deal is under way again.
    if after.contains_key(moves::VOIDED) || after.keys().all(|field| field == revisit::DUE) {
        return Err(cannot(row));
    }
    match after.get(moves::CHANGE) {
        Some(change) => moves::void_change(w, deal, change, before, &changed).await,
        None => put_back(w, deal, before, &changed).await,
    }
}

async fn hide(w: &mut Write, deal: Deal, changed: &[String]) -> Result<Vec<Message>, Stop> {
    let beside = ["hidden", "reason", moves::CHANGE, moves::VOIDED, moves::OCCURRED];
    if let Some(field) = changed.iter().find(|field| !beside.contains(&field.as_str())) {
        return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
    }
    if let Some(what) = storage::deal::referred_by(&w.tx, &w.viewer, deal.id).await? {
        return Err(conflict(Message::UndoKeptReferred {
            what: what.to_owned(),
        }));
    }
    set_hidden(w, deal, true).await?;
    Ok(Vec::new())
}

async fn show(w: &mut Write, deal: Deal, was_hidden: bool, changed: &[String]) -> Result<Vec<Message>, Stop> {
    if changed.iter().any(|field| field == "hidden") || deal.hidden_at.is_some() == was_hidden {
        return Err(conflict(Message::NothingToUndo));
    }
    set_hidden(w, deal, was_hidden).await?;
    Ok(Vec::new())
}

async fn put_back(
    w: &mut Write,
    deal: Deal,
    mut before: Map<String, Value>,
    changed: &[String],
) -> Result<Vec<Message>, Stop> {
    // The mark is none of the terms: it comes back with what the deal waits for.
    let is_kept = |field: &str| changed.iter().any(|one| one == field);
    let due = before
        .remove(revisit::DUE)
        .filter(|due| !due.is_null() && !is_kept(revisit::DUE) && !is_kept(revisit::WHEN));
    let due = due.map(serde_json::from_value).transpose().map_err(unreadable)?;
    let (patched, kept) = patch(&deal.terms, before, changed)?;
    let terms = patched.prepared()?;
    let standing = deal.standing.clone();
    replace_marked(w, deal, terms, standing, &Map::new(), due).await?;
    Ok(kept)
}
