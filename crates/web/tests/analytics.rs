//! The pages of analytics, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use std::sync::Arc;

use axum::http::StatusCode;
use script::{Answer, SIGNED_IN, Script, get};
use serde_json::{Value, json};

const ADA: &str = "user_01h455vb4pex5vsknk084sn02q";
const YUAN: &str = "fund_01h455vb4pex5vsknk084sn02q";

fn frame() -> Value {
    json!({
        "viewer": {"name": "Partner 1", "role": "PARTNER"},
        "sectors": [{
            "slug": "text-to-action", "name": "Text to action", "nameZh": "文字转动作", "isFocus": true,
            "parent": null,
            "children": [{"slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": false}],
        }],
        "owners": [{"key": ADA, "label": "Ada <b>"}, {"key": "", "label": "No owner"}],
        "funds": [{"id": YUAN, "name": "Yuan <1>", "isRetired": false}],
    })
}

fn stage(name: &str, counts: [i32; 4], conversion: Value) -> Value {
    json!({"stage": {"key": name.to_uppercase(), "name": name, "nameZh": "初筛"}, "entered": counts[0], "skipped": i32::from(counts[1] > 4), "advanced": counts[1], "movers": null,
           "passed": counts[2], "stillThere": counts[3], "conversion": conversion, "medianDays": "2",
           "p90Days": "3.64", "stays": 6})
}

fn funnel() -> Value {
    let mut data = frame();
    data["funnel"] = json!({"opened": 8, "invested": 0, "passed": 3, "passedDeals": 3, "stages": [
        stage("Sourced", [8, 5, 1, 2], json!("0.625")),
        stage("Screening", [3, 1, 1, 1], json!("0.3333")),
        stage("Diligence", [0, 0, 0, 0], Value::Null),
    ]});
    json!({ "data": data })
}

fn flow() -> Value {
    let mut data = frame();
    data["flow"] = json!([
        {"start": "2024-05-27", "opened": 4, "advanced": 2, "advancedDeals": 1, "passed": 0, "passedDeals": 0, "invested": 0},
        {"start": "2024-06-03", "opened": 0, "advanced": 1, "advancedDeals": 1, "passed": 1, "passedDeals": 1, "invested": 1},
    ]);
    data["entrants"] = json!([
        {"month": "2024-03-01", "startups": 3, "withProof": 1},
        {"month": "2024-05-01", "startups": 2, "withProof": 0},
    ]);
    json!({ "data": data })
}

fn sources() -> Value {
    let one = |channel: &str, who: Value, deals: i32, last: Value| {
        json!({"channel": channel, "who": who, "deals": deals, "reachedDiligence": 2, "invested": 1,
               "medianConviction": "32.7", "newStartups": 3, "lastNewAt": last})
    };
    let mut data = frame();
    data["sourceQuality"] = json!([
        one("FA", json!("=Fund, \"A\""), 5, json!("2024-07-01T20:00:00Z")),
        one("INBOUND", Value::Null, 4, Value::Null),
        one("INBOUND", json!("Somebody"), 2, Value::Null),
    ]);
    json!({ "data": data })
}

fn pipeline(groups: Value) -> Value {
    let mut data = frame();
    data["pipelineBy"] = groups;
    data["pipeline"] = json!({"totalCount": 7});
    json!({ "data": data })
}

fn group(key: &str, label: &str, deals: i32) -> Value {
    json!({"key": key, "label": label, "dealCount": deals, "staleCount": 1, "medianConviction": null,
           "amountTotal": {"currency": "USD", "low": "3000000", "high": "5000000", "unknown": 1, "withoutRate": 1}})
}

async fn page(address: &str, answer: Value) -> (Arc<Script>, Answer) {
    let doors = Script::answering([answer]);
    let page = get(&doors, address, &[SIGNED_IN]).await;
    (doors, page)
}

