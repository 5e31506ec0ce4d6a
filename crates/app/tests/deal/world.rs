//! A workspace with people of every role, a startup, and a clock that the test moves.

use app::{App, Caller, Identity, Outcome, deal::NewDeal, deal::NewMove};
use chrono::TimeDelta;
use domain::{
    DealId, Instant, Problem, ProblemCode, Role, StartupId, UserId,
    deal::{Deal, DealStatus, PassReason, Round, TermsEdit, Visibility},
};
use test_support::TestWorkspace;

pub struct World {
    pub workspace: TestWorkspace,
    pub startup: StartupId,
}

impl World {
    /// A workspace with one startup.
    pub async fn new() -> Self {
        let workspace = TestWorkspace::new().await;
        let startup = workspace.startup("月之暗面", &["chinese-llm"]).await;
        Self { workspace, startup }
    }
    pub async fn user(&self, name: &str, role: Role) -> Member {
        Member {
            app: self.workspace.app.clone(),
            id: self.workspace.user(name, role).await,
        }
    }
    pub fn pass(&self, time: TimeDelta) {
        self.workspace.pass(time);
    }
    pub fn now(&self) -> Instant {
        self.workspace.app.now()
    }
    pub fn opening(&self, round: Round) -> NewDeal {
        NewDeal {
            startup: self.startup,
            stage: None,
            terms: TermsEdit {
                round: Some(round),
                ..TermsEdit::default()
            },
            occurred_at: None,
        }
    }
    pub fn secret(&self, round: Round) -> NewDeal {
        let mut new = self.opening(round);
        new.terms.visibility = Some(Visibility::Restricted);
        new
    }
}

/// A user, calling anew each time as requests do.
pub struct Member {
    app: App,
    pub id: UserId,
}

impl Member {
    pub fn call(&self) -> Caller {
        Caller::new(&self.app, Identity::User(self.id))
    }
    pub async fn open(&self, new: NewDeal) -> Deal {
        let id = self.call().open_deal(new, "d").await.unwrap().unwrap();
        self.deal(id).await
    }
    pub async fn sees(&self, id: DealId) -> bool {
        !self.call().deals_by_ids(&[id], None).await.unwrap().is_empty()
    }
    pub async fn deal(&self, id: DealId) -> Deal {
        self.call()
            .deals_by_ids(&[id], None)
            .await
            .unwrap()
            .pop()
            .unwrap()
    }
    pub async fn edit(&self, deal: &Deal, edit: TermsEdit) -> Outcome<DealId> {
        self.call()
            .update_deal(deal.id, deal.version, edit, "d")
            .await
            .unwrap()
    }
    pub async fn shift(&self, deal: &Deal, to: NewMove) -> Outcome<DealId> {
        self.call()
            .move_deal(deal.id, deal.version, to, "d")
            .await
            .unwrap()
    }
    pub async fn void(&self, deal: &Deal, reason: &str) -> Outcome<DealId> {
        self.call()
            .void_move(deal.id, deal.version, reason.into(), "d")
            .await
            .unwrap()
    }
    /// Undoes the newest activity of a deal.
    pub async fn undo_last(&self, id: DealId) -> Outcome<app::activity::Undone> {
        let caller = self.call();
        let row = caller
            .activity(app::activity::About::Deal(id), None, false, 1)
            .await
            .unwrap()
            .rows
            .pop()
            .unwrap();
        caller.undo(row.id, "u").await.unwrap()
    }
}

pub fn to_stage(key: &str) -> NewMove {
    NewMove {
        stage: Some(key.into()),
        ..NewMove::default()
    }
}
pub fn to_status(status: DealStatus) -> NewMove {
    NewMove {
        status: Some(status),
        ..NewMove::default()
    }
}
pub fn passing(reason: PassReason) -> NewMove {
    NewMove {
        pass_reason: Some(reason),
        ..to_status(DealStatus::Passed)
    }
}

/// The one problem of a refusal.
pub fn refusal<T: std::fmt::Debug>(outcome: Outcome<T>) -> Problem {
    let mut problems = outcome.unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.pop().unwrap()
}
pub fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> ProblemCode {
    refusal(outcome).code
}
