//! Assessments: asked for any instant, and stored for lists. What is stored is made anew in each write that touches a
//! startup's figures ([`refresh`]), and by one pass after midnight, a new rubric, new rates or a new formula ([`pass`]).

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    Instant, StartupId,
    activity::{Change, SubjectType},
    assessment::{self, Inputs, Yardstick},
};
use storage::{
    Reader, Transaction,
    assessment::{Made, Measures, Stored},
};

use crate::{App, Caller, Error};

mod map;
mod pass;
mod preview;
mod suppose;

pub use map::{Among, Placed, Standing};
pub use preview::{Mover, Preview};
pub use storage::assessment::Stored as StoredAssessment;
pub use suppose::ConvictionIf;

/// Of how many startups the rows are held at once, looking back.
pub(crate) const BATCH: usize = 1_000;

/// The yardstick last read, and of what it is made.
#[derive(Default)]
pub(crate) struct Yardsticks(Mutex<Option<(Measures, Arc<Yardstick>)>>);

impl Yardsticks {
    fn known(&self, measures: Measures) -> Option<Arc<Yardstick>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|(of, _)| *of == measures)
            .map(|(_, yardstick)| Arc::clone(yardstick))
    }
    fn keep(&self, measures: Measures, yardstick: &Arc<Yardstick>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((measures, Arc::clone(yardstick)));
    }
}

impl App {
    /// What all startups are measured with: the newest rubric and rates, with those before.
    pub(crate) async fn yardstick(&self, db: &impl Reader) -> Result<(Measures, Arc<Yardstick>), Error> {
        let measures = storage::assessment::measures(db).await?;
        if let Some(yardstick) = self.inner.yardsticks.known(measures) {
            return Ok((measures, yardstick));
        }
        let rubrics = storage::rubric::all(db).await?;
        let rates = storage::rate::all(db).await?;
        let yardstick = Yardstick::new(self.workspace().time_zone, rubrics, rates);
        self.inner.yardsticks.keep(measures, &yardstick);
        Ok((measures, yardstick))
    }

    pub(crate) async fn assessment_inputs(
        &self,
        db: &impl Reader,
        ids: &[StartupId],
    ) -> Result<HashMap<StartupId, Arc<Inputs>>, Error> {
        let (_, yardstick) = self.yardstick(db).await?;
        let histories = storage::assessment::histories(db, ids).await?;
        Ok(histories
            .into_iter()
            .map(|(id, history)| (id, Arc::new(Inputs::new(Arc::clone(&yardstick), history))))
            .collect())
    }

    /// The convictions of startups: those stored, or as they were at an instant. Where none is known, nothing.
    pub(crate) async fn convictions(
        &self,
        db: &impl Reader,
        ids: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<StartupId, f64>, Error> {
        let mut found = HashMap::new();
        for batch in ids.chunks(BATCH) {
            match as_of {
                None => found.extend(
                    storage::assessment::stored(db, batch)
                        .await?
                        .into_iter()
                        .filter_map(|(id, stored)| Some((id, stored.conviction?))),
                ),
                Some(at) => found.extend(
                    self.assessment_inputs(db, batch)
                        .await?
                        .into_iter()
                        .filter_map(|(id, inputs)| Some((id, assessment::figures(&inputs, at).conviction?))),
                ),
            }
        }
        Ok(found)
    }
}

/// The latest that is known: now, or when a record came in by a clock that is ahead of ours.
pub(crate) fn latest(inputs: &Inputs, now: Instant) -> Instant {
    inputs.newest_change().map_or(now, |newest| newest.max(now))
}

impl Caller {
    /// All that the formula reads of these startups, to be assessed at any instant; of one that is not there, nothing.
    pub async fn assessment_inputs(
        &self,
        ids: &[StartupId],
    ) -> Result<HashMap<StartupId, Arc<Inputs>>, Error> {
        self.reader().await?;
        self.app.assessment_inputs(&self.db, ids).await
    }

    /// The figures that are stored of these startups.
    pub async fn stored_assessments(&self, ids: &[StartupId]) -> Result<HashMap<StartupId, Stored>, Error> {
        self.reader().await?;
        Ok(storage::assessment::stored(&self.db, ids).await?)
    }

    /// The figures of a startup at an instant, as they would be stored then.
    pub fn figures_at(&self, inputs: &Inputs, at: Instant) -> Stored {
        let figures = assessment::figures(inputs, at);
        let made = Made {
            day: inputs.yardstick().day(at),
            rubric_version: figures.rubric_version,
            formula_version: assessment::FORMULA_VERSION,
            rates_at: None,
        };
        Stored::of(&figures, made)
    }

    /// The instant at which a startup is assessed when none is asked for.
    pub fn latest(&self, inputs: &Inputs) -> Instant {
        latest(inputs, self.now())
    }
}

/// The startups whose figures these changes touch.
pub(crate) fn touched(changes: &[Change]) -> Vec<StartupId> {
    let ids: BTreeSet<StartupId> = changes
        .iter()
        .filter(|change| match change.subject_type {
            SubjectType::Startup
            | SubjectType::Evidence
            | SubjectType::Dependency
            | SubjectType::ChecklistItem => true,
            SubjectType::Sector
            | SubjectType::Stage
            | SubjectType::Person
            | SubjectType::Affiliation
            | SubjectType::Document
            | SubjectType::Interaction
            | SubjectType::Task
            | SubjectType::Deal
            | SubjectType::Review
            | SubjectType::AgendaItem
            | SubjectType::ReviewKind
            | SubjectType::Fund
            | SubjectType::Outcome
            | SubjectType::User
            | SubjectType::Token
            | SubjectType::Workspace
            | SubjectType::Import
            // A provider's startup cannot change under its dependents; the pass follows rates and rubrics.
            | SubjectType::Provider
            | SubjectType::ProviderEvent
            | SubjectType::ExchangeRate
            | SubjectType::Rubric
            | SubjectType::Thesis
            | SubjectType::Capability => false,
        })
        .filter_map(|change| change.startup_id)
        .collect();
    ids.into_iter().collect()
}

/// Makes the stored figures of these startups anew, in the transaction that touched them, and marks the deals that waited
/// for what is there now; what changed by that.
///
/// The rows of the startups are locked first, then what they are measured with is held: in this order everywhere, as
/// whoever changes the measures waits for those who hold them.
pub(crate) async fn refresh(
    app: &App,
    tx: &Transaction,
    ids: &[StartupId],
    now: Instant,
) -> Result<Vec<Change>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    storage::assessment::lock(tx, ids).await?;
    storage::assessment::hold_measures(tx).await?;
    let (measures, yardstick) = app.yardstick(tx).await?;
    let histories = storage::assessment::histories(tx, ids).await?;
    let inputs: HashMap<StartupId, (Inputs, Instant)> = histories
        .into_iter()
        .map(|(id, history)| {
            let inputs = Inputs::new(Arc::clone(&yardstick), history);
            let at = latest(&inputs, now);
            (id, (inputs, at))
        })
        .collect();
    let rows: Vec<(StartupId, Stored)> = inputs
        .iter()
        .map(|(id, (inputs, at))| {
            let figures = assessment::figures(inputs, *at);
            (*id, Stored::of(&figures, measures.on(yardstick.day(*at))))
        })
        .collect();
    storage::assessment::put(tx, &rows).await?;
    crate::revisit::mark(tx, &inputs, now).await
}
