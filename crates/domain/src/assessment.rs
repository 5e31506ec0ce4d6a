//! 评估: what the evidence says about real users, and what AI can make of it (domain.md §4). [`assess`] is the only
//! formula: stored figures, lists, history, packets and what-ifs all come from it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    EvidenceId, Instant,
    evidence::{EvidenceKind, Grade},
};

mod ask;
mod change;
mod demand;
mod explain;
mod figure;
mod flags;
mod inputs;
mod multiplier;
mod proof;
mod reasons;
mod rubric;
mod series;
pub mod shown;
mod standing;
mod strength;
mod suppose;
mod words;
mod yardstick;

pub use ask::{Ask, AskFor, ask};
pub use change::{ConvictionCause, ConvictionChange, change};
pub use demand::{PROOF_LIMIT, UNPROVEN_LIMIT};
pub use figure::Figure;
pub use flags::{Because, Fall, Flag, FlagReason, FlagSet, STALE_DAYS};
pub use inputs::{
    ChecklistAnswer, ChecklistState, ComputeItem, DependencyMode, DependencyTerms, Fact, GradeReview,
    History, Inputs, Known, Record, Traits,
};
pub use multiplier::{Multiplier, SingleProvider};
pub use rubric::{EvidenceGroup, HorizonStep, Rubric, RubricKind, RubricVersion, Scale, prepared_note};
pub use series::series;
pub use strength::Strength;
pub use suppose::Hypothesis;
pub(crate) use words::{grade_name, grouped, kind_name};
pub use yardstick::{ExchangeRate, RATE_AGE_LIMIT_DAYS, RubricInForce, Yardstick};

use demand::Evaluation;
use flags::Looked;

/// Rises with every change of the formula, so that what an older one stored is computed anew.
pub const FORMULA_VERSION: i32 = 1;

/// The figures of a startup at an instant, unrounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// "1": what the evidence says about real users, 0..1.
    pub demand: f64,
    /// What documented figures of use alone say.
    pub proven: f64,
    /// What it would be if everything were believed.
    pub claimed_demand: f64,
    /// claimed_demand - demand.
    pub hype_gap: f64,
    /// 1 - demand / claimed_demand; None where nothing is claimed.
    pub hype_share: Option<f64>,
    /// 1.0..3.0: what AI can do with that demand.
    pub multiplier: f64,
    /// 0..100; None where nothing is live.
    pub conviction: Option<f64>,
    /// The highest grade of a standing record of use.
    pub best_grade: Option<Grade>,
    /// Whether there is proof.
    pub has_proof: bool,
    /// Whether there is proof graded VERIFIED.
    pub has_verified_proof: bool,
    /// The flags raised.
    pub flags: FlagSet,
    /// The version of the rubric used.
    pub rubric_version: i32,
}

/// A standing record with the factors of its contribution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    /// The record.
    pub evidence: EvidenceId,
    /// Its kind.
    pub kind: EvidenceKind,
    /// Its group.
    pub group: EvidenceGroup,
    /// Its figure, for the words.
    pub figure: Figure,
    /// Its grade at the instant.
    pub grade: Grade,
    /// The most that its kind can contribute.
    pub weight: f64,
    /// How strong the figure is, with what made it so.
    pub strength: Strength,
    /// How much its grade is believed.
    pub credence: f64,
    /// Whether it is believed less for a record that was refuted lately.
    pub is_doubted: bool,
    /// What is left of it at its age.
    pub freshness: f64,
    /// The day from which it ages: the day it was observed, for a proven contract the end of its term.
    pub ages_from: NaiveDate,
    /// Its age in days, as freshness counts it.
    pub age_days: i64,
    /// weight × strength × credence × freshness.
    pub contribution: f64,
    /// What it would contribute if it were believed.
    pub claimed: f64,
    /// Whether it is the best of its group, and so counts.
    pub counts: bool,
    /// What it adds to those of the groups before: nothing where it does not count. These sum up to `all`.
    pub adds: f64,
    /// Whether it is the best of its group among what is proven.
    pub counts_as_proven: bool,
    /// Whether it is proof.
    pub is_proof: bool,
}

/// A record that a newer one replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overtaken {
    /// The older record.
    pub evidence: EvidenceId,
    /// The newer one.
    pub by: EvidenceId,
}

/// Everything that the formula says of a startup at an instant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// The instant.
    pub as_of: Instant,
    /// The figures.
    pub figures: Figures,
    /// What the standing records add up to before words are cut to [`UNPROVEN_LIMIT`] above what is proven.
    pub all: f64,
    /// The multiplier's reasons.
    pub multiplier: Multiplier,
    /// The standing records: by group in the rubric's order, the strongest first.
    pub contributions: Vec<Contribution>,
    /// The live records that newer ones replace.
    pub overtaken: Vec<Overtaken>,
    /// The flags raised, with their reasons.
    pub flags: Vec<FlagReason>,
}

impl Assessment {
    /// The standing records, by id.
    pub fn standing(&self) -> impl Iterator<Item = EvidenceId> {
        self.contributions.iter().map(|one| one.evidence)
    }
}

