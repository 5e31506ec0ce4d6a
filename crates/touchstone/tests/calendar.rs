//! A user's calendar by its address: what stands in it, for how long the address opens it, and that it opens nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod outside;

use std::process::Command;

use chrono::{Days, NaiveDate, Utc};
use icalendar::{Calendar, CalendarComponent, Component as _, DatePerhapsTime};
use outside::{Running, ask, create_startup, program, said, try_ask};
use serde_json::{Value, json};
use test_support::TestDb;

fn on(database: &TestDb, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.env("DATABASE_URL", database.url());
    command
}

/// Adds a user; a token of these scopes.
fn member(database: &TestDb, name: &str, scopes: &str) -> String {
    let email = format!("{name}@fund.example");
    let user = ["user", "add", &email, "--name", name, "--role", "PARTNER"];
    said(&on(database, &user).output().unwrap());
    token(database, name, scopes)
}

fn token(database: &TestDb, name: &str, scopes: &str) -> String {
    let email = format!("{name}@fund.example");
    let made = ["token", "create", "--user", &email, "--scope", scopes];
    let told = said(&on(database, &made).output().unwrap());
    told.lines().last().unwrap().to_owned()
}

/// Status, type and text of what is at an address.
fn get(server: &Running, path: &str) -> (u16, String, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut response = agent.get(format!("{}{path}", server.url)).call().unwrap();
    let kind = response.headers().get("content-type").unwrap().to_str().unwrap();
    let kind = kind.to_owned();
    (
        response.status().as_u16(),
        kind,
        response.body_mut().read_to_string().unwrap(),
    )
}

