//! Holding a meeting: begun, an item presented, notes taken, votes cast and closed, conflicts declared, remarks made on
//! it afterwards.

use domain::{
    AgendaItemId, Problem, ProblemCode, ReviewAmendmentTag, ReviewId, Role, UserId, Viewer,
    access::{Demand, Restricted},
    review::{
        AgendaItem, Amendment, Ballot, NOTES_LIMIT, Review, ReviewStatus, Saying, Vote, looks_back_to,
        prepared_amendment, prepared_comment,
    },
};
use futures::FutureExt;
use serde_json::json;

use super::{
    agenda::Entry,
    at_version, is, is_open, locked,
    prepare::{item, look, look_as, record as record_item},
    record,
};
use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

impl Caller {
    /// Begins a meeting that is still at `version`: its agenda stands from now on.
    pub async fn start_review(
        &self,
        id: ReviewId,
        version: i32,
        path: &str,
    ) -> Result<Outcome<ReviewId>, Error> {
        self.write("startReview", path, Demand::ANALYST_WRITE, |w| {
            start(w, id, version).boxed()
        })
        .await
    }
    /// Has everybody look at an item, or at none: a break. Whoever does it presents from then on.
    pub async fn present_item(
        &self,
        review: ReviewId,
        item: Option<AgendaItemId>,
        path: &str,
    ) -> Result<Outcome<ReviewId>, Error> {
        self.write("presentItem", path, Demand::ANALYST_WRITE, |w| {
            present(w, review, item).boxed()
        })
        .await
    }
    /// Replaces an item's notes that are still at `version`.
    pub async fn write_notes(
        &self,
        id: AgendaItemId,
        version: i32,
        notes: String,
        path: &str,
    ) -> Result<Outcome<AgendaItemId>, Error> {
        self.write("writeNotes", path, Demand::ANALYST_WRITE, |w| {
            write_notes(w, id, version, notes.clone()).boxed()
        })
        .await
    }
    /// Casts the caller's vote, or casts it anew while voting goes on.
    pub async fn cast_vote(
        &self,
        id: AgendaItemId,
        vote: Vote,
        comment: Option<String>,
        path: &str,
    ) -> Result<Outcome<AgendaItemId>, Error> {
        self.write("castVote", path, Demand::PARTNER_WRITE, |w| {
            cast(w, id, vote, comment.clone()).boxed()
        })
        .await
    }
    /// Ends voting on an item.
    pub async fn close_votes(&self, id: AgendaItemId, path: &str) -> Result<Outcome<AgendaItemId>, Error> {
        self.write("closeVotes", path, Demand::ANALYST_WRITE, |w| {
            close_votes(w, id).boxed()
        })
        .await
    }
    /// Says that the caller has a conflict of interest on an item, or has none any more.
    pub async fn declare_conflict(
        &self,
        id: AgendaItemId,
        has: bool,
        path: &str,
    ) -> Result<Outcome<AgendaItemId>, Error> {
        self.write("declareConflict", path, Demand::ANALYST_WRITE, |w| {
            declare_conflict(w, id, has).boxed()
        })
        .await
    }
    /// Adds a remark to a closed meeting.
    pub async fn amend_review(
        &self,
        id: ReviewId,
        text: String,
        path: &str,
    ) -> Result<Outcome<ReviewId>, Error> {
        self.write("amendReview", path, Demand::ANALYST_WRITE, |w| {
            amend(w, id, text.clone()).boxed()
        })
        .await
    }
}

/// Whoever runs a meeting presents it, or is a PARTNER.
pub(super) fn is_run(w: &Write, review: &Review, field: &str) -> Result<(), Stop> {
    if review.is_run_by(&w.viewer) {
        return Ok(());
    }
    Err(Problem::not_allowed(field, Saying::NotRunBy.into()).into())
}

/// Who sees everything: the agenda of a meeting holds items that whoever begins it may not know of.
pub(super) fn everything(w: &Write) -> Viewer {
    Viewer {
        role: Role::Admin,
        restricted: Restricted::All,
        ..(*w.viewer).clone()
    }
}

/// The whole agenda, whoever may see what of it.
pub(super) async fn whole_agenda(w: &Write, review: &Review) -> Result<Vec<Entry>, Stop> {
    Ok(look_as(w, &everything(w)).agenda(review).await?)
}

