//! Amounts of money and how exactly they are stated.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An ISO 4217 code: three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(String);

impl Currency {
    /// Reads a code; None unless it is three capital letters.
    pub fn parse(code: &str) -> Option<Self> {
        (code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())).then(|| Self(code.to_owned()))
    }
    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }
}

/// An amount in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// How much, in whole units of the currency.
    pub amount: Decimal,
    /// In which currency.
    pub currency: Currency,
}

/// An amount as people state it: a range, and the words as found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MoneyRange {
    /// The low end; formulas count with it.
    pub low: Option<Decimal>,
    /// The high end; null with a low end means "from".
    pub high: Option<Decimal>,
    /// In which currency.
    pub currency: Option<Currency>,
    /// The words as found.
    pub as_found: Option<String>,
}

crate::vocabulary::vocabulary! {
    /// How exactly a figure is stated.
    Qualifier {
        /// The figure itself.
        Exact = "EXACT",
        /// About the figure.
        About = "ABOUT",
        /// The figure or more.
        AtLeast = "AT_LEAST",
        /// The figure or less.
        AtMost = "AT_MOST",
    }
}
