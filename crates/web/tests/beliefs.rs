//! The pages of theses and capabilities, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const CAPABILITY: &str = "/capabilities/capability_1";

fn viewer(role: &str) -> Value {
    json!({"name": "Ada", "role": role})
}

fn sector() -> Value {
    json!({"slug": "3d-generation", "name": "3D generation", "nameZh": "3D 资产生成", "isFocus": true})
}

fn startup(name: &str) -> Value {
    json!({"id": "startup_1", "name": name, "conviction": "28.5", "demand": "0.489", "bestGrade": "DOCUMENTED", "flags": [],
        "need": {"payer": null}})
}

fn deal(title: &str, when: Value) -> Value {
    json!({"id": "deal_1", "title": title, "stage": {"key": "SCREENING", "name": "Screening", "nameZh": "初筛", "order": 1, "isRetired": false},
        "overridden": ["VERIFIED_PROOF"], "startup": startup("Meshwright"), "revisitWhen": when})
}

fn list(role: &str) -> Value {
    json!({"data": {
        "viewer": viewer(role),
        "theses": [{"id": "thesis_1", "statement": "Studios pay <first>", "layer": "APP", "sector": sector(), "status": "QUESTIONED",
            "reviewOn": "2024-07-01", "verdicts": [{"on": "2024-03-01"}, {"on": "2024-06-30"}], "startups": [{"id": "startup_1"}],
            "deals": [{"id": "deal_1"}, {"id": "deal_2"}]}],
        "capabilities": [{"id": "capability_1", "statement": "Models can make usable 3D assets", "sector": null, "status": "PARTLY",
            "verdicts": [], "startups": [], "waitingDeals": [{"id": "deal_1"}]}],
    }})
}

fn page(role: &str) -> Value {
    json!({"data": {"viewer": viewer(role), "capability": {
        "id": "capability_1", "statement": "Models can make usable 3D assets", "sector": sector(), "status": "PARTLY",
        "createdAt": "2024-01-01T02:00:00Z",
        "verdicts": [
            {"status": "NOT_YET", "on": "2022-12-16", "reason": "A point cloud", "sourceUrl": "javascript:alert(1)",
             "recordedAt": "2024-01-02T02:00:00Z", "by": {"id": "user_1", "name": "Ada"}},
            {"status": "PARTLY", "on": "2024-06-30", "reason": "One mesh in three", "sourceUrl": "https://news.example/3d",
             "recordedAt": "2024-07-01T02:00:00Z", "by": null},
        ],
        "startups": [startup("Cubeforge")], "deals": [],
        "waitingDeals": [deal("Meshwright Seed", json!({"capabilityStatus": "SOLVED"}))],
    }}})
}

fn asked(role: &str) -> Value {
    let deals = |n: usize| {
        (0..n)
            .map(|n| json!({"id": format!("deal_{n}")}))
            .collect::<Vec<_>>()
    };
    json!({"data": {"viewer": viewer(role), "capability": {
        "statement": "Models can make usable 3D assets", "status": "PARTLY",
        "startups": (0..7).map(|n| json!({"id": format!("startup_{n}")})).collect::<Vec<_>>(),
        "partly": deals(1), "solved": deals(3),
    }}})
}

#[tokio::test]
async fn two_tables_say_how_each_stands_who_rests_on_it_and_what_waits() {
    let doors = Script::answering([list("ANALYST"), list("VIEWER"), list("ANALYST")]);
    get(&doors, "/theses", &[SIGNED_IN])
        .await
        .has("<title>Theses and capabilities · Touchstone</title>")
        .has("Studios pay &#60;first&#62;")
        .has("◐ </span>Questioned")
        .has("App · 3D generation")
        .has("<a href=\"/theses/thesis_1#deals\">2</a>")
        .has("<time datetime=\"2024-06-30\">2024-06-30</time>")
        .has("<time datetime=\"2024-07-01\" class=\"late\">")
        .has("<a href=\"/capabilities/capability_1#waiting\">1</a>")
        .has("href=\"/theses/new\"")
        .has("<a href=\"/theses\" aria-current=\"page\">Theses</a>");
    get(&doors, "/theses?lang=zh", &[SIGNED_IN])
        .await
        .has("存疑")
        .has("3D 资产生成")
        .lacks("/theses/new")
        .lacks("/capabilities/new");
    // Of the past nothing is written, and links stay in it.
    let page = get(&doors, "/theses?as_of=2024-07-01", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[2], json!({"asOf": "2024-07-01T15:59:59.999999Z"}));
    page.has("href=\"/theses/thesis_1?as_of=2024-07-01\"")
        .lacks("/theses/new");
}

#[tokio::test]
async fn a_capability_tells_its_verdicts_the_latest_first_and_what_waits_for_how_much() {
    let doors = Script::answering([page("ANALYST"), page("VIEWER")]);
    let told = get(&doors, CAPABILITY, &[SIGNED_IN]).await;
    told.has("<title>Models can make usable 3D assets · Touchstone</title>")
        .has("30 Jun 2024")
        .has("One mesh in three")
        .has("href=\"https://news.example/3d\"")
        .has("16 Dec 2022")
        .has("Meshwright Seed")
        .has("waits until Solved")
        .has("Gate overridden: Verified proof")
        .has("No 1 in front")
        .has("28.5")
        .has("0.489")
        .has("href=\"/capabilities/capability_1/verdict\"")
        .lacks("javascript:");
    let body = &told.body;
    assert!(body.find("One mesh in three").unwrap() < body.find("A point cloud").unwrap());
    get(&doors, CAPABILITY, &[SIGNED_IN])
        .await
        .has("Meshwright Seed")
        .lacks("/verdict\"")
        .lacks("/edit\"");
}

