//! The settings of kinds of meetings, meetings, decisions and minutes, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

fn settings(role: &str) -> Value {
    json!({"data": {
        "viewer": {"name": "Ada", "role": role},
        "reviewKinds": [
            {"kind": "WEEKLY", "rule": "LEAD_DECIDES", "threshold": null, "quorum": "NONE", "isBlind": false, "vetoHolders": [],
             "everyDays": 7, "minutes": 60, "stage": null, "attendees": [], "version": 1},
            {"kind": "COMMITTEE", "rule": "THRESHOLD", "threshold": 3, "quorum": "HALF", "isBlind": true,
             "vetoHolders": [{"id": "user_2", "name": "Partner 1"}], "everyDays": null, "minutes": 90, "stage": "COMMITTEE",
             "attendees": [{"id": "user_1", "name": "Ada"}, {"id": "user_2", "name": "Partner 1"}], "version": 4},
        ],
        "users": [
            {"id": "user_1", "name": "Ada", "isActive": true}, {"id": "user_2", "name": "Partner 1", "isActive": true},
            {"id": "user_3", "name": "Gone", "isActive": false},
        ],
        "stages": [
            {"key": "COMMITTEE", "name": "Committee", "nameZh": "投决会", "order": 5, "isRetired": false},
            {"key": "OLD", "name": "Old", "nameZh": "旧", "order": 6, "isRetired": true},
        ],
    }})
}

fn saved(errors: Value) -> Value {
    json!({"data": {"updateReviewKind": {"userErrors": errors}}})
}

const TYPED: &str = "key=abcdefgh1234&version=4&rule=MAJORITY&threshold=3&quorum=yes&isBlind=no&vetoHolders=user_2&everyDays=&minutes=45\
     &stage=&attendees=user_1&attendees=user_2";

