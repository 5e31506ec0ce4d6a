//! How a change of a record is taken back that may be hidden and whose fields may be edited.

use domain::Message;
use serde_json::{Map, Value};
use storage::activity::Activity;

use super::conflict;
use crate::write::Stop;

/// What takes a row back.
pub(crate) enum WayBack {
    /// The record is hidden, or shown again.
    Hidden(bool),
    /// These fields become what they were.
    Fields(Map<String, Value>),
}

impl WayBack {
    /// The way back, unless there is none: `is_hidden` says how the record stands, `changed` names the fields that later
    /// rows changed.
    pub(crate) fn of(row: &Activity, is_hidden: bool, changed: &[String]) -> Result<Self, Stop> {
        let nothing = || conflict(Message::NothingToUndo);
        let Some(before) = &row.change.before else {
            if is_hidden {
                return Err(nothing());
            }
            if let Some(field) = changed.iter().find(|field| *field != "hidden") {
                return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
            }
            return Ok(Self::Hidden(true));
        };
        if let Some(was_hidden) = before.get("hidden").and_then(Value::as_bool) {
            if is_hidden == was_hidden || changed.iter().any(|field| field == "hidden") {
                return Err(nothing());
            }
            return Ok(Self::Hidden(was_hidden));
        }
        if is_hidden {
            return Err(nothing());
        }
        Ok(Self::Fields(before.as_object().cloned().unwrap_or_default()))
    }
}

/// Locks what the record of a row belongs to, as whoever writes such a record does.
pub(crate) async fn lock_owners(w: &crate::write::Write, row: &Activity) -> Result<(), Stop> {
    let nothing = || conflict(Message::NothingToUndo);
    if let Some(startup) = row.change.startup_id {
        storage::startup::lock(&w.tx, startup)
            .await?
            .ok_or_else(nothing)?;
    }
    if let Some(deal) = row.change.deal_id {
        storage::deal::lock(&w.tx, &w.viewer, deal)
            .await?
            .ok_or_else(nothing)?;
    }
    Ok(())
}
