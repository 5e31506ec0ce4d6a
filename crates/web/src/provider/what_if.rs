//! What if a provider did something: whom it would hit, how hard, and what is at stake.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;
use url::form_urlencoded;

use super::page::summed;
use super::{Dependent, Exposure, FOLLOWED, Named, ProviderEventKind, StakedDeal, Terms, path, shell};
use crate::as_of;
use crate::as_of::AsOf;
use crate::belief::{RestingStartup, past};
use crate::evidence::read_number;
use crate::form::Pick;
use crate::problem::{self, Problem, answered};
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ProviderWords, ReviewWords, Words};
use crate::{Site, schema, send};

vocabulary! {
    /// What a provider might do.
    ProviderScenario {
        Price = "PRICE", if_price;
        ShipsSame = "SHIPS_SAME", if_ships;
        Shutdown = "SHUTDOWN", if_shutdown;
        Outage = "OUTAGE", if_outage;
    }
}

vocabulary! {
    /// How hard something hits.
    Severity {
        High = "HIGH", hit_high;
        Medium = "MEDIUM", hit_medium;
        Low = "LOW", hit_low;
        None = "NONE", hit_none;
    }
}

/// By how many percent prices change unless something else is asked.
const USUAL: &str = "-90";

impl ProviderScenario {
    /// As the address has it.
    fn word_of_address(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::ShipsSame => "ships",
            Self::Shutdown => "shutdown",
            Self::Outage => "outage",
        }
    }
    /// As what it is recorded once it happened.
    fn event(self) -> ProviderEventKind {
        match self {
            Self::Price => ProviderEventKind::Price,
            Self::ShipsSame => ProviderEventKind::Launch,
            Self::Shutdown => ProviderEventKind::Shutdown,
            Self::Outage => ProviderEventKind::Outage,
        }
    }
}

impl Severity {
    /// Its sign: never by colour alone.
    fn sign(self) -> &'static str {
        match self {
            Self::High => "●",
            Self::Medium => "◐",
            Self::Low | Self::None => "○",
        }
    }
}

#[derive(cynic::QueryVariables)]
struct WhatIfVariables {
    id: cynic::Id,
    scenario: ProviderScenario,
    percent: Option<Decimal>,
    as_of: Option<DateTime<Utc>>,
    is_asked: bool,
}

/// Everything the page shows. Where what is asked was not understood, it is the frame alone.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "WhatIfVariables")]
struct WhatIfPage {
    viewer: Option<Viewer>,
    #[arguments(id: $id, asOf: $as_of)]
    provider: Option<Named>,
    #[arguments(provider: $id, scenario: $scenario, percent: $percent, asOf: $as_of)]
    #[directives(include(if: $is_asked))]
    what_if: Option<WhatIf>,
}

#[derive(cynic::QueryFragment)]
struct WhatIf {
    exposure: Exposure,
    hits: Vec<ProviderHit>,
}

#[derive(cynic::QueryFragment)]
struct ProviderHit {
    startup: RestingStartup,
    dependency: Terms,
    severity: Severity,
    effect: String,
    deals: Vec<StakedDeal>,
}

