//! Providers of base models: who builds on them, what they did, and what if they did something.

pub(crate) mod event;
pub(crate) mod event_page;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod what_if;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::answer::UserError;
use crate::as_of::AsOf;
use crate::belief::{RestingStartup, StartupView};
use crate::deal::{GateCondition, MoneyRange, Visibility, overridden};
use crate::deals::StageOption;
use crate::shell::{Section, Shell, way_from};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ProviderWords, Words};
use crate::{Site, fmt, schema};

/// The address of the list.
pub(crate) const ADDRESS: &str = "/providers";

/// The address of one.
pub(crate) fn path(id: &str) -> String {
    format!("{ADDRESS}/{id}")
}

/// The address of something that one did.
pub(crate) fn event_path(provider: &str, id: &str) -> String {
    format!("{provider}/events/{id}")
}

vocabulary! {
    /// How a startup uses a provider.
    DependencyMode {
        Api = "API", mode_api;
        FineTune = "FINE_TUNE", mode_fine_tune;
        SelfHosted = "SELF_HOSTED", mode_self_hosted;
    }
}

vocabulary! {
    /// What a provider did.
    ProviderEventKind {
        Price = "PRICE", did_price;
        Launch = "LAUNCH", did_launch;
        ApiOpened = "API_OPENED", did_api_opened;
        Delay = "DELAY", did_delay;
        Outage = "OUTAGE", did_outage;
        Policy = "POLICY", did_policy;
        Shutdown = "SHUTDOWN", did_shutdown;
    }
}

/// What an exposure comes to.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "ProviderExposure")]
pub(crate) struct Exposure {
    startups: i32,
    critical_startups: i32,
    without_alternative: i32,
    active_deals: i32,
    portfolio: i32,
    amount: Vec<MoneyRange>,
    amount_unknown: i32,
}

impl Exposure {
    /// What the active deals seek, a range a currency.
    fn amounts(&self, words: &Words) -> Option<String> {
        let ranges = self.amount.iter().cloned();
        let told: Vec<String> = ranges.filter_map(|range| range.text(words.language)).collect();
        (!told.is_empty()).then(|| told.join(" + "))
    }
    fn startups_told(&self, p: &ProviderWords) -> String {
        match self.startups {
            1 => p.one_startup_of("1"),
            n => p.startups_of(&fmt::exact(n.into())),
        }
    }
    fn deals_told(&self, p: &ProviderWords) -> String {
        match self.active_deals {
            1 => p.one_deal_of("1"),
            n => p.deals_of(&fmt::exact(n.into())),
        }
    }
    /// Who is hit and what is at stake, in a line: "3 startups, 2 active deals, US$4M–7M".
    pub(crate) fn told(&self, words: &Words) -> String {
        let p = words.providers();
        let mut told = vec![self.startups_told(p), self.deals_told(p)];
        told.extend(self.amounts(words));
        told.join(words.comma())
    }
}

