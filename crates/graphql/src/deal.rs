//! Deals, their stages and moves.

mod behind;
mod beside;
mod capture;
mod change;
mod gate;
mod input;
mod list;
mod load;
mod revisit;
mod stage;
mod stage_input;
mod words;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::{DealTag, Instant, PersonId, deal, fund::mismatches};

use crate::{
    context::{StartupKey, UserKey, caller, id, language, loader},
    document::{self, Document},
    error::told,
    evidence::DatePrecision,
    fund::{self, Fund, FundFit},
    interaction::{self, InteractionConnection, Owner},
    money::{Money, MoneyRange},
    outcome::{self, LaterOutcome},
    person::{Person, PersonKey},
    scalar::{Date, DateTime},
    startup::{self, Startup},
    task::{self, Task},
    user::{User, user},
};

use beside::Beside;
pub use capture::CaptureMutation;
pub use change::DealChange;
pub use gate::Gate;
pub use input::DealMutation;
pub use list::{DealConnection, DealOrder};
pub(crate) use list::{DealFilter, column_page, of_now_only, of_startup, read_order};
use load::ChangesKey;
pub(crate) use load::DealKey;
pub(crate) use load::OverridingKey;
pub(crate) use revisit::RevisitWhenInput;
pub use revisit::{RevisitDue, RevisitWhen};
pub use stage::Stage;
pub(crate) use stage::by_id as stage_by_id;
pub use stage_input::StageMutation;
pub use words::{
    Channel, DealStatus, GateCondition, Instrument, InvestorRole, PassReason, Round, ValuationBasis,
    Visibility,
};

fn missing(what: &str) -> async_graphql::Error {
    told(app::Error::Internal(format!("a deal without its {what}")))
}

/// Who brought a deal, and when.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub struct DealSource {
    /// Through which channel.
    channel: Channel,
    /// Who brought it: a person or an organisation, in words.
    who: Option<String>,
    /// When; the last day of the period where only that is known.
    on: Option<Date>,
    /// How exactly the day is known.
    precision: DatePrecision,
    #[graphql(skip)]
    person_id: Option<PersonId>,
    #[graphql(skip)]
    as_of: Option<Instant>,
}

#[ComplexObject]
impl DealSource {
    /// The person who brought it, if the person is known here.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.person_id else { return Ok(None) };
        let row = loader(ctx)?.load_one(PersonKey(id, self.as_of)).await?;
        Ok(row.map(|row| Person {
            row,
            as_of: self.as_of,
        }))
    }
}

/// A deal, as known at an instant.
#[derive(Clone)]
pub struct Deal {
    pub(crate) row: Arc<deal::Deal>,
    pub(crate) as_of: Option<Instant>,
    beside: Beside,
}

impl Deal {
    pub(crate) fn new(row: impl Into<Arc<deal::Deal>>, as_of: Option<Instant>) -> Self {
        Self {
            row: row.into(),
            as_of,
            beside: Beside::default(),
        }
    }
    async fn instant(&self, ctx: &Context<'_>) -> Result<Instant> {
        Ok(self.as_of.unwrap_or(caller(ctx)?.now()))
    }
}

