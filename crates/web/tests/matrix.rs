//! The matrix, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use std::sync::Arc;

use axum::http::StatusCode;
use script::{SIGNED_IN, Script, get};
use serde_json::{Value, json};

const GAMES: &str = "3D assets cost studios <much>";

fn frame() -> Value {
    json!({
        "viewer": {"name": "Partner 1", "role": "PARTNER"},
        "users": [],
        "sectors": [{
            "slug": "text-to-action", "name": "Text to action", "nameZh": "文字转动作", "isFocus": true,
            "parent": null,
            "children": [{"slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": false}],
        }, {
            "slug": "model-tooling", "name": "Model tooling", "nameZh": "模型工具", "isFocus": false,
            "parent": null, "children": [],
        }],
        "theses": [
            {"slug": "text-to-action", "payer": GAMES, "openProblem": null, "thesis": null},
            {"slug": "model-tooling", "payer": null, "openProblem": null, "thesis": null},
        ],
    })
}

/// Startups, active deals, share with proof, how many are assessed, median conviction.
fn cell(layer: Option<&str>, sector: Option<&str>, figures: (i32, i32, &str, i32, &str)) -> Value {
    let sector =
        sector.map(|slug| json!({"slug": slug, "name": slug, "nameZh": "文字转动作", "isFocus": false}));
    json!({"layer": layer, "sector": sector, "startups": figures.0, "activeDeals": figures.1,
           "proofShare": figures.2, "assessed": figures.3, "medianConviction": figures.4, "medianHypeGap": "0.1230"})
}

fn small() -> Value {
    let mut data = frame();
    data["coverage"] = json!({
        "cells": [
            cell(Some("APP"), Some("text-to-action"), (14, 5, "0.6250", 8, "32.7")),
            cell(Some("MODEL"), Some("text-to-action"), (2, 0, "0.5", 2, "10.0")),
            cell(None, None, (1, 0, "0", 0, "0")),
        ],
        "layers": [
            cell(Some("APP"), None, (14, 5, "0.6250", 8, "32.7")),
            cell(Some("MODEL"), None, (2, 0, "0.5", 2, "10.0")),
            cell(None, None, (1, 0, "0", 0, "0")),
        ],
        "sectors": [
            cell(None, Some("text-to-action"), (16, 5, "0.6", 10, "30.1")),
            cell(None, None, (1, 0, "0", 0, "0")),
        ],
        "total": cell(None, None, (17, 5, "0.5882", 10, "30.1")),
    });
    json!({"data": data})
}

async fn page(address: &str) -> (Arc<Script>, script::Answer) {
    let doors = Script::answering([small()]);
    let page = get(&doors, address, &[SIGNED_IN]).await;
    (doors, page)
}

#[tokio::test]
async fn every_sector_has_a_row_and_each_cell_opens_the_startups_that_it_counts() {
    let (doors, page) = page("/matrix").await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Matrix · Touchstone</title>")
        .has("aria-current=\"page\">Matrix</a>");
    page.has("<td class=\"cell heat-6\"><a href=\"/startups?layer=APP&#38;sector=text-to-action\" aria-label=\"Text to action, App: 14\">")
        .has("<td class=\"cell heat-0\"><a href=\"/startups?layer=MODEL&#38;sector=text-to-action\"")
        .has("<td class=\"cell sum\"><a href=\"/startups?sector=text-to-action\"")
        .has("<td class=\"cell sum\"><a href=\"/startups?layer=none\" aria-label=\"All startups, Unclassified: 1\">")
        .has("<td class=\"cell sum\"><a href=\"/startups\" aria-label=\"All startups, All layers: 17\">");
    // A sector without startups has its row, as has a lack of sectors.
    page.has("<span class=\"data\">Model tooling</span>")
        .has("<a href=\"/startups?layer=none&#38;sector=none\" aria-label=\"In no sector, Unclassified: 1\">")
        .has("<a href=\"/startups?sector=none\" aria-label=\"In no sector, All layers: 1\">")
        .has("counts in each of their rows, and once in a total")
        .lacks("<span class=\"data\">Robotics</span>");
    assert_eq!(
        doors.asked(),
        [json!({"asOf": null, "depth": 1, "filter": null, "withChoices": true, "withFigures": true})]
    );
}

