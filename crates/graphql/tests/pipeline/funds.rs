//! The funds that may invest: edited by administrators, named by deals, summed in their own currency, and where a deal
//! does not suit one.

use app::Identity;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::story::Story;

const FUND: &str =
    "fund { id name currency ticket { low high currency asFound } constraints isRetired version }";

async fn fund(story: &Story, name: &str, currency: &str, more: Value) -> String {
    let mut input = json!({ "name": name, "currency": currency });
    let fields = input.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    let made = story.fund.done(story.admin, "createFund", input, FUND).await;
    made["fund"]["id"].as_str().unwrap().to_owned()
}

async fn deal(story: &Story, id: &str, fields: &str, more: &str) -> Value {
    let document = format!("query($id: ID!) {{ deal(id: $id{more}) {{ {fields} }} }}");
    story
        .fund
        .run(story.analyst, &document, json!({ "id": id }))
        .await["deal"]
        .clone()
}

async fn update(story: &Story, id: &str, change: Value) -> Value {
    let version = deal(story, id, "version", "").await["version"].clone();
    let mut input = json!({ "id": id, "version": version });
    let fields = input.as_object_mut().unwrap();
    fields.extend(change.as_object().unwrap().clone());
    story
        .fund
        .tell(story.analyst, "updateDeal", input, "deal { funds { name } }")
        .await
}

#[tokio::test]
async fn an_administrator_adds_changes_and_retires_funds() {
    let story = Story::begins().await;
    let new = json!({ "name": "Yuan fund", "currency": "CNY", "ticket": { "low": "5000000", "high": "30000000", "asFound": "500万至3000万" },
        "constraints": "返投比例 1.5 倍" });
    let forbidden = "mutation($i: CreateFundInput!) { createFund(input: $i) { userErrors { code } } }";
    let refused = story
        .fund
        .ask(Identity::User(story.partner), forbidden, json!({ "i": new }))
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");

    let made = story.fund.done(story.admin, "createFund", new, FUND).await["fund"].clone();
    let ticket =
        json!({ "low": "5000000", "high": "30000000", "currency": "CNY", "asFound": "500万至3000万" });
    assert_eq!(made["ticket"], ticket);
    assert_eq!(made["isRetired"], false);

    let again = json!({ "name": "yuan  FUND", "currency": "USD" });
    let taken = story.fund.tell(story.admin, "createFund", again, FUND).await;
    assert_eq!(taken["userErrors"][0]["code"], "TAKEN");
    let message = taken["userErrors"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("Yuan fund") && message.contains("another name"),
        "{message}"
    );

    let dollars = json!({ "id": made["id"], "version": 1, "currency": "USD" });
    let told = story.fund.tell(story.admin, "updateFund", dollars, FUND).await;
    assert_eq!(told["userErrors"][0]["field"], json!(["ticket", "currency"]));

    let edit = json!({ "id": made["id"], "version": 1, "currency": "USD", "ticket": { "low": "1000000" }, "constraints": null });
    let changed = story
        .fund
        .done(story.admin, "updateFund", edit.clone(), FUND)
        .await["fund"]
        .clone();
    assert_eq!(
        (
            changed["currency"].clone(),
            changed["ticket"]["currency"].clone(),
            changed["constraints"].clone()
        ),
        (json!("USD"), json!("USD"), Value::Null)
    );
    let stale = story.fund.tell(story.admin, "updateFund", edit, FUND).await;
    assert_eq!(stale["userErrors"][0]["code"], "STALE_VERSION");

    let retire = json!({ "id": made["id"], "version": 2, "isRetired": true });
    story.fund.done(story.admin, "updateFund", retire, FUND).await;
    let all = story
        .fund
        .run(story.analyst, "{ funds { name isRetired } }", json!({}))
        .await;
    assert_eq!(all["funds"], json!([{ "name": "Yuan fund", "isRetired": true }]));
    let node = "query($id: ID!) { node(id: $id) { ... on Fund { name } } activity(subject: $id) { nodes { verb } } }";
    let told = story
        .fund
        .run(story.admin, node, json!({ "id": made["id"] }))
        .await;
    assert_eq!(told["node"]["name"], "Yuan fund");
    let verbs: Vec<&str> = told["activity"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["verb"].as_str().unwrap())
        .collect();
    assert_eq!(verbs, ["updateFund", "updateFund", "createFund"]);
}

