//! Recording evidence, correcting it, reviewing its grade, withdrawing it.

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use serde_json::{Map, Value, json};

use super::fields::{grade_picks, groups, input, sent_of};
use super::preview::{self, ConvictionIf};
use super::{EvidenceKind, EvidenceLine, EvidenceSource, Grade, write};
use crate::answer::Url;
use crate::document::{DocumentName, save};
use crate::doors::HeldFile;
use crate::form::{Fault, Field, Foretelling, FormPage, FormParts, Group, Input, Sent, status_of};
use crate::problem::{self, Problem};
use crate::send::{self, Parcel, Written};
use crate::shell::Shell;
use crate::startup::form::crumbs;
use crate::startup::{anchor, path};
use crate::viewer::{Viewer, writer};
use crate::visit::Visit;
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct EvidenceFormVariables {
    id: cynic::Id,
}

/// What the form for a new record shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "EvidenceFormVariables")]
struct EvidenceNew {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    startup: Option<OfStartup>,
}

#[derive(Clone, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(crate) struct OfStartup {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
    pub(super) documents: Vec<DocumentName>,
}

/// What the forms about a known record show.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "EvidenceFormVariables")]
struct EvidenceForm {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    node: Option<Known>,
}

#[derive(cynic::InlineFragments)]
#[cynic(graphql_type = "Node")]
enum Known {
    Evidence(KnownRecord),
    #[cynic(fallback)]
    Other,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
struct KnownRecord {
    id: cynic::Id,
    #[cynic(spread)]
    line: EvidenceLine,
    segment: Option<String>,
    period_start: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    source: EvidenceSource,
    supplied_by: Option<String>,
    source_url: Option<Url>,
    note: Option<String>,
    retracted_at: Option<DateTime<Utc>>,
    documents: Vec<DocumentName>,
    startup: OfStartup,
    #[cynic(alias, rename = "convictionIf")]
    #[arguments(grade: CLAIMED)]
    if_claimed: ConvictionIf,
    #[cynic(alias, rename = "convictionIf")]
    #[arguments(grade: DOCUMENTED)]
    if_documented: ConvictionIf,
    #[cynic(alias, rename = "convictionIf")]
    #[arguments(grade: VERIFIED)]
    if_verified: ConvictionIf,
    #[cynic(alias, rename = "convictionIf")]
    #[arguments(grade: REFUTED)]
    if_refuted: ConvictionIf,
}

fn new_document() -> String {
    EvidenceNew::build(EvidenceFormVariables { id: "".into() }).query
}

fn known_document() -> String {
    EvidenceForm::build(EvidenceFormVariables { id: "".into() }).query
}

/// The documents of the forms.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("evidence_new.graphql", new_document()),
        ("evidence_form.graphql", known_document()),
        ("evidence_preview.graphql", preview::document()),
        ("evidence_record.graphql", write::record_evidence_document()),
        (
            "evidence_record_several.graphql",
            write::record_evidences_document(),
        ),
        ("evidence_supersede.graphql", write::supersede_evidence_document()),
        ("evidence_review.graphql", write::review_evidence_document()),
        ("evidence_retract.graphql", write::retract_evidence_document()),
        ("document_create.graphql", save::document()),
    ]
}

/// What a form of this file does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Job {
    Record,
    Correct,
    Review,
    Retract,
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let mut sent = Sent::default();
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    sent.put("observedOn", fmt::table_date(today));
    let kind = visit.parameter("kind");
    sent.put_some(
        "kind",
        kind.filter(|kind| EvidenceKind::from_code(kind).is_some()),
    );
    finished(
        &site,
        &visit,
        show(&site, &visit, Job::Record, &id, Some(sent), Vec::new(), None).await,
    )
}

pub(crate) async fn record(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    finished(
        &site,
        &visit,
        submit(&site, &visit, Job::Record, &id, request).await,
    )
}

pub(crate) async fn correct(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    finished(
        &site,
        &visit,
        show(&site, &visit, Job::Correct, &id, None, Vec::new(), None).await,
    )
}

pub(crate) async fn supersede(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    finished(
        &site,
        &visit,
        submit(&site, &visit, Job::Correct, &id, request).await,
    )
}

pub(crate) async fn check(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    finished(
        &site,
        &visit,
        show(&site, &visit, Job::Review, &id, None, Vec::new(), None).await,
    )
}

pub(crate) async fn review(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    finished(
        &site,
        &visit,
        submit(&site, &visit, Job::Review, &id, request).await,
    )
}

pub(crate) async fn doubt(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    finished(
        &site,
        &visit,
        show(&site, &visit, Job::Retract, &id, None, Vec::new(), None).await,
    )
}

