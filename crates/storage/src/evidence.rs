//! The ledger of evidence: appended, reviewed, superseded, retracted; read as known at an instant.

mod review;

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    EvidenceId, Instant, StartupId, UserId,
    evidence::{Evidence, EvidenceKind, EvidenceReview, Grade, Observation},
    money::Currency,
    typed,
};
use sea_orm::{ActiveValue::Set, EntityTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error, Reader,
    entity::{evidence, evidence_review},
    page::{Key, Page, Place, Slice},
    position::by_position,
    search::{self, Indexed},
    sql::Sql,
};

pub use review::{ReviewFilter, review_count, review_list, review_place, reviews};

by_position!(
    evidence,
    "e",
    [
        id,
        startup_id,
        origin_startup_id,
        kind,
        value,
        qualifier,
        as_found,
        currency,
        revenue_basis,
        activity_window,
        horizon_days,
        sample_size,
        segment,
        period_start,
        observed_on,
        precision,
        valid_until,
        entered_grade,
        grade,
        source,
        supplied_by,
        source_url,
        document_ids,
        note,
        supersedes,
        recorded_at,
        recorded_by,
        retracted_at,
        retracted_by,
        retraction_reason,
    ]
);

fn read(row: evidence::Model) -> Result<Evidence, Error> {
    let evidence::Model {
        id,
        startup_id,
        origin_startup_id: _,
        kind,
        value,
        qualifier,
        as_found,
        currency,
        revenue_basis,
        activity_window,
        horizon_days,
        sample_size,
        segment,
        period_start,
        observed_on,
        precision,
        valid_until,
        entered_grade,
        grade,
        source,
        supplied_by,
        source_url,
        document_ids,
        note,
        supersedes,
        recorded_at,
        recorded_by,
        retracted_at,
        retracted_by: _,
        retraction_reason,
    } = row;
    Ok(Evidence {
        id: typed(id),
        startup_id: typed(startup_id),
        observation: Observation {
            kind: Error::row("evidence", id, kind.parse())?,
            value: value.map(|v| v.normalize()),
            qualifier: Error::row("evidence", id, qualifier.parse())?,
            as_found,
            currency: currency
                .map(|code| Currency::parse(&code).ok_or_else(|| code.clone()))
                .transpose()
                .map_err(|reason| Error::Row {
                    table: "evidence",
                    id: id.to_string(),
                    reason,
                })?,
            revenue_basis: revenue_basis
                .map(|w| Error::row("evidence", id, w.parse()))
                .transpose()?,
            window: activity_window
                .map(|w| Error::row("evidence", id, w.parse()))
                .transpose()?,
            horizon_days,
            sample_size,
            segment,
            period_start,
            observed_on,
            precision: Error::row("evidence", id, precision.parse())?,
            valid_until,
            source: Error::row("evidence", id, source.parse())?,
            supplied_by,
            source_url,
            document_ids: document_ids.into_iter().map(typed).collect(),
            note,
        },
        entered_grade: Error::row("evidence", id, entered_grade.parse())?,
        grade: Error::row("evidence", id, grade.parse())?,
        supersedes: supersedes.map(typed),
        recorded_at,
        recorded_by: recorded_by.map(typed),
        retracted_at,
        retraction_reason,
    })
}

/// Appends a record.
pub async fn insert(db: &impl Reader, record: &Evidence) -> Result<(), Error> {
    let Evidence {
        id,
        startup_id,
        observation,
        entered_grade,
        grade,
        supersedes,
        recorded_at,
        recorded_by,
        retracted_at,
        retraction_reason,
    } = record.clone();
    let Observation {
        kind,
        value,
        qualifier,
        as_found,
        currency,
        revenue_basis,
        window,
        horizon_days,
        sample_size,
        segment,
        period_start,
        observed_on,
        precision,
        valid_until,
        source,
        supplied_by,
        source_url,
        document_ids,
        note,
    } = observation;
    let row = evidence::ActiveModel {
        id: Set(id.uuid()),
        startup_id: Set(startup_id.uuid()),
        origin_startup_id: Set(startup_id.uuid()),
        kind: Set(kind.code().to_owned()),
        value: Set(value),
        qualifier: Set(qualifier.code().to_owned()),
        as_found: Set(as_found),
        currency: Set(currency.map(|c| c.code().to_owned())),
        revenue_basis: Set(revenue_basis.map(|w| w.code().to_owned())),
        activity_window: Set(window.map(|w| w.code().to_owned())),
        horizon_days: Set(horizon_days),
        sample_size: Set(sample_size),
        segment: Set(segment),
        period_start: Set(period_start),
        observed_on: Set(observed_on),
        precision: Set(precision.code().to_owned()),
        valid_until: Set(valid_until),
        entered_grade: Set(entered_grade.code().to_owned()),
        grade: Set(grade.code().to_owned()),
        source: Set(source.code().to_owned()),
        supplied_by: Set(supplied_by),
        source_url: Set(source_url),
        document_ids: Set(document_ids.into_iter().map(|d| d.uuid()).collect()),
        note: Set(note),
        supersedes: Set(supersedes.map(|e| e.uuid())),
        recorded_at: Set(recorded_at),
        recorded_by: Set(recorded_by.map(|u| u.uuid())),
        retracted_at: Set(retracted_at),
        retracted_by: Set(None),
        retraction_reason: Set(retraction_reason),
    };
    evidence::Entity::insert(row).exec_without_returning(db).await?;
    search::refresh(db, Indexed::Evidence, &[record.id.uuid()]).await
}

