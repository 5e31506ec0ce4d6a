//! Deals that wait for evidence or a conviction of their startup, and come back by themselves.

use chrono::TimeDelta;
use domain::UserId;
use serde_json::{Value, json};

use crate::story::Story;

const DEAL: &str = "status revisitWhen { evidenceKind grade valueAtLeast convictionAtLeast text } revisitDue { since because evidence { id } }";

async fn deal(story: &Story, id: &str) -> Value {
    let document = format!("query($id: ID!) {{ deal(id: $id) {{ {DEAL} }} }}");
    story
        .fund
        .run(story.analyst, &document, json!({ "id": id }))
        .await["deal"]
        .clone()
}

/// A deal that was passed and waits, with its startup.
async fn waits(story: &Story, name: &str, when: Value, more: Value) -> (String, String) {
    let startup = story.startup(name, json!({})).await;
    let deal = story.deal(&startup, more).await;
    let pass = json!({ "status": "PASSED", "passReason": "TIMING", "revisitWhen": when });
    story.moved(story.analyst, &deal, pass).await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    (startup, deal)
}

async fn retention(story: &Story, startup: &str, value: &str) -> String {
    let today = story.fund.workspace.app.now().date_naive();
    let input = json!({ "startup": startup, "kind": "RETENTION", "value": value, "horizonDays": 30, "sampleSize": 400,
        "observedOn": today, "source": "FOUNDER" });
    let made = story
        .fund
        .done(story.analyst, "recordEvidence", input, "evidence { id }")
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    made["evidence"]["id"].as_str().unwrap().to_owned()
}

async fn review(story: &Story, who: UserId, evidence: &str, grade: &str) {
    let input = json!({ "evidence": evidence, "grade": grade, "checked": "called three customers" });
    story
        .fund
        .done(who, "reviewEvidence", input, "evidence { id }")
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
}

fn verified_retention() -> Value {
    json!({ "evidenceKind": "RETENTION", "grade": "VERIFIED", "valueAtLeast": "30" })
}

/// How many deals are to be looked at again by today.
async fn due(story: &Story, who: UserId) -> Value {
    let today = story.fund.workspace.app.now().date_naive();
    let document =
        "query($d: Date) { deals(filter: { revisitDueBy: $d, statuses: [PASSED, ON_HOLD] }) { totalCount } }";
    story.fund.run(who, document, json!({ "d": today })).await["deals"]["totalCount"].clone()
}

#[tokio::test]
async fn a_review_to_verified_brings_a_passed_deal_back_and_words_alone_do_not() {
    let story = Story::begins().await;
    let (startup, id) = waits(&story, "Acme", verified_retention(), json!({})).await;
    let text = deal(&story, &id).await["revisitWhen"]["text"].clone();
    assert_eq!(text, "retention of at least 30 %, verified or better");
    let low = retention(&story, &startup, "20").await;
    review(&story, story.analyst, &low, "VERIFIED").await;
    let said = retention(&story, &startup, "35").await;
    assert_eq!(deal(&story, &id).await["revisitDue"], Value::Null);
    assert_eq!(due(&story, story.partner).await, 0);

    review(&story, story.partner, &said, "VERIFIED").await;
    let came = deal(&story, &id).await["revisitDue"].clone();
    assert_eq!(came["evidence"]["id"], said);
    let because = came["because"].as_str().unwrap();
    assert!(
        because.contains("35") && because.ends_with("verified"),
        "{because}"
    );
    assert_eq!(due(&story, story.partner).await, 1);
    let rows = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { verb by { name } after } } }";
    let row = story.fund.run(story.analyst, rows, json!({ "id": id })).await["activity"]["nodes"][0].clone();
    assert_eq!(
        (row["verb"].clone(), row["by"]["name"].clone()),
        (json!("reviewEvidence"), json!("Pia"))
    );
    assert_eq!(row["after"]["revisitDue"]["because"]["evidence"]["id"], said);

    // It came once; what goes again later changes nothing.
    let since = came["since"].clone();
    review(&story, story.analyst, &said, "REFUTED").await;
    assert_eq!(deal(&story, &id).await["revisitDue"]["since"], since);
    story
        .moved(story.analyst, &id, json!({ "status": "ACTIVE" }))
        .await;
    assert_eq!(deal(&story, &id).await["revisitDue"], Value::Null);
}

