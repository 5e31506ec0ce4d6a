//! Two servers on one database: either's subscribers hear every change of both, in one order, also when a server stops
//! or is killed and comes back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod outside;

use std::{
    collections::HashSet,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use nix::sys::signal::Signal;
use outside::{
    Running, ask, program, said,
    socket::{Address, Change, listen},
    try_send, wait_for,
};
use serde_json::{Value, json};
use test_support::TestDb;

const WRITERS: usize = 4;
const WRITES_EACH: usize = 40;

fn on(database: &TestDb, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.env("DATABASE_URL", database.url());
    command
}

fn serve(database: &TestDb) -> Running {
    Running::start(on(database, &["serve", "--listen", "127.0.0.1:0"]))
}

/// Creates startups by turns at both servers, and repeats under its key what was not answered, at the other one. Gives
/// their ids in the order of the answers.
fn write(number: usize, servers: &[Address; 2], token: &str, written: &AtomicUsize) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0..WRITES_EACH {
        let query = "mutation($name: String!) { createStartup(input: { name: $name }) {
            startup { id } userErrors { message } } }";
        let variables = json!({ "name": format!("Writer {number} Startup {n:03}") });
        let mut tries = n;
        let made = wait_for("an answer", || {
            tries += 1;
            let url = servers[tries % 2].lock().unwrap().clone();
            try_send(&url, token, Some(&format!("{number}-{n}")), query, &variables).ok()
        });
        let id = made["createStartup"]["startup"]["id"].as_str();
        ids.push(id.unwrap_or_else(|| panic!("{made}")).to_owned());
        written.fetch_add(1, Ordering::SeqCst);
    }
    ids
}

fn newest_activity(url: &str, token: &str) -> String {
    let newest = ask(
        url,
        token,
        "{ activity(first: 1) { nodes { id } } }",
        &Value::Null,
    );
    newest["activity"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn subscribers_of_both_hear_every_change_of_both_in_one_order() {
    let database = TestDb::new().await;
    let user = [
        "user",
        "add",
        "ada@fund.example",
        "--name",
        "Ada",
        "--role",
        "ADMIN",
    ];
    said(&on(&database, &user).output().unwrap());
    let token = [
        "token",
        "create",
        "--user",
        "ada@fund.example",
        "--scope",
        "READ,WRITE,ADMIN",
    ];
    let token = said(&on(&database, &token).output().unwrap());

    let steady = serve(&database);
    let mut restarted = serve(&database);
    let addresses: [Address; 2] =
        [&steady, &restarted].map(|server| Arc::new(Mutex::new(server.url.clone())));
    let begin = newest_activity(&steady.url, &token);
    let [one, other] = addresses
        .clone()
        .map(|address| tokio::spawn(listen(address, token.clone(), begin.clone(), "createToken")));

    let written = Arc::new(AtomicUsize::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let (servers, token, written) = (addresses.clone(), token.clone(), Arc::clone(&written));
            thread::spawn(move || write(number, &servers, &token, &written))
        })
        .collect();
    // Once in order, once not, each time in the middle of writes.
    for (after, signal) in [(40, Signal::SIGTERM), (90, Signal::SIGKILL)] {
        wait_for("writes", || {
            (written.load(Ordering::SeqCst) >= after).then_some(())
        });
        restarted.signal(signal);
        let (status, _) = restarted.ended();
        assert_eq!(status.success(), signal == Signal::SIGTERM);
        assert!(
            written.load(Ordering::SeqCst) < WRITERS * WRITES_EACH,
            "the writes were over before the server was"
        );
        restarted = serve(&database);
        restarted.url.clone_into(&mut addresses[1].lock().unwrap());
    }
    let mut made: Vec<String> = Vec::new();
    for writer in writers {
        made.extend(writer.join().unwrap());
    }
    // The last change of all, by which the subscribers know that they are done.
    let last = ["token", "create", "--user", "ada@fund.example", "--scope", "READ"];
    said(&on(&database, &last).output().unwrap());

    let heard = tokio::time::timeout(Duration::from_mins(1), async {
        (one.await.unwrap(), other.await.unwrap())
    });
    let ((by_steady, steady_times), (by_restarted, restarted_times)) =
        heard.await.expect("not all changes were heard");
    assert_eq!(steady_times, 0, "its server was there all the time");
    assert!(restarted_times >= 2, "its server went away twice");
    let differ = by_steady
        .iter()
        .zip(&by_restarted)
        .position(|(one, other)| one != other);
    assert_eq!(
        (differ, by_steady.len()),
        (None, by_restarted.len()),
        "one order for all"
    );
    let startups: Vec<&Change> = by_steady.iter().filter(|c| c.verb == "createStartup").collect();
    assert_eq!(startups.len() + 1, by_steady.len(), "nothing else happened");
    let ids: HashSet<&String> = startups.iter().map(|change| &change.id).collect();
    assert_eq!(ids.len(), startups.len(), "no change comes twice");
    assert_eq!(made.len(), WRITERS * WRITES_EACH);
    let mut subjects: Vec<&String> = startups
        .iter()
        .filter_map(|change| change.subject.as_ref())
        .collect();
    subjects.sort_unstable();
    let mut made: Vec<&String> = made.iter().collect();
    made.sort_unstable();
    assert_eq!(
        subjects, made,
        "every change is heard, and nothing was made twice"
    );
}
