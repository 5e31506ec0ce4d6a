//! The slow and obvious way: every row of the activity, oldest first, puts its fields into the record that it is about.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{At, history::History};

type Fields = Map<String, Value>;

/// A row of the activity, as the API tells it.
pub struct Row {
    pub at: At,
    pub by: Option<String>,
    pub subject: Option<String>,
    pub before: Option<Fields>,
    pub after: Fields,
}

impl Row {
    /// The deal or startup that looks different since.
    pub fn owner(&self) -> Option<&str> {
        let own = self.subject.as_deref();
        own.filter(|id| id.starts_with("deal_") || id.starts_with("startup_"))
            .or_else(|| self.after.get("startupId")?.as_str())
    }
}

/// Every row, oldest first, page by page.
pub async fn rows(history: &History) -> Vec<Row> {
    let document = "query($before: String) { activity(last: 200, before: $before) { \
        nodes { at by { id } subjectId before after } pageInfo { hasPreviousPage startCursor } } }";
    let mut pages = Vec::new();
    let mut before = Value::Null;
    loop {
        let told = history
            .fund
            .run(history.admin, document, json!({ "before": before }))
            .await;
        let page = &told["activity"];
        pages.push(page["nodes"].as_array().unwrap().clone());
        if page["pageInfo"]["hasPreviousPage"] != json!(true) {
            break;
        }
        before = page["pageInfo"]["startCursor"].clone();
    }
    // Newest first, whichever way they are asked for: the last page has the newest rows' elders.
    let mut rows: Vec<Row> = pages
        .iter()
        .rev()
        .flat_map(|page| page.iter().map(read))
        .collect();
    if rows.first().map(|row| row.at) > rows.last().map(|row| row.at) {
        rows.reverse();
    }
    assert!(rows.is_sorted_by_key(|row| row.at), "the order of changes");
    rows
}

fn read(node: &Value) -> Row {
    Row {
        at: instant(&node["at"]),
        by: node["by"]["id"].as_str().map(str::to_owned),
        subject: node["subjectId"].as_str().map(str::to_owned),
        before: node["before"].as_object().cloned(),
        after: node["after"].as_object().cloned().unwrap_or_default(),
    }
}

pub fn instant(value: &Value) -> At {
    value.as_str().unwrap().parse().unwrap()
}

/// A record as its rows left it.
#[derive(Default)]
pub struct Record {
    pub fields: Fields,
    /// As many as there were rows.
    pub version: i64,
    pub made_by: Option<String>,
    /// Of a deal: its opening and its moves.
    pub moves: Vec<Moved>,
}

pub struct Moved {
    pub id: Value,
    pub stage: Value,
    pub status: Value,
    pub occurred: At,
    pub recorded: At,
    pub reason: Value,
    pub voided: Option<(At, Value)>,
}

impl Record {
    pub fn get(&self, field: &str) -> Value {
        self.fields.get(field).cloned().unwrap_or_default()
    }
    pub fn is_hidden(&self) -> bool {
        self.get("hidden") == json!(true)
    }
}

/// Everything as it was after some row.
#[derive(Default)]
pub struct World {
    pub records: BTreeMap<String, Record>,
    /// By startup and key.
    pub answers: BTreeMap<(String, String), Fields>,
}

/// Whether a value says nothing: a row of a creation leaves such out.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        _ => false,
    }
}

/// What a row says was there is there, field by field.
fn as_said(fields: &Fields, row: &Row) {
    for (name, was) in row.before.iter().flatten() {
        let is = fields.get(name).cloned().unwrap_or_default();
        let same = is == *was || is_nothing(&is) && is_nothing(was);
        assert!(
            same,
            "{name} of {:?} at {}: {was} before, but {is}",
            row.subject, row.at
        );
    }
}

impl World {
    pub fn apply(&mut self, row: &Row) {
        let text = |field: &str| row.after.get(field).and_then(Value::as_str).map(str::to_owned);
        let Some(id) = &row.subject else {
            if let (Some(startup), Some(key)) = (text("startupId"), text("key")) {
                let answer = self.answers.entry((startup, key)).or_default();
                as_said(answer, row);
                answer.extend(row.after.clone());
            }
            return;
        };
        assert_eq!(
            row.before.is_none(),
            !self.records.contains_key(id) && !id.starts_with("stage_"),
            "{id}"
        );
        let record = self.records.entry(id.clone()).or_default();
        if row.before.is_none() {
            record.made_by.clone_from(&row.by);
        }
        // A stage that a workspace begins with has no row of its making.
        if !id.starts_with("stage_") || record.version > 0 {
            as_said(&record.fields, row);
        }
        record.fields.extend(row.after.clone());
        record.version += 1;
        if id.starts_with("deal_") {
            record.follow(row);
        }
    }
}

impl Record {
    /// The history of a deal, from what the row says beside the fields.
    fn follow(&mut self, row: &Row) {
        let opening = row.before.is_none();
        if opening || row.after.contains_key("change") {
            let occurred = if opening { "enteredStageAt" } else { "occurredAt" };
            self.moves.push(Moved {
                id: row.after.get("change").cloned().unwrap_or_default(),
                stage: self.get("stageId"),
                status: self.get("status"),
                occurred: instant(&row.after[occurred]),
                recorded: row.at,
                reason: row.after.get("reason").cloned().unwrap_or_default(),
                voided: None,
            });
        }
        if let Some(voided) = row.after.get("voided") {
            let moved = self.moves.iter_mut().find(|moved| moved.id == *voided).unwrap();
            moved.voided = Some((row.at, row.after["reason"].clone()));
        }
    }
}
