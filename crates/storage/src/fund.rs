//! The funds that may invest.

use domain::{
    Instant,
    fund::Fund,
    money::{Currency, MoneyRange},
    text::fold,
    typed,
};
use rust_decimal::Decimal;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

const TABLE: &str = "fund";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    currency: String,
    ticket_low: Option<Decimal>,
    ticket_high: Option<Decimal>,
    ticket_as_found: Option<String>,
    constraints: Option<String>,
    is_retired: bool,
    recorded_at: Instant,
    version: i32,
}

impl Row {
    /// The fund, and when it was recorded.
    fn read(self) -> Result<(Fund, Instant), Error> {
        let Self {
            id,
            name,
            currency,
            ticket_low,
            ticket_high,
            ticket_as_found,
            constraints,
            is_retired,
            recorded_at,
            version,
        } = self;
        let currency = Error::row(TABLE, id, Currency::parse(&currency).ok_or(currency.as_str()))?;
        let has_ticket = ticket_low.is_some() || ticket_high.is_some() || ticket_as_found.is_some();
        let ticket = has_ticket.then(|| MoneyRange {
            low: ticket_low.map(|low| low.normalize()),
            high: ticket_high.map(|high| high.normalize()),
            currency: Some(currency.clone()),
            as_found: ticket_as_found,
        });
        let fund = Fund {
            id: typed(id),
            name,
            currency,
            ticket,
            constraints,
            is_retired,
            version,
        };
        Ok((fund, recorded_at))
    }
}

/// Every fund, retired ones too, in the order in which they came; at an instant, as they were known then.
pub async fn all(db: &impl Reader, as_of: Option<Instant>) -> Result<Vec<Fund>, Error> {
    let mut sql = match as_of {
        None => Sql::new(
            "select id, name, currency, ticket_low, ticket_high, ticket_as_found, constraints, is_retired, recorded_at, version from fund",
        ),
        Some(at) => {
            let mut sql = Sql::new(
                "select fund_id as id, name, currency, ticket_low, ticket_high, ticket_as_found, constraints, is_retired, \
                 known_from as recorded_at, version from fund_version where known_from <= ",
            );
            sql.bind(at, "")
                .push(" and (known_until is null or known_until > ")
                .bind(at, "")
                .push(")");
            sql
        }
    };
    sql.push(" order by id");
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter().map(|row| Ok(row.read()?.0)).collect()
}

/// Every fund with when it was last changed; nobody else adds or changes one until the transaction ends.
pub async fn lock(db: &impl Reader) -> Result<Vec<(Fund, Instant)>, Error> {
    // Rows that are not there yet cannot be locked: who adds one waits for who does.
    Sql::new("select pg_advisory_xact_lock(7411)").run(db).await?;
    let sql = Sql::new(
        "select id, name, currency, ticket_low, ticket_high, ticket_as_found, constraints, is_retired, recorded_at, version \
         from fund order by id for no key update",
    );
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Adds a fund, recorded at the instant.
pub async fn insert(db: &impl Reader, fund: &Fund, at: Instant) -> Result<(), Error> {
    let Fund {
        id,
        name,
        currency,
        ticket,
        constraints,
        is_retired,
        version,
    } = fund.clone();
    let MoneyRange {
        low,
        high,
        currency: _,
        as_found,
    } = ticket.unwrap_or_default();
    let mut sql = Sql::new(
        "insert into fund (id, name, name_key, currency, ticket_low, ticket_high, ticket_as_found, constraints, is_retired, recorded_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(name.as_str(), "")
        .push(", ")
        .bind(fold(&name), "")
        .push(", ")
        .bind(currency.code(), "")
        .push(", ")
        .bind(low, "::numeric")
        .push(", ")
        .bind(high, "::numeric")
        .push(", ")
        .bind(as_found, "::text")
        .push(", ")
        .bind(constraints, "::text")
        .push(", ")
        .bind(is_retired, "")
        .push(", ")
        .bind(at, "")
        .push(", ")
        .bind(version, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Replaces what is said of a locked fund; the instant is when it was recorded.
pub async fn update(db: &impl Reader, fund: &Fund, at: Instant) -> Result<(), Error> {
    let Fund {
        id,
        name,
        currency,
        ticket,
        constraints,
        is_retired,
        version,
    } = fund.clone();
    let MoneyRange {
        low,
        high,
        currency: _,
        as_found,
    } = ticket.unwrap_or_default();
    let mut sql = Sql::new("update fund set name = ");
    sql.bind(name.as_str(), "")
        .push(", name_key = ")
        .bind(fold(&name), "")
        .push(", currency = ")
        .bind(currency.code(), "")
        .push(", ticket_low = ")
        .bind(low, "::numeric")
        .push(", ticket_high = ")
        .bind(high, "::numeric")
        .push(", ticket_as_found = ")
        .bind(as_found, "::text")
        .push(", constraints = ")
        .bind(constraints, "::text")
        .push(", is_retired = ")
        .bind(is_retired, "")
        .push(", recorded_at = ")
        .bind(at, "")
        .push(", version = ")
        .bind(version, "")
        .push(" where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}
