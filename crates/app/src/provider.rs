//! Suppliers of base models: read, created unless they are here already, updated against a version; what they did, and
//! who is exposed to them.

mod event;
mod exposure;

pub(crate) use event::undo_event;
pub use exposure::{Exposed, Exposure, Hit, exposed_to};

use domain::{
    Instant, Message, Problem, ProblemCode, ProviderId, ProviderTag, StartupId,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    provider::{Provider, ProviderEdit, ProviderProfile},
    time, typed,
};
use futures::FutureExt;
use serde_json::{Value, json};
use storage::activity::Activity;

use crate::{
    Caller, Error, Outcome,
    activity::patch,
    write::{Stop, Write},
};

impl Caller {
    /// Every provider, by name.
    pub async fn providers(&self, as_of: Option<Instant>) -> Result<Vec<Provider>, Error> {
        self.reader().await?;
        Ok(storage::provider::all(&self.db, as_of).await?)
    }
    /// The providers with these ids.
    pub async fn providers_by_ids(
        &self,
        ids: &[ProviderId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Provider>, Error> {
        self.reader().await?;
        Ok(storage::provider::by_ids(&self.db, ids, as_of).await?)
    }

    /// Creates a provider, unless one of that name is here: then TAKEN names it.
    pub async fn create_provider(
        &self,
        profile: ProviderProfile,
        path: &str,
    ) -> Result<Outcome<ProviderId>, Error> {
        self.write("createProvider", path, Demand::ANALYST_WRITE, |w| {
            create(w, profile.clone()).boxed()
        })
        .await
    }
    /// Changes a provider that is still at `version`.
    pub async fn update_provider(
        &self,
        id: ProviderId,
        version: i32,
        edit: ProviderEdit,
        path: &str,
    ) -> Result<Outcome<ProviderId>, Error> {
        self.write("updateProvider", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
}

/// The startup that a provider is said to be is there, and its row locked.
async fn lock_startup(w: &Write, profile: &ProviderProfile) -> Result<(), Stop> {
    if let Some(startup) = profile.startup_id {
        storage::startup::lock(&w.tx, startup)
            .await?
            .ok_or_else(|| Problem::not_found("startup", startup))?;
    }
    Ok(())
}

/// Nobody else is recognised by the name of a provider, nor will be until the transaction ends.
async fn claim_name(w: &Write, profile: &ProviderProfile) -> Result<(), Stop> {
    let key = profile.key();
    storage::provider::lock_name(&w.tx, &key).await?;
    match storage::provider::by_key(&w.tx, &key).await? {
        None => Ok(()),
        Some(known) => {
            let message = Message::ProviderTaken {
                name: known.profile.name,
                id: known.id.to_string(),
            };
            Err(Problem::new(ProblemCode::Taken, "name", message).into())
        }
    }
}

async fn create(w: &mut Write, profile: ProviderProfile) -> Result<ProviderId, Stop> {
    let profile = profile.prepared()?;
    lock_startup(w, &profile).await?;
    claim_name(w, &profile).await?;
    let id = w.new_id::<ProviderTag>();
    let provider = Provider {
        id,
        profile,
        updated_at: w.now,
        version: 1,
    };
    storage::provider::insert(&w.tx, &provider).await?;
    record(w, &provider, None, whole(&provider.profile));
    Ok(id)
}

async fn update(w: &mut Write, id: ProviderId, version: i32, edit: ProviderEdit) -> Result<ProviderId, Stop> {
    // The startup comes before the provider: so everybody locks them.
    if let Some(Some(startup)) = edit.startup_id {
        storage::startup::lock(&w.tx, startup)
            .await?
            .ok_or_else(|| Problem::not_found("startup", startup))?;
    }
    let old = storage::provider::lock(&w.tx, id)
        .await?
        .ok_or_else(|| Problem::not_found("id", id))?;
    if old.version != version {
        let message = Message::StaleVersion {
            sent: version,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let profile = old.profile.clone().edited(edit).prepared()?;
    replace(w, old, profile).await?;
    Ok(id)
}

/// Stores a locked provider's profile anew, with its activity row; nothing where nothing differs. Which startup it is
/// decides whether its dependents rest on somebody else, so that stays once there are any.
async fn replace(w: &mut Write, old: Provider, profile: ProviderProfile) -> Result<(), Stop> {
    let Some((before, after)) = diff(&old.profile, &profile) else {
        return Ok(());
    };
    if profile.startup_id != old.profile.startup_id
        && storage::provider::has_dependents(&w.tx, old.id).await?
    {
        return Err(Problem::not_allowed("startup", Message::ProviderHasDependents).into());
    }
    if profile.key() != old.profile.key() {
        claim_name(w, &profile).await?;
    }
    let version = old.version;
    let new = Provider {
        profile,
        updated_at: time::recorded_after(w.now, old.updated_at),
        version: version + 1,
        ..old
    };
    if !storage::provider::update(&w.tx, &new, version).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    record(w, &new, Some(before), after);
    Ok(())
}

fn record(w: &mut Write, provider: &Provider, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: SubjectType::Provider,
        subject_id: provider.id.uuid(),
        startup_id: provider.profile.startup_id,
        deal_id: None,
        before,
        after: Some(after),
    });
}

fn conflict(message: Message) -> Stop {
    Problem::new(ProblemCode::Conflict, "activity", message).into()
}

/// Takes back a row about a provider: one that was created is hidden where nothing rests on it, changed fields are put
/// back where nobody changed them since, what was hidden is shown again.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: ProviderId = typed(row.change.subject_id);
    let before = row.change.before.as_ref().and_then(Value::as_object).cloned();
    let named = before.as_ref().and_then(|fields| fields.get("startupId"));
    let restored: Option<StartupId> = named.and_then(|id| serde_json::from_value(id.clone()).ok());
    let startup = restored.or(row.change.startup_id);
    let has_startup = match startup {
        Some(startup) => storage::startup::lock(&w.tx, startup).await?.is_some(),
        None => true,
    };
    let (old, is_hidden) = storage::provider::lock_even_hidden(&w.tx, id)
        .await?
        .ok_or_else(|| Problem::not_found("activity", row.id))?;
    let nothing = || conflict(Message::NothingToUndo);
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    let Some(before) = before else {
        if is_hidden {
            return Err(nothing());
        }
        if let Some(field) = changed.iter().find(|field| *field != "hidden") {
            return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
        }
        return set_hidden(w, &old, true).await;
    };
    if let Some(was_hidden) = before.get("hidden").and_then(Value::as_bool) {
        if is_hidden == was_hidden || !has_startup || changed.iter().any(|field| field == "hidden") {
            return Err(nothing());
        }
        return set_hidden(w, &old, was_hidden).await;
    }
    // A startup that is gone is named by nothing new.
    if is_hidden || (restored.is_some() && !has_startup) {
        return Err(nothing());
    }
    let (patched, kept) = patch(&old.profile, before, &changed)?;
    replace(w, old, patched.prepared()?).await?;
    Ok(kept)
}

/// Hides a locked provider, if no startup depends on it and nothing is said of it, or shows it again, if its name is free.
async fn set_hidden(w: &mut Write, provider: &Provider, hidden: bool) -> Result<Vec<Message>, Stop> {
    if hidden && storage::provider::has_dependents(&w.tx, provider.id).await? {
        return Err(conflict(Message::UndoKeptReferred {
            what: "a dependency".into(),
        }));
    }
    if hidden
        && storage::provider::events_of(&w.tx, &[provider.id], None)
            .await?
            .contains_key(&provider.id)
    {
        return Err(conflict(Message::UndoKeptReferred {
            what: "an event".into(),
        }));
    }
    if !hidden {
        claim_name(w, &provider.profile).await?;
    }
    storage::provider::set_hidden(&w.tx, provider.id, hidden, w.now).await?;
    record(
        w,
        provider,
        Some(json!({ "hidden": !hidden })),
        json!({ "hidden": hidden }),
    );
    Ok(Vec::new())
}
