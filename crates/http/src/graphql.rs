//! The HTTP side of `/graphql`.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use async_graphql::Executor;
use async_graphql::parser::types::OperationType;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts as _, Query, Request, State, WebSocketUpgrade};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::{FutureExt as _, StreamExt as _};
use sha2::{Digest as _, Sha256};

use crate::answer::{Answer, Asked};
use crate::document::{self, Prepared, Wire, not_json};
use crate::fault::{Code, Fault};
use crate::gate::{Admission, Credentials, IdempotencyKey, Language, RequestMeta};
use crate::negotiate::{self, Media};
use crate::observe::{RequestId, new_id, words_of};
use crate::rate::Standing;
use crate::transport::Inner;
use crate::{graphiql, origin, socket};

/// How much of a body that is too large is still read, so that its sender sees the answer.
const DRAIN_BYTES: usize = 16 * 1024 * 1024;
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

pub(crate) async fn handle<E: Executor>(State(inner): State<Arc<Inner<E>>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let request_id = parts
        .extensions
        .get::<RequestId>()
        .map_or_else(|| new_id((inner.clock)()), |id| id.0.clone());
    let asked = Asked {
        request_id,
        language: negotiate::language(&parts.headers),
    };
    let reading = matches!(parts.method, Method::GET | Method::HEAD);

    if reading && is_upgrade(&parts.headers) {
        return upgrade(inner, &mut parts, asked).await;
    }
    if !reading && parts.method != Method::POST {
        let fault = Fault::status(
            StatusCode::METHOD_NOT_ALLOWED,
            Code::BadUserInput,
            format!(
                "{} is not understood here; use POST, or GET for queries.",
                parts.method
            ),
            format!("此处不支持 {};请使用 POST,查询也可使用 GET。", parts.method),
        );
        let mut response = refused(&fault, Media::Json, &asked);
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
        return response;
    }
    let Some(media) = negotiate::media(&parts.headers, reading) else {
        let fault = Fault::status(
            StatusCode::NOT_ACCEPTABLE,
            Code::BadUserInput,
            "Answers come as application/graphql-response+json or application/json; Accept names neither.",
            "响应格式为 application/graphql-response+json 或 application/json,而 Accept 未包含其中任何一种。",
        );
        return refused(&fault, Media::Json, &asked);
    };
    if media == Media::Html {
        return graphiql::page(asked.language);
    }
    let outcome = if reading {
        match read_url(&parts) {
            Ok(wire) => Ok((wire, None)),
            Err(fault) => Err(fault),
        }
    } else {
        read_post(&inner, &parts, body).await
    };
    match outcome {
        Ok((wire, idempotency)) => respond(&inner, &parts, wire, idempotency, media, &asked).await,
        Err(fault) => refused(&fault, media, &asked),
    }
}

fn read_url(parts: &Parts) -> Result<Wire, Fault> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map_err(|_| Fault::bad_request("The URL's parameters cannot be read.", "无法解析 URL 参数。"))?;
    Wire::from_pairs(pairs)
}

async fn read_post<E: Executor>(
    inner: &Inner<E>,
    parts: &Parts,
    body: Body,
) -> Result<(Wire, Option<IdempotencyKey>), Fault> {
    check_content(&parts.headers)?;
    if matches!(origin::credentials(&parts.headers), Credentials::Session(_))
        && origin::is_foreign(&parts.headers, &inner.own_origins)
    {
        return Err(foreign());
    }
    let key = idempotency_key(&parts.headers)?;
    let read = read_body(body, inner.limits.body_bytes as usize);
    let body = tokio::time::timeout(inner.limits.request_time(), read)
        .await
        .map_err(|_| {
            Fault::status(
                StatusCode::REQUEST_TIMEOUT,
                Code::Timeout,
                "The body did not arrive in time.",
                "请求体未能及时到达。",
            )
        })??;
    let json = serde_json::from_slice(&body).map_err(|error| not_json("The body", &error))?;
    let wire = Wire::from_json(json)?;
    let idempotency = key.map(|key| IdempotencyKey {
        key,
        body_sha256: Sha256::digest(&body).into(),
    });
    Ok((wire, idempotency))
}

/// JSON only, which no form of another site can send.
fn check_content(headers: &HeaderMap) -> Result<(), Fault> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parameters = content_type
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let json = parameters.next().is_some_and(|name| name == "application/json");
    let utf8 = parameters
        .filter_map(|parameter| {
            parameter
                .strip_prefix("charset=")
                .map(|charset| charset.trim_matches('"').to_owned())
        })
        .all(|charset| charset == "utf-8" || charset == "utf8");
    let plain = headers
        .get(header::CONTENT_ENCODING)
        .is_none_or(|encoding| encoding == "identity");
    if json && utf8 && plain {
        return Ok(());
    }
    Err(Fault::status(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::BadUserInput,
        "The body must be sent as Content-Type: application/json, in UTF-8 and not compressed.",
        "请求体必须以 Content-Type: application/json 发送,使用 UTF-8 编码且不压缩。",
    ))
}

