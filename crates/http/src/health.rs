//! `/healthz`, `/readyz` and `/metrics`.

use std::sync::Arc;

use async_graphql::Executor;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::observe;
use crate::transport::Inner;

const NO_STORE: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// The process is up; nothing else is asked.
pub(crate) async fn healthz() -> Response {
    ([NO_STORE], "ok\n").into_response()
}

/// The server can do its work.
pub(crate) async fn readyz<E: Executor>(State(inner): State<Arc<Inner<E>>>) -> Response {
    match tokio::time::timeout(inner.limits.request_time(), inner.gate.ready()).await {
        Ok(Ok(())) => ([NO_STORE], "ready\n").into_response(),
        Ok(Err(missing)) => (
            StatusCode::SERVICE_UNAVAILABLE,
            [NO_STORE],
            format!("{missing}\n"),
        )
            .into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, [NO_STORE], "no answer in time\n").into_response(),
    }
}

/// Counts and times for Prometheus.
pub(crate) async fn metrics() -> Response {
    let Some(handle) = observe::recorder() else {
        return (
            StatusCode::NOT_FOUND,
            [NO_STORE],
            "another recorder has the metrics\n",
        )
            .into_response();
    };
    handle.run_upkeep();
    let text = [
        NO_STORE,
        (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
    ];
    (text, handle.render()).into_response()
}
