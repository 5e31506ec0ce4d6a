//! The board: what its columns add up to, their cards, and the same at a past instant.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Identity};
use async_graphql::{Request, Variables};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Language, Role, UserId};
use serde_json::{Value, json};

use crate::story::Story;

const COLUMNS: &str = "columns { stage { key } dealCount staleCount medianDaysInStage amount { low high currency } \
    ourAmount { low high currency } amountTotal { low high currency deals unknown withoutRate } }";

async fn board(
    story: &Story,
    who: UserId,
    fields: &str,
    filter: Value,
    as_of: Option<DateTime<Utc>>,
) -> Value {
    let document = format!(
        "query($f: DealFilter, $at: DateTime) {{ pipeline(filter: $f, asOf: $at) {{ totalCount staleCount {fields} }} }}"
    );
    story
        .fund
        .run(who, &document, json!({ "f": filter, "at": as_of }))
        .await["pipeline"]
        .clone()
}

fn column<'b>(board: &'b Value, key: &str) -> &'b Value {
    let columns = board["columns"].as_array().unwrap();
    columns
        .iter()
        .find(|column| column["stage"]["key"] == key)
        .expect(key)
}

fn money(low: &str, high: Option<&str>, currency: &str) -> Value {
    json!({ "low": low, "high": high, "currency": currency })
}

/// Three deals in SOURCED that came 20, 9 and 2 days ago, one of them seeking dollars and one nothing known; one in
/// SCREENING; one passed.
async fn told() -> Story {
    let story = Story::begins().await;
    story
        .fund
        .done(
            story.admin,
            "recordRate",
            json!({ "currency": "CNY", "on": story.fund.workspace.app.now().date_naive(), "usd": "0.14" }),
            "rate { usd }",
        )
        .await;
    let amounts = [
        json!({ "amountSought": money("20000000", Some("90000000"), "CNY"), "ourAmount": money("5000000", Some("6000000"), "CNY") }),
        json!({ "amountSought": money("1400000", Some("2800000"), "USD") }),
        json!({ "amountSought": { "asFound": "数额未定" } }),
    ];
    for (n, (name, amount)) in ["Aone", "Btwo", "Cthree"].iter().zip(amounts).enumerate() {
        let startup = story.startup(name, json!({})).await;
        story.deal(&startup, amount).await;
        story.fund.workspace.pass(TimeDelta::days([11, 7, 2][n]));
    }
    let startup = story.startup("Dfour", json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    story
        .moved(story.analyst, &deal, json!({ "stage": "SCREENING" }))
        .await;
    let startup = story.startup("Efive", json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    story
        .moved(
            story.analyst,
            &deal,
            json!({ "status": "PASSED", "passReason": "MARKET" }),
        )
        .await;
    story
}

#[tokio::test]
async fn columns_add_up_what_is_active_in_them() {
    let story = told().await;
    let board = board(&story, story.analyst, COLUMNS, Value::Null, None).await;
    assert_eq!(
        (board["totalCount"].clone(), board["staleCount"].clone()),
        (json!(4), json!(1))
    );
    assert_eq!(board["columns"].as_array().unwrap().len(), 7);
    // Days in stage are 20, 9 and 2, and the limit is 14. At 0.14 dollars 20m and
    // 90m CNY are 2.8m and 12.6m dollars, to which 1.4m and 2.8m come.
    assert_eq!(
        *column(&board, "SOURCED"),
        json!({ "stage": { "key": "SOURCED" }, "dealCount": 3, "staleCount": 1, "medianDaysInStage": "9",
            "amount": [money("20000000", Some("90000000"), "CNY"), money("1400000", Some("2800000"), "USD")],
            "ourAmount": [money("5000000", Some("6000000"), "CNY")],
            "amountTotal": { "low": "4200000", "high": "15400000", "currency": "USD", "deals": 2, "unknown": 1, "withoutRate": 0 } })
    );
    let empty = column(&board, "CLOSING");
    assert_eq!(
        (empty["dealCount"].clone(), empty["medianDaysInStage"].clone()),
        (json!(0), Value::Null)
    );
}

#[tokio::test]
async fn a_filter_narrows_counts_and_cards_alike() {
    let story = told().await;
    let fields = "columns { stage { key } dealCount deals(first: 2) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } }";
    let all = board(&story, story.analyst, fields, Value::Null, None).await;
    let sourced = column(&all, "SOURCED");
    assert_eq!(sourced["deals"]["totalCount"], 3);
    assert_eq!(
        sourced["deals"]["nodes"],
        json!([{ "title": "Aone" }, { "title": "Btwo" }])
    );
    assert_eq!(sourced["deals"]["pageInfo"]["hasNextPage"], true);
    let cursor = sourced["deals"]["pageInfo"]["endCursor"].as_str().unwrap();
    let next = format!("columns {{ stage {{ key }} deals(after: \"{cursor}\") {{ nodes {{ title }} }} }}");
    let next = board(
        &story,
        story.analyst,
        &next,
        json!({ "stages": ["SOURCED"] }),
        None,
    )
    .await;
    assert_eq!(next["columns"].as_array().unwrap().len(), 1);
    assert_eq!(
        next["columns"][0]["deals"]["nodes"],
        json!([{ "title": "Cthree" }])
    );
    let stale = board(&story, story.analyst, fields, json!({ "stale": true }), None).await;
    assert_eq!(
        (
            stale["totalCount"].clone(),
            column(&stale, "SOURCED")["dealCount"].clone()
        ),
        (json!(1), json!(1))
    );
    let passed = board(
        &story,
        story.analyst,
        fields,
        json!({ "statuses": ["PASSED"] }),
        None,
    )
    .await;
    assert_eq!(
        column(&passed, "SOURCED")["deals"]["nodes"],
        json!([{ "title": "Efive" }])
    );
}

#[tokio::test]
async fn the_board_of_a_past_instant_is_as_it_was_known_then() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let deal = story
        .deal(&startup, json!({ "amountSought": money("1", Some("2"), "USD") }))
        .await;
    story.fund.workspace.pass(TimeDelta::days(3));
    let before = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::days(1));
    story
        .moved(story.analyst, &deal, json!({ "stage": "DILIGENCE" }))
        .await;
    let now = board(&story, story.analyst, COLUMNS, Value::Null, None).await;
    assert_eq!(column(&now, "DILIGENCE")["dealCount"], 1);
    let fields =
        "columns { stage { key } dealCount medianDaysInStage deals { nodes { title stage { key } } } }";
    let then = board(&story, story.analyst, fields, Value::Null, Some(before)).await;
    assert_eq!(column(&then, "DILIGENCE")["dealCount"], 0);
    let sourced = column(&then, "SOURCED");
    assert_eq!(
        (sourced["dealCount"].clone(), sourced["medianDaysInStage"].clone()),
        (json!(1), json!("3"))
    );
    assert_eq!(sourced["deals"]["nodes"][0]["stage"]["key"], "SOURCED");
    let of_now = json!({ "hasProof": true });
    let document = "query($f: DealFilter, $at: DateTime) { pipeline(filter: $f, asOf: $at) { totalCount } }";
    let refused = story
        .fund
        .ask(
            Identity::User(story.analyst),
            document,
            json!({ "f": of_now, "at": before }),
        )
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn time_on_hold_is_left_out_and_a_deal_on_hold_is_never_stale() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    story.fund.workspace.pass(TimeDelta::days(5));
    story
        .moved(story.analyst, &deal, json!({ "status": "ON_HOLD" }))
        .await;
    story.fund.workspace.pass(TimeDelta::days(30));
    let held = board(
        &story,
        story.analyst,
        COLUMNS,
        json!({ "statuses": ["ON_HOLD"] }),
        None,
    )
    .await;
    let sourced = column(&held, "SOURCED");
    assert_eq!(
        (
            sourced["medianDaysInStage"].clone(),
            sourced["staleCount"].clone()
        ),
        (json!("5"), json!(0))
    );
    story
        .moved(story.analyst, &deal, json!({ "status": "ACTIVE" }))
        .await;
    story.fund.workspace.pass(TimeDelta::days(2));
    let back = board(&story, story.analyst, COLUMNS, Value::Null, None).await;
    assert_eq!(column(&back, "SOURCED")["medianDaysInStage"], "7");
}

