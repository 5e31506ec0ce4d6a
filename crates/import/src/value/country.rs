//! Countries.

use std::{collections::HashMap, sync::LazyLock};

use super::folded;

/// Code, code of three letters, English name, Chinese name, other names.
const TABLE: &str = include_str!("../../data/countries.csv");

/// Every code and name by which a country goes, folded.
static COUNTRIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    let codes = TABLE.lines().skip(1).filter_map(|line| line.get(..2));
    let lines = csv::Reader::from_reader(TABLE.as_bytes()).into_records();
    for (code, line) in codes.zip(lines.filter_map(Result::ok)) {
        for name in line
            .iter()
            .flat_map(|cell| cell.split('|'))
            .filter(|name| !name.is_empty())
        {
            known.insert(folded(name), code);
        }
    }
    known
});

/// The ISO alpha-2 code of a country by its code of two or three letters or its name in English or Chinese.
pub(crate) fn country(text: &str) -> Option<&'static str> {
    let key = folded(text);
    let known = |text: &str| COUNTRIES.get(text).copied();
    known(&key).or_else(|| known(key.trim_end_matches('.').strip_prefix("the ").unwrap_or(&key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_by_codes_and_names() {
        let table = [
            ("CN", Some("CN")),
            ("chn", Some("CN")),
            ("China", Some("CN")),
            ("中国", Some("CN")),
            ("中国大陆", Some("CN")),
            ("United States of America", Some("US")),
            ("usa", Some("US")),
            ("U.S.", Some("US")),
            ("UK", Some("GB")),
            ("英国", Some("GB")),
            ("香港", Some("HK")),
            ("Hong Kong", Some("HK")),
            ("South Korea", Some("KR")),
            ("Democratic Republic of the Congo", Some("CD")),
            ("Ivory Coast", Some("CI")),
            ("Venezuela", Some("VE")),
            ("Tanzania", Some("TZ")),
            ("The Netherlands", Some("NL")),
            ("Europe", None),
            ("Remote", None),
            ("", None),
        ];
        for (text, code) in table {
            assert_eq!(country(text), code, "{text}");
        }
    }

    #[test]
    fn every_country_has_its_three_names() {
        for line in csv::Reader::from_reader(TABLE.as_bytes()).into_records() {
            let line = line.unwrap();
            for cell in line.iter().take(4) {
                assert_eq!(country(cell), line.get(0), "{cell}");
            }
        }
    }
}
