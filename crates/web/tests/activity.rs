//! The workspace's activity, over doors that answer from a script.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod script;

use axum::http::StatusCode;
use script::{SIGNED_IN, Script, get};
use serde_json::{Value, json};

const ADA: &str = "user_01h455vb4pex5vsknk084sn02q";
const BEN: &str = "user_01h455vb4pex5vsknk084sn02r";
const LIST: &str = "import_01h455vb4pex5vsknk084sn02q";

fn change(at: &str, verb: &str, subject: &Value, place: &Value) -> Value {
    json!({
        "id": format!("activity_{verb}"), "at": at, "by": {"name": "Ada <b>"}, "verb": verb,
        "subject": subject, "place": place, "before": null, "after": {}, "import": null,
    })
}

fn startup() -> Value {
    json!({"id": "startup_1", "name": "Cubeforge"})
}

fn several() -> Value {
    let mut moved = change(
        "2024-07-31T03:30:00Z",
        "moveDeal",
        &json!({"__typename": "Deal", "title": "Cubeforge Seed"}),
        &json!({"__typename": "Deal", "id": "deal_1", "startup": startup()}),
    );
    moved["before"] = json!({"stageId": "a"});
    let mut made = change(
        "2024-07-30T15:59:00Z",
        "applyImport",
        &json!({"__typename": "Startup", "id": "startup_1"}),
        &json!({"__typename": "Startup", "id": "startup_1", "name": "Cubeforge"}),
    );
    made["by"] = Value::Null;
    made["import"] = json!({"id": LIST, "source": "china-llm", "fileName": "china llm.csv"});
    let mut answered = change(
        "2024-07-30T10:00:00Z",
        "setChecklistItem",
        &Value::Null,
        &Value::Null,
    );
    answered["after"] = json!({"startupId": "startup_2", "key": "moat"});
    let nodes = json!([moved, made, answered]);
    page_of(&nodes)
}

fn page_of(nodes: &Value) -> Value {
    json!({"data": {
        "viewer": {"name": "Partner 1", "role": "PARTNER"},
        "users": [{"id": ADA, "name": "Ada <b>"}, {"id": BEN, "name": "Ben"}],
        "activity": {
            "nodes": nodes,
            "pageInfo": {"hasNextPage": true, "hasPreviousPage": false, "startCursor": "first", "endCursor": "last="},
        },
    }})
}

#[tokio::test]
async fn changes_stand_day_by_day_with_who_what_when_and_where_it_is() {
    let doors = Script::answering([several()]);
    let page = get(&doors, "/activity", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    let days: Vec<&str> = page
        .body
        .split("<h2 id=\"d-")
        .skip(1)
        .map(|part| &part[..10])
        .collect();
    // By the workspace's days: the second is of the evening before in Shanghai.
    assert_eq!(days, ["2024-07-31", "2024-07-30"]);
    for said in [
        "<strong class=\"named\">Ada &#60;b&#62;</strong>",
        "<a href=\"/deals/deal_1\">moved the deal Cubeforge Seed</a>",
        "<a href=\"/startups/startup_1\">added the startup</a>",
        "<a class=\"imported\" href=\"/activity?import=import_01h455vb4pex5vsknk084sn02q\"><span class=\"data\">from the import china llm.csv</span></a>",
        "<a href=\"/startups/startup_2/checklist\">answered an item of the checklist</a>",
        "<strong class=\"named\">Touchstone</strong>",
        ">11:30</time>",
        ">23:59</time>",
        "action=\"/activity/activity_moveDeal/undo\"",
        "<input type=\"hidden\" name=\"back\" value=\"/activity\">",
        "href=\"/activity?after=last%3D\"",
    ] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!(!page.body.contains("rel=\"prev\""), "nothing is newer");
    assert_eq!(
        doors.asked()[0],
        json!({"first": 50, "after": null, "last": null, "before": null, "filter": {}, "import": "",
               "withImport": false, "withRows": true})
    );
}

#[tokio::test]
async fn it_is_narrowed_by_who_what_and_when_each_as_a_chip_that_can_go() {
    let doors = Script::answering([several()]);
    let address =
        format!("/activity?actor={ADA}&kind=deal,person&since=2024-07-01&until=2024-07-30&before=abc");
    let page = get(&doors, &address, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        doors.asked()[0],
        json!({"first": null, "after": null, "last": 50, "before": "abc", "import": "", "withImport": false,
               "withRows": true, "filter": {
                   "by": [ADA], "kinds": ["DEAL", "OUTCOME", "PERSON", "AFFILIATION"],
                   "from": "2024-06-30T16:00:00Z", "to": "2024-07-30T15:59:59.999999Z"}})
    );
    for said in [
        "<span>Who: Ada &#60;b&#62;</span>",
        "<span>What: Deals</span>",
        "<span>From: 1 Jul 2024</span>",
        "<span>Until: 30 Jul 2024</span>",
        "href=\"/activity?kind=deal,person&#38;since=2024-07-01&#38;until=2024-07-30\"",
        "href=\"/activity\"",
    ] {
        assert!(page.body.contains(said), "{said}");
    }
}

#[tokio::test]
async fn as_of_a_day_it_ends_there_links_stay_there_and_nothing_is_undone() {
    let doors = Script::answering([several()]);
    let page = get(&doors, "/activity?as_of=2024-07-30", &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"to": "2024-07-30T15:59:59.999999Z"})
    );
    assert!(page.body.contains("<title>[2024-07-30] Activity"));
    assert!(page.body.contains("href=\"/deals/deal_1?as_of=2024-07-30\""));
    assert!(!page.body.contains("/undo"));
}

