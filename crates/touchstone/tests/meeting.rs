//! A whole meeting by five people over real WebSockets: one comes back after losing the connection, one votes late, one
//! only reads. In the end all have the same state, minutes and packet.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod outside;

use std::{
    process::Command,
    sync::{Arc, Mutex},
};

use futures::{SinkExt, StreamExt};
use outside::{Running, ask, create_startup, program, said, wait_for};
use serde_json::{Value, json};
use test_support::TestDb;
use tokio::task::JoinHandle;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

const SEEN: &str = "status currentItem { id position } presenter { name } items { id position notes votesOpen votesCast \
    tally { text } decision { kind rationale } votes { by { name } vote } } tasks { what } minutesText packet";

fn on(database: &TestDb, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.env("DATABASE_URL", database.url());
    command
}

/// Somebody in the room: a token, and what the subscription showed last.
struct Person {
    token: String,
    seen: Arc<Mutex<Vec<Value>>>,
    ear: Option<JoinHandle<()>>,
}

impl Person {
    fn of(database: &TestDb, name: &str, role: &str) -> Self {
        let email = format!("{name}@fund.example");
        said(
            &on(database, &["user", "add", &email, "--name", name, "--role", role])
                .output()
                .unwrap(),
        );
        let token = said(
            &on(
                database,
                &["token", "create", "--user", &email, "--scope", "READ,WRITE"],
            )
            .output()
            .unwrap(),
        );
        Self {
            token,
            seen: Arc::default(),
            ear: None,
        }
    }
    /// Follows the meeting from now on.
    fn follow(&mut self, url: &str, review: &str) {
        let ear = tokio::spawn(hear(
            url.to_owned(),
            self.token.clone(),
            review.to_owned(),
            Arc::clone(&self.seen),
        ));
        self.ear = Some(ear);
    }
    /// Loses the connection.
    fn leave(&mut self) {
        self.ear.take().unwrap().abort();
    }
    fn last(&self) -> Value {
        self.seen.lock().unwrap().last().cloned().unwrap_or_default()
    }
    /// Waits until the subscription shows it.
    fn sees(&self, what: &str, is: impl Fn(&Value) -> bool) {
        wait_for(what, || is(&self.last()).then_some(()));
    }
    fn does(&self, url: &str, mutation: &str, input: &Value, fields: &str) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($i: {kind}!) {{ {mutation}(input: $i) {{ {fields} userErrors {{ code message }} }} }}"
        );
        let told = ask(url, &self.token, &document, &json!({ "i": input }));
        assert_eq!(told[mutation]["userErrors"], json!([]), "{mutation} {input}");
        told[mutation].clone()
    }
}

/// Puts everything that a subscription to the meeting shows into `seen`.
async fn hear(url: String, token: String, review: String, seen: Arc<Mutex<Vec<Value>>>) {
    let mut request = format!("{}/graphql", url.replacen("http", "ws", 1))
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    let say = |value: Value| Message::Text(value.to_string().into());
    let authorization = json!({ "Authorization": format!("Bearer {token}") });
    socket
        .send(say(
            json!({ "type": "connection_init", "payload": authorization }),
        ))
        .await
        .unwrap();
    let query = format!("subscription($id: ID!) {{ review(id: $id) {{ {SEEN} }} }}");
    let payload = json!({ "query": query, "variables": { "id": review } });
    socket
        .send(say(json!({ "type": "subscribe", "id": "1", "payload": payload })))
        .await
        .unwrap();
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let told: Value = serde_json::from_str(&text).unwrap();
        match told["type"].as_str() {
            Some("next") => {
                assert!(told["payload"].get("errors").is_none(), "{told}");
                seen.lock()
                    .unwrap()
                    .push(told["payload"]["data"]["review"].clone());
            }
            Some("connection_ack") => {}
            _ => panic!("the subscription ended: {told}"),
        }
    }
}

