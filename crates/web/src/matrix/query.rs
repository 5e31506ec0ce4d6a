//! The query string of the matrix.

use std::collections::BTreeSet;

use url::form_urlencoded;

use crate::Language;
use crate::as_of::{self, AsOf};
use crate::assessment::Flag;
use crate::deal::Channel;
use crate::evidence::Grade;
use crate::period::Period;
use crate::query::{Bad, LayerChoice, is_id, push, yes_or_no};
use crate::startup::profile::TechnicalRoute;

/// What the address of a matrix asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MatrixQuery {
    pub(super) measure: Measure,
    /// Whether every sector has its row, or the roots of the tree alone.
    pub(super) is_deep: bool,
    /// When they came in; None: whenever.
    pub(super) period: Option<Period>,
    pub(super) filter: StartupFilter,
    pub(super) as_of: Option<AsOf>,
    pub(super) projector: bool,
    pub(super) print: bool,
    /// Holds for one request, so links do not carry it on.
    pub(super) lang: Option<Language>,
}

/// Which startups are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StartupFilter {
    pub(super) layers: BTreeSet<LayerChoice>,
    /// A slug, for its descendants too.
    pub(super) sector: Option<String>,
    /// In a focus of the fund.
    pub(super) focus: bool,
    pub(super) routes: BTreeSet<TechnicalRoute>,
    /// ISO 3166 codes of two capitals.
    pub(super) countries: BTreeSet<String>,
    /// Ids of providers, on one of which it builds.
    pub(super) providers: BTreeSet<String>,
    /// Ids of users, one of whom leads a deal of it.
    pub(super) owners: BTreeSet<String>,
    /// Channels, through one of which a deal of it came.
    pub(super) channels: BTreeSet<Channel>,
    /// The highest grade of what stands on use.
    pub(super) grades: BTreeSet<Grade>,
    pub(super) proof: Option<bool>,
    /// With one of these.
    pub(super) flags: BTreeSet<Flag>,
}

impl StartupFilter {
    /// Whether it narrows by what is stored of now alone.
    pub(super) fn is_of_now(&self) -> bool {
        *self != self.of_any_day()
    }

    /// The same without what is known of now alone.
    pub(super) fn of_any_day(&self) -> Self {
        Self {
            grades: BTreeSet::new(),
            proof: None,
            flags: BTreeSet::new(),
            providers: BTreeSet::new(),
            ..self.clone()
        }
    }

    /// Whether the list of deals can be narrowed by all of it.
    pub(super) fn is_of_deals(&self) -> bool {
        let alone = Self {
            layers: self.layers.clone(),
            sector: self.sector.clone(),
            ..Self::default()
        };
        *self == alone
    }

    fn add(&mut self, name: &str, item: &str) -> Option<()> {
        match name {
            "layer" => {
                let choice = LayerChoice::ALL.into_iter().find(|one| one.code() == item)?;
                self.layers.insert(choice);
            }
            "route" => _ = self.routes.insert(TechnicalRoute::from_code(item)?),
            "country" => {
                let is_code = item.len() == 2 && item.bytes().all(|b| b.is_ascii_alphabetic());
                is_code.then(|| self.countries.insert(item.to_ascii_uppercase()))?;
            }
            "provider" => _ = is_id(item, name).then(|| self.providers.insert(item.to_owned()))?,
            "owner" => _ = is_id(item, "user").then(|| self.owners.insert(item.to_owned()))?,
            "channel" => _ = self.channels.insert(Channel::from_code(item)?),
            "grade" => _ = self.grades.insert(Grade::from_code(item)?),
            _ => _ = self.flags.insert(Flag::from_code(item)?),
        }
        Some(())
    }

    /// As an address writes it, each with its alternatives; the list of startups writes it the same.
    pub(super) fn pairs(&self) -> Vec<(&'static str, Vec<String>)> {
        let mut pairs = vec![
            (
                "layer",
                self.layers.iter().map(|one| one.code().to_owned()).collect(),
            ),
            ("sector", self.sector.iter().cloned().collect()),
            (
                "focus",
                self.focus.then(|| "yes".to_owned()).into_iter().collect(),
            ),
            (
                "route",
                self.routes.iter().map(|one| one.code().to_owned()).collect(),
            ),
            ("country", self.countries.iter().cloned().collect()),
            ("provider", self.providers.iter().cloned().collect()),
            ("owner", self.owners.iter().cloned().collect()),
            (
                "channel",
                self.channels.iter().map(|one| one.code().to_owned()).collect(),
            ),
            (
                "grade",
                self.grades.iter().map(|one| one.code().to_owned()).collect(),
            ),
            (
                "proof",
                self.proof
                    .iter()
                    .map(|proof| yes_or_no(*proof).to_owned())
                    .collect::<Vec<_>>(),
            ),
            (
                "flag",
                self.flags.iter().map(|one| one.code().to_owned()).collect(),
            ),
        ];
        pairs.retain(|(_, values)| !values.is_empty());
        pairs
    }
}

/// What the cells say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Measure {
    #[default]
    Startups,
    Deals,
    Proof,
    Conviction,
    Gap,
}

impl Measure {
    pub(super) const ALL: [Self; 5] = [
        Self::Startups,
        Self::Deals,
        Self::Proof,
        Self::Conviction,
        Self::Gap,
    ];

    /// As the address writes it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Startups => "startups",
            Self::Deals => "deals",
            Self::Proof => "proof",
            Self::Conviction => "conviction",
            Self::Gap => "gap",
        }
    }
}

