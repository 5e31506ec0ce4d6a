//! What is believed: 投资判断, theses of the fund about a market, a layer or a sector; and 模型能力, capabilities, what base
//! models can do. Each has dated verdicts, which are appended and never rewritten, and startups that rest on it (domain.md
//! §1).

use std::{fmt, hash::Hash, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use type_safe_id::{StaticType, TypeSafeId};

use crate::{
    CapabilityTag, Instant, Language, Problem, Problems, SectorId, StartupId, ThesisTag, UnknownWord, UserId,
    VerdictId,
    activity::SubjectType,
    check::{NAME_LIMIT, TEXT_LIMIT, bounded, check_era, check_past, distinct, optional_url, required},
    startup::Layer,
};

/// Theses, and capabilities, of a workspace.
pub const BELIEFS_LIMIT: usize = 300;
/// Startups that rest on one.
pub const STARTUPS_LIMIT: usize = 1_000;
/// Verdicts on one.
pub const VERDICTS_LIMIT: usize = 200;

crate::vocabulary::vocabulary! {
    /// How the fund stands to a thesis.
    ThesisStatus {
        /// It is believed.
        Held = "HELD",
        /// Something speaks against it.
        Questioned = "QUESTIONED",
        /// It is believed no more.
        Dropped = "DROPPED",
    }
}

crate::vocabulary::vocabulary! {
    /// How far base models can do something.
    CapabilityStatus {
        /// They cannot.
        NotYet = "NOT_YET",
        /// In part, or for some.
        Partly = "PARTLY",
        /// They can.
        Solved = "SOLVED",
    }
}

impl ThesisStatus {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::Held => ("held", "坚持"),
            Self::Questioned => ("questioned", "存疑"),
            Self::Dropped => ("dropped", "放弃"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

impl CapabilityStatus {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::NotYet => ("not yet solved", "尚未实现"),
            Self::Partly => ("partly solved", "部分实现"),
            Self::Solved => ("solved", "已实现"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
    /// Whether models can do as much as that.
    pub fn reaches(self, least: Self) -> bool {
        self >= least
    }
}

/// What kind of belief: a thesis or a capability.
pub trait Kind: Copy + fmt::Debug + PartialEq + Send + Sync + 'static {
    /// Of its ids.
    type Tag: StaticType + Default + Copy + Eq + Ord + Hash + fmt::Debug + Send + Sync;
    /// How it stands.
    type Status: Copy
        + Ord
        + Hash
        + fmt::Debug
        + fmt::Display
        + FromStr<Err = UnknownWord>
        + Serialize
        + DeserializeOwned
        + Send
        + Sync;
    /// In the activity.
    const SUBJECT: SubjectType;
    /// In the activity: what writing one down is called.
    const CREATE: &'static str;
    /// And changing one.
    const UPDATE: &'static str;
    /// How one begins unless somebody says otherwise.
    const BEGINS: Self::Status;
}

/// 投资判断.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OfFund;
/// 模型能力.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OfModels;

impl Kind for OfFund {
    type Tag = ThesisTag;
    type Status = ThesisStatus;
    const SUBJECT: SubjectType = SubjectType::Thesis;
    const CREATE: &'static str = "createThesis";
    const UPDATE: &'static str = "updateThesis";
    const BEGINS: ThesisStatus = ThesisStatus::Held;
}

impl Kind for OfModels {
    type Tag = CapabilityTag;
    type Status = CapabilityStatus;
    const SUBJECT: SubjectType = SubjectType::Capability;
    const CREATE: &'static str = "createCapability";
    const UPDATE: &'static str = "updateCapability";
    const BEGINS: CapabilityStatus = CapabilityStatus::NotYet;
}

/// A belief with its verdicts.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief<K: Kind> {
    /// Its id.
    pub id: TypeSafeId<K::Tag>,
    /// What people write about it.
    pub profile: Profile,
    /// How it stood when it was written down, before any verdict.
    pub begun_as: K::Status,
    /// What was said of it, the earliest day first, on one day as it was recorded.
    pub verdicts: Vec<Verdict<K::Status>>,
    /// When it was written down.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// Rises by one with every change, a verdict too.
    pub version: i32,
}

/// A belief of the fund about a market, a layer or a sector.
pub type Thesis = Belief<OfFund>;
/// Something that base models can do, or not yet.
pub type Capability = Belief<OfModels>;

impl<K: Kind> Belief<K> {
    /// How it stands: as its last verdict says, by the day of it.
    pub fn status(&self) -> K::Status {
        self.verdicts
            .last()
            .map_or(self.begun_as, |last| last.said.status)
    }
    /// How it stood before those verdicts that were recorded after an instant.
    pub fn status_before(&self, since: Instant) -> K::Status {
        let known = self.verdicts.iter().rfind(|verdict| verdict.recorded_at <= since);
        known.map_or(self.begun_as, |last| last.said.status)
    }
    /// Adds a verdict where its day puts it.
    pub fn take(&mut self, verdict: Verdict<K::Status>) {
        let place = self.verdicts.partition_point(|other| {
            (other.said.on, other.recorded_at) <= (verdict.said.on, verdict.recorded_at)
        });
        self.verdicts.insert(place, verdict);
    }
}

/// What people write about a belief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// In a sentence: "game studios pay for 3D content", "models can make usable 3D assets".
    pub statement: String,
    /// The layer that a thesis is about.
    pub layer: Option<Layer>,
    /// The sector that it is about.
    pub sector_id: Option<SectorId>,
    /// When a thesis is to be looked at again.
    pub review_on: Option<NaiveDate>,
    /// The startups that rest on it.
    pub startup_ids: Vec<StartupId>,
}

/// A change of a belief: a field left out stays as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of Profile")]
pub struct ProfileEdit {
    pub statement: Option<String>,
    pub layer: Option<Option<Layer>>,
    pub review_on: Option<Option<NaiveDate>>,
    pub startup_ids: Option<Vec<StartupId>>,
}

impl Profile {
    /// The profile after an edit.
    #[must_use]
    pub fn edited(mut self, edit: ProfileEdit) -> Self {
        let ProfileEdit {
            statement,
            layer,
            review_on,
            startup_ids,
        } = edit;
        self.statement = statement.unwrap_or(self.statement);
        self.layer = layer.unwrap_or(self.layer);
        self.review_on = review_on.unwrap_or(self.review_on);
        self.startup_ids = startup_ids.unwrap_or(self.startup_ids);
        self
    }

    /// The profile as it is kept, each startup once; or all that is wrong with it.
    pub fn prepared(self) -> Result<Self, Vec<Problem>> {
        let Self {
            statement,
            layer,
            sector_id,
            review_on,
            startup_ids,
        } = self;
        let mut wrong = Problems::default();
        check_era(review_on, "reviewOn", &mut wrong);
        let profile = Self {
            statement: required(&statement, "statement", NAME_LIMIT, &mut wrong),
            layer,
            sector_id,
            review_on,
            startup_ids: bounded(distinct(startup_ids), "startups", STARTUPS_LIMIT, &mut wrong),
        };
        wrong.into_result()?;
        Ok(profile)
    }
}

/// What somebody says of a belief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Said<S> {
    /// How it stands.
    pub status: S,
    /// Since which day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Where it can be read.
    pub source_url: Option<String>,
}

