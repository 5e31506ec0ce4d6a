//! Review meetings: scheduled, prepared, held, closed. An item of an agenda is there for those who may see its deal;
//! to others the meeting has no such item, and a break while it is presented.

mod agenda;
mod decide;
mod hold;
mod packet;
mod prepare;

use std::collections::HashMap;

use domain::{
    AgendaItemId, Instant, Problem, ProblemCode, ReviewId, ReviewTag, Role, UserId,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    review::{
        Amendment, DecisionRule, KindSettings, Quorum, Review, ReviewKind, ReviewStatus, Rules, Saying,
        next_of_series,
    },
    time,
};
use futures::FutureExt;
use serde_json::{Value, json};
pub use storage::review::{Decided, DecisionFilter, ReviewFilter};
use storage::{
    access::User,
    activity::Activity,
    page::{Page, Slice},
};

pub use agenda::Entry;
pub use decide::NewDecision;
pub(crate) use decide::{DECIDE, undo};
pub use packet::{Packet, PacketEntry};
pub use prepare::ItemEdit;

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// What is needed to schedule a meeting; what is left out is as its kind is held.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct NewReview {
    pub kind: ReviewKind,
    pub title: Option<String>,
    pub starts_at: Instant,
    pub minutes: Option<i32>,
    pub attendees: Option<Vec<UserId>>,
    pub presenter: Option<UserId>,
    pub rule: Option<DecisionRule>,
    pub threshold: Option<i32>,
    pub quorum: Option<Quorum>,
    pub is_blind: Option<bool>,
    pub vetoes: Option<Vec<UserId>>,
}

/// A change of a meeting that is not closed: a field left out stays as it is.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields are those of NewReview")]
pub struct ReviewEdit {
    pub title: Option<String>,
    pub starts_at: Option<Instant>,
    pub minutes: Option<i32>,
    pub attendees: Option<Vec<UserId>>,
    pub presenter: Option<Option<UserId>>,
    pub rule: Option<DecisionRule>,
    pub threshold: Option<Option<i32>>,
    pub quorum: Option<Quorum>,
    pub is_blind: Option<bool>,
    pub vetoes: Option<Vec<UserId>>,
}

/// The next meeting of a series.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Proposal {
    pub starts_at: Option<Instant>,
    pub minutes: i32,
    pub attendees: Vec<UserId>,
    pub presenter: Option<UserId>,
}

/// A change of how a kind is held: a field left out stays as it is.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields are those of KindSettings")]
pub struct KindEdit {
    pub rule: Option<DecisionRule>,
    pub threshold: Option<Option<i32>>,
    pub quorum: Option<Quorum>,
    pub is_blind: Option<bool>,
    pub vetoes: Option<Vec<UserId>>,
    pub every_days: Option<Option<i32>>,
    pub minutes: Option<i32>,
    pub stage: Option<Option<String>>,
    pub attendees: Option<Vec<UserId>>,
}

