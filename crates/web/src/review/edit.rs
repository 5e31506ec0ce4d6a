//! Changing a meeting that is not over: when, who comes and presents, and, until it begins, what votes mean.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::{Map, Value, json};

use super::form::{people, presenters, put_rules, put_start, quorum, read_times, rule_fields, times, told};
use super::{Colleague, DecisionRule, ReviewHead, ReviewStatus, Rules, may_run, path, shell};
use crate::activity::LatestChange;
use crate::answer::UserError;
use crate::deals::UserName;
use crate::form::{Conflict, Fault, Field, FormPage, FormParts, Group, Input, Pick, Sent};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::viewer::Viewer;
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, meanwhile, schema};

/// The fields that say what votes mean.
const RULES: [&str; 5] = ["rule", "threshold", "quorum", "isBlind", "vetoHolders"];

#[derive(cynic::QueryVariables)]
struct ReviewEditVariables {
    id: cynic::Id,
}

/// A meeting as its form shows it, and who changed it last.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ReviewEditVariables")]
struct ReviewEdit {
    viewer: Option<Viewer>,
    #[arguments(id: $id)]
    review: Option<Meeting>,
    users: Vec<Colleague>,
    #[arguments(first: 1, subject: $id)]
    activity: LatestChange,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct Meeting {
    #[cynic(spread)]
    head: ReviewHead,
    #[cynic(spread)]
    rules: Rules,
    attendees: Vec<UserName>,
    veto_holders: Vec<UserName>,
}

#[derive(cynic::QueryVariables)]
struct UpdateReviewVariables {
    input: UpdateReviewInput,
}

/// The input's other fields are put in by `input`: only those that were changed.
#[derive(cynic::InputObject)]
struct UpdateReviewInput {
    id: cynic::Id,
    version: i32,
}

/// Changing one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateReviewVariables")]
struct UpdateReview {
    #[arguments(input: $input)]
    update_review: ReviewChanged,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewPayload")]
struct ReviewChanged {
    user_errors: Vec<UserError>,
}

fn edit_document() -> String {
    ReviewEdit::build(ReviewEditVariables { id: "".into() }).query
}

fn update_document() -> String {
    let input = UpdateReviewInput {
        id: "".into(),
        version: 0,
    };
    UpdateReview::build(UpdateReviewVariables { input }).query
}

/// The documents of the form.
pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("review_edit.graphql", edit_document()),
        ("review_update.graphql", update_document()),
    ]
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    let answer = match read(&site, &visit, &id).await {
        Ok(edit) => edit.page(&site, &visit, Vec::new(), None, StatusCode::OK),
        Err(problem) => Err(problem),
    };
    answered(&site, &visit, answer)
}

pub(crate) async fn update(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    answered(&site, &visit, save(&site, &visit, &headers, &id, &body).await)
}

/// A meeting for the form.
struct Edit {
    viewer: Viewer,
    head: ReviewHead,
    users: Vec<Colleague>,
    last: LatestChange,
    /// What the form shows, and what it was read with.
    sent: Sent,
    base: Sent,
    version: i32,
}

/// What the form would send if nobody typed.
fn sent_of(meeting: &Meeting, site: &Site) -> Sent {
    let (head, rules) = (&meeting.head, &meeting.rules);
    let mut sent = Sent::default();
    sent.put("title", &head.title);
    put_start(&mut sent, head.starts_at, site);
    sent.put("minutes", head.minutes.to_string());
    sent.put_some("presenter", head.presenter.as_ref().map(|user| user.id.inner()));
    for user in &meeting.attendees {
        sent.put("attendees", user.id.inner());
    }
    let rule = (rules.rule, rules.threshold);
    put_rules(
        &mut sent,
        rule,
        rules.quorum,
        rules.is_blind,
        &meeting.veto_holders,
    );
    sent
}

