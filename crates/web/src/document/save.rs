//! Adding a document that a form described: a link, a file, or both.

use cynic::MutationBuilder;
use serde_json::{Map, Value, json};

use super::DocumentKind;
use crate::answer::UserError;
use crate::doors::{AddFile, HeldFile};
use crate::form::{Fault, Sent};
use crate::problem::Problem;
use crate::send::{self, Written};
use crate::visit::Visit;
use crate::{Site, schema};

#[derive(cynic::QueryVariables)]
struct CreateDocumentVariables {
    input: CreateDocumentInput,
}

#[derive(cynic::InputObject)]
struct CreateDocumentInput {
    kind: DocumentKind,
    title: String,
}

/// Adding a document.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateDocumentVariables")]
struct CreateDocument {
    #[arguments(input: $input)]
    create_document: DocumentPayload,
}

#[derive(cynic::QueryFragment)]
struct DocumentPayload {
    document: Option<SavedDocument>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Document")]
struct SavedDocument {
    id: cynic::Id,
}

/// The document of the mutation.
pub(crate) fn document() -> String {
    let input = CreateDocumentInput {
        kind: DocumentKind::Other,
        title: String::new(),
    };
    CreateDocument::build(CreateDocumentVariables { input }).query
}

/// What a form says of a document beside its title and link.
const MORE: [&str; 4] = ["kind", "publisher", "byline", "note"];

/// Adds the document of a startup that stands in the fields behind `prefix`. Its id, or what is wrong with it.
pub(crate) async fn save(
    site: &Site,
    visit: &Visit,
    startup: &str,
    sent: &Sent,
    prefix: &str,
    file: Option<&HeldFile>,
    key: &str,
) -> Result<Result<String, Vec<Fault>>, Problem> {
    let words = visit.words();
    let text = |name: &str| sent.some(&format!("{prefix}{name}"));
    let mut fields = vec![("startup", startup.to_owned())];
    fields.extend(text("title").map(|title| ("title", title.to_owned())));
    fields.extend(text("url").map(|url| ("url", whole(url))));
    for name in MORE {
        fields.extend(text(name).map(|value| (name, value.to_owned())));
    }
    let written: Written<CreateDocument> = if let Some(file) = file {
        let add = AddFile {
            fields: &fields,
            file,
            key,
        };
        send::add_file(site, visit, add).await?
    } else {
        let mut input: Map<String, Value> = fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        input.entry("title").or_insert_with(|| json!(""));
        input
            .entry("kind")
            .or_insert_with(|| json!(DocumentKind::Other.code()));
        let variables = json!({ "input": input });
        send::write(site, visit, &document(), &variables, "CreateDocument", key).await?
    };
    let payload = match written {
        Written::Refused(reason) => return Ok(Err(vec![Fault::new("", send::plain(&reason, words))])),
        Written::Done(done) => done.create_document,
    };
    Ok(payload
        .document
        .map(|saved| saved.id.into_inner())
        .ok_or_else(|| {
            let told = payload.user_errors.iter().map(|error| {
                let field = error.path();
                Fault::of(error, format!("{prefix}{field}"), words)
            });
            told.collect()
        }))
}

/// An address as people type it, with how it is reached.
fn whole(url: &str) -> String {
    if url.contains("://") {
        url.to_owned()
    } else {
        format!("https://{url}")
    }
}
