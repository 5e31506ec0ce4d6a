//! Theses and capabilities, their verdicts, and the deals that wait for a capability.

use chrono::TimeDelta;
use domain::UserId;
use serde_json::{Value, json};

use crate::story::Story;

const CAPABILITY: &str = "capability { id status version verdicts { status on reason sourceUrl by { name } } waitingDeals { id } }";

fn today(story: &Story) -> String {
    story.fund.workspace.app.now().date_naive().to_string()
}

fn tick(story: &Story) {
    story.fund.workspace.pass(TimeDelta::minutes(1));
}

async fn capability(story: &Story, startups: &[&str]) -> String {
    let input = json!({ "statement": "models can make usable 3D assets", "sector": "3d-generation", "startups": startups });
    let made = story
        .fund
        .done(story.analyst, "createCapability", input, "capability { id }")
        .await;
    tick(story);
    made["capability"]["id"].as_str().unwrap().to_owned()
}

async fn verdict(story: &Story, who: UserId, capability: &str, status: &str, on: &str) -> Value {
    let input = json!({ "capability": capability, "capabilityStatus": status, "on": on, "reason": "a studio ships with them",
        "sourceUrl": "https://news.example/3d" });
    let done = story.fund.done(who, "recordVerdict", input, CAPABILITY).await;
    tick(story);
    done["capability"].clone()
}

async fn passed(story: &Story, name: &str, when: Value, more: Value) -> String {
    let startup = story.startup(name, json!({})).await;
    let deal = story.deal(&startup, more).await;
    let pass = json!({ "status": "PASSED", "passReason": "TIMING", "revisitWhen": when });
    story.moved(story.analyst, &deal, pass).await;
    tick(story);
    deal
}

async fn due(story: &Story, who: UserId, deal: &str) -> Value {
    let document =
        "query($id: ID!) { deal(id: $id) { revisitDue { because capability { id } evidence { id } } } }";
    story.fund.run(who, document, json!({ "id": deal })).await["deal"]["revisitDue"].clone()
}

async fn waiting(story: &Story, who: UserId, capability: &str) -> Value {
    let document = "query($id: ID!) { capability(id: $id) { waitingDeals { id } partly: wouldComeBack(status: PARTLY) { id } \
                    solved: wouldComeBack(status: SOLVED) { id } } }";
    let told = story.fund.run(who, document, json!({ "id": capability })).await["capability"].clone();
    let count = |field: &str| told[field].as_array().unwrap().len();
    json!([count("waitingDeals"), count("partly"), count("solved")])
}

