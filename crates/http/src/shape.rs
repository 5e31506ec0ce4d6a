//! What the SDL says of types: enough to measure a document and to check its variables.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, OperationType, Type, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Positioned, Value};

/// Introspection brings lists within lists too, and no SDL tells of it.
const INTROSPECTION: &str = "
    type Query { __schema: __Schema! __type: __Type }
    type __Schema { types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type directives: [__Directive!]! }
    type __Type {
        fields: [__Field!] interfaces: [__Type!] possibleTypes: [__Type!] enumValues: [__EnumValue!]
        inputFields: [__InputValue!] ofType: __Type
    }
    type __Field { args: [__InputValue!]! type: __Type! }
    type __InputValue { type: __Type! }
    type __Directive { args: [__InputValue!]! }
";

/// The types of a schema by name.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    roots: HashMap<&'static str, String>,
    objects: HashMap<String, HashMap<String, Field>>,
    enums: HashMap<String, HashSet<String>>,
    inputs: HashMap<String, Input>,
}

/// A field of an object or an interface.
#[derive(Debug)]
pub(crate) struct Field {
    /// The named type at the heart of the field's type.
    pub base: String,
    /// Whether the field brings a list.
    pub list: bool,
    /// Default values of its arguments.
    pub defaults: HashMap<String, Value>,
}

/// An input object.
#[derive(Debug)]
pub(crate) struct Input {
    pub fields: HashMap<String, InputField>,
    /// Exactly one field is to be given.
    pub one_of: bool,
}

/// A field of an input object.
#[derive(Debug)]
pub(crate) struct InputField {
    pub ty: Type,
    pub required: bool,
}

fn base_of(ty: &Type) -> (&str, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(inner) => (base_of(inner).0, true),
    }
}

fn fields_of(definitions: &[Positioned<FieldDefinition>]) -> HashMap<String, Field> {
    definitions
        .iter()
        .map(|definition| {
            let definition = &definition.node;
            let (base, list) = base_of(&definition.ty.node);
            let defaults = definition
                .arguments
                .iter()
                .filter_map(|argument| {
                    let default = argument.node.default_value.as_ref()?;
                    Some((argument.node.name.node.to_string(), default.node.clone()))
                })
                .collect();
            (
                definition.name.node.to_string(),
                Field {
                    base: base.to_owned(),
                    list,
                    defaults,
                },
            )
        })
        .collect()
}

fn input_fields_of(definitions: &[Positioned<InputValueDefinition>]) -> HashMap<String, InputField> {
    definitions
        .iter()
        .map(|definition| {
            let definition = &definition.node;
            let ty = definition.ty.node.clone();
            let required = !ty.nullable && definition.default_value.is_none();
            (definition.name.node.to_string(), InputField { ty, required })
        })
        .collect()
}

impl Shape {
    /// Reads the SDL; the error says what is wrong with it.
    pub fn read(sdl: &str) -> Result<Self, String> {
        let mut shape = Self::of(sdl)?;
        for (name, fields) in Self::of(INTROSPECTION)?.objects {
            let name = if name == "Query" {
                shape.roots["query"].clone()
            } else {
                name
            };
            shape.objects.entry(name).or_default().extend(fields);
        }
        Ok(shape)
    }

    fn of(sdl: &str) -> Result<Self, String> {
        let document = parse_schema(sdl).map_err(|error| error.to_string())?;
        let mut shape = Self {
            roots: HashMap::from([
                ("query", "Query".to_owned()),
                ("mutation", "Mutation".to_owned()),
                ("subscription", "Subscription".to_owned()),
            ]),
            ..Self::default()
        };
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    let schema = schema.node;
                    for (operation, name) in [
                        ("query", schema.query),
                        ("mutation", schema.mutation),
                        ("subscription", schema.subscription),
                    ] {
                        if let Some(name) = name {
                            shape.roots.insert(operation, name.node.to_string());
                        }
                    }
                }
                TypeSystemDefinition::Type(ty) => {
                    let ty = ty.node;
                    let name = ty.name.node.to_string();
                    match &ty.kind {
                        TypeKind::Object(object) => {
                            shape.objects.insert(name, fields_of(&object.fields));
                        }
                        TypeKind::Interface(interface) => {
                            shape.objects.insert(name, fields_of(&interface.fields));
                        }
                        TypeKind::Enum(of) => {
                            let values = of
                                .values
                                .iter()
                                .map(|value| value.node.value.node.to_string())
                                .collect();
                            shape.enums.insert(name, values);
                        }
                        TypeKind::InputObject(input) => {
                            let one_of = ty
                                .directives
                                .iter()
                                .any(|directive| directive.node.name.node == "oneOf");
                            shape.inputs.insert(
                                name,
                                Input {
                                    fields: input_fields_of(&input.fields),
                                    one_of,
                                },
                            );
                        }
                        TypeKind::Scalar | TypeKind::Union(_) => {}
                    }
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        if shape
            .root(OperationType::Query)
            .is_some_and(|name| shape.objects.contains_key(name))
        {
            Ok(shape)
        } else {
            Err("it has no query type".to_owned())
        }
    }

    /// The name of the root type of an operation.
    pub fn root(&self, operation: OperationType) -> Option<&str> {
        let operation = match operation {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        self.roots.get(operation).map(String::as_str)
    }

    pub fn field(&self, ty: &str, field: &str) -> Option<&Field> {
        self.objects.get(ty)?.get(field)
    }

    pub fn enum_values(&self, name: &str) -> Option<&HashSet<String>> {
        self.enums.get(name)
    }

    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.get(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roots_are_the_ones_that_the_schema_names() {
        let shape = Shape::read(
            "schema { query: Root } type Root { items(first: Int = 7): [Item!]! } type Item { id: ID! }",
        )
        .unwrap();
        assert_eq!(shape.root(OperationType::Query), Some("Root"));
        let items = shape.field("Root", "items").unwrap();
        assert!(items.list && items.base == "Item" && items.defaults.contains_key("first"));
        assert!(shape.field("Root", "__schema").is_some());
        assert!(Shape::read("type Mutation { a: Int }").is_err());
        assert!(Shape::read("type {").is_err());
    }

    #[test]
    fn the_published_schema_can_be_read() {
        let sdl = include_str!("../../../schema.graphql");
        let shape = Shape::read(sdl).unwrap();
        assert!(shape.field("Query", "viewer").is_some());
    }
}
