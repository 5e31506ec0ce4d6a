//! The board and the table of deals, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{SIGNED_IN, Script, get, send};
use serde_json::{Value, json};

fn frame(role: &str) -> Value {
    let stage = |key: &str, name: &str, zh: &str, order: i32| json!({ "key": key, "name": name, "nameZh": zh, "order": order, "isRetired": false });
    json!({
        "viewer": {"id": "user_1", "name": "Ada", "role": role},
        "sectors": [{"slug": "robotics", "name": "Robotics", "nameZh": "机器人", "isFocus": true, "parent": null, "children": []}],
        "users": [{"id": "user_1", "name": "Ada"}, {"id": "user_2", "name": "Partner 1"}],
        "funds": [{"id": "fund_1", "name": "Yuan fund", "isRetired": false}],
        "stages": [stage("DILIGENCE", "Diligence", "尽调", 4), stage("COMMITTEE", "Committee", "投决会", 5)],
    })
}

fn card(id: &str, name: &str, more: Value) -> Value {
    let mut card = json!({
        "id": id, "title": format!("{name} Seed"), "version": 3, "status": "ACTIVE", "round": "SEED",
        "startup": {"id": "startup_a", "name": name, "bestGrade": "DOCUMENTED", "conviction": "28.5",
                    "flags": [{"flag": "SINGLE_PROVIDER"}, {"flag": "NO_NEED"}]},
        "stage": {"key": "DILIGENCE", "name": "Diligence", "nameZh": "尽调"},
        "amountSought": {"low": "1000000", "high": "2000000", "currency": "USD", "asFound": "US$1M-2M"},
        "daysInStage": 12, "isStale": false, "nextStep": "Call two studios", "nextStepDue": "2024-07-26",
        "owner": {"name": "Partner 1"}, "visibility": "TEAM", "overridden": [], "updatedAt": "2024-07-30T02:00:00Z",
    });
    for (key, value) in more.as_object().unwrap() {
        card[key] = value.clone();
    }
    card
}

fn column(key: &str, deals: i32, nodes: Value) -> Value {
    let (name, zh) = if key == "COMMITTEE" {
        ("Committee", "投决会")
    } else {
        ("Diligence", "尽调")
    };
    json!({
        "stage": {"key": key, "name": name, "nameZh": zh, "limitDays": 30, "isRetired": false,
            "gateRules": if key == "COMMITTEE" { json!([
                {"condition": "KNOWN_ROUTE", "only": null, "except": null},
                {"condition": "VERIFIED_PROOF", "only": null, "except": {"layers": ["MODEL"], "rounds": []}},
            ]) } else { json!([]) }},
        "dealCount": deals, "staleCount": 1, "medianDaysInStage": "12.5", "ourAmountTotal": null,
        "amountTotal": {"currency": "USD", "low": "310000000", "high": "525000000", "unknown": 4, "withoutRate": 0},
        "deals": {"nodes": nodes},
    })
}

fn board(role: &str, columns: Value) -> Value {
    let mut data = frame(role);
    let total: i64 = columns
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["dealCount"].as_i64().unwrap())
        .sum();
    data["pipeline"] = json!({
        "totalCount": total, "staleCount": 2, "ourAmountTotal": null,
        "amountTotal": {"currency": "USD", "low": "310000000", "high": null, "unknown": 0, "withoutRate": 1},
        "columns": columns,
    });
    json!({ "data": data })
}

fn usual(role: &str) -> Value {
    let overridden = json!({"overridden": ["VERIFIED_PROOF"], "visibility": "RESTRICTED", "isStale": true,
        "nextStep": null, "nextStepDue": null, "stage": {"key": "COMMITTEE", "name": "Committee", "nameZh": "投决会"}});
    board(
        role,
        json!([
            column("DILIGENCE", 1, json!([card("deal_1", "Cubeforge", json!({}))])),
            column("COMMITTEE", 1, json!([card("deal_2", "Quietlake", overridden)])),
        ]),
    )
}

