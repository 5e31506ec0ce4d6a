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
        "recordProviderEvent(input: { provider: \"provider_01h455vb4pex5vsknk084sn02q\", kind: PRICE, on: \"2025-02-01\", summary: \"x\" }) { userErrors { code } }",
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

/// What an exposure says, in one line.
fn told(exposure: &Value) -> String {
    let n = |name: &str| exposure[name].as_i64().unwrap();
    let sums = exposure["amount"].as_array().unwrap().iter().map(|sum| {
        let (low, high) = (sum["low"].as_str().unwrap(), sum["high"].as_str().unwrap());
        format!("{low}-{high} {}", sum["currency"].as_str().unwrap())
    });
    format!(
        "{} startups, {} critical, {} without, {} deals, {} portfolio, {}, {} unknown",
        n("startups"),
        n("criticalStartups"),
        n("withoutAlternative"),
        n("activeDeals"),
        n("portfolio"),
        sums.collect::<Vec<_>>().join(" + "),
        n("amountUnknown")
    )
}

const EXPOSURE: &str = "startups criticalStartups withoutAlternative activeDeals portfolio amount { low high currency } amountUnknown";

/// A provider with four startups on it. By API, critical and without an alternative: Alpha, with an active deal of 1–2
/// million dollars. By API, with an alternative: Beta, with an active deal of 5–7 million yuan and one that was invested.
/// By API, not critical: Gamma, with a restricted deal of ann's of 10 million dollars and one that names no amount. By
/// itself: Delta, with no deal. Over since the day before: Omega, with an active deal of 3 million dollars.
struct Exposed {
    world: World,
    provider: Value,
    startups: Vec<Value>,
    /// A partner who is on no team.
    partner: UserId,
}

impl Exposed {
    async fn new() -> Self {
        let world = World::new().await;
        let partner = world.fund.user("pat", Role::Partner).await;
        let provider = world.provider("Base").await;
        let own = json!({ "name": "Base Inc" });
        let itself = world.made("createStartup", own, "startup").await;
        let link = json!({ "id": provider, "version": 1, "startup": itself });
        world.made("updateProvider", link, "provider").await;
        let mut startups = Vec::new();
        for name in ["Alpha", "Beta", "Gamma", "Delta", "Omega"] {
            startups.push(world.startup(name).await);
        }
        let [alpha, beta, gamma, delta, omega] = &startups[..] else {
            unreachable!()
        };
        let today = world.today();
        for (startup, terms) in [
            (
                alpha,
                json!({ "mode": "API", "critical": true, "costShare": "0.4" }),
            ),
            (
                beta,
                json!({ "mode": "API", "critical": true, "alternative": "another", "costShare": "0.2" }),
            ),
            (gamma, json!({ "mode": "API", "critical": false })),
            (delta, json!({ "mode": "SELF_HOSTED", "critical": true })),
            (omega, json!({ "mode": "API", "critical": true, "until": today })),
            (&itself, json!({ "mode": "SELF_HOSTED", "critical": true })),
        ] {
            let mut input = json!({ "startup": startup, "provider": provider });
            for (name, value) in terms.as_object().unwrap() {
                input[name] = value.clone();
            }
            world.made("recordDependency", input, "dependency").await;
        }
        let usd = |low: &str, high: &str| json!({ "low": low, "high": high, "currency": "USD" });
        let cny = json!({ "low": "5000000", "high": "7000000", "currency": "CNY" });
        for (startup, input) in [
            (
                alpha,
                json!({ "round": "SEED", "amountSought": usd("1000000", "2000000") }),
            ),
            (beta, json!({ "round": "A", "amountSought": cny })),
            (
                gamma,
                json!({ "round": "A", "visibility": "RESTRICTED", "amountSought": usd("10000000", "10000000") }),
            ),
            (gamma, json!({ "round": "B" })),
            (
                omega,
                json!({ "round": "A", "amountSought": usd("3000000", "3000000") }),
            ),
        ] {
            world.deal(startup, input).await;
        }
        let invested = world.deal(beta, json!({ "round": "SEED" })).await;
        let invest = json!({ "id": invested, "version": 1, "status": "INVESTED", "overrideReason": "it was before this was kept" });
        world.fund.workspace.pass(TimeDelta::minutes(1));
        world.fund.done(partner, "moveDeal", invest, "deal { id }").await;
        Self {
            world,
            provider,
            startups,
            partner,
        }
    }
    async fn exposure(&self, user: UserId) -> String {
        let document = format!("query($id: ID!) {{ providerExposure(provider: $id) {{ {EXPOSURE} }} }}");
        let told_of = self
            .world
            .fund
            .run(user, &document, json!({ "id": self.provider }))
            .await;
        told(&told_of["providerExposure"])
    }
    /// Whom a scenario hits and how hard, and what is at stake.
    async fn hits(&self, user: UserId, scenario: &str, percent: Option<&str>) -> (Vec<String>, String) {
        let document = format!(
            "query($id: ID!, $scenario: ProviderScenario!, $percent: Decimal) {{ whatIf(provider: $id, scenario: $scenario, percent: $percent) \
             {{ exposure {{ {EXPOSURE} }} hits {{ severity startup {{ name }} deals {{ round }} }} }} }}"
        );
        let variables = json!({ "id": self.provider, "scenario": scenario, "percent": percent });
        let answer = self.world.fund.run(user, &document, variables).await;
        let hits = answer["whatIf"]["hits"].as_array().unwrap().iter().map(|hit| {
            let name = hit["startup"]["name"].as_str().unwrap();
            let deals = hit["deals"].as_array().unwrap().len();
            format!("{} {name} {deals}", hit["severity"].as_str().unwrap())
        });
        (hits.collect(), told(&answer["whatIf"]["exposure"]))
    }
}