async fn start(w: &mut Write, id: ReviewId, version: i32) -> Result<ReviewId, Stop> {
    let old = locked(w, "id", id).await?;
    at_version(old.version, version)?;
    is(&old, ReviewStatus::Draft, "id")?;
    is_run(w, &old, "id")?;
    let frozen: Vec<AgendaItem> = whole_agenda(w, &old)
        .await?
        .into_iter()
        .map(|entry| AgendaItem {
            weight: Some(entry.weight),
            reasons: entry.reasons,
            ..entry.item
        })
        .collect();
    storage::review::put_items(&w.tx, &frozen).await?;
    let last = storage::review::last_closed(&w.tx, old.kind).await?;
    let mut new = Review {
        status: ReviewStatus::Live,
        looks_back_to: Some(looks_back_to(last.and_then(|last| last.closed_at), w.now)),
        started_at: Some(w.now),
        presenter_id: old.presenter_id.or(w.by),
        ..old.clone()
    };
    let first = look(w)
        .agenda(&new)
        .await?
        .into_iter()
        .find(|entry| entry.position == 1);
    new.current_item = first.as_ref().map(|entry| entry.item.id);
    new.current_since = Some(w.now);
    turn(w, &old, new).await?;
    Ok(id)
}

/// Stores a meeting in which another item is presented. Which one is told by the meeting to those who may see the item's
/// deal; the activity, which all may read, says only that the page was turned.
async fn turn(w: &mut Write, old: &Review, mut new: Review) -> Result<(), Stop> {
    new.version += 1;
    storage::review::update(&w.tx, &new).await?;
    let told = |review: &Review| Review {
        current_item: None,
        version: new.version,
        ..review.clone()
    };
    if let Some((before, after)) = domain::activity::diff(&told(old), &told(&new)) {
        record(w, new.id, Some(before), after);
    }
    Ok(())
}

async fn present(w: &mut Write, review: ReviewId, id: Option<AgendaItemId>) -> Result<ReviewId, Stop> {
    let old = locked(w, "review", review).await?;
    is(&old, ReviewStatus::Live, "review")?;
    is_run(w, &old, "review")?;
    if let Some(id) = id {
        let entries = look(w).agenda(&old).await?;
        let is_there = |entry: &Entry| entry.item.id == id && entry.position > 0;
        if !entries.iter().any(is_there) {
            return Err(super::no_item("item", id));
        }
    }
    let presenter_id = w.by.or(old.presenter_id);
    if old.current_item == id && old.presenter_id == presenter_id {
        return Ok(review);
    }
    let mut new = Review {
        current_item: id,
        presenter_id,
        ..old.clone()
    };
    if old.current_item != id {
        new.current_since = Some(w.now);
    }
    turn(w, &old, new).await?;
    Ok(review)
}

