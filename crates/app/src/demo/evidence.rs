//! The ledger of the fictional startups: recorded, superseded, reviewed, retracted.

use domain::{
    EvidenceId,
    evidence::{Grade, Observation},
    money::{Currency, Qualifier},
    time::DatePrecision,
};

use super::{
    Calendar,
    data::{Evidence, Retraction, Review, both},
    made,
    replay::Replay,
};
use crate::{Error, evidence::NewEvidence};

impl Evidence {
    fn observation(&self, calendar: Calendar) -> Observation {
        let has_link = self.grade != Grade::Claimed && !self.source_is_own_words();
        Observation {
            kind: self.kind,
            value: Some(self.value),
            qualifier: Qualifier::Exact,
            as_found: None,
            currency: Currency::parse(&self.currency),
            revenue_basis: self.basis,
            window: self.window,
            horizon_days: self.horizon,
            sample_size: self.sample,
            segment: None,
            period_start: None,
            observed_on: calendar.day(self.observed),
            precision: DatePrecision::Day,
            valid_until: self.valid_until.map(|day| calendar.day(day)),
            source: self.source,
            supplied_by: None,
            source_url: has_link
                .then(|| format!("https://data-room.example/{}", self.startup.to_lowercase())),
            document_ids: Vec::new(),
            note: both(&self.note, &self.note_zh),
        }
    }

    fn source_is_own_words(&self) -> bool {
        use domain::evidence::EvidenceSource::{Deck, Founder, Press};
        matches!(self.source, Founder | Deck | Press)
    }
}

impl Replay {
    pub(super) async fn record(&mut self, record: &Evidence) -> Result<(), Error> {
        let new = NewEvidence {
            startup: self.named(&record.startup)?.id,
            observation: record.observation(self.calendar),
            grade: record.grade,
            checked: both(&record.checked, &record.checked_zh),
        };
        let caller = self.by(&record.by)?;
        let outcome = if record.supersedes.is_empty() {
            caller.record_evidence(new, "demo").await?
        } else {
            let old = self.of_key(&record.supersedes)?;
            caller.supersede_evidence(old, new, "demo").await?
        };
        let what = format!("{} of {}", record.kind, record.startup);
        let id = made(&what, outcome)?;
        if !record.key.is_empty() {
            self.evidence.insert(record.key.clone(), id);
        }
        Ok(())
    }

    pub(super) async fn review(&mut self, review: &Review) -> Result<(), Error> {
        let id = self.of_key(&review.evidence)?;
        let checked = both(&review.checked, &review.checked_zh).unwrap_or_default();
        let caller = self.by(&review.by)?;
        let outcome = caller.review_evidence(id, review.to, checked, "demo").await?;
        made(&review.evidence, outcome)?;
        Ok(())
    }

    pub(super) async fn retraction(&mut self, retraction: &Retraction) -> Result<(), Error> {
        let id = self.of_key(&retraction.evidence)?;
        let reason = both(&retraction.reason, &retraction.reason_zh).unwrap_or_default();
        let caller = self.by(&retraction.by)?;
        let outcome = caller.retract_evidence(id, reason, "demo").await?;
        made(&retraction.evidence, outcome)?;
        Ok(())
    }

    fn of_key(&self, key: &str) -> Result<EvidenceId, Error> {
        let found = self.evidence.get(key).copied();
        found.ok_or_else(|| Error::Internal(format!("the demonstration has no evidence {key:?} by then")))
    }
}
