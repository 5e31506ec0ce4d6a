//! A startup: what it is called, what it does, on which layer, with which need and which graded facts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Instant, Language, SectorId, StartupId, evidence::Grade};

mod identity;
mod prepare;
pub use identity::*;
pub(crate) use prepare::prepared_aliases;
pub use prepare::*;

crate::vocabulary::vocabulary! {
    /// Where in the stack of large models a startup stands.
    Layer {
        /// 底层大模型: trains base models.
        Model = "MODEL",
        /// 中间层: tunes, pre-trains or constrains base models.
        Middleware = "MIDDLEWARE",
        /// 应用层: products for an industry or a person.
        App = "APP",
    }
}

impl Layer {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Model, Language::En) => "Model",
            (Self::Model, Language::Zh) => "底层大模型",
            (Self::Middleware, Language::En) => "Middleware",
            (Self::Middleware, Language::Zh) => "中间层",
            (Self::App, Language::En) => "App",
            (Self::App, Language::Zh) => "应用层",
        }
    }
}

crate::vocabulary::vocabulary! {
    /// 技术路线: how a startup uses large models.
    TechnicalRoute {
        /// Trains a base model of its own.
        TrainsBaseModel = "TRAINS_BASE_MODEL",
        /// Tunes somebody's base model.
        TunesBaseModel = "TUNES_BASE_MODEL",
        /// Builds on an API.
        BuildsOnApi = "BUILDS_ON_API",
        /// Classical AI, perhaps re-labelled.
        PreLlmAi = "PRE_LLM_AI",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

crate::vocabulary::vocabulary! {
    /// What a name is.
    NameKind {
        /// The name it is known by.
        Brand = "BRAND",
        /// 工商全称: the registered name.
        Legal = "LEGAL",
        /// The name of a product.
        Product = "PRODUCT",
        /// A name it had.
        Former = "FORMER",
        /// Any other.
        Other = "OTHER",
    }
}

crate::vocabulary::vocabulary! {
    /// Where the company is set up, for the funds that may invest.
    CompanyStructure {
        /// In mainland China.
        Onshore = "ONSHORE",
        /// Offshore with a variable interest entity.
        OffshoreVie = "OFFSHORE_VIE",
        /// Not decided, or not known.
        Undecided = "UNDECIDED",
    }
}

/// Another name of a startup or person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Its language (BCP 47) when known.
    pub language: Option<String>,
    /// What it is.
    pub kind: NameKind,
}

/// 需求: the "1" before the multiplier. All empty: no 1 in front.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Need {
    /// Who pays.
    pub payer: Option<String>,
    /// What hurts.
    pub pain: Option<String>,
    /// What it costs them today.
    pub cost_today: Option<String>,
    /// What they use instead.
    pub alternative_today: Option<String>,
}

/// A yes or no with its proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GradedFact {
    /// Whether it is so.
    pub holds: bool,
    /// How well that is proven.
    pub grade: Grade,
    /// In which words it was said.
    pub words: Option<String>,
    /// When.
    pub on: Option<NaiveDate>,
    /// Where it can be read.
    pub source_url: Option<String>,
}

/// The three graded facts about a startup.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Facts {
    /// It owns data to train on that others do not have.
    pub owns_training_data: Option<GradedFact>,
    /// Users make data, data makes the model better.
    pub usage_flywheel: Option<GradedFact>,
    /// It says that it has a large model.
    pub claims_large_model: Option<GradedFact>,
}

/// What the words of a list suggest of a startup, until a person confirms it: of each suggestion the words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Proposed {
    /// Why it stands on its layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// Why it is in a sector.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sectors: BTreeMap<SectorId, String>,
}

impl Proposed {
    /// Whether nothing waits for a person.
    pub fn is_empty(&self) -> bool {
        let Self { layer, sectors } = self;
        layer.is_none() && sectors.is_empty()
    }
}

