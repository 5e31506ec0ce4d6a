//! Lists by what is stored: ranked, narrowed, counted; and the same figures, computed, on the startup itself.

use chrono::TimeDelta;
use domain::{Role, UserId};
use serde_json::{Value, json};

use crate::fund::Fund;

struct World {
    fund: Fund,
    ann: UserId,
    ids: Vec<Value>,
}

/// Five startups: two with proof, one with words alone, one refuted, one of which nothing is known.
async fn world() -> World {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Partner).await;
    let mut ids = Vec::new();
    for (name, grade, value) in [
        ("Alpha", Some("VERIFIED"), "40"),
        ("Beta", Some("DOCUMENTED"), "40"),
        ("Gamma", Some("CLAIMED"), "90"),
        ("Delta", Some("REFUTED"), "90"),
        ("Omega", None, ""),
    ] {
        let new = json!({ "name": name, "layer": "APP", "need": { "payer": "studios" } });
        let startup = fund.done(ann, "createStartup", new, "startup { id }").await["startup"]["id"].take();
        if let Some(grade) = grade {
            let mut input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": value, "observedOn": "2025-02-20",
                "source": "DATA_ROOM", "sourceUrl": "https://example.com", "grade": grade });
            if matches!(grade, "VERIFIED" | "REFUTED") {
                input["checked"] = json!("called them");
            }
            fund.done(ann, "recordEvidence", input, "evidence { id }").await;
        }
        ids.push(startup);
    }
    World { fund, ann, ids }
}

