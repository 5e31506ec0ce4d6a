//! The hype map: who is on it, where, and what they add up to; now and as of a date.

use chrono::TimeDelta;
use domain::{Role, UserId};
use serde_json::{Value, json};

use crate::fund::Fund;

const MAP: &str = "query($layers: [Layer!], $sectors: [String!], $at: DateTime, $depth: Int) { hypeMap(layers: $layers, sectors: $sectors, asOf: $at) { \
    startups points { startup { name } claimedDemand demand hypeGap hypeShare bestGrade } grid { claimedFrom demandFrom startups } \
    layers { layer startups flagged medianHypeGap medianDemand medianClaimedDemand } \
    sectors(depth: $depth) { sector { slug } startups flagged medianHypeGap } } }";

async fn startup(
    fund: &Fund,
    user: UserId,
    name: &str,
    (layer, sector): (&str, &str),
    grade: Option<&str>,
) -> Value {
    let new = json!({ "name": name, "layer": layer, "sectors": [sector] });
    let id = fund.done(user, "createStartup", new, "startup { id }").await["startup"]["id"].take();
    if let Some(grade) = grade {
        let input = json!({ "startup": id, "kind": "PAYING_CUSTOMERS", "value": "100", "observedOn": "2025-03-01", "source": "DATA_ROOM",
            "sourceUrl": "https://example.com", "grade": grade });
        fund.done(user, "recordEvidence", input, "evidence { id }").await;
    }
    id
}

fn names(map: &Value) -> Vec<&str> {
    let points = map["points"].as_array().unwrap().iter();
    points
        .map(|point| point["startup"]["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn claims_lie_right_of_what_is_shown_and_sums_count_each_startup_once() {
    let fund = Fund::new().await;
    let ann = fund.user("ann", Role::Analyst).await;
    startup(&fund, ann, "Proof", ("APP", "3d-generation"), Some("DOCUMENTED")).await;
    let talk = startup(&fund, ann, "Talk", ("MODEL", "chinese-llm"), Some("CLAIMED")).await;
    startup(
        &fund,
        ann,
        "More talk",
        ("APP", "text-generation"),
        Some("CLAIMED"),
    )
    .await;
    startup(&fund, ann, "Silent", ("APP", "3d-generation"), None).await;
    let ask = async |variables: Value| fund.run(ann, MAP, variables).await["hypeMap"].take();
    let map = ask(json!({})).await;
    assert_eq!(map["startups"], 3, "of whom nothing is known is on no map");
    assert_eq!(names(&map)[2], "Proof", "the widest gap first");
    let proof = &map["points"][2];
    assert_eq!(
        [
            &proof["claimedDemand"],
            &proof["demand"],
            &proof["hypeGap"],
            &proof["hypeShare"]
        ],
        ["0.6", "0.42", "0.18", "0.3"]
    );
    assert_eq!(proof["bestGrade"], "DOCUMENTED");
    let words = &map["points"][0];
    assert_eq!(
        [&words["claimedDemand"], &words["demand"], &words["hypeGap"]],
        ["0.6", "0.18", "0.42"]
    );
    assert_eq!(
        map["grid"],
        json!([{ "claimedFrom": "0.6", "demandFrom": "0.15", "startups": 2 }, { "claimedFrom": "0.6", "demandFrom": "0.4", "startups": 1 }])
    );
    assert_eq!(
        map["layers"],
        json!([
            { "layer": "MODEL", "startups": 1, "flagged": 1, "medianHypeGap": "0.42", "medianDemand": "0.18", "medianClaimedDemand": "0.6" },
            { "layer": "APP", "startups": 2, "flagged": 1, "medianHypeGap": "0.3", "medianDemand": "0.3", "medianClaimedDemand": "0.6" },
        ])
    );
    assert_eq!(
        map["sectors"],
        json!([
            { "sector": { "slug": "foundation-models" }, "startups": 1, "flagged": 1, "medianHypeGap": "0.42" },
            { "sector": { "slug": "content-generation" }, "startups": 2, "flagged": 1, "medianHypeGap": "0.3" },
        ])
    );
    let deep = ask(json!({ "depth": 2 })).await;
    let slugs: Vec<&str> = deep["sectors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sum| sum["sector"]["slug"].as_str().unwrap())
        .collect();
    assert_eq!(
        slugs,
        [
            "foundation-models",
            "chinese-llm",
            "content-generation",
            "text-generation",
            "3d-generation"
        ]
    );
    assert_eq!(names(&ask(json!({ "layers": ["MODEL"] })).await), ["Talk"]);
    assert_eq!(
        names(&ask(json!({ "sectors": ["content-generation"] })).await),
        ["More talk", "Proof"]
    );

    // Later it moves to another layer and shows its customers: the map of before stays.
    let before = fund.workspace.app.now();
    fund.workspace.pass(TimeDelta::days(3));
    let edit = json!({ "id": talk, "version": 1, "layer": "MIDDLEWARE" });
    fund.done(ann, "updateStartup", edit, "startup { id }").await;
    let records = fund
        .run(
            ann,
            "query($id: ID!) { startup(id: $id) { evidence { nodes { id } } } }",
            json!({ "id": talk }),
        )
        .await;
    let review = json!({ "evidence": records["startup"]["evidence"]["nodes"][0]["id"], "grade": "VERIFIED", "checked": "called ten" });
    fund.done(ann, "reviewEvidence", review, "evidence { id }").await;
    assert_eq!(names(&ask(json!({})).await)[2], "Talk");
    assert_eq!(names(&ask(json!({ "layers": ["MODEL"] })).await), [] as [&str; 0]);
    let then = ask(json!({ "at": before })).await;
    for name in ["startups", "points", "grid", "layers", "sectors"] {
        assert_eq!(then[name], map[name], "{name} as of then");
    }
    assert_eq!(
        names(&ask(json!({ "at": before, "layers": ["MODEL"] })).await),
        ["Talk"]
    );
    assert_eq!(ask(json!({ "at": "2025-02-01T00:00:00Z" })).await["startups"], 0);
}
