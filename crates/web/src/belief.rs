//! Theses and capabilities: what the fund believes, what base models can do, and who rests on it.

pub(crate) mod bets;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod verdict;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::answer::{Url, UserError};
use crate::as_of::AsOf;
use crate::assessment::{Mark, RaisedFlag, marks};
use crate::deal::{GateCondition, overridden};
use crate::deals::{StageOption, UserName};
use crate::evidence::Grade;
use crate::form::Pick;
use crate::sector::SectorChip;
use crate::shell::{Section, Shell, way_from};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{BeliefWords, Words};
use crate::{Language, Site, as_of, fmt, schema};

/// The address of the list.
pub(crate) const ADDRESS: &str = "/theses";
/// The address under which capabilities stand.
pub(crate) const CAPABILITIES: &str = "/capabilities";

/// Which of the two a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Thesis,
    Capability,
}

impl Kind {
    /// The address of one.
    pub(crate) fn path(self, id: &str) -> String {
        match self {
            Self::Thesis => format!("{ADDRESS}/{id}"),
            Self::Capability => format!("{CAPABILITIES}/{id}"),
        }
    }
}

impl Kind {
    /// How one may stand, to choose from.
    fn statuses(self, chosen: &str, b: &BeliefWords) -> [Pick; 3] {
        match self {
            Self::Thesis => {
                ThesisStatus::ALL.map(|status| Pick::new(status.code(), status.shown(b).1, chosen))
            }
            Self::Capability => {
                CapabilityStatus::ALL.map(|status| Pick::new(status.code(), status.shown(b).1, chosen))
            }
        }
    }
}

/// How the fund stands to a thesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum ThesisStatus {
    Held,
    Questioned,
    Dropped,
}

impl ThesisStatus {
    pub(crate) const ALL: [Self; 3] = [Self::Held, Self::Questioned, Self::Dropped];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Held => "HELD",
            Self::Questioned => "QUESTIONED",
            Self::Dropped => "DROPPED",
        }
    }
    /// Its sign and its word.
    pub(crate) fn shown(self, b: &BeliefWords) -> (&'static str, &'static str) {
        match self {
            Self::Held => ("●", b.held),
            Self::Questioned => ("◐", b.questioned),
            Self::Dropped => ("○", b.dropped),
        }
    }
}

/// How far base models can do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum CapabilityStatus {
    NotYet,
    Partly,
    Solved,
}

impl CapabilityStatus {
    pub(crate) const ALL: [Self; 3] = [Self::NotYet, Self::Partly, Self::Solved];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::NotYet => "NOT_YET",
            Self::Partly => "PARTLY",
            Self::Solved => "SOLVED",
        }
    }
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
    /// Its sign and its word.
    pub(crate) fn shown(self, b: &BeliefWords) -> (&'static str, &'static str) {
        match self {
            Self::NotYet => ("○", b.not_yet),
            Self::Partly => ("◐", b.partly),
            Self::Solved => ("●", b.solved),
        }
    }
}

#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct ThesisVerdict {
    status: ThesisStatus,
    on: NaiveDate,
    reason: String,
    source_url: Option<Url>,
    recorded_at: DateTime<Utc>,
    by: Option<UserName>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct CapabilityVerdict {
    status: CapabilityStatus,
    on: NaiveDate,
    reason: String,
    source_url: Option<Url>,
    recorded_at: DateTime<Utc>,
    by: Option<UserName>,
}

/// Draws both kinds of verdicts, which are of different types in the schema, alike.
macro_rules! drawn {
    ($($name:ident),+) => {$(
        impl $name {
            fn view(self, site: &Site, words: &Words) -> VerdictView {
                let (sign, status) = self.status.shown(words.beliefs());
                let recorded = self
                    .recorded_at
                    .with_timezone(&site.config.zone)
                    .date_naive();
                VerdictView {
                    sign,
                    status,
                    on: fmt::date(self.on, words.language),
                    on_exact: fmt::table_date(self.on),
                    reason: self.reason,
                    source: self.source_url.and_then(Url::outside),
                    by: self.by.map(|by| by.name),
                    recorded: fmt::date(recorded, words.language),
                }
            }
        }
    )+};
}
drawn!(ThesisVerdict, CapabilityVerdict);

/// A startup that rests on a belief, with its 1 beside its conviction.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(crate) struct RestingStartup {
    id: cynic::Id,
    name: String,
    conviction: Option<Decimal>,
    demand: Decimal,
    best_grade: Option<Grade>,
    flags: Vec<RaisedFlag>,
    need: RestingNeed,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Need")]
struct RestingNeed {
    payer: Option<String>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct RestingDeal {
    id: cynic::Id,
    title: String,
    stage: StageOption,
    overridden: Vec<GateCondition>,
    startup: RestingStartup,
    revisit_when: Option<AwaitedCapability>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "RevisitWhen")]
