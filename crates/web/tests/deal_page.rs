//! A deal's page, its move and its forms, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use std::sync::Arc;

use axum::http::StatusCode;
use script::{Answer, OURS, SIGNED_IN, Script, get, post, send};
use serde_json::{Value, json};

const MOVE: &str = "/deals/deal_1/move";

fn stage(key: &str) -> Value {
    let (name, zh, order) = match key {
        "SCREENING" => ("Screening", "初筛", 2),
        "DILIGENCE" => ("Diligence", "尽调", 4),
        "COMMITTEE" => ("Committee", "投决会", 5),
        _ => ("Term sheet", "TS", 6),
    };
    json!({"key": key, "name": name, "nameZh": zh, "order": order, "isRetired": false})
}

fn stage_list() -> Value {
    json!([
        stage("SCREENING"),
        stage("DILIGENCE"),
        stage("COMMITTEE"),
        stage("TERM_SHEET")
    ])
}

fn unmet() -> Value {
    json!({"unmet": [{"condition": "VERIFIED_PROOF", "explanation": "No usage record is graded VERIFIED", "stage": stage("COMMITTEE")}]})
}

/// What stands behind the deal, too.
fn every_gate() -> Value {
    let mut all = unmet();
    let behind = json!({"condition": "NEED_NAMED", "explanation": "Nobody is named who pays", "stage": stage("SCREENING")});
    all["unmet"].as_array_mut().unwrap().insert(0, behind);
    all
}

fn frame(role: &str, version: i32) -> Value {
    json!({"data": {
        "viewer": {"id": "user_1", "name": "Ada", "role": role},
        "deal": {
            "id": "deal_1", "title": "Cubeforge Seed", "version": version, "status": "ACTIVE", "stage": stage("DILIGENCE"),
            "startup": {"id": "startup_a", "name": "Cubeforge"}, "updatedAt": "2024-07-31T03:58:00Z", "gate": unmet(), "every_gate": every_gate(),
            "tasks": [],
        },
        "stages": stage_list(), "reviews": {"nodes": []},
        "capabilities": [{"id": "capability_1", "statement": "Models can make usable 3D assets", "status": "NOT_YET"}],
        "activity": {"nodes": [{"id": "activity_1", "at": "2024-07-31T03:58:00Z", "by": {"name": "Partner 1"}, "verb": "updateDeal", "import": null,
            "subject": null, "before": null, "after": null}]},
    }})
}

fn moved(deal: Value, errors: Value) -> Value {
    json!({"data": {"moveDeal": {"deal": deal, "userErrors": errors}}})
}

fn now(key: &str, status: &str) -> Value {
    json!({"version": 4, "status": status, "stage": stage(key), "startup": {"name": "Cubeforge"}})
}

fn error(code: &str, field: &str, message: &str) -> Value {
    json!([{"code": code, "message": message, "field": [field], "existing": null}])
}

const TYPED: &str =
    "key=abcdefgh1234&version=3&was.stage=DILIGENCE&was.status=ACTIVE&status=ACTIVE&stage=COMMITTEE";

async fn sent(doors: &Arc<Script>, form: &str) -> Answer {
    post(doors, MOVE, form, &[SIGNED_IN, OURS]).await
}

async fn part(doors: &Arc<Script>, address: &str, form: &str) -> Answer {
    post(doors, address, form, &[SIGNED_IN, OURS, ("hx-request", "true")]).await
}

