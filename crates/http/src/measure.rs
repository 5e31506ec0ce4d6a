//! What a document costs, before anything of it runs.
//!
//! Every fragment is measured once, however often it is spread, so measuring takes time in proportion to the document's
//! length. The text is looked at before it is parsed, because parsers recurse as deep as brackets nest.
//!
//! Complexity: a field costs 1 and what lies below it. A list costs that as often as it may have items: as `first` or
//! `last` says, as many as `ids` holds, else a configured size. A connection's page size counts for its `edges` and
//! `nodes`; `totalCount` beside them is asked for once.

use std::collections::HashMap;

use async_graphql::Value;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Positioned};
use serde_json::{Map, Value as Json};

use crate::fault::{Code, Fault};
use crate::limits::Limits;
use crate::shape::Shape;

/// What an operation costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    pub depth: u64,
    pub complexity: u64,
}

/// The sums over a set of selections, fragments written out.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    depth: u64,
    introspection_depth: u64,
    /// Cost once for the set.
    once: u64,
    /// Cost for each item of the connection that the set is taken on.
    per_item: u64,
    selections: u64,
    aliases: u64,
    directives: u64,
    fields: u64,
}

impl Sums {
    fn and(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            introspection_depth: self.introspection_depth.max(other.introspection_depth),
            once: self.once.saturating_add(other.once),
            per_item: self.per_item.saturating_add(other.per_item),
            selections: self.selections.saturating_add(other.selections),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            fields: self.fields.saturating_add(other.fields),
        }
    }
}

/// The deepest nesting of brackets in the text, strings and comments left out.
pub(crate) fn nesting(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut open, mut deepest) = (0, 0_usize, 0);
    // A block string that never ends is read as an empty string and what follows it, as the parser would try it.
    let block_end = |from: usize| {
        let mut at = from;
        while at < bytes.len() {
            if bytes[at..].starts_with(br#"\""""#) {
                at += 4;
            } else if bytes[at..].starts_with(br#"""""#) {
                return Some(at + 3);
            } else {
                at += 1;
            }
        }
        None
    };
    let mut blocks_may_end = true;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' | b'(' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            b'#' => {
                while at < bytes.len() && !matches!(bytes[at], b'\n' | b'\r') {
                    at += 1;
                }
                continue;
            }
            b'"' if blocks_may_end && bytes[at..].starts_with(br#"""""#) => {
                if let Some(end) = block_end(at + 3) {
                    at = end;
                } else {
                    blocks_may_end = false;
                }
                continue;
            }
            b'"' => {
                at += 1;
                while at < bytes.len() && !matches!(bytes[at], b'"' | b'\n' | b'\r') {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            _ => {}
        }
        at += 1;
    }
    deepest
}

/// Measures one document against the limits.
pub(crate) struct Measure<'a> {
    shape: &'a Shape,
    limits: &'a Limits,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// Fragments measured; `None` while one is being measured.
    measured: HashMap<&'a str, Option<Sums>>,
    variables: &'a Map<String, Json>,
    defaults: HashMap<&'a str, &'a Value>,
}

impl<'a> Measure<'a> {
    /// Measures `operation`, and makes sure that validating the rest of the document costs no more than it may either.
    pub fn document(
        shape: &'a Shape,
        limits: &'a Limits,
        document: &'a ExecutableDocument,
        operation: &'a OperationDefinition,
        variables: &'a Map<String, Json>,
    ) -> Result<Cost, Fault> {
        let mut measure = Self {
            shape,
            limits,
            fragments: &document.fragments,
            measured: HashMap::new(),
            variables,
            defaults: defaults(operation),
        };
        let sums = measure.operation(operation)?;
        measure.check(sums)?;

        let mut selections = 0_u64;
        for (_, other) in document.operations.iter() {
            selections = selections.saturating_add(measure.operation(&other.node)?.selections);
        }
        let mut names: Vec<_> = document.fragments.keys().map(Name::as_str).collect();
        names.sort_unstable();
        for name in names {
            selections = selections.saturating_add(measure.fragment(name, 0)?.selections);
        }
        at_most(
            ("selections in all", "选择项总数"),
            selections,
            limits.selections.saturating_mul(2),
        )?;
        Ok(Cost {
            depth: sums.depth.max(sums.introspection_depth),
            complexity: sums.once.saturating_add(sums.per_item),
        })
    }

