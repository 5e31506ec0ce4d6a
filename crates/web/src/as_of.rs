//! As of: the past that an address asks for, the bar that says so, and links that stay in it.
//!
//! `as_of=2024-06-30` is the end of that day in the workspace's zone, an RFC 3339 instant is itself. It means what was
//! known by then. A page that can show the past says so to its [`Shell`](crate::shell::Shell); every other page that is
//! asked for it says that it shows now.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use url::form_urlencoded;

use crate::fmt;
use crate::words::Words;

/// The parameter's name.
pub(crate) const PARAMETER: &str = "as_of";

/// What an address asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AsOf {
    /// The end of a day.
    Day(NaiveDate),
    /// An instant.
    At(DateTime<Utc>),
}

impl AsOf {
    /// Reads what stands in an address.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() == 10 {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            return (1..=9999).contains(&day.year()).then_some(Self::Day(day));
        }
        // A plus that was not escaped arrives as a blank.
        let at = DateTime::parse_from_rfc3339(&text.replace(' ', "+")).ok()?;
        Some(Self::At(at.to_utc()))
    }

    /// As an address writes it.
    pub(crate) fn code(self) -> String {
        match self {
            Self::Day(day) => fmt::table_date(day),
            Self::At(at) => at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }

    /// The instant by which it was known; of today it is now. None of what is still to come.
    pub(crate) fn instant(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => (at <= now).then_some(at),
            Self::Day(day) if day <= now.with_timezone(&zone).date_naive() => {
                Some(last_instant(day, zone)?.min(now))
            }
            Self::Day(_) => None,
        }
    }

    /// As a reader reads it: `30 Jun 2024`, with the time where it is an instant.
    pub(crate) fn said(self, zone: Tz, words: &Words) -> String {
        match self {
            Self::Day(day) => fmt::date(day, words.language),
            Self::At(at) => {
                let day = at.with_timezone(&zone).date_naive();
                format!("{} {}", fmt::date(day, words.language), fmt::time(at, zone))
            }
        }
    }

    /// The mark before a title: `[2024-06-30]`.
    fn mark(self, zone: Tz) -> String {
        match self {
            Self::Day(day) => format!("[{}]", fmt::table_date(day)),
            Self::At(at) => {
                let day = at.with_timezone(&zone).date_naive();
                format!("[{} {}]", fmt::table_date(day), fmt::time(at, zone))
            }
        }
    }

    /// A link of this site that stays in the past, if there is one.
    pub(crate) fn keep(as_of: Option<Self>, link: &str) -> String {
        let Some(as_of) = as_of else {
            return link.to_owned();
        };
        let (page, anchor) = link
            .split_once('#')
            .map_or((link, String::new()), |(page, anchor)| {
                (page, format!("#{anchor}"))
            });
        let value: String = form_urlencoded::byte_serialize(as_of.code().as_bytes()).collect();
        let joint = if page.contains('?') { '&' } else { '?' };
        format!("{page}{joint}{PARAMETER}={value}{anchor}")
    }
}

/// The first instant of a day; where clocks are put forward at midnight, the first that there is.
pub(crate) fn begin(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=3)
        .find_map(|hours| {
            zone.from_local_datetime(&(midnight + Duration::hours(hours)))
                .earliest()
        })
        .map(|at| at.to_utc())
}

/// The first instant of a day in the workspace's zone.
pub(crate) fn first_instant(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    begin(day, zone)
}

/// The last instant of a day in the workspace's zone.
pub(crate) fn last_instant(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    Some(begin(day.checked_add_days(Days::new(1))?, zone)? - Duration::microseconds(1))
}

/// Ends of periods before today, to choose from: of the last month, quarter and year.
pub(crate) fn period_ends(today: NaiveDate) -> [NaiveDate; 3] {
    let quarter = today.month0() / 3 * 3 + 1;
    [today.month(), quarter, 1].map(|month| {
        NaiveDate::from_ymd_opt(today.year(), month, 1)
            .and_then(|first| first.pred_opt())
            .unwrap_or(today)
    })
}

/// The bar over a page that is asked for the past.
pub(crate) struct AsOfBar {
    pub(crate) as_of: AsOf,
    /// What it says.
    pub(crate) text: String,
    /// Whether the page shows the past; else it says that it shows now.
    pub(crate) is_past: bool,
    /// This page without the past.
    pub(crate) back_to_now: String,
}

impl AsOfBar {
    /// The bar of a page that shows now whatever it is asked for.
    pub(crate) fn now(as_of: AsOf, address: &str, words: &Words) -> Self {
        Self {
            as_of,
            text: words.shows_now.to_owned(),
            is_past: false,
            back_to_now: without(address),
        }
    }