#[tokio::test]
async fn a_verdict_says_beside_each_status_what_it_would_bring_back() {
    let future = json!({"data": {"recordVerdict": {"userErrors": [
        {"code": "INVALID", "message": "2031-01-01 has not come yet", "field": ["on"], "existing": null}]}}});
    let done = json!({"data": {"recordVerdict": {"userErrors": []}}});
    let doors = Script::answering([
        asked("ANALYST"),
        asked("ANALYST"),
        future,
        asked("ANALYST"),
        done,
        asked("VIEWER"),
    ]);
    let address = format!("{CAPABILITY}/verdict");
    get(&doors, &address, &[SIGNED_IN])
        .await
        .has("7 startups bet on this, 0 passed deals would come back for review")
        .has("7 startups bet on this, 1 passed deal would come back for review")
        .has("7 startups bet on this, 3 passed deals would come back for review")
        .has("name=\"status\" value=\"PARTLY\" checked")
        .has("value=\"2024-07-31\"");
    get(&doors, &format!("{address}?lang=zh"), &[SIGNED_IN])
        .await
        .has("7 家公司押注于此，3 个不投项目将回到评审");
    let form = "key=abcdefgh1234&status=SOLVED&on=2031-01-01&reason=They+ship&sourceUrl=";
    let refused = post(&doors, &address, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused
        .has("href=\"#f-on\"")
        .has("They ship</textarea>")
        .has("name=\"status\" value=\"SOLVED\" checked");
    let saved = post(&doors, &address, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(
        (saved.status, saved.header("location")),
        (StatusCode::SEE_OTHER, "/capabilities/capability_1?did=judged")
    );
    assert_eq!(
        doors.written.lock().unwrap()[1].2,
        json!({"capability": "capability_1", "capabilityStatus": "SOLVED", "on": "2031-01-01", "reason": "They ship"})
    );
    let refused = get(&doors, &address, &[SIGNED_IN]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_thesis_is_written_down_and_only_what_was_changed_of_it_is_sent() {
    let frame = || json!({"data": {"viewer": viewer("ANALYST"), "sectors": []}});
    let edited = || {
        json!({"data": {"viewer": viewer("ANALYST"), "sectors": [], "thesis": {"statement": "Studios pay", "layer": "APP", "sector": null,
            "reviewOn": "2024-09-01", "version": 2}}})
    };
    let made = json!({"data": {"createThesis": {"thesis": {"id": "thesis_9"}, "userErrors": []}}});
    let changed = json!({"data": {"updateThesis": {"thesis": {"id": "thesis_9"}, "userErrors": []}}});
    let doors = Script::answering([frame(), frame(), made, edited(), changed]);
    get(&doors, "/theses/new", &[SIGNED_IN])
        .await
        .has("Look again on");
    let nothing = post(
        &doors,
        "/theses/new",
        "key=abcdefgh1234&statement=+",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.has("Write a sentence");
    let form = "key=abcdefgh1234&statement=Studios+pay&status=HELD&layer=APP&sector=&reviewOn=2024-09-01";
    let saved = post(&doors, "/theses/new", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(saved.header("location"), "/theses/thesis_9?did=saved");
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"statement": "Studios pay", "status": "HELD", "layer": "APP", "reviewOn": "2024-09-01"})
    );
    let form = "key=abcdefgh1234&version=2&base=statement%3DStudios%2Bpay%26layer%3DAPP%26reviewOn%3D2024-09-01&statement=Studios+pay&layer=&sector=&reviewOn=2024-09-01";
    let saved = post(&doors, "/theses/thesis_9/edit", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(saved.header("location"), "/theses/thesis_9?did=saved");
    assert_eq!(
        doors.written.lock().unwrap()[1].2,
        json!({"id": "thesis_9", "version": 2, "layer": null})
    );
}

#[tokio::test]
async fn a_startup_chooses_among_all_and_sends_what_is_left_chosen() {
    let thesis = json!({"id": "thesis_1", "statement": "Studios pay", "status": "HELD"});
    let one =
        json!({"id": "capability_1", "statement": "Models can make usable 3D assets", "status": "SOLVED"});
    let frame = json!({"data": {"viewer": viewer("ANALYST"), "theses": [thesis], "capabilities": [one.clone()],
        "startup": {"name": "Cubeforge", "theses": [], "bets": [one]}}});
    let done = json!({"data": {"setBets": {"userErrors": []}}});
    let doors = Script::answering([frame, done]);
    get(&doors, "/startups/startup_1/bets", &[SIGNED_IN])
        .await
        .has("name=\"capabilities\" value=\"capability_1\" checked")
        .has("name=\"theses\" value=\"thesis_1\">")
        .has("Studios pay · ● Held");
    let form = "key=abcdefgh1234&theses=thesis_1";
    let saved = post(&doors, "/startups/startup_1/bets", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(saved.header("location"), "/startups/startup_1?did=saved");
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"startup": "startup_1", "theses": ["thesis_1"], "capabilities": []})
    );
}
