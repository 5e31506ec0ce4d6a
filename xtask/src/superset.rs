//! Whether one schema offers all that another promises: every name, in a shape that whoever relies on the
//! promise can live with. Outputs may be stricter (never null), inputs looser (not required).
//!
//! Things are named by schema coordinates: `Deal`, `Deal.stage`, `Deal.gate(stage:)`, `Stage.WON`,
//! `StartupFilter.flags`, and for what has no coordinate `Deal implements Node` and `Found = Deal`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use async_graphql_parser::Positioned;
use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};

/// What comparing two schemas showed.
#[derive(Debug, Default)]
pub struct Comparison {
    /// What is not offered. What lies inside something missing is not listed as well.
    pub missing: Vec<String>,
    /// What is offered in another shape, in words.
    pub misfits: Vec<String>,
    /// All that is promised.
    promised: BTreeSet<String>,
}

/// Compares what `served` offers with what `core` promises.
pub fn compare(core: &str, served: &str) -> Result<Comparison> {
    let core = read(core).context("reading the core schema")?;
    let served = read(served).context("reading the served schema")?;
    let mut comparison = Comparison {
        promised: promises(&core),
        ..Comparison::default()
    };
    for (name, wanted) in &core {
        match served.get(name) {
            Some(offered) => comparison.of_type(name, wanted, offered),
            None => comparison.missing.push(name.clone()),
        }
    }
    // What comes with a missing type is told by the type's own line.
    let missing: BTreeSet<String> = comparison.missing.iter().cloned().collect();
    comparison.missing.retain(|coordinate| {
        coordinate
            .rsplit_once(" implements ")
            .or_else(|| coordinate.rsplit_once(" = "))
            .is_none_or(|(_, other)| !missing.contains(other))
    });
    Ok(comparison)
}

/// What is wrong, a line each, when `pending` lists what may be missing.
pub fn faults(comparison: &Comparison, pending: &BTreeSet<String>) -> Vec<String> {
    let mut faults = comparison.misfits.clone();
    for coordinate in &comparison.missing {
        if !pending.contains(coordinate) {
            faults.push(format!(
                "{coordinate} is missing, and schema.pending does not list it"
            ));
        }
    }
    for coordinate in pending {
        if !comparison.promised.contains(coordinate) {
            faults.push(format!(
                "{coordinate} is listed in schema.pending, but the core schema has no such thing"
            ));
        } else if !comparison
            .missing
            .iter()
            .any(|missing| lies_in(coordinate, missing))
        {
            faults.push(format!(
                "{coordinate} is listed in schema.pending although it is served: take it out"
            ));
        }
    }
    faults
}

/// Whether a coordinate is another or names something inside it.
fn lies_in(coordinate: &str, outer: &str) -> bool {
    coordinate
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '(', ' ']))
}

/// A type with all that its definition and extensions give it.
#[derive(Debug, Default)]
struct Shape {
    kind: &'static str,
    interfaces: BTreeSet<String>,
    members: BTreeSet<String>,
    values: BTreeSet<String>,
    fields: BTreeMap<String, Field>,
    inputs: BTreeMap<String, Input>,
}

#[derive(Debug)]
struct Field {
    output: Type,
    arguments: BTreeMap<String, Input>,
}

/// An argument, or a field of an input type.
#[derive(Debug)]
struct Input {
    accepts: Type,
    default: Option<String>,
}

impl Input {
    fn is_required(&self) -> bool {
        !self.accepts.nullable && self.default.is_none()
    }
}

impl Comparison {
    fn of_type(&mut self, name: &str, wanted: &Shape, offered: &Shape) {
        if wanted.kind != offered.kind {
            self.misfits.push(format!(
                "{name} should be {}, but is {}",
                wanted.kind, offered.kind
            ));
            return;
        }
        for interface in wanted.interfaces.difference(&offered.interfaces) {
            self.missing.push(implements(name, interface));
        }
        for member in wanted.members.difference(&offered.members) {
            self.missing.push(has_member(name, member));
        }
        for value in wanted.values.difference(&offered.values) {
            self.missing.push(format!("{name}.{value}"));
        }
        for (field_name, wanted) in &wanted.fields {
            let coordinate = format!("{name}.{field_name}");
            match offered.fields.get(field_name) {
                Some(offered) => self.of_field(&coordinate, wanted, offered),
                None => self.missing.push(coordinate),
            }
        }
        self.of_inputs(&wanted.inputs, &offered.inputs, |input| format!("{name}.{input}"));
    }

