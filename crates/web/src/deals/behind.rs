//! Filters for the deals behind a figure, as an address writes them: when they were opened, how far they got, which
//! moves they made, who brought them, of which group they are. Pages that count deals link to them so.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{DealFilter, DealGroupFilter, DealMoveFilter, DealSourceFilter, Frame};
use crate::as_of;
use crate::deal::{Channel, Round};
use crate::layer::{self, Layer};
use crate::query::day;
use crate::sector::SectorLine;
use crate::words::Words;
use crate::{fmt, schema};

/// What a move did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
#[cynic(graphql_type = "DealMoveKind")]
pub(crate) enum MoveKind {
    Advanced,
    Entered,
    Invested,
    Opened,
    Passed,
    Skipped,
    StillThere,
}

impl MoveKind {
    const ALL: [Self; 7] = [
        Self::Advanced,
        Self::Entered,
        Self::Invested,
        Self::Opened,
        Self::Passed,
        Self::Skipped,
        Self::StillThere,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Advanced => "advanced",
            Self::Entered => "entered",
            Self::Invested => "invested",
            Self::Opened => "opened",
            Self::Passed => "passed",
            Self::Skipped => "skipped",
            Self::StillThere => "still",
        }
    }

    /// Whether it looks at a stage; None where it may.
    fn has_stage(self) -> Option<bool> {
        match self {
            Self::Opened | Self::Invested => Some(false),
            Self::Entered | Self::Skipped | Self::StillThere => Some(true),
            Self::Advanced | Self::Passed => None,
        }
    }

    fn word(self, words: &Words) -> &'static str {
        let b = words.pipeline();
        match self {
            Self::Advanced => b.moved_advanced,
            Self::Entered => b.moved_entered,
            Self::Invested => b.moved_invested,
            Self::Opened => b.moved_opened,
            Self::Passed => b.moved_passed,
            Self::Skipped => b.moved_skipped,
            Self::StillThere => b.moved_still,
        }
    }
}

/// By what deals are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
#[cynic(graphql_type = "PipelineGrouping", non_exhaustive)]
pub(crate) enum Grouping {
    Channel,
    Fund,
    Layer,
    Owner,
    Round,
    Sector,
    #[cynic(fallback)]
    Other,
}

impl Grouping {
    const ALL: [Self; 6] = [
        Self::Channel,
        Self::Fund,
        Self::Layer,
        Self::Owner,
        Self::Round,
        Self::Sector,
    ];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Fund => "fund",
            Self::Layer => "layer",
            Self::Owner => "owner",
            Self::Round => "round",
            Self::Sector => "sector",
            Self::Other => "other",
        }
    }
}

/// A day, or so many days before the day that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Day(NaiveDate),
    DaysAgo(u16),
}

impl Bound {
    fn read(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix('-').and_then(|rest| rest.strip_suffix('d')) {
            let days = days.parse::<u16>().ok()?;
            return (text == format!("-{days}d")).then_some(Self::DaysAgo(days));
        }
        day(text).map(Self::Day)
    }

    fn code(self) -> String {
        match self {
            Self::Day(day) => fmt::table_date(day),
            Self::DaysAgo(days) => format!("-{days}d"),
        }
    }

    fn on(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::DaysAgo(days) => today.checked_sub_days(Days::new(days.into())).unwrap_or(today),
        }
    }
}

/// From one day to another, both in it; open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) from: Option<Bound>,
    pub(crate) to: Option<Bound>,
}

impl Opened {
    /// Reads `2024-01-01..2024-03-31`, `-90d..`, `..2024-03-31`.
    fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        let end = |text: &str| match text {
            "" => Some(None),
            text => Bound::read(text).map(Some),
        };
        let range = Self {
            from: end(from)?,
            to: end(to)?,
        };
        let in_order = match (range.from, range.to) {
            (Some(Bound::Day(from)), Some(Bound::Day(to))) => from <= to,
            (Some(Bound::DaysAgo(from)), Some(Bound::DaysAgo(to))) => from >= to,
            (None, None) => false,
            _ => true,
        };
        in_order.then_some(range)
    }

    fn code(self) -> String {
        let end = |bound: Option<Bound>| bound.map(Bound::code).unwrap_or_default();
        format!("{}..{}", end(self.from), end(self.to))
    }

    fn said(self, words: &Words) -> String {
        let b = words.pipeline();
        let say = |bound: Bound| match bound {
            Bound::Day(day) => fmt::date(day, words.language),
            Bound::DaysAgo(days) => b.days_ago(&days.to_string()),
        };
        match (self.from.map(say), self.to.map(say)) {
            (Some(from), Some(to)) => b.days_from_to(&from, &to),
            (Some(from), None) => b.since(&from),
            (None, to) => b.until(&to.unwrap_or_default()),
        }
    }
}

