//! The two startups of the worked example (domain.md §4), asked what their conviction would be.

use domain::{Role, UserId};
use serde_json::{Value, json};
use test_support::{TestDb, TestWorkspace};

use crate::fund::Fund;

struct World {
    fund: Fund,
    ann: UserId,
    cubeforge: Value,
    bigclaim: Value,
    /// The paying customers of each.
    twenty: Value,
    hundred: Value,
}

fn figure(startup: &Value, kind: &str, value: &str, day: &str, more: Value) -> Value {
    let mut input =
        json!({ "startup": startup, "kind": kind, "value": value, "observedOn": day, "source": "FOUNDER" });
    input
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    input
}

impl World {
    async fn new() -> Self {
        let fund = Fund::of(TestWorkspace::on(TestDb::new().await, "2024-07-31T04:00:00Z").await);
        let ann = fund.user("ann", Role::Analyst).await;
        let owned = json!({ "holds": true, "grade": "DOCUMENTED", "words": "their own scans" });
        let cubeforge = json!({ "name": "Cubeforge", "layer": "APP", "technicalRoute": "BUILDS_ON_API",
            "need": { "payer": "game studios" }, "ownsTrainingData": owned });
        let bigclaim = json!({ "name": "Bigclaim", "layer": "MODEL", "technicalRoute": "TRAINS_BASE_MODEL",
            "need": { "payer": "everybody" } });
        let mut ids = Vec::new();
        for new in [cubeforge, bigclaim] {
            let made = fund.done(ann, "createStartup", new, "startup { id }").await;
            ids.push(made["startup"]["id"].clone());
        }
        let [cubeforge, bigclaim] = ids.try_into().unwrap();
        let provider = fund
            .done(
                ann,
                "createProvider",
                json!({ "name": "Basemodel One" }),
                "provider { id }",
            )
            .await["provider"]["id"]
            .take();
        let dependency =
            json!({ "startup": cubeforge, "provider": provider, "mode": "API", "critical": true });
        fund.done(ann, "recordDependency", dependency, "dependency { id }")
            .await;
        let proof =
            json!({ "source": "DATA_ROOM", "sourceUrl": "https://example.com/room", "grade": "DOCUMENTED" });
        let retention = json!({ "source": "DATA_ROOM", "sourceUrl": "https://example.com/room", "grade": "DOCUMENTED",
            "horizonDays": 30, "sampleSize": 400 });
        let month = json!({ "window": "MONTH" });
        let run_rate = json!({ "currency": "USD", "revenueBasis": "RUN_RATE" });
        let mut records = Vec::new();
        for input in [
            figure(&cubeforge, "PAYING_CUSTOMERS", "20", "2024-06-30", proof),
            figure(&cubeforge, "RETENTION", "35", "2024-05-31", retention),
            figure(&cubeforge, "ACTIVE_USERS", "30000", "2024-07-15", month.clone()),
            figure(&bigclaim, "PAYING_CUSTOMERS", "100", "2024-07-31", json!({})),
            figure(&bigclaim, "RECURRING_REVENUE", "1000000", "2024-07-31", run_rate),
            figure(
                &bigclaim,
                "RETENTION",
                "40",
                "2024-07-31",
                json!({ "horizonDays": 30 }),
            ),
            figure(&bigclaim, "ACTIVE_USERS", "100000", "2024-07-31", month),
        ] {
            let made = fund.done(ann, "recordEvidence", input, "evidence { id }").await;
            records.push(made["evidence"]["id"].clone());
        }
        Self {
            fund,
            ann,
            cubeforge,
            bigclaim,
            twenty: records[0].clone(),
            hundred: records[3].clone(),
        }
    }

    async fn if_reviewed(&self, record: &Value, grade: &str) -> Value {
        let document = "query($id: ID!, $grade: Grade!) { node(id: $id) { ... on Evidence { convictionIf(grade: $grade) { now then } } } }";
        let mut answer = self
            .fund
            .run(self.ann, document, json!({ "id": record, "grade": grade }))
            .await;
        answer["node"]["convictionIf"].take()
    }

    async fn if_recorded(&self, startup: &Value, evidence: Value) -> Value {
        let document = "query($id: ID!, $evidence: RecordEvidenceInput!) { startup(id: $id) { \
            convictionIf(evidence: $evidence) { now then userErrors { code field message } } } }";
        let variables = json!({ "id": startup, "evidence": evidence });
        let mut answer = self.fund.run(self.ann, document, variables).await;
        answer["startup"]["convictionIf"].take()
    }

    async fn stands(&self, startup: &Value) -> Value {
        let document = "query($id: ID!) { startup(id: $id) { conviction version evidence { totalCount } \
            assessment { demand proven claimedDemand hypeShare flags { flag } } activity { totalCount } } }";
        let mut answer = self.fund.run(self.ann, document, json!({ "id": startup })).await;
        answer["startup"].take()
    }
}

#[tokio::test]
async fn a_review_says_before_what_conviction_it_leads_to_and_leads_there() {
    let world = World::new().await;
    for (startup, record, grade, now, then, demand) in [
        (
            &world.cubeforge,
            &world.twenty,
            "VERIFIED",
            "28.5",
            "32.7",
            "0.5601",
        ),
        (&world.bigclaim, &world.hundred, "REFUTED", "10", "3.7", "0.0735"),
    ] {
        let before = world.stands(startup).await;
        assert_eq!(before["conviction"], now);
        assert_eq!(
            world.if_reviewed(record, grade).await,
            json!({ "now": now, "then": then })
        );
        assert_eq!(world.stands(startup).await, before, "nothing is written");
        let input = json!({ "evidence": record, "grade": grade, "checked": "called three of them" });
        world
            .fund
            .done(world.ann, "reviewEvidence", input, "evidence { id }")
            .await;
        let after = world.stands(startup).await;
        assert_eq!(after["conviction"], then);
        assert_eq!(after["assessment"]["demand"], demand);
        assert_eq!(
            world.if_reviewed(record, grade).await,
            json!({ "now": then, "then": then })
        );
    }
}

