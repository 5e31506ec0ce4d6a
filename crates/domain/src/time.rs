//! Instants and days. An instant has microseconds, as Postgres has; a day is a calendar day in the workspace's zone.

use chrono::{DateTime, Days, NaiveDate, SubsecRound as _, TimeDelta, Utc};

/// A point in time, in microseconds (see [`instant`]).
pub type Instant = DateTime<Utc>;

/// Cuts an instant to the microseconds that the database keeps, so that what is read back equals what was written.
pub fn instant(at: DateTime<Utc>) -> Instant {
    at.trunc_subsecs(6)
}

/// When a change of a record is recorded: now, but never at or before the record's last change, so that two servers
/// whose clocks differ cannot put history out of order.
pub fn recorded_after(now: Instant, last: Instant) -> Instant {
    now.max(last + TimeDelta::microseconds(1))
}

/// The calendar day of an instant in the workspace's time zone.
pub fn day_in(zone: chrono_tz::Tz, at: Instant) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The last instant (microsecond) of a calendar day in the workspace's time zone.
pub fn end_of_day(zone: chrono_tz::Tz, day: NaiveDate) -> Instant {
    let next = day
        .checked_add_days(Days::new(1))
        .unwrap_or(day)
        .and_time(chrono::NaiveTime::MIN);
    let start_of_next = next
        .and_local_timezone(zone)
        .earliest()
        .map_or_else(|| next.and_utc(), |t| t.to_utc());
    start_of_next - TimeDelta::microseconds(1)
}

crate::vocabulary::vocabulary! {
    /// How exactly a date is known.
    DatePrecision {
        /// To the day.
        Day = "DAY",
        /// To the month.
        Month = "MONTH",
        /// To the quarter.
        Quarter = "QUARTER",
        /// To the half year.
        Half = "HALF",
        /// To the year.
        Year = "YEAR",
    }
}
