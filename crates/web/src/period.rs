//! The period that a page looks at: a preset that moves with the day, or from one day to another; and its menu.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::as_of::AsOf;
use crate::fmt;
use crate::narrow::Choice;
use crate::query::Bad;
use crate::words::Words;

/// Which days, both ends among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Period {
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
    /// The presets, and none first: for pages that look at all times unless they are asked.
    pub(crate) const OR_ANY: [Option<Self>; 7] = [
        None,
        Some(Self::Last30),
        Some(Self::Last90),
        Some(Self::ThisQuarter),
        Some(Self::LastQuarter),
        Some(Self::ThisYear),
        Some(Self::LastYear),
    ];

    /// The parameters that say it.
    pub(crate) const NAMES: [&str; 3] = ["period", "from", "to"];

    /// The preset that an address writes so.
    pub(crate) fn preset(code: &str) -> Option<Self> {
        Self::OR_ANY.into_iter().flatten().find(|one| one.code() == code)
    }

    /// Reads `from` and `to` of an address: both ends or none, in order, and no preset beside them.
    pub(crate) fn between(days: [Option<String>; 2], has_preset: bool, bad: &mut Vec<Bad>) -> Option<Self> {
        let read = |text: &Option<String>| crate::query::day(text.as_deref()?);
        match (read(&days[0]), read(&days[1])) {
            (Some(from), Some(to)) if from <= to && !has_preset => Some(Self::Days(from, to)),
            (from, to) => {
                let are_both_days = from.is_some() && to.is_some();
                for ((name, text), day) in ["from", "to"].into_iter().zip(days).zip([from, to]) {
                    // Where one end alone is no day, that one is told.
                    if let Some(value) = text
                        && (day.is_none() || are_both_days || (from.is_none() != to.is_none()))
                    {
                        bad.push(Bad {
                            name: name.to_owned(),
                            value,
                        });
                    }
                }
                None
            }
        }
    }

    /// As an address says it.
    pub(crate) fn pairs(self) -> Vec<(&'static str, String)> {
        match self {
            Self::Days(from, to) => vec![("from", from.to_string()), ("to", to.to_string())],
            preset => vec![("period", preset.code().to_owned())],
        }
    }

    /// In words: its name, and of days these.
    pub(crate) fn said(self, words: &Words) -> String {
        match self {
            Self::Days(from, to) => words
                .analytics()
                .between(&fmt::date(from, words.language), &fmt::date(to, words.language)),
            preset => preset.word(words).to_owned(),
        }
    }

    /// As the address writes a preset; empty for days.
    fn code(self) -> &'static str {
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

    pub(crate) fn word(self, words: &Words) -> &'static str {
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
    pub(crate) fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
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
pub(crate) fn before((from, to): (NaiveDate, NaiveDate)) -> Option<(NaiveDate, NaiveDate)> {
    let last = from.pred_opt()?;
    Some((last.checked_sub_signed(to - from)?, last))
}

/// The first and the last instant of the days, as far as they have come; None where none of them has.
pub(crate) fn instants(
    (from, to): (NaiveDate, NaiveDate),
    until: DateTime<Utc>,
    zone: Tz,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let before = AsOf::Day(from.pred_opt()?).instant(until, zone)?;
    let begin = before + TimeDelta::microseconds(1);
    let end = AsOf::Day(to).instant(until, zone).unwrap_or(until);
    (begin <= end).then_some((begin, end))
}

/// The menu in which a period is chosen, as `period_menu.html` draws it.
pub(crate) struct PeriodMenu {
    pub(crate) said: String,
    pub(crate) choices: Vec<Choice>,
    pub(crate) action: &'static str,
    pub(crate) kept: Vec<(&'static str, String)>,
    pub(crate) from: String,
    pub(crate) to: String,
}

impl PeriodMenu {
    /// Of a page at an address, with the days that it looks at, and a link for each period; where a page need look at
    /// none, one for that too.
    pub(crate) fn new(
        (action, carried): (&'static str, Vec<(&'static str, String)>),
        days: Option<(NaiveDate, NaiveDate)>,
        (chosen, periods): (Option<Period>, &[Option<Period>]),
        words: &Words,
        link: impl Fn(Option<Period>) -> String,
    ) -> Self {
        let a = words.analytics();
        let end = |day: NaiveDate| fmt::table_date(day);
        let (from, to) = days.map(|(from, to)| (end(from), end(to))).unwrap_or_default();
        Self {
            said: days.map_or_else(|| a.any_time.to_owned(), |_| a.between(&from, &to)),
            choices: periods
                .iter()
                .map(|period| Choice {
                    text: period.map_or(a.any_time, |period| period.word(words)).to_owned(),
                    link: link(*period),
                    depth: 0,
                    is_chosen: *period == chosen,
                })
                .collect(),
            action,
            kept: carried
                .into_iter()
                .filter(|(name, _)| !Period::NAMES.contains(name))
                .collect(),
            from,
            to,
        }
    }
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
