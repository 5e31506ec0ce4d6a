//! Scheduling a meeting, and the fields that forms of meetings share.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveTime, Utc};
use cynic::{MutationBuilder, QueryBuilder};

use super::{ADDRESS, Colleague, DecisionRule, Quorum, ReviewKind, may_run, path, shell};
use crate::answer::UserError;
use crate::deals::UserName;
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Pick, Sent};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::viewer::Reader;
use crate::visit::{Visit, is_from_our_page};
use crate::words::{ReviewWords, Words};
use crate::{Site, fmt, schema};

#[derive(cynic::QueryVariables)]
struct ReviewNewVariables {
    kind: ReviewKind,
}

/// What the form shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ReviewNewVariables")]
struct ReviewNew {
    viewer: Option<Reader>,
    users: Vec<Colleague>,
    #[arguments(kind: $kind)]
    next_review: Proposal,
}

/// The next of a kind, as its series proposes it.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewProposal")]
struct Proposal {
    starts_at: Option<DateTime<Utc>>,
    minutes: i32,
    attendees: Vec<UserName>,
    presenter: Option<UserName>,
}

#[derive(cynic::QueryVariables)]
struct ScheduleReviewVariables {
    input: ScheduleReviewInput,
}

#[derive(cynic::InputObject)]
struct ScheduleReviewInput {
    kind: ReviewKind,
    title: String,
    starts_at: DateTime<Utc>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    minutes: Option<i32>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    attendees: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    presenter: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    rule: Option<DecisionRule>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    is_blind: Option<bool>,
}

/// Scheduling one.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ScheduleReviewVariables")]
struct ScheduleReview {
    #[arguments(input: $input)]
    schedule_review: ReviewPayload,
}

