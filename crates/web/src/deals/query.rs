//! The query string of the board and of the table of deals: what may be asked, how it is written, and what was not
//! understood.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use url::form_urlencoded;

use super::behind::Behind;
use crate::as_of::{self, AsOf};
use crate::deal::{Channel, DealStatus, PassReason, Round};
use crate::query::{Bad, LayerChoice, Place, Rows, StartupsQuery, cursor, push, yes_or_no};
use crate::{Language, fmt};

/// Which of the two pages an address is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Face {
    /// Stages side by side.
    #[default]
    Board,
    /// One list.
    Table,
}

impl Face {
    /// Where it is.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Board => "/pipeline",
            Self::Table => "/deals",
        }
    }
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DealsQuery {
    pub(crate) face: Face,
    pub(crate) text: Option<String>,
    pub(crate) layers: BTreeSet<LayerChoice>,
    /// Slugs; each stands for its descendants too.
    pub(crate) sectors: BTreeSet<String>,
    /// Ids of users, and `me`.
    pub(crate) owners: BTreeSet<String>,
    pub(crate) channels: BTreeSet<Channel>,
    pub(crate) rounds: BTreeSet<Round>,
    /// Ids of funds.
    pub(crate) funds: BTreeSet<String>,
    /// Keys.
    pub(crate) stages: BTreeSet<String>,
    /// Of the board, none means the active ones.
    pub(crate) statuses: BTreeSet<DealStatus>,
    pub(crate) stale: Option<bool>,
    /// Of startups that a list of them would have; of the table alone.
    pub(crate) of: Option<StartupsQuery>,
    /// What narrows to the deals behind a figure.
    pub(crate) behind: Behind,
    /// Why they were passed.
    pub(crate) reasons: BTreeSet<PassReason>,
    /// On which days they were passed, both among them.
    pub(crate) passed: Option<(NaiveDate, NaiveDate)>,
    /// Whether something became of them later.
    pub(crate) funded: Option<bool>,
    pub(crate) sort: DealSort,
    /// Keys of the board's columns that are folded up.
    pub(crate) collapsed: BTreeSet<String>,
    /// One line a card.
    pub(crate) compact: bool,
    /// How many cards a column shows, where that is more than usual.
    pub(crate) more: BTreeMap<String, u16>,
    pub(crate) rows: Rows,
    pub(crate) place: Option<Place>,
    pub(crate) as_of: Option<AsOf>,
    pub(crate) projector: bool,
    pub(crate) print: bool,
    /// Holds for one request, so links do not carry it on.
    pub(crate) lang: Option<Language>,
}

/// The order of deals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DealSort {
    /// Longest in its stage first.
    #[default]
    AgeDown,
    Age,
    Next,
    UpdatedDown,
    Updated,
    Title,
    TitleDown,
    /// By the figure of now; it cannot be asked of the past.
    ConvictionDown,
    Conviction,
    CreatedDown,
    Created,
}

impl DealSort {
    pub(crate) const ALL: [Self; 11] = [
        Self::AgeDown,
        Self::Age,
        Self::Next,
        Self::UpdatedDown,
        Self::Updated,
        Self::Title,
        Self::TitleDown,
        Self::ConvictionDown,
        Self::Conviction,
        Self::CreatedDown,
        Self::Created,
    ];

    /// Whether it is by a figure that is stored of now alone.
    pub(crate) fn is_of_now(self) -> bool {
        matches!(self, Self::ConvictionDown | Self::Conviction)
    }

    /// As the address writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::AgeDown => "-age",
            Self::Age => "age",
            Self::Next => "next",
            Self::UpdatedDown => "-updated",
            Self::Updated => "updated",
            Self::Title => "title",
            Self::TitleDown => "-title",
            Self::ConvictionDown => "-conviction",
            Self::Conviction => "conviction",
            Self::CreatedDown => "-created",
            Self::Created => "created",
        }
    }
}

/// Cards of a column at first, and by how many it grows.
pub(crate) const CARDS: u16 = 25;
/// Cards of a column at most.
pub(crate) const CARDS_LIMIT: u16 = 100;
const TEXT_LIMIT_CHARS: usize = 200;
const KEY_LIMIT_BYTES: usize = 80;
const ROW_LIMIT: u64 = 1_000_000_000;

