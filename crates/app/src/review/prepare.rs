//! Preparing an agenda: items added, dropped, put into order, given minutes. Associates prepare; once the meeting began,
//! whoever runs it does.

use domain::{
    AgendaItemId, DealId, Problem, ReviewId, StartupId, Viewer,
    access::Demand,
    activity::{Change, SubjectType, diff},
    review::{AgendaItem, Review, ReviewStatus, Saying},
};
use futures::FutureExt;
use serde_json::{Value, json};

use super::{
    agenda::{Entry, Look},
    is_open, locked, no_item,
};
use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// A change of an item: a field left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ItemEdit {
    /// Minutes; `Some(None)`: its share of what is left.
    pub planned_minutes: Option<Option<i32>>,
    /// Whether it is dropped.
    pub dropped: Option<bool>,
}

impl Caller {
    /// Adds a deal to an agenda, or brings back one that was dropped.
    pub async fn add_agenda_item(
        &self,
        review: ReviewId,
        deal: DealId,
        planned_minutes: Option<i32>,
        path: &str,
    ) -> Result<Outcome<AgendaItemId>, Error> {
        self.write("addAgendaItem", path, Demand::ANALYST_WRITE, |w| {
            add(w, review, deal, planned_minutes).boxed()
        })
        .await
    }
    /// Changes what is planned of an item.
    pub async fn update_agenda_item(
        &self,
        id: AgendaItemId,
        edit: ItemEdit,
        path: &str,
    ) -> Result<Outcome<AgendaItemId>, Error> {
        self.write("updateAgendaItem", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, edit.clone()).boxed()
        })
        .await
    }
    /// Puts items first, in this order; what is not named follows by its weight.
    pub async fn order_agenda(
        &self,
        review: ReviewId,
        items: Vec<AgendaItemId>,
        path: &str,
    ) -> Result<Outcome<ReviewId>, Error> {
        self.write("orderAgenda", path, Demand::ANALYST_WRITE, |w| {
            order(w, review, items.clone()).boxed()
        })
        .await
    }
}

/// Whoever changes the agenda of a meeting that began runs it.
fn may_arrange(w: &Write, review: &Review, field: &str) -> Result<(), Stop> {
    is_open(review, field)?;
    if review.status == ReviewStatus::Live && !review.is_run_by(&w.viewer) {
        return Err(Problem::not_allowed(field, Saying::NotRunBy.into()).into());
    }
    Ok(())
}

pub(super) fn record(
    w: &mut Write,
    item: &AgendaItem,
    startup: StartupId,
    before: Option<Value>,
    after: Value,
) {
    w.record(Change {
        subject_type: SubjectType::AgendaItem,
        subject_id: item.id.uuid(),
        startup_id: Some(startup),
        deal_id: Some(item.deal_id),
        before,
        after: Some(after),
    });
}

/// An item with its meeting, which is locked.
pub(super) async fn item(w: &mut Write, id: AgendaItemId) -> Result<(Review, Entry), Stop> {
    let found = look(w).find(&[id]).await?.remove(&id);
    let (review, _) = found.ok_or_else(|| no_item("item", id))?;
    let review = locked(w, "item", review.id).await?;
    let entries = look(w).agenda(&review).await?;
    let entry = entries.into_iter().find(|entry| entry.item.id == id);
    Ok((review, entry.ok_or_else(|| no_item("item", id))?))
}

pub(super) fn look(w: &Write) -> Look<'_, storage::Transaction> {
    look_as(w, &w.viewer)
}

/// How another looks at agendas within the caller's operation.
pub(super) fn look_as<'a>(w: &'a Write, viewer: &'a Viewer) -> Look<'a, storage::Transaction> {
    Look {
        app: &w.app,
        db: &w.tx,
        viewer,
        now: w.now,
    }
}

fn check_minutes(minutes: Option<i32>) -> Result<(), Stop> {
    if let Some(value) = minutes
        && !(0..=1_440).contains(&value)
    {
        let message = domain::Message::NotBetween {
            value: value.into(),
            low: 0.into(),
            high: 1_440.into(),
        };
        return Err(Problem::invalid("plannedMinutes", message).into());
    }
    Ok(())
}

