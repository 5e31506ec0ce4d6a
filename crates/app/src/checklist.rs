//! The diligence checklists of startups.

use std::collections::HashMap;

use domain::{
    ChecklistItemId, ChecklistItemTag, Instant, Message, Problem, ProblemCode, StartupId,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    checklist::{Answer, Answered, Item},
    time, typed,
};
use futures::FutureExt;
use serde_json::{Map, Value, json};
use storage::activity::Activity;

use crate::{
    Caller, Error, Outcome,
    activity::patch,
    write::{Stop, Write},
};

/// The field of an activity row that says which item it is about; it never changes.
const KEY: &str = "key";
/// The field that says of which startup; it never changes either.
const STARTUP: &str = "startupId";

impl Caller {
    /// What was answered for each of these startups.
    pub async fn checklists_of(
        &self,
        startups: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<StartupId, Vec<Answered>>, Error> {
        self.reader().await?;
        Ok(storage::checklist::of_startups(&self.db, startups, as_of).await?)
    }

    /// Answers an item of a startup's checklist, in place of the answer before.
    pub async fn set_checklist_item(
        &self,
        startup: StartupId,
        key: String,
        answer: Answer,
        path: &str,
    ) -> Result<Outcome<StartupId>, Error> {
        self.write("setChecklistItem", path, Demand::ANALYST_WRITE, |w| {
            set(w, startup, key.clone(), answer.clone()).boxed()
        })
        .await
    }
}

async fn set(w: &mut Write, startup: StartupId, key: String, answer: Answer) -> Result<StartupId, Stop> {
    let answer = answer.prepared()?;
    let found = storage::startup::lock(&w.tx, startup).await?;
    let found = found.ok_or_else(|| Problem::not_found("startup", startup))?;
    let item = Item::of(key.trim(), found.profile.layer)?;
    let old = storage::checklist::find(&w.tx, startup, item.key).await?;
    put(w, startup, item.key, old, answer).await?;
    Ok(startup)
}

/// Stores an answer of a locked startup, with its activity row; nothing where it is so already.
async fn put(
    w: &mut Write,
    startup: StartupId,
    key: &str,
    old: Option<Answered>,
    answer: Answer,
) -> Result<(), Stop> {
    let was = old.as_ref().map(|old| old.answer.clone()).unwrap_or_default();
    let Some((mut before, mut after)) = diff(&was, &answer) else {
        return Ok(());
    };
    let answered = match &old {
        Some(old) => Answered {
            answer,
            by: w.by,
            at: time::recorded_after(w.now, old.at),
            version: old.version + 1,
            ..old.clone()
        },
        None => Answered {
            id: w.new_id::<ChecklistItemTag>(),
            startup_id: startup,
            key: key.to_owned(),
            answer,
            by: w.by,
            at: w.now,
            version: 1,
        },
    };
    storage::checklist::put(&w.tx, &answered).await?;
    if old.is_none() {
        after = whole(&answered.answer);
    }
    for fields in [&mut before, &mut after] {
        if let Some(fields) = fields.as_object_mut() {
            fields.insert(KEY.into(), key.into());
            fields.insert(STARTUP.into(), json!(startup));
        }
    }
    w.record(Change {
        subject_type: SubjectType::ChecklistItem,
        subject_id: answered.id.uuid(),
        startup_id: Some(startup),
        deal_id: None,
        before: old.map(|_| before),
        after: Some(after),
    });
    Ok(())
}

/// Takes back an answer where nobody answered since: the one before stands again, or none.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: ChecklistItemId = typed(row.change.subject_id);
    let missing = || Stop::from(Problem::not_found("activity", row.id));
    let conflict = |message| Stop::from(Problem::new(ProblemCode::Conflict, "activity", message));
    let (startup, key) = storage::checklist::item_of(&w.tx, id)
        .await?
        .ok_or_else(missing)?;
    if storage::startup::lock(&w.tx, startup).await?.is_none() {
        return Err(conflict(Message::NothingToUndo));
    }
    let old = storage::checklist::find(&w.tx, startup, &key)
        .await?
        .ok_or_else(missing)?;
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    let changed: Vec<String> = changed
        .into_iter()
        .filter(|field| field != KEY && field != STARTUP)
        .collect();
    let mut before = match &row.change.before {
        Some(before) => before.as_object().cloned().unwrap_or_default(),
        None => whole_of(&Answer::default()),
    };
    before.remove(KEY);
    before.remove(STARTUP);
    let (patched, kept) = patch(&old.answer, before, &changed)?;
    put(w, startup, &key, Some(old), patched.prepared()?).await?;
    Ok(kept)
}

/// Every field of an answer, those that say nothing too.
fn whole_of(answer: &Answer) -> Map<String, Value> {
    match serde_json::to_value(answer) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
