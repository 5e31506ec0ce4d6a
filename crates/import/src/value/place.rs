//! Places: a city, perhaps with its province or state and its country, in one cell.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{country::country, folded, is_han};

/// What a place says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// ISO alpha-2 code.
    pub country: Option<&'static str>,
    /// The city, in the words found.
    pub city: Option<String>,
}

/// Provinces of mainland China with their cities, without 省 and 市.
static CHINA: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/places_cn.csv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(province, cities)| {
            (
                province,
                cities.split('|').filter(|city| !city.is_empty()).collect(),
            )
        })
        .collect()
});

/// States of the United States, folded, by code and name.
static STATES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("../../data/states_us.csv")
        .lines()
        .skip(1)
        .flat_map(|line| line.split(','))
        .map(folded)
        .collect()
});

/// Reads `浙江杭州`, `Lahore, Pakistan`, `Portland, OR`, `San Francisco`. A city without anything that tells its
/// country has none.
pub(crate) fn place(text: &str) -> Place {
    let parts: Vec<&str> = text
        .split([',', '，', '/', '·', '-'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return Place::default();
    };
    if text.chars().any(is_han) {
        return chinese(&parts.concat());
    }
    // A hyphen belongs to many names: `Tel Aviv-Yafo, Israel`.
    let commas: Vec<&str> = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (first, last) = match (commas.first(), commas.last()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => (*first, *last),
    };
    let city = |text: &str| Some(text.to_owned());
    let is_state = STATES.contains(&folded(last));
    match (commas.len() > 1, country(last), is_state) {
        // Georgia, or CA behind a city: a state is meant or a country, and both would be a guess.
        (true, Some(code), true) if last.len() > 2 => Place {
            country: None.or((code == "US").then_some(code)),
            city: city(first),
        },
        (true, _, true) => Place {
            country: Some("US"),
            city: city(first),
        },
        (true, Some(code), false) => Place {
            country: Some(code),
            city: city(first),
        },
        (false, _, true) if last.len() == 2 => Place {
            country: Some("US"),
            city: None,
        },
        // Singapore and Hong Kong are both.
        (false, Some(code), _) => Place {
            country: Some(code),
            city: matches!(code, "SG" | "HK" | "MO").then(|| first.to_owned()),
        },
        _ => Place {
            country: None,
            city: city(first),
        },
    }
}

/// A place in Chinese: a country, or a province and a city of China, with or without 省 and 市.
fn chinese(text: &str) -> Place {
    if let Some(code) = country(text) {
        let city = match code {
            "HK" => Some("香港".to_owned()),
            "MO" => Some("澳门".to_owned()),
            _ => None,
        };
        return Place {
            country: Some(code),
            city,
        };
    }
    let rest = ["中国", "中华人民共和国"]
        .iter()
        .find_map(|country| text.strip_prefix(country))
        .unwrap_or(text);
    for (province, cities) in CHINA.iter() {
        if let Some(after) = rest.strip_prefix(province) {
            let after = after
                .trim_start_matches("维吾尔")
                .trim_start_matches("壮族")
                .trim_start_matches("回族");
            let after = ["自治区", "省", "市"]
                .iter()
                .find_map(|form| after.strip_prefix(form))
                .unwrap_or(after);
            // Beijing and its like are provinces and cities in one; what follows is a district.
            let city = if cities.is_empty() {
                Some((*province).to_owned())
            } else {
                city_of(after, cities)
            };
            // 吉林 is a city of 吉林 too, but which is meant by the one word is not said.
            return Place {
                country: Some("CN"),
                city,
            };
        }
    }
    if let Some(city) = CHINA.values().find_map(|cities| {
        let known = cities
            .iter()
            .find(|city| rest.strip_suffix('市').unwrap_or(rest) == **city);
        known.map(|city| (*city).to_owned())
    }) {
        return Place {
            country: Some("CN"),
            city: Some(city),
        };
    }
    // A country before its city: 美国旧金山.
    let split = rest
        .char_indices()
        .map(|(at, _)| at)
        .skip(2)
        .find_map(|at| country(&rest[..at]).map(|code| (code, &rest[at..])));
    match split {
        Some((code, after)) => Place {
            country: Some(code),
            city: Some(after.to_owned()),
        },
        None => Place {
            country: None,
            city: Some(text.to_owned()),
        },
    }
}

/// The city at the head of what follows a province; the words as found where it is none of the known.
fn city_of(text: &str, cities: &HashSet<&'static str>) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let known = cities
        .iter()
        .filter(|city| text.starts_with(**city))
        .max_by_key(|city| city.len());
    Some(known.map_or_else(
        || text.trim_end_matches('市').to_owned(),
        |city| (*city).to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_tells_city_and_country() {
        let table = [
            ("北京", Some("CN"), Some("北京")),
            ("浙江杭州", Some("CN"), Some("杭州")),
            ("浙江省杭州市", Some("CN"), Some("杭州")),
            ("北京市海淀区", Some("CN"), Some("北京")),
            ("内蒙古呼和浩特", Some("CN"), Some("呼和浩特")),
            ("广西壮族自治区南宁市", Some("CN"), Some("南宁")),
            ("中国-广东-深圳", Some("CN"), Some("深圳")),
            ("广东", Some("CN"), None),
            ("太原", Some("CN"), Some("太原")),
            ("香港", Some("HK"), Some("香港")),
            ("澳门", Some("MO"), Some("澳门")),
            ("台湾", Some("TW"), None),
            ("美国旧金山", Some("US"), Some("旧金山")),
            ("美国", Some("US"), None),
            ("San Francisco", None, Some("San Francisco")),
            ("Lahore, Pakistan", Some("PK"), Some("Lahore")),
            ("Portland, OR", Some("US"), Some("Portland")),
            ("Austin, Texas", Some("US"), Some("Austin")),
            ("Tel Aviv-Yafo, Israel", Some("IL"), Some("Tel Aviv-Yafo")),
            ("San Francisco, CA, USA", Some("US"), Some("San Francisco")),
            ("Singapore, Singapore", Some("SG"), Some("Singapore")),
            ("Atlanta, Georgia", None, Some("Atlanta")),
            ("CA", Some("US"), None),
            ("Germany", Some("DE"), None),
            ("", None, None),
        ];
        for (text, country, city) in table {
            let read = place(text);
            assert_eq!((read.country, read.city.as_deref()), (country, city), "{text}");
        }
    }
}