#[tokio::test]
async fn a_verdict_brings_back_those_who_waited_for_as_much_and_leaves_the_others() {
    let story = Story::begins().await;
    let one = capability(&story, &[]).await;
    let partly = json!({ "capability": one, "capabilityStatus": "PARTLY" });
    let for_some = passed(&story, "Acme", partly, json!({})).await;
    let for_all = passed(&story, "Bolt", json!({ "capability": one }), json!({})).await;
    assert_eq!(waiting(&story, story.partner, &one).await, json!([2, 1, 2]));
    let text =
        "query($id: ID!) { deal(id: $id) { revisitWhen { text capability { id } capabilityStatus } } }";
    let when = story
        .fund
        .run(story.analyst, text, json!({ "id": for_all }))
        .await["deal"]["revisitWhen"]
        .clone();
    assert_eq!(
        when,
        json!({ "text": "“models can make usable 3D assets” is solved", "capability": { "id": one }, "capabilityStatus": "SOLVED" })
    );

    let on = today(&story);
    let told = verdict(&story, story.partner, &one, "PARTLY", &on).await;
    assert_eq!(
        (told["status"].clone(), told["version"].clone()),
        (json!("PARTLY"), json!(2))
    );
    assert_eq!(
        told["verdicts"],
        json!([{ "status": "PARTLY", "on": on, "reason": "a studio ships with them", "sourceUrl": "https://news.example/3d",
            "by": { "name": "Pia" } }])
    );
    assert_eq!(told["waitingDeals"], json!([{ "id": for_all }]));
    let came = due(&story, story.analyst, &for_some).await;
    assert_eq!(
        came,
        json!({ "because": format!("“models can make usable 3D assets” is partly solved since {on}"), "capability": { "id": one },
            "evidence": null })
    );
    assert_eq!(due(&story, story.analyst, &for_all).await, Value::Null);

    // One operation: the verdict's row, and one of each deal that came back.
    let rows = "{ activity(first: 2) { nodes { verb subjectId after } } }";
    let rows = story.fund.run(story.analyst, rows, json!({})).await["activity"]["nodes"].clone();
    assert_eq!(
        (rows[0]["verb"].clone(), rows[1]["verb"].clone()),
        (json!("recordVerdict"), json!("recordVerdict"))
    );
    let subjects = [rows[0]["subjectId"].clone(), rows[1]["subjectId"].clone()];
    assert!(
        subjects.contains(&json!(one)) && subjects.contains(&json!(for_some)),
        "{rows}"
    );

    verdict(&story, story.analyst, &one, "SOLVED", &on).await;
    assert_ne!(due(&story, story.analyst, &for_all).await, Value::Null);
    assert_eq!(waiting(&story, story.partner, &one).await, json!([0, 0, 0]));
}