/// One possible investment in one startup: how far it got (stage) and what became of it (status), apart.
#[Object]
impl Deal {
    /// The deal's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.terms.title
    }
    /// In which startup.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        if let Some(startup) = &self.beside.startup {
            return Ok(startup.clone());
        }
        startup::by_id(ctx, self.row.startup_id, self.as_of)
            .await?
            .ok_or_else(|| missing("startup"))
    }
    /// How far it got.
    async fn stage(&self, ctx: &Context<'_>) -> Result<Stage> {
        Ok(Stage(
            stage::of_deal(ctx, self.row.standing.stage_id, self.as_of).await?,
        ))
    }
    /// What became of it so far.
    async fn status(&self) -> DealStatus {
        self.row.standing.status.into()
    }
    /// Who leads it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match &self.beside.owner {
            Some(owner) => Ok(Some(owner.clone())),
            None => user(ctx, self.row.terms.owner_id).await,
        }
    }
    /// Everybody of its team: owner, opener and those named.
    async fn team(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let members = self.row.members();
        let mut known = loader(ctx)?
            .load_many(members.iter().map(|id| UserKey(*id)))
            .await?;
        Ok(members
            .into_iter()
            .filter_map(|id| known.remove(&UserKey(id)))
            .map(User)
            .collect())
    }
    /// Which round.
    async fn round(&self) -> Round {
        self.row.terms.round.into()
    }
    /// What the startup seeks.
    async fn amount_sought(&self) -> Option<MoneyRange> {
        self.row.terms.amount_sought.clone().map(Into::into)
    }
    /// What we would put in.
    async fn our_amount(&self) -> Option<MoneyRange> {
        self.row.terms.our_amount.clone().map(Into::into)
    }
    /// Our part in the round.
    async fn investor_role(&self) -> Option<InvestorRole> {
        self.row.terms.investor_role.map(Into::into)
    }
    /// Who else invests, by name.
    async fn co_investors(&self) -> &[String] {
        &self.row.terms.co_investors
    }
    /// What is bought.
    async fn instrument(&self) -> Option<Instrument> {
        self.row.terms.instrument.map(Into::into)
    }
    /// At which valuation.
    async fn valuation(&self) -> Option<Money> {
        self.row.terms.valuation.clone().map(Into::into)
    }
    /// Before or after the round's money.
    async fn valuation_basis(&self) -> Option<ValuationBasis> {
        self.row.terms.valuation_basis.map(Into::into)
    }
    /// The funds that may do it, as they were known at the instant.
    async fn funds(&self, ctx: &Context<'_>) -> Result<Vec<Fund>> {
        fund::by_ids(ctx, &self.row.terms.fund_ids, self.as_of).await
    }
    /// For each of these funds where the deal does not suit it, in words: the startup's structure, the currency of the
    /// amount, our amount and the ticket. Notes, no refusals.
    async fn fit(&self, ctx: &Context<'_>) -> Result<Vec<FundFit>> {
        let terms = &self.row.terms;
        let funds = fund::by_ids(ctx, &terms.fund_ids, self.as_of).await?;
        if funds.is_empty() {
            return Ok(Vec::new());
        }
        let key = StartupKey(self.row.startup_id, self.as_of);
        let startup = loader(ctx)?.load_one(key).await?;
        let structure = startup.ok_or_else(|| missing("startup"))?.profile.structure;
        let language = language(ctx);
        let notes_of = |fund: &domain::fund::Fund| {
            let found = mismatches(
                fund,
                structure,
                terms.our_amount.as_ref(),
                terms.amount_sought.as_ref(),
            );
            found.iter().map(|mismatch| mismatch.text(language)).collect()
        };
        Ok(funds
            .into_iter()
            .map(|fund| FundFit {
                notes: notes_of(&fund.0),
                fund,
            })
            .collect())
    }
    /// When the term sheet was signed.
    async fn term_sheet_signed_on(&self) -> Option<Date> {
        self.row.terms.term_sheet_signed_on.map(Date)
    }
    /// Until when the term sheet holds.
    async fn term_sheet_expires_on(&self) -> Option<Date> {
        self.row.terms.term_sheet_expires_on.map(Date)
    }
    /// Until when they talk to us alone.
    async fn exclusive_until(&self) -> Option<Date> {
        self.row.terms.exclusive_until.map(Date)
    }
    /// When the purchase agreement was signed.
    async fn signed_on(&self) -> Option<Date> {
        self.row.terms.signed_on.map(Date)
    }
    /// When the money was paid.
    async fn paid_on(&self) -> Option<Date> {
        self.row.terms.paid_on.map(Date)
    }
    /// Who brought it, and when.
    async fn sources(&self) -> Vec<DealSource> {
        let read = |source: &deal::DealSource| DealSource {
            channel: source.channel.into(),
            who: source.who.clone(),
            on: source.on.map(Date),
            precision: source.precision.into(),
            person_id: source.person_id,
            as_of: self.as_of,
        };
        self.row.terms.sources.iter().map(read).collect()
    }
    /// What is to be done next.
    async fn next_step(&self) -> Option<&str> {
        self.row.terms.next_step.as_deref()
    }
    /// By when.
    async fn next_step_due(&self) -> Option<Date> {
        self.row.terms.next_step_due.map(Date)
    }
    /// Who sees it.
    async fn visibility(&self) -> Visibility {
        self.row.terms.visibility.into()
    }
    /// Why it was passed, while it is.
    async fn pass_reason(&self) -> Option<PassReason> {
        self.row.standing.pass_reason.map(Into::into)
    }
    /// In which words it was passed.
    async fn pass_note(&self) -> Option<&str> {
        self.row.standing.pass_note.as_deref()
    }
    /// When to look at it again; taken away when it is ACTIVE again, as are revisitTrigger and revisitWhen.
    async fn revisit_on(&self) -> Option<Date> {
        self.row.terms.revisit_on.map(Date)
    }
    /// What would make us look at it again.
    async fn revisit_trigger(&self) -> Option<&str> {
        self.row.terms.revisit_trigger.as_deref()
    }
    /// What brings it back by itself: evidence or a conviction of its startup, or a capability of base models.
    async fn revisit_when(&self) -> Option<RevisitWhen> {
        let when = self.row.terms.revisit_when.clone()?;
        Some(RevisitWhen {
            when,
            as_of: self.as_of,
        })
    }
    /// Since when what it waits for is there, and what came; null while it waits.
    async fn revisit_due(&self) -> Option<RevisitDue> {
        self.row.revisit_due.clone().map(|due| RevisitDue {
            due,
            as_of: self.as_of,
        })
    }
    /// When it last came into its stage, as it happened.
    async fn entered_stage_at(&self) -> DateTime {
        DateTime(self.row.standing.entered_stage_at)
    }
    /// Whole 24 hours since then, less the time on hold.
    async fn days_in_stage(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(deal::days_in_stage(&self.row.standing, self.instant(ctx).await?))
    }
    /// Whether it is active and in its stage for longer than the stage's limit.
    async fn is_stale(&self, ctx: &Context<'_>) -> Result<bool> {
        let stage = stage::of_deal(ctx, self.row.standing.stage_id, self.as_of).await?;
        Ok(deal::is_stale(
            &self.row.standing,
            stage.limit_days,
            self.instant(ctx).await?,
        ))
    }
    /// Its opening and every move, as recorded, voided ones too.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<DealChange>> {
        let rows = loader(ctx)?
            .load_one(ChangesKey(self.row.id, self.as_of))
            .await?
            .unwrap_or_default();
        let void = |id| rows.iter().find(|row| row.voids == Some(id)).cloned();
        let moves = rows.iter().filter(|row| row.voids.is_none());
        Ok(moves
            .map(|row| DealChange {
                row: row.clone(),
                void: void(row.id),
                as_of: self.as_of,
            })
            .collect())
    }
    /// Whether the gates on its way to a stage are open, and what is missing.
    async fn gate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key of the stage; without it the last of the pipeline.")] stage: Option<String>,
        #[graphql(
            default_with = "DealStatus::Active",
            desc = "The status that it is to have there: INVESTED asks the gates of all stages, those behind it too."
        )]
        status: DealStatus,
    ) -> Result<Gate> {
        gate::of_deal(ctx, self, stage.as_deref(), status.into()).await
    }
    /// The conditions of gates that its moves overrode, voided moves left out: shown wherever the deal is.
    async fn overridden(&self, ctx: &Context<'_>) -> Result<Vec<GateCondition>> {
        let rows = loader(ctx)?
            .load_one(OverridingKey(self.row.id, self.as_of))
            .await?
            .unwrap_or_default();
        Ok(deal::overridden(&rows).into_iter().map(Into::into).collect())
    }
    /// Its documents, newest first.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        document::of_deal(ctx, self.row.id, self.as_of).await
    }
    /// What is to be done for it, and what was done: open tasks first, what is due first leading; at most 500.
    async fn tasks(&self, ctx: &Context<'_>) -> Result<Vec<Task>> {
        task::of_deal(ctx, self.row.id, self.as_of).await
    }
    /// What was talked about for it, the latest first.
    async fn interactions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<InteractionConnection> {
        let paging = (first, after, last, before);
        interaction::of(ctx, Owner::Deal(self.row.id), self.as_of, paging).await
    }
    /// What became of its startup after it was passed or lost, the earliest first.
    async fn outcome_watch(&self, ctx: &Context<'_>) -> Result<Vec<LaterOutcome>> {
        outcome::of_deal(ctx, self.row.id, self.as_of).await
    }
    /// When it was opened here.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
    /// When it was last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.row.updated_at)
    }
    /// Rises by one with every change; send it back with an update or a move.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// Queries about deals.
