//! The factors of a contribution: strength, credence, freshness (domain.md §4).

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    inputs::Record,
    rubric::Scale,
    yardstick::{Measure, Yardstick},
};
use crate::{
    Instant,
    evidence::{ActivityWindow, EvidenceKind, Grade, RevenueBasis},
};

/// The scale of a record without a value, or without a rate for it.
const UNKNOWN_STRENGTH: f64 = 0.10;
/// The factor of a sample that is not known.
const UNKNOWN_SAMPLE: f64 = 0.1;

/// The powers of ten that a decimal may be divided by; those up to 22 are exact.
const POWERS_OF_TEN: [f64; 29] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28,
];

/// A decimal in double precision: the nearest, while it has no more than 15 digits.
pub(super) fn double(value: Decimal) -> f64 {
    value.mantissa() as f64 / POWERS_OF_TEN[(value.scale() as usize).min(POWERS_OF_TEN.len() - 1)]
}

/// How strong a figure is, 0..1, with the factors that made it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// The value that went on the scale: in USD, or monthly users. None where it is not known.
    pub value: Option<f64>,
    /// The value of full strength.
    pub full_at: f64,
    /// What the scale made of it; 0.10 where the value is not known.
    pub scale: f64,
    /// sample / (sample + half_n), for kinds with half_n.
    pub sample: Option<f64>,
    /// Good calls of the calls made, for references.
    pub good_share: Option<f64>,
    /// The factor of the revenue's basis, for revenue.
    pub basis: Option<f64>,
    /// Whether there is a value but no rate for it.
    pub lacks_rate: bool,
    /// All of it.
    pub total: f64,
}

impl Strength {
    pub(super) fn of(record: &Record, measure: &Measure, yardstick: &Yardstick, at: Instant) -> Self {
        let full = measure.full(record.horizon_days);
        let value = measured_value(record, yardstick, at);
        let size = record.sample_size.map(|size| size as f64);
        let mut sample = None;
        let mut good_share = None;
        let scale = match value {
            None => UNKNOWN_STRENGTH,
            Some(value) => {
                sample = measure
                    .half_n
                    .map(|half_n| size.map_or(UNKNOWN_SAMPLE, |size| size / (size + half_n)));
                if record.kind == EvidenceKind::CustomerReferences {
                    good_share = Some(match size {
                        None => UNKNOWN_SAMPLE,
                        Some(size) if size > 0.0 => value / size,
                        Some(_) => 0.0,
                    });
                }
                match measure.scale {
                    Scale::Log => (libm::log(1.0 + value / measure.unit_or_zero) / full.divisor).min(1.0),
                    Scale::Linear => ((value - measure.unit_or_zero) / full.divisor).clamp(0.0, 1.0),
                }
            }
        };
        let basis = record.kind.is_money().then(|| basis_factor(record.revenue_basis));
        let factors = [sample, good_share, basis];
        Self {
            value,
            full_at: full.at,
            scale,
            sample,
            good_share,
            basis,
            lacks_rate: value.is_none() && record.value.is_some(),
            total: factors
                .into_iter()
                .flatten()
                .fold(scale, |product, factor| product * factor),
        }
    }
}

/// The value on the rubric's scale: money in USD, users by month.
fn measured_value(record: &Record, yardstick: &Yardstick, at: Instant) -> Option<f64> {
    let value = double(record.value?);
    if record.kind.is_money() {
        let usd = yardstick.usd(record.currency.as_ref()?, record.observed_on, at)?;
        return Some(value * usd);
    }
    Some(match record.window {
        Some(ActivityWindow::Day) if record.kind == EvidenceKind::ActiveUsers => value * 5.0,
        Some(ActivityWindow::Week) if record.kind == EvidenceKind::ActiveUsers => value * 2.0,
        _ => value,
    })
}

fn basis_factor(basis: Option<RevenueBasis>) -> f64 {
    match basis {
        Some(RevenueBasis::Recurring) => 1.0,
        Some(RevenueBasis::Collected) => 0.8,
        Some(RevenueBasis::Recognised) => 0.7,
        Some(RevenueBasis::Contracted | RevenueBasis::RunRate) | None => 0.5,
        Some(RevenueBasis::OneOff) => 0.3,
    }
}

/// How much a grade is believed. Who was caught with a refuted record lately is believed a third.
pub(super) fn credence(grade: Grade, was_caught: bool) -> f64 {
    match grade {
        Grade::Claimed if was_caught => 0.1,
        Grade::Claimed => 0.3,
        Grade::Documented => 0.7,
        Grade::Verified => 1.0,
        Grade::Refuted => 0.0,
    }
}

/// The day from which a record ages: a proven contract does not before it ends.
pub(super) fn reference_day(record: &Record, grade: Grade, day: NaiveDate) -> NaiveDate {
    let is_contract = matches!(record.kind, EvidenceKind::SignedContracts | EvidenceKind::Pilots);
    match record.valid_until {
        Some(valid_until) if is_contract && grade.is_at_least(Grade::Documented) => {
            record.observed_on.max(valid_until.min(day))
        }
        _ => record.observed_on,
    }
}

/// What is left of a figure after so many days.
pub(super) fn freshness(age_days: i64, measure: &Measure) -> f64 {
    libm::pow(0.5, age_days as f64 / measure.half_life_days)
}
