//! The matrix, the entrants, and what changed between two instants.

use app::Identity;
use chrono::TimeDelta;
use domain::Role;
use serde_json::{Value, json};

use crate::story::Story;

async fn evidence(story: &Story, startup: &str, kind: &str, value: &str, grade: &str) -> String {
    let mut input = json!({ "startup": startup, "kind": kind, "value": value,
        "observedOn": story.fund.workspace.app.now().date_naive(), "source": "CUSTOMER_CALL", "grade": grade });
    if grade == "VERIFIED" {
        input["checked"] = json!("called them");
    }
    let done = story
        .fund
        .done(story.analyst, "recordEvidence", input, "evidence { id }")
        .await;
    done["evidence"]["id"].as_str().unwrap().to_owned()
}

const CELL: &str = "layer sector { slug } startups activeDeals proofShare assessed medianConviction";

/// layer, sector, startups, active deals, share with verified proof, how many are assessed.
fn cell(layer: Value, sector: Value, figures: (i32, i32, &str, i32)) -> Value {
    let sector = if sector.is_null() {
        Value::Null
    } else {
        json!({ "slug": sector })
    };
    json!({ "layer": layer, "sector": sector, "startups": figures.0, "activeDeals": figures.1,
        "proofShare": figures.2, "assessed": figures.3 })
}

/// The cells without their medians, which are compared by themselves.
fn without_medians(cells: &Value) -> Vec<Value> {
    let mut cells = cells.as_array().unwrap().clone();
    for cell in &mut cells {
        cell.as_object_mut().unwrap().remove("medianConviction");
    }
    cells
}

async fn matrix(story: &Story, more: &str) -> Value {
    let document = format!(
        "{{ coverage{more} {{ cells {{ {CELL} }} layers {{ {CELL} }} sectors {{ {CELL} }} total {{ {CELL} }} }} }}"
    );
    story.fund.run(story.analyst, &document, json!({})).await["coverage"].clone()
}

