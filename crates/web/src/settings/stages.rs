//! The stages of the pipeline: their order, limits and gates, and the sets that a fund can begin with.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cynic::QueryBuilder;

use super::{STAGES, Tab, shell, tabs};
use crate::answer::Outcome;
use crate::pipeline::gate::GateRule;
use crate::problem::{self, Problem};
use crate::send;
use crate::shell::{Shell, query_link};
use crate::viewer::{Role, Viewer};
use crate::visit::Visit;
use crate::words::{SettingsWords, StageWords, Words};
use crate::{Language, Site, fmt, schema};

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
pub(super) struct StagesPage {
    pub(super) viewer: Option<Viewer>,
    pub(super) stages: Vec<StageLine>,
}

/// A stage with all that there is to edit.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
pub(super) struct StageLine {
    pub(super) id: cynic::Id,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) name_zh: String,
    pub(super) order: i32,
    pub(super) limit_days: i32,
    pub(super) is_retired: bool,
    pub(super) version: i32,
    pub(super) gate_rules: Vec<GateRule>,
}

impl StageLine {
    /// Its name in the reader's language.
    pub(super) fn name_in(&self, language: Language) -> &str {
        match language {
            Language::En => &self.name,
            Language::Zh => &self.name_zh,
        }
    }
}

/// A set of stages, as the page offers it: its code, and the keys with the names that they begin with.
pub(super) struct Set {
    pub(super) code: &'static str,
    pub(super) stages: &'static [(&'static str, &'static str, &'static str)],
}

/// The sets of the API.
pub(super) const SETS: [Set; 2] = [
    Set {
        code: "STANDARD",
        stages: &[
            ("SOURCED", "Sourced", "已发现"),
            ("SCREENING", "Screening", "初筛"),
            ("FIRST_MEETING", "First meeting", "约见"),
            ("DILIGENCE", "Diligence", "尽调"),
            ("COMMITTEE", "Committee", "投决会"),
            ("TERM_SHEET", "Term sheet", "TS"),
            ("CLOSING", "Closing", "交割"),
        ],
    },
    Set {
        code: "TWO_COMMITTEES",
        stages: &[
            ("SOURCED", "Sourced", "已收录"),
            ("SCREENING", "Screening", "初筛"),
            ("FIRST_MEETING", "First meeting", "约见"),
            ("PROJECT_APPROVAL", "Project approval", "立项会"),
            ("TERM_SHEET", "Term sheet", "TS"),
            ("DILIGENCE", "Diligence", "尽调"),
            ("COMMITTEE", "Committee", "投决会"),
            ("SIGNING", "Signing", "SPA 签约"),
            ("CLOSING", "Closing", "交割"),
        ],
    },
];

impl Set {
    pub(super) fn of(code: &str) -> Option<&'static Self> {
        SETS.iter().find(|set| set.code == code)
    }

    pub(super) fn name(&self, words: &Words) -> &'static str {
        let g = words.stages();
        match self.code {
            "STANDARD" => g.standard,
            _ => g.two_committees,
        }
    }

    pub(super) fn names(&self, words: &Words) -> Vec<&'static str> {
        self.stages
            .iter()
            .map(|(_, en, zh)| match words.language {
                Language::En => *en,
                Language::Zh => *zh,
            })
            .collect()
    }
}

#[derive(Template)]
#[template(path = "settings_stages.html")]
struct Page {
    shell: Shell,
    s: &'static SettingsWords,
    g: &'static StageWords,
    tabs: Vec<Tab>,
    said: Option<&'static str>,
    may_edit: bool,
    rows: Vec<Row>,
    sets: Vec<SetView>,
}

struct Row {
    order: String,
    name: String,
    other_name: String,
    other_lang: &'static str,
    key: String,
    limit: String,
    gate: Vec<String>,
    is_retired: bool,
    edit: String,
}

struct SetView {
    name: &'static str,
    names: Vec<&'static str>,
    link: String,
}

pub(super) fn document() -> String {
    StagesPage::build(()).query
}

/// The stages, and who is asking.
pub(super) async fn read(site: &Site, visit: &Visit) -> Result<(Viewer, Vec<StageLine>), Problem> {
    let found = send::read(site, visit, document(), serde_json::json!({}), "StagesPage").await?;
    let Outcome::Data(StagesPage { viewer, stages }) = found else {
        return Err(Problem::NotFound);
    };
    Ok((viewer.ok_or(Problem::SignIn)?, stages))
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let g = words.stages();
    let (viewer, stages) = read(site, visit).await?;
    let may_edit = viewer.role == Role::Admin;
    let mut shell = shell(site, visit, viewer, (STAGES, g.stages), None);
    shell.query_link = Some(query_link(&document(), &serde_json::json!({}), "StagesPage"));
    let page = Page {
        s: words.settings(),
        g,
        tabs: tabs(STAGES, words),
        said: match visit.parameter("did").as_deref() {
            Some("saved") => Some(g.said_saved),
            Some("adopted") => Some(g.said_adopted),
            _ => None,
        },
        may_edit,
        rows: stages
            .iter()
            .map(|stage| {
                let (other_name, other_lang) = match words.language {
                    Language::En => (&stage.name_zh, Language::Zh),
                    Language::Zh => (&stage.name, Language::En),
                };
                Row {
                    order: stage.order.to_string(),
                    name: stage.name_in(words.language).to_owned(),
                    other_name: other_name.clone(),
                    other_lang: other_lang.tag(),
                    limit: g.days(&fmt::exact(stage.limit_days.into())),
                    gate: stage.gate_rules.iter().map(|rule| rule.words(words)).collect(),
                    is_retired: stage.is_retired,
                    edit: format!("{STAGES}/{}/edit", stage.key),
                    key: stage.key.clone(),
                }
            })
            .collect(),
        sets: SETS
            .iter()
            .map(|set| SetView {
                name: set.name(words),
                names: set.names(words),
                link: format!("{STAGES}/adopt?set={}", set.code),
            })
            .collect(),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}
