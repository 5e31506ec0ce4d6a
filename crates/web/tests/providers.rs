//! The pages of providers, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

fn viewer(role: &str) -> Value {
    json!({"name": "Ada", "role": role})
}

fn exposure(startups: i32, critical: i32, deals: i32) -> Value {
    json!({"startups": startups, "criticalStartups": critical, "withoutAlternative": 1, "activeDeals": deals, "portfolio": 0,
        "amount": [{"low": "4000000", "high": "7000000", "currency": "USD", "asFound": null}], "amountUnknown": 0})
}

fn startup(name: &str) -> Value {
    json!({"id": "startup_1", "name": name, "conviction": "28.5", "demand": "0.489", "bestGrade": "DOCUMENTED", "flags": [],
        "need": {"payer": null}})
}

fn deal(visibility: &str) -> Value {
    json!({"id": "deal_1", "title": "Cubeforge Seed", "visibility": visibility,
        "stage": {"key": "SCREENING", "name": "Screening", "nameZh": "初筛", "order": 1, "isRetired": false},
        "overridden": ["VERIFIED_PROOF"], "amountSought": {"low": "1000000", "high": "2000000", "currency": "USD", "asFound": null}})
}

fn terms() -> Value {
    json!({"mode": "API", "critical": true, "costShare": "0.45", "alternative": null, "since": "2024-01-01", "until": null})
}

fn list(role: &str) -> Value {
    json!({"data": {"viewer": viewer(role), "providers": [
        {"id": "provider_1", "name": "Basemodel <One>", "exposure": exposure(3, 3, 2),
         "events": [{"kind": "PRICE", "on": "2024-06-30", "precision": "MONTH", "summary": "90% cheaper"}]},
        {"id": "provider_2", "name": "Another", "exposure": {"startups": 0, "criticalStartups": 0, "withoutAlternative": 0,
            "activeDeals": 0, "portfolio": 0, "amount": [], "amountUnknown": 0}, "events": []},
    ]}})
}

fn page(role: &str) -> Value {
    let mut of_startup = startup("Cubeforge");
    of_startup["deals"] = json!({"nodes": [deal("RESTRICTED")]});
    let mut dependency = terms();
    dependency["startup"] = of_startup;
    let mut exposure_of_it = exposure(3, 2, 2);
    exposure_of_it["dependencies"] = json!([dependency]);
    json!({"data": {"viewer": viewer(role), "provider": {"id": "provider_1", "name": "Basemodel One",
        "startup": {"id": "startup_9", "name": "Basemodel Inc"},
        "events": [{"id": "providerevent_1", "kind": "SHUTDOWN", "on": "2024-06-30", "precision": "QUARTER", "summary": "The old API ends",
            "sourceUrl": "javascript:alert(1)", "recordedAt": "2024-07-01T02:00:00Z", "by": {"id": "user_1", "name": "Ada"},
            "exposure": exposure(1, 1, 1)}],
        "exposure": exposure_of_it}}})
}

fn what_if(role: &str) -> Value {
    json!({"data": {"viewer": viewer(role), "provider": {"id": "provider_1", "name": "Basemodel One"}, "whatIf": {
        "exposure": exposure(3, 3, 2),
        "hits": [{"startup": startup("Wrapwell"), "dependency": terms(), "severity": "HIGH", "effect": "loses its moat",
            "deals": [deal("TEAM")]}]}}})
}

fn frame(role: &str) -> Value {
    json!({"data": {"viewer": viewer(role), "provider": {"id": "provider_1", "name": "Basemodel One"}}})
}

#[tokio::test]
async fn the_list_tells_who_is_exposed_to_each_and_what_it_did_last() {
    let doors = Script::answering([list("ANALYST"), list("VIEWER"), list("ANALYST")]);
    get(&doors, "/providers", &[SIGNED_IN])
        .await
        .has("<title>Providers · Touchstone</title>")
        .has("Basemodel &#60;One&#62;")
        .has("<a href=\"/providers/provider_1#dependents\">3</a>")
        .has("US$4M–7M")
        .has("Jun 2024")
        .has("90% cheaper")
        .has("href=\"/providers/new\"")
        .has("<a href=\"/providers\" aria-current=\"page\">Providers</a>");
    get(&doors, "/providers?lang=zh", &[SIGNED_IN])
        .await
        .has("模型供应商")
        .has("2024年6月")
        .has("调价")
        .lacks("/providers/new");
    let page = get(&doors, "/providers?as_of=2024-07-01", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[2], json!({"asOf": "2024-07-01T15:59:59.999999Z"}));
    page.has("href=\"/providers/provider_1?as_of=2024-07-01\"")
        .lacks("/providers/new");
}