async fn read(site: &Site, visit: &Visit, id: &str) -> Result<Edit, Problem> {
    let variables = send::variables(&ReviewEditVariables { id: id.into() })?;
    let found: ReviewEdit = send::read_record(site, visit, edit_document(), variables, "ReviewEdit").await?;
    let meeting = found.review.ok_or(Problem::NotFound)?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    if !may_run(&viewer) || meeting.head.status == ReviewStatus::Closed {
        return Err(Problem::NotAllowed);
    }
    let mut sent = sent_of(&meeting, site);
    if meeting.head.status != ReviewStatus::Draft {
        without_rules(&mut sent);
    }
    Ok(Edit {
        viewer,
        users: found.users,
        last: found.activity,
        base: sent.clone(),
        version: meeting.head.version,
        sent,
        head: meeting.head,
    })
}

/// The rules of a meeting stand once it began: its form has none.
fn without_rules(sent: &mut Sent) {
    for name in RULES {
        sent.drop(name);
    }
}

/// Every field, with what was typed. What votes mean stands once a meeting began.
fn groups(sent: &Sent, users: &[Colleague], status: ReviewStatus, words: &Words) -> Vec<Group> {
    let r = words.review();
    let mut presenting = vec![Pick::new("", "—", sent.text("presenter"))];
    presenting.extend(presenters(users, sent));
    let meeting = [Field::line("title", r.title, sent).required().first()]
        .into_iter()
        .chain(times(sent, r))
        .chain([
            Field::new("presenter", r.presenter, sent, Input::Select(presenting)),
            Field::new("attendees", r.attendees, sent, people(users, sent, "attendees"))
                .hint(r.attendees_hint),
        ]);
    let mut groups = vec![Group {
        id: "meeting",
        legend: "",
        hint: "",
        rows: meeting.map(Into::into).collect(),
    }];
    if status == ReviewStatus::Draft {
        groups.push(Group {
            id: "rules",
            legend: r.rules,
            hint: r.rules_hint,
            rows: rule_fields(users, sent, words)
                .into_iter()
                .map(Into::into)
                .collect(),
        });
    }
    groups
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
        let r = words.review();
        let place = path(self.head.id.inner());
        let mut shell = shell(
            site,
            visit,
            self.viewer,
            (r.edit_meeting, r.edit_meeting),
            Some(&self.head),
        );
        visit.uri.path().clone_into(&mut shell.back);
        shell.record = Some((self.head.id.inner().to_owned(), place.clone()));
        let page = FormPage::new(FormParts {
            shell,
            heading: r.edit_meeting.to_owned(),
            lead: vec![self.head.title.clone()],
            cancel: place,
            submit: words.form().save,
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults,
            conflict,
            groups: groups(&self.sent, &self.users, self.head.status, words),
            foretelling: None,
            is_danger: false,
        });
        problem::page(status, visit.language.tag(), &page)
    }
}

