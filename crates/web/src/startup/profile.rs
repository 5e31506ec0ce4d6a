//! The profile of a startup: what people type about it, as its page shows it and its form edits it.

use chrono::NaiveDate;

use crate::answer::{Json, Url};
use crate::evidence::Grade;
use crate::layer::Layer;
use crate::schema;
use crate::sector::SectorChip;

vocabulary! {
    /// How a startup uses large models.
    TechnicalRoute {
        TrainsBaseModel = "TRAINS_BASE_MODEL", trains_base_model;
        TunesBaseModel = "TUNES_BASE_MODEL", tunes_base_model;
        BuildsOnApi = "BUILDS_ON_API", builds_on_api;
        PreLlmAi = "PRE_LLM_AI", pre_llm_ai;
        Unknown = "UNKNOWN", route_unknown;
    }
}

vocabulary! {
    /// Where a company is set up.
    CompanyStructure {
        Onshore = "ONSHORE", onshore;
        OffshoreVie = "OFFSHORE_VIE", offshore_vie;
        Undecided = "UNDECIDED", structure_undecided;
    }
}

vocabulary! {
    /// What another name is.
    NameKind {
        Brand = "BRAND", name_brand;
        Legal = "LEGAL", name_legal;
        Product = "PRODUCT", name_product;
        Former = "FORMER", name_former;
        Other = "OTHER", name_other;
    }
}

/// What people type about a startup.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) version: i32,
    pub(crate) aliases: Vec<OtherName>,
    pub(crate) domains: Vec<String>,
    pub(crate) website: Option<Url>,
    pub(crate) one_liner: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) founded_on: Option<NaiveDate>,
    pub(crate) product_launched_on: Option<NaiveDate>,
    pub(crate) previous_focus: Option<String>,
    pub(crate) pivoted_on: Option<NaiveDate>,
    pub(crate) structure: CompanyStructure,
    pub(crate) layer: Option<Layer>,
    pub(crate) sectors: Vec<SectorChip>,
    pub(crate) technical_route: TechnicalRoute,
    pub(crate) owns_training_data: Option<GradedFact>,
    pub(crate) usage_flywheel: Option<GradedFact>,
    pub(crate) claims_large_model: Option<GradedFact>,
    pub(crate) need: Need,
    pub(crate) custom_fields: Json,
}

/// Another name, with its language when known.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "StartupName")]
pub(crate) struct OtherName {
    pub(crate) name: String,
    pub(crate) language: Option<String>,
    pub(crate) kind: NameKind,
}

/// A yes or no with its proof.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct GradedFact {
    pub(crate) holds: bool,
    pub(crate) grade: Grade,
    pub(crate) words: Option<String>,
    pub(crate) on: Option<NaiveDate>,
    pub(crate) source_url: Option<Url>,
}

/// Who pays, and why.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Need {
    pub(crate) payer: Option<String>,
    pub(crate) pain: Option<String>,
    pub(crate) cost_today: Option<String>,
    pub(crate) alternative_today: Option<String>,
}

impl Need {
    /// Whether somebody is named who pays.
    pub(crate) fn has_payer(&self) -> bool {
        self.payer.as_ref().is_some_and(|payer| !payer.trim().is_empty())
    }
}

impl Profile {
    /// Whether the workspace says that it does not exist.
    pub(crate) fn is_fictional(&self) -> bool {
        self.custom_fields.0.get("fictional") == Some(&true.into())
    }
}