impl MatrixQuery {
    /// Reads a raw query string. Everything not understood is in the second part.
    pub(super) fn parse(raw: &str) -> (Self, Vec<Bad>) {
        let mut query = Self::default();
        let mut bad = Vec::new();
        let mut once = BTreeSet::new();
        let mut days: [Option<String>; 2] = [None, None];
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let (name, value) = (name.into_owned(), value.trim().to_owned());
            if value.is_empty() {
                continue;
            }
            if matches!(
                name.as_str(),
                "layer" | "route" | "country" | "provider" | "owner" | "channel" | "grade" | "flag"
            ) {
                for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                    if query.filter.add(&name, item).is_none() {
                        let (name, value) = (name.clone(), item.to_owned());
                        bad.push(Bad { name, value });
                    }
                }
            } else if !once.insert(name.clone()) {
                bad.push(Bad { name, value });
            } else if name == "from" || name == "to" {
                days[usize::from(name == "to")] = Some(value);
            } else if query.set(&name, &value).is_none() {
                bad.push(Bad { name, value });
            }
        }
        query.period = Period::between(days, once.contains("period"), &mut bad).or(query.period);
        (query, bad)
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "measure" => self.measure = Measure::ALL.into_iter().find(|one| one.code() == value)?,
            "depth" => {
                self.is_deep = match value {
                    "1" => false,
                    "2" => true,
                    _ => return None,
                }
            }
            "sector" => {
                let is_slug = value
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                self.filter.sector = is_slug.then(|| value.to_owned());
                is_slug.then_some(())?;
            }
            "period" => self.period = Some(Period::preset(value)?),
            "focus" => self.filter.focus = (value == "yes").then_some(true)?,
            "proof" => {
                self.filter.proof = Some(match value {
                    "yes" => true,
                    "no" => false,
                    _ => return None,
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

    /// The one way to write this query.
    pub(super) fn canonical(&self) -> String {
        let mut out = self.written();
        if self.print {
            push(&mut out, "print", &["1"]);
        }
        if let Some(lang) = self.lang {
            push(&mut out, "lang", &[lang.code()]);
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
        let mut out = Vec::new();
        if self.measure != Measure::default() {
            out.push(("measure", self.measure.code().to_owned()));
        }
        if self.is_deep {
            out.push(("depth", "2".to_owned()));
        }
        out.extend(self.period.into_iter().flat_map(Period::pairs));
        out.extend(
            self.filter
                .pairs()
                .into_iter()
                .map(|(name, values)| (name, values.join(","))),
        );
        if let Some(as_of) = self.as_of {
            out.push((as_of::PARAMETER, as_of.code()));
        }
        if self.projector {
            out.push(("display", "projector".to_owned()));
        }
        out
    }

    /// A link to this matrix, with what was not understood kept.
    pub(super) fn link(&self, bad: &[Bad]) -> String {
        let mut query = self.written();
        for Bad { name, value } in bad {
            push(&mut query, name, &[value]);
        }
        if query.is_empty() {
            "/matrix".to_owned()
        } else {
            format!("/matrix?{query}")
        }
    }

    /// This matrix of all startups.
    pub(super) fn cleared(&self) -> Self {
        self.with(|q| {
            q.filter = StartupFilter::default();
            q.period = None;
        })
    }

    /// The same matrix changed.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_has_one_address() {
        for (raw, canonical) in [
            ("", ""),
            ("measure=startups&depth=1", ""),
            (
                "flag=HYPE_GAP&grade=VERIFIED,CLAIMED&sector=robotics&layer=none&layer=APP&proof=yes&depth=2",
                "depth=2&layer=APP,none&sector=robotics&grade=CLAIMED,VERIFIED&proof=yes&flag=HYPE_GAP",
            ),
            (
                "provider=provider_01h455vb4pex5vsknk084sn02q&country=us,CN&route=BUILDS_ON_API&focus=yes",
                "focus=yes&route=BUILDS_ON_API&country=CN,US&provider=provider_01h455vb4pex5vsknk084sn02q",
            ),
            (
                "to=2024-06-30&layer=APP&from=2024-04-01&depth=2",
                "depth=2&from=2024-04-01&to=2024-06-30&layer=APP",
            ),
            ("period=90d", "period=90d"),
            (
                "as_of=2024-06-30&depth=2&measure=gap",
                "measure=gap&depth=2&as_of=2024-06-30",
            ),
            (
                "lang=zh&print=1&display=projector",
                "display=projector&print=1&lang=zh",
            ),
        ] {
            let (query, bad) = MatrixQuery::parse(raw);
            assert_eq!(bad, [], "{raw}");
            assert_eq!(query.canonical(), canonical, "{raw}");
            assert_eq!(MatrixQuery::parse(canonical).0, query, "{raw}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (raw, name, value) in [
            ("measure=hope", "measure", "hope"),
            ("depth=3", "depth", "3"),
            ("as_of=yesterday", "as_of", "yesterday"),
            ("depth=2&depth=1", "depth", "1"),
            ("period=decade", "period", "decade"),
            ("from=2024-04-01", "from", "2024-04-01"),
            ("to=2024-04-31", "to", "2024-04-31"),
            ("layer=APP,DEEP", "layer", "DEEP"),
            ("focus=no", "focus", "no"),
            ("route=ODD", "route", "ODD"),
            ("country=CHN", "country", "CHN"),
            ("provider=odd", "provider", "odd"),
            ("flag=odd", "flag", "odd"),
            ("sector=Robots", "sector", "Robots"),
            ("stage=SOURCED", "stage", "SOURCED"),
        ] {
            let (_, bad) = MatrixQuery::parse(raw);
            let (name, value) = (name.to_owned(), value.to_owned());
            assert_eq!(bad, [Bad { name, value }], "{raw}");
        }
    }
}
