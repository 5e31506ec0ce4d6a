//! Search over every kind of record, and competitors, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use app::Identity;
use domain::{Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

/// A fund with two analysts who share no deals.
struct Desk {
    api: Fund,
    analyst: UserId,
    other: UserId,
}

impl Desk {
    async fn new() -> Self {
        let api = Fund::new().await;
        Self {
            analyst: api.user("ana", Role::Analyst).await,
            other: api.user("bo", Role::Analyst).await,
            api,
        }
    }
    async fn run(&self, document: &str, variables: Value) -> Value {
        self.api.run(self.analyst, document, variables).await
    }
    async fn startup(&self, input: Value) -> String {
        let done = self
            .api
            .done(self.analyst, "createStartup", input, "startup { id }")
            .await;
        done["startup"]["id"].as_str().unwrap().to_owned()
    }
    /// The kinds and titles that a search finds, in its order.
    async fn found_by(&self, user: UserId, query: &str) -> Vec<(String, String)> {
        let document = "query($q: String!) { search(query: $q) { title node { __typename id } } }";
        let found = self.api.run(user, document, json!({ "q": query })).await;
        found["search"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| {
                let word = |value: &Value| value.as_str().unwrap().to_owned();
                (word(&hit["node"]["__typename"]), word(&hit["title"]))
            })
            .collect()
    }
    async fn found(&self, query: &str) -> Vec<(String, String)> {
        self.found_by(self.analyst, query).await
    }
    /// The error that a document meets.
    async fn error(&self, document: &str, variables: Value) -> Value {
        let identity = Identity::User(self.analyst);
        let mut answer = self.api.ask(identity, document, variables).await;
        answer["errors"][0].take()
    }
}

fn hits(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(kind, title)| ((*kind).to_owned(), (*title).to_owned()))
        .collect()
}

#[tokio::test]
async fn whole_names_come_first_and_texts_last() {
    let fund = Desk::new().await;
    fund.startup(json!({ "name": "Orchard", "oneLiner": "Replaces lantern oil" }))
        .await;
    fund.startup(json!({ "name": "Blue Lantern" })).await;
    fund.startup(json!({ "name": "Lantern Works" })).await;
    fund.startup(json!({ "name": "Zeta", "aliases": [{ "name": "Lantern" }] }))
        .await;
    assert_eq!(
        fund.found("ＬＡＮＴＥＲＮ").await,
        hits(&[
            ("Startup", "Zeta"),
            ("Startup", "Lantern Works"),
            ("Startup", "Blue Lantern"),
            ("Startup", "Orchard"),
        ])
    );
    assert_eq!(
        fund.found("lantern works").await,
        hits(&[("Startup", "Lantern Works")])
    );
    assert_eq!(fund.found("100%").await, hits(&[]));
    assert_eq!(fund.found(" ").await, hits(&[]));
}

#[tokio::test]
async fn every_kind_is_found_by_what_people_remember_of_it() {
    let fund = Desk::new().await;
    let startup = fund
        .startup(json!({ "name": "立方工坊", "domains": ["cubeforge.example"] }))
        .await;
    let document = "mutation($s: ID!) { \
        createPerson(input: { name: \"林舟\", contacts: [{ kind: WECHAT, value: \"linzhou88\" }] }) { userErrors { message } } \
        createDocument(input: { title: \"Quarterly deck\", kind: DECK, url: \"https://files.example/q3\", publisher: \"Tidewater\" }) { userErrors { message } } \
        recordEvidence(input: { startup: $s, kind: PAYING_CUSTOMERS, value: \"3\", observedOn: \"2024-01-01\", source: FOUNDER, note: \"said at the harbour dinner\" }) { userErrors { message } } }";
    let made = fund.run(document, json!({ "s": startup })).await;
    for (_, payload) in made.as_object().unwrap() {
        assert_eq!(payload["userErrors"], json!([]));
    }
    for (words, kind, title) in [
        ("立方", "Startup", "立方工坊"),
        ("cubeforge.example", "Startup", "立方工坊"),
        ("林", "Person", "林舟"),
        ("linzhou88", "Person", "林舟"),
        ("deck quarterly", "Document", "Quarterly deck"),
        ("tidewater", "Document", "Quarterly deck"),
        ("harbour dinner", "Evidence", "立方工坊"),
    ] {
        assert_eq!(fund.found(words).await, hits(&[(kind, title)]), "{words}");
    }
    let only = "{ search(query: \"立方\", kinds: [PERSON, DEAL]) { title } none: search(query: \"立方\", first: 0) { title } }";
    assert_eq!(
        fund.run(only, json!({})).await,
        json!({ "search": [], "none": [] })
    );
}

