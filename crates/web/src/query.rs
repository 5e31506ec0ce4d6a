//! The query string of the startups list: what may be asked, how it is written, and what was not understood.
//!
//! One list has one address: parameters stand in a fixed order, alternatives are sorted, defaults are left out.
//! What is not understood is kept apart, so that the page can show it and hold the rows back.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use url::form_urlencoded;

use crate::as_of::{self, AsOf};
use crate::assessment::Flag;
use crate::deal::Channel;
use crate::evidence::Grade;
use crate::layer::Layer;
use crate::startup::profile::TechnicalRoute;
use crate::{Language, fmt};

/// What the address of a list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StartupsQuery {
    /// Text that a name or alias contains.
    pub(crate) text: Option<String>,
    pub(crate) layers: BTreeSet<LayerChoice>,
    /// Slugs; each stands for its descendants too.
    pub(crate) sectors: BTreeSet<String>,
    /// Also those in no sector.
    pub(crate) no_sector: bool,
    /// In a focus of the fund.
    pub(crate) focus: bool,
    /// Slugs; in one of these too, whatever the sectors and the focus are met by.
    pub(crate) also: BTreeSet<String>,
    pub(crate) routes: BTreeSet<TechnicalRoute>,
    /// ISO 3166 codes of two capitals.
    pub(crate) countries: BTreeSet<String>,
    /// Ids of providers, on one of which it builds.
    pub(crate) providers: BTreeSet<String>,
    /// Ids of users who lead a deal of it.
    pub(crate) owners: BTreeSet<String>,
    /// Through which a deal of it came.
    pub(crate) channels: BTreeSet<Channel>,
    /// Ids of funds, one of which may do a deal of it.
    pub(crate) funds: BTreeSet<String>,
    pub(crate) founded: Days,
    /// When it was first written down.
    pub(crate) created: Days,
    /// The id of an import that made or changed it.
    pub(crate) import: Option<String>,
    /// The highest grade of what stands on use.
    pub(crate) grades: BTreeSet<Grade>,
    /// With proof, or without.
    pub(crate) proof: Option<bool>,
    /// With something live, or with nothing.
    pub(crate) assessed: Option<bool>,
    pub(crate) conviction: Range,
    /// The share of the claim that is not proven: only its low end can be asked for.
    pub(crate) hype: Range,
    /// With one of these.
    pub(crate) flags: BTreeSet<Flag>,
    /// With none of these.
    pub(crate) not_flags: BTreeSet<Flag>,
    pub(crate) sort: Sort,
    pub(crate) rows: Rows,
    pub(crate) place: Option<Place>,
    pub(crate) as_of: Option<AsOf>,
    pub(crate) projector: bool,
    pub(crate) print: bool,
    /// Holds for one request, so links do not carry it on.
    pub(crate) lang: Option<Language>,
}

/// A layer, or none yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LayerChoice {
    Is(Layer),
    None,
}

impl LayerChoice {
    pub(crate) const ALL: [Self; 4] = [
        Self::Is(Layer::Model),
        Self::Is(Layer::Middleware),
        Self::Is(Layer::App),
        Self::None,
    ];

    /// As the address writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Is(layer) => layer.code(),
            Self::None => "none",
        }
    }

    pub(crate) fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }

    /// Which layer, if one.
    pub(crate) fn layer(self) -> Option<Layer> {
        match self {
            Self::Is(layer) => Some(layer),
            Self::None => None,
        }
    }
}

/// A range of figures, both ends in it, each of them open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: Option<Decimal>,
    pub(crate) to: Option<Decimal>,
}

impl Range {
    /// Reads `40..`, `..40` or `10..40`; within what the figure can be.
    fn read(text: &str, most: Decimal) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        let end = |text: &str| match text {
            "" => Some(None),
            text => figure(text, most).map(Some),
        };
        let range = Self {
            from: end(from)?,
            to: end(to)?,
        };
        range
            .is_some()
            .then_some(range)
            .filter(|range| range.is_in_order())
    }

    fn is_in_order(self) -> bool {
        self.from.zip(self.to).is_none_or(|(from, to)| from <= to)
    }

    /// Whether it narrows anything.
    pub(crate) fn is_some(self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// As the address writes it.
    pub(crate) fn code(self) -> String {
        let end = |figure: Option<Decimal>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        format!("{}..{}", end(self.from), end(self.to))
    }
}

