//! Theses and capabilities: written down, edited against a version, judged by verdicts that are appended. A verdict on a
//! capability brings back the passed deals that waited for it, in the same transaction.

use domain::{
    CapabilityId, DealId, Instant, Message, Problem, ProblemCode, SectorId, StartupId, ThesisId, VerdictTag,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    belief::{
        BELIEFS_LIMIT, Belief, Capability, Kind, OfFund, OfModels, Profile, ProfileEdit, Said,
        VERDICTS_LIMIT, Verdict,
    },
    deal::{Deal, RevisitDue, RevisitWhen},
    time, typed,
};
use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use storage::{activity::Activity, belief::Stored};
use type_safe_id::TypeSafeId;

use crate::{
    Caller, Error, Outcome,
    activity::patch,
    revisit,
    write::{Stop, Write},
};

/// In the activity of a belief: which verdict was given.
const VERDICT: &str = "verdict";

/// A belief to be written down.
#[derive(Debug, Clone)]
pub struct NewBelief<K: Kind> {
    /// What it says; its `sector_id` is that of `sector`.
    pub profile: Profile,
    /// The slug of the sector that it is about.
    pub sector: Option<String>,
    /// How it stands; as its kind begins where nothing is said.
    pub status: Option<K::Status>,
}

/// A verdict to be given, with what it is given on.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "one variant a kind of belief")]
pub enum NewVerdict {
    Thesis(ThesisId, Said<<OfFund as Kind>::Status>),
    Capability(CapabilityId, Said<<OfModels as Kind>::Status>),
}

/// What a verdict was given on.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "one variant a kind of belief")]
pub enum Judged {
    Thesis(ThesisId),
    Capability(CapabilityId),
}

impl Caller {
    /// Every belief of a kind, by how it stands, then in the order in which they were written down.
    pub async fn beliefs<K: Stored>(&self, as_of: Option<Instant>) -> Result<Vec<Belief<K>>, Error> {
        self.reader().await?;
        let mut all = storage::belief::all::<K>(&self.db, as_of).await?;
        all.sort_by_key(Belief::status);
        Ok(all)
    }
    /// The beliefs with these ids.
    pub async fn beliefs_by_ids<K: Stored>(
        &self,
        ids: &[TypeSafeId<K::Tag>],
        as_of: Option<Instant>,
    ) -> Result<Vec<Belief<K>>, Error> {
        self.reader().await?;
        Ok(storage::belief::by_ids(&self.db, ids, as_of).await?)
    }
    /// The beliefs on which one of these startups rests.
    pub async fn beliefs_of_startups<K: Stored>(
        &self,
        startups: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Belief<K>>, Error> {
        self.reader().await?;
        Ok(storage::belief::of_startups(&self.db, startups, as_of).await?)
    }
    /// The passed deals and those on hold that wait for one of these capabilities, as far as the caller may see them.
    pub async fn waiting_deals(
        &self,
        capabilities: &[CapabilityId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Deal>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::waiting_for(&self.db, &viewer, capabilities, as_of).await?)
    }
    /// The active deals of these startups, as far as the caller may see them.
    pub async fn active_deals_of(
        &self,
        startups: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Deal>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::active_of(&self.db, &viewer, startups, as_of).await?)
    }

    /// Writes a belief down.
    pub async fn create_belief<K: Stored>(
        &self,
        new: NewBelief<K>,
        path: &str,
    ) -> Result<Outcome<TypeSafeId<K::Tag>>, Error> {
        self.write(K::CREATE, path, Demand::ANALYST_WRITE, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes a belief that is still at `version`; `sector`, if given, is a slug.
    pub async fn update_belief<K: Stored>(
        &self,
        id: TypeSafeId<K::Tag>,
        version: i32,
        edit: ProfileEdit,
        sector: Option<Option<String>>,
        path: &str,
    ) -> Result<Outcome<TypeSafeId<K::Tag>>, Error> {
        self.write(K::UPDATE, path, Demand::ANALYST_WRITE, |w| {
            update::<K>(w, id, version, edit.clone(), sector.clone()).boxed()
        })
        .await
    }
    /// Says on which theses and capabilities a startup rests, in place of those said before; what is left out stays.
    pub async fn set_bets(
        &self,
        startup: StartupId,
        theses: Option<Vec<ThesisId>>,
        capabilities: Option<Vec<CapabilityId>>,
        path: &str,
    ) -> Result<Outcome<StartupId>, Error> {
        self.write("setBets", path, Demand::ANALYST_WRITE, |w| {
            set_bets(w, startup, theses.clone(), capabilities.clone()).boxed()
        })
        .await
    }
    /// Gives a verdict on a thesis or a capability.
    pub async fn record_verdict(&self, new: NewVerdict, path: &str) -> Result<Outcome<Judged>, Error> {
        self.write("recordVerdict", path, Demand::ANALYST_WRITE, |w| {
            judge(w, new.clone()).boxed()
        })
        .await
    }
}

/// Locks startups that an input names; refuses those that are not there.
async fn lock_startups(w: &Write, ids: &[StartupId]) -> Result<(), Stop> {
    if ids.is_empty() {
        return Ok(());
    }
    let found = storage::startup::lock_all(&w.tx, ids).await?;
    let missing: Vec<Problem> = ids
        .iter()
        .enumerate()
        .filter(|(_, id)| !found.iter().any(|startup| startup.id == **id))
        .map(|(n, id)| Problem::not_found(&format!("startups.{n}"), id))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing.into())
    }
}

