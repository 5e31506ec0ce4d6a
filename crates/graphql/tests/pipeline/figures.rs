//! What a hand-made history adds up to; the answers are worked out in the comments.

use app::Identity;
use chrono::{DateTime, TimeDelta, Utc};
use domain::Role;
use serde_json::{Value, json};

use crate::story::Story;

/// Eight deals opened on day 0, called 1 to 8, and what became of them:
///
/// | deal | what happened |
/// |---|---|
/// | 1 | nothing |
/// | 2 | PASSED on day 1 |
/// | 3 | SCREENING on day 2 |
/// | 4 | FIRST_MEETING on day 3, skipping SCREENING |
/// | 5 | SCREENING on day 2, FIRST_MEETING on day 4, back to SCREENING on day 5 |
/// | 6 | SCREENING on day 2, FIRST_MEETING on day 6, PASSED on day 8 |
/// | 7 | SCREENING on day 2, which was voided |
/// | 8 | SCREENING on day 2, LOST on day 3 |
///
/// A ninth deal was opened on day 4, outside of the cohort. Gives the instant of day 0.
async fn told(story: &Story) -> DateTime<Utc> {
    let begun = story.fund.workspace.app.now();
    let mut deals = vec![String::new()];
    for n in 1..=8 {
        let startup = story.startup(&format!("Startup {n}"), json!({})).await;
        deals.push(story.deal(&startup, json!({})).await);
    }
    let stage = |stage: &str| json!({ "stage": stage });
    let passed = || json!({ "status": "PASSED", "passReason": "MARKET" });
    let screening = || stage("SCREENING");
    let meeting = || stage("FIRST_MEETING");
    let acts = [
        (1, 2, passed()),
        (2, 3, screening()),
        (2, 5, screening()),
        (2, 6, screening()),
        (2, 7, screening()),
        (2, 7, Value::Null),
        (2, 8, screening()),
        (3, 4, meeting()),
        (3, 8, json!({ "status": "LOST" })),
        (4, 5, meeting()),
        (4, 9, Value::Null),
        (5, 5, screening()),
        (6, 6, meeting()),
        (8, 6, passed()),
    ];
    let mut today = 0;
    for (day, deal, act) in acts {
        story.fund.workspace.pass(TimeDelta::days(day - today));
        today = day;
        match act {
            Value::Null if deal == 9 => {
                let startup = story.startup("Startup 9", json!({})).await;
                story.deal(&startup, json!({})).await;
            }
            Value::Null => story.void(story.analyst, &deals[deal]).await,
            to => {
                story.moved(story.analyst, &deals[deal], to).await;
            }
        }
    }
    begun
}

const FUNNEL: &str = "opened invested passed stages { stage { key } entered advanced passed stillThere conversion medianDays p90Days stays }";

async fn funnel(
    story: &Story,
    view: &str,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    as_of: Option<DateTime<Utc>>,
) -> Value {
    let document = format!(
        "query($from: DateTime!, $to: DateTime!, $at: DateTime) {{ funnel(from: $from, to: $to, view: {view}, asOf: $at) {{ {FUNNEL} }} }}"
    );
    story
        .fund
        .run(
            story.analyst,
            &document,
            json!({ "from": from, "to": to, "at": as_of }),
        )
        .await["funnel"]
        .clone()
}

/// entered, advanced, passed, still there; conversion, median days, p90, stays.
fn row(funnel: &Value, key: &str) -> (Vec<i64>, Vec<Value>) {
    let stages = funnel["stages"].as_array().unwrap();
    let stage = stages.iter().find(|stage| stage["stage"]["key"] == key).unwrap();
    let counts = ["entered", "advanced", "passed", "stillThere"].map(|name| stage[name].as_i64().unwrap());
    let more = ["conversion", "medianDays", "p90Days", "stays"].map(|name| stage[name].clone());
    (counts.to_vec(), more.to_vec())
}

#[tokio::test]
async fn a_cohort_is_followed_to_where_each_of_its_deals_got() {
    let story = Story::begins().await;
    let begun = told(&story).await;
    let funnel = funnel(&story, "COHORT", begun, begun + TimeDelta::days(1), None).await;
    // 5 of 8 reached or passed SCREENING: 3, 4 (skipping), 5, 6, 8. 3 reached FIRST_MEETING: 4, 5 (then back), 6.
    // Days in SOURCED of those that left it: 1 2 2 2 2 3. In SCREENING: 5 two, 6 four, 8 one; nine in ten: 2 + 0.8 × 2.
    // In FIRST_MEETING: 5 one, 6 two; nine in ten: 1 + 0.9 × 1.
    assert_eq!(
        row(&funnel, "SOURCED"),
        (
            vec![8, 5, 1, 2],
            vec![json!("0.625"), json!("2"), json!("2.5"), json!(6)]
        )
    );
    assert_eq!(
        row(&funnel, "SCREENING"),
        (
            vec![5, 3, 1, 1],
            vec![json!("0.6"), json!("2"), json!("3.6"), json!(3)]
        )
    );
    assert_eq!(
        row(&funnel, "FIRST_MEETING"),
        (
            vec![3, 0, 1, 2],
            vec![json!("0"), json!("1.5"), json!("1.9"), json!(2)]
        )
    );
    assert_eq!(row(&funnel, "DILIGENCE").0, [0, 0, 0, 0]);
    assert_eq!(row(&funnel, "DILIGENCE").1[0], Value::Null);
    assert_eq!(
        [
            funnel["opened"].clone(),
            funnel["invested"].clone(),
            funnel["passed"].clone()
        ],
        [json!(8), json!(0), json!(3)]
    );
}

