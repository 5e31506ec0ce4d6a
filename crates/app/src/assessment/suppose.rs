//! What conviction would be, were a record reviewed or a figure recorded: nothing is written.

use domain::{
    EvidenceId, Instant, Problem, StartupId,
    assessment::{self, GradeReview, Hypothesis, Inputs, Record},
    evidence::{Evidence, Grade},
    typed,
};
use uuid::Uuid;

use crate::{
    Caller, Error, Outcome,
    evidence::{NewEvidence, is_about},
};

/// Conviction as it is, and as it would be; None where nothing is live.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConvictionIf {
    /// As it is.
    pub now: Option<f64>,
    /// As it would be.
    pub then: Option<f64>,
}

impl ConvictionIf {
    fn supposing(inputs: &Inputs, hypothesis: Hypothesis, at: Instant) -> Self {
        let conviction = |inputs: &Inputs| assessment::figures(inputs, at).conviction;
        Self {
            now: conviction(inputs),
            then: conviction(&inputs.supposing(hypothesis, at)),
        }
    }

    /// Were a record reviewed to a grade at an instant.
    pub fn reviewed(inputs: &Inputs, evidence: EvidenceId, to: Grade, at: Instant) -> Self {
        Self::supposing(inputs, Hypothesis::Reviewed { evidence, to }, at)
    }
}

impl Caller {
    /// Were a figure recorded of a startup at an instant; or what is wrong with the figure, by the rule that recording
    /// it asks.
    pub async fn conviction_if_recorded(
        &self,
        startup: StartupId,
        inputs: &Inputs,
        new: NewEvidence,
        at: Instant,
    ) -> Result<Outcome<ConvictionIf>, Error> {
        let viewer = self.reader().await?;
        if let Err(problem) = is_about(startup, new.startup) {
            return Ok(Err(vec![problem]));
        }
        let observation = new.observation.prepared();
        let entry = match observation.enter(new.grade, new.checked.as_deref(), inputs.yardstick().day(at)) {
            Ok(entry) => entry,
            Err(problems) => return Ok(Err(problems)),
        };
        let ids = &observation.document_ids;
        let known = storage::document::by_ids(&self.db, &viewer, ids, None).await?;
        let missing: Vec<Problem> = ids
            .iter()
            .enumerate()
            .filter(|(_, id)| !known.iter().any(|document| document.id == **id))
            .map(|(n, id)| Problem::not_found(&format!("documents.{n}"), id))
            .collect();
        if !missing.is_empty() {
            return Ok(Err(missing));
        }
        let mut record = Record::of(
            &Evidence {
                // Ids rise with time: the newest record's is above all others.
                id: typed(Uuid::max()),
                startup_id: startup,
                observation,
                entered_grade: entry.entered,
                grade: entry.entered,
                supersedes: None,
                recorded_at: at,
                recorded_by: None,
                retracted_at: None,
                retraction_reason: None,
            },
            [],
        );
        record.reviews.extend(entry.reviewed_to.map(|to| GradeReview {
            id: typed(Uuid::max()),
            at,
            to,
        }));
        Ok(Ok(ConvictionIf::supposing(
            inputs,
            Hypothesis::Recorded(record),
            at,
        )))
    }
}