async fn sector_id(w: &Write, slug: Option<&str>) -> Result<Option<SectorId>, Stop> {
    let Some(slug) = slug else { return Ok(None) };
    let tree = storage::sector::all(&w.tx, None).await?;
    let found = tree.iter().find(|sector| sector.slug == slug);
    let unknown = || {
        let message = Message::NoSuchSector {
            slug: slug.to_owned(),
        };
        Problem::new(ProblemCode::NotFound, "sector", message)
    };
    Ok(Some(found.ok_or_else(unknown)?.id))
}

fn record<K: Kind>(w: &mut Write, belief: &Belief<K>, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: K::SUBJECT,
        subject_id: belief.id.uuid(),
        startup_id: None,
        deal_id: None,
        before,
        after: Some(after),
    });
}

/// A belief that is shown, locked until the transaction ends.
async fn locked<K: Stored>(w: &Write, id: TypeSafeId<K::Tag>, field: &str) -> Result<Belief<K>, Stop> {
    let found = storage::belief::lock::<K>(&w.tx, id).await?;
    match found.filter(|(_, is_hidden)| !is_hidden) {
        Some((belief, _)) => Ok(belief),
        None => Err(Problem::not_found(field, id).into()),
    }
}

async fn create<K: Stored>(w: &mut Write, new: NewBelief<K>) -> Result<TypeSafeId<K::Tag>, Stop> {
    let NewBelief {
        profile,
        sector,
        status,
    } = new;
    let mut profile = profile.prepared()?;
    profile.sector_id = sector_id(w, sector.as_deref()).await?;
    lock_startups(w, &profile.startup_ids).await?;
    let count = usize::try_from(storage::belief::count::<K>(&w.tx).await?).unwrap_or(usize::MAX);
    if count >= BELIEFS_LIMIT {
        let (count, limit) = (count.saturating_add(1), BELIEFS_LIMIT);
        return Err(Problem::new(ProblemCode::Limit, "", Message::TooMany { count, limit }).into());
    }
    let belief = Belief::<K> {
        id: w.new_id::<K::Tag>(),
        profile,
        begun_as: status.unwrap_or(K::BEGINS),
        verdicts: Vec::new(),
        created_at: w.now,
        updated_at: w.now,
        version: 1,
    };
    storage::belief::insert(&w.tx, &belief).await?;
    let mut after = whole(&belief.profile);
    if let Some(fields) = after.as_object_mut() {
        fields.insert("status".to_owned(), json!(belief.begun_as));
    }
    record(w, &belief, None, after);
    Ok(belief.id)
}

