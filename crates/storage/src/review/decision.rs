//! What meetings decided.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AgendaItemId, DealId, Instant, ReviewDecisionId, ReviewId, StartupId, Viewer,
    review::{Decision, DecisionKind, ReviewKind},
    typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::word;
use crate::{
    Error, Reader,
    access::push_visible,
    page::{Page, Slice},
    sql::Sql,
};

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

/// Which decisions are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "None asks for all")]
pub struct DecisionFilter {
    pub kind: Option<DecisionKind>,
    pub review_kind: Option<ReviewKind>,
    pub from: Option<Instant>,
    pub to: Option<Instant>,
}

/// A decision with what it was about.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "they are what they are called")]
pub struct Decided {
    pub decision: Decision,
    pub review: ReviewId,
    pub deal: DealId,
    pub startup: StartupId,
}

#[derive(FromQueryResult)]
struct About {
    review: Uuid,
    deal: Uuid,
    startup: Uuid,
}

fn push_decided(sql: &mut Sql, viewer: &Viewer, filter: DecisionFilter) {
    sql.push(
        " from review_decision x join review_item i on i.id = x.item_id join review r on r.id = i.review_id join deal d on d.id = i.deal_id \
         where x.undone_at is null and r.hidden_at is null and d.hidden_at is null and ",
    );
    push_visible(sql, viewer, "d");
    if let Some(kind) = filter.kind {
        sql.push(" and x.kind = ").bind(kind.code(), "");
    }
    if let Some(kind) = filter.review_kind {
        sql.push(" and r.kind = ").bind(kind.code(), "");
    }
    if let Some(from) = filter.from {
        sql.push(" and x.at >= ").bind(from, "");
    }
    if let Some(to) = filter.to {
        sql.push(" and x.at <= ").bind(to, "");
    }
}

/// A page of decisions that stand about deals that the viewer sees, the latest first. Served by `review_decision_at`.
pub async fn decided(
    db: &impl Reader,
    viewer: &Viewer,
    filter: DecisionFilter,
    page: &Page,
) -> Result<Slice<Decided>, Error> {
    let mut sql = Sql::new("select x.*, i.review_id as review, i.deal_id as deal, d.startup_id as startup");
    push_decided(&mut sql, viewer, filter);
    page.append(&mut sql, "x.at", "x.id", true);
    let rows = sql.each(db, |row| {
        let About {
            review,
            deal,
            startup,
        } = About::from_query_result(row, "")?;
        Ok(Decided {
            decision: Row::from_query_result(row, "")?.read()?,
            review: typed(review),
            deal: typed(deal),
            startup: typed(startup),
        })
    });
    Ok(page.slice(rows.await?))
}

/// How many decisions the filter leaves.
pub async fn decided_count(db: &impl Reader, viewer: &Viewer, filter: DecisionFilter) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n");
    push_decided(&mut sql, viewer, filter);
    sql.count(db).await
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
