//! Adding a document to a startup: a file, or a link.

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{DocumentKind, save};
use crate::Site;
use crate::evidence::form::{OfStartup, finished, of_startup};
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Pick, Row, Sent, status_of};
use crate::problem::{self, Problem};
use crate::send::{self, Parcel};
use crate::shell::Shell;
use crate::startup::form::crumbs;
use crate::startup::{anchor, path};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::Words;

/// The field of the file.
const FILE: &str = "file";

/// Whether the form is for a link alone.
fn is_link(visit: &Visit) -> bool {
    visit.parameter("by").as_deref() == Some("link")
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = match of_startup(&site, &visit, &id).await {
        Ok(found) => show(&site, &visit, found, &Sent::default(), Vec::new()),
        Err(problem) => Err(problem),
    };
    finished(&site, &visit, answer)
}

pub(crate) async fn add(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    finished(&site, &visit, submit(&site, &visit, &id, request).await)
}

async fn submit(site: &Site, visit: &Visit, id: &str, request: Request) -> Result<Response, Problem> {
    let Parcel {
        sent,
        file,
        fault,
        more: _,
    } = send::receive(site, visit, request, FILE).await?;
    let saved = if let Some(fault) = fault {
        Err(vec![fault])
    } else if file.is_none() && sent.some("url").is_none() {
        let f = visit.words().form();
        Err(vec![if is_link(visit) {
            Fault::new("url", f.say_link.to_owned())
        } else {
            Fault::new(FILE, f.say_file_or_link.to_owned())
        }])
    } else {
        save::save(site, visit, id, &sent, "", file.as_ref(), sent.text("key")).await?
    };
    match saved {
        Ok(document) => {
            let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
            let page = format!("{}#{}", path(&id), anchor(&document));
            Ok(Redirect::to(&send::with_note(&page, "attached")).into_response())
        }
        Err(faults) => {
            let found = of_startup(site, visit, id).await?;
            show(site, visit, found, &sent, faults)
        }
    }
}

fn show(
    site: &Site,
    visit: &Visit,
    (viewer, startup): (Viewer, OfStartup),
    sent: &Sent,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let f = words.form();
    let status = status_of(&faults);
    let heading = if is_link(visit) { f.add_link } else { f.add_file };
    let address = path(startup.id.inner());
    let mut shell = Shell::new(site, visit, &format!("{heading} · {}", startup.name));
    shell.user = Some(viewer.menu(words));
    shell.back = visit.lasting_address();
    shell.crumbs = crumbs(words.startups, Some((&startup.name, &address)), heading);
    let page = FormPage::new(FormParts {
        shell,
        heading: heading.to_owned(),
        lead: vec![startup.name.clone()],
        cancel: format!("{address}#documents"),
        submit: heading,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: vec![fields(sent, is_link(visit), words)],
        foretelling: None,
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

/// The fields of a document.
fn fields(sent: &Sent, is_link: bool, words: &Words) -> Group {
    let f = words.form();
    let title = Field::line("title", f.document_title, sent);
    let link = Field::address("url", f.link, sent);
    let mut rows: Vec<Row> = if is_link {
        vec![link.required().into(), title.required().into()]
    } else {
        vec![
            file(FILE, sent, words).into(),
            title.hint(f.document_title_hint).into(),
            link.hint(f.file_link_hint).into(),
        ]
    };
    rows.extend([
        kind("kind", sent, words).into(),
        Field::line("publisher", f.publisher, sent)
            .hint(f.publisher_hint)
            .into(),
        Field::line("byline", f.byline, sent).into(),
        Field::area("note", f.note, sent, 3).into(),
    ]);
    Group {
        id: "g-document",
        legend: "",
        hint: "",
        rows,
    }
}

/// The field of a file. What was chosen before has to be chosen again: no page may choose for its reader.
pub(crate) fn file(name: &str, sent: &Sent, words: &Words) -> Field {
    let f = words.form();
    let field = Field::new(name, f.file, sent, Input::File);
    match sent.some(send::CHOSEN) {
        Some(chosen) => field.hint(&f.choose_again(chosen)),
        None => field.hint(f.file_hint),
    }
}

/// What kind of document it is; nothing said, any other.
pub(crate) fn kind(name: &str, sent: &Sent, words: &Words) -> Field {
    let chosen = sent.some(name).unwrap_or(DocumentKind::Other.code());
    let picks = DocumentKind::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), chosen))
        .collect();
    Field::new(name, words.form().kind, sent, Input::Select(picks))
}