#[tokio::test]
async fn the_funnel_says_what_became_of_the_deals_of_each_stage_and_how_it_counts() {
    let (doors, page) = page("/analytics/funnel", funnel()).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Funnel · Touchstone</title>")
        .has("aria-current=\"page\">Analytics</a>")
        .has("The deals opened in the period, each once a stage")
        .has("62.5% went on · median 2 d · 9 in 10 within 3.6 d");
    // Half of the width of the 8 are 4 deals: 5 advanced, of which 1 skipped it, 1 passed, 2 still there.
    page.has("<rect class=\"fill-advanced\" x=\"0%\" width=\"50%\"")
        .has("<rect class=\"fill-skipped\" x=\"50%\" width=\"12.5%\"")
        .has("<rect class=\"fill-passed\" x=\"62.5%\" width=\"12.5%\"")
        .has("<rect class=\"fill-still\" x=\"75%\" width=\"25%\"");
    // Each figure opens the deals that it counts; nothing opens nothing.
    let opened = "/deals?opened=2024-05-03..2024-07-31";
    page.has(&format!("<a href=\"{opened}&#38;reached=SOURCED\">8</a>"))
        .has(&format!("<a href=\"{opened}&#38;skipped=SOURCED\">1</a>"))
        .has(&format!("<a href=\"{opened}&#38;beyond=SOURCED\">5</a>"))
        .has("<a href=\"/deals?status=PASSED,LOST&#38;opened=2024-05-03..2024-07-31&#38;furthest=SOURCED\">1</a>")
        .has("<a href=\"/deals?status=ACTIVE,ON_HOLD&#38;opened=2024-05-03..2024-07-31&#38;furthest=SOURCED\">2</a>")
        .has(&format!("<a href=\"{opened}\">n = 8 deals</a>"))
        .lacks("reached=DILIGENCE");
    let asked = doors.asked().remove(0);
    assert_eq!(asked["view"], "COHORT");
    assert_eq!(
        asked["from"], "2024-05-02T16:00:00Z",
        "90 days with today, in the zone"
    );
    assert_eq!(asked["to"], "2024-07-31T04:00:00Z", "no later than now");
    assert_eq!(asked["filter"], Value::Null);
}

#[tokio::test]
async fn figures_follow_what_others_change_and_their_content_alone_is_answered_to_a_script() {
    let doors = Script::answering([funnel(), funnel(), funnel(), json!({"data": frame()})]);
    get(&doors, "/analytics/funnel", &[SIGNED_IN])
        .await
        .has("<main id=\"content\" tabindex=\"-1\" data-follows=\"deal outcome startup")
        .has("data-events=\"/events\"");
    let part = get(&doors, "/analytics/funnel", &[SIGNED_IN, ("hx-request", "true")]).await;
    part.has("<table").lacks("<html").lacks("<footer");
    assert!(
        part.body.trim_start().starts_with("<main id=\"content\""),
        "{}",
        part.body
    );
    get(&doors, "/analytics/funnel?as_of=2024-06-30", &[SIGNED_IN])
        .await
        .lacks("data-events");
    // What shows no figures follows nothing.
    get(&doors, "/analytics/funnel?layer=GONE", &[SIGNED_IN])
        .await
        .has("chip-bad")
        .lacks("data-follows");
}

#[tokio::test]
async fn a_share_of_under_five_is_marked_few() {
    let (_, page) = page("/analytics/funnel", funnel()).await;
    page.has("<td class=\"figure is-few\">33.3% few</td>")
        .has("<td class=\"figure\">62.5%</td>")
        .has("<span class=\"bar-below is-few\">33.3% went on");
}

#[tokio::test]
async fn moves_open_the_deals_that_made_them() {
    let mut answer = funnel();
    let stage = &mut answer["data"]["funnel"]["stages"][0];
    stage["movers"] = json!({"entered": 8, "skipped": 1, "advanced": 4, "passed": 1});
    let (_, page) = page(
        "/analytics/funnel?mode=activity&from=2024-04-01&to=2024-06-30",
        answer,
    )
    .await;
    page.has("<a href=\"/deals?moved=entered.SOURCED%3A2024-04-01..2024-06-30\">8</a>")
        .has("<a href=\"/deals?moved=advanced.SOURCED%3A2024-04-01..2024-06-30\">5 (deals: 4)</a>")
        .has("<a href=\"/deals?moved=still.SOURCED%3A2024-04-01..2024-06-30\">2</a>")
        .has("<a href=\"/deals?moved=passed%3A2024-04-01..2024-06-30\">3</a>");
}

