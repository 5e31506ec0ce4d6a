//! All that the formula reads of one startup, with its history: loaded once, assessed at any instant.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::yardstick::Yardstick;
use crate::{
    EvidenceId, EvidenceReviewId, Instant,
    evidence::{ActivityWindow, Evidence, EvidenceKind, EvidenceReview, Grade, RevenueBasis},
    money::Currency,
    startup::{Facts, GradedFact, Layer, Need, TechnicalRoute},
};

/// An evidence record, as far as the formula reads it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Evidence and Observation")]
pub struct Record {
    pub id: EvidenceId,
    pub kind: EvidenceKind,
    pub value: Option<Decimal>,
    pub currency: Option<Currency>,
    pub revenue_basis: Option<RevenueBasis>,
    pub window: Option<ActivityWindow>,
    pub horizon_days: Option<i32>,
    pub sample_size: Option<i64>,
    pub segment: Option<String>,
    pub observed_on: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub entered_grade: Grade,
    pub supersedes: Option<EvidenceId>,
    pub recorded_at: Instant,
    pub retracted_at: Option<Instant>,
    /// Every review of its grade.
    pub reviews: Vec<GradeReview>,
}

/// A review of a record's grade, as far as the formula reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GradeReview {
    /// Its id: of two at one instant, the one entered last counts.
    pub id: EvidenceReviewId,
    /// When it was recorded.
    pub at: Instant,
    /// The grade from then on.
    pub to: Grade,
}

impl Record {
    /// A stored record with its reviews.
    pub fn of<'a>(evidence: &Evidence, reviews: impl IntoIterator<Item = &'a EvidenceReview>) -> Self {
        let observation = &evidence.observation;
        Self {
            id: evidence.id,
            kind: observation.kind,
            value: observation.value,
            currency: observation.currency.clone(),
            revenue_basis: observation.revenue_basis,
            window: observation.window,
            horizon_days: observation.horizon_days,
            sample_size: observation.sample_size,
            segment: observation.segment.clone(),
            observed_on: observation.observed_on,
            valid_until: observation.valid_until,
            entered_grade: evidence.entered_grade,
            supersedes: evidence.supersedes,
            recorded_at: evidence.recorded_at,
            retracted_at: evidence.retracted_at,
            reviews: reviews
                .into_iter()
                .map(|review| GradeReview {
                    id: review.id,
                    at: review.at,
                    to: review.to,
                })
                .collect(),
        }
    }

    /// Whether it is recorded and not retracted at an instant.
    pub(super) fn is_there(&self, at: Instant) -> bool {
        self.recorded_at <= at && self.retracted_at.is_none_or(|retracted| retracted > at)
    }
}

/// Something that was known from one instant until another.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<T> {
    /// From when on.
    pub from: Instant,
    /// Until when; None: still.
    pub until: Option<Instant>,
    /// What was known.
    pub what: T,
}

impl<T> Known<T> {
    /// Whether it was known at an instant.
    pub fn holds_at(&self, at: Instant) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// A yes or no with its grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Whether it is so.
    pub holds: bool,
    /// How well that is proven.
    pub grade: Grade,
}

impl Fact {
    /// Whether it holds, graded DOCUMENTED or VERIFIED.
    pub fn is_proven(self) -> bool {
        self.holds && self.grade.is_at_least(Grade::Documented)
    }
    /// Whether it holds at any grade but REFUTED.
    pub fn is_said(self) -> bool {
        self.holds && self.grade != Grade::Refuted
    }
}

impl From<&GradedFact> for Fact {
    fn from(fact: &GradedFact) -> Self {
        Self {
            holds: fact.holds,
            grade: fact.grade,
        }
    }
}

/// What the formula reads of a startup itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of Profile")]
pub struct Traits {
    pub layer: Option<Layer>,
    pub route: TechnicalRoute,
    pub owns_training_data: Option<Fact>,
    pub usage_flywheel: Option<Fact>,
    pub claims_large_model: Option<Fact>,
    pub product_launched_on: Option<NaiveDate>,
    /// Whether its need names who pays.
    pub names_payer: bool,
}