#[tokio::test]
async fn a_restricted_deal_changes_no_number_of_those_outside_its_team() {
    let story = told().await;
    let fields = &format!("{COLUMNS} amountTotal {{ low high }}");
    let outsider = story.fund.user("Out", Role::Partner).await;
    let before = board(&story, outsider, fields, Value::Null, None).await;
    let startup = story.startup("Quietlake", json!({})).await;
    let more =
        json!({ "visibility": "RESTRICTED", "amountSought": money("10000000", Some("10000000"), "USD") });
    story.deal(&startup, more).await;
    assert_eq!(board(&story, outsider, fields, Value::Null, None).await, before);
    let inside = board(&story, story.analyst, fields, Value::Null, None).await;
    assert_eq!(inside["totalCount"], 5);
    let by = "query { pipelineBy(group: CHANNEL) { key dealCount } }";
    let outside = story.fund.run(outsider, by, json!({})).await;
    assert_eq!(outside["pipelineBy"], json!([{ "key": "", "dealCount": 4 }]));
}

#[tokio::test]
async fn deals_are_put_together_by_owner_layer_sector_round_and_channel() {
    let story = Story::begins().await;
    let more = json!({ "layer": "APP", "sectors": ["3d-generation", "chinese-llm"] });
    let startup = story.startup("Acme", more).await;
    let sources = json!([{ "channel": "FA" }, { "channel": "EVENT" }, { "channel": "FA" }]);
    story
        .deal(
            &startup,
            json!({ "round": "SEED", "sources": sources, "amountSought": money("3", None, "CNY") }),
        )
        .await;
    let input = json!({ "startup": startup, "kind": "PILOTS", "value": "4", "observedOn": story.fund.workspace.app.now().date_naive(), "source": "FOUNDER" });
    story
        .fund
        .done(story.analyst, "recordEvidence", input, "evidence { id }")
        .await;
    let other = story.startup("Bare", json!({})).await;
    story.deal(&other, json!({})).await;
    let groups = async |group: &str| {
        let document = format!(
            "{{ pipelineBy(group: {group}) {{ key label dealCount amount {{ low }} medianConviction }} }}"
        );
        story.fund.run(story.analyst, &document, json!({})).await["pipelineBy"].clone()
    };
    let owner = groups("OWNER").await;
    assert_eq!(
        (owner[0]["label"].clone(), owner[0]["dealCount"].clone()),
        (json!("Ana"), json!(2))
    );
    let stored = story
        .fund
        .run(
            story.analyst,
            "query($id: ID!) { startup(id: $id) { conviction } }",
            json!({ "id": startup }),
        )
        .await["startup"]["conviction"]
        .clone();
    assert_ne!(stored, Value::Null);
    let layers = groups("LAYER").await;
    assert_eq!(
        layers,
        json!([{ "key": "", "label": "Unclassified", "dealCount": 1, "amount": [], "medianConviction": null },
               { "key": "APP", "label": "App", "dealCount": 1, "amount": [{ "low": "3" }], "medianConviction": stored }])
    );
    let labels = |groups: Value| -> Vec<(String, i64)> {
        let mut labels: Vec<_> = groups
            .as_array()
            .unwrap()
            .iter()
            .map(|group| {
                (
                    group["label"].as_str().unwrap().to_owned(),
                    group["dealCount"].as_i64().unwrap(),
                )
            })
            .collect();
        labels.sort();
        labels
    };
    assert_eq!(
        labels(groups("CHANNEL").await),
        [
            ("Event".into(), 1),
            ("Financial adviser".into(), 1),
            ("Not known".into(), 1)
        ]
    );
    assert_eq!(
        labels(groups("ROUND").await),
        [("Not known".into(), 1), ("Seed".into(), 1)]
    );
    assert_eq!(
        labels(groups("SECTOR").await).len(),
        3,
        "a deal of two sectors counts in both"
    );
}