#[derive(Template)]
#[template(path = "provider_what_if.html")]
struct Page {
    shell: Shell,
    p: &'static ProviderWords,
    r: &'static ReviewWords,
    heading: String,
    path: String,
    scenarios: Vec<Pick>,
    percent: String,
    scenario_fault: Option<&'static str>,
    percent_fault: Option<&'static str>,
    kept: Vec<(&'static str, String)>,
    sums: Vec<String>,
    hits: Option<Vec<HitView>>,
    /// Where what was asked is recorded once it happened.
    record: Option<String>,
}

struct HitView {
    dependent: Dependent,
    severity: &'static str,
    sign: &'static str,
    effect: String,
}

pub(super) fn document() -> String {
    WhatIfPage::build(WhatIfVariables {
        id: "".into(),
        scenario: ProviderScenario::Price,
        percent: None,
        as_of: None,
        is_asked: true,
    })
    .query
}

/// What the address asks.
struct Asked {
    scenario: Option<ProviderScenario>,
    /// As it was typed.
    typed: String,
    percent: Option<Decimal>,
}

impl Asked {
    fn read(visit: &Visit) -> Self {
        let scenario = match visit.parameter("event") {
            None => Some(ProviderScenario::Price),
            Some(word) => ProviderScenario::ALL
                .iter()
                .copied()
                .find(|one| one.word_of_address() == word),
        };
        let typed = visit
            .parameter("pct")
            .filter(|text| !text.trim().is_empty())
            .unwrap_or_else(|| USUAL.to_owned());
        let plain = typed
            .trim()
            .trim_end_matches(['%', '％'])
            .replace('\u{2212}', "-");
        let number = match plain.strip_prefix('-') {
            Some(size) => read_number(size).map(|size| -size),
            None => read_number(plain.trim_start_matches('+')),
        };
        // As the server has it: prices fall by less than all of themselves.
        let low = Decimal::from(-100);
        let percent = number.filter(|n| *n > low && *n <= Decimal::ONE_THOUSAND && !n.is_zero());
        Self {
            scenario,
            typed,
            percent,
        }
    }
    fn is_price(&self) -> bool {
        self.scenario == Some(ProviderScenario::Price)
    }
    fn scenario_fault(&self, p: &ProviderWords) -> Option<&'static str> {
        self.scenario.is_none().then_some(p.bad_scenario)
    }
    fn percent_fault(&self, p: &ProviderWords) -> Option<&'static str> {
        (self.is_price() && self.percent.is_none()).then_some(p.bad_percent)
    }
    /// By how much prices change, and whether they fall.
    fn change(&self) -> Option<(String, bool)> {
        let percent = self.percent?;
        Some((percent.abs().normalize().to_string(), percent.is_sign_negative()))
    }
    fn heading(&self, name: &str, p: &ProviderWords) -> String {
        match self.scenario {
            Some(ProviderScenario::Price) => match self.change() {
                Some((by, true)) => p.if_cheaper(name, &by),
                Some((by, false)) => p.if_dearer(name, &by),
                None => p.if_any(name),
            },
            Some(ProviderScenario::ShipsSame) => p.if_ships(name),
            Some(ProviderScenario::Shutdown) => p.if_shuts(name),
            Some(ProviderScenario::Outage) => p.if_fails(name),
            None => p.if_any(name),
        }
    }
    /// Where it is recorded once it happened.
    fn record(&self, path: &str, words: &Words) -> Option<String> {
        let scenario = self.scenario?;
        let p = words.providers();
        let summary = match (scenario, self.change()) {
            (ProviderScenario::Price, Some((by, true))) => p.cheaper(&by),
            (ProviderScenario::Price, Some((by, false))) => p.dearer(&by),
            (other, _) => other.word(words).to_owned(),
        };
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("kind", scenario.event().code())
            .append_pair("summary", &summary)
            .finish();
        Some(format!("{path}/events/new?{query}"))
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Response {
    answered(&site, &visit, page(&site, &visit, &id).await)
}

async fn page(site: &Site, visit: &Visit, id: &str) -> Result<Response, Problem> {
    let words = visit.words();
    let p = words.providers();
    let past = past(site, visit);
    let asked = Asked::read(visit);
    let (scenario_fault, percent_fault) = (asked.scenario_fault(p), asked.percent_fault(p));
    let is_understood = scenario_fault.is_none() && percent_fault.is_none();
    let variables = send::variables(&WhatIfVariables {
        id: id.into(),
        scenario: asked.scenario.unwrap_or(ProviderScenario::Price),
        percent: asked.percent.filter(|_| asked.is_price()),
        as_of: past.map(|(_, at)| at),
        is_asked: is_understood,
    })?;
    let query = query_link(&document(), &variables, "WhatIfPage");
    let found: WhatIfPage = send::read_record(site, visit, document(), variables, "WhatIfPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let provider = found.provider.ok_or(Problem::NotFound)?;
    let may_write = viewer.role.may_write() && past.is_none();
    let path = path(provider.id.inner());
    let heading = asked.heading(&provider.name, p);
    let as_of = past.map(|(as_of, _)| as_of);
    let record = Some((provider.name.as_str(), AsOf::keep(as_of, &path)));
    let mut shell = shell(site, visit, viewer, record, Some(p.what_if));
    shell.follow(FOLLOWED);
    shell.query_link = Some(query);
    if let Some(as_of) = as_of {
        shell.stand_as_of(as_of, site.config.zone);
    }
    let status = if is_understood {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    let chosen = asked.scenario.map_or("", ProviderScenario::word_of_address);
    let (sums, hits) = found.what_if.map_or((Vec::new(), None), |found| {
        let hits = found.hits.into_iter().map(|hit| hit.view(as_of, words)).collect();
        (summed(&found.exposure, words), Some(hits))
    });
    let page = Page {
        p,
        r: words.review(),
        heading,
        scenarios: ProviderScenario::ALL
            .iter()
            .map(|one| Pick::new(one.word_of_address(), one.word(words), chosen))
            .collect(),
        kept: visit
            .parameter(as_of::PARAMETER)
            .map(|value| (as_of::PARAMETER, value))
            .into_iter()
            .collect(),
        record: asked.record(&path, words).filter(|_| may_write && is_understood),
        percent: asked.typed,
        scenario_fault,
        percent_fault,
        sums,
        hits,
        path,
        shell,
    };
    problem::page(status, visit.language.tag(), &page)
}

impl ProviderHit {
    fn view(self, as_of: Option<AsOf>, words: &Words) -> HitView {
        HitView {
            dependent: Dependent::new(self.startup, self.dependency, self.deals, as_of, words),
            severity: self.severity.word(words),
            sign: self.severity.sign(),
            effect: self.effect,
        }
    }
}
