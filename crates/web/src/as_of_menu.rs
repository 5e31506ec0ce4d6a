//! The menu that chooses a day to look back from, on the pages that can show the past.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::as_of::{self, AsOf};
use crate::fmt;
use crate::query::Bad;
use crate::words::Words;

/// The menu as `as_of_menu.html` draws it.
pub(crate) struct AsOfMenu {
    /// The page that its form asks.
    pub(crate) action: String,
    /// What the form sends besides the day.
    pub(crate) kept: Vec<(&'static str, String)>,
    /// The day that is set, for its field.
    pub(crate) day: String,
    pub(crate) is_set: bool,
    pub(crate) days: Vec<DayChoice>,
}

/// A day to choose.
pub(crate) struct DayChoice {
    pub(crate) text: String,
    pub(crate) link: String,
    pub(crate) is_chosen: bool,
}

impl AsOfMenu {
    /// The menu of a page; `link` gives the page as of a day.
    pub(crate) fn new(
        action: &str,
        kept: Vec<(&'static str, String)>,
        as_of: Option<AsOf>,
        today: (NaiveDate, Tz),
        words: &Words,
        link: impl Fn(AsOf) -> String,
    ) -> Self {
        let (today, zone) = today;
        let [month, quarter, year] = as_of::period_ends(today);
        let mut days = vec![(words.month_end, month)];
        if quarter != month {
            days.push((words.quarter_end, quarter));
        }
        if year != quarter && year != month {
            days.push((words.year_end, year));
        }
        Self {
            action: action.to_owned(),
            kept: kept
                .into_iter()
                .filter(|(name, value)| *name != as_of::PARAMETER && !value.is_empty())
                .collect(),
            day: match as_of {
                None => String::new(),
                Some(AsOf::Day(day)) => fmt::table_date(day),
                Some(AsOf::At(at)) => fmt::table_date(at.with_timezone(&zone).date_naive()),
            },
            is_set: as_of.is_some(),
            days: days
                .into_iter()
                .map(|(name, day)| DayChoice {
                    text: format!("{name} · {}", fmt::date(day, words.language)),
                    link: link(AsOf::Day(day)),
                    is_chosen: as_of == Some(AsOf::Day(day)),
                })
                .collect(),
        }
    }
}

/// The instant that an address asks for. What is still to come was not understood, and is taken out of it.
pub(crate) fn instant(
    as_of: &mut Option<AsOf>,
    bad: &mut Vec<Bad>,
    now: DateTime<Utc>,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    let asked = (*as_of)?;
    let instant = asked.instant(now, zone);
    if instant.is_none() {
        *as_of = None;
        bad.push(Bad {
            name: as_of::PARAMETER.to_owned(),
            value: asked.code(),
        });
    }
    instant
}