    fn of_field(&mut self, coordinate: &str, wanted: &Field, offered: &Field) {
        if !is_at_least(&offered.output, &wanted.output) {
            self.misfits.push(format!(
                "{coordinate} should give {}, but gives {}",
                wanted.output, offered.output
            ));
        }
        self.of_inputs(&wanted.arguments, &offered.arguments, |input| {
            format!("{coordinate}({input}:)")
        });
    }

    fn of_inputs(
        &mut self,
        wanted: &BTreeMap<String, Input>,
        offered: &BTreeMap<String, Input>,
        coordinate: impl Fn(&str) -> String,
    ) {
        for (name, wanted) in wanted {
            let Some(offered) = offered.get(name) else {
                self.missing.push(coordinate(name));
                continue;
            };
            if !accepts(offered, wanted) {
                self.misfits.push(format!(
                    "{} should take {}, but takes {}",
                    coordinate(name),
                    wanted.accepts,
                    offered.accepts
                ));
            }
            if wanted.default.is_some() && wanted.default != offered.default {
                let name_of =
                    |default: &Option<String>| default.clone().unwrap_or_else(|| "nothing".to_owned());
                self.misfits.push(format!(
                    "{} should be {} when left out, but is {}",
                    coordinate(name),
                    name_of(&wanted.default),
                    name_of(&offered.default)
                ));
            }
        }
        for (name, input) in offered {
            if input.is_required() && !wanted.contains_key(name) {
                self.misfits.push(format!(
                    "{} is required, but whoever goes by the core schema does not know it",
                    coordinate(name)
                ));
            }
        }
    }
}

/// Whether an output keeps a promise: it is the same, or never null where null was allowed for.
fn is_at_least(offered: &Type, wanted: &Type) -> bool {
    (wanted.nullable || !offered.nullable)
        && match (&offered.base, &wanted.base) {
            (BaseType::Named(offered), BaseType::Named(wanted)) => offered == wanted,
            (BaseType::List(offered), BaseType::List(wanted)) => is_at_least(offered, wanted),
            _ => false,
        }
}

/// Whether an input takes all that was promised to be taken.
fn accepts(offered: &Input, wanted: &Input) -> bool {
    fn takes(offered: &Type, wanted: &Type) -> bool {
        (offered.nullable || !wanted.nullable) && takes_base(offered, wanted)
    }
    fn takes_base(offered: &Type, wanted: &Type) -> bool {
        match (&offered.base, &wanted.base) {
            (BaseType::Named(offered), BaseType::Named(wanted)) => offered == wanted,
            (BaseType::List(offered), BaseType::List(wanted)) => takes(offered, wanted),
            _ => false,
        }
    }
    // Null itself was promised only when the type says so; leaving it out, also by a default.
    let null = offered.accepts.nullable || !wanted.accepts.nullable;
    let absence = !offered.is_required() || wanted.is_required();
    null && absence && takes_base(&offered.accepts, &wanted.accepts)
}

fn implements(name: &str, interface: &str) -> String {
    format!("{name} implements {interface}")
}

fn has_member(name: &str, member: &str) -> String {
    format!("{name} = {member}")
}

/// All coordinates of a schema.
fn promises(schema: &BTreeMap<String, Shape>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (name, shape) in schema {
        let Shape {
            kind: _,
            interfaces,
            members,
            values,
            fields,
            inputs,
        } = shape;
        all.insert(name.clone());
        all.extend(interfaces.iter().map(|interface| implements(name, interface)));
        all.extend(members.iter().map(|member| has_member(name, member)));
        all.extend(
            values
                .iter()
                .chain(inputs.keys())
                .map(|inner| format!("{name}.{inner}")),
        );
        for (field_name, field) in fields {
            all.insert(format!("{name}.{field_name}"));
            all.extend(
                field
                    .arguments
                    .keys()
                    .map(|argument| format!("{name}.{field_name}({argument}:)")),
            );
        }
    }
    all
}

