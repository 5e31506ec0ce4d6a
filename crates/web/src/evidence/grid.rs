//! Several figures at once: source, day and document once, a line for each common kind, all recorded together.

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Map, Value, json};

use super::fields::{CURRENCIES, input, observed, optional, proof};
use super::form::{FILE, OfStartup, finished, of_startup, save_document, send_input};
use super::{ActivityWindow, EvidenceKind, RevenueBasis, write};
use crate::Site;
use crate::answer::UserError;
use crate::doors::HeldFile;
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Row, Sent, status_of};
use crate::problem::{self, Problem};
use crate::send::{self, Parcel, Written};
use crate::shell::Shell;
use crate::startup::form::crumbs;
use crate::startup::path;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::Words;

/// The kinds that a line is offered for, each with what it says beside its value.
const LINES: [(EvidenceKind, &[&str]); 10] = [
    (EvidenceKind::PayingCustomers, &[]),
    (EvidenceKind::RecurringRevenue, &["currency", "revenueBasis"]),
    (EvidenceKind::SignedContracts, &["validUntil"]),
    (EvidenceKind::Pilots, &["validUntil"]),
    (EvidenceKind::PaidConversion, &["sampleSize"]),
    (EvidenceKind::Retention, &["horizonDays", "sampleSize"]),
    (EvidenceKind::LogoRetention, &["sampleSize"]),
    (EvidenceKind::CustomerReferences, &["sampleSize"]),
    (EvidenceKind::ActiveUsers, &["window"]),
    (EvidenceKind::DevelopersBuilding, &[]),
];

/// What is said once for all lines.
const SHARED: [&str; 7] = [
    "observedOn",
    "precision",
    "source",
    "suppliedBy",
    "sourceUrl",
    "grade",
    "note",
];

/// The name of a line's field.
fn name_in(kind: EvidenceKind, field: &str) -> String {
    format!("{}.{field}", kind.code())
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let mut sent = Sent::default();
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    sent.put("observedOn", crate::fmt::table_date(today));
    let answer = match of_startup(&site, &visit, &id).await {
        Ok(found) => show(&site, &visit, found, &sent, Vec::new()),
        Err(problem) => Err(problem),
    };
    finished(&site, &visit, answer)
}

pub(crate) async fn record(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    finished(&site, &visit, submit(&site, &visit, &id, request).await)
}

async fn submit(site: &Site, visit: &Visit, id: &str, request: Request) -> Result<Response, Problem> {
    let Parcel {
        mut sent,
        file,
        fault,
        more: _,
    } = send::receive(site, visit, request, FILE).await?;
    let saved = match fault {
        Some(fault) => Err(vec![fault]),
        None => save(site, visit, id, &mut sent, file.as_ref()).await?,
    };
    match saved {
        Ok(()) => {
            let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
            let page = format!("{}#evidence", path(&id));
            Ok(Redirect::to(&send::with_note(&page, "recorded")).into_response())
        }
        Err(faults) => {
            let found = of_startup(site, visit, id).await?;
            show(site, visit, found, &sent, faults)
        }
    }
}

/// Records every line that says something, or none where anything is wrong with one.
async fn save(
    site: &Site,
    visit: &Visit,
    startup: &str,
    sent: &mut Sent,
    file: Option<&HeldFile>,
) -> Result<Result<(), Vec<Fault>>, Problem> {
    let words = visit.words();
    // Before the document is added: what is wrong with a line must not leave one behind.
    if let Err(faults) = lines(sent, startup, words) {
        return Ok(Err(faults));
    }
    if let Some(faults) = save_document(site, visit, startup, sent, file).await? {
        return Ok(Err(faults));
    }
    let (kinds, records) = match lines(sent, startup, words) {
        Ok(lines) => lines,
        Err(faults) => return Ok(Err(faults)),
    };
    let all = Map::from_iter([
        ("startup".to_owned(), json!(startup)),
        ("records".to_owned(), Value::Array(records)),
    ]);
    let key = sent.text("key").to_owned();
    let document = write::record_evidences_document();
    let written = send_input(site, visit, &document, all, "RecordEvidences", &key).await?;
    let payload = match written {
        Written::Refused(reason) => return Ok(Err(vec![Fault::new("", send::plain(&reason, words))])),
        Written::Done(write::RecordEvidences { record_evidences }) => record_evidences,
    };
    if payload.user_errors.is_empty() {
        return Ok(Ok(()));
    }
    let mut faults: Vec<Fault> = Vec::new();
    for error in &payload.user_errors {
        let fault = Fault::of(error, place(error, &kinds), words);
        // What is said once for all lines is wrong once.
        let is_told = |one: &Fault| one.field == fault.field && one.message == fault.message;
        if !faults.iter().any(is_told) {
            faults.push(fault);
        }
    }
    Ok(Err(faults))
}