/// What people and imports write about a startup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The name it is known by.
    pub name: String,
    /// Other names.
    pub aliases: Vec<Name>,
    /// Its domains, as registered (`example.com`), lower case.
    pub domains: Vec<String>,
    /// Its web site.
    pub website: Option<String>,
    /// What it does, in a line.
    pub one_liner: Option<String>,
    /// What it does, at length.
    pub description: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// City, in the words found.
    pub city: Option<String>,
    /// When it was founded.
    pub founded_on: Option<NaiveDate>,
    /// When its product was launched.
    pub product_launched_on: Option<NaiveDate>,
    /// What it did before.
    pub previous_focus: Option<String>,
    /// When it left that.
    pub pivoted_on: Option<NaiveDate>,
    /// How it is set up.
    pub structure: CompanyStructure,
    /// Its layer; None until classified.
    pub layer: Option<Layer>,
    /// Its sectors.
    pub sector_ids: Vec<SectorId>,
    /// The competitors that the fund names.
    #[serde(default)]
    pub competitor_ids: Vec<StartupId>,
    /// Its route.
    pub technical_route: TechnicalRoute,
    /// Owns training data.
    pub owns_training_data: Option<GradedFact>,
    /// Has a flywheel of usage.
    pub usage_flywheel: Option<GradedFact>,
    /// Claims a large model.
    pub claims_large_model: Option<GradedFact>,
    /// Who pays, and why.
    pub need: Need,
    /// Whatever else a fund keeps.
    pub custom_fields: Map<String, Value>,
    /// What of its layer and sectors is only proposed.
    #[serde(default)]
    pub proposed: Proposed,
}

/// What a startup is headed with where nothing more is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its id.
    pub id: StartupId,
    /// Its name in URLs.
    pub slug: String,
    /// The name it is known by.
    pub name: String,
    /// Its layer.
    pub layer: Option<Layer>,
}

/// A startup as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Startup {
    /// Its id.
    pub id: StartupId,
    /// Its name in URLs; never changes.
    pub slug: String,
    /// What is known about it.
    pub profile: Profile,
    /// When it was created.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// Rises by one with every change of its own fields.
    pub version: i32,
    /// Set when its creation was undone.
    pub hidden_at: Option<Instant>,
}

/// The key under which a source knows a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExternalId {
    /// The source's name.
    pub source: String,
    /// Its key there.
    pub id: String,
}

/// A change of a startup: a field left out stays as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Profile")]
pub struct ProfileEdit {
    pub name: Option<String>,
    pub aliases: Option<Vec<Name>>,
    pub domains: Option<Vec<String>>,
    pub website: Option<Option<String>>,
    pub one_liner: Option<Option<String>>,
    pub description: Option<Option<String>>,
    pub country: Option<Option<String>>,
    pub city: Option<Option<String>>,
    pub founded_on: Option<Option<NaiveDate>>,
    pub product_launched_on: Option<Option<NaiveDate>>,
    pub previous_focus: Option<Option<String>>,
    pub pivoted_on: Option<Option<NaiveDate>>,
    pub structure: Option<CompanyStructure>,
    pub layer: Option<Option<Layer>>,
    pub sector_ids: Option<Vec<SectorId>>,
    pub competitor_ids: Option<Vec<StartupId>>,
    pub technical_route: Option<TechnicalRoute>,
    pub owns_training_data: Option<Option<GradedFact>>,
    pub usage_flywheel: Option<Option<GradedFact>>,
    pub claims_large_model: Option<Option<GradedFact>>,
    pub need: Option<Need>,
    pub custom_fields: Option<Map<String, Value>>,
}

impl Profile {
    /// An empty profile under a name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            aliases: Vec::new(),
            domains: Vec::new(),
            website: None,
            one_liner: None,
            description: None,
            country: None,
            city: None,
            founded_on: None,
            product_launched_on: None,
            previous_focus: None,
            pivoted_on: None,
            structure: CompanyStructure::Undecided,
            layer: None,
            sector_ids: Vec::new(),
            competitor_ids: Vec::new(),
            technical_route: TechnicalRoute::Unknown,
            owns_training_data: None,
            usage_flywheel: None,
            claims_large_model: None,
            need: Need::default(),
            custom_fields: Map::new(),
            proposed: Proposed::default(),
        }
    }

    /// The profile after an edit. Who writes a layer or sectors has made up their mind: nothing of it is a proposal.
    #[must_use]
    pub fn edited(mut self, edit: ProfileEdit) -> Self {
        if edit.layer.is_some() {
            self.proposed.layer = None;
        }
        if edit.sector_ids.is_some() {
            self.proposed.sectors.clear();
        }
        macro_rules! take { ($($field:ident),+) => {$(if let Some(value) = edit.$field { self.$field = value; })+} }
        take!(
            name,
            aliases,
            domains,
            website,
            one_liner,
            description,
            country,
            city,
            founded_on,
            product_launched_on,
            previous_focus,
            pivoted_on,
            structure,
            layer,
            sector_ids,
            competitor_ids,
            technical_route,
            owns_training_data,
            usage_flywheel,
            claims_large_model,
            need,
            custom_fields
        );
        self
    }

    /// The name and every alias.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(|alias| alias.name.as_str()))
    }
}
