//! Whether there once was proof, as known then.

use chrono::TimeDelta;

use super::{
    demand::{Evaluation, PROOF_LIMIT},
    inputs::{Inputs, Record},
    standing,
    strength::{Strength, freshness},
};
use crate::{Instant, evidence::Grade, time::end_of_day};

impl Inputs {
    /// Whether there was proof at or before an instant, as known then. What was known later does not matter, so that
    /// the first instant is found once for all.
    pub(super) fn had_proof_by(&self, at: Instant) -> bool {
        let first = self.first_proof.get_or_init(|| {
            self.chances_of_proof()
                .into_iter()
                .find(|chance| self.has_proof_at(*chance))
        });
        first.is_some_and(|first| first <= at)
    }

    fn has_proof_at(&self, at: Instant) -> bool {
        let day = self.yardstick.day(at);
        let rubric = self.yardstick.rubric_at(at);
        let live = standing::live(self, at, day);
        Evaluation::of(self, rubric, at, day, live).has_proof()
    }

    /// The instants at which proof can begin, in order. A figure only fades between two changes, so that these are
    /// enough: of the ledger, of the rubric, and of the rates of documented revenue.
    fn chances_of_proof(&self) -> Vec<Instant> {
        let documented = || {
            self.history
                .records
                .iter()
                .filter(|record| self.could_prove(record))
        };
        if documented().next().is_none() {
            return Vec::new();
        }
        let mut chances = self.changes();
        chances.extend(self.yardstick.rubrics().map(|rubric| rubric.from()));
        for record in documented() {
            let on = record.observed_on;
            // Recorded in a zone where its day had begun, it is live from the beginning of its day here.
            chances.extend(
                on.pred_opt()
                    .map(|eve| end_of_day(self.yardstick.zone(), eve) + TimeDelta::microseconds(1)),
            );
            if let Some(currency) = &record.currency {
                chances.extend(self.yardstick.rate_changes(currency, on));
            }
        }
        chances.sort_unstable();
        chances.dedup();
        chances
    }

    /// Whether a record was documented at any time and, believed and as fresh as it was when it became known, counts
    /// enough by any rubric. What its money is worth is not asked, as rates come later.
    fn could_prove(&self, record: &Record) -> bool {
        let was_documented = record.entered_grade.is_at_least(Grade::Documented)
            || record
                .reviews
                .iter()
                .any(|review| review.to.is_at_least(Grade::Documented));
        let age_days = (self.yardstick.day(record.recorded_at) - record.observed_on).num_days();
        was_documented
            && self.yardstick.rubrics().any(|rubric| {
                let measure = rubric.measure(record.kind);
                let strength = if record.kind.is_money() {
                    1.0
                } else {
                    Strength::of(record, measure, &self.yardstick, record.recorded_at).total
                };
                let freshness = if record.valid_until.is_some() {
                    1.0
                } else {
                    freshness(age_days.max(0), measure)
                };
                measure.is_usage && measure.weight * strength * freshness >= PROOF_LIMIT
            })
    }
}
