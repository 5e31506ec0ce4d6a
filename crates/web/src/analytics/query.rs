//! The query string of the pages of analytics: one grammar for all, in which a page has a choice of its own.

use std::collections::BTreeSet;

use url::form_urlencoded;

use crate::Language;
use crate::as_of::{self, AsOf};
use crate::deal::Channel;
use crate::period::Period;
use crate::query::{Bad, LayerChoice, is_id, push};

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Funnel,
    Flow,
    Sources,
    Pipeline,
    PassReasons,
    Misses,
}

impl Tab {
    pub(super) const ALL: [Self; 6] = [
        Self::Funnel,
        Self::Flow,
        Self::Sources,
        Self::Pipeline,
        Self::PassReasons,
        Self::Misses,
    ];

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Funnel => "/analytics/funnel",
            Self::Flow => "/analytics/flow",
            Self::Sources => "/analytics/sources",
            Self::Pipeline => "/analytics/pipeline",
            Self::PassReasons => "/analytics/pass-reasons",
            Self::Misses => "/analytics/misses",
        }
    }

    /// Whether it looks at all deals unless a period is asked for.
    pub(super) fn may_look_at_all(self) -> bool {
        self == Self::Pipeline
    }

    /// The parameter that this page alone has, and what it can say, its default first.
    pub(super) fn own(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Funnel => ("mode", &["cohort", "activity"]),
            Self::Flow => ("interval", &["week", "month", "quarter"]),
            Self::Sources | Self::PassReasons | Self::Misses => ("", &[]),
            Self::Pipeline => ("group", &["owner", "layer", "sector", "round", "channel", "fund"]),
        }
    }
}

/// What the address of a page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AnalyticsQuery {
    pub(super) tab: Tab,
    /// Which of the page's own choices, its default first.
    pub(super) own: usize,
    /// None: as the page has it unless it is asked.
    pub(super) period: Option<Period>,
    /// With the period before beside it; of the funnel alone.
    pub(super) with_before: bool,
    pub(super) layers: BTreeSet<LayerChoice>,
    /// Slugs; each stands for its descendants too.
    pub(super) sectors: BTreeSet<String>,
    /// Ids of users.
    pub(super) owners: BTreeSet<String>,
    pub(super) channels: BTreeSet<Channel>,
    /// Ids of funds.
    pub(super) funds: BTreeSet<String>,
    pub(super) as_of: Option<AsOf>,
    pub(super) projector: bool,
    pub(super) print: bool,
    /// The table alone, as a file.
    pub(super) is_csv: bool,
    /// Holds for one request, so links do not carry it on.
    pub(super) lang: Option<Language>,
}

/// Beyond the id of any user.
const ID_LIMIT_BYTES: usize = 60;

impl AnalyticsQuery {
    pub(super) fn new(tab: Tab) -> Self {
        Self {
            tab,
            own: 0,
            period: None,
            with_before: false,
            layers: BTreeSet::new(),
            sectors: BTreeSet::new(),
            owners: BTreeSet::new(),
            channels: BTreeSet::new(),
            funds: BTreeSet::new(),
            as_of: None,
            projector: false,
            print: false,
            is_csv: false,
            lang: None,
        }
    }

