//! Who reads and writes in one's name: tokens of scripts, and addresses of calendars. A secret is shown once, on the page
//! that answers its making.

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use serde_json::json;

use super::{ACCESS, Tab, parts, shell, tabs};
use crate::answer::{Outcome, UserError};
use crate::form::{Fault, Field, FormPage, FormParts, Group, Input, Pick, Sent, status_of};
use crate::problem::{self, Problem, answered};
use crate::send::{self, Written};
use crate::shell::Shell;
use crate::viewer::{Role, Viewer};
use crate::visit::{Visit, is_from_our_page, reached_at};
use crate::words::{AccessWords, FormWords, SettingsWords, Words};
use crate::{Site, fmt, schema};

vocabulary! {
    /// What a token may be used for.
    TokenScope {
        Read = "READ", token_reads;
        Write = "WRITE", token_writes;
        Import = "IMPORT", token_imports;
        Admin = "ADMIN", token_administers;
        Calendar = "CALENDAR", token_calendar;
    }
}

impl TokenScope {
    /// Whether a script of somebody in a role may have it.
    fn is_for(self, role: Role) -> bool {
        match self {
            Self::Read => true,
            Self::Write | Self::Import => role.may_write(),
            Self::Admin => role == Role::Admin,
            Self::Calendar => false,
        }
    }
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct AccessPage {
    viewer: Option<Viewer>,
    tokens: Vec<Token>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ApiToken")]
struct Token {
    id: cynic::Id,
    name: String,
    scopes: Vec<TokenScope>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryVariables)]
struct CreateTokenVariables {
    input: CreateTokenInput,
}

#[derive(cynic::InputObject)]
struct CreateTokenInput {
    name: String,
    scopes: Vec<TokenScope>,
    expires_at: Option<DateTime<Utc>>,
}

/// Making a token.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateTokenVariables")]
struct CreateToken {
    #[arguments(input: $input)]
    create_token: MadeToken,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "TokenPayload")]
struct MadeToken {
    secret: Option<String>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryVariables)]
struct RevokeTokenVariables {
    input: RevokeTokenInput,
}

#[derive(cynic::InputObject)]
struct RevokeTokenInput {
    id: cynic::Id,
}

/// Revoking a token.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RevokeTokenVariables")]
struct RevokeToken {
    #[arguments(input: $input)]
    revoke_token: RevokedToken,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "TokenPayload")]
struct RevokedToken {
    user_errors: Vec<UserError>,
}

#[derive(Template)]
#[template(path = "settings_access.html")]
struct Page {
    shell: Shell,
    s: &'static SettingsWords,
    u: &'static AccessWords,
    tabs: Vec<Tab>,
    said: Option<&'static str>,
    key: String,
    fresh: Option<Fresh>,
    f: &'static FormWords,
    faults: Vec<Fault>,
    calendars: Vec<Row>,
    tokens: Vec<Row>,
}

/// A secret that was just made, shown this once.
struct Fresh {
    heading: &'static str,
    about: &'static str,
    /// The address, or the token.
    text: String,
    /// The same for programs on this machine that show calendars.
    subscribe: Option<String>,
}

struct Row {
    id: String,
    name: String,
    scopes: String,
    made: String,
    used: String,
    until: String,
    is_over: bool,
}

fn document() -> String {
    AccessPage::build(()).query
}

fn create_document() -> String {
    let input = CreateTokenInput {
        name: String::new(),
        scopes: Vec::new(),
        expires_at: None,
    };
    CreateToken::build(CreateTokenVariables { input }).query
}

fn revoke_document() -> String {
    let input = RevokeTokenInput { id: "".into() };
    RevokeToken::build(RevokeTokenVariables { input }).query
}

/// The documents of the page.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("settings_access.graphql", document()),
        ("token_create.graphql", create_document()),
        ("token_revoke.graphql", revoke_document()),
    ]
}

async fn read(site: &Site, visit: &Visit) -> Result<(Viewer, Vec<Token>), Problem> {
    let found = send::read(site, visit, document(), json!({}), "AccessPage").await?;
    let Outcome::Data(AccessPage { viewer, tokens }) = found else {
        return Err(Problem::NotFound);
    };
    Ok((viewer.ok_or(Problem::SignIn)?, tokens))
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    let answer = page(&site, &visit, None, Vec::new()).await;
    answered(&site, &visit, answer)
}

