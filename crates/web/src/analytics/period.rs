//! The period that a page of analytics looks at: a preset that moves with the day, or from one day to another.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::words::Words;

/// Which days, both ends among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Period {
    Last30,
    #[default]
    Last90,
    ThisQuarter,
    LastQuarter,
    ThisYear,
    LastYear,
    Days(NaiveDate, NaiveDate),
}

impl Period {
    pub(super) const PRESETS: [Self; 6] = [
        Self::Last30,
        Self::Last90,
        Self::ThisQuarter,
        Self::LastQuarter,
        Self::ThisYear,
        Self::LastYear,
    ];

    /// As the address writes a preset; empty for days.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Last30 => "30d",
            Self::Last90 => "90d",
            Self::ThisQuarter => "quarter",
            Self::LastQuarter => "last-quarter",
            Self::ThisYear => "year",
            Self::LastYear => "last-year",
            Self::Days(..) => "",
        }
    }

    pub(super) fn word(self, words: &Words) -> &'static str {
        let a = words.analytics();
        match self {
            Self::Last30 => a.last_30,
            Self::Last90 => a.last_90,
            Self::ThisQuarter => a.this_quarter,
            Self::LastQuarter => a.last_quarter,
            Self::ThisYear => a.this_year,
            Self::LastYear => a.last_year,
            Self::Days(..) => a.from_to,
        }
    }

    /// Its first and its last day, seen from a day; none of them after it but where days were asked for.
    pub(super) fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let quarter = first_of(today, today.month0() / 3 * 3 + 1);
        let year = first_of(today, 1);
        let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let before = |first: NaiveDate, months: u32| {
            let from = first.checked_sub_months(Months::new(months)).unwrap_or(first);
            (from, first.pred_opt().unwrap_or(first))
        };
        match self {
            Self::Last30 => (back(29), today),
            Self::Last90 => (back(89), today),
            Self::ThisQuarter => (quarter, today),
            Self::LastQuarter => before(quarter, 3),
            Self::ThisYear => (year, today),
            Self::LastYear => before(year, 12),
            Self::Days(from, to) => (from, to),
        }
    }
}

/// The days just before some days, as many as they are; none where the calendar does not reach so far.
pub(super) fn before((from, to): (NaiveDate, NaiveDate)) -> Option<(NaiveDate, NaiveDate)> {
    let last = from.pred_opt()?;
    Some((last.checked_sub_signed(to - from)?, last))
}

fn first_of(today: NaiveDate, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year(), month, 1).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_move_with_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2024-02-10");
        for (period, from, to) in [
            (Period::Last30, "2024-01-12", "2024-02-10"),
            (Period::Last90, "2023-11-13", "2024-02-10"),
            (Period::ThisQuarter, "2024-01-01", "2024-02-10"),
            (Period::LastQuarter, "2023-10-01", "2023-12-31"),
            (Period::ThisYear, "2024-01-01", "2024-02-10"),
            (Period::LastYear, "2023-01-01", "2023-12-31"),
        ] {
            assert_eq!(period.days(today), (day(from), day(to)), "{period:?}");
        }
    }

    #[test]
    fn the_period_before_is_as_long_and_ends_the_day_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            before((day("2024-04-01"), day("2024-06-30"))),
            Some((day("2024-01-01"), day("2024-03-31")))
        );
        assert_eq!(
            before((day("2024-03-01"), day("2024-03-01"))),
            Some((day("2024-02-29"), day("2024-02-29")))
        );
    }
}