async fn write_notes(
    w: &mut Write,
    id: AgendaItemId,
    version: i32,
    notes: String,
) -> Result<AgendaItemId, Stop> {
    let (review, entry) = item(w, id).await?;
    is_open(&review, "item")?;
    if entry.has_conflict {
        return Err(Problem::not_allowed("item", Saying::HasConflict.into()).into());
    }
    let length = notes.chars().count();
    if length > NOTES_LIMIT {
        let message = domain::Message::TooLong {
            length,
            limit: NOTES_LIMIT,
        };
        return Err(Problem::invalid("notes", message).into());
    }
    if notes.contains('\0') {
        let name = "notes".to_owned();
        return Err(Problem::invalid("notes", domain::Message::CannotBeKept { name }).into());
    }
    let current = entry.item.notes_version;
    if current != version {
        let about = Saying::NotesChanged {
            sent: version,
            current,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", about.into()).into());
    }
    if entry.item.notes == notes {
        return Ok(id);
    }
    let new = AgendaItem {
        notes,
        notes_version: version.saturating_add(1),
        ..entry.item.clone()
    };
    storage::review::put_items(&w.tx, std::slice::from_ref(&new)).await?;
    // What they say is told by the item, from which those with a conflict do not read it.
    let (before, after) = (
        json!({ "notesVersion": current }),
        json!({ "notesVersion": new.notes_version }),
    );
    record_item(w, &new, entry.deal.startup_id, Some(before), after);
    Ok(id)
}

async fn cast(
    w: &mut Write,
    id: AgendaItemId,
    vote: Vote,
    comment: Option<String>,
) -> Result<AgendaItemId, Stop> {
    let comment = prepared_comment(comment)?;
    let (review, entry) = item(w, id).await?;
    is_open(&review, "item")?;
    let refused = |about: Saying| Stop::from(Problem::not_allowed("item", about.into()));
    if entry.position == 0 {
        return Err(refused(Saying::Dropped));
    }
    if entry.decision.is_some() {
        return Err(refused(Saying::VotesDecided));
    }
    if entry.item.votes_closed_at.is_some() {
        return Err(refused(Saying::VotesClosed));
    }
    if entry.has_conflict {
        return Err(refused(Saying::HasConflict));
    }
    let by: UserId = w.viewer.user_id;
    if !entry.voters.contains(&by) {
        return Err(refused(Saying::NotAVoter));
    }
    let before = entry.ballots.iter().find(|ballot| ballot.by == by);
    if before.is_some_and(|ballot| ballot.vote == vote && ballot.comment == comment) {
        return Ok(id);
    }
    storage::review::put_items(&w.tx, std::slice::from_ref(&entry.item)).await?;
    let ballot = Ballot {
        by,
        vote,
        comment,
        at: w.now,
    };
    storage::review::put_ballot(&w.tx, id, &ballot).await?;
    let told = |ballot: &Ballot| {
        if entry.is_sealed {
            // What it says is told when voting is closed.
            json!({ "voted": true })
        } else {
            json!({ "vote": ballot.vote, "comment": ballot.comment })
        }
    };
    let (before, after) = (before.map(told), told(&ballot));
    record_item(w, &entry.item, entry.deal.startup_id, before, after);
    Ok(id)
}

async fn close_votes(w: &mut Write, id: AgendaItemId) -> Result<AgendaItemId, Stop> {
    let (review, entry) = item(w, id).await?;
    is_open(&review, "item")?;
    is_run(w, &review, "item")?;
    if entry.item.votes_closed_at.is_some() {
        return Ok(id);
    }
    seal(w, &[entry]).await?;
    Ok(id)
}

/// Closes voting on items, and tells in the activity how everybody voted.
pub(super) async fn seal(w: &mut Write, entries: &[Entry]) -> Result<(), Stop> {
    let at = w.now;
    let closed: Vec<AgendaItem> = entries
        .iter()
        .map(|entry| AgendaItem {
            votes_closed_at: Some(at),
            ..entry.item.clone()
        })
        .collect();
    storage::review::put_items(&w.tx, &closed).await?;
    for (entry, new) in entries.iter().zip(&closed) {
        let before = json!({ "votesClosedAt": null });
        let after = json!({ "votesClosedAt": at, "votes": entry.ballots });
        record_item(w, new, entry.deal.startup_id, Some(before), after);
    }
    Ok(())
}

/// A conflict can be found until the meeting is over. Votes that are closed by then stay as they were cast, but that of whoever
/// has the conflict counts for nothing, unless it was decided on before.
async fn declare_conflict(w: &mut Write, id: AgendaItemId, has: bool) -> Result<AgendaItemId, Stop> {
    let (review, entry) = item(w, id).await?;
    is_open(&review, "item")?;
    let by = w.viewer.user_id;
    let decided_at = entry.decision.as_ref().map(|decision| decision.at);
    let settled_at = decided_at.max(entry.item.votes_closed_at);
    if !has && let Some(settled_at) = settled_at {
        // What was voted and decided without somebody is not voted and decided with them afterwards.
        let known = storage::review::conflicts(&w.tx, &[id]).await?;
        let of_item = known.get(&id).map_or(&[][..], Vec::as_slice);
        if of_item.iter().any(|(user, at)| *user == by && *at <= settled_at) {
            return Err(Problem::not_allowed("item", Saying::VotesClosed.into()).into());
        }
    }
    storage::review::put_items(&w.tx, std::slice::from_ref(&entry.item)).await?;
    if !storage::review::set_conflict(&w.tx, id, by, has, w.now).await? {
        return Ok(id);
    }
    if has && settled_at.is_none() {
        storage::review::delete_ballot(&w.tx, id, by).await?;
    }
    let (before, after) = (json!({ "hasConflict": !has }), json!({ "hasConflict": has }));
    record_item(w, &entry.item, entry.deal.startup_id, Some(before), after);
    Ok(id)
}

async fn amend(w: &mut Write, id: ReviewId, text: String) -> Result<ReviewId, Stop> {
    let text = prepared_amendment(&text)?;
    let review = locked(w, "id", id).await?;
    is(&review, ReviewStatus::Closed, "id")?;
    let amendment = Amendment {
        text,
        by: w.by,
        at: w.now,
    };
    let new = w.new_id::<ReviewAmendmentTag>();
    storage::review::insert_amendment(&w.tx, new, id, &amendment).await?;
    record(w, id, None, json!({ "amendment": amendment.text }));
    Ok(id)
}