#[tokio::test]
async fn a_restricted_deal_and_its_documents_are_found_by_its_team_alone() {
    let fund = Desk::new().await;
    let startup = fund.startup(json!({ "name": "Harbour" })).await;
    let opened = fund
        .run(
            "mutation($s: ID!) { openDeal(input: { startup: $s, title: \"Quiet marmalade\", visibility: RESTRICTED }) { deal { id } userErrors { message } } }",
            json!({ "s": startup }),
        )
        .await;
    let deal = &opened["openDeal"]["deal"]["id"];
    fund.run(
        "mutation($d: ID!) { createDocument(input: { title: \"Marmalade terms\", kind: CONTRACT, url: \"https://files.example/m\", deal: $d }) { userErrors { message } } }",
        json!({ "d": deal }),
    )
    .await;
    assert_eq!(
        fund.found("marmalade").await,
        hits(&[("Document", "Marmalade terms"), ("Deal", "Quiet marmalade")])
    );
    assert_eq!(fund.found_by(fund.other, "marmalade").await, hits(&[]));
}

#[tokio::test]
async fn a_search_forgives_slips_and_hears_chinese_names() {
    let fund = Desk::new().await;
    let input = json!({ "name": "Cubeforge", "aliases": [{ "name": "立方工坊", "language": "zh" }], "sectors": ["robotics"],
        "domains": ["cubeforge.example"], "oneLiner": "Text-to-action for 機器人", "description": "自研大模型" });
    fund.startup(input).await;
    fund.startup(json!({ "name": "清華智造" })).await;
    for words in [
        "cubefroge",
        "CUBEFORG",
        "lfgf",
        "lifang",
        "ubefor",
        "text to action",
        "机器人",
        "大模型",
        "https://cubeforge.example/",
        "Robotics",
        "立方 action",
    ] {
        assert_eq!(
            fund.found(words).await,
            hits(&[("Startup", "Cubeforge")]),
            "{words}"
        );
    }
    assert_eq!(fund.found("清华").await, hits(&[("Startup", "清華智造")]));
    for words in ["cobalt forge", "模大", "\"action to text\""] {
        assert_eq!(fund.found(words).await, hits(&[]), "{words}");
    }
    let names = |words: &str| {
        let words = words.to_owned();
        let fund = &fund;
        async move {
            let document =
                "query($w: String!) { startups(filter: { search: $w }) { totalCount nodes { name } } }";
            fund.run(document, json!({ "w": words })).await["startups"].take()
        }
    };
    for words in ["大模型", "ubefor", "lifang", "robotics"] {
        let found = json!({ "totalCount": 1, "nodes": [{ "name": "Cubeforge" }] });
        assert_eq!(names(words).await, found, "{words}");
    }
    assert_eq!(names(" ").await["totalCount"], 2);
    assert_eq!(names("…").await["totalCount"], 0);
}

