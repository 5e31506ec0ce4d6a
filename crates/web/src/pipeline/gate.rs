//! Gates of stages, in words.

use crate::deal::{GateCondition, Round};
use crate::layer::{self, Layer};
use crate::schema;
use crate::words::Words;

/// A condition of a stage's gate, and of which deals it is asked.
#[derive(Clone, Debug, PartialEq, Eq, cynic::QueryFragment)]
pub(crate) struct GateRule {
    pub(crate) condition: GateCondition,
    pub(crate) only: Option<GateScope>,
    pub(crate) except: Option<GateScope>,
}

/// Startups of some layers in some rounds.
#[derive(Clone, Debug, PartialEq, Eq, cynic::QueryFragment)]
pub(crate) struct GateScope {
    pub(crate) layers: Vec<Layer>,
    pub(crate) rounds: Vec<Round>,
}

impl GateRule {
    /// The condition, with whom it is for.
    pub(crate) fn words(&self, words: &Words) -> String {
        let b = words.pipeline();
        let condition = self.condition.word(words);
        let scopes: Vec<String> = [
            self.only.as_ref().map(|scope| b.only_for(&scope.words(words))),
            self.except.as_ref().map(|scope| b.not_for(&scope.words(words))),
        ]
        .into_iter()
        .flatten()
        .collect();
        if scopes.is_empty() {
            condition.to_owned()
        } else {
            b.field_is(condition, &scopes.join(words.comma()))
        }
    }
}

impl GateScope {
    fn words(&self, words: &Words) -> String {
        let layers: Vec<&str> = self
            .layers
            .iter()
            .map(|one| layer::word(Some(*one), words))
            .collect();
        let mut parts = Vec::new();
        if !layers.is_empty() {
            parts.push(layers.join(words.comma()));
        }
        if !self.rounds.is_empty() {
            parts.push(rounds(&self.rounds, words));
        }
        parts.join(" · ")
    }
}

/// Some rounds; the first ones in a row as `up to Pre-A+`.
fn rounds(some: &[Round], words: &Words) -> String {
    let first = &Round::ALL[..some.len().min(Round::ALL.len())];
    let is_first = some.len() > 2 && first.iter().all(|round| some.contains(round));
    match first.last() {
        Some(last) if is_first => words.pipeline().up_to(last.word(words)),
        _ => some
            .iter()
            .map(|round| round.word(words))
            .collect::<Vec<_>>()
            .join(words.comma()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{En, Zh};

    #[test]
    fn a_rule_says_whom_it_is_for() {
        let early = GateScope {
            layers: vec![Layer::Model],
            rounds: vec![
                Round::Angel,
                Round::PreSeed,
                Round::AngelPlus,
                Round::Seed,
                Round::PreA,
                Round::PreAPlus,
            ],
        };
        let rule = GateRule {
            condition: GateCondition::VerifiedProof,
            only: None,
            except: Some(early.clone()),
        };
        assert_eq!(
            rule.words(Words::of(En)),
            "Verified proof: not Model · up to Pre-A+"
        );
        let rule = GateRule {
            condition: GateCondition::ChecklistNoOpen,
            only: Some(GateScope {
                rounds: vec![Round::A, Round::B],
                ..early
            }),
            except: None,
        };
        assert_eq!(
            rule.words(Words::of(Zh)),
            "清单无未决项：仅限 底层大模型 · A 轮、B 轮"
        );
    }
}
