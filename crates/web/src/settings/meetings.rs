//! How each kind of meeting is held: its rule, who must vote, its rhythm. What a new meeting of the kind begins with.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use cynic::{MutationBuilder, QueryBuilder};

use super::{MEETINGS, Tab, parts, shell, tabs};
use crate::answer::{Outcome, UserError};
use crate::deals::{StageOption, UserName};
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Pick, Sent};
use crate::meanwhile;
use crate::problem::{self, Problem, answered};
use crate::review::form::{people, put_rules, quorum, rule_fields};
use crate::review::{Colleague, DecisionRule, Quorum, ReviewKind, rules};
use crate::send::{self, Written};
use crate::shell::Shell;
use crate::viewer::{Role, Viewer};
use crate::visit::{Visit, is_from_our_page};
use crate::words::{ReviewWords, SettingsWords, Words};
use crate::{Site, schema};

/// Everything the pages show.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MeetingsSettings {
    viewer: Option<Viewer>,
    review_kinds: Vec<Held>,
    users: Vec<Colleague>,
    stages: Vec<StageOption>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewKindSettings")]
struct Held {
    kind: ReviewKind,
    rule: DecisionRule,
    threshold: Option<i32>,
    quorum: Quorum,
    is_blind: bool,
    veto_holders: Vec<UserName>,
    every_days: Option<i32>,
    minutes: i32,
    stage: Option<String>,
    attendees: Vec<UserName>,
    version: i32,
}

#[derive(cynic::QueryVariables)]
struct UpdateReviewKindVariables {
    input: UpdateReviewKindInput,
}

/// All of it, as typed: what is blank is null.
#[derive(cynic::InputObject)]
struct UpdateReviewKindInput {
    kind: ReviewKind,
    version: i32,
    rule: Option<DecisionRule>,
    threshold: Option<i32>,
    quorum: Option<Quorum>,
    is_blind: Option<bool>,
    veto_holders: Option<Vec<cynic::Id>>,
    every_days: Option<i32>,
    minutes: Option<i32>,
    stage: Option<String>,
    attendees: Option<Vec<cynic::Id>>,
}

/// Changing how a kind is held.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateReviewKindVariables")]
struct UpdateReviewKind {
    #[arguments(input: $input)]
    update_review_kind: ReviewKindPayload,
}

#[derive(cynic::QueryFragment)]
struct ReviewKindPayload {
    user_errors: Vec<UserError>,
}

#[derive(Template)]
#[template(path = "settings_meetings.html")]
struct Page {
    shell: Shell,
    s: &'static SettingsWords,
    r: &'static ReviewWords,
    tabs: Vec<Tab>,
    said: Option<&'static str>,
    may_edit: bool,
    rows: Vec<Row>,
}

struct Row {
    kind: &'static str,
    rules: String,
    vetoes: Option<String>,
    every: String,
    minutes: String,
    stage: Option<String>,
    attendees: Option<String>,
    edit: String,
}

fn document() -> String {
    MeetingsSettings::build(()).query
}

fn update_document() -> String {
    let input = UpdateReviewKindInput {
        kind: ReviewKind::Weekly,
        version: 0,
        rule: None,
        threshold: None,
        quorum: None,
        is_blind: None,
        veto_holders: None,
        every_days: None,
        minutes: None,
        stage: None,
        attendees: None,
    };
    UpdateReviewKind::build(UpdateReviewKindVariables { input }).query
}

