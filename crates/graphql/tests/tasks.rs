//! What is to be done, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Identity};
use async_graphql::Request;
use domain::{Language, Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

const SHOWN: &str = "task { id what who { name } due doneAt doneBy { name } startup { name } deal { title } recordedBy { name } version }";

async fn startup(fund: &Fund, user: UserId, name: &str) -> Value {
    let input = json!({ "name": name });
    fund.done(user, "createStartup", input, "startup { id }").await["startup"]["id"].clone()
}

async fn deal(fund: &Fund, user: UserId, input: Value) -> Value {
    fund.done(user, "openDeal", input, "deal { id }").await["deal"]["id"].clone()
}

async fn task(fund: &Fund, user: UserId, input: Value) -> Value {
    fund.done(user, "createTask", input, SHOWN).await["task"].clone()
}

async fn list(fund: &Fund, user: UserId, arguments: &str) -> Vec<String> {
    let told = fund
        .run(user, &format!("{{ tasks{arguments} {{ what }} }}"), json!({}))
        .await;
    let tasks = told["tasks"].as_array().unwrap().iter();
    tasks
        .map(|task| task["what"].as_str().unwrap().to_owned())
        .collect()
}

async fn undo(fund: &Fund, user: UserId, subject: &Value) -> Value {
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

#[tokio::test]
async fn tasks_come_by_when_they_are_due_and_mine_alone_when_asked() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let ben = fund.user("Ben", Role::Analyst).await;
    for (what, who, due) in [
        ("some day", Some(ann), None),
        ("in March", Some(ann), Some("2025-03-20")),
        ("overdue", Some(ann), Some("2020-01-01")),
        ("of Ben", Some(ben), Some("2025-03-10")),
        ("of nobody", None, Some("2025-03-11")),
    ] {
        let who = who.map(|user| user.to_string());
        task(&fund, ann, json!({ "what": what, "who": who, "due": due })).await;
    }
    assert_eq!(
        list(&fund, ann, "").await,
        ["overdue", "of Ben", "of nobody", "in March", "some day"]
    );
    assert_eq!(
        list(&fund, ann, "(mine: true)").await,
        ["overdue", "in March", "some day"]
    );
    assert_eq!(list(&fund, ben, "(mine: true)").await, ["of Ben"]);
    assert!(list(&fund, ann, "(open: false)").await.is_empty());
    assert_eq!(list(&fund, ann, "(mine: true, open: null)").await.len(), 3);
}

#[tokio::test]
async fn a_task_is_done_once_by_whom_it_says_and_open_again_when_that_is_taken_back() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let made = task(
        &fund,
        ann,
        json!({ "what": " Call two studios ", "startup": acme }),
    )
    .await;
    assert_eq!(
        (&made["what"], &made["startup"]["name"], &made["doneAt"]),
        (&json!("Call two studios"), &json!("Acme"), &Value::Null)
    );
    let id = &made["id"];
    let done = json!({ "id": id, "version": 1, "done": true });
    let told = fund.done(ann, "updateTask", done.clone(), SHOWN).await;
    assert_eq!(told["task"]["doneBy"]["name"], "Ann");
    assert!(told["task"]["doneAt"].is_string());
    let stale = fund.tell(ann, "updateTask", done, SHOWN).await;
    assert_eq!(stale["userErrors"][0]["code"], "STALE_VERSION");
    // Done already: nothing changes.
    let again = json!({ "id": id, "version": 2, "done": true });
    let told = fund.done(ann, "updateTask", again, SHOWN).await;
    assert_eq!(told["task"]["version"], 2);
    assert_eq!(list(&fund, ann, "(open: false)").await, ["Call two studios"]);

    assert_eq!(undo(&fund, ann, id).await["userErrors"], json!([]));
    assert_eq!(list(&fund, ann, "").await, ["Call two studios"]);
    let edit =
        json!({ "id": id, "version": 3, "what": "Call three", "due": "2025-05-01", "who": ann.to_string() });
    let told = fund.done(ann, "updateTask", edit, SHOWN).await;
    assert_eq!(
        (&told["task"]["due"], &told["task"]["who"]["name"]),
        (&json!("2025-05-01"), &json!("Ann"))
    );
    let cleared = json!({ "id": id, "version": 4, "due": null, "who": null });
    let told = fund.done(ann, "updateTask", cleared, SHOWN).await;
    assert_eq!(
        (&told["task"]["due"], &told["task"]["who"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_recorded_task_is_taken_back_and_its_deal_stays_while_it_is_there() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let acme = startup(&fund, ann, "Acme").await;
    let of = deal(
        &fund,
        ann,
        json!({ "startup": acme, "round": "A", "title": "Acme A" }),
    )
    .await;
    let made = task(&fund, ann, json!({ "what": "Send terms", "deal": of })).await;
    assert_eq!(
        (&made["startup"]["name"], &made["deal"]["title"]),
        (&json!("Acme"), &json!("Acme A"))
    );
    let shown =
        "query($s: ID!, $d: ID!) { startup(id: $s) { tasks { what } } deal(id: $d) { tasks { what } } }";
    let both = json!({ "s": acme, "d": of });
    let told = fund.run(ann, shown, both.clone()).await;
    assert_eq!(told["startup"]["tasks"], json!([{ "what": "Send terms" }]));
    assert_eq!(told["deal"]["tasks"], told["startup"]["tasks"]);
    let rows = fund
        .run(
            ann,
            "query($s: ID!) { activity(subject: $s) { nodes { id verb } } }",
            json!({ "s": of }),
        )
        .await;
    let rows = rows["activity"]["nodes"].as_array().unwrap().clone();
    let opened = rows.iter().find(|row| row["verb"] == "openDeal").unwrap();
    let told = fund
        .tell(ann, "undo", json!({ "activity": opened["id"] }), "kept")
        .await;
    assert_eq!(told["userErrors"][0]["message"], "it stays: a task refers to it");
    assert_eq!(undo(&fund, ann, &made["id"]).await["userErrors"], json!([]));
    let told = fund.run(ann, shown, both).await;
    assert_eq!(told["startup"]["tasks"], json!([]));
}

#[tokio::test]
async fn what_is_wrong_with_a_task_is_said_at_its_place() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let ben = fund.user("Ben", Role::Partner).await;
    let acme = startup(&fund, ann, "Acme").await;
    let other = startup(&fund, ann, "Other").await;
    let secret = deal(
        &fund,
        ann,
        json!({ "startup": acme, "round": "A", "visibility": "RESTRICTED" }),
    )
    .await;
    for (wrong, code, field) in [
        (json!({ "what": "" }), "REQUIRED", "what"),
        (
            json!({ "who": "user_01h455vb4pex5vsknk084sn02q" }),
            "NOT_FOUND",
            "who",
        ),
        (json!({ "who": "me" }), "INVALID", "who"),
        (json!({ "startup": other, "deal": secret }), "CONFLICT", "startup"),
        // Who does not see the deal is not asked to do anything for it.
        (
            json!({ "who": ben.to_string(), "deal": secret }),
            "NOT_ALLOWED",
            "who",
        ),
    ] {
        let mut input = json!({ "what": "Something" });
        input
            .as_object_mut()
            .unwrap()
            .extend(wrong.as_object().unwrap().clone());
        let told = fund.tell(ann, "createTask", input, SHOWN).await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!(code), &json!([field])),
            "{wrong}: {error}"
        );
    }
    assert!(list(&fund, ann, "(open: null)").await.is_empty());
    task(
        &fund,
        ann,
        json!({ "what": "For all of the team", "deal": secret }),
    )
    .await;
    assert!(list(&fund, ben, "").await.is_empty());
    let told = fund
        .tell(ben, "createTask", json!({ "what": "x", "deal": secret }), SHOWN)
        .await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn a_list_with_tasks_takes_as_many_statements_however_many_startups() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    // Each by itself: what two branches of one document look up may be asked for together or one after the other.
    let documents = [
        "{ startups { nodes { tasks { what who { name } startup { name } deal { title } } } } }",
        "{ startups { nodes { deals { nodes { tasks { what } } } } } }",
        "{ tasks { what who { name } startup { name } deal { title } } }",
    ];
    let counted = async |document: &'static str| {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = Caller::new(&fund.workspace.app, Identity::User(ann)).counting(Arc::clone(&counter));
        let response = fund
            .schema
            .execute(graphql::prepare(Request::new(document), caller, Language::En))
            .await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        counter.load(Ordering::Relaxed)
    };
    let mut counts = Vec::new();
    for name in ["Acme", "Bolt", "Core"] {
        let id = startup(&fund, ann, name).await;
        let of = deal(&fund, ann, json!({ "startup": id, "round": "A" })).await;
        for _ in 0..3 {
            task(
                &fund,
                ann,
                json!({ "what": "x", "deal": of, "who": ann.to_string() }),
            )
            .await;
        }
        let mut of_each = Vec::new();
        for document in documents {
            of_each.push(counted(document).await);
        }
        counts.push(of_each);
    }
    assert_eq!(counts[1..], [counts[0].clone(), counts[0].clone()]);
}
