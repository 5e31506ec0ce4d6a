//! Lists of deals as a figure's rows: as of an instant, by conviction, of a source, of a group.

use app::Identity;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, UserId};
use serde_json::{Value, json};

use crate::story::Story;

async fn listed(story: &Story, who: UserId, arguments: &str, variables: Value) -> Vec<String> {
    let document = format!(
        "query($filter: DealFilter, $at: DateTime) {{ deals(filter: $filter, asOf: $at {arguments}) {{ totalCount nodes {{ title }} }} }}"
    );
    let list = story.fund.run(who, &document, variables).await["deals"].take();
    let titles: Vec<String> = list["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(list["totalCount"], titles.len());
    titles
}

async fn filtered(story: &Story, filter: Value) -> Vec<String> {
    let order = ", order: { field: TITLE }";
    listed(story, story.analyst, order, json!({ "filter": filter })).await
}

/// What is said of a question that cannot be answered.
async fn refused(story: &Story, arguments: &str) -> String {
    let document = format!("{{ deals({arguments}) {{ nodes {{ id }} }} }}");
    let answer = story
        .fund
        .ask(Identity::User(story.analyst), &document, json!({}))
        .await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    error["message"].as_str().unwrap().to_owned()
}

async fn titled(story: &Story, title: &str, more: Value) -> (String, String) {
    let startup = story.startup(title, json!({})).await;
    let mut input = json!({ "title": title });
    input
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let deal = story.deal(&startup, input).await;
    (startup, deal)
}

async fn customers(story: &Story, startup: &str, value: &str) {
    let input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": value, "grade": "VERIFIED", "checked": "called them",
        "observedOn": story.fund.workspace.app.now().date_naive(), "source": "CUSTOMER_CALL" });
    story
        .fund
        .done(story.analyst, "recordEvidence", input, "evidence { id }")
        .await;
}

fn now(story: &Story) -> DateTime<Utc> {
    story.fund.workspace.app.now()
}

