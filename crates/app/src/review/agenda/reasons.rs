//! Why deals are on an agenda: what changed since the meeting before, what is due, and what providers and models did.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{Days, NaiveDate};
use domain::{
    Instant, ProviderId, StartupId,
    assessment::{self, Flag, Inputs, shown},
    belief::Capability,
    deal::{Deal, DealChange, DealStatus, DueBecause, Stage, days_in_stage, is_stale},
    review::{Due, KindSettings, Reason, StageName},
    task::Task,
    time::day_in,
};
use storage::Reader;

use super::Look;
use crate::{
    Error,
    provider::{Exposed, exposed_to},
};

/// From how many points on a change of conviction is told.
const TELLING: f64 = 5.0;
/// Days before the end of a term sheet or of exclusivity from which on a decision is due.
const NOTICE: Days = Days::new(7);
/// Open tasks of a deal that are told.
pub(super) const TASKS_TOLD: u32 = 20;

impl<R: Reader> Look<'_, R> {
    /// What changed the figures of startups since each of the instants that are asked of them.
    pub(super) async fn figures(
        &self,
        startups: &[StartupId],
        sinces: &BTreeMap<StartupId, BTreeSet<Instant>>,
    ) -> Result<HashMap<(Instant, StartupId), Vec<Reason>>, Error> {
        let (_, yardstick) = self.app.yardstick(self.db).await?;
        let mut found = HashMap::new();
        for (startup, history) in storage::assessment::histories(self.db, startups).await? {
            let inputs = Inputs::new(Arc::clone(&yardstick), history);
            for since in sinces.get(&startup).into_iter().flatten() {
                found.insert((*since, startup), of_figures(&inputs, *since, self.now));
            }
        }
        Ok(found)
    }

    /// What providers did by what was recorded since, and when that was, for each of these startups that depends on one; the
    /// latest first.
    pub(super) async fn of_providers(
        &self,
        startups: &[StartupId],
        since: Instant,
    ) -> Result<Vec<(Instant, StartupId, Reason)>, Error> {
        let events = storage::provider::events_since(self.db, since, None).await?;
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<ProviderId> = events.iter().map(|event| event.provider_id).collect();
        let providers = storage::provider::by_ids(self.db, &ids, None).await?;
        let of: Vec<Exposed> = events.iter().map(exposed_to).collect();
        let exposed = storage::provider::exposed_of(self.db, &of, startups).await?;
        let mut found = Vec::new();
        for (event, touched) in events.into_iter().zip(exposed) {
            let Some(provider) = providers.iter().find(|one| one.id == event.provider_id) else {
                continue;
            };
            found.extend(touched.into_iter().map(|(startup, is_critical)| {
                let reason = Reason::ProviderEvent {
                    event: event.id,
                    provider: provider.id,
                    name: provider.profile.name.clone(),
                    did: event.said.kind,
                    summary: event.said.summary.clone(),
                    on: event.said.on,
                    precision: event.said.precision,
                    is_critical,
                };
                (event.created_at, startup, reason)
            }));
        }
        Ok(found)
    }
}

/// What changed of the capabilities on which startups bet, by startup.
pub(super) fn of_capabilities(bets: &[Capability], since: Instant) -> HashMap<StartupId, Vec<Reason>> {
    let mut found: HashMap<StartupId, Vec<Reason>> = HashMap::new();
    for capability in bets {
        let (from, to) = (capability.status_before(since), capability.status());
        let Some(last) = capability.verdicts.last().filter(|_| from != to) else {
            continue;
        };
        let reason = Reason::CapabilityChanged {
            capability: capability.id,
            statement: capability.profile.statement.clone(),
            from: Some(from),
            to,
            on: last.said.on,
            why: Some(last.said.reason.clone()),
            is_awaited: false,
        };
        for startup in &capability.profile.startup_ids {
            found.entry(*startup).or_default().push(reason.clone());
        }
    }
    found
}

fn of_figures(inputs: &Inputs, since: Instant, now: Instant) -> Vec<Reason> {
    let at = crate::assessment::latest(inputs, now);
    let mut reasons = Vec::new();
    let change = assessment::change(inputs, since, at);
    if change.size() >= TELLING {
        let told = |value: Option<f64>| value.map(|value| shown::conviction(value).to_string());
        reasons.push(Reason::ConvictionChanged {
            from: told(change.from),
            to: told(change.to),
            causes: change.causes,
            evidence: change.because,
        });
    }
    let is_stale = |at| {
        assessment::figures(inputs, at)
            .flags
            .contains(Flag::StaleEvidence)
    };
    if is_stale(at) && !is_stale(since) {
        let flags = assessment::assess(inputs, at).flags;
        if let Some(flag) = flags.into_iter().find(|flag| flag.flag == Flag::StaleEvidence) {
            reasons.push(Reason::EvidenceStale {
                why: flag.text(domain::Language::En),
                why_zh: flag.text(domain::Language::Zh),
                evidence: flag.evidence,
            });
        }
    }
    reasons
}

