//! Gates: what a stage requires of a startup before a deal comes into it (domain.md §6).

use serde::{Deserialize, Serialize};

use super::{DealStatus, GateCondition, Round, Stage};
use crate::{
    Instant, Language, Message, Problem, Problems, StageId,
    assessment::{self, ChecklistState, Flag, Inputs},
    check::distinct,
    checklist::{Answered, ITEMS, Item},
    startup::{Layer, TechnicalRoute},
};

/// Rounds before A: where a startup of the model layer has no users yet to prove.
pub const BEFORE_A: &[Round] = &[
    Round::PreSeed,
    Round::Angel,
    Round::AngelPlus,
    Round::Seed,
    Round::PreA,
    Round::PreAPlus,
];

/// Startups of some layers in some rounds. An empty list narrows nothing; one that is not empty leaves out a startup
/// without a layer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Scope {
    /// On one of these layers.
    pub layers: Vec<Layer>,
    /// In one of these rounds.
    pub rounds: Vec<Round>,
}

impl Scope {
    fn holds(&self, layer: Option<Layer>, round: Round) -> bool {
        (self.layers.is_empty() || layer.is_some_and(|layer| self.layers.contains(&layer)))
            && (self.rounds.is_empty() || self.rounds.contains(&round))
    }
    fn is_everything(&self) -> bool {
        self.layers.is_empty() && self.rounds.is_empty()
    }
}

/// A condition of a stage, and of which deals it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GateRule {
    /// What is required.
    pub condition: GateCondition,
    /// Of these alone; None: of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Scope>,
    /// But not of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<Scope>,
}

impl GateRule {
    /// Asked of every deal.
    pub const fn always(condition: GateCondition) -> Self {
        Self {
            condition,
            only: None,
            except: None,
        }
    }
    /// Whether it is asked of a deal in a round, in a startup of a layer.
    pub fn applies(&self, layer: Option<Layer>, round: Round) -> bool {
        self.only.as_ref().is_none_or(|only| only.holds(layer, round))
            && !self
                .except
                .as_ref()
                .is_some_and(|except| except.holds(layer, round))
    }
}

/// The gate of the committee in a new workspace: the route is known and users are verified; of a startup of the model
/// layer before round A, whose users come later, a checklist with nothing open instead.
pub fn default_committee_gate() -> Vec<GateRule> {
    let early_model = Scope {
        layers: vec![Layer::Model],
        rounds: BEFORE_A.to_vec(),
    };
    vec![
        GateRule::always(GateCondition::KnownRoute),
        GateRule {
            except: Some(early_model.clone()),
            ..GateRule::always(GateCondition::VerifiedProof)
        },
        GateRule {
            only: Some(early_model),
            ..GateRule::always(GateCondition::ChecklistNoOpen)
        },
    ]
}

/// The rules of a gate, if nothing is wrong with them: no rule twice, no limit that leaves nothing in or nothing out.
pub fn prepared_gate(rules: Vec<GateRule>) -> Result<Vec<GateRule>, Vec<Problem>> {
    let mut wrong = Problems::default();
    for (n, rule) in rules.iter().enumerate() {
        wrong.push_if(rules[..n].contains(rule), || {
            let value = rule.condition.code().to_owned();
            Problem::invalid(&format!("gate.{n}"), Message::Duplicate { value })
        });
        for (field, scope) in [("only", &rule.only), ("except", &rule.except)] {
            wrong.push_if(scope.as_ref().is_some_and(Scope::is_everything), || {
                Problem::invalid(&format!("gate.{n}.{field}"), Message::EmptyScope)
            });
        }
    }
    wrong.into_result()?;
    Ok(rules)
}

/// What gates ask about, of one deal at an instant.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields read as the conditions")]
pub struct GateFacts {
    pub round: Round,
    pub layer: Option<Layer>,
    pub knows_route: bool,
    pub names_payer: bool,
    pub has_verified_proof: bool,
    pub has_refuted_claim: bool,
    /// The keys of the checklist's items, of the startup's layer and of every layer, that nobody closed.
    pub open_items: Vec<&'static str>,
}

impl GateFacts {
    /// Of a deal in this round, from what is known of its startup at an instant.
    pub fn of(inputs: &Inputs, answered: &[Answered], round: Round, at: Instant) -> Self {
        let traits = inputs.traits_at(at);
        let figures = assessment::figures(inputs, at);
        let is_open = |item: &&Item| {
            let answer = answered.iter().find(|answered| answered.key == item.key);
            answer.is_none_or(|answered| answered.answer.state == ChecklistState::Open)
        };
        Self {
            round,
            layer: traits.layer,
            knows_route: traits.route != TechnicalRoute::Unknown,
            names_payer: traits.names_payer,
            has_verified_proof: figures.has_verified_proof,
            has_refuted_claim: figures.flags.contains(Flag::RefutedClaim),
            open_items: ITEMS
                .iter()
                .filter(|item| item.is_of(traits.layer))
                .filter(is_open)
                .map(|item| item.key)
                .collect(),
        }
    }
    fn meets(&self, condition: GateCondition) -> bool {
        match condition {
            GateCondition::VerifiedProof => self.has_verified_proof,
            GateCondition::KnownRoute => self.knows_route,
            GateCondition::LayerSet => self.layer.is_some(),
            GateCondition::NeedNamed => self.names_payer,
            GateCondition::ChecklistNoOpen => self.open_items.is_empty(),
            GateCondition::NoRefutedClaim => !self.has_refuted_claim,
        }
    }
}