pub(crate) async fn retract(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    finished(
        &site,
        &visit,
        submit(&site, &visit, Job::Retract, &id, request).await,
    )
}

pub(crate) fn finished(site: &Site, visit: &Visit, answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(|problem| problem.answer(site, visit))
}

/// The startup that a figure is recorded of, for who may write.
pub(crate) async fn of_startup(site: &Site, visit: &Visit, id: &str) -> Result<(Viewer, OfStartup), Problem> {
    let variables = send::variables(&EvidenceFormVariables { id: id.into() })?;
    let found: EvidenceNew = send::read_record(site, visit, new_document(), variables, "EvidenceNew").await?;
    let startup = found.startup.ok_or(Problem::NotFound)?;
    Ok((writer(found.viewer)?, startup))
}

/// A form, with what was typed or what it begins with, and what is wrong with it.
async fn show(
    site: &Site,
    visit: &Visit,
    job: Job,
    id: &str,
    sent: Option<Sent>,
    faults: Vec<Fault>,
    foretold: Option<String>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let (f, s) = (words.form(), words.startup());
    let variables = send::variables(&EvidenceFormVariables { id: id.into() })?;
    let (viewer, startup, record) = if job == Job::Record {
        let found: EvidenceNew =
            send::read_record(site, visit, new_document(), variables, "EvidenceNew").await?;
        (found.viewer, found.startup.ok_or(Problem::NotFound)?, None)
    } else {
        let found: EvidenceForm =
            send::read_record(site, visit, known_document(), variables, "EvidenceForm").await?;
        let Some(Known::Evidence(record)) = found.node else {
            return Err(Problem::NotFound);
        };
        (found.viewer, record.startup.clone(), Some(record))
    };
    let viewer = writer(viewer)?;
    let status = status_of(&faults);
    let address = path(startup.id.inner());
    let heading = match job {
        Job::Record => s.add_evidence,
        Job::Correct => f.correct,
        Job::Review => s.review,
        Job::Retract => f.retract,
    };
    let mut lead = vec![startup.name.clone()];
    let mut cancel = format!("{address}#evidence");
    if let Some(record) = &record {
        let line = &record.line;
        lead = vec![format!(
            "{}: {} {} · {} · {}",
            startup.name,
            line.label(words),
            line.figure(words),
            line.grade.word(words),
            line.day(words)
        )];
        cancel = format!("{address}#{}", anchor(record.id.inner()));
        if record.retracted_at.is_some() {
            lead.push(f.is_retracted.to_owned());
        }
    }
    let sent = sent.unwrap_or_else(|| match (&record, job) {
        (Some(record), Job::Correct) => record.sent(),
        _ => Sent::default(),
    });
    let (groups, hint, submit) = match job {
        Job::Record => (
            groups(&sent, &startup.documents, false, words),
            "",
            s.add_evidence,
        ),
        Job::Correct => (
            groups(&sent, &startup.documents, true, words),
            f.correct_hint,
            f.save_correction,
        ),
        Job::Review => (
            vec![reviewed(&sent, record.as_ref(), words)],
            f.review_hint,
            f.save_review,
        ),
        Job::Retract => (vec![retracted(&sent, words)], f.retract_hint, f.retract),
    };
    if !hint.is_empty() {
        lead.push(hint.to_owned());
    }
    let mut shell = Shell::new(site, visit, &format!("{heading} · {}", startup.name));
    shell.user = Some(viewer.menu(words));
    visit.uri.path().clone_into(&mut shell.back);
    shell.crumbs = crumbs(words.startups, Some((&startup.name, &address)), heading);
    let page = FormPage::new(FormParts {
        shell,
        heading: heading.to_owned(),
        lead,
        cancel,
        submit,
        hidden: vec![
            ("key", send::fresh_key(visit)),
            ("startup", startup.id.inner().to_owned()),
        ],
        faults,
        conflict: None,
        groups,
        foretelling: (job == Job::Record).then_some(Foretelling {
            foretold,
            drawn: None,
        }),
        is_danger: job == Job::Retract,
    });
    problem::page(status, visit.language.tag(), &page)
}

impl KnownRecord {
    /// What conviction would be, were it given a grade.
    fn conviction_if(&self, grade: Grade) -> ConvictionIf {
        match grade {
            Grade::Claimed => self.if_claimed,
            Grade::Documented => self.if_documented,
            Grade::Verified => self.if_verified,
            Grade::Refuted => self.if_refuted,
        }
    }