#[tokio::test]
async fn the_matrix_counts_a_startup_in_each_of_its_sectors_and_once_in_a_total() {
    let story = Story::begins().await;
    // Both sectors of One lie below content-generation, or are beside it; Two is in one of them, Three in none.
    let one = story
        .startup(
            "One",
            json!({ "layer": "APP", "sectors": ["3d-generation", "chinese-llm"] }),
        )
        .await;
    let two = story
        .startup("Two", json!({ "layer": "APP", "sectors": ["3d-generation"] }))
        .await;
    story.startup("Three", json!({})).await;
    story.deal(&one, json!({ "round": "SEED" })).await;
    story.deal(&one, json!({ "round": "A" })).await;
    let deal = story.deal(&two, json!({})).await;
    story
        .moved(
            story.analyst,
            &deal,
            json!({ "status": "PASSED", "passReason": "TEAM" }),
        )
        .await;
    evidence(&story, &one, "PAYING_CUSTOMERS", "40", "VERIFIED").await;
    evidence(&story, &two, "PAYING_CUSTOMERS", "40", "CLAIMED").await;
    let now = matrix(&story, "(depth: 2, filter: { sectors: [\"3d-generation\"] })").await;
    let total = cell(Value::Null, Value::Null, (2, 2, "0.5", 2));
    let mut found = without_medians(&json!([now["total"]]));
    assert_eq!(found.pop().unwrap(), total);
    assert_eq!(
        without_medians(&now["layers"]),
        [cell(json!("APP"), Value::Null, (2, 2, "0.5", 2))]
    );
    let all = matrix(&story, "(depth: 2)").await;
    let of = |sector: &str| {
        let cells = without_medians(&all["cells"]);
        cells
            .into_iter()
            .find(|cell| cell["sector"]["slug"] == sector)
            .unwrap()
    };
    assert_eq!(
        of("3d-generation"),
        cell(json!("APP"), json!("3d-generation"), (2, 2, "0.5", 2))
    );
    assert_eq!(
        of("chinese-llm"),
        cell(json!("APP"), json!("chinese-llm"), (1, 2, "1", 1))
    );
    let cells = without_medians(&all["cells"]);
    assert_eq!(
        cells.last().unwrap(),
        &cell(Value::Null, Value::Null, (1, 0, "0", 0))
    );
    assert_eq!(without_medians(&json!([all["total"]]))[0]["startups"], 3);

    // The median of two is between them, and that of one is it.
    let figure = async |id: &str| {
        let document = format!("{{ startup(id: \"{id}\") {{ conviction }} }}");
        let found = story.fund.run(story.analyst, &document, json!({})).await;
        found["startup"]["conviction"]
            .as_str()
            .unwrap()
            .parse::<f64>()
            .unwrap()
    };
    let median: f64 = now["total"]["medianConviction"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let middle = f64::midpoint(figure(&one).await, figure(&two).await);
    assert!((median - middle).abs() < 0.1, "{median} {middle}");

    // Roots alone count what lies below them.
    let roots = matrix(&story, "").await;
    for cell in roots["cells"].as_array().unwrap() {
        let slug = &cell["sector"]["slug"];
        assert_ne!(slug, "3d-generation");
    }
    assert_eq!(
        without_medians(&json!([roots["total"]])),
        without_medians(&json!([all["total"]]))
    );
}

#[tokio::test]
async fn the_matrix_of_a_past_instant_is_the_one_that_was_answered_then() {
    let story = Story::begins().await;
    let one = story
        .startup("One", json!({ "layer": "APP", "sectors": ["3d-generation"] }))
        .await;
    story.deal(&one, json!({})).await;
    evidence(&story, &one, "PAYING_CUSTOMERS", "40", "VERIFIED").await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let then = matrix(&story, "").await;
    let at = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::days(40));
    story.startup("Two", json!({ "layer": "MODEL" })).await;
    let input = json!({ "id": one, "version": 1, "layer": "MIDDLEWARE" });
    story
        .fund
        .done(story.analyst, "updateStartup", input, "startup { id }")
        .await;
    evidence(&story, &one, "PAYING_CUSTOMERS", "90", "CLAIMED").await;
    let back = matrix(&story, &format!("(asOf: \"{}\")", at.to_rfc3339())).await;
    assert_eq!(back, then);
    assert_ne!(matrix(&story, "").await, then);
    let document = format!(
        "{{ coverage(asOf: \"{}\", filter: {{ hasProof: true }}) {{ total {{ startups }} }} }}",
        at.to_rfc3339()
    );
    let refused = story
        .fund
        .ask(Identity::User(story.analyst), &document, json!({}))
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn of_a_past_instant_startups_are_narrowed_by_their_deals_as_those_stood() {
    let story = Story::begins().await;
    let (ana, pia) = (story.analyst, story.partner);
    let founded = json!({ "layer": "APP", "foundedOn": "2023-03-31" });
    let mut ids = Vec::new();
    for name in ["Mine", "Theirs", "Quiet", "Bare"] {
        ids.push(story.startup(name, founded.clone()).await);
    }
    let source = |channel: &str| json!([{ "channel": channel }]);
    let fund = json!({ "name": "Yuan 1", "currency": "CNY" });
    let fund = story
        .fund
        .done(story.admin, "createFund", fund, "fund { id }")
        .await["fund"]["id"]
        .clone();
    let mine = story
        .deal(
            &ids[0],
            json!({ "owner": ana, "sources": source("FA"), "funds": [fund] }),
        )
        .await;
    story
        .deal(&ids[1], json!({ "owner": pia, "sources": source("INBOUND") }))
        .await;
    // It was open to all then; rights are those of today.
    let quiet = json!({ "startup": ids[2], "owner": pia });
    let opened = story
        .fund
        .done(pia, "openDeal", quiet, "deal { id version }")
        .await;
    let quiet = opened["deal"].clone();
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let at = story.fund.workspace.app.now().to_rfc3339();
    story.fund.workspace.pass(TimeDelta::days(1));
    let handed = json!({ "id": mine, "version": 1, "owner": pia, "sources": source("EVENT"), "funds": [] });
    story.fund.done(ana, "updateDeal", handed, "deal { id }").await;
    story.moved(ana, &mine, json!({ "stage": "SCREENING" })).await;
    let passed = json!({ "status": "PASSED", "passReason": "TIMING" });
    story.moved(ana, &mine, passed).await;
    let closed = json!({ "id": quiet["id"], "version": quiet["version"], "visibility": "RESTRICTED" });
    story.fund.done(pia, "updateDeal", closed, "deal { id }").await;

    // By name: as of the instant, and now; the last as its owner sees it, who is shown all.
    for (who, filter, then, now) in [
        (ana, json!({ "owners": [ana] }), &["Mine"][..], &[][..]),
        (ana, json!({ "owners": [pia] }), &["Theirs"], &["Mine", "Theirs"]),
        (ana, json!({ "funds": [fund] }), &["Mine"], &[]),
        (ana, json!({ "channels": ["FA"] }), &["Mine"], &[]),
        (ana, json!({ "channels": ["EVENT"] }), &[], &["Mine"]),
        (ana, json!({ "stages": ["SCREENING"] }), &[], &["Mine"]),
        (ana, json!({ "dealStatuses": ["PASSED"] }), &[], &["Mine"]),
        (ana, json!({ "owners": [ana], "channels": ["INBOUND"] }), &[], &[]),
        (
            ana,
            json!({ "hasActiveDeal": true }),
            &["Mine", "Theirs"],
            &["Theirs"],
        ),
        (
            ana,
            json!({ "hasActiveDeal": false }),
            &["Bare", "Quiet"],
            &["Bare", "Mine", "Quiet"],
        ),
        (
            pia,
            json!({ "owners": [pia] }),
            &["Quiet", "Theirs"],
            &["Mine", "Quiet", "Theirs"],
        ),
    ] {
        for (as_of, expected) in [(json!(at), then), (Value::Null, now)] {
            let document = "query($at: DateTime, $filter: StartupFilter) {
                startups(first: 10, asOf: $at, filter: $filter) { totalCount nodes { name } }
                coverage(asOf: $at, filter: $filter) { total { startups } }
                entrants(from: \"2023-01-01\", to: \"2023-12-31\", asOf: $at, filter: $filter) { startups } }";
            let found = story
                .fund
                .run(who, document, json!({ "at": as_of, "filter": filter }))
                .await;
            let names: Vec<&str> = found["startups"]["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["name"].as_str().unwrap())
                .collect();
            assert_eq!(names, expected, "{filter} {as_of}");
            let n = json!(expected.len());
            assert_eq!(found["startups"]["totalCount"], n, "{filter} {as_of}");
            assert_eq!(found["coverage"]["total"]["startups"], n, "{filter} {as_of}");
            let entrants = if expected.is_empty() {
                json!([])
            } else {
                json!([{ "startups": n }])
            };
            assert_eq!(found["entrants"], entrants, "{filter} {as_of}");
        }
    }
}

#[tokio::test]
async fn entrants_are_told_by_month_of_founding() {
    let story = Story::begins().await;
    let one = story.startup("One", json!({ "foundedOn": "2023-03-31" })).await;
    story.startup("Two", json!({ "foundedOn": "2023-03-01" })).await;
    story.startup("Three", json!({ "foundedOn": "2023-05-02" })).await;
    story.startup("Four", json!({})).await;
    evidence(&story, &one, "PAYING_CUSTOMERS", "40", "VERIFIED").await;
    let ask = async |from: &str, to: &str| {
        let document =
            format!("{{ entrants(from: \"{from}\", to: \"{to}\") {{ month startups withProof }} }}");
        story.fund.run(story.analyst, &document, json!({})).await["entrants"].clone()
    };
    assert_eq!(
        ask("2023-01-01", "2023-12-31").await,
        json!([{ "month": "2023-03-01", "startups": 2, "withProof": 1 }, { "month": "2023-05-01", "startups": 1, "withProof": 0 }])
    );
    assert_eq!(
        ask("2023-03-02", "2023-03-31").await,
        json!([{ "month": "2023-03-01", "startups": 1, "withProof": 1 }])
    );
}

const DIFF: &str = "opened { title } moved { deal { title } from { key } fromStatus to { key } toStatus } \
    closed { deal { title } from { key } fromStatus to { key } toStatus } \
    conviction { startup { name } from to causes because { kind } }";

#[tokio::test]
async fn a_difference_is_net_and_by_what_was_known() {
    let story = Story::begins().await;
    let mut deals = Vec::new();
    for name in ["Moves", "Returns", "Voids", "Closes", "Holds"] {
        let startup = story.startup(name, json!({})).await;
        deals.push(story.deal(&startup, json!({})).await);
    }
    story
        .moved(story.analyst, &deals[2], json!({ "stage": "SCREENING" }))
        .await;
    story.fund.workspace.pass(TimeDelta::hours(1));
    let from = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let to_screening = || json!({ "stage": "SCREENING" });
    // Recorded late: it happened before the earlier instant, but was not known then.
    let late = json!({ "stage": "DILIGENCE", "occurredAt": from - TimeDelta::minutes(30) });
    story.moved(story.analyst, &deals[0], late).await;
    story.moved(story.analyst, &deals[1], to_screening()).await;
    story
        .moved(story.analyst, &deals[1], json!({ "stage": "SOURCED" }))
        .await;
    story.void(story.analyst, &deals[2]).await;
    story.moved(story.analyst, &deals[3], to_screening()).await;
    story
        .moved(
            story.analyst,
            &deals[3],
            json!({ "status": "PASSED", "passReason": "TEAM" }),
        )
        .await;
    story
        .moved(story.analyst, &deals[4], json!({ "status": "ON_HOLD" }))
        .await;
    let new = story.startup("Opens", json!({})).await;
    let opened = story.deal(&new, json!({})).await;
    story
        .moved(story.analyst, &opened, json!({ "status": "LOST" }))
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let to = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    story
        .moved(story.analyst, &deals[0], json!({ "stage": "SOURCED" }))
        .await;
    let document = format!(
        "query($from: DateTime!, $to: DateTime!) {{ pipelineDiff(from: $from, to: $to) {{ {DIFF} }} }}"
    );
    let found = story
        .fund
        .run(story.analyst, &document, json!({ "from": from, "to": to }))
        .await["pipelineDiff"]
        .clone();
    assert_eq!(found["opened"], json!([{ "title": "Opens" }]));
    let moved = |title: &str, from: [&str; 2], to: [&str; 2]| {
        json!({ "deal": { "title": title }, "from": { "key": from[0] },
        "fromStatus": from[1], "to": { "key": to[0] }, "toStatus": to[1] })
    };
    assert_eq!(
        found["moved"],
        json!([
            moved("Moves", ["SOURCED", "ACTIVE"], ["DILIGENCE", "ACTIVE"]),
            moved("Voids", ["SCREENING", "ACTIVE"], ["SOURCED", "ACTIVE"]),
            moved("Holds", ["SOURCED", "ACTIVE"], ["SOURCED", "ON_HOLD"])
        ])
    );
    assert_eq!(
        found["closed"],
        json!([moved("Closes", ["SOURCED", "ACTIVE"], ["SCREENING", "PASSED"])])
    );
    let nothing = story
        .fund
        .run(story.analyst, &document, json!({ "from": to, "to": to }))
        .await;
    for list in ["opened", "moved", "closed", "conviction"] {
        assert_eq!(nothing["pipelineDiff"][list], json!([]));
    }
    let answer = story
        .fund
        .ask(
            Identity::User(story.analyst),
            &document,
            json!({ "from": to, "to": from }),
        )
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    let ahead = json!({ "from": to, "to": to + TimeDelta::days(400) });
    let ahead = story.fund.run(story.analyst, &document, ahead).await;
    assert_eq!(
        ahead["pipelineDiff"]["moved"],
        json!([moved("Moves", ["DILIGENCE", "ACTIVE"], ["SOURCED", "ACTIVE"])]),
        "what is ahead is not known: it is told as of now"
    );
}

#[tokio::test]
async fn the_filter_of_a_difference_is_read_as_of_its_later_instant() {
    let story = Story::begins().await;
    let from = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let startup = story.startup("Cubeforge", json!({ "layer": "APP" })).await;
    story.deal(&startup, json!({})).await;
    let proof = evidence(&story, &startup, "PAYING_CUSTOMERS", "40", "VERIFIED").await;
    story.fund.workspace.pass(TimeDelta::hours(1));
    let to = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    // Since then it is on another layer, and its proof is gone.
    let edit = json!({ "id": startup, "version": 1, "layer": "MODEL" });
    story
        .fund
        .done(story.analyst, "updateStartup", edit, "startup { id }")
        .await;
    let wrong = json!({ "evidence": proof, "reason": "another company" });
    story
        .fund
        .done(story.analyst, "retractEvidence", wrong, "evidence { id }")
        .await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let document = "query($from: DateTime!, $to: DateTime!, $f: DealFilter) { pipelineDiff(from: $from, to: $to, filter: $f) { opened { title } } }";
    let asked = |to, filter: &Value| json!({ "from": from, "to": to, "f": filter });
    let now = story.fund.workspace.app.now();
    for (filter, then, today) in [
        (json!({ "layers": ["APP"] }), 1, 0),
        (json!({ "startups": { "layers": ["APP"] } }), 1, 0),
        (json!({ "startups": { "isAssessed": false } }), 0, 1),
        (json!({ "convictionRoseBy": "5" }), 1, 0),
    ] {
        for (to, expected) in [(to, then), (now, today)] {
            let told = story.fund.run(story.analyst, document, asked(to, &filter)).await;
            let opened = told["pipelineDiff"]["opened"].as_array().unwrap();
            assert_eq!(opened.len(), expected, "{filter} as of {to}");
        }
    }
    // What is known of now alone is for a difference up to now.
    for (filter, today) in [
        (json!({ "hasProof": false }), 1),
        (json!({ "convictionAtLeast": "1" }), 0),
        (json!({ "startups": { "hasProof": false } }), 1),
        (json!({ "search": "cubeforge" }), 1),
    ] {
        let who = Identity::User(story.analyst);
        let refused = story.fund.ask(who, document, asked(to, &filter)).await;
        assert_eq!(
            refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{filter}: {refused}"
        );
        let told = story.fund.run(story.analyst, document, asked(now, &filter)).await;
        let opened = told["pipelineDiff"]["opened"].as_array().unwrap();
        assert_eq!(opened.len(), today, "{filter}");
    }
}

#[tokio::test]
async fn a_difference_says_why_conviction_changed() {
    let story = Story::begins().await;
    let startup = story
        .startup(
            "Cubeforge",
            json!({ "technicalRoute": "BUILDS_ON_API", "need": { "payer": "studios" } }),
        )
        .await;
    story.deal(&startup, json!({})).await;
    let idle = story.startup("Idle", json!({})).await;
    evidence(&story, &idle, "PAYING_CUSTOMERS", "90", "CLAIMED").await;
    let from = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    evidence(&story, &startup, "PAYING_CUSTOMERS", "40", "VERIFIED").await;
    evidence(&story, &idle, "PAYING_CUSTOMERS", "1", "VERIFIED").await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let to = story.fund.workspace.app.now();
    let document = format!(
        "query($from: DateTime!, $to: DateTime!) {{ pipelineDiff(from: $from, to: $to) {{ {DIFF} }} }}"
    );
    let found = story
        .fund
        .run(story.analyst, &document, json!({ "from": from, "to": to }))
        .await["pipelineDiff"]["conviction"]
        .clone();
    assert_eq!(
        found.as_array().unwrap().len(),
        1,
        "a startup without a deal is no part of the pipeline: {found}"
    );
    assert_eq!(found[0]["startup"]["name"], "Cubeforge");
    assert_eq!(found[0]["from"], Value::Null);
    assert_eq!(found[0]["causes"], json!(["EVIDENCE"]));
    assert_eq!(found[0]["because"], json!([{ "kind": "PAYING_CUSTOMERS" }]));
}

#[tokio::test]
async fn no_matrix_and_no_difference_tells_an_outsider_of_a_restricted_deal() {
    let story = Story::begins().await;
    let outsider = story.fund.user("Out", Role::Partner).await;
    let startup = story.startup("Quietlake", json!({})).await;
    let from = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let deal = story.deal(&startup, json!({ "visibility": "RESTRICTED" })).await;
    story
        .moved(story.analyst, &deal, json!({ "stage": "SCREENING" }))
        .await;
    evidence(&story, &startup, "PAYING_CUSTOMERS", "40", "VERIFIED").await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let to = story.fund.workspace.app.now();
    let document = format!(
        "query($from: DateTime!, $to: DateTime!) {{ coverage {{ total {{ activeDeals }} }} pipelineDiff(from: $from, to: $to) {{ {DIFF} }} }}"
    );
    let variables = json!({ "from": from, "to": to });
    let outside = story.fund.run(outsider, &document, variables.clone()).await;
    assert_eq!(
        outside,
        json!({ "coverage": { "total": { "activeDeals": 0 } },
            "pipelineDiff": { "opened": [], "moved": [], "closed": [], "conviction": [] } })
    );
    let inside = story.fund.run(story.analyst, &document, variables).await;
    assert_eq!(inside["coverage"]["total"]["activeDeals"], 1);
    assert_eq!(inside["pipelineDiff"]["opened"].as_array().unwrap().len(), 1);
    assert_eq!(inside["pipelineDiff"]["conviction"].as_array().unwrap().len(), 1);
}

/// Which startups a list has, by name, and how many active deals they have as the list of deals says.
async fn behind(story: &Story, filter: &str, as_of: &str) -> (Vec<String>, i64) {
    let at = if as_of.is_empty() {
        String::new()
    } else {
        format!(", asOf: \"{as_of}\"")
    };
    let document = format!(
        "{{ startups(first: 50, filter: {{ {filter} }}{at}) {{ totalCount nodes {{ name }} }} \
         deals(filter: {{ statuses: [ACTIVE], startups: {{ {filter} }} }}{at}) {{ totalCount }} }}"
    );
    let found = story.fund.run(story.analyst, &document, json!({})).await;
    let nodes = found["startups"]["nodes"].as_array().unwrap();
    let names: Vec<String> = nodes
        .iter()
        .map(|node| node["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(found["startups"]["totalCount"], names.len());
    (names, found["deals"]["totalCount"].as_i64().unwrap())
}

/// Startups and active deals of the matrix in all.
async fn total(story: &Story, filter: &str, as_of: &str) -> (i64, i64) {
    let at = if as_of.is_empty() {
        String::new()
    } else {
        format!(", asOf: \"{as_of}\"")
    };
    let found = matrix(story, &format!("(depth: 2, filter: {{ {filter} }}{at})")).await;
    let total = &found["total"];
    (
        total["startups"].as_i64().unwrap(),
        total["activeDeals"].as_i64().unwrap(),
    )
}

#[tokio::test]
async fn each_figure_of_the_matrix_opens_the_startups_and_the_deals_that_make_it() {
    let story = Story::begins().await;
    let start = story.fund.workspace.app.now();
    let day = |days: i64| (start + TimeDelta::days(days)).to_rfc3339();
    // Old comes in on day 0 with two active deals and one that was passed, New on day 10 with one, Bare on day 10 with none.
    let old = story
        .startup(
            "Old",
            json!({ "layer": "APP", "country": "CN", "sectors": ["3d-generation", "chinese-llm"] }),
        )
        .await;
    story.deal(&old, json!({ "round": "SEED" })).await;
    story.deal(&old, json!({ "round": "A" })).await;
    let passed = story.deal(&old, json!({ "round": "B" })).await;
    let to = json!({ "status": "PASSED", "passReason": "TEAM" });
    story.moved(story.analyst, &passed, to).await;
    evidence(&story, &old, "PAYING_CUSTOMERS", "40", "CLAIMED").await;
    story.fund.workspace.pass(TimeDelta::days(10));
    let new = story
        .startup("New", json!({ "country": "US", "sectors": ["chinese-llm"] }))
        .await;
    story.deal(&new, json!({})).await;
    let bare = story
        .startup(
            "Bare",
            json!({ "layer": "APP", "country": "CN", "sectors": ["3d-generation"] }),
        )
        .await;
    evidence(&story, &bare, "PAYING_CUSTOMERS", "40", "CLAIMED").await;
    story.fund.workspace.pass(TimeDelta::days(10));

    let late = format!("createdFrom: \"{}\"", day(9));
    let early = format!("createdFrom: \"{}\", createdTo: \"{}\"", day(-1), day(9));
    let at_ten = day(9);
    for (filter, as_of, names, deals) in [
        (late.as_str(), "", vec!["Bare", "New"], 1),
        (early.as_str(), "", vec!["Old"], 2),
        ("countries: [\"CN\"]", "", vec!["Bare", "Old"], 2),
        (
            "layers: [APP], includeUnclassified: true",
            "",
            vec!["Bare", "New", "Old"],
            3,
        ),
        ("layers: [], includeUnclassified: true", "", vec!["New"], 1),
        (
            "sectors: [\"3d-generation\"], alsoInSectors: [\"chinese-llm\"]",
            "",
            vec!["Old"],
            2,
        ),
        ("hasActiveDeal: false", "", vec!["Bare"], 0),
        ("isAssessed: true", "", vec!["Bare", "Old"], 2),
        ("isAssessed: false", "", vec!["New"], 1),
        // Looking back: what came in later was not there.
        (early.as_str(), at_ten.as_str(), vec!["Old"], 2),
        (late.as_str(), at_ten.as_str(), vec![], 0),
        ("countries: [\"CN\"]", at_ten.as_str(), vec!["Old"], 2),
        ("isAssessed: true", at_ten.as_str(), vec!["Old"], 2),
        ("isAssessed: false", at_ten.as_str(), vec![], 0),
    ] {
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let count = i64::try_from(names.len()).unwrap();
        assert_eq!(
            behind(&story, filter, as_of).await,
            (names, deals),
            "{filter} {as_of}"
        );
        assert_eq!(
            total(&story, filter, as_of).await,
            (count, deals),
            "{filter} {as_of}"
        );
    }
    // Of the past, what is known of now alone is refused, of deals too.
    let document = format!(
        "{{ deals(filter: {{ startups: {{ hasProof: true }} }}, asOf: \"{at_ten}\") {{ totalCount }} }}"
    );
    let refused = story
        .fund
        .ask(Identity::User(story.analyst), &document, json!({}))
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn active_deals_are_narrowed_to_those_opened_in_a_period() {
    let story = Story::begins().await;
    let start = story.fund.workspace.app.now();
    let one = story.startup("One", json!({})).await;
    // Two on day 0, of which one is passed; one on day 10.
    let passed = story.deal(&one, json!({ "round": "SEED" })).await;
    story.deal(&one, json!({ "round": "A" })).await;
    story.fund.workspace.pass(TimeDelta::days(10));
    story.deal(&one, json!({ "round": "B" })).await;
    let to = json!({ "status": "PASSED", "passReason": "TEAM" });
    story.moved(story.analyst, &passed, to).await;
    let asked = async |from: i64, to: i64| {
        let day = |days: i64| (start + TimeDelta::days(days)).to_rfc3339();
        let filter = format!(
            "{{ statuses: [ACTIVE], openedFrom: \"{}\", openedTo: \"{}\" }}",
            day(from),
            day(to)
        );
        let document = format!(
            "{{ pipelineBy(group: ROUND, filter: {filter}) {{ key dealCount }} deals(filter: {filter}) {{ totalCount }} }}"
        );
        let found = story.fund.run(story.analyst, &document, json!({})).await;
        (found["pipelineBy"].clone(), found["deals"]["totalCount"].clone())
    };
    let group = |key: &str| json!({ "key": key, "dealCount": 1 });
    assert_eq!(asked(-1, 5).await, (json!([group("A")]), json!(1)));
    assert_eq!(asked(5, 11).await, (json!([group("B")]), json!(1)));
    assert_eq!(asked(-1, 11).await.1, json!(2));
    assert_eq!(asked(1, 5).await, (json!([]), json!(0)));
}
