//! A startup's page, over doors that answer from a script.

#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const ADDRESS: &str = "/startups/startup_01h455vb4pex5vsknk084sn02q";

fn record(id: &str, more: Value) -> Value {
    let mut record = json!({
        "id": id, "__typename": "Evidence", "kind": "PAYING_CUSTOMERS", "grade": "VERIFIED", "value": "20", "qualifier": "EXACT",
        "asFound": null, "currency": null, "revenueBasis": null, "window": null, "horizonDays": null,
        "sampleSize": null, "observedOn": "2024-06-30", "precision": "DAY", "segment": "华南",
        "periodStart": null, "validUntil": null, "source": "DATA_ROOM", "suppliedBy": "the <CFO>",
        "sourceUrl": "https://room.example/x", "note": null, "recordedAt": "2024-07-18T02:00:00Z",
        "recordedBy": {"name": "Analyst 1"}, "retractedAt": null, "retractionReason": null,
        "supersededBy": null, "supersedes": null, "documents": [],
        "gradeHistory": [{"at": "2024-07-31T02:00:00Z", "by": {"name": "Analyst 1"},
            "checked": "called 3 customers", "from": "DOCUMENTED", "to": "VERIFIED"}],
    });
    record
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    record
}

/// What the ledger's line of a record is made of.
fn line(id: &str, kind: &str, grade: &str, value: &str) -> Value {
    json!({
        "id": id, "__typename": "Evidence", "kind": kind, "grade": grade, "value": value, "qualifier": "EXACT",
        "asFound": null, "currency": null, "revenueBasis": null, "window": null, "horizonDays": null,
        "sampleSize": null, "observedOn": "2024-06-30", "precision": "DAY",
    })
}

fn contribution(group: &str, evidence: Value, contribution: &str, adds: &str) -> Value {
    json!({
        "group": group, "grade": evidence["grade"], "counts": adds != "0.0000", "adds": adds, "ageDays": 31, "weight": "0.60", "strength": "0.6597", "credence": "0.7",
        "freshness": "0.8875", "contribution": contribution, "explanation": "It is <the best>.", "evidence": evidence,
    })
}

fn assessment() -> Value {
    let customers = line("evidence_a", "PAYING_CUSTOMERS", "DOCUMENTED", "20");
    json!({
        "conviction": "28.5", "bestGrade": "DOCUMENTED", "all": "0.4887", "demand": "0.4887", "proven": "0.4418", "claimedDemand": "0.7062", "hypeGap": "0.2175",
        "hypeShare": "0.3080", "rubricVersion": 1,
        "multiplier": {"value": "1.75", "reasons": ["1.50 builds on an API", "+0.50 own training data",
            "-0.25 hangs on Basemodel One without an alternative"]},
        "contributions": [
            contribution("MONEY", customers, "0.2459", "0.2459"),
            contribution("MONEY", line("evidence_d", "PILOTS", "CLAIMED", "2"), "0.0400", "0.0000"),
            contribution("LOYALTY", line("evidence_e", "LOGO_RETENTION", "DOCUMENTED", "88"), "0.2598", "0.1959"),
            contribution("REACH", line("evidence_f", "APP_STORE_RATINGS", "CLAIMED", "812"), "0.0840", "0.0469"),
        ],
        "overtaken": [{
            "evidence": line("evidence_g", "PAYING_CUSTOMERS", "CLAIMED", "15"),
            "by": line("evidence_a", "PAYING_CUSTOMERS", "DOCUMENTED", "20"),
        }, {
            "evidence": line("evidence_h", "PILOTS", "CLAIMED", "1"), "by": line("evidence_d", "PILOTS", "CLAIMED", "2"),
        }],
        "flags": [
            {"flag": "SINGLE_PROVIDER", "reason": "It stands still without <Basemodel One>.", "evidence": []},
            {"flag": "REFUTED_CLAIM", "reason": "Checked, and false: 99 paying customers.",
             "evidence": [line("evidence_c", "PAYING_CUSTOMERS", "REFUTED", "99")]},
        ],
    })
}

fn asks() -> Value {
    json!([{
        "kind": "PAYING_CUSTOMERS", "grade": "VERIFIED", "question": "20 paying customers: may we <call> some?",
        "example": "Verified, 20 paying customers would add 4.2 points: 28.5 → 32.7.",
        "convictionNow": "28.5", "convictionThen": "32.7",
    }])
}

