//! 尽调清单: what has to be looked at before a fund invests, by layer (domain.md §6). It belongs to the startup.

use serde::{Deserialize, Serialize};

use crate::{
    ChecklistItemId, Instant, Language, Message, Problem, Problems, StartupId, UserId,
    assessment::ChecklistState,
    check::{TEXT_LIMIT, optional},
    startup::Layer,
};

/// An item of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its name in the API and the database.
    pub key: &'static str,
    /// The layer whose startups have it; None: every startup has.
    pub layer: Option<Layer>,
    label: &'static str,
    label_zh: &'static str,
}

const fn item(layer: Option<Layer>, key: &'static str, label: &'static str, label_zh: &'static str) -> Item {
    Item {
        key,
        layer,
        label,
        label_zh,
    }
}

/// Every item, in the order in which they are shown: those of the layers, then those of every layer.
pub const ITEMS: &[Item] = &[
    item(
        Some(Layer::Model),
        "compute",
        "Compute: it can pay for what training takes",
        "算力：付得起训练所需",
    ),
    item(
        Some(Layer::Model),
        "training_data",
        "Training data: it has what others do not",
        "训练数据：拥有别人没有的数据",
    ),
    item(
        Some(Layer::Model),
        "funding_runway",
        "Runway: the money lasts until the next model",
        "资金：足以撑到下一代模型",
    ),
    item(
        Some(Layer::Middleware),
        "base_semantics",
        "Base model: what it understands by itself",
        "基座模型：自身的理解能力",
    ),
    item(
        Some(Layer::Middleware),
        "constraints_added",
        "Constraints: what it adds to the base model",
        "约束：在基座之上加了什么",
    ),
    item(
        Some(Layer::Middleware),
        "portability",
        "Portability: it can change its base model",
        "可迁移：能更换基座模型",
    ),
    item(
        Some(Layer::App),
        "industry_economics",
        "Industry: somebody there earns by it",
        "行业账：行业里有人因此赚钱",
    ),
    item(
        Some(Layer::App),
        "moat",
        "Moat: what others cannot copy",
        "壁垒：别人抄不走什么",
    ),
    item(
        Some(Layer::App),
        "workflow_depth",
        "Workflow: how deep it sits in daily work",
        "流程深度：嵌入日常工作有多深",
    ),
    item(
        None,
        "team",
        "Team: who they are and what they have built",
        "团队：是谁、做成过什么",
    ),
    item(
        None,
        "who_pays",
        "Payer: who pays, and out of which budget",
        "谁付钱：谁买单、出自哪笔预算",
    ),
    item(
        None,
        "fund_fit",
        "Fit: stage, size and terms suit the fund",
        "与基金匹配：阶段、规模与条款",
    ),
    item(
        None,
        "compliance",
        "Compliance: filings, licences and data are in order",
        "合规：备案、资质与数据合规",
    ),
];

impl Item {
    /// The item with this key.
    pub fn by_key(key: &str) -> Option<&'static Self> {
        ITEMS.iter().find(|item| item.key == key)
    }
    /// What it asks, in a line.
    pub fn label(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.label,
            Language::Zh => self.label_zh,
        }
    }
    /// What it asks, in a word or two: its label up to the colon.
    pub fn short(&self, language: Language) -> &'static str {
        let label = self.label(language);
        label.split([':', '：']).next().unwrap_or(label)
    }
    /// Whether startups of a layer have it.
    pub fn is_of(&self, layer: Option<Layer>) -> bool {
        self.layer.is_none() || self.layer == layer
    }
    /// The item of this key that a startup of a layer has; else what would be right.
    pub fn of(key: &str, layer: Option<Layer>) -> Result<&'static Self, Problem> {
        let found = ITEMS.iter().find(|item| item.key == key && item.is_of(layer));
        found.ok_or_else(|| {
            let keys = ITEMS.iter().filter(|item| item.is_of(layer));
            let message = Message::NotOfChecklist {
                key: key.to_owned(),
                keys: keys.map(|item| item.key).collect::<Vec<_>>().join(", "),
            };
            Problem::invalid("key", message)
        })
    }
}