/// A verdict as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict<S> {
    /// Its id.
    pub id: VerdictId,
    /// What it says.
    pub said: Said<S>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom; None for the program itself.
    pub by: Option<UserId>,
}

impl<S> Said<S> {
    /// The verdict as it is kept; or all that is wrong with it: a day to come, no reason, no address.
    pub fn prepared(self, today: NaiveDate) -> Result<Self, Vec<Problem>> {
        let Self {
            status,
            on,
            reason,
            source_url,
        } = self;
        let mut wrong = Problems::default();
        check_past(Some(on), "on", today, &mut wrong);
        let said = Self {
            status,
            on,
            reason: required(&reason, "reason", TEXT_LIMIT, &mut wrong),
            source_url: optional_url(source_url, "sourceUrl", &mut wrong),
        };
        wrong.into_result()?;
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ProblemCode, typed};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn verdict(n: u128, status: CapabilityStatus, on: &str, recorded: &str) -> Verdict<CapabilityStatus> {
        Verdict {
            id: typed(uuid::Uuid::from_u128(n)),
            said: Said {
                status,
                on: day(on),
                reason: "seen".into(),
                source_url: None,
            },
            recorded_at: at(recorded),
            by: None,
        }
    }

    fn capability() -> Capability {
        Belief {
            id: typed(uuid::Uuid::from_u128(1)),
            profile: Profile {
                statement: "models can make usable 3D assets".into(),
                layer: None,
                sector_id: None,
                review_on: None,
                startup_ids: Vec::new(),
            },
            begun_as: CapabilityStatus::NotYet,
            verdicts: Vec::new(),
            created_at: at("2024-01-01T00:00:00Z"),
            updated_at: at("2024-01-01T00:00:00Z"),
            version: 1,
        }
    }

