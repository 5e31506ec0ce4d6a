//! The rows that the formula reads, with their history: of many startups in five statements.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    EvidenceId, Instant, StartupId,
    assessment::{ChecklistAnswer, DependencyTerms, GradeReview, History, Known, Record, Traits},
    money::Currency,
    startup::{Facts, Need},
    typed,
};
use rust_decimal::Decimal;
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Error, Reader, position::Columns, sql::Sql};

/// Locks the rows of startups, ids ascending, so that what is decided about their figures stays true.
pub async fn lock(db: &impl Reader, ids: &[StartupId]) -> Result<(), Error> {
    let mut sql = Sql::new("select id from startup where ");
    sql.one_of("id", ids).push(" order by id for no key update");
    sql.run(db).await?;
    Ok(())
}

/// All that the formula reads of these startups; of one that is not there, nothing.
pub async fn histories(db: &impl Reader, ids: &[StartupId]) -> Result<HashMap<StartupId, History>, Error> {
    let mut found: HashMap<Uuid, History> = ids.iter().map(|id| (id.uuid(), History::default())).collect();
    let mut reviews: HashMap<EvidenceId, Vec<GradeReview>> = HashMap::new();
    for (record, review) in self::reviews(db, ids).await? {
        reviews.entry(record).or_default().push(review);
    }
    for (startup, mut record) in records(db, ids).await? {
        record.reviews = reviews.remove(&record.id).unwrap_or_default();
        found.entry(startup).or_default().records.push(record);
    }
    for (startup, known) in traits(db, ids).await? {
        found.entry(startup).or_default().traits.push(known);
    }
    for (startup, known) in dependencies(db, ids).await? {
        found.entry(startup).or_default().dependencies.push(known);
    }
    for (startup, known) in checklists(db, ids).await? {
        found.entry(startup).or_default().checklist.push(known);
    }
    Ok(found
        .into_iter()
        .map(|(id, history)| (typed(id), history))
        .collect())
}

/// The ledger: every record, superseded and retracted ones too.
async fn records(db: &impl Reader, ids: &[StartupId]) -> Result<Vec<(Uuid, Record)>, Error> {
    // Served by evidence_startup.
    let mut sql = Sql::new(
        "select e.startup_id, e.id, e.kind, e.value, e.currency, e.revenue_basis, e.activity_window, e.horizon_days, e.sample_size, \
         e.segment, e.observed_on, e.valid_until, e.entered_grade, e.supersedes, e.recorded_at, e.retracted_at from evidence e where ",
    );
    sql.one_of("e.startup_id", ids);
    sql.each(db, |row| {
        let mut row = Columns::of(row)?;
        let startup: Uuid = row.read()?;
        let id: Uuid = row.read()?;
        let record = Record {
            id: typed(id),
            kind: Error::row("evidence", id, row.read::<String>()?.parse())?,
            value: row.read::<Option<Decimal>>()?.map(|value| value.normalize()),
            currency: row
                .read::<Option<String>>()?
                .map(|code| {
                    let currency = Currency::parse(&code);
                    currency.ok_or_else(|| Error::Row {
                        table: "evidence",
                        id: id.to_string(),
                        reason: code,
                    })
                })
                .transpose()?,
            revenue_basis: row
                .read::<Option<String>>()?
                .map(|code| Error::row("evidence", id, code.parse()))
                .transpose()?,
            window: row
                .read::<Option<String>>()?
                .map(|code| Error::row("evidence", id, code.parse()))
                .transpose()?,
            horizon_days: row.read()?,
            sample_size: row.read()?,
            segment: row.read()?,
            observed_on: row.read()?,
            valid_until: row.read()?,
            entered_grade: Error::row("evidence", id, row.read::<String>()?.parse())?,
            supersedes: row.read::<Option<Uuid>>()?.map(typed),
            recorded_at: row.read()?,
            retracted_at: row.read()?,
            reviews: Vec::new(),
        };
        Ok((startup, record))
    })
    .await
}

