//! Activity: read, and undone where that is still safe.

mod way_back;

use domain::{
    ActivityId, AnyId, Message, OperationId, Problem, ProblemCode, access::Demand, activity::SubjectType,
    startup::Profile, typed,
};
use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
pub use storage::activity::{About, Activity, Asked, Seq};
use storage::page::Slice;
pub(crate) use way_back::{WayBack, lock_owners};

use crate::{
    Caller, Error, Outcome, belief, checklist, deal, dependency, document, evidence, interaction, outcome,
    person, provider, review, startup, task,
    write::{Stop, Write},
};

/// What an undo left alone, and why.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Undone {
    /// The activity taken back.
    pub activity: Option<ActivityId>,
    /// What stays.
    pub kept: Vec<Message>,
}

impl Caller {
    /// A page of activity, newest first.
    pub async fn activity(
        &self,
        asked: impl Into<Asked>,
        from: Option<Seq>,
        backward: bool,
        limit: u64,
    ) -> Result<Slice<Activity>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::activity::list(&self.db, &viewer, &asked.into(), from, backward, limit).await?)
    }
    /// How many rows there are.
    pub async fn activity_count(&self, asked: impl Into<Asked>) -> Result<i64, Error> {
        let viewer = self.reader().await?;
        Ok(storage::activity::count(&self.db, &viewer, &asked.into()).await?)
    }
    /// One row.
    pub async fn activity_by_id(&self, id: ActivityId) -> Result<Option<Activity>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::activity::by_id(&self.db, &viewer, id).await?)
    }

    /// Takes an activity back where that is still safe.
    pub async fn undo(&self, id: ActivityId, path: &str) -> Result<Outcome<Undone>, Error> {
        self.write("undo", path, Demand::ANALYST_WRITE, |w| undo(w, id).boxed())
            .await
    }
}

/// What a record's id says it is about, for narrowing activity.
pub fn about(id: AnyId) -> About {
    match id {
        AnyId::StartupTag(id) => About::Startup(id),
        AnyId::DealTag(id) => About::Deal(id),
        AnyId::ReviewTag(id) => About::Review(id),
        other => About::Subject(other.uuid()),
    }
}

async fn undo(w: &mut Write, id: ActivityId) -> Result<Undone, Stop> {
    let Some(row) = storage::activity::by_id(&w.tx, &w.viewer, id).await? else {
        return Err(Problem::not_found("activity", id).into());
    };
    w.undoes = Some(OperationId::from_uuid(row.operation_id.uuid()));
    let kept = if row.verb == review::DECIDE {
        review::undo(w, &row).await?
    } else if row.verb == deal::CAPTURE {
        deal::undo_capture(w, &row).await?
    } else {
        undo_row(w, &row).await?
    };
    Ok(Undone {
        activity: Some(id),
        kept,
    })
}

/// Takes one row back.
pub(crate) async fn undo_row(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    Ok(match row.change.subject_type {
        SubjectType::Startup => undo_startup(w, row).await?,
        SubjectType::Evidence => undo_evidence(w, row).await?,
        SubjectType::Deal => deal::undo(w, row).await?,
        SubjectType::Person => person::undo(w, row).await?,
        SubjectType::Affiliation => person::undo_affiliation(w, row).await?,
        SubjectType::Document => document::undo(w, row).await?,
        SubjectType::Interaction => interaction::undo(w, row).await?,
        SubjectType::Outcome => outcome::undo(w, row).await?,
        SubjectType::Task => task::undo(w, row).await?,
        SubjectType::Provider => provider::undo(w, row).await?,
        SubjectType::ProviderEvent => provider::undo_event(w, row).await?,
        SubjectType::Dependency => dependency::undo(w, row).await?,
        SubjectType::Thesis => belief::undo::<domain::belief::OfFund>(w, row).await?,
        SubjectType::Capability => belief::undo::<domain::belief::OfModels>(w, row).await?,
        SubjectType::Review => review::undo_call_off(w, row).await?,
        SubjectType::ChecklistItem => checklist::undo(w, row).await?,
        // A rate or a rubric is replaced by another, never taken back.
        _ => return Err(cannot(row)),
    })
}

