//! What was talked about, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Identity};
use async_graphql::{Request, Variables};
use chrono::TimeDelta;
use domain::{Language, Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

const SHOWN: &str = "interaction { id kind at summary body bodyHtml participants people { name } by { name } deal { title } \
    startup { name } version }";

async fn startup(fund: &Fund, user: UserId, name: &str) -> Value {
    let input = json!({ "name": name });
    fund.done(user, "createStartup", input, "startup { id }").await["startup"]["id"].clone()
}

async fn deal(fund: &Fund, user: UserId, input: Value) -> Value {
    fund.done(user, "openDeal", input, "deal { id }").await["deal"]["id"].clone()
}

async fn log(fund: &Fund, user: UserId, input: Value) -> Value {
    fund.workspace.pass(TimeDelta::minutes(1));
    let mut whole = json!({ "kind": "CALL", "at": "2025-02-20T08:00:00Z", "summary": "A call" });
    whole
        .as_object_mut()
        .unwrap()
        .extend(input.as_object().unwrap().clone());
    fund.done(user, "logInteraction", whole, SHOWN).await["interaction"].clone()
}

async fn undo_last(fund: &Fund, user: UserId, subject: &Value) -> Value {
    let told = fund
        .run(
            user,
            "query($s: ID!) { activity(subject: $s, first: 1) { nodes { id } } }",
            json!({ "s": subject }),
        )
        .await;
    let row = told["activity"]["nodes"][0]["id"].clone();
    fund.tell(user, "undo", json!({ "activity": row }), "kept").await
}

const OF_STARTUP: &str =
    "query($id: ID!) { startup(id: $id) { interactions { totalCount nodes { summary } } } }";

#[tokio::test]
async fn a_call_is_logged_with_who_took_part_and_shown_at_startup_deal_and_person() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let of = deal(
        &fund,
        ann,
        json!({ "startup": acme, "title": "Acme A", "round": "A" }),
    )
    .await;
    let li = fund
        .done(ann, "createPerson", json!({ "name": "Li" }), "person { id }")
        .await["person"]["id"]
        .clone();
    let made = log(
        &fund,
        ann,
        json!({ "startup": acme, "deal": of, "summary": " They want a pilot ",
        "body": "- **20** customers <script>x</script>\n", "participants": ["Wang", "Wang"], "people": [li] }),
    )
    .await;
    assert_eq!(made["summary"], "They want a pilot");
    assert_eq!(made["body"], "- **20** customers <script>x</script>");
    assert_eq!(
        made["bodyHtml"],
        "<ul>\n<li><strong>20</strong> customers &lt;script&gt;x&lt;/script&gt;</li>\n</ul>\n"
    );
    assert_eq!(made["participants"], json!(["Wang"]));
    assert_eq!(made["people"], json!([{ "name": "Li" }]));
    assert_eq!(
        (&made["by"]["name"], &made["deal"]["title"]),
        (&json!("Ann"), &json!("Acme A"))
    );

    log(
        &fund,
        ann,
        json!({ "startup": acme, "summary": "Before that", "at": "2025-02-19T08:00:00Z", "kind": "NOTE" }),
    )
    .await;
    let shown = fund
        .run(
            ann,
            "query($s: ID!, $d: ID!, $p: ID!) { startup(id: $s) { interactions(first: 1) { totalCount pageInfo { hasNextPage endCursor } \
             nodes { summary } } } deal(id: $d) { interactions { totalCount nodes { summary } } } \
             node(id: $p) { ... on Person { interactions { totalCount nodes { summary startup { name } } } } } }",
            json!({ "s": acme, "d": of, "p": li }),
        )
        .await;
    let page = &shown["startup"]["interactions"];
    assert_eq!(page["totalCount"], 2);
    assert_eq!(page["nodes"], json!([{ "summary": "They want a pilot" }]));
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    assert_eq!(shown["deal"]["interactions"]["totalCount"], 1);
    let of_person = &shown["node"]["interactions"];
    assert_eq!(
        of_person["nodes"],
        json!([{ "summary": "They want a pilot", "startup": { "name": "Acme" } }])
    );
    let next = fund
        .run(
            ann,
            "query($s: ID!, $after: String) { startup(id: $s) { interactions(first: 1, after: $after) { nodes { summary } } } }",
            json!({ "s": acme, "after": page["pageInfo"]["endCursor"] }),
        )
        .await;
    assert_eq!(
        next["startup"]["interactions"]["nodes"],
        json!([{ "summary": "Before that" }])
    );
}