/// Every event of a calendar: its summary, when it begins, its page, and how often it changed.
fn events(text: &str) -> Vec<(String, DatePerhapsTime, String, u32)> {
    let calendar: Calendar = text.parse().unwrap();
    let read = |component: &CalendarComponent| {
        let CalendarComponent::Event(event) = component else {
            panic!("{component:?} is no event")
        };
        assert!(event.get_uid().unwrap().ends_with("@touchstone"));
        (
            event.get_summary().unwrap().to_owned(),
            event.get_start().unwrap(),
            event.get_url().unwrap().to_owned(),
            event.get_sequence().unwrap(),
        )
    };
    let mut found: Vec<_> = calendar.components.iter().map(read).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn write(server: &Running, token: &str, mutation: &str, input: &Value, fields: &str) -> Value {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let document = format!(
        "mutation($i: {kind}!) {{ done: {mutation}(input: $i) {{ {fields} userErrors {{ message }} }} }}"
    );
    let told = ask(&server.url, token, &document, &json!({ "i": input }));
    assert_eq!(told["done"]["userErrors"], json!([]), "{mutation}: {told}");
    told["done"].clone()
}

#[tokio::test]
async fn a_calendar_tells_what_is_due_by_an_address_that_opens_nothing_else() {
    let database = TestDb::new().await;
    let pia = member(&database, "pia", "READ,WRITE");
    let secret = token(&database, "pia", "CALENDAR");
    let server = Running::start(on(&database, &["serve", "--listen", "127.0.0.1:0"]));
    let me = ask(&server.url, &pia, "{ viewer { id } }", &Value::Null)["viewer"]["id"].clone();
    let address = format!("/calendar/{secret}.ics");
    let (status, kind, text) = get(&server, &address);
    assert_eq!((status, kind.as_str()), (200, "text/calendar; charset=utf-8"));
    assert_eq!(events(&text), []);

    let day = |days: u64| -> NaiveDate { app::Clock::system().now().date_naive() + Days::new(days) };
    let startup = create_startup(&server.url, &pia, "Moonshot; the first, \"best\"");
    let other = create_startup(&server.url, &pia, "Sunshot");
    let open = json!({ "startup": startup, "owner": me, "nextStep": "Call three customers", "nextStepDue": day(3).to_string() });
    let deal = write(&server, &pia, "openDeal", &open, "deal { id version title }")["deal"].clone();
    let hidden = json!({ "startup": other, "owner": me, "visibility": "RESTRICTED", "nextStep": "Sign quietly", "nextStepDue": day(4).to_string() });
    let hidden = write(&server, &pia, "openDeal", &hidden, "deal { id }")["deal"]["id"].clone();
    for (what, of, days) in [("Read 合同", json!(null), 5), ("Sign it", hidden.clone(), 6)] {
        let mut task = json!({ "what": what, "who": me, "due": day(days).to_string(), "deal": of });
        if of.is_null() {
            task["startup"] = json!(startup);
        }
        write(&server, &pia, "createTask", &task, "task { id }");
    }
    let undated = json!({ "what": "Some day", "who": me, "startup": startup });
    write(&server, &pia, "createTask", &undated, "task { id }");
    let starts = "2100-03-01T01:30:00Z";
    let review =
        json!({ "kind": "WEEKLY", "title": "Weekly", "startsAt": starts, "minutes": 45, "attendees": [me] });
    let review = write(&server, &pia, "scheduleReview", &review, "review { id }")["review"]["id"].clone();

    let page = |id: &Value, at: &str| format!("{}/{at}/{}", server.url, id.as_str().unwrap());
    let (_, _, text) = get(&server, &address);
    assert!(
        text.contains("DTSTART:21000301T013000Z") && text.contains("DTEND:21000301T021500Z"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.len() <= 75),
        "lines are folded: {text}"
    );
    let title = deal["title"].as_str().unwrap();
    let at = |days| DatePerhapsTime::from(day(days));
    let told: Vec<_> = events(&text)
        .into_iter()
        .map(|(summary, begins, url, _)| (summary, begins, url))
        .collect();
    assert_eq!(
        told,
        [
            (
                format!("Call three customers ({title})"),
                at(3),
                page(&deal["id"], "deals")
            ),
            (
                "Next step: a restricted deal".to_owned(),
                at(4),
                page(&hidden, "deals")
            ),
            (
                "Task: Read 合同".to_owned(),
                at(5),
                format!("{}/tasks", server.url)
            ),
            (
                "Task: a restricted deal".to_owned(),
                at(6),
                page(&hidden, "deals")
            ),
            (
                "Weekly".to_owned(),
                starts.parse::<chrono::DateTime<Utc>>().unwrap().into(),
                page(&review, "reviews")
            ),
        ]
    );
    let (_, _, chinese) = get(&server, &format!("{address}?lang=zh"));
    assert!(
        events(&chinese).iter().any(|event| event.0 == "任务：Read 合同"),
        "{chinese}"
    );

    // What changes has a higher number, and what is passed is told by the day on which to look again.
    let passed = json!({ "id": deal["id"], "version": deal["version"], "status": "PASSED", "passReason": "TIMING", "revisitOn": day(90).to_string() });
    write(&server, &pia, "moveDeal", &passed, "deal { id }");
    let (_, _, text) = get(&server, &address);
    let again = events(&text).into_iter().find(|event| event.1 == at(90)).unwrap();
    assert_eq!((again.0, again.3), (format!("Look again: {title}"), 2));

    // The secret opens nothing else, and no other secret opens this.
    let told = try_ask(&server.url, &secret, "{ startups { totalCount } }", &Value::Null);
    assert!(told.unwrap_err().contains("\"FORBIDDEN\""));
    for wrong in [
        format!("/calendar/{pia}.ics"),
        format!("/calendar/{secret}"),
        "/calendar/.ics".to_owned(),
    ] {
        let (status, _, said) = get(&server, &wrong);
        assert_eq!(status, 404, "{said}");
    }
    said(&on(&database, &["token", "revoke", &secret]).output().unwrap());
    let closed = outside::wait_for("the address to close", || {
        let (status, _, said) = get(&server, &address);
        (status != 200).then_some((status, said))
    });
    assert_eq!(closed.0, 404);
    assert!(closed.1.contains("revoked"), "{}", closed.1);
    assert!(!server.log().contains(&secret), "a secret is not logged");
}

#[tokio::test]
async fn a_token_of_a_calendar_stands_alone() {
    let database = TestDb::new().await;
    let pia = member(&database, "pia", "READ,WRITE");
    let email = [
        "token",
        "create",
        "--user",
        "pia@fund.example",
        "--scope",
        "READ,CALENDAR",
    ];
    let refused = on(&database, &email).output().unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("has no other"));
    let server = Running::start(on(&database, &["serve", "--listen", "127.0.0.1:0"]));
    // A script's token makes none that may what it may not itself.
    let make = "mutation { createToken(input: { name: \"mine\", scopes: [CALENDAR] }) { secret } }";
    let told = try_ask(&server.url, &pia, make, &Value::Null);
    assert!(told.unwrap_err().contains("\"FORBIDDEN\""));
    let mine = ask(&server.url, &pia, "{ tokens { name scopes } }", &Value::Null);
    assert_eq!(
        mine["tokens"],
        json!([{ "name": "command line", "scopes": ["READ", "WRITE"] }])
    );
}