#[tokio::test]
async fn columns_say_what_they_add_up_to_and_cards_what_is_due() {
    let doors = Script::answering([usual("ANALYST"), usual("ANALYST")]);
    let page = get(&doors, "/pipeline", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<title>Pipeline · Touchstone</title>")
        .has("2 active · <span class=\"whole\"><span class=\"of\">Rounds</span> ≥ US$310M + 1 without a rate</span> · <a class=\"missing\" href=\"/pipeline?stale=yes\">△ 2 past the limit</a>")
        .has("US$310M–525M + 4 unknown")
        .has("limit 30 d · median 12.5 d")
        .has("<li>Verified proof: not Model</li>")
        .has("href=\"/deals?stage=DILIGENCE&#38;status=ACTIVE\" aria-label=\"Diligence: 1\"")
        .has("href=\"/deals/deal_1\" title=\"Cubeforge Seed\">Cubeforge</a>")
        .has("href=\"/startups/startup_a#why\"")
        .has("To watch: Single provider")
        .has("<time datetime=\"2024-07-26\" class=\"late\"><span aria-hidden=\"true\">! </span>26 Jul<span class=\"unseen\"> overdue")
        .has("<span aria-hidden=\"true\">P1</span>")
        .has("title=\"Only its team sees this\"")
        .has("Gate overridden: Verified proof")
        .has("No next step")
        .has("aria-current=\"page\">Pipeline</a>")
        .has("href=\"/deals/deal_1/move\"");
    let asked = &doors.asked()[0];
    assert_eq!(asked["first"], 25);
    assert_eq!(
        asked["order"],
        json!({"field": "ENTERED_STAGE_AT", "direction": "ASC"})
    );
    assert_eq!(asked["filter"], json!({}));
    get(&doors, "/pipeline?lang=zh", &[SIGNED_IN])
        .await
        .has("<title>项目看板 · 试金石</title>")
        .has("进行中 2 个")
        .has("3.1亿–5.25亿美元 另 4 个未披露")
        .has("已核实的证据：不含 底层大模型")
        .has("已破例推进");
}

#[tokio::test]
async fn heads_sum_our_amount_first_and_the_rounds_beside_it_and_say_which_is_which() {
    let money = |low: Value, unknown: i32| json!({"currency": "USD", "low": low, "high": low, "unknown": unknown, "withoutRate": 0});
    let of = || {
        let mut found = usual("PARTNER");
        let pipeline = &mut found["data"]["pipeline"];
        pipeline["ourAmountTotal"] = money(json!("3000000"), 1);
        pipeline["columns"][0]["ourAmountTotal"] = money(json!("3000000"), 0);
        // Nobody has said of its deal what we would put in.
        pipeline["columns"][1]["ourAmountTotal"] = money(Value::Null, 1);
        pipeline["columns"][1]["amountTotal"] = money(Value::Null, 2);
        found
    };
    let doors = Script::answering([of(), of(), of(), of()]);
    let ours = "<span class=\"of\">Ours</span> US$3M</span> <span class=\"rounds\"><span class=\"of\">Rounds</span> US$310M–525M + 4 unknown</span>";
    let page = get(&doors, "/pipeline", &[SIGNED_IN]).await;
    page.has("2 active · <span class=\"whole\"><span class=\"of\">Ours</span> <strong>US$3M + 1 not set</strong></span> · <span class=\"whole\"><span class=\"of\">Rounds</span> ≥ US$310M")
        .has(&format!("<p class=\"sum\"><span class=\"ours\">{ours}</p>"))
        .has("<p class=\"sum\"><span class=\"rounds\"><span class=\"of\">Rounds</span> 2 unknown</span></p>");
    get(&doors, "/pipeline?as_of=2024-07-20", &[SIGNED_IN])
        .await
        .has(ours);
    get(&doors, "/pipeline?lang=zh", &[SIGNED_IN])
        .await
        .has("<span class=\"of\">我方拟投</span> <strong>300万美元 另 1 个未定</strong>")
        .has("<span class=\"of\">拟融资</span> 3.1亿–5.25亿美元 另 4 个未披露");
    // The heads that a script puts in place after a move.
    let request = axum::http::Request::get("/pipeline")
        .header(SIGNED_IN.0, SIGNED_IN.1)
        .header("hx-request", "true")
        .header("x-card", "deal_2")
        .header("x-stages", "DILIGENCE,COMMITTEE");
    send(&doors, request.body(axum::body::Body::empty()).unwrap())
        .await
        .has(ours);
}

#[tokio::test]
async fn the_address_says_what_is_shown_and_one_document_answers_it() {
    let doors = Script::answering([board(
        "VIEWER",
        json!([
            column("DILIGENCE", 140, json!([card("deal_1", "Cubeforge", json!({}))])),
            column("COMMITTEE", 0, json!([]))
        ]),
    )]);
    let page = get(
        &doors,
        "/pipeline?layer=APP&sector=robotics&owner=user_2&channel=FA&stale=yes&sort=next&density=compact&more=DILIGENCE.50",
        &[SIGNED_IN],
    )
    .await;
    let asked = doors.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        asked[0]["filter"],
        json!({"layers": ["APP"], "sectors": ["robotics"], "owners": ["user_2"], "channels": ["FA"], "stale": true})
    );
    assert_eq!(asked[0]["first"], 50);
    assert_eq!(
        asked[0]["order"],
        json!({"field": "NEXT_STEP_DUE", "direction": "ASC"})
    );
    page.has("Show 25 more (90 left)")
        .has("more=DILIGENCE.75#stage-DILIGENCE")
        .has("board-compact")
        .has("Owner: Partner 1")
        .has("No deals</p>")
        .has("collapsed=DILIGENCE")
        // Whoever only reads has nothing to move with.
        .lacks("/move\"")
        .lacks("draggable");
}

