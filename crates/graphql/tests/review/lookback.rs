//! Looking back: what meetings decided, with conviction as it was then, and since when an agenda looks.

use serde_json::{Value, json};

use crate::room::Room;

const DECISIONS: &str = "query($kind: DecisionKind, $of: ReviewKind, $from: DateTime, $to: DateTime, $first: Int, $after: String) { \
     decisions(kind: $kind, reviewKind: $of, from: $from, to: $to, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } \
     nodes { kind at convictionThen review { id } deal { title status startup { conviction } } } } }";

/// What a user is told of decisions.
async fn decisions(room: &Room, who: domain::UserId, variables: Value) -> Value {
    let found = room.story.fund.run(who, DECISIONS, variables).await;
    found["decisions"].clone()
}

fn titles(found: &Value) -> Vec<&str> {
    let nodes = found["nodes"].as_array().unwrap().iter();
    nodes
        .map(|node| node["deal"]["title"].as_str().unwrap())
        .collect()
}

async fn conviction(room: &Room, startup: &str) -> Value {
    let found = room
        .story
        .fund
        .run(
            room.vera,
            "query($id: ID!) { startup(id: $id) { conviction } }",
            json!({ "id": startup }),
        )
        .await;
    found["startup"]["conviction"].clone()
}

#[tokio::test]
async fn what_meetings_decided_is_looked_back_at_with_conviction_as_it_was_then() {
    let room = Room::opens().await;
    let story = &room.story;
    let (startup, held) = room
        .startup_and_deal("Cubeforge", json!({ "title": "Held" }))
        .await;
    let (_, passed) = room
        .startup_and_deal("Wrapwell", json!({ "title": "Passed" }))
        .await;
    let (_, hidden) = room
        .startup_and_deal(
            "Quietlake",
            json!({ "title": "Hidden", "visibility": "RESTRICTED", "team": [room.story.partner] }),
        )
        .await;
    room.evidence(&startup, json!({ "grade": "CLAIMED", "checked": null }))
        .await;
    let then = conviction(&room, &startup).await;
    assert_ne!(then, Value::Null);

    let weekly = room.schedule("WEEKLY", json!({})).await;
    room.start(&weekly).await;
    let decide = async |deal: &str, what: Value| {
        let item = room.id_of(&weekly, deal).await;
        let told = room.decide(&item, what).await;
        assert_eq!(told["userErrors"], json!([]));
        item
    };
    decide(&held, json!({ "kind": "HOLD" })).await;
    decide(&hidden, json!({ "kind": "HOLD" })).await;
    let item = decide(&passed, json!({ "kind": "HOLD" })).await;
    let undo = json!({ "item": item });
    story
        .fund
        .done(story.partner, "undoDecision", undo, "item { decision { kind } }")
        .await;
    room.tick();
    decide(&passed, json!({ "kind": "PASS", "passReason": "TIMING" })).await;
    room.close(&weekly).await;
    room.evidence(&startup, json!({})).await;
    let now = conviction(&room, &startup).await;
    assert_ne!(now, then, "what came later changed it");

    // The latest first; what was taken back is none, and what is hidden is neither listed nor counted.
    let seen = decisions(&room, story.partner, json!({})).await;
    assert_eq!(
        (titles(&seen), &seen["totalCount"]),
        (vec!["Passed", "Hidden", "Held"], &json!(3))
    );
    let seen = decisions(&room, room.vera, json!({})).await;
    assert_eq!(
        (titles(&seen), &seen["totalCount"]),
        (vec!["Passed", "Held"], &json!(2))
    );
    let one = &seen["nodes"][1];
    assert_eq!(
        (&one["kind"], &one["review"]["id"], &one["deal"]["status"]),
        (&json!("HOLD"), &json!(weekly), &json!("ON_HOLD"))
    );
    assert_eq!(
        (&one["convictionThen"], &one["deal"]["startup"]["conviction"]),
        (&then, &now)
    );

    // Narrowed, and page by page.
    let of = |variables| decisions(&room, room.vera, variables);
    assert_eq!(titles(&of(json!({ "kind": "PASS" })).await), ["Passed"]);
    assert_eq!(titles(&of(json!({ "of": "WEEKLY" })).await), ["Passed", "Held"]);
    assert_eq!(of(json!({ "of": "COMMITTEE" })).await["totalCount"], json!(0));
    let at = &one["at"];
    assert_eq!(
        titles(&of(json!({ "from": at, "to": at })).await),
        ["Held"],
        "both ends are in it"
    );
    let first = of(json!({ "first": 1 })).await;
    assert_eq!(
        (titles(&first), &first["pageInfo"]["hasNextPage"]),
        (vec!["Passed"], &json!(true))
    );
    let rest = of(json!({ "first": 1, "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(
        (titles(&rest), &rest["pageInfo"]["hasNextPage"]),
        (vec!["Held"], &json!(false))
    );
}

#[tokio::test]
async fn an_agenda_says_since_when_it_looks_while_it_is_prepared_and_stands_once_it_began() {
    let room = Room::opens().await;
    let since = async |review: &str| {
        let found = room.look(room.vera, review, "looksBackTo").await;
        let at = found["looksBackTo"].as_str().unwrap();
        at.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
    };
    let now = || room.story.fund.workspace.app.now();
    let first = room.schedule("WEEKLY", json!({})).await;
    assert_eq!(
        since(&first).await,
        now() - chrono::TimeDelta::days(14),
        "the first looks back 14 days"
    );
    room.pass(1);
    assert_eq!(
        since(&first).await,
        now() - chrono::TimeDelta::days(14),
        "from whenever it is looked at"
    );
    room.start(&first).await;
    let began = since(&first).await;
    room.pass(1);
    assert_eq!(since(&first).await, began);
    room.close(&first).await;
    let closed = room.look(room.vera, &first, "closedAt").await;
    let closed: chrono::DateTime<chrono::Utc> = closed["closedAt"].as_str().unwrap().parse().unwrap();
    let second = room.schedule("WEEKLY", json!({})).await;
    assert_eq!(since(&second).await, closed);
}
