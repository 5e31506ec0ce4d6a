//! Items of agendas: reasons, votes, what they come to, decisions.

use std::sync::Arc;

use app::review::{Decided, Entry};
use async_graphql::{Context, ID, Object, Result};
use domain::{AgendaItemId, review};

use super::{
    AgendaReasonKind, DecisionKind, Review, Vote,
    load::{ItemKey, ReviewTasksKey},
};
use crate::{
    assessment::{self, AssessmentKey},
    belief::{self, Capability},
    context::{EvidenceKey, caller, language, loader},
    deal::{Deal, DealKey, GateCondition, OverridingKey, PassReason, Stage, stage_by_id},
    error::told,
    evidence::Evidence,
    provider::{self, ProviderEvent},
    scalar::{Date, DateTime, Decimal},
    task::{self, Task},
    user::{User, user},
};

/// An item of an agenda: a deal, and why it is there.
#[derive(Clone)]
pub struct AgendaItem {
    pub(super) review: Arc<review::Review>,
    pub(super) entry: Arc<Entry>,
}

/// The item with an id, if the caller may see its deal.
pub(crate) async fn by_id(ctx: &Context<'_>, id: AgendaItemId) -> Result<Option<AgendaItem>> {
    let found = loader(ctx)?.load_one(ItemKey(id)).await?;
    Ok(found.map(|(review, entry)| AgendaItem { review, entry }))
}

/// An item of an agenda: a deal, and why it is there. For those who may not see the deal, the agenda has no such item.
#[Object]
impl AgendaItem {
    /// Its id: the same while the meeting is prepared, held and closed.
    pub async fn id(&self) -> ID {
        self.entry.item.id.to_string().into()
    }
    /// Its meeting.
    async fn review(&self) -> Review {
        Review(Arc::clone(&self.review))
    }
    /// Its number among the items that the caller sees, from 1; 0 for one that was dropped.
    async fn position(&self) -> i32 {
        self.entry.position
    }
    /// The deal.
    async fn deal(&self) -> Option<Deal> {
        Some(Deal::new(self.entry.deal.clone(), None))
    }
    /// How many of the attendees may not see the deal: theirs is an agenda without it, and a break while it is presented.
    async fn hidden_from(&self) -> i32 {
        count(self.entry.hidden_from)
    }
    /// Why it is there: of a DRAFT as of now, else as when the meeting began.
    async fn reasons(&self) -> Vec<AgendaReason> {
        let reasons = self.entry.reasons.iter().cloned();
        reasons.map(AgendaReason).collect()
    }
    /// Minutes: those that people gave it, or its share of what is left by its weight; 0: it is only told.
    async fn planned_minutes(&self) -> i32 {
        self.entry.minutes
    }
    /// Whether somebody added it, whatever else is the reason.
    async fn is_added(&self) -> bool {
        self.entry.item.is_added
    }
    /// When it was dropped from the agenda; null while it is on it.
    async fn dropped_at(&self) -> Option<DateTime> {
        self.entry.item.dropped_at.map(DateTime)
    }
    /// Whether it was dropped from the meeting of this kind before.
    async fn dropped_last_time(&self) -> bool {
        self.entry.dropped_last_time
    }
    /// What was noted, as Markdown; empty for those with a conflict.
    async fn notes(&self) -> &str {
        if self.entry.has_conflict {
            ""
        } else {
            &self.entry.item.notes
        }
    }
    /// The version of the notes; send it back with writeNotes.
    async fn notes_version(&self) -> i32 {
        self.entry.item.notes_version
    }
    /// Whether votes may still be cast.
    async fn votes_open(&self) -> bool {
        self.entry.item.votes_closed_at.is_none()
            && self.entry.decision.is_none()
            && self.review.status != review::ReviewStatus::Closed
    }
    /// Whether the caller declared a conflict of interest.
    async fn viewer_has_conflict(&self) -> bool {
        self.entry.has_conflict
    }
    /// Whether the caller may vote on it while voting is open.
    async fn viewer_may_vote(&self, ctx: &Context<'_>) -> Result<bool> {
        let viewer = caller(ctx)?.viewer().await.map_err(told)?;
        Ok(self.entry.voters.contains(&viewer.user_id))
    }
    /// The votes in the order of casting: who voted, and how unless that is still closed to the caller.
    async fn votes(&self, ctx: &Context<'_>) -> Result<Vec<CastVote>> {
        let viewer = caller(ctx)?.viewer().await.map_err(told)?;
        let cast = self.entry.ballots.iter().map(|ballot| CastVote {
            is_open: !self.entry.is_sealed || ballot.by == viewer.user_id,
            ballot: ballot.clone(),
        });
        Ok(cast.collect())
    }
    /// How many of those who may vote did.
    async fn votes_cast(&self) -> i32 {
        let voters = &self.entry.voters;
        let cast = self.entry.ballots.iter().filter(|cast| voters.contains(&cast.by));
        count(cast.count())
    }
    /// How many may vote; of a closed meeting: could.
    async fn voters(&self) -> i32 {
        count(self.entry.voters.len())
    }
    /// What the votes come to, read from where the deal stood when it was decided, or stands while it is not; of a closed
    /// meeting as it was frozen. Null while voting is blind.
    async fn tally(&self) -> Option<Tally> {
        self.entry.tally.clone().map(Tally)
    }
    /// What was decided; null while nothing is.
    async fn decision(&self) -> Option<Decision> {
        self.entry.decision.clone().map(|decision| {
            Decision(Decided {
                decision,
                review: self.review.id,
                deal: self.entry.deal.id,
                startup: self.entry.deal.startup_id,
            })
        })
    }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// A reason for which a deal is on the agenda.
pub struct AgendaReason(review::Reason);

/// A reason for which a deal is on the agenda.
#[Object]
impl AgendaReason {
    /// What kind of reason.
    async fn kind(&self) -> AgendaReasonKind {
        self.0.kind().into()
    }
    /// The reason in words, in the caller's language.
    async fn text(&self, ctx: &Context<'_>) -> String {
        self.0.text(language(ctx))
    }
    /// The capability behind it, as it stands now; null where there is none.
    async fn capability(&self, ctx: &Context<'_>) -> Result<Option<Capability>> {
        match self.0.capability() {
            Some(id) => belief::capability(ctx, id, None).await,
            None => Ok(None),
        }
    }
    /// What a provider did behind it; null where there is nothing, or it was undone.
    async fn provider_event(&self, ctx: &Context<'_>) -> Result<Option<ProviderEvent>> {
        match self.0.provider_event() {
            Some((_, id)) => provider::event(ctx, id, None).await,
            None => Ok(None),
        }
    }
    /// The records behind it.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let ids = self.0.evidence();
        let mut found = loader(ctx)?
            .load_many(ids.iter().map(|id| EvidenceKey(*id, None)))
            .await?;
        let rows = ids.iter().filter_map(|id| found.remove(&EvidenceKey(*id, None)));
        Ok(rows.map(|row| Evidence { row, as_of: None }).collect())
    }
}

