//! Days and periods. A period's date is its last day (domain.md, Precision).

use std::sync::LazyLock;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use domain::time::DatePrecision;
use unicode_normalization::UnicodeNormalization as _;

use crate::saying::Saying;

/// A day, and how exactly it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    /// The day; of a period its last.
    pub day: NaiveDate,
    /// How exactly.
    pub precision: DatePrecision,
}

/// Two days, of which either may be meant.
type TwoDays = (NaiveDate, NaiveDate);

/// The first day of 1900 as Excel counts, before its missing leap day.
static EXCEL_ZERO: LazyLock<NaiveDate> =
    LazyLock::new(|| NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or(NaiveDate::MIN));

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads a day or period: `2023`, `2023年3月`, `Q1 2023`, `H2 2022`, `2022年下半年`, `2023-03-31`, `Mar 2023`,
/// `31/03/2023`, 45016 as Excel counts. An error says why it is none.
pub(crate) fn when(text: &str) -> Result<When, Saying> {
    let folded: String = text.nfkc().collect::<String>().to_lowercase();
    let folded = folded.trim();
    // The time of day says nothing here.
    let folded = match folded.split_once(['t', ' ']) {
        Some((day, time)) if time.contains(':') && day.starts_with(|c: char| c.is_ascii_digit()) => day,
        _ => folded,
    };
    let read = numbered(folded)
        .or_else(|| Some(chinese(folded)).flatten())
        .or_else(|| Some(part_of_year(folded)).flatten())
        .or_else(|| Some(english(folded)).flatten());
    match read {
        Some(Ok(when)) => Ok(when),
        Some(Err((one, other))) => Err(Saying::OneOfTwoDays(text.to_owned(), one, other)),
        None => Err(Saying::NotADate(text.to_owned())),
    }
}

fn year_of(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())?
        .filter(|year| (1800..=2199).contains(year))
}

fn number_of(text: &str) -> Option<u32> {
    (matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn day(year: i32, month: u32, day: u32) -> Option<When> {
    Some(When {
        day: NaiveDate::from_ymd_opt(year, month, day)?,
        precision: DatePrecision::Day,
    })
}

/// The months up to and with `month`: the last day of it.
fn until(year: i32, month: u32, precision: DatePrecision) -> Option<When> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first
        .checked_add_months(Months::new(1))?
        .checked_sub_days(Days::new(1))?;
    Some(When { day: last, precision })
}

fn year(year: i32) -> Option<When> {
    until(year, 12, DatePrecision::Year)
}

/// Figures alone: `2023`, `2023-3`, `2023/03/31`, `20230331`, `31/12/2012`, 45016.
fn numbered(text: &str) -> Option<Result<When, TwoDays>> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    if parts
        .iter()
        .any(|part| part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let ok = |when: Option<When>| when.map(Ok);
    match *parts.as_slice() {
        // A sheet's number as its program wrote it.
        [one] | [one, "0"] if year_of(one).is_some() => ok(year(year_of(one)?)),
        [one] if one.len() == 8 => ok(day(
            year_of(&one[..4])?,
            number_of(&one[4..6])?,
            number_of(&one[6..])?,
        )),
        [one] if one.len() == 5 => {
            let counted = EXCEL_ZERO.checked_add_days(Days::new(one.parse().ok()?))?;
            (1910..=2079).contains(&counted.year()).then_some(Ok(When {
                day: counted,
                precision: DatePrecision::Day,
            }))
        }
        [first, month] if year_of(first).is_some() => {
            ok(until(year_of(first)?, number_of(month)?, DatePrecision::Month))
        }
        [month, last] if year_of(last).is_some() => {
            ok(until(year_of(last)?, number_of(month)?, DatePrecision::Month))
        }
        [first, month, last] if year_of(first).is_some() => {
            ok(day(year_of(first)?, number_of(month)?, number_of(last)?))
        }
        [a, b, last] => {
            let (year, a, b) = (year_of(last)?, number_of(a)?, number_of(b)?);
            match (day(year, a, b), day(year, b, a)) {
                (Some(one), Some(other)) if one != other => Some(Err((one.day, other.day))),
                (Some(one), _) | (None, Some(one)) => Some(Ok(one)),
                (None, None) => None,
            }
        }
        _ => None,
    }
}

/// `2023年`, `2023年3月`, `2023年3月5日`, `2022年下半年`, `2023年一季度`.
fn chinese(text: &str) -> Option<Result<When, TwoDays>> {
    let (head, rest) = text.split_once('年')?;
    let year_number = year_of(head.trim())?;
    let rest = rest.trim();
    let when = match rest {
        "" | "成立" | "创立" | "初" | "年初" | "底" | "末" | "年底" | "年末" => {
            year(year_number)
        }
        "上半年" => until(year_number, 6, DatePrecision::Half),
        "下半年" => until(year_number, 12, DatePrecision::Half),
        _ if rest.ends_with("季度") => {
            let quarter = match rest.trim_start_matches('第').trim_end_matches("季度") {
                "一" | "1" => 1,
                "二" | "2" => 2,
                "三" | "3" => 3,
                "四" | "4" => 4,
                _ => return None,
            };
            until(year_number, quarter * 3, DatePrecision::Quarter)
        }
        _ => {
            let (month, rest) = rest.split_once('月')?;
            let month = number_of(month.trim())?;
            match rest.trim().trim_end_matches(['日', '号']) {
                "" => until(year_number, month, DatePrecision::Month),
                last => day(year_number, month, number_of(last)?),
            }
        }
    };
    when.map(Ok)
}

/// `Q1 2023`, `2023Q1`, `H2 2022`, `2022 H2`.
fn part_of_year(text: &str) -> Option<Result<When, TwoDays>> {
    let compact: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '/' | '\''))
        .collect();
    let at = compact.find(['q', 'h'])?;
    let number = compact.get(at + 1..at + 2)?.parse::<u32>().ok()?;
    let year_text = format!("{}{}", &compact[..at], compact.get(at + 2..)?);
    let year_number = year_of(&year_text)?;
    let when = match (&compact[at..=at], number) {
        ("q", 1..=4) => until(year_number, number * 3, DatePrecision::Quarter),
        ("h", 1..=2) => until(year_number, number * 6, DatePrecision::Half),
        _ => None,
    };
    when.map(Ok)
}

