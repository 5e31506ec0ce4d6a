//! What to send for an argument: by its type, and where that is not enough by its name. An argument that nothing is
//! known for fails the walk, so that a new one is thought about.

use serde_json::{Map, Value, json};

use crate::shape::{Input, Shape};
use crate::world::WORDS;

/// Ids of everything, hidden or not, by label.
pub const LABELS: [&str; 51] = [
    "startup:moonshot",
    "startup:lonely",
    "person:yang",
    "affiliation",
    "document:deck",
    "document:file",
    "import:list",
    "document:again",
    "evidence:revenue",
    "evidence:users",
    "evidence:corrected",
    "evidence:retention",
    "evidence:contracts",
    "evidence:customers",
    "provider:base",
    "dependency:base",
    "providerevent:cut",
    "fund:yuan",
    "thesis:studios",
    "capability:meshes",
    "deal:open",
    "deal:declined",
    "outcome:seen",
    "interaction:call",
    "task:export",
    "review:draft",
    "review:live",
    "agendaitem:open",
    "user:ann",
    "user:owner",
    "user:ben",
    "token",
    "secret deal:active",
    "secret deal:passed",
    "secret deal:closed",
    "secret deal:waiting",
    "secret document:first",
    "secret document:reprint",
    "secret document:file",
    "secret outcome:later",
    "secret interaction:meeting",
    "secret task:open",
    "secret agendaitem:active",
    "secret activity:0",
    "secret activity:1",
    "secret activity:2",
    "secret activity:3",
    "secret activity:4",
    "secret activity:5",
    "secret activity:6",
    "secret activity:7",
];

const STAGES: [&str; 7] = [
    "SOURCED",
    "SCREENING",
    "FIRST_MEETING",
    "DILIGENCE",
    "COMMITTEE",
    "TERM_SHEET",
    "CLOSING",
];

pub type Arguments = Map<String, Value>;

fn all_ids() -> Vec<Value> {
    LABELS.iter().map(|label| json!(format!("@{label}"))).collect()
}

fn labelled(prefix: &str) -> Vec<Value> {
    all_ids()
        .into_iter()
        .filter(|id| id.as_str().unwrap().starts_with(prefix))
        .collect()
}

/// A rubric by which every startup with evidence has another conviction.
fn rubric() -> Value {
    let mut kinds = domain::assessment::Rubric::default().kinds;
    for kind in &mut kinds {
        kind.weight /= rust_decimal::Decimal::TWO;
    }
    serde_json::to_value(kinds).unwrap()
}

/// Whether an argument says which record is asked for.
fn selects(input: &Input) -> bool {
    (input.of.name == "ID" && input.name != "by") || matches!(&*input.name, "slug" | "query" | "name")
}