/// A vote.
pub struct CastVote {
    ballot: review::Ballot,
    is_open: bool,
}

/// A vote. While voting is blind, what others vote is told to nobody.
#[Object]
impl CastVote {
    /// Whose.
    async fn by(&self, ctx: &Context<'_>) -> Result<User> {
        user(ctx, Some(self.ballot.by))
            .await?
            .ok_or_else(|| told(app::Error::Internal("a vote without its voter".into())))
    }
    /// What; null while that is closed to the caller.
    async fn vote(&self) -> Option<Vote> {
        self.is_open.then(|| self.ballot.vote.into())
    }
    /// In which words; null while that is closed to the caller.
    async fn comment(&self) -> Option<&str> {
        self.ballot.comment.as_deref().filter(|_| self.is_open)
    }
    /// When it was cast.
    async fn at(&self) -> DateTime {
        DateTime(self.ballot.at)
    }
}

/// What the votes on an item come to under the meeting's rule.
pub struct Tally(review::Tally);

/// What the votes on an item come to under the meeting's rule. Votes of those who may not vote any more count for nothing.
#[Object]
impl Tally {
    /// Votes for it, strong ones among them.
    async fn yes(&self) -> i32 {
        count(self.0.yes)
    }
    /// Votes against it, strong ones among them.
    async fn no(&self) -> i32 {
        count(self.0.no)
    }
    /// Abstentions.
    async fn abstain(&self) -> i32 {
        count(self.0.abstain)
    }
    /// Whether enough of those who may vote did.
    async fn quorum(&self) -> bool {
        self.0.quorum
    }
    /// Who stopped it by a veto.
    async fn vetoed_by(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let mut found = Vec::new();
        for id in &self.0.vetoed_by {
            found.extend(user(ctx, Some(*id)).await?);
        }
        Ok(found)
    }
    /// What it means: a yes is ADVANCE, or INVEST where no stage is left; a no is PASS. Null without a quorum, or where the
    /// rule has nothing to say.
    async fn outcome(&self) -> Option<DecisionKind> {
        self.0.outcome.map(Into::into)
    }
    /// The same in words, in the caller's language.
    async fn text(&self, ctx: &Context<'_>) -> String {
        self.0.text(language(ctx))
    }
}