    fn check(&self, sums: Sums) -> Result<(), Fault> {
        let limits = self.limits;
        at_most(
            ("selections, fragments written out", "选择项(展开片段后)"),
            sums.selections,
            limits.selections,
        )?;
        at_most(("levels of fields", "字段层数"), sums.depth, limits.depth)?;
        at_most(
            ("levels of introspection fields", "内省字段层数"),
            sums.introspection_depth,
            limits.introspection_depth,
        )?;
        at_most(
            ("fields at the top", "顶层字段数"),
            sums.fields,
            limits.root_fields,
        )?;
        at_most(("aliases", "别名数"), sums.aliases, limits.aliases)?;
        at_most(("directives", "指令数"), sums.directives, limits.directives)?;
        at_most(
            ("points of complexity", "复杂度"),
            sums.once.saturating_add(sums.per_item),
            limits.complexity,
        )
    }

    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Sums, Fault> {
        let root = self.shape.root(operation.ty);
        let mut sums = self.set(&operation.selection_set.node, root, 0)?;
        sums.directives = sums.directives.saturating_add(operation.directives.len() as u64);
        Ok(sums)
    }

    fn set(&mut self, set: &'a SelectionSet, parent: Option<&'a str>, level: u32) -> Result<Sums, Fault> {
        let mut sums = Sums::default();
        for selection in &set.items {
            let one = match &selection.node {
                Selection::Field(field) => self.field(&field.node, parent, level)?,
                Selection::FragmentSpread(spread) => counted(
                    self.fragment(spread.node.fragment_name.node.as_str(), level + 1)?,
                    &spread.node.directives,
                ),
                Selection::InlineFragment(inline) => {
                    let on = inline
                        .node
                        .type_condition
                        .as_ref()
                        .map(|condition| condition.node.on.node.as_str());
                    let below = self.set(&inline.node.selection_set.node, on.or(parent), level)?;
                    counted(below, &inline.node.directives)
                }
            };
            sums = sums.and(one);
        }
        Ok(sums)
    }

    fn fragment(&mut self, name: &'a str, level: u32) -> Result<Sums, Fault> {
        match self.measured.get(name) {
            Some(Some(sums)) => return Ok(*sums),
            Some(None) => {
                return Err(Fault::bad_document(
                    format!("Fragment {name} spreads itself."),
                    format!("片段 {name} 引用了自身。"),
                ));
            }
            None => {}
        }
        at_most(
            ("levels of fragments", "片段层数"),
            level.into(),
            self.limits.fragment_levels,
        )?;
        // A fragment that is missing is for validation to tell.
        let Some(fragment) = self.fragments.get(name) else {
            return Ok(Sums::default());
        };
        self.measured.insert(name, None);
        let on = fragment.node.type_condition.node.on.node.as_str();
        let mut sums = self.set(&fragment.node.selection_set.node, Some(on), level)?;
        sums.directives = sums
            .directives
            .saturating_add(fragment.node.directives.len() as u64);
        self.measured.insert(name, Some(sums));
        Ok(sums)
    }

    fn field(&mut self, field: &'a Field, parent: Option<&'a str>, level: u32) -> Result<Sums, Fault> {
        let name = field.name.node.as_str();
        let shape = self.shape;
        let known = parent.and_then(|parent| shape.field(parent, name));
        let below = self.set(
            &field.selection_set.node,
            known.map(|field| field.base.as_str()),
            level,
        )?;

        let is_page = known.is_some_and(|field| field.list)
            && matches!(name, "edges" | "nodes")
            && parent.is_some_and(|parent| parent.ends_with("Connection"));
        let items = self.items(field, known)?;
        let each = below
            .once
            .saturating_add(below.per_item.saturating_mul(items))
            .saturating_add(1);
        let introspection = matches!(name, "__schema" | "__type");
        let depth = below.depth + 1;
        Ok(Sums {
            depth: if introspection { 0 } else { depth },
            introspection_depth: if introspection { depth } else { 0 },
            once: match known {
                _ if is_page => 0,
                Some(known) if known.list => each.saturating_mul(items),
                _ => each,
            },
            per_item: if is_page { each } else { 0 },
            selections: below.selections.saturating_add(1),
            aliases: below.aliases.saturating_add(u64::from(field.alias.is_some())),
            directives: below.directives.saturating_add(field.directives.len() as u64),
            fields: 1,
        })
    }