#[tokio::test]
async fn the_form_of_a_move_says_before_what_each_stage_still_asks() {
    let doors = Script::answering([frame("ANALYST", 3), frame("PARTNER", 3)]);
    let page = get(&doors, MOVE, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(doors.asked()[0], json!({"id": "deal_1"}));
    page.has("<title>Move Cubeforge · Touchstone</title>")
        .has("Now in Diligence, Active.")
        .has("value=\"DILIGENCE\" checked")
        .has("<span class=\"pick-note\">lacks: Verified proof</span>")
        .has("<strong>Verified proof</strong> <span class=\"tag\">Committee</span>")
        .has("No usage record is graded Verified")
        .has("href=\"/startups/startup_a#evidence\"")
        .has("final: a new deal would follow")
        .has("Ask a partner")
        .lacks("Override…")
        .lacks("value=\"INVESTED\"");
    get(&doors, "/deals/deal_1/move?to=COMMITTEE&lang=zh", &[SIGNED_IN])
        .await
        .has("value=\"COMMITTEE\" checked")
        .has("破例推进…")
        .has("缺：已核实的证据")
        .has("value=\"INVESTED\"");
}

#[tokio::test]
async fn a_move_sends_only_what_was_changed_and_comes_to_the_deals_page() {
    let doors = Script::answering([moved(now("COMMITTEE", "ACTIVE"), json!([]))]);
    let page = sent(&doors, &format!("{TYPED}&reason=ready&occurredAt=2024-07-30")).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/deals/deal_1?did=moved");
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0],
        (
            "MoveDeal".to_owned(),
            "abcdefgh1234".to_owned(),
            json!({"id": "deal_1", "version": 3, "stage": "COMMITTEE", "reason": "ready", "occurredAt": "2024-07-30T15:59:59.999999Z"})
        )
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_move_is_told_without_asking_the_server() {
    for (form, text) in [
        (
            "version=3&was.stage=DILIGENCE&was.status=ACTIVE&stage=DILIGENCE&status=ACTIVE",
            "Choose another stage or another status.",
        ),
        (
            "version=3&was.status=ACTIVE&status=PASSED",
            "Say why it is passed.",
        ),
        (
            "version=3&was.status=ACTIVE&status=PASSED&passReason=MARKET&revisitOn=soon",
            "“soon” is no day",
        ),
        (
            "version=3&stage=COMMITTEE&overrideReason=because",
            "Say why in 10 characters or more.",
        ),
        ("version=3&stage=COMMITTEE&occurredAt=2024-08-01", "No such day"),
    ] {
        let doors = Script::answering([frame("PARTNER", 3)]);
        let page = sent(&doors, form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        page.has(text);
        assert!(doors.written.lock().unwrap().is_empty(), "{form}");
    }
}

#[tokio::test]
async fn a_closed_gate_names_its_condition_and_offers_an_override_to_partners_alone() {
    let closed = || {
        moved(
            json!(null),
            error("GATE_CLOSED", "stage", "Committee: Verified proof"),
        )
    };
    let doors = Script::answering([closed(), frame("ANALYST", 3), closed(), frame("PARTNER", 3)]);
    let page = sent(&doors, TYPED).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Gate not met")
        .has("The deal stays where it was.")
        .has("<strong>Verified proof</strong>")
        .has("value=\"COMMITTEE\" checked")
        .has("Ask a partner")
        .lacks("Override…");
    // For a script the form alone.
    let page = part(&doors, MOVE, TYPED).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Override…").has("At least 10 characters").lacks("<html");
}

#[tokio::test]
async fn somebody_elses_change_is_told_and_what_was_typed_stays() {
    let stale = moved(json!(null), error("STALE_VERSION", "version", "old"));
    let doors = Script::answering([stale, frame("ANALYST", 9)]);
    let page = sent(&doors, &format!("{TYPED}&reason=my+own+words")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Partner 1 changed this deal")
        .has("It is now in Diligence, Active.")
        .has("my own words")
        .has("name=\"version\" value=\"9\"")
        .has("value=\"COMMITTEE\" checked");
}

#[tokio::test]
async fn a_script_is_told_of_the_move_with_a_button_that_takes_it_back() {
    let back = json!({"data": {"voidMove": {"deal": now("DILIGENCE", "ACTIVE"), "userErrors": []}}});
    let doors = Script::answering([moved(now("COMMITTEE", "ACTIVE"), json!([])), back]);
    let page = part(&doors, MOVE, TYPED).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("Cubeforge moved to Committee")
        .has("data-stage=\"COMMITTEE\" data-version=\"4\"")
        .has("action=\"/deals/deal_1/void\"")
        .lacks("<html");
    let page = part(
        &doors,
        "/deals/deal_1/void",
        "key=abcdefgh&version=4&reason=a+slip",
    )
    .await;
    page.has("Cubeforge is back in Diligence").lacks("data-undo");
    assert_eq!(
        doors.written.lock().unwrap()[1].2,
        json!({"deal": "deal_1", "reason": "a slip", "version": 4})
    );
}

#[tokio::test]
async fn taking_back_asks_why_and_tells_what_the_server_says() {
    let refused = json!({"data": {"voidMove": {"deal": null, "userErrors": error("NOT_ALLOWED", "deal", "only a partner takes back a move of another day")}}});
    let doors = Script::answering([frame("ANALYST", 3), refused, frame("ANALYST", 3)]);
    let page = post(
        &doors,
        "/deals/deal_1/void",
        "version=3&reason=+",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say why.");
    let page = post(
        &doors,
        "/deals/deal_1/void",
        "version=3&reason=slip",
        &[SIGNED_IN, OURS],
    )
    .await;
    page.has("Only a partner takes back a move of another day")
        .has("slip</textarea>");
}

#[tokio::test]
async fn nobody_moves_what_is_hidden_from_them_nor_without_the_role() {
    let hidden = || json!({"data": {"viewer": {"id": "user_1", "name": "Ada", "role": "ANALYST"}, "deal": null, "stages": [], "reviews": {"nodes": []}, "capabilities": [], "activity": {"nodes": []}}});
    let doors = Script::answering([hidden(), frame("VIEWER", 3)]);
    assert_eq!(
        get(&doors, MOVE, &[SIGNED_IN]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        get(&doors, MOVE, &[SIGNED_IN]).await.status,
        StatusCode::FORBIDDEN
    );
    let doors = Script::answering([]);
    let foreign = post(
        &doors,
        MOVE,
        TYPED,
        &[SIGNED_IN, ("sec-fetch-site", "cross-site")],
    )
    .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert_eq!(
        post(
            &doors,
            "/deals/deal_1/move?as_of=2024-07-01",
            TYPED,
            &[SIGNED_IN, OURS]
        )
        .await
        .status,
        StatusCode::FORBIDDEN
    );
}

fn change(from: Option<&str>, to: &str, at: &str, more: Value) -> Value {
    let mut row = json!({
        "from": from.map(stage), "fromStatus": from.map(|_| "ACTIVE"), "to": stage(to), "toStatus": "ACTIVE",
        "occurredAt": at, "recordedAt": at, "by": {"id": "user_1", "name": "Ada"}, "reason": null, "overrode": [],
        "overrideReason": null, "voidedAt": null, "voidReason": null, "review": null,
    });
    for (key, value) in more.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

fn history() -> Value {
    json!([
        change(None, "SCREENING", "2024-07-08T04:00:00Z", json!({})),
        change(
            Some("SCREENING"),
            "DILIGENCE",
            "2024-07-18T04:00:00Z",
            json!({"reason": "The invoices are real"})
        ),
        change(
            Some("DILIGENCE"),
            "TERM_SHEET",
            "2024-07-29T04:00:00Z",
            json!({"voidedAt": "2024-07-29T05:00:00Z", "voidReason": "a slip"})
        ),
        change(
            Some("DILIGENCE"),
            "COMMITTEE",
            "2024-07-30T03:00:00Z",
            json!({"overrode": ["VERIFIED_PROOF"], "overrideReason": "reference calls on Tuesday",
                "by": {"id": "user_2", "name": "Partner 1"}, "review": {"id": "review_1", "title": "周会 7 月 29 日"}})
        ),
    ])
}

/// What the form can change, too.
fn terms() -> Value {
    json!({
        "id": "deal_1", "title": "Cubeforge Seed", "version": 5, "round": "SEED",
        "amountSought": {"low": "20000000", "high": "90000000", "currency": "CNY", "asFound": "数千万人民币"},
        "ourAmount": null, "investorRole": "LEAD", "instrument": "EQUITY", "coInvestors": ["Fund B"],
        "valuation": {"amount": "300000000", "currency": "CNY"}, "valuationBasis": "POST_MONEY",
        "termSheetSignedOn": null, "termSheetExpiresOn": null, "exclusiveUntil": "2024-09-01", "signedOn": null,
        "paidOn": null, "nextStep": "Call two studios", "nextStepDue": "2024-07-26",
        "sources": [{"channel": "REFERRAL", "on": "2024-06-30", "precision": "MONTH", "who": "An art director", "person": null}],
        "owner": {"id": "user_2", "name": "Partner 1"},
        "team": [{"id": "user_1", "name": "Ada"}, {"id": "user_2", "name": "Partner 1"}],
        "visibility": "RESTRICTED", "revisitOn": null, "revisitTrigger": null, "revisitWhen": null,
        "funds": [{"id": "fund_1"}],
    })
}

fn task(id: &str, what: &str, more: Value) -> Value {
    let mut task = json!({"id": id, "what": what, "who": null, "due": null, "doneAt": null, "startup": {"id": "startup_a", "name": "Cubeforge"},
        "deal": {"title": "Cubeforge Seed"}, "isCondition": false, "review": null, "version": 2});
    for (key, value) in more.as_object().unwrap() {
        task[key] = value.clone();
    }
    task
}

fn tasks() -> Value {
    let weekly = json!({"id": "review_1", "title": "Weekly <29 Jul>"});
    json!([
        task(
            "task_a",
            "Get the export",
            json!({"who": {"name": "Partner 2"}, "due": "2024-07-26"})
        ),
        task(
            "task_b",
            "Call two studios",
            json!({"isCondition": true, "review": weekly})
        ),
        task(
            "task_c",
            "See the contract",
            json!({"isCondition": true, "doneAt": "2024-07-30T02:00:00Z"})
        ),
    ])
}

fn record(role: &str) -> Value {
    let mut deal = terms();
    let more = json!({
        "stage": stage("COMMITTEE"), "status": "ACTIVE", "daysInStage": 1, "isStale": false,
        "passReason": null, "passNote": null, "revisitDue": null, "outcomeWatch": [],
        "fit": [{"fund": {"name": "Yuan fund", "currency": "CNY", "isRetired": false}, "notes": ["The startup's structure is not decided."]}],
        "documents": [], "tasks": tasks(), "updatedAt": "2024-07-30T03:00:00Z",
        "gate": {"unmet": []}, "history": history(),
        "startup": {
            "id": "startup_a", "name": "Cubeforge", "bestGrade": "DOCUMENTED", "conviction": "28.5",
            "flags": [{"flag": "SINGLE_PROVIDER"}],
            "checklist": [
                {"label": "Who pays", "state": "OK", "note": "seen the contract", "at": "2024-07-20T02:00:00Z",
                 "by": {"id": "user_2", "name": "Partner 1"}},
                {"label": "Team", "state": "OPEN", "note": null, "at": null, "by": null},
            ],
        },
    });
    for (key, value) in more.as_object().unwrap() {
        deal[key] = value.clone();
    }
    let viewer = json!({"id": "user_1", "name": "Ada", "role": role});
    json!({"data": {"viewer": viewer, "deal": deal, "stages": stage_list(), "activity": {"nodes": []}}})
}

#[tokio::test]
async fn investing_tells_of_the_gates_behind_too_and_only_what_can_follow_is_offered() {
    let closed = moved(json!(null), error("GATE_CLOSED", "status", "Need named: missing"));
    let doors = Script::answering([closed, frame("PARTNER", 3)]);
    let page = sent(
        &doors,
        "key=abcdefgh1234&version=3&was.stage=DILIGENCE&was.status=ACTIVE&status=INVESTED&stage=DILIGENCE",
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Nobody is named who pays")
        .has("name=\"overrideReason\"");
    // On the way ahead there is only the other.
    let doors = Script::answering([frame("ANALYST", 3)]);
    let mut passed = frame("ANALYST", 3);
    passed["data"]["deal"]["status"] = json!("PASSED");
    let meeting = json!({"id": "review_1", "title": "Weekly 5 Aug", "kind": "WEEKLY", "startsAt": "2024-08-05T02:00:00Z", "minutes": 60,
        "status": "DRAFT", "presenter": null, "version": 1});
    passed["data"]["reviews"]["nodes"] = json!([meeting]);
    get(&doors, MOVE, &[SIGNED_IN])
        .await
        .lacks("Nobody is named who pays")
        .has("value=\"ON_HOLD\"");
    get(&Script::answering([passed]), MOVE, &[SIGNED_IN])
        .await
        .has("value=\"ACTIVE\"")
        .lacks("value=\"ON_HOLD\"")
        .lacks("value=\"LOST\"")
        // Who cannot override asks a partner at a meeting.
        .has("formaction=\"/reviews/review_1/act\"")
        .has("name=\"deal\" value=\"deal_1\"");
}

#[tokio::test]
async fn a_deals_page_tells_how_it_came_here_and_what_is_agreed() {
    let doors = Script::answering([record("PARTNER")]);
    let page = get(&doors, "/deals/deal_1?did=moved", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Cubeforge Seed · Touchstone</title>")
        .has("<li class=\"step step-here\" aria-current=\"step\"><span class=\"step-name data\">Committee</span>")
        .has("<time datetime=\"2024-07-18\">18 Jul</time> · 11 d")
        .has("<strong>Screening → Diligence</strong>")
        .has("The invoices are real")
        .has("<s class=\"data\">Diligence → Term sheet</s>")
        .has("taken back: a slip")
        .has("Overrode: Verified proof · <span class=\"written\">reference calls on Tuesday</span>")
        .has("CN¥20M–90M (found: &#34;数千万人民币&#34;)")
        .has("CN¥300M · Post-money")
        .has("<strong class=\"named\">Yuan fund</strong> <span class=\"about\">CNY</span>")
        .has("structure is not decided.")
        .has("1 Sep 2024")
        .has("Jun 2024")
        .has("An art director")
        .has("Only its team sees this")
        .has("seen the contract")
        .has("never answered")
        .has("Every gate ahead is open.")
        .has("overdue")
        .has("href=\"/deals/deal_1/void\">Take back")
        .has("<button class=\"small\">Undo</button>");
    assert_eq!(
        page.body.matches("reference calls on Tuesday").count(),
        2,
        "pinned at the top too"
    );
}

#[tokio::test]
async fn what_is_still_to_be_done_is_done_from_the_deals_page_and_conditions_lead() {
    let doors = Script::answering([record("ANALYST"), record("VIEWER"), record("PARTNER")]);
    let page = get(&doors, "/deals/deal_1?did=done", &[SIGNED_IN]).await;
    page.has("<h2 id=\"h-tasks\">Tasks <span class=\"number\">2</span> <span class=\"about\">1 of 2 conditions done</span></h2>")
        .has("<span class=\"tag\">Condition</span> <span class=\"what\">Call two studios</span>")
        .has("from <a href=\"/reviews/review_1\"><span class=\"named\">Weekly &#60;29 Jul&#62;</span></a>")
        .has("<span class=\"missing\">△ overdue</span> · <span class=\"data\">Partner 2</span></p>")
        .has("<form action=\"/tasks/task_a/done\" method=\"post\"><input type=\"hidden\" name=\"back\" value=\"/deals/deal_1#tasks\">")
        .has("href=\"/startups/startup_a/tasks/new?deal=deal_1\"")
        .has("Done. The activity can take it back.")
        .lacks("See the contract")
        .lacks("for Cubeforge Seed");
    let (condition, other) = (page.body.find("id=\"task-b\""), page.body.find("id=\"task-a\""));
    assert!(condition.unwrap() < other.unwrap());
    get(&doors, "/deals/deal_1", &[SIGNED_IN])
        .await
        .has("Call two studios")
        .lacks("/done\"")
        .lacks("/tasks/new");
    // Of the past, too, nothing is done.
    get(&doors, "/deals/deal_1?as_of=2024-07-30&lang=zh", &[SIGNED_IN])
        .await
        .has("<span class=\"about\">附加条件已完成 1/2</span>")
        .has("<span class=\"tag\">附加条件</span>")
        .has("来自 <a")
        .lacks("/done\"");
}

#[tokio::test]
async fn a_move_names_the_meeting_that_decided_it() {
    let doors = Script::answering([record("PARTNER"), record("PARTNER")]);
    let page = get(&doors, "/deals/deal_1", &[SIGNED_IN]).await;
    let link =
        "<a href=\"/reviews/review_1\"><span class=\"named\" lang=\"zh-CN\">周会 7 月 29 日</span></a></p>";
    page.has(&format!("· Partner 1 · decided in {link}"));
    assert_eq!(page.body.matches(link).count(), 2, "pinned at the top too");
    get(&doors, "/deals/deal_1?lang=zh", &[SIGNED_IN])
        .await
        .has("· 决定于 <a href=\"/reviews/review_1\">");
}

#[tokio::test]
async fn time_on_hold_is_no_time_in_a_stage_that_was_left() {
    let status = |from: &str, to: &str| json!({"fromStatus": from, "toStatus": to});
    let mut found = record("PARTNER");
    found["data"]["deal"]["history"] = json!([
        change(None, "SCREENING", "2024-01-01T04:00:00Z", json!({})),
        change(
            Some("SCREENING"),
            "SCREENING",
            "2024-01-05T04:00:00Z",
            status("ACTIVE", "ON_HOLD")
        ),
        // Taken back: it was on hold all the while.
        change(
            Some("SCREENING"),
            "SCREENING",
            "2024-01-07T04:00:00Z",
            json!({"fromStatus": "ON_HOLD", "toStatus": "ACTIVE", "voidedAt": "2024-01-07T05:00:00Z", "voidReason": "a slip"})
        ),
        change(
            Some("SCREENING"),
            "SCREENING",
            "2024-01-25T04:00:00Z",
            status("ON_HOLD", "ACTIVE")
        ),
        change(Some("SCREENING"), "DILIGENCE", "2024-01-30T04:00:00Z", json!({})),
        change(Some("DILIGENCE"), "COMMITTEE", "2024-02-02T03:00:00Z", json!({})),
    ]);
    let doors = Script::answering([found]);
    let page = get(&doors, "/deals/deal_1", &[SIGNED_IN]).await;
    // 29 days, of which 20 on hold; then 2 whole ones, none of them on hold.
    page.has("<time datetime=\"2024-01-01\">1 Jan</time> · 9 d")
        .has("<time datetime=\"2024-01-30\">30 Jan</time> · 2 d");
}

#[tokio::test]
async fn a_deal_is_added_to_a_meeting_that_is_being_prepared_by_who_writes() {
    let of = |role: &str| {
        let mut found = record(role);
        let meeting = |id: &str, title: &str, at: &str| json!({"id": id, "title": title, "kind": "WEEKLY", "startsAt": at, "minutes": 60, "status": "DRAFT", "presenter": null, "version": 1});
        found["data"]["reviews"] = json!({"nodes": [
            meeting("review_2", "Second", "2024-08-12T02:00:00Z"), meeting("review_1", "First", "2024-08-05T02:00:00Z"),
        ]});
        found
    };
    let doors = Script::answering([of("ANALYST"), of("VIEWER"), record("ANALYST")]);
    let page = get(&doors, "/deals/deal_1", &[SIGNED_IN]).await;
    page.has("<summary>Add to a meeting</summary>")
        .has("<form method=\"post\" action=\"/reviews/review_1/act\"><input type=\"hidden\" name=\"act\" value=\"add\">")
        .has("<input type=\"hidden\" name=\"deal\" value=\"deal_1\">")
        .has("<span class=\"about\">5 Aug 2024 10:00</span>");
    let (first, second) = (
        page.body.find("/reviews/review_1/act"),
        page.body.find("/reviews/review_2/act"),
    );
    assert!(first.unwrap() < second.unwrap(), "the next one first");
    get(&doors, "/deals/deal_1", &[SIGNED_IN])
        .await
        .lacks("Add to a meeting");
    get(&doors, "/deals/deal_1", &[SIGNED_IN])
        .await
        .lacks("Add to a meeting");
}

#[tokio::test]
async fn an_analyst_takes_back_only_what_they_moved_today() {
    let doors = Script::answering([record("ANALYST")]);
    get(&doors, "/deals/deal_1?did=moved", &[SIGNED_IN])
        .await
        .has("href=\"/deals/deal_1/move\"")
        .lacks("/void\"");
}

#[tokio::test]
async fn a_deal_of_the_past_is_read_only_and_one_of_later_was_not_known() {
    let nobody = || json!({"data": {"viewer": {"id": "user_1", "name": "Ada", "role": "PARTNER"}, "deal": null, "stages": []}});
    let doors = Script::answering([
        record("PARTNER"),
        nobody(),
        json!({"data": {"deal": {"id": "deal_1"}}}),
        nobody(),
        json!({"data": {"deal": null}}),
    ]);
    let page = get(&doors, "/deals/deal_1?as_of=2024-07-30", &[SIGNED_IN]).await;
    page.has("<title>[2024-07-30] Cubeforge Seed · Touchstone</title>")
        .has("href=\"/pipeline?as_of=2024-07-30\"")
        .lacks("/move\"")
        .lacks("/edit\"")
        .lacks("/void\"")
        .lacks("id=\"activity\"");
    let page = get(&doors, "/deals/deal_1?as_of=2024-07-01", &[SIGNED_IN]).await;
    page.has("Not known on that day");
    let page = get(&doors, "/deals/deal_2?as_of=2024-07-01", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_hidden_deal_answers_the_bytes_of_one_that_never_was() {
    let nobody = json!({"data": {"viewer": {"id": "user_1", "name": "Ada", "role": "ANALYST"}, "deal": null, "stages": [], "activity": {"nodes": []}}});
    let refused =
        json!({"data": null, "errors": [{"message": "no id", "extensions": {"code": "BAD_USER_INPUT"}}]});
    let doors = Script::answering([nobody, refused]);
    let hidden = get(&doors, "/deals/deal_1", &[SIGNED_IN]).await;
    let absent = get(&doors, "/deals/nonsense", &[SIGNED_IN]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert_eq!(hidden.body, absent.body);
}

#[tokio::test]
async fn a_move_is_not_shown_to_a_script_as_done_where_the_session_has_ended() {
    let doors = Script::answering([]);
    let request = axum::http::Request::post(MOVE)
        .header("hx-request", "true")
        .header(OURS.0, OURS.1)
        .body(axum::body::Body::from(TYPED))
        .unwrap();
    let page = send(&doors, request).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(page.header("location").starts_with("/login"));
}

fn edited(role: &str, version: i32, step: &str) -> Value {
    let mut deal = terms();
    deal["updatedAt"] = json!("2024-07-31T03:58:00Z");
    deal["version"] = json!(version);
    deal["nextStep"] = json!(step);
    json!({"data": {
        "viewer": {"id": "user_1", "name": "Ada", "role": role},
        "users": [{"id": "user_1", "name": "Ada"}, {"id": "user_2", "name": "Partner 1"}],
        "funds": [{"id": "fund_1", "name": "Yuan fund", "isRetired": false}],
        "deal": deal,
        "capabilities": [{"id": "capability_1", "statement": "Models can make usable 3D assets", "status": "NOT_YET"}],
        "activity": {"nodes": [{"id": "activity_1", "at": "2024-07-31T03:58:00Z", "by": {"name": "Partner 1"}, "verb": "updateDeal", "import": null,
            "subject": null, "before": null, "after": null}]},
    }})
}

fn updated(errors: Value) -> Value {
    let deal = if errors == json!([]) {
        json!({"id": "deal_1"})
    } else {
        json!(null)
    };
    json!({"data": {"updateDeal": {"deal": deal, "userErrors": errors}}})
}

/// The value of a hidden field, ready to be sent back.
fn hidden(page: &Answer, name: &str) -> String {
    let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let rest = page.body.split_once(&start).unwrap().1;
    let value = rest.split_once('"').unwrap().0.replace("&#38;", "&");
    value
        .bytes()
        .fold(String::new(), |text, b| text + &format!("%{b:02X}"))
}

/// The form as a browser would send it, after some fields were typed into.
fn filled(page: &Answer, typed: &str) -> String {
    let base = "title=Cubeforge+Seed&round=SEED&nextStep=Call+two+studios&nextStepDue=2024-07-26&amountSought.low=20000000\
        &amountSought.high=90000000&amountSought.currency=CNY&amountSought.asFound=%E6%95%B0%E5%8D%83%E4%B8%87%E4%BA%BA%E6%B0%91%E5%B8%81\
        &investorRole=LEAD&instrument=EQUITY&coInvestors=Fund+B&valuation.amount=300000000&valuation.currency=CNY\
        &valuationBasis=POST_MONEY&exclusiveUntil=2024-09-01&sources.0.channel=REFERRAL&sources.0.who=An+art+director\
        &sources.0.on=2024-06-30&sources.0.precision=MONTH&owner=user_2&team=user_1&team=user_2&funds=fund_1&visibility=RESTRICTED";
    let names: Vec<&str> = typed
        .split('&')
        .map(|pair| pair.split('=').next().unwrap())
        .collect();
    let kept: Vec<&str> = base
        .split('&')
        .filter(|pair| !names.contains(&pair.split('=').next().unwrap()))
        .collect();
    let (key, version, base) = (hidden(page, "key"), hidden(page, "version"), hidden(page, "base"));
    format!(
        "{}&{typed}&key={key}&version={version}&base={base}",
        kept.join("&")
    )
}

const EDIT: &str = "/deals/deal_1/edit";

#[tokio::test]
async fn a_deals_form_sends_only_what_was_changed() {
    let doors = Script::answering([edited("ANALYST", 5, "Call two studios"), updated(json!([]))]);
    let page = get(&doors, EDIT, &[SIGNED_IN]).await;
    page.has("<title>Edit Cubeforge Seed · Touchstone</title>")
        .has("value=\"20000000\"")
        .has("Source 2");
    let typed = "nextStep=Sign&nextStepDue=&ourAmount.low=5,000,000&ourAmount.currency=usd&sources.1.channel=FA&sources.1.who=X";
    let page = post(&doors, EDIT, &filled(&page, typed), &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/deals/deal_1?did=saved");
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({
            "id": "deal_1", "version": 5, "nextStep": "Sign", "nextStepDue": null,
            "ourAmount": {"low": "5000000", "high": null, "currency": "USD", "asFound": null},
            "sources": [{"channel": "REFERRAL", "who": "An art director", "on": "2024-06-30", "precision": "MONTH"}, {"channel": "FA", "who": "X"}],
        })
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_deal_is_told_beside_its_field() {
    let doors = Script::answering([
        edited("ANALYST", 5, "Call two studios"),
        edited("ANALYST", 5, "Call two studios"),
        updated(error("REQUIRED", "title", "needed")),
        edited("ANALYST", 5, "Call two studios"),
    ]);
    let form = get(&doors, EDIT, &[SIGNED_IN]).await;
    let typed = filled(&form, "amountSought.low=a+lot&paidOn=soon");
    let page = post(&doors, EDIT, &typed, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("“a lot” is no amount")
        .has("“soon” is no day")
        .has("value=\"a lot\"");
    let page = post(&doors, EDIT, &filled(&form, "title="), &[SIGNED_IN, OURS]).await;
    page.has("href=\"#f-title\"").has("Needed");
}

#[tokio::test]
async fn two_who_change_one_deal_see_what_both_typed() {
    let stale = || updated(error("STALE_VERSION", "version", "old"));
    let doors = Script::answering([
        edited("ANALYST", 5, "Call two studios"),
        stale(),
        edited("ANALYST", 6, "Theirs"),
        updated(json!([])),
    ]);
    let form = get(&doors, EDIT, &[SIGNED_IN]).await;
    let page = post(&doors, EDIT, &filled(&form, "nextStep=Mine"), &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Partner 1 changed this at 11:58, while you were editing.")
        .has("<td class=\"typed\">Mine</td><td class=\"typed\">Theirs</td>")
        .has("Use mine")
        .has("name=\"version\" value=\"6\"");
    let mine = format!("{}&resolve=mine", filled(&page, "nextStep=Mine"));
    post(&doors, EDIT, &mine, &[SIGNED_IN, OURS]).await;
    assert_eq!(
        doors.written.lock().unwrap()[1].2,
        json!({"id": "deal_1", "version": 6, "nextStep": "Mine"})
    );
}

#[tokio::test]
async fn a_deal_is_opened_from_its_startup() {
    let frame = || {
        json!({"data": {
            "viewer": {"id": "user_1", "name": "Ada", "role": "ANALYST"},
            "users": [{"id": "user_1", "name": "Ada"}, {"id": "user_2", "name": "Partner 1"}],
            "funds": [],
            "stages": [stage("SCREENING"), stage("DILIGENCE")], "startup": {"id": "startup_a", "name": "Cubeforge"},
        }})
    };
    let opened = json!({"data": {"openDeal": {"deal": {"id": "deal_9"}, "userErrors": []}}});
    let taken = json!({"data": {"openDeal": {"deal": null, "userErrors": [
        {"code": "TAKEN", "message": "there is an active deal of this round", "field": ["round"], "existing": "deal_1"}]}}});
    let doors = Script::answering([frame(), frame(), opened, frame(), taken, frame()]);
    let address = "/startups/cubeforge/deals/new";
    let page = get(&doors, address, &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0], json!({"slug": "cubeforge", "id": null}));
    page.has("<title>Open a deal: Cubeforge · Touchstone</title>")
        .has("<option value=\"user_1\" selected>Ada</option>")
        .has("Begins in")
        .lacks("Term sheet signed");
    let form = "key=abcdefgh&title=&stage=DILIGENCE&round=SEED&owner=user_1&visibility=RESTRICTED&sources.0.channel=FA&sources.0.precision=DAY";
    let page = post(&doors, address, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/deals/deal_9?did=opened");
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"startup": "startup_a", "stage": "DILIGENCE", "round": "SEED", "owner": "user_1", "visibility": "RESTRICTED",
            "sources": [{"channel": "FA"}]})
    );
    let page = post(&doors, address, form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("There is an active deal of this round")
        .has("href=\"/deals/deal_1\"");
}

#[tokio::test]
async fn the_form_of_a_move_tells_which_conditions_of_a_decision_are_still_open() {
    let mut deal = frame("PARTNER", 3);
    let task = |what: &str, is_condition: bool, done: Option<&str>| json!({"what": what, "due": "2024-08-09", "doneAt": done, "isCondition": is_condition});
    deal["data"]["deal"]["tasks"] = json!([
        task("Reference call", true, None),
        task("Cap table", true, Some("2024-07-30T02:00:00Z")),
        task("Send the deck", false, None),
    ]);
    let doors = Script::answering([deal, frame("PARTNER", 3)]);
    get(&doors, "/deals/deal_1/move", &[SIGNED_IN])
        .await
        .has("Conditions of a decision that are not done yet")
        .has("Reference call")
        .has("<span class=\"tag\">2024-08-09</span>")
        .lacks("Cap table")
        .lacks("Send the deck");
    get(&doors, "/deals/deal_1/move", &[SIGNED_IN])
        .await
        .lacks("Conditions of a decision");
}
