//! Quick add: what one just heard of, kept at once.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cynic::{MutationBuilder, QueryBuilder};
use url::form_urlencoded;

use crate::answer::{Outcome, Url, UserError, UserErrorCode};
use crate::deal::Channel;
use crate::doors::{CaptureFiles, FileField, HeldFile};
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Pick, Sent};
use crate::problem::{self, Problem};
use crate::send::{self, Parcel, Written};
use crate::shell::{Shell, way};
use crate::startup::path;
use crate::task::StartupName;
use crate::viewer::{Viewer, writer};
use crate::visit::Visit;
use crate::words::{Words, WorkWords};
use crate::{Language, Site, schema};

/// The address of the form.
pub(crate) const ADDRESS: &str = "/add";

/// The field of the files, and how many it takes.
const FILES: &str = "files";
const FILES_LIMIT: usize = 10;

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
    #[cynic(skip_serializing_if = "Option::is_none")]
    link: Option<Url>,
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

#[derive(cynic::QueryVariables)]
struct KnownStartupsVariables {
    name: String,
    website: Option<Url>,
}

/// Who is here already under a name or a web site.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "KnownStartupsVariables")]
struct KnownStartups {
    #[arguments(name: $name, website: $website)]
    known_startups: Vec<KnownStartup>,
}

#[derive(cynic::QueryFragment)]
struct KnownStartup {
    startup: StartupName,
    by: KnownBy,
}

/// By what a startup is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
enum KnownBy {
    Domain,
    Name,
}

/// Who is here already, as a script puts it beside what is being typed.
#[derive(Template)]
#[template(path = "capture_known.html")]
struct KnownPart {
    h: &'static WorkWords,
    lines: Vec<KnownLine>,
}

struct KnownLine {
    address: String,
    name: String,
    lang: &'static str,
    by: &'static str,
}

fn new_document() -> String {
    CaptureNew::build(()).query
}

fn known_document() -> String {
    KnownStartups::build(KnownStartupsVariables {
        name: String::new(),
        website: None,
    })
    .query
}

fn capture_document() -> String {
    let input = CaptureDealInput {
        name: String::new(),
        website: None,
        one_liner: None,
        brought_by: None,
        channel: None,
        text: None,
        link: None,
    };
    CaptureDeal::build(CaptureDealVariables { input }).query
}

/// The documents of the form.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("capture_new.graphql", new_document()),
        ("capture.graphql", capture_document()),
        ("capture_known.graphql", known_document()),
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

