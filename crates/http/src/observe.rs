//! What is seen of every request: an id, a span, counts and times; and panics, which become answers.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::OnceLock;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, Utc};
use futures::FutureExt as _;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::Instrument as _;
use uuid::{NoContext, Timestamp, Uuid};

use crate::answer::{Answer, Asked};
use crate::fault::Fault;
use crate::gate::Clock;
use crate::graphql::answered;
use crate::negotiate::{self, Media};

/// The id of a request: the caller's `x-request-id` when it is a plain word, else a new one. Handlers find it among the
/// request's extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(crate) fn new_id(now: DateTime<Utc>) -> String {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
    .simple()
    .to_string()
}

fn id_of(headers: &HeaderMap, now: DateTime<Utc>) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    headers
        .get(X_REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| (1..=128).contains(&id.len()) && id.bytes().all(plain))
        .map_or_else(|| new_id(now), str::to_owned)
}

/// The layer around every route.
pub(crate) async fn observe(State(clock): State<Clock>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = id_of(request.headers(), clock());
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let asked = Asked {
        request_id: id.clone(),
        language: negotiate::language(request.headers()),
    };
    // A path that holds a secret is told by its route alone.
    let path = if route.contains("{secret}") {
        route.clone()
    } else {
        request.uri().path().to_owned()
    };
    let span = tracing::info_span!("request", request_id = id, %method, path);
    request.extensions_mut().insert(RequestId(id.clone()));

    let outcome = AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .instrument(span.clone())
        .await;
    let mut response = outcome.unwrap_or_else(|panic| {
        span.in_scope(|| tracing::error!(panic = words_of(&*panic), "a request panicked"));
        let fault = Fault::internal(&id);
        answered(
            &Answer::refusal(&fault, &asked),
            Media::Json,
            fault.status,
            asked.language,
        )
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    let status = response.status().as_u16();
    let elapsed = began.elapsed();
    span.in_scope(|| tracing::info!(status, duration_ms = elapsed.as_secs_f64() * 1000.0, "answered"));
    let labels = [
        ("route", route),
        ("method", method.to_string()),
        ("status", status.to_string()),
    ];
    metrics::counter!("touchstone_http_requests_total", &labels).increment(1);
    metrics::histogram!("touchstone_http_request_duration_seconds", &labels[..2])
        .record(elapsed.as_secs_f64());
    response
}

/// What a panic said.
pub(crate) fn words_of(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}

/// The process's metrics, installed by whoever asks first. `None` when another recorder was installed before.
pub(crate) fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let buckets = [
                0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
            ];
            let recorder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &buckets)
                .ok()?
                .build_recorder();
            let handle = recorder.handle();
            metrics::set_global_recorder(recorder).ok()?;
            metrics::describe_counter!(
                "touchstone_http_requests_total",
                "Requests answered, by route, method and status."
            );
            metrics::describe_histogram!(
                "touchstone_http_request_duration_seconds",
                metrics::Unit::Seconds,
                "Time until a request's answer began."
            );
            metrics::describe_counter!(
                "touchstone_graphql_operations_total",
                "Operations executed, by kind and transport."
            );
            metrics::describe_counter!(
                "touchstone_rate_limited_total",
                "Requests and operations refused as too many."
            );
            metrics::describe_gauge!("touchstone_sockets_open", "WebSockets open now.");
            metrics::describe_gauge!("touchstone_streams_open", "Streams of events open now.");
            Some(handle)
        })
        .as_ref()
}
