//! From what came over the wire to a request that may be executed.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
};
use async_graphql::parser::{self, parse_query};
use async_graphql::{Positioned, Request, Variables};
use lru::LruCache;
use serde_json::{Map, Value};

use crate::fault::{Code, Fault};
use crate::limits::Limits;
use crate::measure::{self, Cost, Measure};
use crate::shape::Shape;
use crate::variables;

/// The parts of a GraphQL request, of the right JSON types and otherwise unchecked.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    pub query: String,
    pub operation_name: Option<String>,
    pub variables: Map<String, Value>,
}

impl Wire {
    /// Reads the JSON of a request's body or of a socket's subscribe message.
    pub fn from_json(json: Value) -> Result<Self, Fault> {
        let mut object = match json {
            Value::Object(object) => object,
            Value::Array(_) => {
                return Err(Fault::bad_request(
                    "The body is a list of requests; send them one by one.",
                    "请求体是一组请求,请逐个发送。",
                ));
            }
            _ => {
                return Err(Fault::bad_request(
                    "The body must be a JSON object with a query.",
                    "请求体必须是带有 query 的 JSON 对象。",
                ));
            }
        };
        let query = match object.remove("query") {
            Some(Value::String(query)) => query,
            Some(_) => {
                return Err(Fault::bad_request(
                    "query must be a string.",
                    "query 必须是字符串。",
                ));
            }
            None => return Err(Fault::bad_request("The query is missing.", "缺少 query。")),
        };
        let operation_name = match object.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            Some(_) => {
                return Err(Fault::bad_request(
                    "operationName must be a string or null.",
                    "operationName 必须是字符串或 null。",
                ));
            }
        };
        let variables = map_or_null("variables", object.remove("variables"))?;
        map_or_null("extensions", object.remove("extensions"))?;
        Ok(Self {
            query,
            operation_name,
            variables,
        })
    }

    /// Reads the parameters of a URL, whose variables and extensions are JSON texts.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Result<Self, Fault> {
        let mut object = Map::new();
        for (name, value) in pairs {
            let value = match name.as_str() {
                "query" | "operationName" => Value::String(value),
                "variables" | "extensions" if value.is_empty() => Value::Null,
                "variables" | "extensions" => {
                    serde_json::from_str(&value).map_err(|error| not_json(&name, &error))?
                }
                _ => continue,
            };
            object.insert(name, value);
        }
        Self::from_json(Value::Object(object))
    }
}

/// What is said of a text that is no JSON.
pub(crate) fn not_json(what: &str, error: &serde_json::Error) -> Fault {
    let (line, column) = (error.line(), error.column());
    if error.to_string().starts_with("recursion limit") {
        return Fault::bad_request(
            format!("{what} has lists or objects nested too deep, at line {line}, column {column}."),
            format!("{what} 嵌套过深(第 {line} 行第 {column} 列)。"),
        );
    }
    Fault::bad_request(
        format!("{what} is not valid JSON, at line {line}, column {column}."),
        format!("{what} 不是有效的 JSON(第 {line} 行第 {column} 列)。"),
    )
}

fn map_or_null(name: &str, value: Option<Value>) -> Result<Map<String, Value>, Fault> {
    match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(Fault::bad_request(
            format!("{name} must be an object or null."),
            format!("{name} 必须是对象或 null。"),
        )),
    }
}

/// A request that passed every check made before execution.
pub(crate) struct Prepared {
    pub request: Request,
    pub operation: OperationType,
    pub cost: Cost,
}

/// How many documents are kept parsed: more than the pages and a fund's scripts send.
const KEPT: NonZeroUsize = NonZeroUsize::new(256).expect("it is not zero");
/// How long one may be that is kept, in bytes.
const KEPT_BYTES: usize = 16 * 1024;

/// Documents that were parsed: clients send few different ones, each many times.
pub(crate) struct Documents(Mutex<LruCache<String, Arc<ExecutableDocument>>>);

impl Default for Documents {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }
}

impl Documents {
    fn parse(&self, text: &str) -> Result<Arc<ExecutableDocument>, parser::Error> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(text) {
            return Ok(Arc::clone(known));
        }
        let document = Arc::new(parse_query(text)?);
        if text.len() <= KEPT_BYTES {
            kept().put(text.to_owned(), Arc::clone(&document));
        }
        Ok(document)
    }
}

/// Parses, measures and checks a document.
pub(crate) fn prepare(
    documents: &Documents,
    shape: &Shape,
    limits: &Limits,
    anonymous: bool,
    wire: Wire,
) -> Result<Prepared, Fault> {
    let bytes = wire.query.len() as u64;
    if bytes > limits.document_bytes.into() {
        return Err(Fault::too_complex(
            ("bytes", "字节数"),
            bytes,
            limits.document_bytes,
        ));
    }
    let nesting = measure::nesting(&wire.query) as u64;
    if nesting > limits.nesting.into() {
        return Err(Fault::too_complex(
            ("levels of brackets", "括号层数"),
            nesting,
            limits.nesting,
        ));
    }
    let document = documents.parse(&wire.query).map_err(|error| unparsed(&error))?;
    let operation = choose(&document, wire.operation_name.as_deref())?;
    let ty = operation.node.ty;
    let cost = Measure::document(shape, limits, &document, &operation.node, &wire.variables)?;
    if anonymous {
        measure::check_open(shape, &document, &operation.node)?;
    }
    if ty == OperationType::Subscription {
        measure::check_single_root(&document, &operation.node)?;
    }
    variables::check(shape, &operation.node, &wire.variables)?;

    let mut request = Request::new(wire.query).variables(Variables::from_json(Value::Object(wire.variables)));
    request.operation_name = wire.operation_name;
    request.set_parsed_query(ExecutableDocument::clone(&document));
    Ok(Prepared {
        request,
        operation: ty,
        cost,
    })
}

fn choose<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a Positioned<OperationDefinition>, Fault> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(operation),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().ok_or_else(|| unnamed(0))
        }
        (DocumentOperations::Multiple(operations), None) => Err(unnamed(operations.len())),
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).ok_or_else(|| unknown(name))
        }
        (DocumentOperations::Single(_), Some(name)) => Err(unknown(name)),
    }
}

fn unnamed(found: usize) -> Fault {
    Fault::bad_document(
        format!("The document has {found} operations; operationName must say which one to run."),
        format!("该文档包含 {found} 个操作,必须用 operationName 指明要执行的操作。"),
    )
}

fn unknown(name: &str) -> Fault {
    Fault::bad_document(
        format!("The document has no operation named \"{name}\"."),
        format!("该文档中没有名为“{name}”的操作。"),
    )
}

fn unparsed(error: &parser::Error) -> Fault {
    let position = error.positions().next();
    match error {
        parser::Error::Syntax { message, .. } => {
            // The last line says what was expected; the lines before it draw the place, which `locations` tells.
            let expected = message
                .lines()
                .rev()
                .find_map(|line| line.trim().strip_prefix("= "))
                .unwrap_or_default();
            let fault = Fault::bad_document(
                format!("The document cannot be read here: {expected}."),
                format!("文档此处无法解析:{expected}。"),
            );
            position.map_or(fault.clone(), |position| fault.at(position))
        }
        parser::Error::RecursionLimitExceeded => Fault::document(
            Code::TooComplex,
            "The document's selections are nested too deep.",
            "该文档的选择项嵌套过深。",
        ),
        other => {
            let words = other.to_string();
            let fault = Fault::bad_document(words.clone(), words);
            position.map_or(fault.clone(), |position| fault.at(position))
        }
    }
}
