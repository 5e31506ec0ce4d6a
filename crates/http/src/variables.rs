//! Variables against their definitions, also those the document never uses.
//!
//! Own scalars are left to the schema, which knows their form.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::shape::Shape;

/// Checks that every variable defined has a value of its type.
pub(crate) fn check(
    shape: &Shape,
    operation: &OperationDefinition,
    given: &Map<String, Value>,
) -> Result<(), Fault> {
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        let ty = &definition.node.var_type.node;
        let outcome = match given.get(name) {
            None if ty.nullable || definition.node.default_value.is_some() => Ok(()),
            None => Err(Wrong::new(
                "",
                format!("a value of type {ty} is required"),
                format!("必须提供类型为 {ty} 的值"),
            )),
            Some(value) => fits(shape, ty, value),
        };
        outcome.map_err(|wrong| {
            Fault::bad_document(
                format!("Variable ${name}{}: {}.", wrong.place, wrong.en),
                format!("变量 ${name}{}:{}。", wrong.place, wrong.zh),
            )
            .at(definition.pos)
        })?;
    }
    Ok(())
}

struct Wrong {
    place: String,
    en: String,
    zh: String,
}

impl Wrong {
    fn new(place: &str, en: String, zh: String) -> Self {
        Self {
            place: place.to_owned(),
            en,
            zh,
        }
    }

    fn within(self, outer: &str) -> Self {
        Self {
            place: format!("{outer}{}", self.place),
            ..self
        }
    }
}

/// A value as a caller may recognise it, but not all of a long one.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Array(_) => return "a list".to_owned(),
        Value::Object(_) => return "an object".to_owned(),
        plain => plain.to_string(),
    };
    if text.chars().count() > 60 {
        text.chars().take(60).chain(['…']).collect()
    } else {
        text
    }
}

fn fits(shape: &Shape, ty: &Type, value: &Value) -> Result<(), Wrong> {
    if value.is_null() {
        return if ty.nullable {
            Ok(())
        } else {
            Err(Wrong::new(
                "",
                format!("null is not a {ty}"),
                format!("null 不是 {ty}"),
            ))
        };
    }
    let name = match (&ty.base, value) {
        (BaseType::List(inner), Value::Array(items)) => {
            return items.iter().enumerate().try_for_each(|(at, item)| {
                fits(shape, inner, item).map_err(|wrong| wrong.within(&format!("[{at}]")))
            });
        }
        // One value stands for a list of one.
        (BaseType::List(inner), _) => return fits(shape, inner, value),
        (BaseType::Named(name), _) => name.as_str(),
    };
    if let Some(values) = shape.enum_values(name) {
        let known = value.as_str().is_some_and(|text| values.contains(text));
        return if known { Ok(()) } else { Err(unfit(ty, value)) };
    }
    if let Some(input) = shape.input(name) {
        let Value::Object(given) = value else {
            return Err(unfit(ty, value));
        };
        for (key, item) in given {
            let Some(field) = input.fields.get(key) else {
                return Err(Wrong::new(
                    &format!(".{key}"),
                    format!("{name} has no such field"),
                    format!("{name} 没有此字段"),
                ));
            };
            fits(shape, &field.ty, item).map_err(|wrong| wrong.within(&format!(".{key}")))?;
        }
        if let Some((key, field)) = input
            .fields
            .iter()
            .find(|(key, field)| field.required && !given.contains_key(*key))
        {
            return Err(Wrong::new(
                &format!(".{key}"),
                format!("a value of type {} is required", field.ty),
                format!("必须提供类型为 {} 的值", field.ty),
            ));
        }
        if input.one_of && (given.len() != 1 || given.values().any(Value::is_null)) {
            return Err(Wrong::new(
                "",
                format!("exactly one field of {name} is to be given"),
                format!("{name} 必须且只能提供一个字段"),
            ));
        }
        return Ok(());
    }
    let fit = match name {
        "Int" => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        "Float" => value.is_number(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "ID" => value.is_string() || value.is_i64() || value.is_u64(),
        _ => true,
    };
    if fit { Ok(()) } else { Err(unfit(ty, value)) }
}

fn unfit(ty: &Type, value: &Value) -> Wrong {
    let shown = shown(value);
    Wrong::new("", format!("{shown} is not a {ty}"), format!("{shown} 不是 {ty}"))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;
    use crate::gate::Language;

    const SDL: &str = "
        type Query { a: Int }
        enum Stage { NEW DONE }
        input Filter { stage: Stage!, sizes: [Int!], page: Int! = 1, inner: Filter }
        input Pick @oneOf { id: ID, slug: String }
        scalar Day
    ";

    fn outcome(definition: &str, value: serde_json::Value) -> Result<(), String> {
        let shape = Shape::read(SDL).unwrap();
        let document = parse_query(format!("query ({definition}) {{ a }}")).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        check(&shape, &operation.node, value.as_object().unwrap())
            .map_err(|fault| fault.words(Language::En).to_owned())
    }

    #[test]
    fn values_of_their_type_pass() {
        for (definition, value) in [
            ("$v: Int", json!({})),
            ("$v: Int! = 3", json!({})),
            ("$v: Int", json!({"v": null})),
            ("$v: [Int!]!", json!({"v": 1})),
            ("$v: [[Int]]", json!({"v": [[1, null], null]})),
            ("$v: ID!", json!({"v": 12})),
            ("$v: Float!", json!({"v": 1})),
            ("$v: Stage", json!({"v": "NEW"})),
            (
                "$v: Filter!",
                json!({"v": {"stage": "NEW", "sizes": [1], "inner": {"stage": "DONE"}}}),
            ),
            ("$v: Pick!", json!({"v": {"id": "x"}})),
            ("$v: Day!", json!({"v": "whatever"})),
            ("$v: Int", json!({"other": "ignored"})),
        ] {
            assert_eq!(outcome(definition, value), Ok(()), "{definition}");
        }
    }

    #[test]
    fn other_values_are_named_with_their_place() {
        for (definition, value, words) in [
            (
                "$v: Int!",
                json!({}),
                "Variable $v: a value of type Int! is required.",
            ),
            ("$v: ID!", json!({"v": null}), "Variable $v: null is not a ID!."),
            (
                "$v: Int",
                json!({"v": 3_000_000_000_u64}),
                "Variable $v: 3000000000 is not a Int.",
            ),
            ("$v: Int", json!({"v": 1.5}), "Variable $v: 1.5 is not a Int."),
            ("$v: String", json!({"v": 1}), "Variable $v: 1 is not a String."),
            (
                "$v: [Int!]",
                json!({"v": [1, "2"]}),
                "Variable $v[1]: \"2\" is not a Int!.",
            ),
            (
                "$v: Stage",
                json!({"v": "OLD"}),
                "Variable $v: \"OLD\" is not a Stage.",
            ),
            (
                "$v: Filter",
                json!({"v": {}}),
                "Variable $v.stage: a value of type Stage! is required.",
            ),
            (
                "$v: Filter",
                json!({"v": {"stage": "NEW", "inner": {"stage": 1}}}),
                "Variable $v.inner.stage: 1 is not a Stage!.",
            ),
            (
                "$v: Filter",
                json!({"v": {"stag": "NEW"}}),
                "Variable $v.stag: Filter has no such field.",
            ),
            (
                "$v: Pick",
                json!({"v": {"id": "x", "slug": "y"}}),
                "Variable $v: exactly one field of Pick is to be given.",
            ),
        ] {
            assert_eq!(outcome(definition, value), Err(words.to_owned()), "{definition}");
        }
    }
}
