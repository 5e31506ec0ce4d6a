//! Questions made from the schema, and what is looked for in their answers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use app::{Caller, Identity};
use async_graphql::{Request, Variables};
use domain::Language;
use futures::StreamExt;
use serde_json::{Value, json};

use crate::shape::{Field, Input, Shape};
use crate::tries::{Arguments, askings};
use crate::world::World;

/// A document with its variables, ids by label.
pub struct Question {
    /// The field that it asks of the root.
    pub root: String,
    /// What the field gives.
    pub of: String,
    pub name: String,
    document: String,
    pub variables: Arguments,
}

impl Question {
    fn new(operation: &str, field: &Field, inputs: &[Input], arguments: Arguments, selection: &str) -> Self {
        let declared: Vec<String> = inputs
            .iter()
            .filter(|input| arguments.contains_key(&input.name))
            .map(|input| format!("${}: {}", input.name, input.of.text))
            .collect();
        let passed: Vec<String> = arguments.keys().map(|name| format!("{name}: ${name}")).collect();
        let (mut head, mut call) = (operation.to_owned(), field.name.clone());
        if !arguments.is_empty() {
            head = format!("{operation}({})", declared.join(", "));
            call = format!("{}({})", field.name, passed.join(", "));
        }
        Self {
            root: field.name.clone(),
            of: field.of.name.clone(),
            name: format!("{operation} {}", field.name),
            // What is no record has no fields.
            document: if selection.is_empty() {
                format!("{head} {{ {call} }}")
            } else {
                format!("{head} {{ {call} {{ {selection} }} }}")
            },
            variables: arguments,
        }
    }
    /// A mutation.
    pub fn change(shape: &Shape, field: &Field, input: Value) -> Self {
        let selection = shape.selection(&field.of.name, 1);
        let arguments = Arguments::from_iter([("input".to_owned(), input)]);
        Self::new("mutation", field, &field.inputs, arguments, &selection)
    }
    /// A page of two rows behind a cursor.
    pub fn page(field: &Field, arguments: &Arguments, after: &Value) -> Self {
        let mut arguments = arguments.clone();
        arguments.insert("first".into(), json!(2));
        arguments.insert("after".into(), after.clone());
        let selection = "totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { __typename }";
        Self::new("query", field, &field.inputs, arguments, selection)
    }
    pub async fn ask(&self, world: &World, identity: &Identity) -> Value {
        let variables = world.filled(&json!(self.variables));
        let answer = world.fund.ask(identity.clone(), &self.document, variables).await;
        let told = answer.to_string();
        assert!(
            !told.contains("\"INTERNAL\""),
            "{} failed: {}",
            self.say(),
            answer["errors"]
        );
        answer
    }
    pub fn say(&self) -> String {
        format!("{} {}", self.name, json!(self.variables))
    }
}

/// Every question of the schema: each field of the root in every way, and below it each field that takes arguments.
pub fn questions(shape: &Shape, deepest: usize) -> Vec<Question> {
    let mut all = Vec::new();
    let query = shape.of("Query");
    for field in &query.fields {
        for asking in askings(shape, &format!("Query.{}", field.name), &field.inputs, deepest) {
            let selection = match shape.of(&field.of.name).kind.as_str() {
                "SCALAR" | "ENUM" => String::new(),
                _ => shape.selection(&field.of.name, asking.depth),
            };
            all.push(Question::new(
                "query",
                field,
                &field.inputs,
                asking.arguments,
                &selection,
            ));
        }
    }
    let nodes = query.fields.iter().find(|field| field.name == "nodes").unwrap();
    for owner in &shape.of("Node").possible {
        for field in &shape.of(owner).fields {
            if field.inputs.is_empty() {
                continue;
            }
            for asking in askings(shape, &format!("{owner}.{}", field.name), &field.inputs, 1) {
                let mut question = Question::new(
                    "query",
                    field,
                    &field.inputs,
                    asking.arguments,
                    &shape.selection(&field.of.name, asking.depth),
                );
                // The field is asked of every record that there is.
                let (head, body) = question.document.split_once('{').unwrap();
                let head = if question.variables.is_empty() {
                    "query($ids: [ID!]!)".to_owned()
                } else {
                    head.replacen('(', "($ids: [ID!]!, ", 1)
                };
                let body = body.trim_start();
                question.document = format!(
                    "{head} {{ nodes(ids: $ids) {{ __typename ... on {owner} {{ {owner}__{}: {body} }} }}",
                    field.name
                );
                let ids = nodes.inputs.iter().find(|input| input.name == "ids").unwrap();
                let every = crate::tries::tries(shape, "Query.nodes", ids).remove(0);
                question.variables.insert("ids".into(), every);
                question.name = format!("query nodes > {owner}.{}", field.name);
                question.root = "nodes".into();
                question.of = "Node".into();
                all.push(question);
            }
        }
    }
    all
}