    /// How many items the field may bring, as a list or as a connection.
    fn items(&self, field: &Field, known: Option<&crate::shape::Field>) -> Result<u64, Fault> {
        if let Some(ids) = self.argument(field, "ids") {
            return Ok(if let Value::List(ids) = ids {
                ids.len() as u64
            } else {
                1
            });
        }
        for name in ["first", "last"] {
            let default = || known?.defaults.get(name).and_then(number);
            let asked = self
                .argument(field, name)
                .as_ref()
                .and_then(number)
                .or_else(default);
            if let Some(asked) = asked {
                let most = self.limits.page_size_max;
                // Fields that the schema does not have are for validation to tell.
                if known.is_some() && asked > most.into() {
                    let fault = Fault::bad_document(
                        format!("{name}: {asked} items cannot be had; a page has 0 to {most}."),
                        format!("{name}:无法获取 {asked} 项;每页为 0 到 {most} 项。"),
                    );
                    return Err(match field.get_argument(name) {
                        Some(argument) => fault.at(argument.pos),
                        None => fault,
                    });
                }
                return Ok(asked.min(most.into()));
            }
        }
        Ok(match known {
            Some(known) if known.list => self.limits.list_size.into(),
            _ => self.limits.page_size.into(),
        })
    }

    /// An argument with its variables filled in as far as measuring needs them: numbers, and how long lists are.
    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let filled = field
            .get_argument(name)?
            .node
            .clone()
            .into_const_with(|variable| {
                Ok::<_, std::convert::Infallible>(match self.variables.get(variable.as_str()) {
                    Some(Json::Number(number)) => Value::Number(number.clone()),
                    Some(Json::Array(items)) => Value::List(vec![Value::Null; items.len()]),
                    Some(_) => Value::Null,
                    None => self
                        .defaults
                        .get(variable.as_str())
                        .map_or(Value::Null, |&value| value.clone()),
                })
            });
        let Ok(value) = filled;
        Some(value)
    }
}

fn defaults(operation: &OperationDefinition) -> HashMap<&str, &Value> {
    operation
        .variable_definitions
        .iter()
        .filter_map(|definition| {
            Some((
                definition.node.name.node.as_str(),
                &definition.node.default_value.as_ref()?.node,
            ))
        })
        .collect()
}

/// A number of items; a negative one is for the schema to refuse.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => Some(number.as_u64().unwrap_or(0)),
        _ => None,
    }
}

/// A fragment's sums where it is spread.
fn counted(sums: Sums, directives: &[Positioned<Directive>]) -> Sums {
    Sums {
        selections: sums.selections.saturating_add(1),
        directives: sums.directives.saturating_add(directives.len() as u64),
        ..sums
    }
}

fn at_most(what: (&str, &str), found: u64, limit: u32) -> Result<(), Fault> {
    if found <= limit.into() {
        Ok(())
    } else {
        Err(Fault::too_complex(what, found, limit))
    }
}

