//! Mutations of deals.

use app::deal::{NewDeal, NewMove};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::{
    DealId, DealTag, FundTag, PersonTag, Problem, Problems, StartupTag, UserTag,
    deal::{self, TermsEdit},
    time,
};

use super::{
    Channel, Deal, DealStatus, Instrument, InvestorRole, PassReason, Round, ValuationBasis, Visibility,
    revisit::RevisitWhenInput,
};
use crate::{
    context::{caller, gather_id, language, path, read_id},
    error::told,
    evidence::DatePrecision,
    money::{MoneyInput, MoneyRangeInput},
    scalar::{Date, DateTime},
    startup::{cleared, optional},
    user::{UserError, split, user_errors},
};

/// Who brought a deal, and when.
#[derive(InputObject)]
pub struct DealSourceInput {
    /// Through which channel.
    channel: Channel,
    /// Who brought it: a person or an organisation, in words.
    who: Option<String>,
    /// The person who brought it, if the person is known here.
    person: Option<ID>,
    /// When; the last day of the period where only that is known.
    on: Option<Date>,
    /// How exactly the day is known; DAY if left out.
    precision: Option<DatePrecision>,
}

/// What is needed to open a deal.
#[derive(InputObject)]
pub struct OpenDealInput {
    /// In which startup.
    startup: ID,
    /// What it is called; the startup's name and the round if left out.
    title: Option<String>,
    /// Which round; UNKNOWN if left out.
    round: Option<Round>,
    /// The key of the stage it begins in; the first of the pipeline if left out.
    stage: Option<String>,
    /// Who leads it; the caller if left out.
    owner: Option<ID>,
    /// Who is of its team beside owner and opener.
    team: Option<Vec<ID>>,
    /// What the startup seeks.
    amount_sought: Option<MoneyRangeInput>,
    /// What we would put in.
    our_amount: Option<MoneyRangeInput>,
    /// Our part in the round.
    investor_role: Option<InvestorRole>,
    /// Who else invests, by name.
    co_investors: Option<Vec<String>>,
    /// What is bought.
    instrument: Option<Instrument>,
    /// At which valuation.
    valuation: Option<MoneyInput>,
    /// Before or after the round's money.
    valuation_basis: Option<ValuationBasis>,
    /// The funds that may do it.
    funds: Option<Vec<ID>>,
    /// Who brought it, and when.
    sources: Option<Vec<DealSourceInput>>,
    /// What is to be done next.
    next_step: Option<String>,
    /// By when.
    next_step_due: Option<Date>,
    /// Who sees it; TEAM if left out.
    visibility: Option<Visibility>,
    /// When it was opened, if not now.
    occurred_at: Option<DateTime>,
}

/// A change of a deal's terms. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateDealInput {
    /// Which deal.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// What it is called.
    title: Option<String>,
    /// Which round; null is UNKNOWN.
    round: MaybeUndefined<Round>,
    /// Who leads it.
    owner: MaybeUndefined<ID>,
    /// Who is of its team beside owner and opener; replaces the old ones.
    team: MaybeUndefined<Vec<ID>>,
    /// What the startup seeks.
    amount_sought: MaybeUndefined<MoneyRangeInput>,
    /// What we would put in.
    our_amount: MaybeUndefined<MoneyRangeInput>,
    /// Our part in the round.
    investor_role: MaybeUndefined<InvestorRole>,
    /// Who else invests, by name; replaces the old ones.
    co_investors: MaybeUndefined<Vec<String>>,
    /// What is bought.
    instrument: MaybeUndefined<Instrument>,
    /// At which valuation.
    valuation: MaybeUndefined<MoneyInput>,
    /// Before or after the round's money.
    valuation_basis: MaybeUndefined<ValuationBasis>,
    /// The funds that may do it; replaces the old ones.
    funds: MaybeUndefined<Vec<ID>>,
    /// When the term sheet was signed.
    term_sheet_signed_on: MaybeUndefined<Date>,
    /// Until when the term sheet holds.
    term_sheet_expires_on: MaybeUndefined<Date>,
    /// Until when they talk to us alone.
    exclusive_until: MaybeUndefined<Date>,
    /// When the purchase agreement was signed.
    signed_on: MaybeUndefined<Date>,
    /// When the money was paid.
    paid_on: MaybeUndefined<Date>,
    /// Who brought it, and when; replaces the old ones.
    sources: MaybeUndefined<Vec<DealSourceInput>>,
    /// What is to be done next.
    next_step: MaybeUndefined<String>,
    /// By when.
    next_step_due: MaybeUndefined<Date>,
    /// Who sees it.
    visibility: Option<Visibility>,
    /// When to look at it again.
    revisit_on: MaybeUndefined<Date>,
    /// What would make us look at it again.
    revisit_trigger: MaybeUndefined<String>,
    /// What brings it back by itself, while it is PASSED or ON_HOLD.
    revisit_when: MaybeUndefined<RevisitWhenInput>,
}

