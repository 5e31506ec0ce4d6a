//! People and their posts, and documents.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    AffiliationId, DealId, DocumentId, FileId, Instant, Message, PersonId, Problem, Problems, StartupId,
    UserId,
    check::{
        NAME_LIMIT, URL_LIMIT, bounded, check_era, check_url, distinct, optional, optional_url, required,
    },
    startup::{Name, prepared_aliases},
};

crate::vocabulary::vocabulary! {
    /// How a person is reached.
    ContactKind {
        /// By phone.
        Phone = "PHONE",
        /// By e-mail.
        Email = "EMAIL",
        /// By 微信号 (`WeChat`).
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

/// A file as it is kept: what it is called, what its bytes say that it is, and by what it is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "plain fields, described in the API")]
pub struct DocumentFile {
    pub id: FileId,
    pub name: String,
    pub media_type: String,
    pub byte_size: i64,
    /// In hexadecimal.
    pub sha256: String,
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
    pub file: Option<DocumentFile>,
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

/// A change of a document: a field left out stays as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Document")]
pub struct DocumentEdit {
    pub title: Option<String>,
    pub publisher: Option<Option<String>>,
    pub byline: Option<Option<String>>,
    pub reprint_of: Option<Option<DocumentId>>,
    pub note: Option<Option<String>>,
}

/// Characters of a note.
const NOTE_LIMIT: usize = 20_000;
/// Contacts of a person, and links.
const LIST_LIMIT: usize = 50;

impl Person {
    /// The person with blanks and repetitions taken out, if nothing is wrong with them. A contact that is named twice
    /// is one, known by both.
    pub fn prepared(self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        let name = required(&self.name, "name", NAME_LIMIT, &mut wrong);
        let aliases = prepared_aliases(self.aliases, &name, &mut wrong);
        let contacts = prepared_contacts(self.contacts, &mut wrong);
        let links = bounded(self.links, "links", LIST_LIMIT, &mut wrong);
        let links = distinct(links.into_iter().enumerate().map(|(n, link)| {
            let field = format!("links.{n}");
            let link = required(&link, &field, URL_LIMIT, &mut wrong);
            if !link.is_empty() {
                check_url(&link, &field, &mut wrong);
            }
            link
        }));
        wrong.into_result()?;
        Ok(Self {
            name,
            aliases,
            contacts,
            links,
            ..self
        })
    }
}

fn prepared_contacts(contacts: Vec<Contact>, wrong: &mut Problems) -> Vec<Contact> {
    let mut kept: Vec<Contact> = Vec::new();
    let contacts = bounded(contacts, "contacts", LIST_LIMIT, wrong);
    for (
        n,
        Contact {
            kind,
            value,
            known_by,
        },
    ) in contacts.into_iter().enumerate()
    {
        let field = format!("contacts.{n}.value");
        let value = required(&value, &field, NAME_LIMIT, wrong);
        let is_address = value
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
        wrong.push_if(
            kind == ContactKind::Email && !value.is_empty() && !is_address,
            || Problem::invalid(&field, Message::NotAnEmail { value: value.clone() }),
        );
        match kept
            .iter_mut()
            .find(|contact| contact.kind == kind && contact.value == value)
        {
            Some(known) => known.known_by.extend(known_by),
            None => kept.push(Contact {
                kind,
                value,
                known_by,
            }),
        }
    }
    for contact in &mut kept {
        contact.known_by.sort_unstable();
        contact.known_by.dedup();
    }
    kept
}

impl Affiliation {
    /// The post with blanks taken out, if nothing is wrong with it.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.organisation = required(&self.organisation, "organisation", NAME_LIMIT, &mut wrong);
        self.title = optional(self.title, "title", NAME_LIMIT, &mut wrong);
        check_era(self.from_on, "from", &mut wrong);
        check_era(self.to_on, "to", &mut wrong);
        if let (Some(from), Some(to)) = (self.from_on, self.to_on) {
            wrong.push_if(to < from, || {
                let (low, high) = (from.to_string(), to.to_string());
                Problem::invalid("to", Message::RangeBackwards { low, high })
            });
        }
        wrong.into_result()?;
        Ok(self)
    }
}

impl Document {
    /// The document after an edit.
    #[must_use]
    pub fn edited(mut self, edit: DocumentEdit) -> Self {
        macro_rules! take { ($($field:ident),+) => {$(if let Some(value) = edit.$field { self.$field = value; })+} }
        take!(title, publisher, byline, reprint_of, note);
        self
    }

    /// The document with blanks taken out, if nothing is wrong with it. It is a link, a file, or both.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.title = required(&self.title, "title", NAME_LIMIT, &mut wrong);
        self.url = optional_url(self.url, "url", &mut wrong);
        wrong.push_if(self.url.is_none() && self.file.is_none(), || {
            Problem::required("url")
        });
        if let Some(file) = &mut self.file {
            file.name = required(&file.name, "file", NAME_LIMIT, &mut wrong);
        }
        self.publisher = optional(self.publisher, "publisher", NAME_LIMIT, &mut wrong);
        self.byline = optional(self.byline, "byline", NAME_LIMIT, &mut wrong);
        self.note = optional(self.note, "note", NOTE_LIMIT, &mut wrong);
        if let Some(id) = self.reprint_of {
            wrong.push_if(id == self.id, || {
                Problem::invalid("reprintOf", Message::ReprintsItself { id: id.to_string() })
            });
        }
        wrong.into_result()?;
        Ok(self)
    }
}
