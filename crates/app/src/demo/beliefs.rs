//! What the demo fund believes: its theses, and what base models can do, with the verdicts of two years.

use chrono::NaiveDate;
use domain::belief::{CapabilityStatus, OfFund, OfModels, Profile, Said, ThesisStatus};

use super::{
    data::{Capability, Thesis, Verdict},
    made,
    replay::Replay,
};
use crate::{
    Error,
    belief::{NewBelief, NewVerdict},
};

impl Replay {
    /// Lets a startup rest on one belief more.
    pub(super) async fn rests(&mut self, by: &str, key: &str, startup: &str) -> Result<(), Error> {
        let id = self.named(startup)?.id;
        let (theses, capabilities) = self.bets.entry(startup.to_owned()).or_default();
        match (self.theses.get(key), self.capabilities.get(key)) {
            (Some(thesis), _) => theses.push(*thesis),
            (None, Some(capability)) => capabilities.push(*capability),
            (None, None) => return Err(missing(key)),
        }
        let (theses, capabilities) = (theses.clone(), capabilities.clone());
        let caller = self.by(by)?;
        let set = caller
            .set_bets(id, Some(theses), Some(capabilities), "demo")
            .await?;
        made(startup, set)?;
        Ok(())
    }

    pub(super) async fn thesis(&mut self, thesis: &Thesis) -> Result<(), Error> {
        let Thesis {
            key,
            statement,
            layer,
            sector,
            review,
            startups: _,
            day: _,
            by,
            verdicts: _,
        } = thesis;
        let new = NewBelief::<OfFund> {
            profile: Profile {
                statement: statement.to_string(),
                layer: *layer,
                sector_id: None,
                review_on: review.map(|day| self.calendar.day(day)),
                startup_ids: Vec::new(),
            },
            sector: sector.clone(),
            status: None,
        };
        let id = made(key, self.by(by)?.create_belief(new, "demo").await?)?;
        self.theses.insert(key.clone(), id);
        Ok(())
    }

    pub(super) async fn of_thesis(
        &mut self,
        thesis: &Thesis,
        one: &Verdict<ThesisStatus>,
    ) -> Result<(), Error> {
        let id = self.theses.get(&thesis.key).copied();
        let id = id.ok_or_else(|| missing(&thesis.key))?;
        let said = self.said(one);
        let caller = self.by(&thesis.by)?;
        let given = caller
            .record_verdict(NewVerdict::Thesis(id, said), "demo")
            .await?;
        made(&thesis.key, given)?;
        Ok(())
    }

    pub(super) async fn capability(&mut self, capability: &Capability) -> Result<(), Error> {
        let Capability {
            key,
            statement,
            sector,
            startups: _,
            day: _,
            by,
            verdicts: _,
        } = capability;
        let new = NewBelief::<OfModels> {
            profile: Profile {
                statement: statement.to_string(),
                layer: None,
                sector_id: None,
                review_on: None,
                startup_ids: Vec::new(),
            },
            sector: sector.clone(),
            status: None,
        };
        let id = made(key, self.by(by)?.create_belief(new, "demo").await?)?;
        self.capabilities.insert(key.clone(), id);
        Ok(())
    }

    pub(super) async fn of_capability(
        &mut self,
        capability: &Capability,
        one: &Verdict<CapabilityStatus>,
    ) -> Result<(), Error> {
        let id = self.capabilities.get(&capability.key).copied();
        let id = id.ok_or_else(|| missing(&capability.key))?;
        let said = self.said(one);
        let caller = self.by(&capability.by)?;
        let given = caller
            .record_verdict(NewVerdict::Capability(id, said), "demo")
            .await?;
        made(&capability.key, given)?;
        Ok(())
    }

    /// A verdict of the day on which it was given, or of something public with its true date.
    fn said<S: Copy>(&self, one: &Verdict<S>) -> Said<S> {
        let given: NaiveDate = self.calendar.day(one.day);
        Said {
            status: one.status,
            on: one.on.map_or(given, |on| on.min(given)),
            reason: one.reason.to_string(),
            source_url: one.url.clone(),
        }
    }
}

fn missing(key: &str) -> Error {
    Error::Internal(format!(
        "the demonstration judges {key:?} before it is written down"
    ))
}