#[tokio::test]
async fn a_verdict_of_an_earlier_day_is_kept_and_changes_nothing() {
    let story = Story::begins().await;
    let one = capability(&story, &[]).await;
    let deal = passed(&story, "Acme", json!({ "capability": one }), json!({})).await;
    verdict(&story, story.analyst, &one, "NOT_YET", "2025-02-20").await;
    let told = verdict(&story, story.analyst, &one, "SOLVED", "2025-02-10").await;
    assert_eq!(told["status"], "NOT_YET");
    let days: Vec<&Value> = told["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["on"])
        .collect();
    assert_eq!(days, ["2025-02-10", "2025-02-20"]);
    assert_eq!(due(&story, story.analyst, &deal).await, Value::Null);
}

#[tokio::test]
async fn who_begins_to_wait_for_what_is_there_is_due_at_once() {
    let story = Story::begins().await;
    let one = capability(&story, &[]).await;
    verdict(&story, story.analyst, &one, "SOLVED", "2025-02-10").await;
    let deal = passed(
        &story,
        "Acme",
        json!({ "capability": one, "capabilityStatus": "PARTLY" }),
        json!({}),
    )
    .await;
    let because = due(&story, story.analyst, &deal).await["because"].clone();
    assert_eq!(
        because,
        "“models can make usable 3D assets” is solved since 2025-02-10"
    );
}

#[tokio::test]
async fn a_restricted_deal_that_waits_is_nobody_elses_and_still_comes_back() {
    let story = Story::begins().await;
    let one = capability(&story, &[]).await;
    let hidden = passed(
        &story,
        "Acme",
        json!({ "capability": one }),
        json!({ "visibility": "RESTRICTED" }),
    )
    .await;
    assert_eq!(waiting(&story, story.partner, &one).await, json!([0, 0, 0]));
    assert_eq!(waiting(&story, story.analyst, &one).await, json!([1, 0, 1]));
    let on = today(&story);
    let told = verdict(&story, story.partner, &one, "SOLVED", &on).await;
    assert_eq!(told["waitingDeals"], json!([]));
    assert_ne!(due(&story, story.analyst, &hidden).await, Value::Null);
    let rows = "{ activity(first: 20) { nodes { subjectId after } } }";
    let told = story.fund.run(story.partner, rows, json!({})).await.to_string();
    assert!(!told.contains(&hidden) && !told.contains("revisitDue"), "{told}");
}

#[tokio::test]
async fn what_rests_on_what_is_told_by_both_and_as_it_was_known() {
    let story = Story::begins().await;
    let acme = story.startup("Acme", json!({})).await;
    let bolt = story.startup("Bolt", json!({})).await;
    let active = story.deal(&acme, json!({})).await;
    let one = capability(&story, &[&acme]).await;
    let thesis = json!({ "statement": "studios pay", "layer": "APP", "sector": "3d-generation", "reviewOn": "2025-09-01",
        "startups": [acme] });
    let fields = "thesis { id status layer sector { slug } reviewOn startups { id } deals { id } version }";
    let thesis = story
        .fund
        .done(story.analyst, "createThesis", thesis, fields)
        .await["thesis"]
        .clone();
    assert_eq!(
        (
            &thesis["status"],
            &thesis["layer"],
            &thesis["sector"]["slug"],
            &thesis["reviewOn"]
        ),
        (
            &json!("HELD"),
            &json!("APP"),
            &json!("3d-generation"),
            &json!("2025-09-01")
        )
    );
    assert_eq!(thesis["deals"], json!([{ "id": active }]));
    let before = story.fund.workspace.app.now();
    tick(&story);

    let bets = json!({ "startup": bolt, "theses": [thesis["id"]], "capabilities": [one] });
    let fields = "startup { theses { id } bets { id } }";
    let told = story.fund.done(story.analyst, "setBets", bets, fields).await["startup"].clone();
    assert_eq!(
        told,
        json!({ "theses": [{ "id": thesis["id"] }], "bets": [{ "id": one }] })
    );
    tick(&story);
    let gone = json!({ "startup": acme, "capabilities": [] });
    let told = story.fund.done(story.analyst, "setBets", gone, fields).await["startup"].clone();
    assert_eq!(told, json!({ "theses": [{ "id": thesis["id"] }], "bets": [] }));

    let document = "query($at: DateTime) { capabilities(asOf: $at) { startups { id } } theses(asOf: $at) { startups { id } } }";
    let now = story.fund.run(story.partner, document, json!({})).await;
    assert_eq!(now["capabilities"][0]["startups"], json!([{ "id": bolt }]));
    assert_eq!(
        now["theses"][0]["startups"],
        json!([{ "id": acme }, { "id": bolt }])
    );
    let then = story
        .fund
        .run(story.partner, document, json!({ "at": before }))
        .await;
    assert_eq!(then["capabilities"][0]["startups"], json!([{ "id": acme }]));
    assert_eq!(then["theses"][0]["startups"], json!([{ "id": acme }]));
}

#[tokio::test]
async fn a_thesis_is_judged_as_known_and_edited_against_its_version() {
    let story = Story::begins().await;
    let made = story
        .fund
        .done(
            story.analyst,
            "createThesis",
            json!({ "statement": "studios pay" }),
            "thesis { id }",
        )
        .await;
    let id = made["thesis"]["id"].clone();
    let before = story.fund.workspace.app.now();
    tick(&story);
    let said =
        json!({ "thesis": id, "thesisStatus": "DROPPED", "on": "2025-02-01", "reason": "nobody paid" });
    let told = story
        .fund
        .done(
            story.partner,
            "recordVerdict",
            said,
            "thesis { status version } capability { id }",
        )
        .await;
    assert_eq!(told["thesis"], json!({ "status": "DROPPED", "version": 2 }));
    assert_eq!(told["capability"], Value::Null);
    let document =
        "query($id: ID!, $at: DateTime) { thesis(id: $id, asOf: $at) { status verdicts { reason } } }";
    let then = story
        .fund
        .run(story.partner, document, json!({ "id": id, "at": before }))
        .await;
    assert_eq!(then["thesis"], json!({ "status": "HELD", "verdicts": [] }));

    let late = json!({ "id": id, "version": 1, "statement": "studios pay late" });
    let told = story
        .fund
        .tell(story.analyst, "updateThesis", late, "thesis { id }")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "STALE_VERSION");
    let edit = json!({ "id": id, "version": 2, "statement": "studios pay late", "sector": "robotics" });
    let told = story
        .fund
        .done(
            story.analyst,
            "updateThesis",
            edit,
            "thesis { statement sector { slug } status version }",
        )
        .await;
    assert_eq!(
        told["thesis"],
        json!({ "statement": "studios pay late", "sector": { "slug": "robotics" }, "status": "DROPPED", "version": 3 })
    );
}