    /// Reads a raw query string. Everything not understood is in the second part and in no filter.
    pub(super) fn parse(tab: Tab, raw: &str) -> (Self, Vec<Bad>) {
        let mut query = Self::new(tab);
        let mut bad = Vec::new();
        let mut once = BTreeSet::new();
        let mut days: [Option<String>; 2] = [None, None];
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let (name, value) = (name.into_owned(), value.trim().to_owned());
            if value.is_empty() {
                continue;
            }
            let is_several = matches!(name.as_str(), "layer" | "sector" | "owner" | "channel" | "fund");
            if is_several {
                for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                    if query.add(&name, item).is_none() {
                        let value = item.to_owned();
                        let name = name.clone();
                        bad.push(Bad { name, value });
                    }
                }
            } else if !once.insert(name.clone()) {
                bad.push(Bad { name, value });
            } else if name == "from" || name == "to" {
                days[usize::from(name == "to")] = Some(value);
            } else if query.set(&name, &value).is_none() {
                bad.push(Bad { name, value });
            }
        }
        let between = Period::between(days, once.contains("period"), &mut bad);
        query.ask_of(between.or(query.period));
        (query, bad)
    }

    /// The period that the page looks at; where it looks at all deals, one that narrows nothing.
    pub(super) fn looked_at(&self) -> Period {
        self.period.unwrap_or_default()
    }

    /// Asks for a period.
    pub(super) fn ask_of(&mut self, period: Option<Period>) {
        self.period = period.filter(|one| self.is_asked(*one));
    }

    /// Whether a period is another than the page has unless it is asked.
    fn is_asked(&self, period: Period) -> bool {
        self.tab.may_look_at_all() || period != Period::default()
    }

    fn add(&mut self, name: &str, item: &str) -> Option<()> {
        let is_plain = |more: &[u8]| {
            item.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || more.contains(&b))
        };
        match name {
            "layer" => _ = self.layers.insert(LayerChoice::read(item)?),
            "sector" => _ = is_plain(b"-").then(|| self.sectors.insert(item.to_owned()))?,
            "owner" => {
                let is_id = item.starts_with("user_") && item.len() <= ID_LIMIT_BYTES && is_plain(b"_");
                is_id.then(|| self.owners.insert(item.to_owned()))?;
            }
            "fund" => _ = is_id(item, "fund").then(|| self.funds.insert(item.to_owned()))?,
            _ => {
                let found = Channel::ALL.iter().find(|one| one.code() == item)?;
                self.channels.insert(*found);
            }
        }
        Some(())
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let (own, choices) = self.tab.own();
        match name {
            "period" => {
                self.period = Some(Period::preset(value)?);
            }
            "vs" if self.tab == Tab::Funnel => self.with_before = (value == "prev").then_some(true)?,
            as_of::PARAMETER => self.as_of = Some(AsOf::read(value)?),
            "display" => self.projector = (value == "projector").then_some(true)?,
            "print" => self.print = (value == "1").then_some(true)?,
            "format" => self.is_csv = (value == "csv").then_some(true)?,
            "lang" => self.lang = Some(Language::from_code(value)?),
            _ if name == own => self.own = choices.iter().position(|one| *one == value)?,
            _ => return None,
        }
        Some(())
    }

    /// The one way to write this query.
    pub(super) fn canonical(&self) -> String {
        let mut out = written(&self.carried());
        for (name, value) in [
            ("print", self.print.then_some("1")),
            ("format", self.is_csv.then_some("csv")),
        ] {
            if let Some(value) = value {
                push(&mut out, name, &[value]);
            }
        }
        if let Some(lang) = self.lang {
            push(&mut out, "lang", &[lang.code()]);
        }
        out
    }

    /// The part that links and forms on the page carry on, each with its alternatives as one value.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let (own, choices) = self.tab.own();
        if self.own > 0 {
            out.push((own, choices[self.own].to_owned()));
        }
        out.extend(self.period.into_iter().flat_map(Period::pairs));
        if self.with_before {
            out.push(("vs", "prev".to_owned()));
        }
        out.extend(self.filters());
        if let Some(as_of) = self.as_of {
            out.push((as_of::PARAMETER, as_of.code()));
        }
        if self.projector {
            out.push(("display", "projector".to_owned()));
        }
        out
    }

    /// What narrows deals, as an address writes it.
    pub(super) fn filters(&self) -> Vec<(&'static str, String)> {
        let joined = |items: Vec<&str>| items.join(",");
        let mut out = vec![
            (
                "layer",
                joined(self.layers.iter().map(|one| one.code()).collect()),
            ),
            (
                "sector",
                joined(self.sectors.iter().map(String::as_str).collect()),
            ),
            ("owner", joined(self.owners.iter().map(String::as_str).collect())),
            (
                "channel",
                joined(self.channels.iter().map(|one| one.code()).collect()),
            ),
            ("fund", joined(self.funds.iter().map(String::as_str).collect())),
        ];
        out.retain(|(_, value)| !value.is_empty());
        out
    }

    /// A link to this page, with what was not understood kept.
    pub(super) fn link(&self, bad: &[Bad]) -> String {
        let mut query = written(&self.carried());
        for Bad { name, value } in bad {
            push(&mut query, name, &[value]);
        }
        address(self.tab.path(), &query)
    }

    /// The same page changed.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }

    /// Another page, with the same filters.
    pub(super) fn on(&self, tab: Tab) -> Self {
        self.with(|q| {
            if q.tab != tab {
                q.own = 0;
                q.with_before = false;
            }
            q.tab = tab;
            q.ask_of(q.period);
        })
    }

    /// This page without filters, of the same day.
    pub(super) fn cleared(&self) -> Self {
        Self {
            own: self.own,
            with_before: self.with_before,
            as_of: self.as_of,
            projector: self.projector,
            ..Self::new(self.tab)
        }
    }
}

