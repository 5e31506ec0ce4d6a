//! A meeting as it goes on: presented, noted, decided, taken back.

use serde_json::{Value, json};

use crate::room::Room;

#[tokio::test]
async fn a_decision_moves_the_deal_through_its_gates_and_can_be_taken_back() {
    let room = Room::opens().await;
    let (startup, deal) = room
        .startup_and_deal("Cubeforge", json!({ "stage": "DILIGENCE" }))
        .await;
    let review = room
        .schedule("PROJECT_APPROVAL", json!({ "quorum": "NONE" }))
        .await;
    room.start(&review).await;
    let id = room.id_of(&review, &deal).await;
    let advance =
        json!({ "kind": "ADVANCE", "conditions": ["reference call with a studio", "export of retention"] });
    let told = room.decide(&id, advance.clone()).await;
    assert_eq!(told["userErrors"][0]["code"], "GATE_CLOSED", "{told}");
    assert_eq!(told["item"], Value::Null, "nothing is half written");
    let tasks = room.look(room.vera, &review, "tasks { what }").await;
    assert_eq!(tasks["tasks"], json!([]));
    room.evidence(&startup, json!({})).await;
    room.vote(room.story.partner, &id, "YES").await;
    let told = room.decide(&id, advance).await;
    assert_eq!(told["userErrors"], json!([]));
    assert_eq!(
        told["item"]["decision"],
        json!({ "kind": "ADVANCE", "outcome": "ADVANCE", "rationale": "real users", "stage": { "key": "COMMITTEE" }, "reason": null,
            "overrode": [], "by": { "name": "Pia" },
            "conditions": [{ "what": "reference call with a studio", "isCondition": true }, { "what": "export of retention", "isCondition": true }] })
    );
    let here = &told["item"]["deal"];
    assert_eq!(here["stage"]["key"], "COMMITTEE");
    assert_eq!(here["history"][1]["review"]["id"], json!(review));
    let twice = room.decide(&id, json!({ "kind": "HOLD" })).await;
    assert_eq!(twice["userErrors"][0]["code"], "CONFLICT");

    let input = json!({ "item": id });
    let told = room
        .story
        .fund
        .done(
            room.story.partner,
            "undoDecision",
            input,
            "item { decision { kind } deal { stage { key } history { voidedAt } tasks { what } } }",
        )
        .await;
    let item = &told["item"];
    assert_eq!(
        (&item["decision"], &item["deal"]["stage"]["key"]),
        (&Value::Null, &json!("DILIGENCE"))
    );
    assert_ne!(item["deal"]["history"][1]["voidedAt"], Value::Null);
    assert_eq!(item["deal"]["tasks"], json!([]));
    room.tick();
    let told = room
        .decide(
            &id,
            json!({ "kind": "PASS", "passReason": "TIMING", "revisitOn": "2025-09-01" }),
        )
        .await;
    assert_eq!(told["item"]["deal"]["status"], "PASSED", "{told}");
    assert_eq!(told["item"]["decision"]["reason"], "TIMING");
}