/// A move of a deal's stage, status or both.
#[derive(InputObject)]
pub struct MoveDealInput {
    /// Which deal.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// The key of the stage it goes to.
    stage: Option<String>,
    /// The status it gets.
    status: Option<DealStatus>,
    /// Why.
    reason: Option<String>,
    /// Why it is passed: needed for PASSED.
    pass_reason: Option<PassReason>,
    /// In which words it is passed.
    pass_note: Option<String>,
    /// When to look at it again. A deal that becomes PASSED or ON_HOLD waits for this day and for revisitWhen as they are
    /// given here, and for nothing where they are not.
    revisit_on: Option<Date>,
    /// What brings it back by itself, while it is PASSED or ON_HOLD.
    revisit_when: Option<RevisitWhenInput>,
    /// Why closed gates do not stop it; takes a PARTNER. Without one a closed gate is GATE_CLOSED.
    override_reason: Option<String>,
    /// When it happened, if not now.
    occurred_at: Option<DateTime>,
}

/// Which deal's last move is taken back.
#[derive(InputObject)]
pub struct VoidMoveInput {
    /// Which deal.
    deal: ID,
    /// The version the caller read.
    version: i32,
    /// Why.
    reason: String,
}

/// What became of a mutation of a deal.
#[derive(SimpleObject)]
pub struct DealPayload {
    /// The deal; null when nothing was done, or when the caller does not see it any more.
    deal: Option<Deal>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

pub(super) async fn payload(ctx: &Context<'_>, outcome: app::Outcome<DealId>) -> Result<DealPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?.deals_by_ids(&[id], None).await.map_err(told)?.pop(),
        None => None,
    };
    Ok(DealPayload {
        deal: row.map(|row| Deal::new(row, None)),
        user_errors,
    })
}

