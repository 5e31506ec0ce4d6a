//! The settings of the pipeline's stages, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{Answer, OURS, SIGNED_IN, Script, get, post};
use serde_json::{Value, json};

const EDIT: &str = "/settings/stages/COMMITTEE/edit";

fn stage(key: &str, name: &str, zh: &str, order: i32, rules: Value) -> Value {
    json!({"id": format!("stage_{order}"), "key": key, "name": name, "nameZh": zh, "order": order, "limitDays": 14,
        "isRetired": key == "OLD", "version": 2, "gateRules": rules})
}

fn pipeline(role: &str) -> Value {
    let early = json!({"layers": ["MODEL"], "rounds": ["PRE_SEED", "ANGEL", "ANGEL_PLUS"]});
    json!({"data": {
        "viewer": {"name": "Ada", "role": role},
        "stages": [
            stage("SOURCED", "Sourced", "已发现", 1, json!([])),
            stage("COMMITTEE", "Committee", "投决会", 2, json!([
                {"condition": "KNOWN_ROUTE", "only": null, "except": null},
                {"condition": "VERIFIED_PROOF", "only": null, "except": early},
            ])),
            stage("OLD", "Old one", "旧阶段", 3, json!([])),
        ],
    }})
}

/// The value of a hidden field, ready to be sent back.
fn hidden(page: &Answer, name: &str) -> String {
    let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let rest = page.body.split_once(&start).unwrap().1;
    let value = rest.split_once('"').unwrap().0.replace("&#38;", "&");
    value
        .bytes()
        .fold(String::new(), |text, b| text + &format!("%{b:02X}"))
}

/// The form as a browser would send it, after some fields were typed into.
fn filled(page: &Answer, typed: &str) -> String {
    let base = "name=Committee&nameZh=%E6%8A%95%E5%86%B3%E4%BC%9A&limitDays=14&order=2&isRetired=no&gate.KNOWN_ROUTE.asked=all\
        &gate.VERIFIED_PROOF.asked=except&gate.VERIFIED_PROOF.layers=MODEL&gate.VERIFIED_PROOF.rounds=ANGEL_PLUS";
    let names: Vec<&str> = typed
        .split('&')
        .map(|pair| pair.split('=').next().unwrap())
        .collect();
    let kept: Vec<&str> = base
        .split('&')
        .filter(|pair| !names.contains(&pair.split('=').next().unwrap()))
        .collect();
    let (key, version, base) = (hidden(page, "key"), hidden(page, "version"), hidden(page, "base"));
    format!(
        "{}&{typed}&key={key}&version={version}&base={base}",
        kept.join("&")
    )
}

fn updated(errors: Value) -> Value {
    json!({"data": {"updateStage": {"userErrors": errors}}})
}