#[tokio::test]
async fn an_override_goes_with_the_decision_and_undo_takes_all_of_it_back() {
    let room = Room::opens().await;
    let (_, deal) = room
        .startup_and_deal("Cubeforge", json!({ "stage": "DILIGENCE" }))
        .await;
    let review = room.schedule("PROJECT_APPROVAL", json!({})).await;
    let id = room.id_of(&review, &deal).await;
    let early = room.decide(&id, json!({ "kind": "ADVANCE" })).await;
    assert_eq!(early["userErrors"][0]["code"], "NOT_ALLOWED", "it has not begun");
    room.start(&review).await;
    let told = room
        .decide(
            &id,
            json!({ "kind": "ADVANCE", "overrideReason": "reference calls on Tuesday" }),
        )
        .await;
    assert_eq!(
        told["item"]["decision"]["overrode"],
        json!(["VERIFIED_PROOF"]),
        "{told}"
    );
    let story = &room.story;
    let activity = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id verb review { id } } } }";
    let found = story
        .fund
        .run(story.partner, activity, json!({ "id": deal }))
        .await;
    let row = &found["activity"]["nodes"][0];
    assert_eq!(
        (&row["verb"], &row["review"]["id"]),
        (&json!("decide"), &json!(review))
    );
    let undone = story
        .fund
        .done(story.partner, "undo", json!({ "activity": row["id"] }), "kept")
        .await;
    assert_eq!(undone["kept"], json!([]));
    let seen = room
        .look(
            room.vera,
            &review,
            "items { decision { kind } deal { stage { key } } }",
        )
        .await;
    assert_eq!(
        seen["items"][0],
        json!({ "decision": null, "deal": { "stage": { "key": "DILIGENCE" } } })
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_decision_is_said_and_nothing_is_written() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let id = room.id_of(&review, &deal).await;
    for (wrong, code, field) in [
        (json!({ "kind": "PASS" }), "REQUIRED", "passReason"),
        (
            json!({ "kind": "HOLD", "rationale": "  " }),
            "REQUIRED",
            "rationale",
        ),
        (
            json!({ "kind": "HOLD", "conditions": ["x"] }),
            "INVALID",
            "conditions",
        ),
        (
            json!({ "kind": "ADVANCE", "conditions": [" "] }),
            "REQUIRED",
            "conditions",
        ),
        (
            json!({ "kind": "ADVANCE", "stage": "NOWHERE" }),
            "NOT_FOUND",
            "stage",
        ),
    ] {
        let told = room.decide(&id, wrong.clone()).await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"][0]),
            (&json!(code), &json!(field)),
            "{wrong}"
        );
    }
    let before = json!({ "item": id });
    let told = room
        .story
        .fund
        .tell(room.story.partner, "undoDecision", before, "item { id }")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED", "nothing is decided");
}

#[tokio::test]
async fn a_decision_is_not_taken_back_once_the_deal_moved_on() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let id = room.id_of(&review, &deal).await;
    room.decide(&id, json!({ "kind": "ADVANCE" })).await;
    let story = &room.story;
    story
        .moved(story.analyst, &deal, json!({ "stage": "FIRST_MEETING" }))
        .await;
    let told = story
        .fund
        .tell(
            story.partner,
            "undoDecision",
            json!({ "item": id }),
            "item { id }",
        )
        .await;
    assert_eq!(told["userErrors"][0]["code"], "CONFLICT");
}

#[tokio::test]
async fn notes_of_one_item_tell_the_later_of_the_earlier_and_others_lose_nothing() {
    let room = Room::opens().await;
    let (_, one) = room.startup_and_deal("Cubeforge", json!({})).await;
    let (_, two) = room.startup_and_deal("Meshwright", json!({})).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    let story = &room.story;
    let (first, second) = (room.id_of(&review, &one).await, room.id_of(&review, &two).await);
    let write = async |who, item: &str, version: i32, notes: &str| {
        let input = json!({ "item": item, "version": version, "notes": notes });
        story
            .fund
            .tell(who, "writeNotes", input, "item { notes notesVersion }")
            .await
    };
    let told = write(story.analyst, &first, 0, "they have users").await;
    assert_eq!(
        told["item"],
        json!({ "notes": "they have users", "notesVersion": 1 })
    );
    let told = write(story.partner, &second, 0, "they do not").await;
    assert_eq!(told["item"]["notesVersion"], 1);
    let late = write(story.partner, &first, 0, "do they?").await;
    assert_eq!(late["userErrors"][0]["code"], "STALE_VERSION");
    assert!(
        late["userErrors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("they are at 1")
    );
    let told = write(story.partner, &first, 1, "they have users. Do they?").await;
    assert_eq!(told["item"]["notesVersion"], 2);
}

#[tokio::test]
async fn whoever_presents_turns_the_pages_and_another_partner_takes_over() {
    let room = Room::opens().await;
    let (_, one) = room.startup_and_deal("Cubeforge", json!({})).await;
    let (_, two) = room.startup_and_deal("Meshwright", json!({})).await;
    let story = &room.story;
    let review = room
        .schedule("WEEKLY", json!({ "presenter": story.analyst }))
        .await;
    let begin = json!({ "id": review, "version": 1 });
    let stale = json!({ "id": review, "version": 7 });
    let told = story
        .fund
        .tell(story.analyst, "startReview", stale, "review { id }")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "STALE_VERSION");
    story
        .fund
        .done(story.analyst, "startReview", begin, "review { id }")
        .await;
    room.tick();
    let current = async || {
        let seen = room
            .look(
                room.vera,
                &review,
                "currentItem { deal { id } } presenter { name }",
            )
            .await;
        (
            seen["currentItem"]["deal"]["id"].clone(),
            seen["presenter"]["name"].clone(),
        )
    };
    let items = room.items(room.vera, &review).await;
    assert_eq!(current().await, (items[0]["deal"]["id"].clone(), json!("Ana")));
    let (first, second) = (room.id_of(&review, &one).await, room.id_of(&review, &two).await);
    for (who, item, deal, name) in [
        (story.analyst, json!(second), json!(two), "Ana"),
        (room.paul, json!(first), json!(one), "Paul"),
        (room.paul, Value::Null, Value::Null, "Paul"),
    ] {
        let input = json!({ "review": review, "item": item });
        story.fund.done(who, "presentItem", input, "review { id }").await;
        assert_eq!(current().await, (deal, json!(name)));
    }
    let input = json!({ "review": review, "item": first });
    let told = story
        .fund
        .tell(story.analyst, "presentItem", input, "review { id }")
        .await;
    assert_eq!(
        told["userErrors"][0]["code"], "NOT_ALLOWED",
        "she presents no more"
    );
}

