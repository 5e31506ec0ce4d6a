//! What the gates ahead of a deal still ask, with where it can be seen to.

use crate::deal::{GateCondition, path};
use crate::deals::StageOption;
use crate::words::Words;
use crate::{schema, send};

/// The gates on a deal's way to the last stage.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Gate {
    pub(crate) unmet: Vec<UnmetCondition>,
}

/// What a stage asks in vain.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct UnmetCondition {
    pub(crate) condition: GateCondition,
    explanation: String,
    pub(crate) stage: StageOption,
}

/// It as a page draws it.
pub(crate) struct UnmetView {
    pub(crate) condition: &'static str,
    pub(crate) stage: String,
    pub(crate) explanation: String,
    /// Where it can be seen to.
    pub(crate) link: String,
}

impl UnmetCondition {
    pub(crate) fn view(&self, deal: &str, startup: &str, words: &Words) -> UnmetView {
        let startup = crate::startup::path(startup);
        UnmetView {
            condition: self.condition.word(words),
            stage: self.stage.name_in(words.language).to_owned(),
            explanation: {
                // The condition stands before it already.
                let after = self.explanation.strip_prefix(self.condition.word(words));
                let why = after.map_or(self.explanation.as_str(), |rest| {
                    rest.trim_start_matches([':', '：', ' '])
                });
                send::plain(why, words)
            },
            link: match self.condition {
                GateCondition::KnownRoute => format!("{startup}/edit#f-technicalRoute"),
                GateCondition::LayerSet => format!("{startup}/edit#f-layer"),
                GateCondition::NeedNamed => format!("{startup}/edit#f-need-payer"),
                GateCondition::VerifiedProof => format!("{startup}#evidence"),
                GateCondition::NoRefutedClaim => format!("{startup}#flags"),
                GateCondition::ChecklistNoOpen => format!("{}#checklist", path(deal)),
            },
        }
    }
}