#[tokio::test]
async fn cells_follow_what_others_change_and_their_content_alone_is_answered_to_a_script() {
    let doors = Script::answering([small(), small(), small(), json!({"data": frame()})]);
    get(&doors, "/matrix", &[SIGNED_IN])
        .await
        .has("<main id=\"content\" tabindex=\"-1\" data-follows=\"startup evidence deal")
        .has("data-events=\"/events\"");
    let part = get(&doors, "/matrix", &[SIGNED_IN, ("hx-request", "true")]).await;
    part.has("<table").lacks("<html").lacks("<footer");
    assert!(
        part.body.trim_start().starts_with("<main id=\"content\""),
        "{}",
        part.body
    );
    get(&doors, "/matrix?as_of=2024-06-30", &[SIGNED_IN])
        .await
        .lacks("data-events");
    // What shows no figures follows nothing.
    get(&doors, "/matrix?layer=GONE", &[SIGNED_IN])
        .await
        .has("chip-bad")
        .lacks("data-follows");
}

#[tokio::test]
async fn a_focus_shows_its_star_and_what_the_fund_believes() {
    let (_, page) = page("/matrix").await;
    page.has("<details class=\"thesis\"><summary><span class=\"star\" aria-hidden=\"true\">★</span>")
        .has("<dt>Who pays</dt><dd class=\"data\">3D assets cost studios &#60;much&#62;</dd>");
}

#[tokio::test]
async fn a_median_says_of_how_many_it_is_and_of_under_three_that_these_are_few() {
    let (_, medians) = page("/matrix?measure=conviction").await;
    medians
        .has("32.7</data></span> <span class=\"n\">n 8</span>")
        .has("conviction=0..&#38;sort=-conviction")
        .has("<td class=\"cell few\">")
        .has("<span class=\"few-word\">few</span>")
        .has("Hatched: fewer than 3");
    let (_, shares) = page("/matrix?measure=proof").await;
    shares
        .has("62.5%</data></span> <span class=\"n\">n 14</span>")
        .has("aria-current=\"true\">With verified proof</a>");
    let (_, gaps) = page("/matrix?measure=gap").await;
    gaps.has("0.123</data></span> <span class=\"n\">n 8</span>");
    let (_, deals) = page("/matrix?measure=deals").await;
    deals
        .has("5</data></span> <span class=\"n\">n 14</span>")
        .has("href=\"/deals?layer=APP&#38;sector=text-to-action&#38;status=ACTIVE\" aria-label=\"Text to action, App: 5\"")
        .lacks("few-word");
}

#[tokio::test]
async fn every_sector_can_be_opened() {
    let (doors, page) = page("/matrix?depth=2").await;
    page.has("<th scope=\"row\" class=\"deep-1\"><span class=\"data\">Robotics</span>")
        .has("href=\"/matrix?measure=gap&#38;depth=2\"");
    assert_eq!(doors.asked()[0]["depth"], 2);
}

#[tokio::test]
async fn as_of_a_day_the_matrix_and_the_lists_that_it_opens_stay_there() {
    let (_, startups) = page("/matrix?as_of=2024-06-30").await;
    startups
        .has("href=\"/startups?layer=APP&#38;sector=text-to-action&#38;as_of=2024-06-30\" aria-label=\"Text to action, App: 14\"")
        .has("href=\"/startups?layer=none&#38;sector=none&#38;as_of=2024-06-30\"");
    let (_, medians) = page("/matrix?measure=conviction&as_of=2024-06-30").await;
    // Those of which something was live then; a list of the past has no order by conviction.
    medians.has("href=\"/startups?layer=APP&#38;sector=text-to-action&#38;assessed=yes&#38;as_of=2024-06-30\" aria-label=\"Text to action, App: 32.7\"");
    let (doors, page) = page("/matrix?measure=deals&as_of=2024-06-30").await;
    assert_eq!(doors.asked()[0]["asOf"], "2024-06-30T15:59:59.999999Z");
    page.has("<title>[2024-06-30] Matrix · Touchstone</title>")
        .has("<a href=\"/matrix?measure=deals\">Back to now</a>")
        .has("href=\"/matrix?as_of=2024-06-30\"")
        .has("href=\"/hype?as_of=2024-06-30\"")
        .has("href=\"/deals?layer=APP&#38;sector=text-to-action&#38;status=ACTIVE&#38;as_of=2024-06-30\"");
}

