//! The pages as a browser gets them, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const CSP: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

fn frame() -> Value {
    json!({
        "viewer": {"name": "Partner 1", "role": "PARTNER"},
        "providers": [{"id": "provider_01h455vb4pex5vsknk084sn02q", "name": "OpenAI & co"}],
        "sectors": [{
            "slug": "text-to-action", "name": "Text to action", "nameZh": "文字转动作", "isFocus": true,
            "parent": null,
            "children": [{"slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": false}],
        }],
    })
}

fn list(total: i32, nodes: Value, next: bool, previous: bool) -> Value {
    let mut data = frame();
    data["startups"] = json!({
        "totalCount": total,
        "pageInfo": {"hasNextPage": next, "hasPreviousPage": previous, "startCursor": "first+", "endCursor": "last="},
        "nodes": nodes,
    });
    data["startupFacets"] = json!({
        "layers": [{"layer": "APP", "count": 1}, {"layer": null, "count": 12}],
        "routes": [{"route": "BUILDS_ON_API", "count": 1_204}],
        "countries": [{"country": "CN", "count": 9}],
        "sectors": [{"sector": {"slug": "text-to-action"}, "count": 7}],
        "bestGrades": [{"grade": "VERIFIED", "count": 3}],
        "flags": [{"flag": "HYPE_GAP", "count": 1_005}],
    });
    json!({"data": data})
}

fn cubeforge() -> Value {
    json!({
        "id": "startup_01", "name": "Cube<forge>", "oneLiner": "3D from a sketch", "aliases": [{"name": "CF"}, {"name": "立方工坊"}], "layer": "APP",
        "sectors": [{"slug": "text-to-action", "name": "Text to action", "nameZh": "文字转动作", "isFocus": true}],
        "need": {"payer": "Game \"studios\" & friends"}, "country": "CN", "foundedOn": "2022-09-01", "customFields": {"fictional": true},
        "updatedAt": "2024-07-30T02:00:00Z",
        "bestGrade": "DOCUMENTED", "conviction": "28.5", "demand": "0.4890", "hypeGap": "0.2178",
        "flags": [{"flag": "SINGLE_PROVIDER"}, {"flag": "REFUTED_CLAIM"}, {"flag": "THIN_WRAPPER"}],
        "deals": {"nodes": [{"id": "deal_01"}]},
        "evidence": {
            "pageInfo": {"hasNextPage": false},
            "nodes": [
                {"kind": "RETENTION", "grade": "DOCUMENTED", "value": "35", "qualifier": "EXACT", "asFound": null,
                 "currency": null, "revenueBasis": null, "window": null, "horizonDays": 30, "sampleSize": 400,
                 "observedOn": "2024-05-31", "precision": "DAY"},
                {"kind": "RECURRING_REVENUE", "grade": "REFUTED", "value": "1000000.00", "qualifier": "ABOUT",
                 "asFound": null, "currency": "USD", "revenueBasis": "RUN_RATE", "window": null, "horizonDays": null,
                 "sampleSize": null, "observedOn": "2024-06-30", "precision": "MONTH"},
            ],
        },
    })
}

fn bare() -> Value {
    json!({
        "id": "startup_02", "name": "Wrapwell", "oneLiner": null, "aliases": [], "layer": null, "sectors": [], "need": {"payer": null},
        "country": null, "foundedOn": null, "customFields": {}, "updatedAt": "2024-07-08T02:00:00Z",
        "bestGrade": null, "conviction": null, "demand": "0", "hypeGap": "0",
        "flags": [{"flag": "NO_REAL_USERS"}, {"flag": "NO_NEED"}, {"flag": "THIN_WRAPPER"}], "deals": {"nodes": []},
        "evidence": {"pageInfo": {"hasNextPage": false}, "nodes": []},
    })
}

fn refusal(code: &str) -> Value {
    json!({"data": null, "errors": [{"message": "no such cursor", "extensions": {"code": code}}]})
}

#[tokio::test]
async fn the_list_reads_in_english() {
    let doors = Script::answering([list(2, json!([cubeforge(), bare()]), false, false)]);
    let page = get(&doors, "/startups", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<html lang=\"en\"")
        .has("<title>Startups · Touchstone</title>")
        .has("2 startups");
    page.has("<span class=\"alias\" lang=\"zh-CN\">").lacks(">CF<");
}

