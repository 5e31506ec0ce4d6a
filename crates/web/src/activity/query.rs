//! The query string of the activity: who, about what, when, and where in the list.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use url::form_urlencoded;

use crate::Language;
use crate::as_of::{self, AsOf};
use crate::query::{Bad, Side, cursor, day, is_id, push};
use crate::words::ActivityWords;

/// What the address of the activity asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FeedQuery {
    /// Ids of users.
    pub(super) actors: BTreeSet<String>,
    pub(super) kinds: BTreeSet<Kind>,
    /// The id of an import.
    pub(super) import: Option<String>,
    /// The first day.
    pub(super) since: Option<NaiveDate>,
    /// The last day.
    pub(super) until: Option<NaiveDate>,
    /// On which side of which cursor the page stands.
    pub(super) place: Option<(Side, String)>,
    pub(super) as_of: Option<AsOf>,
    pub(super) projector: bool,
    pub(super) print: bool,
    /// What was just done here, to be said once.
    pub(super) is_undone: bool,
    /// Holds for one request, so links do not carry it on.
    pub(super) lang: Option<Language>,
}

/// What changes are about, as a reader tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Startup,
    Evidence,
    Deal,
    Interaction,
    Task,
    Document,
    Person,
    Provider,
    Checklist,
    Belief,
    Review,
    Import,
    Settings,
}

impl Kind {
    pub(super) const ALL: [Self; 13] = [
        Self::Startup,
        Self::Evidence,
        Self::Deal,
        Self::Interaction,
        Self::Task,
        Self::Document,
        Self::Person,
        Self::Provider,
        Self::Checklist,
        Self::Belief,
        Self::Review,
        Self::Import,
        Self::Settings,
    ];

    /// As the address writes it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Startup => "startup",
            Self::Evidence => "evidence",
            Self::Deal => "deal",
            Self::Interaction => "interaction",
            Self::Task => "task",
            Self::Document => "document",
            Self::Person => "person",
            Self::Provider => "provider",
            Self::Checklist => "checklist",
            Self::Belief => "thesis",
            Self::Review => "review",
            Self::Import => "import",
            Self::Settings => "settings",
        }
    }

    pub(super) fn word(self, words: &ActivityWords) -> &'static str {
        match self {
            Self::Startup => words.of_startups,
            Self::Evidence => words.of_evidence,
            Self::Deal => words.of_deals,
            Self::Interaction => words.of_interactions,
            Self::Task => words.of_tasks,
            Self::Document => words.of_documents,
            Self::Person => words.of_people,
            Self::Provider => words.of_providers,
            Self::Checklist => words.of_checklists,
            Self::Belief => words.of_beliefs,
            Self::Review => words.of_reviews,
            Self::Import => words.of_imports,
            Self::Settings => words.of_settings,
        }
    }
}