impl World {
    fn today(&self) -> String {
        let zone = self.fund.workspace.app.workspace().time_zone;
        let today = domain::time::day_in(zone, self.fund.workspace.app.now());
        today.to_string()
    }
    async fn deal(&self, startup: &Value, mut input: Value) -> Value {
        input["startup"] = startup.clone();
        self.made("openDeal", input, "deal").await
    }
    async fn event(&self, provider: &Value, kind: &str, on: &str) -> Value {
        let input = json!({ "provider": provider, "kind": kind, "on": on, "summary": "as it says" });
        self.made("recordProviderEvent", input, "event").await
    }
}

#[tokio::test]
async fn who_is_exposed_is_counted_once_and_what_is_at_stake_as_far_as_the_caller_may_see() {
    let exposed = Exposed::new().await;
    // Alpha, Beta, Gamma, Delta, who runs the model by itself and goes on; not Omega, which is over, nor the provider itself. ann opened the restricted deal.
    assert_eq!(
        exposed.exposure(exposed.world.ann).await,
        "4 startups, 2 critical, 1 without, 4 deals, 1 portfolio, 5000000-7000000 CNY + 11000000-12000000 USD, 1 unknown"
    );
    assert_eq!(
        exposed.exposure(exposed.partner).await,
        "4 startups, 2 critical, 1 without, 3 deals, 1 portfolio, 5000000-7000000 CNY + 1000000-2000000 USD, 1 unknown"
    );
}

