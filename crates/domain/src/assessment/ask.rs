//! 尽调问题: what to ask next: the answers that would raise conviction most.

use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::FromPrimitive as _};
use uuid::Uuid;

use super::{
    conviction,
    demand::{Evaluation, Weighed},
    figure::Figure,
    inputs::{Inputs, Record},
    multiplier::Multiplier,
    rubric::{Rubric, Scale},
    standing::{self, Live},
    strength::{freshness, reference_day},
    yardstick::{Measure, RubricInForce},
};
use crate::{
    EvidenceId, Instant,
    evidence::{ActivityWindow, EvidenceKind, Grade, RevenueBasis},
    money::Currency,
    typed,
};

mod words;

/// What adds less conviction than is shown is not asked.
const GAIN_LIMIT: f64 = 0.1;
/// How far up a logarithmic scale a startup may be expected to answer: half the orders of magnitude.
const LOG_LEVEL: f64 = 0.5;
/// How far up a straight scale.
const LINEAR_LEVEL: f64 = 0.75;
/// How many times the sample of half weight.
const SAMPLE_TIMES: f64 = 5.0;
/// How many customers one calls.
const CALLS: i64 = 3;
/// Of how many figures of a kind questions are weighed.
const ASKED_OF: usize = 8;
/// The horizon that retention is asked at where none is on record.
const HORIZON_DAYS: i32 = 30;

/// What an answer would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskFor {
    /// Better proof of a figure that is on record.
    Proof {
        /// The record.
        of: EvidenceId,
        /// Its grade now.
        from: Grade,
    },
    /// The sample of a figure on record that does not say it, with proof.
    Sample {
        /// The record.
        of: EvidenceId,
    },
    /// The same figure, measured anew.
    Again {
        /// The record that aged.
        of: EvidenceId,
    },
    /// A figure of a kind of which there is none.
    New,
}

/// A question, and what its answer would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Of which kind the answer is.
    pub kind: EvidenceKind,
    /// The grade that the answer needs.
    pub grade: Grade,
    /// What the answer would be.
    pub ask_for: AskFor,
    /// The record that the answer would be: one on record, or one supposed under an id of zeros.
    pub record: Record,
    /// Conviction today; None where nothing is live.
    pub conviction_now: Option<f64>,
    /// Conviction with that answer.
    pub conviction_then: f64,
}

impl Ask {
    /// The figure of the answer.
    pub fn figure(&self) -> Figure {
        Figure::of(&self.record)
    }
    /// The points of conviction that it would add.
    pub fn adds(&self) -> f64 {
        self.conviction_then - self.conviction_now.unwrap_or(0.0)
    }
}

/// What to ask next, best first, one question a kind. Only figures of use: the question is whether there are real
/// users. For a kind with an unproven figure, proof of it, or its sample where it says none; for one whose proven figure
/// aged, the figure anew; else a figure that a startup may well have: half the orders of magnitude to full strength, or
/// three quarters of a straight scale, VERIFIED.
pub fn ask(inputs: &Inputs, at: Instant) -> Vec<Ask> {
    let rubric = inputs.yardstick().rubric_at(at);
    let day = inputs.yardstick().day(at);
    let live = standing::live(inputs, at, day);
    let evaluation = Evaluation::of(inputs, rubric, at, day, live.clone());
    let traits = inputs.traits_at(at);
    let multiplier = Multiplier::of(inputs, &traits, at, day).value;
    let now = conviction(&evaluation, multiplier);
    let asker = Asker {
        inputs,
        rubric,
        at,
        day,
        multiplier,
        live,
        evaluation,
    };
    let mut asks: Vec<Ask> = EvidenceKind::ALL
        .iter()
        .filter(|kind| rubric.measure(**kind).is_usage)
        .filter_map(|kind| asker.best_of(*kind, now))
        .collect();
    // Stable: of equals, the rubric's order.
    asks.sort_by(|a, b| b.conviction_then.total_cmp(&a.conviction_then));
    asks
}

struct Asker<'a> {
    inputs: &'a Inputs,
    rubric: &'a RubricInForce,
    at: Instant,
    day: NaiveDate,
    multiplier: f64,
    live: Vec<Live<'a>>,
    evaluation: Evaluation<'a>,
}

impl<'a> Asker<'a> {
    fn conviction_of<'b>(&'b self, live: Vec<Live<'b>>) -> Option<f64>
    where
        'a: 'b,
    {
        let evaluation = Evaluation::of(self.inputs, self.rubric, self.at, self.day, live);
        conviction(&evaluation, self.multiplier)
    }

    fn best_of(&self, kind: EvidenceKind, now: Option<f64>) -> Option<Ask> {
        let worth_asking = |ask: &Ask| ask.adds() >= GAIN_LIMIT;
        let mut standing: Vec<&Weighed> = self
            .evaluation
            .standing()
            .filter(|one| one.live.record.kind == kind)
            .collect();
        let like = standing.last().map(|one| one.live.record);
        standing.retain(|one| one.live.grade != Grade::Refuted && one.live.record.value.is_some());
        // Of many the most promising, as each question takes an assessment. Stable: of equals, the earlier.
        standing.sort_by(|a, b| self.promise(b).total_cmp(&self.promise(a)));
        standing.truncate(ASKED_OF);
        // Of equals the first: of the more promising figure the lower grade.
        let better = |best: Ask, other: Ask| {
            if other.conviction_then > best.conviction_then {
                other
            } else {
                best
            }
        };
        let on_record = standing
            .into_iter()
            .flat_map(|one| self.about(&one.live, now))
            .filter(worth_asking)
            .reduce(better);
        on_record.or_else(|| {
            let record = self.reachable(kind, like);
            Some(self.were_recorded(record, AskFor::New, now)).filter(worth_asking)
        })
    }

