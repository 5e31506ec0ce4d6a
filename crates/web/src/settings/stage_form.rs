//! Adding and editing a stage, and adopting a set of them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use cynic::MutationBuilder;
use serde_json::{Map, Value, json};

use super::stages::{Set, StageLine, read};
use super::{STAGES, parts, shell};
use crate::answer::UserError;
use crate::deal::{GateCondition, Round};
use crate::form::{
    Clash, Conflict, Fault, Field, FormPage, FormParts, Group, Input, Pick, Row, Sent, status_of,
};
use crate::layer::{self, Layer};
use crate::pipeline::gate::{GateRule, GateScope};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::viewer::{Role, Viewer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, meanwhile, schema};

const LAYERS: [Layer; 3] = [Layer::Model, Layer::Middleware, Layer::App];
/// Of whom a condition is asked: nobody, all, some, all but some.
const ONLY: &str = "only";
const EXCEPT: &str = "except";
const ALL: &str = "all";
/// The rounds of a rule that are no first ones in a row stay as they are.
const KEEP: &str = "keep";

#[derive(cynic::QueryVariables)]
struct CreateStageVariables {
    input: CreateStageInput,
}

/// The input's other fields are put in by `input`.
#[derive(cynic::InputObject)]
struct CreateStageInput {
    key: String,
    limit_days: i32,
    name: String,
    name_zh: String,
}

/// Adding a stage.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateStageVariables")]
struct CreateStage {
    #[arguments(input: $input)]
    create_stage: StagePayload,
}

#[derive(cynic::QueryVariables)]
struct UpdateStageVariables {
    input: UpdateStageInput,
}

/// The input's other fields are put in by `input`: only those that were changed.
#[derive(cynic::InputObject)]
struct UpdateStageInput {
    id: cynic::Id,
    version: i32,
}

/// Changing a stage.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateStageVariables")]
struct UpdateStage {
    #[arguments(input: $input)]
    update_stage: StagePayload,
}

#[derive(cynic::QueryFragment)]
struct StagePayload {
    user_errors: Vec<UserError>,
}

#[derive(Clone, Copy, cynic::Enum)]
enum StageSet {
    Standard,
    TwoCommittees,
}

#[derive(cynic::QueryVariables)]
struct AdoptStagesVariables {
    input: AdoptStagesInput,
}

#[derive(cynic::InputObject)]
struct AdoptStagesInput {
    set: StageSet,
}

/// Adopting a set.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AdoptStagesVariables")]
struct AdoptStages {
    #[arguments(input: $input)]
    adopt_stages: StagesPayload,
}

#[derive(cynic::QueryFragment)]
struct StagesPayload {
    user_errors: Vec<UserError>,
}

fn create_document() -> String {
    let input = CreateStageInput {
        key: String::new(),
        limit_days: 0,
        name: String::new(),
        name_zh: String::new(),
    };
    CreateStage::build(CreateStageVariables { input }).query
}

fn update_document() -> String {
    let input = UpdateStageInput {
        id: "".into(),
        version: 0,
    };
    UpdateStage::build(UpdateStageVariables { input }).query
}

fn adopt_document() -> String {
    let input = AdoptStagesInput {
        set: StageSet::Standard,
    };
    AdoptStages::build(AdoptStagesVariables { input }).query
}

/// The documents of the stages' settings.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("settings_stages.graphql", super::stages::document()),
        ("stage_create.graphql", create_document()),
        ("stage_update.graphql", update_document()),
        ("stages_adopt.graphql", adopt_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit) -> Response {
    let answer = new_page(&site, &visit, None, Vec::new()).await;
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

pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(key): Path<String>) -> Response {
    let answer = match Edit::read(&site, &visit, &key).await {
        Ok(edit) => edit.page(&site, &visit, Vec::new(), None, StatusCode::OK),
        Err(problem) => Err(problem),
    };
    answered(&site, &visit, answer)
}

