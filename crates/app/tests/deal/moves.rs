//! Deals under way: moved, held, passed, lost, taken up again, and moves taken back.

use app::deal::NewMove;
use chrono::TimeDelta;
use domain::{
    ProblemCode, Role,
    deal::{Deal, DealStatus, PassReason, Round, TermsEdit, days_in_stage},
};

use crate::world::{Member, World, code, passing, refusal, to_stage, to_status};

async fn stage_of(member: &Member, deal: &Deal) -> String {
    let stages = member.call().stages(None).await.unwrap();
    let deal = member.deal(deal.id).await;
    stages
        .into_iter()
        .find(|stage| stage.id == deal.standing.stage_id)
        .unwrap()
        .key
}

#[tokio::test]
async fn a_deal_moves_waits_goes_on_and_is_passed() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::A)).await;
    world.pass(TimeDelta::days(2));
    ann.shift(&deal, to_stage("DILIGENCE")).await.unwrap();
    assert_eq!(stage_of(&ann, &deal).await, "DILIGENCE");
    let deal = ann.deal(deal.id).await;
    assert_eq!((deal.version, deal.standing.entered_stage_at), (2, world.now()));

    world.pass(TimeDelta::days(1));
    ann.shift(&deal, to_status(DealStatus::OnHold)).await.unwrap();
    let deal = ann.deal(deal.id).await;
    assert_eq!(deal.standing.held_since, Some(world.now()));
    assert_eq!(
        code(ann.shift(&deal, to_stage("COMMITTEE")).await),
        ProblemCode::NotAllowed
    );
    world.pass(TimeDelta::days(5));
    ann.shift(&deal, to_status(DealStatus::Active)).await.unwrap();
    world.pass(TimeDelta::days(1));
    let deal = ann.deal(deal.id).await;
    assert_eq!(days_in_stage(&deal.standing, world.now()), 2);

    assert_eq!(
        refusal(ann.shift(&deal, to_status(DealStatus::Passed)).await).field,
        ["passReason"]
    );
    let revisit_on = Some("2025-09-01".parse().unwrap());
    let pass = NewMove {
        pass_note: Some("No users yet".into()),
        revisit_on,
        ..passing(PassReason::NoRealUsers)
    };
    ann.shift(&deal, pass).await.unwrap();
    let deal = ann.deal(deal.id).await;
    assert_eq!(deal.standing.status, DealStatus::Passed);
    assert_eq!(deal.standing.pass_reason, Some(PassReason::NoRealUsers));
    assert_eq!(
        (deal.standing.pass_note.as_deref(), deal.terms.revisit_on),
        (Some("No users yet"), revisit_on)
    );
    ann.shift(&deal, to_status(DealStatus::Active)).await.unwrap();
    assert_eq!(stage_of(&ann, &deal).await, "DILIGENCE");
    assert_eq!(ann.deal(deal.id).await.standing.pass_reason, None);
    let history = ann
        .call()
        .deal_changes(&[deal.id], None)
        .await
        .unwrap()
        .remove(&deal.id)
        .unwrap();
    assert_eq!(history.len(), 6);
    assert!(history.is_sorted_by(|a, b| a.recorded_at < b.recorded_at));
}

#[tokio::test]
async fn investing_takes_a_partner_and_is_final() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let pat = world.user("pat", Role::Partner).await;
    let deal = ann.open(world.opening(Round::A)).await;
    let invest = to_status(DealStatus::Invested);
    assert!(matches!(
        ann.call().move_deal(deal.id, 1, invest.clone(), "d").await,
        Err(app::Error::Forbidden(_))
    ));
    assert_eq!(ann.deal(deal.id).await.version, 1);
    // It passes every gate, and nothing of this startup is proven.
    let stopped = pat.shift(&deal, invest.clone()).await.unwrap_err();
    assert!(
        stopped
            .iter()
            .all(|problem| problem.code == ProblemCode::GateClosed)
    );
    let invest = NewMove {
        override_reason: Some("the fund's own company".to_owned()),
        ..invest
    };
    pat.shift(&deal, invest).await.unwrap();
    let deal = ann.deal(deal.id).await;
    assert_eq!(
        code(pat.shift(&deal, to_status(DealStatus::Active)).await),
        ProblemCode::NotAllowed
    );
}

#[tokio::test]
async fn a_move_is_for_the_version_read_and_never_later_than_now() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::A)).await;
    world.pass(TimeDelta::days(3));
    let at = |time| NewMove {
        occurred_at: Some(time),
        ..to_stage("SCREENING")
    };
    assert_eq!(
        refusal(ann.shift(&deal, at(world.now() + TimeDelta::seconds(1))).await).field,
        ["occurredAt"]
    );
    assert_eq!(
        refusal(ann.shift(&deal, at(deal.opened_at - TimeDelta::seconds(1))).await).field,
        ["occurredAt"]
    );
    let missing = refusal(ann.shift(&deal, to_stage("NOWHERE")).await);
    assert_eq!(
        (missing.code, missing.field),
        (ProblemCode::NotFound, vec!["stage".to_owned()])
    );
    let happened = world.now() - TimeDelta::days(1);
    ann.shift(&deal, at(happened)).await.unwrap();
    assert_eq!(
        code(ann.shift(&deal, to_stage("DILIGENCE")).await),
        ProblemCode::StaleVersion
    );
    assert_eq!(ann.deal(deal.id).await.standing.entered_stage_at, happened);
}

