//! People, their posts and documents, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Identity};
use async_graphql::Request;
use domain::{Language, Role, UserId};
use serde_json::{Value, json};
use test_support::TestWorkspace;

struct Client {
    workspace: TestWorkspace,
    schema: graphql::Schema,
    user: UserId,
}

impl Client {
    async fn new() -> Self {
        let workspace = TestWorkspace::new().await;
        let user = workspace
            .system()
            .add_user("a@fund.example".into(), "Ana".into(), Role::Analyst)
            .await
            .unwrap()
            .unwrap();
        Self {
            workspace,
            schema: graphql::schema(),
            user,
        }
    }
    /// What a document answers, and how many statements it took.
    async fn counted(&self, document: &str, variables: Value) -> (Value, u64) {
        let counter = Arc::new(AtomicU64::new(0));
        let caller =
            Caller::new(&self.workspace.app, Identity::User(self.user)).counting(Arc::clone(&counter));
        let request = Request::new(document).variables(async_graphql::Variables::from_json(variables));
        let response = self
            .schema
            .execute(graphql::prepare(request, caller, Language::En))
            .await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        (
            response.data.into_json().unwrap(),
            counter.load(Ordering::Relaxed),
        )
    }
    async fn run(&self, document: &str, variables: Value) -> Value {
        self.counted(document, variables).await.0
    }
    async fn startup(&self, name: &str) -> Value {
        let document = "mutation($i: CreateStartupInput!) { createStartup(input: $i) { startup { id } userErrors { message } } }";
        self.run(document, json!({ "i": { "name": name } })).await["createStartup"]["startup"]["id"].clone()
    }
    async fn person(&self, input: Value) -> Value {
        let document = "mutation($i: CreatePersonInput!) { createPerson(input: $i) { \
            person { id name aliases { name kind } contacts { kind value knownBy { name } } links version } userErrors { code field } } }";
        self.run(document, json!({ "i": input })).await["createPerson"].clone()
    }
    async fn post(&self, input: Value) -> Value {
        let document = "mutation($i: CreateAffiliationInput!) { createAffiliation(input: $i) { \
            affiliation { id person { name } startup { name } organisation kind title isFounder from to } userErrors { code field } } }";
        self.run(document, json!({ "i": input })).await["createAffiliation"].clone()
    }
    async fn document(&self, input: Value) -> Value {
        let document = "mutation($i: CreateDocumentInput!) { createDocument(input: $i) { \
            document { id title kind url sha256 byteSize reprintOf { title } } userErrors { code field } } }";
        self.run(document, json!({ "i": input })).await["createDocument"].clone()
    }
}

const PEOPLE: &str = "query($from: String) { people(affiliatedWith: $from) { totalCount nodes { name affiliations { organisation } } } }";
const EVERYTHING: &str = "{ startups { nodes { name \
    people { isFounder person { name affiliations { organisation startup { name } } contacts { knownBy { name } } } } \
    documents { title reprintOf { title } addedBy { name } } \
    evidence { nodes { documents { title } } } } } }";

#[tokio::test]
async fn a_founder_is_found_by_university_and_seen_at_the_startup() {
    let client = Client::new().await;
    let startup = client.startup("月之暗面").await;
    let made = client
        .person(json!({ "name": "杨植麟", "aliases": [{ "name": "Yang Zhilin" }], "links": ["https://example.com"],
            "contacts": [{ "kind": "WECHAT", "value": "yzl" }] }))
        .await;
    let person = made["person"]["id"].clone();
    assert_eq!(
        made["person"]["contacts"],
        json!([{ "kind": "WECHAT", "value": "yzl", "knownBy": [{ "name": "Ana" }] }])
    );
    let made = client
        .post(
            json!({ "person": person, "organisation": "月之暗面", "kind": "COMPANY", "startup": startup,
            "title": "CEO", "isFounder": true, "from": "2023-03-01" }),
        )
        .await;
    assert_eq!(made["affiliation"]["startup"]["name"], "月之暗面");
    assert_eq!(made["affiliation"]["from"], "2023-03-01");
    client
        .post(
            json!({ "person": person, "organisation": "清华大学", "kind": "UNIVERSITY", "to": "2015-07-01" }),
        )
        .await;

    let found = client.run(PEOPLE, json!({ "from": "清华大学" })).await;
    assert_eq!(found["people"]["totalCount"], 1);
    assert_eq!(
        found["people"]["nodes"][0]["affiliations"],
        json!([{ "organisation": "月之暗面" }, { "organisation": "清华大学" }])
    );
    let all = client.run(EVERYTHING, json!({})).await;
    let shown = &all["startups"]["nodes"][0]["people"][0];
    assert_eq!(
        (&shown["isFounder"], &shown["person"]["name"]),
        (&json!(true), &json!("杨植麟"))
    );
    let node = client
        .run(
            "query($id: ID!) { node(id: $id) { ... on Person { name } } }",
            json!({ "id": person }),
        )
        .await;
    assert_eq!(node["node"]["name"], "杨植麟");
}

