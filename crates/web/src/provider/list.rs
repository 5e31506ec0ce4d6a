//! Every provider, with who is exposed to it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;

use super::{Exposure, ProviderEventKind, path, shell};
use crate::as_of::AsOf;
use crate::belief::past;
use crate::evidence::DatePrecision;
use crate::problem::{self, Problem, answered};
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ProviderWords, Words};
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
struct ProvidersVariables {
    as_of: Option<DateTime<Utc>>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ProvidersVariables")]
struct ProvidersPage {
    viewer: Option<Viewer>,
    #[arguments(asOf: $as_of)]
    providers: Vec<ProviderLine>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Provider")]
struct ProviderLine {
    id: cynic::Id,
    name: String,
    exposure: Exposure,
    #[arguments(first: 1)]
    events: Vec<EventLine>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ProviderEvent")]
struct EventLine {
    kind: ProviderEventKind,
    on: NaiveDate,
    precision: DatePrecision,
    summary: String,
}

#[derive(Template)]
#[template(path = "providers.html")]
struct Page {
    shell: Shell,
    p: &'static ProviderWords,
    is_past: bool,
    may_write: bool,
    providers: Vec<Row>,
}

struct Row {
    name: String,
    link: String,
    startups: String,
    stranded: String,
    deals: String,
    amount: Option<String>,
    latest: Option<(String, &'static str, String)>,
}

pub(super) fn document() -> String {
    ProvidersPage::build(ProvidersVariables { as_of: None }).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    answered(&site, &visit, page(&site, &visit).await)
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let past = past(site, visit);
    let variables = send::variables(&ProvidersVariables {
        as_of: past.map(|(_, at)| at),
    })?;
    let query = query_link(&document(), &variables, "ProvidersPage");
    let found: ProvidersPage = send::read_record(site, visit, document(), variables, "ProvidersPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let may_write = viewer.role.may_write() && past.is_none();
    let mut shell = shell(site, visit, viewer, None, None);
    shell.follow(super::FOLLOWED);
    shell.query_link = Some(query);
    let as_of = past.map(|(as_of, _)| as_of);
    if let Some(as_of) = as_of {
        shell.stand_as_of(as_of, site.config.zone);
    }
    let page = Page {
        p: words.providers(),
        is_past: as_of.is_some(),
        may_write,
        providers: found
            .providers
            .into_iter()
            .map(|provider| provider.row(as_of, words))
            .collect(),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

impl ProviderLine {
    fn row(self, as_of: Option<AsOf>, words: &Words) -> Row {
        let latest = self.events.into_iter().next().map(|event| {
            let on = fmt::known_date(event.on, event.precision.into(), words.language);
            (on, event.kind.word(words), event.summary)
        });
        Row {
            link: AsOf::keep(as_of, &path(self.id.inner())),
            startups: fmt::exact(self.exposure.startups.into()),
            stranded: fmt::exact(self.exposure.without_alternative.into()),
            deals: fmt::exact(self.exposure.active_deals.into()),
            amount: self.exposure.amounts(words),
            latest,
            name: self.name,
        }
    }
}