#[tokio::test]
async fn what_is_retracted_before_it_is_verified_brings_nothing_back() {
    let story = Story::begins().await;
    let when = json!({ "evidenceKind": "RETENTION", "grade": "CLAIMED", "valueAtLeast": "30" });
    let (startup, id) = waits(&story, "Acme", verified_retention(), json!({})).await;
    let said = retention(&story, &startup, "35").await;
    let gone = json!({ "evidence": said, "reason": "a slip" });
    story
        .fund
        .done(story.analyst, "retractEvidence", gone, "evidence { id }")
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let version = story
        .fund
        .run(
            story.analyst,
            "query($id: ID!) { deal(id: $id) { version } }",
            json!({ "id": id }),
        )
        .await;
    let edit = json!({ "id": id, "version": version["deal"]["version"], "revisitWhen": when });
    story
        .fund
        .done(story.analyst, "updateDeal", edit, "deal { id }")
        .await;
    assert_eq!(deal(&story, &id).await["revisitDue"], Value::Null);
    // What is there when one begins to wait for it is due at once.
    story.fund.workspace.pass(TimeDelta::minutes(1));
    retention(&story, &startup, "40").await;
    assert_ne!(deal(&story, &id).await["revisitDue"], Value::Null);
}

#[tokio::test]
async fn a_conviction_brings_a_deal_back_and_days_that_pass_never_do() {
    let story = Story::begins().await;
    let (startup, id) = waits(&story, "Acme", json!({ "convictionAtLeast": "15" }), json!({})).await;
    retention(&story, &startup, "10").await;
    for _ in 0..3 {
        story.fund.workspace.pass(TimeDelta::days(1));
        story
            .fund
            .workspace
            .app
            .bring_assessments_up_to_date()
            .await
            .unwrap();
    }
    assert_eq!(deal(&story, &id).await["revisitDue"], Value::Null);
    let today = story.fund.workspace.app.now().date_naive();
    let input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": "60", "observedOn": today, "source": "DATA_ROOM",
        "sourceUrl": "https://room.example", "grade": "VERIFIED", "checked": "called three" });
    story
        .fund
        .done(story.analyst, "recordEvidence", input, "evidence { id }")
        .await;
    let because = deal(&story, &id).await["revisitDue"]["because"].clone();
    assert!(
        because.as_str().unwrap().starts_with("conviction is "),
        "{because}"
    );
}

#[tokio::test]
async fn a_restricted_deal_that_comes_back_tells_nobody_outside_its_team() {
    let story = Story::begins().await;
    let restricted = json!({ "visibility": "RESTRICTED" });
    let (startup, id) = waits(&story, "Acme", verified_retention(), restricted).await;
    let said = retention(&story, &startup, "35").await;
    review(&story, story.partner, &said, "VERIFIED").await;
    assert_ne!(deal(&story, &id).await["revisitDue"], Value::Null);
    assert_eq!(
        (due(&story, story.partner).await, due(&story, story.analyst).await),
        (json!(0), json!(1))
    );
    let rows = "{ activity(first: 20) { totalCount nodes { subject { id } after } } }";
    let told = story.fund.run(story.partner, rows, json!({})).await.to_string();
    assert!(!told.contains(&id) && !told.contains("revisitDue"), "{told}");
}

