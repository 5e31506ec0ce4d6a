//! Counts.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization as _;

/// A count as people write it: `128,865`, `1.2k`, `12.5万`. None for anything else.
pub(crate) fn count(text: &str) -> Option<Decimal> {
    let plain: String = text.nfkc().filter(|c| !matches!(c, ',' | ' ' | '_')).collect();
    let end = plain
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(plain.len());
    let (figures, unit) = plain.split_at(end);
    let scale = match unit.to_lowercase().as_str() {
        "" => 1,
        "k" | "千" => 1_000,
        "w" | "万" => 10_000,
        "m" => 1_000_000,
        "亿" => 100_000_000,
        _ => return None,
    };
    let value: Decimal = figures.parse().ok()?;
    value
        .checked_mul(Decimal::from(scale))
        .map(|value| value.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_with_their_units() {
        let table = [
            ("128865", Some("128865")),
            ("128,865", Some("128865")),
            ("1.2k", Some("1200")),
            ("12.5万", Some("125000")),
            ("１２", Some("12")),
            ("many", None),
            ("-3", None),
            ("", None),
        ];
        for (text, value) in table {
            assert_eq!(
                count(text).map(|value| value.to_string()).as_deref(),
                value,
                "{text}"
            );
        }
    }
}
