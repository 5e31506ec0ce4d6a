//! Gates: what stops a move, who may override, what is shown of it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::story::Story;

/// The codes and conditions that a refused move names.
fn stops(told: &Value) -> Vec<(String, String)> {
    let errors = told["userErrors"].as_array().unwrap();
    errors
        .iter()
        .map(|error| {
            let text = |field: &str| error[field].as_str().unwrap().to_owned();
            (text("code"), text("message"))
        })
        .collect()
}

async fn unmet(story: &Story, deal: &str, stage: &str, as_of: Value) -> Value {
    let document = "query($id: ID!, $stage: String!, $at: DateTime) { deal(id: $id, asOf: $at) { gate(stage: $stage) { \
                    stage { key } open unmet { stage { key } condition explanation } } } }";
    let found = story
        .fund
        .run(
            story.analyst,
            document,
            json!({ "id": deal, "stage": stage, "at": as_of }),
        )
        .await;
    found["deal"]["gate"].clone()
}

async fn verify_customers(story: &Story, startup: &str) {
    let input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": "40", "observedOn": story.fund.workspace.app.now().date_naive(),
        "source": "CUSTOMER_CALL", "grade": "VERIFIED", "checked": "called ten of them" });
    story
        .fund
        .done(story.analyst, "recordEvidence", input, "evidence { id }")
        .await;
}

#[tokio::test]
async fn the_committee_opens_once_route_and_users_are_known() {
    let story = Story::begins().await;
    let startup = story.startup("Cubeforge", json!({ "layer": "APP" })).await;
    let deal = story.deal(&startup, json!({ "round": "SEED" })).await;
    let refused = story
        .try_move(story.partner, &deal, json!({ "stage": "TERM_SHEET" }))
        .await;
    assert_eq!(refused["deal"], Value::Null);
    let stops = stops(&refused);
    assert_eq!(stops.len(), 2);
    assert!(stops.iter().all(|(code, _)| code == "GATE_CLOSED"), "{stops:?}");
    assert!(
        stops[0].1.contains("Committee") && stops[0].1.contains("Known route"),
        "{stops:?}"
    );
    assert!(stops[1].1.contains("Verified proof"), "{stops:?}");
    let gate = unmet(&story, &deal, "COMMITTEE", Value::Null).await;
    assert_eq!(gate["open"], false);
    assert_eq!(gate["unmet"][1]["condition"], "VERIFIED_PROOF");
    assert_eq!(gate["unmet"][1]["stage"]["key"], "COMMITTEE");
    let before = story.fund.workspace.app.now();

    story.fund.workspace.pass(TimeDelta::days(1));
    let input = json!({ "id": startup, "version": 1, "technicalRoute": "BUILDS_ON_API" });
    story
        .fund
        .done(story.analyst, "updateStartup", input, "startup { id }")
        .await;
    verify_customers(&story, &startup).await;
    let gate = unmet(&story, &deal, "COMMITTEE", Value::Null).await;
    assert_eq!(
        gate,
        json!({ "stage": { "key": "COMMITTEE" }, "open": true, "unmet": [] })
    );
    let then = unmet(&story, &deal, "COMMITTEE", json!(before)).await;
    assert_eq!(
        then["unmet"].as_array().unwrap().len(),
        2,
        "as it was known before"
    );
    let moved = story
        .moved(
            story.analyst,
            &deal,
            json!({ "stage": "TERM_SHEET", "overrideReason": "not needed" }),
        )
        .await;
    assert_eq!(moved["stage"]["key"], "TERM_SHEET");
    assert_eq!(moved["overridden"], json!([]), "an open gate is not overridden");
    assert_eq!(moved["history"][1]["overrideReason"], Value::Null);
}

#[tokio::test]
async fn a_partner_overrides_with_a_reason_that_stays_until_the_move_is_voided() {
    let story = Story::begins().await;
    let startup = story
        .startup("Wrapwell", json!({ "technicalRoute": "BUILDS_ON_API" }))
        .await;
    let deal = story.deal(&startup, json!({})).await;
    let to = json!({ "stage": "COMMITTEE", "overrideReason": "reference calls on Tuesday" });
    let refused = story.try_move(story.analyst, &deal, to.clone()).await;
    assert_eq!(refused["userErrors"][0]["code"], "NOT_ALLOWED");
    assert_eq!(refused["userErrors"][0]["field"], json!(["overrideReason"]));
    let blank = json!({ "stage": "COMMITTEE", "overrideReason": "  " });
    let refused = story.try_move(story.partner, &deal, blank).await;
    assert_eq!(refused["userErrors"][0]["code"], "GATE_CLOSED");
    let long = json!({ "stage": "COMMITTEE", "overrideReason": "x".repeat(2_001) });
    let refused = story.try_move(story.partner, &deal, long).await;
    assert_eq!(refused["userErrors"][0]["field"], json!(["overrideReason"]));

    let moved = story.moved(story.partner, &deal, to).await;
    assert_eq!(moved["overridden"], json!(["VERIFIED_PROOF"]));
    assert_eq!(
        moved["history"][1],
        json!({ "to": { "key": "COMMITTEE" }, "overrode": ["VERIFIED_PROOF"], "overrideReason": "reference calls on Tuesday" })
    );
    let moved = story
        .moved(story.analyst, &deal, json!({ "stage": "TERM_SHEET" }))
        .await;
    assert_eq!(
        moved["overridden"],
        json!(["VERIFIED_PROOF"]),
        "shown wherever the deal is"
    );
    story.void(story.analyst, &deal).await;
    story.void(story.partner, &deal).await;
    let found = story
        .fund
        .run(
            story.analyst,
            "query($id: ID!) { deal(id: $id) { overridden stage { key } } }",
            json!({ "id": deal }),
        )
        .await;
    assert_eq!(
        found["deal"],
        json!({ "overridden": [], "stage": { "key": "SOURCED" } })
    );
}