/// Everything that is tried for an input.
pub fn tries(shape: &Shape, owner: &str, input: &Input) -> Vec<Value> {
    let coordinate = format!("{owner}({})", input.name);
    let told = shape.of(&input.of.name);
    let (name, list) = (input.name.as_str(), input.of.list);
    if input.of.name == "RubricKindInput" {
        return vec![rubric()];
    }
    let single: Vec<Value> = match (told.kind.as_str(), input.of.name.as_str()) {
        // One that asks for no percentage first.
        ("ENUM", "ProviderScenario") => told.words.iter().rev().map(|word| json!(word)).collect(),
        ("ENUM", _) => told.words.iter().map(|word| json!(word)).collect(),
        ("INPUT_OBJECT", kind) => objects(shape, kind),
        (_, "Boolean") => vec![json!(true), json!(false)],
        (_, "Int") if matches!(name, "first" | "last" | "version" | "rubricVersion") => vec![json!(1)],
        (_, "Currency") => vec![json!("CNY")],
        // It goes with PRICE alone, and whom a price hits is told as whom an outage does.
        (_, "Decimal") if name == "percent" => Vec::new(),
        (_, "Decimal") => vec![json!("0"), json!("0.5")],
        (_, "Int") if name == "depth" => vec![json!(2)],
        (_, "Int") if name.ends_with("Days") || matches!(name, "sampleSize" | "halfN") => vec![json!(30)],
        (_, "Date") => vec![json!("2025-01-15"), json!("2031-12-31")],
        (_, "DateTime") => match name {
            "from" => vec![json!("2025-03-01T00:00:00Z")],
            "to" => vec![json!("2100-01-01T00:00:00Z")],
            _ => vec![json!("2025-03-01T08:22:30Z"), json!("2100-01-01T00:00:00Z")],
        },
        (_, "ID") => match name {
            "ids" => return vec![Value::Array(all_ids())],
            "id" | "subject" => all_ids(),
            "startup" => labelled("@startup:"),
            // Those of hidden deals too.
            "documents" => all_ids()
                .into_iter()
                .filter(|id| id.as_str().is_some_and(|label| label.contains("document:")))
                .collect(),
            "by" | "owners" => labelled("@user:"),
            "importedBy" => labelled("@import:"),
            "provider" | "providers" => labelled("@provider:"),
            "funds" => labelled("@fund:"),
            _ => panic!("the walk knows no id for {coordinate}"),
        },
        (_, "String") => match name {
            "slug" => ["moonshot", "lonely", "chinese-llm"]
                .iter()
                .map(|s| json!(s))
                .collect(),
            // Who is here already under a name: a word of a hidden deal is nobody's.
            "name" => vec![json!(WORDS[0].1), json!("Moonshot"), json!("Lonely")],
            "search" | "query" => {
                let words = WORDS.iter().map(|(_, word)| json!(word));
                words
                    .chain([json!("Moonshot"), json!("Lonely"), json!("yang")])
                    .collect()
            }
            "reached" | "advancedFrom" | "furthest" | "skipped" => {
                STAGES.iter().map(|key| json!(key)).collect()
            }
            // Whom the sources of hidden deals name.
            "who" => WORDS.iter().map(|(_, word)| json!(word)).collect(),
            "affiliatedWith" => vec![json!("Moonshot")],
            "stage" | "stages" => STAGES.iter().map(|key| json!(key)).collect(),
            "sectors" | "alsoInSectors" => vec![json!("chinese-llm"), json!("content-generation")],
            "countries" => vec![json!("CN")],
            "segment" | "asFound" | "suppliedBy" | "note" | "checked" | "text" => vec![json!("words")],
            // Pages are turned by themselves, with the cursors that they give.
            "after" | "before" => Vec::new(),
            _ => panic!("the walk knows no words for {coordinate}"),
        },
        (_, "URL") => vec![json!("https://example.com")],
        (kind, other) => panic!("the walk knows no value of {other} ({kind}) for {coordinate}"),
    };
    if list {
        single.into_iter().map(|value| json!([value])).collect()
    } else {
        single
    }
}

/// Every kind of move, seen from a stage where it has to be.
fn moves(shape: &Shape) -> Vec<Value> {
    let (from, to) = ("2025-03-01T00:00:00Z", "2100-01-01T00:00:00Z");
    let kinds = &shape.of("DealMoveKind").words;
    let mut all = Vec::new();
    for kind in kinds {
        if !matches!(kind.as_str(), "ENTERED" | "SKIPPED" | "STILL_THERE") {
            all.push(json!({ "from": from, "to": to, "kind": kind }));
        }
        if !matches!(kind.as_str(), "OPENED" | "INVESTED") {
            all.extend(
                STAGES
                    .iter()
                    .map(|stage| json!({ "from": from, "to": to, "kind": kind, "stage": stage })),
            );
        }
    }
    all
}

/// The deals of no group, by whatever they are put together; and those whom hidden ones' owners lead.
fn groups(shape: &Shape) -> Vec<Value> {
    let none = shape.of("PipelineGrouping").words.iter();
    none.map(|by| json!({ "by": by, "key": "" }))
        .chain(["@user:owner", "@user:ben"].map(|key| json!({ "by": "OWNER", "key": key })))
        .collect()
}

