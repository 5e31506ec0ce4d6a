//! What meetings decided.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{AgendaItemId, Instant, ReviewDecisionId, review::Decision, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::word;
use crate::{Error, Reader, sql::Sql};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    item_id: Uuid,
    kind: String,
    stage_id: Option<Uuid>,
    pass_reason: Option<String>,
    revisit_on: Option<NaiveDate>,
    rationale: String,
    outcome: Option<String>,
    by: Option<Uuid>,
    at: Instant,
    change_id: Option<Uuid>,
    undone_at: Option<Instant>,
}

impl Row {
    fn read(self) -> Result<Decision, Error> {
        const TABLE: &str = "review_decision";
        let Self {
            id,
            item_id,
            kind,
            stage_id,
            pass_reason,
            revisit_on,
            rationale,
            outcome,
            by,
            at,
            change_id,
            undone_at,
        } = self;
        Ok(Decision {
            id: typed(id),
            item_id: typed(item_id),
            kind: word(TABLE, &kind)?,
            stage_id: stage_id.map(typed),
            pass_reason: pass_reason.map(|code| word(TABLE, &code)).transpose()?,
            revisit_on,
            rationale,
            outcome: outcome.map(|code| word(TABLE, &code)).transpose()?,
            by: by.map(typed),
            at,
            change_id: change_id.map(typed),
            undone_at,
        })
    }
}

/// The decisions about these items that stand.
pub async fn decisions(
    db: &impl Reader,
    items: &[AgendaItemId],
) -> Result<HashMap<AgendaItemId, Decision>, Error> {
    let mut sql = Sql::new("select x.* from review_decision x where x.undone_at is null and ");
    sql.one_of("x.item_id", items);
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            let decision = row.read()?;
            Ok((decision.item_id, decision))
        })
        .collect()
}

/// Adds a decision.
pub async fn insert_decision(db: &impl Reader, decision: &Decision) -> Result<(), Error> {
    let Decision {
        id,
        item_id,
        kind,
        stage_id,
        pass_reason,
        revisit_on,
        rationale,
        outcome,
        by,
        at,
        change_id,
        undone_at: _,
    } = decision.clone();
    let mut sql = Sql::new(
        "insert into review_decision (id, item_id, kind, stage_id, pass_reason, revisit_on, rationale, outcome, by, at, change_id) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(item_id.uuid(), "")
        .push(", ")
        .bind(kind.code(), "");
    sql.push(", ").bind(stage_id.map(|id| id.uuid()), "::uuid");
    sql.push(", ").bind(pass_reason.map(|word| word.code()), "::text");
    sql.push(", ")
        .bind(revisit_on, "::date")
        .push(", ")
        .bind(rationale, "");
    sql.push(", ").bind(outcome.map(|word| word.code()), "::text");
    sql.push(", ")
        .bind(by.map(|id| id.uuid()), "::uuid")
        .push(", ")
        .bind(at, "");
    sql.push(", ")
        .bind(change_id.map(|id| id.uuid()), "::uuid")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Takes a decision back.
pub async fn undo_decision(db: &impl Reader, id: ReviewDecisionId, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("update review_decision set undone_at = ");
    sql.bind(now, "").push(" where id = ").bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}
