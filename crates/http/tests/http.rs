//! The HTTP side from outside: statuses, media types, limits, credentials, languages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod probe;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::get;
use probe::ProbeGate;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use touchstone_http::Limits;
use tower::ServiceExt as _;

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";
/// A reading of a document that grows without bounds takes longer; a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);

struct Told {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn message(&self) -> String {
        self.json()["errors"][0]["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn send(router: &Router, request: Request<Body>) -> Told {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Told {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// A POST with the good token; later headers take the place of earlier ones.
fn post(body: impl Into<Body>, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::post("/graphql").body(body.into()).unwrap();
    let given = [
        ("content-type", JSON),
        ("accept", GRAPHQL),
        ("authorization", "Bearer good"),
    ];
    for (name, value) in given.iter().chain(headers) {
        let name = axum::http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        if value.is_empty() {
            request.headers_mut().remove(name);
        } else {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
    }
    request
}

fn router() -> Router {
    probe::transport(Limits::default()).router()
}

fn limited(change: impl FnOnce(&mut Limits)) -> Router {
    let mut limits = Limits::default();
    change(&mut limits);
    probe::transport(limits).router()
}

async fn query(router: &Router, query: &str) -> Told {
    send(router, post(json!({"query": query}).to_string(), &[])).await
}

#[tokio::test]
async fn a_query_is_answered_with_its_cost_and_the_headers_of_an_api() {
    let told = query(&router(), "{ items(first: 3) { nodes { id } totalCount } }").await;
    assert_eq!(told.status, 200);
    assert_eq!(told.json()["data"]["items"]["nodes"][2]["id"], "item_2");
    assert_eq!(
        told.json()["extensions"]["cost"],
        json!({"depth": 3, "complexity": 8, "statements": 3})
    );
    assert_eq!(
        told.header("content-type"),
        "application/graphql-response+json; charset=utf-8"
    );
    assert_eq!(told.header("cache-control"), "no-store");
    assert!(told.header("vary").contains("accept"));
    assert_eq!(told.header("content-language"), "en");
    assert_eq!(told.header("x-request-id").len(), 32);
    assert_eq!(told.header("ratelimit-limit"), "1200");
    assert_eq!(told.header("ratelimit-remaining"), "1199");
    assert_eq!(told.header("ratelimit-reset"), "60");
}

#[tokio::test]
async fn a_bad_document_has_no_data_and_the_status_of_its_media_type() {
    let router = router();
    for (body, code) in [
        (json!({"query": "{"}), "BAD_USER_INPUT"),
        (json!({"query": ""}), "BAD_USER_INPUT"),
        (json!({"query": "{ nothing }"}), "BAD_USER_INPUT"),
        (
            json!({"query": "query ($n: Int!) { __typename }"}),
            "BAD_USER_INPUT",
        ),
        (
            json!({"query": "query ($id: ID!) { __typename }", "variables": {"id": null}}),
            "BAD_USER_INPUT",
        ),
        (
            json!({"query": "{ hello }", "operationName": "b"}),
            "BAD_USER_INPUT",
        ),
        (
            json!({"query": "query a { hello } query b { hello }"}),
            "BAD_USER_INPUT",
        ),
        (json!({"query": "subscription { ticks }"}), "BAD_USER_INPUT"),
        (
            json!({"query": "{ ...a } fragment a on Query { ...a }"}),
            "BAD_USER_INPUT",
        ),
    ] {
        for (accept, status) in [(GRAPHQL, 400), (JSON, 200), ("*/*", 200), ("", 200)] {
            let told = send(&router, post(body.to_string(), &[("accept", accept)])).await;
            assert_eq!(told.status, status, "{body} as {accept}");
            assert!(told.json().get("data").is_none(), "{body}");
            assert_eq!(told.code(), code, "{body}");
        }
    }
    let told = query(&router, "{ hello(name: }").await;
    assert_eq!(
        told.json()["errors"][0]["locations"],
        json!([{"line": 1, "column": 15}])
    );
    assert!(
        !told.message().contains("-->") && !told.message().contains('\n'),
        "{}",
        told.message()
    );
    assert!(
        !query(&router, "{ helo }").await.message().contains("mean"),
        "nothing is suggested"
    );
}

#[tokio::test]
async fn what_is_no_graphql_request_is_400_in_plain_words() {
    let router = router();
    for (body, words) in [
        ("{", "not valid JSON"),
        ("", "not valid JSON"),
        ("\u{feff}nonsense", "not valid JSON"),
        ("[]", "list of requests"),
        (r#"[{"query":"{ __typename }"}]"#, "list of requests"),
        ("7", "JSON object"),
        ("{}", "query is missing"),
        (r#"{"query": 7}"#, "query must be a string"),
        (
            r#"{"query": "{ hello }", "variables": []}"#,
            "variables must be an object",
        ),
        (
            r#"{"query": "{ hello }", "variables": "{}"}"#,
            "variables must be an object",
        ),
        (
            r#"{"query": "{ hello }", "operationName": 7}"#,
            "operationName must be a string",
        ),
        (
            r#"{"query": "{ hello }", "extensions": 7}"#,
            "extensions must be an object",
        ),
    ] {
        for accept in [GRAPHQL, JSON] {
            let told = send(&router, post(body, &[("accept", accept)])).await;
            assert_eq!(told.status, 400, "{body}");
            assert_eq!(told.code(), "BAD_USER_INPUT", "{body}");
            assert!(told.message().contains(words), "{body}: {}", told.message());
        }
    }
}

#[tokio::test]
async fn media_types_are_negotiated() {
    let router = router();
    let body = || json!({"query": "{ hello }"}).to_string();
    for (accept, status, content_type) in [
        (GRAPHQL, 200, "application/graphql-response+json; charset=utf-8"),
        (JSON, 200, "application/json; charset=utf-8"),
        ("", 200, "application/json; charset=utf-8"),
        ("text/html", 406, "application/json; charset=utf-8"),
        ("image/png", 406, "application/json; charset=utf-8"),
    ] {
        let told = send(&router, post(body(), &[("accept", accept)])).await;
        assert_eq!(told.status, status, "{accept}");
        assert_eq!(told.header("content-type"), content_type, "{accept}");
    }
    for content_type in [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
    ] {
        let told = send(&router, post(body(), &[("content-type", content_type)])).await;
        assert_eq!(told.status, 415, "{content_type}");
        assert_eq!(told.code(), "BAD_USER_INPUT");
    }
    assert_eq!(
        send(&router, post(body(), &[("content-encoding", "gzip")]))
            .await
            .status,
        415
    );
    let with_charset = [("content-type", "application/json; charset=UTF-8")];
    assert_eq!(send(&router, post(body(), &with_charset)).await.status, 200);
}

#[tokio::test]
async fn get_is_for_queries() {
    let router = router();
    let get = |path: &str| {
        Request::get(path)
            .header("accept", GRAPHQL)
            .header("authorization", "Bearer good")
            .body(Body::empty())
            .unwrap()
    };
    let told = send(
        &router,
        get("/graphql?query=query%20a(%24n:String!)%7Bhello(name:%24n)%7Dquery%20b%7B__typename%7D&operationName=a&variables=%7B%22n%22:%22you%22%7D"),
    )
    .await;
    assert_eq!(
        (told.status.as_u16(), told.json()["data"]["hello"].as_str()),
        (200, Some("hello you"))
    );
    let told = send(&router, get("/graphql?query=mutation%7Badd(n:1)%7D")).await;
    assert_eq!((told.status.as_u16(), told.header("allow")), (405, "POST"));
    assert_eq!(send(&router, get("/graphql")).await.status, 400);
    assert_eq!(
        send(&router, get("/graphql?query=%7Bhello%7D&variables=%7B"))
            .await
            .status,
        400
    );
    assert_eq!(
        send(&router, get("/graphql?query=%7Bhello%7D&variables=7"))
            .await
            .status,
        400
    );
    let mut put = post("{}", &[]);
    *put.method_mut() = axum::http::Method::PUT;
    let told = send(&router, put).await;
    assert_eq!((told.status.as_u16(), told.header("allow")), (405, "GET, POST"));
}

#[tokio::test]
async fn without_credentials_only_the_open_fields_are_answered() {
    let router = router();
    let ask = async |query: &str, accept: &str| {
        let body = json!({"query": query}).to_string();
        send(&router, post(body, &[("authorization", ""), ("accept", accept)])).await
    };
    for open in [
        "{ __typename }",
        "{ viewer { name } }",
        "{ __schema { queryType { name } } }",
        "{ ...a } fragment a on Query { __type(name: \"Item\") { name } }",
    ] {
        assert_eq!(ask(open, GRAPHQL).await.status, 200, "{open}");
    }
    assert_eq!(
        ask("{ viewer { name } }", JSON).await.json()["data"],
        json!({"viewer": null})
    );
    for closed in [
        "{ hello }",
        "{ viewer { name } ... { x: hello } }",
        "{ ...a } fragment a on Query { hello }",
        "mutation { add(n: 1) }",
    ] {
        for accept in [GRAPHQL, JSON] {
            let told = ask(closed, accept).await;
            assert_eq!(
                (told.status.as_u16(), told.code().as_str()),
                (401, "UNAUTHENTICATED"),
                "{closed}"
            );
            assert_eq!(told.header("www-authenticate"), "Bearer");
            assert!(told.json().get("data").is_none());
        }
    }
    assert_eq!(
        ask("{ nothing }", JSON).await.status,
        200,
        "validation comes first"
    );
}

#[tokio::test]
async fn credentials_that_do_not_hold_are_401_also_for_open_fields() {
    let router = router();
    let body = || json!({"query": "{ __typename }"}).to_string();
    for (headers, status, code) in [
        (
            [("authorization", "Bearer bad"), ("cookie", "")],
            401,
            "UNAUTHENTICATED",
        ),
        (
            [("authorization", "Basic good"), ("cookie", "")],
            401,
            "UNAUTHENTICATED",
        ),
        (
            [("authorization", ""), ("cookie", "touchstone_session=old")],
            401,
            "UNAUTHENTICATED",
        ),
        (
            [("authorization", "Bearer barred"), ("cookie", "")],
            403,
            "FORBIDDEN",
        ),
        (
            [("authorization", "Bearer faulty"), ("cookie", "")],
            500,
            "INTERNAL",
        ),
        (
            [("authorization", ""), ("cookie", "a=1; touchstone_session=s1")],
            200,
            "",
        ),
    ] {
        let told = send(&router, post(body(), &headers)).await;
        assert_eq!(
            (told.status.as_u16(), told.code().as_str()),
            (status, code),
            "{headers:?}"
        );
        assert!(!told.text.contains("SELECT"), "{}", told.text);
    }
    let told = query(&router, "{ sessionEnded }").await;
    assert_eq!(
        (told.status.as_u16(), told.code().as_str()),
        (401, "UNAUTHENTICATED")
    );
}

#[tokio::test]
async fn another_site_cannot_use_the_cookie() {
    let router = router();
    let body = || json!({"query": "mutation { add(n: 1) }"}).to_string();
    let cookie = [
        ("authorization", ""),
        ("cookie", "touchstone_session=s1"),
        ("host", "localhost:1"),
    ];
    for (header, status) in [
        (("origin", "http://localhost:1"), 200),
        (("sec-fetch-site", "same-origin"), 200),
        (("origin", "http://evil.example"), 403),
        (("origin", "null"), 403),
        (("sec-fetch-site", "cross-site"), 403),
        (("sec-fetch-site", "same-site"), 403),
    ] {
        let mut headers = cookie.to_vec();
        headers.push(header);
        let told = send(&router, post(body(), &headers)).await;
        assert_eq!(told.status, status, "{header:?}");
    }
    let told = send(&router, post(body(), &[("origin", "http://evil.example")])).await;
    assert_eq!(told.status, 200, "a token is no cookie");
}

#[tokio::test]
async fn errors_of_ours_are_masked_and_others_keep_their_words() {
    let router = router();
    for failing in ["{ failing }", "{ internal }"] {
        let told = query(&router, failing).await;
        assert_eq!((told.status.as_u16(), told.code().as_str()), (200, "INTERNAL"));
        assert!(
            !told.text.contains("SELECT") && !told.text.contains("/srv"),
            "{}",
            told.text
        );
        let error = &told.json()["errors"][0];
        assert_eq!(error["extensions"]["requestId"], told.header("x-request-id"));
        assert!(told.message().contains(told.header("x-request-id")));
        assert_eq!(
            told.json()["data"],
            json!({(failing.trim_matches(['{', '}', ' '])): null})
        );
    }
    let told = query(&router, "{ forbidden hello }").await;
    assert_eq!((told.status.as_u16(), told.code().as_str()), (200, "FORBIDDEN"));
    assert_eq!(told.message(), "Only partners may see this.");
    assert_eq!(told.json()["data"]["hello"], "hello world");
}

#[tokio::test]
async fn a_panic_is_answered_with_the_request_id() {
    let pages = Router::new().route("/page", get(async || -> &'static str { panic!("SELECT page") }));
    let router = probe::transport(Limits::default()).router_with(pages);
    let told = query(&router, "{ panics }").await;
    assert_eq!((told.status.as_u16(), told.code().as_str()), (500, "INTERNAL"));
    assert!(told.message().contains(told.header("x-request-id")));
    assert!(!told.text.contains("SELECT"));
    let told = send(&router, Request::get("/page").body(Body::empty()).unwrap()).await;
    assert_eq!((told.status.as_u16(), told.code().as_str()), (500, "INTERNAL"));
    assert_eq!(
        query(&router, "{ hello }").await.status,
        200,
        "the server goes on"
    );
}

#[tokio::test]
async fn what_takes_too_long_is_stopped() {
    let router = limited(|limits| limits.request_ms = 100);
    let told = query(&router, "{ slow(ms: 60000) }").await;
    assert_eq!((told.status.as_u16(), told.code().as_str()), (504, "TIMEOUT"));
    assert!(told.json().get("data").is_none());
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let router = limited(|limits| limits.request_ms = 100);
    let told = send(
        &router,
        post(
            Body::from_stream(futures::stream::pending::<Result<Vec<u8>, std::io::Error>>()),
            &[],
        ),
    )
    .await;
    assert_eq!((told.status.as_u16(), told.code().as_str()), (408, "TIMEOUT"));
}

#[tokio::test]
async fn too_many_requests_a_minute_are_429() {
    let router = limited(|limits| limits.requests_per_minute = 2);
    assert_eq!(
        query(&router, "{ hello }").await.header("ratelimit-remaining"),
        "1"
    );
    assert_eq!(
        query(&router, "{ hello }").await.header("ratelimit-remaining"),
        "0"
    );
    let told = query(&router, "{ hello }").await;
    assert_eq!(
        (told.status.as_u16(), told.code().as_str()),
        (429, "RATE_LIMITED")
    );
    let wait: u64 = told.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(told.header("ratelimit-limit"), "2");
    assert_eq!(told.header("ratelimit-remaining"), "0");
    let other = post(
        json!({"query": "{ hello }"}).to_string(),
        &[("authorization", "Bearer other")],
    );
    assert_eq!(
        send(&router, other).await.status,
        200,
        "another token is counted apart"
    );
}

#[tokio::test]
async fn bodies_and_documents_have_a_size() {
    let router = router();
    let padded =
        |bytes: usize| json!({"query": "{ hello }", "variables": {"x": "x".repeat(bytes)}}).to_string();
    assert_eq!(send(&router, post(padded(1_000_000), &[])).await.status, 200);
    let told = send(&router, post(padded(1_050_000), &[])).await;
    assert_eq!(
        (told.status.as_u16(), told.code().as_str()),
        (413, "BAD_USER_INPUT")
    );
    assert!(told.message().contains("1048576"), "{}", told.message());
    let document = |bytes: usize| format!("{{ hello #{}\n}}", "x".repeat(bytes));
    assert_eq!(query(&router, &document(65_000)).await.status, 200);
    let told = query(&router, &document(66_000)).await;
    assert_eq!((told.status.as_u16(), told.code().as_str()), (400, "TOO_COMPLEX"));
    assert!(told.message().contains("65536"), "{}", told.message());
}

#[tokio::test]
async fn each_limit_of_a_document_is_told_with_its_number() {
    let router = router();
    let deep = |levels: usize| {
        format!(
            "{{ deep {{ {} id {} }} }}",
            "next { ".repeat(levels - 2),
            "}".repeat(levels - 2)
        )
    };
    assert_eq!(query(&router, &deep(15)).await.status, 200);
    let aliases = (0..201)
        .map(|n| format!("a{n}: __typename"))
        .collect::<Vec<_>>()
        .join(" ");
    let spreads: Vec<_> = (0..20)
        .map(|n| format!("fragment f{n} on Deep {{ ...f{next} ...f{next} }}", next = n + 1))
        .collect();
    let spreads = spreads.join(" ");
    for (document, limit) in [
        (deep(16), "15"),
        (format!("{{ {aliases} }}"), "200"),
        (format!("{{ deep {{ {aliases} }} }}"), "200"),
        (
            format!("{{ hello {} }}", "@include(if: true) ".repeat(201)),
            "200",
        ),
        (
            format!("{{ deep {{ ...f0 }} }} {spreads} fragment f20 on Deep {{ id }}"),
            "10000",
        ),
        (format!("{{ deep {{ {} }} }}", "id ".repeat(10_001)), "10000"),
        (
            format!("{{ json(value: {}1{}) }}", "[".repeat(5000), "]".repeat(5000)),
            "64",
        ),
        (
            format!(
                "query ($v: {}Int{}) {{ hello }}",
                "[".repeat(5000),
                "]".repeat(5000)
            ),
            "64",
        ),
        (format!("{}{}", "{a".repeat(5000), "}".repeat(5000)), "64"),
    ] {
        let began = Instant::now();
        let told = query(&router, &document).await;
        let start: String = document.chars().take(60).collect();
        assert_eq!(
            (told.status.as_u16(), told.code().as_str()),
            (400, "TOO_COMPLEX"),
            "{start}"
        );
        assert!(told.message().contains(limit), "{start}: {}", told.message());
        assert!(began.elapsed() < PATIENCE, "{start}");
    }
    let costly = limited(|limits| limits.complexity = 100);
    assert_eq!(
        query(&costly, "{ items(first: 40) { nodes { id } } }")
            .await
            .status,
        200
    );
    assert_eq!(
        query(&costly, "{ items { nodes { id } } }").await.code(),
        "TOO_COMPLEX"
    );
}

#[tokio::test]
async fn a_document_as_large_as_allowed_is_answered_soon() {
    let router = router();
    let wide = format!("{{ deep {{ {} }} }}", "id ".repeat(9_990));
    let began = Instant::now();
    assert_eq!(query(&router, &wide).await.status, 200);
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
}

#[tokio::test]
async fn nested_brackets_and_variables_do_not_exhaust_the_stack() {
    let router = router();
    // as deep as brackets may be, on the small stack of a test thread
    let document = format!("{{ json(value: {}1{}) }}", "[".repeat(62), "]".repeat(62));
    assert_eq!(query(&router, &document).await.status, 200);
    let nested = |levels: usize| {
        format!(
            r#"{{"query": "query ($v: JSON) {{ json(value: $v) }}", "variables": {{"v": {}1{}}}}}"#,
            "[".repeat(levels),
            "]".repeat(levels)
        )
    };
    assert_eq!(send(&router, post(nested(100), &[])).await.status, 200);
    let told = send(&router, post(nested(100_000), &[])).await;
    assert_eq!(
        (told.status.as_u16(), told.code().as_str()),
        (400, "BAD_USER_INPUT")
    );
    assert!(told.message().contains("nested too deep"), "{}", told.message());
}

#[tokio::test]
async fn only_so_many_errors_are_returned() {
    let told = query(&router(), "{ broken(count: 30) { name } }").await;
    let errors = told.json()["errors"].as_array().unwrap().len();
    let omitted = told.json()["extensions"]["errorsOmitted"].as_u64();
    assert_eq!((errors, omitted), (20, Some(10)));
}

#[tokio::test]
async fn a_standard_introspection_is_answered() {
    let type_ref = "fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name \
        ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";
    let query_text = format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} mutationType {{ name kind }} \
         subscriptionType {{ name kind }} types {{ ...F }} directives {{ name description locations isRepeatable \
         args(includeDeprecated: true) {{ ...I }} }} }} }} fragment F on __Type {{ kind name description specifiedByURL \
         isOneOf fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ ...I }} type {{ ...T }} \
         isDeprecated deprecationReason }} inputFields(includeDeprecated: true) {{ ...I }} interfaces {{ ...T }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ ...T }} }} \
         fragment I on __InputValue {{ name description type {{ ...T }} defaultValue isDeprecated deprecationReason }} {type_ref}"
    );
    let told = query(&router(), &query_text).await;
    assert_eq!(told.status, 200, "{}", told.text);
    assert!(told.json().get("errors").is_none(), "{}", told.text);
}

