//! Adding and editing a startup, over doors that answer from a script.

#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use std::sync::Arc;

use axum::http::StatusCode;
use script::{Answer, OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const EDIT: &str = "/startups/startup_a/edit";

fn frame(role: &str) -> Value {
    json!({
        "viewer": {"name": "Somebody", "role": role},
        "sectors": [{
            "slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": true, "parent": null, "children": [],
        }],
    })
}

fn new(role: &str) -> Value {
    json!({ "data": frame(role) })
}

/// The form's data of a startup at a version.
fn known(version: i32, city: &str, pain: &str) -> Value {
    let mut data = frame("ANALYST");
    data["startup"] = json!({
        "id": "startup_a", "__typename": "Startup", "name": "Cubeforge", "version": version,
        "aliases": [{"name": "立方工坊", "language": "zh", "kind": "BRAND"}],
        "domains": ["cubeforge.example"], "website": null, "oneLiner": null, "description": null,
        "country": "CN", "city": city, "foundedOn": "2022-09-01", "productLaunchedOn": null,
        "previousFocus": null, "pivotedOn": null, "structure": "ONSHORE", "layer": "APP",
        "sectors": [{"slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": true}],
        "technicalRoute": "BUILDS_ON_API", "ownsTrainingData": null, "usageFlywheel": null,
        "claimsLargeModel": null,
        "need": {"payer": "Game studios", "pain": pain, "costToday": null, "alternativeToday": null},
        "customFields": {}, "updatedAt": "2024-07-31T03:58:00Z",
        "activity": {"nodes": [{
            "id": "activity_a", "at": "2024-07-31T03:58:00Z", "by": {"name": "Partner 1"}, "verb": "updateStartup", "import": null,
            "subject": {"__typename": "Startup", "id": "startup_a"}, "before": {}, "after": {}}]},
    });
    json!({ "data": data })
}

fn errors(mutation: &str, errors: Value) -> Value {
    json!({"data": {mutation: {"startup": null, "userErrors": errors}}})
}

fn saved(mutation: &str) -> Value {
    json!({"data": {mutation: {"startup": {"id": "startup_a"}, "userErrors": []}}})
}

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let rest = page
        .body
        .split_once(&format!("<input type=\"hidden\" name=\"{name}\" value=\""))
        .unwrap()
        .1;
    rest.split_once('"')
        .unwrap()
        .0
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// The form as a browser would send it after some fields were typed into.
fn filled(page: &Answer, typed: &str) -> String {
    let base = hidden(page, "base");
    let names: Vec<&str> = typed
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    let kept: Vec<&str> = base
        .split('&')
        .filter(|pair| !names.contains(&pair.split('=').next().unwrap()))
        .collect();
    let (key, version) = (hidden(page, "key"), hidden(page, "version"));
    let base: String = url_encoded(&base);
    format!(
        "{}&{typed}&key={key}&version={version}&base={base}",
        kept.join("&")
    )
}

fn url_encoded(text: &str) -> String {
    text.bytes()
        .fold(String::new(), |text, b| text + &format!("%{b:02X}"))
}

async fn send(doors: &Arc<Script>, address: &str, form: &str) -> Answer {
    post(doors, address, form, &[SIGNED_IN, OURS]).await
}

#[tokio::test]
async fn a_newcomer_is_added_with_what_was_typed_and_nothing_else() {
    let doors = Script::answering([new("ANALYST"), saved("createStartup")]);
    let page = get(&doors, "/startups/new?name=%E7%AB%8B%E6%96%B9", &[SIGNED_IN]).await;
    page.has("value=\"立方\"").has("Robotics ★").has("data-submit");
    let key = hidden(&page, "key");
    assert!(key.len() >= 32);
    let form = format!(
        "name=CF+Studio&city=&website=cf.example&sectors=robotics&layer=APP&technicalRoute=UNKNOWN\
         &structure=UNDECIDED&aliases.0.name=&aliases.0.kind=OTHER&usageFlywheel.holds=&usageFlywheel.grade=CLAIMED\
         &need.payer=Studios&foundedOn=2022%2F9%2F1&key={key}"
    );
    let page = send(&doors, "/startups/new", &form).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups/startup_a?did=added")
    );
    assert_eq!(
        doors.written.lock().unwrap()[0],
        (
            "CreateStartup".to_owned(),
            key,
            json!({
                "name": "CF Studio", "website": "https://cf.example", "sectors": ["robotics"], "layer": "APP",
                "technicalRoute": "UNKNOWN", "structure": "UNDECIDED", "foundedOn": "2022-09-01",
                "need": {"payer": "Studios", "pain": null, "costToday": null, "alternativeToday": null},
            })
        )
    );
}

