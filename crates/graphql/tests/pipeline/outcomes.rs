//! What became later of startups that we passed: recorded, withdrawn, undone, and counted by why they were passed.

use app::Identity;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, UserId};
use serde_json::{Value, json};

use crate::story::Story;

const WATCH: &str = "outcomeWatch { id on what amount { low high currency asFound } sourceUrl by { name } }";

async fn passed(story: &Story, name: &str, reason: &str) -> String {
    let startup = story.startup(name, json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    story
        .moved(
            story.analyst,
            &deal,
            json!({ "status": "PASSED", "passReason": reason }),
        )
        .await;
    deal
}

fn today(story: &Story) -> String {
    story.fund.workspace.app.now().date_naive().to_string()
}

/// That it was funded, of today; nobody knows at what.
async fn record(story: &Story, deal: &str, what: &str) -> Value {
    let input =
        json!({ "deal": deal, "on": today(story), "what": what, "amount": { "asFound": "undisclosed" } });
    story
        .fund
        .done(story.analyst, "recordOutcome", input, "outcome { id }")
        .await["outcome"]["id"]
        .clone()
}

async fn watch(story: &Story, who: UserId, deal: &str, as_of: Option<DateTime<Utc>>) -> Value {
    let document = format!("query($id: ID!, $at: DateTime) {{ deal(id: $id, asOf: $at) {{ {WATCH} }} }}");
    let asked = json!({ "id": deal, "at": as_of });
    story.fund.run(who, &document, asked).await["deal"]["outcomeWatch"].clone()
}

#[tokio::test]
async fn an_outcome_is_recorded_of_a_passed_deal_and_withdrawn_with_a_reason() {
    let story = Story::begins().await;
    let deal = passed(&story, "Acme", "TIMING").await;
    let active = {
        let startup = story.startup("Other", json!({})).await;
        story.deal(&startup, json!({})).await
    };
    let seen = json!({ "deal": deal, "on": today(&story), "what": "Another fund led its A round",
        "amount": { "low": "20000000", "high": "90000000", "currency": "CNY", "asFound": "数千万人民币" }, "sourceUrl": "https://news.example/a" });
    let made = story
        .fund
        .done(
            story.analyst,
            "recordOutcome",
            seen.clone(),
            "outcome { id } deal { title }",
        )
        .await;
    assert_eq!(made["deal"]["title"], "Acme");
    let id = made["outcome"]["id"].clone();
    assert_eq!(
        watch(&story, story.partner, &deal, None).await,
        json!([{ "id": id, "on": today(&story), "what": "Another fund led its A round",
            "amount": { "low": "20000000", "high": "90000000", "currency": "CNY", "asFound": "数千万人民币" },
            "sourceUrl": "https://news.example/a", "by": { "name": "Ana" } }])
    );
    let mut wrong = seen.clone();
    wrong["deal"] = json!(active);
    let told = story
        .fund
        .tell(story.analyst, "recordOutcome", wrong, "outcome { id }")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED");
    assert_eq!(told["userErrors"][0]["field"], json!(["deal"]));
    let mut early = seen;
    early["on"] = json!("2020-01-01");
    let told = story
        .fund
        .tell(story.analyst, "recordOutcome", early, "outcome { id }")
        .await;
    assert_eq!(told["userErrors"][0]["field"], json!(["on"]));

    story.fund.workspace.pass(TimeDelta::minutes(1));
    let before = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let bare = json!({ "outcome": id, "reason": " " });
    let told = story
        .fund
        .tell(story.analyst, "retractOutcome", bare, "deal { id }")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "REQUIRED");
    let reason = json!({ "outcome": id, "reason": "it was another company" });
    story
        .fund
        .done(story.analyst, "retractOutcome", reason.clone(), "deal { id }")
        .await;
    let again = story
        .fund
        .tell(story.analyst, "retractOutcome", reason, "deal { id }")
        .await;
    assert_eq!(again["userErrors"][0]["code"], "NOT_ALLOWED");
    assert_eq!(watch(&story, story.partner, &deal, None).await, json!([]));
    assert_eq!(
        watch(&story, story.partner, &deal, Some(before)).await[0]["id"],
        id
    );
}

