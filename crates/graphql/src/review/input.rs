//! What people do with meetings.

use app::review::{ItemEdit, KindEdit, NewDecision, NewReview, ReviewEdit};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::{AgendaItemId, AgendaItemTag, DealTag, Problem, ReviewId, ReviewTag, UserId, UserTag, review};

use super::{
    AgendaItem, DecisionKind, DecisionRule, Quorum, Review, ReviewKind, ReviewKindSettings, Vote, by_id,
    item_by_id,
};
use crate::{
    context::{caller, gather_id, language, path},
    deal::{PassReason, RevisitWhenInput},
    error::told,
    scalar::{Date, DateTime},
    user::{UserError, split, user_errors},
};

/// What became of a mutation of a meeting.
#[derive(SimpleObject)]
pub struct ReviewPayload {
    /// The meeting.
    review: Option<Review>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of a mutation of an item.
#[derive(SimpleObject)]
pub struct AgendaItemPayload {
    /// The item.
    item: Option<AgendaItem>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of a change of how a kind is held.
#[derive(SimpleObject)]
pub struct ReviewKindPayload {
    /// How it is held.
    kind: Option<ReviewKindSettings>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What is needed to schedule a meeting; what is left out is as its kind is held.
#[derive(InputObject)]
pub struct ScheduleReviewInput {
    /// Of which kind.
    kind: ReviewKind,
    /// What it is called; left out: by its kind and its day.
    title: Option<String>,
    /// When it starts.
    starts_at: DateTime,
    /// How long it takes, in minutes.
    #[graphql(default = 60)]
    minutes: i32,
    /// Who comes; whoever presents comes too. Left out: who usually comes.
    attendees: Option<Vec<ID>>,
    /// Who presents; left out: the caller.
    presenter: Option<ID>,
    /// What votes mean.
    rule: Option<DecisionRule>,
    /// For THRESHOLD: how many yes it takes.
    threshold: Option<i32>,
    /// Who must have voted.
    quorum: Option<Quorum>,
    /// Whether nobody sees another's vote before voting is closed.
    is_blind: Option<bool>,
    /// Whose no stops it, whatever the rule says.
    veto_holders: Option<Vec<ID>>,
}

/// A change of a meeting that is not closed. A field left out stays as it is; null clears it. What votes mean, and whether
/// they are blind, stays once it began, and from the first vote on.
#[derive(InputObject)]
pub struct UpdateReviewInput {
    /// The meeting.
    id: ID,
    /// The version that was read.
    version: i32,
    /// What it is called.
    title: Option<String>,
    /// When it starts.
    starts_at: Option<DateTime>,
    /// How long it takes.
    minutes: Option<i32>,
    /// Who comes.
    attendees: Option<Vec<ID>>,
    /// Who presents.
    presenter: MaybeUndefined<ID>,
    /// What votes mean.
    rule: Option<DecisionRule>,
    /// For THRESHOLD: how many yes it takes.
    threshold: MaybeUndefined<i32>,
    /// Who must have voted.
    quorum: Option<Quorum>,
    /// Whether nobody sees another's vote before voting is closed.
    is_blind: Option<bool>,
    /// Whose no stops it, whatever the rule says.
    veto_holders: Option<Vec<ID>>,
}

/// A change of how a kind of meeting is held. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateReviewKindInput {
    /// The kind.
    kind: ReviewKind,
    /// The version that was read.
    version: i32,
    /// What votes mean.
    rule: Option<DecisionRule>,
    /// For THRESHOLD: how many yes it takes.
    threshold: MaybeUndefined<i32>,
    /// Who must have voted.
    quorum: Option<Quorum>,
    /// Whether nobody sees another's vote before voting is closed.
    is_blind: Option<bool>,
    /// Whose no stops it, whatever the rule says.
    veto_holders: Option<Vec<ID>>,
    /// After how many days the next one is due.
    every_days: MaybeUndefined<i32>,
    /// How long it takes.
    minutes: Option<i32>,
    /// The key of the stage whose deals wait for a decision of such a meeting.
    stage: MaybeUndefined<String>,
    /// Who usually comes.
    attendees: Option<Vec<ID>>,
}

/// A meeting at the version that was read.
#[derive(InputObject)]
pub struct StartReviewInput {
    /// The meeting.
    id: ID,
    /// The version that was read.
    version: i32,
}

/// A meeting at the version that was read.
#[derive(InputObject)]
pub struct CloseReviewInput {
    /// The meeting.
    id: ID,
    /// The version that was read.
    version: i32,
}

/// A meeting at the version that was read.
#[derive(InputObject)]
pub struct ArchiveReviewInput {
    /// The meeting.
    id: ID,
    /// The version that was read.
    version: i32,
}

/// Which deal to put on an agenda.
#[derive(InputObject)]
pub struct AddAgendaItemInput {
    /// The meeting.
    review: ID,
    /// The deal.
    deal: ID,
    /// Its minutes; left out: its share of what is left.
    planned_minutes: Option<i32>,
}

/// A change of what is planned of an item. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateAgendaItemInput {
    /// The item.
    item: ID,
    /// Its minutes; null: its share of what is left.
    planned_minutes: MaybeUndefined<i32>,
    /// Whether it is dropped.
    dropped: Option<bool>,
}

/// The order of an agenda.
#[derive(InputObject)]
pub struct OrderAgendaInput {
    /// The meeting.
    review: ID,
    /// The items that come first, in this order; the others follow by their weight.
    items: Vec<ID>,
}

/// What everybody is to look at.
#[derive(InputObject)]
pub struct PresentItemInput {
    /// The meeting.
    review: ID,
    /// The item; null: a break.
    item: Option<ID>,
}

/// Notes of an item.
#[derive(InputObject)]
pub struct WriteNotesInput {
    /// The item.
    item: ID,
    /// The version of the notes that was read.
    version: i32,
    /// The notes, as Markdown.
    notes: String,
}

/// A vote.
#[derive(InputObject)]
pub struct CastVoteInput {
    /// The item.
    item: ID,
    /// What is voted.
    vote: Vote,
    /// In which words.
    comment: Option<String>,
}

/// On which item voting ends.
#[derive(InputObject)]
pub struct CloseVotesInput {
    /// The item.
    item: ID,
}

/// Whether the caller has a conflict of interest.
#[derive(InputObject)]
pub struct DeclareConflictInput {
    /// The item.
    item: ID,
    /// Whether there is one; false takes it back.
    has_conflict: bool,
}

/// A decision.
#[derive(InputObject)]
pub struct DecideInput {
    /// The item.
    item: ID,
    /// What is decided.
    kind: DecisionKind,
    /// The key of the stage it goes to, for ADVANCE: a later one, or its own for a deal that waited. Left out: the next one.
    stage: Option<String>,
    /// Why we say no: required for PASS. Of a deal that is passed already, the reason that it has.
    pass_reason: Option<PassReason>,
    /// When to look at it again. A deal that is held or passed by this waits for this day and for revisitWhen as they are
    /// given here; where it was so before, what is left out stays.
    revisit_on: Option<Date>,
    /// What brings it back by itself, for HOLD and PASS.
    revisit_when: Option<RevisitWhenInput>,
    /// Why, in words.
    rationale: String,
    /// What has to be done before it is closed: tasks. For ADVANCE and INVEST.
    conditions: Option<Vec<String>>,
    /// Why closed gates on the way do not stop it.
    override_reason: Option<String>,
}

/// Which decision to take back.
#[derive(InputObject)]
pub struct UndoDecisionInput {
    /// The item.
    item: ID,
}

/// A remark on a closed meeting.
#[derive(InputObject)]
pub struct AmendReviewInput {
    /// The meeting.
    id: ID,
    /// The remark.
    text: String,
}

fn users(ids: Option<Vec<ID>>, field: &str, problems: &mut Vec<Problem>) -> Option<Vec<UserId>> {
    ids.map(|ids| {
        ids.iter()
            .enumerate()
            .filter_map(|(n, id)| gather_id::<UserTag>(id, &format!("{field}.{n}"), problems))
            .collect()
    })
}

fn cleared<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    value.into()
}

