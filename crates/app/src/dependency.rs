//! Which startups depend on which providers: read, recorded, updated against a version.

use std::collections::HashMap;

use domain::{
    DependencyId, DependencyTag, Instant, Message, Problem, ProblemCode, ProviderId, StartupId,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    provider::{Dependency, Provider, Terms, TermsEdit},
    time, typed,
};
use futures::FutureExt;
use serde_json::{Value, json};
pub use storage::dependency::place;
use storage::{
    activity::Activity,
    page::{Page, Slice},
};

use crate::{
    Caller, Error, Outcome,
    activity::patch,
    write::{Stop, Write},
};

/// What is needed to record a dependency.
#[derive(Debug, Clone)]
pub struct NewDependency {
    /// Which startup depends.
    pub startup: StartupId,
    /// On which provider.
    pub provider: ProviderId,
    /// How, and how much.
    pub terms: Terms,
}

impl Caller {
    /// The dependencies with these ids.
    pub async fn dependencies_by_ids(
        &self,
        ids: &[DependencyId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Dependency>, Error> {
        self.reader().await?;
        Ok(storage::dependency::by_ids(&self.db, ids, as_of).await?)
    }
    /// The dependencies of each of these startups.
    pub async fn dependencies_of_startups(
        &self,
        startups: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<StartupId, Vec<Dependency>>, Error> {
        self.reader().await?;
        Ok(storage::dependency::of_startups(&self.db, startups, as_of).await?)
    }
    /// A page of the dependents of each of these providers, newest first.
    pub async fn dependents_of(
        &self,
        providers: &[ProviderId],
        as_of: Option<Instant>,
        page: &Page,
    ) -> Result<HashMap<ProviderId, Slice<Dependency>>, Error> {
        self.reader().await?;
        Ok(storage::dependency::pages_of(&self.db, providers, as_of, page).await?)
    }
    /// How many dependents each of these providers has.
    pub async fn dependent_counts_of(
        &self,
        providers: &[ProviderId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<ProviderId, i64>, Error> {
        self.reader().await?;
        Ok(storage::dependency::counts_of(&self.db, providers, as_of).await?)
    }

    /// Records that a startup depends on a provider.
    pub async fn record_dependency(
        &self,
        new: NewDependency,
        path: &str,
    ) -> Result<Outcome<DependencyId>, Error> {
        self.write("recordDependency", path, Demand::ANALYST_WRITE, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes a dependency that is still at `version`.
    pub async fn update_dependency(
        &self,
        id: DependencyId,
        version: i32,
        edit: TermsEdit,
        path: &str,
    ) -> Result<Outcome<DependencyId>, Error> {
        self.write("updateDependency", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
}

/// The provider with its row locked, so that nobody hides it or says which startup it is meanwhile.
async fn lock_provider(w: &Write, id: ProviderId, field: &str) -> Result<Provider, Stop> {
    let found = storage::provider::lock(&w.tx, id).await?;
    Ok(found.ok_or_else(|| Problem::not_found(field, id))?)
}

/// No other dependency of the locked startup on the provider says the same of the same days.
async fn says_something_new(
    w: &Write,
    dependency: &Dependency,
    provider: &Provider,
    field: &str,
) -> Result<(), Stop> {
    let of_startup = [dependency.startup_id];
    let others = storage::dependency::of_startups(&w.tx, &of_startup, None).await?;
    let mut others = others
        .into_values()
        .flatten()
        .filter(|other| other.id != dependency.id && other.provider_id == dependency.provider_id);
    match others.find(|other| other.terms.doubles(&dependency.terms, w.today())) {
        None => Ok(()),
        Some(other) => {
            let message = Message::DependencyTaken {
                provider: provider.profile.name.clone(),
                mode: other.terms.mode,
                id: other.id.to_string(),
            };
            Err(Problem::new(ProblemCode::Taken, field, message).into())
        }
    }
}

async fn create(w: &mut Write, new: NewDependency) -> Result<DependencyId, Stop> {
    let NewDependency {
        startup,
        provider,
        terms,
    } = new;
    let terms = terms.prepared()?;
    storage::startup::lock(&w.tx, startup)
        .await?
        .ok_or_else(|| Problem::not_found("startup", startup))?;
    let provider = lock_provider(w, provider, "provider").await?;
    let id = w.new_id::<DependencyTag>();
    let dependency = Dependency {
        id,
        startup_id: startup,
        provider_id: provider.id,
        terms,
        // Never known before its provider, whoever's clock is ahead.
        updated_at: w.now.max(provider.updated_at),
        version: 1,
    };
    says_something_new(w, &dependency, &provider, "provider").await?;
    storage::dependency::insert(&w.tx, &dependency).await?;
    let mut after = whole(&dependency.terms);
    if let Some(fields) = after.as_object_mut() {
        fields.insert("providerId".into(), json!(provider.id));
    }
    record(w, &dependency, None, after);
    Ok(id)
}

/// Locks the startup of a dependency. False where there is no such dependency, or its startup is hidden.
async fn lock_startup_of(w: &Write, id: DependencyId) -> Result<bool, Stop> {
    Ok(match storage::dependency::startup_of(&w.tx, id).await? {
        Some(startup) => storage::startup::lock(&w.tx, startup).await?.is_some(),
        None => false,
    })
}

async fn update(
    w: &mut Write,
    id: DependencyId,
    version: i32,
    edit: TermsEdit,
) -> Result<DependencyId, Stop> {
    let missing = || Stop::from(Problem::not_found("id", id));
    if !lock_startup_of(w, id).await? {
        return Err(missing());
    }
    let old = storage::dependency::lock(&w.tx, id).await?.ok_or_else(missing)?;
    if old.version != version {
        let message = Message::StaleVersion {
            sent: version,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let terms = old.terms.clone().edited(edit).prepared()?;
    replace(w, old, terms, "").await?;
    Ok(id)
}

/// Stores the terms of a locked dependency anew, with its activity row; nothing where nothing differs.
async fn replace(w: &mut Write, old: Dependency, terms: Terms, field: &str) -> Result<(), Stop> {
    let Some((before, after)) = diff(&old.terms, &terms) else {
        return Ok(());
    };
    let version = old.version;
    let new = Dependency {
        terms,
        updated_at: time::recorded_after(w.now, old.updated_at),
        version: version + 1,
        ..old
    };
    let provider = lock_provider(w, new.provider_id, field).await?;
    says_something_new(w, &new, &provider, field).await?;
    if !storage::dependency::update(&w.tx, &new, version).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    record(w, &new, Some(before), after);
    Ok(())
}

fn record(w: &mut Write, dependency: &Dependency, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: SubjectType::Dependency,
        subject_id: dependency.id.uuid(),
        startup_id: Some(dependency.startup_id),
        deal_id: None,
        before,
        after: Some(after),
    });
}

fn conflict(message: Message) -> Stop {
    Problem::new(ProblemCode::Conflict, "activity", message).into()
}

/// Takes back a row about a dependency: one that was recorded is hidden, changed fields are put back where nobody changed
/// them since, what was hidden is shown again.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: DependencyId = typed(row.change.subject_id);
    let nothing = || conflict(Message::NothingToUndo);
    if !lock_startup_of(w, id).await? {
        return Err(nothing());
    }
    let (old, is_hidden) = storage::dependency::lock_even_hidden(&w.tx, id)
        .await?
        .ok_or_else(|| Problem::not_found("activity", row.id))?;
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    let Some(before) = row.change.before.as_ref().and_then(Value::as_object).cloned() else {
        if is_hidden {
            return Err(nothing());
        }
        if let Some(field) = changed.iter().find(|field| *field != "hidden") {
            return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
        }
        return set_hidden(w, &old, true).await;
    };
    if let Some(was_hidden) = before.get("hidden").and_then(Value::as_bool) {
        if is_hidden == was_hidden || changed.iter().any(|field| field == "hidden") {
            return Err(nothing());
        }
        return set_hidden(w, &old, was_hidden).await;
    }
    if is_hidden {
        return Err(nothing());
    }
    let (patched, kept) = patch(&old.terms, before, &changed)?;
    replace(w, old, patched.prepared()?, "activity").await?;
    Ok(kept)
}

/// Hides a locked dependency, or shows it again if nothing says the same meanwhile.
async fn set_hidden(w: &mut Write, dependency: &Dependency, hidden: bool) -> Result<Vec<Message>, Stop> {
    let mut at = w.now;
    if !hidden {
        let provider = lock_provider(w, dependency.provider_id, "activity").await?;
        says_something_new(w, dependency, &provider, "activity").await?;
        at = at.max(provider.updated_at);
    }
    storage::dependency::set_hidden(&w.tx, dependency.id, hidden, at).await?;
    record(
        w,
        dependency,
        Some(json!({ "hidden": !hidden })),
        json!({ "hidden": hidden }),
    );
    Ok(Vec::new())
}
