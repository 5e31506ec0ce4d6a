//! What startups are measured with, through the API: exchange rates and the rubric.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use app::Identity;
use chrono::TimeDelta;
use domain::{Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

const RATES: &str = "query($currency: Currency, $from: Date, $to: Date, $all: Boolean, $first: Int, $after: String) { \
    rates(currency: $currency, from: $from, to: $to, includeCorrected: $all, first: $first, after: $after) { totalCount \
    nodes { currency on usd source recordedBy { name } } pageInfo { endCursor hasNextPage } } }";

async fn rate(fund: &Fund, user: UserId, currency: &str, on: &str, usd: &str) -> Value {
    fund.workspace.pass(TimeDelta::minutes(1));
    let input = json!({ "currency": currency, "on": on, "usd": usd, "source": "PBoC" });
    fund.tell(
        user,
        "recordRate",
        input,
        "rate { currency on usd source recordedAt }",
    )
    .await
}

async fn changes(fund: &Fund, user: UserId) -> Value {
    fund.run(
        user,
        "{ activity(first: 1) { totalCount nodes { id verb summary } } }",
        json!({}),
    )
    .await["activity"]
        .take()
}

fn told(page: &Value) -> Vec<String> {
    let nodes = page["nodes"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    nodes
        .map(|n| format!("{} {} {}", text(&n["currency"]), text(&n["on"]), text(&n["usd"])))
        .collect()
}

#[tokio::test]
async fn a_rate_is_recorded_corrected_and_listed_newest_day_first() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    for (currency, on, usd, field) in [
        ("USD", "2025-02-01", "1", "currency"),
        ("CNY", "2025-03-02", "0.14", "on"),
        ("CNY", "2025-02-01", "0", "usd"),
        ("CNY", "2025-02-01", "-0.14", "usd"),
        ("CNY", "2025-02-01", "0.1234567890123", "usd"),
    ] {
        let told = rate(&fund, ann, currency, on, usd).await;
        assert_eq!(told["userErrors"][0]["code"], "INVALID", "{told}");
        assert_eq!(told["userErrors"][0]["field"], json!([field]));
        assert_eq!(told["rate"], Value::Null);
    }
    let unsaid = json!({ "currency": "KRW", "on": "2025-01-01", "usd": "0.0007" });
    let unsaid = fund.done(ann, "recordRate", unsaid, "rate { source }").await;
    assert_eq!(unsaid["rate"]["source"], Value::Null);
    assert_eq!(
        changes(&fund, ann).await["nodes"][0]["summary"],
        "recordRate exchange_rate: 1 KRW = 0.0007 USD, 2025-01-01, –"
    );

    let first = rate(&fund, ann, "CNY", "2025-02-01", "0.1400").await;
    assert_eq!(first["rate"]["usd"], "0.14");
    let before = changes(&fund, ann).await;
    assert_eq!(
        before["nodes"][0]["summary"],
        "recordRate exchange_rate: 1 CNY = 0.14 USD, 2025-02-01, PBoC"
    );
    let same = rate(&fund, ann, "CNY", "2025-02-01", "0.14").await;
    assert_eq!(same["rate"]["recordedAt"], first["rate"]["recordedAt"]);
    assert_eq!(
        changes(&fund, ann).await,
        before,
        "what is so already changes nothing"
    );
    rate(&fund, ann, "CNY", "2025-02-01", "0.138").await;
    rate(&fund, ann, "EUR", "2025-02-03", "1.03").await;
    rate(&fund, ann, "CNY", "2025-02-02", "0.137").await;

    let ask = async |variables: Value| fund.run(ann, RATES, variables).await["rates"].take();
    let all = ask(json!({ "all": false })).await;
    assert_eq!(
        told(&all),
        [
            "EUR 2025-02-03 1.03",
            "CNY 2025-02-02 0.137",
            "CNY 2025-02-01 0.138",
            "KRW 2025-01-01 0.0007"
        ]
    );
    assert_eq!(
        (
            &all["totalCount"],
            &all["nodes"][0]["recordedBy"],
            &all["nodes"][0]["source"]
        ),
        (&json!(4), &json!({ "name": "ann" }), &json!("PBoC"))
    );
    let of_cny =
        ask(json!({ "currency": "CNY", "from": "2025-02-01", "to": "2025-02-01", "all": true })).await;
    assert_eq!(told(&of_cny), ["CNY 2025-02-01 0.138", "CNY 2025-02-01 0.14"]);
    let page = ask(json!({ "first": 2, "all": true })).await;
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let rest = ask(json!({ "first": 2, "all": true, "after": page["pageInfo"]["endCursor"] })).await;
    assert_eq!(told(&rest), ["CNY 2025-02-01 0.138", "CNY 2025-02-01 0.14"]);
    assert_eq!(rest["pageInfo"]["hasNextPage"], true);
    // A correction back to what it was is one, too.
    rate(&fund, ann, "CNY", "2025-02-01", "0.14").await;
    let of_cny = ask(json!({ "currency": "CNY", "to": "2025-02-01", "all": true })).await;
    assert_eq!(of_cny["totalCount"], 3);
}

#[tokio::test]
async fn several_rates_are_recorded_together_or_not_at_all() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    let one = |currency: &str, on: &str, usd: &str| json!({ "currency": currency, "on": on, "usd": usd, "source": "ECB" });
    let good = [
        one("CNY", "2025-02-01", "0.14"),
        one("JPY", "2025-02-03", "0.0066"),
    ];
    let bad = [
        good[0].clone(),
        one("CNY", "2025-02-01", "0.15"),
        one("USD", "2025-02-01", "1"),
    ];
    let refused = fund
        .tell(ann, "recordRates", json!({ "rates": bad }), "recorded unchanged")
        .await;
    let fields: Vec<&Value> = refused["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["field"])
        .collect();
    assert_eq!(
        fields,
        [&json!(["rates", "1"]), &json!(["rates", "2", "currency"])]
    );
    assert_eq!(
        (&refused["recorded"], &refused["unchanged"]),
        (&json!(0), &json!(0))
    );
    for (recorded, unchanged) in [(2, 0), (0, 2)] {
        let done = fund
            .done(ann, "recordRates", json!({ "rates": good }), "recorded unchanged")
            .await;
        assert_eq!(
            (&done["recorded"], &done["unchanged"]),
            (&json!(recorded), &json!(unchanged))
        );
    }
    let activity = changes(&fund, ann).await;
    assert_eq!(
        activity["nodes"][0]["summary"],
        "recordRates exchange_rate: 2 rates of 2025-02-01 to 2025-02-03, ECB"
    );
    let many: Vec<Value> = (0..2_001).map(|_| good[0].clone()).collect();
    let refused = fund
        .tell(ann, "recordRates", json!({ "rates": many }), "recorded")
        .await;
    assert_eq!(refused["userErrors"][0]["code"], "LIMIT");
}

const KINDS: &str = "kinds { kind group weight scale unitOrZero fullAt fullAtByHorizon { upToDays fullAt } halfN halfLifeDays isUsage }";

async fn rubric(fund: &Fund, user: UserId) -> Value {
    let document = format!("{{ rubric {{ version currency note inForceFrom by {{ name }} {KINDS} }} }}");
    fund.run(user, &document, json!({})).await["rubric"].take()
}

#[tokio::test]
async fn a_workspace_begins_with_the_default_rubric() {
    let fund = Fund::new().await;
    let vera = fund.user("vera", Role::Viewer).await;
    let rubric = rubric(&fund, vera).await;
    assert_eq!(
        (&rubric["version"], &rubric["currency"], &rubric["by"]),
        (&json!(1), &json!("USD"), &Value::Null)
    );
    assert_eq!(rubric["kinds"].as_array().unwrap().len(), 21);
    assert_eq!(
        rubric["kinds"][6],
        json!({ "kind": "RETENTION", "group": "LOYALTY", "weight": "0.5", "scale": "LINEAR", "unitOrZero": "0", "fullAt": "25",
            "fullAtByHorizon": [{ "upToDays": 7, "fullAt": "60" }, { "upToDays": 30, "fullAt": "40" }, { "upToDays": 90, "fullAt": "30" }],
            "halfN": 20, "halfLifeDays": 365, "isUsage": true })
    );
    let answer = fund
        .ask(
            Identity::User(vera),
            "{ rubric(version: 2) { version } }",
            json!({}),
        )
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(
        answer["errors"][0]["message"],
        "no rubric has the version 2; one from 1 to 1 would be right"
    );
}

#[tokio::test]
async fn an_administrator_changes_the_rubric_and_old_versions_stay_readable() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Partner).await;
    let root = fund.user("root", Role::Admin).await;
    let old = rubric(&fund, root).await;
    let input = |version: i32, kinds: &Value| json!({ "version": version, "kinds": kinds, "note": "pilots weigh more" });
    let document = "mutation($i: UpdateRubricInput!) { updateRubric(input: $i) { userErrors { code } } }";
    let answer = fund
        .ask(
            Identity::User(ann),
            document,
            json!({ "i": input(1, &old["kinds"]) }),
        )
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");

    let before = changes(&fund, root).await;
    let same = fund
        .done(
            root,
            "updateRubric",
            input(1, &old["kinds"]),
            "rubric { version note }",
        )
        .await;
    assert_eq!(
        same["rubric"],
        json!({ "version": 1, "note": null }),
        "it is in force already"
    );
    assert_eq!(changes(&fund, root).await, before);

    fund.workspace.pass(TimeDelta::hours(1));
    let mut kinds = old["kinds"].clone();
    kinds[5]["weight"] = json!("0.35");
    kinds[6]["fullAtByHorizon"] = json!([]);
    let told = fund
        .done(
            root,
            "updateRubric",
            input(1, &kinds),
            &format!("rubric {{ version note inForceFrom by {{ name }} {KINDS} }}"),
        )
        .await;
    let new = &told["rubric"];
    assert_eq!(
        (
            &new["version"],
            &new["note"],
            &new["inForceFrom"],
            &new["by"]["name"]
        ),
        (
            &json!(2),
            &json!("pilots weigh more"),
            &json!("2025-03-01T09:00:00.000000Z"),
            &json!("root")
        )
    );
    assert_eq!(new["kinds"], kinds);
    assert_eq!(rubric(&fund, ann).await["kinds"], kinds);
    assert_eq!(
        changes(&fund, root).await["nodes"][0]["summary"],
        "updateRubric rubric: version 2, PILOTS, RETENTION"
    );
    let stale = fund
        .tell(
            root,
            "updateRubric",
            input(1, &old["kinds"]),
            "rubric { version }",
        )
        .await;
    assert_eq!(stale["userErrors"][0]["code"], "STALE_VERSION");
    let back = fund
        .done(
            root,
            "updateRubric",
            input(2, &old["kinds"]),
            "rubric { version }",
        )
        .await;
    assert_eq!(
        back["rubric"]["version"], 3,
        "back to what it was is a version of its own"
    );
    let document = format!("{{ rubric(version: 1) {{ {KINDS} }} rubrics {{ version {KINDS} }} }}");
    let told = fund.run(ann, &document, json!({})).await;
    assert_eq!(told["rubric"]["kinds"], old["kinds"]);
    let versions: Vec<&Value> = told["rubrics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["version"])
        .collect();
    assert_eq!(versions, [&json!(3), &json!(2), &json!(1)]);
    assert_eq!(told["rubrics"][1]["kinds"], kinds);
}

