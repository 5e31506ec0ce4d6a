//! People and their posts, and documents.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    AffiliationId, DealId, DocumentId, Instant, Message, PersonId, Problem, ProblemCode, Problems, StartupId,
    UserId, startup::Name,
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

/// Characters of a name, title or other line.
const LINE_LIMIT: usize = 300;
/// Characters of a web address.
const URL_LIMIT: usize = 2_000;
/// Characters of a note.
const NOTE_LIMIT: usize = 10_000;
/// Names, contacts and links of a person, each.
const LIST_LIMIT: usize = 50;

impl Person {
    /// The person with blanks and repetitions taken out, if nothing is wrong with them. A contact that is named twice
    /// is one, known by both.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.name = required(self.name, "name", LINE_LIMIT, &mut wrong);
        for (field, count) in [
            ("aliases", self.aliases.len()),
            ("contacts", self.contacts.len()),
            ("links", self.links.len()),
        ] {
            wrong.push_if(count > LIST_LIMIT, || {
                Problem::new(
                    ProblemCode::Limit,
                    field,
                    Message::TooMany {
                        count,
                        limit: LIST_LIMIT,
                    },
                )
            });
        }
        let mut aliases: Vec<Name> = Vec::new();
        for (n, Name { name, language, kind }) in self.aliases.into_iter().enumerate() {
            let name = required(name, &format!("aliases.{n}.name"), LINE_LIMIT, &mut wrong);
            let language = line(language, &format!("aliases.{n}.language"), LINE_LIMIT, &mut wrong);
            if name != self.name && !aliases.iter().any(|alias| alias.name == name) {
                aliases.push(Name { name, language, kind });
            }
        }
        let mut contacts: Vec<Contact> = Vec::new();
        for (
            n,
            Contact {
                kind,
                value,
                known_by,
            },
        ) in self.contacts.into_iter().enumerate()
        {
            let field = format!("contacts.{n}.value");
            let value = required(value, &field, LINE_LIMIT, &mut wrong);
            let is_address = value
                .split_once('@')
                .is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
            wrong.push_if(
                kind == ContactKind::Email && !value.is_empty() && !is_address,
                || Problem::invalid(&field, Message::NotAnEmail { value: value.clone() }),
            );
            match contacts
                .iter_mut()
                .find(|contact| contact.kind == kind && contact.value == value)
            {
                Some(known) => known.known_by.extend(known_by),
                None => contacts.push(Contact {
                    kind,
                    value,
                    known_by,
                }),
            }
        }
        for contact in &mut contacts {
            contact.known_by.sort_unstable();
            contact.known_by.dedup();
        }
        let mut links: Vec<String> = Vec::new();
        for (n, link) in self.links.into_iter().enumerate() {
            let field = format!("links.{n}");
            let link = required(link, &field, URL_LIMIT, &mut wrong);
            check_web_address(&link, &field, &mut wrong);
            if !links.contains(&link) {
                links.push(link);
            }
        }
        (self.aliases, self.contacts, self.links) = (aliases, contacts, links);
        wrong.into_result()?;
        Ok(self)
    }
}

impl Affiliation {
    /// The post with blanks taken out, if nothing is wrong with it.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.organisation = required(self.organisation, "organisation", LINE_LIMIT, &mut wrong);
        self.title = line(self.title, "title", LINE_LIMIT, &mut wrong);
        if let (Some(from), Some(to)) = (self.from_on, self.to_on) {
            wrong.push_if(to < from, || {
                Problem::invalid(
                    "to",
                    Message::RangeBackwards {
                        low: from.to_string(),
                        high: to.to_string(),
                    },
                )
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

    /// The document with blanks taken out, if nothing is wrong with it. Files are not kept yet: it is a link.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.title = required(self.title, "title", LINE_LIMIT, &mut wrong);
        self.url = line(self.url, "url", URL_LIMIT, &mut wrong);
        match &self.url {
            Some(url) => check_web_address(url, "url", &mut wrong),
            None => wrong.push(Problem::required("url")),
        }
        self.publisher = line(self.publisher, "publisher", LINE_LIMIT, &mut wrong);
        self.byline = line(self.byline, "byline", LINE_LIMIT, &mut wrong);
        self.note = line(self.note, "note", NOTE_LIMIT, &mut wrong);
        if let Some(id) = self.reprint_of {
            wrong.push_if(id == self.id, || {
                Problem::invalid("reprintOf", Message::ReprintsItself { id: id.to_string() })
            });
        }
        wrong.into_result()?;
        Ok(self)
    }
}

fn limited(value: &str, field: &str, limit: usize, wrong: &mut Problems) {
    let length = value.chars().count();
    wrong.push_if(length > limit, || {
        Problem::invalid(field, Message::TooLong { length, limit })
    });
}

fn required(value: String, field: &str, limit: usize, wrong: &mut Problems) -> String {
    let value = value.trim().to_owned();
    wrong.push_if(value.is_empty(), || Problem::required(field));
    limited(&value, field, limit, wrong);
    value
}

fn line(value: Option<String>, field: &str, limit: usize, wrong: &mut Problems) -> Option<String> {
    let value = value
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())?;
    limited(&value, field, limit, wrong);
    Some(value)
}

fn check_web_address(value: &str, field: &str, wrong: &mut Problems) {
    let is_one = url::Url::parse(value)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
    // What is empty is said to be missing already.
    wrong.push_if(!value.is_empty() && !is_one, || {
        Problem::invalid(
            field,
            Message::NotAUrl {
                value: value.to_owned(),
            },
        )
    });
}
