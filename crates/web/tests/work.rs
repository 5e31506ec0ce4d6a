//! My work, quick add, interactions and tasks, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const STARTUP: &str = "startup_01h455vb4pex5vsknk084sn02q";

fn reader(role: &str) -> Value {
    json!({"data": {"viewer": {"id": "user_1", "name": "Somebody", "role": role}}})
}

fn task(id: &str, what: &str, due: Option<&str>) -> Value {
    json!({"id": id, "what": what, "who": {"name": "Somebody"}, "due": due, "doneAt": null,
        "startup": {"id": STARTUP, "name": "Cubeforge"}, "deal": null, "version": 1})
}

fn deal(title: &str, due: Option<&str>) -> Value {
    json!({"id": "deal_a", "title": title, "startup": {"id": STARTUP, "name": "立方工坊"}, "nextStep": "Call two studios",
        "nextStepDue": due})
}

fn home(tasks: Value, deals: Value) -> Value {
    json!({"data": {"tasks": tasks, "deals": {"nodes": deals}}})
}

/// A form's frame: who looks, and whose page it is.
fn frame(role: &str) -> Value {
    json!({"data": {"viewer": {"name": "Somebody", "role": role},
        "startup": {"id": STARTUP, "name": "Cubeforge", "deals": {"nodes": [{"id": "deal_a", "title": "Cubeforge seed"}]}},
        "users": [{"id": "user_1", "name": "Ann", "isActive": true}, {"id": "user_2", "name": "Gone", "isActive": false}]}})
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
    let doors = Script::answering([viewer, captured]);
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
    let doors = Script::answering([refused, viewer("ANALYST"), viewer("ANALYST"), viewer("VIEWER")]);
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
