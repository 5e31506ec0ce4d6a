//! What became later of startups that we passed, or that chose others. An outcome belongs to a deal: it is there for those
//! who may see the deal, and for nobody else.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    DealId, Instant, OutcomeId, UserId, Viewer,
    money::{Currency, MoneyRange},
    outcome::{LaterOutcome, Outcome},
    typed,
};
use rust_decimal::Decimal;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, access::push_visible_with_deal, sql::Sql};

const TABLE: &str = "outcome";
const COLUMNS: &str = "x.id, x.deal_id, x.on_day, x.what, x.amount_low, x.amount_high, x.amount_currency, x.amount_as_found, x.source_url, \
                       x.recorded_at, x.recorded_by, x.retracted_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    deal_id: Uuid,
    on_day: NaiveDate,
    what: String,
    amount_low: Option<Decimal>,
    amount_high: Option<Decimal>,
    amount_currency: Option<String>,
    amount_as_found: Option<String>,
    source_url: Option<String>,
    recorded_at: Instant,
    recorded_by: Option<Uuid>,
    retracted_at: Option<Instant>,
}

impl Row {
    fn read(self) -> Result<LaterOutcome, Error> {
        let Self {
            id,
            deal_id,
            on_day,
            what,
            amount_low,
            amount_high,
            amount_currency,
            amount_as_found,
            source_url,
            recorded_at,
            recorded_by,
            retracted_at,
        } = self;
        let amount = MoneyRange {
            low: amount_low.map(|low| low.normalize()),
            high: amount_high.map(|high| high.normalize()),
            currency: amount_currency
                .map(|code| Error::row(TABLE, id, Currency::parse(&code).ok_or(code)))
                .transpose()?,
            as_found: amount_as_found,
        };
        Ok(LaterOutcome {
            id: typed(id),
            deal_id: typed(deal_id),
            outcome: Outcome {
                on: on_day,
                what,
                amount: (amount != MoneyRange::default()).then_some(amount),
                source_url,
            },
            recorded_at,
            recorded_by: recorded_by.map(typed),
            retracted_at,
        })
    }
}

/// Appends that an outcome under the alias was known at the instant, or is known now: recorded, and not retracted.
pub(crate) fn push_known(sql: &mut Sql, alias: &str, as_of: Option<Instant>) {
    match as_of {
        None => sql.push(&format!("{alias}.retracted_at is null")),
        Some(at) => sql
            .push(&format!("{alias}.recorded_at <= "))
            .bind(at, "")
            .push(&format!(
                " and ({alias}.retracted_at is null or {alias}.retracted_at > "
            ))
            .bind(at, "")
            .push(")"),
    };
}

fn selected(viewer: &Viewer, as_of: Option<Instant>) -> Sql {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from outcome x join deal d on d.id = x.deal_id where ");
    push_visible_with_deal(&mut sql, viewer, as_of);
    sql
}

async fn read(db: &impl Reader, sql: Sql) -> Result<Vec<LaterOutcome>, Error> {
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter().map(Row::read).collect()
}

/// The outcomes with these ids that the viewer may see, retracted ones left out; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[OutcomeId],
    as_of: Option<Instant>,
) -> Result<Vec<LaterOutcome>, Error> {
    let mut sql = selected(viewer, as_of);
    sql.push(" and ").one_of("x.id", ids).push(" and ");
    push_known(&mut sql, "x", as_of);
    read(db, sql).await
}

/// The outcomes of these deals, the earliest first, retracted ones left out; as known at an instant if one is given.
/// Served by `outcome_deal`.
pub async fn of_deals(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DealId],
    as_of: Option<Instant>,
) -> Result<HashMap<DealId, Vec<LaterOutcome>>, Error> {
    let mut sql = selected(viewer, as_of);
    sql.push(" and ").one_of("x.deal_id", ids).push(" and ");
    push_known(&mut sql, "x", as_of);
    sql.push(" order by x.deal_id, x.on_day, x.id");
    let mut found: HashMap<DealId, Vec<LaterOutcome>> = HashMap::new();
    for outcome in read(db, sql).await? {
        found.entry(outcome.deal_id).or_default().push(outcome);
    }
    Ok(found)
}

/// The deal of an outcome, retracted or not: to lock it first.
pub async fn deal_of(db: &impl Reader, viewer: &Viewer, id: OutcomeId) -> Result<Option<DealId>, Error> {
    let mut sql = selected(viewer, None);
    sql.push(" and x.id = ").bind(id.uuid(), "");
    Ok(read(db, sql).await?.pop().map(|outcome| outcome.deal_id))
}

/// An outcome whose row stays locked until the transaction ends, a retracted one too. Its deal is locked.
pub async fn lock(db: &impl Reader, viewer: &Viewer, id: OutcomeId) -> Result<Option<LaterOutcome>, Error> {
    let mut sql = selected(viewer, None);
    sql.push(" and x.id = ")
        .bind(id.uuid(), "")
        .push(" for no key update of x");
    Ok(read(db, sql).await?.pop())
}

/// Adds an outcome.
pub async fn insert(db: &impl Reader, outcome: &LaterOutcome) -> Result<(), Error> {
    let LaterOutcome {
        id,
        deal_id,
        outcome,
        recorded_at,
        recorded_by,
        retracted_at: _,
    } = outcome.clone();
    let Outcome {
        on,
        what,
        amount,
        source_url,
    } = outcome;
    let MoneyRange {
        low,
        high,
        currency,
        as_found,
    } = amount.unwrap_or_default();
    let mut sql = Sql::new(
        "insert into outcome (id, deal_id, on_day, what, amount_low, amount_high, amount_currency, amount_as_found, source_url, recorded_at, \
         recorded_by) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(deal_id.uuid(), "")
        .push(", ")
        .bind(on, "")
        .push(", ")
        .bind(what, "")
        .push(", ")
        .bind(low, "::numeric")
        .push(", ")
        .bind(high, "::numeric")
        .push(", ")
        .bind(currency.map(|code| code.code().to_owned()), "::text")
        .push(", ")
        .bind(as_found, "::text")
        .push(", ")
        .bind(source_url, "::text")
        .push(", ")
        .bind(recorded_at, "")
        .push(", ")
        .bind(recorded_by.map(|user| user.uuid()), "::uuid")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Withdraws a locked outcome.
pub async fn retract(
    db: &impl Reader,
    id: OutcomeId,
    at: Instant,
    by: Option<UserId>,
    reason: &str,
) -> Result<(), Error> {
    let mut sql = Sql::new("update outcome set retracted_at = ");
    sql.bind(at, "")
        .push(", retracted_by = ")
        .bind(by.map(|user| user.uuid()), "::uuid")
        .push(", retraction_reason = ")
        .bind(reason, "")
        .push(" where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}