#[tokio::test]
async fn a_provider_tells_what_it_did_and_who_builds_on_it_with_what_is_at_stake() {
    let doors = Script::answering([page("ANALYST"), page("VIEWER")]);
    get(&doors, "/providers/provider_1", &[SIGNED_IN])
        .await
        .has("<title>Basemodel One · Touchstone</title>")
        .has("3 startups, 2 active deals, US$4M–7M · 2 critical · 1 without an alternative")
        .has("href=\"/startups/startup_9\"")
        .has("Q2 2024")
        .has("href=\"/providers/provider_1/events/providerevent_1\">1 startup, 1 active deal, US$4M–7M</a>")
        .has("Cubeforge Seed")
        .has("Only its team sees this")
        .has("US$1M–2M")
        .has("Gate overridden: Verified proof")
        .has("45%")
        .has("No 1 in front")
        .has("href=\"/providers/provider_1/what-if\"")
        .has("href=\"/providers/provider_1/events/new\"")
        .lacks("javascript:");
    get(&doors, "/providers/provider_1", &[SIGNED_IN])
        .await
        .has("href=\"/providers/provider_1/what-if\"")
        .lacks("/events/new");
}

#[tokio::test]
async fn an_event_tells_who_was_exposed_to_it_and_stands_under_its_own_provider_alone() {
    let mut of_startup = startup("Cubeforge");
    of_startup["deals"] = json!({"nodes": [deal("TEAM")]});
    let mut dependency = terms();
    dependency["startup"] = of_startup;
    let mut exposed = exposure(1, 1, 1);
    exposed["dependencies"] = json!([dependency]);
    let event = json!({"data": {"viewer": viewer("VIEWER"), "providerEvent": {"provider": {"id": "provider_1", "name": "Basemodel One"},
        "kind": "SHUTDOWN", "on": "2024-06-30", "precision": "DAY", "summary": "The old API ends", "sourceUrl": "https://news.example/end",
        "recordedAt": "2024-07-01T02:00:00Z", "by": null, "exposure": exposed}}});
    let doors = Script::answering([event.clone(), event.clone(), event]);
    let address = "/providers/provider_1/events/providerevent_1";
    get(&doors, address, &[SIGNED_IN])
        .await
        .has("<title>The old API ends · Touchstone</title>")
        .has("1 startup, 1 active deal, US$4M–7M · all critical")
        .has("Cubeforge Seed")
        .has("href=\"https://news.example/end\"");
    let past = get(&doors, &format!("{address}?as_of=2024-07-01"), &[SIGNED_IN]).await;
    past.has("href=\"/providers/provider_1?as_of=2024-07-01\"");
    assert_eq!(doors.asked()[1]["asOf"], json!("2024-07-01T15:59:59.999999Z"));
    let other = get(
        &doors,
        "/providers/provider_2/events/providerevent_1",
        &[SIGNED_IN],
    )
    .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_if_asks_for_ninety_percent_unless_something_else_is_said() {
    let doors = Script::answering([
        what_if("ANALYST"),
        what_if("VIEWER"),
        what_if("VIEWER"),
        what_if("ANALYST"),
    ]);
    let address = "/providers/provider_1/what-if";
    get(&doors, address, &[SIGNED_IN])
        .await
        .has("What if Basemodel One cuts its prices by 90%?")
        .has("3 startups, 2 active deals, US$4M–7M · all critical")
        .has("● </span>Hard")
        .has("loses its moat")
        .has("/events/new?kind=PRICE&#38;summary=");
    get(&doors, &format!("{address}?event=shutdown&lang=zh"), &[SIGNED_IN])
        .await
        .has("如果 Basemodel One 关闭 API？")
        .has("全部为关键依赖")
        .has("严重")
        .lacks("/events/new");
    get(
        &doors,
        &format!("{address}?event=price&pct=%2B50%25"),
        &[SIGNED_IN],
    )
    .await
    .has("raises its prices by 50%?");
    let past = get(
        &doors,
        &format!("{address}?event=ships&as_of=2024-07-01"),
        &[SIGNED_IN],
    )
    .await;
    past.has("name=\"as_of\" value=\"2024-07-01\"")
        .lacks("/events/new");
    let asked = doors.asked();
    let of = |n: usize| {
        (
            asked[n]["scenario"].clone(),
            asked[n]["percent"].clone(),
            asked[n]["isAsked"].clone(),
        )
    };
    assert_eq!(of(0), (json!("PRICE"), json!("-90"), json!(true)));
    assert_eq!(of(1), (json!("SHUTDOWN"), Value::Null, json!(true)));
    assert_eq!(of(2), (json!("PRICE"), json!("50"), json!(true)));
    assert_eq!(of(3), (json!("SHIPS_SAME"), Value::Null, json!(true)));
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_and_shows_no_rows() {
    let doors = Script::answering([frame("ANALYST"), frame("ANALYST")]);
    let address = "/providers/provider_1/what-if";
    for (query, said) in [
        ("event=price&pct=-100", "more than -100 and at most 1000"),
        ("event=earthquake", "There is no such case"),
    ] {
        let answer = get(&doors, &format!("{address}?{query}"), &[SIGNED_IN]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        answer.has(said).lacks("id=\"hits\"").lacks("/events/new");
    }
    assert!(doors.asked().iter().all(|asked| asked["isAsked"] == json!(false)));
}

#[tokio::test]
async fn an_event_is_recorded_as_typed_and_what_is_missing_is_said_beside_its_field() {
    let done = json!({"data": {"recordProviderEvent": {"userErrors": []}}});
    let refused = json!({"data": {"recordProviderEvent": {"userErrors": [
        {"code": "INVALID", "message": "\"news\" is no web address", "field": ["sourceUrl"], "existing": null}]}}});
    let doors = Script::answering([
        frame("ANALYST"),
        frame("ANALYST"),
        refused,
        frame("ANALYST"),
        done,
        frame("VIEWER"),
    ]);
    let address = "/providers/provider_1/events/new";
    get(
        &doors,
        &format!("{address}?kind=SHUTDOWN&summary=The+API+ends"),
        &[SIGNED_IN],
    )
    .await
    .has("name=\"kind\" value=\"SHUTDOWN\" checked")
    .has("The API ends")
    .has("value=\"2024-07-31\"");
    let empty = post(
        &doors,
        address,
        "key=abcdefgh1234&on=&summary=",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty
        .has("Say what it did.")
        .has("Say it in a sentence.")
        .has("Say on which day.");
    let form = "key=abcdefgh1234&kind=PRICE&on=2024-07-30&precision=DAY&summary=half&sourceUrl=news";
    let wrong = post(&doors, address, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has("is no web address").has("value=\"news\"");
    let form = "key=abcdefgh1234&kind=PRICE&on=2024-07-30&precision=DAY&summary=half&sourceUrl=";
    let saved = post(&doors, address, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(saved.header("location"), "/providers/provider_1?did=recorded");
    assert_eq!(
        doors.written.lock().unwrap()[1].2,
        json!({"provider": "provider_1", "kind": "PRICE", "on": "2024-07-30", "precision": "DAY", "summary": "half"})
    );
    let reader = get(&doors, address, &[SIGNED_IN]).await;
    assert_eq!(reader.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_provider_is_added_by_name_and_one_that_is_here_is_told() {
    let taken = json!({"data": {"createProvider": {"provider": null, "userErrors": [
        {"code": "TAKEN", "message": "Basemodel One is here already", "field": ["name"], "existing": "provider_1"}]}}});
    let done = json!({"data": {"createProvider": {"provider": {"id": "provider_2", "name": "Another"}, "userErrors": []}}});
    let viewer_of = |role: &str| json!({"data": {"viewer": viewer(role)}});
    let doors = Script::answering([
        viewer_of("ANALYST"),
        taken,
        viewer_of("ANALYST"),
        done,
        viewer_of("VIEWER"),
    ]);
    let address = "/providers/new";
    let empty = post(&doors, address, "key=abcdefgh1234&name=+", &[SIGNED_IN, OURS]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.has("Say what it is called.");
    let known = post(
        &doors,
        address,
        "key=abcdefgh1234&name=Basemodel+One",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
    known.has("Basemodel One is here already");
    let saved = post(
        &doors,
        address,
        "key=abcdefgh1234&name=Another",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(saved.header("location"), "/providers/provider_2?did=added");
    let reader = get(&doors, address, &[SIGNED_IN]).await;
    assert_eq!(reader.status, StatusCode::FORBIDDEN);
}
