//! 如果供应商…: what a provider might do, and how that would hit a startup that builds on it, in words.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Terms;
use crate::{Language, Message, Problem, assessment::DependencyMode};

crate::vocabulary::vocabulary! {
    /// What a provider might do.
    Scenario {
        /// It changes its prices.
        Price = "PRICE",
        /// It ships what those who build on it sell.
        ShipsSame = "SHIPS_SAME",
        /// It shuts its API.
        Shutdown = "SHUTDOWN",
        /// Its API fails for a while.
        Outage = "OUTAGE",
    }
}

crate::vocabulary::vocabulary! {
    /// How hard something hits, the hardest first.
    Severity {
        /// The product stops, or what set it apart is gone.
        High = "HIGH",
        /// It has to move, or costs rise.
        Medium = "MEDIUM",
        /// A part of it, or for the better.
        Low = "LOW",
        /// Not at all.
        None = "NONE",
    }
}

/// What a price may change by, in percent: it cannot fall by all of itself.
const LOWEST: Decimal = Decimal::from_parts(100, 0, 0, true, 0);
const HIGHEST: Decimal = Decimal::ONE_THOUSAND;

/// What a provider might do, with its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhatIf {
    scenario: Scenario,
    /// In percent, of [`Scenario::Price`]: −90 is ninety percent cheaper. Else zero.
    percent: Decimal,
}

/// How a startup would be hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// How hard.
    pub severity: Severity,
    en: String,
    zh: String,
}

impl Effect {
    fn of(severity: Severity, (en, zh): (impl Into<String>, impl Into<String>)) -> Self {
        Self {
            severity,
            en: en.into(),
            zh: zh.into(),
        }
    }
    /// In words.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        }
    }
}

impl WhatIf {
    /// What is asked; refused where a price is to change by nothing, by all of itself or by more than tenfold, or where
    /// something that has no measure is given one.
    pub fn new(scenario: Scenario, percent: Option<Decimal>) -> Result<Self, Problem> {
        let percent = match (scenario, percent) {
            (Scenario::Price, Some(percent)) => percent.normalize(),
            (Scenario::Price, None) => return Err(Problem::required("percent")),
            (_, None) => Decimal::ZERO,
            (_, Some(value)) => {
                return Err(Problem::invalid("percent", Message::PercentOfNothing { value }));
            }
        };
        let is_price = scenario == Scenario::Price;
        if is_price && (percent <= LOWEST || percent > HIGHEST || percent.is_zero()) {
            let message = Message::NotAPriceChange { value: percent };
            return Err(Problem::invalid("percent", message));
        }
        Ok(Self { scenario, percent })
    }
    /// What the provider would do.
    pub const fn scenario(&self) -> Scenario {
        self.scenario
    }
    /// By how many percent its prices would change.
    pub fn percent(&self) -> Option<Decimal> {
        (self.scenario == Scenario::Price).then_some(self.percent)
    }
    /// Whether it reaches those who run the provider's model by themselves.
    pub const fn reaches_self_hosted(&self) -> bool {
        matches!(self.scenario, Scenario::ShipsSame)
    }
    /// Whether it matters that a startup has nothing which would set it apart.
    pub fn asks_for_wrappers(&self) -> bool {
        match self.scenario {
            Scenario::Price => self.percent.is_sign_negative(),
            Scenario::ShipsSame => true,
            Scenario::Shutdown | Scenario::Outage => false,
        }
    }

    /// How it would hit a startup that depends on the provider in this way; `is_wrapper`: it has nothing that would set it
    /// apart from whoever builds the same (the flag THIN_WRAPPER).
    pub fn effect(&self, terms: &Terms, is_wrapper: bool) -> Effect {
        if terms.mode == DependencyMode::SelfHosted && !self.reaches_self_hosted() {
            let words = ("runs the model by itself: not hit", "自行部署模型：不受影响");
            return Effect::of(Severity::None, words);
        }
        match self.scenario {
            Scenario::Price if self.percent.is_sign_negative() => self.cheaper(terms, is_wrapper),
            Scenario::Price => self.dearer(terms),
            Scenario::ShipsSame => ships(terms, is_wrapper),
            Scenario::Shutdown => stops(terms, true),
            Scenario::Outage => stops(terms, false),
        }
    }

