//! Demand: what the standing records add up to (domain.md §4).

use chrono::NaiveDate;

use super::{
    inputs::Inputs,
    rubric::EvidenceGroup,
    standing::{Live, overtake},
    strength::{Strength, credence, freshness, reference_day},
    yardstick::RubricInForce,
};
use crate::{Instant, evidence::Grade};

/// How much words and interest may add to what is proven.
pub const UNPROVEN_LIMIT: f64 = 0.20;
/// The contribution from which a documented figure of use is proof.
pub const PROOF_LIMIT: f64 = 0.02;
/// For so many days after a refutation words count a third.
const CAUGHT_DAYS: i64 = 365;

/// A live record with the factors of its contribution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed<'a> {
    pub live: Live<'a>,
    pub group: EvidenceGroup,
    pub is_usage: bool,
    pub weight: f64,
    pub strength: Strength,
    pub credence: f64,
    pub freshness: f64,
    /// The day from which it ages.
    pub ages_from: NaiveDate,
    pub age_days: i64,
    pub contribution: f64,
    /// What it would contribute if it were believed.
    pub claimed: f64,
}

impl Weighed<'_> {
    /// A standing figure of use, DOCUMENTED or VERIFIED.
    pub fn proves(&self) -> bool {
        self.live.stands() && self.is_usage && self.live.grade.is_at_least(Grade::Documented)
    }
    /// Whether it is proof: proves, and still counts.
    pub fn is_proof(&self) -> bool {
        self.proves() && self.contribution >= PROOF_LIMIT
    }
}

/// The best of each group, by its place among the records weighed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Best {
    leaders: [Option<(usize, f64)>; 4],
}

impl Best {
    fn offer(&mut self, group: EvidenceGroup, place: usize, contribution: f64) {
        let leader = &mut self.leaders[group as usize];
        if leader.is_none_or(|(_, best)| contribution > best) && contribution > 0.0 {
            *leader = Some((place, contribution));
        }
    }
    /// One fact told three ways counts once: 1 - Π(1 - best), groups in the rubric's order.
    fn together(&self) -> f64 {
        1.0 - self.leaders.iter().fold(1.0, |product, leader| {
            product * (1.0 - leader.map_or(0.0, |(_, best)| best))
        })
    }
    pub fn leads(&self, group: EvidenceGroup, place: usize) -> bool {
        self.leaders[group as usize].is_some_and(|(leader, _)| leader == place)
    }
}

/// The evidence of a startup, weighed.
#[derive(Debug)]
pub(super) struct Evaluation<'a> {
    pub day: NaiveDate,
    pub at: Instant,
    pub rubric: &'a RubricInForce,
    /// Every live record.
    pub weighed: Vec<Weighed<'a>>,
    /// Whether a record was refuted lately.
    pub was_caught: bool,
    pub all_best: Best,
    pub proven_best: Best,
    pub all: f64,
    pub proven: f64,
    pub demand: f64,
    pub claimed_demand: f64,
}

impl<'a> Evaluation<'a> {
    /// Weighs live records.
    pub fn of(
        inputs: &'a Inputs,
        rubric: &'a RubricInForce,
        at: Instant,
        day: NaiveDate,
        mut live: Vec<Live<'a>>,
    ) -> Self {
        overtake(&mut live, rubric);
        let was_caught = live
            .iter()
            .filter_map(|one| one.refuted_on)
            .any(|on| (day - on).num_days() < CAUGHT_DAYS);
        let [mut all_best, mut proven_best, mut claimed_best] = [Best::default(); 3];
        let mut weighed = Vec::with_capacity(live.len());
        for (place, live) in live.into_iter().enumerate() {
            let one = weigh(live, inputs, rubric, at, day, was_caught);
            if one.live.stands() {
                all_best.offer(one.group, place, one.contribution);
            }
            if one.proves() {
                proven_best.offer(one.group, place, one.contribution);
            }
            if one.live.stands() || one.live.grade == Grade::Refuted {
                claimed_best.offer(one.group, place, one.claimed);
            }
            weighed.push(one);
        }
        let (all, proven) = (all_best.together(), proven_best.together());
        Self {
            day,
            at,
            rubric,
            weighed,
            was_caught,
            all_best,
            proven_best,
            all,
            proven,
            demand: all.min(proven + UNPROVEN_LIMIT),
            claimed_demand: claimed_best.together(),
        }
    }

    /// The standing records.
    pub fn standing(&self) -> impl Iterator<Item = &Weighed<'a>> {
        self.weighed.iter().filter(|one| one.live.stands())
    }
    /// Whether there is proof.
    pub fn has_proof(&self) -> bool {
        self.weighed.iter().any(Weighed::is_proof)
    }
    /// Whether there is proof graded VERIFIED.
    pub fn has_verified_proof(&self) -> bool {
        self.weighed
            .iter()
            .any(|one| one.is_proof() && one.live.grade == Grade::Verified)
    }
    /// The highest grade of a standing record of use.
    pub fn best_grade(&self) -> Option<Grade> {
        self.standing()
            .filter(|one| one.is_usage)
            .map(|one| one.live.grade)
            .max()
    }
}

fn weigh<'a>(
    live: Live<'a>,
    inputs: &Inputs,
    rubric: &RubricInForce,
    at: Instant,
    day: NaiveDate,
    was_caught: bool,
) -> Weighed<'a> {
    let measure = rubric.measure(live.record.kind);
    let strength = Strength::of(live.record, measure, inputs.yardstick(), at);
    let credence = credence(live.grade, was_caught);
    let ages_from = reference_day(live.record, live.grade, day);
    let age_days = (day - ages_from).num_days().max(0);
    let freshness = freshness(age_days, measure);
    Weighed {
        group: measure.group,
        is_usage: measure.is_usage,
        weight: measure.weight,
        strength,
        credence,
        freshness,
        ages_from,
        age_days,
        contribution: measure.weight * strength.total * credence * freshness,
        claimed: measure.weight * strength.total * freshness,
        live,
    }
}
