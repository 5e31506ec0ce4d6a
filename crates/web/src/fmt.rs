//! Numbers, money and dates as people read them, in both languages. Scripts in the browser never format.
//!
//! The exact value belongs beside the text, in `<data value>` or `<time datetime>`.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::Language::{self, En, Zh};

/// The size of a file: `980 B`, `1.2 MB`.
pub fn bytes(n: i64) -> String {
    const UNITS: [&str; 4] = ["B", "kB", "MB", "GB"];
    let (mut tenths, mut unit) = (n.saturating_mul(10), 0);
    // Rounded before the unit is chosen, so that nothing is 1000 kB.
    while tenths >= 9_995 && unit + 1 < UNITS.len() {
        tenths = (tenths + 500) / 1000;
        unit += 1;
    }
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 || unit == 0 {
        format!("{whole} {}", UNITS[unit])
    } else {
        format!("{whole}.{tenth} {}", UNITS[unit])
    }
}

/// How exactly a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// The figure itself.
    Exact,
    /// Around it.
    About,
    /// It or more.
    AtLeast,
    /// It or less.
    AtMost,
}

/// How exactly a date is known; a period's date is its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// The day itself.
    Day,
    /// Some day of its month.
    Month,
    /// Some day of its quarter.
    Quarter,
    /// Some day of its half-year.
    Half,
    /// Some day of its year.
    Year,
}

/// The true minus sign, as wide as a plus.
const MINUS: char = '\u{2212}';

/// An exact whole number, grouped by thousands: `9,840`. For counts of rows, which are never rounded.
pub fn exact(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = if n < 0 { MINUS.to_string() } else { String::new() };
    out.push_str(&grouped(&digits));
    out
}

/// A count as evidence states it: exact below 10,000, then three significant digits with a unit.
pub fn count(value: Decimal, language: Language) -> String {
    if value.abs() < Decimal::from(10_000) {
        return signed(value, &plain(value.abs()));
    }
    signed(value, &compact(value.abs(), language, Decimal::from(10_000)))
}

/// A figure with how exactly it is known: `~40%`, `至少 500`.
pub fn qualified(figure: &str, qualifier: Qualifier, language: Language) -> String {
    match (qualifier, language) {
        (Qualifier::Exact, _) => figure.to_owned(),
        (Qualifier::About, En) => format!("~{figure}"),
        (Qualifier::About, Zh) => format!("约 {figure}"),
        (Qualifier::AtLeast, En) => format!("≥ {figure}"),
        (Qualifier::AtLeast, Zh) => format!("至少 {figure}"),
        (Qualifier::AtMost, En) => format!("≤ {figure}"),
        (Qualifier::AtMost, Zh) => format!("至多 {figure}"),
    }
}

/// A percentage that is already one (62.5 is `62.5%`), to one decimal, a trailing zero dropped.
pub fn percent(value: Decimal) -> String {
    let rounded = half_up(value.abs(), 1).normalize();
    signed(rounded * sign_of(value), &format!("{}%", plain(rounded)))
}

/// A share from 0 to 1 as a percentage: 0.625 is `62.5%`.
pub fn share(value: Decimal) -> String {
    percent(value * Decimal::ONE_HUNDRED)
}

/// Conviction, to one decimal: `32.7`.
pub fn conviction(value: Decimal) -> String {
    format!("{:.1}", half_up(value, 1))
}

/// Demand, hype gap and contributions, to three decimals: `0.560`.
pub fn demand(value: Decimal) -> String {
    format!("{:.3}", half_up(value, 3))
}

/// A change with its sign, to one decimal: `+4.2`, `−6.3`; no change is `0.0`.
pub fn change(value: Decimal) -> String {
    let rounded = half_up(value, 1);
    if rounded.is_zero() {
        return "0.0".to_owned();
    }
    let sign = if rounded.is_sign_negative() { MINUS } else { '+' };
    format!("{sign}{:.1}", rounded.abs())
}

/// An amount of money: `US$3.5M`, `350万美元`.
pub fn money(amount: Decimal, currency: &str, language: Language) -> String {
    match language {
        En => signed(
            amount,
            &format!("{}{}", prefix(currency), money_figure(amount.abs(), En)),
        ),
        Zh => signed(
            amount,
            &format!("{}{}", money_figure(amount.abs(), Zh), suffix(currency)),
        ),
    }
}