#[tokio::test]
async fn what_was_decided_voted_on_or_is_presented_stays_on_the_agenda() {
    let room = Room::opens().await;
    let story = &room.story;
    let mut deals = Vec::new();
    for name in ["Cubeforge", "Meshwright", "Wrapwell"] {
        deals.push(room.startup_and_deal(name, json!({})).await.1);
    }
    let review = room.schedule("WEEKLY", json!({})).await;
    let drop = async |item: &str, dropped: bool| {
        let input = json!({ "item": item, "dropped": dropped });
        let told = story
            .fund
            .tell(story.partner, "updateAgendaItem", input, "item { position }")
            .await;
        room.tick();
        let error = &told["userErrors"][0];
        (error["code"].clone(), error["message"].clone())
    };
    let refused = |why: &str| (json!("NOT_ALLOWED"), json!(why));
    let dropped = (Value::Null, Value::Null);
    let mut items = Vec::new();
    for deal in &deals {
        items.push(room.id_of(&review, deal).await);
    }
    // Voted on before the meeting, an item can be dropped, and brought back.
    room.vote(room.paul, &items[1], "NO").await;
    assert_eq!(drop(&items[1], true).await, dropped);
    assert_eq!(drop(&items[1], false).await, dropped);
    room.start(&review).await;
    assert_eq!(
        drop(&items[1], true).await,
        refused("votes were cast on this item; it stays on the agenda of this meeting")
    );
    let decided = room.decide(&items[0], json!({ "kind": "HOLD" })).await;
    assert_eq!(decided["userErrors"], json!([]));
    assert_eq!(
        drop(&items[0], true).await,
        refused("this item is decided; take the decision back before dropping it")
    );
    let present = async |item: Value| {
        let input = json!({ "review": review, "item": item });
        story
            .fund
            .done(story.partner, "presentItem", input, "review { id }")
            .await;
    };
    present(json!(items[2])).await;
    assert_eq!(
        drop(&items[2], true).await,
        refused("everybody looks at this item; present another one before dropping it")
    );
    present(Value::Null).await;
    assert_eq!(drop(&items[2], true).await, dropped);
    let undo = json!({ "item": items[0] });
    story
        .fund
        .done(story.partner, "undoDecision", undo, "item { id }")
        .await;
    assert_eq!(
        drop(&items[0], true).await,
        dropped,
        "nothing is decided any more"
    );
}

