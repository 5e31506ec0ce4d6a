//! The mutations of meetings, of each of which a button asks what went wrong and nothing else.

use chrono::NaiveDate;
use cynic::MutationBuilder;
use serde::de::DeserializeOwned;

use crate::answer::UserError;
use crate::deal::PassReason;
use crate::deal::revisit::RevisitWhenInput;
use crate::problem::Problem;
use crate::review::{DecisionKind, Vote};
use crate::{schema, send};

/// An input with its mutation.
pub(super) trait Act: Sized {
    /// What the mutation answers.
    type Answer: DeserializeOwned;
    /// What the document is called.
    const NAME: &'static str;
    /// The document, and its variables.
    fn document(self) -> (String, Result<serde_json::Value, Problem>);
    /// What the sender can repair.
    fn errors(answer: Self::Answer) -> Vec<UserError>;
}

#[derive(cynic::QueryFragment)]
pub(super) struct ReviewPayload {
    pub(super) user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
pub(super) struct AgendaItemPayload {
    pub(super) user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
pub(super) struct TaskPayload {
    pub(super) user_errors: Vec<UserError>,
}

#[derive(cynic::QueryVariables)]
pub(super) struct StartReviewVariables {
    pub(super) input: StartReviewInput,
}

#[derive(cynic::InputObject)]
pub(super) struct StartReviewInput {
    pub(super) id: cynic::Id,
    pub(super) version: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "StartReviewVariables")]
pub(super) struct StartReview {
    #[arguments(input: $input)]
    pub(super) start_review: ReviewPayload,
}

impl Act for StartReviewInput {
    type Answer = StartReview;
    const NAME: &'static str = "StartReview";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = StartReviewVariables { input: self };
        let told = send::variables(&variables);
        (StartReview::build(variables).query, told)
    }
    fn errors(answer: StartReview) -> Vec<UserError> {
        answer.start_review.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct CallReviewOffVariables {
    pub(super) input: ArchiveReviewInput,
}

#[derive(cynic::InputObject)]
pub(super) struct ArchiveReviewInput {
    pub(super) id: cynic::Id,
    pub(super) version: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CallReviewOffVariables")]
pub(super) struct CallReviewOff {
    #[arguments(input: $input)]
    pub(super) archive_review: ReviewPayload,
}

impl Act for ArchiveReviewInput {
    type Answer = CallReviewOff;
    const NAME: &'static str = "CallReviewOff";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = CallReviewOffVariables { input: self };
        let told = send::variables(&variables);
        (CallReviewOff::build(variables).query, told)
    }
    fn errors(answer: CallReviewOff) -> Vec<UserError> {
        answer.archive_review.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct CloseReviewVariables {
    pub(super) input: CloseReviewInput,
}

#[derive(cynic::InputObject)]
pub(super) struct CloseReviewInput {
    pub(super) id: cynic::Id,
    pub(super) version: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CloseReviewVariables")]
pub(super) struct CloseReview {
    #[arguments(input: $input)]
    pub(super) close_review: ReviewPayload,
}

impl Act for CloseReviewInput {
    type Answer = CloseReview;
    const NAME: &'static str = "CloseReview";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = CloseReviewVariables { input: self };
        let told = send::variables(&variables);
        (CloseReview::build(variables).query, told)
    }
    fn errors(answer: CloseReview) -> Vec<UserError> {
        answer.close_review.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct PresentItemVariables {
    pub(super) input: PresentItemInput,
}

#[derive(cynic::InputObject)]
pub(super) struct PresentItemInput {
    pub(super) review: cynic::Id,
    pub(super) item: Option<cynic::Id>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PresentItemVariables")]
pub(super) struct PresentItem {
    #[arguments(input: $input)]
    pub(super) present_item: ReviewPayload,
}

impl Act for PresentItemInput {
    type Answer = PresentItem;
    const NAME: &'static str = "PresentItem";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = PresentItemVariables { input: self };
        let told = send::variables(&variables);
        (PresentItem::build(variables).query, told)
    }
    fn errors(answer: PresentItem) -> Vec<UserError> {
        answer.present_item.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct OrderAgendaVariables {
    pub(super) input: OrderAgendaInput,
}

#[derive(cynic::InputObject)]
pub(super) struct OrderAgendaInput {
    pub(super) review: cynic::Id,
    pub(super) items: Vec<cynic::Id>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "OrderAgendaVariables")]
pub(super) struct OrderAgenda {
    #[arguments(input: $input)]
    pub(super) order_agenda: ReviewPayload,
}

impl Act for OrderAgendaInput {
    type Answer = OrderAgenda;
    const NAME: &'static str = "OrderAgenda";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = OrderAgendaVariables { input: self };
        let told = send::variables(&variables);
        (OrderAgenda::build(variables).query, told)
    }
    fn errors(answer: OrderAgenda) -> Vec<UserError> {
        answer.order_agenda.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct AmendReviewVariables {
    pub(super) input: AmendReviewInput,
}

#[derive(cynic::InputObject)]
pub(super) struct AmendReviewInput {
    pub(super) id: cynic::Id,
    pub(super) text: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AmendReviewVariables")]
pub(super) struct AmendReview {
    #[arguments(input: $input)]
    pub(super) amend_review: ReviewPayload,
}

impl Act for AmendReviewInput {
    type Answer = AmendReview;
    const NAME: &'static str = "AmendReview";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = AmendReviewVariables { input: self };
        let told = send::variables(&variables);
        (AmendReview::build(variables).query, told)
    }
    fn errors(answer: AmendReview) -> Vec<UserError> {
        answer.amend_review.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct AddAgendaItemVariables {
    pub(super) input: AddAgendaItemInput,
}

#[derive(cynic::InputObject)]
pub(super) struct AddAgendaItemInput {
    pub(super) review: cynic::Id,
    pub(super) deal: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AddAgendaItemVariables")]
pub(super) struct AddAgendaItem {
    #[arguments(input: $input)]
    pub(super) add_agenda_item: AgendaItemPayload,
}

impl Act for AddAgendaItemInput {
    type Answer = AddAgendaItem;
    const NAME: &'static str = "AddAgendaItem";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = AddAgendaItemVariables { input: self };
        let told = send::variables(&variables);
        (AddAgendaItem::build(variables).query, told)
    }
    fn errors(answer: AddAgendaItem) -> Vec<UserError> {
        answer.add_agenda_item.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct UpdateAgendaItemVariables {
    pub(super) input: UpdateAgendaItemInput,
}

#[derive(cynic::InputObject)]
pub(super) struct UpdateAgendaItemInput {
    pub(super) item: cynic::Id,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) planned_minutes: Option<i32>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) dropped: Option<bool>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateAgendaItemVariables")]
pub(super) struct UpdateAgendaItem {
    #[arguments(input: $input)]
    pub(super) update_agenda_item: AgendaItemPayload,
}

impl Act for UpdateAgendaItemInput {
    type Answer = UpdateAgendaItem;
    const NAME: &'static str = "UpdateAgendaItem";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = UpdateAgendaItemVariables { input: self };
        let told = send::variables(&variables);
        (UpdateAgendaItem::build(variables).query, told)
    }
    fn errors(answer: UpdateAgendaItem) -> Vec<UserError> {
        answer.update_agenda_item.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct CastVoteVariables {
    pub(super) input: CastVoteInput,
}

#[derive(cynic::InputObject)]
pub(super) struct CastVoteInput {
    pub(super) item: cynic::Id,
    pub(super) vote: Vote,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CastVoteVariables")]
pub(super) struct CastVote {
    #[arguments(input: $input)]
    pub(super) cast_vote: AgendaItemPayload,
}

impl Act for CastVoteInput {
    type Answer = CastVote;
    const NAME: &'static str = "CastVote";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = CastVoteVariables { input: self };
        let told = send::variables(&variables);
        (CastVote::build(variables).query, told)
    }
    fn errors(answer: CastVote) -> Vec<UserError> {
        answer.cast_vote.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct CloseVotesVariables {
    pub(super) input: CloseVotesInput,
}

#[derive(cynic::InputObject)]
pub(super) struct CloseVotesInput {
    pub(super) item: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CloseVotesVariables")]
pub(super) struct CloseVotes {
    #[arguments(input: $input)]
    pub(super) close_votes: AgendaItemPayload,
}

impl Act for CloseVotesInput {
    type Answer = CloseVotes;
    const NAME: &'static str = "CloseVotes";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = CloseVotesVariables { input: self };
        let told = send::variables(&variables);
        (CloseVotes::build(variables).query, told)
    }
    fn errors(answer: CloseVotes) -> Vec<UserError> {
        answer.close_votes.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct DeclareConflictVariables {
    pub(super) input: DeclareConflictInput,
}

#[derive(cynic::InputObject)]
pub(super) struct DeclareConflictInput {
    pub(super) item: cynic::Id,
    pub(super) has_conflict: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeclareConflictVariables")]
pub(super) struct DeclareConflict {
    #[arguments(input: $input)]
    pub(super) declare_conflict: AgendaItemPayload,
}

impl Act for DeclareConflictInput {
    type Answer = DeclareConflict;
    const NAME: &'static str = "DeclareConflict";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = DeclareConflictVariables { input: self };
        let told = send::variables(&variables);
        (DeclareConflict::build(variables).query, told)
    }
    fn errors(answer: DeclareConflict) -> Vec<UserError> {
        answer.declare_conflict.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct WriteNotesVariables {
    pub(super) input: WriteNotesInput,
}

#[derive(cynic::InputObject)]
pub(super) struct WriteNotesInput {
    pub(super) item: cynic::Id,
    pub(super) version: i32,
    pub(super) notes: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "WriteNotesVariables")]
pub(super) struct WriteNotes {
    #[arguments(input: $input)]
    pub(super) write_notes: AgendaItemPayload,
}

impl Act for WriteNotesInput {
    type Answer = WriteNotes;
    const NAME: &'static str = "WriteNotes";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = WriteNotesVariables { input: self };
        let told = send::variables(&variables);
        (WriteNotes::build(variables).query, told)
    }
    fn errors(answer: WriteNotes) -> Vec<UserError> {
        answer.write_notes.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct DecideVariables {
    pub(super) input: DecideInput,
}

#[derive(cynic::InputObject)]
pub(super) struct DecideInput {
    pub(super) item: cynic::Id,
    pub(super) kind: DecisionKind,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) stage: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) pass_reason: Option<PassReason>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) revisit_on: Option<NaiveDate>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) revisit_when: Option<RevisitWhenInput>,
    pub(super) rationale: String,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) conditions: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) override_reason: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DecideVariables")]
pub(super) struct Decide {
    #[arguments(input: $input)]
    pub(super) decide: AgendaItemPayload,
}

impl Act for DecideInput {
    type Answer = Decide;
    const NAME: &'static str = "Decide";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = DecideVariables { input: self };
        let told = send::variables(&variables);
        (Decide::build(variables).query, told)
    }
    fn errors(answer: Decide) -> Vec<UserError> {
        answer.decide.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct UndoDecisionVariables {
    pub(super) input: UndoDecisionInput,
}

#[derive(cynic::InputObject)]
pub(super) struct UndoDecisionInput {
    pub(super) item: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UndoDecisionVariables")]
pub(super) struct UndoDecision {
    #[arguments(input: $input)]
    pub(super) undo_decision: AgendaItemPayload,
}

impl Act for UndoDecisionInput {
    type Answer = UndoDecision;
    const NAME: &'static str = "UndoDecision";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = UndoDecisionVariables { input: self };
        let told = send::variables(&variables);
        (UndoDecision::build(variables).query, told)
    }
    fn errors(answer: UndoDecision) -> Vec<UserError> {
        answer.undo_decision.user_errors
    }
}

#[derive(cynic::QueryVariables)]
pub(super) struct GiveTaskVariables {
    pub(super) input: CreateTaskInput,
}

#[derive(cynic::InputObject)]
pub(super) struct CreateTaskInput {
    pub(super) what: String,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) who: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<NaiveDate>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) deal: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) review: Option<cynic::Id>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "GiveTaskVariables")]
pub(super) struct GiveTask {
    #[arguments(input: $input)]
    pub(super) create_task: TaskPayload,
}

impl Act for CreateTaskInput {
    type Answer = GiveTask;
    const NAME: &'static str = "GiveTask";
    fn document(self) -> (String, Result<serde_json::Value, Problem>) {
        let variables = GiveTaskVariables { input: self };
        let told = send::variables(&variables);
        (GiveTask::build(variables).query, told)
    }
    fn errors(answer: GiveTask) -> Vec<UserError> {
        answer.create_task.user_errors
    }
}

/// The documents of the buttons.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        (
            "review_start_review.graphql",
            StartReviewInput {
                id: "".into(),
                version: 0,
            }
            .document()
            .0,
        ),
        (
            "review_archive_review.graphql",
            ArchiveReviewInput {
                id: "".into(),
                version: 0,
            }
            .document()
            .0,
        ),
        (
            "review_close_review.graphql",
            CloseReviewInput {
                id: "".into(),
                version: 0,
            }
            .document()
            .0,
        ),
        (
            "review_present_item.graphql",
            PresentItemInput {
                review: "".into(),
                item: None,
            }
            .document()
            .0,
        ),
        (
            "review_order_agenda.graphql",
            OrderAgendaInput {
                review: "".into(),
                items: Vec::new(),
            }
            .document()
            .0,
        ),
        (
            "review_amend_review.graphql",
            AmendReviewInput {
                id: "".into(),
                text: String::new(),
            }
            .document()
            .0,
        ),
        (
            "review_add_agenda_item.graphql",
            AddAgendaItemInput {
                review: "".into(),
                deal: "".into(),
            }
            .document()
            .0,
        ),
        (
            "review_update_agenda_item.graphql",
            UpdateAgendaItemInput {
                item: "".into(),
                planned_minutes: None,
                dropped: None,
            }
            .document()
            .0,
        ),
        (
            "review_cast_vote.graphql",
            CastVoteInput {
                item: "".into(),
                vote: Vote::Yes,
                comment: None,
            }
            .document()
            .0,
        ),
        (
            "review_close_votes.graphql",
            CloseVotesInput { item: "".into() }.document().0,
        ),
        (
            "review_declare_conflict.graphql",
            DeclareConflictInput {
                item: "".into(),
                has_conflict: false,
            }
            .document()
            .0,
        ),
        (
            "review_write_notes.graphql",
            WriteNotesInput {
                item: "".into(),
                version: 0,
                notes: String::new(),
            }
            .document()
            .0,
        ),
        (
            "review_decide.graphql",
            DecideInput {
                item: "".into(),
                kind: DecisionKind::Hold,
                stage: None,
                pass_reason: None,
                revisit_on: None,
                revisit_when: None,
                rationale: String::new(),
                conditions: None,
                override_reason: None,
            }
            .document()
            .0,
        ),
        (
            "review_undo_decision.graphql",
            UndoDecisionInput { item: "".into() }.document().0,
        ),
        (
            "review_create_task.graphql",
            CreateTaskInput {
                what: String::new(),
                who: None,
                due: None,
                deal: None,
                review: None,
            }
            .document()
            .0,
        ),
    ]
}
