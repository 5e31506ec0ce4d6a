//! Quick add, through the API: all of it or nothing, kept and taken back as a whole.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use app::Identity;
use domain::{Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

const SHOWN: &str = "deal { id title status round visibility owner { name } stage { key } sources { channel who on } \
    startup { id name domains website oneLiner } documents { title } interactions { nodes { kind summary body by { name } } } }";

async fn startup(fund: &Fund, user: UserId, input: Value) -> Value {
    fund.done(user, "createStartup", input, "startup { id }").await["startup"]["id"].clone()
}

async fn document(fund: &Fund, user: UserId, more: Value) -> Value {
    let mut input = json!({ "title": "Deck", "kind": "DECK", "url": "https://deck.example" });
    input
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    fund.done(user, "createDocument", input, "document { id }").await["document"]["id"].clone()
}

async fn capture(fund: &Fund, user: UserId, input: Value) -> Value {
    fund.done(user, "captureDeal", input, SHOWN).await["deal"].clone()
}

/// Everything that a capture may write, counted; and how many operations there are.
async fn counts(fund: &Fund, user: UserId) -> Value {
    let told = fund
        .run(
            user,
            "{ startups { totalCount nodes { interactions { totalCount } } } deals { totalCount } activity { totalCount } }",
            json!({}),
        )
        .await;
    let nodes = told["startups"]["nodes"].as_array().unwrap().iter();
    let talked: i64 = nodes
        .map(|node| node["interactions"]["totalCount"].as_i64().unwrap())
        .sum();
    json!([
        told["startups"]["totalCount"],
        told["deals"]["totalCount"],
        talked,
        told["activity"]["totalCount"]
    ])
}

async fn rows(fund: &Fund, user: UserId) -> Vec<Value> {
    let told = fund
        .run(
            user,
            "{ activity { nodes { id verb subject { __typename } } } }",
            json!({}),
        )
        .await;
    told["activity"]["nodes"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_newcomer_comes_with_deal_source_note_and_documents_in_one_operation() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let deck = document(&fund, ann, json!({})).await;
    let made = capture(
        &fund,
        ann,
        json!({ "name": " Cubeforge ", "website": "https://www.cubeforge.example/about", "oneLiner": "3D from a sketch",
        "broughtBy": "Li Lei", "text": "## 立方工坊\n20 studios *pay*", "documents": [deck, deck] }),
    )
    .await;
    assert_eq!(
        made["startup"],
        json!({ "id": made["startup"]["id"], "name": "Cubeforge", "domains": ["cubeforge.example"],
            "website": "https://www.cubeforge.example/about", "oneLiner": "3D from a sketch" })
    );
    assert_eq!(
        (
            &made["status"],
            &made["round"],
            &made["visibility"],
            &made["owner"]["name"],
            &made["stage"]["key"]
        ),
        (
            &json!("ACTIVE"),
            &json!("UNKNOWN"),
            &json!("TEAM"),
            &json!("Ann"),
            &json!("SOURCED")
        )
    );
    let today = fund.workspace.app.now().date_naive().to_string();
    assert_eq!(
        made["sources"],
        json!([{ "channel": "INBOUND", "who": "Li Lei", "on": today }])
    );
    assert_eq!(
        made["interactions"]["nodes"],
        json!([{ "kind": "NOTE", "summary": "立方工坊", "body": "## 立方工坊\n20 studios *pay*", "by": { "name": "Ann" } }])
    );
    assert_eq!(made["documents"], json!([{ "title": "Deck" }]));
    let told = rows(&fund, ann).await;
    let kinds: Vec<&str> = told
        .iter()
        .filter(|row| row["verb"] == "captureDeal")
        .map(|row| row["subject"]["__typename"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["Document", "Interaction", "Deal", "Startup"]);
}

#[tokio::test]
async fn who_is_here_already_is_known_by_domain_or_name_and_only_what_was_missing_is_filled_in() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let cube = startup(
        &fund,
        ann,
        json!({ "name": "Cubeforge", "domains": ["cubeforge.example"], "country": "CN",
        "aliases": [{ "name": "立方工坊科技有限公司" }], "oneLiner": "as we say" }),
    )
    .await;
    for (name, website) in [
        ("CF Studio", Some("https://shop.cubeforge.example")),
        ("立方工坊", None),
        ("CUBEFORGE Inc.", None),
    ] {
        let input = json!({ "name": name, "website": website, "oneLiner": "as they say" });
        let made = capture(&fund, ann, input).await;
        assert_eq!(made["startup"]["id"], cube, "{name}");
        assert_eq!(made["startup"]["oneLiner"], "as we say");
        assert_eq!(made["startup"]["website"], "https://shop.cubeforge.example");
        assert_eq!(made["title"], "Cubeforge");
    }
    // Another of that name, with a site of its own.
    let made = capture(
        &fund,
        ann,
        json!({ "name": "Cubeforge", "website": "https://cubeforge.other" }),
    )
    .await;
    assert_ne!(made["startup"]["id"], cube);
}

#[tokio::test]
async fn what_is_brought_again_is_kept_on_the_deal_that_is_here() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let ben = fund.user("Ben", Role::Analyst).await;
    let first = capture(&fund, ann, json!({ "name": "Acme", "text": "first words" })).await;
    let again = capture(
        &fund,
        ben,
        json!({ "name": "Acme", "text": "second words", "broughtBy": "An FA", "channel": "FA" }),
    )
    .await;
    assert_eq!(
        (&again["id"], &again["owner"]["name"]),
        (&first["id"], &json!("Ann"))
    );
    let sources: Vec<&Value> = again["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["channel"])
        .collect();
    assert_eq!(sources, ["INBOUND", "FA"]);
    assert_eq!(again["interactions"]["nodes"].as_array().unwrap().len(), 2);
    // Nothing new is said: nothing is written.
    let before = counts(&fund, ben).await;
    let third = capture(
        &fund,
        ben,
        json!({ "name": "Acme", "broughtBy": "An FA", "channel": "FA" }),
    )
    .await;
    assert_eq!(third["id"], first["id"]);
    assert_eq!(counts(&fund, ben).await, before);
    // A deal of a known round is another one.
    let other = startup(&fund, ann, json!({ "name": "Bolt" })).await;
    let seed = json!({ "startup": other, "round": "SEED" });
    let seed = fund.done(ann, "openDeal", seed, "deal { id }").await["deal"]["id"].clone();
    assert_ne!(capture(&fund, ann, json!({ "name": "Bolt" })).await["id"], seed);
}

#[tokio::test]
async fn a_restricted_deal_is_not_told_of_by_what_is_added_to_its_startup() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let ben = fund.user("Ben", Role::Analyst).await;
    let acme = startup(&fund, ann, json!({ "name": "Acme" })).await;
    let secret = json!({ "startup": acme, "visibility": "RESTRICTED" });
    let secret = fund.done(ann, "openDeal", secret, "deal { id }").await["deal"]["id"].clone();
    let hidden = document(&fund, ann, json!({ "deal": secret })).await;
    let made = capture(&fund, ben, json!({ "name": "Acme", "text": "words" })).await;
    assert_ne!(made["id"], secret);
    let told = fund
        .tell(
            ben,
            "captureDeal",
            json!({ "name": "Acme", "documents": [hidden] }),
            SHOWN,
        )
        .await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_FOUND");
    assert_eq!(told["userErrors"][0]["field"], json!(["documents", "0"]));
}

#[tokio::test]
async fn several_who_may_be_meant_are_named_and_nothing_is_written() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    startup(&fund, ann, json!({ "name": "Acme", "country": "US" })).await;
    startup(&fund, ann, json!({ "name": "ACME Inc.", "country": "CN" })).await;
    startup(&fund, ann, json!({ "name": "Bolt", "domains": ["bolt.example"] })).await;
    let before = counts(&fund, ann).await;
    for input in [
        json!({ "name": "Acme", "text": "words" }),
        json!({ "name": "Acme", "website": "https://bolt.example", "text": "words" }),
    ] {
        let told = fund.tell(ann, "captureDeal", input, SHOWN).await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("CONFLICT"), &json!(["name"]))
        );
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("Acme (startup_"), "{message}");
        assert!(message.contains("ACME Inc. (startup_"), "{message}");
    }
    assert_eq!(counts(&fund, ann).await, before);
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_its_place_and_nothing_is_half_written() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let vera = fund.user("Vera", Role::Viewer).await;
    let other = startup(&fund, ann, json!({ "name": "Other" })).await;
    let of_other = document(&fund, ann, json!({ "startup": other })).await;
    let free = document(&fund, ann, json!({})).await;
    let before = counts(&fund, ann).await;
    for (wrong, expected) in [
        (json!({ "name": " " }), json!([["REQUIRED", ["name"]]])),
        (
            json!({ "website": "no site", "broughtBy": "x".repeat(301), "text": "x".repeat(50_001) }),
            json!([
                ["INVALID", ["website"]],
                ["INVALID", ["broughtBy"]],
                ["INVALID", ["text"]]
            ]),
        ),
        (
            json!({ "documents": ["deck"] }),
            json!([["INVALID", ["documents", "0"]]]),
        ),
        // Found out last, when startup, deal and note are written already.
        (
            json!({ "text": "words", "documents": [free, of_other, "document_01h455vb4pex5vsknk084sn02q"] }),
            json!([
                ["CONFLICT", ["documents", "1"]],
                ["NOT_FOUND", ["documents", "2"]]
            ]),
        ),
    ] {
        let mut input = json!({ "name": "Acme" });
        input
            .as_object_mut()
            .unwrap()
            .extend(wrong.as_object().unwrap().clone());
        let told = fund.tell(ann, "captureDeal", input, SHOWN).await;
        assert_eq!(told["deal"], Value::Null);
        let errors = told["userErrors"].as_array().unwrap().iter();
        let errors: Vec<_> = errors.map(|e| json!([e["code"], e["field"]])).collect();
        assert_eq!(json!(errors), expected);
        assert_eq!(counts(&fund, ann).await, before);
    }
    let document = "mutation { captureDeal(input: { name: \"Acme\" }) { deal { id } } }";
    let told = fund.ask(Identity::User(vera), document, json!({})).await;
    assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn an_undo_of_any_row_takes_back_the_whole() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    for kind in ["Startup", "Deal", "Interaction", "Document"] {
        let deck = document(&fund, ann, json!({})).await;
        let made = capture(
            &fund,
            ann,
            json!({ "name": "Acme", "text": "words", "documents": [deck] }),
        )
        .await;
        let told = rows(&fund, ann).await;
        let row = told
            .iter()
            .find(|row| row["subject"]["__typename"] == kind)
            .unwrap();
        let undone = fund
            .tell(ann, "undo", json!({ "activity": row["id"] }), "kept")
            .await;
        assert_eq!(undone, json!({ "kept": [], "userErrors": [] }), "{kind}");
        let ids = json!({ "ids": [made["id"], made["startup"]["id"], deck] });
        let shown = fund
            .run(
                ann,
                "query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Document { startup { name } } } }",
                ids,
            )
            .await;
        assert_eq!(
            shown["nodes"],
            json!([null, null, { "__typename": "Document", "startup": null }])
        );
        assert_eq!(counts(&fund, ann).await.as_array().unwrap()[..3], [0, 0, 0]);
    }
}