#[tokio::test]
async fn a_move_backward_passes_no_gate_and_investing_passes_all() {
    let story = Story::begins().await;
    let startup = story
        .startup("Codelantern", json!({ "technicalRoute": "TUNES_BASE_MODEL" }))
        .await;
    let deal = story.deal(&startup, json!({ "stage": "CLOSING" })).await;
    let moved = story
        .moved(story.analyst, &deal, json!({ "stage": "DILIGENCE" }))
        .await;
    assert_eq!(moved["stage"]["key"], "DILIGENCE");
    let refused = story
        .try_move(story.partner, &deal, json!({ "status": "INVESTED" }))
        .await;
    assert_eq!(stops(&refused)[0].0, "GATE_CLOSED");
    let moved = story
        .moved(
            story.analyst,
            &deal,
            json!({ "status": "PASSED", "passReason": "TIMING" }),
        )
        .await;
    assert_eq!(moved["status"], "PASSED", "saying no asks for nothing");
}

#[tokio::test]
async fn a_model_startup_before_round_a_needs_its_checklist_instead_of_users() {
    let story = Story::begins().await;
    let more = json!({ "layer": "MODEL", "technicalRoute": "TRAINS_BASE_MODEL" });
    let startup = story.startup("Bigclaim", more).await;
    let deal = story.deal(&startup, json!({ "round": "PRE_A" })).await;
    let gate = unmet(&story, &deal, "COMMITTEE", Value::Null).await;
    assert_eq!(gate["unmet"].as_array().unwrap().len(), 1);
    assert_eq!(gate["unmet"][0]["condition"], "CHECKLIST_NO_OPEN");
    let keys = [
        "compute",
        "training_data",
        "funding_runway",
        "team",
        "who_pays",
        "fund_fit",
        "compliance",
    ];
    for (n, key) in keys.iter().enumerate() {
        let state = if n == 0 { "CONCERN" } else { "OK" };
        let input = json!({ "startup": startup, "key": key, "state": state });
        story
            .fund
            .done(story.analyst, "setChecklistItem", input, "startup { id }")
            .await;
    }
    let gate = unmet(&story, &deal, "COMMITTEE", Value::Null).await;
    assert_eq!(gate["open"], true, "{gate}");
    let input = json!({ "id": deal, "version": 1, "round": "A" });
    story
        .fund
        .done(story.analyst, "updateDeal", input, "deal { id }")
        .await;
    let gate = unmet(&story, &deal, "COMMITTEE", Value::Null).await;
    assert_eq!(gate["unmet"][0]["condition"], "VERIFIED_PROOF");
}

#[tokio::test]
async fn a_stage_that_is_none_is_named_in_the_answer() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    let document = format!("{{ deal(id: \"{deal}\") {{ gate(stage: \"NOWHERE\") {{ open }} }} }}");
    let answer = story
        .fund
        .ask(app::Identity::User(story.analyst), &document, json!({}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert!(
        answer["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("NOWHERE")
    );
}

#[tokio::test]
async fn investing_tells_what_the_gates_behind_a_deal_ask_too() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({ "layer": "APP" })).await;
    let deal = story.deal(&startup, json!({ "round": "SEED" })).await;
    let to = json!({ "stage": "CLOSING", "overrideReason": "Reference calls are on Tuesday" });
    let moved = story.try_move(story.partner, &deal, to).await;
    assert_eq!(moved["userErrors"], json!([]));
    let document = "query($id: ID!) { deal(id: $id) { gate { stage { key } open } all: gate(status: INVESTED) { open unmet { condition stage { key } } } } }";
    let found = story
        .fund
        .run(story.analyst, document, json!({ "id": deal }))
        .await;
    // None lies ahead of the last stage, which is meant where none is named.
    assert_eq!(
        found["deal"]["gate"],
        json!({ "stage": { "key": "CLOSING" }, "open": true })
    );
    let at_committee = |condition: &str| json!({ "condition": condition, "stage": { "key": "COMMITTEE" } });
    assert_eq!(
        found["deal"]["all"],
        json!({ "open": false, "unmet": [at_committee("KNOWN_ROUTE"), at_committee("VERIFIED_PROOF")] })
    );
    // As many as stop the move.
    let refused = story
        .try_move(story.partner, &deal, json!({ "status": "INVESTED" }))
        .await;
    assert_eq!(stops(&refused).len(), 2);
}

#[tokio::test]
async fn a_stage_that_came_later_is_none_of_an_earlier_day() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    let before = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::days(1));
    let input = json!({ "key": "POST_CLOSING", "name": "Post closing", "nameZh": "交割后", "limitDays": 30 });
    story
        .fund
        .done(story.admin, "createStage", input, "stage { id }")
        .await;
    let document = "query($id: ID!, $at: DateTime) { stages(asOf: $at) { key } deal(id: $id, asOf: $at) { gate { stage { key } } } }";
    for (at, last, count) in [(json!(before), "CLOSING", 7), (Value::Null, "POST_CLOSING", 8)] {
        let found = story
            .fund
            .run(story.analyst, document, json!({ "id": deal, "at": at }))
            .await;
        assert_eq!(found["deal"]["gate"]["stage"]["key"], last);
        let stages = found["stages"].as_array().unwrap();
        assert_eq!((stages.len(), &stages[count - 1]["key"]), (count, &json!(last)));
    }
}