/// What came of an item, and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// What came of it.
    pub state: ChecklistState,
    /// What there is to say.
    pub note: Option<String>,
}

impl Default for Answer {
    /// As it is where nobody answered.
    fn default() -> Self {
        Self {
            state: ChecklistState::Open,
            note: None,
        }
    }
}

impl Answer {
    /// The answer with blanks taken out, if nothing is wrong with it.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.note = optional(self.note, "note", TEXT_LIMIT, &mut wrong);
        wrong.into_result()?;
        Ok(self)
    }
}

/// An item that somebody answered for a startup.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Its id.
    pub id: ChecklistItemId,
    /// Of which startup.
    pub startup_id: StartupId,
    /// Which item.
    pub key: String,
    /// What came of it.
    pub answer: Answer,
    /// Who said so; None for the program itself.
    pub by: Option<UserId>,
    /// When.
    pub at: Instant,
    /// Rises by one with every change.
    pub version: i32,
}

/// What a startup of a layer shows: the items of the layer and those of every layer, each with its answer if there is
/// one; and what was answered while the startup was of another layer.
pub fn shown(layer: Option<Layer>, mut answered: Vec<Answered>) -> Vec<(&'static Item, Option<Answered>)> {
    let mut all = Vec::new();
    for item in ITEMS {
        let at = answered.iter().position(|answered| answered.key == item.key);
        let answer = at.map(|at| answered.swap_remove(at));
        if item.is_of(layer) || answer.is_some() {
            all.push((item, answer));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{assessment::ComputeItem, typed};

    fn answered(key: &str) -> Answered {
        Answered {
            id: typed(Uuid::nil()),
            startup_id: typed(Uuid::nil()),
            key: key.into(),
            answer: Answer::default(),
            by: None,
            at: Instant::UNIX_EPOCH,
            version: 1,
        }
    }

    fn keys(layer: Option<Layer>, answers: &[&str]) -> Vec<&'static str> {
        let answers = answers.iter().map(|key| answered(key)).collect();
        shown(layer, answers).iter().map(|(item, _)| item.key).collect()
    }

    #[test]
    fn a_startup_shows_the_items_of_its_layer_and_of_every_layer() {
        let common = ["team", "who_pays", "fund_fit", "compliance"];
        assert_eq!(keys(None, &[]), common);
        let with = |own: [&'static str; 3]| [own.as_slice(), common.as_slice()].concat();
        assert_eq!(
            keys(Some(Layer::Model), &[]),
            with(["compute", "training_data", "funding_runway"])
        );
        assert_eq!(
            keys(Some(Layer::Middleware), &["team"]),
            with(["base_semantics", "constraints_added", "portability"])
        );
        assert_eq!(
            keys(Some(Layer::App), &[]),
            with(["industry_economics", "moat", "workflow_depth"])
        );
    }

    #[test]
    fn what_was_answered_for_another_layer_stays_shown() {
        assert_eq!(
            keys(None, &["compute", "team"]),
            ["compute", "team", "who_pays", "fund_fit", "compliance"]
        );
    }

    #[test]
    fn an_item_of_another_layer_is_refused_with_those_that_would_be_right() {
        assert_eq!(Item::of("moat", Some(Layer::App)).unwrap().key, "moat");
        for (key, layer) in [("moat", Some(Layer::Model)), ("moat", None), ("Team", None)] {
            let problem = Item::of(key, layer).unwrap_err();
            let said = problem.message.text(Language::En);
            assert!(said.contains(key) && said.contains("who_pays"), "{said}");
            assert!(!said.contains("workflow_depth"), "{said}");
        }
    }

    #[test]
    fn the_items_that_the_formula_reads_are_of_the_layer_of_models() {
        for item in ComputeItem::ALL {
            assert_eq!(Item::by_key(item.code()).unwrap().layer, Some(Layer::Model));
        }
    }
}
