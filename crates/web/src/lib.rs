//! The pages of Touchstone 试金石.
//!
//! A page is one GraphQL document and one template: `pages/startups.html` beside `src/startups.rs`, and the
//! document made from its fragments in `pages/startups.graphql`. What several pages show alike (a layer, a grade, a
//! sector) is one fragment with its look. The crate knows the checked-in schema and none of the crates behind it: the
//! server hands in its [`Doors`] and mounts the [`router`].
//!
//! Everything works by links and forms; the script only saves keystrokes.

#[macro_use]
mod vocabulary;

mod activity;
mod analytics;
mod answer;
mod as_of;
mod as_of_menu;
mod assessment;
mod assets;
mod belief;
mod capture;
mod checklist;
mod country;
mod deal;
mod deals;
mod demo;
mod document;
mod doors;
mod evidence;
pub mod fmt;
mod form;
mod home;
mod hype;
mod interaction;
mod keys;
mod language;
mod layer;
mod login;
mod matrix;
mod meanwhile;
mod narrow;
mod period;
mod person;
mod pipeline;
mod preferences;
mod problem;
mod provider;
mod query;
mod review;
mod schema;
mod search;
mod sector;
mod send;
mod settings;
mod shell;
mod startup;
mod startups;
mod task;
mod viewer;
mod visit;
mod why;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub use crate::demo::{Demo, Turn, Turned};
pub use crate::doors::{
    AddFile, CaptureFiles, DoorError, Doors, FileField, HeldFile, LinkInfo, NewSession, Received, SentForm,
    SessionSecret, Write,
};
pub use crate::language::Language;
use crate::problem::Problem;
use crate::visit::Visit;
pub use crate::visit::reached_at;

/// What the pages are told once, at start.
#[derive(Clone)]
pub struct Config {
    /// The version of the product, for the footer.
    pub version: String,
    /// The workspace's time zone: days and times are shown in it.
    pub zone: Tz,
    /// The clock.
    pub clock: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Where people reach the pages, without a slash at the end, if it is set. By https, cookies keep to https even where
    /// no proxy says that the browser came by it.
    pub url: Option<String>,
}

impl Config {
    /// Whether people are known to come by https.
    fn is_secure(&self) -> bool {
        self.url.as_ref().is_some_and(|url| url.starts_with("https:"))
    }
}

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct Site {
    doors: Arc<dyn Doors>,
    config: Arc<Config>,
}

