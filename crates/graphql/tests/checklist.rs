//! The diligence checklist of a startup, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use chrono::TimeDelta;
use domain::{Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

struct World {
    fund: Fund,
    ann: UserId,
    acme: Value,
}

impl World {
    async fn new(layer: Option<&str>) -> Self {
        let fund = Fund::new().await;
        let ann = fund.user("ann", Role::Analyst).await;
        let input = json!({ "name": "Acme", "layer": layer });
        let acme = fund.done(ann, "createStartup", input, "startup { id }").await["startup"]["id"].take();
        Self { fund, ann, acme }
    }
    async fn set(&self, key: &str, state: &str, note: Option<&str>) -> Value {
        self.fund.workspace.pass(TimeDelta::hours(1));
        let input = json!({ "startup": self.acme, "key": key, "state": state, "note": note });
        self.fund
            .tell(self.ann, "setChecklistItem", input, "startup { id }")
            .await
    }
    async fn read(&self, at: Value) -> Vec<Value> {
        let document = "query($id: ID!, $at: DateTime) { startup(id: $id, asOf: $at) { checklist { key label state note at by { name } } } }";
        let variables = json!({ "id": self.acme, "at": at });
        let mut told = self.fund.run(self.ann, document, variables).await;
        told["startup"]["checklist"]
            .as_array_mut()
            .unwrap()
            .drain(..)
            .collect()
    }
    async fn states(&self, at: Value) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let all = self.read(at).await;
        all.iter()
            .map(|item| (text(&item["key"]), text(&item["state"])))
            .collect()
    }
    async fn last_change(&self) -> Value {
        let document = "{ activity(first: 1) { nodes { id summary } } }";
        self.fund.run(self.ann, document, json!({})).await["activity"]["nodes"][0].take()
    }
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_startup_shows_the_items_of_its_layer_open_until_somebody_answers() {
    let world = World::new(Some("MODEL")).await;
    assert_eq!(
        world.states(Value::Null).await,
        pairs(&[
            ("compute", "OPEN"),
            ("training_data", "OPEN"),
            ("funding_runway", "OPEN"),
            ("team", "OPEN"),
            ("who_pays", "OPEN"),
            ("fund_fit", "OPEN"),
            ("compliance", "OPEN")
        ])
    );
    let told = world.set("compute", "OK", Some("  signed for two years ")).await;
    assert_eq!(
        (&told["userErrors"], &told["startup"]["id"]),
        (&json!([]), &world.acme)
    );
    let all = world.read(Value::Null).await;
    assert_eq!(
        all[0],
        json!({ "key": "compute", "label": "Compute: it can pay for what training takes", "state": "OK",
            "note": "signed for two years", "at": "2025-03-01T09:00:00.000000Z", "by": { "name": "ann" } })
    );
    assert_eq!((&all[1]["at"], &all[1]["by"]), (&Value::Null, &Value::Null));
    let layers = world
        .fund
        .run(
            world.ann,
            "query($id: ID!) { startup(id: $id) { checklist { layer } } }",
            json!({ "id": world.acme }),
        )
        .await;
    let layers: Vec<_> = layers["startup"]["checklist"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["layer"].clone())
        .collect();
    assert_eq!(
        json!(layers),
        json!(["MODEL", "MODEL", "MODEL", null, null, null, null])
    );
    assert_eq!(
        world.last_change().await["summary"],
        "setChecklistItem checklist_item: Compute: it can pay for what training takes; note signed for two years, state OK"
    );
}

#[tokio::test]
async fn an_item_of_another_layer_is_refused_with_those_that_would_be_right() {
    let world = World::new(None).await;
    for key in ["compute", "moat", "no such", ""] {
        let told = world.set(key, "OK", None).await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("INVALID"), &json!(["key"])),
            "{key}"
        );
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains("one of team, who_pays, fund_fit, compliance"),
            "{message}"
        );
    }
    let told = world.set("team", "OK", Some(&"x".repeat(2_001))).await;
    assert_eq!(told["userErrors"][0]["field"], json!(["note"]));
    let input = json!({ "startup": "startup_01h455vb4pex5vsknk084sn02q", "key": "team", "state": "OK" });
    let told = world.fund.tell(world.ann, "setChecklistItem", input, "").await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn what_is_so_already_leaves_no_change() {
    let world = World::new(None).await;
    let before = world.last_change().await;
    assert_eq!(world.set("team", "OPEN", None).await["userErrors"], json!([]));
    assert_eq!(
        world.last_change().await,
        before,
        "nobody answered, and nobody did"
    );
    world.set("team", "CONCERN", Some("left twice")).await;
    let before = world.last_change().await;
    assert_eq!(
        world.set("team", "CONCERN", Some("left twice ")).await["userErrors"],
        json!([])
    );
    assert_eq!(world.last_change().await, before);
    world.set("team", "CONCERN", None).await;
    assert_ne!(world.last_change().await, before, "the note is taken out");
}

#[tokio::test]
async fn answers_read_back_as_they_were_and_stay_shown_after_a_change_of_layer() {
    let world = World::new(Some("APP")).await;
    world.set("moat", "CONCERN", None).await;
    let first = world.fund.workspace.app.now();
    world.set("moat", "OK", Some("patents")).await;
    let second = world.fund.workspace.app.now();
    world.fund.workspace.pass(TimeDelta::hours(1));
    let input = json!({ "id": world.acme, "version": 1, "layer": "MIDDLEWARE" });
    world
        .fund
        .done(world.ann, "updateStartup", input, "startup { id }")
        .await;
    let of = |key: &str, all: &[Value]| all.iter().find(|item| item["key"] == key).cloned();
    let then = world.read(json!(first)).await;
    let moat = of("moat", &then).unwrap();
    assert_eq!((&moat["state"], &moat["note"]), (&json!("CONCERN"), &Value::Null));
    let then = world.read(json!(second)).await;
    assert!(of("workflow_depth", &then).is_some() && of("portability", &then).is_none());
    let now = world.read(Value::Null).await;
    assert_eq!(
        of("moat", &now).unwrap()["note"],
        "patents",
        "an answer is not lost"
    );
    assert!(of("workflow_depth", &now).is_none() && of("portability", &now).is_some());
    let told = world.set("moat", "OPEN", None).await;
    assert_eq!(told["userErrors"][0]["code"], "INVALID");
}

#[tokio::test]
async fn an_answer_is_taken_back_where_nobody_answered_since() {
    let world = World::new(None).await;
    let undo = async |activity: &Value| {
        let input = json!({ "activity": activity["id"] });
        world.fund.tell(world.ann, "undo", input, "kept").await
    };
    world.set("team", "CONCERN", Some("left twice")).await;
    let first = world.last_change().await;
    world.set("team", "OK", Some("left twice")).await;
    let second = world.last_change().await;
    let told = undo(&first).await;
    assert_eq!(
        (&told["userErrors"], &told["kept"]),
        (&json!([]), &json!(["state was changed since, and stays"]))
    );
    let team = world.read(Value::Null).await.remove(0);
    assert_eq!(
        (&team["state"], &team["note"]),
        (&json!("OK"), &Value::Null),
        "the note was not"
    );
    assert_eq!(undo(&second).await["userErrors"], json!([]));
    let team = world.read(Value::Null).await.remove(0);
    assert_eq!(team["state"], "CONCERN");
}