#[tokio::test]
async fn the_period_before_stands_beside_where_it_is_asked_for() {
    let (doors, alone) = page("/analytics/funnel?from=2024-04-01&to=2024-06-30", funnel()).await;
    assert_eq!(doors.asked()[0]["withBefore"], false);
    alone
        .has("href=\"/analytics/funnel?from=2024-04-01&#38;to=2024-06-30&#38;vs=prev\">Compare with the period before</a>")
        .lacks("Entered before");
    let mut answer = funnel();
    answer["data"]["before"] = json!({"opened": 5, "stages": [
        {"stage": {"key": "SOURCED"}, "entered": 5, "conversion": "0.4", "movers": null},
        {"stage": {"key": "SCREENING"}, "entered": 2, "conversion": "0.5", "movers": null},
    ]});
    let (doors, beside) = page("/analytics/funnel?from=2024-04-01&to=2024-06-30&vs=prev", answer).await;
    let asked = doors.asked().remove(0);
    assert_eq!(asked["beforeFrom"], "2023-12-31T16:00:00Z");
    assert_eq!(asked["beforeTo"], "2024-03-31T15:59:59.999999Z");
    beside
        .has("n = 8 deals, 5 in the period before")
        .has("8 · was 5")
        .has("<a href=\"/deals?opened=2024-01-01..2024-03-31&#38;reached=SOURCED\">5</a>")
        .has("<td class=\"figure\">40%</td>")
        .has("<td class=\"figure is-few\">50% few</td>");
}

#[tokio::test]
async fn the_activity_of_a_period_is_a_switch_away() {
    let (doors, page) = page("/analytics/funnel?mode=activity&period=quarter", funnel()).await;
    assert_eq!(doors.asked()[0]["view"], "ACTIVITY");
    assert_eq!(doors.asked()[0]["from"], "2024-06-30T16:00:00Z");
    page.has("The moves of the period.")
        .has("href=\"/analytics/funnel?period=quarter\">Cohort</a>")
        .has("aria-current=\"true\">Activity</a>")
        .has("aria-current=\"true\">Activity</a>");
}

#[tokio::test]
async fn filters_reach_the_server_go_along_to_the_other_pages_and_can_be_taken_away() {
    let address =
        format!("/analytics/funnel?period=year&layer=APP&sector=robotics&owner={ADA}&channel=FA,CO_INVESTOR");
    let (doors, page) = page(&address, funnel()).await;
    page.has("Owner: Ada &#60;b&#62;")
        .has("Channel: Financial adviser")
        .has("Sector: Robotics");
    page.has(&format!(
        "href=\"/analytics/flow?period=year&#38;layer=APP&#38;sector=robotics&#38;owner={ADA}&#38;channel=FA,CO_INVESTOR\""
    ))
    .has(&format!(
        "href=\"/analytics/funnel?period=year&#38;layer=APP&#38;sector=robotics&#38;owner={ADA}&#38;channel=FA\""
    ));
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"channels": ["FA", "CO_INVESTOR"], "layers": ["APP"], "owners": [ADA], "sectors": ["robotics"]})
    );
}

#[tokio::test]
async fn startups_on_no_layer_yet_are_a_choice_that_figures_keep_when_they_open() {
    let (doors, page) = page("/analytics/funnel?layer=none", funnel()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"startups": {"layers": [], "includeUnclassified": true}})
    );
    page.has("<span>Layer: Unclassified</span>")
        .has("href=\"/analytics/funnel?layer=APP,none\">App</a>")
        .has("href=\"/analytics/flow?layer=none\"")
        .has("<a href=\"/deals?layer=none&#38;opened=2024-05-03..2024-07-31&#38;reached=SOURCED\">8</a>");
    let address = "/analytics/flow?from=2024-03-10&to=2024-05-31&layer=APP,none";
    let (doors, flow) = self::page(address, flow()).await;
    let asked = doors.asked().remove(0);
    let both = json!({"layers": ["APP"], "includeUnclassified": true});
    assert_eq!(asked["startups"], both);
    assert_eq!(asked["filter"], json!({ "startups": both }));
    flow.has("<a href=\"/startups?layer=APP,none&#38;founded=2024-03-10..2024-05-31\">n = 5 startups</a>");
}

#[tokio::test]
async fn as_of_a_day_periods_end_there_and_what_figures_open_is_of_that_day() {
    let (doors, page) = page("/analytics/funnel?period=30d&as_of=2024-06-30", funnel()).await;
    let asked = doors.asked().remove(0);
    assert_eq!(asked["asOf"], "2024-06-30T15:59:59.999999Z");
    assert_eq!(asked["from"], "2024-05-31T16:00:00Z");
    assert_eq!(asked["to"], "2024-06-30T15:59:59.999999Z");
    page.has("<title>[2024-06-30] Funnel · Touchstone</title>")
        .has("<a href=\"/analytics/funnel?period=30d\">Back to now</a>")
        .has("href=\"/analytics/flow?period=30d&#38;as_of=2024-06-30\"")
        .has(
            "<a href=\"/deals?opened=2024-06-01..2024-06-30&#38;reached=SOURCED&#38;as_of=2024-06-30\">8</a>",
        );
}

