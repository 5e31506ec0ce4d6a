//! The story as it stands in the data files: one file for each kind, columns and keys by name.

use std::fmt;

use chrono::NaiveDate;
use domain::{
    Role,
    assessment::{ChecklistState, DependencyMode},
    belief::{CapabilityStatus, ThesisStatus},
    deal::{Channel, DealStatus, PassReason, Round},
    evidence::{ActivityWindow, EvidenceKind, EvidenceSource, Grade, RevenueBasis},
    interaction::InteractionKind,
    person::DocumentKind,
    provider::EventKind,
    startup::{Layer, TechnicalRoute},
};
use rust_decimal::Decimal;
use serde::{Deserialize, de::DeserializeOwned};

use super::meetings::Meeting;
use crate::Error;

/// A text in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) en: String,
    pub(super) zh: String,
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.en, self.zh)
    }
}

/// A text in both languages from two columns; None where they are empty.
pub(super) fn both(en: &str, zh: &str) -> Option<String> {
    (!en.is_empty()).then(|| format!("{en} / {zh}"))
}

/// A member of the demo fund.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct User {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: Role,
    pub(super) day: i32,
}

/// A fund that may invest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fund {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) currency: String,
    pub(super) ticket: Amount,
    pub(super) constraints: Words,
    pub(super) by: String,
    pub(super) day: i32,
}

/// A fictional startup.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Startup {
    pub(super) name: String,
    pub(super) zh: String,
    pub(super) layer: Layer,
    pub(super) route: TechnicalRoute,
    pub(super) sectors: Vec<String>,
    pub(super) country: Option<String>,
    pub(super) city: String,
    pub(super) founded: i32,
    pub(super) launched: Option<i32>,
    pub(super) known: i32,
    pub(super) by: String,
    pub(super) line: Words,
    pub(super) payer: Option<Words>,
    pub(super) pain: Option<Words>,
    pub(super) cost_today: Option<Words>,
    pub(super) alternative_today: Option<Words>,
    pub(super) previous_focus: Option<Words>,
    pub(super) pivoted: Option<i32>,
    pub(super) training_data: Option<Fact>,
    pub(super) usage_flywheel: Option<Fact>,
    pub(super) claims_model: Option<Fact>,
    #[serde(default)]
    pub(super) founders: Vec<Founder>,
}

/// A graded fact; without `known` it is written down with the startup.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub(super) grade: Grade,
    pub(super) day: i32,
    pub(super) known: Option<i32>,
    pub(super) words: Words,
}

/// Who founded a fictional startup.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Founder {
    pub(super) name: String,
    pub(super) zh: String,
    pub(super) title: String,
}

/// A record of evidence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence {
    pub(super) key: String,
    pub(super) startup: String,
    pub(super) kind: EvidenceKind,
    pub(super) value: Decimal,
    pub(super) sample: Option<i64>,
    pub(super) horizon: Option<i32>,
    pub(super) window: Option<ActivityWindow>,
    pub(super) currency: String,
    pub(super) basis: Option<RevenueBasis>,
    pub(super) valid_until: Option<i32>,
    pub(super) grade: Grade,
    pub(super) source: EvidenceSource,
    pub(super) observed: i32,
    pub(super) recorded: i32,
    pub(super) by: String,
    pub(super) supersedes: String,
    pub(super) note: String,
    pub(super) note_zh: String,
    pub(super) checked: String,
    pub(super) checked_zh: String,
}

/// A later review of a record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Review {
    pub(super) evidence: String,
    pub(super) day: i32,
    pub(super) by: String,
    pub(super) to: Grade,
    pub(super) checked: String,
    pub(super) checked_zh: String,
}

/// The withdrawal of a record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Retraction {
    pub(super) evidence: String,
    pub(super) day: i32,
    pub(super) by: String,
    pub(super) reason: String,
    pub(super) reason_zh: String,
}

/// A document of a fictional startup.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) startup: String,
    pub(super) day: i32,
    pub(super) by: String,
    pub(super) kind: DocumentKind,
    pub(super) title: String,
    pub(super) title_zh: String,
    pub(super) publisher: String,
    pub(super) path: String,
}

/// A real company: public facts, in our words, and where they can be read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Company {
    pub(super) name: String,
    pub(super) zh: String,
    pub(super) country: String,
    pub(super) layer: Layer,
    pub(super) route: TechnicalRoute,
    pub(super) sectors: String,
    pub(super) website: String,
    pub(super) line: String,
    pub(super) line_zh: String,
}

