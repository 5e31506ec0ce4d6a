//! What a startup is made of: names, facts, its need, its keys.

use async_graphql::{Context, Result, SimpleObject};
use domain::startup;

use super::{Layer, NameKind, Startup};
use crate::{
    evidence::Grade,
    scalar::{Date, Url},
    sector::Sector,
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

/// A layer or a sector that words of a list suggest, until a person confirms it.
#[derive(SimpleObject)]
pub struct Proposal {
    /// The layer that is proposed.
    layer: Option<Layer>,
    /// Or the sector.
    sector: Option<Sector>,
    /// The words that suggest it, and where they stand.
    words: String,
}

impl Proposal {
    pub(super) async fn of(ctx: &Context<'_>, startup: &Startup) -> Result<Vec<Self>> {
        let row = startup.row(ctx).await?;
        let startup::Proposed { layer, sectors } = &row.profile.proposed;
        let mut proposals: Vec<Self> = layer
            .iter()
            .map(|words| Self {
                layer: row.profile.layer.map(Into::into),
                sector: None,
                words: words.clone(),
            })
            .collect();
        for (id, words) in sectors {
            let sector = Sector::of(ctx, &[*id], startup.as_of).await?.pop();
            proposals.extend(sector.map(|sector| Self {
                layer: None,
                sector: Some(sector),
                words: words.clone(),
            }));
        }
        Ok(proposals)
    }
}

/// The key under which a source knows a startup.
#[derive(SimpleObject, Clone)]
pub struct ExternalId {
    /// The source's name.
    pub(super) source: String,
    /// Its key there.
    pub(super) id: String,
}