/// What differs from what stood there, for the API; or what is wrong with what was typed.
fn input(sent: &Sent, base: &Sent, site: &Site, words: &Words) -> Result<Map<String, Value>, Vec<Fault>> {
    let r = words.review();
    let mut faults = Vec::new();
    if sent.some("title").is_none() {
        faults.push(Fault::new("title", r.say_title.to_owned()));
    }
    let (starts_at, minutes) = read_times(sent, &mut faults, site, words);
    if minutes.is_none() && faults.iter().all(|fault| fault.field != "minutes") {
        faults.push(Fault::new("minutes", r.not_minutes.to_owned()));
    }
    let threshold = sent.some("threshold").map(str::parse::<i32>);
    if matches!(threshold, Some(Err(_))) {
        faults.push(Fault::new("threshold", r.not_whole.to_owned()));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let rule = DecisionRule::of(sent.text("rule"));
    let threshold = threshold
        .and_then(Result::ok)
        .filter(|_| rule == Some(DecisionRule::Threshold));
    let ids = |name: &str| json!(sent.all(name).collect::<Vec<_>>());
    let differs = |names: &[&str]| names.iter().any(|name| meanwhile::differs(sent, base, name));
    let mut input = Map::new();
    let mut put = |names: &[&str], field: &str, value: Value| {
        if differs(names) {
            input.insert(field.to_owned(), value);
        }
    };
    put(&["title"], "title", json!(sent.text("title")));
    put(&["day", "hour"], "startsAt", json!(starts_at));
    put(&["minutes"], "minutes", json!(minutes));
    put(&["presenter"], "presenter", json!(sent.some("presenter")));
    put(&["attendees"], "attendees", ids("attendees"));
    // A form of a meeting that goes on has no rules.
    if let Some(rule) = rule {
        put(&["rule"], "rule", json!(rule));
        put(&["rule", "threshold"], "threshold", json!(threshold));
        put(&["quorum"], "quorum", json!(quorum(sent)));
        put(&["isBlind"], "isBlind", json!(sent.text("isBlind") == "yes"));
        put(&["vetoHolders"], "vetoHolders", ids("vetoHolders"));
    }
    Ok(input)
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
    meanwhile::resolve(&mut sent, &base, meanwhile::alone);
    let edit = read(site, visit, id).await?;
    let place = path(edit.head.id.inner());
    let mut names: Vec<&str> = sent.names().chain(base.names()).collect();
    names.retain(|name| meanwhile::differs(&sent, &base, name));
    if !names.is_empty()
        && names
            .iter()
            .all(|name| !meanwhile::differs(&sent, &edit.sent, name))
    {
        // All of it is so already: sent twice.
        return Ok(Redirect::to(&send::with_note(&place, "did")).into_response());
    }
    let mut version: i32 = sent.text("version").parse().unwrap_or_default();
    if edit.head.status == ReviewStatus::Live {
        // Every page that is turned makes a version of a meeting that goes on: what the form shows may be as it was.
        let mut base = base.clone();
        without_rules(&mut base);
        if edit.base.written() == base.written() {
            version = edit.version;
        }
    }
    let faults = match input(&sent, &base, site, words) {
        Err(faults) => faults,
        Ok(input) if input.is_empty() => return Ok(Redirect::to(&place).into_response()),
        Ok(mut input) => {
            input.insert("id".to_owned(), json!(id));
            input.insert("version".to_owned(), json!(version));
            let variables = json!({ "input": Value::Object(input) });
            let key = sent.text("key").to_owned();
            let written =
                send::write(site, visit, &update_document(), &variables, "UpdateReview", &key).await?;
            match written {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(UpdateReview { update_review }) => {
                    let errors = update_review.user_errors;
                    if errors.is_empty() {
                        return Ok(Redirect::to(&send::with_note(&place, "did")).into_response());
                    }
                    if UserError::any_stale(&errors) {
                        let edit = read(site, visit, id).await?;
                        return changed_meanwhile(site, visit, edit, sent, &base);
                    }
                    told(&errors, words)
                }
            }
        }
    };
    let edit = Edit {
        sent,
        base,
        version,
        ..edit
    };
    edit.page(site, visit, faults, None, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Somebody saved first.
fn changed_meanwhile(
    site: &Site,
    visit: &Visit,
    edit: Edit,
    mut sent: Sent,
    base: &Sent,
) -> Result<Response, Problem> {
    let words = visit.words();
    let now = edit.sent.clone();
    let (mut base, mut faults) = (base.clone(), Vec::new());
    if edit.head.status == ReviewStatus::Live {
        // Its rules stand since it began, and the form has none any more.
        let had_rules = sent.some("rule").is_some();
        if had_rules && RULES.iter().any(|name| meanwhile::differs(&sent, &base, name)) {
            faults.push(Fault::new("", words.review().rules_stand.to_owned()));
        }
        without_rules(&mut sent);
        without_rules(&mut base);
    }
    let shown = |sent: &Sent| groups(sent, &edit.users, edit.head.status, words);
    let clashes = meanwhile::clashes(&mut sent, &base, &now, shown);
    let (who, at) = edit.last.told(visit.now);
    let conflict = meanwhile::conflict(site, visit, who, at, clashes);
    let edit = Edit {
        base: now,
        sent,
        ..edit
    };
    edit.page(site, visit, faults, Some(conflict), StatusCode::CONFLICT)
}