#[tokio::test]
async fn sentences_come_in_the_language_asked_for() {
    let router = router();
    for (accept, tag, words) in [
        ("zh-CN,zh;q=0.9", "zh", "缺少"),
        ("fr", "en", "missing"),
        ("en", "en", "missing"),
    ] {
        let told = send(&router, post("{}", &[("accept-language", accept)])).await;
        assert_eq!(told.header("content-language"), tag);
        assert!(told.message().contains(words), "{}", told.message());
        let body = json!({"query": "{ language }"}).to_string();
        let told = send(&router, post(body, &[("accept-language", accept)])).await;
        assert_eq!(told.json()["data"]["language"], tag);
    }
}

#[tokio::test]
async fn the_request_id_is_taken_when_plain_and_made_otherwise() {
    let router = router();
    let body = || json!({"query": "{ requestId }"}).to_string();
    let told = send(&router, post(body(), &[("x-request-id", "trace-1.a_b")])).await;
    assert_eq!(told.header("x-request-id"), "trace-1.a_b");
    assert_eq!(told.json()["data"]["requestId"], "trace-1.a_b");
    let told = send(&router, post(body(), &[("x-request-id", "<script>")])).await;
    assert_eq!(told.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn an_idempotency_key_reaches_the_gate_with_the_hash_of_the_body() {
    let router = router();
    let body = json!({"query": "mutation { key }"}).to_string();
    let told = send(&router, post(body.clone(), &[("idempotency-key", "k1")])).await;
    let expected = format!("k1 {}", hex::encode(Sha256::digest(&body)));
    assert_eq!(told.json()["data"]["key"], expected);
    let told = send(&router, post(body.clone(), &[("idempotency-key", "used")])).await;
    assert_eq!(
        (told.status.as_u16(), told.code().as_str()),
        (400, "BAD_USER_INPUT")
    );
    let long = "x".repeat(256);
    for bad in ["a b", long.as_str()] {
        let told = send(&router, post(body.clone(), &[("idempotency-key", bad)])).await;
        assert_eq!(
            (told.status.as_u16(), told.code().as_str()),
            (400, "BAD_USER_INPUT"),
            "{bad}"
        );
    }
    assert_eq!(
        send(&router, post(body, &[("idempotency-key", &"x".repeat(255))]))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn large_answers_are_compressed() {
    let router = router();
    let body = json!({"query": "{ items(first: 200) { nodes { id name } } }"}).to_string();
    for (accept, encoding) in [("br", "br"), ("gzip", "gzip"), ("", "")] {
        let told = send(&router, post(body.clone(), &[("accept-encoding", accept)])).await;
        assert_eq!(told.header("content-encoding"), encoding);
    }
    let small = json!({"query": "{ hello }"}).to_string();
    assert_eq!(
        send(&router, post(small, &[("accept-encoding", "br")]))
            .await
            .header("content-encoding"),
        ""
    );
}

#[tokio::test]
async fn a_browser_gets_the_explorer_from_our_own_files() {
    let router = router();
    let browse = |path: &str| {
        Request::get(path)
            .header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .body(Body::empty())
            .unwrap()
    };
    let page = send(&router, browse("/graphql?query=%7Bhello%7D")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self';")
    );
    for script in page.text.split("<script").skip(1) {
        assert!(
            script.split_once("</script>").unwrap().0.ends_with('>'),
            "no inline script"
        );
    }
    let files: Vec<_> = page
        .text
        .split('"')
        .filter(|part| part.starts_with("/graphql/assets/"))
        .collect();
    assert_eq!(files.len(), 6);
    for file in files {
        let told = send(&router, browse(file)).await;
        assert_eq!(told.status, 200, "{file}");
        let again = Request::get(file)
            .header("if-none-match", told.header("etag"))
            .body(Body::empty())
            .unwrap();
        assert_eq!(send(&router, again).await.status, 304, "{file}");
    }
    assert!(!page.text.contains("//"), "nothing comes from elsewhere");
    assert_eq!(
        send(&router, browse("/graphql/assets/../Cargo.toml"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn the_vendored_files_are_the_ones_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/vendor");
    let listed: Vec<Value> =
        serde_json::from_slice(&std::fs::read(folder.join("versions.json")).unwrap()).unwrap();
    assert_eq!(listed.len(), 4);
    for entry in listed {
        let bytes = std::fs::read(folder.join(entry["file"].as_str().unwrap())).unwrap();
        assert_eq!(hex::encode(Sha256::digest(bytes)), entry["sha256"], "{entry}");
        let licence = format!("{}.LICENSE.txt", entry["package"].as_str().unwrap());
        assert!(folder.join(licence).exists());
    }
}

#[tokio::test]
async fn health_readiness_and_metrics_are_told() {
    let gate = Arc::new(ProbeGate::default());
    let router = probe::transport_behind(gate.clone(), Limits::default()).router();
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    assert_eq!(send(&router, get("/healthz")).await.text, "ok\n");
    assert_eq!(send(&router, get("/readyz")).await.text, "ready\n");
    gate.unready.store(true, Ordering::Relaxed);
    let told = send(&router, get("/readyz")).await;
    assert_eq!(
        (told.status.as_u16(), told.text.as_str()),
        (503, "the database does not answer\n")
    );
    assert_eq!(send(&router, get("/healthz")).await.status, 200);
    query(&router, "{ hello }").await;
    let told = send(&router, get("/metrics")).await;
    for line in [
        r#"touchstone_http_requests_total{route="/graphql",method="POST",status="200"}"#,
        r#"touchstone_http_request_duration_seconds_bucket{route="/graphql",method="POST",le="0.01"}"#,
        r#"touchstone_graphql_operations_total{kind="query",transport="http"}"#,
    ] {
        assert!(told.text.contains(line), "{line} is not in\n{}", told.text);
    }
}