#[derive(cynic::QueryFragment)]
struct ReviewPayload {
    review: Option<Scheduled>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct Scheduled {
    id: cynic::Id,
}

fn new_document() -> String {
    let kind = ReviewKind::Weekly;
    ReviewNew::build(ReviewNewVariables { kind }).query
}

fn schedule_document() -> String {
    let input = ScheduleReviewInput {
        kind: ReviewKind::Weekly,
        title: String::new(),
        starts_at: DateTime::default(),
        minutes: None,
        attendees: None,
        presenter: None,
        rule: None,
        is_blind: None,
    };
    ScheduleReview::build(ScheduleReviewVariables { input }).query
}

/// The documents of the form.
pub(super) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("review_new.graphql", new_document()),
        ("review_schedule.graphql", schedule_document()),
    ]
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit) -> Response {
    form(&site, &visit, None, Vec::new(), StatusCode::OK)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn schedule(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    add(&site, &visit, &headers, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// What a meeting is called that nobody gave a title, in the words of whoever schedules it.
fn title(kind: ReviewKind, starts_at: DateTime<Utc>, site: &Site, words: &Words) -> String {
    let day = starts_at.with_timezone(&site.config.zone).date_naive();
    format!("{} {}", kind.word(words.review()), fmt::date(day, words.language))
}

/// What is proposed where nothing was typed yet.
fn proposed(found: &ReviewNew, kind: ReviewKind, me: &cynic::Id, site: &Site, words: &Words) -> Sent {
    let mut sent = Sent::default();
    let proposal = &found.next_review;
    sent.put("kind", kind.code());
    if let Some(at) = proposal.starts_at {
        put_start(&mut sent, at, site);
        sent.put("title", title(kind, at, site, words));
    } else {
        sent.put("hour", "10:00");
    }
    sent.put("minutes", proposal.minutes.to_string());
    // Whoever left since is not proposed.
    let active: Vec<&cynic::Id> = found
        .users
        .iter()
        .filter(|user| user.is_active)
        .map(|user| &user.id)
        .collect();
    let presenter = proposal.presenter.as_ref().map(|user| &user.id);
    let presenter = presenter.filter(|id| active.contains(id)).unwrap_or(me);
    sent.put("presenter", presenter.inner());
    let came = |id: &&cynic::Id| proposal.attendees.iter().any(|user| user.id == **id);
    for id in active
        .iter()
        .copied()
        .filter(|id| proposal.attendees.is_empty() || came(id))
    {
        sent.put("attendees", id.inner());
    }
    sent
}

async fn form(
    site: &Site,
    visit: &Visit,
    sent: Option<&Sent>,
    faults: Vec<Fault>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    // Which kind's series proposes: the one that was chosen in the form or in the link to it.
    let asked = sent.map(|sent| sent.text("kind").to_owned());
    let asked = asked.or_else(|| visit.parameter("kind")).unwrap_or_default();
    let kind = ReviewKind::of(&asked).unwrap_or(ReviewKind::Weekly);
    let variables = send::variables(&ReviewNewVariables { kind })?;
    let found: ReviewNew = send::read_record(site, visit, new_document(), variables, "ReviewNew").await?;
    let Reader { id: me, viewer } = found.viewer.clone().ok_or(Problem::SignIn)?;
    if !may_run(&viewer) {
        return Err(Problem::NotAllowed);
    }
    let fresh = proposed(&found, kind, &me, site, words);
    let sent = sent.unwrap_or(&fresh);
    let shell = shell(site, visit, viewer, (r.schedule, r.schedule), None);
    let chosen = sent.text("kind");
    let kinds = ReviewKind::ALL
        .into_iter()
        .map(|kind| Pick::new(kind.code(), kind.word(r), chosen))
        .collect();
    let rule = sent.text("rule");
    let mut rules = vec![Pick::new("", r.rule_of_kind, rule)];
    rules.extend(
        DecisionRule::PLAIN
            .into_iter()
            .map(|one| Pick::new(one.code(), &one.word(None, r), rule)),
    );
    let blind = sent.text("blind");
    let blinds = vec![
        Pick::new("", r.rule_of_kind, blind),
        Pick::new("yes", r.blind_yes, blind),
        Pick::new("no", r.blind_no, blind),
    ];
    let fields = vec![
        Field::new("kind", r.kind, sent, Input::Radios(kinds)),
        Field::line("title", r.title, sent).hint(r.title_hint).first(),
    ]
    .into_iter()
    .chain(times(sent, r))
    .chain([
        Field::new(
            "presenter",
            r.presenter,
            sent,
            Input::Select(presenters(&found.users, sent)),
        ),
        Field::new(
            "attendees",
            r.attendees,
            sent,
            people(&found.users, sent, "attendees"),
        )
        .hint(r.attendees_hint),
        Field::new("rule", r.rule, sent, Input::Select(rules)),
        Field::new("blind", r.blind, sent, Input::Select(blinds)),
    ]);
    let page = FormPage::new(FormParts {
        shell,
        heading: r.schedule.to_owned(),
        lead: Vec::new(),
        cancel: ADDRESS.to_owned(),
        submit: r.schedule,
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        conflict: None,
        groups: vec![Group {
            id: "meeting",
            legend: "",
            hint: "",
            rows: fields.map(Into::into).collect(),
        }],
        foretelling: None,
        is_danger: false,
    });
    problem::page(status, visit.language.tag(), &page)
}

async fn add(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let sent = Sent::of_body(body);
    let faults = match input(&sent, site, words) {
        Err(faults) => faults,
        Ok(input) => {
            let variables = send::variables(&ScheduleReviewVariables { input })?;
            let key = sent.text("key").to_owned();
            let written = send::write(
                site,
                visit,
                &schedule_document(),
                &variables,
                "ScheduleReview",
                &key,
            )
            .await?;
            match written {
                Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
                Written::Done(ScheduleReview { schedule_review }) => match schedule_review.review {
                    Some(review) => {
                        let address = path(review.id.inner());
                        return Ok(Redirect::to(&send::with_note(&address, "scheduled")).into_response());
                    }
                    None => told(&schedule_review.user_errors, words),
                },
            }
        }
    };
    form(site, visit, Some(&sent), faults, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// What the server said, beside the fields that the API knows by other names.
pub(super) fn told(errors: &[UserError], words: &Words) -> Vec<Fault> {
    let of = |error: &UserError| {
        let fault = Fault::beside_list(error, words);
        let field = match fault.field.as_str() {
            "startsAt" => "day".to_owned(),
            _ => fault.field,
        };
        Fault { field, ..fault }
    };
    errors.iter().map(of).collect()
}

/// Day, hour and length of a meeting.
pub(super) fn times(sent: &Sent, r: &'static ReviewWords) -> [Field; 3] {
    [
        Field::day("day", r.day, sent).required(),
        Field::line("hour", r.hour, sent).required().hint(r.hour_hint),
        Field::line("minutes", r.minutes, sent),
    ]
}

/// Puts day and hour of an instant where [`times`] has them.
pub(super) fn put_start(sent: &mut Sent, at: DateTime<Utc>, site: &Site) {
    let day = at.with_timezone(&site.config.zone).date_naive();
    sent.put("day", fmt::table_date(day));
    sent.put("hour", fmt::time(at, site.config.zone));
}

/// When it starts and how long it takes, as typed; what is wrong with that is told to `faults`.
pub(super) fn read_times(
    sent: &Sent,
    faults: &mut Vec<Fault>,
    site: &Site,
    words: &Words,
) -> (Option<DateTime<Utc>>, Option<i32>) {
    let r = words.review();
    let before = faults.len();
    let day = sent.day("day", faults, words);
    if day.is_none() && faults.len() == before {
        faults.push(Fault::new("day", r.say_day.to_owned()));
    }
    let hour = NaiveTime::parse_from_str(&sent.text("hour").replace('：', ":"), "%H:%M").ok();
    if hour.is_none() {
        faults.push(Fault::new("hour", r.not_an_hour.to_owned()));
    }
    let minutes = sent.some("minutes").map(str::parse::<i32>);
    if matches!(minutes, Some(Err(_))) {
        faults.push(Fault::new("minutes", r.not_minutes.to_owned()));
    }
    let starts_at = day.zip(hour).and_then(|(day, hour)| {
        let local = day.and_time(hour).and_local_timezone(site.config.zone);
        Some(local.earliest()?.to_utc())
    });
    if starts_at.is_none() && day.is_some() && hour.is_some() {
        // An hour that the clocks leave out on that day.
        faults.push(Fault::new("hour", r.not_an_hour.to_owned()));
    }
    (starts_at, minutes.and_then(Result::ok))
}

/// The people among whom some are chosen: those who are active, and whoever is chosen already.
pub(crate) fn people(users: &[Colleague], sent: &Sent, name: &str) -> Input {
    let chosen: Vec<&str> = sent.all(name).collect();
    let is_offered = |user: &&Colleague| user.is_active || chosen.contains(&user.id.inner());
    let picks = users.iter().filter(is_offered).map(|user| {
        let id = user.id.inner();
        Pick::new(id, &user.name, if chosen.contains(&id) { id } else { "" })
    });
    Input::Checks(picks.collect())
}

/// The people one of whom presents.
pub(super) fn presenters(users: &[Colleague], sent: &Sent) -> Vec<Pick> {
    let chosen = sent.text("presenter");
    users
        .iter()
        .filter(|user| user.is_active || user.id.inner() == chosen)
        .map(|user| Pick::new(user.id.inner(), &user.name, chosen))
        .collect()
}

/// What votes mean, who must have voted, who sees them and whose no stops everything.
pub(crate) fn rule_fields(users: &[Colleague], sent: &Sent, words: &Words) -> [Field; 5] {
    let (r, c) = (words.review(), words.choices());
    let chosen = sent.text("rule");
    let mut picks: Vec<Pick> = DecisionRule::PLAIN
        .into_iter()
        .map(|rule| Pick::new(rule.code(), &rule.word(None, r), chosen))
        .collect();
    picks.push(Pick::new(
        DecisionRule::Threshold.code(),
        r.threshold_rule,
        chosen,
    ));
    let yes_or_no = |name: &str| {
        let chosen = sent.text(name);
        Input::Radios(vec![
            Pick::new("yes", c.yes, chosen),
            Pick::new("no", c.no, chosen),
        ])
    };
    [
        Field::new("rule", r.rule, sent, Input::Select(picks)),
        Field::line("threshold", r.threshold_votes, sent).hint(r.threshold_hint),
        Field::new("quorum", r.quorum, sent, yes_or_no("quorum")),
        Field::new("isBlind", r.blind, sent, yes_or_no("isBlind")),
        Field::new(
            "vetoHolders",
            r.veto_holders,
            sent,
            people(users, sent, "vetoHolders"),
        )
        .hint(r.veto_hint),
    ]
}

/// Puts what holds where [`rule_fields`] has it.
pub(crate) fn put_rules(
    sent: &mut Sent,
    (rule, threshold): (DecisionRule, Option<i32>),
    quorum: Quorum,
    is_blind: bool,
    vetoes: &[UserName],
) {
    let yes_or_no = |is: bool| if is { "yes" } else { "no" };
    sent.put("rule", rule.code());
    sent.put_some("threshold", threshold.map(|n| n.to_string()));
    sent.put("quorum", yes_or_no(quorum == Quorum::Half));
    sent.put("isBlind", yes_or_no(is_blind));
    for user in vetoes {
        sent.put("vetoHolders", user.id.inner());
    }
}

/// Who must have voted, as [`rule_fields`] has it.
pub(crate) fn quorum(sent: &Sent) -> Quorum {
    if sent.text("quorum") == "no" {
        Quorum::None
    } else {
        Quorum::Half
    }
}

/// What was typed, or what is wrong with it.
fn input(sent: &Sent, site: &Site, words: &Words) -> Result<ScheduleReviewInput, Vec<Fault>> {
    let mut faults = Vec::new();
    let (starts_at, minutes) = read_times(sent, &mut faults, site, words);
    let kind = ReviewKind::of(sent.text("kind")).unwrap_or(ReviewKind::Weekly);
    let Some(starts_at) = starts_at.filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    let typed = sent.some("title").map(str::to_owned);
    Ok(ScheduleReviewInput {
        kind,
        title: typed.unwrap_or_else(|| title(kind, starts_at, site, words)),
        starts_at,
        minutes,
        attendees: Some(sent.all("attendees").map(cynic::Id::new).collect()),
        presenter: sent.some("presenter").map(cynic::Id::new),
        rule: DecisionRule::PLAIN
            .into_iter()
            .find(|rule| rule.code() == sent.text("rule")),
        is_blind: match sent.text("blind") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    })
}
