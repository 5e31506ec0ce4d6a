//! Amounts of money.

use async_graphql::{InputObject, SimpleObject};
use domain::money;

use crate::scalar::{Currency, Decimal};

/// An amount in one currency.
#[derive(SimpleObject, Clone)]
pub struct Money {
    /// How much, in whole units of the currency.
    amount: Decimal,
    /// In which currency.
    currency: Currency,
}

impl From<money::Money> for Money {
    fn from(value: money::Money) -> Self {
        let money::Money { amount, currency } = value;
        Self {
            amount: Decimal(amount),
            currency: Currency(currency),
        }
    }
}

/// An amount as people state it: a range, and the words as found.
#[derive(SimpleObject, Clone)]
pub struct MoneyRange {
    /// The low end, which sums count with; null where it is not known.
    low: Option<Decimal>,
    /// The high end; null with a low end means "from".
    high: Option<Decimal>,
    /// In which currency.
    currency: Option<Currency>,
    /// The words as found, such as 数千万人民币.
    as_found: Option<String>,
}

impl From<money::MoneyRange> for MoneyRange {
    fn from(value: money::MoneyRange) -> Self {
        let money::MoneyRange {
            low,
            high,
            currency,
            as_found,
        } = value;
        Self {
            low: low.map(Decimal),
            high: high.map(Decimal),
            currency: currency.map(Currency),
            as_found,
        }
    }
}

/// An amount in one currency.
#[derive(InputObject, Clone)]
pub struct MoneyInput {
    /// How much, in whole units of the currency.
    amount: Decimal,
    /// In which currency.
    currency: Currency,
}

impl From<MoneyInput> for money::Money {
    fn from(value: MoneyInput) -> Self {
        let MoneyInput { amount, currency } = value;
        Self {
            amount: amount.0,
            currency: currency.0,
        }
    }
}

/// An amount as people state it: a range, and the words as found.
#[derive(InputObject, Clone)]
pub struct MoneyRangeInput {
    /// The low end, which sums count with.
    low: Option<Decimal>,
    /// The high end; left out with a low end, it means "from".
    high: Option<Decimal>,
    /// In which currency; needed with a low or high end.
    currency: Option<Currency>,
    /// The words as found, such as 数千万人民币.
    as_found: Option<String>,
}

impl From<MoneyRangeInput> for money::MoneyRange {
    fn from(value: MoneyRangeInput) -> Self {
        let MoneyRangeInput {
            low,
            high,
            currency,
            as_found,
        } = value;
        Self {
            low: low.map(|d| d.0),
            high: high.map(|d| d.0),
            currency: currency.map(|c| c.0),
            as_found,
        }
    }
}
