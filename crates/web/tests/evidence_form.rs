//! Recording, correcting, reviewing and withdrawing evidence, over doors that answer from a script.

#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const NEW: &str = "/startups/startup_a/evidence/new";

fn frame(role: &str) -> Value {
    json!({"data": {
        "viewer": {"name": "Somebody", "role": role},
        "startup": {"id": "startup_a", "name": "Cubeforge", "documents": [{"id": "document_a", "title": "Invoices"}]},
    }})
}

fn known() -> Value {
    json!({"data": {
        "viewer": {"name": "Somebody", "role": "ANALYST"},
        "node": {
            "__typename": "Evidence", "id": "evidence_a", "kind": "RETENTION", "grade": "DOCUMENTED", "value": "35.00",
            "qualifier": "ABOUT", "asFound": null, "currency": null, "revenueBasis": null, "window": null,
            "horizonDays": 30, "sampleSize": 400, "observedOn": "2024-05-31", "precision": "MONTH", "segment": null,
            "periodStart": null, "validUntil": null, "source": "DATA_ROOM", "suppliedBy": null,
            "sourceUrl": "https://room.example/x", "note": null, "retractedAt": null, "documents": [],
            "startup": {"id": "startup_a", "name": "Cubeforge", "documents": []},
            "if_claimed": {"now": "28.5", "then": "20.1"}, "if_documented": {"now": "28.5", "then": "28.5"},
            "if_verified": {"now": "28.5", "then": "32.7"}, "if_refuted": {"now": "28.5", "then": null},
        },
    }})
}

fn done(mutation: &str) -> Value {
    json!({"data": {mutation: {"evidence": {"id": "evidence_b"}, "userErrors": []}}})
}

fn refused(mutation: &str, code: &str, field: &[&str], message: &str) -> Value {
    json!({"data": {mutation: {"evidence": null, "userErrors": [
        {"code": code, "message": message, "field": field, "existing": null}]}}})
}