impl FeedQuery {
    /// Reads a raw query string. Everything not understood is in the second part and in no filter.
    pub(super) fn parse(raw: &str) -> (Self, Vec<Bad>) {
        let mut query = Self::default();
        let mut bad = Vec::new();
        let mut once = BTreeSet::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let (name, value) = (name.into_owned(), value.trim().to_owned());
            // Forms send their empty fields too.
            if value.is_empty() {
                continue;
            }
            if matches!(name.as_str(), "actor" | "kind") {
                for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                    if query.add(&name, item).is_none() {
                        let (name, value) = (name.clone(), item.to_owned());
                        bad.push(Bad { name, value });
                    }
                }
            } else if !once.insert(name.clone()) || query.set(&name, &value).is_none() {
                bad.push(Bad { name, value });
            }
        }
        if let (Some(since), Some(until)) = (query.since, query.until)
            && since > until
        {
            query.until = None;
            bad.push(Bad {
                name: "until".to_owned(),
                value: until.to_string(),
            });
        }
        (query, bad)
    }

    fn add(&mut self, name: &str, item: &str) -> Option<()> {
        if name == "kind" {
            self.kinds
                .insert(Kind::ALL.into_iter().find(|kind| kind.code() == item)?);
        } else {
            is_id(item, "user").then(|| self.actors.insert(item.to_owned()))?;
        }
        Some(())
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "import" => {
                is_id(value, "import").then(|| self.import = Some(value.to_owned()))?;
            }
            "since" => self.since = Some(day(value)?),
            "until" => self.until = Some(day(value)?),
            "after" | "before" => {
                self.place = Some(cursor(name, value).filter(|_| self.place.is_none())?);
            }
            as_of::PARAMETER => self.as_of = Some(AsOf::read(value)?),
            "display" => self.projector = (value == "projector").then_some(true)?,
            "print" => self.print = (value == "1").then_some(true)?,
            "did" => self.is_undone = (value == "undone").then_some(true)?,
            "lang" => self.lang = Some(Language::from_code(value)?),
            _ => return None,
        }
        Some(())
    }

    /// The one way to write this query.
    pub(super) fn canonical(&self) -> String {
        let mut out = self.written();
        if self.print {
            push(&mut out, "print", &["1"]);
        }
        if let Some(lang) = self.lang {
            push(&mut out, "lang", &[lang.code()]);
        }
        if self.is_undone {
            push(&mut out, "did", &["undone"]);
        }
        out
    }

    fn written(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.carried() {
            push(&mut out, name, &value.split(',').collect::<Vec<_>>());
        }
        out
    }

    /// The part that links and forms on the page carry on, each with its alternatives as one value.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        let joined = |items: Vec<&str>| items.join(",");
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut out = vec![
            ("actor", joined(self.actors.iter().map(String::as_str).collect())),
            (
                "kind",
                joined(self.kinds.iter().map(|kind| kind.code()).collect()),
            ),
            ("import", self.import.clone().unwrap_or_default()),
            ("since", day(self.since)),
            ("until", day(self.until)),
        ];
        if let Some((side, cursor)) = &self.place {
            out.push((side.name(), cursor.clone()));
        }
        if let Some(as_of) = self.as_of {
            out.push((as_of::PARAMETER, as_of.code()));
        }
        if self.projector {
            out.push(("display", "projector".to_owned()));
        }
        out.retain(|(_, value)| !value.is_empty());
        out
    }

    /// A link to this list, with what was not understood kept.
    pub(super) fn link(&self, bad: &[Bad]) -> String {
        let mut query = self.written();
        for Bad { name, value } in bad {
            push(&mut query, name, &[value]);
        }
        if query.is_empty() {
            super::ADDRESS.to_owned()
        } else {
            format!("{}?{query}", super::ADDRESS)
        }
    }

    /// The same list changed; a changed list starts at its newest.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self {
            place: None,
            is_undone: false,
            ..self.clone()
        };
        change(&mut changed);
        changed
    }

    /// This list without filters.
    pub(super) fn cleared(&self) -> Self {
        Self {
            as_of: self.as_of,
            projector: self.projector,
            ..Self::default()
        }
    }

    /// Whether anything narrows it.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.actors.is_empty()
            || !self.kinds.is_empty()
            || self.import.is_some()
            || self.since.is_some()
            || self.until.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: &str = "user_01h455vb4pex5vsknk084sn02q";

    #[test]
    fn a_list_has_one_address() {
        for (raw, canonical) in [
            ("", ""),
            ("kind=&actor=", ""),
            ("kind=deal,startup,deal", "kind=startup,deal"),
            (
                "until=2024-06-30&since=2024-04-01&kind=task",
                "kind=task&since=2024-04-01&until=2024-06-30",
            ),
            (
                "after=abc%3D&actor=user_01h455vb4pex5vsknk084sn02q",
                "actor=user_01h455vb4pex5vsknk084sn02q&after=abc%3D",
            ),
            (
                "lang=zh&print=1&display=projector&as_of=2024-06-30",
                "as_of=2024-06-30&display=projector&print=1&lang=zh",
            ),
        ] {
            let (query, bad) = FeedQuery::parse(raw);
            assert_eq!(bad, [], "{raw}");
            assert_eq!(query.canonical(), canonical, "{raw}");
            assert_eq!(FeedQuery::parse(canonical).0, query, "{raw}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (raw, name, value) in [
            ("kind=deal,rumour", "kind", "rumour"),
            ("actor=me", "actor", "me"),
            ("import=list", "import", "list"),
            ("since=2024-02-30", "since", "2024-02-30"),
            ("since=2024-04-02&until=2024-04-01", "until", "2024-04-01"),
            ("after=a&before=b", "before", "b"),
            ("n=50", "n", "50"),
        ] {
            let (_, bad) = FeedQuery::parse(raw);
            let (name, value) = (name.to_owned(), value.to_owned());
            assert_eq!(bad, [Bad { name, value }], "{raw}");
        }
    }

    #[test]
    fn a_changed_list_starts_at_its_newest() {
        let (query, _) = FeedQuery::parse(&format!("actor={ANN}&after=abc"));
        assert!(query.is_narrowed());
        let changed = query.with(|q| _ = q.kinds.insert(Kind::Deal));
        assert_eq!(changed.link(&[]), format!("/activity?actor={ANN}&kind=deal"));
        assert_eq!(query.cleared().link(&[]), "/activity");
        assert!(!FeedQuery::parse("after=abc").0.is_narrowed());
    }
}