#[tokio::test]
async fn kinds_are_told_in_words_and_edited_by_administrators_alone() {
    let doors = Script::answering([settings("ADMIN"), settings("PARTNER")]);
    let page = get(&doors, "/settings/meetings", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("every 7 days")
        .has("3 yes of the members, blind until voting is closed, half of the voters must vote")
        .has("when there is something to decide")
        .has("<span class=\"data\">Ada, Partner 1</span>")
        .has("href=\"/settings/meetings/COMMITTEE\"");
    get(&doors, "/settings/meetings", &[SIGNED_IN])
        .await
        .has("every 7 days")
        .lacks("href=\"/settings/meetings/COMMITTEE\"");
    let doors = Script::answering([settings("PARTNER"), settings("ADMIN")]);
    let form = get(&doors, "/settings/meetings/COMMITTEE", &[SIGNED_IN]).await;
    assert_eq!(form.status, StatusCode::FORBIDDEN);
    let none = get(&doors, "/settings/meetings/MONTHLY", &[SIGNED_IN]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_begins_with_what_holds_and_sends_all_of_it() {
    let doors = Script::answering([settings("ADMIN"), saved(json!([]))]);
    let form = get(&doors, "/settings/meetings/COMMITTEE", &[SIGNED_IN]).await;
    form.has("<option value=\"THRESHOLD\" selected>")
        .has("name=\"threshold\" value=\"3\"")
        .has("name=\"isBlind\" value=\"yes\" checked")
        .has("name=\"vetoHolders\" value=\"user_2\" checked")
        .has("name=\"everyDays\" value=\"\"")
        .has("<option value=\"COMMITTEE\" selected>Committee</option>")
        .has("name=\"version\" value=\"4\"")
        .lacks("user_3")
        .lacks("value=\"OLD\"");
    // A stage that the pipeline has no more is not lost by saving.
    let mut gone = settings("ADMIN");
    gone["data"]["reviewKinds"][1]["stage"] = json!("GONE");
    let form = get(
        &Script::answering([gone]),
        "/settings/meetings/COMMITTEE",
        &[SIGNED_IN],
    )
    .await;
    form.has("<option value=\"GONE\" selected>GONE</option>");
    let page = post(&doors, "/settings/meetings/COMMITTEE", TYPED, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/settings/meetings?did=saved");
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0],
        (
            "UpdateReviewKind".to_owned(),
            "abcdefgh1234".to_owned(),
            // A threshold is of that rule alone; what is blank is none.
            json!({"kind": "COMMITTEE", "version": 4, "rule": "MAJORITY", "threshold": null, "quorum": "HALF", "isBlind": false,
                "vetoHolders": ["user_2"], "everyDays": null, "minutes": 45, "stage": null, "attendees": ["user_1", "user_2"]})
        )
    );
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays() {
    let doors = Script::answering([settings("ADMIN")]);
    let typed = TYPED.replace("minutes=45", "minutes=an+hour");
    let page = post(&doors, "/settings/meetings/COMMITTEE", &typed, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Give a whole number.")
        .has("name=\"minutes\" value=\"an hour\"");
    assert!(doors.written.lock().unwrap().is_empty());

    let error = |code: &str, field: &str, message: &str| json!([{"code": code, "message": message, "field": [field], "existing": null}]);
    let doors = Script::answering([
        saved(error("INVALID", "minutes", "45 is too short")),
        settings("ADMIN"),
        saved(error("STALE_VERSION", "version", "somebody changed it")),
        settings("ADMIN"),
    ]);
    let page = post(&doors, "/settings/meetings/COMMITTEE", TYPED, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("45 is too short")
        .has("<option value=\"MAJORITY\" selected>");
    let old = TYPED.replace("version=4", "version=3");
    let page = post(&doors, "/settings/meetings/COMMITTEE", &old, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Somebody changed this")
        .has("name=\"version\" value=\"4\"")
        .has("<option value=\"MAJORITY\" selected>");
}

#[tokio::test]
async fn a_decision_to_hold_or_pass_sends_what_is_waited_for_and_one_to_go_on_does_not() {
    let typed = |kind: &str, more: &str| {
        format!(
            "act=decide&key=abcdefgh1234&item=agenda_item_1&kind={kind}&stage=&rationale=later&conditions=&pass=TIMING&revisit=\
             &override=&revisitWhen.capabilityStatus=SOLVED{more}"
        )
    };
    let evidence = "&revisitWhen.evidenceKind=PAYING_CUSTOMERS&revisitWhen.grade=VERIFIED&revisitWhen.valueAtLeast=1%2C200\
        &revisitWhen.convictionAtLeast=&revisitWhen.capability=";
    let capability = "&revisitWhen.evidenceKind=&revisitWhen.capability=capability_1";
    let waits = json!({"evidenceKind": "PAYING_CUSTOMERS", "grade": "VERIFIED", "valueAtLeast": "1200"});
    for (kind, more, expected) in [
        ("HOLD", evidence, Some(waits.clone())),
        ("PASS", evidence, Some(waits)),
        (
            "PASS",
            capability,
            Some(json!({"capability": "capability_1", "capabilityStatus": "SOLVED"})),
        ),
        // The status is chosen from the beginning: alone it is nothing to wait for.
        ("HOLD", "", None),
        ("ADVANCE", evidence, None),
    ] {
        let doors = Script::answering([json!({"data": {"decide": {"userErrors": []}}})]);
        let page = post(
            &doors,
            "/reviews/review_1/act",
            &typed(kind, more),
            &[SIGNED_IN, OURS],
        )
        .await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        let written = doors.written.lock().unwrap();
        assert_eq!(written[0].2.get("revisitWhen"), expected.as_ref(), "{kind}{more}");
    }
    // What cannot be read is told above what was typed, which stays.
    let doors = Script::answering([meeting("LIVE"), node()]);
    let wrong = typed("HOLD", "&revisitWhen.convictionAtLeast=much").replace("agenda_item_1", ITEM);
    let page = post(&doors, "/reviews/review_1/act", &wrong, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
    page.has("role=\"alert\"")
        .has("maxlength=\"2000\" required>later</textarea>")
        .has("<option value=\"HOLD\" selected>")
        .has("value=\"much\"");
    assert!(doors.written.lock().unwrap().is_empty(), "nothing is sent");
    // Where the meeting is over there is no page for it any more.
    let doors = Script::answering([meeting("CLOSED")]);
    let page = post(&doors, "/reviews/review_1/act", &wrong, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("That was not done");
}

fn minutes(status: &str, packet: Value) -> Value {
    json!({"data": {
        "viewer": {"name": "Ada", "role": "ANALYST"},
        "review": {"id": "review_1", "title": "Committee", "kind": "COMMITTEE", "startsAt": "2025-03-03T02:00:00Z", "minutes": 90,
            "status": status, "presenter": {"id": "user_1", "name": "Ada"}, "version": 3,
            "minutesText": "# Committee\n\n## 1. 立方工坊 · Seed\n\n---\n\nA pause.\n\n---\n",
            "minutesHtml": "<h1>Committee</h1>", "packet": packet,
            "amendments": [{"text": "the call took place", "by": {"id": "user_2", "name": "Partner 1"}, "at": "2025-03-04T02:00:00Z"}]},
    }})
}

/// The document that a page answers, unpacked.
async fn unpacked(answer: Value) -> String {
    let doors = Script::answering([answer]);
    let page = get(&doors, "/reviews/review_1/minutes.docx", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.header("content-type"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    );
    assert_eq!(
        page.header("content-disposition"),
        "attachment; filename=\"minutes.docx\""
    );
    let mut opened = zip::ZipArchive::new(std::io::Cursor::new(page.bytes.clone())).unwrap();
    let mut text = String::new();
    let mut part = opened.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut text).unwrap();
    text
}

#[tokio::test]
async fn minutes_are_a_document_too_with_what_their_reader_sees() {
    let told = unpacked(minutes("CLOSED", json!({"sha256": "00ff"}))).await;
    for part in [
        "Committee",
        "1. 立方工坊 · Seed",
        "A pause.",
        " 00ff",
        "the call took place",
        "Partner 1 · 4 Mar 2025",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("A draft"), "{told}");
    let draft = unpacked(minutes("LIVE", Value::Null)).await;
    assert!(
        draft.contains("A draft: the minutes are frozen when the meeting is closed."),
        "{draft}"
    );
    let none = json!({"data": {"viewer": {"name": "Ada", "role": "ANALYST"}, "review": null}});
    let doors = Script::answering([none]);
    let page = get(&doors, "/reviews/review_1/minutes.docx", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn minutes_are_offered_to_be_copied_and_as_files() {
    let doors = Script::answering([minutes("CLOSED", json!({"sha256": "00ff"}))]);
    get(&doors, "/reviews/review_1/minutes", &[SIGNED_IN])
        .await
        .has("data-copies=\"minutes\"")
        .has("id=\"minutes\"><h1>Committee</h1>")
        .has("href=\"/reviews/review_1/minutes.docx\"")
        .has("<script src=\"/assets/copy-");
}

#[tokio::test]
async fn who_saved_first_is_shown_beside_what_was_typed_and_what_only_they_changed_is_taken_over() {
    // Read at version 3: majority, 60 minutes, Ada comes. Somebody made it a threshold of 3 and 90 minutes since, and asked
    // Partner 1 to come; typed is 45 minutes.
    let base =
        "rule=MAJORITY&quorum=yes&isBlind=yes&vetoHolders=user_2&minutes=60&stage=COMMITTEE&attendees=user_1";
    let encoded: String = base.replace('=', "%3D").replace('&', "%26");
    let typed = format!(
        "key=abcdefgh1234&version=3&base={encoded}&{}",
        base.replace("minutes=60", "minutes=45")
    );
    let stale = || {
        let error = json!([{"code": "STALE_VERSION", "message": "somebody changed it", "field": ["version"], "existing": null}]);
        saved(error)
    };
    let doors = Script::answering([stale(), settings("ADMIN"), saved(json!([]))]);
    let page = post(&doors, "/settings/meetings/COMMITTEE", &typed, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Somebody changed this at")
        .has("<td class=\"typed\">45</td><td class=\"typed\">90</td>")
        .has("name=\"conflict\" value=\"minutes\"")
        .has("name=\"minutes\" value=\"45\"")
        .has("<option value=\"THRESHOLD\" selected>")
        .has("name=\"attendees\" value=\"user_2\" checked")
        .has("name=\"version\" value=\"4\"")
        .lacks("name=\"conflict\" value=\"rule\"");
    // Theirs is what the form was shown with then.
    let theirs = "key=abcdefgh5678&version=4&resolve=theirs&conflict=minutes&base=minutes%3D90&rule=THRESHOLD&threshold=3&quorum=yes\
         &isBlind=yes&minutes=45&stage=COMMITTEE&attendees=user_1&attendees=user_2";
    let page = post(&doors, "/settings/meetings/COMMITTEE", theirs, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(doors.written.lock().unwrap()[1].2["minutes"], 90);

    // What is wrong in itself is told first, on top of what was read: the other's change is not passed over.
    let doors = Script::answering([settings("ADMIN")]);
    let wrong = typed.replace("minutes=45", "minutes=an+hour");
    let page = post(&doors, "/settings/meetings/COMMITTEE", &wrong, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("name=\"version\" value=\"3\"")
        .has("name=\"base\" value=\"rule=MAJORITY");
}

const ITEM: &str = "agenda_item_1";

fn head(status: &str) -> Value {
    json!({"id": "review_1", "title": "Weekly", "kind": "WEEKLY", "startsAt": "2024-07-31T02:00:00Z", "minutes": 60, "status": status,
        "presenter": null, "version": 2, "rule": "LEAD_DECIDES", "threshold": null, "quorum": "NONE", "isBlind": false,
        "attendees": [{"id": "user_1", "name": "Ada"}], "currentSince": "2024-07-31T03:59:00Z"})
}

fn stage() -> Value {
    json!({"key": "COMMITTEE", "name": "Committee", "nameZh": "投决会", "order": 5, "isRetired": false})
}

fn with(mut record: Value, more: Value) -> Value {
    let more = more.as_object().unwrap().clone();
    record.as_object_mut().unwrap().extend(more);
    record
}

/// An item of an agenda with its deal.
fn item(deal: Value) -> Value {
    json!({"id": ITEM, "position": 1, "hiddenFrom": 0, "plannedMinutes": 7, "droppedLastTime": false,
        "reasons": [{"text": "moved on 19 Jul", "evidence": [], "capability": null, "providerEvent": null}], "notes": "", "notesVersion": 1,
        "votesOpen": true, "viewerHasConflict": false, "viewerMayVote": false, "votes": [], "votesCast": 0, "voters": 0,
        "tally": null, "decision": null, "deal": deal})
}

/// A deal whose last move overrode a gate.
fn deal() -> Value {
    json!({"id": "deal_1", "title": "Cubeforge Seed", "stage": stage(), "status": "ACTIVE", "visibility": "TEAM",
        "overridden": ["VERIFIED_PROOF"]})
}

/// As the agenda and the meeting under way ask for it.
fn meeting(status: &str) -> Value {
    let startup = json!({"id": "startup_a", "name": "Cubeforge", "conviction": "28.5", "demand": "0.489", "bestGrade": null,
        "flags": [], "need": {"payer": "Game studios"}});
    let review = json!({"viewerRuns": true, "currentItem": {"id": ITEM}, "droppedItems": [], "tasks": [],
        "looksBackTo": "2024-07-17T02:00:00Z", "items": [item(with(deal(), json!({"startup": startup})))]});
    json!({"data": {"viewer": {"id": "user_1", "name": "Ada", "role": "PARTNER"}, "review": with(head(status), review),
        "users": [], "stages": [stage()], "capabilities": [], "deals": {"nodes": []}}})
}

/// As what is read before and shown to the room asks for it.
fn brief() -> Value {
    let assessment = json!({"conviction": null, "bestGrade": null, "all": "0", "overtaken": [], "demand": "0", "proven": "0",
        "claimedDemand": "0", "hypeGap": "0", "hypeShare": null, "rubricVersion": 1,
        "multiplier": {"value": "1", "reasons": ["1.00 route not known"]}, "contributions": [], "flags": []});
    let more = json!({"round": "SEED", "daysInStage": 1, "isStale": false, "amountSought": null, "owner": null, "nextStep": null,
        "nextStepDue": null, "gate": {"unmet": []}, "interactions": {"nodes": []}, "tasks": [], "startup": {"id": "startup_a",
            "name": "Cubeforge", "oneLiner": null, "need": {"payer": "Game studios"}, "assessment": assessment, "askNext": [],
            "convictionHistory": []}});
    item(with(deal(), more))
}

/// The item that is looked at, by itself.
fn node() -> Value {
    json!({"data": {"node": with(brief(), json!({"__typename": "AgendaItem"}))}})
}

fn looks_back() -> Value {
    json!({"data": {"viewer": {"id": "user_1", "name": "Ada", "role": "PARTNER"},
        "review": {"looksBackTo": "2024-07-17T02:00:00Z"}}})
}

#[tokio::test]
async fn that_a_gate_was_overridden_is_told_wherever_a_meeting_shows_the_deal() {
    let told =
        "<span class=\"missing\"><span aria-hidden=\"true\">△ </span>Gate overridden: Verified proof</span>";
    let doors = Script::answering([meeting("DRAFT"), meeting("LIVE"), node(), meeting("LIVE"), node()]);
    get(&doors, "/reviews/review_1", &[SIGNED_IN]).await.has(told);
    get(&doors, "/reviews/review_1/live", &[SIGNED_IN])
        .await
        .has(told);
    get(&doors, "/reviews/review_1/live?lang=zh", &[SIGNED_IN])
        .await
        .has("已破例推进：已核实的证据");
    let screen = with(
        head("LIVE"),
        json!({"currentItem": brief(), "items": [{"id": ITEM}]}),
    );
    let doors = Script::answering([looks_back(), json!({"data": {"review": screen}})]);
    get(&doors, "/reviews/review_1/screen", &[SIGNED_IN])
        .await
        .has(told);
    let figures = json!({"data": {"review": {"providerEvents": []}, "pipeline": {"totalCount": 1, "staleCount": 0, "columns": []},
        "funnel": {"stages": []}, "coverage": {"sectors": []}}});
    let preread = with(head("DRAFT"), json!({"items": [brief()]}));
    let doors = Script::answering([looks_back(), json!({"data": {"review": preread}}), figures]);
    get(&doors, "/reviews/review_1/preread", &[SIGNED_IN])
        .await
        .has(told);
    let decided = with(
        deal(),
        json!({"startup": {"name": "Cubeforge", "conviction": "28.5"}, "outcomeWatch": []}),
    );
    let decision = json!({"kind": "ADVANCE", "stage": stage(), "reason": null, "rationale": "They pay",
        "by": {"id": "user_1", "name": "Ada"}, "at": "2024-07-30T02:00:00Z", "convictionThen": "28.5",
        "review": {"id": "review_1", "title": "Weekly"}, "deal": decided, "conditions": []});
    let doors = Script::answering([json!({"data": {"viewer": {"name": "Ada", "role": "PARTNER"},
        "decisions": {"totalCount": 1, "nodes": [decision], "pageInfo": {"hasNextPage": false, "endCursor": null}}}})]);
    get(&doors, "/reviews/decisions", &[SIGNED_IN]).await.has(told);
}

fn form_of_new(proposal: Value) -> Value {
    json!({"data": {"viewer": {"id": "user_1", "name": "Ada", "role": "PARTNER"}, "users": users(), "nextReview": proposal}})
}

fn users() -> Value {
    json!([{"id": "user_1", "name": "Ada", "isActive": true}, {"id": "user_2", "name": "Partner 1", "isActive": true},
        {"id": "user_3", "name": "Gone", "isActive": false}, {"id": "user_4", "name": "Gone too", "isActive": false}])
}

#[tokio::test]
async fn the_next_meeting_of_each_kind_is_proposed_by_its_own_series() {
    let weekly = json!({"startsAt": "2024-08-05T02:00:00Z", "minutes": 60, "attendees": [{"id": "user_1", "name": "Ada"}],
        "presenter": {"id": "user_2", "name": "Partner 1"}});
    let committee = json!({"startsAt": null, "minutes": 90, "attendees": [{"id": "user_2", "name": "Partner 1"}], "presenter": null});
    let doors = Script::answering([form_of_new(weekly), form_of_new(committee)]);
    get(&doors, "/reviews/new", &[SIGNED_IN])
        .await
        .has("name=\"kind\" value=\"WEEKLY\" checked")
        .has("value=\"Weekly 5 Aug 2024\"")
        .has("name=\"day\" value=\"2024-08-05\"")
        .has("name=\"hour\" value=\"10:00\"")
        .has("<option value=\"user_2\" selected>");
    get(&doors, "/reviews/new?kind=COMMITTEE", &[SIGNED_IN])
        .await
        .has("name=\"kind\" value=\"COMMITTEE\" checked")
        .has("name=\"title\" value=\"\"")
        .has("name=\"minutes\" value=\"90\"")
        .has("name=\"attendees\" value=\"user_2\" checked")
        .lacks("name=\"attendees\" value=\"user_1\" checked");
    assert_eq!(
        doors.asked(),
        [json!({"kind": "WEEKLY"}), json!({"kind": "COMMITTEE"})]
    );
    // Without a title it is called by its kind and its day.
    let done = json!({"data": {"scheduleReview": {"review": {"id": "review_9"}, "userErrors": []}}});
    let doors = Script::answering([done]);
    let typed = "key=abcdefgh1234&kind=COMMITTEE&title=&day=2024-08-06&hour=9:30&minutes=&presenter=&attendees=user_2&rule=&blind=";
    let page = post(&doors, "/reviews/new", typed, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/reviews/review_9?did=scheduled");
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"kind": "COMMITTEE", "title": "Committee 6 Aug 2024", "startsAt": "2024-08-06T01:30:00Z", "attendees": ["user_2"]})
    );
    // Whoever left since the last one is not proposed.
    let left = json!({"startsAt": "2024-08-05T02:00:00Z", "minutes": 60, "presenter": {"id": "user_3", "name": "Gone"},
        "attendees": [{"id": "user_2", "name": "Partner 1"}, {"id": "user_3", "name": "Gone"}]});
    let doors = Script::answering([form_of_new(left)]);
    get(&doors, "/reviews/new", &[SIGNED_IN])
        .await
        .has("name=\"attendees\" value=\"user_2\" checked")
        .has("<option value=\"user_1\" selected>")
        .lacks("user_3");
}

/// As the form of a meeting asks for it.
fn edited(role: &str, more: Value) -> Value {
    let review = with(
        head("DRAFT"),
        json!({"presenter": {"id": "user_1", "name": "Ada"}, "vetoHolders": [],
            "attendees": [{"id": "user_1", "name": "Ada"}, {"id": "user_3", "name": "Gone"}]}),
    );
    json!({"data": {"viewer": {"name": "Ada", "role": role}, "review": with(review, more), "users": users(),
        "activity": {"nodes": [{"at": "2024-07-31T03:58:00Z", "by": {"name": "Partner 1"}}]}}})
}

fn changed(errors: Value) -> Value {
    json!({"data": {"updateReview": {"userErrors": errors}}})
}

const EDIT: &str = "/reviews/review_1/edit";
const READ: &str = "title=Weekly&day=2024-07-31&hour=10:00&minutes=60&presenter=user_1&attendees=user_1&attendees=user_3\
     &rule=LEAD_DECIDES&quorum=no&isBlind=no";

/// The form with something changed, as read at a version.
fn edit(version: i32, from: &str, to: &str) -> String {
    let base = READ.replace('=', "%3D").replace('&', "%26");
    assert!(READ.contains(from));
    format!(
        "key=abcdefgh1234&version={version}&base={base}&{}",
        READ.replace(from, to)
    )
}

#[tokio::test]
async fn a_meeting_is_put_off_and_its_room_and_rules_are_changed_and_only_what_was_changed_is_sent() {
    let doors = Script::answering([edited("PARTNER", json!({}))]);
    let form = get(&doors, EDIT, &[SIGNED_IN]).await;
    assert_eq!(form.status, StatusCode::OK);
    form.has("name=\"day\" value=\"2024-07-31\"")
        .has("name=\"hour\" value=\"10:00\"")
        .has("name=\"version\" value=\"2\"")
        .has("<option value=\"LEAD_DECIDES\" selected>")
        .has("name=\"quorum\" value=\"no\" checked")
        // Whoever left since stays until somebody takes them out, and nobody else who left is offered.
        .has("name=\"attendees\" value=\"user_3\" checked")
        .lacks("user_4");
    for (from, to, sent) in [
        (
            "day=2024-07-31",
            "day=2024-08-01",
            json!({"startsAt": "2024-08-01T02:00:00Z"}),
        ),
        (
            "hour=10:00",
            "hour=9：30",
            json!({"startsAt": "2024-07-31T01:30:00Z"}),
        ),
        ("&presenter=user_1", "&presenter=", json!({"presenter": null})),
        (
            "&attendees=user_3",
            "&attendees=user_2",
            json!({"attendees": ["user_1", "user_2"]}),
        ),
        (
            "rule=LEAD_DECIDES",
            "rule=THRESHOLD&threshold=2",
            json!({"rule": "THRESHOLD", "threshold": 2}),
        ),
        (
            "quorum=no&isBlind=no",
            "quorum=yes&isBlind=yes&vetoHolders=user_2",
            json!({"quorum": "HALF", "isBlind": true, "vetoHolders": ["user_2"]}),
        ),
    ] {
        let doors = Script::answering([edited("PARTNER", json!({})), changed(json!([]))]);
        let page = post(&doors, EDIT, &edit(2, from, to), &[SIGNED_IN, OURS]).await;
        assert_eq!(
            page.header("location"),
            "/reviews/review_1?did=did",
            "{}",
            page.body
        );
        let expected = with(json!({"id": "review_1", "version": 2}), sent);
        assert_eq!(doors.written.lock().unwrap()[0].2, expected);
    }
    // Nothing changed is nothing sent.
    let doors = Script::answering([edited("PARTNER", json!({}))]);
    let page = post(&doors, EDIT, &edit(2, "", ""), &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/reviews/review_1");
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_meeting_is_changed_by_partners_while_it_is_not_over_and_its_rules_until_it_begins() {
    for (role, status, expected) in [
        ("ANALYST", "DRAFT", StatusCode::FORBIDDEN),
        ("PARTNER", "CLOSED", StatusCode::FORBIDDEN),
        ("PARTNER", "LIVE", StatusCode::OK),
    ] {
        let doors = Script::answering([edited(role, json!({"status": status}))]);
        let page = get(&doors, EDIT, &[SIGNED_IN]).await;
        assert_eq!(page.status, expected, "{role} {status}");
        page.lacks("name=\"rule\"");
    }
    let doors = Script::answering([
        json!({"data": {"viewer": {"name": "Ada", "role": "PARTNER"}, "review": null, "users": [],
        "activity": {"nodes": []}}}),
    ]);
    assert_eq!(
        get(&doors, EDIT, &[SIGNED_IN]).await.status,
        StatusCode::NOT_FOUND
    );
    // The way to it stands on the meeting's page, for those who may.
    let doors = Script::answering([meeting("DRAFT"), meeting("CLOSED")]);
    get(&doors, "/reviews/review_1", &[SIGNED_IN])
        .await
        .has("href=\"/reviews/review_1/edit\"");
    get(&doors, "/reviews/review_1", &[SIGNED_IN])
        .await
        .lacks("href=\"/reviews/review_1/edit\"");
}

#[tokio::test]
async fn what_cannot_be_changed_of_a_meeting_is_told_beside_its_field() {
    for (from, to, says) in [
        ("day=2024-07-31", "day=2024-02-30", "2024-02-30"),
        ("day=2024-07-31", "day=", "Say on which day"),
        ("hour=10:00", "hour=half past", "Give an hour such as 10:00."),
        ("minutes=60", "minutes=an hour", "Give whole minutes"),
        ("minutes=60", "minutes=", "Give whole minutes"),
        ("title=Weekly", "title=", "href=\"#f-title\""),
        (
            "rule=LEAD_DECIDES",
            "rule=THRESHOLD&threshold=two",
            "Give a whole number.",
        ),
    ] {
        let doors = Script::answering([edited("PARTNER", json!({})), edited("PARTNER", json!({}))]);
        let page = post(&doors, EDIT, &edit(2, from, to), &[SIGNED_IN, OURS]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        page.has(says);
        assert!(doors.written.lock().unwrap().is_empty(), "{to}");
    }
    let error = |code: &str, field: Value, message: &str| json!([{"code": code, "message": message, "field": field, "existing": null}]);
    let late = error("INVALID", json!(["startsAt"]), "that is too far away");
    let doors = Script::answering([edited("PARTNER", json!({})), changed(late)]);
    let page = post(
        &doors,
        EDIT,
        &edit(2, "hour=10:00", "hour=11:00"),
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("That is too far away")
        .has("href=\"#f-day\"")
        .has("value=\"11:00\"");
    // Who saved first is told with what they changed.
    let stale = error("STALE_VERSION", json!(["version"]), "somebody changed it");
    let moved = edited(
        "PARTNER",
        json!({"version": 3, "startsAt": "2024-07-31T04:00:00Z"}),
    );
    let doors = Script::answering([moved.clone(), changed(stale), moved]);
    let page = post(
        &doors,
        EDIT,
        &edit(2, "hour=10:00", "hour=11:00"),
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Partner 1 changed this")
        .has("<td class=\"typed\">11:00</td><td class=\"typed\">12:00</td>")
        .has("name=\"version\" value=\"3\"");
}

#[tokio::test]
async fn from_how_many_attendees_a_deal_is_hidden_is_told_to_those_who_see_it() {
    let hidden = |n: i32| {
        let mut answer = meeting("DRAFT");
        answer["data"]["review"]["items"][0]["hiddenFrom"] = json!(n);
        answer["data"]["review"]["items"][0]["deal"]["visibility"] = json!("RESTRICTED");
        answer
    };
    let doors = Script::answering([hidden(0), hidden(1), hidden(3)]);
    let address = "/reviews/review_1";
    get(&doors, address, &[SIGNED_IN]).await.lacks("cannot see this");
    get(&doors, address, &[SIGNED_IN])
        .await
        .has("1 attendee cannot see this");
    get(&doors, &format!("{address}?lang=zh"), &[SIGNED_IN])
        .await
        .has("3 位出席者看不到此项");
}

#[tokio::test]
async fn an_item_is_put_one_place_on_or_before_another_and_the_others_keep_their_order() {
    let of = |ids: &[&str]| {
        let mut answer = meeting("DRAFT");
        let one = answer["data"]["review"]["items"][0].clone();
        answer["data"]["review"]["items"] = ids
            .iter()
            .map(|id| with(one.clone(), json!({"id": id})))
            .collect();
        answer
    };
    let done = || json!({"data": {"orderAgenda": {"userErrors": []}}});
    for (act, item, before, expected) in [
        ("up", "b", "a", "b a c d"),
        ("down", "b", "d", "a c b d"),
        ("down", "c", "", "a b d c"),
        // Sent twice, it asks for the same.
        ("up", "a", "b", "a b c d"),
        ("place", "d", "b", "a d b c"),
        ("place", "a", "d", "b c a d"),
        ("place", "a", "", "b c d a"),
    ] {
        let doors = Script::answering([of(&["a", "b", "c", "d"]), done()]);
        let form = format!("act={act}&key=abcdefgh1234&item={item}&before={before}");
        let page = post(&doors, "/reviews/review_1/act", &form, &[SIGNED_IN, OURS]).await;
        assert_eq!(
            page.header("location"),
            format!("/reviews/review_1?did=did#{item}"),
            "{form}"
        );
        let items: Vec<&str> = expected.split(' ').collect();
        assert_eq!(
            doors.written.lock().unwrap()[0].2,
            json!({"review": "review_1", "items": items}),
            "{form}"
        );
    }
    // The buttons say before which.
    let doors = Script::answering([of(&["a", "b", "c"])]);
    let page = get(&doors, "/reviews/review_1", &[SIGNED_IN]).await;
    let button = |act: &str, item: &str, before: &str| {
        format!(
            "-{act}-{item}\"><input type=\"hidden\" name=\"item\" value=\"{item}\"><input type=\"hidden\" name=\"before\" value=\"{before}\">"
        )
    };
    page.has(&button("up", "b", "a"))
        .has(&button("up", "c", "b"))
        .has(&button("down", "a", "c"))
        .has(&button("down", "b", ""))
        .lacks("-up-a\"")
        .lacks("-down-c\"");
    for form in [
        "act=place&item=a&before=gone",
        "act=place&item=gone&before=a",
        "act=up&item=gone&before=a",
    ] {
        let doors = Script::answering([
            of(&["a", "b"]),
            json!({"data": {"viewer": {"name": "Ada", "role": "PARTNER"}}}),
        ]);
        let form = format!("{form}&key=abcdefgh1234");
        let page = post(&doors, "/reviews/review_1/act", &form, &[SIGNED_IN, OURS]).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{form}");
        page.has("no longer on the agenda");
        assert!(doors.written.lock().unwrap().is_empty(), "{form}");
    }
    // Only who may arrange the agenda has something to drag.
    let doors = Script::answering([meeting("DRAFT"), meeting("CLOSED")]);
    get(&doors, "/reviews/review_1", &[SIGNED_IN])
        .await
        .has("data-grip")
        .has("data-place");
    get(&doors, "/reviews/review_1", &[SIGNED_IN])
        .await
        .lacks("data-grip")
        .lacks("data-place");
}

#[tokio::test]
async fn the_item_that_is_looked_at_is_explained_where_the_meeting_goes_on() {
    let mut told = node();
    told["data"]["node"]["deal"]["gate"] = json!({"unmet": [{"condition": "VERIFIED_PROOF",
        "explanation": "No usage record is graded VERIFIED", "stage": stage()}]});
    told["data"]["node"]["deal"]["startup"]["assessment"]["flags"] =
        json!([{"flag": "HYPE_GAP", "reason": "claims 0.706, proven 0.520", "evidence": []}]);
    let doors = Script::answering([meeting("LIVE"), told]);
    get(&doors, "/reviews/review_1/live", &[SIGNED_IN])
        .await
        .has("No usage record is graded Verified")
        .has("claims 0.706, proven 0.520");
    let asked = doors.asked();
    assert_eq!(asked[1]["id"], ITEM);
    assert_eq!(asked[1]["since"], "2024-07-17T02:00:00Z");
    // In a break nothing is.
    let mut pause = meeting("LIVE");
    pause["data"]["review"]["currentItem"] = Value::Null;
    let doors = Script::answering([pause]);
    let page = get(&doors, "/reviews/review_1/live", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("Please wait");
}

#[tokio::test]
async fn of_the_votes_of_one_form_the_last_counts() {
    let done = || json!({"data": {"castVote": {"userErrors": []}}});
    let doors = Script::answering([done(), done(), done()]);
    for vote in ["YES", "NO", "YES"] {
        let form = format!("act=vote&key=abcdefgh1234&item={ITEM}&vote={vote}");
        let page = post(&doors, "/reviews/review_1/act", &form, &[SIGNED_IN, OURS]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    }
    let written = doors.written.lock().unwrap();
    let keys: std::collections::HashSet<&str> = written.iter().map(|(_, key, _)| key.as_str()).collect();
    assert_eq!(keys.len(), 3, "none is answered with what an earlier one came to");
}

#[tokio::test]
async fn the_form_of_a_meeting_that_goes_on_minds_no_turned_page_and_says_that_its_rules_stand() {
    let live = |version: i32, more: Value| {
        edited(
            "PARTNER",
            with(json!({"status": "LIVE", "version": version}), more),
        )
    };
    // What a form of one that goes on sends, which has no rules.
    let bare = |from: &str, to: &str| {
        let rules = "&rule=LEAD_DECIDES&quorum=no&isBlind=no";
        assert!(READ.ends_with(rules));
        let encoded = rules.replace('=', "%3D").replace('&', "%26");
        edit(2, from, to).replace(rules, "").replace(&encoded, "")
    };
    // Turned three times since: nothing that the form shows.
    let doors = Script::answering([live(5, json!({})), changed(json!([]))]);
    let page = post(&doors, EDIT, &bare("&attendees=user_3", ""), &[SIGNED_IN, OURS]).await;
    assert_eq!(
        page.header("location"),
        "/reviews/review_1?did=did",
        "{}",
        page.body
    );
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"id": "review_1", "version": 5, "attendees": ["user_1"]})
    );
    // Sent twice, it is so already.
    let gone = json!({"attendees": [{"id": "user_1", "name": "Ada"}]});
    let doors = Script::answering([live(6, gone)]);
    let page = post(&doors, EDIT, &bare("&attendees=user_3", ""), &[SIGNED_IN, OURS]).await;
    assert_eq!(
        page.header("location"),
        "/reviews/review_1?did=did",
        "{}",
        page.body
    );
    assert!(doors.written.lock().unwrap().is_empty());
    // Somebody changed what it shows: that is told, and of rules nothing is. What comes back can be sent.
    let stale = || {
        changed(
            json!([{"code": "STALE_VERSION", "message": "somebody changed it", "field": ["version"], "existing": null}]),
        )
    };
    let longer = |version: i32| live(version, json!({"minutes": 90}));
    let doors = Script::answering([longer(5), stale(), longer(6)]);
    let page = post(
        &doors,
        EDIT,
        &bare("minutes=60", "minutes=45"),
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("<td class=\"typed\">45</td><td class=\"typed\">90</td>")
        .has("name=\"version\" value=\"6\"")
        .lacks("its rules stand")
        .lacks("rule%3D")
        .lacks("rule=");
    assert_eq!(doors.written.lock().unwrap()[0].2["version"], 2);
    // It began while its rules were typed: they are not taken, and not in silence.
    let doors = Script::answering([longer(3), stale(), longer(3)]);
    let page = post(
        &doors,
        EDIT,
        &edit(2, "rule=LEAD_DECIDES", "rule=MAJORITY"),
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("The meeting has begun: its rules stand.")
        .has("name=\"minutes\" value=\"90\"")
        .lacks("name=\"conflict\" value=\"rule\"")
        .lacks("MAJORITY");
}