#[tokio::test]
async fn what_if_tells_whom_it_hits_the_hardest_first_and_leaves_out_who_is_not_reached() {
    let exposed = Exposed::new().await;
    // Nobody has a layer or a route, so none is a wrapper.
    let (hits, sums) = exposed.hits(exposed.partner, "SHUTDOWN", None).await;
    assert_eq!(hits, ["HIGH Alpha 1", "MEDIUM Beta 1", "LOW Gamma 1"]);
    assert_eq!(
        sums,
        "3 startups, 2 critical, 1 without, 3 deals, 1 portfolio, 5000000-7000000 CNY + 1000000-2000000 USD, 1 unknown"
    );
    let (hits, _) = exposed.hits(exposed.world.ann, "SHUTDOWN", None).await;
    assert_eq!(hits, ["HIGH Alpha 1", "MEDIUM Beta 1", "LOW Gamma 2"]);
    // Who runs the model by itself competes with it, too. Of three that are hit alike Alpha has the greatest share of cost.
    let (hits, sums) = exposed.hits(exposed.partner, "SHIPS_SAME", None).await;
    assert_eq!(
        hits,
        ["MEDIUM Alpha 1", "MEDIUM Beta 1", "MEDIUM Delta 0", "LOW Gamma 1"]
    );
    assert!(
        sums.starts_with("4 startups, 2 critical, 1 without, 3 deals"),
        "{sums}"
    );
    // An app on an API with nothing of its own is a wrapper: a cheaper model takes its moat.
    let gamma =
        json!({ "id": exposed.startups[2], "version": 1, "layer": "APP", "technicalRoute": "BUILDS_ON_API" });
    exposed.world.made("updateStartup", gamma, "startup").await;
    let (hits, _) = exposed.hits(exposed.partner, "PRICE", Some("-90")).await;
    assert_eq!(hits, ["HIGH Gamma 1", "LOW Alpha 1", "LOW Beta 1"]);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_with_what_could() {
    let world = World::new().await;
    let provider = world.provider("Base").await;
    let ask = async |variables: Value| {
        let document = "query($id: ID!, $scenario: ProviderScenario!, $percent: Decimal) { whatIf(provider: $id, scenario: $scenario, \
             percent: $percent) { hits { severity } } }";
        let answer = world
            .fund
            .ask(Identity::User(world.ann), document, variables)
            .await;
        let error = &answer["errors"][0];
        (
            error["extensions"]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            error["message"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let (code, message) = ask(json!({ "id": provider, "scenario": "PRICE", "percent": "-100" })).await;
    assert_eq!(code, "BAD_USER_INPUT");
    assert!(message.contains("-100"), "{message}");
    let (code, _) = ask(json!({ "id": provider, "scenario": "OUTAGE", "percent": "-90" })).await;
    assert_eq!(code, "BAD_USER_INPUT");
    let nobody = provider
        .as_str()
        .unwrap()
        .replace(|c: char| c.is_ascii_digit(), "0");
    let (code, _) = ask(json!({ "id": nobody, "scenario": "OUTAGE" })).await;
    assert_eq!(code, "", "it is null");
    let document = "query($id: ID!) { providerExposure(provider: $id) { startups } }";
    let answer = world
        .fund
        .ask(Identity::User(world.ann), document, json!({ "id": nobody }))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND");
    // Before it was known nobody was exposed to it.
    let document = "query($id: ID!) { providerExposure(provider: $id, asOf: \"2001-01-01T00:00:00Z\") { startups } \
         whatIf(provider: $id, scenario: OUTAGE, asOf: \"2001-01-01T00:00:00Z\") { percent } }";
    let answer = world.ask(document, json!({ "id": provider })).await;
    assert_eq!(
        answer,
        json!({ "providerExposure": { "startups": 0 }, "whatIf": null })
    );
}

#[tokio::test]
async fn what_a_provider_did_is_kept_with_its_day_undone_and_known_as_it_was() {
    let exposed = Exposed::new().await;
    let world = &exposed.world;
    let today = world.today();
    let before = world.fund.workspace.app.now();
    // On the day before, Omega still depended on it.
    let yesterday = "2025-02-28";
    assert!(today.as_str() > yesterday);
    let cut = world.event(&exposed.provider, "PRICE", yesterday).await;
    let recorded = world.last_change().await;
    let between = world.fund.workspace.app.now();
    world.event(&exposed.provider, "LAUNCH", &today).await;
    let document = "query($id: ID!, $at: DateTime) { provider(id: $id, asOf: $at) { events { id kind on precision summary exposure { startups } } } }";
    let events = async |at: Value| {
        let answer = world
            .ask(document, json!({ "id": exposed.provider, "at": at }))
            .await;
        let events = answer["provider"]["events"].as_array().unwrap().clone();
        events
            .iter()
            .map(|one| {
                format!("{} {} {}", one["kind"], one["on"], one["exposure"]["startups"]).replace('"', "")
            })
            .collect::<Vec<_>>()
    };
    // A price reaches Alpha, Beta, Gamma and Omega; a launch Delta too, but Omega no more.
    assert_eq!(
        events(Value::Null).await,
        [format!("LAUNCH {today} 4"), format!("PRICE {yesterday} 4")]
    );
    assert_eq!(events(json!(before)).await, Vec::<String>::new());
    assert_eq!(events(json!(between)).await, [format!("PRICE {yesterday} 4")]);
    world.fund.workspace.pass(TimeDelta::minutes(1));
    let undone = world.undo(&recorded).await;
    assert_eq!(undone["userErrors"], json!([]));
    assert_eq!(events(Value::Null).await, [format!("LAUNCH {today} 4")]);
    assert_eq!(events(json!(between)).await, [format!("PRICE {yesterday} 4")]);
    let hidden = world.last_change().await;
    let node = world
        .ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": cut }))
        .await;
    assert_eq!(node["node"], Value::Null);
    world.fund.workspace.pass(TimeDelta::minutes(1));
    assert_eq!(world.undo(&hidden).await["userErrors"], json!([]));
    assert_eq!(events(Value::Null).await.len(), 2);
    let again = world.undo(&hidden).await;
    assert_eq!(again["userErrors"][0]["code"], "CONFLICT");
}

#[tokio::test]
async fn who_begins_to_depend_on_the_day_of_an_event_is_exposed_and_who_begins_after_it_is_not() {
    let world = World::new().await;
    let provider = world.provider("Base").await;
    for (name, since) in [("Today", "2025-03-01"), ("Tomorrow", "2025-03-02")] {
        let startup = world.startup(name).await;
        let input = json!({ "startup": startup, "provider": provider, "mode": "API", "critical": true, "since": since });
        world.made("recordDependency", input, "dependency").await;
    }
    let event = world.event(&provider, "OUTAGE", "2025-03-01").await;
    let document = "query($id: ID!) { providerEvent(id: $id) { exposure { startups dependencies { startup { name } } } } }";
    let answer = world.ask(document, json!({ "id": event })).await;
    assert_eq!(
        answer["providerEvent"]["exposure"],
        json!({ "startups": 1, "dependencies": [{ "startup": { "name": "Today" } }] })
    );
}

#[tokio::test]
async fn an_event_of_nobody_or_without_words_is_refused_at_its_place() {
    let world = World::new().await;
    let provider = world.provider("Base").await;
    let created = world.last_change().await;
    let input = json!({ "provider": provider, "kind": "OUTAGE", "on": "2025-02-28", "summary": " ", "sourceUrl": "news" });
    let wrong = world.refused("recordProviderEvent", input).await;
    assert_eq!(
        wrong,
        [
            ("REQUIRED".to_owned(), "summary".to_owned()),
            ("INVALID".to_owned(), "sourceUrl".to_owned())
        ]
    );
    let nobody = provider
        .as_str()
        .unwrap()
        .replace(|c: char| c.is_ascii_digit(), "0");
    let input = json!({ "provider": nobody, "kind": "OUTAGE", "on": "2025-02-28", "summary": "down" });
    assert_eq!(
        world.refused("recordProviderEvent", input).await,
        one("NOT_FOUND", "provider")
    );
    // A provider of which something is said stays.
    world.event(&provider, "OUTAGE", "2025-02-28").await;
    assert_eq!(world.undo(&created).await["userErrors"][0]["code"], "CONFLICT");
}

#[tokio::test]
async fn exposures_take_as_many_statements_however_many_providers_and_events_there_are() {
    let world = World::new().await;
    let everything = "{ providers { name exposure { startups activeDeals dependencies { mode startup { name } } } events { kind by { name } exposure { startups amount { low } } } } }";
    let some = async |n: u32| {
        let startup = world.startup(&format!("S{n}")).await;
        let provider = world.provider(&format!("P{n}")).await;
        world.depends(&startup, &provider, "API").await;
        world.deal(&startup, json!({ "round": "SEED" })).await;
        world.event(&provider, "PRICE", "2025-02-28").await;
        world.event(&provider, "LAUNCH", "2025-02-27").await;
    };
    some(1).await;
    let with_one = world.counted(everything).await;
    for n in 2..6 {
        some(n).await;
    }
    assert_eq!(world.counted(everything).await, with_one);
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