#[tokio::test]
async fn a_meeting_that_has_not_begun_can_be_changed_and_called_off_and_that_undone() {
    let room = Room::opens().await;
    let story = &room.story;
    let review = room.schedule("WEEKLY", json!({})).await;
    let edit = json!({ "id": review, "version": 1, "title": "Tuesday", "rule": "THRESHOLD", "threshold": 2 });
    let done = story
        .fund
        .done(
            story.partner,
            "updateReview",
            edit,
            "review { title rule threshold version }",
        )
        .await;
    assert_eq!(
        done["review"],
        json!({ "title": "Tuesday", "rule": "THRESHOLD", "threshold": 2, "version": 2 })
    );
    let wrong = json!({ "id": review, "version": 2, "rule": "THRESHOLD", "threshold": null });
    let told = story
        .fund
        .tell(story.partner, "updateReview", wrong, "review { id }")
        .await;
    assert_eq!(told["userErrors"][0]["field"], json!(["threshold"]));
    let off = json!({ "id": review, "version": 2 });
    story
        .fund
        .done(story.partner, "archiveReview", off, "review { id }")
        .await;
    assert_eq!(room.look(room.vera, &review, "id").await, Value::Null);
    let activity = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id } } }";
    let found = story
        .fund
        .run(story.partner, activity, json!({ "id": review }))
        .await;
    let row = &found["activity"]["nodes"][0]["id"];
    story
        .fund
        .done(story.partner, "undo", json!({ "activity": row }), "kept")
        .await;
    room.start(&review).await;
    let rule = json!({ "id": review, "version": room.version(&review).await, "rule": "MAJORITY" });
    let told = story
        .fund
        .tell(story.partner, "updateReview", rule, "review { id }")
        .await;
    assert_eq!(
        told["userErrors"][0]["field"],
        json!(["rule"]),
        "what votes mean stays while they are cast"
    );
}

#[tokio::test]
async fn a_deal_that_is_put_on_hold_or_passed_waits_for_what_was_decided_and_minutes_and_packet_tell_it() {
    let room = Room::opens().await;
    let story = &room.story;
    let (startup, held) = room.startup_and_deal("Cubeforge", json!({})).await;
    let (_, passed) = room.startup_and_deal("Meshwright", json!({})).await;
    let capability = json!({ "statement": "models can make usable 3D assets" });
    let made = story
        .fund
        .done(story.analyst, "createCapability", capability, "capability { id }")
        .await;
    let capability = made["capability"]["id"].clone();
    room.tick();
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let hold = room.id_of(&review, &held).await;
    let pass = room.id_of(&review, &passed).await;
    let proof = json!({ "evidenceKind": "PAYING_CUSTOMERS", "grade": "VERIFIED" });
    room.decide(&hold, json!({ "kind": "HOLD", "revisitWhen": proof }))
        .await;
    let waits = json!({ "capability": capability, "capabilityStatus": "PARTLY" });
    let told = room
        .decide(
            &pass,
            json!({ "kind": "PASS", "passReason": "TIMING", "revisitOn": "2025-09-01", "revisitWhen": waits }),
        )
        .await;
    assert_eq!(told["userErrors"], json!([]));
    room.close(&review).await;

    let deal = "query($id: ID!) { deal(id: $id) { status revisitWhen { text capability { id } } revisitDue { because } } }";
    let of = async |id: &str| story.fund.run(story.partner, deal, json!({ "id": id })).await["deal"].clone();
    assert_eq!(
        of(&passed).await,
        json!({ "status": "PASSED", "revisitDue": null, "revisitWhen":
            { "text": "“models can make usable 3D assets” is partly solved", "capability": { "id": capability } } })
    );
    let waiting = of(&held).await;
    assert_eq!(
        (&waiting["status"], &waiting["revisitDue"]),
        (&json!("ON_HOLD"), &Value::Null)
    );

    let frozen = room.look(room.vera, &review, "minutesText packet").await;
    let minutes = frozen["minutesText"].as_str().unwrap();
    for told in [
        "- Hold: real users – Pia · comes back by itself at paying customers, verified or better\n",
        "- Pass – Timing: real users – Pia · look again on 2025-09-01 · comes back by itself at “models can make usable 3D assets” is partly solved\n",
    ] {
        assert!(minutes.contains(told), "{told}: {minutes}");
    }
    let items = frozen["packet"]["items"].as_array().unwrap();
    let of_packet = |deal: &str| {
        let item = items
            .iter()
            .find(|item| item["body"]["deal"]["id"] == json!(deal));
        item.unwrap()["body"]["deal"]["terms"]["revisitWhen"].clone()
    };
    assert_eq!(
        of_packet(&passed),
        json!({ "capability": { "id": capability, "status": "PARTLY" } })
    );
    assert_eq!(
        of_packet(&held),
        json!({ "evidence": { "kind": "PAYING_CUSTOMERS", "grade": "VERIFIED", "valueAtLeast": null } })
    );

    // It comes, and the deal is back on the next agenda.
    room.evidence(&startup, json!({})).await;
    assert_ne!(of(&held).await["revisitDue"], Value::Null);
    let next = room.schedule("WEEKLY", json!({})).await;
    assert!(room.kinds(&next, &held).await.contains(&"REVISIT_DUE".to_owned()));
    assert!(room.item_of(&next, &passed).await.is_none(), "it waits");
}