/// With a secret that was just made, or what was wrong with the making of one.
async fn page(
    site: &Site,
    visit: &Visit,
    fresh: Option<Fresh>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let words = visit.words();
    let u = words.access();
    let (viewer, tokens) = read(site, visit).await?;
    let mut shell = shell(site, visit, viewer, (ACCESS, u.access), None);
    ACCESS.clone_into(&mut shell.back);
    let zone = site.config.zone;
    let day = |at: DateTime<Utc>| fmt::date(at.with_timezone(&zone).date_naive(), words.language);
    let row = |token: Token| Row {
        id: token.id.into_inner(),
        name: token.name,
        scopes: token
            .scopes
            .iter()
            .map(|scope| scope.word(words))
            .collect::<Vec<_>>()
            .join(u.comma),
        made: day(token.created_at),
        used: token.last_used_at.map_or_else(
            || u.never.to_owned(),
            |at| fmt::relative(at, visit.now, zone, words.language),
        ),
        until: token.expires_at.map_or_else(|| u.until_revoked.to_owned(), day),
        is_over: token.expires_at.is_some_and(|at| at <= visit.now),
    };
    let (calendars, tokens): (Vec<Token>, Vec<Token>) = tokens
        .into_iter()
        .partition(|token| token.scopes.contains(&TokenScope::Calendar));
    let is_secret = fresh.is_some();
    let status = status_of(&faults);
    let page = Page {
        s: words.settings(),
        u,
        tabs: tabs(ACCESS, words),
        said: (visit.parameter("did").as_deref() == Some("revoked")).then_some(u.said_revoked),
        key: send::fresh_key(visit),
        fresh,
        f: words.form(),
        faults,
        calendars: calendars.into_iter().map(row).collect(),
        tokens: tokens.into_iter().map(row).collect(),
        shell,
    };
    let mut response = problem::page(status, visit.language.tag(), &page)?;
    if is_secret {
        // Nothing between here and the reader keeps it.
        let never = HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
    }
    Ok(response)
}

/// Makes a token: its secret, or what is wrong. None where the form came before: the secret is not kept.
async fn make(
    site: &Site,
    visit: &Visit,
    input: CreateTokenInput,
    key: &str,
) -> Result<Result<Option<String>, Vec<Fault>>, Problem> {
    let words = visit.words();
    let variables = send::variables(&CreateTokenVariables { input })?;
    let written = send::write(site, visit, &create_document(), &variables, "CreateToken", key).await?;
    Ok(match written {
        Written::Refused(reason) => Err(vec![Fault::new("", send::plain(&reason, words))]),
        Written::Done(CreateToken { create_token }) if create_token.user_errors.is_empty() => {
            Ok(create_token.secret)
        }
        Written::Done(CreateToken { create_token }) => Err(create_token
            .user_errors
            .iter()
            .map(|error| Fault::of(error, error.path(), words))
            .collect()),
    })
}

pub(crate) async fn new_calendar(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = add_calendar(&site, &visit, &headers, &body).await;
    answered(&site, &visit, answer)
}

async fn add_calendar(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let u = visit.words().access();
    let input = CreateTokenInput {
        name: u.calendar.to_owned(),
        scopes: vec![TokenScope::Calendar],
        expires_at: None,
    };
    let sent = Sent::of_body(body);
    let secret = match make(site, visit, input, sent.text("key")).await? {
        Ok(Some(secret)) => secret,
        Ok(None) => return Ok(Redirect::to(ACCESS).into_response()),
        Err(faults) => {
            // The button has no fields that they could lead to.
            let faults = faults.into_iter().map(|fault| Fault::new("", fault.message));
            return page(site, visit, None, faults.collect()).await;
        }
    };
    let home = site.config.url.clone().or_else(|| reached_at(headers));
    let home = home.unwrap_or_default();
    let text = format!("{home}/calendar/{secret}.ics?lang={}", visit.language.code());
    let subscribe = text.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
    let fresh = Fresh {
        heading: u.fresh_calendar,
        about: u.fresh_calendar_about,
        text,
        subscribe,
    };
    page(site, visit, Some(fresh), Vec::new()).await
}