    /// What a correction begins with.
    fn sent(&self) -> Sent {
        let mut sent = sent_of(&self.line);
        sent.put_some("segment", self.segment.as_deref());
        sent.put_some("periodStart", self.period_start.map(fmt::table_date));
        sent.put_some("validUntil", self.valid_until.map(fmt::table_date));
        sent.put("source", self.source.code());
        sent.put_some("suppliedBy", self.supplied_by.as_deref());
        sent.put_some("sourceUrl", self.source_url.as_ref().map(|url| &url.0));
        sent.put_some("note", self.note.as_deref());
        for document in &self.documents {
            sent.put("documents", document.id.inner());
        }
        if self.line.grade == Grade::Documented {
            sent.put("grade", Grade::Documented.code());
        }
        sent
    }
}

/// The grades that a record may be given, each with what conviction would be.
fn reviewed(sent: &Sent, record: Option<&KnownRecord>, words: &crate::words::Words) -> Group {
    let f = words.form();
    let others: Vec<Grade> = [Grade::Verified, Grade::Documented, Grade::Claimed, Grade::Refuted]
        .into_iter()
        .filter(|grade| record.is_none_or(|record| record.line.grade != *grade))
        .collect();
    let mut picks = grade_picks(&others, sent.text("grade"), words);
    if let Some(record) = record {
        for (pick, grade) in picks.iter_mut().zip(&others) {
            pick.note = record.conviction_if(*grade).told(words);
        }
    }
    Group {
        id: "g-review",
        legend: "",
        hint: "",
        rows: vec![
            Field::new("grade", f.new_grade, sent, Input::Radios(picks))
                .required()
                .into(),
            Field::area("checked", f.checked, sent, 3)
                .hint(f.checked_hint)
                .required()
                .into(),
        ],
    }
}

fn retracted(sent: &Sent, words: &crate::words::Words) -> Group {
    let f = words.form();
    Group {
        id: "g-retract",
        legend: "",
        hint: "",
        rows: vec![
            Field::area("reason", f.reason, sent, 3)
                .hint(f.reason_hint)
                .required()
                .into(),
        ],
    }
}

async fn submit(
    site: &Site,
    visit: &Visit,
    job: Job,
    id: &str,
    request: Request,
) -> Result<Response, Problem> {
    let Parcel {
        mut sent,
        file,
        fault,
        more: _,
    } = send::receive(site, visit, request, FILE).await?;
    if let Some(fault) = fault {
        return show(site, visit, job, id, Some(sent), vec![fault], None).await;
    }
    let file = file.as_ref();
    if job == Job::Record && sent.some("preview").is_some() {
        let has_document = has_document(&sent, file);
        return match preview::foretold(site, visit, id, &sent, has_document).await? {
            Ok(told) => show(site, visit, job, id, Some(sent), Vec::new(), Some(told)).await,
            Err(faults) => show(site, visit, job, id, Some(sent), faults, None).await,
        };
    }
    let outcome = match job {
        Job::Record | Job::Correct => save_figure(site, visit, job, id, &mut sent, file).await?,
        Job::Review | Job::Retract => save_verdict(site, visit, job, id, &sent).await?,
    };
    match outcome {
        Ok(evidence) => {
            let startup = if job == Job::Record {
                id
            } else {
                sent.text("startup")
            };
            let note = match job {
                Job::Record | Job::Correct => "recorded",
                Job::Review => "reviewed",
                Job::Retract => "retracted",
            };
            let startup: String = url::form_urlencoded::byte_serialize(startup.as_bytes()).collect();
            let page = format!("{}#{}", path(&startup), anchor(&evidence));
            Ok(Redirect::to(&send::with_note(&page, note)).into_response())
        }
        Err(faults) => show(site, visit, job, id, Some(sent), faults, None).await,
    }
}

/// The id of the record that was written, or what is wrong with what was typed.
type Saved = Result<String, Vec<Fault>>;

async fn save_figure(
    site: &Site,
    visit: &Visit,
    job: Job,
    id: &str,
    sent: &mut Sent,
    file: Option<&HeldFile>,
) -> Result<Saved, Problem> {
    let words = visit.words();
    let startup = if job == Job::Record {
        id
    } else {
        sent.text("startup")
    }
    .to_owned();
    if let Err(faults) = input(sent, words) {
        return Ok(Err(faults));
    }
    if let Some(faults) = save_document(site, visit, &startup, sent, file).await? {
        return Ok(Err(faults));
    }
    let mut record = match input(sent, words) {
        Ok(record) => record,
        Err(faults) => return Ok(Err(faults)),
    };
    record.insert("startup".to_owned(), json!(startup));
    let key = sent.text("key").to_owned();
    let payload = if job == Job::Record {
        let document = write::record_evidence_document();
        send_input(site, visit, &document, record, "RecordEvidence", &key)
            .await?
            .map(|done: write::RecordEvidence| done.record_evidence)
    } else {
        let document = write::supersede_evidence_document();
        let correction = Map::from_iter([
            ("evidence".to_owned(), json!(id)),
            ("by".to_owned(), Value::Object(record)),
        ]);
        send_input(site, visit, &document, correction, "SupersedeEvidence", &key)
            .await?
            .map(|done: write::SupersedeEvidence| done.supersede_evidence)
    };
    Ok(told(payload, visit))
}

