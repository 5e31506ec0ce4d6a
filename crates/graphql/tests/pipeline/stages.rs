//! Editing the pipeline's stages.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::story::Story;

const STAGE: &str = "stage { id key name nameZh order limitDays isRetired version gate gateRules { condition only { layers rounds } } }";

async fn keys(story: &Story) -> Vec<String> {
    let found = story
        .fund
        .run(story.analyst, "{ stages { key isRetired } }", json!({}))
        .await;
    let stages = found["stages"].as_array().unwrap().clone();
    stages
        .iter()
        .filter(|stage| stage["isRetired"] == false)
        .map(|stage| stage["key"].as_str().unwrap().to_owned())
        .collect()
}

async fn stage(story: &Story, key: &str) -> Value {
    let found = story
        .fund
        .run(
            story.analyst,
            "{ stages { id key version limitDays } }",
            json!({}),
        )
        .await;
    let stages = found["stages"].as_array().unwrap();
    stages.iter().find(|stage| stage["key"] == key).unwrap().clone()
}

#[tokio::test]
async fn an_administrator_adds_moves_and_retires_stages() {
    let story = Story::begins().await;
    let new = json!({ "key": "SITE_VISIT", "name": "Site visit", "nameZh": "实地", "limitDays": 10, "order": 4,
        "gate": [{ "condition": "NEED_NAMED", "only": { "layers": ["APP"] } }] });
    let made = story
        .fund
        .done(story.admin, "createStage", new.clone(), STAGE)
        .await["stage"]
        .clone();
    assert_eq!(made["order"], 4);
    assert_eq!(made["gate"], json!(["NEED_NAMED"]));
    assert_eq!(
        made["gateRules"][0]["only"],
        json!({ "layers": ["APP"], "rounds": [] })
    );
    assert_eq!(
        keys(&story).await,
        [
            "SOURCED",
            "SCREENING",
            "FIRST_MEETING",
            "SITE_VISIT",
            "DILIGENCE",
            "COMMITTEE",
            "TERM_SHEET",
            "CLOSING"
        ]
    );
    let taken = story.fund.tell(story.admin, "createStage", new, STAGE).await;
    assert_eq!(taken["userErrors"][0]["code"], "TAKEN");

    let edit = json!({ "id": made["id"], "version": 1, "order": 2, "limitDays": 3 });
    let moved = story
        .fund
        .done(story.admin, "updateStage", edit.clone(), STAGE)
        .await["stage"]
        .clone();
    assert_eq!(
        (moved["order"].clone(), moved["version"].clone()),
        (json!(2), json!(2))
    );
    let stale = story.fund.tell(story.admin, "updateStage", edit, STAGE).await;
    assert_eq!(stale["userErrors"][0]["code"], "STALE_VERSION");

    let app = story.startup("Acme", json!({ "layer": "APP" })).await;
    let deal = story.deal(&app, json!({})).await;
    let refused = story
        .try_move(story.partner, &deal, json!({ "stage": "SITE_VISIT" }))
        .await;
    assert_eq!(refused["userErrors"][0]["code"], "GATE_CLOSED");
    let retire = json!({ "id": made["id"], "version": 2, "isRetired": true });
    story.fund.done(story.admin, "updateStage", retire, STAGE).await;
    assert!(!keys(&story).await.contains(&"SITE_VISIT".to_owned()));
    let refused = story
        .try_move(story.partner, &deal, json!({ "stage": "SITE_VISIT" }))
        .await;
    assert_eq!(refused["userErrors"][0]["code"], "NOT_ALLOWED");
    story
        .moved(story.analyst, &deal, json!({ "stage": "SCREENING" }))
        .await;
}

#[tokio::test]
async fn only_an_administrator_edits_stages_and_bad_ones_are_refused_with_their_field() {
    let story = Story::begins().await;
    let new = json!({ "key": "X", "name": "X", "nameZh": "某", "limitDays": 5 });
    let document = "mutation($i: CreateStageInput!) { createStage(input: $i) { stage { id } } }";
    let answer = story
        .fund
        .ask(app::Identity::User(story.partner), document, json!({ "i": new }))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let bad = json!({ "key": "site visit", "name": " ", "nameZh": "某", "limitDays": 0,
        "gate": [{ "condition": "LAYER_SET" }, { "condition": "LAYER_SET" }] });
    let told = story.fund.tell(story.admin, "createStage", bad, STAGE).await;
    let fields: Vec<_> = told["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].clone())
        .collect();
    assert_eq!(
        json!(fields),
        json!([["key"], ["name"], ["limitDays"], ["gate", "1"]])
    );
    let far = json!({ "key": "X", "name": "X", "nameZh": "某", "limitDays": 5, "order": 40 });
    let told = story.fund.tell(story.admin, "createStage", far, STAGE).await;
    assert_eq!(told["userErrors"][0]["field"], json!(["order"]));
    assert_eq!(keys(&story).await.len(), 7, "nothing was written");
}

#[tokio::test]
async fn the_set_with_two_committees_keeps_what_stands_and_retires_nothing_of_it() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let deal = story.deal(&startup, json!({ "stage": "DILIGENCE" })).await;
    let before = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let adopted = story
        .fund
        .done(
            story.admin,
            "adoptStages",
            json!({ "set": "TWO_COMMITTEES" }),
            "stages { key nameZh gate }",
        )
        .await;
    let named: Vec<_> = adopted["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| stage["nameZh"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        named,
        [
            "已收录",
            "初筛",
            "约见",
            "立项会",
            "TS",
            "尽调",
            "投决会",
            "SPA 签约",
            "交割"
        ]
    );
    assert_eq!(
        adopted["stages"][6]["gate"],
        json!(["KNOWN_ROUTE", "VERIFIED_PROOF", "CHECKLIST_NO_OPEN"])
    );
    let document = "query($id: ID!, $at: DateTime) { deal(id: $id, asOf: $at) { stage { nameZh order } } }";
    let now = story
        .fund
        .run(story.analyst, document, json!({ "id": deal }))
        .await;
    assert_eq!(now["deal"]["stage"], json!({ "nameZh": "尽调", "order": 6 }));
    let then = story
        .fund
        .run(story.analyst, document, json!({ "id": deal, "at": before }))
        .await;
    assert_eq!(then["deal"]["stage"]["order"], 4, "as the pipeline was then");
    story
        .fund
        .done(
            story.admin,
            "adoptStages",
            json!({ "set": "STANDARD" }),
            "stages { key }",
        )
        .await;
    assert_eq!(
        keys(&story).await,
        [
            "SOURCED",
            "SCREENING",
            "FIRST_MEETING",
            "DILIGENCE",
            "COMMITTEE",
            "TERM_SHEET",
            "CLOSING"
        ]
    );
}

