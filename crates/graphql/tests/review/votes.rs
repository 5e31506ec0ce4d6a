//! Votes: who casts them, what blind means, what they come to.

use serde_json::{Value, json};

use crate::room::Room;

const SEEN: &str = "items { id votesOpen votesCast voters viewerMayVote viewerHasConflict notes votes { by { name } vote comment } \
                    tally { yes no abstain quorum outcome text vetoedBy { name } } }";

async fn item(room: &Room, who: domain::UserId, review: &str) -> Value {
    room.look(who, review, SEEN).await["items"][0].clone()
}

#[tokio::test]
async fn a_blind_vote_is_its_authors_until_voting_is_closed() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let review = room.schedule("COMMITTEE", json!({})).await;
    let story = &room.story;
    let id = room.id_of(&review, &deal).await;
    // Before the meeting begins.
    let input = json!({ "item": id, "vote": "STRONG_NO", "comment": "canary-words" });
    story.fund.done(room.paul, "castVote", input, "item { id }").await;
    room.tick();
    room.start(&review).await;
    room.vote(story.partner, &id, "YES").await;
    let paul = item(&room, room.paul, &review).await;
    assert_eq!(
        paul["votes"],
        json!([{ "by": { "name": "Paul" }, "vote": "STRONG_NO", "comment": "canary-words" },
               { "by": { "name": "Pia" }, "vote": null, "comment": null }])
    );
    for other in [story.partner, story.admin, story.analyst, room.vera] {
        let seen = item(&room, other, &review).await;
        assert_eq!((&seen["votesCast"], &seen["voters"]), (&json!(2), &json!(3)));
        assert_eq!(seen["tally"], Value::Null);
        assert_eq!(seen["votes"][0]["vote"], Value::Null);
        let activity = "{ activity(first: 100) { nodes { summary before after } } }";
        let told = story.fund.run(other, activity, json!({})).await.to_string();
        let minutes = room.look(other, &review, "minutesText packet").await.to_string();
        for told in [&seen.to_string(), &told, &minutes] {
            assert!(
                !told.contains("STRONG_NO") && !told.contains("canary-words") && !told.contains("Strong no"),
                "{told}"
            );
        }
    }
    let told = room.decide(&id, json!({ "kind": "HOLD" })).await;
    assert_eq!(
        told["userErrors"][0]["code"], "NOT_ALLOWED",
        "deciding needs voting closed"
    );
    room.close_votes(&id).await;
    let seen = item(&room, room.vera, &review).await;
    assert_eq!(seen["votes"][0]["vote"], "STRONG_NO");
    assert_eq!(seen["tally"]["text"], "Majority: 1 yes, 1 no → PASS");
    let late = json!({ "item": id, "vote": "YES" });
    let told = story
        .fund
        .tell(story.admin, "castVote", late, "item { id }")
        .await;
    assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED");
}

#[tokio::test]
async fn what_votes_mean_and_who_sees_them_stays_from_the_first_vote_on() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let story = &room.story;
    let review = room
        .schedule("COMMITTEE", json!({ "rule": "THRESHOLD", "threshold": 2 }))
        .await;
    let id = room.id_of(&review, &deal).await;
    let change = async |more: Value| {
        let mut input = json!({ "id": review, "version": room.version(&review).await });
        let fields = input.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let told = story
            .fund
            .tell(story.partner, "updateReview", input, "review { id }")
            .await;
        room.tick();
        told["userErrors"].clone()
    };
    assert_eq!(
        change(json!({ "quorum": "NONE" })).await,
        json!([]),
        "nobody voted yet"
    );
    room.vote(room.paul, &id, "STRONG_NO").await;
    let says = "votes were cast already: what they mean and who sees them stays as it is";
    for live in [false, true] {
        if live {
            room.start(&review).await;
        }
        for (more, field) in [
            (json!({ "isBlind": false }), "isBlind"),
            (json!({ "rule": "UNANIMOUS" }), "rule"),
            (json!({ "threshold": 1 }), "threshold"),
            (json!({ "quorum": "HALF" }), "quorum"),
            (json!({ "vetoHolders": [story.partner] }), "vetoHolders"),
        ] {
            let errors = change(more).await;
            let error = &errors[0];
            assert_eq!(
                (&error["code"], &error["field"], errors.as_array().unwrap().len()),
                (&json!("NOT_ALLOWED"), &json!([field]), 1),
                "{errors}"
            );
            assert_eq!(error["message"] == says, !live, "{error}");
        }
        let seen = item(&room, story.partner, &review).await;
        assert_eq!(seen["votes"][0]["vote"], Value::Null, "it stays closed");
        let title = format!("Committee, live: {live}");
        assert_eq!(change(json!({ "title": title })).await, json!([]));
    }
}