/// Whether a text can be the key of a stage.
pub(super) fn is_stage_key(text: &str) -> bool {
    text.len() <= KEY_LIMIT_BYTES
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

impl DealsQuery {
    /// Reads a raw query string. Everything not understood is in the second part and in no filter.
    pub(crate) fn parse(face: Face, raw: &str) -> (Self, Vec<Bad>) {
        let mut query = Self {
            face,
            ..Self::default()
        };
        let mut bad = Vec::new();
        let mut first_row = None;
        let mut once = BTreeSet::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let (name, value) = (name.into_owned(), value.trim().to_owned());
            // Forms send their empty fields too.
            if value.is_empty() {
                continue;
            }
            let is_several = matches!(
                name.as_str(),
                "layer" | "sector" | "owner" | "channel" | "round" | "fund" | "stage" | "status" | "reason"
            ) || face == Face::Board && matches!(name.as_str(), "collapsed" | "more");
            if is_several {
                for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                    if query.add(&name, item).is_none() {
                        bad.push(Bad {
                            name: name.clone(),
                            value: item.to_owned(),
                        });
                    }
                }
            } else if !once.insert(name.clone()) {
                bad.push(Bad { name, value });
            } else if name == "row" && face == Face::Table {
                match value
                    .parse::<u64>()
                    .ok()
                    .filter(|row| (1..=ROW_LIMIT).contains(row))
                {
                    Some(row) => first_row = Some(row),
                    None => bad.push(Bad { name, value }),
                }
            } else if query.set(&name, &value).is_none() {
                bad.push(Bad { name, value });
            }
        }
        if let Some(place) = &mut query.place {
            place.first_row = first_row;
        }
        (query, bad)
    }

    fn add(&mut self, name: &str, item: &str) -> Option<()> {
        match name {
            "layer" => _ = self.layers.insert(LayerChoice::read(item)?),
            "sector" => {
                let is_slug = item
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                is_slug.then(|| self.sectors.insert(item.to_owned()))?;
            }
            "owner" | "fund" => {
                let is_id = item.len() <= KEY_LIMIT_BYTES
                    && item
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
                let ids = if name == "owner" {
                    &mut self.owners
                } else {
                    &mut self.funds
                };
                is_id.then(|| ids.insert(item.to_owned()))?;
            }
            "channel" => _ = self.channels.insert(Channel::from_code(item)?),
            "round" => _ = self.rounds.insert(Round::from_code(item)?),
            "status" => _ = self.statuses.insert(DealStatus::from_code(item)?),
            "reason" => _ = self.reasons.insert(PassReason::from_code(item)?),
            "stage" => _ = is_stage_key(item).then(|| self.stages.insert(item.to_owned()))?,
            "collapsed" => _ = is_stage_key(item).then(|| self.collapsed.insert(item.to_owned()))?,
            _ => {
                let (key, count) = item.split_once('.')?;
                let count: u16 = count.parse().ok()?;
                let is_count = count > CARDS && count <= CARDS_LIMIT && count.is_multiple_of(CARDS);
                if !is_count || !is_stage_key(key) || self.more.contains_key(key) {
                    return None;
                }
                self.more.insert(key.to_owned(), count);
            }
        }
        Some(())
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let is_table = self.face == Face::Table;
        match name {
            "q" => {
                if value.chars().count() > TEXT_LIMIT_CHARS || value.chars().any(char::is_control) {
                    return None;
                }
                self.text = Some(value.to_owned());
            }
            "stale" => {
                self.stale = Some(match value {
                    "yes" => true,
                    "no" => false,
                    _ => return None,
                });
            }
            "funded" => {
                self.funded = Some(match value {
                    "yes" => true,
                    "no" => false,
                    _ => return None,
                });
            }
            "passed" => {
                let (from, to) = value.split_once("..")?;
                let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
                let days = (day(from)?, day(to)?);
                self.passed = (days.0 <= days.1).then_some(days);
                self.passed?;
            }
            "startups" if is_table => self.of = Some(StartupsQuery::read_filters(value)?),
            "sort" => self.sort = DealSort::ALL.into_iter().find(|sort| sort.code() == value)?,
            "density" if !is_table => self.compact = (value == "compact").then_some(true)?,
            "n" if is_table => self.rows = Rows::ALL.into_iter().find(|rows| rows.code() == value)?,
            "after" | "before" if is_table => {
                let (side, cursor) = cursor(name, value).filter(|_| self.place.is_none())?;
                self.place = Some(Place {
                    side,
                    cursor,
                    first_row: None,
                });
            }
            name if Behind::NAMES.contains(&name) => self.behind.set(name, value)?,
            as_of::PARAMETER => self.as_of = Some(AsOf::read(value)?),
            "display" => self.projector = (value == "projector").then_some(true)?,
            "print" => self.print = (value == "1").then_some(true)?,
            "lang" => self.lang = Some(Language::from_code(value)?),
            _ => return None,
        }
        Some(())
    }

    /// The one way to write this query. Reading it gives the same query back.
    pub(crate) fn canonical(&self) -> String {
        let mut out = self.carried();
        if self.print {
            push(&mut out, "print", &["1"]);
        }
        if let Some(lang) = self.lang {
            push(&mut out, "lang", &[lang.code()]);
        }
        out
    }

    /// The part that links on the page carry on, parameter by parameter.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, Vec<String>)> {
        let owned = |items: &BTreeSet<String>| items.iter().cloned().collect::<Vec<_>>();
        let mut all: Vec<(&'static str, Vec<String>)> = vec![
            ("q", self.text.iter().cloned().collect()),
            (
                "layer",
                self.layers.iter().map(|one| one.code().to_owned()).collect(),
            ),
            ("sector", owned(&self.sectors)),
            ("owner", owned(&self.owners)),
            (
                "channel",
                self.channels.iter().map(|one| one.code().to_owned()).collect(),
            ),
            (
                "round",
                self.rounds.iter().map(|one| one.code().to_owned()).collect(),
            ),
            ("fund", owned(&self.funds)),
            ("stage", owned(&self.stages)),
            (
                "status",
                self.statuses.iter().map(|one| one.code().to_owned()).collect(),
            ),
            (
                "stale",
                self.stale
                    .map(|stale| yes_or_no(stale).to_owned())
                    .into_iter()
                    .collect(),
            ),
            ("startups", self.of.iter().map(StartupsQuery::canonical).collect()),
            (
                "reason",
                self.reasons.iter().map(|one| one.code().to_owned()).collect(),
            ),
            (
                "passed",
                self.passed
                    .map(|(from, to)| format!("{}..{}", fmt::table_date(from), fmt::table_date(to)))
                    .into_iter()
                    .collect(),
            ),
            (
                "funded",
                self.funded
                    .map(|funded| yes_or_no(funded).to_owned())
                    .into_iter()
                    .collect(),
            ),
        ];
        all.extend(
            self.behind
                .pairs()
                .into_iter()
                .map(|(name, value)| (name, vec![value])),
        );
        if self.sort != DealSort::default() {
            all.push(("sort", vec![self.sort.code().to_owned()]));
        }
        if self.rows != Rows::default() {
            all.push(("n", vec![self.rows.code().to_owned()]));
        }
        all.push(("collapsed", owned(&self.collapsed)));
        if self.compact {
            all.push(("density", vec!["compact".to_owned()]));
        }
        all.push((
            "more",
            self.more
                .iter()
                .map(|(key, count)| format!("{key}.{count}"))
                .collect(),
        ));
        if let Some(place) = &self.place {
            let side = place.side.name();
            all.push((side, vec![place.cursor.clone()]));
            all.extend(place.first_row.map(|row| ("row", vec![row.to_string()])));
        }
        all.extend(self.as_of.map(|as_of| (as_of::PARAMETER, vec![as_of.code()])));
        if self.projector {
            all.push(("display", vec!["projector".to_owned()]));
        }
        all.retain(|(_, values)| !values.is_empty());
        all
    }

    fn carried(&self) -> String {
        let mut out = String::new();
        for (name, values) in self.pairs() {
            push(
                &mut out,
                name,
                &values.iter().map(String::as_str).collect::<Vec<_>>(),
            );
        }
        out
    }

    /// A link to this page, with what was not understood kept.
    pub(crate) fn link(&self, bad: &[Bad]) -> String {
        let mut query = self.carried();
        for Bad { name, value } in bad {
            push(&mut query, name, &[value]);
        }
        let path = self.face.path();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The same changed; a changed list starts at its first page.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self {
            place: None,
            ..self.clone()
        };
        change(&mut changed);
        changed
    }

    /// Without filters, in the same look.
    pub(crate) fn cleared(&self) -> Self {
        Self {
            face: self.face,
            sort: self.sort,
            collapsed: self.collapsed.clone(),
            compact: self.compact,
            rows: self.rows,
            as_of: self.as_of,
            projector: self.projector,
            ..Self::default()
        }
    }

    /// The deals of one column of this board as a table.
    pub(crate) fn as_table(&self, stage: &str) -> Self {
        let mut table = Self {
            face: Face::Table,
            collapsed: BTreeSet::new(),
            compact: false,
            more: BTreeMap::new(),
            stages: BTreeSet::from([stage.to_owned()]),
            ..self.clone()
        };
        if table.statuses.is_empty() {
            table.statuses.insert(DealStatus::Active);
        }
        table
    }

    /// How many cards a column shows.
    pub(crate) fn cards(&self, stage: &str) -> u16 {
        self.more.get(stage).copied().unwrap_or(CARDS)
    }

    /// How many filters are set, each alternative counted.
    pub(crate) fn filter_count(&self) -> usize {
        usize::from(self.text.is_some())
            + self.layers.len()
            + self.sectors.len()
            + self.owners.len()
            + self.channels.len()
            + self.rounds.len()
            + self.funds.len()
            + self.stages.len()
            + self.statuses.len()
            + usize::from(self.stale.is_some())
            + usize::from(self.of.is_some())
            + self.behind.pairs().len()
            + self.reasons.len()
            + usize::from(self.passed.is_some())
            + usize::from(self.funded.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_has_one_address() {
        for (raw, canonical) in [
            ("", ""),
            ("sort=-age&layer=&q=", ""),
            (
                "density=compact&collapsed=SOURCED&stale=yes&owner=me&layer=APP,MODEL&more=SCREENING.50",
                "layer=MODEL,APP&owner=me&stale=yes&collapsed=SOURCED&density=compact&more=SCREENING.50",
            ),
            ("layer=none&layer=APP,none", "layer=APP,none"),
            (
                "as_of=2024-06-30&status=PASSED&status=ACTIVE&channel=FA&round=A",
                "channel=FA&round=A&status=ACTIVE,PASSED&as_of=2024-06-30",
            ),
        ] {
            let (query, bad) = DealsQuery::parse(Face::Board, raw);
            assert_eq!(bad, [], "{raw}");
            assert_eq!(query.canonical(), canonical, "{raw}");
            assert_eq!(DealsQuery::parse(Face::Board, canonical).0, query, "{raw}");
        }
    }

    #[test]
    fn a_table_of_the_deals_of_some_startups_has_one_address() {
        let raw = "startups=country%3DCN%26focus%3Dyes%26also%3Drobotics&status=ACTIVE";
        let canonical = "status=ACTIVE&startups=focus%3Dyes%26also%3Drobotics%26country%3DCN";
        let (query, bad) = DealsQuery::parse(Face::Table, raw);
        assert_eq!((query.canonical(), bad), (canonical.to_owned(), Vec::new()));
        assert_eq!(DealsQuery::parse(Face::Table, canonical).0, query);
        for bad in [
            "country%3DCHN",
            "sort%3D-name",
            "country%3DCN%26n%3D100",
            "as_of%3D2024-06-30",
        ] {
            let (query, found) = DealsQuery::parse(Face::Table, &format!("startups={bad}"));
            assert_eq!((query.of, found.len()), (None, 1), "{bad}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (face, raw, name, value) in [
            (Face::Board, "layer=NONE", "layer", "NONE"),
            (Face::Board, "more=SCREENING.30", "more", "SCREENING.30"),
            (Face::Board, "more=SCREENING.125", "more", "SCREENING.125"),
            (Face::Board, "n=100", "n", "100"),
            (Face::Board, "owner=M%20e", "owner", "M e"),
            (Face::Board, "stage=diligence", "stage", "diligence"),
            (Face::Table, "density=compact", "density", "compact"),
            (Face::Table, "collapsed=SOURCED", "collapsed", "SOURCED"),
            (Face::Table, "row=0", "row", "0"),
            (Face::Table, "sort=age&sort=title", "sort", "title"),
        ] {
            let (_, bad) = DealsQuery::parse(face, raw);
            let (name, value) = (name.to_owned(), value.to_owned());
            assert_eq!(bad, [Bad { name, value }], "{raw}");
        }
    }

    #[test]
    fn a_column_opens_as_the_table_of_its_active_deals() {
        let (query, _) = DealsQuery::parse(
            Face::Board,
            "layer=APP,none&collapsed=CLOSING&density=compact&more=SCREENING.100",
        );
        assert_eq!(
            query.as_table("SCREENING").link(&[]),
            "/deals?layer=APP,none&stage=SCREENING&status=ACTIVE"
        );
    }
}