#[tokio::test]
async fn what_is_wrong_with_a_rubric_comes_back_by_its_field() {
    let fund = Fund::new().await;
    let root = fund.user("root", Role::Admin).await;
    let kinds = rubric(&fund, root).await["kinds"].take();
    let tell = async |kinds: &Value, note: &str| {
        let input = json!({ "version": 1, "kinds": kinds, "note": note });
        let told = fund.tell(root, "updateRubric", input, "rubric { version }").await;
        assert_eq!(told["rubric"], Value::Null);
        let errors = told["userErrors"].as_array().unwrap().clone();
        errors
            .iter()
            .map(|error| {
                let field: Vec<&str> = error["field"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|f| f.as_str().unwrap())
                    .collect();
                field.join(".")
            })
            .collect::<Vec<_>>()
    };
    let mut wrong = kinds.clone();
    wrong[0]["weight"] = json!("1.5");
    wrong[3]["fullAt"] = json!("0");
    wrong[6]["fullAtByHorizon"][1]["upToDays"] = json!(7);
    wrong.as_array_mut().unwrap().pop();
    assert_eq!(
        tell(&wrong, "").await,
        [
            "kinds.0.weight",
            "kinds.3.fullAt",
            "kinds.6.fullAtByHorizon.1.upToDays",
            "kinds"
        ]
    );
    let mut wrong = kinds.clone();
    wrong[2]["halfLifeDays"] = json!(-1);
    wrong[3]["halfN"] = json!(-5);
    assert_eq!(tell(&wrong, "").await, ["kinds.2.halfLifeDays", "kinds.3.halfN"]);
    let mut twice = kinds.clone();
    twice[1] = twice[0].clone();
    assert_eq!(tell(&twice, "").await, ["kinds.1.kind", "kinds"]);
    assert_eq!(tell(&kinds, &"x".repeat(2_001)).await, ["note"]);
}