impl Default for Traits {
    fn default() -> Self {
        Self {
            layer: None,
            route: TechnicalRoute::Unknown,
            owns_training_data: None,
            usage_flywheel: None,
            claims_large_model: None,
            product_launched_on: None,
            names_payer: false,
        }
    }
}

impl Traits {
    /// Of a version of a startup, as it is stored.
    pub fn of(
        layer: Option<Layer>,
        route: TechnicalRoute,
        facts: &Facts,
        need: &Need,
        product_launched_on: Option<NaiveDate>,
    ) -> Self {
        let Facts {
            owns_training_data,
            usage_flywheel,
            claims_large_model,
        } = facts;
        let fact = |fact: &Option<GradedFact>| fact.as_ref().map(Fact::from);
        Self {
            layer,
            route,
            owns_training_data: fact(owns_training_data),
            usage_flywheel: fact(usage_flywheel),
            claims_large_model: fact(claims_large_model),
            product_launched_on,
            names_payer: names_payer(need.payer.as_deref()),
        }
    }
}

/// Whether these words name a payer.
fn names_payer(payer: Option<&str>) -> bool {
    payer.is_some_and(|words| !words.trim().is_empty())
}

crate::vocabulary::vocabulary! {
    /// How a startup uses a provider.
    DependencyMode {
        /// Calls its API.
        Api = "API",
        /// Tunes its model.
        FineTune = "FINE_TUNE",
        /// Runs its model by itself.
        SelfHosted = "SELF_HOSTED",
    }
}

/// What the formula reads of a dependency on a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependencyTerms {
    /// Its id.
    pub id: Uuid,
    /// The provider's name, for the words.
    pub provider: String,
    /// Whether the provider is somebody else.
    pub is_external: bool,
    /// How it is used.
    pub mode: DependencyMode,
    /// Whether the product stops without it.
    pub is_critical: bool,
    /// Whether it names an alternative.
    pub has_alternative: bool,
    /// The first day; None: it has begun.
    pub since: Option<NaiveDate>,
    /// The day it was over; None: not ended.
    pub until: Option<NaiveDate>,
}

impl DependencyTerms {
    /// Whether the startup hangs on this one provider on a day (domain.md §4: the condition of the -0.25).
    pub fn is_single_provider(&self, day: NaiveDate) -> bool {
        let is_in_force =
            self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until);
        is_in_force
            && self.is_external
            && self.mode != DependencyMode::SelfHosted
            && self.is_critical
            && !self.has_alternative
    }
}

crate::vocabulary::vocabulary! {
    /// What came of an item of the diligence checklist.
    ChecklistState {
        /// Not looked at.
        Open = "OPEN",
        /// As it should be.
        Ok = "OK",
        /// A worry.
        Concern = "CONCERN",
    }
}

crate::vocabulary::vocabulary! {
    /// The items of the checklist that the formula reads.
    ComputeItem {
        /// 算力: it can pay for what training takes.
        Compute = "compute",
        /// 训练数据: it has the data.
        TrainingData = "training_data",
    }
}

/// The answer to an item of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChecklistAnswer {
    /// Which item.
    pub item: ComputeItem,
    /// Its state.
    pub state: ChecklistState,
}

/// The rows of one startup, in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Its evidence, superseded and retracted records included.
    pub records: Vec<Record>,
    /// Its versions.
    pub traits: Vec<Known<Traits>>,
    /// The versions of its dependencies.
    pub dependencies: Vec<Known<DependencyTerms>>,
    /// The versions of its checklist.
    pub checklist: Vec<Known<ChecklistAnswer>>,
}

/// All that the formula reads of one startup, in an order that does not depend on the rows'.
#[derive(Debug, Clone)]
pub struct Inputs {
    pub(super) yardstick: Arc<Yardstick>,
    pub(super) history: History,
    /// For each record, when others superseded it: recorded at, retracted at.
    superseded: Vec<Vec<(Instant, Option<Instant>)>>,
    /// When there first was proof; found when it is asked for.
    pub(super) first_proof: OnceLock<Option<Instant>>,
}