/// A condition of a stage's gate that a deal does not meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Of which stage.
    pub stage: StageId,
    /// What is missing.
    pub condition: GateCondition,
    /// For a checklist, the keys of its open items.
    pub open_items: Vec<&'static str>,
}

impl Unmet {
    /// What is missing, in a line that begins with the condition's name.
    pub fn text(&self, language: Language) -> String {
        text(self.condition, &self.open_items, language)
    }
}

/// As [`Unmet::text`], from the keys of the open items.
pub fn text(condition: GateCondition, open_items: &[impl AsRef<str>], language: Language) -> String {
    let name = condition.name(language);
    let labels = || {
        let label = |key: &str| {
            Item::by_key(key).map_or_else(|| key.to_owned(), |item| item.short(language).to_owned())
        };
        open_items
            .iter()
            .map(|key| label(key.as_ref()))
            .collect::<Vec<_>>()
    };
    match (language, condition) {
        (Language::En, GateCondition::VerifiedProof) => {
            format!("{name}: no standing figure of real use is graded VERIFIED")
        }
        (Language::Zh, GateCondition::VerifiedProof) => format!("{name}：尚无已核实的真实使用数据"),
        (Language::En, GateCondition::KnownRoute) => {
            format!("{name}: nobody has said whether it trains, tunes or calls a model")
        }
        (Language::Zh, GateCondition::KnownRoute) => format!("{name}：尚未写明自训、微调还是调用模型"),
        (Language::En, GateCondition::LayerSet) => format!("{name}: it has no layer yet"),
        (Language::Zh, GateCondition::LayerSet) => format!("{name}：尚未归入任何一层"),
        (Language::En, GateCondition::NeedNamed) => format!("{name}: its need names nobody who pays"),
        (Language::Zh, GateCondition::NeedNamed) => format!("{name}：需求中没有写明谁付钱"),
        (Language::En, GateCondition::ChecklistNoOpen) => {
            format!("{name}: still open are {}", labels().join(", "))
        }
        (Language::Zh, GateCondition::ChecklistNoOpen) => format!("{name}：{}仍未处理", labels().join("、")),
        (Language::En, GateCondition::NoRefutedClaim) => format!("{name}: a claim of theirs was refuted"),
        (Language::Zh, GateCondition::NoRefutedClaim) => format!("{name}：有一项说法已被证伪"),
    }
}

impl GateCondition {
    /// What it is called on a page.
    pub fn name(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::En, Self::VerifiedProof) => "Verified proof",
            (Language::Zh, Self::VerifiedProof) => "已核实的证据",
            (Language::En, Self::KnownRoute) => "Known route",
            (Language::Zh, Self::KnownRoute) => "技术路线明确",
            (Language::En, Self::LayerSet) => "Layer set",
            (Language::Zh, Self::LayerSet) => "已分层",
            (Language::En, Self::NeedNamed) => "Need named",
            (Language::Zh, Self::NeedNamed) => "需求明确",
            (Language::En, Self::ChecklistNoOpen) => "Nothing open on the checklist",
            (Language::Zh, Self::ChecklistNoOpen) => "清单无未决项",
            (Language::En, Self::NoRefutedClaim) => "No refuted claim",
            (Language::Zh, Self::NoRefutedClaim) => "无被证伪的说法",
        }
    }
}

/// The stages whose gates a move passes: those from the next one up to its target; of one that ends in INVESTED, all;
/// of one backward, none. Retired stages are not on the way.
pub fn on_the_way(stages: &[Stage], from: StageId, to: (StageId, DealStatus)) -> Vec<&Stage> {
    let position = |id| {
        stages
            .iter()
            .find(|stage| stage.id == id)
            .map(|stage| stage.position)
    };
    let (Some(start), Some(end)) = (position(from), position(to.0)) else {
        return Vec::new();
    };
    let is_passed = |stage: &&Stage| {
        !stage.is_retired
            && (to.1 == DealStatus::Invested || (start < stage.position && stage.position <= end))
    };
    stages.iter().filter(is_passed).collect()
}

/// What the gates of these stages ask in vain, by stage in their order.
pub fn unmet(stages: &[&Stage], facts: &GateFacts) -> Vec<Unmet> {
    let mut found: Vec<Unmet> = Vec::new();
    for stage in stages {
        for rule in &stage.gate {
            let condition = rule.condition;
            if !rule.applies(facts.layer, facts.round)
                || facts.meets(condition)
                || found
                    .iter()
                    .any(|unmet| (unmet.stage, unmet.condition) == (stage.id, condition))
            {
                continue;
            }
            found.push(Unmet {
                stage: stage.id,
                condition,
                open_items: match condition {
                    GateCondition::ChecklistNoOpen => facts.open_items.clone(),
                    _ => Vec::new(),
                },
            });
        }
    }
    found
}

/// The conditions among what is unmet, each once.
pub fn conditions(unmet: &[Unmet]) -> Vec<GateCondition> {
    distinct(unmet.iter().map(|unmet| unmet.condition))
}

#[cfg(test)]
mod tests;