    /// How it would hit a startup by one of several ways in which it depends on the provider: the hardest, of several alike
    /// the one with the greatest share of cost. A price changes the costs of all of them.
    pub fn worst<'t>(&self, ways: &'t [Terms], is_wrapper: bool) -> Option<(&'t Terms, Effect)> {
        let reached = |terms: &&Terms| terms.mode != DependencyMode::SelfHosted || self.reaches_self_hosted();
        let shares: Vec<Decimal> = ways
            .iter()
            .filter(reached)
            .filter_map(|way| way.cost_share)
            .collect();
        let all = (!shares.is_empty()).then(|| shares.into_iter().sum());
        ways.iter()
            .map(|way| {
                let told = Terms {
                    cost_share: all.filter(|_| reached(&way)),
                    ..way.clone()
                };
                (way, self.effect(&told, is_wrapper))
            })
            .min_by_key(|(way, effect)| (effect.severity, std::cmp::Reverse(way.cost_share)))
    }

    /// By how many percent the cost of revenue changes.
    fn of_cost(&self, terms: &Terms) -> Option<Decimal> {
        let change = (terms.cost_share? * self.percent).abs();
        // What is small is still something.
        let places = if change < Decimal::ONE { 3 } else { 1 };
        let change = change.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        Some(change.normalize())
    }

    fn cheaper(&self, terms: &Terms, is_wrapper: bool) -> Effect {
        let (gain, gain_zh) = match self.of_cost(terms) {
            Some(by) => (
                format!("gains margin: its cost of revenue falls by {by}%"),
                format!("毛利上升：营业成本下降 {by}%"),
            ),
            None => (
                "gains margin: its share of cost is not known".to_owned(),
                "毛利上升：成本占比不详".to_owned(),
            ),
        };
        if is_wrapper {
            let words = (
                format!("loses its moat: whoever builds the same pays as little; {gain}"),
                format!("失去壁垒：同类产品的成本同样下降；{gain_zh}"),
            );
            return Effect::of(Severity::High, words);
        }
        Effect::of(Severity::Low, (gain, gain_zh))
    }

    fn dearer(&self, terms: &Terms) -> Effect {
        let (en, zh) = match self.of_cost(terms) {
            Some(by) => (
                format!("its cost of revenue rises by {by}%"),
                format!("营业成本上升 {by}%"),
            ),
            None => (
                "pays more: its share of cost is not known".to_owned(),
                "成本上升：占比不详".to_owned(),
            ),
        };
        if let Some(alternative) = &terms.alternative {
            let words = (
                format!("{en}, or it moves to: {alternative}"),
                format!("{zh}，或改用：{alternative}"),
            );
            return Effect::of(Severity::Low, words);
        }
        let severity = if terms.is_critical {
            Severity::High
        } else {
            Severity::Medium
        };
        Effect::of(severity, (en, zh))
    }
}

fn ships(terms: &Terms, is_wrapper: bool) -> Effect {
    if is_wrapper {
        let words = (
            "loses its moat: the provider sells what it sells",
            "失去壁垒：供应商直接提供同样的功能",
        );
        return Effect::of(Severity::High, words);
    }
    let words = (
        "competes with the one that it builds on",
        "与所依赖的供应商直接竞争",
    );
    let severity = if terms.is_critical {
        Severity::Medium
    } else {
        Severity::Low
    };
    Effect::of(severity, words)
}

