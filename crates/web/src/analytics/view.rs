//! A page of analytics as its template draws it.

use askama::Template;
use chrono::NaiveDate;

use super::Names;
use super::filters;
use super::query::{AnalyticsQuery, Tab, written};
use super::report::{BAND_HEIGHT, Picture, Report};
use crate::Site;
use crate::as_of_menu::AsOfMenu;
use crate::narrow::{Chip, Choice, Menu};
use crate::period::PeriodMenu;
use crate::query::Bad;
use crate::shell::{Crumb, Section, Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{AnalyticsWords, Words};

/// What the figures rest on, and the names beside them.
const FOLLOWED: &[&str] = &[
    "deal",
    "outcome",
    "startup",
    "evidence",
    "dependency",
    "checklist_item",
    "stage",
    "sector",
    "fund",
    "rubric",
    "exchange_rate",
];

/// What the page has found out.
pub(super) struct Found<'a> {
    pub(super) document: String,
    pub(super) operation: &'static str,
    pub(super) query: AnalyticsQuery,
    pub(super) bad: Vec<Bad>,
    pub(super) viewer: Viewer,
    pub(super) names: Names<'a>,
    pub(super) days: (NaiveDate, NaiveDate),
    pub(super) today: NaiveDate,
    /// None where the query was not understood.
    pub(super) report: Option<Report>,
    pub(super) variables: serde_json::Value,
}

#[derive(Template)]
#[template(path = "analytics.html")]
pub(super) struct Page {
    shell: Shell,
    a: &'static AnalyticsWords,
    heading: &'static str,
    tabs: Vec<Choice>,
    own: Option<(&'static str, Vec<Choice>)>,
    period: PeriodMenu,
    menus: Vec<Menu>,
    as_of_menu: AsOfMenu,
    chips: Vec<Chip>,
    clear_link: String,
    csv_link: String,
    /// The switch of the period before, and whether it is on.
    compare: Option<(String, bool)>,
    report: Option<Report>,
}

pub(super) fn name_of(tab: Tab, words: &Words) -> &'static str {
    let a = words.analytics();
    match tab {
        Tab::Funnel => a.funnel,
        Tab::Flow => a.flow,
        Tab::Sources => a.sources,
        Tab::Pipeline => a.pipeline,
        Tab::PassReasons => words.passes().pass_reasons,
        Tab::Misses => words.passes().misses,
    }
}

impl Page {
    pub(super) fn new(site: &Site, visit: &Visit, found: Found<'_>) -> Self {
        let words = visit.words();
        let a = words.analytics();
        let zone = site.config.zone;
        let Found {
            document,
            operation,
            query,
            bad,
            viewer,
            names,
            days,
            today,
            report,
            variables,
        } = found;
        let heading = name_of(query.tab, words);
        let mut shell = Shell::new(site, visit, heading);
        shell.user = Some(viewer.menu(words));
        shell.section = Section::Analytics;
        // Without figures there is nothing that could change.
        if report.is_some() {
            shell.follow(FOLLOWED);
        }
        shell.query_link = Some(query_link(&document, &variables, operation));
        shell.crumbs = [
            (a.analytics, Some(query.on(Tab::Funnel).link(&[]))),
            (heading, None),
        ]
        .into_iter()
        .map(|(name, link)| Crumb {
            name: name.to_owned(),
            link,
        })
        .collect();
        shell.as_of = None;
        if let Some(as_of) = query.as_of {
            shell.stand_as_of(as_of, zone);
        }
        let mut csv = query.carried();
        csv.push(("format", "csv".to_owned()));
        Self {
            a,
            heading,
            tabs: Tab::ALL
                .into_iter()
                .map(|tab| Choice {
                    text: name_of(tab, words).to_owned(),
                    link: query.on(tab).link(&[]),
                    depth: 0,
                    is_chosen: tab == query.tab,
                })
                .collect(),
            own: filters::own(&query, words),
            period: {
                let is_all = query.tab.may_look_at_all() && query.period.is_none();
                let chosen = (!is_all).then(|| query.looked_at());
                PeriodMenu::new(
                    (query.tab.path(), query.carried()),
                    (!is_all).then_some(days),
                    (chosen, &filters::periods(query.tab)),
                    words,
                    |period| query.with(|q| q.ask_of(period)).link(&[]),
                )
            },
            menus: filters::menus(&query, &names, words),
            as_of_menu: AsOfMenu::new(
                query.tab.path(),
                query.carried(),
                query.as_of,
                (
                    if query.as_of.is_some() {
                        visit.now.with_timezone(&zone).date_naive()
                    } else {
                        today
                    },
                    zone,
                ),
                words,
                |as_of| query.with(|q| q.as_of = Some(as_of)).link(&[]),
            ),
            chips: filters::chips(&query, &bad, &names, words),
            clear_link: query.cleared().link(&[]),
            csv_link: super::query::address(query.tab.path(), &written(&csv)),
            compare: (query.tab == Tab::Funnel).then(|| {
                let other = query.with(|q| q.with_before = !q.with_before);
                (other.link(&[]), query.with_before)
            }),
            report,
            shell,
        }
    }
}