fn deal(url: &str, person: &Person, name: &str) -> String {
    let startup = create_startup(url, &person.token, name);
    let input = json!({ "startup": startup });
    let opened = person.does(url, "openDeal", &input, "deal { id }");
    opened["deal"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_people_end_with_the_same_state_minutes_and_packet() {
    let database = TestDb::new().await;
    let mut people: Vec<Person> = [
        ("Pia", "PARTNER"),
        ("Paul", "PARTNER"),
        ("Petra", "PARTNER"),
        ("Ana", "ANALYST"),
        ("Vera", "VIEWER"),
    ]
    .iter()
    .map(|(name, role)| Person::of(&database, name, role))
    .collect();
    let server = Running::start(on(&database, &["serve", "--listen", "127.0.0.1:0"]));
    let url = server.url.clone();
    let (one, two) = (
        deal(&url, &people[3], "Cubeforge"),
        deal(&url, &people[3], "Meshwright"),
    );
    let users = ask(&url, &people[0].token, "{ users { id name } }", &json!({}));
    let attendees: Vec<Value> = users["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["id"].clone())
        .collect();
    let input = json!({ "kind": "COMMITTEE", "title": "Committee", "startsAt": "2031-01-06T02:00:00Z", "attendees": attendees,
        "minutes": 60 });
    let scheduled = people[0].does(
        &url,
        "scheduleReview",
        &input,
        "review { id version items { id deal { id } } }",
    );
    let review = scheduled["review"]["id"].as_str().unwrap().to_owned();
    let item = |deal: &str| {
        let items = scheduled["review"]["items"].as_array().unwrap();
        let found = items
            .iter()
            .find(|item| item["deal"]["id"] == json!(deal))
            .unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (item(&one), item(&two));
    for person in &mut people {
        person.follow(&url, &review);
    }
    for person in &people {
        person.sees("the draft", |seen| seen["status"] == "DRAFT");
    }
    // One votes before the meeting.
    people[1].does(
        &url,
        "castVote",
        &json!({ "item": first, "vote": "YES" }),
        "item { id }",
    );
    people[0].does(
        &url,
        "startReview",
        &json!({ "id": review, "version": 1 }),
        "review { id }",
    );
    let present = |item: &str| json!({ "review": review, "item": item });
    people[0].does(&url, "presentItem", &present(&first), "review { id }");
    for person in &people {
        person.sees("the first item", |seen| seen["currentItem"]["id"] == json!(first));
    }
    // One loses the connection, and the meeting goes on.
    people[2].leave();
    people[0].does(
        &url,
        "castVote",
        &json!({ "item": first, "vote": "STRONG_YES" }),
        "item { id }",
    );
    let notes = json!({ "item": first, "version": 0, "notes": "they pay" });
    people[3].does(&url, "writeNotes", &notes, "item { id }");
    people[4].sees("two votes, neither open", |seen| {
        let item = seen["items"]
            .as_array()
            .and_then(|items| items.iter().find(|item| item["id"] == json!(first)).cloned());
        item.is_some_and(|item| {
            item["votesCast"] == 2
                && item["votes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|vote| vote["vote"].is_null())
        })
    });
    // It comes back, sees where they are, and votes late.
    people[2].seen.lock().unwrap().clear();
    people[2].follow(&url, &review);
    people[2].sees("where they are", |seen| seen["currentItem"]["id"] == json!(first));
    people[2].does(
        &url,
        "castVote",
        &json!({ "item": first, "vote": "NO" }),
        "item { id }",
    );
    people[0].does(&url, "closeVotes", &json!({ "item": first }), "item { id }");
    for person in &people {
        person.sees("what the votes mean", |seen| {
            let items = seen["items"].as_array().cloned().unwrap_or_default();
            items
                .iter()
                .any(|item| item["tally"]["text"] == "Majority: 2 yes, 1 no → ADVANCE")
        });
    }
    let decision =
        json!({ "item": first, "kind": "ADVANCE", "stage": "SCREENING", "rationale": "real users" });
    people[0].does(&url, "decide", &decision, "item { id }");
    let task = json!({ "what": "call two studios", "deal": one, "review": review });
    people[3].does(&url, "createTask", &task, "task { id }");
    // Another partner takes over.
    people[1].does(&url, "presentItem", &present(&second), "review { id }");
    for person in &people {
        person.sees("the second item by another", |seen| {
            seen["currentItem"]["id"] == json!(second) && seen["presenter"]["name"] == "Paul"
        });
    }
    let version = ask(
        &url,
        &people[0].token,
        "query($id: ID!) { review(id: $id) { version } }",
        &json!({ "id": review }),
    );
    let close = json!({ "id": review, "version": version["review"]["version"] });
    people[1].does(&url, "closeReview", &close, "review { id }");
    for person in &people {
        person.sees("the end", |seen| seen["status"] == "CLOSED");
    }
    let last: Vec<Value> = people.iter().map(Person::last).collect();
    for seen in &last[1..] {
        assert_eq!(seen, &last[0], "all end with the same");
    }
    let minutes = last[0]["minutesText"].as_str().unwrap();
    for told in [
        "Cubeforge",
        "Meshwright",
        "they pay",
        "Paul: Yes",
        "Petra: No",
        "Advance → Screening: real users",
        "call two studios",
    ] {
        assert!(minutes.contains(told), "{told}: {minutes}");
    }
    assert_eq!(last[0]["packet"]["items"].as_array().unwrap().len(), 2);
}