#[tokio::test]
async fn partners_who_attend_vote_and_nobody_else() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let story = &room.story;
    let review = room
        .schedule(
            "PROJECT_APPROVAL",
            json!({ "attendees": [story.partner, story.analyst] }),
        )
        .await;
    let id = room.id_of(&review, &deal).await;
    let vote = json!({ "item": id, "vote": "YES" });
    for outsider in [room.paul, story.admin] {
        let told = story
            .fund
            .tell(outsider, "castVote", vote.clone(), "item { id }")
            .await;
        assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED");
    }
    let analyst = app::Identity::User(story.analyst);
    let document = "mutation($i: CastVoteInput!) { castVote(input: $i) { item { id } } }";
    let told = story.fund.ask(analyst, document, json!({ "i": vote })).await;
    assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN", "{told}");
    room.vote(story.partner, &id, "ABSTAIN").await;
    room.vote(story.partner, &id, "YES").await;
    let seen = item(&room, room.vera, &review).await;
    assert_eq!(
        seen["votes"],
        json!([{ "by": { "name": "Pia" }, "vote": "YES", "comment": null }])
    );
    assert_eq!(seen["tally"]["outcome"], "ADVANCE", "half of one is enough");
}

#[tokio::test]
async fn who_has_a_conflict_neither_votes_nor_reads_the_notes() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let review = room.schedule("COMMITTEE", json!({})).await;
    let story = &room.story;
    let id = room.id_of(&review, &deal).await;
    room.vote(room.paul, &id, "NO").await;
    let notes = json!({ "item": id, "version": 0, "notes": "their rival is ours" });
    story
        .fund
        .done(story.analyst, "writeNotes", notes, "item { id }")
        .await;
    let input = json!({ "item": id, "hasConflict": true });
    story
        .fund
        .done(room.paul, "declareConflict", input, "item { id }")
        .await;
    let seen = item(&room, room.paul, &review).await;
    let told = (
        &seen["viewerHasConflict"],
        &seen["viewerMayVote"],
        &seen["notes"],
        &seen["votesCast"],
        &seen["voters"],
    );
    assert_eq!(
        told,
        (&json!(true), &json!(false), &json!(""), &json!(0), &json!(2))
    );
    let vote = json!({ "item": id, "vote": "NO" });
    let refused = story.fund.tell(room.paul, "castVote", vote, "item { id }").await;
    assert_eq!(refused["userErrors"][0]["code"], "NOT_ALLOWED");
    let notes = json!({ "item": id, "version": 1, "notes": "x" });
    let refused = story
        .fund
        .tell(room.paul, "writeNotes", notes, "item { id }")
        .await;
    assert_eq!(refused["userErrors"][0]["code"], "NOT_ALLOWED");
    let minutes = room.look(room.paul, &review, "minutesText").await.to_string();
    assert!(!minutes.contains("their rival"), "{minutes}");
    room.start(&review).await;
    room.close(&review).await;
    let frozen = room.look(room.paul, &review, "minutesText packet").await;
    assert!(!frozen.to_string().contains("their rival"), "{frozen}");
    let others = room.look(room.vera, &review, "minutesText packet").await;
    assert!(others["minutesText"].as_str().unwrap().contains("their rival"));
}