#[tokio::test]
async fn the_flow_has_a_column_for_each_interval() {
    let (doors, page) = page("/analytics/flow?from=2024-05-29&to=2024-06-05", flow()).await;
    let asked = doors.asked().remove(0);
    assert_eq!(
        [&asked["from"], &asked["to"], &asked["interval"]],
        ["2024-05-29", "2024-06-05", "WEEK"]
    );
    page.has("<title>2024-05-27: 4</title>")
        .has("<title>2024-06-03: 1</title>")
        // What a week counts of the period; a deal that went on twice is one.
        .has("<a href=\"/deals?moved=opened%3A2024-05-29..2024-06-02\">4</a>")
        .has("<a href=\"/deals?moved=advanced%3A2024-05-29..2024-06-02\">2 (deals: 1)</a>")
        .has("<a href=\"/deals?moved=invested%3A2024-06-03..2024-06-05\">1</a>");
    let (doors, _) = self::page("/analytics/flow?interval=month", flow()).await;
    assert_eq!(doors.asked()[0]["interval"], "MONTH");
}

#[tokio::test]
async fn startups_enter_by_their_month_of_founding_with_and_without_proof() {
    let address = format!("/analytics/flow?from=2024-03-10&to=2024-05-31&layer=APP&channel=FA&fund={YUAN}");
    let (doors, page) = page(&address, flow()).await;
    page.has("Entrants by month of founding")
        .has("n = 5 startups")
        .has("startups with a deal of these")
        // Each count opens the startups of its month, as far as that lies in the period.
        .has(&format!("<a href=\"/startups?layer=APP&#38;channel=FA&#38;fund={YUAN}&#38;founded=2024-03-10..2024-05-31\">n = 5 startups</a>"))
        .has(&format!("<th scope=\"row\">Mar 2024</th><td class=\"figure\"><a href=\"/startups?layer=APP&#38;channel=FA&#38;fund={YUAN}&#38;founded=2024-03-10..2024-03-31\">3</a></td>"))
        .has("founded=2024-03-10..2024-03-31&#38;proof=yes\">1</a>")
        .has("founded=2024-03-10..2024-03-31&#38;proof=no\">2</a>")
        // Nothing is opened where there is none.
        .has("founded=2024-05-01..2024-05-31&#38;proof=no\">2</a></td></tr>")
        .lacks("founded=2024-05-01..2024-05-31&#38;proof=yes")
        // April, in which none was founded, has its place in the picture.
        .has("<rect class=\"fill-still\" x=\"66.67%\"");
    assert_eq!(
        doors.asked()[0]["startups"],
        json!({"layers": ["APP"], "channels": ["FA"], "funds": [YUAN]})
    );
    // As of a day deals narrow startups too, and proof does not narrow the list of those.
    let address = "/analytics/flow?layer=APP&channel=FA&as_of=2024-06-30";
    let (doors, past) = self::page(address, flow()).await;
    past.has("startups with a deal of these")
        .has("<a href=\"/startups?layer=APP&#38;channel=FA&#38;founded=2024-05-01..2024-05-31&#38;as_of=2024-06-30\">2</a>")
        .lacks("proof=");
    assert_eq!(
        doors.asked()[0]["startups"],
        json!({"layers": ["APP"], "channels": ["FA"]})
    );
}

#[tokio::test]
async fn every_page_can_be_narrowed_to_funds_and_opens_deals_of_these() {
    let (doors, page) = page(&format!("/analytics/funnel?fund={YUAN}"), funnel()).await;
    assert_eq!(doors.asked()[0]["filter"], json!({"funds": [YUAN]}));
    page.has("<span>Fund: Yuan &#60;1&#62;</span>")
        .has(&format!("href=\"/analytics/pipeline?fund={YUAN}\""))
        .has(&format!("href=\"/analytics/misses?fund={YUAN}\""))
        .has(&format!("href=\"/deals?fund={YUAN}&#38;opened="));
    let other = "fund_01h455vb4pex5vsknk084sn09z";
    let (_, unknown) = self::page(&format!("/analytics/funnel?fund={other}"), funnel()).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    unknown.has("chip-bad").lacks("<table");
}