pub(crate) async fn update(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(key): Path<String>,
    body: Bytes,
) -> Response {
    let answer = save(&site, &visit, &headers, &key, &body).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn look(State(site): State<Site>, visit: Visit) -> Response {
    let answer = adopt_page(&site, &visit, Vec::new()).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn adopt(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = take_up(&site, &visit, &headers, &body).await;
    answered(&site, &visit, answer)
}

fn admin(viewer: Viewer) -> Result<Viewer, Problem> {
    if viewer.role == Role::Admin {
        Ok(viewer)
    } else {
        Err(Problem::NotAllowed)
    }
}

/// What the rounds of a scope are called in the form: the last of the first ones in a row, or that they stay.
fn rounds_code(scope: &GateScope) -> &'static str {
    let rounds = &scope.rounds;
    let first = &Round::ALL[..rounds.len().min(Round::ALL.len())];
    match first.last() {
        None => "",
        Some(last) if first.iter().all(|round| rounds.contains(round)) => last.code(),
        Some(_) => KEEP,
    }
}

/// What the form would send if nobody typed.
fn sent_of(stage: &StageLine) -> Sent {
    let mut sent = Sent::default();
    sent.put("name", &stage.name);
    sent.put("nameZh", &stage.name_zh);
    sent.put("limitDays", stage.limit_days.to_string());
    sent.put("order", stage.order.to_string());
    sent.put("isRetired", if stage.is_retired { "yes" } else { "no" });
    for rule in &stage.gate_rules {
        let name = |field: &str| format!("gate.{}.{field}", rule.condition.code());
        let (asked, scope) = match (&rule.only, &rule.except) {
            (Some(only), _) => (ONLY, Some(only)),
            (None, Some(except)) => (EXCEPT, Some(except)),
            (None, None) => (ALL, None),
        };
        sent.put(&name("asked"), asked);
        if let Some(scope) = scope {
            for layer in &scope.layers {
                sent.put(&name("layers"), layer.code());
            }
            sent.put(&name("rounds"), rounds_code(scope));
        }
    }
    sent
}

/// The rules that a form says, beside those that stood there.
fn gate(sent: &Sent, stood: &[GateRule]) -> Value {
    let rules = GateCondition::ALL.iter().filter_map(|condition| {
        let name = |field: &str| format!("gate.{}.{field}", condition.code());
        let asked = sent.some(&name("asked"))?;
        let mut rule = Map::from_iter([("condition".to_owned(), json!(condition.code()))]);
        if asked == ONLY || asked == EXCEPT {
            let layers: Vec<String> = sent.all(&name("layers")).map(str::to_owned).collect();
            let rounds: Vec<&str> = match sent.text(&name("rounds")) {
                KEEP => stood
                    .iter()
                    .filter(|one| one.condition == *condition)
                    .filter_map(|one| one.only.as_ref().or(one.except.as_ref()))
                    .flat_map(|scope| &scope.rounds)
                    .map(|round| round.code())
                    .collect(),
                code => match Round::ALL.iter().position(|round| round.code() == code) {
                    Some(at) => Round::ALL.iter().take(at + 1).map(|round| round.code()).collect(),
                    None => Vec::new(),
                },
            };
            rule.insert(asked.to_owned(), json!({ "layers": layers, "rounds": rounds }));
        }
        Some(Value::Object(rule))
    });
    Value::Array(rules.collect())
}

/// What can be told to be wrong without the server.
fn faults(sent: &Sent, words: &Words) -> Vec<Fault> {
    let g = words.stages();
    let mut faults = Vec::new();
    if sent.text("limitDays").parse::<i32>().is_err() {
        faults.push(Fault::new("limitDays", g.say_limit.to_owned()));
    }
    for condition in GateCondition::ALL {
        let name = |field: &str| format!("gate.{}.{field}", condition.code());
        let is_scoped = matches!(sent.text(&name("asked")), ONLY | EXCEPT);
        let says_whom = sent.all(&name("layers")).next().is_some() || sent.some(&name("rounds")).is_some();
        if is_scoped && !says_whom {
            faults.push(Fault::new(&name("asked"), g.say_scope.to_owned()));
        }
    }
    faults
}

/// What differs from what stood there, for the API.
fn input(sent: &Sent, base: &Sent, stood: &[GateRule]) -> Map<String, Value> {
    let mut input = Map::new();
    for name in ["name", "nameZh"] {
        if sent.text(name) != base.text(name) {
            input.insert(name.to_owned(), json!(sent.text(name)));
        }
    }
    for name in ["limitDays", "order"] {
        if sent.text(name) != base.text(name)
            && let Ok(number) = sent.text(name).parse::<i32>()
        {
            input.insert(name.to_owned(), json!(number));
        }
    }
    if sent.text("isRetired") != base.text("isRetired") {
        input.insert("isRetired".to_owned(), json!(sent.text("isRetired") == "yes"));
    }
    let (mine, was) = (gate(sent, stood), gate(base, stood));
    if mine != was {
        input.insert("gate".to_owned(), mine);
    }
    input
}

/// Every field, with what was typed.
fn groups(sent: &Sent, places: usize, is_new: bool, stood: &[GateRule], words: &Words) -> Vec<Group> {
    let g = words.stages();
    let mut what: Vec<Row> = Vec::new();
    if is_new {
        what.push(Field::line("key", g.key, sent).hint(g.key_hint).required().into());
    }
    what.push(Row {
        legend: g.name.to_owned(),
        fields: vec![
            Field::line("name", g.name_en, sent).required(),
            Field::line("nameZh", g.name_zh, sent).required(),
        ],
    });
    let limit = Field::new("limitDays", g.limit, sent, Input::line("text", "numeric"));
    what.push(limit.hint(g.limit_hint).required().into());
    let picks = (1..=places)
        .map(|n| Pick::new(&n.to_string(), &g.place(&n.to_string()), sent.text("order")))
        .collect();
    what.push(Field::new("order", g.order, sent, Input::Select(picks)).into());
    if !is_new {
        let picks = [("no", g.takes), ("yes", g.takes_none)]
            .map(|(value, text)| Pick::new(value, text, sent.text("isRetired")));
        what.push(Field::new("isRetired", g.is_retired, sent, Input::Radios(picks.into())).into());
    }
    let rules = GateCondition::ALL
        .iter()
        .map(|condition| rule_row(*condition, sent, stood, words))
        .collect();
    vec![
        Group {
            id: "g-stage",
            legend: g.name,
            hint: "",
            rows: what,
        },
        Group {
            id: "g-gate",
            legend: g.gate,
            hint: g.gate_hint,
            rows: rules,
        },
    ]
}

fn rule_row(condition: GateCondition, sent: &Sent, stood: &[GateRule], words: &Words) -> Row {
    let g = words.stages();
    let name = |field: &str| format!("gate.{}.{field}", condition.code());
    let asked = [
        ("", g.not_asked),
        (ALL, g.of_all),
        (ONLY, g.of_only),
        (EXCEPT, g.of_except),
    ]
    .map(|(value, text)| Pick::new(value, text, sent.text(&name("asked"))));
    let layers = LAYERS
        .map(|one| Pick {
            is_chosen: sent.all(&name("layers")).any(|code| code == one.code()),
            ..Pick::new(one.code(), layer::word(Some(one), words), "")
        })
        .into();
    let chosen = sent.text(&name("rounds"));
    let mut rounds = vec![Pick::new("", g.any_round, chosen)];
    rounds.extend(
        Round::ALL
            .iter()
            .map(|round| Pick::new(round.code(), &words.pipeline().up_to(round.word(words)), chosen)),
    );
    if chosen == KEEP
        && let Some(rule) = stood.iter().find(|rule| rule.condition == condition)
    {
        rounds.push(Pick::new(KEEP, &rule.words(words), chosen));
    }
    Row {
        legend: condition.word(words).to_owned(),
        fields: vec![
            Field::new(&name("asked"), g.asked, sent, Input::Select(asked.into())),
            Field::new(&name("layers"), g.layers, sent, Input::Checks(layers)),
            Field::new(&name("rounds"), g.rounds, sent, Input::Select(rounds)),
        ],
    }
}

fn told(errors: &[UserError], words: &Words) -> Vec<Fault> {
    errors
        .iter()
        .map(|error| {
            let path = error.field.as_deref().unwrap_or_default();
            let field = match path {
                [first, ..] if first == "gate" => String::new(),
                path => path.join("."),
            };
            Fault::of(error, field, words)
        })
        .collect()
}

async fn new_page(
    site: &Site,
    visit: &Visit,
    sent: Option<Sent>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let g = words.stages();
    let (viewer, stages) = read(site, visit).await?;
    let viewer = admin(viewer)?;
    let places = stages.len() + 1;
    let sent = sent.unwrap_or_else(|| {
        let mut sent = Sent::default();
        sent.put("order", places.to_string());
        sent.put("limitDays", "14");
        sent
    });
    let mut shell = shell(site, visit, viewer, (STAGES, g.stages), Some(g.add));
    shell.back = format!("{STAGES}/new");
    let status = status_of(&faults);
    let page = FormPage::new(FormParts {
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        groups: groups(&sent, places, true, &[], words),
        ..parts(shell, g.add, STAGES, g.add)
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn add(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    // The stage's key and the form's own have one name: the form's comes first.
    let mut sent = Sent::of_body(body);
    let keys: Vec<String> = sent.all("key").map(str::to_owned).collect();
    let form_key = keys.first().cloned().unwrap_or_default();
    sent.drop("key");
    sent.put("key", keys.get(1).cloned().unwrap_or_default());
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let (viewer, _) = read(site, visit).await?;
        admin(viewer)?;
        let mut all = input(&sent, &Sent::default(), &[]);
        all.insert("key".to_owned(), json!(sent.text("key")));
        all.remove("isRetired");
        for name in ["name", "nameZh"] {
            all.insert(name.to_owned(), json!(sent.text(name)));
        }
        let variables = json!({ "input": Value::Object(all) });
        found = match send::write(
            site,
            visit,
            &create_document(),
            &variables,
            "CreateStage",
            &form_key,
        )
        .await?
        {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(CreateStage { create_stage }) if create_stage.user_errors.is_empty() => {
                return Ok(Redirect::to(&send::with_note(STAGES, "saved")).into_response());
            }
            Written::Done(CreateStage { create_stage }) => told(&create_stage.user_errors, words),
        };
    }
    new_page(site, visit, Some(sent), found).await
}

/// A form of a known stage.
struct Edit {
    viewer: Viewer,
    stage: StageLine,
    places: usize,
    sent: Sent,
    base: Sent,
    version: i32,
}

impl Edit {
    async fn read(site: &Site, visit: &Visit, key: &str) -> Result<Self, Problem> {
        let (viewer, stages) = read(site, visit).await?;
        let places = stages.len();
        let stage = stages
            .into_iter()
            .find(|stage| stage.key == key)
            .ok_or(Problem::NotFound)?;
        let viewer = admin(viewer)?;
        let sent = sent_of(&stage);
        Ok(Self {
            viewer,
            places,
            base: sent.clone(),
            version: stage.version,
            sent,
            stage,
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
        let g = words.stages();
        let heading = g.edit_name(self.stage.name_in(words.language));
        let mut shell = shell(site, visit, self.viewer, (STAGES, g.stages), Some(&heading));
        visit.uri.path().clone_into(&mut shell.back);
        let page = FormPage::new(FormParts {
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults,
            conflict,
            groups: groups(&self.sent, self.places, false, &self.stage.gate_rules, words),
            ..parts(shell, &heading, STAGES, words.form().save)
        });
        problem::page(status, visit.language.tag(), &page)
    }
}

async fn save(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    key: &str,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let mut sent = Sent::of_body(body);
    let base = Sent::read(sent.text("base").as_bytes());
    meanwhile::resolve(&mut sent, &base, unit_of);
    let edit = Edit::read(site, visit, key).await?;
    let version: i32 = sent.text("version").parse().unwrap_or_default();
    let mut found = faults(&sent, words);
    if found.is_empty() {
        let mut all = input(&sent, &base, &edit.stage.gate_rules);
        if all.is_empty() {
            return Ok(Redirect::to(STAGES).into_response());
        }
        all.insert("id".to_owned(), json!(edit.stage.id.inner()));
        all.insert("version".to_owned(), json!(version));
        let variables = json!({ "input": Value::Object(all) });
        let form_key = sent.text("key").to_owned();
        let document = update_document();
        let written = send::write(site, visit, &document, &variables, "UpdateStage", &form_key).await?;
        found = match written {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(UpdateStage { update_stage }) => {
                let errors = update_stage.user_errors;
                if errors.is_empty() {
                    return Ok(Redirect::to(&send::with_note(STAGES, "saved")).into_response());
                }
                if UserError::any_stale(&errors) {
                    return changed_meanwhile(site, visit, key, sent, &base).await;
                }
                told(&errors, words)
            }
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

/// What is compared and merged as one: the gate as a whole, every other field for itself.
fn unit_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Somebody saved first: what only they changed is taken over, what both changed is shown side by side.
async fn changed_meanwhile(
    site: &Site,
    visit: &Visit,
    key: &str,
    mut sent: Sent,
    base: &Sent,
) -> Result<Response, Problem> {
    let words = visit.words();
    let g = words.stages();
    let edit = Edit::read(site, visit, key).await?;
    let now = edit.sent.clone();
    let shown = |sent: &Sent, unit: &str| match unit {
        "gate" => {
            let rules = gate(sent, &edit.stage.gate_rules);
            let rules = rules.as_array().into_iter().flatten();
            rules
                .filter_map(|rule| GateCondition::from_code(rule.get("condition")?.as_str()?))
                .map(|condition| condition.word(words))
                .collect::<Vec<_>>()
                .join(words.comma())
        }
        "isRetired" if sent.text(unit) == "yes" => g.takes_none.to_owned(),
        "isRetired" => g.takes.to_owned(),
        unit => sent.text(unit).to_owned(),
    };
    let clashing = meanwhile::merge(&mut sent, base, &now, unit_of);
    let clash = |unit: String| Clash {
        label: match unit.as_str() {
            "name" => g.name_en,
            "nameZh" => g.name_zh,
            "limitDays" => g.limit,
            "order" => g.order,
            "isRetired" => g.is_retired,
            _ => g.gate,
        }
        .to_owned(),
        mine: shown(&sent, &unit),
        theirs: shown(&now, &unit),
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

/// Says in words what a set would do, before it does.
async fn adopt_page(site: &Site, visit: &Visit, faults: Vec<Fault>) -> Result<Response, Problem> {
    let words = visit.words();
    let g = words.stages();
    let code = visit.parameter("set").unwrap_or_default();
    let set = Set::of(&code).ok_or(Problem::NotFound)?;
    let (viewer, stages) = read(site, visit).await?;
    let viewer = admin(viewer)?;
    let heading = g.adopt_name(set.name(words));
    let mut shell = shell(site, visit, viewer, (STAGES, g.stages), Some(&heading));
    shell.back = format!("{STAGES}/adopt?set={}", set.code);
    let has = |key: &str| set.stages.iter().any(|(known, _, _)| *known == key);
    let names = |keep: &dyn Fn(&StageLine) -> bool| -> Vec<String> {
        stages
            .iter()
            .filter(|stage| keep(stage))
            .map(|stage| stage.name_in(words.language).to_owned())
            .collect()
    };
    let new: Vec<String> = set
        .stages
        .iter()
        .zip(set.names(words))
        .filter(|((key, _, _), _)| stages.iter().all(|stage| stage.key != *key))
        .map(|(_, name)| name.to_owned())
        .collect();
    let told = [
        (
            g.set_order,
            set.names(words).into_iter().map(str::to_owned).collect(),
        ),
        (g.new_ones, new),
        (g.stays, names(&|stage| has(&stage.key) && !stage.is_retired)),
        (g.comes_back, names(&|stage| has(&stage.key) && stage.is_retired)),
        (g.goes, names(&|stage| !has(&stage.key) && !stage.is_retired)),
    ];
    let mut lead = vec![g.sets_about.to_owned()];
    lead.extend(
        told.into_iter()
            .filter(|(_, names): &(&str, Vec<String>)| !names.is_empty())
            .map(|(what, names)| g.names(what, &names.join(words.comma()))),
    );
    let status = status_of(&faults);
    let page = FormPage::new(FormParts {
        lead,
        hidden: vec![("key", send::fresh_key(visit)), ("set", set.code.to_owned())],
        faults,
        ..parts(shell, &heading, STAGES, g.adopt_now)
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn take_up(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let set = Set::of(sent.text("set")).ok_or(Problem::NotFound)?;
    let (viewer, _) = read(site, visit).await?;
    admin(viewer)?;
    let variables = json!({ "input": { "set": set.code } });
    let key = sent.text("key");
    let faults = match send::write(site, visit, &adopt_document(), &variables, "AdoptStages", key).await? {
        Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
        Written::Done(AdoptStages { adopt_stages }) if adopt_stages.user_errors.is_empty() => {
            return Ok(Redirect::to(&send::with_note(STAGES, "adopted")).into_response());
        }
        Written::Done(AdoptStages { adopt_stages }) => told(&adopt_stages.user_errors, words),
    };
    adopt_page(site, visit, faults).await
}