#[tokio::test]
async fn what_cannot_be_logged_is_refused_in_words_at_its_place() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let other = startup(&fund, ann, "Other").await;
    let of_other = deal(&fund, ann, json!({ "startup": other, "round": "A" })).await;
    let cases = [
        (json!({ "at": "2100-01-01T00:00:00Z" }), "INVALID", json!(["at"])),
        (json!({ "summary": " " }), "REQUIRED", json!(["summary"])),
        (
            json!({ "summary": "x".repeat(301) }),
            "INVALID",
            json!(["summary"]),
        ),
        (
            json!({ "participants": ["Li", ""] }),
            "REQUIRED",
            json!(["participants", "1"]),
        ),
        (json!({ "deal": of_other }), "CONFLICT", json!(["startup"])),
        (json!({ "deal": "deal_nonsense" }), "INVALID", json!(["deal"])),
        (json!({ "startup": of_other }), "INVALID", json!(["startup"])),
        (
            json!({ "people": ["person_01h455vb4pex5vsknk084sn02q"] }),
            "NOT_FOUND",
            json!(["people", "0"]),
        ),
        (
            json!({ "startup": "startup_01h455vb4pex5vsknk084sn02q" }),
            "NOT_FOUND",
            json!(["startup"]),
        ),
    ];
    for (wrong, code, field) in cases {
        let mut input =
            json!({ "startup": acme, "kind": "CALL", "at": "2025-02-20T08:00:00Z", "summary": "A call" });
        input
            .as_object_mut()
            .unwrap()
            .extend(wrong.as_object().unwrap().clone());
        let told = fund.tell(ann, "logInteraction", input, SHOWN).await;
        assert_eq!(told["interaction"], Value::Null, "{wrong}");
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!(code), &field),
            "{wrong}: {error}"
        );
    }
    let shown = fund.run(ann, OF_STARTUP, json!({ "id": acme })).await;
    assert_eq!(shown["startup"]["interactions"]["totalCount"], 0);
}

#[tokio::test]
async fn an_interaction_is_changed_against_a_version_and_changes_are_taken_back() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let made = log(&fund, ann, json!({ "startup": acme, "body": "as said" })).await;
    let id = made["id"].clone();
    let edit = json!({ "id": id, "version": 1, "summary": "A long call", "kind": "MEETING", "body": null });
    let changed = fund.done(ann, "updateInteraction", edit.clone(), SHOWN).await;
    let changed = &changed["interaction"];
    assert_eq!(
        (
            &changed["summary"],
            &changed["kind"],
            &changed["body"],
            &changed["version"]
        ),
        (&json!("A long call"), &json!("MEETING"), &json!(""), &json!(2))
    );
    let stale = fund.tell(ann, "updateInteraction", edit, SHOWN).await;
    assert_eq!(stale["userErrors"][0]["code"], "STALE_VERSION");

    assert_eq!(undo_last(&fund, ann, &id).await["userErrors"], json!([]));
    let now = "query($id: ID!) { node(id: $id) { ... on Interaction { summary kind body } } }";
    let shown = fund.run(ann, now, json!({ "id": id })).await;
    assert_eq!(
        shown["node"],
        json!({ "summary": "A call", "kind": "CALL", "body": "as said" })
    );
}

#[tokio::test]
async fn an_undone_interaction_is_gone_and_can_come_back_and_what_it_rests_on_stays_while_it_is_here() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let of = deal(&fund, ann, json!({ "startup": acme, "round": "A" })).await;
    let made = log(&fund, ann, json!({ "startup": acme, "deal": of })).await;

    let told = undo_of(&fund, ann, &of, "openDeal").await;
    assert_eq!(
        told["userErrors"][0]["message"],
        "it stays: an interaction refers to it"
    );
    assert_eq!(undo_last(&fund, ann, &made["id"]).await["userErrors"], json!([]));
    let node = json!({ "id": made["id"] });
    let shown = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(fund.run(ann, shown, node.clone()).await["node"], Value::Null);
    let of_startup = fund.run(ann, OF_STARTUP, json!({ "id": acme })).await;
    assert_eq!(of_startup["startup"]["interactions"]["totalCount"], 0);
    // The undo is undone.
    assert_eq!(undo_last(&fund, ann, &made["id"]).await["userErrors"], json!([]));
    assert_eq!(fund.run(ann, shown, node).await["node"]["id"], made["id"]);
}