/// A dependency with its startup and the startup's active deals.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Dependency")]
pub(crate) struct Terms {
    mode: DependencyMode,
    critical: bool,
    cost_share: Option<Decimal>,
    alternative: Option<String>,
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ProviderExposure")]
pub(crate) struct Dependents {
    #[cynic(spread)]
    sums: Exposure,
    dependencies: Vec<Dependency>,
}

#[derive(cynic::QueryFragment)]
pub(crate) struct Dependency {
    #[cynic(spread)]
    terms: Terms,
    startup: DependentStartup,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct DependentStartup {
    #[cynic(spread)]
    startup: RestingStartup,
    #[arguments(filter: { statuses: [ACTIVE] }, first: 20)]
    deals: DealConnection,
}

#[derive(cynic::QueryFragment)]
struct DealConnection {
    nodes: Vec<StakedDeal>,
}

impl Dependency {
    fn view(self, as_of: Option<AsOf>, words: &Words) -> Dependent {
        let DependentStartup { startup, deals } = self.startup;
        Dependent::new(startup, self.terms, deals.nodes, as_of, words)
    }
}

/// How a startup depends, as it is drawn.
pub(crate) struct TermsView {
    mode: &'static str,
    critical: &'static str,
    is_critical: bool,
    cost_share: Option<String>,
    alternative: Option<String>,
    since: Option<String>,
    until: Option<String>,
}

impl Terms {
    fn view(self, words: &Words) -> TermsView {
        let p = words.providers();
        TermsView {
            mode: self.mode.word(words),
            critical: if self.critical { p.yes } else { p.no },
            is_critical: self.critical,
            cost_share: self.cost_share.map(fmt::share),
            alternative: self.alternative,
            since: self.since.map(fmt::table_date),
            until: self.until.map(fmt::table_date),
        }
    }
}

/// An active deal of a startup that is hit.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct StakedDeal {
    id: cynic::Id,
    title: String,
    visibility: Visibility,
    stage: StageOption,
    overridden: Vec<GateCondition>,
    amount_sought: Option<MoneyRange>,
}

/// It as it is drawn.
pub(crate) struct StakedView {
    title: String,
    link: String,
    is_restricted: bool,
    stage: String,
    overridden: Option<String>,
    amount: Option<String>,
}

impl StakedDeal {
    fn view(self, as_of: Option<AsOf>, words: &Words) -> StakedView {
        StakedView {
            link: AsOf::keep(as_of, &crate::deal::path(self.id.inner())),
            title: self.title,
            is_restricted: self.visibility == Visibility::Restricted,
            stage: self.stage.name_in(words.language).to_owned(),
            overridden: overridden(&self.overridden, words),
            amount: self.amount_sought.and_then(|range| range.text(words.language)),
        }
    }
}

/// A startup that depends on a provider, as it is drawn.
pub(crate) struct Dependent {
    startup: StartupView,
    terms: TermsView,
    deals: Vec<StakedView>,
}

impl Dependent {
    fn new(
        startup: RestingStartup,
        terms: Terms,
        deals: Vec<StakedDeal>,
        as_of: Option<AsOf>,
        words: &Words,
    ) -> Self {
        Self {
            startup: startup.view(as_of, words),
            terms: terms.view(words),
            deals: deals.into_iter().map(|deal| deal.view(as_of, words)).collect(),
        }
    }
}

/// How many startups a page lists, as many as the API tells unless asked for others.
const LISTED: usize = 200;

/// What a page of a provider with startups and their flags rests on.
const FOLLOWED: &[&str] = &[
    "provider",
    "provider_event",
    "dependency",
    "startup",
    "evidence",
    "checklist_item",
    "rubric",
    "deal",
];

/// The frame of a page of providers; the way here ends with `here`, behind the list and a provider where there is one.
pub(crate) fn shell(
    site: &Site,
    visit: &Visit,
    viewer: Viewer,
    record: Option<(&str, String)>,
    here: Option<&str>,
) -> Shell {
    let words = visit.words();
    let p = words.providers();
    let title = here
        .or(record.as_ref().map(|(name, _)| *name))
        .unwrap_or(p.providers);
    let mut shell = Shell::new(site, visit, title);
    shell.user = Some(viewer.menu(words));
    shell.section = Section::Providers;
    let list = (p.providers, ADDRESS);
    let record = record.as_ref().map(|(name, link)| (*name, link.as_str()));
    shell.crumbs = way_from(list, record, here);
    shell
}

/// A provider by its name alone, as forms head it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Provider")]
pub(crate) struct Named {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
}

/// Only what was wrong.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ProviderEventPayload")]
pub(crate) struct EventPayload {
    user_errors: Vec<UserError>,
}

/// The documents of providers' pages.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    let mut documents = vec![
        ("providers.graphql", list::document()),
        ("provider.graphql", page::document()),
        ("what_if.graphql", what_if::document()),
        ("provider_event.graphql", event_page::document()),
    ];
    documents.extend(form::documents());
    documents.extend(event::documents());
    documents
}