/// From one day to another, both in it, each of them open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

impl Days {
    /// Reads `2024-01-01..`, `..2024-03-31` or both.
    fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        let end = |text: &str| match text {
            "" => Some(None),
            text => day(text).map(Some),
        };
        let days = Self {
            from: end(from)?,
            to: end(to)?,
        };
        let is_in_order = days.from.zip(days.to).is_none_or(|(from, to)| from <= to);
        (days.is_some() && is_in_order).then_some(days)
    }

    /// Whether it narrows anything.
    pub(crate) fn is_some(self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// As the address writes it.
    pub(crate) fn code(self) -> String {
        let end = |day: Option<NaiveDate>| day.map(fmt::table_date).unwrap_or_default();
        format!("{}..{}", end(self.from), end(self.to))
    }
}

/// Reads a day in its one spelling, `2024-03-31`.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text == fmt::table_date(day)).then_some(day)
}

/// Whether a text can be the slug of a sector.
fn is_slug(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether a text is the id of a record of a kind.
pub(crate) fn is_id(text: &str, kind: &str) -> bool {
    text.strip_prefix(kind)
        .and_then(|rest| rest.strip_prefix('_'))
        .is_some_and(|rest| {
            rest.len() == ID_LENGTH && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// A plain figure from 0 to a limit, in its one spelling.
fn figure(text: &str, most: Decimal) -> Option<Decimal> {
    let is_plain = text.len() <= FIGURE_LIMIT_BYTES
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let figure = is_plain.then(|| text.parse::<Decimal>().ok())??.normalize();
    (figure <= most).then_some(figure)
}

/// The order of a list. Each field starts in the direction that people mean by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    #[default]
    Name,
    NameDown,
    Created,
    CreatedDown,
    Updated,
    UpdatedDown,
    Founded,
    FoundedDown,
    Conviction,
    ConvictionDown,
    Demand,
    DemandDown,
    Hype,
    HypeDown,
}

impl Sort {
    pub(crate) const ALL: [Self; 14] = [
        Self::ConvictionDown,
        Self::Conviction,
        Self::DemandDown,
        Self::Demand,
        Self::HypeDown,
        Self::Hype,
        Self::Name,
        Self::NameDown,
        Self::CreatedDown,
        Self::Created,
        Self::UpdatedDown,
        Self::Updated,
        Self::FoundedDown,
        Self::Founded,
    ];

    /// Whether it orders by what is stored of now alone.
    pub(crate) fn is_of_now(self) -> bool {
        matches!(
            self,
            Self::Conviction
                | Self::ConvictionDown
                | Self::Demand
                | Self::DemandDown
                | Self::Hype
                | Self::HypeDown
        )
    }

    /// As the address writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NameDown => "-name",
            Self::Created => "created",
            Self::CreatedDown => "-created",
            Self::Updated => "updated",
            Self::UpdatedDown => "-updated",
            Self::Founded => "founded",
            Self::FoundedDown => "-founded",
            Self::Conviction => "conviction",
            Self::ConvictionDown => "-conviction",
            Self::Demand => "demand",
            Self::DemandDown => "-demand",
            Self::Hype => "hype",
            Self::HypeDown => "-hype",
        }
    }
}

/// How many rows a page holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Rows {
    #[default]
    Fifty,
    Hundred,
    TwoHundred,
}

impl Rows {
    pub(crate) const ALL: [Self; 3] = [Self::Fifty, Self::Hundred, Self::TwoHundred];

    pub(crate) fn count(self) -> u16 {
        match self {
            Self::Fifty => 50,
            Self::Hundred => 100,
            Self::TwoHundred => 200,
        }
    }

    /// As the address writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Fifty => "50",
            Self::Hundred => "100",
            Self::TwoHundred => "200",
        }
    }
}

/// Where in the list a page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) side: Side,
    /// Opaque, of the server's making.
    pub(crate) cursor: String,
    /// The number of the page's first row when the link was made, from 1: a cursor alone does not tell it.
    pub(crate) first_row: Option<u64>,
}

/// On which side of its cursor a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    After,
    Before,
}

impl Side {
    /// As the address writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::After => "after",
            Self::Before => "before",
        }
    }
}