impl World {
    async fn names(&self, arguments: &str) -> Vec<String> {
        let document = format!("{{ startups({arguments}) {{ totalCount nodes {{ name }} }} }}");
        let answer = self.fund.run(self.ann, &document, json!({})).await;
        let nodes = answer["startups"]["nodes"].as_array().unwrap().iter();
        let names: Vec<String> = nodes
            .map(|node| node["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(answer["startups"]["totalCount"], json!(names.len()));
        names
    }
}

#[tokio::test]
async fn startups_are_ranked_by_conviction_with_those_not_known_last_and_paged_both_ways() {
    let world = world().await;
    let down = world.names("order: { field: CONVICTION, direction: DESC }").await;
    assert_eq!(down, ["Alpha", "Beta", "Gamma", "Delta", "Omega"]);
    let up = world.names("order: { field: CONVICTION }").await;
    assert_eq!(up, ["Delta", "Gamma", "Beta", "Alpha", "Omega"]);
    let gap = world.names("order: { field: HYPE_GAP, direction: DESC }").await;
    assert_eq!(gap[..2], ["Delta", "Gamma"]);
    let demand = world.names("order: { field: DEMAND, direction: DESC }").await;
    assert_eq!(demand[..3], ["Alpha", "Beta", "Gamma"]);

    let page = "query($first: Int, $after: String, $last: Int, $before: String) { startups(order: { field: CONVICTION, direction: DESC }, \
        first: $first, after: $after, last: $last, before: $before) { nodes { name } pageInfo { endCursor startCursor hasNextPage } } }";
    let mut seen = Vec::new();
    let mut after = Value::Null;
    loop {
        let answer = world
            .fund
            .run(world.ann, page, json!({ "first": 2, "after": after }))
            .await["startups"]
            .take();
        seen.extend(
            answer["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["name"].clone()),
        );
        after = answer["pageInfo"]["endCursor"].clone();
        if answer["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert_eq!(json!(seen), json!(down));
    let back = world
        .fund
        .run(world.ann, page, json!({ "last": 2, "before": after }))
        .await;
    assert_eq!(
        back["startups"]["nodes"],
        json!([{ "name": "Gamma" }, { "name": "Delta" }])
    );
}

#[tokio::test]
async fn a_cursor_that_no_ranking_gave_is_refused() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let world = world().await;
    let nan = f64::NAN.to_bits();
    for key in [
        json!({ "text": "a" }),
        json!({ "figure": nan }),
        json!({ "day": null }),
    ] {
        let cursor =
            json!({ "o": "CONVICTION DESC", "key": key, "id": "00000000-0000-7000-8000-000000000001" });
        let cursor = URL_SAFE_NO_PAD.encode(cursor.to_string());
        let document = "query($after: String) { startups(order: { field: CONVICTION, direction: DESC }, after: $after) { nodes { id } } }";
        let answer = world
            .fund
            .ask(
                app::Identity::User(world.ann),
                document,
                json!({ "after": cursor }),
            )
            .await;
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "BAD_USER_INPUT", "{key}: {answer}");
    }
}

#[tokio::test]
async fn lists_are_narrowed_and_counted_by_stored_figures() {
    let world = world().await;
    for (filter, names) in [
        ("flags: [REFUTED_CLAIM]", vec!["Delta"]),
        ("flags: [HYPE_GAP], withoutFlags: [REFUTED_CLAIM]", vec!["Gamma"]),
        ("withoutFlags: [NO_REAL_USERS]", vec!["Alpha", "Beta"]),
        ("hasProof: true", vec!["Alpha", "Beta"]),
        ("hasProof: false", vec!["Delta", "Gamma", "Omega"]),
        ("bestGrades: [VERIFIED, CLAIMED]", vec!["Alpha", "Gamma"]),
        ("convictionAtLeast: \"0.1\"", vec!["Alpha", "Beta", "Gamma"]),
        (
            "convictionAtLeast: \"0\"",
            vec!["Alpha", "Beta", "Delta", "Gamma"],
        ),
        ("convictionAtMost: \"0\"", vec!["Delta"]),
        ("hypeShareAtLeast: \"0.99\"", vec!["Delta"]),
    ] {
        assert_eq!(
            world.names(&format!("filter: {{ {filter} }}")).await,
            names,
            "{filter}"
        );
    }
    let facets = "{ startupFacets(filter: { flags: [REFUTED_CLAIM], bestGrades: [VERIFIED] }) { flags { flag count } bestGrades { grade count } } }";
    let answer = world.fund.run(world.ann, facets, json!({})).await;
    // Each facet counts whatever its own field names: of VERIFIED alone no flag is left, of REFUTED_CLAIM one startup.
    assert_eq!(answer["startupFacets"]["flags"], json!([]));
    assert_eq!(
        answer["startupFacets"]["bestGrades"],
        json!([{ "grade": "REFUTED", "count": 1 }])
    );
    let facets = "{ startupFacets { flags { flag count } } }";
    let answer = world.fund.run(world.ann, facets, json!({})).await;
    assert_eq!(
        answer["startupFacets"]["flags"],
        json!([{ "flag": "REFUTED_CLAIM", "count": 1 }, { "flag": "NO_REAL_USERS", "count": 3 }, { "flag": "HYPE_GAP", "count": 2 }])
    );
}

#[tokio::test]
async fn what_is_stored_is_what_is_computed_and_flags_come_with_reasons_when_asked() {
    let world = world().await;
    let document = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Startup { conviction demand claimedDemand hypeGap hypeShare bestGrade hasProof \
        names: flags { flag } flags { flag reason evidence { grade } } \
        assessment { conviction demand claimedDemand hypeGap hypeShare bestGrade hasProof names: flags { flag } explanation } } } }";
    let answer = world
        .fund
        .run(world.ann, document, json!({ "ids": world.ids }))
        .await;
    for node in answer["nodes"].as_array().unwrap() {
        for (name, value) in node["assessment"].as_object().unwrap() {
            if name != "explanation" {
                assert_eq!(&node[name], value, "{name} of {node}");
            }
        }
    }
    let delta = &answer["nodes"][3];
    assert_eq!(delta["flags"][0]["flag"], "REFUTED_CLAIM");
    assert_eq!(delta["flags"][0]["evidence"], json!([{ "grade": "REFUTED" }]));
    assert!(
        delta["flags"][0]["reason"].as_str().unwrap().contains("90"),
        "{delta}"
    );
    let omega = &answer["nodes"][4];
    assert_eq!(omega["conviction"], Value::Null);
    assert_eq!(omega["demand"], "0");
    assert!(
        omega["assessment"]["explanation"]
            .as_str()
            .unwrap()
            .contains("No evidence yet")
    );
}

#[tokio::test]
async fn a_list_with_figures_and_flags_reads_them_in_one_statement_more() {
    use std::sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    };
    let world = world().await;
    let count = async |fields: &str| {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = app::Caller::new(&world.fund.workspace.app, app::Identity::User(world.ann))
            .counting(Arc::clone(&counter));
        caller.admit().await.unwrap();
        let before = counter.load(Ordering::Relaxed);
        let request =
            async_graphql::Request::new(format!("{{ startups(first: 50) {{ nodes {{ {fields} }} }} }}"));
        let answer = world
            .fund
            .schema
            .execute(graphql::prepare(request, caller, domain::Language::En))
            .await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        counter.load(Ordering::Relaxed) - before
    };
    let plain = count("name").await;
    let stored =
        count("name conviction demand claimedDemand hypeGap hypeShare bestGrade hasProof flags { flag }")
            .await;
    assert_eq!(stored, plain + 1);
    // The newest rubric and rates, and five kinds of rows, however many startups there are.
    let whole =
        count("name assessment { conviction contributions { contribution } } askNext { question }").await;
    assert_eq!(whole, plain + 6);
}