#[tokio::test]
async fn a_source_says_what_it_brought_and_when_its_last_new_name_came() {
    let (_, page) = page("/analytics/sources?from=2024-04-01&to=2024-06-30", sources()).await;
    page.has("<th scope=\"row\">Financial adviser</th>")
        .has("=Fund, &#34;A&#34;")
        .has("32.7")
        // 20:00 in London is the next day in Shanghai.
        .has("2024-07-02")
        .has("Nobody named");
    let of = "opened=2024-04-01..2024-06-30&#38;source=INBOUND%3ASomebody";
    page.has(&format!("<a href=\"/deals?{of}\">2</a>"))
        .has(
            "<a href=\"/deals?opened=2024-04-01..2024-06-30&#38;reached=DILIGENCE&#38;source=INBOUND\">2</a>",
        )
        .has(&format!("<a href=\"/deals?{of}&#38;first=yes\">3</a>"))
        .has(&format!("<a href=\"/deals?{of}&#38;sort=-conviction\">32.7</a>"))
        .has("source=FA%3A%3DFund%2C+%22A%22\">5</a>");
}

#[tokio::test]
async fn active_deals_are_put_together_with_their_amounts() {
    let groups = json!([group(ADA, "Ada", 5), group("", "No owner", 2)]);
    let (doors, owners) = page("/analytics/pipeline", pipeline(groups)).await;
    assert_eq!(doors.asked()[0]["group"], "OWNER");
    owners
        .has(&format!(
            "<a href=\"/deals?status=ACTIVE&#38;in=owner.{ADA}\">5</a>"
        ))
        .has(&format!(
            "<a href=\"/deals?status=ACTIVE&#38;stale=yes&#38;in=owner.{ADA}\">1</a>"
        ))
        .has("<a href=\"/deals?status=ACTIVE&#38;in=owner.none\">2</a>")
        .has("US$3M–5M")
        .has("<a href=\"/deals?status=ACTIVE\">n = 7 deals</a>");
    // Of one deal nothing but a low end is known: the sum of the high ends is no end.
    let mut open_ended = group("", "No owner", 2);
    open_ended["amountTotal"]["low"] = json!("119000000");
    open_ended["amountTotal"]["high"] = json!("28000000");
    let (_, open_ended) = page("/analytics/pipeline", pipeline(json!([open_ended]))).await;
    open_ended.has("≥ US$119M").lacks("119M–28M");
    let groups = json!([
        group("text-to-action", "Text to action", 5),
        group("robotics", "Robotics", 2)
    ]);
    let (_, sectors) = page("/analytics/pipeline?group=sector", pipeline(groups)).await;
    // A filter by sector includes what lies below it, the group does not.
    sectors
        .has("<a href=\"/deals?status=ACTIVE&#38;in=sector.robotics\">2</a>")
        .has("<a href=\"/deals?status=ACTIVE&#38;in=sector.text-to-action\">5</a>");
}

#[tokio::test]
async fn the_table_is_a_file_with_the_same_filters() {
    let (_, linked) = page("/analytics/sources?channel=FA", sources()).await;
    linked.has("href=\"/analytics/sources?channel=FA&#38;format=csv\"");
    let (doors, file) = page("/analytics/sources?channel=FA&format=csv", sources()).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"touchstone-sources.csv\""
    );
    assert_eq!(doors.asked()[0]["filter"], json!({"channels": ["FA"]}));
    let mut lines = file.body.lines();
    assert_eq!(
        lines.next().unwrap(),
        "\u{FEFF}Channel,Who,Deals,Reached diligence,Invested,Median conviction,New names,Last new name"
    );
    // What looks like a formula would be run by a spreadsheet.
    assert_eq!(
        lines.next().unwrap(),
        "Financial adviser,\"'=Fund, \"\"A\"\"\",5,2,1,32.7,3,2024-07-02"
    );
}

#[tokio::test]
async fn the_pages_read_in_chinese() {
    for (address, answer, title) in [
        ("/analytics/funnel?lang=zh", funnel(), "漏斗"),
        ("/analytics/flow?lang=zh", flow(), "流量"),
        ("/analytics/sources?lang=zh", sources(), "来源"),
        (
            "/analytics/pipeline?lang=zh",
            pipeline(json!([group(ADA, "Ada", 5)])),
            "进行中项目",
        ),
    ] {
        let (_, page) = page(address, answer).await;
        page.has(&format!("<title>{title} · 试金石</title>"));
    }
}

