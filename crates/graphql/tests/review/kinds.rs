//! How kinds of meetings are held, lists of meetings, the next one of a series.

use serde_json::{Value, json};

use crate::room::Room;

#[tokio::test]
async fn a_kinds_settings_are_what_new_meetings_begin_with() {
    let room = Room::opens().await;
    let story = &room.story;
    let kinds = "{ reviewKinds { kind rule quorum isBlind everyDays minutes stage version } }";
    let found = story.fund.run(room.vera, kinds, json!({})).await;
    assert_eq!(
        found["reviewKinds"][2],
        json!({ "kind": "COMMITTEE", "rule": "MAJORITY", "quorum": "HALF", "isBlind": true, "everyDays": null, "minutes": 90,
            "stage": "COMMITTEE", "version": 1 })
    );
    let edit = json!({ "kind": "COMMITTEE", "version": 1, "rule": "THRESHOLD", "threshold": 2, "vetoHolders": [room.paul],
        "attendees": [story.partner, room.paul], "minutes": 45 });
    let document =
        "mutation($i: UpdateReviewKindInput!) { updateReviewKind(input: $i) { kind { version } } }";
    let refused = story
        .fund
        .ask(app::Identity::User(story.partner), document, json!({ "i": edit }))
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    story
        .fund
        .done(story.admin, "updateReviewKind", edit.clone(), "kind { version }")
        .await;
    let stale = story
        .fund
        .tell(story.admin, "updateReviewKind", edit, "kind { version }")
        .await;
    assert_eq!(stale["userErrors"][0]["code"], "STALE_VERSION");
    for (wrong, field) in [
        (json!({ "rule": "THRESHOLD", "threshold": 0 }), "threshold"),
        (json!({ "minutes": 0 }), "minutes"),
        (json!({ "everyDays": 1000 }), "everyDays"),
        (json!({ "stage": "NOWHERE" }), "stage"),
        (
            json!({ "attendees": ["user_00000000000000000000000000"] }),
            "attendees",
        ),
    ] {
        let mut input = json!({ "kind": "COMMITTEE", "version": 2 });
        input
            .as_object_mut()
            .unwrap()
            .extend(wrong.as_object().unwrap().clone());
        let told = story
            .fund
            .tell(story.admin, "updateReviewKind", input, "kind { version }")
            .await;
        assert_eq!(told["userErrors"][0]["field"][0], json!(field), "{told}");
    }
    let at = story.fund.workspace.app.now();
    let input = json!({ "kind": "COMMITTEE", "title": "IC", "startsAt": at });
    // How long is said by whoever schedules, an hour otherwise; `nextReview` proposes the length of its kind.
    let fields = "review { rule threshold minutes isBlind attendees { name } vetoHolders { name } presenter { name } }";
    let done = story
        .fund
        .done(story.partner, "scheduleReview", input, fields)
        .await;
    assert_eq!(
        done["review"],
        json!({ "rule": "THRESHOLD", "threshold": 2, "minutes": 60, "isBlind": true, "presenter": { "name": "Pia" },
            "attendees": [{ "name": "Pia" }, { "name": "Paul" }], "vetoHolders": [{ "name": "Paul" }] })
    );
}

