//! Exchange rates: what a unit of a currency was worth on a day. A correction is a later row of the same day.

use chrono::NaiveDate;
use domain::{Instant, assessment::ExchangeRate, money::Currency};
use rust_decimal::Decimal;
use sea_orm::QueryResult;

use crate::{Error, Reader, position::Columns, sql::Sql};

const TABLE: &str = "exchange_rate";

/// Every rate ever recorded, by currency, day and when it was recorded.
pub async fn all(db: &impl Reader) -> Result<Vec<ExchangeRate>, Error> {
    Sql::new(
        "select currency, on_day, usd, recorded_at from exchange_rate order by currency, on_day, recorded_at",
    )
    .each(db, exchange_rate)
    .await
}

fn exchange_rate(row: &QueryResult) -> Result<ExchangeRate, Error> {
    let mut columns = Columns::of(row)?;
    let code: String = columns.read()?;
    let on: NaiveDate = columns.read()?;
    let usd: Decimal = columns.read()?;
    let recorded_at: Instant = columns.read()?;
    Ok(ExchangeRate {
        currency: currency(&code)?,
        on,
        usd,
        recorded_at,
    })
}

fn currency(code: &str) -> Result<Currency, Error> {
    Error::row(
        TABLE,
        code,
        Currency::parse(code).ok_or("three capital letters would be right"),
    )
}
