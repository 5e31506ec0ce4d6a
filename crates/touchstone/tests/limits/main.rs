//! Every limit of the product, reached from outside: the program itself serves, and a client asks for as much as is
//! allowed and for one more. A limit without a case fails here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod document;
mod load;
mod pages;
mod server;
mod socket;

use touchstone_http::Limits;

/// Gives each limit its test, and [`CASES`] their names.
macro_rules! cases {
    ($($module:ident: $($name:ident)+;)+) => {
        const CASES: &[&str] = &[$($(stringify!($name),)+)+];

        $($(
            #[tokio::test]
            async fn $name() {
                $module::$name().await;
            }
        )+)+
    };
}

cases! {
    document:
        body_bytes document_bytes file_bytes nesting depth introspection_depth complexity root_fields aliases directives
        selections fragment_levels page_size page_size_max list_size errors;
    load: request_ms statement_ms requests_per_minute remembered_aggregates shutdown_ms;
    socket: sockets_per_user operations_per_socket init_ms keepalive_ms recheck_ms send_ms;
}

#[test]
fn every_limit_has_its_case() {
    let mut names: Vec<_> = Limits::default()
        .table()
        .into_iter()
        .map(|row| row.name)
        .collect();
    let mut cases = CASES.to_vec();
    names.sort_unstable();
    cases.sort_unstable();
    assert_eq!(cases, names);
}