#[tokio::test]
async fn what_changes_is_found_as_it_is_now() {
    let fund = Desk::new().await;
    let startup = fund.startup(json!({ "name": "Orchard" })).await;
    let opened = fund
        .run(
            "mutation($s: ID!) { openDeal(input: { startup: $s, title: \"First cheque\" }) { deal { id } userErrors { message } } }",
            json!({ "s": startup }),
        )
        .await;
    assert_eq!(opened["openDeal"]["userErrors"], json!([]));
    let person = fund
        .api
        .done(
            fund.analyst,
            "createPerson",
            json!({ "name": "欧阳青" }),
            "person { id }",
        )
        .await["person"]["id"]
        .take();
    let post = json!({ "person": person, "organisation": "Orchard", "kind": "COMPANY", "startup": startup, "isFounder": true });
    fund.api
        .done(fund.analyst, "createAffiliation", post, "affiliation { id }")
        .await;
    let studied = json!({ "person": person, "organisation": "清华大学", "kind": "UNIVERSITY" });
    let studied = fund
        .api
        .done(fund.analyst, "createAffiliation", studied, "affiliation { id }")
        .await["affiliation"]["id"]
        .take();
    let both = hits(&[("Person", "欧阳青"), ("Startup", "Orchard")]);
    assert_eq!(fund.found("欧阳青").await, both);
    assert_eq!(fund.found("清华").await, hits(&[("Startup", "Orchard")]));

    // A post that is taken back.
    let last = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id } } }";
    let row = fund.run(last, json!({ "id": studied })).await["activity"]["nodes"][0]["id"].take();
    let undo = "mutation($a: ID!) { undo(input: { activity: $a }) { userErrors { message } } }";
    let undone = fund.run(undo, json!({ "a": row })).await;
    assert_eq!(undone["undo"]["userErrors"], json!([]));
    assert_eq!(fund.found("清华").await, hits(&[]));
    assert_eq!(fund.found("欧阳青").await, both);

    // A startup by another name, and its deals with it.
    let renamed = json!({ "id": startup, "version": 1, "name": "Lantern" });
    fund.api
        .done(fund.analyst, "updateStartup", renamed, "startup { id }")
        .await;
    assert_eq!(fund.found("orchard").await, hits(&[]));
    assert_eq!(
        fund.found("lantern").await,
        hits(&[("Startup", "Lantern"), ("Deal", "First cheque")])
    );
    let deals = "{ deals(filter: { search: \"lantern\" }) { totalCount } gone: deals(filter: { search: \"orchard\" }) { totalCount } }";
    assert_eq!(
        fund.run(deals, json!({})).await,
        json!({ "deals": { "totalCount": 1 }, "gone": { "totalCount": 0 } })
    );

    // A startup that is taken back.
    let second = fund.startup(json!({ "name": "Marble" })).await;
    assert_eq!(fund.found("marble").await, hits(&[("Startup", "Marble")]));
    let row = fund.run(last, json!({ "id": second })).await["activity"]["nodes"][0]["id"].take();
    fund.run(undo, json!({ "a": row })).await;
    assert_eq!(fund.found("marble").await, hits(&[]));
}

#[tokio::test]
async fn too_long_a_page_of_hits_names_the_limit() {
    let fund = Desk::new().await;
    let error = fund
        .error("{ search(query: \"a\", first: 201) { title } }", json!({}))
        .await;
    assert!(error["message"].as_str().unwrap().contains("200"), "{error}");
}

#[tokio::test]
async fn a_text_that_no_column_holds_is_the_callers_mistake() {
    let fund = Desk::new().await;
    let words = json!({ "w": "a\u{0}b" });
    for document in [
        "query($w: String!) { search(query: $w) { title } }",
        "query($w: String!) { startups(filter: { search: $w }) { totalCount } }",
        "query($w: String!) { startup(slug: $w) { id } }",
        "query($w: String!) { deals(filter: { stages: [$w] }) { totalCount } }",
        "query($w: String!) { people(search: $w, affiliatedWith: $w) { totalCount } }",
    ] {
        let error = fund.error(document, words.clone()).await;
        assert_eq!(
            error["extensions"]["code"], "BAD_USER_INPUT",
            "{document}: {error}"
        );
    }
}

