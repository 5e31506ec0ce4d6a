//! Deals: opened, their terms updated against a version, moved, moves voided. To one who may not see a deal, it does
//! not exist: every path reads through the viewer.

mod capture;
mod gates;
mod moves;
mod open;
mod undo;

use std::collections::HashMap;

use domain::{
    DealId, Instant, Message, PersonId, Problem, ProblemCode, Problems, StartupId, UserId,
    access::Demand,
    activity::{Change, SubjectType, diff},
    deal::{Deal, DealChange, DealStatus, RevisitDue, Round, Stage, Standing, Terms, TermsEdit, Visibility},
    startup::Startup,
    time,
};
use futures::FutureExt;
use serde_json::{Map, Value, json};
pub use storage::deal::{Brought, Far, Filter, MoveKind, MovedIn, Order};
use storage::page::{Page, Slice};

pub use capture::Capture;
pub(crate) use capture::{VERB as CAPTURE, detach, is_attachment, undo as undo_capture};
pub use moves::NewMove;
pub(crate) use moves::{make, void, wait, wait_again};
pub use open::NewDeal;
pub(crate) use undo::undo;

use crate::{
    Caller, Error, Outcome, revisit,
    write::{Stop, Write},
};

impl Caller {
    /// Every stage of the pipeline, retired ones too, in order.
    pub async fn stages(&self, as_of: Option<Instant>) -> Result<Vec<Stage>, Error> {
        self.reader().await?;
        Ok(storage::deal::stages(&self.db, as_of).await?)
    }
    /// The deals with these ids, as far as the caller may see them.
    pub async fn deals_by_ids(&self, ids: &[DealId], as_of: Option<Instant>) -> Result<Vec<Deal>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::by_ids(&self.db, &viewer, ids, as_of).await?)
    }
    /// A page of deals.
    pub async fn deals(
        &self,
        filter: &Filter,
        order: Order,
        descending: bool,
        page: &Page,
    ) -> Result<Slice<Deal>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::list(&self.db, &viewer, filter, order, descending, page, self.now()).await?)
    }
    /// How many deals the filter leaves.
    pub async fn deal_count(&self, filter: &Filter) -> Result<i64, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::count(&self.db, &viewer, filter, self.now()).await?)
    }
    /// The same page of each of several startups, newest first.
    pub async fn deals_of(
        &self,
        startups: &[StartupId],
        filter: &Filter,
        page: &Page,
    ) -> Result<HashMap<StartupId, Slice<Deal>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::pages_of(&self.db, &viewer, startups, filter, page, self.now()).await?)
    }
    /// How many deals of each of several startups.
    pub async fn deal_counts_of(
        &self,
        startups: &[StartupId],
        filter: &Filter,
    ) -> Result<HashMap<StartupId, i64>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::counts_of(&self.db, &viewer, startups, filter, self.now()).await?)
    }
    /// The changes of these deals, voids among them, as recorded.
    pub async fn deal_changes(
        &self,
        ids: &[DealId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<DealId, Vec<DealChange>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::changes(&self.db, &viewer, ids, as_of).await?)
    }
    /// Of their changes those that stand and overrode a gate.
    pub async fn overriding_changes(
        &self,
        ids: &[DealId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<DealId, Vec<DealChange>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::deal::overriding(&self.db, &viewer, ids, as_of).await?)
    }

    /// Opens a deal.
    pub async fn open_deal(&self, new: NewDeal, path: &str) -> Result<Outcome<DealId>, Error> {
        self.write("openDeal", path, Demand::ANALYST_WRITE, |w| {
            open::open(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes the terms of a deal that is still at `version`.
    pub async fn update_deal(
        &self,
        id: DealId,
        version: i32,
        edit: TermsEdit,
        path: &str,
    ) -> Result<Outcome<DealId>, Error> {
        self.write("updateDeal", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
    /// Moves a deal's stage, status or both.
    pub async fn move_deal(
        &self,
        id: DealId,
        version: i32,
        to: NewMove,
        path: &str,
    ) -> Result<Outcome<DealId>, Error> {
        self.write("moveDeal", path, Demand::ANALYST_WRITE, |w| {
            moves::carry_out(w, id, version, to.clone()).boxed()
        })
        .await
    }
    /// Takes back a deal's last move, with a reason.
    pub async fn void_move(
        &self,
        id: DealId,
        version: i32,
        reason: String,
        path: &str,
    ) -> Result<Outcome<DealId>, Error> {
        self.write("voidMove", path, Demand::ANALYST_WRITE, |w| {
            moves::void_last(w, id, version, reason.clone()).boxed()
        })
        .await
    }
}

/// The deal, locked, with its startup locked before it: so that what is decided about the startup's other deals stays
/// true, and nobody who locks in the same order waits for us while we wait for them.
pub(crate) async fn locked(w: &Write, field: &str, id: DealId) -> Result<(Startup, Deal), Stop> {
    let missing = || Stop::from(Problem::not_found(field, id));
    let startup = storage::deal::startup_of(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    let startup = storage::startup::lock(&w.tx, startup)
        .await?
        .ok_or_else(missing)?;
    let deal = storage::deal::lock(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    Ok((startup, deal))
}

fn at_version(deal: &Deal, sent: i32) -> Result<(), Stop> {
    if deal.version == sent {
        return Ok(());
    }
    Err(Problem::new(
        ProblemCode::StaleVersion,
        "version",
        Message::StaleVersion {
            sent,
            current: deal.version,
        },
    )
    .into())
}

/// The stage with a key, retired or not.
pub(crate) fn stage_by_key<'s>(stages: &'s [Stage], key: &str) -> Result<&'s Stage, Problem> {
    let found = stages.iter().find(|stage| stage.key == key);
    found.ok_or_else(|| {
        Problem::new(
            ProblemCode::NotFound,
            "stage",
            Message::NoSuchStage { key: key.to_owned() },
        )
    })
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value {
        map
    } else {
        Map::new()
    }
}

async fn update(w: &mut Write, id: DealId, version: i32, mut edit: TermsEdit) -> Result<DealId, Stop> {
    let (_, old) = locked(w, "id", id).await?;
    at_version(&old, version)?;
    // Owner and opener are shown in the team; who sends it back as it was shown has not named them.
    if edit.owner_id.is_none_or(|owner| owner == old.terms.owner_id)
        && edit
            .team
            .as_ref()
            .is_some_and(|team| same_members(team, &old.members()))
    {
        edit.team = None;
    }
    let terms = old.terms.clone().edited(edit).prepared()?;
    people_exist(w, &terms, Some(&old.terms)).await?;
    crate::fund::funds_exist(w, &terms, Some(&old.terms)).await?;
    crate::belief::awaited_exists(w, terms.revisit_when.as_ref(), old.terms.revisit_when.as_ref()).await?;
    let standing = old.standing.clone();
    replace(w, old, terms, standing, &Map::new()).await?;
    Ok(id)
}

fn same_members(one: &[UserId], other: &[UserId]) -> bool {
    one.iter().all(|user| other.contains(user)) && other.iter().all(|user| one.contains(user))
}

/// Whether everybody whom the terms newly name is known: users as owner and team, people as sources.
async fn people_exist(w: &Write, terms: &Terms, before: Option<&Terms>) -> Result<(), Stop> {
    let mut named: Vec<(String, UserId)> = terms
        .owner_id
        .iter()
        .map(|user| ("owner".to_owned(), *user))
        .collect();
    named.extend(
        terms
            .team
            .iter()
            .enumerate()
            .map(|(n, user)| (format!("team.{n}"), *user)),
    );
    if let Some(before) = before {
        named.retain(|(_, user)| before.owner_id != Some(*user) && !before.team.contains(user));
    }
    let mut sources: Vec<(String, PersonId)> = terms
        .sources
        .iter()
        .enumerate()
        .filter_map(|(n, source)| Some((format!("sources.{n}.person"), source.person_id?)))
        .collect();
    if let Some(before) = before {
        sources.retain(|(_, person)| !before.sources.iter().any(|s| s.person_id == Some(*person)));
    }
    let mut problems = Problems::default();
    if !named.is_empty() {
        let ids: Vec<UserId> = named.iter().map(|(_, id)| *id).collect();
        let known = storage::access::users_by_ids(&w.tx, &ids).await?;
        for (field, id) in named {
            problems.push_if(!known.iter().any(|user| user.id == id && user.is_active), || {
                Problem::not_found(&field, id)
            });
        }
    }
    if !sources.is_empty() {
        let ids: Vec<PersonId> = sources.iter().map(|(_, id)| *id).collect();
        let known = storage::person::by_ids(&w.tx, &ids, None).await?;
        for (field, id) in sources {
            problems.push_if(!known.iter().any(|person| person.id == id), || {
                Problem::not_found(&field, id)
            });
        }
    }
    Ok(problems.into_result()?)
}

/// What counts towards at most one active deal per startup and round: None where the deal does not.
fn counted(deal: &Deal) -> Option<Round> {
    let counts = deal.standing.status == DealStatus::Active
        && deal.terms.visibility == Visibility::Team
        && deal.hidden_at.is_none();
    counts.then_some(deal.terms.round)
}

/// Refuses a deal that comes to count where another does; its startup is locked. Restricted deals are counted neither
/// way, so that no refusal tells of one.
async fn one_active(w: &Write, old: Option<&Deal>, new: &Deal) -> Result<(), Stop> {
    let Some(round) = counted(new) else { return Ok(()) };
    if old.and_then(counted) == Some(round) {
        return Ok(());
    }
    match storage::deal::active_of_team(&w.tx, new.startup_id, round).await? {
        Some((id, title)) if id != new.id => Err(Problem::new(
            ProblemCode::Conflict,
            "round",
            Message::NotWhileActive {
                title,
                id: id.to_string(),
            },
        )
        .into()),
        _ => Ok(()),
    }
}

/// Stores a locked deal's terms and standing anew, with its activity row, which also says what `more` does; nothing
/// where nothing differs. Its startup is locked too.
async fn replace(
    w: &mut Write,
    old: Deal,
    terms: Terms,
    standing: Standing,
    more: &Map<String, Value>,
) -> Result<(), Stop> {
    replace_marked(w, old, terms, standing, more, None).await
}

/// As [`replace`], where the deal is due again as it was before: `due` is the mark that a change taken back had cleared.
async fn replace_marked(
    w: &mut Write,
    old: Deal,
    terms: Terms,
    standing: Standing,
    more: &Map<String, Value>,
    due: Option<RevisitDue>,
) -> Result<(), Stop> {
    let (mut before, mut after) = (Map::new(), more.clone());
    for (was, is) in [diff(&old.terms, &terms), diff(&old.standing, &standing)]
        .into_iter()
        .flatten()
    {
        before.extend(object(was));
        after.extend(object(is));
    }
    if after.is_empty() {
        return Ok(());
    }
    // What is due is due until the deal is under way again, or waits for something else.
    let is_still_due = standing.status != DealStatus::Active && terms.revisit_when == old.terms.revisit_when;
    let waits = standing.status != DealStatus::Active && terms.revisit_when.is_some();
    let still = old.revisit_due.clone().filter(|_| is_still_due);
    let revisit_due = due.filter(|_| waits).or(still);
    if revisit_due != old.revisit_due {
        before.insert(revisit::DUE.to_owned(), json!(old.revisit_due));
        after.insert(revisit::DUE.to_owned(), json!(revisit_due));
    }
    let version = old.version;
    let updated_at = time::recorded_after(w.now, old.updated_at);
    let new = Deal {
        terms,
        standing,
        revisit_due,
        updated_at,
        version: version + 1,
        ..old.clone()
    };
    one_active(w, Some(&old), &new).await?;
    store(w, &new, version).await?;
    record(w, &new, before, after);
    Ok(())
}

/// Hides a deal whose creation is undone, or shows it again. Its startup is locked.
async fn set_hidden(w: &mut Write, old: Deal, hidden: bool) -> Result<(), Stop> {
    let version = old.version;
    let at = time::recorded_after(w.now, old.updated_at);
    let new = Deal {
        hidden_at: hidden.then_some(at),
        updated_at: at,
        version: version + 1,
        ..old.clone()
    };
    one_active(w, Some(&old), &new).await?;
    store(w, &new, version).await?;
    let says = |hidden: bool| Map::from_iter([("hidden".to_owned(), Value::Bool(hidden))]);
    record(w, &new, says(!hidden), says(hidden));
    Ok(())
}

async fn store(w: &Write, new: &Deal, version: i32) -> Result<(), Stop> {
    if storage::deal::update(&w.tx, new, version).await? {
        Ok(())
    } else {
        Err(Error::Internal("a locked row changed".into()).into())
    }
}

fn record(w: &mut Write, deal: &Deal, before: Map<String, Value>, after: Map<String, Value>) {
    w.record(Change {
        subject_type: SubjectType::Deal,
        subject_id: deal.id.uuid(),
        startup_id: Some(deal.startup_id),
        deal_id: Some(deal.id),
        before: Some(Value::Object(before)),
        after: Some(Value::Object(after)),
    });
}