#[tokio::test]
async fn a_list_of_the_past_has_the_deals_as_they_were_known_then() {
    let story = Story::begins().await;
    let (_, first) = titled(&story, "First", json!({ "nextStep": "call" })).await;
    let instant = now(&story);
    story.fund.workspace.pass(TimeDelta::days(3));
    titled(&story, "Second", json!({})).await;
    story
        .moved(story.analyst, &first, json!({ "stage": "SCREENING" }))
        .await;
    let document = "query($at: DateTime, $filter: DealFilter) { deals(asOf: $at, filter: $filter, order: { field: UPDATED_AT }) { totalCount nodes { title stage { key } daysInStage } } }";
    let ask = async |filter: Value| {
        let variables = json!({ "at": instant, "filter": filter });
        story.fund.run(story.analyst, document, variables).await["deals"].clone()
    };
    let then = json!({ "totalCount": 1, "nodes": [{ "title": "First", "stage": { "key": "SOURCED" }, "daysInStage": 0 }] });
    assert_eq!(ask(json!({})).await, then);
    assert_eq!(ask(json!({ "stages": ["SOURCED"] })).await, then);
    assert_eq!(ask(json!({ "stages": ["SCREENING"] })).await["totalCount"], 0);
    assert_eq!(ask(json!({ "reached": "SCREENING" })).await["totalCount"], 0);
    assert_eq!(
        filtered(&story, json!({ "reached": "SCREENING" })).await,
        ["First"]
    );
    assert_eq!(
        filtered(&story, json!({ "stages": ["SOURCED"] })).await,
        ["Second"]
    );
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_in_words() {
    let story = Story::begins().await;
    titled(&story, "Only", json!({})).await;
    let at = now(&story).to_rfc3339();
    for (arguments, says) in [
        (format!("asOf: \"{at}\", filter: {{ hasProof: true }}"), "now"),
        (
            format!("asOf: \"{at}\", filter: {{ search: \"Only\" }}"),
            "search looks among what deals and startups are called now",
        ),
        (format!("asOf: \"{at}\", order: {{ field: CONVICTION }}"), "now"),
        ("filter: { reached: \"MOON\" }".to_owned(), "reached: "),
        (
            "filter: { convictionRoseBy: \"-1\" }".to_owned(),
            "convictionRoseBy: -1",
        ),
        (
            "filter: { groups: [{ by: SECTOR, key: \"nowhere\" }] }".to_owned(),
            "groups.key: nowhere",
        ),
        (
            format!("filter: {{ moved: {{ from: \"{at}\", to: \"{at}\", kind: ENTERED }} }}"),
            "moved.stage: kind ENTERED",
        ),
        (
            format!(
                "filter: {{ moved: {{ from: \"{at}\", to: \"{at}\", kind: OPENED, stage: \"SOURCED\" }} }}"
            ),
            "moved.stage: SOURCED",
        ),
        (
            format!("filter: {{ moved: {{ from: \"{at}\", to: \"2020-01-01T00:00:00Z\", kind: OPENED }} }}"),
            "moved.from: ",
        ),
    ] {
        let message = refused(&story, &arguments).await;
        assert!(message.contains(says), "{arguments}: {message}");
    }
}

#[tokio::test]
async fn by_conviction_the_unknown_come_last_in_both_directions_page_by_page() {
    let story = Story::begins().await;
    for (title, value) in [
        ("Low", Some("2")),
        ("Unknown", None),
        ("High", Some("80")),
        ("Also high", Some("80")),
    ] {
        let (startup, _) = titled(&story, title, json!({})).await;
        if let Some(value) = value {
            customers(&story, &startup, value).await;
        }
    }
    for (direction, expected) in [
        ("DESC", ["high", "high", "Low", "Unknown"]),
        ("ASC", ["Low", "high", "high", "Unknown"]),
    ] {
        let document = format!(
            "query($after: String) {{ deals(first: 1, after: $after, order: {{ field: CONVICTION, direction: {direction} }}) \
             {{ nodes {{ title }} pageInfo {{ endCursor hasNextPage }} }} pipeline {{ columns {{ deals(order: {{ field: CONVICTION, direction: {direction} }}) {{ nodes {{ title }} }} }} }} }}"
        );
        let mut after = Value::Null;
        let mut seen = Vec::new();
        for _ in 0..4 {
            let told = story
                .fund
                .run(story.analyst, &document, json!({ "after": after }))
                .await;
            seen.push(told["deals"]["nodes"][0]["title"].as_str().unwrap().to_owned());
            after = told["deals"]["pageInfo"]["endCursor"].clone();
            let column: Vec<&str> = told["pipeline"]["columns"][0]["deals"]["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["title"].as_str().unwrap())
                .collect();
            assert_eq!(column.len(), 4);
            assert_eq!(column.last(), Some(&"Unknown"));
            assert_eq!(told["deals"]["pageInfo"]["hasNextPage"], seen.len() < 4);
        }
        for (title, end) in seen.iter().zip(expected) {
            assert!(
                title.to_lowercase().ends_with(&end.to_lowercase()),
                "{direction}: {seen:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_conviction_that_rose_did_so_within_thirty_days() {
    let story = Story::begins().await;
    let (steady, _) = titled(&story, "Steady", json!({})).await;
    titled(&story, "Nothing known", json!({})).await;
    customers(&story, &steady, "50").await;
    story.fund.workspace.pass(TimeDelta::days(40));
    let before = now(&story);
    let (risen, _) = titled(&story, "Risen", json!({})).await;
    customers(&story, &risen, "50").await;
    story.fund.workspace.pass(TimeDelta::days(2));
    let rose = |by: &str| json!({ "convictionRoseBy": by });
    assert_eq!(filtered(&story, rose("5")).await, ["Risen"]);
    assert_eq!(filtered(&story, rose("90")).await, [""; 0]);
    // As of the day before the evidence, nothing had risen.
    let then = json!({ "filter": rose("5"), "at": before - TimeDelta::hours(1) });
    assert_eq!(listed(&story, story.analyst, "", then).await, [""; 0]);
    // Once it is older than that, it has risen no more.
    story.fund.workspace.pass(TimeDelta::days(40));
    assert_eq!(filtered(&story, rose("5")).await, [""; 0]);
}

#[tokio::test]
async fn each_figure_of_a_source_and_of_a_group_opens_a_list_of_its_length() {
    let story = Story::begins().await;
    let outsider = story.fund.user("Out", Role::Partner).await;
    let by = |who: &str| json!({ "sources": [{ "channel": "FA", "who": who }, { "channel": "EVENT" }, { "channel": "FA", "who": who }] });
    let (known, first) = titled(&story, "Known", by("A bank ")).await;
    let mut more = by("A bank");
    more["round"] = json!("A");
    story.deal(&known, more).await;
    let (_, other) = titled(&story, "Other", by("Another")).await;
    story
        .moved(
            story.partner,
            &other,
            json!({ "status": "INVESTED", "overrideReason": "a test of it" }),
        )
        .await;
    story
        .moved(story.analyst, &first, json!({ "stage": "DILIGENCE" }))
        .await;
    titled(&story, "Bare", json!({ "owner": null })).await;
    // What outsiders do not see comes before no deal of theirs.
    let (quiet, _) = titled(
        &story,
        "Quiet",
        json!({ "visibility": "RESTRICTED", "sources": [{ "channel": "LP" }] }),
    )
    .await;
    story.fund.workspace.pass(TimeDelta::days(1));
    story
        .deal(&quiet, json!({ "sources": [{ "channel": "LP" }], "round": "B" }))
        .await;
    for who in [story.analyst, outsider] {
        let document = "{ sourceQuality { channel who deals reachedDiligence invested newStartups } \
            owner: pipelineBy(group: OWNER) { key dealCount staleCount } layer: pipelineBy(group: LAYER) { key dealCount staleCount } \
            sector: pipelineBy(group: SECTOR) { key dealCount staleCount } round: pipelineBy(group: ROUND) { key dealCount staleCount } \
            channel: pipelineBy(group: CHANNEL) { key dealCount staleCount } }";
        let told = story.fund.run(who, document, json!({})).await;
        let count = async |mut filter: Value, more: Value| {
            filter
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            listed(&story, who, "", json!({ "filter": filter })).await.len()
        };
        let sources = told["sourceQuality"].as_array().unwrap();
        assert_eq!(sources.len(), 4, "{sources:?}");
        for row in sources {
            let source = json!({ "source": { "channel": row["channel"], "who": row["who"] } });
            for (figure, more) in [
                ("deals", json!({})),
                ("reachedDiligence", json!({ "reached": "DILIGENCE" })),
                ("invested", json!({ "statuses": ["INVESTED"] })),
                ("newStartups", json!({ "firstOfStartup": true })),
            ] {
                assert_eq!(
                    row[figure],
                    count(source.clone(), more).await,
                    "{figure} of {row}"
                );
            }
        }
        for group in ["owner", "layer", "sector", "round", "channel"] {
            for row in told[group].as_array().unwrap() {
                let filter = json!({ "groups": [{ "by": group.to_uppercase(), "key": row["key"] }], "statuses": ["ACTIVE"] });
                assert_eq!(
                    row["dealCount"],
                    count(filter.clone(), json!({})).await,
                    "{group} {row}"
                );
                assert_eq!(row["staleCount"], count(filter, json!({ "stale": true })).await);
            }
        }
    }
}