/// A move that happened from one day to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) kind: MoveKind,
    /// A key.
    pub(crate) stage: Option<String>,
    pub(crate) days: (NaiveDate, NaiveDate),
}

impl Moved {
    /// Reads `entered.SCREENING:2024-04-01..2024-06-30`, `passed:…`.
    fn read(text: &str) -> Option<Self> {
        let (what, days) = text.split_once(':')?;
        let (kind, stage) = match what.split_once('.') {
            Some((kind, key)) if super::query::is_stage_key(key) => (kind, Some(key.to_owned())),
            Some(_) => return None,
            None => (what, None),
        };
        let kind = MoveKind::ALL.into_iter().find(|one| one.code() == kind)?;
        let (from, to) = days.split_once("..")?;
        let moved = Self {
            days: (day(from)?, day(to)?),
            kind,
            stage,
        };
        let fits = kind.has_stage().is_none_or(|has| has == moved.stage.is_some());
        (fits && moved.days.0 <= moved.days.1).then_some(moved)
    }

    fn code(&self) -> String {
        let (from, to) = self.days;
        let stage = self.stage.iter().fold(String::new(), |_, key| format!(".{key}"));
        let (from, to) = (fmt::table_date(from), fmt::table_date(to));
        format!("{}{stage}:{from}..{to}", self.kind.code())
    }
}

/// One source: a channel, and whom it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) channel: Channel,
    pub(crate) who: Option<String>,
}

impl Source {
    /// Reads `FA:A bank`, and `FA` where nobody is named.
    fn read(text: &str) -> Option<Self> {
        let (code, who) = match text.split_once(':') {
            Some((code, who)) => (code, Some(who.trim())),
            None => (text, None),
        };
        if who.is_some_and(|who| {
            who.is_empty() || who.chars().count() > WHO_LIMIT_CHARS || who.chars().any(char::is_control)
        }) {
            return None;
        }
        Some(Self {
            channel: Channel::from_code(code)?,
            who: who.map(str::to_owned),
        })
    }

    fn code(&self) -> String {
        match &self.who {
            Some(who) => format!("{}:{who}", self.channel.code()),
            None => self.channel.code().to_owned(),
        }
    }
}

/// A group: by what, and its key; none where the deals of no group are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Within {
    pub(crate) by: Grouping,
    pub(crate) key: Option<String>,
}

/// How an address writes that there is none.
const NONE: &str = "none";
/// As long as the API lets a source be.
const WHO_LIMIT_CHARS: usize = 500;
const KEY_LIMIT_BYTES: usize = 80;

impl Within {
    /// Reads `sector.robotics`, `owner.none`.
    fn read(text: &str) -> Option<Self> {
        let (by, key) = text.split_once('.')?;
        let is_key = !key.is_empty()
            && key.len() <= KEY_LIMIT_BYTES
            && key
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        is_key.then_some(())?;
        Some(Self {
            by: Grouping::ALL.into_iter().find(|one| one.code() == by)?,
            key: (key != NONE).then(|| key.to_owned()),
        })
    }

    fn code(&self) -> String {
        format!("{}.{}", self.by.code(), self.key.as_deref().unwrap_or(NONE))
    }

    /// What it is by, and its name.
    fn said(&self, frame: &Frame, tree: &[SectorLine], words: &Words) -> (&'static str, String) {
        let b = words.pipeline();
        let by = match self.by {
            Grouping::Channel => b.channel,
            Grouping::Fund => words.funds().fund,
            Grouping::Layer => words.layer,
            Grouping::Owner | Grouping::Other => b.owner,
            Grouping::Round => b.round,
            Grouping::Sector => b.sector_itself,
        };
        let Some(key) = self.key.as_deref() else {
            return (by, b.none_of_it.to_owned());
        };
        let named = match self.by {
            Grouping::Channel => Channel::from_code(key).map(|one| one.word(words)),
            Grouping::Layer => [Layer::Model, Layer::Middleware, Layer::App]
                .into_iter()
                .find(|one| one.code() == key)
                .map(|one| layer::word(Some(one), words)),
            Grouping::Round => Round::from_code(key).map(|one| one.word(words)),
            Grouping::Owner | Grouping::Other => {
                let user = frame.users.iter().find(|user| user.id.inner() == key);
                user.map(|user| user.name.as_str())
            }
            Grouping::Fund => {
                let fund = frame.funds.iter().find(|fund| fund.id.inner() == key);
                fund.map(|fund| fund.name.as_str())
            }
            Grouping::Sector => {
                let line = tree.iter().find(|line| line.chip.slug == key);
                line.map(|line| line.chip.name_in(words.language))
            }
        };
        (by, named.unwrap_or(key).to_owned())
    }
}