/// Every field of what a query can reach.
pub fn coordinates(shape: &Shape) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next = vec!["Query".to_owned()];
    let mut all = BTreeSet::new();
    while let Some(name) = next.pop() {
        if !reached.insert(name.clone()) {
            continue;
        }
        let told = shape.of(&name);
        next.extend(told.possible.iter().cloned());
        for field in &told.fields {
            next.push(field.of.name.clone());
            if name != "Query" && told.kind == "OBJECT" {
                all.insert(format!("{name}.{}", field.name));
            }
        }
    }
    all
}

/// What was found in answers.
#[derive(Default)]
pub struct Found {
    /// By the root's field and the field of a record: which words.
    pub paths: BTreeMap<String, BTreeSet<String>>,
    /// The fields of records in which anything was.
    pub filled: BTreeSet<String>,
}

impl Found {
    pub fn look(&mut self, shape: &Shape, world: &World, question: &Question, answer: &Value) {
        if let Some(errors) = answer.get("errors") {
            // An id of another kind, or none where one must be, is refused; a filter that is would not be walked at all.
            let code = &errors[0]["extensions"]["code"];
            // What a rubric would do is told to administrators alone, of whom this walk has one.
            if code == "FORBIDDEN" && question.root == "rubricPreview" {
                return;
            }
            let narrowed = ["filter", "order"]
                .iter()
                .any(|name| question.variables.contains_key(*name));
            assert!(
                code == "BAD_USER_INPUT" && !narrowed,
                "{}: {errors}",
                question.say()
            );
            return;
        }
        let canaries = world.canaries();
        self.visit(shape, &canaries, &question.root, &answer["data"][&question.root]);
    }

    fn visit(&mut self, shape: &Shape, canaries: &[(String, String)], root: &str, value: &Value) {
        match value {
            Value::Array(all) => all
                .iter()
                .for_each(|value| self.visit(shape, canaries, root, value)),
            Value::Object(fields) => {
                for (key, value) in fields.iter().filter(|(key, _)| !key.starts_with("__")) {
                    let (owner, name) = key.split_once("__").unwrap();
                    let coordinate = format!("{owner}.{name}");
                    let field = shape.of(owner).fields.iter().find(|field| field.name == name);
                    let kind = &shape.of(&field.unwrap().of.name).kind;
                    if value.is_null() || value.as_array().is_some_and(Vec::is_empty) {
                        continue;
                    }
                    self.filled.insert(coordinate.clone());
                    if kind != "SCALAR" && kind != "ENUM" {
                        self.visit(shape, canaries, root, value);
                        continue;
                    }
                    let text = value.to_string();
                    for (label, word) in canaries.iter().filter(|(_, word)| text.contains(word.as_str())) {
                        assert!(!word.is_empty());
                        self.paths
                            .entry(format!("{root} > {coordinate}"))
                            .or_default()
                            .insert(label.clone());
                    }
                }
            }
            _ => {}
        }
    }
}

/// What a subscription gives a caller, from the oldest change that he may see.
pub async fn follow(world: &World, identity: &Identity, shape: &Shape, field: &Field) -> Vec<Value> {
    for input in &field.inputs {
        assert!(
            ["after", "subject", "id"].contains(&input.name.as_str()),
            "the walk knows nothing for Subscription.{}({})",
            field.name,
            input.name
        );
    }
    let oldest = "{ activity(last: 1) { totalCount nodes { id } } }";
    let told = world.fund.ask(identity.clone(), oldest, json!({})).await;
    let activity = &told["data"]["activity"];
    let total = usize::try_from(activity["totalCount"].as_u64().unwrap()).unwrap();
    // What is followed by its id is told as it stands now: once, where nothing changes.
    let by_id = field.inputs.iter().any(|input| input.name == "id");
    let (declared, arguments, variables, total) = if by_id {
        let label = if field.name == "review" {
            "@review:live"
        } else {
            "@import:list"
        };
        let id = world.filled(&json!(label));
        ("$id: ID!", "id: $id", json!({ "id": id }), 2)
    } else {
        (
            "$after: ID",
            "after: $after",
            json!({ "after": activity["nodes"][0]["id"] }),
            total,
        )
    };
    let document = format!(
        "subscription({declared}) {{ {}({arguments}) {{ {} }} }}",
        field.name,
        shape.selection(&field.of.name, 2)
    );
    let caller = Caller::new(&world.fund.workspace.app, identity.clone());
    caller.admit().await.unwrap();
    let request = Request::new(document).variables(Variables::from_json(variables));
    let mut stream = world
        .fund
        .schema
        .execute_stream(graphql::prepare(request, caller, Language::En));
    let mut seen = Vec::new();
    loop {
        // What is expected may take its time; then a moment for what is too much.
        let patience = Duration::from_millis(if seen.len() + 1 < total { 20_000 } else { 500 });
        match tokio::time::timeout(patience, stream.next()).await {
            Ok(Some(response)) => seen.push(serde_json::to_value(response).unwrap()),
            Ok(None) => panic!("the stream ended after {seen:?}"),
            Err(_) => return seen,
        }
    }
}
