//! Every limit of the transport in one place.

use std::time::Duration;

use serde::{Deserialize, Serialize};

macro_rules! limits {
    ($($name:ident: $type:ty = $default:expr, $meaning:literal;)+) => {
        /// What a caller may ask for. Each can be configured; [`Limits::table`] lists them.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Limits {
            $(#[doc = $meaning] pub $name: $type,)+
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
                    default: u64::from(default.$name),
                    value: u64::from(self.$name),
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
    pub default: u64,
    /// The value in force.
    pub value: u64,
    /// What is limited, and what happens beyond.
    pub meaning: &'static str,
}

limits! {
    body_bytes: u32 = 1024 * 1024, "Bytes of a request's body and of a socket's message; beyond, status 413 or close code 1009.";
    document_bytes: u32 = 64 * 1024, "Bytes of one GraphQL document; beyond, `TOO_COMPLEX`.";
    nesting: u32 = 64, "Brackets open at one place of a document, of any kind; beyond, `TOO_COMPLEX`.";
    depth: u32 = 15, "Fields within fields; beyond, `TOO_COMPLEX`.";
    introspection_depth: u32 = 20, "Fields within fields below `__schema` and `__type`; beyond, `TOO_COMPLEX`.";
    complexity: u32 = 100_000, "Fields that a document may bring, a list counting as often as it may have items; beyond, `TOO_COMPLEX`.";
    root_fields: u32 = 200, "Fields at the top of an operation; beyond, `TOO_COMPLEX`.";
    aliases: u32 = 200, "Aliases in an operation, those of a fragment each time it is spread; beyond, `TOO_COMPLEX`.";
    directives: u32 = 200, "Directives in an operation, those of a fragment each time it is spread; beyond, `TOO_COMPLEX`.";
    selections: u32 = 10_000, "Fields and fragments of a document after every spread is written out; beyond, `TOO_COMPLEX`.";
    fragment_levels: u32 = 24, "Fragments spread within fragments; beyond, `TOO_COMPLEX`.";
    page_size: u32 = 50, "Items that a connection without `first` or `last` is measured with.";
    page_size_max: u32 = 200, "Items that a connection is measured with at most; the schema refuses larger pages.";
    list_size: u32 = 10, "Items that a plain list is measured with.";
    errors: u32 = 20, "Errors in one answer; `extensions.errorsOmitted` counts the rest.";
    request_ms: u32 = 10_000, "Milliseconds that a query or a mutation may take; beyond, `TIMEOUT`.";
    requests_per_minute: u32 = 1_200, "Requests and socket operations a minute of one token or session; beyond, `RATE_LIMITED` with status 429 and Retry-After.";
    sockets_per_user: u32 = 20, "Sockets that a user holds open; one more is closed with 4429.";
    operations_per_socket: u32 = 50, "Operations running on one socket; one more is answered `RATE_LIMITED`.";
    init_ms: u32 = 3_000, "Milliseconds until a socket must have sent `connection_init`; beyond, close code 4408.";
    keepalive_ms: u32 = 20_000, "Milliseconds between the server's pings on a socket; two unanswered close it.";
    recheck_ms: u32 = 30_000, "Milliseconds between two looks at whether a socket's credentials still hold; if not, close code 4403.";
    send_ms: u32 = 10_000, "Milliseconds that a socket may take to accept a message; beyond, it is dropped.";
    shutdown_ms: u32 = 10_000, "Milliseconds that requests under way have to finish when the server stops.";
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
}