/// Appends a review and makes its grade the record's newest.
pub async fn insert_review(db: &impl Reader, review: &EvidenceReview) -> Result<(), Error> {
    let EvidenceReview {
        id,
        evidence_id,
        from,
        to,
        at,
        by,
        checked,
    } = review.clone();
    let row = evidence_review::ActiveModel {
        id: Set(id.uuid()),
        evidence_id: Set(evidence_id.uuid()),
        from_grade: Set(from.code().to_owned()),
        to_grade: Set(to.code().to_owned()),
        recorded_at: Set(at),
        by: Set(by.map(|u| u.uuid())),
        checked: Set(checked),
    };
    evidence_review::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    let mut sql = Sql::new("update evidence set grade = ");
    sql.bind(to.code(), "")
        .push(" where id = ")
        .bind(evidence_id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}

/// Retracts a record.
pub async fn retract(
    db: &impl Reader,
    id: EvidenceId,
    at: Instant,
    by: UserId,
    reason: &str,
) -> Result<(), Error> {
    let mut sql = Sql::new("update evidence set retracted_at = ");
    sql.bind(at, "")
        .push(", retracted_by = ")
        .bind(by.uuid(), "")
        .push(", retraction_reason = ")
        .bind(reason, "");
    sql.push(" where id = ").bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh(db, Indexed::Evidence, &[id.uuid()]).await
}

/// Appends where records come from: those known at an instant, of startups that were not hidden then (now: as both
/// stand), so that further conditions follow with `and`.
fn push_source(sql: &mut Sql, as_of: Option<Instant>) {
    let Some(at) = as_of else {
        sql.push(" from evidence e join startup s on s.id = e.startup_id where s.hidden_at is null");
        return;
    };
    sql.push(" from evidence e join startup_version s on s.startup_id = e.startup_id and s.known_from <= ")
        .bind(at, "")
        .push(" and (s.known_until is null or s.known_until > ")
        .bind(at, "")
        .push(") where s.hidden_at is null and e.recorded_at <= ")
        .bind(at, "");
}

/// The columns of a record in the order of `COLUMNS`, with grade and retraction as known at an instant (now: as they stand).
fn select(as_of: Option<Instant>) -> Sql {
    let Some(at) = as_of else {
        let mut sql = Sql::new("select ");
        sql.push(COLUMNS);
        push_source(&mut sql, None);
        return sql;
    };
    let mut sql = Sql::new(
        "select e.id, e.startup_id, e.origin_startup_id, e.kind, e.value, e.qualifier, e.as_found, e.currency, e.revenue_basis, e.activity_window, \
         e.horizon_days, e.sample_size, e.segment, e.period_start, e.observed_on, e.precision, e.valid_until, e.entered_grade, \
         coalesce((select r.to_grade from evidence_review r where r.evidence_id = e.id and r.recorded_at <= ",
    );
    sql.bind(at, "").push(" order by r.recorded_at desc limit 1), e.entered_grade) as grade, e.source, e.supplied_by, e.source_url, e.document_ids, \
              e.note, e.supersedes, e.recorded_at, e.recorded_by, case when e.retracted_at <= ");
    sql.bind(at, "")
        .push(" then e.retracted_at end as retracted_at, case when e.retracted_at <= ");
    sql.bind(at, "")
        .push(" then e.retracted_by end as retracted_by, case when e.retracted_at <= ");
    sql.bind(at, "")
        .push(" then e.retraction_reason end as retraction_reason");
    push_source(&mut sql, as_of);
    sql
}

/// By what the ledger is narrowed. As the API has it: without being asked for, neither the retracted nor the
/// superseded are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Filter {
    pub kinds: Vec<EvidenceKind>,
    pub grades: Vec<Grade>,
    pub observed_from: Option<NaiveDate>,
    pub observed_to: Option<NaiveDate>,
    pub include_retracted: bool,
    pub include_superseded: bool,
    pub as_of: Option<Instant>,
}

