//! The worked examples of the domain, entered through the API and read from it, digit for digit.

use domain::{Role, UserId};
use serde_json::{Value, json};
use test_support::{TestDb, TestWorkspace};

use crate::fund::Fund;

const WHY: &str = "query($id: ID!) { startup(id: $id) { conviction demand bestGrade flags { flag } askNext { kind grade convictionNow convictionThen } \
    assessment { demand proven all claimedDemand hypeGap hypeShare conviction hasProof rubricVersion multiplier { value reasons } \
    contributions { kind group grade counts weight strength credence freshness contribution adds } flags { flag reason } } } }";

/// Noon of 31 July 2024 in Shanghai.
async fn fund() -> (Fund, UserId) {
    let fund = Fund::of(TestWorkspace::on(TestDb::new().await, "2024-07-31T04:00:00Z").await);
    let ann = fund.user("ann", Role::Partner).await;
    (fund, ann)
}

async fn startup(fund: &Fund, user: UserId, input: Value) -> Value {
    fund.done(user, "createStartup", input, "startup { id }").await["startup"]["id"].take()
}

async fn record(fund: &Fund, user: UserId, startup: &Value, more: Value) -> Value {
    let mut input = json!({ "startup": startup, "source": "DATA_ROOM", "sourceUrl": "https://example.com" });
    let fields = input.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    fund.done(user, "recordEvidence", input, "evidence { id }").await["evidence"]["id"].take()
}

async fn why(fund: &Fund, user: UserId, startup: &Value) -> Value {
    fund.run(user, WHY, json!({ "id": startup })).await["startup"].take()
}

fn flags(of: &Value) -> Vec<&str> {
    let flags = of["flags"].as_array().unwrap().iter();
    flags.map(|one| one["flag"].as_str().unwrap()).collect()
}

async fn cubeforge(fund: &Fund, user: UserId) -> (Value, Value) {
    let fact = json!({ "holds": true, "grade": "DOCUMENTED" });
    let cubeforge = startup(
        fund,
        user,
        json!({ "name": "Cubeforge", "layer": "APP", "technicalRoute": "BUILDS_ON_API", "ownsTrainingData": fact, "need": { "payer": "game studios" } }),
    )
    .await;
    let provider = fund
        .done(
            user,
            "createProvider",
            json!({ "name": "Basemodel One" }),
            "provider { id }",
        )
        .await["provider"]["id"]
        .take();
    let dependency = json!({ "startup": cubeforge, "provider": provider, "mode": "API", "critical": true });
    fund.done(user, "recordDependency", dependency, "dependency { id }")
        .await;
    let customers = record(fund, user, &cubeforge, json!({ "kind": "PAYING_CUSTOMERS", "value": "20", "observedOn": "2024-06-30", "grade": "DOCUMENTED" })).await;
    let retention = json!({ "kind": "RETENTION", "value": "35", "horizonDays": 30, "sampleSize": 400, "observedOn": "2024-05-31", "grade": "DOCUMENTED" });
    record(fund, user, &cubeforge, retention).await;
    record(
        fund,
        user,
        &cubeforge,
        json!({ "kind": "ACTIVE_USERS", "value": "30000", "window": "MONTH", "observedOn": "2024-07-15" }),
    )
    .await;
    (cubeforge, customers)
}

