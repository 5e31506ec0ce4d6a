//! Moving a deal, and taking its last move back: as pages of their own, and for a script as parts of them.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::gates::{Gate, UnmetView};
use super::page::{Drafts, meetings};
use super::{DealStatus, PassReason, path, revisit};
use crate::activity::ActivityLine;
use crate::answer::{UserError, UserErrorCode};
use crate::as_of::AsOf;
use crate::belief::bets::CapabilityChoice;
use crate::deals::StageOption;
use crate::form::{Fault, Field, Input, Pick, Sent};
use crate::problem::{self, Problem, answered};
use crate::review::ReviewHead;
use crate::send::{self, Written};
use crate::shell::{Section, Shell};
use crate::viewer::{Reader, Role};
use crate::visit::{Visit, is_from_our_page};
use crate::words::{DealWords, FormWords, Words};
use crate::{Site, fmt, schema};

/// Characters of a reason for overriding, at least.
const OVERRIDE_CHARS: usize = 10;

#[derive(cynic::QueryVariables)]
struct DealMoveVariables {
    id: cynic::Id,
}

/// What the form of a move shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "DealMoveVariables")]
struct DealMove {
    viewer: Option<Reader>,
    #[arguments(id: $id)]
    deal: Option<MovedDeal>,
    stages: Vec<StageOption>,
    #[arguments(first: 5, subject: $id)]
    activity: Changes,
    // On whose agendas a partner can be asked about it.
    #[arguments(first: 10, status: DRAFT)]
    reviews: Option<Drafts>,
    capabilities: Vec<CapabilityChoice>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct MovedDeal {
    id: cynic::Id,
    title: String,
    version: i32,
    status: DealStatus,
    stage: StageOption,
    startup: MovedStartup,
    updated_at: DateTime<Utc>,
    gate: Gate,
    #[cynic(rename = "gate", alias)]
    #[arguments(status: INVESTED)]
    every_gate: Gate,
    tasks: Vec<DealTask>,
}

/// A task, as far as a decision may hang on it.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Task")]
struct DealTask {
    what: String,
    due: Option<NaiveDate>,
    done_at: Option<DateTime<Utc>>,
    is_condition: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct MovedStartup {
    id: cynic::Id,
    name: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ActivityConnection")]
struct Changes {
    nodes: Vec<ActivityLine>,
}

#[derive(cynic::QueryVariables)]
struct MoveDealVariables {
    input: MoveDealInput,
}

/// The input's other fields are put in by `input`: only those that were chosen.
#[derive(cynic::InputObject)]
struct MoveDealInput {
    id: cynic::Id,
    version: i32,
}

/// Moving a deal.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "MoveDealVariables")]
struct MoveDeal {
    #[arguments(input: $input)]
    move_deal: MovePayload,
}

#[derive(cynic::QueryVariables)]
struct VoidMoveVariables {
    input: VoidMoveInput,
}

#[derive(cynic::InputObject)]
struct VoidMoveInput {
    deal: cynic::Id,
    reason: String,
    version: i32,
}

/// Taking a move back.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "VoidMoveVariables")]
struct VoidMove {
    #[arguments(input: $input)]
    void_move: MovePayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealPayload")]
struct MovePayload {
    deal: Option<DealNow>,
    user_errors: Vec<UserError>,
}

/// Where the deal is after it.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct DealNow {
    version: i32,
    status: DealStatus,
    stage: StageOption,
    startup: NamedStartup,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct NamedStartup {
    name: String,
}

fn read_document() -> String {
    let variables = DealMoveVariables { id: "".into() };
    DealMove::build(variables).query
}

fn move_document() -> String {
    let input = MoveDealInput {
        id: "".into(),
        version: 0,
    };
    MoveDeal::build(MoveDealVariables { input }).query
}

fn void_document() -> String {
    let input = VoidMoveInput {
        deal: "".into(),
        reason: String::new(),
        version: 0,
    };
    VoidMove::build(VoidMoveVariables { input }).query
}

/// The documents of the forms.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("deal_move.graphql", read_document()),
        ("deal_move_write.graphql", move_document()),
        ("deal_void.graphql", void_document()),
    ]
}

/// What stands over the form where somebody else was faster.
struct Stale {
    heading: String,
    text: String,
}

#[derive(Template)]
#[template(path = "deal_move.html", blocks = ["sheet"])]
struct MovePage {
    shell: Shell,
    d: &'static DealWords,
    f: &'static FormWords,
    address: String,
    heading: String,
    now: String,
    hidden: Vec<(&'static str, String)>,
    faults: Vec<Fault>,
    stale: Option<Stale>,
    /// Whether a gate has stopped the move.
    is_stopped: bool,
    unmet: Vec<UnmetView>,
    /// What a decision asked for and is not done yet, with the day it is due.
    conditions: Vec<(String, Option<String>)>,
    stage: Option<Field>,
    status: Field,
    pass: Vec<Field>,
    rest: Vec<Field>,
    /// For whoever may override, where there is something to.
    override_field: Option<Field>,
    /// For the others: on which agendas a partner can be asked about it, each with its address, title and day.
    meetings: Vec<(String, String, String)>,
    id: String,
    cancel: String,
}

/// Whether a deal in one status may come to another, as the API would allow it: what it forbids is not offered.
fn may_become(from: DealStatus, to: DealStatus) -> bool {
    match from {
        DealStatus::Active => true,
        DealStatus::OnHold => to != DealStatus::Invested,
        DealStatus::Passed => matches!(to, DealStatus::Passed | DealStatus::Active),
        DealStatus::Invested | DealStatus::Lost => to == from,
    }
}

#[derive(Template)]
#[template(path = "deal_void.html", blocks = ["sheet"])]
struct VoidPage {
    shell: Shell,
    d: &'static DealWords,
    f: &'static FormWords,
    address: String,
    heading: String,
    now: String,
    hidden: Vec<(&'static str, String)>,
    faults: Vec<Fault>,
    reason: Field,
    cancel: String,
}

/// What a script is told after a move: in words, with a button that takes it back.
#[derive(Template)]
#[template(path = "deal_moved.html")]
struct Moved {
    d: &'static DealWords,
    told: String,
    stage: String,
    version: i32,
    undo: Option<Undo>,
}

struct Undo {
    address: String,
    key: String,
}

fn is_part(headers: &HeaderMap) -> bool {
    headers.get("hx-request").is_some()
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let answer = match read(&site, &visit, &id).await {
        Ok(found) => {
            let mut sent = Sent::default();
            let to = visit.parameter("to");
            let stages = found.stages.iter().filter(|stage| !stage.is_retired);
            let to = to.filter(|key| stages.clone().any(|stage| stage.key == *key));
            sent.put("stage", to.unwrap_or_else(|| found.deal.stage.key.clone()));
            let status = visit.parameter("status");
            let status = status.as_deref().and_then(DealStatus::from_code);
            sent.put("status", status.unwrap_or(found.deal.status).code());
            found.page(&site, &visit, &headers, &sent, Told::default())
        }
        Err(problem) => Err(problem),
    };
    answered(&site, &visit, answer)
}

pub(crate) async fn carry_out(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = submit(&site, &visit, &headers, &id, &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn doubt(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let answer = match read(&site, &visit, &id).await {
        Ok(found) => found.void_page(
            &site,
            &visit,
            &headers,
            &Sent::default(),
            Vec::new(),
            StatusCode::OK,
        ),
        Err(problem) => Err(problem),
    };
    answered(&site, &visit, answer)
}

pub(crate) async fn void(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let answer = take_back(&site, &visit, &headers, &id, &body).await;
    answered(&site, &visit, answer)
}

/// The deal as it is now, for whoever may move it.
struct Found {
    role: Role,
    user: Reader,
    deal: MovedDeal,
    stages: Vec<StageOption>,
    author: Option<String>,
    drafts: Vec<ReviewHead>,
    capabilities: Vec<CapabilityChoice>,
}

/// What came of a try.
#[derive(Default)]
struct Told {
    faults: Vec<Fault>,
    is_stopped: bool,
    is_stale: bool,
}

async fn read(site: &Site, visit: &Visit, id: &str) -> Result<Found, Problem> {
    let variables = send::variables(&DealMoveVariables { id: id.into() })?;
    let found: DealMove = send::read_record(site, visit, read_document(), variables, "DealMove").await?;
    let deal = found.deal.ok_or(Problem::NotFound)?;
    let user = found.viewer.ok_or(Problem::SignIn)?;
    if !user.viewer.role.may_write() {
        return Err(Problem::NotAllowed);
    }
    let author = found
        .activity
        .nodes
        .first()
        .and_then(|change| change.author())
        .map(str::to_owned);
    Ok(Found {
        role: user.viewer.role,
        user,
        deal,
        stages: found.stages,
        author,
        drafts: found.reviews.map(|all| all.nodes).unwrap_or_default(),
        capabilities: found.capabilities,
    })
}

/// What was chosen, for the API; or what can be told to be wrong without it.
fn input(
    site: &Site,
    visit: &Visit,
    id: &str,
    sent: &Sent,
    words: &Words,
) -> Result<Map<String, Value>, Vec<Fault>> {
    let d = words.deal();
    let mut faults = Vec::new();
    let mut input = Map::from_iter([
        ("id".to_owned(), json!(id)),
        (
            "version".to_owned(),
            json!(sent.text("version").parse::<i32>().unwrap_or_default()),
        ),
    ]);
    let mut put = |name: &str, value: Value| {
        input.insert(name.to_owned(), value);
    };
    // What stands as it was is no move.
    let stage = sent.some("stage").filter(|key| *key != sent.text("was.stage"));
    let status = sent
        .some("status")
        .filter(|code| *code != sent.text("was.status"));
    if stage.is_none() && status.is_none() {
        faults.push(Fault::new("stage", d.nothing_chosen.to_owned()));
    }
    if let Some(stage) = stage {
        put("stage", json!(stage));
    }
    match status.map(DealStatus::from_code) {
        Some(Some(status)) => put("status", json!(status.code())),
        Some(None) => faults.push(Fault::new("status", d.nothing_chosen.to_owned())),
        None => {}
    }
    if let Some(reason) = sent.some("reason") {
        put("reason", json!(reason));
    }
    if status == Some(DealStatus::Passed.code()) {
        match sent.some("passReason").and_then(PassReason::from_code) {
            Some(reason) => put("passReason", json!(reason.code())),
            None => faults.push(Fault::new("passReason", d.say_pass_reason.to_owned())),
        }
        if let Some(note) = sent.some("passNote") {
            put("passNote", json!(note));
        }
        if let Some(day) = sent.day("revisitOn", &mut faults, words) {
            put("revisitOn", json!(fmt::table_date(day)));
        }
        faults.extend(revisit::faults(sent, words));
        let when = revisit::value(sent);
        if !when.is_null() {
            put("revisitWhen", when);
        }
    }
    if let Some(day) = sent.day("occurredAt", &mut faults, words) {
        let today = visit.now.with_timezone(&site.config.zone).date_naive();
        // A day is its end; today is now, which is what a move happens at anyway.
        if day != today {
            match AsOf::Day(day).instant(visit.now, site.config.zone) {
                Some(at) => put(
                    "occurredAt",
                    json!(at.to_rfc3339_opts(SecondsFormat::Micros, true)),
                ),
                None => faults.push(Fault::new("occurredAt", words.no_such_day.to_owned())),
            }
        }
    }
    if let Some(reason) = sent.some("overrideReason") {
        if reason.chars().count() < OVERRIDE_CHARS {
            faults.push(Fault::new("overrideReason", d.override_short.to_owned()));
        }
        put("overrideReason", json!(reason));
    }
    if faults.is_empty() { Ok(input) } else { Err(faults) }
}

async fn submit(
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
    let told = match input(site, visit, id, &sent, words) {
        Err(faults) => Told {
            faults,
            ..Told::default()
        },
        Ok(input) => {
            let variables = json!({ "input": Value::Object(input) });
            let key = sent.text("key");
            match send::write(site, visit, &move_document(), &variables, "MoveDeal", key).await? {
                Written::Refused(reason) => Told {
                    faults: vec![Fault::new("", send::plain(&reason, words))],
                    ..Told::default()
                },
                Written::Done(MoveDeal { move_deal: payload }) => {
                    if payload.user_errors.is_empty() {
                        let is_status_alone =
                            sent.some("stage").is_none_or(|key| key == sent.text("was.stage"));
                        return done(visit, headers, id, payload.deal, |now, words| {
                            let d = words.deal();
                            if is_status_alone || now.status != DealStatus::Active {
                                d.became(&now.startup.name, now.status.word(words))
                            } else {
                                d.moved_to(&now.startup.name, now.stage.name_in(words.language))
                            }
                        });
                    }
                    told_by(&payload.user_errors, words)
                }
            }
        }
    };
    read(site, visit, id)
        .await?
        .page(site, visit, headers, &sent, told)
}

fn told_by(errors: &[UserError], words: &Words) -> Told {
    if errors.iter().any(|error| {
        error.code == UserErrorCode::NotFound
            && error
                .field
                .as_deref()
                .is_some_and(|path| path == ["id"] || path == ["deal"])
    }) {
        // Gone meanwhile: the page that is drawn next says that nothing is there.
        return Told::default();
    }
    Told {
        is_stopped: errors.iter().any(|error| error.code == UserErrorCode::GateClosed),
        is_stale: UserError::any_stale(errors),
        faults: errors
            .iter()
            .filter(|error| {
                !matches!(
                    error.code,
                    UserErrorCode::GateClosed | UserErrorCode::StaleVersion
                )
            })
            .map(|error| Fault::beside(error, words))
            .collect(),
    }
}

/// After a move: to the deal's page, or for a script what there is to say.
fn done(
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    now: Option<DealNow>,
    told: impl FnOnce(&DealNow, &Words) -> String,
) -> Result<Response, Problem> {
    if !is_part(headers) {
        return Ok(Redirect::to(&send::with_note(&path(id), "moved")).into_response());
    }
    let words = visit.words();
    // Whoever moves a deal sees it; a deal that is gone is nothing any more.
    let now = now.ok_or(Problem::NotFound)?;
    let part = Moved {
        d: words.deal(),
        told: told(&now, words),
        version: now.version,
        undo: Some(Undo {
            address: format!("{}/void", path(id)),
            key: send::fresh_key(visit),
        }),
        stage: now.stage.key,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &part)
}

async fn take_back(
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
    let mut faults = Vec::new();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match sent.some("reason") {
        None => faults.push(Fault::new("reason", words.form().say_reason.to_owned())),
        Some(reason) => {
            let version: i32 = sent.text("version").parse().unwrap_or_default();
            let variables = json!({ "input": { "deal": id, "reason": reason, "version": version } });
            let key = sent.text("key");
            match send::write(site, visit, &void_document(), &variables, "VoidMove", key).await? {
                Written::Refused(reason) => faults.push(Fault::new("", send::plain(&reason, words))),
                Written::Done(VoidMove { void_move: payload }) if payload.user_errors.is_empty() => {
                    if !is_part(headers) {
                        let page = send::with_note(&path(id), "voided");
                        return Ok(Redirect::to(&page).into_response());
                    }
                    let now = payload.deal.ok_or(Problem::NotFound)?;
                    let part = Moved {
                        d: words.deal(),
                        told: words
                            .deal()
                            .taken_back(&now.startup.name, now.stage.name_in(words.language)),
                        version: now.version,
                        stage: now.stage.key,
                        undo: None,
                    };
                    return problem::page(StatusCode::OK, visit.language.tag(), &part);
                }
                Written::Done(VoidMove { void_move: payload }) => {
                    if UserError::any_stale(&payload.user_errors) {
                        status = StatusCode::CONFLICT;
                    }
                    faults.extend(payload.user_errors.iter().map(|error| {
                        let field = match error.field.as_deref() {
                            Some([field]) if field == "reason" => "reason",
                            _ => "",
                        };
                        Fault::of(error, field.to_owned(), words)
                    }));
                }
            }
        }
    }
    let found = read(site, visit, id).await?;
    found.void_page(site, visit, headers, &sent, faults, status)
}

impl Found {
    fn shell(&self, site: &Site, visit: &Visit, heading: &str) -> Shell {
        let words = visit.words();
        let mut shell = Shell::new(site, visit, heading);
        shell.user = Some(self.user.viewer.clone().menu(words));
        shell.section = Section::Pipeline;
        visit.uri.path().clone_into(&mut shell.back);
        shell.crumbs = super::crumbs(words, Some((&self.deal.title, self.deal.id.inner())), heading);
        shell
    }

    fn now(&self, words: &Words) -> String {
        words.deal().now_in(
            self.deal.stage.name_in(words.language),
            self.deal.status.word(words),
        )
    }

    fn page(
        self,
        site: &Site,
        visit: &Visit,
        headers: &HeaderMap,
        sent: &Sent,
        told: Told,
    ) -> Result<Response, Problem> {
        let words = visit.words();
        let d = words.deal();
        let Told {
            faults,
            is_stopped,
            is_stale,
        } = told;
        let status = if is_stale {
            StatusCode::CONFLICT
        } else if is_stopped || !faults.is_empty() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let heading = d.move_name(&self.deal.startup.name);
        let shell = self.shell(site, visit, &heading);
        let id = self.deal.id.inner();
        // What somebody else did meanwhile is where a second try begins.
        let version = if sent.some("version").is_some() && !is_stale {
            sent.text("version").to_owned()
        } else {
            self.deal.version.to_string()
        };
        let gate = if sent.text("status") == DealStatus::Invested.code() {
            &self.deal.every_gate
        } else {
            &self.deal.gate
        };
        let unmet: Vec<UnmetView> = gate
            .unmet
            .iter()
            .filter(|unmet| self.is_on_the_way(&unmet.stage, sent))
            .map(|unmet| unmet.view(id, self.deal.startup.id.inner(), words))
            .collect();
        let may_override = self.role.may_override() && !unmet.is_empty();
        let mut fields = self.fields(sent, words);
        let mut override_field = may_override
            .then(|| Field::area("overrideReason", d.override_reason, sent, 2).hint(d.override_hint));
        let mut all: Vec<&mut Field> = fields.all().chain(override_field.as_mut()).collect();
        let mut told = Vec::new();
        for fault in faults {
            if let Some(field) = all.iter_mut().find(|field| field.name == fault.field) {
                field.fault.get_or_insert_with(|| fault.clone());
            }
            told.push(fault);
        }
        let stale = is_stale.then(|| {
            let who = self.author.as_deref().unwrap_or(words.form().somebody);
            let when = fmt::relative(self.deal.updated_at, visit.now, site.config.zone, visit.language);
            Stale {
                heading: d.changed(who, &when),
                text: d.is_now(
                    self.deal.stage.name_in(words.language),
                    self.deal.status.word(words),
                ),
            }
        });
        let page = MovePage {
            d,
            f: words.form(),
            address: format!("{}/move", path(id)),
            now: self.now(words),
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", version),
                ("was.stage", self.deal.stage.key.clone()),
                ("was.status", self.deal.status.code().to_owned()),
            ],
            faults: told,
            stale,
            is_stopped,
            unmet,
            conditions: self
                .deal
                .tasks
                .iter()
                .filter(|task| task.is_condition && task.done_at.is_none())
                .map(|task| (task.what.clone(), task.due.map(fmt::table_date)))
                .collect(),
            stage: fields.stage,
            status: fields.status,
            pass: fields.pass,
            rest: fields.rest,
            meetings: if may_override {
                Vec::new()
            } else {
                meetings(&self.drafts, site, words.language)
            },
            id: id.to_owned(),
            override_field,
            cancel: path(id),
            heading,
            shell,
        };
        if is_part(headers) {
            problem::page(status, visit.language.tag(), &page.as_sheet())
        } else {
            problem::page(status, visit.language.tag(), &page)
        }
    }

    /// Whether a stage lies before the one that was chosen, or is it; all do while none is chosen, and for INVESTED.
    fn is_on_the_way(&self, stage: &StageOption, sent: &Sent) -> bool {
        let chosen = sent.text("stage");
        let target = self.stages.iter().find(|one| one.key == chosen);
        match target {
            Some(_) if sent.text("status") == DealStatus::Invested.code() => true,
            Some(target) if target.key != self.deal.stage.key => stage.order <= target.order,
            _ => true,
        }
    }

    fn fields(&self, sent: &Sent, words: &Words) -> Fields {
        let d = words.deal();
        let is_active = self.deal.status == DealStatus::Active;
        let stage = is_active.then(|| {
            let chosen = sent.some("stage").unwrap_or(&self.deal.stage.key);
            let picks = self
                .stages
                .iter()
                .filter(|stage| !stage.is_retired || stage.key == self.deal.stage.key)
                .map(|stage| Pick {
                    note: self.lacks(stage, words),
                    ..Pick::new(&stage.key, stage.name_in(words.language), chosen)
                })
                .collect();
            Field::new("stage", d.stage, sent, Input::Radios(picks))
        });
        let chosen = sent.some("status").unwrap_or(self.deal.status.code());
        let statuses = DealStatus::ALL
            .iter()
            .filter(|status| **status != DealStatus::Invested || self.role.may_override())
            .filter(|status| may_become(self.deal.status, **status))
            .map(|status| Pick {
                note: match status {
                    DealStatus::Invested | DealStatus::Lost => d.final_status.to_owned(),
                    _ => String::new(),
                },
                ..Pick::new(status.code(), status.word(words), chosen)
            })
            .collect();
        let mut status = Field::new("status", d.status, sent, Input::Radios(statuses));
        if !is_active {
            status = status.hint(d.only_active_moves);
        }
        let mut reasons = vec![Pick::new("", d.not_said, sent.text("passReason"))];
        reasons.extend(
            PassReason::ALL
                .iter()
                .map(|one| Pick::new(one.code(), one.word(words), sent.text("passReason"))),
        );
        Fields {
            stage,
            status,
            pass: [
                Field::new("passReason", d.pass_reason, sent, Input::Select(reasons)).required(),
                Field::area("passNote", d.pass_note, sent, 2),
                Field::day("revisitOn", d.revisit_on, sent).hint(words.passes().when_hint),
            ]
            .into_iter()
            .chain(
                revisit::rows(sent, &self.capabilities, words)
                    .into_iter()
                    .flat_map(|row| row.fields),
            )
            .collect(),
            rest: vec![
                Field::area("reason", d.why, sent, 2).hint(d.why_hint),
                Field::day("occurredAt", d.occurred_on, sent).hint(d.occurred_hint),
            ],
        }
    }

    /// What the gates up to a stage still ask, in a line.
    fn lacks(&self, stage: &StageOption, words: &Words) -> String {
        if stage.order <= self.deal.stage.order {
            return String::new();
        }
        let mut names: Vec<&str> = Vec::new();
        for unmet in &self.deal.gate.unmet {
            let name = unmet.condition.word(words);
            if unmet.stage.order <= stage.order && !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            String::new()
        } else {
            words.deal().lacks(&names.join(words.comma()))
        }
    }

    fn void_page(
        self,
        site: &Site,
        visit: &Visit,
        headers: &HeaderMap,
        sent: &Sent,
        faults: Vec<Fault>,
        status: StatusCode,
    ) -> Result<Response, Problem> {
        let words = visit.words();
        let d = words.deal();
        let shell = self.shell(site, visit, d.take_back_move);
        let id = self.deal.id.inner();
        let mut reason = Field::area("reason", d.why, sent, 2).required();
        reason.fault = faults.iter().find(|fault| fault.field == "reason").cloned();
        let page = VoidPage {
            d,
            f: words.form(),
            address: format!("{}/void", path(id)),
            heading: d.take_back_move.to_owned(),
            now: self.now(words),
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.deal.version.to_string()),
            ],
            faults,
            reason,
            cancel: path(id),
            shell,
        };
        if is_part(headers) {
            problem::page(status, visit.language.tag(), &page.as_sheet())
        } else {
            problem::page(status, visit.language.tag(), &page)
        }
    }
}

/// The fields of a move's form.
struct Fields {
    /// None while a deal that is not active stays in its stage.
    stage: Option<Field>,
    status: Field,
    pass: Vec<Field>,
    rest: Vec<Field>,
}

impl Fields {
    fn all(&mut self) -> impl Iterator<Item = &mut Field> {
        self.stage
            .iter_mut()
            .chain([&mut self.status])
            .chain(&mut self.pass)
            .chain(&mut self.rest)
    }
}