/// What the reasons of a deal are found with.
pub(super) struct Seen<'a> {
    /// The meeting's.
    pub(super) day: NaiveDate,
    pub(super) now: Instant,
    pub(super) zone: chrono_tz::Tz,
    pub(super) stages: &'a [Stage],
    pub(super) settings: Option<&'a KindSettings>,
}

impl Seen<'_> {
    fn name(&self, id: domain::StageId) -> StageName {
        let found = self.stages.iter().find(|stage| stage.id == id);
        found.map_or_else(
            || StageName {
                en: String::new(),
                zh: String::new(),
            },
            |stage| StageName {
                en: stage.name.clone(),
                zh: stage.name_zh.clone(),
            },
        )
    }

    pub(super) fn reasons(
        &self,
        deal: &Deal,
        since: Instant,
        changes: &[DealChange],
        tasks: &[Task],
        of_startup: &[Reason],
        news: &[Reason],
    ) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let standing = &deal.standing;
        let is_active = standing.status == DealStatus::Active;
        if is_active {
            self.due(deal, &mut reasons);
            reasons.extend(news.iter().cloned());
        } else if matches!(standing.status, DealStatus::Passed | DealStatus::OnHold) {
            reasons.extend(self.came_back(deal));
        }
        if deal.created_at > since {
            reasons.push(Reason::NewDeal {
                on: day_in(self.zone, deal.opened_at),
                channel: deal.terms.sources.first().map(|source| source.channel),
            });
        }
        reasons.extend(self.moved(changes, since));
        if is_active || !reasons.is_empty() {
            reasons.extend(of_startup.iter().cloned());
        }
        let limit = self
            .stages
            .iter()
            .find(|stage| stage.id == standing.stage_id)
            .map(|stage| stage.limit_days);
        if let Some(limit) = limit.filter(|limit| is_stale(standing, *limit, self.now)) {
            let days = days_in_stage(standing, self.now);
            reasons.push(Reason::PastLimit { days, limit });
        }
        let carried = tasks.iter().filter(|task| {
            task.done_at.is_none()
                && (task.review_id.is_some() || task.due.is_some_and(|due| due <= self.day))
        });
        reasons.extend(carried.map(|task| Reason::OpenTask {
            what: task.what.clone(),
            due: task.due,
        }));
        reasons
    }

    /// Why a deal that waits is to be looked at again: what it waited for has come, or the day has.
    fn came_back(&self, deal: &Deal) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if let Some(due) = &deal.revisit_due {
            reasons.push(match due.because.clone() {
                DueBecause::Capability {
                    id,
                    statement,
                    status,
                    on,
                    reason,
                } => Reason::CapabilityChanged {
                    capability: id,
                    statement,
                    from: None,
                    to: status,
                    on,
                    why: reason,
                    is_awaited: true,
                },
                because => Reason::Came {
                    on: day_in(self.zone, due.since),
                    because,
                },
            });
        }
        if let Some(on) = deal.terms.revisit_on.filter(|on| *on <= self.day) {
            let trigger = deal.terms.revisit_trigger.clone();
            reasons.push(Reason::RevisitDue { on, trigger });
        }
        reasons
    }

    fn due(&self, deal: &Deal, reasons: &mut Vec<Reason>) {
        let mut push = |due| reasons.push(Reason::DecisionDue { due });
        let key = self.settings.and_then(|settings| settings.stage.as_deref());
        let stage = self
            .stages
            .iter()
            .find(|stage| stage.id == deal.standing.stage_id);
        if stage.is_some_and(|stage| Some(stage.key.as_str()) == key) {
            let stage = self.name(deal.standing.stage_id);
            push(Due::Stage { stage });
        }
        let near = |on: &NaiveDate| self.day.checked_add_days(NOTICE).is_none_or(|end| *on <= end);
        let terms = &deal.terms;
        if let Some(on) = terms
            .term_sheet_expires_on
            .filter(near)
            .filter(|_| terms.signed_on.is_none())
        {
            push(Due::TermSheetExpires { on });
        }
        if let Some(on) = terms
            .exclusive_until
            .filter(near)
            .filter(|_| terms.paid_on.is_none())
        {
            push(Due::ExclusivityEnds { on });
        }
        if let Some(on) = terms.next_step_due.filter(|on| *on <= self.day) {
            let step = terms.next_step.clone();
            push(Due::NextStep { step, on });
        }
    }

    /// The move that a deal's moves since an instant come to, if they leave it elsewhere.
    fn moved(&self, changes: &[DealChange], since: Instant) -> Option<Reason> {
        let moves: Vec<&DealChange> = changes
            .iter()
            .filter(|change| change.recorded_at > since && change.from.is_some())
            .collect();
        let (first, last) = (moves.first()?, moves.last()?);
        let from = first.from?;
        if from == last.to {
            return None;
        }
        Some(Reason::Moved {
            from: self.name(from.0),
            to: self.name(last.to.0),
            status: (from.1 != last.to.1).then_some(last.to.1),
            on: day_in(self.zone, last.occurred_at),
            why: last.reason.clone(),
        })
    }
}