/// A deal in a fictional startup.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deal {
    pub(super) startup: String,
    pub(super) round: Option<Round>,
    pub(super) owner: String,
    #[serde(default)]
    pub(super) team: Vec<String>,
    #[serde(default)]
    pub(super) restricted: bool,
    pub(super) opened: i32,
    pub(super) channel: Channel,
    pub(super) who: Option<Words>,
    pub(super) sought: Option<Amount>,
    pub(super) ours: Option<Amount>,
    pub(super) next_step: Option<Words>,
    pub(super) due: Option<i32>,
    pub(super) waits_for: Option<Words>,
    #[serde(default)]
    pub(super) funds: Vec<String>,
    #[serde(default)]
    pub(super) moves: Vec<Move>,
    #[serde(default)]
    pub(super) outcomes: Vec<Outcome>,
}

/// What became of a deal's startup, and when we came to know.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outcome {
    pub(super) day: i32,
    pub(super) known: i32,
    pub(super) what: Words,
    pub(super) amount: Option<Amount>,
    pub(super) path: String,
}

/// What brings a deal back by itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct When {
    pub(super) kind: Option<EvidenceKind>,
    pub(super) grade: Option<Grade>,
    pub(super) value: Option<i64>,
    pub(super) conviction: Option<i64>,
    /// The key of a capability of beliefs.toml.
    pub(super) capability: Option<String>,
    pub(super) status: Option<CapabilityStatus>,
}

/// A thesis of the demo fund.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thesis {
    pub(super) key: String,
    pub(super) statement: Words,
    pub(super) layer: Option<Layer>,
    pub(super) sector: Option<String>,
    pub(super) review: Option<i32>,
    pub(super) startups: Vec<String>,
    pub(super) day: i32,
    pub(super) by: String,
    #[serde(default)]
    pub(super) verdicts: Vec<Verdict<ThesisStatus>>,
}

/// Something that base models can do, or not yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Capability {
    pub(super) key: String,
    pub(super) statement: Words,
    pub(super) sector: Option<String>,
    pub(super) startups: Vec<String>,
    pub(super) day: i32,
    pub(super) by: String,
    #[serde(default)]
    pub(super) verdicts: Vec<Verdict<CapabilityStatus>>,
}

/// A verdict on either. What is known of real models has its true date and a source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verdict<S> {
    pub(super) status: S,
    /// The offset of the day on which it was given.
    pub(super) day: i32,
    /// Since which day, where that is the true date of something public.
    pub(super) on: Option<NaiveDate>,
    pub(super) reason: Words,
    pub(super) url: Option<String>,
}

/// An amount, as a range with the words as found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Amount {
    pub(super) low: i64,
    pub(super) high: Option<i64>,
    pub(super) currency: String,
    pub(super) words: Option<String>,
}

/// A move of a deal, or the voiding of the one before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    pub(super) day: i32,
    pub(super) to: Option<String>,
    pub(super) status: Option<DealStatus>,
    pub(super) pass: Option<PassReason>,
    pub(super) note: Option<Words>,
    pub(super) reason: Option<Words>,
    pub(super) revisit: Option<i32>,
    pub(super) when: Option<When>,
    pub(super) void: Option<Words>,
    /// Why a closed gate does not stop it.
    pub(super) overrides: Option<Words>,
}

/// A supplier of base models; one that is a real company here is named as that.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provider {
    pub(super) name: String,
    pub(super) startup: String,
    pub(super) day: i32,
    pub(super) by: String,
}

/// What a provider did.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProviderEvent {
    pub(super) provider: String,
    pub(super) kind: EventKind,
    pub(super) on: i32,
    pub(super) summary: String,
    pub(super) summary_zh: String,
    pub(super) day: i32,
    pub(super) by: String,
}

/// What a fictional startup builds on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dependency {
    pub(super) startup: String,
    pub(super) provider: String,
    pub(super) mode: DependencyMode,
    pub(super) critical: bool,
    pub(super) cost_share: Option<Decimal>,
    pub(super) alternative: String,
    pub(super) alternative_zh: String,
    pub(super) since: Option<i32>,
    pub(super) day: i32,
    pub(super) by: String,
}