#[tokio::test]
async fn a_bad_value_answers_400_with_its_chip_and_no_figures() {
    for address in [
        "/analytics/funnel?mode=guess",
        "/analytics/funnel?interval=week",
        "/analytics/funnel?layer=NONE",
        "/analytics/funnel?sector=no-such",
        "/analytics/funnel?owner=user_01h455vb4pex5vsknk084sn02z",
        "/analytics/funnel?channel=PIGEON",
        "/analytics/funnel?from=2024-07-01&to=2024-06-30",
        "/analytics/funnel?from=2025-01-01&to=2025-02-01",
        "/analytics/funnel?as_of=2024-08-01",
        "/analytics/funnel?format=csv&period=decade",
    ] {
        // Where no figures are asked for, none are answered.
        let is_looked_up = address.contains("sector") || address.contains("owner");
        let answer = if is_looked_up {
            funnel()
        } else {
            json!({ "data": frame() })
        };
        let (doors, page) = page(address, answer).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(doors.asked()[0]["withFigures"], is_looked_up, "{address}");
        page.has("chip-bad").has("not recognised").lacks("<table");
    }
}

#[tokio::test]
async fn a_period_without_deals_says_so() {
    let mut data = frame();
    data["sourceQuality"] = json!([]);
    let (_, page) = page("/analytics/sources", json!({ "data": data })).await;
    page.has("Nothing in this period").lacks("<table");
}

#[tokio::test]
async fn analytics_begins_with_the_funnel_for_whoever_is_signed_in() {
    let page = get(&Script::answering([]), "/analytics", &[]).await;
    assert_eq!(page.header("location"), "/analytics/funnel");
    let page = get(&Script::answering([]), "/analytics/flow?layer=APP", &[]).await;
    assert_eq!(
        page.header("location"),
        "/login?next=%2Fanalytics%2Fflow%3Flayer%3DAPP"
    );
}

#[tokio::test]
async fn a_period_narrows_active_deals_to_those_that_were_opened_in_it() {
    let groups = || pipeline(json!([group(ADA, "Ada", 5)]));
    let (doors, spring) = page("/analytics/pipeline?from=2024-04-01&to=2024-06-30", groups()).await;
    assert_eq!(spring.status, StatusCode::OK);
    // The days begin and end in the workspace's zone, 8 hours ahead.
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"openedFrom": "2024-03-31T16:00:00Z", "openedTo": "2024-06-30T15:59:59.999999Z"})
    );
    let opened = "opened=2024-04-01..2024-06-30";
    spring
        .has("narrows them to those that were opened in it")
        .has("<span>Opened: 1 Apr 2024 to 30 Jun 2024</span><a href=\"/analytics/pipeline\"")
        .has(&format!(
            "<a href=\"/deals?status=ACTIVE&#38;{opened}&#38;in=owner.{ADA}\">5</a>"
        ))
        .has(&format!(
            "<a href=\"/deals?status=ACTIVE&#38;stale=yes&#38;{opened}&#38;in=owner.{ADA}\">1</a>"
        ))
        .has(&format!("<a href=\"/deals?status=ACTIVE&#38;{opened}\">n = "))
        .has("href=\"/analytics/pipeline?group=round&#38;from=2024-04-01&#38;to=2024-06-30\"");
    // A preset narrows it too; as of a day it ends there.
    let (doors, past) = page("/analytics/pipeline?period=90d&as_of=2024-06-30", groups()).await;
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"openedFrom": "2024-04-01T16:00:00Z", "openedTo": "2024-06-30T15:59:59.999999Z"})
    );
    past.has("Opened: Last 90 days")
        .has("opened=2024-04-02..2024-06-30&#38;in=owner.");
    // Unless it is asked for one it looks at all, other pages at the last 90 days.
    let (doors, all) = page("/analytics/pipeline", groups()).await;
    assert_eq!(doors.asked()[0]["filter"], Value::Null);
    all.has("Period <span class=\"now\">Any time</span>")
        .has("<a class=\"item\" href=\"/analytics/pipeline\" aria-current=\"true\">Any time</a>")
        .has("<a class=\"item\" href=\"/analytics/pipeline?period=90d\">Last 90 days</a>")
        .lacks("opened in it");
    let (_, other) = page("/analytics/funnel", funnel()).await;
    other
        .has("href=\"/analytics/pipeline\">")
        .has("<a class=\"item\" href=\"/analytics/funnel\" aria-current=\"true\">Last 90 days</a>")
        .lacks("Any time");
    let (_, table) = page(
        "/analytics/pipeline?from=2024-04-01&to=2024-06-30&format=csv",
        groups(),
    )
    .await;
    table.has("Ada");
}