/// Everything that an address says of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Behind {
    pub(crate) opened: Option<Opened>,
    /// Keys of stages: came into it or through it, went on from it, got there and no further, left it out.
    pub(crate) reached: Option<String>,
    pub(crate) beyond: Option<String>,
    pub(crate) furthest: Option<String>,
    pub(crate) skipped: Option<String>,
    pub(crate) moved: Option<Moved>,
    pub(crate) source: Option<Source>,
    /// In all of these.
    pub(crate) within: Vec<Within>,
    /// The first deal of its startup, or not.
    pub(crate) is_first: Option<bool>,
}

/// When an address is read: the day that is looked at, and its zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    pub(crate) today: NaiveDate,
    pub(crate) zone: Tz,
}

impl Calendar {
    /// Of the past that an address asks for, or of now.
    pub(crate) fn new(as_of: Option<DateTime<Utc>>, now: DateTime<Utc>, zone: Tz) -> Self {
        Self {
            today: as_of.unwrap_or(now).with_timezone(&zone).date_naive(),
            zone,
        }
    }
}

impl Behind {
    /// The parameters, in their order.
    pub(crate) const NAMES: [&'static str; 9] = [
        "opened", "reached", "beyond", "furthest", "skipped", "moved", "source", "in", "first",
    ];