#[tokio::test]
async fn a_trigger_that_says_nothing_or_two_things_is_refused_at_its_place() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let id = story.deal(&startup, json!({})).await;
    for (when, field) in [
        (json!({}), json!(["revisitWhen", "evidenceKind"])),
        (
            json!({ "evidenceKind": "RETENTION" }),
            json!(["revisitWhen", "grade"]),
        ),
        (
            json!({ "evidenceKind": "RETENTION", "grade": "REFUTED" }),
            json!(["revisitWhen", "grade"]),
        ),
        (
            json!({ "evidenceKind": "RETENTION", "grade": "VERIFIED", "valueAtLeast": "101" }),
            json!(["revisitWhen", "valueAtLeast"]),
        ),
        (
            json!({ "convictionAtLeast": "101" }),
            json!(["revisitWhen", "convictionAtLeast"]),
        ),
        (
            json!({ "convictionAtLeast": "50", "grade": "VERIFIED" }),
            json!(["revisitWhen", "grade"]),
        ),
        (
            json!({ "convictionAtLeast": "50", "evidenceKind": "PILOTS", "grade": "CLAIMED" }),
            json!(["revisitWhen"]),
        ),
    ] {
        let pass = json!({ "status": "PASSED", "passReason": "TIMING", "revisitWhen": when });
        let told = story.try_move(story.analyst, &id, pass).await;
        assert_eq!(told["userErrors"][0]["field"], field, "{when}");
    }
}

/// The id of the newest change of a deal.
async fn newest(story: &Story, id: &str) -> Value {
    let rows = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id } } }";
    let found = story.fund.run(story.analyst, rows, json!({ "id": id })).await;
    found["activity"]["nodes"][0]["id"].clone()
}

async fn waits_for(story: &Story, id: &str, when: Value) {
    let version = "query($id: ID!) { deal(id: $id) { version } }";
    let version = story.fund.run(story.analyst, version, json!({ "id": id })).await;
    let edit = json!({ "id": id, "version": version["deal"]["version"], "revisitWhen": when });
    story
        .fund
        .done(story.analyst, "updateDeal", edit, "deal { id }")
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
}

#[tokio::test]
async fn what_cleared_the_mark_of_a_deal_gives_it_back_when_it_is_taken_back() {
    let story = Story::begins().await;
    let (startup, id) = waits(&story, "Acme", verified_retention(), json!({})).await;
    let said = retention(&story, &startup, "35").await;
    review(&story, story.analyst, &said, "VERIFIED").await;
    let mark = deal(&story, &id).await["revisitDue"].clone();
    assert_eq!(mark["evidence"]["id"], said);
    // What it waited for is gone again, so that nothing but the mark can say that it was due.
    review(&story, story.analyst, &said, "REFUTED").await;
    let since = mark["since"].clone();
    let undone = |activity: Value| {
        let input = json!({ "activity": activity });
        story.fund.done(story.analyst, "undo", input, "activity { id }")
    };

    // A move that brought it under way, undone.
    story
        .moved(story.analyst, &id, json!({ "status": "ACTIVE" }))
        .await;
    assert_eq!(deal(&story, &id).await["revisitDue"], Value::Null);
    undone(newest(&story, &id).await).await;
    let again = deal(&story, &id).await;
    assert_eq!(
        (again["status"].clone(), again["revisitDue"]["since"].clone()),
        (json!("PASSED"), since.clone())
    );
    assert_eq!(due(&story, story.partner).await, 1);

    // The same, voided with a reason.
    story.fund.workspace.pass(TimeDelta::minutes(1));
    story
        .moved(story.analyst, &id, json!({ "status": "ACTIVE" }))
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    story.void(story.analyst, &id).await;
    assert_eq!(deal(&story, &id).await["revisitDue"]["since"], since);

    // Waiting for something else, undone.
    story.fund.workspace.pass(TimeDelta::minutes(1));
    waits_for(&story, &id, json!({ "convictionAtLeast": "90" })).await;
    assert_eq!(deal(&story, &id).await["revisitDue"], Value::Null);
    undone(newest(&story, &id).await).await;
    let again = deal(&story, &id).await;
    assert_eq!(again["revisitWhen"]["evidenceKind"], "RETENTION");
    assert_eq!(again["revisitDue"]["since"], since);
    assert_eq!(due(&story, story.partner).await, 1);
}