#[tokio::test]
async fn a_veto_holders_no_stops_it_and_too_few_votes_say_nothing() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let story = &room.story;
    let review = room
        .schedule("PROJECT_APPROVAL", json!({ "vetoHolders": [room.paul] }))
        .await;
    let id = room.id_of(&review, &deal).await;
    room.vote(story.partner, &id, "YES").await;
    let seen = item(&room, room.vera, &review).await;
    assert_eq!(seen["tally"]["text"], "No quorum: 1 of 3 voted");
    assert_eq!(seen["tally"]["outcome"], Value::Null);
    room.vote(story.admin, &id, "YES").await;
    room.vote(room.paul, &id, "NO").await;
    let seen = item(&room, room.vera, &review).await;
    assert_eq!(seen["tally"]["outcome"], "PASS");
    assert_eq!(seen["tally"]["vetoedBy"], json!([{ "name": "Paul" }]));
}

#[tokio::test]
async fn what_votes_came_to_is_read_from_where_the_deal_stood_and_stays_when_it_moves_on() {
    let room = Room::opens().await;
    let story = &room.story;
    let late = json!({ "stage": "TERM_SHEET" });
    let (_, decided) = room.startup_and_deal("Cubeforge", late.clone()).await;
    let (_, open) = room.startup_and_deal("Meshwright", late).await;
    let review = room.schedule("PROJECT_APPROVAL", json!({})).await;
    let (first, second) = (
        room.id_of(&review, &decided).await,
        room.id_of(&review, &open).await,
    );
    room.start(&review).await;
    for item in [&first, &second] {
        room.vote(story.partner, item, "YES").await;
        room.vote(room.paul, item, "YES").await;
    }
    let told = room
        .decide(&first, json!({ "kind": "ADVANCE", "stage": "CLOSING" }))
        .await;
    assert_eq!(told["item"]["decision"]["outcome"], "ADVANCE", "{told}");
    let tallies = async |who| {
        let seen = room
            .look(
                who,
                &review,
                "items { deal { id } voters tally { text } } minutesText",
            )
            .await;
        let items = seen["items"].as_array().unwrap();
        let of = |deal: &str| {
            let found = items.iter().find(|item| item["deal"]["id"] == json!(deal));
            found.map(|item| (item["voters"].clone(), item["tally"]["text"].clone()))
        };
        let told = "Majority: 2 yes, 0 no → ADVANCE";
        let minutes = seen["minutesText"].as_str().unwrap().matches(told).count();
        (of(&decided), of(&open), minutes)
    };
    let as_cast = Some((json!(3), json!("Majority: 2 yes, 0 no → ADVANCE")));
    assert_eq!(
        tallies(story.admin).await,
        (as_cast.clone(), as_cast.clone(), 2),
        "nothing comes after CLOSING, but it stood before it"
    );
    room.close(&review).await;

    // Later both move on, and one is hidden from most of those who voted.
    story
        .moved(story.analyst, &open, json!({ "stage": "CLOSING" }))
        .await;
    room.tick();
    let version = "query($id: ID!) { deal(id: $id) { version } }";
    let found = story
        .fund
        .run(story.analyst, version, json!({ "id": open }))
        .await;
    let edit = json!({ "id": open, "version": found["deal"]["version"], "visibility": "RESTRICTED" });
    story
        .fund
        .done(story.analyst, "updateDeal", edit, "deal { id }")
        .await;
    assert_eq!(
        tallies(story.admin).await,
        (as_cast.clone(), as_cast.clone(), 2),
        "as they stood at closing"
    );
    assert_eq!(
        tallies(room.paul).await,
        (as_cast, None, 1),
        "and still for those alone who may see them"
    );
}

