//! Providers and the startups that depend on them, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Identity};
use async_graphql::{Request, Variables};
use chrono::TimeDelta;
use domain::{Language, Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

struct World {
    fund: Fund,
    ann: UserId,
}

const DEPENDENCY: &str = "dependency { id version mode critical costShare alternative since until external startup { name } provider { name } }";

impl World {
    async fn new() -> Self {
        let fund = Fund::new().await;
        let ann = fund.user("ann", Role::Analyst).await;
        Self { fund, ann }
    }
    async fn startup(&self, name: &str) -> Value {
        let input = json!({ "name": name });
        self.made("createStartup", input, "startup").await
    }
    async fn provider(&self, name: &str) -> Value {
        let input = json!({ "name": name });
        self.made("createProvider", input, "provider").await
    }
    async fn depends(&self, startup: &Value, provider: &Value, mode: &str) -> Value {
        let input = json!({ "startup": startup, "provider": provider, "mode": mode, "critical": true });
        self.made("recordDependency", input, "dependency").await
    }
    async fn made(&self, mutation: &str, input: Value, record: &str) -> Value {
        self.fund.workspace.pass(TimeDelta::minutes(1));
        let fields = format!("{record} {{ id }}");
        self.fund.done(self.ann, mutation, input, &fields).await[record]["id"].take()
    }
    /// The codes and fields of what is wrong with an input.
    async fn refused(&self, mutation: &str, input: Value) -> Vec<(String, String)> {
        let told = self.fund.tell(self.ann, mutation, input, "").await;
        let errors = told["userErrors"].as_array().unwrap().iter();
        errors
            .map(|error| {
                let field = error["field"].as_array().map_or(String::new(), |field| {
                    let parts: Vec<&str> = field.iter().map(|part| part.as_str().unwrap()).collect();
                    parts.join(".")
                });
                (error["code"].as_str().unwrap().to_owned(), field)
            })
            .collect()
    }
    async fn ask(&self, document: &str, variables: Value) -> Value {
        self.fund.run(self.ann, document, variables).await
    }
    /// The id of the newest change.
    async fn last_change(&self) -> Value {
        self.ask("{ activity(first: 1) { nodes { id } } }", json!({}))
            .await["activity"]["nodes"][0]["id"]
            .take()
    }
    async fn undo(&self, activity: &Value) -> Value {
        self.fund
            .tell(self.ann, "undo", json!({ "activity": activity }), "kept")
            .await
    }
    async fn counted(&self, document: &str) -> u64 {
        let counter = Arc::new(AtomicU64::new(0));
        let caller =
            Caller::new(&self.fund.workspace.app, Identity::User(self.ann)).counting(Arc::clone(&counter));
        let request = Request::new(document).variables(Variables::from_json(json!({})));
        let response = self
            .fund
            .schema
            .execute(graphql::prepare(request, caller, Language::En))
            .await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        counter.load(Ordering::Relaxed)
    }
}

fn one(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

#[tokio::test]
async fn a_provider_is_entered_once_whatever_its_legal_form() {
    let world = World::new().await;
    let openai = world.provider("OpenAI").await;
    let taken = world
        .fund
        .tell(
            world.ann,
            "createProvider",
            json!({ "name": "Open AI, Inc." }),
            "provider { id }",
        )
        .await;
    assert_eq!(taken["provider"], Value::Null);
    assert_eq!(
        taken["userErrors"],
        json!([{ "code": "TAKEN", "field": ["name"], "message": format!("already here: OpenAI ({}), same name", openai.as_str().unwrap()) }])
    );
    let existing = world
        .ask(
            "mutation { createProvider(input: { name: \"openai\" }) { userErrors { existing } } }",
            json!({}),
        )
        .await;
    assert_eq!(existing["createProvider"]["userErrors"][0]["existing"], openai);
    assert_eq!(
        world.refused("createProvider", json!({ "name": " " })).await,
        one("REQUIRED", "name")
    );
    assert_eq!(
        world.refused("createProvider", json!({ "name": "Ltd." })).await,
        one("INVALID", "name")
    );
    let nobody = "startup_01h455vb4pex5vsknk084sn02q";
    assert_eq!(
        world
            .refused("createProvider", json!({ "name": "Zhipu", "startup": nobody }))
            .await,
        one("NOT_FOUND", "startup")
    );
    assert_eq!(
        world
            .refused("createProvider", json!({ "name": "Zhipu", "startup": openai }))
            .await,
        one("INVALID", "startup")
    );
    world.provider("智谱").await;
    world.provider("阿里云").await;
    let all = world.ask("{ providers { name } }", json!({})).await;
    assert_eq!(
        all["providers"],
        json!([{ "name": "阿里云" }, { "name": "OpenAI" }, { "name": "智谱" }]),
        "by sound"
    );
}

#[tokio::test]
async fn a_viewer_changes_nothing() {
    let world = World::new().await;
    let vera = world.fund.user("vera", Role::Viewer).await;
    for mutation in [
        "createProvider(input: { name: \"X\" }) { userErrors { code } }",
        "recordRate(input: { currency: \"CNY\", on: \"2025-02-01\", usd: \"0.14\", source: \"x\" }) { userErrors { code } }",
    ] {
        let answer = world
            .fund
            .ask(
                Identity::User(vera),
                &format!("mutation {{ {mutation} }}"),
                json!({}),
            )
            .await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
    }
}

#[tokio::test]
async fn a_providers_name_may_change_but_not_which_startup_it_is_once_others_depend_on_it() {
    let world = World::new().await;
    let zhipu = world.startup("Zhipu").await;
    let provider = world.provider("Zhipu AI").await;
    let update = |version: i32, more: Value| {
        let mut input = json!({ "id": provider, "version": version });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    assert_eq!(
        world
            .refused("updateProvider", update(2, json!({ "name": "Z" })))
            .await,
        one("STALE_VERSION", "version")
    );
    assert_eq!(
        world
            .refused("updateProvider", update(1, json!({ "name": null })))
            .await,
        one("REQUIRED", "name")
    );
    let told = world
        .fund
        .done(
            world.ann,
            "updateProvider",
            update(1, json!({ "startup": zhipu })),
            "provider { version startup { name } }",
        )
        .await;
    assert_eq!(
        told["provider"],
        json!({ "version": 2, "startup": { "name": "Zhipu" } })
    );
    let other = world.startup("Builds on it").await;
    world.depends(&other, &provider, "API").await;
    for startup in [Value::Null, other.clone()] {
        let told = world
            .fund
            .tell(
                world.ann,
                "updateProvider",
                update(2, json!({ "startup": startup })),
                "provider { id }",
            )
            .await;
        assert_eq!(told["userErrors"][0]["code"], "NOT_ALLOWED", "{told}");
        assert_eq!(told["userErrors"][0]["field"], json!(["startup"]));
    }
    let told = world
        .fund
        .done(
            world.ann,
            "updateProvider",
            update(2, json!({ "name": "Z.ai", "startup": zhipu })),
            "provider { name version }",
        )
        .await;
    assert_eq!(told["provider"], json!({ "name": "Z.ai", "version": 3 }));
    let before = world.last_change().await;
    let told = world
        .fund
        .done(
            world.ann,
            "updateProvider",
            update(3, json!({ "name": "Z.ai" })),
            "provider { version }",
        )
        .await;
    assert_eq!(
        told["provider"]["version"], 3,
        "what is so already changes nothing"
    );
    assert_eq!(world.last_change().await, before);
    // Its old name is free, another's is not.
    world.provider("Zhipu AI").await;
    assert_eq!(
        world
            .refused("updateProvider", update(3, json!({ "name": "ZHIPU ai" })))
            .await,
        one("TAKEN", "name")
    );
}

#[tokio::test]
async fn a_dependency_says_how_much_and_is_recorded_once_while_it_is_in_force() {
    let world = World::new().await;
    let (acme, openai) = (world.startup("Acme").await, world.provider("OpenAI").await);
    let input = |more: Value| {
        let mut input = json!({ "startup": acme, "provider": openai, "mode": "API", "critical": true });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    for (more, code, field) in [
        (json!({ "costShare": "1.01" }), "INVALID", "costShare"),
        (json!({ "costShare": "-0.1" }), "INVALID", "costShare"),
        (json!({ "costShare": "0.12345" }), "INVALID", "costShare"),
        (
            json!({ "since": "2025-02-02", "until": "2025-02-01" }),
            "INVALID",
            "until",
        ),
        (
            json!({ "alternative": "x".repeat(301) }),
            "INVALID",
            "alternative",
        ),
        (
            json!({ "provider": "provider_01h455vb4pex5vsknk084sn02q" }),
            "NOT_FOUND",
            "provider",
        ),
        (
            json!({ "startup": "startup_01h455vb4pex5vsknk084sn02q" }),
            "NOT_FOUND",
            "startup",
        ),
        (json!({ "startup": openai }), "INVALID", "startup"),
    ] {
        assert_eq!(
            world.refused("recordDependency", input(more.clone())).await,
            one(code, field),
            "{more}"
        );
    }
    let more = json!({ "costShare": "0.3500", "alternative": " Mistral ", "since": "2024-05-01" });
    let told = world
        .fund
        .done(world.ann, "recordDependency", input(more), DEPENDENCY)
        .await;
    let id = told["dependency"]["id"].clone();
    assert_eq!(
        told["dependency"],
        json!({ "id": id, "version": 1, "mode": "API", "critical": true, "costShare": "0.35", "alternative": "Mistral",
            "since": "2024-05-01", "until": null, "external": true, "startup": { "name": "Acme" }, "provider": { "name": "OpenAI" } })
    );
    assert_eq!(
        world.refused("recordDependency", input(json!({}))).await,
        one("TAKEN", "provider")
    );
    // Another mode, or what is over, stands beside it.
    let tuned = world.depends(&acme, &openai, "FINE_TUNE").await;
    world
        .made(
            "recordDependency",
            input(json!({ "until": "2024-05-01" })),
            "dependency",
        )
        .await;
    let update = |version: i32, more: Value| {
        let mut input = json!({ "id": id, "version": version });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    assert_eq!(
        world.refused("updateDependency", update(2, json!({}))).await,
        one("STALE_VERSION", "version")
    );
    assert_eq!(
        world
            .refused(
                "updateDependency",
                update(1, json!({ "critical": null, "mode": null }))
            )
            .await,
        [one("REQUIRED", "mode"), one("REQUIRED", "critical")].concat()
    );
    assert_eq!(
        world
            .refused(
                "updateDependency",
                json!({ "id": tuned, "version": 1, "mode": "API" })
            )
            .await,
        one("TAKEN", "")
    );
    let told = world
        .fund
        .done(
            world.ann,
            "updateDependency",
            update(
                1,
                json!({ "alternative": null, "critical": false, "until": "2025-03-01" }),
            ),
            DEPENDENCY,
        )
        .await;
    assert_eq!(
        told["dependency"],
        json!({ "id": id, "version": 2, "mode": "API", "critical": false, "costShare": "0.35", "alternative": null,
            "since": "2024-05-01", "until": "2025-03-01", "external": true, "startup": { "name": "Acme" }, "provider": { "name": "OpenAI" } })
    );
    // The day it was over has come: another may begin.
    world.depends(&acme, &openai, "API").await;
    assert_eq!(
        world
            .refused("updateDependency", update(2, json!({ "until": null })))
            .await,
        one("TAKEN", "")
    );
}

#[tokio::test]
async fn a_startup_reads_back_with_the_providers_that_it_had_then() {
    let world = World::new().await;
    let (acme, openai) = (world.startup("Acme").await, world.provider("OpenAI").await);
    let own = world
        .made(
            "createProvider",
            json!({ "name": "Acme models", "startup": acme }),
            "provider",
        )
        .await;
    let id = world.depends(&acme, &openai, "API").await;
    let then = world.fund.workspace.app.now();
    world.fund.workspace.pass(TimeDelta::days(1));
    world.depends(&acme, &own, "SELF_HOSTED").await;
    world
        .made(
            "updateProvider",
            json!({ "id": openai, "version": 1, "name": "OpenAI Group" }),
            "provider",
        )
        .await;
    world
        .made(
            "updateDependency",
            json!({ "id": id, "version": 1, "alternative": "Mistral" }),
            "dependency",
        )
        .await;
    let document = "query($id: ID!, $at: DateTime) { startup(id: $id, asOf: $at) { dependencies { mode alternative external \
        provider { name dependents { totalCount nodes { alternative } } } } } }";
    let read = async |at: Value| {
        world.ask(document, json!({ "id": acme, "at": at })).await["startup"]["dependencies"].take()
    };
    assert_eq!(
        read(json!(then)).await,
        json!([{ "mode": "API", "alternative": null, "external": true,
            "provider": { "name": "OpenAI", "dependents": { "totalCount": 1, "nodes": [{ "alternative": null }] } } }])
    );
    assert_eq!(
        read(Value::Null).await,
        json!([
            { "mode": "API", "alternative": "Mistral", "external": true,
                "provider": { "name": "OpenAI Group", "dependents": { "totalCount": 1, "nodes": [{ "alternative": "Mistral" }] } } },
            { "mode": "SELF_HOSTED", "alternative": null, "external": false,
                "provider": { "name": "Acme models", "dependents": { "totalCount": 1, "nodes": [{ "alternative": null }] } } }
        ])
    );
    let early = world
        .ask(document, json!({ "id": acme, "at": "2025-03-01T08:01:30Z" }))
        .await;
    assert_eq!(early["startup"]["dependencies"], json!([]));
}

#[tokio::test]
async fn the_dependents_of_a_provider_are_turned_page_by_page_newest_first() {
    let world = World::new().await;
    let openai = world.provider("OpenAI").await;
    for n in 1..=5 {
        let startup = world.startup(&format!("S{n}")).await;
        world.depends(&startup, &openai, "API").await;
    }
    let document = "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { provider(id: $id) { \
        dependents(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { startup { name } } \
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }";
    let page = async |more: Value| {
        let mut variables = json!({ "id": openai });
        variables
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        world.ask(document, variables).await["provider"]["dependents"].take()
    };
    let names = |page: &Value| -> Vec<String> {
        let nodes = page["nodes"].as_array().unwrap().iter();
        nodes
            .map(|n| n["startup"]["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = page(json!({ "first": 2 })).await;
    assert_eq!(
        (names(&first), &first["totalCount"]),
        (vec!["S5".into(), "S4".into()], &json!(5))
    );
    let second = page(json!({ "first": 2, "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(names(&second), ["S3", "S2"]);
    let third = page(json!({ "first": 2, "after": second["pageInfo"]["endCursor"] })).await;
    assert_eq!(
        (names(&third), &third["pageInfo"]["hasNextPage"]),
        (vec!["S1".into()], &json!(false))
    );
    let back = page(json!({ "last": 2, "before": third["pageInfo"]["startCursor"] })).await;
    assert_eq!(names(&back), ["S3", "S2"]);
    let wrong = world
        .fund
        .ask(
            Identity::User(world.ann),
            document,
            json!({ "id": openai, "after": "bm9uZQ" }),
        )
        .await;
    assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_level_of_providers_takes_one_statement_however_many_there_are() {
    let world = World::new().await;
    let everything = "{ startups { nodes { dependencies { critical external startup { name } provider { name startup { name } \
        dependents { totalCount nodes { mode } } } } checklist { state by { name } } } } }";
    let some = async |n: u32| {
        let startup = world.startup(&format!("S{n}")).await;
        let provider = world.provider(&format!("P{n}")).await;
        world.depends(&startup, &provider, "API").await;
        let answer = json!({ "startup": startup, "key": "team", "state": "OK" });
        world.made("setChecklistItem", answer, "startup").await;
    };
    some(1).await;
    let with_one = world.counted(everything).await;
    for n in 2..6 {
        some(n).await;
    }
    assert_eq!(world.counted(everything).await, with_one);
}

#[tokio::test]
async fn what_was_recorded_by_mistake_is_taken_back_and_shown_again() {
    let world = World::new().await;
    let openai = world.provider("OpenAI").await;
    let created = world.last_change().await;
    let acme = world.startup("Acme").await;
    let id = world.depends(&acme, &openai, "API").await;
    let recorded = world.last_change().await;
    let told = world.undo(&created).await;
    assert_eq!(told["userErrors"][0]["code"], "CONFLICT");
    assert_eq!(
        told["userErrors"][0]["message"],
        "it stays: a dependency refers to it"
    );

    world
        .made(
            "updateDependency",
            json!({ "id": id, "version": 1, "critical": false, "costShare": "0.2" }),
            "dependency",
        )
        .await;
    let edited = world.last_change().await;
    world
        .made(
            "updateDependency",
            json!({ "id": id, "version": 2, "costShare": "0.3" }),
            "dependency",
        )
        .await;
    let told = world.undo(&edited).await;
    assert_eq!(
        (&told["userErrors"], &told["kept"]),
        (&json!([]), &json!(["costShare was changed since, and stays"]))
    );
    let read = "query($id: ID!) { node(id: $id) { ... on Dependency { critical costShare version } } }";
    let node = world.ask(read, json!({ "id": id })).await;
    assert_eq!(
        node["node"],
        json!({ "critical": true, "costShare": "0.3", "version": 4 })
    );
    let told = world.undo(&recorded).await;
    assert_eq!(told["userErrors"][0]["code"], "CONFLICT", "it was changed since");

    let other = world.provider("Mistral").await;
    let mistake = world.depends(&acme, &other, "API").await;
    let change = world.last_change().await;
    assert_eq!(world.undo(&change).await["userErrors"], json!([]));
    let hidden = world.last_change().await;
    assert_eq!(
        world.ask(read, json!({ "id": mistake })).await["node"],
        Value::Null
    );
    assert_eq!(
        world
            .refused("updateDependency", json!({ "id": mistake, "version": 2 }))
            .await,
        one("NOT_FOUND", "id")
    );
    let again = world.depends(&acme, &other, "API").await;
    let told = world.undo(&hidden).await;
    assert_eq!(
        told["userErrors"][0]["code"], "TAKEN",
        "it was recorded anew meanwhile"
    );
    let change = world.last_change().await;
    assert_eq!(world.undo(&change).await["userErrors"], json!([]));
    assert_eq!(world.undo(&hidden).await["userErrors"], json!([]));
    assert_ne!(
        world.ask(read, json!({ "id": mistake })).await["node"],
        Value::Null
    );
    assert_eq!(world.ask(read, json!({ "id": again })).await["node"], Value::Null);
}

#[tokio::test]
async fn a_provider_created_or_renamed_by_mistake_is_taken_back() {
    let world = World::new().await;
    let id = world.provider("OpenAI").await;
    let created = world.last_change().await;
    world
        .made(
            "updateProvider",
            json!({ "id": id, "version": 1, "name": "Anthropic" }),
            "provider",
        )
        .await;
    let renamed = world.last_change().await;
    assert_eq!(world.undo(&created).await["userErrors"][0]["code"], "CONFLICT");
    assert_eq!(world.undo(&renamed).await["userErrors"], json!([]));
    let read = "query($id: ID!) { node(id: $id) { ... on Provider { name } } provider(id: $id) { name } }";
    let told = world.ask(read, json!({ "id": id })).await;
    assert_eq!(
        told,
        json!({ "node": { "name": "OpenAI" }, "provider": { "name": "OpenAI" } })
    );

    let mistake = world.provider("Mistral").await;
    let created = world.last_change().await;
    assert_eq!(world.undo(&created).await["userErrors"], json!([]));
    let hidden = world.last_change().await;
    let told = world.ask(read, json!({ "id": mistake })).await;
    assert_eq!(told, json!({ "node": null, "provider": null }));
    let acme = world.startup("Acme").await;
    assert_eq!(
        world
            .refused(
                "recordDependency",
                json!({ "startup": acme, "provider": mistake, "mode": "API", "critical": false })
            )
            .await,
        one("NOT_FOUND", "provider")
    );
    let anew = world.provider("mistral").await;
    assert_eq!(world.undo(&hidden).await["userErrors"][0]["code"], "TAKEN");
    assert_ne!(anew, mistake);
}

#[tokio::test]
async fn a_startup_on_which_records_rest_is_not_taken_back_and_hidden_ones_leave_no_dependents() {
    let world = World::new().await;
    let openai = world.provider("OpenAI").await;
    let acme = world.startup("Acme").await;
    let created = world.last_change().await;
    world.depends(&acme, &openai, "API").await;
    let change = world.last_change().await;
    assert_eq!(world.undo(&created).await["userErrors"][0]["code"], "CONFLICT");
    assert_eq!(world.undo(&change).await["userErrors"], json!([]));
    assert_eq!(world.undo(&created).await["userErrors"], json!([]));
    let told = world.undo(&change).await;
    assert_eq!(told["userErrors"][0]["code"], "CONFLICT", "its startup is gone");
    let all = world
        .ask(
            "{ providers { dependents { totalCount nodes { id } } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        all["providers"],
        json!([{ "dependents": { "totalCount": 0, "nodes": [] } }])
    );
}

#[tokio::test]
async fn the_activity_of_a_startup_tells_of_its_dependencies_in_a_line() {
    let world = World::new().await;
    let (acme, openai) = (world.startup("Acme").await, world.provider("OpenAI").await);
    let id = world.depends(&acme, &openai, "API").await;
    world
        .made(
            "updateDependency",
            json!({ "id": id, "version": 1, "alternative": "Mistral" }),
            "dependency",
        )
        .await;
    let document = "query($id: ID!, $of: ID) { startup(id: $id) { activity { nodes { summary subject { id } } } } activity(subject: $of) { nodes { summary } } }";
    let told = world.ask(document, json!({ "id": acme, "of": openai })).await;
    assert_eq!(
        told["startup"]["activity"]["nodes"][0],
        json!({ "summary": "updateDependency dependency: alternative – → Mistral", "subject": { "id": id } })
    );
    assert_eq!(
        told["startup"]["activity"]["nodes"][1]["summary"],
        "recordDependency dependency: critical true, mode API, providerId"
    );
    assert_eq!(
        told["activity"]["nodes"],
        json!([{ "summary": "createProvider provider: name OpenAI" }])
    );
}
