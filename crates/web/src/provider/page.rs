//! A provider's page: what it did, who builds on it, and the way to what if.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;

use super::{Dependent, Dependents, Exposure, FOLLOWED, ProviderEventKind, event_path, path, shell};
use crate::answer::Url;
use crate::as_of::AsOf;
use crate::belief::past;
use crate::deals::UserName;
use crate::evidence::DatePrecision;
use crate::problem::{self, Problem, answered};
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ProviderWords, ReviewWords, Words};
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
struct ProviderVariables {
    id: cynic::Id,
    as_of: Option<DateTime<Utc>>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ProviderVariables")]
struct ProviderPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id, asOf: $as_of)]
    provider: Option<Provider>,
}

#[derive(cynic::QueryFragment)]
struct Provider {
    id: cynic::Id,
    name: String,
    startup: Option<StartupName>,
    #[arguments(first: 20)]
    events: Vec<ProviderEvent>,
    exposure: Dependents,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct StartupName {
    id: cynic::Id,
    name: String,
}

#[derive(cynic::QueryFragment)]
struct ProviderEvent {
    id: cynic::Id,
    kind: ProviderEventKind,
    on: NaiveDate,
    precision: DatePrecision,
    summary: String,
    source_url: Option<Url>,
    recorded_at: DateTime<Utc>,
    by: Option<UserName>,
    exposure: Exposure,
}

#[derive(Template)]
#[template(path = "provider.html")]
struct Page {
    shell: Shell,
    p: &'static ProviderWords,
    r: &'static ReviewWords,
    said: Option<&'static str>,
    path: String,
    what_if: String,
    may_write: bool,
    name: String,
    /// The startup that it is, and its page.
    startup: Option<(String, String)>,
    sums: Vec<String>,
    events: Vec<EventView>,
    dependents: Vec<Dependent>,
}

struct EventView {
    anchor: String,
    link: String,
    on: String,
    on_exact: String,
    kind: &'static str,
    summary: String,
    source: Option<String>,
    by: Option<String>,
    recorded: String,
    exposed: String,
}

pub(super) fn document() -> String {
    ProviderPage::build(ProviderVariables {
        id: "".into(),
        as_of: None,
    })
    .query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    answered(&site, &visit, page(&site, &visit, &id).await)
}

async fn page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let p = words.providers();
    let past = past(site, visit);
    let variables = send::variables(&ProviderVariables {
        id: id.into(),
        as_of: past.map(|(_, at)| at),
    })?;
    let query = query_link(&document(), &variables, "ProviderPage");
    let found: ProviderPage = send::read_record(site, visit, document(), variables, "ProviderPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let provider = found.provider.ok_or(Problem::NotFound)?;
    let may_write = viewer.role.may_write() && past.is_none();
    let path = path(provider.id.inner());
    let mut shell = shell(site, visit, viewer, Some((&provider.name, path.clone())), None);
    shell.follow(FOLLOWED);
    shell.query_link = Some(query);
    let as_of = past.map(|(as_of, _)| as_of);
    if let Some(as_of) = as_of {
        shell.stand_as_of(as_of, site.config.zone);
    }
    let Dependents { sums, dependencies } = provider.exposure;
    let page = Page {
        p,
        r: words.review(),
        said: match visit.parameter("did").as_deref() {
            Some("recorded") => Some(p.said_recorded),
            Some("added") => Some(p.said_added),
            _ => None,
        },
        may_write,
        name: provider.name,
        startup: provider.startup.map(|startup| {
            let link = AsOf::keep(as_of, &crate::startup::path(startup.id.inner()));
            (startup.name, link)
        }),
        sums: summed(&sums, words),
        events: provider
            .events
            .into_iter()
            .map(|event| event.view(&path, as_of, site, words))
            .collect(),
        dependents: dependencies
            .into_iter()
            .map(|one| one.view(as_of, words))
            .collect(),

        what_if: AsOf::keep(as_of, &format!("{path}/what-if")),
        path,
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

/// What an exposure comes to, figure by figure.
pub(super) fn summed(sums: &Exposure, words: &Words) -> Vec<String> {
    let p = words.providers();
    let mut told = vec![sums.told(words)];
    let n = |n: i32| fmt::exact(n.into());
    if sums.startups > 0 && sums.critical_startups == sums.startups {
        told.push(p.all_critical.to_owned());
    } else if sums.critical_startups > 0 {
        told.push(p.critical_of(&n(sums.critical_startups)));
    }
    if sums.without_alternative > 0 {
        told.push(p.stranded_of(&n(sums.without_alternative)));
    }
    if sums.portfolio > 0 {
        told.push(p.invested_of(&n(sums.portfolio)));
    }
    if sums.amount_unknown > 0 {
        told.push(p.unknown_of(&n(sums.amount_unknown)));
    }
    told
}

impl ProviderEvent {
    fn view(self, path: &str, as_of: Option<AsOf>, site: &Site, words: &Words) -> EventView {
        let recorded = self.recorded_at.with_timezone(&site.config.zone).date_naive();
        EventView {
            link: AsOf::keep(as_of, &event_path(path, self.id.inner())),
            anchor: self.id.into_inner(),
            on: fmt::known_date(self.on, self.precision.into(), words.language),
            on_exact: fmt::table_date(self.on),
            kind: self.kind.word(words),
            summary: self.summary,
            source: self.source_url.and_then(Url::outside),
            by: self.by.map(|by| by.name),
            recorded: fmt::date(recorded, words.language),
            exposed: self.exposure.told(words),
        }
    }
}
