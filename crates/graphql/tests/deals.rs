//! Deals, their stages and moves, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Identity};
use async_graphql::Request;
use domain::{Language, Role, UserId};
use serde_json::{Value, json};
use test_support::TestWorkspace;

struct Fund {
    workspace: TestWorkspace,
    schema: graphql::Schema,
}

impl Fund {
    async fn new() -> Self {
        Self {
            workspace: TestWorkspace::new().await,
            schema: graphql::schema(),
        }
    }
    async fn user(&self, name: &str) -> UserId {
        self.workspace.user(name, Role::Analyst).await
    }
    /// What a document answers a user, errors too, and how many statements it took.
    async fn answer(&self, user: UserId, document: &str, variables: Value) -> (Value, u64) {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = Caller::new(&self.workspace.app, Identity::User(user)).counting(Arc::clone(&counter));
        // As the server does: rights are known before the first resolver asks.
        caller.admit().await.unwrap();
        let request = Request::new(document).variables(async_graphql::Variables::from_json(variables));
        let response = self
            .schema
            .execute(graphql::prepare(request, caller, Language::En))
            .await;
        (
            serde_json::to_value(response).unwrap(),
            counter.load(Ordering::Relaxed),
        )
    }
    async fn run(&self, user: UserId, document: &str, variables: Value) -> Value {
        let mut answer = self.answer(user, document, variables).await.0;
        assert_eq!(answer.get("errors"), None);
        answer["data"].take()
    }
    async fn startup(&self, user: UserId, name: &str) -> Value {
        let document = "mutation($i: CreateStartupInput!) { createStartup(input: $i) { startup { id } userErrors { message } } }";
        self.run(user, document, json!({ "i": { "name": name } })).await["createStartup"]["startup"]["id"]
            .clone()
    }
    async fn open(&self, user: UserId, input: Value) -> Value {
        let document = format!(
            "mutation($i: OpenDealInput!) {{ openDeal(input: $i) {{ {DEAL} userErrors {{ code field message }} }} }}"
        );
        self.run(user, &document, json!({ "i": input })).await["openDeal"].clone()
    }
}

const DEAL: &str = "deal { id title status round visibility stage { key order } owner { name } team { name } \
    amountSought { low high currency asFound } valuation { amount currency } sources { channel who person { name } on precision } \
    daysInStage isStale nextStep version history { from { key } to { key } fromStatus toStatus by { name } reason voidedAt voidReason overrode } }";