async fn save_verdict(site: &Site, visit: &Visit, job: Job, id: &str, sent: &Sent) -> Result<Saved, Problem> {
    let f = visit.words().form();
    let needed: &[(&str, &str)] = if job == Job::Review {
        &[("grade", f.say_grade), ("checked", f.say_checked)]
    } else {
        &[("reason", f.say_reason)]
    };
    let faults: Vec<Fault> = needed
        .iter()
        .filter(|(name, _)| sent.some(name).is_none())
        .map(|(name, missing)| Fault::new(name, (*missing).to_owned()))
        .collect();
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut verdict = Map::from_iter([("evidence".to_owned(), json!(id))]);
    for (name, _) in needed {
        verdict.insert((*name).to_owned(), json!(sent.text(name)));
    }
    let key = sent.text("key").to_owned();
    let payload = if job == Job::Review {
        let document = write::review_evidence_document();
        send_input(site, visit, &document, verdict, "ReviewEvidence", &key)
            .await?
            .map(|done: write::ReviewEvidence| done.review_evidence)
    } else {
        let document = write::retract_evidence_document();
        send_input(site, visit, &document, verdict, "RetractEvidence", &key)
            .await?
            .map(|done: write::RetractEvidence| done.retract_evidence)
    };
    Ok(told(payload, visit))
}

/// Where the file of the document that is added beside a record stands in its form.
pub(super) const FILE: &str = "newDocument.file";

/// Whether a document comes along with a record.
pub(super) fn has_document(sent: &Sent, file: Option<&HeldFile>) -> bool {
    let has = |part: &str| sent.some(&format!("newDocument.{part}")).is_some();
    file.is_some() || has("title") && has("url")
}

/// Adds the document that came beside the record, and puts it among those that are attached.
pub(super) async fn save_document(
    site: &Site,
    visit: &Visit,
    startup: &str,
    sent: &mut Sent,
    file: Option<&HeldFile>,
) -> Result<Option<Vec<Fault>>, Problem> {
    let parts = ["newDocument.title", "newDocument.url"];
    if file.is_none() && parts.iter().all(|part| sent.some(part).is_none()) {
        return Ok(None);
    }
    if !has_document(sent, file) {
        let say = visit.words().form().say_document;
        let missing = parts.into_iter().filter(|part| sent.some(part).is_none());
        return Ok(Some(
            missing.map(|part| Fault::new(part, say.to_owned())).collect(),
        ));
    }
    let key = format!("{}-document", sent.text("key"));
    match save::save(site, visit, startup, sent, "newDocument.", file, &key).await? {
        Err(faults) => Ok(Some(faults)),
        Ok(saved) => {
            for part in parts.into_iter().chain([send::CHOSEN]) {
                sent.drop(part);
            }
            sent.put("documents", saved);
            Ok(None)
        }
    }
}

pub(super) async fn send_input<T: serde::de::DeserializeOwned>(
    site: &Site,
    visit: &Visit,
    document: &str,
    input: Map<String, Value>,
    operation: &str,
    key: &str,
) -> Result<Written<T>, Problem> {
    let variables = json!({ "input": Value::Object(input) });
    send::write(site, visit, document, &variables, operation, key).await
}

/// What the server said, each beside its field.
fn told(payload: Written<write::EvidencePayload>, visit: &Visit) -> Saved {
    let words = visit.words();
    match payload {
        Written::Refused(reason) => Err(vec![Fault::new("", send::plain(&reason, words))]),
        Written::Done(payload) => match payload.evidence {
            Some(evidence) => Ok(evidence.id.into_inner()),
            None => Err(payload
                .user_errors
                .iter()
                .map(|error| {
                    let path = error.field.as_deref().unwrap_or_default();
                    // A correction's fields stand under `by`.
                    let field = match path {
                        [by, rest @ ..] if by == "by" => rest.first(),
                        all => all.first(),
                    };
                    Fault::of(error, field.cloned().unwrap_or_default(), words)
                })
                .collect()),
        },
    }
}