#[tokio::test]
async fn the_list_reads_in_chinese() {
    let doors = Script::answering([list(2, json!([cubeforge(), bare()]), false, false)]);
    let page = get(&doors, "/startups?lang=zh", &[SIGNED_IN]).await;
    page.has("<html lang=\"zh-CN\"")
        .has("<title>公司 · 试金石</title>")
        .has("共 2 家公司");
    page.has("约 100万美元")
        .has("2024年6月")
        .has("前面没有“1”")
        .has("尚无证据")
        .has("<span class=\"fictional\">虚构</span>")
        .has("文字转动作")
        .has("昨天");
    assert_eq!(
        doors.asked.lock().unwrap()[0].1,
        "zh",
        "the server's sentences come in the page's language"
    );
}

#[tokio::test]
async fn a_row_shows_the_newest_record_with_its_grade_and_escapes_what_people_wrote() {
    let doors = Script::answering([list(2, json!([cubeforge(), bare()]), false, false)]);
    let page = get(&doors, "/startups", &[SIGNED_IN]).await;
    page.has("Refuted</span>")
        .has("Revenue run rate")
        .has("<s><data value=\"1000000\"")
        .has("~US$1M</data></s>");
    page.has("<time datetime=\"2024-06-30\">Jun 2024</time>")
        .has("+1 more")
        .has("yesterday");
    page.has("No 1 in front")
        .has("No evidence yet")
        .has("Unclassified")
        .has("China");
    page.lacks("<forge>").lacks("\"studios\" &");
}

#[tokio::test]
async fn a_row_with_interest_alone_shows_it_and_does_not_say_that_nothing_is_known() {
    let mut starred = bare();
    starred["conviction"] = json!("0.3");
    starred["evidence"]["nodes"] = json!([
        {"kind": "OPEN_SOURCE_STARS", "grade": "DOCUMENTED", "value": "12000", "qualifier": "EXACT", "asFound": null,
         "currency": null, "revenueBasis": null, "window": null, "horizonDays": null, "sampleSize": null,
         "observedOn": "2024-06-30", "precision": "DAY"},
    ]);
    let doors = Script::answering([list(1, json!([starred]), false, false)]);
    get(&doors, "/startups", &[SIGNED_IN])
        .await
        .has("Documented</span>")
        .has("12K")
        .lacks("No evidence yet");
}

#[tokio::test]
async fn an_address_that_is_not_the_one_spelling_leads_to_it() {
    let doors = Script::answering([]);
    let page = get(
        &doors,
        "/startups?q=&layer=APP&layer=MODEL&sector=&country=&n=50",
        &[SIGNED_IN],
    )
    .await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups?layer=MODEL,APP")
    );
    assert!(doors.asked().is_empty());
}

#[tokio::test]
async fn each_choice_of_a_filter_says_how_many_it_would_leave() {
    let doors = Script::answering([list(1, json!([cubeforge()]), false, false)]);
    let page = get(&doors, "/startups?route=UNKNOWN&country=US", &[SIGNED_IN]).await;
    let shown = |before: &str, count: &str| format!("{before}</span><span class=\"facet\">{count}</span>");
    page.has(&shown("App", "1"))
        .has(&shown("Unclassified", "12"))
        .has(&shown("Model", "0"))
        .has(&shown("Builds on an API", "1,204"))
        .has(&shown("China", "9"));
    // What is chosen is shown even where nothing is left of it, so that it can be unchosen.
    page.has("value=\"US\" checked")
        .has(&shown("United States", "0"))
        .has("value=\"UNKNOWN\" checked");
    page.has("Technical route: Route not known");
    page.has("3D from a sketch").has("href=\"/startups/startup_01\"");
    assert_eq!(doors.asked()[0]["filter"]["routes"], json!(["UNKNOWN"]));
}