fn read(sdl: &str) -> Result<BTreeMap<String, Shape>> {
    let mut types: BTreeMap<String, Shape> = BTreeMap::new();
    for definition in parse_schema(sdl)?.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let shape = types.entry(definition.node.name.node.to_string()).or_default();
        match definition.node.kind {
            TypeKind::Scalar => shape.kind = "a scalar",
            TypeKind::Object(object) => {
                shape.kind = "an object type";
                shape
                    .interfaces
                    .extend(object.implements.iter().map(|name| name.node.to_string()));
                shape.fields.extend(fields(object.fields));
            }
            TypeKind::Interface(interface) => {
                shape.kind = "an interface";
                shape
                    .interfaces
                    .extend(interface.implements.iter().map(|name| name.node.to_string()));
                shape.fields.extend(fields(interface.fields));
            }
            TypeKind::Union(union) => {
                shape.kind = "a union";
                shape
                    .members
                    .extend(union.members.iter().map(|name| name.node.to_string()));
            }
            TypeKind::Enum(enumeration) => {
                shape.kind = "an enum";
                shape.values.extend(
                    enumeration
                        .values
                        .iter()
                        .map(|value| value.node.value.node.to_string()),
                );
            }
            TypeKind::InputObject(input) => {
                shape.kind = "an input type";
                shape.inputs.extend(inputs(input.fields));
            }
        }
    }
    Ok(types)
}

fn fields(definitions: Vec<Positioned<FieldDefinition>>) -> impl Iterator<Item = (String, Field)> {
    definitions.into_iter().map(|definition| {
        let FieldDefinition {
            name,
            arguments,
            ty,
            description: _,
            directives: _,
        } = definition.node;
        (
            name.node.to_string(),
            Field {
                output: ty.node,
                arguments: inputs(arguments).collect(),
            },
        )
    })
}