/// Reads `after` or `before` with a cursor.
pub(crate) fn cursor(name: &str, value: &str) -> Option<(Side, String)> {
    let side = [Side::After, Side::Before]
        .into_iter()
        .find(|side| side.name() == name)?;
    let is_readable = value.len() <= CURSOR_LIMIT_BYTES && !value.chars().any(char::is_control);
    is_readable.then(|| (side, value.to_owned()))
}

/// One thing in the address that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bad {
    pub(crate) name: String,
    pub(crate) value: String,
}

const TEXT_LIMIT_CHARS: usize = 200;
const CURSOR_LIMIT_BYTES: usize = 1_000;
const FIGURE_LIMIT_BYTES: usize = 10;
/// Signs of an id behind its kind.
const ID_LENGTH: usize = 26;
/// Beyond any list.
const ROW_LIMIT: u64 = 1_000_000_000;

impl StartupsQuery {
    /// Reads a raw query string. Everything not understood is in the second part and in no filter.
    pub(crate) fn parse(raw: &str) -> (Self, Vec<Bad>) {
        let mut query = Self::default();
        let mut bad = Vec::new();
        let mut first_row = None;
        let mut once = BTreeSet::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let (name, value) = (name.into_owned(), value.trim().to_owned());
            // Forms send their empty fields too.
            if value.is_empty() {
                continue;
            }
            let several = matches!(
                name.as_str(),
                "layer"
                    | "sector"
                    | "also"
                    | "route"
                    | "country"
                    | "provider"
                    | "owner"
                    | "channel"
                    | "fund"
                    | "grade"
                    | "flag"
                    | "not.flag"
            );
            if !several && !once.insert(name.clone()) {
                bad.push(Bad { name, value });
                continue;
            }
            if several {
                for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                    if query.add_alternative(&name, item).is_none() {
                        bad.push(Bad {
                            name: name.clone(),
                            value: item.to_owned(),
                        });
                    }
                }
            } else if name == "row" {
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

    fn add_alternative(&mut self, name: &str, item: &str) -> Option<()> {
        match name {
            "layer" => {
                self.layers.insert(LayerChoice::read(item)?);
            }
            "sector" => {
                if item == "none" {
                    self.no_sector = true;
                } else {
                    is_slug(item).then(|| self.sectors.insert(item.to_owned()))?;
                }
            }
            "also" => _ = is_slug(item).then(|| self.also.insert(item.to_owned()))?,
            "provider" => {
                is_id(item, name).then(|| self.providers.insert(item.to_owned()))?;
            }
            "owner" => _ = is_id(item, "user").then(|| self.owners.insert(item.to_owned()))?,
            "fund" => _ = is_id(item, name).then(|| self.funds.insert(item.to_owned()))?,
            "channel" => {
                let found = Channel::ALL.iter().find(|one| one.code() == item)?;
                self.channels.insert(*found);
            }
            "route" => _ = self.routes.insert(TechnicalRoute::from_code(item)?),
            "grade" => _ = self.grades.insert(Grade::from_code(item)?),
            "flag" => _ = self.flags.insert(Flag::from_code(item)?),
            "not.flag" => _ = self.not_flags.insert(Flag::from_code(item)?),
            _ => {
                if item.len() != 2 || !item.bytes().all(|b| b.is_ascii_alphabetic()) {
                    return None;
                }
                self.countries.insert(item.to_ascii_uppercase());
            }
        }
        Some(())
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "q" => {
                if value.chars().count() > TEXT_LIMIT_CHARS || value.chars().any(char::is_control) {
                    return None;
                }
                self.text = Some(value.to_owned());
            }
            "proof" => {
                self.proof = Some(match value {
                    "yes" => true,
                    "no" => false,
                    _ => return None,
                });
            }
            "assessed" => {
                self.assessed = Some(match value {
                    "yes" => true,
                    "no" => false,
                    _ => return None,
                });
            }
            "focus" => self.focus = (value == "yes").then_some(true)?,
            "founded" => self.founded = Days::read(value)?,
            "created" => self.created = Days::read(value)?,
            "import" => {
                is_id(value, name).then(|| self.import = Some(value.to_owned()))?;
            }
            "conviction" if !self.conviction.is_some() => {
                self.conviction = Range::read(value, Decimal::ONE_HUNDRED)?;
            }
            "hype" if !self.hype.is_some() => {
                self.hype = Range::read(value, Decimal::ONE).filter(|range| range.to.is_none())?;
            }
            // Forms send the ends of a range apart.
            "conviction.from" if self.conviction.from.is_none() => {
                let from = Some(figure(value, Decimal::ONE_HUNDRED)?);
                self.conviction = Some(Range {
                    from,
                    ..self.conviction
                })
                .filter(|range| range.is_in_order())?;
            }
            "conviction.to" if self.conviction.to.is_none() => {
                let to = Some(figure(value, Decimal::ONE_HUNDRED)?);
                self.conviction = Some(Range {
                    to,
                    ..self.conviction
                })
                .filter(|range| range.is_in_order())?;
            }
            "hype.from" if self.hype.from.is_none() => self.hype.from = Some(figure(value, Decimal::ONE)?),
            "sort" => self.sort = Sort::ALL.into_iter().find(|sort| sort.code() == value)?,
            "n" => self.rows = Rows::ALL.into_iter().find(|rows| rows.code() == value)?,
            "after" | "before" => {
                let (side, cursor) = cursor(name, value).filter(|_| self.place.is_none())?;
                self.place = Some(Place {
                    side,
                    cursor,
                    first_row: None,
                });
            }
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

    /// The part that links on the page carry on.
    fn carried(&self) -> String {
        let mut out = String::new();
        if let Some(text) = &self.text {
            push(&mut out, "q", &[text]);
        }
        push(
            &mut out,
            "layer",
            &self.layers.iter().map(|layer| layer.code()).collect::<Vec<_>>(),
        );
        push(&mut out, "sector", &self.sector_codes());
        if self.focus {
            push(&mut out, "focus", &["yes"]);
        }
        push(
            &mut out,
            "also",
            &self.also.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        push(
            &mut out,
            "route",
            &self.routes.iter().map(|route| route.code()).collect::<Vec<_>>(),
        );
        push(
            &mut out,
            "country",
            &self.countries.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        push(
            &mut out,
            "provider",
            &self.providers.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        push(
            &mut out,
            "owner",
            &self.owners.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        push(
            &mut out,
            "channel",
            &self.channels.iter().map(|one| one.code()).collect::<Vec<_>>(),
        );
        push(
            &mut out,
            "fund",
            &self.funds.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        for (name, days) in [("founded", self.founded), ("created", self.created)] {
            if days.is_some() {
                push(&mut out, name, &[&days.code()]);
            }
        }
        if let Some(import) = &self.import {
            push(&mut out, "import", &[import]);
        }
        push(
            &mut out,
            "grade",
            &self.grades.iter().map(|grade| grade.code()).collect::<Vec<_>>(),
        );
        for (name, has) in [("proof", self.proof), ("assessed", self.assessed)] {
            if let Some(has) = has {
                push(&mut out, name, &[yes_or_no(has)]);
            }
        }
        for (name, range) in [("conviction", self.conviction), ("hype", self.hype)] {
            if range.is_some() {
                push(&mut out, name, &[&range.code()]);
            }
        }
        for (name, flags) in [("flag", &self.flags), ("not.flag", &self.not_flags)] {
            push(
                &mut out,
                name,
                &flags.iter().map(|flag| flag.code()).collect::<Vec<_>>(),
            );
        }
        if self.sort != Sort::default() {
            push(&mut out, "sort", &[self.sort.code()]);
        }
        if self.rows != Rows::default() {
            push(&mut out, "n", &[self.rows.code()]);
        }
        if let Some(place) = &self.place {
            let side = place.side.name();
            push(&mut out, side, &[&place.cursor]);
            if let Some(row) = place.first_row {
                push(&mut out, "row", &[&row.to_string()]);
            }
        }
        if let Some(as_of) = self.as_of {
            push(&mut out, as_of::PARAMETER, &[&as_of.code()]);
        }
        if self.projector {
            push(&mut out, "display", &["projector"]);
        }
        out
    }

    /// Its sectors as the address writes them, that of none last.
    pub(crate) fn sector_codes(&self) -> Vec<&str> {
        let none = self.no_sector.then_some("none");
        self.sectors.iter().map(String::as_str).chain(none).collect()
    }

    /// A link to this list, with what was not understood kept: removing one mistake does not hide another.
    pub(crate) fn link(&self, bad: &[Bad]) -> String {
        let mut query = self.carried();
        for Bad { name, value } in bad {
            push(&mut query, name, &[value]);
        }
        if query.is_empty() {
            "/startups".to_owned()
        } else {
            format!("/startups?{query}")
        }
    }

    /// The same list changed; a changed list starts at its first page.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self {
            place: None,
            ..self.clone()
        };
        change(&mut changed);
        changed
    }

    /// This list without filters, in the same order and size.
    pub(crate) fn cleared(&self) -> Self {
        Self {
            sort: self.sort,
            rows: self.rows,
            as_of: self.as_of,
            projector: self.projector,
            ..Self::default()
        }
    }

    /// The same list without what is known of now alone: what a past day can be asked for.
    pub(crate) fn of_any_day(&self) -> Self {
        Self {
            layers: self.layers.clone(),
            sectors: self.sectors.clone(),
            no_sector: self.no_sector,
            focus: self.focus,
            also: self.also.clone(),
            routes: self.routes.clone(),
            countries: self.countries.clone(),
            owners: self.owners.clone(),
            channels: self.channels.clone(),
            funds: self.funds.clone(),
            founded: self.founded,
            created: self.created,
            assessed: self.assessed,
            sort: if self.sort.is_of_now() {
                Sort::default()
            } else {
                self.sort
            },
            rows: self.rows,
            place: self.place.clone(),
            as_of: self.as_of,
            projector: self.projector,
            print: self.print,
            lang: self.lang,
            ..Self::default()
        }
    }

    /// What narrows it alone, if the address of a list says nothing else.
    pub(crate) fn read_filters(text: &str) -> Option<Self> {
        let (query, bad) = Self::parse(text);
        let alone = query.of_any_order();
        (bad.is_empty() && alone == query && alone != Self::default()).then_some(alone)
    }

    /// The same filters in any order, of now.
    pub(crate) fn of_any_order(&self) -> Self {
        Self {
            sort: Sort::default(),
            rows: Rows::default(),
            place: None,
            as_of: None,
            projector: false,
            print: false,
            lang: None,
            ..self.clone()
        }
    }

    /// How many filters are set, each alternative counted.
    pub(crate) fn filter_count(&self) -> usize {
        usize::from(self.text.is_some())
            + self.layers.len()
            + self.sectors.len()
            + usize::from(self.no_sector)
            + usize::from(self.focus)
            + self.also.len()
            + self.routes.len()
            + self.countries.len()
            + self.providers.len()
            + self.owners.len()
            + self.channels.len()
            + self.funds.len()
            + usize::from(self.founded.is_some())
            + usize::from(self.created.is_some())
            + usize::from(self.import.is_some())
            + self.grades.len()
            + usize::from(self.proof.is_some())
            + usize::from(self.assessed.is_some())
            + usize::from(self.conviction.is_some())
            + usize::from(self.hype.is_some())
            + self.flags.len()
            + self.not_flags.len()
    }
}

/// As the address writes whether there is proof.
pub(crate) fn yes_or_no(proof: bool) -> &'static str {
    if proof { "yes" } else { "no" }
}

pub(crate) fn push(out: &mut String, name: &str, values: &[&str]) {
    if values.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('&');
    }
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    // Writing to a String cannot fail.
    let _ = write!(out, "{}=", encode(name));
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(&encode(value));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        for (raw, canonical) in [
            ("", ""),
            ("q=&layer=&n=50&sort=name", ""),
            ("n=100&layer=APP,MODEL", "layer=MODEL,APP&n=100"),
            ("layer=APP&layer=none&layer=APP", "layer=APP,none"),
            ("sector=rpa%2Ccode", "sector=code,rpa"),
            ("focus=yes&sector=none,code", "sector=code,none&focus=yes"),
            ("also=rpa,code&focus=yes", "focus=yes&also=code,rpa"),
            ("assessed=no&proof=no", "proof=no&assessed=no"),
            (
                "created=..2024-06-30&founded=2024-03-01..",
                "founded=2024-03-01..&created=..2024-06-30",
            ),
            (
                "import=import_01h455vb4pex5vsknk084sn02q&founded=2024-03-01..2024-03-31&channel=FA,INBOUND&owner=user_01h455vb4pex5vsknk084sn02q",
                "owner=user_01h455vb4pex5vsknk084sn02q&channel=INBOUND,FA&founded=2024-03-01..2024-03-31&import=import_01h455vb4pex5vsknk084sn02q",
            ),
            ("country=us,CN", "country=CN,US"),
            (
                "country=CN&route=BUILDS_ON_API,PRE_LLM_AI",
                "route=BUILDS_ON_API,PRE_LLM_AI&country=CN",
            ),
            (
                "sort=-updated&q=%E7%AB%8B%E6%96%B9",
                "q=%E7%AB%8B%E6%96%B9&sort=-updated",
            ),
            ("q=+two%20words+", "q=two+words"),
            ("row=51&after=abc%3D", "after=abc%3D&row=51"),
            ("row=51", ""),
            (
                "not.flag=NO_RATE&flag=HYPE_GAP,NO_NEED&grade=VERIFIED&proof=no",
                "grade=VERIFIED&proof=no&flag=NO_NEED,HYPE_GAP&not.flag=NO_RATE",
            ),
            (
                "display=projector&as_of=2024-06-30&n=100",
                "n=100&as_of=2024-06-30&display=projector",
            ),
            ("conviction=10.0..40", "conviction=10..40"),
            ("hype.from=0.50&conviction.to=40", "conviction=..40&hype=0.5.."),
            ("conviction.from=5&conviction.to=40", "conviction=5..40"),
            (
                "lang=zh&print=1&display=projector",
                "display=projector&print=1&lang=zh",
            ),
        ] {
            let (query, bad) = StartupsQuery::parse(raw);
            assert_eq!(bad, [], "{raw}");
            assert_eq!(query.canonical(), canonical, "{raw}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named_and_filters_nothing() {
        for (raw, name, value) in [
            ("layer=APP,FOO", "layer", "FOO"),
            ("layer=app", "layer", "app"),
            ("sector=3D%20generation", "sector", "3D generation"),
            ("focus=no", "focus", "no"),
            (
                "founded=2024-03-31..2024-03-01",
                "founded",
                "2024-03-31..2024-03-01",
            ),
            ("founded=2024-03-01", "founded", "2024-03-01"),
            ("created=2024-3-1..", "created", "2024-3-1.."),
            ("owner=me", "owner", "me"),
            ("channel=PIGEON", "channel", "PIGEON"),
            ("import=list", "import", "list"),
            ("country=CHN", "country", "CHN"),
            ("provider=OpenAI", "provider", "OpenAI"),
            ("sort=hotness", "sort", "hotness"),
            ("sort=name&sort=-name", "sort", "-name"),
            ("n=1000", "n", "1000"),
            ("after=a&before=b", "before", "b"),
            ("after=a&row=0", "row", "0"),
            ("after=a&row=18446744073709551615", "row", "18446744073709551615"),
            ("display=cinema", "display", "cinema"),
            ("lang=fr", "lang", "fr"),
            ("q=a%00b", "q", "a\0b"),
            ("conviction=40", "conviction", "40"),
            ("conviction=..", "conviction", ".."),
            ("conviction=40..10", "conviction", "40..10"),
            ("conviction=101..", "conviction", "101.."),
            ("conviction=-1..", "conviction", "-1.."),
            ("conviction=5..&conviction=6..", "conviction", "6.."),
            ("hype=0.5..0.9", "hype", "0.5..0.9"),
            ("hype=50..", "hype", "50.."),
            ("flag=HYPE", "flag", "HYPE"),
            ("not.flag=none", "not.flag", "none"),
            ("grade=DISPUTED", "grade", "DISPUTED"),
            ("proof=maybe", "proof", "maybe"),
            ("as_of=2024-06-31", "as_of", "2024-06-31"),
        ] {
            let (query, bad) = StartupsQuery::parse(raw);
            assert_eq!(
                bad,
                [Bad {
                    name: name.to_owned(),
                    value: value.to_owned()
                }],
                "{raw}"
            );
            assert!(!query.canonical().contains(&format!("{name}={value}")), "{raw}");
        }
    }

    #[test]
    fn removing_one_mistake_keeps_the_other() {
        let (query, bad) = StartupsQuery::parse("layer=APP,FOO&n=7");
        assert_eq!(query.link(&bad[1..]), "/startups?layer=APP&n=7");
        assert_eq!(query.link(&[]), "/startups?layer=APP");
    }

    #[test]
    fn a_changed_list_starts_at_its_first_page() {
        let (query, _) = StartupsQuery::parse("layer=APP&after=abc&lang=zh");
        assert_eq!(query.link(&[]), "/startups?layer=APP&after=abc");
        assert_eq!(
            query.with(|q| q.sort = Sort::UpdatedDown).link(&[]),
            "/startups?layer=APP&sort=-updated"
        );
        assert_eq!(query.cleared().link(&[]), "/startups");
    }

    fn any_range(most_hundredths: i64) -> impl Strategy<Value = Range> {
        let end = || proptest::option::of(0..=most_hundredths);
        (end(), end()).prop_map(|(a, b)| {
            let figure = |hundredths: i64| Decimal::new(hundredths, 2).normalize();
            let (from, to) = match (a, b) {
                (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
                ends => ends,
            };
            Range {
                from: from.map(figure),
                to: to.map(figure),
            }
        })
    }

    fn any_query() -> impl Strategy<Value = StartupsQuery> {
        let place = (any::<bool>(), "[!-~]{1,40}", proptest::option::of(1..=ROW_LIMIT)).prop_map(
            |(after, cursor, first_row)| Place {
                side: if after { Side::After } else { Side::Before },
                cursor,
                first_row,
            },
        );
        let layers = proptest::sample::subsequence(LayerChoice::ALL.to_vec(), 0..=4);
        (
            (
                proptest::option::of("[^\\p{C}\\s]([^\\p{C}]{0,20}[^\\p{C}\\s])?"),
                layers,
                proptest::collection::btree_set("[a-z0-9-]{1,12}", 0..4),
                proptest::sample::subsequence(TechnicalRoute::ALL.to_vec(), 0..=5),
                proptest::collection::btree_set("[A-Z]{2}", 0..4),
                proptest::collection::btree_set("provider_[a-z0-9]{26}", 0..3),
                any::<bool>(),
                any::<bool>(),
            ),
            (
                proptest::sample::subsequence(Grade::ALL.to_vec(), 0..=4),
                proptest::option::of(any::<bool>()),
                any_range(10_000),
                any_range(100),
                proptest::sample::subsequence(Flag::ALL.to_vec(), 0..=12),
                proptest::sample::subsequence(Flag::ALL.to_vec(), 0..=12),
            ),
            (
                proptest::sample::select(Sort::ALL.to_vec()),
                proptest::sample::select(Rows::ALL.to_vec()),
                proptest::option::of(place),
                any::<bool>(),
                any::<bool>(),
                proptest::option::of(proptest::sample::select(vec![Language::En, Language::Zh])),
            ),
        )
            .prop_map(
                |(
                    (text, layers, mut sectors, routes, countries, providers, no_sector, focus),
                    (grades, proof, conviction, hype, flags, not_flags),
                    (sort, rows, place, projector, print, lang),
                )| {
                    sectors.remove("none");
                    let (layers, routes) = (layers.into_iter().collect(), routes.into_iter().collect());
                    StartupsQuery {
                        text,
                        layers,
                        sectors,
                        no_sector,
                        focus,
                        routes,
                        countries,
                        providers,
                        grades: grades.into_iter().collect(),
                        proof,
                        conviction,
                        hype: Range { to: None, ..hype },
                        flags: flags.into_iter().collect(),
                        not_flags: not_flags.into_iter().collect(),
                        sort,
                        rows,
                        place,
                        as_of: None,
                        projector,
                        print,
                        lang,
                        ..StartupsQuery::default()
                    }
                },
            )
    }

    proptest! {
        #[test]
        fn reading_what_was_written_gives_the_query_back(query in any_query()) {
            let written = query.canonical();
            let (read, bad) = StartupsQuery::parse(&written);
            prop_assert_eq!(&bad, &[]);
            prop_assert_eq!(read.canonical(), written);
            prop_assert_eq!(read, query);
        }

        #[test]
        fn no_address_breaks_the_reader_and_the_spelling_is_stable(raw in ".{0,80}") {
            let once = StartupsQuery::parse(&raw).0.canonical();
            let (again, bad) = StartupsQuery::parse(&once);
            prop_assert_eq!(&bad, &[]);
            prop_assert_eq!(again.canonical(), once);
        }
    }
}
