//! What to read before a meeting: a page for the meeting in figures, and one for each item.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::brief::{self, Brief};
use super::{ReviewStatus, path};
use crate::deals::StageOption;
use crate::evidence::DatePrecision;
use crate::problem::{self, Problem};
use crate::provider::{self, Exposure, Named, ProviderEventKind};
use crate::shell::Shell;
use crate::visit::Visit;
use crate::words::{PipelineWords, ProviderWords, ReviewWords, StartupWords, WhyWords, Words, WorkWords};
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
struct NumbersPageVariables {
    id: cynic::Id,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
}

/// The pipeline in figures, and what moved.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "NumbersPageVariables")]
struct NumbersPage {
    #[arguments(id: $id)]
    review: Option<News>,
    pipeline: Pipeline,
    #[arguments(from: $since, to: $now, view: ACTIVITY)]
    funnel: Funnel,
    #[arguments(filter: { focusOnly: true }, depth: 2)]
    coverage: Coverage,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct News {
    provider_events: Vec<ProviderEvent>,
}

/// What a provider did, and whom that touches.
#[derive(cynic::QueryFragment)]
struct ProviderEvent {
    id: cynic::Id,
    provider: Named,
    kind: ProviderEventKind,
    on: NaiveDate,
    precision: DatePrecision,
    summary: String,
    exposure: Exposure,
}

#[derive(cynic::QueryFragment)]
struct Pipeline {
    total_count: i32,
    stale_count: i32,
    columns: Vec<PipelineColumn>,
}

#[derive(cynic::QueryFragment)]
struct PipelineColumn {
    stage: StageOption,
    deal_count: i32,
    stale_count: i32,
}

#[derive(cynic::QueryFragment)]
struct Funnel {
    stages: Vec<FunnelStage>,
}

#[derive(cynic::QueryFragment)]
struct FunnelStage {
    stage: StageOption,
    movers: Option<FunnelMovers>,
}

/// Deals, each once.
#[derive(cynic::QueryFragment)]
struct FunnelMovers {
    entered: i32,
    advanced: i32,
    passed: i32,
}

#[derive(cynic::QueryFragment)]
struct Coverage {
    sectors: Vec<CoverageCell>,
}

#[derive(cynic::QueryFragment)]
struct CoverageCell {
    sector: Option<CoveredSector>,
    startups: i32,
    active_deals: i32,
    proof_share: Option<Decimal>,
    median_conviction: Option<Decimal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Sector")]
struct CoveredSector {
    name: String,
    name_zh: String,
    is_focus: bool,
}

#[derive(Template)]
#[template(path = "review_preread.html")]
struct Page {
    shell: Shell,
    r: &'static ReviewWords,
    b: &'static PipelineWords,
    s: &'static StartupWords,
    y: &'static WhyWords,
    h: &'static WorkWords,
    p: &'static ProviderWords,
    path: String,
    title: String,
    about: String,
    rules: String,
    attendees: String,
    since: String,
    total: String,
    stale: i32,
    stages: Vec<StageLine>,
    focus: Vec<FocusLine>,
    news: Vec<NewsLine>,
    items: Vec<Brief>,
    planned: String,
    /// Whether votes before the meeting are taken here.
    may_vote: bool,
    said: Option<&'static str>,
    key: String,
}

/// A stage in figures.
struct StageLine {
    name: String,
    here: i32,
    stale: i32,
    /// How many came, went on and were passed since the last meeting.
    moved: Option<[i32; 3]>,
}

/// What a provider did.
struct NewsLine {
    provider: String,
    link: String,
    on: String,
    kind: &'static str,
    summary: String,
    exposed: String,
}

/// A sector that matters, in figures.
struct FocusLine {
    name: String,
    startups: i32,
    active: i32,
    proof: Option<String>,
    conviction: Option<String>,
}

pub(super) fn document() -> String {
    NumbersPage::build(NumbersPageVariables {
        id: "".into(),
        since: DateTime::UNIX_EPOCH,
        now: DateTime::UNIX_EPOCH,
    })
    .query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    problem::answered(&site, &visit, page(&site, &visit, &id).await)
}

async fn page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let mut found = brief::read(site, visit, id).await?;
    let variables = send::variables(&NumbersPageVariables {
        id: id.into(),
        since: found.since,
        now: visit.now,
    })?;
    let numbers: NumbersPage = send::read_record(site, visit, document(), variables, "NumbersPage").await?;
    let title = r.preread_title(&found.review.head.title);
    let shell = found.shell(site, visit, &found.review.head, &title, r.preread);
    let me = std::mem::take(&mut found.me);
    let items: Vec<Brief> = found
        .review
        .items
        .iter_mut()
        .filter_map(|item| item.view(&me, site, visit))
        .collect();
    let review = &found.review;
    let head = &review.head;
    // A meeting that goes on is voted in on its own page.
    let may_vote = head.status == ReviewStatus::Draft && found.viewer.role.may_write();
    let (_, when) = head.when(site, words.language);
    let planned: i32 = items.iter().map(|item| item.minutes).sum();
    let since = found.since.with_timezone(&site.config.zone).date_naive();
    let page = Page {
        r,
        b: words.pipeline(),
        s: words.startup(),
        y: words.why(),
        h: words.work(),
        p: words.providers(),
        path: path(head.id.inner()),
        title: head.title.clone(),
        may_vote,
        said: super::said(visit),
        key: send::fresh_key(visit),
        about: format!("{} · {when}", head.kind.word(r)),
        rules: review.rules.told(words),
        attendees: review
            .attendees
            .iter()
            .map(|user| user.name.as_str())
            .collect::<Vec<_>>()
            .join(words.comma()),
        since: r.looks_back(&fmt::date(since, words.language)),
        total: numbers.pipeline.total_count.to_string(),
        stale: numbers.pipeline.stale_count,
        stages: numbers
            .pipeline
            .columns
            .iter()
            .map(|column| StageLine {
                name: column.stage.name_in(words.language).to_owned(),
                here: column.deal_count,
                stale: column.stale_count,
                moved: numbers
                    .funnel
                    .stages
                    .iter()
                    .find(|of| of.stage.key == column.stage.key)
                    .and_then(|of| of.movers.as_ref())
                    .map(|movers| [movers.entered, movers.advanced, movers.passed]),
            })
            .collect(),
        focus: numbers
            .coverage
            .sectors
            .iter()
            .filter_map(|cell| {
                let sector = cell.sector.as_ref().filter(|sector| sector.is_focus)?;
                Some(FocusLine {
                    name: match words.language {
                        crate::Language::En => sector.name.clone(),
                        crate::Language::Zh => sector.name_zh.clone(),
                    },
                    startups: cell.startups,
                    active: cell.active_deals,
                    proof: cell.proof_share.map(fmt::share),
                    conviction: cell.median_conviction.map(fmt::conviction),
                })
            })
            .collect(),
        news: numbers
            .review
            .map(|of| of.provider_events)
            .unwrap_or_default()
            .into_iter()
            .map(|event| event.line(words))
            .collect(),
        planned: r.minutes_of(&planned.to_string(), &head.minutes.to_string()),
        items,
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

impl ProviderEvent {
    fn line(self, words: &Words) -> NewsLine {
        let provider = provider::path(self.provider.id.inner());
        NewsLine {
            link: provider::event_path(&provider, self.id.inner()),
            provider: self.provider.name,
            on: fmt::known_date(self.on, self.precision.into(), words.language),
            kind: self.kind.word(words),
            summary: self.summary,
            exposed: self.exposure.told(words),
        }
    }
}