/// Parameters as an address writes them.
pub(super) fn written(pairs: &[(&str, String)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        let values: Vec<&str> = value.split(',').collect();
        push(&mut out, name, &values);
    }
    out
}

pub(super) fn address(path: &str, query: &str) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address() {
        for (tab, raw, canonical) in [
            (Tab::Funnel, "", ""),
            (Tab::Funnel, "period=90d&mode=cohort&layer=", ""),
            (
                Tab::Funnel,
                "as_of=2024-06-30&layer=none&layer=MODEL&layer=APP&period=year&mode=activity",
                "mode=activity&period=year&layer=MODEL,APP,none&as_of=2024-06-30",
            ),
            (
                Tab::Funnel,
                "vs=prev&to=2024-06-30&from=2024-04-01",
                "from=2024-04-01&to=2024-06-30&vs=prev",
            ),
            (
                Tab::Flow,
                "to=2024-06-30&from=2024-04-01&interval=month&channel=FA,INBOUND",
                "interval=month&from=2024-04-01&to=2024-06-30&channel=INBOUND,FA",
            ),
            (
                Tab::Misses,
                "fund=fund_01h455vb4pex5vsknk084sn02q&channel=FA&vs=",
                "channel=FA&fund=fund_01h455vb4pex5vsknk084sn02q",
            ),
            (
                Tab::Pipeline,
                "lang=zh&format=csv&group=round&owner=user_01h455vb4pex5vsknk084sn02q",
                "group=round&owner=user_01h455vb4pex5vsknk084sn02q&format=csv&lang=zh",
            ),
        ] {
            let (query, bad) = AnalyticsQuery::parse(tab, raw);
            assert_eq!(bad, [], "{raw}");
            assert_eq!(query.canonical(), canonical, "{raw}");
            assert_eq!(AnalyticsQuery::parse(tab, canonical).0, query, "{raw}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (raw, name, value) in [
            ("layer=NONE", "layer", "NONE"),
            ("channel=PIGEON", "channel", "PIGEON"),
            ("owner=me%20too", "owner", "me too"),
            ("fund=yuan", "fund", "yuan"),
            ("period=decade", "period", "decade"),
            ("interval=week", "interval", "week"),
            ("from=2024-04-01", "from", "2024-04-01"),
            ("from=2024-04-31&to=", "from", "2024-04-31"),
            ("format=xls", "format", "xls"),
        ] {
            let (_, bad) = AnalyticsQuery::parse(Tab::Funnel, raw);
            let (name, value) = (name.to_owned(), value.to_owned());
            assert_eq!(bad, [Bad { name, value }], "{raw}");
        }
        let (_, bad) = AnalyticsQuery::parse(Tab::Funnel, "from=2024-07-01&to=2024-06-30");
        assert_eq!(bad.len(), 2, "the end lies before the beginning");
    }
}
