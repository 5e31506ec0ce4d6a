//! Scalars of the API. Numbers that must be exact are strings.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::Instant;

macro_rules! text_scalar {
    ($(#[$meta:meta])* $name:ident($inner:ty), $api:literal, $url:literal, $read:expr, $write:expr, $expected:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name(pub $inner);
        #[Scalar(name = $api, specified_by_url = $url)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                let text = match &value {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    _ => return Err(InputValueError::custom(concat!("expected ", $expected))),
                };
                let read: fn(&str) -> Option<$inner> = $read;
                read(&text).map($name).ok_or_else(|| InputValueError::custom(format!(concat!("{:?} is not ", $expected), text)))
            }
            fn to_value(&self) -> Value {
                let write: fn(&$inner) -> String = $write;
                Value::String(write(&self.0))
            }
        }
    };
}

text_scalar!(
    /// An exact decimal number as a string, such as "1250000.5".
    Decimal(rust_decimal::Decimal), "Decimal", "https://en.wikipedia.org/wiki/Decimal", |t| t.parse().ok(), |d| d.normalize().to_string(), "a decimal number such as \"12.5\""
);
text_scalar!(
    /// An instant: RFC 3339, UTC, microseconds, such as 2024-07-31T04:00:00Z.
    DateTime(Instant), "DateTime", "https://datatracker.ietf.org/doc/html/rfc3339",
    |t| chrono::DateTime::parse_from_rfc3339(t).ok().filter(|d| (1..=9999).contains(&chrono::Datelike::year(d))).map(|d| domain::time::instant(d.to_utc())),
    |d| d.to_rfc3339_opts(chrono::SecondsFormat::Micros, true), "an instant such as \"2024-07-31T04:00:00Z\" (RFC 3339)"
);
text_scalar!(
    /// A calendar day: ISO 8601, such as 2024-07-31.
    Date(chrono::NaiveDate), "Date", "https://en.wikipedia.org/wiki/ISO_8601#Calendar_dates",
    |t| chrono::NaiveDate::parse_from_str(t, "%Y-%m-%d").ok().filter(|d| (1..=9999).contains(&chrono::Datelike::year(d))),
    |d| d.format("%Y-%m-%d").to_string(), "a day such as \"2024-07-31\""
);
text_scalar!(
    /// An ISO 4217 currency code, such as CNY.
    Currency(domain::money::Currency), "Currency", "https://en.wikipedia.org/wiki/ISO_4217", domain::money::Currency::parse, |c| c.code().to_owned(), "a currency code of three capital letters such as \"CNY\""
);
text_scalar!(
    /// A web address, such as <https://example.com>. What is not one comes back as a user error naming the field.
    Url(String), "URL", "https://url.spec.whatwg.org/", |t| Some(t.to_owned()), Clone::clone, "a web address"
);

/// Any JSON value.
#[derive(Debug, Clone, PartialEq)]
pub struct Json(pub serde_json::Value);
#[Scalar(name = "JSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        value
            .into_json()
            .map(Self)
            .map_err(|_| InputValueError::custom("expected JSON"))
    }
    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}
