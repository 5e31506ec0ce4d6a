//! What a server remembers of boards, funnels and matrices is what it would compute anew: whatever was written since,
//! by whomever, and for whoever asks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

extern crate touchstone_graphql as graphql;

mod desk;
#[path = "../fund/mod.rs"]
mod fund;
mod mutations;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;

use desk::{BOARD, Desk, MATRIX};

#[tokio::test]
async fn an_answer_is_computed_once_until_something_is_written_that_it_reads() {
    let desk = Desk::new().await;
    let startup = desk.startup("Moonshot", json!({ "layer": "APP" })).await;
    let deal = desk.deal(&startup, json!({})).await;
    let asked = async |document: &str| {
        let before = desk.computed();
        desk.ask(&desk.fund.workspace.app, desk.analyst, document).await;
        desk.computed() - before
    };
    assert_eq!((asked(BOARD).await, asked(MATRIX).await), (1, 1));
    assert_eq!((asked(BOARD).await, asked(MATRIX).await), (0, 0));
    let task = json!({ "what": "call them", "startup": startup });
    desk.done(desk.analyst, "createTask", task, "task { id }").await;
    assert_eq!(
        (asked(BOARD).await, asked(MATRIX).await),
        (0, 0),
        "neither reads tasks"
    );
    let users = json!({ "startup": startup, "kind": "ACTIVE_USERS", "value": "9000", "window": "MONTH", "observedOn": "2025-02-01", "source": "FOUNDER" });
    desk.done(desk.analyst, "recordEvidence", users, "evidence { id }")
        .await;
    assert_eq!(
        (asked(BOARD).await, asked(MATRIX).await),
        (0, 1),
        "a board shows no evidence"
    );
    desk.shift(&deal, json!({ "stage": "SCREENING" })).await;
    assert_eq!((asked(BOARD).await, asked(MATRIX).await), (1, 1));
}

#[tokio::test]
async fn a_funnel_of_deals_opened_in_a_period_holds_while_only_others_change() {
    let desk = Desk::new().await;
    let startup = desk.startup("Moonshot", json!({ "layer": "APP" })).await;
    let before = desk
        .deal(
            &startup,
            json!({ "round": "SEED", "occurredAt": "2025-02-20T00:00:00Z" }),
        )
        .await;
    let after = desk.deal(&startup, json!({ "round": "A" })).await;
    let of = |more: &str| {
        format!(
            "{{ funnel(from: \"2025-01-01T00:00:00Z\", to: \"2025-02-25T00:00:00Z\"{more}) {{ opened passed stages {{ stillThere stays }} }} }}"
        )
    };
    let (plain, of_startups) = (of(""), of(", filter: { firstOfStartup: true }"));
    let asked = async |document: &str| {
        let computed = desk.computed();
        let [kept, fresh] = desk.both(desk.analyst, document).await;
        assert_eq!(kept, fresh);
        assert_eq!(kept["funnel"]["opened"], 1);
        desk.computed() - computed
    };
    // How many there are, and how long they took.
    assert_eq!((asked(&plain).await, asked(&of_startups).await), (2, 2));
    desk.shift(&after, json!({ "stage": "SCREENING" })).await;
    assert_eq!(asked(&plain).await, 0, "of another period");
    assert_eq!(
        asked(&of_startups).await,
        2,
        "which is the first follows from others"
    );
    assert_eq!(asked(&plain).await, 0);
    desk.deal(&startup, json!({ "round": "B" })).await;
    assert_eq!(asked(&plain).await, 0, "opened later");
    desk.shift(&before, json!({ "stage": "SCREENING" })).await;
    assert_eq!(asked(&plain).await, 2);
    // Whatever else it reads.
    let layer =
        json!({ "id": startup, "version": desk.version("Startup", &startup).await, "layer": "MODEL" });
    desk.done(desk.analyst, "updateStartup", layer, "startup { id }")
        .await;
    assert_eq!(asked(&plain).await, 2);
    // More than anybody looks through.
    for n in 0..200 {
        let step = json!({ "id": after, "version": desk.version("Deal", &after).await, "nextStep": format!("call {n}") });
        desk.done(desk.analyst, "updateDeal", step, "deal { id }").await;
    }
    assert_eq!(asked(&plain).await, 2);
}

#[tokio::test]
async fn many_who_ask_at_once_have_it_computed_once() {
    let desk = Desk::new().await;
    let startup = desk.startup("Moonshot", json!({})).await;
    let deal = desk.deal(&startup, json!({})).await;
    for stage in ["SCREENING", "FIRST_MEETING"] {
        desk.shift(&deal, json!({ "stage": stage })).await;
        let before = desk.computed();
        let all = join_all((0..12).map(|_| desk.ask(&desk.fund.workspace.app, desk.analyst, BOARD))).await;
        assert!(all.iter().all(|board| *board == all[0]));
        assert_eq!(desk.computed() - before, 1);
    }
}