    /// Takes a parameter; None where its value says nothing.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let key = || super::query::is_stage_key(value).then(|| value.to_owned());
        match name {
            "opened" => self.opened = Some(Opened::read(value)?),
            "reached" => self.reached = Some(key()?),
            "beyond" => self.beyond = Some(key()?),
            "furthest" => self.furthest = Some(key()?),
            "skipped" => self.skipped = Some(key()?),
            "moved" => self.moved = Some(Moved::read(value)?),
            "source" => self.source = Some(Source::read(value)?),
            "in" => {
                let all: Vec<Within> = value.split(',').map(Within::read).collect::<Option<_>>()?;
                self.within = all;
            }
            "first" => {
                self.is_first = Some(match value {
                    "yes" => true,
                    "no" => false,
                    _ => return None,
                });
            }
            _ => return None,
        }
        Some(())
    }

    /// Without a parameter.
    pub(crate) fn clear(&mut self, name: &str) {
        match name {
            "opened" => self.opened = None,
            "reached" => self.reached = None,
            "beyond" => self.beyond = None,
            "furthest" => self.furthest = None,
            "skipped" => self.skipped = None,
            "moved" => self.moved = None,
            "source" => self.source = None,
            "in" => self.within.clear(),
            _ => self.is_first = None,
        }
    }

    /// What is set, as an address writes it.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self {
            opened,
            reached,
            beyond,
            furthest,
            skipped,
            moved,
            source,
            within,
            is_first,
        } = self;
        let values = [
            opened.map(Opened::code),
            reached.clone(),
            beyond.clone(),
            furthest.clone(),
            skipped.clone(),
            moved.as_ref().map(Moved::code),
            source.as_ref().map(Source::code),
            (!within.is_empty()).then(|| within.iter().map(Within::code).collect::<Vec<_>>().join(",")),
            is_first.map(|is| crate::query::yes_or_no(is).to_owned()),
        ];
        Self::NAMES
            .into_iter()
            .zip(values)
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// The stages that are named, with the parameters that name them.
    pub(crate) fn stages(&self) -> Vec<(&'static str, &str)> {
        [
            ("reached", self.reached.as_deref()),
            ("beyond", self.beyond.as_deref()),
            ("furthest", self.furthest.as_deref()),
            ("skipped", self.skipped.as_deref()),
            (
                "moved",
                self.moved.as_ref().and_then(|moved| moved.stage.as_deref()),
            ),
        ]
        .into_iter()
        .filter_map(|(name, key)| Some((name, key?)))
        .collect()
    }

    /// What is set, in the reader's words: parameter, field, value.
    pub(crate) fn said(
        &self,
        frame: &Frame,
        tree: &[SectorLine],
        words: &Words,
    ) -> Vec<(&'static str, &'static str, String)> {
        let b = words.pipeline();
        let stage = |key: &str| {
            let known = frame.stages.iter().find(|stage| stage.key == key);
            known
                .map_or(key, |stage| stage.name_in(words.language))
                .to_owned()
        };
        let mut said = Vec::new();
        if let Some(opened) = self.opened {
            said.push(("opened", b.opened, opened.said(words)));
        }
        for (name, field, key) in [
            ("reached", b.reached, &self.reached),
            ("beyond", b.beyond, &self.beyond),
            ("furthest", b.furthest, &self.furthest),
            ("skipped", b.skipped, &self.skipped),
        ] {
            if let Some(key) = key {
                said.push((name, field, stage(key)));
            }
        }
        if let Some(moved) = &self.moved {
            let (from, to) = moved.days;
            let days = b.days_from_to(&fmt::date(from, words.language), &fmt::date(to, words.language));
            let what = moved.kind.word(words);
            said.push((
                "moved",
                b.moved_in,
                match &moved.stage {
                    Some(key) => b.moved_at(what, &stage(key), &days),
                    None => b.moved_anywhere(what, &days),
                },
            ));
        }
        if let Some(source) = &self.source {
            let channel = source.channel.word(words);
            let said_of = match &source.who {
                Some(who) => b.brought_by(channel, who),
                None => b.brought_by(channel, b.nobody),
            };
            said.push(("source", b.source, said_of));
        }
        for within in &self.within {
            let (by, name) = within.said(frame, tree, words);
            said.push(("in", by, name));
        }
        if let Some(is_first) = self.is_first {
            let word = if is_first { b.yes } else { b.no };
            said.push(("first", b.first_of_startup, word.to_owned()));
        }
        said
    }

    /// Narrows by all of it.
    pub(super) fn narrow(&self, filter: &mut DealFilter, calendar: Calendar) {
        let begin = |day| as_of::first_instant(day, calendar.zone);
        let end = |day| as_of::last_instant(day, calendar.zone);
        if let Some(opened) = self.opened {
            filter.opened_from = opened.from.and_then(|bound| begin(bound.on(calendar.today)));
            filter.opened_to = opened.to.and_then(|bound| end(bound.on(calendar.today)));
        }
        filter.reached.clone_from(&self.reached);
        filter.advanced_from.clone_from(&self.beyond);
        filter.furthest.clone_from(&self.furthest);
        filter.skipped.clone_from(&self.skipped);
        filter.moved = self.moved.as_ref().and_then(|moved| {
            Some(DealMoveFilter {
                from: begin(moved.days.0)?,
                to: end(moved.days.1)?,
                kind: moved.kind,
                stage: moved.stage.clone(),
            })
        });
        filter.source = self.source.as_ref().map(|source| DealSourceFilter {
            channel: source.channel,
            who: source.who.clone(),
        });
        filter.groups = (!self.within.is_empty()).then(|| {
            self.within
                .iter()
                .map(|within| DealGroupFilter {
                    by: within.by,
                    key: within.key.clone().unwrap_or_default(),
                })
                .collect()
        });
        filter.first_of_startup = self.is_first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Option<Behind> {
        let mut behind = Behind::default();
        behind.set(name, value).map(|()| behind)
    }

    #[test]
    fn what_is_read_is_written_the_same() {
        for (name, value) in [
            ("opened", "2024-01-01..2024-03-31"),
            ("opened", "-90d.."),
            ("opened", "..2024-03-31"),
            ("opened", "-90d..-30d"),
            ("reached", "FIRST_MEETING"),
            ("moved", "entered.SCREENING:2024-04-01..2024-06-30"),
            ("moved", "advanced:2024-04-01..2024-06-30"),
            ("source", "FA:A bank, and: another"),
            ("source", "FA"),
            ("in", "sector.3d-generation"),
            ("in", "owner.none"),
            ("in", "layer.none,sector.none"),
            ("first", "yes"),
        ] {
            let behind = read(name, value).unwrap_or_else(|| panic!("{name}={value}"));
            assert_eq!(behind.pairs(), [(name, value.to_owned())]);
        }
    }

    #[test]
    fn what_says_nothing_is_no_filter() {
        for (name, value) in [
            ("opened", ".."),
            ("opened", "2024-03-31..2024-01-01"),
            ("opened", "-30d..-90d"),
            ("opened", "-090d.."),
            ("opened", "2024-02-30.."),
            ("opened", "yesterday.."),
            ("reached", "screening"),
            ("moved", "entered:2024-04-01..2024-06-30"),
            ("moved", "invested.SCREENING:2024-04-01..2024-06-30"),
            ("moved", "advanced:2024-06-30..2024-04-01"),
            ("moved", "hopped:2024-04-01..2024-06-30"),
            ("source", "PIGEON:me"),
            ("source", "FA: "),
            ("in", "mood.good"),
            ("in", "owner."),
            ("first", "maybe"),
        ] {
            assert_eq!(read(name, value), None, "{name}={value}");
        }
    }

    #[test]
    fn days_ago_are_counted_from_the_day_that_is_looked_at() {
        let today = "2024-07-31".parse().unwrap();
        assert_eq!(fmt::table_date(Bound::DaysAgo(90).on(today)), "2024-05-02");
        assert_eq!(fmt::table_date(Bound::DaysAgo(0).on(today)), "2024-07-31");
    }
}