#[tokio::test]
async fn a_figure_says_before_it_is_recorded_what_conviction_it_leads_to() {
    let world = World::new().await;
    let checked = json!({ "grade": "VERIFIED", "checked": "called three", "source": "CUSTOMER_CALL" });
    let input = figure(&world.cubeforge, "PAYING_CUSTOMERS", "40", "2024-07-30", checked);
    let before = world.stands(&world.cubeforge).await;
    let told = world.if_recorded(&world.cubeforge, input.clone()).await;
    assert_eq!(told["now"], "28.5");
    assert_eq!(told["userErrors"], json!([]));
    assert_eq!(world.stands(&world.cubeforge).await, before, "nothing is written");
    world
        .fund
        .done(world.ann, "recordEvidence", input, "evidence { id }")
        .await;
    assert_eq!(world.stands(&world.cubeforge).await["conviction"], told["then"]);

    let empty = world
        .fund
        .done(
            world.ann,
            "createStartup",
            json!({ "name": "Quiet" }),
            "startup { id }",
        )
        .await["startup"]["id"]
        .take();
    let told = world
        .if_recorded(&empty, figure(&empty, "PILOTS", "3", "2024-07-30", json!({})))
        .await;
    assert_eq!(told["now"], Value::Null);
    assert!(told["then"].as_str().unwrap().parse::<f64>().unwrap() > 0.0);
}

#[tokio::test]
async fn a_figure_that_could_not_be_recorded_is_refused_at_the_same_places() {
    let world = World::new().await;
    let customers = |more| figure(&world.cubeforge, "PAYING_CUSTOMERS", "4", "2024-07-30", more);
    for input in [
        customers(json!({ "observedOn": "2024-08-01" })),
        customers(json!({ "value": "-4" })),
        customers(json!({ "currency": "USD" })),
        customers(json!({ "grade": "DOCUMENTED" })),
        customers(json!({ "grade": "VERIFIED" })),
        customers(json!({ "kind": "RETENTION" })),
        customers(json!({ "documents": ["document_01h455vb4pex5vsknk084sn02q"] })),
        customers(json!({ "documents": ["no id"] })),
        customers(json!({ "startup": "no id" })),
    ] {
        let told = world.if_recorded(&world.cubeforge, input.clone()).await;
        let recorded = world
            .fund
            .tell(world.ann, "recordEvidence", input, "evidence { id }")
            .await;
        assert_ne!(recorded["userErrors"], json!([]));
        assert_eq!(told["userErrors"], recorded["userErrors"]);
        assert_eq!((&told["now"], &told["then"]), (&Value::Null, &Value::Null));
    }
    let other = figure(&world.bigclaim, "PILOTS", "3", "2024-07-30", json!({}));
    let told = world.if_recorded(&world.cubeforge, other).await;
    let (id, startup) = (
        world.bigclaim.as_str().unwrap(),
        world.cubeforge.as_str().unwrap(),
    );
    let message = format!("this is about {startup}, and {id} is another startup; name {startup}");
    assert_eq!(
        told["userErrors"],
        json!([{ "code": "INVALID", "field": ["startup"], "message": message }])
    );
}

#[tokio::test]
async fn several_figures_are_recorded_together_or_none_of_them_with_each_fault_at_its_line() {
    let world = World::new().await;
    let good = |kind, value| figure(&world.cubeforge, kind, value, "2024-07-30", json!({}));
    let fields = "evidence { kind value grade } startup { conviction }";
    let before = world.stands(&world.cubeforge).await;
    let records = json!([
        good("PILOTS", "3"),
        good("RETENTION", "20"),
        figure(&world.bigclaim, "PILOTS", "1", "2024-07-30", json!({})),
        good("SIGNED_CONTRACTS", "-2"),
    ]);
    let input = json!({ "startup": world.cubeforge, "records": records });
    let told = world.fund.tell(world.ann, "recordEvidences", input, fields).await;
    let places: Vec<&Value> = told["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| &error["field"])
        .collect();
    assert_eq!(
        places,
        [
            &json!(["records", "1", "horizonDays"]),
            &json!(["records", "2", "startup"]),
            &json!(["records", "3", "value"]),
        ]
    );
    assert_eq!((&told["evidence"], &told["startup"]), (&json!([]), &Value::Null));
    assert_eq!(world.stands(&world.cubeforge).await, before, "none is recorded");

    let input = json!({ "startup": world.cubeforge, "records": [good("PILOTS", "3"), good("SIGNED_CONTRACTS", "2")] });
    let told = world.fund.done(world.ann, "recordEvidences", input, fields).await;
    assert_eq!(
        told["evidence"],
        json!([
            { "kind": "PILOTS", "value": "3", "grade": "CLAIMED" },
            { "kind": "SIGNED_CONTRACTS", "value": "2", "grade": "CLAIMED" },
        ])
    );
    let after = world.stands(&world.cubeforge).await;
    assert_eq!(after["conviction"], told["startup"]["conviction"]);
    assert_eq!(after["evidence"]["totalCount"], 5);

    for (records, code) in [(Vec::new(), "REQUIRED"), (vec![good("PILOTS", "3"); 51], "LIMIT")] {
        let input = json!({ "startup": world.cubeforge, "records": records });
        let told = world.fund.tell(world.ann, "recordEvidences", input, fields).await;
        assert_eq!(told["userErrors"][0]["code"], code);
        assert_eq!(told["userErrors"][0]["field"], json!(["records"]));
    }
}