/// An input object with what it must have, and each other field by itself.
fn objects(shape: &Shape, kind: &str) -> Vec<Value> {
    match kind {
        "DealMoveFilter" => return moves(shape),
        "DealGroupFilter" => return groups(shape),
        // Startups are walked by themselves: here, by what of them is known by their deals.
        "DealFilter" => {
            let by_deals = |filter: &Value| {
                ["hasActiveDeal", "owners", "dealStatuses"]
                    .iter()
                    .any(|name| filter.get(name).is_some())
            };
            let of_startups = objects(shape, "StartupFilter").into_iter().filter(by_deals);
            let of_startups = of_startups.map(|filter| json!({ "startups": filter }));
            let plain = fields(shape, kind, |input| input.name != "startups");
            return plain.into_iter().chain(of_startups).collect();
        }
        _ => {}
    }
    fields(shape, kind, |_| true)
}

/// An object for each thing that is tried for each of these fields.
fn fields(shape: &Shape, kind: &str, is_tried: impl Fn(&Input) -> bool) -> Vec<Value> {
    let inputs = &shape.of(kind).inputs;
    let mut must = Arguments::new();
    for input in inputs.iter().filter(|input| input.must()) {
        must.insert(input.name.clone(), tries(shape, kind, input).remove(0));
    }
    let mut all = Vec::new();
    for input in inputs.iter().filter(|input| is_tried(input)) {
        for value in tries(shape, kind, input) {
            let mut object = must.clone();
            object.insert(input.name.clone(), value);
            all.push(Value::Object(object));
        }
    }
    all
}

/// Arguments to ask a field with, and how deep the answer is looked into.
pub struct Asking {
    pub arguments: Arguments,
    pub depth: usize,
}

/// How deep to look: all the way where the record named is of the kind that the field gives, or where everything is asked
/// for; less where the same is asked again in another way. Only time forbids more.
fn depth_of(owner: &str, arguments: &Arguments, deepest: usize) -> usize {
    let field = owner.split_once('.').map_or(owner, |(_, field)| field);
    // What startups and deals under them tell is walked from their own roots.
    let deepest = match field {
        "theses" | "capabilities" | "thesis" | "capability" | "provider" | "providers" | "providerEvent"
        | "providerExposure" => deepest.min(1),
        "whatIf" => deepest.min(2),
        _ => deepest,
    };
    match arguments.get("id").and_then(Value::as_str) {
        Some(label) if label.contains(&format!("{field}:")) => deepest,
        Some(_) => 0,
        None if ["slug", "subject", "query", "name"]
            .iter()
            .any(|name| arguments.contains_key(*name)) =>
        {
            1
        }
        None => deepest,
    }
}

/// Every way in which a field is asked.
pub fn askings(shape: &Shape, owner: &str, inputs: &[Input], deepest: usize) -> Vec<Asking> {
    let mut bases = vec![Arguments::new()];
    for input in inputs.iter().filter(|input| input.must() && !selects(input)) {
        let value = tries(shape, owner, input).remove(0);
        for base in &mut bases {
            base.insert(input.name.clone(), value.clone());
        }
    }
    let selectors: Vec<&Input> = inputs.iter().filter(|input| selects(input)).collect();
    let plain = bases[0].clone();
    let mut chosen: Vec<Arguments> = Vec::new();
    if selectors.iter().all(|input| !input.must()) {
        chosen.push(plain.clone());
    }
    for input in &selectors {
        for value in tries(shape, owner, input) {
            let mut arguments = plain.clone();
            arguments.insert(input.name.clone(), value);
            chosen.push(arguments);
        }
    }
    let mut askings = Vec::new();
    for arguments in chosen {
        let depth = depth_of(owner, &arguments, deepest);
        if let Some(as_of) = inputs.iter().find(|input| input.name == "asOf") {
            for value in tries(shape, owner, as_of) {
                let mut arguments = arguments.clone();
                arguments.insert("asOf".into(), value);
                let depth = depth.saturating_sub(1);
                askings.push(Asking { arguments, depth });
            }
        }
        askings.push(Asking { arguments, depth });
    }
    // What must be said and holds ids is tried in every way too: hidden ones may stand in it.
    let holds_ids = |input: &Input| {
        let inner = &shape.of(&input.of.name).inputs;
        inner.iter().any(|input| input.of.name == "ID")
    };
    let others = inputs
        .iter()
        .filter(|input| (!input.must() || holds_ids(input)) && !selects(input) && input.name != "asOf");
    for input in others {
        for value in tries(shape, owner, input) {
            let mut arguments = plain.clone();
            if let Some(selector) = selectors.iter().find(|input| input.must()) {
                arguments.insert(selector.name.clone(), tries(shape, owner, selector).remove(0));
            }
            arguments.insert(input.name.clone(), value);
            // Which records there are is told by their ids and their count.
            askings.push(Asking { arguments, depth: 0 });
        }
    }
    askings
}