const SET: &str = "mutation($i: SetCompetitorsInput!) { setCompetitors(input: $i) { \
    startup { version competitors { name } } userErrors { code field } } }";

#[tokio::test]
async fn competitors_are_named_kept_in_history_and_taken_back() {
    let fund = Desk::new().await;
    let ours = fund.startup(json!({ "name": "Ours" })).await;
    let rival = fund.startup(json!({ "name": "Rival" })).await;
    let second = fund.startup(json!({ "name": "Second" })).await;
    let before = fund.api.workspace.app.now().to_rfc3339();
    fund.api.workspace.pass(chrono::TimeDelta::days(1));

    let set = fund
        .run(
            SET,
            json!({ "i": { "startup": ours, "competitors": [second, rival, second] } }),
        )
        .await;
    assert_eq!(
        set["setCompetitors"],
        json!({ "startup": { "version": 2, "competitors": [{ "name": "Second" }, { "name": "Rival" }] }, "userErrors": [] })
    );
    let read = "query($id: ID!, $then: DateTime!) { now: startup(id: $id) { competitors { name } } \
        then: startup(id: $id, asOf: $then) { competitors { name } } activity(first: 1, subject: $id) { nodes { id verb } } }";
    let seen = fund.run(read, json!({ "id": ours, "then": before })).await;
    assert_eq!(seen["then"], json!({ "competitors": [] }));
    assert_eq!(seen["activity"]["nodes"][0]["verb"], "setCompetitors");

    let undone = fund
        .run(
            "mutation($a: ID!) { undo(input: { activity: $a }) { userErrors { message } } }",
            json!({ "a": seen["activity"]["nodes"][0]["id"] }),
        )
        .await;
    assert_eq!(undone["undo"]["userErrors"], json!([]));
    let seen = fund.run(read, json!({ "id": ours, "then": before })).await;
    assert_eq!(seen["now"], json!({ "competitors": [] }));
}

#[tokio::test]
async fn a_startup_competes_with_others_that_are_here() {
    let fund = Desk::new().await;
    let ours = fund.startup(json!({ "name": "Ours" })).await;
    let gone = "startup_01h455vb4pex5vsknk084sn02q";
    let refused = fund
        .run(
            SET,
            json!({ "i": { "startup": ours, "competitors": [ours, gone, "deal_x"] } }),
        )
        .await;
    assert_eq!(
        refused["setCompetitors"],
        json!({ "startup": null, "userErrors": [{ "code": "INVALID", "field": ["competitors", "2"] }] })
    );
    let refused = fund
        .run(
            SET,
            json!({ "i": { "startup": ours, "competitors": [ours, gone] } }),
        )
        .await;
    assert_eq!(
        refused["setCompetitors"]["userErrors"],
        json!([{ "code": "INVALID", "field": ["competitors", "0"] }, { "code": "NOT_FOUND", "field": ["competitors", "1"] }])
    );
}