#[tokio::test]
async fn a_decision_ends_the_voting_that_goes_on_and_taken_back_has_it_go_on() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let story = &room.story;
    let review = room.schedule("PROJECT_APPROVAL", json!({})).await;
    let id = room.id_of(&review, &deal).await;
    room.start(&review).await;
    room.vote(story.partner, &id, "YES").await;
    room.vote(room.paul, &id, "ABSTAIN").await;
    let told = room.decide(&id, json!({ "kind": "ADVANCE" })).await;
    assert_eq!(told["userErrors"], json!([]), "nobody had to close it before");
    let state = async || {
        let seen = item(&room, room.vera, &review).await;
        (seen["votesOpen"].clone(), seen["tally"]["text"].clone())
    };
    let then = json!("Majority: 1 yes, 0 no, 1 abstained → ADVANCE");
    assert_eq!(state().await, (json!(false), then.clone()));
    let no = json!({ "item": id, "vote": "STRONG_NO" });
    for who in [room.paul, story.admin] {
        let told = story.fund.tell(who, "castVote", no.clone(), "item { id }").await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["message"]),
            (
                &json!("NOT_ALLOWED"),
                &json!("this item is decided; its votes stand until the decision is taken back")
            )
        );
    }
    assert_eq!(state().await, (json!(false), then.clone()));
    let take_back = async || {
        let input = json!({ "item": id });
        story
            .fund
            .done(story.partner, "undoDecision", input, "item { id }")
            .await;
        room.tick();
    };
    take_back().await;
    assert_eq!(state().await, (json!(true), then));
    room.vote(room.paul, &id, "STRONG_NO").await;
    // What somebody closed stays closed.
    room.close_votes(&id).await;
    let told = room.decide(&id, json!({ "kind": "HOLD" })).await;
    assert_eq!(told["userErrors"], json!([]));
    take_back().await;
    let split = json!("Majority: 1 yes, 1 no → PASS");
    assert_eq!(state().await, (json!(false), split));
}

#[tokio::test]
async fn a_conflict_that_is_found_late_takes_a_vote_out_of_what_is_not_decided_yet() {
    let room = Room::opens().await;
    let (_, deal) = room.startup_and_deal("Cubeforge", json!({})).await;
    let story = &room.story;
    let review = room.schedule("COMMITTEE", json!({})).await;
    let id = room.id_of(&review, &deal).await;
    room.start(&review).await;
    let notes = json!({ "item": id, "version": 0, "notes": "their rival is ours" });
    story
        .fund
        .done(story.analyst, "writeNotes", notes, "item { id }")
        .await;
    for (who, vote) in [(story.partner, "YES"), (room.paul, "NO"), (story.admin, "YES")] {
        room.vote(who, &id, vote).await;
    }
    room.close_votes(&id).await;
    let says = async |who, has: bool| {
        let input = json!({ "item": id, "hasConflict": has });
        let told = story
            .fund
            .tell(who, "declareConflict", input, "item { id }")
            .await;
        room.tick();
        told["userErrors"][0]["code"].clone()
    };
    let seen = async |who| {
        let seen = item(&room, who, &review).await;
        let counts = (seen["votesCast"].clone(), seen["voters"].clone());
        (seen["tally"]["text"].clone(), counts, seen["notes"].clone())
    };
    let notes = || json!("their rival is ours");
    let (of_three, of_two) = ((json!(3), json!(3)), (json!(2), json!(2)));
    let all = json!("Majority: 2 yes, 1 no → ADVANCE");
    let without_paul = json!("Majority: 2 yes, 0 no → ADVANCE");
    // Found after voting was closed: that vote counts for nothing, and the notes are closed.
    assert_eq!(says(room.paul, true).await, Value::Null);
    assert_eq!(
        seen(room.paul).await,
        (without_paul.clone(), of_two.clone(), json!(""))
    );
    // Said by mistake, it is taken back.
    assert_eq!(says(room.paul, false).await, Value::Null);
    assert_eq!(seen(room.paul).await, (all, of_three, notes()));
    assert_eq!(says(room.paul, true).await, Value::Null);
    let told = room.decide(&id, json!({ "kind": "ADVANCE" })).await;
    assert_eq!(told["userErrors"], json!([]));
    assert_eq!(
        says(room.paul, false).await,
        json!("NOT_ALLOWED"),
        "it was decided without that vote"
    );
    // Found after the decision, it closes the notes; what was decided on stays.
    assert_eq!(says(story.admin, true).await, Value::Null);
    assert_eq!(
        seen(story.admin).await,
        (without_paul.clone(), of_two.clone(), json!(""))
    );
    room.close(&review).await;
    assert_eq!(seen(room.vera).await, (without_paul, of_two, notes()));
    assert_eq!(
        says(story.partner, true).await,
        json!("NOT_ALLOWED"),
        "it is over"
    );
}