#[tokio::test]
async fn a_mark_stays_away_where_the_deal_waits_for_something_else_since() {
    let story = Story::begins().await;
    let (startup, id) = waits(&story, "Acme", verified_retention(), json!({})).await;
    let said = retention(&story, &startup, "35").await;
    review(&story, story.analyst, &said, "VERIFIED").await;
    assert_ne!(deal(&story, &id).await["revisitDue"], Value::Null);
    review(&story, story.analyst, &said, "REFUTED").await;
    story
        .moved(story.analyst, &id, json!({ "status": "ACTIVE" }))
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    waits_for(&story, &id, json!({ "convictionAtLeast": "90" })).await;
    story.void(story.analyst, &id).await;
    let back = deal(&story, &id).await;
    assert_eq!(
        (
            back["status"].clone(),
            back["revisitWhen"]["convictionAtLeast"].clone()
        ),
        (json!("PASSED"), json!("90"))
    );
    assert_eq!(back["revisitDue"], Value::Null);
    assert_eq!(due(&story, story.partner).await, 0);
}

/// What a deal waits for, in all: day, words, trigger, and whether that came.
async fn all_awaited(story: &Story, id: &str) -> Value {
    let document = "query($id: ID!) { deal(id: $id) { status revisitOn revisitTrigger revisitWhen { evidenceKind } revisitDue { since } } }";
    let asked = json!({ "id": id });
    story.fund.run(story.analyst, document, asked).await["deal"].clone()
}

#[tokio::test]
async fn a_deal_that_is_passed_again_waits_for_what_is_given_then_and_for_nothing_else() {
    let story = Story::begins().await;
    let (startup, id) = waits(&story, "Acme", verified_retention(), json!({})).await;
    let version = "query($id: ID!) { deal(id: $id) { version } }";
    let version = story.fund.run(story.analyst, version, json!({ "id": id })).await;
    let edit = json!({ "id": id, "version": version["deal"]["version"], "revisitOn": "2024-01-01", "revisitTrigger": "users stay" });
    story
        .fund
        .done(story.analyst, "updateDeal", edit, "deal { id }")
        .await;
    let said = retention(&story, &startup, "35").await;
    review(&story, story.analyst, &said, "VERIFIED").await;
    let came = all_awaited(&story, &id).await;
    assert_ne!(came["revisitDue"], Value::Null);
    let nothing = |status: &str| json!({ "status": status, "revisitOn": null, "revisitTrigger": null, "revisitWhen": null, "revisitDue": null });
    let moves = async |to: Value| {
        story.moved(story.analyst, &id, to).await;
        story.fund.workspace.pass(TimeDelta::minutes(1));
        all_awaited(&story, &id).await
    };

    // Somebody takes it up, and passes it again: it does not come back at once.
    assert_eq!(moves(json!({ "status": "ACTIVE" })).await, nothing("ACTIVE"));
    let again = json!({ "status": "PASSED", "passReason": "TIMING" });
    assert_eq!(moves(again.clone()).await, nothing("PASSED"));
    assert_eq!(due(&story, story.partner).await, 0);

    // Both were mistakes: taken back, it waits as it did before.
    for _ in 0..2 {
        story.void(story.analyst, &id).await;
        story.fund.workspace.pass(TimeDelta::minutes(1));
    }
    assert_eq!(all_awaited(&story, &id).await, came);
    assert_eq!(due(&story, story.partner).await, 1);

    // What it waited for on hold is no trigger of the pass that follows.
    moves(json!({ "status": "ACTIVE" })).await;
    let held = moves(json!({ "status": "ON_HOLD", "revisitOn": "2024-02-01" })).await;
    assert_eq!(held["revisitOn"], "2024-02-01");
    assert_eq!(moves(again).await, nothing("PASSED"));
    assert_eq!(due(&story, story.partner).await, 0);
}