/// A form at its fullest: every text of a startup at its limit in Chinese, once as typed and once as it was before.
const FORM_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// The pages, their assets and their forms. It answers every address that no other router of the server claims, with a
/// page that says nothing is there.
pub fn router(doors: Arc<dyn Doors>, config: Config) -> Router {
    let site = Site {
        doors,
        config: Arc::new(config),
    };
    let pages = Router::new()
        .route("/", get(home::show))
        .route(capture::ADDRESS, get(capture::new).post(capture::create))
        .route("/add/known", get(capture::known))
        .route("/startups", get(startups::show))
        .route(
            "/startups/new",
            get(startup::form::new).post(startup::form::create),
        )
        .route("/startups/{name}", get(startup::show))
        .route(
            "/startups/{name}/edit",
            get(startup::form::edit).post(startup::form::update),
        )
        .route(
            "/startups/{name}/evidence/new",
            get(evidence::form::new).post(evidence::form::record),
        )
        .route(
            "/startups/{name}/evidence/grid",
            get(evidence::grid::new).post(evidence::grid::record),
        )
        .route(
            "/evidence/{id}/correct",
            get(evidence::form::correct).post(evidence::form::supersede),
        )
        .route(
            "/evidence/{id}/review",
            get(evidence::form::check).post(evidence::form::review),
        )
        .route(
            "/evidence/{id}/retract",
            get(evidence::form::doubt).post(evidence::form::retract),
        )
        .route(
            "/startups/{name}/documents/new",
            get(document::form::new).post(document::form::add),
        )
        .route(
            "/startups/{name}/interactions/new",
            get(interaction::form::new).post(interaction::form::log),
        )
        .route(
            "/startups/{name}/tasks/new",
            get(task::form::new).post(task::form::create),
        )
        .route(
            "/interactions/{id}/edit",
            get(interaction::edit::show).post(interaction::edit::update),
        )
        .route(
            "/startups/{name}/checklist",
            get(checklist::show).post(checklist::set),
        )
        .route(task::list::ADDRESS, get(task::list::show))
        .route("/tasks/{id}/done", post(task::done))
        .route("/tasks/{id}/edit", get(task::edit::show).post(task::edit::update))
        .route(activity::ADDRESS, get(activity::show))
        .route("/activity/{id}/undo", post(activity::undo))
        .route("/matrix", get(matrix::show))
        .route("/pipeline", get(pipeline::show))
        .route("/deals", get(deals::show))
        .route(
            "/startups/{name}/deals/new",
            get(deal::form::new).post(deal::form::open),
        )
        .route("/deals/{id}", get(deal::page::show))
        .route("/deals/{id}/step", post(deal::form::step_done))
        .route("/deals/{id}/edit", get(deal::form::edit).post(deal::form::update))
        .route(
            "/deals/{id}/move",
            get(deal::moves::show).post(deal::moves::carry_out),
        )
        .route(
            "/deals/{id}/outcomes/new",
            get(deal::outcomes::new).post(deal::outcomes::record),
        )
        .route(
            "/deals/{id}/outcomes/{outcome}/retract",
            get(deal::outcomes::doubt).post(deal::outcomes::retract),
        )
        .route(
            "/deals/{id}/void",
            get(deal::moves::doubt).post(deal::moves::void),
        )
        .route("/hype", get(hype::show))
        .route("/analytics", get(analytics::start))
        .route("/analytics/funnel", get(analytics::funnel::show))
        .route("/analytics/flow", get(analytics::flow::show))
        .route("/analytics/sources", get(analytics::sources::show))
        .route("/analytics/pipeline", get(analytics::pipeline::show))
        .route("/analytics/pass-reasons", get(analytics::pass_reasons::show))
        .route("/analytics/misses", get(analytics::misses::show))
        .route("/settings", get(async || Redirect::to("/settings/rubric")))
        .route("/settings/rubric", get(settings::rubric::show))
        .route(
            "/settings/rubric/edit",
            get(settings::rubric_form::edit).post(settings::rubric_form::update),
        )
        .route("/settings/stages", get(settings::stages::show))
        .route(
            "/settings/stages/new",
            get(settings::stage_form::new).post(settings::stage_form::create),
        )
        .route(
            "/settings/stages/adopt",
            get(settings::stage_form::look).post(settings::stage_form::adopt),
        )
        .route(
            "/settings/stages/{key}/edit",
            get(settings::stage_form::edit).post(settings::stage_form::update),
        )
        .route("/settings/meetings", get(settings::meetings::show))
        .route(
            "/settings/meetings/{kind}",
            get(settings::meetings::edit).post(settings::meetings::update),
        )
        .route("/settings/funds", get(settings::funds::show))
        .route(
            "/settings/funds/new",
            get(settings::fund_form::new).post(settings::fund_form::create),
        )
        .route(
            "/settings/funds/{id}/edit",
            get(settings::fund_form::edit).post(settings::fund_form::update),
        )
        .route("/settings/access", get(settings::access::show))
        .route(
            "/settings/access/new",
            get(settings::access::new).post(settings::access::create),
        )
        .route("/settings/access/calendar", post(settings::access::new_calendar))
        .route("/settings/access/revoke", post(settings::access::revoke))
        .route("/settings/fx", get(settings::fx::show))
        .route(
            "/settings/fx/new",
            get(settings::fx::new).post(settings::fx::record),
        )
        .route(review::ADDRESS, get(review::list::show))
        .route(
            "/reviews/new",
            get(review::form::new).post(review::form::schedule),
        )
        .route("/reviews/decisions", get(review::lookback::show))
        .route("/reviews/compare", get(review::compare::show))
        .route("/reviews/{id}", get(review::page::show))
        .route(
            "/reviews/{id}/edit",
            get(review::edit::show).post(review::edit::update),
        )
        .route("/reviews/{id}/preread", get(review::preread::show))
        .route("/reviews/{id}/live", get(review::live::show))
        .route("/reviews/{id}/screen", get(review::screen::show))
        .route("/reviews/{id}/minutes", get(review::minutes::show))
        .route("/reviews/{id}/minutes.md", get(review::minutes::markdown))
        .route("/reviews/{id}/minutes.json", get(review::minutes::json))
        .route("/reviews/{id}/minutes.docx", get(review::minutes::document_file))
        .route("/reviews/{id}/act", post(review::act::act))
        .route(belief::ADDRESS, get(belief::list::show))
        .route(provider::ADDRESS, get(provider::list::show))
        .route(
            "/providers/new",
            get(provider::form::new).post(provider::form::create),
        )
        .route("/providers/{id}", get(provider::page::show))
        .route("/providers/{id}/what-if", get(provider::what_if::show))
        .route(
            "/providers/{id}/events/new",
            get(provider::event::new).post(provider::event::record),
        )
        .route("/providers/{id}/events/{event}", get(provider::event_page::show))
        .route(
            "/theses/new",
            get(belief::form::new_thesis).post(belief::form::create_thesis),
        )
        .route("/theses/{id}", get(belief::page::thesis))
        .route(
            "/theses/{id}/edit",
            get(belief::form::edit_thesis).post(belief::form::update_thesis),
        )
        .route(
            "/theses/{id}/verdict",
            get(belief::verdict::on_thesis).post(belief::verdict::judge_thesis),
        )
        .route(
            "/capabilities/new",
            get(belief::form::new_capability).post(belief::form::create_capability),
        )
        .route("/capabilities/{id}", get(belief::page::capability))
        .route(
            "/capabilities/{id}/edit",
            get(belief::form::edit_capability).post(belief::form::update_capability),
        )
        .route(
            "/capabilities/{id}/verdict",
            get(belief::verdict::on_capability).post(belief::verdict::judge_capability),
        )
        .route(
            "/startups/{name}/bets",
            get(belief::bets::show).post(belief::bets::set),
        )
        .route("/search", get(search::show))
        .route(keys::ADDRESS, get(keys::show))
        .route("/login", get(login::show).post(login::redeem))
        .route("/logout", post(login::sign_out))
        .route("/preferences", post(preferences::choose))
        .route("/demo/own", post(demo::own))
        .route("/demo/anew", post(demo::anew))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(DefaultBodyLimit::max(FORM_LIMIT_BYTES))
        .layer(middleware::from_fn_with_state(site.clone(), past_is_read_only))
        .layer(middleware::map_response(never_cached))
        .with_state(site);
    Router::new()
        .route("/assets/{*path}", get(assets::serve))
        .merge(pages)
        .layer(middleware::from_fn(guarded))
}

