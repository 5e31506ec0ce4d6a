//! The search, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{SIGNED_IN, Script, get};
use serde_json::{Value, json};

fn found(role: &str, startups: Value, evidence: Value) -> Value {
    json!({"data": {
        "viewer": {"name": "Somebody", "role": role},
        "startups": startups, "deals": [], "people": [{
            "title": "李雷", "snippet": "", "node": {"__typename": "Person", "id": "person_a", "affiliations": []}}],
        "documents": [], "evidence": evidence,
        "meetings": [{"title": "Committee on cubes", "snippet": "2025-03-03 10:00", "node": {"__typename": "Review", "id": "review_a"}}],
        "theses": [{"title": "Cubes last", "snippet": "", "node": {"__typename": "Thesis", "id": "thesis_a"}}],
        "capabilities": [{"title": "models make cubes", "snippet": "", "node": {"__typename": "Capability", "id": "capability_a"}}],
    }})
}

fn nothing(role: &str) -> Value {
    json!({"data": {
        "viewer": {"name": "Somebody", "role": role},
        "startups": [], "deals": [], "people": [], "documents": [], "evidence": [], "meetings": [], "theses": [], "capabilities": [],
    }})
}

fn cubeforge() -> Value {
    found(
        "ANALYST",
        json!([{"title": "Cube<forge>", "snippet": "3D from a sketch",
                "node": {"__typename": "Startup", "id": "startup_a"}}]),
        json!([{"title": "Cube<forge>", "snippet": "cube users", "node": {
                "__typename": "Evidence", "id": "evidence_a", "startup": {"id": "startup_a"}}}]),
    )
}

#[tokio::test]
async fn hits_stand_in_groups_with_what_matched_marked_and_lead_to_their_place() {
    let doors = Script::answering([cubeforge()]);
    let page = get(&doors, "/search?q=cube", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Search: cube · Touchstone</title>")
        .has("<mark>Cube</mark>&#60;forge&#62;")
        .has("href=\"/startups/startup_a\" data-hit")
        .has("href=\"/startups/startup_a#ev-a\"")
        .has("<h2 id=\"hits-evidence\">Evidence</h2>")
        .has("<span class=\"no-page\">")
        .has("<h2 id=\"hits-meetings\">Reviews</h2>")
        .has("href=\"/reviews/review_a\" data-hit>")
        .has("<span>2025-03-03 10:00</span>")
        .has("<h2 id=\"hits-theses\">Theses</h2>")
        .has("href=\"/theses/thesis_a\" data-hit>")
        .has("<h2 id=\"hits-capabilities\">Capabilities of models</h2>")
        .has("href=\"/capabilities/capability_a\" data-hit>")
        .lacks("hits-deals");
    assert_eq!(
        doors.asked(),
        [json!({"query": "cube", "first": 8, "asks": true})]
    );
}

#[tokio::test]
async fn the_overlay_gets_the_same_results_without_the_page_around_them() {
    let doors = Script::answering([cubeforge()]);
    let part = get(&doors, "/search?q=cube", &[SIGNED_IN, ("hx-request", "true")]).await;
    assert_eq!(part.status, StatusCode::OK);
    part.has("href=\"/startups/startup_a\" data-hit")
        .lacks("<html")
        .lacks("<script");
}

#[tokio::test]
async fn who_may_write_can_create_what_was_not_found() {
    for (role, creates) in [("ANALYST", true), ("VIEWER", false)] {
        let doors = Script::answering([nothing(role)]);
        let page = get(&doors, "/search?q=%E7%AB%8B%20%26", &[SIGNED_IN]).await;
        page.has("No match.");
        let link = "href=\"/startups/new?name=%E7%AB%8B+%26\" data-hit>Create “立 &#38;”</a>";
        assert_eq!(page.body.contains(link), creates, "{role}");
    }
}

#[tokio::test]
async fn too_little_is_not_searched_for() {
    let short = json!({"data": {"viewer": {"name": "Somebody", "role": "ANALYST"}}});
    for address in ["/search", "/search?q=a", "/search?q=+"] {
        let doors = Script::answering([short.clone()]);
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        page.has("Type two letters");
        assert_eq!(doors.asked()[0]["asks"], false);
    }
    let page = get(&Script::answering([]), "/search?q=cube", &[]).await;
    assert_eq!(page.header("location"), "/login?next=%2Fsearch%3Fq%3Dcube");
}