#[tokio::test]
async fn an_edit_is_taken_back_and_a_verdict_is_not() {
    let story = Story::begins().await;
    let one = capability(&story, &[]).await;
    let edit = json!({ "id": one, "version": 1, "statement": "models can make a game" });
    story
        .fund
        .done(story.analyst, "updateCapability", edit, "capability { id }")
        .await;
    tick(&story);
    let newest = async || {
        let rows = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id } } }";
        let told = story.fund.run(story.analyst, rows, json!({ "id": one })).await;
        json!({ "activity": told["activity"]["nodes"][0]["id"] })
    };
    let back = newest().await;
    story.fund.done(story.analyst, "undo", back, "kept").await;
    let document = "query($id: ID!) { capability(id: $id) { statement } }";
    let told = story
        .fund
        .run(story.analyst, document, json!({ "id": one }))
        .await;
    assert_eq!(
        told["capability"]["statement"],
        "models can make usable 3D assets"
    );
    tick(&story);
    verdict(&story, story.analyst, &one, "SOLVED", "2025-02-10").await;
    let back = newest().await;
    let told = story.fund.tell(story.analyst, "undo", back, "kept").await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED");
}

#[tokio::test]
async fn what_cannot_be_judged_or_waited_for_is_refused_at_its_place() {
    let story = Story::begins().await;
    let one = capability(&story, &[]).await;
    let thesis = "thesis_00000000000000000000000001";
    for (input, field) in [
        (json!({}), "thesis"),
        (json!({ "capability": one }), "capabilityStatus"),
        (
            json!({ "capability": one, "capabilityStatus": "SOLVED", "thesis": thesis }),
            "capability",
        ),
        (
            json!({ "capability": one, "capabilityStatus": "SOLVED", "thesisStatus": "HELD" }),
            "thesisStatus",
        ),
        (json!({ "thesis": thesis, "thesisStatus": "HELD" }), "thesis"),
        (
            json!({ "capability": one, "capabilityStatus": "SOLVED", "on": "2031-01-01" }),
            "on",
        ),
        (
            json!({ "capability": one, "capabilityStatus": "SOLVED", "reason": " " }),
            "reason",
        ),
    ] {
        let mut whole = json!({ "on": "2025-02-01", "reason": "seen" });
        whole
            .as_object_mut()
            .unwrap()
            .extend(input.as_object().unwrap().clone());
        let told = story
            .fund
            .tell(story.analyst, "recordVerdict", whole, "capability { id }")
            .await;
        assert_eq!(told["userErrors"][0]["field"], json!([field]), "{input}");
    }
    let startup = story.startup("Acme", json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    for (when, field) in [
        (
            json!({ "capability": one, "capabilityStatus": "NOT_YET" }),
            "capabilityStatus",
        ),
        (
            json!({ "capability": "capability_00000000000000000000000001" }),
            "capability",
        ),
        (json!({ "capabilityStatus": "SOLVED" }), "capability"),
        (json!({ "capability": one, "grade": "VERIFIED" }), "grade"),
    ] {
        let pass = json!({ "status": "PASSED", "passReason": "TIMING", "revisitWhen": when });
        let told = story.try_move(story.analyst, &deal, pass).await;
        assert_eq!(
            told["userErrors"][0]["field"],
            json!(["revisitWhen", field]),
            "{when}"
        );
    }
}
