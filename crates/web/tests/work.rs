//! My work, quick add, interactions and tasks, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use script::{OURS, SIGNED_IN, Script, get, post, send};
use serde_json::{Value, json};
use touchstone_web::{HeldFile, Received, SentForm};

const STARTUP: &str = "startup_01h455vb4pex5vsknk084sn02q";

fn reader(role: &str) -> Value {
    json!({"data": {"viewer": {"id": "user_1", "name": "Somebody", "role": role}}})
}

fn task(id: &str, what: &str, due: Option<&str>) -> Value {
    json!({"id": id, "what": what, "who": {"name": "Somebody"}, "due": due, "doneAt": null,
        "startup": {"id": STARTUP, "name": "Cubeforge"}, "deal": null, "isCondition": false, "review": null, "version": 1})
}

fn deal(title: &str, due: Option<&str>) -> Value {
    json!({"id": "deal_a", "title": title, "startup": {"id": STARTUP, "name": "立方工坊", "flags": []}, "version": 7,
        "nextStep": "Call two studios", "nextStepDue": due, "stage": stage("SCREENING", 2, 14), "daysInStage": 3, "isStale": false,
        "gate": {"unmet": []}})
}

fn stage(key: &str, order: i32, limit: i32) -> Value {
    json!({"key": key, "name": key, "nameZh": key, "order": order, "isRetired": false, "limitDays": limit})
}

fn home(tasks: Value, deals: Value) -> Value {
    json!({"data": {"tasks": tasks, "deals": {"nodes": deals}, "back": {"nodes": []}, "reviews": {"nodes": []},
        "stages": [stage("SOURCED", 1, 14), stage("SCREENING", 2, 14), stage("OLD", 3, 14), stage("COMMITTEE", 4, 14), stage("CLOSING", 5, 45)]}})
}

/// A form's frame: who looks, and whose page it is.
fn frame(role: &str) -> Value {
    json!({"data": {"viewer": {"name": "Somebody", "role": role},
        "startup": {"id": STARTUP, "name": "Cubeforge", "deals": {"nodes": [{"id": "deal_a", "title": "Cubeforge seed"}]}},
        "users": [{"id": "user_1", "name": "Ann", "isActive": true}, {"id": "user_2", "name": "Gone", "isActive": false}]}})
}

/// Who is here already, each by a name or a domain.
fn known(all: &[(&str, &str)]) -> Value {
    let all: Vec<Value> = all
        .iter()
        .map(|(name, by)| json!({"startup": {"id": STARTUP, "name": name}, "by": by}))
        .collect();
    json!({"data": {"knownStartups": all}})
}

fn refusal(mutation: &str, record: &str, code: &str, field: &[&str], message: &str) -> Value {
    json!({"data": {mutation: {record: null, "userErrors": [
        {"code": code, "message": message, "field": field, "existing": null}]}}})
}

