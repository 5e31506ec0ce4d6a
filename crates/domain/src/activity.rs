//! What a change of a record looks like in the activity: the fields before and after, by their names in the API.

use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{DealId, StartupId};

crate::vocabulary::vocabulary! {
    /// The kind of record that an activity row is about.
    SubjectType {
        /// A startup.
        Startup = "startup",
        /// A sector.
        Sector = "sector",
        /// A stage.
        Stage = "stage",
        /// A person.
        Person = "person",
        /// An affiliation.
        Affiliation = "affiliation",
        /// A document.
        Document = "document",
        /// An evidence record.
        Evidence = "evidence",
        /// A fund that may invest.
        Fund = "fund",
        /// A deal.
        Deal = "deal",
        /// What became later of a deal's startup.
        Outcome = "outcome",
        /// A user.
        User = "user",
        /// An API token.
        Token = "token",
        /// The workspace itself.
        Workspace = "workspace",
        /// An import.
        Import = "import",
        /// A supplier of base models.
        Provider = "provider",
        /// A dependency on one.
        Dependency = "dependency",
        /// An item of a startup's checklist.
        ChecklistItem = "checklist_item",
        /// An exchange rate.
        ExchangeRate = "exchange_rate",
        /// A version of the rubric.
        Rubric = "rubric",
        /// An interaction.
        Interaction = "interaction",
        /// A task.
        Task = "task",
        /// A review meeting.
        Review = "review",
        /// An item of its agenda.
        AgendaItem = "agenda_item",
        /// How a kind of meeting is held.
        ReviewKind = "review_kind",
        /// A belief of the fund.
        Thesis = "thesis",
        /// Something that base models can do.
        Capability = "capability",
        /// Something that a provider did.
        ProviderEvent = "provider_event",
    }
}

/// One record that an operation changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What kind of record.
    pub subject_type: SubjectType,
    /// Which record.
    pub subject_id: Uuid,
    /// The startup it belongs to, if any.
    pub startup_id: Option<StartupId>,
    /// The deal it belongs to: then it is seen by those who see the deal.
    pub deal_id: Option<DealId>,
    /// The changed fields as they were; None for a creation.
    pub before: Option<Value>,
    /// The changed fields as they are.
    pub after: Option<Value>,
}

/// The fields that differ between two states of a record, before and after. None where nothing differs.
pub fn diff<T: Serialize>(old: &T, new: &T) -> Option<(Value, Value)> {
    let (old, new) = (fields(old), fields(new));
    let mut before = Map::new();
    let mut after = Map::new();
    for (name, value) in &new {
        let was = old.get(name).unwrap_or(&Value::Null);
        if was != value {
            before.insert(name.clone(), was.clone());
            after.insert(name.clone(), value.clone());
        }
    }
    (!after.is_empty()).then_some((Value::Object(before), Value::Object(after)))
}

/// A record's fields by name; what is null or empty is left out of a creation's row.
pub fn whole<T: Serialize>(record: &T) -> Value {
    let mut all = fields(record);
    all.retain(|_, v| {
        !v.is_null()
            && !matches!(v, Value::Array(a) if a.is_empty())
            && !matches!(v, Value::Object(o) if o.is_empty())
    });
    Value::Object(all)
}

fn fields<T: Serialize>(record: &T) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}
