//! The settings of kinds of meetings, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

fn settings(role: &str) -> Value {
    json!({"data": {
        "viewer": {"name": "Ada", "role": role},
        "reviewKinds": [
            {"kind": "WEEKLY", "rule": "LEAD_DECIDES", "threshold": null, "quorum": "NONE", "isBlind": false, "vetoHolders": [],
             "everyDays": 7, "minutes": 60, "stage": null, "attendees": [], "version": 1},
            {"kind": "COMMITTEE", "rule": "THRESHOLD", "threshold": 3, "quorum": "HALF", "isBlind": true,
             "vetoHolders": [{"id": "user_2", "name": "Partner 1"}], "everyDays": null, "minutes": 90, "stage": "COMMITTEE",
             "attendees": [{"id": "user_1", "name": "Ada"}, {"id": "user_2", "name": "Partner 1"}], "version": 4},
        ],
        "users": [
            {"id": "user_1", "name": "Ada", "isActive": true}, {"id": "user_2", "name": "Partner 1", "isActive": true},
            {"id": "user_3", "name": "Gone", "isActive": false},
        ],
        "stages": [
            {"key": "COMMITTEE", "name": "Committee", "nameZh": "投决会", "order": 5, "isRetired": false},
            {"key": "OLD", "name": "Old", "nameZh": "旧", "order": 6, "isRetired": true},
        ],
    }})
}

fn saved(errors: Value) -> Value {
    json!({"data": {"updateReviewKind": {"userErrors": errors}}})
}

const TYPED: &str = "key=abcdefgh1234&version=4&rule=MAJORITY&threshold=3&quorum=yes&isBlind=no&vetoHolders=user_2&everyDays=&minutes=45\
     &stage=&attendees=user_1&attendees=user_2";

#[tokio::test]
async fn kinds_are_told_in_words_and_edited_by_administrators_alone() {
    let doors = Script::answering([settings("ADMIN"), settings("PARTNER")]);
    let page = get(&doors, "/settings/meetings", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("every 7 days")
        .has("3 yes of the members, blind until voting is closed, half of the voters must vote")
        .has("when there is something to decide")
        .has("<span class=\"data\">Ada, Partner 1</span>")
        .has("href=\"/settings/meetings/COMMITTEE\"");
    get(&doors, "/settings/meetings", &[SIGNED_IN])
        .await
        .has("every 7 days")
        .lacks("href=\"/settings/meetings/COMMITTEE\"");
    let doors = Script::answering([settings("PARTNER"), settings("ADMIN")]);
    let form = get(&doors, "/settings/meetings/COMMITTEE", &[SIGNED_IN]).await;
    assert_eq!(form.status, StatusCode::FORBIDDEN);
    let none = get(&doors, "/settings/meetings/MONTHLY", &[SIGNED_IN]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_begins_with_what_holds_and_sends_all_of_it() {
    let doors = Script::answering([settings("ADMIN"), saved(json!([]))]);
    let form = get(&doors, "/settings/meetings/COMMITTEE", &[SIGNED_IN]).await;
    form.has("<option value=\"THRESHOLD\" selected>")
        .has("name=\"threshold\" value=\"3\"")
        .has("name=\"isBlind\" value=\"yes\" checked")
        .has("name=\"vetoHolders\" value=\"user_2\" checked")
        .has("name=\"everyDays\" value=\"\"")
        .has("<option value=\"COMMITTEE\" selected>Committee</option>")
        .has("name=\"version\" value=\"4\"")
        .lacks("user_3")
        .lacks("value=\"OLD\"");
    // A stage that the pipeline has no more is not lost by saving.
    let mut gone = settings("ADMIN");
    gone["data"]["reviewKinds"][1]["stage"] = json!("GONE");
    let form = get(
        &Script::answering([gone]),
        "/settings/meetings/COMMITTEE",
        &[SIGNED_IN],
    )
    .await;
    form.has("<option value=\"GONE\" selected>GONE</option>");
    let page = post(&doors, "/settings/meetings/COMMITTEE", TYPED, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/settings/meetings?did=saved");
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0],
        (
            "UpdateReviewKind".to_owned(),
            "abcdefgh1234".to_owned(),
            // A threshold is of that rule alone; what is blank is none.
            json!({"kind": "COMMITTEE", "version": 4, "rule": "MAJORITY", "threshold": null, "quorum": "HALF", "isBlind": false,
                "vetoHolders": ["user_2"], "everyDays": null, "minutes": 45, "stage": null, "attendees": ["user_1", "user_2"]})
        )
    );
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays() {
    let doors = Script::answering([settings("ADMIN")]);
    let typed = TYPED.replace("minutes=45", "minutes=an+hour");
    let page = post(&doors, "/settings/meetings/COMMITTEE", &typed, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Give a whole number.")
        .has("name=\"minutes\" value=\"an hour\"");
    assert!(doors.written.lock().unwrap().is_empty());

    let error = |code: &str, field: &str, message: &str| json!([{"code": code, "message": message, "field": [field], "existing": null}]);
    let doors = Script::answering([
        saved(error("INVALID", "minutes", "45 is too short")),
        settings("ADMIN"),
        saved(error("STALE_VERSION", "version", "somebody changed it")),
        settings("ADMIN"),
    ]);
    let page = post(&doors, "/settings/meetings/COMMITTEE", TYPED, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("45 is too short")
        .has("<option value=\"MAJORITY\" selected>");
    let old = TYPED.replace("version=4", "version=3");
    let page = post(&doors, "/settings/meetings/COMMITTEE", &old, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Somebody changed it")
        .has("name=\"version\" value=\"4\"")
        .has("<option value=\"MAJORITY\" selected>");
}