/// Every page's document by its file beside the template, as a test of this crate writes and compares them.
pub fn documents() -> Vec<(&'static str, String)> {
    let mut documents = startup::form::documents();
    documents.extend(evidence::form::documents());
    documents.extend(settings::rubric_form::documents());
    documents.extend(settings::fx::documents());
    documents.extend(analytics::documents());
    documents.extend(home::documents());
    documents.extend(capture::documents());
    documents.extend(checklist::documents());
    documents.extend(interaction::form::documents());
    documents.extend(task::form::documents());
    documents.extend(settings::stage_form::documents());
    documents.extend(review::documents());
    documents.extend(belief::documents());
    documents.extend(provider::documents());
    documents.extend(settings::access::documents());
    documents.extend(settings::fund_form::documents());
    documents.extend(settings::meetings::documents());
    documents.extend(deals::documents());
    documents.extend(deal::page::documents());
    documents.extend(deal::moves::documents());
    documents.extend(deal::form::documents());
    documents.extend(deal::outcomes::documents());
    documents.extend([
        ("pipeline.graphql", pipeline::document()),
        ("startups.graphql", startups::document()),
        ("startup.graphql", startup::document()),
        ("startup_by_slug.graphql", startup::slug_document()),
        ("hype.graphql", hype::document()),
        ("matrix.graphql", matrix::document()),
        ("search.graphql", search::document()),
        ("shortcuts.graphql", keys::document()),
        ("undo.graphql", activity::undo_document()),
        ("activity.graphql", activity::document()),
    ]);
    documents
}

async fn nothing_here(State(site): State<Site>, visit: Visit) -> Response {
    Problem::NotFound.answer(&site, &visit)
}

/// An address that stands in the past takes no form.
async fn past_is_read_only(State(site): State<Site>, visit: Visit, request: Request, next: Next) -> Response {
    if request.method() == Method::POST && visit.parameter(as_of::PARAMETER).is_some() {
        return Problem::PastIsReadOnly.answer(&site, &visit);
    }
    next.run(request).await
}

/// Pages hold what only their reader may see.
async fn never_cached(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept-Language, Cookie, HX-Request"),
    );
    response
}

/// Nothing from elsewhere is loaded, nothing is framed, and no address leaves with a click.
async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_documents_beside_the_templates_are_current() {
        for (file, document) in super::documents() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages").join(file);
            if std::env::var_os("UPDATE_DOCS").is_some() {
                fs::write(&path, &document).unwrap();
            }
            let written = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(
                written,
                document,
                "{} is old: run `UPDATE_DOCS=1 cargo test -p touchstone-web documents`",
                path.display()
            );
        }
    }
}