#[tokio::test]
async fn a_deal_that_stays_passed_waits_for_something_else_until_that_is_taken_back() {
    let room = Room::opens().await;
    let story = &room.story;
    let (_, deal) = room.startup_and_deal("Meshwright", json!({})).await;
    let first = json!({ "convictionAtLeast": "40" });
    let to = json!({ "status": "PASSED", "passReason": "TIMING", "revisitWhen": first });
    story.moved(story.analyst, &deal, to).await;
    room.tick();
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let id = room.id_of(&review, &deal).await;
    for (kind, wrong, code, field) in [
        ("ADVANCE", first.clone(), "INVALID", json!(["revisitWhen"])),
        (
            "PASS",
            json!({ "evidenceKind": "PILOTS" }),
            "REQUIRED",
            json!(["revisitWhen", "grade"]),
        ),
        (
            "PASS",
            json!({ "capability": domain::CapabilityId::from_uuid(uuid::Uuid::from_u128(7)) }),
            "NOT_FOUND",
            json!(["revisitWhen", "capability"]),
        ),
    ] {
        let told = room
            .decide(
                &id,
                json!({ "kind": kind, "passReason": "TIMING", "revisitWhen": wrong }),
            )
            .await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!(code), &field),
            "{told}"
        );
    }
    let waits = async || {
        let document =
            "query($id: ID!) { deal(id: $id) { revisitWhen { convictionAtLeast } history { toStatus } } }";
        let found = story
            .fund
            .run(story.partner, document, json!({ "id": deal }))
            .await;
        let moves = found["deal"]["history"].as_array().unwrap().len();
        (found["deal"]["revisitWhen"]["convictionAtLeast"].clone(), moves)
    };
    assert_eq!(waits().await, (json!("40"), 2));
    let again =
        json!({ "kind": "PASS", "passReason": "TIMING", "revisitWhen": { "convictionAtLeast": "60" } });
    let told = room.decide(&id, again.clone()).await;
    assert_eq!(told["userErrors"], json!([]));
    assert_eq!(waits().await, (json!("60"), 2), "it did not move");
    story
        .fund
        .done(
            story.partner,
            "undoDecision",
            json!({ "item": id }),
            "item { id }",
        )
        .await;
    room.tick();
    assert_eq!(waits().await, (json!("40"), 2));
    // What somebody changed since stays.
    room.decide(&id, again).await;
    let version = story
        .fund
        .run(
            story.analyst,
            "query($id: ID!) { deal(id: $id) { version } }",
            json!({ "id": deal }),
        )
        .await["deal"]["version"]
        .clone();
    let edit = json!({ "id": deal, "version": version, "revisitWhen": { "convictionAtLeast": "70" } });
    story
        .fund
        .done(story.analyst, "updateDeal", edit, "deal { id }")
        .await;
    room.tick();
    story
        .fund
        .done(
            story.partner,
            "undoDecision",
            json!({ "item": id }),
            "item { id }",
        )
        .await;
    assert_eq!(waits().await, (json!("70"), 2));
}