#[tokio::test]
async fn what_is_recorded_beside_the_ledger_moves_conviction_at_once() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    let startup = async |name: &str, route: &str, layer: &str| {
        let input = json!({ "name": name, "technicalRoute": route, "layer": layer });
        let id = fund.done(ann, "createStartup", input, "startup { id }").await["startup"]["id"].take();
        let evidence = json!({ "startup": id, "kind": "PAYING_CUSTOMERS", "value": "20", "observedOn": "2025-03-01",
            "source": "CUSTOMER_CALL", "grade": "VERIFIED", "checked": "called them" });
        fund.done(ann, "recordEvidence", evidence, "evidence { id }")
            .await;
        id
    };
    let read = async |id: &Value| -> (String, String) {
        let document = "query($id: ID!) { startup(id: $id) { conviction assessment { conviction multiplier { value } } } }";
        let told = fund.run(ann, document, json!({ "id": id })).await["startup"].take();
        assert_eq!(
            told["conviction"], told["assessment"]["conviction"],
            "what is stored is what is computed"
        );
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (
            text(&told["conviction"]),
            text(&told["assessment"]["multiplier"]["value"]),
        )
    };
    let app = startup("App", "BUILDS_ON_API", "APP").await;
    let (alone, multiplier) = read(&app).await;
    assert_eq!(multiplier, "1.5");
    let provider = fund
        .done(
            ann,
            "createProvider",
            json!({ "name": "Base" }),
            "provider { id }",
        )
        .await["provider"]["id"]
        .take();
    let input = json!({ "startup": app, "provider": provider, "mode": "API", "critical": true });
    let dependency = fund
        .done(ann, "recordDependency", input, "dependency { id }")
        .await["dependency"]["id"]
        .take();
    let (dependent, multiplier) = read(&app).await;
    assert_eq!(multiplier, "1.25");
    assert_ne!(dependent, alone);
    let input = json!({ "id": dependency, "version": 1, "alternative": "Another" });
    fund.done(ann, "updateDependency", input, "dependency { id }")
        .await;
    assert_eq!(read(&app).await, (alone.clone(), "1.5".into()));
    let input = json!({ "activity": changes(&fund, ann).await["nodes"][0]["id"] });
    fund.done(ann, "undo", input, "kept").await;
    assert_eq!(read(&app).await, (dependent, "1.25".into()));

    let model = startup("Model", "TRAINS_BASE_MODEL", "MODEL").await;
    assert_eq!(read(&model).await.1, "1.5");
    for (key, state, then) in [
        ("compute", "OK", "1.5"),
        ("training_data", "OK", "2.5"),
        ("compute", "CONCERN", "1.5"),
    ] {
        let input = json!({ "startup": model, "key": key, "state": state });
        fund.done(ann, "setChecklistItem", input, "startup { id }").await;
        assert_eq!(read(&model).await.1, then, "{key} {state}");
    }
}