/// What is read, or what is wrong with it.
fn checked<T>(read: Option<T>, problems: Vec<Problem>) -> std::result::Result<T, Vec<Problem>> {
    match read {
        Some(read) if problems.is_empty() => Ok(read),
        _ => Err(problems),
    }
}

impl ScheduleReviewInput {
    fn read(self) -> std::result::Result<NewReview, Vec<Problem>> {
        let mut problems = Vec::new();
        let new = NewReview {
            kind: self.kind.into(),
            title: self.title,
            starts_at: self.starts_at.0,
            minutes: Some(self.minutes),
            attendees: users(self.attendees, "attendees", &mut problems),
            presenter: self
                .presenter
                .and_then(|id| gather_id::<UserTag>(&id, "presenter", &mut problems)),
            rule: self.rule.map(Into::into),
            threshold: self.threshold,
            quorum: self.quorum.map(Into::into),
            is_blind: self.is_blind,
            vetoes: users(self.veto_holders, "vetoHolders", &mut problems),
        };
        checked(Some(new), problems)
    }
}

impl UpdateReviewInput {
    fn read(self) -> std::result::Result<(ReviewId, i32, ReviewEdit), Vec<Problem>> {
        let mut problems = Vec::new();
        let id = gather_id::<ReviewTag>(&self.id, "id", &mut problems);
        let presenter = cleared(self.presenter)
            .map(|id| id.and_then(|id| gather_id::<UserTag>(&id, "presenter", &mut problems)));
        let edit = ReviewEdit {
            title: self.title,
            starts_at: self.starts_at.map(|at| at.0),
            minutes: self.minutes,
            attendees: users(self.attendees, "attendees", &mut problems),
            presenter,
            rule: self.rule.map(Into::into),
            threshold: cleared(self.threshold),
            quorum: self.quorum.map(Into::into),
            is_blind: self.is_blind,
            vetoes: users(self.veto_holders, "vetoHolders", &mut problems),
        };
        checked(id.map(|id| (id, self.version, edit)), problems)
    }
}

