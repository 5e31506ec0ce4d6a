//! Which records stand at an instant: live, and not overtaken (domain.md §4).

use chrono::NaiveDate;

use super::{
    inputs::{Inputs, Record},
    yardstick::{RubricInForce, Yardstick},
};
use crate::{
    Instant,
    evidence::{EvidenceKind, Grade},
};

/// A live record with its grade at the instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live<'a> {
    pub record: &'a Record,
    pub grade: Grade,
    /// The day of its latest review to REFUTED, while it is REFUTED.
    pub refuted_on: Option<NaiveDate>,
    /// The place of the latest of the records that overtook it.
    pub overtaken_by: Option<usize>,
}

impl<'a> Live<'a> {
    fn of(record: &'a Record, at: Instant, yardstick: &Yardstick) -> Self {
        let known = record.reviews.partition_point(|review| review.at <= at);
        let last = known.checked_sub(1).map(|place| record.reviews[place]);
        let grade = last.map_or(record.entered_grade, |review| review.to);
        Self {
            record,
            grade,
            refuted_on: (grade == Grade::Refuted)
                .then(|| yardstick.day(last.map_or(record.recorded_at, |review| review.at))),
            overtaken_by: None,
        }
    }
    pub fn stands(&self) -> bool {
        self.overtaken_by.is_none()
    }
    /// How well it is checked, as far as overtaking goes: a refuted figure pushes out words, never a document.
    fn rank(&self) -> u8 {
        match self.grade {
            Grade::Claimed | Grade::Refuted => 0,
            Grade::Documented => 1,
            Grade::Verified => 2,
        }
    }
    /// What makes records one series.
    fn series(&self) -> impl Ord + use<'_, 'a> {
        let Record {
            kind,
            window,
            horizon_days,
            revenue_basis,
            segment,
            ..
        } = self.record;
        (*kind, *window, *horizon_days, *revenue_basis, segment.as_deref())
    }
    /// Which of a series is later.
    fn order(&self) -> impl Ord + use<'_, 'a> {
        (
            self.record.observed_on,
            self.rank(),
            self.record.recorded_at,
            self.record.id.uuid(),
        )
    }
}

/// The live records at an instant, in an order of their own, each with its grade.
pub(super) fn live(inputs: &Inputs, at: Instant, day: NaiveDate) -> Vec<Live<'_>> {
    inputs
        .live_records(at, day)
        .map(|record| Live::of(record, at, inputs.yardstick()))
        .collect()
}

/// Puts live records in order, series by series, earliest first, and marks those that a later one of their series
/// overtook: one with a value, graded no lower and, for kinds measured on a sample, on half the sample or more.
pub(super) fn overtake(live: &mut [Live], rubric: &RubricInForce) {
    live.sort_unstable_by(|a, b| {
        a.record
            .kind
            .cmp(&b.record.kind)
            .then_with(|| a.series().cmp(&b.series()))
            .then_with(|| a.order().cmp(&b.order()))
    });
    let mut later: Vec<Overtaker> = Vec::new();
    for place in (0..live.len()).rev() {
        let is_new_series = live
            .get(place + 1)
            .is_none_or(|next| next.series() != live[place].series());
        if is_new_series {
            later.clear();
        }
        let one = &mut live[place];
        let needs_sample = needs_sample(rubric, one.record.kind);
        one.overtaken_by = later
            .iter()
            .find(|other| other.overtakes(one, needs_sample))
            .map(|other| other.place);
        if one.record.value.is_none() || (needs_sample && one.record.sample_size.is_none()) {
            continue;
        }
        let candidate = Overtaker {
            place,
            rank: one.rank(),
            sample_size: one.record.sample_size.unwrap_or_default(),
        };
        // What a later record overtakes as well need not be asked of this one.
        let adds_nothing = later.iter().any(|other| {
            other.rank >= candidate.rank && (!needs_sample || other.sample_size >= candidate.sample_size)
        });
        if !adds_nothing {
            later.push(candidate);
        }
    }
}

fn needs_sample(rubric: &RubricInForce, kind: EvidenceKind) -> bool {
    rubric.measure(kind).half_n.is_some()
}

struct Overtaker {
    place: usize,
    rank: u8,
    sample_size: i64,
}

impl Overtaker {
    fn overtakes(&self, earlier: &Live, needs_sample: bool) -> bool {
        self.rank >= earlier.rank()
            && (!needs_sample
                || earlier
                    .record
                    .sample_size
                    .is_none_or(|size| self.sample_size.saturating_mul(2) >= size))
    }
}