pub(super) fn refused(ctx: &Context<'_>, problems: Vec<Problem>) -> DealPayload {
    DealPayload {
        deal: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// Reads ids of an input, gathering what cannot be read.
#[derive(Default)]
struct Reading(Problems);

impl Reading {
    fn id<T: type_safe_id::StaticType + Default>(
        &mut self,
        id: &ID,
        field: &str,
    ) -> Option<type_safe_id::TypeSafeId<T>> {
        gather_id(id, field, &mut self.0.0)
    }
    fn team(&mut self, team: Vec<ID>) -> Vec<domain::UserId> {
        team.iter()
            .enumerate()
            .filter_map(|(n, id)| self.id::<UserTag>(id, &format!("team.{n}")))
            .collect()
    }
    fn funds(&mut self, funds: Vec<ID>) -> Vec<domain::FundId> {
        funds
            .iter()
            .enumerate()
            .filter_map(|(n, id)| self.id::<FundTag>(id, &format!("funds.{n}")))
            .collect()
    }
    fn when(&mut self, when: RevisitWhenInput) -> Option<deal::RevisitWhen> {
        match when.read() {
            Ok(when) => Some(when),
            Err(problems) => {
                self.0.0.extend(problems);
                None
            }
        }
    }
    fn sources(&mut self, sources: Vec<DealSourceInput>) -> Vec<deal::DealSource> {
        let read = |(n, source): (usize, DealSourceInput)| deal::DealSource {
            channel: source.channel.into(),
            who: source.who,
            person_id: source
                .person
                .and_then(|id| self.id::<PersonTag>(&id, &format!("sources.{n}.person"))),
            on: source.on.map(|day| day.0),
            precision: source.precision.map_or(time::DatePrecision::Day, Into::into),
        };
        sources.into_iter().enumerate().map(read).collect()
    }
    fn opening(mut self, input: OpenDealInput) -> std::result::Result<NewDeal, Vec<Problem>> {
        let startup = self.id::<StartupTag>(&input.startup, "startup");
        let terms = TermsEdit {
            title: input.title,
            round: input.round.map(Into::into),
            owner_id: input.owner.map(|id| self.id::<UserTag>(&id, "owner")),
            team: input.team.map(|team| self.team(team)),
            visibility: input.visibility.map(Into::into),
            amount_sought: input.amount_sought.map(|range| Some(range.into())),
            our_amount: input.our_amount.map(|range| Some(range.into())),
            investor_role: input.investor_role.map(|role| Some(role.into())),
            co_investors: input.co_investors,
            instrument: input.instrument.map(|word| Some(word.into())),
            valuation: input.valuation.map(|money| Some(money.into())),
            valuation_basis: input.valuation_basis.map(|word| Some(word.into())),
            fund_ids: input.funds.map(|funds| self.funds(funds)),
            sources: input.sources.map(|sources| self.sources(sources)),
            next_step: input.next_step.map(Some),
            next_step_due: input.next_step_due.map(|day| Some(day.0)),
            ..TermsEdit::default()
        };
        let problems = self.0.into_result();
        let occurred_at = input.occurred_at.map(|at| at.0);
        match startup {
            Some(startup) => problems.map(|()| NewDeal {
                startup,
                stage: input.stage,
                terms,
                occurred_at,
            }),
            None => Err(problems.err().unwrap_or_default()),
        }
    }
    fn update(
        mut self,
        input: UpdateDealInput,
    ) -> std::result::Result<(DealId, i32, TermsEdit), Vec<Problem>> {
        let id = self.id::<DealTag>(&input.id, "id");
        let day = |day: MaybeUndefined<Date>| optional(day, |day| day.0);
        let edit = TermsEdit {
            title: input.title,
            round: cleared(input.round, Into::into, deal::Round::Unknown),
            owner_id: match input.owner {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(id) => Some(self.id::<UserTag>(&id, "owner")),
            },
            team: cleared(input.team, |team| team, Vec::new()).map(|team| self.team(team)),
            visibility: input.visibility.map(Into::into),
            amount_sought: optional(input.amount_sought, Into::into),
            our_amount: optional(input.our_amount, Into::into),
            investor_role: optional(input.investor_role, Into::into),
            co_investors: cleared(input.co_investors, |names| names, Vec::new()),
            instrument: optional(input.instrument, Into::into),
            valuation: optional(input.valuation, Into::into),
            valuation_basis: optional(input.valuation_basis, Into::into),
            fund_ids: cleared(input.funds, |funds| funds, Vec::new()).map(|funds| self.funds(funds)),
            term_sheet_signed_on: day(input.term_sheet_signed_on),
            term_sheet_expires_on: day(input.term_sheet_expires_on),
            exclusive_until: day(input.exclusive_until),
            signed_on: day(input.signed_on),
            paid_on: day(input.paid_on),
            sources: cleared(input.sources, |sources| sources, Vec::new())
                .map(|sources| self.sources(sources)),
            next_step: optional(input.next_step, |words| words),
            next_step_due: day(input.next_step_due),
            revisit_on: day(input.revisit_on),
            revisit_trigger: optional(input.revisit_trigger, |words| words),
            revisit_when: match input.revisit_when {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(when) => Some(self.when(when)),
            },
        };
        let problems = self.0.into_result();
        match id {
            Some(id) => problems.map(|()| (id, input.version, edit)),
            None => Err(problems.err().unwrap_or_default()),
        }
    }
}

/// Mutations of deals.
#[derive(Default)]
pub struct DealMutation;

#[Object]
impl DealMutation {
    /// Opens a deal. At most one deal of a startup and round is active among those that all of the fund see.
    async fn open_deal(&self, ctx: &Context<'_>, input: OpenDealInput) -> Result<DealPayload> {
        match Reading::default().opening(input) {
            Ok(new) => payload(ctx, caller(ctx)?.open_deal(new, &path(ctx)).await.map_err(told)?).await,
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
    /// Changes the terms of a deal that is still at the version the caller read.
    async fn update_deal(&self, ctx: &Context<'_>, input: UpdateDealInput) -> Result<DealPayload> {
        match Reading::default().update(input) {
            Ok((id, version, edit)) => {
                let outcome = caller(ctx)?
                    .update_deal(id, version, edit, &path(ctx))
                    .await
                    .map_err(told)?;
                payload(ctx, outcome).await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
    /// Moves a deal's stage, status or both. Investing takes a PARTNER; INVESTED and LOST are final. Every gate from the
    /// next stage up to the target must be open, for INVESTED all of them; a PARTNER may override with a reason.
    /// Once it is ACTIVE again, a deal waits for nothing: revisitOn, revisitTrigger, revisitWhen and revisitDue are taken
    /// away.
    async fn move_deal(&self, ctx: &Context<'_>, input: MoveDealInput) -> Result<DealPayload> {
        let id = match read_id::<DealTag>(&input.id, "id") {
            Ok(id) => id,
            Err(problem) => return Ok(refused(ctx, vec![problem])),
        };
        let revisit_when = match input.revisit_when.map(RevisitWhenInput::read).transpose() {
            Ok(when) => when,
            Err(problems) => return Ok(refused(ctx, problems)),
        };
        let to = NewMove {
            stage: input.stage,
            status: input.status.map(Into::into),
            reason: input.reason,
            pass_reason: input.pass_reason.map(Into::into),
            pass_note: input.pass_note,
            revisit_on: input.revisit_on.map(|day| day.0),
            revisit_when,
            override_reason: input.override_reason,
            occurred_at: input.occurred_at.map(|at| at.0),
        };
        payload(
            ctx,
            caller(ctx)?
                .move_deal(id, input.version, to, &path(ctx))
                .await
                .map_err(told)?,
        )
        .await
    }
    /// Takes back a deal's last move: its author on the same day, or a PARTNER. Both rows stay in the history. What the
    /// deal waited for before is put back where nobody changed it since.
    async fn void_move(&self, ctx: &Context<'_>, input: VoidMoveInput) -> Result<DealPayload> {
        let id = match read_id::<DealTag>(&input.deal, "deal") {
            Ok(id) => id,
            Err(problem) => return Ok(refused(ctx, vec![problem])),
        };
        let outcome = caller(ctx)?
            .void_move(id, input.version, input.reason, &path(ctx))
            .await
            .map_err(told)?;
        payload(ctx, outcome).await
    }
}