/// What is said of a startup of which nothing is known.
fn unknown() -> Value {
    json!({
        "conviction": null, "bestGrade": null, "all": "0.0000", "overtaken": [], "demand": "0.0000", "proven": "0.0000", "claimedDemand": "0.0000", "hypeGap": "0.0000",
        "hypeShare": null, "rubricVersion": 1, "multiplier": {"value": "1.00", "reasons": ["1.00 route not known"]},
        "contributions": [],
        "flags": [{"flag": "NO_REAL_USERS", "reason": "There is no evidence of real users yet.", "evidence": []}],
    })
}

fn startup() -> Value {
    json!({
        "id": "startup_01h455vb4pex5vsknk084sn02q", "__typename": "Startup", "name": "Cube<forge>", "version": 3,
        "aliases": [{"name": "立方工坊", "language": "zh", "kind": "BRAND"}],
        "domains": ["cubeforge.example"], "website": "https://www.cubeforge.example/", "oneLiner": "3D from a sketch",
        "description": null, "country": "CN", "city": "深圳", "foundedOn": "2022-09-01",
        "productLaunchedOn": null, "previousFocus": null, "pivotedOn": null, "structure": "ONSHORE",
        "layer": "APP", "sectors": [], "technicalRoute": "BUILDS_ON_API",
        "ownsTrainingData": {"holds": true, "grade": "DOCUMENTED", "words": "in the contract", "on": null,
            "sourceUrl": "javascript:alert(1)"},
        "usageFlywheel": null, "claimsLargeModel": null,
        "need": {"payer": "Game studios", "pain": null, "costToday": null, "alternativeToday": null},
        "customFields": {}, "updatedAt": "2024-07-30T02:00:00Z", "externalIds": [],
        "assessment": assessment(), "askNext": asks(),
        "evidence": {
            "totalCount": 4, "pageInfo": {"hasNextPage": true, "endCursor": "c+1"},
            "nodes": [
                record("evidence_a", json!({})),
                record("evidence_b", json!({"value": "12", "gradeHistory": [], "supersededBy": {"id": "evidence_a"}})),
                record("evidence_c", json!({"value": "99", "gradeHistory": [],
                    "retractedAt": "2024-07-20T02:00:00Z", "retractionReason": "another company's"})),
                record("evidence_g", json!({"value": "15", "grade": "CLAIMED", "gradeHistory": []})),
            ],
        },
        "deals": {"totalCount": 1, "nodes": [{
            "id": "deal_a", "title": "Cubeforge seed", "stage": {"name": "Diligence", "nameZh": "尽调"},
            "status": "ACTIVE", "round": "SEED", "daysInStage": 12, "isStale": true,
            "amountSought": {"low": "1000000", "high": "2000000", "currency": "USD", "asFound": null},
            "owner": {"name": "Partner 1"}, "visibility": "RESTRICTED", "nextStep": "call", "nextStepDue": "2024-07-30",
            "overridden": ["VERIFIED_PROOF", "KNOWN_ROUTE"],
        }]},
        "interactions": {"totalCount": 2, "nodes": [{
            "id": "interaction_a", "kind": "CALL", "at": "2024-07-30T06:05:00Z", "summary": "They want a <pilot>",
            "bodyHtml": "<ul>\n<li><strong>20</strong> studios</li>\n</ul>\n", "participants": ["韩梅梅"],
            "people": [{"name": "李雷"}], "by": {"name": "Analyst 1"}, "deal": {"title": "Cubeforge seed"},
        }, {
            "id": "interaction_b", "kind": "NOTE", "at": "2024-07-29T06:05:00Z", "summary": "Second thoughts",
            "bodyHtml": "", "participants": [], "people": [], "by": null, "deal": null,
        }]},
        "tasks": [
            {"id": "task_a", "what": "Ask for the <export>", "who": {"name": "Partner 2"}, "due": "2024-07-30", "doneAt": null,
             "startup": {"id": "startup_01h455vb4pex5vsknk084sn02q", "name": "Cubeforge"}, "deal": null, "isCondition": false, "review": null, "version": 4},
            {"id": "task_b", "what": "Call them", "who": null, "due": null, "doneAt": "2024-07-29T06:05:00Z",
             "startup": null, "deal": null, "isCondition": true,
             "review": {"id": "review_1", "title": "Weekly <29 Jul>"}, "version": 2},
        ],
        "people": [{"isFounder": true, "title": "CEO", "from": "2022-09-01", "to": null, "person": {
            "id": "person_a", "name": "李雷", "affiliations": [
                {"organisation": "Cubeforge", "title": "CEO", "from": null, "to": null,
                 "startup": {"id": "startup_01h455vb4pex5vsknk084sn02q"}},
                {"organisation": "Tsinghua University", "title": "PhD", "from": "2014-09-01", "to": "2019-06-30",
                 "startup": null}],
        }}],
        "theses": [{"id": "thesis_1", "statement": "Studios pay first", "status": "QUESTIONED"}],
        "bets": [{"id": "capability_1", "statement": "Models can make usable 3D assets", "status": "PARTLY"}],
        "competitors": [{"id": "startup_b", "name": "Meshwright"}],
        "documents": [],
        "activity": {"nodes": [
            {"id": "activity_a", "at": "2024-07-30T02:00:00Z", "by": {"name": "Analyst 1"}, "verb": "updateStartup", "import": null,
             "subject": {"__typename": "Startup", "id": "startup_a"}, "before": {"city": null, "oneLiner": null},
             "after": {"city": "深圳", "oneLiner": "3D from a sketch"}},
            {"id": "activity_b", "at": "2024-07-20T02:00:00Z", "by": null, "verb": "retractEvidence", "import": null,
             "subject": record("evidence_c", json!({"value": "99"})), "before": {"retracted": false},
             "after": {"retracted": true, "reason": "another company's"}},
        ]},
    })
}