    #[test]
    fn the_verdict_of_the_last_day_holds_whichever_was_recorded_last() {
        let mut one = capability();
        assert_eq!(one.status(), CapabilityStatus::NotYet);
        one.take(verdict(
            2,
            CapabilityStatus::Solved,
            "2024-06-01",
            "2024-06-02T00:00:00Z",
        ));
        one.take(verdict(
            3,
            CapabilityStatus::Partly,
            "2024-03-01",
            "2024-06-03T00:00:00Z",
        ));
        assert_eq!(one.status(), CapabilityStatus::Solved);
        let days: Vec<NaiveDate> = one.verdicts.iter().map(|verdict| verdict.said.on).collect();
        assert_eq!(days, [day("2024-03-01"), day("2024-06-01")]);
        // On one day the later word stands.
        one.take(verdict(
            4,
            CapabilityStatus::Partly,
            "2024-06-01",
            "2024-06-04T00:00:00Z",
        ));
        assert_eq!(one.status(), CapabilityStatus::Partly);
    }

    #[test]
    fn what_stood_before_an_instant_leaves_out_what_was_recorded_after_it() {
        let mut one = capability();
        one.take(verdict(
            2,
            CapabilityStatus::Partly,
            "2024-03-01",
            "2024-03-02T00:00:00Z",
        ));
        one.take(verdict(
            3,
            CapabilityStatus::Solved,
            "2024-06-01",
            "2024-06-02T00:00:00Z",
        ));
        let before = |instant| one.status_before(at(instant));
        assert_eq!(before("2024-02-01T00:00:00Z"), CapabilityStatus::NotYet);
        assert_eq!(before("2024-03-02T00:00:00Z"), CapabilityStatus::Partly);
        assert_eq!(before("2024-07-01T00:00:00Z"), CapabilityStatus::Solved);
    }

    #[test]
    fn what_is_solved_is_also_partly_solved_and_not_the_other_way_round() {
        assert!(CapabilityStatus::Solved.reaches(CapabilityStatus::Partly));
        assert!(CapabilityStatus::Partly.reaches(CapabilityStatus::Partly));
        assert!(!CapabilityStatus::Partly.reaches(CapabilityStatus::Solved));
        assert!(!CapabilityStatus::NotYet.reaches(CapabilityStatus::Partly));
    }

    #[test]
    fn a_verdict_of_a_day_to_come_or_without_a_reason_is_refused_at_its_place() {
        let mut bad = verdict(2, CapabilityStatus::Solved, "2024-08-01", "2024-07-31T00:00:00Z").said;
        bad.reason = "  ".into();
        bad.source_url = Some("news".into());
        let told: Vec<(ProblemCode, String)> = bad
            .prepared(day("2024-07-31"))
            .unwrap_err()
            .iter()
            .map(|problem| (problem.code, problem.field.join(".")))
            .collect();
        assert_eq!(
            told,
            [
                (ProblemCode::Invalid, "on".to_owned()),
                (ProblemCode::Required, "reason".to_owned()),
                (ProblemCode::Invalid, "sourceUrl".to_owned()),
            ]
        );
    }

    #[test]
    fn a_statement_is_kept_without_blanks_and_a_startup_once() {
        let startup = typed(uuid::Uuid::from_u128(9));
        let profile = Profile {
            statement: "  models can make usable 3D assets ".into(),
            startup_ids: vec![startup, startup],
            ..capability().profile
        };
        let kept = profile.prepared().unwrap();
        assert_eq!(kept.statement, "models can make usable 3D assets");
        assert_eq!(kept.startup_ids, [startup]);
    }
}
