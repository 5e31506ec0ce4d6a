//! The ledger of evidence through the API: its reviews, its documents, and the cursors of every list.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use app::Identity;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use domain::{Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

async fn record(fund: &Fund, user: UserId, startup: &Value, more: Value) -> Value {
    let mut input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": "12", "observedOn": "2025-02-01", "source": "DATA_ROOM" });
    input
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    fund.done(user, "recordEvidence", input, "evidence { id }").await["evidence"]["id"].take()
}

async fn startup(fund: &Fund, user: UserId, name: &str) -> Value {
    fund.done(user, "createStartup", json!({ "name": name }), "startup { id }")
        .await["startup"]["id"]
        .take()
}

#[tokio::test]
async fn the_reviews_of_a_span_are_listed_newest_first_and_narrowed() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    let ben = fund.user("ben", Role::Partner).await;
    let moonshot = startup(&fund, ann, "Moonshot").await;
    let record = record(
        &fund,
        ann,
        &moonshot,
        json!({ "sourceUrl": "https://example.com" }),
    )
    .await;
    for (user, grade) in [
        (ann, "DOCUMENTED"),
        (ben, "VERIFIED"),
        (ann, "REFUTED"),
        (ben, "VERIFIED"),
    ] {
        fund.workspace.pass(TimeDelta::hours(1));
        let input = json!({ "evidence": record, "grade": grade, "checked": format!("{grade} at {}", fund.workspace.app.now()) });
        fund.done(user, "reviewEvidence", input, "evidence { id }").await;
    }
    let list = "query($from: DateTime!, $to: DateTime!, $grades: [Grade!], $by: ID, $first: Int, $after: String, $last: Int, $before: String) { \
        evidenceReviews(from: $from, to: $to, grades: $grades, by: $by, first: $first, after: $after, last: $last, before: $before) { totalCount \
        nodes { from to at by { name } checked evidence { id startup { name } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let ask = async |variables: Value| {
        let mut all = json!({ "from": "2025-03-01T00:00:00Z", "to": "2025-03-02T00:00:00Z" });
        all.as_object_mut()
            .unwrap()
            .extend(variables.as_object().unwrap().clone());
        fund.run(ann, list, all).await["evidenceReviews"].take()
    };
    let told = |page: &Value| -> Vec<(String, String)> {
        let nodes = page["nodes"].as_array().unwrap().iter();
        nodes
            .map(|n| {
                (
                    n["by"]["name"].as_str().unwrap().to_owned(),
                    n["to"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    };
    let pairs = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter()
            .map(|(who, to)| ((*who).to_owned(), (*to).to_owned()))
            .collect()
    };
    let all = ask(json!({})).await;
    assert_eq!(
        told(&all),
        pairs(&[
            ("ben", "VERIFIED"),
            ("ann", "REFUTED"),
            ("ben", "VERIFIED"),
            ("ann", "DOCUMENTED")
        ])
    );
    assert_eq!(all["totalCount"], 4);
    assert_eq!(
        all["nodes"][1],
        json!({ "from": "VERIFIED", "to": "REFUTED", "at": "2025-03-01T11:00:00.000000Z", "by": { "name": "ann" },
            "checked": "REFUTED at 2025-03-01 11:00:00 UTC", "evidence": { "id": record, "startup": { "name": "Moonshot" } } })
    );
    let of_ben = ask(json!({ "by": ben.to_string() })).await;
    assert_eq!((told(&of_ben).len(), of_ben["totalCount"].clone()), (2, json!(2)));
    let refuted = ask(json!({ "grades": ["REFUTED", "DOCUMENTED"] })).await;
    assert_eq!(
        told(&refuted),
        pairs(&[("ann", "REFUTED"), ("ann", "DOCUMENTED")])
    );
    let span = ask(json!({ "from": "2025-03-01T10:00:00Z", "to": "2025-03-01T11:00:00Z" })).await;
    assert_eq!(
        told(&span),
        pairs(&[("ann", "REFUTED"), ("ben", "VERIFIED")]),
        "both ends are in it"
    );
    assert_eq!(span["totalCount"], 2);
    let first = ask(json!({ "first": 3 })).await;
    assert_eq!(
        (told(&first).len(), first["pageInfo"]["hasNextPage"].clone()),
        (3, json!(true))
    );
    let rest = ask(json!({ "first": 3, "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(told(&rest), pairs(&[("ann", "DOCUMENTED")]));
    let back = ask(json!({ "last": 3, "before": rest["pageInfo"]["startCursor"] })).await;
    assert_eq!(told(&back), told(&first));
}

#[tokio::test]
async fn a_document_of_a_restricted_deal_shows_evidence_to_those_alone_who_see_the_deal() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    let ben = fund.user("ben", Role::Partner).await;
    let moonshot = startup(&fund, ann, "Moonshot").await;
    let deal = fund
        .done(
            ann,
            "openDeal",
            json!({ "startup": moonshot, "visibility": "RESTRICTED" }),
            "deal { id }",
        )
        .await["deal"]["id"]
        .take();
    let document = fund
        .done(
            ann,
            "createDocument",
            json!({ "title": "Bank statement", "kind": "EXPORT", "url": "https://bank.example/1", "deal": deal }),
            "document { id }",
        )
        .await["document"]["id"]
        .take();
    let asked = json!({ "startup": moonshot, "kind": "PAYING_CUSTOMERS", "observedOn": "2025-02-01", "source": "DATA_ROOM", "documents": [document] });
    let refused = fund.tell(ben, "recordEvidence", asked, "evidence { id }").await;
    assert_eq!(
        (
            refused["userErrors"][0]["code"].clone(),
            refused["userErrors"][0]["field"].clone()
        ),
        (json!("NOT_FOUND"), json!(["documents", "0"]))
    );
    let record = record(&fund, ann, &moonshot, json!({ "documents": [document] })).await;
    let review = json!({ "evidence": record, "grade": "DOCUMENTED", "checked": "read it" });
    let refused = fund
        .tell(ben, "reviewEvidence", review.clone(), "evidence { id }")
        .await;
    assert_eq!(
        refused["userErrors"][0]["field"],
        json!(["grade"]),
        "for ben there is no document"
    );
    fund.done(ann, "reviewEvidence", review, "evidence { id }").await;
    let everywhere = "query($e: ID!, $s: ID!) { node(id: $e) { ... on Evidence { documents { id } } } \
        startup(id: $s) { documents { id } evidence { nodes { documents { id } } } activity { nodes { before after summary } } } \
        activity(subject: $e) { nodes { before after summary subject { ... on Evidence { documents { id } } } } } }";
    let variables = json!({ "e": record, "s": moonshot });
    let inside = fund.run(ann, everywhere, variables.clone()).await;
    assert_eq!(inside["node"]["documents"], json!([{ "id": document }]));
    let outside = fund.run(ben, everywhere, variables).await.to_string();
    assert!(!outside.contains(document.as_str().unwrap()), "{outside}");
    assert!(!outside.contains("documentIds"), "{outside}");
}

/// The lists of the schema, each with the place of its arguments and the kinds of keys that its order does not have.
const LISTS: [(&str, &str, &[&str]); 15] = [
    ("startups", "", &["day", "instant", "null"]),
    (
        "startups",
        "order: { field: FOUNDED_ON }",
        &["text", "instant", "null"],
    ),
    (
        "startups",
        "order: { field: CREATED_AT }",
        &["text", "day", "null"],
    ),
    (
        "startups",
        "order: { field: UPDATED_AT }",
        &["text", "day", "null"],
    ),
    ("deals", "", &["text", "day", "null"]),
    ("deals", "order: { field: TITLE }", &["day", "instant", "null"]),
    (
        "deals",
        "order: { field: NEXT_STEP_DUE }",
        &["text", "instant", "null"],
    ),
    ("deals", "order: { field: CREATED_AT }", &["text", "day", "null"]),
    ("deals", "order: { field: UPDATED_AT }", &["text", "day", "null"]),
    ("people", "", &["day", "instant", "null"]),
    ("evidence", "", &["text", "instant", "null"]),
    ("activity", "", &["text", "day", "instant", "null"]),
    ("rates", "", &["text", "instant", "null"]),
    (
        "evidenceReviews",
        "from: \"2020-01-01T00:00:00Z\", to: \"2030-01-01T00:00:00Z\"",
        &["text", "day", "null"],
    ),
    (
        "evidence",
        "filter: { includeRetracted: true }",
        &["text", "instant", "null"],
    ),
];

#[tokio::test]
async fn a_forged_cursor_is_the_callers_mistake() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    let moonshot = startup(&fund, ann, "Moonshot").await;
    record(
        &fund,
        ann,
        &moonshot,
        json!({ "grade": "VERIFIED", "sourceUrl": "https://example.com", "checked": "calls" }),
    )
    .await;
    fund.done(ann, "openDeal", json!({ "startup": moonshot }), "deal { id }")
        .await;
    fund.done(ann, "createPerson", json!({ "name": "Yang" }), "person { id }")
        .await;
    let rate = json!({ "currency": "CNY", "on": "2025-02-01", "usd": "0.14", "source": "PBoC" });
    fund.done(ann, "recordRate", rate, "rate { usd }").await;
    for (list, arguments, kinds) in LISTS {
        let first = format!("{{ {list}(first: 1 {arguments}) {{ pageInfo {{ endCursor }} }} }}");
        let cursor = fund.run(ann, &first, json!({})).await[list]["pageInfo"]["endCursor"].take();
        let told = URL_SAFE_NO_PAD.decode(cursor.as_str().unwrap()).unwrap();
        let told: Value = serde_json::from_slice(&told).unwrap();
        let page = |end: &str| {
            format!("query($c: String) {{ {list}({end}: $c {arguments}) {{ nodes {{ __typename }} }} }}")
        };
        fund.run(ann, &page("after"), json!({ "c": cursor })).await;
        let mut forged: Vec<String> = vec!["nonsense".into(), String::new()];
        for kind in kinds {
            let key = match *kind {
                "text" => json!({ "text": "甲" }),
                "day" => json!({ "day": "2025-01-01" }),
                "instant" => json!({ "instant": "2025-01-01T00:00:00Z" }),
                _ => json!({ "text": "\0" }),
            };
            forged.push(json!({ "o": told["o"], "key": key, "id": told["id"] }).to_string());
        }
        for key in [
            json!({ "day": "+200000-01-01" }),
            json!({ "instant": "+200000-01-01T00:00:00Z" }),
        ] {
            forged.push(json!({ "o": told["o"], "key": key, "id": told["id"] }).to_string());
        }
        for text in forged {
            let sent = URL_SAFE_NO_PAD.encode(&text);
            for end in ["after", "before"] {
                let answer = fund
                    .ask(Identity::User(ann), &page(end), json!({ "c": sent }))
                    .await;
                let error = &answer["errors"][0];
                assert_eq!(
                    error["extensions"]["code"], "BAD_USER_INPUT",
                    "{list} {arguments} {text}: {answer}"
                );
                let words = error["message"].as_str().unwrap();
                assert!(words.starts_with(&format!("{end}: ")), "{words}");
            }
        }
    }
}