#[tokio::test]
async fn who_is_here_already_is_named_with_a_link_and_what_was_typed_stays() {
    let taken = errors(
        "createStartup",
        json!([{"code": "TAKEN", "message": "already here: Cubeforge (startup_b), same domain cf.example",
                "field": ["domains"], "existing": "startup_b"}]),
    );
    let name = json!({"data": {"startup": {"name": "Cubeforge"}}});
    let doors = Script::answering([taken, name, new("ANALYST")]);
    let page = send(
        &doors,
        "/startups/new",
        "name=CF+Studio&domains=cf.example&city=Y&key=k-123456789",
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Already here: Cubeforge (same domain).")
        .has("href=\"/startups/startup_b\">Look at Cubeforge</a>")
        .has("value=\"CF Studio\"")
        .has("value=\"Y\"");
    // The summary takes focus and leads to the field; the field says what is wrong with it.
    page.has("id=\"faults\" role=\"alert\" tabindex=\"-1\" autofocus")
        .has("href=\"#f-domains\">Domains</a>")
        .has("aria-describedby=\"f-domains-hint f-domains-fault\" aria-invalid=\"true\"");
    // Another key: the refusal was kept under the old one.
    assert_ne!(hidden(&page, "key"), "k-123456789");
}

#[tokio::test]
async fn what_needs_no_server_is_told_without_asking_it() {
    let doors = Script::answering([new("ANALYST")]);
    let page = send(
        &doors,
        "/startups/new",
        "name=&foundedOn=last+year&claimsLargeModel.words=huge&key=k-123456789",
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say its name.")
        .has("“last year” is no day")
        .has("Says it has a large model, Is it so?</a>: Say yes or no");
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn only_what_was_changed_is_saved_against_the_version_that_was_read() {
    let doors = Script::answering([known(3, "Shenzhen", "slow"), saved("updateStartup")]);
    let page = get(&doors, EDIT, &[SIGNED_IN]).await;
    page.has("value=\"Cubeforge\"").has("value=\"立方工坊\"");
    let form = filled(&page, "city=&need.pain=slower");
    let page = send(&doors, EDIT, &form).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups/startup_a?did=saved"),
        "{}",
        page.body
    );
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({
            "id": "startup_a", "version": 3, "city": null,
            "need": {"payer": "Game studios", "pain": "slower", "costToday": null, "alternativeToday": null},
        })
    );
}

#[tokio::test]
async fn saving_without_a_change_writes_nothing() {
    let doors = Script::answering([known(3, "Shenzhen", "slow")]);
    let page = get(&doors, EDIT, &[SIGNED_IN]).await;
    let form = filled(&page, "city=Shenzhen");
    let page = send(&doors, EDIT, &form).await;
    assert_eq!(page.header("location"), "/startups/startup_a");
    assert!(doors.written.lock().unwrap().is_empty());
}

fn stale() -> Value {
    errors(
        "updateStartup",
        json!([{"code": "STALE_VERSION", "message": "somebody changed it", "field": ["version"], "existing": null}]),
    )
}

#[tokio::test]
async fn of_two_who_edit_the_second_sees_both_values_and_chooses() {
    for (resolve, pain) in [("mine", "mine hurts"), ("theirs", "theirs hurts")] {
        let doors = Script::answering([
            known(3, "Shenzhen", "slow"),
            stale(),
            known(4, "Beijing", "theirs hurts"),
            saved("updateStartup"),
        ]);
        let page = get(&doors, EDIT, &[SIGNED_IN]).await;
        let page = send(
            &doors,
            EDIT,
            &filled(&page, "need.pain=mine+hurts&oneLiner=new+line"),
        )
        .await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        page.has("Partner 1 changed this at 11:58, while you were editing.")
            .has("mine hurts</td>")
            .has("theirs hurts</td>");
        // What only they changed is taken over, what only I changed stays, and the version is theirs.
        page.has("value=\"Beijing\"").has("value=\"new line\"");
        assert_eq!(hidden(&page, "version"), "4");
        assert_eq!(hidden(&page, "conflict"), "need.pain");
        let form = format!(
            "{}&conflict=need.pain&resolve={resolve}",
            filled(&page, "need.pain=mine+hurts&oneLiner=new+line")
        );
        let page = send(&doors, EDIT, &form).await;
        assert_eq!(page.header("location"), "/startups/startup_a?did=saved");
        let written = doors.written.lock().unwrap();
        let input = &written[1].2;
        assert_eq!(input["version"], 4);
        assert_eq!(input["oneLiner"], "new line");
        assert!(input.get("city").is_none(), "theirs stays");
        let told = input
            .get("need")
            .map_or("theirs hurts", |need| need["pain"].as_str().unwrap());
        assert_eq!(told, pain);
    }
}

#[tokio::test]
async fn a_reader_gets_no_form_and_a_forged_one_does_nothing() {
    let doors = Script::answering([new("VIEWER")]);
    let page = get(&doors, "/startups/new", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.has("Your role may not do this").lacks("<textarea");
    let forbidden = json!({"data": null, "errors": [{"message": "no", "extensions": {"code": "FORBIDDEN"}}]});
    let doors = Script::answering([forbidden]);
    let page = send(&doors, "/startups/new", "name=X").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    for address in ["/startups/new", EDIT] {
        let doors = Script::answering([]);
        let page = post(
            &doors,
            address,
            "name=X",
            &[SIGNED_IN, ("sec-fetch-site", "cross-site")],
        )
        .await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{address}");
        assert!(doors.written.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_key_that_was_used_with_other_words_is_told_and_the_form_goes_on() {
    let used = json!({"data": null, "errors": [
        {"message": "the key was used otherwise", "extensions": {"code": "BAD_USER_INPUT"}}]});
    let doors = Script::answering([used, new("ANALYST")]);
    let page = send(&doors, "/startups/new", "name=X&key=k-123456789").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("The key was used otherwise").has("value=\"X\"");
}
