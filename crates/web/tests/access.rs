//! Addresses of calendars made in the browser, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, post};
use serde_json::{Value, json};

fn access() -> Value {
    json!({"data": {"viewer": {"name": "Ada", "role": "ANALYST"}, "tokens": []}})
}

fn made() -> Value {
    json!({"data": {"createToken": {"secret": "tst_secret", "userErrors": []}}})
}

#[tokio::test]
async fn a_calendars_address_is_where_people_reach_the_pages() {
    let doors = Script::answering([made(), access(), made(), access()]);
    let host = ("host", "10.0.0.7:8080");
    let make = async || {
        let form = "key=abcdefgh1234";
        post(
            &doors,
            "/settings/access/calendar",
            form,
            &[SIGNED_IN, OURS, host],
        )
        .await
    };
    let page = make().await;
    assert_eq!(
        (page.status, page.header("cache-control")),
        (StatusCode::OK, "private, no-store")
    );
    page.has("value=\"http://10.0.0.7:8080/calendar/tst_secret.ics?lang=en\"")
        .has("href=\"webcal://10.0.0.7:8080/calendar/tst_secret.ics?lang=en\"");
    *doors.url.lock().unwrap() = Some("https://deals.example".to_owned());
    make()
        .await
        .has("value=\"https://deals.example/calendar/tst_secret.ics?lang=en\"")
        .has("href=\"webcal://deals.example/calendar/tst_secret.ics?lang=en\"")
        .lacks("10.0.0.7");
}

#[tokio::test]
async fn why_an_address_is_not_made_stands_on_the_page() {
    let refused = json!({"data": {"createToken": {"secret": null, "userErrors": [
        {"code": "NOT_ALLOWED", "message": "a token makes no tokens", "field": [], "existing": null}]}}});
    let doors = Script::answering([refused, access()]);
    let page = post(
        &doors,
        "/settings/access/calendar",
        "key=abcdefgh1234",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("id=\"faults\"")
        .has("A token makes no tokens")
        .lacks("webcal:");
}