#[tokio::test]
async fn a_void_takes_the_last_move_back_and_leaves_both_rows() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let ben = world.user("ben", Role::Analyst).await;
    let pat = world.user("pat", Role::Partner).await;
    let opened = ann.open(world.opening(Round::A)).await;
    assert_eq!(
        code(ann.void(&opened, "a slip").await),
        ProblemCode::NotAllowed,
        "an opening is no move"
    );
    world.pass(TimeDelta::days(1));
    ann.shift(&opened, to_stage("DILIGENCE")).await.unwrap();
    let moved = ann.deal(opened.id).await;
    world.pass(TimeDelta::hours(1));
    assert_eq!(refusal(ann.void(&moved, " ").await).field, ["reason"]);
    assert_eq!(code(ben.void(&moved, "not mine").await), ProblemCode::NotAllowed);
    ann.void(&moved, "a slip").await.unwrap();
    let back = ann.deal(opened.id).await;
    assert_eq!((&back.standing, back.version), (&opened.standing, 3));
    let history = ann
        .call()
        .deal_changes(&[opened.id], None)
        .await
        .unwrap()
        .remove(&opened.id)
        .unwrap();
    assert_eq!((history.len(), history[2].voids), (3, Some(history[1].id)));
    let then = ann
        .call()
        .deals_by_ids(&[opened.id], Some(moved.updated_at))
        .await
        .unwrap()
        .pop()
        .unwrap();
    assert_eq!(
        then.standing, moved.standing,
        "before the void the move was known"
    );

    ann.shift(&back, to_stage("SCREENING")).await.unwrap();
    world.pass(TimeDelta::days(2));
    let moved = ann.deal(opened.id).await;
    assert_eq!(code(ann.void(&moved, "too late").await), ProblemCode::NotAllowed);
    pat.void(&moved, "decided otherwise").await.unwrap();
    assert_eq!(ann.deal(opened.id).await.standing, opened.standing);
}

#[tokio::test]
async fn a_move_undone_is_voided_with_what_was_set_beside_it_and_a_void_stays() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let opened = ann.open(world.opening(Round::A)).await;
    world.pass(TimeDelta::hours(1));
    let pass = NewMove {
        revisit_on: Some("2025-09-01".parse().unwrap()),
        ..passing(PassReason::Market)
    };
    ann.shift(&opened, pass).await.unwrap();
    ann.undo_last(opened.id).await.unwrap();
    let back = ann.deal(opened.id).await;
    assert_eq!((&back.standing, &back.terms), (&opened.standing, &opened.terms));
    assert_eq!(code(ann.undo_last(opened.id).await), ProblemCode::NotAllowed);

    ann.shift(&back, to_stage("SCREENING")).await.unwrap();
    let about = app::activity::About::Deal(opened.id);
    let first = ann
        .call()
        .activity(about, None, false, 1)
        .await
        .unwrap()
        .rows
        .pop()
        .unwrap();
    let deal = ann.deal(opened.id).await;
    ann.shift(&deal, to_stage("DILIGENCE")).await.unwrap();
    assert_eq!(
        code(ann.call().undo(first.id, "u").await.unwrap()),
        ProblemCode::Conflict,
        "only the last move"
    );
    ann.undo_last(opened.id).await.unwrap();
    assert_eq!(stage_of(&ann, &opened).await, "SCREENING");
    ann.call().undo(first.id, "u").await.unwrap().unwrap();
    assert_eq!(stage_of(&ann, &opened).await, "SOURCED");
    let deal = ann.deal(opened.id).await;
    let edit = TermsEdit {
        title: Some("Moonshot".into()),
        ..TermsEdit::default()
    };
    ann.edit(&deal, edit).await.unwrap();
    assert_eq!(ann.deal(opened.id).await.terms.title, "Moonshot");
}

#[tokio::test]
async fn a_reopening_taken_back_leaves_the_deal_passed_in_the_same_words() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let deal = ann.open(world.opening(Round::A)).await;
    let pass = NewMove {
        pass_note: Some("No users yet".into()),
        ..passing(PassReason::NoRealUsers)
    };
    ann.shift(&deal, pass).await.unwrap();
    let passed = ann.deal(deal.id).await;
    world.pass(TimeDelta::hours(1));
    ann.shift(&passed, to_status(DealStatus::Active)).await.unwrap();
    ann.void(&ann.deal(deal.id).await, "not yet").await.unwrap();
    assert_eq!(ann.deal(deal.id).await.standing, passed.standing);
}
