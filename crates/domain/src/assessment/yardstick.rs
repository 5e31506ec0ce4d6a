//! What every startup of a workspace is measured with: its time zone, its rubrics and its exchange rates.

use std::{collections::HashMap, sync::Arc};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use super::{
    rubric::{EvidenceGroup, Rubric, RubricKind, Scale},
    strength::double,
};
use crate::{Instant, Problem, evidence::EvidenceKind, money::Currency, time::day_in};

/// How long before a figure's day a rate may be dated, in days.
pub const RATE_AGE_LIMIT_DAYS: i64 = 31;

/// What one unit of a currency was worth on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct ExchangeRate {
    /// The currency.
    pub currency: Currency,
    /// The day it is of.
    pub on: NaiveDate,
    /// USD for one unit.
    pub usd: Decimal,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// A rubric and since when it is in force.
#[derive(Debug, Clone)]
pub struct RubricInForce {
    rubric: Rubric,
    from: Instant,
    kinds: Vec<Measure>,
}

/// A row of the rubric as the formula reads it.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub group: EvidenceGroup,
    pub weight: f64,
    pub scale: Scale,
    pub unit_or_zero: f64,
    /// By horizon: up to so many days, the full value and what divides by it.
    steps: Vec<(i32, Full)>,
    beyond: Full,
    pub half_n: Option<f64>,
    pub half_life_days: f64,
    pub is_usage: bool,
}

/// The value of full strength, and what a value on the scale is divided by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Full {
    pub at: f64,
    pub divisor: f64,
}

impl Measure {
    fn of(row: &RubricKind) -> Self {
        let unit_or_zero = double(row.unit_or_zero);
        let full = |at: Decimal| {
            let at = double(at);
            let divisor = match row.scale {
                Scale::Log => libm::log(1.0 + at / unit_or_zero),
                Scale::Linear => at - unit_or_zero,
            };
            Full { at, divisor }
        };
        Self {
            group: row.group,
            weight: double(row.weight),
            scale: row.scale,
            unit_or_zero,
            steps: row
                .full_at_by_horizon
                .iter()
                .map(|step| (step.up_to_days, full(step.full_at)))
                .collect(),
            beyond: full(row.full_at),
            half_n: row.half_n.map(f64::from),
            half_life_days: row.half_life_days.into(),
            is_usage: row.is_usage,
        }
    }

    /// The full value for a horizon.
    pub fn full(&self, horizon_days: Option<i32>) -> Full {
        let horizon_days = horizon_days.unwrap_or(i32::MAX);
        self.steps
            .iter()
            .find(|(up_to_days, _)| horizon_days <= *up_to_days)
            .map_or(self.beyond, |(_, full)| *full)
    }
}

impl RubricInForce {
    /// A rubric from an instant on; what is wrong with it, if anything is.
    pub fn new(rubric: Rubric, from: Instant) -> Result<Self, Vec<Problem>> {
        let rubric = rubric.prepared()?;
        let kinds = rubric.kinds.iter().map(Measure::of).collect();
        Ok(Self { rubric, from, kinds })
    }
    /// The rubric itself.
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }
    /// Since when it is in force.
    pub fn from(&self) -> Instant {
        self.from
    }
    /// The row of a kind: a prepared rubric has every kind once, in the order of the kinds.
    pub(super) fn measure(&self, kind: EvidenceKind) -> &Measure {
        &self.kinds[kind as usize]
    }
}

/// Time zone, rubrics and rates of a workspace, with their history.
#[derive(Debug, Clone)]
pub struct Yardstick {
    zone: Tz,
    rubrics: Vec<RubricInForce>,
    rates: HashMap<Currency, Vec<DatedRate>>,
    changes: Vec<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct DatedRate {
    on: NaiveDate,
    recorded_at: Instant,
    usd: f64,
}

impl Yardstick {
    /// Of a workspace. Its first rubric also holds for the time before; without any it is the default one.
    pub fn new(
        zone: Tz,
        mut rubrics: Vec<RubricInForce>,
        rates: impl IntoIterator<Item = ExchangeRate>,
    ) -> Arc<Self> {
        if rubrics.is_empty() {
            rubrics.extend(RubricInForce::new(Rubric::default(), Instant::UNIX_EPOCH));
        }
        rubrics.sort_by_key(|one| (one.from, one.rubric.version));
        let mut by_currency: HashMap<Currency, Vec<DatedRate>> = HashMap::new();
        let mut changes: Vec<Instant> = rubrics.iter().map(|one| one.from).collect();
        for rate in rates {
            changes.push(rate.recorded_at);
            by_currency.entry(rate.currency).or_default().push(DatedRate {
                on: rate.on,
                recorded_at: rate.recorded_at,
                usd: double(rate.usd),
            });
        }
        for rates in by_currency.values_mut() {
            rates.sort_by_key(|rate| (rate.on, rate.recorded_at));
        }
        changes.sort_unstable();
        changes.dedup();
        Arc::new(Self {
            zone,
            rubrics,
            rates: by_currency,
            changes,
        })
    }

    /// The time zone whose days count.
    pub fn zone(&self) -> Tz {
        self.zone
    }
    /// The calendar day of an instant.
    pub fn day(&self, at: Instant) -> NaiveDate {
        day_in(self.zone, at)
    }
    /// The rubric in force at an instant.
    pub fn rubric_at(&self, at: Instant) -> &RubricInForce {
        let begun = self.rubrics.partition_point(|one| one.from <= at);
        &self.rubrics[begun.saturating_sub(1)]
    }
    /// The rubric of a version.
    pub fn rubric(&self, version: i32) -> Option<&RubricInForce> {
        self.rubrics.iter().find(|one| one.rubric.version == version)
    }
    /// Every rubric, the earliest first.
    pub fn rubrics(&self) -> impl Iterator<Item = &RubricInForce> {
        self.rubrics.iter()
    }
    /// When the rates that a figure of a day can be measured with were recorded.
    pub(super) fn rate_changes(&self, currency: &Currency, on: NaiveDate) -> impl Iterator<Item = Instant> {
        self.rates_of(currency, on).iter().map(|rate| rate.recorded_at)
    }
    /// When a rubric or rate last came.
    pub(super) fn newest_change(&self) -> Option<Instant> {
        self.changes.last().copied()
    }
    /// How many changes of rubrics and rates were made by an instant.
    pub(super) fn changes_by(&self, at: Instant) -> usize {
        self.changes.partition_point(|change| *change <= at)
    }

    /// USD for one unit of a currency on a day, by the latest rate recorded by `at` that is dated on the day or at most
    /// 31 days before it (domain.md §4). None where there is none.
    pub fn usd(&self, currency: &Currency, on: NaiveDate, at: Instant) -> Option<f64> {
        if currency.code() == Rubric::CURRENCY {
            return Some(1.0);
        }
        let rates = self.rates_of(currency, on);
        rates
            .iter()
            .rfind(|rate| rate.recorded_at <= at)
            .map(|rate| rate.usd)
    }

    /// The rates dated on a day or at most 31 days before it, the latest last.
    fn rates_of(&self, currency: &Currency, on: NaiveDate) -> &[DatedRate] {
        let rates: &[DatedRate] = self.rates.get(currency).map_or(&[], Vec::as_slice);
        let oldest = on
            .checked_sub_signed(TimeDelta::days(RATE_AGE_LIMIT_DAYS))
            .unwrap_or(on);
        let first = rates.partition_point(|rate| rate.on < oldest);
        let end = rates.partition_point(|rate| rate.on <= on);
        &rates[first..end]
    }
}
