//! What the model keeps: the whole state as known at an instant, as the API should show it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What is known at one instant.
#[derive(Clone, Default)]
pub struct State {
    pub startups: BTreeMap<String, Record>,
    pub deals: BTreeMap<String, Record>,
    pub evidence: BTreeMap<String, Figure>,
}

/// A startup or a deal: its fields as the API shows them.
#[derive(Clone)]
pub struct Record {
    pub fields: Map<String, Value>,
    /// Of a deal: its startup.
    pub startup: String,
    pub hidden: bool,
    /// Of a deal: what stood before each move that still stands, and which row of its history that is.
    pub before_moves: Vec<(Map<String, Value>, usize)>,
}

#[derive(Clone)]
pub struct Figure {
    pub startup: String,
    pub fields: Map<String, Value>,
    pub grade: String,
    pub reviews: Vec<Value>,
    pub supersedes: Option<String>,
    pub retracted: Option<(String, String)>,
}

impl State {
    /// The one record that corrects another and is not withdrawn.
    pub fn corrects(&self, id: &str) -> Option<&String> {
        let mut all = self.evidence.iter();
        all.find(|(_, f)| f.supersedes.as_deref() == Some(id) && f.retracted.is_none())
            .map(|(by, _)| by)
    }

    fn figure(&self, id: &str) -> Value {
        let figure = &self.evidence[id];
        let mut fields = figure.fields.clone();
        let node = |id: Option<&String>| id.map_or(Value::Null, |id| json!({ "id": id }));
        fields.insert("id".into(), json!(id));
        fields.insert("grade".into(), json!(figure.grade));
        fields.insert("gradeHistory".into(), json!(figure.reviews));
        fields.insert("supersedes".into(), node(figure.supersedes.as_ref()));
        fields.insert("supersededBy".into(), node(self.corrects(id)));
        let (at, why) = figure.retracted.clone().unzip();
        fields.insert("retractedAt".into(), json!(at));
        fields.insert("retractionReason".into(), json!(why));
        Value::Object(fields)
    }

    /// A startup as the API should show it.
    pub fn startup(&self, id: &str) -> Value {
        let Some(record) = self.startups.get(id).filter(|record| !record.hidden) else {
            return Value::Null;
        };
        let mut fields = record.fields.clone();
        let of: Vec<&String> = self
            .evidence
            .iter()
            .filter(|(_, f)| f.startup == id)
            .map(|(id, _)| id)
            .collect();
        let live = of
            .iter()
            .filter(|id| self.evidence[**id].retracted.is_none() && self.corrects(id).is_none());
        fields.insert("live".into(), live.map(|id| json!(id)).collect());
        fields.insert("all".into(), of.iter().map(|id| self.figure(id)).collect());
        let deals = self
            .deals
            .iter()
            .filter(|(_, deal)| deal.startup == id && !deal.hidden);
        fields.insert("deals".into(), deals.map(|(id, _)| json!(id)).collect());
        Value::Object(fields)
    }

    pub fn deal(&self, id: &str) -> Value {
        let deal = self.deals.get(id).filter(|deal| !deal.hidden);
        deal.map_or(Value::Null, |deal| Value::Object(deal.fields.clone()))
    }
}