#[tokio::test]
async fn everybody_reads_the_stages_and_an_administrator_edits_them() {
    let doors = Script::answering([pipeline("VIEWER"), pipeline("ADMIN")]);
    get(&doors, "/settings/stages", &[SIGNED_IN])
        .await
        .has("<title>Stages · Touchstone</title>")
        .has("<li>Verified proof: not Model · up to Angel+</li>")
        .has("<span class=\"tag\">Retired</span>")
        .lacks("/edit\"")
        .lacks("Adopt this set");
    get(&doors, "/settings/stages?lang=zh", &[SIGNED_IN])
        .await
        .has("<title>阶段 · 试金石</title>")
        .has("已核实的证据：不含 底层大模型 · 至 天使+ 轮")
        .has("href=\"/settings/stages/COMMITTEE/edit\"")
        .has("/settings/stages/adopt?set=TWO_COMMITTEES");
    for address in [
        EDIT,
        "/settings/stages/new",
        "/settings/stages/adopt?set=STANDARD",
    ] {
        let doors = Script::answering([pipeline("PARTNER"), pipeline("PARTNER")]);
        assert_eq!(
            get(&doors, address, &[SIGNED_IN]).await.status,
            StatusCode::FORBIDDEN,
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_stage_sends_only_what_was_changed_and_its_gate_as_a_whole() {
    let doors = Script::answering([
        pipeline("ADMIN"),
        pipeline("ADMIN"),
        updated(json!([])),
        pipeline("ADMIN"),
        updated(json!([])),
    ]);
    let form = get(&doors, EDIT, &[SIGNED_IN]).await;
    form.has("<option value=\"except\" selected>Of all but these</option>")
        .has("<option value=\"ANGEL_PLUS\" selected>");
    let page = post(&doors, EDIT, &filled(&form, "limitDays=21"), &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/settings/stages?did=saved");
    let typed = "gate.KNOWN_ROUTE.asked=&gate.NEED_NAMED.asked=only&gate.NEED_NAMED.layers=APP";
    post(&doors, EDIT, &filled(&form, typed), &[SIGNED_IN, OURS]).await;
    let written = doors.written.lock().unwrap();
    assert_eq!(
        written[0].2,
        json!({"id": "stage_2", "version": 2, "limitDays": 21})
    );
    assert_eq!(
        written[1].2,
        json!({"id": "stage_2", "version": 2, "gate": [
            {"condition": "NEED_NAMED", "only": {"layers": ["APP"], "rounds": []}},
            {"condition": "VERIFIED_PROOF", "except": {"layers": ["MODEL"], "rounds": ["PRE_SEED", "ANGEL", "ANGEL_PLUS"]}},
        ]})
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_stage_is_told_beside_its_field() {
    let stale = json!([{"code": "STALE_VERSION", "message": "old", "field": ["version"], "existing": null}]);
    let doors = Script::answering([
        pipeline("ADMIN"),
        pipeline("ADMIN"),
        pipeline("ADMIN"),
        updated(stale),
        pipeline("ADMIN"),
    ]);
    let form = get(&doors, EDIT, &[SIGNED_IN]).await;
    let typed = filled(&form, "limitDays=soon&gate.NEED_NAMED.asked=only");
    let page = post(&doors, EDIT, &typed, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Say a whole number of days")
        .has("Say which layers or rounds.");
    let page = post(&doors, EDIT, &filled(&form, "limitDays=21"), &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("value=\"21\"").has("while you were editing");
}

#[tokio::test]
async fn a_new_stage_has_a_key_and_a_place() {
    let taken = json!({"data": {"createStage": {"userErrors": [{"code": "TAKEN", "message": "is here already", "field": ["key"], "existing": null}]}}});
    let created = json!({"data": {"createStage": {"userErrors": []}}});
    let doors = Script::answering([
        pipeline("ADMIN"),
        taken,
        pipeline("ADMIN"),
        pipeline("ADMIN"),
        created,
    ]);
    let form = "key=abcdefgh1234&key=SITE_VISIT&name=Site+visit&nameZh=%E7%8E%B0%E5%9C%BA%E8%80%83%E5%AF%9F&limitDays=10&order=3";
    let page = post(&doors, "/settings/stages/new", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Is here already").has("value=\"SITE_VISIT\"");
    let page = post(&doors, "/settings/stages/new", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/settings/stages?did=saved");
    let written = doors.written.lock().unwrap();
    assert_eq!(written[1].1, "abcdefgh1234");
    assert_eq!(
        written[1].2,
        json!({"key": "SITE_VISIT", "name": "Site visit", "nameZh": "现场考察", "limitDays": 10, "order": 3})
    );
}

#[tokio::test]
async fn adopting_a_set_says_before_what_comes_stays_and_goes() {
    let adopted = json!({"data": {"adoptStages": {"userErrors": []}}});
    let doors = Script::answering([pipeline("ADMIN"), pipeline("ADMIN"), adopted]);
    get(&doors, "/settings/stages/adopt?set=TWO_COMMITTEES", &[SIGNED_IN])
        .await
        .has("Stays: Sourced, Committee")
        .has("New: Screening, First meeting, Project approval, Term sheet, Diligence, Signing, Closing")
        .has("Adopt the set");
    let form = "key=abcdefgh1234&set=TWO_COMMITTEES";
    let page = post(&doors, "/settings/stages/adopt", form, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.header("location"), "/settings/stages?did=adopted");
    assert_eq!(
        doors.written.lock().unwrap()[0].2,
        json!({"set": "TWO_COMMITTEES"})
    );
    let page = get(&doors, "/settings/stages/adopt?set=NONE", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}