async fn undo_of(fund: &Fund, user: UserId, subject: &Value, verb: &str) -> Value {
    let told = fund
        .run(
            user,
            "query($s: ID!) { activity(subject: $s) { nodes { id verb } } }",
            json!({ "s": subject }),
        )
        .await;
    let rows = told["activity"]["nodes"].as_array().unwrap();
    let row = rows.iter().find(|row| row["verb"] == verb).unwrap();
    fund.tell(user, "undo", json!({ "activity": row["id"] }), "kept")
        .await
}

#[tokio::test]
async fn a_startup_as_it_was_known_shows_what_had_been_logged_by_then() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let of = deal(&fund, ann, json!({ "startup": acme, "round": "A" })).await;
    let before = fund.workspace.app.now();
    let made = log(
        &fund,
        ann,
        json!({ "startup": acme, "deal": of, "summary": "first" }),
    )
    .await;
    let between = fund.workspace.app.now();
    fund.workspace.pass(TimeDelta::minutes(1));
    let edit = json!({ "id": made["id"], "version": 1, "summary": "second" });
    fund.done(ann, "updateInteraction", edit, SHOWN).await;
    let at = "query($id: ID!, $at: DateTime!) { startup(id: $id, asOf: $at) { interactions { totalCount nodes { summary version } } } }";
    for (instant, summaries) in [
        (before, json!([])),
        (between, json!([{ "summary": "first", "version": 1 }])),
        (
            fund.workspace.app.now(),
            json!([{ "summary": "second", "version": 2 }]),
        ),
    ] {
        let shown = fund.run(ann, at, json!({ "id": acme, "at": instant })).await;
        let shown = &shown["startup"]["interactions"];
        assert_eq!(shown["nodes"], summaries, "{instant}");
        assert_eq!(shown["totalCount"], summaries.as_array().unwrap().len());
    }
}

#[tokio::test]
async fn a_viewer_logs_nothing_and_a_retry_under_one_key_logs_once() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let vera = fund.user("Vera", Role::Viewer).await;
    let acme = startup(&fund, ann, "Acme").await;
    let document = "mutation($i: LogInteractionInput!) { logInteraction(input: $i) { interaction { id } } }";
    let input =
        json!({ "i": { "startup": acme, "kind": "NOTE", "at": "2025-02-20T08:00:00Z", "summary": "x" } });
    let told = fund.ask(Identity::User(vera), document, input.clone()).await;
    assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let mut made = Vec::new();
    for _ in 0..2 {
        let caller = Caller::new(&fund.workspace.app, Identity::User(ann))
            .with_idempotency(Some(("once".into(), [7; 32])));
        let request = Request::new(document).variables(Variables::from_json(input.clone()));
        let response = fund
            .schema
            .execute(graphql::prepare(request, caller, Language::En))
            .await;
        made.push(response.data.into_json().unwrap());
    }
    assert_eq!(made[0], made[1]);
    let shown = fund.run(ann, OF_STARTUP, json!({ "id": acme })).await;
    assert_eq!(shown["startup"]["interactions"]["totalCount"], 1);
}

#[tokio::test]
async fn a_list_with_interactions_takes_as_many_statements_however_many_startups() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let document = "{ startups { nodes { name interactions(first: 3) { totalCount nodes { summary deal { title } by { name } \
        startup { name } people { name } } } deals { nodes { interactions { nodes { summary } } } } } } }";
    let counted = async || {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = Caller::new(&fund.workspace.app, Identity::User(ann)).counting(Arc::clone(&counter));
        let response = fund
            .schema
            .execute(graphql::prepare(Request::new(document), caller, Language::En))
            .await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        counter.load(Ordering::Relaxed)
    };
    let li = fund
        .done(ann, "createPerson", json!({ "name": "Li" }), "person { id }")
        .await["person"]["id"]
        .clone();
    let mut counts = Vec::new();
    for name in ["Acme", "Bolt", "Core"] {
        let id = startup(&fund, ann, name).await;
        let of = deal(&fund, ann, json!({ "startup": id, "round": "A" })).await;
        for _ in 0..4 {
            log(&fund, ann, json!({ "startup": id, "deal": of, "people": [li] })).await;
        }
        counts.push(counted().await);
    }
    assert_eq!(counts, [counts[0]; 3]);
    assert!(counts[0] <= 11, "{counts:?}");
}

