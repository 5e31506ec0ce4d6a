//! What conviction rests on beside the ledger: providers, dependencies, checklists, rates.

use domain::{
    ProviderId,
    checklist::Answer,
    money::Currency,
    provider::{ProviderProfile, Said, Terms},
    rate::Quote,
    time::DatePrecision,
};

use super::{
    data::{Checked, Dependency, Provider, ProviderEvent, Rate, both},
    made,
    replay::Replay,
};
use crate::{Caller, Error, Identity, dependency::NewDependency};

/// What is said of where a rate comes from.
const RATES: &str = "made up for the demonstration / 演示数据";

impl Replay {
    pub(super) async fn provider(&mut self, provider: &Provider) -> Result<(), Error> {
        let startup_id = match provider.startup.as_str() {
            "" => None,
            name => Some(self.named(name)?.id),
        };
        let profile = ProviderProfile {
            name: provider.name.clone(),
            startup_id,
        };
        let created = self.by(&provider.by)?.create_provider(profile, "demo").await?;
        self.providers
            .insert(provider.name.clone(), made(&provider.name, created)?);
        Ok(())
    }

    pub(super) async fn provider_event(&mut self, event: &ProviderEvent) -> Result<(), Error> {
        let ProviderEvent {
            provider,
            kind,
            on,
            summary,
            summary_zh,
            day: _,
            by,
        } = event;
        let said = Said {
            kind: *kind,
            on: self.calendar.day(*on),
            precision: DatePrecision::Day,
            summary: both(summary, summary_zh).unwrap_or_default(),
            source_url: None,
        };
        let provider = self.provider_named(provider)?;
        made(
            summary,
            self.by(by)?.record_provider_event(provider, said, "demo").await?,
        )?;
        Ok(())
    }

    fn provider_named(&self, name: &str) -> Result<ProviderId, Error> {
        let known = self.providers.get(name).copied();
        known.ok_or_else(|| Error::Internal(format!("the demonstration has no provider {name:?} by then")))
    }

    pub(super) async fn dependency(&mut self, dependency: &Dependency) -> Result<(), Error> {
        let Dependency {
            startup,
            provider,
            mode,
            critical,
            cost_share,
            alternative,
            alternative_zh,
            since,
            day: _,
            by,
        } = dependency;
        let new = NewDependency {
            startup: self.named(startup)?.id,
            provider: self.provider_named(provider)?,
            terms: Terms {
                mode: *mode,
                is_critical: *critical,
                cost_share: *cost_share,
                alternative: both(alternative, alternative_zh),
                since: since.map(|day| self.calendar.day(day)),
                until: None,
            },
        };
        made(startup, self.by(by)?.record_dependency(new, "demo").await?)?;
        Ok(())
    }

    pub(super) async fn checked(&mut self, checked: &Checked) -> Result<(), Error> {
        let Checked {
            startup,
            key,
            state,
            note,
            note_zh,
            day: _,
            by,
        } = checked;
        let answer = Answer {
            state: *state,
            note: both(note, note_zh),
        };
        let id = self.named(startup)?.id;
        let set = self
            .by(by)?
            .set_checklist_item(id, key.clone(), answer, "demo")
            .await?;
        made(startup, set)?;
        Ok(())
    }

    pub(super) async fn rate(&mut self, rate: &Rate) -> Result<(), Error> {
        let currency = Currency::parse(&rate.currency).ok_or_else(|| {
            Error::Internal(format!("the demonstration has no currency {:?}", rate.currency))
        })?;
        let quote = Quote {
            currency,
            on: self.calendar.day(rate.day),
            usd: rate.usd,
            source: Some(RATES.to_owned()),
        };
        let system = Caller::new(&self.app, Identity::System);
        made(&rate.currency, system.record_rate(quote, "demo").await?)?;
        Ok(())
    }
}
