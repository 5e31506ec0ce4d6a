//! A changed rubric: looked at before it is saved, in force from then on, and never before.

use chrono::TimeDelta;
use domain::Role;
use serde_json::{Value, json};

use crate::fund::Fund;

const RUBRIC: &str = "{ rubric { version kinds { kind group weight scale unitOrZero fullAt fullAtByHorizon { upToDays fullAt } halfN halfLifeDays isUsage } } }";
const PREVIEW: &str = "query($kinds: [RubricKindInput!]!) { rubricPreview(kinds: $kinds) { startups changed changedByFive \
    movers { startup { name } from to rankFrom rankTo } userErrors { code field message } } }";

async fn startup(fund: &Fund, user: domain::UserId, name: &str, kind: &str, value: &str) -> Value {
    let id = fund
        .done(user, "createStartup", json!({ "name": name }), "startup { id }")
        .await["startup"]["id"]
        .take();
    let input = json!({ "startup": id, "kind": kind, "value": value, "observedOn": "2025-02-25", "source": "DATA_ROOM",
        "sourceUrl": "https://example.com", "grade": "DOCUMENTED" });
    fund.done(user, "recordEvidence", input, "evidence { id }").await;
    id
}

fn with_weight(mut kinds: Value, kind: &str, weight: &str) -> Value {
    for row in kinds.as_array_mut().unwrap() {
        if row["kind"] == kind {
            row["weight"] = json!(weight);
        }
    }
    kinds
}

#[tokio::test]
async fn what_a_changed_weight_would_do_is_told_before_and_is_so_once_it_is_saved() {
    let fund = Fund::new().await;
    let ada = fund.user("ada", Role::Admin).await;
    let paid = startup(&fund, ada, "Paid", "PAYING_CUSTOMERS", "30").await;
    let piloted = startup(&fund, ada, "Piloted", "PILOTS", "4").await;
    fund.done(
        ada,
        "createStartup",
        json!({ "name": "Silent" }),
        "startup { id }",
    )
    .await;
    let before = fund.run(ada, RUBRIC, json!({})).await["rubric"].take();
    let kinds = with_weight(before["kinds"].clone(), "PILOTS", "0.9");
    let told = fund.run(ada, PREVIEW, json!({ "kinds": kinds })).await["rubricPreview"].take();
    assert_eq!(told["userErrors"], json!([]));
    assert_eq!(
        [&told["startups"], &told["changed"], &told["changedByFive"]],
        [2, 1, 1]
    );
    let mover = &told["movers"][0];
    assert_eq!(mover["startup"]["name"], "Piloted");
    assert_eq!([&mover["rankFrom"], &mover["rankTo"]], [2, 1]);

    // Nothing was written.
    let figures = "query($id: ID!, $then: DateTime!) { startup(id: $id) { conviction assessment { conviction rubricVersion } \
        then: assessment(asOf: $then) { conviction rubricVersion } by1: assessment(rubricVersion: 1) { conviction } } }";
    let then = fund.workspace.app.now();
    let ask =
        async |id: &Value| fund.run(ada, figures, json!({ "id": id, "then": then })).await["startup"].take();
    let now = ask(&piloted).await;
    assert_eq!(now["conviction"], mover["from"]);

    fund.workspace.pass(TimeDelta::minutes(1));
    let input = json!({ "version": 1, "kinds": kinds, "note": "pilots that are paid for say more" });
    let saved = fund
        .done(ada, "updateRubric", input.clone(), "rubric { version }")
        .await;
    assert_eq!(saved["rubric"]["version"], 2);
    let again = fund.tell(ada, "updateRubric", input, "rubric { version }").await;
    assert_eq!(again["userErrors"][0]["code"], "STALE_VERSION");
    // The pass follows: both startups' rows name the new version.
    assert_eq!(
        fund.workspace.app.bring_assessments_up_to_date().await.unwrap(),
        3
    );
    let after = ask(&piloted).await;
    assert_eq!(after["conviction"], mover["to"]);
    assert_eq!(
        after["assessment"],
        json!({ "conviction": mover["to"], "rubricVersion": 2 })
    );
    assert_eq!(
        after["then"],
        json!({ "conviction": mover["from"], "rubricVersion": 1 }),
        "the past keeps its rubric"
    );
    assert_eq!(after["by1"]["conviction"], mover["from"]);
    let unchanged = ask(&paid).await;
    assert_eq!(unchanged["conviction"], unchanged["by1"]["conviction"]);
}

#[tokio::test]
async fn a_rubric_that_is_none_is_refused_by_the_preview_in_words_and_only_an_administrator_may_ask() {
    let fund = Fund::new().await;
    let ada = fund.user("ada", Role::Admin).await;
    let pam = fund.user("pam", Role::Partner).await;
    let kinds = fund.run(ada, RUBRIC, json!({})).await["rubric"]["kinds"].take();
    let wrong = with_weight(kinds.clone(), "PILOTS", "1.5");
    let told = fund.run(ada, PREVIEW, json!({ "kinds": wrong })).await["rubricPreview"].take();
    assert_eq!(told["movers"], json!([]));
    let error = &told["userErrors"][0];
    assert!(error["field"].to_string().contains("weight"), "{error}");
    let answer = fund
        .ask(app::Identity::User(pam), PREVIEW, json!({ "kinds": kinds }))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
}