#[tokio::test]
async fn a_cohort_as_of_a_day_knows_what_was_known_then_even_what_was_voided_later() {
    let story = Story::begins().await;
    let begun = told(&story).await;
    // At noon of day 3: 2 was passed; 3, 5, 6 in SCREENING, 8 lost there, 4 in FIRST_MEETING; 7's move was voided.
    let at = begun + TimeDelta::hours(84);
    let then = funnel(&story, "COHORT", begun, begun + TimeDelta::days(1), Some(at)).await;
    assert_eq!(row(&then, "SOURCED").0, [8, 5, 1, 2]);
    assert_eq!(row(&then, "SCREENING").0, [5, 1, 1, 3]);
    assert_eq!(row(&then, "FIRST_MEETING").0, [1, 0, 0, 1]);
}

#[tokio::test]
async fn the_moves_of_a_period_are_counted_each() {
    let story = Story::begins().await;
    let begun = told(&story).await;
    let from = begun + TimeDelta::hours(12);
    let funnel = funnel(&story, "ACTIVITY", from, from + TimeDelta::days(30), None).await;
    // Into or through SCREENING: 3, 5, 6, 8, and 4 through it. Into FIRST_MEETING: 4, 5, 6. Opened: 9. Still in SCREENING
    // of those that came in: 3, and 5, which came, went on and came back; in FIRST_MEETING 4; in SOURCED 9.
    assert_eq!(row(&funnel, "SOURCED").0, [1, 5, 1, 1]);
    assert_eq!(row(&funnel, "SCREENING").0, [5, 3, 1, 2]);
    assert_eq!(row(&funnel, "FIRST_MEETING").0, [3, 0, 1, 1]);
    assert_eq!(
        [
            funnel["opened"].clone(),
            funnel["invested"].clone(),
            funnel["passed"].clone()
        ],
        [json!(1), json!(0), json!(3)]
    );
}

#[tokio::test]
async fn investing_is_through_every_stage() {
    let story = Story::begins().await;
    let begun = story.fund.workspace.app.now();
    let startup = story.startup("Acme", json!({})).await;
    let deal = story.deal(&startup, json!({ "stage": "CLOSING" })).await;
    let to = json!({ "status": "INVESTED", "overrideReason": "known for years" });
    story.moved(story.partner, &deal, to).await;
    let end = begun + TimeDelta::days(1);
    for view in ["COHORT", "ACTIVITY"] {
        let funnel = funnel(&story, view, begun, end, None).await;
        for stage in funnel["stages"].as_array().unwrap() {
            assert_eq!(
                (stage["entered"].clone(), stage["advanced"].clone()),
                (json!(1), json!(1)),
                "{view} {stage}"
            );
        }
        assert_eq!(funnel["invested"], 1);
    }
}

