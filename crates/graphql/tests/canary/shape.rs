//! The schema as introspection tells it, and selections made from it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

/// A reference to a type: its name, and whether it is required or a list.
#[derive(Debug, Clone)]
pub struct Ref {
    pub name: String,
    /// As a document declares a variable of it.
    pub text: String,
    pub required: bool,
    pub list: bool,
}

#[derive(Debug, Clone)]
pub struct Input {
    pub name: String,
    pub of: Ref,
    pub has_default: bool,
}

impl Input {
    pub fn must(&self) -> bool {
        self.of.required && !self.has_default
    }
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub inputs: Vec<Input>,
    pub of: Ref,
}

#[derive(Debug, Default)]
pub struct Type {
    pub kind: String,
    pub fields: Vec<Field>,
    pub inputs: Vec<Input>,
    pub words: Vec<String>,
    pub possible: Vec<String>,
}

pub struct Shape(pub BTreeMap<String, Type>);

pub const INTROSPECTION: &str = "query { __schema { queryType { name } mutationType { name } subscriptionType { name } types { kind name \
    fields { name args { name defaultValue type { ...T } } type { ...T } } inputFields { name defaultValue type { ...T } } \
    enumValues { name } possibleTypes { name } } } } \
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

fn text(told: &Value) -> String {
    let inner = || text(&told["ofType"]);
    match told["kind"].as_str().unwrap() {
        "NON_NULL" => format!("{}!", inner()),
        "LIST" => format!("[{}]", inner()),
        _ => name(told),
    }
}

fn reference(told: &Value) -> Ref {
    let required = told["kind"] == "NON_NULL";
    let (mut inner, mut list) = (told, false);
    while let Some(next) = inner.get("ofType").filter(|next| !next.is_null()) {
        list |= inner["kind"] == "LIST";
        inner = next;
    }
    Ref {
        name: inner["name"].as_str().unwrap().to_owned(),
        text: text(told),
        required,
        list,
    }
}

fn all<T>(told: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    told.as_array()
        .map(|all| all.iter().map(read).collect())
        .unwrap_or_default()
}

fn name(told: &Value) -> String {
    told["name"].as_str().unwrap().to_owned()
}

fn input(told: &Value) -> Input {
    Input {
        name: name(told),
        of: reference(&told["type"]),
        has_default: !told["defaultValue"].is_null(),
    }
}

/// Arguments of fields that cannot do without.
const ARGUMENTS: &[(&str, &str)] = &[
    (
        "Startup.convictionHistory",
        "(from: \"2025-03-01T00:00:00Z\", to: \"2025-03-08T00:00:00Z\")",
    ),
    ("Evidence.convictionIf", "(grade: REFUTED)"),
    ("Deal.gate", "(stage: \"COMMITTEE\")"),
    // Of no startup: with each startup and each document it is asked below the records themselves.
    (
        "Startup.convictionIf",
        "(evidence: { startup: \"none\", kind: PILOTS, observedOn: \"2025-01-15\", source: OTHER })",
    ),
    ("Capability.wouldComeBack", "(status: SOLVED)"),
];

/// Wrappers that take no part in how deep a selection goes.
fn is_wrapper(name: &str) -> bool {
    name.ends_with("Connection") || name.ends_with("Edge") || name == "PageInfo"
}

impl Shape {
    pub fn read(introspected: &Value) -> Self {
        let types = introspected["__schema"]["types"].as_array().unwrap();
        Self(
            types
                .iter()
                .map(|told| {
                    let read = Type {
                        kind: told["kind"].as_str().unwrap().to_owned(),
                        fields: all(&told["fields"], |f| Field {
                            name: name(f),
                            inputs: all(&f["args"], input),
                            of: reference(&f["type"]),
                        }),
                        inputs: all(&told["inputFields"], input),
                        words: all(&told["enumValues"], name),
                        possible: all(&told["possibleTypes"], name),
                    };
                    (name(told), read)
                })
                .collect(),
        )
    }

    pub fn of(&self, name: &str) -> &Type {
        &self.0[name]
    }

    fn is_leaf(&self, name: &str) -> bool {
        matches!(self.of(name).kind.as_str(), "SCALAR" | "ENUM")
    }

    /// Everything of a type, as many records deep. Each field is named `Type__field`, so that inline fragments never
    /// clash and the answer says of which type each value is.
    pub fn selection(&self, of: &str, depth: usize) -> String {
        // The startups and deals behind what is believed are walked from their own roots.
        let depth = match of {
            "Thesis" | "Capability" => depth.min(1),
            _ => depth,
        };
        let told = self.of(of);
        if told.kind == "INTERFACE" || told.kind == "UNION" {
            let mut text = String::from("__typename");
            for possible in &told.possible {
                write!(
                    text,
                    " ... on {possible} {{ {} }}",
                    self.selection(possible, depth)
                )
                .unwrap();
            }
            return text;
        }
        let mut text = String::from("__typename");
        for field in &told.fields {
            let path = format!("{of}.{}", field.name);
            let known = ARGUMENTS.iter().find(|(of, _)| *of == path);
            assert!(
                known.is_some() || field.inputs.iter().all(|input| !input.must()),
                "{path} takes an argument that the walk does not know"
            );
            let alias = format!("{of}__{}", field.name);
            let arguments = known.map_or("", |(_, arguments)| *arguments);
            let inner = &field.of.name;
            if self.is_leaf(inner) {
                write!(text, " {alias}: {}{arguments}", field.name).unwrap();
                continue;
            }
            // A row comes by nodes and by edges; below edges, less.
            let below = match () {
                () if of.ends_with("Edge") => depth.min(2).saturating_sub(1),
                () if is_wrapper(inner) || is_wrapper(of) => depth,
                // What startups rest on is walked from its own roots; elsewhere its own words are enough.
                () if depth > 0 && matches!(inner.as_str(), "Thesis" | "Capability") => 0,
                () => match depth.checked_sub(1) {
                    Some(below) => below,
                    None => continue,
                },
            };
            if depth == 0 && is_wrapper(inner) {
                continue;
            }
            write!(
                text,
                " {alias}: {}{arguments} {{ {} }}",
                field.name,
                self.selection(inner, below)
            )
            .unwrap();
        }
        text
    }
}