#[tokio::test]
async fn a_row_shows_conviction_with_its_demand_its_grade_and_its_flags_by_weight() {
    let doors = Script::answering([list(1, json!([cubeforge()]), false, false)]);
    let page = get(&doors, "/startups?sort=-hype", &[SIGNED_IN]).await;
    page.has("Documented</span></td>")
        .has("<data class=\"strong\" value=\"28.5\">28.5</data>")
        .has("<data value=\"0.4890\">0.489</data>")
        .has("<data value=\"0.2178\">0.218</data>");
    page.has("title=\"Hard: Refuted claim\"")
        .has("title=\"To watch: Thin wrapper, Single provider\"")
        .has("<span aria-hidden=\"true\">2</span>")
        .lacks("Not looked at");
    // On a telephone the same stands under the name.
    page.has("Conviction\u{a0}28.5 · Demand\u{a0}0.489 · Gap\u{a0}0.218");
    page.has("aria-sort=\"descending\"><a href=\"/startups?sort=hype\">Hype gap");
    page.has("href=\"/startups?sort=-conviction\">Conviction</a>");
    assert_eq!(
        doors.asked()[0]["order"],
        json!({"field": "HYPE_GAP", "direction": "DESC"})
    );
}

#[tokio::test]
async fn a_startup_nobody_looked_at_is_not_blamed_for_having_no_users_and_no_need() {
    let doors = Script::answering([
        list(1, json!([bare()]), false, false),
        list(1, json!([bare()]), false, false),
    ]);
    let page = get(&doors, "/startups", &[SIGNED_IN]).await;
    page.has(">Not looked at</span>")
        .has("title=\"To watch: Thin wrapper\"")
        .has("—<span class=\"unseen\"> No evidence yet</span>")
        .lacks("No real users, No need")
        .lacks(">0.0<");
    get(&doors, "/startups?lang=zh", &[SIGNED_IN]).await.has("未评估");
    let mut at_work = bare();
    at_work["deals"] = json!({"nodes": [{"id": "deal_02"}]});
    let doors = Script::answering([list(1, json!([at_work]), false, false)]);
    get(&doors, "/startups", &[SIGNED_IN])
        .await
        .has("title=\"Hard: No real users, No need named\"")
        .lacks("Not looked at");
}

#[tokio::test]
async fn filters_by_what_is_known_reach_the_server_and_show_as_chips_with_counts() {
    let doors = Script::answering([list(1, json!([cubeforge()]), false, false)]);
    let address =
        "/startups?grade=VERIFIED&proof=yes&conviction=10..40&hype=0.5..&flag=HYPE_GAP&not.flag=NO_NEED";
    let page = get(&doors, address, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("Best grade: Verified")
        .has("Proof: yes")
        .has("Conviction: 10 to 40")
        .has("Hype share: ≥ 0.5")
        .has("Flag: Hype gap")
        .has("Without flag: No need named");
    page.has("Verified</span><span class=\"facet\">3</span>")
        .has("Hype gap</span><span class=\"facet\">1,005</span>")
        .has("Declining use</span><span class=\"facet\">0</span>");
    // A filter is taken away alone.
    page.has("href=\"/startups?grade=VERIFIED&#38;proof=yes&#38;hype=0.5..&#38;flag=HYPE_GAP&#38;not.flag=NO_NEED\"");
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({
            "bestGrades": ["VERIFIED"], "hasProof": true, "convictionAtLeast": "10", "convictionAtMost": "40",
            "hypeShareAtLeast": "0.5", "flags": ["HYPE_GAP"], "withoutFlags": ["NO_NEED"],
        })
    );
}

