//! The rubric: what each kind of evidence weighs, read by version and replaced as a whole.

use domain::{
    Message, Problem, ProblemCode, RubricTag,
    access::Demand,
    activity::{Change, SubjectType, diff},
    assessment::{Rubric, RubricKind, RubricVersion, prepared_note},
    time,
};
use futures::FutureExt;
use serde_json::{Map, Value, json};

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// A rubric as somebody edited it.
#[derive(Debug, Clone)]
pub struct EditedRubric {
    /// The version that it was edited from.
    pub version: i32,
    /// Every kind, once.
    pub kinds: Vec<RubricKind>,
    /// Why it is changed.
    pub note: Option<String>,
}

impl Caller {
    /// The rubric of a version; the one in force where none is named. A version that is none is the caller's mistake.
    pub async fn rubric(&self, version: Option<i32>) -> Result<RubricVersion, Error> {
        self.reader().await?;
        let newest = storage::rubric::newest(&self.db)
            .await?
            .ok_or_else(|| Error::Internal("there is no rubric".into()))?;
        let Some(version) = version.filter(|version| *version != newest.rubric.version) else {
            return Ok(newest);
        };
        let found = storage::rubric::version(&self.db, version).await?;
        found.ok_or_else(|| {
            let message = Message::NoSuchRubric {
                version,
                newest: newest.rubric.version,
            };
            Error::BadInput(message.text(domain::Language::En))
        })
    }
    /// Every version of the rubric, the newest first.
    pub async fn rubrics(&self) -> Result<Vec<RubricVersion>, Error> {
        self.reader().await?;
        Ok(storage::rubric::versions(&self.db).await?)
    }

    /// Puts a rubric in force from now on; the version is that of the one in force.
    pub async fn update_rubric(&self, edited: EditedRubric, path: &str) -> Result<Outcome<i32>, Error> {
        self.write("updateRubric", path, Demand::ADMIN, |w| {
            update(w, edited.clone()).boxed()
        })
        .await
    }
}

async fn update(w: &mut Write, edited: EditedRubric) -> Result<i32, Stop> {
    storage::rubric::lock_measures(&w.tx).await?;
    let EditedRubric { version, kinds, note } = edited;
    let old = storage::rubric::newest(&w.tx)
        .await?
        .ok_or_else(|| Error::Internal("there is no rubric".into()))?;
    let current = old.rubric.version;
    if version != current {
        let message = Message::StaleVersion {
            sent: version,
            current,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let note = prepared_note(note)?;
    let rubric = Rubric {
        version: current + 1,
        kinds,
    };
    let rubric = rubric.prepared()?;
    let Some((before, after)) = difference(&old.rubric, &rubric, note.as_deref()) else {
        return Ok(current);
    };
    let new = RubricVersion {
        id: w.new_id::<RubricTag>(),
        rubric,
        in_force_from: time::recorded_after(w.now, old.in_force_from),
        note,
        by: w.by,
    };
    storage::rubric::insert(&w.tx, &new).await?;
    w.record(Change {
        subject_type: SubjectType::Rubric,
        subject_id: new.id.uuid(),
        startup_id: None,
        deal_id: None,
        before: Some(before),
        after: Some(after),
    });
    Ok(new.rubric.version)
}

/// What differs between two rubrics, by kind, with the versions. None where nothing does.
fn difference(old: &Rubric, new: &Rubric, note: Option<&str>) -> Option<(Value, Value)> {
    let (mut were, mut are) = (Map::new(), Map::new());
    for kind in &new.kinds {
        let was = old.kinds.iter().find(|was| was.kind == kind.kind)?;
        if was == kind {
            continue;
        }
        let (mut before, mut after) = diff(&plain(was), &plain(kind)).unwrap_or_default();
        if was.full_at_by_horizon != kind.full_at_by_horizon {
            // What is left out of a row where there is none.
            for (fields, of) in [(&mut before, was), (&mut after, kind)] {
                fields["fullAtByHorizon"] = json!(of.full_at_by_horizon);
            }
        }
        were.insert(kind.kind.code().into(), before);
        are.insert(kind.kind.code().into(), after);
    }
    if are.is_empty() {
        return None;
    }
    let before = json!({ "version": old.version, "kinds": were });
    let mut after = json!({ "version": new.version, "kinds": are });
    if let (Some(note), Some(fields)) = (note, after.as_object_mut()) {
        fields.insert("note".into(), note.into());
    }
    Some((before, after))
}

/// The row with its numbers in one spelling: 0.60 is 0.6.
fn plain(kind: &RubricKind) -> RubricKind {
    RubricKind {
        weight: kind.weight.normalize(),
        unit_or_zero: kind.unit_or_zero.normalize(),
        full_at: kind.full_at.normalize(),
        ..kind.clone()
    }
}