#[tokio::test]
async fn my_work_stands_by_when_it_is_due_each_with_what_it_is_for() {
    let doors = Script::answering([
        reader("ANALYST"),
        home(
            json!([
                task("task_c", "Later some day", None),
                task("task_a", "Get the <export>", Some("2024-07-26")),
                task("task_b", "Send terms", Some("2024-07-31")),
            ]),
            json!([
                deal("Seed", Some("2024-08-02")),
                deal("Far", Some("2024-09-30")),
                deal("Undated", None)
            ]),
        ),
    ]);
    let page = get(&doors, "/", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>My work · Touchstone</title>")
        .has("31 Jul 2024")
        .has("Get the &#60;export&#62;")
        .has("Next step: Call two studios")
        .has("for Seed")
        .has("action=\"/tasks/task_a/done\"")
        .has("href=\"/add\"")
        .lacks("Far")
        .lacks("Undated");
    let order = [
        "id=\"overdue\"",
        "Get the",
        "id=\"today\"",
        "Send terms",
        "id=\"week\"",
        "for Seed",
        "id=\"later\"",
        "Later some day",
    ];
    let places: Vec<usize> = order.iter().map(|part| page.body.find(part).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(doors.asked()[1]["me"], json!(["user_1"]));
}

#[tokio::test]
async fn deals_that_came_back_lead_with_what_brought_them() {
    let mut found = home(json!([task("task_a", "Overdue", Some("2024-07-01"))]), json!([]));
    let back = |id: &str, on: Value, due: Value| json!({"id": id, "title": "Meshwright Seed", "startup": {"id": STARTUP, "name": "Meshwright"}, "revisitOn": on, "revisitDue": due});
    found["data"]["back"]["nodes"] = json!([
        back(
            "deal_a",
            Value::Null,
            json!({"since": "2024-07-25T02:00:00Z", "because": "6 signed contracts, verified"})
        ),
        back("deal_b", json!("2024-07-30"), Value::Null),
    ]);
    let doors = Script::answering([reader("ANALYST"), found]);
    let page = get(&doors, "/", &[SIGNED_IN]).await;
    page.has("now there: 6 signed contracts, verified")
        .has("to be looked at again on 30 Jul 2024")
        .has("href=\"/deals/deal_a\"");
    let order = ["id=\"came-back\"", "id=\"overdue\""];
    let places: Vec<usize> = order.iter().map(|part| page.body.find(part).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(doors.asked()[1]["today"], "2024-07-31");
}

#[tokio::test]
async fn deals_that_are_stuck_say_why_and_where_that_can_be_seen_to() {
    let mut stuck = deal("Seed", None);
    stuck["isStale"] = json!(true);
    stuck["daysInStage"] = json!(23);
    let unmet = |key: &str, order: i32, condition: &str| json!({"condition": condition, "explanation": "missing", "stage": stage(key, order, 14)});
    stuck["gate"]["unmet"] = json!([
        unmet("COMMITTEE", 4, "VERIFIED_PROOF"),
        unmet("COMMITTEE", 4, "KNOWN_ROUTE"),
        unmet("CLOSING", 5, "NEED_NAMED"),
    ]);
    stuck["startup"]["flags"] = json!([
        {"flag": "THIN_WRAPPER", "reason": "a wrapper"},
        {"flag": "STALE_EVIDENCE", "reason": "the newest proof is 212 days old"},
    ]);
    let mut found = home(json!([]), json!([stuck]));
    // A stage that is retired stands in nobody's way.
    found["data"]["stages"][2]["isRetired"] = json!(true);
    let meeting = |id: &str, title: &str, at: &str, attendee: &str| {
        json!({"id": id, "title": title, "kind": "WEEKLY", "startsAt": at, "minutes": 60, "status": "DRAFT", "presenter": null,
            "version": 1, "attendees": [{"id": attendee, "name": "Somebody"}]})
    };
    found["data"]["reviews"]["nodes"] = json!([
        meeting("review_c", "Later", "2024-08-12T02:00:00Z", "user_1"),
        meeting("review_b", "Weekly 5 Aug", "2024-08-05T02:00:00Z", "user_1"),
        meeting("review_a", "Of others", "2024-08-01T02:00:00Z", "user_2"),
        meeting("review_0", "Missed", "2024-07-01T02:00:00Z", "user_1"),
    ]);
    let page = get(
        &Script::answering([reader("ANALYST"), found.clone()]),
        "/",
        &[SIGNED_IN],
    )
    .await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("SCREENING 23 d: limit 14")
        .has("The gate to COMMITTEE lacks: Verified proof, Known route")
        .has("the newest proof is 212 days old")
        .has(&format!("href=\"/startups/{STARTUP}/evidence/new\""))
        .has("href=\"/reviews/review_b\"")
        .has("Weekly 5 Aug")
        .has("5 Aug 2024 10:00")
        .lacks("Of others")
        .lacks("Later")
        .lacks("a wrapper")
        .lacks("CLOSING");
    let page = get(&Script::answering([reader("VIEWER"), found]), "/", &[SIGNED_IN]).await;
    page.has("23 d: limit 14").lacks("/evidence/new");
}

#[tokio::test]
async fn a_next_step_is_said_to_be_done_where_it_stands() {
    let doors = Script::answering([
        reader("ANALYST"),
        home(json!([]), json!([deal("Seed", Some("2024-08-02"))])),
        json!({"data": {"updateDeal": {"deal": {"id": "deal_a"}, "userErrors": []}}}),
        refusal(
            "updateDeal",
            "deal",
            "STALE_VERSION",
            &["version"],
            "somebody changed it",
        ),
    ]);
    get(&doors, "/", &[SIGNED_IN])
        .await
        .has("action=\"/deals/deal_a/step\"")
        .has("aria-label=\"Done: Call two studios\"");
    let sent = "back=%2F&version=7&key=step-deal-a-7";
    let page = post(&doors, "/deals/deal_a/step", sent, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/?did=done");
    let refused = post(&doors, "/deals/deal_a/step", sent, &[SIGNED_IN, OURS]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.has("Not done");
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0],
        (
            "UpdateDeal".to_owned(),
            "step-deal-a-7".to_owned(),
            json!({"id": "deal_a", "version": 7, "nextStep": null, "nextStepDue": null})
        )
    );
}

#[tokio::test]
async fn where_nothing_waits_that_is_said_in_the_readers_language() {
    let doors = Script::answering([reader("VIEWER"), home(json!([]), json!([]))]);
    let page = get(&doors, "/?lang=zh", &[SIGNED_IN]).await;
    page.has("没有待办事项").has("我的工作").lacks("href=\"/add\"");
    let page = get(&Script::answering([]), "/", &[]).await;
    assert!(page.header("location").starts_with("/login"));
}

#[tokio::test]
async fn a_task_is_done_by_a_button_and_what_was_not_done_is_said() {
    let done = json!({"data": {"updateTask": {"userErrors": []}}});
    let stale = json!({"data": {"updateTask": {"userErrors": [{"code": "STALE_VERSION",
        "message": "version 1 was sent, but it is at 2", "field": ["version"], "existing": null}]}}});
    let doors = Script::answering([done, stale]);
    let form = "back=%2F&version=1&key=done-task-a-1";
    let page = post(&doors, "/tasks/task_a/done", form, &[OURS, SIGNED_IN]).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/?did=done")
    );
    let (operation, key, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(
        (operation.as_str(), key.as_str()),
        ("FinishTask", "done-task-a-1")
    );
    assert_eq!(input, json!({"id": "task_a", "version": 1, "done": true}));
    let page = post(&doors, "/tasks/task_a/done", form, &[OURS, SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Not done").has("it is at 2");
    let foreign = [("sec-fetch-site", "cross-site"), SIGNED_IN];
    let page = post(&doors, "/tasks/task_a/done", form, &foreign).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn quick_add_opens_in_the_name_and_leads_to_the_startup() {
    let captured = json!({"data": {"captureDeal": {"deal": {"startup": {"id": STARTUP}}, "userErrors": []}}});
    let viewer = json!({"data": {"viewer": {"name": "Somebody", "role": "ANALYST"}}});
    let doors = Script::answering([viewer, known(&[]), captured]);
    let page = get(&doors, "/add?name=Acme", &[SIGNED_IN]).await;
    page.has("id=\"f-name\" name=\"name\" value=\"Acme\" autocomplete=\"off\" autofocus")
        .has("Financial adviser")
        .has("data-key=\"q\"");
    let form =
        "name=Acme&website=www.acme.example&broughtBy=Li&channel=FA&text=%23+Call%0D%0Athey+pay&key=abcdefgh";
    let page = post(&doors, "/add", form, &[OURS, SIGNED_IN]).await;
    assert_eq!(
        page.header("location"),
        format!("/startups/{STARTUP}?did=captured")
    );
    let (_, key, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(key, "abcdefgh");
    assert_eq!(
        input,
        json!({"name": "Acme", "website": "https://www.acme.example", "broughtBy": "Li", "channel": "FA", "text": "# Call\nthey pay"})
    );
}

#[tokio::test]
async fn quick_add_keeps_what_was_typed_and_says_who_may_be_meant() {
    let viewer = |role: &str| json!({"data": {"viewer": {"name": "Somebody", "role": role}}});
    let message = "several that are here may be meant: Acme (startup_1), ACME (startup_2)";
    let refused = refusal("captureDeal", "deal", "CONFLICT", &["name"], message);
    let doors = Script::answering([
        known(&[]),
        refused,
        viewer("ANALYST"),
        viewer("ANALYST"),
        viewer("VIEWER"),
    ]);
    let page = post(&doors, "/add", "name=Acme&text=%3Cwords%3E", &[OURS, SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Acme (startup_1)")
        .has("href=\"/startups?q=Acme\"")
        .has("&#60;words&#62;</textarea>")
        .lacks("autofocus>\n<p class=\"hint\"");
    let page = post(&doors, "/add", "name=&text=x", &[OURS, SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say what the startup is called.");
    assert_eq!(
        get(&doors, "/add", &[SIGNED_IN]).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn an_interaction_is_logged_at_the_time_of_the_workspace() {
    let logged =
        json!({"data": {"logInteraction": {"interaction": {"id": "interaction_a"}, "userErrors": []}}});
    let late = refusal(
        "logInteraction",
        "interaction",
        "INVALID",
        &["at"],
        "it is later than now",
    );
    let doors = Script::answering([frame("ANALYST"), logged, late, frame("ANALYST"), frame("ANALYST")]);
    let address = format!("/startups/{STARTUP}/interactions/new");
    let page = get(&doors, &address, &[SIGNED_IN]).await;
    // Now, in the workspace's zone.
    page.has("value=\"2024-07-31\"")
        .has("value=\"12:00\"")
        .has("Cubeforge seed");
    let form = "kind=CALL&summary=A+call&body=*yes*&day=2024-07-31&time=9%3A30&participants=Li%EF%BC%8C+Wang&deal=deal_a&key=abcdefgh";
    let page = post(&doors, &address, form, &[OURS, SIGNED_IN]).await;
    assert_eq!(
        page.header("location"),
        format!("/startups/{STARTUP}?did=logged#interactions")
    );
    let (_, _, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(
        input,
        json!({"startup": STARTUP, "deal": "deal_a", "kind": "CALL", "at": "2024-07-31T01:30:00Z", "summary": "A call",
            "body": "*yes*", "participants": ["Li", "Wang"]})
    );
    let page = post(&doors, &address, form, &[OURS, SIGNED_IN]).await;
    page.has("id=\"f-day-fault\"").has("It is later than now");
    let page = post(
        &doors,
        &address,
        "kind=CALL&summary=&day=soon&time=noon",
        &[OURS, SIGNED_IN],
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say in a line what came of it.")
        .has("“noon” is no time of day; write it as 14:05.")
        .has("id=\"f-day-fault\"");
}

#[tokio::test]
async fn a_task_is_added_for_one_of_us() {
    let added = json!({"data": {"createTask": {"task": {"id": "task_a"}, "userErrors": []}}});
    let doors = Script::answering([frame("ANALYST"), added, frame("ANALYST"), frame("VIEWER")]);
    let address = format!("/startups/{STARTUP}/tasks/new");
    let page = get(&doors, &address, &[SIGNED_IN]).await;
    page.has("Whoever takes it").has(">Ann</option>").lacks("Gone");
    let form = "what=Call+them&who=user_1&due=2024%2F8%2F2&deal=&key=abcdefgh";
    let page = post(&doors, &address, form, &[OURS, SIGNED_IN]).await;
    assert_eq!(
        page.header("location"),
        format!("/startups/{STARTUP}?did=task#tasks")
    );
    let (_, _, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(
        input,
        json!({"what": "Call them", "who": "user_1", "due": "2024-08-02", "startup": STARTUP})
    );
    let page = post(&doors, &address, "what=", &[OURS, SIGNED_IN]).await;
    page.has("Say what is to be done.");
    assert_eq!(
        get(&doors, &address, &[SIGNED_IN]).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn who_is_here_already_is_said_while_typing_and_with_the_answer() {
    let captured = json!({"data": {"captureDeal": {"deal": {"startup": {"id": STARTUP}}, "userErrors": []}}});
    let refused =
        json!({"errors": [{"message": "\"x\" is no URL", "extensions": {"code": "BAD_USER_INPUT"}}]});
    let here = [("Cube<forge", "DOMAIN"), ("立方工坊", "NAME")];
    let doors = Script::answering([
        known(&here),
        known(&[]),
        refused,
        known(&[("Cubeforge", "DOMAIN")]),
        captured.clone(),
        known(&[("Cubeforge", "NAME")]),
        captured,
    ]);
    let page = get(
        &doors,
        "/add/known?name=Cube&website=cubeforge.example",
        &[SIGNED_IN],
    )
    .await;
    page.has("Already here: ")
        .has(&format!(
            "<a href=\"/startups/{STARTUP}\">Cube&#60;forge</a> (same domain)"
        ))
        .has("lang=\"zh-CN\">立方工坊</a> (same name)")
        .lacks("<html");
    assert_eq!(
        doors.asked()[0],
        json!({"name": "Cube", "website": "https://cubeforge.example"})
    );
    // Nobody, and a web site that is still being typed.
    for address in ["/add/known?name=New", "/add/known?name=New&website=x"] {
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(
            (page.status, page.body.as_str()),
            (StatusCode::OK, ""),
            "{address}"
        );
    }
    for note in ["known-domain", "known-name"] {
        let page = post(&doors, "/add", "name=Cubeforge&key=abcdefgh", &[OURS, SIGNED_IN]).await;
        assert_eq!(
            page.header("location"),
            format!("/startups/{STARTUP}?did={note}"),
            "without a script the answer says it"
        );
    }
}

#[tokio::test]
async fn quick_add_takes_several_files_and_a_link_at_once() {
    let captured = json!({"data": {"captureDeal": {"deal": {"startup": {"id": STARTUP}}, "userErrors": []}}});
    let doors = Script::answering([known(&[]), captured]);
    let file = |name: &str| HeldFile {
        name: name.to_owned(),
        content: Arc::new(()),
    };
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    doors.received.lock().unwrap().push(Received::Form(SentForm {
        fields: vec![
            field("name", "Acme"),
            field("link", "acme.example/deck"),
            field("channel", "FA"),
            field("text", ""),
            field("key", "abcdefgh"),
        ],
        files: vec![file("deck.pdf"), file("terms.docx")],
        fault: None,
    }));
    let request = Request::post("/add")
        .header("content-type", "multipart/form-data; boundary=x")
        .header(SIGNED_IN.0, SIGNED_IN.1)
        .header(OURS.0, OURS.1);
    let page = send(&doors, request.body(Body::empty()).unwrap()).await;
    assert_eq!(
        page.header("location"),
        format!("/startups/{STARTUP}?did=captured")
    );
    let (operation, key, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!((operation.as_str(), key.as_str()), ("Capture", "abcdefgh"));
    assert_eq!(
        input,
        json!({"name": "Acme", "channel": "FA", "link": "https://acme.example/deck", "files": ["deck.pdf", "terms.docx"]})
    );
}

/// The tasks of a tab.
fn tasks(role: &str, tasks: &Value) -> Value {
    json!({"data": {"viewer": {"name": "Somebody", "role": role}, "tasks": tasks}})
}

#[tokio::test]
async fn tasks_have_a_page_where_they_are_done_and_opened_again() {
    let mut done = task("task_b", "Send terms", None);
    done["doneAt"] = json!("2024-07-30T00:00:00Z");
    let all = json!([task("task_a", "Get the export", Some("2024-07-26")), done]);
    let reopened = json!({"data": {"updateTask": {"userErrors": []}}});
    let doors = Script::answering([
        tasks("ANALYST", &all),
        tasks("ANALYST", &json!([])),
        tasks("VIEWER", &all),
        tasks("ANALYST", &all),
        reopened,
    ]);
    let page = get(&doors, "/tasks?show=all", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0], json!({"mine": null, "open": null}));
    page.has("<title>Tasks · Touchstone</title>")
        .has("action=\"/tasks/task_a/done\"")
        .has("aria-label=\"Open again: Send terms\"")
        .has("href=\"/tasks/task_a/edit\"")
        .has("href=\"/tasks?show=open\"")
        .has("data-follows=\"task\"");
    let page = get(&doors, "/tasks", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[1], json!({"mine": true, "open": true}));
    page.has("Nothing to be done");
    get(&doors, "/tasks?show=all", &[SIGNED_IN])
        .await
        .lacks("<form action=\"/tasks/")
        .lacks("/edit\"");
    let page = get(&doors, "/tasks?show=hers", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.lacks("Get the export");
    let form = "done=no&back=%2Ftasks%3Fshow%3Dall&version=2&key=done-task-b-2";
    let page = post(&doors, "/tasks/task_b/done", form, &[OURS, SIGNED_IN]).await;
    assert_eq!(page.header("location"), "/tasks?show=all&did=reopened");
    let (_, _, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(input, json!({"id": "task_b", "version": 2, "done": false}));
}

/// A task as its form reads it.
fn edited(what: &str, version: i32) -> Value {
    json!({"data": {"viewer": {"name": "Somebody", "role": "ANALYST"},
        "node": {"__typename": "Task", "id": "task_a", "what": what, "who": null, "due": "2024-08-02",
            "startup": {"id": STARTUP, "name": "Cubeforge"}, "version": version},
        "users": [{"id": "user_1", "name": "Ann", "isActive": true}],
        "activity": {"nodes": [{"at": "2024-07-31T03:58:00Z", "by": {"name": "Ann"}}]}}})
}

#[tokio::test]
async fn a_task_is_edited_and_who_saves_second_sees_both_values() {
    let saved = json!({"data": {"updateTask": {"userErrors": []}}});
    let stale = json!({"data": {"updateTask": {"userErrors": [{"code": "STALE_VERSION",
        "message": "version 1 was sent, but it is at 2", "field": ["version"], "existing": null}]}}});
    let doors = Script::answering([
        edited("Call", 1),
        edited("Call", 1),
        saved,
        edited("Call on Friday", 2),
        stale,
        json!({"data": {"viewer": {"name": "Somebody", "role": "ANALYST"}, "node": null, "users": [], "activity": {"nodes": []}}}),
    ]);
    let page = get(&doors, "/tasks/task_a/edit", &[SIGNED_IN]).await;
    page.has("value=\"Call\"")
        .has("value=\"2024-08-02\"")
        .has("data-record=\"task_a\"");
    let base = "base=what%3DCall%26due%3D2024-08-02";
    let form = format!("{base}&what=Call+Ann&who=user_1&due=2024-08-02&version=1&key=abcdefgh");
    let page = post(&doors, "/tasks/task_a/edit", &form, &[OURS, SIGNED_IN]).await;
    assert_eq!(
        page.header("location"),
        format!("/startups/{STARTUP}?did=saved#tasks")
    );
    let (_, _, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(
        input,
        json!({"id": "task_a", "version": 1, "what": "Call Ann", "who": "user_1"}),
        "what was not touched is not sent"
    );
    let page = post(&doors, "/tasks/task_a/edit", &form, &[OURS, SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("<td class=\"typed\">Call Ann</td><td class=\"typed\">Call on Friday</td>")
        .has("Ann changed this")
        .has("name=\"version\" value=\"2\"")
        .has("value=\"user_1\" selected");
    assert_eq!(
        get(&doors, "/tasks/task_b/edit", &[SIGNED_IN]).await.status,
        StatusCode::NOT_FOUND
    );
}

fn interaction(version: i32, summary: &str) -> Value {
    json!({"data": {"viewer": {"name": "Somebody", "role": "ANALYST"},
        "node": {"__typename": "Interaction", "id": "interaction_a", "kind": "CALL", "at": "2024-07-31T01:30:07Z",
            "summary": summary, "body": "*yes*", "participants": ["Li", "Wang"],
            "startup": {"id": STARTUP, "name": "Cubeforge"}, "version": version},
        "activity": {"nodes": []}}})
}

#[tokio::test]
async fn an_interaction_is_edited_and_its_text_looked_at_before() {
    let saved = json!({"data": {"updateInteraction": {"userErrors": []}}});
    let drawn = json!({"data": {"markdownHtml": "<p><em>no</em></p>"}});
    let doors = Script::answering([
        interaction(1, "A call"),
        interaction(1, "A call"),
        drawn,
        interaction(1, "A call"),
        saved,
    ]);
    let address = "/interactions/interaction_a/edit";
    let page = get(&doors, address, &[SIGNED_IN]).await;
    page.has("value=\"09:30\"")
        .has("value=\"Li, Wang\"")
        .has("*yes*</textarea>");
    let base = "base=kind%3DCALL%26summary%3DA%2Bcall%26body%3D%252Ayes%252A%26day%3D2024-07-31%26time%3D09%253A30%26participants%3DLi%252C%2BWang";
    let form = format!(
        "{base}&kind=CALL&summary=A+call&body=*no*&day=2024-07-31&time=09%3A30&participants=Li%2C+Wang&version=1&key=abcdefgh"
    );
    let page = post(
        &doors,
        address,
        &format!("{form}&preview=yes"),
        &[OURS, SIGNED_IN],
    )
    .await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<div class=\"prose written\"><p><em>no</em></p></div>")
        .has("*no*</textarea>");
    assert!(doors.written.lock().unwrap().is_empty(), "looking keeps nothing");
    let page = post(&doors, address, &form, &[OURS, SIGNED_IN]).await;
    assert_eq!(
        page.header("location"),
        format!("/startups/{STARTUP}?did=saved#interactions")
    );
    let (_, _, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(
        input,
        json!({"id": "interaction_a", "version": 1, "body": "*no*"}),
        "the seconds that the form does not show stay"
    );
}

#[tokio::test]
async fn the_checklist_stands_by_layer_and_is_answered_in_place() {
    let item = |key: &str, layer: Value, state: &str, at: Value| {
        json!({"key": key, "layer": layer, "label": format!("Label of {key}"), "state": state, "note": null, "at": at,
            "by": {"name": "Ann"}})
    };
    let checklist = |role: &str| {
        json!({"data": {"viewer": {"name": "Somebody", "role": role},
            "startup": {"id": STARTUP, "name": "Cubeforge", "layer": "APP", "checklist": [
                item("moat", json!("APP"), "CONCERN", json!("2024-07-30T04:00:00Z")),
                item("team", Value::Null, "OPEN", Value::Null)]},
            "activity": {"nodes": [
                {"at": "2024-07-30T04:00:00Z", "by": {"name": "Ann"}, "verb": "setChecklistItem",
                    "after": {"key": "moat", "state": "CONCERN"}},
                {"at": "2024-07-29T04:00:00Z", "by": null, "verb": "updateStartup", "after": {"name": "x"}},
                {"at": "2024-07-28T04:00:00Z", "by": null, "verb": "setChecklistItem",
                    "after": {"key": "moat", "state": "OK", "note": "a patent"}}]}}})
    };
    let done = json!({"data": {"setChecklistItem": {"userErrors": []}}});
    let refused = json!({"data": {"setChecklistItem": {"userErrors": [{"code": "INVALID",
        "message": "\"moat\" is not on the list", "field": ["key"], "existing": null}]}}});
    let doors = Script::answering([
        checklist("ANALYST"),
        done,
        refused,
        checklist("ANALYST"),
        checklist("ANALYST"),
        checklist("VIEWER"),
    ]);
    let address = format!("/startups/{STARTUP}/checklist");
    let page = get(&doors, &address, &[SIGNED_IN]).await;
    page.has("Asked of its layer: App")
        .has("Label of moat")
        .has("Asked of every startup")
        .has("never answered")
        .has("a patent")
        .has(&format!("data-follows=\"checklist_item {STARTUP}\""));
    let form = "item=moat&state=OK&note=two+patents&key=abcdefgh";
    let page = post(&doors, &address, form, &[OURS, SIGNED_IN]).await;
    assert_eq!(page.header("location"), format!("{address}?did=saved#moat"));
    let (_, _, input) = doors.written.lock().unwrap()[0].clone();
    assert_eq!(
        input,
        json!({"startup": STARTUP, "key": "moat", "state": "OK", "note": "two patents"})
    );
    let page = post(&doors, &address, form, &[OURS, SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("is not on the list").has("two patents</textarea>");
    let page = post(&doors, &address, "item=team&state=&note=x", &[OURS, SIGNED_IN]).await;
    page.has("Choose what came of it.");
    get(&doors, &address, &[SIGNED_IN]).await.lacks("<textarea");
}
