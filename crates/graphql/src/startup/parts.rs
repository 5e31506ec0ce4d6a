//! What a startup is made of: names, facts, its need, its keys.

use async_graphql::SimpleObject;
use domain::startup;

use super::NameKind;
use crate::{
    evidence::Grade,
    scalar::{Date, Url},
};

/// Another name, with its language when known.
#[derive(SimpleObject, Clone)]
pub struct StartupName {
    /// The name.
    pub(super) name: String,
    /// Its language (BCP 47), such as zh.
    pub(super) language: Option<String>,
    /// What it is.
    pub(super) kind: NameKind,
}

impl From<startup::Name> for StartupName {
    fn from(name: startup::Name) -> Self {
        Self {
            name: name.name,
            language: name.language,
            kind: name.kind.into(),
        }
    }
}

/// A yes or no with its proof.
#[derive(SimpleObject, Clone)]
pub struct GradedFact {
    /// Whether it is so.
    pub(super) holds: bool,
    /// How well that is proven.
    pub(super) grade: Grade,
    /// In which words it was said.
    pub(super) words: Option<String>,
    /// When.
    pub(super) on: Option<Date>,
    /// Where it can be read.
    pub(super) source_url: Option<Url>,
}

pub(super) fn fact(fact: Option<&startup::GradedFact>) -> Option<GradedFact> {
    fact.cloned().map(|f| GradedFact {
        holds: f.holds,
        grade: f.grade.into(),
        words: f.words,
        on: f.on.map(Date),
        source_url: f.source_url.map(Url),
    })
}

/// The "1" before the multiplier: who pays, and why. All null: no 1 in front.
#[derive(SimpleObject, Clone)]
pub struct Need {
    /// Who pays.
    pub(super) payer: Option<String>,
    /// What hurts.
    pub(super) pain: Option<String>,
    /// What it costs them today.
    pub(super) cost_today: Option<String>,
    /// What they use instead.
    pub(super) alternative_today: Option<String>,
}

/// The key under which a source knows a startup.
#[derive(SimpleObject, Clone)]
pub struct ExternalId {
    /// The source's name.
    pub(super) source: String,
    /// Its key there.
    pub(super) id: String,
}