pub(crate) fn foreign() -> Fault {
    Fault::status(
        StatusCode::FORBIDDEN,
        Code::Forbidden,
        "A request caused by another site is not taken with the session's cookie. Programs send a token.",
        "由其他网站发起的请求不能使用会话 Cookie。程序请使用令牌。",
    )
}

pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let bytes = value.as_bytes();
    if (1..=255).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic) {
        return Ok(Some(String::from_utf8_lossy(bytes).into_owned()));
    }
    Err(Fault::bad_request(
        "Idempotency-Key must be 1 to 255 visible ASCII characters.",
        "Idempotency-Key 必须是 1 到 255 个可见 ASCII 字符。",
    ))
}

async fn read_body(body: Body, limit: usize) -> Result<Bytes, Fault> {
    let mut chunks = body.into_data_stream();
    let mut read = Vec::new();
    let mut seen = 0_usize;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| {
            tracing::debug!(%error, "the body broke off");
            Fault::bad_request("The body broke off.", "请求体传输中断。")
        })?;
        seen = seen.saturating_add(chunk.len());
        if seen <= limit {
            read.extend_from_slice(&chunk);
        } else if seen > DRAIN_BYTES.max(limit) {
            break;
        }
    }
    if seen <= limit {
        return Ok(read.into());
    }
    Err(Fault::status(
        StatusCode::PAYLOAD_TOO_LARGE,
        Code::BadUserInput,
        format!("The body is larger than {limit} bytes."),
        format!("请求体超过 {limit} 字节。"),
    ))
}

async fn respond<E: Executor>(
    inner: &Inner<E>,
    parts: &Parts,
    wire: Wire,
    idempotency: Option<IdempotencyKey>,
    media: Media,
    asked: &Asked,
) -> Response {
    let credentials = origin::credentials(&parts.headers);
    let anonymous = credentials == Credentials::None;
    let meta = RequestMeta {
        request_id: asked.request_id.clone(),
        language: asked.language,
        idempotency,
        now: (inner.clock)(),
    };
    let admission =
        match tokio::time::timeout(inner.limits.request_time(), inner.gate.admit(credentials, meta)).await {
            Ok(Ok(admission)) => admission,
            Ok(Err(refusal)) => return refused(&Fault::refused(refusal, &asked.request_id), media, asked),
            Err(_) => return refused(&Fault::timeout(inner.limits.request_ms), media, asked),
        };
    let standing = count(inner, &admission);
    let mut response = match standing {
        Some(standing) if !standing.allowed => too_many(standing, media, asked),
        _ => execute(inner, parts, wire, admission, anonymous, media, asked).await,
    };
    if let Some(standing) = standing {
        response.headers_mut().extend(told(standing));
    }
    response
}

/// The refusal of a request beyond those of the minute.
pub(crate) fn too_many(standing: Standing, media: Media, asked: &Asked) -> Response {
    metrics::counter!("touchstone_rate_limited_total", "what" => "request").increment(1);
    let fault = Fault::rate_limited(standing.limit, standing.reset_seconds);
    let mut response = refused(&fault, media, asked);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, standing.reset_seconds.into());
    response
}

/// The headers that say where a caller stands.
pub(crate) fn told(standing: Standing) -> HeaderMap {
    HeaderMap::from_iter([
        (HeaderName::from_static("ratelimit-limit"), standing.limit.into()),
        (
            HeaderName::from_static("ratelimit-remaining"),
            standing.remaining.into(),
        ),
        (
            HeaderName::from_static("ratelimit-reset"),
            standing.reset_seconds.into(),
        ),
    ])
}

