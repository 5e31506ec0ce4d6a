//! Exchange rates.

use app::{
    page::KeyKind,
    rate::{Filter, place},
};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::rate;

use crate::{
    connection::{Window, connection},
    context::{caller, path},
    error::told,
    scalar::{Currency, Date, DateTime, Decimal},
    user::{User, UserError, split, user},
};

/// A rate that is recorded.
#[derive(Clone)]
pub struct Rate(rate::Rate);

/// What one unit of a currency was worth in USD on a day.
#[Object]
impl Rate {
    /// Of which currency.
    async fn currency(&self) -> Currency {
        Currency(self.0.quote.currency.clone())
    }
    /// Of which day.
    async fn on(&self) -> Date {
        Date(self.0.quote.on)
    }
    /// USD for one unit, such as "0.1404".
    async fn usd(&self) -> Decimal {
        Decimal(self.0.quote.usd)
    }
    /// Who says so, such as ECB.
    async fn source(&self) -> Option<&str> {
        self.0.quote.source.as_deref()
    }
    /// When it was recorded: of two of one day, the later one holds.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }
    /// Who recorded it; null for the program itself.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.0.recorded_by).await
    }
}

/// Counts rates.
pub struct RateCount(Filter);

impl RateCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = caller(ctx)?.rate_count(&self.0).await.map_err(told)?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
connection!(
    RateConnection,
    RateEdge,
    Rate,
    RateCount,
    "exchange rates, newest day first"
);

const ORDER: &str = "ON";

/// Queries about rates.
#[derive(Default)]
pub struct RateQuery;

#[Object]
impl RateQuery {
    /// Exchange rates, the newest day first: of one currency if asked, of the days from one to another, both in it. Of each
    /// day the one that holds; with includeCorrected also those that a later one replaced.
    async fn rates(
        &self,
        ctx: &Context<'_>,
        currency: Option<Currency>,
        from: Option<Date>,
        to: Option<Date>,
        #[graphql(default)] include_corrected: bool,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<RateConnection> {
        let window = Window::read((ORDER, KeyKind::Day), first, after, last, before)?;
        let filter = Filter {
            currency: currency.map(|currency| currency.0),
            from: from.map(|day| day.0),
            to: to.map(|day| day.0),
            with_corrected: include_corrected,
        };
        let slice = caller(ctx)?.rates(&filter, &window.page()).await.map_err(told)?;
        let rows = window.rows(slice, ORDER, |node: &Rate| place(&node.0), Rate);
        let count = RateCount(filter);
        Ok(RateConnection { rows, count })
    }
}

/// An exchange rate: units of USD for one unit of the currency.
#[derive(InputObject)]
pub struct RecordRateInput {
    /// Of which currency; USD itself is what the others are measured in.
    currency: Currency,
    /// Of which day; not after today.
    on: Date,
    /// USD for one unit; above 0, at most 12 decimals.
    usd: Decimal,
    /// Who says so, such as ECB.
    source: Option<String>,
}

impl From<RecordRateInput> for rate::Quote {
    fn from(input: RecordRateInput) -> Self {
        let RecordRateInput {
            currency,
            on,
            usd,
            source,
        } = input;
        Self {
            currency: currency.0,
            on: on.0,
            usd: usd.0,
            source,
        }
    }
}

/// Several exchange rates.
#[derive(InputObject)]
pub struct RecordRatesInput {
    /// The rates, at most 2,000, each currency and day once.
    rates: Vec<RecordRateInput>,
}

/// What became of a rate.
#[derive(SimpleObject)]
pub struct RatePayload {
    /// The rate; null when nothing was done.
    rate: Option<Rate>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of several rates.
#[derive(SimpleObject)]
pub struct RatesPayload {
    /// How many were new.
    recorded: i32,
    /// How many were known as they are.
    unchanged: i32,
    /// What the caller can repair; then none was recorded.
    user_errors: Vec<UserError>,
}

/// Mutations of rates.
#[derive(Default)]
pub struct RateMutation;

#[Object]
impl RateMutation {
    /// Records an exchange rate. One that differs from the newest of its day corrects it; one that says the same changes
    /// nothing.
    async fn record_rate(&self, ctx: &Context<'_>, input: RecordRateInput) -> Result<RatePayload> {
        let caller = caller(ctx)?;
        let done = caller.record_rate(input.into(), &path(ctx)).await;
        let (id, user_errors) = split(ctx, done.map_err(told)?);
        let rate = match id {
            Some(id) => caller.rate_by_id(id).await.map_err(told)?.map(Rate),
            None => None,
        };
        Ok(RatePayload { rate, user_errors })
    }
    /// Records exchange rates, all or none, each as recordRate does.
    async fn record_rates(&self, ctx: &Context<'_>, input: RecordRatesInput) -> Result<RatesPayload> {
        let quotes = input.rates.into_iter().map(Into::into).collect();
        let done = caller(ctx)?.record_rates(quotes, &path(ctx)).await;
        let (recorded, user_errors) = split(ctx, done.map_err(told)?);
        let recorded = recorded.unwrap_or_default();
        let count = |rates: usize| i32::try_from(rates).unwrap_or(i32::MAX);
        Ok(RatesPayload {
            recorded: count(recorded.new),
            unchanged: count(recorded.unchanged),
            user_errors,
        })
    }
}
