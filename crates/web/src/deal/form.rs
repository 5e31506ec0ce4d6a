//! Opening a deal, and changing its terms.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Value, json};

use super::fields::{
    Choices, faults, field_name, groups, input, sent_of, unit_label, unit_of, unit_text, without_later,
};
use super::page::DealTerms;
use super::{crumbs, path};
use crate::activity::ActivityLine;
use crate::answer::{UserError, UserErrorCode};
use crate::belief::bets::CapabilityChoice;
use crate::deals::{FundOption, StageOption, UserName};
use crate::form::{Clash, Conflict, Fault, FormPage, FormParts, Sent, status_of};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::shell::{Section, Shell};
use crate::viewer::Reader;
use crate::visit::{Visit, is_from_our_page, local_address};
use crate::{Site, meanwhile, schema};

#[derive(cynic::QueryVariables)]
struct DealEditVariables {
    id: cynic::Id,
}

/// What the form of a known deal shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "DealEditVariables")]
struct DealEdit {
    viewer: Option<Reader>,
    users: Vec<UserName>,
    funds: Vec<FundOption>,
    capabilities: Vec<CapabilityChoice>,
    #[arguments(id: $id)]
    deal: Option<EditedDeal>,
    #[arguments(first: 5, subject: $id)]
    activity: Changes,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct EditedDeal {
    id: cynic::Id,
    #[cynic(spread)]
    terms: DealTerms,
    updated_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ActivityConnection")]
struct Changes {
    nodes: Vec<ActivityLine>,
}

#[derive(cynic::QueryVariables)]
struct DealNewVariables {
    slug: Option<String>,
    id: Option<cynic::Id>,
}

/// What the form of a new deal shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "DealNewVariables")]
struct DealNew {
    viewer: Option<Reader>,
    users: Vec<UserName>,
    funds: Vec<FundOption>,
    stages: Vec<StageOption>,
    #[arguments(slug: $slug, id: $id)]
    startup: Option<OpenedFor>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct OpenedFor {
    id: cynic::Id,
    name: String,
}

#[derive(cynic::QueryVariables)]
struct UpdateDealVariables {
    input: UpdateDealInput,
}

/// The input's other fields are put in by `fields::input`: only those that were changed.
#[derive(cynic::InputObject)]
struct UpdateDealInput {
    id: cynic::Id,
    version: i32,
}

/// Changing a deal's terms.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateDealVariables")]
struct UpdateDeal {
    #[arguments(input: $input)]
    update_deal: DealPayload,
}

#[derive(cynic::QueryVariables)]
struct OpenDealVariables {
    input: OpenDealInput,
}

/// The input's other fields are put in by `fields::input`: only those that were typed.
#[derive(cynic::InputObject)]
struct OpenDealInput {
    startup: cynic::Id,
}

/// Opening a deal.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "OpenDealVariables")]
struct OpenDeal {
    #[arguments(input: $input)]
    open_deal: DealPayload,
}

#[derive(cynic::QueryFragment)]
struct DealPayload {
    deal: Option<SavedDeal>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct SavedDeal {
    id: cynic::Id,
}

fn edit_document() -> String {
    DealEdit::build(DealEditVariables { id: "".into() }).query
}

fn new_document() -> String {
    DealNew::build(DealNewVariables { slug: None, id: None }).query
}

/// Says that a deal's next step is done: there is none any more.
pub(crate) async fn step_done(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = finish_step(&site, &visit, &headers, &id, &body).await;
    answered(&site, &visit, answer)
}

async fn finish_step(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let back = local_address(sent.text("back")).unwrap_or("/");
    let version: i32 = sent.text("version").parse().unwrap_or_default();
    let variables =
        json!({ "input": { "id": id, "version": version, "nextStep": null, "nextStepDue": null } });
    let key = sent.text("key");
    let lines: Vec<String> =
        match send::write(site, visit, &update_document(), &variables, "UpdateDeal", key).await? {
            Written::Refused(reason) => vec![send::plain(&reason, words)],
            Written::Done(UpdateDeal { update_deal }) => update_deal
                .user_errors
                .iter()
                .map(|error| Fault::of(error, String::new(), words).message)
                .collect(),
        };
    if lines.is_empty() {
        return Ok(Redirect::to(&send::with_note(back, "done")).into_response());
    }
    crate::activity::told(site, visit, words.work().not_done, lines, back)
}

fn update_document() -> String {
    let input = UpdateDealInput {
        id: "".into(),
        version: 0,
    };
    UpdateDeal::build(UpdateDealVariables { input }).query
}

fn open_document() -> String {
    let input = OpenDealInput { startup: "".into() };
    OpenDeal::build(OpenDealVariables { input }).query
}

/// The documents of the forms.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("deal_edit.graphql", edit_document()),
        ("deal_new.graphql", new_document()),
        ("deal_update.graphql", update_document()),
        ("deal_open.graphql", open_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit, Path(name): Path<String>) -> Response {
    let answer = new_page(&site, &visit, &name, None, Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn open(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(name): Path<String>,
    body: Bytes,
) -> Response {
    let answer = add(&site, &visit, &headers, &name, &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = show_edit(&site, &visit, &id).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn update(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = save(&site, &visit, &headers, &id, &body).await;
    answered(&site, &visit, answer)
}

/// The reader, if forms are for them.
fn writer(reader: Option<Reader>) -> Result<Reader, Problem> {
    let reader = reader.ok_or(Problem::SignIn)?;
    if reader.viewer.role.may_write() {
        Ok(reader)
    } else {
        Err(Problem::NotAllowed)
    }
}

async fn read_new(site: &Site, visit: &Visit, name: &str) -> Result<(Reader, DealNew, OpenedFor), Problem> {
    let is_id = name.starts_with("startup_");
    let variables = send::variables(&DealNewVariables {
        slug: (!is_id).then(|| name.to_owned()),
        id: is_id.then(|| name.into()),
    })?;
    let mut found: DealNew = send::read_record(site, visit, new_document(), variables, "DealNew").await?;
    let startup = found.startup.take().ok_or(Problem::NotFound)?;
    let reader = writer(found.viewer.take())?;
    Ok((reader, found, startup))
}

async fn new_page(
    site: &Site,
    visit: &Visit,
    name: &str,
    sent: Option<Sent>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let d = words.deal();
    let (reader, found, startup) = read_new(site, visit, name).await?;
    let sent = sent.unwrap_or_else(|| {
        let mut sent = Sent::default();
        sent.put("round", super::Round::Unknown.code());
        sent.put("owner", reader.id.inner());
        sent.put("visibility", super::Visibility::Team.code());
        sent
    });
    let address = crate::startup::path(startup.id.inner());
    let heading = d.deal_of(&startup.name);
    let mut shell = Shell::new(site, visit, &heading);
    shell.user = Some(reader.viewer.menu(words));
    visit.uri.path().clone_into(&mut shell.back);
    shell.crumbs = crate::startup::form::crumbs(words.startups, Some((&startup.name, &address)), d.open_deal);
    let status = status_of(&faults);
    let choices = Choices {
        users: &found.users,
        funds: &found.funds,
        capabilities: &[],
        stages: Some(&found.stages),
    };
    let page = FormPage::new(FormParts {
        shell,
        heading,
        lead: Vec::new(),
        cancel: format!("{address}#deals"),
        submit: d.open_deal,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: groups(&sent, &choices, words),
        foretelling: None,
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

fn told(errors: &[UserError], visit: &Visit) -> Vec<Fault> {
    let words = visit.words();
    errors
        .iter()
        .map(|error| {
            let field = field_name(error.field.as_deref().unwrap_or_default());
            let mut fault = Fault::of(error, field, words);
            // The deal of the same round that is there already.
            if let (UserErrorCode::Taken, Some(id)) = (error.code, &error.existing) {
                fault.link = Some((path(id.inner()), words.pipeline().deal.to_owned()));
            }
            fault
        })
        .collect()
}

async fn add(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    name: &str,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let (_, _, startup) = read_new(site, visit, name).await?;
        let mut all = without_later(input(&sent, &Sent::default(), words));
        all.insert("startup".to_owned(), json!(startup.id.inner()));
        if let Some(stage) = sent.some("stage") {
            all.insert("stage".to_owned(), json!(stage));
        }
        let variables = json!({ "input": Value::Object(all) });
        let key = sent.text("key");
        found = match send::write(site, visit, &open_document(), &variables, "OpenDeal", key).await? {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(OpenDeal { open_deal: payload }) => match payload.deal {
                Some(deal) => {
                    let address = send::with_note(&path(deal.id.inner()), "opened");
                    return Ok(Redirect::to(&address).into_response());
                }
                // Opened for a team that its opener is not told of.
                None if payload.user_errors.is_empty() => {
                    return Ok(Redirect::to("/pipeline").into_response());
                }
                None => told(&payload.user_errors, visit),
            },
        };
    }
    new_page(site, visit, name, Some(sent), found).await
}

/// A form of a known deal.
struct Edit {
    reader: Reader,
    users: Vec<UserName>,
    funds: Vec<FundOption>,
    capabilities: Vec<CapabilityChoice>,
    deal: EditedDeal,
    author: Option<String>,
    sent: Sent,
    base: Sent,
    version: i32,
}

async fn read(site: &Site, visit: &Visit, id: &str) -> Result<Edit, Problem> {
    let variables = send::variables(&DealEditVariables { id: id.into() })?;
    let found: DealEdit = send::read_record(site, visit, edit_document(), variables, "DealEdit").await?;
    let deal = found.deal.ok_or(Problem::NotFound)?;
    let reader = writer(found.viewer)?;
    let sent = sent_of(&deal.terms);
    let author = found.activity.nodes.first();
    Ok(Edit {
        reader,
        users: found.users,
        funds: found.funds,
        capabilities: found.capabilities,
        author: author.and_then(|change| change.author()).map(str::to_owned),
        base: sent.clone(),
        version: deal.terms.version,
        sent,
        deal,
    })
}

async fn show_edit(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    read(site, visit, id)
        .await?
        .page(site, visit, Vec::new(), None, StatusCode::OK)
}

impl Edit {
    fn page(
        self,
        site: &Site,
        visit: &Visit,
        faults: Vec<Fault>,
        conflict: Option<Conflict>,
        status: StatusCode,
    ) -> Result<Response, Problem> {
        let words = visit.words();
        let d = words.deal();
        let id = self.deal.id.inner();
        let title = &self.deal.terms.title;
        let heading = d.edit_name(title);
        let mut shell = Shell::new(site, visit, &heading);
        shell.user = Some(self.reader.viewer.menu(words));
        shell.section = Section::Pipeline;
        shell.back = format!("{}/edit", path(id));
        shell.record = Some((id.to_owned(), path(id)));
        shell.crumbs = crumbs(words, Some((title, id)), d.edit);
        let choices = Choices {
            users: &self.users,
            funds: &self.funds,
            capabilities: &self.capabilities,
            stages: None,
        };
        let page = FormPage::new(FormParts {
            shell,
            heading,
            lead: vec![d.moves_elsewhere.to_owned()],
            cancel: path(id),
            submit: d.save,
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults,
            conflict,
            groups: groups(&self.sent, &choices, words),
            foretelling: None,
            is_danger: false,
        });
        problem::page(status, visit.language.tag(), &page)
    }
}

async fn save(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let mut sent = Sent::of_body(body);
    let base = Sent::read(sent.text("base").as_bytes());
    meanwhile::resolve(&mut sent, &base, unit_of);
    let version: i32 = sent.text("version").parse().unwrap_or_default();
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let mut all = input(&sent, &base, words);
        if all.is_empty() {
            return Ok(Redirect::to(&path(id)).into_response());
        }
        all.insert("id".to_owned(), json!(id));
        all.insert("version".to_owned(), json!(version));
        let variables = json!({ "input": Value::Object(all) });
        let key = sent.text("key").to_owned();
        let written = send::write(site, visit, &update_document(), &variables, "UpdateDeal", &key).await?;
        found = match written {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(UpdateDeal { update_deal: payload }) => {
                let errors = payload.user_errors;
                if errors.is_empty() {
                    // Whoever took themselves off the team does not see it any more.
                    let address = match payload.deal {
                        Some(deal) => send::with_note(&path(deal.id.inner()), "saved"),
                        None => "/pipeline".to_owned(),
                    };
                    return Ok(Redirect::to(&address).into_response());
                }
                if UserError::any_stale(&errors) {
                    return changed_meanwhile(site, visit, id, sent, &base).await;
                }
                told(&errors, visit)
            }
        };
    }
    let edit = Edit {
        sent,
        base,
        version,
        ..read(site, visit, id).await?
    };
    edit.page(site, visit, found, None, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Somebody saved first: what only they changed is taken over, what both changed is shown side by side.
async fn changed_meanwhile(
    site: &Site,
    visit: &Visit,
    id: &str,
    mut sent: Sent,
    base: &Sent,
) -> Result<Response, Problem> {
    let words = visit.words();
    let edit = read(site, visit, id).await?;
    let now = edit.sent.clone();
    let choices = Choices {
        users: &edit.users,
        funds: &edit.funds,
        capabilities: &edit.capabilities,
        stages: None,
    };
    let (mine_shown, now_shown) = (groups(&sent, &choices, words), groups(&now, &choices, words));
    let clash = |unit: String| Clash {
        label: unit_label(&unit, words).to_owned(),
        mine: unit_text(&mine_shown, &unit),
        theirs: unit_text(&now_shown, &unit),
        unit,
    };
    let clashes = meanwhile::merge(&mut sent, base, &now, unit_of)
        .into_iter()
        .map(clash)
        .collect();
    let who = edit.author.as_deref();
    let conflict = meanwhile::conflict(site, visit, who, edit.deal.updated_at, clashes);
    let edit = Edit {
        base: now,
        sent,
        ..edit
    };
    edit.page(site, visit, Vec::new(), Some(conflict), StatusCode::CONFLICT)
}