#[tokio::test]
async fn what_is_wrong_names_the_fields() {
    let client = Client::new().await;
    let said = client
        .person(json!({ "name": "", "contacts": [{ "kind": "EMAIL", "value": "x" }] }))
        .await;
    assert_eq!(said["person"], Value::Null);
    assert_eq!(
        said["userErrors"],
        json!([{ "code": "REQUIRED", "field": ["name"] }, { "code": "INVALID", "field": ["contacts", "0", "value"] }])
    );
    let said = client
        .post(json!({ "person": "x", "organisation": "y", "kind": "LAB", "startup": "z" }))
        .await;
    assert_eq!(
        said["userErrors"],
        json!([{ "code": "INVALID", "field": ["person"] }, { "code": "INVALID", "field": ["startup"] }])
    );
    let said = client.document(json!({ "title": "t", "kind": "DECK" })).await;
    assert_eq!(
        said["userErrors"],
        json!([{ "code": "REQUIRED", "field": ["url"] }])
    );
}

#[tokio::test]
async fn a_document_is_added_and_changed() {
    let client = Client::new().await;
    let link = "https://example.com/a";
    let original = client
        .document(json!({ "title": "original", "kind": "PRESS", "url": link }))
        .await["document"]
        .clone();
    assert_eq!(
        (&original["sha256"], &original["byteSize"]),
        (&Value::Null, &Value::Null)
    );
    let made = client
        .document(json!({ "title": "reprint", "kind": "PRESS", "url": link, "byline": "b", "note": "n", "reprintOf": original["id"] }))
        .await["document"]
        .clone();
    assert_eq!(made["reprintOf"]["title"], "original");
    let document = "mutation($i: UpdateDocumentInput!) { updateDocument(input: $i) { \
        document { title byline note reprintOf { id } version } userErrors { code field } } }";
    let input = json!({ "id": made["id"], "note": null, "reprintOf": null, "title": "own" });
    let said = client.run(document, json!({ "i": input })).await["updateDocument"].clone();
    let expected = json!({ "title": "own", "byline": "b", "note": null, "reprintOf": null, "version": 2 });
    assert_eq!(said["document"], expected);
    let said = client
        .run(document, json!({ "i": { "id": made["id"], "title": null } }))
        .await["updateDocument"]
        .clone();
    assert_eq!(
        said["userErrors"],
        json!([{ "code": "REQUIRED", "field": ["title"] }])
    );
    let said = client
        .run(
            document,
            json!({ "i": { "id": made["id"], "version": 1, "title": "x" } }),
        )
        .await["updateDocument"]
        .clone();
    assert_eq!(
        said["userErrors"],
        json!([{ "code": "STALE_VERSION", "field": ["version"] }])
    );
}

#[tokio::test]
async fn many_startups_take_no_more_statements_than_one() {
    let client = Client::new().await;
    let mut counts = Vec::new();
    for n in 0..5 {
        let startup = client.startup(&format!("Startup {n}")).await;
        let person = client
            .person(json!({ "name": format!("Person {n}"), "contacts": [{ "kind": "PHONE", "value": format!("{n}{n}") }] }))
            .await["person"]["id"]
            .clone();
        client
            .post(json!({ "person": person, "organisation": "o", "kind": "COMPANY", "startup": startup }))
            .await;
        let link = format!("https://example.com/{n}");
        let original = client
            .document(json!({ "title": "o", "kind": "PRESS", "url": link }))
            .await["document"]["id"]
            .clone();
        let document = client
            .document(json!({ "title": "d", "kind": "PRESS", "url": link, "startup": startup, "reprintOf": original }))
            .await["document"]["id"]
            .clone();
        let record = "mutation($i: RecordEvidenceInput!) { recordEvidence(input: $i) { evidence { id } userErrors { message } } }";
        let input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": "3", "observedOn": "2024-01-01",
            "source": "DATA_ROOM", "documents": [document], "grade": "DOCUMENTED" });
        client.run(record, json!({ "i": input })).await;
        let (all, count) = client.counted(EVERYTHING, json!({})).await;
        assert_eq!(
            all["startups"]["nodes"][n]["evidence"]["nodes"][0]["documents"],
            json!([{ "title": "d" }])
        );
        assert_eq!(
            all["startups"]["nodes"][n]["documents"].as_array().unwrap().len(),
            1
        );
        counts.push(count);
    }
    // The caller, startups; their people, documents and evidence; persons, their posts, the startups of those, users of
    // contacts; originals, users who added; documents of evidence. Fewer where two fall together in time.
    assert!(counts.iter().all(|count| *count <= 12), "{counts:?}");
}
