//! One figure, as it is put into words.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::inputs::Record;
use crate::evidence::{ActivityWindow, EvidenceKind, RevenueBasis};

/// A figure with what its words need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are those of Observation")]
pub struct Figure {
    pub kind: EvidenceKind,
    pub value: Option<Decimal>,
    pub currency: Option<String>,
    pub revenue_basis: Option<RevenueBasis>,
    pub window: Option<ActivityWindow>,
    pub horizon_days: Option<i32>,
    pub sample_size: Option<i64>,
    pub observed_on: NaiveDate,
}

impl Figure {
    /// The figure of a record.
    pub fn of(record: &Record) -> Self {
        Self {
            kind: record.kind,
            value: record.value,
            currency: record
                .currency
                .as_ref()
                .map(|currency| currency.code().to_owned()),
            revenue_basis: record.revenue_basis,
            window: record.window,
            horizon_days: record.horizon_days,
            sample_size: record.sample_size,
            observed_on: record.observed_on,
        }
    }
}
