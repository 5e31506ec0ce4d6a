//! What changed a startup's conviction between two instants, and through which records.

use std::sync::Arc;

use super::{
    figures, figures_by,
    inputs::{History, Inputs, Known, Record},
};
use crate::{EvidenceId, Instant};

crate::vocabulary::vocabulary! {
    /// What changed a conviction. Time and measure come last, as nobody did them to this startup.
    ConvictionCause {
        /// Records came, were superseded or were retracted.
        Evidence = "EVIDENCE",
        /// Records were graded anew.
        Grade = "GRADE",
        /// The technical route, or another fact of the multiplier, is known otherwise.
        Route = "ROUTE",
        /// It came to hang on a provider, or does no longer.
        Dependency = "DEPENDENCY",
        /// Figures grew older.
        Decay = "DECAY",
        /// Another rubric or other rates came into force.
        Rubric = "RUBRIC",
    }
}

/// A conviction at two instants, with what made the difference.
#[derive(Debug, Clone, PartialEq)]
pub struct ConvictionChange {
    /// At the earlier instant; None where nothing was live.
    pub from: Option<f64>,
    /// At the later.
    pub to: Option<f64>,
    /// What happened between, as far as it touches the figure.
    pub causes: Vec<ConvictionCause>,
    /// The records that came, were retracted or graded between.
    pub because: Vec<EvidenceId>,
}

impl ConvictionChange {
    /// How far it moved; from or to nothing counts from 0.
    pub fn size(&self) -> f64 {
        (self.to.unwrap_or(0.0) - self.from.unwrap_or(0.0)).abs()
    }
}

/// What changed the conviction from one instant to a later one.
pub fn change(inputs: &Inputs, from: Instant, to: Instant) -> ConvictionChange {
    let before = figures(inputs, from).conviction;
    let after = figures(inputs, to).conviction;
    let between = |at: Instant| from < at && at <= to;
    let mut evidence = Vec::new();
    let mut graded = Vec::new();
    for record in &inputs.history.records {
        let is_new = between(record.recorded_at);
        if is_new || record.retracted_at.is_some_and(between) {
            evidence.push(record.id);
        } else if record.recorded_at <= from && record.reviews.iter().any(|review| between(review.at)) {
            graded.push(record.id);
        }
    }
    let mut causes = Vec::new();
    if !evidence.is_empty() {
        causes.push(ConvictionCause::Evidence);
    }
    if !graded.is_empty() {
        causes.push(ConvictionCause::Grade);
    }
    if inputs.traits_at(from) != inputs.traits_at(to) {
        causes.push(ConvictionCause::Route);
    }
    let hangs = |at: Instant| {
        let day = inputs.yardstick.day(at);
        let on: Vec<_> = inputs
            .single_providers(at, day)
            .map(|dependency| dependency.id)
            .collect();
        on
    };
    if hangs(from) != hangs(to) {
        causes.push(ConvictionCause::Dependency);
    }
    let frozen = inputs.as_known_at(from);
    let rubric = inputs.yardstick.rubric_at(from);
    if figures_by(&frozen, to, rubric).conviction != before {
        causes.push(ConvictionCause::Decay);
    }
    if inputs.yardstick.changes_by(from) != inputs.yardstick.changes_by(to) {
        causes.push(ConvictionCause::Rubric);
    }
    if before == after {
        causes.clear();
    }
    evidence.extend(graded);
    ConvictionChange {
        from: before,
        to: after,
        causes,
        because: evidence,
    }
}

impl Inputs {
    /// The inputs as they were known at an instant, as if nothing had come since: rubrics and rates apart.
    fn as_known_at(&self, at: Instant) -> Self {
        fn known<T: Clone>(all: &[Known<T>], at: Instant) -> Vec<Known<T>> {
            all.iter()
                .filter(|known| known.from <= at)
                .map(|known| Known {
                    until: known.until.filter(|until| *until <= at),
                    ..known.clone()
                })
                .collect()
        }
        let History {
            records,
            traits,
            dependencies,
            checklist,
        } = &self.history;
        let record = |record: &Record| Record {
            retracted_at: record.retracted_at.filter(|retracted| *retracted <= at),
            reviews: record
                .reviews
                .iter()
                .filter(|review| review.at <= at)
                .copied()
                .collect(),
            ..record.clone()
        };
        Self::new(
            Arc::clone(&self.yardstick),
            History {
                records: records
                    .iter()
                    .filter(|one| one.recorded_at <= at)
                    .map(record)
                    .collect(),
                traits: known(traits, at),
                dependencies: known(dependencies, at),
                checklist: known(checklist, at),
            },
        )
    }
}