#[tokio::test]
async fn the_worked_example_comes_out_digit_for_digit() {
    let (fund, ann) = fund().await;
    let (cubeforge, customers) = cubeforge(&fund, ann).await;
    let before = why(&fund, ann, &cubeforge).await;
    assert_eq!(before["conviction"], "28.5");
    let asked = before["askNext"].as_array().unwrap();
    assert!(
        asked.contains(&json!({ "kind": "PAYING_CUSTOMERS", "grade": "VERIFIED", "convictionNow": "28.5", "convictionThen": "32.7" })),
        "{asked:?}"
    );
    let review = json!({ "evidence": customers, "grade": "VERIFIED", "checked": "called 3 customers" });
    fund.done(ann, "reviewEvidence", review, "evidence { id }").await;

    let found = why(&fund, ann, &cubeforge).await;
    let is = &found["assessment"];
    for (name, figure) in [
        ("demand", "0.5601"),
        ("proven", "0.5198"),
        ("claimedDemand", "0.7062"),
        ("conviction", "32.7"),
    ] {
        assert_eq!(is[name], figure, "{name}");
    }
    assert_eq!(
        [&found["conviction"], &found["demand"], &found["bestGrade"]],
        ["32.7", "0.5601", "VERIFIED"]
    );
    assert_eq!(is["multiplier"]["value"], "1.75");
    assert_eq!(is["multiplier"]["reasons"].as_array().unwrap().len(), 3);
    assert_eq!(is["rubricVersion"], 1);
    assert_eq!(flags(is), ["SINGLE_PROVIDER"]);
    let reason = is["flags"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("Basemodel One"), "{reason}");
    let bars: Vec<&str> = is["contributions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["adds"].as_str().unwrap())
        .collect();
    let bars: Vec<String> = bars
        .iter()
        .map(|bar| format!("{:.3}", bar.parse::<f64>().unwrap()))
        .collect();
    assert_eq!(bars, ["0.351", "0.169", "0.040"]);
}

#[tokio::test]
async fn the_counter_example_comes_out_and_falls_when_its_customers_are_refuted() {
    let (fund, ann) = fund().await;
    let new = json!({ "name": "Bigclaim", "layer": "MODEL", "technicalRoute": "TRAINS_BASE_MODEL", "need": { "payer": "banks" } });
    let bigclaim = startup(&fund, ann, new).await;
    let mut customers = Value::Null;
    for more in [
        json!({ "kind": "PAYING_CUSTOMERS", "value": "100" }),
        json!({ "kind": "RECURRING_REVENUE", "value": "1000000", "currency": "USD", "revenueBasis": "RUN_RATE" }),
        json!({ "kind": "RETENTION", "value": "40", "horizonDays": 30 }),
        json!({ "kind": "ACTIVE_USERS", "value": "100000", "window": "MONTH" }),
    ] {
        let mut more = more;
        more["observedOn"] = json!("2024-07-31");
        let id = record(&fund, ann, &bigclaim, more.clone()).await;
        if more["kind"] == "PAYING_CUSTOMERS" {
            customers = id;
        }
    }
    let found = why(&fund, ann, &bigclaim).await;
    let is = &found["assessment"];
    for (name, figure) in [
        ("demand", "0.2"),
        ("claimedDemand", "0.772"),
        ("hypeShare", "0.7409"),
        ("conviction", "10"),
    ] {
        assert_eq!(is[name], figure, "{name}");
    }
    assert_eq!(is["multiplier"]["value"], "1.5");
    assert_eq!(flags(is), ["NO_REAL_USERS", "HYPE_GAP", "COMPUTE_UNPROVEN"]);

    let review = json!({ "evidence": customers, "grade": "REFUTED", "checked": "called ten, none pays" });
    fund.done(ann, "reviewEvidence", review, "evidence { id }").await;
    let found = why(&fund, ann, &bigclaim).await;
    assert_eq!([&found["conviction"], &found["demand"]], ["3.7", "0.0735"]);
    assert_eq!(flags(&found)[0], "REFUTED_CLAIM");
    let contributions = found["assessment"]["contributions"].as_array().unwrap();
    for one in contributions.iter().filter(|one| one["grade"] == "CLAIMED") {
        assert_eq!(one["credence"], "0.1", "once caught, words count a third");
    }
    // With compute and training data checked, a trained model multiplies more, and the flag is gone.
    for key in ["compute", "training_data"] {
        let input = json!({ "startup": bigclaim, "key": key, "state": "OK", "note": "lease seen" });
        fund.done(ann, "setChecklistItem", input, "startup { id }").await;
    }
    let found = why(&fund, ann, &bigclaim).await;
    assert_eq!(found["assessment"]["multiplier"]["value"], "2.5");
    assert!(!flags(&found).contains(&"COMPUTE_UNPROVEN"));
    assert_eq!(found["conviction"], found["assessment"]["conviction"]);
}

#[tokio::test]
async fn five_customers_checked_lately_replace_five_hundred_of_before() {
    let (fund, ann) = fund().await;
    let id = startup(&fund, ann, json!({ "name": "Once Large" })).await;
    for (value, on) in [("500", "2024-03-02"), ("5", "2024-07-21")] {
        let more = json!({ "kind": "PAYING_CUSTOMERS", "value": value, "observedOn": on, "grade": "VERIFIED", "checked": "called" });
        record(&fund, ann, &id, more).await;
    }
    let found = why(&fund, ann, &id).await;
    assert_eq!(found["demand"], "0.2241");
    assert!(flags(&found).contains(&"DECLINING_USE"));
}