pub(crate) async fn new(State(site): State<Site>, visit: Visit) -> Response {
    let answer = new_page(&site, &visit, &Sent::default(), Vec::new()).await;
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

/// After how many days a token may end, each as the form names it.
const LIVES: [&str; 4] = ["30", "90", "365", ""];

async fn new_page(site: &Site, visit: &Visit, sent: &Sent, faults: Vec<Fault>) -> Result<Response, Problem> {
    let words = visit.words();
    let u = words.access();
    let (viewer, _) = read(site, visit).await?;
    let status = status_of(&faults);
    let role = viewer.role;
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    let mut shell = shell(site, visit, viewer, (ACCESS, u.access), Some(u.new_token));
    shell.back = format!("{ACCESS}/new");
    let page = FormPage::new(FormParts {
        hidden: vec![("key", send::fresh_key(visit))],
        faults,
        groups: groups(sent, role, today, words),
        ..parts(shell, u.new_token, ACCESS, u.make_token)
    });
    problem::page(status, visit.language.tag(), &page)
}

fn groups(sent: &Sent, role: Role, today: NaiveDate, words: &Words) -> Vec<Group> {
    let u = words.access();
    let is_fresh = sent.names().next().is_none();
    let scopes = TokenScope::ALL
        .iter()
        .copied()
        .filter(|scope| scope.is_for(role))
        .map(|scope| Pick {
            is_chosen: sent.all("scopes").any(|code| code == scope.code())
                || (is_fresh && scope == TokenScope::Read),
            ..Pick::new(scope.code(), scope.word(words), "")
        });
    let lives = LIVES.map(|days| {
        let until = days
            .parse()
            .ok()
            .and_then(|days| today.checked_add_days(Days::new(days)));
        let text = until.map_or_else(
            || u.until_revoked.to_owned(),
            |day| u.for_days(days, &fmt::date(day, words.language)),
        );
        Pick::new(days, &text, if is_fresh { "90" } else { sent.text("life") })
    });
    let rows = vec![
        Field::line("name", u.name, sent)
            .hint(u.name_hint)
            .required()
            .first()
            .into(),
        Field::new("scopes", u.may, sent, Input::Checks(scopes.collect()))
            .required()
            .into(),
        Field::new("life", u.until, sent, Input::Select(lives.into())).into(),
    ];
    vec![Group {
        id: "g-token",
        legend: u.token,
        hint: "",
        rows,
    }]
}

async fn add(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let u = visit.words().access();
    let sent = Sent::of_body(body);
    let life: Option<i64> = sent.text("life").parse().ok();
    let input = CreateTokenInput {
        name: sent.text("name").to_owned(),
        scopes: sent
            .all("scopes")
            .filter_map(TokenScope::from_code)
            .filter(|scope| *scope != TokenScope::Calendar)
            .collect(),
        expires_at: life
            .filter(|days| (1..=3650).contains(days))
            .map(|days| visit.now + TimeDelta::days(days)),
    };
    match make(site, visit, input, sent.text("key")).await? {
        Err(faults) => new_page(site, visit, &sent, faults).await,
        Ok(None) => Ok(Redirect::to(ACCESS).into_response()),
        Ok(Some(secret)) => {
            let fresh = Fresh {
                heading: u.fresh_token,
                about: u.fresh_token_about,
                text: secret,
                subscribe: None,
            };
            page(site, visit, Some(fresh), Vec::new()).await
        }
    }
}

pub(crate) async fn revoke(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = end(&site, &visit, &headers, &body).await;
    answered(&site, &visit, answer)
}

async fn end(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let sent = Sent::of_body(body);
    let variables = json!({ "input": { "id": sent.text("id") } });
    let written = send::write(
        site,
        visit,
        &revoke_document(),
        &variables,
        "RevokeToken",
        sent.text("key"),
    )
    .await?;
    let note = match written {
        Written::Done(RevokeToken { revoke_token }) if revoke_token.user_errors.is_empty() => "revoked",
        // It is gone already, or was never theirs: the list shows what is.
        _ => "",
    };
    Ok(Redirect::to(&send::with_note(ACCESS, note)).into_response())
}
