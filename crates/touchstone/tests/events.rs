//! `GET /events`: who hears of what, how a follower resumes, and what ends a stream. The program itself serves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "a test fails by panicking; each test file uses its part of the server"
)]

#[path = "limits/server.rs"]
mod server;

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use app::{Caller, Identity, Secret};
use domain::{Role, Scope};
use serde_json::{Value, json};
use server::{Server, agent};

const PATIENCE: Duration = Duration::from_secs(20);
/// How long it is waited for what should not come.
const A_MOMENT: Duration = Duration::from_millis(500);

#[derive(Debug, Clone)]
struct Heard {
    event: String,
    id: Option<String>,
    data: Value,
}

/// A follower.
struct Follower {
    status: u16,
    events: Receiver<Heard>,
    connection: TcpStream,
}

impl Follower {
    /// Follows with these headers. What of chunks stands between the lines of events is passed over.
    fn open(server: &Server, headers: &[(&str, &str)]) -> Self {
        let mut connection = TcpStream::connect(&server.address).unwrap();
        let mut request = format!(
            "GET /events HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            server.address
        );
        for (name, value) in headers {
            request = format!("{request}{name}: {value}\r\n");
        }
        connection.write_all((request + "\r\n").as_bytes()).unwrap();
        let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        let (heard, events) = channel();
        thread::spawn(move || {
            let (mut event, mut id) = (String::new(), None);
            for line in lines.map_while(Result::ok) {
                if let Some(name) = line.strip_prefix("event: ") {
                    name.clone_into(&mut event);
                } else if let Some(text) = line.strip_prefix("id: ") {
                    id = Some(text.to_owned());
                } else if let Some(text) = line.strip_prefix("data: ") {
                    let one = Heard {
                        event: std::mem::take(&mut event),
                        id: id.take(),
                        data: serde_json::from_str(text).unwrap(),
                    };
                    if heard.send(one).is_err() {
                        return;
                    }
                }
            }
        });
        Self {
            status,
            events,
            connection,
        }
    }

    fn of(server: &Server, token: &str) -> Self {
        let mut follower = Self::open(server, &[("Authorization", &format!("Bearer {token}"))]);
        assert_eq!(follower.status, 200);
        assert_eq!(follower.next().event, "hello");
        follower
    }

    fn after(server: &Server, token: &str, last: &str) -> Self {
        let headers = [
            ("Authorization", &*format!("Bearer {token}")),
            ("Last-Event-ID", last),
        ];
        let mut follower = Self::open(server, &headers);
        assert_eq!(follower.next().event, "hello");
        follower
    }

    fn next(&mut self) -> Heard {
        self.events.recv_timeout(PATIENCE).expect("nothing was heard")
    }

    /// So many events, which may take their time, and what is heard in a moment after them.
    fn hears(&mut self, expected: usize) -> Vec<Heard> {
        let mut all: Vec<_> = (0..expected).map(|_| self.next()).collect();
        while let Ok(one) = self.events.recv_timeout(A_MOMENT) {
            all.push(one);
        }
        all
    }