/// A range of money, open at either end; nothing known is `Undisclosed`.
pub fn money_range(
    low: Option<Decimal>,
    high: Option<Decimal>,
    currency: &str,
    language: Language,
) -> String {
    match (low, high) {
        (None, None) => match language {
            En => "Undisclosed".to_owned(),
            Zh => "未披露".to_owned(),
        },
        (Some(low), None) => bounded(&money(low, currency, language), "≥"),
        (None, Some(high)) => bounded(&money(high, currency, language), "≤"),
        (Some(low), Some(high)) if low == high => money(low, currency, language),
        (Some(low), Some(high)) => {
            let (from, to) = (money_figure(low, language), money_figure(high, language));
            match language {
                En => format!("{}{from}–{to}", prefix(currency)),
                Zh => format!("{from}–{to}{}", suffix(currency)),
            }
        }
    }
}

/// A reading with the words in which it was found beside it.
pub fn with_words(reading: &str, words: Option<&str>, language: Language) -> String {
    match (words, language) {
        (None, _) => reading.to_owned(),
        (Some(words), En) => format!("{reading} (found: \"{words}\")"),
        (Some(words), Zh) => format!("{reading}(原文“{words}”)"),
    }
}

/// A day in full: `31 Jul 2024`, `2024年7月31日`.
pub fn date(day: NaiveDate, language: Language) -> String {
    match language {
        En => day.format("%-d %b %Y").to_string(),
        Zh => day.format("%Y年%-m月%-d日").to_string(),
    }
}

/// A day without its year: `31 Jul`, `7月31日`.
pub fn short_date(day: NaiveDate, language: Language) -> String {
    match language {
        En => day.format("%-d %b").to_string(),
        Zh => day.format("%-m月%-d日").to_string(),
    }
}

/// A day in tables and inputs, alike in both languages: `2024-07-31`.
pub fn table_date(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// A date in tables, no more exactly than it is known: `2024-07-31`, `Mar 2023`, `2023年第一季度`.
pub fn known_date(day: NaiveDate, precision: Precision, language: Language) -> String {
    let year = day.year();
    match (precision, language) {
        (Precision::Day, _) => table_date(day),
        (Precision::Month, En) => day.format("%b %Y").to_string(),
        (Precision::Month, Zh) => day.format("%Y年%-m月").to_string(),
        (Precision::Quarter, En) => format!("Q{} {year}", day.month0() / 3 + 1),
        (Precision::Quarter, Zh) => {
            let quarter = ["一", "二", "三", "四"][(day.month0() / 3) as usize];
            format!("{year}年第{quarter}季度")
        }
        (Precision::Half, En) => format!("H{} {year}", day.month0() / 6 + 1),
        (Precision::Half, Zh) => format!("{year}年{}半年", if day.month() <= 6 { "上" } else { "下" }),
        (Precision::Year, En) => year.to_string(),
        (Precision::Year, Zh) => format!("{year}年"),
    }
}

/// The time of day in the workspace's zone: `14:05`.
pub fn time(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}

/// How long ago in calendar days of the zone, within a fortnight; the date beyond.
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let day = at.with_timezone(&zone).date_naive();
    let days = (day - now.with_timezone(&zone).date_naive()).num_days();
    match (days, language) {
        (0, En) => "today".to_owned(),
        (0, Zh) => "今天".to_owned(),
        (-1, En) => "yesterday".to_owned(),
        (-1, Zh) => "昨天".to_owned(),
        (-13..=-2, En) => format!("{} d ago", -days),
        (-13..=-2, Zh) => format!("{} 天前", -days),
        (1..=13, En) => format!("in {days} d"),
        (1..=13, Zh) => format!("{days} 天后"),
        _ => date(day, language),
    }
}

/// Three significant digits with a unit; below `from` all digits are printed.
fn compact(value: Decimal, language: Language, from: Decimal) -> String {
    let units: [(u64, &str); 4] = match language {
        En => [
            (1_000, "K"),
            (1_000_000, "M"),
            (1_000_000_000, "B"),
            (1_000_000_000_000, "T"),
        ],
        Zh => [
            (10_000, "万"),
            (100_000_000, "亿"),
            (1_000_000_000_000, "万亿"),
            (u64::MAX, ""),
        ],
    };
    if value < from {
        return plain(value);
    }
    // Rounding first promotes by itself: 999,950 becomes 1,000,000 and so takes the next unit.
    let rounded = value
        .round_sf_with_strategy(3, RoundingStrategy::MidpointAwayFromZero)
        .unwrap_or(value)
        .normalize();
    let unit = units
        .iter()
        .rev()
        .find(|(size, _)| rounded >= Decimal::from(*size));
    match unit {
        None => plain(rounded),
        Some((size, name)) => format!("{}{name}", (rounded / Decimal::from(*size)).normalize()),
    }
}

/// Money is compact from the first unit on: `US$3M`, but `US$950`.
fn money_figure(amount: Decimal, language: Language) -> String {
    compact(amount, language, Decimal::from(10_000))
}