/// What was decided about an item.
#[derive(Clone)]
pub struct Decision(pub(super) Decided);

/// What was decided about an item. The deal moved with it.
#[Object]
impl Decision {
    /// What.
    async fn kind(&self) -> DecisionKind {
        self.0.decision.kind.into()
    }
    /// The stage that the deal went to, for ADVANCE.
    async fn stage(&self, ctx: &Context<'_>) -> Result<Option<Stage>> {
        match self.0.decision.stage_id {
            Some(id) => Ok(stage_by_id(ctx, id, None).await?.map(Stage)),
            None => Ok(None),
        }
    }
    /// Why we said no, for PASS.
    async fn reason(&self) -> Option<PassReason> {
        self.0.decision.pass_reason.map(Into::into)
    }
    /// When to look again, if that was said.
    async fn revisit_on(&self) -> Option<Date> {
        self.0.decision.revisit_on.map(Date)
    }
    /// Why, in words.
    async fn rationale(&self) -> &str {
        &self.0.decision.rationale
    }
    /// What the votes meant when it was decided; what was decided may differ.
    async fn outcome(&self) -> Option<DecisionKind> {
        self.0.decision.outcome.map(Into::into)
    }
    /// The conditions that go with it: tasks.
    async fn conditions(&self, ctx: &Context<'_>) -> Result<Vec<Task>> {
        let tasks = loader(ctx)?.load_one(ReviewTasksKey(self.0.review)).await?;
        let of_this = tasks
            .unwrap_or_default()
            .into_iter()
            .filter(|task| task.decision_id == Some(self.0.decision.id));
        Ok(task::shown(Some(of_this.collect()), None))
    }
    /// Who confirmed it.
    async fn by(&self, ctx: &Context<'_>) -> Result<User> {
        user(ctx, self.0.decision.by)
            .await?
            .ok_or_else(|| told(app::Error::Internal("a decision by nobody".into())))
    }
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.decision.at)
    }
    /// The deal as it is now; null if it is there no more.
    async fn deal(&self, ctx: &Context<'_>) -> Result<Option<Deal>> {
        let row = loader(ctx)?.load_one(DealKey(self.0.deal, None)).await?;
        Ok(row.map(|row| Deal::new(row, None)))
    }
    /// The meeting.
    async fn review(&self, ctx: &Context<'_>) -> Result<Review> {
        super::by_id(ctx, self.0.review)
            .await?
            .ok_or_else(|| told(app::Error::Internal("a decision of no meeting".into())))
    }
    /// What conviction was when it was decided, as known then; null where nothing was.
    async fn conviction_then(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        let key = AssessmentKey(self.0.startup, Some(self.0.decision.at));
        let then = loader(ctx)?.load_one(key).await?;
        Ok(then
            .and_then(|then| then.figures.conviction)
            .map(assessment::conviction))
    }
    /// The conditions of gates that it overrode.
    async fn overrode(&self, ctx: &Context<'_>) -> Result<Vec<GateCondition>> {
        let Some(change) = self.0.decision.change_id else {
            return Ok(Vec::new());
        };
        let changes = loader(ctx)?.load_one(OverridingKey(self.0.deal, None)).await?;
        let made = changes
            .unwrap_or_default()
            .into_iter()
            .find(|row| row.id == change);
        Ok(made
            .into_iter()
            .flat_map(|row| row.overrode)
            .map(Into::into)
            .collect())
    }
}
