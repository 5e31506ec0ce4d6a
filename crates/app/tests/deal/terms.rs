//! Opening deals, changing their terms, undoing that, and reading them as they were.

use app::deal::Filter;
use chrono::TimeDelta;
use domain::{
    Message, ProblemCode, Role,
    deal::{DealStatus, PassReason, Round, TermsEdit, Visibility},
    typed,
};
use uuid::Uuid;

use crate::world::{World, code, passing, refusal, to_stage};

#[tokio::test]
async fn a_deal_opens_in_the_first_stage_under_the_name_of_startup_and_round() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::PreAPlus)).await;
    assert_eq!(deal.terms.title, "月之暗面 Pre-A+");
    assert_eq!(
        (deal.terms.owner_id, deal.opened_by),
        (Some(ann.id), Some(ann.id))
    );
    assert_eq!(deal.standing.status, DealStatus::Active);
    assert_eq!((deal.version, deal.opened_at), (1, world.now()));
    let stages = ann.call().stages(None).await.unwrap();
    assert_eq!(deal.standing.stage_id, stages[0].id);
    let history = ann
        .call()
        .deal_changes(&[deal.id], None)
        .await
        .unwrap()
        .remove(&deal.id)
        .unwrap();
    assert_eq!((history.len(), history[0].from), (1, None));
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_place() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let try_open = async |change: fn(&mut app::deal::NewDeal)| {
        let mut new = world.opening(Round::A);
        change(&mut new);
        refusal(ann.call().open_deal(new, "d").await.unwrap())
    };
    let nobody = typed(Uuid::from_u128(7));
    let problem = try_open(|new| new.startup = typed(Uuid::from_u128(7))).await;
    assert_eq!(
        (problem.code, problem.field),
        (ProblemCode::NotFound, vec!["startup".to_owned()])
    );
    let problem = try_open(|new| new.stage = Some("NOWHERE".into())).await;
    assert_eq!(
        (problem.code, problem.field),
        (ProblemCode::NotFound, vec!["stage".to_owned()])
    );
    let problem = try_open(|new| new.terms.owner_id = Some(Some(typed(Uuid::from_u128(7))))).await;
    assert_eq!(
        problem.message,
        Message::NotFound {
            id: domain::UserId::to_string(&nobody)
        }
    );
    assert_eq!(problem.field, ["owner"]);
    let problem = try_open(|new| new.terms.team = Some(vec![typed(Uuid::from_u128(7))])).await;
    assert_eq!(problem.field, ["team", "0"]);
    let mut new = world.opening(Round::A);
    new.occurred_at = Some(world.now() + TimeDelta::microseconds(1));
    assert_eq!(
        refusal(ann.call().open_deal(new, "d").await.unwrap()).field,
        ["occurredAt"]
    );
    assert_eq!(
        ann.call().deal_count(&Filter::default()).await.unwrap(),
        0,
        "nothing was written"
    );
}

#[tokio::test]
async fn one_deal_of_a_round_is_active_and_a_restricted_one_is_counted_neither_way() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let ben = world.user("ben", Role::Analyst).await;
    let secret = ben.open(world.secret(Round::A)).await;
    let first = ann.open(world.opening(Round::A)).await;
    let problem = refusal(ben.call().open_deal(world.opening(Round::A), "d").await.unwrap());
    assert_eq!(problem.code, ProblemCode::Conflict);
    assert_eq!(
        problem.message,
        Message::NotWhileActive {
            title: first.terms.title.clone(),
            id: first.id.to_string()
        }
    );
    ben.open(world.secret(Round::A)).await;
    let other = ben.open(world.opening(Round::B)).await;

    let to_a = TermsEdit {
        round: Some(Round::A),
        ..TermsEdit::default()
    };
    assert_eq!(code(ben.edit(&other, to_a.clone()).await), ProblemCode::Conflict);
    let shown = TermsEdit {
        visibility: Some(Visibility::Team),
        ..TermsEdit::default()
    };
    assert_eq!(
        code(ben.edit(&secret, shown.clone()).await),
        ProblemCode::Conflict
    );

    ann.shift(&first, passing(PassReason::Timing)).await.unwrap();
    ben.edit(&secret, shown).await.unwrap();
    assert_eq!(
        code(ben.edit(&other, to_a).await),
        ProblemCode::Conflict,
        "the one that is shown now counts"
    );
    let reopening = app::deal::NewMove {
        status: Some(DealStatus::Active),
        ..Default::default()
    };
    let first = ann.deal(first.id).await;
    assert_eq!(code(ann.shift(&first, reopening).await), ProblemCode::Conflict);
    assert_eq!(code(ann.void(&first, "a slip").await), ProblemCode::Conflict);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_open_the_same_round_at_once_exactly_one_does() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let ben = world.user("ben", Role::Analyst).await;
    for round in [Round::A, Round::B, Round::C, Round::D] {
        let (one, other) = tokio::join!(
            tokio::spawn({
                let (caller, new) = (ann.call(), world.opening(round));
                async move { caller.open_deal(new, "d").await.unwrap() }
            }),
            tokio::spawn({
                let (caller, new) = (ben.call(), world.opening(round));
                async move { caller.open_deal(new, "d").await.unwrap() }
            }),
        );
        let outcomes = [one.unwrap(), other.unwrap()];
        let refused: Vec<_> = outcomes.into_iter().filter_map(Result::err).flatten().collect();
        assert_eq!(refused.len(), 1, "{round}");
        assert_eq!(refused[0].code, ProblemCode::Conflict);
    }
}

