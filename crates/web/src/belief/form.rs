//! Writing theses and capabilities down, and editing them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::{ADDRESS, CapabilityPayload, CapabilityStatus, Kind, ThesisPayload, ThesisStatus, shell};
use crate::answer::UserError;
use crate::form::{
    Clash, Conflict, Fault, Field, FormPage, FormParts, Group, Input, Pick, Row, Sent, status_of,
};
use crate::layer::Layer;
use crate::problem::{self, Problem, answered};
use crate::sector::{self, SectorChip, SectorLine, SectorNode};
use crate::send::{self, Written};
use crate::viewer::{Viewer, writer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, fmt, meanwhile, schema};

/// What is compared and merged as one, of a thesis; a capability has those without a layer and a day.
const UNITS: [&str; 4] = ["statement", "layer", "sector", "reviewOn"];

/// What the forms of new ones show.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct BeliefNew {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
}

#[derive(cynic::QueryVariables)]
struct BeliefEditVariables {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BeliefEditVariables")]
struct ThesisEdit {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[arguments(id: $id)]
    thesis: Option<EditedThesis>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
struct EditedThesis {
    statement: String,
    layer: Option<Layer>,
    sector: Option<SectorChip>,
    review_on: Option<NaiveDate>,
    version: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BeliefEditVariables")]
struct CapabilityEdit {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    #[arguments(id: $id)]
    capability: Option<EditedCapability>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
struct EditedCapability {
    statement: String,
    sector: Option<SectorChip>,
    version: i32,
}

#[derive(cynic::QueryVariables)]
struct CreateThesisVariables {
    input: CreateThesisInput,
}

/// The input's other fields are put in by `input`.
#[derive(cynic::InputObject)]
struct CreateThesisInput {
    statement: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateThesisVariables")]
struct CreateThesis {
    #[arguments(input: $input)]
    create_thesis: ThesisPayload,
}

#[derive(cynic::QueryVariables)]
struct CreateCapabilityVariables {
    input: CreateCapabilityInput,
}

/// The input's other fields are put in by `input`.
#[derive(cynic::InputObject)]
struct CreateCapabilityInput {
    statement: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateCapabilityVariables")]
struct CreateCapability {
    #[arguments(input: $input)]
    create_capability: CapabilityPayload,
}

#[derive(cynic::QueryVariables)]
struct UpdateThesisVariables {
    input: UpdateThesisInput,
}

/// The input's other fields are put in by `input`: only those that were changed.
#[derive(cynic::InputObject)]
struct UpdateThesisInput {
    id: cynic::Id,
    version: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateThesisVariables")]
struct UpdateThesis {
    #[arguments(input: $input)]
    update_thesis: ThesisPayload,
}

#[derive(cynic::QueryVariables)]
struct UpdateCapabilityVariables {
    input: UpdateCapabilityInput,
}

/// The input's other fields are put in by `input`: only those that were changed.
#[derive(cynic::InputObject)]
struct UpdateCapabilityInput {
    id: cynic::Id,
    version: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateCapabilityVariables")]
struct UpdateCapability {
    #[arguments(input: $input)]
    update_capability: CapabilityPayload,
}

fn new_document() -> String {
    BeliefNew::build(()).query
}

fn edit_document(kind: Kind) -> String {
    let variables = BeliefEditVariables { id: "".into() };
    match kind {
        Kind::Thesis => ThesisEdit::build(variables).query,
        Kind::Capability => CapabilityEdit::build(variables).query,
    }
}

fn create_document(kind: Kind) -> String {
    let statement = String::new();
    match kind {
        Kind::Thesis => {
            let input = CreateThesisInput { statement };
            CreateThesis::build(CreateThesisVariables { input }).query
        }
        Kind::Capability => {
            let input = CreateCapabilityInput { statement };
            CreateCapability::build(CreateCapabilityVariables { input }).query
        }
    }
}

fn update_document(kind: Kind) -> String {
    let (id, version) = (cynic::Id::new(""), 0);
    match kind {
        Kind::Thesis => {
            let input = UpdateThesisInput { id, version };
            UpdateThesis::build(UpdateThesisVariables { input }).query
        }
        Kind::Capability => {
            let input = UpdateCapabilityInput { id, version };
            UpdateCapability::build(UpdateCapabilityVariables { input }).query
        }
    }
}

pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("belief_new.graphql", new_document()),
        ("thesis_edit.graphql", edit_document(Kind::Thesis)),
        ("thesis_create.graphql", create_document(Kind::Thesis)),
        ("thesis_update.graphql", update_document(Kind::Thesis)),
        ("capability_edit.graphql", edit_document(Kind::Capability)),
        ("capability_create.graphql", create_document(Kind::Capability)),
        ("capability_update.graphql", update_document(Kind::Capability)),
    ]
}

pub(crate) async fn new_thesis(State(site): State<Site>, visit: Visit) -> Response {
    let answer = new_page(&site, &visit, Kind::Thesis, Sent::default(), Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn new_capability(State(site): State<Site>, visit: Visit) -> Response {
    let answer = new_page(&site, &visit, Kind::Capability, Sent::default(), Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn create_thesis(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = add(&site, &visit, &headers, Kind::Thesis, &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn create_capability(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = add(&site, &visit, &headers, Kind::Capability, &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn edit_thesis(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = edit(&site, &visit, Kind::Thesis, &id).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn edit_capability(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
) -> Response {
    let answer = edit(&site, &visit, Kind::Capability, &id).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn update_thesis(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = save(&site, &visit, &headers, (Kind::Thesis, &id), &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn update_capability(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = save(&site, &visit, &headers, (Kind::Capability, &id), &body).await;
    answered(&site, &visit, answer)
}

/// The parts of a form with one group of fields.
pub(crate) fn parts(
    shell: crate::shell::Shell,
    heading: &str,
    cancel: String,
    submit: &'static str,
    rows: Vec<Row>,
) -> FormParts {
    FormParts {
        shell,
        heading: heading.to_owned(),
        lead: Vec::new(),
        cancel,
        submit,
        hidden: Vec::new(),
        faults: Vec::new(),
        conflict: None,
        groups: vec![Group {
            id: "g-only",
            legend: "",
            hint: "",
            rows,
        }],
        foretelling: None,
        is_danger: false,
    }
}

/// Every field, with what was typed; how it stands is said of a new one alone.
fn rows(kind: Kind, sent: &Sent, tree: &[SectorLine], is_new: bool, words: &Words) -> Vec<Row> {
    let b = words.beliefs();
    let hint = match kind {
        Kind::Thesis => b.statement_thesis_hint,
        Kind::Capability => b.statement_capability_hint,
    };
    let mut rows: Vec<Row> = vec![
        Field::area("statement", b.statement, sent, 2)
            .hint(hint)
            .required()
            .first()
            .into(),
    ];
    if is_new {
        let begins = match kind {
            Kind::Thesis => ThesisStatus::Held.code(),
            Kind::Capability => CapabilityStatus::NotYet.code(),
        };
        let picks = kind.statuses(sent.some("status").unwrap_or(begins), b).to_vec();
        rows.push(Field::new("status", b.status, sent, Input::Radios(picks)).into());
    }
    if kind == Kind::Thesis {
        let mut picks = vec![Pick::new("", b.any, sent.text("layer"))];
        picks.extend([Layer::Model, Layer::Middleware, Layer::App].map(|layer| {
            Pick::new(
                layer.code(),
                crate::layer::word(Some(layer), words),
                sent.text("layer"),
            )
        }));
        rows.push(Field::new("layer", b.layer, sent, Input::Select(picks)).into());
    }
    let mut picks = vec![Pick::new("", b.any, sent.text("sector"))];
    picks.extend(tree.iter().map(|line| {
        let name = format!(
            "{}{}",
            "\u{2003}".repeat(line.depth),
            line.chip.name_in(words.language)
        );
        Pick::new(&line.chip.slug, &name, sent.text("sector"))
    }));
    rows.push(Field::new("sector", b.sector, sent, Input::Select(picks)).into());
    if kind == Kind::Thesis {
        rows.push(
            Field::day("reviewOn", b.review_on, sent)
                .hint(b.review_hint)
                .into(),
        );
    }
    rows
}

/// What can be told to be wrong without the server.
fn faults(sent: &Sent, words: &Words) -> Vec<Fault> {
    let mut faults = Vec::new();
    if sent.some("statement").is_none() {
        let message = words.beliefs().say_statement.to_owned();
        faults.push(Fault::new("statement", message));
    }
    sent.day("reviewOn", &mut faults, words);
    faults
}

/// The value of a unit, null where nothing stands in it.
fn value(sent: &Sent, unit: &str, words: &Words) -> Value {
    if unit == "reviewOn" {
        let day = sent.day(unit, &mut Vec::new(), words);
        return day.map_or(Value::Null, |day| json!(fmt::table_date(day)));
    }
    sent.some(unit).map_or(Value::Null, |text| json!(text))
}

fn heading(kind: Kind, is_new: bool, words: &Words) -> &'static str {
    let b = words.beliefs();
    match (kind, is_new) {
        (Kind::Thesis, true) => b.add_thesis,
        (Kind::Thesis, false) => b.edit_thesis,
        (Kind::Capability, true) => b.add_capability,
        (Kind::Capability, false) => b.edit_capability,
    }
}

async fn new_page(
    site: &Site,
    visit: &Visit,
    kind: Kind,
    sent: Sent,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let found: BeliefNew = send::read_record(site, visit, new_document(), json!({}), "BeliefNew").await?;
    let viewer = writer(found.viewer)?;
    let tree = sector::tree(&found.sectors);
    let heading = heading(kind, true, words);
    let mut shell = shell(site, visit, viewer, None, Some(heading));
    visit.uri.path().clone_into(&mut shell.back);
    let status = status_of(&faults);
    let rows = rows(kind, &sent, &tree, true, words);
    let page = FormPage::new(FormParts {
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        ..parts(shell, heading, ADDRESS.to_owned(), heading, rows)
    });
    problem::page(status, visit.language.tag(), &page)
}

/// What came of writing one down or changing it: its id, or what is wrong.
fn outcome(id: Option<cynic::Id>, errors: Vec<UserError>) -> Result<Option<String>, Vec<UserError>> {
    if errors.is_empty() {
        Ok(id.map(cynic::Id::into_inner))
    } else {
        Err(errors)
    }
}

/// Sends one of the four mutations.
async fn write(
    site: &Site,
    visit: &Visit,
    (kind, is_new): (Kind, bool),
    variables: &Value,
    key: &str,
) -> Result<Written<Result<Option<String>, Vec<UserError>>>, Problem> {
    Ok(match (kind, is_new) {
        (Kind::Thesis, true) => {
            let done = send::write(
                site,
                visit,
                &create_document(kind),
                variables,
                "CreateThesis",
                key,
            )
            .await?;
            done.map(
                |CreateThesis {
                     create_thesis: payload,
                 }| { outcome(payload.thesis.map(|one| one.id), payload.user_errors) },
            )
        }
        (Kind::Thesis, false) => {
            let done = send::write(
                site,
                visit,
                &update_document(kind),
                variables,
                "UpdateThesis",
                key,
            )
            .await?;
            done.map(
                |UpdateThesis {
                     update_thesis: payload,
                 }| { outcome(payload.thesis.map(|one| one.id), payload.user_errors) },
            )
        }
        (Kind::Capability, true) => {
            let document = create_document(kind);
            let done = send::write(site, visit, &document, variables, "CreateCapability", key).await?;
            done.map(
                |CreateCapability {
                     create_capability: payload,
                 }| { outcome(payload.capability.map(|one| one.id), payload.user_errors) },
            )
        }
        (Kind::Capability, false) => {
            let document = update_document(kind);
            let done = send::write(site, visit, &document, variables, "UpdateCapability", key).await?;
            done.map(
                |UpdateCapability {
                     update_capability: payload,
                 }| { outcome(payload.capability.map(|one| one.id), payload.user_errors) },
            )
        }
    })
}

async fn add(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    kind: Kind,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let mut all = Map::new();
        for unit in UNITS.into_iter().chain(["status"]) {
            let mine = value(&sent, unit, words);
            if !mine.is_null() && (kind == Kind::Thesis || !matches!(unit, "layer" | "reviewOn")) {
                all.insert(unit.to_owned(), mine);
            }
        }
        let variables = json!({ "input": Value::Object(all) });
        found = match write(site, visit, (kind, true), &variables, sent.text("key")).await? {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(Ok(id)) => {
                let address = id.map_or(ADDRESS.to_owned(), |id| kind.path(&id));
                return Ok(Redirect::to(&send::with_note(&address, "saved")).into_response());
            }
            Written::Done(Err(errors)) => errors.iter().map(|error| Fault::beside(error, words)).collect(),
        };
    }
    new_page(site, visit, kind, sent, found).await
}

/// A form of a known one.
struct Edit {
    kind: Kind,
    id: String,
    viewer: Viewer,
    tree: Vec<SectorLine>,
    /// What it is called in the way here.
    name: String,
    sent: Sent,
    base: Sent,
    version: i32,
}

impl Edit {
    async fn read(site: &Site, visit: &Visit, kind: Kind, id: &str) -> Result<Self, Problem> {
        let variables = send::variables(&BeliefEditVariables { id: id.into() })?;
        let document = edit_document(kind);
        let mut sent = Sent::default();
        let (viewer, sectors, statement, version) = match kind {
            Kind::Thesis => {
                let found: ThesisEdit =
                    send::read_record(site, visit, document, variables, "ThesisEdit").await?;
                let one = found.thesis.ok_or(Problem::NotFound)?;
                sent.put("statement", &one.statement);
                sent.put_some("layer", one.layer.map(Layer::code));
                sent.put_some("sector", one.sector.map(|sector| sector.slug));
                sent.put_some("reviewOn", one.review_on.map(fmt::table_date));
                (found.viewer, found.sectors, one.statement, one.version)
            }
            Kind::Capability => {
                let found: CapabilityEdit =
                    send::read_record(site, visit, document, variables, "CapabilityEdit").await?;
                let one = found.capability.ok_or(Problem::NotFound)?;
                sent.put("statement", &one.statement);
                sent.put_some("sector", one.sector.map(|sector| sector.slug));
                (found.viewer, found.sectors, one.statement, one.version)
            }
        };
        Ok(Self {
            kind,
            id: id.to_owned(),
            viewer: writer(viewer)?,
            tree: sector::tree(&sectors),
            name: statement,
            base: sent.clone(),
            sent,
            version,
        })
    }

    fn page(
        self,
        site: &Site,
        visit: &Visit,
        faults: Vec<Fault>,
        conflict: Option<Conflict>,
        status: StatusCode,
    ) -> Result<Response, Problem> {
        let words = visit.words();
        let heading = heading(self.kind, false, words);
        let path = self.kind.path(&self.id);
        let record = Some((self.name.as_str(), path.clone()));
        let mut shell = shell(site, visit, self.viewer, record, Some(heading));
        visit.uri.path().clone_into(&mut shell.back);
        let rows = rows(self.kind, &self.sent, &self.tree, false, words);
        let page = FormPage::new(FormParts {
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults,
            conflict,
            ..parts(shell, heading, path, words.form().save, rows)
        });
        problem::page(status, visit.language.tag(), &page)
    }
}

async fn edit(site: &Site, visit: &Visit, kind: Kind, id: &str) -> Result<Response, Problem> {
    let edit = Edit::read(site, visit, kind, id).await?;
    edit.page(site, visit, Vec::new(), None, StatusCode::OK)
}

fn unit_of(name: &str) -> &str {
    name
}

async fn save(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    (kind, id): (Kind, &str),
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let mut sent = Sent::of_body(body);
    let base = Sent::read(sent.text("base").as_bytes());
    meanwhile::resolve(&mut sent, &base, unit_of);
    let edit = Edit::read(site, visit, kind, id).await?;
    let version: i32 = sent.text("version").parse().unwrap_or_default();
    let path = kind.path(id);
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let mut all = Map::new();
        for unit in UNITS {
            let mine = value(&sent, unit, words);
            if mine != value(&base, unit, words) {
                all.insert(unit.to_owned(), mine);
            }
        }
        if all.is_empty() {
            return Ok(Redirect::to(&path).into_response());
        }
        all.insert("id".to_owned(), json!(id));
        all.insert("version".to_owned(), json!(version));
        let variables = json!({ "input": Value::Object(all) });
        let key = sent.text("key").to_owned();
        found = match write(site, visit, (kind, false), &variables, &key).await? {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(Ok(_)) => {
                return Ok(Redirect::to(&send::with_note(&path, "saved")).into_response());
            }
            Written::Done(Err(errors)) if UserError::any_stale(&errors) => {
                return changed_meanwhile(site, visit, edit, sent, &base);
            }
            Written::Done(Err(errors)) => errors.iter().map(|error| Fault::beside(error, words)).collect(),
        };
    }
    let edit = Edit {
        sent,
        base,
        version,
        ..edit
    };
    edit.page(site, visit, found, None, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Somebody saved first: what only they changed is taken over, what both changed is shown side by side.
fn changed_meanwhile(
    site: &Site,
    visit: &Visit,
    edit: Edit,
    mut sent: Sent,
    base: &Sent,
) -> Result<Response, Problem> {
    let words = visit.words();
    let b = words.beliefs();
    let now = edit.sent.clone();
    let label = |unit: &str| match unit {
        "statement" => b.statement,
        "layer" => b.layer,
        "sector" => b.sector,
        _ => b.review_on,
    };
    let clashing = meanwhile::merge(&mut sent, base, &now, unit_of);
    let clash = |unit: String| Clash {
        label: label(&unit).to_owned(),
        mine: sent.text(&unit).to_owned(),
        theirs: now.text(&unit).to_owned(),
        unit,
    };
    let clashes = clashing.into_iter().map(clash).collect();
    let conflict = meanwhile::conflict(site, visit, None, visit.now, clashes);
    let edit = Edit {
        base: now,
        sent,
        ..edit
    };
    edit.page(site, visit, Vec::new(), Some(conflict), StatusCode::CONFLICT)
}