#[tokio::test]
async fn a_pipeline_keeps_a_stage() {
    let story = Story::begins().await;
    let all = keys(&story).await;
    for (n, key) in all.iter().enumerate() {
        let one = stage(&story, key).await;
        let input = json!({ "id": one["id"], "version": one["version"], "isRetired": true });
        let told = story
            .fund
            .tell(story.admin, "updateStage", input, "stage { id }")
            .await;
        let errors = told["userErrors"].as_array().unwrap().len();
        assert_eq!(errors, usize::from(n + 1 == all.len()), "{key}");
    }
    assert_eq!(keys(&story).await, ["CLOSING"]);
}

/// Adopts a set, and gives the keys of all stages in their order, retired ones in brackets.
async fn adopted(story: &Story, set: &str) -> Vec<String> {
    let input = json!({ "set": set });
    let told = story
        .fund
        .done(story.admin, "adoptStages", input, "stages { key isRetired }")
        .await;
    in_order(&told["stages"])
}

fn in_order(stages: &Value) -> Vec<String> {
    let told = |stage: &Value| {
        let key = stage["key"].as_str().unwrap();
        if stage["isRetired"] == true {
            format!("({key})")
        } else {
            key.to_owned()
        }
    };
    stages.as_array().unwrap().iter().map(told).collect()
}

#[tokio::test]
async fn a_stage_that_falls_out_of_the_set_keeps_its_place_so_that_what_lies_ahead_is_still_ahead() {
    let story = Story::begins().await;
    let begun = story.fund.workspace.app.now();
    let two = adopted(&story, "TWO_COMMITTEES").await;
    let at = |stage: &str| json!({ "stage": stage });
    let mut deals = Vec::new();
    for name in ["Acme", "Bolt"] {
        let startup = story.startup(name, json!({})).await;
        let deal = story.deal(&startup, json!({})).await;
        story.moved(story.analyst, &deal, at("PROJECT_APPROVAL")).await;
        deals.push(deal);
    }
    let no = json!({ "status": "PASSED", "passReason": "MARKET" });
    story.moved(story.analyst, &deals[0], no).await;
    story.fund.workspace.pass(TimeDelta::hours(1));
    let before = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let back = adopted(&story, "STANDARD").await;
    assert_eq!(
        back,
        [
            "SOURCED",
            "SCREENING",
            "FIRST_MEETING",
            "(PROJECT_APPROVAL)",
            "DILIGENCE",
            "COMMITTEE",
            "TERM_SHEET",
            "(SIGNING)",
            "CLOSING"
        ]
    );

    // Nothing of the startup is proven, as the committee's gate asks.
    let refused = story.try_move(story.partner, &deals[1], at("CLOSING")).await;
    assert_eq!(refused["userErrors"][0]["code"], "GATE_CLOSED");
    let funnel = "query($from: DateTime!, $to: DateTime!) { funnel(from: $from, to: $to) { stages { stage { key } entered advanced passed stillThere } } }";
    let period = json!({ "from": begun, "to": story.fund.workspace.app.now() });
    let told = story.fund.run(story.analyst, funnel, period).await;
    let told: Vec<_> = told["funnel"]["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| {
            let count = |field: &str| stage[field].as_i64().unwrap();
            (
                stage["stage"]["key"].as_str().unwrap(),
                ["entered", "advanced", "passed", "stillThere"].map(count),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("SOURCED", [2, 2, 0, 0]),
            ("SCREENING", [2, 2, 0, 0]),
            ("FIRST_MEETING", [2, 2, 0, 0]),
            ("PROJECT_APPROVAL", [2, 0, 1, 1]),
            ("DILIGENCE", [0, 0, 0, 0]),
            ("COMMITTEE", [0, 0, 0, 0]),
            ("TERM_SHEET", [0, 0, 0, 0]),
            ("CLOSING", [0, 0, 0, 0])
        ]
    );

    // By turns, each comes to the same order; and as of before it is as it was known then.
    assert_eq!(adopted(&story, "TWO_COMMITTEES").await, two);
    assert_eq!(adopted(&story, "STANDARD").await, back);
    let then = "query($at: DateTime!) { pipeline(asOf: $at) { columns { stage { key isRetired } } } }";
    let then = story.fund.run(story.analyst, then, json!({ "at": before })).await;
    let columns = then["pipeline"]["columns"].as_array().unwrap();
    let columns = columns.iter().map(|column| column["stage"].clone()).collect();
    assert_eq!(in_order(&Value::Array(columns)), two);
    story.moved(story.analyst, &deals[1], at("DILIGENCE")).await;
}
