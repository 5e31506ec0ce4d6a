//! Every limit of the transport in one place.

use std::time::Duration;

use serde::{Deserialize, Serialize};

macro_rules! limits {
    ($($name:ident: $default:expr, $least:expr, $most:expr, $meaning:literal;)+) => {
        /// What a caller may ask for. Each can be configured; [`Limits::table`] lists them. The transport keeps all but
        /// `statement_ms` and `remembered_aggregates`, which are for whoever opens the database and the application.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Limits {
            $(#[doc = $meaning] pub $name: u32,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// The table of all limits with the values in force, in the order of the documentation.
            pub fn table(&self) -> Vec<LimitRow> {
                let default = Self::default();
                vec![$(LimitRow {
                    name: stringify!($name),
                    default: default.$name,
                    value: self.$name,
                    least: $least,
                    most: $most,
                    meaning: $meaning,
                },)+]
            }
        }
    };
}

/// One line of the table of limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LimitRow {
    /// The name in the configuration, with its unit.
    pub name: &'static str,
    /// The value unless configured.
    pub default: u32,
    /// The value in force.
    pub value: u32,
    /// The least value that may be configured.
    pub least: u32,
    /// The largest value that may be configured. Where measuring or validating recurses, it is what the stack bears.
    pub most: u32,
    /// What is limited, and what happens beyond.
    pub meaning: &'static str,
}

impl LimitRow {
    /// Whether the value in force may be configured.
    pub fn is_in_range(&self) -> bool {
        (self.least..=self.most).contains(&self.value)
    }
}

const HOUR_MS: u32 = 3_600_000;
const MIB: u32 = 1024 * 1024;

limits! {
    body_bytes: MIB, 1024, 64 * MIB, "Bytes of a request's body and of a socket's message; beyond, status 413 or close code 1009.";
    document_bytes: 64 * 1024, 64, MIB, "Bytes of one GraphQL document; beyond, `TOO_COMPLEX`.";
    file_bytes: 50 * MIB, 1024, 1024 * MIB, "Bytes of a document's file; beyond, status 413 and nothing is kept.";
    nesting: 64, 4, 64, "Brackets open at one place of a document, of any kind; beyond, `TOO_COMPLEX`.";
    depth: 15, 1, 30, "Fields within fields; beyond, `TOO_COMPLEX`.";
    introspection_depth: 20, 1, 30, "Fields within fields below `__schema` and `__type`; beyond, `TOO_COMPLEX`.";
    complexity: 100_000, 1, 100_000_000, "Fields that a document may bring, a list counting as often as it may have items; beyond, `TOO_COMPLEX`.";
    root_fields: 200, 1, 10_000, "Fields at the top of an operation; beyond, `TOO_COMPLEX`.";
    aliases: 200, 0, 10_000, "Aliases in an operation, those of a fragment each time it is spread; beyond, `TOO_COMPLEX`.";
    directives: 200, 0, 10_000, "Directives in an operation, those of a fragment each time it is spread; beyond, `TOO_COMPLEX`.";
    selections: 10_000, 1, 1_000_000, "Fields and fragments of a document after every spread is written out; beyond, `TOO_COMPLEX`.";
    fragment_levels: 24, 0, 30, "Fragments spread within fragments; beyond, `TOO_COMPLEX`.";
    page_size: 50, 50, 200, "Items that a connection without `first` or `last` is measured with.";
    page_size_max: 200, 50, 200, "Items that `first` or `last` may ask for; beyond, `BAD_USER_INPUT`.";
    list_size: 10, 1, 1_000, "Items that a plain list is measured with.";
    errors: 20, 1, 1_000, "Errors in one answer; `extensions.errorsOmitted` counts the rest.";
    request_ms: 10_000, 1, HOUR_MS, "Milliseconds that a query or a mutation may take; beyond, `TIMEOUT`.";
    statement_ms: 10_000, 1, HOUR_MS, "Milliseconds that one statement of the database may take; beyond, `TIMEOUT`.";
    requests_per_minute: 1_200, 1, 1_000_000, "Requests and socket operations a minute of one token or session; beyond, `RATE_LIMITED` with status 429 and Retry-After.";
    sockets_per_user: 20, 1, 10_000, "Sockets and streams of events that a user holds open; one more socket is closed with 4429, one more stream answered 429.";
    operations_per_socket: 50, 1, 10_000, "Operations running on one socket; one more is answered `RATE_LIMITED`.";
    init_ms: 3_000, 1, HOUR_MS, "Milliseconds until a socket must have sent `connection_init`; beyond, close code 4408.";
    keepalive_ms: 20_000, 1, HOUR_MS, "Milliseconds between the server's pings on a socket, of which two unanswered close it, and between the beats of a stream of events.";
    recheck_ms: 30_000, 1, HOUR_MS, "Milliseconds between two looks at whether the credentials of a socket or a stream of events still hold; if not, close code 4403, or the event `over`.";
    send_ms: 10_000, 1, HOUR_MS, "Milliseconds that a socket or a stream of events may take to accept a message; beyond, it is dropped.";
    remembered_aggregates: 1_000, 0, 100_000, "Answers of the board's heads, funnels and matrices that a server remembers; beyond, the one asked for least recently is computed anew.";
    shutdown_ms: 10_000, 0, HOUR_MS, "Milliseconds that requests under way have to finish when the server stops; beyond, they are cut off.";
}

impl Limits {
    pub(crate) fn request_time(&self) -> Duration {
        Duration::from_millis(self.request_ms.into())
    }

    pub(crate) fn init_time(&self) -> Duration {
        Duration::from_millis(self.init_ms.into())
    }

    pub(crate) fn keepalive(&self) -> Duration {
        Duration::from_millis(self.keepalive_ms.max(1).into())
    }

    pub(crate) fn recheck(&self) -> Duration {
        Duration::from_millis(self.recheck_ms.max(1).into())
    }

    pub(crate) fn send_time(&self) -> Duration {
        Duration::from_millis(self.send_ms.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn the_defaults_are_the_documented_ones() {
        let limits = Limits::default();
        let told: Vec<_> = limits
            .table()
            .into_iter()
            .map(|row| (row.name, row.default))
            .collect();
        for expected in [
            ("body_bytes", 1_048_576),
            ("document_bytes", 65_536),
            ("file_bytes", 52_428_800),
            ("depth", 15),
            ("introspection_depth", 20),
            ("complexity", 100_000),
            ("root_fields", 200),
            ("request_ms", 10_000),
            ("requests_per_minute", 1_200),
            ("sockets_per_user", 20),
            ("operations_per_socket", 50),
        ] {
            assert!(told.contains(&expected), "{expected:?} is not in the table");
        }
    }

    #[test]
    fn a_configured_value_shows_beside_its_default() {
        let limits: Limits = serde_json::from_str(r#"{"depth": 7}"#).unwrap();
        let depth = limits
            .table()
            .into_iter()
            .find(|row| row.name == "depth")
            .unwrap();
        assert_eq!((depth.default, depth.value), (15, 7));
        assert!(serde_json::from_str::<Limits>(r#"{"deth": 7}"#).is_err());
    }

    #[test]
    fn every_default_is_in_its_range() {
        for row in Limits::default().table() {
            assert!(row.is_in_range(), "{row:?}");
        }
        let shallow = Limits {
            depth: 0,
            ..Limits::default()
        };
        let outside: Vec<_> = shallow
            .table()
            .into_iter()
            .filter(|row| !row.is_in_range())
            .map(|row| row.name)
            .collect();
        assert_eq!(outside, ["depth"]);
    }
}
