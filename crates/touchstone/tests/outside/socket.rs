//! A subscriber that listens over graphql-transport-ws, and comes back whenever it is sent away.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// A server's address, which changes when the server is started again.
pub type Address = Arc<Mutex<String>>;

/// A change as it was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: String,
    pub verb: String,
    /// The startup that changed, where it is one.
    pub subject: Option<String>,
}

/// Listens until a change of this verb is heard, resuming behind the last change heard. Gives what was heard, and how
/// many times it had to come back.
pub async fn listen(address: Address, token: String, after: String, until: &str) -> (Vec<Change>, usize) {
    let mut heard = Vec::new();
    let mut last = after;
    let mut times = 0;
    loop {
        let url = address.lock().unwrap().clone();
        if hear(&url, &token, &mut last, until, &mut heard).await.is_some() {
            return (heard, times);
        }
        times += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Listens on one connection: None when it is lost.
async fn hear(url: &str, token: &str, last: &mut String, until: &str, heard: &mut Vec<Change>) -> Option<()> {
    let mut request = format!("{}/graphql", url.replacen("http", "ws", 1))
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut socket, _) = connect_async(request).await.ok()?;
    let say = |value: Value| Message::Text(value.to_string().into());
    let authorization = json!({ "Authorization": format!("Bearer {token}") });
    socket
        .send(say(
            json!({ "type": "connection_init", "payload": authorization }),
        ))
        .await
        .ok()?;
    let query = "subscription($after: ID) { activity(after: $after) {
        id verb subject { ... on Startup { id } } } }";
    let payload = json!({ "query": query, "variables": { "after": *last } });
    socket
        .send(say(json!({ "type": "subscribe", "id": "1", "payload": payload })))
        .await
        .ok()?;
    while let Some(message) = socket.next().await {
        let Message::Text(text) = message.ok()? else {
            continue;
        };
        let said: Value = serde_json::from_str(&text).unwrap();
        match said["type"].as_str() {
            Some("connection_ack") => {}
            Some("next") if said["payload"].get("errors").is_none() => {
                let change = &said["payload"]["data"]["activity"];
                let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{said}")).to_owned();
                text(&change["id"]).clone_into(last);
                heard.push(Change {
                    id: text(&change["id"]),
                    verb: text(&change["verb"]),
                    subject: change["subject"]["id"].as_str().map(str::to_owned),
                });
                if change["verb"] == until {
                    return Some(());
                }
            }
            _ => panic!("the subscription ended: {said}"),
        }
    }
    None
}