#[tokio::test]
async fn the_form_asks_for_the_kind_first_and_offers_only_the_grades_of_entry() {
    let doors = Script::answering([frame("ANALYST"), frame("ANALYST")]);
    let page = get(&doors, &format!("{NEW}?kind=RETENTION"), &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("value=\"RETENTION\" selected")
        .has("<optgroup label=\"Loyalty\">")
        .has("data-only-for=\"RETENTION\"")
        .has("data-only-for=\"ACTIVE_USERS\"")
        .has("value=\"2024-07-31\"")
        .has("Invoices");
    page.has("value=\"CLAIMED\" checked")
        .has("value=\"DOCUMENTED\"")
        .lacks("value=\"VERIFIED\"");
    page.has("stays Claimed until a document is attached");
    get(&doors, &format!("{NEW}?lang=zh"), &[SIGNED_IN])
        .await
        .has("<optgroup label=\"留存\">")
        .has("请选择类型");
}

#[tokio::test]
async fn a_record_is_sent_as_typed_and_leads_to_its_place_in_the_ledger() {
    let doors = Script::answering([done("recordEvidence")]);
    let form = "kind=RECURRING_REVENUE&value=1%2C200%2C000&qualifier=ABOUT&currency=cny&revenueBasis=COLLECTED\
                &window=&horizonDays=&observedOn=2024%2F6%2F30&precision=QUARTER&source=DATA_ROOM\
                &sourceUrl=room.example%2Fx&documents=document_a&grade=DOCUMENTED&note=&key=k-123456789";
    let page = post(&doors, NEW, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups/startup_a?did=recorded#ev-b")
    );
    assert_eq!(
        doors.written.lock().unwrap()[0],
        (
            "RecordEvidence".to_owned(),
            "k-123456789".to_owned(),
            json!({
                "startup": "startup_a", "kind": "RECURRING_REVENUE", "value": "1200000", "qualifier": "ABOUT",
                "currency": "CNY", "revenueBasis": "COLLECTED", "observedOn": "2024-06-30", "precision": "QUARTER",
                "source": "DATA_ROOM", "sourceUrl": "https://room.example/x", "documents": ["document_a"],
                "grade": "DOCUMENTED",
            })
        )
    );
}

#[tokio::test]
async fn what_is_missing_is_told_beside_its_field() {
    let doors = Script::answering([frame("ANALYST")]);
    let page = post(&doors, NEW, "value=many&horizonDays=soon", &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Choose what was seen.")
        .has("Say which day")
        .has("Say where it comes from.")
        .has("“many” is no number.")
        .has("“soon” is no whole number.")
        .has("value=\"many\"");
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_the_server_refuses_stands_beside_its_field_in_the_words_of_the_page() {
    let message = "从 DECK 来的 DOCUMENTED 需要附上文件";
    let doors = Script::answering([
        refused("recordEvidence", "INVALID", &["grade"], message),
        frame("ANALYST"),
    ]);
    let form = "kind=PAYING_CUSTOMERS&value=3&observedOn=2024-06-30&source=DECK&sourceUrl=a.example&grade=DOCUMENTED&key=k-123456789";
    let page = post(&doors, &format!("{NEW}?lang=zh"), form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("从 商业计划书 来的 有凭据 需要附上文件")
        .has("id=\"f-grade-fault\"")
        .has("value=\"DOCUMENTED\" checked");
}

#[tokio::test]
async fn a_new_document_is_added_before_the_record_that_rests_on_it() {
    let document = json!({"data": {"createDocument": {"document": {"id": "document_b"}, "userErrors": []}}});
    let doors = Script::answering([
        document,
        refused("recordEvidence", "INVALID", &["value"], "no"),
        frame("ANALYST"),
    ]);
    let form = "kind=PAYING_CUSTOMERS&value=3&observedOn=2024-06-30&source=FOUNDER&grade=DOCUMENTED&key=k-123456789\
                &newDocument.title=Contract&newDocument.url=room.example%2Fc&newDocument.kind=CONTRACT";
    let page = post(&doors, NEW, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    // It is there now: the form that comes back does not add it once more.
    page.lacks("value=\"Contract\"");
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0],
        (
            "CreateDocument".to_owned(),
            "k-123456789-document".to_owned(),
            json!({"title": "Contract", "url": "https://room.example/c", "kind": "CONTRACT", "startup": "startup_a"})
        )
    );
    assert_eq!(written[1].2["documents"], json!(["document_b"]));
}

#[tokio::test]
async fn a_correction_begins_with_the_record_and_keeps_its_kind() {
    let doors = Script::answering([known(), done("supersedeEvidence")]);
    let page = get(&doors, "/evidence/evidence_a/correct", &[SIGNED_IN]).await;
    page.has("Retention after 30 d ~35%")
        .has("value=\"35\"")
        .has("value=\"RETENTION\" selected")
        .lacks("value=\"PILOTS\"");
    let form = "startup=startup_a&kind=RETENTION&value=31&horizonDays=30&observedOn=2024-05-31&source=DATA_ROOM&grade=CLAIMED&key=k-123456789";
    let page = post(&doors, "/evidence/evidence_a/correct", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/startups/startup_a?did=recorded#ev-b");
    let written = doors.written.lock().unwrap();
    assert_eq!(written[0].2["evidence"], "evidence_a");
    assert_eq!(written[0].2["by"]["value"], "31");
    assert_eq!(written[0].2["by"]["startup"], "startup_a");
}

#[tokio::test]
async fn a_review_says_what_was_checked_and_a_retraction_why() {
    let doors = Script::answering([
        known(),
        known(),
        done("reviewEvidence"),
        known(),
        done("retractEvidence"),
    ]);
    let page = get(&doors, "/evidence/evidence_a/review", &[SIGNED_IN]).await;
    page.has("value=\"VERIFIED\"")
        .has("value=\"REFUTED\"")
        .lacks("value=\"DOCUMENTED\"");
    let page = post(
        &doors,
        "/evidence/evidence_a/review",
        "grade=VERIFIED&checked=+",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say what was checked.");
    let form = "grade=VERIFIED&checked=called+3&startup=startup_a&key=k-123456789";
    let page = post(&doors, "/evidence/evidence_a/review", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/startups/startup_a?did=reviewed#ev-b");
    let page = get(&doors, "/evidence/evidence_a/retract", &[SIGNED_IN]).await;
    page.has("This cannot be undone");
    let form = "reason=wrong+company&startup=startup_a&key=k-123456780";
    let page = post(&doors, "/evidence/evidence_a/retract", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/startups/startup_a?did=retracted#ev-b");
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0].2,
        json!({"evidence": "evidence_a", "grade": "VERIFIED", "checked": "called 3"})
    );
    assert_eq!(
        written[1].2,
        json!({"evidence": "evidence_a", "reason": "wrong company"})
    );
}

#[tokio::test]
async fn a_review_says_for_each_grade_what_conviction_would_be() {
    let doors = Script::answering([known(), known()]);
    let page = get(&doors, "/evidence/evidence_a/review", &[SIGNED_IN]).await;
    page.has("Conviction would go 28.5 → 32.7")
        .has("Conviction would go 28.5 → 20.1")
        .has("Conviction would go 28.5 → —")
        .lacks("would stay")
        .lacks("name=\"preview\"");
    get(&doors, "/evidence/evidence_a/review?lang=zh", &[SIGNED_IN])
        .await
        .has("信念值将从 28.5 变为 32.7");
}

#[tokio::test]
async fn a_preview_of_a_figure_says_what_conviction_would_be_and_writes_nothing() {
    let told = |then: &str, errors: Value| json!({"data": {"startup": {"convictionIf": {"now": "28.5", "then": then, "userErrors": errors}}}});
    let doors = Script::answering([
        told("30.1", json!([])),
        frame("ANALYST"),
        told("28.5", json!([])),
        frame("ANALYST"),
    ]);
    let form = "kind=PILOTS&value=3&observedOn=2024-06-30&source=FOUNDER&grade=DOCUMENTED&key=k-123456789&preview=yes\
                &newDocument.title=Contract&newDocument.url=room.example%2Fc&newDocument.kind=CONTRACT";
    let page = post(&doors, NEW, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("Conviction would go 28.5 → 30.1")
        .has("role=\"status\"")
        .has("value=\"3\"")
        .has("value=\"Contract\"")
        .has("value=\"PILOTS\" selected");
    let page = post(&doors, &format!("{NEW}?lang=zh"), form, &[SIGNED_IN, OURS]).await;
    page.has("信念值不变，仍为 28.5");
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_preview_of_a_figure_that_cannot_be_says_so_beside_its_field() {
    let error =
        json!([{"code": "INVALID", "message": "-3 is below 0", "field": ["value"], "existing": null}]);
    let refused =
        json!({"data": {"startup": {"convictionIf": {"now": null, "then": null, "userErrors": error}}}});
    let doors = Script::answering([refused, frame("ANALYST"), frame("ANALYST")]);
    let form = "kind=PILOTS&value=-3&observedOn=2024-06-30&source=FOUNDER&preview=yes";
    let page = post(&doors, NEW, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("-3 is below 0")
        .has("id=\"f-value-fault\"")
        .lacks("Conviction would");
    let page = post(&doors, NEW, "value=3&preview=yes", &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Choose what was seen.");
    assert!(doors.written.lock().unwrap().is_empty());
}

const GRID: &str = "/startups/startup_a/evidence/grid";
const SHARED: &str =
    "observedOn=2024-06-30&source=DATA_ROOM&sourceUrl=room.example%2Fx&grade=DOCUMENTED&key=k-123456789";

#[tokio::test]
async fn several_figures_are_sent_together_each_line_with_what_is_said_once() {
    let done = json!({"data": {"recordEvidences": {"userErrors": []}}});
    let doors = Script::answering([frame("ANALYST"), done]);
    let page = get(&doors, GRID, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("name=\"PAYING_CUSTOMERS.value\"")
        .has("name=\"RETENTION.horizonDays\"")
        .has("name=\"ACTIVE_USERS.window\"")
        .lacks("name=\"PILOTS.sampleSize\"");
    let form = format!(
        "{SHARED}&PAYING_CUSTOMERS.value=20&RETENTION.value=35%25&RETENTION.horizonDays=30&RETENTION.sampleSize=400&PILOTS.value="
    );
    let page = post(&doors, GRID, &form, &[SIGNED_IN, OURS]).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups/startup_a?did=recorded#evidence")
    );
    let shared = |more: Value| {
        let mut record = json!({"startup": "startup_a", "observedOn": "2024-06-30", "source": "DATA_ROOM",
            "sourceUrl": "https://room.example/x", "grade": "DOCUMENTED"});
        record
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        record
    };
    let records = json!([
        shared(json!({"kind": "PAYING_CUSTOMERS", "value": "20"})),
        shared(json!({"kind": "RETENTION", "value": "35", "horizonDays": 30, "sampleSize": 400})),
    ]);
    assert_eq!(
        doors.written.lock().unwrap()[0],
        (
            "RecordEvidences".to_owned(),
            "k-123456789".to_owned(),
            json!({"startup": "startup_a", "records": records})
        )
    );
}

#[tokio::test]
async fn a_line_that_is_wrong_is_named_and_everything_typed_is_kept() {
    let doors = Script::answering([frame("ANALYST"), frame("ANALYST"), frame("ANALYST")]);
    let form = format!(
        "{SHARED}&PAYING_CUSTOMERS.value=many&RETENTION.value=35&ACTIVE_USERS.window=MONTH&PILOTS.value=3"
    );
    let page = post(&doors, GRID, &form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("href=\"#f-PAYING_CUSTOMERS-value\">Paying customers, Value</a>: “many” is no number.")
        .has("id=\"f-RETENTION-horizonDays-fault\"")
        .has("id=\"f-ACTIVE_USERS-value-fault\"")
        .has("Say the value, or leave the line empty.")
        .has("value=\"many\"")
        .has("name=\"PILOTS.value\" value=\"3\"");
    let page = post(&doors, GRID, "PILOTS.value=3", &[SIGNED_IN, OURS]).await;
    page.has("id=\"f-observedOn-fault\"").has("id=\"f-source-fault\"");
    let page = post(&doors, &format!("{GRID}?lang=zh"), SHARED, &[SIGNED_IN, OURS]).await;
    page.has("请至少填写一行。");
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_the_server_refuses_of_a_line_stands_at_that_line_and_what_is_shared_once() {
    let error = |place: &[&str], message: &str| json!({"code": "INVALID", "message": message, "field": place, "existing": null});
    let refused = json!({"data": {"recordEvidences": {"userErrors": [
        error(&["records", "0", "observedOn"], "that day is to come"),
        error(&["records", "1", "observedOn"], "that day is to come"),
        error(&["records", "1", "value"], "120 is above 100"),
    ]}}});
    let doors = Script::answering([refused, frame("ANALYST")]);
    let form = format!("{SHARED}&PILOTS.value=3&LOGO_RETENTION.value=120");
    let page = post(&doors, GRID, &form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("id=\"f-LOGO_RETENTION-value-fault\"")
        .has("Account retention, Value</a>: 120 is above 100")
        .has("id=\"f-observedOn-fault\"");
    assert_eq!(
        page.body.matches("That day is to come").count(),
        2,
        "in the summary and beside the field"
    );
}

#[tokio::test]
async fn readers_get_no_form_and_what_is_no_record_is_not_there() {
    let doors = Script::answering([frame("VIEWER"), json!({"data": {"viewer": null, "node": null}})]);
    let page = get(&doors, NEW, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let page = get(&doors, "/evidence/startup_a/review", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}
