//! The closed sets of words about startups.

use domain::startup;

use crate::word::word;

word! {
    /// Where in the stack of large models a startup stands.
    Layer, "startup::Layer" {
        /// Trains base models.
        Model,
        /// Tunes, pre-trains or constrains base models.
        Middleware,
        /// Products for an industry or a person.
        App,
    }
}
word! {
    /// How a startup uses large models.
    TechnicalRoute, "startup::TechnicalRoute" {
        /// Trains a base model of its own.
        TrainsBaseModel,
        /// Tunes somebody's base model.
        TunesBaseModel,
        /// Builds on an API.
        BuildsOnApi,
        /// Classical AI, perhaps re-labelled.
        PreLlmAi,
        /// Not known.
        Unknown,
    }
}
word! {
    /// What a name is.
    NameKind, "startup::NameKind" {
        /// The name it is known by.
        Brand,
        /// The registered name.
        Legal,
        /// The name of a product.
        Product,
        /// A name it had.
        Former,
        /// Any other.
        Other,
    }
}
word! {
    /// Where a company is set up, for the funds that may invest.
    CompanyStructure, "startup::CompanyStructure" {
        /// In mainland China.
        Onshore,
        /// Offshore with a variable interest entity.
        OffshoreVie,
        /// Not decided, or not known.
        Undecided,
    }
}
