//! The settings of funds, later outcomes and what was passed, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

fn funds(role: &str) -> Value {
    json!({"data": {
        "viewer": {"name": "Ada", "role": role},
        "funds": [
            {"id": "fund_1", "name": "Yuan fund", "currency": "CNY", "constraints": "No offshore.", "isRetired": false, "version": 2,
             "ticket": {"low": "5000000", "high": "30000000", "currency": "CNY", "asFound": null}},
            {"id": "fund_2", "name": "Old fund", "currency": "USD", "constraints": null, "isRetired": true, "version": 1, "ticket": null},
        ],
    }})
}

#[tokio::test]
async fn everybody_reads_the_funds_and_an_administrator_edits_them() {
    let doors = Script::answering([funds("VIEWER"), funds("ADMIN"), funds("ANALYST")]);
    get(&doors, "/settings/funds", &[SIGNED_IN])
        .await
        .has("<title>Funds · Touchstone</title>")
        .has("CN¥5M–30M")
        .has("No offshore.")
        .has("<span class=\"tag\">Retired</span>")
        .lacks("/settings/funds/new");
    get(&doors, "/settings/funds?lang=zh", &[SIGNED_IN])
        .await
        .has("href=\"/settings/funds/fund_1/edit\"")
        .has("新增基金");
    let refused = get(&doors, "/settings/funds/new", &[SIGNED_IN]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_fund_is_added_with_its_ticket_in_its_own_currency_and_what_is_wrong_stands_beside_its_field() {
    let done = json!({"data": {"createFund": {"userErrors": []}}});
    let taken = json!({"data": {"createFund": {"userErrors": [
        {"code": "TAKEN", "message": "already here: the fund Yuan fund (fund_1); give this one another name", "field": ["name"], "existing": null}]}}});
    let doors = Script::answering([
        funds("ADMIN"),
        done,
        funds("ADMIN"),
        taken,
        funds("ADMIN"),
        funds("ADMIN"),
    ]);
    let form = "key=abcdefgh1234&name=New+fund&currency=usd&ticket.low=1000000&constraints=None";
    let page = post(&doors, "/settings/funds/new", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/settings/funds?did=saved")
    );
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"name": "New fund", "currency": "USD", "constraints": "None",
            "ticket": {"low": "1000000", "high": null, "currency": "USD", "asFound": null}})
    );
    let page = post(&doors, "/settings/funds/new", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("give this one another name").has("value=\"New fund\"");
    let wrong = "key=abcdefgh1234&name=X&currency=RMBY&ticket.low=a+lot";
    let page = post(&doors, "/settings/funds/new", wrong, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Write digits alone");
}

#[tokio::test]
async fn an_outcome_is_recorded_and_retracted_from_the_deals_page() {
    let frame = || {
        json!({"data": {"viewer": {"id": "user_1", "name": "Ada", "role": "ANALYST"},
            "deal": {"id": "deal_1", "title": "Meshwright Seed", "outcomeWatch": [{"id": "outcome_1", "what": "Another fund led"}]}}})
    };
    let done = |mutation: &str| json!({"data": {mutation: {"userErrors": []}}});
    let doors = Script::answering([
        frame(),
        done("recordOutcome"),
        frame(),
        frame(),
        done("retractOutcome"),
    ]);
    get(&doors, "/deals/deal_1/outcomes/new", &[SIGNED_IN])
        .await
        .has("What became later: Meshwright Seed");
    let form = "key=abcdefgh1234&what=Another+fund+led&on=2024-06-21&amount.low=20000000&amount.currency=cny&amount.asFound=x&sourceUrl=https://a.example";
    let page = post(&doors, "/deals/deal_1/outcomes/new", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/deals/deal_1?did=outcome");
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"deal": "deal_1", "what": "Another fund led", "on": "2024-06-21", "sourceUrl": "https://a.example",
            "amount": {"low": "20000000", "currency": "CNY", "asFound": "x"}})
    );
    let page = post(
        &doors,
        "/deals/deal_1/outcomes/new",
        "key=abcdefgh1234&what=x",
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say of which day.");
    get(&doors, "/deals/deal_1/outcomes/outcome_1/retract", &[SIGNED_IN])
        .await
        .has("Retract an outcome: Another fund led");
    let form = "key=abcdefgh1234&reason=not+true";
    let page = post(
        &doors,
        "/deals/deal_1/outcomes/outcome_1/retract",
        form,
        &[SIGNED_IN, OURS],
    )
    .await;
    assert_eq!(page.header("location"), "/deals/deal_1?did=withdrawn");
}

fn frame() -> Value {
    json!({"viewer": {"name": "Ada", "role": "VIEWER"}, "sectors": [], "owners": [], "funds": []})
}

#[tokio::test]
async fn why_deals_were_passed_is_counted_and_each_figure_opens_the_deals() {
    let mut data = frame();
    data["passReasons"] = json!([{"reason": "TIMING", "deals": 6, "laterFunded": 3}, {"reason": "TEAM", "deals": 1, "laterFunded": 0}]);
    data["deals"] = json!({"nodes": [{"id": "deal_1", "title": "Meshwright Seed", "passReason": "TIMING", "passNote": "Not yet"}]});
    let doors = Script::answering([json!({ "data": data })]);
    let page = get(
        &doors,
        "/analytics/pass-reasons?from=2024-01-01&to=2024-06-30",
        &[SIGNED_IN],
    )
    .await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Pass reasons · Touchstone</title>")
        .has("n = 7 passed deals")
        .has("href=\"/deals?status=PASSED&#38;reason=TIMING&#38;passed=2024-01-01..2024-06-30\"")
        .has("href=\"/deals?status=PASSED&#38;reason=TIMING&#38;passed=2024-01-01..2024-06-30&#38;funded=yes\"")
        .has("50%")
        .has("few")
        .has("Not yet")
        .has("href=\"/deals/deal_1\"");
    let asked = &doors.asked()[0];
    assert_eq!(asked["withWords"], true);
    assert_eq!(asked["passed"]["passedFrom"], asked["from"]);
}

#[tokio::test]
async fn misses_say_what_was_thought_then_and_now() {
    let mut data = frame();
    data["passReasons"] = json!([{"reason": "TIMING", "deals": 8, "laterFunded": 1}]);
    data["misses"] = json!([{"deal": {"id": "deal_1", "title": "Meshwright Seed"}, "passedOn": "2024-02-11", "reason": "TIMING",
        "later": [{"on": "2024-06-21", "what": "Another fund led", "amount": {"low": "20000000", "high": "90000000", "currency": "CNY", "asFound": "数千万人民币"}}],
        "convictionThen": "5", "convictionNow": "45.7"}]);
    let doors = Script::answering([json!({ "data": data.clone() }), json!({ "data": data })]);
    get(&doors, "/analytics/misses", &[SIGNED_IN])
        .await
        .has("1 of 8 passed deals were funded later (12.5%)")
        .has("2024-02-11")
        .has("Another fund led")
        .has("CN¥20M–90M")
        .has("5.0")
        .has("45.7");
    get(&doors, "/analytics/misses?lang=zh", &[SIGNED_IN])
        .await
        .has("错过的项目")
        .has("当时信念值");
}
