//! How long something may take, and how often it may be asked. A locked table makes a statement slow.

use std::time::{Duration, Instant};

use crate::server::{Server, agent};

const STARTUPS: &str = "{ startups { totalCount } }";

pub async fn request_ms() {
    let server = Server::start("request_ms = 400").await;
    server.query(STARTUPS).is_answered();
    let lock = server.db.lock("startup").await.unwrap();
    let began = Instant::now();
    server.query(STARTUPS).is_refused(504, "TIMEOUT", &["400 ms"]);
    let took = began.elapsed();
    assert!((400..9_000).contains(&took.as_millis()), "{took:?}");
    drop(lock);
    server.query(STARTUPS).is_answered();
}

pub async fn statement_ms() {
    let server = Server::start("statement_ms = 300").await;
    let lock = server.db.lock("startup").await.unwrap();
    let began = Instant::now();
    let told = server.query(STARTUPS);
    let took = began.elapsed();
    assert_eq!(told.code(), "TIMEOUT", "{}", told.body);
    assert!(
        told.message().contains("the database took too long"),
        "{}",
        told.message()
    );
    assert!((300..9_000).contains(&took.as_millis()), "{took:?}");
    drop(lock);
    server.query(STARTUPS).is_answered();
}

pub async fn remembered_aggregates() {
    let server = Server::start("remembered_aggregates = 1").await;
    let computed = || {
        let mut told = agent()
            .get(format!("http://{}/metrics", server.address))
            .call()
            .unwrap();
        let text = told.body_mut().read_to_string().unwrap();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("touchstone_aggregates_computed_total "));
        line.map_or(0, |count| count.parse::<u64>().unwrap())
    };
    let (board, matrix) = (
        "{ pipeline { totalCount } }",
        "{ coverage { total { startups } } }",
    );
    // The one is remembered, until the other takes its place.
    for (document, so_far) in [(board, 1), (board, 1), (matrix, 2), (matrix, 2), (board, 3)] {
        server.query(document).is_answered();
        assert_eq!(computed(), so_far, "after {document}");
    }
}

pub async fn requests_per_minute() {
    let server = Server::start("requests_per_minute = 3").await;
    for remaining in [2, 1, 0] {
        let told = server.query("{ __typename }");
        told.is_answered();
        assert_eq!(told.header("ratelimit-limit"), Some(3));
        assert_eq!(told.header("ratelimit-remaining"), Some(remaining));
        assert!((1..=60).contains(&told.header("ratelimit-reset").unwrap()));
        assert_eq!(told.header("retry-after"), None);
    }
    let told = server.query("{ __typename }");
    told.is_refused(429, "RATE_LIMITED", &["3 requests a minute"]);
    assert!((1..=60).contains(&told.header("retry-after").unwrap()));
    assert_eq!(told.header("ratelimit-remaining"), Some(0));

    let other = server.other_token().await;
    server
        .post(&other, r#"{"query": "{ __typename }"}"#)
        .is_answered();

    let server = Server::start("").await;
    let told = server.query("{ __typename }");
    assert_eq!(
        (told.header("ratelimit-limit"), told.header("ratelimit-remaining")),
        (Some(1200), Some(1199))
    );
}

pub async fn shutdown_ms() {
    let mut server = Server::start("shutdown_ms = 500\nrequest_ms = 60000\nstatement_ms = 60000").await;
    let lock = server.db.lock("startup").await.unwrap();
    let (address, token) = (server.address.clone(), server.token.clone());
    let asking = std::thread::spawn(move || {
        ureq::post(format!("http://{address}/graphql"))
            .header("Authorization", format!("Bearer {token}"))
            .header("Content-Type", "application/json")
            .send(r#"{"query": "{ startups { totalCount } }"}"#)
            .is_ok()
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.terminate();
    let began = Instant::now();
    while server.ended().is_none() {
        assert!(
            began.elapsed() < Duration::from_secs(9),
            "the server does not stop"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let took = began.elapsed();
    assert!(
        took >= Duration::from_millis(450),
        "the request had no time to finish: {took:?}"
    );
    assert_eq!(server.ended(), Some(true), "being cut off is an orderly end");
    assert!(!asking.join().unwrap(), "the request was cut off");
    drop(lock);
}
