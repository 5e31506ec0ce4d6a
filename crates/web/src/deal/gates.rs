//! What the gates ahead of a deal still ask, with where it can be seen to.

use cynic::QueryBuilder;

use crate::answer::Outcome;
use crate::deal::{GateCondition, path};
use crate::deals::StageOption;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::words::Words;
use crate::{Site, schema, send};

/// The stages of the pipeline.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct PipelineStages {
    stages: Vec<StageOption>,
}

/// The document that asks for them.
pub(crate) fn stages_document() -> String {
    PipelineStages::build(()).query
}

/// Every stage, in order.
pub(crate) async fn stages(site: &Site, visit: &Visit) -> Result<Vec<StageOption>, Problem> {
    let variables = serde_json::json!({});
    match send::read::<PipelineStages>(site, visit, stages_document(), variables, "PipelineStages").await? {
        Outcome::Data(found) => Ok(found.stages),
        Outcome::Refused(why) => Err(Problem::Failed(why)),
    }
}

/// The key of the last stage: the gates on the way there are all that a deal still has before it.
pub(crate) fn last_key(stages: &[StageOption]) -> String {
    let last = stages.iter().rfind(|stage| !stage.is_retired).or(stages.last());
    last.map(|stage| stage.key.clone()).unwrap_or_default()
}

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
