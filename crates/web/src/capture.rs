//! Quick add: what one just heard of, kept at once.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use cynic::{MutationBuilder, QueryBuilder};
use url::form_urlencoded;

use crate::answer::{Url, UserError, UserErrorCode};
use crate::deal::Channel;
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Pick, Sent};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::shell::{Crumb, Shell};
use crate::startup::form::writer;
use crate::startup::path;
use crate::viewer::Viewer;
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, schema};

/// The address of the form.
pub(crate) const ADDRESS: &str = "/add";

/// Who is about to add something.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct CaptureNew {
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryVariables)]
struct CaptureDealVariables {
    input: CaptureDealInput,
}

#[derive(cynic::InputObject)]
struct CaptureDealInput {
    name: String,
    #[cynic(skip_serializing_if = "Option::is_none")]
    website: Option<Url>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    one_liner: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    brought_by: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    channel: Option<Channel>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// Adding it.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CaptureDealVariables")]
struct CaptureDeal {
    #[arguments(input: $input)]
    capture_deal: DealPayload,
}

#[derive(cynic::QueryFragment)]
struct DealPayload {
    deal: Option<Captured>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct Captured {
    startup: CapturedStartup,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct CapturedStartup {
    id: cynic::Id,
}

fn new_document() -> String {
    CaptureNew::build(()).query
}

fn capture_document() -> String {
    let input = CaptureDealInput {
        name: String::new(),
        website: None,
        one_liner: None,
        brought_by: None,
        channel: None,
        text: None,
    };
    CaptureDeal::build(CaptureDealVariables { input }).query
}

/// The documents of the form.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("capture_new.graphql", new_document()),
        ("capture.graphql", capture_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit) -> Response {
    let mut sent = Sent::default();
    // A search that found nothing may lead here with its words.
    sent.put_some("name", visit.parameter("name"));
    form(&site, &visit, &sent, Vec::new(), StatusCode::OK)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn create(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    add(&site, &visit, &headers, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn form(
    site: &Site,
    visit: &Visit,
    sent: &Sent,
    faults: Vec<Fault>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = visit.words();
    let w = words.work();
    let variables = serde_json::json!({});
    let found: CaptureNew = send::read_record(site, visit, new_document(), variables, "CaptureNew").await?;
    let viewer = writer(found.viewer)?;
    let mut shell = Shell::new(site, visit, w.quick_add);
    shell.user = Some(viewer.menu(words));
    ADDRESS.clone_into(&mut shell.back);
    shell.crumbs = vec![
        Crumb {
            name: w.my_work.to_owned(),
            link: Some("/".to_owned()),
        },
        Crumb {
            name: w.quick_add.to_owned(),
            link: None,
        },
    ];
    let channels = Channel::ALL.iter();
    let channels = channels.map(|one| Pick::new(one.code(), one.word(words), sent.text("channel")));
    let fields = vec![
        Field::line("name", w.name, sent).required().first(),
        Field::address("website", w.website, sent).hint(w.website_hint),
        Field::line("oneLiner", w.one_liner, sent),
        Field::line("broughtBy", w.brought_by, sent),
        Field::new("channel", w.channel, sent, Input::Select(channels.collect())),
        Field::area("text", w.text, sent, 8).hint(w.text_hint),
    ];
    let page = FormPage::new(FormParts {
        shell,
        heading: w.quick_add.to_owned(),
        lead: vec![w.quick_add_about.to_owned()],
        cancel: "/".to_owned(),
        submit: w.add,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: vec![Group {
            id: "capture",
            legend: "",
            hint: "",
            rows: fields.into_iter().map(Into::into).collect(),
        }],
        foretelling: None,
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn add(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let Some(name) = sent.some("name") else {
        let fault = Fault::new("name", words.work().say_name.to_owned());
        return form(site, visit, &sent, vec![fault], StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let input = CaptureDealInput {
        name: name.to_owned(),
        website: sent.some("website").map(|text| Url(address(text))),
        one_liner: sent.some("oneLiner").map(str::to_owned),
        brought_by: sent.some("broughtBy").map(str::to_owned),
        channel: Channel::from_code(sent.text("channel")),
        text: sent.some("text").map(str::to_owned),
    };
    let variables = send::variables(&CaptureDealVariables { input })?;
    let key = sent.text("key").to_owned();
    let written = send::write(site, visit, &capture_document(), &variables, "CaptureDeal", &key).await?;
    let found = match written {
        Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
        Written::Done(CaptureDeal { capture_deal }) => match capture_deal.deal {
            Some(deal) => {
                let address = path(deal.startup.id.inner());
                return Ok(Redirect::to(&send::with_note(&address, "captured")).into_response());
            }
            None => faults(&capture_deal.user_errors, name, words),
        },
    };
    form(site, visit, &sent, found, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// A web address as people type it: one without a scheme is taken for one of the web.
fn address(text: &str) -> String {
    if text.contains("://") || !text.contains('.') {
        text.to_owned()
    } else {
        format!("https://{text}")
    }
}

fn faults(errors: &[UserError], name: &str, words: &Words) -> Vec<Fault> {
    let of = |error: &UserError| {
        let field = error.field.as_deref().unwrap_or_default().join(".");
        let mut fault = Fault::of(error, field, words);
        // Several may be meant: here they are, side by side.
        if error.code == UserErrorCode::Conflict {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("q", name)
                .finish();
            fault.link = Some((format!("/startups?{query}"), words.work().look_for_it.to_owned()));
        }
        fault
    };
    errors.iter().map(of).collect()
}