#[tokio::test]
async fn an_undo_withdraws_what_was_recorded_and_its_activity_is_seen_by_those_who_see_the_deal() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let secret = story.deal(&startup, json!({ "visibility": "RESTRICTED" })).await;
    story
        .moved(
            story.analyst,
            &secret,
            json!({ "status": "PASSED", "passReason": "MARKET" }),
        )
        .await;
    let id = record(&story, &secret, "Funded by somebody else").await;
    let rows = "{ activity(first: 5) { nodes { id verb subject { ... on LaterOutcome { what } } } } node(id: $id) { id } }";
    let document = format!("query($id: ID!) {rows}");
    let seen = story
        .fund
        .run(story.analyst, &document, json!({ "id": id }))
        .await;
    assert_eq!(seen["activity"]["nodes"][0]["verb"], "recordOutcome");
    assert_eq!(
        seen["activity"]["nodes"][0]["subject"]["what"],
        "Funded by somebody else"
    );
    let outside = story
        .fund
        .run(story.partner, &document, json!({ "id": id }))
        .await;
    assert_eq!(outside["node"], Value::Null);
    assert!(!outside.to_string().contains("recordOutcome"), "{outside}");
    // To one outside the team it does not exist: as an id that is none.
    let ghost = "outcome_00000000000000000000000001";
    for outcome in [&id, &json!(ghost)] {
        let told = story
            .fund
            .tell(
                story.partner,
                "retractOutcome",
                json!({ "outcome": outcome, "reason": "x" }),
                "deal { id }",
            )
            .await;
        assert_eq!(told["userErrors"][0]["code"], "NOT_FOUND");
    }
    let undo = json!({ "activity": seen["activity"]["nodes"][0]["id"] });
    story
        .fund
        .done(story.analyst, "undo", undo.clone(), "activity { id }")
        .await;
    assert_eq!(watch(&story, story.analyst, &secret, None).await, json!([]));
    let again = story
        .fund
        .tell(story.analyst, "undo", undo, "activity { id }")
        .await;
    assert_eq!(again["userErrors"][0]["code"], "CONFLICT");
}

const REASONS: &str = "passReasons(from: $from, to: $to, asOf: $at, filter: $f) { reason deals laterFunded }";
const MISSES: &str = "misses(from: $from, to: $to, asOf: $at, filter: $f) { deal { title } passedOn reason later { what } convictionThen convictionNow }";

async fn ask(story: &Story, who: UserId, fields: &str, variables: Value) -> Value {
    let document =
        format!("query($from: DateTime, $to: DateTime, $at: DateTime, $f: DealFilter) {{ {fields} }}");
    story.fund.run(who, &document, variables).await
}

