//! `GET /calendar/SECRET.ics`: a user's calendar as iCalendar (RFC 5545), for programs that show calendars and can send
//! nothing but an address. The secret is that of a token with the scope CALENDAR, which opens nothing else.

use app::{
    App, Secret,
    calendar::{DealDay, Entry},
};
use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use chrono::TimeDelta;
use domain::Language;
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use touchstone_http::{Code, Entrance, Shown};

use crate::gate;

/// How often programs are asked to look again.
const REFRESH: &str = "PT1H";

#[derive(Clone)]
struct Calendars {
    app: App,
    entrance: Entrance,
    /// Where people reach the pages, if it is set.
    url: Option<String>,
}

/// The route of calendars.
pub fn router(app: &App, entrance: Entrance, url: Option<String>) -> Router {
    Router::new()
        // What a parameter of this name holds is not logged.
        .route("/calendar/{secret}", get(show).fallback(not_get))
        .with_state(Calendars {
            app: app.clone(),
            entrance,
            url,
        })
}

/// The language that the address asks for, else that of the request.
fn language(query: Option<&str>, shown: &Shown) -> Language {
    let asked =
        url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).find(|(name, _)| name == "lang");
    match asked.as_ref().map(|(_, value)| value.as_ref()) {
        Some("zh") => Language::Zh,
        Some("en") => Language::En,
        _ => gate::language(shown.language),
    }
}

async fn show(State(calendars): State<Calendars>, Path(secret): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let shown = match calendars.entrance.read(&parts, false) {
        Ok(shown) => shown,
        Err(refusal) => return *refusal,
    };
    let Some(secret) = secret.strip_suffix(".ics").map(Secret::sent) else {
        return none(&calendars, &shown);
    };
    let reader = match calendars.app.calendar_reader(&secret).await {
        Ok(reader) => reader,
        Err(app::Error::Unauthenticated) => return none(&calendars, &shown),
        Err(error) => return gate::failed(&calendars.entrance, error, &shown),
    };
    let standing = match calendars
        .entrance
        .count(&format!("calendar {:?}", secret.sha256()), &shown)
    {
        Ok(standing) => standing,
        Err(refusal) => return *refusal,
    };
    let entries = match reader.calendar().await {
        Ok(entries) => entries,
        Err(error) => return gate::failed(&calendars.entrance, error, &shown),
    };
    let home = calendars.url.clone().or_else(|| web::reached_at(&parts.headers));
    let text = written(
        &entries,
        home.as_deref(),
        calendars.app.now(),
        language(parts.uri.query(), &shown),
    );
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/calendar; charset=utf-8"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    let mut response = (headers, text).into_response();
    response.headers_mut().extend(standing);
    response
}

fn none(calendars: &Calendars, shown: &Shown) -> Response {
    let words = (
        "There is no calendar at this address: it was revoked, or it is not whole. Make a new one under Settings, Access.",
        "此地址没有日历：已被撤销，或地址不完整。请在“设置 · 访问”中新建。",
    );
    calendars
        .entrance
        .refuse_with(StatusCode::NOT_FOUND, Code::BadUserInput, words, shown)
}

/// What an entry is called, in a language.
fn title(entry: &Entry, language: Language) -> String {
    let is_en = language == Language::En;
    let restricted = if is_en {
        "a restricted deal"
    } else {
        "受限项目"
    };
    let told = |words: &Option<String>| words.clone().unwrap_or_else(|| restricted.to_owned());
    match entry {
        Entry::Review { title, .. } => title.clone(),
        Entry::Task { what, .. } if is_en => format!("Task: {}", told(what)),
        Entry::Task { what, .. } => format!("任务：{}", told(what)),
        Entry::Deal { title, day, .. } => {
            let deal = told(title);
            match (day, is_en) {
                (DealDay::NextStep(Some(step)), true) => format!("{step} ({deal})"),
                (DealDay::NextStep(Some(step)), false) => format!("{step}（{deal}）"),
                (DealDay::NextStep(None), true) => format!("Next step: {deal}"),
                (DealDay::NextStep(None), false) => format!("下一步：{deal}"),
                (DealDay::TermSheet, true) => format!("Term sheet expires: {deal}"),
                (DealDay::TermSheet, false) => format!("投资条款清单到期：{deal}"),
                (DealDay::Exclusivity, true) => format!("Exclusivity ends: {deal}"),
                (DealDay::Exclusivity, false) => format!("排他期结束：{deal}"),
                (DealDay::Revisit, true) => format!("Look again: {deal}"),
                (DealDay::Revisit, false) => format!("复看：{deal}"),
            }
        }
    }
}

/// The entry's name among all calendars, the same whenever it is read, and the page that it leads to.
fn named(entry: &Entry) -> (String, String) {
    match entry {
        Entry::Review { id, .. } => (id.to_string(), format!("/reviews/{id}")),
        Entry::Task { id, deal, .. } => {
            let page = deal.map_or_else(|| "/tasks".to_owned(), |deal| format!("/deals/{deal}"));
            (id.to_string(), page)
        }
        Entry::Deal { id, day, .. } => {
            let day = match day {
                DealDay::NextStep(_) => "next-step",
                DealDay::TermSheet => "term-sheet",
                DealDay::Exclusivity => "exclusivity",
                DealDay::Revisit => "revisit",
            };
            (format!("{id}-{day}"), format!("/deals/{id}"))
        }
    }
}

fn written(entries: &[Entry], home: Option<&str>, now: domain::Instant, language: Language) -> String {
    let name = match language {
        Language::En => "Touchstone",
        Language::Zh => "试金石",
    };
    let mut calendar = Calendar::new();
    calendar.name(name);
    calendar.append_property(
        Property::new("REFRESH-INTERVAL", REFRESH)
            .add_parameter("VALUE", "DURATION")
            .done(),
    );
    for entry in entries {
        let (uid, page) = named(entry);
        let mut event = Event::new();
        event.uid(&format!("{uid}@touchstone")).timestamp(now);
        event.summary(&title(entry, language));
        if let Some(home) = home {
            event.url(&format!("{}{page}", home.trim_end_matches('/')));
        }
        let version = match entry {
            Entry::Review {
                starts_at,
                minutes,
                version,
                ..
            } => {
                event.starts(*starts_at);
                event.ends(*starts_at + TimeDelta::minutes((*minutes).into()));
                version
            }
            Entry::Task {
                due: day, version, ..
            }
            | Entry::Deal { on: day, version, .. } => {
                event.all_day(*day);
                // It takes nobody's time.
                event.append_property(("TRANSP", "TRANSPARENT"));
                version
            }
        };
        event.sequence(u32::try_from(*version).unwrap_or_default());
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

async fn not_get(State(calendars): State<Calendars>, request: Request) -> Response {
    let words = ("A calendar is fetched by GET.", "日历须以 GET 获取。");
    gate::refuse_method(&calendars.entrance, request, words, "GET, HEAD")
}
