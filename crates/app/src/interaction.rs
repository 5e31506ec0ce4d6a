//! Interactions: logged, changed against a version, taken back. One of a deal is there for those who may see the deal,
//! and for nobody else.

use std::collections::HashMap;

use domain::{
    DealId, Instant, InteractionId, InteractionTag, Message, PersonId, Problem, ProblemCode, Problems,
    StartupId,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    interaction::{Interaction, InteractionEdit, InteractionKind},
    time, typed,
};
use futures::FutureExt;
use serde_json::{Value, json};
pub use storage::interaction::{Owners, place};
use storage::{
    activity::Activity,
    page::{Page, Slice},
};
use uuid::Uuid;

use crate::{
    Caller, Error, Outcome,
    activity::{WayBack, lock_owners, patch},
    document,
    write::{Stop, Write},
};

/// What is needed to log an interaction.
#[derive(Debug, Clone)]
pub struct NewInteraction {
    /// With or about which startup.
    pub startup: StartupId,
    /// For which deal: one of that startup.
    pub deal: Option<DealId>,
    /// How people were in touch.
    pub kind: InteractionKind,
    /// When it happened.
    pub at: Instant,
    /// What came of it, in a line.
    pub summary: String,
    /// What was said, in Markdown.
    pub body: Option<String>,
    /// Who took part, by name.
    pub participants: Vec<String>,
    /// Those who took part and are known here.
    pub people: Vec<PersonId>,
}

impl Caller {
    /// The interactions with these ids, as far as the caller may see them.
    pub async fn interactions_by_ids(
        &self,
        ids: &[InteractionId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Interaction>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::interaction::by_ids(&self.db, &viewer, ids, as_of).await?)
    }
    /// The same page of the interactions of each owner, the latest first; by the owners' bare ids.
    pub async fn interactions_of(
        &self,
        owners: Owners<'_>,
        as_of: Option<Instant>,
        page: &Page,
    ) -> Result<HashMap<Uuid, Slice<Interaction>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::interaction::pages_of(&self.db, &viewer, owners, as_of, page).await?)
    }
    /// How many interactions each owner has; by the owners' bare ids.
    pub async fn interaction_counts_of(
        &self,
        owners: Owners<'_>,
        as_of: Option<Instant>,
    ) -> Result<HashMap<Uuid, i64>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::interaction::counts_of(&self.db, &viewer, owners, as_of).await?)
    }

    /// Logs an interaction.
    pub async fn log_interaction(
        &self,
        new: NewInteraction,
        path: &str,
    ) -> Result<Outcome<InteractionId>, Error> {
        self.write("logInteraction", path, Demand::ANALYST_WRITE, |w| {
            log(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes an interaction that is still at `version`.
    pub async fn update_interaction(
        &self,
        id: InteractionId,
        version: i32,
        edit: InteractionEdit,
        path: &str,
    ) -> Result<Outcome<InteractionId>, Error> {
        self.write("updateInteraction", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
}

/// Logs an interaction; its startup and deal come to be locked.
pub(crate) async fn log(w: &mut Write, new: NewInteraction) -> Result<InteractionId, Stop> {
    let NewInteraction {
        startup,
        deal,
        kind,
        at,
        summary,
        body,
        participants,
        people,
    } = new;
    document::place(w, Some(startup), deal).await?;
    let interaction = Interaction {
        id: w.new_id::<InteractionTag>(),
        startup_id: startup,
        deal_id: deal,
        kind,
        at: time::instant(at),
        summary,
        body,
        participants,
        person_ids: people,
        by: w.by,
        logged_at: w.now,
        version: 1,
    };
    let interaction = interaction.prepared(w.now)?;
    people_exist(w, &interaction.person_ids).await?;
    storage::interaction::insert(&w.tx, &interaction).await?;
    let mut after = whole(&interaction);
    if let Some(fields) = after.as_object_mut() {
        // What the row and its operation say already.
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "by" | "loggedAt" | "version"));
    }
    record(w, &interaction, None, after);
    Ok(interaction.id)
}

async fn people_exist(w: &Write, people: &[PersonId]) -> Result<(), Stop> {
    if people.is_empty() {
        return Ok(());
    }
    let known = storage::person::by_ids(&w.tx, people, None).await?;
    let mut problems = Problems::default();
    for (n, id) in people.iter().enumerate() {
        problems.push_if(!known.iter().any(|person| person.id == *id), || {
            Problem::not_found(&format!("people.{n}"), id)
        });
    }
    Ok(problems.into_result()?)
}

async fn update(
    w: &mut Write,
    id: InteractionId,
    version: i32,
    edit: InteractionEdit,
) -> Result<InteractionId, Stop> {
    let found = storage::interaction::lock(&w.tx, &w.viewer, id).await?;
    let (old, _) = found
        .filter(|(_, is_hidden)| !is_hidden)
        .ok_or_else(|| Problem::not_found("id", id))?;
    if version != old.version {
        let message = Message::StaleVersion {
            sent: version,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let new = old.clone().edited(edit).prepared(w.now)?;
    replace(w, &old, new).await?;
    Ok(id)
}

/// Stores a locked interaction anew, with its activity row; nothing where nothing differs.
async fn replace(w: &mut Write, old: &Interaction, mut new: Interaction) -> Result<(), Stop> {
    let Some((before, after)) = diff(old, &new) else {
        return Ok(());
    };
    if new
        .person_ids
        .iter()
        .any(|person| !old.person_ids.contains(person))
    {
        people_exist(w, &new.person_ids).await?;
    }
    new.version += 1;
    if !storage::interaction::update(&w.tx, &new, old.version, w.now).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    record(w, &new, Some(before), after);
    Ok(())
}

fn record(w: &mut Write, interaction: &Interaction, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: SubjectType::Interaction,
        subject_id: interaction.id.uuid(),
        startup_id: Some(interaction.startup_id),
        deal_id: interaction.deal_id,
        before,
        after: Some(after),
    });
}

/// Takes back a row about an interaction: what was logged is hidden, changed fields are put back where nobody changed
/// them since, what was hidden is shown again.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: InteractionId = typed(row.change.subject_id);
    lock_owners(w, row).await?;
    let (old, is_hidden) = storage::interaction::lock(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(|| Problem::not_found("activity", row.id))?;
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    match WayBack::of(row, is_hidden, &changed)? {
        WayBack::Hidden(hidden) => {
            storage::interaction::set_hidden(&w.tx, id, hidden, w.now).await?;
            let before = json!({ "hidden": !hidden });
            record(w, &old, Some(before), json!({ "hidden": hidden }));
            Ok(Vec::new())
        }
        WayBack::Fields(before) => {
            let (patched, kept) = patch(&old, before, &changed)?;
            replace(w, &old, patched.prepared(w.now)?).await?;
            Ok(kept)
        }
    }
}