    /// What a figure would contribute, were it verified as it is.
    fn promise(&self, one: &Weighed) -> f64 {
        let record = one.live.record;
        let ages_from = reference_day(record, Grade::Verified, self.day);
        let age_days = (self.day - ages_from).num_days().max(0);
        one.weight * one.strength.total * freshness(age_days, self.rubric.measure(record.kind))
    }

    /// Proof of an unproven figure, the sample of one that lacks it, a proven one anew.
    fn about(&self, one: &Live, now: Option<f64>) -> Vec<Ask> {
        let of = one.record.id;
        let mut asks = Vec::new();
        for grade in [Grade::Documented, Grade::Verified] {
            if grade > one.grade {
                asks.push(self.were_graded(one, grade, now));
            }
        }
        let anew = |sample_size| Record {
            id: supposed_id(),
            sample_size,
            observed_on: self.day,
            recorded_at: self.at,
            entered_grade: Grade::Verified,
            supersedes: None,
            retracted_at: None,
            reviews: Vec::new(),
            ..one.record.clone()
        };
        let sample = self.reachable_sample(one.record.kind);
        if one.record.sample_size.is_none() && sample.is_some() {
            asks.push(self.were_recorded(anew(sample), AskFor::Sample { of }, now));
        } else if one.grade == Grade::Verified {
            asks.push(self.were_recorded(anew(one.record.sample_size), AskFor::Again { of }, now));
        }
        asks
    }

    fn were_graded(&self, one: &Live, to: Grade, now: Option<f64>) -> Ask {
        let mut live = self.live.clone();
        for other in live.iter_mut().filter(|other| other.record.id == one.record.id) {
            other.grade = to;
        }
        Ask {
            kind: one.record.kind,
            grade: to,
            ask_for: AskFor::Proof {
                of: one.record.id,
                from: one.grade,
            },
            record: one.record.clone(),
            conviction_now: now,
            conviction_then: self.conviction_of(live).unwrap_or(0.0),
        }
    }

    fn were_recorded(&self, record: Record, ask_for: AskFor, now: Option<f64>) -> Ask {
        let mut live = self.live.clone();
        live.push(Live {
            record: &record,
            grade: record.entered_grade,
            refuted_on: None,
            overtaken_by: None,
        });
        let conviction_then = self.conviction_of(live).unwrap_or(0.0);
        Ask {
            kind: record.kind,
            grade: record.entered_grade,
            ask_for,
            record,
            conviction_now: now,
            conviction_then,
        }
    }

    /// A sample large enough to count, for kinds that are measured on one.
    fn reachable_sample(&self, kind: EvidenceKind) -> Option<i64> {
        let half_n = self.rubric.measure(kind).half_n?;
        Some((SAMPLE_TIMES * half_n) as i64)
    }

    /// A figure that a startup may well have, in the series of a record on file if there is one.
    fn reachable(&self, kind: EvidenceKind, like: Option<&Record>) -> Record {
        let measure = self.rubric.measure(kind);
        let horizon_days = like
            .and_then(|record| record.horizon_days)
            .or((kind == EvidenceKind::Retention).then_some(HORIZON_DAYS));
        let (value, sample_size) = if kind == EvidenceKind::CustomerReferences {
            (Decimal::from(CALLS), Some(CALLS))
        } else {
            let on_file = like.and_then(|record| record.sample_size);
            let sample = self.reachable_sample(kind).max(on_file);
            (reachable_value(measure, horizon_days), sample)
        };
        Record {
            id: supposed_id(),
            kind,
            value: Some(value),
            currency: kind
                .is_money()
                .then(|| Currency::parse(Rubric::CURRENCY))
                .flatten(),
            revenue_basis: kind.is_money().then_some(RevenueBasis::Recurring),
            window: like
                .and_then(|record| record.window)
                .or((kind == EvidenceKind::ActiveUsers).then_some(ActivityWindow::Month)),
            horizon_days,
            sample_size,
            segment: like.and_then(|record| record.segment.clone()),
            observed_on: self.day,
            valid_until: None,
            entered_grade: Grade::Verified,
            supersedes: None,
            recorded_at: self.at,
            retracted_at: None,
            reviews: Vec::new(),
        }
    }
}

fn supposed_id() -> EvidenceId {
    typed(Uuid::nil())
}

/// A round value part of the way up the scale: one digit on a logarithmic one, whole percents on a straight one.
fn reachable_value(measure: &Measure, horizon_days: Option<i32>) -> Decimal {
    let full = measure.full(horizon_days);
    let value = match measure.scale {
        Scale::Log => {
            let value = measure.unit_or_zero * (libm::exp(LOG_LEVEL * full.divisor) - 1.0);
            let step = libm::pow(10.0, libm::floor(libm::log10(value)));
            libm::round(value / step) * step
        }
        Scale::Linear => libm::round(measure.unit_or_zero + LINEAR_LEVEL * full.divisor),
    };
    Decimal::from_f64(value.max(1.0)).unwrap_or(Decimal::ONE)
}