/// Its API is gone, for good or for a while.
fn stops(terms: &Terms, for_good: bool) -> Effect {
    let (tuned, tuned_zh) = if for_good && terms.mode == DependencyMode::FineTune {
        ("; the model it tuned is lost", "；已微调的模型将失去")
    } else {
        ("", "")
    };
    let (severity, en, zh) = match (&terms.alternative, terms.is_critical, for_good) {
        (Some(alternative), _, true) => (
            Severity::Medium,
            format!("has to move to: {alternative}"),
            format!("需迁移至：{alternative}"),
        ),
        (Some(alternative), _, false) => (
            Severity::Low,
            format!("can switch to: {alternative}"),
            format!("可切换至：{alternative}"),
        ),
        (None, true, true) => (
            Severity::High,
            "its product stops: no alternative is named".to_owned(),
            "产品停摆：没有备选".to_owned(),
        ),
        (None, true, false) => (
            Severity::High,
            "stands still until it is back: no alternative is named".to_owned(),
            "停摆至恢复为止：没有备选".to_owned(),
        ),
        (None, false, _) => (
            Severity::Low,
            "loses a part of its product".to_owned(),
            "失去部分功能".to_owned(),
        ),
    };
    Effect::of(severity, (en + tuned, zh + tuned_zh))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(
        mode: DependencyMode,
        is_critical: bool,
        alternative: Option<&str>,
        share: Option<&str>,
    ) -> Terms {
        Terms {
            mode,
            is_critical,
            cost_share: share.map(|share| share.parse().unwrap()),
            alternative: alternative.map(Into::into),
            since: None,
            until: None,
        }
    }

    fn what(scenario: Scenario, percent: Option<&str>) -> WhatIf {
        WhatIf::new(scenario, percent.map(|text| text.parse().unwrap())).unwrap()
    }

    #[test]
    fn a_cheaper_model_gives_margin_and_takes_the_moat_of_wrappers() {
        let cut = what(Scenario::Price, Some("-90"));
        let api = terms(DependencyMode::Api, true, None, Some("0.45"));
        // 0.45 × 90 = 40.5
        let own = cut.effect(&api, false);
        assert_eq!(own.severity, Severity::Low);
        assert_eq!(
            own.text(Language::En),
            "gains margin: its cost of revenue falls by 40.5%"
        );
        let wrapper = cut.effect(&api, true);
        assert_eq!(wrapper.severity, Severity::High);
        assert!(wrapper.text(Language::En).starts_with("loses its moat"));
        assert!(wrapper.text(Language::Zh).contains("40.5%"));
        let unknown = cut.effect(&terms(DependencyMode::Api, true, None, None), false);
        assert!(unknown.text(Language::En).contains("not known"));
    }

    #[test]
    fn who_runs_the_model_by_itself_is_hit_by_the_same_feature_alone() {
        let hosted = terms(DependencyMode::SelfHosted, true, None, Some("0.5"));
        for scenario in [Scenario::Shutdown, Scenario::Outage] {
            let effect = what(scenario, None).effect(&hosted, true);
            assert_eq!(effect.severity, Severity::None, "{scenario}");
        }
        let cut = what(Scenario::Price, Some("-50"));
        assert_eq!(cut.effect(&hosted, true).severity, Severity::None);
        let same = what(Scenario::ShipsSame, None);
        assert_eq!(same.effect(&hosted, true).severity, Severity::High);
        assert_eq!(same.effect(&hosted, false).severity, Severity::Medium);
    }

    #[test]
    fn without_an_alternative_what_is_critical_stops() {
        let api = |critical, alternative| terms(DependencyMode::Api, critical, alternative, None);
        let severity = |scenario, of: &Terms| what(scenario, None).effect(of, false).severity;
        assert_eq!(severity(Scenario::Shutdown, &api(true, None)), Severity::High);
        assert_eq!(
            severity(Scenario::Shutdown, &api(true, Some("another"))),
            Severity::Medium
        );
        assert_eq!(severity(Scenario::Shutdown, &api(false, None)), Severity::Low);
        assert_eq!(severity(Scenario::Outage, &api(true, None)), Severity::High);
        assert_eq!(
            severity(Scenario::Outage, &api(true, Some("another"))),
            Severity::Low
        );
        let tuned = terms(DependencyMode::FineTune, true, None, None);
        let words = what(Scenario::Shutdown, None).effect(&tuned, false);
        assert_eq!(
            words.text(Language::En),
            "its product stops: no alternative is named; the model it tuned is lost"
        );
    }

    #[test]
    fn of_several_ways_the_hardest_counts_and_a_price_changes_the_costs_of_all() {
        let ways = [
            terms(DependencyMode::Api, false, None, Some("0.1")),
            terms(DependencyMode::FineTune, false, None, Some("0.5")),
            terms(DependencyMode::SelfHosted, true, None, Some("0.3")),
        ];
        // (0.1 + 0.5) × 90 = 54; what it runs by itself costs what it did.
        let (way, effect) = what(Scenario::Price, Some("-90")).worst(&ways, false).unwrap();
        assert_eq!(way.mode, DependencyMode::FineTune);
        assert_eq!(
            effect.text(Language::En),
            "gains margin: its cost of revenue falls by 54%"
        );
        let (way, _) = what(Scenario::ShipsSame, None).worst(&ways, false).unwrap();
        assert_eq!(way.mode, DependencyMode::SelfHosted, "the one that is critical");
        assert!(what(Scenario::Outage, None).worst(&[], false).is_none());
        // 0.001 × 90 = 0.09, and not nothing.
        let small = [terms(DependencyMode::Api, false, None, Some("0.001"))];
        let (_, effect) = what(Scenario::Price, Some("-90")).worst(&small, false).unwrap();
        assert!(
            effect.text(Language::En).ends_with("falls by 0.09%"),
            "{effect:?}"
        );
    }

    #[test]
    fn a_dearer_model_hits_those_hardest_who_can_go_nowhere() {
        let rise = what(Scenario::Price, Some("50"));
        let of = |critical, alternative| {
            rise.effect(
                &terms(DependencyMode::Api, critical, alternative, Some("0.4")),
                true,
            )
        };
        assert_eq!(of(true, None).severity, Severity::High);
        // 0.4 × 50 = 20
        assert_eq!(
            of(true, None).text(Language::En),
            "its cost of revenue rises by 20%"
        );
        assert_eq!(of(false, None).severity, Severity::Medium);
        assert_eq!(of(true, Some("another")).severity, Severity::Low);
    }

    #[test]
    fn a_price_changes_by_something_and_never_by_all_of_itself() {
        let refused = |scenario, percent: Option<&str>| {
            WhatIf::new(scenario, percent.map(|text| text.parse().unwrap())).is_err()
        };
        assert!(refused(Scenario::Price, None));
        assert!(refused(Scenario::Price, Some("0")));
        assert!(refused(Scenario::Price, Some("-100")));
        assert!(refused(Scenario::Price, Some("1001")));
        assert!(!refused(Scenario::Price, Some("-99.9")));
        assert!(!refused(Scenario::Price, Some("1000")));
        assert!(refused(Scenario::Outage, Some("-90")));
        assert!(!refused(Scenario::Outage, None));
    }
}
