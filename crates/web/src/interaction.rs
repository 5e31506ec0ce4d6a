//! Interactions where they stand on a startup's page, and the form that logs one.

pub(crate) mod edit;
pub(crate) mod form;
mod preview;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::activity::Author;
use crate::words::Words;
use crate::{Site, fmt, schema, visit::Visit};

vocabulary! {
    /// How people were in touch.
    InteractionKind {
        Meeting = "MEETING", interaction_meeting;
        Call = "CALL", interaction_call;
        Email = "EMAIL", interaction_email;
        Wechat = "WECHAT", interaction_wechat;
        Note = "NOTE", interaction_note;
    }
}

/// An interaction as a startup's page shows it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Interaction")]
pub(crate) struct InteractionLine {
    id: cynic::Id,
    kind: InteractionKind,
    at: DateTime<Utc>,
    summary: String,
    body_html: String,
    participants: Vec<String>,
    people: Vec<PersonName>,
    by: Option<Author>,
    deal: Option<DealTitle>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Person")]
struct PersonName {
    name: String,
}

/// A deal as a record names it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct DealTitle {
    pub(crate) title: String,
}

/// An interaction as the page draws it.
pub(crate) struct InteractionView {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) when: String,
    pub(crate) when_exact: String,
    pub(crate) summary: String,
    /// HTML that the server made safe.
    pub(crate) body: String,
    /// Who took part, by whom it was logged, for which deal; each a text.
    pub(crate) about: Vec<String>,
}

impl InteractionLine {
    pub(crate) fn view(self, site: &Site, visit: &Visit) -> InteractionView {
        let words = visit.words();
        let w = words.work();
        let zone = site.config.zone;
        let mut who: Vec<String> = self.people.into_iter().map(|person| person.name).collect();
        who.extend(self.participants);
        let mut about = Vec::new();
        if !who.is_empty() {
            about.push(w.with(&who.join(separator(words))));
        }
        about.extend(self.deal.map(|deal| w.for_deal(&deal.title)));
        about.extend(self.by.map(|by| w.logged_by(&by.name)));
        let day = fmt::date(self.at.with_timezone(&zone).date_naive(), words.language);
        InteractionView {
            id: self.id.into_inner(),
            kind: self.kind.word(words),
            when: format!("{day} {}", fmt::time(self.at, zone)),
            when_exact: self.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            summary: self.summary,
            body: self.body_html,
            about,
        }
    }
}

fn separator(words: &Words) -> &'static str {
    match words.language {
        crate::Language::En => ", ",
        crate::Language::Zh => "、",
    }
}
