//! The rubric as it is read: every kind of evidence with its row, and every version.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, SecondsFormat, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::{RUBRIC, Tab, number, shell, tabs};
use crate::activity::Author;
use crate::answer::Outcome;
use crate::assessment::EvidenceGroup;
use crate::evidence::{Currency, EvidenceKind};
use crate::problem::{self, Problem};
use crate::shell::{Shell, query_link};
use crate::viewer::{Role, Viewer};
use crate::visit::Visit;
use crate::words::{SettingsWords, Words};
use crate::{Site, fmt, schema, send};

vocabulary! {
    /// How a value becomes a strength.
    Scale {
        Log = "LOG", scale_log;
        Linear = "LINEAR", scale_linear;
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct RubricPageVariables {
    version: Option<i32>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "RubricPageVariables")]
pub(super) struct RubricPage {
    pub(super) viewer: Option<Viewer>,
    #[arguments(version: $version)]
    pub(super) rubric: Rubric,
    pub(super) rubrics: Vec<RubricVersion>,
}

#[derive(cynic::QueryFragment)]
pub(super) struct Rubric {
    pub(super) version: i32,
    pub(super) currency: Currency,
    pub(super) kinds: Vec<RubricKind>,
}

/// How one kind of evidence is weighed.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(super) struct RubricKind {
    pub(super) kind: EvidenceKind,
    pub(super) group: EvidenceGroup,
    pub(super) weight: Decimal,
    pub(super) scale: Scale,
    pub(super) unit_or_zero: Decimal,
    pub(super) full_at: Decimal,
    pub(super) full_at_by_horizon: Vec<HorizonStep>,
    pub(super) half_n: Option<i32>,
    pub(super) half_life_days: i32,
    pub(super) is_usage: bool,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
pub(super) struct HorizonStep {
    pub(super) up_to_days: i32,
    pub(super) full_at: Decimal,
}

/// A version without its rows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Rubric")]
pub(super) struct RubricVersion {
    pub(super) version: i32,
    pub(super) in_force_from: DateTime<Utc>,
    pub(super) note: Option<String>,
    pub(super) by: Option<Author>,
}

#[derive(Template)]
#[template(path = "settings_rubric.html")]
struct Page {
    shell: Shell,
    s: &'static SettingsWords,
    tabs: Vec<Tab>,
    said: Option<&'static str>,
    heading: String,
    /// Whether it is the version in force.
    is_current: bool,
    may_edit: bool,
    rows: Vec<Row>,
    versions: Vec<VersionView>,
}

struct Row {
    /// The group, in its first row.
    group: Option<&'static str>,
    kind: &'static str,
    weight: String,
    scale: &'static str,
    unit: String,
    full: String,
    /// Full strength for short horizons.
    steps: Vec<String>,
    half_n: String,
    half_life: String,
    usage: &'static str,
}

struct VersionView {
    link: String,
    name: String,
    /// None for the one that a workspace begins with: it also holds for the time before.
    since: Option<(String, String)>,
    who: Option<String>,
    why: String,
    is_shown: bool,
    is_current: bool,
}

pub(crate) fn document() -> String {
    RubricPage::build(RubricPageVariables { version: None }).query
}

/// The rubric in force with its versions, for the form that edits it.
pub(super) async fn current(site: &Site, visit: &Visit) -> Result<RubricPage, Problem> {
    let variables = send::variables(&RubricPageVariables { version: None })?;
    send::read_record(site, visit, document(), variables, "RubricPage").await
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let s = words.settings();
    let asked = visit.parameter("version");
    // What is no number is no version of anything.
    let version = match &asked {
        None => None,
        Some(text) => Some(text.parse::<i32>().map_err(|_| Problem::NotFound)?),
    };
    let variables = send::variables(&RubricPageVariables { version })?;
    let found = send::read(site, visit, document(), variables.clone(), "RubricPage").await?;
    let Outcome::Data(RubricPage {
        viewer,
        rubric,
        rubrics,
    }) = found
    else {
        return Err(Problem::NotFound);
    };
    let viewer = viewer.ok_or(Problem::SignIn)?;
    let may_edit = viewer.role >= Role::Admin;
    let current = rubrics.first().map_or(rubric.version, |newest| newest.version);
    let mut shell = shell(site, visit, viewer, (RUBRIC, s.rubric), None);
    shell.query_link = Some(query_link(&document(), &variables, "RubricPage"));
    let page = Page {
        s,
        tabs: tabs(RUBRIC, words),
        said: (visit.parameter("did").as_deref() == Some("saved")).then_some(s.said_saved),
        heading: s.version(&rubric.version.to_string()),
        is_current: rubric.version == current,
        may_edit,
        rows: rows(&rubric, words),
        versions: rubrics
            .into_iter()
            .map(|one| VersionView::new(one, rubric.version, current, site, visit))
            .collect(),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

fn rows(rubric: &Rubric, words: &Words) -> Vec<Row> {
    let mut last = None;
    rubric
        .kinds
        .iter()
        .map(|one| {
            let is_first = last.replace(one.group) != Some(one.group);
            Row::new(one, is_first, &rubric.currency.0, words)
        })
        .collect()
}

impl Row {
    fn new(of: &RubricKind, is_first: bool, currency: &str, words: &Words) -> Self {
        let is_money = of.kind == EvidenceKind::RecurringRevenue;
        let figure = |value| {
            let figure = number(value);
            if is_money {
                format!("{figure} {currency}")
            } else {
                figure
            }
        };
        let whole = |n: i32| fmt::exact(n.into());
        Self {
            group: is_first.then(|| of.group.word(words)),
            kind: of.kind.word(words),
            weight: format!("{:.2}", of.weight),
            scale: of.scale.word(words),
            unit: figure(of.unit_or_zero),
            full: figure(of.full_at),
            steps: of
                .full_at_by_horizon
                .iter()
                .map(|step| {
                    words
                        .settings()
                        .step(&number(step.full_at), &whole(step.up_to_days))
                })
                .collect(),
            half_n: of.half_n.map_or_else(|| "—".to_owned(), whole),
            half_life: whole(of.half_life_days),
            usage: if of.is_usage {
                words.choices().yes
            } else {
                words.choices().no
            },
        }
    }
}

impl VersionView {
    fn new(of: RubricVersion, shown: i32, current: i32, site: &Site, visit: &Visit) -> Self {
        let s = visit.words().settings();
        let day = of.in_force_from.with_timezone(&site.config.zone).date_naive();
        let is_current = of.version == current;
        Self {
            link: if is_current {
                RUBRIC.to_owned()
            } else {
                format!("{RUBRIC}?version={}", of.version)
            },
            name: s.version(&of.version.to_string()),
            since: of.by.is_some().then(|| {
                (
                    s.since(&fmt::date(day, visit.language)),
                    of.in_force_from.to_rfc3339_opts(SecondsFormat::Secs, true),
                )
            }),
            why: match (&of.note, &of.by) {
                (Some(note), _) => note.clone(),
                (None, None) => s.the_first.to_owned(),
                (None, Some(_)) => String::new(),
            },
            who: of.by.map(|by| by.name),
            is_shown: of.version == shown,
            is_current,
        }
    }
}
