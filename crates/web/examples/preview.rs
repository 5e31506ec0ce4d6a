//! The pages over made-up data, for looking at them: `cargo run -p touchstone-web --example preview`.
//!
//! `PREVIEW_PORT` sets the port (7654). The link `/login?link=preview` signs in as often as one likes, `/login?link=empty`
//! to a workspace without startups.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use touchstone_web::{Config, DoorError, Doors, Language, LinkInfo, NewSession, SessionSecret, router};

/// Noon in Shanghai on the day of the worked examples.
fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_722_398_400, 0).unwrap_or_default()
}

/// Name, other name, layer, sectors, payer, country, founded, days since the last change, evidence.
type Made = (
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static [&'static str],
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
    i64,
    Value,
);

fn record(kind: &str, grade: &str, value: &str, on: &str, more: Value) -> Value {
    let mut record = json!({
        "kind": kind, "grade": grade, "value": value, "qualifier": "EXACT", "asFound": null, "currency": null,
        "revenueBasis": null, "window": null, "horizonDays": null, "sampleSize": null, "observedOn": on,
        "precision": "DAY",
    });
    if let (Some(fields), Value::Object(more)) = (record.as_object_mut(), more) {
        fields.extend(more);
    }
    record
}

fn startups() -> Vec<Made> {
    vec![
        (
            "Cubeforge",
            Some("立方工坊"),
            Some("APP"),
            &["3d-generation"],
            Some("Game studios: 3D content is dear"),
            Some("CN"),
            Some("2022-09-01"),
            0,
            json!([
                record("PAYING_CUSTOMERS", "VERIFIED", "20", "2024-06-30", json!({})),
                record(
                    "RETENTION",
                    "DOCUMENTED",
                    "35",
                    "2024-05-31",
                    json!({"horizonDays": 30, "sampleSize": 400})
                ),
                record(
                    "ACTIVE_USERS",
                    "CLAIMED",
                    "30000",
                    "2024-06-15",
                    json!({"window": "MONTH"})
                )
            ]),
        ),
        (
            "大言智能",
            Some("Bigclaim"),
            Some("MODEL"),
            &["chinese-llm", "general-intelligence"],
            Some("互联网平台"),
            Some("CN"),
            Some("2023-03-15"),
            1,
            json!([record(
                "RECURRING_REVENUE",
                "REFUTED",
                "1000000",
                "2024-07-31",
                json!({"currency": "USD", "revenueBasis": "RUN_RATE"})
            )]),
        ),
        (
            "Wrapwell",
            Some("快包"),
            Some("APP"),
            &["ai-saas"],
            None,
            Some("CN"),
            None,
            23,
            json!([]),
        ),
        (
            "Quietlake",
            Some("静湖"),
            Some("APP"),
            &["companionship"],
            None,
            Some("SG"),
            Some("2021-01-01"),
            5,
            json!([]),
        ),
        (
            "Tunesmith",
            None,
            Some("MIDDLEWARE"),
            &["fine-tuning", "infrastructure"],
            Some("Teams that run their own models"),
            Some("DE"),
            Some("2020-11-20"),
            2,
            json!([record(
                "SIGNED_CONTRACTS",
                "DOCUMENTED",
                "7",
                "2024-05-31",
                json!({"precision": "MONTH"})
            )]),
        ),
        (
            "行知机器人",
            Some("Strideworks"),
            Some("APP"),
            &["robotics", "text-to-action"],
            Some("仓储企业"),
            Some("CN"),
            Some("2019-06-30"),
            12,
            json!([record(
                "UNITS_DEPLOYED",
                "CLAIMED",
                "500",
                "2024-06-30",
                json!({"qualifier": "AT_LEAST", "precision": "QUARTER"})
            )]),
        ),
        (
            "Paper Lantern & <Sons>",
            None,
            None,
            &[],
            None,
            Some("GB"),
            None,
            40,
            json!([record(
                "PRESS_COVERAGE",
                "CLAIMED",
                "12",
                "2023-12-31",
                json!({"precision": "YEAR"})
            )]),
        ),
        (
            "Harbour Index",
            None,
            Some("MODEL"),
            &["embodied-models"],
            Some("Robot makers"),
            Some("US"),
            Some("2018-02-01"),
            3,
            json!([record(
                "CUSTOMER_REFERENCES",
                "VERIFIED",
                "6",
                "2024-07-12",
                json!({"sampleSize": 8})
            )]),
        ),
        (
            "Nine Kilns",
            Some("九窑"),
            Some("APP"),
            &["image-generation"],
            Some("Ceramics workshops that pay a designer for every glaze and every plate today"),
            Some("CN"),
            Some("2023-08-08"),
            8,
            json!([
                record(
                    "ACTIVE_USERS",
                    "DOCUMENTED",
                    "1250000",
                    "2024-07-01",
                    json!({"window": "DAY", "qualifier": "ABOUT"})
                ),
                record("APP_STORE_RATINGS", "VERIFIED", "9840", "2024-07-01", json!({}))
            ]),
        ),
    ]
}

fn sectors() -> Vec<Value> {
    let s = |slug: &str, name: &str, zh: &str, focus: bool| json!({"slug": slug, "name": name, "nameZh": zh, "isFocus": focus});
    let root = |mut root: Value, children: Vec<Value>| {
        root["parent"] = Value::Null;
        root["children"] = Value::Array(children);
        root
    };
    vec![
        root(
            s("foundation-models", "Foundation models", "基础大模型", false),
            vec![
                s("chinese-llm", "Chinese LLM", "中文大模型", false),
                s("general-intelligence", "General intelligence", "通用智能", false),
                s("embodied-models", "Embodied models", "具身模型", false),
            ],
        ),
        root(
            s("model-tooling", "Model tooling", "模型工具", false),
            vec![
                s("fine-tuning", "Fine-tuning", "微调与预训练", false),
                s("infrastructure", "Infrastructure", "基础设施", false),
            ],
        ),
        root(
            s("content-generation", "Content generation", "内容生成", false),
            vec![
                s("image-generation", "Image generation", "图像生成", false),
                s("3d-generation", "3D generation", "3D 资产生成", true),
            ],
        ),
        root(
            s("text-to-action", "Text to action", "文字转动作", true),
            vec![s("robotics", "Robotics", "机器人", false)],
        ),
        root(
            s("vertical-ai", "AI for an industry", "行业 AI", false),
            vec![
                s("ai-saas", "AI SaaS", "AI SaaS", false),
                s("companionship", "AI companions", "AI 陪伴", false),
            ],
        ),
    ]
}

fn sector(slug: &str) -> Option<Value> {
    let roots = sectors();
    let children = roots
        .iter()
        .flat_map(|root| root["children"].as_array().cloned().unwrap_or_default());
    roots
        .iter()
        .cloned()
        .chain(children)
        .find(|sector| sector["slug"] == slug)
}

fn row(i: usize, made: &Made) -> Value {
    let (name, alias, layer, slugs, payer, country, founded, days, evidence) = made;
    json!({
        "id": format!("startup_{i:026}"),
        "name": name,
        "aliases": alias.iter().map(|alias| json!({"name": alias})).collect::<Vec<_>>(),
        "layer": layer,
        "sectors": slugs.iter().filter_map(|slug| sector(slug)).collect::<Vec<_>>(),
        "need": {"payer": payer},
        "country": country,
        "foundedOn": founded,
        "customFields": {"fictional": true},
        "updatedAt": (noon() - Duration::days(*days)).to_rfc3339(),
        "evidence": {"pageInfo": {"hasNextPage": i == 0}, "nodes": evidence},
    })
}

struct Preview;

impl Doors for Preview {
    fn execute<'a>(
        &'a self,
        session: &'a SessionSecret,
        _language: Language,
        _document: String,
        variables: Value,
        _operation: &'a str,
    ) -> BoxFuture<'a, Result<Value, DoorError>> {
        if session.0.is_none() {
            let error = json!({"message": "sign in first", "extensions": {"code": "UNAUTHENTICATED"}});
            return async move { Ok(json!({"data": null, "errors": [error]})) }.boxed();
        }
        let filter = &variables["filter"];
        let search = filter["search"].as_str().unwrap_or_default().to_lowercase();
        let among = |list: &Value, value: &str| list.as_array().is_none_or(|l| l.iter().any(|v| v == value));
        let unclassified = filter["includeUnclassified"] == true;
        let found: Vec<Value> = startups()
            .iter()
            .enumerate()
            .filter(|(_, made)| {
                let names = format!("{} {}", made.0, made.1.unwrap_or_default()).to_lowercase();
                names.contains(&search)
                    && made.2.map_or(filter["layers"].is_null() || unclassified, |l| {
                        among(&filter["layers"], l)
                    })
                    && among(&filter["countries"], made.5.unwrap_or_default())
                    && (filter["sectors"].is_null()
                        || made.3.iter().any(|slug| among(&filter["sectors"], slug)))
            })
            .map(|(i, made)| row(i, made))
            .collect();
        let is_filtered = filter.as_object().is_some_and(|fields| !fields.is_empty());
        let total = if is_filtered { found.len() } else { 1_204 };
        let list = if session.0.as_deref() == Some("empty") {
            vec![]
        } else {
            found
        };
        let total = if list.is_empty() { 0 } else { total };
        let more = !is_filtered;
        let startups = json!({
            "totalCount": total,
            "pageInfo": {"hasNextPage": more, "hasPreviousPage": false, "startCursor": "c1", "endCursor": "c9"},
            "nodes": list,
        });
        let mut data = json!({
            "viewer": {"name": "Partner 1", "role": "PARTNER"},
            "sectors": sectors(),
        });
        if variables["withRows"] == true {
            data["startups"] = startups;
        }
        async move { Ok(json!({"data": data})) }.boxed()
    }

    fn look_at_link<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<LinkInfo>, DoorError>> {
        let info = matches!(secret, "preview" | "empty").then(|| LinkInfo {
            user_name: "Partner 1".to_owned(),
            email: "partner1@example.com".to_owned(),
            workspace_name: "Demo fund 演示基金".to_owned(),
            is_demo: true,
        });
        async { Ok(info) }.boxed()
    }

    fn redeem_link<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<NewSession>, DoorError>> {
        let session = matches!(secret, "preview" | "empty").then(|| NewSession {
            cookie_value: secret.to_owned(),
            expires_at: noon() + Duration::days(30),
        });
        async { Ok(session) }.boxed()
    }

    fn sign_out<'a>(&'a self, _session: &'a SessionSecret) -> BoxFuture<'a, Result<(), DoorError>> {
        async { Ok(()) }.boxed()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::var("PREVIEW_PORT")
        .ok()
        .and_then(|port| port.parse::<u16>().ok())
        .unwrap_or(7654);
    let config = Config {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        zone: chrono_tz::Asia::Shanghai,
        clock: Arc::new(noon),
        secure_cookies: false,
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("ready http://{}", listener.local_addr()?);
    axum::serve(listener, router(Arc::new(Preview), config)).await?;
    Ok(())
}