#[tokio::test]
async fn meetings_are_listed_by_kind_and_status_the_latest_first() {
    let room = Room::opens().await;
    let mut made = Vec::new();
    for kind in ["WEEKLY", "COMMITTEE", "WEEKLY"] {
        made.push(room.schedule(kind, json!({})).await);
        room.pass(7);
    }
    room.start(&made[0]).await;
    let list = async |arguments: &str| {
        let document =
            format!("{{ reviews({arguments}) {{ totalCount pageInfo {{ endCursor }} nodes {{ id }} }} }}");
        let found = room.story.fund.run(room.vera, &document, json!({})).await;
        found["reviews"].clone()
    };
    let ids = |list: &Value| {
        list["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let all = list("first: 2").await;
    assert_eq!(
        (all["totalCount"].clone(), ids(&all)),
        (json!(3), vec![made[2].clone(), made[1].clone()])
    );
    let cursor = all["pageInfo"]["endCursor"].as_str().unwrap();
    assert_eq!(
        ids(&list(&format!("first: 2, after: \"{cursor}\"")).await),
        [made[0].clone()]
    );
    assert_eq!(
        ids(&list("kind: WEEKLY").await),
        [made[2].clone(), made[0].clone()]
    );
    assert_eq!(ids(&list("status: LIVE").await), [made[0].clone()]);
    assert_eq!(
        ids(&list("kind: COMMITTEE, status: LIVE").await),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_user_is_told_of_the_meetings_that_go_on_and_that_they_attend() {
    let room = Room::opens().await;
    let story = &room.story;
    let of_two = json!({ "title": "Two", "attendees": [story.partner, room.paul] });
    let early = room.schedule("COMMITTEE", of_two).await;
    room.pass(1);
    let late = room.schedule("WEEKLY", json!({ "title": "All" })).await;
    let live = async |who| {
        let document = "{ viewer { liveReviews { id title } } users { name liveReviews { title } } }";
        let found = story.fund.run(who, document, json!({})).await;
        (found["viewer"]["liveReviews"].clone(), found["users"].clone())
    };
    assert_eq!(live(room.paul).await.0, json!([]));
    room.start(&early).await;
    room.start(&late).await;
    let told = |id: &str, title: &str| json!({ "id": id, "title": title });
    let (pauls, of_users) = live(room.paul).await;
    assert_eq!(pauls, json!([told(&early, "Two"), told(&late, "All")]));
    let of_paul = json!({ "name": "Paul", "liveReviews": [{ "title": "Two" }, { "title": "All" }] });
    assert!(of_users.as_array().unwrap().contains(&of_paul), "{of_users}");
    assert_eq!(live(room.vera).await.0, json!([told(&late, "All")]));
    room.close(&early).await;
    assert_eq!(live(room.paul).await.0, json!([told(&late, "All")]));
}

#[tokio::test]
async fn the_next_of_a_series_is_proposed_with_those_who_came() {
    let room = Room::opens().await;
    let propose = "query($kind: ReviewKind!) { nextReview(kind: $kind) { startsAt minutes attendees { name } presenter { name } } }";
    let first = room
        .story
        .fund
        .run(room.vera, propose, json!({ "kind": "WEEKLY" }))
        .await;
    assert_eq!(
        first["nextReview"],
        json!({ "startsAt": null, "minutes": 60, "attendees": [], "presenter": null })
    );
    let at = "2025-03-03T02:00:00Z";
    room.schedule(
        "WEEKLY",
        json!({ "startsAt": at, "attendees": [room.paul], "presenter": room.paul }),
    )
    .await;
    let next = room
        .story
        .fund
        .run(room.vera, propose, json!({ "kind": "WEEKLY" }))
        .await;
    assert_eq!(
        next["nextReview"],
        json!({ "startsAt": "2025-03-10T02:00:00.000000Z", "minutes": 60, "attendees": [{ "name": "Paul" }], "presenter": { "name": "Paul" } })
    );
}

#[tokio::test]
async fn a_meeting_without_title_or_people_is_refused_in_words() {
    let room = Room::opens().await;
    let story = &room.story;
    let at = story.fund.workspace.app.now();
    for (wrong, code, field) in [
        (json!({ "title": " " }), "REQUIRED", "title"),
        (json!({ "minutes": 5000 }), "INVALID", "minutes"),
        (json!({ "threshold": 2 }), "INVALID", "threshold"),
        (
            json!({ "attendees": ["user_00000000000000000000000000"] }),
            "NOT_FOUND",
            "attendees",
        ),
    ] {
        let mut input = json!({ "kind": "WEEKLY", "title": "Monday", "startsAt": at });
        input
            .as_object_mut()
            .unwrap()
            .extend(wrong.as_object().unwrap().clone());
        let told = story
            .fund
            .tell(story.partner, "scheduleReview", input, "review { id }")
            .await;
        let error = &told["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"][0]),
            (&json!(code), &json!(field))
        );
    }
}

#[tokio::test]
async fn whoever_is_named_for_a_meeting_can_do_what_they_are_named_for() {
    let room = Room::opens().await;
    let story = &room.story;
    let refused = async |mutation: &str, mut input: Value, more: &Value| {
        let fields = input.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let told = story.fund.tell(story.admin, mutation, input, "__typename").await;
        room.tick();
        let errors = told["userErrors"].as_array().unwrap();
        let told = errors.iter().map(|error| {
            let place: Vec<&str> = error["field"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect();
            format!("{} {}", place.join("."), error["message"].as_str().unwrap())
        });
        told.collect::<Vec<_>>()
    };
    let review = room.schedule("WEEKLY", json!({})).await;
    let at = story.fund.workspace.app.now();
    let two = json!([story.partner, room.paul, story.analyst]);
    for (more, says) in [
        (
            json!({ "rule": "THRESHOLD", "threshold": 3 }),
            "threshold 3 yes can never be reached: 2 of the attendees are PARTNER or ADMIN and vote",
        ),
        (
            json!({ "vetoHolders": [room.paul, story.analyst] }),
            "vetoHolders.1 Ana does not vote and so cannot stop anything; name a PARTNER or ADMIN",
        ),
        (
            json!({ "vetoHolders": [story.admin] }),
            "vetoHolders.0 Ada holds a veto but does not attend; add the name to the attendees or leave it out here",
        ),
        (
            json!({ "presenter": room.vera }),
            "presenter Vera only reads and so cannot run a review; name an ANALYST, PARTNER or ADMIN",
        ),
        (
            json!({ "presenter": "user_00000000000000000000000000" }),
            "presenter ",
        ),
    ] {
        let schedule =
            json!({ "kind": "WEEKLY", "startsAt": at, "attendees": two, "presenter": story.partner });
        let update = json!({ "id": review, "version": room.version(&review).await, "attendees": two, "presenter": story.partner });
        for (mutation, input) in [("scheduleReview", schedule), ("updateReview", update)] {
            let told = refused(mutation, input, &more).await;
            assert!(
                told.len() == 1 && told[0].starts_with(says),
                "{mutation} {more}: {told:?}"
            );
        }
    }
    // Whoever leaves takes a vote along that the rule needs.
    let three =
        json!({ "id": review, "version": room.version(&review).await, "rule": "THRESHOLD", "threshold": 3 });
    assert_eq!(refused("updateReview", three, &json!({})).await, [""; 0]);
    let fewer = json!({ "id": review, "version": room.version(&review).await, "attendees": two });
    let told = refused("updateReview", fewer, &json!({})).await;
    assert!(
        told.len() == 1 && told[0].starts_with("threshold 3 yes"),
        "{told:?}"
    );
    let kind = json!({ "kind": "WEEKLY", "version": 1, "vetoHolders": [story.analyst] });
    let told = refused("updateReviewKind", kind, &json!({})).await;
    assert!(
        told.len() == 1 && told[0].starts_with("vetoHolders.0 Ana"),
        "{told:?}"
    );
}