/// Copies a startup with its deal and its figures ten thousand times, over all stages.
const TEN_THOUSAND: &str = "create temporary table copy as select n, gen_random_uuid() as startup, gen_random_uuid() as deal, \
    (select array_agg(id) from stage) as stages from generate_series(1, 10000) n; \
    create temporary table pattern as select * from deal where status = 'ACTIVE' and visibility = 'TEAM' order by id limit 1; \
    insert into startup select x.* from copy c cross join startup s join pattern p on p.startup_id = s.id, \
      lateral jsonb_populate_record(s, jsonb_build_object('id', c.startup, 'slug', 'copy-' || c.n)) x; \
    insert into startup_assessment select x.* from copy c cross join startup_assessment a join pattern p on p.startup_id = a.startup_id, \
      lateral jsonb_populate_record(a, jsonb_build_object('startup_id', c.startup)) x on conflict do nothing; \
    insert into deal select x.* from copy c cross join deal d join pattern p on p.id = d.id, \
      lateral jsonb_populate_record(d, jsonb_build_object('id', c.deal, 'startup_id', c.startup, 'origin_startup_id', c.startup, 'stage_id', c.stages[1 + c.n % 7])) x; \
    insert into deal_change select x.* from copy c cross join deal_change h join pattern p on p.id = h.deal_id and h.from_stage_id is null, \
      lateral jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), 'deal_id', c.deal, 'to_stage_id', c.stages[1 + c.n % 7])) x; \
    analyze";

#[tokio::test]
async fn a_board_of_many_cards_takes_the_statements_of_one_of_few() {
    let story = told().await;
    let document = "{ pipeline { totalCount columns { stage { key } dealCount amountTotal { low } deals(first: 25) { totalCount nodes { \
        title startup { name conviction flags { flag } bestGrade } owner { name } daysInStage isStale overridden } } } } }";
    let statements = async || {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = Caller::new(&story.fund.workspace.app, Identity::User(story.analyst))
            .counting(Arc::clone(&counter));
        caller.admit().await.unwrap();
        let request = Request::new(document).variables(Variables::default());
        let response = story
            .fund
            .schema
            .execute(graphql::prepare(request, caller, Language::En))
            .await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        counter.load(Ordering::Relaxed)
    };
    let few = statements().await;
    for n in 0..60 {
        let startup = story.startup(&format!("More {n}"), json!({})).await;
        let stage = ["SOURCED", "SCREENING", "DILIGENCE"][n % 3];
        story.deal(&startup, json!({ "stage": stage })).await;
    }
    assert_eq!(statements().await, few);
    story.fund.workspace.database.run(TEN_THOUSAND).await;
    // The copies came past the program, which learns of them with the next deal.
    let startup = story.startup("The last", json!({})).await;
    story.deal(&startup, json!({})).await;
    assert_eq!(statements().await, few);
    let told = story
        .fund
        .run(story.analyst, "{ pipeline { totalCount } }", json!({}))
        .await;
    assert!(told["pipeline"]["totalCount"].as_i64().unwrap() > 10_000);
}