/// The fields at the top of an operation by name and by response key, fragments written out. Ask only after measuring.
pub(crate) fn root_fields<'a>(
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
) -> Vec<(&'a str, &'a str)> {
    fn collect<'a>(
        document: &'a ExecutableDocument,
        set: &'a SelectionSet,
        seen: &mut Vec<&'a str>,
        found: &mut Vec<(&'a str, &'a str)>,
    ) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    found.push((
                        field.node.name.node.as_str(),
                        field.node.response_key().node.as_str(),
                    ));
                }
                Selection::InlineFragment(inline) => {
                    collect(document, &inline.node.selection_set.node, seen, found);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if !seen.contains(&name)
                        && let Some(fragment) = document.fragments.get(name)
                    {
                        seen.push(name);
                        collect(document, &fragment.node.selection_set.node, seen, found);
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    collect(
        document,
        &operation.selection_set.node,
        &mut Vec::new(),
        &mut found,
    );
    found
}

/// Root fields that are answered without credentials.
const OPEN_FIELDS: [&str; 4] = ["__typename", "__schema", "__type", "viewer"];

/// Whether the operation may run without credentials. Fields that the schema does not have are for validation to tell.
pub(crate) fn check_open(
    shape: &Shape,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Result<(), Fault> {
    let closed = root_fields(document, operation).into_iter().any(|(name, _)| {
        (operation.ty != OperationType::Query || !OPEN_FIELDS.contains(&name))
            && shape
                .root(operation.ty)
                .is_some_and(|root| shape.field(root, name).is_some())
    });
    if closed {
        Err(Fault::unauthenticated())
    } else {
        Ok(())
    }
}

/// A subscription has one field at the top.
pub(crate) fn check_single_root(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Result<(), Fault> {
    let mut keys: Vec<_> = root_fields(document, operation)
        .into_iter()
        .map(|(_, key)| key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.len() > 1 {
        let found = keys.len();
        return Err(Fault::document(
            Code::BadUserInput,
            format!(
                "A subscription has one field at the top; this one has {found}. Subscribe once for each."
            ),
            format!("一个订阅只能有一个顶层字段,此处有 {found} 个。请分别订阅。"),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use async_graphql::parser::parse_query;

    use super::*;

    const SDL: &str = "
        type Query {
          item: Item
          items(first: Int, after: String, last: Int): ItemConnection!
          search(first: Int = 20): [Item!]!
          nodes(ids: [ID!]!): [Item]!
          sectors: [Item!]!
        }
        type ItemConnection { edges: [ItemEdge!]!, nodes: [Item!]!, totalCount: Int! }
        type ItemEdge { node: Item!, cursor: String! }
        type Item { id: ID!, name: String!, item: Item, items(first: Int): ItemConnection! }
    ";

    fn cost_with(query: &str, variables: Json, limits: &Limits) -> Result<Cost, Code> {
        let shape = Shape::read(SDL).unwrap();
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        Measure::document(
            &shape,
            limits,
            &document,
            &operation.node,
            variables.as_object().unwrap(),
        )
        .map_err(|fault| fault.code)
    }

    fn cost(query: &str) -> Result<Cost, Code> {
        cost_with(query, serde_json::json!({}), &Limits::default())
    }

    #[test]
    fn lists_cost_as_often_as_they_may_have_items() {
        for (query, complexity) in [
            ("{ __typename }", 1),
            ("{ item { id name } }", 3),
            ("{ sectors { id } }", 20),
            ("{ search { id } }", 40),
            ("{ search(first: 3) { id } }", 6),
            (r#"{ nodes(ids: ["a", "b"]) { id } }"#, 4),
            // the connection, its total, and ten of nodes with an id
            ("{ items(first: 10) { totalCount nodes { id } } }", 1 + 1 + 10 * 2),
            ("{ items { nodes { id } } }", 1 + 50 * 2),
            ("{ items(last: 4) { edges { cursor node { id } } } }", 1 + 4 * 4),
            ("{ items(first: 200) { nodes { id } } }", 1 + 200 * 2),
            ("{ items(first: -5) { nodes { id } } }", 1),
            (
                "{ items(first: 2) { ...p } } fragment p on ItemConnection { nodes { id } }",
                1 + 2 * 2,
            ),
            (
                "{ items(first: 2) { nodes { items(first: 3) { nodes { id } } } } }",
                1 + 2 * (1 + 1 + 3 * 2),
            ),
        ] {
            assert_eq!(cost(query).map(|cost| cost.complexity), Ok(complexity), "{query}");
        }
        let query = "query ($n: Int = 3) { items(first: $n) { nodes { id } } }";
        let limits = Limits::default();
        assert_eq!(
            cost_with(query, serde_json::json!({}), &limits)
                .unwrap()
                .complexity,
            7
        );
        assert_eq!(
            cost_with(query, serde_json::json!({"n": 5}), &limits)
                .unwrap()
                .complexity,
            11
        );
    }

    #[test]
    fn a_page_has_a_largest_size() {
        let limits = Limits {
            page_size_max: 60,
            ..Limits::default()
        };
        let by_variable = "query ($n: Int!) { items(last: $n) { nodes { id } } }";
        for (items, expected) in [(60, Ok(121)), (61, Err(Code::BadUserInput))] {
            let query = format!("{{ items(first: {items}) {{ nodes {{ id }} }} }}");
            let none = serde_json::json!({});
            let given = serde_json::json!({ "n": items });
            for found in [
                cost_with(&query, none, &limits),
                cost_with(by_variable, given, &limits),
            ] {
                assert_eq!(found.map(|cost| cost.complexity), expected, "{items}");
            }
        }
    }

    #[test]
    fn depth_counts_fields_and_not_fragments() {
        assert_eq!(
            cost("{ item { ...a } } fragment a on Item { item { ... { id } } }")
                .unwrap()
                .depth,
            3
        );
        let deep = |levels: usize| {
            format!(
                "{{ {} id {} }}",
                "item { ".repeat(levels - 1),
                "}".repeat(levels - 1)
            )
        };
        assert_eq!(cost(&deep(15)).unwrap().depth, 15);
        assert_eq!(cost(&deep(16)), Err(Code::TooComplex));
    }

    #[test]
    fn introspection_may_go_deeper() {
        let deep = |levels: usize| {
            format!(
                "{{ __schema {{ {} name {} }} }}",
                "ofType { ".repeat(levels - 2),
                "}".repeat(levels - 2)
            )
        };
        assert!(cost(&deep(20)).is_ok());
        assert_eq!(cost(&deep(21)), Err(Code::TooComplex));
    }

    #[test]
    fn introspection_that_goes_round_in_lists_is_too_complex() {
        let round = |turns: usize| {
            format!(
                "{{ __schema {{ types {{ {} name {} }} }} }}",
                "fields { type { ".repeat(turns),
                "} }".repeat(turns)
            )
        };
        assert!(cost(&round(2)).is_ok());
        assert_eq!(cost(&round(5)), Err(Code::TooComplex));
    }

    #[test]
    fn each_count_has_its_limit() {
        let fields = |n: usize| {
            (0..n).fold(String::new(), |mut text, i| {
                write!(text, "a{i}: __typename ").map(|()| text).unwrap()
            })
        };
        assert!(cost(&format!("{{ {} }}", fields(200))).is_ok());
        assert_eq!(cost(&format!("{{ {} }}", fields(201))), Err(Code::TooComplex));
        assert_eq!(
            cost(&format!("{{ item {{ {} }} }}", fields(201))),
            Err(Code::TooComplex)
        );
        let directives = "@include(if: true) ".repeat(201);
        assert_eq!(
            cost(&format!("{{ item {{ id {directives} }} }}")),
            Err(Code::TooComplex)
        );
        assert_eq!(
            cost(&format!("{{ item {{ {} }} }}", "id ".repeat(10_001))),
            Err(Code::TooComplex)
        );
        let wide = "{ items(first: 200) { nodes { items(first: 200) { nodes { id name } } } } }";
        assert_eq!(cost(wide), Err(Code::TooComplex));
    }

    #[test]
    fn fragments_spread_many_times_are_measured_once() {
        let mut text = "{ item { ...f0 } } ".to_owned();
        for i in 0..20 {
            write!(text, "fragment f{i} on Item {{ ...f{n} ...f{n} }} ", n = i + 1).unwrap();
        }
        text.push_str("fragment f20 on Item { id }");
        let began = std::time::Instant::now();
        assert_eq!(cost(&text), Err(Code::TooComplex));
        assert!(began.elapsed().as_millis() < 500);
    }

    #[test]
    fn fragments_that_spread_each_other_or_too_deep_are_refused() {
        assert_eq!(
            cost("{ item { ...a } } fragment a on Item { ...b } fragment b on Item { ...a }"),
            Err(Code::BadUserInput)
        );
        let mut chain = "{ item { ...f0 } } ".to_owned();
        for i in 0..1500 {
            write!(chain, "fragment f{i} on Item {{ ...f{} }} ", i + 1).unwrap();
        }
        chain.push_str("fragment f1500 on Item { id }");
        assert_eq!(cost(&chain), Err(Code::TooComplex));
    }

    #[test]
    fn nesting_is_seen_before_parsing() {
        for (text, expected) in [
            ("{ a { b } }", 2),
            ("{ a(x: [[[1]]]) }", 5),
            (r#"{ a(x: "[[[[\"[[") }"#, 2),
            ("{ a(x: \"\"\"[[[ \\\"\"\" [[[\"\"\") }", 2),
            ("{ # [[[[[\n a }", 1),
            // a block string without end is an empty string and whatever follows
            ("{ a(x: [\"\"\" x\" [[[", 6),
            ("\"abc\n[[", 2),
        ] {
            assert_eq!(nesting(text), expected, "{text}");
        }
    }
}