fn narrow(sql: &mut Sql, filter: &Filter) {
    let Filter {
        kinds,
        grades,
        observed_from,
        observed_to,
        include_retracted,
        include_superseded,
        as_of,
    } = filter;
    if !kinds.is_empty() {
        sql.push(" and e.kind = any(")
            .bind(
                kinds.iter().map(|k| k.code().to_owned()).collect::<Vec<_>>(),
                "::text[]",
            )
            .push(")");
    }
    if !grades.is_empty() {
        let grades: Vec<String> = grades.iter().map(|g| g.code().to_owned()).collect();
        match as_of {
            None => {
                sql.push(" and e.grade = any(").bind(grades, "::text[]").push(")");
            }
            Some(at) => {
                sql.push(" and coalesce((select r.to_grade from evidence_review r where r.evidence_id = e.id and r.recorded_at <= ").bind(*at, "");
                sql.push(" order by r.recorded_at desc limit 1), e.entered_grade) = any(")
                    .bind(grades, "::text[]")
                    .push(")");
            }
        }
    }
    for (than, day) in [(">=", observed_from), ("<=", observed_to)] {
        if let Some(day) = day {
            sql.push(&format!(" and e.observed_on {than} ")).bind(*day, "");
        }
    }
    if !include_retracted {
        match as_of {
            None => sql.push(" and e.retracted_at is null"),
            Some(at) => sql
                .push(" and (e.retracted_at is null or e.retracted_at > ")
                .bind(*at, "")
                .push(")"),
        };
    }
    if !include_superseded {
        sql.push(" and not exists (select from evidence n where n.supersedes = e.id");
        match as_of {
            None => sql.push(" and n.retracted_at is null)"),
            Some(at) => sql
                .push(" and n.recorded_at <= ")
                .bind(*at, "")
                .push(" and (n.retracted_at is null or n.retracted_at > ")
                .bind(*at, "")
                .push("))"),
        };
    }
}

/// Where in the ledger's order (newest observed first) a record stands.
pub fn place(record: &Evidence) -> Place {
    Place {
        key: Key::Day(Some(record.observation.observed_on)),
        id: record.id.uuid(),
    }
}

/// A page of the whole ledger.
pub async fn list(db: &impl Reader, filter: &Filter, page: &Page) -> Result<Slice<Evidence>, Error> {
    let mut sql = select(filter.as_of);
    narrow(&mut sql, filter);
    page.append(&mut sql, "e.observed_on", "e.id", true);
    Ok(page.slice(sql.each(db, |row| read(model(row)?)).await?))
}

/// How many records the filter leaves, in the whole ledger.
pub async fn count(db: &impl Reader, filter: &Filter) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n");
    push_source(&mut sql, filter.as_of);
    narrow(&mut sql, filter);
    sql.count(db).await
}

/// The same page of each of several startups, in one statement.
pub async fn pages_of(
    db: &impl Reader,
    startups: &[StartupId],
    filter: &Filter,
    page: &Page,
) -> Result<HashMap<StartupId, Slice<Evidence>>, Error> {
    let mut sql = Sql::new("select x.* from ");
    sql.owners(startups).push(" cross join lateral (");
    // The inner statement is bound by number after the outer's: write it through the same builder.
    sql.append(select(filter.as_of));
    sql.push(" and e.startup_id = owner.id");
    narrow(&mut sql, filter);
    page.append(&mut sql, "e.observed_on", "e.id", true);
    sql.push(") x");
    let mut found: HashMap<StartupId, Vec<Evidence>> = HashMap::new();
    for record in sql.each(db, |row| read(model(row)?)).await? {
        found.entry(record.startup_id).or_default().push(record);
    }
    Ok(found
        .into_iter()
        .map(|(id, rows)| (id, page.slice(rows)))
        .collect())
}

/// How many records of each startup the filter leaves, in one statement.
pub async fn counts_of(
    db: &impl Reader,
    startups: &[StartupId],
    filter: &Filter,
) -> Result<HashMap<StartupId, i64>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        startup_id: Uuid,
        n: i64,
    }
    let mut sql = Sql::new("select e.startup_id, count(*) as n");
    push_source(&mut sql, filter.as_of);
    sql.push(" and ").one_of("e.startup_id", startups);
    narrow(&mut sql, filter);
    sql.push(" group by e.startup_id");
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| (typed(row.startup_id), row.n))
        .collect())
}

/// The records with these ids, retracted ones too; those not yet known at the instant left out.
pub async fn by_ids(
    db: &impl Reader,
    ids: &[EvidenceId],
    as_of: Option<Instant>,
) -> Result<Vec<Evidence>, Error> {
    let mut sql = select(as_of);
    sql.push(" and ").one_of("e.id", ids);
    sql.each(db, |row| read(model(row)?)).await
}

/// Which record supersedes each of these, if any does.
pub async fn superseded_by(
    db: &impl Reader,
    ids: &[EvidenceId],
    as_of: Option<Instant>,
) -> Result<HashMap<EvidenceId, EvidenceId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        supersedes: Uuid,
        id: Uuid,
    }
    let mut sql = Sql::new("select supersedes, id from evidence where ");
    sql.one_of("supersedes", ids);
    match as_of {
        None => sql.push(" and retracted_at is null"),
        Some(at) => sql
            .push(" and recorded_at <= ")
            .bind(at, "")
            .push(" and (retracted_at is null or retracted_at > ")
            .bind(at, "")
            .push(")"),
    };
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| (typed(row.supersedes), typed(row.id)))
        .collect())
}