impl Inputs {
    /// Puts the rows of a startup in order.
    pub fn new(yardstick: Arc<Yardstick>, mut history: History) -> Self {
        let records = &mut history.records;
        records.sort_unstable_by_key(|record| record.id.uuid());
        let mut superseded = vec![Vec::new(); records.len()];
        for record in records.iter() {
            let Some(old) = record.supersedes else { continue };
            if let Ok(place) = records.binary_search_by_key(&old.uuid(), |other| other.id.uuid()) {
                superseded[place].push((record.recorded_at, record.retracted_at));
            }
        }
        for record in records {
            record
                .reviews
                .sort_unstable_by_key(|review| (review.at, review.id.uuid()));
        }
        history.dependencies.sort_by(|a, b| {
            (&a.what.provider, a.what.id, a.from).cmp(&(&b.what.provider, b.what.id, b.from))
        });
        history.traits.sort_by_key(|known| known.from);
        history
            .checklist
            .sort_by_key(|known| (known.what.item, known.from));
        Self {
            yardstick,
            history,
            superseded,
            first_proof: OnceLock::new(),
        }
    }

    /// The rows.
    pub fn history(&self) -> &History {
        &self.history
    }
    /// What it is measured with.
    pub fn yardstick(&self) -> &Yardstick {
        &self.yardstick
    }

    /// The records live at an instant: recorded, observed by the day, neither retracted nor superseded.
    pub(super) fn live_records(&self, at: Instant, day: NaiveDate) -> impl Iterator<Item = &Record> {
        self.history
            .records
            .iter()
            .zip(&self.superseded)
            .filter(move |(record, superseded)| {
                record.is_there(at)
                    && record.observed_on <= day
                    && !superseded.iter().any(|(recorded, retracted)| {
                        *recorded <= at && retracted.is_none_or(|retracted| retracted > at)
                    })
            })
            .map(|(record, _)| record)
    }
    /// What was known of the startup itself at an instant; nothing before its first version.
    pub(crate) fn traits_at(&self, at: Instant) -> Traits {
        let known = self.history.traits.iter().rfind(|known| known.holds_at(at));
        known.map(|known| known.what).unwrap_or_default()
    }
    /// The dependencies on which the startup hangs at an instant.
    pub(super) fn single_providers(
        &self,
        at: Instant,
        day: NaiveDate,
    ) -> impl Iterator<Item = &DependencyTerms> {
        self.history
            .dependencies
            .iter()
            .filter(move |known| known.holds_at(at) && known.what.is_single_provider(day))
            .map(|known| &known.what)
    }
    /// The state of an item of the checklist at an instant.
    pub(super) fn checked(&self, item: ComputeItem, at: Instant) -> Option<ChecklistState> {
        let known = self
            .history
            .checklist
            .iter()
            .rfind(|known| known.what.item == item && known.holds_at(at));
        known.map(|known| known.what.state)
    }

    /// When anything that it reads was last changed, rubric and rates included.
    pub fn newest_change(&self) -> Option<Instant> {
        self.changes().last().copied().max(self.yardstick.newest_change())
    }

    /// Every instant at which what is known of this startup changed, in order, each once.
    pub fn changes(&self) -> Vec<Instant> {
        let History {
            records,
            traits,
            dependencies,
            checklist,
        } = &self.history;
        let mut changes = Vec::new();
        for record in records {
            changes.push(record.recorded_at);
            changes.extend(record.retracted_at);
            changes.extend(record.reviews.iter().map(|review| review.at));
        }
        fn ends<T>(known: &Known<T>) -> impl Iterator<Item = Instant> {
            [Some(known.from), known.until].into_iter().flatten()
        }
        changes.extend(traits.iter().flat_map(ends));
        changes.extend(dependencies.iter().flat_map(ends));
        changes.extend(checklist.iter().flat_map(ends));
        changes.sort_unstable();
        changes.dedup();
        changes
    }
}