#[tokio::test]
async fn the_flow_puts_moves_into_weeks_of_the_workspace_s_zone() {
    let story = Story::begins().await;
    // 2024-05-05 17:00 UTC is Monday the 6th, 01:00, in Shanghai, and 15:00 still Sunday.
    for (name, at) in [
        ("Early", "2024-05-05T15:00:00Z"),
        ("Late", "2024-05-05T17:00:00Z"),
    ] {
        let startup = story.startup(name, json!({})).await;
        let deal = story.deal(&startup, json!({ "occurredAt": at })).await;
        let to = json!({ "stage": "DILIGENCE", "occurredAt": "2024-05-14T02:00:00Z" });
        story.moved(story.analyst, &deal, to).await;
        if name == "Late" {
            let to = json!({ "stage": "SCREENING", "occurredAt": "2024-05-15T02:00:00Z" });
            story.moved(story.analyst, &deal, to).await;
            let to =
                json!({ "status": "PASSED", "passReason": "TEAM", "occurredAt": "2024-05-16T02:00:00Z" });
            story.moved(story.analyst, &deal, to).await;
        }
    }
    let ask = async |from: &str, to: &str, interval: &str| {
        let document = format!(
            "{{ flow(from: \"{from}\", to: \"{to}\", interval: {interval}) {{ start opened advanced passed invested }} }}"
        );
        story.fund.run(story.analyst, &document, json!({})).await["flow"].clone()
    };
    let bucket = |start: &str, opened: i32, advanced: i32, passed: i32| json!({ "start": start, "opened": opened, "advanced": advanced, "passed": passed, "invested": 0 });
    assert_eq!(
        ask("2024-04-30", "2024-05-19", "WEEK").await,
        json!([
            bucket("2024-04-29", 1, 0, 0),
            bucket("2024-05-06", 1, 0, 0),
            bucket("2024-05-13", 0, 2, 1)
        ])
    );
    assert_eq!(
        ask("2024-05-06", "2024-05-15", "WEEK").await,
        json!([bucket("2024-05-06", 1, 0, 0), bucket("2024-05-13", 0, 2, 0)]),
        "days outside of the period are left out"
    );
    assert_eq!(
        ask("2024-05-01", "2024-05-31", "QUARTER").await,
        json!([bucket("2024-04-01", 2, 2, 1)])
    );
    for (from, to) in [("2024-05-02", "2024-05-01"), ("1900-01-01", "2024-05-01")] {
        let document = format!("{{ flow(from: \"{from}\", to: \"{to}\") {{ start }} }}");
        let answer = story
            .fund
            .ask(Identity::User(story.analyst), &document, json!({}))
            .await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn sources_are_judged_by_what_became_of_their_deals() {
    let story = Story::begins().await;
    let fa = |who: &str| json!({ "channel": "FA", "who": who });
    let one = story.startup("One", json!({})).await;
    let two = story.startup("Two", json!({})).await;
    let first = story
        .deal(
            &one,
            json!({ "round": "SEED", "sources": [fa("华兴"), { "channel": "EVENT" }] }),
        )
        .await;
    story.fund.workspace.pass(TimeDelta::days(1));
    story
        .moved(story.analyst, &first, json!({ "stage": "DILIGENCE" }))
        .await;
    story
        .moved(story.analyst, &first, json!({ "stage": "SOURCED" }))
        .await;
    // A second deal of a startup that was here brings no new name; that of Two does.
    story
        .deal(&one, json!({ "round": "A", "sources": [fa("华兴")] }))
        .await;
    story.deal(&two, json!({ "sources": [fa("华兴")] })).await;
    story.deal(&two, json!({ "round": "B" })).await;
    let document = "query($f: DealFilter) { sourceQuality(filter: $f) { channel who deals reachedDiligence invested newStartups } }";
    let all = story.fund.run(story.analyst, document, json!({})).await;
    let source = |channel: &str, who: Value, figures: [i32; 4]| {
        json!({ "channel": channel, "who": who, "deals": figures[0],
        "reachedDiligence": figures[1], "invested": figures[2], "newStartups": figures[3] })
    };
    assert_eq!(
        all["sourceQuality"],
        json!([
            source("FA", json!("华兴"), [3, 1, 0, 2]),
            source("EVENT", Value::Null, [1, 1, 0, 1])
        ])
    );
    let filter = json!({ "f": { "rounds": ["A"] } });
    let only = story.fund.run(story.analyst, document, filter).await;
    assert_eq!(
        only["sourceQuality"],
        json!([source("FA", json!("华兴"), [1, 0, 0, 0])])
    );
}

#[tokio::test]
async fn a_restricted_deal_is_in_no_figure_of_an_outsider() {
    let story = Story::begins().await;
    let outsider = story.fund.user("Out", Role::Partner).await;
    let begun = told(&story).await;
    let ask = async |who| {
        let document = "query($from: DateTime!, $to: DateTime!, $a: Date!, $b: Date!) { \
            cohort: funnel(from: $from, to: $to) { opened passed stages { entered stillThere medianDays } } \
            moves: funnel(from: $from, to: $to, view: ACTIVITY) { opened passed stages { entered advanced stillThere stays } } \
            flow(from: $a, to: $b) { opened advanced passed } sourceQuality { who deals newStartups } }";
        let end = begun + TimeDelta::days(30);
        let variables = json!({ "from": begun, "to": end, "a": begun.date_naive(), "b": end.date_naive() });
        story.fund.run(who, document, variables).await
    };
    let before = ask(outsider).await;
    let startup = story.startup("Quietlake", json!({})).await;
    let secret = json!({ "visibility": "RESTRICTED", "sources": [{ "channel": "LP", "who": "a friend" }] });
    let deal = story.deal(&startup, secret).await;
    story
        .moved(story.analyst, &deal, json!({ "stage": "DILIGENCE" }))
        .await;
    let sources = json!({ "sources": [{ "channel": "EVENT", "who": "a fair" }] });
    let open = ask(outsider).await;
    assert_eq!(open, before);
    assert_ne!(ask(story.analyst).await, before);
    story.deal(&startup, sources).await;
    let seen = ask(outsider).await;
    assert_eq!(
        seen["sourceQuality"],
        json!([{ "who": "a fair", "deals": 1, "newStartups": 1 }])
    );
}