#[tokio::test]
async fn the_past_is_assessed_as_it_was_known_and_as_a_series() {
    let world = world().await;
    let began = world.fund.workspace.app.now();
    world.fund.workspace.pass(TimeDelta::days(10));
    let evidence = "query($id: ID!) { startup(id: $id) { evidence { nodes { id } } } }";
    let found = world
        .fund
        .run(world.ann, evidence, json!({ "id": world.ids[2] }))
        .await;
    let record = &found["startup"]["evidence"]["nodes"][0]["id"];
    let input = json!({ "evidence": record, "grade": "VERIFIED", "checked": "called ten" });
    world
        .fund
        .done(world.ann, "reviewEvidence", input, "evidence { id }")
        .await;
    let newer = json!({ "startup": world.ids[2], "kind": "PAYING_CUSTOMERS", "value": "95", "observedOn": "2025-03-05", "source": "DATA_ROOM",
        "grade": "VERIFIED", "checked": "called again" });
    world
        .fund
        .done(world.ann, "recordEvidence", newer, "evidence { id }")
        .await;
    let document = "query($id: ID!, $then: DateTime!, $from: DateTime!, $to: DateTime!) { \
        then: startup(id: $id, asOf: $then) { conviction flags { flag } bestGrade assessment { asOf conviction } askNext(first: 1) { kind grade convictionThen } } \
        startup(id: $id) { conviction flags { flag } bestGrade assessment(asOf: $then) { conviction } evidence { nodes { value overtakenBy { value } } } \
          convictionHistory(from: $from, to: $to) { at conviction demand } } }";
    let answer = world
        .fund
        .run(
            world.ann,
            document,
            json!({ "id": world.ids[2], "then": began, "from": "2025-02-25T00:00:00Z", "to": "2025-03-11T12:00:00Z" }),
        )
        .await;
    assert_eq!(answer["then"]["bestGrade"], "CLAIMED");
    assert_eq!(
        answer["then"]["conviction"],
        answer["then"]["assessment"]["conviction"]
    );
    assert_eq!(
        answer["then"]["conviction"],
        answer["startup"]["assessment"]["conviction"]
    );
    assert_eq!(answer["then"]["askNext"][0]["kind"], "PAYING_CUSTOMERS");
    assert_eq!(answer["startup"]["bestGrade"], "VERIFIED");
    let ledger = &answer["startup"]["evidence"]["nodes"];
    assert_eq!(ledger[0]["overtakenBy"], Value::Null);
    assert_eq!(ledger[1]["overtakenBy"], json!({ "value": "95" }));
    let history = answer["startup"]["convictionHistory"].as_array().unwrap();
    let at: Vec<&str> = history
        .iter()
        .map(|point| point["at"].as_str().unwrap())
        .collect();
    assert_eq!(
        at,
        [
            "2025-02-25T00:00:00.000000Z",
            "2025-03-04T00:00:00.000000Z",
            "2025-03-11T00:00:00.000000Z",
            "2025-03-11T12:00:00.000000Z"
        ]
    );
    assert_eq!(history[0]["conviction"], Value::Null);
    assert_ne!(history[1]["conviction"], history[3]["conviction"]);
    assert_eq!(history[3]["conviction"], answer["startup"]["conviction"]);
}

#[tokio::test]
async fn what_no_history_can_be_is_said_in_words() {
    let world = world().await;
    for (arguments, words) in [
        (
            "from: \"2025-03-02T00:00:00Z\", to: \"2025-03-01T00:00:00Z\"",
            "a history runs forward",
        ),
        (
            "from: \"1925-03-02T00:00:00Z\", to: \"2025-03-01T00:00:00Z\"",
            "1000 points",
        ),
    ] {
        let document =
            format!("query($id: ID!) {{ startup(id: $id) {{ convictionHistory({arguments}) {{ at }} }} }}");
        let answer = world
            .fund
            .ask(
                app::Identity::User(world.ann),
                &document,
                json!({ "id": world.ids[0] }),
            )
            .await;
        let message = answer["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(words), "{message}");
    }
    let document = "query($id: ID!) { startup(id: $id) { assessment(rubricVersion: 7) { demand } } }";
    let answer = world
        .fund
        .ask(
            app::Identity::User(world.ann),
            document,
            json!({ "id": world.ids[0] }),
        )
        .await;
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("no version 7; the newest is 1"), "{message}");
}

#[tokio::test]
async fn one_startup_reads_its_figures_once_whatever_is_asked_of_them() {
    use std::sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    };
    let world = world().await;
    let count = async |fields: &str| {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = app::Caller::new(&world.fund.workspace.app, app::Identity::User(world.ann))
            .counting(Arc::clone(&counter));
        caller.admit().await.unwrap();
        let before = counter.load(Ordering::Relaxed);
        let document = format!(
            "query($id: ID!) {{ startup(id: $id) {{ name evidence(first: 2) {{ nodes {{ id }} }} {fields} }} }}"
        );
        let request = async_graphql::Request::new(document)
            .variables(async_graphql::Variables::from_json(json!({ "id": world.ids[0] })));
        let answer = world
            .fund
            .schema
            .execute(graphql::prepare(request, caller, domain::Language::En))
            .await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        counter.load(Ordering::Relaxed) - before
    };
    let plain = count("slug").await;
    let stored =
        count("conviction demand claimedDemand hypeGap hypeShare bestGrade hasProof flags { flag }").await;
    assert_eq!(stored, plain + 1);
    // The whole ledger once more, with the newest rubric and rates, for flags with their reasons too.
    let whole = count("assessment { conviction } askNext { question } flags { flag reason }").await;
    assert_eq!(whole, plain + 6);
}
