//! Outcomes of mutations under a key, so that a repeated request is answered, not carried out again.

use domain::{Instant, UserId};
use sea_orm::FromQueryResult;
use serde_json::Value;

use crate::{Error, Reader, sql::Sql};

/// Where an outcome is kept: whose, under which key, of which mutation of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Whose key.
    pub user: UserId,
    /// The Idempotency-Key.
    pub key: String,
    /// The response key of the mutation in its document.
    pub path: String,
    /// Of the request's body.
    pub request_sha256: [u8; 32],
}

/// What is found under a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Nothing: it is ours now.
    Fresh,
    /// The outcome of the first time.
    Done(Value),
    /// The key was used with another request.
    Other,
}

/// How long an outcome is kept, in hours.
pub const KEPT_HOURS: i64 = 24;

/// Takes the slot, or reads what is kept in it. Waits for a transaction that holds it.
pub async fn claim(db: &impl Reader, slot: &Slot, now: Instant) -> Result<Found, Error> {
    #[derive(FromQueryResult)]
    struct Kept {
        request_sha256: Vec<u8>,
        outcome: Option<Value>,
    }
    let mut sql = Sql::new("insert into idempotency as i (user_id, key, path, request_sha256, at) values (");
    sql.bind(slot.user.uuid(), "")
        .push(", ")
        .bind(slot.key.clone(), "")
        .push(", ")
        .bind(slot.path.clone(), "")
        .push(", ");
    sql.bind(slot.request_sha256.to_vec(), "")
        .push(", ")
        .bind(now, "")
        .push(") on conflict (user_id, key, path) do update ");
    sql.push("set request_sha256 = excluded.request_sha256, outcome = null, at = excluded.at where i.at < ");
    sql.bind(now - chrono::TimeDelta::hours(KEPT_HOURS), "");
    if sql.run(db).await? == 1 {
        return Ok(Found::Fresh);
    }
    let mut sql = Sql::new("select request_sha256, outcome from idempotency where user_id = ");
    sql.bind(slot.user.uuid(), "")
        .push(" and key = ")
        .bind(slot.key.clone(), "")
        .push(" and path = ")
        .bind(slot.path.clone(), "");
    match sql.one::<Kept>(db).await? {
        Some(kept) if kept.request_sha256 == slot.request_sha256 => {
            Ok(Found::Done(kept.outcome.unwrap_or(Value::Null)))
        }
        Some(_) => Ok(Found::Other),
        None => Ok(Found::Fresh),
    }
}

/// Whether the key was used with another request, under any path.
pub async fn used_otherwise(db: &impl Reader, slot: &Slot, now: Instant) -> Result<bool, Error> {
    // The order makes the primary key the only cheap way. Without it the planner, expecting a match soon where there
    // is hardly ever one, walks every outcome that is kept: milliseconds for each row of an import.
    let mut sql = Sql::new("select 1 from idempotency where user_id = ");
    sql.bind(slot.user.uuid(), "")
        .push(" and key = ")
        .bind(slot.key.clone(), "")
        .push(" and request_sha256 <> ");
    sql.bind(slot.request_sha256.to_vec(), "")
        .push(" and at >= ")
        .bind(now - chrono::TimeDelta::hours(KEPT_HOURS), "")
        .push(" order by path limit 1");
    Ok(sql.row(db).await?.is_some())
}

/// Keeps the outcome, in the transaction that made it.
pub async fn keep(db: &impl Reader, slot: &Slot, outcome: &Value) -> Result<(), Error> {
    let mut sql = Sql::new("update idempotency set outcome = ");
    sql.bind(outcome.clone(), "::jsonb")
        .push(" where user_id = ")
        .bind(slot.user.uuid(), "")
        .push(" and key = ")
        .bind(slot.key.clone(), "");
    sql.push(" and path = ").bind(slot.path.clone(), "");
    sql.run(db).await?;
    Ok(())
}

/// Forgets outcomes that are kept no longer.
pub async fn forget(db: &impl Reader, now: Instant) -> Result<u64, Error> {
    let mut sql = Sql::new("delete from idempotency where at < ");
    sql.bind(now - chrono::TimeDelta::hours(KEPT_HOURS), "");
    sql.run(db).await
}