async fn execute<E: Executor>(
    inner: &Inner<E>,
    parts: &Parts,
    wire: Wire,
    admission: Admission,
    anonymous: bool,
    media: Media,
    asked: &Asked,
) -> Response {
    let prepared = match document::prepare(&inner.documents, &inner.shape, &inner.limits, anonymous, wire) {
        Ok(prepared) => prepared,
        Err(fault) => return refused(&fault, media, asked),
    };
    match prepared.operation {
        OperationType::Mutation if parts.method != Method::POST => {
            let fault = Fault::status(
                StatusCode::METHOD_NOT_ALLOWED,
                Code::BadUserInput,
                "A mutation is sent by POST; GET is for queries.",
                "变更操作须使用 POST;GET 仅用于查询。",
            );
            let mut response = refused(&fault, media, asked);
            response
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static("POST"));
            return response;
        }
        OperationType::Subscription => {
            let fault = Fault::bad_document(
                "A subscription runs over WebSocket, with the subprotocol graphql-transport-ws.",
                "订阅须通过 WebSocket 进行,子协议为 graphql-transport-ws。",
            );
            return refused(&fault, media, asked);
        }
        OperationType::Query | OperationType::Mutation => {}
    }
    match run(inner, admission, prepared, asked, "http").await {
        Ok((answer, headers)) => {
            let status = answer
                .has(Code::Unauthenticated)
                .then_some(StatusCode::UNAUTHORIZED);
            let mut response = answered(&answer, media, status, asked.language);
            response.headers_mut().extend(headers);
            response
        }
        Err(fault) => refused(&fault, media, asked),
    }
}

/// Counts a request of the admitted, when its kind is counted.
pub(crate) fn count<E>(inner: &Inner<E>, admission: &Admission) -> Option<Standing> {
    let key = admission.rate_key.as_deref()?;
    Some(
        inner
            .rates
            .count(key, inner.limits.requests_per_minute, Instant::now()),
    )
}

/// Executes a query or a mutation, for no longer than allowed.
pub(crate) async fn run<E: Executor>(
    inner: &Inner<E>,
    admission: Admission,
    prepared: Prepared,
    asked: &Asked,
    transport: &'static str,
) -> Result<(Answer, HeaderMap), Fault> {
    let kind = if prepared.operation == OperationType::Mutation {
        "mutation"
    } else {
        "query"
    };
    metrics::counter!("touchstone_graphql_operations_total", "kind" => kind, "transport" => transport)
        .increment(1);
    let statements = admission.statements;
    let execution = async {
        let request = (admission.prepare)(prepared.request);
        inner.executor.execute(request).await
    };
    let caught = AssertUnwindSafe(execution).catch_unwind();
    match tokio::time::timeout(inner.limits.request_time(), caught).await {
        Ok(Ok(mut response)) => {
            let headers = std::mem::take(&mut response.http_headers);
            let mut answer = Answer::executed(response, asked, inner.limits.errors);
            answer.report(prepared.cost, statements.as_deref());
            Ok((answer, headers))
        }
        Ok(Err(panic)) => {
            tracing::error!(
                request_id = asked.request_id,
                panic = words_of(&*panic),
                "a resolver panicked"
            );
            Err(Fault::internal(&asked.request_id))
        }
        Err(_) => Err(Fault::timeout(inner.limits.request_ms)),
    }
}

pub(crate) fn refused(fault: &Fault, media: Media, asked: &Asked) -> Response {
    answered(
        &Answer::refusal(fault, asked),
        media,
        fault.status,
        asked.language,
    )
}

/// Writes an answer. Without a status of its own it has the one that its media type gives it.
pub(crate) fn answered(
    answer: &Answer,
    media: Media,
    status: Option<StatusCode>,
    language: Language,
) -> Response {
    let status = status.unwrap_or_else(|| {
        if answer.data.is_some() || media == Media::Json {
            StatusCode::OK
        } else if answer.has(Code::Timeout) {
            StatusCode::GATEWAY_TIMEOUT
        } else if answer.has(Code::Internal) {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::BAD_REQUEST
        }
    });
    let (status, body) = match serde_json::to_vec(answer) {
        Ok(body) => (status, body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            let body = br#"{"errors":[{"message":"The answer could not be written.","extensions":{"code":"INTERNAL"}}]}"#;
            (StatusCode::INTERNAL_SERVER_ERROR, body.to_vec())
        }
    };
    let headers = [
        (header::CONTENT_TYPE, media.content_type()),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept, accept-language"),
        (header::CONTENT_LANGUAGE, language.tag()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let mut response = (status, headers, body).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn is_upgrade(headers: &HeaderMap) -> bool {
    headers
        .get(header::UPGRADE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

async fn upgrade<E: Executor>(inner: Arc<Inner<E>>, parts: &mut Parts, asked: Asked) -> Response {
    let credentials = origin::credentials(&parts.headers);
    if matches!(credentials, Credentials::Session(_))
        && origin::is_foreign(&parts.headers, &inner.own_origins)
    {
        return refused(&foreign(), Media::Json, &asked);
    }
    match WebSocketUpgrade::from_request_parts(parts, &()).await {
        Ok(upgrade) => {
            let largest = inner.limits.body_bytes as usize;
            upgrade
                .protocols([socket::PROTOCOL])
                .max_message_size(largest)
                .max_frame_size(largest)
                .on_upgrade(move |socket| socket::attend(inner, socket, credentials, asked.language))
        }
        Err(rejection) => rejection.into_response(),
    }
}
