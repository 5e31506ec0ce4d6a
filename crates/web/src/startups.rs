//! The list of startups: the URL is the state.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Doors, Language, STARTUPS_DOCUMENT, Words, failed, language, page, session, words};

/// The query string, as people and links write it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
    layer: Option<String>,
    sector: Option<String>,
    after: Option<String>,
    before: Option<String>,
    lang: Option<String>,
}

struct Row {
    name: String,
    alias: String,
    one_liner: String,
    layer: &'static str,
    sectors: String,
    payer: String,
    evidence: String,
    grade: String,
    country: String,
}

#[derive(Template)]
#[template(path = "startups.html")]
struct StartupsPage {
    t: Words,
    viewer: String,
    total: String,
    q: String,
    layer: String,
    layers: Vec<(String, &'static str)>,
    sector: String,
    sectors: Vec<(String, String)>,
    lang_param: bool,
    narrowed: bool,
    bad: Option<String>,
    rows: Vec<Row>,
    previous: Option<String>,
    next: Option<String>,
    other_language: String,
    show_query: String,
}

/// The address of this page with these parameters, in the one canonical order, empty ones left out.
fn address(parts: &[(&str, Option<&str>)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parts {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() {
        "/startups".into()
    } else {
        format!("/startups?{query}")
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn layer_word(t: &Words, code: &str) -> &'static str {
    match code {
        "MODEL" => t.model,
        "MIDDLEWARE" => t.middleware,
        "APP" => t.app,
        _ => t.unclassified,
    }
}

fn grade_word(t: &Words, code: &str) -> String {
    match code {
        "VERIFIED" => format!("● {}", t.verified),
        "DOCUMENTED" => format!("◐ {}", t.documented),
        "REFUTED" => format!("✕ {}", t.refuted),
        _ => format!("○ {}", t.claimed),
    }
}

fn sector_word(language: Language, sector: &Value) -> String {
    let name = text(if language == Language::Zh {
        &sector["nameZh"]
    } else {
        &sector["name"]
    });
    if sector["isFocus"] == true {
        format!("{name} ★")
    } else {
        name
    }
}

/// The filter of the API, or the value that cannot be read.
fn filter(asked: &Asked) -> Result<Value, String> {
    let mut filter = json!({});
    if let Some(q) = asked.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        filter["search"] = json!(q);
    }
    if let Some(layers) = asked.layer.as_deref().filter(|l| !l.is_empty()) {
        let mut codes = Vec::new();
        for code in layers.split(',') {
            match code {
                "MODEL" | "MIDDLEWARE" | "APP" => codes.push(code),
                "none" => filter["includeUnclassified"] = json!(true),
                other => return Err(format!("layer={other}")),
            }
        }
        if !codes.is_empty() {
            filter["layers"] = json!(codes);
        }
    }
    if let Some(sectors) = asked.sector.as_deref().filter(|s| !s.is_empty()) {
        filter["sectors"] = json!(sectors.split(',').collect::<Vec<_>>());
    }
    Ok(filter)
}

pub(crate) async fn show(
    State(doors): State<Arc<dyn Doors>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let language = language(asked.lang.as_deref(), &headers);
    let t = words(language);
    let (filter, mut bad) = match filter(&asked) {
        Ok(filter) => (filter, None),
        Err(value) => (json!({}), Some(format!("{} {value}", t.bad_value))),
    };
    let mut variables = json!({ "filter": filter });
    match (&asked.after, &asked.before) {
        (_, Some(before)) => {
            variables["last"] = json!(50);
            variables["before"] = json!(before);
        }
        (after, None) => {
            variables["first"] = json!(50);
            variables["after"] = json!(after);
        }
    }
    let secret = session(&headers);
    let mut answer = match doors
        .execute(
            &secret,
            language,
            STARTUPS_DOCUMENT.to_owned(),
            variables.clone(),
            "Startups",
        )
        .await
    {
        Ok(answer) => answer,
        Err(error) => return failed(language, &error),
    };
    let code = |answer: &Value| {
        answer["errors"][0]["extensions"]["code"]
            .as_str()
            .map(str::to_owned)
    };
    match code(&answer).as_deref() {
        None => {}
        Some("UNAUTHENTICATED") => return Redirect::to("/login").into_response(),
        Some("BAD_USER_INPUT") => {
            // Say what cannot be read and show nothing: never silently unfiltered. The frame still needs its lists.
            bad = Some(format!(
                "{} {}",
                t.bad_value,
                text(&answer["errors"][0]["message"])
            ));
            let bare = json!({ "first": 0, "filter": {} });
            answer = match doors
                .execute(&secret, language, STARTUPS_DOCUMENT.to_owned(), bare, "Startups")
                .await
            {
                Ok(answer) => answer,
                Err(error) => return failed(language, &error),
            };
        }
        Some(other) => {
            return failed(
                language,
                &crate::DoorError::Failed(format!("the page's document answered {other}")),
            );
        }
    }
    let data = &answer["data"];
    if data["viewer"].is_null() {
        return Redirect::to("/login").into_response();
    }
    let list = &data["startups"];
    let empty = Vec::new();
    let all = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let rows = if bad.is_some() {
        &empty
    } else {
        list["nodes"].as_array().unwrap_or(&empty)
    };
    let rows = rows
        .iter()
        .map(|row| {
            let newest = &row["evidence"]["nodes"][0];
            Row {
                name: text(&row["name"]),
                alias: text(&row["aliases"][0]["name"]),
                one_liner: text(&row["oneLiner"]),
                layer: layer_word(&t, row["layer"].as_str().unwrap_or_default()),
                sectors: all(&row["sectors"])
                    .iter()
                    .map(|s| sector_word(language, s))
                    .collect::<Vec<_>>()
                    .join(", "),
                payer: text(&row["need"]["payer"]),
                evidence: if newest.is_null() {
                    String::new()
                } else {
                    format!(
                        "{} {}",
                        grade_word(&t, newest["grade"].as_str().unwrap_or_default()),
                        text(&newest["observedOn"])
                    )
                },
                grade: text(&newest["grade"]),
                country: text(&row["country"]),
            }
        })
        .collect();
    let (q, layer, sector) = (
        asked.q.as_deref(),
        asked.layer.as_deref(),
        asked.sector.as_deref(),
    );
    let info = &list["pageInfo"];
    let go = |has: &str, cursor: &str, name: &'static str| {
        (bad.is_none() && info[has] == true).then(|| {
            address(&[
                ("q", q),
                ("layer", layer),
                ("sector", sector),
                (name, info[cursor].as_str()),
                ("lang", asked.lang.as_deref()),
            ])
        })
    };
    let mut show = url::form_urlencoded::Serializer::for_suffix(String::from("/graphql?"), "/graphql?".len());
    show.append_pair("query", STARTUPS_DOCUMENT)
        .append_pair("variables", &variables.to_string());
    let template = StartupsPage {
        viewer: text(&data["viewer"]["name"]),
        total: if bad.is_some() {
            String::new()
        } else {
            list["totalCount"].to_string()
        },
        q: q.unwrap_or_default().to_owned(),
        layer: layer.unwrap_or_default().to_owned(),
        layers: ["MODEL", "MIDDLEWARE", "APP", "none"]
            .iter()
            .map(|code| ((*code).to_owned(), layer_word(&t, code)))
            .collect(),
        sector: sector.unwrap_or_default().to_owned(),
        sectors: all(&data["sectors"])
            .iter()
            .map(|s| (text(&s["slug"]), sector_word(language, s)))
            .collect(),
        lang_param: asked.lang.is_some(),
        narrowed: [q, layer, sector]
            .iter()
            .any(|v| v.is_some_and(|v| !v.is_empty())),
        rows,
        previous: go("hasPreviousPage", "startCursor", "before"),
        next: go("hasNextPage", "endCursor", "after"),
        other_language: address(&[
            ("q", q),
            ("layer", layer),
            ("sector", sector),
            ("after", asked.after.as_deref()),
            ("before", asked.before.as_deref()),
            ("lang", Some(t.other_code)),
        ]),
        show_query: show.finish(),
        t,
        bad,
    };
    let status = if template.bad.is_some() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    page(status, &template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leaves_out_what_is_empty_and_keeps_its_order() {
        assert_eq!(address(&[("q", None), ("layer", Some(""))]), "/startups");
        assert_eq!(
            address(&[("q", Some("3D 立方")), ("layer", Some("APP"))]),
            "/startups?q=3D+%E7%AB%8B%E6%96%B9&layer=APP"
        );
    }

    #[test]
    fn a_filter_reads_layers_sectors_and_words_and_refuses_what_it_does_not_know() {
        let asked = Asked {
            q: Some(" cube ".into()),
            layer: Some("APP,none".into()),
            sector: Some("3d-generation".into()),
            ..Asked::default()
        };
        assert_eq!(
            filter(&asked).unwrap(),
            json!({ "search": "cube", "layers": ["APP"], "includeUnclassified": true, "sectors": ["3d-generation"] })
        );
        assert_eq!(
            filter(&Asked {
                layer: Some("APPS".into()),
                ..Asked::default()
            })
            .unwrap_err(),
            "layer=APPS"
        );
    }
}