async fn add(
    w: &mut Write,
    review: ReviewId,
    deal: DealId,
    planned_minutes: Option<i32>,
) -> Result<AgendaItemId, Stop> {
    check_minutes(planned_minutes)?;
    let review = locked(w, "review", review).await?;
    may_arrange(w, &review, "review")?;
    let found = storage::deal::by_ids(&w.tx, &w.viewer, &[deal], None).await?;
    let deal = found
        .into_iter()
        .next()
        .ok_or_else(|| Problem::not_found("deal", deal))?;
    let entries = look(w).agenda(&review).await?;
    let here = entries.into_iter().find(|entry| entry.deal.id == deal.id);
    if here
        .as_ref()
        .is_some_and(|entry| entry.position > 0 && entry.item.is_added)
    {
        return Err(Problem::new(domain::ProblemCode::Taken, "deal", Saying::OnAgenda.into()).into());
    }
    let old = here.map_or_else(|| AgendaItem::new(review.id, deal.id), |entry| entry.item);
    let mut new = AgendaItem {
        is_added: true,
        dropped_at: None,
        planned_minutes: planned_minutes.or(old.planned_minutes),
        ..old.clone()
    };
    if review.status == ReviewStatus::Live && new.weight.is_none() {
        // Its reasons are those of now: somebody added it.
        new.reasons = vec![domain::review::Reason::Added];
        new.weight = Some(domain::review::weight(&new.reasons));
    }
    storage::review::put_items(&w.tx, std::slice::from_ref(&new)).await?;
    let after = json!({ "review": review.id, "added": true, "plannedMinutes": new.planned_minutes });
    record(w, &new, deal.startup_id, None, after);
    Ok(new.id)
}

/// What was decided stays on the agenda, and so does what is talked or voted about: packet and minutes tell of nothing that
/// was dropped.
fn may_drop(review: &Review, entry: &Entry) -> Result<(), Stop> {
    let is_live = review.status == ReviewStatus::Live;
    let about = if entry.decision.is_some() {
        Saying::DropsDecided
    } else if is_live && !entry.ballots.is_empty() {
        Saying::DropsVoted
    } else if is_live && review.current_item == Some(entry.item.id) {
        Saying::DropsPresented
    } else {
        return Ok(());
    };
    Err(Problem::not_allowed("item", about.into()).into())
}

async fn update(w: &mut Write, id: AgendaItemId, edit: ItemEdit) -> Result<AgendaItemId, Stop> {
    check_minutes(edit.planned_minutes.flatten())?;
    let (review, entry) = item(w, id).await?;
    may_arrange(w, &review, "item")?;
    if edit.dropped == Some(true) && entry.item.dropped_at.is_none() {
        may_drop(&review, &entry)?;
    }
    let old = entry.item;
    let mut new = old.clone();
    new.planned_minutes = edit.planned_minutes.unwrap_or(new.planned_minutes);
    match edit.dropped {
        Some(true) if old.dropped_at.is_none() => new.dropped_at = Some(w.now),
        Some(false) => new.dropped_at = None,
        _ => {}
    }
    let Some((before, after)) = diff(&old, &new) else {
        return Ok(id);
    };
    storage::review::put_items(&w.tx, std::slice::from_ref(&new)).await?;
    record(w, &new, entry.deal.startup_id, Some(before), after);
    Ok(id)
}

async fn order(w: &mut Write, review: ReviewId, items: Vec<AgendaItemId>) -> Result<ReviewId, Stop> {
    let review = locked(w, "review", review).await?;
    may_arrange(w, &review, "review")?;
    let entries = look(w).agenda(&review).await?;
    let mut put = Vec::new();
    for (n, id) in items.iter().enumerate() {
        let field = format!("items.{n}");
        if items[..n].contains(id) {
            let value = id.to_string();
            return Err(Problem::invalid(&field, domain::Message::Duplicate { value }).into());
        }
        let entry = entries
            .iter()
            .find(|entry| entry.item.id == *id && entry.position > 0)
            .ok_or_else(|| no_item(&field, *id))?;
        put.push((entry, i32::try_from(n).ok()));
    }
    // What was in an order before and is not named now follows its weight again.
    let others = entries
        .iter()
        .filter(|entry| entry.item.rank.is_some() && !items.contains(&entry.item.id))
        .map(|entry| (entry, None));
    let mut changed = Vec::new();
    for (entry, rank) in put.into_iter().chain(others) {
        if entry.item.rank == rank {
            continue;
        }
        let new = AgendaItem {
            rank,
            ..entry.item.clone()
        };
        let (before, after) = (json!({ "rank": entry.item.rank }), json!({ "rank": rank }));
        record(w, &new, entry.deal.startup_id, Some(before), after);
        changed.push(new);
    }
    storage::review::put_items(&w.tx, &changed).await?;
    Ok(review.id)
}