/// An input of a mutation, with what it must have; and again for each id in it, with each hidden id there.
pub fn intrusions(shape: &Shape, kind: &str) -> Vec<Value> {
    let hidden: Vec<Value> = labelled("@secret");
    let mut must = Arguments::new();
    let inputs = &shape.of(kind).inputs;
    for input in inputs.iter().filter(|input| input.must()) {
        must.insert(input.name.clone(), needed(shape, kind, input));
    }
    let mut all = Vec::new();
    for input in inputs {
        let inner = match shape.of(&input.of.name).kind.as_str() {
            "INPUT_OBJECT" => intrusions(shape, &input.of.name),
            _ if input.of.name == "ID" => hidden.clone(),
            _ => Vec::new(),
        };
        for value in inner {
            let mut object = must.clone();
            let value = if input.of.list { json!([value]) } else { value };
            object.insert(input.name.clone(), value);
            all.push(Value::Object(object));
        }
    }
    all
}

/// A value for an input that a mutation must have.
fn needed(shape: &Shape, kind: &str, input: &Input) -> Value {
    let told = shape.of(&input.of.name);
    let value = match (told.kind.as_str(), input.of.name.as_str()) {
        // One that asks for no percentage first.
        ("ENUM", "ProviderScenario") => told.words.iter().rev().map(|word| json!(word)).collect(),
        ("ENUM", _) => json!(told.words[0]),
        ("INPUT_OBJECT", inner) => {
            let inputs = shape.of(inner).inputs.iter().filter(|input| input.must());
            Value::Object(
                inputs
                    .map(|input| (input.name.clone(), needed(shape, inner, input)))
                    .collect(),
            )
        }
        (_, "Boolean") => json!(true),
        (_, "Int") => json!(1),
        (_, "String") => json!("words"),
        (_, "Decimal") => json!("1"),
        (_, "Date") => json!("2025-01-15"),
        (_, "DateTime") => json!("2025-03-01T00:00:00Z"),
        (_, "Currency") => json!("USD"),
        (_, "URL") => json!("https://example.com"),
        (_, "ID") => json!(match (kind, input.name.as_str()) {
            ("UpdateDealInput" | "MoveDealInput", "id") | (_, "deal") => "@deal:open",
            ("UpdateInteractionInput", "id") => "@interaction:call",
            ("UpdateTaskInput", "id") => "@task:export",
            (_, "outcome") => "@outcome:seen",
            ("UpdateThesisInput", "id") | (_, "thesis") => "@thesis:studios",
            ("UpdateCapabilityInput", "id") | (_, "capability") => "@capability:meshes",
            ("UpdateFundInput", "id") => "@fund:yuan",
            // An id that is none: which stages there are is told to all.
            ("UpdateStageInput", "id") => "stage_00000000000000000000000001",
            ("UpdateDocumentInput", "id") => "@document:deck",
            ("UpdateProviderInput", "id") | (_, "provider") => "@provider:base",
            ("UpdateDependencyInput", "id") => "@dependency:base",
            ("UpdateStartupInput", "id") | (_, "startup") => "@startup:moonshot",
            ("RevokeTokenInput", "id") => "@token",
            ("ApplyImportInput", "id") => "@import:list",
            (_, "review") => "@review:live",
            (_, "item" | "items") => "@agendaitem:open",
            (kind, "id") if kind.ends_with("ReviewInput") => "@review:draft",
            (_, "competitors") => "@startup:lonely",
            (_, "person") => "@person:yang",
            (_, "evidence") => "@evidence:contracts",
            (_, "activity") => "@activity:open",
            (kind, name) => panic!("the walk knows no id for {kind}.{name}"),
        }),
        (_, other) => panic!("the walk knows no {other} for {kind}.{}", input.name),
    };
    if input.of.list { json!([value]) } else { value }
}