/// The documents of the meetings' settings.
pub(crate) fn documents() -> [(&'static str, String); 2] {
    [
        ("settings_meetings.graphql", document()),
        ("review_kind_update.graphql", update_document()),
    ]
}

async fn read(site: &Site, visit: &Visit) -> Result<(Viewer, MeetingsSettings), Problem> {
    let found = send::read(site, visit, document(), serde_json::json!({}), "MeetingsSettings").await?;
    let found: MeetingsSettings = match found {
        Outcome::Data(found) => found,
        Outcome::Refused(_) => return Err(Problem::NotFound),
    };
    let viewer = found.viewer.clone().ok_or(Problem::SignIn)?;
    Ok((viewer, found))
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    answered(&site, &visit, page(&site, &visit).await)
}

fn names(users: &[UserName], words: &Words) -> Option<String> {
    let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(words.comma()))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let (viewer, found) = read(site, visit).await?;
    let page = Page {
        s: words.settings(),
        r,
        tabs: tabs(MEETINGS, words),
        said: (visit.parameter("did").as_deref() == Some("saved")).then_some(r.said_done),
        may_edit: viewer.role == Role::Admin,
        rows: found
            .review_kinds
            .iter()
            .map(|kind| Row {
                kind: kind.kind.word(r),
                rules: rules(kind.rule, kind.threshold, kind.is_blind, kind.quorum, words),
                vetoes: names(&kind.veto_holders, words),
                every: kind
                    .every_days
                    .map_or_else(|| r.as_needed.to_owned(), |days| r.every(&days.to_string())),
                minutes: r.min(&kind.minutes.to_string()),
                stage: kind.stage.as_ref().map(|key| {
                    let stage = found.stages.iter().find(|stage| stage.key == *key);
                    stage.map_or_else(|| key.clone(), |stage| stage.name_in(words.language).to_owned())
                }),
                attendees: names(&kind.attendees, words),
                edit: format!("{MEETINGS}/{}", kind.kind.code()),
            })
            .collect(),
        shell: shell(site, visit, viewer, (MEETINGS, r.reviews), None),
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(kind): Path<String>) -> Response {
    let answer = form(&site, &visit, &kind, Typed::Nothing).await;
    answered(&site, &visit, answer)
}

pub(crate) async fn update(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(kind): Path<String>,
    body: Bytes,
) -> Response {
    answered(&site, &visit, save(&site, &visit, &headers, &kind, &body).await)
}

/// What the form would send if nobody typed.
fn sent_of(kind: &Held) -> Sent {
    let mut sent = Sent::default();
    let rule = (kind.rule, kind.threshold);
    put_rules(&mut sent, rule, kind.quorum, kind.is_blind, &kind.veto_holders);
    sent.put_some("everyDays", kind.every_days.map(|days| days.to_string()));
    sent.put("minutes", kind.minutes.to_string());
    sent.put_some("stage", kind.stage.as_deref());
    for user in &kind.attendees {
        sent.put("attendees", user.id.inner());
    }
    sent
}

/// What a form is shown with.
enum Typed {
    /// What holds.
    Nothing,
    /// What was typed, and what is wrong with it.
    Wrong(Sent, Vec<Fault>),
    /// What was typed while somebody else saved.
    Late(Sent),
}

/// What the sender read before typing.
fn base_of(sent: &Sent) -> Sent {
    Sent::read(sent.text("base").as_bytes())
}

async fn form(site: &Site, visit: &Visit, code: &str, typed: Typed) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let (viewer, found) = read(site, visit).await?;
    if viewer.role != Role::Admin {
        return Err(Problem::NotAllowed);
    }
    let kind = ReviewKind::of(code).and_then(|kind| found.review_kinds.iter().find(|one| one.kind == kind));
    let kind = kind.ok_or(Problem::NotFound)?;
    let now = sent_of(kind);
    let newest = kind.version.to_string();
    let (status, sent, base, version, faults, conflict) = match typed {
        Typed::Nothing => (StatusCode::OK, now.clone(), now, newest, Vec::new(), None),
        // On top of what was read: another's change is still to be told.
        Typed::Wrong(sent, faults) => {
            let (base, version) = (base_of(&sent), sent.text("version").to_owned());
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                sent,
                base,
                version,
                faults,
                None,
            )
        }
        Typed::Late(mut sent) => {
            let base = base_of(&sent);
            let clashes = meanwhile::clashes(&mut sent, &base, &now, |sent| groups(&found, sent, words));
            let conflict = meanwhile::conflict(site, visit, None, visit.now, clashes);
            (
                StatusCode::CONFLICT,
                sent,
                now,
                newest,
                Vec::new(),
                Some(conflict),
            )
        }
    };
    let heading = kind.kind.word(r);
    let mut shell = shell(site, visit, viewer, (MEETINGS, r.reviews), Some(heading));
    visit.uri.path().clone_into(&mut shell.back);
    let page = FormPage::new(FormParts {
        hidden: vec![
            ("key", send::fresh_key(visit)),
            ("version", version),
            ("base", base.written()),
        ],
        faults,
        conflict,
        groups: groups(&found, &sent, words),
        ..parts(shell, heading, MEETINGS, words.form().save)
    });
    problem::page(status, visit.language.tag(), &page)
}