/// The records that the lines say, with their kinds; or what can be told to be wrong without the server.
fn lines(sent: &Sent, startup: &str, words: &Words) -> Result<(Vec<EvidenceKind>, Vec<Value>), Vec<Fault>> {
    let f = words.form();
    let mut faults: Vec<Fault> = Vec::new();
    let (mut kinds, mut records) = (Vec::new(), Vec::new());
    for (kind, fields) in LINES {
        let own = || std::iter::once("value").chain(fields.iter().copied());
        if own().all(|field| sent.some(&name_in(kind, field)).is_none()) {
            continue;
        }
        if sent.some(&name_in(kind, "value")).is_none() {
            faults.push(Fault::new(&name_in(kind, "value"), f.say_value.to_owned()));
            continue;
        }
        let mut line = Sent::default();
        line.put("kind", kind.code());
        for field in own() {
            line.put_some(field, sent.some(&name_in(kind, field)));
        }
        for field in SHARED {
            line.put_some(field, sent.some(field));
        }
        for document in sent.all("documents") {
            line.put("documents", document);
        }
        match input(&line, words) {
            Ok(mut record) => {
                record.insert("startup".to_owned(), json!(startup));
                kinds.push(kind);
                records.push(Value::Object(record));
            }
            Err(wrong) => {
                for mut fault in wrong {
                    if own().any(|field| field == fault.field) {
                        fault.field = name_in(kind, &fault.field);
                    }
                    if !faults.iter().any(|one| one.field == fault.field) {
                        faults.push(fault);
                    }
                }
            }
        }
    }
    if records.is_empty() && faults.is_empty() {
        let first = name_in(LINES[0].0, "value");
        faults.push(Fault::new(&first, f.say_some_figure.to_owned()));
    }
    if faults.is_empty() {
        Ok((kinds, records))
    } else {
        Err(faults)
    }
}

/// The field that an error of the server's is about: `records.2.value` is the value of the third line that was sent.
fn place(error: &UserError, kinds: &[EvidenceKind]) -> String {
    let Some([_, number, field, ..]) = error.field.as_deref() else {
        return String::new();
    };
    let kind = number.parse().ok().and_then(|n: usize| kinds.get(n)).copied();
    match kind {
        Some(kind) if field == "value" || has(kind, field) => name_in(kind, field),
        _ => field.clone(),
    }
}

fn has(kind: EvidenceKind, field: &str) -> bool {
    LINES
        .iter()
        .any(|(one, fields)| *one == kind && fields.contains(&field))
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
    let address = path(startup.id.inner());
    let mut shell = Shell::new(site, visit, &format!("{} · {}", f.several, startup.name));
    shell.user = Some(viewer.menu(words));
    visit.uri.path().clone_into(&mut shell.back);
    shell.crumbs = crumbs(words.startups, Some((&startup.name, &address)), f.several);
    let mut shared = proof(sent, &startup.documents, words);
    shared.rows.insert(0, observed(sent, words));
    let page = FormPage::new(FormParts {
        shell,
        heading: f.several.to_owned(),
        lead: vec![startup.name.clone(), f.several_hint.to_owned()],
        cancel: format!("{address}#evidence"),
        submit: f.record_all,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: vec![
            shared,
            Group {
                id: "g-lines",
                legend: f.figures,
                hint: f.value_hint,
                rows: LINES
                    .iter()
                    .map(|(kind, fields)| line(*kind, fields, sent, words))
                    .collect(),
            },
        ],
        foretelling: None,
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

/// A kind's line.
fn line(kind: EvidenceKind, fields: &[&str], sent: &Sent, words: &Words) -> Row {
    let f = words.form();
    let mut row = Row {
        legend: kind.word(words).to_owned(),
        fields: vec![Field::new(
            &name_in(kind, "value"),
            f.value,
            sent,
            Input::line("text", "decimal"),
        )],
    };
    for field in fields {
        let name = name_in(kind, field);
        row.fields.push(match *field {
            "currency" => {
                let input = Input::Line {
                    kind: "text",
                    mode: "",
                    list: CURRENCIES.to_vec(),
                };
                Field::new(&name, f.currency, sent, input)
            }
            "revenueBasis" => optional(&name, f.revenue_basis, sent, RevenueBasis::ALL, words, |one| {
                (one.code(), one.word(words))
            }),
            "window" => optional(&name, f.window, sent, ActivityWindow::ALL, words, |one| {
                (one.code(), one.word(words))
            }),
            "validUntil" => Field::day(&name, f.valid_until, sent),
            "horizonDays" => Field::new(&name, f.horizon_days, sent, Input::line("text", "numeric")),
            _ => Field::new(&name, f.sample_size, sent, Input::line("text", "numeric")),
        });
    }
    row
}
