//! The hype map, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{SIGNED_IN, Script, get};
use serde_json::{Value, json};

fn frame() -> Value {
    json!({
        "viewer": {"name": "Partner 1", "role": "PARTNER"},
        "sectors": [{
            "slug": "text-to-action", "name": "Text to action", "nameZh": "文字转动作", "isFocus": true,
            "parent": null,
            "children": [{"slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": false}],
        }],
    })
}

fn sum(startups: i32, flagged: i32) -> Value {
    json!({"startups": startups, "flagged": flagged, "medianClaimedDemand": "0.7391", "medianDemand": "0.3450",
           "medianHypeGap": "0.3941"})
}

fn with(mut sum: Value, key: &str, value: Value) -> Value {
    sum[key] = value;
    sum
}

fn point(n: usize, name: &str) -> Value {
    json!({
        "startup": {"id": format!("startup_{n:02}"), "name": name, "layer": if n == 0 { json!("MODEL") } else { json!(null) }},
        "claimedDemand": "0.7720", "demand": "0.2000", "hypeGap": "0.5720", "hypeShare": "0.7409",
        "bestGrade": if n == 0 { json!("CLAIMED") } else { json!(null) },
    })
}

fn map(startups: i32, points: &[Value], grid: Value) -> Value {
    let mut data = frame();
    data["hypeMap"] = json!({
        "startups": startups, "points": points, "grid": grid,
        "layers": [with(sum(2, 1), "layer", json!("MODEL")), with(sum(1, 0), "layer", json!(null))],
        "sectors": [
            with(sum(2, 1), "sector", json!({"slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": false})),
            with(sum(1, 0), "sector", json!(null)),
        ],
    });
    json!({"data": data})
}

fn small() -> Value {
    map(2, &[point(0, "Big<claim>"), point(1, "大言")], json!([]))
}

#[tokio::test]
async fn every_startup_is_a_dot_that_opens_it_and_a_row_with_the_same_figures() {
    let doors = Script::answering([small()]);
    let page = get(&doors, "/hype", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Hype map · Touchstone</title>")
        .has("aria-current=\"page\">Hype map</a>");
    page.has("<a href=\"/startups/startup_00\" tabindex=\"-1\"><title>Big&#60;claim&#62;</title><use href=\"#d11\" x=\"77.2%\" y=\"80%\"/></a>")
        .has("<g id=\"d11\" class=\"mark mark-claimed mark-of-model\">")
        .has("all shown")
        .has(">talk<")
        .lacks("<claim>");
    page.has("<data value=\"0.7720\">0.772</data>")
        .has("<data class=\"strong\" value=\"0.5720\">0.572</data>")
        .has("74.1%")
        .has("lang=\"zh-CN\">大言</a>")
        .has("1–2 of 2");
    assert_eq!(
        doors.asked(),
        [
            json!({"asOf": null, "layers": null, "includeUnclassified": null, "sectors": null, "depth": 1, "withMap": true})
        ]
    );
}

#[tokio::test]
async fn the_map_follows_what_others_change_but_for_one_of_the_past() {
    let doors = Script::answering([small(), small()]);
    get(&doors, "/hype", &[SIGNED_IN])
        .await
        .has("data-follows=\"startup evidence deal")
        .has("data-events=\"/events\"");
    get(&doors, "/hype?as_of=2024-06-30", &[SIGNED_IN])
        .await
        .lacks("data-events");
}

#[tokio::test]
async fn the_map_reads_in_chinese() {
    let page = get(&Script::answering([small()]), "/hype?lang=zh", &[SIGNED_IN]).await;
    page.has("<title>水分图 · 试金石</title>")
        .has("句句属实")
        .has("空谈")
        .has("声称需求")
        .has("机器人")
        .has("无赛道");
}

#[tokio::test]
async fn sums_open_the_rows_that_they_count() {
    let page = get(&Script::answering([small()]), "/hype", &[SIGNED_IN]).await;
    page.has("href=\"/startups?layer=MODEL&#38;conviction=0..&#38;sort=-hype\">2</a>")
        .has("href=\"/startups?layer=none&#38;conviction=0..&#38;sort=-hype\">1</a>")
        .has("href=\"/startups?sector=robotics&#38;flag=HYPE_GAP&#38;sort=-hype\">1</a>")
        .has("href=\"/hype?sector=robotics\"")
        .has("href=\"/hype?depth=2#sectors\"");
    // In the past the list would count others.
    get(
        &Script::answering([small()]),
        "/hype?as_of=2024-06-30",
        &[SIGNED_IN],
    )
    .await
    .lacks("conviction=0..")
    .has("href=\"/hype?sector=robotics&#38;as_of=2024-06-30\"");
}

#[tokio::test]
async fn filters_reach_the_server_and_can_be_taken_away() {
    let doors = Script::answering([small()]);
    let page = get(
        &doors,
        "/hype?layer=APP,none&sector=robotics&depth=2",
        &[SIGNED_IN],
    )
    .await;
    page.has("Layer: Unclassified").has("Sector: Robotics");
    page.has("href=\"/hype?layer=APP&#38;sector=robotics&#38;depth=2\"")
        .has("href=\"/hype?depth=2\">Clear all");
    assert_eq!(
        doors.asked(),
        [
            json!({"asOf": null, "layers": ["APP"], "includeUnclassified": true, "sectors": ["robotics"], "depth": 2, "withMap": true})
        ]
    );
}

#[tokio::test]
async fn as_of_a_day_asks_for_its_end_says_so_and_stays_there() {
    let doors = Script::answering([small()]);
    let page = get(&doors, "/hype?as_of=2024-06-30", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0]["asOf"], "2024-06-30T15:59:59.999999Z");
    page.has("<title>[2024-06-30] Hype map · Touchstone</title>")
        .has("As it stood on 30 Jun 2024, as known by then")
        .has("<a href=\"/hype\">Back to now</a>");
    page.has("href=\"/startups/startup_00?as_of=2024-06-30\"")
        .has("href=\"/hype?layer=MODEL&#38;as_of=2024-06-30\"")
        .has("href=\"/startups?as_of=2024-06-30\"")
        .has("name=\"as_of\" value=\"2024-06-30\"");
    // The ends of the last month and year can be chosen, the quarter's is the month's.
    page.has("href=\"/hype?as_of=2023-12-31\"").lacks("Quarter end");
}