pub(crate) async fn create(State(site): State<Site>, visit: Visit, request: Request) -> Response {
    add(&site, &visit, request)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// What is said while a name or a web site is being typed.
pub(crate) async fn known(State(site): State<Site>, visit: Visit) -> Response {
    let typed = |name| visit.parameter(name).unwrap_or_default();
    let answer = match known_as(&site, &visit, &typed("name"), Some(&typed("website"))).await {
        Ok(found) => {
            let words = visit.words();
            let h = words.work();
            let lines = found.into_iter().map(|known| KnownLine {
                address: path(known.startup.id.inner()),
                lang: match Language::of_name(&known.startup.name) {
                    language if language == words.language => "",
                    language => language.tag(),
                },
                name: known.startup.name,
                by: match known.by {
                    KnownBy::Domain => h.same_domain,
                    KnownBy::Name => h.same_name,
                },
            });
            let part = KnownPart {
                h,
                lines: lines.collect(),
            };
            problem::page(StatusCode::OK, visit.language.tag(), &part)
        }
        Err(problem) => Err(problem),
    };
    answer.unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// Who is here already. What is no web site yet, as it is being typed, knows nobody.
async fn known_as(
    site: &Site,
    visit: &Visit,
    name: &str,
    website: Option<&str>,
) -> Result<Vec<KnownStartup>, Problem> {
    let website = website.map(str::trim).filter(|text| !text.is_empty());
    let variables = send::variables(&KnownStartupsVariables {
        name: name.to_owned(),
        website: website.map(|text| Url(address(text))),
    })?;
    let found: Outcome<KnownStartups> =
        send::read(site, visit, known_document(), variables, "KnownStartups").await?;
    Ok(match found {
        Outcome::Data(found) => found.known_startups,
        Outcome::Refused(_) => Vec::new(),
    })
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
    shell.crumbs = way((w.my_work, "/"), None, w.quick_add);
    let channels = Channel::ALL.iter();
    let channels = channels.map(|one| Pick::new(one.code(), one.word(words), sent.text("channel")));
    let fields = vec![
        Field::line("name", w.name, sent).required().first(),
        Field::address("website", w.website, sent).hint(w.website_hint),
        Field::line("oneLiner", w.one_liner, sent),
        Field::line("broughtBy", w.brought_by, sent),
        Field::new("channel", w.channel, sent, Input::Select(channels.collect())),
        Field::area("text", w.text, sent, 8).hint(w.text_hint),
        Field::address("link", w.link, sent).hint(w.link_hint),
        Field::new(FILES, w.files, sent, Input::File).hint(w.files_hint),
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

async fn add(site: &Site, visit: &Visit, request: Request) -> Result<Response, Problem> {
    let words = visit.words();
    let field = FileField {
        name: FILES,
        most: FILES_LIMIT,
    };
    let Parcel {
        sent,
        file,
        more,
        fault,
    } = send::receive_several(site, visit, request, field).await?;
    let mut wrong: Vec<Fault> = fault.into_iter().collect();
    if sent.some("name").is_none() {
        wrong.push(Fault::new("name", words.work().say_name.to_owned()));
    }
    if !wrong.is_empty() {
        return form(site, visit, &sent, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let files: Vec<HeldFile> = file.into_iter().chain(more).collect();
    // Asked before: afterwards the newcomer itself is known.
    let known = known_as(site, visit, sent.text("name"), sent.some("website")).await?;
    let payload = match write(site, visit, &sent, &files).await? {
        Written::Done(CaptureDeal { capture_deal }) => capture_deal,
        Written::Refused(reason) => {
            let fault = Fault::new("", send::plain(&reason, words));
            return form(site, visit, &sent, vec![fault], StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let Some(deal) = payload.deal else {
        let found = faults(&payload.user_errors, sent.text("name"), words);
        return form(site, visit, &sent, found, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = deal.startup.id;
    let note = match known.iter().find(|known| known.startup.id == id) {
        Some(known) if known.by == KnownBy::Domain => "known-domain",
        Some(_) => "known-name",
        None => "captured",
    };
    Ok(Redirect::to(&send::with_note(&path(id.inner()), note)).into_response())
}

/// Keeps what was typed, and the files with it.
async fn write(
    site: &Site,
    visit: &Visit,
    sent: &Sent,
    files: &[HeldFile],
) -> Result<Written<CaptureDeal>, Problem> {
    let text = |name: &str| sent.some(name).map(str::to_owned);
    let key = sent.text("key").to_owned();
    let channel = Channel::from_code(sent.text("channel"));
    let web = |name: &str| sent.some(name).map(address);
    if !files.is_empty() {
        let said = [
            ("name", text("name")),
            ("website", web("website")),
            ("oneLiner", text("oneLiner")),
            ("broughtBy", text("broughtBy")),
            ("channel", channel.map(|channel| channel.code().to_owned())),
            ("text", text("text")),
            ("link", web("link")),
        ];
        let fields: Vec<(&str, String)> = said
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        let capture = CaptureFiles {
            fields: &fields,
            files,
            key: &key,
        };
        return send::capture(site, visit, capture).await;
    }
    let input = CaptureDealInput {
        name: text("name").unwrap_or_default(),
        website: web("website").map(Url),
        one_liner: text("oneLiner"),
        brought_by: text("broughtBy"),
        channel,
        text: text("text"),
        link: web("link").map(Url),
    };
    let variables = send::variables(&CaptureDealVariables { input })?;
    send::write(site, visit, &capture_document(), &variables, "CaptureDeal", &key).await
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
        let field = match error.field.as_deref().unwrap_or_default() {
            // Which of the files it is, its sentence says.
            [first, ..] if first == FILES => FILES.to_owned(),
            path => path.join("."),
        };
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