#[tokio::test]
async fn an_undo_on_a_deal_that_was_here_takes_back_what_was_added_alone() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let first = capture(&fund, ann, json!({ "name": "Acme", "text": "first words" })).await;
    capture(
        &fund,
        ann,
        json!({ "name": "Acme", "website": "https://acme.example", "text": "second words", "broughtBy": "Li" }),
    )
    .await;
    let row = rows(&fund, ann).await[0].clone();
    let undone = fund
        .tell(ann, "undo", json!({ "activity": row["id"] }), "kept")
        .await;
    assert_eq!(undone["userErrors"], json!([]));
    let shown = format!(
        "query($id: ID!) {{ node(id: $id) {{ ... on Deal {{ {} }} }} }}",
        &SHOWN[7..SHOWN.len() - 2]
    );
    let now = fund.run(ann, &shown, json!({ "id": first["id"] })).await["node"].clone();
    assert_eq!(now, first);
}

#[tokio::test]
async fn what_rests_on_a_capture_keeps_it_whole() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let made = capture(&fund, ann, json!({ "name": "Acme", "text": "words" })).await;
    let evidence = json!({ "startup": made["startup"]["id"], "kind": "PILOTS", "value": "1", "observedOn": "2025-01-15", "source": "FOUNDER" });
    fund.done(ann, "recordEvidence", evidence, "evidence { id }")
        .await;
    let told = rows(&fund, ann).await;
    let row = told.iter().find(|row| row["verb"] == "captureDeal").unwrap();
    let before = counts(&fund, ann).await;
    let undone = fund
        .tell(ann, "undo", json!({ "activity": row["id"] }), "kept")
        .await;
    assert_eq!(undone["userErrors"][0]["code"], "CONFLICT");
    assert_eq!(counts(&fund, ann).await, before);
}