#[tokio::test]
async fn an_instant_is_asked_for_as_it_is() {
    let doors = Script::answering([small()]);
    let page = get(&doors, "/hype?as_of=2024-06-30T12%3A00%3A00Z", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0]["asOf"], "2024-06-30T12:00:00Z");
    page.has("[2024-06-30 20:00]").has("30 Jun 2024 20:00");
}

#[tokio::test]
async fn a_bad_value_answers_400_with_its_chip_and_no_map() {
    for address in [
        "/hype?layer=FOO",
        "/hype?depth=3",
        "/hype?row=50",
        "/hype?as_of=yesterday",
        "/hype?as_of=2024-08-01",
        "/hype?sector=no-such",
        "/hype?x=1",
    ] {
        let page = get(&Script::answering([small()]), address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        page.has("chip-bad")
            .has("not recognised")
            .lacks("<table")
            .lacks("<use href=\"#d");
    }
}

#[tokio::test]
async fn without_evidence_the_page_says_what_belongs_there() {
    let none = || map(0, &[], json!([]));
    let page = get(&Script::answering([none()]), "/hype", &[SIGNED_IN]).await;
    page.has("Nothing to put on the map yet")
        .has("To the startups")
        .lacks("<svg class=\"hype-field\"");
    get(&Script::answering([none()]), "/hype?layer=APP", &[SIGNED_IN])
        .await
        .has("No startups match this filter");
    get(
        &Script::answering([none()]),
        "/hype?as_of=2024-01-01",
        &[SIGNED_IN],
    )
    .await
    .has("Nothing was on the map on that day");
}

#[tokio::test]
async fn beyond_two_thousand_the_map_counts_by_fields() {
    let grid = json!([
        {"claimedFrom": "0.7500", "demandFrom": "0.2000", "startups": 1_204},
        {"claimedFrom": "0.0000", "demandFrom": "0.0000", "startups": 797},
    ]);
    let points: Vec<Value> = (0..2_000).map(|n| point(n, "X")).collect();
    let page = get(
        &Script::answering([map(2_001, &points, grid)]),
        "/hype?row=1951",
        &[SIGNED_IN],
    )
    .await;
    page.has("<rect class=\"heat-6\" x=\"75%\" y=\"75%\" width=\"5%\" height=\"5%\"/>")
        .has(">1,204</text>")
        .has("The 2,000 widest gaps of all are in the table.")
        .has("1,951–2,000 of 2,000")
        .lacks("<use href=\"#d");
}

#[tokio::test]
async fn the_table_is_turned_by_pages() {
    let points: Vec<Value> = (0..250).map(|n| point(n, "X")).collect();
    let page = get(
        &Script::answering([map(250, &points, json!([]))]),
        "/hype?row=101",
        &[SIGNED_IN],
    )
    .await;
    page.has("101–150 of 250")
        .has("rel=\"prev\" href=\"/hype?row=51#table\"")
        .has("rel=\"next\" href=\"/hype?row=151#table\"");
    assert_eq!(
        page.body.matches("<use href=\"#d").count(),
        250,
        "every dot is drawn"
    );
    assert_eq!(
        page.body.matches("<th scope=\"row\"><a class=\"name\"").count(),
        50
    );
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let page = get(&Script::answering([]), "/hype?layer=APP", &[]).await;
    assert_eq!(page.header("location"), "/login?next=%2Fhype%3Flayer%3DAPP");
}