/// An answer to an item of a fictional startup's checklist.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Checked {
    pub(super) startup: String,
    pub(super) key: String,
    pub(super) state: ChecklistState,
    pub(super) note: String,
    pub(super) note_zh: String,
    pub(super) day: i32,
    pub(super) by: String,
}

/// A rate, made up, of its own day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rate {
    pub(super) currency: String,
    pub(super) day: i32,
    pub(super) usd: Decimal,
}

/// Something that was talked about at an hour of a day, and written down the day after.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Talk {
    pub(super) startup: String,
    pub(super) round: Option<Round>,
    pub(super) day: i32,
    pub(super) at: i64,
    pub(super) by: String,
    pub(super) kind: InteractionKind,
    pub(super) summary: Words,
    pub(super) body: Option<Words>,
}

/// Something to be done, and when it was.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Todo {
    pub(super) startup: String,
    pub(super) round: Option<Round>,
    pub(super) day: i32,
    pub(super) by: String,
    pub(super) who: String,
    pub(super) due: i32,
    pub(super) done: Option<i32>,
    pub(super) what: Words,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) users: Vec<User>,
    pub(super) funds: Vec<Fund>,
    pub(super) companies: Vec<Company>,
    pub(super) startups: Vec<Startup>,
    pub(super) documents: Vec<Document>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) reviews: Vec<Review>,
    pub(super) retractions: Vec<Retraction>,
    pub(super) deals: Vec<Deal>,
    pub(super) providers: Vec<Provider>,
    pub(super) provider_events: Vec<ProviderEvent>,
    pub(super) dependencies: Vec<Dependency>,
    pub(super) checklists: Vec<Checked>,
    pub(super) rates: Vec<Rate>,
    pub(super) talks: Vec<Talk>,
    pub(super) todos: Vec<Todo>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) theses: Vec<Thesis>,
    pub(super) capabilities: Vec<Capability>,
}

impl Story {
    /// Reads the files that the program carries.
    pub(super) fn read() -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Users {
            user: Vec<User>,
        }
        #[derive(Deserialize)]
        struct Funds {
            fund: Vec<Fund>,
        }
        #[derive(Deserialize)]
        struct Startups {
            startup: Vec<Startup>,
        }
        #[derive(Deserialize)]
        struct Deals {
            deal: Vec<Deal>,
        }
        #[derive(Deserialize)]
        struct Work {
            interaction: Vec<Talk>,
            task: Vec<Todo>,
        }
        macro_rules! file {
            ($name:literal) => {
                ($name, include_str!(concat!("../../data/", $name)))
            };
        }
        #[derive(Deserialize)]
        struct Meetings {
            meeting: Vec<Meeting>,
        }
        #[derive(Deserialize)]
        struct Beliefs {
            thesis: Vec<Thesis>,
            capability: Vec<Capability>,
        }
        let beliefs: Beliefs = tables(file!("beliefs.toml"))?;
        let work: Work = tables(file!("work.toml"))?;
        Ok(Self {
            theses: beliefs.thesis,
            capabilities: beliefs.capability,
            meetings: tables::<Meetings>(file!("meetings.toml"))?.meeting,
            talks: work.interaction,
            todos: work.task,
            users: tables::<Users>(file!("users.toml"))?.user,
            funds: tables::<Funds>(file!("funds.toml"))?.fund,
            companies: rows(file!("companies.csv"))?,
            startups: tables::<Startups>(file!("startups.toml"))?.startup,
            documents: rows(file!("documents.csv"))?,
            evidence: rows(file!("evidence.csv"))?,
            reviews: rows(file!("reviews.csv"))?,
            retractions: rows(file!("retractions.csv"))?,
            deals: tables::<Deals>(file!("deals.toml"))?.deal,
            providers: rows(file!("providers.csv"))?,
            provider_events: rows(file!("provider_events.csv"))?,
            dependencies: rows(file!("dependencies.csv"))?,
            checklists: rows(file!("checklists.csv"))?,
            rates: rows(file!("rates.csv"))?,
        })
    }
}

fn unreadable(name: &str, error: impl fmt::Display) -> Error {
    Error::Internal(format!("the demonstration's {name} cannot be read: {error}"))
}

fn tables<T: DeserializeOwned>((name, text): (&str, &str)) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| unreadable(name, error))
}

fn rows<T: DeserializeOwned>((name, text): (&str, &str)) -> Result<Vec<T>, Error> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(name, error))
}
