//! Instants and days. An instant has microseconds, as Postgres has; a day is a calendar day in the workspace's zone.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, SubsecRound as _, TimeDelta, Utc};

use crate::Language;

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

/// A day no more exactly than it is known, in words; of a period its last day is given.
pub fn known_day(day: NaiveDate, precision: DatePrecision, language: Language) -> String {
    let (year, month) = (day.year(), day.month());
    match (precision, language) {
        (DatePrecision::Day, _) => day.to_string(),
        (DatePrecision::Month, Language::En) => day.format("%b %Y").to_string(),
        (DatePrecision::Month, Language::Zh) => format!("{year}年{month}月"),
        (DatePrecision::Quarter, Language::En) => format!("Q{} {year}", day.month0() / 3 + 1),
        (DatePrecision::Quarter, Language::Zh) => format!("{year}年第{}季度", day.month0() / 3 + 1),
        (DatePrecision::Half, Language::En) => format!("H{} {year}", day.month0() / 6 + 1),
        (DatePrecision::Half, Language::Zh) if month <= 6 => format!("{year}年上半年"),
        (DatePrecision::Half, Language::Zh) => format!("{year}年下半年"),
        (DatePrecision::Year, Language::En) => year.to_string(),
        (DatePrecision::Year, Language::Zh) => format!("{year}年"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_no_more_exactly_than_it_is_known() {
        let day: NaiveDate = "2024-12-31".parse().unwrap();
        let told =
            |precision| [Language::En, Language::Zh].map(|language| known_day(day, precision, language));
        assert_eq!(told(DatePrecision::Day), ["2024-12-31", "2024-12-31"]);
        assert_eq!(told(DatePrecision::Month), ["Dec 2024", "2024年12月"]);
        assert_eq!(told(DatePrecision::Quarter), ["Q4 2024", "2024年第4季度"]);
        assert_eq!(told(DatePrecision::Half), ["H2 2024", "2024年下半年"]);
        assert_eq!(told(DatePrecision::Year), ["2024", "2024年"]);
        let june: NaiveDate = "2024-06-30".parse().unwrap();
        assert_eq!(known_day(june, DatePrecision::Half, Language::Zh), "2024年上半年");
        assert_eq!(known_day(june, DatePrecision::Quarter, Language::En), "Q2 2024");
    }
}
