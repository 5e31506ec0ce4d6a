//! The WebSocket side from outside: the protocol's messages, its close codes, and the limits of sockets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod probe;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use probe::ProbeGate;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use touchstone_http::{Limits, Shutdown, serve};

struct Server {
    address: SocketAddr,
    gate: Arc<ProbeGate>,
    shutdown: Shutdown,
    task: JoinHandle<std::io::Result<()>>,
}

async fn server(change: impl FnOnce(&mut Limits)) -> Server {
    let mut limits = Limits::default();
    change(&mut limits);
    let gate = Arc::new(ProbeGate::default());
    let shutdown = Shutdown::new(Duration::from_secs(2));
    let router = probe::transport_behind(gate.clone(), limits)
        .shutdown(shutdown.clone())
        .router();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(serve(listener, router, shutdown.clone()));
    Server {
        address,
        gate,
        shutdown,
        task,
    }
}

struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Server {
    async fn try_open(&self, headers: &[(&'static str, &str)]) -> Result<Client, tungstenite::Error> {
        let mut request = format!("ws://{}/graphql", self.address)
            .into_client_request()
            .unwrap();
        let protocol = [("sec-websocket-protocol", "graphql-transport-ws")];
        for (name, value) in protocol.iter().chain(headers) {
            if value.is_empty() {
                request.headers_mut().remove(*name);
            } else {
                request.headers_mut().insert(*name, value.parse().unwrap());
            }
        }
        connect_async(request).await.map(|(stream, _)| Client(stream))
    }

    async fn open(&self) -> Client {
        self.try_open(&[]).await.unwrap()
    }

    /// A socket let in with a token.
    async fn enter(&self, token: &str) -> Client {
        let mut client = self.open().await;
        client
            .say(json!({"type": "connection_init", "payload": {"Authorization": format!("Bearer {token}")}}))
            .await;
        assert_eq!(client.hear().await, json!({"type": "connection_ack"}));
        client
    }
}

impl Client {
    async fn say(&mut self, message: Value) {
        self.say_text(message.to_string()).await;
    }

    async fn say_text(&mut self, text: String) {
        self.0.send(Message::Text(text.into())).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"type": "subscribe", "id": id, "payload": {"query": query}}))
            .await;
    }

    async fn hear_any(&mut self) -> Option<Message> {
        timeout(Duration::from_secs(10), self.0.next())
            .await
            .expect("nothing was heard")
            .and_then(Result::ok)
    }

    async fn hear(&mut self) -> Value {
        loop {
            match self.hear_any().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("{other:?} instead of a message"),
            }
        }
    }

    /// Hears until the socket closes, and with which code and words.
    async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.hear_any().await {
                Some(Message::Close(Some(frame))) => return (frame.code.into(), frame.reason.to_string()),
                Some(Message::Close(None)) | None => return (0, String::new()),
                Some(_) => {}
            }
        }
    }
}

#[tokio::test]
async fn subscriptions_queries_and_mutations_run_on_one_socket() {
    let server = server(|_| ()).await;
    let mut client = server.enter("good").await;
    client.subscribe("1", "subscription { count(to: 2) }").await;
    assert_eq!(
        client.hear().await,
        json!({"type": "next", "id": "1", "payload": {"data": {"count": 1}}})
    );
    assert_eq!(
        client.hear().await,
        json!({"type": "next", "id": "1", "payload": {"data": {"count": 2}}})
    );
    assert_eq!(client.hear().await, json!({"type": "complete", "id": "1"}));
    client.subscribe("1", "{ viewer { name } }").await;
    let next = client.hear().await;
    assert_eq!(next["payload"]["data"], json!({"viewer": {"name": "ada"}}));
    assert_eq!(next["payload"]["extensions"]["cost"]["depth"], 2);
    assert_eq!(client.hear().await, json!({"type": "complete", "id": "1"}));
    client.subscribe("2", "mutation { add(n: 41) }").await;
    assert_eq!(client.hear().await["payload"]["data"]["add"], 42);
    assert_eq!(client.hear().await["type"], "complete");
}

