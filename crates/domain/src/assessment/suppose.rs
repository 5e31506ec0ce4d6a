//! What would be, were something recorded, reviewed or retracted: for "Conviction would go 28.5 → 32.7".

use std::sync::Arc;

use uuid::Uuid;

use super::inputs::{GradeReview, Inputs, Record};
use crate::{EvidenceId, Instant, evidence::Grade, typed};

/// A change of the ledger that has not been made.
#[derive(Debug, Clone, PartialEq)]
pub enum Hypothesis {
    /// A record is entered (one that supersedes another, too).
    Recorded(Record),
    /// A record is reviewed to a grade.
    Reviewed {
        /// Which.
        evidence: EvidenceId,
        /// To which grade.
        to: Grade,
    },
    /// A record is retracted.
    Retracted {
        /// Which.
        evidence: EvidenceId,
    },
}

impl Inputs {
    /// The inputs as they would be, were this done at an instant. What names a record that is not there changes
    /// nothing.
    #[must_use]
    pub fn supposing(&self, hypothesis: Hypothesis, at: Instant) -> Self {
        let mut history = self.history.clone();
        let mut change = |evidence: EvidenceId, change: &dyn Fn(&mut Record)| {
            history
                .records
                .iter_mut()
                .filter(|record| record.id == evidence)
                .for_each(change);
        };
        match hypothesis {
            Hypothesis::Recorded(record) => history.records.push(record),
            Hypothesis::Reviewed { evidence, to } => change(evidence, &|record| {
                record.reviews.push(GradeReview {
                    id: typed(Uuid::max()),
                    at,
                    to,
                });
            }),
            Hypothesis::Retracted { evidence } => change(evidence, &|record| record.retracted_at = Some(at)),
        }
        Self::new(Arc::clone(&self.yardstick), history)
    }
}