fn answer(role: &str, startup: Value) -> Value {
    json!({"data": {"viewer": {"name": "Somebody", "role": role}, "startup": startup}})
}

#[tokio::test]
async fn the_page_says_who_pays_what_is_proven_and_who_did_what() {
    let doors = Script::answering([answer("ANALYST", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Cube&#60;forge&#62; · Touchstone</title>")
        .has("Game studios")
        .lacks("No 1 in front");
    page.has("Best grade</span><span class=\"grade grade-documented\">");
    // The ledger: grade, value, source, who, history.
    page.has("id=\"ev-a\"")
        .has("Data room")
        .has("supplied by the &#60;CFO&#62;")
        .has("recorded by Analyst 1, 18 Jul 2024")
        .has("checked: “<span>called 3 customers</span>”")
        .has("18 Jul</time>");
    // Struck, but there.
    page.has("<s><data value=\"12\"")
        .has("href=\"#ev-a\"")
        .has("<s><data value=\"99\"")
        .has("another company&#39;s");
    page.has("4 records").has("after=c%2B1#evidence");
    page.has("Only its team sees this")
        .has("US$1M–2M")
        .has("overdue")
        .has("longer than the stage&#39;s limit")
        .has("<span class=\"missing\"><span aria-hidden=\"true\">△ </span>Gate overridden: Verified proof, Known route</span>");
    page.has("Founder").has("Tsinghua University").has("2014–2019");
    page.has("changed city, one line")
        .has("retracted Paying customers 99")
        .has("action=\"/activity/activity_a/undo\"")
        .lacks("action=\"/activity/activity_b/undo\"");
    page.has("Changed yesterday by Analyst 1");
    // On what it rests, with a way to say so.
    page.has("href=\"/theses/thesis_1\"")
        .has("Studios pay first")
        .has("◐ </span>Questioned")
        .has("href=\"/capabilities/capability_1\"")
        .has("◐ </span>Partly")
        .has(&format!("href=\"{ADDRESS}/bets\""));
    // An address that a browser must not follow is no link.
    page.lacks("javascript:");
}

#[tokio::test]
async fn what_was_talked_about_and_what_is_to_be_done_stand_on_the_page() {
    let doors = Script::answering([answer("ANALYST", startup()), answer("VIEWER", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    page.has("They want a &#60;pilot&#62;")
        .has("<li><strong>20</strong> studios</li>")
        .has("30 Jul 2024 14:05")
        .has("with 李雷, 韩梅梅 · for Cubeforge seed · logged by Analyst 1")
        .has("Ask for the &#60;export&#62;")
        .has("due 2024-07-30")
        .has("action=\"/tasks/task_a/done\"")
        .has("name=\"version\" value=\"4\"")
        .has("<input type=\"hidden\" name=\"done\" value=\"no\">")
        .has("aria-label=\"Open again: ")
        .has(&format!("href=\"{ADDRESS}/interactions/new\""))
        .has(&format!("href=\"{ADDRESS}/tasks/new\""));
    // Who may not write is offered nothing.
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    page.has("They want a &#60;pilot&#62;")
        .lacks("/tasks/task_a/done")
        .lacks("/interactions/new")
        .lacks("href=\"/add\"");
}

#[tokio::test]
async fn conviction_opens_into_the_records_that_make_it() {
    let doors = Script::answering([answer("ANALYST", startup()), answer("ANALYST", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    page.has("<a class=\"big\" href=\"#why\">28.5</a>")
        .has("demand 0.489 × 1.75 ÷ 3 · claimed 0.706 · gap 0.218");
    // The bars, each with the pattern of its grade, and the picture in words.
    page.has("Why 28.5?")
        .has("<svg class=\"why-picture\" role=\"img\" aria-labelledby=\"why-title why-desc\"")
        .has("<rect class=\"bar-documented\" x=\"24.59%\" y=\"8.25em\" width=\"19.59%\"")
        .has("<rect class=\"bar-ghost\" x=\"48.87%\"")
        .has("Money, Paying customers: 0.246; Loyalty, Account retention: 0.196; Reach, Store ratings: 0.047")
        .has("proven 0.442");
    page.lacks("style=\"");
    // Each row leads to its record in the ledger, which is on the page.
    page.has("<a href=\"#ev-a\"><span class=\"grade grade-documented\">")
        .has("id=\"ev-a\"");
    // The product, with its reasons.
    page.has("100 × 0.489 × 1.75 ÷ 3 = 28.5")
        .has("−0.25 hangs on Basemodel One without an alternative");
    // The table twin: also what does not count.
    page.has("As table")
        .has("<tr class=\"gone\"><td>Money</td><th scope=\"row\"><a href=\"#evidence\">Paid pilots</a>")
        .has("It is &#60;the best&#62;.")
        .has("<a href=\"#ev-g\">Paying customers</a> 15")
        .has("Replaced by the newer <a href=\"#ev-a\">Paying customers 20</a>");
    let page = get(&doors, &format!("{ADDRESS}?lang=zh"), &[SIGNED_IN]).await;
    page.has("为何是 28.5？")
        .has("需求 0.489 × 1.75 ÷ 3 · 声称 0.706 · 水分 0.218")
        .has("付费，付费客户：0.246；")
        .has("占声称的 31%");
}

#[tokio::test]
async fn a_record_that_a_newer_figure_replaced_says_so_in_the_ledger() {
    let doors = Script::answering([answer("VIEWER", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    let record = page.body.split("<li id=\"ev-g\"").nth(1).unwrap();
    let record = record.split("</li>").next().unwrap();
    assert!(
        record.contains("<span class=\"mark\">Replaced</span>"),
        "{record}"
    );
    assert!(
        record.contains("Replaced <a href=\"#ev-a\">by a newer figure</a>"),
        "{record}"
    );
    assert!(!record.contains("<s>"), "it is not withdrawn: {record}");
}

#[tokio::test]
async fn what_words_may_not_add_is_drawn_empty_and_said() {
    let mut talk = startup();
    talk["assessment"]["all"] = json!("0.2892");
    talk["assessment"]["demand"] = json!("0.2000");
    talk["assessment"]["proven"] = json!("0.0000");
    talk["assessment"]["contributions"] = json!([
        contribution(
            "MONEY",
            line("evidence_a", "PAYING_CUSTOMERS", "CLAIMED", "100"),
            "0.1800",
            "0.1800"
        ),
        contribution(
            "LOYALTY",
            line("evidence_e", "LOGO_RETENTION", "CLAIMED", "88"),
            "0.0150",
            "0.0123"
        ),
        contribution(
            "REACH",
            line("evidence_f", "APP_STORE_RATINGS", "CLAIMED", "9000"),
            "0.1200",
            "0.0969"
        ),
    ]);
    let doors = Script::answering([answer("VIEWER", talk)]);
    get(&doors, ADDRESS, &[SIGNED_IN])
        .await
        .has("0.089 not counted: words add at most 0.200 to what is proven")
        .has("<rect class=\"bar-cut\" x=\"20%\"");
}

#[tokio::test]
async fn flags_say_their_reason_and_the_refuted_claim_comes_first() {
    let doors = Script::answering([answer("ANALYST", startup()), answer("ANALYST", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    page.has("Checked, and false: 99 paying customers.")
        .has("It stands still without &#60;Basemodel One&#62;.")
        .has("<a href=\"#ev-c\">Paying customers <s>99</s></a>");
    let places: Vec<usize> = ["flag-hard\"", "flag-watch\""]
        .map(|flag| page.body.rfind(flag).unwrap())
        .to_vec();
    assert!(places[0] < places[1], "{places:?}");
    get(&doors, &format!("{ADDRESS}?lang=zh"), &[SIGNED_IN])
        .await
        .has("声称被证伪")
        .has("单一供应商");
}

#[tokio::test]
async fn the_questions_worth_most_say_what_conviction_would_become() {
    let doors = Script::answering([answer("ANALYST", startup()), answer("VIEWER", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    page.has("20 paying customers: may we &#60;call&#62; some?")
        .has("28.5 → <strong>32.7</strong>")
        .has("/evidence/new?kind=PAYING_CUSTOMERS")
        .has("Questions for Cube&#60;forge&#62;\n1. 20 paying customers: may we &#60;call&#62; some?</textarea>");
    get(&doors, ADDRESS, &[SIGNED_IN])
        .await
        .has("28.5 → <strong>32.7</strong>")
        .lacks("/evidence/new?kind=");
}

#[tokio::test]
async fn without_evidence_there_is_no_number_and_no_chart() {
    let mut bare = startup();
    bare["assessment"] = unknown();
    bare["askNext"] = json!([]);
    let doors = Script::answering([answer("ANALYST", bare)]);
    get(&doors, ADDRESS, &[SIGNED_IN])
        .await
        .has("Conviction</span><span class=\"none\">—</span>")
        .has("Why this conviction?")
        .has("No real users")
        .lacks("why-picture")
        .lacks("0.0</")
        .lacks("÷ 3");
}

#[tokio::test]
async fn a_reader_is_shown_nothing_that_writes() {
    let doors = Script::answering([answer("VIEWER", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    page.lacks("/edit")
        .lacks("/evidence/new")
        .lacks("/undo")
        .lacks("/review\"")
        .lacks("/retract\"");
}

#[tokio::test]
async fn a_need_without_a_payer_says_that_no_1_is_in_front() {
    let mut bare = startup();
    bare["need"]["payer"] = Value::Null;
    bare["evidence"] =
        json!({"totalCount": 0, "pageInfo": {"hasNextPage": false, "endCursor": null}, "nodes": []});
    bare["assessment"] = unknown();
    let doors = Script::answering([answer("ANALYST", bare.clone()), answer("ANALYST", bare)]);
    get(&doors, ADDRESS, &[SIGNED_IN])
        .await
        .has("No 1 in front")
        .has("/edit#f-need-payer")
        .has("No evidence yet");
    get(&doors, &format!("{ADDRESS}?lang=zh"), &[SIGNED_IN])
        .await
        .has("前面没有“1”")
        .has("尚无证据")
        .has("<html lang=\"zh-CN\"");
}

#[tokio::test]
async fn interest_alone_is_said_to_be_no_figure_of_use() {
    let mut starred = startup();
    starred["assessment"]["bestGrade"] = Value::Null;
    starred["assessment"]["contributions"] = json!([contribution(
        "INTEREST",
        line("evidence_a", "OPEN_SOURCE_STARS", "CLAIMED", "12000"),
        "0.0400",
        "0.0400"
    )]);
    starred["evidence"]["nodes"] = json!([record(
        "evidence_a",
        json!({"kind": "OPEN_SOURCE_STARS", "value": "12000"})
    )]);
    let doors = Script::answering([
        answer("ANALYST", starred.clone()),
        answer("ANALYST", starred.clone()),
    ]);
    get(&doors, ADDRESS, &[SIGNED_IN])
        .await
        .has("<span class=\"none\">—</span> No figure of use yet")
        .lacks("No evidence yet");
    get(&doors, &format!("{ADDRESS}?lang=zh"), &[SIGNED_IN])
        .await
        .has("尚无使用数据")
        .lacks("尚无证据");

    // Records that were all taken back are no evidence, though the ledger keeps them.
    starred["assessment"] = unknown();
    starred["evidence"]["nodes"][0]["retractedAt"] = json!("2024-07-20T02:00:00Z");
    starred["evidence"]["nodes"][0]["retractionReason"] = json!("another project's");
    let doors = Script::answering([answer("ANALYST", starred)]);
    get(&doors, ADDRESS, &[SIGNED_IN])
        .await
        .has("<span class=\"none\">—</span> No evidence yet")
        .lacks("No figure of use yet");
}

#[tokio::test]
async fn the_name_in_addresses_leads_to_the_permanent_address() {
    let doors = Script::answering([json!({"data": {"startup": {"id": "startup_a"}}})]);
    let page = get(&doors, "/startups/cubeforge?lang=zh", &[SIGNED_IN]).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups/startup_a?lang=zh")
    );
}

#[tokio::test]
async fn an_undo_is_sent_once_for_its_change_and_says_in_words_why_not() {
    let form = "back=%2Fstartups%2Fstartup_a%23activity&key=undo-activity-a";
    let done = json!({"data": {"undo": {"kept": [], "userErrors": []}}});
    let refused = json!({"data": {"undo": {"kept": [], "userErrors": [{
        "code": "CONFLICT", "message": "oneLiner was changed since, and stays", "field": ["activity"], "existing": null}]}}});
    let there = |startup: Value| json!({"data": {"startup": startup}});
    let doors = Script::answering([
        done.clone(),
        there(json!({"name": "Cubeforge"})),
        refused,
        done,
        there(Value::Null),
    ]);
    let page = post(&doors, "/activity/activity_a/undo", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups/startup_a?did=undone#activity")
    );
    let page = post(&doors, "/activity/activity_a/undo", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Not undone")
        .has("One line was changed since, and stays");
    // What was taken back was the startup itself.
    let page = post(&doors, "/activity/activity_a/undo", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/?did=undone");
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0],
        (
            "UndoChange".to_owned(),
            "undo-activity-a".to_owned(),
            json!({"activity": "activity_a"})
        )
    );
}

#[tokio::test]
async fn a_form_that_another_site_sent_takes_nothing_back() {
    let doors = Script::answering([]);
    let page = post(
        &doors,
        "/activity/activity_a/undo",
        "key=undo-activity-a",
        &[SIGNED_IN, ("sec-fetch-site", "cross-site")],
    )
    .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn as_of_a_day_it_stands_as_known_then_and_nothing_on_it_writes() {
    let doors = Script::answering([answer("ANALYST", startup())]);
    let page = get(&doors, &format!("{ADDRESS}?as_of=2024-06-30"), &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0]["asOf"], "2024-06-30T15:59:59.999999Z");
    page.has("<title>[2024-06-30] Cube&#60;forge&#62; · Touchstone</title>")
        .has("As it stood on 30 Jun 2024, as known by then")
        .has(&format!("<a href=\"{ADDRESS}\">Back to now</a>"))
        .has("name=\"as_of\" value=\"2024-06-30\"");
    page.lacks("/evidence/new")
        .lacks("/edit\"")
        .lacks("/review\"")
        .lacks("method=\"post\" action=\"/evidence")
        .lacks("id=\"activity\"")
        .lacks("Enter the answer");
    // Now: a way into the past, and all that writes.
    let doors = Script::answering([answer("ANALYST", startup())]);
    let page = get(&doors, ADDRESS, &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0]["asOf"], Value::Null);
    page.has(&format!("{ADDRESS}?as_of=2024-06-30\">Month end"))
        .has("/evidence/new")
        .has("id=\"activity\"");
}

#[tokio::test]
async fn what_came_later_was_not_known_and_a_day_that_is_none_is_refused() {
    let nobody = || json!({"data": {"viewer": {"name": "Somebody", "role": "ANALYST"}, "startup": null}});
    let named = json!({"data": {"startup": {"name": "Cubeforge"}}});
    let doors = Script::answering([nobody(), named]);
    let page = get(&doors, &format!("{ADDRESS}?as_of=2020-06-30"), &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("Not known on that day")
        .has("[2020-06-30]")
        .lacks("Cubeforge");
    let doors = Script::answering([nobody(), json!({"data": {"startup": null}})]);
    let page = get(&doors, &format!("{ADDRESS}?as_of=2020-06-30"), &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "hidden and absent alike");
    for bad in ["2020-13-01", "yesterday", "2099-01-01"] {
        let doors = Script::answering([]);
        let page = get(&doors, &format!("{ADDRESS}?as_of={bad}"), &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{bad}");
        page.has("No such day");
        assert!(doors.asked().is_empty());
    }
}
