//! A change in a line, in both languages.

use app::activity::Activity;
use domain::{Language, activity::SubjectType, checklist::Item};
use serde_json::{Map, Value};

/// The change in a line: what was done, to what, and the new values where they are short.
pub(super) fn of(row: &Activity, language: Language) -> String {
    let fields = |value: &Option<Value>| {
        let fields = value.as_ref().and_then(Value::as_object);
        fields.cloned().unwrap_or_default()
    };
    let (before, after) = (fields(&row.change.before), fields(&row.change.after));
    let what = match row.change.subject_type {
        SubjectType::Provider
        | SubjectType::ProviderEvent
        | SubjectType::Dependency
        | SubjectType::Thesis
        | SubjectType::Capability => each(&before, &after),
        SubjectType::ChecklistItem => answer(&before, &after, language),
        SubjectType::ExchangeRate => rates(&after, language),
        SubjectType::Rubric => rubric(&after, language),
        _ => names(&after),
    };
    let (verb, subject) = (&row.verb, row.change.subject_type);
    match language {
        Language::En => format!("{verb} {subject}: {what}"),
        Language::Zh => format!("{verb} {subject}：{what}"),
    }
}

/// The names of what changed; to whom a record belongs never does.
fn names(fields: &Map<String, Value>) -> String {
    let names = fields.keys().filter(|name| *name != "startupId").cloned();
    names.collect::<Vec<_>>().join(", ")
}

/// A value that reads well in a line; None for what does not: ids, lists, what holds more.
fn short(name: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("–".to_owned()),
        _ if name.ends_with("Id") || name == "verdict" => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Each field with what it is, and with what it was where it was something else.
fn each(before: &Map<String, Value>, after: &Map<String, Value>) -> String {
    let told = after.iter().map(|(name, value)| {
        let was = before.get(name).and_then(|was| short(name, was));
        match (was, short(name, value)) {
            (Some(was), Some(is)) => format!("{name} {was} → {is}"),
            (None, Some(is)) => format!("{name} {is}"),
            (_, None) => name.clone(),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

/// An item by what it asks, with what came of it.
fn answer(before: &Map<String, Value>, after: &Map<String, Value>, language: Language) -> String {
    let key = after.get("key").and_then(Value::as_str).unwrap_or_default();
    let label = Item::by_key(key).map_or(key, |item| item.label(language));
    let mut after = after.clone();
    for name in ["key", "startupId"] {
        after.remove(name);
    }
    format!("{label}; {}", each(before, &after))
}

/// One rate, or how many of which days.
fn rates(after: &Map<String, Value>, language: Language) -> String {
    let text = |name: &str| after.get(name).and_then(Value::as_str).unwrap_or("–");
    let source = text("source");
    match after.get("rates").and_then(Value::as_u64) {
        None => format!(
            "1 {} = {} USD, {}, {source}",
            text("currency"),
            text("usd"),
            text("on")
        ),
        Some(count) => {
            let (from, to) = (text("from"), text("to"));
            match language {
                Language::En => format!("{count} rates of {from} to {to}, {source}"),
                Language::Zh => format!("{count} 条汇率，{from} 至 {to}，{source}"),
            }
        }
    }
}

/// The version with the kinds that weigh otherwise.
fn rubric(after: &Map<String, Value>, language: Language) -> String {
    let version = after.get("version").map(Value::to_string).unwrap_or_default();
    let kinds = after.get("kinds").and_then(Value::as_object);
    let kinds = kinds.map(names).unwrap_or_default();
    match language {
        Language::En => format!("version {version}, {kinds}"),
        Language::Zh => format!("第 {version} 版，{kinds}"),
    }
}