#[tokio::test]
async fn a_decision_and_its_deal_say_the_same() {
    let room = Room::opens().await;
    let story = &room.story;
    let (_, deal) = room
        .startup_and_deal("Cubeforge", json!({ "stage": "FIRST_MEETING" }))
        .await;
    let (_, passed) = room.startup_and_deal("Meshwright", json!({})).await;
    let to = json!({ "status": "PASSED", "passReason": "TIMING" });
    story.moved(story.analyst, &passed, to).await;
    room.tick();
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let (first, second) = (
        room.id_of(&review, &deal).await,
        room.id_of(&review, &passed).await,
    );
    let advance = |stage: &str| json!({ "kind": "ADVANCE", "stage": stage });
    let market = json!({ "kind": "PASS", "passReason": "MARKET" });
    for (item, decision, field, says) in [
        (
            &first,
            advance("SCREENING"),
            "stage",
            "ADVANCE goes on from there, which Screening does not",
        ),
        (
            &first,
            advance("FIRST_MEETING"),
            "stage",
            "ADVANCE goes on from there, which First meeting does not",
        ),
        (
            &second,
            market,
            "passReason",
            "the deal is passed already, for TIMING",
        ),
    ] {
        let told = room.decide(item, decision).await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("NOT_ALLOWED"), &json!([field])),
            "{told}"
        );
        assert!(error["message"].as_str().unwrap().contains(says), "{error}");
    }
    // What waited is taken up where it stood.
    let told = room.decide(&second, advance("SOURCED")).await;
    assert_eq!(told["userErrors"], json!([]));
    assert_eq!(told["item"]["deal"]["status"], "ACTIVE");
}

#[tokio::test]
async fn whoever_has_a_conflict_takes_no_decision_back() {
    let room = Room::opens().await;
    let story = &room.story;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let id = room.id_of(&review, &deal).await;
    let conflict = json!({ "item": id, "hasConflict": true });
    story
        .fund
        .done(room.paul, "declareConflict", conflict, "item { id }")
        .await;
    room.decide(&id, json!({ "kind": "HOLD" })).await;
    let input = json!({ "item": id });
    let told = story
        .fund
        .tell(room.paul, "undoDecision", input, "item { id }")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED", "{told}");
    let activity = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id verb } } }";
    let found = story.fund.run(room.paul, activity, json!({ "id": deal })).await;
    let row = &found["activity"]["nodes"][0];
    assert_eq!(row["verb"], "decide");
    let told = story
        .fund
        .tell(room.paul, "undo", json!({ "activity": row["id"] }), "kept")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED", "{told}");
    let seen = room.look(room.vera, &review, "items { decision { kind } }").await;
    assert_eq!(seen["items"][0]["decision"]["kind"], "HOLD");
}

#[tokio::test]
async fn a_hold_that_is_taken_back_leaves_nothing_to_wait_for() {
    let room = Room::opens().await;
    let story = &room.story;
    let (_, deal) = room.startup_and_deal("Meshwright", json!({})).await;
    let review = room.schedule("WEEKLY", json!({})).await;
    room.start(&review).await;
    let id = room.id_of(&review, &deal).await;
    let hold =
        json!({ "kind": "HOLD", "revisitOn": "2025-09-01", "revisitWhen": { "convictionAtLeast": "60" } });
    room.decide(&id, hold).await;
    story
        .fund
        .done(
            story.partner,
            "undoDecision",
            json!({ "item": id }),
            "item { id }",
        )
        .await;
    let document = "query($id: ID!) { deal(id: $id) { status revisitOn revisitWhen { text } } }";
    let found = story
        .fund
        .run(story.partner, document, json!({ "id": deal }))
        .await;
    assert_eq!(
        found["deal"],
        json!({ "status": "ACTIVE", "revisitOn": null, "revisitWhen": null })
    );
}
