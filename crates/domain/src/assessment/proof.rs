//! Whether there once was proof, as known then.

use chrono::TimeDelta;

use super::{
    demand::Evaluation,
    inputs::{Inputs, Record},
    standing,
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
        let was_documented = |record: &&Record| {
            record.entered_grade.is_at_least(Grade::Documented)
                || record
                    .reviews
                    .iter()
                    .any(|review| review.to.is_at_least(Grade::Documented))
        };
        let documented = || self.history.records.iter().filter(was_documented);
        if documented().next().is_none() {
            return Vec::new();
        }
        let mut chances = self.changes();
        chances.extend(self.yardstick.rubric_changes());
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
}