#[tokio::test]
async fn deals_of_startups_on_no_layer_yet_are_a_choice_beside_those_of_layers() {
    let doors = Script::answering([usual("ANALYST"), table(0, json!([]))]);
    let page = get(&doors, "/pipeline?layer=APP,none", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("<span>Layer: Unclassified</span>")
        .has("<input type=\"checkbox\" name=\"layer\" value=\"none\" checked>")
        .has("href=\"/deals?layer=APP,none&#38;stage=DILIGENCE&#38;status=ACTIVE\"")
        .has("href=\"/pipeline?layer=APP,none&#38;stale=yes\"");
    get(&doors, "/deals?layer=none&as_of=2024-07-20", &[SIGNED_IN])
        .await
        .has("No deals match this filter");
    let asked: Vec<Value> = doors.asked().iter().map(|one| one["filter"].clone()).collect();
    assert_eq!(
        asked,
        [
            json!({"startups": {"layers": ["APP"], "includeUnclassified": true}}),
            json!({"startups": {"layers": [], "includeUnclassified": true}}),
        ]
    );
    // What is asked of startups besides holds too; where both cannot be, nothing is.
    for (of, filter) in [
        (
            "country%3DCN",
            json!({"startups": {"layers": [], "includeUnclassified": true, "countries": ["CN"]}}),
        ),
        (
            "layer%3DMODEL%2Cnone",
            json!({"startups": {"layers": [], "includeUnclassified": true}}),
        ),
        (
            "layer%3DMODEL",
            json!({"startups": {"layers": ["MODEL"]}, "groups": [{"by": "LAYER", "key": ""}]}),
        ),
    ] {
        let doors = Script::answering([table(0, json!([]))]);
        get(&doors, &format!("/deals?layer=none&startups={of}"), &[SIGNED_IN]).await;
        assert_eq!(doors.asked()[0]["filter"], filter, "{of}");
    }
}

#[tokio::test]
async fn beyond_a_hundred_cards_a_column_opens_as_a_table() {
    let doors = Script::answering([board("ANALYST", json!([column("DILIGENCE", 1_140, json!([]))]))]);
    get(&doors, "/pipeline?more=DILIGENCE.100", &[SIGNED_IN])
        .await
        .has("href=\"/deals?stage=DILIGENCE&#38;status=ACTIVE\">Open 1,140 as a table")
        .lacks("Show 25 more");
}

#[tokio::test]
async fn my_deals_are_asked_for_by_my_id() {
    let me = json!({"data": {"viewer": {"id": "user_1"}}});
    let doors = Script::answering([me, usual("ANALYST")]);
    get(&doors, "/pipeline?owner=me", &[SIGNED_IN])
        .await
        .has("Owner: Me");
    assert_eq!(doors.asked()[1]["filter"], json!({"owners": ["user_1"]}));
}

#[tokio::test]
async fn what_is_not_understood_is_named_and_no_deal_shown() {
    for (address, value) in [
        ("/pipeline?layer=NONE", "Layer: NONE"),
        ("/pipeline?stage=NOWHERE", "Stage: NOWHERE"),
        ("/pipeline?owner=user_9", "Owner: user_9"),
        ("/pipeline?as_of=2024-08-01", "As of: 2024-08-01"),
        ("/deals?status=GONE", "Status: GONE"),
    ] {
        let doors = Script::answering([usual("ANALYST")]);
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        page.has(value).has("not recognised").lacks("Cubeforge");
    }
    // What the server refuses is told in its own words.
    let refused = json!({"data": null, "errors": [{"message": "no such stage", "extensions": {"code": "BAD_USER_INPUT"}}]});
    let doors = Script::answering([refused, json!({ "data": frame("ANALYST") })]);
    let page = get(&doors, "/pipeline?stage=COMMITTEE", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.has("no such stage").lacks("<ol class=\"cards\"");
}

#[tokio::test]
async fn the_board_of_a_past_day_keeps_the_day_and_writes_nothing() {
    let doors = Script::answering([usual("PARTNER")]);
    let page = get(&doors, "/pipeline?as_of=2024-07-20", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0]["asOf"], "2024-07-20T15:59:59.999999Z");
    page.has("<title>[2024-07-20] Pipeline · Touchstone</title>")
        .has("As it stood on 20 Jul 2024")
        .has("href=\"/deals/deal_1?as_of=2024-07-20\"")
        .has("href=\"/startups/startup_a?as_of=2024-07-20#why\"")
        .has("href=\"/startups?as_of=2024-07-20\"")
        .lacks("draggable")
        .lacks("/move\"");
}

#[tokio::test]
async fn after_a_move_the_card_and_the_heads_of_both_stages_are_answered() {
    let doors = Script::answering([usual("PARTNER")]);
    let request = axum::http::Request::get("/pipeline")
        .header(SIGNED_IN.0, SIGNED_IN.1)
        .header("hx-request", "true")
        .header("x-card", "deal_2")
        .header("x-stages", "DILIGENCE,COMMITTEE");
    let page = send(&doors, request.body(axum::body::Body::empty()).unwrap()).await;
    page.has("<p data-told>Quietlake moved to Committee, 1 deal</p>")
        .has("data-head=\"DILIGENCE\"")
        .has("data-head=\"COMMITTEE\"")
        .has("data-deal=\"deal_2\"")
        .lacks("data-deal=\"deal_1\"")
        .lacks("<html");
}

#[tokio::test]
async fn an_empty_board_says_what_it_is_for() {
    for (address, text) in [
        ("/pipeline", "No active deals yet"),
        ("/pipeline?status=PASSED", "No deals match this filter"),
        ("/pipeline?as_of=2024-01-01", "No deal was known on that day"),
    ] {
        let doors = Script::answering([board("ANALYST", json!([column("DILIGENCE", 0, json!([]))]))]);
        get(&doors, address, &[SIGNED_IN]).await.has(text);
    }
}

#[tokio::test]
async fn a_full_board_keeps_within_its_bytes_and_nodes() {
    let cards: Vec<Value> = (0..25)
        .map(|n| {
            let next =
                json!({"nextStep": format!("Call the {n} customers that they named"), "isStale": n % 3 == 0});
            card(
                &format!("deal_01h455vb4pex5vsknk084s{n:04}"),
                &format!("Startup {n}"),
                next,
            )
        })
        .collect();
    let columns: Vec<Value> = (0..7)
        .map(|n| {
            let mut column = column(if n == 4 { "COMMITTEE" } else { "DILIGENCE" }, 140, json!(cards));
            column["stage"]["key"] = json!(format!("STAGE_{n}"));
            column
        })
        .collect();
    let doors = Script::answering([board("PARTNER", json!(columns))]);
    let page = get(&doors, "/pipeline", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.len() < 500_000, "{} bytes", page.body.len());
    let nodes = page.body.matches('<').count() - page.body.matches("</").count();
    assert!(nodes < 8_000, "{nodes} nodes");
}

fn table(total: i32, nodes: Value) -> Value {
    let mut data = frame("ANALYST");
    data["deals"] = json!({
        "totalCount": total,
        "pageInfo": {"hasNextPage": total > 50, "hasPreviousPage": false, "startCursor": "first", "endCursor": "last="},
        "nodes": nodes,
    });
    json!({ "data": data })
}

#[tokio::test]
async fn the_table_lists_deals_of_every_status_with_links_to_deal_and_startup() {
    let passed = json!({"status": "PASSED"});
    let nodes = json!([
        card("deal_1", "Cubeforge", json!({})),
        card("deal_2", "Wrapwell", passed)
    ]);
    let doors = Script::answering([table(120, nodes)]);
    let page = get(&doors, "/deals?status=ACTIVE,PASSED&sort=title", &[SIGNED_IN]).await;
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"statuses": ["ACTIVE", "PASSED"]})
    );
    page.has("<title>Deals · Touchstone</title>")
        .has("120 deals")
        .has("1–2 of 120")
        .has("href=\"/deals/deal_1\"")
        .has("href=\"/startups/startup_a\"")
        .has("aria-sort=\"ascending\"")
        .has("sort=-title")
        .has("<td>Passed</td>")
        .has("US$1M–2M")
        .has("after=last%3D&#38;row=3")
        .has("href=\"/pipeline?status=ACTIVE,PASSED&#38;sort=title\"");
    let doors = Script::answering([table(0, json!([]))]);
    get(&doors, "/deals?stale=yes", &[SIGNED_IN])
        .await
        .has("No deals match this filter");
}