/// `March 2023`, `Mar 5, 2023`, `5 March 2023`, `5-Mar-2023`.
fn english(text: &str) -> Option<Result<When, TwoDays>> {
    let parts: Vec<&str> = text
        .split([' ', ',', '-', '/', '.'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let month_of = |part: &str| {
        let known = MONTHS
            .iter()
            .position(|month| part.len() >= 3 && part.starts_with(month))?;
        part.bytes()
            .all(|b| b.is_ascii_alphabetic())
            .then_some(known as u32 + 1)
    };
    let day_of = |part: &str| number_of(part.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
    let when = match *parts.as_slice() {
        [month, last] => until(year_of(last)?, month_of(month)?, DatePrecision::Month),
        [a, b, last] => match (month_of(a), month_of(b)) {
            (Some(month), None) => day(year_of(last)?, month, day_of(b)?),
            (None, Some(month)) => day(year_of(last)?, month, day_of(a)?),
            _ => None,
        },
        _ => None,
    };
    when.map(Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_periods_are_read_as_people_write_them() {
        let table = [
            ("1990", "1990-12-31", "YEAR"),
            ("2023.0", "2023-12-31", "YEAR"),
            ("2023年", "2023-12-31", "YEAR"),
            ("２０２３年３月", "2023-03-31", "MONTH"),
            ("2023年3月5日", "2023-03-05", "DAY"),
            ("2022年下半年", "2022-12-31", "HALF"),
            ("2022年上半年", "2022-06-30", "HALF"),
            ("2023年第一季度", "2023-03-31", "QUARTER"),
            ("Q1 2023", "2023-03-31", "QUARTER"),
            ("2023Q4", "2023-12-31", "QUARTER"),
            ("H2 2022", "2022-12-31", "HALF"),
            ("2024-02", "2024-02-29", "MONTH"),
            ("2023/3/5", "2023-03-05", "DAY"),
            ("2023.03.05", "2023-03-05", "DAY"),
            ("20230331", "2023-03-31", "DAY"),
            ("2023-03-31T08:00:00Z", "2023-03-31", "DAY"),
            ("5/19/2006 0:00:00", "2006-05-19", "DAY"),
            ("31/12/2012", "2012-12-31", "DAY"),
            ("03/2023", "2023-03-31", "MONTH"),
            ("March 2023", "2023-03-31", "MONTH"),
            ("Mar 5, 2023", "2023-03-05", "DAY"),
            ("5th March 2023", "2023-03-05", "DAY"),
            ("45016", "2023-03-31", "DAY"),
        ];
        for (text, day, precision) in table {
            let read = when(text).unwrap();
            assert_eq!(
                (read.day.to_string().as_str(), read.precision.code()),
                (day, precision),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day_or_may_be_two_is_said() {
        let error = when("02/01/2014").unwrap_err().words(domain::Language::En);
        assert!(error.contains("may be 2014-02-01 or 2014-01-02"), "{error}");
        for text in [
            "soon",
            "2023-13",
            "2023年13月",
            "99999999",
            "Q5 2023",
            "1.5",
            "12",
            "-",
            "2023-02-30",
            "é1 q",
        ] {
            assert!(when(text).is_err(), "{text}");
        }
    }
}