#[tokio::test]
async fn an_address_that_stands_in_the_past_takes_no_form() {
    let doors = Script::answering([]);
    for address in [
        "/startups/new?as_of=2024-06-30",
        "/activity/activity_a/undo?as_of=2024-06-30T00:00:00Z",
    ] {
        let page = post(&doors, address, "name=X&key=k-123456789", &[OURS, SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{address}");
        page.has("The past cannot be changed");
    }
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_ends_of_a_range_that_a_form_sends_become_one_range() {
    let page = get(
        &Script::answering([]),
        "/startups?proof=&conviction.from=10&conviction.to=&hype.from=0.50",
        &[SIGNED_IN],
    )
    .await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups?conviction=10..&hype=0.5..")
    );
    let doors = Script::answering([json!({"data": frame()})]);
    let page = get(&doors, "/startups?conviction.from=ten", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.has("Conviction: ten").has("not recognised");
}

#[tokio::test]
async fn filters_reach_the_server_and_show_as_chips() {
    let doors = Script::answering([list(0, json!([]), false, false)]);
    let address = "/startups?q=cube&layer=APP,none&sector=robotics&country=CN&sort=-founded&n=100";
    let page = get(&doors, address, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("No startups match 5 filters")
        .has("Layer: Unclassified")
        .has("Sector: Robotics")
        .has("Country: China");
    page.has("href=\"/startups?q=cube&#38;layer=APP&#38;sector=robotics&#38;country=CN&#38;sort=-founded&#38;n=100\"");
    page.has("href=\"/startups?sort=-founded&#38;n=100\"");
    assert_eq!(
        doors.asked(),
        [json!({
            "first": 100, "after": null, "last": null, "before": null, "withRows": true,
            "asOf": null, "withFacets": true, "import": "", "withImport": false, "withNames": false,
            "filter": {"search": "cube", "layers": ["APP"], "includeUnclassified": true, "sectors": ["robotics"], "countries": ["CN"]},
            "order": {"field": "FOUNDED_ON", "direction": "DESC"},
        })]
    );
}

#[tokio::test]
async fn what_a_figure_counts_is_narrowed_by_the_same_words_and_each_can_be_taken_away() {
    let (ada, yuan, list_id) = (
        "user_01h455vb4pex5vsknk084sn02q",
        "fund_01h455vb4pex5vsknk084sn02q",
        "import_01h455vb4pex5vsknk084sn02q",
    );
    let mut answer = list(0, json!([]), false, false);
    answer["data"]["users"] = json!([{"id": ada, "name": "Ada <b>"}]);
    answer["data"]["funds"] = json!([{"id": yuan, "name": "Yuan", "isRetired": true}]);
    answer["data"]["import"] = json!({"id": list_id, "source": "china-llm", "fileName": "list.csv"});
    let doors = Script::answering([answer]);
    let address = format!(
        "/startups?sector=none&focus=yes&owner={ada}&channel=FA&fund={yuan}&founded=2024-03-01..2024-03-31&import={list_id}&proof=yes"
    );
    let page = get(&doors, &address, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    for chip in [
        "<span>Sector: In no sector</span>",
        "<span>Focus sectors only</span>",
        "<span>Owner: Ada &#60;b&#62;</span>",
        "<span>Channel: Financial adviser</span>",
        "<span>Fund: Yuan</span>",
        "<span>Founded: 1 Mar 2024 to 31 Mar 2024</span>",
        "<span>Import: list.csv</span>",
        "No startups match 8 filters",
    ] {
        page.has(chip);
    }
    page.has(&format!(
        "href=\"/startups?focus=yes&#38;owner={ada}&#38;channel=FA&#38;fund={yuan}&#38;founded=2024-03-01..2024-03-31&#38;import={list_id}&#38;proof=yes\""
    ));
    let asked = &doors.asked()[0];
    assert_eq!(
        asked["filter"],
        json!({"includeNoSector": true, "focusOnly": true, "owners": [ada], "channels": ["FA"], "funds": [yuan],
               "foundedFrom": "2024-03-01", "foundedTo": "2024-03-31", "importedBy": list_id, "hasProof": true})
    );
    assert_eq!(
        (asked["withNames"].clone(), asked["withImport"].clone()),
        (json!(true), json!(true))
    );
}

#[tokio::test]
async fn as_of_a_day_the_list_is_of_that_day_and_offers_nothing_of_now() {
    let answer = || {
        let mut answer = list(2, json!([cubeforge(), bare()]), false, false);
        answer["data"]["startupFacets"] = Value::Null;
        answer
    };
    let doors = Script::answering([answer(), answer(), answer()]);
    let page = get(
        &doors,
        "/startups?layer=APP&sector=none&as_of=2024-06-30",
        &[SIGNED_IN],
    )
    .await;
    assert_eq!(page.status, StatusCode::OK);
    let asked = &doors.asked()[0];
    assert_eq!(asked["asOf"], "2024-06-30T15:59:59.999999Z");
    assert_eq!(asked["withFacets"], false);
    page.has("<title>[2024-06-30] Startups")
        .has("<a href=\"/startups?layer=APP&#38;sector=none\">Back to now</a>")
        .has("Cube&#60;forge&#62;")
        .has("href=\"/hype?as_of=2024-06-30\"")
        .has("href=\"/startups/startup_01?as_of=2024-06-30\"")
        .has("href=\"/startups?sector=none&#38;as_of=2024-06-30\" aria-label=\"Remove filter Layer: App\"")
        .lacks("This page shows now")
        .lacks("href=\"/startups/new\"")
        .lacks("sort=-conviction")
        .lacks("name=\"flag\"");
    for (address, chip) in [
        ("/startups?flag=HYPE_GAP&as_of=2024-06-30", "Flag: HYPE_GAP"),
        ("/startups?sort=-conviction&as_of=2024-06-30", "Sort: -conviction"),
    ] {
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        page.has(chip).lacks("<table");
    }
}

#[tokio::test]
async fn a_bad_value_answers_400_with_its_chip_and_no_rows() {
    let answer = list(2, json!([cubeforge(), bare()]), false, false);
    for address in [
        "/startups?layer=FOO",
        "/startups?layer=APP,FOO",
        "/startups?n=7",
        "/startups?conviction=40",
        "/startups?hype=0.2..0.4",
        "/startups?proof=perhaps",
        "/startups?grade=SURE",
        "/startups?flag=HYPE",
        "/startups?not.flag=NONE",
        "/startups?as_of=2024-08-01",
        "/startups?sector=no-such",
        "/startups?founded=2024-03-01",
        "/startups?owner=user_01h455vb4pex5vsknk084sn09z",
        "/startups?import=import_01h455vb4pex5vsknk084sn09z",
        "/startups?lang=fr",
    ] {
        let doors = Script::answering([answer.clone()]);
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        page.has("chip-bad")
            .has("not recognised")
            .has("No rows are shown")
            .lacks("<table")
            .lacks("Wrapwell");
        // Only what the server has to tell may ask for rows, and they are thrown away.
        assert_eq!(
            doors.asked()[0]["withRows"],
            address.contains("no-such") || address.contains("sn09z"),
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_cursor_that_the_server_refuses_is_marked_in_its_words() {
    let doors = Script::answering([refusal("BAD_USER_INPUT"), json!({"data": frame()})]);
    let page = get(&doors, "/startups?after=stale", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.has("Place in the list: stale").has("no such cursor");
    assert_eq!(doors.asked()[1]["withRows"], false);
}

#[tokio::test]
async fn pages_follow_by_links_that_carry_the_filter_and_the_row() {
    let rows = |n: usize| Value::Array(vec![bare(); n]);
    let doors = Script::answering([
        list(1_204, rows(50), true, false),
        list(1_204, rows(50), true, true),
        list(1_204, rows(50), true, true),
        list(104, rows(4), false, true),
    ]);
    let page = get(&doors, "/startups?layer=none", &[SIGNED_IN]).await;
    page.has("1–50 of 1,204")
        .has("href=\"/startups?layer=none&#38;after=last%3D&#38;row=51\"");
    page.lacks("rel=\"prev\"");
    let page = get(&doors, "/startups?layer=none&after=last%3D&row=51", &[SIGNED_IN]).await;
    // The page before the second is the list itself.
    page.has("51–100 of 1,204")
        .has("rel=\"prev\" href=\"/startups?layer=none\"")
        .has("row=101");
    let page = get(
        &doors,
        "/startups?layer=none&before=first%2B&row=101",
        &[SIGNED_IN],
    )
    .await;
    page.has("101–150 of 1,204")
        .has("before=first%2B&#38;row=51")
        .has("rel=\"next\"");
    assert_eq!(doors.asked()[2]["last"], 50);
    assert_eq!(doors.asked()[2]["before"], "first+");
    let page = get(&doors, "/startups?after=x", &[SIGNED_IN]).await;
    page.has("4 of 104").lacks("rel=\"next\"");
}

#[tokio::test]
async fn an_empty_workspace_says_what_belongs_here() {
    let doors = Script::answering([list(0, json!([]), false, false), list(3, json!([]), false, true)]);
    get(&doors, "/startups", &[SIGNED_IN])
        .await
        .has("No startups yet")
        .lacks("chip");
    get(&doors, "/startups?after=x", &[SIGNED_IN])
        .await
        .has("Nothing on this page")
        .has("First page");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let doors = Script::answering([]);
    let page = get(&doors, "/startups?layer=APP", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/login?next=%2Fstartups%3Flayer%3DAPP");
    let over = json!({"data": {"viewer": null, "sectors": [], "providers": [], "startups": null}});
    for answer in [refusal("UNAUTHENTICATED"), over] {
        let page = get(&Script::answering([answer]), "/startups", &[SIGNED_IN]).await;
        assert_eq!(
            (page.status, page.header("location")),
            (StatusCode::SEE_OTHER, "/login?next=%2Fstartups")
        );
    }
}

#[tokio::test]
async fn opening_a_sign_in_link_changes_nothing_and_its_button_uses_it_up() {
    let doors = Script::answering([]);
    for _ in 0..2 {
        let page = get(&doors, "/login?link=good&next=/startups?layer=APP", &[]).await;
        assert_eq!(page.status, StatusCode::OK);
        page.has("Sign in as Ada &#60;b&#62;")
            .has("ada@example.com")
            .has("Demo data");
        page.has("name=\"next\" value=\"/startups?layer=APP\"");
        assert_eq!(page.header("set-cookie"), "");
    }
    let signed_in = post(
        &doors,
        "/login",
        "link=good&next=%2Fstartups%3Flayer%3DAPP",
        &[OURS],
    )
    .await;
    assert_eq!(
        (signed_in.status, signed_in.header("location")),
        (StatusCode::SEE_OTHER, "/startups?layer=APP")
    );
    assert_eq!(
        signed_in.header("set-cookie"),
        "touchstone_session=s3cret; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"
    );
    assert_eq!(
        get(&doors, "/login?link=good", &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        post(&doors, "/login", "link=good", &[OURS]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        get(&doors, "/login?link=wrong", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn without_a_link_the_page_says_how_to_get_one() {
    let page = get(&Script::answering([]), "/login", &[("accept-language", "zh-CN")]).await;
    page.has("touchstone up")
        .has("touchstone user link EMAIL")
        .has("<title>登录 · 试金石</title>");
}

#[tokio::test]
async fn a_browser_that_came_by_https_keeps_its_cookie_to_it() {
    let doors = Script::answering([]);
    let page = post(
        &doors,
        "/login",
        "link=good",
        &[OURS, ("x-forwarded-proto", "https")],
    )
    .await;
    assert!(
        page.header("set-cookie")
            .ends_with("; HttpOnly; SameSite=Lax; Secure")
    );
}

#[tokio::test]
async fn after_signing_in_nobody_is_led_to_another_site() {
    for form in [
        "link=good&next=%2F%2Fevil.example",
        "link=good&next=https%3A%2F%2Fevil.example",
        "link=good",
    ] {
        assert_eq!(
            post(&Script::answering([]), "/login", form, &[OURS])
                .await
                .header("location"),
            "/"
        );
    }
}

#[tokio::test]
async fn a_form_from_another_site_does_nothing() {
    let foreign = [("sec-fetch-site", "cross-site")];
    let old_browser = [("origin", "https://evil.example"), ("host", "touchstone.example")];
    for headers in [&foreign[..], &old_browser[..]] {
        let doors = Script::answering([]);
        for (address, form) in [
            ("/login", "link=good"),
            ("/logout", ""),
            ("/preferences", "lang=zh&back=%2Fstartups"),
        ] {
            let page = post(&doors, address, form, headers).await;
            assert_eq!(
                (page.status, page.header("set-cookie")),
                (StatusCode::FORBIDDEN, ""),
                "{address}"
            );
        }
        assert!(doors.used_links.lock().unwrap().is_empty());
        assert!(doors.signed_out.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_the_cookie() {
    let doors = Script::answering([]);
    let page = post(&doors, "/logout", "", &[OURS, SIGNED_IN]).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/login")
    );
    assert!(
        page.header("set-cookie")
            .starts_with("touchstone_session=; Path=/; Max-Age=0;")
    );
    assert_eq!(*doors.signed_out.lock().unwrap(), [Some("s3cret".to_owned())]);
    assert_eq!(
        get(&doors, "/logout", &[SIGNED_IN]).await.status,
        StatusCode::NOT_FOUND,
        "a link cannot sign out"
    );
}

#[tokio::test]
async fn language_and_theme_are_kept_in_cookies() {
    let doors = Script::answering([]);
    let page = post(
        &doors,
        "/preferences",
        "lang=zh&back=%2Fstartups%3Flayer%3DAPP",
        &[OURS],
    )
    .await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/startups?layer=APP")
    );
    assert!(
        page.header("set-cookie")
            .starts_with("lang=zh; Path=/; Max-Age=31536000")
    );
    let page = post(
        &doors,
        "/preferences",
        "theme=dark&back=https%3A%2F%2Fevil.example",
        &[OURS],
    )
    .await;
    assert!(page.header("set-cookie").starts_with("theme=dark; "));
    assert_eq!(page.header("location"), "/");
    let page = get(
        &doors,
        "/login",
        &[("cookie", "lang=zh; theme=dark"), ("accept-language", "en")],
    )
    .await;
    page.has("<html lang=\"zh-CN\" data-theme=\"dark\"");
    // For one request only: the form leads back without it, and no cookie is set.
    let page = get(
        &doors,
        "/login?lang=en&next=/",
        &[("cookie", "lang=zh; theme=nonsense")],
    )
    .await;
    page.has("<html lang=\"en\" data-theme=\"auto\"")
        .has("name=\"back\" value=\"/login?next=%2F\"");
    assert_eq!(page.header("set-cookie"), "");
}

#[tokio::test]
async fn nothing_from_elsewhere_is_loaded_and_nothing_is_kept() {
    let doors = Script::answering([list(1, json!([bare()]), false, false)]);
    for address in ["/startups", "/login", "/nowhere", "/"] {
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.header("content-security-policy"), CSP, "{address}");
        assert_eq!(page.header("cache-control"), "private, no-store", "{address}");
        assert_eq!(
            page.header("vary"),
            "Accept-Language, Cookie, HX-Request",
            "{address}"
        );
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{address}");
        page.lacks(" style=")
            .lacks("<style")
            .lacks("<script>")
            .lacks(" onclick")
            .lacks("http://")
            .lacks("https://");
    }
}

#[tokio::test]
async fn assets_are_kept_for_good_under_the_name_of_their_content() {
    let doors = Script::answering([]);
    let page = get(&doors, "/login", &[]).await.body;
    let assets: Vec<&str> = page
        .split('"')
        .filter(|part| part.starts_with("/assets/"))
        .collect();
    assert_eq!(assets.len(), 7);
    for address in assets {
        let asset = get(&doors, address, &[]).await;
        assert_eq!(asset.status, StatusCode::OK, "{address}");
        assert_eq!(
            asset.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_ne!(asset.header("content-type"), "");
    }
    for address in [
        "/assets/tokens.css",
        "/assets/tokens-000000000000.css",
        "/assets/../Cargo.toml",
        "/assets/x",
    ] {
        assert_eq!(
            get(&doors, address, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}

#[tokio::test]
async fn absent_things_all_answer_alike() {
    let absent = json!({"data": {"viewer": {"name": "Partner 1", "role": "PARTNER"}, "startup": null}});
    let no_slug = json!({"data": {"startup": null}});
    let no_deal = json!({"data": {
        "viewer": {"id": "user_1", "name": "Partner 1", "role": "PARTNER"}, "deal": null, "stages": [], "activity": {"nodes": []},
    }});
    let doors = Script::answering([
        absent.clone(),
        refusal("BAD_USER_INPUT"),
        no_slug,
        absent,
        no_deal,
    ]);
    let mut answers = Vec::new();
    for address in [
        "/startups/startup_01h455vb4pex5vsknk084sn02q",
        "/startups/startup_that-is-no-id",
        "/startups/no-such-slug",
        "/startups/startup_01h455vb4pex5vsknk084sn02r?after=x",
        "/deals/deal_01h455vb4pex5vsknk084sn02r?x=1",
        "/nowhere?x=1",
    ] {
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        page.has("Nothing here, or not for you.")
            .has("这里没有内容，或您无权查看。");
        answers.push((page.body, page.headers));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[tokio::test]
async fn a_fault_shows_a_number_and_none_of_the_inside() {
    let internal = refusal("INTERNAL");
    for doors in [
        Script::answering([]),
        Script::answering([internal]),
        Script::answering([json!({"data": 1})]),
    ] {
        let page = get(&doors, "/startups", &[SIGNED_IN, ("x-request-id", "req-42")]).await;
        assert_eq!(
            (page.status, page.header("x-request-id")),
            (StatusCode::INTERNAL_SERVER_ERROR, "req-42")
        );
        page.has("Nothing was saved")
            .has("req-42")
            .lacks("secret_table")
            .lacks("no such cursor");
    }
    get(
        &Script::answering([]),
        "/startups",
        &[SIGNED_IN, ("x-request-id", "<b>")],
    )
    .await
    .lacks("<b>");
}

#[tokio::test]
async fn the_query_behind_the_page_can_be_looked_at() {
    let doors = Script::answering([list(1, json!([bare()]), false, false)]);
    let page = get(&doors, "/startups?layer=APP", &[SIGNED_IN]).await;
    page.has("href=\"/graphql?query=query+StartupsPage")
        .has("&#38;variables=%7B")
        .has("Show the query");
}

#[tokio::test]
async fn a_projector_and_a_printer_get_their_own_look() {
    let doors = Script::answering([list(60, json!([bare()]), true, false)]);
    let page = get(&doors, "/startups?display=projector&print=1", &[SIGNED_IN]).await;
    page.has("data-display=\"projector\"").has("media=\"all\"");
    // The next page stays on the projector, but is not printed.
    page.has("after=last%3D&#38;row=2&#38;display=projector\"");
}

#[tokio::test]
async fn the_list_is_narrowed_to_those_who_build_on_a_provider() {
    let provider = "provider_01h455vb4pex5vsknk084sn02q";
    let doors = Script::answering([
        list(1, json!([cubeforge()]), false, false),
        json!({"data": frame()}),
    ]);
    let page = get(
        &doors,
        &format!("/startups?layer=APP&provider={provider}"),
        &[SIGNED_IN],
    )
    .await;
    page.has("Builds on: OpenAI &#38; co")
        .has(&format!("name=\"provider\" value=\"{provider}\" checked"))
        .has("href=\"/startups?layer=APP\"");
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"layers": ["APP"], "providers": [provider]})
    );
    let page = get(&doors, "/startups?provider=OpenAI&lang=zh", &[SIGNED_IN]).await;
    page.has("基于：OpenAI").lacks("Cube");
}

#[tokio::test]
async fn keys_are_told_go_to_pages_and_are_switched_off_by_the_browser() {
    let viewer = || json!({"data": {"viewer": {"name": "Ada", "role": "VIEWER"}}});
    let page = get(&Script::answering([viewer()]), "/help/shortcuts", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<dt><kbd>G</kbd> <span>then</span> <kbd>S</kbd></dt><dd>Startups</dd>")
        .has("<dt><kbd>1</kbd> <span>to</span> <kbd>5</kbd></dt>")
        .has("<dt><kbd>↑</kbd><kbd>↓</kbd><kbd>←</kbd><kbd>→</kbd></dt>")
        .has("data-go=\"h=/ s=/startups p=/pipeline m=/matrix a=/analytics/funnel r=/reviews v=/providers t=/theses\"")
        .has("<a class=\"item\" href=\"/help/shortcuts\" data-key=\"?\">Keyboard shortcuts</a>")
        .has("name=\"keys\" value=\"off\" aria-pressed=\"false\"")
        .lacks("data-keys")
        .lacks("<dd>Imports</dd>");
    let off = ("cookie", "touchstone_session=s3cret; keys=off; lang=zh");
    let page = get(&Script::answering([viewer()]), "/help/shortcuts", &[off]).await;
    page.has("data-keys=\"off\"")
        .has("键盘快捷键")
        .has("name=\"keys\" value=\"off\" aria-pressed=\"true\"");

    let doors = Script::answering([]);
    let form = "keys=off&back=%2Fhelp%2Fshortcuts";
    let answer = post(&doors, "/preferences", form, &[OURS]).await;
    assert_eq!(answer.header("location"), "/help/shortcuts");
    assert!(
        answer.header("set-cookie").starts_with("keys=off; Path=/;"),
        "{:?}",
        answer.headers
    );
    let answer = post(&doors, "/preferences", "keys=sometimes", &[OURS]).await;
    assert_eq!(answer.header("set-cookie"), "");
    let signed_out = get(
        &Script::answering([json!({"data": {"viewer": null}})]),
        "/help/shortcuts",
        &[SIGNED_IN],
    )
    .await;
    assert_eq!(signed_out.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pages_to_which_keys_go_stay_in_the_past() {
    let doors = Script::answering([json!({"data": {"viewer": {"name": "Ada", "role": "VIEWER"}}})]);
    let page = get(&doors, "/help/shortcuts?as_of=2024-06-30", &[SIGNED_IN]).await;
    page.has("data-go=\"h=/ s=/startups?as_of=2024-06-30 p=/pipeline?as_of=2024-06-30")
        .has(" r=/reviews v=");
}