#[tokio::test]
async fn a_deal_is_opened_changed_moved_and_the_move_taken_back() {
    let fund = Fund::new().await;
    let ann = fund.user("ann").await;
    let startup = fund.startup(ann, "月之暗面").await;
    let opened = fund
        .open(
            ann,
            json!({ "startup": startup, "round": "A_PLUS", "nextStep": "Call them",
            "amountSought": { "low": "20000000", "high": "90000000", "currency": "CNY", "asFound": "数千万" },
            "valuation": { "amount": "1250000.5", "currency": "USD" },
            "sources": [{ "channel": "FA", "who": "华兴", "on": "2024-06-30", "precision": "QUARTER" }] }),
        )
        .await;
    assert_eq!(opened["userErrors"], json!([]));
    let deal = &opened["deal"];
    assert_eq!(deal["title"], "月之暗面 A+");
    assert_eq!(deal["amountSought"]["asFound"], "数千万");
    assert_eq!(
        deal["valuation"],
        json!({ "amount": "1250000.5", "currency": "USD" })
    );
    assert_eq!(deal["sources"][0]["precision"], "QUARTER");
    assert_eq!(deal["team"], json!([{ "name": "ann" }]));
    assert_eq!(
        (deal["daysInStage"].clone(), deal["isStale"].clone()),
        (json!(0), json!(false))
    );

    let update = format!(
        "mutation($i: UpdateDealInput!) {{ updateDeal(input: $i) {{ {DEAL} userErrors {{ code field }} }} }}"
    );
    let input = json!({ "id": deal["id"], "version": 1, "nextStep": null, "round": "B" });
    let updated = fund.run(ann, &update, json!({ "i": input })).await["updateDeal"]["deal"].clone();
    assert_eq!(
        (updated["nextStep"].clone(), updated["round"].clone()),
        (Value::Null, json!("B"))
    );
    assert_eq!(
        updated["amountSought"], deal["amountSought"],
        "a field left out stays"
    );
    let stale = fund.run(ann, &update, json!({ "i": input })).await["updateDeal"].clone();
    assert_eq!(
        stale,
        json!({ "deal": null, "userErrors": [{ "code": "STALE_VERSION", "field": ["version"] }] })
    );

    let shift = format!(
        "mutation($i: MoveDealInput!) {{ moveDeal(input: $i) {{ {DEAL} userErrors {{ code field }} }} }}"
    );
    let input = json!({ "id": deal["id"], "version": 2, "stage": "DILIGENCE", "reason": "good calls" });
    let moved = fund.run(ann, &shift, json!({ "i": input })).await["moveDeal"]["deal"].clone();
    assert_eq!(moved["stage"], json!({ "key": "DILIGENCE", "order": 4 }));
    assert_eq!(moved["history"][1]["from"], json!({ "key": "SOURCED" }));
    let void = format!(
        "mutation($i: VoidMoveInput!) {{ voidMove(input: $i) {{ {DEAL} userErrors {{ code field }} }} }}"
    );
    let input = json!({ "deal": deal["id"], "version": 3, "reason": "a slip" });
    let voided = fund.run(ann, &void, json!({ "i": input })).await["voidMove"]["deal"].clone();
    assert_eq!(voided["stage"]["key"], "SOURCED");
    assert_eq!(voided["history"].as_array().unwrap().len(), 2);
    assert_eq!(voided["history"][1]["voidReason"], "a slip");

    let twice = fund.open(ann, json!({ "startup": startup, "round": "B" })).await;
    assert_eq!(twice["userErrors"][0]["code"], "CONFLICT");
    assert!(
        twice["userErrors"][0]["message"]
            .as_str()
            .unwrap()
            .contains(deal["id"].as_str().unwrap())
    );
    let nonsense = fund
        .open(ann, json!({ "startup": "deal_1", "owner": "x", "team": ["y"] }))
        .await;
    let fields: Vec<_> = nonsense["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["field"].clone())
        .collect();
    assert_eq!(
        fields,
        [json!(["startup"]), json!(["owner"]), json!(["team", "0"])]
    );
}

#[tokio::test]
async fn a_list_takes_as_many_statements_whatever_its_length() {
    let fund = Fund::new().await;
    let ann = fund.user("ann").await;
    let fields = DEAL.trim_start_matches("deal ");
    let of_fund = format!(
        "{{ deals {{ totalCount nodes {{ startup {{ name }} documents {{ title }} ...D }} }} }} fragment D on Deal {fields}"
    );
    let of_startups = "{ startups { nodes { name deals(filter: { stages: [\"SOURCED\"] }) { totalCount nodes { id documents { title } } } } } }";
    let mut taken = Vec::new();
    for count in [1, 4] {
        for n in 0..count {
            let startup = fund.startup(ann, &format!("Startup {count} {n}")).await;
            fund.open(ann, json!({ "startup": startup })).await;
            fund.open(ann, json!({ "startup": startup, "round": "A" })).await;
        }
        let (deals, one) = fund.answer(ann, &of_fund, json!({})).await;
        let (startups, other) = fund.answer(ann, of_startups, json!({})).await;
        assert_eq!((deals.get("errors"), startups.get("errors")), (None, None));
        taken.push((one, other));
    }
    assert_eq!(taken[0], taken[1]);
    let data = fund.run(ann, &of_fund, json!({})).await;
    assert_eq!(data["deals"]["totalCount"], 10);
    let data = fund.run(ann, of_startups, json!({})).await;
    assert_eq!(data["startups"]["nodes"][0]["deals"]["totalCount"], 2);
    let data = fund
        .run(ann, "{ stages { key limitDays isRetired } }", json!({}))
        .await;
    assert_eq!(data["stages"].as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn a_startup_beside_a_deal_is_the_same_whether_its_head_or_all_of_it_is_read() {
    let fund = Fund::new().await;
    let ann = fund.user("ann").await;
    let document = "mutation($i: CreateStartupInput!) { createStartup(input: $i) { startup { id } userErrors { message } } }";
    let input = json!({ "name": "立方工坊", "layer": "APP", "country": "CN" });
    let made = fund.run(ann, document, json!({ "i": input })).await;
    let startup = &made["createStartup"]["startup"]["id"];
    fund.open(ann, json!({ "startup": startup, "round": "SEED" }))
        .await;
    let then = fund.workspace.app.now();
    fund.workspace.pass(chrono::TimeDelta::minutes(1));
    let renamed = json!({ "id": startup, "version": 1, "name": "Cubeforge", "layer": "MIDDLEWARE" });
    let document = "mutation($i: UpdateStartupInput!) { updateStartup(input: $i) { startup { id } userErrors { message } } }";
    fund.run(ann, document, json!({ "i": renamed })).await;
    let of = async |fields: &str, at: Value| {
        let document =
            format!("query($at: DateTime) {{ deals(asOf: $at) {{ nodes {{ startup {{ {fields} }} }} }} }}");
        let answer = fund.run(ann, &document, json!({ "at": at })).await;
        answer["deals"]["nodes"][0]["startup"].clone()
    };
    const HEAD: &str = "id called: name slug layer conviction demand";
    for (at, name, layer) in [
        (Value::Null, "Cubeforge", "MIDDLEWARE"),
        (json!(then), "立方工坊", "APP"),
    ] {
        let head = of(HEAD, at.clone()).await;
        assert_eq!((&head["called"], &head["layer"]), (&json!(name), &json!(layer)));
        let mut all = of(&format!("{HEAD} ... on Startup {{ country version }}"), at).await;
        let all = all.as_object_mut().unwrap();
        assert_eq!(all.remove("country"), Some(json!("CN")));
        all.remove("version");
        assert_eq!(head, json!(all));
    }
}

#[tokio::test]
async fn a_list_is_walked_by_cursors_in_either_direction() {
    let fund = Fund::new().await;
    let ann = fund.user("ann").await;
    let startup = fund.startup(ann, "Moonshot").await;
    for (title, due) in [
        ("甲", json!("2030-01-02")),
        ("乙", Value::Null),
        ("2030-01-01", json!("2030-01-01")),
    ] {
        let round = ["SEED", "A", "B"][usize::from(title == "乙") + 2 * usize::from(title == "2030-01-01")];
        fund.open(
            ann,
            json!({ "startup": startup, "round": round, "title": title, "nextStepDue": due }),
        )
        .await;
    }
    let page = "query($o: DealOrder!, $f: Int, $a: String, $l: Int, $b: String) { deals(order: $o, first: $f, after: $a, last: $l, before: $b) { \
        nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    for field in [
        "TITLE",
        "ENTERED_STAGE_AT",
        "NEXT_STEP_DUE",
        "CREATED_AT",
        "UPDATED_AT",
    ] {
        for direction in ["ASC", "DESC"] {
            let order = json!({ "field": field, "direction": direction });
            let whole = fund.run(ann, page, json!({ "o": order })).await["deals"]["nodes"].clone();
            for (size, towards, edge, more) in [
                ("f", "a", "endCursor", "hasNextPage"),
                ("l", "b", "startCursor", "hasPreviousPage"),
            ] {
                let mut seen = Vec::new();
                let mut variables = json!({ "o": order, size: 1 });
                loop {
                    let deals = fund.run(ann, page, variables.clone()).await["deals"].clone();
                    seen.push(deals["nodes"][0].clone());
                    variables[towards] = deals["pageInfo"][edge].clone();
                    if deals["pageInfo"][more] == false {
                        break;
                    }
                }
                if size == "l" {
                    seen.reverse();
                }
                assert_eq!(Value::Array(seen), whole, "{field} {direction} {size}");
            }
        }
    }
}

#[tokio::test]
async fn a_hidden_deal_answers_as_one_that_never_was() {
    let fund = Fund::new().await;
    let (ann, ben) = (fund.user("ann").await, fund.user("ben").await);
    let startup = fund.startup(ann, "Moonshot").await;
    let secret = fund
        .open(ann, json!({ "startup": startup, "visibility": "RESTRICTED" }))
        .await["deal"]["id"]
        .clone();
    let never = json!("deal_01h455vb4pex5vsknk084sn02q");
    let looks = [
        "query($d: ID!) { deal(id: $d) { id } }",
        "query($d: ID!) { deal(id: $d, asOf: \"2100-01-01T00:00:00Z\") { id } }",
        "query($d: ID!) { node(id: $d) { id } }",
        "query($d: ID!) { nodes(ids: [$d]) { id } }",
        "query($d: ID!) { activity(subject: $d) { totalCount nodes { id } } deals { totalCount nodes { id } } }",
        "query($d: ID!) { activity(subject: $d) { totalCount } startups(filter: { dealStatuses: [ACTIVE] }) { totalCount } }",
    ];
    let change = "mutation($d: ID!) { updateDeal(input: { id: $d, version: 1, title: \"Mine\" }) { deal { id } userErrors { code message field } } \
        moveDeal(input: { id: $d, version: 1, stage: \"SCREENING\" }) { deal { id } userErrors { code message field } } \
        voidMove(input: { deal: $d, version: 1, reason: \"a slip\" }) { deal { id } userErrors { code message field } } \
        createDocument(input: { title: \"t\", kind: DECK, url: \"https://example.com\", deal: $d }) { document { id } userErrors { code message field } } }";
    for document in looks.into_iter().chain([change]) {
        let mut answers = Vec::new();
        for id in [&secret, &never] {
            let (answer, statements) = fund.answer(ben, document, json!({ "d": id })).await;
            answers.push((answer.to_string().replace(id.as_str().unwrap(), "it"), statements));
        }
        assert_eq!(answers[0], answers[1]);
    }
    let seen = fund.run(ann, looks[0], json!({ "d": secret })).await;
    assert_eq!(seen["deal"]["id"], secret);
    let seen = fund.run(ann, looks[4], json!({ "d": secret })).await;
    assert_eq!(
        (
            seen["deals"]["totalCount"].clone(),
            seen["activity"]["totalCount"].clone()
        ),
        (json!(1), json!(1))
    );
}
