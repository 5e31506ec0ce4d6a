//! The counts beside a list's filters, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_graphql as graphql;

mod fund;

use domain::{Role, UserId};
use fund::Fund;
use serde_json::{Value, json};

const FACETS: &str = "query($f: StartupFilter) {
  startupFacets(filter: $f) {
    layers { layer count } routes { route count } countries { country count } sectors { sector { slug } count }
  }
  startups(filter: $f) { totalCount }
}";

/// `layer: count` and the like, as one text.
fn told(facets: &Value, name: &str, key: &str) -> String {
    let all = facets["startupFacets"][name].as_array().unwrap();
    let value = |row: &Value| match &row[key] {
        Value::Object(sector) => sector["slug"].as_str().unwrap().to_owned(),
        Value::Null => "none".to_owned(),
        other => other.as_str().unwrap().to_owned(),
    };
    let lines: Vec<String> = all
        .iter()
        .map(|row| format!("{} {}", value(row), row["count"]))
        .collect();
    lines.join(", ")
}

async fn add(api: &Fund, user: UserId, more: Value) -> String {
    let done = api.done(user, "createStartup", more, "startup { id }").await;
    done["startup"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_facet_counts_what_another_choice_of_its_field_would_give() {
    let api = Fund::new().await;
    let ana = api.user("ana", Role::Analyst).await;
    for (name, layer, country, sectors, route) in [
        (
            "One",
            Some("APP"),
            Some("CN"),
            &["robotics", "rpa"][..],
            "BUILDS_ON_API",
        ),
        ("Two", Some("APP"), Some("US"), &["robotics"][..], "BUILDS_ON_API"),
        (
            "Three",
            Some("MODEL"),
            Some("CN"),
            &["text-to-action"][..],
            "TRAINS_BASE_MODEL",
        ),
        ("Four", None, None, &[][..], "UNKNOWN"),
    ] {
        let input = json!({ "name": name, "layer": layer, "country": country, "sectors": sectors,
            "technicalRoute": route });
        add(&api, ana, input).await;
    }
    let all = api.run(ana, FACETS, json!({})).await;
    assert_eq!(told(&all, "layers", "layer"), "APP 2, MODEL 1, none 1");
    assert_eq!(told(&all, "countries", "country"), "CN 2, US 1");
    assert_eq!(
        told(&all, "routes", "route"),
        "BUILDS_ON_API 2, TRAINS_BASE_MODEL 1, UNKNOWN 1"
    );
    // A sector counts what is below it, and each startup once.
    assert_eq!(
        told(&all, "sectors", "sector"),
        "text-to-action 3, robotics 2, rpa 1"
    );

    let filter = json!({ "f": { "layers": ["APP"], "sectors": ["rpa"] } });
    let some = api.run(ana, FACETS, filter).await;
    assert_eq!(some["startups"]["totalCount"], 1);
    assert_eq!(
        told(&some, "layers", "layer"),
        "APP 1",
        "in that sector, whatever layer was chosen"
    );
    assert_eq!(
        told(&some, "sectors", "sector"),
        "text-to-action 2, robotics 2, rpa 1",
        "on that layer, whatever sector was chosen"
    );
    assert_eq!(told(&some, "countries", "country"), "CN 1");

    let focus = json!({ "f": { "focusOnly": true, "countries": ["US"] } });
    let focus = api.run(ana, FACETS, focus).await;
    let total: i64 = focus["startups"]["totalCount"].as_i64().unwrap();
    let layers: i64 = focus["startupFacets"]["layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["count"].as_i64().unwrap())
        .sum();
    assert_eq!(layers, total, "a facet sums to the list where each has one value");
}

#[tokio::test]
async fn no_count_tells_of_a_deal_that_is_not_for_the_caller() {
    let api = Fund::new().await;
    let (ana, bo) = (
        api.user("ana", Role::Analyst).await,
        api.user("bo", Role::Analyst).await,
    );
    let startup = add(
        &api,
        ana,
        json!({ "name": "Quietlake", "layer": "APP", "country": "CN" }),
    )
    .await;
    let deal = json!({ "startup": startup, "title": "Quiet", "round": "SEED", "visibility": "RESTRICTED" });
    api.done(ana, "openDeal", deal, "deal { id }").await;
    let filter = json!({ "f": { "hasActiveDeal": true } });
    let seen = api.run(ana, FACETS, filter.clone()).await;
    assert_eq!(told(&seen, "layers", "layer"), "APP 1");
    let hidden = api.run(bo, FACETS, filter).await;
    for (name, key) in [
        ("layers", "layer"),
        ("routes", "route"),
        ("countries", "country"),
        ("sectors", "sector"),
    ] {
        assert_eq!(told(&hidden, name, key), "", "{name}");
    }
}
