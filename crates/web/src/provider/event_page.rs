//! Something that a provider did, and who was exposed to it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;

use super::page::summed;
use super::{Dependent, Dependents, FOLLOWED, Named, ProviderEventKind, path, shell};
use crate::answer::Url;
use crate::as_of::AsOf;
use crate::belief::past;
use crate::deals::UserName;
use crate::evidence::DatePrecision;
use crate::problem::{self, Problem, answered};
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ProviderWords, ReviewWords};
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
struct EventPageVariables {
    id: cynic::Id,
    as_of: Option<DateTime<Utc>>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "EventPageVariables")]
struct EventPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id, asOf: $as_of)]
    provider_event: Option<ProviderEvent>,
}

#[derive(cynic::QueryFragment)]
struct ProviderEvent {
    provider: Named,
    kind: ProviderEventKind,
    on: NaiveDate,
    precision: DatePrecision,
    summary: String,
    source_url: Option<Url>,
    recorded_at: DateTime<Utc>,
    by: Option<UserName>,
    exposure: Dependents,
}

#[derive(Template)]
#[template(path = "provider_event.html")]
struct Page {
    shell: Shell,
    p: &'static ProviderWords,
    r: &'static ReviewWords,
    provider: String,
    kind: &'static str,
    on: String,
    on_exact: String,
    summary: String,
    source: Option<String>,
    by: Option<String>,
    recorded: String,
    sums: Vec<String>,
    dependents: Vec<Dependent>,
}

pub(super) fn document() -> String {
    EventPage::build(EventPageVariables {
        id: "".into(),
        as_of: None,
    })
    .query
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path((provider, id)): Path<(String, String)>,
) -> Response {
    answered(&site, &visit, page(&site, &visit, (&provider, &id)).await)
}

async fn page(site: &Site, visit: &Visit, (provider, id): (&str, &str)) -> Result<Response, Problem> {
    let words = visit.words();
    let past = past(site, visit);
    let variables = send::variables(&EventPageVariables {
        id: id.into(),
        as_of: past.map(|(_, at)| at),
    })?;
    let query = query_link(&document(), &variables, "EventPage");
    let found: EventPage = send::read_record(site, visit, document(), variables, "EventPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let event = found.provider_event.ok_or(Problem::NotFound)?;
    if event.provider.id.inner() != provider {
        return Err(Problem::NotFound);
    }
    let as_of = past.map(|(as_of, _)| as_of);
    let record = Some((
        event.provider.name.as_str(),
        AsOf::keep(as_of, &path(event.provider.id.inner())),
    ));
    let mut shell = shell(site, visit, viewer, record, Some(event.summary.as_str()));
    shell.follow(FOLLOWED);
    shell.query_link = Some(query);
    if let Some(as_of) = as_of {
        shell.stand_as_of(as_of, site.config.zone);
    }
    let recorded = event.recorded_at.with_timezone(&site.config.zone).date_naive();
    let Dependents { sums, dependencies } = event.exposure;
    let page = Page {
        p: words.providers(),
        r: words.review(),
        provider: event.provider.name,
        kind: event.kind.word(words),
        on: fmt::known_date(event.on, event.precision.into(), words.language),
        on_exact: fmt::table_date(event.on),
        summary: event.summary,
        source: event.source_url.and_then(Url::outside),
        by: event.by.map(|by| by.name),
        recorded: fmt::date(recorded, words.language),
        sums: summed(&sums, words),
        dependents: dependencies
            .into_iter()
            .map(|one| one.view(as_of, words))
            .collect(),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}
