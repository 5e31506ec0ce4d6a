//! Sockets: how many, how long, and what happens to those that do not keep up.

use std::time::{Duration, Instant};

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

use crate::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    /// A socket that has said nothing yet.
    pub async fn open(server: &Server) -> Self {
        let mut request = format!("ws://{}/graphql", server.address)
            .into_client_request()
            .unwrap();
        let protocol = "graphql-transport-ws".parse().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        Self(connect_async(request).await.unwrap().0)
    }

    /// One that has shown its token.
    async fn begin(server: &Server, token: &str) -> Self {
        let mut client = Self::open(server).await;
        client
            .say(&json!({"type": "connection_init", "payload": {"token": token}}))
            .await;
        client
    }

    /// One that was let in.
    pub async fn enter(server: &Server, token: &str) -> Self {
        let mut client = Self::begin(server, token).await;
        assert_eq!(client.hear().await["type"], "connection_ack");
        client
    }

    pub async fn say(&mut self, message: &Value) {
        // The server may close before all of it is sent; what is heard then tells.
        let _ = self.0.send(Message::Text(message.to_string().into())).await;
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(&json!({"type": "subscribe", "id": id, "payload": {"query": query}}))
            .await;
    }

    async fn next(&mut self) -> Option<Message> {
        let heard = timeout(PATIENCE, self.0.next()).await.expect("nothing was heard");
        heard.and_then(Result::ok)
    }

    async fn hear(&mut self) -> Value {
        loop {
            match self.next().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("{other:?} instead of a message"),
            }
        }
    }

    /// Hears until the socket closes, and with which code and words; 0 if it broke.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.next().await {
                Some(Message::Close(Some(frame))) => return (frame.code.into(), frame.reason.to_string()),
                Some(Message::Close(None)) | None => return (0, String::new()),
                Some(_) => {}
            }
        }
    }
}

pub async fn sockets_per_user() {
    let server = Server::start("").await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(Client::enter(&server, &server.token).await);
    }
    let (code, words) = Client::begin(&server, &server.token).await.closed().await;
    assert!(code == 4429 && words.contains("20"), "{code} {words}");
    let other = server.other_token().await;
    Client::enter(&server, &other).await;
    held.pop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    Client::enter(&server, &server.token).await;
}

pub async fn operations_per_socket() {
    let server = Server::start("").await;
    let mut client = Client::enter(&server, &server.token).await;
    for id in 0..50 {
        client
            .subscribe(&id.to_string(), "subscription { activity { id } }")
            .await;
    }
    client.subscribe("50", "{ __typename }").await;
    let heard = client.hear().await;
    assert_eq!((&heard["type"], &heard["id"]), (&json!("error"), &json!("50")));
    assert_eq!(heard["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    assert!(
        heard["payload"][0]["message"].as_str().unwrap().contains("50"),
        "{heard}"
    );
    client.say(&json!({"type": "complete", "id": "7"})).await;
    client.subscribe("50", "{ __typename }").await;
    assert_eq!(client.hear().await["type"], "next");
}

pub async fn init_ms() {
    let server = Server::start("init_ms = 5000").await;
    let mut early = Client::enter(&server, &server.token).await;
    let began = Instant::now();
    let mut late = Client::open(&server).await;
    assert_eq!(late.closed().await.0, 4408);
    assert!(
        began.elapsed() >= Duration::from_millis(4_900),
        "{:?}",
        began.elapsed()
    );
    early.subscribe("1", "{ __typename }").await;
    assert_eq!(early.hear().await["type"], "next");
}

pub async fn keepalive_ms() {
    let server = Server::start("keepalive_ms = 150").await;
    let mut client = Client::enter(&server, &server.token).await;
    for _ in 0..4 {
        // Hearing a ping of WebSocket's own answers it.
        assert_eq!(client.hear().await, json!({"type": "ping"}));
    }
    // Nothing is read from here on, so nothing is answered either.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(client.closed().await.0, 0, "it is dropped without a word");
}

pub async fn recheck_ms() {
    let server = Server::start("recheck_ms = 150").await;
    let mut client = Client::enter(&server, &server.token).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    client.subscribe("1", "{ __typename }").await;
    assert_eq!(
        client.hear().await["type"],
        "next",
        "a token that holds keeps its socket"
    );
    server.revoke().await;
    let began = Instant::now();
    assert_eq!(client.closed().await.0, 4403);
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
}

pub async fn send_ms() {
    // More than the buffers of a connection hold: each answer repeats a name of 60 KB.
    const ASKED: usize = 400;
    let document = format!("{{ {}: __typename }}", "x".repeat(60_000));
    let server = Server::start("send_ms = 200").await;
    let mut client = Client::enter(&server, &server.token).await;
    for id in 0..ASKED {
        client.subscribe(&id.to_string(), &document).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut answers = 0;
    while let Some(message) = client.next().await {
        answers += usize::from(message.to_text().is_ok_and(|text| text.contains("\"next\"")));
    }
    assert!(
        answers < ASKED,
        "all answers were held for a client that did not read"
    );
}