/// A history of which the answer is worked out by hand. In this order, a day apart:
///
///   day 0  Aone, Btwo, Cthree, Dfour passed for TIMING; Efive for MARKET; Fsix (restricted) for TIMING
///   day 1  Btwo comes back and is active again: it is no pass any more
///   day 2  Cthree comes back, and is passed again for MARKET: it counts once, by its last pass
///   day 3  Dfour's pass is voided: it never was
///   day 4  outcomes of Aone and of Fsix; one of Efive that is withdrawn on day 5
///
/// So in all: TIMING Aone (funded), MARKET Cthree and Efive (not funded); its team counts Fsix as well (funded).
#[tokio::test]
async fn passes_are_counted_by_the_last_that_stands_and_misses_are_those_funded_later() {
    let story = Story::begins().await;
    let begin = story.fund.workspace.app.now();
    let mut deals = Vec::new();
    for (name, reason) in [
        ("Aone", "TIMING"),
        ("Btwo", "TIMING"),
        ("Cthree", "TIMING"),
        ("Dfour", "TIMING"),
        ("Efive", "MARKET"),
    ] {
        deals.push(passed(&story, name, reason).await);
    }
    let startup = story.startup("Fsix", json!({})).await;
    let secret = story.deal(&startup, json!({ "visibility": "RESTRICTED" })).await;
    story
        .moved(
            story.analyst,
            &secret,
            json!({ "status": "PASSED", "passReason": "TIMING" }),
        )
        .await;
    let a_day = || story.fund.workspace.pass(TimeDelta::days(1));
    a_day();
    let active = json!({ "status": "ACTIVE" });
    story.moved(story.analyst, &deals[1], active.clone()).await;
    a_day();
    let before_the_second = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::minutes(1));
    story.moved(story.analyst, &deals[2], active).await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    story
        .moved(
            story.analyst,
            &deals[2],
            json!({ "status": "PASSED", "passReason": "MARKET" }),
        )
        .await;
    a_day();
    story.void(story.partner, &deals[3]).await;
    a_day();
    for deal in [&deals[0], &secret] {
        record(&story, deal, "Funded by another fund").await;
    }
    let withdrawn = record(&story, &deals[4], "Said to be funded").await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let while_told = story.fund.workspace.app.now();
    a_day();
    let reason = json!({ "outcome": withdrawn, "reason": "not true" });
    story
        .fund
        .done(story.analyst, "retractOutcome", reason, "deal { id }")
        .await;

    let count = |reason: &str, deals: i32, funded: i32| json!({ "reason": reason, "deals": deals, "laterFunded": funded });
    let reasons = async |who, variables| ask(&story, who, REASONS, variables).await["passReasons"].clone();
    assert_eq!(
        reasons(story.partner, json!({})).await,
        json!([count("MARKET", 2, 0), count("TIMING", 1, 1)])
    );
    assert_eq!(
        reasons(story.analyst, json!({})).await,
        json!([count("MARKET", 2, 0), count("TIMING", 2, 2)])
    );
    // Of the first day: Cthree was passed again later.
    let first = json!({ "from": begin, "to": begin + TimeDelta::hours(12) });
    assert_eq!(
        reasons(story.partner, first).await,
        json!([count("MARKET", 1, 0), count("TIMING", 1, 1)])
    );
    // As known before: Cthree and Dfour were still passed for TIMING, and nothing was known of later.
    assert_eq!(
        reasons(story.partner, json!({ "at": before_the_second })).await,
        json!([count("TIMING", 3, 0), count("MARKET", 1, 0)])
    );
    assert_eq!(
        reasons(story.partner, json!({ "at": while_told })).await,
        json!([count("MARKET", 2, 1), count("TIMING", 1, 1)])
    );

    let titles = |misses: &Value| -> Vec<String> {
        let rows = misses["misses"].as_array().unwrap();
        rows.iter()
            .map(|row| row["deal"]["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        titles(&ask(&story, story.partner, MISSES, json!({})).await),
        ["Aone"]
    );
    let mut team = titles(&ask(&story, story.analyst, MISSES, json!({})).await);
    team.sort();
    assert_eq!(team, ["Aone", "Fsix"]);

    // Each figure opens as many deals as it counts.
    let list = "query($f: DealFilter) { deals(filter: $f) { totalCount } }";
    for (filter, expected) in [
        (
            json!({ "statuses": ["PASSED"], "passReasons": ["MARKET"], "passedFrom": begin }),
            2,
        ),
        (
            json!({ "passReasons": ["TIMING"], "passedFrom": begin, "laterFunded": true }),
            1,
        ),
        (
            json!({ "passedFrom": begin, "passedTo": begin + TimeDelta::hours(12) }),
            2,
        ),
        (json!({ "passedFrom": begin, "laterFunded": false }), 2),
    ] {
        let told = story.fund.run(story.partner, list, json!({ "f": filter })).await;
        assert_eq!(told["deals"]["totalCount"], expected, "{filter}");
    }
}

#[tokio::test]
async fn what_tells_of_no_funding_or_of_before_the_pass_is_kept_and_is_no_miss() {
    let story = Story::begins().await;
    let mut deals = Vec::new();
    for name in ["Before", "That day", "After", "Closed"] {
        let startup = story.startup(name, json!({})).await;
        deals.push(story.deal(&startup, json!({})).await);
    }
    story.fund.workspace.pass(TimeDelta::days(3));
    let begin = story.fund.workspace.app.now();
    for deal in &deals {
        let no = json!({ "status": "PASSED", "passReason": "TIMING" });
        story.moved(story.analyst, deal, no).await;
    }
    let zone = story.fund.workspace.app.workspace().time_zone;
    let passed_on = begin.with_timezone(&zone).date_naive();
    story.fund.workspace.pass(TimeDelta::days(2));
    let amount = json!({ "low": "20000000", "currency": "CNY" });
    for (deal, days, amount) in [
        (&deals[0], -1, amount.clone()),
        (&deals[1], 0, amount.clone()),
        (&deals[2], 1, json!({ "asFound": "undisclosed" })),
        (&deals[3], 1, Value::Null),
    ] {
        let on = passed_on + TimeDelta::days(days);
        let input = json!({ "deal": deal, "on": on, "what": "It was in the news", "amount": amount });
        story
            .fund
            .done(story.analyst, "recordOutcome", input, "outcome { id }")
            .await;
    }
    for deal in &deals {
        assert_eq!(
            watch(&story, story.partner, deal, None).await[0]["what"],
            "It was in the news"
        );
    }
    let now = story.fund.workspace.app.now();
    for at in [json!({}), json!({ "at": now })] {
        assert_eq!(
            ask(&story, story.partner, REASONS, at.clone()).await["passReasons"],
            json!([{ "reason": "TIMING", "deals": 4, "laterFunded": 2 }])
        );
        let misses = ask(&story, story.partner, MISSES, at.clone()).await["misses"].clone();
        let mut titles: Vec<_> = misses
            .as_array()
            .unwrap()
            .iter()
            .map(|miss| miss["deal"]["title"].as_str().unwrap())
            .collect();
        titles.sort_unstable();
        assert_eq!(titles, ["After", "That day"]);
        let list = "query($f: DealFilter, $at: DateTime) { deals(filter: $f, asOf: $at) { totalCount } }";
        for is_funded in [true, false] {
            let mut asked = at.clone();
            asked["f"] = json!({ "passedFrom": begin, "laterFunded": is_funded });
            let told = story.fund.run(story.partner, list, asked).await;
            assert_eq!(told["deals"]["totalCount"], 2, "{is_funded}");
        }
    }
}

async fn customers(story: &Story, startup: &str, value: &str) {
    let input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": value, "observedOn": today(story),
        "source": "DATA_ROOM", "sourceUrl": "https://room.example", "grade": "VERIFIED", "checked": "called three" });
    story
        .fund
        .done(story.analyst, "recordEvidence", input, "evidence { id }")
        .await;
}