fn inputs(definitions: Vec<Positioned<InputValueDefinition>>) -> impl Iterator<Item = (String, Input)> {
    definitions.into_iter().map(|definition| {
        let InputValueDefinition {
            name,
            ty,
            default_value,
            description: _,
            directives: _,
        } = definition.node;
        let default = default_value.map(|value| value.node.to_string());
        (
            name.node.to_string(),
            Input {
                accepts: ty.node,
                default,
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORE: &str = "
        interface Node { id: ID! }
        type Query { deal(id: ID!, asOf: DateTime): Deal  deals(first: Int = 50, stages: [Stage!]): [Deal!]! }
        type Deal implements Node { id: ID!  title: String!  note: String  gate(stage: Stage!): Gate! }
        type Gate { open: Boolean! }
        union Found = Deal | Gate
        enum Stage { SCREENING WON }
        input DealInput { title: String!  note: String }
        scalar DateTime
    ";

    fn faults_when(served: &str, pending: &str) -> Vec<String> {
        faults(&compare(CORE, served).unwrap(), &crate::pending::read(pending))
    }

    /// The core schema with one thing changed.
    fn with(from: &str, to: &str) -> String {
        assert!(CORE.contains(from), "{from}");
        CORE.replacen(from, to, 1)
    }

    #[test]
    fn a_schema_keeps_its_own_promises_and_may_offer_more() {
        assert!(faults_when(CORE, "").is_empty());
        let more = with(
            "title: String!  note",
            "title: String!  extra(a: Int, b: Int! = 1): Int  note",
        )
        .replace("WON }", "WON LOST }")
            + " type More { a: Int }";
        assert_eq!(faults_when(&more, ""), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_must_be_listed() {
        for (from, to, coordinate) in [
            ("type Gate { open: Boolean! }", "", "Gate"),
            ("  note: String  gate", "  gate", "Deal.note"),
            ("gate(stage: Stage!)", "gate", "Deal.gate(stage:)"),
            ("SCREENING WON", "SCREENING", "Stage.WON"),
            (
                "title: String!  note: String }",
                "title: String! }",
                "DealInput.note",
            ),
            ("Deal implements Node", "Deal", "Deal implements Node"),
            ("Deal | Gate", "Deal", "Found = Gate"),
            ("scalar DateTime", "", "DateTime"),
        ] {
            let served = with(from, to);
            let expected = format!("{coordinate} is missing, and schema.pending does not list it");
            assert_eq!(faults_when(&served, ""), [expected]);
            assert_eq!(
                faults_when(&served, coordinate),
                Vec::<String>::new(),
                "{coordinate}"
            );
        }
    }

    #[test]
    fn what_lies_in_something_missing_needs_no_line_and_may_have_one() {
        let served = with(
            "type Deal implements Node { id: ID!  title: String!  note: String  gate(stage: Stage!): Gate! }",
            "",
        )
        .replace("Deal | Gate", "Gate");
        assert_eq!(faults_when(&served, "Deal"), Vec::<String>::new());
        assert_eq!(
            faults_when(&served, "Deal\nDeal.gate\nDeal.gate(stage:)"),
            Vec::<String>::new()
        );
        assert_eq!(
            faults_when(&served, "Deal.title").len(),
            1,
            "a field's line does not stand for its type"
        );
    }

    #[test]
    fn what_is_listed_must_not_be_served_and_must_be_promised() {
        assert_eq!(
            faults_when(CORE, "Deal.note"),
            ["Deal.note is listed in schema.pending although it is served: take it out"]
        );
        assert_eq!(
            faults_when(CORE, "Deal.nota"),
            ["Deal.nota is listed in schema.pending, but the core schema has no such thing"]
        );
        let served = with("  note: String  gate", "  gate");
        assert_eq!(
            faults_when(&served, "Deal.note\nDeal.title").len(),
            1,
            "a common beginning is no inclusion"
        );
    }

    #[test]
    fn outputs_may_be_stricter_but_not_looser() {
        assert!(faults_when(&with("  note: String  gate", "  note: String!  gate"), "").is_empty());
        for (from, to) in [
            (
                "title: String!  note: String  gate",
                "title: String  note: String  gate",
            ),
            ("[Deal!]!", "[Deal]!"),
            ("[Deal!]!", "[Deal!]"),
            ("[Deal!]!", "Deal!"),
            ("title: String!  note", "title: ID!  note"),
        ] {
            let faults = faults_when(&with(from, to), "");
            assert!(
                faults.len() == 1 && faults[0].contains("should give"),
                "{to}: {faults:?}"
            );
        }
        assert_eq!(
            faults_when(
                &with(
                    "title: String!  note: String  gate",
                    "title: String  note: String  gate"
                ),
                "Deal.title"
            )
            .len(),
            2,
            "listing it as missing does not excuse another shape"
        );
    }

    #[test]
    fn inputs_may_be_looser_but_not_stricter() {
        assert!(faults_when(&with("deal(id: ID!,", "deal(id: ID,"), "").is_empty());
        assert!(
            faults_when(
                &with("DealInput { title: String!", "DealInput { title: String"),
                ""
            )
            .is_empty()
        );
        assert!(faults_when(&with("stages: [Stage!]", "stages: [Stage]"), "").is_empty());
        for (from, to) in [
            ("asOf: DateTime", "asOf: DateTime!"),
            ("asOf: DateTime", "asOf: DateTime! = \"now\""),
            ("stages: [Stage!]", "stages: [Stage!]!"),
            ("asOf: DateTime", "asOf: String"),
        ] {
            let faults = faults_when(&with(from, to), "");
            assert!(
                faults.len() == 1 && faults[0].contains("should take"),
                "{to}: {faults:?}"
            );
        }
    }

    #[test]
    fn nothing_new_may_be_required() {
        let faults = faults_when(&with("deal(id: ID!,", "deal(id: ID!, why: String!,"), "");
        assert!(
            faults.len() == 1 && faults[0].starts_with("Query.deal(why:) is required"),
            "{faults:?}"
        );
        let faults = faults_when(&with("DealInput {", "DealInput { why: String!"), "");
        assert!(
            faults.len() == 1 && faults[0].starts_with("DealInput.why is required"),
            "{faults:?}"
        );
    }

    #[test]
    fn what_holds_by_default_is_part_of_the_promise() {
        let faults = faults_when(&with("first: Int = 50", "first: Int = 20"), "");
        assert_eq!(
            faults,
            ["Query.deals(first:) should be 50 when left out, but is 20"]
        );
        assert_eq!(faults_when(&with("first: Int = 50", "first: Int"), "").len(), 1);
    }

    #[test]
    fn a_type_of_another_kind_is_a_misfit() {
        let faults = faults_when(
            &with(
                "type Gate { open: Boolean! }",
                "interface Gate { open: Boolean! }",
            ),
            "",
        );
        assert_eq!(faults, ["Gate should be an object type, but is an interface"]);
    }

    #[test]
    fn extensions_count_as_part_of_their_type() {
        let served = with("  note: String  gate", "  gate") + " extend type Deal { note: String }";
        assert_eq!(faults_when(&served, ""), Vec::<String>::new());
    }
}
