//! What every input is held to: blanks off, not too long, an address that is one.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use crate::{Message, Problem, ProblemCode, Problems, text::cleaned};

/// Characters of a name, a title or another line that is shown whole.
pub(crate) const NAME_LIMIT: usize = 300;
/// Characters of a text that says why, how or what.
pub(crate) const TEXT_LIMIT: usize = 2_000;
/// Characters of a web address.
pub(crate) const URL_LIMIT: usize = 2_000;

/// The text cleaned; None where nothing is left of it.
pub(crate) fn clean_optional(text: Option<String>) -> Option<String> {
    text.and_then(|text| cleaned(&text))
}

/// A text that must be there, cleaned.
pub(crate) fn required(text: &str, field: &str, limit: usize, wrong: &mut Problems) -> String {
    let text = cleaned(text).unwrap_or_default();
    wrong.push_if(text.is_empty(), || Problem::required(field));
    check_length(&text, field, limit, wrong);
    text
}

/// A text that may be absent, cleaned.
pub(crate) fn optional(
    text: Option<String>,
    field: &str,
    limit: usize,
    wrong: &mut Problems,
) -> Option<String> {
    let text = clean_optional(text)?;
    check_length(&text, field, limit, wrong);
    Some(text)
}

/// A web address that may be absent, cleaned.
pub(crate) fn optional_url(text: Option<String>, field: &str, wrong: &mut Problems) -> Option<String> {
    let text = optional(text, field, URL_LIMIT, wrong)?;
    check_url(&text, field, wrong);
    Some(text)
}

/// Says it where a text has more than `limit` characters.
pub(crate) fn check_length(text: &str, field: &str, limit: usize, wrong: &mut Problems) {
    let length = text.chars().count();
    wrong.push_if(length > limit, || {
        Problem::invalid(field, Message::TooLong { length, limit })
    });
}

/// No more of a list than its limit; says it where there were more.
pub(crate) fn bounded<T>(mut values: Vec<T>, field: &str, limit: usize, wrong: &mut Problems) -> Vec<T> {
    check_count(values.len(), field, limit, wrong);
    values.truncate(limit);
    values
}

/// Each value once, where it came first.
pub(crate) fn distinct<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

/// Says it where there are more than `limit` of something.
pub(crate) fn check_count(count: usize, field: &str, limit: usize, wrong: &mut Problems) {
    wrong.push_if(count > limit, || {
        Problem::new(ProblemCode::Limit, field, Message::TooMany { count, limit })
    });
}

/// Says it where a text is no web address with a host.
pub(crate) fn check_url(text: &str, field: &str, wrong: &mut Problems) {
    let is_one = url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
    wrong.push_if(!is_one, || {
        Problem::invalid(
            field,
            Message::NotAUrl {
                value: text.to_owned(),
            },
        )
    });
}

/// Says it where a day is no day of our era, as a calendar counts it.
pub(crate) fn check_era(day: Option<NaiveDate>, field: &str, wrong: &mut Problems) {
    if let Some(day) = day {
        wrong.push_if(!(1..=9_999).contains(&day.year()), || {
            Problem::invalid(field, Message::DateOutOfEra { day })
        });
    }
}

/// Says it where a day has not come yet.
pub(crate) fn check_past(day: Option<NaiveDate>, field: &str, today: NaiveDate, wrong: &mut Problems) {
    check_era(day, field, wrong);
    if let Some(day) = day {
        wrong.push_if(day > today, || {
            Problem::invalid(field, Message::DateInFuture { day, today })
        });
    }
}

/// Says it where a figure is below zero, or has more places than are kept.
pub(crate) fn check_amount(value: Decimal, field: &str, wrong: &mut Problems) {
    wrong.push_if(value.is_sign_negative() && !value.is_zero(), || {
        Problem::invalid(field, Message::NegativeValue { value })
    });
    let is_too_exact = value.normalize().scale() > 4 || value.abs() >= Decimal::from(10_i64.pow(16));
    wrong.push_if(is_too_exact, || {
        Problem::invalid(field, Message::ValueTooExact { value })
    });
}