#[tokio::test]
async fn a_deal_names_its_funds_and_says_where_it_does_not_suit_them() {
    let story = Story::begins().await;
    let yuan = fund(
        &story,
        "Yuan fund",
        "CNY",
        json!({ "ticket": { "low": "5000000", "high": "30000000" } }),
    )
    .await;
    let dollar = fund(&story, "Dollar fund", "USD", json!({})).await;
    let startup = story.startup("Acme", json!({})).await;
    let id = story
        .deal(&startup, json!({ "funds": [yuan, dollar, yuan] }))
        .await;
    let fit = "fit { fund { name } notes }";
    let undecided = "The startup's structure is not decided.";
    assert_eq!(
        deal(&story, &id, fit, "").await["fit"],
        json!([{ "fund": { "name": "Yuan fund" }, "notes": [undecided] }, { "fund": { "name": "Dollar fund" }, "notes": [undecided] }])
    );
    let onshore = json!({ "id": startup, "version": 1, "structure": "ONSHORE" });
    story
        .fund
        .done(story.analyst, "updateStartup", onshore, "startup { id }")
        .await;
    let ours = json!({ "ourAmount": { "low": "1000000", "high": "4000000", "currency": "CNY" } });
    assert_eq!(update(&story, &id, ours).await["userErrors"], json!([]));
    assert_eq!(
        deal(&story, &id, fit, "").await["fit"],
        json!([
            { "fund": { "name": "Yuan fund" },
              "notes": ["Our amount of at most 4,000,000 CNY is below the fund's ticket, which begins at 5,000,000 CNY."] },
            { "fund": { "name": "Dollar fund" },
              "notes": ["The startup is set up onshore; the fund invests in USD.", "The amount is in CNY; the fund invests in USD."] }
        ])
    );
}

#[tokio::test]
async fn a_fund_that_is_none_or_retired_is_refused_by_its_place_and_an_undo_puts_funds_back() {
    let story = Story::begins().await;
    let one = fund(&story, "One", "CNY", json!({})).await;
    let two = fund(&story, "Two", "USD", json!({})).await;
    let startup = story.startup("Acme", json!({})).await;
    let id = story.deal(&startup, json!({ "funds": [one, two] })).await;
    let retire = json!({ "id": two, "version": 1, "isRetired": true });
    story.fund.done(story.admin, "updateFund", retire, FUND).await;

    // Who keeps a retired one names nothing new.
    story.fund.workspace.pass(TimeDelta::minutes(1));
    assert_eq!(
        update(&story, &id, json!({ "funds": [two] })).await["userErrors"],
        json!([])
    );
    let newest = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id before after } } }";
    let row =
        story.fund.run(story.analyst, newest, json!({ "id": id })).await["activity"]["nodes"][0].clone();
    assert_eq!(row["before"], json!({ "fundIds": [one, two] }));
    assert_eq!(row["after"], json!({ "fundIds": [two] }));

    let unknown = "fund_00000000000000000000000001";
    let other = story.startup("Other", json!({})).await;
    let new = json!({ "startup": other, "funds": [one, two, unknown] });
    let told = story
        .fund
        .tell(story.analyst, "openDeal", new, "deal { id }")
        .await;
    let errors: Vec<(Value, Value)> = told["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["code"].clone(), error["field"].clone()))
        .collect();
    assert_eq!(
        errors,
        [
            (json!("NOT_ALLOWED"), json!(["funds", "1"])),
            (json!("NOT_FOUND"), json!(["funds", "2"]))
        ]
    );
    let bad = update(
        &story,
        &id,
        json!({ "funds": ["startup_00000000000000000000000001"] }),
    )
    .await;
    assert_eq!(bad["userErrors"][0]["field"], json!(["funds", "0"]));

    let undo = json!({ "activity": row["id"] });
    story
        .fund
        .done(story.analyst, "undo", undo, "activity { id }")
        .await;
    assert_eq!(
        deal(&story, &id, "funds { name }", "").await["funds"],
        json!([{ "name": "One" }, { "name": "Two" }])
    );
}