#[tokio::test]
async fn what_is_not_understood_shows_no_rows_and_is_named() {
    for (address, chip) in [
        ("/activity?kind=rumour", "What: rumour"),
        ("/activity?since=soon", "From: soon"),
        ("/activity?as_of=2031-01-01", "As of: 2031-01-01"),
    ] {
        let mut frame = several();
        frame["data"]["activity"] = Value::Null;
        let doors = Script::answering([frame]);
        let page = get(&doors, address, &[SIGNED_IN]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(doors.asked()[0]["withRows"], false, "{address}");
        assert!(page.body.contains(chip), "{address}");
        assert!(!page.body.contains("moved the deal"), "{address}");
    }
    // Nobody of that id: no list of everybody instead.
    let nobody = "user_01h455vb4pex5vsknk084sn09z";
    let doors = Script::answering([several()]);
    let page = get(&doors, &format!("/activity?actor={nobody}"), &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.body.contains(&format!("Who: {nobody}")));
    assert!(!page.body.contains("moved the deal"));
}

#[tokio::test]
async fn an_import_is_named_where_its_changes_stand() {
    let mut answer = several();
    answer["data"]["import"] = json!({"id": LIST, "source": "china-llm", "fileName": null});
    let doors = Script::answering([answer]);
    let page = get(&doors, &format!("/activity?import={LIST}"), &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<span>Import: china-llm</span>"));
    assert_eq!(doors.asked()[0]["filter"], json!({"importedBy": LIST}));
    // None of that id.
    let doors = Script::answering([several()]);
    let page = get(&doors, &format!("/activity?import={LIST}"), &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn where_nothing_matches_the_filters_can_be_cleared() {
    let none = json!([]);
    let doors = Script::answering([page_of(&none)]);
    let page = get(&doors, "/activity?kind=task", &[SIGNED_IN]).await;
    assert!(page.body.contains("No change matches"));
    let doors = Script::answering([page_of(&none)]);
    let page = get(&doors, "/activity", &[SIGNED_IN]).await;
    assert!(page.body.contains("Nothing has happened yet"));
}

#[tokio::test]
async fn what_was_written_and_judged_of_theses_and_capabilities_is_told_and_leads_there() {
    let of = |verb: &str, kind: &str, id: &str, statement: &str, before: Value, after: Value| {
        let subject = json!({"__typename": kind, "statement": statement});
        let mut row = change(
            "2024-07-31T03:30:00Z",
            verb,
            &subject,
            &json!({"__typename": kind, "id": id}),
        );
        row["id"] = json!(format!("activity_{verb}{id}"));
        row["before"] = before;
        row["after"] = after;
        row
    };
    let pays = "Lawyers pay <first>";
    let makes = "Models make 3D";
    let nodes = json!([
        of(
            "createThesis",
            "Thesis",
            "thesis_1",
            pays,
            Value::Null,
            json!({"status": "HELD"})
        ),
        of(
            "updateThesis",
            "Thesis",
            "thesis_1",
            pays,
            json!({"layer": null}),
            json!({"layer": "APP"})
        ),
        of(
            "recordVerdict",
            "Thesis",
            "thesis_1",
            pays,
            json!({"status": "HELD"}),
            json!({"status": "DROPPED", "verdict": "v"})
        ),
        of(
            "createCapability",
            "Capability",
            "capability_1",
            makes,
            Value::Null,
            json!({"status": "NOT_YET"})
        ),
        of(
            "setBets",
            "Capability",
            "capability_1",
            makes,
            json!({"startupIds": []}),
            json!({"startupIds": ["s"]})
        ),
        of(
            "recordVerdict",
            "Capability",
            "capability_1",
            makes,
            json!({"status": "NOT_YET"}),
            json!({"status": "PARTLY", "verdict": "v"})
        ),
    ]);
    let doors = Script::answering([page_of(&nodes), page_of(&nodes)]);
    let page = get(&doors, "/activity?kind=thesis", &[SIGNED_IN]).await;
    assert_eq!(
        doors.asked()[0]["filter"],
        json!({"kinds": ["THESIS", "CAPABILITY"]})
    );
    for said in [
        "<a href=\"/theses/thesis_1\">added the thesis “Lawyers pay &#60;first&#62;”</a>",
        "<a href=\"/theses/thesis_1\">changed the thesis “Lawyers pay &#60;first&#62;”</a>",
        "<a href=\"/theses/thesis_1\">judged the thesis “Lawyers pay &#60;first&#62;”: Dropped</a>",
        "<a href=\"/capabilities/capability_1\">added the capability “Models make 3D”</a>",
        "<a href=\"/capabilities/capability_1\">changed the capability “Models make 3D”</a>",
        "<a href=\"/capabilities/capability_1\">judged the capability “Models make 3D”: Partly</a>",
        // What was said is not unsaid: a later verdict is.
        "action=\"/activity/activity_updateThesisthesis_1/undo\"",
    ] {
        page.has(said);
    }
    page.lacks("changed something")
        .lacks("action=\"/activity/activity_recordVerdict");
    let page = get(&doors, "/activity?lang=zh", &[SIGNED_IN]).await;
    page.has("对投资判断“Lawyers pay &#60;first&#62;”作出结论：")
        .has("添加了模型能力“Models make 3D”");
}