#[tokio::test]
async fn a_miss_says_what_we_thought_when_we_passed_and_what_we_think_now() {
    let story = Story::begins().await;
    let startup = story.startup("Acme", json!({})).await;
    let deal = story.deal(&startup, json!({})).await;
    customers(&story, &startup, "1").await;
    story.fund.workspace.pass(TimeDelta::minutes(1));
    let figure = async || {
        let document = format!("{{ startup(id: \"{startup}\") {{ conviction }} }}");
        story.fund.run(story.analyst, &document, json!({})).await["startup"]["conviction"].clone()
    };
    let then = figure().await;
    story
        .moved(
            story.analyst,
            &deal,
            json!({ "status": "PASSED", "passReason": "TIMING" }),
        )
        .await;
    story.fund.workspace.pass(TimeDelta::days(1));
    customers(&story, &startup, "60").await;
    record(&story, &deal, "Funded").await;
    let now = figure().await;
    assert_ne!(then, now);
    let told = ask(&story, story.partner, MISSES, json!({})).await["misses"].clone();
    assert_eq!(
        told,
        json!([{ "deal": { "title": "Acme" }, "passedOn": told[0]["passedOn"], "reason": "TIMING", "later": [{ "what": "Funded" }],
            "convictionThen": then, "convictionNow": now }])
    );
}

#[tokio::test]
async fn many_misses_cost_as_many_statements_as_one() {
    use std::sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    };

    let story = Story::begins().await;
    let reader = story.fund.user("Vera", Role::Viewer).await;
    let cost = async || {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = app::Caller::new(&story.fund.workspace.app, Identity::User(reader))
            .counting(Arc::clone(&counter));
        let document =
            format!("query($from: DateTime, $to: DateTime, $at: DateTime, $f: DealFilter) {{ {MISSES} }}");
        let request = async_graphql::Request::new(document);
        let request = touchstone_graphql::prepare(request, caller, domain::Language::En);
        let answer = story.fund.schema.execute(request).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        counter.load(Ordering::Relaxed)
    };
    let mut first = 0;
    for n in 0..12 {
        let deal = passed(&story, &format!("Startup {n}"), "TIMING").await;
        record(&story, &deal, "Funded").await;
        if n == 0 {
            first = cost().await;
        }
    }
    assert_eq!(cost().await, first);
}
