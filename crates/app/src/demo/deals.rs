//! The demo fund's funds, and its deals: opened by their owners, moved, passed, won and lost, and watched afterwards.

use domain::{
    deal::{DealSource, RevisitWhen, Round, TermsEdit, Visibility, WhenParts},
    money::{Currency, MoneyRange},
    outcome::Outcome as Seen,
    time::DatePrecision,
};

use super::{
    data::{Amount, Deal, Fund, Move, Outcome, When, Words},
    made,
    replay::{Replay, Standing},
};
use crate::{
    Error,
    deal::{NewDeal, NewMove},
    fund::NewFund,
};

impl Amount {
    fn range(&self) -> MoneyRange {
        MoneyRange {
            low: Some(self.low.into()),
            high: self.high.map(Into::into),
            currency: Currency::parse(&self.currency),
            as_found: self.words.clone(),
        }
    }
}

/// By what the story knows a deal: a startup has one a round.
pub(super) fn key(startup: &str, round: Option<Round>) -> String {
    format!("{startup} {round:?}")
}

impl Deal {
    fn key(&self) -> String {
        key(&self.startup, self.round)
    }
}

impl Replay {
    pub(super) async fn fund(&mut self, fund: &Fund) -> Result<(), Error> {
        let Fund {
            key,
            name,
            currency,
            ticket,
            constraints,
            by,
            day: _,
        } = fund;
        let currency = Currency::parse(currency)
            .ok_or_else(|| Error::Internal(format!("the demonstration's {currency:?} is no currency")))?;
        let new = NewFund {
            name: name.clone(),
            currency,
            ticket: Some(ticket.range()),
            constraints: Some(constraints.to_string()),
        };
        let id = made(name, self.by(by)?.create_fund(new, "demo").await?)?;
        self.funds.insert(key.clone(), id);
        Ok(())
    }

    pub(super) async fn outcome(&mut self, deal: &Deal, one: &Outcome) -> Result<(), Error> {
        let Some(Standing { id, .. }) = self.deals.get(&deal.key()).copied() else {
            return Err(Error::Internal(format!(
                "the demonstration watches a deal of {} that is not open",
                deal.startup
            )));
        };
        let seen = Seen {
            on: self.calendar.day(one.day),
            what: one.what.to_string(),
            amount: one.amount.as_ref().map(Amount::range),
            source_url: Some(format!("https://news.example/{}", one.path)),
        };
        let caller = self.by(&deal.owner)?;
        made(&deal.startup, caller.record_outcome(id, seen, "demo").await?)?;
        Ok(())
    }

    pub(super) async fn deal(&mut self, deal: &Deal) -> Result<(), Error> {
        let Deal {
            startup,
            round,
            owner,
            team,
            restricted,
            opened,
            channel,
            who,
            sought,
            ours,
            next_step,
            due,
            waits_for,
            funds,
            moves: _,
            outcomes: _,
        } = deal;
        let calendar = self.calendar;
        let source = DealSource {
            channel: *channel,
            who: who.as_ref().map(Words::to_string),
            person_id: None,
            on: Some(calendar.day(*opened)),
            precision: DatePrecision::Day,
        };
        let team: Vec<_> = team
            .iter()
            .map(|key| self.member(key))
            .collect::<Result<_, _>>()?;
        let funds: Vec<_> = funds
            .iter()
            .map(|key| {
                let found = self.funds.get(key).copied();
                found.ok_or_else(|| Error::Internal(format!("the demonstration has no fund {key:?}")))
            })
            .collect::<Result<_, _>>()?;
        let terms = TermsEdit {
            fund_ids: Some(funds),
            round: *round,
            owner_id: Some(Some(self.member(owner)?)),
            team: Some(team),
            visibility: restricted.then_some(Visibility::Restricted),
            amount_sought: Some(sought.as_ref().map(Amount::range)),
            our_amount: Some(ours.as_ref().map(Amount::range)),
            sources: Some(vec![source]),
            next_step: Some(next_step.as_ref().map(Words::to_string)),
            next_step_due: Some(due.map(|day| calendar.day(day))),
            revisit_trigger: Some(waits_for.as_ref().map(Words::to_string)),
            ..TermsEdit::default()
        };
        let new = NewDeal {
            startup: self.named(startup)?.id,
            stage: None,
            terms,
            occurred_at: None,
        };
        let id = made(startup, self.by(owner)?.open_deal(new, "demo").await?)?;
        self.deals.insert(deal.key(), Standing { id, version: 1 });
        Ok(())
    }

    pub(super) fn awaited(&self, when: &When, startup: &str) -> Result<RevisitWhen, Error> {
        let When {
            kind,
            grade,
            value,
            conviction,
            capability,
            status,
        } = when;
        let named = |key: &String| {
            let found = self.capabilities.get(key).copied();
            found.ok_or_else(|| {
                Error::Internal(format!("the demonstration has no capability {key:?} by then"))
            })
        };
        let parts = WhenParts {
            kind: *kind,
            grade: *grade,
            value_at_least: value.map(Into::into),
            conviction_at_least: conviction.map(Into::into),
            capability: capability.as_ref().map(named).transpose()?,
            capability_status: *status,
        };
        made(startup, RevisitWhen::read(parts))
    }

    pub(super) async fn one_move(&mut self, deal: &Deal, one: &Move) -> Result<(), Error> {
        let key = deal.key();
        let Some(Standing { id, version }) = self.deals.get(&key).copied() else {
            return Err(Error::Internal(format!(
                "the demonstration moves a deal of {} that is not open",
                deal.startup
            )));
        };
        let caller = self.by(&deal.owner)?;
        let outcome = if let Some(reason) = &one.void {
            caller.void_move(id, version, reason.to_string(), "demo").await?
        } else {
            let new = NewMove {
                stage: one.to.clone(),
                status: one.status,
                reason: one.reason.as_ref().map(Words::to_string),
                pass_reason: one.pass,
                pass_note: one.note.as_ref().map(Words::to_string),
                revisit_on: one.revisit.map(|day| self.calendar.day(day)),
                revisit_when: one
                    .when
                    .as_ref()
                    .map(|when| self.awaited(when, &deal.startup))
                    .transpose()?,
                override_reason: one.overrides.as_ref().map(Words::to_string),
                occurred_at: None,
            };
            caller.move_deal(id, version, new, "demo").await?
        };
        made(&deal.startup, outcome)?;
        let version = version + 1;
        self.deals.insert(key, Standing { id, version });
        Ok(())
    }
}