/// Assesses a startup at an instant, by the rubric then in force.
pub fn assess(inputs: &Inputs, at: Instant) -> Assessment {
    assess_by(inputs, at, inputs.yardstick().rubric_at(at))
}

/// Assesses a startup at an instant, by a rubric asked for.
pub fn assess_by(inputs: &Inputs, at: Instant, rubric: &RubricInForce) -> Assessment {
    let whole = Whole::of(inputs, at, rubric);
    let evaluation = &whole.evaluation;
    Assessment {
        as_of: at,
        figures: whole.figures(),
        all: evaluation.all,
        contributions: contributions(evaluation),
        overtaken: evaluation
            .weighed
            .iter()
            .filter_map(|one| {
                one.live.overtaken_by.map(|by| Overtaken {
                    evidence: one.live.record.id,
                    by: evaluation.weighed[by].live.record.id,
                })
            })
            .collect(),
        multiplier: whole.multiplier,
        flags: whole.flags,
    }
}

/// The figures alone: what is stored for lists.
pub fn figures(inputs: &Inputs, at: Instant) -> Figures {
    figures_by(inputs, at, inputs.yardstick().rubric_at(at))
}

/// As [`figures`], by a rubric asked for.
pub fn figures_by(inputs: &Inputs, at: Instant, rubric: &RubricInForce) -> Figures {
    Whole::of(inputs, at, rubric).figures()
}

/// The formula, carried out.
struct Whole<'a> {
    evaluation: Evaluation<'a>,
    multiplier: Multiplier,
    hype_share: Option<f64>,
    flags: Vec<FlagReason>,
}

impl<'a> Whole<'a> {
    fn of(inputs: &'a Inputs, at: Instant, rubric: &'a RubricInForce) -> Self {
        let day = inputs.yardstick().day(at);
        let evaluation = Evaluation::of(inputs, rubric, at, day, standing::live(inputs, at, day));
        let traits = inputs.traits_at(at);
        let multiplier = Multiplier::of(inputs, &traits, at, day);
        let hype_share =
            (evaluation.claimed_demand > 0.0).then(|| 1.0 - evaluation.demand / evaluation.claimed_demand);
        let flags = flags::raised(&Looked {
            inputs,
            evaluation: &evaluation,
            traits: &traits,
            multiplier: &multiplier,
            hype_share,
        });
        Self {
            evaluation,
            multiplier,
            hype_share,
            flags,
        }
    }

    fn figures(&self) -> Figures {
        let evaluation = &self.evaluation;
        Figures {
            demand: evaluation.demand,
            proven: evaluation.proven,
            claimed_demand: evaluation.claimed_demand,
            hype_gap: evaluation.claimed_demand - evaluation.demand,
            hype_share: self.hype_share,
            multiplier: self.multiplier.value,
            conviction: conviction(evaluation, self.multiplier.value),
            best_grade: evaluation.best_grade(),
            has_proof: evaluation.has_proof(),
            has_verified_proof: evaluation.has_verified_proof(),
            flags: self.flags.iter().map(|reason| reason.flag).collect(),
            rubric_version: evaluation.rubric.rubric().version,
        }
    }
}

/// 100 × demand × multiplier / 3; None where nothing is live.
fn conviction(evaluation: &Evaluation, multiplier: f64) -> Option<f64> {
    (!evaluation.weighed.is_empty()).then(|| 100.0 * evaluation.demand * multiplier / 3.0)
}

fn contributions(evaluation: &Evaluation) -> Vec<Contribution> {
    let mut places: Vec<usize> = (0..evaluation.weighed.len())
        .filter(|place| evaluation.weighed[*place].live.stands())
        .collect();
    // Stable: what is equal stays in the rubric's order.
    places.sort_by(|a, b| {
        let (a, b) = (&evaluation.weighed[*a], &evaluation.weighed[*b]);
        a.group
            .cmp(&b.group)
            .then(b.contribution.total_cmp(&a.contribution))
    });
    let mut left = 1.0;
    places
        .into_iter()
        .map(|place| {
            let one = &evaluation.weighed[place];
            let counts = evaluation.all_best.leads(one.group, place);
            let adds = if counts { one.contribution * left } else { 0.0 };
            if counts {
                left *= 1.0 - one.contribution;
            }
            Contribution {
                evidence: one.live.record.id,
                kind: one.live.record.kind,
                group: one.group,
                figure: Figure::of(one.live.record),
                grade: one.live.grade,
                weight: one.weight,
                strength: one.strength,
                credence: one.credence,
                is_doubted: evaluation.was_caught && one.live.grade == Grade::Claimed,
                freshness: one.freshness,
                ages_from: one.ages_from,
                age_days: one.age_days,
                contribution: one.contribution,
                claimed: one.claimed,
                counts,
                adds,
                counts_as_proven: evaluation.proven_best.leads(one.group, place),
                is_proof: one.is_proof(),
            }
        })
        .collect()
}