#[tokio::test]
async fn a_subscription_ends_when_the_client_completes_it() {
    let server = server(|_| ()).await;
    let mut client = server.enter("good").await;
    client.subscribe("t", "subscription { ticks }").await;
    assert_eq!(client.hear().await["payload"]["data"]["ticks"], 0);
    client.say(json!({"type": "complete", "id": "t"})).await;
    client
        .say(json!({"type": "ping", "payload": {"after": "complete"}}))
        .await;
    loop {
        let heard = client.hear().await;
        if heard["type"] == "pong" {
            assert_eq!(heard, json!({"type": "pong", "payload": {"after": "complete"}}));
            break;
        }
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    client.subscribe("t", "subscription { count(to: 1) }").await;
    assert_eq!(
        client.hear().await["payload"]["data"]["count"],
        1,
        "the id is free, and no tick came between"
    );
}

#[tokio::test]
async fn errors_of_an_operation_are_one_message_without_complete() {
    let server = server(|_| ()).await;
    let mut client = server.enter("good").await;
    for (query, code) in [
        ("subscription {", "BAD_USER_INPUT"),
        ("subscription { nothing }", "BAD_USER_INPUT"),
        ("subscription { a: ticks b: ticks }", "BAD_USER_INPUT"),
        (
            "subscription { ticks ...f } fragment f on Subscriptions { count(to: 1) }",
            "BAD_USER_INPUT",
        ),
        ("query ($n: Int!) { hello }", "BAD_USER_INPUT"),
        ("{ nothing }", "BAD_USER_INPUT"),
        ("subscription { refused }", "FORBIDDEN"),
        ("subscription { panics }", "INTERNAL"),
        ("{ panics }", "INTERNAL"),
    ] {
        client.subscribe("1", query).await;
        let heard = client.hear().await;
        assert_eq!(
            (&heard["type"], &heard["id"]),
            (&json!("error"), &json!("1")),
            "{query}: {heard}"
        );
        assert_eq!(heard["payload"][0]["extensions"]["code"], code, "{query}");
        assert!(!heard.to_string().contains("SELECT"), "{heard}");
        client.say(json!({"type": "ping"})).await;
        assert_eq!(
            client.hear().await,
            json!({"type": "pong"}),
            "{query}: nothing follows the error"
        );
    }
    client.subscribe("1", "{ failing hello }").await;
    let heard = client.hear().await;
    assert_eq!(heard["type"], "next", "an error of execution comes with the data");
    assert_eq!(heard["payload"]["data"]["hello"], "hello world");
    assert_eq!(heard["payload"]["errors"][0]["extensions"]["code"], "INTERNAL");
}

#[tokio::test]
async fn an_error_within_a_subscription_is_masked() {
    let server = server(|_| ()).await;
    let mut client = server.enter("good").await;
    client.subscribe("1", "subscription { breaks }").await;
    assert_eq!(client.hear().await["payload"]["data"]["breaks"], 1);
    let heard = client.hear().await.to_string();
    assert!(heard.contains("INTERNAL") && !heard.contains("SELECT"), "{heard}");
}

#[tokio::test]
async fn malformed_messages_close_with_4400() {
    let server = server(|_| ()).await;
    for text in [
        "nonsense",
        "[]",
        r#"{"type": "start"}"#,
        r#"{"id": "1"}"#,
        r#"{"type": "subscribe", "id": "1"}"#,
        r#"{"type": "subscribe", "payload": {"query": "{ hello }"}}"#,
        r#"{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}"#,
        r#"{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}"#,
        r#"{"type": "subscribe", "id": "1", "payload": {}}"#,
        r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": 7}}"#,
        r#"{"type": "complete"}"#,
        r#"{"type": "ping", "payload": 7}"#,
    ] {
        let mut client = server.enter("good").await;
        client.say_text(text.to_owned()).await;
        assert_eq!(client.closed().await.0, 4400, "{text}");
    }
    let mut client = server.enter("good").await;
    client.0.send(Message::Binary(vec![1].into())).await.unwrap();
    assert_eq!(client.closed().await.0, 4400);
    let mut client = server.open().await;
    client.say(json!({"type": "connection_init", "payload": 7})).await;
    assert_eq!(client.closed().await.0, 4400);
}

#[tokio::test]
async fn the_order_of_messages_is_kept() {
    let server = server(|limits| limits.init_ms = 200).await;
    let mut client = server.open().await;
    client.subscribe("1", "{ hello }").await;
    assert_eq!(client.closed().await.0, 4401);

    let mut client = server.open().await;
    assert_eq!(client.closed().await.0, 4408);

    let mut client = server.open().await;
    client.say(json!({"type": "ping"})).await;
    assert_eq!(
        client.hear().await,
        json!({"type": "pong"}),
        "a ping may come before the init"
    );

    let mut client = server.enter("good").await;
    client.say(json!({"type": "connection_init"})).await;
    assert_eq!(client.closed().await.0, 4429);

    let mut client = server.enter("good").await;
    client.subscribe("1", "subscription { silent }").await;
    client.subscribe("1", "subscription { silent }").await;
    assert_eq!(
        client.closed().await,
        (4409, "Subscriber for 1 already exists".to_owned())
    );

    let mut client = server.try_open(&[("sec-websocket-protocol", "")]).await.unwrap();
    assert_eq!(client.closed().await.0, 4406);
}

#[tokio::test]
async fn credentials_come_with_the_handshake_or_the_init() {
    let server = server(|_| ()).await;
    for payload in [
        json!({"authorization": "Bearer good"}),
        json!({"Authorization": "bearer good"}),
        json!({"headers": {"Authorization": "Bearer good"}}),
        json!({"token": "good"}),
    ] {
        let mut client = server.open().await;
        client
            .say(json!({"type": "connection_init", "payload": payload}))
            .await;
        assert_eq!(client.hear().await["type"], "connection_ack", "{payload}");
        client.subscribe("1", "{ viewer { name } }").await;
        assert_eq!(
            client.hear().await["payload"]["data"]["viewer"]["name"],
            "ada",
            "{payload}"
        );
    }
    let own = format!("http://{}", server.address);
    let cookie = ("cookie", "touchstone_session=s1");
    for headers in [
        vec![("authorization", "Bearer good")],
        vec![cookie],
        vec![cookie, ("origin", own.as_str())],
    ] {
        let mut client = server.try_open(&headers).await.unwrap();
        client.say(json!({"type": "connection_init"})).await;
        client.hear().await;
        client.subscribe("1", "{ viewer { name } }").await;
        assert_eq!(
            client.hear().await["payload"]["data"]["viewer"]["name"],
            "ada",
            "{headers:?}"
        );
    }
    for payload in [
        json!({"authorization": "Bearer bad"}),
        json!({"authorization": 7}),
        json!({"token": "bad"}),
    ] {
        let mut client = server.open().await;
        client
            .say(json!({"type": "connection_init", "payload": payload}))
            .await;
        assert_eq!(client.closed().await.0, 4403, "{payload}");
    }
    let mut client = server.open().await;
    client
        .say(json!({"type": "connection_init", "payload": {"token": "faulty"}}))
        .await;
    let (code, words) = client.closed().await;
    assert!(code == 4500 && !words.contains("SELECT"), "{words}");
    match server
        .try_open(&[cookie, ("origin", "http://evil.example")])
        .await
    {
        Err(tungstenite::Error::Http(response)) => assert_eq!(response.status(), 403),
        _ => panic!("another site used the cookie"),
    }
}

#[tokio::test]
async fn without_credentials_a_socket_answers_the_open_fields_only() {
    let server = server(|_| ()).await;
    let mut client = server.open().await;
    client.say(json!({"type": "connection_init"})).await;
    assert_eq!(client.hear().await["type"], "connection_ack");
    client.subscribe("1", "{ viewer { name } }").await;
    assert_eq!(client.hear().await["payload"]["data"], json!({"viewer": null}));
    client.hear().await;
    for query in ["subscription { ticks }", "{ hello }", "mutation { add(n: 1) }"] {
        client.subscribe("1", query).await;
        let heard = client.hear().await;
        assert_eq!(
            (&heard["type"], &heard["payload"][0]["extensions"]["code"]),
            (&json!("error"), &json!("UNAUTHENTICATED"))
        );
    }
}

#[tokio::test]
async fn a_socket_ends_when_its_credentials_do() {
    let server = server(|limits| limits.recheck_ms = 100).await;
    let mut client = server.enter("gone").await;
    client.subscribe("1", "subscription { silent }").await;
    tokio::time::sleep(Duration::from_millis(250)).await;
    server.gate.revoked.store(true, Ordering::Relaxed);
    assert_eq!(client.closed().await.0, 4403);
}

#[tokio::test]
async fn a_socket_ends_when_its_token_expires() {
    let server = server(|_| ()).await;
    let mut client = server.enter("brief").await;
    client.subscribe("1", "subscription { silent }").await;
    let (code, words) = client.closed().await;
    assert_eq!((code, words.as_str()), (4403, "The credentials have expired"));
}

#[tokio::test]
async fn a_user_has_so_many_sockets_and_a_socket_so_many_operations() {
    let server = server(|limits| {
        limits.sockets_per_user = 2;
        limits.operations_per_socket = 2;
    })
    .await;
    let mut first = server.enter("good").await;
    let second = server.enter("good").await;
    let mut third = server.open().await;
    third
        .say(json!({"type": "connection_init", "payload": {"token": "good"}}))
        .await;
    let (code, words) = third.closed().await;
    assert!(code == 4429 && words.contains('2'), "{code} {words}");
    server.enter("other").await;
    drop(second);
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.enter("good").await;

    first.subscribe("1", "subscription { silent }").await;
    first.subscribe("2", "subscription { silent }").await;
    first.subscribe("3", "{ hello }").await;
    let heard = first.hear().await;
    assert_eq!((&heard["type"], &heard["id"]), (&json!("error"), &json!("3")));
    assert_eq!(heard["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    first.say(json!({"type": "complete", "id": "1"})).await;
    first.subscribe("3", "{ hello }").await;
    assert_eq!(first.hear().await["type"], "next");
}

#[tokio::test]
async fn operations_count_as_requests_and_time_out_like_them() {
    let server = server(|limits| {
        limits.requests_per_minute = 2;
        limits.request_ms = 100;
    })
    .await;
    let mut client = server.enter("good").await;
    for (query, code) in [
        ("{ slow(ms: 60000) }", "TIMEOUT"),
        ("{ nothing }", "BAD_USER_INPUT"),
        ("{ hello }", "RATE_LIMITED"),
    ] {
        client.subscribe("1", query).await;
        assert_eq!(
            client.hear().await["payload"][0]["extensions"]["code"],
            code,
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_message_has_a_size() {
    let server = server(|_| ()).await;
    let mut client = server.enter("good").await;
    let text = json!({"type": "ping", "payload": {"x": "x".repeat(1_100_000)}}).to_string();
    // The server may close before all of it is sent.
    let _ = client.0.send(Message::Text(text.into())).await;
    let (code, _) = client.closed().await;
    assert!(code == 1009 || code == 0, "{code}");
    server.enter("good").await;
}

#[tokio::test]
async fn the_server_pings_and_drops_who_does_not_answer() {
    let server = server(|limits| limits.keepalive_ms = 100).await;
    let mut client = server.enter("good").await;
    assert_eq!(client.hear().await, json!({"type": "ping"}));
    client.say(json!({"type": "pong"})).await;
    for _ in 0..5 {
        assert_eq!(
            client.hear().await,
            json!({"type": "ping"}),
            "answered by the WebSocket itself"
        );
    }
    // Nothing is read from here on, so nothing is answered either.
    tokio::time::sleep(Duration::from_millis(800)).await;
    while client.0.next().await.is_some_and(|message| message.is_ok()) {}
}

#[tokio::test]
async fn a_client_that_does_not_read_is_dropped() {
    let server = server(|limits| limits.send_ms = 200).await;
    let mut client = server.enter("good").await;
    client.subscribe("1", "subscription { large }").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut read = 0_u32;
    while let Some(Ok(message)) = client.0.next().await {
        read += u32::from(message.is_text());
    }
    assert!(read < 1000, "{read} messages of 256 KiB were held");
}

#[tokio::test]
async fn the_language_comes_with_the_handshake_or_the_init() {
    let server = server(|_| ()).await;
    for (header, payload, tag) in [
        ("zh-CN", json!({"token": "good"}), "zh"),
        ("zh-CN", json!({"token": "good", "language": "en"}), "en"),
        ("en", json!({"token": "good", "language": "zh"}), "zh"),
    ] {
        let mut client = server.try_open(&[("accept-language", header)]).await.unwrap();
        client
            .say(json!({"type": "connection_init", "payload": payload}))
            .await;
        client.hear().await;
        client.subscribe("1", "{ language }").await;
        assert_eq!(client.hear().await["payload"]["data"]["language"], tag);
    }
}

#[tokio::test]
async fn stopping_closes_sockets_and_finishes_requests() {
    let server = server(|_| ()).await;
    let mut client = server.enter("good").await;
    client.subscribe("1", "subscription { ticks }").await;
    let body = json!({"query": "{ slow(ms: 500) }"}).to_string();
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.shutdown.begin();
    assert_eq!(client.closed().await, (1001, "The server is stopping".to_owned()));
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(text.contains(r#""data":{"slow":true}"#), "{text}");
    drop(client);
    timeout(Duration::from_secs(20), server.task)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn stopping_waits_no_longer_than_it_may() {
    let server = server(|limits| limits.request_ms = 60_000).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request =
        "GET /graphql?query=%7Bslow(ms:60000)%7D HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.shutdown.begin();
    timeout(Duration::from_secs(20), server.task)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
}