/// The reviews of the records' grades.
async fn reviews(db: &impl Reader, ids: &[StartupId]) -> Result<Vec<(EvidenceId, GradeReview)>, Error> {
    // Served by evidence_startup and evidence_review_evidence.
    let mut sql = Sql::new(
        "select r.evidence_id, r.id, r.recorded_at, r.to_grade from evidence e join evidence_review r on r.evidence_id = e.id where ",
    );
    sql.one_of("e.startup_id", ids);
    sql.each(db, |row| {
        let mut row = Columns::of(row)?;
        let record: Uuid = row.read()?;
        let id: Uuid = row.read()?;
        let review = GradeReview {
            id: typed(id),
            at: row.read()?,
            to: Error::row("evidence_review", id, row.read::<String>()?.parse())?,
        };
        Ok((typed(record), review))
    })
    .await
}

async fn traits(db: &impl Reader, ids: &[StartupId]) -> Result<Vec<(Uuid, Known<Traits>)>, Error> {
    let mut sql = Sql::new(
        "select v.startup_id, v.known_from, v.known_until, v.layer, v.technical_route, v.facts, v.need, v.product_launched_on \
         from startup_version v where ",
    );
    sql.one_of("v.startup_id", ids);
    sql.each(db, |row| {
        let mut row = Columns::of(row)?;
        let id: Uuid = row.read()?;
        let from: Instant = row.read()?;
        let until: Option<Instant> = row.read()?;
        let layer: Option<String> = row.read()?;
        let route: String = row.read()?;
        let Json(facts) = row.read::<Json<Facts>>()?;
        let Json(need) = row.read::<Json<Need>>()?;
        let product_launched_on: Option<NaiveDate> = row.read()?;
        let layer = layer
            .map(|code| Error::row("startup_version", id, code.parse()))
            .transpose()?;
        let route = Error::row("startup_version", id, route.parse())?;
        let what = Traits::of(layer, route, &facts, &need, product_launched_on);
        Ok((id, Known { from, until, what }))
    })
    .await
}

async fn dependencies(
    db: &impl Reader,
    ids: &[StartupId],
) -> Result<Vec<(Uuid, Known<DependencyTerms>)>, Error> {
    // While both were as they were: who the provider is may change under a dependency. Served by
    // dependency_version_startup and the key of provider_version.
    let mut sql = Sql::new(
        "select d.startup_id, d.dependency_id, greatest(d.known_from, p.known_from), least(d.known_until, p.known_until), p.name, \
         p.startup_id is distinct from d.startup_id, d.mode, d.is_critical, d.alternative is not null, d.since, d.until \
         from dependency_version d join provider_version p on p.provider_id = d.provider_id \
         and p.known_from < coalesce(d.known_until, 'infinity') and coalesce(p.known_until, 'infinity') > d.known_from \
         where d.hidden_at is null and ",
    );
    sql.one_of("d.startup_id", ids);
    sql.each(db, |row| {
        let mut row = Columns::of(row)?;
        let startup: Uuid = row.read()?;
        let id: Uuid = row.read()?;
        let known = Known {
            from: row.read()?,
            until: row.read()?,
            what: DependencyTerms {
                id,
                provider: row.read()?,
                is_external: row.read()?,
                mode: Error::row("dependency_version", id, row.read::<String>()?.parse())?,
                is_critical: row.read()?,
                has_alternative: row.read()?,
                since: row.read()?,
                until: row.read()?,
            },
        };
        Ok((startup, known))
    })
    .await
}

async fn checklists(
    db: &impl Reader,
    ids: &[StartupId],
) -> Result<Vec<(Uuid, Known<ChecklistAnswer>)>, Error> {
    // The items that the formula reads. Served by checklist_item_version_startup.
    let mut sql = Sql::new(
        "select c.startup_id, c.checklist_item_id, c.known_from, c.known_until, c.key, c.state from checklist_item_version c \
         where c.key in ('compute', 'training_data') and ",
    );
    sql.one_of("c.startup_id", ids);
    sql.each(db, |row| {
        let mut row = Columns::of(row)?;
        let startup: Uuid = row.read()?;
        let id: Uuid = row.read()?;
        let known = Known {
            from: row.read()?,
            until: row.read()?,
            what: ChecklistAnswer {
                item: Error::row("checklist_item_version", id, row.read::<String>()?.parse())?,
                state: Error::row("checklist_item_version", id, row.read::<String>()?.parse())?,
            },
        };
        Ok((startup, known))
    })
    .await
}