#[tokio::test]
async fn a_search_finds_what_was_said_and_nobody_finds_what_was_said_of_a_hidden_deal() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let ben = fund.user("Ben", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let secret = deal(
        &fund,
        ann,
        json!({ "startup": acme, "round": "A", "visibility": "RESTRICTED" }),
    )
    .await;
    log(
        &fund,
        ann,
        json!({ "startup": acme, "summary": "客户走访", "body": "二十家游戏工作室在付费", "participants": ["Wang"] }),
    )
    .await;
    let hidden = log(
        &fund,
        ann,
        json!({ "startup": acme, "deal": secret, "summary": "Price talk", "body": "二十家以下不投" }),
    )
    .await;
    let search = "query($q: String!) { search(query: $q, kinds: [INTERACTION]) { title snippet node { __typename id } } }";
    let titles = async |user: UserId, words: &str| {
        let told = fund.run(user, search, json!({ "q": words })).await;
        let hits = told["search"].as_array().unwrap().clone();
        assert!(
            hits.iter()
                .all(|hit| hit["node"]["__typename"] == "Interaction" && hit["snippet"] == "Acme")
        );
        let titles = hits.iter().map(|hit| hit["title"].as_str().unwrap().to_owned());
        let mut titles = titles.collect::<Vec<_>>();
        titles.sort();
        titles
    };
    assert_eq!(titles(ben, "客户走访").await, ["客户走访"]);
    assert_eq!(titles(ben, "wang").await, ["客户走访"]);
    assert_eq!(titles(ben, "二十家").await, ["客户走访"]);
    assert_eq!(titles(ann, "二十家").await, ["Price talk", "客户走访"]);
    assert!(titles(ben, "price talk").await.is_empty());
    assert!(titles(ben, "pricetalk").await.is_empty());
    // Found as it reads now, and not once it is taken back.
    let edit = json!({ "id": hidden["id"], "version": 1, "summary": "Terms" });
    fund.done(ann, "updateInteraction", edit, SHOWN).await;
    assert!(titles(ann, "price talk").await.is_empty());
    assert_eq!(titles(ann, "terms").await, ["Terms"]);
    undo_of(&fund, ann, &hidden["id"], "updateInteraction").await;
    undo_of(&fund, ann, &hidden["id"], "logInteraction").await;
    assert!(titles(ann, "terms").await.is_empty());
}

#[tokio::test]
async fn an_interaction_of_a_hidden_deal_is_not_there_for_others() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let ben = fund.user("Ben", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let secret = deal(
        &fund,
        ann,
        json!({ "startup": acme, "round": "A", "visibility": "RESTRICTED" }),
    )
    .await;
    let made = log(&fund, ann, json!({ "startup": acme, "deal": secret })).await;
    for (user, count) in [(ann, 1), (ben, 0)] {
        let shown = fund.run(user, OF_STARTUP, json!({ "id": acme })).await;
        assert_eq!(shown["startup"]["interactions"]["totalCount"], count);
        assert_eq!(
            shown["startup"]["interactions"]["nodes"]
                .as_array()
                .unwrap()
                .len(),
            count
        );
    }
    let node = fund
        .run(
            ben,
            "query($id: ID!) { node(id: $id) { id } }",
            json!({ "id": made["id"] }),
        )
        .await;
    assert_eq!(node["node"], Value::Null);
    let edit = json!({ "id": made["id"], "version": 1, "summary": "mine" });
    let told = fund.tell(ben, "updateInteraction", edit, SHOWN).await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_FOUND");
    let log = json!({ "startup": acme, "deal": secret, "kind": "NOTE", "at": "2025-02-20T08:00:00Z", "summary": "x" });
    let told = fund.tell(ben, "logInteraction", log, SHOWN).await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn a_text_is_looked_at_as_it_will_be_drawn_and_one_that_is_too_long_is_refused() {
    let fund = Fund::new().await;
    let vic = fund.user("Vic", Role::Viewer).await;
    let document = "query($text: String!) { markdownHtml(text: $text) }";
    let text = "# Hm\n**20** <img src=x onerror=alert(1)> [a](javascript:alert(1))";
    let told = fund.run(vic, document, json!({ "text": text })).await;
    let html = told["markdownHtml"].as_str().unwrap();
    assert!(html.contains("<strong>20</strong>"), "{html}");
    assert!(!html.contains("<img") && !html.contains("javascript:"), "{html}");
    let told = fund
        .ask(
            Identity::User(vic),
            document,
            json!({ "text": "字".repeat(50_001) }),
        )
        .await;
    let message = told["errors"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("50001") && message.contains("50000"),
        "{message}"
    );
}