/// All digits: grouped, trailing zeros of the fraction dropped.
fn plain(value: Decimal) -> String {
    let text = value.normalize().to_string();
    match text.split_once('.') {
        None => grouped(&text),
        Some((whole, fraction)) => format!("{}.{fraction}", grouped(whole)),
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn half_up(value: Decimal, places: u32) -> Decimal {
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    // Never -0.
    if rounded.is_zero() { Decimal::ZERO } else { rounded }
}

fn sign_of(value: Decimal) -> Decimal {
    if value.is_sign_negative() {
        Decimal::NEGATIVE_ONE
    } else {
        Decimal::ONE
    }
}

fn signed(value: Decimal, unsigned: &str) -> String {
    if value.is_sign_negative() && !value.is_zero() {
        format!("{MINUS}{unsigned}")
    } else {
        unsigned.to_owned()
    }
}

fn bounded(figure: &str, sign: &str) -> String {
    format!("{sign} {figure}")
}

fn prefix(currency: &str) -> String {
    match currency {
        "USD" => "US$".to_owned(),
        "CNY" => "CN¥".to_owned(),
        "EUR" => "€".to_owned(),
        other => format!("{other} "),
    }
}

fn suffix(currency: &str) -> String {
    match currency {
        "USD" => "美元".to_owned(),
        "CNY" => "元".to_owned(),
        "EUR" => "欧元".to_owned(),
        other => format!(" {other}"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.replace(',', "").parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn counts_are_exact_below_ten_thousand_and_compact_above() {
        for (value, en, zh) in [
            ("0", "0", "0"),
            ("20", "20", "20"),
            ("2.50", "2.5", "2.5"),
            ("9,840", "9,840", "9,840"),
            ("9,999", "9,999", "9,999"),
            ("10,000", "10K", "1万"),
            ("12,500", "12.5K", "1.25万"),
            ("12,545", "12.5K", "1.25万"),
            ("12,550", "12.6K", "1.26万"),
            ("30,000", "30K", "3万"),
            ("999,499", "999K", "99.9万"),
            ("999,950", "1M", "100万"),
            ("3,400,000", "3.4M", "340万"),
            ("12,340,000", "12.3M", "1230万"),
            ("99,996,000", "100M", "1亿"),
            ("1,200,000,000", "1.2B", "12亿"),
            ("1,200,000,000,000", "1.2T", "1.2万亿"),
            ("-12,500", "−12.5K", "−1.25万"),
        ] {
            assert_eq!(count(decimal(value), En), en, "{value}");
            assert_eq!(count(decimal(value), Zh), zh, "{value}");
        }
    }

    #[test]
    fn a_size_is_told_in_the_unit_that_fits() {
        for (n, expected) in [
            (0, "0 B"),
            (980, "980 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (1_250_000, "1.3 MB"),
            (1_200_000, "1.2 MB"),
            (52_428_800, "52.4 MB"),
            (999_950, "1 MB"),
            (2_000_000_000, "2 GB"),
        ] {
            assert_eq!(bytes(n), expected, "{n}");
        }
    }

    #[test]
    fn row_counts_are_never_rounded() {
        for (n, expected) in [
            (0, "0"),
            (999, "999"),
            (1_204, "1,204"),
            (1_234_567, "1,234,567"),
            (-1_000, "−1,000"),
        ] {
            assert_eq!(exact(n), expected);
        }
    }

    #[test]
    fn qualifiers_stand_before_the_figure() {
        for (qualifier, figure, en, zh) in [
            (Qualifier::Exact, "500", "500", "500"),
            (Qualifier::About, "40%", "~40%", "约 40%"),
            (Qualifier::AtLeast, "500", "≥ 500", "至少 500"),
            (Qualifier::AtMost, "500", "≤ 500", "至多 500"),
        ] {
            assert_eq!(qualified(figure, qualifier, En), en);
            assert_eq!(qualified(figure, qualifier, Zh), zh);
        }
    }

    #[test]
    fn money_names_its_currency() {
        for (amount, currency, en, zh) in [
            ("3,500,000", "USD", "US$3.5M", "350万美元"),
            ("120,000,000", "CNY", "CN¥120M", "1.2亿元"),
            ("2,100,000", "EUR", "€2.1M", "210万欧元"),
            ("4,200,000", "SEK", "SEK 4.2M", "420万 SEK"),
            ("950", "USD", "US$950", "950美元"),
            ("9,840.50", "USD", "US$9,840.5", "9,840.5美元"),
            ("-20,000", "USD", "−US$20K", "−2万美元"),
        ] {
            assert_eq!(money(decimal(amount), currency, En), en);
            assert_eq!(money(decimal(amount), currency, Zh), zh);
        }
    }

    #[test]
    fn ranges_of_money_may_be_open() {
        let m = |n: i64| Some(Decimal::from(n * 1_000_000));
        for (low, high, currency, en, zh) in [
            (m(3), m(5), "USD", "US$3M–5M", "300万–500万美元"),
            (m(10), None, "USD", "≥ US$10M", "≥ 1000万美元"),
            (None, m(10), "USD", "≤ US$10M", "≤ 1000万美元"),
            (m(4), m(4), "USD", "US$4M", "400万美元"),
            (None, None, "USD", "Undisclosed", "未披露"),
            (m(20), m(90), "CNY", "CN¥20M–90M", "2000万–9000万元"),
            (m(90), m(120), "CNY", "CN¥90M–120M", "9000万–1.2亿元"),
            (m(1), m(2), "SEK", "SEK 1M–2M", "100万–200万 SEK"),
        ] {
            assert_eq!(money_range(low, high, currency, En), en);
            assert_eq!(money_range(low, high, currency, Zh), zh);
        }
    }

    #[test]
    fn words_as_found_stand_beside_the_reading() {
        assert_eq!(
            with_words("CN¥20M–90M", Some("数千万人民币"), En),
            "CN¥20M–90M (found: \"数千万人民币\")"
        );
        assert_eq!(
            with_words("2000万–9000万元", Some("数千万人民币"), Zh),
            "2000万–9000万元(原文“数千万人民币”)"
        );
        assert_eq!(with_words("20", None, En), "20");
    }

    #[test]
    fn dates_are_said_as_exactly_as_they_are_known() {
        assert_eq!(date(day("2024-07-31"), En), "31 Jul 2024");
        assert_eq!(date(day("2024-07-31"), Zh), "2024年7月31日");
        assert_eq!(short_date(day("2024-07-05"), En), "5 Jul");
        assert_eq!(short_date(day("2024-07-05"), Zh), "7月5日");
        for (on, precision, en, zh) in [
            ("2024-07-31", Precision::Day, "2024-07-31", "2024-07-31"),
            ("2023-03-31", Precision::Month, "Mar 2023", "2023年3月"),
            ("2023-03-31", Precision::Quarter, "Q1 2023", "2023年第一季度"),
            ("2023-12-31", Precision::Quarter, "Q4 2023", "2023年第四季度"),
            ("2022-12-31", Precision::Half, "H2 2022", "2022年下半年"),
            ("2022-06-30", Precision::Half, "H1 2022", "2022年上半年"),
            ("2022-12-31", Precision::Year, "2022", "2022年"),
        ] {
            assert_eq!(known_date(day(on), precision, En), en);
            assert_eq!(known_date(day(on), precision, Zh), zh);
        }
    }

    #[test]
    fn days_are_counted_in_the_zone_of_the_workspace() {
        let zone = chrono_tz::Asia::Shanghai;
        let now = Utc.with_ymd_and_hms(2024, 7, 31, 4, 0, 0).unwrap();
        for (at, en, zh) in [
            ((2024, 7, 31, 15), "today", "今天"),
            ((2024, 7, 31, 16), "in 1 d", "1 天后"),
            ((2024, 7, 30, 15), "yesterday", "昨天"),
            // 17:00 UTC on the 29th is already the 30th in Shanghai.
            ((2024, 7, 29, 17), "yesterday", "昨天"),
            ((2024, 7, 28, 4), "3 d ago", "3 天前"),
            ((2024, 7, 18, 4), "13 d ago", "13 天前"),
            ((2024, 7, 17, 4), "17 Jul 2024", "2024年7月17日"),
            ((2024, 8, 2, 4), "in 2 d", "2 天后"),
            ((2024, 8, 14, 4), "14 Aug 2024", "2024年8月14日"),
        ] {
            let at = Utc.with_ymd_and_hms(at.0, at.1, at.2, at.3, 0, 0).unwrap();
            assert_eq!(relative(at, now, zone, En), en);
            assert_eq!(relative(at, now, zone, Zh), zh);
        }
        assert_eq!(time(now, zone), "12:00");
    }

    #[test]
    fn derived_figures_have_fixed_decimals() {
        assert_eq!(conviction(decimal("32.65")), "32.7");
        assert_eq!(conviction(decimal("0")), "0.0");
        assert_eq!(conviction(decimal("-0.04")), "0.0");
        assert_eq!(demand(decimal("0.56")), "0.560");
        assert_eq!(change(decimal("4.2")), "+4.2");
        assert_eq!(change(decimal("-6.3")), "−6.3");
        assert_eq!(change(decimal("0.04")), "0.0");
        assert_eq!(share(decimal("0.625")), "62.5%");
        assert_eq!(percent(decimal("35")), "35%");
        assert_eq!(percent(decimal("-0.01")), "0%");
    }
}
