//! What is frozen at closing: the same for ever, and verifiable by every reader.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::room::Room;

/// JSON without blanks, keys in order: as a reader in any language would write it.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            let told: Vec<String> = names
                .iter()
                .map(|name| format!("{}:{}", json!(name), canonical(&fields[*name])))
                .collect();
            format!("{{{}}}", told.join(","))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from_digit(digit.into(), 16).unwrap())
        .collect()
}

/// Computes every hash of a packet again; gives the packet's hash and how many items were open.
fn verify(packet: &Value) -> (String, usize) {
    assert_eq!(
        packet["sha256"],
        json!(hex(&Sha256::digest(canonical(&packet["head"]))))
    );
    let mut open = 0;
    for (n, item) in packet["items"].as_array().unwrap().iter().enumerate() {
        assert_eq!(packet["head"]["items"][n], item["sha256"]);
        if let Some(salt) = item["salt"].as_str() {
            let salt: Vec<u8> = (0..salt.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&salt[at..at + 2], 16).unwrap())
                .collect();
            let hash = Sha256::new()
                .chain_update(salt)
                .chain_update(canonical(&item["body"]))
                .finalize();
            assert_eq!(item["sha256"], json!(hex(&hash)));
            open += 1;
        }
    }
    (packet["sha256"].as_str().unwrap().to_owned(), open)
}

#[tokio::test]
async fn packet_and_minutes_stay_whatever_changes_and_verify_for_every_reader() {
    let room = Room::opens().await;
    let story = &room.story;
    let (startup, deal) = room
        .startup_and_deal("Cubeforge", json!({ "stage": "DILIGENCE" }))
        .await;
    let (_, hidden) = room
        .startup_and_deal(
            "Quietlake",
            json!({ "visibility": "RESTRICTED", "team": [room.paul] }),
        )
        .await;
    let evidence = room.evidence(&startup, json!({})).await;
    let review = room
        .schedule("COMMITTEE", json!({ "title": "Committee of March" }))
        .await;
    room.start(&review).await;
    let id = room.id_of(&review, &deal).await;
    let conflict = json!({ "item": id, "hasConflict": true });
    story
        .fund
        .done(story.admin, "declareConflict", conflict, "item { id }")
        .await;
    let look = async |who| room.look(who, &review, "items { deal { id } hiddenFrom }").await["items"].clone();
    assert_eq!(
        look(story.partner).await,
        json!([{ "deal": { "id": deal }, "hiddenFrom": 0 }])
    );
    // From Pia, who neither opened it nor is on its team, and from Vera.
    assert_eq!(
        look(room.paul)
            .await
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["deal"]["id"] == json!(hidden)),
        Some(&json!({ "deal": { "id": hidden }, "hiddenFrom": 2 }))
    );
    room.vote(story.partner, &id, "YES").await;
    room.vote(room.paul, &id, "STRONG_YES").await;
    room.close_votes(&id).await;
    room.decide(
        &id,
        json!({ "kind": "ADVANCE", "conditions": ["reference call"] }),
    )
    .await;
    let notes = json!({ "item": id, "version": 0, "notes": "they **pay**" });
    story
        .fund
        .done(story.analyst, "writeNotes", notes, "item { id }")
        .await;
    let draft = room.look(room.vera, &review, "minutesText packet").await;
    assert_eq!(draft["packet"], Value::Null);
    assert!(draft["minutesText"].as_str().unwrap().contains("Cubeforge"));
    room.close(&review).await;

    let frozen = |who| room.look(who, &review, "status minutesText packet");
    let (pia, paul) = (frozen(story.partner).await, frozen(room.paul).await);
    assert_eq!(pia["status"], "CLOSED");
    let (hash, open) = verify(&pia["packet"]);
    assert_eq!(open, 1);
    assert_eq!(
        verify(&paul["packet"]),
        (hash.clone(), 2),
        "one hash for all readers"
    );
    let body = &pia["packet"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["body"]["deal"]["id"] == json!(deal))
        .unwrap()["body"];
    assert_eq!(body["decision"]["kind"], "ADVANCE");
    assert_eq!(body["votes"].as_array().unwrap().len(), 2);
    assert_eq!(body["recused"], json!([story.admin]));
    assert_eq!(body["people"][story.admin.to_string()], "Ada");
    assert_eq!(body["evidence"][0]["id"], json!(evidence));
    assert!(
        !pia.to_string().contains("Quietlake") && !pia.to_string().contains(&hidden),
        "{pia}"
    );
    let minutes = pia["minutesText"].as_str().unwrap();
    for told in [
        "# Committee of March",
        "## 1. Cubeforge",
        "Pia: Yes",
        "recused for a conflict of interest: Ada",
        "Majority: 2 yes, 0 no → ADVANCE",
        "Advance → Committee: real users",
        "reference call",
        "they **pay**",
        "A pause.",
    ] {
        assert!(minutes.contains(told), "{told}: {minutes}");
    }
    assert!(paul["minutesText"].as_str().unwrap().contains("Quietlake"));

    // Everything it speaks of changes.
    let review_of = json!({ "evidence": evidence, "grade": "REFUTED", "checked": "two of ten never paid" });
    story
        .fund
        .done(story.analyst, "reviewEvidence", review_of, "evidence { id }")
        .await;
    let rename = json!({ "id": startup, "version": 1, "name": "Cubeforge AI" });
    story
        .fund
        .done(story.analyst, "updateStartup", rename, "startup { id }")
        .await;
    room.tick();
    story.void(story.partner, &deal).await;
    let rubric = "{ rubric { version } }";
    story.fund.run(story.admin, rubric, json!({})).await;
    room.pass(400);
    assert_eq!(frozen(story.partner).await, pia);
    assert_eq!(frozen(room.paul).await, paul);

    // What is closed stays closed; a remark is added beside it.
    for (mutation, input) in [
        ("castVote", json!({ "item": id, "vote": "NO" })),
        ("writeNotes", json!({ "item": id, "version": 1, "notes": "x" })),
        ("decide", json!({ "item": id, "kind": "HOLD", "rationale": "x" })),
        ("undoDecision", json!({ "item": id })),
        ("updateAgendaItem", json!({ "item": id, "dropped": true })),
        ("declareConflict", json!({ "item": id, "hasConflict": true })),
    ] {
        let told = story
            .fund
            .tell(story.partner, mutation, input, "item { id }")
            .await;
        assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED", "{mutation}");
    }
    let amend = json!({ "id": review, "text": "the call took place" });
    story
        .fund
        .done(story.analyst, "amendReview", amend, "review { id }")
        .await;
    let seen = room
        .look(room.vera, &review, "amendments { text by { name } }")
        .await;
    assert_eq!(
        seen["amendments"],
        json!([{ "text": "the call took place", "by": { "name": "Ana" } }])
    );
    assert_eq!(frozen(story.partner).await, pia);
}
