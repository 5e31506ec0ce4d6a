//! The workspace's activity, narrowed by who, by kinds of records and by time; and a startup's list narrowed by channels
//! and by having no sector.

use chrono::TimeDelta;
use domain::UserId;
use serde_json::{Value, json};

use crate::story::Story;

/// The verbs that a filter leaves, newest first, which are as many as it counts.
async fn verbs(story: &Story, who: UserId, filter: Value) -> Vec<String> {
    let document =
        "query($f: ActivityFilter) { activity(first: 50, filter: $f) { totalCount nodes { verb } } }";
    let list = story.fund.run(who, document, json!({ "f": filter })).await["activity"].take();
    let verbs: Vec<String> = list["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["verb"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(list["totalCount"], verbs.len(), "{filter}");
    verbs
}

#[tokio::test]
async fn activity_is_narrowed_by_who_by_kind_and_by_time_and_never_tells_of_a_restricted_deal() {
    let story = Story::begins().await;
    let user = |id: UserId| id.to_string();
    let startup = story.startup("Acme", json!({})).await;
    story.fund.workspace.pass(TimeDelta::hours(1));
    let between = story.fund.workspace.app.now();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let deal = story.deal(&startup, json!({})).await;
    let restricted = json!({ "visibility": "RESTRICTED", "round": "A" });
    let secret = story.deal(&startup, restricted).await;
    story.fund.workspace.pass(TimeDelta::hours(1));
    story
        .moved(story.partner, &deal, json!({ "stage": "SCREENING" }))
        .await;
    let task = json!({ "what": "call them", "startup": startup });
    story
        .fund
        .done(story.partner, "createTask", task, "task { id }")
        .await;

    let (analyst, partner) = (story.analyst, story.partner);
    let of_deals = json!({ "kinds": ["DEAL"] });
    assert_eq!(
        verbs(&story, analyst, of_deals.clone()).await,
        ["moveDeal", "openDeal", "openDeal"]
    );
    assert_eq!(
        verbs(&story, partner, of_deals).await,
        ["moveDeal", "openDeal"],
        "the restricted deal is not counted"
    );
    let by_partner = json!({ "by": [user(partner)] });
    assert_eq!(
        verbs(&story, partner, by_partner).await,
        ["createTask", "moveDeal"]
    );
    let by_analyst = json!({ "by": [user(analyst)], "kinds": ["DEAL", "STARTUP"] });
    assert_eq!(
        verbs(&story, partner, by_analyst.clone()).await,
        ["openDeal", "createStartup"]
    );
    assert_eq!(
        verbs(&story, analyst, by_analyst).await,
        ["openDeal", "openDeal", "createStartup"]
    );
    let before = json!({ "kinds": ["DEAL", "STARTUP", "TASK"], "to": between });
    assert_eq!(verbs(&story, partner, before).await, ["createStartup"]);
    let since = json!({ "kinds": ["DEAL", "STARTUP", "TASK"], "from": between });
    assert_eq!(
        verbs(&story, partner, since).await,
        ["createTask", "moveDeal", "openDeal"]
    );
    let never = json!({ "importedBy": "import_01h455vb4pex5vsknk084sn02q" });
    assert_eq!(verbs(&story, partner, never).await, [""; 0]);

    // Beside a subject: of the deal alone, and of the hidden one nothing at all.
    let document =
        "query($id: ID!) { activity(first: 9, subject: $id, filter: { kinds: [DEAL] }) { totalCount } }";
    let count = async |who, id: &str| {
        let found = story.fund.run(who, document, json!({ "id": id })).await;
        found["activity"]["totalCount"].clone()
    };
    assert_eq!(count(partner, &deal).await, 2);
    assert_eq!(
        (count(partner, &secret).await, count(analyst, &secret).await),
        (json!(0), json!(1))
    );
}

#[tokio::test]
async fn startups_are_narrowed_by_the_channels_of_deals_that_one_may_see_and_by_having_no_sector() {
    let story = Story::begins().await;
    let came = |channel: &str| json!({ "sources": [{ "channel": channel }] });
    let named = async |who: UserId, filter: Value| -> Vec<String> {
        let document = "query($f: StartupFilter) { startups(filter: $f) { totalCount nodes { name } } coverage(filter: $f) { total { startups } } }";
        let found = story.fund.run(who, document, json!({ "f": filter })).await;
        let names: Vec<String> = found["startups"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(found["startups"]["totalCount"], names.len(), "{filter}");
        assert_eq!(found["coverage"]["total"]["startups"], names.len(), "{filter}");
        names
    };
    let asking = story.startup("Acme", json!({ "sectors": ["robotics"] })).await;
    story.deal(&asking, came("INBOUND")).await;
    let met = story.startup("Brio", json!({})).await;
    story.deal(&met, came("EVENT")).await;
    let hidden = story.startup("Calm", json!({ "sectors": ["code"] })).await;
    let mut secret = came("INBOUND");
    secret["visibility"] = json!("RESTRICTED");
    story.deal(&hidden, secret).await;

    let inbound = json!({ "channels": ["INBOUND"] });
    assert_eq!(named(story.analyst, inbound.clone()).await, ["Acme", "Calm"]);
    assert_eq!(named(story.partner, inbound).await, ["Acme"]);
    let either = json!({ "channels": ["INBOUND", "EVENT"], "owners": [story.analyst.to_string()] });
    assert_eq!(named(story.partner, either).await, ["Acme", "Brio"]);

    let nowhere = json!({ "includeNoSector": true });
    assert_eq!(named(story.partner, nowhere).await, ["Brio"]);
    let robots = json!({ "includeNoSector": true, "sectors": ["text-to-action"] });
    assert_eq!(named(story.partner, robots).await, ["Acme", "Brio"]);
}

#[tokio::test]
async fn startups_as_of_an_instant_are_those_known_then_as_they_were_known() {
    let story = Story::begins().await;
    let at = || json!(story.fund.workspace.app.now());
    let listed = async |at: &Value, filter: Value| -> Vec<String> {
        let document = "query($at: DateTime, $f: StartupFilter) { \
            startups(first: 50, asOf: $at, filter: $f) { totalCount nodes { name layer } } \
            coverage(asOf: $at, filter: $f) { total { startups } } }";
        let variables = json!({ "at": at, "f": filter });
        let found = story.fund.run(story.partner, document, variables).await;
        let names: Vec<String> = found["startups"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| format!("{} {}", node["name"].as_str().unwrap(), node["layer"]))
            .collect();
        assert_eq!(found["startups"]["totalCount"], names.len(), "{filter}");
        assert_eq!(found["coverage"]["total"]["startups"], names.len(), "{filter}");
        names
    };
    let before = at();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let robots = json!({ "layer": "APP", "sectors": ["robotics"] });
    let id = story.startup("Acme", robots).await;
    story.startup("Brio", json!({ "layer": "MODEL" })).await;
    story.fund.workspace.pass(TimeDelta::hours(1));
    let then = at();
    story.fund.workspace.pass(TimeDelta::hours(1));
    let edit = json!({ "id": id, "version": 1, "name": "Acme Robots", "layer": "MODEL" });
    story
        .fund
        .done(story.analyst, "updateStartup", edit, "startup { id }")
        .await;
    story.startup("Calm", json!({ "layer": "APP" })).await;

    assert_eq!(listed(&before, json!({})).await, [""; 0]);
    assert_eq!(listed(&then, json!({})).await, ["Acme \"APP\"", "Brio \"MODEL\""]);
    let apps = json!({ "layers": ["APP"] });
    assert_eq!(listed(&then, apps.clone()).await, ["Acme \"APP\""]);
    let acting = json!({ "sectors": ["text-to-action"] });
    assert_eq!(listed(&then, acting).await, ["Acme \"APP\""]);
    assert_eq!(listed(&Value::Null, apps).await, ["Calm \"APP\""]);

    // A page goes on behind a cursor, and what is of now alone is refused rather than left out.
    let pages = "query($at: DateTime, $after: String) { startups(first: 1, after: $after, asOf: $at) { nodes { name } pageInfo { endCursor } } }";
    let first = story.fund.run(story.partner, pages, json!({ "at": then })).await;
    let cursor = first["startups"]["pageInfo"]["endCursor"].clone();
    let second = story
        .fund
        .run(story.partner, pages, json!({ "at": then, "after": cursor }))
        .await;
    assert_eq!(second["startups"]["nodes"], json!([{ "name": "Brio" }]));
    for arguments in [
        "filter: { flags: [HYPE_GAP] }",
        "filter: { owners: [] , hasProof: true }",
        "order: { field: CONVICTION }",
    ] {
        let document =
            format!("query($at: DateTime) {{ startups(asOf: $at, {arguments}) {{ totalCount }} }}");
        let identity = app::Identity::User(story.partner);
        let answer = story.fund.ask(identity, &document, json!({ "at": then })).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{arguments}: {answer}"
        );
    }
}