/// Every field, with what was typed.
fn groups(found: &MeetingsSettings, sent: &Sent, words: &Words) -> Vec<Group> {
    let r = words.review();
    let stage = sent.text("stage");
    let mut stages = vec![Pick::new("", "—", stage)];
    stages.extend(
        found
            .stages
            .iter()
            .filter(|one| !one.is_retired)
            .map(|one| Pick::new(&one.key, one.name_in(words.language), stage)),
    );
    // One that the pipeline has no more stays until somebody chooses another.
    if !stage.is_empty() && !stages.iter().any(|pick| pick.value == stage) {
        stages.push(Pick::new(stage, stage, stage));
    }
    let [rule, threshold, quorum, blind, vetoes] = rule_fields(&found.users, sent, words);
    let fields = vec![
        rule.first(),
        threshold,
        quorum,
        blind,
        vetoes,
        Field::line("everyDays", r.every_days, sent).hint(r.every_days_hint),
        Field::line("minutes", r.minutes, sent).required(),
        Field::new("stage", r.decided_stage, sent, Input::Select(stages)).hint(r.decided_stage_hint),
        Field::new(
            "attendees",
            r.attendees,
            sent,
            people(&found.users, sent, "attendees"),
        )
        .hint(r.attendees_hint),
    ];
    vec![Group {
        id: "kind",
        legend: "",
        hint: r.kind_hint,
        rows: fields.into_iter().map(Into::into).collect(),
    }]
}

/// What was typed, or what is wrong with it.
fn input(kind: ReviewKind, sent: &Sent, words: &Words) -> Result<UpdateReviewKindInput, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut whole = |name: &'static str| {
        let typed = sent.some(name).map(str::parse::<i32>)?;
        if typed.is_err() {
            faults.push(Fault::new(name, words.review().not_whole.to_owned()));
        }
        typed.ok()
    };
    let (threshold, every_days, minutes) = (whole("threshold"), whole("everyDays"), whole("minutes"));
    if !faults.is_empty() {
        return Err(faults);
    }
    let rule = DecisionRule::of(sent.text("rule"));
    Ok(UpdateReviewKindInput {
        kind,
        version: sent.text("version").parse().unwrap_or(0),
        rule,
        threshold: threshold.filter(|_| rule == Some(DecisionRule::Threshold)),
        quorum: Some(quorum(sent)),
        is_blind: Some(sent.text("isBlind") == "yes"),
        veto_holders: Some(sent.all("vetoHolders").map(cynic::Id::new).collect()),
        every_days,
        minutes,
        stage: sent.some("stage").map(str::to_owned),
        attendees: Some(sent.all("attendees").map(cynic::Id::new).collect()),
    })
}

async fn save(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    code: &str,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let kind = ReviewKind::of(code).ok_or(Problem::NotFound)?;
    let mut sent = Sent::of_body(body);
    let base = base_of(&sent);
    meanwhile::resolve(&mut sent, &base, meanwhile::alone);
    let input = match input(kind, &sent, words) {
        Ok(input) => input,
        Err(faults) => return form(site, visit, code, Typed::Wrong(sent, faults)).await,
    };
    let variables = send::variables(&UpdateReviewKindVariables { input })?;
    let (document, key) = (update_document(), sent.text("key").to_owned());
    let written = send::write(site, visit, &document, &variables, "UpdateReviewKind", &key).await?;
    let typed = match written {
        Written::Refused(reason) => Typed::Wrong(sent, vec![Fault::new("", send::plain(&reason, words))]),
        Written::Done(UpdateReviewKind { update_review_kind }) => {
            let errors = update_review_kind.user_errors;
            if errors.is_empty() {
                return Ok(Redirect::to(&send::with_note(MEETINGS, "saved")).into_response());
            }
            if UserError::any_stale(&errors) {
                Typed::Late(sent)
            } else {
                let beside = |error| Fault::beside_list(error, words);
                Typed::Wrong(sent, errors.iter().map(beside).collect())
            }
        }
    };
    form(site, visit, code, typed).await
}
