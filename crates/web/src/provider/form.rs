//! Adding a provider.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::json;

use super::{ADDRESS, Named, path, shell};
use crate::answer::UserError;
use crate::belief::form::parts;
use crate::form::{Fault, Field, FormPage, FormParts, Sent, status_of};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::viewer::{Viewer, writer};
use crate::visit::{Visit, is_from_our_page};
use crate::{Site, schema};

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ProviderNew {
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryVariables)]
struct CreateProviderVariables {
    input: CreateProviderInput,
}

#[derive(cynic::InputObject)]
struct CreateProviderInput {
    name: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateProviderVariables")]
struct CreateProvider {
    #[arguments(input: $input)]
    create_provider: ProviderPayload,
}

#[derive(cynic::QueryFragment)]
struct ProviderPayload {
    provider: Option<Named>,
    user_errors: Vec<UserError>,
}

fn new_document() -> String {
    ProviderNew::build(()).query
}

fn create_document() -> String {
    let input = CreateProviderInput { name: String::new() };
    CreateProvider::build(CreateProviderVariables { input }).query
}

pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("provider_new.graphql", new_document()),
        ("provider_create.graphql", create_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit) -> Response {
    let answer = form(&site, &visit, &Sent::default(), Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn create(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = add(&site, &visit, &headers, &body).await;
    answered(&site, &visit, answer)
}

async fn form(site: &Site, visit: &Visit, sent: &Sent, faults: Vec<Fault>) -> Result<Response, Problem> {
    let p = visit.words().providers();
    let found: ProviderNew = send::read_record(site, visit, new_document(), json!({}), "ProviderNew").await?;
    let mut shell = shell(site, visit, writer(found.viewer)?, None, Some(p.add));
    visit.uri.path().clone_into(&mut shell.back);
    let status = status_of(&faults);
    let name = Field::line("name", p.name, sent)
        .hint(p.name_hint)
        .required()
        .first();
    let page = FormPage::new(FormParts {
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        ..parts(shell, p.add, ADDRESS.to_owned(), p.save, vec![name.into()])
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn add(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let faults = match sent.some("name") {
        None => vec![Fault::new("name", words.providers().say_name.to_owned())],
        Some(name) => {
            let variables = json!({ "input": { "name": name } });
            let key = sent.text("key");
            let document = create_document();
            match send::write(site, visit, &document, &variables, "CreateProvider", key).await? {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(CreateProvider { create_provider }) => match create_provider.provider {
                    Some(provider) => {
                        let address = send::with_note(&path(provider.id.inner()), "added");
                        return Ok(Redirect::to(&address).into_response());
                    }
                    None => create_provider
                        .user_errors
                        .iter()
                        .map(|error| Fault::of(error, error.path(), words))
                        .collect(),
                },
            }
        }
    };
    form(site, visit, &sent, faults).await
}
