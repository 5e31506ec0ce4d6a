//! People and their posts, and documents.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{AffiliationId, DealId, DocumentId, Instant, PersonId, StartupId, UserId, startup::Name};

crate::vocabulary::vocabulary! {
    /// How a person is reached.
    ContactKind {
        /// By phone.
        Phone = "PHONE",
        /// By e-mail.
        Email = "EMAIL",
        /// By WeChat 微信号.
        Wechat = "WECHAT",
        /// Otherwise.
        Other = "OTHER",
    }
}

crate::vocabulary::vocabulary! {
    /// What an organisation is.
    OrganisationKind {
        /// A company.
        Company = "COMPANY",
        /// A university.
        University = "UNIVERSITY",
        /// A laboratory.
        Lab = "LAB",
        /// A fund.
        Fund = "FUND",
        /// Anything else.
        Other = "OTHER",
    }
}

crate::vocabulary::vocabulary! {
    /// What a document is.
    DocumentKind {
        /// A pitch deck.
        Deck = "DECK",
        /// A financial model.
        FinancialModel = "FINANCIAL_MODEL",
        /// A contract.
        Contract = "CONTRACT",
        /// An export from a system.
        Export = "EXPORT",
        /// A transcript of a talk.
        Transcript = "TRANSCRIPT",
        /// An article.
        Press = "PRESS",
        /// Anything else.
        Other = "OTHER",
    }
}

/// One way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Which way.
    pub kind: ContactKind,
    /// The number, address or name.
    pub value: String,
    /// Who of us has it.
    pub known_by: Vec<UserId>,
}

/// A person.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "plain fields, described in the API")]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub aliases: Vec<Name>,
    pub contacts: Vec<Contact>,
    pub links: Vec<String>,
    pub updated_at: Instant,
    pub version: i32,
    pub hidden_at: Option<Instant>,
}

/// A post of a person: where, as what, from when to when. Being a founder is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "plain fields, described in the API")]
pub struct Affiliation {
    pub id: AffiliationId,
    pub person_id: PersonId,
    pub organisation: String,
    pub kind: OrganisationKind,
    pub startup_id: Option<StartupId>,
    pub title: Option<String>,
    pub is_founder: bool,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
}

/// A file or link that we hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "plain fields, described in the API")]
pub struct Document {
    pub id: DocumentId,
    pub title: String,
    pub kind: DocumentKind,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub byline: Option<String>,
    pub note: Option<String>,
    pub reprint_of: Option<DocumentId>,
    pub startup_id: Option<StartupId>,
    pub deal_id: Option<DealId>,
    pub added_by: Option<UserId>,
    pub added_at: Instant,
    pub version: i32,
}
