//! Documents where they stand on a startup's page, and beside the records that rest on them.

pub(crate) mod form;
pub(crate) mod save;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::answer::Url;
use crate::words::Words;
use crate::{fmt, schema};

vocabulary! {
    /// What a document is.
    DocumentKind {
        Contract = "CONTRACT", document_contract;
        Deck = "DECK", document_deck;
        Export = "EXPORT", document_export;
        FinancialModel = "FINANCIAL_MODEL", document_model;
        Press = "PRESS", document_press;
        Transcript = "TRANSCRIPT", document_transcript;
        Other = "OTHER", document_other;
    }
}

/// A document as a startup's page shows it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Document")]
pub(crate) struct DocumentLine {
    pub(crate) id: cynic::Id,
    pub(crate) kind: DocumentKind,
    pub(crate) title: String,
    url: Option<Url>,
    file: Option<DocumentFile>,
    publisher: Option<String>,
    added_at: DateTime<Utc>,
}

/// A file as a page tells of it.
#[derive(Clone, Debug, cynic::QueryFragment)]
struct DocumentFile {
    name: String,
    media_type: String,
    byte_size: i32,
    path: String,
}

impl DocumentFile {
    /// Its name, what it is, and how large.
    fn told(&self, words: &Words) -> String {
        let size = fmt::bytes(self.byte_size.into());
        format!("{} · {} · {size}", self.name, self.kind(words))
    }

    fn kind<'a>(&'a self, words: &Words) -> &'a str {
        const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";
        let f = words.form();
        match self.media_type.strip_prefix(OFFICE) {
            Some(kind) if kind.starts_with("presentationml") => return "PowerPoint",
            Some(kind) if kind.starts_with("wordprocessingml") => return "Word",
            Some(kind) if kind.starts_with("spreadsheetml") => return "Excel",
            _ => {}
        }
        match self.media_type.as_str() {
            "application/pdf" => "PDF",
            "application/zip" => "ZIP",
            "image/gif" => "GIF",
            "image/jpeg" => "JPEG",
            "image/png" => "PNG",
            "image/webp" => "WebP",
            "text/plain" => f.type_text,
            "application/octet-stream" => f.type_unknown,
            other => other,
        }
    }
}

/// A document as a record names it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Document")]
pub(crate) struct DocumentName {
    pub(crate) id: cynic::Id,
    pub(crate) title: String,
}

/// A document as the page draws it.
pub(crate) struct DocumentView {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    /// Where it is, if a browser may go there.
    pub(crate) link: Option<String>,
    /// Where its file is, and what it is.
    pub(crate) file: Option<(String, String)>,
    pub(crate) publisher: Option<String>,
    pub(crate) added: String,
}

impl DocumentLine {
    pub(crate) fn view(self, zone: Tz, words: &Words) -> DocumentView {
        DocumentView {
            id: self.id.into_inner(),
            kind: self.kind.word(words),
            title: self.title,
            link: self.url.and_then(|url| url.outside()),
            file: self.file.map(|file| (file.path.clone(), file.told(words))),
            publisher: self.publisher,
            added: fmt::date(self.added_at.with_timezone(&zone).date_naive(), words.language),
        }
    }
}