impl UpdateReviewKindInput {
    fn read(self) -> std::result::Result<(review::ReviewKind, i32, KindEdit), Vec<Problem>> {
        let mut problems = Vec::new();
        let edit = KindEdit {
            rule: self.rule.map(Into::into),
            threshold: cleared(self.threshold),
            quorum: self.quorum.map(Into::into),
            is_blind: self.is_blind,
            vetoes: users(self.veto_holders, "vetoHolders", &mut problems),
            every_days: cleared(self.every_days),
            minutes: self.minutes,
            stage: cleared(self.stage),
            attendees: users(self.attendees, "attendees", &mut problems),
        };
        checked(Some((self.kind.into(), self.version, edit)), problems)
    }
}

impl DecideInput {
    fn read(self) -> std::result::Result<(AgendaItemId, NewDecision), Vec<Problem>> {
        let mut problems = Vec::new();
        let item = gather_id::<AgendaItemTag>(&self.item, "item", &mut problems);
        let revisit_when = match self.revisit_when.map(RevisitWhenInput::read).transpose() {
            Ok(when) => when,
            Err(wrong) => {
                problems.extend(wrong);
                None
            }
        };
        let new = NewDecision {
            kind: self.kind.into(),
            stage: self.stage,
            pass_reason: self.pass_reason.map(Into::into),
            revisit_on: self.revisit_on.map(|day| day.0),
            revisit_when,
            rationale: self.rationale,
            conditions: self.conditions.unwrap_or_default(),
            override_reason: self.override_reason,
        };
        checked(item.map(|item| (item, new)), problems)
    }
}

fn item_id(id: &ID, field: &str) -> std::result::Result<AgendaItemId, Vec<Problem>> {
    let mut problems = Vec::new();
    checked(gather_id::<AgendaItemTag>(id, field, &mut problems), problems)
}

fn review_id(id: &ID, field: &str) -> std::result::Result<ReviewId, Vec<Problem>> {
    let mut problems = Vec::new();
    checked(gather_id::<ReviewTag>(id, field, &mut problems), problems)
}

async fn of_review(ctx: &Context<'_>, outcome: app::Outcome<ReviewId>) -> Result<ReviewPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let review = match id {
        Some(id) => by_id(ctx, id).await?,
        None => None,
    };
    Ok(ReviewPayload { review, user_errors })
}

async fn of_item(ctx: &Context<'_>, outcome: app::Outcome<AgendaItemId>) -> Result<AgendaItemPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let item = match id {
        Some(id) => item_by_id(ctx, id).await?,
        None => None,
    };
    Ok(AgendaItemPayload { item, user_errors })
}

/// Carries out what was read of an input, or tells what is wrong with it.
macro_rules! carry_out {
    ($ctx:expr, $payload:ident, $read:expr, |$caller:ident, $what:pat_param| $done:expr) => {{
        let outcome = match $read {
            Ok($what) => {
                let $caller = caller($ctx)?;
                $done.await.map_err(told)?
            }
            Err(problems) => Err(problems),
        };
        $payload($ctx, outcome).await
    }};
}

