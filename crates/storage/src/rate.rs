//! Exchange rates: what a unit of a currency was worth on a day. A correction is a later row of the same day.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    ExchangeRateId, Instant, UserId,
    assessment::{ExchangeRate, RATE_AGE_LIMIT_DAYS},
    money::Currency,
    rate::{Quote, Rate},
    typed,
};
use rust_decimal::Decimal;
use sea_orm::{FromQueryResult, QueryResult};
use uuid::Uuid;

use crate::{
    Error, Reader,
    page::{Key, Page, Place, Slice},
    position::Columns,
    sql::Sql,
};

const TABLE: &str = "exchange_rate";

/// Every rate ever recorded, by currency, day and when it was recorded.
pub async fn all(db: &impl Reader) -> Result<Vec<ExchangeRate>, Error> {
    Sql::new(
        "select currency, on_day, usd, recorded_at from exchange_rate order by currency, on_day, recorded_at",
    )
    .each(db, exchange_rate)
    .await
}

/// Dollars for one unit of each currency that has a rate on a day, as known at an instant: by the latest one dated on
/// the day or at most 31 days before it, as the formula reads them.
pub async fn dollars(
    db: &impl Reader,
    day: NaiveDate,
    at: Instant,
) -> Result<HashMap<Currency, Decimal>, Error> {
    let mut sql = Sql::new(
        "select distinct on (currency) currency, on_day, usd, recorded_at from exchange_rate where recorded_at <= ",
    );
    sql.bind(at, "")
        .push(" and on_day <= ")
        .bind(day, "")
        .push(" and on_day >= ")
        .bind(day - chrono::TimeDelta::days(RATE_AGE_LIMIT_DAYS), "")
        .push(" order by currency, on_day desc, recorded_at desc");
    let rates = sql.each(db, exchange_rate).await?;
    Ok(rates.into_iter().map(|rate| (rate.currency, rate.usd)).collect())
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

/// Which rates to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this currency.
    pub currency: Option<Currency>,
    /// Of this day or later.
    pub from: Option<NaiveDate>,
    /// Of this day or earlier.
    pub to: Option<NaiveDate>,
    /// Also those that a later one of the same day replaced.
    pub with_corrected: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    currency: String,
    on_day: NaiveDate,
    usd: Decimal,
    source: Option<String>,
    recorded_at: Instant,
    recorded_by: Option<Uuid>,
}

impl Row {
    fn read(self) -> Result<Rate, Error> {
        let Self {
            id,
            currency: code,
            on_day,
            usd,
            source,
            recorded_at,
            recorded_by,
        } = self;
        Ok(Rate {
            id: typed(id),
            quote: Quote {
                currency: currency(&code)?,
                on: on_day,
                usd: usd.normalize(),
                source,
            },
            recorded_at,
            recorded_by: recorded_by.map(typed),
        })
    }
}

fn narrow(sql: &mut Sql, filter: &Filter) {
    let Filter {
        currency,
        from,
        to,
        with_corrected,
    } = filter;
    sql.push(" from exchange_rate x where true");
    if let Some(currency) = currency {
        sql.push(" and x.currency = ").bind(currency.code(), "");
    }
    if let Some(from) = from {
        sql.push(" and x.on_day >= ").bind(*from, "");
    }
    if let Some(to) = to {
        sql.push(" and x.on_day <= ").bind(*to, "");
    }
    if !with_corrected {
        sql.push(
            " and not exists (select from exchange_rate y where y.currency = x.currency and y.on_day = x.on_day and y.recorded_at > x.recorded_at)",
        );
    }
}

/// Where among the rates (newest day first) one stands.
pub fn place(rate: &Rate) -> Place {
    Place {
        key: Key::Day(Some(rate.quote.on)),
        id: rate.id.uuid(),
    }
}