#[tokio::test]
async fn a_filter_reaches_the_server_and_the_lists_that_cells_open() {
    let (doors, page) = page("/matrix?layer=APP&sector=text-to-action&grade=VERIFIED&flag=HYPE_GAP").await;
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"layers": ["APP"], "sectors": ["text-to-action"], "bestGrades": ["VERIFIED"], "flags": ["HYPE_GAP"]})
    );
    page.has("Layer: App")
        .has("Sector: Text to action")
        .has("href=\"/startups?layer=APP&#38;sector=text-to-action&#38;grade=VERIFIED&#38;flag=HYPE_GAP\" aria-label=\"Text to action, App: 14\"")
        // Rows of sectors beside it would count who is in both.
        .lacks("<span class=\"data\">Model tooling</span>")
        .has("href=\"/matrix?layer=APP&#38;sector=text-to-action&#38;grade=VERIFIED\"");
    let doors = Script::answering([json!({"data": frame()})]);
    let past = get(&doors, "/matrix?flag=HYPE_GAP&as_of=2024-06-30", &[SIGNED_IN]).await;
    assert_eq!(past.status, StatusCode::BAD_REQUEST);
    past.has("chip-bad").lacks("<table");
}

#[tokio::test]
async fn focus_route_country_and_provider_narrow_it_and_the_lists_behind() {
    let base = "provider_01h455vb4pex5vsknk084sn02q";
    let answer = || {
        let mut answer = small();
        answer["data"]["providers"] = json!([{"id": base, "name": "Basemodel <One>"}]);
        answer["data"]["startupFacets"] = json!({"countries": [{"country": "CN"}, {"country": "US"}]});
        answer
    };
    let doors = Script::answering([answer(), answer(), answer(), answer()]);
    let plain = get(&doors, "/matrix", &[SIGNED_IN]).await;
    plain
        .has("href=\"/matrix?focus=yes\">Focus sectors only</a>")
        .has("href=\"/matrix?route=BUILDS_ON_API\"")
        .has("href=\"/matrix?country=CN\">China</a>")
        .has(&format!(
            "href=\"/matrix?provider={base}\">Basemodel &#60;One&#62;</a>"
        ));
    let address = format!("/matrix?focus=yes&route=BUILDS_ON_API&country=CN&provider={base}");
    let page = get(&doors, &address, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        doors.asked()[1]["filter"],
        json!({"focusOnly": true, "routes": ["BUILDS_ON_API"], "countries": ["CN"], "providers": [base]})
    );
    page.has("Focus: Focus sectors only")
        .has("Country: China")
        .has("Builds on: Basemodel &#60;One&#62;")
        .has(&format!(
            "href=\"/startups?layer=APP&#38;sector=text-to-action&#38;focus=yes&#38;route=BUILDS_ON_API&#38;country=CN&#38;provider={base}\" aria-label=\"Text to action, App: 14\""
        ));
    // A row beside the focus counts who is in both.
    let mut beside = answer();
    beside["data"]["coverage"]["cells"] = json!([
        cell(Some("MODEL"), Some("model-tooling"), (2, 0, "0.5", 2, "10.0")),
        cell(Some("APP"), Some("text-to-action"), (14, 5, "0.6250", 8, "32.7")),
    ]);
    let beside = get(&Script::answering([beside]), "/matrix?focus=yes", &[SIGNED_IN]).await;
    beside
        .has("<span class=\"data\">Model tooling</span>")
        .has("href=\"/startups?layer=APP&#38;sector=text-to-action&#38;focus=yes\"")
        .has("href=\"/startups?layer=MODEL&#38;focus=yes&#38;also=model-tooling\" aria-label=\"Model tooling, Model: 2\"");
    // The list of deals is asked for the startups of which these are.
    let deals = get(&doors, "/matrix?measure=deals&country=CN", &[SIGNED_IN]).await;
    deals.has("href=\"/deals?status=ACTIVE&#38;startups=layer%3DAPP%26sector%3Dtext-to-action%26country%3DCN\" aria-label=\"Text to action, App: 5\"");
    let unknown = "/matrix?provider=provider_01h455vb4pex5vsknk084sn09z";
    let unknown = get(&doors, unknown, &[SIGNED_IN]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    unknown.has("chip-bad").lacks("<table");

    // Of the past what stands in records is known; what is computed is not.
    let doors = Script::answering([small(), json!({"data": frame()})]);
    let past = get(&doors, "/matrix?focus=yes&as_of=2024-06-30", &[SIGNED_IN]).await;
    assert_eq!(past.status, StatusCode::OK);
    assert_eq!(doors.asked()[0]["filter"], json!({"focusOnly": true}));
    assert_eq!(doors.asked()[0]["withChoices"], false);
    let past = get(&doors, "/matrix?proof=yes&as_of=2024-06-30", &[SIGNED_IN]).await;
    assert_eq!(past.status, StatusCode::BAD_REQUEST);
    past.has("chip-bad");
}

#[tokio::test]
async fn owner_and_channel_narrow_it_and_the_lists_behind() {
    let ren = "user_01h455vb4pex5vsknk084sn02q";
    let answer = || {
        let mut answer = small();
        answer["data"]["users"] = json!([{"id": ren, "name": "Marcus <Ren>"}]);
        answer
    };
    let doors = Script::answering([answer(), answer(), answer(), answer()]);
    get(&doors, "/matrix", &[SIGNED_IN])
        .await
        .has(&format!("href=\"/matrix?owner={ren}\">Marcus &#60;Ren&#62;</a>"))
        .has("href=\"/matrix?channel=INBOUND\"");
    let address = format!("/matrix?owner={ren}&channel=INBOUND,SCOUT");
    let page = get(&doors, &address, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        doors.asked()[1]["filter"],
        json!({"owners": [ren], "channels": ["INBOUND", "SCOUT"]})
    );
    page.has("Owner: Marcus &#60;Ren&#62;")
        .has(&format!("sector=text-to-action&#38;owner={ren}&#38;channel=INBOUND,SCOUT\" aria-label=\"Text to action, App: 14\""));
    let deals = get(
        &doors,
        &format!("/matrix?measure=deals&owner={ren}"),
        &[SIGNED_IN],
    )
    .await;
    deals.has(&format!(
        "href=\"/deals?status=ACTIVE&#38;startups=layer%3DAPP%26sector%3Dtext-to-action%26owner%3D{ren}\""
    ));
    // As of a day too, and so do the lists that it opens.
    let past = Script::answering([answer()]);
    let address = format!("/matrix?owner={ren}&channel=SCOUT&as_of=2024-06-30");
    get(&past, &address, &[SIGNED_IN])
        .await
        .has("Owner: Marcus &#60;Ren&#62;")
        .has(&format!(
            "owner={ren}&#38;channel=SCOUT&#38;as_of=2024-06-30\" aria-label=\"Text to action, App: 14\""
        ))
        .has(&format!(
            "href=\"/matrix?owner={ren}&#38;channel=INBOUND,SCOUT&#38;as_of=2024-06-30\""
        ))
        .lacks("flag=");
    assert_eq!(
        past.asked()[0]["filter"],
        json!({"owners": [ren], "channels": ["SCOUT"]})
    );
    let unknown = "/matrix?owner=user_01h455vb4pex5vsknk084sn09z";
    let unknown = get(&doors, unknown, &[SIGNED_IN]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    unknown.has("chip-bad").lacks("<table");
}

#[tokio::test]
async fn the_matrix_reads_in_chinese() {
    let (_, page) = page("/matrix?measure=conviction&lang=zh").await;
    page.has("<title>矩阵 · 试金石</title>")
        .has("信念值中位数")
        .has("无赛道")
        .has("样本少")
        .has("谁付费");
}

#[tokio::test]
async fn a_bad_value_answers_400_with_its_chip_and_no_figures() {
    for address in [
        "/matrix?measure=hope",
        "/matrix?depth=3",
        "/matrix?as_of=2024-08-01",
        "/matrix?x=1",
    ] {
        let doors = Script::answering([json!({"data": frame()})]);
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        page.has("chip-bad").has("not recognised").lacks("<table");
        assert_eq!(doors.asked()[0]["withFigures"], false);
    }
}

#[tokio::test]
async fn without_startups_the_page_says_what_belongs_there() {
    let mut data = frame();
    data["coverage"] =
        json!({"cells": [], "layers": [], "sectors": [], "total": cell(None, None, (0, 0, "0", 0, "0"))});
    let doors = Script::answering([json!({ "data": data })]);
    get(&doors, "/matrix", &[SIGNED_IN])
        .await
        .has("Nothing to count yet")
        .lacks("<table");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let page = get(&Script::answering([]), "/matrix?measure=gap", &[]).await;
    assert_eq!(page.header("location"), "/login?next=%2Fmatrix%3Fmeasure%3Dgap");
}

#[tokio::test]
async fn the_bar_leads_to_meetings_that_go_on_and_the_past_knows_none() {
    let mut live = small();
    live["data"]["viewer"]["liveReviews"] = json!([
        {"id": "review_1", "title": "Weekly <29 Jul>"}, {"id": "review_2", "title": "投决会"},
    ]);
    let page = async |address: &str, more: &[(&str, &str)]| {
        let headers = [&[SIGNED_IN], more].concat();
        get(&Script::answering([live.clone()]), address, &headers).await
    };
    let links = "<div class=\"on-now\" id=\"on-now\"><a href=\"/reviews/review_1/live\"><span class=\"dot\" aria-hidden=\"true\">●</span> Live: \
         <span class=\"named\">Weekly &#60;29 Jul&#62;</span></a><a href=\"/reviews/review_2/live\"><span class=\"dot\" aria-hidden=\"true\">●</span> Live: \
         <span class=\"named\" lang=\"zh-CN\">投决会</span></a></div>";
    page("/matrix", &[]).await.has(links);
    // What a script asks for brings the bar's part along.
    let part = page("/matrix", &[("hx-request", "true")]).await;
    part.has(links).lacks("<header");
    let past = page("/matrix?as_of=2024-06-30", &[]).await;
    past.lacks("/live").lacks("on-now");
    let quiet = get(&Script::answering([small()]), "/matrix", &[SIGNED_IN]).await;
    quiet.has("<div class=\"on-now\" id=\"on-now\"></div>");
}

#[tokio::test]
async fn a_period_narrows_it_to_startups_that_came_in_then() {
    let doors = Script::answering([small(), small(), small(), small()]);
    let page = get(&doors, "/matrix?from=2024-04-01&to=2024-06-30", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    // The days begin and end in the workspace's zone, 8 hours ahead.
    let spring = json!({"createdFrom": "2024-03-31T16:00:00Z", "createdTo": "2024-06-30T15:59:59.999999Z"});
    assert_eq!(doors.asked()[0]["filter"], spring);
    let came_in = "created=2024-04-01..2024-06-30";
    page.has("written down in it, both days among them")
        .has("Came in: 1 Apr 2024 to 30 Jun 2024</span><a href=\"/matrix\"")
        .has("Period <span class=\"now\">2024-04-01 to 2024-06-30</span>")
        .has(&format!("href=\"/startups?layer=APP&#38;sector=text-to-action&#38;{came_in}\" aria-label=\"Text to action, App: 14\""))
        .has("href=\"/matrix?measure=deals&#38;from=2024-04-01&#38;to=2024-06-30\"");
    let deals = get(
        &doors,
        "/matrix?measure=deals&from=2024-04-01&to=2024-06-30",
        &[SIGNED_IN],
    )
    .await;
    deals.has("href=\"/deals?status=ACTIVE&#38;startups=layer%3DAPP%26sector%3Dtext-to-action%26created%3D2024-04-01..2024-06-30\"");
    // As of a day a period that moves ends there.
    let past = get(&doors, "/matrix?period=30d&as_of=2024-06-30", &[SIGNED_IN]).await;
    assert_eq!(
        doors.asked()[2]["filter"],
        json!({"createdFrom": "2024-05-31T16:00:00Z", "createdTo": "2024-06-30T15:59:59.999999Z"})
    );
    past.has("Came in: Last 30 days")
        .has("sector=text-to-action&#38;created=2024-06-01..2024-06-30&#38;as_of=2024-06-30\"");
    let whenever = get(&doors, "/matrix", &[SIGNED_IN]).await;
    whenever
        .has("Period <span class=\"now\">Any time</span>")
        .has("<a class=\"item\" href=\"/matrix\" aria-current=\"true\">Any time</a>")
        .lacks("written down in it");
    let doors = Script::answering([json!({"data": frame()})]);
    let ahead = get(&doors, "/matrix?from=2024-08-01&to=2024-08-02", &[SIGNED_IN]).await;
    assert_eq!(ahead.status, StatusCode::BAD_REQUEST);
}