/// Mutations of meetings.
#[derive(Default)]
pub struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// Schedules a meeting. Its agenda is computed from what changes until it begins. For PARTNER.
    async fn schedule_review(&self, ctx: &Context<'_>, input: ScheduleReviewInput) -> Result<ReviewPayload> {
        carry_out!(ctx, of_review, input.read(), |caller, new| caller
            .schedule_review(new, &path(ctx)))
    }
    /// Changes a meeting that is still at the version read and not closed. For PARTNER.
    async fn update_review(&self, ctx: &Context<'_>, input: UpdateReviewInput) -> Result<ReviewPayload> {
        carry_out!(ctx, of_review, input.read(), |caller, (id, version, edit)| caller
            .update_review(id, version, edit, &path(ctx)))
    }
    /// Calls a meeting off that has not begun; undo shows it again. For PARTNER.
    async fn archive_review(&self, ctx: &Context<'_>, input: ArchiveReviewInput) -> Result<ReviewPayload> {
        let version = input.version;
        carry_out!(ctx, of_review, review_id(&input.id, "id"), |caller, id| caller
            .call_review_off(id, version, &path(ctx)))
    }
    /// Changes how a kind of meeting is held; meetings scheduled already stay as they are. For ADMIN.
    async fn update_review_kind(
        &self,
        ctx: &Context<'_>,
        input: UpdateReviewKindInput,
    ) -> Result<ReviewKindPayload> {
        let outcome = match input.read() {
            Ok((kind, version, edit)) => caller(ctx)?
                .update_review_kind(kind, version, edit, &path(ctx))
                .await
                .map_err(told)?,
            Err(problems) => {
                return Ok(ReviewKindPayload {
                    kind: None,
                    user_errors: user_errors(problems, language(ctx)),
                });
            }
        };
        let (done, user_errors) = split(ctx, outcome);
        let kind = match done {
            Some(kind) => {
                let kinds = caller(ctx)?.review_kinds().await.map_err(told)?;
                kinds.into_iter().find(|settings| settings.kind == kind)
            }
            None => None,
        };
        Ok(ReviewKindPayload {
            kind: kind.map(ReviewKindSettings),
            user_errors,
        })
    }
    /// Puts a deal on the agenda, or back on it.
    async fn add_agenda_item(
        &self,
        ctx: &Context<'_>,
        input: AddAgendaItemInput,
    ) -> Result<AgendaItemPayload> {
        let mut problems = Vec::new();
        let review = gather_id::<ReviewTag>(&input.review, "review", &mut problems);
        let deal = gather_id::<DealTag>(&input.deal, "deal", &mut problems);
        let minutes = input.planned_minutes;
        let path = path(ctx);
        carry_out!(ctx, of_item, checked(review.zip(deal), problems), |caller,
                                                                       (
            review,
            deal,
        )| {
            caller.add_agenda_item(review, deal, minutes, &path)
        })
    }
    /// Changes an item's minutes, drops it or takes that back. What was decided is not dropped; nor, while the meeting goes
    /// on, what is presented or was voted on.
    async fn update_agenda_item(
        &self,
        ctx: &Context<'_>,
        input: UpdateAgendaItemInput,
    ) -> Result<AgendaItemPayload> {
        let edit = ItemEdit {
            planned_minutes: cleared(input.planned_minutes),
            dropped: input.dropped,
        };
        carry_out!(ctx, of_item, item_id(&input.item, "item"), |caller, item| caller
            .update_agenda_item(item, edit.clone(), &path(ctx)))
    }
    /// Puts the agenda into an order.
    async fn order_agenda(&self, ctx: &Context<'_>, input: OrderAgendaInput) -> Result<ReviewPayload> {
        let mut problems = Vec::new();
        let review = gather_id::<ReviewTag>(&input.review, "review", &mut problems);
        let items: Vec<AgendaItemId> = input
            .items
            .iter()
            .enumerate()
            .filter_map(|(n, id)| gather_id::<AgendaItemTag>(id, &format!("items.{n}"), &mut problems))
            .collect();
        carry_out!(
            ctx,
            of_review,
            checked(review.map(|review| (review, items)), problems),
            |caller, (review, items)| caller.order_agenda(review, items, &path(ctx))
        )
    }
    /// Begins a meeting: its agenda stands from then on, and its first item is presented. By whoever presents, or a PARTNER.
    async fn start_review(&self, ctx: &Context<'_>, input: StartReviewInput) -> Result<ReviewPayload> {
        let version = input.version;
        carry_out!(ctx, of_review, review_id(&input.id, "id"), |caller, id| caller
            .start_review(id, version, &path(ctx)))
    }
    /// Has everybody look at an item, or at none: a break. Whoever does it presents from then on.
    async fn present_item(&self, ctx: &Context<'_>, input: PresentItemInput) -> Result<ReviewPayload> {
        let mut problems = Vec::new();
        let review = gather_id::<ReviewTag>(&input.review, "review", &mut problems);
        let item = input
            .item
            .and_then(|id| gather_id::<AgendaItemTag>(&id, "item", &mut problems));
        carry_out!(
            ctx,
            of_review,
            checked(review.map(|review| (review, item)), problems),
            |caller, (review, item)| caller.present_item(review, item, &path(ctx))
        )
    }
    /// Replaces an item's notes that are still at the version read.
    async fn write_notes(&self, ctx: &Context<'_>, input: WriteNotesInput) -> Result<AgendaItemPayload> {
        let WriteNotesInput { item, version, notes } = input;
        carry_out!(ctx, of_item, item_id(&item, "item"), |caller, item| caller
            .write_notes(item, version, notes.clone(), &path(ctx)))
    }
    /// Casts the caller's vote, before the meeting too; another one replaces it until voting is closed. For attendees who
    /// are PARTNER or ADMIN.
    async fn cast_vote(&self, ctx: &Context<'_>, input: CastVoteInput) -> Result<AgendaItemPayload> {
        let CastVoteInput { item, vote, comment } = input;
        carry_out!(ctx, of_item, item_id(&item, "item"), |caller, item| caller
            .cast_vote(item, vote.into(), comment.clone(), &path(ctx)))
    }
    /// Ends voting on an item: then everybody sees how everybody voted. By whoever presents, or a PARTNER.
    async fn close_votes(&self, ctx: &Context<'_>, input: CloseVotesInput) -> Result<AgendaItemPayload> {
        carry_out!(ctx, of_item, item_id(&input.item, "item"), |caller, item| caller
            .close_votes(item, &path(ctx)))
    }
    /// Says that the caller has a conflict of interest on an item, until the meeting is closed: then the caller neither votes
    /// nor reads its notes. A vote that was cast is withdrawn while voting is open; once voting is closed it stays, and counts
    /// for nothing unless it was decided on before. One that was known when voting closed is not taken back.
    async fn declare_conflict(
        &self,
        ctx: &Context<'_>,
        input: DeclareConflictInput,
    ) -> Result<AgendaItemPayload> {
        let has = input.has_conflict;
        carry_out!(ctx, of_item, item_id(&input.item, "item"), |caller, item| caller
            .declare_conflict(item, has, &path(ctx)))
    }
    /// Decides about an item and moves its deal in the same transaction, through open gates or with a reason to override
    /// them. For PARTNER, while the meeting goes on; blind votes must be closed before, other voting on the item ends with it.
    async fn decide(&self, ctx: &Context<'_>, input: DecideInput) -> Result<AgendaItemPayload> {
        carry_out!(ctx, of_item, input.read(), |caller, (item, new)| caller.decide(
            item,
            new,
            &path(ctx)
        ))
    }
    /// Takes a decision back while the meeting goes on: the move is voided, open conditions go, voting that the decision
    /// ended goes on. For PARTNER.
    async fn undo_decision(&self, ctx: &Context<'_>, input: UndoDecisionInput) -> Result<AgendaItemPayload> {
        carry_out!(ctx, of_item, item_id(&input.item, "item"), |caller, item| caller
            .undo_decision(item, &path(ctx)))
    }
    /// Closes a meeting: votes end, packet and minutes are frozen. That cannot be undone. By whoever presents, or a PARTNER.
    async fn close_review(&self, ctx: &Context<'_>, input: CloseReviewInput) -> Result<ReviewPayload> {
        let version = input.version;
        carry_out!(ctx, of_review, review_id(&input.id, "id"), |caller, id| caller
            .close_review(id, version, &path(ctx)))
    }
    /// Adds a remark to a closed meeting.
    async fn amend_review(&self, ctx: &Context<'_>, input: AmendReviewInput) -> Result<ReviewPayload> {
        let text = input.text;
        carry_out!(ctx, of_review, review_id(&input.id, "id"), |caller, id| caller
            .amend_review(id, text.clone(), &path(ctx)))
    }
}