#[tokio::test]
async fn what_narrows_to_the_deals_behind_a_figure_is_asked_and_said_and_can_be_taken_away() {
    let nodes = json!([card("deal_1", "Cubeforge", json!({}))]);
    let address = "/deals?status=PASSED,LOST&opened=-90d..&furthest=DILIGENCE&moved=entered.COMMITTEE:2024-04-01..2024-06-30\
        &source=FA:A bank&in=sector.robotics,owner.none&first=yes&sort=-conviction";
    let doors = Script::answering([table(1, nodes.clone())]);
    let moved = get(&doors, &address.replace(' ', "%20"), &[SIGNED_IN]).await;
    // There is one way to write it.
    let canonical = moved.header("location").to_owned();
    assert_eq!(
        canonical,
        "/deals?status=PASSED,LOST&opened=-90d..&furthest=DILIGENCE&moved=entered.COMMITTEE%3A2024-04-01..2024-06-30\
         &source=FA%3AA+bank&in=sector.robotics%2Cowner.none&first=yes&sort=-conviction"
    );
    let page = get(&doors, &canonical, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    let asked = doors.asked().remove(0);
    assert_eq!(
        asked["filter"],
        json!({"statuses": ["PASSED", "LOST"], "openedFrom": "2024-05-01T16:00:00Z", "furthest": "DILIGENCE",
            "moved": {"from": "2024-03-31T16:00:00Z", "to": "2024-06-30T15:59:59.999999Z", "kind": "ENTERED", "stage": "COMMITTEE"},
            "source": {"channel": "FA", "who": "A bank"}, "firstOfStartup": true,
            "groups": [{"by": "SECTOR", "key": "robotics"}, {"by": "OWNER", "key": ""}]})
    );
    assert_eq!(
        asked["order"],
        json!({"field": "CONVICTION", "direction": "DESC"})
    );
    page.has("Opened: since 90 days ago")
        .has("Furthest stage: Diligence")
        .has("Moves: came into or through Committee, 1 Apr 2024 to 30 Jun 2024")
        .has("Source: Financial adviser, A bank")
        .has("Sector itself: Robotics")
        .has("Owner: none")
        .has("First deal of its startup: yes")
        .has("href=\"/deals?status=PASSED,LOST&#38;opened=-90d..&#38;furthest=DILIGENCE&#38;source=FA%3AA+bank");
    for (address, chip) in [
        ("/deals?reached=MOON", "Reached or passed: MOON"),
        (
            "/deals?opened=2024-03-31..2024-01-01",
            "Opened: 2024-03-31..2024-01-01",
        ),
        ("/deals?sort=conviction&as_of=2024-07-20", "Sort: conviction"),
    ] {
        let doors = Script::answering([json!({ "data": frame("ANALYST") })]);
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        page.has(chip).has("chip-bad").lacks("<table");
    }
}

#[tokio::test]
async fn the_table_of_a_past_day_keeps_the_day() {
    let doors = Script::answering([table(1, json!([card("deal_1", "Cubeforge", json!({}))]))]);
    let page = get(&doors, "/deals?stale=yes&as_of=2024-07-20", &[SIGNED_IN]).await;
    assert_eq!(doors.asked()[0]["asOf"], "2024-07-20T15:59:59.999999Z");
    page.has("<title>[2024-07-20] Deals · Touchstone</title>")
        .has("As it stood on 20 Jul 2024")
        .has("<a href=\"/deals?stale=yes\">Back to now</a>")
        .has("href=\"/deals/deal_1?as_of=2024-07-20\"")
        .has("href=\"/pipeline?stale=yes&#38;as_of=2024-07-20\"")
        .lacks("sort=-conviction")
        .lacks("/move\"");
}

#[tokio::test]
async fn the_board_follows_changes_and_its_content_alone_is_answered_to_a_script() {
    let doors = Script::answering([
        usual("PARTNER"),
        usual("PARTNER"),
        usual("PARTNER"),
        usual("ANALYST"),
    ]);
    let page = get(&doors, "/pipeline", &[SIGNED_IN]).await;
    page.has("data-follows=\"deal startup evidence")
        .has("data-events=\"/events\"")
        .has("id=\"board\" data-fresh")
        .has("data-fate=\"PASSED\">Pass…")
        .has("data-fate=\"INVESTED\"");
    let part = get(&doors, "/pipeline", &[SIGNED_IN, ("hx-request", "true")]).await;
    assert!(
        part.body.trim_start().starts_with("<main id=\"content\""),
        "{}",
        part.body
    );
    part.has("data-deal=\"deal_1\"")
        .lacks("<html")
        .lacks("<header")
        .lacks("</body>");
    get(&doors, "/pipeline?as_of=2024-07-20", &[SIGNED_IN])
        .await
        .lacks("data-events")
        .lacks("data-fate");
    get(&doors, "/pipeline", &[SIGNED_IN])
        .await
        .has("data-fate=\"LOST\"")
        .lacks("data-fate=\"INVESTED\"");
}