#[derive(Default)]
pub struct DealQuery;

#[Object]
impl DealQuery {
    /// The stages of the pipeline in order, retired ones too. With asOf: as known at that instant.
    async fn stages(&self, ctx: &Context<'_>, as_of: Option<DateTime>) -> Result<Vec<Stage>> {
        Ok(caller(ctx)?
            .stages(as_of.map(|at| at.0))
            .await
            .map_err(told)?
            .into_iter()
            .map(Stage)
            .collect())
    }
    /// One deal; null if there is none, or it is not for the caller. With asOf: as known at that instant, by today's rights.
    #[graphql(name = "deal")]
    async fn one(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "id")] text: ID,
        as_of: Option<DateTime>,
    ) -> Result<Option<Deal>> {
        let as_of = as_of.map(|at| at.0);
        let id = id::<DealTag>(&text)?;
        let row = caller(ctx)?.deals_by_ids(&[id], as_of).await.map_err(told)?.pop();
        Ok(row.map(|row| Deal::new(row, as_of)))
    }
    /// Deals, the one that came into its stage first leading unless ordered otherwise. With asOf: as known at that
    /// instant, by today's rights; hasProof, convictionAtLeast and the order by CONVICTION are of now alone.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn deals(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<DealFilter>,
        order: Option<list::DealOrder>,
        as_of: Option<DateTime>,
    ) -> Result<DealConnection> {
        let as_of = as_of.map(|at| at.0);
        list::all(ctx, (first, after, last, before), filter, order, as_of).await
    }
}