async fn update<K: Stored>(
    w: &mut Write,
    id: TypeSafeId<K::Tag>,
    version: i32,
    edit: ProfileEdit,
    sector: Option<Option<String>>,
) -> Result<TypeSafeId<K::Tag>, Stop> {
    // Startups come before what rests on them: so everybody locks them.
    lock_startups(w, edit.startup_ids.as_deref().unwrap_or_default()).await?;
    let old = locked::<K>(w, id, "id").await?;
    if old.version != version {
        let message = Message::StaleVersion {
            sent: version,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let mut profile = old.profile.clone().edited(edit).prepared()?;
    if let Some(slug) = sector {
        profile.sector_id = sector_id(w, slug.as_deref()).await?;
    }
    replace(w, old, profile).await?;
    Ok(id)
}

/// Stores a locked belief's profile anew, with its activity row; nothing where nothing differs.
async fn replace<K: Stored>(w: &mut Write, old: Belief<K>, profile: Profile) -> Result<(), Stop> {
    let Some((before, after)) = diff(&old.profile, &profile) else {
        return Ok(());
    };
    let new = Belief {
        profile,
        updated_at: time::recorded_after(w.now, old.updated_at),
        version: old.version + 1,
        ..old
    };
    storage::belief::update(&w.tx, &new).await?;
    record(w, &new, Some(before), after);
    Ok(())
}

async fn set_bets(
    w: &mut Write,
    startup: StartupId,
    theses: Option<Vec<ThesisId>>,
    capabilities: Option<Vec<CapabilityId>>,
) -> Result<StartupId, Stop> {
    storage::startup::lock(&w.tx, startup)
        .await?
        .ok_or_else(|| Problem::not_found("startup", startup))?;
    if let Some(theses) = theses {
        rest_on::<OfFund>(w, startup, &theses, "theses").await?;
    }
    if let Some(capabilities) = capabilities {
        rest_on::<OfModels>(w, startup, &capabilities, "capabilities").await?;
    }
    Ok(startup)
}

/// Lets a locked startup rest on these beliefs of a kind, and on no others of it.
async fn rest_on<K: Stored>(
    w: &mut Write,
    startup: StartupId,
    on: &[TypeSafeId<K::Tag>],
    field: &str,
) -> Result<(), Stop> {
    let had: Vec<TypeSafeId<K::Tag>> = storage::belief::of_startups::<K>(&w.tx, &[startup], None)
        .await?
        .iter()
        .map(|belief| belief.id)
        .collect();
    let mut differ: Vec<(TypeSafeId<K::Tag>, String)> = Vec::new();
    differ.extend(
        on.iter()
            .enumerate()
            .filter(|(_, id)| !had.contains(*id))
            .map(|(n, id)| (*id, format!("{field}.{n}"))),
    );
    differ.extend(
        had.iter()
            .filter(|id| !on.contains(*id))
            .map(|id| (*id, field.to_owned())),
    );
    // By their ids, as everybody locks them.
    differ.sort();
    differ.dedup_by_key(|(id, _)| *id);
    for (id, place) in differ {
        let old = locked::<K>(w, id, &place).await?;
        let mut profile = old.profile.clone();
        if on.contains(&id) {
            profile.startup_ids.push(startup);
        } else {
            profile.startup_ids.retain(|other| *other != startup);
        }
        let profile = profile.prepared()?;
        replace(w, old, profile).await?;
    }
    Ok(())
}

async fn judge(w: &mut Write, new: NewVerdict) -> Result<Judged, Stop> {
    match new {
        NewVerdict::Thesis(id, said) => {
            let thesis = locked::<OfFund>(w, id, "thesis").await?;
            say(w, thesis, said).await?;
            Ok(Judged::Thesis(id))
        }
        NewVerdict::Capability(id, said) => {
            // Whoever waits for it is locked first, startups before capabilities; who began to wait in between has to be
            // locked too, so then everything begins anew.
            let program = revisit::program();
            let waiting = |deals: &[Deal]| -> Vec<StartupId> {
                let mut ids: Vec<StartupId> = deals.iter().map(|deal| deal.startup_id).collect();
                ids.sort_unstable();
                ids.dedup();
                ids
            };
            let first = storage::deal::waiting_for(&w.tx, &program, &[id], None).await?;
            let startups = waiting(&first);
            storage::startup::lock_all(&w.tx, &startups).await?;
            let capability = locked::<OfModels>(w, id, "capability").await?;
            let deals = storage::deal::waiting_for(&w.tx, &program, &[id], None).await?;
            if waiting(&deals).iter().any(|startup| !startups.contains(startup)) {
                return Err(storage::Error::between().into());
            }
            let capability = say(w, capability, said).await?;
            bring_back(w, &capability, deals).await?;
            Ok(Judged::Capability(id))
        }
    }
}

/// Appends a verdict to a locked belief; the belief as it stands since.
async fn say<K: Stored>(
    w: &mut Write,
    mut belief: Belief<K>,
    said: Said<K::Status>,
) -> Result<Belief<K>, Stop> {
    let said = said.prepared(w.today())?;
    let count = belief.verdicts.len() + 1;
    if count > VERDICTS_LIMIT {
        let limit = VERDICTS_LIMIT;
        return Err(Problem::new(ProblemCode::Limit, "", Message::TooMany { count, limit }).into());
    }
    let was = belief.status();
    belief.updated_at = time::recorded_after(w.now, belief.updated_at);
    belief.version += 1;
    let verdict = Verdict {
        id: w.new_id::<VerdictTag>(),
        said,
        recorded_at: belief.updated_at,
        by: w.by,
    };
    storage::belief::insert_verdict::<K>(&w.tx, belief.id, &verdict).await?;
    storage::belief::update(&w.tx, &belief).await?;
    let mut after = whole(&verdict.said);
    if let Some(fields) = after.as_object_mut() {
        fields.insert(VERDICT.to_owned(), json!(verdict.id));
    }
    belief.take(verdict);
    record(w, &belief, Some(json!({ "status": was })), after);
    Ok(belief)
}

/// Marks the deals that waited for what a capability has come to. The program sees them all; each row of activity is told
/// to those alone who may see its deal.
async fn bring_back(w: &mut Write, capability: &Capability, waiting: Vec<Deal>) -> Result<(), Stop> {
    let mut due: Vec<(DealId, RevisitDue)> = Vec::new();
    for deal in waiting {
        let when = deal.terms.revisit_when.as_ref();
        let Some(because) = when.and_then(|when| when.met_by_capability(capability)) else {
            continue;
        };
        let mark = RevisitDue {
            since: w.now,
            because,
        };
        w.record(revisit::change(&deal, &mark));
        due.push((deal.id, mark));
    }
    if !due.is_empty() {
        storage::deal::mark_due(&w.tx, &due, w.now).await?;
    }
    Ok(())
}

/// Whether the capability that a deal newly waits for is there.
pub(crate) async fn awaited_exists(
    w: &Write,
    when: Option<&RevisitWhen>,
    before: Option<&RevisitWhen>,
) -> Result<(), Stop> {
    let Some(RevisitWhen::Capability { id, .. }) = when else {
        return Ok(());
    };
    if when == before {
        return Ok(());
    }
    let found = storage::belief::by_ids::<OfModels>(&w.tx, &[*id], None).await?;
    if found.is_empty() {
        return Err(Problem::not_found("revisitWhen.capability", id).into());
    }
    Ok(())
}

fn conflict(message: Message) -> Stop {
    Problem::new(ProblemCode::Conflict, "activity", message).into()
}

/// Takes back a row about a belief: one that was written down is hidden where nothing was said of it since and no deal
/// waits for it, changed fields are put back where nobody changed them since. A verdict stays: another one follows it.
pub(crate) async fn undo<K: Stored>(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let object = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    let before: Option<Map<String, Value>> = object(row.change.before.as_ref());
    if row
        .change
        .after
        .as_ref()
        .is_some_and(|after| after.get(VERDICT).is_some())
    {
        return Err(crate::activity::cannot(row));
    }
    let named = before.as_ref().and_then(|fields| fields.get("startupIds"));
    let named: Vec<StartupId> = named
        .and_then(|ids| serde_json::from_value(ids.clone()).ok())
        .unwrap_or_default();
    let there = storage::startup::lock_all(&w.tx, &named).await?;
    let id: TypeSafeId<K::Tag> = typed(row.change.subject_id);
    let (old, is_hidden) = storage::belief::lock::<K>(&w.tx, id)
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
        if K::SUBJECT == SubjectType::Capability {
            let of = [typed(row.change.subject_id)];
            // Of deals that are not for the caller it tells nothing: they wait for what is not there any more.
            let waiting = storage::deal::waiting_for(&w.tx, &w.viewer, &of, None).await?;
            if !waiting.is_empty() {
                return Err(conflict(Message::UndoKeptReferred {
                    what: "a deal".into(),
                }));
            }
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
    let (mut patched, kept) = patch(&old.profile, before, &changed)?;
    patched
        .startup_ids
        .retain(|id| !named.contains(id) || there.iter().any(|startup| startup.id == *id));
    replace(w, old, patched.prepared()?).await?;
    Ok(kept)
}

async fn set_hidden<K: Stored>(
    w: &mut Write,
    belief: &Belief<K>,
    hidden: bool,
) -> Result<Vec<Message>, Stop> {
    storage::belief::set_hidden::<K>(&w.tx, belief.id, hidden, w.now).await?;
    record(
        w,
        belief,
        Some(json!({ "hidden": !hidden })),
        json!({ "hidden": hidden }),
    );
    Ok(Vec::new())
}