#[tokio::test]
async fn meetings_are_found_by_title_and_beliefs_by_statement_until_they_are_called_off_or_undone() {
    let fund = Desk::new().await;
    let partner = fund.api.user("pia", Role::Partner).await;
    let starts = "2025-03-03T02:00:00Z";
    let meeting =
        json!({ "kind": "COMMITTEE", "title": "Committee on robots / 机器人投决会", "startsAt": starts });
    let meeting = fund
        .api
        .done(partner, "scheduleReview", meeting, "review { id }")
        .await;
    let thesis = json!({ "statement": "Workflow depth outlasts a model / 工作流深度比模型更持久" });
    let thesis = fund
        .api
        .done(partner, "createThesis", thesis, "thesis { id version }")
        .await;
    let capability = json!({ "statement": "models can make usable 3D assets" });
    let capability = fund
        .api
        .done(partner, "createCapability", capability, "capability { id }")
        .await;
    let verdict = json!({ "capability": capability["capability"]["id"], "capabilityStatus": "PARTLY", "on": "2025-02-20",
        "reason": "a studio ships with them" });
    fund.api
        .done(partner, "recordVerdict", verdict, "capability { id }")
        .await;
    let review = ("Review", "Committee on robots / 机器人投决会");
    let held = (
        "Thesis",
        "Workflow depth outlasts a model / 工作流深度比模型更持久",
    );
    let able = ("Capability", "models can make usable 3D assets");
    for (words, expected) in [
        ("robots", vec![review]),
        ("机器人", vec![review]),
        ("committee on", vec![review]),
        ("jiqiren", vec![review]),
        ("commitee", vec![review]),
        ("outlasts workflow", vec![held]),
        ("更持久", vec![held]),
        ("３Ｄ assets", vec![able]),
        ("usable 3d", vec![able]),
        // both say so
        ("model", vec![able, held]),
        // a verdict's words are told beside a hit, and find nothing
        ("studio", vec![]),
    ] {
        assert_eq!(fund.found_by(fund.other, words).await, hits(&expected), "{words}");
    }
    let document = "query($q: String!, $k: [SearchKind!]) { search(query: $q, kinds: $k) { title snippet } }";
    let snippet = async |words: &str, kind: &str| {
        let found = fund.run(document, json!({ "q": words, "k": [kind] })).await;
        found["search"][0]["snippet"].as_str().map(str::to_owned)
    };
    assert_eq!(
        snippet("robots", "REVIEW").await.as_deref(),
        Some("2025-03-03 10:00"),
        "in the fund's zone"
    );
    assert_eq!(
        snippet("assets", "CAPABILITY").await.as_deref(),
        Some("a studio ships with them")
    );
    assert_eq!(snippet("robots", "THESIS").await, None);

    // Renamed, each is found by its new name alone.
    let id = &meeting["review"]["id"];
    let rename = json!({ "id": id, "version": 1, "title": "Committee on agents" });
    fund.api
        .done(partner, "updateReview", rename, "review { id }")
        .await;
    let rename = json!({ "id": thesis["thesis"]["id"], "version": 1, "statement": "Depth outlasts a model" });
    fund.api
        .done(partner, "updateThesis", rename, "thesis { id }")
        .await;
    assert_eq!(fund.found("robots").await, hits(&[]));
    assert_eq!(fund.found("workflow").await, hits(&[]));
    assert_eq!(
        fund.found("agents").await,
        hits(&[("Review", "Committee on agents")])
    );
    assert_eq!(
        fund.found("outlasts").await,
        hits(&[("Thesis", "Depth outlasts a model")])
    );

    // Called off, or undone, it is found no more, and once that is undone again.
    let off = json!({ "id": id, "version": 2 });
    fund.api
        .done(partner, "archiveReview", off, "review { id }")
        .await;
    assert_eq!(fund.found("agents").await, hits(&[]));
    let undo_last = async |subject: &Value| {
        let rows = "query($id: ID!) { activity(first: 1, subject: $id) { nodes { id } } }";
        let found = fund.api.run(partner, rows, json!({ "id": subject })).await;
        let undo = json!({ "activity": found["activity"]["nodes"][0]["id"] });
        fund.api.done(partner, "undo", undo, "kept").await;
    };
    undo_last(id).await;
    assert_eq!(fund.found("agents").await.len(), 1);
    let other = json!({ "statement": "robots need no hands" });
    let other = fund
        .api
        .done(partner, "createThesis", other, "thesis { id }")
        .await;
    assert_eq!(fund.found("hands").await.len(), 1);
    undo_last(&other["thesis"]["id"]).await;
    assert_eq!(fund.found("hands").await, hits(&[]));
}
