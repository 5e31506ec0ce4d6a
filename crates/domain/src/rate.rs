//! 汇率: what one unit of a currency was worth in USD on a day.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::{
    ExchangeRateId, Instant, Message, Problem, Problems, UserId,
    assessment::Rubric,
    check::{NAME_LIMIT, check_past, optional},
    money::Currency,
};

/// Places that a rate is kept with, before the point and behind it.
const PLACES: u32 = 12;

/// A rate as somebody states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// Of which currency.
    pub currency: Currency,
    /// On which day.
    pub on: NaiveDate,
    /// USD for one unit.
    pub usd: Decimal,
    /// Who says so.
    pub source: Option<String>,
}

/// A rate that is recorded. A correction is a later one of the same day.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Its id.
    pub id: ExchangeRateId,
    /// What it says.
    pub quote: Quote,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Who recorded it; None for the program itself.
    pub recorded_by: Option<UserId>,
}

impl Quote {
    /// The quote as it is kept, if nothing is wrong with it.
    pub fn prepared(mut self, today: NaiveDate) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        wrong.push_if(self.currency.code() == Rubric::CURRENCY, || {
            Problem::invalid("currency", Message::UsdIsTheMeasure)
        });
        check_past(Some(self.on), "on", today, &mut wrong);
        let value = self.usd.normalize();
        if value <= Decimal::ZERO {
            let limit = Decimal::ZERO;
            wrong.push(Problem::invalid("usd", Message::NotAbove { value, limit }));
        } else {
            let is_too_exact = value.scale() > PLACES || value >= Decimal::from(10_i64.pow(PLACES));
            wrong.push_if(is_too_exact, || {
                Problem::invalid("usd", Message::RateTooExact { value })
            });
        }
        self.usd = value;
        self.source = optional(self.source, "source", NAME_LIMIT, &mut wrong);
        wrong.into_result()?;
        Ok(self)
    }

    /// Whether it says what another says of the same currency and day.
    pub fn equals(&self, other: &Self) -> bool {
        self.usd == other.usd && self.source == other.source
    }
}

/// USD for one unit of a currency of which one unit of a third buys `units`, while it buys `usd` USD; as exact as rates
/// are kept. None where that is no rate.
pub fn crossed(usd: Decimal, units: Decimal) -> Option<Decimal> {
    let rate = usd.checked_div(units)?;
    let rate = rate.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero);
    (rate > Decimal::ZERO && rate < Decimal::from(10_i64.pow(PLACES))).then(|| rate.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn quote(currency: &str, on: &str, usd: &str) -> Quote {
        Quote {
            currency: Currency::parse(currency).unwrap(),
            on: day(on),
            usd: usd.parse().unwrap(),
            source: Some("PBoC".into()),
        }
    }

    #[test]
    fn a_rate_is_of_another_currency_of_a_day_that_has_come_above_nothing() {
        let today = day("2024-07-31");
        let field = |quote: Quote| -> Vec<String> {
            let problems = quote.prepared(today).err().unwrap_or_default();
            problems.iter().map(|problem| problem.field.join(".")).collect()
        };
        let right = quote("CNY", "2024-07-31", "0.1380");
        assert_eq!(right.clone().prepared(today).unwrap().usd.to_string(), "0.138");
        assert_eq!(field(right.clone()), Vec::<String>::new());
        assert_eq!(field(quote("USD", "2024-07-31", "1")), ["currency"]);
        assert_eq!(field(quote("CNY", "2024-08-01", "0.1")), ["on"]);
        for usd in ["0", "-1", "0.1234567890123", "1000000000000"] {
            assert_eq!(field(quote("CNY", "2024-07-31", usd)), ["usd"], "{usd}");
        }
        let source = Some("x".repeat(301));
        assert_eq!(
            field(Quote {
                source,
                ..right.clone()
            }),
            ["source"]
        );
        let source = Some("  ".to_owned());
        let unsaid = Quote { source, ..right }.prepared(today).unwrap();
        assert_eq!(unsaid.source, None);
    }

    #[test]
    fn a_rate_by_way_of_a_third_currency_is_as_exact_as_rates_are_kept() {
        let of = |usd: &str, units: &str| crossed(usd.parse().unwrap(), units.parse().unwrap());
        assert_eq!(of("1.1681", "1").unwrap().to_string(), "1.1681");
        assert_eq!(of("1.1681", "8.3212").unwrap().to_string(), "0.140376388021");
        assert_eq!(of("1", "0"), None);
        assert_eq!(of("1", "9999999999999"), None);
    }
}