#[tokio::test]
async fn days_go_by_on_a_remembered_board_as_on_a_fresh_one() {
    let desk = Desk::new().await;
    for name in ["Moonshot", "Sunshot"] {
        let startup = desk.startup(name, json!({})).await;
        desk.deal(&startup, json!({})).await;
        desk.fund.workspace.pass(TimeDelta::hours(5));
    }
    let mut medians = Vec::new();
    for _ in 0..24 {
        desk.fund.workspace.pass(TimeDelta::minutes(61));
        let [board, fresh] = desk.both(desk.analyst, BOARD).await;
        assert_eq!(board, fresh);
        medians.push(board["pipeline"]["columns"][0]["medianDaysInStage"].clone());
    }
    medians.dedup();
    assert_eq!(medians, [json!("0"), json!("0.5"), json!("1")]);
    // Fifteen days on they are stale, though nobody did anything.
    desk.fund.workspace.pass(TimeDelta::days(15));
    let [board, fresh] = desk.both(desk.analyst, BOARD).await;
    assert_eq!(board["pipeline"]["staleCount"], 2);
    assert_eq!(board, fresh);
}

#[tokio::test]
async fn who_may_see_other_restricted_deals_never_shares_an_answer() {
    let desk = Desk::new().await;
    let startup = desk.startup("Moonshot", json!({})).await;
    let secret = desk
        .done(
            desk.partner,
            "openDeal",
            json!({ "startup": startup, "visibility": "RESTRICTED", "amountSought": { "low": "5", "high": "7", "currency": "USD" } }),
            "deal { id version }",
        )
        .await;
    let count = async |who| {
        let board = desk.ask(&desk.fund.workspace.app, who, BOARD).await;
        board["pipeline"]["totalCount"].clone()
    };
    // Its team first, so that there is an answer to be shared.
    for _ in 0..2 {
        assert_eq!(count(desk.partner).await, 1);
        assert_eq!(count(desk.admin).await, 1);
        assert_eq!(count(desk.analyst).await, 0);
    }
    let before = desk.computed();
    assert_eq!(count(desk.viewer).await, 0);
    assert_eq!(
        desk.computed(),
        before,
        "who may see the same shares what is known"
    );
    // Taken into the team, and out again: rights are those of now.
    let (id, version) = (&secret["deal"]["id"], &secret["deal"]["version"]);
    let told = desk
        .done(
            desk.partner,
            "updateDeal",
            json!({ "id": id, "version": version, "team": [desk.analyst.to_string()] }),
            "deal { version }",
        )
        .await;
    assert_eq!(count(desk.analyst).await, 1);
    let out = json!({ "id": id, "version": told["deal"]["version"], "team": [] });
    desk.done(desk.partner, "updateDeal", out, "deal { version }")
        .await;
    assert_eq!(count(desk.analyst).await, 0);
    assert_eq!(count(desk.partner).await, 1);
}

#[tokio::test]
async fn the_daily_pass_of_another_server_is_seen_at_once_and_shows_nobody_an_activity() {
    let desk = Desk::new().await;
    let startup = desk.startup("Moonshot", json!({ "layer": "APP" })).await;
    let customers = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": "30", "observedOn": "2025-02-01", "source": "DATA_ROOM",
        "sourceUrl": "https://room.example", "grade": "VERIFIED", "checked": "invoices" });
    desk.done(desk.analyst, "recordEvidence", customers, "evidence { id }")
        .await;
    let newest = "{ activity(first: 1) { totalCount nodes { id verb } } }";
    let activity = desk.ask(&desk.fresh, desk.admin, newest).await;
    let conviction = async || {
        let told = desk.ask(&desk.fund.workspace.app, desk.analyst, MATRIX).await;
        told["coverage"]["total"]["medianConviction"].clone()
    };
    let before = conviction().await;
    desk.fund.workspace.pass(TimeDelta::days(90));
    assert_eq!(
        conviction().await,
        before,
        "what is stored is of the day of its writing"
    );
    assert_eq!(desk.fresh.bring_assessments_up_to_date().await.unwrap(), 1);
    assert_ne!(conviction().await, before);
    assert_eq!(desk.ask(&desk.fresh, desk.admin, newest).await, activity);
    assert_eq!(desk.fresh.bring_assessments_up_to_date().await.unwrap(), 0);
    let broken = desk
        .fund
        .workspace
        .database
        .ask("select string_agg(verb, ' ' order by seq) from operation_order")
        .await;
    assert!(broken.ends_with("recordEvidence refreshAssessments"), "{broken}");
}