    /// The bar of a page that shows the past, and the mark of its title.
    pub(crate) fn past(as_of: AsOf, address: &str, zone: Tz, words: &Words) -> (Self, String) {
        let bar = Self {
            as_of,
            text: words.as_it_stood(&as_of.said(zone, words)),
            is_past: true,
            back_to_now: without(address),
        };
        (bar, as_of.mark(zone))
    }
}

/// An address without what it asks of the past.
fn without(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| pair.split('=').next() != Some(PARAMETER))
        .collect();
    if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{En, Zh};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_means_its_end_in_the_zone_of_the_workspace() {
        let now = at("2024-07-31T04:00:00Z");
        let of = |text: &str, zone: Tz| AsOf::read(text).unwrap().instant(now, zone);
        let shanghai = chrono_tz::Asia::Shanghai;
        assert_eq!(
            of("2024-06-30", shanghai),
            Some(at("2024-06-30T15:59:59.999999Z"))
        );
        assert_eq!(
            of("2024-06-30", chrono_tz::America::New_York),
            Some(at("2024-07-01T03:59:59.999999Z"))
        );
        // The day before clocks went forward at midnight.
        assert_eq!(
            of("2024-03-30", chrono_tz::Asia::Beirut),
            Some(at("2024-03-30T21:59:59.999999Z"))
        );
        assert_eq!(of("2024-07-31", shanghai), Some(now), "today is known by now");
        assert_eq!(of("2024-08-01", shanghai), None, "nobody knows tomorrow");
        assert_eq!(of("2024-07-31T04:00:01Z", shanghai), None);
        assert_eq!(
            of("2024-06-30T12:00:00 08:00", shanghai),
            Some(at("2024-06-30T04:00:00Z"))
        );
    }

    #[test]
    fn what_is_neither_a_day_nor_an_instant_is_not_guessed() {
        for text in [
            "",
            "2024-13-01",
            "2024-6-30",
            "30/06/2024",
            "yesterday",
            "2024-06-30T12:00",
            "2024",
        ] {
            assert_eq!(AsOf::read(text), None, "{text}");
        }
        for text in [
            "2024-06-30",
            "2024-06-30T04:00:00Z",
            "2024-06-30T04:00:00.123456Z",
        ] {
            assert_eq!(AsOf::read(text).unwrap().code(), text);
        }
    }

    #[test]
    fn links_stay_in_the_past_and_the_bar_leads_out_of_it() {
        let as_of = AsOf::read("2024-06-30");
        assert_eq!(
            AsOf::keep(as_of, "/startups/x#evidence"),
            "/startups/x?as_of=2024-06-30#evidence"
        );
        assert_eq!(
            AsOf::keep(as_of, "/hype?layer=APP"),
            "/hype?layer=APP&as_of=2024-06-30"
        );
        assert_eq!(AsOf::keep(None, "/hype"), "/hype");
        assert_eq!(
            without("/hype?layer=APP&as_of=2024-06-30&depth=2"),
            "/hype?layer=APP&depth=2"
        );
        assert_eq!(without("/hype?as_of=2024-06-30"), "/hype");
    }

    #[test]
    fn the_bar_says_which_day_in_both_languages() {
        let as_of = AsOf::read("2024-06-30").unwrap();
        let zone = chrono_tz::Asia::Shanghai;
        let (bar, mark) = AsOfBar::past(as_of, "/hype", zone, Words::of(En));
        assert_eq!(bar.text, "As it stood on 30 Jun 2024, as known by then");
        assert_eq!(mark, "[2024-06-30]");
        let (bar, _) = AsOfBar::past(as_of, "/hype", zone, Words::of(Zh));
        assert_eq!(bar.text, "2024年6月30日 时的状态，以当时所知为准");
        let instant = AsOf::read("2024-06-30T04:00:00Z").unwrap();
        let (bar, mark) = AsOfBar::past(instant, "/hype", zone, Words::of(En));
        assert!(bar.text.contains("30 Jun 2024 12:00"), "{}", bar.text);
        assert_eq!(mark, "[2024-06-30 12:00]");
    }

    #[test]
    fn the_ends_of_the_last_month_quarter_and_year_can_be_chosen() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            period_ends(day("2024-07-31")),
            [day("2024-06-30"), day("2024-06-30"), day("2023-12-31")]
        );
        assert_eq!(
            period_ends(day("2024-02-01")),
            [day("2024-01-31"), day("2023-12-31"), day("2023-12-31")]
        );
    }
}