    /// Hears until it ends, and what came last.
    fn ended(&mut self) -> Option<String> {
        let mut last = None;
        loop {
            match self.events.recv_timeout(PATIENCE) {
                Ok(one) => last = Some(one.event),
                Err(RecvTimeoutError::Disconnected) => return last,
                Err(RecvTimeoutError::Timeout) => panic!("it did not end; last came {last:?}"),
            }
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.connection.shutdown(std::net::Shutdown::Both);
    }
}

async fn user(server: &Server, name: &str, role: Role) -> String {
    let system = server.system();
    let email = format!("{name}@fund.example");
    let id = system
        .add_user(email, name.to_owned(), role)
        .await
        .unwrap()
        .unwrap();
    let scopes = vec![Scope::Read, Scope::Write];
    let made = system
        .create_token(Some(id), "events".to_owned(), scopes, None, "createToken")
        .await;
    made.unwrap().unwrap().secret.unwrap()
}

fn write(server: &Server, token: &str, document: &str, input: &Value) -> Value {
    let body = json!({ "query": document, "variables": { "input": input } });
    let told = server.post(token, &body.to_string());
    told.is_answered();
    told.body["data"].clone()
}

fn startup(server: &Server, name: &str) -> String {
    let made = write(
        server,
        &server.token,
        "mutation($input: CreateStartupInput!) { createStartup(input: $input) { startup { id } userErrors { message } } }",
        &json!({ "name": name }),
    );
    made["createStartup"]["startup"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn deal(server: &Server, token: &str, startup: &str, visibility: &str) -> String {
    let made = write(
        server,
        token,
        "mutation($input: OpenDealInput!) { openDeal(input: $input) { deal { id } userErrors { message } } }",
        &json!({ "startup": startup, "title": "Seed", "visibility": visibility }),
    );
    let id = made["openDeal"]["deal"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{made}")).to_owned()
}

/// Signs the first user in as a browser does: the session's cookie.
async fn signed_in(server: &Server) -> String {
    let link = Secret::sent(server.link().await);
    let session = server.app.redeem_link(&link).await.unwrap().unwrap();
    format!("{}={}", touchstone_http::SESSION_COOKIE, session.secret.reveal())
}

#[tokio::test]
async fn a_change_is_heard_as_a_signal_without_what_it_says() {
    let server = Server::start("").await;
    let other = user(&server, "bo", Role::Viewer).await;
    let mut follower = Follower::of(&server, &other);
    let id = startup(&server, "Secret Sauce");
    let heard = follower.next();
    assert_eq!(heard.event, "signal");
    assert!(heard.id.is_some());
    let keys: Vec<_> = heard.data.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["at", "by", "id", "of", "type", "version"]);
    assert_eq!(
        (
            &heard.data["type"],
            &heard.data["id"],
            &heard.data["version"],
            &heard.data["of"]
        ),
        (&json!("startup"), &json!(id), &json!(1), &json!([id]))
    );
    assert_eq!(heard.data["by"]["name"], "Ada");
    assert!(!heard.data.to_string().contains("Sauce"));
}

#[tokio::test]
async fn a_restricted_deal_is_heard_of_by_its_team_and_administrators_alone() {
    let server = Server::start("").await;
    let [admin, outsider, partner] = [
        user(&server, "admin", Role::Admin).await,
        user(&server, "outsider", Role::Analyst).await,
        user(&server, "other-partner", Role::Partner).await,
    ];
    let id = startup(&server, "Quietlake");
    let [mut team, mut admin, mut outsider, mut partner] =
        [&server.token, &admin, &outsider, &partner].map(|token| Follower::of(&server, token));
    let hidden = deal(&server, &server.token, &id, "RESTRICTED");
    write(
        &server,
        &server.token,
        "mutation($input: UpdateDealInput!) { updateDeal(input: $input) { deal { id } userErrors { message } } }",
        &json!({ "id": hidden, "version": 1, "nextStep": "call" }),
    );
    let open = deal(&server, &server.token, &id, "TEAM");
    let heard_by = |follower: &mut Follower, expected: usize| -> Vec<(String, u64)> {
        follower
            .hears(expected)
            .into_iter()
            .map(|one| {
                assert_eq!(one.event, "signal");
                let id = one.data["id"].as_str().unwrap().to_owned();
                (id, one.data["version"].as_u64().unwrap())
            })
            .collect()
    };
    for inside in [&mut team, &mut admin] {
        let ids: Vec<_> = heard_by(inside, 3).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [&*hidden, &*hidden, &*open]);
    }
    for outside in [&mut outsider, &mut partner] {
        assert_eq!(heard_by(outside, 1), [(open.clone(), 1)]);
    }
}

#[tokio::test]
async fn a_follower_resumes_behind_what_it_heard_last_and_is_told_of_a_gap() {
    let server = Server::start("").await;
    let mut first = Follower::of(&server, &server.token);
    let one = startup(&server, "One");
    let last = first.next().id.unwrap();
    drop(first);
    let (two, three) = (startup(&server, "Two"), startup(&server, "Three"));
    let mut second = Follower::after(&server, &server.token, &last);
    let ids: Vec<_> = second
        .hears(2)
        .into_iter()
        .map(|one| one.data["id"].clone())
        .collect();
    assert_eq!(ids, [json!(two), json!(three)], "and not {one}");

    let hidden_startup = startup(&server, "Quietlake");
    let mut team = Follower::of(&server, &server.token);
    deal(&server, &server.token, &hidden_startup, "RESTRICTED");
    let hidden = team.next().id.unwrap();
    let outsider = user(&server, "outsider", Role::Analyst).await;
    for unknown in [&*hidden, "activity_01h455vb4pex5vsknk084sn02q", "nonsense"] {
        let mut follower = Follower::after(&server, &outsider, unknown);
        assert_eq!(follower.next().event, "gap", "{unknown}");
        assert!(follower.hears(0).is_empty(), "{unknown}");
    }
    let mut follower = Follower::after(&server, &outsider, &hidden);
    follower.next();
    let id = startup(&server, "Four");
    assert_eq!(follower.next().data["id"], json!(id), "from then on it goes on");
}

#[tokio::test]
async fn a_stream_takes_one_of_the_users_places_and_gives_it_back() {
    let server = Server::start("sockets_per_user = 2").await;
    let authorization = format!("Bearer {}", server.token);
    let headers = [("Authorization", &*authorization)];
    let held = [
        Follower::of(&server, &server.token),
        Follower::of(&server, &server.token),
    ];
    assert_eq!(Follower::open(&server, &headers).status, 429);
    let other = server.other_token().await;
    Follower::of(&server, &other);
    drop(held);
    let deadline = Instant::now() + PATIENCE;
    while Follower::open(&server, &headers).status == 429 {
        assert!(Instant::now() < deadline, "the place was not given back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn nobody_follows_without_a_session_and_nothing_is_sent_there() {
    let server = Server::start("").await;
    assert_eq!(Follower::open(&server, &[]).status, 401);
    assert_eq!(
        Follower::open(&server, &[("Cookie", "touchstone_session=wrong")]).status,
        401
    );
    let url = format!("http://{}/events", server.address);
    let sent = agent().post(url).send_empty().unwrap();
    assert_eq!(sent.status().as_u16(), 405);
}

#[tokio::test]
async fn signing_out_ends_the_stream_at_once_and_nobody_elses() {
    let server = Server::start("").await;
    let (mine, others) = (signed_in(&server).await, signed_in(&server).await);
    let mut follower = Follower::open(&server, &[("Cookie", &mine)]);
    let mut other = Follower::open(&server, &[("Cookie", &others)]);
    assert_eq!(
        (follower.next().event, other.next().event),
        ("hello".into(), "hello".into())
    );
    let url = format!("http://{}/logout", server.address);
    agent().post(url).header("Cookie", &mine).send_empty().unwrap();
    assert_eq!(follower.ended().as_deref(), Some("over"));
    startup(&server, "Afterwards");
    assert_eq!(other.next().event, "signal");
}

#[tokio::test]
async fn a_revoked_token_and_a_changed_role_end_the_stream() {
    let server = Server::start("recheck_ms = 150").await;
    let other = user(&server, "bo", Role::Analyst).await;
    let mut follower = Follower::of(&server, &server.token);
    let mut demoted = Follower::of(&server, &other);
    server
        .db
        .run("update app_user set role = 'VIEWER' where email = 'bo@fund.example'")
        .await;
    startup(&server, "Noticed with the next change");
    assert_eq!(demoted.ended().as_deref(), Some("over"));
    server.revoke().await;
    assert_eq!(follower.ended().as_deref(), Some("over"));
}

#[tokio::test]
async fn a_stream_beats_while_nothing_changes_and_ends_with_the_server() {
    let server = Server::start("keepalive_ms = 150").await;
    let mut follower = Follower::open(&server, &[("Authorization", &format!("Bearer {}", server.token))]);
    let hello = follower.next();
    assert_eq!(
        (hello.event.as_str(), &hello.data["beat_ms"]),
        ("hello", &json!(150))
    );
    for _ in 0..3 {
        assert_eq!(follower.next().event, "beat");
    }
    server.terminate();
    assert_ne!(
        follower.ended().as_deref(),
        Some("over"),
        "whoever hears no `over` comes back"
    );
}

/// A caller's own way to the signals, for what only the program sees.
#[tokio::test]
async fn a_follower_who_was_away_for_long_is_told_of_a_gap_instead_of_everything() {
    let server = Server::start("").await;
    let mut follower = Follower::of(&server, &server.token);
    startup(&server, "First");
    let last = follower.next().id.unwrap();
    let caller = Caller::new(&server.app, Identity::System);
    for n in 0..1_001 {
        let new = app::startup::NewStartup {
            profile: domain::startup::Profile::named(format!("Startup {n:04}")),
            sectors: Vec::new(),
            external_ids: Vec::new(),
        };
        caller
            .create_startup(new, "createStartup")
            .await
            .unwrap()
            .unwrap();
    }
    let mut late = Follower::after(&server, &server.token, &last);
    assert_eq!(late.next().event, "gap");
    assert!(late.hears(0).is_empty());
}
