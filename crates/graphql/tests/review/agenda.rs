//! Why a deal is on the agenda: a case that makes each reason appear, and one that keeps it away.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::room::{ITEM, Room};

/// A room whose last weekly was closed just now, with a deal that was there before.
async fn after_a_weekly() -> (Room, String, String) {
    let room = Room::opens().await;
    let (startup, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    room.hold("WEEKLY").await;
    (room, startup, deal)
}

async fn update_deal(room: &Room, deal: &str, more: Value) {
    let fund = &room.story.fund;
    let found = fund
        .run(
            room.story.admin,
            "query($id: ID!) { deal(id: $id) { version } }",
            json!({ "id": deal }),
        )
        .await;
    let mut input = json!({ "id": deal, "version": found["deal"]["version"] });
    let fields = input.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    fund.done(room.story.analyst, "updateDeal", input, "deal { id }")
        .await;
    room.tick();
}

fn day(room: &Room, days: i64) -> String {
    (room.story.fund.workspace.app.now() + TimeDelta::days(days))
        .date_naive()
        .to_string()
}

#[tokio::test]
async fn a_new_deal_comes_once_to_the_next_meeting_of_its_kind() {
    let (room, _, before) = after_a_weekly().await;
    let (_, new) = room
        .startup_and_deal("Meshwright", json!({ "sources": [{ "channel": "FA" }] }))
        .await;
    let review = room.schedule("WEEKLY", json!({})).await;
    assert_eq!(room.kinds(&review, &new).await, ["NEW_DEAL"]);
    let item = room.item_of(&review, &new).await.unwrap();
    assert_eq!(
        item["reasons"][0]["text"],
        "new on 2025-03-01, by Financial adviser"
    );
    assert!(
        room.item_of(&review, &before).await.is_none(),
        "it was new at the last one"
    );
    // A meeting of another kind has not seen it.
    let committee = room.schedule("COMMITTEE", json!({})).await;
    assert_eq!(room.kinds(&committee, &before).await, ["NEW_DEAL"]);
    room.pass(15);
    assert_eq!(
        room.kinds(&committee, &before).await,
        ["PAST_LIMIT"],
        "the first looks back 14 days"
    );
}

#[tokio::test]
async fn a_move_comes_net_and_one_that_was_voided_does_not() {
    let (room, _, deal) = after_a_weekly().await;
    let story = &room.story;
    let review = room.schedule("WEEKLY", json!({})).await;
    assert!(room.item_of(&review, &deal).await.is_none());
    story
        .moved(story.analyst, &deal, json!({ "stage": "SCREENING" }))
        .await;
    room.tick();
    let to = json!({ "stage": "FIRST_MEETING", "reason": "they answered" });
    story.moved(story.analyst, &deal, to).await;
    room.tick();
    let item = room.item_of(&review, &deal).await.unwrap();
    assert_eq!(
        item["reasons"][0]["text"],
        "Sourced → First meeting on 2025-03-01: they answered"
    );
    story.void(story.analyst, &deal).await;
    room.tick();
    story.void(story.analyst, &deal).await;
    assert!(room.item_of(&review, &deal).await.is_none());
}

#[tokio::test]
async fn a_conviction_that_changed_by_five_points_says_why_and_one_by_less_stays_away() {
    let (room, startup, deal) = after_a_weekly().await;
    let review = room.schedule("WEEKLY", json!({})).await;
    let stars = json!({ "kind": "OPEN_SOURCE_STARS", "value": "200", "source": "THIRD_PARTY", "grade": "CLAIMED", "checked": null });
    room.evidence(&startup, stars).await;
    assert!(
        room.item_of(&review, &deal).await.is_none(),
        "a little interest is below 5 points"
    );
    let customers = room.evidence(&startup, json!({})).await;
    let item = room.item_of(&review, &deal).await.unwrap();
    let reason = &item["reasons"][0];
    assert_eq!(reason["kind"], "CONVICTION_CHANGED");
    let text = reason["text"].as_str().unwrap();
    assert!(
        text.ends_with("by new evidence") && text.starts_with("conviction – → "),
        "{text}"
    );
    assert!(
        reason["evidence"]
            .as_array()
            .unwrap()
            .contains(&json!({ "id": customers }))
    );
}

#[tokio::test]
async fn proof_that_went_stale_since_comes_and_fresh_proof_does_not() {
    let room = Room::opens().await;
    let (startup, deal) = room
        .startup_and_deal("Cubeforge", json!({ "stage": "CLOSING" }))
        .await;
    room.evidence(&startup, json!({})).await;
    room.pass(178);
    room.hold("WEEKLY").await;
    let review = room.schedule("WEEKLY", json!({})).await;
    let stale = |kinds: Vec<String>| kinds.contains(&"EVIDENCE_STALE".to_owned());
    assert!(
        !stale(room.kinds(&review, &deal).await),
        "not older than 180 days"
    );
    room.pass(4);
    assert!(stale(room.kinds(&review, &deal).await));
    room.hold("WEEKLY").await;
    assert!(
        !stale(room.kinds(&review, &deal).await),
        "it was stale at the last one"
    );
}

#[tokio::test]
async fn a_deal_past_its_limit_comes_and_one_on_hold_does_not() {
    let (room, _, deal) = after_a_weekly().await;
    let review = room.schedule("WEEKLY", json!({})).await;
    room.pass(14);
    assert!(
        room.item_of(&review, &deal).await.is_none(),
        "the limit is 14 days"
    );
    room.pass(1);
    let item = room.item_of(&review, &deal).await.unwrap();
    assert_eq!(item["reasons"][0]["kind"], "PAST_LIMIT");
    assert_eq!(
        item["reasons"][0]["text"],
        "in its stage for 15 days: the limit is 14"
    );
    let story = &room.story;
    story
        .moved(story.analyst, &deal, json!({ "status": "ON_HOLD" }))
        .await;
    assert_eq!(room.kinds(&review, &deal).await, ["MOVED"]);
}

#[tokio::test]
async fn a_passed_deal_comes_back_when_its_day_comes_and_not_before() {
    let (room, _, deal) = after_a_weekly().await;
    let story = &room.story;
    let to = json!({ "status": "PASSED", "passReason": "TIMING", "revisitOn": day(&room, 20) });
    story.moved(story.partner, &deal, to).await;
    room.tick();
    update_deal(&room, &deal, json!({ "revisitTrigger": "models make 3D" })).await;
    room.hold("WEEKLY").await;
    let review = room.schedule("WEEKLY", json!({})).await;
    assert!(room.item_of(&review, &deal).await.is_none());
    let later = room.story.fund.workspace.app.now() + TimeDelta::days(25);
    let review = room.schedule("WEEKLY", json!({ "startsAt": later })).await;
    let item = room.item_of(&review, &deal).await.unwrap();
    assert_eq!(item["reasons"][0]["kind"], "REVISIT_DUE");
    assert!(
        item["reasons"][0]["text"]
            .as_str()
            .unwrap()
            .ends_with(": models make 3D"),
        "{item}"
    );
}

#[tokio::test]
async fn decisions_are_due_on_next_steps_term_sheets_and_in_the_kinds_stage() {
    let (room, _, deal) = after_a_weekly().await;
    let review = room.schedule("WEEKLY", json!({})).await;
    let step = json!({ "nextStep": "call two studios", "nextStepDue": day(&room, 3) });
    update_deal(&room, &deal, step).await;
    assert!(
        room.item_of(&review, &deal).await.is_none(),
        "due after the meeting"
    );
    update_deal(&room, &deal, json!({ "nextStepDue": day(&room, 1) })).await;
    let item = room.item_of(&review, &deal).await.unwrap();
    assert_eq!(item["reasons"][0]["kind"], "DECISION_DUE");
    assert!(
        item["reasons"][0]["text"]
            .as_str()
            .unwrap()
            .ends_with(": call two studios")
    );
    update_deal(
        &room,
        &deal,
        json!({ "nextStepDue": null, "termSheetExpiresOn": day(&room, 30) }),
    )
    .await;
    assert!(room.item_of(&review, &deal).await.is_none(), "far away");
    update_deal(&room, &deal, json!({ "termSheetExpiresOn": day(&room, 6) })).await;
    assert_eq!(room.kinds(&review, &deal).await, ["DECISION_DUE"]);
    update_deal(&room, &deal, json!({ "termSheetExpiresOn": null })).await;

    let story = &room.story;
    let to = json!({ "stage": "COMMITTEE", "overrideReason": "reference calls on Tuesday" });
    story.moved(story.partner, &deal, to).await;
    room.tick();
    room.hold("COMMITTEE").await;
    let committee = room.schedule("COMMITTEE", json!({})).await;
    let item = room.item_of(&committee, &deal).await.unwrap();
    assert_eq!(item["reasons"][0]["text"], "waits for a decision in Committee");
    assert_eq!(
        room.kinds(&review, &deal).await,
        ["MOVED"],
        "a weekly decides about no stage"
    );
}

#[tokio::test]
async fn open_tasks_of_meetings_come_back_until_they_are_done() {
    let (room, _, deal) = after_a_weekly().await;
    let story = &room.story;
    let review = room.schedule("WEEKLY", json!({})).await;
    let far = json!({ "what": "write", "deal": deal, "due": day(&room, 30) });
    story
        .fund
        .done(story.analyst, "createTask", far, "task { id }")
        .await;
    assert!(
        room.item_of(&review, &deal).await.is_none(),
        "somebody's own, due later"
    );
    let given = json!({ "what": "get the export", "deal": deal, "review": review });
    let given = story
        .fund
        .done(
            story.analyst,
            "createTask",
            given,
            "task { id version review { id } }",
        )
        .await;
    assert_eq!(given["task"]["review"]["id"], json!(review));
    room.tick();
    let next = room.schedule("WEEKLY", json!({})).await;
    assert_eq!(room.kinds(&next, &deal).await, ["OPEN_TASK"]);
    let done = json!({ "id": given["task"]["id"], "version": 1, "done": true });
    story
        .fund
        .done(story.analyst, "updateTask", done, "task { id }")
        .await;
    assert!(room.item_of(&next, &deal).await.is_none());
}

#[tokio::test]
async fn what_a_meeting_asked_for_comes_back_whatever_it_decided_until_it_is_done() {
    let room = Room::opens().await;
    let story = &room.story;
    let (_, held) = room.startup_and_deal("Cubeforge", json!({})).await;
    let (_, passed) = room.startup_and_deal("Meshwright", json!({})).await;
    let (_, invested) = room
        .startup_and_deal("Wrapwell", json!({ "stage": "CLOSING" }))
        .await;
    let (_, quiet) = room.startup_and_deal("Quietlake", json!({})).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let mut tasks = Vec::new();
    for deal in [&held, &passed] {
        let given = json!({ "what": "get the export", "deal": deal, "review": review });
        let given = story
            .fund
            .done(story.analyst, "createTask", given, "task { id }")
            .await;
        tasks.push(given["task"]["id"].clone());
    }
    let pass = json!({ "kind": "PASS", "passReason": "TIMING" });
    let invest =
        json!({ "kind": "INVEST", "conditions": ["get the export"], "overrideReason": "calls on Tuesday" });
    let hold = json!({ "kind": "HOLD" });
    for (deal, decision) in [
        (&held, &hold),
        (&quiet, &hold),
        (&passed, &pass),
        (&invested, &invest),
    ] {
        let id = room.id_of(&review, deal).await;
        let told = room.decide(&id, decision.clone()).await;
        assert_eq!(told["userErrors"], json!([]), "{decision}");
    }
    let given = room
        .look(story.partner, &review, "tasks { id isCondition }")
        .await;
    let given = given["tasks"].as_array().unwrap();
    tasks.extend(
        given
            .iter()
            .find(|task| task["isCondition"] == true)
            .map(|task| task["id"].clone()),
    );
    room.close(&review).await;
    // Once is not enough: it comes until it is done.
    room.hold("WEEKLY").await;
    let next = room.schedule("WEEKLY", json!({})).await;
    for deal in [&held, &passed, &invested] {
        assert_eq!(room.kinds(&next, deal).await, ["OPEN_TASK"], "{deal}");
    }
    assert!(
        room.item_of(&next, &quiet).await.is_none(),
        "nothing was asked of it"
    );
    for task in tasks {
        let done = json!({ "id": task, "version": 1, "done": true });
        story
            .fund
            .done(story.analyst, "updateTask", done, "task { id }")
            .await;
    }
    assert_eq!(room.items(story.partner, &next).await, [Value::Null; 0]);
}

#[tokio::test]
async fn people_add_drop_and_order_items_and_what_was_dropped_says_so_next_time() {
    let (room, _, quiet) = after_a_weekly().await;
    let (_, loud) = room.startup_and_deal("Meshwright", json!({})).await;
    let review = room.schedule("WEEKLY", json!({ "minutes": 60 })).await;
    let story = &room.story;
    let add = json!({ "review": review, "deal": quiet });
    let added = story
        .fund
        .done(
            story.analyst,
            "addAgendaItem",
            add.clone(),
            "item { id position isAdded }",
        )
        .await;
    assert_eq!(room.kinds(&review, &quiet).await, ["ADDED"]);
    let again = story
        .fund
        .tell(story.analyst, "addAgendaItem", add, "item { id }")
        .await;
    assert_eq!(again["userErrors"][0]["code"], "TAKEN");
    let (quiet_item, loud_item) = (
        added["item"]["id"].as_str().unwrap().to_owned(),
        room.id_of(&review, &loud).await,
    );
    let first = |items: Vec<Value>| items[0]["deal"]["id"].clone();
    assert_eq!(
        first(room.items(story.partner, &review).await),
        json!(quiet),
        "somebody wants it"
    );
    let order = json!({ "review": review, "items": [loud_item, quiet_item] });
    story
        .fund
        .done(story.analyst, "orderAgenda", order, "review { id }")
        .await;
    assert_eq!(first(room.items(story.partner, &review).await), json!(loud));
    let twice = json!({ "review": review, "items": [loud_item, loud_item] });
    let told = story
        .fund
        .tell(story.analyst, "orderAgenda", twice, "review { id }")
        .await;
    assert_eq!(told["userErrors"][0]["field"], json!(["items", "1"]));
    let minutes = json!({ "item": loud_item, "plannedMinutes": 45 });
    story
        .fund
        .done(
            story.analyst,
            "updateAgendaItem",
            minutes,
            "item { plannedMinutes }",
        )
        .await;
    let planned = |items: Vec<Value>| {
        items
            .iter()
            .map(|item| item["plannedMinutes"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(planned(room.items(story.partner, &review).await), [45, 15]);

    let drop = json!({ "item": loud_item, "dropped": true });
    story
        .fund
        .done(
            story.analyst,
            "updateAgendaItem",
            drop,
            "item { droppedAt position }",
        )
        .await;
    assert!(room.item_of(&review, &loud).await.is_none());
    let dropped = room.look(story.partner, &review, "droppedItems { id }").await;
    assert_eq!(dropped["droppedItems"], json!([{ "id": loud_item }]));
    room.start(&review).await;
    room.close(&review).await;
    story
        .moved(story.analyst, &loud, json!({ "stage": "SCREENING" }))
        .await;
    room.tick();
    let next = room.schedule("WEEKLY", json!({})).await;
    let seen = room
        .look(story.partner, &next, "items { droppedLastTime deal { id } }")
        .await;
    let back = &seen["items"][0];
    assert_eq!(
        (&back["droppedLastTime"], &back["deal"]["id"]),
        (&json!(true), &json!(loud))
    );
}

#[tokio::test]
async fn what_was_dropped_undecided_comes_back_until_it_was_on_an_agenda_and_each_meeting_tells_its_own() {
    let (room, _, _) = after_a_weekly().await;
    let story = &room.story;
    let (_, new) = room.startup_and_deal("Meshwright", json!({})).await;
    let (_, held) = room.startup_and_deal("Wrapwell", json!({})).await;
    let mut meetings = Vec::new();
    for n in 0..4 {
        let review = room.schedule("WEEKLY", json!({})).await;
        let seen = room
            .look(story.partner, &review, "items { id droppedLastTime deal { id } }")
            .await;
        let items = seen["items"].as_array().unwrap();
        if n == 3 {
            assert_eq!(items.len(), 0, "it was on the last one: {items:?}");
            break;
        }
        assert_eq!(items.len(), if n == 0 { 2 } else { 1 }, "{n}: {items:?}");
        assert_eq!(room.kinds(&review, &new).await, ["NEW_DEAL"], "{n}");
        for item in items {
            assert_eq!(item["droppedLastTime"], n > 0);
            if n < 2 {
                let drop = json!({ "item": item["id"], "dropped": true });
                story
                    .fund
                    .done(story.analyst, "updateAgendaItem", drop, "item { id }")
                    .await;
            }
        }
        if n == 0 {
            // What waits is not waited for.
            story
                .moved(story.analyst, &held, json!({ "status": "ON_HOLD" }))
                .await;
            room.tick();
        }
        room.start(&review).await;
        room.close(&review).await;
        meetings.push(review);
    }
    let told = async |review: &str| {
        let fields = "items { droppedLastTime } droppedItems { droppedLastTime }";
        let seen = room.look(story.partner, review, fields).await;
        let of = |list: &str| seen[list].as_array().unwrap().clone();
        let of: Vec<bool> = of("items")
            .into_iter()
            .chain(of("droppedItems"))
            .map(|item| item["droppedLastTime"].as_bool().unwrap())
            .collect();
        of
    };
    assert_eq!(told(&meetings[0]).await, [false, false]);
    assert_eq!(told(&meetings[1]).await, [true]);
    assert_eq!(told(&meetings[2]).await, [true]);
}

#[tokio::test]
async fn the_agenda_stands_once_the_meeting_began() {
    let (room, startup, deal) = after_a_weekly().await;
    let (_, new) = room.startup_and_deal("Meshwright", json!({})).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    room.evidence(&startup, json!({})).await;
    assert!(
        room.item_of(&review, &deal).await.is_none(),
        "what changes now is for the next one"
    );
    assert_eq!(room.kinds(&review, &new).await, ["NEW_DEAL"]);
    let late = json!({ "review": review, "deal": deal });
    let told = room
        .story
        .fund
        .tell(room.story.analyst, "addAgendaItem", late.clone(), "item { id }")
        .await;
    assert_eq!(
        told["userErrors"][0]["code"], "NOT_ALLOWED",
        "whoever runs it may"
    );
    room.story
        .fund
        .done(room.paul, "addAgendaItem", late, "item { id }")
        .await;
    assert_eq!(room.kinds(&review, &deal).await, ["ADDED"]);
}

#[tokio::test]
async fn an_item_of_a_restricted_deal_is_not_there_for_others_and_leaves_no_hole() {
    let (room, _, _) = after_a_weekly().await;
    let story = &room.story;
    let (_, one) = room.startup_and_deal("Meshwright", json!({})).await;
    let (_, hidden) = room
        .startup_and_deal(
            "Quietlake",
            json!({ "visibility": "RESTRICTED", "stage": "FIRST_MEETING", "team": [room.paul] }),
        )
        .await;
    let review = room.schedule("WEEKLY", json!({})).await;
    for live in [false, true] {
        if live {
            room.start(&review).await;
        }
        let paul = room.items(room.paul, &review).await;
        assert_eq!(paul.len(), 2);
        let pia = room.items(story.partner, &review).await;
        let told: Vec<_> = pia
            .iter()
            .map(|item| (&item["position"], &item["deal"]["id"], &item["plannedMinutes"]))
            .collect();
        assert_eq!(told, [(&json!(1), &json!(one), &json!(60))]);
        let id = paul
            .iter()
            .find(|item| item["deal"]["id"] == json!(hidden))
            .unwrap()["id"]
            .clone();
        let node = "query($id: ID!) { node(id: $id) { id } }";
        let found = story.fund.run(story.partner, node, json!({ "id": id })).await;
        assert_eq!(found["node"], Value::Null);
        let vote = json!({ "item": id, "vote": "YES" });
        let told = story
            .fund
            .tell(story.partner, "castVote", vote, "item { id }")
            .await;
        assert_eq!(told["userErrors"][0]["code"], "NOT_FOUND");
        if live {
            // While it is presented, others have a break, and the activity does not name it to them.
            let present = json!({ "review": review, "item": id });
            story
                .fund
                .done(
                    room.paul,
                    "presentItem",
                    present,
                    "review { currentItem { id } presenter { name } }",
                )
                .await;
            let seen = room
                .look(
                    story.partner,
                    &review,
                    "status currentItem { id } presenter { name }",
                )
                .await;
            assert_eq!(
                seen,
                json!({ "status": "LIVE", "currentItem": null, "presenter": { "name": "Paul" } })
            );
            let activity = "{ activity(first: 50) { nodes { summary before after } } }";
            let told = story
                .fund
                .run(story.partner, activity, json!({}))
                .await
                .to_string();
            assert!(
                !told.contains(id.as_str().unwrap()) && !told.contains(&hidden),
                "{told}"
            );
        }
    }
}

/// Copies the active deal "Startup 0" with its startup, its figures, its evidence and a task, 1,980 times.
const MANY: &str = "create temporary table copy as select n, gen_random_uuid() as startup, gen_random_uuid() as deal \
      from generate_series(1, 1980) n; \
    create temporary table pattern as select d.* from deal d join startup s on s.id = d.startup_id where s.name = 'Startup 0'; \
    insert into startup select x.* from copy c cross join startup s join pattern p on p.startup_id = s.id, \
      lateral jsonb_populate_record(s, jsonb_build_object('id', c.startup, 'slug', 'copy-' || c.n)) x; \
    insert into startup_assessment select x.* from copy c cross join startup_assessment a join pattern p on p.startup_id = a.startup_id, \
      lateral jsonb_populate_record(a, jsonb_build_object('startup_id', c.startup)) x on conflict do nothing; \
    insert into evidence select x.* from copy c cross join evidence e join pattern p on p.startup_id = e.startup_id, \
      lateral jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'startup_id', c.startup)) x; \
    insert into deal select x.* from copy c cross join deal d join pattern p on p.id = d.id, \
      lateral jsonb_populate_record(d, jsonb_build_object('id', c.deal, 'startup_id', c.startup, 'origin_startup_id', c.startup)) x; \
    insert into deal_change select x.* from copy c cross join deal_change h join pattern p on p.id = h.deal_id, \
      lateral jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), 'deal_id', c.deal)) x; \
    insert into task select x.* from copy c cross join task t join pattern p on p.id = t.deal_id, \
      lateral jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'deal_id', c.deal, 'startup_id', c.startup)) x; \
    analyze";

/// The items of these meetings, and how many statements it took to read them.
async fn read_counting(room: &Room, reviews: &[String]) -> (Vec<usize>, u64) {
    let counter = Arc::new(AtomicU64::new(0));
    let caller = app::Caller::new(
        &room.story.fund.workspace.app,
        app::Identity::User(room.story.partner),
    )
    .counting(Arc::clone(&counter));
    caller.admit().await.unwrap();
    let ids: Vec<domain::ReviewId> = reviews.iter().map(|id| id.parse().unwrap()).collect();
    let found = caller.reviews_by_ids(&ids).await.unwrap();
    let before = counter.load(Ordering::SeqCst);
    let agendas = caller.agendas(&found).await.unwrap();
    let items = ids.iter().map(|id| agendas[id].len()).collect();
    (items, counter.load(Ordering::SeqCst) - before)
}

#[tokio::test]
async fn the_agenda_costs_the_same_number_of_statements_for_twenty_deals_as_for_two_thousand() {
    let (room, _, _) = after_a_weekly().await;
    let review = [room.schedule("WEEKLY", json!({})).await];
    for n in 0..20 {
        let (startup, deal) = room.startup_and_deal(&format!("Startup {n}"), json!({})).await;
        room.evidence(&startup, json!({})).await;
        let task = json!({ "what": "call", "deal": deal, "review": review[0] });
        let story = &room.story;
        story
            .fund
            .done(story.analyst, "createTask", task, "task { id }")
            .await;
    }
    let (few, first) = read_counting(&room, &review).await;
    room.story.fund.workspace.database.run(MANY).await;
    let (many, second) = read_counting(&room, &review).await;
    assert_eq!((few, many), (vec![20], vec![2000]));
    assert_eq!(first, second);
    let whole = room.items(room.story.partner, &review[0]).await;
    let kinds = |item: &Value| -> Vec<String> {
        let reasons = item["reasons"].as_array().unwrap();
        reasons.iter().map(|reason| reason["kind"].to_string()).collect()
    };
    assert_eq!(kinds(&whole[0]).len(), 3, "{}", whole[0]);
    assert!(whole.iter().all(|item| kinds(item) == kinds(&whole[0])));
}

#[tokio::test]
async fn several_agendas_take_a_statement_more_for_each_and_are_those_of_one_at_a_time() {
    let (room, startup, deal) = after_a_weekly().await;
    let story = &room.story;
    let to = json!({ "stage": "SCREENING", "reason": "they answered" });
    story.moved(story.analyst, &deal, to).await;
    room.pass(1);
    let (_, waits) = room.startup_and_deal("Meshwright", json!({})).await;
    let pass = json!({ "status": "PASSED", "passReason": "TIMING", "revisitOn": day(&room, 20) });
    story.moved(story.analyst, &waits, pass).await;
    room.pass(1);
    room.hold("COMMITTEE").await;
    room.evidence(&startup, json!({})).await;
    room.startup_and_deal("Quietlake", json!({ "visibility": "RESTRICTED" }))
        .await;
    let later = json!({ "startsAt": story.fund.workspace.app.now() + TimeDelta::days(25) });
    let mut reviews = vec![room.schedule("WEEKLY", json!({})).await];
    reviews.push(room.schedule("COMMITTEE", json!({})).await);
    let (_, two) = read_counting(&room, &reviews).await;
    reviews.push(room.schedule("WEEKLY", later.clone()).await);
    reviews.push(room.schedule("COMMITTEE", later).await);
    let (_, four) = read_counting(&room, &reviews).await;
    assert_eq!(four, two + 2);

    let document = format!("{{ reviews {{ nodes {{ id items {{ {ITEM} }} }} }} }}");
    let together = story.fund.run(story.partner, &document, json!({})).await;
    let mut counts = Vec::new();
    for review in &reviews {
        let alone = room.items(story.partner, review).await;
        let nodes = together["reviews"]["nodes"].as_array().unwrap();
        let same = nodes.iter().find(|node| node["id"] == json!(review)).unwrap();
        assert_eq!(same["items"], json!(alone));
        counts.push(
            alone
                .iter()
                .filter(|item| item["deal"]["id"] == json!(waits))
                .count(),
        );
    }
    // The weekly has not heard of the pass; the first committee after it has, and the day to look again comes later.
    assert_eq!(counts, [1, 0, 1, 1]);
    let kinds = [
        room.kinds(&reviews[0], &deal).await,
        room.kinds(&reviews[1], &deal).await,
    ];
    assert_eq!(
        kinds,
        [vec!["MOVED", "CONVICTION_CHANGED"], vec!["CONVICTION_CHANGED"]]
    );
}

async fn capability(room: &Room, startup: &str) -> String {
    let input = json!({ "statement": "models can make usable 3D assets", "startups": [startup] });
    let made = room
        .story
        .fund
        .done(room.story.analyst, "createCapability", input, "capability { id }")
        .await;
    room.tick();
    made["capability"]["id"].as_str().unwrap().to_owned()
}

async fn verdict(room: &Room, capability: &str, status: &str) {
    let input = json!({ "capability": capability, "capabilityStatus": status, "on": day(room, 0), "reason": "a studio ships" });
    room.story
        .fund
        .done(room.story.analyst, "recordVerdict", input, "capability { id }")
        .await;
    room.tick();
}

#[tokio::test]
async fn a_capability_that_changed_comes_with_deals_that_bet_on_it_and_one_judged_as_before_does_not() {
    let (room, startup, deal) = after_a_weekly().await;
    let (_, other) = room.startup_and_deal("Meshwright", json!({})).await;
    let capability = capability(&room, &startup).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    verdict(&room, &capability, "NOT_YET").await;
    assert!(
        room.item_of(&review, &deal).await.is_none(),
        "it stands as it stood"
    );
    verdict(&room, &capability, "PARTLY").await;
    assert_eq!(room.kinds(&review, &deal).await, ["CAPABILITY_CHANGED"]);
    let item = room.item_of(&review, &deal).await.unwrap();
    assert_eq!(
        item["reasons"][0]["text"],
        "its startup bets on “models can make usable 3D assets”: not yet solved → partly solved on 2025-03-01, a studio ships"
    );
    assert_eq!(room.kinds(&review, &other).await, ["NEW_DEAL"]);
    // The meeting after that has been told.
    room.hold("WEEKLY").await;
    let next = room.schedule("WEEKLY", json!({})).await;
    assert!(room.item_of(&next, &deal).await.is_none());
}

#[tokio::test]
async fn what_a_provider_did_comes_with_deals_that_hang_on_it_and_not_with_others() {
    let (room, startup, deal) = after_a_weekly().await;
    let (fund, analyst) = (&room.story.fund, room.story.analyst);
    // Another one runs the model by itself: a price does not reach it, a launch does. A third hangs on somebody else.
    let (hosted, of_hosted) = room.startup_and_deal("Meshwright", json!({})).await;
    let (_, other) = room.startup_and_deal("Cubeforge", json!({})).await;
    room.hold("WEEKLY").await;
    let provider = fund
        .done(
            analyst,
            "createProvider",
            json!({ "name": "Basemodel One" }),
            "provider { id }",
        )
        .await["provider"]["id"]
        .take();
    room.tick();
    for (startup, mode) in [(&startup, "API"), (&hosted, "SELF_HOSTED")] {
        let input = json!({ "startup": startup, "provider": provider, "mode": mode, "critical": true });
        fund.done(analyst, "recordDependency", input, "dependency { id }")
            .await;
        room.tick();
    }
    let review = room.schedule("WEEKLY", json!({})).await;
    assert!(room.item_of(&review, &deal).await.is_none());
    let event = async |kind: &str, summary: &str| {
        let input = json!({ "provider": provider, "kind": kind, "on": day(&room, 0), "summary": summary });
        fund.done(analyst, "recordProviderEvent", input, "event { id }")
            .await;
        room.tick();
    };
    event("PRICE", "90 % cheaper").await;
    assert_eq!(room.kinds(&review, &deal).await, ["PROVIDER_EVENT"]);
    let item = room.item_of(&review, &deal).await.unwrap();
    assert_eq!(
        item["reasons"][0]["text"],
        format!("Basemodel One, price on {}: 90 % cheaper", day(&room, 0))
    );
    assert!(room.item_of(&review, &of_hosted).await.is_none());
    assert!(room.item_of(&review, &other).await.is_none());
    event("LAUNCH", "it makes meshes now").await;
    assert_eq!(
        room.kinds(&review, &deal).await,
        ["PROVIDER_EVENT", "PROVIDER_EVENT"]
    );
    assert_eq!(room.kinds(&review, &of_hosted).await, ["PROVIDER_EVENT"]);
    let told = fund
        .run(
            analyst,
            "query($id: ID!) { node(id: $id) { ... on Review { providerEvents { kind summary } } } }",
            json!({ "id": review }),
        )
        .await;
    assert_eq!(told["node"]["providerEvents"].as_array().unwrap().len(), 2);
    // What was told is told once.
    room.hold("WEEKLY").await;
    let next = room.schedule("WEEKLY", json!({})).await;
    assert!(room.item_of(&next, &deal).await.is_none());
    let told = fund
        .run(
            analyst,
            "query($id: ID!) { node(id: $id) { ... on Review { providerEvents { kind } } } }",
            json!({ "id": next }),
        )
        .await;
    assert_eq!(told["node"]["providerEvents"], json!([]));
}

#[tokio::test]
async fn a_deal_that_waited_for_a_capability_comes_with_it_until_somebody_takes_it_up() {
    let (room, _, deal) = after_a_weekly().await;
    let story = &room.story;
    let (other, _) = room.startup_and_deal("Meshwright", json!({})).await;
    let capability = capability(&room, &other).await;
    let pass =
        json!({ "status": "PASSED", "passReason": "TIMING", "revisitWhen": { "capability": capability } });
    story.moved(story.analyst, &deal, pass).await;
    room.tick();
    room.hold("WEEKLY").await;
    let review = room.schedule("WEEKLY", json!({})).await;
    verdict(&room, &capability, "PARTLY").await;
    assert!(
        room.item_of(&review, &deal).await.is_none(),
        "it waits for more than that"
    );
    verdict(&room, &capability, "SOLVED").await;
    let item = room.item_of(&review, &deal).await.unwrap();
    let reasons = item["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    assert_eq!(
        (&reasons[0]["kind"], &reasons[0]["text"]),
        (
            &json!("CAPABILITY_CHANGED"),
            &json!("it waited for “models can make usable 3D assets”: solved on 2025-03-01, a studio ships")
        )
    );
    // Nobody took it up: it comes again.
    room.hold("WEEKLY").await;
    let next = room.schedule("WEEKLY", json!({})).await;
    assert_eq!(room.kinds(&next, &deal).await, ["CAPABILITY_CHANGED"]);
    story
        .moved(story.analyst, &deal, json!({ "status": "ACTIVE" }))
        .await;
    room.tick();
    let kinds = room.kinds(&next, &deal).await;
    assert!(
        !kinds.iter().any(|kind| kind == "CAPABILITY_CHANGED"),
        "{kinds:?}"
    );
}

#[tokio::test]
async fn a_deal_for_which_evidence_came_is_due_and_one_that_still_waits_is_not() {
    let (room, startup, deal) = after_a_weekly().await;
    let story = &room.story;
    let when = json!({ "evidenceKind": "PAYING_CUSTOMERS", "grade": "CLAIMED" });
    let pass = json!({ "status": "PASSED", "passReason": "TIMING", "revisitWhen": when });
    story.moved(story.analyst, &deal, pass).await;
    room.tick();
    room.hold("WEEKLY").await;
    let review = room.schedule("WEEKLY", json!({})).await;
    assert!(room.item_of(&review, &deal).await.is_none());
    room.evidence(&startup, json!({})).await;
    let kinds = room.kinds(&review, &deal).await;
    assert!(kinds.iter().any(|kind| kind == "REVISIT_DUE"), "{kinds:?}");
}