#[tokio::test]
async fn funds_of_a_past_instant_are_those_that_were_known_then() {
    let story = Story::begins().await;
    let one = fund(&story, "One", "CNY", json!({})).await;
    let startup = story
        .startup("Acme", json!({ "structure": "OFFSHORE_VIE" }))
        .await;
    let id = story.deal(&startup, json!({ "funds": [one] })).await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let then = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::days(1));
    let edit = json!({ "id": one, "version": 1, "name": "Renamed", "currency": "USD" });
    story.fund.done(story.admin, "updateFund", edit, FUND).await;
    update(&story, &id, json!({ "funds": [] })).await;
    let fields = "funds { name currency } fit { notes }";
    assert_eq!(
        deal(&story, &id, fields, &format!(", asOf: \"{}\"", then.to_rfc3339())).await,
        json!({ "funds": [{ "name": "One", "currency": "CNY" }],
            "fit": [{ "notes": ["The startup is set up offshore (VIE); the fund invests in CNY."] }] })
    );
    assert_eq!(
        deal(&story, &id, fields, "").await,
        json!({ "funds": [], "fit": [] })
    );
}

/// Two funds; one deal of both (7m CNY of ours), one of the dollar fund (1m USD of ours), one of it in yen, for which
/// there is no rate, and one of none; and a restricted deal of the dollar fund (5m USD), which its team alone sees.
#[tokio::test]
async fn sums_by_fund_stay_in_the_funds_own_currency() {
    let story = Story::begins().await;
    let today = story.fund.workspace.app.now().date_naive();
    let rate = json!({ "currency": "CNY", "on": today, "usd": "0.14" });
    story
        .fund
        .done(story.admin, "recordRate", rate, "rate { usd }")
        .await;
    let yuan = fund(&story, "Yuan", "CNY", json!({})).await;
    let dollar = fund(&story, "Dollar", "USD", json!({})).await;
    let ours = |amount: &str, currency: &str| json!({ "low": amount, "high": amount, "currency": currency });
    let deals = [
        (
            "Aone",
            json!({ "funds": [yuan, dollar], "ourAmount": ours("7000000", "CNY") }),
        ),
        (
            "Btwo",
            json!({ "funds": [dollar], "ourAmount": ours("1000000", "USD") }),
        ),
        (
            "Cthree",
            json!({ "funds": [dollar], "ourAmount": ours("9", "JPY") }),
        ),
        ("Dfour", json!({})),
        (
            "Esecret",
            json!({ "funds": [dollar], "ourAmount": ours("5000000", "USD"), "visibility": "RESTRICTED" }),
        ),
    ];
    for (name, more) in deals {
        let startup = story.startup(name, json!({})).await;
        story.deal(&startup, more).await;
    }
    let document = "query($f: DealFilter) { pipelineBy(group: FUND, filter: $f) { key label dealCount \
        ourAmountTotal { low high currency deals unknown withoutRate } } }";
    let seen = story.fund.run(story.partner, document, json!({})).await["pipelineBy"].clone();
    // 7m CNY at 0.14 are 980,000 USD, with 1m USD of the second 1,980,000; the yen have no rate.
    assert_eq!(
        seen,
        json!([
            { "key": dollar, "label": "Dollar", "dealCount": 3,
              "ourAmountTotal": { "low": "1980000", "high": "1980000", "currency": "USD", "deals": 2, "unknown": 0, "withoutRate": 1 } },
            { "key": "", "label": "No fund", "dealCount": 1,
              "ourAmountTotal": { "low": null, "high": null, "currency": "USD", "deals": 0, "unknown": 1, "withoutRate": 0 } },
            { "key": yuan, "label": "Yuan", "dealCount": 1,
              "ourAmountTotal": { "low": "7000000", "high": "7000000", "currency": "CNY", "deals": 1, "unknown": 0, "withoutRate": 0 } },
        ])
    );
    let narrowed = json!({ "f": { "funds": [yuan] } });
    let of_yuan = story.fund.run(story.partner, document, narrowed).await["pipelineBy"].clone();
    let mut labels: Vec<&str> = of_yuan
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["label"].as_str().unwrap())
        .collect();
    labels.sort_unstable();
    assert_eq!(labels, ["Dollar", "Yuan"]);
    // Its team counts the restricted one too.
    let team = story.fund.run(story.analyst, document, json!({})).await;
    assert_eq!(team["pipelineBy"][0]["ourAmountTotal"]["low"], "6980000");
    let count = "query($f: DealFilter) { deals(filter: $f) { totalCount } }";
    let asked = json!({ "f": { "funds": [dollar] } });
    for (who, expected) in [(story.partner, 3), (story.analyst, 4)] {
        let told = story.fund.run(who, count, asked.clone()).await;
        assert_eq!(told["deals"]["totalCount"], expected);
    }
}
