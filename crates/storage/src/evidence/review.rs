//! Reviews of evidence: of given records, and of the whole ledger.

use std::collections::HashMap;

use domain::{
    EvidenceId, Instant, UserId,
    evidence::{EvidenceReview, Grade},
    typed,
};

use crate::{
    Error, Reader,
    entity::evidence_review,
    page::{Key, Page, Place, Slice},
    sql::Sql,
};

fn read(row: evidence_review::Model) -> Result<EvidenceReview, Error> {
    let evidence_review::Model {
        id,
        evidence_id,
        from_grade,
        to_grade,
        recorded_at,
        by,
        checked,
    } = row;
    Ok(EvidenceReview {
        id: typed(id),
        evidence_id: typed(evidence_id),
        from: Error::row("evidence_review", id, from_grade.parse())?,
        to: Error::row("evidence_review", id, to_grade.parse())?,
        at: recorded_at,
        by: by.map(typed),
        checked,
    })
}

/// The reviews of these records, oldest first.
pub async fn reviews(
    db: &impl Reader,
    ids: &[EvidenceId],
    as_of: Option<Instant>,
) -> Result<HashMap<EvidenceId, Vec<EvidenceReview>>, Error> {
    let mut sql = Sql::new("select * from evidence_review where ");
    sql.one_of("evidence_id", ids);
    if let Some(at) = as_of {
        sql.push(" and recorded_at <= ").bind(at, "");
    }
    sql.push(" order by evidence_id, recorded_at");
    let mut found: HashMap<EvidenceId, Vec<EvidenceReview>> = HashMap::new();
    for row in sql.all::<evidence_review::Model>(db).await? {
        let review = read(row)?;
        found.entry(review.evidence_id).or_default().push(review);
    }
    Ok(found)
}

/// Which reviews to read: recorded in this span, both ends in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct ReviewFilter {
    pub from: Instant,
    pub to: Instant,
    /// The grades that they gave; any if empty.
    pub grades: Vec<Grade>,
    pub by: Option<UserId>,
}

const LEDGER: &str = " from evidence_review r join evidence e on e.id = r.evidence_id join startup s on s.id = e.startup_id where s.hidden_at is null";

fn narrow(sql: &mut Sql, filter: &ReviewFilter) {
    let ReviewFilter { from, to, grades, by } = filter;
    sql.push(" and r.recorded_at >= ")
        .bind(*from, "")
        .push(" and r.recorded_at <= ")
        .bind(*to, "");
    if !grades.is_empty() {
        let grades: Vec<String> = grades.iter().map(|g| g.code().to_owned()).collect();
        sql.push(" and r.to_grade = any(")
            .bind(grades, "::text[]")
            .push(")");
    }
    if let Some(by) = by {
        sql.push(" and r.by = ").bind(by.uuid(), "");
    }
}

/// Where among the reviews of the ledger (newest first) one stands.
pub fn review_place(review: &EvidenceReview) -> Place {
    Place {
        key: Key::Instant(review.at),
        id: review.id.uuid(),
    }
}

/// A page of the reviews of the whole ledger, newest first. Served by `evidence_review_recorded`.
pub async fn review_list(
    db: &impl Reader,
    filter: &ReviewFilter,
    page: &Page,
) -> Result<Slice<EvidenceReview>, Error> {
    let mut sql = Sql::new("select r.*");
    sql.push(LEDGER);
    narrow(&mut sql, filter);
    page.append(&mut sql, "r.recorded_at", "r.id", true);
    let rows = sql
        .all::<evidence_review::Model>(db)
        .await?
        .into_iter()
        .map(read)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(page.slice(rows))
}

/// How many reviews the filter leaves.
pub async fn review_count(db: &impl Reader, filter: &ReviewFilter) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n");
    sql.push(LEDGER);
    narrow(&mut sql, filter);
    sql.count(db).await
}