pub(crate) fn cannot(row: &Activity) -> Stop {
    Problem::not_allowed(
        "activity",
        Message::CannotUndo {
            verb: row.verb.clone(),
        },
    )
    .into()
}

fn conflict(message: Message) -> Stop {
    Problem::new(ProblemCode::Conflict, "activity", message).into()
}

pub(crate) fn unreadable(error: serde_json::Error) -> Stop {
    Stop::Failed(Error::Internal(format!("activity cannot be read back: {error}")))
}

fn object(value: Option<&Value>) -> Map<String, Value> {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}

async fn undo_startup(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id = typed(row.change.subject_id);
    let missing = || Stop::from(Problem::not_found("activity", row.id));
    let old = storage::startup::lock_even_hidden(&w.tx, id)
        .await?
        .ok_or_else(missing)?;
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    let before = object(row.change.before.as_ref());
    if row.change.before.is_none() {
        if old.hidden_at.is_some() {
            return Err(conflict(Message::NothingToUndo));
        }
        if let Some(field) = changed.first() {
            return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
        }
        if let Some(what) = storage::startup::referred_by(&w.tx, id).await? {
            return Err(conflict(Message::UndoKeptReferred {
                what: what.to_owned(),
            }));
        }
        startup::set_hidden(w, old, true).await?;
        return Ok(Vec::new());
    }
    if let Some(Value::Bool(hidden)) = before.get("hidden") {
        if changed.iter().any(|f| f == "hidden") || old.hidden_at.is_some() == *hidden {
            return Err(conflict(Message::NothingToUndo));
        }
        startup::set_hidden(w, old, *hidden).await?;
        return Ok(Vec::new());
    }
    let (patched, kept) = patch(&old.profile, before, &changed)?;
    let profile: Profile = patched.prepared(w.today())?;
    startup::replace(w, old, profile).await?;
    Ok(kept)
}

/// A record with the fields of `before` put back, but for those changed since, which are named.
pub(crate) fn patch<T: Serialize + serde::de::DeserializeOwned>(
    record: &T,
    before: Map<String, Value>,
    changed: &[String],
) -> Result<(T, Vec<Message>), Stop> {
    let Value::Object(mut fields) = serde_json::to_value(record).map_err(unreadable)? else {
        return Err(Stop::Failed(Error::Internal("a record is no object".into())));
    };
    let mut kept = Vec::new();
    let total = before.len();
    for (field, value) in before {
        if changed.contains(&field) {
            kept.push(Message::UndoKeptChanged { field });
        } else {
            fields.insert(field, value);
        }
    }
    if kept.len() == total {
        return Err(Stop::Refused(
            kept.into_iter()
                .map(|m| Problem::new(ProblemCode::Conflict, "activity", m))
                .collect(),
        ));
    }
    Ok((
        serde_json::from_value(Value::Object(fields)).map_err(unreadable)?,
        kept,
    ))
}

async fn undo_evidence(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id = typed(row.change.subject_id);
    let record = evidence::locked(w, id)
        .await?
        .ok_or_else(|| Problem::not_found("activity", row.id))?;
    if row.change.before.is_none() {
        if record.retracted_at.is_some() {
            return Err(conflict(Message::NothingToUndo));
        }
        evidence::retract_locked(w, &record, "undo").await?;
        return Ok(Vec::new());
    }
    let before = object(row.change.before.as_ref());
    let after = object(row.change.after.as_ref());
    let (Some(was), Some(became)) = (before.get("grade"), after.get("grade")) else {
        return Err(cannot(row));
    };
    let was: domain::evidence::Grade = serde_json::from_value(was.clone()).map_err(unreadable)?;
    let became: domain::evidence::Grade = serde_json::from_value(became.clone()).map_err(unreadable)?;
    if record.retracted_at.is_some() {
        return Err(conflict(Message::EvidenceRetracted { id: record.id }));
    }
    let later = storage::activity::fields_changed_since(&w.tx, row).await?;
    if later.iter().any(|f| f == "grade") || record.grade != became {
        return Err(conflict(Message::UndoKeptChanged {
            field: "grade".into(),
        }));
    }
    evidence::append_review(w, &record, was, "undo".into()).await?;
    Ok(Vec::new())
}
