//! What providers did: recorded, and hidden when that is undone.

use std::collections::HashMap;

use domain::{
    Instant, Message, Problem, ProblemCode, ProviderEventId, ProviderEventTag, ProviderId,
    access::Demand,
    activity::{Change, SubjectType, whole},
    provider::{ProviderEvent, Said},
    typed,
};
use futures::FutureExt;
use serde_json::{Value, json};
use storage::activity::Activity;

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// Events of one provider; beyond it nobody reads them any more.
const EVENTS_LIMIT: usize = 1_000;

impl Caller {
    /// The events with these ids.
    pub async fn provider_events_by_ids(
        &self,
        ids: &[ProviderEventId],
        as_of: Option<Instant>,
    ) -> Result<Vec<ProviderEvent>, Error> {
        self.reader().await?;
        Ok(storage::provider::events_by_ids(&self.db, ids, as_of).await?)
    }
    /// What each of these providers did, the latest first.
    pub async fn provider_events_of(
        &self,
        providers: &[ProviderId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<ProviderId, Vec<ProviderEvent>>, Error> {
        self.reader().await?;
        Ok(storage::provider::events_of(&self.db, providers, as_of).await?)
    }
    /// What providers did by what was recorded after an instant; as of another where one is given, as it was known then.
    pub async fn provider_events_since(
        &self,
        after: Instant,
        as_of: Option<Instant>,
    ) -> Result<Vec<ProviderEvent>, Error> {
        self.reader().await?;
        Ok(storage::provider::events_since(&self.db, after, as_of).await?)
    }
    /// Records what a provider did.
    pub async fn record_provider_event(
        &self,
        provider: ProviderId,
        said: Said,
        path: &str,
    ) -> Result<Outcome<ProviderEventId>, Error> {
        self.write("recordProviderEvent", path, Demand::ANALYST_WRITE, |w| {
            create(w, provider, said.clone()).boxed()
        })
        .await
    }
}

async fn create(w: &mut Write, provider: ProviderId, said: Said) -> Result<ProviderEventId, Stop> {
    let said = said.prepared()?;
    let provider = storage::provider::lock(&w.tx, provider)
        .await?
        .ok_or_else(|| Problem::not_found("provider", provider))?;
    let known = storage::provider::events_of(&w.tx, &[provider.id], None).await?;
    let count = known.values().map(Vec::len).sum::<usize>() + 1;
    if count > EVENTS_LIMIT {
        let limit = EVENTS_LIMIT;
        return Err(Problem::new(ProblemCode::Limit, "provider", Message::TooMany { count, limit }).into());
    }
    // Never known before its provider, whoever's clock is ahead.
    let at = w.now.max(provider.updated_at);
    let event = ProviderEvent {
        id: w.new_id::<ProviderEventTag>(),
        provider_id: provider.id,
        said,
        created_at: at,
        created_by: w.by,
        updated_at: at,
    };
    storage::provider::insert_event(&w.tx, &event).await?;
    let mut after = whole(&event.said);
    if let Some(fields) = after.as_object_mut() {
        fields.insert("providerId".into(), json!(provider.id));
    }
    record(w, &event, None, after);
    Ok(event.id)
}

fn record(w: &mut Write, event: &ProviderEvent, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: SubjectType::ProviderEvent,
        subject_id: event.id.uuid(),
        startup_id: None,
        deal_id: None,
        before,
        after: Some(after),
    });
}

/// Takes back a row about an event: one that was recorded is hidden, one that was hidden is shown again.
pub(crate) async fn undo_event(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: ProviderEventId = typed(row.change.subject_id);
    let nothing = || {
        Stop::from(Problem::new(
            ProblemCode::Conflict,
            "activity",
            Message::NothingToUndo,
        ))
    };
    let (event, is_hidden) = storage::provider::lock_event_even_hidden(&w.tx, id)
        .await?
        .ok_or_else(|| Problem::not_found("activity", row.id))?;
    // What a provider did is not shown without it.
    if storage::provider::lock(&w.tx, event.provider_id).await?.is_none() {
        return Err(nothing());
    }
    let was_hidden = row
        .change
        .before
        .as_ref()
        .is_none_or(|before| before.get("hidden") == Some(&Value::Bool(true)));
    if is_hidden == was_hidden {
        return Err(nothing());
    }
    storage::provider::set_event_hidden(&w.tx, id, was_hidden, w.now).await?;
    record(
        w,
        &event,
        Some(json!({ "hidden": is_hidden })),
        json!({ "hidden": was_hidden }),
    );
    Ok(Vec::new())
}