#[tokio::test]
async fn who_is_meant_can_be_asked_before_anything_is_kept() {
    let fund = Fund::new().await;
    let (ann, vic) = (
        fund.user("Ann", Role::Analyst).await,
        fund.user("Vic", Role::Viewer).await,
    );
    let cube = json!({ "name": "Cubeforge", "website": "https://cubeforge.example" });
    let cube = startup(&fund, ann, cube).await;
    let before = counts(&fund, ann).await;
    let known = async |name: &str, website: Option<&str>| {
        let document = "query($name: String!, $website: URL) {
            knownStartups(name: $name, website: $website) { by startup { id } } }";
        let variables = json!({ "name": name, "website": website });
        fund.run(vic, document, variables).await["knownStartups"].clone()
    };
    let by = |by: &str| json!([{ "by": by, "startup": { "id": cube } }]);
    assert_eq!(known("cube forge", None).await, by("NAME"));
    assert_eq!(
        known("CF Studio", Some("https://www.cubeforge.example/a")).await,
        by("DOMAIN")
    );
    assert_eq!(known("CF Studio", None).await, json!([]));
    // Of the same name, but elsewhere on the web: somebody else.
    assert_eq!(known("Cubeforge", Some("https://other.example")).await, json!([]));
    assert_eq!(known("", None).await, json!([]));
    assert_eq!(counts(&fund, ann).await, before, "asking keeps nothing");
}

#[tokio::test]
async fn a_link_comes_along_as_a_document_of_the_deal_and_goes_with_it() {
    let fund = Fund::new().await;
    let ann = fund.user("Ann", Role::Analyst).await;
    let made = capture(
        &fund,
        ann,
        json!({ "name": "Acme", "link": "https://deck.example/acme" }),
    )
    .await;
    assert_eq!(
        made["documents"],
        json!([{ "title": "https://deck.example/acme" }])
    );
    let told = rows(&fund, ann).await;
    let undone = fund
        .done(ann, "undo", json!({ "activity": told[0]["id"] }), "kept")
        .await;
    assert_eq!(undone["kept"], json!([]));
    let left = fund
        .run(ann, "{ startups { totalCount } deals { totalCount } }", json!({}))
        .await;
    assert_eq!(
        left,
        json!({ "startups": { "totalCount": 0 }, "deals": { "totalCount": 0 } })
    );
}