/// A page of rates, the newest day first. Served by `exchange_rate_day` and, of one currency, by its unique key.
pub async fn list(db: &impl Reader, filter: &Filter, page: &Page) -> Result<Slice<Rate>, Error> {
    let mut sql =
        Sql::new("select x.id, x.currency, x.on_day, x.usd, x.source, x.recorded_at, x.recorded_by");
    narrow(&mut sql, filter);
    page.append(&mut sql, "x.on_day", "x.id", true);
    let rows: Vec<Row> = sql.all(db).await?;
    let rows = rows.into_iter().map(Row::read).collect::<Result<_, _>>()?;
    Ok(page.slice(rows))
}

/// How many rates the filter leaves.
pub async fn count(db: &impl Reader, filter: &Filter) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n");
    narrow(&mut sql, filter);
    sql.count(db).await
}

/// The rate with this id.
pub async fn by_id(db: &impl Reader, id: ExchangeRateId) -> Result<Option<Rate>, Error> {
    let mut sql = Sql::new(
        "select id, currency, on_day, usd, source, recorded_at, recorded_by from exchange_rate where id = ",
    );
    sql.bind(id.uuid(), "");
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// The newest rate of each of these currencies and days. Served by the unique key, one probe each.
pub async fn newest(
    db: &impl Reader,
    quotes: &[Quote],
) -> Result<HashMap<(Currency, NaiveDate), Rate>, Error> {
    let codes: Vec<String> = quotes.iter().map(|q| q.currency.code().to_owned()).collect();
    let days: Vec<NaiveDate> = quotes.iter().map(|q| q.on).collect();
    let mut sql = Sql::new(
        "select x.id, x.currency, x.on_day, x.usd, x.source, x.recorded_at, x.recorded_by from unnest(",
    );
    sql.bind(codes, "::text[]").push(", ").bind(days, "::date[]");
    sql.push(
        ") as q(currency, on_day) cross join lateral (select * from exchange_rate y where y.currency = q.currency and y.on_day = q.on_day \
         order by y.recorded_at desc limit 1) x",
    );
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter()
        .map(|row| {
            let rate = row.read()?;
            Ok(((rate.quote.currency.clone(), rate.quote.on), rate))
        })
        .collect()
}

/// When the last rate was recorded. Served by `exchange_rate_recorded`.
pub async fn last_recorded(db: &impl Reader) -> Result<Option<Instant>, Error> {
    let sql = Sql::new("select max(recorded_at) as at from exchange_rate");
    let row = sql.row(db).await?;
    Ok(row.map(|row| row.try_get("", "at")).transpose()?.flatten())
}

/// Adds rates that one person records at one instant.
pub async fn insert(
    db: &impl Reader,
    rates: &[(ExchangeRateId, Quote)],
    at: Instant,
    by: Option<UserId>,
) -> Result<(), Error> {
    let mut ids = Vec::with_capacity(rates.len());
    let mut codes = Vec::with_capacity(rates.len());
    let mut days = Vec::with_capacity(rates.len());
    let mut values = Vec::with_capacity(rates.len());
    let mut sources = Vec::with_capacity(rates.len());
    for (id, quote) in rates {
        let Quote {
            currency,
            on,
            usd,
            source,
        } = quote.clone();
        ids.push(id.uuid());
        codes.push(currency.code().to_owned());
        days.push(on);
        values.push(usd);
        // An array has no place for what is missing; no source is blank.
        sources.push(source.unwrap_or_default());
    }
    let mut sql = Sql::new(
        "insert into exchange_rate (id, currency, on_day, usd, source, recorded_at, recorded_by) \
         select x.id, x.currency, x.on_day, x.usd, nullif(x.source, ''), ",
    );
    sql.bind(at, "::timestamptz")
        .push(", ")
        .bind(by.map(|by| by.uuid()), "::uuid")
        .push(" from unnest(");
    sql.bind(ids, "::uuid[]")
        .push(", ")
        .bind(codes, "::text[]")
        .push(", ")
        .bind(days, "::date[]");
    sql.push(", ")
        .bind(values, "::numeric[]")
        .push(", ")
        .bind(sources, "::text[]")
        .push(") as x(id, currency, on_day, usd, source)");
    sql.run(db).await?;
    Ok(())
}