impl Caller {
    /// The meetings with these ids.
    pub async fn reviews_by_ids(&self, ids: &[ReviewId]) -> Result<Vec<Review>, Error> {
        self.reader().await?;
        Ok(storage::review::by_ids(&self.db, ids).await?)
    }
    /// The meetings that go on now, each with a user of these who attends it.
    pub async fn live_reviews(&self, users: &[UserId]) -> Result<Vec<(UserId, Review)>, Error> {
        self.reader().await?;
        Ok(storage::review::live(&self.db, users).await?)
    }
    /// A page of meetings, the latest first.
    pub async fn meetings(&self, filter: ReviewFilter, page: &Page) -> Result<Slice<Review>, Error> {
        self.reader().await?;
        Ok(storage::review::list(&self.db, filter, page).await?)
    }
    /// How many meetings the filter leaves.
    pub async fn meeting_count(&self, filter: ReviewFilter) -> Result<i64, Error> {
        self.reader().await?;
        Ok(storage::review::count(&self.db, filter).await?)
    }
    /// A page of decisions about deals that the caller sees, the latest first.
    pub async fn decisions(&self, filter: DecisionFilter, page: &Page) -> Result<Slice<Decided>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::review::decided(&self.db, &viewer, filter, page).await?)
    }
    /// How many decisions the filter leaves.
    pub async fn decision_count(&self, filter: DecisionFilter) -> Result<i64, Error> {
        let viewer = self.reader().await?;
        Ok(storage::review::decided_count(&self.db, &viewer, filter).await?)
    }
    /// How each kind of meeting is held.
    pub async fn review_kinds(&self) -> Result<Vec<KindSettings>, Error> {
        self.reader().await?;
        let kinds = storage::review::kinds(&self.db).await?;
        Ok(kinds.into_iter().map(|(_, settings)| settings).collect())
    }
    /// The remarks on these meetings.
    pub async fn amendments_of(&self, ids: &[ReviewId]) -> Result<HashMap<ReviewId, Vec<Amendment>>, Error> {
        self.reader().await?;
        Ok(storage::review::amendments(&self.db, ids).await?)
    }

    /// The next meeting of a kind: so many days after the last one as the kind says, at its hour, with those who came.
    pub async fn propose_review(&self, kind: ReviewKind) -> Result<Proposal, Error> {
        self.reader().await?;
        let kinds = storage::review::kinds(&self.db).await?;
        let usual = kinds
            .into_iter()
            .map(|(_, settings)| settings)
            .find(|settings| settings.kind == kind)
            .ok_or_else(|| Error::Internal(format!("no settings of {kind}")))?;
        let filter = ReviewFilter {
            kind: Some(kind),
            status: None,
        };
        let last = storage::review::list(&self.db, filter, &Page::first(1))
            .await?
            .rows
            .pop();
        let zone = self.app.workspace().time_zone;
        let starts_at = last
            .as_ref()
            .zip(usual.every_days)
            .and_then(|(last, days)| next_of_series(last.starts_at, days, zone, self.now()));
        Ok(Proposal {
            starts_at,
            minutes: usual.minutes,
            attendees: last
                .as_ref()
                .map_or(usual.attendees, |last| last.attendees.clone()),
            presenter: last.and_then(|last| last.presenter_id),
        })
    }

    /// Schedules a meeting.
    pub async fn schedule_review(&self, mut new: NewReview, path: &str) -> Result<Outcome<ReviewId>, Error> {
        // Without a title: by its kind and its day where the fund is.
        if new.title.is_none() {
            let day = domain::time::day_in(self.app.workspace().time_zone, new.starts_at);
            let kind = new.kind.name(domain::Language::En);
            new.title = Some(format!("{kind} {day}"));
        }
        self.write("scheduleReview", path, Demand::PARTNER_WRITE, |w| {
            schedule(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes a meeting that is still at `version` and not closed.
    pub async fn update_review(
        &self,
        id: ReviewId,
        version: i32,
        edit: ReviewEdit,
        path: &str,
    ) -> Result<Outcome<ReviewId>, Error> {
        self.write("updateReview", path, Demand::PARTNER_WRITE, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
    /// Calls a meeting off that has not begun.
    pub async fn call_review_off(
        &self,
        id: ReviewId,
        version: i32,
        path: &str,
    ) -> Result<Outcome<ReviewId>, Error> {
        self.write("archiveReview", path, Demand::PARTNER_WRITE, |w| {
            call_off(w, id, version).boxed()
        })
        .await
    }
    /// Changes how a kind of meeting is held.
    pub async fn update_review_kind(
        &self,
        kind: ReviewKind,
        version: i32,
        edit: KindEdit,
        path: &str,
    ) -> Result<Outcome<ReviewKind>, Error> {
        self.write("updateReviewKind", path, Demand::ADMIN, |w| {
            update_kind(w, kind, version, edit.clone()).boxed()
        })
        .await
    }
}

/// The settings of a kind, with the id by which activity names it.
async fn settings(w: &Write, kind: ReviewKind) -> Result<(uuid::Uuid, KindSettings), Stop> {
    let found = storage::review::kinds(&w.tx).await?;
    let found = found.into_iter().find(|(_, settings)| settings.kind == kind);
    found.ok_or_else(|| Error::Internal(format!("no settings of {kind}")).into())
}

async fn schedule(w: &mut Write, new: NewReview) -> Result<ReviewId, Stop> {
    let (_, usual) = settings(w, new.kind).await?;
    let rule = new.rule.unwrap_or(usual.rules.rule);
    let review = Review {
        id: w.new_id::<ReviewTag>(),
        kind: new.kind,
        title: new.title.unwrap_or_default(),
        starts_at: time::instant(new.starts_at),
        minutes: new.minutes.unwrap_or(usual.minutes),
        rules: Rules {
            rule,
            threshold: new
                .threshold
                .or(usual.rules.threshold.filter(|_| rule == usual.rules.rule)),
            quorum: new.quorum.unwrap_or(usual.rules.quorum),
            is_blind: new.is_blind.unwrap_or(usual.rules.is_blind),
            vetoes: new.vetoes.unwrap_or(usual.rules.vetoes),
        },
        presenter_id: new.presenter.or(w.by),
        attendees: new.attendees.unwrap_or(usual.attendees),
        status: ReviewStatus::Draft,
        current_item: None,
        current_since: None,
        looks_back_to: None,
        started_at: None,
        closed_at: None,
        created_by: w.by,
        created_at: w.now,
        version: 1,
    };
    let review = review.prepared()?;
    people_can(w, None, &review).await?;
    storage::review::insert(&w.tx, &review).await?;
    w.review = Some(review.id);
    let mut after = whole(&review);
    if let Some(fields) = after.as_object_mut() {
        // What the row and its operation say already.
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "createdBy" | "createdAt" | "version"));
    }
    record(w, review.id, None, after);
    Ok(review.id)
}

/// Those who come, present or may stop it are people of ours who are active, and can do what they are named for. What was
/// so before a change is not asked again.
async fn people_can(w: &Write, old: Option<&Review>, review: &Review) -> Result<(), Stop> {
    let presenter = review.presenter_id;
    let named: Vec<(String, UserId)> = numbered("attendees", &review.attendees)
        .filter(|(_, id)| Some(*id) != presenter)
        .chain(numbered("vetoHolders", &review.rules.vetoes))
        .chain(presenter.map(|id| ("presenter".to_owned(), id)))
        .collect();
    let known = active(w, &named).await?;
    let role = |id: &UserId| known.iter().find(|user| user.id == *id);
    let is_partner = |id: &&UserId| role(id).is_some_and(|user| user.role >= Role::Partner);
    let mut wrong = Vec::new();
    if old.is_none_or(|old| old.presenter_id != presenter)
        && let Some(user) = presenter.as_ref().and_then(role)
        && user.role < Role::Analyst
    {
        let name = user.name.clone();
        wrong.push(Problem::not_allowed(
            "presenter",
            Saying::CannotRun { name }.into(),
        ));
    }
    let is_same_room = old.is_some_and(|old| old.attendees == review.attendees);
    if !is_same_room || old.is_some_and(|old| old.rules.vetoes != review.rules.vetoes) {
        wrong.extend(vetoes_hold(&review.rules.vetoes, &known));
        for (place, id) in numbered("vetoHolders", &review.rules.vetoes) {
            if !review.attendees.contains(&id) {
                let name = role(&id).map_or_else(String::new, |user| user.name.clone());
                wrong.push(Problem::not_allowed(&place, Saying::VetoIsAbsent { name }.into()));
            }
        }
    }
    let is_same_rule = old.is_some_and(|old| old.rules.threshold == review.rules.threshold);
    if let Some(value) = review.rules.threshold
        && !(is_same_room && is_same_rule)
    {
        let voters = review.attendees.iter().filter(is_partner).count();
        if usize::try_from(value).is_ok_and(|value| value > voters) {
            let about = Saying::ThresholdAboveVoters { value, voters };
            wrong.push(Problem::invalid("threshold", about.into()));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.into())
    }
}

/// The no of a PARTNER alone can stop anything.
fn vetoes_hold(vetoes: &[UserId], known: &[User]) -> Vec<Problem> {
    let is_wrong = |(place, id): (String, UserId)| {
        let user = known
            .iter()
            .find(|user| user.id == id && user.role < Role::Partner)?;
        let name = user.name.clone();
        Some(Problem::not_allowed(
            &place,
            Saying::VetoNeedsPartner { name }.into(),
        ))
    };
    numbered("vetoHolders", vetoes).filter_map(is_wrong).collect()
}

/// People with their places in a field.
fn numbered<'a>(field: &'a str, ids: &'a [UserId]) -> impl Iterator<Item = (String, UserId)> + 'a {
    let place = move |(n, id): (usize, &UserId)| (format!("{field}.{n}"), *id);
    ids.iter().enumerate().map(place)
}

/// The people that are named in these places, if all of them are people of ours who are active.
async fn active(w: &Write, named: &[(String, UserId)]) -> Result<Vec<User>, Stop> {
    let all: Vec<UserId> = named.iter().map(|(_, id)| *id).collect();
    let known = storage::access::users_by_ids(&w.tx, &all).await?;
    let mut wrong = Vec::new();
    for (place, id) in named {
        match known.iter().find(|user| user.id == *id) {
            None => wrong.push(Problem::not_found(place, id)),
            Some(user) if !user.is_active => {
                let name = user.name.clone();
                wrong.push(Problem::not_allowed(place, Saying::NotActive { name }.into()));
            }
            Some(_) => {}
        }
    }
    if wrong.is_empty() {
        Ok(known)
    } else {
        Err(wrong.into())
    }
}

/// The meeting, locked, for a write that belongs to it.
pub(crate) async fn locked(w: &mut Write, field: &str, id: ReviewId) -> Result<Review, Stop> {
    let found = storage::review::lock(&w.tx, id).await?;
    let (review, _) = found
        .filter(|(_, is_hidden)| !is_hidden)
        .ok_or_else(|| Problem::not_found(field, id))?;
    w.review = Some(review.id);
    Ok(review)
}

fn at_version(current: i32, sent: i32) -> Result<(), Stop> {
    if current == sent {
        return Ok(());
    }
    let message = domain::Message::StaleVersion { sent, current };
    Err(Problem::new(ProblemCode::StaleVersion, "version", message).into())
}

fn is(review: &Review, needed: ReviewStatus, field: &str) -> Result<(), Stop> {
    let status = review.status;
    if status == needed {
        return Ok(());
    }
    Err(Problem::not_allowed(field, Saying::IsNot { status, needed }.into()).into())
}

fn is_open(review: &Review, field: &str) -> Result<(), Stop> {
    if review.status == ReviewStatus::Closed {
        return Err(Problem::not_allowed(field, Saying::IsOver.into()).into());
    }
    Ok(())
}

fn record(w: &mut Write, id: ReviewId, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: SubjectType::Review,
        subject_id: id.uuid(),
        startup_id: None,
        deal_id: None,
        before,
        after: Some(after),
    });
}

/// Stores a locked meeting anew, with its activity row; nothing where nothing differs. Which item is presented is told
/// apart: it may be one that not everybody may know of.
async fn replace(w: &mut Write, old: &Review, mut new: Review) -> Result<(), Stop> {
    let Some((before, after)) = diff(old, &new) else {
        return Ok(());
    };
    new.version += 1;
    storage::review::update(&w.tx, &new).await?;
    record(w, new.id, Some(before), after);
    Ok(())
}

async fn update(w: &mut Write, id: ReviewId, version: i32, edit: ReviewEdit) -> Result<ReviewId, Stop> {
    let old = locked(w, "id", id).await?;
    at_version(old.version, version)?;
    is_open(&old, "id")?;
    let mut new = old.clone();
    let ReviewEdit {
        title,
        starts_at,
        minutes,
        attendees,
        presenter,
        rule,
        threshold,
        quorum,
        is_blind,
        vetoes,
    } = edit;
    new.title = title.unwrap_or(new.title);
    new.starts_at = starts_at.map_or(new.starts_at, time::instant);
    new.minutes = minutes.unwrap_or(new.minutes);
    new.attendees = attendees.unwrap_or(new.attendees);
    new.presenter_id = presenter.unwrap_or(new.presenter_id);
    edit_rules(&mut new.rules, rule, threshold, quorum, is_blind, vetoes);
    let new = new.prepared()?;
    people_can(w, Some(&old), &new).await?;
    rules_stand(w, &old, &new).await?;
    replace(w, &old, new).await?;
    Ok(id)
}

/// What votes mean, and who sees them, stays once the meeting began, and from the first vote on. That somebody voted is
/// told by that; who, about what and how is not.
async fn rules_stand(w: &Write, old: &Review, new: &Review) -> Result<(), Stop> {
    let fields = old.rules.differing(&new.rules);
    if fields.is_empty() {
        return Ok(());
    }
    let about = if old.status == ReviewStatus::Live {
        Saying::IsNot {
            status: old.status,
            needed: ReviewStatus::Draft,
        }
    } else if storage::review::is_voted_in(&w.tx, old.id).await? {
        Saying::RulesStand
    } else {
        return Ok(());
    };
    let refused = |field| Problem::not_allowed(field, about.clone().into());
    Err(fields.into_iter().map(refused).collect::<Vec<_>>().into())
}

fn edit_rules(
    rules: &mut Rules,
    rule: Option<DecisionRule>,
    threshold: Option<Option<i32>>,
    quorum: Option<Quorum>,
    is_blind: Option<bool>,
    vetoes: Option<Vec<UserId>>,
) {
    if let Some(rule) = rule
        && rule != DecisionRule::Threshold
        && threshold.is_none()
    {
        rules.threshold = None;
    }
    rules.rule = rule.unwrap_or(rules.rule);
    rules.threshold = threshold.unwrap_or(rules.threshold);
    rules.quorum = quorum.unwrap_or(rules.quorum);
    rules.is_blind = is_blind.unwrap_or(rules.is_blind);
    if let Some(vetoes) = vetoes {
        rules.vetoes = vetoes;
    }
}

async fn call_off(w: &mut Write, id: ReviewId, version: i32) -> Result<ReviewId, Stop> {
    let review = locked(w, "id", id).await?;
    at_version(review.version, version)?;
    is(&review, ReviewStatus::Draft, "id")?;
    storage::review::set_hidden(&w.tx, id, true, w.now).await?;
    record(w, id, Some(json!({ "hidden": false })), json!({ "hidden": true }));
    Ok(id)
}

/// Shows a meeting again that was called off.
pub(crate) async fn undo_call_off(w: &mut Write, row: &Activity) -> Result<Vec<domain::Message>, Stop> {
    let id: ReviewId = domain::typed(row.change.subject_id);
    let is_call_off = row.change.after.as_ref().and_then(|after| after.get("hidden")) == Some(&json!(true));
    if !is_call_off {
        return Err(crate::activity::cannot(row));
    }
    let found = storage::review::lock(&w.tx, id).await?;
    let (review, is_hidden) = found.ok_or_else(|| Problem::not_found("activity", row.id))?;
    if !w.viewer.meets(Demand::PARTNER_WRITE) {
        return Err(Error::Forbidden(Demand::PARTNER_WRITE).into());
    }
    if !is_hidden {
        return Err(Problem::new(ProblemCode::Conflict, "activity", domain::Message::NothingToUndo).into());
    }
    w.review = Some(review.id);
    storage::review::set_hidden(&w.tx, id, false, w.now).await?;
    record(w, id, Some(json!({ "hidden": true })), json!({ "hidden": false }));
    Ok(Vec::new())
}

async fn update_kind(
    w: &mut Write,
    kind: ReviewKind,
    version: i32,
    edit: KindEdit,
) -> Result<ReviewKind, Stop> {
    let (subject, old) = settings(w, kind).await?;
    at_version(old.version, version)?;
    let mut new = old.clone();
    let KindEdit {
        rule,
        threshold,
        quorum,
        is_blind,
        vetoes,
        every_days,
        minutes,
        stage,
        attendees,
    } = edit;
    edit_rules(&mut new.rules, rule, threshold, quorum, is_blind, vetoes);
    new.every_days = every_days.unwrap_or(new.every_days);
    new.minutes = minutes.unwrap_or(new.minutes);
    new.stage = stage.unwrap_or(new.stage);
    new.attendees = attendees.unwrap_or(new.attendees);
    let mut new = new.prepared()?;
    let named: Vec<(String, UserId)> = numbered("attendees", &new.attendees)
        .chain(numbered("vetoHolders", &new.rules.vetoes))
        .collect();
    let known = active(w, &named).await?;
    if new.rules.vetoes != old.rules.vetoes {
        let wrong = vetoes_hold(&new.rules.vetoes, &known);
        if !wrong.is_empty() {
            return Err(wrong.into());
        }
    }
    if let Some(key) = &new.stage {
        let stages = storage::deal::stages(&w.tx, None).await?;
        crate::deal::stage_by_key(&stages, key)?;
    }
    let Some((before, after)) = diff(&old, &new) else {
        return Ok(kind);
    };
    new.version += 1;
    if !storage::review::update_kind(&w.tx, &new, old.version).await? {
        // Somebody else was faster.
        at_version(new.version, version)?;
    }
    w.record(Change {
        subject_type: SubjectType::ReviewKind,
        subject_id: subject,
        startup_id: None,
        deal_id: None,
        before: Some(before),
        after: Some(after),
    });
    Ok(kind)
}

/// The id of an item that an input names, or the same answer as for one that never was.
fn no_item(field: &str, id: AgendaItemId) -> Stop {
    Problem::not_found(field, id).into()
}
