//! Settings that are more than text.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use url::Url;

/// Where people reach the server: http or https, a host, perhaps a port, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Without a slash at the end; it is the origin that browsers send, too.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || {
            format!(
                "{text:?} is no address of a server; expected http or https, a host and perhaps a port, such as https://deals.example"
            )
        };
        let url: Url = text.parse().map_err(|_| expected())?;
        let bare = matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if bare {
            Ok(Self(url.origin().ascii_serialization()))
        } else {
            Err(expected())
        }
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LogFilter(String);

impl Default for LogFilter {
    fn default() -> Self {
        Self("info,sqlx=warn".to_owned())
    }
}

impl LogFilter {
    /// For the log.
    pub fn filter(&self) -> EnvFilter {
        EnvFilter::new(&self.0)
    }
}

impl fmt::Display for LogFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for LogFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // A bare word that is no level would be taken for a part of the program, and silence all others.
        if !text.contains('[')
            && let Some(word) = text
                .split(',')
                .map(str::trim)
                .find(|word| !word.is_empty() && !word.contains('=') && word.parse::<LevelFilter>().is_err())
        {
            return Err(format!(
                "{word:?} is no level; expected off, error, warn, info, debug or trace, or PART=LEVEL such as sqlx=warn"
            ));
        }
        EnvFilter::try_new(text)
            .map_err(|error| format!("{text:?} is no filter: {error}; expected such as info,sqlx=warn"))?;
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for LogFilter {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Reads a day as people write it in the file, as text.
pub fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = String::deserialize(from)?;
    let day = text
        .parse()
        .map_err(|_| de::Error::custom(format!("{text:?} is no day; expected such as 2025-03-12")))?;
    Ok(Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host_only() {
        for (text, kept) in [
            ("https://deals.example", "https://deals.example"),
            ("http://127.0.0.1:7420/", "http://127.0.0.1:7420"),
            ("https://Deals.example:443", "https://deals.example"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().as_str(), kept);
        }
        for wrong in [
            "",
            "deals.example",
            "ftp://a.example",
            "https://a.example/x",
            "https://u:p@a.example",
            "https://",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong:?} was taken");
        }
    }

    #[test]
    fn a_filter_is_made_of_levels_and_parts_with_a_level() {
        for text in [
            "info",
            "info,sqlx=warn",
            "WARN",
            "touchstone_http=debug",
            "off",
            "app[write]=trace",
        ] {
            assert!(text.parse::<LogFilter>().is_ok(), "{text:?} was refused");
        }
        for (wrong, named) in [
            ("inof", "\"inof\""),
            ("info,sqlx=warm", "sqlx=warm"),
            ("info,loud", "\"loud\""),
        ] {
            let said = wrong.parse::<LogFilter>().unwrap_err();
            assert!(said.contains(named), "{said}");
        }
    }
}