struct AwaitedCapability {
    capability_status: Option<CapabilityStatus>,
}

/// Only how many there are.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct DealId {
    #[allow(dead_code, reason = "counted")]
    id: cynic::Id,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(crate) struct StartupId {
    #[allow(dead_code, reason = "counted")]
    id: cynic::Id,
}

/// A startup as it is drawn.
pub(crate) struct StartupView {
    pub(crate) name: String,
    pub(crate) link: String,
    pub(crate) conviction: Option<String>,
    pub(crate) demand: String,
    pub(crate) best: Option<(&'static str, &'static str)>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) payer: Option<String>,
}

/// A deal as it is drawn, with its startup.
pub(crate) struct DealView {
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) stage: String,
    pub(crate) overridden: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) startup: StartupView,
}

/// A verdict as it is drawn.
pub(crate) struct VerdictView {
    pub(crate) sign: &'static str,
    pub(crate) status: &'static str,
    pub(crate) on: String,
    pub(crate) on_exact: String,
    pub(crate) reason: String,
    pub(crate) source: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) recorded: String,
}

impl RestingStartup {
    pub(crate) fn view(self, as_of: Option<AsOf>, words: &Words) -> StartupView {
        StartupView {
            link: AsOf::keep(as_of, &crate::startup::path(self.id.inner())),
            conviction: self.conviction.map(fmt::conviction),
            demand: fmt::demand(self.demand),
            best: self.best_grade.map(|grade| (grade.style(), grade.word(words))),
            marks: marks(self.flags.iter().map(|raised| raised.flag), words),
            payer: self.need.payer,
            name: self.name,
        }
    }
}

impl RestingDeal {
    fn view(self, as_of: Option<AsOf>, words: &Words) -> DealView {
        let b = words.beliefs();
        let until = self.revisit_when.and_then(|when| when.capability_status);
        DealView {
            link: AsOf::keep(as_of, &crate::deal::path(self.id.inner())),
            stage: self.stage.name_in(words.language).to_owned(),
            overridden: overridden(&self.overridden, words),
            until: until.map(|status| b.waits_until(status.shown(b).1)),
            title: self.title,
            startup: self.startup.view(as_of, words),
        }
    }
}

/// The sector and the layer that a thesis is about, in words.
pub(crate) fn about(
    layer: Option<crate::layer::Layer>,
    sector: Option<&SectorChip>,
    words: &Words,
    language: Language,
) -> Option<String> {
    let mut told: Vec<&str> = Vec::new();
    if layer.is_some() {
        told.push(crate::layer::word(layer, words));
    }
    told.extend(sector.map(|sector| sector.name_in(language)));
    (!told.is_empty()).then(|| told.join(" · "))
}

/// The past that a page is asked for: as it was written, and the instant.
pub(crate) fn past(site: &Site, visit: &Visit) -> Option<(AsOf, DateTime<Utc>)> {
    let read = visit
        .parameter(as_of::PARAMETER)
        .as_deref()
        .and_then(AsOf::read)?;
    Some((read, read.instant(visit.now, site.config.zone)?))
}

/// The frame of a page of theses; the way here ends with `here`, behind the list and a record where there is one.
pub(crate) fn shell(
    site: &Site,
    visit: &Visit,
    viewer: Viewer,
    record: Option<(&str, String)>,
    here: Option<&str>,
) -> Shell {
    let words = visit.words();
    let b = words.beliefs();
    let title = here.or(record.as_ref().map(|(name, _)| *name)).unwrap_or(b.title);
    let mut shell = Shell::new(site, visit, title);
    shell.user = Some(viewer.menu(words));
    shell.section = Section::Theses;
    let list = (b.theses, ADDRESS);
    let record = record.as_ref().map(|(name, link)| (*name, link.as_str()));
    shell.crumbs = way_from(list, record, here);
    shell
}

/// What a page says was done.
pub(crate) fn said(visit: &Visit) -> Option<&'static str> {
    let b = visit.words().beliefs();
    match visit.parameter("did").as_deref() {
        Some("saved") => Some(b.said_saved),
        Some("judged") => Some(b.said_judged),
        _ => None,
    }
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ThesisPayload")]
pub(crate) struct ThesisPayload {
    thesis: Option<ThesisId>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
struct ThesisId {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "CapabilityPayload")]
pub(crate) struct CapabilityPayload {
    capability: Option<CapabilityId>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
struct CapabilityId {
    id: cynic::Id,
}

/// The documents of theses' pages.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    let mut documents = vec![("theses.graphql", list::document())];
    documents.extend(page::documents());
    documents.extend(form::documents());
    documents.extend(verdict::documents());
    documents.extend(bets::documents());
    documents
}