#[tokio::test]
async fn an_update_is_for_the_version_read_and_one_that_changes_nothing_leaves_nothing() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::A)).await;
    let edit = TermsEdit {
        next_step: Some(Some("Call three customers".into())),
        ..TermsEdit::default()
    };
    ann.edit(&deal, edit.clone()).await.unwrap();
    assert_eq!(
        code(ann.edit(&deal, edit.clone()).await),
        ProblemCode::StaleVersion
    );
    let deal = ann.deal(deal.id).await;
    assert_eq!(deal.version, 2);
    let rows = async || {
        ann.call()
            .activity_count(app::activity::About::Deal(deal.id))
            .await
            .unwrap()
    };
    let before = rows().await;
    let shown = TermsEdit {
        team: Some(deal.members()),
        ..edit
    };
    ann.edit(&deal, shown).await.unwrap();
    assert_eq!((rows().await, ann.deal(deal.id).await.version), (before, 2));
}

#[tokio::test]
async fn an_undo_puts_back_what_nobody_changed_since() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::A)).await;
    let step = |words: &str| Some(Some(words.to_owned()));
    let edit = TermsEdit {
        next_step: step("Call them"),
        title: Some("Moonshot".into()),
        ..TermsEdit::default()
    };
    ann.edit(&deal, edit).await.unwrap();
    let about = app::activity::About::Deal(deal.id);
    let row = ann
        .call()
        .activity(about, None, false, 1)
        .await
        .unwrap()
        .rows
        .pop()
        .unwrap();
    let deal = ann.deal(deal.id).await;
    ann.edit(
        &deal,
        TermsEdit {
            next_step: step("Visit them"),
            ..TermsEdit::default()
        },
    )
    .await
    .unwrap();
    let undone = ann.call().undo(row.id, "u").await.unwrap().unwrap();
    assert_eq!(
        undone.kept,
        [Message::UndoKeptChanged {
            field: "nextStep".into()
        }]
    );
    let deal = ann.deal(deal.id).await;
    assert_eq!(
        (deal.terms.title.as_str(), deal.terms.next_step.as_deref()),
        ("月之暗面 A", Some("Visit them"))
    );
}

#[tokio::test]
async fn an_opening_undone_frees_the_round_and_stays_where_something_happened_since() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::A)).await;
    let then = world.now();
    world.pass(TimeDelta::hours(1));
    ann.undo_last(deal.id).await.unwrap();
    assert!(!ann.sees(deal.id).await);
    assert_eq!(ann.call().deal_count(&Filter::default()).await.unwrap(), 0);
    assert_eq!(
        ann.call()
            .deals_by_ids(&[deal.id], Some(then))
            .await
            .unwrap()
            .len(),
        1,
        "as known then, it is there"
    );

    let second = ann.open(world.opening(Round::A)).await;
    assert_eq!(
        code(ann.undo_last(deal.id).await),
        ProblemCode::Conflict,
        "to show it again would make two"
    );
    ann.undo_last(second.id).await.unwrap();
    ann.undo_last(deal.id).await.unwrap();
    assert!(ann.sees(deal.id).await);

    let third = ann.open(world.opening(Round::B)).await;
    let about = app::activity::About::Deal(third.id);
    let opening = ann
        .call()
        .activity(about, None, false, 1)
        .await
        .unwrap()
        .rows
        .pop()
        .unwrap();
    ann.shift(&third, to_stage("SCREENING")).await.unwrap();
    assert_eq!(
        code(ann.call().undo(opening.id, "u").await.unwrap()),
        ProblemCode::Conflict
    );
}

#[tokio::test]
async fn a_deal_reads_as_it_was_known() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::A)).await;
    let then = world.now();
    world.pass(TimeDelta::days(3));
    ann.edit(
        &deal,
        TermsEdit {
            round: Some(Round::B),
            ..TermsEdit::default()
        },
    )
    .await
    .unwrap();
    ann.shift(&ann.deal(deal.id).await, to_stage("SCREENING"))
        .await
        .unwrap();
    let was = ann
        .call()
        .deals_by_ids(&[deal.id], Some(then))
        .await
        .unwrap()
        .pop()
        .unwrap();
    assert_eq!(was, deal);
    let changes = ann.call().deal_changes(&[deal.id], Some(then)).await.unwrap();
    assert_eq!(changes[&deal.id].len(), 1);
    assert!(
        ann.call()
            .deals_by_ids(&[deal.id], Some(then - TimeDelta::days(1)))
            .await
            .unwrap()
            .is_empty()
    );
}
