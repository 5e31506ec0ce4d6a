//! The settings, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use std::sync::Arc;

use axum::http::StatusCode;
use script::{Answer, OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const EDIT: &str = "/settings/rubric/edit";

/// A rubric of two kinds with a weight for the first.
fn rubric(role: &str, version: i32, weight: &str) -> Value {
    json!({"data": {
        "viewer": {"name": "Ada", "role": role},
        "rubric": {"version": version, "currency": "USD", "kinds": [
            {"kind": "RECURRING_REVENUE", "group": "MONEY", "weight": weight, "scale": "LOG", "unitOrZero": "10000",
             "fullAt": "1000000", "fullAtByHorizon": [], "halfN": null, "halfLifeDays": 180, "isUsage": true},
            {"kind": "RETENTION", "group": "LOYALTY", "weight": "0.50", "scale": "LINEAR", "unitOrZero": "0",
             "fullAt": "25", "fullAtByHorizon": [{"upToDays": 7, "fullAt": "60"}], "halfN": 20, "halfLifeDays": 365,
             "isUsage": true},
        ]},
        "rubrics": [
            {"version": 2, "inForceFrom": "2024-07-20T02:00:00Z", "note": "Contracts count more", "by": {"name": "Partner 1"}},
            {"version": 1, "inForceFrom": "2024-01-01T00:00:00Z", "note": null, "by": null},
        ],
    }})
}

fn saved(errors: Value) -> Value {
    let rubric = if errors == json!([]) {
        json!({"version": 3})
    } else {
        json!(null)
    };
    json!({"data": {"updateRubric": {"rubric": rubric, "userErrors": errors}}})
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
    let base = "kinds.0.weight=0.6&kinds.0.scale=LOG&kinds.0.unitOrZero=10000&kinds.0.fullAt=1000000&kinds.0.halfLifeDays=180\
                &kinds.0.group=MONEY&kinds.0.isUsage=yes&kinds.1.group=LOYALTY&kinds.1.isUsage=yes\
                &kinds.1.weight=0.5&kinds.1.scale=LINEAR&kinds.1.unitOrZero=0&kinds.1.fullAt=25&kinds.1.halfN=20\
                &kinds.1.halfLifeDays=365&kinds.1.fullAtByHorizon.0.fullAt=60";
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

async fn send(doors: &Arc<Script>, address: &str, form: &str) -> Answer {
    post(doors, address, form, &[SIGNED_IN, OURS]).await
}

#[tokio::test]
async fn the_rubric_shows_every_kind_with_its_row_and_every_version() {
    let doors = Script::answering([rubric("VIEWER", 2, "0.60"), rubric("VIEWER", 2, "0.60")]);
    let page = get(&doors, "/settings/rubric", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Rubric · Touchstone</title>")
        .has("Version 2 <span class=\"count\">In force</span>")
        .has("Recurring revenue</th>")
        .has("1,000,000 USD")
        .has("60 up to 7 d")
        .has("Logarithmic")
        .has("Contracts count more")
        .has("since 20 Jul 2024")
        .lacks("since 1 Jan")
        .has("href=\"/settings/rubric?version=1\"")
        .lacks("Edit the rubric");
    get(&doors, "/settings/rubric?lang=zh", &[SIGNED_IN])
        .await
        .has("<title>评分标准 · 试金石</title>")
        .has("7 天以内 60")
        .has("工作区的初始版本");
}

#[tokio::test]
async fn an_old_version_can_be_read_and_one_that_never_was_is_nothing() {
    let refused =
        json!({"data": null, "errors": [{"message": "no", "extensions": {"code": "BAD_USER_INPUT"}}]});
    let doors = Script::answering([rubric("ADMIN", 1, "0.60"), refused]);
    let page = get(&doors, "/settings/rubric?version=1", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0], json!({"version": 1}));
    page.has("in force no more")
        .has("To the one in force")
        .lacks("Edit the rubric");
    for address in ["/settings/rubric?version=9", "/settings/rubric?version=two"] {
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn only_an_administrator_edits_the_rubric() {
    for role in ["VIEWER", "ANALYST", "PARTNER"] {
        let doors = Script::answering([rubric(role, 2, "0.60"), rubric(role, 2, "0.60")]);
        assert_eq!(
            get(&doors, EDIT, &[SIGNED_IN]).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(send(&doors, EDIT, "note=x").await.status, StatusCode::FORBIDDEN);
        assert!(doors.written.lock().unwrap().is_empty());
    }
    let doors = Script::answering([rubric("ADMIN", 2, "0.60")]);
    get(&doors, "/settings/rubric", &[SIGNED_IN])
        .await
        .has("href=\"/settings/rubric/edit\"");
}

#[tokio::test]
async fn a_change_is_looked_at_before_it_is_saved() {
    let preview = json!({"data": {"rubricPreview": {
        "startups": 1_204, "changed": 212, "changedByFive": 14, "userErrors": [],
        "movers": [{"startup": {"id": "startup_a", "name": "Cubeforge"}, "from": "28.5", "to": "22.2", "rankFrom": 3, "rankTo": 9}],
    }}});
    let doors = Script::answering([rubric("ADMIN", 2, "0.60"), rubric("ADMIN", 2, "0.60"), preview]);
    let page = get(&doors, EDIT, &[SIGNED_IN]).await;
    page.has("value=\"0.6\"")
        .has("Preview the change")
        .has("Full at, up to 7 d");
    let page = send(&doors, EDIT, &filled(&page, "kinds.0.weight=0.4&act=preview")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has(
        "Of 1,204 startups with evidence, 212 convictions would change, 14 of them by 5 points or more.",
    )
    .has("Nothing is saved yet.")
    .has("href=\"/startups/startup_a\"")
    .has("−6.3")
    .has("3 → 9")
    .has("value=\"0.4\"")
    .has("Preview again");
    assert_eq!(
        doors.asked()[2]["kinds"][1],
        json!({"kind": "RETENTION", "group": "LOYALTY", "weight": "0.5", "scale": "LINEAR", "unitOrZero": "0",
               "fullAt": "25", "fullAtByHorizon": [{"upToDays": 7, "fullAt": "60"}], "halfN": 20,
               "halfLifeDays": 365, "isUsage": true})
    );
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_changed_rubric_is_saved_as_a_new_version_with_its_reason() {
    let doors = Script::answering([
        rubric("ADMIN", 2, "0.60"),
        rubric("ADMIN", 2, "0.60"),
        saved(json!([])),
    ]);
    let page = get(&doors, EDIT, &[SIGNED_IN]).await;
    let page = send(
        &doors,
        EDIT,
        &filled(&page, "kinds.0.weight=0.4&note=Run+rates+mislead"),
    )
    .await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/settings/rubric?did=saved")
    );
    let written = doors.written.lock().unwrap();
    let (operation, _, input) = &written[0];
    assert_eq!(operation, "UpdateRubric");
    assert_eq!(
        (&input["version"], &input["note"]),
        (&json!(2), &json!("Run rates mislead"))
    );
    assert_eq!(input["kinds"][0]["weight"], "0.4");
}

#[tokio::test]
async fn a_kind_comes_into_another_group_and_tells_of_use_no_more() {
    let doors = Script::answering([
        rubric("ADMIN", 2, "0.60"),
        rubric("ADMIN", 2, "0.60"),
        saved(json!([])),
    ]);
    let page = get(&doors, &format!("{EDIT}?lang=zh"), &[SIGNED_IN]).await;
    page.has("name=\"kinds.0.group\"").has("属于使用");
    let typed = "kinds.0.isUsage=no&kinds.1.group=REACH&note=Runs+alone";
    let saved = send(&doors, EDIT, &filled(&page, typed)).await;
    assert_eq!(
        saved.header("location"),
        "/settings/rubric?did=saved",
        "{}",
        saved.body
    );
    let written = doors.written.lock().unwrap();
    let kinds = &written[0].2["kinds"];
    assert_eq!(
        (&kinds[0]["group"], &kinds[0]["isUsage"]),
        (&json!("MONEY"), &json!(false))
    );
    assert_eq!(
        (&kinds[1]["group"], &kinds[1]["isUsage"]),
        (&json!("REACH"), &json!(true))
    );
}

#[tokio::test]
async fn what_is_typed_wrong_is_told_beside_its_field_and_kept() {
    let refused = saved(
        json!([{"code": "INVALID", "message": "7 is more than 1", "field": ["kinds", "0", "weight"], "existing": null, "conditions": []}]),
    );
    let doors = Script::answering([
        rubric("ADMIN", 2, "0.60"),
        rubric("ADMIN", 2, "0.60"),
        rubric("ADMIN", 2, "0.60"),
        rubric("ADMIN", 2, "0.60"),
        refused,
    ]);
    let first = get(&doors, EDIT, &[SIGNED_IN]).await;
    let page = send(
        &doors,
        EDIT,
        &filled(&first, "kinds.0.weight=much&kinds.1.halfN=1.5&note=x"),
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("“much” is no number.")
        .has("“1.5” is no whole number.")
        .has("value=\"much\"")
        .has("href=\"#f-kinds-0-weight\">Recurring revenue (USD), Weight</a>");
    let page = send(&doors, EDIT, &filled(&first, "note=")).await;
    page.has("Say why it is changed.")
        .has("Nothing differs from the version in force.");
    let page = send(&doors, EDIT, &filled(&first, "kinds.0.weight=7&note=x")).await;
    page.has("7 is more than 1").has("id=\"f-kinds-0-weight-fault\"");
}

#[tokio::test]
async fn two_who_edit_the_rubric_both_see_what_the_other_typed() {
    let stale = saved(
        json!([{"code": "STALE_VERSION", "message": "stale", "field": ["version"], "existing": null, "conditions": []}]),
    );
    let doors = Script::answering([
        rubric("ADMIN", 1, "0.60"),
        rubric("ADMIN", 2, "0.30"),
        stale,
        rubric("ADMIN", 2, "0.30"),
    ]);
    let page = get(&doors, EDIT, &[SIGNED_IN]).await;
    let page = send(&doors, EDIT, &filled(&page, "kinds.0.weight=0.4&note=x")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Partner 1 changed this at 10:00, while you were editing.")
        .has("<th scope=\"row\">Recurring revenue (USD)</th>")
        .has("Weight 0.4 ·")
        .has("Weight 0.3 ·")
        .has("name=\"version\" value=\"2\"")
        .has("name=\"conflict\" value=\"kinds.0\"");
}

fn rates(role: &str, nodes: Value, more: bool) -> Value {
    json!({"data": {
        "viewer": {"name": "Ada", "role": role},
        "rates": {"totalCount": 51, "pageInfo": {"hasNextPage": more, "endCursor": "c="}, "nodes": nodes},
    }})
}

fn yuan() -> Value {
    json!({"on": "2024-07-30", "currency": "CNY", "usd": "0.138000", "source": "ECB", "recordedBy": null,
           "recordedAt": "2024-07-31T02:00:00Z"})
}

#[tokio::test]
async fn rates_stand_newest_first_with_who_says_so_and_how_to_bring_many_in() {
    let doors = Script::answering([
        rates("VIEWER", json!([yuan()]), true),
        rates("ANALYST", json!([]), false),
    ]);
    let page = get(&doors, "/settings/fx?currency=CNY", &[SIGNED_IN]).await;
    page.has("<title>Exchange rates · Touchstone</title>")
        .has("<data value=\"0.138\">0.138</data>")
        .has(">ECB</td>")
        .has("The program")
        .has("touchstone rates import eurofxref-hist.csv")
        .has("href=\"/settings/fx?currency=CNY&#38;after=c%3D\"")
        .lacks("Record a rate");
    assert_eq!(doors.asked()[0], json!({"currency": "CNY", "after": null}));
    get(&doors, "/settings/fx", &[SIGNED_IN])
        .await
        .has("No exchange rates yet")
        .has("href=\"/settings/fx/new\"");
}

#[tokio::test]
async fn a_rate_is_recorded_as_it_was_typed() {
    let new = |role: &str| json!({"data": {"viewer": {"name": "Ada", "role": role}}});
    let recorded = json!({"data": {"recordRate": {"rate": {"on": "2024-07-30"}, "userErrors": []}}});
    let doors = Script::answering([new("ANALYST"), recorded, new("ANALYST"), new("VIEWER")]);
    get(&doors, "/settings/fx/new", &[SIGNED_IN])
        .await
        .has("value=\"2024-07-31\"");
    let form = "currency=cny&on=2024%2F7%2F30&usd=0.138&source=PBOC&key=k-123456789";
    let page = send(&doors, "/settings/fx/new", form).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/settings/fx?did=recorded")
    );
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"currency": "CNY", "on": "2024-07-30", "usd": "0.138", "source": "PBOC"})
    );
    let page = send(
        &doors,
        "/settings/fx/new",
        "currency=&on=soon&usd=x&key=k-123456789",
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say which currency")
        .has("“soon” is no day")
        .has("“x” is no number");
    let page = get(&doors, "/settings/fx/new", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_menu_leads_to_the_settings() {
    let doors = Script::answering([rates("VIEWER", json!([]), false)]);
    let page = get(&doors, "/settings", &[SIGNED_IN]).await;
    assert_eq!(page.header("location"), "/settings/rubric");
    get(&doors, "/settings/fx", &[SIGNED_IN])
        .await
        .has("<a class=\"item\" href=\"/settings\">Settings</a>");
    let page = get(&doors, "/settings/rubric?as_of=2024-06-30", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}
